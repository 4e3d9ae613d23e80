/*
 * States of targets as the clock, health checks and registrations drive them. A script is a list of
 * words, each at a second of the clock:
 *
 *   +i-1@0 register   -i-1@9 deregister   i-1:p@10 a check passes   i-1:f@10 fails   i-1:404@10 answers
 *   i-1.stopped@10 its instance stops   .running .terminated .forgotten
 * i-1=@10 healthy is observed whole   i-1^@10 unhealthy    i-1~@10 and taken back    a word ending in
 * "!" is refused
 *
 * What a view then says is "i-1=healthy i-2=initial", "/25" behind one that is in slow start for 25
 * s.
 */
#include "support/harness.h"

#include <r53/elb_describe.h>
#include <r53/import.h>
#include <r53/view.h>

#include "view/view.h"

#include <stdio.h>
#include <stdlib.h>

#define GROUP "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/t/1"
#define LB    "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/x/web/1"

#define FUNCTION "arn:aws:lambda:us-east-1:1:function:f"

#define SLOW "slow_start.duration_seconds=100"
#define DRAINING                                                                                   \
    "target_health_state.unhealthy.connection_termination.enabled=false "                          \
    "target_health_state.unhealthy.draining_interval_seconds=60"
#define DELAY(n) "deregistration_delay.timeout_seconds=" #n

enum { ALB, NLB, CLB };

static const struct state_case {
    const char *what;
    int kind, type; /* of the targets */
    const char *attributes, *script;
    int at;
    const char *states;
} state_cases[] = {
    {"ELB-ST-03 a target is initial until a check passes", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 +i-2@0 i-1:p@5", 6, "i-1=healthy i-2=initial"},
    {"ELB-ST-03 one failure leaves it initial, the threshold makes it unhealthy", ALB,
     R53_TARGET_INSTANCE, "", "+i-1@0 +i-2@0 i-1:f@5 i-2:f@5 i-2:f@6", 6, "i-1=initial i-2=unhealthy"},
    {"ELB-ST-04 as many failures in a row as the threshold says", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1:f@2 i-1:p@3 i-1:f@4", 5, "i-1=healthy"},
    {"ELB-ST-04 two in a row turn a healthy target", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1:f@2 i-1:f@3", 5, "i-1=unhealthy"},
    {"ELB-ST-04 four passes are one too few to recover", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:f@1 i-1:f@2 i-1:p@3 i-1:p@4 i-1:p@5 i-1:p@6", 7, "i-1=unhealthy"},
    {"ELB-ST-04 five are enough", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:f@1 i-1:f@2 i-1:p@3 i-1:p@4 i-1:p@5 i-1:p@6 i-1:p@7", 7, "i-1=healthy"},
    {"ELB-ST-04 a failure between them begins the count anew", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:f@1 i-1:f@2 i-1:p@3 i-1:p@4 i-1:f@5 i-1:p@6 i-1:p@7 i-1:p@8", 9, "i-1=unhealthy"},
    {"ELB-VAL-06 the matcher judges a status", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 +i-2@0 i-1:200@1 i-2:404@1 i-2:404@2", 3, "i-1=healthy i-2=unhealthy"},
    {"T19 ELB-VAL-20 a target that is not registered has no checks", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-9:p@1! -i-1@2", 400, ""},
    {"what is observed whole counts over what checks say", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:f@1 i-1:f@2 i-1=@3", 4, "i-1=healthy"},
    {"and taken back it counts no more", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:f@1 i-1:f@2 i-1=@3 i-1~@4", 4, "i-1=unhealthy"},

    {"ELB-NLB-12 ELB-ATTR-22 an unhealthy target of a network group drains its connections", NLB,
     R53_TARGET_INSTANCE, DRAINING, "+i-1@0 i-1:p@1 i-1:f@9 i-1:f@10", 69, "i-1=unhealthy.draining"},
    {"ELB-NLB-12 until the interval is over", NLB, R53_TARGET_INSTANCE, DRAINING,
     "+i-1@0 i-1:p@1 i-1:f@9 i-1:f@10", 70, "i-1=unhealthy"},
    {"ELB-ATTR-21 without the attribute it is unhealthy at once", NLB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1:f@9 i-1:f@10", 10, "i-1=unhealthy"},
    {"a clock that goes back stands still", NLB, R53_TARGET_INSTANCE, DRAINING,
     "+i-1@0 i-1:p@100 i-1:f@50 i-1:f@10", 99, "i-1=unhealthy.draining"},

    {"ELB-ST-09 ELB-CONF-12 what traffic says of a target counts over what its checks say", NLB,
     R53_TARGET_INSTANCE, "", "+i-1@0 +i-2@0 i-1:p@1 i-2:p@1 i-1^@2 i-1:p@3", 4,
     "i-1=unhealthy i-2=healthy"},
    {"ELB-ST-09 ELB-CONF-12 until that is taken back", NLB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1^@2 i-1~@4", 5, "i-1=healthy"},

    {"ELB-NLB-13 ELB-DRAIN-01 a target of a network group drains too", NLB, R53_TARGET_INSTANCE,
     DELAY(30), "+i-1@0 +i-2@0 i-1:p@1 -i-1@10", 39, "i-1=draining i-2=initial"},
    {"ELB-NLB-13 ELB-DRAIN-01 until the delay is over", NLB, R53_TARGET_INSTANCE,
     DELAY(30) " deregistration_delay.connection_termination.enabled=true",
     "+i-1@0 +i-2@0 i-1:p@1 -i-1@10", 40, "i-2=initial"},
    {"ELB-DRAIN-01 a deregistered target drains", ALB, R53_TARGET_INSTANCE, DELAY(30),
     "+i-1@0 +i-2@0 i-1:p@1 -i-1@10", 39, "i-1=draining i-2=initial"},
    {"ELB-DRAIN-01 ELB-ATTR-01 and is gone after the delay", ALB, R53_TARGET_INSTANCE, DELAY(30),
     "+i-1@0 +i-2@0 i-1:p@1 -i-1@10", 40, "i-2=initial"},
    {"ELB-ATTR-01 of 300 seconds by default", ALB, R53_TARGET_INSTANCE, "", "+i-1@0 -i-1@0", 299,
     "i-1=draining"},
    {"ELB-DRAIN-01 also when it was observed healthy", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1=@1 -i-1@2", 3, "i-1=draining"},
    {"ELB-DRAIN-03 without a delay it is gone at once", ALB, R53_TARGET_INSTANCE, DELAY(0),
     "+i-1@0 -i-1@10", 10, ""},
    {"ELB-DRAIN-03 functions have none", ALB, R53_TARGET_LAMBDA, "", "+" FUNCTION "@0 -" FUNCTION "@10", 10, ""},
    {"ELB-DRAIN-06 registered again it begins anew", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 -i-1@2 +i-1@3", 4, "i-1=initial"},
    {"ELB-DRAIN-06 and keeps its place in the order of registration", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 +i-2@0 i-1:p@1 -i-1@2 +i-1@3 i-1:p@4", 4, "i-1=healthy i-2=initial"},
    {"ELB-DRAIN-06 after the delay it is the last", ALB, R53_TARGET_INSTANCE, DELAY(30),
     "+i-1@0 +i-2@0 i-1:p@1 -i-1@10 +i-1@40 i-1:p@41", 41, "i-2=initial i-1=healthy"},
    {"ELB-DRAIN-06 deregistered once more it drains for a whole delay", ALB, R53_TARGET_INSTANCE,
     DELAY(30), "+i-1@0 +i-2@0 -i-1@10 +i-1@20 -i-1@30", 59, "i-1=draining i-2=initial"},
    {"ELB-DRAIN-06 ELB-SLOW-02 and starts slowly again", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 i-1:p@1 +i-2@2 i-2:p@3 -i-2@200 +i-2@201 i-2:p@202", 210, "i-1=healthy i-2=healthy/8"},
    {"ELB-DRAIN-06 an address of an application group must wait", ALB, R53_TARGET_IP, DELAY(30),
     "+10.0.0.1@0 -10.0.0.1@10 +10.0.0.1@39!", 39, "10.0.0.1=draining"},
    {"ELB-DRAIN-06 until the delay is over", ALB, R53_TARGET_IP, DELAY(30),
     "+10.0.0.1@0 -10.0.0.1@10 +10.0.0.1@40", 40, "10.0.0.1=initial"},
    {"ELB-DRAIN-06 one of a network group need not", NLB, R53_TARGET_IP, DELAY(30),
     "+10.0.0.1@0 -10.0.0.1@10 +10.0.0.1@11", 11, "10.0.0.1=initial"},
    {"ELB-VAL-11 registering twice changes nothing", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 +i-1@2", 3, "i-1=healthy"},
    {"ELB-VAL-11 deregistering what is not there succeeds", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 -i-7@1 -i-1@2 -i-1@290", 303, ""},
    {"ELB-TG-06 ELB-IP-05 an address must be one of the group's family", ALB, R53_TARGET_IP, "",
     "+i-1@0! +2001:db8::1@0! +10.0.0.1@0", 1, "10.0.0.1=initial"},
    {"ELB-LIM-13 a group has one function", ALB, R53_TARGET_LAMBDA, "", "+" FUNCTION "@0 +" FUNCTION "2@0!",
     1, FUNCTION "=initial"},

    {"ELB-SLOW-02 a target that joins healthy ones starts slowly", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 i-1:p@1 +i-2@9 i-2:p@10", 35, "i-1=healthy i-2=healthy/25"},
    {"ELB-SLOW-04 until its time is over", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 i-1:p@1 +i-2@9 i-2:p@10", 110, "i-1=healthy i-2=healthy"},
    {"ELB-SLOW-02 not where all healthy ones start slowly too", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 i-1:p@1 +i-2@9 i-2:p@10 -i-1@11 +i-3@12 i-3:p@13", 13, "i-1=draining i-2=healthy/3 i-3=healthy"},
    {"ELB-SLOW-02 again after it was unhealthy", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 +i-2@0 i-1=@1 i-2:p@1 i-2:f@200 i-2:f@201 i-2:p@202 i-2:p@203 i-2:p@204 i-2:p@205 i-2:p@206", 210,
     "i-1=healthy i-2=healthy/4"},
    {"ELB-SLOW-03 ELB-CASE-74 not where the group was empty", ALB, R53_TARGET_INSTANCE, SLOW,
     "+i-1@0 +i-2@0 +i-3@0 i-1:p@5 i-2:p@6 i-3:p@7", 8, "i-1=healthy i-2=healthy i-3=healthy"},
    {"ELB-SLOW-03 turning it on leaves healthy ones alone", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 +i-2@2 i-2:p@3", 8, "i-1=healthy i-2=healthy"},
    {"ELB-CLB-10 without connection draining a Classic instance is gone at once", CLB,
     R53_TARGET_INSTANCE, "", "+i-1@0 i-1:p@1 -i-1@2", 2, ""},
    {"ELB-CLB-10 with it, when its time is over", CLB, R53_TARGET_INSTANCE, DELAY(30),
     "+i-1@0 i-1:p@1 -i-1@2", 31, "i-1=draining"},
    {"ELB-ST-06 a stopped instance is unused", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 +i-2@0 i-1:p@1 i-2:p@1 i-1.stopped@2", 3, "i-1=unused i-2=healthy"},
    {"ELB-ST-06 a terminated one too, before any check", NLB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1.terminated@2", 3, "i-1=unused"},
    {"ELB-ST-06 until it runs again", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1.stopped@2 i-1.running@3", 4, "i-1=healthy"},
    {"ELB-ST-06 or nothing is known of it any more", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1.stopped@2 i-1.forgotten@3", 4, "i-1=healthy"},
    {"ELB-ST-06 what is observed whole counts before that", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1=@1 i-1.stopped@2", 3, "i-1=healthy"},
    {"ELB-ST-06 a draining one drains", ALB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 -i-1@2 i-1.stopped@2", 3, "i-1=draining"},
    {"ELB-ST-06 a Classic one is out of service", CLB, R53_TARGET_INSTANCE, "",
     "+i-1@0 i-1:p@1 i-1.stopped@2", 3, "i-1=unhealthy"},
    {"ELB-ST-06 a state that there is not", ALB, R53_TARGET_INSTANCE, "", "+i-1@0 i-1.sleeping!@1", 3,
     "i-1=initial"},
    {"ELB-CLB-06 an instance is in service after its first check", CLB, R53_TARGET_INSTANCE, "",
     "+i-1@0 +i-2@0 i-1:p@1", 2, "i-1=healthy i-2=unhealthy"},
};

struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
    const char *group;
};

static void import_all(struct world *w, int kind, int type)
{
    static const int32_t types[] = {R53_LB_APPLICATION, R53_LB_NETWORK, R53_LB_CLASSIC};
    static const int32_t protocols[] = {R53_PROTOCOL_HTTP, R53_PROTOCOL_TCP, R53_PROTOCOL_HTTP};
    r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "a"};
    const r53_availability_zone *zones[] = {&zone};
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = types[kind],
                            .load_balancer_arn = LB,
                            .availability_zones = zones,
                            .n_availability_zones = 1};
    r53_target_group group = {.size = sizeof(group),
                              .target_group_arn = GROUP,
                              .target_group_name = "t",
                              .protocol = type == R53_TARGET_LAMBDA ? 0 : protocols[kind],
                              .port = 80,
                              .health_check_enabled = type == R53_TARGET_LAMBDA ? R53_OPTION_ON : 0,
                              .target_type = type};
    r53_weighted_target_group to = {GROUP, 1, 0};
    r53_listener_action action = {.size = sizeof(action),
                                  .type = R53_ACTION_FORWARD,
                                  .n_target_groups = 1,
                                  .target_groups = &to};
    const r53_listener_action *actions[] = {&action};
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = protocols[kind],
                             .listener_arn = kind == CLB ? NULL : "listener",
                             .load_balancer_arn = LB,
                             .port = 80,
                             .instance_port = kind == CLB ? 80 : 0,
                             .default_actions = kind == CLB ? NULL : actions,
                             .n_default_actions = kind != CLB};
    r53_import *import;

    assert_int_equal(r53_import_new(&import, w->cloud, w->observed, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
    if (kind != CLB)
        assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    w->group = kind == CLB ? LB : GROUP;
}

static void modify(struct world *w, const char *attributes)
{
    char text[512], *rest = text;

    snprintf(text, sizeof(text), "%s", attributes);
    for (char *key; (key = strtok_r(rest, " ", &rest));) {
        char *value = strchr(key, '=');

        *value++ = '\0';
        assert_int_equal(r53_target_group_modify_attributes(w->cloud, w->group,
                                                            &(r53_attribute){key, value}, 1, NULL),
                         R53_OK);
    }
}

static void world_open(struct world *w, int kind, int type, const char *attributes)
{
    assert_int_equal(r53_cloud_new(&w->cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&w->observed, NULL), R53_OK);
    w->view = NULL;
    import_all(w, kind, type);
    modify(w, attributes);
}

static void world_close(struct world *w)
{
    r53_view_release(w->view);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
}

static int32_t probe(struct world *w, const r53_target *target, const char *result, int64_t now_ms)
{
    r53_target_probe said = {.size = sizeof(said),
                             .passed = *result == 'p',
                             .target_group_arn = w->group,
                             .target = target,
                             .now_ms = now_ms,
                             .status_code = atoi(result)};

    return r53_observe_probe(w->observed, w->cloud, &said, NULL);
}

/* "i-1.stopped" */
static int32_t play_instance(struct world *w, char *word)
{
    static const char *const states[] = {"forgotten", "running", "stopped", "terminated"};
    char *dot = strchr(word, '.');
    int32_t state = 0;

    assert_non_null(dot);
    *dot++ = '\0';
    while (state < (int32_t)COUNT(states) && strcmp(states[state], dot) != 0)
        state++;
    return r53_observe_instance(w->observed, word, state);
}

/* One word, without its "@". */
static int32_t play_word(struct world *w, char *word, int64_t now_ms)
{
    r53_target target = {.size = sizeof(target), .id = word};
    size_t length = strlen(word);
    char *mark = strrchr(word, ':');

    if (*word == '+' || *word == '-') {
        target.id = word + 1;
        return *word == '+' ? r53_target_register(w->cloud, w->group, &target, now_ms, NULL)
                            : r53_target_deregister(w->cloud, w->group, &target, now_ms, NULL);
    }
    if (strchr("=^~", word[length - 1])) {
        char said = word[length - 1];

        word[length - 1] = '\0';
        return said == '~'
                   ? r53_forget_target(w->observed, w->group, &target)
                   : r53_observe_target(w->observed, w->group, &target,
                                        said == '=' ? R53_TARGET_HEALTHY : R53_TARGET_UNHEALTHY,
                                        NULL);
    }
    if (!mark)
        return play_instance(w, word);
    *mark++ = '\0';
    return probe(w, &target, mark, now_ms);
}

static void play(struct world *w, const char *script)
{
    char text[512], *rest = text;

    snprintf(text, sizeof(text), "%s", script);
    for (char *word; (word = strtok_r(rest, " ", &rest));) {
        bool refused = strchr(word, '!');
        char *at = strchr(word, '@');

        *at++ = '\0';
        assert_int_equal(play_word(w, word, (int64_t)atoi(at) * 1000) != R53_OK, refused);
    }
}

static void look(struct world *w, int64_t now_ms)
{
    r53_view_release(w->view);
    assert_int_equal(r53_view_new(&w->view, w->cloud, w->observed, now_ms, NULL), R53_OK);
}

static void states_put(const struct world *w, char *text, size_t size)
{
    const struct pool *pool = &w->view->fleets[0].pools[0];
    size_t at = 0;

    text[0] = '\0';
    for (uint32_t i = 0; i < pool->n_targets; i++) {
        const struct pool_target *t = &pool->targets[i];

        at += (size_t)snprintf(text + at, size - at, "%s%s=%s", i ? " " : "", t->target->id,
                               r53_target_state_name(t->state));
        if (t->slow_age_ms >= 0)
            at += (size_t)snprintf(text + at, size - at, "/%d", (int)t->slow_age_ms / 1000);
    }
}

static void check_states(void **state)
{
    const struct state_case *c = *state;
    struct world w;
    char text[512];

    world_open(&w, c->kind, c->type, c->attributes);
    play(&w, c->script);
    look(&w, (int64_t)c->at * 1000);
    states_put(&w, text, sizeof(text));
    assert_string_equal(text, c->states);
    world_close(&w);
}

static void check_reasons(void **state)
{
    r53_target target = {.size = sizeof(target), .id = "i-1"};
    r53_target_probe slow = {.size = sizeof(slow),
                             .target_group_arn = GROUP,
                             .target = &target,
                             .reason = "Target.Timeout"};
    struct world w;

    (void)state;
    world_open(&w, ALB, R53_TARGET_INSTANCE, "");
    play(&w, "+i-1@0 i-1:f@1");
    look(&w, 0);
    assert_string_equal(w.view->fleets[0].pools[0].targets[0].reason, "Elb.InitialHealthChecking");
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, &slow, NULL), R53_OK);
    look(&w, 0);
    assert_string_equal(w.view->fleets[0].pools[0].targets[0].reason, "Target.Timeout");
    play(&w, "i-1:404@9");
    look(&w, 0);
    assert_string_equal(w.view->fleets[0].pools[0].targets[0].reason,
                        "Target.ResponseCodeMismatch");
    world_close(&w);
}

/* Refusals by name */

static const struct refusal_case {
    const char *what, *id, *zone, *aws_name;
    int type, xz_off, code;
} refusals[] = {
    {"ELB-TG-07 no zone of an instance", "i-1", "a", "ValidationError", R53_TARGET_INSTANCE, 0,
     R53_E_INVALID},
    {"ELB-TG-07 none but `all` of a function", "f1", "a", "ValidationError", R53_TARGET_LAMBDA, 0,
     R53_E_INVALID},
    {"ELB-TG-07 `all` of an address", "10.0.0.1", "all", NULL, R53_TARGET_IP, 0, R53_OK},
    {"ELB-TG-08 ELB-CONF-07 not of one within its zone", "10.0.0.1", "all",
     "InvalidConfigurationRequest", R53_TARGET_IP, 1, R53_E_INVALID},
    {"ELB-CONF-07 an instance needs none said", "i-1", NULL, NULL, R53_TARGET_INSTANCE, 0, R53_OK},
    {"ELB-CONF-07 nor does an address", "10.0.0.1", NULL, NULL, R53_TARGET_IP, 0, R53_OK},
    {"ELB-CONF-07 nor a function", FUNCTION, NULL, NULL, R53_TARGET_LAMBDA, 0, R53_OK},
    {"ELB-TG-06 an address that is none", "10.0.0", NULL, "ValidationError", R53_TARGET_IP, 0,
     R53_E_INVALID},
    {"a target needs an id", "", NULL, "ValidationError", R53_TARGET_INSTANCE, 0, R53_E_INVALID},
};

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    r53_target target = {.size = sizeof(target), .id = c->id, .availability_zone = c->zone};
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;
    struct world w;

    world_open(&w, ALB, c->type, c->xz_off ? "load_balancing.cross_zone.enabled=false" : "");
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_target_register(w.cloud, GROUP, &target, 0, report), c->code);
    if (c->aws_name) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, c->aws_name);
    }
    r53_report_free(report);
    world_close(&w);
}

static void check_full(void **state)
{
    struct world w;

    (void)state;
    world_open(&w, ALB, R53_TARGET_INSTANCE, "");
    for (int i = 0; i <= 1000; i++) {
        char id[16];
        r53_target target = {.size = sizeof(target), .id = id};

        snprintf(id, sizeof(id), "i-%d", i);
        assert_int_equal(r53_target_register(w.cloud, GROUP, &target, 0, NULL),
                         i < 1000 ? R53_OK : R53_E_LIMIT);
    }
    world_close(&w);
}

static uint32_t registered(const struct world *w)
{
    r53_elb_listing *listing;
    uint32_t n = 0;

    assert_int_equal(r53_targets_list(&listing, w->cloud, GROUP, NULL), R53_OK);
    while (r53_elb_listing_next_target(listing))
        n++;
    r53_elb_listing_free(listing);
    return n;
}

/* The last of 1001 is refused, and so are all: then 1000, of which two are one. */
static void check_many(void **state)
{
    static r53_target targets[1001];
    static const r53_target *list[1001];
    static char ids[1001][16];
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;
    struct world w;

    (void)state;
    world_open(&w, ALB, R53_TARGET_INSTANCE, "");
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 0; i <= 1000; i++) {
        snprintf(ids[i], sizeof(ids[i]), "i-%d", i);
        targets[i] = (r53_target){.size = sizeof(targets[i]), .id = ids[i]};
        list[i] = &targets[i];
    }
    assert_int_equal(r53_targets_register(w.cloud, GROUP, list, 1001, 0, report), R53_E_LIMIT);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, "Targets[1000]");
    assert_int_equal(registered(&w), 0);
    targets[7].id = ids[6];
    assert_int_equal(r53_targets_register(w.cloud, GROUP, list, 1000, 0, report), R53_OK);
    assert_int_equal(registered(&w), 999);
    targets[9].port = -1;
    assert_int_equal(r53_targets_deregister(w.cloud, GROUP, list, 10, 0, NULL), R53_E_INVALID);
    assert_int_equal(registered(&w), 999);
    assert_int_equal(r53_targets_deregister(w.cloud, GROUP, list, 9, 0, NULL), R53_OK);
    assert_int_equal(registered(&w), 991);
    r53_report_free(report);
    world_close(&w);
}

static void check_nonsense(void **state)
{
    r53_target target = {.size = sizeof(target), .id = "i-1"};
    r53_target_probe good = {
        .size = sizeof(good), .passed = 1, .target_group_arn = GROUP, .target = &target};
    const r53_target *const nothing[] = {NULL};
    r53_target_probe bad = good;
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;
    struct world w;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    world_open(&w, ALB, R53_TARGET_INSTANCE, "");
    assert_int_equal(r53_target_register(NULL, GROUP, &target, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_register(w.cloud, "none", &target, 0, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_target_register(w.cloud, NULL, &target, 0, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_target_deregister(w.cloud, GROUP, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_register(w.cloud, GROUP, &target, INT64_MIN, NULL), R53_OK);
    assert_int_equal(r53_targets_register(NULL, GROUP, NULL, 0, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_targets_register(w.cloud, GROUP, NULL, 1, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_targets_deregister(w.cloud, GROUP, nothing, 1, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_targets_deregister(w.cloud, GROUP, NULL, 0, 0, NULL), R53_OK);
    assert_int_equal(r53_observe_probe(NULL, w.cloud, &good, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_probe(w.observed, NULL, &good, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, NULL, NULL), R53_E_INVALID);
    bad.passed = 2;
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, &bad, report), R53_E_INVALID);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, "passed");
    assert_string_equal(finding.text, "2 is out of range; expected 0 to 1");
    r53_report_free(report);
    bad = good;
    bad.target = NULL;
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, &bad, NULL), R53_E_INVALID);
    bad = good;
    bad.target_group_arn = NULL;
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, &bad, NULL), R53_E_NOT_FOUND);
    good.now_ms = INT64_MAX;
    assert_int_equal(r53_observe_probe(w.observed, w.cloud, &good, NULL), R53_OK);
    assert_int_equal(r53_target_deregister(w.cloud, GROUP, &target, INT64_MIN, NULL), R53_OK);
    look(&w, INT64_MAX);
    assert_int_equal(w.view->fleets[0].pools[0].n_targets, 0);
    assert_int_equal(r53_forget_target(w.observed, NULL, &target), R53_E_INVALID);
    world_close(&w);
}

/* Random results against the rules written down plainly */

static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Judges the whole history: 'p' and 'f'. */
static const char *naive(const char *history)
{
    const char *state = "initial";
    int passes = 0, fails = 0;

    for (; *history; history++) {
        passes = *history == 'p' ? passes + 1 : 0;
        fails = *history == 'f' ? fails + 1 : 0;
        if (strcmp(state, "initial") == 0 && passes == 1)
            state = "healthy";
        else if (strcmp(state, "unhealthy") == 0 && passes == 5)
            state = "healthy";
        else if (strcmp(state, "unhealthy") != 0 && fails == 2)
            state = "unhealthy";
        else
            continue;
        passes = fails = 0;
    }
    return state;
}

static void check_random(void **state)
{
    uint32_t seed = 2463534242u;

    (void)state;
    for (int round = 0; round < 40; round++) {
        r53_target target = {.size = sizeof(target), .id = "i-1"};
        char history[41] = "";
        struct world w;

        world_open(&w, ALB, R53_TARGET_INSTANCE, "");
        play(&w, "+i-1@0");
        for (int i = 0; i < 40; i++) {
            history[i] = random_next(&seed) % 4 ? 'p' : 'f';
            assert_int_equal(probe(&w, &target, &history[i], (int64_t)i * 1000), R53_OK);
            look(&w, (int64_t)i * 1000);
            assert_string_equal(r53_target_state_name(w.view->fleets[0].pools[0].targets[0].state),
                                naive(history));
        }
        world_close(&w);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(state_cases) + COUNT(refusals) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, state_cases, check_states);
    ADD_CASES(tests, n, refusals, check_refusal);
    ADD_TEST(tests, n, "ELB-ST-01 reasons of failed checks", check_reasons);
    ADD_TEST(tests, n, "ELB-LIM-09 a group holds a thousand targets", check_full);
    ADD_TEST(tests, n, "ELB-LIM-09 ELB-VAL-11 many targets in one call, all or none", check_many);
    ADD_TEST(tests, n, "nonsense is refused, any clock is taken", check_nonsense);
    ADD_TEST(tests, n, "T21 ELB-ST-04 any sequence of results comes to what the rules say",
             check_random);
    return RUN_TESTS("target_state", tests, n);
}
