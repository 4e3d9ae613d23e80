/*
 * Geolocation: the most specific location that the client is in, how health moves it outwards, and
 * what depends on the client besides the record set: no answer at all, and the scope.
 */
#include "support/harness.h"
#include "support/shares.h"

/* Config G of the worked cases: a state, its country, its continent, everyone; checks a b c d. */
#define STATE   "g A 192.0.2.1 id=ca hc=a country=US subdivision=CA\n"
#define COUNTRY "g A 192.0.2.2 id=us hc=b country=US\n"
#define NORTH   "g A 192.0.2.3 id=na hc=c continent=NA\n"
#define REST    "g A 192.0.2.4 id=rest hc=d country=*\n"
#define G       STATE COUNTRY NORTH REST

#define PLACES                                                                                     \
    "place 203.0.113.0/24 US state=CA\nplace 203.0.0.0/16 US\nplace 198.51.100.0/25 FR\n"          \
    "place 2001:db8::/32 CA\nplace 192.0.2.0/24 @0,0\n"

static const struct policy_case cases[] = {
    {"R53-GEO-03 R53-GEO-04 R53-CASE-45 T5 state, country, continent, default", G, "",
     "g A country=US state=CA -> .1 1\ng A country=US state=TX -> .2 1\ng A country=CA -> .3 1\n"
     "g A country=FR -> .4 1\ng A -> .4 1\ng A country=US -> .2 1\n"},
    {"R53-GEO-03 R53-CASE-45 by what was observed of the address", PLACES G, "",
     "g A subnet=203.0.113.0/24 -> .1 1\ng A subnet=203.0.112.0/24 -> .2 1\n"
     "g A resolver=203.0.113.9 -> .1 1\ng A resolver=198.51.100.7 -> .4 1\n"
     "g A subnet=2001:db8:1::/48 -> .3 1\ng A subnet=192.0.2.0/24 -> .4 1\n"
     "g A resolver=10.0.0.1 -> .4 1\n"},
    {"R53-GEO-03 the guide's example: NA, CA and a default",
     "g A 192.0.2.1 id=na continent=NA\ng A 192.0.2.2 id=ca country=CA\n"
     "g A 192.0.2.3 id=rest country=*\n",
     "", "g A country=CA -> .2 1\ng A country=MX -> .1 1\ng A country=FR -> .3 1\n"},
    {"R53-GEO-03 T5 a state is no country: other clients of the country do not match it", STATE, "",
     "g A country=US state=TX -> none 1\ng A country=US -> none 1\n"
     "g A country=US state=CA -> .1 1\n"},
    {"R53-GEO-02 R53-GEO-03 a code of a state alone means nothing: UA has other ones",
     "g A 192.0.2.1 id=us country=US subdivision=CA\ng A 192.0.2.2 id=ua country=UA "
     "subdivision=11\n",
     "",
     "g A country=UA state=11 -> .2 1\ng A country=US state=CA -> .1 1\n"
     "g A country=UA -> none 1\n"},
    {"R53-GEO-04 R53-CASE-45 an address within the US of no known state", G, "b",
     "g A country=US -> .3 1\n"},
    {"R53-GEO-05 R53-CASE-46 R53-HEALTH-07 the next larger location", G, "a",
     "g A country=US state=CA -> .2 1\n"},
    {"R53-GEO-05 R53-CASE-46 two down", G, "a b", "g A country=US state=CA -> .3 1\n"},
    {"R53-GEO-05 R53-CASE-46 three down", G, "a b c", "g A country=US state=CA -> .4 1\n"},
    {"R53-GEO-05 R53-CASE-46 R53-HEALTH-06 T3 all down: the most specific that matches", G,
     "a b c d",
     "g A country=US state=CA -> .1 1\ng A country=US state=TX -> .2 1\ng A country=CA -> .3 1\n"
     "g A country=FR -> .4 1\n"},
    {"R53-GEO-04 R53-CASE-47 T4 R53-DISP-08 without default: no answer elsewhere",
     STATE COUNTRY NORTH, "", "g A country=FR -> none 1\ng A -> none 1\n"},
    {"R53-GEO-05 R53-CASE-47 R53-HEALTH-07 without default, all down: the most specific",
     STATE COUNTRY NORTH, "a b c", "g A country=US state=CA -> .1 1\ng A country=FR -> none 1\n"},
    {"R53-HEALTH-07 health never leads to a location that the client is not in",
     "g A 192.0.2.1 id=de hc=a country=DE\ng A 192.0.2.2 id=fr country=FR\n"
     "g A 192.0.2.3 id=as continent=AS\n",
     "a", "g A country=DE -> .1 1\n"},
    {"R53-GEO-06 continents as AWS has them",
     "g A 192.0.2.1 id=eu continent=EU\ng A 192.0.2.2 id=as continent=AS\n"
     "g A 192.0.2.3 id=an continent=AN\n",
     "",
     "g A country=TR -> .1 1\ng A country=RU -> .1 1\ng A country=CY -> .1 1\n"
     "g A country=GE -> .2 1\ng A country=KZ -> .2 1\ng A country=GS -> .3 1\n"},
    {"R53-GEO-02 a US territory is a country",
     "g A 192.0.2.1 id=us country=US\ng A 192.0.2.2 id=pr country=PR\n", "",
     "g A country=PR -> .2 1\ng A country=US -> .1 1\n"},
    {"R53-GEO-03 two locations of one code, which only a listing can hold: by set identifier",
     "g A 192.0.2.2 id=b hc=b country=DE\ng A 192.0.2.1 id=a hc=a country=DE\n"
     "g A 192.0.2.3 id=c country=*\n",
     "", "g A country=DE -> .1 1\n"},
    {"R53-GEO-05 of two locations of one code the healthy one",
     "g A 192.0.2.2 id=b hc=b country=DE\ng A 192.0.2.1 id=a hc=a country=DE\n"
     "g A 192.0.2.3 id=c country=*\n",
     "a", "g A country=DE -> .2 1\n"},
    {"R53-JSON-09 a loaded mixture of policies answers its first record set",
     "a A 192.0.2.1 id=a country=DE\na A 192.0.2.2 id=b weight=1\n"
     "b A 192.0.2.3 id=a region=us-east-1\nb A 192.0.2.2 id=b country=*\n"
     "c A 192.0.2.4 id=a cidr=C1/l\nc A 192.0.2.2 id=b country=*\n"
     "d A 192.0.2.5 id=a multi=true\nd A 192.0.2.2 id=b country=*\n"
     "e A 192.0.2.6 id=a az=Region/us-east-1\ne A 192.0.2.2 id=b country=*\n"
     "f A 192.0.2.7 id=a gpregion=us-east-1\nf A 192.0.2.2 id=b country=*\n"
     "g A 192.0.2.8\ng A 192.0.2.2 id=b country=*\n",
     "",
     "a A country=FR -> .1 1\nb A -> .3 1\nc A -> .4 1\nd A -> .5 1\ne A -> .6 1\n"
     "f A at=0,0 -> .7 1\ng A -> .8 1\n"},
    {"R53-JSON-09 codes outside the tables match nobody",
     "g A 192.0.2.1 id=a country=CX\ng A 192.0.2.2 id=b continent=XX\n"
     "g A 192.0.2.3 id=c country=DEU\ng A 192.0.2.4 id=d country=US subdivision=ZZ\n"
     "g A 192.0.2.5 id=e country=DE\n",
     "", "g A country=US -> none 1\ng A country=DE -> .5 1\n"},
    {"R53-HEALTH-38 R53-CASE-77 R53-DISP-08 a branch without match is no reason to leave it",
     "@ A alias=ZONE1/g id=a eth region=us-east-1\n@ A 192.0.2.9 id=b region=eu-west-1\n"
     "g A 192.0.2.1 id=de country=DE\n",
     "",
     "@ A country=US at=3900,-7700 -> none 1\n@ A country=FR at=4885,235 -> .9 1\n"
     "@ A country=DE at=3900,-7700 -> .1 1\n"},
    {"R53-HEALTH-37 T32 what an alias leads to sees the same client",
     G "x A alias=ZONE1/g\ny A alias=ZONE1/x\n* A alias=ZONE1/g\n", "",
     "x A country=CA -> .3 1\ny A country=US state=CA -> .1 1\nany A country=US -> .2 1\n"},
    {"R53-HEALTH-13 a group with anything healthy is healthy, also for clients who cannot have it",
     "f A alias=ZONE1/g id=p eth failover=PRIMARY\nf A 192.0.2.9 id=s failover=SECONDARY\n"
     "g A 192.0.2.1 id=us hc=a country=US\ng A 192.0.2.2 id=de hc=b country=DE\n",
     "a", "f A country=US -> .1 1\nf A country=DE -> .2 1\n"},
    {"R53-HEALTH-31 R53-GEO-05 a location whose branch is down is passed",
     "g A alias=ZONE1/x id=de eth country=DE\ng A alias=ZONE1/y id=eu eth continent=EU\n"
     "x A 192.0.2.1 id=a hc=a weight=1\nx A 192.0.2.2 id=b hc=b weight=1\n"
     "y A 192.0.2.3 id=a weight=1\ny A 192.0.2.4 id=b weight=3\n",
     "a b", "g A country=DE -> .3 1/4, .4 3/4\n"},
    {"R53-GEO-07 R53-PRIV-12 R53-CASE-62 in a private zone the VPC's Region counts",
     "zone ZP example.com vpc-1\nq A 192.0.2.1 id=eu continent=EU\nq A 192.0.2.2 id=rest "
     "country=*\nq A 192.0.2.3 id=us country=US subdivision=OR\n",
     "",
     "q A vpc=vpc-1 -> .1 1\nq A vpc=vpc-1 vpcregion=us-west-2 -> .3 1\n"
     "q A vpc=vpc-1 vpcregion=ap-northeast-1 -> .2 1\n"
     "q A vpc=vpc-1 country=US state=OR subnet=203.0.113.0/24 -> .1 1\n"},
};

static const struct policy_case answers[] = {
    {"R53-GEO-04 R53-DISP-08 R53-CASE-47 T47 no match is NODATA, never NXDOMAIN",
     STATE COUNTRY NORTH, "",
     "g A country=FR -> NOERROR aa; AUTH=SOA/900\n"
     "g A country=US -> NOERROR aa; g 300 A 192.0.2.2; AUTH=NS\n"},
    {"R53-DISP-08 R53-CASE-49 R53-WILD-03 nor is a wildcard consulted",
     "* A 192.0.2.9\nwww A 192.0.2.1 id=de country=DE\n", "",
     "www A country=FR -> NOERROR aa; AUTH=SOA/900\n"
     "x A country=FR -> NOERROR aa; x 300 A 192.0.2.9; AUTH=NS\n"},
    {"R53-DISP-08 T47 a CNAME group without match, whatever the type",
     "c CNAME a.example.net id=de country=DE\n", "",
     "c A country=FR -> NOERROR aa; AUTH=SOA/900\nc TXT -> NOERROR aa; AUTH=SOA/900\n"
     "c CNAME -> NOERROR aa; AUTH=SOA/900\n"
     "c A country=DE -> NOERROR aa; c 300 CNAME a.example.net.; AUTH=NS\n"},
    {"R53-DISP-08 R53-HEALTH-38 below an alias", "a A alias=ZONE1/g\n" STATE, "",
     "a A -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-DISP-08 R53-DNS-14 ANY passes what does not match",
     "g A 192.0.2.1 id=de country=DE\ng TXT \"t\"\nh A 192.0.2.1 id=de country=DE\n", "",
     "g ANY -> NOERROR aa; g 300 TXT \"t\"; AUTH=NS\n"
     "g ANY country=DE -> NOERROR aa; g 300 A 192.0.2.1, g 300 TXT \"t\"; AUTH=NS\n"
     "h ANY -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-GEO-03 each type goes by its own group",
     "g A 192.0.2.1 id=de country=DE\ng AAAA 2001:db8::1 id=fr country=FR\n", "",
     "g A country=DE -> NOERROR aa; g 300 A 192.0.2.1; AUTH=NS\n"
     "g AAAA country=DE -> NOERROR aa; AUTH=SOA/900\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-04 R53-CASE-75 the scope is the subnet's where the answer depends on it",
     PLACES G "s A 192.0.2.1\nw A 192.0.2.1 id=a weight=1\n", "",
     "g A subnet=203.0.113.0/24 -> 24\ns A subnet=203.0.113.0/24 -> 0\n"
     "w A subnet=203.0.113.0/24 -> 0\ng A -> -1\ng A resolver=203.0.113.9 -> -1\n"
     "g A subnet=203.0.113.7/32 -> 24\ng A subnet=203.0.0.0/16 -> 16\n"
     "g A subnet=2001:db8:1:2::/64 -> 48\ng A subnet=0.0.0.0/0 -> 0\n"
     "g TXT subnet=203.0.113.0/24 -> 0\nnope A subnet=203.0.113.0/24 -> 0\n"},
    {"R53-PLACE-04 also where nothing matches", STATE, "", "g A subnet=203.0.113.0/24 -> 24\n"},
    {"T34 T38 R53-PLACE-04 the narrowest of the chain, inner or outer",
     G "x A alias=ZONE1/w\nw A alias=ZONE1/g id=a weight=1\n"
       "y A alias=ZONE1/s id=all country=*\ns A 192.0.2.1\n",
     "", "x A subnet=203.0.113.0/24 -> 24\ny A subnet=203.0.113.0/24 -> 24\n"},
    {"R53-PLACE-02 R53-PLACE-04 in a private zone the subnet does not count",
     "zone ZP example.com vpc-1\nq A 192.0.2.1 id=eu continent=EU\n", "",
     "q A vpc=vpc-1 subnet=203.0.113.0/24 -> 0\n"},
};

static const struct policy_case reasons[] = {
    {"R53-JSON-09 the trace of a loaded mixture tells its first record set",
     "a A 192.0.2.1 id=a country=DE\na A 192.0.2.2 id=b weight=1\n"
     "b A 192.0.2.3 id=a region=us-east-1\nb A 192.0.2.2 id=b country=*\n"
     "c A 192.0.2.4 id=a cidr=C1/l\nc A 192.0.2.2 id=b country=*\n"
     "d A 192.0.2.5 id=a multi=true\nd A 192.0.2.2 id=b country=*\n"
     "w A 192.0.2.6 id=a weight=1\nw A 192.0.2.2 id=b country=*\n",
     "",
     "a A -> where the client is, is not known; a A \"a\" is the choice\n"
     "b A -> b A \"a\" is the choice\nc A -> c A \"a\" is the choice\n"
     "d A -> d A \"a\" is the choice\nw A -> w A \"a\" is the choice\n"},
    {"R53-GEO-03 the trace tells who matches", G, "a",
     "g A country=US state=CA -> the client is in NA-US-CA; "
     "g A \"ca\" is for the client's state; g A \"ca\" is unhealthy: health check a fails; "
     "g A \"na\" is for the client's continent; g A \"rest\" is for everyone; "
     "g A \"us\" is for the client's country; g A \"us\" is the choice\n"},
    {"R53-GEO-04 R53-DISP-08 the trace tells that nobody does", STATE, "",
     "g A country=FR -> the client is in EU-FR; g A \"ca\" is for other clients; "
     "no record set of g A is for this client, so there is no answer\n"
     "g A -> where the client is, is not known; g A \"ca\" is for other clients; "
     "no record set of g A is for this client, so there is no answer\n"},
    {"R53-HEALTH-06 R53-GEO-05 the trace tells that health does not count", STATE COUNTRY, "a b",
     "g A country=US -> the client is in NA-US; g A \"ca\" is for other clients; "
     "g A \"us\" is for the client's country; g A \"us\" is unhealthy: health check b fails; "
     "nothing in g A that is for this client is healthy, so health does not count; "
     "g A \"us\" is the choice\n"},
    {"R53-PRIV-12 the trace tells the Region of the VPC",
     "zone ZP example.com vpc-1\nq A 192.0.2.1 id=eu continent=EU\n", "",
     "q A vpc=vpc-1 -> the client is in a VPC of eu-west-1, which counts alone in a private zone; "
     "q A \"eu\" is for the client's continent; q A \"eu\" is the choice\n"},
};

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(answers) + COUNT(scopes) + COUNT(reasons)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, reasons, check_reasons);
    return RUN_TESTS("policy_geo", tests, n);
}
