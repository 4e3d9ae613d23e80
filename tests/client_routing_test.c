/*
 * Names of load balancers and which nodes clients get by them: zonal names, prefixes, and the
 * client routing policy of network ones. Load balancers are written as in support/fleet_text.h;
 * with cross-zone off the target tells the node.
 */
#include "support/harness.h"

#include <r53/import.h>
#include <r53/outcomes.h>
#include <r53/resolve.h>

#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/zone_text.h"
#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

#define PARTIAL "partial_availability_zone_affinity"
#define FULL    "availability_zone_affinity"

enum { TEXT = 512, SEEDS = 4000, RANDOM_FLEETS = 300 };

static void look_again(struct fleet_world *world)
{
    r53_view_release(world->view);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, 0, NULL), R53_OK);
}

/* The load balancer, and lb.example.com, an alias to its name with `prefix` in front. */
static struct fleet_world world_make_with(const r53_cloud_options *options, const char *fleet,
                                          const char *policy, const char *prefix, const char *type)
{
    struct fleet_world world = fleet_world_make(fleet, options);
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    char line[256];
    struct set_text *text;
    r53_import *import;

    snprintf(line, sizeof(line), "lb %s alias=Z35SXDOTRQ7X7K/%s" FLEET_NAME ".", type, prefix);
    text = set_text_parse(line, strlen(line));
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "ZONE1", &text->set), R53_OK);
    if (policy)
        assert_int_equal(r53_import_load_balancer_attribute(
                             import, FLEET_ARN, "dns_record.client_routing_policy", policy),
                         R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    set_text_free(text);
    look_again(&world);
    return world;
}

static struct fleet_world world_make(const char *fleet, const char *policy, const char *prefix,
                                     const char *type)
{
    return world_make_with(NULL, fleet, policy, prefix, type);
}

static r53_query query_of(const char *type, const char *vpc, const char *zone)
{
    return (r53_query){.size = sizeof(r53_query),
                       .name = "lb.example.com",
                       .type = strcmp(type, "A") == 0 ? R53_TYPE_A : R53_TYPE_AAAA,
                       .vpc_id = vpc,
                       .availability_zone = zone};
}

static void shares_put(const r53_view *view, const r53_query *query, char *text)
{
    r53_outcomes *outcomes;
    size_t at = 0;

    text[0] = '\0';
    assert_int_equal(r53_outcomes_new(&outcomes, view, query, NULL, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = {.size = sizeof(o)};
        const char *name;

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        name = o.kind == R53_OUTCOME_SELECTION ? o.selection->target_id : r53_rcode_name(o.rcode);
        at += (size_t)snprintf(text + at, TEXT - at, "%s%s=%s/%s", i ? " " : "", name, o.numerator,
                               o.denominator);
    }
    r53_outcomes_free(outcomes);
}

static const struct routing_case {
    const char *what;
    const char *fleet, *policy, *prefix, *type, *vpc, *zone, *shares;
} cases[] = {
    {"ELB-DNS-44 without a policy there is no preference", "nlb a b c | t a1=ok b1=ok c1=ok", NULL,
     "", "A", "vpc-1", "a", "a1=1/3 b1=1/3 c1=1/3"},
    {"ELB-DNS-44 ELB-DNS-46 ELB-MATH-02 ELB-CASE-17 R53-ELB-12 partial affinity",
     "nlb a b c | t a1=ok b1=ok c1=ok", PARTIAL, "", "A", "vpc-1", "a", "a1=9/10 b1=1/20 c1=1/20"},
    {"ELB-DNS-45 ELB-CASE-17 the own zone unhealthy", "nlb a b c | t a1=bad b1=ok c1=ok", PARTIAL,
     "", "A", "vpc-1", "a", "b1=1/2 c1=1/2"},
    {"ELB-DNS-44 R53-ELB-12 full affinity", "nlb a b c | t a1=ok b1=ok c1=ok", FULL, "", "A",
     "vpc-1", "b", "b1=1/1"},
    {"ELB-DNS-45 full affinity, the own zone shifted", "nlb a! b c | t a1=ok b1=ok c1=ok", FULL, "",
     "A", "vpc-1", "a", "b1=1/2 c1=1/2"},
    {"ELB-DNS-45 full affinity, the own zone impaired", "nlb a? b c | t a1=ok b1=ok c1=ok", FULL,
     "", "A", "vpc-1", "a", "b1=1/2 c1=1/2"},
    {"ELB-DNS-45 ELB-CASE-18 all unhealthy: affinity is kept", "nlb a b c | t a1=bad b1=bad c1=bad",
     FULL, "", "A", "vpc-1", "a", "a1=1/1"},
    {"ELB-DNS-45 not for clients outside the VPC", "nlb a b | t a1=ok b1=ok", FULL, "", "A", NULL,
     "a", "a1=1/2 b1=1/2"},
    {"ELB-DNS-47 a zone that is not enabled is no own zone", "nlb a b | t a1=ok b1=ok", PARTIAL, "",
     "A", "vpc-1", "z", "a1=1/2 b1=1/2"},
    {"ELB-DNS-44 of network ones alone", "alb a b | t xz=off a1=ok b1=ok", FULL, "", "A", "vpc-1",
     "a", "a1=1/2 b1=1/2"},
    {"ELB-DNS-46 with several addresses a zone weighs by them", "nlb a:3 b | t a1=ok b1=ok",
     PARTIAL, "", "A", "vpc-1", "b", "b1=71/80 a1=9/80"},

    {"ELB-DNS-35 R53-ELB-11 ELB-DNS-01 a zonal name answers its node", "nlb a b | t a1=ok b1=ok",
     NULL, "b.", "A", NULL, NULL, "b1=1/1"},
    {"ELB-DNS-03 in any case", "nlb a b | t a1=ok b1=ok", NULL, "B.", "A", NULL, NULL, "b1=1/1"},
    {"ELB-DNS-35 R53-ELB-11 ELB-CASE-19 though it is unhealthy", "nlb a b | t a1=ok b1=bad", NULL,
     "b.", "A", NULL, NULL, "b1=1/1"},
    {"ELB-DNS-35 though it is shifted", "nlb a b! | t a1=ok b1=ok", NULL, "b.", "A", NULL, NULL,
     "b1=1/1"},
    {"ELB-DNS-35 whatever the policy", "nlb a b | t a1=ok b1=ok", FULL, "b.", "A", "vpc-1", "a",
     "b1=1/1"},
    {"ELB-DNS-07 a zone that is not enabled has no name", "nlb a b | t a1=ok b1=ok", NULL, "c.",
     "A", NULL, NULL, "SERVFAIL=1/1"},
    {"ELB-DNS-07 nor has one of an application one", "alb a b | t a1=ok", NULL, "a.", "A", NULL,
     NULL, "SERVFAIL=1/1"},
    {"ELB-DNS-07 nor another word", "alb a b | t a1=ok", NULL, "www.", "A", NULL, NULL,
     "SERVFAIL=1/1"},
    {"ELB-DNS-04 dualstack is the same load balancer", "alb a | t a1=ok", NULL, "dualstack.", "A",
     NULL, NULL, "a1=1/1"},
    {"ELB-DNS-04 ELB-DNS-05 of a Classic one too", "clb a | t a1=ok", NULL, "dualstack.", "A", NULL,
     NULL, "a1=1/1"},
    {"ELB-DNS-05 ipv6 of a Classic one has no IPv4", "clb a | t a1=ok", NULL, "ipv6.", "A", NULL,
     NULL, "NOERROR=1/1"},
    {"ELB-DNS-05 and its own name no IPv6", "clb ip=2 a | t a1=ok", NULL, "", "AAAA", NULL, NULL,
     "NOERROR=1/1"},
    {"ELB-DNS-07 only Classic ones have it", "alb a | t a1=ok", NULL, "ipv6.", "A", NULL, NULL,
     "SERVFAIL=1/1"},
    {"ELB-LB-04 while it is set up no name of it has an address", "nlb state=2 a b | t a1=ok b1=ok",
     NULL, "b.", "A", NULL, NULL, "NOERROR=1/1"},
    {"ELB-LB-04 nor after that failed", "alb state=4 a b | t a1=ok", NULL, "dualstack.", "A", NULL,
     NULL, "NOERROR=1/1"},
    {"ELB-DNS-40 no address of the family is no data", "nlb a b | t a1=ok b1=ok", NULL, "", "AAAA",
     NULL, NULL, "NOERROR=1/1"},
    {"ELB-DNS-43 R53-ELB-01 zones with one address each are alike",
     "alb a b | t xz=off a1=ok b1=ok", NULL, "", "A", NULL, NULL, "a1=1/2 b1=1/2"},
    {"ELB-LB-17 ELB-CASE-20 a node with more addresses gets more",
     "alb a:3 b | t xz=off a1=ok b1=ok", NULL, "", "A", NULL, NULL, "a1=3/4 b1=1/4"},
    {"ELB-MATH-15 R53-ELB-07 a failed zone's share goes to the others",
     "nlb a b c | t a1=bad b1=ok c1=ok", NULL, "", "A", NULL, NULL, "b1=1/2 c1=1/2"},
    {"R53-ELB-08 ELB-NLB-20 one failing group takes a network's zone out",
     "nlb a b | t w=1 a1=ok b1=ok | u w=0 b2=ok", NULL, "", "A", NULL, NULL, "b1=1/1"},
    {"R53-ELB-09 ELB-CONF-11 a shifted zone is not answered", "nlb a! b | t a1=ok b1=ok", NULL, "",
     "A", NULL, NULL, "b1=1/1"},
    {"ELB-FO-04 ELB-CASE-03 a zone below its threshold leaves DNS",
     "alb a b | t xz=off dns%=50 route%=50 a1=ok b1=ok b2-3=bad", NULL, "", "A", NULL, NULL,
     "a1=1/1"},
};

/* The other reading: r53_cloud_options.partial_affinity_others. */
static const struct routing_case others[] = {
    {"ELB-DNS-46 the option: what is left goes to the others alone",
     "nlb a b c | t a1=ok b1=ok c1=ok", PARTIAL, "", "A", "vpc-1", "a",
     "a1=17/20 b1=3/40 c1=3/40"},
    {"ELB-DNS-46 the option: the own zone in the middle, with several addresses",
     "nlb a:2 b:3 c | t a1=ok b1=ok c1=ok", PARTIAL, "", "A", "vpc-1", "b",
     "b1=17/20 a1=1/10 c1=1/20"},
    {"ELB-DNS-46 the option: the own zone alone", "nlb a | t a1=ok", PARTIAL, "", "A", "vpc-1", "a",
     "a1=1/1"},
    {"ELB-DNS-46 ELB-DNS-45 the option: others that have failed are not there",
     "nlb a b c | t a1=ok b1=bad c1=ok", PARTIAL, "", "A", "vpc-1", "a", "a1=17/20 c1=3/20"},
    {"ELB-DNS-45 the option: nor is the own one", "nlb a b c | t a1=bad b1=ok c1=ok", PARTIAL, "",
     "A", "vpc-1", "a", "b1=1/2 c1=1/2"},
    {"ELB-DNS-44 the option says nothing of full affinity", "nlb a b | t a1=ok b1=ok", FULL, "", "A",
     "vpc-1", "a", "a1=1/1"},
};

static void check_shares(void **state)
{
    const struct routing_case *c = *state;
    struct fleet_world world = world_make(c->fleet, c->policy, c->prefix, c->type);
    const r53_query query = query_of(c->type, c->vpc, c->zone);
    char text[TEXT];

    shares_put(world.view, &query, text);
    assert_string_equal(text, c->shares);
    fleet_world_free(&world);
}

/* Exact shares, and what is answered agrees: the first address of each seed has one of them. */
static void check_others(void **state)
{
    const r53_cloud_options options = {.size = sizeof(options),
                                       .partial_affinity_others = R53_OPTION_ON};
    const struct routing_case *c = *state;
    struct fleet_world world = world_make_with(&options, c->fleet, c->policy, c->prefix, c->type);
    r53_query query = query_of(c->type, c->vpc, c->zone);
    r53_record record = {.size = sizeof(record)};
    r53_answer *answer;
    r53_flow *flow;
    char text[TEXT];

    shares_put(world.view, &query, text);
    assert_string_equal(text, c->shares);
    query.telling = R53_ALIAS_AS_ADDRESSES;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    for (query.seed = 0; query.seed < 100; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
        assert_int_equal(r53_flow_run(world.view, &query, NULL, NULL, flow), R53_OK);
        assert_string_equal(r53_flow_address(flow), record.value);
    }
    r53_flow_free(flow);
    r53_answer_free(answer);
    fleet_world_free(&world);
}

/* Answers: a cloud as in support/cloud_text.h, and what is answered. */

#define NAME  "web-1.us-east-1.elb.amazonaws.com"
#define TO(n) "alias=Z35SXDOTRQ7X7K/" n "."
#define TWO   "a=198.51.100.1,2001:db8::1 b=198.51.100.2,2001:db8::2"

static const struct answer_case {
    const char *what, *cloud, *lines;
} answers[] = {
    {"ELB-DNS-06 ELB-DNS-04 ELB-CASE-02 T62 own and dualstack name have the same IPv6 addresses",
     "x AAAA " TO(NAME) "\ny AAAA " TO("dualstack." NAME) "\nlb web application " NAME " " TWO
                                                          " dualstack\n",
     "x AAAA -> NOERROR aa; x 60 AAAA 2001:db8::1, x 60 AAAA 2001:db8::2; AUTH=NS\n"
     "y AAAA -> NOERROR aa; y 60 AAAA 2001:db8::1, y 60 AAAA 2001:db8::2; AUTH=NS\n"},
    {"ELB-DNS-03 ELB-DNS-08 ELB-CASE-01 in any case, for a minute",
     "x A " TO("WEB-1.us-east-1.ELB.amazonaws.com") "\nlb web application " NAME " " TWO "\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n"
     "x AAAA -> NOERROR aa; AUTH=SOA/900\n"},
    {"ELB-LB-06 ELB-CASE-22 an internal one is answered to the internet",
     "x A " TO("internal-x-1.eu-west-1.elb.amazonaws.com") "\nlb x classic "
                                                           "internal-x-1.eu-west-1.elb.amazonaws."
                                                           "com a=10.0.0.1 internal\n",
     "x A -> NOERROR aa; x 60 A 10.0.0.1; AUTH=NS\n"},
    {"ELB-IP-07 ELB-CONF-09 an internal one may be dualstack",
     "x AAAA " TO(NAME) "\nlb web application " NAME " a=10.0.0.1,fd00::1 dualstack internal\n",
     "x AAAA -> NOERROR aa; x 60 AAAA fd00::1; AUTH=NS\n"},
    {"ELB-LB-15 a network one's node answers its addresses",
     "x A " TO(
         "n-1.elb.us-east-1.amazonaws.com") "\nlb n network n-1.elb.us-east-1.amazonaws.com " TWO
                                            "\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1, x 60 A 198.51.100.2; AUTH=NS\n"},
    {"ELB-DNS-02 ELB-CONF-01 a name of any form",
     "x A " TO(
         "web-1.elb.us-east-1.amazonaws.com") "\nlb web application "
                                              "web-1.elb.us-east-1.amazonaws.com a=198.51.100.1\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
    {"ELB-R53-11 ELB-R53-12 ELB-CASE-116 an alias answers node addresses under its own name",
     "@ A " TO(
         "elb-123456.us-east-1.elb.amazonaws.com") "\nlb elb application "
                                                   "elb-123456.us-east-1.elb.amazonaws.com " TWO
                                                   "\ntg elb a=healthy b=healthy\n",
     "@ A -> NOERROR aa; @ 60 A 198.51.100.1, @ 60 A 198.51.100.2; AUTH=NS\n"},
    {"ELB-R53-13 in a private zone the same",
     "zone ZP example.com vpc-1\nx A " TO(NAME) "\nlb web application " NAME " a=198.51.100.1\n",
     "x A vpc=vpc-1 -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
    {"ELB-R53-09 R53-ELB-13 an unhealthy one is answered when there is no other",
     "x A " TO(NAME) " eth\nlb web application " NAME " a=198.51.100.1\ntg web a=unhealthy\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
    {"ELB-R53-01 ELB-CASE-115 without evaluation it is healthy",
     "x A " TO(NAME) " id=p failover=PRIMARY\nx A 192.0.2.9 id=s failover=SECONDARY\n"
                     "lb web application " NAME " a=198.51.100.1\ntg web a=unhealthy\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
    {"ELB-R53-09 ELB-CASE-114 two unhealthy ones: the primary is answered",
     "x A " TO(
         NAME) " id=p eth failover=PRIMARY\n"
               "x A " TO(
                   "two-2.us-east-1.elb.amazonaws.com") " id=s eth failover=SECONDARY\n"
                                                        "lb web application " NAME
                                                        " a=198.51.100.1\ntg web a=unhealthy\n"
                                                        "lb two application "
                                                        "two-2.us-east-1.elb.amazonaws.com "
                                                        "a=198.51.100.9\ntg two a=unhealthy\n",
     "x A -> NOERROR aa; x 60 A 198.51.100.1; AUTH=NS\n"},
};

static void check_answers_of(void **state)
{
    const struct answer_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, resolve_text);
    world_close(&world);
}

/* Eight of twelve, each as likely to be the first. */
static void check_eight(void **state)
{
    struct fleet_world world = world_make("alb a:12 | t a1=ok", NULL, "", "A");
    r53_query query = query_of("A", NULL, NULL);
    r53_record record = {.size = sizeof(record)};
    int first[13] = {0};
    r53_answer *answer;

    (void)state;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    for (query.seed = 0; query.seed < SEEDS; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 8);
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
        first[atoi(strrchr(record.value, '.') + 1)]++;
    }
    for (int i = 1; i <= 12; i++)
        assert_in_range(first[i], SEEDS / 12 - 80, SEEDS / 12 + 80);
    r53_answer_free(answer);
    fleet_world_free(&world);
}

/* The writer of answers, the flow and the enumeration decide alike. */
static void check_agreement(void **state)
{
    struct fleet_world world = world_make("nlb a b c | t a1=ok b1=ok c1=ok", PARTIAL, "", "A");
    r53_query query = query_of("A", "vpc-1", "a");
    r53_record record = {.size = sizeof(record)};
    r53_answer *answer;
    r53_flow *flow;
    int own = 0, alone = 0;

    (void)state;
    query.telling = R53_ALIAS_AS_ADDRESSES;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    for (query.seed = 0; query.seed < SEEDS; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
        own += strcmp(record.value, "192.0.0.1") == 0;
        alone += r53_answer_count(answer, R53_SECTION_ANSWER) == 1;
        if (query.seed % 16 == 0) {
            assert_int_equal(r53_flow_run(world.view, &query, NULL, NULL, flow), R53_OK);
            assert_string_equal(r53_flow_address(flow), record.value);
        }
    }
    assert_in_range(own, SEEDS * 87 / 100, SEEDS * 93 / 100);
    assert_in_range(alone, SEEDS * 82 / 100, SEEDS * 88 / 100);
    r53_flow_free(flow);
    r53_answer_free(answer);
    fleet_world_free(&world);
}

/* A zone by the id that is the same in all accounts. */
static void check_zone_id(void **state)
{
    const char *const one[] = {"192.0.2.1"}, *const two[] = {"192.0.2.2"};
    r53_availability_zone a = {.size = sizeof(a),
                               .zone_name = "us-east-1a",
                               .zone_id = "use1-az6",
                               .addresses = one,
                               .n_addresses = 1};
    r53_availability_zone b = {.size = sizeof(b),
                               .zone_name = "us-east-1b",
                               .zone_id = "use1-az2",
                               .addresses = two,
                               .n_addresses = 1};
    const r53_availability_zone *zones[] = {&a, &b};
    struct fleet_world world = world_make("nlb | t a1=ok", NULL, "", "A");
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = R53_LB_NETWORK,
                            .load_balancer_arn = FLEET_ARN,
                            .dns_name = FLEET_NAME,
                            .availability_zones = zones,
                            .n_availability_zones = 2,
                            .client_routing_policy = R53_ROUTING_ZONE_AFFINITY};
    r53_query query = query_of("A", "vpc-1", NULL);
    r53_record record = {.size = sizeof(record)};
    r53_answer *answer;
    r53_import *import;

    (void)state;
    query.availability_zone_id = "use1-az2";
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    look_again(&world);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 1);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
    assert_string_equal(record.value, "192.0.2.2");
    assert_int_equal(record.ttl, 60);
    r53_answer_free(answer);
    fleet_world_free(&world);
}

/* Why an address is not in the answer */

static const struct told_case {
    const char *what, *world, *told; /* the ends of the entries that cite ELB-DNS rules */
} told_cases[] = {
    {"ELB-DNS-20 nothing is left out", "nlb a b | t a1=ok b1=ok", ""},
    {"ELB-DNS-20 ELB-DNS-27 a zone that is left out is told of", "nlb a b | t a1=bad b1=ok",
     "left out of the DNS answer;"},
    {"ELB-DNS-21 so is that all are answered", "nlb a b | t a1=bad b1=bad",
     "would be left out, so all are answered;"},
};

static void check_told(void **state)
{
    const struct told_case *c = *state;
    static const char *const ends[] = {"left out of the DNS answer",
                                       "would be left out, so all are answered"};
    struct fleet_world world = world_make(c->world, NULL, "", "A");
    r53_query query = query_of("A", NULL, NULL);
    r53_answer *answer;
    r53_trace *trace;
    char line[TEXT], told[TEXT] = "";

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_resolve(world.view, &query, answer, trace), R53_OK);
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        for (size_t e = 0; e < COUNT(ends); e++) {
            if (strstr(line, ends[e]))
                strcat(strcat(told, ends[e]), ";");
        }
    }
    assert_string_equal(told, c->told);
    r53_trace_free(trace);
    r53_answer_free(answer);
    fleet_world_free(&world);
}

/* Which zones are in DNS, against the three lines of the rule, on random fleets */

static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

struct random_fleet {
    char text[TEXT];
    bool shifted[4], impaired[4];
    unsigned registered[4], healthy[4];
    unsigned n_zones;
};

/* A Network Load Balancer of one group without cross-zone: a zone is healthy with a healthy one. */
static void random_fleet_make(struct random_fleet *f, uint32_t *seed)
{
    int shift = (int)(random_next(seed) % 8);
    size_t at = (size_t)snprintf(f->text, TEXT, "nlb");

    f->n_zones = 1 + random_next(seed) % 4;
    for (unsigned i = 0; i < f->n_zones; i++) {
        f->shifted[i] = shift == (int)i;
        f->impaired[i] = random_next(seed) % 6 == 0;
        at += (size_t)snprintf(f->text + at, TEXT - at, " %c%s%s", 'a' + i,
                               f->shifted[i] ? "!" : "", f->impaired[i] ? "?" : "");
    }
    at += (size_t)snprintf(f->text + at, TEXT - at, " | t");
    for (unsigned i = 0; i < f->n_zones; i++) {
        f->registered[i] = random_next(seed) % 4;
        f->healthy[i] = 0;
        for (unsigned j = 1; j <= f->registered[i]; j++) {
            bool ok = random_next(seed) % 2;

            f->healthy[i] += ok;
            at += (size_t)snprintf(f->text + at, TEXT - at, " %c%u=%s", 'a' + i, j,
                                   ok ? "ok" : "bad");
        }
    }
}

static void check_random_fleets(void **state)
{
    uint32_t seed = 88172645u;

    (void)state;
    for (int round = 0; round < RANDOM_FLEETS; round++) {
        struct random_fleet f;
        struct fleet_world world;
        unsigned left = 0;

        random_fleet_make(&f, &seed);
        world = fleet_world_make(f.text, NULL);
        for (unsigned i = 0; i < f.n_zones; i++) {
            left += !f.shifted[i] && !f.impaired[i] && f.healthy[i] > 0;
        }
        for (unsigned i = 0; i < f.n_zones; i++) {
            bool good = !f.shifted[i] && !f.impaired[i] && f.healthy[i] > 0;

            assert_int_equal(world.view->fleets[0].nodes[i].in_dns, left == 0 || good);
        }
        assert_int_equal(world.view->fleets[0].dns_fail_open, left == 0);
        fleet_world_free(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(others) + COUNT(answers) +
                            COUNT(told_cases) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, others, check_others);
    ADD_CASES(tests, n, answers, check_answers_of);
    ADD_CASES(tests, n, told_cases, check_told);
    ADD_TEST(tests, n, "ELB-DNS-41 ELB-DNS-42 ELB-CASE-21 eight of twelve addresses", check_eight);
    ADD_TEST(tests, n, "ELB-DNS-42 ELB-DNS-44 R53-ELB-12 answer, flow and shares agree",
             check_agreement);
    ADD_TEST(tests, n, "ELB-DNS-08 ELB-DNS-44 the own zone by its id", check_zone_id);
    ADD_TEST(tests, n, "ELB-DNS-20 ELB-DNS-21 zones in DNS of random fleets", check_random_fleets);
    return RUN_TESTS("client_routing", tests, n);
}
