#include "model/forward_check.h"

#include "base/rules.h"
#include "model/rule_check.h"

#include <string.h>

static void breach(struct checker *checker, int32_t rule, const char *aws_name, const char *format,
                   const char *id, const char *other)
{
    r53__breach_as(checker, aws_name, rule, format, id, other);
}

bool r53__listener_speaks(const struct listener *listener, uint32_t bits)
{
    return (bits & PROTOCOL_BIT(listener->protocol)) != 0;
}

/* Protocols */

/* ELB-LSN-02: a bit a protocol; one that nobody told is no fault. */
static const uint32_t listened_on[] = {
    [R53_LB_APPLICATION] = HTTP_BITS,
    [R53_LB_NETWORK] =
        PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS) | UDP_BITS | QUIC_BITS,
    [R53_LB_GATEWAY] = 0,
    [R53_LB_CLASSIC] = HTTP_BITS | PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_SSL),
};

/* ELB-LSN-05, -06: protocols of the target groups that a listener may forward to. */
static const uint32_t forwarded_to[] = {
    [0] = PROTOCOL_BIT(R53_PROTOCOL_GENEVE),
    [R53_PROTOCOL_HTTP] = HTTP_BITS,
    [R53_PROTOCOL_HTTPS] = HTTP_BITS,
    [R53_PROTOCOL_TCP] = PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TCP_UDP) |
                         PROTOCOL_BIT(R53_PROTOCOL_TCP_QUIC),
    [R53_PROTOCOL_TLS] = PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS),
    [R53_PROTOCOL_UDP] = UDP_BITS,
    [R53_PROTOCOL_TCP_UDP] = PROTOCOL_BIT(R53_PROTOCOL_TCP_UDP),
    [R53_PROTOCOL_SSL] = 0,
    [R53_PROTOCOL_GENEVE] = PROTOCOL_BIT(R53_PROTOCOL_GENEVE),
    [R53_PROTOCOL_QUIC] = QUIC_BITS,
    [R53_PROTOCOL_TCP_QUIC] = PROTOCOL_BIT(R53_PROTOCOL_TCP_QUIC),
};

bool r53__protocols_fit(const struct listener *listener, const struct target_group *group)
{
    return !listener || group->protocol == 0 ||
           (forwarded_to[listener->protocol] & PROTOCOL_BIT(group->protocol));
}

bool r53__family_fits(const struct load_balancer *lb, const struct target_group *group)
{
    return lb->ip_address_type != R53_IP_IPV4 || group->ip_address_type != R53_IP_IPV6;
}

/* The listener by itself */

/* Is there one default certificate, be it told more than once? */
static bool one_default(const struct listener *listener)
{
    const char *first = NULL;

    for (uint32_t i = 0; i < listener->n_certificates; i++) {
        const struct certificate *certificate = &listener->certificates[i];

        if (!certificate->is_default)
            continue;
        if (first && strcmp(first, certificate->arn) != 0)
            return false;
        first = certificate->arn;
    }
    return first != NULL;
}

/* ELB-LSN-03; a listener of which no certificate was told is no fault. */
static void certificates_check(struct checker *checker, const struct forward_site *site)
{
    const struct listener *listener = site->listener;

    if (listener->n_certificates == 0 || listener->arn[0] == '\0')
        return;
    if (r53__listener_speaks(listener, SECURE_BITS) && !one_default(listener))
        breach(checker, RULE_ELB_LSN_03, "InvalidConfigurationRequest",
               "listener '{0}' has not exactly one default certificate", site->id, NULL);
    if (r53__listener_speaks(listener, QUIC_BITS))
        breach(checker, RULE_ELB_LSN_03, "InvalidConfigurationRequest",
               "listener '{0}' has certificates, which QUIC takes none of", site->id, NULL);
}

void r53__listener_check(struct checker *checker, const struct forward_site *site)
{
    const struct listener *listener = site->listener;

    if (listener->protocol && !r53__listener_speaks(listener, listened_on[site->lb->type]))
        breach(checker, RULE_ELB_LSN_02, "UnsupportedProtocol",
               "listener '{0}' has a protocol that '{1}', by its kind, does not listen on",
               site->id, site->lb->arn);
    if (r53__listener_speaks(listener, QUIC_BITS) && site->lb->ip_address_type != R53_IP_IPV4)
        breach(checker, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
               "listener '{0}' speaks QUIC, which '{1}' does not as it is dualstack", site->id,
               site->lb->arn);
    if (r53__listener_speaks(listener, QUIC_BITS) && site->lb->n_security_groups > 0)
        breach(checker, RULE_ELB_LB_47, "InvalidConfigurationRequest",
               "listener '{0}' speaks QUIC, which '{1}' with its security groups cannot", site->id,
               site->lb->arn);
    certificates_check(checker, site);
}

/* What it forwards to */

/* What the groups of one action have in common; bits of protocols and of types of addresses. */
struct mix {
    uint32_t protocols, addresses;
    const struct target_group *sticky; /* one that binds clients to its targets; NULL: none does */
};

/* ELB-LSN-23 */
static void mix_check(struct checker *checker, const struct forward_site *site,
                      const struct mix *mix)
{
    const uint32_t both = PROTOCOL_BIT(R53_PROTOCOL_TCP) | PROTOCOL_BIT(R53_PROTOCOL_TLS);

    if (site->listener->protocol == R53_PROTOCOL_TLS && (mix->protocols & both) == both)
        breach(checker, RULE_ELB_LSN_23, "InvalidConfigurationRequest",
               "'{0}' forwards to target groups of TCP and of TLS at once", site->id, NULL);
    if (site->lb->type == R53_LB_NETWORK && site->lb->ip_address_type == R53_IP_DUALSTACK &&
        (mix->addresses & (mix->addresses - 1)))
        breach(checker, RULE_ELB_LSN_23, "InvalidConfigurationRequest",
               "'{0}' forwards to target groups of IPv4 and of IPv6 at once", site->id, NULL);
}

/* ELB-ALB-ACT-08, ELB-LSN-22: who is bound to a target has to come back to its group. */
static void stickiness_check(struct checker *checker, const struct forward_site *site,
                             const struct action *action, const struct mix *mix)
{
    if (action->n_groups > 1 && mix->sticky && !action->sticky)
        breach(checker, site->lb->type == R53_LB_NETWORK ? RULE_ELB_LSN_22 : RULE_ELB_ALB_ACT_08,
               "InvalidConfigurationRequest",
               "'{0}' forwards to several target groups without stickiness of its own, though "
               "'{1}' has stickiness enabled",
               site->id, mix->sticky->arn);
}

/* ELB-LSN-07, -08: versions of IP behind QUIC and, with both in front, behind UDP. */
static void addresses_check(struct checker *checker, const struct forward_site *site,
                            const struct target_group *group)
{
    bool six = group->ip_address_type == R53_IP_IPV6;

    if (r53__listener_speaks(site->listener, QUIC_BITS) && six)
        breach(checker, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
               "'{0}' forwards QUIC to the target group '{1}', whose targets have IPv6 addresses",
               site->id, group->arn);
    if (r53__listener_speaks(site->listener, UDP_BITS) &&
        site->lb->ip_address_type == R53_IP_DUALSTACK && !six)
        breach(checker, RULE_ELB_LSN_08, "InvalidConfigurationRequest",
               "'{0}' forwards UDP of a dualstack load balancer to the target group '{1}', whose "
               "targets have no IPv6 addresses",
               site->id, group->arn);
}

void r53__forward_check(struct checker *checker, const r53_cloud *cloud,
                        const struct forward_site *site, const struct action *action)
{
    const struct table *groups = &cloud->tables[CLOUD_TARGET_GROUPS];
    struct mix mix = {0};

    if (action->on_unauthenticated && /* ELB-IP-06 */
        site->lb->ip_address_type == R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4)
        breach(checker, RULE_ELB_IP_06, "InvalidConfigurationRequest",
               "'{0}' authenticates users, for which '{1}' has no IPv4 towards the identity "
               "provider",
               site->id, site->lb->arn);
    for (uint32_t i = 0; i < action->n_groups; i++) {
        const struct target_group *group =
            r53__table_staged(groups, r53__span(action->groups[i].target_group_arn));

        if (!group)
            continue;
        mix.protocols |= PROTOCOL_BIT(group->protocol);
        mix.addresses |= PROTOCOL_BIT(group->ip_address_type);
        if (group->stickiness_enabled)
            mix.sticky = group;
        addresses_check(checker, site, group);
    }
    mix_check(checker, site, &mix);
    stickiness_check(checker, site, action, &mix);
}
