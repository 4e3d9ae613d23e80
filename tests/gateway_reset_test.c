/*
 * Flows through a Gateway Load Balancer whose appliance fails or goes: reset at both ends, where the
 * group says so.
 */
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/rulebook.h>

static const struct reset_case {
    const char *what, *group; /* attributes of the group */
    int32_t ip_protocol, established;
    bool goes;     /* the appliance is deregistered; else it turns unhealthy */
    int32_t at_ms; /* of the later packet; the delay is one second */
    int32_t outcome;
    const char *rule;
} cases[] = {
    {"ELB-GWLB-08 an unhealthy appliance's TCP flows are reset", "rst_bad=true", 6, 1, false, 10,
     R53_SELECTED_RESET, "ELB-GWLB-08"},
    {"ELB-GWLB-08 after which they begin anew", "rst_bad=true", 6, 0, false, 10,
     R53_SELECTED_TARGET, "ELB-GWLB-12"},
    {"ELB-GWLB-06 without the attribute they stay", "", 6, 1, false, 10, R53_SELECTED_TARGET,
     "ELB-GWLB-06"},
    {"ELB-GWLB-08 the other attribute is not meant", "rst_gone=true", 6, 1, false, 10,
     R53_SELECTED_TARGET, "ELB-GWLB-06"},
    {"ELB-GWLB-08 flows of other protocols have no resets", "rst_bad=true", 17, 1, false, 10,
     R53_SELECTED_TARGET, "ELB-GWLB-06"},
    {"ELB-GWLB-08 a draining one keeps its flows", "rst_gone=true", 6, 1, true, 999,
     R53_SELECTED_TARGET, "ELB-GWLB-06"},
    {"ELB-GWLB-08 until its delay is over", "rst_gone=true", 6, 1, true, 1000, R53_SELECTED_RESET,
     "ELB-GWLB-08"},
    {"ELB-GWLB-06 without the attribute they stay then too", "", 6, 1, true, 1000,
     R53_SELECTED_TARGET, "ELB-GWLB-06"},
    {"ELB-GWLB-08 ELB-ATTR-25 not with fewer parts", "rst_bad=true sticky=source_ip_dest_ip", 6, 1,
     false, 10, R53_SELECTED_TARGET, "ELB-GWLB-06"},
    {"ELB-GWLB-07 ELB-ATTR-25 nor with rebalancing", "rst_bad=true rebalance", 6, 1, false, 10,
     R53_SELECTED_TARGET, "ELB-GWLB-12"},
};

static r53_selection packet(const r53_view *view, const struct reset_case *c,
                            const r53_elb_state *traffic, int32_t established)
{
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .source_address = "203.0.113.7",
                                 .destination_address = "198.51.100.1",
                                 .source_port = 1000,
                                 .port = 443,
                                 .ip_protocol = c->ip_protocol,
                                 .established = established};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(view, &request, traffic, &s, NULL), R53_OK);
    return s;
}

/* The appliance of the flow fails, or goes. */
static void lose(struct fleet_world *world, const struct reset_case *c, const r53_selection *s)
{
    const r53_target target = {.size = sizeof(target), .id = s->target_id, .port = s->target_port};

    if (c->goes)
        assert_int_equal(r53_target_deregister(world->cloud, "t", &target, 0, NULL), R53_OK);
    else
        assert_int_equal(
            r53_observe_target(world->observed, "t", &target, R53_TARGET_UNHEALTHY, NULL), R53_OK);
    fleet_world_look(world, c->at_ms);
}

static void check_reset(void **state)
{
    const struct reset_case *c = *state;
    char text[100] = "gwlb a | t delay=1 ";
    struct fleet_world world;
    const r53_view *then;
    r53_selection s;
    r53_elb_state *traffic;

    strcat(strcat(text, c->group), " a1-3=ok");
    world = fleet_world_make(text, NULL);
    then = r53_view_retain(world.view);
    assert_int_equal(r53_elb_state_new(&traffic, NULL), R53_OK);
    s = packet(world.view, c, traffic, 0);
    assert_int_equal(s.outcome, R53_SELECTED_TARGET);
    assert_int_equal(r53_elb_begin(traffic, &s), R53_OK);
    lose(&world, c, &s);
    s = packet(world.view, c, traffic, c->established);
    assert_int_equal(s.outcome, c->outcome);
    assert_string_equal(r53_rule_id(s.rule), c->rule);
    r53_elb_state_free(traffic);
    r53_view_release(then);
    fleet_world_free(&world);
}

/* What does not go together */

static const struct misfit_case {
    const char *what, *group;
    r53_attribute attribute;
    bool refused;
} misfits[] = {
    {"ELB-ATTR-25 resets on failure", "", {"send_tcp_reset.on_unhealthy.enabled", "true"}, false},
    {"ELB-ATTR-25 resets on leaving", "", {"send_tcp_reset.on_deregistration.enabled", "true"},
     false},
    {"ELB-ATTR-25 not with rebalancing", "rebalance",
     {"send_tcp_reset.on_unhealthy.enabled", "true"}, true},
    {"ELB-ATTR-25 not with stickiness", "sticky=source_ip_dest_ip",
     {"send_tcp_reset.on_deregistration.enabled", "true"}, true},
};

static void check_misfit(void **state)
{
    const struct misfit_case *c = *state;
    char text[100] = "gwlb a | t proto=8 ";
    struct fleet_world world;
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    strcat(strcat(text, c->group), " a1=ok");
    world = fleet_world_make(text, NULL);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(
        r53_target_group_modify_attributes(world.cloud, "t", &c->attribute, 1, report),
        c->refused ? R53_E_INVALID : R53_OK);
    if (c->refused) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.rule, "ELB-ATTR-25");
    }
    r53_report_free(report);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(misfits)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_reset);
    ADD_CASES(tests, n, misfits, check_misfit);
    return RUN_TESTS("Gateway resets", tests, n);
}
