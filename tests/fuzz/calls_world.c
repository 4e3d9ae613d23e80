/*
 * What is observed, and imports: one at a time, filled by several calls, committed or dropped.
 */
#include "fuzz/calls.h"

static const r53_target *target_pick(struct play *p, r53_target *target)
{
    *target = (r53_target){.size = sizeof(*target),
                           .id = ONE_OF(&p->in, target_ids),
                           .port = take(&p->in) % 4 == 1 ? 80 : 0};
    return target;
}

/* Observations */

static int32_t observe_target(struct play *p)
{
    static const char *const reasons[] = {NULL, "Target.Timeout", "x"};
    const char *arn = ONE_OF(&p->in, group_arns), *reason = ONE_OF(&p->in, reasons);
    r53_target target;

    target_pick(p, &target);
    return r53_observe_target(p->observed, arn, &target, number(&p->in), reason);
}

static int32_t forget_target(struct play *p)
{
    const char *arn = ONE_OF(&p->in, group_arns);
    r53_target target;

    return r53_forget_target(p->observed, arn, target_pick(p, &target));
}

static int32_t observe_instance(struct play *p)
{
    const char *id = ONE_OF(&p->in, target_ids);

    return r53_observe_instance(p->observed, id, number(&p->in));
}

static int32_t observe_probe(struct play *p)
{
    static const int32_t codes[] = {0, 200, 301, 500, -1};
    r53_target target;
    r53_target_probe probe = {.size = sizeof(probe), .now_ms = p->now_ms};

    probe.target_group_arn = ONE_OF(&p->in, group_arns);
    probe.target = target_pick(p, &target);
    probe.passed = (int32_t)below(&p->in, 2);
    probe.status_code = ONE_OF(&p->in, codes);
    return r53_observe_probe(p->observed, p->cloud, &probe, p->report);
}

static int32_t observe_weight(struct play *p)
{
    const char *arn = ONE_OF(&p->in, group_arns);
    r53_target target;

    target_pick(p, &target);
    if (take(&p->in) % 2)
        return r53_observe_target_slots(p->observed, arn, &target, number(&p->in));
    return r53_observe_mitigation(p->observed, arn, &target, number(&p->in));
}

static int32_t observe_check(struct play *p)
{
    static const char *const checkers[] = {"a", "b", "us-east-1/192.0.2.44"};
    const char *id = ONE_OF(&p->in, check_ids), *checker = ONE_OF(&p->in, checkers);
    int32_t state = (int32_t)below(&p->in, 5) - 1;

    switch (below(&p->in, 3)) {
    case 0:
        return r53_observe_checker(p->observed, id, checker, state);
    case 1:
        return r53_observe_alarm(p->observed, id, state);
    default:
        return r53_observe_health_check(p->observed, id, state);
    }
}

static int32_t observe_zone(struct play *p)
{
    const char *arn = ONE_OF(&p->in, balancer_names).arn, *zone = ONE_OF(&p->in, az_names);
    int32_t value = (int32_t)below(&p->in, 3);

    if (take(&p->in) % 2)
        return r53_observe_zone_impaired(p->observed, arn, zone, value);
    return r53_observe_zonal_shift(p->observed, arn, zone, value);
}

static int32_t observe_place(struct play *p)
{
    static const char *const prefixes[] = {"203.0.113.0/24", "2001:db8::/32", "0.0.0.0/0", "x"};
    const char *prefix = ONE_OF(&p->in, prefixes);
    r53_place place = {.size = sizeof(place), .country_code = "DE"};
    static const struct member members[] = {
        NUMBER_OF(r53_place, has_coordinates), NUMBER_OF(r53_place, latitude),
        TEXT_OF(r53_place, continent_code),    TEXT_OF(r53_place, country_code),
        TEXT_OF(r53_place, subdivision_code),
    };

    vary(&p->in, &place, members, LENGTH(members), any_text);
    return r53_observe_place(p->observed, prefix, take(&p->in) % 8 == 1 ? NULL : &place, p->report);
}

static int32_t observe_latency(struct play *p)
{
    static const char *const clients[] = {"203.0.113.0/24", "DE", "EU", "us-east-1", "US-CA", "?"};
    static const char *const regions[] = {"us-east-1", "eu-west-1", "nowhere"};
    const char *client = ONE_OF(&p->in, clients), *region = ONE_OF(&p->in, regions);

    return r53_observe_latency(p->observed, client, region, number(&p->in), p->report);
}

static int32_t observe_addresses(struct play *p)
{
    static const char *const addresses[] = {"198.51.100.1", "2001:db8::9", "bad"};
    static const char *const names[] = {"d1.cloudfront.net", "www.example.net", "a..b"};
    const char *name = ONE_OF(&p->in, names);
    const char *const two[] = {ONE_OF(&p->in, addresses), ONE_OF(&p->in, addresses)};

    return r53_observe_addresses(p->observed, name, two, below(&p->in, 3), p->report);
}

/* Imports. Those that need one begin it. */

static int32_t import_begin(struct play *p)
{
    if (p->import)
        return R53_OK;
    return r53_import_new(&p->import, p->cloud, p->observed, p->report);
}

static int32_t import_drop(struct play *p)
{
    r53_import_free(p->import);
    p->import = NULL;
    return R53_OK;
}

static int32_t import_commit(struct play *p)
{
    int32_t rc = import_begin(p);

    return rc ? rc : r53_import_commit(p->import);
}

static int32_t import_zone(struct play *p)
{
    r53_hosted_zone zone = {.size = sizeof(zone), .id = ONE_OF(&p->in, zone_ids)};
    const char *value = "192.0.2.33";
    r53_record_set set = {.size = sizeof(set), .type = R53_TYPE_A, .values = &value, .n_values = 1};
    int32_t rc = import_begin(p);

    zone.name = ONE_OF(&p->in, record_names);
    zone.private_zone = (int32_t)below(&p->in, 2);
    set.name = ONE_OF(&p->in, record_names);
    set.alias_dns_name = take(&p->in) % 4 == 1 ? ONE_OF(&p->in, balancer_names).dns_name : NULL;
    set.alias_hosted_zone_id = set.alias_dns_name ? "Z35SXDOTRQ7X7K" : NULL;
    set.n_values = !set.alias_dns_name;
    if (rc == R53_OK && take(&p->in) % 2)
        return r53_import_hosted_zone(p->import, &zone);
    return rc ? rc : r53_import_record_set(p->import, zone.id, &set);
}

static int32_t import_file(struct play *p)
{
    static const char text[] = "@ SOA ns host 1 2 3 4 60\nwww 60 A 192.0.2.77\nx HINFO a b\n";
    r53_hosted_zone zone = {.size = sizeof(zone), .id = ONE_OF(&p->in, zone_ids)};
    r53_zone_file_options options = {.size = sizeof(options), .hosted_zone = &zone};
    int32_t rc = import_begin(p);

    zone.name = ONE_OF(&p->in, record_names);
    options.lenient = (int32_t)below(&p->in, 2);
    return rc ? rc
              : r53_import_zone_file(p->import, &options, text,
                                     take(&p->in) ? sizeof(text) - 1 : take(&p->in) % 40);
}

static int32_t import_balancer(struct play *p)
{
    const struct balancer_name *name = &ONE_OF(&p->in, balancer_names);
    const char *const instances[] = {ONE_OF(&p->in, target_ids), ONE_OF(&p->in, target_ids)};
    const r53_availability_zone zone = {.size = sizeof(zone),
                                        .zone_name = ONE_OF(&p->in, az_names)};
    const r53_availability_zone *const zones[] = {&zone, &zone};
    static const char *const security_groups[] = {"sg-1", "sg-2"};
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = name->type,
                            .load_balancer_arn = name->arn,
                            .load_balancer_name = name->name,
                            .dns_name = name->dns_name,
                            .availability_zones = zones,
                            .security_groups = security_groups,
                            .instances = instances};
    int32_t rc = import_begin(p);

    lb.n_availability_zones = (uint32_t)below(&p->in, 3);
    lb.n_security_groups = (uint32_t)below(&p->in, 3);
    lb.n_instances = name->type == R53_LB_CLASSIC ? (uint32_t)below(&p->in, 3) : 0;
    return rc ? rc : r53_import_load_balancer(p->import, &lb);
}

static int32_t import_group(struct play *p)
{
    r53_target_group group = {.size = sizeof(group),
                              .target_group_arn = ONE_OF(&p->in, group_arns),
                              .port = number(&p->in),
                              .protocol = number(&p->in),
                              .target_type = number(&p->in)};
    int32_t rc = import_begin(p);

    return rc ? rc : r53_import_target_group(p->import, &group);
}

static int32_t import_target(struct play *p)
{
    const char *arn = ONE_OF(&p->in, group_arns);
    int32_t state = (int32_t)below(&p->in, 9), rc = import_begin(p);
    r53_target target;

    target_pick(p, &target);
    return rc ? rc : r53_import_target(p->import, arn, &target, state, NULL);
}

static int32_t import_text(struct play *p)
{
    static const char *const prefixes[] = {"203.0.113.0/24", "10.0.0.0/8", "::/0", "x"};
    const char *arn = any_text(&p->in), *key = any_text(&p->in), *value = any_text(&p->in);
    int32_t rc = import_begin(p), state = number(&p->in);
    r53_target target;

    target_pick(p, &target);
    if (rc)
        return rc;
    switch (below(&p->in, 16)) {
    case 0:
        return r53_import_target_group_attribute(p->import, arn, "stickiness.enabled", value);
    case 1:
        return r53_import_load_balancer_attribute(p->import, arn, key, value);
    case 2:
        return r53_import_listener_attribute(p->import, arn, key, value);
    case 3:
        return r53_import_node_addresses(p->import, arn, az_names[0], &value, value != NULL);
    case 4:
        return r53_import_instance(p->import, ONE_OF(&p->in, target_ids), key);
    case 5:
        return r53_import_instance_state(p->import, ONE_OF(&p->in, target_ids), state);
    case 6:
        return r53_import_addresses(p->import, key, &value, value != NULL);
    case 7:
        return r53_import_checker(p->import, key, value, state);
    case 8:
        return r53_import_health_check_status(p->import, key, state);
    case 9:
        return r53_import_alarm(p->import, key, state);
    case 10:
        return r53_import_zonal_shift(p->import, arn, az_names[1], state);
    case 11:
        return r53_import_zone_impaired(p->import, arn, az_names[1], state);
    case 12:
        return r53_import_mitigation(p->import, arn, &target, state);
    case 13:
        return r53_import_target_slots(p->import, arn, &target, state);
    case 14:
        return r53_import_latency(p->import, ONE_OF(&p->in, prefixes), "us-east-1", state);
    default:
        return r53_import_cidr_block(p->import, "c1", key, ONE_OF(&p->in, prefixes));
    }
}

static int32_t import_security(struct play *p)
{
    static const char *const ranges[] = {"0.0.0.0/0", "203.0.113.0/24", "x"};
    static const char *const protocols[] = {"tcp", "-1", "6", "udp", "?"};
    const char *range = ONE_OF(&p->in, ranges);
    r53_ip_permission permission = {.size = sizeof(permission),
                                    .from_port = number(&p->in),
                                    .to_port = number(&p->in),
                                    .ip_protocol = ONE_OF(&p->in, protocols),
                                    .ip_ranges = &range,
                                    .n_ip_ranges = 1};
    const r53_ip_permission *const permissions[] = {&permission};
    const r53_security_group group = {.size = sizeof(group),
                                      .group_id = take(&p->in) % 2 ? "sg-1" : "sg-2",
                                      .ip_permissions = permissions,
                                      .n_ip_permissions = (uint32_t)below(&p->in, 2)};
    int32_t rc = import_begin(p);

    return rc ? rc : r53_import_security_group(p->import, &group);
}

static call_function *const calls[] = {
    observe_target,  observe_target,    forget_target, observe_instance, observe_probe,
    observe_probe,   observe_weight,    observe_check, observe_zone,     observe_place,
    observe_latency, observe_addresses, import_drop,   import_commit,    import_commit,
    import_zone,     import_zone,       import_file,   import_balancer,  import_group,
    import_target,   import_text,       import_text,   import_security,
};

const struct call_table world_calls = {calls, LENGTH(calls)};
