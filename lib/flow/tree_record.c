/*
 * Record sets in a tree: a group with its policy, its members with what speaks for and against
 * them, and where their aliases lead.
 */
#include "flow/tree.h"

#include "dns/rdata.h"
#include "route53/own_name.h"
#include "route53/policy.h"

void r53__tree_add_group(struct tree_draft *d, int32_t parent, const struct view_zone *zone,
                         int32_t group)
{
    const struct group *of = &zone->zone->groups[group];
    struct text *note = &d->note.text;

    r53__tree_put_name(&d->title.text, r53__owner_name(zone->zone, (int32_t)of->owner));
    r53__put_char(&d->title.text, ' ');
    r53__type_put(&d->title.text, of->type);
    r53__put(note, r53__policies[of->policy].name);
    if (of->policy != POLICY_SIMPLE) {
        r53__put(note, ", ");
        r53__put_u64(note, r53__group_size(of));
        r53__put(note, r53__group_size(of) == 1 ? " record set" : " record sets");
    }
    r53__put(note, of->mixed ? ", other policies among them" : "");
    r53__tree_add_once(d, parent, TREE_GROUP, TREE_NEUTRAL, (struct tree_subject){of, zone});
}

/* Members */

static void put_values(struct text *text, const struct zone *zone, const struct record_set *set)
{
    const struct rr_type *type = r53__type_find(zone->groups[set->group].type);
    uint32_t offset = set->values;

    for (uint32_t i = 0; i < set->n_values; i++) {
        struct rdata value = r53__record_next(zone, &offset);

        r53__put(text, i ? ", " : "");
        type->print(text, value.octets, value.length);
    }
}

static void put_record(struct text *text, const struct view_zone *zone,
                       const struct record_set *set)
{
    const struct record_detail *detail = r53__record_detail(zone->zone, set);

    if (set->flags & RECORD_ALIAS && detail) {
        r53__put(text, "alias to ");
        r53__tree_put_name(text, detail->alias_name);
        if (set->flags & RECORD_EVALUATES_TARGET)
            r53__put(text, ", evaluates its health");
    } else {
        put_values(text, zone->zone, set);
    }
}

static void member_add(struct tree_draft *d, int32_t node, const struct view_zone *zone,
                       const struct record_set *set)
{
    const struct record_detail *detail = r53__record_detail(zone->zone, set);
    bool is_named = detail && detail->set_identifier && *detail->set_identifier;
    enum tree_state state;
    int32_t added;

    r53__tree_put_choice(&d->edge.text, zone, set);
    r53__put(&d->title.text, is_named ? "record set " : "record set");
    r53__put(&d->title.text, is_named ? detail->set_identifier : NULL);
    put_record(&d->note.text, zone, set);
    state = r53__tree_put_standing(&d->note.text, d, zone, set);
    added = r53__tree_add(d, node, TREE_RECORD, state);
    if (added >= 0)
        d->tree->nodes[added].subject = (struct tree_subject){set, zone};
}

void r53__tree_expand_group(struct tree_draft *d, int32_t node)
{
    const struct group *group = d->tree->nodes[node].subject.at;
    const struct view_zone *zone = d->tree->nodes[node].subject.within;
    uint32_t n = r53__group_size(group);

    for (uint32_t i = 0; r53__tree_fits(d, node, i, n, "record set"); i++)
        member_add(d, node, zone, &zone->zone->record_sets[group->first + i]);
}

/* Where they lead */

static void addresses_add(struct tree_draft *d, int32_t node, int32_t index)
{
    const struct named_addresses *named = &d->view->named[index];

    r53__tree_put_name(&d->title.text, named->name);
    r53__put(&d->note.text, "observed:");
    for (uint32_t i = 0; i < named->list->n_addresses; i++) {
        r53__put(&d->note.text, i ? ", " : " ");
        r53__address_put(&d->note.text, &named->list->addresses[i]);
    }
    r53__tree_add(d, node, TREE_ADDRESSES, TREE_NEUTRAL);
}

static void dangling_add(struct tree_draft *d, int32_t node) /* R53-ALIAS-16 */
{
    r53__put(&d->title.text, "nothing known");
    r53__put(&d->note.text, "the alias dangles: SERVFAIL");
    r53__tree_add(d, node, TREE_END, TREE_OUT);
}

/* The client looks up the load balancer's name that a CNAME holds; other names nobody follows. */
static void cname_follow(struct tree_draft *d, int32_t node, const struct view_zone *zone,
                         const struct record_set *set)
{
    struct route route = d->place;

    route.zone = (int32_t)(zone - d->view->zones);
    route.record = (int32_t)(set - zone->zone->record_sets);
    route.disposition = zone->zone->groups[set->group].type == R53_TYPE_CNAME
                            ? R53_DISPOSITION_CNAME
                            : R53_DISPOSITION_RECORD;
    route.origin = R53_ORIGIN_RECORD;
    if (!r53__own_name_follow(&d->input, &route) || !r53__tree_fits(d, node, 0, 1, "load balancer"))
        return;
    r53__put(&d->edge.text, "the client looks it up");
    r53__tree_add_balancer(d, node, route.target, route.node);
}

void r53__tree_expand_record(struct tree_draft *d, int32_t node)
{
    const struct record_set *set = d->tree->nodes[node].subject.at;
    const struct view_zone *zone = d->tree->nodes[node].subject.within;
    const struct binding *binding = r53__view_binding(zone, set);

    if (binding->kind == BINDING_NONE) {
        cname_follow(d, node, zone, set);
        return;
    }
    if (!r53__tree_fits(d, node, 0, 1, "alias target"))
        return;
    if (binding->kind == BINDING_GROUP)
        r53__tree_add_group(d, node, zone, binding->index);
    else if (binding->kind == BINDING_LOAD_BALANCER)
        r53__tree_add_balancer(d, node, binding->index, binding->node);
    else if (binding->kind == BINDING_ADDRESSES)
        addresses_add(d, node, binding->index);
    else
        dangling_add(d, node);
}
