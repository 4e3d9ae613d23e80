#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#define MUST(call) must(call, #call)

static void must(int32_t code, const char *call)
{
    if (code == R53_OK)
        return;
    fprintf(stderr, "%s: %s\n", call, r53_strerror(code));
    abort();
}

static void balancer_new(struct world *w)
{
    const char *const address_a = "198.51.100.1", *const address_b = "198.51.100.2";
    const r53_availability_zone a = {
        .size = sizeof a, .zone_name = "us-east-1a", .addresses = &address_a, .n_addresses = 1};
    const r53_availability_zone b = {
        .size = sizeof b, .zone_name = "us-east-1b", .addresses = &address_b, .n_addresses = 1};
    const r53_availability_zone *const zones[] = {&a, &b};
    const r53_load_balancer lb = {.size = sizeof lb,
                                  .type = R53_LB_APPLICATION,
                                  .load_balancer_arn = WORLD_BALANCER,
                                  .load_balancer_name = "web",
                                  .dns_name = WORLD_BALANCER_DNS,
                                  .canonical_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                  .availability_zones = zones,
                                  .n_availability_zones = 2};

    MUST(r53_load_balancer_create(w->cloud, &lb, w->report));
}

static void group_new(struct world *w)
{
    const r53_target_group group = {.size = sizeof group,
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .port = 80,
                                    .target_group_arn = WORLD_GROUP,
                                    .target_group_name = "web"};

    MUST(r53_target_group_create(w->cloud, &group, w->report));
    for (int k = 1; k <= 2; k++) {
        const r53_target target = {.size = sizeof target, .id = k == 1 ? "i-1" : "i-2"};
        const r53_target_probe probe = {
            .size = sizeof probe, .passed = 1, .target_group_arn = WORLD_GROUP, .target = &target};

        MUST(r53_target_register(w->cloud, WORLD_GROUP, &target, 0, w->report));
        MUST(r53_observe_probe(w->observed, w->cloud, &probe, w->report));
    }
}

static void listener_new(struct world *w)
{
    const r53_weighted_target_group group = {.target_group_arn = WORLD_GROUP, .weight = 1};
    const r53_listener_action forward = {.size = sizeof forward,
                                         .type = R53_ACTION_FORWARD,
                                         .target_groups = &group,
                                         .n_target_groups = 1};
    const r53_listener_action *const actions[] = {&forward};
    const r53_listener listener = {.size = sizeof listener,
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .listener_arn = WORLD_LISTENER,
                                   .load_balancer_arn = WORLD_BALANCER,
                                   .port = 80,
                                   .default_actions = actions,
                                   .n_default_actions = 1};
    const char *const path = "/a*";
    const r53_condition condition = {
        .size = sizeof condition, .field = "path-pattern", .values = &path, .n_values = 1};
    const r53_condition *const conditions[] = {&condition};
    const r53_listener_rule rule = {.size = sizeof rule,
                                    .rule_arn = WORLD_RULE,
                                    .listener_arn = WORLD_LISTENER,
                                    .priority = "1",
                                    .conditions = conditions,
                                    .n_conditions = 1,
                                    .actions = actions,
                                    .n_actions = 1};

    MUST(r53_listener_create(w->cloud, &listener, w->report));
    MUST(r53_listener_rule_create(w->cloud, &rule, w->report));
}

static void zone_new(struct world *w)
{
    const r53_hosted_zone zone = {
        .size = sizeof zone, .id = "Z1", .name = "example.com", .caller_reference = "1"};
    const r53_record_set alias = {.size = sizeof alias,
                                  .type = R53_TYPE_A,
                                  .name = "www.example.com",
                                  .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                  .alias_dns_name = WORLD_BALANCER_DNS};
    const r53_change change = {
        .size = sizeof change, .action = R53_ACTION_CREATE, .record_set = &alias};
    const r53_change *const batch[] = {&change};

    MUST(r53_zone_create(w->cloud, &zone, w->report));
    MUST(r53_zone_change(w->cloud, "Z1", batch, 1, w->report));
}

static void checks_new(struct world *w)
{
    const r53_health_check check = {.size = sizeof check,
                                    .type = R53_CHECK_TCP,
                                    .id = WORLD_CHECK,
                                    .caller_reference = "1",
                                    .ip_address = "192.0.2.1",
                                    .port = 80};
    const r53_cidr_collection collection = {
        .size = sizeof collection, .id = WORLD_CHECK, .name = "cidr", .caller_reference = "1"};

    MUST(r53_health_check_create(w->cloud, &check, w->report));
    MUST(r53_cidr_collection_create(w->cloud, &collection, w->report));
}

/* What is asked of a view, once, so that there is something to read. */
static void questions_put(struct world *w)
{
    static const uint8_t query[] = {0,   1,   1,   0,   0,   1,   0,   0,   0,   0,   0,
                                    0,   3,   'w', 'w', 'w', 7,   'e', 'x', 'a', 'm', 'p',
                                    'l', 'e', 3,   'c', 'o', 'm', 0,   0,   1,   0,   1};
    const r53_query question = {.size = sizeof question, .name = "www.example.com"};
    const r53_request request = {.size = sizeof request, .load_balancer = WORLD_BALANCER};
    const r53_target_health_query healths = {.size = sizeof healths,
                                             .target_group_arn = WORLD_GROUP};

    MUST(r53_resolve(w->view, &question, w->answer, w->trace));
    MUST(r53_flow_run(w->view, &question, NULL, NULL, w->flow));
    MUST(r53_outcomes_new(&w->outcomes, w->view, &question, NULL, NULL));
    MUST(r53_tree_new(&w->tree, w->view, &question, NULL, NULL));
    w->selection.size = sizeof w->selection;
    MUST(r53_elb_select(w->view, &request, w->elb_state, &w->selection, NULL));
    MUST(w->selection.outcome == R53_SELECTED_TARGET ? 0 : R53_E_INVALID);
    MUST(r53_elb_begin(w->elb_state, &w->selection));
    w->message.size = sizeof w->message;
    MUST(r53_message_parse(query, sizeof query, &w->message));
    MUST(r53_target_healths_list(&w->target_health_listing, w->view, &healths, NULL));
}

void world_new(struct world *w)
{
    *w = (struct world){0};
    MUST(r53_cloud_new(&w->cloud, NULL));
    MUST(r53_observed_new(&w->observed, NULL));
    MUST(r53_report_new(&w->report, NULL));
    MUST(r53_answer_new(&w->answer, NULL));
    MUST(r53_trace_new(&w->trace, NULL));
    MUST(r53_flow_new(&w->flow, NULL));
    MUST(r53_elb_state_new(&w->elb_state, NULL));
    balancer_new(w);
    group_new(w);
    listener_new(w);
    zone_new(w);
    checks_new(w);
    MUST(r53_view_new(&w->view, w->cloud, w->observed, 0, w->report));
    MUST(r53_import_new(&w->import, w->cloud, w->observed, w->report));
    MUST(r53_record_sets_list(&w->listing, w->cloud, "Z1", NULL, 0, NULL, NULL));
    MUST(r53_load_balancers_list(&w->elb_listing, w->cloud));
    MUST(r53_cidr_collections_list(&w->cidr_listing, w->cloud));
    MUST(r53_health_checks_list(&w->health_check_listing, w->cloud));
    questions_put(w);
}

/* The view's own go first, then cloud and observed, and only then what still holds on to them. */
void world_free(struct world *w)
{
    r53_import_free(w->import);
    r53_cloud_free(w->cloud);
    r53_observed_free(w->observed);
    r53_view_release(w->view);
    r53_listing_free(w->listing);
    r53_elb_listing_free(w->elb_listing);
    r53_cidr_listing_free(w->cidr_listing);
    r53_health_check_listing_free(w->health_check_listing);
    r53_target_health_listing_free(w->target_health_listing);
    r53_outcomes_free(w->outcomes);
    r53_tree_free(w->tree);
    r53_flow_free(w->flow);
    r53_trace_free(w->trace);
    r53_answer_free(w->answer);
    r53_elb_state_free(w->elb_state);
    r53_report_free(w->report);
}
