/*
 * Traps: faults that comparable software shipped, each with what must hold instead. The T numbers
 * are those of the project's list; more tests bear them where the behaviour is tested at length.
 */
#include "support/harness.h"
#include "support/shares.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

#define LB   "web-1.us-east-1.elb.amazonaws.com"
#define LONG "1111111111111111111111111111111111111111111111111111111111111111111111111111111111"

/* A failover pair whose primary leads to two weighted record sets behind checks a and b. */
#define OVER(WORDS)                                                                                \
    "f A alias=ZONE1/pool id=p" WORDS " failover=PRIMARY\n"                                        \
    "f A 192.0.2.9 id=s failover=SECONDARY\n"                                                      \
    "pool A 192.0.2.1 id=a hc=a weight=1\npool A 192.0.2.2 id=b hc=b weight=3\n"

static const struct policy_case shares[] = {
    {"T1 without client subnet, resolver or place the weights still split",
     "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=3\n", "", "w A -> .1 1/4, .2 3/4\n"},
    {"T2 all weighted ones unhealthy: by weight, not the first",
     "w A 192.0.2.1 id=a hc=a weight=0\nw A 192.0.2.2 id=b hc=a weight=1\n"
     "w A 192.0.2.3 id=c hc=a weight=3\n",
     "a", "w A -> .2 1/4, .3 3/4\n"},
    {"T3 all of a latency or geolocation group unhealthy: still an answer",
     "l A 192.0.2.1 id=a hc=a region=us-east-1\nl A 192.0.2.2 id=b hc=a region=eu-west-1\n"
     "g A 192.0.2.3 id=a hc=a country=DE\ng A 192.0.2.4 id=b hc=a country=*\n",
     "a", "l A at=5000,0 -> .2 1\ng A country=DE -> .3 1\ng A country=FR -> .4 1\n"},
    {"T4 no location matches and no default: no answer, not the first healthy",
     "g A 192.0.2.1 id=a country=DE\ng A 192.0.2.2 id=b continent=AS\n", "",
     "g A country=FR -> none 1\ng A -> none 1\n"},
    {"T5 a state's record set is for that state, not for the country",
     "g A 192.0.2.1 id=a country=US subdivision=CA\ng A 192.0.2.2 id=b country=*\n", "",
     "g A country=US state=CA -> .1 1\ng A country=US state=TX -> .2 1\ng A country=US -> .2 1\n"},
    {"T7 evaluating the target's health has an effect", OVER(" eth"), "a b", "f A -> .9 1\n"},
    {"T7 and not evaluating it has another", OVER(""), "a b", "f A -> .1 1/4, .2 3/4\n"},
    {"T31 each type sums its own weights",
     "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=1\n"
     "w AAAA 2001:db8::3 id=a weight=2\nw AAAA 2001:db8::4 id=b weight=6\n",
     "", "w A -> .1 1/2, .2 1/2\nw AAAA -> .3 1/4, .4 3/4\n"},
    {"T32 weights hold when the group is reached through aliases",
     "x A alias=ZONE1/y\ny A alias=ZONE1/w\nw A 192.0.2.1 id=a weight=1\n"
     "w A 192.0.2.2 id=b weight=9\n",
     "", "x A -> .1 1/10, .2 9/10\n"},
    {"T33 a check without data is healthy, and inverted unhealthy",
     "check a http\ncheck b http inverted\n"
     "w A 192.0.2.1 id=a hc=a weight=1\nw A 192.0.2.2 id=b hc=b weight=1\n",
     "", "w A -> .1 1\n"},
    {"T37 a weighted group that is all down makes the location above it fail over",
     "g A alias=ZONE1/w id=a eth country=DE\ng A 192.0.2.9 id=b continent=EU\n"
     "w A 192.0.2.1 id=a hc=a weight=1\nw A 192.0.2.2 id=b hc=b weight=1\n",
     "a b", "g A country=DE -> .9 1\n"},
    {"T37 but not while one of it is healthy",
     "g A alias=ZONE1/w id=a eth country=DE\ng A 192.0.2.9 id=b continent=EU\n"
     "w A 192.0.2.1 id=a hc=a weight=1\nw A 192.0.2.2 id=b hc=b weight=1\n",
     "a", "g A country=DE -> .2 1\n"},
    {"T39 neighbouring and nested networks stay what they are",
     "blocks C1 l1=10.0.0.0/9,10.128.0.0/10 l2=10.192.0.0/10 l3=10.0.0.0/8 l4=10.192.0.0/11\n"
     "c A 192.0.2.1 id=a cidr=C1/l1\nc A 192.0.2.2 id=b cidr=C1/l2\n"
     "c A 192.0.2.3 id=c cidr=C1/l3\nc A 192.0.2.4 id=d cidr=C1/l4\n",
     "",
     "c A subnet=10.127.255.0/24 -> .1 1\nc A subnet=10.128.0.0/24 -> .1 1\n"
     "c A subnet=10.191.255.0/24 -> .1 1\nc A subnet=10.192.0.0/24 -> .4 1\n"
     "c A subnet=10.223.255.0/24 -> .4 1\nc A subnet=10.224.0.0/24 -> .2 1\n"
     "c A subnet=10.0.0.0/8 -> .3 1\nc A subnet=10.128.0.0/9 -> .3 1\n"
     "c A subnet=11.0.0.0/24 -> none 1\n"},
    {"T40 a client whose place is not known is not at 0, 0",
     "p A 192.0.2.1 id=a lat=35 lon=139\np A 192.0.2.2 id=b lat=0 lon=0\n", "",
     "p A -> .1 1\np A country=FR -> .1 1\np A at=0,0 -> .2 1\n"},
    {"T42 a threshold of 0 is met by none, and is not taken for absent",
     "check c calculated threshold=0 children=a,b\ncheck d calculated threshold=1 children=a,b\n"
     "w A 192.0.2.1 id=a hc=c weight=1\nw A 192.0.2.2 id=b hc=d weight=1\n",
     "a b", "w A -> .1 1\n"},
    {"T42 what is observed is told of the one it names, in whatever order",
     "saw c down\nsaw a up\nsaw b down\nw A 192.0.2.1 id=x hc=a weight=1\n"
     "w A 192.0.2.2 id=y hc=b weight=1\nw A 192.0.2.3 id=z hc=c weight=1\n",
     "", "w A -> .1 1\n"},
    {"T58 three sites in a row: one at a time",
     "f A 192.0.2.1 id=p hc=a failover=PRIMARY\nf A alias=ZONE1/g id=s eth failover=SECONDARY\n"
     "g A 192.0.2.2 id=p hc=b failover=PRIMARY\ng A 192.0.2.3 id=s hc=c failover=SECONDARY\n",
     "a", "f A -> .2 1\n"},
    {"T58 the third",
     "f A 192.0.2.1 id=p hc=a failover=PRIMARY\n"
     "f A alias=ZONE1/g id=s eth failover=SECONDARY\n"
     "g A 192.0.2.2 id=p hc=b failover=PRIMARY\n"
     "g A 192.0.2.3 id=s hc=c failover=SECONDARY\n",
     "a b", "f A -> .3 1\n"},
    {"T58 a loaded group of three answers one",
     "f A 192.0.2.1 id=a hc=a failover=PRIMARY\nf A 192.0.2.2 id=b failover=SECONDARY\n"
     "f A 192.0.2.3 id=c failover=SECONDARY\n",
     "a", "f A -> .2 1\n"},
};

static const struct policy_case answers[] = {
    {"T3 none of a multivalue group healthy: up to eight all the same",
     "m A 192.0.2.1 id=a hc=a multi=true\nm A 192.0.2.2 id=b hc=a multi=true\n", "a",
     "m A -> NOERROR aa; m 300 A 192.0.2.1, m 300 A 192.0.2.2; AUTH=NS\n"},
    {"T4 and that is no error", "g A 192.0.2.1 id=a country=DE\n", "",
     "g A country=FR -> NOERROR aa; AUTH=SOA/900\n"},
    {"T6 an alias to nothing is a failure, never an address",
     "x A alias=ZONE1/gone\ny A alias=Z35SXDOTRQ7X7K/" LB ".\n"
     "z A alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n",
     "", "x A -> SERVFAIL\ny A -> SERVFAIL\nz A -> SERVFAIL\n"},
    {"T10 a wildcard covers any number of labels", "* A 192.0.2.1\n", "",
     "acme A -> NOERROR aa; acme 300 A 192.0.2.1; AUTH=NS\n"
     "acme.zenith A -> NOERROR aa; acme.zenith 300 A 192.0.2.1; AUTH=NS\n"},
    {"T11 public and private zones of one name are not merged",
     "a A 192.0.2.1\nzone ZP example.com vpc-1\nb A 10.0.0.1\n", "",
     "a A -> NOERROR aa; a 300 A 192.0.2.1; AUTH=NS\nb A -> NXDOMAIN aa; AUTH=SOA/900\n"
     "b A vpc=vpc-1 -> NOERROR aa; b 300 A 10.0.0.1; AUTH=NS\n"
     "a A vpc=vpc-1 -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"T35 an empty non-terminal under a wildcard is no data", "* A 192.0.2.1\na.b A 192.0.2.2\n",
     "", "b A -> NOERROR aa; AUTH=SOA/900\nb MX -> NOERROR aa; AUTH=SOA/900\n"},
    {"T44 one TTL in an RRset: the smallest",
     "m A 192.0.2.1 id=a ttl=300 multi=true\nm A 192.0.2.2 id=b ttl=60 multi=true\n", "",
     "m A -> NOERROR aa; m 60 A 192.0.2.1, m 60 A 192.0.2.2; AUTH=NS\n"},
    {"T44 a TTL of 0 stays 0, and the greatest the greatest",
     "z A 192.0.2.1 ttl=0\ny A 192.0.2.1 ttl=2147483647\n", "",
     "z A -> NOERROR aa; z 0 A 192.0.2.1; AUTH=NS\n"
     "y A -> NOERROR aa; y 2147483647 A 192.0.2.1; AUTH=NS\n"},
    {"T44 address texts that are too long are errors", "w A 192.0.2.1\n", "",
     "w A resolver=192.0.2." LONG " -> R53_E_INVALID\nw A subnet=" LONG "::/48 -> R53_E_INVALID\n"
     "w A subnet=2001:db8::" LONG "/48 -> R53_E_INVALID\n"
     "w A subnet=192.0.2.0/" LONG " -> R53_E_INVALID\n"},
    {"T47 a name whose choice is empty exists: no data, never NXDOMAIN",
     "g A 192.0.2.1 id=a country=DE\nc CNAME a.example.net id=a country=DE\n", "",
     "g A -> NOERROR aa; AUTH=SOA/900\ng AAAA -> NOERROR aa; AUTH=SOA/900\n"
     "c A -> NOERROR aa; AUTH=SOA/900\n"},
    {"T47 a CNAME that was chosen is the answer, and is not followed",
     "c CNAME a.example.com id=a country=DE\nc CNAME b.example.net id=b country=*\n"
     "a AAAA 2001:db8::1\n",
     "",
     "c A country=DE -> NOERROR aa; c 300 CNAME a.example.com.; AUTH=NS; ADD a 300 AAAA "
     "2001:db8::1\n"
     "c A -> NOERROR aa; c 300 CNAME b.example.net.; AUTH=NS\n"},
    {"T47 subnets of any length that exists are taken", "w A 192.0.2.1\n", "",
     "w A subnet=0.0.0.0/0 -> NOERROR aa; w 300 A 192.0.2.1; AUTH=NS\n"
     "w A subnet=203.0.113.7/32 -> NOERROR aa; w 300 A 192.0.2.1; AUTH=NS\n"
     "w A subnet=::/0 -> NOERROR aa; w 300 A 192.0.2.1; AUTH=NS\n"
     "w A subnet=2001:db8::1/128 -> NOERROR aa; w 300 A 192.0.2.1; AUTH=NS\n"
     "w A subnet=203.0.113.7/33 -> R53_E_INVALID\n"},
    {"T51 a deep record set switches the wildcard off for the names above it",
     "* A 192.0.2.1\nx.y.z A 192.0.2.2\n", "",
     "y.z A -> NOERROR aa; AUTH=SOA/900\nz A -> NOERROR aa; AUTH=SOA/900\n"
     "a.y.z A -> NXDOMAIN aa; AUTH=SOA/900\na.z A -> NXDOMAIN aa; AUTH=SOA/900\n"
     "a A -> NOERROR aa; a 300 A 192.0.2.1; AUTH=NS\n"},
};

static const struct policy_case scopes[] = {
    {"T34 what holds for one block is not said of all",
     "blocks C1 l1=203.0.113.0/24\nc A 192.0.2.1 id=a cidr=C1/l1\nc A 192.0.2.2 id=b cidr=C1/*\n",
     "", "c A subnet=203.0.113.0/28 -> 24\nc A subnet=203.0.0.0/16 -> 16\n"},
    {"T38 an outer group does not clear the scope of an inner one",
     "w A alias=ZONE1/g id=a weight=1\ng A 192.0.2.1 id=a country=DE\ng A 192.0.2.2 id=b "
     "country=*\n",
     "", "w A subnet=203.0.113.0/24 -> 24\n"},
    {"T38 nor an inner group that of an outer one",
     "g A alias=ZONE1/w id=a country=*\nw A 192.0.2.1 id=a weight=1\n", "",
     "g A subnet=203.0.113.0/24 -> 24\n"},
    {"T38 of two the narrowest counts",
     "blocks C1 l1=203.0.0.0/16\nc A alias=ZONE1/g id=a cidr=C1/l1\nc A 192.0.2.2 id=b cidr=C1/*\n"
     "g A 192.0.2.1 id=a country=*\n",
     "", "c A subnet=203.0.113.0/24 -> 24\n"},
};

/* Batches that must not be taken, with AWS's words. */
static const struct refusal {
    const char *what, *there, *batch, *messages;
} refusals[] = {
    {"T8 a health check that is not known is refused", "",
     "CREATE w A 192.0.2.1 id=a weight=1 "
     "hc=unknown1\n",
     "[A health check with id unknown1 does not exist.]"},
    {"T35 CNAME beside other data is refused", "CREATE a A 192.0.2.1\n",
     "UPSERT a CNAME b.example.net\n",
     "[RRSet of type CNAME with DNS name a.example.com. is not permitted as it conflicts with "
     "other records with the same DNS name in zone example.com.]"},
    {"T36 weights below 0 are refused", "", "CREATE w A 192.0.2.1 id=a weight=-1\n",
     "[Invalid XML ; cvc-minInclusive-valid: Value '-1' is out of range for Weight in Change with "
     "[Action=CREATE, Name=w.example.com, Type=A, SetIdentifier=a]]"},
    {"T36 weights above 255 are refused", "", "CREATE w A 192.0.2.1 id=a weight=256\n",
     "[Invalid XML ; cvc-maxInclusive-valid: Value '256' is out of range for Weight in Change with "
     "[Action=CREATE, Name=w.example.com, Type=A, SetIdentifier=a]]"},
};

static void check_refusal(void **state)
{
    const struct refusal *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_report *report;
    char *messages;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, c->there, report), R53_OK);
    assert_int_not_equal(batch_apply(cloud, c->batch, report), R53_OK);
    messages = report_messages(report);
    assert_string_equal(messages, c->messages);
    free(messages);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Findings of an import with that rule. */
static unsigned findings_of(const r53_report *report, const char *rule)
{
    r53_finding finding = {.size = sizeof(finding)};
    unsigned n = 0;

    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++)
        n += strcmp(finding.rule, rule) == 0;
    return n;
}

static void loaded_unknown_check(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "");
    world_say(&world, "w A 192.0.2.1 id=a hc=nobody weight=1\n");
    assert_int_equal(findings_of(world.report, "R53-ERR-35"), 1);
    world_look(&world);
    expect_lines(world.view, "w A -> .1 1\n", shares_text);
    world_close(&world);
}

static void split_without_subnet(void **state)
{
    static char told[ANSWER_TEXT_MAX];
    struct world world;
    unsigned seen[3] = {0};
    char query[40];

    (void)state;
    world_open(&world, "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=1\n");
    for (unsigned seed = 0; seed < 100; seed++) {
        snprintf(query, sizeof(query), "w A seed=%u", seed);
        seen[strstr(resolve_text(told, world.view, query), "192.0.2.1") ? 1 : 2]++;
    }
    assert_in_range(seen[1], 25, 75); /* five deviations */
    world_close(&world);
}

/* Lists of places, networks and record sets in three orders. */
static void order_of_lists(void **state)
{
    static const char *const lines[] = {"blocks C1 l1=10.0.0.0/8\n",
                                        "blocks C1 l2=10.1.0.0/16\n",
                                        "blocks C1 l1=10.1.2.0/24\n",
                                        "c A 192.0.2.1 id=b cidr=C1/l1\n",
                                        "c A 192.0.2.2 id=a cidr=C1/l2\n",
                                        "g A 192.0.2.3 id=b country=DE\n",
                                        "g A 192.0.2.4 id=a continent=EU\n",
                                        "place 10.0.0.0/8 FR\n",
                                        "place 10.1.0.0/16 DE\n",
                                        "l A 192.0.2.5 id=b region=eu-west-1\n",
                                        "l A 192.0.2.6 id=a region=us-east-1\n",
                                        "latency 10.1.0.0/16 us-east-1=10 eu-west-1=20\n",
                                        "latency 10.0.0.0/8 eu-west-1=10 us-east-1=20\n"};
    static const size_t steps[] = {1, 5, 12}; /* no factor in common with their number */

    (void)state;
    for (size_t s = 0; s < COUNT(steps); s++) {
        char text[2000] = "";
        struct world world;

        for (size_t i = 0; i < COUNT(lines); i++)
            strcat(text, lines[i * steps[s] % COUNT(lines)]);
        world_open(&world, text);
        expect_lines(world.view,
                     "c A subnet=10.1.2.0/24 -> .1 1\nc A subnet=10.1.3.0/24 -> .2 1\n"
                     "c A subnet=10.2.0.0/24 -> .1 1\ng A subnet=10.1.2.0/24 -> .3 1\n"
                     "g A subnet=10.2.0.0/24 -> .4 1\nl A subnet=10.1.2.0/24 -> .6 1\n"
                     "l A subnet=10.2.0.0/24 -> .5 1\n",
                     shares_text);
        world_close(&world);
    }
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(shares) + COUNT(answers) + COUNT(scopes) + COUNT(refusals) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, shares, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, refusals, check_refusal);
    ADD_TEST(tests, n, "T1 without client subnet both of two are seen", split_without_subnet);
    ADD_TEST(tests, n, "T8 loaded, such a check is a finding, and counts as healthy",
             loaded_unknown_check);
    ADD_TEST(tests, n, "T41 the order of lists changes no look-up", order_of_lists);
    return RUN_TESTS("traps", tests, n);
}
