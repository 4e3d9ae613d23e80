#include "model/name_servers.h"

#include "base/hash.h"

enum {
    FAMILY_SERVERS = 512,
    FAMILY_ZONES = 64,
    NS_TTL = 172800, /* R53-ZONE-02 */
    SOA_TTL = 900,
    SOA_TEXT = NAME_TEXT_MAX + 64
};

/* R53-ZONE-06: ns-N.awsdns-MM.TLD, N in the family's range. */
static const char *const families[NAME_SERVERS] = {".com.", ".net.", ".org.", ".co.uk."};

static void server_put(char *buffer, unsigned family, unsigned server, unsigned zone)
{
    struct text text;

    r53__text_init(&text, buffer, NAME_SERVER_TEXT);
    r53__put(&text, "ns-");
    r53__put_u64(&text, family * FAMILY_SERVERS + server);
    r53__put(&text, ".awsdns-");
    r53__put_char(&text, (char)('0' + zone / 10));
    r53__put_char(&text, (char)('0' + zone % 10));
    r53__put(&text, families[family]);
}

void r53__delegation_set_make(struct delegation_set *set, const char *zone_id, bool is_private,
                              unsigned attempt)
{
    static const uint8_t private_order[NAME_SERVERS] = {3, 0, 2, 1}; /* R53-PRIV-10 */
    uint64_t key = r53__hash_text(zone_id, attempt);

    for (unsigned i = 0; i < NAME_SERVERS; i++) {
        uint64_t draw = r53__mix2(key, i);

        if (is_private)
            server_put(set->names[i], private_order[i], 0, 0);
        else
            server_put(set->names[i], (i + (unsigned)(key & 3)) % NAME_SERVERS,
                       (unsigned)(draw % FAMILY_SERVERS),
                       (unsigned)(draw / FAMILY_SERVERS % FAMILY_ZONES));
        set->pointers[i] = set->names[i];
    }
}

int32_t r53__default_ns(struct record_form *out, struct arena *arena, const char *zone_name,
                        const char *const *servers, uint32_t n, r53_report *report)
{
    r53_record_set ns = {.size = sizeof(ns),
                         .type = R53_TYPE_NS,
                         .name = zone_name,
                         .values = servers,
                         .n_values = n,
                         .has_ttl = 1,
                         .ttl = NS_TTL};

    return r53__form_parse(out, arena, &ns, "NameServers", report);
}

int32_t r53__default_soa(struct record_form *out, struct arena *arena, const char *zone_name,
                         const char *first_server, r53_report *report)
{
    char value[SOA_TEXT];
    const char *values[] = {value};
    struct text text;
    r53_record_set soa = {.size = sizeof(soa),
                          .type = R53_TYPE_SOA,
                          .name = zone_name,
                          .values = values,
                          .n_values = 1,
                          .has_ttl = 1,
                          .ttl = SOA_TTL};

    r53__text_init(&text, value, sizeof(value));
    r53__put(&text, first_server);
    r53__put(&text, " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"); /* R53-ZONE-03 */
    return r53__form_parse(out, arena, &soa, "NameServers", report);
}
