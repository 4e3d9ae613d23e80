/*
 * List order of edits: the sort by ranks against the comparison of names that it stands for, with
 * names chosen so that they share labels, ranks and whole runs of them.
 */
#include "support/harness.h"

#include "base/hash.h"
#include "model/zone_sort.h"

#include <r53/type.h>

#include <stdio.h>

enum { EDITS = 3000, TEXT_MAX = 240 };

/* Edits of one shape, and what they point to. */
struct world {
    struct name_buffer names[EDITS];
    struct record_form forms[EDITS];
    struct record_detail details[EDITS];
    struct zone_edit edits[2 * EDITS];
    size_t n;
};

static uint32_t below(uint64_t *state, uint32_t n)
{
    *state = r53__mix(*state + UINT64_C(0x9e3779b97f4a7c15));
    return (uint32_t)(*state >> 33) % n;
}

/*
 * Few letters, so that names meet; among them those that are escaped and the hyphen before the dot.
 */
static void label_put(char *out, uint64_t *state, unsigned most)
{
    static const char *const letters[] = {"a", "b", "-", "_", "9", "\\052", "\\000", "\\134"};
    unsigned n = 1 + below(state, most);

    while (n-- > 0)
        strcat(out, letters[below(state, COUNT(letters))]);
}

static void name_make(struct name_buffer *out, uint64_t *state, unsigned labels, unsigned letters)
{
    char text[8 * TEXT_MAX] = "";

    for (unsigned i = below(state, labels + 1); i > 0; i--) {
        label_put(text, state, letters);
        strcat(text, ".");
    }
    strcat(text, "zone.example");
    assert_int_equal(r53__name_parse(out, r53__span(text)), NAME_OK);
}

static void world_fill(struct world *w, size_t n, uint64_t seed, unsigned labels, unsigned letters)
{
    static const uint16_t types[] = {R53_TYPE_A, R53_TYPE_AAAA, R53_TYPE_TXT};
    static const char *const identifiers[] = {"", "a", "b"};

    w->n = n;
    for (size_t i = 0; i < n; i++) {
        name_make(&w->names[i], &seed, labels, letters);
        w->details[i].set_identifier = identifiers[below(&seed, 3)];
        w->forms[i] = (struct record_form){.owner = r53__name(&w->names[i]),
                                           .type = r53__type_find(types[below(&seed, 3)]),
                                           .ttl = (uint32_t)i,
                                           .detail = &w->details[i]};
        w->edits[i] = (struct zone_edit){.form = &w->forms[i]};
    }
}

static void assert_sorted(const struct world *w)
{
    for (size_t i = 1; i < w->n; i++) {
        const struct record_form *a = w->edits[i - 1].form, *b = w->edits[i].form;
        int order = r53__form_compare(a, b);

        assert_true(order < 0 || (order == 0 && a->ttl < b->ttl)); /* ttl: the order of putting */
    }
}

static const struct sort_case {
    const char *what;
    size_t n;
    unsigned labels, letters;
} sort_cases[] = {
    {"R53-LIST-01 nothing to sort", 0, 1, 1},
    {"R53-LIST-01 one edit", 1, 1, 1},
    {"R53-LIST-01 many edits of the apex", 500, 0, 1},
    {"R53-LIST-01 R53-LIST-02 short labels", EDITS, 2, 2},
    {"R53-LIST-01 names that differ late", EDITS, 6, 6},
    {"R53-LIST-01 long labels", EDITS, 2, 40},
};

static void check_sort(void **state)
{
    const struct sort_case *c = *state;
    static struct world w;

    for (uint64_t seed = 1; seed <= 3; seed++) {
        world_fill(&w, c->n, seed, c->labels, c->letters);
        r53__edits_sort(w.edits, w.edits + EDITS, w.n);
        assert_sorted(&w);
    }
}

/* Of each key the one put last is left. */
static void keeps_the_last(void **state)
{
    static struct world w;
    size_t kept;

    (void)state;
    world_fill(&w, EDITS, 7, 1, 2);
    r53__edits_sort(w.edits, w.edits + EDITS, w.n);
    kept = r53__edits_unique(w.edits, w.n);
    assert_true(kept < EDITS);
    for (size_t i = 0; i < kept; i++) {
        for (size_t k = w.edits[i].form->ttl + 1; k < EDITS; k++)
            assert_int_not_equal(r53__form_compare(w.edits[i].form, &w.forms[k]), 0);
        if (i > 0)
            assert_true(r53__form_compare(w.edits[i - 1].form, w.edits[i].form) < 0);
    }
}

static void inserts_in_place(void **state)
{
    static struct world w;

    (void)state;
    world_fill(&w, 200, 11, 1, 3);
    w.n = 0;
    for (size_t i = 0; i < 200; i++)
        r53__edits_insert(w.edits, w.n++, &w.forms[199 - i]);
    assert_sorted(&w);
}

/* Ranks, eight octets after eight, order names as the comparison does. */
static void ranks_compare_as_names(void **state)
{
    struct name_buffer a, b;
    uint64_t seed = 3;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int order = 0, expected;

        name_make(&a, &seed, 4, 12);
        name_make(&b, &seed, 4, 12);
        expected = r53__name_compare(r53__name(&a), r53__name(&b));
        for (size_t from = 0; order == 0 && from < 1024; from += 8) {
            uint64_t x = r53__name_rank(r53__name(&a), 2, from),
                     y = r53__name_rank(r53__name(&b), 2, from);

            order = (x > y) - (x < y);
        }
        assert_int_equal(order, (expected > 0) - (expected < 0));
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sort_cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, sort_cases, check_sort);
    ADD_TEST(tests, n, "R53-LIST-02 of equal keys the last stays", keeps_the_last);
    ADD_TEST(tests, n, "R53-LIST-01 an edit is put into its place", inserts_in_place);
    ADD_TEST(tests, n, "R53-LIST-01 ranks order as names do", ranks_compare_as_names);
    return RUN_TESTS("zone_sort", tests, n);
}
