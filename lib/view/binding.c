#include "view/binding.h"

#include "base/report.h"
#include "base/rules.h"

static struct binding in_zone(const struct zone *zone, uint16_t type, struct name name)
{
    const struct group *group = r53__zone_group(zone, r53__zone_owner(zone, name), type);

    if (!group)
        return (struct binding){BINDING_DANGLING, -1, -1, 0};
    return (struct binding){BINDING_GROUP, (int32_t)(group - zone->groups), -1, 0};
}

/* Types that an alias to what is outside the zone may have (R53-ALIAS-13, R53-ALIAS-30). */
static bool type_has_addresses(uint16_t type)
{
    return type == R53_TYPE_A || type == R53_TYPE_AAAA;
}

static struct binding observed(const r53_view *view, uint16_t type, struct name name)
{
    bool may_lead_there = type_has_addresses(type) || type == R53_TYPE_HTTPS;

    for (uint32_t i = 0; may_lead_there && i < view->n_named; i++) {
        if (r53__name_equal(view->named[i].name, name))
            return (struct binding){BINDING_ADDRESSES, (int32_t)i, -1, 0};
    }
    return (struct binding){BINDING_DANGLING, -1, -1, 0}; /* R53-ALIAS-16 */
}

/*
 * By its DNSName (R53-JSON-09), whatever HostedZoneId says: a load balancer's own name first; else
 * a name that lies in the zone itself is one of its record sets; another is outside the model.
 */
struct binding r53__binding_find(const r53_view *view, const struct zone *zone, uint16_t type,
                                 struct name dns_name)
{
    struct fleet_name to = r53__view_fleet_name(view, dns_name);

    if (to.fleet >= 0 && type_has_addresses(type))
        return (struct binding){BINDING_LOAD_BALANCER, to.fleet, to.node, to.families};
    if (r53__name_is_under(dns_name, zone->name))
        return in_zone(zone, type, dns_name);
    return observed(view, type, dns_name);
}

static void report_dangling(r53_report *report, const struct zone *zone,
                            const struct record_set *set)
{
    const struct group *group = &zone->groups[set->group];
    char owner[NAME_TEXT_MAX], target[NAME_TEXT_MAX];

    if (!report)
        return;
    r53__name_print(owner, r53__owner_name(zone, (int32_t)group->owner));
    r53__name_print(target, r53__record_detail(zone, set)->alias_name);
    r53__remark(report,
                &(struct remark){.severity = R53_SEVERITY_WARNING,
                                 .rule = RULE_R53_ALIAS_16,
                                 .format = "alias {0} {1} in zone {2} leads to {3}, which "
                                           "is neither a record set of the zone, nor a "
                                           "known load balancer, nor an observed name",
                                 .args = {owner, r53_type_name(group->type), zone->id, target}});
}

static bool zone_bind(r53_view *view, struct view_zone *vz, r53_report *report)
{
    const struct zone *zone = vz->zone;
    struct binding *bindings = r53__arena_alloc(&view->arena, zone->n_details, sizeof(*bindings));

    if (!bindings)
        return false;
    for (uint32_t i = 0; i < zone->n_details; i++) {
        const struct record_detail *detail = &zone->details[i];
        const struct record_set *set = &zone->record_sets[detail->record_set];

        if (!(set->flags & RECORD_ALIAS))
            continue;
        bindings[i] =
            r53__binding_find(view, zone, zone->groups[set->group].type, detail->alias_name);
        if (bindings[i].kind == BINDING_DANGLING)
            report_dangling(report, zone, set);
    }
    vz->bindings = bindings;
    return true;
}

bool r53__bindings_prepare(r53_view *view, r53_report *report)
{
    for (uint32_t i = 0; i < view->n_zones; i++) {
        if (!zone_bind(view, &view->zones[i], report))
            return false;
    }
    return true;
}
