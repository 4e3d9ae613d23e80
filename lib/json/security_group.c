/* ec2 describe-security-groups: inbound rules, which decide what reaches a load balancer. */
#include "json/document.h"

#define PERMISSION(member) offsetof(r53_ip_permission, member)

/* EC2 wraps each source into an object of its own; of each only its text counts. */
static const struct field range_fields[] = {
    FIELD("CidrIp", r53__json_text, .required = true),
    UNUSED("Description"),
};
static const struct field range6_fields[] = {
    FIELD("CidrIpv6", r53__json_text, .required = true),
    UNUSED("Description"),
};
static const struct field pair_fields[] = {
    FIELD("GroupId", r53__json_text, .required = true),
    UNUSED("Description"),
    UNUSED("GroupName"),
    UNUSED("PeeringStatus"),
    UNUSED("UserId"),
    UNUSED("VpcId"),
    UNUSED("VpcPeeringConnectionId"),
};
static const struct field list_fields[] = {
    FIELD("PrefixListId", r53__json_text, .required = true),
    UNUSED("Description"),
};
static const struct shape range_shape = SHAPE(range_fields, .bytes = sizeof(const char *));
static const struct shape range6_shape = SHAPE(range6_fields, .bytes = sizeof(const char *));
static const struct shape pair_shape = SHAPE(pair_fields, .bytes = sizeof(const char *));
static const struct shape list_shape = SHAPE(list_fields, .bytes = sizeof(const char *));

static const struct field permission_fields[] = {
    FIELD("IpProtocol", r53__json_text, .at = PERMISSION(ip_protocol), .required = true),
    FIELD("FromPort", r53__json_int32, .at = PERMISSION(from_port)),
    FIELD("ToPort", r53__json_int32, .at = PERMISSION(to_port)),
    FIELD("IpRanges", r53__json_structs, .at = PERMISSION(ip_ranges),
          .also = PERMISSION(n_ip_ranges), .with = &range_shape),
    FIELD("Ipv6Ranges", r53__json_structs, .at = PERMISSION(ipv6_ranges),
          .also = PERMISSION(n_ipv6_ranges), .with = &range6_shape),
    FIELD("UserIdGroupPairs", r53__json_structs, .at = PERMISSION(group_ids),
          .also = PERMISSION(n_group_ids), .with = &pair_shape),
    FIELD("PrefixListIds", r53__json_structs, .at = PERMISSION(prefix_list_ids),
          .also = PERMISSION(n_prefix_list_ids), .with = &list_shape),
};
static const r53_ip_permission permission_initial = {.size = sizeof(permission_initial)};
static const struct shape permission_shape =
    SHAPE(permission_fields, .bytes = sizeof(r53_ip_permission), .initial = &permission_initial);

#define GROUP(member) offsetof(r53_security_group, member)

static const struct field group_fields[] = {
    FIELD("GroupId", r53__json_text, .at = GROUP(group_id), .required = true),
    FIELD("IpPermissions", r53__json_pointers, .at = GROUP(ip_permissions),
          .also = GROUP(n_ip_permissions), .with = &permission_shape),
    UNUSED("Description"),
    UNUSED("GroupName"),
    UNUSED("IpPermissionsEgress"), /* health checks alone are subject to them */
    UNUSED("OwnerId"),
    UNUSED("SecurityGroupArn"),
    UNUSED("Tags"),
    UNUSED("VpcId"),
};
static const r53_security_group group_initial = {.size = sizeof(group_initial)};
static const struct shape group_shape =
    SHAPE(group_fields, .bytes = sizeof(r53_security_group), .initial = &group_initial);

static int32_t group_deliver(struct reader *reader, void *out)
{
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_security_group(reader->import, out));
}

static const struct element group_element = {&group_shape, group_deliver};
static const struct field groups_fields[] = {
    FIELD("SecurityGroups", r53__json_list, .with = &group_element),
    ELB_PAGE_FIELDS,
};
static const struct shape groups_shape = MEMBERS(groups_fields);
const struct element r53__json_security_groups = {&groups_shape, NULL};
