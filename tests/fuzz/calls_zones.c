/*
 * Calls of Route 53's change doors: hosted zones, record sets, health checks, CIDR collections.
 */
#include "fuzz/calls.h"

static const char *const zone_names[] = {
    "example.com", "example.com.", "sub.example.com",
    "example.net", "com",          "us-east-1.elb.amazonaws.com"};
static const r53_vpc vpcs[] = {{"us-east-1", "vpc-1"}, {"eu-west-1", "vpc-2"}, {"nowhere", ""}};

static const struct member zone_members[] = {
    NUMBER_OF(r53_hosted_zone, private_zone), TEXT_OF(r53_hosted_zone, id),
    TEXT_OF(r53_hosted_zone, name),           TEXT_OF(r53_hosted_zone, account),
    TEXT_OF(r53_hosted_zone, comment),        TEXT_OF(r53_hosted_zone, caller_reference),
};

static void zone_make(struct play *p, r53_hosted_zone *zone, const r53_vpc **vpc)
{
    static const char *const references[] = {"one", "two", "three", "four", "five"};
    size_t which = below(&p->in, LENGTH(zone_ids));

    *vpc = &ONE_OF(&p->in, vpcs);
    *zone = (r53_hosted_zone){.size = sizeof(*zone),
                              .id = zone_ids[which],
                              .name = ONE_OF(&p->in, zone_names),
                              .private_zone = which == 3,
                              .vpcs = vpc,
                              .n_vpcs = which == 3,
                              .caller_reference = references[which]};
    vary(&p->in, zone, zone_members, LENGTH(zone_members), any_text);
}

static int32_t zone_create(struct play *p)
{
    r53_hosted_zone zone;
    const r53_vpc *vpc;

    zone_make(p, &zone, &vpc);
    return r53_zone_create(p->cloud, &zone, p->report);
}

static int32_t zone_delete(struct play *p)
{
    return r53_zone_delete(p->cloud, ONE_OF(&p->in, zone_ids), p->report);
}

static int32_t zone_associate(struct play *p)
{
    const char *id = ONE_OF(&p->in, zone_ids);

    return r53_zone_associate_vpc(p->cloud, id, &ONE_OF(&p->in, vpcs), p->report);
}

static int32_t zone_disassociate(struct play *p)
{
    const char *id = ONE_OF(&p->in, zone_ids);

    return r53_zone_disassociate_vpc(p->cloud, id, &ONE_OF(&p->in, vpcs), p->report);
}

static const struct {
    int32_t type;
    const char *value;
} values[] = {
    {R53_TYPE_A, "192.0.2.1"},
    {R53_TYPE_A, "192.0.2.2"},
    {R53_TYPE_AAAA, "2001:db8::1"},
    {R53_TYPE_CNAME, "www.example.com"},
    {R53_TYPE_CNAME, "alb-1.us-east-1.elb.amazonaws.com"},
    {R53_TYPE_NS, "ns.example.com"},
    {R53_TYPE_MX, "10 www.example.com"},
    {R53_TYPE_TXT, "\"a\" \"b\""},
    {R53_TYPE_SOA, "ns.example.com host.example.com 1 2 3 4 5"},
    {R53_TYPE_HTTPS, "1 . alpn=h2 ipv4hint=192.0.2.1"},
    {R53_TYPE_CAA, "0 issue \"ca.test\""},
    {R53_TYPE_A, "not an address"},
};

static const struct member set_members[] = {
    NUMBER_OF(r53_record_set, type),
    TEXT_OF(r53_record_set, name),
    TEXT_OF(r53_record_set, set_identifier),
    NUMBER_OF(r53_record_set, has_ttl),
    NUMBER_OF(r53_record_set, ttl),
    NUMBER_OF(r53_record_set, evaluate_target_health),
    TEXT_OF(r53_record_set, alias_hosted_zone_id),
    TEXT_OF(r53_record_set, alias_dns_name),
    TEXT_OF(r53_record_set, health_check_id),
    TEXT_OF(r53_record_set, traffic_policy_instance_id),
    NUMBER_OF(r53_record_set, has_weight),
    NUMBER_OF(r53_record_set, weight),
    NUMBER_OF(r53_record_set, failover),
    NUMBER_OF(r53_record_set, has_multi_value_answer),
    NUMBER_OF(r53_record_set, multi_value_answer),
    NUMBER_OF(r53_record_set, has_bias),
    NUMBER_OF(r53_record_set, bias),
    TEXT_OF(r53_record_set, region),
    TEXT_OF(r53_record_set, continent_code),
    TEXT_OF(r53_record_set, country_code),
    TEXT_OF(r53_record_set, subdivision_code),
    TEXT_OF(r53_record_set, cidr_collection_id),
    TEXT_OF(r53_record_set, cidr_location_name),
    TEXT_OF(r53_record_set, geoproximity_region),
    TEXT_OF(r53_record_set, local_zone_group),
    TEXT_OF(r53_record_set, latitude),
    TEXT_OF(r53_record_set, longitude),
    TEXT_OF(r53_record_set, az_location_type),
    TEXT_OF(r53_record_set, az_location_id),
};

/* Members of a policy that go together; the identifier is apart. */
static void set_policy(struct play *p, r53_record_set *set)
{
    static const char *const ids[] = {"x", "y", "z"};
    static const char *const regions[] = {"us-east-1", "eu-west-1"};
    static const char *const countries[] = {"DE", "US", "*"};
    static const char *const locations[] = {"isp", "*"};
    static const char *const az_ids[] = {"use1-az1", "use1-az2"};
    size_t policy = below(&p->in, 12);

    if (policy > 8)
        return;
    set->set_identifier = ONE_OF(&p->in, ids);
    set->has_weight = policy < 2;
    set->weight = set->has_weight ? (int32_t)below(&p->in, 4) : 0;
    set->failover = policy == 2 ? 1 + (int32_t)below(&p->in, 2) : 0;
    set->region = policy == 3 ? ONE_OF(&p->in, regions) : NULL;
    set->country_code = policy == 4 ? ONE_OF(&p->in, countries) : NULL;
    set->has_multi_value_answer = set->multi_value_answer = policy == 5;
    set->cidr_collection_id = policy == 6 ? "c1" : NULL;
    set->cidr_location_name = policy == 6 ? ONE_OF(&p->in, locations) : NULL;
    set->geoproximity_region = policy == 7 ? ONE_OF(&p->in, regions) : NULL;
    set->az_location_type = policy == 8 ? "AvailabilityZone" : NULL;
    set->az_location_id = policy == 8 ? ONE_OF(&p->in, az_ids) : NULL;
    set->health_check_id = below(&p->in, 3) == 0 ? ONE_OF(&p->in, check_ids) : NULL;
}

static void set_alias(struct play *p, r53_record_set *set)
{
    static const char *const inside[] = {"Z1", "Z2", "Z3", "ZP"};
    size_t to = below(&p->in, 3);

    set->type = below(&p->in, 2) ? R53_TYPE_A : R53_TYPE_AAAA;
    set->evaluate_target_health = (int32_t)below(&p->in, 2);
    set->alias_hosted_zone_id = to == 0   ? "Z35SXDOTRQ7X7K"
                                : to == 1 ? ONE_OF(&p->in, inside)
                                          : "Z2FDTNDATAQYW2";
    set->alias_dns_name = to == 0   ? ONE_OF(&p->in, balancer_names).dns_name
                          : to == 1 ? ONE_OF(&p->in, record_names)
                                    : "d1.cloudfront.net";
}

/* `at` is room for the values' pointers. */
static void set_make(struct play *p, r53_record_set *set, const char *at[2])
{
    size_t value = below(&p->in, LENGTH(values));

    at[0] = values[value].value;
    at[1] = ONE_OF(&p->in, values).value;
    *set = (r53_record_set){
        .size = sizeof(*set), .type = values[value].type, .name = ONE_OF(&p->in, record_names)};
    if (below(&p->in, 3) == 0) {
        set_alias(p, set);
    } else {
        set->values = at;
        set->n_values = 1 + (take(&p->in) % 8 == 1);
        set->has_ttl = 1;
        set->ttl = 60;
    }
    set_policy(p, set);
    vary(&p->in, set, set_members, LENGTH(set_members), any_text);
}

static int32_t zone_change(struct play *p)
{
    enum { CHANGES = 4 };
    const char *zone_id = ONE_OF(&p->in, zone_ids), *at[CHANGES][2];
    const r53_change *batch[CHANGES];
    r53_record_set sets[CHANGES];
    r53_change changes[CHANGES];
    size_t n = 1 + below(&p->in, CHANGES);

    for (size_t i = 0; i < n; i++) {
        static const int32_t actions[] = {R53_ACTION_CREATE, R53_ACTION_UPSERT, R53_ACTION_UPSERT,
                                          R53_ACTION_DELETE};

        changes[i] = (r53_change){
            .size = sizeof(*changes), .action = ONE_OF(&p->in, actions), .record_set = &sets[i]};
        set_make(p, &sets[i], at[i]);
        batch[i] = &changes[i];
    }
    return r53_zone_change(p->cloud, zone_id, batch, n, p->report);
}

static int32_t zone_file(struct play *p)
{
    static const char *const files[] = {
        "www A 192.0.2.9\nwww A 192.0.2.10\n",
        "$TTL 1h\n@ IN TXT \"x\"\n*.w CNAME www\n",
        "$ORIGIN example.net.\nwww 60 AAAA 2001:db8::9\n",
        "a A (192.0.2.1\n",
        "",
    };
    const char *zone_id = ONE_OF(&p->in, zone_ids), *file = ONE_OF(&p->in, files);

    return r53_zone_import_file(p->cloud, zone_id, file, strlen(file), p->report);
}

static const struct member check_members[] = {
    NUMBER_OF(r53_health_check, type),
    TEXT_OF(r53_health_check, id),
    TEXT_OF(r53_health_check, caller_reference),
    TEXT_OF(r53_health_check, ip_address),
    TEXT_OF(r53_health_check, fully_qualified_domain_name),
    TEXT_OF(r53_health_check, resource_path),
    TEXT_OF(r53_health_check, search_string),
    TEXT_OF(r53_health_check, alarm_region),
    TEXT_OF(r53_health_check, alarm_name),
    NUMBER_OF(r53_health_check, port),
    NUMBER_OF(r53_health_check, request_interval),
    NUMBER_OF(r53_health_check, failure_threshold),
    NUMBER_OF(r53_health_check, has_health_threshold),
    NUMBER_OF(r53_health_check, health_threshold),
    NUMBER_OF(r53_health_check, insufficient_data_health_status),
    NUMBER_OF(r53_health_check, inverted),
    NUMBER_OF(r53_health_check, disabled),
    NUMBER_OF(r53_health_check, health_check_version),
};

static void check_make(struct play *p, r53_health_check *check, const char *children[2])
{
    size_t which = below(&p->in, LENGTH(check_ids));

    children[0] = ONE_OF(&p->in, check_ids);
    children[1] = ONE_OF(&p->in, check_ids);
    *check = (r53_health_check){.size = sizeof(*check),
                                .type = which == 3   ? R53_CHECK_CALCULATED
                                        : which == 2 ? R53_CHECK_CLOUDWATCH_METRIC
                                                     : R53_CHECK_TCP,
                                .id = check_ids[which],
                                .caller_reference = check_ids[which]};
    if (which == 3) {
        check->child_health_checks = children;
        check->n_child_health_checks = 1 + (uint32_t)below(&p->in, 2);
        check->has_health_threshold = 1;
        check->health_threshold = (int32_t)below(&p->in, 3);
    } else if (which == 2) {
        check->alarm_name = "alarm";
        check->alarm_region = "us-east-1";
    } else {
        check->ip_address = "192.0.2.1";
        check->port = 80;
    }
    vary(&p->in, check, check_members, LENGTH(check_members), any_text);
}

static int32_t check_create(struct play *p)
{
    r53_health_check check;
    const char *children[2];

    check_make(p, &check, children);
    return r53_health_check_create(p->cloud, &check, p->report);
}

static int32_t check_update(struct play *p)
{
    r53_health_check check;
    const char *children[2];

    check_make(p, &check, children);
    return r53_health_check_update(p->cloud, &check, p->report);
}

static int32_t check_delete(struct play *p)
{
    return r53_health_check_delete(p->cloud, ONE_OF(&p->in, check_ids), p->report);
}

static const char *const collection_ids[] = {"c1", "c2"};

static int32_t collection_create(struct play *p)
{
    size_t which = below(&p->in, LENGTH(collection_ids));
    const r53_cidr_collection collection = {.size = sizeof(collection),
                                            .id = collection_ids[which],
                                            .name = take(&p->in) % 4 ? collection_ids[which] : "n",
                                            .caller_reference = collection_ids[which]};

    return r53_cidr_collection_create(p->cloud, &collection, p->report);
}

static int32_t collection_change(struct play *p)
{
    static const char *const locations[] = {"isp", "other", "not a name", "isp"};
    static const char *const blocks[] = {"203.0.113.0/24", "203.0.113.128/25", "198.51.100.7/16",
                                         "2001:db8::/32",  "192.0.2.0/33",     "0.0.0.0/0"};
    const char *id = ONE_OF(&p->in, collection_ids), *lists[2][2];
    r53_cidr_change changes[2];
    const r53_cidr_change *const batch[] = {&changes[0], &changes[1]};
    int32_t version = (int32_t)below(&p->in, 4);

    for (size_t i = 0; i < 2; i++) {
        lists[i][0] = ONE_OF(&p->in, blocks);
        lists[i][1] = ONE_OF(&p->in, blocks);
        changes[i] = (r53_cidr_change){.size = sizeof(*changes),
                                       .action = 1 + (int32_t)below(&p->in, 2),
                                       .location_name = ONE_OF(&p->in, locations),
                                       .cidr_list = lists[i],
                                       .n_cidr_list = 1 + (uint32_t)below(&p->in, 2)};
    }
    return r53_cidr_collection_change(p->cloud, id, version > 2 ? version : 0, batch,
                                      1 + below(&p->in, 2), p->report);
}

static int32_t collection_delete(struct play *p)
{
    return r53_cidr_collection_delete(p->cloud, ONE_OF(&p->in, collection_ids), p->report);
}

static call_function *const calls[] = {
    zone_create, zone_create, zone_delete, zone_associate,    zone_disassociate, zone_change,
    zone_change, zone_change, zone_file,   check_create,      check_update,      check_delete,
    zone_change, zone_change, zone_change, collection_create, collection_change, collection_delete,
};

const struct call_table zone_calls = {calls, LENGTH(calls)};
