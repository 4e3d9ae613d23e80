/*
 * Calls of Elastic Load Balancing's change doors: load balancers, listeners, rules, target groups,
 * targets, attributes.
 */
#include "fuzz/calls.h"

#define DNS_OF(name) name "-1.us-east-1.elb.amazonaws.com"

const struct balancer_name balancer_names[5] = {
    {"alb", ARNS BALANCER_OF "app/alb/1", DNS_OF("alb"), R53_LB_APPLICATION, R53_PROTOCOL_HTTP, 80},
    {"nlb", ARNS BALANCER_OF "net/nlb/1", DNS_OF("nlb"), R53_LB_NETWORK, R53_PROTOCOL_TCP, 80},
    {"clb", ARNS BALANCER_OF "clb", DNS_OF("clb"), R53_LB_CLASSIC, R53_PROTOCOL_HTTP, 80},
    {"gwy", ARNS BALANCER_OF "gwy/gwy/1", NULL, R53_LB_GATEWAY, 0, 0},
    {"two", ARNS BALANCER_OF "app/two/1", DNS_OF("two"), R53_LB_APPLICATION, R53_PROTOCOL_HTTPS,
     443},
};
const char *const group_arns[5] = {ARNS "targetgroup/http/1", ARNS "targetgroup/more/1",
                                   ARNS "targetgroup/tcp/1", ARNS "targetgroup/gen/1",
                                   ARNS "targetgroup/alb/1"};
const char *const target_ids[6] = {
    "i-1", "i-2", "i-3", "10.0.0.4", ARNS BALANCER_OF "app/alb/1", "2001:db8::7"};
const char *const az_names[3] = {"us-east-1a", "us-east-1b", "us-east-1c"};

static const char *const listener_arns[] = {
    ARNS "listener/app/alb/1/80", ARNS "listener/net/nlb/1/80",  ARNS BALANCER_OF "clb:80",
    ARNS "listener/gwy/gwy/1/6",  ARNS "listener/app/two/1/443", ARNS "listener/app/alb/1/81"};
static const char *const rule_arns[] = {
    ARNS "listener-rule/app/alb/1/80/1", ARNS "listener-rule/app/alb/1/80/2",
    ARNS "listener-rule/app/two/1/443/1", ARNS "listener-rule/net/nlb/1/80/1"};

const char *any_text(struct input *in)
{
    static const char *const texts[] = {
        NULL,
        "",
        "*",
        "us-east-1",
        "eu-west-1",
        "DE",
        "EU",
        "CA",
        "US",
        "x",
        "y",
        "c1",
        "isp",
        "h1",
        "h2",
        "192.0.2.7",
        "10.0.0.0/8",
        "2001:db8::5",
        "49.22",
        "-74.01",
        "HTTP_301",
        "404",
        "default",
        "1",
        "2",
        "50000",
        "traffic-port",
        "80",
        "/",
        "/a?b",
        "#{host}",
        "200-299",
        "text/plain",
        "authenticate",
        "deny",
        "allow",
        "https://idp.test/keys",
        "GET",
        "true",
        "use1-az1",
        "Global",
        "Region",
        "all",
        "\xff\xfe",
        "a\\052b",
        "0x0000000000000001",
        "a-text-that-is-longer-than-sixty-three-characters-of-one-label-can-be-in-a-name-of-dns"};
    size_t pool = below(in, 8);

    switch (pool) {
    case 0:
        return ONE_OF(in, record_names);
    case 1:
        return ONE_OF(in, balancer_names).arn;
    case 2:
        return ONE_OF(in, balancer_names).dns_name;
    case 3:
        return ONE_OF(in, group_arns);
    case 4:
        return ONE_OF(in, listener_arns);
    default:
        return ONE_OF(in, texts);
    }
}

/* Load balancers */

static const struct member balancer_members[] = {
    NUMBER_OF(r53_load_balancer, type),
    TEXT_OF(r53_load_balancer, load_balancer_arn),
    TEXT_OF(r53_load_balancer, load_balancer_name),
    TEXT_OF(r53_load_balancer, dns_name),
    TEXT_OF(r53_load_balancer, canonical_hosted_zone_id),
    TEXT_OF(r53_load_balancer, vpc_id),
    NUMBER_OF(r53_load_balancer, scheme),
    NUMBER_OF(r53_load_balancer, state),
    NUMBER_OF(r53_load_balancer, ip_address_type),
    NUMBER_OF(r53_load_balancer, cross_zone),
    NUMBER_OF(r53_load_balancer, drop_invalid_header_fields),
    NUMBER_OF(r53_load_balancer, preserve_host_header),
    NUMBER_OF(r53_load_balancer, desync_mitigation_mode),
    NUMBER_OF(r53_load_balancer, waf_fail_open),
    NUMBER_OF(r53_load_balancer, client_routing_policy),
    NUMBER_OF(r53_load_balancer, http2_enabled),
    NUMBER_OF(r53_load_balancer, idle_timeout_seconds),
    NUMBER_OF(r53_load_balancer, connection_draining_seconds),
    NUMBER_OF(r53_load_balancer, healthy_threshold),
    NUMBER_OF(r53_load_balancer, unhealthy_threshold),
    NUMBER_OF(r53_load_balancer, zonal_shift),
    NUMBER_OF(r53_load_balancer, deletion_protection),
};

struct zones {
    const char *addresses[3][1];
    r53_availability_zone zones[3];
    const r53_availability_zone *list[3];
    uint32_t n;
};

static void zones_make(struct play *p, struct zones *z)
{
    static const char *const given[] = {"192.0.2.11", "192.0.2.12", "2001:db8::13", ""};
    size_t mask = 1 + below(&p->in, 7);

    z->n = 0;
    for (size_t i = 0; i < 3; i++) {
        if (!(mask >> i & 1))
            continue;
        z->addresses[i][0] = take(&p->in) % 8 == 1 ? ONE_OF(&p->in, given) : given[i];
        z->zones[i] = (r53_availability_zone){.size = sizeof(*z->zones),
                                              .zone_name = az_names[i],
                                              .addresses = z->addresses[i],
                                              .n_addresses = take(&p->in) % 4 != 1};
        z->list[z->n++] = &z->zones[i];
    }
}

static void balancer_make(struct play *p, r53_load_balancer *lb, struct zones *zones)
{
    const struct balancer_name *name = &ONE_OF(&p->in, balancer_names);

    zones_make(p, zones);
    *lb = (r53_load_balancer){.size = sizeof(*lb),
                              .type = name->type,
                              .load_balancer_arn = name->arn,
                              .load_balancer_name = name->name,
                              .dns_name = name->dns_name,
                              .canonical_hosted_zone_id = "Z35SXDOTRQ7X7K",
                              .availability_zones = zones->list,
                              .n_availability_zones = zones->n};
    vary(&p->in, lb, balancer_members, LENGTH(balancer_members), any_text);
}

static int32_t balancer_create(struct play *p)
{
    r53_load_balancer lb;
    struct zones zones;

    balancer_make(p, &lb, &zones);
    return r53_load_balancer_create(p->cloud, &lb, p->report);
}

static int32_t balancer_zones(struct play *p)
{
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    struct zones zones;

    zones_make(p, &zones);
    return r53_load_balancer_set_zones(p->cloud, arn, zones.list, zones.n, p->report);
}

static int32_t balancer_delete(struct play *p)
{
    return r53_load_balancer_delete(p->cloud, ONE_OF(&p->in, balancer_names).arn, p->report);
}

static int32_t balancer_attributes(struct play *p)
{
    static const r53_attribute attributes[] = {
        {"deletion_protection.enabled", "true"},
        {"deletion_protection.enabled", "false"},
        {"load_balancing.cross_zone.enabled", "true"},
        {"load_balancing.cross_zone.enabled", "false"},
        {"zonal_shift.config.enabled", "true"},
        {"dns_record.client_routing_policy", "availability_zone_affinity"},
        {"idle_timeout.timeout_seconds", "61"},
        {"routing.http.xff_header_processing.mode", "remove"},
        {"waf.fail_open.enabled", "maybe"},
        {"", "x"},
    };
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    const r53_attribute two[] = {ONE_OF(&p->in, attributes), ONE_OF(&p->in, attributes)};

    return r53_load_balancer_modify_attributes(p->cloud, arn, two, 1 + below(&p->in, 2), p->report);
}

/* Actions, of listeners and rules */

static const struct member action_members[] = {
    NUMBER_OF(r53_listener_action, type),
    NUMBER_OF(r53_listener_action, order),
    TEXT_OF(r53_listener_action, status_code),
    TEXT_OF(r53_listener_action, protocol),
    TEXT_OF(r53_listener_action, host),
    TEXT_OF(r53_listener_action, port),
    TEXT_OF(r53_listener_action, path),
    TEXT_OF(r53_listener_action, query),
    TEXT_OF(r53_listener_action, content_type),
    TEXT_OF(r53_listener_action, message_body),
    NUMBER_OF(r53_listener_action, stickiness_enabled),
    NUMBER_OF(r53_listener_action, stickiness_duration_s),
};

struct actions {
    r53_weighted_target_group groups[2];
    r53_listener_action actions[2];
    const r53_listener_action *list[2];
    uint32_t n;
};

static void actions_make(struct play *p, struct actions *a, size_t group)
{
    a->groups[0] = (r53_weighted_target_group){group_arns[group], 1 + take(&p->in) % 3, 0};
    a->groups[1] = (r53_weighted_target_group){ONE_OF(&p->in, group_arns), take(&p->in), 0};
    a->n = 1 + (take(&p->in) % 16 == 1);
    for (uint32_t i = 0; i < a->n; i++) {
        bool forwards = take(&p->in) % 4 != 1;

        a->actions[i] = (r53_listener_action){.size = sizeof(*a->actions),
                                              .type = forwards ? R53_ACTION_FORWARD
                                                               : 1 + (int32_t)below(&p->in, 6),
                                              .target_groups = a->groups,
                                              .n_target_groups = 1 + (take(&p->in) % 4 == 1),
                                              .status_code = "404"};
        vary(&p->in, &a->actions[i], action_members, LENGTH(action_members), any_text);
        a->list[i] = &a->actions[i];
    }
}

/* Listeners */

static const struct member listener_members[] = {
    NUMBER_OF(r53_listener, protocol),
    TEXT_OF(r53_listener, listener_arn),
    TEXT_OF(r53_listener, load_balancer_arn),
    NUMBER_OF(r53_listener, port),
    NUMBER_OF(r53_listener, instance_protocol),
    NUMBER_OF(r53_listener, instance_port),
    NUMBER_OF(r53_listener, mutual_authentication),
    NUMBER_OF(r53_listener, stickiness_type),
    NUMBER_OF(r53_listener, cookie_expiration_period_s),
    TEXT_OF(r53_listener, app_cookie_name),
    NUMBER_OF(r53_listener, tcp_idle_timeout_seconds),
};

static const char *const names_a[] = {"*.example.com"};
static const r53_certificate certificate = {.size = sizeof(certificate),
                                            .is_default = 1,
                                            .certificate_arn =
                                                "arn:aws:acm:us-east-1:1:certificate/a",
                                            .domain_names = names_a,
                                            .n_domain_names = 1};
static const r53_certificate *const certificates[] = {&certificate};
static const char *const alpn[] = {"HTTP2Preferred"};

static void listener_make(struct play *p, r53_listener *listener, struct actions *actions)
{
    static const size_t groups[] = {0, 2, 0, 3, 1, 1};
    size_t i = below(&p->in, LENGTH(listener_arns)), of = i == 5 ? 0 : i;
    const struct balancer_name *lb = &balancer_names[of];
    bool classic = lb->type == R53_LB_CLASSIC;

    actions_make(p, actions, groups[i]);
    *listener = (r53_listener){.size = sizeof(*listener),
                               .protocol = lb->protocol,
                               .port = i == 5 ? 81 : lb->port,
                               .listener_arn = classic ? NULL : listener_arns[i],
                               .load_balancer_arn = lb->arn,
                               .default_actions = actions->list,
                               .n_default_actions = classic ? 0 : actions->n,
                               .instance_port = classic ? 80 : 0,
                               .instance_protocol = classic ? R53_PROTOCOL_HTTP : 0};
    if (lb->protocol == R53_PROTOCOL_HTTPS || take(&p->in) % 16 == 1) {
        listener->certificates = certificates;
        listener->n_certificates = 1;
        listener->alpn_policy = alpn;
        listener->n_alpn_policy = take(&p->in) % 8 == 1;
    }
    vary(&p->in, listener, listener_members, LENGTH(listener_members), any_text);
}

static int32_t listener_create(struct play *p)
{
    r53_listener listener;
    struct actions actions;

    listener_make(p, &listener, &actions);
    return r53_listener_create(p->cloud, &listener, p->report);
}

static int32_t listener_modify(struct play *p)
{
    r53_listener listener;
    struct actions actions;
    uint8_t keep = take(&p->in);

    listener_make(p, &listener, &actions);
    if (!(keep & 1))
        listener.n_default_actions = 0;
    if (!(keep & 2))
        listener.protocol = 0;
    if (!(keep & 4))
        listener.port = 0;
    return r53_listener_modify(p->cloud, &listener, p->report);
}

static int32_t listener_delete(struct play *p)
{
    return r53_listener_delete(p->cloud, ONE_OF(&p->in, listener_arns), p->report);
}

/* Rules */

static const struct member condition_members[] = {
    TEXT_OF(r53_condition, field),
    TEXT_OF(r53_condition, http_header_name),
    TEXT_OF(r53_condition, ip_address_type),
};

static const struct member rule_members[] = {
    TEXT_OF(r53_listener_rule, rule_arn),
    TEXT_OF(r53_listener_rule, listener_arn),
    TEXT_OF(r53_listener_rule, priority),
};

struct rule_parts {
    r53_condition condition;
    const r53_condition *conditions;
    r53_query_string_key_value pair;
    const char *values[1];
    struct actions actions;
};

static void rule_make(struct play *p, r53_listener_rule *rule, struct rule_parts *r)
{
    static const struct {
        const char *field, *value;
    } conditions[] = {
        {"path-pattern", "/a*"},   {"host-header", "*.example.com"}, {"path-pattern", "/?"},
        {"http-header", "*curl*"}, {"source-ip", "10.0.0.0/8"},      {"http-request-method", "GET"},
        {"query-string", "v"},
    };
    static const char *const priorities[] = {"1", "2", "3", "default"};
    size_t i = below(&p->in, LENGTH(rule_arns)), c = below(&p->in, LENGTH(conditions));

    r->values[0] = conditions[c].value;
    r->pair = (r53_query_string_key_value){NULL, conditions[c].value};
    r->condition = (r53_condition){.size = sizeof(r->condition),
                                   .field = conditions[c].field,
                                   .values = r->values,
                                   .n_values = c != 6,
                                   .query_string = &r->pair,
                                   .n_query_string = c == 6,
                                   .http_header_name = c == 3 ? "User-Agent" : NULL};
    vary(&p->in, &r->condition, condition_members, LENGTH(condition_members), any_text);
    r->conditions = &r->condition;
    actions_make(p, &r->actions, i == 3 ? 2 : below(&p->in, 2));
    *rule = (r53_listener_rule){.size = sizeof(*rule),
                                .rule_arn = rule_arns[i],
                                .listener_arn = listener_arns[i < 2    ? 0
                                                              : i == 2 ? 4
                                                                       : 1],
                                .priority = ONE_OF(&p->in, priorities),
                                .conditions = &r->conditions,
                                .n_conditions = 1,
                                .actions = r->actions.list,
                                .n_actions = r->actions.n};
    vary(&p->in, rule, rule_members, LENGTH(rule_members), any_text);
}

static int32_t rule_create(struct play *p)
{
    r53_listener_rule rule;
    struct rule_parts parts;

    rule_make(p, &rule, &parts);
    return r53_listener_rule_create(p->cloud, &rule, p->report);
}

static int32_t rule_priorities(struct play *p)
{
    r53_rule_priority priorities[2];

    for (size_t i = 0; i < 2; i++) {
        const char *arn = ONE_OF(&p->in, rule_arns);

        priorities[i] = (r53_rule_priority){arn, number(&p->in), 0};
    }
    return r53_listener_rule_set_priorities(p->cloud, priorities, 1 + below(&p->in, 2), p->report);
}

static int32_t rule_delete(struct play *p)
{
    return r53_listener_rule_delete(p->cloud, ONE_OF(&p->in, rule_arns), p->report);
}

/* Target groups */

static const struct member group_members[] = {
    NUMBER_OF(r53_target_group, protocol),
    TEXT_OF(r53_target_group, target_group_arn),
    TEXT_OF(r53_target_group, target_group_name),
    TEXT_OF(r53_target_group, vpc_id),
    NUMBER_OF(r53_target_group, port),
    NUMBER_OF(r53_target_group, target_type),
    NUMBER_OF(r53_target_group, ip_address_type),
    NUMBER_OF(r53_target_group, health_check_enabled),
    NUMBER_OF(r53_target_group, cross_zone),
    NUMBER_OF(r53_target_group, dns_failover_count),
    NUMBER_OF(r53_target_group, dns_failover_percentage),
    NUMBER_OF(r53_target_group, unhealthy_routing_count),
    NUMBER_OF(r53_target_group, unhealthy_routing_percentage),
    NUMBER_OF(r53_target_group, protocol_version),
    NUMBER_OF(r53_target_group, health_check_protocol),
    TEXT_OF(r53_target_group, health_check_port),
    TEXT_OF(r53_target_group, health_check_path),
    TEXT_OF(r53_target_group, matcher),
    NUMBER_OF(r53_target_group, health_check_interval_seconds),
    NUMBER_OF(r53_target_group, health_check_timeout_seconds),
    NUMBER_OF(r53_target_group, healthy_threshold_count),
    NUMBER_OF(r53_target_group, unhealthy_threshold_count),
    NUMBER_OF(r53_target_group, deregistration_delay_seconds),
    NUMBER_OF(r53_target_group, stickiness_enabled),
    NUMBER_OF(r53_target_group, stickiness_type),
    NUMBER_OF(r53_target_group, lb_cookie_duration_seconds),
    NUMBER_OF(r53_target_group, algorithm_type),
    TEXT_OF(r53_target_group, app_cookie_name),
    NUMBER_OF(r53_target_group, anomaly_mitigation),
    NUMBER_OF(r53_target_group, slow_start_seconds),
    NUMBER_OF(r53_target_group, connection_termination),
    NUMBER_OF(r53_target_group, preserve_client_ip),
    NUMBER_OF(r53_target_group, unhealthy_connection_termination),
    NUMBER_OF(r53_target_group, draining_interval_seconds),
    NUMBER_OF(r53_target_group, failover_on_deregistration),
    NUMBER_OF(r53_target_group, failover_on_unhealthy),
    NUMBER_OF(r53_target_group, target_control_port),
};

static void group_make(struct play *p, r53_target_group *group)
{
    static const char *const names[] = {"http", "more", "tcp", "gen", "alb"};
    static const int32_t protocols[] = {R53_PROTOCOL_HTTP, R53_PROTOCOL_HTTP, R53_PROTOCOL_TCP,
                                        R53_PROTOCOL_GENEVE, R53_PROTOCOL_TCP};
    size_t i = below(&p->in, LENGTH(names));

    *group = (r53_target_group){.size = sizeof(*group),
                                .protocol = protocols[i],
                                .target_group_arn = group_arns[i],
                                .target_group_name = names[i],
                                .port = i == 3 ? 6081 : 80,
                                .target_type = i == 4 ? R53_TARGET_ALB : R53_TARGET_INSTANCE};
    vary(&p->in, group, group_members, LENGTH(group_members), any_text);
}

static int32_t group_create(struct play *p)
{
    r53_target_group group;

    group_make(p, &group);
    return r53_target_group_create(p->cloud, &group, p->report);
}

static int32_t group_delete(struct play *p)
{
    return r53_target_group_delete(p->cloud, ONE_OF(&p->in, group_arns), p->report);
}

static int32_t group_attributes(struct play *p)
{
    static const r53_attribute attributes[] = {
        {"stickiness.enabled", "true"},
        {"stickiness.type", "lb_cookie"},
        {"stickiness.type", "source_ip"},
        {"stickiness.type", "app_cookie"},
        {"stickiness.app_cookie.cookie_name", "SID"},
        {"load_balancing.algorithm.type", "least_outstanding_requests"},
        {"load_balancing.algorithm.type", "weighted_random"},
        {"load_balancing.algorithm.anomaly_mitigation", "on"},
        {"slow_start.duration_seconds", "30"},
        {"deregistration_delay.timeout_seconds", "0"},
        {"deregistration_delay.timeout_seconds", "3601"},
        {"load_balancing.cross_zone.enabled", "true"},
        {"target_group_health.dns_failover.minimum_healthy_targets.count", "2"},
        {"target_failover.on_unhealthy", "rebalance"},
        {"no.such.key", "1"},
    };
    const char *arn = ONE_OF(&p->in, group_arns);
    const r53_attribute two[] = {ONE_OF(&p->in, attributes), ONE_OF(&p->in, attributes)};

    return r53_target_group_modify_attributes(p->cloud, arn, two, 1 + below(&p->in, 2), p->report);
}

/* Targets; of a Classic load balancer its instances */

static const struct member target_members[] = {
    NUMBER_OF(r53_target, port),
    TEXT_OF(r53_target, id),
    TEXT_OF(r53_target, availability_zone),
    TEXT_OF(r53_target, quic_server_id),
};

static const char *group_pick(struct play *p)
{
    size_t i = below(&p->in, LENGTH(group_arns) + 1);

    return i < LENGTH(group_arns) ? group_arns[i] : balancer_names[2].arn;
}

static void target_make(struct play *p, r53_target *target)
{
    *target = (r53_target){.size = sizeof(*target), .id = ONE_OF(&p->in, target_ids)};
    vary(&p->in, target, target_members, LENGTH(target_members), any_text);
}

static int32_t target_register(struct play *p)
{
    const char *arn = group_pick(p);
    r53_target target;

    target_make(p, &target);
    return r53_target_register(p->cloud, arn, &target, p->now_ms, p->report);
}

static int32_t target_deregister(struct play *p)
{
    const char *arn = group_pick(p);
    r53_target target;

    target_make(p, &target);
    return r53_target_deregister(p->cloud, arn, &target, p->now_ms, p->report);
}

static call_function *const calls[] = {
    balancer_create, balancer_create,  balancer_zones,  balancer_delete, balancer_attributes,
    listener_create, listener_create,  listener_modify, listener_delete, rule_create,
    rule_create,     rule_priorities,  rule_delete,     group_create,    group_create,
    group_delete,    group_attributes, target_register, target_register, target_deregister,
};

const struct call_table balancer_calls = {calls, LENGTH(calls)};
