/*
 * Geoproximity: biased distances. Places lie on the equator, where a hundredth of a degree is
 * 1.112 km, so that ratios of longitudes are ratios of distances.
 */
#include "support/harness.h"
#include "support/shares.h"

/* A at 150 km to the east, B at 100 km to the west of 0, 0. */
#define PAIR(A, B)                                                                                 \
    "p A 192.0.2.1 id=a hc=a lat=0 lon=1.35" A "\np A 192.0.2.2 id=b hc=b lat=0 lon=-0.9" B "\n"

static const struct policy_case cases[] = {
    {"R53-GEOPROX-03 the nearer", PAIR("", ""), "", "p A at=0,0 -> .2 1\np A at=0,100 -> .1 1\n"},
    {"R53-GEOPROX-03 R53-CASE-50 150 km with bias 50 are 75", PAIR(" bias=50", " bias=0"), "",
     "p A at=0,0 -> .1 1\n"},
    {"R53-GEOPROX-03 R53-CASE-50 with bias 33 they are 100.5", PAIR(" bias=33", ""), "",
     "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-03 with bias 34 they are 99", PAIR(" bias=34", ""), "", "p A at=0,0 -> .1 1\n"},
    {"R53-GEOPROX-03 R53-CASE-50 100 km with bias -50 are 200", PAIR("", " bias=-50"), "",
     "p A at=0,0 -> .1 1\n"},
    {"R53-GEOPROX-03 with bias -33 they are 149", PAIR("", " bias=-33"), "",
     "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-03 the ends of the range",
     "p A 192.0.2.1 id=a lat=0 lon=179 bias=99\np A 192.0.2.2 id=b lat=0 lon=2\n"
     "q A 192.0.2.3 id=a lat=0 lon=1.77 bias=-99\nq A 192.0.2.4 id=b lat=0 lon=178\n",
     "", "p A at=0,0 -> .1 1\nq A at=0,0 -> .3 1\n"},
    {"R53-GEOPROX-04 around the globe's back and over the pole",
     "p A 192.0.2.1 id=a lat=0 lon=-170\np A 192.0.2.2 id=b lat=0 lon=140\n"
     "q A 192.0.2.3 id=a lat=85 lon=-90\nq A 192.0.2.4 id=b lat=60 lon=90\n",
     "", "p A at=0,17000 -> .1 1\nq A at=8500,9000 -> .3 1\n"},
    {"R53-GEOPROX-04 a hundredth of a degree tells, far away as well as near",
     "p A 192.0.2.1 id=a lat=0 lon=50.01\np A 192.0.2.2 id=b lat=0 lon=-50\n"
     "p A 192.0.2.3 id=c lat=80 lon=0\n"
     "q A 192.0.2.4 id=a lat=0 lon=0.02\nq A 192.0.2.5 id=b lat=0.01 lon=0\n"
     "r A 192.0.2.6 id=a lat=0 lon=179.99\nr A 192.0.2.7 id=b lat=0 lon=-179.98\n",
     "", "p A at=0,0 -> .2 1\nq A at=0,0 -> .5 1\nr A at=0,0 -> .7 1\n"},
    {"R53-GEOPROX-04 metres tell where directions are too close to each other",
     "p A 192.0.2.1 id=b lat=58.46 lon=-152.70\np A 192.0.2.2 id=a lat=58.47 lon=-152.69\n", "",
     "p A at=5764,-15024 -> .1 1\n"},
    {"R53-GEOPROX-06 R53-GROUP-08 a tie far away, with a third and a place not known beside",
     "p A 192.0.2.1 id=c lat=0 lon=50\np A 192.0.2.2 id=b lat=0 lon=-50\n"
     "p A 192.0.2.3 id=a lat=80 lon=0\n"
     "q A 192.0.2.4 id=c lat=0 lon=50\nq A 192.0.2.5 id=b lat=0 lon=-50\n"
     "q A 192.0.2.6 id=a gpregion=moon-1\n",
     "", "p A at=0,0 -> .2 1\nq A at=0,0 -> .5 1\n"},
    {"R53-GEOPROX-05 R53-GEOPROX-06 the nearer of the healthy, by metres",
     "p A 192.0.2.1 id=a lat=0 lon=50.01\np A 192.0.2.2 id=b lat=0 lon=-50\n"
     "p A 192.0.2.3 id=c hc=c lat=0 lon=1\n",
     "c", "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-05 an unhealthy place is passed", PAIR("", ""), "b", "p A at=0,0 -> .1 1\n"},
    {"R53-GEOPROX-05 R53-HEALTH-06 none healthy: the nearest", PAIR("", ""), "a b",
     "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-06 R53-GROUP-08 a tie goes by set identifier",
     "p A 192.0.2.2 id=b hc=b gpregion=eu-west-1\np A 192.0.2.1 id=a hc=a gpregion=eu-west-1\n"
     "q A 192.0.2.3 id=a lat=0 lon=1\nq A 192.0.2.4 id=b lat=0 lon=-1\n",
     "", "p A at=0,0 -> .1 1\nq A at=0,0 -> .3 1\n"},
    {"R53-GEOPROX-06 no bias makes more or less of no distance",
     "q A 192.0.2.3 id=b lat=0 lon=0 bias=50\nq A 192.0.2.4 id=a lat=0 lon=0 bias=-99\n", "",
     "q A at=0,0 -> .4 1\n"},
    {"R53-GEOPROX-06 T40 a client of unknown place: by set identifier", PAIR("", ""), "",
     "p A -> .1 1\np A country=FR -> .1 1\n"},
    {"R53-GEOPROX-06 R53-GROUP-09 and by health", PAIR("", ""), "a", "p A -> .2 1\n"},
    {"R53-GEOPROX-06 T40 a place that is not known is not at 0, 0, and comes last",
     "p A 192.0.2.1 id=a gpregion=moon-1\np A 192.0.2.2 id=b hc=b lat=0 lon=90\n", "",
     "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-06 R53-HEALTH-05 but before those that are unhealthy",
     "p A 192.0.2.1 id=a gpregion=moon-1\np A 192.0.2.2 id=b hc=b lat=0 lon=90\n", "b",
     "p A at=0,0 -> .1 1\n"},
    {"R53-GEOPROX-06 when no place is known, by set identifier",
     "p A 192.0.2.1 id=a hc=a gpregion=moon-1\np A 192.0.2.2 id=b lzg=moon-1-sea-1\n", "a",
     "p A at=0,0 -> .2 1\n"},
    {"R53-GEOPROX-01 places as Regions, Local Zone groups and coordinates",
     "p A 192.0.2.1 id=a gpregion=us-east-1\np A 192.0.2.2 id=b lzg=us-east-1-bue-1\n"
     "p A 192.0.2.3 id=c lat=-33.87 lon=+151.21\n",
     "", "p A at=3870,-7700 -> .1 1\np A at=-3300,-6000 -> .2 1\np A at=-3700,17400 -> .3 1\n"},
    {"R53-GEOPROX-05 where the client is, is what was observed of its subnet",
     "place 203.0.113.0/24 @0,100\nplace 198.51.100.0/24 @0,-100\n" PAIR("", ""), "",
     "p A subnet=203.0.113.0/24 -> .1 1\np A subnet=198.51.100.0/24 -> .2 1\n"},
    {"R53-PRIV-12 in a private zone the VPC's Region counts",
     "zone ZP example.com vpc-1\np A 192.0.2.1 id=a gpregion=us-east-1\np A 192.0.2.2 id=b "
     "gpregion=eu-central-1\n",
     "", "p A vpc=vpc-1 -> .2 1\np A vpc=vpc-1 at=3900,-7700 -> .2 1\n"},
    {"R53-HEALTH-31 R53-GEOPROX-05 branches are left for the next",
     "p A alias=ZONE1/x id=a eth lat=0 lon=1\np A 192.0.2.9 id=b lat=0 lon=9\n"
     "x A 192.0.2.1 id=x hc=a weight=1\n",
     "a", "p A at=0,0 -> .9 1\n"},
};

static const struct policy_case reasons[] = {
    {"R53-GEOPROX-03 the trace tells distances", PAIR(" bias=50", ""), "a",
     "p A at=0,0 -> the client is at 0, 0; "
     "p A \"a\" is 150.1 km away, 75 km with its bias; p A \"b\" is 100 km away, 100 km with its "
     "bias; p A \"a\" is unhealthy: health check a fails; p A \"b\" is the choice\n"
     "p A -> where the client is, is not known; p A \"a\": the distance to it is not known; "
     "p A \"b\": the distance to it is not known; p A \"a\" is unhealthy: health check a fails; "
     "p A \"b\" is the choice\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-04 geoproximity depends on the subnet", PAIR("", ""), "",
     "p A subnet=203.0.113.0/24 -> 24\np A subnet=2001:db8::/56 -> 48\n"},
};

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(reasons) + COUNT(scopes)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_CASES(tests, n, scopes, check_scopes);
    return RUN_TESTS("policy_geoproximity", tests, n);
}
