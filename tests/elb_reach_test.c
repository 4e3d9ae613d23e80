/*
 * Whom a request can reach: the node whose family the client speaks, targets behind security groups
 * that know the forwarding load balancer; and that a state keeps apart however many it is told of.
 */
#include "support/harness.h"

#include <r53/r53.h>

#include "elb/ledger.h"
#include "support/cloud_text.h"
#include "support/rule_text.h"

#include <stdio.h>

enum { SEEDS = 64, NAMES = 1000 };

#define ELB "web-1.us-east-1.elb.amazonaws.com"

/* A client reaches nodes by addresses of its own family alone. */
static const struct family_case {
    const char *what, *source;
    const char *zones; /* whose nodes are reached */
} families[] = {
    {"ELB-MATH-01 a client with IPv6 reaches the node that has it", "2001:db8:9::1", "b"},
    {"ELB-MATH-01 a client with IPv4 reaches the nodes that have it", "203.0.113.9", "ac"},
    {"ELB-MATH-01 one whose family is not known reaches all", NULL, "abc"},
};

static void check_family(void **state)
{
    const struct family_case *c = *state;
    unsigned reached = 0, expected = 0;
    struct world world;

    world_open(&world,
               "lb web network " ELB " a=198.51.100.1 b=2001:db8::1 c=198.51.100.3 dualstack\n"
               "tg web a=healthy b=healthy c=healthy\n");
    for (const char *zone = c->zones; *zone; zone++)
        expected |= 1u << (*zone - 'a');
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        const r53_request request = {.size = sizeof(request),
                                     .load_balancer = ELB,
                                     .source_address = c->source,
                                     .seed = seed};
        r53_selection s = {.size = sizeof(s)};

        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        assert_int_equal(s.outcome, R53_SELECTED_TARGET);
        reached |= 1u << (s.availability_zone[strlen(s.availability_zone) - 1] - 'a');
    }
    assert_int_equal(reached, expected);
    world_close(&world);
}

/* The table of names grows, and each keeps its number. */
static void check_names(void **state)
{
    struct memory memory;
    struct names names = {0};
    char name[32];

    (void)state;
    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    for (unsigned i = 0; i < NAMES; i++) {
        snprintf(name, sizeof(name), "arn:%u", i * 7919);
        assert_int_equal(r53__names_find(&names, name), 0);
        assert_int_equal(r53__names_add(&names, &memory, name), i + 1);
    }
    for (unsigned i = 0; i < NAMES; i++) {
        snprintf(name, sizeof(name), "arn:%u", i * 7919);
        assert_int_equal(r53__names_find(&names, name), i + 1);
        assert_int_equal(r53__names_add(&names, &memory, name), i + 1);
        assert_string_equal(r53__names_text(&names, i + 1), name);
    }
    r53__names_free(&names, &memory);
}

/* As its user meets it: each request ends once, whatever else began and ended meanwhile. */
static void check_cursors(void **state)
{
    enum { GROUPS = 40 };
    char lines[GROUPS * 40] = "";
    struct rule_world world;
    r53_elb_state *elb;

    (void)state;
    for (int i = 1; i <= GROUPS; i++)
        snprintf(lines + strlen(lines), sizeof(lines) - strlen(lines), "%d path=/%d -> g%d\n", i, i,
                 i);
    world = rule_world_make(lines, NULL);
    assert_int_equal(r53_elb_state_new(&elb, NULL), R53_OK);
    for (int round = 0; round < 2; round++) {
        for (int i = 1; i <= GROUPS; i++) {
            r53_selection s = {.size = sizeof(s)};
            struct request_spec request;
            char line[32];

            snprintf(line, sizeof(line), "GET /%d", i);
            request_spec_read(&request, line);
            assert_int_equal(r53_elb_select(world.view, &request.request, elb, &s, NULL), R53_OK);
            assert_int_equal(s.matched_priority, i);
            assert_int_equal(r53_elb_begin(elb, &s), R53_OK);
            assert_int_equal(r53_elb_end(elb, &s), R53_OK);
            assert_int_equal(r53_elb_end(elb, &s), R53_E_INVALID); /* it ends once */
        }
    }
    r53_elb_state_free(elb);
    rule_world_free(&world);
}

#define ALB      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"
#define LISTENER "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/1/2"

/* An Application Load Balancer whose listener is told without actions. */
static void import_bare(r53_import *import, int32_t protocol)
{
    static const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    static const r53_availability_zone *const zones[] = {&zone};
    static const r53_load_balancer lb = {.size = sizeof(lb),
                                         .load_balancer_arn = ALB,
                                         .availability_zones = zones,
                                         .n_availability_zones = 1};
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = protocol,
                                   .listener_arn = LISTENER,
                                   .load_balancer_arn = ALB,
                                   .port = 80};

    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
}

/* describe-rules tells the default action again; it counts where the listener's is not known. */
static void check_default_rule(void **state)
{
    static const r53_listener_action fixed = {
        .size = sizeof(fixed), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "418"};
    static const r53_listener_action *const actions[] = {&fixed};
    static const r53_listener_rule rule = {.size = sizeof(rule),
                                           .rule_arn = LISTENER "/3",
                                           .listener_arn = LISTENER,
                                           .priority = "default",
                                           .actions = actions,
                                           .n_actions = 1};
    const r53_request request = {.size = sizeof(request), .load_balancer = ALB};
    r53_selection s = {.size = sizeof(s)};
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "");
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    import_bare(import, R53_PROTOCOL_HTTP);
    assert_int_equal(r53_import_rule(import, &rule), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    world_look(&world);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, R53_SELECTED_FIXED_RESPONSE);
    assert_int_equal(s.status, 418);
    assert_string_equal(s.rule_arn, LISTENER "/3");
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(families) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, families, check_family);
    ADD_TEST(tests, n, "names keep their numbers while their table grows", check_names);
    ADD_TEST(tests, n, "ELB-ALG-02 a state tells many target groups apart", check_cursors);
    ADD_TEST(tests, n, "ELB-ALB-RULE-10 the default rule's actions, where the listener tells none",
             check_default_rule);
    return RUN_TESTS("reach", tests, n);
}
