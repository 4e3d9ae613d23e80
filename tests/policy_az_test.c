/*
 * AZ affinity: from the client's own zone outwards, and private zones' ways besides.
 */
#include "support/harness.h"
#include "support/shares.h"

#define ZONE   "z A 192.0.2.1 id=1 hc=a az=AvailabilityZone/use1-az1\n"
#define REGION "z A 192.0.2.2 id=2 hc=b az=Region/us-east-1\n"
#define GLOBAL "z A 192.0.2.3 id=3 hc=c az=Global/*\n"
#define Z      ZONE REGION GLOBAL

static const struct policy_case cases[] = {
    {"R53-AZ-03 R53-AZ-02 R53-CASE-55 zone, Region, everyone", Z, "",
     "z A az=use1-az1 -> .1 1\nz A az=use1-az2 -> .2 1\nz A -> .3 1\nz A az=usw2-az1 -> .3 1\n"},
    {"R53-AZ-03 R53-CASE-55 the zone's is down", Z, "a", "z A az=use1-az1 -> .2 1\n"},
    {"R53-AZ-03 two are down", Z, "a b", "z A az=use1-az1 -> .3 1\n"},
    {"R53-AZ-03 R53-HEALTH-06 R53-CASE-55 all are down: the most specific", Z, "a b c",
     "z A az=use1-az1 -> .1 1\nz A az=use1-az2 -> .2 1\n"},
    {"R53-AZ-04 R53-CASE-55 R53-DISP-08 without Global, from the internet: no answer", ZONE REGION,
     "", "z A -> none 1\nz A az=usw2-az1 -> none 1\nz A az=use1-az1 -> .1 1\n"},
    {"R53-AZ-01 R53-AZ-03 all five extents",
     Z "z A 192.0.2.4 id=4 hc=d az=AvailabilityZoneGroup/us-east-1-zg-1\n"
       "z A 192.0.2.5 id=5 hc=e az=Partition/aws\n",
     "a",
     "z A az=use1-az1 -> .4 1\nz A az=use1-az1 azgroup=us-east-1-zg-2 -> .2 1\n"
     "z A az=euw1-az1 -> .5 1\nz A az=cnn1-az1 -> .3 1\n"},
    {"R53-AZ-02 R53-PLACE-08 neither subnet nor VPC's region tells the zone", Z, "",
     "z A vpcregion=us-east-1 -> .3 1\n"
     "z A subnet=203.0.113.0/24 country=US state=VA at=3900,-7700 -> .3 1\n"},
    {"R53-AZ-04 Global by any id", "z A 192.0.2.3 id=3 az=Global/global\n", "", "z A -> .3 1\n"},
    {"R53-AZ-04 R53-JSON-09 locations that are not known match nobody",
     "z A 192.0.2.1 id=1 az=Planet/earth\nz A 192.0.2.2 id=2 az=Region/moon-1\n"
     "z A 192.0.2.3 id=3 az=AvailabilityZone/us-east-1a\n",
     "", "z A az=use1-az1 -> none 1\n"},
    {"R53-AZ-05 R53-HEALTH-31 aliases that evaluate their target fall back",
     "z A alias=ZONE1/x id=1 eth az=AvailabilityZone/use1-az1\n" REGION
     "x A 192.0.2.1 id=x hc=x weight=1\n",
     "x", "z A az=use1-az1 -> .2 1\n"},
    {"R53-AZ-05 those that do not, do not",
     "z A alias=ZONE1/x id=1 az=AvailabilityZone/use1-az1\n" REGION
     "x A 192.0.2.1 id=x hc=x weight=1\n",
     "x", "z A az=use1-az1 -> .1 1\n"},
    {"R53-PRIV-11 R53-AZ-03 in a private zone", "zone ZP example.com vpc-1\n" Z, "",
     "z A vpc=vpc-1 az=use1-az1 -> .1 1\nz A vpc=vpc-1 -> .3 1\n"},
};

static const struct policy_case answers[] = {
    {"R53-AZ-04 R53-DISP-08 no match is NODATA", ZONE, "", "z A -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-PRIV-14 a private zone does not delegate, whatever it holds below the cut",
     "zone ZP example.com vpc-1\nsub NS ns.sub.example.com\nns.sub A 10.0.0.1\nwww A 10.0.0.2\n",
     "",
     "sub A vpc=vpc-1 -> SERVFAIL\nsub NS vpc=vpc-1 -> SERVFAIL\nsub DS vpc=vpc-1 -> SERVFAIL\n"
     "x.sub A vpc=vpc-1 -> SERVFAIL\nns.sub A vpc=vpc-1 -> SERVFAIL\n"
     "www A vpc=vpc-1 -> NOERROR aa; www 300 A 10.0.0.2; AUTH=NS\n"},
    {"R53-PRIV-14 R53-PRIV-05 but a private zone of that name is searched itself",
     "zone ZS sub.example.com vpc-1\nx.sub A 10.0.0.3\n"
     "zone ZP example.com vpc-1\nsub NS ns.sub.example.com\n",
     "", "x.sub A vpc=vpc-1 -> NOERROR aa; x.sub 300 A 10.0.0.3; AUTH=NS\n"},
};

static const struct policy_case shares[] = {
    {"R53-PRIV-14 told as a share", "zone ZP example.com vpc-1\nsub NS ns.sub.example.com\n", "",
     "x.sub A vpc=vpc-1 -> SERVFAIL 1\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-08 R53-PLACE-04 the zone is no matter of the subnet", Z, "",
     "z A az=use1-az1 subnet=203.0.113.0/24 -> 0\nz A -> -1\n"},
};

static const struct policy_case reasons[] = {
    {"R53-AZ-03 the trace tells extents", Z "z A 192.0.2.5 id=5 hc=e az=Partition/aws\n", "a",
     "z A az=use1-az1 -> z A \"1\" is for the client's Availability Zone; "
     "z A \"1\" is unhealthy: health check a fails; z A \"2\" is for the client's Region; "
     "z A \"3\" is for everyone; z A \"5\" is for the client's partition; "
     "z A \"2\" is the choice\n"},
    {"R53-PRIV-14 the trace tells the cut",
     "zone ZP example.com vpc-1\nsub NS ns.sub.example.com\n", "",
     "x.sub A vpc=vpc-1 -> the name is at or below the zone cut sub, which the resolver of a VPC "
     "does not follow\n"},
};

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(cases) + COUNT(answers) + COUNT(shares) + COUNT(scopes) + COUNT(reasons)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, shares, check_shares);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, reasons, check_reasons);
    return RUN_TESTS("policy_az", tests, n);
}
