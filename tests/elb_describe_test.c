/*
 * Reading a cloud back: each struct comes as it was given, whole; what is listed and imported again
 * lists the same; a listing keeps to what there was.
 */
#include "support/elb_text.h"
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/park.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdio.h>

enum { PARKS = 120 };

/* What comes out by what went in, one struct a row */

struct round {
    r53_cloud *cloud;
    r53_import *import;
    struct regex_counts counts;
    r53_regex_engine engine;
    struct elb_text text;
};

static struct round *round_open(void)
{
    static struct round round;

    round = (struct round){.cloud = NULL};
    round.engine = regex_engine(&round.counts);
    assert_int_equal(
        r53_cloud_new(&round.cloud, &(r53_cloud_options){.size = sizeof(r53_cloud_options),
                                                         .regex = &round.engine}),
        R53_OK);
    assert_int_equal(r53_import_new(&round.import, round.cloud, NULL, NULL), R53_OK);
    return &round;
}

static const char *round_text(struct round *r)
{
    assert_int_equal(r53_import_commit(r->import), R53_OK);
    r53_import_free(r->import);
    r->import = NULL;
    return elb_text(&r->text, r->cloud);
}

static void round_close(struct round *r)
{
    r53_cloud_free(r->cloud);
}

/* Load balancers */

static const char *const addresses[] = {"192.0.2.1", "2001:db8::1"};
static const r53_availability_zone zone_a = {.size = sizeof(zone_a),
                                             .zone_name = "us-east-1a",
                                             .subnet_id = "subnet-1",
                                             .zone_id = "use1-az1",
                                             .addresses = addresses,
                                             .n_addresses = 2};
static const r53_availability_zone zone_b = {.size = sizeof(zone_b), .zone_name = "us-east-1b"};
static const r53_availability_zone *const zones[] = {&zone_a, &zone_b};
static const char *const instances[] = {"i-2", "i-1"};

#define BALANCER(...)                                                                              \
    {                                                                                              \
        .size = sizeof(r53_load_balancer), .load_balancer_arn = "lb", __VA_ARGS__                  \
    }

static const struct balancer_case {
    const char *what;
    r53_load_balancer lb;
    const char *text;
} balancer_cases[] = {
    {"a load balancer comes back with every member that was given",
     BALANCER(.type = R53_LB_APPLICATION, .load_balancer_name = "web",
              .dns_name = "Web-1.us-east-1.elb.amazonaws.com", .canonical_hosted_zone_id = "Z1",
              .vpc_id = "vpc-1", .scheme = R53_SCHEME_INTERNAL, .state = R53_LB_ACTIVE_IMPAIRED,
              .ip_address_type = R53_IP_DUALSTACK, .cross_zone = R53_OPTION_ON,
              .availability_zones = zones, .n_availability_zones = 2,
              .drop_invalid_header_fields = R53_OPTION_ON, .preserve_host_header = R53_OPTION_ON,
              .desync_mitigation_mode = R53_DESYNC_STRICTEST, .waf_fail_open = R53_OPTION_ON,
              .http2_enabled = R53_OPTION_OFF, .idle_timeout_seconds = 90),
     "balancer load_balancer_arn=lb load_balancer_name=web "
     "dns_name=web-1.us-east-1.elb.amazonaws.com canonical_hosted_zone_id=Z1 vpc_id=vpc-1 type=1 "
     "scheme=2 state=3 ip_address_type=2 cross_zone=2 drop_invalid_header_fields=2 "
     "preserve_host_header=2 desync_mitigation_mode=3 waf_fail_open=2 client_routing_policy=1 "
     "http2_enabled=1 idle_timeout_seconds=90 {zone zone_name=us-east-1a subnet_id=subnet-1 "
     "zone_id=use1-az1 addresses=192.0.2.1,2001:db8::1} {zone zone_name=us-east-1b}\n"},
    {"with AWS's defaults where nothing was said",
     BALANCER(.type = R53_LB_NETWORK, .client_routing_policy = R53_ROUTING_ZONE_AFFINITY),
     "balancer load_balancer_arn=lb type=2 scheme=1 state=1 ip_address_type=1 cross_zone=1 "
     "drop_invalid_header_fields=1 preserve_host_header=1 desync_mitigation_mode=2 "
     "waf_fail_open=1 client_routing_policy=3 http2_enabled=2 idle_timeout_seconds=60\n"},
    {"ELB-LB-45 ELB-CLB-05 a Classic one with its settings and instances",
     BALANCER(.type = R53_LB_CLASSIC, .cross_zone = R53_OPTION_ON, .instances = instances,
              .n_instances = 2, .connection_draining_seconds = 30, .healthy_threshold = 4,
              .unhealthy_threshold = 3, .idle_timeout_seconds = 70,
              .desync_mitigation_mode = R53_DESYNC_MONITOR),
     "balancer load_balancer_arn=lb type=4 scheme=1 state=1 ip_address_type=1 cross_zone=2 "
     "drop_invalid_header_fields=1 preserve_host_header=1 desync_mitigation_mode=1 "
     "waf_fail_open=1 client_routing_policy=1 http2_enabled=2 idle_timeout_seconds=70 "
     "connection_draining_seconds=30 healthy_threshold=4 unhealthy_threshold=3 "
     "instances=i-2,i-1\n"},
    {"ELB-LB-45 and with what it is by default", BALANCER(.type = R53_LB_CLASSIC),
     "balancer load_balancer_arn=lb type=4 scheme=1 state=1 ip_address_type=1 cross_zone=1 "
     "drop_invalid_header_fields=1 preserve_host_header=1 desync_mitigation_mode=2 "
     "waf_fail_open=1 client_routing_policy=1 http2_enabled=2 idle_timeout_seconds=60 "
     "healthy_threshold=10 unhealthy_threshold=2\n"},
};

static void check_balancer(void **state)
{
    const struct balancer_case *c = *state;
    struct round *r = round_open();

    assert_int_equal(r53_import_load_balancer(r->import, &c->lb), R53_OK);
    assert_string_equal(round_text(r), c->text);
    round_close(r);
}

/* Listeners */

static const char *const names[] = {"*.example.com", "b.test"};
static const r53_certificate first = {.size = sizeof(first),
                                      .is_default = 1,
                                      .certificate_arn = "c1",
                                      .domain_names = names,
                                      .n_domain_names = 2,
                                      .key_algorithm = "EC_prime256v1",
                                      .signature_algorithm = "SHA384WITHECDSA",
                                      .not_before_ms = -5,
                                      .not_after_ms = INT64_C(1) << 40};
static const r53_certificate second = {.size = sizeof(second), .certificate_arn = "c2"};
static const r53_certificate *const certificates[] = {&first, &second};
static const char *const alpn[] = {"HTTP2Preferred"};

static const r53_weighted_target_group weighted[] = {{"g1", 3, 0}, {"g2", 0, 0}};
static const r53_listener_action forward = {.size = sizeof(forward),
                                            .type = R53_ACTION_FORWARD,
                                            .n_target_groups = 2,
                                            .target_groups = weighted,
                                            .stickiness_enabled = R53_OPTION_ON,
                                            .stickiness_duration_s = 77};
static const r53_listener_action oidc = {.size = sizeof(oidc),
                                         .type = R53_ACTION_AUTHENTICATE_OIDC,
                                         .issuer = "https://i.test",
                                         .on_unauthenticated_request = "deny"};
static const r53_listener_action jwt = {.size = sizeof(jwt),
                                        .type = R53_ACTION_JWT_VALIDATION,
                                        .order = 9,
                                        .issuer = "i",
                                        .jwks_endpoint = "https://k.test"};
static const r53_listener_action redirect = {.size = sizeof(redirect),
                                             .type = R53_ACTION_REDIRECT,
                                             .status_code = "HTTP_301",
                                             .protocol = "HTTPS",
                                             .host = "#{host}",
                                             .port = "443",
                                             .path = "/#{path}",
                                             .query = ""};
static const r53_listener_action fixed = {.size = sizeof(fixed),
                                          .type = R53_ACTION_FIXED_RESPONSE,
                                          .status_code = "404",
                                          .content_type = "text/plain",
                                          .message_body = "no"};
static const r53_listener_action *const to_groups[] = {&oidc, &forward};
static const r53_listener_action *const checked[] = {&jwt, &redirect};
static const r53_listener_action *const fixed_only[] = {&fixed};

#define LISTENER(...)                                                                              \
    {                                                                                              \
        .size = sizeof(r53_listener), .load_balancer_arn = "lb", __VA_ARGS__                       \
    }

static const struct listener_case {
    const char *what;
    r53_listener listener;
    const char *text;
} listener_cases[] = {
    {"a listener comes back with certificates, policy and actions",
     LISTENER(.listener_arn = "l", .protocol = R53_PROTOCOL_TLS, .port = 443,
              .default_actions = to_groups, .n_default_actions = 2, .certificates = certificates,
              .n_certificates = 2, .alpn_policy = alpn, .n_alpn_policy = 1,
              .mutual_authentication = R53_MTLS_PASSTHROUGH, .tcp_idle_timeout_seconds = 600),
     "listener listener_arn=l load_balancer_arn=lb protocol=4 port=443 mutual_authentication=2 "
     "tcp_idle_timeout_seconds=600 alpn=HTTP2Preferred {certificate certificate_arn=c1 "
     "is_default=1 key_algorithm=EC_prime256v1 signature_algorithm=SHA384WITHECDSA "
     "not_before_ms=-5 not_after_ms=1099511627776 names=*.example.com,b.test} {certificate "
     "certificate_arn=c2 key_algorithm=RSA_2048 signature_algorithm=SHA256WITHRSA} {action type=4 "
     "order=1 on_unauthenticated_request=deny issuer=https://i.test} {action type=1 order=2 "
     "stickiness_enabled=2 stickiness_duration_s=77 g1:3 g2:0}\n"},
    {"its actions come in the order they are taken",
     LISTENER(.listener_arn = "l", .protocol = R53_PROTOCOL_HTTP, .port = 80,
              .default_actions = checked, .n_default_actions = 2),
     "listener listener_arn=l load_balancer_arn=lb protocol=1 port=80 mutual_authentication=1 "
     "tcp_idle_timeout_seconds=350 {action type=2 order=2 status_code=HTTP_301 protocol=HTTPS "
     "host=#{host} port=443 path=/#{path} query=} {action type=6 order=9 issuer=i "
     "jwks_endpoint=https://k.test}\n"},
    {"ELB-LSN-11 a Classic listener has no ARN and no actions",
     LISTENER(.protocol = R53_PROTOCOL_HTTPS, .port = 443, .instance_port = 8080,
              .instance_protocol = R53_PROTOCOL_HTTP, .stickiness_type = R53_STICKINESS_APP_COOKIE,
              .app_cookie_name = "SID"),
     "listener load_balancer_arn=lb protocol=2 port=443 instance_protocol=1 instance_port=8080 "
     "mutual_authentication=1 stickiness_type=2 app_cookie_name=SID "
     "tcp_idle_timeout_seconds=350\n"},
    {"ELB-CLB-07 nor does one with the load balancer's own cookie",
     LISTENER(.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80,
              .stickiness_type = R53_STICKINESS_LB_COOKIE, .cookie_expiration_period_s = 9),
     "listener load_balancer_arn=lb protocol=1 port=80 instance_protocol=1 instance_port=80 "
     "mutual_authentication=1 stickiness_type=1 cookie_expiration_period_s=9 "
     "tcp_idle_timeout_seconds=350\n"},
};

static void check_listener(void **state)
{
    const struct listener_case *c = *state;
    struct round *r = round_open();

    assert_int_equal(r53_import_listener(r->import, &c->listener), R53_OK);
    assert_string_equal(round_text(r), c->text);
    round_close(r);
}

/* Rules */

static const char *const hosts[] = {"*.Example.com", "b?.test"};
static const char *const methods[] = {"GET", "PURGE"};
static const char *const blocks[] = {"203.0.113.9/24", "2001:db8::/32"};
static const char *const expressions[] = {"^/v[0-9]+$"};
static const r53_query_string_key_value pairs[] = {{"V", "1\\*"}, {NULL, "*Beta*"}};

static const r53_condition by_host = {
    .size = sizeof(by_host), .field = "host-header", .values = hosts, .n_values = 2};
static const r53_condition by_path = {.size = sizeof(by_path),
                                      .field = "path-pattern",
                                      .regex_values = expressions,
                                      .n_regex_values = 1};
static const r53_condition by_header = {.size = sizeof(by_header),
                                        .field = "http-header",
                                        .http_header_name = "X-Env",
                                        .values = hosts,
                                        .n_values = 1};
static const r53_condition by_method = {
    .size = sizeof(by_method), .field = "http-request-method", .values = methods, .n_values = 2};
static const r53_condition by_query = {
    .size = sizeof(by_query), .field = "query-string", .query_string = pairs, .n_query_string = 2};
static const r53_condition by_source = {.size = sizeof(by_source),
                                        .field = "source-ip",
                                        .values = blocks,
                                        .n_values = 2,
                                        .ip_address_type = "ipv6"};
static const r53_condition *const every[] = {&by_host,   &by_path,  &by_header,
                                             &by_method, &by_query, &by_source};
static const r53_transform rewrite = {
    .size = sizeof(rewrite), .type = "url-rewrite", .regex = "^/a/(.*)$", .replace = "/$1"};
static const r53_transform *const rewrites[] = {&rewrite};

#define LISTENER_RULE(...)                                                                         \
    {                                                                                              \
        .size = sizeof(r53_listener_rule), __VA_ARGS__                                             \
    }

static const struct rule_case {
    const char *what;
    r53_listener_rule rule;
    const char *text;
} rule_cases[] = {
    {"a rule comes back with conditions, actions and transforms, as they were written",
     LISTENER_RULE(.rule_arn = "r", .listener_arn = "l", .priority = "50000", .conditions = every,
                   .n_conditions = 6, .actions = to_groups, .n_actions = 2, .transforms = rewrites,
                   .n_transforms = 1),
     "rule listener_arn=l priority=50000 rule_arn=r {if field=host-header "
     "values=*.Example.com,b?.test} {if field=path-pattern regex=^/v[0-9]+$} {if "
     "field=http-header http_header_name=X-Env values=*.Example.com} {if "
     "field=http-request-method values=GET,PURGE} {if field=query-string V:1\\* (any):*Beta*} {if "
     "field=source-ip ip_address_type=ipv6 values=203.0.113.0/24,2001:db8::/32} {action type=4 "
     "order=1 on_unauthenticated_request=deny issuer=https://i.test} {action type=1 order=2 "
     "stickiness_enabled=2 stickiness_duration_s=77 g1:3 g2:0} {transform type=url-rewrite "
     "regex=^/a/(.*)$ replace=/$1}\n"},
    {"a default one, with the listener that its ARN names",
     LISTENER_RULE(.rule_arn = "arn:aws:e:r:1:listener-rule/app/n/1/2/3", .priority = "default",
                   .actions = fixed_only, .n_actions = 1),
     "rule listener_arn=arn:aws:e:r:1:listener/app/n/1/2 priority=default "
     "rule_arn=arn:aws:e:r:1:listener-rule/app/n/1/2/3 {action type=3 order=1 status_code=404 "
     "content_type=text/plain message_body=no}\n"},
};

static void check_rule(void **state)
{
    const struct rule_case *c = *state;
    struct round *r = round_open();

    assert_int_equal(r53_import_rule(r->import, &c->rule), R53_OK);
    assert_string_equal(round_text(r), c->text);
    round_close(r);
    assert_int_equal(r->counts.live, 0);
}

/* Target groups */

#define GROUP(...)                                                                                 \
    {                                                                                              \
        .size = sizeof(r53_target_group), .target_group_arn = "g", __VA_ARGS__                     \
    }

static const struct group_case {
    const char *what;
    r53_target_group group;
    const char *text;
} group_cases[] = {
    {"a target group comes back with its health check and attributes",
     GROUP(.target_group_name = "t", .vpc_id = "vpc-1", .protocol = R53_PROTOCOL_HTTPS,
           .port = 8443, .target_type = R53_TARGET_IP, .ip_address_type = R53_IP_IPV6,
           .cross_zone = R53_OPTION_ON, .dns_failover_count = 3, .dns_failover_percentage = 50,
           .unhealthy_routing_count = 2, .unhealthy_routing_percentage = 20,
           .protocol_version = R53_PROTOCOL_VERSION_HTTP2,
           .health_check_protocol = R53_PROTOCOL_HTTP, .health_check_port = "8081",
           .health_check_path = "/ok", .matcher = "200-299,301", .health_check_interval_seconds = 9,
           .health_check_timeout_seconds = 8, .healthy_threshold_count = 7,
           .unhealthy_threshold_count = 6, .deregistration_delay_seconds = 55,
           .stickiness_enabled = R53_OPTION_ON, .stickiness_type = R53_STICKINESS_APP_COOKIE,
           .lb_cookie_duration_seconds = 5, .app_cookie_duration_seconds = 6,
           .app_cookie_name = "SID", .slow_start_seconds = 30),
     "group target_group_arn=g target_group_name=t vpc_id=vpc-1 protocol=2 port=8443 target_type=2 "
     "ip_address_type=4 health_check_enabled=2 cross_zone=2 dns_failover_count=3 "
     "dns_failover_percentage=50 unhealthy_routing_count=2 unhealthy_routing_percentage=20 "
     "protocol_version=2 health_check_protocol=1 health_check_port=8081 health_check_path=/ok "
     "matcher=200-299,301 health_check_interval_seconds=9 health_check_timeout_seconds=8 "
     "healthy_threshold_count=7 unhealthy_threshold_count=6 deregistration_delay_seconds=55 "
     "stickiness_enabled=2 stickiness_type=2 lb_cookie_duration_seconds=5 "
     "app_cookie_duration_seconds=6 algorithm_type=1 app_cookie_name=SID anomaly_mitigation=1 "
     "slow_start_seconds=30 connection_termination=1 preserve_client_ip=2 "
     "unhealthy_connection_termination=2 failover_on_deregistration=1 failover_on_unhealthy=1\n"},
    {"what 0 would not say is -1",
     GROUP(.protocol = R53_PROTOCOL_HTTP, .deregistration_delay_seconds = -1,
           .dns_failover_count = -1, .unhealthy_routing_count = -1,
           .algorithm_type = R53_ALGORITHM_WEIGHTED_RANDOM, .anomaly_mitigation = R53_OPTION_ON),
     "group target_group_arn=g protocol=1 target_type=1 ip_address_type=1 health_check_enabled=2 "
     "dns_failover_count=-1 unhealthy_routing_count=-1 protocol_version=1 "
     "health_check_port=traffic-port health_check_path=/ matcher=200 "
     "health_check_interval_seconds=30 health_check_timeout_seconds=5 healthy_threshold_count=5 "
     "unhealthy_threshold_count=2 deregistration_delay_seconds=-1 stickiness_enabled=1 "
     "stickiness_type=1 lb_cookie_duration_seconds=86400 app_cookie_duration_seconds=86400 "
     "algorithm_type=3 anomaly_mitigation=2 connection_termination=1 preserve_client_ip=2 "
     "unhealthy_connection_termination=2 failover_on_deregistration=1 failover_on_unhealthy=1\n"},
    {"ELB-ST-07 an empty text is none",
     GROUP(.protocol = R53_PROTOCOL_HTTP, .health_check_port = "", .health_check_path = "",
           .matcher = ""),
     "group target_group_arn=g protocol=1 target_type=1 ip_address_type=1 health_check_enabled=2 "
     "dns_failover_count=1 unhealthy_routing_count=1 protocol_version=1 "
     "health_check_port=traffic-port health_check_path=/ matcher=200 "
     "health_check_interval_seconds=30 health_check_timeout_seconds=5 healthy_threshold_count=5 "
     "unhealthy_threshold_count=2 deregistration_delay_seconds=300 stickiness_enabled=1 "
     "stickiness_type=1 lb_cookie_duration_seconds=86400 app_cookie_duration_seconds=86400 "
     "algorithm_type=1 anomaly_mitigation=1 connection_termination=1 preserve_client_ip=2 "
     "unhealthy_connection_termination=2 failover_on_deregistration=1 failover_on_unhealthy=1\n"},
    {"one of a Network Load Balancer",
     GROUP(.protocol = R53_PROTOCOL_UDP, .port = 53, .connection_termination = R53_OPTION_OFF,
           .stickiness_enabled = R53_OPTION_ON, .unhealthy_connection_termination = R53_OPTION_OFF,
           .draining_interval_seconds = 70, .failover_on_deregistration = R53_FAILOVER_REBALANCE,
           .failover_on_unhealthy = R53_FAILOVER_REBALANCE),
     "group target_group_arn=g protocol=5 port=53 target_type=1 ip_address_type=1 "
     "health_check_enabled=2 dns_failover_count=1 unhealthy_routing_count=1 protocol_version=1 "
     "health_check_port=traffic-port health_check_path=/ matcher=200-399 "
     "health_check_interval_seconds=30 health_check_timeout_seconds=5 healthy_threshold_count=5 "
     "unhealthy_threshold_count=2 deregistration_delay_seconds=300 stickiness_enabled=2 "
     "stickiness_type=3 lb_cookie_duration_seconds=86400 app_cookie_duration_seconds=86400 "
     "algorithm_type=1 anomaly_mitigation=1 connection_termination=1 preserve_client_ip=2 "
     "unhealthy_connection_termination=1 draining_interval_seconds=70 "
     "failover_on_deregistration=2 failover_on_unhealthy=2\n"},
    {"one of a function", GROUP(.target_type = R53_TARGET_LAMBDA),
     "group target_group_arn=g target_type=3 ip_address_type=1 health_check_enabled=1 "
     "dns_failover_count=1 unhealthy_routing_count=1 protocol_version=1 "
     "health_check_port=traffic-port health_check_path=/ matcher=200 "
     "health_check_interval_seconds=35 health_check_timeout_seconds=30 healthy_threshold_count=5 "
     "unhealthy_threshold_count=2 deregistration_delay_seconds=-1 stickiness_enabled=1 "
     "stickiness_type=1 lb_cookie_duration_seconds=86400 app_cookie_duration_seconds=86400 "
     "algorithm_type=1 anomaly_mitigation=1 connection_termination=1 preserve_client_ip=2 "
     "unhealthy_connection_termination=2 failover_on_deregistration=1 failover_on_unhealthy=1\n"},
};

static void check_group(void **state)
{
    const struct group_case *c = *state;
    struct round *r = round_open();

    assert_int_equal(r53_import_target_group(r->import, &c->group), R53_OK);
    assert_string_equal(round_text(r), c->text);
    round_close(r);
}

/* What is said apart from load balancers and targets. */
static void check_apart(void **state)
{
    static const char *const others[] = {"192.0.2.9"};
    struct round *r = round_open();
    static struct elb_text again;
    r53_cloud *copy;

    (void)state;
    assert_int_equal(r53_import_node_addresses(r->import, "lb", "us-east-1b", addresses, 2),
                     R53_OK);
    assert_int_equal(r53_import_node_addresses(r->import, "a.test", "us-east-1a", others, 1),
                     R53_OK);
    assert_int_equal(r53_import_node_addresses(r->import, "lb", "us-east-1a", others, 1), R53_OK);
    assert_int_equal(r53_import_instance(r->import, "i-2", "us-east-1b"), R53_OK);
    assert_int_equal(r53_import_instance(r->import, "i-1", "us-east-1a"), R53_OK);
    assert_string_equal(round_text(r), "node lb us-east-1a 192.0.2.9\n"
                                       "node lb us-east-1b 192.0.2.1 2001:db8::1\n"
                                       "node a.test us-east-1a 192.0.2.9\n"
                                       "instance i-2 us-east-1b\n"
                                       "instance i-1 us-east-1a\n");
    copy = elb_copy(r->cloud, NULL);
    assert_string_equal(elb_text(&again, copy), r->text.at);
    r53_cloud_free(copy);
    round_close(r);
}

/* What is listed and imported again lists the same */

static void assert_same_again(const r53_cloud *cloud, const r53_cloud_options *options,
                              const char *which)
{
    static struct elb_text one, two;
    r53_cloud *copy = elb_copy(cloud, options);

    elb_text(&one, cloud);
    if (strcmp(elb_text(&two, copy), one.at) != 0)
        fail_msg("%s\nlists\n%sand its copy\n%s", which, one.at, two.at);
    r53_cloud_free(copy);
}

static void check_parks(void **unused)
{
    static const int32_t kinds[] = {0, R53_LB_APPLICATION, R53_LB_NETWORK, R53_LB_GATEWAY,
                                    R53_LB_CLASSIC};
    struct park_world world;
    struct park park;
    char which[32];

    (void)unused;
    for (uint64_t seed = 1; seed <= PARKS; seed++) {
        park_make(&park, seed, kinds[seed % COUNT(kinds)]);
        park_open(&world, &park, seed);
        snprintf(which, sizeof(which), "park %lu", (unsigned long)seed);
        assert_same_again(world.cloud, NULL, which);
        park_close(&world);
    }
}

static const struct again_case {
    const char *what, *fleet, *rules;
} again_cases[] = {
    {"listing again: an Application Load Balancer",
     "alb a b:3 | tg1 w=8 xz=off dns=off a1-4=ok b1@81=bad | tg2 sticky=app_cookie app=SID app_s=9",
     NULL},
    {"listing again: a Network Load Balancer of QUIC",
     "nlb quic:443 idle=70 a b | t proto=9 quic a1-3=ok b9=ok", NULL},
    {"listing again: a Gateway Load Balancer",
     "gwlb a | t proto=8 rebalance sticky=source_ip_dest_ip a1-2=ok", NULL},
    {"listing again: a Classic Load Balancer",
     "clb http:80 https:443 stick=lb a b | t a1-3=ok b1=ok", NULL},
    {"listing again: functions, and a balancer behind another",
     "alb a | f type=lambda hc=on *1=ok | g type=alb *1=ok", NULL},
    {"listing again: rules of every kind", NULL,
     "listen https:443 mtls=3 alpn=HTTP2Preferred\n"
     "lb drop preserve desync=3 waf-open\n"
     "cert wild names=*.example.com,b.test key=EC_prime256v1 sig=SHA384WITHECDSA after=1000\n"
     "cert one default\n"
     "group img version=2\n"
     "10 path=/img* -> img\n"
     "20 host=*.example.com path=/api*,/v2* -> api:3,new:1\n"
     "5 method=GET header=X-Env:*prod* query=version:v1,*beta* source=203.0.113.0/24 -> x\n"
     "4 path~^/v[0-9]+$ url~^/a/(.*)$=>/$1 site~^old=>new -> x\n"
     "7 path=/old -> redirect HTTP_301 protocol=HTTPS port=443 host=new.#{host} path=/ query=a\n"
     "8 path=/no -> fixed 404 type=text/plain body=no\n"
     "9 path=/in -> auth=deny then x\n"
     "default -> redirect HTTP_301 port=8443"},
};

static void check_again(void **state)
{
    const struct again_case *c = *state;
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    const r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct fleet_world fleet;
    struct rule_world rules;

    if (c->fleet) {
        fleet = fleet_world_make(c->fleet, &options);
        assert_same_again(fleet.cloud, &options, c->fleet);
        fleet_world_free(&fleet);
    } else {
        rules = rule_world_make(c->rules, &options);
        assert_same_again(rules.cloud, &options, c->rules);
        rule_world_free(&rules);
    }
}

/* Order, whose they are, what stays */

static const char *priorities(char *out, const r53_cloud *cloud, const char *listener)
{
    const r53_listener_rule *rule;
    r53_elb_listing *rules;

    *out = '\0';
    assert_int_equal(r53_listener_rules_list(&rules, cloud, listener, NULL), R53_OK);
    while ((rule = r53_elb_listing_next_listener_rule(rules)) != NULL)
        strcat(strcat(out, rule->priority), " ");
    r53_elb_listing_free(rules);
    return out;
}

static void check_rule_order(void **unused)
{
    struct rule_world world = rule_world_make("700 path=/a -> x\n"
                                              "default -> def\n"
                                              "9 path=/b -> x\n"
                                              "50000 path=/c -> x\n"
                                              "80 path=/d -> x",
                                              NULL);
    const r53_rule_priority moves[] = {{RULE_ARN "9", 1000, 0}};
    char text[64];

    (void)unused;
    assert_string_equal(priorities(text, world.cloud, RULE_LISTENER), "9 80 700 50000 default ");
    assert_string_equal(priorities(text, world.cloud, NULL), "9 80 700 50000 default ");
    assert_int_equal(r53_listener_rule_set_priorities(world.cloud, moves, 1, NULL), R53_OK);
    assert_string_equal(priorities(text, world.cloud, RULE_LISTENER), "80 700 1000 50000 default ");
    assert_same_again(world.cloud, NULL, "moved rules");
    rule_world_free(&world);
}

static const char *targets(char *out, const r53_cloud *cloud, const char *group)
{
    r53_elb_listing *listing;
    const r53_target *target;

    *out = '\0';
    assert_int_equal(r53_targets_list(&listing, cloud, group, NULL), R53_OK);
    while ((target = r53_elb_listing_next_target(listing)) != NULL)
        sprintf(out + strlen(out), "%s:%d ", target->id, (int)target->port);
    r53_elb_listing_free(listing);
    return out;
}

static void check_target_order(void **unused)
{
    struct fleet_world world =
        fleet_world_make("alb a b | t b2=ok a3@81=ok a1=ok b2@90=ok a2=ok", NULL);
    const r53_target gone = {.size = sizeof(gone), .id = "a1"};
    const r53_target late = {.size = sizeof(late), .id = "192.0.2.7"};
    char text[128];

    (void)unused;
    assert_string_equal(targets(text, world.cloud, "t"), "b2:80 a3:81 a1:80 b2:90 a2:80 ");
    assert_int_equal(r53_target_deregister(world.cloud, "t", &gone, 0, NULL), R53_OK);
    assert_string_equal(targets(text, world.cloud, "t"), "b2:80 a3:81 b2:90 a2:80 ");
    assert_int_equal(r53_target_register(world.cloud, "t", &late, 0, NULL), R53_OK);
    assert_string_equal(targets(text, world.cloud, "t"), "b2:80 a3:81 b2:90 a2:80 192.0.2.7:80 ");
    fleet_world_free(&world);
}

static void import_forward(r53_import *import, const char *lb, const char *listener,
                           const char *group, bool lb_known)
{
    const r53_weighted_target_group to = {group, 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1,
                                        .target_groups = &to};
    const r53_listener_action *actions[] = {&action};
    const r53_load_balancer balancer = {
        .size = sizeof(balancer), .type = R53_LB_APPLICATION, .load_balancer_arn = lb};
    const r53_listener in = {.size = sizeof(in),
                             .protocol = R53_PROTOCOL_HTTP,
                             .listener_arn = listener,
                             .load_balancer_arn = lb,
                             .port = 80,
                             .default_actions = actions,
                             .n_default_actions = 1};

    if (lb_known)
        assert_int_equal(r53_import_load_balancer(import, &balancer), R53_OK);
    assert_int_equal(r53_import_listener(import, &in), R53_OK);
}

static const char *groups(char *out, const r53_cloud *cloud, const char *lb)
{
    r53_elb_listing *listing;
    const r53_target_group *group;

    *out = '\0';
    assert_int_equal(r53_target_groups_list(&listing, cloud, lb, NULL), R53_OK);
    while ((group = r53_elb_listing_next_target_group(listing)) != NULL) {
        strcat(out, group->target_group_arn);
        for (uint32_t i = 0; i < group->n_load_balancer_arns; i++)
            strcat(strcat(out, i ? "," : "="), group->load_balancer_arns[i]);
        strcat(out, " ");
    }
    r53_elb_listing_free(listing);
    return out;
}

static void check_whose(void **unused)
{
    const r53_listener_action to_z = {.size = sizeof(to_z),
                                      .type = R53_ACTION_FORWARD,
                                      .n_target_groups = 1,
                                      .target_groups =
                                          &(const r53_weighted_target_group){"z", 1, 0}};
    const r53_listener_action *actions[] = {&to_z};
    const r53_listener_rule rule = {.size = sizeof(rule),
                                    .rule_arn = "r",
                                    .listener_arn = "l1",
                                    .priority = "1",
                                    .actions = actions,
                                    .n_actions = 1};
    static const char *const all[] = {"z", "y", "x", "w"};
    struct round *r = round_open();
    char text[128];

    (void)unused;
    for (size_t i = 0; i < COUNT(all); i++)
        assert_int_equal(
            r53_import_target_group(r->import, &(r53_target_group){.size = sizeof(r53_target_group),
                                                                   .target_group_arn = all[i]}),
            R53_OK);
    import_forward(r->import, "lb2", "l2", "y", true);
    import_forward(r->import, "lb1", "l1", "y", true);
    import_forward(r->import, "lb3", "l3", "x", false);
    assert_int_equal(r53_import_rule(r->import, &rule), R53_OK);
    round_text(r);
    assert_string_equal(groups(text, r->cloud, NULL), "z=lb1 y=lb1,lb2 x w ");
    assert_string_equal(groups(text, r->cloud, "lb1"), "z=lb1 y=lb1,lb2 ");
    assert_string_equal(groups(text, r->cloud, "lb2"), "y=lb1,lb2 ");
    round_close(r);
}

static void check_listeners_of(void **unused)
{
    struct round *r = round_open();
    const r53_listener *listener;
    r53_elb_listing *listing;

    (void)unused;
    import_forward(r->import, "lb2", "l2", "y", true);
    import_forward(r->import, "lb1", "l1", "y", true);
    import_forward(r->import, "lb2", "l3", "y", true);
    round_text(r);
    assert_int_equal(r53_listeners_list(&listing, r->cloud, "lb2", NULL), R53_OK);
    listener = r53_elb_listing_next_listener(listing);
    assert_string_equal(listener->listener_arn, "l2");
    assert_string_equal(r53_elb_listing_next_listener(listing)->listener_arn, "l3");
    assert_null(r53_elb_listing_next_listener(listing));
    assert_string_equal(listener->listener_arn, "l2"); /* lent as long as the listing lives */
    r53_elb_listing_free(listing);
    round_close(r);
}

static void check_snapshot(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1-2=ok", NULL);
    const r53_target late = {.size = sizeof(late), .id = "192.0.2.7"};
    const r53_attribute delay = {"deregistration_delay.timeout_seconds", "7"};
    r53_elb_listing *list, *group_list;
    const r53_target_group *group;

    (void)unused;
    assert_int_equal(r53_targets_list(&list, world.cloud, "t", NULL), R53_OK);
    assert_int_equal(r53_target_groups_list(&group_list, world.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_target_register(world.cloud, "t", &late, 0, NULL), R53_OK);
    assert_int_equal(r53_target_group_modify_attributes(world.cloud, "t", &delay, 1, NULL), R53_OK);
    fleet_world_free(&world); /* the listings hold what they list */
    assert_string_equal(r53_elb_listing_next_target(list)->id, "a1");
    assert_string_equal(r53_elb_listing_next_target(list)->availability_zone, "a");
    assert_null(r53_elb_listing_next_target(list));
    group = r53_elb_listing_next_target_group(group_list);
    assert_int_equal(group->deregistration_delay_seconds, 300);
    assert_string_equal(group->load_balancer_arns[0], FLEET_ARN);
    r53_elb_listing_free(list);
    r53_elb_listing_free(group_list);
}

/* What cannot be listed */

static void assert_told(r53_report *report, const char *aws_name, const char *value)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_get(report, r53_report_count(report) - 1, &finding), R53_OK);
    assert_string_equal(finding.aws_name, aws_name);
    assert_non_null(strstr(finding.text, value));
}

static void check_unknown(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_elb_listing *list = NULL;
    r53_report *report;

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_listeners_list(&list, world.cloud, "no1", report), R53_E_NOT_FOUND);
    assert_told(report, "LoadBalancerNotFound", "no1");
    assert_int_equal(r53_target_groups_list(&list, world.cloud, "no2", report), R53_E_NOT_FOUND);
    assert_told(report, "LoadBalancerNotFound", "no2");
    assert_int_equal(r53_listener_rules_list(&list, world.cloud, "no3", report), R53_E_NOT_FOUND);
    assert_told(report, "ListenerNotFound", "no3");
    assert_int_equal(r53_targets_list(&list, world.cloud, "no4", report), R53_E_NOT_FOUND);
    assert_told(report, "TargetGroupNotFound", "no4");
    assert_int_equal(r53_targets_list(&list, world.cloud, NULL, report), R53_E_NOT_FOUND);
    assert_null(list);
    r53_report_free(report);
    fleet_world_free(&world);
}

static void check_misuse(void **unused)
{
    struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
    r53_elb_listing *list = NULL;

    (void)unused;
    assert_int_equal(r53_load_balancers_list(NULL, world.cloud), R53_E_INVALID);
    assert_int_equal(r53_load_balancers_list(&list, NULL), R53_E_INVALID);
    assert_int_equal(r53_listeners_list(&list, NULL, "x", NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_rules_list(NULL, world.cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_groups_list(&list, NULL, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_targets_list(NULL, world.cloud, "t", NULL), R53_E_INVALID);
    assert_int_equal(r53_node_addresses_list(NULL, world.cloud), R53_E_INVALID);
    assert_int_equal(r53_instances_list(&list, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancers_list(&list, world.cloud), R53_OK);
    assert_null(r53_elb_listing_next_listener(list));
    assert_null(r53_elb_listing_next_listener_rule(list));
    assert_null(r53_elb_listing_next_target_group(list));
    assert_null(r53_elb_listing_next_target(list));
    assert_null(r53_elb_listing_next_node_addresses(list));
    assert_null(r53_elb_listing_next_instance(list));
    assert_non_null(r53_elb_listing_next_load_balancer(list));
    assert_null(r53_elb_listing_next_load_balancer(list));
    assert_null(r53_elb_listing_next_load_balancer(list));
    assert_null(r53_elb_listing_next_load_balancer(NULL));
    r53_elb_listing_free(list);
    r53_elb_listing_free(NULL);
    fleet_world_free(&world);
}

/* A listener's attributes */

static const struct attribute_case {
    const char *what, *key, *value;
    int32_t protocol, rc;
    int32_t seconds;
    const char *finding; /* part of it; NULL: nothing is told */
} attribute_cases[] = {
    {"ELB-LB-46 ELB-JSON-07 an attribute of a listener counts over its member",
     "tcp.idle_timeout.seconds", "4000", R53_PROTOCOL_TCP, R53_OK, 4000, NULL},
    {"ELB-LB-46 out of range it is kept with a warning", "tcp.idle_timeout.seconds", "30",
     R53_PROTOCOL_TCP, R53_OK, 30, "60-6000"},
    {"ELB-LB-46 where TLS ends there is none", "tcp.idle_timeout.seconds", "400", R53_PROTOCOL_TLS,
     R53_OK, 100, "not supported"},
    {"ELB-LB-46 a word is no number of seconds", "tcp.idle_timeout.seconds", "long",
     R53_PROTOCOL_TCP, R53_E_INVALID, 100, "long"},
    {"ELB-VAL-05 headers that are added decide nothing",
     "routing.http.response.x_frame_options.header_value", "DENY", R53_PROTOCOL_HTTP, R53_OK, 100,
     NULL},
    {"ELB-VAL-05 a key that is not known is told", "routing.http.request.tea", "x",
     R53_PROTOCOL_HTTP, R53_OK, 100, "routing.http.request.tea"},
};

static void check_attribute(void **state)
{
    const struct attribute_case *c = *state;
    const r53_listener listener = LISTENER(.listener_arn = "l", .protocol = c->protocol, .port = 1,
                                           .default_actions = fixed_only, .n_default_actions = 1,
                                           .tcp_idle_timeout_seconds = 100);
    r53_elb_listing *list;
    r53_report *report;
    r53_import *import;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    assert_int_equal(r53_import_listener_attribute(import, "l", c->key, c->value), c->rc);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(r53_listeners_list(&list, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_elb_listing_next_listener(list)->tcp_idle_timeout_seconds, c->seconds);
    r53_elb_listing_free(list);
    if (c->finding) {
        r53_finding finding = {.size = sizeof(finding)};

        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_non_null(strstr(finding.text, c->finding));
    }
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void check_attribute_of_nobody(void **unused)
{
    struct round *r = round_open();

    (void)unused;
    assert_int_equal(r53_import_listener_attribute(NULL, "l", "k", "v"), R53_E_INVALID);
    assert_int_equal(r53_import_listener_attribute(r->import, "", "k", "v"), R53_E_INVALID);
    assert_int_equal(r53_import_listener_attribute(r->import, "l", NULL, "v"), R53_E_INVALID);
    assert_int_equal(
        r53_import_listener_attribute(r->import, "no", "tcp.idle_timeout.seconds", "60"), R53_OK);
    assert_string_equal(round_text(r), "");
    round_close(r);
}

/* Certificates that are said apart */

static const struct certificate_case {
    const char *what;
    const r53_certificate said[2];
    const char *text; /* arn[=name] "!" the default */
} certificate_cases[] = {
    {"ELB-TLS-01 certificates are added to a listener's",
     {{.certificate_arn = "c3"}, {.certificate_arn = "c4"}},
     "c1=*.example.com! c2 c3 c4"},
    {"ELB-TLS-01 one that is known stays as it is known",
     {{.certificate_arn = "c1"}, {.certificate_arn = "c2"}},
     "c1=*.example.com! c2"},
    {"ELB-TLS-01 unless its names are told",
     {{.certificate_arn = "c2", .domain_names = names + 1, .n_domain_names = 1, .is_default = 1},
      {.certificate_arn = "c1"}},
     "c1=*.example.com! c2=b.test!"},
};

static const char *certificates_text(char *out, const r53_cloud *cloud)
{
    r53_elb_listing *list;
    const r53_listener *listener;

    assert_int_equal(r53_listeners_list(&list, cloud, NULL, NULL), R53_OK);
    listener = r53_elb_listing_next_listener(list);
    *out = '\0';
    for (uint32_t i = 0; i < listener->n_certificates; i++) {
        const r53_certificate *c = listener->certificates[i];

        sprintf(out + strlen(out), "%s%s%s%s%s", i ? " " : "", c->certificate_arn,
                c->n_domain_names ? "=" : "", c->n_domain_names ? c->domain_names[0] : "",
                c->is_default ? "!" : "");
    }
    r53_elb_listing_free(list);
    return out;
}

static void check_certificate(void **state)
{
    const struct certificate_case *c = *state;
    struct round *r = round_open();
    char text[128];

    for (size_t i = 0; i < COUNT(c->said); i++) {
        r53_certificate said = c->said[i];

        said.size = sizeof(said);
        assert_int_equal(r53_import_listener_certificate(r->import, "l", &said), R53_OK);
    }
    assert_int_equal(r53_import_listener(r->import, &listener_cases[0].listener), R53_OK);
    round_text(r);
    assert_string_equal(certificates_text(text, r->cloud), c->text);
    round_close(r);
}

static void check_certificate_of_nobody(void **unused)
{
    const r53_certificate nameless = {.size = sizeof(nameless)};
    struct round *r = round_open();

    (void)unused;
    assert_int_equal(r53_import_listener_certificate(NULL, "l", &second), R53_E_INVALID);
    assert_int_equal(r53_import_listener_certificate(r->import, "", &second), R53_E_INVALID);
    assert_int_equal(r53_import_listener_certificate(r->import, "l", NULL), R53_E_INVALID);
    assert_int_equal(r53_import_listener_certificate(r->import, "l", &nameless), R53_E_INVALID);
    assert_int_equal(r53_import_listener_certificate(r->import, "l", &second), R53_OK);
    assert_string_equal(round_text(r), "");
    round_close(r);
}

/* Words */

static void check_states(void **unused)
{
    (void)unused;
    assert_string_equal(r53_load_balancer_state_name(R53_LB_ACTIVE), "active");
    assert_string_equal(r53_load_balancer_state_name(R53_LB_PROVISIONING), "provisioning");
    assert_string_equal(r53_load_balancer_state_name(R53_LB_ACTIVE_IMPAIRED), "active_impaired");
    assert_string_equal(r53_load_balancer_state_name(R53_LB_FAILED), "failed");
    assert_string_equal(r53_load_balancer_state_name(0), "");
    assert_string_equal(r53_load_balancer_state_name(5), "");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(balancer_cases) + COUNT(listener_cases) + COUNT(rule_cases) +
                            COUNT(group_cases) + COUNT(again_cases) + COUNT(attribute_cases) +
                            COUNT(certificate_cases) + 14];
    size_t n = 0;

    ADD_CASES(tests, n, balancer_cases, check_balancer);
    ADD_CASES(tests, n, listener_cases, check_listener);
    ADD_CASES(tests, n, rule_cases, check_rule);
    ADD_CASES(tests, n, group_cases, check_group);
    ADD_CASES(tests, n, again_cases, check_again);
    ADD_CASES(tests, n, attribute_cases, check_attribute);
    ADD_CASES(tests, n, certificate_cases, check_certificate);
    ADD_TEST(tests, n,
             "ELB-JSON-02 ELB-JSON-06 addresses of nodes and zones of instances come back",
             check_apart);
    ADD_TEST(tests, n, "listing again: random load balancers of each kind", check_parks);
    ADD_TEST(tests, n, "ELB-ALB-RULE-01 rules are listed by priority, the default one last",
             check_rule_order);
    ADD_TEST(tests, n, "ELB-TG-04 targets are listed in the order of their registration",
             check_target_order);
    ADD_TEST(tests, n, "ELB-TG-10 a group is of the load balancers that name it", check_whose);
    ADD_TEST(tests, n, "the listeners of one load balancer", check_listeners_of);
    ADD_TEST(tests, n, "a listing holds what there was", check_snapshot);
    ADD_TEST(tests, n, "ELB-VAL-20 nothing is listed of what is not known", check_unknown);
    ADD_TEST(tests, n, "a listing of one kind gives no other", check_misuse);
    ADD_TEST(tests, n, "attributes of no listener are told", check_attribute_of_nobody);
    ADD_TEST(tests, n, "certificates of no listener are told", check_certificate_of_nobody);
    ADD_TEST(tests, n, "ELB-LB-03 the states of load balancers have AWS's names", check_states);
    return RUN_TESTS("elb_describe", tests, n);
}
