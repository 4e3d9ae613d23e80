/*
 * Members of change calls at the borders of what AWS takes: one beyond is refused by name, and what
 * lies on the border is taken.
 */
#include "support/harness.h"

#include <r53/r53.h>

#include <stdio.h>

enum { LONG_TEXT = 5000, VALUES_MOST = 65535 };

struct border {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    char text[LONG_TEXT]; /* as many letters as the row asks for */
};

static int32_t zone_comment(struct border *b)
{
    const r53_hosted_zone zone = {.size = sizeof(zone),
                                  .id = "Z2",
                                  .name = "example.net",
                                  .caller_reference = "two",
                                  .comment = b->text};

    return r53_zone_create(b->cloud, &zone, b->report);
}

static int32_t collection_reference(struct border *b)
{
    const r53_cidr_collection collection = {.size = sizeof(collection),
                                            .id = "c8c02a84-aaaa-bbbb-cccc-0123456789ab",
                                            .name = "isp",
                                            .caller_reference = b->text};

    return r53_cidr_collection_create(b->cloud, &collection, b->report);
}

static int32_t change(struct border *b, const r53_record_set *set)
{
    const r53_change one = {.size = sizeof(one), .action = R53_ACTION_CREATE, .record_set = set};
    const r53_change *const batch[] = {&one};

    return r53_zone_change(b->cloud, "Z1", batch, 1, b->report);
}

static int32_t identifier(struct border *b)
{
    static const char *const values[] = {"192.0.2.1"};
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "www.example.com",
                                .set_identifier = b->text,
                                .has_weight = 1,
                                .values = values,
                                .n_values = 1,
                                .has_ttl = 1};

    return change(b, &set);
}

static int32_t value(struct border *b)
{
    const char *const values[] = {b->text};
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_SPF,
                                .name = "www.example.com",
                                .values = values,
                                .n_values = 1,
                                .has_ttl = 1};

    return change(b, &set);
}

static const struct length_case {
    const char *what;
    int32_t (*call)(struct border *b);
    size_t length;
    const char *aws_name, *text; /* of the refusal; NULL: none */
} lengths[] = {
    {"R53-ZONE-13 a comment of 256 characters", zone_comment, 256, NULL, NULL},
    {"R53-ZONE-13 a comment of 257", zone_comment, 257, "InvalidInput",
     "Comment must have at most 256 characters"},
    {"R53-COLL-02 a reference of 64 characters", collection_reference, 64, NULL, NULL},
    {"R53-COLL-02 a reference of 65", collection_reference, 65, "InvalidInput",
     "must have at most 64 characters"},
    {"R53-GROUP-03 an identifier of 128 characters", identifier, 128, NULL, NULL},
    {"R53-GROUP-03 an identifier of 129", identifier, 129, "InvalidInput", "maxLength"},
    {"R53-GROUP-03 an identifier of none", identifier, 0, "InvalidInput", "minLength"},
    {"R53-TYPE-07 a value of 4001 characters", value, 4001, "InvalidInput", "maxLength"},
};

static void border_open(struct border *b)
{
    static const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "Z1", .name = "example.com", .caller_reference = "one"};

    assert_int_equal(r53_report_new(&b->report, NULL), R53_OK);
    assert_int_equal(r53_cloud_new(&b->cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&b->observed, NULL), R53_OK);
    assert_int_equal(r53_zone_create(b->cloud, &zone, NULL), R53_OK);
}

static void border_close(struct border *b)
{
    r53_observed_free(b->observed);
    r53_cloud_free(b->cloud);
    r53_report_free(b->report);
}

/* Is there an error of this name with these words? */
static void expect_error(const r53_report *report, const char *aws_name, const char *words)
{
    r53_finding f = {.size = sizeof(f)};

    for (size_t i = 0; r53_report_get(report, i, &f) == R53_OK; i++) {
        if (f.severity == R53_SEVERITY_ERROR && strcmp(f.aws_name, aws_name) == 0 &&
            strstr(f.text, words))
            return;
    }
    fail_msg("not told: %s: %s; last: %s: %s", aws_name, words, f.aws_name, f.text);
}

static void check_length(void **state)
{
    const struct length_case *c = *state;
    struct border b = {.cloud = NULL};
    int32_t rc;

    border_open(&b);
    memset(b.text, 'a', c->length);
    rc = c->call(&b);
    assert_int_equal(rc, c->text ? R53_E_INVALID : R53_OK);
    if (c->text)
        expect_error(b.report, c->aws_name, c->text);
    border_close(&b);
}

/* Record sets that miss something, or have too much. */
static const char *const address[] = {"192.0.2.1"};
static const struct set_case {
    const char *what;
    r53_record_set set;
    const char *text;
} sets[] = {
    {"R53-ALIAS-01 an alias without a name to lead to",
     {.size = sizeof(r53_record_set),
      .type = R53_TYPE_A,
      .name = "a.example.com",
      .alias_hosted_zone_id = "Z1"},
     "DNSName"},
    {"R53-ALIAS-01 an alias without the zone of that name",
     {.size = sizeof(r53_record_set),
      .type = R53_TYPE_A,
      .name = "a.example.com",
      .alias_dns_name = "b.example.com"},
     "HostedZoneId"},
    {"R53-GEOPROX-02 a longitude that is none",
     {.size = sizeof(r53_record_set),
      .type = R53_TYPE_A,
      .name = "a.example.com",
      .values = address,
      .n_values = 1,
      .has_ttl = 1,
      .set_identifier = "x",
      .latitude = "1.0",
      .longitude = "181"},
     "Longitude"},
    {"R53-ERR-33 values that are counted but not given",
     {.size = sizeof(r53_record_set),
      .type = R53_TYPE_A,
      .name = "a.example.com",
      .n_values = 1,
      .has_ttl = 1},
     "Value is missing"},
};

static void check_set(void **state)
{
    const struct set_case *c = *state;
    struct border b = {.cloud = NULL};

    border_open(&b);
    assert_int_equal(change(&b, &c->set), R53_E_INVALID);
    expect_error(b.report, "InvalidInput", c->text);
    border_close(&b);
}

/* An import refuses what has no meaning, and what no zone can hold. */
static void check_imported(void **state)
{
    static const char *values[VALUES_MOST + 1];
    r53_record_set set = {
        .size = sizeof(set), .type = R53_TYPE_A, .name = "a.example.com", .has_ttl = 1};
    struct border b = {.cloud = NULL};
    r53_import *import;

    (void)state;
    border_open(&b);
    assert_int_equal(r53_import_new(&import, b.cloud, b.observed, b.report), R53_OK);
    set.n_values = 1;
    assert_int_equal(r53_import_record_set(import, "Z1", &set), R53_E_INVALID);
    expect_error(b.report, "InvalidChangeBatch", "ResourceRecords is missing");
    for (size_t i = 0; i < COUNT(values); i++)
        values[i] = "192.0.2.1";
    set.values = values;
    set.n_values = COUNT(values);
    assert_int_equal(r53_import_record_set(import, "Z1", &set), R53_E_INVALID);
    expect_error(b.report, "InvalidChangeBatch", "more than 65535 values");
    r53_import_free(import);
    border_close(&b);
}

/* The id of a hosted zone belongs to one name. */
static void check_renamed(void **state)
{
    static const r53_hosted_zone other = {.size = sizeof(other), .id = "Z1", .name = "example.net"};
    struct border b = {.cloud = NULL};
    r53_import *import;

    (void)state;
    border_open(&b);
    assert_int_equal(r53_import_new(&import, b.cloud, b.observed, b.report), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &other), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_E_INVALID);
    expect_error(b.report, "InvalidChangeBatch", "hosted zone Z1 is not named example.net.");
    r53_import_free(import);
    border_close(&b);
}

#define ELB_PREFIX "arn:aws:elasticloadbalancing:us-east-1:123456789012:"

/* Listeners are known by their ARNs, but those of Classic Load Balancers by their ports. */
static void check_arn(void **state)
{
    static const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    static const r53_availability_zone *const zones[] = {&zone};
    static const r53_load_balancer classic = {.size = sizeof(classic),
                                              .type = R53_LB_CLASSIC,
                                              .load_balancer_arn = ELB_PREFIX "loadbalancer/old",
                                              .load_balancer_name = "old",
                                              .availability_zones = zones,
                                              .n_availability_zones = 1};
    static const r53_target_group group = {.size = sizeof(group),
                                           .target_group_arn = ELB_PREFIX "targetgroup/t/1",
                                           .target_group_name = "t",
                                           .protocol = R53_PROTOCOL_TCP,
                                           .port = 80};
    static const r53_weighted_target_group to = {ELB_PREFIX "targetgroup/t/1", 1, 0};
    static const r53_listener_action forward = {.size = sizeof(forward),
                                                .type = R53_ACTION_FORWARD,
                                                .target_groups = &to,
                                                .n_target_groups = 1};
    static const r53_listener_action *const actions[] = {&forward};
    r53_load_balancer network = classic;
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = R53_PROTOCOL_TCP,
                             .load_balancer_arn = classic.load_balancer_arn,
                             .listener_arn = ELB_PREFIX "listener/net/new/1/2",
                             .port = 80,
                             .default_actions = actions,
                             .n_default_actions = 1,
                             .instance_protocol = R53_PROTOCOL_TCP,
                             .instance_port = 80};
    struct border b = {.cloud = NULL};

    (void)state;
    border_open(&b);
    network.type = R53_LB_NETWORK;
    network.load_balancer_arn = ELB_PREFIX "loadbalancer/net/new/1";
    network.load_balancer_name = "new";
    assert_int_equal(r53_load_balancer_create(b.cloud, &classic, b.report), R53_OK);
    assert_int_equal(r53_load_balancer_create(b.cloud, &network, b.report), R53_OK);
    assert_int_equal(r53_target_group_create(b.cloud, &group, b.report), R53_OK);
    assert_int_equal(r53_listener_create(b.cloud, &listener, b.report), R53_E_INVALID);
    expect_error(b.report, "ValidationError",
                 "A listener of the Classic load balancer '" ELB_PREFIX
                 "loadbalancer/old' has no ARN");
    listener.listener_arn = NULL;
    listener.n_default_actions = 0;
    assert_int_equal(r53_listener_create(b.cloud, &listener, b.report), R53_OK);
    listener.load_balancer_arn = network.load_balancer_arn;
    assert_int_equal(r53_listener_create(b.cloud, &listener, b.report), R53_E_INVALID);
    expect_error(b.report, "ValidationError",
                 "A listener of the load balancer '" ELB_PREFIX
                 "loadbalancer/net/new/1' needs an ARN");
    border_close(&b);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(lengths) + COUNT(sets) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, lengths, check_length);
    ADD_CASES(tests, n, sets, check_set);
    ADD_TEST(tests, n, "R53-ERR-33 R53-TYPE-07 values of an imported record set", check_imported);
    ADD_TEST(tests, n, "R53-ZONE-01 an import does not rename a hosted zone", check_renamed);
    ADD_TEST(tests, n, "ELB-VAL-23 which listeners have an ARN", check_arn);
    return RUN_TESTS("borders of change calls", tests, n);
}
