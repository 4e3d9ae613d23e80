/*
 * The flow against the walk-through's contract: its six steps and tracked variables to the letter,
 * both tellings, and the ways it ends early.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/r53.h>

#include <stdlib.h>

#define ALB "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/elb/0123456789abcdef"
#define GROUP "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
#define LISTENER                                                                                   \
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/elb/0123456789abcdef/"       \
    "fedcba9876543210"
#define ELB_NAME "elb-123456.us-east-1.elb.amazonaws.com"

struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
    r53_flow *flow;
};

static void add_zone(r53_import *import)
{
    static const char *plain[] = {"192.0.2.1", "192.0.2.2"}, *cname[] = {"www.example.net."};
    static const char *markup[] = {"\"<b>&\""}, *cut[] = {"ns1.example.net."};
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZEXAMPLE", .name = "example.com"};
    r53_record_set sets[] = {
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "example.com",
         .alias_hosted_zone_id = "Z35SXDOTRQ7X7K", .alias_dns_name = ELB_NAME},
        {.size = sizeof(*sets), .type = R53_TYPE_AAAA, .name = "example.com",
         .alias_hosted_zone_id = "Z35SXDOTRQ7X7K", .alias_dns_name = ELB_NAME},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "plain.example.com", .values = plain,
         .n_values = 2, .has_ttl = 1, .ttl = 300},
        {.size = sizeof(*sets), .type = R53_TYPE_CNAME, .name = "docs.example.com",
         .values = cname, .n_values = 1, .has_ttl = 1, .ttl = 300},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "via.example.com",
         .alias_hosted_zone_id = "ZEXAMPLE", .alias_dns_name = "example.com"},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "lost.example.com",
         .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
         .alias_dns_name = "gone-1.us-east-1.elb.amazonaws.com"},
        {.size = sizeof(*sets), .type = R53_TYPE_TXT, .name = "markup.example.com",
         .values = markup, .n_values = 1, .has_ttl = 1, .ttl = 300},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "near.example.com", .values = plain,
         .n_values = 2, .has_ttl = 1, .ttl = 300, .set_identifier = "a", .country_code = "DE"},
        {.size = sizeof(*sets), .type = R53_TYPE_NS, .name = "sub.example.com", .values = cut,
         .n_values = 1, .has_ttl = 1, .ttl = 300},
        {.size = sizeof(*sets), .type = R53_TYPE_A, .name = "by.example.com",
         .alias_hosted_zone_id = "ZEXAMPLE", .alias_dns_name = "near.example.com"},
    };

    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    for (size_t i = 0; i < COUNT(sets); i++)
        assert_int_equal(r53_import_record_set(import, "ZEXAMPLE", &sets[i]), R53_OK);
}

static void add_load_balancer(r53_import *import)
{
    static const char *a[] = {"198.51.100.1"}, *b[] = {"198.51.100.2"};
    r53_availability_zone zone_a = {.size = sizeof(zone_a), .n_addresses = 1,
                                    .zone_name = "us-east-1a", .addresses = a};
    r53_availability_zone zone_b = {.size = sizeof(zone_b), .n_addresses = 1,
                                    .zone_name = "us-east-1b", .addresses = b};
    const r53_availability_zone *zones[] = {&zone_a, &zone_b};
    r53_load_balancer lb = {.size = sizeof(lb), .type = R53_LB_APPLICATION,
                            .load_balancer_arn = ALB, .load_balancer_name = "elb",
                            .dns_name = ELB_NAME, .availability_zones = zones,
                            .n_availability_zones = 2};
    r53_weighted_target_group forward = {GROUP, 1, 0};
    r53_listener_action action = {.size = sizeof(action), .type = R53_ACTION_FORWARD,
                                  .n_target_groups = 1, .target_groups = &forward};
    const r53_listener_action *actions[] = {&action};
    r53_listener listener = {.size = sizeof(listener), .protocol = R53_PROTOCOL_HTTP,
                             .listener_arn = LISTENER, .load_balancer_arn = ALB, .port = 80,
                             .n_default_actions = 1, .default_actions = actions};

    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
}

static void add_targets(r53_import *import)
{
    static const char *const ids[] = {"i-a1", "i-a2", "i-b1", "i-b2"};
    r53_target_group group = {.size = sizeof(group), .protocol = R53_PROTOCOL_HTTP,
                              .target_group_arn = GROUP, .target_group_name = "web", .port = 80};

    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    for (size_t i = 0; i < COUNT(ids); i++) {
        r53_target target = {.size = sizeof(target), .port = 80, .id = ids[i]};

        assert_int_equal(
            r53_import_target(import, GROUP, &target, R53_TARGET_HEALTHY, NULL), R53_OK);
        assert_int_equal(
            r53_import_instance(import, ids[i], i < 2 ? "us-east-1a" : "us-east-1b"), R53_OK);
    }
}

static void world_make(struct world *w, bool with_targets)
{
    r53_import *import;

    assert_int_equal(r53_cloud_new(&w->cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&w->observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, w->cloud, w->observed, NULL), R53_OK);
    add_zone(import);
    add_load_balancer(import);
    if (with_targets)
        add_targets(import);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(r53_view_new(&w->view, w->cloud, w->observed, 0, NULL), R53_OK);
    assert_int_equal(r53_flow_new(&w->flow, NULL), R53_OK);
}

static void world_free(struct world *w)
{
    r53_flow_free(w->flow);
    r53_view_release(w->view);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
}

static void run(struct world *w, const char *name, int32_t type, int32_t telling)
{
    r53_query query = {.size = sizeof(query), .type = type, .name = name, .telling = telling,
                       .seed = 7};

    assert_int_equal(r53_flow_run(w->view, &query, NULL, NULL, w->flow), R53_OK);
}

/* Steps as the contract writes them. */
struct step_text {
    const char *action, *input, *decision, *output;
};

static const struct step_text walk_through[] = {
    {"User sends DNS query", "example.com", "Route 53 receives query", "Query received"},
    {"Route 53 checks record type", "example.com record", "Record is Alias to ELB",
     "Proceed to resolve ELB"},
    {"Route 53 resolves ELB DNS", "ELB DNS name", "ELB DNS resolved", "ELB DNS name"},
    {"Route 53 returns ELB DNS name", "ELB DNS name", "DNS name sent to user",
     "User receives ELB DNS name"},
    {"User connects to ELB", "ELB DNS name", "Connection established",
     "Traffic forwarded to ELB targets"},
    {"ELB forwards traffic", "User request", "Targets respond", "User gets response"},
};

static void expect_steps(const r53_flow *flow, const struct step_text *steps, size_t n)
{
    assert_int_equal(r53_flow_step_count(flow), n);
    for (size_t i = 0; i < n; i++) {
        r53_flow_step step = {.size = sizeof(step)};

        assert_int_equal(r53_flow_step_get(flow, i, &step), R53_OK);
        assert_int_equal(step.number, i + 1);
        assert_string_equal(step.action, steps[i].action);
        assert_string_equal(step.input, steps[i].input);
        assert_string_equal(step.decision, steps[i].decision);
        assert_string_equal(step.output, steps[i].output);
        assert_true(step.n_entries > 0); /* each names what decided it */
    }
}

/* start, after 2, after 3, after 4, final */
static const char *const tracked[][6] = {
    {"DNS Query", "None", "example.com", "example.com", "example.com", "example.com"},
    {"Record Type", "Unknown", "Alias to ELB", "Alias to ELB", "Alias to ELB", "Alias to ELB"},
    {"ELB DNS", "None", "None", ELB_NAME, ELB_NAME, ELB_NAME},
    {"ELB IPs", "None", "None", "None", "None", "None"},
    {"User Connection", "None", "None", "None", "None", "Connected to ELB"},
};

static void test_walk_through(void **state)
{
    static const size_t after[] = {0, 2, 3, 4, 99};
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, 0);
    expect_steps(w.flow, walk_through, COUNT(walk_through));
    for (int32_t v = 0; v < 5; v++) {
        assert_string_equal(r53_flow_variable_name(v), tracked[v][0]);
        for (size_t i = 0; i < COUNT(after); i++)
            assert_string_equal(r53_flow_variable_get(w.flow, v, after[i]), tracked[v][i + 1]);
    }
    assert_int_equal(r53_flow_selection(w.flow)->outcome, R53_SELECTED_TARGET);
    assert_string_equal(r53_flow_selection(w.flow)->target_group_arn, GROUP);
    world_free(&w);
}

static void test_addresses(void **state)
{
    r53_record record = {.size = sizeof(record)};
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, R53_ALIAS_AS_ADDRESSES);
    assert_int_equal(r53_flow_step_count(w.flow), 6);
    assert_string_equal(r53_flow_variable_get(w.flow, R53_VARIABLE_ELB_IPS, 2), "None");
    assert_non_null(strstr(r53_flow_variable_get(w.flow, R53_VARIABLE_ELB_IPS, 3), "198.51.100.1"));
    assert_int_equal(r53_answer_count(r53_flow_answer(w.flow), R53_SECTION_ANSWER), 2);
    assert_int_equal(r53_answer_record(r53_flow_answer(w.flow), R53_SECTION_ANSWER, 0, &record),
                     R53_OK);
    assert_string_equal(record.name, "example.com.");
    assert_int_equal(record.ttl, 60);
    assert_string_equal(record.value, r53_flow_address(w.flow)); /* the first is connected to */
    world_free(&w);
}

/* Both tellings reach the same target with the same seed. */
static void test_tellings_agree(void **state)
{
    struct world w;

    (void)state;
    world_make(&w, true);
    for (uint64_t seed = 0; seed < 100; seed++) {
        r53_query query = {.size = sizeof(query), .name = "example.com", .seed = seed};
        char id[32], address[64];

        query.telling = R53_ALIAS_AS_NAME;
        assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_OK);
        strcpy(id, r53_flow_selection(w.flow)->target_id);
        strcpy(address, r53_flow_address(w.flow));
        query.telling = R53_ALIAS_AS_ADDRESSES;
        assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_OK);
        assert_string_equal(r53_flow_selection(w.flow)->target_id, id);
        assert_string_equal(r53_flow_address(w.flow), address);
    }
    world_free(&w);
}

/* Runs that end before a load balancer, or at one without reaching a target. */
static const struct way {
    const char *what, *name;
    int32_t type, telling;
    bool without_targets;
    size_t steps;
    const char *record_type, *decision, *output; /* of the last step */
} ways[] = {
    {"R53-CASE-83 a plain record is returned as it is", "plain.example.com", 0, 0, false, 3, "A",
     "Record sent to user", NULL},
    {"R53-CASE-83 R53-DISP-04 a CNAME is returned as it is", "docs.example.com", 0, 0, false, 3,
     "CNAME", "Record sent to user", "CNAME www.example.net."},
    {"R53-CASE-83 a missing name is returned as NXDOMAIN", "nope.example.com", 0, 0, false, 3,
     "missing", "NXDOMAIN sent to user", "NXDOMAIN"},
    {"R53-CASE-83 a missing type is returned as NODATA", "plain.example.com", R53_TYPE_MX, 0,
     false, 3, "missing for this type", "NODATA sent to user", "NODATA"},
    {"R53-CASE-83 R53-DELEG-01 a name below a zone cut is referred", "x.sub.example.com", 0, 0,
     false, 3, "delegated (NS)", "referral sent to user", "referral"},
    {"R53-CASE-83 R53-DNS-06 a name in no zone is refused", "example.org", 0, 0, false, 3,
     "in no hosted zone", "REFUSED sent to user", "REFUSED"},
    {"R53-VIEW-01 R53-ALIAS-08 an alias to an alias to a load balancer is an alias to it",
     "via.example.com", 0, 0, false, 6, "Alias to ELB", "Targets respond", "User gets response"},
    {"R53-ALIAS-16 T6 an alias to a load balancer that is not known is no address",
     "lost.example.com", 0, 0, false, 3, "Alias to nothing known", "SERVFAIL sent to user",
     "SERVFAIL"},
    {"R53-ELB-03 told by addresses, IPv6 of an IPv4 load balancer is NODATA", "example.com",
     R53_TYPE_AAAA, R53_ALIAS_AS_ADDRESSES, false, 3, "Alias to ELB", "ELB has no address for AAAA",
     "NODATA returned to user"},
    {"R53-ELB-03 told by name, IPv6 of an IPv4 load balancer is no connection", "example.com",
     R53_TYPE_AAAA, 0, false, 5, "Alias to ELB", "ELB has no address for AAAA", "No connection"},
    {"R53-CASE-83 a load balancer whose target group is unknown says so", "example.com", 0, 0,
     true, 6, "Alias to ELB", "Target group is not known", "Unknown"},
};

static void check_way(void **state)
{
    const struct way *way = *state;
    r53_flow_step step = {.size = sizeof(step)};
    struct world w;

    world_make(&w, !way->without_targets);
    run(&w, way->name, way->type, way->telling);
    assert_int_equal(r53_flow_step_count(w.flow), way->steps);
    assert_string_equal(r53_flow_variable_get(w.flow, R53_VARIABLE_RECORD_TYPE, 9),
                        way->record_type);
    assert_int_equal(r53_flow_step_get(w.flow, way->steps - 1, &step), R53_OK);
    assert_string_equal(step.decision, way->decision);
    if (way->output)
        assert_string_equal(step.output, way->output);
    if (way->steps == 3) {
        assert_int_equal(r53_flow_selection(w.flow)->outcome, 0);
        assert_string_equal(r53_flow_selection(w.flow)->load_balancer_arn, "");
        assert_string_equal(r53_flow_selection(w.flow)->target_id, "");
    }
    world_free(&w);
}

/* What the request says, or the load balancer's security group, decides how the last steps read. */
static const struct ending {
    const char *what;
    int32_t target_outcome, client_outcome;
    bool closed; /* the load balancer has a security group that admits nothing */
    size_t steps;
    const char *connection, *decision, *output;
    const char *zone; /* that is connected to; NULL: any */
} endings[] = {
    {"ELB-ALB-ERR-502 a target that refuses", R53_TARGET_REFUSED, 0, false, 6, "Connected to ELB",
     "Target gives no usable answer", "User gets HTTP 502", NULL},
    {"ELB-ALB-ERR-504 one that is too slow", R53_TARGET_TIMED_OUT, 0, false, 6, "Connected to ELB",
     "Target gives no usable answer", "User gets HTTP 504", NULL},
    {"ELB-ALB-ERR-460 a user who leaves", 0, R53_CLIENT_LEFT, false, 6, "Connected to ELB",
     "User closes the connection", "HTTP 460 logged", NULL},
    {"ELB-ALB-ERR-408 a user who says nothing", 0, R53_CLIENT_SILENT, false, 6, "Connected to ELB",
     "No target takes the request", "User gets HTTP 408", NULL},
    {"ELB-LB-47 a security group in the way", 0, 0, true, 5, "None",
     "Security groups drop the packet", "No connection", NULL},
    {"ELB-LB-10 a user who asks for a zone without node", 0, 0, false, 5, "None",
     "ELB has no node in that zone", "No connection", "us-east-1f"},
};

static void close_off(struct world *w)
{
    static const char *const ids[] = {"sg-1"};
    const r53_security_group group = {.size = sizeof(group), .group_id = ids[0]};
    const r53_load_balancer lb = {.size = sizeof(lb), .load_balancer_arn = ALB,
                                  .dns_name = ELB_NAME, .security_groups = ids,
                                  .n_security_groups = 1};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, w->cloud, w->observed, NULL), R53_OK);
    assert_int_equal(r53_import_security_group(import, &group), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_node_addresses(import, ALB, "us-east-1a",
                                               (const char *[]){"198.51.100.1"}, 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    r53_view_release(w->view);
    assert_int_equal(r53_view_new(&w->view, w->cloud, w->observed, 0, NULL), R53_OK);
}

static void check_ending(void **state)
{
    const struct ending *c = *state;
    const r53_query query = {.size = sizeof(query), .type = R53_TYPE_A, .name = "example.com"};
    const r53_request request = {.size = sizeof(request), .target_outcome = c->target_outcome,
                                 .client_outcome = c->client_outcome,
                                 .availability_zone = c->zone};
    r53_flow_step step = {.size = sizeof(step)};
    struct world w;

    world_make(&w, true);
    if (c->closed)
        close_off(&w);
    assert_int_equal(r53_flow_run(w.view, &query, &request, NULL, w.flow), R53_OK);
    assert_int_equal(r53_flow_step_count(w.flow), c->steps);
    assert_int_equal(r53_flow_step_get(w.flow, c->steps - 1, &step), R53_OK);
    assert_string_equal(step.decision, c->decision);
    assert_string_equal(step.output, c->output);
    assert_string_equal(r53_flow_variable_get(w.flow, R53_VARIABLE_USER_CONNECTION, 9),
                        c->connection);
    world_free(&w);
}

/* Every form: measured length = written length, and the same for any buffer. */
static void test_render(void **state)
{
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, 0);
    for (int32_t form = R53_RENDER_TEXT; form <= R53_RENDER_DOT; form++) {
        size_t length = 0, again = 0;
        char small[32], *whole;

        assert_int_equal(r53_flow_render(w.flow, form, NULL, 0, &length), R53_E_NO_SPACE);
        assert_true(length > 100);
        whole = malloc(length + 1);
        assert_int_equal(r53_flow_render(w.flow, form, whole, length + 1, &again), R53_OK);
        assert_int_equal(strlen(whole), length);
        assert_int_equal(again, length);
        assert_int_equal(r53_flow_render(w.flow, form, small, sizeof(small), NULL), R53_E_NO_SPACE);
        assert_memory_equal(small, whole, sizeof(small) - 1);
        assert_int_equal(small[sizeof(small) - 1], '\0');
        free(whole);
    }
    assert_int_equal(r53_flow_render(w.flow, R53_RENDER_TEXT, NULL, 9, NULL), R53_E_NO_SPACE);
    assert_int_equal(r53_flow_render(w.flow, 0, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_flow_render(w.flow, 99, NULL, 0, NULL), R53_E_INVALID);
    world_free(&w);
}

static void test_text(void **state)
{
    static const char expected[] =
        "| step | action                        | input              | decision / result       | "
        "output                           |\n";
    char buffer[8192];
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, 0);
    assert_int_equal(r53_flow_render(w.flow, R53_RENDER_TEXT, buffer, sizeof(buffer), NULL),
                     R53_OK);
    assert_memory_equal(buffer, expected, sizeof(expected) - 1);
    assert_non_null(strstr(buffer, "| variable        | start   | after 2      | after 3"));
    world_free(&w);
}

static void test_json(void **state)
{
    static const char named[] = "\"Records\": [\n    {\"Name\": \"example.com.\", \"Type\": "
                                "\"CNAME\", \"TTL\": 60, \"Value\": ";
    static const char missing[] = "\"Answer\": {\"ResponseCode\": \"NXDOMAIN\", "
                                  "\"HostedZoneId\": \"ZEXAMPLE\", \"SetIdentifier\": \"\", "
                                  "\"Records\": []}";
    char buffer[16384];
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, 0);
    assert_int_equal(r53_flow_render(w.flow, R53_RENDER_JSON, buffer, sizeof(buffer), NULL),
                     R53_OK);
    assert_non_null(strstr(buffer, named));
    run(&w, "nothing.example.com", 0, 0);
    assert_int_equal(r53_flow_render(w.flow, R53_RENDER_JSON, buffer, sizeof(buffer), NULL),
                     R53_OK);
    if (!strstr(buffer, missing))
        fail_msg("no %s in %s", missing, buffer);
    world_free(&w);
}

static void test_rubbish(void **state)
{
    r53_query query = {.size = sizeof(query), .name = "a..b"};
    r53_request request = {.size = sizeof(request), .source_address = "not an address"};
    struct world w;

    (void)state;
    world_make(&w, true);
    assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_E_INVALID);
    query.name = NULL;
    assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_E_INVALID);
    query.name = "example.com";
    assert_int_equal(r53_flow_run(w.view, &query, &request, NULL, w.flow), R53_E_INVALID);
    assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_OK);
    assert_int_equal(r53_flow_run(NULL, &query, NULL, NULL, w.flow), R53_E_INVALID);
    assert_int_equal(r53_flow_step_count(w.flow), 0);
    assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, NULL), R53_E_INVALID);
    query.telling = R53_ALIAS_AS_NAME + 1;
    assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, w.flow), R53_E_INVALID);
    assert_int_equal(r53_flow_run(w.view, NULL, NULL, NULL, w.flow), R53_E_INVALID);
    assert_int_equal(r53_flow_step_count(w.flow), 0);
    assert_string_equal(r53_flow_variable_get(w.flow, 99, 1), "");
    assert_string_equal(r53_flow_variable_get(w.flow, R53_VARIABLE_ELB_DNS, 1), "None");
    world_free(&w);
}

/* A group that has nothing for this client says so, also behind an alias. */
static void test_other_clients(void **state)
{
    static const char *const names[] = {"near.example.com", "by.example.com"};
    struct world w;

    (void)state;
    world_make(&w, true);
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct step_text steps[] = {
            {"User sends DNS query", names[i], "Route 53 receives query", "Query received"},
            {"Route 53 checks record type", i ? "by.example.com record" : "near.example.com record",
             "Record is for other clients", "No record to return"},
            {"Route 53 answers without a record",
             i ? "by.example.com record" : "near.example.com record", "NODATA sent to user",
             "NODATA"},
        };

        run(&w, names[i], R53_TYPE_A, 0);
        expect_steps(w.flow, steps, COUNT(steps));
    }
    world_free(&w);
}

/* What a value holds does not become markup of the diagram. */
static void test_markup(void **state)
{
    static const struct {
        int32_t form;
        const char *told;
    } forms[] = {{R53_RENDER_MERMAID, "TXT #34;#60;b#62;#38;#34;"},
                 {R53_RENDER_DOT, "TXT \\\"<b>&amp;\\\""}};
    char text[4096];
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "markup.example.com", R53_TYPE_TXT, 0);
    for (size_t i = 0; i < COUNT(forms); i++) {
        assert_int_equal(r53_flow_render(w.flow, forms[i].form, text, sizeof(text), NULL), R53_OK);
        assert_non_null(strstr(text, forms[i].told));
    }
    world_free(&w);
}

/* A type that Route 53 cannot hold is told by its number, as RFC 3597 writes it. */
static void test_unknown_type(void **state)
{
    char line[200];
    bool told = false;
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "plain.example.com", 65280, 0);
    for (size_t i = 0; i < r53_trace_count(r53_flow_trace(w.flow)); i++) {
        r53_trace_text(r53_flow_trace(w.flow), i, line, sizeof(line), NULL);
        told = told || strstr(line, "of type TYPE65280");
    }
    assert_true(told);
    world_free(&w);
}

/* The trace says that the name stands for what the wire would answer. */
static void test_name_telling_is_marked(void **state)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    const r53_trace *trace;
    char line[300];
    bool told = false;
    struct world w;

    (void)state;
    world_make(&w, true);
    run(&w, "example.com", 0, 0);
    trace = r53_flow_trace(w.flow);
    for (size_t i = 0; r53_trace_get(trace, i, &entry) == R53_OK; i++) {
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        told = told || (strstr(line, "the name telling: ") == line &&
                        strcmp(r53_rule_id(entry.rule), "R53-VIEW-01") == 0);
    }
    assert_true(told);
    world_free(&w);
}

/* Each allocation fails once: R53_E_NOMEM and an empty flow, then it works; warm runs need none. */
static void test_memory(void **state)
{
    r53_query query = {.size = sizeof(query), .name = "example.com"};
    struct world w;
    int32_t rc = R53_E_NOMEM;

    (void)state;
    world_make(&w, true);
    for (long k = 1; rc != R53_OK; k++) {
        struct torture torture = {.fail_at = k};
        r53_allocator allocator = torture_allocator(&torture);
        r53_flow *flow = NULL;

        rc = r53_flow_new(&flow, &allocator);
        if (rc == R53_OK)
            rc = r53_flow_run(w.view, &query, NULL, NULL, flow);
        assert_true(rc == R53_OK || rc == R53_E_NOMEM);
        if (rc == R53_OK) {
            long calls = torture.calls;

            assert_int_equal(r53_flow_run(w.view, &query, NULL, NULL, flow), R53_OK);
            assert_int_equal(torture.calls, calls);
        } else {
            assert_int_equal(r53_flow_step_count(flow), 0);
        }
        r53_flow_free(flow);
        assert_int_equal(torture.live, 0);
    }
    world_free(&w);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(ways) + COUNT(endings) + 15];
    size_t n = 0;

    ADD_TEST(tests, n, "R53-VIEW-01 the walk-through's six steps and tracked variables",
             test_walk_through);
    ADD_TEST(tests, n, "R53-VIEW-02 told by addresses: node addresses under the queried name",
             test_addresses);
    ADD_TEST(tests, n, "R53-VIEW-03 both tellings reach the same target", test_tellings_agree);
    ADD_TEST(tests, n, "R53-VIEW-01 the trace marks the name telling", test_name_telling_is_marked);
    ADD_CASES(tests, n, ways, check_way);
    ADD_CASES(tests, n, endings, check_ending);
    ADD_TEST(tests, n, "every form is rendered whole or cut, never past the buffer", test_render);
    ADD_TEST(tests, n, "the text form prints the two tables", test_text);
    ADD_TEST(tests, n, "the JSON form tells the answer's records", test_json);
    ADD_TEST(tests, n, "rubbish is refused and leaves the flow empty", test_rubbish);
    ADD_TEST(tests, n, "R53-DISP-08 R53-HEALTH-38 a group without a record set for the client",
             test_other_clients);
    ADD_TEST(tests, n, "values do not become markup of diagrams", test_markup);
    ADD_TEST(tests, n, "a type without a name is told by its number", test_unknown_type);
    ADD_TEST(tests, n, "every allocation may fail; a warm flow allocates nothing", test_memory);
    return RUN_TESTS("flow", tests, n);
}
