#include "elb/ledger.h"

#include "base/hash.h"

#include <string.h>

enum { SLOTS_MIN = 16 };

/* Slots for `need` entries, at most three quarters full; false: too many. */
static bool slots_for(size_t slots, size_t need, size_t *out)
{
    size_t n = slots ? slots : SLOTS_MIN;

    while (need > n - n / 4) {
        if (!r53__mul(n, 2, &n))
            return false;
    }
    *out = n;
    return true;
}

/* Names */

/* The slot of the text, or the free one where it would be. There is always a free one. */
static struct name_entry *name_probe(const struct names *names, const char *text, uint64_t hash)
{
    size_t i = (size_t)hash & (names->n_slots - 1);

    while (names->entries[i].text &&
           (names->entries[i].hash != hash || strcmp(names->entries[i].text, text) != 0))
        i = (i + 1) & (names->n_slots - 1);
    return &names->entries[i];
}

uint32_t r53__names_find(const struct names *names, const char *text)
{
    if (names->n_slots == 0)
        return 0;
    return name_probe(names, text, r53__hash_text(text, 0))->number;
}

static bool names_reserve(struct names *names, const struct memory *memory)
{
    struct name_entry *entries;
    void *texts = names->texts;
    size_t n, i;

    if (names->n_used >= UINT32_MAX - 1 || !slots_for(names->n_slots, names->n_used + 1, &n) ||
        !r53__grow(memory, &texts, &names->capacity, names->n_used + 1, sizeof(*names->texts)))
        return false;
    names->texts = texts;
    if (n == names->n_slots)
        return true;
    entries = r53__alloc(memory, n, sizeof(*entries));
    if (!entries)
        return false;
    for (size_t j = 0; j < names->n_slots; j++) {
        for (i = (size_t)names->entries[j].hash & (n - 1);
             names->entries[j].text && entries[i].text;)
            i = (i + 1) & (n - 1);
        if (names->entries[j].text)
            entries[i] = names->entries[j];
    }
    r53__free(memory, names->entries, names->n_slots, sizeof(*entries));
    names->entries = entries;
    names->n_slots = n;
    return true;
}

uint32_t r53__names_add(struct names *names, const struct memory *memory, const char *text)
{
    uint32_t number = r53__names_find(names, text);
    size_t size = strlen(text) + 1;
    uint64_t hash;
    char *copy;

    if (number)
        return number;
    if (!names_reserve(names, memory))
        return 0;
    copy = r53__alloc(memory, size, 1);
    if (!copy)
        return 0;
    memcpy(copy, text, size);
    hash = r53__hash_text(text, 0);
    names->texts[names->n_used++] = copy;
    number = (uint32_t)names->n_used;
    *name_probe(names, text, hash) = (struct name_entry){copy, size, hash, number};
    return number;
}

const char *r53__names_text(const struct names *names, uint32_t number)
{
    return names->texts[number - 1];
}

void r53__names_free(struct names *names, const struct memory *memory)
{
    for (size_t i = 0; i < names->n_slots; i++)
        r53__free(memory, names->entries[i].text, names->entries[i].size, 1);
    r53__free(memory, names->entries, names->n_slots, sizeof(*names->entries));
    r53__free(memory, names->texts, names->capacity, sizeof(*names->texts));
}

/* Entries */

/* The stored hash spares a look at most keys, and hashing them again when the table grows. */
static uint64_t key_hash(const struct ledger_key *key)
{
    return r53__hash(key, sizeof(*key), 0);
}

static struct ledger_entry *probe(const struct ledger *ledger, const struct ledger_key *key,
                                  uint64_t hash)
{
    size_t i = (size_t)hash & (ledger->n_slots - 1);

    while (ledger->entries[i].key.kind && (ledger->entries[i].hash != hash ||
                                           memcmp(&ledger->entries[i].key, key, sizeof(*key)) != 0))
        i = (i + 1) & (ledger->n_slots - 1);
    return &ledger->entries[i];
}

struct ledger_entry *r53__ledger_find(const struct ledger *ledger, const struct ledger_key *key)
{
    struct ledger_entry *entry = ledger->n_slots ? probe(ledger, key, key_hash(key)) : NULL;

    return entry && entry->key.kind ? entry : NULL;
}

int64_t r53__ledger_age(const struct ledger_entry *entry, int64_t now_ms)
{
    uint64_t age = (uint64_t)now_ms - (uint64_t)entry->seen_ms;

    if (now_ms <= entry->seen_ms)
        return 0;
    return age > INT64_MAX ? INT64_MAX : (int64_t)age;
}

static bool over(const struct ledger_entry *entry, int64_t now_ms)
{
    return entry->lives_ms > 0 && r53__ledger_age(entry, now_ms) >= entry->lives_ms;
}

static size_t count_alive(const struct ledger *ledger, int64_t now_ms)
{
    size_t n = 0;

    for (size_t i = 0; i < ledger->n_slots; i++)
        n += ledger->entries[i].key.kind && !over(&ledger->entries[i], now_ms);
    return n;
}

bool r53__ledger_reserve(struct ledger *ledger, const struct memory *memory, size_t more,
                         int64_t now_ms)
{
    struct ledger next = {0};
    size_t alive, n;

    if (!slots_for(ledger->n_slots, ledger->n_used + more, &n))
        return false;
    if (n == ledger->n_slots)
        return true;
    alive = count_alive(ledger, now_ms);
    /* half of what may be used stays free, or a full table would be gone through at every step */
    if (!slots_for(ledger->n_slots, 2 * (alive + more), &n))
        return false;
    next = (struct ledger){r53__alloc(memory, n, sizeof(*next.entries)), n, alive};
    if (!next.entries)
        return false;
    for (size_t i = 0; i < ledger->n_slots; i++) {
        const struct ledger_entry *entry = &ledger->entries[i];

        if (entry->key.kind && !over(entry, now_ms))
            *probe(&next, &entry->key, entry->hash) = *entry;
    }
    r53__ledger_free(ledger, memory);
    *ledger = next;
    return true;
}

struct ledger_entry *r53__ledger_put(struct ledger *ledger, const struct ledger_key *key)
{
    uint64_t hash = key_hash(key);
    struct ledger_entry *entry = probe(ledger, key, hash);

    if (!entry->key.kind) {
        entry->key = *key;
        entry->hash = hash;
        ledger->n_used++;
    }
    return entry;
}

/* Who was probed past the hole moves into it, so that nobody is lost (Knuth, 6.4, algorithm R). */
void r53__ledger_remove(struct ledger *ledger, struct ledger_entry *entry)
{
    size_t mask = ledger->n_slots - 1, hole = (size_t)(entry - ledger->entries), i = hole;

    for (;;) {
        size_t home;

        i = (i + 1) & mask;
        if (!ledger->entries[i].key.kind)
            break;
        home = (size_t)ledger->entries[i].hash & mask;
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            ledger->entries[hole] = ledger->entries[i];
            hole = i;
        }
    }
    ledger->entries[hole] = (struct ledger_entry){0};
    ledger->n_used--;
}

void r53__ledger_free(struct ledger *ledger, const struct memory *memory)
{
    r53__free(memory, ledger->entries, ledger->n_slots, sizeof(*ledger->entries));
}
