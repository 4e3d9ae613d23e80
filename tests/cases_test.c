/*
 * Worked cases and rules that no other suite is about.
 */
#include "support/harness.h"
#include "support/shares.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include <stdlib.h>

#define WEB   "web-1.us-east-1.elb.amazonaws.com"
#define FIFTY "01234567890123456789012345678901234567890123456789"
#define S255  FIFTY FIFTY FIFTY FIFTY FIFTY "01234"

static const struct text_case {
    const char *what, *batch;
    const char *dump;     /* what the zone then holds, */
    const char *messages; /* or why it doesn't */
} texts[] = {
    {"R53-CASE-12 R53-RDATA-11 two strings in a value", "CREATE t TXT \"a\"~\"b\"\n",
     "t.example.com. TXT \"a\" \"b\" ttl=300\n", ""},
    {"R53-CASE-12 R53-RDATA-11 255 characters", "CREATE t TXT \"" S255 "\"\n",
     "t.example.com. TXT \"" S255 "\" ttl=300\n", ""},
    {"R53-CASE-12 R53-RDATA-11 256 characters", "CREATE t TXT \"" S255 "5\"\n", "",
     "CharacterStringTooLong"},
    {"R53-CASE-12 R53-RDATA-14 no quotation marks", "CREATE t TXT hello\n", "",
     "should be enclosed in quotation marks"},
};

static void check_text(void **state)
{
    const struct text_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *dump, *messages;
    r53_report *report;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rc = batch_apply(cloud, c->batch, report);
    assert_int_equal(rc == R53_OK, *c->messages == '\0');
    messages = report_messages(report);
    assert_non_null(strstr(messages, c->messages));
    dump = zone_dump(cloud, "ZONE1", 0);
    assert_string_equal(dump, c->dump);
    free(dump);
    free(messages);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static const struct policy_case answers[] = {
    {"R53-ALIAS-03 an alias answers for its own name and type",
     "api A alias=ZONE1/www\nwww A 192.0.2.1\nwww TXT \"x\"\nx.api TXT \"y\"\n", "",
     "api A -> NOERROR aa; api 300 A 192.0.2.1; AUTH=NS\napi TXT -> NOERROR aa; AUTH=SOA/900\n"
     "y.api A -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-ALIAS-04 an alias leads to its own type",
     "api A alias=ZONE1/www\napi AAAA alias=ZONE1/www\napi MX alias=ZONE1/www\nwww A 192.0.2.1\n"
     "www AAAA 2001:db8::1\n",
     "",
     "api A -> NOERROR aa; api 300 A 192.0.2.1; AUTH=NS\n"
     "api AAAA -> NOERROR aa; api 300 AAAA 2001:db8::1; AUTH=NS\napi MX -> SERVFAIL\n"},
    {"R53-ALIAS-19 what lies in another account is answered as it was seen",
     "x A alias=Z32O12XQLNTSW2/web-9.eu-west-1.elb.amazonaws.com.\n"
     "seen web-9.eu-west-1.elb.amazonaws.com 203.0.113.1\n",
     "", "x A -> NOERROR aa; x 60 A 203.0.113.1; AUTH=NS\n"},
    {"R53-ALIAS-21 a record set of traffic flow is an alias target",
     "x A alias=ZONE1/t\nt A 192.0.2.1 tpi=tp-1\n", "",
     "x A -> NOERROR aa; x 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-DELEG-03 each zone refers to the next cut",
     "b NS ns.b.test\nzone ZB b.example.com\na.b NS ns.a.b.test\nzone ZA a.b.example.com\n"
     "www.a.b A 192.0.2.1\n",
     "",
     "www.a.b A zone=ZONE1 -> NOERROR; AUTH b 300 NS ns.b.test.\n"
     "www.a.b A zone=ZB -> NOERROR; AUTH a.b 300 NS ns.a.b.test.\n"
     "www.a.b A zone=ZA -> NOERROR aa; www.a.b 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-DELEG-06 a parent without NS record set answers for itself",
     "old.b A 192.0.2.9\nzone ZB b.example.com\nwww.b A 192.0.2.1\n", "",
     "www.b A zone=ZONE1 -> NXDOMAIN aa; AUTH=SOA/900\n"
     "old.b A zone=ZONE1 -> NOERROR aa; old.b 300 A 192.0.2.9; AUTH=NS\n"
     "www.b A zone=ZB -> NOERROR aa; www.b 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-ELB-13 R53-ELB-07 a load balancer that leaves a zone out is a healthy target",
     "f A alias=Z35SXDOTRQ7X7K/" WEB ". id=p eth failover=PRIMARY\n"
     "f A 192.0.2.9 id=s failover=SECONDARY\n"
     "lb web application " WEB " a=198.51.100.1 b=198.51.100.2\n"
     "tg web a=healthy b=unhealthy\n",
     "", "f A -> NOERROR aa; f 60 A 198.51.100.1; AUTH=NS\n"},
    {"R53-ELB-13 one without targets answers all zones, and is none",
     "f A alias=Z35SXDOTRQ7X7K/" WEB ". id=p eth failover=PRIMARY\n"
     "f A 192.0.2.9 id=s failover=SECONDARY\nx A alias=Z35SXDOTRQ7X7K/" WEB ". eth\n"
     "lb web application " WEB " a=198.51.100.1 b=198.51.100.2\ntg web\n",
     "",
     "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n"
     "f A -> NOERROR aa; f 300 A 192.0.2.9; AUTH=NS\n"},
};

/* Batches, and whether they are taken. */
static const struct batch_case {
    const char *what, *batch;
    bool taken;
} batches[] = {
    {"R53-ALIAS-09 aliases beside values, of all policies but multivalue",
     "CREATE t A 192.0.2.9\nCREATE w A alias=ZONE1/t id=a weight=1\n"
     "CREATE w A 192.0.2.1 id=b weight=1\n"
     "CREATE f A alias=ZONE1/t id=a failover=PRIMARY\n"
     "CREATE f A 192.0.2.1 id=b failover=SECONDARY\n"
     "CREATE l A alias=ZONE1/t id=a region=us-east-1\nCREATE g A alias=ZONE1/t id=a country=DE\n"
     "CREATE g A 192.0.2.1 id=b country=FR\nCREATE p A alias=ZONE1/t id=a gpregion=us-east-1\n"
     "CREATE z A alias=ZONE1/t id=a az=Global/*\n",
     true},
    {"R53-ALIAS-09 but not of multivalue",
     "CREATE t A 192.0.2.9\nCREATE m A alias=ZONE1/t id=a multi=true\n", false},
    {"R53-ALIAS-19 a change cannot know what lies in another account",
     "CREATE x A alias=Z32O12XQLNTSW2/web-9.eu-west-1.elb.amazonaws.com.\n", true},
    {"R53-ALIAS-32 what services ask of the name is not checked",
     "CREATE a.b.c A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n"
     "CREATE bucket A alias=Z3AQBSTGFYJSTF/s3-website-us-east-1.amazonaws.com.\n",
     true},
};

static void check_batch(void **state)
{
    const struct batch_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *messages;
    r53_report *report;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rc = batch_apply(cloud, c->batch, report);
    messages = report_messages(report);
    if ((rc == R53_OK) != c->taken)
        fail_msg("%s", messages);
    free(messages);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(texts) + COUNT(answers) + COUNT(batches)];
    size_t n = 0;

    ADD_CASES(tests, n, texts, check_text);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, batches, check_batch);
    return RUN_TESTS("cases", tests, n);
}
