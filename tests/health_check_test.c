/*
 * Health checks: what the change doors refuse, what import only warns of, how a status comes about,
 * and where traffic goes because of it.
 */
#include "support/cloud_text.h"
#include "support/harness.h"

#include "base/hash.h"
#include "view/check_status.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

/* One check by itself: refused by the change door, warned of by import, in the same words */

#define HTTP(...)                                                                                  \
    {                                                                                              \
        .type = R53_CHECK_HTTP, .ip_address = "198.51.100.1", .caller_reference = "one",           \
        __VA_ARGS__                                                                                \
    }
#define KIND(TYPE, ...)                                                                            \
    {                                                                                              \
        .type = R53_CHECK_##TYPE, .caller_reference = "one", __VA_ARGS__                           \
    }
#define ADDRESS(TEXT) KIND(HTTP, .ip_address = TEXT)
#define NOT_PUBLIC(TEXT, WHAT, RANGE)                                                              \
    "R53-HC-02 no checker reaches " TEXT, ADDRESS(TEXT), "R53-HC-02",                              \
        "Invalid parameter : IPAddress '" TEXT "' is " WHAT " address; expected a public one, "    \
        "not in " RANGE "."

#define TEXT_64  "0123456789012345678901234567890123456789012345678901234567890123"
#define TEXT_256 TEXT_64 TEXT_64 TEXT_64 TEXT_64

static const char *const two_regions[] = {"us-east-1", "us-west-1"};
static const char *const same_regions[] = {"us-east-1", "us-east-1", "us-west-1"};
static const char *const bad_regions[] = {"us-east-1", "us-west-1", "eu-central-1"};
static const char *const three_regions[] = {"us-east-1", "us-west-1", "eu-west-1"};
static const char *const one_child[] = {"child"};
static const char *const long_child[] = {TEXT_64 "5"};

static const struct schema_case {
    const char *what;
    r53_health_check check;
    const char *rule, *text;
} schema_cases[] = {
    {"R53-HC-02 an endpoint by address", HTTP(.port = 1), NULL, NULL},
    {"R53-HC-02 an endpoint by name",
     KIND(TCP, .fully_qualified_domain_name = "a.b", .port = 65535), NULL, NULL},
    {"R53-HC-02 all that HTTPS may have",
     KIND(HTTPS_STR_MATCH, .ip_address = "2001:db8::1", .fully_qualified_domain_name = "a.example",
          .resource_path = "/x", .search_string = "ok", .request_interval = 10,
          .failure_threshold = 10, .measure_latency = 1, .enable_sni = R53_OPTION_OFF,
          .regions = three_regions, .n_regions = 3, .inverted = 1, .disabled = 1),
     NULL, NULL},
    {"R53-HC-02 a threshold of 256, which is more than there are children",
     KIND(CALCULATED, .has_health_threshold = 1, .health_threshold = 256), NULL, NULL},
    {"R53-HC-02 an alarm",
     KIND(CLOUDWATCH_METRIC, .alarm_region = "us-east-1", .alarm_name = "a",
          .insufficient_data_health_status = R53_INSUFFICIENT_UNHEALTHY),
     NULL, NULL},
    {"R53-HC-02 a routing control", KIND(RECOVERY_CONTROL, .routing_control_arn = "arn:x"), NULL,
     NULL},
    {"R53-HC-02 an endpoint is somewhere", KIND(HTTP, .port = 80), "R53-HC-02",
     "Invalid parameter : Basic health checks must have an IP address or a fully qualified domain "
     "name specified."},
    {"R53-HC-02 TCP needs a port", KIND(TCP, .ip_address = "198.51.100.1"), "R53-HC-02",
     "Invalid parameter : Basic health checks must have a port specified."},
    {"R53-HC-02 a port too high", HTTP(.port = 65536), "R53-HC-02",
     "Invalid parameter : Port '65536' is out of range; expected 1 to 65535."},
    {"R53-HC-02 a port below 0", HTTP(.port = -1), "R53-HC-02",
     "Invalid parameter : Port '-1' is out of range; expected 1 to 65535."},
    {"R53-HC-02 an interval between", HTTP(.request_interval = 20), "R53-HC-02",
     "Invalid parameter : RequestInterval '20' is out of range; expected 10 or 30."},
    {"R53-HC-02 too many failures", HTTP(.failure_threshold = 11), "R53-HC-02",
     "Invalid parameter : FailureThreshold '11' is out of range; expected 1 to 10."},
    {"R53-HC-02 a switch is 0 or 1", HTTP(.inverted = 2), "R53-HC-02",
     "Invalid parameter : Inverted '2' is out of range; expected 0 to 1."},
    {"R53-HC-02 an option", KIND(HTTPS, .ip_address = "198.51.100.1", .enable_sni = 3), "R53-HC-02",
     "Invalid parameter : EnableSNI '3' is out of range; expected 1 to 2."},
    {"R53-HC-02 only HTTPS has SNI", HTTP(.enable_sni = R53_OPTION_ON), "R53-HC-02",
     "Invalid parameter : Basic health checks must not have SNI specified."},
    {"R53-HC-02 a switch that is off does no harm",
     KIND(TCP, .ip_address = "198.51.100.1", .port = 1, .enable_sni = R53_OPTION_OFF), NULL, NULL},
    {"R53-HC-02 a name too long", KIND(HTTP, .fully_qualified_domain_name = TEXT_256), "R53-HC-02",
     "Invalid parameter : FullyQualifiedDomainName '" TEXT_256
     "' is too long; expected 1 to 255 characters."},
    {"R53-HC-02 a path too long", HTTP(.resource_path = TEXT_256), "R53-HC-02",
     "Invalid parameter : ResourcePath '" TEXT_256 "' is too long; expected 1 to 255 characters."},
    {"R53-HC-02 a match needs what it looks for",
     KIND(HTTP_STR_MATCH, .ip_address = "198.51.100.1"), "R53-HC-02",
     "Invalid parameter : Basic health checks must have a search string specified."},
    {"R53-HC-02 a plain check looks for nothing", HTTP(.search_string = "x"), "R53-HC-02",
     "Invalid parameter : Basic health checks must not have a search string specified."},
    {"R53-HC-02 TCP has no path",
     KIND(TCP, .ip_address = "198.51.100.1", .port = 1, .resource_path = "/"), "R53-HC-02",
     "Invalid parameter : Basic health checks must not have a resource path specified."},
    {"R53-HC-02 three Regions at least", HTTP(.regions = two_regions, .n_regions = 2), "R53-HC-02",
     "Invalid parameter : Regions names fewer than 3 different Regions."},
    {"R53-HC-02 three different Regions", HTTP(.regions = same_regions, .n_regions = 3),
     "R53-HC-02", "Invalid parameter : Regions names fewer than 3 different Regions."},
    {"R53-HC-02 only eight Regions have checkers", HTTP(.regions = bad_regions, .n_regions = 3),
     "R53-HC-02",
     "Invalid parameter : Regions 'eu-central-1' is not a Region with health checkers."},
    {"R53-HC-02 an address that is none", ADDRESS("198.51.100"), "R53-HC-02",
     "Invalid parameter : IPAddress '198.51.100' is not an IP address."},
    {"R53-PRIV-15 R53-HC-02 no checker gets into a VPC", ADDRESS("10.0.0.7"), "R53-HC-02",
     "Invalid parameter : IPAddress '10.0.0.7' is a private address; expected a public one, not in "
     "10.0.0.0/8."},
    {NOT_PUBLIC("0.1.2.3", "an unspecified", "0.0.0.0/8")},
    {NOT_PUBLIC("10.255.0.1", "a private", "10.0.0.0/8")},
    {NOT_PUBLIC("172.31.255.255", "a private", "172.16.0.0/12")},
    {NOT_PUBLIC("192.168.1.1", "a private", "192.168.0.0/16")},
    {NOT_PUBLIC("127.0.0.1", "a loopback", "127.0.0.0/8")},
    {NOT_PUBLIC("169.254.169.254", "a link-local", "169.254.0.0/16")},
    {NOT_PUBLIC("224.0.0.1", "a multicast", "224.0.0.0/4")},
    {NOT_PUBLIC("255.255.255.255", "a reserved", "240.0.0.0/4")},
    {NOT_PUBLIC("100.64.0.1", "a shared", "100.64.0.0/10")},
    {NOT_PUBLIC("::1", "a loopback", "::1/128")},
    {NOT_PUBLIC("::", "an unspecified", "::/128")},
    {NOT_PUBLIC("::ffff:198.51.100.1", "an IPv4-mapped", "::ffff:0:0/96")},
    {NOT_PUBLIC("fd00::1", "a private", "fc00::/7")},
    {NOT_PUBLIC("fe80::1", "a link-local", "fe80::/10")},
    {NOT_PUBLIC("ff02::1", "a multicast", "ff00::/8")},
    {"R53-HC-02 beside a private block", ADDRESS("172.32.0.1"), NULL, NULL},
    {"R53-HC-02 a calculated check needs a threshold", KIND(CALCULATED, .inverted = 1), "R53-HC-02",
     "Invalid parameter : Calculated health checks must have a health threshold specified."},
    {"R53-HC-02 a threshold too high",
     KIND(CALCULATED, .has_health_threshold = 1, .health_threshold = 257), "R53-HC-02",
     "Invalid parameter : HealthThreshold '257' is out of range; expected 0 to 256."},
    {"R53-HC-02 a threshold below 0",
     KIND(CALCULATED, .has_health_threshold = 1, .health_threshold = -1), "R53-HC-02",
     "Invalid parameter : HealthThreshold '-1' is out of range; expected 0 to 256."},
    {"R53-HC-02 an id too long",
     KIND(CALCULATED, .has_health_threshold = 1, .child_health_checks = long_child,
          .n_child_health_checks = 1),
     "R53-HC-02",
     "Invalid parameter : ChildHealthChecks '" TEXT_64 "5' is not an id; expected 1 to 64 "
     "characters."},
    {"R53-HC-02 only calculated checks have children",
     HTTP(.child_health_checks = one_child, .n_child_health_checks = 1), "R53-HC-02",
     "Invalid parameter : Basic health checks must not have child health checks specified."},
    {"R53-HC-02 an unknown choice for missing data",
     KIND(CLOUDWATCH_METRIC, .alarm_region = "r", .alarm_name = "a",
          .insufficient_data_health_status = 4),
     "R53-HC-02",
     "Invalid parameter : InsufficientDataHealthStatus '4' is out of range; expected 1 to 3."},
    {"R53-HC-02 R53-HC-16 an alarm check names its alarm",
     KIND(CLOUDWATCH_METRIC, .alarm_region = "us-east-1"), "R53-HC-16",
     "Invalid parameter : CloudWatch metric health checks must have an alarm name specified."},
    {"R53-HC-02 a routing control has no interval",
     KIND(RECOVERY_CONTROL, .routing_control_arn = "arn:x", .request_interval = 30), "R53-HC-02",
     "Invalid parameter : Recovery control health checks must not have a request interval "
     "specified."},
    {"R53-HC-02 nor latency",
     KIND(RECOVERY_CONTROL, .routing_control_arn = "arn:x", .measure_latency = 1), "R53-HC-02",
     "Invalid parameter : Recovery control health checks must not have latency measurement "
     "specified."},
    {"R53-HC-02 nor is it disabled",
     KIND(RECOVERY_CONTROL, .routing_control_arn = "arn:x", .disabled = 1), "R53-HC-02",
     "Invalid parameter : Recovery control health checks must not have a disabling specified."},
    {"R53-HC-16 AWS's own words for an alarm on a basic check", HTTP(.alarm_region = "us-east-1"),
     "R53-HC-16",
     "Invalid parameter : Basic health checks must not have an metric region specified."},
    {"R53-HC-18 a caller reference has at most 64 characters",
     {.type = R53_CHECK_HTTP, .ip_address = "198.51.100.1", .caller_reference = TEXT_64 "5"},
     "R53-HC-18",
     "Invalid parameter : CallerReference '" TEXT_64 "5' is too long; expected 1 to 64 "
     "characters."},
};

/* The report's finding number `i` is this; texts NULL: not looked at. */
static void expect_finding(const r53_report *report, size_t i, int32_t severity,
                           const char *aws_name, const char *rule, const char *text)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_get(report, i, &finding), R53_OK);
    if (text)
        assert_string_equal(finding.text, text);
    assert_int_equal(finding.severity, severity);
    if (aws_name)
        assert_string_equal(finding.aws_name, aws_name);
    if (rule)
        assert_string_equal(finding.rule, rule);
}

static int32_t create(struct world *world, r53_health_check check)
{
    check.size = sizeof(check);
    r53_report_clear(world->report);
    return r53_health_check_create(world->cloud, &check, world->report);
}

static int32_t update(struct world *world, r53_health_check check)
{
    check.size = sizeof(check);
    r53_report_clear(world->report);
    return r53_health_check_update(world->cloud, &check, world->report);
}

static int32_t remove_check(struct world *world, const char *id)
{
    r53_report_clear(world->report);
    return r53_health_check_delete(world->cloud, id, world->report);
}

static size_t count_checks(const struct world *world)
{
    r53_health_check_listing *listing;
    size_t n = 0;

    assert_int_equal(r53_health_checks_list(&listing, world->cloud), R53_OK);
    while (r53_health_check_listing_next(listing))
        n++;
    r53_health_check_listing_free(listing);
    return n;
}

static void check_schema(void **state)
{
    const struct schema_case *c = *state;
    r53_health_check check = c->check;
    struct world world;
    int32_t rc;

    world_open(&world, "");
    check.id = "a";
    rc = create(&world, check);
    assert_int_equal(rc, c->text ? R53_E_INVALID : R53_OK);
    assert_int_equal(count_checks(&world), c->text ? 0 : 1);
    if (c->text) {
        assert_int_equal(r53_report_count(world.report), 1);
        expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", c->rule, c->text);
    }
    world_close(&world);
}

/* R53-JSON-09: the same, loaded. */
static void import_schema(void **state)
{
    const struct schema_case *c = *state;
    r53_health_check check = c->check;
    struct world world;
    r53_import *import;

    world_open(&world, "");
    check.size = sizeof(check);
    check.id = "a";
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, world.report), R53_OK);
    assert_int_equal(r53_import_health_check(import, &check), R53_OK);
    assert_int_equal(r53_report_count(world.report), c->text ? 1 : 0);
    if (c->text)
        expect_finding(world.report, 0, R53_SEVERITY_WARNING, "InvalidInput", c->rule, c->text);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(count_checks(&world), 1);
    world_close(&world);
}

/* Doors */

static const r53_health_check http = HTTP(.id = "a");

static const r53_health_check *find(const struct world *world, const char *id)
{
    static r53_health_check_listing *listing;
    const r53_health_check *check;

    r53_health_check_listing_free(listing);
    listing = NULL;
    if (!id)
        return NULL;
    assert_int_equal(r53_health_checks_list(&listing, world->cloud), R53_OK);
    while ((check = r53_health_check_listing_next(listing))) {
        if (strcmp(check->id, id) == 0)
            break;
    }
    return check;
}

static void world_end(struct world *world)
{
    find(world, NULL);
    world_close(world);
}

static void unknown_type(void **state)
{
    static const r53_health_check bad = {.id = "a", .type = 9, .caller_reference = "r"};
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, bad), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-01",
                   "Invalid XML ; cvc-enumeration-valid: Value '9' is not a known Type");
    assert_string_equal(r53_health_check_type_name(R53_CHECK_HTTPS_STR_MATCH), "HTTPS_STR_MATCH");
    assert_string_equal(r53_health_check_type_name(R53_CHECK_RECOVERY_CONTROL), "RECOVERY_CONTROL");
    assert_string_equal(r53_health_check_type_name(0), "");
    assert_string_equal(r53_health_check_type_name(9), "");
    world_end(&world);
}

static void type_stays(void **state)
{
    const struct {
        r53_health_check check;
        const char *text;
    } cases[] = {
        {{.id = "a", .type = R53_CHECK_TCP, .ip_address = "198.51.100.1", .port = 80},
         "Invalid parameter : Type of a health check cannot be changed."},
        {{.id = "a", .ip_address = "198.51.100.1", .request_interval = 10},
         "Invalid parameter : RequestInterval of a health check cannot be changed."},
        {{.id = "a", .ip_address = "198.51.100.1", .measure_latency = 1},
         "Invalid parameter : MeasureLatency of a health check cannot be changed."},
        {{.id = "a", .ip_address = "198.51.100.1", .caller_reference = "two"},
         "Invalid parameter : CallerReference of a health check cannot be changed."},
        {{.id = "a", .ip_address = "198.51.100.1", .port = 70000},
         "Invalid parameter : Port '70000' is out of range; expected 1 to 65535."},
    };
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, http), R53_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(update(&world, cases[i].check), R53_E_INVALID);
        expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", NULL, cases[i].text);
    }
    assert_int_equal(find(&world, "a")->health_check_version, 1);
    assert_string_equal(find(&world, "a")->ip_address, "198.51.100.1");
    world_end(&world);
}

/* 255 children by the guide, 256 by the schema; and lists that are none. */
static void list_lengths(void **state)
{
    static const char *children[257], *regions[65];
    r53_health_check check = KIND(CALCULATED, .id = "a", .has_health_threshold = 1,
                                  .child_health_checks = children, .n_child_health_checks = 257);
    struct world world;

    (void)state;
    for (size_t i = 0; i < COUNT(children); i++)
        children[i] = "tcp";
    for (size_t i = 0; i < COUNT(regions); i++)
        regions[i] = three_regions[i % 3];
    world_open(&world, "check tcp tcp\n");
    assert_int_equal(create(&world, check), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-02",
                   "Invalid parameter : ChildHealthChecks has 257 members; expected 0 to 256.");
    check.n_child_health_checks = 256;
    assert_int_equal(create(&world, check), R53_OK);
    assert_int_equal(r53_report_count(world.report), 1);
    expect_finding(world.report, 0, R53_SEVERITY_WARNING, NULL, "R53-HC-02", NULL);
    check.n_child_health_checks = 255;
    assert_int_equal(update(&world, check), R53_OK);
    assert_int_equal(r53_report_count(world.report), 0);
    check.child_health_checks = NULL;
    assert_int_equal(update(&world, check), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-02",
                   "Invalid parameter : ChildHealthChecks is NULL, but its length is 255.");
    check.child_health_checks = children;
    children[3] = NULL;
    assert_int_equal(update(&world, check), R53_E_INVALID);
    check = http;
    check.regions = regions;
    check.n_regions = 65;
    assert_int_equal(create(&world, check), R53_E_INVALID);
    check.n_regions = 64;
    check.id = check.caller_reference = "b";
    assert_int_equal(create(&world, check), R53_OK);
    world_end(&world);
}

static void described(void **state)
{
    const r53_health_check said = {.id = "a",
                                   .type = R53_CHECK_HTTPS,
                                   .caller_reference = "r",
                                   .fully_qualified_domain_name = "x.example",
                                   .account = "1",
                                   .resource_path = "health",
                                   .regions = three_regions,
                                   .n_regions = 3};
    const r53_health_check tcp = {.id = "b",
                                  .type = R53_CHECK_TCP,
                                  .caller_reference = "s",
                                  .ip_address = "2001:db8::1",
                                  .port = 7,
                                  .measure_latency = 1,
                                  .request_interval = 10,
                                  .failure_threshold = 1};
    const r53_health_check *check;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, said), R53_OK);
    assert_int_equal(create(&world, tcp), R53_OK);
    check = find(&world, "a");
    assert_int_equal(check->size, sizeof(*check));
    assert_string_equal(check->account, "1");
    assert_string_equal(check->resource_path, "/health");
    assert_string_equal(check->regions[2], "eu-west-1");
    assert_null(check->ip_address);
    assert_int_equal(check->port, 443);
    assert_int_equal(check->request_interval, 30);
    assert_int_equal(check->failure_threshold, 3);
    assert_int_equal(check->enable_sni, R53_OPTION_ON);
    assert_int_equal(check->health_check_version, 1);
    check = find(&world, "b");
    assert_int_equal(check->port, 7);
    assert_int_equal(check->request_interval, 10);
    assert_int_equal(check->failure_threshold, 1);
    assert_int_equal(check->enable_sni, 0);
    assert_null(check->resource_path);
    world_end(&world);
}

static void versions(void **state)
{
    r53_health_check change = {.id = "a", .ip_address = "198.51.100.2"};
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, http), R53_OK);
    assert_int_equal(update(&world, change), R53_OK); /* asks for none */
    assert_int_equal(find(&world, "a")->health_check_version, 2);
    change.health_check_version = 2;
    change.port = 8080;
    assert_int_equal(update(&world, change), R53_OK);
    assert_int_equal(find(&world, "a")->health_check_version, 3);
    assert_int_equal(update(&world, change), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "HealthCheckVersionMismatch", "R53-HC-14",
                   "The value of HealthCheckVersion '2' in the request doesn't match the value '3' "
                   "of the health check.");
    assert_int_equal(find(&world, "a")->port, 8080);
    assert_string_equal(find(&world, "a")->ip_address, "198.51.100.2");
    assert_string_equal(find(&world, "a")->caller_reference, "one");
    assert_int_equal(find(&world, "a")->request_interval, 30);
    change.id = "b";
    assert_int_equal(update(&world, change), R53_E_NOT_FOUND);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "NoSuchHealthCheck", "R53-ERR-35",
                   "A health check with id b does not exist.");
    world_end(&world);
}

/* A version beyond the last stays there. */
static void last_version(void **state)
{
    r53_health_check check = http;
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "");
    check.size = sizeof(check);
    check.health_check_version = INT32_MAX;
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, world.report), R53_OK);
    assert_int_equal(r53_import_health_check(import, &check), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    check.health_check_version = 0;
    assert_int_equal(update(&world, check), R53_OK);
    assert_int_equal(find(&world, "a")->health_check_version, INT32_MAX);
    world_end(&world);
}

static void references(void **state)
{
    r53_health_check check = http;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, http), R53_OK);
    assert_int_equal(create(&world, http), R53_OK); /* the same again */
    check.id = "b";
    check.port = 80; /* what AWS fills in */
    assert_int_equal(create(&world, check), R53_OK);
    assert_int_equal(count_checks(&world), 1);
    check.port = 81;
    assert_int_equal(create(&world, check), R53_E_EXISTS);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "HealthCheckAlreadyExists", "R53-HC-18",
                   "A health check with other settings has already been created with the caller "
                   "reference 'one'");
    check.caller_reference = "two";
    check.port = 80;
    assert_int_equal(create(&world, check), R53_OK); /* another reference, the same settings */
    check.caller_reference = "three";
    assert_int_equal(create(&world, check), R53_E_EXISTS); /* the id is in use */
    check.caller_reference = NULL;
    check.id = "c";
    assert_int_equal(create(&world, check), R53_E_INVALID);
    assert_int_equal(count_checks(&world), 2);
    check.caller_reference = "one";
    check.account = "123456789012";
    assert_int_equal(create(&world, check), R53_OK); /* another account's */
    assert_int_equal(count_checks(&world), 3);
    world_end(&world);
}

static void references_spent(void **state)
{
    r53_health_check check = http;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, http), R53_OK);
    assert_int_equal(remove_check(&world, "a"), R53_OK);
    assert_int_equal(create(&world, http), R53_E_EXISTS);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "HealthCheckAlreadyExists", "R53-HC-18",
                   "A health check that was deleted has been created with the caller reference "
                   "'one'");
    check.account = "123456789012";
    assert_int_equal(create(&world, check), R53_OK);
    assert_int_equal(remove_check(&world, "a"), R53_OK);
    assert_int_equal(create(&world, check), R53_E_EXISTS);
    check.account = "123456789013";
    assert_int_equal(create(&world, check), R53_OK);
    check.account = NULL;
    check.id = "b";
    check.caller_reference = "two";
    assert_int_equal(create(&world, check), R53_OK);
    world_end(&world);
}

static void limit(void **state)
{
    char id[16];
    r53_health_check check = http;
    struct world world;

    (void)state;
    world_open(&world, "");
    check.id = check.caller_reference = id;
    for (int i = 0; i < 200; i++) {
        snprintf(id, sizeof(id), "%d", i);
        assert_int_equal(create(&world, check), R53_OK);
    }
    assert_int_equal(create(&world, check), R53_OK); /* the last one again */
    snprintf(id, sizeof(id), "200");
    assert_int_equal(create(&world, check), R53_E_LIMIT);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "TooManyHealthChecks", "R53-HC-18", NULL);
    check.account = "another";
    assert_int_equal(create(&world, check), R53_OK);
    assert_int_equal(remove_check(&world, "7"), R53_OK);
    check.account = NULL;
    snprintf(id, sizeof(id), "201");
    assert_int_equal(create(&world, check), R53_OK);
    world_end(&world);
}

static void nesting(void **state)
{
    static const char *const children[] = {"a", "c"}, *const itself[] = {"d"};
    const r53_health_check parent = {.id = "c",
                                     .type = R53_CHECK_CALCULATED,
                                     .caller_reference = "c",
                                     .has_health_threshold = 1,
                                     .child_health_checks = children,
                                     .n_child_health_checks = 1};
    r53_health_check check = parent;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, http), R53_OK);
    assert_int_equal(create(&world, parent), R53_OK);
    assert_int_equal(r53_report_count(world.report), 0);
    check.id = check.caller_reference = "d";
    check.n_child_health_checks = 2;
    assert_int_equal(create(&world, check), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-10",
                   "Invalid parameter : ChildHealthChecks 'c' is a calculated health check; a "
                   "calculated health check cannot watch another.");
    check.child_health_checks = itself;
    check.n_child_health_checks = 1;
    assert_int_equal(create(&world, check), R53_E_INVALID);
    check.child_health_checks = children;
    assert_int_equal(create(&world, check), R53_OK);
    check.n_child_health_checks = 2;
    assert_int_equal(update(&world, check), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-10", NULL);
    assert_int_equal(find(&world, "d")->n_child_health_checks, 1);
    world_end(&world);
}

/* A child that does not exist yet does not become a calculated one. */
static void nesting_later(void **state)
{
    static const char *const children[] = {"later"};
    r53_health_check check = {.id = "c",
                              .type = R53_CHECK_CALCULATED,
                              .caller_reference = "c",
                              .has_health_threshold = 1,
                              .child_health_checks = children,
                              .n_child_health_checks = 1};
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(create(&world, check), R53_OK);
    expect_finding(world.report, 0, R53_SEVERITY_WARNING, NULL, "R53-HC-15",
                   "the child health check 'later' is not known; it counts as healthy");
    check.id = check.caller_reference = "later";
    check.n_child_health_checks = 0;
    assert_int_equal(create(&world, check), R53_E_INVALID);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "InvalidInput", "R53-HC-10",
                   "Invalid parameter : 'later' is a child of the calculated health check 'c'; it "
                   "cannot be calculated itself.");
    world_end(&world);
}

static void deleted(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "zone ZONE2 example.net\nx.example.net. A 192.0.2.1 hc=a\n"
                       "zone ZONE1 example.com\nx A 192.0.2.1 hc=b\ny A 192.0.2.1 hc=a\n"
                       "z A 192.0.2.1 hc=a\ncheck a http\ncheck b http\n"
                       "check c calculated threshold=1 children=a,b\n");
    assert_int_equal(remove_check(&world, "a"), R53_OK);
    assert_int_equal(r53_report_count(world.report), 3);
    expect_finding(world.report, 0, R53_SEVERITY_WARNING, NULL, "R53-HC-15", NULL);
    expect_finding(world.report, 2, R53_SEVERITY_WARNING, NULL, "R53-HC-15",
                   "the calculated health check 'c' still names its child 'a'; it counts as "
                   "healthy now");
    assert_null(find(&world, "a"));
    assert_int_equal(remove_check(&world, "a"), R53_E_NOT_FOUND);
    expect_finding(world.report, 0, R53_SEVERITY_ERROR, "NoSuchHealthCheck", "R53-ERR-35",
                   "A health check with id a does not exist.");
    assert_int_equal(remove_check(&world, NULL), R53_E_NOT_FOUND);
    world_end(&world);
}

/* R53-JSON-09: a calculated check without threshold, though a number stands there. */
static void no_threshold(void **state)
{
    static const char *const children[] = {"x"};
    const r53_health_check check = {.size = sizeof(check),
                                    .type = R53_CHECK_CALCULATED,
                                    .id = "a",
                                    .health_threshold = 1,
                                    .child_health_checks = children,
                                    .n_child_health_checks = 1};
    struct check_statuses statuses;
    struct world world;
    struct arena arena;
    r53_import *import;

    (void)state;
    world_open(&world, "check x http down\n");
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_health_check(import, &check), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(find(&world, "a")->health_threshold, 0);
    r53__arena_init(&arena, &world.cloud->memory);
    assert_true(r53__check_statuses_prepare(&statuses, &arena, world.cloud, world.observed));
    assert_true(r53__check_is_healthy(&statuses, "a"));
    r53__arena_free(&arena);
    world_end(&world);
}

static void import_warnings(void **state)
{
    const r53_health_check bad[] = {{.size = sizeof(*bad), .type = R53_CHECK_HTTP},
                                    {.size = sizeof(*bad), .id = "a"},
                                    {.size = sizeof(*bad), .id = "a", .type = 9},
                                    {.id = "a", .type = R53_CHECK_HTTP}};
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "");
    world_say(&world, "check a calculated threshold=1 children=b,gone\n"
                      "check b calculated threshold=0\n");
    assert_int_equal(r53_report_count(world.report), 2);
    expect_finding(world.report, 0, R53_SEVERITY_WARNING, NULL, "R53-HC-10",
                   "the calculated health check 'a' has the child 'b', which is calculated too");
    expect_finding(world.report, 1, R53_SEVERITY_WARNING, NULL, "R53-HC-15",
                   "the calculated health check 'a' has the child 'gone', which is not known; it "
                   "counts as healthy");
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, world.report), R53_OK);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(r53_import_health_check(import, &bad[i]), R53_E_INVALID);
    assert_int_equal(r53_import_health_check_status(import, "", R53_HEALTH_HEALTHY), R53_E_INVALID);
    assert_int_equal(r53_import_health_check_status(import, "a", 3), R53_E_INVALID);
    assert_int_equal(r53_import_checker(import, "a", NULL, R53_HEALTH_HEALTHY), R53_E_INVALID);
    assert_int_equal(r53_import_checker(import, "a", "x", -1), R53_E_INVALID);
    assert_int_equal(r53_import_alarm(import, "a", 0), R53_E_INVALID);
    assert_int_equal(r53_import_alarm(import, NULL, R53_ALARM_OK), R53_E_INVALID);
    r53_import_free(import);
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, world.report), R53_OK);
    assert_int_equal(r53_import_alarm(import, "a", R53_ALARM_OK), R53_E_INVALID);
    r53_import_free(import);
    world_end(&world);
}

static void nonsense(void **state)
{
    r53_health_check_listing *listing;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(r53_health_check_create(NULL, &http, NULL), R53_E_INVALID);
    assert_int_equal(r53_health_check_create(world.cloud, &http, NULL), R53_E_INVALID); /* size */
    assert_int_equal(r53_health_check_update(world.cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_health_check_delete(NULL, "a", NULL), R53_E_INVALID);
    assert_int_equal(r53_import_health_check(NULL, &http), R53_E_INVALID);
    assert_int_equal(r53_import_checker(NULL, "a", "b", 1), R53_E_INVALID);
    assert_int_equal(r53_import_alarm(NULL, "a", 1), R53_E_INVALID);
    assert_int_equal(r53_health_checks_list(NULL, world.cloud), R53_E_INVALID);
    assert_int_equal(r53_health_checks_list(&listing, NULL), R53_E_INVALID);
    assert_null(r53_health_check_listing_next(NULL));
    r53_health_check_listing_free(NULL);
    assert_int_equal(r53_observe_checker(NULL, "a", "b", 1), R53_E_INVALID);
    assert_int_equal(r53_observe_checker(world.observed, "a", "", 1), R53_E_INVALID);
    assert_int_equal(r53_observe_checker(world.observed, "a", "b", 3), R53_E_INVALID);
    assert_int_equal(r53_observe_alarm(world.observed, "a", 4), R53_E_INVALID);
    assert_int_equal(r53_observe_alarm(world.observed, "", 1), R53_E_INVALID);
    world_end(&world);
}

/* Statuses */

/* Expects "a up, b down" of the cloud as it stands. */
static void expect_statuses(const struct world *world, const char *expected)
{
    struct check_statuses statuses;
    struct arena arena;
    char words[2000];

    r53__arena_init(&arena, &world->cloud->memory);
    assert_true(r53__check_statuses_prepare(&statuses, &arena, world->cloud, world->observed));
    assert_true(strlen(expected) < sizeof(words));
    strcpy(words, expected);
    for (char *id = strtok(words, " ,"); id; id = strtok(NULL, " ,")) {
        const char *want = strtok(NULL, " ,"),
                   *got = r53__check_is_healthy(&statuses, id) ? "up" : "down";

        if (!want || strcmp(want, got) != 0)
            fail_msg("%s is %s, expected %s", id, got, want ? want : "?");
    }
    r53__arena_free(&arena);
}

static const struct status_case {
    const char *what, *cloud, *statuses;
} status_cases[] = {
    {"R53-HC-05 R53-CASE-56 16 checkers, two and three of them up",
     "check a http 2/16\ncheck b http 3/16\ncheck c https 2/16 inverted\n"
     "check d tcp 3/16 inverted\n",
     "a down, b up, c up, d down"},
    {"R53-HC-05 18 percent exactly are not enough", "check a http 9/50\ncheck b http 10/50\n",
     "a down, b up"},
    {"R53-HC-05 one checker", "check a http_str_match 0/1\ncheck b https_str_match 1/1\n",
     "a down, b up"},
    {"R53-HC-06 T33 no data yet",
     "check a http\ncheck b http inverted\ncheck c cloudwatch_metric\n"
     "check d recovery_control inverted\n",
     "a up, b down, c up, d down"},
    {"R53-HC-07 inverted", "check a http down inverted\ncheck b http up inverted\n",
     "a up, b down"},
    {"R53-HC-07 checkers are not inverted, the status is", "check a http 16/16 inverted\n",
     "a down"},
    {"R53-HC-08 disabled, and inverted too",
     "check a http down disabled\ncheck b http up disabled\ncheck c http down disabled inverted\n"
     "check d http up disabled inverted\n",
     "a up, b up, c down, d down"},
    {"R53-HC-08 checkers, alarms and children do not matter then",
     "check a http 0/16 disabled\ncheck b cloudwatch_metric alarm=2 disabled\n"
     "check c calculated threshold=1 children=x disabled\ncheck x http down\n",
     "a up, b up, c up"},
    {"R53-HC-09 R53-CASE-57 a threshold of two, children up, disabled, disabled and inverted",
     "check c calculated threshold=2 children=x,y,z\ncheck x http up\ncheck y http down disabled\n"
     "check z http up disabled inverted\n",
     "c up"},
    {"R53-HC-09 R53-CASE-57 three are not healthy then",
     "check c calculated threshold=3 children=x,y,z\ncheck x http up\ncheck y http down disabled\n"
     "check z http up disabled inverted\n",
     "c down"},
    {"R53-HC-09 R53-CASE-57 more than there are children",
     "check c calculated threshold=4 children=x,y,z\ncheck x http up\ncheck y http\ncheck z http\n"
     "check n calculated threshold=1\n",
     "c down, n down"},
    {"R53-HC-09 R53-CASE-57 a threshold of 0",
     "check c calculated threshold=0 children=x\ncheck x http down\n"
     "check n calculated threshold=0\n",
     "c up, n up"},
    {"R53-HC-09 children with their own inversion, which may be described later",
     "check c calculated threshold=1 children=x\ncheck d calculated threshold=1 children=y\n"
     "check x http down inverted\ncheck y http up inverted\n",
     "c up, d down"},
    {"R53-HC-07 R53-HC-09 a calculated check inverted",
     "check c calculated threshold=1 children=x inverted\ncheck x http down\n", "c up, x down"},
    {"R53-HC-09 a child named twice counts twice",
     "check c calculated threshold=2 children=x,x\ncheck x http up\n", "c up"},
    {"R53-HC-09 given whole instead of its children",
     "check c calculated threshold=1 children=x down\ncheck x http up\n"
     "check d calculated threshold=1 children=y up inverted\ncheck y http down\n",
     "c down, d down"},
    {"R53-HC-10 a calculated child, loaded, is worked out first",
     "check a calculated threshold=1 children=b\ncheck b calculated threshold=1 children=c\n"
     "check c http down\ncheck d calculated threshold=1 children=e\n"
     "check e calculated threshold=1 children=c inverted\n",
     "a down, b down, d up, e up"},
    {"R53-HC-06 R53-HC-10 what leads into a circle has no data",
     "check a calculated threshold=1 children=b\ncheck b calculated threshold=1 children=a\n"
     "check c calculated threshold=1 children=c inverted\n"
     "check d calculated threshold=1 children=c,x\ncheck x http down\n",
     "a up, b up, c down, d up"},
    {"R53-HC-10 a circle is open where children do not matter",
     "check a calculated threshold=1 children=b\ncheck b calculated threshold=1 children=a down\n"
     "check c calculated threshold=1 children=d\n"
     "check d calculated threshold=2 children=c inverted\n"
     "check e calculated threshold=1 children=f\n"
     "check f calculated threshold=1 children=e disabled inverted\n",
     "a down, b down, c up, d up, e down, f down"},
    {"R53-HC-11 the states of an alarm",
     "check a cloudwatch_metric alarm=1\ncheck b cloudwatch_metric alarm=2\n"
     "check c cloudwatch_metric alarm=2 inverted\n",
     "a up, b down, c up"},
    {"R53-HC-11 not enough data, as chosen",
     "check a cloudwatch_metric missing=1 alarm=2,3\ncheck b cloudwatch_metric missing=2 "
     "alarm=1,3\n"
     "check c cloudwatch_metric missing=3 alarm=1,3\n"
     "check d cloudwatch_metric missing=3 alarm=1,2,3\ncheck e cloudwatch_metric alarm=2,3\n",
     "a up, b down, c up, d down, e down"},
    {"R53-HC-11 R53-CASE-58 last known, but there was none",
     "check a cloudwatch_metric missing=3 alarm=3\ncheck b cloudwatch_metric missing=3 alarm=3 "
     "inverted\n",
     "a up, b down"},
    {"R53-HC-11 data that comes back", "check a cloudwatch_metric missing=2 alarm=2,3,1\n", "a up"},
    {"R53-HC-13 a routing control", "check a recovery_control up\ncheck b recovery_control down\n",
     "a up, b down"},
    {"R53-HC-15 a check that is not described: as observed whole, else healthy",
     "saw f down\nsaw g up\nsaw h 0/16\n", "f down, g up, h up, i up"},
    {"R53-HC-15 as a child too",
     "check c calculated threshold=2 children=f,g\nsaw f down\nsaw g up\n"
     "check d calculated threshold=2 children=g,i\n",
     "c down, d up"},
    {"R53-HC-17 opinions do not speak of other kinds",
     "check a cloudwatch_metric 0/16\ncheck b calculated threshold=1 children=x 0/16\n"
     "check x http 16/16\ncheck c recovery_control 0/16\n",
     "a up, b up, c up"},
    {"R53-HC-05 R53-HC-17 given whole stands in place of checkers and alarm",
     "check a http 0/16 up\ncheck b cloudwatch_metric alarm=1 down\n", "a up, b down"},
};

static void check_status(void **state)
{
    const struct status_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_statuses(&world, c->statuses);
    world_close(&world);
}

/* Each kind of statement by itself, and taken back. */
static void observations(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "check a http\ncheck b cloudwatch_metric missing=3\n");
    assert_int_equal(r53_observe_checker(world.observed, "a", "y", R53_HEALTH_UNHEALTHY), R53_OK);
    expect_statuses(&world, "a down");
    assert_int_equal(r53_observe_checker(world.observed, "a", "x", R53_HEALTH_HEALTHY), R53_OK);
    expect_statuses(&world, "a up");
    assert_int_equal(r53_observe_checker(world.observed, "a", "x", R53_HEALTH_UNHEALTHY), R53_OK);
    expect_statuses(&world, "a down");
    assert_int_equal(r53_observe_health_check(world.observed, "a", R53_HEALTH_HEALTHY), R53_OK);
    expect_statuses(&world, "a up");
    assert_int_equal(r53_observe_health_check(world.observed, "a", R53_HEALTH_UNKNOWN), R53_OK);
    expect_statuses(&world, "a down");
    assert_int_equal(r53_observe_checker(world.observed, "a", "x", R53_HEALTH_UNKNOWN), R53_OK);
    expect_statuses(&world, "a down");
    assert_int_equal(r53_observe_checker(world.observed, "a", "y", R53_HEALTH_UNKNOWN), R53_OK);
    expect_statuses(&world, "a up");
    assert_int_equal(r53_observe_alarm(world.observed, "b", R53_ALARM_ALARM), R53_OK);
    expect_statuses(&world, "b down");
    assert_int_equal(r53_observe_alarm(world.observed, "b", R53_ALARM_INSUFFICIENT_DATA), R53_OK);
    assert_int_equal(r53_observe_health_check(world.observed, "b", R53_HEALTH_HEALTHY), R53_OK);
    expect_statuses(&world, "b up");
    assert_int_equal(r53_observe_health_check(world.observed, "b", R53_HEALTH_UNKNOWN), R53_OK);
    expect_statuses(&world, "b down");
    world_close(&world);
}

/* Statements of one import, mixed over two checks and over what was observed before. */
static void import_observations(void **state)
{
    static const struct {
        const char *id, *checker;
        int32_t status;
    } said[] = {
        {"b", "x", R53_HEALTH_UNHEALTHY}, {"a", "z", R53_HEALTH_HEALTHY},
        {"a", "x", R53_HEALTH_UNHEALTHY}, {"b", "x", R53_HEALTH_HEALTHY},
        {"a", "z", R53_HEALTH_UNHEALTHY}, {"a", "y", R53_HEALTH_UNKNOWN},
    };
    const struct opinion_list *list;
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "check a http\ncheck b http\n");
    assert_int_equal(r53_observe_checker(world.observed, "a", "y", R53_HEALTH_HEALTHY), R53_OK);
    assert_int_equal(r53_observe_checker(world.observed, "a", "w", R53_HEALTH_UNHEALTHY), R53_OK);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, world.report), R53_OK);
    for (size_t i = 0; i < COUNT(said); i++)
        assert_int_equal(r53_import_checker(import, said[i].id, said[i].checker, said[i].status),
                         R53_OK);
    expect_statuses(&world, "a up, b up"); /* not yet */
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    list = r53__table_find(&world.observed->tables[OBSERVED_CHECKERS], SPAN("a"));
    assert_int_equal(list->n_opinions, 3);
    assert_int_equal(list->n_up, 0);
    assert_string_equal(list->opinions[0].checker, "w");
    assert_string_equal(list->opinions[1].checker, "x");
    assert_string_equal(list->opinions[2].checker, "z");
    list = r53__table_find(&world.observed->tables[OBSERVED_CHECKERS], SPAN("b"));
    assert_int_equal(list->n_opinions, 1);
    assert_int_equal(list->n_up, 1);
    expect_statuses(&world, "a down, b up");
    world_close(&world);
}

/* Where traffic goes */

#define FAILOVER                                                                                   \
    "f A 192.0.2.1 id=p hc=h failover=PRIMARY\n"                                                   \
    "f A 192.0.2.2 id=s failover=SECONDARY\n"
#define PRIMARY   "f A -> NOERROR aa; f 300 A 192.0.2.1; AUTH=NS\n"
#define SECONDARY "f A -> NOERROR aa; f 300 A 192.0.2.2; AUTH=NS\n"

static const struct traffic_case {
    const char *what, *cloud, *answers;
} traffic_cases[] = {
    {"R53-HC-08 R53-CASE-86 a disabled check on a dead primary",
     FAILOVER "check h http down disabled\n", PRIMARY},
    {"R53-HC-08 R53-CASE-86 disabled and inverted",
     FAILOVER "check h http down disabled inverted\n", SECONDARY},
    {"R53-HC-07 R53-CASE-56 inverted, the other way round", FAILOVER "check h http 3/16 inverted\n",
     SECONDARY},
    {"R53-HC-05 R53-CASE-56 two of 16 checkers", FAILOVER "check h http 2/16\n", SECONDARY},
    {"R53-HC-05 R53-CASE-56 three of 16 checkers", FAILOVER "check h http 3/16\n", PRIMARY},
    {"R53-HC-09 R53-CASE-57 calculated",
     FAILOVER "check h calculated threshold=2 children=x,y,z\ncheck x http up\n"
              "check y http down disabled\ncheck z http up disabled inverted\n",
     PRIMARY},
    {"R53-HC-09 R53-CASE-57 calculated, a threshold of four",
     FAILOVER "check h calculated threshold=4 children=x,y,z\ncheck x http\ncheck y http\n"
              "check z http\n",
     SECONDARY},
    {"R53-HC-11 R53-CASE-58 an alarm without data",
     FAILOVER "check h cloudwatch_metric missing=3 alarm=3\n", PRIMARY},
    {"R53-HC-13 a routing control that is off", FAILOVER "check h recovery_control down\n",
     SECONDARY},
    {"R53-HC-15 T8 a check that is not there", FAILOVER, PRIMARY},
    {"R53-HEALTH-02 the check's endpoint counts, not the value of the record set",
     FAILOVER "check h http down\n"
              "g A 198.51.100.254 id=p hc=up failover=PRIMARY\ng A 192.0.2.2 id=s "
              "failover=SECONDARY\ncheck up http up\n",
     SECONDARY "g A -> NOERROR aa; g 300 A 198.51.100.254; AUTH=NS\n"},
    {"R53-HEALTH-01 R53-HEALTH-12 R53-CASE-59 a simple record set and an alias to it",
     "x A 192.0.2.1 hc=h\nf A alias=ZONE1/x id=p eth failover=PRIMARY\n"
     "f A 192.0.2.2 id=s failover=SECONDARY\ncheck h tcp 0/16\n",
     "x A -> NOERROR aa; x 300 A 192.0.2.1; AUTH=NS\n" SECONDARY},
};

static void check_traffic(void **state)
{
    const struct traffic_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->answers, resolve_text);
    world_close(&world);
}

/* R53-HEALTH-08 */
static void two_views(void **state)
{
    const r53_view *before;
    struct world world;

    (void)state;
    world_open(&world, FAILOVER "check h http 16/16\n");
    before = r53_view_retain(world.view);
    for (int i = 0; i < 16; i++) {
        char checker[32];

        snprintf(checker, sizeof(checker), "us-east-1/192.0.2.%d", i);
        assert_int_equal(r53_observe_checker(world.observed, "h", checker, R53_HEALTH_UNHEALTHY),
                         R53_OK);
    }
    world_look(&world);
    expect_lines(world.view, SECONDARY, resolve_text);
    expect_lines(before, PRIMARY, resolve_text);
    r53_view_release(before);
    world_close(&world);
}

/* R53-HC-15: a record set whose check is deleted, and comes back under its id. */
static void deleted_in_use(void **state)
{
    r53_health_check again = http;
    struct world world;

    (void)state;
    world_open(&world, FAILOVER "check h http 0/16\n");
    expect_lines(world.view, SECONDARY, resolve_text);
    assert_int_equal(remove_check(&world, "h"), R53_OK);
    world_look(&world);
    expect_lines(world.view, PRIMARY, resolve_text);
    again.id = "h";
    assert_int_equal(create(&world, again), R53_OK);
    world_look(&world);
    expect_lines(world.view, SECONDARY, resolve_text);
    world_close(&world);
}

/* Random sets of checks, against the recursive definition */

enum { CHECKS = 12, CHILDREN = 4 };

struct random_check {
    int type; /* 0 endpoint, 1 alarm, 2 calculated, 3 not described */
    int up, total, alarm, missing, whole, threshold, n;
    int children[CHILDREN];
    bool inverted, disabled;
};

struct random_set {
    uint64_t random;
    struct random_check checks[CHECKS];
};

static int pick(struct random_set *s, int n)
{
    s->random = r53__mix(s->random + UINT64_C(0x9e3779b97f4a7c15));
    return (int)(s->random % (uint64_t)n);
}

static void set_make(struct random_set *s, uint64_t seed, bool circles)
{
    *s = (struct random_set){.random = seed};
    for (int i = 0; i < CHECKS; i++) {
        struct random_check *c = &s->checks[i];

        c->type = pick(s, 8) == 0 ? 3 : pick(s, 3);
        c->total = pick(s, 17);
        c->up = c->total ? pick(s, c->total / 3 + 2) : 0;
        c->up = c->up > c->total ? c->total : c->up;
        c->alarm = pick(s, 4);
        c->missing = pick(s, 4);
        c->whole = pick(s, 4) ? 0 : 1 + pick(s, 2);
        c->threshold = pick(s, CHILDREN + 2);
        c->inverted = pick(s, 3) == 0;
        c->disabled = pick(s, 6) == 0;
        c->n = i || circles ? pick(s, CHILDREN + 1) : 0;
        for (int k = 0; k < c->n; k++)
            c->children[k] = pick(s, circles ? CHECKS : i);
    }
}

static void random_check_write(const struct random_check *c, int i, char *out)
{
    static const char *const kinds[] = {"tcp", "cloudwatch_metric", "calculated"};

    out +=
        c->type == 3 ? sprintf(out, "saw h%d", i) : sprintf(out, "check h%d %s", i, kinds[c->type]);
    if (c->whole)
        out += sprintf(out, c->whole == 1 ? " up" : " down");
    if (c->total)
        out += sprintf(out, " %d/%d", c->up, c->total);
    if (c->type == 1 && c->alarm)
        out += sprintf(out, " alarm=%d", c->alarm);
    if (c->type == 1 && c->missing)
        out += sprintf(out, " missing=%d", c->missing);
    if (c->type == 2)
        out += sprintf(out, " threshold=%d", c->threshold);
    for (int k = 0; c->type == 2 && k < c->n; k++)
        out += sprintf(out, "%sh%d", k ? "," : " children=", c->children[k]);
    sprintf(out, "%s%s\n", c->type != 3 && c->inverted ? " inverted" : "",
            c->type != 3 && c->disabled ? " disabled" : "");
}

/* In reverse, so that children come after their parents as well as before. */
static void set_open(const struct random_set *s, bool reverse, struct world *world)
{
    char text[CHECKS * 120] = "";

    for (int i = 0; i < CHECKS; i++) {
        int at = reverse ? CHECKS - 1 - i : i;

        random_check_write(&s->checks[at], at, text + strlen(text));
    }
    world_open(world, text);
}

static bool needs_children(const struct random_check *c)
{
    return c->type == 2 && !c->disabled && !c->whole && c->threshold > 0 && c->threshold <= c->n;
}

/* The checks that this one waits for, and those that they wait for, as bits. */
static unsigned below(const struct random_set *s, int i, unsigned seen)
{
    for (int k = 0; needs_children(&s->checks[i]) && k < s->checks[i].n; k++) {
        int child = s->checks[i].children[k];

        if (!(seen >> child & 1))
            seen = below(s, child, seen | 1u << child);
    }
    return seen;
}

/* Does the check lead into a circle? */
static bool leads_round(const struct random_set *s, int i)
{
    for (int k = 0; k < CHECKS; k++) {
        if ((below(s, i, 0) | 1u << i) >> k & 1 && below(s, k, 0) >> k & 1)
            return true;
    }
    return false;
}

static bool is_healthy(const struct random_set *s, int i)
{
    const struct random_check *c = &s->checks[i];
    bool up = true;
    int n = 0;

    if (c->type == 3)
        return c->whole != 2;
    if (c->disabled || leads_round(s, i))
        return !c->inverted;
    if (c->whole)
        up = c->whole == 1;
    else if (c->type == 0 && c->total)
        up = (double)c->up / c->total > 0.18;
    else if (c->type == 1)
        up = c->alarm == 2 ? false : c->alarm == 3 ? c->missing != 2 : true;
    else if (c->type == 2) {
        for (int k = 0; needs_children(c) && k < c->n; k++)
            n += is_healthy(s, c->children[k]);
        up = n >= c->threshold;
    }
    return up != c->inverted;
}

static void sets_check(bool circles)
{
    char expected[CHECKS * 12];
    struct random_set s;
    struct world world;

    for (uint64_t seed = 1; seed <= 1000; seed++) {
        expected[0] = '\0';
        set_make(&s, seed, circles);
        for (int i = 0; i < CHECKS; i++)
            sprintf(expected + strlen(expected), "h%d %s,", i, is_healthy(&s, i) ? "up" : "down");
        set_open(&s, seed & 1, &world);
        expect_statuses(&world, expected);
        world_close(&world);
    }
}

static void random_sets(void **state)
{
    (void)state;
    sets_check(false);
}

static void random_circles(void **state)
{
    (void)state;
    sets_check(true);
}

/* A chain of 100000 calculated checks, and as many leading into one circle. */
static void long_chain(void **state)
{
    enum { LENGTH = 100000 };
    char id[16], child[16];
    const char *children[] = {child};
    r53_health_check check = {.size = sizeof(check),
                              .type = R53_CHECK_CALCULATED,
                              .id = id,
                              .has_health_threshold = 1,
                              .health_threshold = 1,
                              .child_health_checks = children,
                              .n_child_health_checks = 1};
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "");
    for (int circle = 0; circle < 2; circle++) {
        assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
        for (int i = 0; i < LENGTH; i++) {
            snprintf(id, sizeof(id), "c%d", i);
            snprintf(child, sizeof(child), "c%d", circle ? (i + 1) % LENGTH : i + 1);
            assert_int_equal(r53_import_health_check(import, &check), R53_OK);
        }
        assert_int_equal(r53_import_commit(import), R53_OK);
        r53_import_free(import);
        assert_int_equal(r53_observe_health_check(world.observed, "c100000", R53_HEALTH_UNHEALTHY),
                         R53_OK);
        expect_statuses(&world, circle ? "c0 up, c99999 up" : "c0 down, c99999 down");
    }
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest
        tests[2 * COUNT(schema_cases) + COUNT(status_cases) + COUNT(traffic_cases) + 24];
    static char loaded[COUNT(schema_cases)][200];
    size_t n = 0;

    ADD_CASES(tests, n, schema_cases, check_schema);
    for (size_t i = 0; i < COUNT(schema_cases); i++) {
        snprintf(loaded[i], sizeof(loaded[i]), "R53-JSON-09 loaded: %s", schema_cases[i].what);
        tests[n++] = (struct CMUnitTest){loaded[i], import_schema, NULL, NULL,
                                         (void *)(uintptr_t)&schema_cases[i]};
    }
    ADD_TEST(tests, n, "R53-HC-01 eight types, and no other", unknown_type);
    ADD_TEST(tests, n, "R53-HC-01 R53-HC-02 what cannot be changed", type_stays);
    ADD_TEST(tests, n, "R53-HC-02 lengths of lists", list_lengths);
    ADD_TEST(tests, n, "R53-HC-02 defaults are filled in", described);
    ADD_TEST(tests, n, "R53-HC-14 versions", versions);
    ADD_TEST(tests, n, "R53-HC-14 there is no version after the last", last_version);
    ADD_TEST(tests, n, "R53-HC-18 caller references", references);
    ADD_TEST(tests, n, "R53-HC-18 a deleted check's reference is spent", references_spent);
    ADD_TEST(tests, n, "R53-HC-18 200 health checks an account", limit);
    ADD_TEST(tests, n, "R53-HC-10 no calculated child of a calculated check", nesting);
    ADD_TEST(tests, n, "R53-HC-10 R53-HC-15 nor one that comes later", nesting_later);
    ADD_TEST(tests, n, "R53-HC-15 R53-ERR-35 deleting what is in use warns", deleted);
    ADD_TEST(tests, n, "R53-HC-10 R53-HC-15 what import warns of, and what it refuses",
             import_warnings);
    ADD_TEST(tests, n, "R53-HC-09 without a threshold no child is needed", no_threshold);
    ADD_TEST(tests, n, "calls without sense", nonsense);
    ADD_CASES(tests, n, status_cases, check_status);
    ADD_TEST(tests, n, "R53-HC-17 statements are made and taken back one by one", observations);
    ADD_TEST(tests, n, "R53-HC-17 the last statement of an import on a checker holds",
             import_observations);
    ADD_CASES(tests, n, traffic_cases, check_traffic);
    ADD_TEST(tests, n, "R53-HEALTH-08 one status a view", two_views);
    ADD_TEST(tests, n, "R53-HC-15 a record set whose check is deleted", deleted_in_use);
    ADD_TEST(tests, n, "R53-HC-09 random checks, against the recursive definition", random_sets);
    ADD_TEST(tests, n, "R53-HC-10 random circles, against the recursive definition",
             random_circles);
    ADD_TEST(tests, n, "R53-HC-10 a chain and a circle of 100000 checks", long_chain);
    return RUN_TESTS("health check", tests, n);
}
