#include "support/park_ends.h"

#include "support/harness.h"

#include <stdio.h>
#include <stdlib.h>

/* Several outcomes may have one end: how they got there differs. */
static void outcomes_gather(const r53_outcomes *outcomes, struct park_ends *out)
{
    out->n = 0;
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = {.size = sizeof(o)};
        char end[PARK_LINE];
        struct fraction share;
        int j = 0;

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        assert_int_equal(o.kind, R53_OUTCOME_SELECTION);
        park_end(end, o.selection);
        share =
            (struct fraction){strtoull(o.numerator, NULL, 10), strtoull(o.denominator, NULL, 10)};
        while (j < out->n && strcmp(out->list[j].name, end) != 0)
            j++;
        if (j == out->n) {
            snprintf(out->list[j].name, sizeof(out->list[j].name), "%.63s", end);
            out->list[out->n++].share = share;
        } else {
            out->list[j].share = fraction_plus(out->list[j].share, share);
        }
    }
}

static void expect_ends(const struct park_ends *got, const struct park_ends *wanted, uint64_t seed)
{
    struct fraction sum = {0, 1};

    for (int i = 0; i < got->n; i++) {
        struct fraction share = park_share(wanted, got->list[i].name);

        sum = fraction_plus(sum, got->list[i].share);
        if (share.part != got->list[i].share.part || share.whole != got->list[i].share.whole)
            fail_msg("park %lu: %s has %lu/%lu, not %lu/%lu", (unsigned long)seed,
                     got->list[i].name, (unsigned long)got->list[i].share.part,
                     (unsigned long)got->list[i].share.whole, (unsigned long)share.part,
                     (unsigned long)share.whole);
    }
    assert_int_equal(got->n, wanted->n);
    assert_true(sum.part == 1 && sum.whole == 1); /* ELB-MATH-09 */
}

void park_expect_ends(const r53_view *view, const r53_query *query,
                      const struct park_request *request, const struct park_ends *wanted,
                      uint64_t seed)
{
    struct park_ends got;
    r53_outcomes *outcomes;

    assert_int_equal(r53_outcomes_new(&outcomes, view, query, &request->request, NULL), R53_OK);
    outcomes_gather(outcomes, &got);
    expect_ends(&got, wanted, seed);
    r53_outcomes_free(outcomes);
}
