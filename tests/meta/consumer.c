/* A program outside the tree: C99, C11 and C++17 alike. */
#include <r53/r53.h>

#include <stdio.h>
#include <string.h>

static r53_hosted_zone zone;
static r53_record_set set;
static r53_change change;

int main(void)
{
    static const char *const values[] = {"192.0.2.1"};
    const r53_change *batch[1];
    const r53_record_set *found;
    r53_cloud *cloud = NULL;
    r53_listing *listing = NULL;

    zone.size = (uint32_t)sizeof zone;
    zone.id = "Z1";
    zone.name = "example.com";
    zone.caller_reference = "one";
    set.size = (uint32_t)sizeof set;
    set.type = R53_TYPE_A;
    set.name = "www.example.com";
    set.values = values;
    set.n_values = 1;
    set.has_ttl = 1;
    set.ttl = 60;
    change.size = (uint32_t)sizeof change;
    change.action = R53_ACTION_CREATE;
    change.record_set = &set;
    batch[0] = &change;
    if (r53_cloud_new(&cloud, NULL) || r53_zone_create(cloud, &zone, NULL) ||
        r53_zone_change(cloud, "Z1", batch, 1, NULL) ||
        r53_record_sets_list(&listing, cloud, "Z1", "www.example.com", R53_TYPE_A, NULL, NULL))
        return 1;
    found = r53_listing_next_record_set(listing);
    if (!found || strcmp(found->name, "www.example.com.") != 0)
        return 2;
    printf("%s %s %s\n", r53_version(), found->name, found->values[0]);
    r53_listing_free(listing);
    r53_cloud_free(cloud);
    return 0;
}
