#include "cloud_text.h"

#include "check_text.h"
#include "harness.h"
#include "zone_text.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

#define ARN_PREFIX "arn:aws:elasticloadbalancing:us-east-1:123456789012:"

enum { WORDS_MAX = 24, WORD_MAX = 400, ADDRESSES_MAX = 16 };

/* A line cut at blanks. */
struct words {
    char at[WORDS_MAX][WORD_MAX];
    size_t n;
};

static void words_cut(struct words *words, const char *line, size_t length)
{
    const char *end = line + length;

    words->n = 0;
    while (line < end) {
        size_t n = 0;

        while (line + n < end && line[n] != ' ')
            n++;
        if (n > 0) {
            assert_true(words->n < WORDS_MAX && n < WORD_MAX);
            memcpy(words->at[words->n], line, n);
            words->at[words->n++][n] = '\0';
        }
        line += n + (line + n < end);
    }
}

/* "a,b,c" cut in place. */
static uint32_t list_cut(char *list, const char **out, size_t room)
{
    uint32_t n = 0;

    for (char *next; list && *list; list = next) {
        next = strchr(list, ',');
        if (next)
            *next++ = '\0';
        assert_true(n < room);
        out[n++] = list;
    }
    return n;
}

struct saying {
    r53_import *import;
    char zone[64];
};

static void say_zone(struct saying *s, struct words *w)
{
    static const char *const servers[] = {"ns1.test."};
    const char *ids[8];
    r53_vpc vpcs[8];
    const r53_vpc *pointers[8];
    r53_hosted_zone zone = {.size = sizeof(zone),
                            .id = w->at[1],
                            .name = w->at[2],
                            .name_servers = servers,
                            .n_name_servers = 1,
                            .private_zone = w->n > 3,
                            .vpcs = pointers};

    zone.n_vpcs = w->n > 3 ? list_cut(w->at[3], ids, COUNT(ids)) : 0;
    for (uint32_t i = 0; i < zone.n_vpcs; i++) {
        vpcs[i] = (r53_vpc){"eu-west-1", ids[i]};
        pointers[i] = &vpcs[i];
    }
    snprintf(s->zone, sizeof(s->zone), "%.63s", w->at[1]);
    assert_int_equal(r53_import_hosted_zone(s->import, &zone), R53_OK);
}

static int32_t lb_type(const char *name)
{
    for (int32_t type = R53_LB_APPLICATION; type <= R53_LB_CLASSIC; type++) {
        if (strcmp(r53_load_balancer_type_name(type), name) == 0)
            return type;
    }
    fail_msg("no load balancer type '%s'", name);
    return 0;
}

static void lb_arn(char *out, size_t room, const char *name)
{
    snprintf(out, room, ARN_PREFIX "loadbalancer/app/%s/1", name);
}

static void say_lb(struct saying *s, struct words *w)
{
    static const char *addresses[WORDS_MAX][ADDRESSES_MAX];
    static char names[WORDS_MAX][32];
    r53_availability_zone zones[WORDS_MAX];
    const r53_availability_zone *pointers[WORDS_MAX];
    char arn[WORD_MAX + 100];
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = lb_type(w->at[2]),
                            .load_balancer_arn = arn,
                            .load_balancer_name = w->at[1],
                            .dns_name = w->at[3],
                            .availability_zones = pointers};

    lb_arn(arn, sizeof(arn), w->at[1]);
    for (size_t i = 4; i < w->n; i++) {
        char *equals = strchr(w->at[i], '=');
        uint32_t k = lb.n_availability_zones;

        if (strcmp(w->at[i], "dualstack") == 0)
            lb.ip_address_type = R53_IP_DUALSTACK;
        else if (strcmp(w->at[i], "internal") == 0)
            lb.scheme = R53_SCHEME_INTERNAL;
        else if (strcmp(w->at[i], "provisioning") == 0)
            lb.state = R53_LB_PROVISIONING;
        if (!equals)
            continue;
        *equals = '\0';
        snprintf(names[k], sizeof(names[k]), "us-east-1%.8s", w->at[i]);
        zones[k] = (r53_availability_zone){
            .size = sizeof(*zones), .zone_name = names[k], .addresses = addresses[k]};
        zones[k].n_addresses = list_cut(equals + 1, addresses[k], ADDRESSES_MAX);
        pointers[k] = &zones[k];
        lb.n_availability_zones++;
    }
    assert_int_equal(r53_import_load_balancer(s->import, &lb), R53_OK);
}

static void say_listener(struct saying *s, const char *arn, const char *group, int32_t port)
{
    char listener_arn[WORD_MAX + 120];
    const r53_weighted_target_group weighted = {group, 1, 0};
    const r53_listener_action forward = {.size = sizeof(forward),
                                         .type = R53_ACTION_FORWARD,
                                         .n_target_groups = 1,
                                         .target_groups = &weighted};
    const r53_listener_action *actions[] = {&forward};
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = R53_PROTOCOL_HTTP,
                                   .listener_arn = listener_arn,
                                   .load_balancer_arn = arn,
                                   .port = port,
                                   .n_default_actions = 1,
                                   .default_actions = actions};

    snprintf(listener_arn, sizeof(listener_arn), "%s/%d", arn, (int)port);
    assert_int_equal(r53_import_listener(s->import, &listener), R53_OK);
}

/* "lb=web:81" when it is not the group's own name and 80; returns the port. */
static int32_t lb_of_group(char *lb, const struct words *w)
{
    char name[WORD_MAX];
    const char *colon;

    if (w->n < 3 || strncmp(w->at[2], "lb=", 3) != 0) {
        lb_arn(lb, WORD_MAX + 100, w->at[1]);
        return 80;
    }
    colon = strchr(w->at[2], ':');
    assert_non_null(colon);
    snprintf(name, sizeof(name), "%.*s", (int)(colon - w->at[2] - 3), w->at[2] + 3);
    lb_arn(lb, WORD_MAX + 100, name);
    return (int32_t)strtol(colon + 1, NULL, 10);
}

static void say_tg(struct saying *s, struct words *w)
{
    char arn[WORD_MAX + 100], lb[WORD_MAX + 100], id[32], zone[32];
    const r53_target_group group = {.size = sizeof(group),
                                    .protocol = R53_PROTOCOL_HTTP,
                                    .target_group_arn = arn,
                                    .target_group_name = w->at[1],
                                    .port = 80,
                                    .target_type = R53_TARGET_IP,
                                    .cross_zone = R53_OPTION_OFF};
    int32_t port = lb_of_group(lb, w);

    snprintf(arn, sizeof(arn), ARN_PREFIX "targetgroup/%s/1", w->at[1]);
    assert_int_equal(r53_import_target_group(s->import, &group), R53_OK);
    for (size_t i = 2; i < w->n; i++) {
        char *equals = strchr(w->at[i], '=');
        const r53_target target = {
            .size = sizeof(target), .id = id, .port = 80, .availability_zone = zone};

        assert_non_null(equals);
        if (equals == w->at[i] + 2 && i == 2) /* "lb=" */
            continue;
        *equals = '\0';
        snprintf(id, sizeof(id), "10.0.0.%u", (unsigned)i);
        snprintf(zone, sizeof(zone), "us-east-1%.8s", w->at[i]);
        assert_int_equal(
            r53_import_target(s->import, arn, &target, r53_target_state_number(equals + 1), NULL),
            R53_OK);
    }
    say_listener(s, lb, arn, port);
}

static void say_seen(struct saying *s, struct words *w)
{
    const char *addresses[ADDRESSES_MAX];
    uint32_t n = list_cut(w->at[2], addresses, ADDRESSES_MAX);

    assert_int_equal(r53_import_addresses(s->import, w->at[1], addresses, n), R53_OK);
}

/* "NA US CA" told as what its words are; "@4885,235" are hundredths of a degree. */
static void place_word(r53_place *place, const char *word)
{
    const char *comma = strchr(word, ',');

    if (word[0] == '@') {
        assert_non_null(comma);
        place->has_coordinates = 1;
        place->latitude = (int32_t)strtol(word + 1, NULL, 10);
        place->longitude = (int32_t)strtol(comma + 1, NULL, 10);
    } else if (strncmp(word, "state=", 6) == 0) {
        place->subdivision_code = word + 6;
    } else if (strncmp(word, "continent=", 10) == 0) {
        place->continent_code = word + 10;
    } else {
        place->country_code = word;
    }
}

static void say_place(struct saying *s, struct words *w)
{
    r53_place place = {.size = sizeof(place)};

    for (size_t i = 2; i < w->n; i++)
        place_word(&place, w->at[i]);
    assert_int_equal(r53_import_place(s->import, w->at[1], &place), R53_OK);
}

static void say_latency(struct saying *s, struct words *w)
{
    for (size_t i = 2; i < w->n; i++) {
        char *equals = strchr(w->at[i], '=');

        assert_non_null(equals);
        *equals = '\0';
        assert_int_equal(r53_import_latency(s->import, w->at[1], w->at[i],
                                            (int32_t)strtol(equals + 1, NULL, 10)),
                         R53_OK);
    }
}

static void say_blocks(struct saying *s, struct words *w)
{
    for (size_t i = 2; i < w->n; i++) {
        const char *blocks[ADDRESSES_MAX];
        char *equals = strchr(w->at[i], '=');
        uint32_t n;

        assert_non_null(equals);
        *equals = '\0';
        n = list_cut(equals + 1, blocks, COUNT(blocks));
        while (n-- > 0)
            assert_int_equal(
                r53_import_cidr_block(s->import, w->at[1], w->at[i], blocks[n]), R53_OK);
    }
}

static void say_vpcdns(struct saying *s, struct words *w)
{
    r53_vpc_dns vpc = {.size = sizeof(vpc), .vpc_id = w->at[1]};

    for (size_t i = 2; i < w->n; i++) {
        int32_t option = strstr(w->at[i], "=off") ? R53_OPTION_OFF : R53_OPTION_ON;

        if (strncmp(w->at[i], "support=", 8) == 0)
            vpc.enable_dns_support = option;
        else
            vpc.enable_dns_hostnames = option;
    }
    assert_int_equal(r53_import_vpc(s->import, &vpc), R53_OK);
}

static void say_rule(struct saying *s, struct words *w)
{
    r53_resolver_rule rule = {.size = sizeof(rule), .id = w->at[1], .domain_name = w->at[3]};
    const char *vpcs[8];
    uint32_t n = w->n > 4 ? list_cut(w->at[4], vpcs, COUNT(vpcs)) : 0;

    while (strcmp(r53_resolver_rule_type_name(++rule.rule_type), w->at[2]) != 0)
        assert_true(rule.rule_type < R53_RESOLVER_DELEGATE);
    assert_int_equal(r53_import_resolver_rule(s->import, &rule), R53_OK);
    while (n-- > 0)
        assert_int_equal(
            r53_import_resolver_rule_association(s->import, rule.id, vpcs[n], 1), R53_OK);
}

static void say_record(struct saying *s, const char *line, size_t length)
{
    struct set_text *set = set_text_parse(line, length);
    int32_t rc = r53_import_record_set(s->import, s->zone, &set->set);

    set_text_free(set);
    if (rc != R53_OK)
        fail_msg("'%.*s': %s", (int)length, line, r53_error_name(rc));
}

static void say_line(struct saying *s, const char *line, size_t length)
{
    static const struct {
        const char *word;
        void (*say)(struct saying *, struct words *);
    } verbs[] = {{"zone", say_zone},   {"lb", say_lb},           {"tg", say_tg},
                 {"seen", say_seen},   {"place", say_place},     {"latency", say_latency},
                 {"blocks", say_blocks}, {"vpcdns", say_vpcdns}, {"rule", say_rule}};
    static struct words words;

    if (length == 0 || check_text_say(s->import, line, length))
        return;
    for (size_t i = 0; i < COUNT(verbs); i++) {
        size_t n = strlen(verbs[i].word);

        if (length > n && memcmp(line, verbs[i].word, n) == 0 && line[n] == ' ') {
            words_cut(&words, line, length);
            verbs[i].say(s, &words);
            return;
        }
    }
    say_record(s, line, length);
}

void world_say(struct world *world, const char *lines)
{
    struct saying s = {NULL, "ZONE1"};

    assert_int_equal(r53_import_new(&s.import, world->cloud, world->observed, world->report),
                     R53_OK);
    while (*lines) {
        size_t length = strcspn(lines, "\n");

        say_line(&s, lines, length);
        lines += length + (lines[length] == '\n');
    }
    assert_int_equal(r53_import_commit(s.import), R53_OK);
    r53_import_free(s.import);
}

void world_look(struct world *world)
{
    r53_view_release(world->view);
    world->view = NULL;
    r53_report_clear(world->report);
    assert_int_equal(r53_view_new((r53_view **)(uintptr_t)&world->view, world->cloud,
                                  world->observed, 0, world->report),
                     R53_OK);
}

void world_open_with(struct world *world, const char *lines, const r53_cloud_options *options)
{
    const r53_allocator *allocator = options ? options->allocator : NULL;

    *world = (struct world){0};
    assert_int_equal(r53_cloud_new(&world->cloud, options), R53_OK);
    assert_int_equal(r53_observed_new(&world->observed, allocator), R53_OK);
    assert_int_equal(r53_report_new(&world->report, allocator), R53_OK);
    world_say(world, "zone ZONE1 example.com");
    world_say(world, lines);
    world_look(world);
}

void world_open(struct world *world, const char *lines)
{
    world_open_with(world, lines, NULL);
}

void world_close(struct world *world)
{
    r53_view_release(world->view);
    r53_report_free(world->report);
    r53_observed_free(world->observed);
    r53_cloud_free(world->cloud);
    *world = (struct world){0};
}

/* Queries */

static int32_t type_parse(const char *word)
{
    int32_t type = r53_type_number(word);

    if (strcmp(word, "ANY") == 0)
        return R53_TYPE_ANY;
    return type ? type : (int32_t)strtol(word, NULL, 10);
}

static const struct {
    const char *key;
    size_t offset;
} query_texts[] = {
    {"vpc", offsetof(r53_query, vpc_id)},
    {"zone", offsetof(r53_query, hosted_zone_id)},
    {"subnet", offsetof(r53_query, client_subnet)},
    {"resolver", offsetof(r53_query, resolver_address)},
    {"vpcregion", offsetof(r53_query, vpc_region)},
    {"continent", offsetof(r53_query, continent_code)},
    {"country", offsetof(r53_query, country_code)},
    {"state", offsetof(r53_query, subdivision_code)},
    {"az", offsetof(r53_query, availability_zone_id)},
    {"azgroup", offsetof(r53_query, availability_zone_group)},
};

static bool query_text_word(r53_query *query, const char *key, const char *value)
{
    for (size_t i = 0; i < COUNT(query_texts); i++) {
        if (strcmp(key, query_texts[i].key) == 0) {
            memcpy((char *)query + query_texts[i].offset, &value, sizeof(value));
            return true;
        }
    }
    return false;
}

static void query_point(r53_query *query, const char *value)
{
    const char *comma = strchr(value, ',');

    assert_non_null(comma);
    query->has_coordinates = 1;
    query->latitude = (int32_t)strtol(value, NULL, 10);
    query->longitude = (int32_t)strtol(comma + 1, NULL, 10);
}

static void query_word(r53_query *query, const char *key, const char *value)
{
    if (query_text_word(query, key, value))
        return;
    if (strcmp(key, "seed") == 0)
        query->seed = strtoull(value, NULL, 10);
    else if (strcmp(key, "as") == 0)
        query->telling = strcmp(value, "name") == 0 ? R53_ALIAS_AS_NAME : R53_ALIAS_AS_ADDRESSES;
    else if (strcmp(key, "at") == 0)
        query_point(query, value);
    else
        fail_msg("unknown word '%s' in a query", key);
}

void query_parse(struct query_text *out, const char *line, size_t length)
{
    const char *name = out->words;
    size_t n = 0;

    *out = (struct query_text){.query = {.size = sizeof(out->query), .name = out->name}};
    assert_true(length < sizeof(out->words));
    memcpy(out->words, line, length);
    for (char *word = strtok(out->words, " "); word; word = strtok(NULL, " "), n++) {
        char *equals = strchr(word, '=');

        if (n == 0)
            name = word;
        else if (n == 1)
            out->query.type = type_parse(word);
        else if (equals) {
            *equals = '\0';
            query_word(&out->query, word, equals + 1);
        }
    }
    n = strlen(name);
    if (strcmp(name, "@") == 0)
        snprintf(out->name, sizeof(out->name), "example.com");
    else if (n && name[n - 1] == '.')
        snprintf(out->name, sizeof(out->name), "%s", name);
    else
        snprintf(out->name, sizeof(out->name), "%s.example.com", name);
}

/* Answers */

struct line {
    char at[600];
};

static int line_compare(const void *a, const void *b)
{
    return strcmp(((const struct line *)a)->at, ((const struct line *)b)->at);
}

/* The owner without ".example.com.". */
static void owner_put(char *out, size_t room, const char *name)
{
    static const char apex[] = "example.com.";
    size_t n = strlen(name), k = sizeof(apex) - 1;

    if (strcmp(name, apex) == 0)
        snprintf(out, room, "@");
    else if (n > k && name[n - k - 1] == '.' && strcmp(name + n - k, apex) == 0)
        snprintf(out, room, "%.*s", (int)(n - k - 1), name);
    else
        snprintf(out, room, "%s", name);
}

static void record_put(struct line *line, const r53_record *record, int32_t section)
{
    char owner[300];

    owner_put(owner, sizeof(owner), record->name);
    if (section == R53_SECTION_AUTHORITY && record->type == R53_TYPE_SOA)
        snprintf(line->at, sizeof(line->at), "AUTH=SOA/%u", record->ttl);
    else if (section == R53_SECTION_AUTHORITY && strcmp(record->value, "ns1.test.") == 0)
        snprintf(line->at, sizeof(line->at), "AUTH=NS");
    else
        snprintf(line->at, sizeof(line->at), "%s %u %s %.200s", owner, record->ttl,
                 r53_type_name(record->type), record->value);
}

static size_t section_put(char *out, size_t at, r53_answer *answer, int32_t section)
{
    static const char *const prefix[] = {"", "", "AUTH ", "ADD "};
    static struct line lines[512];
    size_t n = r53_answer_count(answer, section);

    assert_true(n < COUNT(lines));
    for (size_t i = 0; i < n; i++) {
        r53_record record = {.size = sizeof(record)};

        assert_int_equal(r53_answer_record(answer, section, i, &record), R53_OK);
        record_put(&lines[i], &record, section);
    }
    qsort(lines, n, sizeof(*lines), line_compare);
    for (size_t i = 0; i < n; i++) {
        const char *mark = strncmp(lines[i].at, "AUTH=", 5) == 0 ? "" : prefix[section];

        at += (size_t)snprintf(out + at, ANSWER_TEXT_MAX - at, "%s%s%s", i ? ", " : "; ",
                               i ? "" : mark, lines[i].at);
    }
    return at;
}

const char *answer_text(char *buffer, r53_answer *answer)
{
    r53_answer_summary summary = {.size = sizeof(summary)};
    size_t at;

    assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
    at = (size_t)snprintf(buffer, ANSWER_TEXT_MAX, "%s%s", r53_rcode_name(summary.rcode),
                          summary.authoritative ? " aa" : "");
    for (int32_t s = R53_SECTION_ANSWER; s <= R53_SECTION_ADDITIONAL; s++)
        at = section_put(buffer, at, answer, s);
    return buffer;
}

const char *resolve_text(char *buffer, const r53_view *view, const char *query)
{
    struct query_text q;
    r53_answer *answer;
    int32_t rc;

    query_parse(&q, query, strlen(query));
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    rc = r53_resolve(view, &q.query, answer, NULL);
    if (rc == R53_OK)
        answer_text(buffer, answer);
    else
        snprintf(buffer, ANSWER_TEXT_MAX, "%s", r53_error_name(rc));
    r53_answer_free(answer);
    return buffer;
}

void expect_lines(const r53_view *view, const char *lines, tell_function *tell)
{
    static char told[ANSWER_TEXT_MAX];

    while (*lines) {
        size_t length = strcspn(lines, "\n");
        const char *arrow = strstr(lines, " -> ");
        char query[300];

        assert_true(arrow && arrow < lines + length);
        snprintf(query, sizeof(query), "%.*s", (int)(arrow - lines), lines);
        tell(told, view, query);
        arrow += 4;
        if (strlen(told) != (size_t)(lines + length - arrow) ||
            memcmp(told, arrow, strlen(told)) != 0)
            fail_msg("%s\n  expected: %.*s\n  got:      %s", query, (int)(lines + length - arrow),
                     arrow, told);
        lines += length + (lines[length] == '\n');
    }
}
