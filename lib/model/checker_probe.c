/*
 * One probe of an endpoint by one checker: what it comes to by the check's kind, and what becomes
 * of the checker's opinion. The steps of a probe are a list, and its kind says how many of them
 * there are; the first that fails is the result.
 *
 *   TCP                look-up ── connection (10 s)
 *   HTTP, HTTPS        look-up ── connection (4 s) ── status (2 s)
 *   *_STR_MATCH        look-up ── connection (4 s) ── status (2 s) ── body (2 s) ── match
 *
 * Nothing tells HTTPS from HTTP here: certificates are not validated (R53-HC-03).
 */
#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/cloud.h"
#include "model/health_check.h"
#include "model/observed.h"

#include <string.h>

enum {
    CONNECT_MS = 4000,
    CONNECT_TCP_MS = 10000,
    STATUS_MS = 2000,
    BODY_MS = 2000,
    BODY_SEARCHED = 5120, /* octets from the start of the body */
    STATUS_FIRST = 200,
    STATUS_LAST = 399
};

/* A probe of a check that has an endpoint. */
struct checking {
    const r53_health_check *check;
    r53_checker_probe in;
};

/* Judging: 0, or the enum r53_probe_result that ends it */

/* R53-HC-12 */
static int32_t look_up(const struct checking *c)
{
    return c->in.unresolved ? R53_PROBE_NOT_RESOLVED : 0;
}

static int32_t connection(const struct checking *c)
{
    int32_t limit = c->check->type == R53_CHECK_TCP ? CONNECT_TCP_MS : CONNECT_MS;

    return c->in.connected && c->in.connect_ms <= limit ? 0 : R53_PROBE_NOT_CONNECTED;
}

static int32_t status(const struct checking *c)
{
    if (c->in.status_code == 0 || c->in.status_ms > STATUS_MS)
        return R53_PROBE_NO_STATUS;
    return c->in.status_code >= STATUS_FIRST && c->in.status_code <= STATUS_LAST
               ? 0
               : R53_PROBE_WRONG_STATUS;
}

static int32_t body(const struct checking *c)
{
    return c->in.body && c->in.body_ms <= BODY_MS ? 0 : R53_PROBE_NO_BODY;
}

/* Letter case counts, and the text lies wholly within what is searched. */
static int32_t match(const struct checking *c)
{
    struct span wanted = r53__span(c->check->search_string);
    size_t n = c->in.n_body < BODY_SEARCHED ? c->in.n_body : BODY_SEARCHED;
    const char *from = c->in.body;

    for (size_t at = 0; at + wanted.length <= n; at++) {
        if (wanted.length == 0 || memcmp(from + at, wanted.at, wanted.length) == 0)
            return 0;
    }
    return R53_PROBE_NO_MATCH;
}

/* R53-HC-03 */
static int32_t result_of(const struct checking *c)
{
    static int32_t (*const steps[])(const struct checking *) = {look_up, connection, status, body,
                                                                match};
    static const uint8_t n_steps[] = {
        [R53_CHECK_HTTP] = 3,
        [R53_CHECK_HTTPS] = 3,
        [R53_CHECK_HTTP_STR_MATCH] = 5,
        [R53_CHECK_HTTPS_STR_MATCH] = 5,
        [R53_CHECK_TCP] = 2,
    };

    for (size_t i = 0; i < n_steps[c->check->type]; i++) {
        int32_t failure = steps[i](c);

        if (failure)
            return failure;
    }
    return R53_PROBE_PASSED;
}

/* The opinion behind this result. `old` NULL: nobody has heard of the checker (R53-HC-06). */
static struct checker_said opinion_after(const struct checking *c, int32_t result,
                                         const struct checker_opinion *old)
{
    bool passed = result == R53_PROBE_PASSED, healthy = old ? old->healthy : true;
    struct checker_said said = {
        .checker = c->in.checker, .result = result, .checked_ms = c->in.now_ms};

    if (old && old->result && old->checked_ms > c->in.now_ms)
        said.checked_ms = old->checked_ms;
    if (passed != healthy)
        said.run = old ? old->run + 1 : 1;
    if (said.run > 0 && said.run >= c->check->failure_threshold) { /* R53-HC-04 */
        healthy = passed;
        said.run = 0;
    }
    said.status = healthy ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;
    return said;
}

/* Reading */

static int32_t meaningless(r53_report *report, const char *member, const char *format)
{
    return r53__remark(report, &(struct remark){.path = member, .format = format});
}

static int32_t numbers_check(const r53_checker_probe *in, r53_report *report)
{
    const struct {
        const char *member;
        int32_t value, most;
    } numbers[] = {{"connected", in->connected, 1},           {"unresolved", in->unresolved, 1},
                   {"connect_ms", in->connect_ms, INT32_MAX}, {"status_code", in->status_code, 999},
                   {"status_ms", in->status_ms, INT32_MAX},   {"body_ms", in->body_ms, INT32_MAX}};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        char value[NUMBER_TEXT_MAX], most[NUMBER_TEXT_MAX];

        if (numbers[i].value >= 0 && numbers[i].value <= numbers[i].most)
            continue;
        r53__number_print(value, numbers[i].value);
        r53__number_print(most, numbers[i].most);
        return r53__remark(report,
                           &(struct remark){.path = numbers[i].member,
                                            .format = "{0} is out of range; expected 0 to {1}",
                                            .args = {value, most}});
    }
    return R53_OK;
}

static int32_t members_check(const r53_checker_probe *in, r53_report *report)
{
    if (!in->health_check_id || !*in->health_check_id)
        return meaningless(report, "health_check_id",
                           "the value is missing; it tells which health check is meant");
    if (!in->checker || !*in->checker)
        return meaningless(report, "checker", "the value is missing; it tells who probed");
    if (in->n_body > 0 && !in->body)
        return meaningless(report, "body", "it is NULL, though it has a length");
    return numbers_check(in, report);
}

static int32_t refuse(r53_report *report, int32_t rule, const char *format, const char *id,
                      const char *type)
{
    return r53__remark(report,
                       &(struct remark){.rule = rule, .format = format, .args = {id, type}});
}

/* Is there anybody who would probe, and in this way? */
static int32_t check_suits(const struct checking *c, r53_report *report)
{
    const r53_health_check *check = c->check;

    if (check->type > R53_CHECK_TCP)
        return refuse(report, RULE_R53_HC_17,
                      "the health check '{0}' is of type {1}, which has no checkers", check->id,
                      r53_health_check_type_name(check->type));
    if (check->disabled)
        return refuse(report, RULE_R53_HC_08,
                      "the health check '{0}' is disabled, so nobody probes its endpoint",
                      check->id, NULL);
    if (c->in.unresolved && check->ip_address)
        return refuse(report, RULE_R53_HC_12,
                      "the health check '{0}' has an address, so its checkers look nothing up",
                      check->id, NULL);
    return R53_OK;
}

static int32_t probe_read(struct checking *c, const r53_cloud *cloud,
                          const r53_checker_probe *probe, r53_report *report)
{
    const struct health_check *found;
    int32_t rc;

    if (!r53__sized_read(&c->in, sizeof(c->in), probe))
        return r53__sized_refuse(report, "size", "probe", probe, sizeof(c->in));
    rc = members_check(&c->in, report);
    if (rc)
        return rc;
    found = r53__table_find(&cloud->tables[CLOUD_HEALTH_CHECKS], r53__span(c->in.health_check_id));
    if (!found)
        return r53__remark(report,
                           &(struct remark){.code = R53_E_NOT_FOUND,
                                            .rule = RULE_R53_ERR_35,
                                            .aws_name = "NoSuchHealthCheck",
                                            .format = "A health check with id {0} does not exist.",
                                            .args = {c->in.health_check_id}});
    c->check = &found->said;
    return check_suits(c, report);
}

int32_t r53_observe_checker_probe(r53_observed *observed, const r53_cloud *cloud,
                                  const r53_checker_probe *probe, r53_report *report)
{
    struct checking c = {.check = NULL};
    struct checker_said said;
    int32_t rc;

    if (!observed || !cloud || !probe)
        return meaningless(report, NULL, "a pointer is NULL");
    rc = probe_read(&c, cloud, probe, report);
    if (rc)
        return rc;
    said = opinion_after(&c, result_of(&c),
                         r53__observed_checker(observed, c.check->id, c.in.checker));
    if (r53__observed_stage_checkers(observed, c.check->id, &said, 1) != R53_OK)
        return r53__remark_nomem(report);
    r53__observed_commit(observed);
    return R53_OK;
}

/* What a checker writes into the Host header: R53-HC-12. */
int32_t r53_health_check_host(const r53_health_check *check, char *buffer, size_t capacity,
                              size_t *length)
{
    r53_health_check in;
    struct text text;
    int32_t usual;

    if (!r53__sized_read(&in, sizeof(in), check) || (capacity > 0 && !buffer))
        return R53_E_INVALID;
    if (in.type < R53_CHECK_HTTP || in.type > R53_CHECK_HTTPS_STR_MATCH)
        return R53_E_INVALID;
    usual = in.type == R53_CHECK_HTTP || in.type == R53_CHECK_HTTP_STR_MATCH ? 80 : 443;
    r53__text_init(&text, buffer, capacity);
    r53__put(&text,
             in.fully_qualified_domain_name ? in.fully_qualified_domain_name : in.ip_address);
    if (in.fully_qualified_domain_name && in.port != 0 && in.port != usual) {
        r53__put_char(&text, ':');
        r53__put_i64(&text, in.port);
    }
    if (length)
        *length = text.length;
    return r53__text_fits(&text) ? R53_OK : R53_E_NO_SPACE;
}
