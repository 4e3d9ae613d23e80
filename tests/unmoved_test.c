/*
 * What does not move an answer: the order of adding, unrelated edits and changes, batches that
 * fail, a way through a listing. On random zones (support/forest.h).
 */
#include "support/grown.h"
#include "support/harness.h"
#include "support/listing_text.h"
#include "support/zone_text.h"

#include <stdio.h>
#include <stdlib.h>

static void order_of_adding(void **state)
{
    static struct grown plain, shuffled;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        grown_make(&plain, seed);
        grown_sow(&shuffled, seed);
        grown_open(&shuffled, seed * 3);
        assert_same_answers(&plain, shuffled.world.view);
        world_close(&shuffled.world);
        world_close(&plain.world);
    }
}

/* None of these is what a query for n0 .. n9 of type A depends on. */
static const char *const edits[] = {
    "a A 192.0.2.250\n",
    "a A 192.0.2.250 id=a weight=1\na A 192.0.2.251 id=b weight=2 hc=h0\n",
    "n3 AAAA 2001:db8::1 id=a weight=1\nn3 AAAA 2001:db8::2 id=b weight=1\n",
    "n1 TXT \"x\"\nx.n4 A 192.0.2.250 id=a region=eu-west-1\n* A 192.0.2.252\n",
    "n MX 10~n1.example.com\nn10 CNAME n1.example.com\n",
    "zz A alias=ZONE1/n1 id=a eth failover=PRIMARY\nzz A 192.0.2.250 id=b failover=SECONDARY\n",
    "saw q1 down\ncheck q2 tcp\nblocks C2 l0=203.0.0.0/12\nblocks C1 other=203.0.113.0/24\n",
    "place 198.51.100.0/24 DE\nlatency 198.51.100.0/24 us-east-1=1\nlatency ZA us-east-1=9999\n",
    "seen d1.cloudfront.net 203.0.113.1\n",
    "zone ZX example.org\nn1.example.org. A 192.0.2.250\n",
    "zone ZW vpc.test vpc-2\nn1.vpc.test. A 192.0.2.250\n",
};

static void unrelated_edits(void **state)
{
    static struct grown plain;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        const char *edit = edits[seed % COUNT(edits)];
        struct world edited;
        char *text, *more;

        grown_make(&plain, seed);
        text = forest_text(&plain.forest, 0);
        more = malloc(strlen(text) + strlen(edit) + 1);
        assert_non_null(more);
        sprintf(more, "%s%s", text, edit);
        world_open(&edited, more);
        assert_same_answers(&plain, edited.view);
        free(more);
        free(text);
        world_close(&edited);
        world_close(&plain.world);
    }
}

/* The same through the change door, in the cloud that has answered before. */
static void unrelated_changes(void **state)
{
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        struct world *world = &g.world;
        const r53_view *before;

        grown_make(&g, seed);
        before = r53_view_retain(world->view);
        assert_int_equal(batch_apply(world->cloud,
                                     "CREATE a A 192.0.2.250 id=a weight=1\n"
                                     "CREATE n2 AAAA 2001:db8::1\nCREATE z.n5 TXT \"x\"\n"
                                     "UPSERT z A 192.0.2.251 id=z hc=q country=DE\n",
                                     NULL),
                         R53_OK);
        world_look(world);
        assert_same_answers(&g, before);
        assert_int_equal(batch_apply(world->cloud,
                                     "DELETE a A 192.0.2.250 id=a weight=1\n"
                                     "DELETE n2 AAAA 2001:db8::1\n",
                                     NULL),
                         R53_OK);
        world_look(world);
        assert_same_answers(&g, before);
        r53_view_release(before);
        world_close(world);
    }
}

/* Listings */

/* More kinds of record sets than forests have. */
#define DECORATION                                                                                 \
    "@ MX 10~mail.example.com,20~mail.example.net\nmail A 192.0.2.200,192.0.2.201 ttl=60\n"        \
    "c CNAME a.example.net id=a weight=0\nc CNAME b.example.net id=b weight=255\n"                 \
    "t TXT \"a=b\",\"c\"\n*.w AAAA 2001:db8::1\ng A 192.0.2.1 id=a gpregion=us-east-1\n"           \
    "g A 192.0.2.2 id=b lzg=us-east-1-bue-1 bias=-1\ng A 192.0.2.3 id=c lat=-1.25 lon=+7.5\n"      \
    "s SRV 1~2~3~s.example.com\nd A 192.0.2.4 hc=h1\nm A 192.0.2.5 id=x multi=false\n"

static void listings_come_back(void **state)
{
    static struct listing_text first, second;
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        const char *zone;
        struct world other;
        char *text, *more;

        grown_make(&g, seed);
        zone = g.forest.is_private ? "ZP" : "ZONE1";
        if (!g.forest.is_private)
            world_say(&g.world, DECORATION);
        listing_text(&first, g.world.cloud, zone, false);
        assert_int_equal(first.lines,
                         g.forest.n_lines - g.forest.first_record + (g.forest.is_private ? 0 : 12));
        g.forest.n_lines = g.forest.first_record;
        text = forest_text(&g.forest, 0);
        more = malloc(strlen(text) + first.n + 1);
        assert_non_null(more);
        sprintf(more, "%s%s", text, first.at);
        world_open(&other, more);
        assert_string_equal(listing_text(&second, other.cloud, zone, false), first.at);
        assert_same_answers(&g, other.view);
        free(more);
        free(text);
        world_close(&other);
        world_close(&g.world);
    }
}

/* Batches that fail */

static void batch_write(struct grown *g, char *out)
{
    static const char *const faults[] = {
        "DELETE nowhere A 192.0.2.1\n",
        "CREATE bad A 1.2.3\n",
        "CREATE bad A 192.0.2.1,192.0.2.1\n",
        "CREATE x.example.org. A 192.0.2.1\n",
        "CREATE two A 192.0.2.1 id=a weight=1 region=us-east-1\n",
        "CREATE away A alias=ZONE1/never\n",
        "CREATE checked A 192.0.2.1 id=a weight=3 hc=unknown1\n",
        "UPSERT heavy A 192.0.2.1 id=a weight=256\n",
        "UPSERT @ CNAME a.example.net\n",
        "CREATE ttl A 192.0.2.1 id=a weight=1\nCREATE ttl A 192.0.2.2 id=b weight=1 ttl=60\n",
    };
    struct forest *f = &g->forest;
    int at = forest_pick(f, 4), fault = forest_pick(f, COUNT(faults) + 1);
    char line[FOREST_LINE];

    *out = '\0';
    for (int i = 0; i < 4; i++) {
        if (i == at && fault < (int)COUNT(faults)) {
            strcat(out, faults[fault]);
        } else if (i == at) { /* what is there already */
            forest_member_line(f, 5, 0, line);
            sprintf(out + strlen(out), "CREATE %s\n", line);
        }
        if (forest_pick(f, 2)) {
            sprintf(out + strlen(out), "UPSERT new%d A 192.0.2.24%d id=a weight=1\n", i, i);
        } else {
            forest_member_line(f, i, 0, line);
            sprintf(out + strlen(out), "DELETE %s\n", line);
        }
    }
}

static void failed_batches(void **state)
{
    static struct listing_text before, after;
    static struct grown g;

    (void)state;
    for (uint64_t seed = 1; seed <= GROWN_FORESTS; seed++) {
        char batch[10 * FOREST_LINE];
        const r53_view *view;

        grown_sow(&g, seed);
        if (g.forest.is_private) /* batches go to ZONE1 */
            continue;
        grown_open(&g, 0);
        batch_write(&g, batch);
        listing_text(&before, g.world.cloud, "ZONE1", true);
        view = r53_view_retain(g.world.view);
        if (batch_apply(g.world.cloud, batch, g.world.report) == R53_OK)
            fail_msg("forest %u: this was taken:\n%s", (unsigned)seed, batch);
        world_look(&g.world);
        assert_string_equal(listing_text(&after, g.world.cloud, "ZONE1", true), before.at);
        assert_same_answers(&g, view);
        r53_view_release(view);
        world_close(&g.world);
    }
}

int main(void)
{
    static struct CMUnitTest tests[5];
    size_t n = 0;

    ADD_TEST(tests, n, "R53-GROUP-08 T41 the order of adding changes no answer", order_of_adding);
    ADD_TEST(tests, n, "R53-GROUP-04 an unrelated edit changes no answer", unrelated_edits);
    ADD_TEST(tests, n, "R53-GROUP-04 R53-BATCH-01 nor does an unrelated change", unrelated_changes);
    ADD_TEST(tests, n, "R53-LIST-01 what is listed, loaded again, is listed and answers the same",
             listings_come_back);
    ADD_TEST(tests, n, "R53-BATCH-01 a batch that fails leaves listing and answers",
             failed_batches);
    return RUN_TESTS("unmoved", tests, n);
}
