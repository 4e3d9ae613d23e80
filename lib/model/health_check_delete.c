/*
 * Deleting health checks. Whoever still names a deleted one goes on without it, so that deleting is
 * never refused for its users' sake but warns of them; and its caller reference stays spent.
 */
#include "model/health_check.h"

#include "model/cloud.h"
#include "model/zone.h"

#include <string.h>

static void warn_use(r53_report *report, const char *format, const char *id, const char *user)
{
    r53__remark(report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                         .code = R53_E_NOT_FOUND,
                                         .rule = RULE_R53_HC_15,
                                         .format = format,
                                         .args = {id, user}});
}

static bool zone_uses(const struct zone *zone, const char *id)
{
    for (uint32_t i = 0; i < zone->n_details; i++) {
        if (strcmp(zone->details[i].health_check_id, id) == 0)
            return true;
    }
    return false;
}

/* R53-HC-15: who still names it. */
static void users_warn(const r53_cloud *cloud, const char *id, r53_report *report)
{
    const struct table *zones = &cloud->tables[CLOUD_ZONES];
    const struct table *checks = &cloud->tables[CLOUD_HEALTH_CHECKS];

    for (size_t i = 0; report && i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);

        if (zone && zone_uses(zone, id))
            warn_use(report,
                     "record sets of hosted zone {1} still name the health check '{0}'; it counts "
                     "as healthy now",
                     id, zone->id);
    }
    for (size_t i = 0; report && i < checks->count; i++) {
        const struct health_check *check = r53__table_at(checks, (int32_t)i);

        if (check && r53__health_check_lists(&check->said, id))
            warn_use(report,
                     "the calculated health check '{1}' still names its child '{0}'; it counts as "
                     "healthy now",
                     id, check->said.id);
    }
}

/* R53-HC-18: remembers the caller reference. R53_OK, R53_E_NOMEM. */
static int32_t reference_spend(r53_cloud *cloud, const r53_health_check *said)
{
    struct spent_reference *spent;
    struct span key;

    if (!said->caller_reference)
        return R53_OK;
    spent = r53__object_new(&cloud->memory, sizeof(*spent));
    if (!spent)
        return R53_E_NOMEM;
    key = r53__health_check_reference(&spent->head.arena, said);
    if (key.length == 0 ||
        r53__table_stage(&cloud->tables[CLOUD_SPENT_REFERENCES], key, spent) != R53_OK) {
        r53__object_unref(spent);
        return R53_E_NOMEM;
    }
    return R53_OK;
}

int32_t r53_health_check_delete(r53_cloud *cloud, const char *id, r53_report *report)
{
    const struct health_check *check;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    check = r53__health_check_find(cloud, id);
    if (!check)
        return r53__health_check_unknown(report, id);
    if (reference_spend(cloud, &check->said) != R53_OK ||
        r53__table_stage(&cloud->tables[CLOUD_HEALTH_CHECKS], r53__span(check->said.id), NULL) !=
            R53_OK) {
        r53__cloud_rollback(cloud);
        return r53__remark_nomem(report);
    }
    users_warn(cloud, check->said.id, report);
    r53__cloud_commit(cloud);
    return R53_OK;
}
