/*
 * Calls of target groups and their targets; of a Classic load balancer its instances.
 */
#include "fuzz/calls.h"

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

/* Its health check; what else is given is most often what the group has. */
static int32_t group_modify(struct play *p)
{
    r53_target_group group;

    group_make(p, &group);
    return r53_target_group_modify(p->cloud, &group, p->report);
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
    group_create,    group_create,    group_delete,      group_attributes,
    target_register, target_register, target_deregister, group_modify,
};

const struct call_table group_calls = {calls, LENGTH(calls)};
