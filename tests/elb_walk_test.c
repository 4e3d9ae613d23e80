/*
 * Random walks through the change door of load balancers, beside a naive model that knows of each
 * call whether AWS would take it and what stands there afterwards. What is refused changes nothing;
 * after every call a view is made, and requests go where the model says.
 *
 * Three load balancers (a1, a2: Application, n1: Network), ports 80 and 81, priorities 1 and 2,
 * target groups of HTTP (t0 .. t2) and of TCP (u0), three targets. All seeds are fixed.
 */
#include "support/elb_calls.h"
#include "support/harness.h"
#include "support/park.h"

#include <stdio.h>
#include <stdlib.h>

enum { WALKS = 60, STEPS = 120, BALANCERS = 3, PORTS = 2, PRIORITIES = 2, GROUPS = 4, TARGETS = 3 };
enum { NONE = -1, TCP_GROUP = 3, LINE_MAX_ = 96 };

static const char *const balancers[BALANCERS] = {"a1", "a2", "n1"};
static const char *const groups[GROUPS] = {"t0", "t1", "t2", "u0"};
static const char *const zone_lists[] = {"us-east-1a,us-east-1b", "us-east-1b,us-east-1c"};

struct listener_model {
    int group; /* NONE: no listener */
    int rules[PRIORITIES];
};

struct model {
    uint64_t random;
    int zones[BALANCERS]; /* NONE: no load balancer */
    bool protect[BALANCERS];
    bool guarded[BALANCERS];
    struct listener_model listeners[BALANCERS][PORTS];
    int group_port[GROUPS]; /* NONE: no group */
    bool retimed[GROUPS];   /* its health check is another one */
    unsigned targets[GROUPS];
};

static int pick(struct model *m, int n)
{
    return (int)park_below(&m->random, (uint32_t)n);
}

/* Where traffic of the group comes from: the load balancer, or NONE. */
static int user_of(const struct model *m, int group)
{
    for (int b = 0; b < BALANCERS; b++) {
        for (int p = 0; p < PORTS; p++) {
            const struct listener_model *l = &m->listeners[b][p];

            if (l->group == group && l->group != NONE)
                return b;
            for (int r = 0; r < PRIORITIES && l->group != NONE; r++) {
                if (l->rules[r] == group)
                    return b;
            }
        }
    }
    return NONE;
}

static bool may_forward(const struct model *m, int balancer, int group)
{
    int user = user_of(m, group);

    return m->group_port[group] != NONE && (balancer == 2) == (group == TCP_GROUP) &&
           (user == NONE || user == balancer);
}

static void listener_clear(struct listener_model *l)
{
    l->group = NONE;
    for (int r = 0; r < PRIORITIES; r++)
        l->rules[r] = NONE;
}

/* Steps: each writes its line, says whether it is taken, and if so what stands there then. */

static bool balancer_create(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), zones = pick(m, 2);

    /* across zones, for nobody says in which one the instances stand */
    snprintf(line, LINE_MAX_, "create lb %s zones=%s%s", balancers[b], zone_lists[zones],
             b == 2 ? " xz" : "");
    if (m->zones[b] != NONE) /* the same again is asked for without any security groups */
        return m->zones[b] == zones && !m->guarded[b];
    m->zones[b] = zones;
    m->protect[b] = m->guarded[b] = false;
    return true;
}

static bool balancer_zones(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), zones = pick(m, 3);

    snprintf(line, LINE_MAX_, "zones %s %s", balancers[b], zones < 2 ? zone_lists[zones] : "");
    if (m->zones[b] == NONE || zones == 2)
        return false;
    m->zones[b] = zones;
    return true;
}

/* A network one that has no security groups gets none. */
static bool balancer_guards(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), n = pick(m, 3);
    static const char *const lists[] = {"none", "sg-1", "sg-2,sg-3"};

    snprintf(line, LINE_MAX_, "guards %s %s", balancers[b], lists[n]);
    if (m->zones[b] == NONE || n == 0 || b == 2)
        return false;
    m->guarded[b] = true;
    return true;
}

static bool balancer_delete(struct model *m, char *line)
{
    int b = pick(m, BALANCERS);

    snprintf(line, LINE_MAX_, "delete lb %s", balancers[b]);
    if (m->zones[b] == NONE)
        return true;
    if (m->protect[b])
        return false;
    m->zones[b] = NONE;
    for (int p = 0; p < PORTS; p++)
        listener_clear(&m->listeners[b][p]);
    return true;
}

static bool balancer_protect(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), on = pick(m, 4) == 0;

    snprintf(line, LINE_MAX_, "set lb %s deletion_protection.enabled=%s", balancers[b],
             on ? "true" : "false");
    if (m->zones[b] == NONE)
        return false;
    m->protect[b] = on;
    return true;
}

static bool group_create(struct model *m, char *line)
{
    int g = pick(m, GROUPS), port = 8080 + (pick(m, 4) == 0);

    snprintf(line, LINE_MAX_, "create tg %s %s:%d", groups[g], g == TCP_GROUP ? "TCP" : "HTTP",
             port);
    if (m->group_port[g] != NONE)
        return m->group_port[g] == port && !m->retimed[g];
    m->group_port[g] = port;
    m->retimed[g] = false;
    m->targets[g] = 0;
    return true;
}

/* An interval of 4 s is none, a timeout of 5 s fits any other. */
static bool group_modify(struct model *m, char *line)
{
    int g = pick(m, GROUPS), interval = 4 + 6 * pick(m, 4), fixed = pick(m, 4);

    snprintf(line, LINE_MAX_, "modify tg %s interval=%d%s", groups[g], interval,
             fixed ? "" : " port=9000");
    if (m->group_port[g] == NONE || interval == 4 || !fixed)
        return false;
    m->retimed[g] = true;
    return true;
}

static bool group_delete(struct model *m, char *line)
{
    int g = pick(m, GROUPS);

    snprintf(line, LINE_MAX_, "delete tg %s", groups[g]);
    if (m->group_port[g] == NONE || user_of(m, g) != NONE)
        return false;
    m->group_port[g] = NONE;
    return true;
}

static bool listener_create(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS), g = pick(m, GROUPS);
    struct listener_model *l = &m->listeners[b][p];

    snprintf(line, LINE_MAX_, "create listener %s:%d %s -> %s", balancers[b], 80 + p,
             b == 2 ? "TCP" : "HTTP", groups[g]);
    if (m->zones[b] == NONE)
        return false;
    if (l->group != NONE)
        return l->group == g;
    if (!may_forward(m, b, g))
        return false;
    l->group = g;
    return true;
}

static bool listener_modify(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS), g = pick(m, GROUPS), old;
    struct listener_model *l = &m->listeners[b][p];
    bool taken;

    snprintf(line, LINE_MAX_, "modify listener %s:%d -> %s", balancers[b], 80 + p, groups[g]);
    if (l->group == NONE)
        return false;
    old = l->group;
    taken = may_forward(m, b, g);
    l->group = taken ? g : old;
    return taken;
}

static bool listener_delete(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS);
    struct listener_model *l = &m->listeners[b][p];
    bool taken = l->group != NONE;

    snprintf(line, LINE_MAX_, "delete listener %s:%d", balancers[b], 80 + p);
    listener_clear(l);
    return taken;
}

/* Rules of Network Load Balancers ask for other conditions: all of these are refused. */
static bool rule_create(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS), r = pick(m, PRIORITIES), g = pick(m, GROUPS);
    struct listener_model *l = &m->listeners[b][p];

    snprintf(line, LINE_MAX_, "create rule %s:%d %d -> %s", balancers[b], 80 + p, r + 1, groups[g]);
    if (l->group == NONE || l->rules[r] != NONE || b == 2 || !may_forward(m, b, g))
        return false;
    l->rules[r] = g;
    return true;
}

static bool rule_modify(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS), r = pick(m, PRIORITIES), g = pick(m, GROUPS);
    struct listener_model *l = &m->listeners[b][p];

    snprintf(line, LINE_MAX_, "modify rule %s:%d %d -> %s", balancers[b], 80 + p, r + 1, groups[g]);
    if (l->group == NONE || l->rules[r] == NONE || !may_forward(m, b, g))
        return false;
    l->rules[r] = g;
    return true;
}

static bool rule_delete(struct model *m, char *line)
{
    int b = pick(m, BALANCERS), p = pick(m, PORTS), r = pick(m, PRIORITIES);
    struct listener_model *l = &m->listeners[b][p];
    bool taken = l->group != NONE && l->rules[r] != NONE;

    snprintf(line, LINE_MAX_, "delete rule %s:%d %d", balancers[b], 80 + p, r + 1);
    l->rules[r] = NONE;
    return taken;
}

static bool target_step(struct model *m, char *line)
{
    int g = pick(m, GROUPS), t = pick(m, TARGETS), joins = pick(m, 3);

    snprintf(line, LINE_MAX_, "%s %s i-%d", joins ? "register" : "deregister", groups[g], t);
    if (m->group_port[g] == NONE)
        return false;
    if (joins)
        m->targets[g] |= 1u << t;
    else
        m->targets[g] &= ~(1u << t);
    return true;
}

typedef bool step_function(struct model *m, char *line);
static step_function *const steps[] = {
    balancer_create,  balancer_create, balancer_zones,  balancer_guards, balancer_delete,
    balancer_protect, group_create,    group_create,    group_modify,    group_delete,
    listener_create,  listener_create, listener_create, listener_modify, listener_delete,
    rule_create,      rule_create,     rule_modify,     rule_modify,     rule_delete,
    target_step,      target_step,     target_step,     target_step,
};

/* Requests */

/* The group that a request to path "/r" comes to: "-" where nobody listens. */
static void expect_group(const r53_view *view, int b, int p, int r, const char *expected,
                         unsigned targets)
{
    r53_selection s = {.size = sizeof(s)};
    r53_request request = {.size = sizeof(request), .port = 80 + p};
    char balancer[ELB_ARN], group[ELB_ARN], url[16];
    int32_t rc;

    snprintf(url, sizeof(url), "/%d", r);
    request.url = b == 2 ? NULL : url;
    request.load_balancer = elb_balancer_arn(balancer, balancers[b]);
    rc = r53_elb_select(view, &request, NULL, &s, NULL);
    if (!expected) {
        assert_true(rc != R53_OK || s.outcome == R53_SELECTED_NO_LISTENER);
        return;
    }
    assert_int_equal(rc, R53_OK);
    assert_string_equal(s.target_group_arn, elb_group_arn(group, expected));
    assert_int_equal(s.outcome == R53_SELECTED_TARGET, targets != 0);
    if (targets)
        assert_true(targets & 1u << (s.target_id[2] - '0'));
}

static void expect_model(const struct model *m, const r53_cloud *cloud)
{
    r53_view *view;

    assert_int_equal(r53_view_new(&view, cloud, NULL, 1000000, NULL), R53_OK);
    for (int b = 0; b < BALANCERS; b++) {
        for (int p = 0; p < PORTS; p++) {
            const struct listener_model *l = &m->listeners[b][p];

            for (int r = 0; r <= PRIORITIES; r++) {
                bool ruled = r > 0 && b != 2 && l->rules[r - 1] != NONE;
                int g = ruled ? l->rules[r - 1] : l->group;

                expect_group(view, b, p, r, l->group == NONE ? NULL : groups[g],
                             l->group == NONE ? 0 : m->targets[g]);
            }
        }
    }
    r53_view_release(view);
}

static void model_begin(struct model *m, uint64_t seed)
{
    *m = (struct model){.random = seed};
    for (int b = 0; b < BALANCERS; b++) {
        m->zones[b] = NONE;
        for (int p = 0; p < PORTS; p++)
            listener_clear(&m->listeners[b][p]);
    }
    for (int g = 0; g < GROUPS; g++)
        m->group_port[g] = NONE;
}

static void step(struct model *m, r53_cloud *cloud, uint64_t seed, unsigned taken[2])
{
    struct elb_state before = elb_state_take(cloud), after;
    char line[LINE_MAX_];
    bool expected = steps[pick(m, COUNT(steps))](m, line);
    int32_t rc = elb_call(cloud, line, strlen(line), NULL);

    if ((rc == R53_OK) != expected)
        fail_msg("walk %u: %s: %s", (unsigned)seed, line, r53_error_name(rc));
    after = elb_state_take(cloud);
    if (rc != R53_OK && !elb_state_same(&before, &after))
        fail_msg("walk %u: %s: refused, and yet something changed", (unsigned)seed, line);
    taken[rc == R53_OK]++;
    elb_state_free(&before);
    elb_state_free(&after);
    expect_model(m, cloud);
}

static void check_walks(void **unused)
{
    unsigned taken[2] = {0, 0};

    (void)unused;
    for (uint64_t seed = 1; seed <= WALKS; seed++) {
        struct model m;
        r53_cloud *cloud;

        model_begin(&m, seed);
        assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
        for (int i = 0; i < STEPS; i++)
            step(&m, cloud, seed, taken);
        r53_cloud_free(cloud);
    }
    assert_true(taken[0] > WALKS * STEPS / 10); /* both ends of the door were tried */
    assert_true(taken[1] > WALKS * STEPS / 10);
}

int main(void)
{
    struct CMUnitTest tests[1];
    size_t n = 0;

    ADD_TEST(tests, n,
             "ELB-VAL-10 ELB-VAL-12 ELB-VAL-20 random changes are taken, or change nothing",
             check_walks);
    return RUN_TESTS("elb_walk", tests, n);
}
