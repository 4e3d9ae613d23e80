/*
 * Attributes, registrations and checks of targets with every allocation failing in turn: the call
 * says so, nothing has changed, and it works when called again.
 */
#include "support/steps.h"

#include <r53/import.h>
#include <r53/view.h>

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/observed.h"
#include "model/target_group.h"
#include "view/view.h"

#define GROUP "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1"
#define LB    "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/web/1"

struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_view *view;
};

static const r53_target first = {.size = sizeof(first), .id = "i-1"};
static const r53_target second = {.size = sizeof(second), .id = "i-2"};
static const r53_target third = {.size = sizeof(third), .id = "i-3"};
static const r53_target fourth = {.size = sizeof(fourth), .id = "i-4"};
static const r53_target *const others[] = {&third, &fourth};

/* Steps: each is one call. */

static int32_t import_balancer(struct things *t)
{
    const char *const addresses[] = {"192.0.2.1"};
    const r53_availability_zone zone = {.size = sizeof(zone),
                                        .zone_name = "us-east-1a",
                                        .zone_id = "use1-az1",
                                        .addresses = addresses,
                                        .n_addresses = 1};
    const r53_availability_zone *zones[] = {&zone};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .load_balancer_arn = LB,
                                  .dns_name = "web-1.us-east-1.elb.amazonaws.com",
                                  .availability_zones = zones,
                                  .n_availability_zones = 1};

    return r53_import_load_balancer(t->import, &lb);
}

static int32_t import_listener(struct things *t)
{
    const r53_weighted_target_group to = {GROUP, 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1,
                                        .target_groups = &to};
    const r53_listener_action *actions[] = {&action};
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .listener_arn = "listener",
                                   .load_balancer_arn = LB,
                                   .port = 80,
                                   .default_actions = actions,
                                   .n_default_actions = 1};

    return r53_import_listener(t->import, &listener);
}

static int32_t import_group(struct things *t)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .target_group_arn = GROUP,
                                    .target_group_name = "t",
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .app_cookie_name = "SID",
                                    .matcher = "200,204",
                                    .port = 80};

    return r53_import_target_group(t->import, &group);
}

static int32_t import_group_attribute(struct things *t)
{
    return r53_import_target_group_attribute(t->import, GROUP, "slow_start.duration_seconds", "60");
}

static int32_t import_second_attribute(struct things *t)
{
    return r53_import_target_group_attribute(t->import, GROUP, "stickiness.app_cookie.cookie_name",
                                             "OTHER");
}

static int32_t import_balancer_attribute(struct things *t)
{
    return r53_import_load_balancer_attribute(t->import, LB, "waf.fail_open.enabled", "true");
}

static int32_t import_shift(struct things *t)
{
    return r53_import_zonal_shift(t->import, LB, "us-east-1a", 1);
}

static int32_t import_impaired(struct things *t)
{
    return r53_import_zone_impaired(t->import, LB, "us-east-1b", 1);
}

static int32_t import_mitigation(struct things *t)
{
    return r53_import_mitigation(t->import, GROUP, &first, 500);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t modify_group(struct things *t)
{
    const r53_attribute attributes[] = {{"stickiness.app_cookie.cookie_name", "MINE"},
                                        {"deregistration_delay.timeout_seconds", "7"}};

    return r53_target_group_modify_attributes(t->cloud, GROUP, attributes, 2, t->report);
}

static int32_t modify_balancer(struct things *t)
{
    const r53_attribute attribute = {"idle_timeout.timeout_seconds", "7"};

    return r53_load_balancer_modify_attributes(t->cloud, LB, &attribute, 1, t->report);
}

static int32_t register_first(struct things *t)
{
    return r53_target_register(t->cloud, GROUP, &first, 0, t->report);
}

static int32_t register_second(struct things *t)
{
    return r53_target_register(t->cloud, GROUP, &second, 0, t->report);
}

static int32_t probe_first(struct things *t)
{
    const r53_target_probe probe = {.size = sizeof(probe),
                                    .passed = 1,
                                    .target_group_arn = GROUP,
                                    .target = &first,
                                    .now_ms = 1000};

    return r53_observe_probe(t->observed, t->cloud, &probe, t->report);
}

static int32_t probe_second(struct things *t)
{
    const r53_target_probe probe = {.size = sizeof(probe),
                                    .target_group_arn = GROUP,
                                    .target = &second,
                                    .reason = "Target.Timeout",
                                    .now_ms = 1000};

    return r53_observe_probe(t->observed, t->cloud, &probe, t->report);
}

/* Takes no report, so it says itself that memory was short. */
static int32_t retold(struct things *t, int32_t rc)
{
    const r53_finding finding = {
        .size = sizeof(finding), .severity = R53_SEVERITY_ERROR, .code = R53_E_NOMEM};

    if (rc == R53_E_NOMEM && r53_report_add(t->report, &finding) != R53_OK)
        return R53_E_NOMEM;
    return rc;
}

static int32_t observe_whole(struct things *t)
{
    return retold(t, r53_observe_target(t->observed, GROUP, &second, R53_TARGET_HEALTHY, NULL));
}

static int32_t forget_whole(struct things *t)
{
    return retold(t, r53_forget_target(t->observed, GROUP, &second));
}

static int32_t deregister(struct things *t)
{
    return r53_target_deregister(t->cloud, GROUP, &first, 2000, t->report);
}

static int32_t register_others(struct things *t)
{
    return r53_targets_register(t->cloud, GROUP, others, COUNT(others), 0, t->report);
}

static int32_t deregister_others(struct things *t)
{
    return r53_targets_deregister(t->cloud, GROUP, others, COUNT(others), 2000, t->report);
}

static int32_t look(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 3000, t->report);
}

static const struct step steps[] = {
    STEP(import_balancer, STEP_REPORTS),
    STEP(import_listener, STEP_REPORTS),
    STEP(import_group, STEP_REPORTS),
    STEP(import_group_attribute, STEP_REPORTS),
    STEP(import_second_attribute, STEP_REPORTS),
    STEP(import_balancer_attribute, STEP_REPORTS),
    STEP(import_shift, STEP_REPORTS),
    STEP(import_impaired, STEP_REPORTS),
    STEP(import_mitigation, STEP_REPORTS),
    STEP(import_commit, STEP_REPORTS | STEP_REMARKS),
    STEP(modify_group, STEP_REPORTS),
    STEP(modify_balancer, STEP_REPORTS),
    STEP(register_first, STEP_REPORTS),
    STEP(register_second, STEP_REPORTS),
    STEP(probe_first, STEP_REPORTS),
    STEP(probe_second, STEP_REPORTS),
    STEP(observe_whole, 0),
    STEP(forget_whole, 0),
    STEP(deregister, STEP_REPORTS),
    STEP(register_others, STEP_REPORTS),
    STEP(deregister_others, STEP_REPORTS),
    STEP(look, STEP_REPORTS),
};

/* What can be seen of it all. */
static void put_state(const struct things *t, struct digest *digest)
{
    const struct target_group *group =
        r53__table_find(&t->cloud->tables[CLOUD_TARGET_GROUPS], r53__span(GROUP));
    const struct load_balancer *lb =
        r53__table_find(&t->cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(LB));
    const struct target_list *list =
        r53__table_find(&t->cloud->tables[CLOUD_TARGETS], r53__span(GROUP));

    digest_add(digest, "%s %d %d;", group ? group->app_cookie_name : "-",
               group ? (int)group->deregistration_delay_seconds : 0,
               lb ? (int)lb->idle_timeout_seconds : 0);
    for (uint32_t i = 0; list && i < list->n_targets; i++)
        digest_add(digest, " %s%s", list->targets[i].id, list->targets[i].draining ? "!" : "");
    for (int kind = 0; kind < OBSERVED_KINDS; kind++) {
        const struct table *table = &t->observed->tables[kind];

        for (int32_t slot = 0; (size_t)slot < table->count; slot++)
            if (r53__table_at(table, slot)) /* a slot that an id got stays, empty */
                digest_add(digest, " %d.%d", kind, (int)slot);
    }
}

static void open_things(struct things *t, const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};

    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, allocator), R53_OK);
    assert_int_equal(r53_report_new(&t->report, allocator), R53_OK);
    assert_int_equal(r53_import_new(&t->import, t->cloud, t->observed, t->report), R53_OK);
}

static void close_things(struct things *t)
{
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static void expect_done(struct things *t)
{
    const struct pool *pool = &t->view->fleets[0].pools[0];

    assert_string_equal(pool->group->app_cookie_name, "MINE");
    assert_int_equal(pool->group->slow_start_seconds, 60);
    assert_int_equal(pool->n_targets, 4);
    assert_int_equal(pool->targets[0].state, R53_TARGET_DRAINING);
    assert_int_equal(pool->targets[1].state, R53_TARGET_INITIAL);
    assert_int_equal(pool->targets[2].state, R53_TARGET_DRAINING);
    assert_int_equal(pool->targets[3].state, R53_TARGET_DRAINING);
    assert_int_equal(t->view->fleets[0].lb->idle_timeout_seconds, 7);
    assert_true(t->view->fleets[0].lb->waf_fail_open);
}

static struct things things;

static const struct scenario scenario = SCENARIO(50, .finish = expect_done);

int main(void)
{
    return scenario_suite("oom_targets", &scenario, "the k-th allocation fails",
                          "from the k-th on every allocation fails");
}
