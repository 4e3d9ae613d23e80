#include "support/elb_calls.h"

#include "support/harness.h"

#include "model/cloud.h"
#include "model/spec.h"

#include <stdio.h>
#include <stdlib.h>

#define HOME "arn:aws:elasticloadbalancing:us-east-1:%s:"

enum { WORDS_MAX = 24, LIST_MAX = 8, CERTIFICATES_MAX = 64, LINE_MAX_ = 512 };

/* A line cut into words, with what calls are made of. */
struct line {
    char store[LINE_MAX_];
    char *words[WORDS_MAX];
    size_t n;
    char arn[ELB_ARN], other[ELB_ARN], groups_arn[LIST_MAX][ELB_ARN];
    r53_weighted_target_group groups[LIST_MAX];
    r53_listener_action actions[2];
    const r53_listener_action *action_list[2];
    r53_certificate certificates[CERTIFICATES_MAX];
    const r53_certificate *certificate_list[CERTIFICATES_MAX];
    char certificate_arns[CERTIFICATES_MAX][24];
    r53_availability_zone zones[LIST_MAX];
    const r53_availability_zone *zone_list[LIST_MAX];
    const char *addresses[LIST_MAX];
    const char *guards[LIST_MAX];
};

/* Names */

static const char *balancer_arn(char out[ELB_ARN], const char *name, const char *account)
{
    static const struct {
        char letter;
        const char *part;
    } kinds[] = {{'a', "app/"}, {'n', "net/"}, {'g', "gwy/"}, {'c', ""}};
    const char *part = "app/";

    for (size_t i = 0; i < COUNT(kinds); i++)
        part = kinds[i].letter == name[0] ? kinds[i].part : part;
    snprintf(out, ELB_ARN, HOME "loadbalancer/%s%s%s", account, part, name, *part ? "/1" : "");
    return out;
}

const char *elb_balancer_arn(char out[ELB_ARN], const char *name)
{
    return balancer_arn(out, name, "123456789012");
}

static const char *group_arn(char out[ELB_ARN], const char *name, const char *account)
{
    snprintf(out, ELB_ARN, HOME "targetgroup/%s/1", account, name);
    return out;
}

const char *elb_group_arn(char out[ELB_ARN], const char *name)
{
    return group_arn(out, name, "123456789012");
}

/* "a1" of "a1:80" */
static void before_colon(char out[ELB_ARN], const char *listener)
{
    size_t n = strcspn(listener, ":");

    assert_true(n < ELB_ARN);
    memcpy(out, listener, n);
    out[n] = '\0';
}

/* "a1:80"; Classic: the load balancer's ARN and the port */
const char *elb_listener_arn(char out[ELB_ARN], const char *name)
{
    char balancer[ELB_ARN], only[ELB_ARN];

    before_colon(only, name);
    if (name[0] == 'c')
        snprintf(out, ELB_ARN, "%.120s%.20s", elb_balancer_arn(balancer, only),
                 name + strlen(only));
    else
        snprintf(out, ELB_ARN, HOME "listener/%.80s", "123456789012", name);
    return out;
}

const char *elb_rule_arn(char out[ELB_ARN], const char *listener, const char *priority)
{
    snprintf(out, ELB_ARN, HOME "listener-rule/%s/%s", "123456789012", listener, priority);
    return out;
}

static const char *balancer_of_listener(char out[ELB_ARN], const char *listener)
{
    char name[ELB_ARN];

    before_colon(name, listener);
    return elb_balancer_arn(out, name);
}

/* Words */

static void line_cut(struct line *line, const char *text, size_t length)
{
    char *rest = line->store;

    assert_true(length < sizeof(line->store));
    memcpy(line->store, text, length);
    line->store[length] = '\0';
    while (*rest) {
        size_t n;

        while (*rest == ' ')
            *rest++ = '\0';
        n = strcspn(rest, " ");
        if (n == 0)
            break;
        assert_true(line->n < WORDS_MAX);
        line->words[line->n++] = rest;
        rest += n;
    }
}

/* What follows "key" in one of the words, NULL: it is not there. */
static char *said(const struct line *line, const char *key)
{
    for (size_t i = 0; i < line->n; i++) {
        if (strncmp(line->words[i], key, strlen(key)) == 0)
            return line->words[i] + strlen(key);
    }
    return NULL;
}

static bool has(const struct line *line, const char *word)
{
    for (size_t i = 0; i < line->n; i++) {
        if (strcmp(line->words[i], word) == 0)
            return true;
    }
    return false;
}

static int32_t number_said(const struct line *line, const char *key)
{
    const char *text = said(line, key);

    return text ? (int32_t)strtol(text, NULL, 10) : 0;
}

static const char *account_of(const struct line *line)
{
    const char *account = said(line, "account=");

    return account ? account : "123456789012";
}

/* The next element of a list with commas; NULL at the end. */
static char *element(char **rest)
{
    char *at = *rest;

    if (!at || !*at)
        return NULL;
    *rest = at + strcspn(at, ",");
    if (**rest)
        *(*rest)++ = '\0';
    return at;
}

/* Load balancers */

static uint32_t zones_read(struct line *line, char *list)
{
    static const char *const given[] = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4",
                                        "192.0.2.5", "192.0.2.6", "192.0.2.7", "192.0.2.8"};
    uint32_t n = 0;
    char *zone;

    while ((zone = element(&list)) != NULL) {
        char *address = strchr(zone, '=');

        if (address)
            *address++ = '\0';
        line->addresses[n] = address ? address : given[n];
        line->zones[n] = (r53_availability_zone){.size = sizeof(line->zones[n]),
                                                 .zone_name = zone,
                                                 .addresses = &line->addresses[n],
                                                 .n_addresses = address && !*address ? 0 : 1};
        line->zone_list[n] = &line->zones[n];
        n++;
    }
    return n;
}

static int32_t address_type(const char *name)
{
    return name ? r53__words_number(&r53__address_types, name) : 0;
}

static uint32_t guards_read(struct line *line, char *list)
{
    uint32_t n = 0;
    char *id;

    while ((id = element(&list)) != NULL) {
        assert_true(n < LIST_MAX);
        line->guards[n++] = id;
    }
    return n;
}

static int32_t type_of(const char *name)
{
    return name[0] == 'n'   ? R53_LB_NETWORK
           : name[0] == 'g' ? R53_LB_GATEWAY
           : name[0] == 'c' ? R53_LB_CLASSIC
                            : R53_LB_APPLICATION;
}

static int32_t balancer_create(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const char *instance = said(line, "instance="), *name = line->words[2];
    char *zones = said(line, "zones=");
    r53_load_balancer lb = {.size = sizeof(lb), .type = type_of(name), .load_balancer_name = name};

    lb.load_balancer_arn = balancer_arn(line->arn, name, account_of(line));
    if (said(line, "arn="))
        lb.load_balancer_arn = balancer_arn(line->arn, said(line, "arn="), account_of(line));
    if (said(line, "name="))
        lb.load_balancer_name = said(line, "name=");
    lb.vpc_id = said(line, "vpc=");
    lb.scheme = has(line, "internal") ? R53_SCHEME_INTERNAL : 0;
    lb.ip_address_type = address_type(said(line, "ip="));
    lb.n_security_groups = guards_read(line, said(line, "sg="));
    lb.security_groups = line->guards;
    lb.n_availability_zones = zones_read(line, zones);
    lb.availability_zones = line->zone_list;
    lb.deletion_protection = has(line, "protect") ? R53_OPTION_ON : 0;
    lb.zonal_shift = has(line, "shift") ? R53_OPTION_ON : 0;
    lb.cross_zone = has(line, "xz") ? R53_OPTION_ON : 0;
    lb.idle_timeout_seconds = number_said(line, "idle=");
    lb.instances = instance ? &instance : NULL;
    lb.n_instances = instance ? 1 : 0;
    return r53_load_balancer_create(cloud, &lb, report);
}

static int32_t balancer_zones(r53_cloud *cloud, struct line *line, r53_report *report)
{
    uint32_t n = zones_read(line, line->n > 2 ? line->words[2] : NULL);
    const char *arn = elb_balancer_arn(line->arn, line->words[1]), *ip = said(line, "ip=");

    if (ip)
        return r53_load_balancer_set_subnets(cloud, arn, line->zone_list, n, address_type(ip),
                                             report);
    return r53_load_balancer_set_zones(cloud, arn, line->zone_list, n, report);
}

static int32_t balancer_address_type(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_load_balancer_set_ip_address_type(cloud, elb_balancer_arn(line->arn, line->words[1]),
                                                 address_type(line->words[2]), report);
}

static int32_t balancer_guards(r53_cloud *cloud, struct line *line, r53_report *report)
{
    uint32_t n = strcmp(line->words[2], "none") == 0 ? 0 : guards_read(line, line->words[2]);
    const char *enforce = said(line, "enforce=");

    return r53_load_balancer_set_security_groups(
        cloud, elb_balancer_arn(line->arn, line->words[1]), line->guards, n,
        enforce ? r53__words_number(&r53__on_off, enforce) : 0, report);
}

static int32_t balancer_delete(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_load_balancer_delete(cloud, elb_balancer_arn(line->arn, line->words[2]), report);
}

/* Target groups */

static void health_check_read(const struct line *line, r53_target_group *group)
{
    const char *check = said(line, "check="), *checked = said(line, "checked=");

    group->health_check_interval_seconds = number_said(line, "interval=");
    group->health_check_timeout_seconds = number_said(line, "timeout=");
    group->healthy_threshold_count = number_said(line, "healthy=");
    group->matcher = said(line, "matcher=");
    group->health_check_path = said(line, "path=");
    group->health_check_port = said(line, "at=");
    group->health_check_protocol = check ? r53_protocol_number(check) : 0;
    group->health_check_enabled = checked ? r53__words_number(&r53__on_off, checked) : 0;
}

static int32_t version_said(const struct line *line)
{
    static const char *const versions[] = {"HTTP1", "HTTP2", "GRPC"};
    const char *version = said(line, "version=");
    int32_t number = 0;

    for (int32_t i = 0; i < 3 && version; i++)
        number = strcmp(versions[i], version) == 0 ? i + 1 : number;
    return number;
}

static int32_t group_create(r53_cloud *cloud, struct line *line, r53_report *report)
{
    static const char *const types[] = {"instance", "ip", "lambda", "alb"};
    const char *name = line->words[2], *type = said(line, "type="), *zone = said(line, "xz=");
    r53_target_group group = {.size = sizeof(group), .target_group_name = name};
    char *port = line->n > 3 ? strchr(line->words[3], ':') : NULL;

    group.target_group_arn =
        group_arn(line->arn, said(line, "arn=") ? said(line, "arn=") : name, account_of(line));
    if (port) {
        *port++ = '\0';
        group.protocol = r53_protocol_number(line->words[3]);
        group.port = (int32_t)strtol(port, NULL, 10);
    }
    if (said(line, "name="))
        group.target_group_name = said(line, "name=");
    for (int32_t i = 0; i < 4 && type; i++)
        group.target_type = strcmp(types[i], type) == 0 ? i + 1 : group.target_type;
    group.protocol_version = version_said(line);
    group.vpc_id = said(line, "vpc=");
    group.ip_address_type = has(line, "ip6") ? R53_IP_IPV6 : 0;
    group.cross_zone = zone ? (strcmp(zone, "off") == 0 ? R53_OPTION_OFF : R53_OPTION_ON) : 0;
    group.stickiness_enabled = has(line, "sticky") ? R53_OPTION_ON : 0;
    health_check_read(line, &group);
    group.slow_start_seconds = number_said(line, "slow=");
    return r53_target_group_create(cloud, &group, report);
}

static int32_t group_modify(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const char *protocol = said(line, "protocol="), *app = said(line, "app=");
    r53_target_group group = {.size = sizeof(group),
                              .protocol = protocol ? r53_protocol_number(protocol) : 0,
                              .port = number_said(line, "port="),
                              .protocol_version = version_said(line),
                              .target_control_port = number_said(line, "agents="),
                              .slow_start_seconds = number_said(line, "slow="),
                              .dns_failover_count = number_said(line, "failover="),
                              .vpc_id = said(line, "vpc="),
                              .app_cookie_name = app};

    group.target_group_arn = line->words[2][0] == 'c' ? elb_balancer_arn(line->arn, line->words[2])
                                                      : elb_group_arn(line->arn, line->words[2]);
    health_check_read(line, &group);
    return r53_target_group_modify(cloud, &group, report);
}

static int32_t group_delete(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_target_group_delete(cloud, elb_group_arn(line->arn, line->words[2]), report);
}

/* Listeners and rules */

/* What is behind "->": n actions in line->action_list. */
static uint32_t actions_read(struct line *line)
{
    r53_listener_action *action = line->actions;
    char *list = NULL, *group;
    uint32_t n = 0, n_groups = 0;

    for (size_t i = 0; i + 1 < line->n; i++) {
        if (strcmp(line->words[i], "->") == 0 || strcmp(line->words[i], "then") == 0)
            list = line->words[i + 1];
    }
    if (!list)
        return 0;
    if (has(line, "auth")) {
        *action = (r53_listener_action){
            .size = sizeof(*action), .type = R53_ACTION_AUTHENTICATE_OIDC, .order = 1};
        line->action_list[n++] = action++;
    }
    *action = (r53_listener_action){.size = sizeof(*action), .order = (int32_t)n + 1};
    line->action_list[n++] = action;
    if (strcmp(list, "fixed") == 0) {
        action->type = R53_ACTION_FIXED_RESPONSE;
        action->status_code = "404";
        return n;
    }
    action->type = R53_ACTION_FORWARD;
    while ((group = element(&list)) != NULL) {
        char *weight = strchr(group, ':');

        if (weight)
            *weight++ = '\0';
        assert_true(n_groups < LIST_MAX);
        line->groups[n_groups] =
            (r53_weighted_target_group){elb_group_arn(line->groups_arn[n_groups], group),
                                        weight ? (uint32_t)strtoul(weight, NULL, 10) : 1, 0};
        n_groups++;
    }
    action->target_groups = line->groups;
    action->n_target_groups = n_groups;
    return n;
}

/* certs=2 are two default ones, extra=3 three others. */
static uint32_t certificates_read(struct line *line)
{
    int32_t defaults = number_said(line, "certs="), n = defaults + number_said(line, "extra=");

    assert_true(n <= CERTIFICATES_MAX);
    for (int32_t i = 0; i < n; i++) {
        snprintf(line->certificate_arns[i], sizeof(line->certificate_arns[i]), "cert-%d", i);
        line->certificates[i] = (r53_certificate){.size = sizeof(r53_certificate),
                                                  .is_default = i < defaults,
                                                  .certificate_arn = line->certificate_arns[i]};
        line->certificate_list[i] = &line->certificates[i];
    }
    return (uint32_t)n;
}

static void listener_fill(struct line *line, r53_listener *listener, const char **alpn)
{
    char *back = said(line, "back="), *port;

    listener->n_default_actions = actions_read(line);
    listener->default_actions = line->action_list;
    listener->n_certificates = certificates_read(line);
    listener->certificates = line->certificate_list;
    listener->mutual_authentication = number_said(line, "mtls=");
    *alpn = said(line, "alpn=");
    listener->alpn_policy = *alpn ? alpn : NULL;
    listener->n_alpn_policy = *alpn ? 1 : 0;
    if (!back)
        return;
    port = strchr(back, ':');
    *port++ = '\0';
    listener->instance_protocol = r53_protocol_number(back);
    listener->instance_port = (int32_t)strtol(port, NULL, 10);
}

static int32_t listener_create(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const char *name = line->words[2], *alpn;
    r53_listener listener = {.size = sizeof(listener)};

    listener.listener_arn =
        elb_listener_arn(line->arn, said(line, "arn=") ? said(line, "arn=") : name);
    if (name[0] == 'c')
        listener.listener_arn = NULL;
    listener.load_balancer_arn = balancer_of_listener(line->other, name);
    listener.port = strchr(name, ':') ? (int32_t)strtol(strchr(name, ':') + 1, NULL, 10) : 0;
    listener.protocol = line->n > 3 ? r53_protocol_number(line->words[3]) : 0;
    listener_fill(line, &listener, &alpn);
    return r53_listener_create(cloud, &listener, report);
}

static int32_t listener_modify(r53_cloud *cloud, struct line *line, r53_report *report)
{
    r53_listener listener = {.size = sizeof(listener)};
    const char *alpn;

    listener.listener_arn = elb_listener_arn(line->arn, line->words[2]);
    if (said(line, "lb="))
        listener.load_balancer_arn = elb_balancer_arn(line->other, said(line, "lb="));
    listener.port = number_said(line, "port=");
    listener.protocol = said(line, "protocol=") ? r53_protocol_number(said(line, "protocol=")) : 0;
    listener_fill(line, &listener, &alpn);
    return r53_listener_modify(cloud, &listener, report);
}

static int32_t listener_delete(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_listener_delete(cloud, elb_listener_arn(line->arn, line->words[2]), report);
}

static int32_t certificate_add(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const r53_certificate certificate = {.size = sizeof(certificate),
                                         .is_default = has(line, "default"),
                                         .certificate_arn = line->n > 3 ? line->words[3] : NULL};

    return r53_listener_add_certificate(cloud, elb_listener_arn(line->arn, line->words[2]),
                                        &certificate, report);
}

static int32_t certificate_remove(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_listener_remove_certificate(cloud, elb_listener_arn(line->arn, line->words[2]),
                                           line->words[3], report);
}

static int32_t rule_create(r53_cloud *cloud, struct line *line, r53_report *report)
{
    char path[24];
    const char *value = path;
    const r53_condition condition = {
        .size = sizeof(condition), .field = "path-pattern", .values = &value, .n_values = 1};
    const r53_condition *conditions = &condition;
    r53_listener_rule rule = {.size = sizeof(rule), .conditions = &conditions, .n_conditions = 1};

    snprintf(path, sizeof(path), "/%.20s", line->words[3]);
    rule.rule_arn = elb_rule_arn(line->arn, line->words[2], line->words[3]);
    rule.listener_arn = elb_listener_arn(line->other, line->words[2]);
    rule.priority = line->words[3];
    rule.n_actions = actions_read(line);
    rule.actions = line->action_list;
    return r53_listener_rule_create(cloud, &rule, report);
}

static int32_t rule_modify(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const char *value = said(line, "path=");
    const r53_condition condition = {
        .size = sizeof(condition), .field = "path-pattern", .values = &value, .n_values = 1};
    const r53_condition *conditions = &condition;
    r53_listener_rule rule = {.size = sizeof(rule),
                              .conditions = &conditions,
                              .n_conditions = value != NULL,
                              .reset_transforms = has(line, "reset")};

    rule.rule_arn = elb_rule_arn(line->arn, line->words[2], line->words[3]);
    rule.n_actions = actions_read(line);
    rule.actions = line->action_list;
    return r53_listener_rule_modify(cloud, &rule, report);
}

static int32_t rule_delete(r53_cloud *cloud, struct line *line, r53_report *report)
{
    return r53_listener_rule_delete(cloud, elb_rule_arn(line->arn, line->words[2], line->words[3]),
                                    report);
}

/* Targets and attributes */

static const char *holder_arn(char out[ELB_ARN], const char *name)
{
    return name[0] == 'c' ? elb_balancer_arn(out, name) : elb_group_arn(out, name);
}

static r53_target target_read(struct line *line)
{
    r53_target target = {.size = sizeof(target), .id = line->words[2]};
    char *port = strchr(line->words[2], ':');

    if (strncmp(line->words[2], "arn:", 4) == 0) {
        target.id = line->words[2];
    } else if (strchr("an", line->words[2][0])) { /* a load balancer */
        target.id = elb_balancer_arn(line->other, line->words[2]);
    } else if (port) {
        *port++ = '\0';
        target.port = (int32_t)strtol(port, NULL, 10);
    }
    target.availability_zone = line->n > 3 ? line->words[3] : NULL;
    return target;
}

static int32_t target_register(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const r53_target target = target_read(line);

    return r53_target_register(cloud, holder_arn(line->arn, line->words[1]), &target, 0, report);
}

static int32_t target_deregister(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const r53_target target = target_read(line);

    return r53_target_deregister(cloud, holder_arn(line->arn, line->words[1]), &target, 0, report);
}

static int32_t attribute_set(r53_cloud *cloud, struct line *line, r53_report *report)
{
    const char *kind = line->words[1];
    r53_attribute attribute = {.key = line->words[3]};
    char *value = strchr(line->words[3], '=');

    *value++ = '\0';
    attribute.value = value;
    if (strcmp(kind, "lb") == 0)
        return r53_load_balancer_modify_attributes(
            cloud, elb_balancer_arn(line->arn, line->words[2]), &attribute, 1, report);
    if (strcmp(kind, "listener") == 0)
        return r53_listener_modify_attributes(cloud, elb_listener_arn(line->arn, line->words[2]),
                                              &attribute, 1, report);
    return r53_target_group_modify_attributes(cloud, holder_arn(line->arn, line->words[2]),
                                              &attribute, 1, report);
}

/* Lines */

static const struct {
    const char *words;
    int32_t (*call)(r53_cloud *cloud, struct line *line, r53_report *report);
} calls[] = {
    {"create lb ", balancer_create},
    {"zones ", balancer_zones},
    {"ip ", balancer_address_type},
    {"guards ", balancer_guards},
    {"delete lb ", balancer_delete},
    {"create tg ", group_create},
    {"modify tg ", group_modify},
    {"delete tg ", group_delete},
    {"create listener ", listener_create},
    {"modify listener ", listener_modify},
    {"add cert ", certificate_add},
    {"remove cert ", certificate_remove},
    {"delete listener ", listener_delete},
    {"create rule ", rule_create},
    {"modify rule ", rule_modify},
    {"delete rule ", rule_delete},
    {"register ", target_register},
    {"deregister ", target_deregister},
    {"set ", attribute_set},
};

int32_t elb_call(r53_cloud *cloud, const char *text, size_t length, r53_report *report)
{
    for (size_t i = 0; i < COUNT(calls); i++) {
        if (strncmp(text, calls[i].words, strlen(calls[i].words)) == 0) {
            struct line *line = calloc(1, sizeof(*line));
            int32_t rc;

            assert_non_null(line);
            line_cut(line, text, length);
            rc = calls[i].call(cloud, line, report);
            free(line);
            return rc;
        }
    }
    fail_msg("not a line: %.*s", (int)length, text);
    return R53_E_INVALID;
}

int32_t elb_calls(r53_cloud *cloud, const char *lines, r53_report *report)
{
    int32_t rc = R53_OK;

    while (*lines) {
        size_t n = strcspn(lines, "\n");
        const char *line = lines;

        if (rc != R53_OK)
            fail_msg("refused before: %.*s", (int)n, line);
        lines += n + (lines[n] == '\n');
        if (n)
            rc = elb_call(cloud, line, n, report);
    }
    return rc;
}

/* States */

struct elb_state elb_state_take(const r53_cloud *cloud)
{
    struct elb_state state = {0};
    size_t room = 0;

    for (int kind = 0; kind < CLOUD_KINDS; kind++)
        room += cloud->tables[kind].count;
    state.objects = calloc(room + 1, sizeof(*state.objects));
    assert_non_null(state.objects);
    for (int kind = 0; kind < CLOUD_KINDS; kind++) {
        for (size_t i = 0; i < cloud->tables[kind].count; i++) {
            const void *object = r53__table_at(&cloud->tables[kind], (int32_t)i);

            if (object) /* empty slots may come of what was refused */
                state.objects[state.n++] = object;
        }
    }
    return state;
}

int elb_state_same(const struct elb_state *before, const struct elb_state *after)
{
    return before->n == after->n &&
           memcmp(before->objects, after->objects, before->n * sizeof(*before->objects)) == 0;
}

void elb_state_free(struct elb_state *state)
{
    free(state->objects);
    *state = (struct elb_state){0};
}
