#include "zone_text.h"

#include "harness.h"
#include "model/references.h"

#include <r53/import.h>

#include <stdio.h>
#include <stdlib.h>

static char *keep(struct set_text *t, const char *from, size_t length)
{
    char *copy = malloc(length + 1);

    assert_non_null(copy);
    assert_true(t->n_texts < COUNT(t->texts));
    memcpy(copy, from, length);
    copy[length] = '\0';
    t->texts[t->n_texts++] = copy;
    return copy;
}

static char *keep_name(struct set_text *t, const char *from, size_t length)
{
    char full[1200];

    if (length && from[length - 1] == '.')
        return keep(t, from, length);
    if (length == 1 && from[0] == '@')
        return keep(t, "example.com", strlen("example.com"));
    snprintf(full, sizeof(full), "%.*s.example.com", (int)length, from);
    return keep(t, full, strlen(full));
}

static void parse_values(struct set_text *t, const char *at, size_t length)
{
    while (length) {
        const char *comma = memchr(at, ',', length);
        size_t n = comma ? (size_t)(comma - at) : length;
        char *value = keep(t, at, n);

        for (char *c = value; *c; c++)
            *c = *c == '~' ? ' ' : *c;
        t->values[t->set.n_values++] = value;
        at += n + (comma != NULL);
        length -= n + (comma != NULL);
    }
    t->set.values = t->values;
}

/* "a/b" into two members. */
static void parse_two(struct set_text *t, const char *word, const char **a, const char **b)
{
    const char *slash = strchr(word, '/');

    assert_non_null(slash);
    *a = slash == word ? NULL : keep(t, word, (size_t)(slash - word));
    *b = slash[1] ? keep(t, slash + 1, strlen(slash + 1)) : NULL;
}

static void parse_alias(struct set_text *t, const char *word)
{
    const char *name;

    parse_two(t, word, &t->set.alias_hosted_zone_id, &name);
    t->set.alias_dns_name = name ? keep_name(t, name, strlen(name)) : NULL;
    t->set.has_ttl = 0;
}

static const struct {
    const char *key;
    size_t offset;
} text_words[] = {
    {"id", offsetof(r53_record_set, set_identifier)},
    {"region", offsetof(r53_record_set, region)},
    {"continent", offsetof(r53_record_set, continent_code)},
    {"country", offsetof(r53_record_set, country_code)},
    {"subdivision", offsetof(r53_record_set, subdivision_code)},
    {"gpregion", offsetof(r53_record_set, geoproximity_region)},
    {"lzg", offsetof(r53_record_set, local_zone_group)},
    {"lat", offsetof(r53_record_set, latitude)},
    {"lon", offsetof(r53_record_set, longitude)},
    {"hc", offsetof(r53_record_set, health_check_id)},
    {"tpi", offsetof(r53_record_set, traffic_policy_instance_id)},
};

static bool parse_text_word(struct set_text *t, const char *key, char *value)
{
    for (size_t i = 0; i < COUNT(text_words); i++) {
        if (strcmp(key, text_words[i].key) == 0) {
            const char *v = value;

            memcpy((char *)&t->set + text_words[i].offset, &v, sizeof(v));
            return true;
        }
    }
    return false;
}

static void parse_word(struct set_text *t, char *word)
{
    char *value = strchr(word, '=');

    if (!value) {
        if (strcmp(word, "eth") == 0)
            t->set.evaluate_target_health = 1;
        else if (strcmp(word, "none") == 0)
            t->set.has_ttl = 0;
        else
            parse_values(t, word, strlen(word));
        return;
    }
    *value++ = '\0';
    if (parse_text_word(t, word, value))
        return;
    if (strcmp(word, "ttl") == 0) {
        t->set.has_ttl = 1;
        t->set.ttl = (uint32_t)strtoul(value, NULL, 10);
    } else if (strcmp(word, "weight") == 0) {
        t->set.has_weight = 1;
        t->set.weight = (int32_t)strtol(value, NULL, 10);
    } else if (strcmp(word, "bias") == 0) {
        t->set.has_bias = 1;
        t->set.bias = (int32_t)strtol(value, NULL, 10);
    } else if (strcmp(word, "multi") == 0) {
        t->set.has_multi_value_answer = 1;
        t->set.multi_value_answer = strcmp(value, "true") == 0;
    } else if (strcmp(word, "failover") == 0) {
        t->set.failover =
            strcmp(value, "PRIMARY") == 0 ? R53_FAILOVER_PRIMARY : R53_FAILOVER_SECONDARY;
    } else if (strcmp(word, "alias") == 0) {
        parse_alias(t, value);
    } else if (strcmp(word, "cidr") == 0) {
        parse_two(t, value, &t->set.cidr_collection_id, &t->set.cidr_location_name);
    } else if (strcmp(word, "az") == 0) {
        parse_two(t, value, &t->set.az_location_type, &t->set.az_location_id);
    } else {
        fail_msg("unknown word '%s'", word);
    }
}

static size_t word_length(const char *at, const char *end)
{
    size_t n = 0;

    while (at + n < end && at[n] != ' ')
        n++;
    return n;
}

/* A value of TXT may hold '=': it begins with a quote. */
static bool is_value(const char *word)
{
    return word[0] == '"' || strchr(word, '~') || strcmp(word, "1.2.3") == 0;
}

struct set_text *set_text_parse(const char *line, size_t length)
{
    struct set_text *t = calloc(1, sizeof(*t));
    const char *end = line + length;

    assert_non_null(t);
    t->set.size = sizeof(t->set);
    t->set.has_ttl = 1;
    t->set.ttl = 300;
    for (int i = 0; line < end; i++) {
        size_t n = word_length(line, end);
        char *word = keep(t, line, n);

        if (i == 0)
            t->set.name = keep_name(t, line, n);
        else if (i == 1)
            t->set.type = r53_type_number(word);
        else if (is_value(word))
            parse_values(t, word, n);
        else
            parse_word(t, word);
        for (line += n; line < end && *line == ' ';)
            line++;
    }
    return t;
}

void set_text_free(struct set_text *text)
{
    for (size_t i = 0; i < text->n_texts; i++)
        free(text->texts[i]);
    free(text);
}

r53_cloud *cloud_with_zone(const r53_allocator *allocator)
{
    r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};
    r53_hosted_zone zone = {
        .size = sizeof(zone), .id = "ZONE1", .name = "example.com", .caller_reference = "first"};
    r53_cloud *cloud = NULL;

    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_zone_create(cloud, &zone, NULL), R53_OK);
    return cloud;
}

static int32_t action_number(const char *at, size_t n)
{
    static const char *const names[] = {"", "CREATE", "DELETE", "UPSERT"};

    for (int32_t i = 1; i < 4; i++) {
        if (strlen(names[i]) == n && memcmp(names[i], at, n) == 0)
            return i;
    }
    return 0;
}

/* Imports the checks that are named and not there; AWS refuses the batch without (R53-ERR-35). */
static int32_t checks_make(r53_cloud *cloud, struct set_text *const *sets, size_t n)
{
    r53_import *import = NULL;
    int32_t err = R53_OK;

    for (size_t i = 0; i < n && err == R53_OK; i++) {
        r53_health_check check = {.size = sizeof(check),
                                  .type = R53_CHECK_TCP,
                                  .id = sets[i]->set.health_check_id,
                                  .ip_address = "192.0.2.1",
                                  .port = 80};

        if (!r53__check_missing(cloud, check.id) || strncmp(check.id, "unknown", 7) == 0)
            continue;
        if (!import)
            err = r53_import_new(&import, cloud, NULL, NULL);
        if (err == R53_OK)
            err = r53_import_health_check(import, &check);
    }
    if (err == R53_OK && import)
        err = r53_import_commit(import);
    r53_import_free(import);
    return err;
}

int32_t batch_apply(r53_cloud *cloud, const char *lines, r53_report *report)
{
    enum { MAX = 1200 };
    static struct set_text *sets[MAX];
    static r53_change changes[MAX];
    static const r53_change *pointers[MAX];
    size_t n = 0;
    int32_t err;

    while (*lines) {
        size_t length = strcspn(lines, "\n"), action = word_length(lines, lines + length);

        assert_true(n < MAX);
        sets[n] = set_text_parse(lines + action + 1, length - action - 1);
        changes[n] = (r53_change){sizeof(*changes), action_number(lines, action), &sets[n]->set};
        pointers[n] = &changes[n];
        n++;
        lines += length + (lines[length] == '\n');
    }
    if (n == 0)
        return R53_OK;
    err = checks_make(cloud, sets, n);
    if (err == R53_OK)
        err = r53_zone_change(cloud, "/hostedzone/ZONE1", pointers, n, report);
    while (n)
        set_text_free(sets[--n]);
    return err;
}

struct buffer {
    char *at;
    size_t length, capacity;
};

static void add(struct buffer *b, const char *text)
{
    size_t n = strlen(text);

    if (b->length + n + 1 > b->capacity) {
        b->capacity = 2 * (b->length + n + 1);
        b->at = realloc(b->at, b->capacity);
        assert_non_null(b->at);
    }
    memcpy(b->at + b->length, text, n + 1);
    b->length += n;
}

static void add_member(struct buffer *b, const char *key, const char *value)
{
    if (!value)
        return;
    add(b, " ");
    add(b, key);
    add(b, value);
}

static void dump_set(struct buffer *b, const r53_record_set *s)
{
    char line[200];

    add(b, s->name);
    add_member(b, "", r53_type_name(s->type));
    add_member(b, "id=", s->set_identifier);
    for (uint32_t i = 0; i < s->n_values; i++)
        add_member(b, i ? "| " : "", s->values[i]);
    if (s->has_ttl) {
        snprintf(line, sizeof(line), " ttl=%u", s->ttl);
        add(b, line);
    }
    if (s->has_weight) {
        snprintf(line, sizeof(line), " weight=%d", s->weight);
        add(b, line);
    }
    add_member(b, "alias=", s->alias_hosted_zone_id);
    add_member(b, "", s->alias_dns_name);
    if (s->evaluate_target_health)
        add(b, " eth");
    add_member(b, "region=", s->region);
    add_member(b, "hc=", s->health_check_id);
    add_member(b, "country=", s->country_code);
    add_member(b, "continent=", s->continent_code);
    if (s->failover)
        add(b, s->failover == R53_FAILOVER_PRIMARY ? " PRIMARY" : " SECONDARY");
    add(b, "\n");
}

char *zone_dump(const r53_cloud *cloud, const char *zone_id, int all)
{
    struct buffer b = {0};
    r53_listing *listing;
    const r53_record_set *s;

    if (r53_record_sets_list(&listing, cloud, zone_id, NULL, 0, NULL, NULL) != R53_OK)
        return NULL;
    add(&b, "");
    while ((s = r53_listing_next_record_set(listing))) {
        if (all || (s->type != R53_TYPE_SOA &&
                    !(s->type == R53_TYPE_NS && strcmp(s->name, "example.com.") == 0)))
            dump_set(&b, s);
    }
    r53_listing_free(listing);
    return b.at;
}

char *report_messages(const r53_report *report)
{
    struct buffer b = {0};
    r53_finding f = {.size = sizeof(f)};

    add(&b, "[");
    for (size_t i = 0; r53_report_get(report, i, &f) == R53_OK; i++) {
        if (f.severity != R53_SEVERITY_ERROR)
            continue;
        add(&b, b.length > 1 ? ", " : "");
        add(&b, f.text);
    }
    add(&b, "]");
    return b.at;
}
