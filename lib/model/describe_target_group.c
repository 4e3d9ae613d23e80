/*
 * Target groups described. Where 0 stands for AWS's default in the public struct, what is off is
 * said in the struct's own word for it, so that reading it again does not turn it on.
 */
#include "model/describe.h"

/* Off where 0 would be the default. */
static int32_t count_told(struct threshold threshold)
{
    return threshold.count == THRESHOLD_OFF ? -1 : (int32_t)threshold.count;
}

static void codes_put(struct text *text, const struct target_group *group)
{
    for (uint32_t i = 0; i < group->n_codes; i++) {
        struct code_range range = group->codes[i];

        r53__put(text, i ? "," : "");
        r53__put_i64(text, range.first);
        if (range.last == range.first)
            continue;
        r53__put_char(text, '-');
        r53__put_i64(text, range.last);
    }
}

/* ELB-VAL-06: "200,202", "200-299" */
static const char *matcher_text(const struct target_group *group, struct arena *arena)
{
    struct text text;
    char *buffer;

    r53__text_init(&text, NULL, 0);
    codes_put(&text, group);
    buffer = r53__arena_alloc(arena, text.length + 1, 1);
    if (!buffer)
        return NULL;
    r53__text_init(&text, buffer, text.length + 1);
    codes_put(&text, group);
    return buffer;
}

static void health_check_describe(const struct target_group *group, r53_target_group *out,
                                  struct arena *arena)
{
    out->health_check_enabled = group->health_checked ? R53_OPTION_ON : R53_OPTION_OFF;
    out->health_check_protocol = group->health_check_protocol;
    out->health_check_port = r53__text_or_null(group->health_check_port);
    out->health_check_path = r53__text_or_null(group->health_check_path);
    out->matcher = matcher_text(group, arena);
    out->health_check_interval_seconds = group->health_check_interval_seconds;
    out->health_check_timeout_seconds = group->health_check_timeout_seconds;
    out->healthy_threshold_count = group->healthy_threshold_count;
    out->unhealthy_threshold_count = group->unhealthy_threshold_count;
}

r53_target_group *r53__target_group_describe(const struct target_group *group, struct arena *arena)
{
    r53_target_group *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!out)
        return NULL;
    *out = (r53_target_group){.size = sizeof(*out),
                              .protocol = group->protocol,
                              .target_group_arn = group->arn,
                              .target_group_name = r53__text_or_null(group->name),
                              .vpc_id = r53__text_or_null(group->vpc_id),
                              .port = group->port,
                              .target_type = group->target_type,
                              .ip_address_type = group->ip_address_type,
                              .cross_zone = group->cross_zone,
                              .protocol_version = group->protocol_version,
                              .target_control_port = group->target_control_port};
    out->dns_failover_count = count_told(group->dns_failover);
    out->dns_failover_percentage = (int32_t)group->dns_failover.percentage;
    out->unhealthy_routing_count = count_told(group->unhealthy_routing);
    out->unhealthy_routing_percentage = (int32_t)group->unhealthy_routing.percentage;
    r53__attributes_describe(&r53__target_group_attributes, group, out);
    health_check_describe(group, out, arena);
    return arena->failed ? NULL : out;
}

/* ELB-NLB-04: "0x" and 16 digits. */
static const char *quic_text(uint64_t id, struct arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    char buffer[2 + 16 + 1] = "0x";

    for (int i = 0; i < 16; i++)
        buffer[2 + i] = digits[id >> (60 - 4 * i) & 15];
    return r53__arena_text(arena, buffer);
}

const r53_target *r53__target_describe(const struct target *target, struct arena *arena)
{
    r53_target *out = r53__arena_alloc(arena, 1, sizeof(*out));

    if (!out)
        return NULL;
    *out = (r53_target){.size = sizeof(*out),
                        .port = target->port,
                        .id = target->id,
                        .availability_zone = r53__text_or_null(target->zone)};
    if (target->has_quic_server_id)
        out->quic_server_id = quic_text(target->quic_server_id, arena);
    return arena->failed ? NULL : out;
}
