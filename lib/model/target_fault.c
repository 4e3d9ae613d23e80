#include "model/target_fault.h"

#include "base/rules.h"
#include "net/address.h"

#include <string.h>

/* What an id is by its form, enum r53_target_type; 0: its form does not tell. */
static int32_t form_of(const char *id)
{
    static const struct {
        const char *begin, *part;
        int32_t type;
    } forms[] = {
        {"i-", "", R53_TARGET_INSTANCE},
        {"arn:", ":lambda:", R53_TARGET_LAMBDA},
        {"arn:", ":loadbalancer/", R53_TARGET_ALB},
    };
    struct address address;

    if (r53__address_parse(r53__span(id), &address))
        return R53_TARGET_IP;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (strncmp(id, forms[i].begin, strlen(forms[i].begin)) == 0 && strstr(id, forms[i].part))
            return forms[i].type;
    }
    return 0;
}

/* Where addresses outside of the group's VPC may lie. */
static bool is_reachable(const struct address *address)
{
    static const char *const reachable[] = {"10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12",
                                            "192.168.0.0/16"};

    for (size_t i = 0; i < sizeof(reachable) / sizeof(*reachable); i++) {
        struct prefix prefix;

        if (r53__prefix_parse(r53__span(reachable[i]), &prefix) &&
            r53__prefix_contains(&prefix, address))
            return true;
    }
    return false;
}

/* ELB-TG-06, ELB-IP-05; the VPC's own ranges are not known, so only who says "all" is outside. */
static const struct target_fault *address_fault(const struct target_group *group, const char *id,
                                                const char *zone)
{
    static const struct target_fault family = {
        RULE_ELB_TG_06, "ValidationError",
        "The IP address '{0}' is not a valid address of the target group's type"};
    static const struct target_fault outside = {
        RULE_ELB_TG_06, "ValidationError",
        "The IP address '{0}' is outside the VPC, but none of 10.0.0.0/8, 100.64.0.0/10, "
        "172.16.0.0/12 or 192.168.0.0/16"};
    bool six = group->ip_address_type == R53_IP_IPV6;
    struct address address;

    if (!r53__address_parse(r53__span(id), &address) ||
        address.family != (six ? ADDRESS_IPV6 : ADDRESS_IPV4))
        return &family;
    return !six && strcmp(zone, "all") == 0 && !is_reachable(&address) ? &outside : NULL;
}

const struct target_fault *r53__target_fault(const struct target_group *group, const char *id,
                                             const char *zone)
{
    static const struct target_fault faults[] = {
        [R53_TARGET_INSTANCE] = {RULE_ELB_VAL_11, "InvalidTarget",
                                 "The target '{0}' is not the id of an instance"},
        [R53_TARGET_LAMBDA] = {RULE_ELB_VAL_11, "InvalidTarget",
                               "The target '{0}' is not the ARN of a Lambda function"},
        [R53_TARGET_ALB] = {RULE_ELB_VAL_11, "InvalidTarget",
                            "The target '{0}' is not the ARN of an Application Load Balancer"},
    };
    int32_t form = form_of(id);

    if (group->target_type == R53_TARGET_IP)
        return address_fault(group, id, zone);
    return form == 0 || form == group->target_type ? NULL : &faults[group->target_type];
}
