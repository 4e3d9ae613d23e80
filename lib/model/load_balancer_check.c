#include "model/load_balancer_check.h"

#include "model/elb_name.h"
#include "model/rule_check.h"

#include <string.h>

const struct node *r53__node_find(const struct load_balancer *lb, const char *zone_name)
{
    for (uint32_t i = 0; i < lb->n_nodes; i++) {
        if (strcmp(lb->nodes[i].zone_name, zone_name) == 0)
            return &lb->nodes[i];
    }
    return NULL;
}

/* Zones */

/*
 * "us-west-2-lax-1a" is a Local Zone, "us-west-2a" an Availability Zone. Those of Outposts have the
 * name of the zone that they hang on, and can't be told from it.
 */
static bool is_local(const struct load_balancer *lb, const struct node *node)
{
    size_t n = strlen(lb->region);

    return n && strncmp(node->zone_name, lb->region, n) == 0 && node->zone_name[n] == '-';
}

static void repeats_check(struct checker *checker, const struct load_balancer *lb)
{
    for (uint32_t i = 0; i < lb->n_nodes; i++) {
        struct checker at = *checker;

        at.path = lb->nodes[i].zone_name; /* AWS's sentence has no place for it, ELB-VAL-21 */
        if (r53__node_find(lb, lb->nodes[i].zone_name) == &lb->nodes[i])
            continue;
        r53__breach_as(&at, "InvalidConfigurationRequest", RULE_ELB_LB_10,
                       "More than 1 subnet cannot be specified for 1 availability zone", NULL,
                       NULL);
        checker->breaches = at.breaches;
    }
}

void r53__zones_check(struct checker *checker, const struct load_balancer *lb)
{
    uint32_t n_local = 0;

    for (uint32_t i = 0; i < lb->n_nodes; i++)
        n_local += is_local(lb, &lb->nodes[i]);
    repeats_check(checker, lb);
    if (lb->n_nodes == 0)
        r53__breach_as(checker, NULL, RULE_ELB_LB_11,
                       "At least one Availability Zone must be specified for '{0}'", lb->arn, NULL);
    if (lb->type != R53_LB_APPLICATION)
        return;
    if (n_local && n_local < lb->n_nodes)
        r53__breach_as(checker, "InvalidConfigurationRequest", RULE_ELB_LB_11,
                       "The zones of '{0}' must be Availability Zones or Local Zones, not both",
                       lb->arn, NULL);
    if (n_local == 0 && lb->n_nodes == 1)
        r53__breach_as(checker, NULL, RULE_ELB_LB_11,
                       "At least two subnets in two different Availability Zones must be "
                       "specified; '{0}' has '{1}' alone",
                       lb->arn, lb->nodes[0].zone_name);
}

/* Scheme and addresses */

#define IP_BIT(type) (1u << (type))

/* ELB-IP-01; internal dualstack ones are taken (ELB-IP-07) */
static const uint32_t address_types[] = {
    [R53_LB_APPLICATION] = IP_BIT(R53_IP_IPV4) | IP_BIT(R53_IP_DUALSTACK) |
                           IP_BIT(R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4),
    [R53_LB_NETWORK] = IP_BIT(R53_IP_IPV4) | IP_BIT(R53_IP_DUALSTACK),
    [R53_LB_GATEWAY] = IP_BIT(R53_IP_IPV4) | IP_BIT(R53_IP_DUALSTACK),
    [R53_LB_CLASSIC] = IP_BIT(R53_IP_IPV4),
};

void r53__address_type_check(struct checker *checker, const struct load_balancer *lb)
{
    const char *type = r53__words_name(&r53__address_types, lb->ip_address_type);

    if (!(address_types[lb->type] & IP_BIT(lb->ip_address_type)))
        r53__breach_as(checker, "InvalidConfigurationRequest", RULE_ELB_IP_01,
                       "The IP address type '{0}' is not supported for load balancers with type "
                       "'{1}'",
                       type, r53_load_balancer_type_name(lb->type));
    else if (lb->ip_address_type == R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4 &&
             lb->scheme == R53_SCHEME_INTERNAL)
        r53__breach_as(checker, "InvalidConfigurationRequest", RULE_ELB_IP_01,
                       "The IP address type '{0}' needs an internet-facing load balancer", type,
                       NULL);
}

/* ELB-LB-20; the prefix is that of the DNS names of internal load balancers. */
static void name_check(struct checker *checker, const struct load_balancer *lb)
{
    static const char reserved[] = "internal-";

    r53__elb_name_check(checker, RULE_ELB_LB_20, "Load balancer", lb->name);
    if (lb->type != R53_LB_CLASSIC && strncmp(lb->name, reserved, sizeof(reserved) - 1) == 0)
        r53__breach_as(checker, NULL, RULE_ELB_LB_20,
                       "Load balancer name '{0}' cannot begin with 'internal-'", lb->name, NULL);
}

void r53__load_balancer_check(struct checker *checker, const struct load_balancer *lb,
                              const r53_load_balancer *in)
{
    struct checker attributes = *checker;

    name_check(checker, lb);
    if (lb->type == R53_LB_GATEWAY && in->scheme) /* ELB-LB-02 */
        r53__breach_as(checker, NULL, RULE_ELB_LB_02,
                       "A scheme cannot be specified for the gateway load balancer '{0}'", lb->arn,
                       NULL);
    if (in->n_instances)
        r53__breach_as(checker, NULL, RULE_ELB_CLB_05,
                       "The instances of '{0}' are registered once it is there", lb->arn, NULL);
    r53__address_type_check(checker, lb);
    r53__zones_check(checker, lb);
    attributes.aws_name = "InvalidConfigurationRequest";
    attributes.breaches = 0;
    r53__attributes_check(&r53__load_balancer_attributes, in, 1u << lb->type, &attributes);
    checker->breaches += attributes.breaches;
}
