/*
 * Latency: the Region nearest by what was observed, else by what distance lets one expect; the
 * trees of the guide's figures above it; China; and clients of whom nothing is known.
 */
#include "support/harness.h"
#include "support/shares.h"

#include <stdio.h>
#include <stdlib.h>

/* Config T of the worked cases: two Regions' aliases over weighted groups; .1 .2 are u, v in
 * us-east-1, .3 .4 are x, y in ap-southeast-2. */
#define TOP(WORDS)                                                                                 \
    "@ A alias=ZONE1/use1 id=use1 region=us-east-1" WORDS                                          \
    "\n@ A alias=ZONE1/apse2 id=apse2 eth region=ap-southeast-2\n"
#define USE1  "use1 A 192.0.2.1 id=u1 hc=u weight=1\nuse1 A 192.0.2.2 id=u2 hc=v weight=3\n"
#define APSE2 "apse2 A 192.0.2.3 id=a1 hc=x weight=1\napse2 A 192.0.2.4 id=a2 hc=y weight=1\n"
#define T     TOP(" eth") USE1 APSE2
#define HERE  "@ A at=3900,-7700 -> " /* a client near us-east-1 */

/* Three Regions with checks; in the order of set identifiers: Ireland, Tokyo, Virginia. */
#define THREE                                                                                      \
    "l A 192.0.2.1 id=a hc=a region=eu-west-1\nl A 192.0.2.2 id=b hc=b region=ap-northeast-1\n"    \
    "l A 192.0.2.3 id=c hc=c region=us-east-1\n"

/* Observed of a block, a state, a country, a continent. */
#define OBSERVED                                                                                   \
    "latency 203.0.113.0/24 eu-west-1=30 ap-northeast-1=20 us-east-1=25\n"                         \
    "latency 203.0.113.128/25 eu-west-1=5 ap-northeast-1=20 us-east-1=25\n"                        \
    "latency US-CA eu-west-1=90 ap-northeast-1=50 us-east-1=60\n"                                  \
    "latency US eu-west-1=80 ap-northeast-1=150 us-east-1=20\n"                                    \
    "latency continent:NA eu-west-1=70 ap-northeast-1=150 us-east-1=75\n"

static const struct policy_case cases[] = {
    {"R53-LATENCY-02 R53-CASE-38 all up: the nearer Region, by its weights", T, "",
     HERE ".1 1/4, .2 3/4\n@ A at=-3300,15100 -> .3 1/2, .4 1/2\n"},
    {"R53-HEALTH-31 R53-LATENCY-03 R53-CASE-39 nothing healthy below: the next Region", T, "u v",
     HERE ".3 1/2, .4 1/2\n"},
    {"R53-HEALTH-34 R53-CASE-40 one without a check holds its branch",
     TOP(" eth") "use1 A 192.0.2.1 id=u1 hc=u weight=1\nuse1 A 192.0.2.2 id=u2 weight=3\n" APSE2,
     "u v", HERE ".2 1\n"},
    {"R53-HEALTH-32 R53-CASE-41 a branch that is not evaluated is not left", TOP("") USE1 APSE2,
     "u v", HERE ".1 1/4, .2 3/4\n"},
    {"R53-HEALTH-33 R53-CASE-42 a branch whose own check fails is", TOP(" eth hc=z") USE1 APSE2,
     "z", HERE ".3 1/2, .4 1/2\n"},
    {"R53-HEALTH-35 R53-HEALTH-06 R53-CASE-43 all down: the nearest, and inside by weight", T,
     "u v x y", HERE ".1 1/4, .2 3/4\n"},
    {"R53-HEALTH-13 R53-CASE-78 one healthy without weight holds its branch, and is answered",
     TOP(" eth") "use1 A 192.0.2.1 id=u1 hc=u weight=10\nuse1 A 192.0.2.2 id=u2 hc=v "
                 "weight=0\n" APSE2,
     "u", HERE ".2 1\n"},
    {"R53-LATENCY-02 R53-LATENCY-05 by what was observed, of the longest block", OBSERVED THREE, "",
     "l A subnet=203.0.113.0/25 -> .2 1\nl A subnet=203.0.113.128/25 -> .1 1\n"
     "l A resolver=203.0.113.200 -> .1 1\n"},
    {"R53-LATENCY-02 R53-LATENCY-05 of the state, the country, the continent", OBSERVED THREE, "",
     "l A country=US state=CA -> .2 1\nl A country=US state=TX -> .3 1\nl A country=CA -> .1 1\n"},
    {"R53-LATENCY-03 the next lowest, and so on", OBSERVED THREE, "b",
     "l A subnet=203.0.113.0/25 -> .3 1\n"},
    {"R53-LATENCY-03 and so on to the last", OBSERVED THREE, "b c",
     "l A subnet=203.0.113.0/25 -> .1 1\n"},
    {"R53-LATENCY-03 R53-HEALTH-06 T3 all down: the lowest of all", OBSERVED THREE, "a b c",
     "l A subnet=203.0.113.0/25 -> .2 1\n"},
    {"R53-LATENCY-05 estimates by distance", THREE, "",
     "l A at=5130,-10 -> .1 1\nl A at=3570,13970 -> .2 1\nl A at=3780,-12240 -> .3 1\n"},
    {"R53-GROUP-08 R53-LATENCY-02 equal latencies: the smaller set identifier",
     "latency US eu-west-1=20 ap-northeast-1=20 us-east-1=20\n" THREE, "",
     "l A country=US -> .1 1\n"},
    {"R53-GROUP-08 among the healthy",
     "latency US eu-west-1=20 ap-northeast-1=20 us-east-1=20\n" THREE, "a",
     "l A country=US -> .2 1\n"},
    {"R53-LATENCY-06 R53-GROUP-08 T40 nothing known of the client: by set identifier", THREE, "",
     "l A -> .1 1\nl A resolver=10.0.0.1 -> .1 1\nl A country=US -> .1 1\n"},
    {"R53-LATENCY-06 R53-GROUP-09 and by health", THREE, "a", "l A -> .2 1\n"},
    {"R53-LATENCY-06 a Region of no known latency comes after those that have one",
     "latency US us-east-1=900\n" THREE, "", "l A country=US -> .3 1\n"},
    {"R53-LATENCY-06 R53-HEALTH-05 but before those that are unhealthy",
     "latency US us-east-1=900\n" THREE, "c", "l A country=US -> .1 1\n"},
    {"R53-LATENCY-06 R53-HEALTH-06 all down: one of known latency",
     "latency US us-east-1=900\n" THREE, "a b c", "l A country=US -> .3 1\n"},
    {"R53-LATENCY-04 R53-CASE-44 clients in China get cn-north-1",
     "latency CN cn-north-1=90 ap-northeast-1=30\n"
     "l A 192.0.2.1 id=a region=ap-northeast-1\nl A 192.0.2.2 id=b hc=b region=cn-north-1\n",
     "",
     "l A country=CN -> .2 1\nl A country=JP at=3990,11640 -> .2 1\nl A country=JP "
     "at=3570,13970 -> .1 1\n"},
    {"R53-LATENCY-04 while it is healthy",
     "latency CN cn-north-1=90 ap-northeast-1=30 us-east-1=200\n"
     "l A 192.0.2.1 id=a region=ap-northeast-1\nl A 192.0.2.2 id=b hc=b region=cn-north-1\n"
     "l A 192.0.2.3 id=c region=us-east-1\n",
     "b", "l A country=CN -> .1 1\n"},
    {"R53-LATENCY-04 without it, by latency",
     "latency CN cn-northwest-1=90 ap-northeast-1=30\n"
     "l A 192.0.2.1 id=a region=ap-northeast-1\nl A 192.0.2.2 id=b region=cn-northwest-1\n",
     "", "l A country=CN -> .1 1\n"},
    {"R53-JSON-09 R53-LATENCY-06 a Region outside the table comes last",
     "l A 192.0.2.1 id=a region=moon-1\nl A 192.0.2.2 id=b region=us-east-1\n"
     "m A 192.0.2.3 id=a region=moon-1\n",
     "", "l A at=0,0 -> .2 1\nl A -> .1 1\nm A at=0,0 -> .3 1\n"},
    {"R53-PRIV-12 R53-LATENCY-07 R53-CASE-84 in a private zone the VPC's Region, else the closest",
     "zone ZP example.com vpc-1\nl A 192.0.2.1 id=a region=us-east-1\nl A 192.0.2.2 id=b "
     "region=eu-central-1\nm A 192.0.2.3 id=a region=eu-central-1\nm A 192.0.2.4 id=b "
     "region=eu-west-1\n",
     "",
     "l A vpc=vpc-1 -> .2 1\nm A vpc=vpc-1 -> .4 1\nl A vpc=vpc-1 vpcregion=us-east-2 -> .1 1\n"
     "l A vpc=vpc-1 at=3900,-7700 subnet=203.0.113.0/24 -> .2 1\n"},
    {"R53-PRIV-12 R53-LATENCY-04 a VPC in China goes to its own Region",
     "zone ZP example.com vpc-1\nl A 192.0.2.1 id=a region=cn-north-1\nl A 192.0.2.2 id=b "
     "region=cn-northwest-1\n",
     "", "l A vpc=vpc-1 vpcregion=cn-northwest-1 -> .2 1\n"},
    {"R53-FAILOVER-05 health checks on any policy are active-active failover", THREE, "a c",
     "l A at=5130,-10 -> .2 1\n"},
    {"R53-HEALTH-14 R53-HEALTH-31 failover and multivalue groups as branches",
     "@ A alias=ZONE1/f id=use1 eth region=us-east-1\n@ A alias=ZONE1/m id=apse2 eth "
     "region=ap-southeast-2\n@ A 192.0.2.9 id=z region=eu-west-1\n"
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A 192.0.2.2 id=s hc=s failover=SECONDARY\n"
     "m A 192.0.2.3 id=a hc=x multi=true\nm A 192.0.2.4 id=b hc=y multi=true\n",
     "p x", HERE ".2 1\n@ A at=-3300,15100 -> .4 1\n"},
    {"R53-HEALTH-14 both down",
     "@ A alias=ZONE1/f id=use1 eth region=us-east-1\n@ A alias=ZONE1/m id=apse2 eth "
     "region=ap-southeast-2\n@ A 192.0.2.9 id=z region=eu-west-1\n"
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A 192.0.2.2 id=s hc=s failover=SECONDARY\n"
     "m A 192.0.2.3 id=a hc=x multi=true\nm A 192.0.2.4 id=b hc=y multi=true\n",
     "p s x y", HERE ".9 1\n@ A at=-3300,15100 -> .9 1\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-04 latency depends on the subnet", THREE, "",
     "l A subnet=203.0.113.0/24 -> 24\nl A -> -1\n"},
};

static const struct policy_case reasons[] = {
    {"R53-LATENCY-02 the trace tells latencies and where they come from",
     "latency US us-east-1=20 eu-west-1=80\n" THREE, "c",
     "l A country=US at=3900,-7700 -> the client is in NA-US; "
     "l A \"a\": 80 ms to its Region were observed; "
     "l A \"b\": 141.2 ms to its Region are estimated; "
     "l A \"c\": 20 ms to its Region were observed; "
     "l A \"c\" is unhealthy: health check c fails; l A \"a\" is the choice\n"},
    {"R53-LATENCY-06 the trace tells what is not known",
     "l A 192.0.2.1 id=a hc=a region=us-east-1\n", "a",
     "l A -> where the client is, is not known; "
     "l A \"a\": the latency to its Region is not known; "
     "l A \"a\" is unhealthy: health check a fails; "
     "nothing in l A is healthy, so all count as healthy; l A \"a\" is the choice\n"},
    {"R53-LATENCY-04 the trace tells of China", "l A 192.0.2.1 id=a region=cn-north-1\n", "",
     "l A country=CN -> the client is in AS-CN; "
     "l A \"a\" comes first for clients in China, whatever the latency; l A \"a\" is the choice\n"},
    {"R53-HEALTH-04 R53-HEALTH-33 R53-HEALTH-15 the trace tells why an alias is unhealthy",
     "l A alias=ZONE1/none id=a eth region=us-east-1\nl A alias=ZONE1/x id=b eth "
     "region=eu-west-1\nl A alias=ZONE1/y id=c hc=y region=eu-west-2\nx A 192.0.2.1 id=x hc=x "
     "weight=1\ny A 192.0.2.2\nl A 192.0.2.3 id=d region=eu-west-3\n",
     "x y",
     "l A at=0,0 -> the client is at 0, 0; "
     "l A \"a\": 116.6 ms to its Region are estimated; l A \"b\": 79.5 ms to its Region are "
     "estimated; l A \"c\": 76.5 ms to its Region are estimated; l A \"d\": 72.9 ms to its Region "
     "are estimated; "
     "l A \"a\" is unhealthy: nothing is known of none; "
     "l A \"b\" is unhealthy: nothing is healthy at x; "
     "x A \"x\" is unhealthy: health check x fails; "
     "l A \"c\" is unhealthy: health check y fails; l A \"d\" is the choice\n"},
};

/* Samples of a tree follow the shares that are told of it. */
static void samples_follow_shares(void **state)
{
    enum { SEEDS = 8000 };
    static char told[ANSWER_TEXT_MAX];
    unsigned counts[5] = {0};
    struct world world;
    char query[60];

    (void)state;
    world_open(&world, T);
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        const char *at;

        snprintf(query, sizeof(query), "@ A at=3900,-7700 seed=%u", seed);
        at = strstr(resolve_text(told, world.view, query), "192.0.2.");
        assert_non_null(at);
        counts[atoi(at + strlen("192.0.2."))]++;
    }
    assert_in_range(counts[1], SEEDS / 4 - 195, SEEDS / 4 + 195); /* five deviations */
    assert_int_equal(counts[1] + counts[2], SEEDS);
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(scopes) + COUNT(reasons) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_TEST(tests, n, "R53-LATENCY-02 R53-WEIGHTED-08 samples of a tree follow its shares",
             samples_follow_shares);
    return RUN_TESTS("policy_latency", tests, n);
}
