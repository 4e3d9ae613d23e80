/*
 * What an import said becomes part of the cloud: everything is staged, and only when all of it
 * could be is anything committed. The order of the steps is that of what they look up.
 */
#include "model/import.h"

#include "base/report.h"
#include "model/dangling.h"
#include "model/load_balancer.h"
#include "model/zone_draft.h"

static int32_t stage_zones(r53_import *import)
{
    struct table *table = &import->cloud->tables[CLOUD_ZONES];
    int32_t rc = R53_OK;

    for (size_t i = 0; i < import->zones.count && rc == R53_OK; i++) {
        const struct zone_draft *draft = import->drafts[i];
        struct span id;
        struct zone *zone;

        if (!draft)
            continue;
        id = r53__span(r53__draft_id(draft));
        rc = r53__draft_seal(draft, r53__table_find(table, id), &zone, import->report);
        if (rc == R53_OK)
            rc = r53__table_give(table, id, zone);
    }
    return rc;
}

/* Objects that stand in the cloud as the import holds them. */
static int32_t stage_objects(r53_import *import, enum cloud_kind kind)
{
    const struct table *from = &import->objects[kind];
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < from->count && rc == R53_OK; slot++) {
        const void *object = r53__table_at(from, slot);

        if (object)
            rc = r53__table_give(&import->cloud->tables[kind], r53__span(r53__table_id(from, slot)),
                                 r53__object_ref(object));
    }
    return rc;
}

static int32_t stage_nodes(r53_import *import)
{
    const struct table *from = &import->objects[CLOUD_NODES];
    struct table *to = &import->cloud->tables[CLOUD_NODES];
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < from->count && rc == R53_OK; slot++) {
        struct span id = r53__span(r53__table_id(from, slot));
        const struct node_list *said = r53__table_at(from, slot);
        struct node_list *list;

        if (!said)
            continue;
        rc = r53__node_list_merge(&list, &import->memory, r53__table_find(to, id), said);
        if (rc == R53_OK)
            rc = r53__table_give(to, id, list);
    }
    return rc;
}

/*
 * What is known about the group when its targets are staged. A Classic load balancer's document
 * lists all its instances, so those that it does not name are gone (ELB-CLB-05); target health
 * tells of single targets and says nothing of the others.
 */
static struct target_merge merge_begin(const r53_import *import, struct span arn)
{
    struct table *tables = import->cloud->tables;
    const struct load_balancer *lb = r53__table_staged(&tables[CLOUD_LOAD_BALANCERS], arn);
    const struct target_group *group = r53__table_staged(&tables[CLOUD_TARGET_GROUPS], arn);

    return (struct target_merge){.old = r53__table_find(&tables[CLOUD_TARGETS], arn),
                                 .whole = r53__table_find(&import->objects[CLOUD_TARGETS], arn),
                                 .default_port = group ? group->port : 0,
                                 .classic = lb && lb->type == R53_LB_CLASSIC};
}

static int32_t stage_list(r53_import *import, struct span arn, const struct statements *list,
                          const struct target_list *instances, struct target_said *said)
{
    struct target_merge merge = merge_begin(import, arn);
    struct target_list *object;
    int32_t rc;

    merge.said = said;
    for (uint32_t i = 0; instances && i < instances->n_targets; i++)
        said[merge.n_said++] =
            (struct target_said){.target = instances->targets[i], .registered = true};
    for (const struct statement *s = list->first; s; s = s->next)
        said[merge.n_said++] = s->target;
    rc = r53__target_list_merge(&object, &import->memory, &merge);
    return rc ? rc : r53__table_give(&import->cloud->tables[CLOUD_TARGETS], arn, object);
}

static int32_t stage_healths(r53_import *import, struct span arn, const struct statements *list,
                             struct target_health *healths)
{
    bool classic = merge_begin(import, arn).classic;
    size_t n = 0;

    for (const struct statement *s = list->first; s; s = s->next) {
        if (s->health.state == 0 || !s->target.registered)
            continue;
        healths[n] = s->health;
        if (classic) { /* ELB-CLB-05 */
            healths[n].port = 0;
            healths[n].zone = "";
        }
        n++;
    }
    return n ? r53__observed_stage_targets(import->observed, arn.at, healths, n) : R53_OK;
}

static int32_t stage_group(r53_import *import, int32_t slot)
{
    struct span arn = r53__span(r53__table_id(&import->groups, slot));
    const struct statements *list = &import->lists[slot];
    const struct target_list *instances = r53__table_find(&import->objects[CLOUD_TARGETS], arn);
    size_t n = list->n + (instances ? instances->n_targets : 0) + 1;
    struct target_said *said = r53__alloc(&import->memory, n, sizeof(*said));
    struct target_health *healths = r53__alloc(&import->memory, n, sizeof(*healths));
    int32_t rc = R53_E_NOMEM;

    if (said && healths)
        rc = stage_list(import, arn, list, instances, said);
    if (rc == R53_OK)
        rc = stage_healths(import, arn, list, healths);
    r53__free(&import->memory, said, n, sizeof(*said));
    r53__free(&import->memory, healths, n, sizeof(*healths));
    return rc;
}

static int32_t stage_groups(r53_import *import)
{
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < import->groups.count && rc == R53_OK; slot++)
        rc = stage_group(import, slot);
    return rc;
}

static bool lacks_ports(const struct target_list *list)
{
    for (uint32_t i = 0; list && i < list->n_targets; i++) {
        if (list->targets[i].port == 0)
            return true;
    }
    return false;
}

/* ELB-TG-04: targets that an earlier import said of a group not known then take its port now. */
static int32_t stage_ports(r53_import *import)
{
    const struct table *groups = &import->objects[CLOUD_TARGET_GROUPS];
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < groups->count && rc == R53_OK; slot++) {
        struct span arn = r53__table_key(groups, slot);
        const struct target_group *group = r53__table_at(groups, slot);

        if (group && group->port && r53__table_slot(&import->groups, arn) < 0 &&
            lacks_ports(r53__table_find(&import->cloud->tables[CLOUD_TARGETS], arn)))
            rc = stage_list(import, arn, &(struct statements){0}, NULL, NULL);
    }
    return rc;
}

static int32_t stage_addresses(r53_import *import)
{
    const struct table *from = &import->addresses;
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < from->count && rc == R53_OK; slot++) {
        /* an empty entry is one too: the name's addresses are forgotten */
        rc =
            r53__table_give(&import->observed->tables[OBSERVED_ADDRESSES],
                            r53__table_key(from, slot), r53__object_ref(r53__table_at(from, slot)));
    }
    return rc;
}

static int32_t stage_observations(r53_import *import)
{
    int32_t rc = R53_OK;

    for (const struct observation *o = import->first_observation; o && rc == R53_OK; o = o->next)
        rc = o->stage(import, o);
    return rc;
}

/* Objects first, for attributes go into copies of them; groups before targets, which need their
 * ports; warnings of what is missing at the end, when nothing is to come any more. */
static int32_t stage_all(r53_import *import)
{
    static const enum cloud_kind kinds[] = {CLOUD_LOAD_BALANCERS, CLOUD_LISTENERS,
                                            CLOUD_RULES,          CLOUD_TARGET_GROUPS,
                                            CLOUD_INSTANCES,      CLOUD_HEALTH_CHECKS,
                                            CLOUD_SECURITY_GROUPS, CLOUD_RESOLVER_RULES};
    static int32_t (*const steps[])(r53_import *) = {r53__import_stage_attributes,
                                                     r53__import_stage_certificates,
                                                     r53__import_stage_cidr,
                                                     r53__import_stage_vpcs,
                                                     stage_zones,
                                                     stage_nodes,
                                                     stage_groups,
                                                     stage_ports,
                                                     stage_addresses,
                                                     stage_observations};
    int32_t rc = R53_OK;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds) && rc == R53_OK; i++)
        rc = stage_objects(import, kinds[i]);
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && rc == R53_OK; i++)
        rc = steps[i](import);
    if (rc)
        return rc;
    r53__import_warn_children(import);
    return r53__dangling_warn(&(struct dangling){.cloud = import->cloud,
                                                 .listeners = &import->objects[CLOUD_LISTENERS],
                                                 .rules = &import->objects[CLOUD_RULES],
                                                 .target_lists = &import->groups,
                                                 .nodes = &import->objects[CLOUD_NODES],
                                                 .zones = &import->zones,
                                                 .report = import->report});
}

int32_t r53_import_commit(r53_import *import)
{
    size_t told;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    told = r53_report_count_of(import->report, R53_SEVERITY_ERROR);
    rc = stage_all(import);
    if (rc) {
        r53__cloud_rollback(import->cloud);
        if (import->observed)
            r53__observed_rollback(import->observed);
        if (r53_report_count_of(import->report, R53_SEVERITY_ERROR) == told)
            r53__remark(import->report,
                        &(struct remark){.code = rc, .format = "{0}", .args = {r53_strerror(rc)}});
        return rc;
    }
    r53__cloud_commit(import->cloud);
    if (import->observed)
        r53__observed_commit(import->observed);
    r53__import_clear(import);
    return R53_OK;
}
