/*
 * Routing policies: which record set of a group is chosen, told as exact shares; that draws follow
 * those shares, and that nothing but the group itself moves a draw.
 */
#include "support/cloud_text.h"
#include "support/harness.h"
#include "support/shares.h"
#include "support/zone_text.h"

#include <r53/import.h>

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

#define LB1 "lb-1.us-east-1.elb.amazonaws.com"

/* Three weighted record sets .1 .2 .3, their health checks a b c. */
#define THREE(W1, W2, W3)                                                                          \
    "w A 192.0.2.1 id=a hc=a weight=" #W1 "\nw A 192.0.2.2 id=b hc=b weight=" #W2                  \
    "\nw A 192.0.2.3 id=c hc=c weight=" #W3 "\n"
#define PAIR                                                                                       \
    "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A 192.0.2.2 id=s hc=s failover=SECONDARY\n"

static const struct policy_case cases[] = {
    {"R53-WEIGHTED-02 R53-WEIGHTED-03 R53-CASE-26 10, 20 and 0", THREE(10, 20, 0), "",
     "w A -> .1 1/3, .2 2/3\n"},
    {"R53-WEIGHTED-02 1 beside 255", "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=255\n",
     "", "w A -> .1 1/256, .2 255/256\n"},
    {"R53-WEIGHTED-02 T30 1 beside four times 255 is exactly 1/1021",
     "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=255\nw A 192.0.2.3 id=c weight=255\n"
     "w A 192.0.2.4 id=d weight=255\nw A 192.0.2.5 id=e weight=255\n"
     "x A 192.0.2.5 id=z weight=1\nx A 192.0.2.2 id=b weight=255\nx A 192.0.2.3 id=c weight=255\n"
     "x A 192.0.2.4 id=d weight=255\nx A 192.0.2.1 id=a weight=255\n",
     "",
     "w A -> .1 1/1021, .2 255/1021, .3 255/1021, .4 255/1021, .5 255/1021\n"
     "x A -> .1 255/1021, .2 255/1021, .3 255/1021, .4 255/1021, .5 1/1021\n"},
    {"R53-WEIGHTED-02 T1 who asks does not matter", THREE(1, 1, 2), "",
     "w A -> .1 1/4, .2 1/4, .3 1/2\n"
     "w A subnet=203.0.113.0/24 -> .1 1/4, .2 1/4, .3 1/2\n"
     "w A resolver=198.51.100.7 -> .1 1/4, .2 1/4, .3 1/2\n"},
    {"R53-WEIGHTED-02 T31 each type has a sum of its own",
     "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=3\n"
     "w AAAA 2001:db8::3 id=a weight=5\nw AAAA 2001:db8::4 id=b weight=2\n",
     "", "w A -> .1 1/4, .2 3/4\nw AAAA -> .3 5/7, .4 2/7\nw TXT -> none 1\n"},
    {"R53-WEIGHTED-02 T32 weights hold for what an alias leads to",
     THREE(1, 2, 5) "x A alias=ZONE1/w\n"
                    "y A alias=ZONE1/x\n* A alias=ZONE1/w\n",
     "",
     "x A -> .1 1/8, .2 1/4, .3 5/8\ny A -> .1 1/8, .2 1/4, .3 5/8\n"
     "any A -> .1 1/8, .2 1/4, .3 5/8\n"},
    {"R53-WEIGHTED-02 R53-CASE-71 a weighted CNAME is chosen for every type",
     "w CNAME a.example.net id=a weight=1 ttl=60\nw CNAME b.example.net id=b weight=3 ttl=60\n", "",
     "w A -> a 1/4, b 3/4\nw TXT -> a 1/4, b 3/4\nw CNAME -> a 1/4, b 3/4\n"},
    {"R53-WEIGHTED-03 R53-CASE-27 T36 T46 all weights 0 are equally likely", THREE(0, 0, 0), "",
     "w A -> .1 1/3, .2 1/3, .3 1/3\n"},
    {"R53-WEIGHTED-03 aliases of weight 0 are as any other",
     "w A alias=ZONE1/x id=a weight=0\nw A alias=ZONE1/y id=b weight=7\n"
     "v A alias=ZONE1/x id=a weight=0\nv A alias=ZONE1/y id=b weight=0\n"
     "x A 192.0.2.1\ny A 192.0.2.2\n",
     "", "w A -> .2 1\nv A -> .1 1/2, .2 1/2\n"},
    {"R53-WEIGHTED-04 R53-CASE-28 weight 0 stays out while another is healthy", THREE(10, 20, 0),
     "a", "w A -> .2 1\n"},
    {"R53-WEIGHTED-04 R53-CASE-29 healthy without weight before unhealthy with",
     THREE(10, 20, 0) "w A 192.0.2.4 id=d hc=d weight=0\n", "a b d", "w A -> .3 1\n"},
    {"R53-WEIGHTED-04 R53-WEIGHTED-05 several healthy ones without weight are alike",
     THREE(10, 0, 0) "w A 192.0.2.4 id=d hc=d weight=0\n", "a d", "w A -> .2 1/2, .3 1/2\n"},
    {"R53-WEIGHTED-04 R53-HEALTH-05 R53-CASE-30 T2 none healthy: by weight, as if all were",
     THREE(10, 20, 0) "v A 192.0.2.1 id=a hc=a weight=0\nv A 192.0.2.2 id=b hc=b weight=9\n",
     "a b c", "w A -> .1 1/3, .2 2/3\nv A -> .2 1\n"},
    {"R53-WEIGHTED-04 none healthy, none with weight", THREE(0, 0, 0), "a b c",
     "w A -> .1 1/3, .2 1/3, .3 1/3\n"},
    {"R53-WEIGHTED-05 the shares of the unhealthy go to the others by weight", THREE(1, 2, 5), "b",
     "w A -> .1 1/6, .3 5/6\n"},
    {"R53-WEIGHTED-08 shares multiply along a tree",
     "w A alias=ZONE1/x id=a weight=3\nw A alias=ZONE1/y id=b weight=1\n"
     "x A 192.0.2.1 id=a weight=1\nx A 192.0.2.2 id=b weight=1\n"
     "y A 192.0.2.3 id=a weight=1\ny A 192.0.2.1 id=b weight=2\n",
     "", "w A -> .1 13/24, .2 3/8, .3 1/12\n"},
    {"R53-HEALTH-03 R53-CASE-31 without health check a record set is healthy for ever",
     "w A 192.0.2.1 id=a hc=a weight=10\nw A 192.0.2.2 id=b weight=20\n", "a", "w A -> .2 1\n"},
    {"R53-FAILOVER-02 R53-CASE-34 both healthy", PAIR, "", "f A -> .1 1\n"},
    {"R53-FAILOVER-02 R53-CASE-34 the secondary is down", PAIR, "s", "f A -> .1 1\n"},
    {"R53-FAILOVER-02 R53-CASE-34 the primary is down", PAIR, "p", "f A -> .2 1\n"},
    {"R53-FAILOVER-02 R53-CASE-34 both are down", PAIR, "p s", "f A -> .1 1\n"},
    {"R53-FAILOVER-02 R53-CASE-34 the secondary has no health check",
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A 192.0.2.2 id=s failover=SECONDARY\n", "p",
     "f A -> .2 1\n"},
    {"R53-FAILOVER-02 a secondary alone",
     "f A 192.0.2.2 id=s hc=s failover=SECONDARY\ng A 192.0.2.3 id=s failover=SECONDARY\n", "s",
     "f A -> .2 1\ng A -> .3 1\n"},
    {"R53-FAILOVER-02 a primary alone", "f A 192.0.2.1 id=p hc=p failover=PRIMARY\n", "p",
     "f A -> .1 1\n"},
    {"R53-FAILOVER-02 T58 a loaded group of three answers one of them",
     PAIR "f A 192.0.2.3 id=t hc=t failover=SECONDARY\n", "p", "f A -> .2 1\n"},
    {"R53-FAILOVER-02 T58 three sites in a row, one at a time",
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A alias=ZONE1/g id=s eth failover=SECONDARY\n"
     "g A 192.0.2.2 id=p hc=q failover=PRIMARY\ng A 192.0.2.3 id=s hc=s failover=SECONDARY\n",
     "p", "f A -> .2 1\n"},
    {"R53-FAILOVER-02 T58 the last of three sites",
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A alias=ZONE1/g id=s eth failover=SECONDARY\n"
     "g A 192.0.2.2 id=p hc=q failover=PRIMARY\ng A 192.0.2.3 id=s hc=s failover=SECONDARY\n",
     "p q", "f A -> .3 1\n"},
    {"R53-FAILOVER-02 T58 none of three sites: the primary",
     "f A 192.0.2.1 id=p hc=p failover=PRIMARY\nf A alias=ZONE1/g id=s eth failover=SECONDARY\n"
     "g A 192.0.2.2 id=p hc=q failover=PRIMARY\ng A 192.0.2.3 id=s hc=s failover=SECONDARY\n",
     "p q s", "f A -> .1 1\n"},
    {"R53-FAILOVER-03 R53-CASE-34 a primary without health check never fails",
     "f A 192.0.2.1 id=p failover=PRIMARY\nf A 192.0.2.2 id=s failover=SECONDARY\n", "p",
     "f A -> .1 1\n"},
    {"R53-FAILOVER-03 R53-HEALTH-12 R53-CASE-76 nor one that evaluates a record set without",
     "f A alias=ZONE1/x id=p eth failover=PRIMARY\nf A 192.0.2.2 id=s failover=SECONDARY\n"
     "x A 192.0.2.1\n",
     "", "f A -> .1 1\n"},
    {"R53-FAILOVER-04 primary and secondary are groups, the first fails as a whole",
     "f A alias=ZONE1/x id=p eth failover=PRIMARY\nf A alias=ZONE1/y id=s eth failover=SECONDARY\n"
     "x A 192.0.2.1 id=a hc=a weight=1\nx A 192.0.2.2 id=b hc=b weight=1\n"
     "y A 192.0.2.3 id=a hc=c weight=1\ny A 192.0.2.4 id=b hc=d weight=2\n",
     "a b", "f A -> .3 1/3, .4 2/3\n"},
    {"R53-FAILOVER-04 and only as a whole",
     "f A alias=ZONE1/x id=p eth failover=PRIMARY\nf A alias=ZONE1/y id=s eth failover=SECONDARY\n"
     "x A 192.0.2.1 id=a hc=a weight=1\nx A 192.0.2.2 id=b hc=b weight=1\n"
     "y A 192.0.2.3 id=a hc=c weight=1\ny A 192.0.2.4 id=b hc=d weight=2\n",
     "a c d", "f A -> .2 1\n"},
};

/* Answers as a client sees them. */
static const struct policy_case answers[] = {
    {"R53-GROUP-06 the chosen record set answers all of its values",
     "f A 192.0.2.1,192.0.2.2 id=p hc=p failover=PRIMARY\n"
     "f A 192.0.2.3,192.0.2.4 id=s failover=SECONDARY\n",
     "p", "f A -> NOERROR aa; f 300 A 192.0.2.3, f 300 A 192.0.2.4; AUTH=NS\n"},
    {"R53-GROUP-07 with its own TTL",
     "f A 192.0.2.1 ttl=17 id=p hc=p failover=PRIMARY\nf A 192.0.2.2 ttl=99 id=s "
     "failover=SECONDARY\n"
     "g A 192.0.2.1 ttl=17 id=p hc=q failover=PRIMARY\ng A 192.0.2.2 ttl=99 id=s "
     "failover=SECONDARY\n"
     "x A alias=ZONE1/f\n",
     "p",
     "f A -> NOERROR aa; f 99 A 192.0.2.2; AUTH=NS\ng A -> NOERROR aa; g 17 A 192.0.2.1; AUTH=NS\n"
     "x A -> NOERROR aa; x 99 A 192.0.2.2; AUTH=NS\n"},
    {"R53-WEIGHTED-07 the chosen branch answers all values of its simple record set",
     "w A alias=ZONE1/a id=a weight=0\nw A alias=ZONE1/b id=b weight=1\n"
     "a A 192.0.2.1,192.0.2.2\nb A 192.0.2.3,192.0.2.4,192.0.2.5 ttl=20\n",
     "", "w A -> NOERROR aa; w 20 A 192.0.2.3, w 20 A 192.0.2.4, w 20 A 192.0.2.5; AUTH=NS\n"},
    {"R53-CASE-71 one CNAME is answered, whatever the type",
     "w CNAME a.example.net id=a weight=0 ttl=60\nw CNAME b.example.net id=b weight=3 ttl=60\n", "",
     "w A -> NOERROR aa; w 60 CNAME b.example.net.; AUTH=NS\n"
     "w TXT -> NOERROR aa; w 60 CNAME b.example.net.; AUTH=NS\n"},
};

static const struct policy_case reasons[] = {
    {"R53-WEIGHTED-02 R53-WEIGHTED-03 the trace tells weights with health applied",
     THREE(10, 20, 0), "a",
     "w A -> w A \"a\" is unhealthy: health check a fails; w A \"b\" has weight 20 of 20; "
     "w A \"c\" has weight 0 beside others that have one; w A \"b\" is the choice\n"},
    {"R53-HEALTH-05 R53-WEIGHTED-04 the trace tells that all count as healthy", THREE(1, 0, 0),
     "a b c",
     "w A -> w A \"a\" is unhealthy: health check a fails; "
     "w A \"b\" is unhealthy: health check b fails; "
     "w A \"c\" is unhealthy: health check c fails; "
     "nothing in w A is healthy, so all count as healthy; w A \"a\" has weight 1 of 1; "
     "w A \"b\" has weight 0 beside others that have one; "
     "w A \"c\" has weight 0 beside others that have one; w A \"a\" is the choice\n"},
    {"R53-WEIGHTED-04 the trace tells of one without weight that takes over", THREE(10, 20, 0),
     "a b",
     "w A -> w A \"a\" is unhealthy: health check a fails; "
     "w A \"b\" is unhealthy: health check b fails; "
     "w A \"c\" has weight 0, and nothing with weight is healthy: its share is 1 of 1; "
     "w A \"c\" is the choice\n"},
    {"R53-WEIGHTED-03 the trace tells that none has weight", THREE(0, 0, 0), "a b",
     "w A -> w A \"a\" is unhealthy: health check a fails; "
     "w A \"b\" is unhealthy: health check b fails; "
     "w A \"c\" has weight 0 as all have: its share is 1 of 1; w A \"c\" is the choice\n"},
    {"R53-FAILOVER-02 the trace tells roles and health", PAIR, "p",
     "f A -> f A \"p\" is the primary; f A \"s\" is the secondary; "
     "f A \"p\" is unhealthy: health check p fails; f A \"s\" is the choice\n"},
    {"R53-SIMPLE-01 of a simple record set there is nothing to tell", "s A 192.0.2.1\n", "",
     "s A -> s A is the choice\n"},
};

/* Bounds */

static void bad_weights(void **state)
{
    static const char *const lines[] = {"CREATE w A 192.0.2.1 id=a weight=-1",
                                        "CREATE w A 192.0.2.1 id=a weight=256"};
    struct set_text *set = set_text_parse("w A 192.0.2.1 id=a weight=-1", 28);
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_import *import;

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_int_equal(batch_apply(cloud, lines[i], NULL), R53_E_INVALID);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_record_set(import, "ZONE1", &set->set), R53_E_INVALID);
    r53_import_free(import);
    set_text_free(set);
    r53_cloud_free(cloud);
}

/* A loaded group of n record sets of this weight and one of weight `one`. */
static void open_big(struct world *world, int n, int weight, int one)
{
    size_t room = (size_t)(n + 1) * 60, at = 0;
    char *text = malloc(room);

    assert_non_null(text);
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, room - at, "w A 192.0.2.2 id=%d weight=%d\n", i, weight);
    snprintf(text + at, room - at, "w A 192.0.2.1 id=one weight=%d\n", one);
    world_open(world, text);
    free(text);
}

static void big_sums(void **state)
{
    struct world world;

    (void)state;
    open_big(&world, 300, 255, 1);
    expect_lines(world.view, "w A -> .1 1/76501, .2 76500/76501\n", shares_text);
    world_close(&world);
    open_big(&world, 300, 0, 0);
    expect_lines(world.view, "w A -> .1 1/301, .2 300/301\n", shares_text);
    world_close(&world);
}

/* More than any account may have, but a file may say so: the sum must not wrap. */
static void huge_sum(void **state)
{
    struct world world;

    (void)state;
    open_big(&world, 65999, 65535, 65535);
    expect_lines(world.view, "w A -> .1 1/66000, .2 65999/66000\n", shares_text);
    world_close(&world);
}

/*
 * R53-WEIGHTED-05: the guide says "choose by weight, and another if that is unhealthy". So drawing
 * without putting back until one is healthy must give the same shares.
 */

enum { MEMBERS = 5 };

struct member {
    uint64_t weight;
    bool healthy;
};

static void draw_until_healthy(const struct member *members, unsigned left, struct fraction share,
                               struct fraction *shares)
{
    uint64_t total = 0, n = 0;

    for (unsigned i = 0; i < MEMBERS; i++) {
        total += left >> i & 1 ? members[i].weight : 0;
        n += left >> i & 1;
    }
    for (unsigned i = 0; i < MEMBERS; i++) {
        struct fraction drawn =
            fraction_times(share, total ? members[i].weight : 1, total ? total : n);

        if (!(left >> i & 1) || drawn.part == 0)
            continue;
        if (members[i].healthy)
            shares[i] = fraction_plus(shares[i], drawn);
        else
            draw_until_healthy(members, left & ~(1u << i), drawn, shares);
    }
}

static void draws_tell(char *buffer, struct member *members)
{
    struct fraction shares[MEMBERS];
    bool any = false;
    size_t at = 0;

    for (size_t i = 0; i < MEMBERS; i++) {
        shares[i] = (struct fraction){0, 1};
        any = any || members[i].healthy;
    }
    for (size_t i = 0; i < MEMBERS && !any; i++)
        members[i].healthy = true; /* R53-HEALTH-05 */
    draw_until_healthy(members, (1u << MEMBERS) - 1, (struct fraction){1, 1}, shares);
    for (size_t i = 0; i < MEMBERS; i++) {
        char what[16];

        snprintf(what, sizeof(what), ".%zu", i + 1);
        if (shares[i].part)
            at = share_put(buffer, at, what, shares[i]);
    }
}

static void repeated_draws(void **state)
{
    static const uint64_t weights[] = {0, 0, 1, 2, 3, 5, 8, 12};
    static char expected[ANSWER_TEXT_MAX], told[ANSWER_TEXT_MAX];

    (void)state;
    for (uint64_t round = 0; round < 200; round++) {
        struct member members[MEMBERS];
        char cloud[600] = "", down[60] = "";
        struct world world;

        for (size_t i = 0; i < MEMBERS; i++) {
            uint64_t chance = r53__mix2(round, i);

            members[i] = (struct member){weights[chance % COUNT(weights)], chance >> 32 & 1};
            snprintf(cloud + strlen(cloud), sizeof(cloud) - strlen(cloud),
                     "w A 192.0.2.%zu id=%zu hc=h%zu weight=%d\n", i + 1, i, i,
                     (int)members[i].weight);
            if (!members[i].healthy)
                snprintf(down + strlen(down), sizeof(down) - strlen(down), "%sh%zu",
                         *down ? " " : "", i);
        }
        world_open(&world, cloud);
        checks_fail(&world, down);
        draws_tell(expected, members);
        assert_string_equal(shares_text(told, world.view, "w A"), expected);
        world_close(&world);
    }
}

/* Draws */

/* Last octet of the first address, or 0. */
static int address_of(const r53_view *view, const char *name, uint64_t seed)
{
    static char told[ANSWER_TEXT_MAX];
    char query[60];
    const char *at;

    snprintf(query, sizeof(query), "%s seed=%llu", name, (unsigned long long)seed);
    at = strstr(resolve_text(told, view, query), "192.0.2.");
    return at ? atoi(at + strlen("192.0.2.")) : 0;
}

static void seeds_follow_shares(void **state)
{
    enum { SEEDS = 20000 };
    unsigned counts[4] = {0};
    struct world world;

    (void)state;
    world_open(&world, THREE(1, 2, 5));
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        counts[address_of(world.view, "w A", seed)]++;
    assert_int_equal(counts[0], 0);
    assert_in_range(counts[1], SEEDS / 8 - 250, SEEDS / 8 + 250); /* five deviations */
    assert_in_range(counts[2], SEEDS / 4 - 310, SEEDS / 4 + 310);
    world_close(&world);
}

static void names_draw_apart(void **state)
{
    enum { SEEDS = 4000 };
    unsigned same = 0;
    struct world world;

    (void)state;
    world_open(&world, "v A 192.0.2.1 id=a weight=1\nv A 192.0.2.2 id=b weight=1\n"
                       "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=1\n");
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        same += address_of(world.view, "v A", seed) == address_of(world.view, "w A", seed);
    assert_in_range(same, SEEDS / 2 - 160, SEEDS / 2 + 160);
    world_close(&world);
}

static const char *const forest[] = {
    "f A alias=ZONE1/w id=p eth failover=PRIMARY\n",
    "f A 192.0.2.9 id=s failover=SECONDARY\n",
    "w A alias=ZONE1/x id=a eth weight=3\n",
    "w A alias=ZONE1/y id=b eth weight=5\n",
    "w A 192.0.2.8 id=c hc=c weight=2\n",
    "x A 192.0.2.1 id=a hc=a weight=1\n",
    "x A 192.0.2.2 id=b hc=b weight=1\n",
    "x A 192.0.2.3 id=c weight=0\n",
    "y A 192.0.2.4 id=a hc=d weight=7\n",
    "y A 192.0.2.5 id=b weight=9\n",
};

static void forest_open(struct world *world, uint64_t shuffle, const char *more)
{
    char text[1200] = "";
    size_t order[COUNT(forest)];

    for (size_t i = 0; i < COUNT(forest); i++)
        order[i] = i;
    for (size_t i = COUNT(forest); shuffle && i > 1; i--) {
        size_t j = (size_t)(r53__mix2(shuffle, i) % i), taken = order[j];

        order[j] = order[i - 1];
        order[i - 1] = taken;
    }
    for (size_t i = 0; i < COUNT(forest); i++)
        strcat(text, forest[order[i]]);
    strcat(text, more);
    world_open(world, text);
    checks_fail(world, "b c");
}

static void assert_same_choices(const struct world *a, const struct world *b)
{
    for (uint64_t seed = 0; seed < 300; seed++) {
        assert_int_equal(address_of(a->view, "f A", seed), address_of(b->view, "f A", seed));
        assert_int_equal(address_of(a->view, "x A", seed), address_of(b->view, "x A", seed));
    }
}

/* Four addresses of two record sets: the order of the values does not follow from the choice. */
static void values_draw_apart(void **state)
{
    enum { SEEDS = 4000 };
    r53_query query = {.size = sizeof(query), .name = "w.example.com"};
    r53_record record = {.size = sizeof(record)};
    unsigned counts[5] = {0};
    struct world world;
    r53_answer *answer;

    (void)state;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    world_open(&world, "w A 192.0.2.1,192.0.2.2 id=a weight=1\n"
                       "w A 192.0.2.3,192.0.2.4 id=b weight=1\n");
    for (query.seed = 0; query.seed < SEEDS; query.seed++) {
        assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
        assert_int_equal(r53_answer_record(answer, R53_SECTION_ANSWER, 0, &record), R53_OK);
        counts[record.rdata[3]]++;
    }
    for (size_t i = 1; i < COUNT(counts); i++)
        assert_in_range(counts[i], SEEDS / 4 - 140, SEEDS / 4 + 140); /* five deviations */
    world_close(&world);
    r53_answer_free(answer);
}

static void order_of_adding(void **state)
{
    struct world plain, shuffled;

    (void)state;
    forest_open(&plain, 0, "");
    expect_lines(plain.view, "f A -> .1 3/8, .4 35/128, .5 45/128\n", shares_text);
    for (uint64_t shuffle = 1; shuffle <= 20; shuffle++) {
        forest_open(&shuffled, shuffle, "");
        assert_same_choices(&plain, &shuffled);
        world_close(&shuffled);
    }
    world_close(&plain);
}

static void unrelated_edits(void **state)
{
    static const char *const edits[] = {
        "a A 192.0.2.77\n",
        "w AAAA 2001:db8::1 id=a weight=1\nw AAAA 2001:db8::2 id=b weight=1\n",
        "w TXT \"x\"\nx.w A 192.0.2.78\n",
        "a A 192.0.2.7 id=a weight=1\na A 192.0.2.6 id=b weight=4 hc=a\nz A alias=ZONE1/x\n",
        "zone ZONE0 example.org\nf.example.org. A 192.0.2.1\n",
        "lb one application " LB1 " a=198.51.100.1\nseen d1.cloudfront.net 203.0.113.1\n",
    };
    struct world plain, edited;

    (void)state;
    forest_open(&plain, 0, "");
    for (size_t i = 0; i < COUNT(edits); i++) {
        forest_open(&edited, 0, edits[i]);
        assert_same_choices(&plain, &edited);
        world_close(&edited);
    }
    world_close(&plain);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(answers) + COUNT(reasons) + 9];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_TEST(tests, n, "T36 R53-WEIGHTED-01 weights below 0 are refused", bad_weights);
    ADD_TEST(tests, n, "T46 R53-WEIGHTED-02 sums beyond 16 bits are exact", big_sums);
    ADD_TEST(tests, n, "T46 R53-WEIGHTED-02 sums beyond 32 bits do not wrap", huge_sum);
    ADD_TEST(tests, n, "R53-WEIGHTED-05 shares are those of drawing until one is healthy",
             repeated_draws);
    ADD_TEST(tests, n, "T1 R53-WEIGHTED-02 seeds follow the shares", seeds_follow_shares);
    ADD_TEST(tests, n, "R53-WEIGHTED-02 each group draws for itself", names_draw_apart);
    ADD_TEST(tests, n, "R53-SIMPLE-02 the order of values is drawn apart from the record set",
             values_draw_apart);
    ADD_TEST(tests, n, "R53-WEIGHTED-02 the order of adding does not change a choice",
             order_of_adding);
    ADD_TEST(tests, n, "R53-WEIGHTED-02 an unrelated edit does not change a seed's choice",
             unrelated_edits);
    return RUN_TESTS("policy", tests, n);
}
