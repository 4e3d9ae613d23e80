/* Health checks: their kinds, and sealing one. */
#include "model/health_check.h"

#include "model/cloud.h"

#include <string.h>

enum {
    INTERVAL_DEFAULT = 30, /* R53-HC-02 */
    FAILURES_DEFAULT = 3,
    PORT_HTTP = 80,
    PORT_HTTPS = 443
};

/* Kinds, in the order of the public enum, and what AWS fills in. */
static const char *const type_names[] = {
    "HTTP", "HTTPS",      "HTTP_STR_MATCH",    "HTTPS_STR_MATCH",
    "TCP",  "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"};

static const struct words types = {"a health check type", type_names,
                                   (int32_t)(sizeof(type_names) / sizeof(*type_names))};

static const struct {
    int32_t port, request_interval, failure_threshold, enable_sni;
} defaults[] = {
    [R53_CHECK_HTTP] = {PORT_HTTP, INTERVAL_DEFAULT, FAILURES_DEFAULT, 0},
    [R53_CHECK_HTTPS] = {PORT_HTTPS, INTERVAL_DEFAULT, FAILURES_DEFAULT, R53_OPTION_ON},
    [R53_CHECK_HTTP_STR_MATCH] = {PORT_HTTP, INTERVAL_DEFAULT, FAILURES_DEFAULT, 0},
    [R53_CHECK_HTTPS_STR_MATCH] = {PORT_HTTPS, INTERVAL_DEFAULT, FAILURES_DEFAULT, R53_OPTION_ON},
    [R53_CHECK_TCP] = {0, INTERVAL_DEFAULT, FAILURES_DEFAULT, 0},
    [R53_CHECK_RECOVERY_CONTROL] = {0, 0, 0, 0},
};

const char *r53_health_check_type_name(int32_t type)
{
    return r53__words_name(&types, type);
}

/* Sealing */

/* R53-HC-02: "/" is put in front if it is missing. */
static const char *path_copy(struct spec *spec, const char *path)
{
    size_t length = r53__span(path).length;
    char *copy;

    if (length == 0 || path[0] == '/')
        return r53__spec_maybe(spec, length ? path : NULL);
    copy = r53__spec_alloc(spec, length + 2, 1);
    if (copy) {
        copy[0] = '/';
        memcpy(copy + 1, path, length);
    }
    return copy;
}

static const char *text_copy(struct spec *spec, const char *text)
{
    return r53__spec_maybe(spec, r53__text_or_null(text));
}

static const char *const *list_copy(struct spec *spec, const char *member, const char *const *list,
                                    uint32_t n)
{
    const char **copy;

    if (!r53__spec_list(spec, member, list, n))
        return NULL;
    copy = r53__spec_alloc(spec, n, sizeof(*copy));
    for (uint32_t i = 0; i < n && !spec->error; i++)
        copy[i] = r53__spec_id(spec, member, list[i]);
    return copy;
}

static void said_copy(struct spec *spec, r53_health_check *to, const r53_health_check *in)
{
    *to = *in;
    to->size = sizeof(*to);
    to->id = r53__spec_id(spec, "Id", in->id);
    to->account = text_copy(spec, in->account);
    to->caller_reference = text_copy(spec, in->caller_reference);
    to->ip_address = text_copy(spec, in->ip_address);
    to->fully_qualified_domain_name = text_copy(spec, in->fully_qualified_domain_name);
    to->resource_path = path_copy(spec, in->resource_path);
    to->search_string = text_copy(spec, in->search_string);
    to->regions = list_copy(spec, "Regions", in->regions, in->n_regions);
    to->child_health_checks =
        list_copy(spec, "ChildHealthChecks", in->child_health_checks, in->n_child_health_checks);
    to->alarm_region = text_copy(spec, in->alarm_region);
    to->alarm_name = text_copy(spec, in->alarm_name);
    to->routing_control_arn = text_copy(spec, in->routing_control_arn);
}

static void default_put(int32_t *member, int32_t by_default)
{
    if (*member == 0)
        *member = by_default;
}

static void defaults_put(r53_health_check *said)
{
    default_put(&said->port, defaults[said->type].port);
    default_put(&said->request_interval, defaults[said->type].request_interval);
    default_put(&said->failure_threshold, defaults[said->type].failure_threshold);
    default_put(&said->enable_sni, defaults[said->type].enable_sni);
    if (!said->has_health_threshold)
        said->health_threshold = 0;
    if (said->health_check_version < 1) /* R53-HC-14 */
        said->health_check_version = 1;
}

int32_t r53__health_check_new(struct health_check **out, const struct memory *memory,
                              const r53_health_check *said, r53_report *report)
{
    struct health_check *check = r53__object_new(memory, sizeof(*check));
    struct spec spec = r53__spec(check ? &check->head.arena : NULL, report);
    r53_health_check in;

    if (r53__spec_read(&spec, &in, sizeof(in), said)) {
        r53__spec_reserved(&spec, in.reserved);
        said_copy(&spec, &check->said, &in);
        r53__spec_word(&spec, "HealthCheckConfig.Type", &types, in.type, 0);
        if (in.type == 0)
            r53__spec_fault(&spec, "HealthCheckConfig.Type", NULL, "the value is missing", NULL);
    }
    if (spec.error) {
        r53__object_unref(check);
        return spec.error;
    }
    defaults_put(&check->said);
    *out = check;
    return R53_OK;
}

const struct health_check *r53__health_check_find(const struct r53_cloud *cloud, const char *id)
{
    return r53__table_find(&cloud->tables[CLOUD_HEALTH_CHECKS], r53__span(id));
}

int32_t r53__health_check_unknown(r53_report *report, const char *id)
{
    return r53__remark(report,
                       &(struct remark){.code = R53_E_NOT_FOUND,
                                        .rule = RULE_R53_ERR_35,
                                        .aws_name = "NoSuchHealthCheck",
                                        .path = "Id",
                                        .format = "A health check with id {0} does not exist.",
                                        .args = {id ? id : "null"}});
}

bool r53__health_check_lists(const r53_health_check *parent, const char *id)
{
    for (uint32_t i = 0; i < parent->n_child_health_checks; i++) {
        if (strcmp(parent->child_health_checks[i], id) == 0)
            return true;
    }
    return false;
}

struct span r53__health_check_reference(struct arena *arena, const r53_health_check *said)
{
    struct span account = r53__span(said->account), reference = r53__span(said->caller_reference);
    char *key = r53__arena_alloc(arena, account.length + reference.length + 1, 1);

    if (!key)
        return (struct span){NULL, 0};
    if (account.length)
        memcpy(key, account.at, account.length);
    memcpy(key + account.length + 1, reference.at, reference.length);
    return (struct span){key, account.length + reference.length + 1};
}
