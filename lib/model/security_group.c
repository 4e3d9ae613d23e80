#include "model/security_group.h"

#include "base/rules.h"
#include "model/security_gate.h"
#include "model/spec.h"

#include <string.h>

enum { IP_PROTOCOL_LAST = 255, ICMP = 1, TCP = 6, UDP = 17, ICMP_6 = 58 };

/* EC2's words for protocols; others come as numbers. */
static const struct {
    const char *name;
    int32_t number;
} protocols[] = {
    {"tcp", TCP}, {"udp", UDP}, {"icmp", ICMP}, {"icmpv6", ICMP_6}, {"-1", IP_PROTOCOL_ANY}};

static int32_t protocol_read(struct spec *spec, const char *name)
{
    uint64_t number;

    for (size_t i = 0; name && i < sizeof(protocols) / sizeof(*protocols); i++) {
        if (strcmp(name, protocols[i].name) == 0)
            return protocols[i].number;
    }
    if (name && r53__parse_decimal(r53__span(name), IP_PROTOCOL_LAST, &number))
        return (int32_t)number;
    r53__spec_fault(spec, "IpProtocol", name,
                    "'{0}' is not a protocol; expected tcp, udp, icmp, icmpv6, -1 or a number",
                    NULL);
    return IP_PROTOCOL_ANY;
}

/* Ports count with TCP and UDP alone; both absent, or -1, is every port. */
static void ports_read(struct spec *spec, struct ingress *rule, const r53_ip_permission *in)
{
    bool all = in->from_port < 0 || (in->from_port == 0 && in->to_port == 0);

    rule->from = 0;
    rule->to = PORT_MAX;
    if (all || (rule->ip_protocol != TCP && rule->ip_protocol != UDP))
        return;
    rule->from = r53__spec_number(spec, "FromPort", in->from_port, 0, PORT_MAX);
    rule->to = r53__spec_number(spec, "ToPort", in->to_port, 0, PORT_MAX);
}

static void ranges_read(struct spec *spec, const char *member, struct ingress *rules,
                        const char *const *texts, uint32_t n)
{
    for (uint32_t i = 0; i < n && !spec->error; i++) {
        if (!r53__prefix_parse(r53__span(texts[i]), &rules[i].prefix))
            r53__spec_fault(spec, member, texts[i], "'{0}' is not an address prefix", NULL);
    }
}

static void groups_read(struct spec *spec, struct ingress *rules, const char *const *ids,
                        uint32_t n)
{
    for (uint32_t i = 0; i < n && !spec->error; i++)
        rules[i].group_id = r53__spec_id(spec, "UserIdGroupPairs.GroupId", ids[i]);
}

/* How many rows it gives; 0 and a fault: its lists are none. */
static size_t sources_count(struct spec *spec, const r53_ip_permission *in)
{
    if (!r53__spec_list(spec, "IpRanges", in->ip_ranges, in->n_ip_ranges) ||
        !r53__spec_list(spec, "Ipv6Ranges", in->ipv6_ranges, in->n_ipv6_ranges) ||
        !r53__spec_list(spec, "UserIdGroupPairs", in->group_ids, in->n_group_ids) ||
        !r53__spec_list(spec, "PrefixListIds", in->prefix_list_ids, in->n_prefix_list_ids))
        return 0;
    return (size_t)in->n_ip_ranges + in->n_ipv6_ranges + in->n_group_ids + in->n_prefix_list_ids;
}

/* One row a source into `rules`; NULL: they are only counted. */
static size_t permission_read(struct spec *spec, const r53_ip_permission *from,
                              struct ingress *rules)
{
    struct ingress like = {.group_id = ""};
    r53_ip_permission in;
    size_t n;

    if (!r53__spec_read(spec, &in, sizeof(in), from))
        return 0;
    r53__spec_reserved(spec, in.reserved);
    n = sources_count(spec, &in);
    like.ip_protocol = protocol_read(spec, in.ip_protocol);
    ports_read(spec, &like, &in);
    if (!rules || spec->error)
        return n;
    for (size_t i = 0; i < n; i++)
        rules[i] = like;
    ranges_read(spec, "IpRanges.CidrIp", rules, in.ip_ranges, in.n_ip_ranges);
    rules += in.n_ip_ranges;
    ranges_read(spec, "Ipv6Ranges.CidrIpv6", rules, in.ipv6_ranges, in.n_ipv6_ranges);
    groups_read(spec, rules + in.n_ipv6_ranges, in.group_ids, in.n_group_ids);
    if (in.n_prefix_list_ids > 0)
        r53__spec_warn(spec, RULE_ELB_LB_47, "PrefixListIds",
                       "the addresses of prefix lists are not known, so the rule admits any", NULL);
    return n;
}

/* All rows, or their number alone where `rows` is NULL. */
static size_t rows_read(struct spec *spec, const r53_security_group *in, struct ingress *rows)
{
    size_t n = 0;

    for (uint32_t i = 0; i < in->n_ip_permissions && !spec->error; i++) {
        r53__spec_enter(spec, "IpPermissions", i);
        n += permission_read(spec, in->ip_permissions[i], rows ? rows + n : NULL);
    }
    r53__spec_enter(spec, NULL, 0);
    return n;
}

/* Rows are counted first, and are no more when the gates are made. */
static void permissions_read(struct spec *spec, struct security_group *group,
                             const r53_security_group *in)
{
    const struct memory *memory = &group->head.arena.memory;
    size_t n = rows_read(spec, in, NULL);
    struct ingress *rows;

    if (n > UINT32_MAX)
        r53__spec_fault(spec, "IpPermissions", NULL, "there are too many rules", NULL);
    if (spec->error || n == 0)
        return;
    rows = r53__alloc(memory, n, sizeof(*rows));
    if (rows)
        rows_read(spec, in, rows);
    if (!rows || (!spec->error && !r53__security_gates_make(group, rows, n)))
        r53__spec_nomem(spec);
    r53__free(memory, rows, n, sizeof(*rows));
}

int32_t r53__security_group_new(struct security_group **out, const struct memory *memory,
                                const r53_security_group *in, r53_report *report)
{
    struct security_group *group = r53__object_new(memory, sizeof(*group));
    struct spec spec = r53__spec(group ? &group->head.arena : NULL, report);
    r53_security_group given;

    if (r53__spec_read(&spec, &given, sizeof(given), in) &&
        r53__spec_list(&spec, "IpPermissions", given.ip_permissions, given.n_ip_permissions)) {
        group->id = r53__spec_id(&spec, "GroupId", given.group_id);
        permissions_read(&spec, group, &given);
    }
    if (spec.error) {
        r53__object_unref(group);
        return spec.error;
    }
    *out = group;
    return R53_OK;
}

/* How many gates are of a smaller protocol, or of this one and begin at the port or before. */
static uint32_t gates_up_to(const struct security_group *group, int32_t ip_protocol, int32_t port)
{
    uint32_t low = 0, high = group->n_gates;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct gate *gate = &group->gates[middle];

        if (gate->ip_protocol < ip_protocol ||
            (gate->ip_protocol == ip_protocol && gate->from <= port))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Gates of the protocol that begin at the port or before, as long as one of them may reach it. */
static bool protocol_admits(const struct security_group *group, int32_t ip_protocol,
                            const struct packet *packet)
{
    uint32_t i = gates_up_to(group, ip_protocol, packet->port);

    while (i > 0 && group->gates[i - 1].ip_protocol == ip_protocol &&
           group->gates[i - 1].furthest >= packet->port) {
        const struct gate *gate = &group->gates[--i];

        if (gate->to >= packet->port && r53__security_gate_admits(gate, packet))
            return true;
    }
    return false;
}

bool r53__security_group_admits(const struct security_group *group, const struct packet *packet)
{
    return protocol_admits(group, IP_PROTOCOL_ANY, packet) ||
           protocol_admits(group, packet->ip_protocol, packet);
}
