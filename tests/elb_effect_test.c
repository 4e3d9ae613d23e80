/*
 * What comes of changes of load balancers: in the cloud, in views made before and after, and beside
 * what is imported. Refusals are in elb_change_test.c.
 */
#include "support/elb_calls.h"
#include "support/harness.h"

#include "model/cloud.h"
#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/target_group.h"
#include "view/view.h"

#include <stdio.h>

#define ZONES "zones=us-east-1a,us-east-1b"
#define ALB   "create lb a1 " ZONES "\n"
#define T1    "create tg t1 HTTP:80\n"
#define T2    "create tg t2 HTTP:80\n"

static r53_cloud *cloud_of(const char *lines)
{
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, lines, NULL), R53_OK);
    return cloud;
}

/* The target that a request to the port of a1 comes to, or "-". */
static void expect_target(const r53_view *view, const char *url, int32_t port, const char *id)
{
    r53_selection s = {.size = sizeof(s)};
    char arn[ELB_ARN];
    r53_request request = {.size = sizeof(request), .port = port, .url = url};
    int32_t rc;

    request.load_balancer = elb_balancer_arn(arn, "a1");
    rc = r53_elb_select(view, &request, NULL, &s, NULL);
    assert_string_equal(rc == R53_OK && s.outcome == R53_SELECTED_TARGET ? s.target_id : "-", id);
}

static r53_view *look(const r53_cloud *cloud)
{
    r53_view *view;

    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    return view;
}

static void check_traffic(void **unused)
{
    r53_cloud *cloud = cloud_of(ALB T1 T2 "create listener a1:80 HTTP -> t1\n"
                                          "create rule a1:80 5 -> t2\nregister t1 i-1\n"
                                          "register t2 i-2");
    r53_view *first = look(cloud), *second, *third;

    (void)unused;
    expect_target(first, "/", 80, "i-1");
    expect_target(first, "/5", 80, "i-2");
    assert_int_equal(elb_calls(cloud, "modify listener a1:80 port=81 -> t2", NULL), R53_OK);
    second = look(cloud);
    expect_target(second, "/", 81, "i-2");
    expect_target(second, "/", 80, "-");
    assert_int_equal(elb_calls(cloud, "delete lb a1", NULL), R53_OK);
    third = look(cloud);
    expect_target(third, "/", 81, "-");
    expect_target(first, "/", 80, "i-1"); /* views made before stay as they are */
    expect_target(second, "/5", 81, "i-2");
    r53_view_release(first);
    r53_view_release(second);
    r53_view_release(third);
    r53_cloud_free(cloud);
}

static const void *object(const r53_cloud *cloud, enum cloud_kind kind, const char *arn)
{
    return r53__table_find(&cloud->tables[kind], r53__span(arn));
}

static void check_shared(void **unused)
{
    r53_cloud *cloud =
        cloud_of(ALB "create lb a2 " ZONES "\n" T1 T2 "create listener a1:80 HTTP -> t1\n"
                     "create listener a2:80 HTTP -> t2\nregister t2 i-2");
    char a2[ELB_ARN], l2[ELB_ARN], t2[ELB_ARN];
    const void *balancer = object(cloud, CLOUD_LOAD_BALANCERS, elb_balancer_arn(a2, "a2"));
    const void *listener = object(cloud, CLOUD_LISTENERS, elb_listener_arn(l2, "a2:80"));
    const void *group = object(cloud, CLOUD_TARGET_GROUPS, elb_group_arn(t2, "t2"));
    const void *targets = object(cloud, CLOUD_TARGETS, t2);
    r53_view *before = look(cloud), *after;

    (void)unused;
    assert_int_equal(elb_calls(cloud,
                               "zones a1 us-east-1b,us-east-1c\nmodify listener a1:80 port=81\n"
                               "create rule a1:80 5 -> t1\ndelete listener a1:80",
                               NULL),
                     R53_OK);
    after = look(cloud);
    assert_ptr_equal(object(cloud, CLOUD_LOAD_BALANCERS, a2), balancer);
    assert_ptr_equal(object(cloud, CLOUD_LISTENERS, l2), listener);
    assert_ptr_equal(object(cloud, CLOUD_TARGET_GROUPS, t2), group);
    assert_ptr_equal(object(cloud, CLOUD_TARGETS, t2), targets);
    assert_int_equal(before->n_fleets, 2);
    assert_int_equal(after->n_fleets, 2);
    assert_ptr_equal(before->fleets[1].lb, balancer);
    assert_ptr_equal(after->fleets[1].lb, balancer);
    assert_ptr_not_equal(before->fleets[0].lb, after->fleets[0].lb);
    r53_view_release(before);
    r53_view_release(after);
    r53_cloud_free(cloud);
}

/* ELB-LB-15 */
static void check_zones_keep(void **unused)
{
    r53_cloud *cloud =
        cloud_of("create lb n1 zones=us-east-1a=198.51.100.1,us-east-1b=198.51.100.2\n"
                 "zones n1 us-east-1b=,us-east-1c=198.51.100.3");
    const struct load_balancer *lb;
    struct address kept;
    char arn[ELB_ARN];

    (void)unused;
    lb = object(cloud, CLOUD_LOAD_BALANCERS, elb_balancer_arn(arn, "n1"));
    assert_int_equal(lb->n_nodes, 2);
    assert_string_equal(lb->nodes[0].zone_name, "us-east-1b");
    assert_int_equal(lb->nodes[0].n_addresses, 1);
    assert_true(r53__address_parse(r53__span("198.51.100.2"), &kept));
    assert_memory_equal(&lb->nodes[0].addresses[0], &kept, sizeof(kept));
    assert_string_equal(lb->nodes[1].zone_name, "us-east-1c");
    r53_cloud_free(cloud);
}

/* What the call does not give stays; what belongs to TLS goes with it. */
static void check_modified(void **unused)
{
    r53_cloud *cloud =
        cloud_of(ALB T1 T2 "create listener a1:443 HTTPS certs=1 extra=2 mtls=2 -> t1:3,t2:4\n"
                           "modify listener a1:443 port=444");
    const struct listener *listener;
    char arn[ELB_ARN], t2[ELB_ARN];

    (void)unused;
    listener = object(cloud, CLOUD_LISTENERS, elb_listener_arn(arn, "a1:443"));
    assert_int_equal(listener->port, 444);
    assert_int_equal(listener->protocol, R53_PROTOCOL_HTTPS);
    assert_int_equal(listener->mutual, R53_MTLS_PASSTHROUGH);
    assert_int_equal(listener->n_certificates, 3);
    assert_string_equal(listener->certificates[2].arn, "cert-2");
    assert_int_equal(listener->n_actions, 1);
    assert_int_equal(listener->actions[0].n_groups, 2);
    assert_string_equal(listener->actions[0].groups[1].target_group_arn, elb_group_arn(t2, "t2"));
    assert_int_equal(listener->actions[0].groups[1].weight, 4);
    assert_int_equal(elb_calls(cloud, "modify listener a1:443 protocol=HTTP", NULL), R53_OK);
    listener = object(cloud, CLOUD_LISTENERS, arn);
    assert_int_equal(listener->n_certificates, 0);
    assert_int_equal(listener->mutual, R53_MTLS_OFF);
    r53_cloud_free(cloud);
}

/* A default rule that an import told goes with the listener, and holds no group of its own. */
static void check_default_rule(void **unused)
{
    r53_cloud *cloud = cloud_of(ALB T1 T2 "create listener a1:80 HTTP -> t1");
    char rule_arn[ELB_ARN], listener_arn[ELB_ARN], t1[ELB_ARN], t2[ELB_ARN];
    r53_weighted_target_group group = {elb_group_arn(t1, "t1"), 1, 0};
    const r53_listener_action forward = {.size = sizeof(forward),
                                         .type = R53_ACTION_FORWARD,
                                         .target_groups = &group,
                                         .n_target_groups = 1};
    const r53_listener_action *actions = &forward;
    r53_listener_rule rule = {
        .size = sizeof(rule), .priority = "default", .actions = &actions, .n_actions = 1};
    const struct rule *after;
    r53_import *import;

    (void)unused;
    rule.rule_arn = elb_rule_arn(rule_arn, "a1:80", "default");
    rule.listener_arn = elb_listener_arn(listener_arn, "a1:80");
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_rule(import, &rule), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "modify listener a1:80 -> t2\ndelete tg t1", NULL), R53_OK);
    after = object(cloud, CLOUD_RULES, rule_arn);
    assert_non_null(after);
    assert_int_equal(after->priority, PRIORITY_DEFAULT);
    assert_string_equal(after->actions[0].groups[0].target_group_arn, elb_group_arn(t2, "t2"));
    assert_int_equal(elb_calls(cloud, "delete listener a1:80", NULL), R53_OK);
    assert_null(object(cloud, CLOUD_RULES, rule_arn));
    r53_cloud_free(cloud);
}

/* Numbers of targets are never given again, so what was remembered of one is nobody else's. */
static void check_ordinals(void **unused)
{
    r53_cloud *cloud = cloud_of(T1 "register t1 i-1\nregister t1 i-2\ndelete tg t1\n" T1);
    const struct target_list *list;
    char arn[ELB_ARN];

    (void)unused;
    list = object(cloud, CLOUD_TARGETS, elb_group_arn(arn, "t1"));
    assert_int_equal(list ? list->n_targets : 0, 0);
    assert_int_equal(elb_calls(cloud, "register t1 i-3", NULL), R53_OK);
    list = object(cloud, CLOUD_TARGETS, arn);
    assert_int_equal(list->n_targets, 1);
    assert_int_equal(list->targets[0].ordinal, 2);
    assert_true(list->targets[0].founding);
    r53_cloud_free(cloud);
}

/* An import may say targets of a group that is not known; the one made later is not that one. */
static void check_new_group_is_empty(void **unused)
{
    const r53_target target = {.size = sizeof(target), .id = "i-1"};
    r53_elb_listing *listing;
    char arn[ELB_ARN];
    r53_import *import;
    r53_cloud *cloud;

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_target(import, elb_group_arn(arn, "t1"), &target, 0, NULL), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "create tg t1 HTTP:80\n", NULL), R53_OK);
    assert_int_equal(r53_targets_list(&listing, cloud, arn, NULL), R53_OK);
    assert_null(r53_elb_listing_next_target(listing));
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

/* Addresses told apart are those of the load balancer that is gone. */
static void check_addresses_go(void **unused)
{
    static const char *const told[] = {"203.0.113.9"};
    r53_cloud *cloud = cloud_of(ALB);
    char arn[ELB_ARN];
    r53_import *import;

    (void)unused;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(
        r53_import_node_addresses(import, elb_balancer_arn(arn, "a1"), "us-east-1a", told, 1),
        R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_non_null(object(cloud, CLOUD_NODES, arn));
    assert_int_equal(elb_calls(cloud, "delete lb a1\n" ALB, NULL), R53_OK);
    assert_null(object(cloud, CLOUD_NODES, arn));
    r53_cloud_free(cloud);
}

/* Conditions */

static const char *const one[] = {"/a"}, *const two[] = {"/a", "/b"};

static const struct form_case {
    const char *what, *field;
    const char *const *field_values;
    uint32_t n_field_values;
    const char *const *values;
    uint32_t n_values;
    int32_t rc;
    const char *text; /* of the refusal */
    size_t warnings;  /* of an import of the same */
} forms[] = {
    {"ELB-VAL-07 the older form", "path-pattern", one, 1, NULL, 0, R53_OK, "", 0},
    {"ELB-VAL-07 the configuration", "path-pattern", NULL, 0, two, 2, R53_OK, "", 0},
    {"ELB-VAL-07 ELB-VAL-21 one value in the older form", "path-pattern", two, 2, NULL, 0,
     R53_E_INVALID, "The 'path-pattern' field contains too many values; the limit is '1'", 1},
    {"ELB-VAL-07 not both", "path-pattern", one, 1, one, 1, R53_E_INVALID,
     "The 'path-pattern' condition has both Values and a configuration", 0},
    {"ELB-VAL-07 both, that differ", "path-pattern", one, 1, two, 2, R53_E_INVALID,
     "The 'path-pattern' condition has both Values and a configuration", 1},
    {"ELB-VAL-07 the older form of another field", "http-request-method", one, 1, NULL, 0,
     R53_E_INVALID, "The 'http-request-method' field takes no Values beside it", 2},
};

static void check_form(void **state)
{
    const struct form_case *c = *state;
    r53_condition condition = {.size = sizeof(condition),
                               .field = c->field,
                               .values = c->values,
                               .n_values = c->n_values,
                               .field_values = c->field_values,
                               .n_field_values = c->n_field_values};
    const r53_condition *conditions = &condition;
    const r53_listener_action fixed = {
        .size = sizeof(fixed), .type = R53_ACTION_FIXED_RESPONSE, .status_code = "404"};
    const r53_listener_action *actions = &fixed;
    r53_listener_rule rule = {.size = sizeof(rule),
                              .priority = "5",
                              .conditions = &conditions,
                              .n_conditions = 1,
                              .actions = &actions,
                              .n_actions = 1};
    r53_cloud *cloud = cloud_of(ALB T1 "create listener a1:80 HTTP -> t1\nregister t1 i-1");
    char rule_arn[ELB_ARN], listener_arn[ELB_ARN];
    r53_finding f = {.size = sizeof(f)};
    r53_import *import;
    r53_report *report;

    rule.rule_arn = elb_rule_arn(rule_arn, "a1:80", "5");
    rule.listener_arn = elb_listener_arn(listener_arn, "a1:80");
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_listener_rule_create(cloud, &rule, report), c->rc);
    if (c->rc) {
        assert_int_equal(r53_report_get(report, 0, &f), R53_OK);
        assert_string_equal(f.aws_name, "ValidationError");
        assert_memory_equal(f.text, c->text, strlen(c->text));
    } else {
        r53_view *view = look(cloud);

        expect_target(view, "/a", 80, "-"); /* the fixed answer */
        expect_target(view, "/", 80, "i-1");
        r53_view_release(view);
    }
    r53_report_clear(report);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    assert_int_equal(r53_import_rule(import, &rule), R53_OK);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_WARNING), c->warnings);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Shifts */

static const struct shift_case {
    const char *what, *lines, *name;
    const char *warning; /* of the import of a shift; "": none */
} shifts[] = {
    {"ELB-LB-31 allowed", "create lb a1 shift " ZONES, "a1", ""},
    {"ELB-LB-31 not allowed", ALB, "a1", "cannot be shifted: its attribute"},
    {"ELB-LB-31 by the attribute", ALB "set lb a1 zonal_shift.config.enabled=true", "a1", ""},
    {"ELB-SHIFT-07 within zones nothing is asked",
     "create lb n1 shift " ZONES "\ncreate tg u1 UDP:53\ncreate listener n1:53 UDP -> u1", "n1",
     ""},
    {"ELB-SHIFT-07 across zones TCP",
     "create lb n1 shift xz " ZONES "\ncreate tg u1 TCP:80\ncreate listener n1:80 TCP -> u1\n"
     "set tg u1 target_health_state.unhealthy.connection_termination.enabled=false",
     "n1", ""},
    {"ELB-SHIFT-07 not UDP",
     "create lb n1 shift xz " ZONES "\ncreate tg u1 UDP:53\ncreate listener n1:53 UDP -> u1", "n1",
     "is neither TCP nor TLS"},
    {"ELB-SHIFT-07 not while connections are terminated",
     "create lb n1 shift xz " ZONES "\ncreate tg u1 TCP:80\ncreate listener n1:80 TCP -> u1", "n1",
     "terminates connections"},
    {"ELB-SHIFT-07 not with a group within zones",
     "create lb n1 shift xz " ZONES
     "\ncreate tg u1 TCP:80 xz=off\ncreate listener n1:80 TCP -> u1\n"
     "set tg u1 target_health_state.unhealthy.connection_termination.enabled=false",
     "n1", "balances within zones only"},
    {"ELB-SHIFT-07 a group of two listeners is told of once",
     "create lb n1 shift xz " ZONES "\ncreate tg u1 UDP:53\ncreate listener n1:53 UDP -> u1\n"
     "create listener n1:54 UDP -> u1",
     "n1", "is neither TCP nor TLS"},
    {"ELB-SHIFT-07 not with load balancers as targets",
     "create lb n1 shift xz " ZONES "\ncreate tg u1 TCP:80 type=alb\n"
     "create listener n1:80 TCP -> u1",
     "n1", "has a load balancer as target"},
};

/* No finding in front says the same. */
static bool told_once(const r53_report *report, size_t index)
{
    r53_finding f = {.size = sizeof(f)}, before = {.size = sizeof(before)};

    assert_int_equal(r53_report_get(report, index, &f), R53_OK);
    for (size_t i = 0; i < index; i++) {
        assert_int_equal(r53_report_get(report, i, &before), R53_OK);
        if (strcmp(before.text, f.text) == 0)
            return false;
    }
    return true;
}

static void check_shift(void **state)
{
    const struct shift_case *c = *state;
    r53_cloud *cloud = cloud_of(c->lines);
    bool said = c->warning[0] == '\0';
    r53_finding f = {.size = sizeof(f)};
    r53_observed *observed;
    char arn[ELB_ARN];
    r53_import *import;
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, observed, report), R53_OK);
    assert_int_equal(
        r53_import_zonal_shift(import, elb_balancer_arn(arn, c->name), "us-east-1a", 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    for (size_t i = 0; i < r53_report_count(report); i++) {
        assert_int_equal(r53_report_get(report, i, &f), R53_OK);
        assert_int_equal(f.severity, R53_SEVERITY_WARNING);
        said = said || strstr(f.text, c->warning) != NULL;
        assert_true(told_once(report, i));
    }
    assert_true(said);
    if (c->warning[0] == '\0')
        assert_int_equal(r53_report_count(report), 0);
    r53_import_free(import);
    r53_observed_free(observed);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Priorities are those of one listener. */
static void check_priorities(void **unused)
{
    char here[ELB_ARN], there[ELB_ARN];
    r53_cloud *cloud = cloud_of(ALB "create tg t1 HTTP:80\n"
                                    "create listener a1:80 HTTP -> t1\n"
                                    "create listener a1:81 HTTP -> t1\n"
                                    "create rule a1:80 5 -> t1\ncreate rule a1:81 5 -> t1");
    const r53_rule_priority both[] = {{elb_rule_arn(here, "a1:80", "5"), 6, 0},
                                      {elb_rule_arn(there, "a1:81", "5"), 7, 0}};
    r53_finding f = {.size = sizeof(f)};
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_listener_rule_set_priorities(cloud, both, 2, report), R53_E_INVALID);
    assert_int_equal(r53_report_get(report, 0, &f), R53_OK);
    assert_string_equal(f.aws_name, "ValidationError");
    assert_non_null(strstr(f.text, "belongs to another listener than the first one"));
    assert_int_equal(r53_listener_rule_set_priorities(cloud, both, 1, report), R53_OK);
    assert_int_equal(r53_listener_rule_set_priorities(cloud, both + 1, 1, report), R53_OK);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* What an import did not tell the name of is nobody's namesake. */
static void check_nameless(void **unused)
{
    char arn[ELB_ARN], other[ELB_ARN];
    r53_target_group group = {.size = sizeof(group), .protocol = R53_PROTOCOL_HTTP, .port = 80};
    r53_load_balancer lb = {.size = sizeof(lb), .type = R53_LB_NETWORK};
    r53_cloud *cloud = cloud_of("");
    r53_import *import;

    (void)unused;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    group.target_group_arn = elb_group_arn(arn, "t1");
    lb.load_balancer_arn = elb_balancer_arn(other, "n1");
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    group.target_group_arn = elb_group_arn(arn, "t2");
    lb.load_balancer_arn = elb_balancer_arn(other, "n2");
    assert_int_equal(r53_target_group_create(cloud, &group, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create(cloud, &lb, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

/* Nothing at all, and structs that say no size. */
static void check_arguments(void **unused)
{
    const r53_load_balancer lb = {0};
    const r53_listener listener = {0};
    const r53_target_group group = {0};
    r53_cloud *cloud = cloud_of(ALB);
    char arn[ELB_ARN];

    (void)unused;
    elb_balancer_arn(arn, "a1");
    assert_int_equal(r53_load_balancer_create(NULL, &lb, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create(cloud, &lb, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_zones(NULL, arn, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_zones(cloud, NULL, NULL, 0, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_load_balancer_set_zones(cloud, arn, NULL, 2, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_delete(NULL, arn, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_delete(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_delete(cloud, "", NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_create(NULL, &listener, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_create(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_create(cloud, &listener, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_modify(NULL, &listener, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_modify(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_delete(NULL, arn, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_delete(cloud, NULL, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_target_group_create(NULL, &group, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_group_create(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_group_create(cloud, &group, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_group_delete(NULL, arn, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_group_delete(cloud, NULL, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_target_group_delete(cloud, arn, NULL), R53_E_NOT_FOUND);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(forms) + COUNT(shifts) + 11];
    size_t n = 0;

    ADD_CASES(tests, n, forms, check_form);
    ADD_CASES(tests, n, shifts, check_shift);
    ADD_TEST(tests, n, "ELB-LSN-16 ELB-VAL-10 traffic follows changes", check_traffic);
    ADD_TEST(tests, n, "what a change does not touch is shared by views", check_shared);
    ADD_TEST(tests, n, "ELB-LB-15 ELB-LB-14 a zone that stays keeps its node", check_zones_keep);
    ADD_TEST(tests, n, "what is not given stays", check_modified);
    ADD_TEST(tests, n, "ELB-LSN-04 the default rule is the listener's", check_default_rule);
    ADD_TEST(tests, n, "ordinals outlive a target group", check_ordinals);
    ADD_TEST(tests, n, "ELB-TG-04 a new target group has no targets", check_new_group_is_empty);
    ADD_TEST(tests, n, "addresses go with their load balancer", check_addresses_go);
    ADD_TEST(tests, n, "ELB-VAL-09 priorities of rules of two listeners", check_priorities);
    ADD_TEST(tests, n, "ELB-TG-02 ELB-LB-20 the nameless are no namesakes", check_nameless);
    ADD_TEST(tests, n, "ELB-VAL-22 nothing, and nothing readable", check_arguments);
    return RUN_TESTS("elb_effect", tests, n);
}
