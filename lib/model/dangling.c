#include "model/dangling.h"

#include "base/report.h"
#include "base/rules.h"
#include "dns/name.h"
#include "model/alias_lint.h"
#include "model/forward_check.h"
#include "model/listener_lint.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/references.h"
#include "model/target_group.h"
#include "model/zone.h"

#include <string.h>

#define WIRE(literal) ((struct name){(const uint8_t *)(literal), sizeof(literal)})

static void warn(const struct dangling *in, int32_t rule, const char *format, const char *from,
                 const char *to)
{
    r53__remark(in->report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                             .code = R53_E_NOT_FOUND,
                                             .rule = rule,
                                             .format = format,
                                             .args = {from, to}});
}

static bool known(const struct dangling *in, enum cloud_kind kind, const char *id)
{
    return r53__table_staged(&in->cloud->tables[kind], r53__span(id)) != NULL;
}

static struct span name_span(struct name name)
{
    return (struct span){(const char *)name.octets, name.length};
}

/* All load balancers of the cloud by wire name; the objects are not owned. */
static int32_t names_gather(const struct dangling *in, struct table *names)
{
    const struct table *lbs = &in->cloud->tables[CLOUD_LOAD_BALANCERS];

    for (size_t slot = 0; slot < lbs->count; slot++) {
        const struct load_balancer *lb =
            r53__table_staged(lbs, r53__span(r53__table_id(lbs, (int32_t)slot)));

        if (lb && lb->dns_name.length &&
            r53__table_stage(names, name_span(lb->dns_name), NULL) != R53_OK)
            return R53_E_NOMEM;
    }
    return R53_OK;
}

/*
 * Target groups that the actions of a listener, or of a rule of it, forward to; NULL: the listener
 * is not known.
 */
static void groups_check(const struct dangling *in, const struct listener *listener,
                         const struct action *actions, uint32_t n, const char *format,
                         const char *id)
{
    const struct table *groups = &in->cloud->tables[CLOUD_TARGET_GROUPS];

    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < actions[i].n_groups; j++) {
            const char *arn = actions[i].groups[j].target_group_arn;
            const struct target_group *group = r53__table_staged(groups, r53__span(arn));

            if (!group)
                warn(in, RULE_ELB_JSON_11, format, id, arn);
            else if (!r53__protocols_fit(listener, group))
                r53__remark(in->report,
                            &(struct remark){.severity = R53_SEVERITY_WARNING,
                                             .rule = RULE_ELB_LSN_05,
                                             .aws_name = "IncompatibleProtocols",
                                             .format = "'{0}' forwards to the target group '{1}', "
                                                       "whose protocol does not fit the listener's",
                                             .args = {id, arn}});
        }
    }
}

static void listener_check(const struct dangling *in, const struct listener *listener,
                           const char *id)
{
    if (!known(in, CLOUD_LOAD_BALANCERS, listener->load_balancer_arn))
        warn(in, RULE_ELB_JSON_11,
             "listener '{0}' belongs to the load balancer '{1}', which is not known", id,
             listener->load_balancer_arn);
    if (listener->arn[0] == '\0') /* Classic: its group comes with the load balancer */
        return;
    groups_check(in, listener, listener->actions, listener->n_actions,
                 "listener '{0}' forwards to the target group '{1}', which is not known", id);
}

static void rule_check(const struct dangling *in, const struct rule *rule)
{
    const struct listener *listener = r53__table_staged(&in->cloud->tables[CLOUD_LISTENERS],
                                                        r53__span(rule->listener_arn));

    if (!listener)
        warn(in, RULE_ELB_JSON_11, "rule '{0}' belongs to the listener '{1}', which is not known",
             rule->arn, rule->listener_arn);
    groups_check(in, listener, rule->actions, rule->n_actions,
                 "rule '{0}' forwards to the target group '{1}', which is not known", rule->arn);
}

static void node_check(const struct dangling *in, const struct table *names, const char *id)
{
    struct name_buffer name;

    if (known(in, CLOUD_LOAD_BALANCERS, id))
        return;
    if (r53__name_parse(&name, r53__span(id)) == NAME_OK &&
        r53__table_slot(names, name_span(r53__name(&name))) >= 0)
        return;
    warn(in, RULE_ELB_JSON_02,
         "node addresses are given for the load balancer '{0}', which is not known", id, NULL);
}

/* Names of load balancers: "*.elb.*.amazonaws.com", also "*.elb.amazonaws.com". */
static bool is_elb_name(struct name name)
{
    uint8_t offsets[NAME_LABELS_MAX];
    unsigned n;

    if (!r53__name_is_under(name, WIRE("\011amazonaws\003com")) &&
        !r53__name_is_under(name, WIRE("\011amazonaws\003com\002cn")))
        return false;
    n = r53__name_offsets(name, offsets);
    for (unsigned i = 0; i < n; i++) {
        if (memcmp(name.octets + offsets[i], "\003elb", 4) == 0)
            return true;
    }
    return false;
}

static bool has_record_set(const struct zone *zone, struct name name, uint16_t type)
{
    struct location place;

    r53__zone_locate(zone, name, r53__name_labels(name), r53__name_hash(name, 0), &place);
    return place.source >= 0 && r53__zone_group(zone, place.source, type);
}

static void warn_alias(const struct dangling *in, struct name owner, struct name target,
                       const char *format)
{
    char from[NAME_TEXT_MAX], to[NAME_TEXT_MAX];

    r53__name_print(from, owner);
    r53__name_print(to, target);
    warn(in, RULE_R53_JSON_09, format, from, to);
}

static void alias_check(const struct dangling *in, const struct table *names,
                        const struct zone *zone, const struct record_set *set)
{
    const struct group *group = &zone->groups[set->group];
    struct name owner = r53__owner_name(zone, (int32_t)group->owner);
    const struct record_detail *detail = r53__record_detail(zone, set);
    struct name target = detail->alias_name;
    const struct zone *there = r53__table_staged(&in->cloud->tables[CLOUD_ZONES],
                                                 r53__span(detail->alias_hosted_zone_id));

    if (there && r53__name_is_under(target, there->name)) {
        if (!has_record_set(there, target, group->type))
            warn_alias(in, owner, target,
                       "the alias '{0}' leads to '{1}', but there is no record set of its type");
        return;
    }
    /* the first label may be "dualstack", "ipv6" or a zone, in front of the name (R53-ELB-02) */
    if (is_elb_name(target) && r53__table_slot(names, name_span(target)) < 0 &&
        r53__table_slot(names, name_span(r53__name_parent(target))) < 0)
        warn_alias(in, owner, target,
                   "the alias '{0}' leads to the load balancer '{1}', which is not known");
}

/* Warns of a record set, {0}, by what it names, {1}. */
static void warn_set(const struct dangling *in, const struct zone *zone,
                     const struct record_set *set, int32_t rule, const char *format,
                     const char *named)
{
    char owner[NAME_TEXT_MAX];

    r53__name_print(owner, r53__owner_name(zone, (int32_t)zone->groups[set->group].owner));
    warn(in, rule, format, owner, named);
}

static void detail_check(const struct dangling *in, const struct zone *zone,
                         const struct record_detail *detail)
{
    const struct record_set *set = &zone->record_sets[detail->record_set];
    bool empty = set->n_values == 0 && !(set->flags & RECORD_ALIAS);

    if (r53__check_missing(in->cloud, detail->health_check_id))
        warn_set(in, zone, set, RULE_R53_ERR_35,
                 "the record set '{0}' names the health check '{1}', which is not known",
                 detail->health_check_id);
    if (r53__collection_missing(in->cloud, detail->cidr_collection_id))
        warn_set(in, zone, set, RULE_R53_COLL_02,
                 "the record set '{0}' names the CIDR collection '{1}', which is not known",
                 detail->cidr_collection_id);
    else if (r53__location_missing(in->cloud, detail->cidr_collection_id,
                                   detail->cidr_location_name))
        warn_set(in, zone, set, RULE_R53_COLL_02,
                 "the record set '{0}' names the CIDR location '{1}', which has no blocks",
                 detail->cidr_location_name);
    if (empty && *detail->traffic_policy_instance_id)
        warn_set(in, zone, set, RULE_R53_JSON_09,
                 "the record set '{0}' holds nothing but the traffic policy instance '{1}': it is "
                 "answered with no records",
                 detail->traffic_policy_instance_id);
}

static int32_t zone_check(const struct dangling *in, const struct table *names, const char *id)
{
    const struct zone *zone = r53__table_staged(&in->cloud->tables[CLOUD_ZONES], r53__span(id));

    if (!zone)
        return R53_OK;
    for (uint32_t i = 0; i < zone->n_details; i++) {
        const struct record_set *set = &zone->record_sets[zone->details[i].record_set];

        if (set->flags & RECORD_ALIAS)
            alias_check(in, names, zone, set);
        detail_check(in, zone, &zone->details[i]);
    }
    return r53__alias_lint(zone, &in->cloud->memory, in->report);
}

int32_t r53__dangling_warn(const struct dangling *in)
{
    struct table names;
    int32_t rc;

    if (!in->report)
        return R53_OK;
    r53__table_init(&names, &in->cloud->memory);
    rc = names_gather(in, &names);
    for (size_t i = 0; !rc && i < in->listeners->count; i++) {
        const struct listener *listener = r53__table_at(in->listeners, (int32_t)i);

        if (listener)
            listener_check(in, listener, r53__table_id(in->listeners, (int32_t)i));
    }
    for (size_t i = 0; !rc && i < in->rules->count; i++) {
        const struct rule *rule = r53__table_at(in->rules, (int32_t)i);

        if (rule)
            rule_check(in, rule);
    }
    for (size_t i = 0; !rc && i < in->target_lists->count; i++) {
        const char *arn = r53__table_id(in->target_lists, (int32_t)i);

        if (!known(in, CLOUD_TARGET_GROUPS, arn))
            warn(in, RULE_ELB_JSON_11,
                 "targets are registered with the target group '{0}', which is not known", arn,
                 NULL);
    }
    for (size_t i = 0; !rc && i < in->nodes->count; i++) {
        if (r53__table_at(in->nodes, (int32_t)i))
            node_check(in, &names, r53__table_id(in->nodes, (int32_t)i));
    }
    for (size_t i = 0; !rc && i < in->zones->count; i++)
        rc = zone_check(in, &names, r53__table_id(in->zones, (int32_t)i));
    r53__table_free(&names);
    return rc ? rc : r53__listener_lint(in->cloud, in->listeners, in->rules, in->report);
}
