/*
 * The quick way against the general way: what r53_respond answers to a peer that wants it minimal
 * is what r53_resolve resolves, written step by step, octet for octet. Each case is asked with many
 * seeds by many clients, with and without EDNS, client subnets and room; and each says whether the
 * quick way is what answers it.
 */
#include "support/harness.h"

#include <r53/import.h>

#include "route53/peer_client.h"
#include "route53/quick.h"
#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/wire_text.h"
#include "support/zone_text.h"

#include <stdio.h>
#include <stdlib.h>

#define LB(...) "lb one application lb-1.us-east-1.elb.amazonaws.com " __VA_ARGS__ "\n"
#define TO_LB   "alias=Z35SXDOTRQ7X7K/lb-1.us-east-1.elb.amazonaws.com."
#define TO_CDN  "alias=Z2FDTNDATAQYW2/d1.cloudfront.net."
#define PARTIAL "partial_availability_zone_affinity"
#define FULL    "availability_zone_affinity"
#define DOWN    "check d http down\n"
#define V4(a)   a "1," a "2," a "3," a "4"
#define V16     V4("192.0.2.1") "," V4("192.0.2.2") "," V4("192.0.2.3") "," V4("192.0.2.4")
#define M(x)    "m A 192.0.2." #x " id=" #x " multi=true ttl=9" #x
#define M4(x)   M(x##1) "\n" M(x##2) "\n" M(x##3) "\n" M(x##4) "\n"
#define POLICIES                                                                                   \
    "g A 192.0.2.1 id=a country=DE\ng A 192.0.2.2 id=b country=US subdivision=CA\n"                \
    "g A 192.0.2.3 id=c continent=EU\ng A 192.0.2.4 id=d country=JP hc=d\n"                        \
    "l A 192.0.2.1 id=a region=us-east-1\nl A 192.0.2.2 id=b region=eu-west-1\n"                   \
    "l A 192.0.2.3 id=c region=ap-northeast-1 hc=d\n"                                              \
    "c A 192.0.2.1 id=a cidr=C1/in\nc A 192.0.2.2 id=b cidr=C1/out hc=d\n"                         \
    "c A 192.0.2.3 id=c cidr=C1/deep\n"                                                            \
    "p A 192.0.2.1 id=a lat=10 lon=10\np A 192.0.2.2 id=b gpregion=us-east-1\n"                    \
    "z A 192.0.2.1 id=a az=AvailabilityZone/use1-az1\n"                                            \
    "z A 192.0.2.2 id=b az=Region/us-east-1\n"                                                     \
    "blocks C1 in=203.0.113.0/24,2001:db8::/32 out=203.0.0.0/16 "                                  \
    "deep=203.0.113.128/25,2001:db8:1::/48\n"                                                      \
    "place 203.0.113.0/24 DE\nplace 2001:db8::/40 US state=CA @3700,-12200\n"                      \
    "place 198.51.100.0/24 FR continent=EU @4885,235\n"                                            \
    "latency 203.0.113.0/24 us-east-1=90 eu-west-1=20\n"

enum { ROOM = 4096, SEEDS = 6, RANDOM_CLOUDS = 60, RANDOM_QUERIES = 250 };

/* Who asks: words of the query on the wire, and what the peer says besides. */
static const struct asker {
    const char *words;
    r53_peer said;
} askers[] = {
    {"", {0}},
    {"edns=4096", {0}},
    {"tcp rd", {0}},
    {"edns=4096 do from=203.0.113.200", {0}},
    {"from=198.51.100.7", {0}},
    {"from=2001:db8:1::53", {0}},
    {"edns=1232 subnet=203.0.113.0/24 from=198.51.100.7", {0}},
    {"edns=1232 subnet=203.0.113.77/32", {0}},
    {"edns=1232 subnet=203.0.0.0/9", {0}},
    {"edns=1232 subnet=0.0.0.0/0 from=203.0.113.9", {0}},
    {"edns=1232 subnet=2001:db8:1::/56", {0}},
    {"edns=1232 subnet=2001:db8::/128", {0}},
    {"edns=1232 subnet=192.88.99.0/24", {0}},
    {"", {.country_code = "US", .subdivision_code = "CA"}},
    {"edns=4096 subnet=203.0.113.0/24", {.continent_code = "EU"}},
    {"edns=4096", {.has_coordinates = 1, .latitude = 3700, .longitude = -12200}},
    {"", {.availability_zone_id = "use1-az1"}},
    {"edns=4096", {.vpc_id = "vpc-1", .vpc_region = "us-east-1", .availability_zone = "a"}},
    {"", {.vpc_id = "vpc-1", .availability_zone = "b", .availability_zone_id = "use1-az2"}},
};

static void asker_add(r53_peer *peer, const r53_peer *said)
{
    peer->has_coordinates = said->has_coordinates;
    peer->latitude = said->latitude;
    peer->longitude = said->longitude;
    peer->continent_code = said->continent_code;
    peer->country_code = said->country_code;
    peer->subdivision_code = said->subdivision_code;
    peer->vpc_id = said->vpc_id;
    peer->vpc_region = said->vpc_region;
    peer->availability_zone = said->availability_zone;
    peer->availability_zone_id = said->availability_zone_id;
}

static void ask(struct wire_query *q, const char *name, const struct asker *asker, unsigned seed)
{
    char line[200];

    snprintf(line, sizeof(line), "%s %s seed=%u", name, asker->words, seed);
    wire_query_parse(q, line);
    asker_add(&q->peer, &asker->said);
    q->peer.minimal = 1;
}

/* The general way, step by step; returns the length of the response. */
static size_t resolved(const r53_view *view, const struct wire_query *q, uint8_t *response)
{
    r53_message message = {.size = sizeof(message)};
    r53_query query = {.size = sizeof(query), .seed = q->peer.seed};
    char texts[R53_MESSAGE_TEXT_MAX], address[64];
    r53_answer *answer;
    size_t length = 0;

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_message_parse(q->octets, q->length, &message), R53_OK);
    assert_int_equal(r53_message_query(&message, &query, texts, sizeof(texts)), R53_OK);
    if (q->peer.address) {
        struct address from = {.family = q->peer.n_address == 4 ? ADDRESS_IPV4 : ADDRESS_IPV6};
        struct text text;

        memcpy(from.octets, q->peer.address, q->peer.n_address);
        r53__text_init(&text, address, sizeof(address));
        r53__address_put(&text, &from);
        query.resolver_address = address;
    }
    query.has_coordinates = q->peer.has_coordinates;
    query.latitude = q->peer.latitude;
    query.longitude = q->peer.longitude;
    query.continent_code = q->peer.continent_code;
    query.country_code = q->peer.country_code;
    query.subdivision_code = q->peer.subdivision_code;
    query.vpc_id = q->peer.vpc_id;
    query.vpc_region = q->peer.vpc_region;
    query.availability_zone = q->peer.availability_zone;
    query.availability_zone_id = q->peer.availability_zone_id;
    assert_int_equal(r53_resolve(view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_message_write(&message, &q->peer, answer, response, ROOM, &length),
                     R53_OK);
    r53_answer_free(answer);
    return length;
}

/* Asks the quick way alone; 0: it does not cover the query. */
static size_t quickly(const r53_view *view, const struct wire_query *q, uint8_t *response)
{
    static struct message message;
    struct route_query query = {.seed = q->peer.seed, .vpc_id = q->peer.vpc_id};
    uint8_t starts[QUESTION_STARTS];
    struct question_name name = {&query.name, starts, &query.hash, &query.labels};
    struct quick quick = {view, &q->peer, &message, &query, starts, -1};
    struct search search;

    assert_true(r53__message_parse(&message, &name, q->octets, q->length));
    query.type = message.type;
    if (r53__peer_is_placed(&q->peer))
        assert_int_equal(r53__peer_place(&q->peer, &query.client), R53_OK);
    quick.zone = r53__view_zone_above(view, r53__name(&query.name), starts, query.labels);
    r53__search_begin(&search, view->zones[quick.zone].zone, query.hash);
    return r53__quick_answer(&quick, &search, response, ROOM);
}

static unsigned u16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* Header, question, answer and OPT are the same; what is beside an answer only one of them has. */
static void expect_same(const uint8_t *minimal, size_t n_minimal, const uint8_t *whole,
                        size_t n_whole, size_t opt)
{
    assert_memory_equal(minimal, whole, 8);
    assert_true(n_minimal <= n_whole);
    if (u16(minimal + 6) == 0) {
        assert_int_equal(n_minimal, n_whole);
        assert_memory_equal(minimal, whole, n_whole);
        return;
    }
    assert_int_equal(u16(minimal + 8), 0);
    assert_int_equal(u16(minimal + 10), opt ? 1 : 0);
    assert_memory_equal(minimal + 12, whole + 12, n_minimal - opt - 12);
    assert_memory_equal(minimal + n_minimal - opt, whole + n_whole - opt, opt);
}

/* Both ways; true: the quick way did it. */
static bool check_query(const r53_view *view, const struct wire_query *q)
{
    static uint8_t whole[ROOM], minimal[ROOM], quick[ROOM];
    r53_message message = {.size = sizeof(message)};
    size_t n_whole = resolved(view, q, whole), n_minimal = 0, n_quick = quickly(view, q, quick);
    size_t opt = 0;

    assert_int_equal(r53_respond(view, &q->peer, q->octets, q->length, minimal, ROOM, &n_minimal),
                     R53_OK);
    assert_int_equal(r53_message_parse(q->octets, q->length, &message), R53_OK);
    if (message.has_edns) /* as long as the query's, but for the options that are not sent back */
        opt = q->length - (12u + message.n_name + 4u);
    expect_same(minimal, n_minimal, whole, n_whole, opt);
    if (n_quick > 0) {
        assert_int_equal(n_quick, n_minimal);
        assert_memory_equal(quick, minimal, n_minimal);
    }
    return n_quick > 0;
}

enum covered { COVERED, NOT_COVERED, AS_FITS };

/* Names with their types, ", " between them, by all askers. */
static void check_names(const r53_view *view, const char *names, enum covered covered)
{
    char list[200], *name;

    snprintf(list, sizeof(list), "%s", names);
    for (name = list; name; name = strchr(name, ',') ? strchr(name, ',') + 2 : NULL) {
        for (unsigned i = 0; i < COUNT(askers) * SEEDS; i++) {
            struct wire_query q;
            char one[100];
            bool quick;

            snprintf(one, sizeof(one), "%.*s", (int)strcspn(name, ","), name);
            ask(&q, one, &askers[i % COUNT(askers)], i);
            quick = check_query(view, &q);
            if (covered != AS_FITS)
                assert_int_equal(quick, covered == COVERED);
        }
    }
}

static const struct quick_case {
    const char *what, *lines, *names;
    enum covered covered;
} cases[] = {
    {"R53-SIMPLE-02 values, two to sixteen",
     "v1 A 192.0.2.1\nv2 A 192.0.2.1,192.0.2.2\nv4 A " V4("192.0.2.") "\nv16 A " V16 "\n"
                                                                      "s4 AAAA " V4(
                                                                          "2001:db8::") "\n",
     "v1 A, v2 A, v4 A, v16 A, s4 AAAA, v4 AAAA, no A, a.no AAAA", COVERED},
    {"R53-SIMPLE-02 more values go the general way", "v A " V16 ",192.0.2.99\n", "v A",
     NOT_COVERED},
    {"R53-DNS-04 what does not fit goes the general way",
     "*.a.very.long.name.that.takes.up.much.of.the.room.in.a.message.of.few.octets AAAA " V4(
         "2001:db8::1") "," V4("2001:db8::2") "," V4("2001:db8::3") "," V4("2001:db8::4") "\n",
     "x.a.very.long.name.that.takes.up.much.of.the.room.in.a.message.of.few.octets AAAA", AS_FITS},
    {"R53-WEIGHTED-02 R53-FAILOVER-02",
     DOWN "w A 192.0.2.1,192.0.2.9 id=a weight=1\nw A 192.0.2.2 id=b weight=3\n"
          "w A 192.0.2.3 id=c weight=4 hc=d\nf A 192.0.2.1 id=a failover=PRIMARY hc=d\n"
          "f A " V4("192.0.2.") " id=b failover=SECONDARY\n",
     "w A, f A, w AAAA", COVERED},
    {"R53-WEIGHTED-02 R53-WEIGHTED-04 one address each, of an unhealthy group and others",
     DOWN "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=3 ttl=5\n"
          "w A 192.0.2.3 id=c weight=4 hc=d\nw AAAA 2001:db8::1 id=a weight=1\n"
          "w AAAA 2001:db8::2 id=b weight=2\n*.w A 192.0.2.4 id=a weight=9\n"
          "*.w A 192.0.2.5 id=b weight=9\nz A 192.0.2.1 id=a weight=0\n"
          "z A 192.0.2.2 id=b weight=0\ny A 192.0.2.1 id=a weight=0\n"
          "y A 192.0.2.2 id=b weight=1 hc=d\n",
     "w A, w AAAA, x.w A, z A, y A", COVERED},
    {"R53-FAILOVER-02 one address each, the primary healthy or not",
     DOWN "f A 192.0.2.1 id=a failover=PRIMARY hc=d\nf A 192.0.2.2 id=b failover=SECONDARY\n"
          "g A 192.0.2.1 id=a failover=PRIMARY\ng A 192.0.2.2 id=b failover=SECONDARY hc=d\n"
          "h A 192.0.2.1 id=a failover=SECONDARY\nh A 192.0.2.2 id=b failover=PRIMARY\n"
          "i A 192.0.2.2 id=b failover=SECONDARY\n",
     "f A, g A, h A, i A", COVERED},
    {"R53-MULTI-02 one to eight",
     "m A 192.0.2.1 id=a multi=true\nn AAAA 2001:db8::1 id=a "
     "multi=true\nn AAAA 2001:db8::2 id=b multi=true ttl=20\n",
     "m A, n AAAA, n A", COVERED},
    {"R53-MULTI-02 of twenty", M4(1) M4(2) M4(3) M4(4) M4(5), "m A", COVERED},
    {"R53-MULTI-03 without the unhealthy",
     DOWN M4(1) M4(2) M(31) " hc=d\n" M(32) "\n" M(33) " hc=d\n" M(34) " hc=d\n", "m A", COVERED},
    {"R53-MULTI-04 none healthy: all", DOWN M(11) " hc=d\n" M(12) " hc=d\n" M(13) " hc=d\n", "m A",
     COVERED},
    {"R53-MULTI-06 a value twice", M4(1) M4(2) "m A 192.0.2.11 id=x multi=true ttl=5\n", "m A",
     COVERED},
    {"R53-MULTI-06 several values go the general way",
     M(1) "\nm A 192.0.2.1,192.0.2.2 id=b "
          "multi=true\n",
     "m A", NOT_COVERED},
    {"R53-MULTI-02 through an alias",
     M4(1) "al A alias=ZONE1/m\nw A alias=ZONE1/al id=a weight=1\n"
           "w A alias=ZONE1/m id=b weight=1\n",
     "al A, w A", COVERED},
    {"R53-GEO-03 R53-LATENCY-02 R53-CIDR-03 R53-GEOPROX-03 R53-AZ-03 R53-DISP-08 R53-PLACE-04",
     DOWN POLICIES, "g A, l A, c A, p A, z A, g AAAA", COVERED},
    {"R53-PLACE-04 the narrowest of a chain",
     DOWN POLICIES "g A alias=ZONE1/c id=z country=*\nc A alias=ZONE1/l id=z cidr=C1/*\n"
                   "ll A alias=ZONE1/g\n",
     "ll A, g A, c A", COVERED},
    {"R53-JSON-09 a load balancer's name that is in the zone too, and an address beside it",
     "lb one application lb-1.example.com a=198.51.100.1\nlb-1 A 192.0.2.1 ttl=5\n"
     "b A 192.0.2.2 ttl=6\nto A alias=ZONE1/lb-1\nbe A alias=ZONE1/b\n*.be A alias=ZONE1/b\n",
     "to A, lb-1 A, be A, x.be A, be AAAA", COVERED},
    {"R53-ALIAS-15 eight aliases, and nine",
     "a0 A 192.0.2.1\na1 A alias=ZONE1/a0\na2 A alias=ZONE1/a1\na3 A alias=ZONE1/a2\n"
     "a4 A alias=ZONE1/a3\na5 A alias=ZONE1/a4\na6 A alias=ZONE1/a5\na7 A alias=ZONE1/a6\n"
     "a8 A alias=ZONE1/a7\n",
     "a1 A, a7 A, a8 A", COVERED},
    {"R53-ALIAS-15 nine aliases go the general way",
     "a0 A 192.0.2.1\na1 A alias=ZONE1/a0\na2 A alias=ZONE1/a1\na3 A alias=ZONE1/a2\n"
     "a4 A alias=ZONE1/a3\na5 A alias=ZONE1/a4\na6 A alias=ZONE1/a5\na7 A alias=ZONE1/a6\n"
     "a8 A alias=ZONE1/a7\na9 A alias=ZONE1/a8\n",
     "a9 A", NOT_COVERED},
    {"R53-ALIAS-15 the last of eight leads to a load balancer",
     LB("a=198.51.100.1") "a1 A " TO_LB "\na2 A alias=ZONE1/a1\na3 A alias=ZONE1/a2\n"
                          "a4 A alias=ZONE1/a3\na5 A alias=ZONE1/a4\na6 A alias=ZONE1/a5\na7 A "
                          "alias=ZONE1/a6\n"
                          "a8 A alias=ZONE1/a7\n",
     "a1 A, a8 A", COVERED},
    {"R53-ALIAS-15 the ninth goes the general way",
     LB("a=198.51.100.1") "a1 A " TO_LB "\na2 A alias=ZONE1/a1\na3 A alias=ZONE1/a2\n"
                          "a4 A alias=ZONE1/a3\na5 A alias=ZONE1/a4\na6 A alias=ZONE1/a5\na7 A "
                          "alias=ZONE1/a6\n"
                          "a8 A alias=ZONE1/a7\na9 A alias=ZONE1/a8\n",
     "a9 A", NOT_COVERED},
    {"R53-ALIAS-30 what was observed, of either family or none",
     "seen d1.cloudfront.net 203.0.113.1,2001:db8::7,203.0.113.2,203.0.113.3\n"
     "seen d2.cloudfront.net 2001:db8::7,2001:db8::8\n"
     "o A " TO_CDN "\no AAAA " TO_CDN "\n"
     "p A alias=Z2FDTNDATAQYW2/d2.cloudfront.net.\np AAAA alias=Z2FDTNDATAQYW2/d2.cloudfront.net.\n"
     "w A " TO_CDN " id=a weight=1\nw A alias=ZONE1/o id=b weight=1\n",
     "o A, o AAAA, p A, p AAAA, w A", COVERED},
    {"R53-ALIAS-30 sixteen of them",
     "seen d1.cloudfront.net " V16 "\n"
     "o A " TO_CDN "\n",
     "o A", COVERED},
    {"R53-ALIAS-16 what leads nowhere goes the general way", "d A alias=ZONE1/nowhere\n", "d A",
     NOT_COVERED},
    {"R53-ELB-04 R53-ELB-06 a load balancer, by way of policies too",
     DOWN LB("a=198.51.100.1,2001:db8::1 b=198.51.100.2,198.51.100.3,2001:db8::2 dualstack")
         POLICIES "to A " TO_LB "\nto AAAA " TO_LB "\nw A " TO_LB " id=a weight=1\n"
                  "w A 192.0.2.1 id=b weight=1\nl A " TO_LB " id=x region=eu-central-1\n",
     "to A, to AAAA, w A, l A, to A", COVERED},
    {"R53-ELB-06 of sixteen addresses eight", LB("a=" V16) "to A " TO_LB "\n", "to A, to AAAA",
     COVERED},
    {"R53-ELB-06 of more the general way", LB("a=" V16 " b=192.0.2.99") "to A " TO_LB "\n", "to A",
     NOT_COVERED},
    {"R53-ELB-03 ELB-LB-04 of no such family, of none, and not active yet: NODATA",
     LB("a=198.51.100.1") "to AAAA " TO_LB "\n"
                          "lb two network lb-2.us-east-1.elb.amazonaws.com a\n"
                          "two A alias=Z35SXDOTRQ7X7K/lb-2.us-east-1.elb.amazonaws.com.\n"
                          "lb three application lb-3.us-east-1.elb.amazonaws.com a=198.51.100.1 "
                          "provisioning\n"
                          "three A alias=Z35SXDOTRQ7X7K/lb-3.us-east-1.elb.amazonaws.com.\n",
     "to AAAA, two A, three A", COVERED},
    {"R53-DNS-14 R53-DELEG-03 ANY, CNAMEs and cuts go the general way",
     "t TXT \"t\"\nt A 192.0.2.1\nc CNAME t.example.com\nsub NS ns.sub.example.com\n",
     "t ANY, c A, x.sub A, sub A", NOT_COVERED},
    {"R53-SIMPLE-02 texts of one length", "t TXT \"a\",\"b\",\"c\",\"d\"\n", "t TXT", COVERED},
    {"R53-SIMPLE-02 texts of several lengths go the general way", "t TXT \"a\",\"bc\"\n", "t TXT",
     NOT_COVERED},
    {"R53-WILD-02 by wildcards",
     LB("a=198.51.100.1") "* A " TO_LB "\n*.m A 192.0.2.1 id=a "
                          "multi=true\n*.m A 192.0.2.2 id=b multi=true\n",
     "x A, y.x A, x.m A, a.b.m A, x AAAA", COVERED},
};

static void check_case(void **state)
{
    const struct quick_case *c = *state;
    struct world world;

    world_open(&world, c->lines);
    check_names(world.view, c->names, c->covered);
    world_close(&world);
}

/* Load balancers as support/fleet_text.h writes them, and an alias to their name. */
static const struct fleet_case {
    const char *what, *fleet, *policy, *prefix;
} fleets[] = {
    {"R53-ELB-04 an Application one", "alb a b:3 c | t xz=off a1=ok b1=ok c1=ok", NULL, ""},
    {"ELB-IP-02 with both families", "alb ip=2 a b:3 | t a1=ok b1=ok", NULL, "dualstack."},
    {"ELB-IP-03 with IPv6 alone", "nlb ip=3 a b:3 | t a1=ok b1=ok", NULL, ""},
    {"ELB-DNS-05 a Classic one", "clb ip=2 a:2 b | t a1=ok b1=ok", NULL, ""},
    {"ELB-DNS-05 its prefix", "clb ip=2 a:2 b | t a1=ok b1=ok", NULL, "ipv6."},
    {"R53-ELB-04 a Gateway one", "gwlb a b | t a1=ok b1=ok", NULL, ""},
    {"ELB-DNS-20 an unhealthy zone", "nlb a b:2 c | t a1=bad b1=ok c1=ok", NULL, ""},
    {"ELB-DNS-21 all of them", "nlb a b:2 c | t a1=bad b1=bad c1=bad", NULL, ""},
    {"ELB-SHIFT-03 a zonal shift", "alb a! b:2 c | t xz=off a1=ok b1=ok c1=ok", NULL, ""},
    {"ELB-SHIFT-06 one that moves nothing", "nlb a! b | t a1=bad b1=bad", NULL, ""},
    {"ELB-DNS-32 an impaired zone", "nlb a? b | t a1=ok b1=ok", NULL, ""},
    {"ELB-LB-04 provisioning", "nlb state=2 a b | t a1=ok b1=ok", NULL, ""},
    {"ELB-DNS-35 a zonal name", "nlb ip=2 a b:3 | t a1=ok b1=bad", NULL, "b."},
    {"ELB-DNS-44 full affinity", "nlb ip=2 a b:3 | t a1=ok b1=ok", FULL, ""},
    {"ELB-DNS-46 partial affinity", "nlb ip=2 a b:3 | t a1=ok b1=ok", PARTIAL, ""},
    {"ELB-DNS-45 the own zone unhealthy", "nlb a b:3 | t a1=bad b1=ok", FULL, ""},
    {"R53-ELB-06 more than eight", "nlb a:4 b:4 c:4 | t a1=ok b1=ok c1=ok", NULL, ""},
};

static void check_fleet(void **state)
{
    const struct fleet_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    for (int i = 0; i < 2; i++) {
        char line[256];
        struct set_text *text;

        snprintf(line, sizeof(line), "lb %s alias=Z35SXDOTRQ7X7K/%s" FLEET_NAME ". eth",
                 i ? "AAAA" : "A", c->prefix);
        text = set_text_parse(line, strlen(line));
        assert_int_equal(r53_import_record_set(import, "ZONE1", &text->set), R53_OK);
        set_text_free(text);
    }
    if (c->policy)
        assert_int_equal(r53_import_load_balancer_attribute(
                             import, FLEET_ARN, "dns_record.client_routing_policy", c->policy),
                         R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(&world, 0);
    check_names(world.view, "lb A, lb AAAA", COVERED);
    fleet_world_free(&world);
}

/* What makes a record set one of a group, by its number in the group. */
static const struct kind {
    const char *words[6];
} kinds[] = {
    {{"weight=1", "weight=3", "weight=0", "weight=9", "weight=2", "weight=1"}},
    {{"multi=true", "multi=true", "multi=true", "multi=true", "multi=true", "multi=true"}},
    {{"failover=PRIMARY", "failover=SECONDARY"}},
    {{"country=DE", "continent=EU", "country=US", "country=US subdivision=CA", "country=*",
      "continent=AS"}},
    {{"region=us-east-1", "region=eu-west-1", "region=cn-north-1", "region=ap-south-1"}},
    {{"cidr=C1/in", "cidr=C1/out", "cidr=C1/deep", "cidr=C1/*", "cidr=C1/other"}},
    {{"lat=10 lon=10", "lat=-40 lon=170 bias=30", "gpregion=us-east-1 bias=-50", "lzg=none"}},
    {{"az=AvailabilityZone/use1-az1", "az=Region/us-east-1", "az=Global/*"}},
};

static unsigned pick(unsigned n)
{
    return (unsigned)rand() % n;
}

/* A record set of the name: of values, or an alias. */
static int random_value(char *line, size_t room, unsigned name, const char *type)
{
    bool v4 = strcmp(type, "A") == 0;

    switch (pick(5)) {
    case 0:
        return snprintf(line, room, "n%u %s alias=ZONE1/n%u", name, type, pick(8));
    case 1:
        return snprintf(line, room, "n%u %s %s", name, type, pick(3) ? TO_LB : TO_CDN);
    case 2:
        return snprintf(line, room, "n%u %s %s1%u,%s2%u,%s3%u", name, type,
                        v4 ? "192.0.2." : "2001:db8::", pick(9),
                        v4 ? "192.0.2." : "2001:db8::", pick(9),
                        v4 ? "192.0.2." : "2001:db8::", pick(9));
    default:
        return snprintf(line, room, "n%u %s %s%u", name, type,
                        v4 ? "192.0.2." : "2001:db8::", pick(99));
    }
}

static size_t random_group(char *lines, size_t room, unsigned name, const char *type)
{
    const struct kind *kind = &kinds[pick(COUNT(kinds))];
    size_t n = 0;

    for (unsigned i = 0; i < COUNT(kind->words) && (i == 0 || pick(4)); i++) {
        if (!kind->words[i])
            break;
        n += (size_t)random_value(lines + n, room - n, name, type);
        n += (size_t)snprintf(lines + n, room - n, " id=i%u ttl=%u %s%s%s\n", i, 60 + pick(9),
                              kind->words[i], pick(4) ? "" : " hc=d", pick(3) ? "" : " eth");
        if (!strstr(lines, "alias") && pick(30) == 0) /* a mixture, which only an import can hold */
            kind = &kinds[pick(COUNT(kinds))];
    }
    return n;
}

/* Groups of every policy that lead to each other, to themselves and to a load balancer. */
static void random_clouds(void **state)
{
    unsigned quick = 0;

    (void)state;
    srand(11);
    for (int round = 0; round < RANDOM_CLOUDS; round++) {
        char lines[20000];
        struct world world;
        size_t n = (size_t)snprintf(
            lines, sizeof(lines),
            DOWN POLICIES "seen d1.cloudfront.net 203.0.113.1,2001:db8::7,203.0.113.2\n" LB(
                "a=198.51.100.1,2001:db8::1 b=198.51.100.2 dualstack") "tg one "
                                                                       "a=%s\n",
            pick(2) ? "healthy" : "unhealthy");

        for (unsigned i = 0; i < 16; i++)
            n += random_group(lines + n, sizeof(lines) - n, i % 8, i < 8 ? "A" : "AAAA");
        world_open(&world, lines);
        for (int i = 0; i < RANDOM_QUERIES; i++) {
            struct wire_query q;
            char name[20];

            snprintf(name, sizeof(name), "n%u %s", pick(9), pick(2) ? "A" : "AAAA");
            ask(&q, name, &askers[pick(COUNT(askers))], (unsigned)rand());
            quick += check_query(world.view, &q);
        }
        world_close(&world);
    }
    assert_true(quick > RANDOM_CLOUDS * RANDOM_QUERIES / 2);
}

/* R53-DNS-04: a response that does not fit into 512 octets, or what room there is. */
static void little_room(void **state)
{
    static uint8_t minimal[ROOM], whole[ROOM];
    struct world world;

    (void)state;
    world_open(&world, M4(1) M4(2) LB("a=" V16) "to A " TO_LB "\nv A " V16 "\n");
    for (unsigned i = 0; i < 3 * 400; i++) {
        static const char *const names[] = {"m A", "to A", "v A"};
        size_t n_minimal = 0, n_whole = 0, room = 32 + i / 3;
        struct wire_query q;

        ask(&q, names[i % 3], &askers[i % 2], 7);
        assert_int_equal(
            r53_respond(world.view, &q.peer, q.octets, q.length, whole, ROOM, &n_whole), R53_OK);
        if (r53_respond(world.view, &q.peer, q.octets, q.length, minimal, room, &n_minimal) ==
            R53_E_NO_SPACE)
            continue;
        assert_true(n_minimal <= room);
        assert_int_equal(n_minimal == n_whole, n_whole <= room);
        assert_int_equal(minimal[2] & 2, n_whole <= room ? 0 : 2); /* TC */
    }
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(fleets) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_CASES(tests, n, fleets, check_fleet);
    ADD_TEST(tests, n, "whatever leads wherever", random_clouds);
    ADD_TEST(tests, n, "R53-DNS-04 in whatever room", little_room);
    return RUN_TESTS("quick", tests, n);
}
