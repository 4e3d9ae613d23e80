#include "model/target_fault.h"

#include "base/rules.h"
#include "net/address.h"

#include <string.h>

/* "i-0a1b": how many digits AWS gives is its own matter. */
static bool is_instance(const char *id)
{
    if (strncmp(id, "i-", 2) != 0 || id[2] == '\0')
        return false;
    for (id += 2; *id; id++) {
        if (!strchr("0123456789abcdef", *id))
            return false;
    }
    return true;
}

/* "arn:aws:lambda:...": is it an ARN of the service, written with its colons, with `part` in it? */
static bool is_arn_of(const char *id, const char *service, const char *part)
{
    const char *at = strncmp(id, "arn:", 4) == 0 ? strchr(id + 4, ':') : NULL;

    return at && strncmp(at, service, strlen(service)) == 0 && strstr(at, part);
}

static bool is_function(const char *id)
{
    return is_arn_of(id, ":lambda:", ":function:");
}

static bool is_application(const char *id)
{
    return is_arn_of(id, ":elasticloadbalancing:", ":loadbalancer/app/");
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
    static const struct {
        bool (*is_id)(const char *id);
        struct target_fault fault;
    } forms[] = {
        [R53_TARGET_INSTANCE] = {is_instance,
                                 {RULE_ELB_VAL_11, "ValidationError",
                                  "Instance ID '{0}' is not valid"}},
        [R53_TARGET_LAMBDA] = {is_function,
                               {RULE_ELB_VAL_11, "ValidationError",
                                "Target ID '{0}' is not valid; expected the ARN of a Lambda "
                                "function"}},
        [R53_TARGET_ALB] = {is_application,
                            {RULE_ELB_VAL_11, "ValidationError",
                             "Target ID '{0}' is not valid; expected the ARN of an Application "
                             "Load Balancer"}},
    };

    if (group->target_type == R53_TARGET_IP)
        return address_fault(group, id, zone);
    return forms[group->target_type].is_id(id) ? NULL : &forms[group->target_type].fault;
}
