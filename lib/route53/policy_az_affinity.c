/*
 * AZ affinity: from the client's Availability Zone outwards. The zone is what the VPC's resolver
 * reports; neither client subnet nor geographic data count (R53-PLACE-08), so the scope is 0.
 */
#include "route53/policy_order.h"

#include "model/match.h"

#include <string.h>

static bool verify(const struct record_detail *detail, const struct wanted *wanted)
{
    return strcmp(detail->az_location_type, wanted->a) == 0 &&
           (!wanted->b || strcmp(detail->az_location_id, wanted->b) == 0);
}

static bool want(struct wanted_list *list, int32_t extent, const char *type, const char *id)
{
    return *id &&
           r53__want(list,
                     &(struct wanted){
                         .code = r53__match_texts(type, id), .a = type, .b = id, .extent = extent});
}

/* R53-AZ-01; `room` is for texts that the list keeps. */
static bool want_zone(struct wanted_list *list, const struct client *client, char *room)
{
    const struct region *region = client->az_region ? client->az_region : client->vpc_region;

    return want(list, EXTENT_ZONE, "AvailabilityZone", client->az_id) ||
           want(list, EXTENT_ZONE_GROUP, "AvailabilityZoneGroup",
                r53__client_az_group(client, room)) ||
           want(list, EXTENT_REGION, "Region", region ? region->name : "") ||
           want(list, EXTENT_PARTITION, "Partition", region ? region->partition : "");
}

/* R53-AZ-02: what is not known is not on the list. */
static void want_all(struct wanted_list *list, char *room)
{
    const struct client *client = &list->c->input->query->client;

    list->verify = verify;
    if (*client->az_id && want_zone(list, client, room))
        return;
    r53__want(list, &(struct wanted){.code = r53__match_texts("Global", ""), /* R53-AZ-04 */
                                     .a = "Global",
                                     .extent = EXTENT_EVERYONE});
}

int32_t r53__az_affinity_choose(struct choosing *c)
{
    struct wanted_list list;
    char room[AZ_GROUP_MAX];

    if (c->group->mixed) /* only an import can hold such a group */
        return (int32_t)c->group->first;
    r53__wanted_begin(&list, c, r53__group_matches(c->zone->zone, c->group), NULL, 0);
    want_all(&list, room);
    return r53__wanted_choose(c, &list);
}

void r53__az_affinity_explain(struct choosing *c)
{
    struct wanted_list list;
    char room[AZ_GROUP_MAX];
    struct wanted all[WANTED_MAX];

    if (c->group->mixed)
        return;
    r53__wanted_begin(&list, c, r53__group_matches(c->zone->zone, c->group), all, 0);
    want_all(&list, room);
    r53__wanted_explain(c, &list);
}
