/*
 * Owners' blocks: what they hold for each kind of group, and that they say the same as the tables
 * of the zone.
 */
#include "support/harness.h"
#include "support/zone_text.h"

#include "model/zone.h"
#include "model/zone_draft.h"

#include <stdio.h>
#include <stdlib.h>

static const struct memory *heap(void)
{
    static struct memory memory;

    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    return &memory;
}

static struct zone *zone_of(const char *lines)
{
    static const r53_hosted_zone header = {.size = sizeof(header), .name = "example.com"};
    struct zone_draft *draft;
    struct zone *zone;

    assert_int_equal(r53__draft_new(&draft, heap(), "Z1"), R53_OK);
    assert_int_equal(r53__draft_header(draft, &header, NULL), R53_OK);
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        struct set_text *text = set_text_parse(lines, length);

        assert_int_equal(r53__draft_put(draft, &text->set, NULL), R53_OK);
        set_text_free(text);
        lines += length + (lines[length] == '\n');
    }
    assert_int_equal(r53__draft_seal(draft, NULL, &zone, NULL), R53_OK);
    r53__draft_free(draft);
    return zone;
}

/* The block of a name relative to the zone, "@" for the apex; NULL: none. */
static const uint8_t *block_of(const struct zone *zone, const char *name)
{
    struct name_buffer buffer;
    char full[300];

    snprintf(full, sizeof(full), "%s%sexample.com", strcmp(name, "@") ? name : "",
             strcmp(name, "@") ? "." : "");
    assert_int_equal(r53__name_parse(&buffer, r53__span(full)), NAME_OK);
    return r53__zone_block(zone, r53__name(&buffer), r53__name_hash(r53__name(&buffer), 0));
}

static void flags_put(char *out, unsigned flags)
{
    static const char *const words[] = {"cut ", "below ", "wildcard ", "cname "};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (flags & 1u << i)
            strcat(out, words[i]);
    }
}

/* "?10/300,15/60": the choices' sums and TTLs; "->": an alias to be followed. */
static void tell_choices(char *out, const struct block_group *group)
{
    const uint8_t *sums = group->values + BLOCK_KEY, *choices = sums + BLOCK_SUM * group->length;
    size_t stride = BLOCK_TTL + r53__choice_length(group->type);

    if (group->length & BLOCK_ALIAS) {
        strcat(out, "->");
        return;
    }
    for (unsigned i = 0; i < group->length; i++) {
        uint32_t sum, ttl;

        memcpy(&sum, sums + BLOCK_SUM * i, sizeof(sum));
        memcpy(&ttl, choices + stride * i, sizeof(ttl));
        sprintf(out + strlen(out), "%c%u/%u", i ? ',' : '?', (unsigned)sum, (unsigned)ttl);
    }
}

/* "cut below NS A=2x4/300": flags, then the groups: plain ones with values, lengths and TTL. */
static void tell(char *out, const uint8_t *block)
{
    const uint8_t *at = r53__block_begin(block);

    *out = '\0';
    flags_put(out, r53__block_flags(block));
    for (unsigned i = 0; i < r53__block_groups(block); i++) {
        struct block_group group;

        r53__block_read(&group, at);
        at = r53__block_next(&group);
        strcat(out, r53__type_find(group.type)->name);
        if (group.n > 0)
            sprintf(out + strlen(out), "=%ux%u/%u", group.n, group.length, (unsigned)group.ttl);
        else
            tell_choices(out, &group);
        strcat(out, " ");
    }
    if (*out)
        out[strlen(out) - 1] = '\0';
}

/* A plain group's block has what its record set has: where, how many, and the key of the draws. */
static void expect_plain(const struct zone *zone, const struct group *group,
                         const struct block_group *told)
{
    const struct record_set *set = &zone->record_sets[group->first];

    assert_int_equal(group->policy, POLICY_SIMPLE);
    assert_false(set->flags & RECORD_ALIAS);
    assert_int_equal(told->n, set->n_values);
    assert_int_equal(told->ttl, set->ttl);
    assert_ptr_equal(told->values, zone->heap + set->values);
    for (uint32_t i = 0; i < set->n_values; i++)
        assert_int_equal(r53__record_value(zone, set, i).length, told->length);
    if (told->n > 1)
        assert_true(
            r53__block_key(told) ==
            r53__zone_group_key(zone, r53__owner_name(zone, (int32_t)group->owner), group->type));
}

/* Sums of the group's weights, as they are while all are healthy; of failover the primary's. */
static uint32_t sums_put(const struct zone *zone, const struct group *group, uint32_t *sums)
{
    uint32_t sum = 0, n = r53__group_size(group);

    for (uint32_t i = 0; i < n; i++) {
        const struct record_detail *detail =
            r53__record_detail(zone, &zone->record_sets[group->first + i]);

        sum += group->policy == POLICY_WEIGHTED ? (uint32_t)detail->weight
                                                : detail->failover == R53_FAILOVER_PRIMARY;
        sums[i] = sum;
    }
    return n;
}

/* Choices are drawn with the shares, and to the octet as the tables have it. */
static void expect_choices(const struct zone *zone, const struct group *group,
                           const struct block_group *told)
{
    uint32_t sums[BLOCK_CHOICES], n = sums_put(zone, group, sums);
    uint64_t key =
        r53__zone_group_key(zone, r53__owner_name(zone, (int32_t)group->owner), group->type);

    for (uint64_t seed = 0; seed < 200; seed++) {
        struct draw draw = {.seed = seed};
        const struct record_set *set =
            &zone->record_sets[group->first + r53__draw_weighted(&draw, key, sums, n)];
        struct block_choice choice = r53__block_choose(told, seed);
        struct rdata value = r53__record_value(zone, set, 0);

        assert_int_equal(choice.ttl, set->ttl);
        assert_int_equal(value.length, r53__choice_length(told->type));
        assert_memory_equal(choice.address, value.octets, value.length);
    }
}

/* An alias says what the address says to which it leads. */
static void expect_settled(const struct zone *zone, const struct group *group,
                           const struct block_group *told)
{
    const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[group->first]);
    const struct group *target =
        r53__zone_group(zone, r53__zone_owner(zone, detail->alias_name), told->type);
    struct block_choice choice = r53__block_choose(told, 1);
    struct rdata value;

    assert_non_null(target);
    value = r53__record_value(zone, &zone->record_sets[target->first], 0);
    assert_int_equal(choice.ttl, zone->record_sets[target->first].ttl);
    assert_int_equal(value.length, r53__choice_length(told->type));
    assert_memory_equal(choice.address, value.octets, value.length);
}

static void expect_not_plain(const struct zone *zone, const struct group *group,
                             const struct block_group *told)
{
    const struct record_detail *detail = r53__record_detail(zone, &zone->record_sets[group->first]);

    assert_int_equal(told->ttl, group - zone->groups);
    if (told->length & BLOCK_ALIAS)
        assert_true(
            r53__name_equal(zone->details[r53__block_detail(told)].alias_name, detail->alias_name));
    else if (told->length > 0 && group->policy == POLICY_SIMPLE)
        expect_settled(zone, group, told);
    else if (told->length > 0)
        expect_choices(zone, group, told);
}

static void expect_owner(const struct zone *zone, uint32_t i)
{
    const struct owner *owner = &zone->owners[i];
    const uint8_t *block = zone->heap + owner->block, *at = r53__block_begin(block);
    struct name name = r53__block_name(block);
    bool below = (r53__block_flags(block) & OWNER_BELOW) != 0;

    assert_int_equal(r53__block_owner(block), i);
    assert_ptr_equal(r53__zone_block(zone, name, r53__name_hash(name, 0)), block);
    assert_int_equal(below, owner->cut >= 0);
    assert_int_equal((r53__block_flags(block) & OWNER_WILDCARD) != 0, owner->wildcard != 0);
    assert_int_equal(r53__block_groups(block), r53__owner_size(owner));
    for (uint32_t g = owner->first_group; g < owner[1].first_group; g++) {
        struct block_group told;

        assert_int_equal(zone->groups[g].owner, i);
        r53__block_read(&told, at);
        at = r53__block_next(&told);
        assert_int_equal(told.type, zone->groups[g].type);
        if (told.n > 0)
            expect_plain(zone, &zone->groups[g], &told);
        else
            expect_not_plain(zone, &zone->groups[g], &told);
    }
}

#define W4(i, weight) "w A 192.0.2." i " id=" i " weight=" weight "\n"
#define EIGHT                                                                                      \
    W4("1", "1")                                                                                   \
    W4("2", "1") W4("3", "1") W4("4", "1") W4("5", "1") W4("6", "1") W4("7", "1") W4("8", "1")

static const struct block_case {
    const char *what, *lines, *owner, *told;
} cases[] = {
    {"block: an address", "www A 192.0.2.1", "www", "A=1x4/300"},
    {"block: types in the order of listings", "www AAAA 2001:db8::1\nwww A 192.0.2.1 ttl=60", "www",
     "A=1x4/60 AAAA=1x16/300"},
    {"block: several values of one length", "www A 192.0.2.1,192.0.2.2,192.0.2.3", "www",
     "A=3x4/300"},
    {"block: several values of different lengths", "www TXT \"a\",\"ab\"\nwww A 192.0.2.1", "www",
     "A=1x4/300 TXT"},
    {"block: values that happen to have one length", "www TXT \"a\",\"b\"", "www", "TXT=2x2/300"},
    {"block: a value of one octet more than fits",
     "www TXT "
     "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "a"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "a"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
     "www", "TXT"},
    {"block: a policy beside what is plain",
     "www A 192.0.2.1 id=a weight=1\nwww A 192.0.2.2 id=b weight=1\nwww AAAA 2001:db8::1", "www",
     "A?1/300,2/300 AAAA=1x16/300"},
    {"block: weights of either family, some 0",
     W4("1", "0") W4("2", "255 ttl=60")
         W4("3", "0") "v A 192.0.2.9\nw AAAA 2001:db8::1 id=a weight=7",
     "w", "A?0/300,255/60,255/300 AAAA?7/300"},
    {"block: eight choices", EIGHT "v A 192.0.2.9", "w",
     "A?1/300,2/300,3/300,4/300,5/300,6/300,7/300,8/300"},
    {"block: nine are too many", EIGHT W4("9", "1") "v A 192.0.2.9", "w", "A"},
    {"block: without any weight all alike: not here", W4("1", "0") W4("2", "0"), "w", "A"},
    {"block: a choice of two values is not here",
     W4("1", "1") "w A 192.0.2.1,192.0.2.2 id=z weight=1", "w", "A"},
    {"block: an alias among the choices", W4("1", "1") "w A alias=ZONE1/v id=z weight=1", "w", "A"},
    {"block: a loaded mixture of weights and others", W4("1", "1") "w A 192.0.2.9 id=z multi=true",
     "w", "A"},
    {"block: of failover the primary",
     "f A 192.0.2.1 id=a failover=SECONDARY\nf A 192.0.2.2 id=b failover=PRIMARY ttl=9\n"
     "f AAAA 2001:db8::1 id=a failover=PRIMARY\nf TXT \"t\"",
     "f", "A?0/9 AAAA?0/300 TXT=1x2/300"},
    {"block: a primary whose secondary is an alias",
     "f A 192.0.2.1 id=a failover=PRIMARY\nf A alias=ZONE1/v id=b failover=SECONDARY", "f",
     "A?0/300"},
    {"block: a primary that is an alias",
     "f A 192.0.2.1 id=a failover=SECONDARY\nf A alias=ZONE1/v id=b failover=PRIMARY", "f", "A"},
    {"block: no primary", "f A 192.0.2.1 id=a failover=SECONDARY", "f", "A"},
    {"block: other policies choose by the client", "m A 192.0.2.1 id=a region=us-east-1", "m", "A"},
    {"block: an alias to an address, before it and behind it",
     "b A 192.0.2.1 ttl=7\nb AAAA 2001:db8::1\na A alias=ZONE1/b\nc AAAA alias=ZONE1/b\n"
     "c A alias=ZONE1/b",
     "c", "A?0/7 AAAA?0/300"},
    {"block: an alias to several values", "b A 192.0.2.1,192.0.2.2\na A alias=ZONE1/b", "a", "A->"},
    {"block: an alias to choices", W4("1", "1") "a A alias=ZONE1/w", "a", "A->"},
    {"block: an alias to an alias", "a A alias=ZONE1/b\nb A alias=ZONE1/c\nc A 192.0.2.1", "a",
     "A->"},
    {"block: an alias to itself", "a A alias=ZONE1/a", "a", "A->"},
    {"block: an alias to nothing, and to another type", "a A alias=ZONE1/b\nb AAAA 2001:db8::1",
     "a", "A->"},
    {"block: an alias that leaves the zone, and one of another type",
     "a A alias=Z35SXDOTRQ7X7K/lb-1.us-east-1.elb.amazonaws.com.\na TXT alias=ZONE1/t\n"
     "t TXT \"t\"",
     "a", "A-> TXT"},
    {"block: aliases to the same names outside of the zone",
     "a A alias=Z35SXDOTRQ7X7K/lb-1.us-east-1.elb.amazonaws.com.\n"
     "a AAAA alias=Z35SXDOTRQ7X7K/lb-2.us-east-1.elb.amazonaws.com.\n"
     "b A alias=Z35SXDOTRQ7X7K/lb-2.us-east-1.elb.amazonaws.com.\n"
     "b AAAA alias=Z35SXDOTRQ7X7K/lb-1.us-east-1.elb.amazonaws.com.\n"
     "c AAAA alias=Z35SXDOTRQ7X7K/lb-1.us-east-1.elb.amazonaws.com.",
     "b", "A-> AAAA->"},
    {"block: a loaded mixture that begins with a simple record set",
     "www A 192.0.2.1\nwww A 192.0.2.2 id=b weight=1", "www", "A=1x4/300"},
    {"block: a CNAME", "www CNAME a.example.net", "www", "cname CNAME=1x15/300"},
    {"block: a weighted CNAME", "www CNAME a.example.net id=a weight=1", "www", "cname CNAME"},
    {"block: the apex has name servers and is no cut", "@ NS ns.example.net", "@",
     "NS=1x16/300 SOA=1x66/900"},
    {"block: a zone cut",
     "sub NS ns.sub.example.com\nsub DS 1~8~1~"
     "0102030405060708090A0B0C0D0E0F1011121314",
     "sub", "cut below DS=1x24/300 NS=1x20/300"},
    {"block: glue", "sub NS ns.sub.example.com\nns.sub A 192.0.2.1", "ns.sub", "below A=1x4/300"},
    {"block: a cut below a cut", "sub NS a.example.net\nx.sub NS b.example.net", "x.sub",
     "cut below NS=1x15/300"},
    {"block: an empty non-terminal", "x.ent A 192.0.2.1", "ent", ""},
    {"block: an empty non-terminal below a cut", "sub NS a.example.net\nx.ent.sub A 192.0.2.1",
     "ent.sub", "below"},
    {"block: a name with a wildcard below", "*.w A 192.0.2.1\nw A 192.0.2.1", "w",
     "wildcard A=1x4/300"},
    {"block: nothing but a wildcard below", "*.w A 192.0.2.1", "w", "wildcard"},
    {"block: a wildcard itself", "*.w A 192.0.2.1", "*.w", "A=1x4/300"},
};

static void check_block(void **state)
{
    const struct block_case *c = *state;
    struct zone *zone = zone_of(c->lines);
    const uint8_t *block = block_of(zone, c->owner);
    char told[200];

    assert_non_null(block);
    tell(told, block);
    assert_string_equal(told, c->told);
    for (uint32_t i = 0; i < zone->n_owners; i++)
        expect_owner(zone, i);
    assert_null(block_of(zone, "nobody"));
    r53__object_unref(zone);
}

/* "v A 10.0.0.1,10.0.0.2 ...": n addresses. */
static char *addresses(unsigned n)
{
    char *line = malloc(20 * (size_t)n + 10), *at = line;

    assert_non_null(line);
    at += sprintf(at, "v A ");
    for (unsigned i = 0; i < n; i++)
        at += sprintf(at, "%s10.0.%u.%u", i ? "," : "", i / 256, i % 256);
    return line;
}

/* A block counts values in one octet. */
static void many_values(void **state)
{
    (void)state;
    for (unsigned n = 254; n <= 257; n++) {
        char *line = addresses(n), told[100], expected[100] = "A";
        struct zone *zone = zone_of(line);

        tell(told, block_of(zone, "v"));
        if (n <= 255)
            sprintf(expected, "A=%ux4/300", n);
        assert_string_equal(told, expected);
        for (uint32_t i = 0; i < zone->n_owners; i++)
            expect_owner(zone, i);
        r53__object_unref(zone);
        free(line);
    }
}

/* Names of all lengths, so that blocks begin and end everywhere, each found by its name alone. */
static void names_of_all_lengths(void **state)
{
    static char lines[60 * 100];
    struct zone *zone;
    size_t n = 0;

    (void)state;
    for (int length = 1; length <= 60; length++)
        n += (size_t)snprintf(lines + n, sizeof(lines) - n, "%.*s A 192.0.2.1%s", length,
                              "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789",
                              length < 60 ? "\n" : "");
    zone = zone_of(lines);
    assert_int_equal(zone->n_owners, 61);
    for (uint32_t i = 0; i < zone->n_owners; i++)
        expect_owner(zone, i);
    r53__object_unref(zone);
}

/*
 * Names of 127 labels make 126 owners each, so that a file of some 80 MB measures more octets than
 * a pointer of 32 bits tells; the measure goes on, and the zone is refused by it.
 */
static void measure_of_too_much(void **state)
{
    static const uint8_t octets[] = {1, 'a', 0};
    struct block_maker maker;

    (void)state;
    r53__blocks_begin(&maker, NULL);
    maker.end = UINT32_MAX - 1;
    r53__block_put(&maker, (struct name){octets, sizeof(octets)}, 0);
    assert_true(maker.block == (uint64_t)UINT32_MAX + 1);
    assert_true(maker.end == maker.block + BLOCK_NAME + sizeof(octets));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_block);
    ADD_TEST(tests, n, "block: as many values as there are numbers for, and more", many_values);
    ADD_TEST(tests, n, "block: names of all lengths", names_of_all_lengths);
    ADD_TEST(tests, n, "block: more than 4 GB are measured as they are", measure_of_too_much);
    return RUN_TESTS("zone_block", tests, n);
}
