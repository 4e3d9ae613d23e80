#include "support/elb_text.h"

#include "support/harness.h"

#include <stdio.h>

/* A member that stands alone: a number or a text. */
struct member {
    const char *name;
    size_t at;
    enum { INTEGER, LONG, TEXT } form;
    int32_t usual; /* a number that goes without saying, beside 0 */
};

#define USUAL(type, member, value)                                                                 \
    {                                                                                              \
#member, offsetof(type, member), INTEGER, value                                            \
    }
#define INT(type, member) USUAL(type, member, 0)
#define TXT(type, member)                                                                          \
    {                                                                                              \
#member, offsetof(type, member), TEXT, 0                                                   \
    }

static const struct member zone_members[] = {
    TXT(r53_availability_zone, zone_name),
    TXT(r53_availability_zone, subnet_id),
    TXT(r53_availability_zone, zone_id),
};

static const struct member balancer_members[] = {
    TXT(r53_load_balancer, load_balancer_arn),
    TXT(r53_load_balancer, load_balancer_name),
    TXT(r53_load_balancer, dns_name),
    TXT(r53_load_balancer, canonical_hosted_zone_id),
    TXT(r53_load_balancer, vpc_id),
    INT(r53_load_balancer, type),
    INT(r53_load_balancer, scheme),
    INT(r53_load_balancer, state),
    INT(r53_load_balancer, ip_address_type),
    INT(r53_load_balancer, cross_zone),
    INT(r53_load_balancer, drop_invalid_header_fields),
    INT(r53_load_balancer, preserve_host_header),
    INT(r53_load_balancer, desync_mitigation_mode),
    INT(r53_load_balancer, waf_fail_open),
    INT(r53_load_balancer, client_routing_policy),
    INT(r53_load_balancer, http2_enabled),
    INT(r53_load_balancer, idle_timeout_seconds),
    INT(r53_load_balancer, connection_draining_seconds),
    INT(r53_load_balancer, healthy_threshold),
    INT(r53_load_balancer, unhealthy_threshold),
    USUAL(r53_load_balancer, enforce_security_group_inbound_rules_on_private_link_traffic,
          R53_OPTION_ON),
    USUAL(r53_load_balancer, xff_header_processing_mode, R53_XFF_APPEND),
    USUAL(r53_load_balancer, xff_client_port, R53_OPTION_OFF),
    USUAL(r53_load_balancer, zonal_shift, R53_OPTION_OFF),
    USUAL(r53_load_balancer, deletion_protection, R53_OPTION_OFF),
};

static const struct member certificate_members[] = {
    TXT(r53_certificate, certificate_arn),
    INT(r53_certificate, is_default),
    TXT(r53_certificate, key_algorithm),
    TXT(r53_certificate, signature_algorithm),
    {"not_before_ms", offsetof(r53_certificate, not_before_ms), LONG, 0},
    {"not_after_ms", offsetof(r53_certificate, not_after_ms), LONG, 0},
};

static const struct member listener_members[] = {
    TXT(r53_listener, listener_arn),
    TXT(r53_listener, load_balancer_arn),
    INT(r53_listener, protocol),
    INT(r53_listener, port),
    INT(r53_listener, instance_protocol),
    INT(r53_listener, instance_port),
    INT(r53_listener, mutual_authentication),
    INT(r53_listener, stickiness_type),
    INT(r53_listener, cookie_expiration_period_s),
    TXT(r53_listener, app_cookie_name),
    INT(r53_listener, tcp_idle_timeout_seconds),
};

static const struct member action_members[] = {
    INT(r53_listener_action, type),
    INT(r53_listener_action, order),
    TXT(r53_listener_action, status_code),
    TXT(r53_listener_action, protocol),
    TXT(r53_listener_action, host),
    TXT(r53_listener_action, port),
    TXT(r53_listener_action, path),
    TXT(r53_listener_action, query),
    TXT(r53_listener_action, content_type),
    TXT(r53_listener_action, message_body),
    INT(r53_listener_action, stickiness_enabled),
    INT(r53_listener_action, stickiness_duration_s),
    TXT(r53_listener_action, on_unauthenticated_request),
    TXT(r53_listener_action, issuer),
    TXT(r53_listener_action, jwks_endpoint),
};

static const struct member condition_members[] = {
    TXT(r53_condition, field),
    TXT(r53_condition, http_header_name),
    TXT(r53_condition, ip_address_type),
};

static const struct member transform_members[] = {
    TXT(r53_transform, type),
    TXT(r53_transform, regex),
    TXT(r53_transform, replace),
};

static const struct member rule_members[] = {
    TXT(r53_listener_rule, listener_arn),
    TXT(r53_listener_rule, priority),
    TXT(r53_listener_rule, rule_arn),
};

static const struct member group_members[] = {
    TXT(r53_target_group, target_group_arn),
    TXT(r53_target_group, target_group_name),
    TXT(r53_target_group, vpc_id),
    INT(r53_target_group, protocol),
    INT(r53_target_group, port),
    INT(r53_target_group, target_type),
    INT(r53_target_group, ip_address_type),
    INT(r53_target_group, health_check_enabled),
    INT(r53_target_group, cross_zone),
    INT(r53_target_group, dns_failover_count),
    INT(r53_target_group, dns_failover_percentage),
    INT(r53_target_group, unhealthy_routing_count),
    INT(r53_target_group, unhealthy_routing_percentage),
    INT(r53_target_group, protocol_version),
    INT(r53_target_group, health_check_protocol),
    TXT(r53_target_group, health_check_port),
    TXT(r53_target_group, health_check_path),
    TXT(r53_target_group, matcher),
    INT(r53_target_group, health_check_interval_seconds),
    INT(r53_target_group, health_check_timeout_seconds),
    INT(r53_target_group, healthy_threshold_count),
    INT(r53_target_group, unhealthy_threshold_count),
    INT(r53_target_group, deregistration_delay_seconds),
    INT(r53_target_group, stickiness_enabled),
    INT(r53_target_group, stickiness_type),
    INT(r53_target_group, lb_cookie_duration_seconds),
    INT(r53_target_group, app_cookie_duration_seconds),
    INT(r53_target_group, algorithm_type),
    TXT(r53_target_group, app_cookie_name),
    INT(r53_target_group, anomaly_mitigation),
    INT(r53_target_group, slow_start_seconds),
    INT(r53_target_group, connection_termination),
    INT(r53_target_group, preserve_client_ip),
    INT(r53_target_group, unhealthy_connection_termination),
    INT(r53_target_group, draining_interval_seconds),
    INT(r53_target_group, failover_on_deregistration),
    INT(r53_target_group, failover_on_unhealthy),
    INT(r53_target_group, target_control_port),
    USUAL(r53_target_group, proxy_protocol_v2, R53_OPTION_OFF),
    USUAL(r53_target_group, send_tcp_reset_on_deregistration, R53_OPTION_OFF),
    USUAL(r53_target_group, send_tcp_reset_on_unhealthy, R53_OPTION_OFF),
};

static const struct member target_members[] = {
    TXT(r53_target, id),
    INT(r53_target, port),
    TXT(r53_target, availability_zone),
    TXT(r53_target, quic_server_id),
};

static void put(struct elb_text *out, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(out->at + out->n, sizeof(out->at) - out->n, format, args);
    va_end(args);
    assert_true(n >= 0 && out->n + (size_t)n < sizeof(out->at));
    out->n += (size_t)n;
}

static void put_member(struct elb_text *out, const struct member *member, const char *of)
{
    const char *text;
    int32_t number;
    int64_t wide;

    if (member->form == TEXT) {
        memcpy(&text, of + member->at, sizeof(text));
        if (text)
            put(out, " %s=%s", member->name, text);
        return;
    }
    memcpy(&number, of + member->at, sizeof(number));
    wide = number;
    if (member->form == LONG)
        memcpy(&wide, of + member->at, sizeof(wide));
    if (wide && wide != member->usual)
        put(out, " %s=%lld", member->name, (long long)wide);
}

#define PUT_MEMBERS(out, rows, of)                                                                 \
    do {                                                                                           \
        for (size_t i_ = 0; i_ < COUNT(rows); i_++)                                                \
            put_member(out, &(rows)[i_], (const char *)(of));                                      \
    } while (0)

static void put_texts(struct elb_text *out, const char *name, const char *const *texts, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        put(out, "%s%s", i ? "," : " ", i ? "" : name), put(out, "%s%s", i ? "" : "=", texts[i]);
}

static void put_actions(struct elb_text *out, const r53_listener_action *const *actions, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        put(out, " {action");
        PUT_MEMBERS(out, action_members, actions[i]);
        for (uint32_t j = 0; j < actions[i]->n_target_groups; j++)
            put(out, " %s:%u", actions[i]->target_groups[j].target_group_arn,
                (unsigned)actions[i]->target_groups[j].weight);
        put(out, "}");
    }
}

const char *elb_text_balancer(struct elb_text *out, const r53_load_balancer *lb)
{
    assert_int_equal(lb->size, sizeof(*lb));
    put(out, "balancer");
    PUT_MEMBERS(out, balancer_members, lb);
    for (uint32_t i = 0; i < lb->n_availability_zones; i++) {
        const r53_availability_zone *zone = lb->availability_zones[i];

        put(out, " {zone");
        PUT_MEMBERS(out, zone_members, zone);
        put_texts(out, "addresses", zone->addresses, zone->n_addresses);
        put(out, "}");
    }
    put_texts(out, "security-groups", lb->security_groups, lb->n_security_groups);
    put_texts(out, "instances", lb->instances, lb->n_instances);
    put(out, "\n");
    return out->at;
}

const char *elb_text_listener(struct elb_text *out, const r53_listener *listener)
{
    assert_int_equal(listener->size, sizeof(*listener));
    put(out, "listener");
    PUT_MEMBERS(out, listener_members, listener);
    put_texts(out, "alpn", listener->alpn_policy, listener->n_alpn_policy);
    for (uint32_t i = 0; i < listener->n_certificates; i++) {
        put(out, " {certificate");
        PUT_MEMBERS(out, certificate_members, listener->certificates[i]);
        put_texts(out, "names", listener->certificates[i]->domain_names,
                  listener->certificates[i]->n_domain_names);
        put(out, "}");
    }
    put_actions(out, listener->default_actions, listener->n_default_actions);
    put(out, "\n");
    return out->at;
}

static void put_condition(struct elb_text *out, const r53_condition *condition)
{
    put(out, " {if");
    PUT_MEMBERS(out, condition_members, condition);
    put_texts(out, "values", condition->values, condition->n_values);
    put_texts(out, "regex", condition->regex_values, condition->n_regex_values);
    for (uint32_t i = 0; i < condition->n_query_string; i++)
        put(out, " %s:%s",
            condition->query_string[i].key ? condition->query_string[i].key : "(any)",
            condition->query_string[i].value);
    put(out, "}");
}

const char *elb_text_rule(struct elb_text *out, const r53_listener_rule *rule)
{
    assert_int_equal(rule->size, sizeof(*rule));
    put(out, "rule");
    PUT_MEMBERS(out, rule_members, rule);
    for (uint32_t i = 0; i < rule->n_conditions; i++)
        put_condition(out, rule->conditions[i]);
    put_actions(out, rule->actions, rule->n_actions);
    for (uint32_t i = 0; i < rule->n_transforms; i++) {
        put(out, " {transform");
        PUT_MEMBERS(out, transform_members, rule->transforms[i]);
        put(out, "}");
    }
    put(out, "\n");
    return out->at;
}

const char *elb_text_group(struct elb_text *out, const r53_target_group *group)
{
    assert_int_equal(group->size, sizeof(*group));
    put(out, "group");
    PUT_MEMBERS(out, group_members, group);
    put_texts(out, "used-by", group->load_balancer_arns, group->n_load_balancer_arns);
    put(out, "\n");
    return out->at;
}

const char *elb_text_target(struct elb_text *out, const r53_target *target)
{
    assert_int_equal(target->size, sizeof(*target));
    put(out, "  target");
    PUT_MEMBERS(out, target_members, target);
    put(out, "\n");
    return out->at;
}

/* Each kind, one after the other: what is done with each struct, until one fails. */

struct visitor {
    int32_t (*balancer)(void *ctx, const r53_load_balancer *);
    int32_t (*listener)(void *ctx, const r53_listener *);
    int32_t (*rule)(void *ctx, const r53_listener_rule *);
    int32_t (*group)(void *ctx, const r53_target_group *);
    int32_t (*target)(void *ctx, const char *group_arn, const r53_target *);
};

static int32_t targets_visit(const struct visitor *v, void *ctx, const r53_cloud *cloud,
                             const char *group_arn)
{
    r53_elb_listing *targets;
    const r53_target *target;
    int32_t rc = r53_targets_list(&targets, cloud, group_arn, NULL);

    while (rc == R53_OK && (target = r53_elb_listing_next_target(targets)))
        rc = v->target(ctx, group_arn, target);
    r53_elb_listing_free(targets);
    return rc;
}

static int32_t front_visit(const struct visitor *v, void *ctx, r53_elb_listing *const lists[4])
{
    const r53_load_balancer *lb;
    const r53_listener *listener;
    const r53_listener_rule *rule;
    int32_t rc = R53_OK;

    while (rc == R53_OK && (lb = r53_elb_listing_next_load_balancer(lists[0])))
        rc = v->balancer(ctx, lb);
    while (rc == R53_OK && (listener = r53_elb_listing_next_listener(lists[1])))
        rc = v->listener(ctx, listener);
    while (rc == R53_OK && (rule = r53_elb_listing_next_listener_rule(lists[2])))
        rc = v->rule(ctx, rule);
    return rc;
}

static int32_t visit(const struct visitor *v, void *ctx, const r53_cloud *cloud)
{
    r53_elb_listing *lists[4];
    const r53_target_group *group;
    int32_t rc;

    assert_int_equal(r53_load_balancers_list(&lists[0], cloud), R53_OK);
    assert_int_equal(r53_listeners_list(&lists[1], cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_listener_rules_list(&lists[2], cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_target_groups_list(&lists[3], cloud, NULL, NULL), R53_OK);
    rc = front_visit(v, ctx, lists);
    while (rc == R53_OK && (group = r53_elb_listing_next_target_group(lists[3]))) {
        rc = v->group(ctx, group);
        if (rc == R53_OK)
            rc = targets_visit(v, ctx, cloud, group->target_group_arn);
    }
    for (size_t i = 0; i < COUNT(lists); i++)
        r53_elb_listing_free(lists[i]);
    return rc;
}

/* As text */

static int32_t text_balancer(void *ctx, const r53_load_balancer *lb)
{
    elb_text_balancer(ctx, lb);
    return R53_OK;
}

static int32_t text_listener(void *ctx, const r53_listener *listener)
{
    elb_text_listener(ctx, listener);
    return R53_OK;
}

static int32_t text_rule(void *ctx, const r53_listener_rule *rule)
{
    elb_text_rule(ctx, rule);
    return R53_OK;
}

static int32_t text_group(void *ctx, const r53_target_group *group)
{
    elb_text_group(ctx, group);
    return R53_OK;
}

static int32_t text_target(void *ctx, const char *group_arn, const r53_target *target)
{
    (void)group_arn;
    elb_text_target(ctx, target);
    return R53_OK;
}

/* What is said apart from the objects. */
static void apart_put(struct elb_text *out, const r53_cloud *cloud)
{
    const r53_node_addresses *node;
    const r53_instance_zone *instance;
    r53_elb_listing *listing;

    assert_int_equal(r53_node_addresses_list(&listing, cloud), R53_OK);
    while ((node = r53_elb_listing_next_node_addresses(listing))) {
        put(out, "node %s %s", node->load_balancer, node->zone_name);
        for (uint32_t i = 0; i < node->n_addresses; i++)
            put(out, " %s", node->addresses[i]);
        put(out, "\n");
    }
    r53_elb_listing_free(listing);
    assert_int_equal(r53_instances_list(&listing, cloud), R53_OK);
    while ((instance = r53_elb_listing_next_instance(listing)))
        put(out, "instance %s %s\n", instance->instance_id, instance->availability_zone);
    r53_elb_listing_free(listing);
}

const char *elb_text(struct elb_text *out, const r53_cloud *cloud)
{
    static const struct visitor texts = {text_balancer, text_listener, text_rule, text_group,
                                         text_target};

    out->n = 0;
    out->at[0] = '\0';
    assert_int_equal(visit(&texts, out, cloud), R53_OK);
    apart_put(out, cloud);
    return out->at;
}

/* Into an import */

static int32_t import_balancer(void *ctx, const r53_load_balancer *lb)
{
    return r53_import_load_balancer(ctx, lb);
}

static int32_t import_listener(void *ctx, const r53_listener *listener)
{
    return r53_import_listener(ctx, listener);
}

static int32_t import_rule(void *ctx, const r53_listener_rule *rule)
{
    return r53_import_rule(ctx, rule);
}

static int32_t import_group(void *ctx, const r53_target_group *group)
{
    return r53_import_target_group(ctx, group);
}

static int32_t import_target(void *ctx, const char *group_arn, const r53_target *target)
{
    return r53_import_target(ctx, group_arn, target, 0, NULL);
}

static int32_t apart_import(r53_import *import, const r53_cloud *cloud)
{
    const r53_node_addresses *node;
    const r53_instance_zone *instance;
    r53_elb_listing *listing;
    int32_t rc = R53_OK;

    assert_int_equal(r53_node_addresses_list(&listing, cloud), R53_OK);
    while (rc == R53_OK && (node = r53_elb_listing_next_node_addresses(listing)))
        rc = r53_import_node_addresses(import, node->load_balancer, node->zone_name,
                                       node->addresses, node->n_addresses);
    r53_elb_listing_free(listing);
    assert_int_equal(r53_instances_list(&listing, cloud), R53_OK);
    while (rc == R53_OK && (instance = r53_elb_listing_next_instance(listing)))
        rc = r53_import_instance(import, instance->instance_id, instance->availability_zone);
    r53_elb_listing_free(listing);
    return rc;
}

int32_t elb_import(r53_import *import, const r53_cloud *cloud)
{
    static const struct visitor imports = {import_balancer, import_listener, import_rule,
                                           import_group, import_target};
    int32_t rc = visit(&imports, import, cloud);

    return rc == R53_OK ? apart_import(import, cloud) : rc;
}

r53_cloud *elb_copy(const r53_cloud *cloud, const r53_cloud_options *options)
{
    r53_import *import;
    r53_cloud *copy;

    assert_int_equal(r53_cloud_new(&copy, options), R53_OK);
    assert_int_equal(r53_import_new(&import, copy, NULL, NULL), R53_OK);
    assert_int_equal(elb_import(import, cloud), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    return copy;
}
