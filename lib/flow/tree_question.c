/*
 * The root of a tree, and what the name is: groups that answer, or why none does.
 */
#include "flow/tree.h"

/* Why nothing answers, by disposition; NULL: something does. */
static const char *const endings[] = {
    [R53_DISPOSITION_RECORD] = NULL,        [R53_DISPOSITION_ALIAS] = NULL,
    [R53_DISPOSITION_CNAME] = NULL,         [R53_DISPOSITION_REFERRAL] = "delegated",
    [R53_DISPOSITION_NODATA] = "no data",   [R53_DISPOSITION_NXDOMAIN] = "NXDOMAIN",
    [R53_DISPOSITION_REFUSED] = "refused",  [R53_DISPOSITION_ANY] = NULL,
    [R53_DISPOSITION_LOAD_BALANCER] = NULL,
};
static const char *const ending_notes[] = {
    [R53_DISPOSITION_RECORD] = "",
    [R53_DISPOSITION_ALIAS] = "",
    [R53_DISPOSITION_CNAME] = "",
    [R53_DISPOSITION_REFERRAL] = "the name lies at or below a zone cut",
    [R53_DISPOSITION_NODATA] = "the name has no record set of this type",
    [R53_DISPOSITION_NXDOMAIN] = "there is no such name",
    [R53_DISPOSITION_REFUSED] = "the name lies in no hosted zone that the client sees",
    [R53_DISPOSITION_ANY] = "",
    [R53_DISPOSITION_LOAD_BALANCER] = "",
};

static void put_zone(struct text *text, const struct zone *zone)
{
    r53__put(text, zone->is_private ? "private hosted zone " : "hosted zone ");
    r53__tree_put_name(text, zone->name);
    r53__put(text, ", ");
    r53__put(text, zone->id);
}

void r53__tree_add_question(struct tree_draft *d)
{
    const struct route_query *query = d->input.query;

    r53__tree_put_name(&d->title.text, r53__name(&query->name));
    r53__put_char(&d->title.text, ' ');
    if (query->type == R53_TYPE_ANY)
        r53__put(&d->title.text, "ANY");
    else
        r53__type_put(&d->title.text, query->type);
    if (d->place.zone >= 0)
        put_zone(&d->note.text, d->view->zones[d->place.zone].zone);
    r53__tree_add(d, -1, TREE_QUESTION, TREE_NEUTRAL);
}

/* R53-DNS-14 */
static void all_types_add(struct tree_draft *d, int32_t node)
{
    const struct view_zone *zone = &d->view->zones[d->place.zone];
    const struct owner *owner = &zone->zone->owners[d->place.owner];
    uint32_t n = r53__owner_size(owner);

    for (uint32_t i = 0; r53__tree_fits(d, node, i, n, "type"); i++)
        r53__tree_add_group(d, node, zone, (int32_t)(owner->first_group + i));
}

static void ending_add(struct tree_draft *d, int32_t node)
{
    if (!r53__tree_fits(d, node, 0, 1, "end"))
        return;
    r53__put(&d->title.text, endings[d->place.disposition]);
    r53__put(&d->note.text, ending_notes[d->place.disposition]);
    r53__tree_add(d, node, TREE_END, TREE_OUT);
}

void r53__tree_expand_question(struct tree_draft *d, int32_t node)
{
    const struct route *place = &d->place;

    if (place->group >= 0) {
        if (!r53__tree_fits(d, node, 0, 1, "group of record sets"))
            return;
        r53__put(&d->edge.text, place->is_wildcard                            ? "by the wildcard"
                                : place->disposition == R53_DISPOSITION_CNAME ? "by its CNAME"
                                                                              : "");
        r53__tree_add_group(d, node, &d->view->zones[place->zone], place->group);
    } else if (place->disposition == R53_DISPOSITION_ANY) {
        all_types_add(d, node);
    } else if (place->disposition == R53_DISPOSITION_LOAD_BALANCER) {
        if (r53__tree_fits(d, node, 0, 1, "load balancer"))
            r53__tree_add_balancer(d, node, place->target, place->node);
    } else {
        ending_add(d, node);
    }
}
