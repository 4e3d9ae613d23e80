/*
 * One scenario that touches every function of libr53, played with an allocator that fails at the
 * k-th call, for every k: alone, or with all that follow. The call that fails says R53_E_NOMEM and
 * no other code, changes nothing, tells it in the report, and works when called again.
 */
#include "support/steps.h"

#include <r53/r53.h>

#define REGION   "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
#define ALB      REGION "loadbalancer/app/elb/0123456789abcdef"
#define GROUP    REGION "targetgroup/web/0123456789abcdef"
#define LISTENER REGION "listener/app/elb/0123456789abcdef/fedcba9876543210"
#define ELB_NAME "elb-123456.us-east-1.elb.amazonaws.com"
#define CLASSIC  REGION "loadbalancer/old"
#define OUTSIDE  "d1.cloudfront.net"

enum { TRACE_DISPATCH, TRACE_RESOLVE, TRACE_ALIAS, TRACE_SELECT, TRACES };

/* All that the scenario makes; what a failing call must leave byte for byte. */
struct things {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_listing *zones, *sets;
    r53_view *view;
    r53_trace *traces[TRACES]; /* one for each call that takes one: none is warm */
    r53_answer *answer;
    r53_elb_state *state;
    r53_flow *flow;
    r53_outcomes *outcomes;
    r53_selection selection;
    r53_disposition disposition;
    const r53_allocator *allocator;
};

static const r53_query query = {.size = sizeof(query), .name = "example.com", .seed = 7};
static const r53_query weighted = {.size = sizeof(weighted), .name = "w.example.com", .seed = 7};
static const r53_request request = {.size = sizeof(request), .port = 80, .load_balancer = ALB,
                                    .availability_zone = "us-east-1a", .seed = 7};

/* Steps: each is one call, or a call and what needs no memory. */

static int32_t make_cloud(struct things *t)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = t->allocator};

    return r53_cloud_new(&t->cloud, &options);
}

static int32_t make_observed(struct things *t)
{
    return r53_observed_new(&t->observed, t->allocator);
}

static int32_t make_report(struct things *t)
{
    return r53_report_new(&t->report, t->allocator);
}

static int32_t create_zone(struct things *t)
{
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZEXAMPLE", .name = "example.com",
                            .caller_reference = "one", .comment = "the first"};

    return r53_zone_create(t->cloud, &zone, t->report);
}

static int32_t create_private_zone(struct things *t)
{
    static const r53_vpc vpc = {"us-east-1", "vpc-1a2b3c4d"};
    static const r53_vpc *const vpcs[] = {&vpc};
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZPRIVATE", .name = "example.com",
                            .caller_reference = "two", .private_zone = 1, .vpcs = vpcs,
                            .n_vpcs = 1};

    return r53_zone_create(t->cloud, &zone, t->report);
}

static int32_t delete_zone(struct things *t)
{
    return r53_zone_delete(t->cloud, "ZPRIVATE", t->report);
}

static int32_t change(struct things *t, int32_t action, const r53_record_set *sets, size_t n)
{
    r53_change changes[8];
    const r53_change *batch[8];

    for (size_t i = 0; i < n; i++) {
        changes[i] = (r53_change){.size = sizeof(*changes), .action = action,
                                  .record_set = &sets[i]};
        batch[i] = &changes[i];
    }
    return r53_zone_change(t->cloud, "/hostedzone/ZEXAMPLE", batch, n, t->report);
}

static const char *const one_value[] = {"192.0.2.1"}, *const two_values[] = {"192.0.2.2"},
                         *const text_value[] = {"\"v=spf1 -all\" \"more\""},
                         *const mail_value[] = {"10 mail.example.com"};

static int32_t create_health_check(struct things *t)
{
    r53_health_check check = {.size = sizeof(check), .type = R53_CHECK_TCP, .id = "hc-1",
                              .caller_reference = "hc-1", .ip_address = "192.0.2.1", .port = 80};

    return r53_health_check_create(t->cloud, &check, t->report);
}

static int32_t create_record_sets(struct things *t)
{
    const r53_record_set sets[] = {
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "example.com",
         .alias_hosted_zone_id = "Z35SXDOTRQ7X7K", .alias_dns_name = ELB_NAME,
         .evaluate_target_health = 1},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "w.example.com", .values = one_value,
         .n_values = 1, .has_ttl = 1, .ttl = 60, .has_weight = 1, .weight = 3,
         .set_identifier = "blue", .health_check_id = "hc-1"},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "w.example.com", .values = two_values,
         .n_values = 1, .has_ttl = 1, .ttl = 60, .has_weight = 1, .weight = 5,
         .set_identifier = "green"},
        {.size = sizeof(*sets), .type = R53_TYPE_TXT, .name = "txt.example.com",
         .values = text_value, .n_values = 1, .has_ttl = 1, .ttl = 300},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "cdn.example.com",
         .alias_hosted_zone_id = "Z2FDTNDATAQYW2", .alias_dns_name = OUTSIDE},
    };

    return change(t, R53_ACTION_CREATE, sets, COUNT(sets));
}

static int32_t upsert_record_set(struct things *t)
{
    const r53_record_set set = {.size = sizeof(set), .type = R53_TYPE_MX, .name = "example.com",
                                .values = mail_value, .n_values = 1, .has_ttl = 1, .ttl = 60};

    return change(t, R53_ACTION_UPSERT, &set, 1);
}

static int32_t delete_record_set(struct things *t)
{
    const r53_record_set set = {.size = sizeof(set), .type = R53_TYPE_TXT,
                                .name = "txt.example.com", .values = text_value, .n_values = 1,
                                .has_ttl = 1, .ttl = 300};

    return change(t, R53_ACTION_DELETE, &set, 1);
}

static int32_t make_import(struct things *t)
{
    return r53_import_new(&t->import, t->cloud, t->observed, t->report);
}

static int32_t import_zone(struct things *t)
{
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZIMPORT", .name = "example.net",
                            .account = "123456789012"};

    return r53_import_hosted_zone(t->import, &zone);
}

static int32_t import_record_set(struct things *t)
{
    const r53_record_set set = {.size = sizeof(set), .type = R53_TYPE_A, .name = "www.example.net",
                                .values = one_value, .n_values = 1, .has_ttl = 1, .ttl = 60};

    return r53_import_record_set(t->import, "ZIMPORT", &set);
}

static int32_t import_load_balancer(struct things *t)
{
    static const char *const a[] = {"198.51.100.1"};
    const r53_availability_zone zone_a = {.size = sizeof(zone_a), .zone_name = "us-east-1a",
                                          .n_addresses = 1, .addresses = a};
    const r53_availability_zone zone_b = {.size = sizeof(zone_b), .zone_name = "us-east-1b"};
    const r53_availability_zone *const zones[] = {&zone_a, &zone_b};
    r53_load_balancer lb = {.size = sizeof(lb), .type = R53_LB_APPLICATION,
                            .load_balancer_arn = ALB, .load_balancer_name = "elb",
                            .dns_name = ELB_NAME, .availability_zones = zones,
                            .canonical_hosted_zone_id = "Z35SXDOTRQ7X7K",
                            .n_availability_zones = 2};

    return r53_import_load_balancer(t->import, &lb);
}

static int32_t import_classic(struct things *t)
{
    static const char *const instances[] = {"i-a1", "i-b1"};
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *const zones[] = {&zone};
    r53_load_balancer lb = {.size = sizeof(lb), .type = R53_LB_CLASSIC,
                            .load_balancer_arn = CLASSIC, .load_balancer_name = "old",
                            .dns_name = "old-1.us-east-1.elb.amazonaws.com",
                            .availability_zones = zones, .n_availability_zones = 1,
                            .instances = instances, .n_instances = 2};

    return r53_import_load_balancer(t->import, &lb);
}

static int32_t import_listener(struct things *t)
{
    const r53_weighted_target_group forward = {GROUP, 1, 0};
    const r53_listener_action action = {.size = sizeof(action), .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1, .target_groups = &forward};
    const r53_listener_action *const actions[] = {&action};
    r53_listener listener = {.size = sizeof(listener), .protocol = R53_PROTOCOL_HTTP,
                             .listener_arn = LISTENER, .load_balancer_arn = ALB, .port = 80,
                             .n_default_actions = 1, .default_actions = actions};

    return r53_import_listener(t->import, &listener);
}

static int32_t import_target_group(struct things *t)
{
    r53_target_group group = {.size = sizeof(group), .protocol = R53_PROTOCOL_HTTP, .port = 80,
                              .target_group_arn = GROUP, .target_group_name = "web"};

    return r53_import_target_group(t->import, &group);
}

static int32_t import_target(struct things *t)
{
    r53_target target = {.size = sizeof(target), .port = 80, .id = "i-a1"};

    return r53_import_target(t->import, GROUP, &target, R53_TARGET_HEALTHY, NULL);
}

static int32_t import_other_target(struct things *t)
{
    r53_target target = {.size = sizeof(target), .port = 80, .id = "i-b1"};

    return r53_import_target(t->import, GROUP, &target, R53_TARGET_UNHEALTHY, "Target.Timeout");
}

static int32_t import_instance(struct things *t)
{
    return r53_import_instance(t->import, "i-a1", "us-east-1a");
}

static int32_t import_node_addresses(struct things *t)
{
    static const char *const addresses[] = {"198.51.100.2"};

    return r53_import_node_addresses(t->import, ALB, "us-east-1b", addresses, 1);
}

static int32_t import_addresses(struct things *t)
{
    static const char *const addresses[] = {"203.0.113.1", "2001:db8::1"};

    return r53_import_addresses(t->import, OUTSIDE, addresses, 2);
}

static int32_t import_commit(struct things *t)
{
    return r53_import_commit(t->import);
}

static int32_t observe_target(struct things *t)
{
    r53_target target = {.size = sizeof(target), .port = 80, .id = "i-b1"};

    return r53_observe_target(t->observed, GROUP, &target, R53_TARGET_HEALTHY, "Elb.Known");
}

static int32_t observe_health_check(struct things *t)
{
    return r53_observe_health_check(t->observed, "hc-1", R53_HEALTH_HEALTHY);
}

static int32_t observe_zonal_shift(struct things *t)
{
    return r53_observe_zonal_shift(t->observed, ALB, "us-east-1b", 1);
}

static int32_t observe_zone_impaired(struct things *t)
{
    return r53_observe_zone_impaired(t->observed, ALB, "us-east-1a", 1);
}

static int32_t observe_zone_well(struct things *t)
{
    return r53_observe_zone_impaired(t->observed, ALB, "us-east-1a", 0);
}

static int32_t observe_addresses(struct things *t)
{
    static const char *const addresses[] = {"203.0.113.2"};

    return r53_observe_addresses(t->observed, OUTSIDE, addresses, 1, t->report);
}

static int32_t make_view(struct things *t)
{
    int32_t rc = r53_view_new(&t->view, t->cloud, t->observed, 42, t->report);

    if (rc == R53_OK) {
        assert_int_equal(r53_view_now(t->view), 42);
        assert_ptr_equal(r53_view_retain(t->view), t->view);
        r53_view_release(t->view);
    }
    return rc;
}

static int32_t make_trace(struct things *t)
{
    size_t i = 0;

    while (t->traces[i])
        i++;
    return r53_trace_new(&t->traces[i], t->allocator);
}

static int32_t make_answer(struct things *t)
{
    return r53_answer_new(&t->answer, t->allocator);
}

static int32_t make_state(struct things *t)
{
    return r53_elb_state_new(&t->state, t->allocator);
}

static int32_t make_flow(struct things *t)
{
    return r53_flow_new(&t->flow, t->allocator);
}

static int32_t dispatch(struct things *t)
{
    return r53_dispatch(t->view, &query, &t->disposition, t->traces[TRACE_DISPATCH]);
}

/* On failure the answer is empty, as it was when made. */
static int32_t answered(const struct things *t, int32_t rc)
{
    r53_answer_summary summary = {.size = sizeof(summary)};

    if (rc == R53_OK) {
        assert_int_equal(r53_answer_summarize(t->answer, &summary), R53_OK);
        assert_int_equal(summary.rcode, R53_RCODE_NOERROR);
        assert_true(r53_answer_count(t->answer, R53_SECTION_ANSWER) > 0);
    } else {
        assert_int_equal(r53_answer_count(t->answer, R53_SECTION_ANSWER), 0);
    }
    return rc;
}

static int32_t resolve(struct things *t)
{
    return answered(t, r53_resolve(t->view, &query, t->answer, t->traces[TRACE_RESOLVE]));
}

static int32_t resolve_alias(struct things *t)
{
    r53_record_set alias = {.size = sizeof(alias), .type = R53_TYPE_A, .name = "x.example.com",
                            .alias_hosted_zone_id = "ZEXAMPLE", .alias_dns_name = "w.example.com"};

    return answered(t, r53_alias_resolve(t->view, &weighted, &alias, t->answer,
                                         t->traces[TRACE_ALIAS]));
}

static int32_t read_record(struct things *t)
{
    r53_record record = {.size = sizeof(record)};
    int32_t rc = r53_answer_record(t->answer, R53_SECTION_ANSWER, 0, &record);

    if (rc == R53_OK)
        assert_memory_equal(record.value, "192.0.2.", 8);
    return rc;
}

static int32_t select_target(struct things *t)
{
    return r53_elb_select(t->view, &request, t->state, &t->selection,
                          t->traces[TRACE_SELECT]);
}

static int32_t begin_request(struct things *t)
{
    return r53_elb_begin(t->state, &t->selection);
}

static int32_t end_request(struct things *t)
{
    return r53_elb_end(t->state, &t->selection);
}

static int32_t run_flow(struct things *t)
{
    int32_t rc = r53_flow_run(t->view, &query, &request, t->state, t->flow);

    assert_int_equal(r53_flow_step_count(t->flow), rc == R53_OK ? 6 : 0);
    return rc;
}

static int32_t make_outcomes(struct things *t)
{
    int32_t rc = r53_outcomes_new(&t->outcomes, t->view, &query, &request, t->report);

    if (rc == R53_OK)
        assert_true(r53_outcomes_stage_runs(t->outcomes) > 0);
    return rc;
}

static int32_t list_zones(struct things *t)
{
    return r53_zones_list(&t->zones, t->cloud);
}

static int32_t list_record_sets(struct things *t)
{
    return r53_record_sets_list(&t->sets, t->cloud, "ZEXAMPLE", "w.example.com", R53_TYPE_A,
                                "green", t->report);
}

static int32_t add_finding(struct things *t)
{
    const r53_finding finding = {.size = sizeof(finding), .severity = R53_SEVERITY_NOTE,
                                 .text = "a note"};
    int32_t rc;

    r53_report_locate(t->report, "Somewhere", 1, 2);
    rc = r53_report_add(t->report, &finding);
    return rc ? rc : r53_report_add(t->report, &finding);
}

static const struct step steps[] = {
    {"r53_cloud_new", make_cloud, 0},
    {"r53_observed_new", make_observed, 0},
    {"r53_report_new", make_report, 0},
    {"r53_zone_create", create_zone, STEP_REPORTS},
    {"r53_zone_create private", create_private_zone, STEP_REPORTS},
    {"r53_health_check_create", create_health_check, STEP_REPORTS},
    {"r53_zone_change create", create_record_sets, STEP_REPORTS},
    {"r53_zone_change upsert", upsert_record_set, STEP_REPORTS},
    {"r53_zone_change delete", delete_record_set, STEP_REPORTS},
    {"r53_view_new dangling", make_view, STEP_REPORTS | STEP_REMARKS},
    {"r53_import_new", make_import, STEP_REPORTS},
    {"r53_import_record_set", import_record_set, STEP_REPORTS},
    {"r53_import_hosted_zone", import_zone, STEP_REPORTS},
    {"r53_import_load_balancer", import_load_balancer, STEP_REPORTS},
    {"r53_import_load_balancer classic", import_classic, STEP_REPORTS},
    {"r53_import_listener", import_listener, STEP_REPORTS},
    {"r53_import_target_group", import_target_group, STEP_REPORTS},
    {"r53_import_target", import_target, STEP_REPORTS},
    {"r53_import_target unhealthy", import_other_target, STEP_REPORTS},
    {"r53_import_instance", import_instance, STEP_REPORTS},
    {"r53_import_node_addresses", import_node_addresses, STEP_REPORTS},
    {"r53_import_addresses", import_addresses, STEP_REPORTS},
    {"r53_import_commit", import_commit, STEP_REPORTS | STEP_REMARKS},
    {"r53_import_load_balancer again", import_classic, STEP_REPORTS},
    {"r53_import_target again", import_target, STEP_REPORTS},
    {"r53_import_commit again", import_commit, STEP_REPORTS | STEP_REMARKS},
    {"r53_observe_target", observe_target, 0},
    {"r53_observe_health_check", observe_health_check, 0},
    {"r53_observe_zonal_shift", observe_zonal_shift, 0},
    {"r53_observe_zone_impaired", observe_zone_impaired, 0},
    {"r53_observe_zone_impaired well", observe_zone_well, 0},
    {"r53_observe_addresses", observe_addresses, STEP_REPORTS},
    {"r53_view_new", make_view, STEP_REPORTS | STEP_REMARKS},
    {"r53_trace_new", make_trace, 0},
    {"r53_trace_new second", make_trace, 0},
    {"r53_trace_new third", make_trace, 0},
    {"r53_trace_new fourth", make_trace, 0},
    {"r53_answer_new", make_answer, 0},
    {"r53_elb_state_new", make_state, 0},
    {"r53_flow_new", make_flow, 0},
    {"r53_dispatch", dispatch, 0},
    {"r53_resolve", resolve, 0},
    {"r53_alias_resolve", resolve_alias, 0},
    {"r53_answer_record", read_record, 0},
    {"r53_elb_select", select_target, 0},
    {"r53_elb_begin", begin_request, 0},
    {"r53_elb_end", end_request, 0},
    {"r53_elb_begin warm", begin_request, 0},
    {"r53_flow_run", run_flow, 0},
    {"r53_outcomes_new", make_outcomes, STEP_REPORTS},
    {"r53_zones_list", list_zones, 0},
    {"r53_record_sets_list", list_record_sets, STEP_REPORTS},
    {"r53_zone_delete", delete_zone, STEP_REPORTS},
    {"r53_report_add", add_finding, STEP_REMARKS},
};

static void open_things(struct things *t, const r53_allocator *allocator)
{
    t->selection.size = sizeof(t->selection);
    t->disposition.size = sizeof(t->disposition);
    t->allocator = allocator;
}

static void close_things(struct things *t)
{
    r53_listing_free(t->sets);
    r53_listing_free(t->zones);
    r53_outcomes_free(t->outcomes);
    r53_flow_free(t->flow);
    r53_elb_state_free(t->state);
    r53_answer_free(t->answer);
    for (size_t i = 0; i < TRACES; i++)
        r53_trace_free(t->traces[i]);
    r53_view_release(t->view);
    r53_import_free(t->import);
    r53_report_free(t->report);
    r53_observed_free(t->observed);
    r53_cloud_free(t->cloud);
}

static void add_sets(struct digest *digest, r53_listing *listing)
{
    const r53_record_set *set;

    while ((set = r53_listing_next_record_set(listing))) {
        digest_add(digest, "%s %s %s %u %s %s %s\n", set->name, r53_type_name(set->type),
            set->set_identifier ? set->set_identifier : "-", set->ttl,
            set->alias_dns_name ? set->alias_dns_name : "-",
            set->health_check_id ? set->health_check_id : "-", set->n_values ? set->values[0] : "");
    }
    r53_listing_free(listing);
}

static void add_cloud(struct digest *digest, const r53_cloud *cloud)
{
    const r53_hosted_zone *zone;
    r53_listing *zones, *sets;

    assert_int_equal(r53_zones_list(&zones, cloud), R53_OK);
    while ((zone = r53_listing_next_zone(zones))) {
        digest_add(digest, "%s %s %u %s\n", zone->id, zone->name, zone->record_set_count,
            zone->comment ? zone->comment : "");
        assert_int_equal(r53_record_sets_list(&sets, cloud, zone->id, NULL, 0, NULL, NULL), R53_OK);
        add_sets(digest, sets);
    }
    r53_listing_free(zones);
}

static void add_outcomes(struct digest *digest, const r53_outcomes *outcomes)
{
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome outcome = {.size = sizeof(outcome)};
        r53_selection none = {.target_id = ""};

        assert_int_equal(r53_outcomes_get(outcomes, i, &outcome), R53_OK);
        digest_add(digest, "%s/%s %s %s %d %s\n", outcome.numerator, outcome.denominator, outcome.value,
            outcome.set_identifier, outcome.rcode,
            (outcome.selection ? outcome.selection : &none)->target_id);
    }
}

static void add_flow(struct digest *digest, r53_flow *flow)
{
    for (int32_t form = R53_RENDER_TEXT; form <= R53_RENDER_DOT; form++) {
        size_t room = sizeof(digest->text) - digest->length, length;

        assert_int_equal(
            r53_flow_render(flow, form, digest->text + digest->length, room, &length), R53_OK);
        digest->length += length;
    }
    for (size_t i = 0; i < r53_flow_step_count(flow); i++) {
        r53_flow_step step = {.size = sizeof(step)};

        assert_int_equal(r53_flow_step_get(flow, i, &step), R53_OK);
        digest_add(digest, "%d %s %s\n", step.number, step.decision,
            r53_flow_variable_get(flow, R53_VARIABLE_ELB_DNS, i));
    }
    digest_add(digest, "%s %s %zu %zu\n", r53_flow_address(flow), r53_flow_selection(flow)->target_id,
        r53_answer_count(r53_flow_answer(flow), R53_SECTION_ANSWER),
        r53_trace_count(r53_flow_trace(flow)));
}

/* What a view answers to both queries; with the state, where the next request goes. */
static void add_view(struct digest *digest, const r53_view *view, const r53_elb_state *state)
{
    static const r53_query *const queries[] = {&query, &weighted};
    r53_outcomes *outcomes;
    r53_flow *flow;

    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(queries); i++) {
        int32_t rc = r53_flow_run(view, queries[i], NULL, state, flow);

        digest_add(digest, "%s\n", r53_error_name(rc));
        if (rc != R53_OK)
            continue;
        add_flow(digest, flow);
        assert_int_equal(r53_outcomes_new(&outcomes, view, queries[i], NULL, NULL), R53_OK);
        add_outcomes(digest, outcomes);
        r53_outcomes_free(outcomes);
    }
    r53_flow_free(flow);
}

static void put_state(const struct things *t, struct digest *digest)
{
    r53_view *view;

    if (t->cloud && t->observed) {
        add_cloud(digest, t->cloud);
        assert_int_equal(r53_view_new(&view, t->cloud, t->observed, 1, NULL), R53_OK);
        add_view(digest, view, NULL);
        r53_view_release(view);
    }
    if (t->view)
        add_view(digest, t->view, t->state);
    add_outcomes(digest, t->outcomes);
}

/* After the view of a dangling cloud comes that of the whole one. */
static void prepare(struct things *t, size_t step)
{
    if (steps[step].run == make_view && t->view) {
        r53_view_release(t->view);
        t->view = NULL;
    }
}

static void touch(struct things *t, size_t step)
{
    size_t first = 0;

    while (steps[first].run != upsert_record_set)
        first++;
    if (step > first)
        assert_int_equal(upsert_record_set(t), R53_OK);
}

static struct things things;

static const struct scenario scenario = SCENARIO(100, .prepare = prepare, .touch = touch);

/* Reading what is there, names and numbers: these calls cannot fail for want of memory. */

static void check_static(void)
{
    r53_rule rule = {.size = sizeof(rule)};
    const char *fault = NULL;
    char buffer[64];

    assert_string_equal(r53_strerror(R53_OK), "success");
    assert_string_equal(r53_error_name(R53_E_NOMEM), "R53_E_NOMEM");
    assert_true(r53_version()[0] != '\0');
    assert_true(r53_rulebook_count() > 0);
    assert_int_equal(r53_rulebook_get(0, &rule), R53_OK);
    assert_int_equal(r53_rulebook_find(rule.number, &rule), R53_OK);
    assert_string_equal(r53_rule_id(rule.number), rule.id);
    assert_int_equal(r53_type_number("aaaa"), R53_TYPE_AAAA);
    assert_string_equal(r53_type_name(R53_TYPE_AAAA), "AAAA");
    assert_int_equal(
        r53_value_canonical(R53_TYPE_A, "192.0.2.1", buffer, sizeof(buffer), NULL, &fault), R53_OK);
    assert_string_equal(buffer, "192.0.2.1");
    assert_int_equal(r53_protocol_number(r53_protocol_name(R53_PROTOCOL_TLS)), R53_PROTOCOL_TLS);
    assert_int_equal(r53_target_state_number(r53_target_state_name(R53_TARGET_UNUSED)),
                     R53_TARGET_UNUSED);
    assert_string_equal(r53_load_balancer_type_name(R53_LB_CLASSIC), "classic");
    assert_string_equal(r53_rcode_name(R53_RCODE_NXDOMAIN), "NXDOMAIN");
    assert_string_equal(r53_disposition_name(R53_DISPOSITION_ALIAS), "alias");
    assert_string_equal(r53_selection_outcome_name(R53_SELECTED_TARGET), "target");
    assert_string_equal(r53_flow_variable_name(R53_VARIABLE_ELB_DNS), "ELB DNS");
}

static void check_getters(struct things *t, struct digest *digest)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    r53_answer_summary summary = {.size = sizeof(summary)};
    char line[256];

    assert_true(r53_trace_count(t->traces[TRACE_SELECT]) > 0);
    assert_int_equal(r53_trace_get(t->traces[TRACE_SELECT], 0, &entry), R53_OK);
    assert_int_equal(r53_trace_text(t->traces[TRACE_SELECT], 0, line, sizeof(line), NULL), R53_OK);
    assert_int_equal(r53_answer_summarize(t->answer, &summary), R53_OK);
    assert_int_equal(r53_report_count(t->report), 2);
    assert_int_equal(r53_report_count_of(t->report, R53_SEVERITY_NOTE), 2);
    assert_non_null(r53_listing_next_zone(t->zones));
    assert_non_null(r53_listing_next_record_set(t->sets));
    assert_int_equal(r53_elb_end(t->state, &t->selection), R53_OK);
    digest->length = 0;
    add_flow(digest, t->flow);
    add_outcomes(digest, t->outcomes);
}

static void check_none(void **state)
{
    static struct digest digest;
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    long calls;

    (void)state;
    scenario_run(&scenario, &torture, &allocator);
    calls = torture.calls;
    check_static();
    check_getters(&things, &digest);
    assert_int_equal(r53_flow_run(things.view, &query, &request, things.state, things.flow),
                     R53_OK); /* warm */
    assert_int_equal(torture.calls, calls);
    close_things(&things);
    assert_int_equal(torture.live, 0);
}

int main(void)
{
    static const struct scenario_case cases[] = {
        {"each allocation of the scenario fails, alone", &scenario, true},
        {"each allocation of the scenario fails, and all behind it", &scenario, false},
    };
    struct CMUnitTest tests[COUNT(cases) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, scenario_check);
    ADD_TEST(tests, n, "names, numbers, getters and warm calls need no memory", check_none);
    return RUN_TESTS("oom", tests, n);
}
