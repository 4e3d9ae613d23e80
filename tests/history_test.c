/*
 * A cloud's past does not matter: after any changes, flips of health checks and views between them,
 * it lists and answers as a cloud that was loaded as it is now. Changes replace groups of one
 * random zone by those of another (support/forest.h).
 */
#include "support/forest.h"
#include "support/harness.h"
#include "support/listing_text.h"
#include "support/naive.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

enum { HISTORIES = 150, STEPS = 12, CLIENTS = 6, BATCH_MAX = 4 * FOREST_MEMBERS * FOREST_LINE };

struct history {
    struct forest forests[2];
    struct forest_client clients[CLIENTS];
    int from[FOREST_NODES];    /* which forest the group is of */
    int status[FOREST_CHECKS]; /* enum r53_health_status as flipped, -1: not flipped */
    unsigned taken;            /* batches */
    struct world world;
};

static void history_open(struct history *h, uint64_t seed)
{
    char *text;

    forest_make(&h->forests[0], seed);
    forest_make(&h->forests[1], ~seed);
    for (int i = 0; i < CLIENTS; i++)
        forest_client_make(&h->forests[0], &h->clients[i]);
    for (int i = 0; i < FOREST_NODES; i++)
        h->from[i] = 0;
    for (int i = 0; i < FOREST_CHECKS; i++)
        h->status[i] = -1;
    text = forest_text(&h->forests[0], 0);
    world_open(&h->world, text);
    free(text);
}

static void group_lines(char *out, const char *verb, const struct forest *forest, int i)
{
    char line[FOREST_LINE];

    for (int k = 0; k < forest->groups[i].n; k++) {
        forest_member_line(forest, i, k, line);
        sprintf(out + strlen(out), "%s %s\n", verb, line);
    }
}

/* A group of the one forest makes room for that of the other; the zone may refuse it. */
static void group_swap(struct history *h)
{
    int i = forest_pick(&h->forests[0], FOREST_NODES);
    char batch[BATCH_MAX] = "";

    group_lines(batch, "DELETE", &h->forests[h->from[i]], i);
    group_lines(batch, "CREATE", &h->forests[!h->from[i]], i);
    if (batch_apply(h->world.cloud, batch, NULL) != R53_OK)
        return;
    h->from[i] = !h->from[i];
    h->taken++;
}

static void check_observe(r53_observed *observed, int check, int status)
{
    char id[8];

    snprintf(id, sizeof(id), "h%d", check);
    assert_int_equal(r53_observe_health_check(observed, id, status), R53_OK);
}

static void check_flip(struct history *h)
{
    int check = forest_pick(&h->forests[0], FOREST_CHECKS);

    h->status[check] = forest_pick(&h->forests[0], 2) ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;
    check_observe(h->world.observed, check, h->status[check]);
}

static void history_run(struct history *h)
{
    for (int step = 0; step < STEPS; step++) {
        if (forest_pick(&h->forests[0], 2))
            group_swap(h);
        else
            check_flip(h);
        if (forest_pick(&h->forests[0], 3))
            world_look(&h->world);
    }
    world_look(&h->world);
}

/* A cloud with these record sets, and the rest as the first forest has it. */
static void present_open(struct history *h, const char *listing, struct world *world)
{
    char *before, *text;

    h->forests[0].n_lines = h->forests[0].first_record;
    before = forest_text(&h->forests[0], 0);
    text = malloc(strlen(before) + strlen(listing) + 1);
    assert_non_null(text);
    sprintf(text, "%s%s", before, listing);
    world_open(world, text);
    for (int i = 0; i < FOREST_CHECKS; i++) {
        if (h->status[i] >= 0)
            check_observe(world->observed, i, h->status[i]);
    }
    world_look(world);
    free(text);
    free(before);
}

static void assert_same(const struct history *h, const struct world *other)
{
    static char here[ANSWER_TEXT_MAX], there[ANSWER_TEXT_MAX];

    for (int i = 0; i < FOREST_NODES; i++) {
        for (int c = 0; c < CLIENTS; c++) {
            char query[300];

            snprintf(query, sizeof(query), "n%d A%s seed=%d", i, h->clients[c].words, c);
            assert_string_equal(resolve_text(here, h->world.view, query),
                                resolve_text(there, other->view, query));
            assert_string_equal(shares_text(here, h->world.view, query),
                                shares_text(there, other->view, query));
        }
    }
}

static void past_does_not_matter(void **state)
{
    static struct listing_text past, present;
    static struct history h;
    unsigned taken = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
        struct world other;

        h.taken = 0;
        history_open(&h, seed);
        if (!h.forests[0].is_private && !h.forests[1].is_private) {
            history_run(&h);
            listing_text(&past, h.world.cloud, "ZONE1", false);
            present_open(&h, past.at, &other);
            assert_string_equal(listing_text(&present, other.cloud, "ZONE1", false), past.at);
            assert_same(&h, &other);
            world_close(&other);
        }
        taken += h.taken;
        world_close(&h.world);
    }
    assert_true(taken > HISTORIES); /* enough of them are not refused */
}

/* What was seen through a view before is seen through it after. */
static void views_stay(void **state)
{
    static char before[FOREST_NODES][ANSWER_TEXT_MAX], after[ANSWER_TEXT_MAX];
    static struct history h;

    (void)state;
    for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
        const r53_view *view;
        char query[300];

        history_open(&h, seed);
        view = r53_view_retain(h.world.view);
        for (int i = 0; i < FOREST_NODES; i++) {
            snprintf(query, sizeof(query), "n%d A%s", i, h.clients[0].words);
            shares_text(before[i], view, query);
        }
        if (!h.forests[0].is_private && !h.forests[1].is_private)
            history_run(&h);
        for (int i = 0; i < FOREST_NODES; i++) {
            snprintf(query, sizeof(query), "n%d A%s", i, h.clients[0].words);
            assert_string_equal(shares_text(after, view, query), before[i]);
        }
        r53_view_release(view);
        world_close(&h.world);
    }
}

int main(void)
{
    static struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "R53-BATCH-02 R53-HEALTH-01 a cloud's past does not matter",
             past_does_not_matter);
    ADD_TEST(tests, n, "R53-HEALTH-08 a view stays what it is", views_stay);
    return RUN_TESTS("history", tests, n);
}
