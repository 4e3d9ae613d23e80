/*
 * Elastic Load Balancing's JSON into an import: rules, attributes, and what of listeners, groups,
 * targets and Classic load balancers decides more than who is where (that is json_test.c). A row is
 * a document and what the cloud then holds, told in lines; or a document and what is found fault
 * with.
 */
#include "support/json_world.h"

#include <r53/elb.h>
#include <r53/view.h>

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/target_group.h"

/* An engine whose programs are the patterns themselves, to see what it is given. */

static int32_t engine_compile(void *ctx, const char *pattern, int32_t flags, void **program)
{
    char *copy = malloc(strlen(pattern) + 3);

    (void)ctx;
    assert_non_null(copy);
    sprintf(copy, "%s%s", pattern, flags & R53_REGEX_IGNORE_CASE ? "/i" : "");
    *program = copy;
    return R53_OK;
}

static int32_t engine_match(void *ctx, const void *program, const char *text, size_t length,
                            r53_regex_span *spans, size_t n_spans)
{
    (void)ctx;
    (void)program;
    (void)text;
    (void)length;
    (void)spans;
    (void)n_spans;
    return 0;
}

static void engine_release(void *ctx, void *program)
{
    (void)ctx;
    free(program);
}

static const r53_regex_engine engine = {.size = sizeof(engine),
                                        .compile = engine_compile,
                                        .match = engine_match,
                                        .release = engine_release};

static void world_open_regex(struct world *w)
{
    world_open_with(w, &(r53_cloud_options){.size = sizeof(r53_cloud_options), .regex = &engine});
}

/* What the cloud holds, one line an object */

static void put_pattern(struct page *page, const struct pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->length; i++)
        put(page, "%c",
            pattern->at[i] == PATTERN_MANY  ? '*'
            : pattern->at[i] == PATTERN_ONE ? '?'
                                            : pattern->at[i]);
}

static void put_value(struct page *page, const struct condition *condition, uint32_t i)
{
    char buffer[64] = "";
    struct text text;

    if (condition->methods) {
        put(page, "%s", condition->methods[i]);
    } else if (condition->prefixes) {
        r53__text_init(&text, buffer, sizeof(buffer));
        r53__prefix_put(&text, &condition->prefixes[i]);
        put(page, "%s", buffer);
    } else {
        if (condition->keys && condition->keys[i].at) {
            put_pattern(page, &condition->keys[i]);
            put(page, ":");
        }
        put_pattern(page, &condition->values[i]);
    }
}

static void put_condition(struct page *page, const struct condition *condition)
{
    static const char *const fields[] = {"", "host", "path", "header", "method", "query", "source"};

    put(page, " %s", fields[condition->field]);
    if (condition->header_name)
        put(page, "(%s)", condition->header_name);
    if (condition->family)
        put(page, "(ipv%d)", condition->family);
    for (uint32_t i = 0; i < condition->n_values; i++) {
        put(page, "%c", i ? ',' : '=');
        put_value(page, condition, i);
    }
    for (uint32_t i = 0; i < condition->n_regexes; i++)
        put(page, "~%s", (const char *)condition->regexes[i].program);
}

static void put_action(struct page *page, const struct action *action)
{
    static const char *const names[] = {"forward", "redirect", "fixed", "oidc", "cognito", "jwt"};
    static const char *const unauthenticated[] = {"", "(deny)", "(allow)", "(authenticate)"};

    put(page, " %d:%s%s", action->order, names[action->type - 1],
        unauthenticated[action->on_unauthenticated]);
    for (uint32_t i = 0; i < action->n_groups; i++)
        put(page, "%c%s*%u", i ? ',' : '=', brief(action->groups[i].target_group_arn),
            action->groups[i].weight);
    if (action->sticky || action->sticky_duration_s)
        put(page, " %s=%d", action->sticky ? "sticky" : "loose", action->sticky_duration_s);
    if (action->status_code)
        put(page, "=%s,%s", action->status_code, brief(action->host));
}

static void put_rule(struct page *page, const char *id, const void *object)
{
    static const char *const types[] = {"", "host", "url"};
    const struct rule *rule = object;

    put(page, "rule %s %d of %s:", brief(id), rule->priority, brief(rule->listener_arn));
    for (uint32_t i = 0; i < rule->n_conditions; i++)
        put_condition(page, &rule->conditions[i]);
    put(page, " ->");
    for (uint32_t i = 0; i < rule->n_transforms; i++)
        put(page, " %s:%s=>%s", types[rule->transforms[i].type],
            (const char *)rule->transforms[i].regex.program, rule->transforms[i].replace);
    for (uint32_t i = 0; i < rule->n_actions; i++)
        put_action(page, &rule->actions[i]);
    put(page, "\n");
}

static void put_lb(struct page *page, const char *id, const void *object)
{
    const struct load_balancer *lb = object;

    put(page, "lb %s idle=%d desync=%d routing=%d%s%s%s%s%s\n", brief(id), lb->idle_timeout_seconds,
        lb->desync_mode, lb->client_routing_policy, lb->cross_zone ? " cross" : "",
        lb->http2_enabled ? " http2" : "", lb->drop_invalid_headers ? " drop" : "",
        lb->preserve_host ? " preserve" : "", lb->waf_fail_open ? " waf-open" : "");
}

static void put_certificate(struct page *page, const struct certificate *certificate)
{
    put(page, " %s%s", certificate->is_default ? "default:" : "", certificate->arn);
    if (certificate->not_before_ms || certificate->not_after_ms)
        put(page, "[%lld,%lld]", (long long)certificate->not_before_ms,
            (long long)certificate->not_after_ms);
    for (uint32_t i = 0; i < certificate->n_names; i++)
        put(page, "%c%s", i ? ',' : '=', certificate->names[i]);
    if (certificate->n_names)
        put(page, "/%s%u/%u", certificate->ecdsa ? "ec" : "rsa", certificate->key_bits,
            certificate->hash_bits);
}

static void put_listener(struct page *page, const char *id, const void *object)
{
    static const char *const alpn[] = {"", "", " h1", " h2", " h2?", " h2+"};
    static const char *const mutual[] = {"", "", " passthrough", " verify"};
    const struct listener *listener = object;

    put(page, "listener %s%s%s", brief(id), alpn[listener->alpn], mutual[listener->mutual]);
    for (uint32_t i = 0; i < listener->n_certificates; i++)
        put_certificate(page, &listener->certificates[i]);
    if (listener->tcp_idle_timeout_seconds != 350)
        put(page, " idle=%d", listener->tcp_idle_timeout_seconds);
    if (listener->stickiness_type)
        put(page, " stick=%d,%d,%s", listener->stickiness_type,
            listener->cookie_expiration_period_s, brief(listener->app_cookie_name));
    for (uint32_t i = 0; i < listener->n_actions; i++)
        put_action(page, &listener->actions[i]);
    put(page, "\n");
}

static void put_group(struct page *page, const char *id, const void *object)
{
    const struct target_group *g = object;

    put(page, "group %s v%d check=%s:%s%s/%d/%d/%d/%d", brief(id), g->protocol_version,
        brief(r53_protocol_name(g->health_check_protocol)), g->health_check_port,
        g->health_check_path, g->health_check_interval_seconds, g->health_check_timeout_seconds,
        g->healthy_threshold_count, g->unhealthy_threshold_count);
    for (uint32_t i = 0; i < g->n_codes; i++)
        put(page, "%c%d-%d", i ? ',' : ' ', g->codes[i].first, g->codes[i].last);
    put(page, " delay=%d", g->deregistration_delay_seconds);
    if (g->stickiness_enabled)
        put(page, " sticky=%d,%d,%d,%s", g->stickiness_type, g->lb_cookie_duration_seconds,
            g->app_cookie_duration_seconds, brief(g->app_cookie_name));
    put(page, " algorithm=%d slow=%d cross=%d dns=%u/%u route=%u/%u\n", g->algorithm_type,
        g->slow_start_seconds, g->cross_zone, g->dns_failover.count, g->dns_failover.percentage,
        g->unhealthy_routing.count, g->unhealthy_routing.percentage);
}

static void put_targets(struct page *page, const char *id, const void *object)
{
    const struct target_list *list = object;

    put(page, "targets %s", brief(id));
    for (uint32_t i = 0; i < list->n_targets; i++) {
        put(page, " %s:%d", list->targets[i].id, list->targets[i].port);
        if (list->targets[i].has_quic_server_id)
            put(page, "/quic=%08x%08x", (unsigned)(list->targets[i].quic_server_id >> 32),
                (unsigned)list->targets[i].quic_server_id);
    }
    put(page, "\n");
}

static const struct kind {
    int32_t table;
    void (*put)(struct page *page, const char *id, const void *object);
} kinds[] = {{CLOUD_LOAD_BALANCERS, put_lb},
             {CLOUD_LISTENERS, put_listener},
             {CLOUD_RULES, put_rule},
             {CLOUD_TARGET_GROUPS, put_group},
             {CLOUD_TARGETS, put_targets}};

static void put_world(struct page *page, const struct world *w)
{
    page->length = 0;
    page->text[0] = '\0';
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct table *table = &w->cloud->tables[kinds[i].table];

        for (int32_t slot = 0; (size_t)slot < table->count; slot++) {
            if (r53__table_at(table, slot))
                kinds[i].put(page, r53__table_id(table, slot), r53__table_at(table, slot));
        }
    }
}

/* Documents and what they make */

#define RULE_1      "'RuleArn': '~listener-rule/app/web/1/2/1'"
#define RULE_2      "'RuleArn': '~listener-rule/app/web/1/2/2'"
#define RULE_3      "'RuleArn': '~listener-rule/app/web/1/2/3'"
#define RULE_4      "'RuleArn': '~listener-rule/app/web/1/2/4'"
#define RULE_5      "'RuleArn': '~listener-rule/app/web/1/2/5'"
#define RULE_9      "'RuleArn': '~listener-rule/app/web/1/2/9'"
#define FORWARD     "'Actions': [{'Type': 'forward', 'TargetGroupArn': '~targetgroup/a/1'}]"
#define ON_FORWARD  " -> 1:forward=targetgroup/a/1*1\n"
#define OF_LISTENER " of listener/app/web/1/2:"
#define GROUP_A     "'TargetGroupArn': '~targetgroup/a/1'"
#define GROUP_B     "'TargetGroupArn': '~targetgroup/b/2'"
#define BUNDLE(more)                                                                               \
    "{'R53Bundle': [{'Document': {'LoadBalancers': [{'Type': 'application', 'LoadBalancerArn': "   \
    "'~loadbalancer/app/web/1'}, {'Type': 'network', 'LoadBalancerArn': "                          \
    "'~loadbalancer/net/tcp/2'}]}}, {'Document': {'TargetGroups': [{" GROUP_A ", 'Protocol': "     \
    "'HTTP', 'Port': 80}]}}, " more "]}"
#define NO_TIME                                                                                    \
    "is not a time such as \"2030-01-31T23:59:59+00:00\", or seconds since 1970\n"
#define TCP_LISTENER                                                                               \
    "{'Listeners': [{'ListenerArn': '~listener/net/tcp/2/3', 'LoadBalancerArn': "                  \
    "'~loadbalancer/net/tcp/2', 'Port': 80, 'Protocol': 'TCP', 'DefaultActions': [{'Type': "       \
    "'forward', 'TargetGroupArn': '~targetgroup/a/1'}]}]}"
#define CERTIFICATE(arn, from, to)                                                                 \
    "{'CertificateArn': '" arn "', 'IsDefault': false, 'NotBefore': " from ", 'NotAfter': " to "}"
#define PLAIN_LB  "lb loadbalancer/app/web/1 idle=60 desync=2 routing=1 cross http2\n"
#define PLAIN_NLB "lb loadbalancer/net/tcp/2 idle=60 desync=2 routing=1 http2\n"
#define PLAIN_GROUP                                                                                \
    "group targetgroup/a/1 v1 check=-:traffic-port//30/5/5/2 200-200 delay=300 algorithm=1 "       \
    "slow=0 cross=0 dns=1/0 route=1/0\n"

static const struct load_case {
    const char *what, *json, *expected;
    r53_json_context context;
} loads[] = {
    {"ELB-JSON-04 the oldest fields have their values beside them",
     "{'Rules': [{" RULE_3
     ", 'Priority': '10', 'Conditions': [{'Field': 'path-pattern', 'Values': ['/img/*', '/a?']}, "
     "{'Field': 'host-header', 'Values': ['*.Example.com']}], " FORWARD
     ", 'IsDefault': false}], 'NextMarker': null}",
     "rule listener-rule/app/web/1/2/3 10" OF_LISTENER
     " path=/img/*,/a? host=*.example.com" ON_FORWARD,
     IN(.account = NULL)},
    {"ELB-JSON-04 all fields have a configuration, which says more",
     "{'Rules': [{" RULE_3
     ", 'Priority': '1', 'Conditions': [{'Field': 'path-pattern', 'Values': ['/img/*'], "
     "'PathPatternConfig': {'Values': ['/img/*']}}, {'Field': 'host-header', 'HostHeaderConfig': "
     "{'Values': ['a.test', 'b.test']}}, {'HttpHeaderConfig': {'HttpHeaderName': 'User-Agent', "
     "'Values': ['*Chrome*']}, 'Field': 'http-header'}], " FORWARD "}, {" RULE_4
     ", 'Priority': '2', 'Conditions': [{'Field': 'query-string', 'QueryStringConfig': {'Values': "
     "[{'Key': 'version', 'Value': 'v1'}, {'Value': '*x*'}, {'Key': null, 'Value': "
     "'y'}]}}], " FORWARD "}, {" RULE_5
     ", 'Priority': '3', 'Conditions': [{'Field': 'http-request-method', "
     "'HttpRequestMethodConfig': {'Values': ['GET', 'CUSTOM-METHOD']}}, {'Field': 'source-ip', "
     "'SourceIpConfig': {'Values': ['192.0.2.0/24', '2001:db8::/32']}}], " FORWARD "}]}",
     "rule listener-rule/app/web/1/2/3 1" OF_LISTENER
     " path=/img/* host=a.test,b.test header(User-Agent)=*chrome*" ON_FORWARD
     "rule listener-rule/app/web/1/2/4 2" OF_LISTENER " query=version:v1,*x*,y" ON_FORWARD
     "rule listener-rule/app/web/1/2/5 3" OF_LISTENER
     " method=GET,CUSTOM-METHOD source=192.0.2.0/24,2001:db8::/32" ON_FORWARD,
     IN(.account = NULL)},
    {"ELB-JSON-04 ELB-LSN-24 a rule of a network load balancer",
     "{'Rules': [{'RuleArn': '~listener-rule/net/tcp/2/4/5', 'Priority': '1', 'Conditions': "
     "[{'Field': 'source-ip', 'SourceIpConfig': {'IpAddressType': 'ipv6'}}], " FORWARD "}]}",
     "rule listener-rule/net/tcp/2/4/5 1 of listener/net/tcp/2/4: source(ipv6)" ON_FORWARD,
     IN(.account = NULL)},
    {"ELB-JSON-04 ELB-ALB-RULE-09 regular expressions beside a field or in its configuration",
     "{'Rules': [{" RULE_3
     ", 'Priority': '1', 'Conditions': [{'Field': 'path-pattern', 'PathPatternConfig': "
     "{'RegexValues': ['^\\\\/api\\\\/(.*)$', 'b']}}, {'Field': 'host-header', 'RegexValues': "
     "['^a']}, {'Field': 'http-header', 'HttpHeaderConfig': {'HttpHeaderName': 'X', 'RegexValues': "
     "['c']}, 'RegexValues': ['c']}], " FORWARD "}]}",
     "rule listener-rule/app/web/1/2/3 1" OF_LISTENER
     " path~^\\/api\\/(.*)$~b host~^a/i header(X)~c/i" ON_FORWARD,
     IN(.account = NULL)},
    {"ELB-JSON-04 transforms of both types",
     "{'Rules': [{" RULE_3
     ", 'Priority': '1', 'Transforms': [{'Type': 'url-rewrite', 'UrlRewriteConfig': {'Rewrites': "
     "[{'Regex': '^/a/(.*)$', 'Replace': '/$1'}]}}, {'Type': 'host-header-rewrite', "
     "'HostHeaderRewriteConfig': {'Rewrites': [{'Regex': '^old', 'Replace': 'new'}]}, "
     "'UrlRewriteConfig': null}], 'Conditions': [{'Field': 'path-pattern', 'Values': "
     "['*']}], " FORWARD "}]}",
     "rule listener-rule/app/web/1/2/3 1" OF_LISTENER
     " path=* -> url:^/a/(.*)$=>/$1 host:^old/i=>new 1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
    {"ELB-JSON-04 ELB-ALB-ACT-08 ELB-ALB-ACT-40 actions by order, sticky, and with a sign-in",
     "{'Rules': [{" RULE_3
     ", 'Priority': '1', 'Conditions': [{'Field': 'path-pattern', 'Values': ['*']}], 'Actions': "
     "[{'Type': 'forward', 'Order': 3, 'ForwardConfig': {'TargetGroups': [{" GROUP_A
     ", 'Weight': 10}, {" GROUP_B
     ", 'Weight': 20}], 'TargetGroupStickinessConfig': {'Enabled': true, 'DurationSeconds': "
     "1000}}}, {'Type': 'authenticate-oidc', 'Order': 1, 'AuthenticateOidcConfig': {'Issuer': "
     "'https://i.test', 'AuthorizationEndpoint': 'a', 'TokenEndpoint': 't', 'UserInfoEndpoint': "
     "'u', 'ClientId': 'c', 'ClientSecret': 's', 'SessionCookieName': 'n', 'SessionTimeout': 3600, "
     "'Scope': 'email', 'AuthenticationRequestExtraParams': {'display': 'page'}, "
     "'OnUnauthenticatedRequest': 'deny', 'UseExistingClientSecret': true}}]}, {" RULE_4
     ", 'Priority': '2', 'Conditions': [{'Field': 'path-pattern', 'Values': ['*']}], 'Actions': "
     "[{'Type': 'authenticate-cognito', 'Order': 1, 'AuthenticateCognitoConfig': {'UserPoolArn': "
     "'p', 'UserPoolClientId': 'c', 'UserPoolDomain': 'd', 'OnUnauthenticatedRequest': 'allow'}}, "
     "{'Type': 'redirect', 'Order': 3, 'RedirectConfig': {'StatusCode': 'HTTP_302', 'Host': "
     "'h.test'}}]}, {" RULE_5
     ", 'Priority': '3', 'Conditions': [{'Field': 'path-pattern', 'Values': ['*']}], 'Actions': "
     "[{'Type': 'jwt-validation', 'Order': 2, 'JwtValidationConfig': {'JwksEndpoint': "
     "'https://j.test', 'Issuer': 'https://i.test', 'AdditionalClaims': []}}, {'Type': "
     "'fixed-response', 'Order': 3, 'FixedResponseConfig': {'StatusCode': '200'}}]}]}",
     "rule listener-rule/app/web/1/2/3 1" OF_LISTENER
     " path=* -> 1:oidc(deny) 3:forward=targetgroup/a/1*10,targetgroup/b/2*20 sticky=1000\n"
     "rule listener-rule/app/web/1/2/4 2" OF_LISTENER
     " path=* -> 1:cognito(allow) 3:redirect=HTTP_302,h.test\n"
     "rule listener-rule/app/web/1/2/5 3" OF_LISTENER " path=* -> 2:jwt 3:fixed=200,-\n",
     IN(.account = NULL)},
    {"ELB-JSON-04 the default rule",
     "{'Rules': [{" RULE_9
     ", 'Priority': 'default', 'Conditions': [], 'Actions': [{'Type': 'fixed-response', "
     "'FixedResponseConfig': {'StatusCode': '404'}}], 'IsDefault': true}]}",
     "rule listener-rule/app/web/1/2/9 0" OF_LISTENER " -> 1:fixed=404,-\n", IN(.account = NULL)},
    {"ELB-JSON-03 ELB-TLS-01 the certificate that is described is the default one",
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': "
     "'~loadbalancer/app/web/1', 'Port': 443, 'Protocol': 'HTTPS', 'Certificates': "
     "[{'CertificateArn': 'c1'}], 'SslPolicy': 'p', 'AlpnPolicy': ['HTTP2Preferred'], "
     "'MutualAuthentication': {'Mode': 'verify', 'TrustStoreArn': 't', "
     "'IgnoreClientCertificateExpiry': false, 'TrustStoreAssociationStatus': 'active', "
     "'AdvertiseTrustStoreCaNames': 'off'}, 'DefaultActions': [{'Type': 'forward', "
     "'TargetGroupArn': '~targetgroup/a/1', 'Order': 1}]}]}",
     "listener listener/app/web/1/2 h2+ verify default:c1 1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
    {"ELB-JSON-03 ELB-TLS-02 names and keys may be put beside it",
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': "
     "'~loadbalancer/app/web/1', 'Port': 443, 'Protocol': 'HTTPS', 'Certificates': "
     "[{'CertificateArn': 'c1', 'DomainName': 'a.test'}, {'CertificateArn': 'c2', 'IsDefault': "
     "false, 'DomainName': 'b.test', 'SubjectAlternativeNames': ['b.test', '*.B.test'], "
     "'KeyAlgorithm': 'EC_prime256v1', 'SignatureAlgorithm': 'SHA384WITHECDSA'}], "
     "'MutualAuthentication': {'Mode': 'passthrough'}, 'DefaultActions': [{'Type': 'forward', "
     "'TargetGroupArn': '~targetgroup/a/1'}]}]}",
     "listener listener/app/web/1/2 passthrough default:c1=a.test/rsa2048/256 "
     "c2=b.test,*.b.test/ec256/384 1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
    {"ELB-JSON-05 ELB-ST-07 health checks, by version",
     "{'TargetGroups': [{" GROUP_A
     ", 'Protocol': 'HTTP', 'Port': 80, 'ProtocolVersion': 'GRPC', 'HealthCheckProtocol': 'HTTPS', "
     "'HealthCheckPort': '8080', 'HealthCheckPath': '/Health', 'HealthCheckIntervalSeconds': 20, "
     "'HealthCheckTimeoutSeconds': 6, 'HealthyThresholdCount': 3, 'UnhealthyThresholdCount': 4, "
     "'Matcher': {'GrpcCode': '0-5,12'}, 'TargetControlPort': 3000}, {" GROUP_B
     ", 'Protocol': 'HTTP', 'ProtocolVersion': 'HTTP2', 'Matcher': {'HttpCode': '200,301-302'}}]}",
     "group targetgroup/a/1 v3 check=HTTPS:8080/Health/20/6/3/4 0-5,12-12 delay=300 algorithm=1 "
     "slow=0 cross=0 dns=1/0 route=1/0\n"
     "group targetgroup/b/2 v2 check=-:traffic-port//30/5/5/2 200-200,301-302 delay=300 "
     "algorithm=1 slow=0 cross=0 dns=1/0 route=1/0\n",
     IN(.account = NULL)},
    {"ELB-JSON-06 ELB-NLB-04 targets of QUIC have a server id; anomalies add nothing",
     "{'TargetHealthDescriptions': [{'Target': {'Id': 'i-1', 'Port': 443, 'QuicServerId': "
     "'0x0123456789abcdef'}, 'HealthCheckPort': '443', 'TargetHealth': {'State': 'healthy'}, "
     "'AnomalyDetection': {'Result': 'anomalous', 'MitigationInEffect': 'yes'}, "
     "'AdministrativeOverride': {'State': 'no_override', 'Reason': 'r', 'Description': 'd'}}]}",
     "targets targetgroup/a/1 i-1:443/quic=0123456789abcdef\n",
     IN(.target_group_arn = ARN "targetgroup/a/1")},
    {"ELB-JSON-07 attributes of a target group",
     BUNDLE(
         "{'Context': {" GROUP_A
         "}, 'Document': {'Attributes': [{'Key': 'stickiness.enabled', 'Value': 'true'}, {'Key': "
         "'stickiness.type', 'Value': 'app_cookie'}, {'Key': 'stickiness.app_cookie.cookie_name', "
         "'Value': 'sid'}, {'Key': 'stickiness.app_cookie.duration_seconds', 'Value': '90'}, "
         "{'Key': 'stickiness.lb_cookie.duration_seconds', 'Value': '86400'}, {'Key': "
         "'deregistration_delay.timeout_seconds', 'Value': '20'}, {'Key': "
         "'slow_start.duration_seconds', 'Value': '30'}, {'Key': 'load_balancing.algorithm.type', "
         "'Value': 'round_robin'}, {'Key': 'load_balancing.algorithm.anomaly_mitigation', 'Value': "
         "'off'}, {'Key': 'load_balancing.cross_zone.enabled', 'Value': "
         "'use_load_balancer_configuration'}, {'Key': "
         "'target_group_health.dns_failover.minimum_healthy_targets.count', 'Value': '2'}, {'Key': "
         "'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage', "
         "'Value': 'off'}]}}"),
     PLAIN_LB PLAIN_NLB "group targetgroup/a/1 v1 check=-:traffic-port//30/5/5/2 200-200 delay=20 "
                        "sticky=2,86400,90,sid algorithm=1 slow=30 cross=0 dns=2/0 route=1/0\n",
     IN(.account = NULL)},
    {"ELB-JSON-07 attributes of load balancers, without those of logs",
     BUNDLE("{'Context': {'LoadBalancer': '~loadbalancer/app/web/1'}, 'Document': {'Attributes': "
            "[{'Key': 'access_logs.s3.enabled', 'Value': 'false'}, {'Key': "
            "'access_logs.s3.bucket', 'Value': ''}, {'Key': 'connection_logs.s3.enabled', 'Value': "
            "'false'}, {'Key': 'health_check_logs.s3.enabled', 'Value': 'false'}, {'Key': "
            "'idle_timeout.timeout_seconds', 'Value': '50'}, {'Key': "
            "'deletion_protection.enabled', 'Value': 'true'}, {'Key': 'routing.http2.enabled', "
            "'Value': 'false'}, {'Key': 'routing.http.drop_invalid_header_fields.enabled', "
            "'Value': 'true'}, {'Key': 'routing.http.desync_mitigation_mode', 'Value': "
            "'strictest'}, {'Key': 'waf.fail_open.enabled', 'Value': 'true'}]}}, {'Context': "
            "{'LoadBalancer': '~loadbalancer/net/tcp/2'}, 'Document': {'Attributes': [{'Key': "
            "'load_balancing.cross_zone.enabled', 'Value': 'true'}, {'Key': "
            "'dns_record.client_routing_policy', 'Value': 'availability_zone_affinity'}]}}"),
     "lb loadbalancer/app/web/1 idle=50 desync=3 routing=1 cross drop waf-open\n"
     "lb loadbalancer/net/tcp/2 idle=60 desync=2 routing=3 cross http2\n" PLAIN_GROUP,
     IN(.account = NULL)},
    {"ELB-JSON-07 a context of its own keeps an attribute from the call's load balancer",
     BUNDLE("{'Context': {" GROUP_A "}, 'Document': {'Attributes': [{'Key': "
            "'deregistration_delay.timeout_seconds', 'Value': '300'}]}}"),
     PLAIN_LB PLAIN_NLB PLAIN_GROUP, IN(.load_balancer = ARN "loadbalancer/app/web/1")},
    {"ELB-JSON-07 attributes of a listener, told by their keys, decide nothing",
     "{'Attributes': [{'Key': 'routing.http.response.server.enabled', 'Value': 'true'}, {'Key': "
     "'routing.http.request.x_amzn_tls_version.header_name', 'Value': ''}]}",
     "", IN(.account = NULL)},
    {"ELB-JSON-07 nor do tags",
     "{'R53Bundle': [{'Document': {'TagDescriptions': [{'ResourceArn': '~loadbalancer/app/web/1', "
     "'Tags': [{'Key': 'k', 'Value': 'v'}]}]}}, {'Document': {'TagDescriptions': "
     "[{'LoadBalancerName': 'old', 'Tags': []}]}}]}",
     "", IN(.load_balancer = ARN "loadbalancer/app/web/1")},
    {"ELB-JSON-07 ELB-LB-46 how long flows of a TCP listener may be idle",
     "{'R53Bundle': [{'Context': {'ListenerArn': '~listener/net/tcp/2/3'}, 'Document': "
     "{'Attributes': [{'Key': 'tcp.idle_timeout.seconds', 'Value': '60'}]}}, {'Document': "
     TCP_LISTENER "}]}",
     "listener listener/net/tcp/2/3 idle=60 1:forward=targetgroup/a/1*1\n",
     IN(.load_balancer = ARN "loadbalancer/app/web/1")},
    {"ELB-JSON-07 with the listener of the call's context",
     "{'R53Bundle': [{'Document': " TCP_LISTENER "}, {'Document': {'Attributes': [{'Key': "
     "'tcp.idle_timeout.seconds', 'Value': '6000'}]}}]}",
     "listener listener/net/tcp/2/3 idle=6000 1:forward=targetgroup/a/1*1\n",
     IN(.listener_arn = ARN "listener/net/tcp/2/3")},
    {"ELB-JSON-03 ELB-TLS-01 describe-listener-certificates adds those that are not described",
     "{'R53Bundle': [{'Context': {'ListenerArn': '~listener/app/web/1/2'}, 'Document': "
     "{'Certificates': [{'CertificateArn': 'c1', 'IsDefault': true}, {'CertificateArn': 'c1', "
     "'IsDefault': false}, {'CertificateArn': 'c3', 'IsDefault': false}]}}, {'Document': "
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': "
     "'~loadbalancer/app/web/1', 'Port': 443, 'Protocol': 'HTTPS', 'Certificates': "
     "[{'CertificateArn': 'c1', 'DomainName': 'a.test'}], 'DefaultActions': [{'Type': "
     "'forward', 'TargetGroupArn': '~targetgroup/a/1'}]}]}}]}",
     "listener listener/app/web/1/2 default:c1=a.test/rsa2048/256 c3 "
     "1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
    {"ELB-TLS-01 acm describe-certificate describes what the listener has, and adds what not",
     "{'R53Bundle': [{'Context': {'ListenerArn': '~listener/app/web/1/2'}, 'Document': "
     "{'Certificate': {'CertificateArn': 'c1', 'DomainName': 'a.test', 'SubjectAlternativeNames': "
     "['a.test', '*.a.test'], 'KeyAlgorithm': 'EC_prime256v1', 'SignatureAlgorithm': "
     "'SHA256WITHECDSA', 'Status': 'ISSUED'}}}, {'Context': {'ListenerArn': "
     "'~listener/app/web/1/2'}, 'Document': {'Certificate': {'CertificateArn': 'c2', 'DomainName': "
     "'b.test'}}}, {'Document': "
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': "
     "'~loadbalancer/app/web/1', 'Port': 443, 'Protocol': 'HTTPS', 'Certificates': "
     "[{'CertificateArn': 'c1'}], 'DefaultActions': [{'Type': "
     "'forward', 'TargetGroupArn': '~targetgroup/a/1'}]}]}}]}",
     "listener listener/app/web/1/2 default:c1=a.test,*.a.test/ec256/256 c2=b.test/rsa2048/256 "
     "1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
    {"ELB-TLS-02 ELB-TLS-05 the times of a certificate are texts or numbers",
     "{'R53Bundle': [{'Context': {'ListenerArn': '~listener/net/tcp/2/3'}, 'Document': "
     "{'Certificates': [" CERTIFICATE("c1", "'2024-02-29T12:00:00+00:00'", "1893456000") ", "
     CERTIFICATE("c2", "'1970-01-01T00:00:00Z'", "1.5") ", "
     CERTIFICATE("c3", "'2000-03-01 01:30:00.250+01:30'", "'1969-12-31T23:59:59-0000'") ", "
     CERTIFICATE("c4", "null", "'2100-12-31T23:59:60'") "]}}, {'Document': " TCP_LISTENER "}]}",
     "listener listener/net/tcp/2/3 c1[1709208000000,1893456000000] c2[0,1500] "
     "c3[951868800250,-1000] c4[0,4133980800000] 1:forward=targetgroup/a/1*1\n",
     IN(.account = NULL)},
#define CLASSIC                                                                                    \
    "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'DNSName': "                        \
    "'old-1.us-east-1.elb.amazonaws.com', 'SourceSecurityGroup': {'OwnerAlias': "                  \
    "'123456789012'}, 'HealthCheck': {'Target': 'HTTP:80/png', 'Interval': 30, 'Timeout': 3, "     \
    "'UnhealthyThreshold': 4, 'HealthyThreshold': 6}, 'ListenerDescriptions': [{'Listener': "      \
    "{'Protocol': 'HTTP', 'LoadBalancerPort': 80, 'InstancePort': 80}, 'PolicyNames': "            \
    "['lb-60']}, "                                                                                 \
    "{'Listener': {'Protocol': 'HTTPS', 'LoadBalancerPort': 443, 'InstanceProtocol': 'HTTP', "     \
    "'InstancePort': 80, 'SSLCertificateId': 'c'}, 'PolicyNames': ['tls', 'app']}, {'Listener': "  \
    "{'Protocol': 'HTTP', 'LoadBalancerPort': 81, 'InstancePort': 80}, 'PolicyNames': []}], "      \
    "'Policies': {'AppCookieStickinessPolicies': [{'PolicyName': 'app', 'CookieName': 'sid'}], "   \
    "'LBCookieStickinessPolicies': [{'PolicyName': 'lb', 'CookieExpirationPeriod': 9}, "           \
    "{'PolicyName': 'lb-60', 'CookieExpirationPeriod': 60}], 'OtherPolicies': ['tls']}}]}"
#define CLASSIC_LISTENERS                                                                          \
    "listener loadbalancer/old:80 stick=1,60,- 1:forward=loadbalancer/old*1\n"                     \
    "listener loadbalancer/old:443 default:c stick=2,0,sid 1:forward=loadbalancer/old*1\n"         \
    "listener loadbalancer/old:81 1:forward=loadbalancer/old*1\n"
#define CLASSIC_GROUP(delay)                                                                       \
    "group loadbalancer/old v1 check=-:traffic-port//30/5/6/4 200-200 delay=" delay                \
    " algorithm=1 slow=0 cross=0 dns=1/0 route=1/0\ntargets loadbalancer/old\n"
    {"ELB-JSON-08 ELB-CLB-07 ELB-CLB-08 ELB-CLB-09 policies count on the listeners that name them",
     CLASSIC,
     "lb loadbalancer/old idle=60 desync=2 routing=1 http2\n" CLASSIC_LISTENERS CLASSIC_GROUP("0"),
     IN(.account = NULL)},
    {"ELB-JSON-10 ELB-LB-45 ELB-CLB-10 attributes of a Classic load balancer by its name",
     "{'R53Bundle': [{'Context': {'LoadBalancer': 'old'}, 'Document': {'LoadBalancerAttributes': "
     "{'CrossZoneLoadBalancing': {'Enabled': true}, 'ConnectionDraining': {'Enabled': true, "
     "'Timeout': 120}, 'ConnectionSettings': {'IdleTimeout': 30}, 'AccessLog': {'Enabled': true, "
     "'EmitInterval': 5}, 'AdditionalAttributes': [{'Key': 'elb.http.desyncmitigationmode', "
     "'Value': 'monitor'}, {'Key': 'x', 'Value': 'y'}]}}}, {'Document': " CLASSIC "}]}",
     "lb loadbalancer/old idle=30 desync=1 routing=1 cross http2\n" CLASSIC_LISTENERS CLASSIC_GROUP(
         "120"),
     IN(.account = "123456789012", .region = "us-east-1")},
    {"ELB-JSON-10 ELB-LB-45 what a change answers has the name, and only what was changed",
     "{'R53Bundle': [{'Document': " CLASSIC
     "}, {'Document': {'LoadBalancerAttributes': {'ConnectionDraining': {'Enabled': true}}, "
     "'LoadBalancerName': 'old'}}]}",
     "lb loadbalancer/old idle=60 desync=2 routing=1 http2\n" CLASSIC_LISTENERS CLASSIC_GROUP(
         "300"),
     IN(.account = "123456789012", .region = "us-east-1")},
    {"ELB-JSON-10 no draining and no zones crossed, by ARN",
     "{'R53Bundle': [{'Document': " CLASSIC
     "}, {'Document': {'LoadBalancerAttributes': {'CrossZoneLoadBalancing': {'Enabled': false}, "
     "'ConnectionDraining': {'Enabled': false, 'Timeout': 300}}}, 'Context': {'LoadBalancer': "
     "'~loadbalancer/old'}}]}",
     "lb loadbalancer/old idle=60 desync=2 routing=1 http2\n" CLASSIC_LISTENERS CLASSIC_GROUP("0"),
     IN(.account = NULL)},
};

static void check_load(void **state)
{
    const struct load_case *c = *state;
    static struct page page;
    struct world w;

    world_open_regex(&w);
    if (read_quoted(&w, c->json, &c->context) != R53_OK || r53_report_count(w.report) != 0) {
        put_findings(&page, w.report);
        fail_msg("%s", page.text);
    }
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    put_world(&page, &w);
    assert_string_equal(page.text, c->expected);
    world_close(&w);
}

/* Documents and what is said of them */

#define CONDITION(text)                                                                            \
    "{'Rules': [{" RULE_3 ", 'Priority': '1', 'Conditions': [" text "], " FORWARD "}]}"
#define TRANSFORM(text)                                                                            \
    "{'Rules': [{" RULE_3 ", 'Priority': '1', 'Transforms': [" text "], 'Conditions':"             \
    " [{'Field': 'path-pattern', 'Values': ['*']}], " FORWARD "}]}"

static const struct fault_case {
    const char *what, *json, *findings;
    int32_t rc;
    r53_json_context context;
} faults[] = {
    {"ELB-JSON-04 the configuration of another field",
     CONDITION("{'Field': 'path-pattern', 'HostHeaderConfig': {'Values': ['a']}}"),
     "error Rules[0].Conditions[0]: the configuration is not the one of the condition's field\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-04 two configurations",
     CONDITION("{'Field': 'path-pattern', 'PathPatternConfig': {'Values': ['/']}, "
               "'HostHeaderConfig': {'Values': ['a']}}"),
     "error Rules[0].Conditions[0].HostHeaderConfig: a condition has one configuration; this is "
     "another\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-04 values that differ from the configuration's",
     CONDITION("{'Field': 'path-pattern', 'Values': ['/a'], 'PathPatternConfig': {'Values': "
               "['/b']}}, {'Field': 'path-pattern', 'Values': ['/a', '/b'], 'PathPatternConfig': "
               "{'Values': ['/a']}}"),
     "warning Rules[0].Conditions[0]: the values beside the configuration differ from those in it, "
     "which count\n"
     "warning Rules[0].Conditions[1]: the values beside the configuration differ from those in it, "
     "which count\n"
     "warning Rules[0]: A rule can only have one 'path-pattern' condition\n",
     R53_OK, IN(.account = NULL)},
    {"ELB-JSON-04 what has no meaning in a rule, by its place",
     "{'Rules': [{" RULE_3
     ", 'Priority': 1, 'Conditions': [{'Values': ['/']}, {'Field': 'query-string', "
     "'QueryStringConfig': {'Values': [{'Key': 'k'}, 'x']}}, {'Field': 'source-ip', "
     "'SourceIpConfig': {'Values': [null]}}], 'Actions': [{'Type': 'drop'}, {'Type': 'forward', "
     "'ForwardConfig': {'TargetGroupStickinessConfig': {'Enabled': 'true', 'DurationSeconds': "
     "'9'}}}], 'Transforms': [{'Type': 'x'}, {'Type': 'url-rewrite', 'UrlRewriteConfig': "
     "{'Rewrites': [{'Regex': 'a'}]}}], 'Colour': 1}, {'Priority': '2'}]}",
     "error Rules[0].Priority: 1 is not a text\n"
     "error Rules[0].Conditions[0].Field: this field is missing\n"
     "error Rules[0].Conditions[1].QueryStringConfig.Values[0].Value: this field is missing\n"
     "error Rules[0].Conditions[1].QueryStringConfig.Values[1]: \"x\" is not an object\n"
     "error Rules[0].Conditions[2].SourceIpConfig.Values[0]: null is not a text\n"
     "error Rules[0].Actions[0].Type: \"drop\" is not a type of action; expected forward, "
     "redirect, fixed-response, authenticate-oidc, authenticate-cognito, jwt-validation\n"
     "error Rules[0].Actions[1].ForwardConfig.TargetGroupStickinessConfig.Enabled: \"true\" is not "
     "true or false\n"
     "error Rules[0].Actions[1].ForwardConfig.TargetGroupStickinessConfig.DurationSeconds: \"9\" "
     "is not a whole number\n"
     "error Rules[0].Transforms[0].Type: \"x\" is not a type of transform; expected "
     "host-header-rewrite, url-rewrite\n"
     "error Rules[0].Transforms[1].UrlRewriteConfig.Rewrites[0].Replace: this field is missing\n"
     "note Rules[0].Colour: this field is not known and was not read\n"
     "error Rules[1].RuleArn: this field is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-ALB-ACT-04 a group beside a configuration that does not name it alone",
     "{'Rules': [{" RULE_3 ", 'Priority': '1', 'Conditions': [{'Field': 'path-pattern', 'Values': "
     "['*']}], 'Actions': [{'Type': 'forward', " GROUP_A ", 'ForwardConfig': {'TargetGroups': [{"
     GROUP_B "}]}}]}, {" RULE_4 ", 'Priority': '2', 'Conditions': [{'Field': 'path-pattern', "
     "'Values': ['*']}], 'Actions': [{'Type': 'forward', " GROUP_A
     ", 'ForwardConfig': {'TargetGroups': [{" GROUP_A "}, {" GROUP_B "}]}}]}]}",
     "error Rules[0].Actions[0]: the TargetGroupArn beside a ForwardConfig is not the one target "
     "group of it\n"
     "error Rules[1].Actions[0]: the TargetGroupArn beside a ForwardConfig is not the one target "
     "group of it\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-04 a transform with the other's configuration",
     TRANSFORM("{'Type': 'host-header-rewrite', 'UrlRewriteConfig': {'Rewrites': [{'Regex': 'a', "
               "'Replace': 'b'}]}}"),
     "error Rules[0].Transforms[0]: the configuration is not the one of the transform's type\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-04 what the import refuses has its place too",
     "{'Rules': [{" RULE_3 ", 'Priority': 'first', " FORWARD "}]}",
     "error Rules[0].Priority: 'first' is not a priority; expected 1 to 50000, or 'default'\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-04 ELB-ALB-COND-70 a regular expression without an engine",
     CONDITION("{'Field': 'path-pattern', 'RegexValues': ['a']}"),
     "error Rules[0].Conditions[0].RegexValues: 'a' is a regular expression, but the cloud has no "
     "engine for them\n",
     R53_E_UNSUPPORTED, IN(.account = NULL)},
    {"ELB-JSON-04 is left out if so asked",
     CONDITION("{'Field': 'path-pattern', 'RegexValues': ['a']}"),
     "error Rules[0].Conditions[0].RegexValues: 'a' is a regular expression, but the cloud has no "
     "engine for them\n",
     R53_OK, IN(.skip_invalid = 1)},
    {"ELB-JSON-04 pages that are missing are told", "{'Rules': [], 'NextMarker': 'x'}",
     "warning NextMarker: this is one page of several; what the others list is missing\n", R53_OK,
     IN(.account = NULL)},
    {"ELB-JSON-03 a certificate without its ARN, an unknown mode",
     "{'Listeners': [{'ListenerArn': 'x', 'LoadBalancerArn': 'y', 'Certificates': [{}], "
     "'MutualAuthentication': {'Mode': 'on'}, 'AlpnPolicy': 'None', 'DefaultActions': []}]}",
     "error Listeners[0].Certificates[0].CertificateArn: this field is missing\n"
     "error Listeners[0].MutualAuthentication.Mode: \"on\" is not a mode of mutual authentication; "
     "expected off, passthrough, verify\n"
     "error Listeners[0].AlpnPolicy: \"None\" is not a list\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-05 a version that there is not",
     "{'TargetGroups': [{" GROUP_A ", 'ProtocolVersion': 'HTTP3'}]}",
     "error TargetGroups[0].ProtocolVersion: \"HTTP3\" is not a protocol version; expected HTTP1, "
     "HTTP2, GRPC\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-07 attributes need to be someone's",
     "{'Attributes': [{'Key': 'stickiness.enabled', 'Value': 'true'}]}",
     "error Attributes: the document does not say whose attributes these are; give "
     "`target_group_arn` or `load_balancer` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-07 of one of them", "{'Attributes': []}",
     "error Attributes: the context names a target group and a load balancer; these attributes are "
     "of one of them\n",
     R53_E_INVALID, IN(.load_balancer = "x", .target_group_arn = "y")},
    {"ELB-JSON-07 those of a listener whose it is not said",
     "{'Attributes': [{'Key': 'tcp.idle_timeout.seconds', 'Value': '60'}]}",
     "error Attributes[0]: the document does not say which listener's attributes these are; give "
     "`listener_arn` in the context\n",
     R53_E_INVALID, IN(.load_balancer = "x")},
    {"ELB-JSON-03 certificates need to be someone's",
     "{'Certificates': [{'CertificateArn': 'c', 'IsDefault': true}]}",
     "error Certificates: the document does not say which listener has these certificates; give "
     "`listener_arn` in the context\n",
     R53_E_INVALID, IN(.load_balancer = "x")},
    {"ELB-TLS-01 so does one certificate, and acm get-certificate describes none",
     "{'R53Bundle': [{'Document': {'Certificate': {'CertificateArn': 'c'}}}, {'Context': "
     "{'ListenerArn': 'l'}, 'Document': {'Certificate': '-----BEGIN'}}]}",
     "error R53Bundle[0].Document.Certificate: the document does not say which listener has these "
     "certificates; give `listener_arn` in the context\n"
     "error R53Bundle[1].Document.Certificate: \"-----BEGIN\" is not an object\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-03 times that are none",
     "{'Certificates': [" CERTIFICATE("c", "'soon'", "'2024-13-01T00:00:00Z'") ", "
     CERTIFICATE("c", "'2024-01-01T00:00:00Zz'", "999999999999") ", "
     CERTIFICATE("c", "true", "'2024-01-01T24:00:00+0a:00'") "]}",
     "error Certificates[0].NotBefore: \"soon\" " NO_TIME
     "error Certificates[0].NotAfter: \"2024-13-01T00:00:00Z\" " NO_TIME
     "error Certificates[1].NotBefore: \"2024-01-01T00:00:00Zz\" " NO_TIME
     "error Certificates[1].NotAfter: 999999999999 " NO_TIME
     "error Certificates[2].NotBefore: true " NO_TIME
     "error Certificates[2].NotAfter: \"2024-01-01T24:00:00+0a:00\" " NO_TIME,
     R53_E_INVALID, IN(.listener_arn = "x")},
    {"ELB-JSON-07 values are texts",
     "{'Attributes': [{'Key': 'stickiness.enabled', 'Value': true}, {'Value': '1'}, 3]}",
     "error Attributes[0].Value: true is not a text\n"
     "error Attributes[1].Key: this field is missing\n"
     "error Attributes[2]: 3 is not an object\n",
     R53_E_INVALID, IN(.target_group_arn = "x")},
    {"ELB-JSON-07 values and keys without meaning",
     "{'Attributes': [{'Key': 'stickiness.enabled', 'Value': 'yes'}, {'Key': 'no.such', 'Value': "
     "'1'}]}",
     "error Attributes[0]: 'stickiness.enabled' value 'yes' must be one of: false, true\n"
     "warning Attributes[1].no.such: the attribute 'no.such' is not known and not kept\n",
     R53_E_INVALID, IN(.target_group_arn = "x")},
    {"ELB-JSON-07 what is no list", "{'Attributes': {'Key': 'a'}}",
     "error Attributes: an object is not a list\n", R53_E_INVALID, IN(.load_balancer = "x")},
    {"ELB-JSON-07 tags have a form too", "{'TagDescriptions': [{'Owner': 1}, 2]}",
     "note TagDescriptions[0].Owner: this field is not known and was not read\n"
     "error TagDescriptions[1]: 2 is not an object\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-08 policies by themselves say nothing",
     "{'PolicyDescriptions': [{'PolicyName': 'p', 'PolicyTypeName': 't', "
     "'PolicyAttributeDescriptions': []}]}",
     "note PolicyDescriptions: policies are read from describe-load-balancers, which tells those "
     "that decide something\n",
     R53_OK, IN(.account = NULL)},
    {"ELB-JSON-08 a stickiness policy on a TCP listener",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'ListenerDescriptions': "
     "[{'Listener': {'Protocol': 'TCP', 'LoadBalancerPort': 80, 'InstanceProtocol': 'TCP', "
     "'InstancePort': 80}, 'PolicyNames': ['lb']}], 'Policies': {'LBCookieStickinessPolicies': "
     "[{'PolicyName': 'lb'}]}}]}",
     "error LoadBalancerDescriptions[0].ListenerDescriptions[0].Listener.PolicyNames: only a "
     "Classic HTTP or HTTPS listener has a cookie stickiness policy\n",
     R53_E_INVALID, IN(.account = "123456789012", .region = "us-east-1")},
    {"ELB-JSON-08 a health check by itself",
     "{'HealthCheck': {'HealthyThreshold': 2, 'Interval': 30, 'Target': 'HTTP:80/', 'Timeout': 3, "
     "'UnhealthyThreshold': 2}}",
     "note HealthCheck.HealthyThreshold: this field is not known and was not read\n"
     "note HealthCheck.Interval: this field is not known and was not read\n"
     "error HealthCheck.Target: this is the health check of a Classic load balancer; it is read "
     "from elb describe-load-balancers\n"
     "note HealthCheck.Timeout: this field is not known and was not read\n"
     "note HealthCheck.UnhealthyThreshold: this field is not known and was not read\n"
     "error HealthCheck.Id: this field is missing\n"
     "error HealthCheck.HealthCheckConfig: this field is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-10 attributes need their load balancer",
     "{'LoadBalancerAttributes': {'CrossZoneLoadBalancing': {'Enabled': true}}}",
     "error : the document does not say which load balancer these attributes are of; give "
     "`load_balancer` in the context\n",
     R53_E_INVALID, IN(.account = "123456789012", .region = "us-east-1")},
    {"ELB-JSON-10 and its name needs Region and account",
     "{'LoadBalancerAttributes': {}, 'LoadBalancerName': 'old'}",
     "error : the document does not tell the Region; give `region` in the context\n"
     "error : the document does not tell the account; give `account` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-10 members have kinds",
     "{'LoadBalancerAttributes': {'CrossZoneLoadBalancing': true, 'ConnectionDraining': "
     "{'Enabled': 'true', 'Timeout': 'x'}, 'ConnectionSettings': {'IdleTimeout': 1.5}, "
     "'AdditionalAttributes': [{}]}}",
     "error LoadBalancerAttributes.CrossZoneLoadBalancing: true is not an object\n"
     "error LoadBalancerAttributes.ConnectionDraining.Enabled: \"true\" is not true or false\n"
     "error LoadBalancerAttributes.ConnectionDraining.Timeout: \"x\" is not a whole number\n"
     "error LoadBalancerAttributes.ConnectionSettings.IdleTimeout: 1.5 is not a whole number\n"
     "error LoadBalancerAttributes.AdditionalAttributes[0].Key: this field is missing\n"
     "error LoadBalancerAttributes.AdditionalAttributes[0].Value: this field is missing\n",
     R53_E_INVALID, IN(.load_balancer = ARN "loadbalancer/old")},
    {"ELB-JSON-10 a mode that there is not",
     "{'LoadBalancerAttributes': {'AdditionalAttributes': [{'Key': "
     "'elb.http.desyncmitigationmode', 'Value': 'none'}]}}",
     "error LoadBalancerAttributes: 'routing.http.desync_mitigation_mode' value 'none' must be one "
     "of: monitor, defensive, strictest\n",
     R53_E_INVALID, IN(.load_balancer = ARN "loadbalancer/old")},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;
    static struct page page;
    struct world w;
    int32_t rc;

    world_open(&w);
    rc = read_quoted(&w, c->json, &c->context);
    put_findings(&page, w.report);
    assert_string_equal(page.text, c->findings);
    assert_int_equal(rc, c->rc);
    world_close(&w);
}

/* The rule that was left out is not in the cloud, the others are. */
static void skipping(void **state)
{
    const r53_json_context context = IN(.skip_invalid = 1);
    static struct page page;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(read_quoted(&w,
                                 "{'Rules': [{" RULE_1 ", 'Priority': '1', 'Conditions': [{'Field':"
                                 " 'path-pattern', 'RegexValues': ['a']}], " FORWARD "}, {" RULE_2
                                 ", 'Priority': '2', 'Conditions': [{'Field': "
                                 "'path-pattern', 'Values': ['/']}], " FORWARD "}]}",
                                 &context),
                     R53_OK);
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    put_world(&page, &w);
    assert_string_equal(page.text,
                        "rule listener-rule/app/web/1/2/2 2" OF_LISTENER " path=/" ON_FORWARD);
    world_close(&w);
}

/* AWS takes one today; each is one of ours. */
static void rewrites(void **state)
{
    static struct page page;
    struct world w;

    (void)state;
    world_open_regex(&w);
    assert_int_equal(read_quoted(&w,
                                 TRANSFORM("{'Type': 'url-rewrite', 'UrlRewriteConfig':"
                                           " {'Rewrites': [{'Regex': 'a', 'Replace': 'b'},"
                                           " {'Regex': 'c', 'Replace': ''}]}}"),
                                 NULL),
                     R53_OK);
    put_findings(&page, w.report);
    assert_string_equal(page.text,
                        "warning Rules[0]: A rule can only have one transform of each type\n");
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    put_world(&page, &w);
    assert_string_equal(page.text, "rule listener-rule/app/web/1/2/3 1" OF_LISTENER
                                   " path=* -> url:a=>b url:c=> 1:forward=targetgroup/a/1*1\n");
    world_close(&w);
}

/* An account's documents, and where its requests go */

static const char account[] =
    "{'R53Bundle': [{'Document': {'LoadBalancers': [{'LoadBalancerArn': '~loadbalancer/app/web/1', "
    "'AvailabilityZones': [{'ZoneName': 'us-east-1a'}]}]}}, {'Document': {'Listeners': "
    "[{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': '~loadbalancer/app/web/1', "
    "'Port': 80, 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'forward', " GROUP_A
    "}]}]}}, {'Document': {'TargetGroups': [{" GROUP_A
    ", 'Protocol': 'HTTP', 'Port': 80}, {" GROUP_B
    ", 'Protocol': 'HTTP', 'Port': 80}]}}, {'Context': {" GROUP_A
    "}, 'Document': {'TargetHealthDescriptions': [{'Target': {'Id': 'i-1', 'Port': 80, "
    "'AvailabilityZone': 'us-east-1a'}, 'TargetHealth': {'State': 'healthy'}}]}}, {'Context': "
    "{" GROUP_B "}, 'Document': {'TargetHealthDescriptions': [{'Target': {'Id': 'i-2', 'Port': 80, "
    "'AvailabilityZone': 'us-east-1a'}, 'TargetHealth': {'State': 'healthy'}}]}}, {'Document': "
    "{'Rules': [{" RULE_2 ", 'Priority': '20', 'Conditions': [{'Field': 'path-pattern', 'Values': "
    "['/img/*']}, {'Field': 'query-string', 'QueryStringConfig': {'Values': [{'Key': 'v', "
    "'Value': '2'}]}}], 'Actions': [{'Type': 'forward', " GROUP_B "}]}, {" RULE_1
    ", 'Priority': '10', 'Conditions': [{'Field': 'path-pattern', 'PathPatternConfig': {'Values': "
    "['/no*']}}], 'Actions': [{'Type': 'fixed-response', 'FixedResponseConfig': {'StatusCode': "
    "'418'}}]}, {" RULE_9 ", 'Priority': 'default', " FORWARD ", 'IsDefault': true}]}}]}";

static const struct request_case {
    const char *what, *url, *target_id;
    int32_t status, priority;
} requests[] = {
    {"ELB-JSON-04 a rule that was read is taken", "http://a.test/img/x?v=2", "i-2", 0, 20},
    {"ELB-JSON-04 the one with the lowest number first", "http://a.test/no", "", 418, 10},
    {"ELB-JSON-04 else the default action", "http://a.test/img/x?v=1", "i-1", 0, 0},
};

static void check_request(void **state)
{
    const struct request_case *c = *state;
    const r53_request request = {
        .size = sizeof(request), .load_balancer = ARN "loadbalancer/app/web/1", .url = c->url};
    r53_selection selection = {.size = sizeof(selection)};
    struct world w;
    r53_view *view;

    world_open(&w);
    assert_int_equal(read_quoted(&w, account, NULL), R53_OK);
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    assert_int_equal(r53_report_count(w.report), 0);
    assert_int_equal(r53_view_new(&view, w.cloud, w.observed, 0, NULL), R53_OK);
    assert_int_equal(r53_elb_select(view, &request, NULL, &selection, NULL), R53_OK);
    assert_string_equal(selection.target_id, c->target_id);
    assert_int_equal(selection.status, c->status);
    assert_int_equal(selection.matched_priority, c->priority);
    r53_view_release(view);
    world_close(&w);
}

static void mutations(void **state)
{
    enum { ROUNDS = 400 };
    const r53_cloud_options options = {.size = sizeof(options), .regex = &engine};

    (void)state;
    for (size_t i = 0; i < COUNT(loads) * ROUNDS; i++)
        read_mutated(loads[i % COUNT(loads)].json, i, &options);
}

static void starving(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(loads); i++)
        read_starving(loads[i].what, loads[i].json, &loads[i].context, &engine);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(loads) + COUNT(faults) + COUNT(requests) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, loads, check_load);
    ADD_CASES(tests, n, faults, check_fault);
    ADD_CASES(tests, n, requests, check_request);
    ADD_TEST(tests, n, "ELB-JSON-04 what is left out is not in the cloud, the rest is", skipping);
    ADD_TEST(tests, n, "ELB-JSON-04 each rewrite of a transform is one", rewrites);
    ADD_TEST(tests, n, "any change of a valid document ends in a result", mutations);
    ADD_TEST(tests, n, "any allocation may fail", starving);
    return RUN_TESTS("json_elb", tests, n);
}
