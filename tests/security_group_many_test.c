/*
 * Security groups with many rules: each packet is judged as going through all of the rules judges
 * it.
 */
#include "support/harness.h"

#include "base/hash.h"
#include "model/security_group.h"

#include <stdio.h>
#include <stdlib.h>

enum { RULES = 60, TEXT = 48, ROUNDS = 200, PACKETS = 300, LAST_PORT = 12 };

/* One rule a source: a prefix, a group or a prefix list. */
struct naive_rule {
    int32_t ip_protocol, from, to;
    struct prefix prefix; /* family ADDRESS_NONE: a group, or anyone */
    char group[TEXT];     /* "" : a prefix, or anyone */
};

struct world {
    struct naive_rule naive[RULES];
    size_t n;
    r53_ip_permission permissions[RULES];
    const r53_ip_permission *list[RULES];
    char texts[RULES][TEXT];
    const char *sources[RULES];
};

static uint32_t below(uint64_t *chance, uint32_t n)
{
    *chance = r53__mix2(*chance, n);
    return (uint32_t)(*chance >> 16) % n;
}

/* Few addresses, so that many meet. */
static void address_text(char *out, uint64_t *chance)
{
    if (below(chance, 3) == 0)
        snprintf(out, TEXT, "2001:db8:%x::%x", (unsigned)below(chance, 4),
                 (unsigned)below(chance, 4));
    else
        snprintf(out, TEXT, "10.%u.%u.%u", (unsigned)below(chance, 2), (unsigned)below(chance, 4),
                 (unsigned)below(chance, 4));
}

/* A prefix whose bits behind its length are 0. */
static void prefix_text(char *out, uint64_t *chance)
{
    static const unsigned lengths[][5] = {{0, 8, 16, 24, 32}, {0, 32, 48, 64, 128}};
    struct address address;
    struct prefix prefix;
    struct text text;
    char from[TEXT];

    address_text(from, chance);
    assert_true(r53__address_parse(r53__span(from), &address));
    prefix = r53__prefix(&address, lengths[address.family == ADDRESS_IPV6][below(chance, 5)]);
    r53__text_init(&text, out, TEXT);
    r53__prefix_put(&text, &prefix);
}

static void rule_make(struct world *w, size_t i, uint64_t *chance)
{
    static const char *const protocols[] = {"tcp", "udp", "-1"};
    static const int32_t numbers[] = {6, 17, IP_PROTOCOL_ANY};
    struct naive_rule *naive = &w->naive[i];
    r53_ip_permission *p = &w->permissions[i];
    uint32_t protocol = below(chance, 3), kind = below(chance, 12);

    *naive = (struct naive_rule){.ip_protocol = numbers[protocol], .to = 65535};
    *p = (r53_ip_permission){.size = sizeof(*p), .ip_protocol = protocols[protocol]};
    if (protocol < 2) {
        naive->from = p->from_port = 1 + (int32_t)below(chance, LAST_PORT);
        naive->to = p->to_port = p->from_port + (int32_t)below(chance, 4);
    }
    w->sources[i] = w->texts[i];
    if (kind == 0) {
        snprintf(w->texts[i], TEXT, "pl-1");
        p->prefix_list_ids = &w->sources[i];
        p->n_prefix_list_ids = 1;
    } else if (kind < 4) {
        snprintf(w->texts[i], TEXT, "sg-%u", (unsigned)below(chance, 20));
        snprintf(naive->group, TEXT, "%s", w->texts[i]);
        p->group_ids = &w->sources[i];
        p->n_group_ids = 1;
    } else {
        prefix_text(w->texts[i], chance);
        assert_true(r53__prefix_parse(r53__span(w->texts[i]), &naive->prefix));
        p->ip_ranges = &w->sources[i];
        p->n_ip_ranges = 1;
        if (naive->prefix.address.family == ADDRESS_IPV6) {
            p->ipv6_ranges = p->ip_ranges;
            p->n_ipv6_ranges = 1;
            p->n_ip_ranges = 0;
        }
    }
    w->list[i] = p;
}

static struct security_group *group_make(struct world *w, uint64_t *chance)
{
    r53_security_group spec = {.size = sizeof(spec), .group_id = "sg-x", .ip_permissions = w->list};
    struct security_group *group;
    struct memory memory;

    w->n = below(chance, RULES + 1);
    for (size_t i = 0; i < w->n; i++)
        rule_make(w, i, chance);
    spec.n_ip_permissions = (uint32_t)w->n;
    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    assert_int_equal(r53__security_group_new(&group, &memory, &spec, NULL), R53_OK);
    return group;
}

static bool named(const char *const *ids, uint32_t n, const char *id)
{
    for (uint32_t i = 0; i < n; i++) {
        if (strcmp(ids[i], id) == 0)
            return true;
    }
    return false;
}

static bool naive_admits(const struct world *w, const struct packet *packet)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct naive_rule *rule = &w->naive[i];

        if ((rule->ip_protocol != IP_PROTOCOL_ANY && rule->ip_protocol != packet->ip_protocol) ||
            packet->port < rule->from || packet->port > rule->to)
            continue;
        if (rule->group[0]
                ? named(packet->source_groups, packet->n_source_groups, rule->group) ||
                      named(packet->forwarder_groups, packet->n_forwarder_groups, rule->group)
                : rule->prefix.address.family == ADDRESS_NONE ||
                      packet->source->family == ADDRESS_NONE ||
                      r53__prefix_contains(&rule->prefix, packet->source))
            return true;
    }
    return false;
}

static void packet_try(const struct world *w, const struct security_group *group, uint64_t *chance)
{
    char text[TEXT], ids[3][TEXT];
    const char *sender[] = {ids[0], ids[1]}, *forwarder[] = {ids[2]};
    struct address source = {.family = ADDRESS_NONE};
    struct packet packet = {.ip_protocol = below(chance, 4) ? 6 : 17,
                            .port = (int32_t)below(chance, LAST_PORT + 4),
                            .source = &source,
                            .source_groups = sender,
                            .n_source_groups = below(chance, 3),
                            .forwarder_groups = forwarder,
                            .n_forwarder_groups = below(chance, 4) == 0};

    for (int i = 0; i < 3; i++)
        snprintf(ids[i], TEXT, "sg-%u", (unsigned)below(chance, 20));
    address_text(text, chance);
    if (below(chance, 10))
        assert_true(r53__address_parse(r53__span(text), &source));
    assert_int_equal(r53__security_group_admits(group, &packet), naive_admits(w, &packet));
}

static void check_model(void **unused)
{
    struct world *w = calloc(1, sizeof(*w));
    uint64_t chance = 11;

    (void)unused;
    assert_non_null(w);
    for (int round = 0; round < ROUNDS; round++) {
        struct security_group *group = group_make(w, &chance);

        for (int i = 0; i < PACKETS; i++)
            packet_try(w, group, &chance);
        r53__object_unref(group);
    }
    free(w);
}

int main(void)
{
    struct CMUnitTest tests[1];
    size_t n = 0;

    ADD_TEST(tests, n, "ELB-LB-47 packets are judged as by going through all rules", check_model);
    return RUN_TESTS("security_group_many", tests, n);
}
