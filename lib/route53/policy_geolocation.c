/*
 * Geolocation: the most specific location that the client is in.
 */
#include "route53/policy_order.h"

#include "model/match.h"

static bool want(struct wanted_list *list, int32_t extent, uint64_t code)
{
    return r53__want(list, &(struct wanted){.code = code, .extent = extent, .scope = list->scope});
}

/* R53-GEO-03: state, country, continent, default; R53-GEO-04: of an unknown client the default. */
static void want_all(struct wanted_list *list, const struct client_place *place)
{
    (void)(want(list, EXTENT_SUBDIVISION,
                r53__match_subdivision(place->country, place->subdivision)) ||
           want(list, EXTENT_COUNTRY, r53__match_country(place->country)) ||
           want(list, EXTENT_CONTINENT, r53__match_continent(place->continent)) ||
           want(list, EXTENT_EVERYONE, r53__match_elsewhere()));
}

static void place_of(const struct choosing *c, struct client_place *out)
{
    r53__client_place(c->input->view, &c->input->query->client, c->zone->zone, out);
}

int32_t r53__geolocation_choose(struct choosing *c)
{
    struct client_place place;
    struct wanted_list list;

    if (c->group->mixed) /* only an import can hold such a group */
        return (int32_t)c->group->first;
    place_of(c, &place);
    r53__wanted_begin(&list, c, r53__group_matches(c->zone->zone, c->group), NULL, place.scope);
    want_all(&list, &place);
    return r53__wanted_choose(c, &list);
}

void r53__geolocation_explain(struct choosing *c)
{
    struct client_place place;
    struct wanted_list list;
    struct wanted all[WANTED_MAX];

    place_of(c, &place);
    r53__place_explain(c, &place);
    if (c->group->mixed)
        return;
    r53__wanted_begin(&list, c, r53__group_matches(c->zone->zone, c->group), all, place.scope);
    want_all(&list, &place);
    r53__wanted_explain(c, &list);
}
