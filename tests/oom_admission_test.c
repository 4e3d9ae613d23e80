/*
 * Security groups, request slots and requests in progress with every allocation failing in turn:
 * the call says so, nothing has changed, and it works when called again.
 */
#include "support/steps.h"

#include <r53/r53.h>

#include "model/cloud.h"

#define LB "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/web/1"

struct things {
    const r53_allocator *allocator;
    r53_report *report;
    r53_cloud *cloud;
    r53_observed *observed;
    r53_import *import;
    r53_view *view;
    r53_trace *trace;
    r53_selection begun;
};

static const r53_target first = {.size = sizeof(first), .id = "i-1"};
static const r53_request request = {
    .size = sizeof(request), .load_balancer = LB, .source_address = "203.0.113.7"};

/* Steps: each is one call. */

static int32_t import_balancer(struct things *t)
{
    static const char *const groups[] = {"sg-1"};
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *zones[] = {&zone};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .load_balancer_arn = LB,
                                  .availability_zones = zones,
                                  .n_availability_zones = 1,
                                  .security_groups = groups,
                                  .n_security_groups = 1};

    return r53_import_load_balancer(t->import, &lb);
}

static int32_t import_security_group(struct things *t)
{
    static const char *const ranges[] = {"203.0.113.0/24"}, *const groups[] = {"sg-2"};
    const r53_ip_permission permission = {.size = sizeof(permission),
                                          .ip_protocol = "tcp",
                                          .from_port = 80,
                                          .to_port = 80,
                                          .ip_ranges = ranges,
                                          .n_ip_ranges = 1,
                                          .group_ids = groups,
                                          .n_group_ids = 1};
    const r53_ip_permission *permissions[] = {&permission};
    const r53_security_group group = {.size = sizeof(group),
                                      .group_id = "sg-1",
                                      .ip_permissions = permissions,
                                      .n_ip_permissions = 1};

    return r53_import_security_group(t->import, &group);
}

static int32_t import_listener(struct things *t)
{
    const r53_weighted_target_group to = {"t", 1, 0};
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
                                    .target_group_arn = "t",
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .target_control_port = 3000,
                                    .port = 80};

    return r53_import_target_group(t->import, &group);
}

static int32_t import_target(struct things *t)
{
    return r53_import_target(t->import, "t", &first, R53_TARGET_HEALTHY, NULL);
}

static int32_t import_slots(struct things *t)
{
    return r53_import_target_slots(t->import, "t", &first, 0);
}

static int32_t import_instance_state(struct things *t)
{
    return r53_import_instance_state(t->import, "i-1", R53_INSTANCE_STOPPED);
}

static int32_t observe_instance(struct things *t)
{
    return r53_observe_instance(t->observed, "i-1", R53_INSTANCE_RUNNING);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t observe_slots(struct things *t)
{
    return r53_observe_target_slots(t->observed, "t", &first, 2);
}

static int32_t modify_balancer(struct things *t)
{
    const r53_attribute attribute = {"routing.http.xff_client_port.enabled", "true"};

    return r53_load_balancer_modify_attributes(t->cloud, LB, &attribute, 1, NULL);
}

static int32_t look(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 0, NULL);
}

static int32_t select_target(struct things *t)
{
    return r53_elb_select(t->view, &request, NULL, &t->begun, t->trace);
}

/* The trace begins anew and so needs memory anew. */
static int32_t resume(struct things *t)
{
    r53_selection now = {.size = sizeof(now)};
    r53_trace *trace;
    int32_t rc = r53_trace_new(&trace, t->allocator);

    if (rc != R53_OK)
        return rc;
    rc = r53_elb_resume(t->view, &request, &t->begun, &now, trace);
    if (rc == R53_OK)
        assert_string_equal(now.target_id, "i-1");
    r53_trace_free(trace);
    return rc;
}

static const struct step steps[] = {
    STEP(import_balancer, 0),       STEP(import_security_group, 0),
    STEP(import_listener, 0),       STEP(import_group, 0),
    STEP(import_target, 0),         STEP(import_slots, 0),
    STEP(import_instance_state, 0), STEP(import_commit, 0),
    STEP(observe_slots, 0),         STEP(observe_instance, 0),
    STEP(modify_balancer, 0),       STEP(look, 0),
    STEP(select_target, 0),         STEP(resume, 0),
};

/* Objects of the cloud; a slot that an id got stays, empty. */
static void put_state(const struct things *t, struct digest *digest)
{
    size_t n = 0;

    for (int kind = 0; kind < CLOUD_KINDS; kind++) {
        const struct table *table = &t->cloud->tables[kind];

        for (int32_t slot = 0; (size_t)slot < table->count; slot++)
            n += r53__table_at(table, slot) != NULL;
    }
    digest_add(digest, "%u objects", (unsigned)n);
}

static void open_things(struct things *t, const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};

    t->allocator = allocator;
    t->begun.size = sizeof(t->begun);
    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, allocator), R53_OK);
    assert_int_equal(r53_import_new(&t->import, t->cloud, t->observed, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&t->trace, allocator), R53_OK);
}

static void expect_done(struct things *t)
{
    assert_string_equal(t->begun.target_id, "i-1");
}

static void close_things(struct things *t)
{
    r53_trace_free(t->trace);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static struct things things;

static const struct scenario scenario = SCENARIO(20, .finish = expect_done);

int main(void)
{
    return scenario_suite("admission without memory", &scenario,
                          "admission without memory: what follows succeeds",
                          "admission without memory: all that follows fails too");
}
