#include "fleet_text.h"

#include "harness.h"

#include <r53/import.h>

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    ZONES = 8,
    ADDRESSES = 16,
    LISTENERS = 4,
    GROUPS = 4,
    TARGETS = 64,
    ATTRIBUTES = 16,
    SECURITY_GROUPS = 6
};

/* What is read of a text before it goes through the import door. */
struct reader {
    r53_load_balancer lb;
    r53_availability_zone zones[ZONES];
    const r53_availability_zone *zone_list[ZONES];
    char zone_names[ZONES][2];
    char address_texts[ZONES][ADDRESSES][32];
    const char *addresses[ZONES][ADDRESSES];
    bool shifted[ZONES], impaired[ZONES];
    r53_listener listeners[LISTENERS];
    uint32_t n_zones, n_listeners, n_groups, n_targets;
    r53_target_group groups[GROUPS];
    r53_weighted_target_group weights[GROUPS];
    bool unknown[GROUPS], quic[GROUPS];
    bool instance_ids[GROUPS]; /* "i-a1" instead of "a1" */
    struct {
        uint32_t group;
        const char *key;
        char value[32];
    } attributes[ATTRIBUTES];
    uint32_t n_attributes;
    int32_t bind_s, stick, idle_s; /* of the listeners */
    char group_names[GROUPS][16];
    struct reader_target {
        char id[16], zone[4], quic[20];
        int32_t port, state;
        const char *reason;
        uint32_t group;
    } targets[TARGETS];
    const char *act;
    char security_groups[SECURITY_GROUPS][16];
    const char *security_group_list[SECURITY_GROUPS];
};

static const struct {
    const char *word;
    int32_t state;
    const char *reason;
} states[] = {
    {"ok", R53_TARGET_HEALTHY, NULL},
    {"bad", R53_TARGET_UNHEALTHY, "Target.Timeout"},
    {"init", R53_TARGET_INITIAL, NULL},
    {"drain", R53_TARGET_DRAINING, NULL},
    {"unused", R53_TARGET_UNUSED, "Target.InvalidState"},
    {"ud", R53_TARGET_UNHEALTHY_DRAINING, NULL},
    {"unav", R53_TARGET_UNAVAILABLE, "Elb.InternalError"},
    {"nohc", R53_TARGET_UNAVAILABLE, "Target.HealthCheckDisabled"},
    {"new", 0, NULL},
};

static const struct {
    const char *word;
    int32_t type, protocol;
} kinds[] = {
    {"alb", R53_LB_APPLICATION, R53_PROTOCOL_HTTP},
    {"nlb", R53_LB_NETWORK, R53_PROTOCOL_TCP},
    {"gwlb", R53_LB_GATEWAY, 0}, /* its listener has neither protocol nor port */
    {"clb", R53_LB_CLASSIC, R53_PROTOCOL_TCP},
};

static const struct {
    const char *word;
    int32_t protocol;
} listener_words[] = {
    {"http:", R53_PROTOCOL_HTTP}, {"https:", R53_PROTOCOL_HTTPS},
    {"tcp:", R53_PROTOCOL_TCP},   {"tls:", R53_PROTOCOL_TLS},
    {"udp:", R53_PROTOCOL_UDP},   {"tcp_udp:", R53_PROTOCOL_TCP_UDP},
    {"ssl:", R53_PROTOCOL_SSL},   {"quic:", R53_PROTOCOL_QUIC},
};

/* The text behind `prefix`, or NULL. */
static const char *after(const char *word, const char *prefix)
{
    size_t n = strlen(prefix);

    return strncmp(word, prefix, n) == 0 ? word + n : NULL;
}

static void add_listener(struct reader *r, int32_t protocol, int32_t port)
{
    assert_true(r->n_listeners < LISTENERS);
    r->listeners[r->n_listeners++] =
        (r53_listener){.size = sizeof(r53_listener), .protocol = protocol, .port = port};
}

static bool read_listener(struct reader *r, const char *word)
{
    for (size_t i = 0; i < COUNT(listener_words); i++) {
        const char *port = after(word, listener_words[i].word);

        if (port) {
            add_listener(r, listener_words[i].protocol, atoi(port));
            return true;
        }
    }
    return false;
}

static void read_zone(struct reader *r, const char *word)
{
    uint32_t i = r->n_zones++;
    int n = 1;

    assert_true(i < ZONES);
    r->zone_names[i][0] = word[0];
    if (word[1] == ':')
        n = atoi(word + 2);
    r->shifted[i] = strchr(word, '!');
    r->impaired[i] = strchr(word, '?');
    for (int j = 0; j < n; j++) {
        snprintf(r->address_texts[i][j], 32, "192.0.%u.%d", (unsigned)i, j + 1);
        r->addresses[i][j] = r->address_texts[i][j];
    }
    r->zones[i] = (r53_availability_zone){.size = sizeof(r53_availability_zone),
                                          .zone_name = r->zone_names[i],
                                          .addresses = r->addresses[i],
                                          .n_addresses = (uint32_t)n};
    r->zone_list[i] = &r->zones[i];
}

static void add_security_group(struct reader *r, const char *id)
{
    uint32_t n = r->lb.n_security_groups++;

    assert_true(n < SECURITY_GROUPS);
    snprintf(r->security_groups[n], sizeof(r->security_groups[n]), "%s", id);
    r->security_group_list[n] = r->security_groups[n];
    r->lb.security_groups = r->security_group_list;
}

static void read_lb(struct reader *r, const char *word)
{
    const char *value;

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            r->lb.type = kinds[i].type;
            return;
        }
    }
    if ((value = after(word, "xz=")) != NULL)
        r->lb.cross_zone = strcmp(value, "on") == 0 ? R53_OPTION_ON : R53_OPTION_OFF;
    else if ((value = after(word, "state=")) != NULL)
        r->lb.state = atoi(value);
    else if ((value = after(word, "ip=")) != NULL)
        r->lb.ip_address_type = atoi(value);
    else if ((value = after(word, "sg=")) != NULL)
        add_security_group(r, value);
    else if (strcmp(word, "plink=off") == 0)
        r->lb.enforce_security_group_inbound_rules_on_private_link_traffic = R53_OPTION_OFF;
    else if ((value = after(word, "act=")) != NULL)
        r->act = strdup(value);
    else if ((value = after(word, "bind=")) != NULL)
        r->bind_s = atoi(value);
    else if ((value = after(word, "idle=")) != NULL)
        r->idle_s = atoi(value);
    else if ((value = after(word, "stick=")) != NULL)
        r->stick =
            strcmp(value, "lb") == 0 ? R53_STICKINESS_LB_COOKIE : R53_STICKINESS_APP_COOKIE;
    else if (!read_listener(r, word))
        read_zone(r, word);
}

static void add_target(struct reader *r, char zone, int number, int32_t port, const char *state)
{
    struct reader_target *t = &r->targets[r->n_targets++];

    assert_true(r->n_targets <= TARGETS);
    *t = (struct reader_target){.port = port, .group = r->n_groups - 1, .state = -1};
    snprintf(t->id, sizeof(t->id), "%s%c%d", r->instance_ids[t->group] ? "i-" : "", zone, number);
    snprintf(t->zone, sizeof(t->zone), "%c", zone);
    snprintf(t->quic, sizeof(t->quic), "0x%016x", (unsigned)number);
    if (zone == '*')
        snprintf(t->zone, sizeof(t->zone), "all");
    for (size_t i = 0; i < COUNT(states); i++) {
        if (strcmp(states[i].word, state) == 0) {
            t->state = states[i].state;
            t->reason = states[i].reason;
        }
    }
    assert_true(t->state >= 0);
}

/* "a1-4@81=ok" */
static void read_targets(struct reader *r, const char *word)
{
    const char *state = strchr(word, '='), *port = strchr(word, '@'), *last = strchr(word, '-');
    int from = atoi(word + 1), to = last ? atoi(last + 1) : from;

    assert_non_null(state);
    for (int i = from; i <= to; i++)
        add_target(r, word[0], i, port ? atoi(port + 1) : 0, state + 1);
}

static void add_attribute(struct reader *r, const char *key, const char *value)
{
    assert_true(r->n_attributes < ATTRIBUTES);
    r->attributes[r->n_attributes].group = r->n_groups - 1;
    r->attributes[r->n_attributes].key = key;
    snprintf(r->attributes[r->n_attributes++].value, 32, "%s", value);
}

static bool read_attribute(struct reader *r, const char *word)
{
    static const struct {
        const char *word, *key;
    } words[] = {
        {"algo=", "load_balancing.algorithm.type"},
        {"mit=", "load_balancing.algorithm.anomaly_mitigation"},
        {"slow=", "slow_start.duration_seconds"},
        {"sticky=", "stickiness.type"},
        {"lb_s=", "stickiness.lb_cookie.duration_seconds"},
        {"app_s=", "stickiness.app_cookie.duration_seconds"},
        {"app=", "stickiness.app_cookie.cookie_name"},
        {"keep=", "preserve_client_ip.enabled"},
        {"proxy=", "proxy_protocol_v2.enabled"},
        {"rst_bad=", "send_tcp_reset.on_unhealthy.enabled"},
        {"rst_gone=", "send_tcp_reset.on_deregistration.enabled"},
        {"delay=", "deregistration_delay.timeout_seconds"},
        {"cut=", "deregistration_delay.connection_termination.enabled"},
        {"term=", "target_health_state.unhealthy.connection_termination.enabled"},
    };

    if (strcmp(word, "rebalance") == 0) {
        add_attribute(r, "target_failover.on_deregistration", "rebalance");
        add_attribute(r, "target_failover.on_unhealthy", "rebalance");
        return true;
    }
    for (size_t i = 0; i < COUNT(words); i++) {
        const char *value = after(word, words[i].word);

        if (!value)
            continue;
        add_attribute(r, words[i].key, value);
        if (strcmp(words[i].key, "stickiness.type") == 0)
            add_attribute(r, "stickiness.enabled", "true");
        return true;
    }
    return false;
}

static int32_t type_of(const char *word)
{
    if (strcmp(word, "instance") == 0)
        return R53_TARGET_INSTANCE;
    return strcmp(word, "lambda") == 0 ? R53_TARGET_LAMBDA : R53_TARGET_ALB;
}

static void read_group(struct reader *r, const char *word)
{
    r53_target_group *group = &r->groups[r->n_groups - 1];
    const char *value;

    if ((value = after(word, "w=")) != NULL)
        r->weights[r->n_groups - 1].weight = (uint32_t)atoi(value);
    else if ((value = after(word, "xz=")) != NULL)
        group->cross_zone = strcmp(value, "on") == 0 ? R53_OPTION_ON : R53_OPTION_OFF;
    else if ((value = after(word, "dns=")) != NULL)
        group->dns_failover_count = atoi(value);
    else if ((value = after(word, "dns%=")) != NULL)
        group->dns_failover_percentage = atoi(value);
    else if ((value = after(word, "route=")) != NULL)
        group->unhealthy_routing_count = atoi(value);
    else if ((value = after(word, "route%=")) != NULL)
        group->unhealthy_routing_percentage = atoi(value);
    else if ((value = after(word, "type=")) != NULL)
        group->target_type = type_of(value);
    else if ((value = after(word, "proto=")) != NULL)
        group->protocol = atoi(value);
    else if ((value = after(word, "ctl=")) != NULL)
        group->target_control_port = atoi(value);
    else if (strcmp(word, "hc=on") == 0)
        group->health_check_enabled = R53_OPTION_ON;
    else if (strcmp(word, "unknown") == 0)
        r->unknown[r->n_groups - 1] = true;
    else if (strcmp(word, "ids=instance") == 0)
        r->instance_ids[r->n_groups - 1] = true;
    else if (strcmp(word, "quic") == 0)
        r->quic[r->n_groups - 1] = true;
    else if (!read_attribute(r, word))
        read_targets(r, word);
}

static void begin_group(struct reader *r, const char *name)
{
    uint32_t i = r->n_groups++;

    assert_true(i < GROUPS);
    snprintf(r->group_names[i], sizeof(r->group_names[i]), "%.15s", name);
    r->groups[i] = (r53_target_group){.size = sizeof(r53_target_group),
                                      .target_group_arn = r->group_names[i],
                                      .port = 80,
                                      .target_type = R53_TARGET_IP};
    r->weights[i] = (r53_weighted_target_group){r->group_names[i], 1, 0};
}

static void read_all(struct reader *r, const char *text)
{
    struct span rest = r53__span(text), field;
    bool name_follows = false;
    char word[64];

    while (r53__next_field(&rest, &field)) {
        snprintf(word, sizeof(word), "%.*s", (int)field.length, field.at);
        if (name_follows)
            begin_group(r, word);
        else if (strcmp(word, "|") != 0 && r->n_groups == 0)
            read_lb(r, word);
        else if (strcmp(word, "|") != 0)
            read_group(r, word);
        name_follows = strcmp(word, "|") == 0;
    }
}

static void import_listeners(struct reader *r, r53_import *import)
{
    static const struct {
        const char *word;
        int32_t type;
    } acts[] = {{"redirect", R53_ACTION_REDIRECT},
                {"fixed", R53_ACTION_FIXED_RESPONSE},
                {"auth", R53_ACTION_AUTHENTICATE_OIDC}};
    r53_listener_action action = {.size = sizeof(action),
                                  .type = R53_ACTION_FORWARD,
                                  .n_target_groups = r->n_groups,
                                  .stickiness_enabled =
                                      r->bind_s ? R53_OPTION_ON : R53_OPTION_DEFAULT,
                                  .stickiness_duration_s = r->bind_s,
                                  .target_groups = r->weights};
    const r53_listener_action *actions = &action;

    for (size_t i = 0; r->act && i < COUNT(acts); i++) {
        if (strcmp(r->act, acts[i].word) == 0)
            action = (r53_listener_action){.size = sizeof(action),
                                           .type = acts[i].type,
                                           .status_code = i ? "404" : "HTTP_301"};
    }
    for (uint32_t i = 0; i < r->n_listeners; i++) {
        r53_listener *listener = &r->listeners[i];
        char arn[32];

        snprintf(arn, sizeof(arn), "listener/%d/%d", listener->protocol, listener->port);
        listener->load_balancer_arn = FLEET_ARN;
        listener->tcp_idle_timeout_seconds = r->idle_s;
        if (r->lb.type == R53_LB_CLASSIC) {
            listener->instance_port = 8080;
            listener->stickiness_type = r->stick;
            listener->cookie_expiration_period_s =
                r->stick == R53_STICKINESS_LB_COOKIE ? 60 : 0;
            listener->app_cookie_name = r->stick == R53_STICKINESS_APP_COOKIE ? "SID" : NULL;
        } else {
            listener->listener_arn = arn;
            listener->default_actions = &actions;
            listener->n_default_actions = !(r->act && strcmp(r->act, "none") == 0);
        }
        assert_int_equal(r53_import_listener(import, listener), R53_OK);
    }
}

static void import_targets(const struct reader *r, r53_import *import)
{
    bool classic = r->lb.type == R53_LB_CLASSIC;

    for (uint32_t i = 0; i < r->n_targets; i++) {
        const struct reader_target *t = &r->targets[i];
        r53_target target = {.size = sizeof(target), .id = t->id, .port = t->port};

        if (r->n_groups > t->group && r->quic[t->group])
            target.quic_server_id = t->quic;
        if (!classic && t->zone[0] != '_')
            target.availability_zone = t->zone;
        if (classic && t->zone[0] != '_')
            assert_int_equal(r53_import_instance(import, t->id, t->zone), R53_OK);
        assert_int_equal(r53_import_target(import, classic ? FLEET_ARN : r->group_names[t->group],
                                           &target, t->state, t->reason),
                         R53_OK);
    }
}

static void import_all(struct reader *r, r53_import *import)
{
    for (size_t i = 0; r->n_listeners == 0 && i < COUNT(kinds); i++) {
        if (kinds[i].type == r->lb.type)
            add_listener(r, kinds[i].protocol, kinds[i].protocol ? 80 : 0);
    }
    r->lb.availability_zones = r->zone_list;
    r->lb.n_availability_zones = r->n_zones;
    assert_int_equal(r53_import_load_balancer(import, &r->lb), R53_OK);
    import_listeners(r, import);
    for (uint32_t i = 0; i < r->n_groups && r->lb.type != R53_LB_CLASSIC; i++) {
        if (!r->unknown[i])
            assert_int_equal(r53_import_target_group(import, &r->groups[i]), R53_OK);
    }
    for (uint32_t i = 0; i < r->n_attributes; i++)
        assert_int_equal(r53_import_target_group_attribute(
                             import, r->group_names[r->attributes[i].group],
                             r->attributes[i].key, r->attributes[i].value),
                         R53_OK);
    import_targets(r, import);
    assert_int_equal(r53_import_commit(import), R53_OK);
}

static void observe_zones(const struct reader *r, r53_observed *observed)
{
    for (uint32_t i = 0; i < r->n_zones; i++) {
        if (r->shifted[i])
            assert_int_equal(r53_observe_zonal_shift(observed, FLEET_ARN, r->zone_names[i], 1),
                             R53_OK);
        if (r->impaired[i])
            assert_int_equal(r53_observe_zone_impaired(observed, FLEET_ARN, r->zone_names[i], 1),
                             R53_OK);
    }
}

struct fleet_world fleet_world_make(const char *text, const r53_cloud_options *options)
{
    struct reader *r = calloc(1, sizeof(*r));
    struct fleet_world world = {0};
    r53_import *import;

    assert_non_null(r);
    r->lb = (r53_load_balancer){.size = sizeof(r53_load_balancer),
                                .load_balancer_arn = FLEET_ARN,
                                .load_balancer_name = "web",
                                .dns_name = FLEET_NAME};
    read_all(r, text);
    assert_int_equal(r53_cloud_new(&world.cloud, options), R53_OK);
    assert_int_equal(r53_observed_new(&world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    import_all(r, import);
    r53_import_free(import);
    observe_zones(r, world.observed);
    assert_int_equal(r53_view_new(&world.view, world.cloud, world.observed, 0, NULL), R53_OK);
    free((char *)(uintptr_t)r->act);
    free(r);
    return world;
}

void fleet_world_look(struct fleet_world *world, int64_t now_ms)
{
    r53_view_release(world->view);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, now_ms, NULL),
                     R53_OK);
}

void fleet_world_free(struct fleet_world *world)
{
    r53_view_release(world->view);
    r53_observed_free(world->observed);
    r53_cloud_free(world->cloud);
    *world = (struct fleet_world){0};
}
