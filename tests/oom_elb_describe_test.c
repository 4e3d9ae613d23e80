/*
 * Listings of load balancers and healths of targets with every allocation failing in turn, alone or
 * with all that follow: the call says so, gives no listing, and works when called again.
 */
#include "support/elb_text.h"
#include "support/regex_engine.h"
#include "support/steps.h"

#include <r53/status.h>

#include <stdio.h>

struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_view *view;
    r53_elb_listing *balancers, *listeners, *rules, *groups, *targets, *nodes, *instances;
    r53_target_health_listing *healths, *asked;
};

/* Steps: each is one call. */

static int32_t import_balancer(struct things *t)
{
    const char *const addresses[] = {"192.0.2.1", "2001:db8::1"};
    const r53_availability_zone zone = {.size = sizeof(zone),
                                        .zone_name = "a",
                                        .subnet_id = "subnet-1",
                                        .addresses = addresses,
                                        .n_addresses = 2};
    const r53_availability_zone *const zones[] = {&zone};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_APPLICATION,
                                  .load_balancer_arn = "lb",
                                  .dns_name = "web.example.com",
                                  .availability_zones = zones,
                                  .n_availability_zones = 1};

    return r53_import_load_balancer(t->import, &lb);
}

static int32_t import_classic(struct things *t)
{
    const char *const instances[] = {"i-1", "i-2"};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_CLASSIC,
                                  .load_balancer_arn = "old",
                                  .instances = instances,
                                  .n_instances = 2};

    return r53_import_load_balancer(t->import, &lb);
}

static const r53_weighted_target_group to = {"g", 1, 0};
static const r53_listener_action forward = {.size = sizeof(forward),
                                            .type = R53_ACTION_FORWARD,
                                            .n_target_groups = 1,
                                            .target_groups = &to};
static const r53_listener_action *const actions[] = {&forward};

static int32_t import_listener(struct things *t)
{
    const char *const names[] = {"a.test"}, *const alpn[] = {"HTTP2Only"};
    const r53_certificate certificate = {.size = sizeof(certificate),
                                         .certificate_arn = "c",
                                         .domain_names = names,
                                         .n_domain_names = 1};
    const r53_certificate *const certificates[] = {&certificate};
    const r53_listener listener = {.size = sizeof(listener),
                                   .listener_arn = "l",
                                   .load_balancer_arn = "lb",
                                   .protocol = R53_PROTOCOL_TCP,
                                   .port = 80,
                                   .default_actions = actions,
                                   .n_default_actions = 1,
                                   .certificates = certificates,
                                   .n_certificates = 1,
                                   .alpn_policy = alpn,
                                   .n_alpn_policy = 1};

    return r53_import_listener(t->import, &listener);
}

static int32_t import_attribute(struct things *t)
{
    return r53_import_listener_attribute(t->import, "l", "tcp.idle_timeout.seconds", "99");
}

static int32_t import_certificate(struct things *t)
{
    const char *const names[] = {"b.test"};
    const r53_certificate certificate = {.size = sizeof(certificate),
                                         .certificate_arn = "d",
                                         .domain_names = names,
                                         .n_domain_names = 1};

    return r53_import_listener_certificate(t->import, "l", &certificate);
}

static int32_t import_rule(struct things *t)
{
    const char *const hosts[] = {"*.test"}, *const blocks[] = {"192.0.2.0/24"};
    const char *const expressions[] = {"^/x$"};
    const r53_query_string_key_value pair = {"k", "v"};
    const r53_condition conditions[] = {
        {.size = sizeof(*conditions), .field = "host-header", .values = hosts, .n_values = 1},
        {.size = sizeof(*conditions), .field = "source-ip", .values = blocks, .n_values = 1},
        {.size = sizeof(*conditions),
         .field = "path-pattern",
         .regex_values = expressions,
         .n_regex_values = 1},
        {.size = sizeof(*conditions),
         .field = "query-string",
         .query_string = &pair,
         .n_query_string = 1}};
    const r53_condition *const all[] = {&conditions[0], &conditions[1], &conditions[2],
                                        &conditions[3]};
    const r53_transform transform = {
        .size = sizeof(transform), .type = "url-rewrite", .regex = "^/a", .replace = "/b"};
    const r53_transform *const transforms[] = {&transform};
    const r53_listener_rule rule = {.size = sizeof(rule),
                                    .rule_arn = "r",
                                    .listener_arn = "l",
                                    .priority = "10",
                                    .conditions = all,
                                    .n_conditions = 4,
                                    .actions = actions,
                                    .n_actions = 1,
                                    .transforms = transforms,
                                    .n_transforms = 1};

    return r53_import_rule(t->import, &rule);
}

static int32_t import_group(struct things *t)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .target_group_arn = "g",
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .port = 80,
                                    .matcher = "200-204,301"};

    return r53_import_target_group(t->import, &group);
}

static int32_t import_target(struct things *t)
{
    const r53_target target = {.size = sizeof(target),
                               .id = "i-3",
                               .availability_zone = "a",
                               .quic_server_id = "0x0123456789abcdef"};

    return r53_import_target(t->import, "g", &target, R53_TARGET_UNHEALTHY, "Target.Timeout");
}

static int32_t import_node(struct things *t)
{
    const char *const addresses[] = {"192.0.2.7"};

    return r53_import_node_addresses(t->import, "elsewhere", "a", addresses, 1);
}

static int32_t import_instance(struct things *t)
{
    return r53_import_instance(t->import, "i-7", "b");
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t list_balancers(struct things *t)
{
    return r53_load_balancers_list(&t->balancers, t->cloud);
}

static int32_t list_listeners(struct things *t)
{
    return r53_listeners_list(&t->listeners, t->cloud, "lb", t->report);
}

static int32_t list_rules(struct things *t)
{
    return r53_listener_rules_list(&t->rules, t->cloud, "l", t->report);
}

static int32_t list_groups(struct things *t)
{
    return r53_target_groups_list(&t->groups, t->cloud, "lb", t->report);
}

static int32_t list_targets(struct things *t)
{
    return r53_targets_list(&t->targets, t->cloud, "g", t->report);
}

static int32_t list_nodes(struct things *t)
{
    return r53_node_addresses_list(&t->nodes, t->cloud);
}

static int32_t list_instances(struct things *t)
{
    return r53_instances_list(&t->instances, t->cloud);
}

static int32_t look(struct things *t)
{
    return r53_view_new(&t->view, t->cloud, t->observed, 0, t->report);
}

static int32_t list_healths(struct things *t)
{
    const r53_target_health_query query = {.size = sizeof(query), .target_group_arn = "g"};

    return r53_target_healths_list(&t->healths, t->view, &query, t->report);
}

static int32_t list_asked(struct things *t)
{
    const r53_target no = {.size = sizeof(no), .id = "i-9", .availability_zone = "b"};
    const r53_target *const targets[] = {&no};
    const r53_target_health_query query = {.size = sizeof(query),
                                           .target_group_arn = "g",
                                           .load_balancer_arn = "lb",
                                           .targets = targets,
                                           .n_targets = 1};

    return r53_target_healths_list(&t->asked, t->view, &query, t->report);
}

static const struct step steps[] = {
    STEP(import_balancer, STEP_REPORTS),
    STEP(import_classic, STEP_REPORTS),
    STEP(import_listener, STEP_REPORTS),
    STEP(import_attribute, STEP_REPORTS),
    STEP(import_certificate, STEP_REPORTS),
    STEP(import_rule, STEP_REPORTS),
    STEP(import_group, STEP_REPORTS),
    STEP(import_target, STEP_REPORTS),
    STEP(import_node, STEP_REPORTS),
    STEP(import_instance, STEP_REPORTS),
    STEP(import_commit, STEP_REPORTS | STEP_REMARKS),
    STEP(list_balancers, 0),
    STEP(list_listeners, STEP_REPORTS),
    STEP(list_rules, STEP_REPORTS),
    STEP(list_groups, STEP_REPORTS),
    STEP(list_targets, STEP_REPORTS),
    STEP(list_nodes, 0),
    STEP(list_instances, 0),
    STEP(look, STEP_REPORTS),
    STEP(list_healths, STEP_REPORTS),
    STEP(list_asked, STEP_REPORTS),
};

static struct regex_counts compiled;

static void open_things(struct things *t, const r53_allocator *allocator)
{
    static r53_regex_engine engine;
    const r53_cloud_options options = {
        .size = sizeof(options), .allocator = allocator, .regex = &engine};

    compiled = (struct regex_counts){0};
    engine = regex_engine(&compiled);
    assert_int_equal(r53_cloud_new(&t->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&t->observed, allocator), R53_OK);
    assert_int_equal(r53_report_new(&t->report, allocator), R53_OK);
    assert_int_equal(r53_import_new(&t->import, t->cloud, t->observed, t->report), R53_OK);
}

static void close_things(struct things *t)
{
    r53_elb_listing *const listings[] = {t->balancers, t->listeners, t->rules,    t->groups,
                                         t->targets,   t->nodes,     t->instances};

    for (size_t i = 0; i < COUNT(listings); i++)
        r53_elb_listing_free(listings[i]);
    r53_target_health_listing_free(t->healths);
    r53_target_health_listing_free(t->asked);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
    assert_int_equal(compiled.live, 0);
}

/* The listings are output; what they list is imported, and seen where it is committed. */
static void put_state(const struct things *t, struct digest *digest)
{
    r53_elb_listing *balancers;
    const r53_load_balancer *lb;

    assert_int_equal(r53_load_balancers_list(&balancers, t->cloud), R53_OK);
    while ((lb = r53_elb_listing_next_load_balancer(balancers)))
        digest_add(digest, "%s\n", lb->load_balancer_arn);
    r53_elb_listing_free(balancers);
}

/* What was listed, and what takes no memory at all. */
static void expect_done(struct things *t)
{
    static struct elb_text text;
    r53_load_balancer_health lb = {.size = sizeof(lb)};
    r53_zone_health zone = {.size = sizeof(zone)};
    r53_health_check_status status = {.size = sizeof(status)};

    text.n = 0;
    elb_text_balancer(&text, r53_elb_listing_next_load_balancer(t->balancers));
    elb_text_balancer(&text, r53_elb_listing_next_load_balancer(t->balancers));
    elb_text_listener(&text, r53_elb_listing_next_listener(t->listeners));
    elb_text_rule(&text, r53_elb_listing_next_listener_rule(t->rules));
    elb_text_group(&text, r53_elb_listing_next_target_group(t->groups));
    elb_text_target(&text, r53_elb_listing_next_target(t->targets));
    assert_non_null(strstr(text.at, "addresses=192.0.2.1,2001:db8::1"));
    assert_non_null(strstr(text.at, "instances=i-1,i-2"));
    assert_non_null(strstr(text.at, "tcp_idle_timeout_seconds=99"));
    assert_non_null(strstr(text.at, "names=a.test"));
    assert_non_null(strstr(text.at, "names=b.test"));
    assert_non_null(strstr(text.at, "regex=^/x$"));
    assert_non_null(strstr(text.at, "values=192.0.2.0/24"));
    assert_non_null(strstr(text.at, "matcher=200-204,301"));
    assert_non_null(strstr(text.at, "used-by=lb"));
    assert_non_null(strstr(text.at, "quic_server_id=0x0123456789abcdef"));
    assert_string_equal(r53_elb_listing_next_node_addresses(t->nodes)->addresses[0], "192.0.2.7");
    assert_string_equal(r53_elb_listing_next_instance(t->instances)->availability_zone, "b");
    assert_string_equal(r53_target_health_listing_next(t->healths)->reason, "Target.Timeout");
    assert_string_equal(r53_target_health_listing_next(t->asked)->reason, "Target.NotRegistered");
    assert_int_equal(r53_load_balancer_health_get(t->view, "lb", &lb), R53_OK);
    assert_int_equal(r53_zone_health_get(t->view, "lb", 0, &zone), R53_OK);
    assert_int_equal(r53_health_check_status_get(t->view, "no", &status), R53_E_NOT_FOUND);
    assert_null(r53_health_check_checker(t->view, "no", 0, NULL));
    assert_string_equal(r53_load_balancer_state_name(lb.state), "active");
}

static struct things things;

static const struct scenario scenario = SCENARIO(50, .finish = expect_done);

int main(void)
{
    return scenario_suite("oom_elb_describe", &scenario, "each allocation alone fails",
                          "each allocation and all that follow fail");
}
