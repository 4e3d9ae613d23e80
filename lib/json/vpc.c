/*
 * What lies between a VPC and its hosted zones: ec2 describe-vpc-attribute, which prints one
 * setting at a time, and route53resolver list-resolver-rules, list-resolver-rule-associations.
 */
#include "json/document.h"

/* Settings */

#define VPC(member) offsetof(r53_vpc_dns, member)

static const struct field support_fields[] = {
    FIELD("Value", r53__json_option, .at = VPC(enable_dns_support), .required = true),
};
static const struct field hostnames_fields[] = {
    FIELD("Value", r53__json_option, .at = VPC(enable_dns_hostnames), .required = true),
};
static const struct shape support_shape = MEMBERS(support_fields);
static const struct shape hostnames_shape = MEMBERS(hostnames_fields);

static const struct field vpc_fields[] = {
    FIELD("VpcId", r53__json_text, .at = VPC(vpc_id), .required = true),
    FIELD("EnableDnsSupport", r53__json_members, .with = &support_shape),
    FIELD("EnableDnsHostnames", r53__json_members, .with = &hostnames_shape),
    UNUSED("EnableNetworkAddressUsageMetrics"),
};
static const r53_vpc_dns vpc_initial = {.size = sizeof(vpc_initial)};
static const struct shape vpc_shape =
    SHAPE(vpc_fields, .bytes = sizeof(r53_vpc_dns), .initial = &vpc_initial);

static int32_t vpc_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_vpc(reader->import, out));
}

const struct element r53__json_vpc_attribute = {&vpc_shape, vpc_deliver};

/* Rules */

#define RULE(member) offsetof(r53_resolver_rule, member)

static const struct vocabulary rule_types = {"a type of resolver rule", r53_resolver_rule_type_name,
                                             NULL, 0};

static const struct field rule_fields[] = {
    FIELD("Id", r53__json_text, .at = RULE(id), .required = true),
    FIELD("DomainName", r53__json_text, .at = RULE(domain_name)),
    FIELD("RuleType", r53__json_word, .at = RULE(rule_type), .with = &rule_types, .required = true),
    UNUSED("Arn"),
    UNUSED("CreationTime"),
    UNUSED("CreatorRequestId"),
    UNUSED("DelegationRecord"),
    UNUSED("ModificationTime"),
    UNUSED("Name"),
    UNUSED("OwnerId"),
    UNUSED("ResolverEndpointId"),
    UNUSED("ShareStatus"),
    UNUSED("Status"),
    UNUSED("StatusMessage"),
    UNUSED("TargetIps"), /* what they answer is not known here */
};
static const r53_resolver_rule rule_initial = {.size = sizeof(rule_initial)};
static const struct shape rule_shape =
    SHAPE(rule_fields, .bytes = sizeof(r53_resolver_rule), .initial = &rule_initial);

static int32_t rule_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_resolver_rule(reader->import, out));
}

static const struct element rule_element = {&rule_shape, rule_deliver};
static const struct field rules_fields[] = {
    FIELD("ResolverRules", r53__json_list, .with = &rule_element),
    UNUSED("MaxResults"),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape rules_shape = MEMBERS(rules_fields);
const struct element r53__json_resolver_rules = {&rules_shape, NULL};

/* Associations */

struct association {
    const char *rule_id, *vpc_id;
};

static const struct field association_fields[] = {
    FIELD("ResolverRuleId", r53__json_text, .at = offsetof(struct association, rule_id),
          .required = true),
    FIELD("VPCId", r53__json_text, .at = offsetof(struct association, vpc_id), .required = true),
    UNUSED("Id"),
    UNUSED("Name"),
    UNUSED("Status"),
    UNUSED("StatusMessage"),
};
static const struct shape association_shape =
    SHAPE(association_fields, .bytes = sizeof(struct association));

static int32_t association_deliver(struct reader *reader, void *out)
{
    const struct association *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_resolver_rule_association(reader->import, in->rule_id, in->vpc_id, 1));
}

static const struct element association_element = {&association_shape, association_deliver};
static const struct field associations_fields[] = {
    FIELD("ResolverRuleAssociations", r53__json_list, .with = &association_element),
    UNUSED("MaxResults"),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape associations_shape = MEMBERS(associations_fields);
const struct element r53__json_rule_associations = {&associations_shape, NULL};
