#include "model/listener_lint.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/load_balancer.h"
#include "model/rule.h"
#include "model/target_group.h"

#include <string.h>

struct lint {
    const struct r53_cloud *cloud;
    r53_report *report;
    struct table users;   /* target groups -> the load balancer that forwards to each first */
    struct table on_udp;  /* ids: load balancers with a UDP or TCP_UDP listener */
    struct table on_quic; /* ids: load balancers with a QUIC or TCP_QUIC listener so far */
};

/* Where an action stands; no member is NULL. */
struct site {
    const char *id; /* of the listener or the rule */
    const struct load_balancer *lb;
    const struct listener *listener;
};

static void warn(const struct lint *in, int32_t rule, const char *aws_name, const char *format,
                 const char *id, const char *other)
{
    r53__remark(in->report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                             .rule = rule,
                                             .aws_name = aws_name,
                                             .format = format,
                                             .args = {id, other}});
}

#define BIT(protocol) (UINT32_C(1) << (protocol))
#define HTTP_BITS     (BIT(R53_PROTOCOL_HTTP) | BIT(R53_PROTOCOL_HTTPS))
#define SECURE_BITS   (BIT(R53_PROTOCOL_HTTPS) | BIT(R53_PROTOCOL_TLS))
#define UDP_BITS      (BIT(R53_PROTOCOL_UDP) | BIT(R53_PROTOCOL_TCP_UDP))
#define QUIC_BITS     (BIT(R53_PROTOCOL_QUIC) | BIT(R53_PROTOCOL_TCP_QUIC))

static bool listens(const struct listener *listener, uint32_t bits)
{
    return (bits & BIT(listener->protocol)) != 0;
}

static bool has(const struct table *table, const char *id)
{
    return r53__table_slot(table, r53__span(id)) >= 0;
}

/* Listeners */

/* ELB-LSN-02: a bit a protocol; one that nobody told is no fault. */
static const uint32_t listened_on[] = {
    [R53_LB_APPLICATION] = HTTP_BITS,
    [R53_LB_NETWORK] = BIT(R53_PROTOCOL_TCP) | BIT(R53_PROTOCOL_TLS) | UDP_BITS | QUIC_BITS,
    [R53_LB_GATEWAY] = 0,
    [R53_LB_CLASSIC] = HTTP_BITS | BIT(R53_PROTOCOL_TCP) | BIT(R53_PROTOCOL_SSL),
};

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
static void certificates_check(const struct lint *in, const struct site *at)
{
    if (at->listener->n_certificates == 0)
        return;
    if (listens(at->listener, SECURE_BITS) && !one_default(at->listener))
        warn(in, RULE_ELB_LSN_03, "InvalidConfigurationRequest",
             "listener '{0}' has not exactly one default certificate", at->id, NULL);
    if (listens(at->listener, QUIC_BITS))
        warn(in, RULE_ELB_LSN_03, "InvalidConfigurationRequest",
             "listener '{0}' has certificates, which QUIC takes none of", at->id, NULL);
}

/* ELB-LSN-07: what QUIC may stand beside. */
static void quic_check(const struct lint *in, const struct site *at)
{
    if (at->lb->ip_address_type != R53_IP_IPV4)
        warn(in, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
             "listener '{0}' speaks QUIC, which '{1}' does not as it is dualstack", at->id,
             at->lb->arn);
    if (has(&in->on_udp, at->lb->arn))
        warn(in, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
             "listener '{0}' speaks QUIC, but '{1}' has a UDP listener too", at->id, at->lb->arn);
    if (has(&in->on_quic, at->lb->arn))
        warn(in, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
             "listener '{0}' speaks QUIC, but '{1}' has such a listener already", at->id,
             at->lb->arn);
}

static int32_t protocol_check(struct lint *in, const struct site *at)
{
    if (at->listener->protocol && !listens(at->listener, listened_on[at->lb->type]))
        warn(in, RULE_ELB_LSN_02, "UnsupportedProtocol",
             "listener '{0}' has a protocol that '{1}', by its kind, does not listen on", at->id,
             at->lb->arn);
    if (!listens(at->listener, QUIC_BITS))
        return R53_OK;
    quic_check(in, at);
    return r53__table_stage(&in->on_quic, r53__span(at->lb->arn), NULL);
}

/* Actions */

/* What the groups of one action have in common; bits of protocols and of types of addresses. */
struct mix {
    uint32_t protocols, addresses;
};

/* ELB-LSN-23 */
static void mix_check(const struct lint *in, const struct site *at, const struct mix *mix)
{
    const uint32_t both = BIT(R53_PROTOCOL_TCP) | BIT(R53_PROTOCOL_TLS);

    if (at->listener->protocol == R53_PROTOCOL_TLS && (mix->protocols & both) == both)
        warn(in, RULE_ELB_LSN_23, "InvalidConfigurationRequest",
             "'{0}' forwards to target groups of TCP and of TLS at once", at->id, NULL);
    if (at->lb->type == R53_LB_NETWORK && at->lb->ip_address_type == R53_IP_DUALSTACK &&
        (mix->addresses & (mix->addresses - 1)))
        warn(in, RULE_ELB_LSN_23, "InvalidConfigurationRequest",
             "'{0}' forwards to target groups of IPv4 and of IPv6 at once", at->id, NULL);
}

/* ELB-LSN-07, -08: versions of IP behind QUIC and, with both in front, behind UDP. */
static void addresses_check(const struct lint *in, const struct site *at,
                            const struct target_group *group)
{
    bool six = group->ip_address_type == R53_IP_IPV6;

    if (listens(at->listener, QUIC_BITS) && six)
        warn(in, RULE_ELB_LSN_07, "InvalidConfigurationRequest",
             "'{0}' forwards QUIC to the target group '{1}', whose targets have IPv6 addresses",
             at->id, group->arn);
    if (listens(at->listener, UDP_BITS) && at->lb->ip_address_type == R53_IP_DUALSTACK && !six)
        warn(in, RULE_ELB_LSN_08, "InvalidConfigurationRequest",
             "'{0}' forwards UDP of a dualstack load balancer to the target group '{1}', whose "
             "targets have no IPv6 addresses",
             at->id, group->arn);
}

/* ELB-TG-05, ELB-LIM-16 */
static int32_t user_check(struct lint *in, const struct site *at, const struct target_group *group)
{
    const struct load_balancer *first = r53__table_staged(&in->users, r53__span(group->arn));

    if (!first)
        return r53__table_give(&in->users, r53__span(group->arn), r53__object_ref(at->lb));
    if (first != at->lb)
        warn(in, RULE_ELB_TG_05, "TargetGroupAssociationLimit",
             "'{0}' forwards to the target group '{1}', which another load balancer uses already",
             at->id, group->arn);
    return R53_OK;
}

static int32_t action_check(struct lint *in, const struct site *at, const struct action *action)
{
    const struct table *groups = &in->cloud->tables[CLOUD_TARGET_GROUPS];
    struct mix mix = {0};
    int32_t rc = R53_OK;

    if (action->on_unauthenticated && /* ELB-IP-06 */
        at->lb->ip_address_type == R53_IP_DUALSTACK_WITHOUT_PUBLIC_IPV4)
        warn(in, RULE_ELB_IP_06, "InvalidConfigurationRequest",
             "'{0}' authenticates users, for which '{1}' has no IPv4 towards the identity provider",
             at->id, at->lb->arn);
    for (uint32_t i = 0; !rc && i < action->n_groups; i++) {
        const struct target_group *group =
            r53__table_staged(groups, r53__span(action->groups[i].target_group_arn));

        if (!group)
            continue;
        mix.protocols |= BIT(group->protocol);
        mix.addresses |= BIT(group->ip_address_type);
        addresses_check(in, at, group);
        rc = user_check(in, at, group);
    }
    mix_check(in, at, &mix);
    return rc;
}

static int32_t actions_check(struct lint *in, const struct site *at, const struct action *actions,
                             uint32_t n)
{
    int32_t rc = R53_OK;

    for (uint32_t i = 0; !rc && i < n; i++)
        rc = action_check(in, at, &actions[i]);
    return rc;
}

/* Walks */

static bool place_find(const struct lint *in, const struct listener *listener, const char *id,
                       struct site *at)
{
    *at = (struct site){.id = id, .listener = listener};
    if (listener)
        at->lb = r53__table_staged(&in->cloud->tables[CLOUD_LOAD_BALANCERS],
                                   r53__span(listener->load_balancer_arn));
    return at->lb != NULL;
}

static int32_t udp_gather(struct lint *in, const struct listener *listener)
{
    if (!listens(listener, UDP_BITS))
        return R53_OK;
    return r53__table_stage(&in->on_udp, r53__span(listener->load_balancer_arn), NULL);
}

static int32_t listener_check(struct lint *in, const struct listener *listener, const char *id)
{
    struct site at;
    int32_t rc;

    if (!place_find(in, listener, id, &at))
        return R53_OK;
    if (listens(listener, QUIC_BITS) && at.lb->n_security_groups > 0)
        warn(in, RULE_ELB_LB_47, "InvalidConfigurationRequest",
             "'{0}' listens for QUIC, which '{1}' with its security groups cannot", id, at.lb->arn);
    rc = protocol_check(in, &at);
    if (rc || listener->arn[0] == '\0') /* Classic: its group is its own */
        return rc;
    certificates_check(in, &at);
    return actions_check(in, &at, listener->actions, listener->n_actions);
}

static int32_t rule_check(struct lint *in, const struct rule *rule)
{
    const struct listener *listener =
        r53__table_staged(&in->cloud->tables[CLOUD_LISTENERS], r53__span(rule->listener_arn));
    struct site at;

    if (!place_find(in, listener, rule->arn, &at))
        return R53_OK;
    return actions_check(in, &at, rule->actions, rule->n_actions);
}

static int32_t all_check(struct lint *in, const struct table *listeners, const struct table *rules)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; !rc && i < listeners->count; i++) {
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);

        rc = listener ? udp_gather(in, listener) : R53_OK;
    }
    for (size_t i = 0; !rc && i < listeners->count; i++) {
        const struct listener *listener = r53__table_at(listeners, (int32_t)i);

        rc = listener ? listener_check(in, listener, r53__table_id(listeners, (int32_t)i)) : R53_OK;
    }
    for (size_t i = 0; !rc && i < rules->count; i++) {
        const struct rule *rule = r53__table_at(rules, (int32_t)i);

        rc = rule ? rule_check(in, rule) : R53_OK;
    }
    return rc;
}

int32_t r53__listener_lint(const struct r53_cloud *cloud, const struct table *listeners,
                           const struct table *rules, r53_report *report)
{
    struct lint in = {.cloud = cloud, .report = report};
    struct table *const tables[] = {&in.users, &in.on_udp, &in.on_quic};
    int32_t rc;

    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
        r53__table_init(tables[i], &cloud->memory);
    rc = all_check(&in, listeners, rules);
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
        r53__table_free(tables[i]);
    return rc;
}
