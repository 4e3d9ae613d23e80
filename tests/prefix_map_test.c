/*
 * Longest prefixes: walks by hand, and random sets of blocks against a list that is looked through
 * from end to end.
 */
#include "support/harness.h"
#include "support/torture.h"

#include "base/hash.h"
#include "net/prefix_map.h"

enum { BLOCKS_MAX = 60, ROUNDS = 400, CLIENTS = 200 };

static struct prefix prefix_of(const char *text)
{
    struct prefix prefix;

    assert_true(r53__prefix_parse(r53__span(text), &prefix));
    return prefix;
}

static struct arena arena_new(struct torture *torture)
{
    r53_allocator allocator = torture_allocator(torture);
    struct memory memory;
    struct arena arena;

    assert_int_equal(r53__memory_init(&memory, &allocator), R53_OK);
    r53__arena_init(&arena, &memory);
    return arena;
}

/* Rows: "10.0.0.0/8=1 10.1.0.0/16=2", clients and the values met on the way up. */
static const struct walk_case {
    const char *what;
    const char *blocks[6]; /* value: place in the list, from 0 */
    const char *client;
    int values[6]; /* the longest match and those around it, then -1 */
} walks[] = {
    {"an empty map has no match", {NULL}, "192.0.2.1", {-1}},
    {"one block matches its addresses", {"192.0.2.0/24"}, "192.0.2.255", {0, -1}},
    {"and none beside it", {"192.0.2.0/24"}, "192.0.3.0", {-1}},
    {"nor before it", {"192.0.2.0/24"}, "192.0.1.255", {-1}},
    {"R53-CIDR-03 the longest of nested blocks comes first",
     {"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"},
     "10.1.2.3",
     {2, 1, 0, -1}},
    {"blocks between that do not contain the client are passed",
     {"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24"},
     "10.1.3.1",
     {1, 0, -1}},
    {"the order of giving plays no part",
     {"10.1.2.0/24", "10.0.0.0/8", "10.1.0.0/16"},
     "10.1.2.3",
     {0, 2, 1, -1}},
    {"of equal blocks the last one stays", {"10.0.0.0/8", "10.1.2.3/8"}, "10.9.9.9", {1, -1}},
    {"R53-CIDR-03 a block contains the whole client prefix",
     {"2001:db8::/32"},
     "2001:db8:0:1234::/48",
     {0, -1}},
    {"R53-CIDR-03 a longer block than the client's does not match",
     {"2001:db8:0:1234::/48"},
     "2001:db8::/32",
     {-1}},
    {"a block as long as the client's matches", {"10.1.0.0/16"}, "10.1.0.0/16", {0, -1}},
    {"R53-CIDR-07 families do not mix", {"0.0.0.0/1", "::/1"}, "::1", {1, -1}},
    {"a block of no length contains its family", {"0.0.0.0/0", "::/0"}, "1.2.3.4", {0, -1}},
};

static void check_walk(void **state)
{
    const struct walk_case *c = *state;
    struct torture torture = {0};
    struct arena arena = arena_new(&torture);
    struct prefix client = prefix_of(c->client);
    struct prefix_entry entries[6];
    struct prefix_map map;
    size_t n = 0, step = 0;

    for (; n < COUNT(c->blocks) && c->blocks[n]; n++)
        entries[n] = (struct prefix_entry){prefix_of(c->blocks[n]), (uint32_t)n, 0};
    assert_true(r53__prefix_map_make(&map, &arena, entries, n));
    for (int32_t at = r53__prefix_map_find(&map, &client); at >= 0; at = map.entries[at].parent)
        assert_int_equal(map.entries[at].value, c->values[step++]);
    assert_int_equal(c->values[step], -1);
    r53__arena_free(&arena);
    assert_int_equal(torture.live, 0);
}

static unsigned random_below(uint64_t *state, unsigned n)
{
    return (unsigned)(r53__mix(++*state) % n);
}

/* Random blocks, few bits apart so that they nest and repeat. */
static struct prefix prefix_random(uint64_t *draw)
{
    struct address address = {0};
    unsigned bits;

    address.family = random_below(draw, 2) ? ADDRESS_IPV4 : ADDRESS_IPV6;
    bits = address.family == ADDRESS_IPV4 ? 32 : 128;
    address.octets[0] = (uint8_t)(10 + random_below(draw, 2));
    for (unsigned i = 1; i < bits / 8; i++)
        address.octets[i] = (uint8_t)(random_below(draw, 3) * 85);
    return r53__prefix(&address, random_below(draw, bits + 1));
}

static bool contains(const struct prefix *block, const struct prefix *client)
{
    return block->length <= client->length && r53__prefix_contains(block, &client->address);
}

/* The longest containing block shorter than `below`; the last one given of equals. */
static const struct prefix_entry *brute_find(const struct prefix_entry *entries, size_t n,
                                             const struct prefix *client, int below)
{
    const struct prefix_entry *best = NULL;

    for (size_t i = 0; i < n; i++) {
        const struct prefix_entry *e = &entries[i];

        if (e->prefix.length < below && contains(&e->prefix, client) &&
            (!best || e->prefix.length >= best->prefix.length))
            best = e;
    }
    return best;
}

static void check_client(const struct prefix_map *map, const struct prefix_entry *entries, size_t n,
                         const struct prefix *client)
{
    int32_t at = r53__prefix_map_find(map, client);
    int below = 129;

    for (;;) {
        const struct prefix_entry *best = brute_find(entries, n, client, below);

        if (!best)
            break;
        assert_true(at >= 0);
        assert_int_equal(map->entries[at].prefix.length, best->prefix.length);
        assert_int_equal(map->entries[at].value, best->value);
        below = best->prefix.length;
        at = map->entries[at].parent;
    }
    assert_int_equal(at, -1);
}

static void random_maps_agree_with_brute_force(void **state)
{
    uint64_t draw = 1;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct prefix_entry entries[BLOCKS_MAX], turned[BLOCKS_MAX];
        struct torture torture = {0};
        struct arena arena = arena_new(&torture);
        size_t n = random_below(&draw, BLOCKS_MAX);
        struct prefix_map map, other;

        for (size_t i = 0; i < n; i++)
            entries[i] = (struct prefix_entry){prefix_random(&draw), (uint32_t)i, 7};
        for (size_t i = 0; i < n; i++)
            turned[i] = entries[n - 1 - i];
        assert_true(r53__prefix_map_make(&map, &arena, entries, n));
        assert_true(r53__prefix_map_make(&other, &arena, turned, n));
        assert_int_equal(map.n, other.n);
        for (int i = 0; i < CLIENTS; i++) {
            struct prefix client = prefix_random(&draw);

            check_client(&map, entries, n, &client);
            check_client(&other, turned, n, &client);
        }
        r53__arena_free(&arena);
        assert_int_equal(torture.live, 0);
    }
}

static void without_memory_there_is_no_map(void **state)
{
    struct prefix_entry entry = {prefix_of("10.0.0.0/8"), 1, 0};

    (void)state;
    for (long k = 1; k <= 2; k++) {
        struct torture torture = {.fail_at = k};
        struct arena arena = arena_new(&torture);
        struct prefix_map map;

        assert_false(r53__prefix_map_make(&map, &arena, &entry, 1));
        assert_int_equal(map.n, 0);
        r53__arena_free(&arena);
        assert_int_equal(torture.live, 0);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(walks) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, walks, check_walk);
    ADD_TEST(tests, n, "random nested blocks agree with brute force, in any order",
             random_maps_agree_with_brute_force);
    ADD_TEST(tests, n, "without memory there is no map", without_memory_there_is_no_map);
    return RUN_TESTS("prefix_map", tests, n);
}
