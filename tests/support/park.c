#include "support/park.h"

#include "support/harness.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const zone_names[PARK_ZONES] = {"a", "b", "c", "d"};

/* Chance */

static uint64_t next(uint64_t *random)
{
    uint64_t z = *random += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

uint32_t park_below(uint64_t *random, uint32_t n)
{
    return (uint32_t)(next(random) % n);
}

bool park_once_in(uint64_t *random, uint32_t n)
{
    return park_below(random, n) == 0;
}

static int32_t one_of(uint64_t *random, const int32_t *list, uint32_t n)
{
    return list[park_below(random, n)];
}

#define ONE_OF(random, ...)                                                                        \
    one_of(random, (const int32_t[]){__VA_ARGS__},                                                 \
           sizeof((const int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

static void letters(uint64_t *random, const char *alphabet, uint32_t least, uint32_t most,
                    char *out)
{
    uint32_t n = least + park_below(random, most - least + 1);

    for (uint32_t i = 0; i < n; i++)
        out[i] = alphabet[park_below(random, (uint32_t)strlen(alphabet))];
    out[n] = '\0';
}

/* Targets and groups */

static const struct {
    int32_t state;
    const char *reason;
} ailments[] = {
    {R53_TARGET_HEALTHY, NULL},
    {R53_TARGET_HEALTHY, NULL},
    {R53_TARGET_HEALTHY, NULL},
    {R53_TARGET_UNHEALTHY, "Target.Timeout"},
    {R53_TARGET_UNHEALTHY, "Target.FailedHealthChecks"},
    {R53_TARGET_INITIAL, "Elb.InitialHealthChecking"},
    {R53_TARGET_UNHEALTHY_DRAINING, "Target.FailedHealthChecks"},
    {R53_TARGET_UNUSED, "Target.InvalidState"},
    {R53_TARGET_DRAINING, "Target.DeregistrationInProgress"},
    {R53_TARGET_UNAVAILABLE, "Elb.InternalError"},
    {R53_TARGET_UNAVAILABLE, "Target.HealthCheckDisabled"},
};

void park_ail(struct park *park, struct park_target *target)
{
    uint32_t i = park_below(&park->random, COUNT(ailments));

    target->state = ailments[i].state;
    target->reason = ailments[i].reason;
}

static void target_make(struct park *park, struct park_group *group, int number, bool sick)
{
    struct park_target *target = &group->targets[number];
    uint64_t *random = &park->random;

    *target = (struct park_target){.port = 80, .zone = (int)park_below(random, PARK_ZONES)};
    snprintf(target->id, sizeof(target->id), "t%d", number);
    if (number > 0 && park_once_in(random, 6)) { /* the one before on another port */
        *target = group->targets[number - 1];
        target->port++;
    }
    if (park_once_in(random, 12))
        target->zone = ONE_OF(random, PARK_EVERY, PARK_UNKNOWN);
    if (group->type == R53_TARGET_LAMBDA)
        target->zone = PARK_EVERY;
    if (park_once_in(random, 3))
        target->share = ONE_OF(random, 100, 500, 1000);
    park_ail(park, target);
    if (sick && target->state == R53_TARGET_HEALTHY)
        target->state = R53_TARGET_UNHEALTHY;
}

static void group_make(struct park *park, struct park_group *group, int32_t lb)
{
    uint64_t *random = &park->random;
    bool sick = park_once_in(random, 4);

    *group = (struct park_group){.type = R53_TARGET_IP, .n = (int)park_below(random, 8)};
    if (lb == R53_LB_APPLICATION && park_once_in(random, 8)) {
        group->type = R53_TARGET_LAMBDA;
        group->check = ONE_OF(random, R53_OPTION_DEFAULT, R53_OPTION_ON);
        group->n = (int)park_below(random, 2);
    }
    group->cross_zone = ONE_OF(random, R53_OPTION_DEFAULT, R53_OPTION_OFF, R53_OPTION_ON);
    if (lb == R53_LB_APPLICATION || lb == R53_LB_NETWORK) {
        group->dns_count = ONE_OF(random, 0, 0, -1, 1, 2, 3);
        group->dns_percentage = ONE_OF(random, 0, 0, 1, 50, 100);
        group->route_count = ONE_OF(random, 0, 0, 1, 2, 3);
        group->route_percentage = ONE_OF(random, 0, 0, 50, 60, 100);
    }
    if (lb == R53_LB_APPLICATION) {
        group->algorithm =
            ONE_OF(random, 0, R53_ALGORITHM_ROUND_ROBIN, R53_ALGORITHM_LEAST_OUTSTANDING_REQUESTS,
                   R53_ALGORITHM_WEIGHTED_RANDOM);
        group->mitigation = ONE_OF(random, R53_OPTION_DEFAULT, R53_OPTION_ON);
    }
    if (group->algorithm != R53_ALGORITHM_WEIGHTED_RANDOM)
        group->mitigation = R53_OPTION_DEFAULT;
    for (int i = 0; i < group->n; i++)
        target_make(park, group, i, sick);
}

/* Rules */

static void action_make(struct park *park, struct park_action *action, int balancer, int32_t lb)
{
    uint64_t *random = &park->random;

    *action = (struct park_action){.type = R53_ACTION_FORWARD, .n = 1};
    if (lb == R53_LB_APPLICATION && park_once_in(random, 8)) {
        action->type = ONE_OF(random, R53_ACTION_REDIRECT, R53_ACTION_FIXED_RESPONSE);
        action->n = 0;
    } else if (lb != R53_LB_GATEWAY) {
        action->n = 1 + (int)park_below(random, PARK_FORWARDS);
    }
    for (int i = 0; i < action->n; i++) {
        action->groups[i] = balancer * PARK_OWN + (i + (int)park_below(random, 2)) % PARK_OWN;
        if (i > 0 && action->groups[i] == action->groups[i - 1])
            action->groups[i] = balancer * PARK_OWN + 3;
        action->weights[i] = (uint32_t)ONE_OF(random, 0, 1, 1, 2, 7, 999);
        if (lb == R53_LB_GATEWAY)
            action->weights[i] = 1;
    }
    for (int i = 0; i < action->n; i++) { /* a group is named once */
        for (int j = 0; j < i; j++) {
            if (action->groups[i] == action->groups[j])
                action->n = i;
        }
    }
}

/* A condition a field, with values of few letters so that they often match. */
static const struct {
    const char *field, *alphabet;
    uint32_t least, most;
} fields[] = {
    {"host-header", "ab.*?", 1, 5},  {"path-pattern", "/ab*?", 1, 5},
    {"http-header", "abAB*?", 1, 4}, {"http-request-method", "", 0, 0},
    {"query-string", "abA*?", 1, 3}, {"source-ip", "", 0, 0},
};

static void value_make(uint64_t *random, struct park_condition *c, int i, uint32_t row)
{
    static const char *const methods[] = {"GET", "POST", "GE", "get"};
    static const char *const sources[] = {"10.0.0.0/8", "10.1.0.0/16",   "10.1.2.3/32",
                                          "0.0.0.0/0",  "2001:db8::/32", "10.255.0.1/9"};

    letters(random, fields[row].alphabet, fields[row].least, fields[row].most, c->values[i]);
    if (row == 3)
        snprintf(c->values[i], sizeof(c->values[i]), "%s", methods[park_below(random, 4)]);
    if (row == 5)
        snprintf(c->values[i], sizeof(c->values[i]), "%s", sources[park_below(random, 6)]);
    if (row == 4 && park_once_in(random, 2))
        letters(random, "kK*?", 1, 2, c->keys[i]);
}

static void rule_make(struct park *park, struct park_rule *rule, int balancer, int priority)
{
    uint64_t *random = &park->random;
    uint32_t used = 0;

    *rule = (struct park_rule){.priority = priority, .n = 1 + (int)park_below(random, 2)};
    for (int i = 0; i < rule->n; i++) {
        struct park_condition *c = &rule->conditions[i];
        uint32_t row;

        do
            row = park_below(random, COUNT(fields));
        while (used & (UINT32_C(1) << row));
        used |= UINT32_C(1) << row;
        c->field = fields[row].field;
        c->n = 1 + (int)park_below(random, 2);
        for (int j = 0; j < c->n; j++)
            value_make(random, c, j, row);
    }
    action_make(park, &rule->action, balancer, R53_LB_APPLICATION);
}

static void rules_make(struct park *park, struct park_balancer *lb, int balancer)
{
    bool used[50] = {false};

    lb->n_rules = (int)park_below(&park->random, PARK_RULES + 1);
    for (int i = 0; i < lb->n_rules; i++) {
        uint32_t priority;

        do
            priority = park_below(&park->random, COUNT(used));
        while (used[priority]);
        used[priority] = true;
        rule_make(park, &lb->rules[i], balancer, (int)priority * 1000 + 1);
    }
}

/* Load balancers */

void park_replant(struct park *park, int balancer, int32_t type)
{
    struct park_balancer *lb = &park->balancers[balancer];
    uint64_t *random = &park->random;

    if (!type)
        type = ONE_OF(random, R53_LB_APPLICATION, R53_LB_APPLICATION, R53_LB_NETWORK,
                      R53_LB_GATEWAY, R53_LB_CLASSIC);
    *lb = (struct park_balancer){.type = type, .state = R53_LB_ACTIVE};
    if (park_once_in(random, 20))
        lb->state = ONE_OF(random, R53_LB_PROVISIONING, R53_LB_ACTIVE_IMPAIRED, R53_LB_FAILED);
    if (type != R53_LB_APPLICATION)
        lb->cross_zone = ONE_OF(random, R53_OPTION_DEFAULT, R53_OPTION_OFF, R53_OPTION_ON);
    for (int i = 0; i < PARK_ZONES; i++) {
        lb->addresses[i] = (int)park_below(random, 4);
        lb->impaired[i] = park_once_in(random, 8);
    }
    lb->addresses[park_below(random, PARK_ZONES)] = 1;
    if (park_once_in(random, 3))
        lb->shifted[park_below(random, PARK_ZONES)] = true;
    for (int i = 0; i < PARK_OWN; i++)
        group_make(park, &park->groups[balancer * PARK_OWN + i], type);
    action_make(park, &lb->otherwise, balancer, type);
    if (type == R53_LB_APPLICATION)
        rules_make(park, lb, balancer);
}

void park_make(struct park *park, uint64_t seed, int32_t type)
{
    *park = (struct park){.random = seed * 77};
    park->strict_empty = park_once_in(&park->random, 4);
    park->initial_never = park_once_in(&park->random, 4);
    park->any_unhealthy = park_once_in(&park->random, 4);
    park_replant(park, 0, type);
    park_replant(park, 1, 0);
}

/* Saying it */

struct spec {
    r53_listener_action action;
    r53_weighted_target_group groups[PARK_FORWARDS];
    char names[PARK_FORWARDS][16];
    const r53_listener_action *list;
};

static void action_spec(struct spec *spec, const struct park_action *action)
{
    *spec = (struct spec){.action = {.size = sizeof(spec->action), .type = action->type}};
    for (int i = 0; i < action->n; i++) {
        snprintf(spec->names[i], sizeof(spec->names[i]), "g%d", action->groups[i]);
        spec->groups[i] = (r53_weighted_target_group){spec->names[i], action->weights[i], 0};
    }
    spec->action.target_groups = spec->groups;
    spec->action.n_target_groups = (uint32_t)action->n;
    if (action->sticky_s) {
        spec->action.stickiness_enabled = R53_OPTION_ON;
        spec->action.stickiness_duration_s = action->sticky_s;
    }
    if (action->type == R53_ACTION_REDIRECT) {
        spec->action.status_code = "HTTP_302";
        spec->action.host = "new.test";
    } else if (action->type == R53_ACTION_FIXED_RESPONSE) {
        spec->action.status_code = "404";
    }
    spec->list = &spec->action;
}

static void say_balancer(r53_import *import, const struct park *park, int b)
{
    const struct park_balancer *lb = &park->balancers[b];
    r53_availability_zone zones[PARK_ZONES];
    const r53_availability_zone *list[PARK_ZONES];
    char texts[PARK_ZONES][4][24], arn[16], name[64];
    const char *addresses[PARK_ZONES][4];
    r53_load_balancer spec = {.size = sizeof(spec),
                              .type = lb->type,
                              .load_balancer_arn = arn,
                              .load_balancer_name = arn,
                              .dns_name = name,
                              .state = lb->state,
                              .cross_zone = lb->cross_zone,
                              .availability_zones = list};

    snprintf(arn, sizeof(arn), "lb%d", b);
    snprintf(name, sizeof(name), "lb%d-1.us-east-1.elb.amazonaws.com", b);
    for (int i = 0; i < PARK_ZONES; i++) {
        if (lb->addresses[i] == 0)
            continue;
        for (int j = 0; j < lb->addresses[i]; j++) {
            snprintf(texts[i][j], sizeof(texts[i][j]), "192.0.%d.%d", b * 10 + i, j + 1);
            addresses[i][j] = texts[i][j];
        }
        zones[i] = (r53_availability_zone){.size = sizeof(zones[i]),
                                           .zone_name = zone_names[i],
                                           .addresses = addresses[i],
                                           .n_addresses = (uint32_t)lb->addresses[i]};
        list[spec.n_availability_zones++] = &zones[i];
    }
    assert_int_equal(r53_import_load_balancer(import, &spec), R53_OK);
}

static int32_t protocol_of(int32_t type)
{
    return type == R53_LB_APPLICATION ? R53_PROTOCOL_HTTP
           : type == R53_LB_GATEWAY   ? R53_PROTOCOL_GENEVE
                                      : R53_PROTOCOL_TCP;
}

static void say_listener(r53_import *import, const struct park *park, int b)
{
    const struct park_balancer *lb = &park->balancers[b];
    bool classic = lb->type == R53_LB_CLASSIC;
    char arn[16], listener_arn[24];
    struct spec spec;
    r53_listener listener = {.size = sizeof(listener),
                             .protocol = protocol_of(lb->type),
                             .listener_arn = classic ? NULL : listener_arn,
                             .load_balancer_arn = arn,
                             .port = 80,
                             .instance_port = classic ? 80 : 0};

    snprintf(arn, sizeof(arn), "lb%d", b);
    snprintf(listener_arn, sizeof(listener_arn), "listener%d", b);
    action_spec(&spec, &lb->otherwise);
    if (!classic) {
        listener.default_actions = &spec.list;
        listener.n_default_actions = 1;
    }
    if (lb->type == R53_LB_GATEWAY)
        listener.protocol = listener.port = 0;
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
}

static void say_rule(r53_import *import, const struct park *park, int b, int index)
{
    const struct park_rule *rule = &park->balancers[b].rules[index];
    r53_condition conditions[PARK_CONDITIONS];
    const r53_condition *list[PARK_CONDITIONS];
    const char *values[PARK_CONDITIONS][2];
    r53_query_string_key_value pairs[PARK_CONDITIONS][2];
    char arn[40], listener_arn[24], priority[16];
    struct spec spec;
    const r53_transform transform = {.size = sizeof(transform),
                                     .type = "url-rewrite",
                                     .regex = rule->regex,
                                     .replace = rule->replace};
    const r53_transform *transforms = &transform;
    r53_listener_rule out = {.size = sizeof(out),
                             .n_conditions = (uint32_t)rule->n,
                             .rule_arn = arn,
                             .listener_arn = listener_arn,
                             .priority = priority,
                             .conditions = list,
                             .n_actions = 1};

    snprintf(arn, sizeof(arn), "rule%d-%d", b, rule->priority);
    snprintf(listener_arn, sizeof(listener_arn), "listener%d", b);
    snprintf(priority, sizeof(priority), "%d", rule->priority);
    for (int i = 0; i < rule->n; i++) {
        const struct park_condition *c = &rule->conditions[i];
        bool query = strcmp(c->field, "query-string") == 0;

        for (int j = 0; j < c->n; j++) {
            values[i][j] = c->values[j];
            pairs[i][j] =
                (r53_query_string_key_value){c->keys[j][0] ? c->keys[j] : NULL, c->values[j]};
        }
        conditions[i] = (r53_condition){.size = sizeof(conditions[i]), .field = c->field};
        if (strcmp(c->field, "http-header") == 0)
            conditions[i].http_header_name = "x-test";
        if (query)
            conditions[i].query_string = pairs[i];
        else
            conditions[i].values = values[i];
        *(query ? &conditions[i].n_query_string : &conditions[i].n_values) = (uint32_t)c->n;
        list[i] = &conditions[i];
    }
    if (rule->regex[0]) {
        out.transforms = &transforms;
        out.n_transforms = 1;
    }
    action_spec(&spec, &rule->action);
    out.actions = &spec.list;
    assert_int_equal(r53_import_rule(import, &out), R53_OK);
}

static bool is_classic(const struct park *park, int group)
{
    return park->balancers[group / PARK_OWN].type == R53_LB_CLASSIC;
}

static void say_group(r53_import *import, const struct park *park, int g)
{
    const struct park_group *group = &park->groups[g];
    char arn[16];
    r53_target_group spec = {.size = sizeof(spec),
                             .protocol = protocol_of(park->balancers[g / PARK_OWN].type),
                             .target_group_arn = arn,
                             .port = 80,
                             .target_type = group->type,
                             .health_check_enabled = group->check,
                             .cross_zone = group->cross_zone,
                             .dns_failover_count = group->dns_count,
                             .dns_failover_percentage = group->dns_percentage,
                             .unhealthy_routing_count = group->route_count,
                             .unhealthy_routing_percentage = group->route_percentage,
                             .algorithm_type = group->algorithm,
                             .anomaly_mitigation = group->mitigation,
                             .slow_start_seconds = group->slow_s,
                             .healthy_threshold_count = group->healthy_threshold,
                             .unhealthy_threshold_count = group->unhealthy_threshold,
                             .stickiness_enabled = group->sticky ? R53_OPTION_ON : 0,
                             .stickiness_type = group->sticky,
                             .lb_cookie_duration_seconds = group->sticky_s,
                             .app_cookie_duration_seconds = group->sticky_s};

    if (is_classic(park, g))
        return;
    snprintf(arn, sizeof(arn), "g%d", g);
    if (group->sticky == R53_STICKINESS_APP_COOKIE)
        spec.app_cookie_name = "SID";
    if (group->type == R53_TARGET_LAMBDA)
        spec.protocol = spec.port = 0;
    assert_int_equal(r53_import_target_group(import, &spec), R53_OK);
}

static const char *group_arn(char *buffer, const struct park *park, int g)
{
    snprintf(buffer, 16, is_classic(park, g) ? "lb%d" : "g%d",
             is_classic(park, g) ? g / PARK_OWN : g);
    return buffer;
}

/* What the park says of a target, and in `zone` which zone it is in, or NULL. */
static r53_target target_spec(const struct park *park, int g, const struct park_target *target)
{
    const char *zone = NULL;

    if (target->zone >= 0)
        zone = zone_names[target->zone];
    else if (target->zone == PARK_EVERY)
        zone = "all";
    return (r53_target){.size = sizeof(r53_target),
                        .id = target->id,
                        .port = park->groups[g].type == R53_TARGET_LAMBDA ? 0 : target->port,
                        .availability_zone = zone};
}

static void say_target(r53_import *import, const struct park *park, int g, int index)
{
    const struct park_target *target = &park->groups[g].targets[index];
    r53_target spec = target_spec(park, g, target);
    char arn[16], id[32];

    if (is_classic(park, g)) { /* only the first group of a Classic one counts */
        if (g % PARK_OWN != 0 || target->port != 80)
            return;
        snprintf(id, sizeof(id), "%s-%d", target->id, g);
        if (spec.availability_zone && target->zone >= 0)
            assert_int_equal(r53_import_instance(import, id, spec.availability_zone), R53_OK);
        spec = (r53_target){.size = sizeof(spec), .id = id};
        assert_int_equal(r53_import_target(import, group_arn(arn, park, g), &spec, target->state,
                                           target->reason),
                         R53_OK);
        return;
    }
    assert_int_equal(r53_import_target(import, group_arn(arn, park, g), &spec,
                                       park->groups[g].slow_s ? 0 : target->state, target->reason),
                     R53_OK);
}

static void say_zone(r53_import *import)
{
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    r53_record_set set = {.size = sizeof(set),
                          .name = "lb0.example.com",
                          .type = R53_TYPE_A,
                          .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                          .alias_dns_name = "lb0-1.us-east-1.elb.amazonaws.com"};

    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "ZONE1", &set), R53_OK);
}

/* One thing to say. */
struct step {
    enum { BALANCER, LISTENER, RULE, GROUP, TARGET, ZONE } kind;
    int owner, index;
};

static size_t steps_list(const struct park *park, struct step *steps)
{
    size_t n = 0;

    steps[n++] = (struct step){ZONE, 0, 0};
    for (int b = 0; b < PARK_BALANCERS; b++) {
        steps[n++] = (struct step){BALANCER, b, 0};
        steps[n++] = (struct step){LISTENER, b, 0};
        for (int i = 0; i < park->balancers[b].n_rules; i++)
            steps[n++] = (struct step){RULE, b, i};
    }
    for (int g = 0; g < PARK_GROUPS; g++) {
        steps[n++] = (struct step){GROUP, g, 0};
        for (int i = 0; i < park->groups[g].n; i++)
            steps[n++] = (struct step){TARGET, g, i};
    }
    return n;
}

static void shuffle(struct step *steps, size_t n, uint64_t order)
{
    uint64_t random = order * 31;

    for (size_t i = n; order && i > 1; i--) {
        size_t j = park_below(&random, (uint32_t)i);
        struct step other = steps[j];

        steps[j] = steps[i - 1];
        steps[i - 1] = other;
    }
}

static void say_all(r53_import *import, const struct park *park, uint64_t order)
{
    struct step steps[1 + PARK_BALANCERS * (2 + PARK_RULES) + PARK_GROUPS * (1 + PARK_TARGETS)];
    size_t n = steps_list(park, steps);
    int said[PARK_GROUPS] = {0};

    shuffle(steps, n, order);
    for (size_t i = 0; i < n; i++) {
        int owner = steps[i].owner;

        switch (steps[i].kind) {
        case BALANCER:
            say_balancer(import, park, owner);
            break;
        case LISTENER:
            say_listener(import, park, owner);
            break;
        case RULE:
            say_rule(import, park, owner, steps[i].index);
            break;
        case GROUP:
            say_group(import, park, owner);
            break;
        case TARGET:
            say_target(import, park, owner, said[owner]++);
            break;
        case ZONE:
            say_zone(import);
            break;
        }
    }
}

static void observe_balancers(r53_observed *observed, const struct park *park)
{
    char arn[16];

    for (int b = 0; b < PARK_BALANCERS; b++) {
        snprintf(arn, sizeof(arn), "lb%d", b);
        for (int i = 0; i < PARK_ZONES; i++) {
            assert_int_equal(r53_observe_zonal_shift(observed, arn, zone_names[i],
                                                     park->balancers[b].shifted[i]),
                             R53_OK);
            assert_int_equal(r53_observe_zone_impaired(observed, arn, zone_names[i],
                                                       park->balancers[b].impaired[i]),
                             R53_OK);
        }
    }
}

static void observe_shares(r53_observed *observed, const struct park *park)
{
    char arn[16];

    for (int g = 0; g < PARK_GROUPS; g++) {
        for (int i = 0; i < park->groups[g].n && !is_classic(park, g); i++) {
            const struct park_target *target = &park->groups[g].targets[i];
            r53_target spec = {.size = sizeof(spec), .id = target->id, .port = target->port};

            assert_int_equal(
                r53_observe_mitigation(observed, group_arn(arn, park, g), &spec, target->share),
                R53_OK);
        }
    }
}

static void observe_probes(const struct park_world *world, const struct park *park)
{
    char arn[16];

    for (int g = 0; g < PARK_GROUPS; g++) {
        for (int i = 0; i < park->groups[g].n_probes; i++) {
            const struct park_probe *said = &park->groups[g].probes[i];
            const struct park_target *of = &park->groups[g].targets[said->target];
            const r53_target target = {.size = sizeof(target), .id = of->id, .port = of->port};
            const r53_target_probe probe = {.size = sizeof(probe),
                                            .passed = said->passed,
                                            .target_group_arn = group_arn(arn, park, g),
                                            .target = &target,
                                            .now_ms = said->now_ms};

            assert_int_equal(r53_observe_probe(world->observed, world->cloud, &probe, NULL),
                             R53_OK);
        }
    }
}

void park_open(struct park_world *world, const struct park *park, uint64_t order)
{
    const r53_cloud_options options = {
        .size = sizeof(options),
        .strict_empty = park->strict_empty ? R53_OPTION_ON : R53_OPTION_DEFAULT,
        .initial_fail_open = park->initial_never ? R53_OPTION_OFF : R53_OPTION_DEFAULT,
        .alb_dns_any_unhealthy = park->any_unhealthy ? R53_OPTION_ON : R53_OPTION_DEFAULT,
        .regex = park->regex};
    r53_import *import;

    assert_int_equal(r53_cloud_new(&world->cloud, &options), R53_OK);
    assert_int_equal(r53_observed_new(&world->observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, world->cloud, world->observed, NULL), R53_OK);
    say_all(import, park, order);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    observe_balancers(world->observed, park);
    observe_shares(world->observed, park);
    observe_probes(world, park);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, park->now_ms, NULL),
                     R53_OK);
}

void park_look(struct park_world *world, const struct park *park, int64_t now_ms)
{
    char arn[16];

    for (int g = 0; g < PARK_GROUPS; g++) {
        for (int i = 0; i < park->groups[g].n && !is_classic(park, g); i++) {
            const struct park_target *target = &park->groups[g].targets[i];
            const r53_target spec = target_spec(park, g, target);

            assert_int_equal(r53_observe_target(world->observed, group_arn(arn, park, g), &spec,
                                                target->state, target->reason),
                             R53_OK);
        }
    }
    r53_view_release(world->view);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, now_ms, NULL),
                     R53_OK);
}

void park_close(struct park_world *world)
{
    r53_view_release(world->view);
    r53_observed_free(world->observed);
    r53_cloud_free(world->cloud);
}

/* Requests */

void park_request_make(struct park_request *out, const struct park *park, int balancer,
                       uint64_t *random)
{
    static const char *const methods[] = {NULL, "GET", "POST", "get"};
    static const char *const sources[] = {NULL, "10.1.2.3", "10.200.0.1", "192.0.2.1",
                                          "2001:db8::7"};
    static const char *const values[] = {"a", "ab", "BA", "aab", " b "};
    int zone;

    do
        zone = (int)park_below(random, PARK_ZONES);
    while (park->balancers[balancer].addresses[zone] == 0);
    *out = (struct park_request){.request = {.size = sizeof(out->request)}};
    snprintf(out->balancer, sizeof(out->balancer), "lb%d", balancer);
    snprintf(out->zone, sizeof(out->zone), "%s", zone_names[zone]);
    letters(random, "aA.b", 1, 4, out->host);
    if (park_once_in(random, 4))
        strcat(out->host, ":8080");
    out->path[0] = '/';
    letters(random, "/ab", 0, 4, out->path + 1);
    out->has_query = park_once_in(random, 2);
    letters(random, "kKab=&", 1, 8, out->query);
    snprintf(out->url, sizeof(out->url), "%s%s%s", out->path, out->has_query ? "?" : "",
             out->has_query ? out->query : "");
    out->headers[0] = (r53_header){"Host", out->host};
    out->headers[1] = (r53_header){"X-Test", values[park_below(random, COUNT(values))]};
    out->headers[2] = (r53_header){"x-tesT", values[park_below(random, COUNT(values))]};
    out->request.load_balancer = out->balancer;
    out->request.availability_zone = out->zone;
    out->request.method = methods[park_below(random, COUNT(methods))];
    out->request.source_address = sources[park_below(random, COUNT(sources))];
    out->request.url = out->url;
    out->request.headers = out->headers;
    out->request.n_headers = 1 + park_below(random, 3);
    out->request.seed = next(random);
}

const char *park_selection_line(char *buffer, const r53_selection *s)
{
    snprintf(buffer, PARK_LINE, "%d %d prio=%d open=%d %s %s %d %s %s/%s:%d #%d %s rule=%s %d%d%d",
             (int)s->outcome, (int)s->status, (int)s->matched_priority, (int)s->fail_open,
             s->load_balancer_arn, s->availability_zone, (int)s->listener_port, s->listener_arn,
             s->target_group_arn, s->target_id, (int)s->target_port, (int)s->target_ordinal,
             s->target_zone, s->rule_arn, (int)s->sticky_hit, (int)s->slow_start,
             (int)s->flow_known);
    return buffer;
}

const char *park_end(char *buffer, const r53_selection *s)
{
    if (s->outcome == R53_SELECTED_TARGET)
        snprintf(buffer, PARK_LINE, "%s/%s@%d", s->target_group_arn, s->target_id,
                 (int)s->target_port);
    else if (s->status)
        snprintf(buffer, PARK_LINE, "%d", (int)s->status);
    else
        snprintf(buffer, PARK_LINE, "%s", r53_selection_outcome_name(s->outcome));
    return buffer;
}
