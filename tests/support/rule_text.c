#include "rule_text.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>

/* Texts */

static char *keep(struct rule_spec *spec, const char *at, size_t n)
{
    char *copy = spec->store + spec->stored;

    assert_true(spec->stored + n + 1 <= sizeof(spec->store));
    memcpy(copy, at, n);
    copy[n] = '\0';
    spec->stored += n + 1;
    return copy;
}

/* Cuts the next word off; NULL: none left. */
static char *word_next(char **rest)
{
    char *word;

    while (**rest == ' ')
        (*rest)++;
    if (!**rest)
        return NULL;
    word = *rest;
    while (**rest && **rest != ' ')
        (*rest)++;
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}

static char *after(char *word, const char *prefix)
{
    size_t n = strlen(prefix);

    return word && strncmp(word, prefix, n) == 0 ? word + n : NULL;
}

/* Conditions and transforms */

static const char *const fields[][2] = {
    {"host", "host-header"},           {"path", "path-pattern"},  {"header", "http-header"},
    {"method", "http-request-method"}, {"query", "query-string"}, {"source", "source-ip"},
    {"family", "source-ip"},
};

static const char *field_of(const char *word, size_t n)
{
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (strlen(fields[i][0]) == n && strncmp(fields[i][0], word, n) == 0)
            return fields[i][1];
    }
    return NULL;
}

/* "a,b,c" into the spec's list of values; returns how many. */
static uint32_t values_read(struct rule_spec *spec, char *list, const char *const **at)
{
    uint32_t first = spec->n_values;

    *at = &spec->values[first];
    while (list && *list) {
        char *comma = strchr(list, ',');

        if (comma)
            *comma = '\0';
        assert_true(spec->n_values < COUNT(spec->values));
        spec->values[spec->n_values++] = list;
        list = comma ? comma + 1 : NULL;
    }
    return spec->n_values - first;
}

/* "key:value,value" */
static void pairs_read(struct rule_spec *spec, r53_condition *c, char *list)
{
    const char *const *values;
    uint32_t n = values_read(spec, list, &values);

    c->query_string = &spec->pairs[spec->n_pairs];
    c->n_query_string = n;
    for (uint32_t i = 0; i < n; i++) {
        char *pair = (char *)(uintptr_t)values[i], *colon = strchr(pair, ':');

        if (colon)
            *colon = '\0';
        spec->pairs[spec->n_pairs++] =
            (r53_query_string_key_value){colon ? pair : NULL, colon ? colon + 1 : pair};
        if (colon && !colon[1])
            spec->pairs[spec->n_pairs - 1].value = NULL;
    }
}

static void condition_read(struct rule_spec *spec, const char *field, char *sign)
{
    uint32_t i = spec->rule.n_conditions++;
    r53_condition *c = &spec->conditions[i];
    char *list = sign + 1;

    assert_true(i < SPEC_LIST);
    *c = (r53_condition){.size = sizeof(*c), .field = field};
    spec->condition_list[i] = c;
    if (strcmp(field, "http-header") == 0) {
        char *colon = strchr(list, ':');

        assert_non_null(colon);
        *colon = '\0';
        c->http_header_name = list;
        list = colon + 1;
    }
    if (strcmp(field, "query-string") == 0) {
        pairs_read(spec, c, list);
    } else if (*sign == '~') {
        c->regex_values = &spec->values[spec->n_values];
        spec->values[spec->n_values++] = list;
        c->n_regex_values = 1;
    } else {
        c->n_values = values_read(spec, list, &c->values);
    }
}

static void transform_read(struct rule_spec *spec, const char *type, char *text)
{
    uint32_t i = spec->rule.n_transforms++;
    char *arrow = strstr(text, "=>");

    assert_non_null(arrow);
    *arrow = '\0';
    spec->transforms[i] = (r53_transform){
        .size = sizeof(r53_transform), .type = type, .regex = text, .replace = arrow + 2};
    spec->transform_list[i] = &spec->transforms[i];
}

static void condition_word(struct rule_spec *spec, char *word)
{
    size_t n = strcspn(word, "=~");
    const char *field = field_of(word, n);
    char *value;

    if ((value = after(word, "url~")) != NULL) {
        transform_read(spec, "url-rewrite", value);
    } else if ((value = after(word, "site~")) != NULL) {
        transform_read(spec, "host-header-rewrite", value);
    } else if ((value = after(word, "family=")) != NULL) {
        condition_read(spec, field, (char[]){"="});
        spec->conditions[spec->rule.n_conditions - 1].ip_address_type = value;
    } else {
        assert_non_null(field);
        condition_read(spec, field, word + n);
    }
}

/* Actions */

static r53_listener_action *action_add(struct rule_spec *spec, int32_t type)
{
    uint32_t i = spec->rule.n_actions++;

    assert_true(i < SPEC_LIST);
    spec->actions[i] = (r53_listener_action){
        .size = sizeof(r53_listener_action), .type = type, .order = (int32_t)i + 1};
    spec->action_list[i] = &spec->actions[i];
    return &spec->actions[i];
}

/* "api:3,new:1" */
static void forward_read(struct rule_spec *spec, char *list)
{
    r53_listener_action *action = action_add(spec, R53_ACTION_FORWARD);
    const char *const *names;
    uint32_t n = values_read(spec, list, &names);

    action->target_groups = &spec->groups[spec->n_groups];
    action->n_target_groups = n;
    for (uint32_t i = 0; i < n; i++) {
        char *name = (char *)(uintptr_t)names[i], *colon = strchr(name, ':');

        if (colon)
            *colon = '\0';
        assert_true(spec->n_groups < SPEC_LIST);
        spec->groups[spec->n_groups++] = (r53_weighted_target_group){
            name, colon ? (uint32_t)strtoul(colon + 1, NULL, 10) : 1, 0};
    }
}

static void member_read(r53_listener_action *action, char *word)
{
    const struct {
        const char *name;
        const char **member;
    } members[] = {{"protocol=", &action->protocol}, {"host=", &action->host},
                   {"port=", &action->port},         {"path=", &action->path},
                   {"query=", &action->query},       {"type=", &action->content_type},
                   {"body=", &action->message_body}, {"jwks=", &action->jwks_endpoint},
                   {"issuer=", &action->issuer}};

    for (size_t i = 0; i < COUNT(members); i++) {
        char *value = after(word, members[i].name);

        if (value)
            *members[i].member = value;
    }
    if (after(word, "sticky=")) {
        action->stickiness_enabled = R53_OPTION_ON;
        action->stickiness_duration_s = atoi(after(word, "sticky="));
    }
    if (after(word, "order="))
        action->order = atoi(after(word, "order="));
}

static void action_word(struct rule_spec *spec, char *word, char **rest)
{
    char *value = after(word, "auth=");

    if (value) {
        action_add(spec, R53_ACTION_AUTHENTICATE_OIDC)->on_unauthenticated_request = value;
    } else if (strcmp(word, "jwt") == 0) {
        r53_listener_action *action = action_add(spec, R53_ACTION_JWT_VALIDATION);

        action->issuer = "https://issuer.test";
        action->jwks_endpoint = "https://issuer.test/keys";
    } else if (strcmp(word, "redirect") == 0) {
        action_add(spec, R53_ACTION_REDIRECT)->status_code = word_next(rest);
    } else if (strcmp(word, "fixed") == 0) {
        action_add(spec, R53_ACTION_FIXED_RESPONSE)->status_code = word_next(rest);
    } else if (strchr(word, '=')) {
        member_read(&spec->actions[spec->rule.n_actions - 1], word);
    } else if (strcmp(word, "then") != 0) {
        forward_read(spec, word);
    }
}

void rule_spec_read(struct rule_spec *spec, const char *line)
{
    char *rest, *word, arn[160];
    bool acting = false;

    memset(spec, 0, sizeof(*spec));
    rest = keep(spec, line, strlen(line));
    spec->rule = (r53_listener_rule){.size = sizeof(r53_listener_rule),
                                     .conditions = spec->condition_list,
                                     .actions = spec->action_list,
                                     .transforms = spec->transform_list};
    spec->rule.priority = word_next(&rest);
    snprintf(arn, sizeof(arn), RULE_ARN "%s", spec->rule.priority);
    spec->rule.rule_arn = keep(spec, arn, strlen(arn));
    while ((word = word_next(&rest)) != NULL) {
        if (strcmp(word, "->") == 0)
            acting = true;
        else if (acting)
            action_word(spec, word, &rest);
        else
            condition_word(spec, word);
    }
}

/* Worlds */

enum { LINE_MAX_BYTES = 1024, GROUPS = 64, CERTIFICATES = 8 };

struct maker {
    r53_import *import;
    struct rule_spec *spec;
    r53_load_balancer lb;
    r53_listener listener;
    const char *alpn;
    r53_certificate certificates[CERTIFICATES];
    const r53_certificate *certificate_list[CERTIFICATES];
    const char *names[CERTIFICATES][4];
    char groups[GROUPS][32];
    size_t n_groups;
    char store[4 * LINE_MAX_BYTES];
    size_t stored;
    bool has_default;
};

static void group_make(struct maker *m, const char *name, const r53_target_group *with, bool empty)
{
    r53_target_group group = with ? *with : (r53_target_group){.size = sizeof(group)};
    r53_target target = {.size = sizeof(target), .availability_zone = "a"};
    char id[40];

    for (size_t i = 0; i < m->n_groups; i++) {
        if (strcmp(m->groups[i], name) == 0)
            return;
    }
    snprintf(m->groups[m->n_groups++], sizeof(m->groups[0]), "%.31s", name);
    group.target_group_arn = group.target_group_name = name;
    group.port = 80;
    if (!group.target_type)
        group.target_type = R53_TARGET_IP;
    assert_int_equal(r53_import_target_group(m->import, &group), R53_OK);
    snprintf(id, sizeof(id), "%s-1", name);
    target.id = id;
    if (!empty)
        assert_int_equal(r53_import_target(m->import, name, &target, R53_TARGET_HEALTHY, NULL),
                         R53_OK);
}

static void group_line(struct maker *m, char *rest)
{
    r53_target_group group = {.size = sizeof(group)};
    char *name = word_next(&rest), *word;
    bool empty = false;

    while ((word = word_next(&rest)) != NULL) {
        if (after(word, "version="))
            group.protocol_version = atoi(after(word, "version="));
        if (strcmp(word, "lambda") == 0)
            group.target_type = R53_TARGET_LAMBDA;
        empty = empty || strcmp(word, "empty") == 0;
    }
    group_make(m, name, &group, empty);
}

static void lb_line(struct maker *m, char *rest)
{
    char *word;

    while ((word = word_next(&rest)) != NULL) {
        if (strcmp(word, "nlb") == 0)
            m->lb.type = R53_LB_NETWORK;
        if (strcmp(word, "drop") == 0)
            m->lb.drop_invalid_header_fields = R53_OPTION_ON;
        if (strcmp(word, "preserve") == 0)
            m->lb.preserve_host_header = R53_OPTION_ON;
        if (strcmp(word, "http1") == 0)
            m->lb.http2_enabled = R53_OPTION_OFF;
        if (strcmp(word, "waf-open") == 0)
            m->lb.waf_fail_open = R53_OPTION_ON;
        if (after(word, "desync="))
            m->lb.desync_mitigation_mode = atoi(after(word, "desync="));
    }
}

static void listen_line(struct maker *m, char *rest)
{
    char *word;

    while ((word = word_next(&rest)) != NULL) {
        char *port = strchr(word, ':');

        if (after(word, "mtls=")) {
            m->listener.mutual_authentication = atoi(after(word, "mtls="));
        } else if (after(word, "alpn=")) {
            m->alpn = after(word, "alpn=");
            m->listener.alpn_policy = &m->alpn;
            m->listener.n_alpn_policy = 1;
        } else {
            *port = '\0';
            m->listener.protocol = strcmp(word, "https") == 0  ? R53_PROTOCOL_HTTPS
                                   : strcmp(word, "http") == 0 ? R53_PROTOCOL_HTTP
                                   : strcmp(word, "tls") == 0  ? R53_PROTOCOL_TLS
                                                               : R53_PROTOCOL_TCP;
            m->listener.port = atoi(port + 1);
        }
    }
}

static void cert_line(struct maker *m, char *rest)
{
    uint32_t i = m->listener.n_certificates++;
    r53_certificate *cert = &m->certificates[i];
    char *word;

    *cert = (r53_certificate){
        .size = sizeof(*cert), .certificate_arn = word_next(&rest), .domain_names = m->names[i]};
    m->certificate_list[i] = cert;
    m->listener.certificates = m->certificate_list;
    while ((word = word_next(&rest)) != NULL) {
        char *name = after(word, "names=");

        if (strcmp(word, "default") == 0)
            cert->is_default = 1;
        if (after(word, "key="))
            cert->key_algorithm = after(word, "key=");
        if (after(word, "sig="))
            cert->signature_algorithm = after(word, "sig=");
        if (after(word, "after="))
            cert->not_after_ms = atoi(after(word, "after="));
        while (name) {
            char *comma = strchr(name, ',');

            if (comma)
                *comma++ = '\0';
            m->names[i][cert->n_domain_names++] = name;
            name = comma;
        }
    }
}

static void spec_groups(struct maker *m)
{
    for (uint32_t i = 0; i < m->spec->n_groups; i++)
        group_make(m, m->spec->groups[i].target_group_arn, NULL, false);
}

/* The default line becomes the listener's; of others their groups are made, and maybe the rule. */
static void rule_line(struct maker *m, const char *line, bool import)
{
    struct rule_spec *spec = m->spec;

    rule_spec_read(spec, line);
    spec_groups(m);
    if (strcmp(spec->rule.priority, "default") == 0) {
        m->listener.default_actions = spec->rule.actions;
        m->listener.n_default_actions = spec->rule.n_actions;
        m->has_default = true;
        assert_int_equal(r53_import_listener(m->import, &m->listener), R53_OK);
    }
    if (import)
        assert_int_equal(r53_import_rule(m->import, &spec->rule), R53_OK);
}

static void line_read(struct maker *m, const char *line, bool import)
{
    static const struct {
        const char *word;
        void (*read)(struct maker *m, char *rest);
    } kinds[] = {
        {"lb ", lb_line}, {"listen ", listen_line}, {"cert ", cert_line}, {"group ", group_line}};
    char *copy = m->store + m->stored;

    assert_true(m->stored + strlen(line) < sizeof(m->store));
    strcpy(copy, line);
    m->stored += strlen(line) + 1;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strncmp(line, kinds[i].word, strlen(kinds[i].word)) == 0) {
            kinds[i].read(m, copy + strlen(kinds[i].word));
            return;
        }
    }
    rule_line(m, line, import);
}

static void lines_read(const char *lines, void (*read)(void *ctx, const char *line), void *ctx)
{
    while (*lines) {
        size_t n = strcspn(lines, "\n");
        char line[LINE_MAX_BYTES];

        assert_true(n < sizeof(line));
        memcpy(line, lines, n);
        line[n] = '\0';
        if (n > 0)
            read(ctx, line);
        lines += n + (lines[n] == '\n');
    }
}

static void import_line(void *ctx, const char *line)
{
    line_read(ctx, line, true);
}

static void prepare_line(void *ctx, const char *line)
{
    line_read(ctx, line, false);
}

static void create_line(void *ctx, const char *line)
{
    struct rule_spec *spec = calloc(1, sizeof(*spec));

    if (line[0] >= '0' && line[0] <= '9') {
        rule_spec_read(spec, line);
        assert_int_equal(r53_listener_rule_create(ctx, &spec->rule, NULL), R53_OK);
    }
    free(spec);
}

static struct rule_world world_make(const char *lines, const r53_cloud_options *options,
                                    bool import)
{
    static const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "a"};
    const r53_availability_zone *zones = &zone;
    struct maker *m = calloc(1, sizeof(*m));
    struct rule_world world = {0};

    m->spec = calloc(1, sizeof(*m->spec));
    m->lb = (r53_load_balancer){.size = sizeof(m->lb),
                                .type = R53_LB_APPLICATION,
                                .load_balancer_arn = RULE_LB,
                                .load_balancer_name = "web",
                                .dns_name = RULE_LB_NAME,
                                .availability_zones = &zones,
                                .n_availability_zones = 1};
    m->listener = (r53_listener){.size = sizeof(m->listener),
                                 .protocol = R53_PROTOCOL_HTTP,
                                 .port = 80,
                                 .listener_arn = RULE_LISTENER,
                                 .load_balancer_arn = RULE_LB};
    assert_int_equal(r53_cloud_new(&world.cloud, options), R53_OK);
    assert_int_equal(r53_observed_new(&world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&m->import, world.cloud, world.observed, NULL), R53_OK);
    lines_read(lines, import ? import_line : prepare_line, m);
    if (!m->has_default)
        rule_line(m, "default -> def", false);
    assert_int_equal(r53_import_load_balancer(m->import, &m->lb), R53_OK);
    assert_int_equal(r53_import_commit(m->import), R53_OK);
    r53_import_free(m->import);
    if (!import)
        lines_read(lines, create_line, world.cloud);
    free(m->spec);
    free(m);
    rule_world_look(&world);
    return world;
}

struct rule_world rule_world_make(const char *lines, const r53_cloud_options *options)
{
    return world_make(lines, options, true);
}

struct rule_world rule_world_create(const char *lines, const r53_cloud_options *options)
{
    return world_make(lines, options, false);
}

void rule_world_look(struct rule_world *world)
{
    r53_view_release(world->view);
    assert_int_equal(r53_view_new(&world->view, world->cloud, world->observed, 500, NULL), R53_OK);
}

void rule_world_free(struct rule_world *world)
{
    r53_view_release(world->view);
    r53_observed_free(world->observed);
    r53_cloud_free(world->cloud);
}

/* Requests */

void request_spec_read(struct request_spec *spec, const char *line)
{
    char *rest = spec->store, *bar;

    memset(spec, 0, sizeof(*spec));
    assert_true(strlen(line) < sizeof(spec->store));
    strcpy(spec->store, line);
    spec->request = (r53_request){.size = sizeof(r53_request),
                                  .load_balancer = RULE_LB,
                                  .source_address = "10.0.0.9",
                                  .headers = spec->headers};
    bar = strchr(rest, '|');
    if (bar)
        *bar++ = '\0';
    spec->request.method = word_next(&rest);
    spec->request.url = word_next(&rest);
    while (bar) {
        r53_header *header = &spec->headers[spec->request.n_headers++];
        char *colon, *next = strchr(bar, '|');

        if (next)
            *next++ = '\0';
        while (*bar == ' ')
            bar++;
        colon = strchr(bar + 1, ':'); /* ":authority" begins with one */
        *colon = '\0';
        *header = (r53_header){bar, colon + 1};
        bar = next;
    }
}

void rule_result(const r53_view *view, const r53_request *request, char *out, size_t size)
{
    r53_selection s = {.size = sizeof(s)};
    char location[512] = "";

    assert_int_equal(r53_elb_select(view, request, NULL, &s, NULL), R53_OK);
    if (s.outcome == R53_SELECTED_REDIRECT) {
        assert_int_equal(r53_selection_text_write(view, request, &s, R53_TEXT_LOCATION, location,
                                                  sizeof(location), NULL),
                         R53_OK);
        snprintf(out, size, "%d %s", (int)s.status, location);
    } else if (s.outcome == R53_SELECTED_FIXED_RESPONSE) {
        snprintf(out, size, "%d %s %s", (int)s.status, s.content_type, s.message_body);
    } else if (s.status) {
        snprintf(out, size, "%d", (int)s.status);
    } else if (s.outcome == R53_SELECTED_TARGET) {
        snprintf(out, size, "%s", s.target_group_arn);
    } else {
        snprintf(out, size, "%s", r53_selection_outcome_name(s.outcome));
    }
}
