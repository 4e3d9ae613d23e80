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

static void want(struct wanted_list *list, int32_t extent, const char *type, const char *id)
{
    if (!*id)
        return;
    r53__want(list, (struct wanted){
                        .code = r53__match_texts(type, id), .a = type, .b = id, .extent = extent});
}

/* R53-AZ-01, R53-AZ-02: what is not known is not on the list. */
static void wanted_by(struct wanted_list *list, const struct choosing *c)
{
    const struct client *client = &c->input->query->client;
    const struct region *region = client->az_region ? client->az_region : client->vpc_region;

    r53__wanted_begin(list, c, 0);
    list->verify = verify;
    if (*client->az_id) {
        want(list, EXTENT_ZONE, "AvailabilityZone", client->az_id);
        want(list, EXTENT_ZONE_GROUP, "AvailabilityZoneGroup", client->az_group);
        want(list, EXTENT_REGION, "Region", region ? region->name : "");
        want(list, EXTENT_PARTITION, "Partition", region ? region->partition : "");
    }
    r53__want(list, (struct wanted){.code = r53__match_texts("Global", ""), /* R53-AZ-04 */
                                    .a = "Global",
                                    .extent = EXTENT_EVERYONE});
}

int32_t r53__az_affinity_choose(struct choosing *c)
{
    struct wanted_list list;

    if (c->group->mixed) /* only an import can hold such a group */
        return (int32_t)c->group->first;
    wanted_by(&list, c);
    return r53__wanted_choose(c, &list);
}

void r53__az_affinity_explain(struct choosing *c)
{
    struct wanted_list list;

    if (c->group->mixed)
        return;
    wanted_by(&list, c);
    r53__wanted_explain(c, &list);
}
