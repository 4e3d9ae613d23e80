/*
 * Members that are reserved are 0 in what is given: one day they will mean something, which a
 * program that is newer than the library must not believe to be obeyed.
 */
#include "support/harness.h"

#include <r53/r53.h>

#include <string.h>

#define LB_ARN    "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/1"
#define GROUP_ARN "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1"
#define RULE_ARN  "arn:aws:elasticloadbalancing:us-east-1:1:listener-rule/app/a/1/2/3"

struct doors {
    r53_cloud *cloud;
    r53_import *import;
    r53_report *report;
};

/* One condition, transform or action in an otherwise sound rule. */
static int32_t rule_import(const struct doors *d, const r53_condition *condition,
                           const r53_transform *transform, uint32_t group_reserved)
{
    const r53_weighted_target_group group = {GROUP_ARN, 1, group_reserved};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .target_groups = &group,
                                        .n_target_groups = 1};
    const r53_listener_action *actions[] = {&action};
    const r53_listener_rule rule = {.size = sizeof(rule),
                                    .rule_arn = RULE_ARN,
                                    .priority = "1",
                                    .conditions = &condition,
                                    .n_conditions = condition ? 1 : 0,
                                    .actions = actions,
                                    .n_actions = 1,
                                    .transforms = &transform,
                                    .n_transforms = transform ? 1 : 0};

    return r53_import_rule(d->import, &rule);
}

static int32_t of_group(const struct doors *d)
{
    return rule_import(d, NULL, NULL, 1);
}

static int32_t of_condition(const struct doors *d)
{
    static const char *const values[] = {"/"};
    const r53_condition condition = {.size = sizeof(condition),
                                     .field = "path-pattern",
                                     .values = values,
                                     .n_values = 1,
                                     .reserved = 1};

    return rule_import(d, &condition, NULL, 0);
}

static int32_t of_transform(const struct doors *d)
{
    const r53_transform transform = {
        .size = sizeof(transform), .type = "url-rewrite", .regex = "a", .reserved = 1};

    return rule_import(d, NULL, &transform, 0);
}

static int32_t of_rule(const struct doors *d)
{
    const r53_listener_rule rule = {
        .size = sizeof(rule), .rule_arn = RULE_ARN, .priority = "1", .reserved = 1};

    return r53_import_rule(d->import, &rule);
}

static int32_t of_certificate(const struct doors *d)
{
    const r53_certificate certificate = {
        .size = sizeof(certificate), .certificate_arn = "c", .reserved = 1};

    return r53_import_listener_certificate(d->import, "l", &certificate);
}

static int32_t of_listener(const struct doors *d)
{
    const r53_listener listener = {
        .size = sizeof(listener), .load_balancer_arn = LB_ARN, .listener_arn = "l", .reserved = 1};

    return r53_import_listener(d->import, &listener);
}

static int32_t of_permission(const struct doors *d)
{
    const r53_ip_permission permission = {
        .size = sizeof(permission), .ip_protocol = "tcp", .reserved = 1};
    const r53_ip_permission *permissions[] = {&permission};
    const r53_security_group group = {.size = sizeof(group),
                                      .group_id = "sg-1",
                                      .ip_permissions = permissions,
                                      .n_ip_permissions = 1};

    return r53_import_security_group(d->import, &group);
}

static int32_t of_vpc(const struct doors *d)
{
    const r53_vpc_dns vpc = {.size = sizeof(vpc), .vpc_id = "vpc-1", .reserved = 1};

    return r53_import_vpc(d->import, &vpc);
}

static int32_t of_health_check(const struct doors *d)
{
    const r53_health_check check = {
        .size = sizeof(check), .id = "h", .type = R53_CHECK_TCP, .reserved = 1};

    return r53_import_health_check(d->import, &check);
}

static const r53_hosted_zone odd_zone = {
    .size = sizeof(odd_zone), .id = "Z2", .name = "example.net", .reserved = 1};

static int32_t of_imported_zone(const struct doors *d)
{
    return r53_import_hosted_zone(d->import, &odd_zone);
}

static int32_t of_created_zone(const struct doors *d)
{
    return r53_zone_create(d->cloud, &odd_zone, d->report);
}

static const char *const values[] = {"192.0.2.1"};
static const r53_record_set odd_set = {.size = sizeof(odd_set),
                                       .name = "www.example.com",
                                       .type = R53_TYPE_A,
                                       .values = values,
                                       .n_values = 1,
                                       .has_ttl = 1,
                                       .ttl = 60,
                                       .reserved = 1};

static int32_t of_imported_set(const struct doors *d)
{
    return r53_import_record_set(d->import, "Z1", &odd_set);
}

static int32_t of_changed_set(const struct doors *d)
{
    const r53_change change = {
        .size = sizeof(change), .action = R53_ACTION_CREATE, .record_set = &odd_set};
    const r53_change *changes[] = {&change};

    return r53_zone_change(d->cloud, "Z1", changes, 1, d->report);
}

static int32_t of_blocks(const struct doors *d)
{
    static const char *const blocks[] = {"192.0.2.0/24"};
    const r53_cidr_collection collection = {
        .size = sizeof(collection), .id = "c8c02a84-aaaa-bbbb-e0d2-d833a2f80106", .name = "c"};
    const r53_cidr_change change = {.size = sizeof(change),
                                    .action = R53_CIDR_PUT,
                                    .location_name = "x",
                                    .cidr_list = blocks,
                                    .n_cidr_list = 1,
                                    .reserved = 1};
    const r53_cidr_change *changes[] = {&change};

    assert_int_equal(r53_cidr_collection_create(d->cloud, &collection, NULL), R53_OK);
    return r53_cidr_collection_change(d->cloud, collection.id, 0, changes, 1, d->report);
}

static int32_t of_zone_file(const struct doors *d)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z3", .name = "example.org"};
    const r53_zone_file_options options = {
        .size = sizeof(options), .hosted_zone = &zone, .reserved = 1};

    return r53_import_zone_file(d->import, &options, "@ 60 IN A 192.0.2.1\n", 20);
}

static const struct reserved_case {
    const char *what;
    int32_t (*call)(const struct doors *);
} cases[] = {
    {"of a target group of an action", of_group},
    {"of a condition", of_condition},
    {"of a transform", of_transform},
    {"of a rule", of_rule},
    {"of a certificate", of_certificate},
    {"of a listener", of_listener},
    {"of a permission", of_permission},
    {"of a VPC", of_vpc},
    {"of a health check", of_health_check},
    {"of a hosted zone that is imported", of_imported_zone},
    {"of one that is created", of_created_zone},
    {"of a record set that is imported", of_imported_set},
    {"of one that is changed", of_changed_set},
    {"of a change of CIDR blocks", of_blocks},
    {"of options of zone files", of_zone_file},
};

static void refused(void **state)
{
    const struct reserved_case *c = *state;
    const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "Z1", .name = "example.com", .caller_reference = "x"};
    r53_finding f = {.size = sizeof(f)};
    struct doors d = {NULL, NULL, NULL};

    assert_int_equal(r53_report_new(&d.report, NULL), R53_OK);
    assert_int_equal(r53_cloud_new(&d.cloud, NULL), R53_OK);
    assert_int_equal(r53_zone_create(d.cloud, &zone, NULL), R53_OK);
    assert_int_equal(r53_import_new(&d.import, d.cloud, NULL, d.report), R53_OK);
    assert_int_equal(c->call(&d), R53_E_INVALID);
    assert_int_equal(r53_report_count(d.report), 1);
    assert_int_equal(r53_report_get(d.report, 0, &f), R53_OK);
    assert_string_equal(f.text, "1 is said in a member that is reserved; expected 0");
    r53_import_free(d.import);
    r53_cloud_free(d.cloud);
    r53_report_free(d.report);
}

static void refused_allocator(void **unused)
{
    const r53_allocator allocator = {.size = sizeof(allocator), .reserved = 1};
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, &allocator), R53_E_INVALID);
}

/* What comes back from the host, which may have kept it. */
static void refused_selection(void **unused)
{
    const r53_selection selection = {
        .size = sizeof(selection), .outcome = R53_SELECTED_NO_LISTENER, .reserved = 1};
    r53_cookie cookie = {.size = sizeof(cookie)};
    r53_elb_state *state;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    assert_int_equal(r53_elb_begin(state, &selection), R53_E_INVALID);
    assert_int_equal(r53_elb_end(state, &selection), R53_E_INVALID);
    assert_int_equal(r53_selection_cookie(&selection, 0, 0, &cookie), R53_E_INVALID);
    r53_elb_state_free(state);
}

static void refused_finding(void **unused)
{
    const r53_finding finding = {
        .size = sizeof(finding), .severity = R53_SEVERITY_NOTE, .text = "x", .reserved = 1};
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_report_add(report, &finding), R53_E_INVALID);
    r53_report_free(report);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, refused);
    ADD_TEST(tests, n, "of an allocator", refused_allocator);
    ADD_TEST(tests, n, "of a selection", refused_selection);
    ADD_TEST(tests, n, "of a finding", refused_finding);
    return RUN_TESTS("reserved members", tests, n);
}
