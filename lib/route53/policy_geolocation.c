/*
 * Geolocation: the most specific location that the client is in.
 */
#include "route53/policy_order.h"

#include "model/match.h"

/* R53-GEO-03: state, country, continent, default; R53-GEO-04: of an unknown client the default. */
static void wanted_by(struct wanted_list *list, const struct choosing *c,
                      const struct client_place *place)
{
    const struct {
        uint64_t code;
        int32_t extent;
    } codes[] = {
        {r53__match_subdivision(place->country, place->subdivision), EXTENT_SUBDIVISION},
        {r53__match_country(place->country), EXTENT_COUNTRY},
        {r53__match_continent(place->continent), EXTENT_CONTINENT},
        {r53__match_elsewhere(), EXTENT_EVERYONE},
    };

    r53__wanted_begin(list, c, place->scope);
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        r53__want(list, (struct wanted){.code = codes[i].code,
                                        .extent = codes[i].extent,
                                        .scope = place->scope});
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
    wanted_by(&list, c, &place);
    return r53__wanted_choose(c, &list);
}

void r53__geolocation_explain(struct choosing *c)
{
    struct client_place place;
    struct wanted_list list;

    place_of(c, &place);
    r53__place_explain(c, &place);
    if (c->group->mixed)
        return;
    wanted_by(&list, c, &place);
    r53__wanted_explain(c, &list);
}
