/*
 * What the trace says of an answer: which rule each decision names, and of what a choice alone does
 * not show.
 */
#include "support/harness.h"
#include "support/shares.h"

/* A zone of each kind with one name, and a private one of another. */
#define ZONES                                                                                      \
    "www A 192.0.2.1\nzone ZP example.com vpc-1\nwww A 10.0.0.1\n"                                 \
    "zone ZC corp.test vpc-2\nwww.corp.test. A 10.0.0.2\n"
#define NEGATIVE ", soa-beside R53-ZONE-05\n"
#define FOUND    "zone-chosen R53-ZONE-10, group-found R53-DISP-01, "
#define SAID     ", answer-values R53-SIMPLE-02\n"

static const struct policy_case decisions[] = {
    {"R53-PRIV-05 R53-PRIV-09 a private zone is chosen, a public one passed over", ZONES, "",
     "www A vpc=vpc-1 -> zone-chosen R53-PRIV-05, public-passed-over R53-PRIV-09, "
     "group-found R53-DISP-01, record-chosen R53-SIMPLE-01" SAID
     "www.corp.test. A vpc=vpc-2 -> zone-chosen R53-PRIV-05, group-found R53-DISP-01, "
     "record-chosen R53-SIMPLE-01" SAID},
    {"R53-PRIV-06 a VPC without private zones, or without one for the name", ZONES, "",
     "www A vpc=vpc-9 -> vpc-unknown R53-PRIV-06, " FOUND "record-chosen R53-SIMPLE-01" SAID
     "www A vpc=vpc-2 -> vpc-elsewhere R53-PRIV-06, " FOUND "record-chosen R53-SIMPLE-01" SAID
     "www A -> " FOUND "record-chosen R53-SIMPLE-01" SAID},
    {"R53-ZONE-05 the SOA goes with a negative answer", "www A 192.0.2.1\n", "",
     "no A -> zone-chosen R53-ZONE-10, no-name R53-DISP-06" NEGATIVE
     "www TXT -> zone-chosen R53-ZONE-10, no-type R53-DISP-05" NEGATIVE},
    {"R53-DELEG-01 the name servers go with a referral",
     "sub NS ns1.example.net.,ns2.example.net.\n", "",
     "x.sub A -> zone-chosen R53-ZONE-10, referral R53-DELEG-01, servers-beside R53-DELEG-01\n"},
    {"R53-LATENCY-04 China is chosen by its own rule", "l A 192.0.2.1 id=a region=cn-north-1\n", "",
     "l A country=CN -> " FOUND "client-place R53-PLACE-01, latency-china R53-LATENCY-04, "
     "record-chosen R53-LATENCY-04" SAID},
    {"R53-LATENCY-06 an unknown latency is no choice by latency",
     "l A 192.0.2.1 id=a region=us-east-1\nl A 192.0.2.2 id=b region=eu-west-1\n", "",
     "l A -> " FOUND "client-unknown R53-PLACE-06, latency-unknown R53-LATENCY-05, "
     "latency-unknown R53-LATENCY-05, record-chosen R53-LATENCY-06" SAID},
    {"R53-GEOPROX-06 R53-GROUP-08 an unknown distance, and equal ones",
     "p A 192.0.2.1 id=a lat=0 lon=1\np A 192.0.2.2 id=b lat=0 lon=-1\n", "",
     "p A -> " FOUND "client-unknown R53-PLACE-06, distance-unknown R53-GEOPROX-06, "
     "distance-unknown R53-GEOPROX-06, record-chosen R53-GEOPROX-06" SAID "p A at=0,0 -> " FOUND
     "client-point R53-PLACE-06, distance R53-GEOPROX-03, "
     "distance R53-GEOPROX-03, record-chosen R53-GROUP-08" SAID "p A at=0,100 -> " FOUND
     "client-point R53-PLACE-06, distance R53-GEOPROX-03, "
     "distance R53-GEOPROX-03, record-chosen R53-GEOPROX-03" SAID},
};

static const struct policy_case reasons[] = {
    {"R53-MULTI-02 all that are answered are told",
     "m A 192.0.2.1 id=1 multi=true\nm A 192.0.2.2 id=2 hc=b multi=true\n"
     "m A 192.0.2.3 id=3 multi=true\n",
     "b",
     "m A seed=1 -> m A \"2\" is unhealthy: health check b fails; m A \"1\" is among the 2 "
     "answered; "
     "m A \"3\" is among the 2 answered; m A \"3\" is the choice; 2 of 2 record set(s) that may be "
     "answered are, with their smallest TTL, 300\n"},
};

/* Nine of which eight are answered: one is left out, and told so. */
static void left_out(void **state)
{
    static char told[ANSWER_TEXT_MAX];
    struct world world;
    unsigned out = 0, among = 0;

    (void)state;
    world_open(&world, "m A 192.0.2.1 id=1 multi=true\nm A 192.0.2.2 id=2 multi=true\n"
                       "m A 192.0.2.3 id=3 multi=true\nm A 192.0.2.4 id=4 multi=true\n"
                       "m A 192.0.2.5 id=5 multi=true\nm A 192.0.2.6 id=6 multi=true\n"
                       "m A 192.0.2.7 id=7 multi=true\nm A 192.0.2.8 id=8 multi=true\n"
                       "m A 192.0.2.9 id=9 multi=true\n");
    reasons_text(told, world.view, "m A");
    for (const char *at = told; (at = strstr(at, " is left out by chance: 8 of 9 are")); at++)
        out++;
    for (const char *at = told; (at = strstr(at, " is among the 8 answered")); at++)
        among++;
    assert_int_equal(out, 1);
    assert_int_equal(among, 8);
    world_close(&world);
}

/* A circle is told by the rule of circles, a chain that is too long by that of chains. */
static void circles(void **state)
{
    static char told[ANSWER_TEXT_MAX];
    struct world world;

    (void)state;
    world_open(&world, "a A alias=ZONE1/b\nb A alias=ZONE1/a\n"
                       "c0 A alias=ZONE1/c1\nc1 A alias=ZONE1/c2\nc2 A alias=ZONE1/c3\n"
                       "c3 A alias=ZONE1/c4\nc4 A alias=ZONE1/c5\nc5 A alias=ZONE1/c6\n"
                       "c6 A alias=ZONE1/c7\nc7 A alias=ZONE1/c8\nc8 A alias=ZONE1/c9\n"
                       "c9 A 192.0.2.1\n");
    assert_non_null(strstr(decisions_text(told, world.view, "a A"), "alias-loops R53-ALIAS-14"));
    assert_non_null(strstr(decisions_text(told, world.view, "c0 A"), "alias-loops R53-ALIAS-15"));
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(decisions) + COUNT(reasons) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, decisions, check_decisions);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_TEST(tests, n, "R53-MULTI-02 who is left out by chance is told", left_out);
    ADD_TEST(tests, n, "R53-ALIAS-14 R53-ALIAS-15 circles and chains that are too long", circles);
    return RUN_TESTS("why", tests, n);
}
