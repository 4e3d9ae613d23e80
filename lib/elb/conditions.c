#include "elb/conditions.h"

#include "elb/wildcard.h"

/* ELB-ALB-RULE-03: one value is enough. */
static bool any_pattern(const struct condition *condition, struct span text)
{
    for (uint32_t i = 0; i < condition->n_values; i++) {
        if (r53__wildcard_match(&condition->values[i], text))
            return true;
    }
    return false;
}

/* 1, 0 or an error code. */
static int32_t any_regex(const struct condition *condition, struct span text)
{
    int32_t rc = 0;

    for (uint32_t i = 0; i < condition->n_regexes && rc == 0; i++)
        rc = r53__regex_match(&condition->regexes[i], text, NULL, 0);
    return rc;
}

static int32_t host_holds(const struct condition *condition, const struct subject *subject)
{
    struct span host = subject->host_values_port ? subject->host_header : subject->host;

    if (any_pattern(condition, host)) /* ELB-ALB-COND-10 */
        return 1;
    return any_regex(condition, subject->host_header); /* ELB-ALB-COND-74 */
}

static int32_t path_holds(const struct condition *condition, const struct subject *subject)
{
    struct span path = subject->request->path; /* ELB-ALB-COND-20, -21, -73 */

    return any_pattern(condition, path) ? 1 : any_regex(condition, path);
}

/* ELB-ALB-COND-30: each occurrence in order; without any it does not hold (ELB-ALB-COND-31). */
static int32_t header_holds(const struct condition *condition, const struct subject *subject)
{
    struct span value;
    uint32_t at = 0;
    int32_t rc = 0;

    while (rc == 0 && r53__header_next(subject, r53__span(condition->header_name), &at, &value))
        rc = any_pattern(condition, value) ? 1 : any_regex(condition, value);
    return rc;
}

/* ELB-ALB-COND-40 */
static int32_t method_holds(const struct condition *condition, const struct subject *subject)
{
    for (uint32_t i = 0; i < condition->n_values; i++) {
        if (r53__span_is(subject->request->method, condition->methods[i]))
            return 1;
    }
    return 0;
}

/* ELB-ALB-COND-52: split at the first "=". */
static void pair_split(struct span pair, struct span *key, struct span *value)
{
    size_t equals = 0;

    while (equals < pair.length && pair.at[equals] != '=')
        equals++;
    *key = (struct span){pair.at, equals};
    *value = (struct span){pair.at + pair.length, 0};
    if (equals < pair.length)
        *value = (struct span){pair.at + equals + 1, pair.length - equals - 1};
}

/* ELB-ALB-COND-50, -51: one entry for one pair. */
static bool pair_holds(const struct condition *condition, struct span pair)
{
    struct span key, value;

    pair_split(pair, &key, &value);
    for (uint32_t i = 0; i < condition->n_values; i++) {
        const struct pattern *wanted = &condition->keys[i];

        if ((!wanted->at || r53__wildcard_match(wanted, key)) &&
            r53__wildcard_match(&condition->values[i], value))
            return true;
    }
    return false;
}

static int32_t query_holds(const struct condition *condition, const struct subject *subject)
{
    struct span rest = subject->request->url.query;

    if (!subject->request->url.has_query) /* "?" alone is one empty pair, no "?" is none */
        return 0;
    for (;;) {
        size_t end = 0;

        while (end < rest.length && rest.at[end] != '&')
            end++;
        if (pair_holds(condition, (struct span){rest.at, end}))
            return 1;
        if (end == rest.length)
            return 0;
        rest = (struct span){rest.at + end + 1, rest.length - end - 1};
    }
}

/* ELB-ALB-COND-60, -61: the peer of the connection, whatever a header says. */
static int32_t source_holds(const struct condition *condition, const struct subject *subject)
{
    const struct address *source = &subject->request->source;

    if (condition->family && condition->family == source->family) /* ELB-LSN-24 */
        return 1;
    for (uint32_t i = 0; i < condition->n_values; i++) {
        if (source->family && r53__prefix_contains(&condition->prefixes[i], source))
            return 1;
    }
    return 0;
}

static int32_t (*const rows[])(const struct condition *, const struct subject *) = {
    [CONDITION_HOST_HEADER] = host_holds,   [CONDITION_PATH_PATTERN] = path_holds,
    [CONDITION_HTTP_HEADER] = header_holds, [CONDITION_REQUEST_METHOD] = method_holds,
    [CONDITION_QUERY_STRING] = query_holds, [CONDITION_SOURCE_IP] = source_holds,
};

int32_t r53__condition_holds(const struct condition *condition, const struct subject *subject)
{
    return rows[condition->field](condition, subject);
}
