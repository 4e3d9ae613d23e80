#include "fleet_shares.h"

#include "harness.h"

#include "base/text.h"
#include "elb/select.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t common(uint64_t a, uint64_t b)
{
    return b ? common(b, a % b) : a;
}

static struct ratio reduced(uint64_t n, uint64_t d)
{
    uint64_t by = common(n, d);

    return (struct ratio){n / by, d / by};
}

static void share_add(struct shares *shares, const char *name, struct ratio f)
{
    size_t i = 0;

    while (i < shares->n && strcmp(shares->list[i].name, name) != 0)
        i++;
    assert_true(i < COUNT(shares->list));
    if (i == shares->n) {
        snprintf(shares->list[i].name, sizeof(shares->list[i].name), "%s", name);
        shares->list[i].ratio = (struct ratio){0, 1};
        shares->n++;
    }
    shares->list[i].ratio = reduced(shares->list[i].ratio.n * f.d + f.n * shares->list[i].ratio.d,
                                    shares->list[i].ratio.d * f.d);
}

void selection_name(const r53_selection *s, char *name, size_t size)
{
    if (s->hairpin)
        snprintf(name, size, "hairpin");
    else if (s->outcome != R53_SELECTED_TARGET && s->status)
        snprintf(name, size, "%d", (int)s->status);
    else if (s->outcome != R53_SELECTED_TARGET)
        snprintf(name, size, "%s", r53_selection_outcome_name(s->outcome));
    else if (s->target_port != 80 && s->listener_arn[0])
        snprintf(name, size, "%s@%d", s->target_id, (int)s->target_port);
    else
        snprintf(name, size, "%s", s->target_id);
}

/* Walks over every branch of every stage from here on. */
static void shares_walk(const struct elb_input *input, const struct elb_choice *from,
                        struct ratio share, struct shares *shares)
{
    r53_selection selection = {.size = sizeof(selection)};
    struct walk walk;
    char name[32];

    if (from->stage == ELB_DONE) {
        assert_true(r53__elb_describe(input->view, from, &selection));
        selection_name(&selection, name, sizeof(name));
        share_add(shares, name, share);
        return;
    }
    for (r53__walk_init(&walk); r53__walk_next(&walk);) {
        struct elb_choice choice = *from;
        struct draw draw = {.walk = &walk};
        struct ratio next = share;

        assert_int_equal(r53__elb_step(input, &choice, &draw), R53_OK);
        assert_true(walk.depth <= 1);
        for (uint32_t i = 0; i < walk.depth; i++)
            next = reduced(next.n * walk.choices[i].weight, next.d * walk.choices[i].total);
        if (next.n > 0)
            shares_walk(input, &choice, next, shares);
    }
}

void shares_of(const r53_view *view, const r53_request *request, const r53_elb_state *state,
               struct shares *shares)
{
    struct elb_request parsed;
    const struct elb_input input = {view, &parsed, state, NULL};
    struct elb_choice choice;

    shares->n = 0;
    assert_int_equal(r53__elb_request_parse(&parsed, request), R53_OK);
    r53__elb_choice_init(&choice, 0, -1);
    shares_walk(&input, &choice, (struct ratio){1, 1}, shares);
}

const struct share *share_find(const struct shares *shares, const char *name)
{
    for (size_t i = 0; i < shares->n; i++) {
        if (strcmp(shares->list[i].name, name) == 0)
            return &shares->list[i];
    }
    return NULL;
}

static void expect_share(const struct shares *shares, const char *name, struct ratio f)
{
    const struct share *share = share_find(shares, name);

    if (!share)
        fail_msg("%s has no share", name);
    else if (share->ratio.n * f.d != f.n * share->ratio.d)
        fail_msg("%s has %lu/%lu", name, (unsigned long)share->ratio.n,
                 (unsigned long)share->ratio.d);
}

/* One word, "b1-8=1/16": number of shares it speaks of. */
static size_t expect_word(const struct shares *shares, const char *word)
{
    const char *equal = strchr(word, '='), *run = strchr(word, '-'), *slash = strchr(word, '/');
    struct ratio f = {(uint64_t)atoi(equal + 1), slash ? (uint64_t)atoi(slash + 1) : 1};
    char name[32];

    if (!run || run > equal || run[1] < '0' || run[1] > '9') {
        snprintf(name, sizeof(name), "%.*s", (int)(equal - word), word);
        expect_share(shares, name, f);
        return 1;
    }
    for (int i = atoi(word + 1); i <= atoi(run + 1); i++) {
        snprintf(name, sizeof(name), "%c%d", word[0], i);
        expect_share(shares, name, f);
    }
    return (size_t)(atoi(run + 1) - atoi(word + 1) + 1);
}

void expect_shares(const struct shares *shares, const char *expected)
{
    struct span rest = r53__span(expected), field;
    struct ratio sum = {0, 1};
    char word[64];
    size_t n = 0;

    while (r53__next_field(&rest, &field)) {
        snprintf(word, sizeof(word), "%.*s", (int)field.length, field.at);
        n += expect_word(shares, word);
    }
    assert_int_equal(n, shares->n);
    for (size_t i = 0; i < shares->n; i++)
        sum = reduced(sum.n * shares->list[i].ratio.d + shares->list[i].ratio.n * sum.d,
                      sum.d * shares->list[i].ratio.d);
    assert_true(sum.n == 1 && sum.d == 1);
}
