/*
 * Every function of CIDR collections and VPC associations, played with an allocator that fails at
 * the k-th call, for every k: alone, or with all that follow. The call that fails says R53_E_NOMEM,
 * tells it, changes nothing, and works when called again.
 */
#include "support/steps.h"

#include <r53/cidr_collection.h>
#include <r53/import.h>
#include <r53/zone.h>

#define ONE "11111111-2222-3333-4444-555555555555"
#define TWO "22222222-2222-3333-4444-555555555555"

struct things {
    const r53_allocator *allocator;
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;
    r53_cidr_listing *collections, *blocks;
};

static const r53_vpc first_vpc = {"eu-west-1", "vpc-1"}, second_vpc = {"us-east-1", "vpc-2"};

/* Steps, one call each. */

static int32_t make_cloud(struct things *t)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = t->allocator};

    return r53_cloud_new(&t->cloud, &options);
}

static int32_t make_report(struct things *t)
{
    return r53_report_new(&t->report, t->allocator);
}

static int32_t make_import(struct things *t)
{
    return r53_import_new(&t->import, t->cloud, NULL, t->report);
}

static int32_t create_zone(struct things *t)
{
    static const r53_vpc *const vpcs[] = {&first_vpc};
    r53_hosted_zone zone = {.size = sizeof(zone),
                            .id = "ZONE1",
                            .name = "example.com",
                            .caller_reference = "one",
                            .private_zone = 1,
                            .vpcs = vpcs,
                            .n_vpcs = 1};

    return r53_zone_create(t->cloud, &zone, t->report);
}

static int32_t associate(struct things *t)
{
    return r53_zone_associate_vpc(t->cloud, "ZONE1", &second_vpc, t->report);
}

static int32_t disassociate(struct things *t)
{
    return r53_zone_disassociate_vpc(t->cloud, "ZONE1", &first_vpc, t->report);
}

static int32_t create_collection(struct things *t)
{
    r53_cidr_collection collection = {.size = sizeof(collection), .id = ONE, .name = "one"};

    return r53_cidr_collection_create(t->cloud, &collection, t->report);
}

static int32_t change(struct things *t, int32_t action, const char *location,
                      const char *const *blocks, uint32_t n)
{
    r53_cidr_change one = {.size = sizeof(one),
                           .action = action,
                           .location_name = location,
                           .cidr_list = blocks,
                           .n_cidr_list = n};
    const r53_cidr_change *changes[] = {&one};

    return r53_cidr_collection_change(t->cloud, ONE, 0, changes, 1, t->report);
}

static const char *const few[] = {"10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"};

static int32_t put_blocks(struct things *t)
{
    return change(t, R53_CIDR_PUT, "isp", few, 3);
}

static int32_t delete_blocks(struct things *t)
{
    return change(t, R53_CIDR_DELETE_IF_EXISTS, "isp", few, 3);
}

static int32_t import_collection(struct things *t)
{
    r53_cidr_collection collection = {.size = sizeof(collection), .id = TWO, .name = "two"};

    return r53_import_cidr_collection(t->import, &collection);
}

static int32_t import_block(struct things *t)
{
    return r53_import_cidr_block(t->import, TWO, "lan", "192.0.2.0/24");
}

static int32_t commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t list_collections(struct things *t)
{
    return r53_cidr_collections_list(&t->collections, t->cloud);
}

static int32_t list_blocks(struct things *t)
{
    return r53_cidr_blocks_list(&t->blocks, t->cloud, ONE, t->report);
}

static int32_t delete_collection(struct things *t)
{
    return r53_cidr_collection_delete(t->cloud, ONE, t->report);
}

static const struct step steps[] = {
    {"cloud", make_cloud, 0},
    {"report", make_report, 0},
    {"import", make_import, STEP_REPORTS},
    {"zone", create_zone, STEP_REPORTS},
    {"associate", associate, STEP_REPORTS},
    {"disassociate", disassociate, STEP_REPORTS},
    {"create", create_collection, STEP_REPORTS},
    {"put", put_blocks, STEP_REPORTS},
    {"import blocks first", import_block, STEP_REPORTS},
    {"import collection", import_collection, STEP_REPORTS},
    {"commit", commit, STEP_REPORTS},
    {"list collections", list_collections, 0},
    {"list blocks", list_blocks, STEP_REPORTS},
    {"delete blocks", delete_blocks, STEP_REPORTS},
    {"delete", delete_collection, STEP_REPORTS},
};

static void open_things(struct things *t, const r53_allocator *allocator)
{
    t->allocator = allocator;
}

/* All that the cloud holds, as text. */
static void put_state(const struct things *t, struct digest *digest)
{
    static const char *const ids[] = {ONE, TWO};
    r53_listing *zones;
    const r53_hosted_zone *zone;

    if (!t->cloud)
        return;
    assert_int_equal(r53_zones_list(&zones, t->cloud), R53_OK);
    while ((zone = r53_listing_next_zone(zones))) {
        for (uint32_t i = 0; i < zone->n_vpcs; i++)
            digest_add(digest, "%s ", zone->vpcs[i]->vpc_id);
    }
    r53_listing_free(zones);
    for (size_t i = 0; i < COUNT(ids); i++) {
        r53_cidr_listing *blocks;
        const r53_cidr_block *block;

        if (r53_cidr_blocks_list(&blocks, t->cloud, ids[i], NULL) != R53_OK)
            continue;
        digest_add(digest, "%s:", ids[i]);
        while ((block = r53_cidr_listing_next_block(blocks)))
            digest_add(digest, " %s=%s", block->location_name, block->cidr_block);
        r53_cidr_listing_free(blocks);
    }
}

static void expect_done(struct things *t)
{
    static struct digest digest;

    digest.length = 0;
    put_state(t, &digest);
    assert_string_equal(digest.text, "vpc-2 " TWO ": lan=192.0.2.0/24");
    assert_non_null(r53_cidr_listing_next_collection(t->collections));
    assert_non_null(r53_cidr_listing_next_block(t->blocks));
}

static void close_things(struct things *t)
{
    r53_cidr_listing_free(t->collections);
    r53_cidr_listing_free(t->blocks);
    r53_import_free(t->import);
    r53_cloud_free(t->cloud);
    r53_report_free(t->report);
}

static struct things things;

static const struct scenario scenario = SCENARIO(50, .finish = expect_done);

int main(void)
{
    return scenario_suite("oom_cidr", &scenario, "each allocation fails, alone",
                          "each allocation fails, and all behind it");
}
