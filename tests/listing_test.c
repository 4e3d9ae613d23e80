/* Listings: order, beginnings, what comes back as given. */
#include "support/harness.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <stdio.h>
#include <stdlib.h>

static const struct order_case {
    const char *what, *batch, *expected;
} orders[] = {
    {"R53-LIST-01 R53-CASE-69 T18 reversed labels, escaped, with dots",
     "CREATE x.a A 192.0.2.1\nCREATE a A 192.0.2.1\nCREATE a-b A 192.0.2.1\n"
     "CREATE _DMARC TXT \"x\"\nCREATE * A 192.0.2.1\nCREATE 1 A 192.0.2.1",
     "1.example.com. A 192.0.2.1 ttl=300\n\\052.example.com. A 192.0.2.1 ttl=300\n"
     "_dmarc.example.com. TXT \"x\" ttl=300\na-b.example.com. A 192.0.2.1 ttl=300\n"
     "a.example.com. A 192.0.2.1 ttl=300\nx.a.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-LIST-02 types by name, then set identifiers",
     "CREATE a TXT \"x\"\nCREATE a SRV 1~2~3~b.example.com\nCREATE a MX 1~b.example.com\n"
     "CREATE a AAAA 2001:db8::1\nCREATE a A 192.0.2.2 id=b weight=1\n"
     "CREATE a A 192.0.2.1 id=B weight=1\nCREATE a CAA 0~issue~\"x\"",
     "a.example.com. A id=B 192.0.2.1 ttl=300 weight=1\n"
     "a.example.com. A id=b 192.0.2.2 ttl=300 weight=1\n"
     "a.example.com. AAAA 2001:db8::1 ttl=300\na.example.com. CAA 0 issue \"x\" ttl=300\n"
     "a.example.com. MX 1 b.example.com. ttl=300\na.example.com. SRV 1 2 3 b.example.com. ttl=300\n"
     "a.example.com. TXT \"x\" ttl=300\n"},
    {"R53-NAME-06 T29 escapes come back in octal", "CREATE a@b\\137c A 192.0.2.1",
     "a\\100b_c.example.com. A 192.0.2.1 ttl=300\n"},
};

static void check_order(void **state)
{
    const struct order_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *dump;

    assert_int_equal(batch_apply(cloud, c->batch, NULL), R53_OK);
    dump = zone_dump(cloud, "ZONE1", 0);
    assert_string_equal(dump, c->expected);
    free(dump);
    r53_cloud_free(cloud);
}

static const char start_zone[] = "CREATE a A 192.0.2.1\nCREATE b A 192.0.2.1 id=x weight=1\n"
                                 "CREATE b A 192.0.2.2 id=y weight=1\nCREATE b TXT \"t\"\n"
                                 "CREATE x.d A 192.0.2.3";

static const struct start_case {
    const char *what, *name;
    int32_t type;
    const char *identifier;
    int32_t code;
    const char *first; /* name, type and identifier; "": nothing left */
} starts[] = {
    {"R53-LIST-03 from the beginning", NULL, 0, NULL, R53_OK, "example.com. NS"},
    {"R53-LIST-03 from a name", "b.example.com", 0, NULL, R53_OK, "b.example.com. A x"},
    {"R53-LIST-03 from a name that is not there", "aa.example.com", 0, NULL, R53_OK,
     "b.example.com. A x"},
    {"R53-LIST-03 from an empty non-terminal", "d.example.com", 0, NULL, R53_OK,
     "x.d.example.com. A"},
    {"R53-LIST-03 from a type", "b.example.com", R53_TYPE_MX, NULL, R53_OK, "b.example.com. TXT"},
    {"R53-LIST-03 from an identifier", "b.example.com", R53_TYPE_A, "xx", R53_OK,
     "b.example.com. A y"},
    {"R53-LIST-03 behind all types of a name", "a.example.com", R53_TYPE_TXT, NULL, R53_OK,
     "b.example.com. A x"},
    {"R53-LIST-03 behind the end", "z.example.com", 0, NULL, R53_OK, ""},
    {"R53-LIST-03 a name of another zone", "example.org", 0, NULL, R53_OK, ""},
    {"R53-LIST-03 a type without name", NULL, R53_TYPE_A, NULL, R53_E_INVALID, NULL},
    {"R53-LIST-03 an identifier without type", "a.example.com", 0, "x", R53_E_INVALID, NULL},
    {"R53-LIST-03 a name that is none", "a..b", 0, NULL, R53_E_INVALID, NULL},
};

static void check_start(void **state)
{
    const struct start_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_listing *listing = NULL;
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, start_zone, NULL), R53_OK);
    assert_int_equal(r53_record_sets_list(&listing, cloud, "/hostedzone/ZONE1", c->name, c->type,
                                          c->identifier, report),
                     c->code);
    if (c->code == R53_OK) {
        const r53_record_set *set = r53_listing_next_record_set(listing);
        char got[200] = "";

        if (set) {
            strcat(strcat(strcat(got, set->name), " "), r53_type_name(set->type));
            if (set->set_identifier)
                strcat(strcat(got, " "), set->set_identifier);
        }
        assert_string_equal(got, c->first);
        assert_null(r53_listing_next_zone(listing));
    } else {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, "InvalidInput");
        assert_string_equal(finding.rule, "R53-LIST-03");
    }
    r53_listing_free(listing);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void pinned(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_listing *listing;
    size_t n = 0;

    (void)state;
    assert_int_equal(batch_apply(cloud, "CREATE a A 192.0.2.1", NULL), R53_OK);
    assert_int_equal(r53_record_sets_list(&listing, cloud, "ZONE1", NULL, 0, NULL, NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, "CREATE b A 192.0.2.1", NULL), R53_OK);
    r53_cloud_free(cloud);
    while (r53_listing_next_record_set(listing))
        n++;
    assert_int_equal(n, 3);
    r53_listing_free(listing);
}

static void zones(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    const r53_vpc vpc = {"eu-west-1", "vpc-1"};
    const r53_vpc *vpcs[] = {&vpc};
    r53_hosted_zone second = {.size = sizeof(second),
                              .id = "/hostedzone/ZA",
                              .name = "Corp",
                              .caller_reference = "second",
                              .account = "111122223333",
                              .comment = "inside",
                              .private_zone = 1,
                              .vpcs = vpcs,
                              .n_vpcs = 1};
    r53_listing *listing;
    const r53_hosted_zone *zone;

    (void)state;
    assert_int_equal(r53_zone_create(cloud, &second, NULL), R53_OK);
    assert_int_equal(r53_zones_list(&listing, cloud), R53_OK);
    zone = r53_listing_next_zone(listing);
    assert_string_equal(zone->id, "ZONE1");
    assert_null(zone->account);
    assert_int_equal(zone->record_set_count, 2);
    zone = r53_listing_next_zone(listing);
    assert_string_equal(zone->id, "ZA");
    assert_string_equal(zone->name, "corp.");
    assert_string_equal(zone->comment, "inside");
    assert_int_equal(zone->private_zone, 1);
    assert_string_equal(zone->vpcs[0]->vpc_id, "vpc-1");
    assert_null(r53_listing_next_zone(listing));
    assert_null(r53_listing_next_record_set(listing));
    r53_listing_free(listing);
    r53_cloud_free(cloud);
    r53_listing_free(NULL);
}

/* Entries that the page gives, and whether AWS would call it truncated. */
static size_t page_of(r53_listing *listing, int32_t max_items, int32_t truncated)
{
    size_t n = 0;

    assert_int_equal(r53_listing_page(listing, max_items), truncated);
    while (r53_listing_next_record_set(listing) || r53_listing_next_zone(listing))
        n++;
    return n;
}

static void record_pages(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    const r53_record_set *set;
    r53_listing *listing;
    char line[64];

    (void)state;
    for (int i = 0; i < 700; i++) { /* beside NS and SOA */
        snprintf(line, sizeof(line), "CREATE r%03d A 192.0.2.1", i);
        assert_int_equal(batch_apply(cloud, line, NULL), R53_OK);
    }
    assert_int_equal(r53_record_sets_list(&listing, cloud, "ZONE1", NULL, 0, NULL, NULL), R53_OK);
    assert_int_equal(page_of(listing, 0, 1), 300);
    assert_int_equal(page_of(listing, 1000, 1), 300);
    assert_null(r53_listing_next_record_set(listing)); /* the page is over */
    assert_int_equal(r53_listing_page(listing, -1), R53_E_INVALID);
    assert_int_equal(r53_listing_page(listing, 1), 1);
    set = r53_listing_next_record_set(listing); /* where AWS's next page begins */
    assert_string_equal(set->name, "r598.example.com.");
    assert_int_equal(page_of(listing, 101, 0), 101);
    assert_int_equal(page_of(listing, 5, 0), 0);
    r53_listing_free(listing);
    /* begun anew from there, it is the same page */
    assert_int_equal(
        r53_record_sets_list(&listing, cloud, "ZONE1", "r598.example.com", R53_TYPE_A, NULL, NULL),
        R53_OK);
    assert_int_equal(page_of(listing, 102, 0), 102);
    r53_listing_free(listing);
    assert_int_equal(r53_listing_page(NULL, 1), R53_E_INVALID);
    r53_cloud_free(cloud);
}

static void zone_add(r53_cloud *cloud, const char *id, const char *name)
{
    const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = id, .name = name, .caller_reference = id};

    assert_int_equal(r53_zone_create(cloud, &zone, NULL), R53_OK);
}

static void zone_pages(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_listing *listing;
    char id[16], name[32];

    (void)state;
    for (int i = 0; i < 150; i++) {
        snprintf(id, sizeof(id), "Z%d", i);
        snprintf(name, sizeof(name), "n%d.test", i);
        zone_add(cloud, id, name);
    }
    assert_int_equal(r53_zone_delete(cloud, "Z7", NULL), R53_OK);
    assert_int_equal(r53_zones_list(&listing, cloud), R53_OK);
    assert_int_equal(page_of(listing, 0, 1), 100);
    assert_int_equal(page_of(listing, 0, 0), 50);
    r53_listing_free(listing);
    r53_cloud_free(cloud);
}

/* Zones by name: where to begin, and the ids that come then. */
static const struct by_name_case {
    const char *what, *name, *id;
    int32_t code;
    const char *ids;
} by_names[] = {
    {"R53-LIST-05 zones in the order of names, labels from the right", NULL, NULL, R53_OK,
     "ZONE1 ZA ZB ZAA ZAB ZT"},
    {"R53-LIST-05 from a name", "a.example.net", NULL, R53_OK, "ZB ZAA ZAB ZT"},
    {"R53-LIST-05 in any case, with its last dot", "B.Example.NET.", NULL, R53_OK, "ZAA ZAB ZT"},
    {"R53-LIST-05 from a name that is not there", "aa.example.net", NULL, R53_OK, "ZAA ZAB ZT"},
    {"R53-LIST-05 from an id of those of one name", "b.example.net", "/hostedzone/ZAB", R53_OK,
     "ZAB ZT"},
    {"R53-LIST-05 from behind all", "zz.test", NULL, R53_OK, ""},
    {"R53-LIST-05 an id needs a name", NULL, "ZB", R53_E_INVALID, ""},
    {"R53-LIST-05 a name that is none", "a..b", NULL, R53_E_INVALID, ""},
};

static void check_by_name(void **state)
{
    static const char *const there[][2] = {{"ZT", "a.test"},
                                           {"ZAB", "b.example.net"},
                                           {"ZB", "a.example.net"},
                                           {"ZAA", "b.example.net"},
                                           {"ZA", "example.net"}};
    const struct by_name_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_listing *listing = NULL;
    const r53_hosted_zone *zone;
    char ids[64] = "";

    for (size_t i = 0; i < COUNT(there); i++)
        zone_add(cloud, there[i][0], there[i][1]);
    assert_int_equal(r53_zones_list_by_name(&listing, cloud, c->name, c->id, NULL), c->code);
    while ((zone = r53_listing_next_zone(listing))) {
        strcat(ids, *ids ? " " : "");
        strcat(ids, zone->id);
    }
    assert_string_equal(ids, c->ids);
    assert_int_equal(r53_zones_list_by_name(NULL, cloud, NULL, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_zones_list_by_name(&listing, NULL, NULL, NULL, NULL), R53_E_INVALID);
    r53_listing_free(listing);
    r53_cloud_free(cloud);
}

static void torture_listing(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud *cloud = cloud_with_zone(&allocator);
    long live = torture.live;

    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        int32_t err = R53_E_NOMEM;

        for (long k = 1; err == R53_E_NOMEM; k++) {
            r53_listing *listing = NULL;

            torture.calls = 0;
            torture.fail_at = k;
            err = kind == 0   ? r53_record_sets_list(&listing, cloud, "ZONE1", NULL, 0, NULL, NULL)
                  : kind == 1 ? r53_zones_list(&listing, cloud)
                              : r53_zones_list_by_name(&listing, cloud, "a", NULL, NULL);
            torture.fail_at = 0;
            r53_listing_free(listing);
            assert_int_equal(torture.live, live);
        }
        assert_int_equal(err, R53_OK);
    }
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(orders) + COUNT(starts) + COUNT(by_names) + 8];
    size_t n = 0;

    ADD_CASES(tests, n, orders, check_order);
    ADD_CASES(tests, n, starts, check_start);
    ADD_CASES(tests, n, by_names, check_by_name);
    ADD_TEST(tests, n, "R53-LIST-04 pages of 300 record sets", record_pages);
    ADD_TEST(tests, n, "R53-LIST-05 pages of 100 zones", zone_pages);
    ADD_TEST(tests, n, "a listing keeps what it began with", pinned);
    ADD_TEST(tests, n, "R53-ZONE-01 hosted zones come as they were made", zones);
    ADD_TEST(tests, n, "listing: every allocation fails once", torture_listing);
    return RUN_TESTS("listing", tests, n);
}
