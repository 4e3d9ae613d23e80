/*
 * Every function of CIDR collections and VPC associations, played with an allocator that fails at
 * the k-th call, for every k: alone, or with all that follow. The call that fails says R53_E_NOMEM,
 * tells it, changes nothing, and works when called again.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/cidr_collection.h>
#include <r53/import.h>
#include <r53/zone.h>

#include <stdio.h>
#include <stdlib.h>

#define ONE "11111111-2222-3333-4444-555555555555"
#define TWO "22222222-2222-3333-4444-555555555555"

enum { DIGEST_MAX = 4096 };

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
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com",
                            .caller_reference = "one", .private_zone = 1, .vpcs = vpcs,
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
    r53_cidr_change one = {.size = sizeof(one), .action = action, .location_name = location,
                           .cidr_list = blocks, .n_cidr_list = n};
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

static const struct step {
    const char *what;
    int32_t (*run)(struct things *);
    bool reports;
} steps[] = {
    {"cloud", make_cloud, false},
    {"report", make_report, false},
    {"import", make_import, true},
    {"zone", create_zone, true},
    {"associate", associate, true},
    {"disassociate", disassociate, true},
    {"create", create_collection, true},
    {"put", put_blocks, true},
    {"import blocks first", import_block, true},
    {"import collection", import_collection, true},
    {"commit", commit, true},
    {"list collections", list_collections, false},
    {"list blocks", list_blocks, true},
    {"delete blocks", delete_blocks, true},
    {"delete", delete_collection, true},
};

/* All that the cloud holds, as text. */
static void digest(const r53_cloud *cloud, char *out)
{
    static const char *const ids[] = {ONE, TWO};
    r53_listing *zones;
    const r53_hosted_zone *zone;
    size_t at = 0;

    out[0] = '\0';
    if (!cloud)
        return;
    assert_int_equal(r53_zones_list(&zones, cloud), R53_OK);
    while ((zone = r53_listing_next_zone(zones))) {
        for (uint32_t i = 0; i < zone->n_vpcs; i++)
            at += (size_t)snprintf(out + at, DIGEST_MAX - at, "%s ", zone->vpcs[i]->vpc_id);
    }
    r53_listing_free(zones);
    for (size_t i = 0; i < COUNT(ids); i++) {
        r53_cidr_listing *blocks;
        const r53_cidr_block *block;

        if (r53_cidr_blocks_list(&blocks, cloud, ids[i], NULL) != R53_OK)
            continue;
        at += (size_t)snprintf(out + at, DIGEST_MAX - at, "%s:", ids[i]);
        while ((block = r53_cidr_listing_next_block(blocks)))
            at += (size_t)snprintf(out + at, DIGEST_MAX - at, " %s=%s", block->location_name,
                                   block->cidr_block);
        r53_cidr_listing_free(blocks);
    }
}

/* Returns how many allocations the steps made; fail_at 0 in `torture`: none fails. */
static long play(struct torture *torture)
{
    static char before[DIGEST_MAX], after[DIGEST_MAX];
    r53_allocator allocator = torture_allocator(torture);
    struct things t = {.allocator = &allocator};
    long k = torture->fail_at, calls;

    for (size_t i = 0; i < COUNT(steps); i++) {
        r53_finding finding = {.size = sizeof(finding)};
        int32_t rc;

        torture->fail_at = 0;
        if (torture->calls < k) {
            calls = torture->calls;
            digest(t.cloud, before);
            torture->calls = calls; /* those of the digest do not count */
            torture->fail_at = k;
        }
        rc = steps[i].run(&t);
        if (rc == R53_OK && torture->fail_at && torture->calls >= k)
            fail_msg("%s: the failure of allocation %ld was not noticed", steps[i].what, k);
        if (rc == R53_OK)
            continue;
        torture->fail_at = 0;
        if (rc != R53_E_NOMEM)
            fail_msg("%s: %s", steps[i].what, r53_error_name(rc));
        if (steps[i].reports) {
            assert_int_equal(r53_report_get(t.report, 0, &finding), R53_OK);
            assert_int_equal(finding.code, R53_E_NOMEM);
        }
        digest(t.cloud, after);
        assert_string_equal(before, after);
        assert_int_equal(steps[i].run(&t), R53_OK);
    }
    torture->fail_at = 0;
    calls = torture->calls;
    digest(t.cloud, after);
    assert_string_equal(after, "vpc-2 " TWO ": lan=192.0.2.0/24");
    assert_non_null(r53_cidr_listing_next_collection(t.collections));
    assert_non_null(r53_cidr_listing_next_block(t.blocks));
    r53_cidr_listing_free(t.collections);
    r53_cidr_listing_free(t.blocks);
    r53_import_free(t.import);
    r53_cloud_free(t.cloud);
    r53_report_free(t.report);
    assert_int_equal(torture->live, 0);
    return calls;
}

static void play_all(bool once)
{
    struct torture all = {0};
    long calls = play(&all);

    assert_true(calls > 50);
    for (long k = 1; k <= calls; k++) {
        struct torture torture = {.fail_at = k, .once = once};

        play(&torture);
    }
}

static void check_once(void **state)
{
    (void)state;
    play_all(true);
}

static void check_for_good(void **state)
{
    (void)state;
    play_all(false);
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "each allocation fails, alone", check_once);
    ADD_TEST(tests, n, "each allocation fails, and all behind it", check_for_good);
    return RUN_TESTS("oom_cidr", tests, n);
}
