/* Load balancers, listeners and target groups as they are sealed: defaults, checks, order. */
#include "support/harness.h"

#include "model/load_balancer.h"
#include "model/target_group.h"

#define ARN "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/"

static struct memory memory;
static r53_report *report;

static int set_up(void **state)
{
    (void)state;
    return r53__memory_init(&memory, NULL) || r53_report_new(&report, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    r53_report_free(report);
    return 0;
}

/* The only finding has this path and, in its text, these words. */
static void expect_finding(int32_t severity, const char *path, const char *words)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_int_equal(finding.severity, severity);
    assert_string_equal(finding.path, path);
    if (!strstr(finding.text, words))
        fail_msg("'%s' is not in '%s'", words, finding.text);
    r53_report_clear(report);
}

/* Load balancers */

static const struct lb_case {
    const char *what;
    r53_load_balancer in;
    int32_t type, scheme, state, ip_address_type;
    bool cross_zone;
    const char *region;
} lb_cases[] = {
    {"ELB-LB-01 ELB-LB-02 ELB-IP-01 what is not given has the API's default",
     {.load_balancer_arn = ARN "app/a/50dc6c495c0c9188"},
     R53_LB_APPLICATION,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     true,
     "eu-west-1"},
    {"ELB-LB-18 an application load balancer balances across zones even if told not to",
     {.load_balancer_arn = ARN "app/a/1", .type = R53_LB_APPLICATION, .cross_zone = R53_OPTION_OFF},
     R53_LB_APPLICATION,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     true,
     "eu-west-1"},
    {"ELB-LB-18 a network load balancer does not balance across zones by default",
     {.load_balancer_arn = ARN "net/a/1",
      .type = R53_LB_NETWORK,
      .scheme = R53_SCHEME_INTERNAL,
      .ip_address_type = R53_IP_DUALSTACK},
     R53_LB_NETWORK,
     R53_SCHEME_INTERNAL,
     R53_LB_ACTIVE,
     R53_IP_DUALSTACK,
     false,
     "eu-west-1"},
    {"ELB-LB-18 a network load balancer balances across zones if told",
     {.load_balancer_arn = ARN "net/a/1", .type = R53_LB_NETWORK, .cross_zone = R53_OPTION_ON},
     R53_LB_NETWORK,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     true,
     "eu-west-1"},
    {"ELB-LB-18 a gateway load balancer does not balance across zones by default",
     {.load_balancer_arn = ARN "gwy/a/1", .type = R53_LB_GATEWAY},
     R53_LB_GATEWAY,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     false,
     "eu-west-1"},
    {"ELB-LB-18 a Classic load balancer does not balance across zones by default",
     {.load_balancer_arn = ARN "a", .type = R53_LB_CLASSIC, .state = R53_LB_FAILED},
     R53_LB_CLASSIC,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_FAILED,
     R53_IP_IPV4,
     false,
     "eu-west-1"},
    {"ELB-LB-21 an id that is no ARN has no region",
     {.load_balancer_arn = "my-lb", .type = R53_LB_NETWORK},
     R53_LB_NETWORK,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     false,
     ""},
    {"ELB-LB-21 an ARN that ends early has no region",
     {.load_balancer_arn = "arn:aws:elasticloadbalancing:", .type = R53_LB_NETWORK},
     R53_LB_NETWORK,
     R53_SCHEME_INTERNET_FACING,
     R53_LB_ACTIVE,
     R53_IP_IPV4,
     false,
     ""},
};

static void check_lb(void **state)
{
    const struct lb_case *c = *state;
    r53_load_balancer in = c->in;
    struct load_balancer *lb;

    in.size = sizeof(in);
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_int_equal(lb->type, c->type);
    assert_int_equal(lb->scheme, c->scheme);
    assert_int_equal(lb->state, c->state);
    assert_int_equal(lb->ip_address_type, c->ip_address_type);
    assert_int_equal(lb->cross_zone, c->cross_zone);
    assert_string_equal(lb->region, c->region);
    assert_string_equal(lb->name, "");
    assert_string_equal(lb->canonical_hosted_zone_id, "");
    assert_int_equal(lb->dns_name.length, 0);
    r53__object_unref(lb);
    if (c->in.type == R53_LB_APPLICATION)
        expect_finding(R53_SEVERITY_WARNING, "CrossZone", "always balances across zones");
    assert_int_equal(r53_report_count(report), 0);
}

static const r53_availability_zone zone_a = {.size = sizeof(zone_a), .zone_name = "us-east-1a"};
static const r53_availability_zone zone_b = {.size = sizeof(zone_b), .zone_name = "us-east-1b"};
static const r53_availability_zone *const zones_twice[] = {&zone_a, &zone_b, &zone_a};

static const struct lb_refusal {
    const char *what;
    r53_load_balancer in;
    const char *path, *words;
} lb_refusals[] = {
    {"ELB-JSON-11 a load balancer without ARN is refused",
     {.type = 1},
     "LoadBalancerArn",
     "missing"},
    {"ELB-LB-01 an unknown type is refused",
     {.load_balancer_arn = "a", .type = 5},
     "Type",
     "5 is not a load balancer type; expected 1 (application) to 4 (classic)"},
    {"ELB-LB-01 a negative type is refused",
     {.load_balancer_arn = "a", .type = -1},
     "Type",
     "-1 is not a load balancer type"},
    {"ELB-LB-02 an unknown scheme is refused",
     {.load_balancer_arn = "a", .scheme = 3},
     "Scheme",
     "3 is not a scheme; expected 1 (internet-facing) to 2 (internal)"},
    {"ELB-JSON-11 an unknown state is refused",
     {.load_balancer_arn = "a", .state = 9},
     "State.Code",
     "9 is not a load balancer state"},
    {"ELB-IP-01 an unknown IP address type is refused",
     {.load_balancer_arn = "a", .ip_address_type = 77},
     "IpAddressType",
     "77 is not"},
    {"ELB-IP-01 the IP address type of a target group is refused",
     {.load_balancer_arn = "a", .ip_address_type = R53_IP_IPV6},
     "IpAddressType",
     "'ipv6'"},
    {"ELB-LB-18 an unknown switch is refused",
     {.load_balancer_arn = "a", .cross_zone = 3},
     "CrossZone",
     "3 is not a switch"},
    {"ELB-JSON-11 a DNS name that does not parse is refused",
     {.load_balancer_arn = "a", .dns_name = "a..b"},
     "DNSName",
     "'a..b' is not a domain name"},
    {"ELB-LIM-18 ELB-DNS-48 two subnets of one zone are refused",
     {.load_balancer_arn = "a", .n_availability_zones = 3, .availability_zones = zones_twice},
     "AvailabilityZones[2].ZoneName",
     "the zone 'us-east-1a' is named twice, where a load balancer has one subnet a zone"},
    {"ELB-JSON-11 a list that is missing is refused",
     {.load_balancer_arn = "a", .n_availability_zones = 1},
     "AvailabilityZones",
     "NULL"},
};

static void check_lb_refusal(void **state)
{
    const struct lb_refusal *c = *state;
    r53_load_balancer in = c->in;
    struct load_balancer *lb = NULL;

    in.size = sizeof(in);
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    assert_null(lb);
    expect_finding(R53_SEVERITY_ERROR, c->path, c->words);
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, NULL), R53_E_INVALID);
}

static void check_lb_zones(void **state)
{
    const char *first[] = {"198.51.100.4", "2001:DB8::1"};
    const char *bad[] = {"198.51.100.5", "198.51.100"};
    r53_availability_zone a = {sizeof(a), 2, "eu-west-1b", NULL, first, NULL};
    r53_availability_zone b = {sizeof(b), 0, "eu-west-1a", "subnet-1", NULL, NULL};
    const r53_availability_zone *zones[] = {&a, &b};
    r53_load_balancer in = {.size = sizeof(in),
                            .load_balancer_arn = ARN "net/n/1",
                            .load_balancer_name = "n",
                            .dns_name = "N-1.elb.EU-west-1.amazonaws.com",
                            .type = R53_LB_NETWORK,
                            .availability_zones = zones,
                            .n_availability_zones = 2};
    struct load_balancer *lb;
    const uint8_t v6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};

    (void)state;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_int_equal(lb->n_nodes, 2);
    assert_string_equal(lb->nodes[0].zone_name, "eu-west-1b");
    assert_string_equal(lb->nodes[1].zone_name, "eu-west-1a");
    assert_int_equal(lb->nodes[0].n_addresses, 2);
    assert_memory_equal(lb->nodes[0].addresses[1].octets, v6, 16);
    assert_int_equal(lb->nodes[1].n_addresses, 0);
    assert_memory_equal(lb->dns_name.octets, "\003n-1\003elb\011eu-west-1\011amazonaws\003com",
                        lb->dns_name.length);
    r53__object_unref(lb);

    b.addresses = bad;
    b.n_addresses = 2;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    expect_finding(R53_SEVERITY_ERROR, "AvailabilityZones[1].LoadBalancerAddresses[1]",
                   "'198.51.100' is not an IP address");
    bad[1] = NULL;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    expect_finding(R53_SEVERITY_ERROR, "AvailabilityZones[1].LoadBalancerAddresses[1]", "''");
    b.zone_name = NULL;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    expect_finding(R53_SEVERITY_ERROR, "AvailabilityZones[1].ZoneName", "missing");
    zones[0] = NULL;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    expect_finding(R53_SEVERITY_ERROR, "AvailabilityZones[0].size", "missing");
    in.size = 0;
    assert_int_equal(r53__load_balancer_new(&lb, &memory, &in, DOOR_IMPORT, report), R53_E_INVALID);
    expect_finding(R53_SEVERITY_ERROR, "size", "the struct is not set; expected");
}

/* Listeners */

static void check_listener_actions(void **state)
{
    const r53_weighted_target_group groups[] = {{"tg-1", 1, 0}, {"tg-2", 1200, 0}};
    const r53_listener_action forward = {.size = sizeof(forward),
                                         .type = R53_ACTION_FORWARD,
                                         .order = 50000,
                                         .n_target_groups = 2,
                                         .target_groups = groups};
    const r53_listener_action oidc = {
        .size = sizeof(oidc), .type = R53_ACTION_AUTHENTICATE_OIDC, .order = 1};
    const r53_listener_action redirect = {.size = sizeof(redirect),
                                          .type = R53_ACTION_REDIRECT,
                                          .status_code = "HTTP_301",
                                          .host = "#{host}"};
    const r53_listener_action *actions[] = {&forward, &oidc, &redirect};
    r53_listener in = {.size = sizeof(in),
                       .protocol = R53_PROTOCOL_HTTPS,
                       .listener_arn = "l",
                       .load_balancer_arn = "lb",
                       .port = 443,
                       .n_default_actions = 3,
                       .default_actions = actions};
    struct listener *listener;

    (void)state;
    assert_int_equal(r53__listener_new(&listener, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_int_equal(listener->n_actions, 3);
    assert_int_equal(listener->actions[0].type, R53_ACTION_AUTHENTICATE_OIDC);
    assert_int_equal(listener->actions[1].type, R53_ACTION_REDIRECT);
    assert_int_equal(listener->actions[1].order, 3);
    assert_string_equal(listener->actions[1].host, "#{host}");
    assert_null(listener->actions[1].path);
    assert_int_equal(listener->actions[2].n_groups, 2);
    assert_int_equal(listener->actions[2].groups[1].weight, 1200);
    r53__object_unref(listener);
    expect_finding(R53_SEVERITY_WARNING, "DefaultActions[0].Weight",
                   "'tg-2' must be between '0-999'");
}

static void check_listener_bare(void **state)
{
    const r53_listener in = {.size = sizeof(in),
                             .protocol = R53_PROTOCOL_TCP,
                             .listener_arn = "l",
                             .load_balancer_arn = "lb",
                             .port = 80};
    struct listener *listener;

    (void)state;
    assert_int_equal(r53__listener_new(&listener, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_int_equal(listener->n_actions, 0);
    r53__object_unref(listener);
    expect_finding(R53_SEVERITY_WARNING, "DefaultActions", "no default action");
}

static void check_listener_classic(void **state)
{
    const r53_listener in = {.size = sizeof(in),
                             .protocol = R53_PROTOCOL_SSL,
                             .load_balancer_arn = ARN "c",
                             .port = 443,
                             .instance_port = 8080};
    struct listener *listener;
    char id[100];
    struct text text;

    (void)state;
    assert_int_equal(r53__listener_new(&listener, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_string_equal(listener->arn, "");
    assert_int_equal(listener->instance_protocol, R53_PROTOCOL_SSL);
    assert_int_equal(listener->instance_port, 8080);
    assert_int_equal(listener->n_actions, 1);
    assert_int_equal(listener->actions[0].type, R53_ACTION_FORWARD);
    assert_string_equal(listener->actions[0].groups[0].target_group_arn, ARN "c");
    assert_int_equal(listener->actions[0].groups[0].weight, 1);
    r53__text_init(&text, id, sizeof(id));
    r53__listener_put_id(&text, listener);
    assert_string_equal(id, ARN "c:443");
    r53__object_unref(listener);
    assert_int_equal(r53_report_count(report), 0);
}

static const r53_weighted_target_group heavy[] = {{"t", UINT32_MAX, 0}, {"u", 1, 0}};
static const r53_weighted_target_group unnamed[] = {{NULL, 1, 0}};
static const r53_listener_action no_type = {.size = sizeof(no_type)};
static const r53_listener_action odd_type = {.size = sizeof(odd_type), .type = 7};
static const r53_listener_action no_group = {.size = sizeof(no_group), .type = 1};
static const r53_listener_action bad_group = {
    .size = sizeof(bad_group), .type = 1, .n_target_groups = 1, .target_groups = unnamed};
static const r53_listener_action bad_order = {.size = sizeof(bad_order), .type = 2, .order = -1};

static const struct listener_refusal {
    const char *what;
    r53_listener in;
    const r53_listener_action *action;
    const char *path, *words;
} listener_refusals[] = {
    {"ELB-JSON-11 a listener without load balancer is refused",
     {.listener_arn = "l"},
     NULL,
     "LoadBalancerArn",
     "missing"},
    {"ELB-JSON-11 a listener's port above 65535 is refused",
     {.listener_arn = "l", .load_balancer_arn = "b", .port = 65536},
     NULL,
     "Port",
     "65536 is out of range; expected 0 to 65535"},
    {"ELB-JSON-11 a listener's negative port is refused",
     {.listener_arn = "l", .load_balancer_arn = "b", .port = -1},
     NULL,
     "Port",
     "-1"},
    {"ELB-JSON-11 an unknown protocol is refused",
     {.listener_arn = "l", .load_balancer_arn = "b", .protocol = 11},
     NULL,
     "Protocol",
     "11 is not a protocol; expected 1 (HTTP) to 10 (TCP_QUIC)"},
    {"ELB-LSN-11 a Classic listener without port is refused",
     {.load_balancer_arn = "b", .protocol = 1, .instance_port = 80},
     NULL,
     "LoadBalancerPort",
     "0 is out of range; expected 1 to 65535"},
    {"ELB-LSN-11 a Classic listener without instance port is refused",
     {.load_balancer_arn = "b", .protocol = 1, .port = 80},
     NULL,
     "InstancePort",
     "0"},
    {"ELB-LSN-11 a Classic listener without protocol is refused",
     {.load_balancer_arn = "b", .port = 80, .instance_port = 80},
     NULL,
     "Protocol",
     "no protocol"},
    {"ELB-LSN-04 an action without type is refused",
     {.listener_arn = "l", .load_balancer_arn = "b"},
     &no_type,
     "DefaultActions[0].Type",
     "no type"},
    {"ELB-LSN-04 an unknown action type is refused",
     {.listener_arn = "l", .load_balancer_arn = "b"},
     &odd_type,
     "DefaultActions[0].Type",
     "7 is not an action type"},
    {"ELB-LSN-04 a forward action without target group is refused",
     {.listener_arn = "l", .load_balancer_arn = "b"},
     &no_group,
     "DefaultActions[0].TargetGroupArn",
     "no target group"},
    {"ELB-LSN-04 a target group without ARN is refused",
     {.listener_arn = "l", .load_balancer_arn = "b"},
     &bad_group,
     "DefaultActions[0].TargetGroupArn",
     "missing"},
    {"ELB-LSN-04 a negative order is refused",
     {.listener_arn = "l", .load_balancer_arn = "b"},
     &bad_order,
     "DefaultActions[0].Order",
     "-1"},
};

static void check_listener_refusal(void **state)
{
    const struct listener_refusal *c = *state;
    r53_listener in = c->in;
    struct listener *listener = NULL;

    in.size = sizeof(in);
    if (c->action) {
        in.default_actions = &c->action;
        in.n_default_actions = 1;
    }
    assert_int_equal(r53__listener_new(&listener, &memory, &in, DOOR_IMPORT, report),
                     R53_E_INVALID);
    assert_null(listener);
    expect_finding(R53_SEVERITY_ERROR, c->path, c->words);
}

static void check_weights_sum(void **state)
{
    const r53_listener_action forward = {
        .size = sizeof(forward), .type = 1, .n_target_groups = 2, .target_groups = heavy};
    const r53_listener_action *actions[] = {&forward};
    const r53_listener in = {.size = sizeof(in),
                             .listener_arn = "l",
                             .load_balancer_arn = "b",
                             .n_default_actions = 1,
                             .default_actions = actions};
    struct listener *listener;

    (void)state;
    assert_int_equal(r53__listener_new(&listener, &memory, &in, DOOR_IMPORT, report),
                     R53_E_INVALID);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 1);
    r53_report_clear(report);
}

/* Target groups */

static const struct group_case {
    const char *what;
    r53_target_group in;
    int32_t target_type, ip_address_type, cross_zone;
    bool health_checked;
    struct threshold dns_failover, unhealthy_routing;
    size_t warnings;
} group_cases[] = {
    {"ELB-TG-01 ELB-ATTR-06 what is not given has the API's default",
     {.port = 80},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {1, 0},
     0},
    {"ELB-ATTR-06 a target group's own switch is kept",
     {.target_type = R53_TARGET_IP, .ip_address_type = R53_IP_IPV6, .cross_zone = R53_OPTION_ON},
     R53_TARGET_IP,
     R53_IP_IPV6,
     R53_OPTION_ON,
     true,
     {1, 0},
     {1, 0},
     0},
    {"ELB-ATTR-07 the count for DNS can be switched off",
     {.dns_failover_count = -1},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {0, 0},
     {1, 0},
     0},
    {"ELB-ATTR-08 the percentage for DNS counts once it is given",
     {.dns_failover_count = 3, .dns_failover_percentage = 50},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {3, 50},
     {1, 0},
     0},
    {"ELB-ATTR-09 the count for routing is kept",
     {.unhealthy_routing_count = 7},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {7, 0},
     0},
    {"ELB-ATTR-10 the percentage for routing counts once it is given",
     {.unhealthy_routing_percentage = 60},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {1, 60},
     0},
    {"ELB-JSON-11 a percentage above 100 is kept with a warning",
     {.unhealthy_routing_percentage = 101},
     R53_TARGET_INSTANCE,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {1, 101},
     1},
    {"ELB-ST-07 lambda targets are not health-checked by default",
     {.target_type = R53_TARGET_LAMBDA},
     R53_TARGET_LAMBDA,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     false,
     {1, 0},
     {1, 0},
     0},
    {"ELB-ST-07 health checks of lambda targets can be switched on",
     {.target_type = R53_TARGET_LAMBDA, .health_check_enabled = R53_OPTION_ON},
     R53_TARGET_LAMBDA,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {1, 0},
     0},
    {"ELB-ST-07 health checks of other targets cannot be switched off",
     {.target_type = R53_TARGET_ALB, .health_check_enabled = R53_OPTION_OFF},
     R53_TARGET_ALB,
     R53_IP_IPV4,
     R53_OPTION_DEFAULT,
     true,
     {1, 0},
     {1, 0},
     1},
};

static void check_group(void **state)
{
    const struct group_case *c = *state;
    r53_target_group in = c->in;
    struct target_group *group;

    in.size = sizeof(in);
    in.target_group_arn = "tg";
    assert_int_equal(r53__target_group_new(&group, &memory, &in, DOOR_IMPORT, report), R53_OK);
    assert_int_equal(group->port, c->in.port);
    assert_int_equal(group->target_type, c->target_type);
    assert_int_equal(group->ip_address_type, c->ip_address_type);
    assert_int_equal(group->cross_zone, c->cross_zone);
    assert_int_equal(group->health_checked, c->health_checked);
    assert_memory_equal(&group->dns_failover, &c->dns_failover, sizeof(struct threshold));
    assert_memory_equal(&group->unhealthy_routing, &c->unhealthy_routing, sizeof(struct threshold));
    r53__object_unref(group);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_WARNING), c->warnings);
    r53_report_clear(report);
}

static const struct group_refusal {
    const char *what;
    r53_target_group in;
    const char *path, *words;
} group_refusals[] = {
    {"ELB-JSON-11 a target group without ARN is refused", {.port = 1}, "TargetGroupArn", "missing"},
    {"ELB-JSON-11 a target group's port above 65535 is refused",
     {.target_group_arn = "t", .port = 70000},
     "Port",
     "70000"},
    {"ELB-TG-01 an unknown target type is refused",
     {.target_group_arn = "t", .target_type = 5},
     "TargetType",
     "5 is not a target type; expected 1 (instance) to 4 (alb)"},
    {"ELB-JSON-11 the IP address type of a load balancer is refused",
     {.target_group_arn = "t", .ip_address_type = R53_IP_DUALSTACK},
     "IpAddressType",
     "'dualstack'"},
    {"ELB-ATTR-06 an unknown switch is refused",
     {.target_group_arn = "t", .cross_zone = 3},
     "load_balancing.cross_zone.enabled",
     "3"},
    {"ELB-ATTR-07 a count for DNS below -1 is refused",
     {.target_group_arn = "t", .dns_failover_count = -2},
     "target_group_health.dns_failover.minimum_healthy_targets.count",
     "-2"},
    {"ELB-ATTR-09 the count for routing cannot be switched off",
     {.target_group_arn = "t", .unhealthy_routing_count = -2},
     "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
     "-1"},
    {"ELB-ST-07 an unknown switch of health checks is refused",
     {.target_group_arn = "t", .health_check_enabled = -1},
     "HealthCheckEnabled",
     "-1"},
};

static void check_group_refusal(void **state)
{
    const struct group_refusal *c = *state;
    r53_target_group in = c->in;
    struct target_group *group = NULL;

    in.size = sizeof(in);
    assert_int_equal(r53__target_group_new(&group, &memory, &in, DOOR_IMPORT, report),
                     R53_E_INVALID);
    assert_null(group);
    expect_finding(R53_SEVERITY_ERROR, c->path, c->words);
}

/* Words */

static void check_words(void **state)
{
    (void)state;
    assert_int_equal(r53_protocol_number("TCP_UDP"), R53_PROTOCOL_TCP_UDP);
    assert_int_equal(r53_protocol_number("tcp"), 0);
    assert_int_equal(r53_protocol_number(NULL), 0);
    for (int32_t i = R53_PROTOCOL_HTTP; i <= R53_PROTOCOL_TCP_QUIC; i++)
        assert_int_equal(r53_protocol_number(r53_protocol_name(i)), i);
    assert_string_equal(r53_protocol_name(R53_PROTOCOL_GENEVE), "GENEVE");
    assert_string_equal(r53_protocol_name(0), "");
    assert_string_equal(r53_protocol_name(11), "");
    assert_string_equal(r53_load_balancer_type_name(R53_LB_CLASSIC), "classic");
    assert_string_equal(r53_load_balancer_type_name(5), "");
}

static void check_states(void **state)
{
    (void)state;
    assert_int_equal(r53_target_state_number("unhealthy.draining"), R53_TARGET_UNHEALTHY_DRAINING);
    assert_int_equal(r53_target_state_number(""), 0);
    for (int32_t i = R53_TARGET_INITIAL; i <= R53_TARGET_UNAVAILABLE; i++)
        assert_int_equal(r53_target_state_number(r53_target_state_name(i)), i);
    assert_string_equal(r53_target_state_name(R53_TARGET_UNAVAILABLE), "unavailable");
    assert_string_equal(r53_target_state_name(-1), "");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(lb_cases) + COUNT(lb_refusals) + COUNT(listener_refusals) +
                            COUNT(group_cases) + COUNT(group_refusals) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, lb_cases, check_lb);
    ADD_CASES(tests, n, lb_refusals, check_lb_refusal);
    ADD_TEST(tests, n, "ELB-JSON-11 zones and node addresses keep their order", check_lb_zones);
    ADD_TEST(tests, n, "ELB-LSN-04 actions are sorted by order", check_listener_actions);
    ADD_TEST(tests, n, "ELB-LSN-04 a listener without default action is kept with a warning",
             check_listener_bare);
    ADD_TEST(tests, n, "ELB-LSN-11 a Classic listener forwards to its load balancer's instances",
             check_listener_classic);
    ADD_CASES(tests, n, listener_refusals, check_listener_refusal);
    ADD_TEST(tests, n, "ELB-JSON-11 weights too great to add up are refused", check_weights_sum);
    ADD_CASES(tests, n, group_cases, check_group);
    ADD_CASES(tests, n, group_refusals, check_group_refusal);
    ADD_TEST(tests, n, "ELB-LB-01 names and numbers of kinds and protocols", check_words);
    ADD_TEST(tests, n, "ELB-ST-01 names and numbers of target states", check_states);
    return _cmocka_run_group_tests("load_balancer", tests, n, set_up, tear_down);
}
