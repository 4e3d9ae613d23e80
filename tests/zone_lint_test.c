/*
 * What an import says of record sets that the change door would have refused, or that are likely
 * mistakes: nothing is passed over in silence, nothing is refused.
 */
#include "support/harness.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include <stdio.h>

#define ONE "11111111-2222-3333-4444-555555555555"
#define NO  "00000000-2222-3333-4444-555555555555"

enum { TEXT = 4096 };

static const struct lint_case {
    const char *what;
    const char *lines;    /* record sets, imported with the check "known" and the collection ONE */
    const char *warnings; /* "RULE a part of the text", a line each, in order */
} cases[] = {
    {"R53-JSON-09 a sound zone has no warnings",
     "a A 192.0.2.1\nb A alias=ZONE1/a\nw A 192.0.2.1 id=x weight=1 hc=known\n"
     "c A 192.0.2.1 id=x cidr=" ONE "/isp\nc A 192.0.2.1 id=y cidr=" ONE "/*",
     ""},
    {"R53-ERR-35 T8 a health check that is not known", "w A 192.0.2.1 id=x weight=1 hc=unknown",
     "R53-ERR-35 'w.example.com.' names the health check 'unknown', which is not known\n"},
    {"R53-ERR-35 T8 a simple record set too", "w A 192.0.2.1 hc=unknown",
     "R53-ERR-35 the health check 'unknown'\n"},
    {"R53-COLL-02 a collection that is not known", "c A 192.0.2.1 id=x cidr=" NO "/isp",
     "R53-COLL-02 the CIDR collection '" NO "', which is not known\n"},
    {"R53-COLL-02 a location that is not known", "c A 192.0.2.1 id=x cidr=" ONE "/lan",
     "R53-COLL-02 the CIDR location 'lan', which has no blocks\n"},
    {"R53-JSON-09 a traffic policy instance alone", "t A none tpi=tp-1",
     "R53-JSON-09 nothing but the traffic policy instance 'tp-1'\n"},
    {"R53-ALIAS-14 an alias to itself", "a A alias=ZONE1/a",
     "R53-ERR-15 creates a CNAME or alias loop\n"},
    {"R53-ALIAS-14 a CNAME to itself", "a CNAME a.example.com",
     "R53-ALIAS-14 a.example.com. CNAME in zone ZONE1 closes a loop\n"},
    {"R53-ALIAS-14 two aliases to each other", "a A alias=ZONE1/b\nb A alias=ZONE1/a",
     "R53-ALIAS-14 b.example.com. A in zone ZONE1 closes a loop\n"},
    {"R53-ALIAS-14 a loop in one of several members",
     "w A 192.0.2.1 id=x weight=1\nw A alias=ZONE1/v id=y weight=1\nv A alias=ZONE1/w",
     "R53-ALIAS-14 w.example.com. A in zone ZONE1 closes a loop\n"},
    {"R53-ALIAS-14 CNAMEs in a circle",
     "a CNAME b.example.com\nb CNAME c.example.com\nc CNAME a.example.com",
     "R53-ALIAS-14 c.example.com. CNAME in zone ZONE1 closes a loop\n"},
    {"R53-ALIAS-14 a circle beside other types is none",
     "a A alias=ZONE1/b\nb A 192.0.2.1\nb AAAA alias=ZONE1/a\na AAAA 2001:db8::1", ""},
    {"R53-ALIAS-14 two ways to one record set are none",
     "w A alias=ZONE1/a id=x weight=1\nw A alias=ZONE1/b id=y weight=1\na A alias=ZONE1/b\n"
     "b A 192.0.2.1",
     ""},
    {"R53-ALIAS-15 three levels", "a A alias=ZONE1/b\nb A alias=ZONE1/c\nc A 192.0.2.1", ""},
    {"R53-ALIAS-15 four levels",
     "a A alias=ZONE1/b\nb A alias=ZONE1/c\nc A alias=ZONE1/d\nd A 192.0.2.1",
     "R53-ALIAS-15 a.example.com. A in zone ZONE1 pass more than three levels\n"},
    {"R53-ALIAS-15 the deepest member counts",
     "a A alias=ZONE1/d id=x weight=1\na A alias=ZONE1/b id=y weight=1\nb A alias=ZONE1/c\n"
     "c A alias=ZONE1/d\nd A 192.0.2.1",
     "R53-ALIAS-15 a.example.com. A in zone ZONE1 pass more than three levels\n"},
    {"R53-ALIAS-15 CNAMEs are followed by resolvers and count for nothing",
     "a CNAME b.example.com\nb CNAME c.example.com\nc CNAME d.example.com\nd CNAME x.example.net",
     ""},
    {"R53-GROUP-05 three members of a failover group",
     "f A 192.0.2.1 id=x failover=PRIMARY\nf A 192.0.2.1 id=y failover=SECONDARY\n"
     "f A 192.0.2.1 id=z failover=SECONDARY",
     "R53-GROUP-05 no more than 2 RRSets\nR53-FAILOVER-01 role already exists\n"},
    {"R53-LATENCY-01 a Region twice",
     "l A 192.0.2.1 id=x region=us-east-1\nl A 192.0.2.1 id=y region=us-east-1",
     "R53-ERR-14 Region Name=us-east-1\n"},
    {"R53-GEO-01 a location twice",
     "g A 192.0.2.1 id=x country=DE\ng A 192.0.2.1 id=y country=DE",
     "R53-GEO-01 location already exists\n"},
    {"R53-CIDR-01 a location twice",
     "c A 192.0.2.1 id=x cidr=" ONE "/isp\nc A 192.0.2.1 id=y cidr=" ONE "/isp",
     "R53-CIDR-01 different locations\n"},
    {"R53-AZ-01 a location twice",
     "z A 192.0.2.1 id=x az=AvailabilityZone/use1-az1\n"
     "z A 192.0.2.1 id=y az=AvailabilityZone/use1-az1",
     "R53-AZ-01 location already exists\n"},
    {"R53-FAILOVER-01 two primaries",
     "f A 192.0.2.1 id=x failover=PRIMARY\nf A 192.0.2.1 id=y failover=PRIMARY",
     "R53-FAILOVER-01 role already exists\n"},
};

static void import_lines(r53_import *import, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        struct set_text *set = set_text_parse(lines, length);

        assert_int_equal(r53_import_record_set(import, "ZONE1", &set->set), R53_OK);
        set_text_free(set);
        lines += length + (lines[length] == '\n');
    }
}

static void import_all(r53_import *import, const char *lines)
{
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com",
                            .caller_reference = "one"};
    r53_health_check check = {.size = sizeof(check), .type = R53_CHECK_TCP, .id = "known",
                              .caller_reference = "known", .ip_address = "192.0.2.1", .port = 80};
    r53_cidr_collection collection = {.size = sizeof(collection), .id = ONE, .name = "one"};

    import_lines(import, lines); /* first: the order plays no part */
    assert_int_equal(r53_import_cidr_block(import, ONE, "isp", "203.0.113.0/24"), R53_OK);
    assert_int_equal(r53_import_cidr_collection(import, &collection), R53_OK);
    assert_int_equal(r53_import_health_check(import, &check), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
}

static void check_case(void **state)
{
    const struct lint_case *c = *state;
    r53_cloud *cloud;
    r53_report *report;
    r53_import *import;
    r53_finding finding = {.size = sizeof(finding)};
    const char *at = c->warnings;
    size_t i = 0;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    import_all(import, c->lines);
    for (; *at; i++) {
        size_t length = strcspn(at, "\n"), rule = strcspn(at, " ");
        char words[TEXT];

        snprintf(words, sizeof(words), "%.*s", (int)(length - rule - 1), at + rule + 1);
        assert_int_equal(r53_report_get(report, i, &finding), R53_OK);
        assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
        assert_int_equal(strlen(finding.rule), rule);
        assert_memory_equal(finding.rule, at, rule);
        if (!strstr(finding.text, words))
            assert_string_equal(finding.text, words);
        at += length + 1;
    }
    if (r53_report_get(report, i, &finding) == R53_OK)
        fail_msg("%s %s", finding.rule, finding.text);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    return RUN_TESTS("zone_lint", tests, n);
}
