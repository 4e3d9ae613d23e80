/*
 * Requests of elbv2 from JSON: what each makes of an account that requests made too, ARNs and DNS
 * names that are made up, and what is refused, with nothing changed.
 */
#include "support/elb_calls.h"
#include "support/harness.h"

#include <r53/json.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_MAX = 1 << 14 };

/* The hashes are worked out apart from the library. */
#define ARN   "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
#define SHOP  "app/shop/341b7971667bbbf4"
#define LB    ARN "loadbalancer/" SHOP
#define GROUP ARN "targetgroup/web/531173250205e78e"
#define HTTP  SHOP "/056f1b132615d4f9"
#define RULE  ARN "listener-rule/" HTTP "/da1c5d7d279f82dd"

#define INSIDE  ARN "loadbalancer/net/inside/a45ab5f7b3cd93c4"
#define OUTSIDE ARN "loadbalancer/net/outside/4285dd563b69584f"

#define FORWARD "[{'Type': 'forward', 'TargetGroupArn': '" GROUP "'}]"
#define PATH    "'Conditions': [{'Field': 'path-pattern', 'Values': ['/a']}], 'Actions': " FORWARD

#define CREATE_RULE(condition)                                                                     \
    "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP                                        \
    "', 'Priority': 5, 'Conditions': [" condition "], 'Actions': " FORWARD "}}"

#define GUARDED(guard)                                                                             \
    "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP                                        \
    "', 'Priority': 5, 'Conditions': [{'Field': 'path-pattern', 'Values': ['/a']}], 'Actions': "   \
    "[{'Order': 1, 'Type': " guard "}]}}"

static const char *const base[] = {
    "{'CreateTargetGroup': {'Name': 'web', 'Protocol': 'HTTP', 'Port': 80, 'VpcId': 'vpc-1'}}",
    "{'CreateLoadBalancer': {'Name': 'shop', 'Subnets': ['subnet-a', 'subnet-b']}}",
    "{'CreateListener': {'LoadBalancerArn': '" LB
    "', 'Port': 80, 'Protocol': 'HTTP', 'DefaultActions': " FORWARD "}}",
    "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP "', 'Priority': 10, " PATH "}}",
    "{'RegisterTargets': {'TargetGroupArn': '" GROUP
    "', 'Targets': [{'Id': 'i-1'}, {'Id': 'i-2', 'Port': 8080}]}}",
};

#define BALANCER "shop us-east-1a us-east-1b idle=60\n"
#define LISTENER "  80 HTTP -> web\n"
#define RULES    "    10 -> web\n"
#define TARGETS  "web HTTP:80 slow=0\n  i-1:80\n  i-2:8080\n"

static const r53_json_subnet subnets[] = {
    {"subnet-a", "us-east-1a", "use1-az1", "vpc-1"},
    {"subnet-b", "us-east-1b", NULL, "vpc-1"},
    {"subnet-c", "us-east-1c", NULL, NULL},
    {NULL, "us-east-1d", NULL, NULL},
    {"subnet-e", NULL, NULL, NULL},
};

static const r53_json_context usual = {.size = sizeof(usual),
                                       .account = "123456789012",
                                       .region = "us-east-1",
                                       .subnets = subnets,
                                       .n_subnets = COUNT(subnets),
                                       .now_ms = 1000};

/* What there is, in short */

struct page {
    size_t length;
    char text[TEXT_MAX];
};

__attribute__((format(printf, 2, 3))) static void put(struct page *page, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    page->length +=
        (size_t)vsnprintf(page->text + page->length, TEXT_MAX - page->length, format, arguments);
    va_end(arguments);
    assert_true(page->length < TEXT_MAX);
}

/* "web" of "...:targetgroup/web/0123" */
static void put_forward(struct page *page, const r53_listener_action *const *actions, uint32_t n)
{
    const char *arn =
        n && actions[0]->n_target_groups ? actions[0]->target_groups[0].target_group_arn : "/none/";
    const char *name = strchr(arn, '/') + 1;

    put(page, " -> %.*s\n", (int)strcspn(name, "/"), name);
}

static void put_rules(struct page *page, const r53_cloud *cloud, const char *listener_arn)
{
    const r53_listener_rule *rule;
    r53_elb_listing *listing;

    assert_int_equal(r53_listener_rules_list(&listing, cloud, listener_arn, NULL), R53_OK);
    while ((rule = r53_elb_listing_next_listener_rule(listing))) {
        put(page, "    %s", rule->priority);
        for (uint32_t i = 0; i < rule->n_conditions; i++) {
            const char *value = rule->conditions[i]->values[0];

            if (strcmp(value, "/a") != 0)
                put(page, " %s", value);
        }
        put_forward(page, rule->actions, rule->n_actions);
    }
    r53_elb_listing_free(listing);
}

static void put_certificates(struct page *page, const r53_listener *listener)
{
    for (uint32_t i = 0; i < listener->n_certificates; i++)
        put(page, "%s%s%s", i ? "," : " with ", listener->certificates[i]->certificate_arn,
            listener->certificates[i]->is_default ? "!" : "");
}

static void put_listeners(struct page *page, const r53_cloud *cloud, const char *arn)
{
    const r53_listener *listener;
    r53_elb_listing *listing;

    assert_int_equal(r53_listeners_list(&listing, cloud, arn, NULL), R53_OK);
    while ((listener = r53_elb_listing_next_listener(listing))) {
        put(page, "  %d %s", (int)listener->port, r53_protocol_name(listener->protocol));
        put_certificates(page, listener);
        if (listener->tcp_idle_timeout_seconds != 350)
            put(page, " idle=%d", (int)listener->tcp_idle_timeout_seconds);
        put_forward(page, listener->default_actions, listener->n_default_actions);
        if (listener->listener_arn) /* those of Classic ones have neither ARN nor rules */
            put_rules(page, cloud, listener->listener_arn);
    }
    r53_elb_listing_free(listing);
}

/* What most have not. */
static void put_details(struct page *page, const r53_load_balancer *lb)
{
    if (lb->ip_address_type != R53_IP_IPV4)
        put(page, " ip=%d", (int)lb->ip_address_type);
    for (uint32_t i = 0; i < lb->n_security_groups; i++)
        put(page, " %s", lb->security_groups[i]);
    if (lb->n_security_groups &&
        lb->enforce_security_group_inbound_rules_on_private_link_traffic == R53_OPTION_OFF)
        put(page, " unenforced");
}

static void put_balancers(struct page *page, const r53_cloud *cloud)
{
    const r53_load_balancer *lb;
    r53_elb_listing *listing;

    assert_int_equal(r53_load_balancers_list(&listing, cloud), R53_OK);
    while ((lb = r53_elb_listing_next_load_balancer(listing))) {
        put(page, "%s", lb->load_balancer_name);
        for (uint32_t i = 0; i < lb->n_availability_zones; i++) {
            const r53_availability_zone *zone = lb->availability_zones[i];

            put(page, " %s", zone->zone_name);
            for (uint32_t j = 0; j < zone->n_addresses; j++)
                put(page, "=%s", zone->addresses[j]);
        }
        put(page, " idle=%d", (int)lb->idle_timeout_seconds);
        put_details(page, lb);
        put(page, "\n");
        put_listeners(page, cloud, lb->load_balancer_arn);
    }
    r53_elb_listing_free(listing);
}

static void put_targets(struct page *page, const r53_cloud *cloud, const char *arn)
{
    const r53_target *target;
    r53_elb_listing *listing;

    assert_int_equal(r53_targets_list(&listing, cloud, arn, NULL), R53_OK);
    while ((target = r53_elb_listing_next_target(listing)))
        put(page, "  %s:%d\n", target->id, (int)target->port);
    r53_elb_listing_free(listing);
}

static const char *cloud_text(struct page *page, const r53_cloud *cloud)
{
    const r53_target_group *group;
    r53_elb_listing *listing;

    page->length = 0;
    page->text[0] = '\0';
    put_balancers(page, cloud);
    assert_int_equal(r53_target_groups_list(&listing, cloud, NULL, NULL), R53_OK);
    while ((group = r53_elb_listing_next_target_group(listing))) {
        put(page, "%s %s:%d slow=%d", group->target_group_name, r53_protocol_name(group->protocol),
            (int)group->port, (int)group->slow_start_seconds);
        if (group->health_check_interval_seconds < 30)
            put(page, " check=%d %s %s", (int)group->health_check_interval_seconds,
                group->health_check_path, group->matcher);
        put(page, "\n");
        put_targets(page, cloud, group->target_group_arn);
    }
    r53_elb_listing_free(listing);
    return page->text;
}

static const char *findings_text(struct page *page, const r53_report *report)
{
    static const char *const words[] = {"", "note", "warning", "error"};
    r53_finding f = {.size = sizeof(f)};

    page->length = 0;
    page->text[0] = '\0';
    for (size_t i = 0; r53_report_get(report, i, &f) == R53_OK; i++)
        put(page, "%s %s %s: %s\n", words[f.severity], f.path, f.aws_name, f.text);
    return page->text;
}

/* Applies a request in which ' stands for ". */
static int32_t apply(r53_cloud *cloud, const char *request, const r53_json_context *context,
                     r53_report *report)
{
    size_t n = strlen(request);
    char *json = malloc(n + 1);
    int32_t rc;

    assert_non_null(json);
    for (size_t i = 0; i <= n; i++)
        json[i] = (char)(request[i] == '\'' ? '"' : request[i]);
    rc = r53_json_change(cloud, json, n, context, report);
    free(json);
    return rc;
}

static r53_cloud *base_make(r53_report *report)
{
    static struct page page;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(base); i++) {
        if (apply(cloud, base[i], &usual, report) != R53_OK || r53_report_count(report) != 0)
            fail_msg("%s", findings_text(&page, report));
    }
    return cloud;
}

/* Requests and what they make of the base */

#define USUAL .account = "123456789012", .region = "us-east-1", .subnets = subnets, .n_subnets = 5

static const struct change_case {
    const char *what, *json, *expected;
    r53_json_context context; /* its size 0: the usual one */
} changes[] = {
    {"ELB-LB-10 a network load balancer inside, by mappings",
     "{'CreateLoadBalancer': {'Name': 'inside', 'Type': 'network', 'Scheme': 'internal',"
     " 'SubnetMappings': [{'SubnetId': 'subnet-c', 'PrivateIPv4Address': '10.0.0.7'}], 'Tags':"
     " []}}",
     BALANCER LISTENER RULES "inside us-east-1c=10.0.0.7 idle=60\n" TARGETS,
     {0}},
    {"ELB-VAL-12 what is there already, asked for again",
     "{'CreateTargetGroup': {'Name': 'web', 'Protocol': 'HTTP', 'Port': 80, 'VpcId': 'vpc-1'}}",
     BALANCER LISTENER RULES TARGETS,
     {0}},
    {"ELB-LB-14 other zones",
     "{'SetSubnets': {'LoadBalancerArn': '" LB "', 'Subnets': ['subnet-b', 'subnet-c']}}",
     "shop us-east-1b us-east-1c idle=60\n" LISTENER RULES TARGETS,
     {0}},
    {"ELB-LB-34 an attribute, beside one that decides nothing",
     "{'ModifyLoadBalancerAttributes': {'LoadBalancerArn': '" LB
     "', 'Attributes': [{'Key': 'access_logs.s3.enabled', 'Value': 'false'}, {'Key':"
     " 'idle_timeout.timeout_seconds', 'Value': '5'}]}}",
     "shop us-east-1a us-east-1b idle=5\n" LISTENER RULES TARGETS,
     {0}},
    {"ELB-ATTR-13 an attribute of a target group",
     "{'ModifyTargetGroupAttributes': {'TargetGroupArn': '" GROUP
     "', 'Attributes': [{'Key': 'slow_start.duration_seconds', 'Value': '30'}]}}",
     BALANCER LISTENER RULES "web HTTP:80 slow=30\n  i-1:80\n  i-2:8080\n",
     {0}},
    {"ELB-LSN-01 a second listener",
     "{'CreateListener': {'LoadBalancerArn': '" LB
     "', 'Port': 8080, 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'fixed-response',"
     " 'FixedResponseConfig': {'StatusCode': '404'}}]}}",
     BALANCER LISTENER RULES "  8080 HTTP -> none\n" TARGETS,
     {0}},
    {"ELB-LSN-01 another port",
     "{'ModifyListener': {'ListenerArn': '" ARN "listener/" HTTP "', 'Port': 81}}",
     BALANCER "  81 HTTP -> web\n" RULES TARGETS,
     {0}},
    {"a listener goes with its rules",
     "{'DeleteListener': {'ListenerArn': '" ARN "listener/" HTTP "'}}",
     BALANCER TARGETS,
     {0}},
    {"ELB-ALB-RULE-02 a second rule",
     "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP "', 'Priority': 5, " PATH "}}",
     BALANCER LISTENER "    5 -> web\n" RULES TARGETS,
     {0}},
    {"ELB-VAL-09 another priority",
     "{'SetRulePriorities': {'RulePriorities': [{'RuleArn': '" RULE "', 'Priority': 7}]}}",
     BALANCER LISTENER "    7 -> web\n" TARGETS,
     {0}},
    {"ELB-VAL-08 other conditions",
     "{'ModifyRule': {'RuleArn': '" RULE
     "', 'Conditions': [{'Field': 'path-pattern', 'PathPatternConfig': {'Values': ['/b']}}]}}",
     BALANCER LISTENER "    10 /b -> web\n" TARGETS,
     {0}},
    {"ELB-VAL-08 other actions, of the rule that the context names",
     "{'ModifyRule': {'Actions': [{'Type': 'fixed-response', 'FixedResponseConfig':"
     " {'StatusCode': '404'}}], 'Conditions': []}}",
     BALANCER LISTENER "    10 -> none\n" TARGETS,
     {.size = sizeof(r53_json_context), .rule_arn = RULE}},
    {"ELB-ALB-XFORM-01 transforms reset, where there are none",
     "{'ModifyRule': {'RuleArn': '" RULE "', 'ResetTransforms': true}}",
     BALANCER LISTENER RULES TARGETS,
     {0}},
    {"ELB-VAL-06 another health check",
     "{'ModifyTargetGroup': {'TargetGroupArn': '" GROUP
     "', 'HealthCheckIntervalSeconds': 10, 'HealthCheckPath': '/up', 'Matcher': {'HttpCode':"
     " '200-204'}}}",
     BALANCER LISTENER RULES "web HTTP:80 slow=0 check=10 /up 200-204\n  i-1:80\n  i-2:8080\n",
     {0}},
    {"ELB-IP-01 another IP address type",
     "{'SetIpAddressType': {'LoadBalancerArn': '" LB "', 'IpAddressType': 'dualstack'}}",
     "shop us-east-1a us-east-1b idle=60 ip=2\n" LISTENER RULES TARGETS,
     {0}},
    {"ELB-LB-14 ELB-IP-01 zones and IP address type at once",
     "{'SetSubnets': {'LoadBalancerArn': '" LB
     "', 'Subnets': ['subnet-b', 'subnet-c'], 'IpAddressType': 'dualstack-without-public-ipv4'}}",
     "shop us-east-1b us-east-1c idle=60 ip=3\n" LISTENER RULES TARGETS,
     {0}},
    {"ELB-LB-47 security groups",
     "{'SetSecurityGroups': {'LoadBalancerArn': '" LB "', 'SecurityGroups': ['sg-1', 'sg-2']}}",
     "shop us-east-1a us-east-1b idle=60 sg-1 sg-2\n" LISTENER RULES TARGETS,
     {0}},
    {"ELB-VAL-05 an attribute of a listener",
     "{'ModifyListenerAttributes': {'ListenerArn': '" ARN "listener/" HTTP
     "', 'Attributes': [{'Key': 'routing.http.response.server.enabled', 'Value': 'false'}]}}",
     BALANCER LISTENER RULES TARGETS,
     {0}},
    {"a rule goes", "{'DeleteRule': {'RuleArn': '" RULE "'}}", BALANCER LISTENER TARGETS, {0}},
    {"a rule that the context names goes",
     "{'DeleteRule': {}}",
     BALANCER LISTENER TARGETS,
     {.size = sizeof(r53_json_context), .rule_arn = RULE}},
    {"ELB-LB-44 a load balancer goes with its listeners",
     "{'DeleteLoadBalancer': {'LoadBalancerArn': '" LB "'}}",
     TARGETS,
     {0}},
    {"a target group is made, and has the ARN of the context",
     "{'CreateTargetGroup': {'Name': 'f', 'TargetType': 'lambda'}}",
     BALANCER LISTENER RULES TARGETS "f :0 slow=0\n",
     {.size = sizeof(r53_json_context), .target_group_arn = ARN "targetgroup/f/1"}},
    {"ELB-VAL-11 targets that are there already stay",
     "{'RegisterTargets': {'TargetGroupArn': '" GROUP
     "', 'Targets': [{'Id': 'i-3'}, {'Id': 'i-1'}, {'Id': 'i-3', 'Port': 80}]}}",
     BALANCER LISTENER RULES TARGETS "  i-3:80\n",
     {0}},
    {"ELB-DRAIN-01 targets are deregistered",
     "{'DeregisterTargets': {'TargetGroupArn': '" GROUP
     "', 'Targets': [{'Id': 'i-2', 'Port': 8080}, {'Id': 'i-9'}]}}",
     BALANCER LISTENER RULES "web HTTP:80 slow=0\n  i-1:80\n",
     {0}},
};

static void check_change(void **state)
{
    const struct change_case *c = *state;
    static struct page page;
    r53_report *report;
    r53_cloud *cloud;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = base_make(report);
    if (apply(cloud, c->json, c->context.size ? &c->context : &usual, report) != R53_OK ||
        r53_report_count_of(report, R53_SEVERITY_WARNING) != 0)
        fail_msg("%s", findings_text(&page, report));
    assert_string_equal(cloud_text(&page, cloud), c->expected);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Requests that are refused */

static const struct fault_case {
    const char *what, *json, *findings;
    int32_t rc;
    r53_json_context context; /* its size 0: the usual one */
} faults[] = {
    {"an action that is none of these",
     "{'AddTags': {'ResourceArns': []}}",
     "error  : this is no request that is applied here; expected an object with Changes, "
     "ChangeBatch or HealthCheckConfig, or with the action of elbv2 or elb that it is, such "
     "as CreateListener\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-08 ELB-VAL-21 a rule to which nothing is done",
     "{'ModifyRule': {'RuleArn': '" RULE "'}}",
     "error ModifyRule." RULE " ValidationError: Either conditions or actions must be specified\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which rule",
     "{'ModifyRule': {'ResetTransforms': true}}",
     "error ModifyRule : the request does not say which rule it changes; give `rule_arn` in the "
     "context\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ST-07 a group of HTTP is not checked by TCP",
     "{'ModifyTargetGroup': {'TargetGroupArn': '" GROUP "', 'HealthCheckProtocol': 'TCP'}}",
     "error ModifyTargetGroup.HealthCheckProtocol ValidationError: The health check protocol 'TCP' "
     "is not supported for this target group\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which target group",
     "{'ModifyTargetGroup': {}}",
     "error ModifyTargetGroup : the request does not say which target group it changes; give "
     "`target_group_arn` in the context\n",
     R53_E_INVALID,
     {0}},
    {"ELB-IP-01 no IP address type",
     "{'SetIpAddressType': {'LoadBalancerArn': '" LB "'}}",
     "error SetIpAddressType.IpAddressType ValidationError: this field is missing\n",
     R53_E_INVALID,
     {0}},
    {"ELB-IP-01 that of target groups",
     "{'SetIpAddressType': {'LoadBalancerArn': '" LB "', 'IpAddressType': 'ipv6'}}",
     "error SetIpAddressType InvalidConfigurationRequest: The IP address type 'ipv6' is not "
     "supported for load balancers with type 'application'\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which load balancer has an IP address type",
     "{'SetIpAddressType': {'IpAddressType': 'ipv4'}}",
     "error SetIpAddressType : the request does not say which load balancer it changes; give "
     "`load_balancer` in the context\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LB-47 PrivateLink is for network load balancers",
     "{'SetSecurityGroups': {'LoadBalancerArn': '" LB
     "', 'SecurityGroups': ['sg-1'], 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic':"
     " 'off'}}",
     "error SetSecurityGroups InvalidConfigurationRequest: Only a network load balancer enforces "
     "inbound rules on PrivateLink traffic, which '" LB "' is not\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which load balancer has security groups",
     "{'SetSecurityGroups': {'SecurityGroups': ['sg-1']}}",
     "error SetSecurityGroups : the request does not say which load balancer it changes; give "
     "`load_balancer` in the context\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LB-46 an attribute of other listeners",
     "{'ModifyListenerAttributes': {'ListenerArn': '" ARN "listener/" HTTP
     "', 'Attributes': [{'Key': 'tcp.idle_timeout.seconds', 'Value': '60'}]}}",
     "error ModifyListenerAttributes InvalidConfigurationRequest: The attribute "
     "'tcp.idle_timeout.seconds' is not supported for this type of resource\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which listener has attributes",
     "{'ModifyListenerAttributes': {'Attributes': []}}",
     "error ModifyListenerAttributes : the request does not say which listener it changes; give "
     "`listener_arn` in the context\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LSN-03 a certificate of a listener of HTTP",
     "{'AddListenerCertificates': {'ListenerArn': '" ARN "listener/" HTTP
     "', 'Certificates': [{'CertificateArn': 'c'}]}}",
     "error AddListenerCertificates ValidationError: A certificate cannot be specified for HTTP "
     "listeners: '" ARN "listener/" HTTP "'\n",
     R53_E_INVALID,
     {0}},
    {"ELB-TLS-01 two certificates at once",
     "{'AddListenerCertificates': {'ListenerArn': '" ARN "listener/" HTTP
     "', 'Certificates': [{'CertificateArn': 'c'}, {'CertificateArn': 'd'}]}}",
     "error AddListenerCertificates ValidationError: the request names one certificate, as AWS "
     "takes one a call\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LSN-03 the default certificate",
     "{'RemoveListenerCertificates': {'ListenerArn': '" ARN "listener/" HTTP
     "', 'Certificates': [{'CertificateArn': 'c', 'IsDefault': true}]}}",
     "error RemoveListenerCertificates ValidationError: the default certificate is replaced with "
     "ModifyListener; expected no IsDefault\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which listener has certificates",
     "{'RemoveListenerCertificates': {'Certificates': [{'CertificateArn': 'c'}]}}",
     "error RemoveListenerCertificates : the request does not say which listener it changes; give "
     "`listener_arn` in the context\n",
     R53_E_INVALID,
     {0}},
    {"two requests in one",
     "{'DeleteRule': {'RuleArn': '" RULE "'}, 'DeleteTargetGroup': {}}",
     "error DeleteRule : a request stands under its action, and nothing beside it\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LSN-11 a Classic load balancer whose listener has two layers",
     "{'CreateLoadBalancer': {'LoadBalancerName': 'old', 'AvailabilityZones': ['us-east-1a'],"
     " 'Listeners': [{'Protocol': 'HTTP', 'LoadBalancerPort': 80, 'InstancePort': 80},"
     " {'Protocol': 'HTTP', 'LoadBalancerPort': 81, 'InstanceProtocol': 'TCP', 'InstancePort':"
     " 80}]}}",
     "error CreateLoadBalancer InvalidConfigurationRequest: The protocols 'HTTP' and 'TCP' of a "
     "listener must be of the same layer\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-23 a Classic load balancer without listeners",
     "{'CreateLoadBalancer': {'LoadBalancerName': 'old', 'AvailabilityZones': ['us-east-1a'],"
     " 'Listeners': []}}",
     "error CreateLoadBalancer ValidationError: A listener must be specified for the Classic load "
     "balancer '" ARN "loadbalancer/old'\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LB-11 a Classic load balancer without zones",
     "{'CreateLoadBalancer': {'LoadBalancerName': 'old', 'Listeners': [{'Protocol': 'HTTP',"
     " 'LoadBalancerPort': 80, 'InstancePort': 80}]}}",
     "error CreateLoadBalancer ValidationError: At least one Availability Zone must be specified "
     "for '" ARN "loadbalancer/old'\n",
     R53_E_INVALID,
     {0}},
    {"instances of a load balancer that the context contradicts",
     "{'RegisterInstancesWithLoadBalancer': {'LoadBalancerName': 'old', 'Instances': []}}",
     "error RegisterInstancesWithLoadBalancer : the context's `load_balancer` " ARN
     "loadbalancer/new is not what the request names: " ARN "loadbalancer/old\n",
     R53_E_INVALID,
     {.size = sizeof(r53_json_context),
      .account = "123456789012",
      .region = "us-east-1",
      .load_balancer = "new"}},
    {"nobody says which Classic load balancer",
     "{'ApplySecurityGroupsToLoadBalancer': {'SecurityGroups': ['sg-1']}}",
     "error ApplySecurityGroupsToLoadBalancer : the request does not say which load balancer it is "
     "about; give `load_balancer` in the context\n",
     R53_E_INVALID,
     {0}},
    {"a Classic load balancer of no Region",
     "{'DeleteLoadBalancer': {'LoadBalancerName': 'old'}}",
     "error DeleteLoadBalancer : the document does not tell the Region; give `region` in the "
     "context\n"
     "error DeleteLoadBalancer : the document does not tell the account; give `account` in the "
     "context\n",
     R53_E_INVALID,
     {.size = sizeof(r53_json_context)}},
    {"ELB-LB-10 a subnet whose zone nobody tells",
     "{'CreateLoadBalancer': {'Name': 'x', 'Subnets': ['subnet-a', 'subnet-e']}}",
     "error CreateLoadBalancer : the zone of the subnet subnet-e is not known; give `subnets` in "
     "the context\n",
     R53_E_INVALID,
     {0}},
    {"subnets said twice",
     "{'SetSubnets': {'LoadBalancerArn': '" LB
     "', 'Subnets': ['subnet-a'], 'SubnetMappings': [{'SubnetId': 'subnet-a'}]}}",
     "error SetSubnets ValidationError: Subnets and SubnetMappings say the same; one of them may "
     "be given\n",
     R53_E_INVALID,
     {0}},
    {"ELB-LB-11 one zone is too few",
     "{'CreateLoadBalancer': {'Name': 'x', 'Subnets': ['subnet-a']}}",
     "error CreateLoadBalancer ValidationError: At least two subnets in two different "
     "Availability Zones must be specified; '" ARN
     "loadbalancer/app/x/23ef203c56df46d0' has 'us-east-1a' alone\n",
     R53_E_INVALID,
     {0}},
    {"an ARN cannot be made of nothing",
     "{'CreateTargetGroup': {'Name': 'x', 'Protocol': 'HTTP', 'Port': 80, 'VpcId': 'vpc-1'}}",
     "error CreateTargetGroup : an ARN is made of the Region; give `region` in the context\n"
     "error CreateTargetGroup : an ARN is made of the account; give `account` in the context\n",
     R53_E_INVALID,
     {.size = sizeof(r53_json_context)}},
    {"an ARN cannot be made below one that is none",
     "{'CreateListener': {'LoadBalancerArn': 'x', 'Port': 80}}",
     "error CreateListener : an ARN can be made below one of AWS's form alone; give "
     "`listener_arn` in the context\n",
     R53_E_INVALID,
     {0}},
    {"nobody says which load balancer",
     "{'CreateListener': {'Port': 80}}",
     "error CreateListener : the request does not say which load balancer it is of; give "
     "`load_balancer` in the context\n",
     R53_E_INVALID,
     {0}},
    {"request and context name two target groups",
     "{'DeleteTargetGroup': {'TargetGroupArn': '" GROUP "'}}",
     "error DeleteTargetGroup : the context's `target_group_arn` other is not what the request "
     "names: " GROUP "\n",
     R53_E_INVALID,
     {.size = sizeof(r53_json_context), .target_group_arn = "other"}},
    {"ELB-VAL-10 a target group in use",
     "{'DeleteTargetGroup': {'TargetGroupArn': '" GROUP "'}}",
     "error DeleteTargetGroup ResourceInUse: Target group '" GROUP "' is currently in use by '" ARN
     "listener/" HTTP "'\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-20 a load balancer that is not there",
     "{'SetSubnets': {'LoadBalancerArn': 'x', 'Subnets': ['subnet-a', 'subnet-b']}}",
     "error SetSubnets LoadBalancerNotFound: One or more load balancers not found: 'x'\n",
     R53_E_NOT_FOUND,
     {0}},
    {"a priority that is a text",
     "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP "', 'Priority': '5', " PATH "}}",
     "error CreateRule.Priority ValidationError: \"5\" is not a whole number\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-23 targets are registered all or none, and the one at fault is told",
     "{'RegisterTargets': {'TargetGroupArn': '" GROUP
     "', 'Targets': [{'Id': 'i-7'}, {'Id': 'host', 'Port': 80}]}}",
     "error RegisterTargets.Targets[1] ValidationError: Instance ID 'host' is not valid\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-01 ELB-VAL-23 port 0 of a listener",
     "{'CreateListener': {'LoadBalancerArn': '" LB
     "', 'Port': 0, 'Protocol': 'HTTP', 'DefaultActions': " FORWARD "}}",
     "error CreateListener.Port ValidationError: 0 is out of range; expected 1 to 65535\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-01 ELB-VAL-23 of a listener that is changed",
     "{'ModifyListener': {'ListenerArn': '" ARN "listener/" HTTP "', 'Port': 0}}",
     "error ModifyListener.Port ValidationError: 0 is out of range; expected 1 to 65535\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-01 ELB-TG-04 of a target group",
     "{'CreateTargetGroup': {'Name': 'x', 'Protocol': 'HTTP', 'Port': 0, 'VpcId': 'vpc-1'}}",
     "error CreateTargetGroup.Port ValidationError: 0 is out of range; expected 1 to 65535\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-01 ELB-TG-04 and of a target",
     "{'RegisterTargets': {'TargetGroupArn': '" GROUP "', 'Targets': [{'Id': 'i-8', 'Port': 0}]}}",
     "error RegisterTargets.Targets[0].Port ValidationError: 0 is out of range; expected 1 to "
     "65535\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-23 a word that is none of AWS's",
     "{'CreateLoadBalancer': {'Name': 'x', 'Scheme': 'public', 'Subnets': ['subnet-a', "
     "'subnet-b']}}",
     "error CreateLoadBalancer.Scheme ValidationError: \"public\" is not a scheme; expected "
     "internet-facing, internal\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-07 the older form takes one value",
     CREATE_RULE("{'Field': 'path-pattern', 'Values': ['/a', '/b']}"),
     "error CreateRule ValidationError: The 'path-pattern' field contains too many values; the "
     "limit "
     "is '1'\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-07 and not beside the newer one",
     CREATE_RULE("{'Field': 'path-pattern', 'Values': ['/a'], 'PathPatternConfig': {'Values': "
                 "['/a']}}"),
     "error CreateRule ValidationError: The 'path-pattern' condition has both Values and a "
     "configuration; expected one of them\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-07 nor of newer fields",
     CREATE_RULE("{'Field': 'source-ip', 'Values': ['10.0.0.0/8']}"),
     "error CreateRule ValidationError: The 'source-ip' field takes no Values beside it; expected "
     "its configuration\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-03 several groups need their weights",
     "{'CreateListener': {'LoadBalancerArn': '" LB
     "', 'Port': 81, 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'forward', 'ForwardConfig': "
     "{'TargetGroups': [{'TargetGroupArn': '" GROUP
     "', 'Weight': 1}, {'TargetGroupArn': 'arn:other'}]}}]}}",
     "error CreateListener.DefaultActions[0] ValidationError: a forward to several target groups "
     "needs the Weight of each\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-50 a claim that is looked at anyhow",
     GUARDED(
         "'jwt-validation', 'JwtValidationConfig': {'JwksEndpoint': 'https://a.test/k', 'Issuer': "
         "'a', 'AdditionalClaims': [{'Name': 'exp', 'Format': 'single-string', 'Values': "
         "['a']}]}"),
     "error CreateRule.Actions[0].JwtValidationConfig.AdditionalClaims[0] ValidationError: exp, "
     "iss, "
     "nbf and iat cannot be additional claims\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-50 a claim of a form that AWS has not",
     GUARDED(
         "'jwt-validation', 'JwtValidationConfig': {'JwksEndpoint': 'https://a.test/k', 'Issuer': "
         "'a', 'AdditionalClaims': [{'Name': 'aud', 'Format': 'regex', 'Values': ['a']}]}"),
     "error CreateRule.Actions[0].JwtValidationConfig.AdditionalClaims[0].Format ValidationError: "
     "\"regex\" is not a format of a claim; expected single-string, string-array, "
     "space-separated-values\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-50 a claim without a value",
     GUARDED(
         "'jwt-validation', 'JwtValidationConfig': {'JwksEndpoint': 'https://a.test/k', 'Issuer': "
         "'a', 'AdditionalClaims': [{'Name': 'aud', 'Format': 'single-string', 'Values': "
         "[]}]}"),
     "error CreateRule.Actions[0].JwtValidationConfig.AdditionalClaims[0] ValidationError: a claim "
     "has from 1 to 10 values\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-40 a session that is too long",
     GUARDED("'authenticate-oidc', 'AuthenticateOidcConfig': {'Issuer': 'https://a.test', "
             "'SessionTimeout': 604801}"),
     "error CreateRule.Actions[0].AuthenticateOidcConfig.SessionTimeout ValidationError: 604801 is "
     "not a number of seconds from 1 to 604800\n",
     R53_E_INVALID,
     {0}},
    {"ELB-ALB-ACT-40 too many extra parameters",
     GUARDED("'authenticate-oidc', 'AuthenticateOidcConfig': {'Issuer': 'https://a.test', "
             "'AuthenticationRequestExtraParams': {'a': '', 'b': '', 'c': '', 'd': '', 'e': '', "
             "'f': '', 'g': '', 'h': '', 'i': '', 'j': '', 'k': ''}}"),
     "error CreateRule.Actions[0].AuthenticateOidcConfig.AuthenticationRequestExtraParams "
     "ValidationError: an authenticate action has at most 10 extra parameters\n",
     R53_E_INVALID,
     {0}},
    {"ELB-VAL-23 ELB-VAL-01 what a request cannot be without",
     "{'RegisterTargets': {'Targets': [{'Port': 80}], 'Why': 1}}",
     "error RegisterTargets.Targets[0].Id ValidationError: this field is missing\n"
     "note RegisterTargets.Why : this field is not known and was not read\n",
     R53_E_INVALID,
     {0}},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;
    const r53_json_context *context = c->context.size ? &c->context : &usual;
    struct elb_state before, after;
    static struct page page;
    r53_report *report;
    r53_cloud *cloud;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = base_make(report);
    before = elb_state_take(cloud);
    rc = apply(cloud, c->json, context, report);
    assert_string_equal(findings_text(&page, report), c->findings);
    assert_int_equal(rc, c->rc);
    assert_int_equal(apply(cloud, c->json, context, NULL), c->rc);
    after = elb_state_take(cloud);
    assert_true(elb_state_same(&before, &after));
    elb_state_free(&before);
    elb_state_free(&after);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Names that are made up */

static r53_cloud *cloud_of(const char *const *requests, size_t n, const r53_json_context *context)
{
    static struct page page;
    r53_report *report;
    r53_cloud *cloud;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = base_make(report);
    for (size_t i = 0; i < n; i++) {
        if (apply(cloud, requests[i], context, report) != R53_OK)
            fail_msg("%s", findings_text(&page, report));
    }
    r53_report_free(report);
    return cloud;
}

static const struct name_case {
    const char *what, *json, *arn, *dns_name;
    const char *region;
} names[] = {
    {"ELB-DNS-01 an application load balancer has digits",
     "{'DeleteRule': {'RuleArn': '" RULE "'}}", LB, "shop-1231234538.us-east-1.elb.amazonaws.com",
     "us-east-1"},
    {"ELB-DNS-01 a network load balancer has the digits of its ARN",
     "{'CreateLoadBalancer': {'Name': 'inside', 'Type': 'network', 'Scheme': 'internal',"
     " 'Subnets': ['subnet-a']}}",
     "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/inside/a45ab5f7b3cd93c4",
     "inside-a45ab5f7b3cd93c4.elb.us-east-1.amazonaws.com", "us-east-1"},
    {"ELB-DNS-01 in China, and internal",
     "{'CreateLoadBalancer': {'Name': 'shop', 'Scheme': 'internal', 'Subnets': ['subnet-a',"
     " 'subnet-b']}}",
     "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:loadbalancer/app/shop/"
     "04a80cee3f5f2e39",
     "internal-shop-1436626303.cn-north-1.elb.amazonaws.com.cn", "cn-north-1"},
};

static void check_name(void **state)
{
    const struct name_case *c = *state;
    r53_json_context context = usual;
    const r53_load_balancer *lb, *last = NULL;
    r53_elb_listing *listing;
    r53_cloud *cloud;

    context.region = c->region;
    cloud = cloud_of(&c->json, 1, &context);
    assert_int_equal(r53_load_balancers_list(&listing, cloud), R53_OK);
    while ((lb = r53_elb_listing_next_load_balancer(listing)))
        last = lb;
    assert_non_null(last);
    assert_string_equal(last->load_balancer_arn, c->arn);
    assert_string_equal(last->dns_name, c->dns_name);
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

/* Clients see the private addresses of internal load balancers alone. */
static void check_mappings(void **state)
{
    static const char *const requests[] = {
        "{'CreateLoadBalancer': {'Name': 'inside', 'Type': 'network', 'Scheme': 'internal',"
        " 'Subnets': ['subnet-a']}}",
        "{'CreateLoadBalancer': {'Name': 'outside', 'Type': 'network', 'Subnets': ['subnet-a']}}",
        "{'SetSubnets': {'LoadBalancerArn': '" INSIDE
        "', 'SubnetMappings': [{'SubnetId': 'subnet-b', 'PrivateIPv4Address': '10.0.0.8'}]}}",
        "{'SetSubnets': {'LoadBalancerArn': '" OUTSIDE
        "', 'SubnetMappings': [{'SubnetId': 'subnet-b', 'PrivateIPv4Address': '10.0.0.9',"
        " 'IPv6Address': '2001:db8::9'}]}}",
    };
    r53_cloud *cloud = cloud_of(requests, COUNT(requests), &usual);
    static struct page page;

    (void)state;
    assert_string_equal(cloud_text(&page, cloud),
                        BALANCER LISTENER RULES "inside us-east-1b=10.0.0.8 idle=60\n"
                                                "outside us-east-1b=2001:db8::9 idle=60\n" TARGETS);
    r53_cloud_free(cloud);
}

/* A network load balancer that had security groups, and certificates of its listener. */
static void check_secure(void **state)
{
    static const char *const requests[] = {
        "{'CreateLoadBalancer': {'Name': 'inside', 'Type': 'network', 'Scheme': 'internal',"
        " 'Subnets': ['subnet-a'], 'SecurityGroups': ['sg-1']}}",
        "{'SetSecurityGroups': {'LoadBalancerArn': '" INSIDE
        "', 'SecurityGroups': ['sg-2'], 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic':"
        " 'off'}}",
        "{'CreateTargetGroup': {'Name': 'raw', 'Protocol': 'TCP', 'Port': 80, 'VpcId': 'vpc-1'}}",
        "{'CreateListener': {'LoadBalancerArn': '" INSIDE
        "', 'Port': 443, 'Protocol': 'TLS', 'Certificates': [{'CertificateArn': 'c'}],"
        " 'DefaultActions': [{'Type': 'forward', 'TargetGroupArn': '" ARN
        "targetgroup/raw/27d69b24e98f8a3e'}]}}",
        "{'AddListenerCertificates': {'Certificates': [{'CertificateArn': 'd'}]}}",
        "{'AddListenerCertificates': {'Certificates': [{'CertificateArn': 'e', 'DomainName':"
        " 'example.com'}]}}",
        "{'RemoveListenerCertificates': {'Certificates': [{'CertificateArn': 'd'}]}}",
        "{'ModifyListener': {'Port': 80, 'Protocol': 'TCP'}}",
        "{'ModifyListenerAttributes': {'Attributes': [{'Key': 'tcp.idle_timeout.seconds',"
        " 'Value': '60'}]}}",
    };
    r53_json_context context = usual;
    static struct page page;
    r53_cloud *cloud;

    (void)state;
    context.listener_arn = ARN "listener/net/inside/a45ab5f7b3cd93c4/1";
    cloud = cloud_of(requests, 7, &context);
    assert_non_null(strstr(cloud_text(&page, cloud), "inside us-east-1a idle=60 sg-2 unenforced\n"
                                                     "  443 TLS with c!,e -> raw\n"));
    r53_cloud_free(cloud);
    cloud = cloud_of(requests, COUNT(requests), &context);
    assert_non_null(strstr(cloud_text(&page, cloud), "  80 TCP idle=60 -> raw\n"));
    r53_cloud_free(cloud);
}

/* A Classic load balancer from its first request to its last. */
static void check_classic(void **state)
{
    static const char create[] =
        "{'CreateLoadBalancer': {'LoadBalancerName': 'old', 'Scheme': 'internal', 'Subnets':"
        " ['subnet-c'], 'AvailabilityZones': ['us-east-1a'], 'SecurityGroups': ['sg-1'], "
        "'Listeners':"
        " [{'Protocol': 'HTTP', 'LoadBalancerPort': 80, 'InstancePort': 8080}, {'Protocol': 'SSL',"
        " 'LoadBalancerPort': 443, 'InstanceProtocol': 'TCP', 'InstancePort': 8443,"
        " 'SSLCertificateId': 'c'}]}}";
    static const char *const requests[] = {
        create,
        create, /* again, which changes nothing */
        "{'RegisterInstancesWithLoadBalancer': {'LoadBalancerName': 'old', 'Instances':"
        " [{'InstanceId': 'i-8'}, {'InstanceId': 'i-9'}]}}",
        "{'DeregisterInstancesFromLoadBalancer': {'LoadBalancerName': 'old', 'Instances':"
        " [{'InstanceId': 'i-8'}]}}",
        "{'ApplySecurityGroupsToLoadBalancer': {'LoadBalancerName': 'old', 'SecurityGroups':"
        " ['sg-2']}}",
        "{'DeleteLoadBalancer': {'LoadBalancerName': 'old'}}",
    };
    r53_cloud *cloud = cloud_of(requests, COUNT(requests) - 1, &usual);
    static struct page page;
    r53_elb_listing *listing;

    (void)state;
    assert_non_null(strstr(cloud_text(&page, cloud), "old us-east-1a us-east-1c idle=60 sg-2\n"
                                                     "  80 HTTP -> none\n"
                                                     "  443 SSL with c! -> none\n"));
    assert_int_equal(r53_targets_list(&listing, cloud, ARN "loadbalancer/old", NULL), R53_OK);
    assert_string_equal(r53_elb_listing_next_target(listing)->id, "i-9");
    assert_null(r53_elb_listing_next_target(listing));
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
    cloud = cloud_of(requests, COUNT(requests), &usual);
    assert_string_equal(cloud_text(&page, cloud), BALANCER LISTENER RULES TARGETS);
    r53_cloud_free(cloud);
}

/* What had a port or a priority before keeps its ARN; what has it now gets another. */
static void check_again(void **state)
{
    static const char *const requests[] = {
        "{'SetRulePriorities': {'RulePriorities': [{'RuleArn': '" RULE "', 'Priority': 7}]}}",
        "{'CreateRule': {'ListenerArn': '" ARN "listener/" HTTP "', 'Priority': 10, " PATH "}}",
        "{'ModifyListener': {'ListenerArn': '" ARN "listener/" HTTP "', 'Port': 81}}",
        "{'CreateListener': {'LoadBalancerArn': '" LB
        "', 'Port': 80, 'Protocol': 'HTTP', 'DefaultActions': " FORWARD "}}",
    };
    r53_cloud *cloud = cloud_of(requests, COUNT(requests), &usual);
    const r53_listener_rule *rule;
    const r53_listener *listener;
    r53_elb_listing *listing;

    (void)state;
    assert_int_equal(r53_listeners_list(&listing, cloud, LB, NULL), R53_OK);
    assert_string_equal(r53_elb_listing_next_listener(listing)->listener_arn, ARN "listener/" HTTP);
    listener = r53_elb_listing_next_listener(listing);
    assert_string_equal(listener->listener_arn, ARN "listener/" SHOP "/cb42d2021ee4bec9");
    r53_elb_listing_free(listing);
    assert_int_equal(r53_listener_rules_list(&listing, cloud, ARN "listener/" HTTP, NULL), R53_OK);
    assert_string_equal(r53_elb_listing_next_listener_rule(listing)->rule_arn, RULE);
    rule = r53_elb_listing_next_listener_rule(listing);
    assert_string_equal(rule->rule_arn, ARN "listener-rule/" HTTP "/e76d7f6ccf8c3ee5");
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

static void check_context(void **state)
{
    r53_json_context context = {.size = sizeof(context), .n_subnets = 1};
    r53_report *report;
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = base_make(report);
    assert_int_equal(apply(cloud, "{'DeleteRule': {}}", &context, report), R53_E_INVALID);
    context = (r53_json_context){.size = sizeof(context), .reserved = 1};
    assert_int_equal(apply(cloud, "{'DeleteRule': {}}", &context, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 2);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(changes) + COUNT(faults) + COUNT(names) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, changes, check_change);
    ADD_CASES(tests, n, faults, check_fault);
    ADD_CASES(tests, n, names, check_name);
    ADD_TEST(tests, n, "ELB-LB-14 zones by mappings", check_mappings);
    ADD_TEST(tests, n, "ELB-LB-47 ELB-TLS-01 ELB-LB-46 a listener of TLS behind security groups",
             check_secure);
    ADD_TEST(tests, n, "ELB-LSN-11 ELB-CLB-05 ELB-LB-21 a Classic load balancer", check_classic);
    ADD_TEST(tests, n, "an ARN that something bears is not made twice", check_again);
    ADD_TEST(tests, n, "subnets that are not there, a member that is none", check_context);
    return RUN_TESTS("json_elb_change", tests, n);
}
