#include "model/cloud.h"

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/record_set.h"

enum {
    DNS_ANSWERS_DEFAULT = 8, /* R53-ELB-06 */
    WILDCARDS_DEFAULT = 6    /* ELB-ALB-RULE-07 */
};

static bool option_resolve(int32_t option, bool by_default, bool *out)
{
    *out = option == R53_OPTION_DEFAULT ? by_default : option == R53_OPTION_ON;
    return option >= R53_OPTION_DEFAULT && option <= R53_OPTION_ON;
}

/* What the rulebook says unless the host says otherwise. */
static bool choices_resolve(struct choices *choices, const r53_cloud_options *options)
{
    if (options->max_dns_answers < 0)
        return false;
    choices->max_dns_answers =
        options->max_dns_answers ? (uint32_t)options->max_dns_answers : DNS_ANSWERS_DEFAULT;
    if (options->wildcards_per_rule < 0)
        return false;
    choices->wildcards_per_rule =
        options->wildcards_per_rule ? (uint32_t)options->wildcards_per_rule : WILDCARDS_DEFAULT;
    return option_resolve(options->regex_full_match, false, &choices->regex_full_match) &&
           option_resolve(options->host_values_port, false, &choices->host_values_port) &&
           option_resolve(options->sticky_zero_weight, true, &choices->sticky_zero_weight) &&
           option_resolve(options->partial_affinity_others, false,
                          &choices->partial_affinity_others) &&
           option_resolve(options->strict_empty, false, &choices->strict_empty) &&
           option_resolve(options->initial_fail_open, true, &choices->initial_fail_open) &&
           option_resolve(options->alb_dns_any_unhealthy, false, &choices->alb_dns_any_unhealthy) &&
           option_resolve(options->private_nxdomain, false, &choices->private_nxdomain);
}

/* Copies the host's engine; NULL gives none. false: it lacks a function. */
static bool regex_take(r53_regex_engine *out, const r53_regex_engine *engine)
{
    *out = (r53_regex_engine){0};
    if (!engine)
        return true;
    if (!r53__sized_read(out, sizeof(*out), engine) || out->reserved)
        return false;
    out->size = sizeof(*out);
    return out->compile && out->match && out->release;
}

int32_t r53_cloud_new(r53_cloud **out, const r53_cloud_options *options)
{
    r53_cloud_options given = {0};
    struct choices choices = {0};
    r53_regex_engine regex;
    struct memory memory;
    r53_cloud *cloud;

    if (!out || (options && !r53__sized_read(&given, sizeof(given), options)))
        return R53_E_INVALID;
    if (given.reserved || !choices_resolve(&choices, &given) || !regex_take(&regex, given.regex))
        return R53_E_INVALID;
    if (r53__memory_init(&memory, given.allocator) != R53_OK)
        return R53_E_INVALID;
    cloud = r53__alloc(&memory, 1, sizeof(*cloud));
    if (!cloud)
        return R53_E_NOMEM;
    cloud->memory = memory;
    cloud->choices = choices;
    cloud->regex = regex;
    for (int i = 0; i < CLOUD_KINDS; i++)
        r53__table_init(&cloud->tables[i], &memory);
    *out = cloud;
    return R53_OK;
}

static void kept_drop(struct kept_attachments *kept)
{
    if (kept->changes)
        r53__arena_free(&kept->arena);
    kept->changes = 0;
}

const struct attachments *r53__cloud_attachments(r53_cloud *cloud)
{
    uint64_t changes = cloud->tables[CLOUD_LOAD_BALANCERS].changes +
                       cloud->tables[CLOUD_LISTENERS].changes + cloud->tables[CLOUD_RULES].changes +
                       1;

    if (cloud->kept.changes == changes)
        return &cloud->kept.attachments;
    kept_drop(&cloud->kept);
    r53__arena_init(&cloud->kept.arena, &cloud->memory);
    if (!r53__attachments_prepare(&cloud->kept.attachments, &cloud->kept.arena, cloud)) {
        r53__arena_free(&cloud->kept.arena);
        return NULL;
    }
    cloud->kept.changes = changes;
    return &cloud->kept.attachments;
}

void r53_cloud_free(r53_cloud *cloud)
{
    struct memory memory;

    if (!cloud)
        return;
    memory = cloud->memory;
    for (int i = 0; i < CLOUD_KINDS; i++)
        r53__table_free(&cloud->tables[i]);
    kept_drop(&cloud->kept);
    r53__free(&memory, cloud, 1, sizeof(*cloud));
}

const struct zone *r53__cloud_zone(const r53_cloud *cloud, const char *zone_id, r53_report *report)
{
    struct span id = r53__zone_id(zone_id);
    const struct zone *zone = r53__table_find(&cloud->tables[CLOUD_ZONES], id);

    if (!zone)
        r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                             .rule = RULE_R53_ERR_34,
                                             .aws_name = "NoSuchHostedZone",
                                             .format = "No hosted zone found with ID: {0}",
                                             .args = {id.at}});
    return zone;
}

const struct cidr_collection *r53__cloud_collection(const r53_cloud *cloud, const char *id,
                                                    r53_report *report)
{
    const struct cidr_collection *collection =
        r53__table_find(&cloud->tables[CLOUD_CIDR_COLLECTIONS], r53__span(id));

    if (!collection)
        r53__remark(report, &(struct remark){.code = R53_E_NOT_FOUND,
                                             .rule = RULE_R53_COLL_02,
                                             .aws_name = "NoSuchCidrCollectionException",
                                             .path = "Id",
                                             .format = "The CIDR collection {0} doesn't exist.",
                                             .args = {id ? id : "null"}});
    return collection;
}

void r53__cloud_commit(r53_cloud *cloud)
{
    for (int i = 0; i < CLOUD_KINDS; i++)
        r53__table_commit(&cloud->tables[i]);
}

void r53__cloud_rollback(r53_cloud *cloud)
{
    for (int i = 0; i < CLOUD_KINDS; i++)
        r53__table_rollback(&cloud->tables[i]);
}

int32_t r53__change_read(const r53_cloud *cloud, void *in, size_t size, const void *given,
                         const char *what, r53_report *report)
{
    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    if (!r53__sized_read(in, size, given))
        return r53__sized_refuse(report, "size", what, given, size);
    return R53_OK;
}

int32_t r53__cloud_end(r53_cloud *cloud, int32_t rc)
{
    if (rc)
        r53__cloud_rollback(cloud);
    else
        r53__cloud_commit(cloud);
    return rc;
}
