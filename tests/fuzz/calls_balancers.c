/*
 * Calls of Elastic Load Balancing's change doors: load balancers, listeners, rules.
 */
#include "fuzz/calls.h"

static const char *const rule_arns[] = {
    ARNS "listener-rule/app/alb/1/80/1", ARNS "listener-rule/app/alb/1/80/2",
    ARNS "listener-rule/app/two/1/443/1", ARNS "listener-rule/net/nlb/1/80/1"};

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

/* Only such a network load balancer can be given others. */
static int32_t balancer_create_guarded(struct play *p)
{
    static const char *const guard = "sg-1";
    r53_load_balancer lb;
    struct zones zones;

    balancer_make(p, &lb, &zones);
    lb.security_groups = &guard;
    lb.n_security_groups = 1;
    return r53_load_balancer_create(p->cloud, &lb, p->report);
}

static int32_t balancer_zones(struct play *p)
{
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    struct zones zones;

    zones_make(p, &zones);
    return r53_load_balancer_set_zones(p->cloud, arn, zones.list, zones.n, p->report);
}

static int32_t balancer_subnets(struct play *p)
{
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    struct zones zones;

    zones_make(p, &zones);
    return r53_load_balancer_set_subnets(p->cloud, arn, zones.list, zones.n, number(&p->in),
                                         p->report);
}

static int32_t balancer_address_type(struct play *p)
{
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    int32_t type = take(&p->in) % 8 == 1 ? number(&p->in) : 1 + (int32_t)below(&p->in, 4);

    return r53_load_balancer_set_ip_address_type(p->cloud, arn, type, p->report);
}

static int32_t balancer_guards(struct play *p)
{
    static const char *const ids[] = {"sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"};
    const char *arn = ONE_OF(&p->in, balancer_names).arn;
    size_t n = below(&p->in, LENGTH(ids) + 1);

    return r53_load_balancer_set_security_groups(p->cloud, arn, ids, n, (int32_t)below(&p->in, 4),
                                                 p->report);
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

static int32_t listener_attributes(struct play *p)
{
    static const r53_attribute attributes[] = {
        {"tcp.idle_timeout.seconds", "60"},
        {"tcp.idle_timeout.seconds", "6001"},
        {"routing.http.response.server.enabled", "false"},
        {"routing.http.request.x_amzn_tls_version.header_name", "X"},
        {"no.such.key", "1"},
    };
    const char *arn = ONE_OF(&p->in, listener_arns);
    const r53_attribute two[] = {ONE_OF(&p->in, attributes), ONE_OF(&p->in, attributes)};

    return r53_listener_modify_attributes(p->cloud, arn, two, 1 + below(&p->in, 2), p->report);
}

static const char *const certificate_arns[] = {"arn:aws:acm:us-east-1:1:certificate/a",
                                               "arn:aws:acm:us-east-1:1:certificate/b",
                                               "arn:aws:acm:us-east-1:1:certificate/c", ""};

static int32_t certificate_add(struct play *p)
{
    const char *arn = ONE_OF(&p->in, listener_arns);
    r53_certificate added = certificate;

    added.certificate_arn = ONE_OF(&p->in, certificate_arns);
    added.is_default = take(&p->in) % 8 == 1;
    added.n_domain_names = take(&p->in) % 2;
    return r53_listener_add_certificate(p->cloud, arn, &added, p->report);
}

static int32_t certificate_remove(struct play *p)
{
    const char *arn = ONE_OF(&p->in, listener_arns);

    return r53_listener_remove_certificate(p->cloud, arn, ONE_OF(&p->in, certificate_arns),
                                           p->report);
}

static int32_t listener_delete(struct play *p)
{
    return r53_listener_delete(p->cloud, ONE_OF(&p->in, listener_arns), p->report);
}

static int32_t balancer_create_classic(struct play *p)
{
    r53_listener made[2];
    const r53_listener *const list[] = {&made[0], &made[1]};
    struct actions actions[2];
    r53_load_balancer lb;
    struct zones zones;

    balancer_make(p, &lb, &zones);
    for (size_t i = 0; i < 2; i++) {
        listener_make(p, &made[i], &actions[i]);
        if (take(&p->in) % 4 == 1)
            continue;
        made[i].listener_arn = made[i].load_balancer_arn = NULL;
        made[i].protocol = made[i].instance_protocol = R53_PROTOCOL_HTTP;
        made[i].port = made[i].instance_port = 80 + (int32_t)i;
        made[i].n_certificates = 0;
    }
    return r53_load_balancer_create_classic(p->cloud, &lb, list, below(&p->in, 3), p->report);
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

static int32_t rule_modify(struct play *p)
{
    r53_listener_rule rule;
    struct rule_parts parts;
    uint8_t keep = take(&p->in);

    rule_make(p, &rule, &parts);
    if (!(keep & 1))
        rule.n_conditions = 0;
    if (!(keep & 2))
        rule.n_actions = 0;
    if (!(keep & 4))
        rule.priority = NULL;
    rule.reset_transforms = (keep & 24) == 8;
    return r53_listener_rule_modify(p->cloud, &rule, p->report);
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

/* A seed says the number of a row: what is new stands at the end. */
static call_function *const calls[] = {
    balancer_create,
    balancer_create,
    balancer_zones,
    balancer_delete,
    balancer_attributes,
    listener_create,
    listener_create,
    listener_modify,
    listener_delete,
    rule_create,
    rule_create,
    rule_priorities,
    rule_delete,
    rule_modify,
    balancer_create_guarded,
    balancer_guards,
    balancer_subnets,
    balancer_address_type,
    listener_attributes,
    certificate_add,
    certificate_remove,
    balancer_create_classic,
};

const struct call_table balancer_calls = {calls, LENGTH(calls)};
