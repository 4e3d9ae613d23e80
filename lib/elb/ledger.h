/*
 * The tables of a state: names and what is known under them.
 *
 * Names (ARNs, zones) become small numbers once, so that an entry is a few words whatever it is of,
 * and a flow costs no allocation of its own. Entries lie in one open-addressing array; those that
 * live for a time only are left out when it grows, so that flows nobody ended do not pile up.
 */
#ifndef R53_LIB_ELB_LEDGER_H
#define R53_LIB_ELB_LEDGER_H

#include "base/alloc.h"
#include "elb/flow_id.h"

struct name_entry {
    char *text; /* NULL: free */
    size_t size;
    uint64_t hash;
    uint32_t number; /* 1, 2 ... */
};

struct names {
    struct name_entry *entries;
    size_t n_slots, n_used; /* slots: 0 or a power of two */
    const char **texts;     /* by number - 1 */
    size_t capacity;
};

/* The name's number; 0: not known. O(length). */
uint32_t r53__names_find(const struct names *names, const char *text);
/* Its number, a new one if need be; 0: no memory. A name that was added in vain does no harm. */
uint32_t r53__names_add(struct names *names, const struct memory *memory, const char *text);
/* Lent until the names are freed. */
const char *r53__names_text(const struct names *names, uint32_t number);
void r53__names_free(struct names *names, const struct memory *memory);

/*
 * Zero-initialise before filling: compared with memcmp. Members that the kind does not need are 0.
 */
struct ledger_key {
    uint32_t kind; /* 0: free slot */
    uint32_t load_balancer, zone, group;
    int32_t number;
    struct flow_id flow;
};

_Static_assert(sizeof(struct ledger_key) == 20 + sizeof(struct flow_id),
               "keys are compared byte by byte");

struct ledger_entry {
    struct ledger_key key;
    uint32_t group;            /* name of a target group, where the kind has one */
    uint32_t onward, requests; /* of a flow to a load balancer: name of its node's zone, 0: of no
                                  such flow; and the requests in progress on the connection */
    uint64_t hash;
    int64_t value;
    int64_t seen_ms, lives_ms; /* lives 0: for good */
};

struct ledger {
    struct ledger_entry *entries;
    size_t n_slots, n_used;
};

struct ledger_entry *r53__ledger_find(const struct ledger *ledger, const struct ledger_key *key);

/* Room for `more` entries; those whose time is over at now_ms may go. false: no memory. */
bool r53__ledger_reserve(struct ledger *ledger, const struct memory *memory, size_t more,
                         int64_t now_ms);

/* The entry, made with zeros if there is none. Room is reserved. Valid until the next change. */
struct ledger_entry *r53__ledger_put(struct ledger *ledger, const struct ledger_key *key);
void r53__ledger_remove(struct ledger *ledger, struct ledger_entry *entry);
void r53__ledger_free(struct ledger *ledger, const struct memory *memory);

/* Milliseconds since it was seen; a clock that went back stood still. */
int64_t r53__ledger_age(const struct ledger_entry *entry, int64_t now_ms);

#endif
