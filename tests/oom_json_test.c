/*
 * Reading a bundle, applying requests and printing an answer with an allocator that fails at the
 * k-th call, for every k: alone, or with all that follow. The calls say R53_E_NOMEM and no other
 * code, the cloud is as it was, and a second try succeeds. What jansson and the reader take from
 * malloc is not tried here.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/elb_describe.h>
#include <r53/json.h>
#include <r53/view.h>

#define GROUP      "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
#define BALANCER   "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"
#define RULE       "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3"
#define CHECK      "abcdef11-2222-3333-4444-555555555551"
#define COLLECTION "c8c02a84-aaaa-bbbb-e0d2-d833a2f80101"

static const char bundle[] =
    "{\"R53Bundle\": ["
    "{\"Document\": {\"HostedZones\": [{\"Id\": \"/hostedzone/ZONE1\", \"Name\": \"example.com.\", "
    "\"CallerReference\": \"one\", \"Config\": {\"PrivateZone\": false}}]}},"
    "{\"Context\": {\"HostedZoneId\": \"ZONE1\"}, \"Document\": {\"ResourceRecordSets\": "
    "[{\"Name\": \"www.example.com.\", \"Type\": \"A\", \"TTL\": 60, \"NotKnown\": 1, "
    "\"ResourceRecords\": [{\"Value\": \"192.0.2.1\"}]}]}},"
    "{\"Document\": {\"TargetGroups\": [{\"TargetGroupArn\": \"" GROUP
    "\", \"TargetGroupName\": \"web\", \"Protocol\": \"HTTP\", \"Port\": 80}]}},"
    "{\"Context\": {\"TargetGroupArn\": \"" GROUP
    "\"}, \"Document\": {\"TargetHealthDescriptions\": [{\"Target\": {\"Id\": \"i-1\", \"Port\": "
    "80}, \"TargetHealth\": {\"State\": \"healthy\"}}]}},"
    "{\"Context\": {\"TargetGroupArn\": \"" GROUP
    "\"}, \"Document\": {\"Attributes\": [{\"Key\": \"slow_start.duration_seconds\", \"Value\": "
    "\"30\"}]}},"
    "{\"Document\": {\"LoadBalancers\": [{\"LoadBalancerArn\": \"" BALANCER "\"}]}},"
    "{\"Context\": {\"LoadBalancer\": \"" BALANCER
    "\"}, \"Document\": {\"Attributes\": [{\"Key\": \"idle_timeout.timeout_seconds\", \"Value\": "
    "\"30\"}]}},"
    "{\"Document\": {\"Rules\": [{\"RuleArn\": \"" RULE
    "\", \"Priority\": \"1\", \"Conditions\": [{\"Field\": \"query-string\", "
    "\"QueryStringConfig\": {\"Values\": [{\"Key\": \"k\", \"Value\": \"v\"}]}}], \"Actions\": "
    "[{\"Type\": \"forward\", \"TargetGroupArn\": \"" GROUP "\"}]}]}},"
    "{\"Document\": {\"LoadBalancerDescriptions\": [{\"LoadBalancerName\": \"old\", \"DNSName\": "
    "\"old-1.us-east-1.elb.amazonaws.com\", \"SourceSecurityGroup\": {\"OwnerAlias\": "
    "\"123456789012\"}, \"ListenerDescriptions\": [{\"Listener\": {\"Protocol\": \"HTTPS\", "
    "\"LoadBalancerPort\": 443, \"InstancePort\": 80, \"SSLCertificateId\": \"c\"}, "
    "\"PolicyNames\": [\"lb\"]}], \"Policies\": {\"LBCookieStickinessPolicies\": [{\"PolicyName\": "
    "\"lb\"}]}}]}},"
    "{\"Context\": {\"LoadBalancer\": \"old\", \"Account\": \"123456789012\", \"Region\": "
    "\"us-east-1\"}, \"Document\": {\"LoadBalancerAttributes\": {\"ConnectionDraining\": "
    "{\"Enabled\": true, \"Timeout\": 60}, \"CrossZoneLoadBalancing\": {\"Enabled\": true}}}},"
    "{\"Document\": {\"R53Supplement\": {\"Instances\": [{\"InstanceId\": \"i-1\", "
    "\"AvailabilityZone\": \"us-east-1a\"}], \"Addresses\": [{\"DNSName\": \"d1.cloudfront.net\", "
    "\"Addresses\": [\"198.51.100.1\"]}], \"HealthCheckStatus\": [{\"HealthCheckId\": \"" CHECK
    "\", \"Status\": \"Healthy\"}], \"Alarms\": [{\"HealthCheckId\": \"" CHECK
    "\", \"State\": \"OK\"}], \"Places\": [{\"Prefix\": \"203.0.113.0/24\", \"CountryCode\": "
    "\"DE\"}], \"Latencies\": [{\"Client\": \"DE\", \"Region\": \"eu-west-1\", \"Milliseconds\": "
    "9}], \"ZonalShifts\": [{\"LoadBalancer\": \"" BALANCER
    "\", \"ZoneName\": \"a\"}], \"ImpairedZones\": [{\"LoadBalancer\": \"" BALANCER
    "\", \"ZoneName\": \"b\"}], \"MitigationWeights\": [{\"TargetGroupArn\": \"" GROUP
    "\", \"Target\": {\"Id\": \"i-1\"}, \"Weight\": 5}]}}},"
    "{\"Document\": {\"HealthChecks\": [{\"Id\": \"" CHECK
    "\", \"CallerReference\": \"r\", \"HealthCheckConfig\": {\"Type\": \"TCP\", \"IPAddress\": "
    "\"192.0.2.1\", \"Port\": 80}}]}},"
    "{\"Context\": {\"HealthCheckId\": \"" CHECK
    "\"}, \"Document\": {\"HealthCheckObservations\": [{\"Region\": \"us-east-1\", \"IPAddress\": "
    "\"192.0.2.7\", \"StatusReport\": {\"Status\": \"Success: x\"}}]}},"
    "{\"Document\": {\"CidrCollections\": [{\"Id\": \"" COLLECTION "\", \"Name\": \"isps\"}]}},"
    "{\"Context\": {\"CidrCollectionId\": \"" COLLECTION
    "\"}, \"Document\": {\"CidrBlocks\": [{\"CidrBlock\": \"203.0.113.0/24\", \"LocationName\": "
    "\"isp\"}]}}]}";

struct world {
    struct torture torture;
    r53_allocator allocator;
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
};

static void world_make(struct world *w)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = &w->allocator};

    w->torture = (struct torture){0};
    w->allocator = torture_allocator(&w->torture);
    assert_int_equal(r53_cloud_new(&w->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&w->observed, &w->allocator), R53_OK);
    assert_int_equal(r53_report_new(&w->report, &w->allocator), R53_OK);
}

static void world_free(struct world *w)
{
    r53_report_free(w->report);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
    assert_int_equal(w->torture.live, 0);
}

static int32_t read_bundle(struct world *w)
{
    r53_import *import = NULL;
    int32_t rc = r53_import_new(&import, w->cloud, w->observed, w->report);

    if (rc == R53_OK)
        rc = r53_json_read(import, bundle, sizeof(bundle) - 1, NULL, w->report);
    if (rc == R53_OK)
        rc = r53_import_commit(import);
    r53_import_free(import);
    return rc;
}

static size_t zones_held(const struct world *w)
{
    r53_listing *listing;
    size_t n = 0;

    assert_int_equal(r53_zones_list(&listing, w->cloud), R53_OK);
    while (r53_listing_next_zone(listing))
        n++;
    r53_listing_free(listing);
    return n;
}

/* The bundle's record set stands in the cloud. */
static void expect_whole(const struct world *w)
{
    const r53_record_set *set;
    r53_listing *listing;

    assert_int_equal(zones_held(w), 1);
    assert_int_equal(r53_record_sets_list(&listing, w->cloud, "ZONE1", "www.example.com",
                                          R53_TYPE_A, NULL, NULL),
                     R53_OK);
    set = r53_listing_next_record_set(listing);
    assert_non_null(set);
    assert_string_equal(set->values[0], "192.0.2.1");
    r53_listing_free(listing);
}

/* The first error says so; notes may stand before it. */
static void expect_told(const r53_report *report)
{
    r53_finding finding = {.size = sizeof(finding)};
    size_t i = 0;

    do {
        assert_int_equal(r53_report_get(report, i++, &finding), R53_OK);
    } while (finding.severity != R53_SEVERITY_ERROR);
    assert_int_equal(finding.code, R53_E_NOMEM);
}

/* Plays it with the k-th allocation from now on failing; false when there are fewer. */
static bool play(long k, bool once)
{
    struct world w;
    bool failed;
    int32_t rc;

    world_make(&w);
    w.torture = (struct torture){.fail_at = k, .once = once, .live = w.torture.live};
    rc = read_bundle(&w);
    failed = w.torture.calls >= k;
    w.torture.fail_at = 0;
    if (rc != R53_OK) {
        assert_int_equal(rc, R53_E_NOMEM);
        expect_told(w.report);
        assert_int_equal(zones_held(&w), 0);
        r53_report_clear(w.report);
        assert_int_equal(read_bundle(&w), R53_OK);
    }
    expect_whole(&w);
    world_free(&w);
    return failed;
}

static void check_once(void **state)
{
    long k = 1;

    (void)state;
    while (play(k, true))
        k++;
    assert_true(k > 20);
}

static void check_for_good(void **state)
{
    long k = 1;

    (void)state;
    while (play(k, false))
        k++;
    assert_true(k > 20);
}

/* Requests: what each adds to a cloud that holds the bundle. */

static const struct request_case {
    const char *what, *json;
    size_t adds; /* objects */
} requests[] = {
    {"each allocation of a change batch fails",
     "{\"HostedZoneId\": \"ZONE1\", \"ChangeBatch\": {\"Changes\": [{\"Action\": \"UPSERT\","
     " \"ResourceRecordSet\": {\"Name\": \"a.example.com\", \"Type\": \"A\", \"TTL\": 60,"
     " \"ResourceRecords\": [{\"Value\": \"192.0.2.9\"}]}}]}}",
     1},
    {"each allocation of a change of a CIDR collection fails",
     "{\"Id\": \"" COLLECTION "\", \"Changes\": [{\"LocationName\": \"isp\", \"Action\": \"PUT\","
     " \"CidrList\": [\"198.51.100.0/24\"]}]}",
     1},
    {"each allocation of creating a health check fails",
     "{\"CallerReference\": \"new\", \"HealthCheckConfig\": {\"Type\": \"HTTP\", \"IPAddress\":"
     " \"192.0.2.44\", \"Port\": 80}}",
     1},
    {"each allocation of creating a load balancer fails",
     "{\"CreateLoadBalancer\": {\"Name\": \"new\", \"Type\": \"network\", \"SubnetMappings\":"
     " [{\"SubnetId\": \"subnet-a\", \"IPv6Address\": \"2001:db8::1\"}]}}",
     1},
    {"each allocation of creating a listener fails",
     "{\"CreateListener\": {\"LoadBalancerArn\": \"" BALANCER
     "\", \"Port\": 80, \"Protocol\": \"HTTP\","
     " \"DefaultActions\": [{\"Type\": \"forward\", \"TargetGroupArn\": \"" GROUP "\"}]}}",
     1},
    {"each allocation of creating a target group fails",
     "{\"CreateTargetGroup\": {\"Name\": \"new\", \"Protocol\": \"HTTP\", \"Port\": 80, \"VpcId\":"
     " \"vpc-1\"}}",
     1},
    {"each allocation of registering targets fails",
     "{\"RegisterTargets\": {\"TargetGroupArn\": \"" GROUP "\", \"Targets\": [{\"Id\": \"i-1\"},"
     " {\"Id\": \"i-2\"}, {\"Id\": \"i-3\"}]}}",
     2},
    {"each allocation of creating a Classic load balancer fails",
     "{\"CreateLoadBalancer\": {\"LoadBalancerName\": \"fresh\", \"AvailabilityZones\":"
     " [\"us-east-1b\"], \"Subnets\": [\"subnet-a\"], \"Listeners\": [{\"Protocol\": \"SSL\","
     " \"LoadBalancerPort\": 443, \"InstanceProtocol\": \"TCP\", \"InstancePort\": 80,"
     " \"SSLCertificateId\": \"c\"}]}}",
     2},
    {"each allocation of registering instances fails",
     "{\"RegisterInstancesWithLoadBalancer\": {\"LoadBalancerName\": \"old\", \"Instances\":"
     " [{\"InstanceId\": \"i-1\"}]}}",
     0},
    {"each allocation of changing a target group fails",
     "{\"ModifyTargetGroup\": {\"TargetGroupArn\": \"" GROUP "\", \"HealthCheckPath\": \"/up\","
     " \"Matcher\": {\"HttpCode\": \"200-204\"}}}",
     0},
    {"each allocation of setting security groups fails",
     "{\"SetSecurityGroups\": {\"LoadBalancerArn\": \"" BALANCER
     "\", \"SecurityGroups\": [\"sg-1\", \"sg-2\"]}}",
     0},
    {"each allocation of setting the IP address type fails",
     "{\"SetIpAddressType\": {\"LoadBalancerArn\": \"" BALANCER
     "\", \"IpAddressType\": \"dualstack\"}}",
     0},
};

/* Load balancers, listeners, target groups and the targets of one. */
static size_t elb_objects_held(const r53_cloud *cloud)
{
    r53_elb_listing *listing;
    size_t n = 0;

    assert_int_equal(r53_load_balancers_list(&listing, cloud), R53_OK);
    while (r53_elb_listing_next_load_balancer(listing))
        n++;
    r53_elb_listing_free(listing);
    assert_int_equal(r53_listeners_list(&listing, cloud, NULL, NULL), R53_OK);
    while (r53_elb_listing_next_listener(listing))
        n++;
    r53_elb_listing_free(listing);
    assert_int_equal(r53_target_groups_list(&listing, cloud, NULL, NULL), R53_OK);
    while (r53_elb_listing_next_target_group(listing))
        n++;
    r53_elb_listing_free(listing);
    assert_int_equal(r53_targets_list(&listing, cloud, GROUP, NULL), R53_OK);
    while (r53_elb_listing_next_target(listing))
        n++;
    r53_elb_listing_free(listing);
    return n;
}

/* Those, and record sets, health checks and blocks, to see that nothing was added. */
static size_t objects_held(const struct world *w)
{
    r53_health_check_listing *checks;
    r53_cidr_listing *blocks;
    r53_listing *sets;
    size_t n = 0;

    assert_int_equal(r53_record_sets_list(&sets, w->cloud, "ZONE1", NULL, 0, NULL, NULL), R53_OK);
    while (r53_listing_next_record_set(sets))
        n++;
    r53_listing_free(sets);
    assert_int_equal(r53_health_checks_list(&checks, w->cloud), R53_OK);
    while (r53_health_check_listing_next(checks))
        n++;
    r53_health_check_listing_free(checks);
    assert_int_equal(r53_cidr_blocks_list(&blocks, w->cloud, COLLECTION, NULL), R53_OK);
    while (r53_cidr_listing_next_block(blocks))
        n++;
    r53_cidr_listing_free(blocks);
    return n + elb_objects_held(w->cloud);
}

/* Applies it with the k-th allocation failing; false when there are fewer. */
static bool play_request(const struct request_case *c, long k, bool once)
{
    const char *json = c->json;
    static const r53_json_subnet subnet = {"subnet-a", "us-east-1a", NULL, NULL};
    const r53_json_context context = {.size = sizeof(context),
                                      .health_check_id = "abcdef11-2222-3333-4444-555555555552",
                                      .account = "123456789012",
                                      .region = "us-east-1",
                                      .subnets = &subnet,
                                      .n_subnets = 1};
    struct world w;
    size_t before;
    bool failed;
    int32_t rc;

    world_make(&w);
    assert_int_equal(read_bundle(&w), R53_OK);
    r53_report_clear(w.report);
    before = objects_held(&w);
    w.torture.fail_at = w.torture.calls + k;
    w.torture.once = once;
    rc = r53_json_change(w.cloud, json, strlen(json), &context, w.report);
    failed = w.torture.calls >= w.torture.fail_at;
    w.torture.fail_at = 0;
    if (rc != R53_OK) {
        assert_int_equal(rc, R53_E_NOMEM);
        expect_told(w.report);
        assert_int_equal(objects_held(&w), before);
        assert_int_equal(r53_json_change(w.cloud, json, strlen(json), &context, NULL), R53_OK);
    }
    assert_int_equal(objects_held(&w), before + c->adds);
    world_free(&w);
    return failed;
}

static void check_request(void **state)
{
    const struct request_case *c = *state;
    long k = 1;

    while (play_request(c, k, true))
        k++;
    assert_true(k > 1);
    for (k = 1; play_request(c, k, false);)
        k++;
}

/* Asks and prints with the k-th allocation of the answer failing; false when there are fewer. */
static bool play_print(struct world *w, const r53_view *view, long k)
{
    const r53_test_dns_query query = {.size = sizeof(query),
                                      .hosted_zone_id = "ZONE1",
                                      .record_name = "www.example.com",
                                      .record_type = R53_TYPE_A};
    r53_test_dns_result result = {.size = sizeof(result)};
    r53_answer *answer;
    char text[512];
    bool failed;
    int32_t rc;

    assert_int_equal(r53_answer_new(&answer, &w->allocator), R53_OK);
    w->torture.fail_at = w->torture.calls + k;
    w->torture.once = true;
    rc = r53_test_dns_answer(view, &query, answer, &result, NULL);
    if (rc == R53_OK)
        rc = r53_json_test_dns_answer(&result, answer, text, sizeof(text), NULL);
    failed = w->torture.calls >= w->torture.fail_at;
    w->torture.fail_at = 0;
    assert_int_equal(rc, failed ? R53_E_NOMEM : R53_OK);
    r53_answer_free(answer);
    return failed;
}

static void check_print(void **state)
{
    r53_view *view;
    struct world w;
    long k = 1;

    (void)state;
    world_make(&w);
    assert_int_equal(read_bundle(&w), R53_OK);
    assert_int_equal(r53_view_new(&view, w.cloud, w.observed, 0, NULL), R53_OK);
    while (play_print(&w, view, k))
        k++;
    assert_true(k > 1);
    r53_view_release(view);
    world_free(&w);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(requests) + 3];
    size_t n = 0;

    ADD_TEST(tests, n, "each allocation of reading a bundle fails, alone", check_once);
    ADD_TEST(tests, n, "each allocation of reading a bundle fails, and all behind it",
             check_for_good);
    ADD_CASES(tests, n, requests, check_request);
    ADD_TEST(tests, n, "each allocation of an answer and its printing fails", check_print);
    return RUN_TESTS("oom_json", tests, n);
}
