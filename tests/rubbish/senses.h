/*
 * What has a meaning under the names that parameters and members have, in the world of world.h: the
 * wheat that rubbish is strewn among. "struct.member" and "function.parameter" come before
 * "member".
 */
#ifndef R53_TESTS_RUBBISH_SENSES_H
#define R53_TESTS_RUBBISH_SENSES_H

#include "world.h"

struct sense {
    const char *name;
    const char *text;
    int64_t number;
};

#define TEXT(name, text)                                                                           \
    {                                                                                              \
        name, text, 0                                                                              \
    }
#define NUMBER(name, number)                                                                       \
    {                                                                                              \
        name, NULL, number                                                                         \
    }

static const struct sense senses[] = {
    TEXT("r53_hosted_zone.id", "Z2"),
    TEXT("r53_hosted_zone.name", "example.org"),
    TEXT("r53_health_check.id", "abcdef11-2222-3333-4444-555555fedcbb"),
    TEXT("r53_health_check_update.health_check_id", WORLD_CHECK),
    TEXT("r53_cidr_collection.id", "abcdef11-2222-3333-4444-555555fedcbb"),
    TEXT("r53_cidr_collection.name", "other"),
    TEXT("r53_cidr_collection_change.id", WORLD_CHECK),
    TEXT("r53_cidr_collection_delete.id", WORLD_CHECK),
    TEXT("collection_id", WORLD_CHECK),
    TEXT("location_name", "isp-1"),
    TEXT("cidr_list", "203.0.113.0/24"),
    TEXT("r53_load_balancer.load_balancer_arn",
         WORLD_ARN "loadbalancer/app/other/50dc6c495c0c9189"),
    TEXT("load_balancer_name", "other"),
    NUMBER("r53_load_balancer.type", 2),
    TEXT("r53_listener.listener_arn", WORLD_LISTENER "0"),
    TEXT("r53_listener_rule.rule_arn", WORLD_RULE "0"),
    TEXT("r53_target_group.target_group_arn", WORLD_ARN "targetgroup/other/73e2d6bc24d8a068"),
    TEXT("target_group_name", "other"),
    TEXT("r53_condition.field", "path-pattern"),
    TEXT("r53_condition.values", "/b*"),
    TEXT("r53_target.id", "i-1"),
    TEXT("r53_security_group.group_id", "sg-1"),
    TEXT("r53_certificate.certificate_arn", "arn:aws:acm:us-east-1:123456789012:certificate/1"),
    TEXT("r53_attribute.key", "stickiness.enabled"),
    TEXT("r53_attribute.value", "true"),
    TEXT("r53_vpc.vpc_region", "us-east-1"),
    TEXT("r53_vpc.vpc_id", "vpc-1a2b3c4d"),
    TEXT("r53_place.country_code", "AU"),
    TEXT("r53_value_canonical.value", "192.0.2.1"),
    TEXT("name", "www.example.com"),
    TEXT("record_name", "www.example.com"),
    TEXT("dns_name", "other.example.com"),
    TEXT("values", "192.0.2.1"),
    TEXT("addresses", "192.0.2.1"),
    TEXT("ip_address", "192.0.2.1"),
    TEXT("ip_ranges", "192.0.2.0/24"),
    TEXT("prefix", "192.0.2.0/24"),
    TEXT("cidr_block", "192.0.2.0/24"),
    TEXT("client", "192.0.2.0/24"),
    TEXT("region", NULL),
    TEXT("r53_observe_latency.region", "us-east-1"),
    TEXT("r53_import_latency.region", "us-east-1"),
    TEXT("caller_reference", "2"),
    TEXT("zone_id", "Z1"),
    TEXT("hosted_zone_id", "Z1"),
    TEXT("zone_name", "us-east-1a"),
    TEXT("instance_id", "i-1"),
    TEXT("load_balancer_arn", WORLD_BALANCER),
    TEXT("load_balancer", WORLD_BALANCER),
    TEXT("listener_arn", WORLD_LISTENER),
    TEXT("rule_arn", WORLD_RULE),
    TEXT("target_group_arn", WORLD_GROUP),
    TEXT("certificate_arn", "arn:aws:acm:us-east-1:123456789012:certificate/1"),
    TEXT("r53_record_set.health_check_id", NULL),
    TEXT("health_check_id", WORLD_CHECK),
    TEXT("checker", "us-east-1/192.0.2.44"),
    TEXT("ip_protocol", "tcp"),
    TEXT("priority", "7"),
    TEXT("key", "key"),
    NUMBER("r53_rule_priority.priority", 8),
    NUMBER("r53_record_set.type", 1),
    NUMBER("r53_record_set.has_ttl", 1),
    NUMBER("r53_record_set.ttl", 60),
    NUMBER("r53_listener.port", 8080),
    NUMBER("r53_listener_action.type", 1),
    NUMBER("r53_health_check.type", 5),
    NUMBER("r53_query.type", 0),
    NUMBER("r53_request.protocol", 0),
    NUMBER("port", 80),
    NUMBER("type", 1),
    NUMBER("record_type", 1),
    NUMBER("protocol", 1),
    NUMBER("action", 3),
    NUMBER("status", 1),
    NUMBER("state", 1),
    NUMBER("form", 1),
    NUMBER("kind", 1),
    NUMBER("text", 2),
    NUMBER("weight", 1),
    NUMBER("from_port", -1),
    NUMBER("to_port", -1),
    NUMBER("section", 1),
    NUMBER("number", 1301),
    NUMBER("severity", 1),
};

#undef TEXT
#undef NUMBER

#endif
