/*
 * IP-based routing: the longest block around the client among those of locations that the group has
 * record sets for; health, scopes, and a naive model beside it.
 */
#include "support/harness.h"
#include "support/shares.h"

#include "base/hash.h"

#include <stdio.h>

#define BLOCKS "blocks C1 loc1=203.0.113.0/24 loc2=203.0.0.0/16\n"
#define LOC1   "c A 192.0.2.1 id=1 hc=a cidr=C1/loc1\n"
#define LOC2   "c A 192.0.2.2 id=2 hc=b cidr=C1/loc2\n"
#define REST   "c A 192.0.2.3 id=3 hc=c cidr=C1/*\n"
#define C      BLOCKS LOC1 LOC2 REST

static const struct policy_case cases[] = {
    {"R53-CIDR-03 R53-CIDR-05 R53-CASE-51 the longest block that contains the client", C, "",
     "c A subnet=203.0.113.128/25 -> .1 1\nc A subnet=203.0.112.0/24 -> .2 1\n"
     "c A subnet=203.0.0.0/12 -> .3 1\nc A resolver=198.51.100.7 -> .3 1\n"
     "c A resolver=203.0.113.7 -> .1 1\nc A -> .3 1\n"},
    {"R53-CIDR-03 a client prefix must lie in the block as a whole",
     "blocks C1 loc1=2001:db8::/32 loc2=2001:db8:0:1234::/48\n" LOC1 LOC2 REST, "",
     "c A subnet=2001:db8:1234::/48 -> .1 1\nc A subnet=2001:db8::/32 -> .1 1\n"
     "c A subnet=2001:db8::/48 -> .2 1\nc A subnet=2001::/16 -> .3 1\n"},
    {"R53-CIDR-03 R53-PLACE-03 a subnet of length 0 leaves the resolver's address", C, "",
     "c A subnet=0.0.0.0/0 resolver=203.0.113.7 -> .1 1\n"
     "c A subnet=203.0.112.0/24 resolver=203.0.113.7 -> .2 1\n"},
    {"R53-CIDR-06 R53-CASE-52 an unhealthy location: that of the next shorter block", C, "a",
     "c A subnet=203.0.113.128/25 -> .2 1\n"},
    {"R53-CIDR-06 R53-CASE-52 two down: the default", C, "a b",
     "c A subnet=203.0.113.128/25 -> .3 1\n"},
    {"R53-CIDR-06 R53-CASE-52 R53-HEALTH-06 all down: the most specific", C, "a b c",
     "c A subnet=203.0.113.128/25 -> .1 1\nc A resolver=198.51.100.7 -> .3 1\n"},
    {"R53-CIDR-05 R53-CASE-52 R53-DISP-08 without default: no answer", BLOCKS LOC1 LOC2, "a b",
     "c A resolver=198.51.100.7 -> none 1\nc A subnet=203.0.113.128/25 -> .1 1\nc A -> none 1\n"},
    {"R53-CIDR-04 a location without record set does not hide a larger block",
     "blocks C1 loc1=203.0.113.0/24 loc9=203.0.113.128/25 loc2=203.0.0.0/16\n" LOC1 LOC2 REST, "",
     "c A subnet=203.0.113.128/25 -> .1 1\n"},
    {"R53-CIDR-04 nor the default", "blocks C1 loc9=203.0.113.0/24\n" LOC1 REST, "",
     "c A subnet=203.0.113.0/24 -> .3 1\n"},
    {"R53-CIDR-07 R53-CASE-53 the client's family selects the blocks",
     BLOCKS "c AAAA 2001:db8::1 id=1 cidr=C1/loc1\nc AAAA 2001:db8::3 id=3 cidr=C1/*\n", "",
     "c AAAA subnet=2001:db8::/48 -> .3 1\nc AAAA resolver=203.0.113.7 -> .1 1\n"},
    {"R53-CIDR-07 groups of both types by one location",
     BLOCKS "c A 192.0.2.1 id=1 cidr=C1/loc1\nc AAAA 2001:db8::2 id=1 cidr=C1/loc1\n", "",
     "c A subnet=203.0.113.0/24 -> .1 1\nc AAAA subnet=203.0.113.0/24 -> .2 1\n"},
    {"R53-CIDR-08 in a private zone only the default", "zone ZP example.com vpc-1\n" C, "",
     "c A vpc=vpc-1 subnet=203.0.113.0/24 resolver=203.0.113.7 -> .3 1\n"},
    {"R53-CIDR-08 R53-PRIV-11 without one, no answer", "zone ZP example.com vpc-1\n" BLOCKS LOC1,
     "", "c A vpc=vpc-1 resolver=203.0.113.7 -> none 1\n"},
    {"R53-JSON-09 a collection that is not there: only the default",
     "c A 192.0.2.1 id=1 cidr=C9/loc1\nc A 192.0.2.3 id=3 cidr=C9/*\n", "",
     "c A subnet=203.0.113.0/24 -> .3 1\n"},
    {"R53-JSON-09 a loaded group of two collections goes by its first",
     BLOCKS "blocks C2 loc1=203.0.113.0/24\n" LOC2 "c A 192.0.2.9 id=9 cidr=C2/loc1\n", "",
     "c A subnet=203.0.113.0/24 -> .2 1\n"},
    {"R53-HEALTH-37 R53-CIDR-03 below an alias, with its weights",
     C "x A alias=ZONE1/c id=a weight=1\nx A 192.0.2.9 id=b weight=1\n", "",
     "x A subnet=203.0.113.0/24 -> .1 1/2, .9 1/2\n"},
    {"R53-HEALTH-31 R53-CIDR-06 a branch that is down",
     BLOCKS "c A alias=ZONE1/x id=1 eth cidr=C1/loc1\nc A 192.0.2.2 id=2 cidr=C1/loc2\n"
            "x A 192.0.2.1 id=x hc=x weight=1\n",
     "x", "c A subnet=203.0.113.0/24 -> .2 1\n"},
};

static const struct policy_case answers[] = {
    {"R53-CIDR-05 R53-DISP-08 no location is NODATA", BLOCKS LOC1, "",
     "c A -> NOERROR aa; AUTH=SOA/900\n"},
};

static const struct policy_case scopes[] = {
    {"R53-PLACE-04 T34 the scope is the length of the block that matched", C, "",
     "c A subnet=203.0.113.128/25 -> 24\nc A subnet=203.0.112.0/24 -> 16\n"
     "c A subnet=198.51.100.0/24 -> 24\nc A subnet=198.51.100.7/32 -> 24\n"
     "c A resolver=203.0.113.7 -> -1\nc A subnet=0.0.0.0/0 resolver=203.0.113.7 -> 0\n"},
    {"R53-PLACE-04 health does not change it", C, "a", "c A subnet=203.0.113.128/25 -> 24\n"},
    {"R53-PLACE-04 R53-CIDR-04 a location without record set did not match", BLOCKS LOC2 REST, "",
     "c A subnet=203.0.113.0/24 -> 16\n"},
    {"R53-PLACE-02 0 in a private zone", "zone ZP example.com vpc-1\n" C, "",
     "c A vpc=vpc-1 subnet=203.0.113.0/24 -> 0\n"},
};

static const struct policy_case reasons[] = {
    {"R53-CIDR-03 the trace tells blocks", C, "a",
     "c A subnet=203.0.113.0/24 -> c A \"1\" is for a block of 24 bits around the client; "
     "c A \"1\" is unhealthy: health check a fails; "
     "c A \"2\" is for a block of 16 bits around the client; c A \"3\" is for everyone; "
     "c A \"2\" is the choice\n"
     "c A resolver=203.0.112.1 -> c A \"1\" is for other clients; "
     "c A \"2\" is for a block of 16 bits around the client; c A \"3\" is for everyone; "
     "c A \"2\" is the choice\n"},
    {"R53-CIDR-08 the trace tells that no address counts", BLOCKS LOC1, "",
     "c A -> no address of the client is known that counts here, so no block matches; "
     "c A \"1\" is for other clients; "
     "no record set of c A is for this client, so there is no answer\n"},
};

/*
 * The naive model: every block looked at. Blocks nest in 10.0.0.0/8, each of a location of its own,
 * of which half have a record set, and half of those are healthy.
 */

enum { LOCATIONS = 40, ROUNDS = 25, CLIENTS = 40 };

struct location {
    uint32_t address;
    unsigned length;
    bool has_record, healthy;
};

static bool contains(const struct location *location, uint32_t client)
{
    return ((location->address ^ client) >> (32 - location->length)) == 0;
}

/* Number of the record set, 0: none; the default is LOCATIONS + 1. */
static unsigned choose_naively(const struct location *locations, uint32_t client)
{
    unsigned best[2] = {0, 0}, length[2] = {0, 0};

    for (unsigned i = 0; i < LOCATIONS; i++) {
        const struct location *l = &locations[i];

        if (!l->has_record || !contains(l, client))
            continue;
        for (unsigned healthy = 0; healthy <= (unsigned)l->healthy; healthy++) {
            if (l->length > length[healthy]) {
                best[healthy] = i + 1;
                length[healthy] = l->length;
            }
        }
    }
    return best[1] ? best[1] : LOCATIONS + 1; /* the default is healthy */
}

static bool is_told(const struct location *locations, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (locations[i].length == locations[n].length &&
            contains(&locations[i], locations[n].address))
            return true;
    }
    return false;
}

static void locations_make(struct location *locations, uint64_t round)
{
    for (unsigned i = 0; i < LOCATIONS; i++) {
        uint64_t chance = r53__mix2(round, i);
        unsigned length = 8 + (unsigned)(chance % 17);
        uint32_t address = 10u << 24 | (uint32_t)(chance >> 32 & 0x3) << 22 |
                           (uint32_t)(chance >> 40 & 0x7) << 13 | (uint32_t)(chance >> 48 & 3) << 8;

        locations[i] = (struct location){address & ~(uint32_t)0 << (32 - length), length,
                                         chance >> 20 & 1, chance >> 21 & 1};
        if (is_told(locations, i))
            i--, round += 1000;
    }
}

static void locations_say(const struct location *locations, char *cloud, char *down)
{
    size_t at = 0, d = 0;

    for (unsigned i = 0; i < LOCATIONS; i++) {
        const struct location *l = &locations[i];

        at += (size_t)sprintf(cloud + at, "blocks C1 l%u=%u.%u.%u.%u/%u\n", i, l->address >> 24,
                              l->address >> 16 & 255, l->address >> 8 & 255, l->address & 255,
                              l->length);
        if (l->has_record)
            at += (size_t)sprintf(cloud + at, "c A 192.0.2.%u id=%u hc=h%u cidr=C1/l%u\n", i + 1, i,
                                  i, i);
        if (!l->healthy)
            d += (size_t)sprintf(down + d, "%sh%u", d ? " " : "", i);
    }
    sprintf(cloud + at, "c A 192.0.2.%u id=rest cidr=C1/*\n", (unsigned)LOCATIONS + 1);
}

static void against_naive(void **state)
{
    static char cloud[8000], down[400], line[100];
    struct location locations[LOCATIONS];

    (void)state;
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        struct world world;

        locations_make(locations, round);
        down[0] = '\0';
        locations_say(locations, cloud, down);
        world_open(&world, cloud);
        checks_fail(&world, down);
        for (uint64_t i = 0; i < CLIENTS; i++) {
            uint32_t client =
                locations[i % LOCATIONS].address | ((uint32_t)r53__mix2(round, i + 99) & 0x3fff);

            snprintf(line, sizeof(line), "c A resolver=%u.%u.%u.%u -> .%u 1\n", client >> 24,
                     client >> 16 & 255, client >> 8 & 255, client & 255,
                     choose_naively(locations, client));
            expect_lines(world.view, line, shares_text);
        }
        world_close(&world);
    }
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(cases) + COUNT(answers) + COUNT(scopes) + COUNT(reasons) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_shares);
    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, scopes, check_scopes);
    ADD_CASES(tests, n, reasons, check_reasons);
    ADD_TEST(tests, n, "R53-CIDR-03 R53-CIDR-04 R53-CIDR-06 as looking at every block would",
             against_naive);
    return RUN_TESTS("policy_cidr", tests, n);
}
