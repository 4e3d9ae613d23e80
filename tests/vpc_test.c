/* Private zones and their VPCs: associating and disassociating after creation. */
#include "support/harness.h"
#include "support/zone_text.h"

#include <r53/zone.h>

#include <stdio.h>
#include <stdlib.h>

enum { TEXT = 512, VPCS_MAX = 300 };

static int32_t zone_create(r53_cloud *cloud, const char *id, const char *name, const char *vpc_id)
{
    r53_vpc vpc = {"eu-west-1", vpc_id};
    const r53_vpc *vpcs[] = {&vpc};
    r53_hosted_zone zone = {.size = sizeof(zone), .id = id, .name = name, .caller_reference = id,
                            .private_zone = 1, .vpcs = vpcs, .n_vpcs = 1};

    return r53_zone_create(cloud, &zone, NULL);
}

/* VPC ids of the zone, each followed by a blank. */
static const char *vpcs_of(const r53_cloud *cloud, const char *id)
{
    static char out[TEXT * 16];
    const r53_hosted_zone *zone;
    r53_listing *listing;
    size_t at = 0;

    out[0] = '\0';
    assert_int_equal(r53_zones_list(&listing, cloud), R53_OK);
    while ((zone = r53_listing_next_zone(listing))) {
        for (uint32_t i = 0; strcmp(zone->id, id) == 0 && i < zone->n_vpcs; i++)
            at += (size_t)snprintf(out + at, sizeof(out) - at, "%s ", zone->vpcs[i]->vpc_id);
    }
    r53_listing_free(listing);
    return out;
}

/*
 * ZONE1 is the public example.com; ZA and ZB are private zones example.com of vpc-1 and vpc-2, ZC
 * is www.example.com of vpc-3.
 */
static const struct vpc_case {
    const char *what;
    bool associates;
    const char *zone, *region, *vpc;
    int32_t code;
    const char *aws_name, *text; /* R53_OK: "" and the VPCs of the zone */
} cases[] = {
    {"R53-PRIV-01 a second VPC", true, "ZA", "us-east-1", "vpc-4", R53_OK, "", "vpc-1 vpc-4 "},
    {"R53-ZONE-15 an id with its prefix", true, "/hostedzone/ZA", "us-east-1", "vpc-4", R53_OK, "",
     NULL},
    {"R53-PRIV-04 a public zone", true, "ZONE1", "eu-west-1", "vpc-4", R53_E_INVALID,
     "PublicZoneVPCAssociation",
     "Attempting to associate public zone: ZONE1 with vpc: vpc-4"},
    {"R53-PRIV-04 a VPC of another zone of this name", true, "ZA", "eu-west-1", "vpc-2",
     R53_E_INVALID, "ConflictingDomainExists",
     "The VPC that you chose, vpc-2 in region eu-west-1, is already associated with another "
     "private hosted zone that has an overlapping name space, example.com.."},
    {"R53-PRIV-04 a VPC that the zone has", true, "ZA", "eu-west-1", "vpc-1", R53_E_INVALID,
     "ConflictingDomainExists", NULL},
    {"R53-PRIV-04 a VPC of a zone below it", true, "ZA", "eu-west-1", "vpc-3", R53_OK, "",
     "vpc-1 vpc-3 "},
    {"R53-PRIV-04 the id of a VPC in another Region", true, "ZA", "us-east-1", "vpc-2", R53_OK, "",
     "vpc-1 vpc-2 "},
    {"R53-PRIV-01 an unknown Region", true, "ZA", "eu-west-9", "vpc-4", R53_E_INVALID,
     "InvalidInput", NULL},
    {"R53-PRIV-01 no VPC id", true, "ZA", "eu-west-1", "x", R53_E_INVALID, "InvalidVPCId", NULL},
    {"R53-ERR-34 no such zone", true, "ZX", "eu-west-1", "vpc-4", R53_E_NOT_FOUND,
     "NoSuchHostedZone", "No hosted zone found with ID: ZX"},
    {"R53-PRIV-01 the last VPC stays", false, "ZA", "eu-west-1", "vpc-1", R53_E_INVALID,
     "LastVPCAssociation", NULL},
    {"R53-PRIV-01 one of two VPCs", false, "ZB", "eu-west-1", "vpc-2", R53_OK, "", "vpc-5 "},
    {"R53-PRIV-01 a VPC that it has not", false, "ZB", "eu-west-1", "vpc-1", R53_E_NOT_FOUND,
     "VPCAssociationNotFound", NULL},
    {"R53-PRIV-01 a public zone has none", false, "ZONE1", "eu-west-1", "vpc-1", R53_E_NOT_FOUND,
     "VPCAssociationNotFound", NULL},
    {"R53-ERR-34 no such zone to leave", false, "ZX", "eu-west-1", "vpc-1", R53_E_NOT_FOUND,
     "NoSuchHostedZone", NULL},
};

static r53_cloud *cloud_new(void)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_vpc fifth = {"eu-west-1", "vpc-5"};

    assert_int_equal(zone_create(cloud, "ZA", "example.com", "vpc-1"), R53_OK);
    assert_int_equal(zone_create(cloud, "ZB", "example.com", "vpc-2"), R53_OK);
    assert_int_equal(zone_create(cloud, "ZC", "www.example.com", "vpc-3"), R53_OK);
    assert_int_equal(r53_zone_associate_vpc(cloud, "ZB", &fifth, NULL), R53_OK);
    return cloud;
}

static void check_case(void **state)
{
    const struct vpc_case *c = *state;
    r53_vpc vpc = {c->region, c->vpc};
    r53_cloud *cloud = cloud_new();
    r53_report *report;
    r53_finding finding = {.size = sizeof(finding)};
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rc = c->associates ? r53_zone_associate_vpc(cloud, c->zone, &vpc, report)
                       : r53_zone_disassociate_vpc(cloud, c->zone, &vpc, report);
    assert_int_equal(rc, c->code);
    if (rc == R53_OK) {
        assert_int_equal(r53_report_count(report), 0);
        if (c->text)
            assert_string_equal(vpcs_of(cloud, c->zone), c->text);
    } else {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, c->aws_name);
        assert_string_not_equal(finding.rule, "");
        if (c->text)
            assert_string_equal(finding.text, c->text);
        assert_string_equal(vpcs_of(cloud, "ZA"), "vpc-1 ");
        assert_string_equal(vpcs_of(cloud, "ZB"), "vpc-2 vpc-5 ");
    }
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void three_hundred(void **state)
{
    r53_cloud *cloud = cloud_new();
    char id[24];
    r53_vpc vpc = {"us-east-1", id};

    (void)state;
    for (int i = 1; i <= VPCS_MAX; i++) {
        snprintf(id, sizeof(id), "vpc-%d", 1000 + i);
        assert_int_equal(r53_zone_associate_vpc(cloud, "ZA", &vpc, NULL),
                         i < VPCS_MAX ? R53_OK : R53_E_LIMIT);
    }
    r53_cloud_free(cloud);
}

static void record_sets_stay(void **state)
{
    r53_vpc vpc = {"us-east-1", "vpc-9"};
    struct set_text *set = set_text_parse("a.b A 192.0.2.1 ttl=60", strlen("a.b A 192.0.2.1 ttl=60"));
    r53_change change = {sizeof(change), R53_ACTION_CREATE, &set->set};
    const r53_change *changes[] = {&change};
    r53_cloud *cloud = cloud_new();
    char *before, *after;

    (void)state;
    assert_int_equal(r53_zone_change(cloud, "ZA", changes, 1, NULL), R53_OK);
    before = zone_dump(cloud, "ZA", 1);
    assert_int_equal(r53_zone_associate_vpc(cloud, "ZA", &vpc, NULL), R53_OK);
    after = zone_dump(cloud, "ZA", 1);
    assert_string_equal(before, after);
    free(before);
    free(after);
    set_text_free(set);
    r53_cloud_free(cloud);
}

static void refused_pointers(void **state)
{
    r53_vpc vpc = {NULL, NULL};
    r53_cloud *cloud = cloud_new();

    (void)state;
    assert_int_equal(r53_zone_associate_vpc(NULL, "ZA", &vpc, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_associate_vpc(cloud, NULL, &vpc, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_zone_associate_vpc(cloud, "ZA", NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_associate_vpc(cloud, "ZA", &vpc, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_disassociate_vpc(cloud, "ZA", NULL, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "R53-PRIV-01 R53-QUOTA-01 a zone has 300 VPCs", three_hundred);
    ADD_TEST(tests, n, "R53-PRIV-01 record sets stay when a VPC comes", record_sets_stay);
    ADD_TEST(tests, n, "pointers that are refused", refused_pointers);
    return RUN_TESTS("vpc", tests, n);
}
