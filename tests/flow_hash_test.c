/*
 * Flows of Network and Gateway Load Balancers: where their hash leads, how it spreads, and what
 * becomes of those that a state knows when targets change or nothing comes for long.
 */
#include "support/fleet_shares.h"
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

static r53_request request_of(const char *source, int32_t port)
{
    return (r53_request){.size = sizeof(r53_request),
                         .load_balancer = FLEET_ARN,
                         .availability_zone = "a",
                         .source_address = source,
                         .source_port = port,
                         .destination_address = "198.51.100.9"};
}

static r53_selection select_one(const r53_view *view, const r53_elb_state *state,
                                const r53_request *request)
{
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(view, request, state, &s, NULL), R53_OK);
    return s;
}

/* Exact shares of one request */

static const struct share_case {
    const char *what, *world, *shares;
    r53_request request;
} share_cases[] = {
    {"ELB-NLB-07 ELB-NLB-08 ELB-MATH-16 ELB-CASE-92 an unknown source may go anywhere",
     "nlb a | t sticky=source_ip a1-4=ok",
     "a1-4=1/4",
     {0}},
    {"ELB-CASE-98 ELB-NLB-15 of four targets, one of them the client, each is drawn as often",
     "nlb a | t type=instance a1-4=ok",
     "hairpin=1/4 a2-4=1/4",
     {.source_instance = "a1"}},
    {"ELB-NLB-15 also by its address",
     "nlb a | t type=instance a1-4=ok",
     "hairpin=1/4 a2-4=1/4",
     {.source_instance = "a1", .source_address = "10.0.0.1"}},
    {"ELB-NLB-15 among targets that may be used",
     "nlb a | t type=instance a1-2=ok a3=bad b1=ok",
     "hairpin=1/2 a2=1/2",
     {.source_instance = "a1"}},
    {"ELB-NLB-15 not a target that is not drawn",
     "nlb a | t type=instance a1=bad a2-3=ok",
     "a2-3=1/2",
     {.source_instance = "a1"}},
    {"ELB-NLB-15 ELB-NLB-14 targets of the other version of IP see the node",
     "nlb a | t type=instance a1-2=ok",
     "a1-2=1/2",
     {.source_instance = "a1", .source_address = "2001:db8::1"}},
    {"ELB-NLB-15 nor where the node's address is seen",
     "nlb a | t type=instance keep=false a1-2=ok",
     "a1-2=1/2",
     {.source_instance = "a1"}},
    {"ELB-NLB-15 an Application Load Balancer always connects anew",
     "alb a | t type=instance a1-2=ok",
     "a1-2=1/2",
     {.source_instance = "a1"}},
    {"ELB-NLB-11 no target",
     "nlb a | t sticky=source_ip",
     "no-target=1",
     {.source_address = "192.0.2.1"}},
    {"ELB-GWLB-01 any port and protocol", "gwlb a | t a1-2=ok", "a1-2=1/2", {.port = 4711}},
    {"ELB-GWLB-04 a node uses its zone",
     "gwlb a b | t a1-2=ok b1=ok",
     "a1-2=1/2",
     {.availability_zone = "a"}},
    {"ELB-GWLB-04 with cross-zone all",
     "gwlb xz=on a b | t a1-2=ok b1=ok",
     "a1-2=1/3 b1=1/3",
     {.availability_zone = "a"}},
    {"ELB-GWLB-05 ELB-CASE-102 new flows go to healthy appliances",
     "gwlb a | t a1=bad a2-3=ok",
     "a2-3=1/2",
     {0}},
    {"ELB-FO-10 ELB-GWLB-09 ELB-CASE-102 T55 all unhealthy: one by chance, however well the flow is known",
     "gwlb a | t a1-3=bad",
     "a1-3=1/3",
     {.source_address = "192.0.2.1",
      .source_port = 1,
      .port = 2,
      .destination_address = "192.0.2.2"}},
    {"ELB-GWLB-13 no appliance", "gwlb a b | t b1=ok", "no-target=1", {.availability_zone = "a"}},
    {"ELB-GWLB-13 only draining ones", "gwlb a | t a1=drain", "no-target=1", {0}},
};

static void check_shares(void **state)
{
    const struct share_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    r53_request request = c->request;
    struct shares shares;

    request.size = sizeof(request);
    request.load_balancer = FLEET_ARN;
    shares_of(world.view, &request, NULL, &shares);
    expect_shares(&shares, c->shares);
    fleet_world_free(&world);
}

/* Spread: pairs of packets that must, or must not, share a target */

enum { FLOWS = 4000, TARGETS = 4 };

/* Changes the i-th packet's twin. */
typedef void change_twin(r53_request *twin);

static void none(r53_request *twin)
{
    twin->seed = 77;
}

static void other_sequence(r53_request *twin)
{
    twin->tcp_sequence ^= 1;
}

static void other_source_port(r53_request *twin)
{
    twin->source_port ^= 1;
}

static void other_port(r53_request *twin)
{
    twin->port ^= 1;
}

static void as_udp(r53_request *twin)
{
    twin->protocol = R53_PROTOCOL_UDP;
}

static void turned(r53_request *twin)
{
    const char *address = twin->source_address;
    int32_t port = twin->source_port;

    twin->source_address = twin->destination_address;
    twin->destination_address = address;
    twin->source_port = twin->port;
    twin->port = port;
}

static void of_icmp(r53_request *twin)
{
    twin->ip_protocol = 1;
}

static const struct spread_case {
    const char *what, *world;
    change_twin *change;
    bool same;  /* the twin always goes along; else independently, one in four */
    bool heavy; /* one target gets all of the source's flows */
    int32_t protocol;
    uint8_t port; /* 0: the listener's */
    int32_t ip_protocol;
} spread_cases[] = {
    {"ELB-NLB-01 ELB-NLB-05 a flow reaches one target, whatever the seed", "nlb a | t a1-4=ok",
     none, true, false, 0, 0, 0},
    {"ELB-NLB-01 the sequence number is part of a TCP flow", "nlb a | t a1-4=ok", other_sequence,
     false, false, 0, 0, 0},
    {"ELB-NLB-02 but not of a UDP flow", "nlb udp:53 a | t a1-4=ok", other_sequence, true, false, 0,
     0, 0},
    {"ELB-NLB-01 ELB-CASE-91 so is the client's port", "nlb a | t a1-4=ok", other_source_port,
     false, false, 0, 0, 0},
    {"ELB-NLB-24 TCP and UDP of a client are apart", "nlb tcp_udp:53 a | t a1-4=ok", as_udp, false,
     false, R53_PROTOCOL_TCP, 0, 0},
    {"ELB-NLB-03 a TLS listener's too", "nlb tls:443 a | t a1-4=ok", other_sequence, false, false,
     0, 0, 0},
    {"ELB-NLB-07 ELB-NLB-08 ELB-CASE-92 by source, its port and sequence do not count",
     "nlb a | t sticky=source_ip a1-4=ok", other_source_port, true, true, 0, 0, 0},
    {"ELB-NLB-07 not on TLS listeners", "nlb tls:443 a | t sticky=source_ip a1-4=ok",
     other_source_port, false, false, 0, 0, 0},
    {"ELB-GWLB-12 ELB-GWLB-02 a flow reaches one appliance", "gwlb a | t a1-4=ok", none, true,
     false, 0, 99, 0},
    {"ELB-GWLB-12 ELB-GWLB-02 both directions", "gwlb a | t a1-4=ok", turned, true, false, 0, 99,
     0},
    {"ELB-GWLB-02 the ports count", "gwlb a | t a1-4=ok", other_port, false, false, 0, 98, 0},
    {"ELB-GWLB-02 and the protocol", "gwlb a | t a1-4=ok", as_udp, false, false, 0, 98, 0},
    {"ELB-GWLB-02 protocols without ports have three parts", "gwlb a | t a1-4=ok", other_port, true,
     true, 0, 98, 1},
    {"ELB-GWLB-02 by three parts ports do not count",
     "gwlb a | t sticky=source_ip_dest_ip_proto a1-4=ok", other_port, true, true, 0, 98, 0},
    {"ELB-GWLB-02 by two parts the protocol does not",
     "gwlb a | t sticky=source_ip_dest_ip a1-4=ok", of_icmp, true, true, 0, 98, 0},
};

static void check_spread(void **state)
{
    const struct spread_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    int by_target[TARGETS + 1] = {0}, together = 0, most = 0;

    for (int32_t i = 1; i <= FLOWS; i++) {
        r53_request request = request_of("192.0.2.1", 2 * i), twin;
        const char *id;

        request.protocol = c->protocol;
        request.port = c->port;
        request.ip_protocol = c->ip_protocol;
        request.tcp_sequence = (uint32_t)i * 2654435761u;
        id = select_one(world.view, NULL, &request).target_id;
        twin = request;
        c->change(&twin);
        together += strcmp(select_one(world.view, NULL, &twin).target_id, id) == 0;
        by_target[id[1] - '0']++;
    }
    for (int i = 1; i <= TARGETS; i++)
        most = by_target[i] > most ? by_target[i] : most;
    if (c->heavy)
        assert_int_equal(most, FLOWS);
    for (int i = 1; i <= TARGETS && !c->heavy; i++) /* more than five standard deviations */
        assert_in_range(by_target[i], FLOWS / TARGETS - 150, FLOWS / TARGETS + 150);
    if (c->same)
        assert_int_equal(together, FLOWS);
    else
        assert_in_range(together, FLOWS / TARGETS - 150, FLOWS / TARGETS + 150);
    fleet_world_free(&world);
}

/* Sources: each has one target, and they spread. */
static void check_sources(void **unused)
{
    struct fleet_world world = fleet_world_make("nlb a | t sticky=source_ip a1-4=ok", NULL);
    int by_target[TARGETS + 1] = {0};
    char address[32];

    (void)unused;
    for (int i = 0; i < FLOWS; i++) {
        r53_request request;

        snprintf(address, sizeof(address), "10.%d.%d.1", i / 250, i % 250);
        request = request_of(address, 0);
        by_target[select_one(world.view, NULL, &request).target_id[1] - '0']++;
    }
    for (int i = 1; i <= TARGETS; i++)
        assert_in_range(by_target[i], FLOWS / TARGETS - 150, FLOWS / TARGETS + 150);
    fleet_world_free(&world);
}

/*
 * Known flows, as conversations: "SYN" is a packet that may begin the flow, which is one that
 * begins at a1; "udp" the same of another protocol; "ack" a packet of an open connection, "fin" its
 * end; "new" a packet of another flow; "=a1" what came of the last one. "@n" seconds on the clock,
 * "world n".
 */

enum { WORLDS = 3, OF_ICMP = 1 };

static const struct known_case {
    const char *what, *steps;
    const char *worlds[WORLDS];
    int32_t ip_protocol; /* 0: TCP, or the listener's */
} known_cases[] = {
    {"ELB-NLB-06 T56 an established flow stays when targets join",
     "SYN =a1 world 1 ack =a1",
     {"nlb a | t a1-2=ok", "nlb a | t a1-5=ok"},
     0},
    {"ELB-NLB-06 and without anything changed",
     "SYN =a1 ack =a1 @300 ack =a1 @600 ack =a1",
     {"nlb a | t a1-2=ok"},
     0},
    {"ELB-NLB-06 ELB-DRAIN-01 and while its target drains",
     "SYN =a1 world 1 ack =a1 new =a2",
     {"nlb a | t a1-2=ok", "nlb a | t a1=drain a2=ok"},
     0},
    {"ELB-SHIFT-05 a zonal shift cuts no connection; new ones go elsewhere",
     "SYN =a1 world 1 ack =a1 new =b1",
     {"nlb xz=on a b | t a1-2=ok b1=ok", "nlb xz=on a! b | t a1-2=ok b1=ok"},
     0},
    {"ELB-NLB-12 ELB-FO-08 ELB-CASE-99 an unhealthy target's TCP connections are reset",
     "SYN =a1 world 1 ack =reset SYN =a2",
     {"nlb a | t a1-2=ok", "nlb a | t a1=bad a2=ok"},
     0},
    {"ELB-FO-08 ELB-CASE-99 not if all fail open",
     "SYN =a1 world 1 ack =a1",
     {"nlb a | t a1-2=ok", "nlb a | t a1-2=bad"},
     0},
    {"ELB-NLB-12 ELB-FO-08 nor if the group leaves them",
     "SYN =a1 world 1 ack =a1 world 2 ack =a1",
     {"nlb a | t a1-2=ok", "nlb a | t term=false a1=bad a2=ok", "nlb a | t a1=ud a2=ok"},
     0},
    {"ELB-NLB-12 a UDP flow stays",
     "SYN =a1 world 1 SYN =a1 new =a2",
     {"nlb udp:53 a | t a1-2=ok", "nlb udp:53 a | t a1=bad a2=ok"},
     0},
    {"ELB-NLB-02 ELB-LB-46 ELB-CASE-97 a UDP flow that was idle is a new one",
     "SYN =a1 world 1 @119 SYN =a1 @239 SYN =a2",
     {"nlb udp:53 a | t a1-2=ok", "nlb udp:53 a | t a1=bad a2=ok"},
     0},
    {"ELB-LB-46 ELB-NLB-23 a TCP connection that was idle is reset",
     "SYN =a1 @349 ack =a1 @699 ack =reset",
     {"nlb a | t a1-2=ok"},
     0},
    {"ELB-LB-46 a listener's own idle time counts",
     "SYN =a1 @599 ack =a1 @1198 ack =a1 @1800 ack =reset",
     {"nlb idle=600 a | t a1-2=ok"},
     0},
    {"ELB-LB-46 and may be shorter; a packet begins it anew",
     "SYN =a1 @59 ack =a1 @118 ack =a1 @178 ack =reset",
     {"nlb idle=60 a | t a1-2=ok"},
     0},
    {"ELB-LB-46 where TLS ends it is 350 s, whatever is said",
     "SYN =a1 @349 ack =a1 @700 ack =reset",
     {"nlb tls:443 idle=600 a | t a1-2=ok"},
     0},
    {"ELB-LB-46 of UDP it is 120 s, whatever is said",
     "SYN =a1 world 1 @119 SYN =a1 @239 SYN =a2",
     {"nlb udp:53 idle=600 a | t a1-2=ok", "nlb udp:53 idle=600 a | t a1=bad a2=ok"},
     0},
    {"ELB-NLB-23 a packet of no known connection is reset",
     "ack =reset SYN =a1 fin ack =reset",
     {"nlb a | t a1-2=ok"},
     0},
    {"ELB-NLB-23 a UDP packet is never", "udp =a2", {"nlb udp:53 a | t a1=bad a2=ok"}, 0},
    {"ELB-LSN-21 connections to a group of weight 0 are closed",
     "SYN =a1 world 1 ack =reset",
     {"nlb a | t w=1 a1=ok | u w=0 a2=ok", "nlb a | t w=0 a1=ok | u w=1 a2=ok"},
     0},
    {"ELB-NLB-06 a flow in the old group of a changed listener",
     "SYN =a1 world 1 ack =reset",
     {"nlb a | t a1=ok", "nlb a | u a2=ok"},
     0},
    {"ELB-GWLB-06 ELB-CASE-102 no_rebalance: a flow stays on its appliance",
     "SYN =a1 world 1 ack =a1 new =a2 world 2 ack =a1",
     {"gwlb a | t a1-2=ok", "gwlb a | t a1=bad a2=ok", "gwlb a | t a1=drain a2=ok"},
     0},
    {"ELB-GWLB-06 also when that is unused, until it was idle",
     "SYN =a1 world 1 @349 ack =a1 @698 ack =a1 @1049 ack =dropped SYN =a2",
     {"gwlb a | t a1-2=ok", "gwlb a | t a1=unused a2=ok"},
     0},
    {"ELB-GWLB-06 its packets are lost when nothing is known of its appliance any more",
     "SYN =a1 world 1 ack =dropped",
     {"gwlb a | t a1-2=ok", "gwlb a | t"},
     0},
    {"ELB-GWLB-07 ELB-CASE-102 rebalance: it moves",
     "SYN =a1 world 1 udp =a2 world 0 udp =a2",
     {"gwlb a | t rebalance a1-2=ok", "gwlb a | t rebalance a1=bad a2=ok"},
     OF_ICMP},
    {"ELB-GWLB-07 when its appliance is gone, not while it drains",
     "SYN =a1 world 1 udp =a1 world 2 udp =a2",
     {"gwlb a | t rebalance a1-2=ok", "gwlb a | t rebalance a1=drain a2=ok",
      "gwlb a | t rebalance a1=unused a2=ok"},
     OF_ICMP},
    {"ELB-GWLB-07 ELB-GWLB-09 nor when there is nothing healthy to move to",
     "SYN =a1 world 1 udp =a1 udp =a1",
     {"gwlb a | t rebalance a1-2=ok", "gwlb a | t rebalance a1-2=bad"},
     OF_ICMP},
    {"ELB-GWLB-10 ELB-LB-46 an idle TCP flow begins with SYN only",
     "SYN =a1 @350 ack =dropped SYN =a1 ack =a1",
     {"gwlb a | t a1-2=ok"},
     0},
    {"ELB-GWLB-10 ELB-LB-46 a listener's own idle time counts for flows of five parts",
     "SYN =a1 @599 ack =a1 @1199 ack =dropped",
     {"gwlb idle=600 a | t a1-2=ok"},
     0},
    {"ELB-GWLB-10 ELB-LB-46 not where fewer parts tell a flow",
     "SYN =a1 @349 ack =a1 @700 ack =dropped",
     {"gwlb idle=600 a | t sticky=source_ip_dest_ip_proto a1-2=ok"},
     0},
    {"ELB-GWLB-10 ELB-LB-46 other protocols begin anew after 120 s",
     "SYN =a1 world 1 @119 udp =a1 @239 udp =a2",
     {"gwlb a | t a1-2=ok", "gwlb a | t a1=bad a2=ok"},
     OF_ICMP},
};

struct talk {
    const struct known_case *c;
    struct fleet_world worlds[WORLDS];
    int world;
    r53_elb_state *state;
    r53_request request; /* the flow */
    r53_selection last;
};

static void packet(struct talk *t, const r53_request *request)
{
    t->last = select_one(t->worlds[t->world].view, t->state, request);
    assert_int_equal(r53_elb_begin(t->state, &t->last), R53_OK);
}

/* A flow that begins at a1 in the first world. */
static void flow_aim(struct talk *t)
{
    t->request = request_of("192.0.2.1", 1000);
    t->request.port = strncmp(t->c->worlds[0], "gwlb", 4) == 0 ? 443 : 0;
    t->request.ip_protocol = t->c->ip_protocol;
    while (strcmp(select_one(t->worlds[0].view, NULL, &t->request).target_id, "a1") != 0 &&
           t->request.source_port < 1100) {
        t->request.source_port++;
        t->request.destination_address =
            t->request.source_port % 2 ? "198.51.100.8" : "198.51.100.10";
        t->request.port += t->request.port > 0;
        if (t->c->ip_protocol) /* told by addresses alone */
            t->request.source_address = t->request.source_port % 4 < 2 ? "192.0.2.3" : "192.0.2.4";
    }
}

static void take_step(struct talk *t, const char *word)
{
    r53_request request = t->request;
    char name[32];

    request.established = strcmp(word, "ack") == 0;
    if (word[0] == '@') {
        t->request.now_ms = 1 + (int64_t)atoi(word + 1) * 1000;
    } else if (word[0] == '=') {
        selection_name(&t->last, name, sizeof(name));
        assert_string_equal(name, word + 1);
    } else if (strcmp(word, "fin") == 0) {
        assert_int_equal(r53_elb_end(t->state, &t->last), R53_OK);
        assert_int_equal(r53_elb_end(t->state, &t->last), R53_OK); /* it is over already */
    } else if (strcmp(word, "new") == 0) {
        request.source_port += 5000;
        request.source_address = "192.0.2.77";
        packet(t, &request);
    } else {
        packet(t, &request);
    }
}

static void check_known(void **state)
{
    struct talk *t = calloc(1, sizeof(*t));
    char steps[256], *word;

    assert_non_null(t);
    t->c = *state;
    for (int i = 0; i < WORLDS && t->c->worlds[i]; i++)
        t->worlds[i] = fleet_world_make(t->c->worlds[i], NULL);
    assert_int_equal(r53_elb_state_new(&t->state, NULL), R53_OK);
    flow_aim(t);
    t->request.now_ms = 1;
    snprintf(steps, sizeof(steps), "%s", t->c->steps);
    for (word = strtok(steps, " "); word; word = strtok(NULL, " ")) {
        if (strcmp(word, "world") == 0)
            t->world = atoi(strtok(NULL, " "));
        else
            take_step(t, word);
    }
    r53_elb_state_free(t->state);
    for (int i = 0; i < WORLDS && t->c->worlds[i]; i++)
        fleet_world_free(&t->worlds[i]);
    free(t);
}

/* Property: whatever joins, leaves or fails, a begun flow never moves (ELB-NLB-06). */
static void check_many(void **unused)
{
    enum { MANY = 2000 };
    struct fleet_world first = fleet_world_make("nlb a | t a1-8=ok", NULL);
    struct fleet_world then = fleet_world_make("nlb a | t a9-12=ok a1-8=drain", NULL);
    static char ids[MANY][8];
    r53_elb_state *state;
    int moved = 0;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (int i = 0; i < MANY; i++) {
        r53_request request = request_of("192.0.2.1", i + 1);
        r53_selection s = select_one(first.view, state, &request);

        snprintf(ids[i], sizeof(ids[i]), "%s", s.target_id);
        assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    }
    for (int i = 0; i < MANY; i++) {
        r53_request request = request_of("192.0.2.1", i + 1);
        r53_selection s = select_one(first.view, state, &request);

        assert_true(s.flow_known);
        assert_string_equal(s.target_id, ids[i]);
        moved += select_one(then.view, NULL, &request).target_id[1] != ids[i][1];
        if (i % 3 == 0)
            assert_int_equal(r53_elb_end(state, &s), R53_OK);
        assert_int_equal(select_one(first.view, state, &request).flow_known, i % 3 != 0);
    }
    assert_true(moved > MANY / 2); /* the hash alone would have moved them */
    r53_elb_state_free(state);
    fleet_world_free(&first);
    fleet_world_free(&then);
}

/* QUIC */

static void connection_id(uint8_t *id, unsigned server)
{
    memset(id, 0xa5, 17);
    memset(id + 1, 0, 8);
    id[8] = (uint8_t)server;
}

static void check_quic(void **unused)
{
    struct fleet_world world = fleet_world_make("nlb quic:443 a | t quic a1-3=ok a4=bad", NULL);
    const char *const clients[] = {"192.0.2.1", "203.0.113.7", NULL};
    r53_elb_state *state;
    uint8_t id[17];
    r53_selection s;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(clients); i++) {
        r53_request request = request_of(clients[i], 50000);

        connection_id(id, 3);
        request.quic_connection_id = id;
        request.n_quic_connection_id = sizeof(id);
        s = select_one(world.view, state, &request);
        assert_string_equal(s.target_id, "a3");
        assert_int_equal(r53_elb_begin(state, &s), R53_OK);
        connection_id(id, 2); /* says more than the flow that is known */
        assert_string_equal(select_one(world.view, state, &request).target_id, "a2");
        request.n_quic_connection_id = 12;
        assert_int_equal(select_one(world.view, state, &request).outcome, R53_SELECTED_DROPPED);
        request.n_quic_connection_id = sizeof(id);
        connection_id(id, 4); /* unhealthy: placed as a first packet */
        assert_true(select_one(world.view, state, &request).target_id[1] < '4');
        connection_id(id, 9); /* nobody's */
        s = select_one(world.view, NULL, &request);
        request.quic_connection_id = NULL;
        request.n_quic_connection_id = 0;
        assert_string_equal(select_one(world.view, NULL, &request).target_id, s.target_id);
    }
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

/* A target by address that is the client (ELB-NLB-15) */

static void check_hairpin_address(void **unused)
{
    static const char *const ids[] = {"10.0.0.1", "10.0.0.1", "10.0.0.2", "a1"};

    (void)unused;
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct fleet_world world =
            fleet_world_make(i == 1 ? "nlb a | t proto=3" : "nlb a | t proto=3 keep=true", NULL);
        const r53_target target = {.size = sizeof(target), .id = ids[i], .availability_zone = "a"};
        r53_request request = request_of("10.0.0.1", 1000);
        r53_selection s;
        r53_import *import;

        assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
        assert_int_equal(r53_import_target(import, "t", &target, R53_TARGET_HEALTHY, NULL), R53_OK);
        assert_int_equal(r53_import_commit(import), R53_OK);
        r53_import_free(import);
        fleet_world_look(&world, 0);
        s = select_one(world.view, NULL, &request);
        assert_string_equal(s.target_id, ids[i]);
        assert_int_equal(s.hairpin, i == 0);
        request.source_address = NULL;
        assert_int_equal(select_one(world.view, NULL, &request).hairpin, 0);
        fleet_world_free(&world);
    }
}

/* Target groups by source (ELB-LSN-22) */

static void check_bound_groups(void **unused)
{
    struct fleet_world world = fleet_world_make("nlb bind=300 a | t a1=ok | u a2=ok", NULL);
    struct fleet_world tls = fleet_world_make("nlb tls:443 bind=300 a | t a1=ok | u a2=ok", NULL);
    r53_request request = request_of("192.0.2.1", 1000);
    r53_elb_state *state;
    r53_selection first, s;
    int by_hash = 0;

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    request.now_ms = 1000;
    first = select_one(world.view, state, &request);
    assert_int_equal(r53_elb_begin(state, &first), R53_OK);
    for (int32_t port = 2000; port < 2100; port++) {
        request.source_port = port;
        request.seed++;
        request.now_ms = 1000 + 299999;
        s = select_one(world.view, state, &request);
        assert_string_equal(s.target_group_arn, first.target_group_arn);
        assert_true(s.tg_sticky_hit && !s.flow_known);
        request.now_ms = 1000 + 300000;
        by_hash += select_one(world.view, state, &request).tg_sticky_hit;
    }
    assert_int_equal(by_hash, 0); /* its time is over */
    s = select_one(tls.view, state, &request);
    assert_int_equal(s.tg_sticky_hit, 0);
    r53_elb_state_free(state);
    fleet_world_free(&world);
    fleet_world_free(&tls);
}

/* ELB-NLB-22: without a table sources spread over the groups by weight, and each keeps to one. */
static void check_hashed_groups(void **unused)
{
    enum { SOURCES = 4000 };
    struct fleet_world world = fleet_world_make("nlb bind=300 a | t w=3 a1=ok | u w=1 a2=ok", NULL);
    int heavy = 0;
    char address[32];

    (void)unused;
    for (int i = 0; i < SOURCES; i++) {
        r53_request request;
        r53_selection s;

        snprintf(address, sizeof(address), "10.%d.%d.1", i / 250, i % 250);
        request = request_of(address, 1);
        s = select_one(world.view, NULL, &request);
        request.seed = (uint64_t)i;
        request.source_port = 2;
        assert_string_equal(select_one(world.view, NULL, &request).target_id, s.target_id);
        heavy += s.target_id[1] == '1';
    }
    assert_in_range(heavy, 3000 - 137, 3000 + 137); /* five standard deviations */
    fleet_world_free(&world);
}

/* Thousands of flows that nobody ends do not pile up: the idle ones go when room is made. */
static void check_idle_flows(void **unused)
{
    struct fleet_world world = fleet_world_make("nlb udp:53 a | t a1-4=ok", NULL);
    r53_elb_state *state;
    char address[32];

    (void)unused;
    assert_int_equal(r53_elb_state_new(&state, NULL), R53_OK);
    for (int i = 0; i < 20000; i++) {
        r53_request request;
        r53_selection s;

        snprintf(address, sizeof(address), "10.%d.%d.%d", i / 10000, i / 100 % 100, i % 100);
        request = request_of(address, 5353);
        request.now_ms = 1 + (int64_t)i * 1000; /* 120 of them are alive at a time */
        s = select_one(world.view, state, &request);
        assert_int_equal(s.flow_known, 0);
        assert_int_equal(r53_elb_begin(state, &s), R53_OK);
    }
    r53_elb_state_free(state);
    fleet_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(share_cases) + COUNT(spread_cases) + COUNT(known_cases) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, share_cases, check_shares);
    ADD_CASES(tests, n, spread_cases, check_spread);
    ADD_CASES(tests, n, known_cases, check_known);
    ADD_TEST(tests, n, "ELB-NLB-08 ELB-MATH-16 sources spread over the targets", check_sources);
    ADD_TEST(tests, n, "ELB-NLB-06 T56 of many flows none moves", check_many);
    ADD_TEST(tests, n, "ELB-NLB-04 ELB-CASE-100 QUIC goes by the server id", check_quic);
    ADD_TEST(tests, n, "ELB-NLB-15 a target by address that is the client", check_hairpin_address);
    ADD_TEST(tests, n, "ELB-LSN-22 ELB-NLB-22 a source keeps to its target group for a time",
             check_bound_groups);
    ADD_TEST(tests, n, "ELB-NLB-22 without a memory its hash says which group",
             check_hashed_groups);
    ADD_TEST(tests, n, "ELB-LB-46 flows that nobody ends are forgotten", check_idle_flows);
    return RUN_TESTS("flow_hash", tests, n);
}
