/* Hosted zones: creating, deleting, loading, and the sealed block under them. */
#include "support/harness.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include "dns/name.h"
#include "model/cloud.h"
#include "model/zone.h"
#include "model/zone_draft.h"
#include "net/place.h"
#include "net/region.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- creating ---- */

static const struct create_case {
    const char *what, *id, *name, *reference;
    const char *vpc; /* "region id"; NULL: public */
    const char *server;
    int32_t code;
    const char *aws_name;
} creates[] = {
    {"R53-ZONE-08 a second zone of the same name", "ZB", "example.com", "b", NULL, NULL, R53_OK,
     ""},
    {"R53-ZONE-08 the same id", "ZONE1", "example.net", "b", NULL, NULL, R53_E_EXISTS,
     "HostedZoneAlreadyExists"},
    {"R53-ZONE-13 the same caller reference", "ZB", "example.net", "first", NULL, NULL,
     R53_E_EXISTS, "HostedZoneAlreadyExists"},
    {"R53-ZONE-13 no caller reference", "ZB", "example.net", NULL, NULL, NULL, R53_E_INVALID,
     "InvalidInput"},
    {"R53-ZONE-15 an id in small letters", "zb", "example.net", "b", NULL, NULL, R53_E_INVALID,
     "InvalidInput"},
    {"R53-ZONE-15 an id of 33 characters", "ZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "example.net", "b",
     NULL, NULL, R53_E_INVALID, "InvalidInput"},
    {"R53-ZONE-15 an id with its prefix", "/hostedzone/ZB", "example.net", "b", NULL, NULL, R53_OK,
     ""},
    {"R53-ERR-37 R53-ZONE-12 a name that is none", "ZB", "a..b", "b", NULL, NULL, R53_E_INVALID,
     "InvalidDomainName"},
    {"R53-ZONE-12 an asterisk in the first label", "ZB", "*.example.net", "b", NULL, NULL,
     R53_E_INVALID, "InvalidDomainName"},
    {"R53-ZONE-12 an asterisk in another label", "ZB", "a.*.example.net", "b", NULL, NULL, R53_OK,
     ""},
    {"R53-ZONE-12 one label, public", "ZB", "corp", "b", NULL, NULL, R53_E_INVALID,
     "InvalidDomainName"},
    {"R53-ZONE-12 one label, private", "ZB", "corp", "b", "eu-west-1 vpc-1", NULL, R53_OK, ""},
    {"R53-ZONE-12 the root", "ZB", ".", "b", "eu-west-1 vpc-1", NULL, R53_E_INVALID,
     "InvalidDomainName"},
    {"R53-PRIV-01 an unknown Region", "ZB", "corp", "b", "eu-west-9 vpc-1", NULL, R53_E_INVALID,
     "InvalidInput"},
    {"R53-PRIV-01 no VPC id", "ZB", "corp", "b", "eu-west-1 x", NULL, R53_E_INVALID,
     "InvalidVPCId"},
    {"R53-PRIV-04 a VPC has two private zones of one name", "ZB", "private.test", "b",
     "eu-west-1 vpc-1", NULL, R53_E_INVALID, "ConflictingDomainExists"},
    {"R53-PRIV-04 a VPC has private zones of parent and child", "ZB", "a.private.test", "b",
     "eu-west-1 vpc-1", NULL, R53_OK, ""},
    {"R53-ZONE-09 a name server that serves the parent", "ZB", "a.served.test", "b", NULL,
     "NS.SERVED.TEST", R53_E_INVALID, "ConflictingDomainExists"},
    {"R53-ZONE-16 the name servers of a set serve zones of other names", "ZB", "reused.test", "b",
     NULL, "ns.served.test", R53_OK, ""},
    {"R53-ZONE-16 R53-PRIV-10 a private zone takes no set", "ZB", "corp.test", "b",
     "eu-west-1 vpc-1", "ns.served.test", R53_E_INVALID, "InvalidInput"},
    {"R53-ZONE-09 a name server that serves another name", "ZB", "other.test", "b", NULL,
     "ns.served.test", R53_OK, ""},
};

static int32_t create(r53_cloud *cloud, const struct create_case *c, r53_report *report)
{
    char region[32] = "";
    r53_vpc vpc = {region, NULL};
    const r53_vpc *vpcs[] = {&vpc};
    r53_hosted_zone zone = {.size = sizeof(zone),
                            .id = c->id,
                            .name = c->name,
                            .caller_reference = c->reference,
                            .private_zone = c->vpc != NULL,
                            .vpcs = vpcs,
                            .n_vpcs = c->vpc != NULL,
                            .name_servers = &c->server,
                            .n_name_servers = c->server != NULL};

    if (c->vpc) {
        vpc.vpc_id = strchr(c->vpc, ' ') + 1;
        memcpy(region, c->vpc, (size_t)(vpc.vpc_id - c->vpc - 1));
    }
    return r53_zone_create(cloud, &zone, report);
}

static void check_create(void **state)
{
    static const struct create_case there[] = {
        {"", "ZPRIVATE", "private.test", "p", "eu-west-1 vpc-1", NULL, 0, ""},
        {"", "ZSERVED", "served.test", "s", NULL, "ns.served.test", 0, ""},
    };
    const struct create_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(there); i++)
        assert_int_equal(create(cloud, &there[i], report), R53_OK);
    assert_int_equal(create(cloud, c, report), c->code);
    if (c->code != R53_OK) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, c->aws_name);
    } else {
        assert_int_equal(r53_report_count(report), 0);
    }
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void fresh_public(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *dump = zone_dump(cloud, "ZONE1", 1);
    const struct zone *zone = r53__table_find(&cloud->tables[CLOUD_ZONES], SPAN("ZONE1"));
    const char *tlds[] = {".com.", ".net.", ".org.", ".co.uk."};

    (void)state;
    assert_int_equal(zone->n_record_sets, 2);
    assert_int_equal(zone->n_owners, 1);
    assert_non_null(strstr(dump, "example.com. NS ns-"));
    assert_non_null(strstr(dump, " ttl=172800\n"));
    assert_non_null(
        strstr(dump, "awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400 ttl=900\n"));
    assert_non_null(strstr(strstr(dump, " SOA "), zone->name_servers[0]));
    for (size_t i = 0; i < 4; i++) {
        int seen = 0;

        for (uint32_t k = 0; k < zone->n_name_servers; k++) {
            unsigned number, family;
            char tld[16];

            assert_int_equal(
                sscanf(zone->name_servers[k], "ns-%u.awsdns-%2u%15s", &number, &family, tld), 3);
            assert_true(family < 64);
            if (strcmp(tld, tlds[i]) != 0)
                continue;
            seen++;
            assert_int_equal(number / 512, i);
        }
        assert_int_equal(seen, 1);
    }
    free(dump);
    r53_cloud_free(cloud);
}

static void fresh_private(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    struct create_case c = {"", "ZP", "corp", "p", "eu-west-1 vpc-1", NULL, R53_OK, ""};
    char *dump;

    (void)state;
    assert_int_equal(create(cloud, &c, NULL), R53_OK);
    dump = zone_dump(cloud, "ZP", 1);
    assert_string_equal(
        dump, "corp. NS ns-1536.awsdns-00.co.uk. | ns-0.awsdns-00.com. | ns-1024.awsdns-00.org. | "
              "ns-512.awsdns-00.net. ttl=172800\n"
              "corp. SOA ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 "
              "86400 ttl=900\n");
    free(dump);
    r53_cloud_free(cloud);
}

static void private_cloudfront(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    struct create_case c = {"", "ZP", "corp", "p", "eu-west-1 vpc-1", NULL, R53_OK, ""};
    r53_record_set set = {.size = sizeof(set),
                          .type = R53_TYPE_A,
                          .name = "www.corp",
                          .alias_hosted_zone_id = "Z2FDTNDATAQYW2",
                          .alias_dns_name = "d1.cloudfront.net"};
    r53_change change = {sizeof(change), R53_ACTION_CREATE, &set};
    const r53_change *batch[] = {&change};

    (void)state;
    assert_int_equal(create(cloud, &c, NULL), R53_OK);
    assert_int_equal(r53_zone_change(cloud, "ZP", batch, 1, NULL), R53_E_INVALID);
    set.alias_hosted_zone_id = "Z35SXDOTRQ7X7K";
    set.alias_dns_name = "internal-lb-1.us-east-1.elb.amazonaws.com";
    assert_int_equal(r53_zone_change(cloud, "ZP", batch, 1, NULL), R53_OK);
    r53_cloud_free(cloud);
}

static void zone_quota(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 1; i <= 500; i++) {
        char text[16];
        struct create_case c = {"", text, "example.com", text, NULL, NULL, R53_OK, ""};

        snprintf(text, sizeof(text), "Z%d", i);
        assert_int_equal(create(cloud, &c, report), i < 500 ? R53_OK : R53_E_LIMIT);
    }
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, "TooManyHostedZones");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void delete_zone(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_finding finding = {.size = sizeof(finding)};
    struct create_case again = {"", "ZONE1", "example.com", "first", NULL, NULL, R53_OK, ""};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_zone_delete(cloud, "ZNONE", report), R53_E_NOT_FOUND);
    assert_int_equal(batch_apply(cloud, "CREATE a A 192.0.2.1", NULL), R53_OK);
    assert_int_equal(r53_zone_delete(cloud, "ZONE1", report), R53_E_INVALID);
    assert_int_equal(r53_report_get(report, 1, &finding), R53_OK);
    assert_string_equal(finding.aws_name, "HostedZoneNotEmpty");
    assert_int_equal(batch_apply(cloud, "DELETE a A 192.0.2.1", NULL), R53_OK);
    assert_int_equal(r53_zone_delete(cloud, "/hostedzone/ZONE1", report), R53_OK);
    assert_int_equal(r53_zone_delete(cloud, "ZONE1", report), R53_E_NOT_FOUND);
    assert_int_equal(create(cloud, &again, report), R53_OK);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* ---- loading ---- */

static const struct memory *heap(void)
{
    static struct memory memory;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    return &memory;
}

static const struct load_case {
    const char *what, *name, *lines;
    int32_t code;
    const char *rule; /* of the first finding; "": none */
    unsigned n_record_sets;
} loads[] = {
    {"R53-JSON-09 nothing but a name is filled in", "example.com", "", R53_OK, "", 2},
    {"R53-JSON-09 the name comes from the SOA", NULL,
     "www A 192.0.2.1\n@ SOA ns.example.net~h.example.net~1~2~3~4~5", R53_OK, "", 3},
    {"R53-JSON-09 no name and no SOA", NULL, "www A 192.0.2.1", R53_E_INVALID, "R53-JSON-09", 0},
    {"R53-JSON-09 a value that does not parse", "example.com", "www A 1.2.3", R53_E_INVALID,
     "R53-ERR-12", 0},
    {"R53-JSON-09 an unknown type", "example.com", "www LOC x", R53_E_INVALID, "R53-JSON-09", 0},
    {"R53-JSON-09 a name of another zone", "example.com", "a.example.org. A 192.0.2.1",
     R53_E_INVALID, "R53-ERR-05", 0},
    {"R53-JSON-09 CNAME beside A is kept", "example.com", "w A 192.0.2.1\nw CNAME x.example.net",
     R53_OK, "R53-ERR-07", 4},
    {"R53-JSON-09 mixed policies are kept", "example.com",
     "w A 192.0.2.1\nw A 192.0.2.2 id=a weight=1", R53_OK, "R53-ERR-09", 4},
    {"R53-JSON-09 a TTL on an alias is ignored", "example.com",
     "t A 192.0.2.1\nw A alias=ZONE1/t ttl=60", R53_OK, "R53-ERR-30", 4},
    {"R53-JSON-09 an alias that leads nowhere", "example.com", "w A alias=ZONE1/t", R53_OK,
     "R53-ERR-22", 3},
    {"R53-JSON-09 an unknown Region is kept", "example.com", "w A 192.0.2.1 id=a region=xx-1",
     R53_OK, "R53-LATENCY-01", 3},
    {"R53-JSON-09 the same key again replaces", "example.com", "w A 192.0.2.1\nw A 192.0.2.2",
     R53_OK, "", 3},
    {"R53-JSON-09 a weight of 300 is kept", "example.com", "w A 192.0.2.1 id=a weight=300", R53_OK,
     "R53-WEIGHTED-01", 3},
    {"R53-JSON-09 a latitude that is none", "example.com", "w A 192.0.2.1 id=a lat=x lon=1",
     R53_E_INVALID, "R53-GEOPROX-02", 0},
};

/* Puts lines of record sets; the first error ends it. */
static int32_t put_lines(struct zone_draft *draft, const char *lines, r53_report *report)
{
    int32_t err = R53_OK;

    while (*lines && err == R53_OK) {
        size_t length = strcspn(lines, "\n");
        struct set_text *set = set_text_parse(lines, length);

        err = r53__draft_put(draft, &set->set, report);
        set_text_free(set);
        lines += length + (lines[length] == '\n');
    }
    return err;
}

static int32_t load(struct zone **out, const struct memory *memory, const char *name,
                    const char *lines, const struct zone *old, r53_report *report)
{
    r53_hosted_zone header = {.size = sizeof(header), .name = name};
    struct zone_draft *draft;
    int32_t err = r53__draft_new(&draft, memory, "/hostedzone/ZONE1");

    if (err != R53_OK)
        return err;
    if (name)
        err = r53__draft_header(draft, &header, report);
    if (err == R53_OK)
        err = put_lines(draft, lines, report);
    if (err == R53_OK)
        err = r53__draft_seal(draft, old, out, report);
    r53__draft_free(draft);
    return err;
}

static void check_load(void **state)
{
    const struct load_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    struct zone *zone = NULL;
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(load(&zone, heap(), c->name, c->lines, NULL, report), c->code);
    if (*c->rule) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.rule, c->rule);
        assert_int_equal(finding.severity,
                         c->code == R53_OK ? R53_SEVERITY_WARNING : R53_SEVERITY_ERROR);
    } else {
        assert_int_equal(r53_report_count(report), 0);
    }
    if (c->code == R53_OK) {
        assert_int_equal(zone->n_record_sets, c->n_record_sets);
        assert_non_null(r53__zone_group(zone, 0, R53_TYPE_NS));
        assert_non_null(r53__zone_group(zone, 0, R53_TYPE_SOA));
    }
    r53__object_unref(zone);
    r53_report_free(report);
}

static void load_over(void **state)
{
    struct zone *first = NULL, *second = NULL;

    (void)state;
    assert_int_equal(
        load(&first, heap(), "example.com", "a A 192.0.2.1\n@ NS ns.example.net", NULL, NULL),
        R53_OK);
    assert_int_equal(first->n_name_servers, 1);
    assert_string_equal(first->name_servers[0], "ns.example.net.");
    assert_int_equal(load(&second, heap(), NULL, "a A 192.0.2.2\nb A 192.0.2.3", first, NULL),
                     R53_OK);
    r53__object_unref(first);
    assert_int_equal(second->n_record_sets, 4);
    assert_string_equal(second->name_servers[0], "ns.example.net.");
    r53__object_unref(second);
}

/* ---- the block ---- */

static struct name name_of(struct name_buffer *buffer, const char *text)
{
    assert_int_equal(r53__name_parse(buffer, r53__span(text)), NAME_OK);
    return r53__name(buffer);
}

static void locate(const struct zone *zone, struct name name, struct location *out)
{
    r53__zone_locate(zone, name, r53__name_labels(name), r53__name_hash(name, 0), out);
}

static const char location_lines[] =
    "* A 192.0.2.9\nx.a A 192.0.2.1\n*.a.b A 192.0.2.2\ncut NS ns.example.net\n"
    "*.cut A 192.0.2.3\nin.cut NS ns.example.net\nprod.*.c A 192.0.2.4";

/* Names relative to example.com; "" for -1, "@" for the apex. */
static const struct location_case {
    const char *what, *name, *owner, *encloser, *cut, *source;
} locations[] = {
    {"locate: the apex", "@", "@", "@", "", "@"},
    {"locate: an owner", "x.a", "x.a", "x.a", "", "x.a"},
    {"locate: an empty non-terminal", "a", "a", "a", "", "a"},
    {"locate: covered by the wildcard", "q", "", "@", "", "*"},
    {"locate: covered at any depth", "p.q.r", "", "@", "", "*"},
    {"locate: an encloser without wildcard", "y.a", "", "a", "", ""},
    {"locate: a deeper wildcard", "y.z.a.b", "", "a.b", "", "*.a.b"},
    {"locate: below the wildcard itself", "y.*", "", "*", "", ""},
    {"locate: the cut", "cut", "cut", "cut", "cut", "cut"},
    {"locate: missing below the cut", "y.z.cut", "", "cut", "cut", ""},
    {"locate: the highest cut", "y.in.cut", "", "in.cut", "cut", ""},
    {"locate: an empty wildcard", "y.c", "", "c", "", "*.c"},
};

static void expect_owner(const struct zone *zone, int32_t owner, const char *name)
{
    char full[300];
    struct name_buffer buffer;

    if (!*name) {
        assert_int_equal(owner, -1);
        return;
    }
    snprintf(full, sizeof(full), "%s%sexample.com", strcmp(name, "@") ? name : "",
             strcmp(name, "@") ? "." : "");
    assert_true(owner >= 0);
    assert_true(r53__name_equal(r53__owner_name(zone, owner), name_of(&buffer, full)));
}

static void check_location(void **state)
{
    const struct location_case *c = *state;
    char full[300];
    struct name_buffer buffer;
    struct location at;
    struct zone *zone;

    assert_int_equal(load(&zone, heap(), "example.com", location_lines, NULL, NULL), R53_OK);
    snprintf(full, sizeof(full), "%s%sexample.com", strcmp(c->name, "@") ? c->name : "",
             strcmp(c->name, "@") ? "." : "");
    locate(zone, name_of(&buffer, full), &at);
    expect_owner(zone, at.owner, c->owner);
    expect_owner(zone, at.encloser, c->encloser);
    expect_owner(zone, at.cut, c->cut);
    expect_owner(zone, at.source, c->source);
    r53__object_unref(zone);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void random_name(uint32_t *seed, char *out)
{
    unsigned labels = 1 + next_random(seed) % 4;

    *out = '\0';
    while (labels--) {
        char label[] = {"ab*"[next_random(seed) % 3], '.', '\0'};

        strcat(out, label);
    }
    strcat(out, "example.com");
}

/* The naive look at a list of names: does it, or one below it, stand there? */
static bool naive_exists(char (*names)[32], size_t n, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < n; i++) {
        size_t has = strlen(names[i]);

        if (has >= length && strcmp(names[i] + has - length, name) == 0 &&
            (has == length || names[i][has - length - 1] == '.'))
            return true;
    }
    return strcmp(name, "example.com") == 0;
}

static bool naive_cut(char (*names)[32], const bool *is_ns, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (is_ns[i] && strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

struct naive {
    const char *owner, *encloser, *cut;
    char source[40];
};

static void naive_locate(char (*names)[32], const bool *is_ns, size_t n, const char *name,
                         struct naive *out)
{
    const char *at = name;

    *out = (struct naive){NULL, NULL, NULL, ""};
    for (;; at = strchr(at, '.') + 1) {
        if (!out->encloser && naive_exists(names, n, at))
            out->encloser = at;
        if (strcmp(at, "example.com") == 0)
            break;
        if (naive_cut(names, is_ns, n, at))
            out->cut = at;
    }
    if (out->encloser == name) {
        out->owner = name;
        strcpy(out->source, name);
        return;
    }
    snprintf(out->source, sizeof(out->source), "*.%s", out->encloser);
    if (out->cut || !naive_exists(names, n, out->source))
        out->source[0] = '\0';
}

static void expect_text(const struct zone *zone, int32_t owner, const char *name)
{
    struct name_buffer buffer;

    assert_int_equal(owner >= 0, name != NULL && *name != '\0');
    if (owner >= 0)
        assert_true(r53__name_equal(r53__owner_name(zone, owner), name_of(&buffer, name)));
}

static void random_zones(void **state)
{
    enum { NAMES = 8 };
    uint32_t seed = 99;

    (void)state;
    for (int round = 0; round < 400; round++) {
        char names[NAMES][32], lines[1000] = "";
        bool is_ns[NAMES];
        struct zone *zone;

        for (size_t i = 0; i < NAMES; i++) {
            random_name(&seed, names[i]);
            is_ns[i] = next_random(&seed) % 5 == 0 && names[i][0] != '*';
            strcat(lines, names[i]);
            strcat(lines, is_ns[i] ? ". NS ns.example.net\n" : ". A 192.0.2.1\n");
        }
        assert_int_equal(load(&zone, heap(), "example.com", lines, NULL, NULL), R53_OK);
        for (int query = 0; query < 60; query++) {
            struct name_buffer buffer;
            struct location at;
            struct naive expected;
            char name[32];

            random_name(&seed, name);
            naive_locate(names, is_ns, NAMES, name, &expected);
            locate(zone, name_of(&buffer, name), &at);
            expect_text(zone, at.owner, expected.owner);
            expect_text(zone, at.encloser, expected.encloser);
            expect_text(zone, at.cut, expected.cut);
            expect_text(zone, at.source, expected.source);
        }
        r53__object_unref(zone);
    }
}

static void lean(void **state)
{
    enum { RECORDS = 20000 };
    struct zone_draft *draft;
    struct zone *zone;
    r53_hosted_zone header = {.size = sizeof(header), .name = "example.com"};
    size_t bytes;

    (void)state;
    assert_int_equal(r53__draft_new(&draft, heap(), "Z1"), R53_OK);
    assert_int_equal(r53__draft_header(draft, &header, NULL), R53_OK);
    for (int i = 0; i < RECORDS; i++) {
        char name[40];
        const char *value = "192.0.2.1";
        r53_record_set set = {.size = sizeof(set),
                              .type = R53_TYPE_A,
                              .name = name,
                              .values = &value,
                              .n_values = 1,
                              .has_ttl = 1,
                              .ttl = 60};

        snprintf(name, sizeof(name), "h%d.example.com", i * 7919 % RECORDS);
        assert_int_equal(r53__draft_put(draft, &set, NULL), R53_OK);
    }
    assert_int_equal(r53__draft_seal(draft, NULL, &zone, NULL), R53_OK);
    assert_int_equal(zone->n_record_sets, RECORDS + 2);
    bytes = (size_t)((const char *)zone->heap - (const char *)zone) +
            zone->record_sets[RECORDS + 1].values + 6;
    assert_true(bytes / RECORDS <= 110);
    r53__draft_free(draft);
    r53__object_unref(zone);
}

static void torture_load(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    struct memory memory;
    int32_t err = R53_E_NOMEM;

    (void)state;
    assert_int_equal(r53__memory_init(&memory, &allocator), R53_OK);
    for (long k = 1; err == R53_E_NOMEM; k++) {
        struct zone *zone = NULL;

        torture = (struct torture){.fail_at = k};
        err = load(&zone, &memory, "example.com", location_lines, NULL, NULL);
        r53__object_unref(zone);
        assert_int_equal(torture.live, 0);
    }
    assert_int_equal(err, R53_OK);
}

static void torture_create(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    struct create_case c = {"", "ZB", "corp", "b", "eu-west-1 vpc-1", NULL, R53_OK, ""};
    int32_t err = R53_E_NOMEM;

    (void)state;
    for (long k = 1; err == R53_E_NOMEM; k++) {
        r53_cloud *cloud = NULL;

        torture = (struct torture){.fail_at = k};
        err = r53_cloud_new(&cloud, &options);
        if (err == R53_OK)
            err = create(cloud, &c, NULL);
        if (err == R53_E_NOMEM && cloud)
            assert_null(r53__table_find(&cloud->tables[CLOUD_ZONES], SPAN("ZB")));
        r53_cloud_free(cloud);
        assert_int_equal(torture.live, 0);
    }
    assert_int_equal(err, R53_OK);
}

/* ---- places ---- */

static const struct service_case {
    const char *what, *name, *zone_id;
    enum service_pair pair;
    enum service service;
    const char *region;
} services[] = {
    {"R53-DATA-01 an ALB's name", "dualstack.lb-1.eu-west-1.elb.amazonaws.com.", "Z32O12XQLNTSW2",
     SERVICE_PAIR_FITS, SERVICE_ALB, "eu-west-1"},
    {"R53-DATA-01 an NLB's name", "n-1.elb.eu-west-1.amazonaws.com", "Z2IFOLAFXWLO4F",
     SERVICE_PAIR_FITS, SERVICE_NLB, "eu-west-1"},
    {"R53-DATA-01 an ALB in China", "lb-1.cn-north-1.elb.amazonaws.com.cn.", "Z1GDH35T77C1KE",
     SERVICE_PAIR_FITS, SERVICE_ALB, "cn-north-1"},
    {"R53-DATA-01 another Region's id", "lb-1.eu-west-1.elb.amazonaws.com.", "Z35SXDOTRQ7X7K",
     SERVICE_PAIR_DIFFERS, SERVICE_ALB, "eu-west-1"},
    {"R53-DATA-02 an S3 website", "s3-website-us-east-1.amazonaws.com", "Z3AQBSTGFYJSTF",
     SERVICE_PAIR_FITS, SERVICE_S3_WEBSITE, "us-east-1"},
    {"R53-DATA-02 an S3 website of a newer Region", "s3-website.eu-central-1.amazonaws.com",
     "Z21DNDUVLTQW6Q", SERVICE_PAIR_FITS, SERVICE_S3_WEBSITE, "eu-central-1"},
    {"R53-DATA-02 an API", "d-1.execute-api.us-east-2.amazonaws.com", "ZOJJZC49E0EPZ",
     SERVICE_PAIR_FITS, SERVICE_API_GATEWAY, "us-east-2"},
    {"R53-DATA-02 an environment", "env.us-west-2.elasticbeanstalk.com", "Z38NKT9BP95V3O",
     SERVICE_PAIR_FITS, SERVICE_BEANSTALK, "us-west-2"},
    {"R53-DATA-03 a distribution", "D1.CloudFront.net.", "Z2FDTNDATAQYW2", SERVICE_PAIR_FITS,
     SERVICE_CLOUDFRONT, NULL},
    {"R53-DATA-03 an accelerator", "a1.awsglobalaccelerator.com", "Z2BJ6XQ5FK7U4H",
     SERVICE_PAIR_FITS, SERVICE_GLOBAL_ACCELERATOR, NULL},
    {"R53-DATA-04 an interface endpoint", "vpce-1.ec2.us-east-1.vpce.amazonaws.com",
     "Z7HUB22UULQXV", SERVICE_PAIR_FITS, SERVICE_VPC_ENDPOINT, "us-east-1"},
    {"R53-DATA-04 an endpoint without published id", "vpce-1.ec2.sa-east-1.vpce.amazonaws.com",
     "ZWHATEVER", SERVICE_PAIR_UNKNOWN, SERVICE_VPC_ENDPOINT, "sa-east-1"},
    {"R53-DATA-01 neither name nor id", "www.example.org", "ZWHATEVER", SERVICE_PAIR_UNKNOWN,
     SERVICE_NONE, NULL},
};

static void check_service(void **state)
{
    const struct service_case *c = *state;
    struct service_name service;

    assert_int_equal(r53__service_pair(r53__span(c->name), r53__span(c->zone_id), &service),
                     c->pair);
    assert_int_equal(service.service, c->service);
    if (c->region)
        assert_string_equal(service.region->name, c->region);
    else
        assert_null(service.region);
}

static void regions(void **state)
{
    size_t n;
    const struct region *all = r53__regions(&n);

    (void)state;
    assert_int_equal(n, 39);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(r53__region_find(r53__span(all[i].name)), &all[i]);
        assert_string_equal(r53__country_continent(r53__span(all[i].country)), all[i].continent);
        if (*all[i].subdivision)
            assert_true(
                r53__subdivision_known(r53__span(all[i].country), r53__span(all[i].subdivision)));
    }
    assert_ptr_equal(r53__region_of_az(SPAN("use1-az1")), &all[0]);
    assert_int_equal(all[0].longitude, -7749);
    assert_null(r53__region_find(SPAN("us-east-9")));
    assert_null(r53__region_of_az(SPAN("-az1")));
}

static void codes(void **state)
{
    (void)state;
    assert_string_equal(r53__country_continent(SPAN("TR")), "EU");
    assert_string_equal(r53__country_continent(SPAN("GE")), "AS");
    assert_null(r53__country_continent(SPAN("BV")));
    assert_null(r53__country_continent(SPAN("D")));
    assert_true(r53__continent_known(SPAN("AN")));
    assert_false(r53__continent_known(SPAN("XX")));
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(creates) + COUNT(loads) + COUNT(locations) + COUNT(services) + 16];
    size_t n = 0;

    ADD_CASES(tests, n, creates, check_create);
    ADD_TEST(tests, n, "R53-ZONE-02 R53-ZONE-03 R53-ZONE-06 a fresh public zone", fresh_public);
    ADD_TEST(tests, n, "R53-PRIV-10 a fresh private zone", fresh_private);
    ADD_TEST(tests, n, "R53-PRIV-13 R53-CASE-24 CloudFront in a private zone", private_cloudfront);
    ADD_TEST(tests, n, "R53-ZONE-13 500 zones an account", zone_quota);
    ADD_TEST(tests, n, "R53-ZONE-14 R53-ERR-36 deleting a zone", delete_zone);
    ADD_CASES(tests, n, loads, check_load);
    ADD_TEST(tests, n, "R53-JSON-09 loading over a zone that is there", load_over);
    ADD_CASES(tests, n, locations, check_location);
    ADD_TEST(tests, n, "locate against a list of names", random_zones);
    ADD_TEST(tests, n, "a simple record set takes at most 110 bytes", lean);
    ADD_TEST(tests, n, "loading: every allocation fails once", torture_load);
    ADD_TEST(tests, n, "creating: every allocation fails once", torture_create);
    ADD_CASES(tests, n, services, check_service);
    ADD_TEST(tests, n, "R53-DATA-05 regions and their places", regions);
    ADD_TEST(tests, n, "R53-DATA-06 countries and continents", codes);
    return RUN_TESTS("zone", tests, n);
}
