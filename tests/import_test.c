/*
 * The import door: order does not matter, all or nothing, dangling references are warnings. Clouds
 * are compared through a text dump of all their tables.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/import.h>

#include "model/cidr_collection.h"
#include "model/cloud.h"
#include "model/health_check.h"
#include "model/load_balancer.h"
#include "model/observed.h"
#include "model/target_group.h"
#include "model/zone.h"

#define LB        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/"
#define ALB       LB "app/web/50dc6c495c0c9188"
#define CLB       LB "old"
#define TG_PREFIX "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/"
#define TG        TG_PREFIX "web/73e2d6bc24d8a067"
#define COLLECTION "11111111-2222-3333-4444-555555555555"
#define ALB_NAME  "web-1234567890.us-east-1.elb.amazonaws.com"

struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
};

/* Makes what is missing of a world; `allocator` may fail. */
static int32_t world_open(struct world *w, const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};
    int32_t rc = r53_cloud_new(&w->cloud, &options);

    if (rc == R53_OK)
        rc = r53_observed_new(&w->observed, allocator);
    if (rc == R53_OK)
        rc = r53_report_new(&w->report, allocator);
    if (rc == R53_OK)
        rc = r53_import_new(&w->import, w->cloud, w->observed, w->report);
    return rc;
}

static void world_close(struct world *w)
{
    r53_import_free(w->import);
    r53_report_free(w->report);
    r53_observed_free(w->observed);
    r53_cloud_free(w->cloud);
}

static int set_up(void **state)
{
    static struct world world;

    world = (struct world){0};
    *state = &world;
    return world_open(&world, NULL);
}

static int tear_down(void **state)
{
    world_close(*state);
    return 0;
}

/* A finding of this severity says these words. */
static bool says(const r53_report *report, int32_t severity, const char *words)
{
    r53_finding finding = {.size = sizeof(finding)};

    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++) {
        if (finding.severity == severity && strstr(finding.text, words))
            return true;
    }
    return false;
}

static void expect_says(const struct world *w, int32_t severity, const char *words)
{
    if (!says(w->report, severity, words))
        fail_msg("no finding says '%s'", words);
}

/* Dump: one line an object, ids in the order of `reference`, so that slots do not count */

static void put_addresses(struct text *t, const struct address *addresses, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        r53__put_char(t, ' ');
        r53__address_put(t, &addresses[i]);
    }
}

static void put_nodes(struct text *t, const struct node *nodes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        r53__put_char(t, ' ');
        r53__put(t, nodes[i].zone_name);
        put_addresses(t, nodes[i].addresses, nodes[i].n_addresses);
    }
}

static void put_zone(struct text *t, const void *object)
{
    const struct zone *zone = object;

    r53__name_put(t, zone->name);
    for (uint32_t i = 0; i < zone->n_record_sets; i++) {
        const struct record_set *set = &zone->record_sets[i];
        const struct group *group = &zone->groups[set->group];
        const struct record_detail *detail = r53__record_detail(zone, set);

        r53__put_char(t, ' ');
        r53__name_put(t, r53__owner_name(zone, (int32_t)group->owner));
        r53__put_u64(t, group->type);
        for (uint32_t j = 0; j < set->n_values; j++) {
            struct rdata value = r53__record_value(zone, set, j);

            r53__put_char(t, ':');
            r53__put_hex(t, value.octets, value.length);
        }
        if (detail && detail->alias_name.length)
            r53__name_put(t, detail->alias_name);
        if (detail)
            r53__put(t, detail->set_identifier);
    }
}

static void put_lb(struct text *t, const void *object)
{
    const struct load_balancer *lb = object;

    r53__put(t, lb->name);
    r53__put_char(t, ' ');
    if (lb->dns_name.length)
        r53__name_put(t, lb->dns_name);
    r53__put_i64(t, lb->type);
    put_nodes(t, lb->nodes, lb->n_nodes);
}

static void put_listener(struct text *t, const void *object)
{
    const struct listener *listener = object;

    r53__put(t, listener->load_balancer_arn);
    r53__put_char(t, ' ');
    r53__put_i64(t, listener->port);
    for (uint32_t i = 0; i < listener->n_actions; i++) {
        for (uint32_t j = 0; j < listener->actions[i].n_groups; j++) {
            r53__put_char(t, ' ');
            r53__put(t, listener->actions[i].groups[j].target_group_arn);
        }
    }
}

static void put_group(struct text *t, const void *object)
{
    const struct target_group *group = object;

    r53__put(t, group->name);
    r53__put_char(t, ' ');
    r53__put_i64(t, group->port);
}

static void put_targets(struct text *t, const void *object)
{
    const struct target_list *list = object;

    for (uint32_t i = 0; i < list->n_targets; i++) {
        r53__put_i64(t, list->targets[i].ordinal);
        r53__put_char(t, '=');
        r53__put(t, list->targets[i].id);
        r53__put_char(t, ',');
        r53__put_i64(t, list->targets[i].port);
        r53__put_char(t, ',');
        r53__put(t, list->targets[i].zone);
        r53__put_char(t, ' ');
    }
    r53__put_i64(t, list->next_ordinal);
}

static void put_node_list(struct text *t, const void *object)
{
    const struct node_list *list = object;

    put_nodes(t, list->nodes, list->n_nodes);
}

static void put_instance(struct text *t, const void *object)
{
    r53__put(t, ((const struct instance *)object)->zone_name);
}

static void put_health_check(struct text *t, const void *object)
{
    const struct health_check *check = object;

    r53__put_i64(t, check->said.type);
    r53__put(t, check->said.ip_address);
}

static void put_collection(struct text *t, const void *object)
{
    const struct cidr_collection *collection = object;

    r53__put(t, collection->name);
    for (uint32_t i = 0; i < collection->blocks.n; i++) {
        const struct prefix_entry *entry = &collection->blocks.entries[i];

        r53__put_char(t, ' ');
        r53__put(t, collection->locations[entry->value]);
        r53__put_char(t, '=');
        r53__prefix_put(t, &entry->prefix);
    }
}

static void put_healths(struct text *t, const void *object)
{
    const struct target_health_list *list = object;

    for (uint32_t i = 0; i < list->n_healths; i++) {
        r53__put(t, list->healths[i].id);
        r53__put_char(t, ',');
        r53__put_i64(t, list->healths[i].port);
        r53__put_char(t, '=');
        r53__put(t, r53_target_state_name(list->healths[i].state));
        r53__put(t, list->healths[i].reason);
        r53__put_char(t, ' ');
    }
}

static void put_address_list(struct text *t, const void *object)
{
    const struct address_list *list = object;

    put_addresses(t, list->addresses, list->n_addresses);
}

typedef void put_object(struct text *t, const void *object);

static void put_table(struct text *t, const struct table *table, const struct table *reference,
                      put_object *put)
{
    for (int32_t slot = 0; (size_t)slot < reference->count; slot++) {
        const char *id = r53__table_id(reference, slot);
        const void *object = r53__table_find(table, r53__span(id));

        if (!object)
            continue;
        r53__put(t, id);
        r53__put(t, ": ");
        put(t, object);
        r53__put_char(t, '\n');
    }
}

enum { DUMP_MAX = 16384 };

static const char *dump(char *buffer, const struct world *w, const struct world *reference)
{
    static put_object *const puts[CLOUD_KINDS] = {
        [CLOUD_ZONES] = put_zone,
        [CLOUD_LOAD_BALANCERS] = put_lb,
        [CLOUD_LISTENERS] = put_listener,
        [CLOUD_TARGET_GROUPS] = put_group,
        [CLOUD_TARGETS] = put_targets,
        [CLOUD_NODES] = put_node_list,
        [CLOUD_INSTANCES] = put_instance,
        [CLOUD_HEALTH_CHECKS] = put_health_check,
        [CLOUD_CIDR_COLLECTIONS] = put_collection};
    struct text t;

    r53__text_init(&t, buffer, DUMP_MAX);
    for (int kind = 0; kind < CLOUD_KINDS; kind++)
        if (puts[kind])
            put_table(&t, &w->cloud->tables[kind], &reference->cloud->tables[kind], puts[kind]);
    put_table(&t, &w->observed->tables[OBSERVED_TARGETS],
              &reference->observed->tables[OBSERVED_TARGETS], put_healths);
    put_table(&t, &w->observed->tables[OBSERVED_ADDRESSES],
              &reference->observed->tables[OBSERVED_ADDRESSES], put_address_list);
    assert_true(r53__text_fits(&t));
    return buffer;
}

/* The targets' list of a group as text. */
static const char *targets_of(const struct world *w, const char *arn)
{
    static char buffer[512];
    const struct target_list *list =
        r53__table_find(&w->cloud->tables[CLOUD_TARGETS], r53__span(arn));
    struct text t;

    r53__text_init(&t, buffer, sizeof(buffer));
    if (list)
        put_targets(&t, list);
    return buffer;
}

static int32_t health_of(const struct world *w, const char *arn, const char *id, int32_t port)
{
    const struct target_health *health = r53__observed_target(w->observed, arn, id, port, "");

    return health ? health->state : 0;
}

/* The objects of a small account, each said by a step of its own */

static int32_t say_zone(r53_import *import)
{
    const r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "/hostedzone/Z1", .name = "example.com"};

    return r53_import_hosted_zone(import, &zone);
}

static int32_t say_alias(r53_import *import)
{
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "www.example.com",
                                .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                .alias_dns_name = "dualstack." ALB_NAME};

    return r53_import_record_set(import, "Z1", &set);
}

static int32_t say_record(r53_import *import)
{
    const char *values[] = {"192.0.2.7"};
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "example.com",
                                .values = values,
                                .n_values = 1,
                                .has_ttl = 1,
                                .ttl = 60};

    return r53_import_record_set(import, "Z1", &set);
}

static int32_t say_alb(r53_import *import)
{
    const r53_availability_zone a = {.size = sizeof(a), .zone_name = "us-east-1a"};
    const r53_availability_zone b = {.size = sizeof(b), .zone_name = "us-east-1b"};
    const r53_availability_zone *zones[] = {&a, &b};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_APPLICATION,
                                  .load_balancer_arn = ALB,
                                  .load_balancer_name = "web",
                                  .dns_name = ALB_NAME,
                                  .availability_zones = zones,
                                  .n_availability_zones = 2};

    return r53_import_load_balancer(import, &lb);
}

static int32_t say_listener(r53_import *import)
{
    const r53_weighted_target_group group = {TG, 1, 0};
    const r53_listener_action forward = {.size = sizeof(forward),
                                         .type = R53_ACTION_FORWARD,
                                         .n_target_groups = 1,
                                         .target_groups = &group};
    const r53_listener_action *actions[] = {&forward};
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .listener_arn = "listener/1",
                                   .load_balancer_arn = ALB,
                                   .port = 80,
                                   .n_default_actions = 1,
                                   .default_actions = actions};

    return r53_import_listener(import, &listener);
}

static int32_t say_group(r53_import *import)
{
    const r53_target_group group = {.size = sizeof(group),
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .target_group_arn = TG,
                                    .target_group_name = "web",
                                    .port = 8080};

    return r53_import_target_group(import, &group);
}

static int32_t say_target(r53_import *import, const char *arn, const char *id, int32_t port,
                          int32_t state)
{
    const r53_target target = {.size = sizeof(target), .id = id, .port = port};

    return r53_import_target(import, arn, &target, state, state ? "why" : NULL);
}

static int32_t say_targets(r53_import *import)
{
    int32_t rc = say_target(import, TG, "i-2", 80, R53_TARGET_HEALTHY);

    return rc ? rc : say_target(import, TG, "i-1", 0, R53_TARGET_UNHEALTHY);
}

static int32_t say_nodes_a(r53_import *import)
{
    const char *addresses[] = {"192.0.2.1", "2001:db8::1"};

    return r53_import_node_addresses(import, ALB, "us-east-1a", addresses, 2);
}

static int32_t say_nodes_b(r53_import *import)
{
    const char *addresses[] = {"192.0.2.2"};

    return r53_import_node_addresses(import, ALB, "us-east-1b", addresses, 1);
}

static int32_t say_instance(r53_import *import)
{
    return r53_import_instance(import, "i-1", "us-east-1a");
}

static int32_t say_addresses(r53_import *import)
{
    const char *addresses[] = {"203.0.113.9"};

    return r53_import_addresses(import, "d111111abcdef8.cloudfront.net", addresses, 1);
}

static int32_t say_classic_with(r53_import *import, const char *const *instances, uint32_t n)
{
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_CLASSIC,
                                  .load_balancer_arn = CLB,
                                  .load_balancer_name = "old",
                                  .instances = instances,
                                  .n_instances = n};

    return r53_import_load_balancer(import, &lb);
}

static int32_t say_classic(r53_import *import)
{
    const char *instances[] = {"i-7", "i-8"};

    return say_classic_with(import, instances, 2);
}

static int32_t say_classic_listener(r53_import *import)
{
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .load_balancer_arn = CLB,
                                   .port = 80,
                                   .instance_port = 8080};

    return r53_import_listener(import, &listener);
}

static int32_t say_classic_health(r53_import *import)
{
    return say_target(import, CLB, "i-8", 80, R53_TARGET_HEALTHY);
}

typedef int32_t say(r53_import *import);

static int32_t say_health_check(r53_import *import)
{
    const r53_health_check check = {.size = sizeof(check),
                                    .type = R53_CHECK_TCP,
                                    .id = "check-1",
                                    .caller_reference = "check-1",
                                    .ip_address = "192.0.2.1",
                                    .port = 80};

    return r53_import_health_check(import, &check);
}

static int32_t say_checked(r53_import *import)
{
    const char *values[] = {"192.0.2.8"};
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "w.example.com",
                                .values = values,
                                .n_values = 1,
                                .has_ttl = 1,
                                .ttl = 60,
                                .set_identifier = "isp",
                                .cidr_collection_id = COLLECTION,
                                .cidr_location_name = "isp",
                                .health_check_id = "check-1"};

    return r53_import_record_set(import, "Z1", &set);
}

static int32_t say_collection(r53_import *import)
{
    const r53_cidr_collection collection = {
        .size = sizeof(collection), .id = COLLECTION, .name = "providers"};

    return r53_import_cidr_collection(import, &collection);
}

static int32_t say_block(r53_import *import)
{
    return r53_import_cidr_block(import, COLLECTION, "isp", "203.0.113.0/24");
}

static int32_t say_other_block(r53_import *import)
{
    return r53_import_cidr_block(import, COLLECTION, "lan", "10.0.0.0/8");
}

static say *const account[] = {
    say_zone,
    say_health_check,
    say_checked,
    say_block,
    say_collection,
    say_other_block,
    say_alias,
    say_record,
    say_alb,
    say_listener,
    say_group,
    say_targets,
    say_nodes_a,
    say_nodes_b,
    say_instance,
    say_addresses,
    say_classic,
    say_classic_listener,
    say_classic_health,
};

static int32_t say_all(r53_import *import)
{
    int32_t rc = R53_OK;

    for (size_t i = 0; i < COUNT(account) && rc == R53_OK; i++)
        rc = account[i](import);
    return rc;
}

static void import_account(struct world *w)
{
    assert_int_equal(say_all(w->import), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
}

/* Tests */

static void check_whole(void **state)
{
    struct world *w = *state;
    const struct node_list *nodes;
    const struct instance *instance;

    import_account(w);
    assert_int_equal(r53_report_count(w->report), 0);
    assert_string_equal(targets_of(w, TG), "0=i-2,80, 1=i-1,8080, 2");
    nodes = r53__table_find(&w->cloud->tables[CLOUD_NODES], SPAN(ALB));
    assert_int_equal(nodes->n_nodes, 2);
    instance = r53__table_find(&w->cloud->tables[CLOUD_INSTANCES], SPAN("i-1"));
    assert_string_equal(instance->zone_name, "us-east-1a");
    assert_int_equal(health_of(w, TG, "i-1", 8080), R53_TARGET_UNHEALTHY);
    assert_non_null(r53__table_find(&w->cloud->tables[CLOUD_ZONES], SPAN("Z1")));
}

static void check_order(void **state)
{
    struct world *w = *state;
    char expected[DUMP_MAX], got[DUMP_MAX];
    uint32_t random = 2463534242u;

    import_account(w);
    dump(expected, w, w);
    for (int round = 0; round < 200; round++) {
        say *order[COUNT(account)];
        struct world other = {0};

        memcpy(order, account, sizeof(order));
        assert_int_equal(world_open(&other, NULL), R53_OK);
        for (size_t i = COUNT(order); i > 0; i--) {
            size_t j;

            random = random * 1664525 + 1013904223;
            j = (random >> 8) % i;
            assert_int_equal(order[j](other.import), R53_OK);
            order[j] = order[i - 1];
        }
        assert_int_equal(r53_import_commit(other.import), R53_OK);
        assert_int_equal(r53_report_count(other.report), 0);
        assert_string_equal(dump(got, &other, w), expected);
        world_close(&other);
    }
}

static void check_again(void **state)
{
    struct world *w = *state;
    char expected[DUMP_MAX], got[DUMP_MAX];

    import_account(w);
    dump(expected, w, w);
    import_account(w);
    assert_string_equal(dump(got, w, w), expected);
    assert_int_equal(r53_import_commit(w->import), R53_OK); /* empty */
    assert_string_equal(dump(got, w, w), expected);
}

/* A bad record set is refused at once; a zone without a name at commit: all stays as it was. */
static void check_atomic(void **state)
{
    struct world *w = *state;
    const char *values[] = {"192.0.2.1"}, *bad[] = {"not an address"};
    r53_record_set set = {.size = sizeof(set),
                          .type = R53_TYPE_A,
                          .name = "a.example.org",
                          .values = bad,
                          .n_values = 1};
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z2", .name = "example.org"};
    char expected[DUMP_MAX], got[DUMP_MAX];

    import_account(w);
    dump(expected, w, w);
    assert_int_equal(r53_import_record_set(w->import, "Z2", &set), R53_E_INVALID);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(dump(got, w, w), expected);

    set.values = values;
    assert_int_equal(say_target(w->import, TG, "i-9", 80, R53_TARGET_HEALTHY), R53_OK);
    assert_int_equal(say_addresses(w->import), R53_OK);
    assert_int_equal(r53_import_record_set(w->import, "Z2", &set), R53_OK);
    r53_report_clear(w->report);
    assert_int_equal(r53_import_commit(w->import), R53_E_INVALID);
    assert_true(r53_report_count_of(w->report, R53_SEVERITY_ERROR) >= 1);
    assert_string_equal(dump(got, w, w), expected);

    assert_int_equal(r53_import_hosted_zone(w->import, &zone), R53_OK); /* it keeps its content */
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=i-2,80, 1=i-1,8080, 2=i-9,80, 3");
    assert_int_equal(health_of(w, TG, "i-9", 80), R53_TARGET_HEALTHY);
}

static void check_ordinals(void **state)
{
    struct world *w = *state;

    assert_int_equal(say_target(w->import, TG, "b", 1, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "a", 1, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "b", 2, 0), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=b,1, 1=a,1, 2=b,2, 3");
    assert_int_equal(say_target(w->import, TG, "c", 1, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "a", 1, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "c", 1, R53_TARGET_HEALTHY), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=b,1, 1=a,1, 2=b,2, 3=c,1, 4");
}

static void check_default_port(void **state)
{
    struct world *w = *state;

    assert_int_equal(say_target(w->import, TG, "i-1", 0, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "i-1", 8080, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "i-1", 9090, 0), R53_OK);
    assert_int_equal(say_group(w->import), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=i-1,8080, 1=i-1,9090, 2");
}

/* The group comes later, by a commit of its own: as if it had been known. */
static void check_default_port_later(void **state)
{
    struct world *w = *state;

    assert_int_equal(say_target(w->import, TG, "i-1", 0, 0), R53_OK);
    assert_int_equal(say_target(w->import, TG, "i-1", 8080, 0), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_int_equal(say_group(w->import), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=i-1,8080, 2"); /* no ordinal is given out again */
}

static void check_not_registered(void **state)
{
    struct world *w = *state;
    const r53_target target = {.size = sizeof(target), .id = "i-2", .port = 80};
    const r53_target never = {.size = sizeof(never), .id = "i-3", .port = 80};

    import_account(w);
    assert_int_equal(
        r53_import_target(w->import, TG, &target, R53_TARGET_UNUSED, "Target.NotRegistered"),
        R53_OK);
    assert_int_equal(
        r53_import_target(w->import, TG, &never, R53_TARGET_UNUSED, "Target.NotRegistered"),
        R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "1=i-1,8080, 2");
    assert_int_equal(
        r53_import_target(w->import, TG, &target, R53_TARGET_UNUSED, "Target.NotInUse"), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, TG), "1=i-1,8080, 2=i-2,80, 3");
}

static void check_many_targets(void **state)
{
    enum { MANY = 3000 };
    struct world *w = *state;
    const struct target_list *list;
    char id[16];
    struct text t;

    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < MANY; i++) {
            r53__text_init(&t, id, sizeof(id));
            r53__put(&t, "i-");
            r53__put_u64(&t, (i * 7919) % MANY);
            assert_int_equal(say_target(w->import, TG, id, 80, R53_TARGET_HEALTHY), R53_OK);
        }
        assert_int_equal(r53_import_commit(w->import), R53_OK);
    }
    list = r53__table_find(&w->cloud->tables[CLOUD_TARGETS], SPAN(TG));
    assert_int_equal(list->n_targets, MANY);
    assert_string_equal(list->targets[1].id, "i-1919");
    for (uint32_t i = 0; i < MANY; i++) {
        assert_int_equal(list->targets[i].ordinal, i);
        assert_int_equal(health_of(w, TG, list->targets[i].id, 80), R53_TARGET_HEALTHY);
    }
}

static void check_classic(void **state)
{
    struct world *w = *state;
    const char *later[] = {"i-9", "i-8"};
    const struct target_group *group;
    const struct listener *listener;

    import_account(w);
    assert_string_equal(targets_of(w, CLB), "0=i-7,0, 1=i-8,0, 2");
    assert_int_equal(health_of(w, CLB, "i-8", 0), R53_TARGET_HEALTHY);
    assert_int_equal(health_of(w, CLB, "i-7", 0), 0);
    group = r53__table_find(&w->cloud->tables[CLOUD_TARGET_GROUPS], SPAN(CLB));
    assert_int_equal(group->target_type, R53_TARGET_INSTANCE);
    assert_int_equal(group->cross_zone, R53_OPTION_DEFAULT);
    assert_true(group->health_checked);
    listener = r53__table_find(&w->cloud->tables[CLOUD_LISTENERS], SPAN(CLB ":80"));
    assert_int_equal(listener->instance_port, 8080);

    /* its description lists all instances: one that is gone is registered no more */
    assert_int_equal(say_classic_with(w->import, later, 2), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, CLB), "1=i-8,0, 2=i-9,0, 3");

    /* health alone takes none away */
    assert_int_equal(say_target(w->import, CLB, "i-9", 0, R53_TARGET_HEALTHY), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(targets_of(w, CLB), "1=i-8,0, 2=i-9,0, 3");
}

static void check_nodes(void **state)
{
    struct world *w = *state;
    const char *other[] = {"192.0.2.77"};
    const struct node_list *list;

    import_account(w);
    assert_int_equal(r53_import_node_addresses(w->import, ALB, "us-east-1b", other, 1), R53_OK);
    assert_int_equal(r53_import_node_addresses(w->import, ALB_NAME, "us-east-1c", other, 1),
                     R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_int_equal(r53_report_count(w->report), 0);
    list = r53__table_find(&w->cloud->tables[CLOUD_NODES], SPAN(ALB));
    assert_int_equal(list->n_nodes, 2);
    assert_int_equal(list->nodes[0].n_addresses, 2);
    assert_int_equal(list->nodes[1].n_addresses, 1);
    assert_int_equal(list->nodes[1].addresses[0].octets[3], 77);
    list = r53__table_find(&w->cloud->tables[CLOUD_NODES], SPAN(ALB_NAME));
    assert_int_equal(list->n_nodes, 1);
}

static int32_t say_shift(r53_import *import)
{
    return r53_import_zonal_shift(import, ALB, "us-east-1a", 1);
}

static int32_t say_impaired_elsewhere(r53_import *import)
{
    return r53_import_zone_impaired(import, ALB, "us-east-1z", 1);
}

static int32_t say_shift_ended(r53_import *import) /* which needs no warning */
{
    return r53_import_zonal_shift(import, ALB, "us-east-1z", 0);
}

/* What is left out, and the warning that tells it */
static const struct dangling_case {
    const char *what;
    say *steps[3];
    const char *words;
} dangling_cases[] = {
    {"ELB-JSON-11 a listener without its load balancer is kept with a warning",
     {say_listener, say_group},
     "listener 'listener/1' belongs to the load balancer '" ALB "'"},
    {"ELB-JSON-11 a forward action without its target group is kept with a warning",
     {say_listener, say_alb},
     "listener 'listener/1' forwards to the target group '" TG "'"},
    {"ELB-JSON-11 targets without their group are kept with a warning",
     {say_targets},
     "registered with the target group '" TG "'"},
    {"ELB-JSON-11 a Classic listener without its load balancer is kept with a warning",
     {say_classic_listener},
     "listener '" CLB ":80' belongs to the load balancer '" CLB "'"},
    {"ELB-JSON-02 node addresses without their load balancer are kept with a warning",
     {say_nodes_a},
     "the load balancer '" ALB "', which is not known"},
    {"ELB-SHIFT-01 a shift of a load balancer that is not known is kept with a warning",
     {say_shift, say_shift_ended},
     "the load balancer '" ALB "', whose zone 'us-east-1a' is spoken of, is not known"},
    {"ELB-LB-10 an impaired zone without a node is kept with a warning",
     {say_alb, say_impaired_elsewhere, say_shift_ended},
     "the load balancer '" ALB "' has no node in 'us-east-1z'"},
    {"R53-JSON-09 an alias to a load balancer that is not known is kept with a warning",
     {say_zone, say_alias},
     "the alias 'www.example.com.' leads to the load balancer 'dualstack." ALB_NAME ".'"},
};

static void check_dangling(void **state)
{
    const struct dangling_case *c = *state;
    struct world w = {0};

    assert_int_equal(world_open(&w, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(c->steps) && c->steps[i]; i++)
        assert_int_equal(c->steps[i](w.import), R53_OK);
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    assert_int_equal(r53_report_count(w.report), 1);
    expect_says(&w, R53_SEVERITY_WARNING, c->words);
    world_close(&w);
}

static void check_alias_inside(void **state)
{
    struct world *w = *state;
    r53_record_set set = {.size = sizeof(set),
                          .type = R53_TYPE_A,
                          .name = "ftp.example.com",
                          .alias_hosted_zone_id = "Z1",
                          .alias_dns_name = "example.com"};

    assert_int_equal(say_zone(w->import), R53_OK);
    assert_int_equal(say_record(w->import), R53_OK);
    assert_int_equal(r53_import_record_set(w->import, "/hostedzone/Z1", &set), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_int_equal(r53_report_count(w->report), 0);
    set.name = "irc.example.com";
    set.alias_dns_name = "nowhere.example.com";
    assert_int_equal(r53_import_record_set(w->import, "Z1", &set), R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    expect_says(w, R53_SEVERITY_WARNING,
                "the alias 'irc.example.com.' leads to 'nowhere.example.com.'");
}

static void check_unobserved(void **state)
{
    struct world *w = *state;
    r53_import *import;

    assert_int_equal(r53_import_new(&import, w->cloud, NULL, w->report), R53_OK);
    assert_int_equal(say_target(import, TG, "i-1", 80, R53_TARGET_HEALTHY), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "health of a target is an observation");
    assert_int_equal(say_addresses(import), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "addresses of a name are an observation");
    assert_int_equal(say_target(import, TG, "i-1", 80, 0), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_string_equal(targets_of(w, TG), "0=i-1,80, 1");
    r53_import_free(import);
}

static void check_forget(void **state)
{
    struct world *w = *state;

    import_account(w);
    assert_int_equal(r53_import_addresses(w->import, "D111111abcdef8.cloudfront.net.", NULL, 0),
                     R53_OK);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_null(r53__table_at(&w->observed->tables[OBSERVED_ADDRESSES], 0));
}

static void check_refusals(void **state)
{
    r53_hosted_zone no_vpcs = {.size = sizeof(no_vpcs), .id = "Z9", .n_vpcs = UINT32_MAX};
    r53_hosted_zone no_servers = {
        .size = sizeof(no_servers), .id = "Z9", .n_name_servers = UINT32_MAX};
    struct world *w = *state;
    const char *no_instance[] = {NULL}, *no_address[] = {"x"};
    const r53_target no_id = {.size = sizeof(no_id)};
    const r53_target bad_port = {.size = sizeof(bad_port), .id = "i", .port = -1};
    char empty[DUMP_MAX];
    r53_import *import;

    assert_int_equal(r53_import_new(&import, NULL, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_new(NULL, w->cloud, NULL, w->report), R53_E_INVALID);
    assert_int_equal(r53_import_zonal_shift(NULL, ALB, "a", 1), R53_E_INVALID);
    assert_int_equal(r53_import_zonal_shift(w->import, "", "a", 1), R53_E_INVALID);
    assert_int_equal(r53_import_zone_impaired(w->import, ALB, NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_import_zone_impaired(w->import, ALB, "a", 2), R53_E_INVALID);
    assert_int_equal(r53_import_mitigation(NULL, TG, &bad_port, 1), R53_E_INVALID);
    assert_int_equal(r53_import_mitigation(w->import, TG, &no_id, 1), R53_E_INVALID);
    assert_int_equal(r53_import_mitigation(w->import, TG, &bad_port, 1), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "a weight of at most 1000 thousandths");
    assert_int_equal(r53_import_target(w->import, NULL, &bad_port, 0, NULL), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "target health does not say whose it is");
    assert_int_equal(r53_import_target(w->import, TG, &no_id, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_target(w->import, TG, &bad_port, 0, NULL), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "-1 is out of range; expected 0 to 65535");
    assert_int_equal(r53_import_target(w->import, TG, NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(say_target(w->import, TG, "i-1", 80, 8), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "8 is not a target state; expected 1 (initial)");
    assert_int_equal(say_classic_with(w->import, no_instance, 1), R53_E_INVALID);
    assert_int_equal(say_classic_with(w->import, NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_import_load_balancer(w->import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_hosted_zone(w->import, &no_vpcs), R53_E_INVALID);
    assert_int_equal(r53_import_hosted_zone(w->import, &no_servers), R53_E_INVALID);
    assert_int_equal(r53_import_node_addresses(w->import, "", "a", NULL, 0), R53_E_INVALID);
    assert_int_equal(r53_import_node_addresses(w->import, ALB, NULL, NULL, 0), R53_E_INVALID);
    assert_int_equal(r53_import_node_addresses(w->import, ALB, "a", no_address, 1), R53_E_INVALID);
    expect_says(w, R53_SEVERITY_ERROR, "'x' is not an IP address");
    assert_int_equal(r53_import_instance(w->import, "", "a"), R53_E_INVALID);
    assert_int_equal(r53_import_instance(w->import, "i", ""), R53_E_INVALID);
    assert_int_equal(r53_import_hosted_zone(w->import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_record_set(w->import, "/hostedzone/", NULL), R53_E_INVALID);
    assert_int_equal(r53_import_record_set(w->import, "Z7", NULL), R53_E_INVALID);
    assert_int_equal(r53_import_commit(NULL), R53_E_INVALID);
    assert_int_equal(r53_import_commit(w->import), R53_OK);
    assert_string_equal(dump(empty, w, w), "");
    r53_import_free(NULL);
}

/*
 * Each allocation fails once: then nothing has changed, nothing is lost, and it can be tried again.
 */
static void check_torture(void **state)
{
    (void)state;
    for (long k = 1;; k++) {
        struct torture torture = {.fail_at = k, .once = true};
        r53_allocator allocator = torture_allocator(&torture);
        struct world w = {0};
        char text[DUMP_MAX];
        int32_t rc = world_open(&w, &allocator), said = rc;

        if (rc == R53_OK)
            rc = said = say_all(w.import);
        if (rc == R53_OK)
            rc = r53_import_commit(w.import);
        assert_true(rc == R53_OK || rc == R53_E_NOMEM);
        if (rc == R53_E_NOMEM && w.import) {
            assert_true(r53_report_count(w.report) >= 1);
            assert_string_equal(dump(text, &w, &w), "");
            if (said)
                assert_int_equal(say_all(w.import), R53_OK);
            assert_int_equal(r53_import_commit(w.import), R53_OK);
        }
        if (w.import)
            assert_string_equal(targets_of(&w, CLB), "0=i-7,0, 1=i-8,0, 2");
        world_close(&w);
        assert_int_equal(torture.live, 0);
        if (rc == R53_OK && torture.calls < k)
            break;
    }
}

/* The same over a cloud that holds the account already: it stays byte for byte. */
static void check_torture_again(void **state)
{
    (void)state;
    for (long k = 1;; k++) {
        struct torture torture = {.once = true};
        r53_allocator allocator = torture_allocator(&torture);
        const char *instances[] = {"i-9"};
        struct world w = {0};
        char before[DUMP_MAX], after[DUMP_MAX];
        int32_t rc;

        assert_int_equal(world_open(&w, &allocator), R53_OK);
        import_account(&w);
        dump(before, &w, &w);
        assert_int_equal(say_all(w.import), R53_OK);
        assert_int_equal(say_classic_with(w.import, instances, 1), R53_OK);
        torture.fail_at = k;
        torture.calls = 0;
        rc = r53_import_commit(w.import);
        torture.fail_at = 0;
        if (rc != R53_OK) {
            assert_int_equal(rc, R53_E_NOMEM);
            assert_string_equal(dump(after, &w, &w), before);
            assert_int_equal(r53_import_commit(w.import), R53_OK);
        }
        assert_string_equal(targets_of(&w, CLB), "1=i-8,0, 2=i-9,0, 3");
        world_close(&w);
        assert_int_equal(torture.live, 0);
        if (rc == R53_OK)
            break;
    }
}

#define WORLD_TEST(what, function)                                                                 \
    (tests[n++] = (struct CMUnitTest){what, function, set_up, tear_down, NULL})

int main(void)
{
    struct CMUnitTest tests[COUNT(dangling_cases) + 17];
    size_t n = 0;

    WORLD_TEST("ELB-JSON-06 what is said stands in cloud and observed", check_whole);
    WORLD_TEST("R53-JSON-09 ELB-JSON-11 the order of an import plays no part", check_order);
    WORLD_TEST("ELB-JSON-11 the same import again changes nothing", check_again);
    WORLD_TEST("R53-JSON-09 a refused record set leaves everything as it was", check_atomic);
    WORLD_TEST("ELB-TG-04 known targets keep their place", check_ordinals);
    WORLD_TEST("ELB-TG-04 a target without port has the group's", check_default_port);
    WORLD_TEST("ELB-TG-04 a target without port has that of a group that comes later",
               check_default_port_later);
    WORLD_TEST("ELB-ST-10 a target that is not registered is none", check_not_registered);
    WORLD_TEST("ELB-TG-04 thousands of targets", check_many_targets);
    WORLD_TEST("ELB-CLB-05 instances of a Classic load balancer are its targets", check_classic);
    WORLD_TEST("ELB-JSON-02 node addresses replace those of their zone", check_nodes);
    ADD_CASES(tests, n, dangling_cases, check_dangling);
    WORLD_TEST("R53-JSON-09 an alias inside the zone leads to a record set or is warned of",
               check_alias_inside);
    WORLD_TEST("ELB-JSON-11 health needs somewhere to be put", check_unobserved);
    WORLD_TEST("ELB-JSON-11 no addresses forget those observed", check_forget);
    WORLD_TEST("ELB-JSON-11 what has no meaning is refused", check_refusals);
    ADD_TEST(tests, n, "each allocation of an import fails once", check_torture);
    ADD_TEST(tests, n, "each allocation of a second import fails once", check_torture_again);
    return RUN_TESTS("import", tests, n);
}
