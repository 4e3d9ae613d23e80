/*
 * What was seen of health checks. A status or an alarm is a small object of its own; the opinions
 * of a check's checkers are one sorted list, made anew with what is said merged in.
 */
#include "model/observed.h"

#include "model/spec.h"

#include <string.h>

/* Commits what was staged, if it was. */
static int32_t finish(r53_observed *observed, int32_t rc)
{
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}

static bool named(const r53_observed *observed, const char *health_check_id)
{
    return observed && health_check_id && *health_check_id;
}

/* Status and alarm */

/* Stages a status with these members; one that says nothing is none. */
static int32_t stage_members(r53_observed *observed, const char *id, struct health_status members)
{
    struct health_status *object;

    if (!members.status && !members.alarm)
        return r53__table_give(&observed->tables[OBSERVED_HEALTH_CHECKS], r53__span(id), NULL);
    object = r53__object_new(&observed->memory, sizeof(*object));
    if (!object)
        return R53_E_NOMEM;
    object->status = members.status;
    object->alarm = members.alarm;
    object->last_known = members.last_known;
    return r53__table_give(&observed->tables[OBSERVED_HEALTH_CHECKS], r53__span(id), object);
}

/* What is said of the check so far; the head is of no use in a copy. */
static struct health_status members_of(const r53_observed *observed, const char *id)
{
    const struct health_status *old =
        r53__table_staged(&observed->tables[OBSERVED_HEALTH_CHECKS], r53__span(id));
    struct health_status members = {.status = R53_HEALTH_UNKNOWN};

    if (old) {
        members.status = old->status;
        members.alarm = old->alarm;
        members.last_known = old->last_known;
    }
    return members;
}

int32_t r53__observed_stage_status(r53_observed *observed, const char *health_check_id,
                                   int32_t status)
{
    struct health_status members = members_of(observed, health_check_id);

    members.status = status;
    return stage_members(observed, health_check_id, members);
}

int32_t r53__observed_stage_alarm(r53_observed *observed, const char *health_check_id,
                                  int32_t state)
{
    struct health_status members = members_of(observed, health_check_id);

    members.alarm = state;
    if (state == R53_ALARM_OK) /* R53-HC-11: insufficient data leaves what was known */
        members.last_known = R53_HEALTH_HEALTHY;
    else if (state == R53_ALARM_ALARM)
        members.last_known = R53_HEALTH_UNHEALTHY;
    return stage_members(observed, health_check_id, members);
}

int32_t r53_observe_health_check(r53_observed *observed, const char *health_check_id,
                                 int32_t status)
{
    if (!named(observed, health_check_id))
        return R53_E_INVALID;
    if (status < R53_HEALTH_UNKNOWN || status > R53_HEALTH_UNHEALTHY)
        return R53_E_INVALID;
    return finish(observed, r53__observed_stage_status(observed, health_check_id, status));
}

int32_t r53_observe_alarm(r53_observed *observed, const char *health_check_id, int32_t state)
{
    if (!named(observed, health_check_id))
        return R53_E_INVALID;
    if (state < R53_ALARM_OK || state > R53_ALARM_INSUFFICIENT_DATA)
        return R53_E_INVALID;
    return finish(observed, r53__observed_stage_alarm(observed, health_check_id, state));
}

/* Checkers */

static void opinion_put(struct spec *spec, struct opinion_list *list,
                        struct checker_opinion *opinions, const struct checker_opinion *opinion)
{
    struct checker_opinion *kept = &opinions[list->n_opinions++];

    *kept = *opinion;
    kept->checker = r53__spec_text(spec, opinion->checker);
    list->n_up += opinion->healthy;
}

static struct checker_opinion opinion_of(const struct checker_said *said)
{
    return (struct checker_opinion){.checker = said->checker,
                                    .checked_ms = said->checked_ms,
                                    .result = said->result,
                                    .run = said->run,
                                    .healthy = said->status == R53_HEALTH_HEALTHY};
}

/* Merges two sorted runs; of equals what is said now stays. */
static void opinions_merge(struct spec *spec, struct opinion_list *list,
                           const struct opinion_list *old, const struct checker_said *said,
                           size_t n)
{
    struct checker_opinion *opinions =
        r53__spec_alloc(spec, old->n_opinions + n, sizeof(*opinions));
    uint32_t i = 0;

    for (size_t j = 0; !spec->error && (i < old->n_opinions || j < n);) {
        const struct checker_opinion *a = i < old->n_opinions ? &old->opinions[i] : NULL;
        const struct checker_said *b = j < n ? &said[j] : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->checker, b->checker);
        struct checker_opinion now = order < 0 ? *a : opinion_of(b);

        i += order <= 0;
        j += order >= 0;
        if (order < 0 || b->status != R53_HEALTH_UNKNOWN)
            opinion_put(spec, list, opinions, &now);
    }
    list->opinions = opinions;
}

int32_t r53__observed_stage_checkers(r53_observed *observed, const char *health_check_id,
                                     const struct checker_said *said, size_t n)
{
    static const struct opinion_list none;
    const struct opinion_list *old =
        r53__table_staged(&observed->tables[OBSERVED_CHECKERS], r53__span(health_check_id));
    struct opinion_list *list = r53__object_new(&observed->memory, sizeof(*list));
    struct spec spec = r53__spec(list ? &list->head.arena : NULL, NULL);

    if (list)
        opinions_merge(&spec, list, old ? old : &none, said, n);
    if (spec.error || list->n_opinions == 0) {
        r53__object_unref(list);
        list = NULL;
    }
    return spec.error ? spec.error
                      : r53__table_give(&observed->tables[OBSERVED_CHECKERS],
                                        r53__span(health_check_id), list);
}

const struct checker_opinion *r53__observed_checker(const r53_observed *observed,
                                                    const char *health_check_id,
                                                    const char *checker)
{
    const struct opinion_list *list =
        r53__table_find(&observed->tables[OBSERVED_CHECKERS], r53__span(health_check_id));
    uint32_t low = 0, high = list ? list->n_opinions : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(list->opinions[middle].checker, checker);

        if (order == 0)
            return &list->opinions[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

int32_t r53_observe_checker(r53_observed *observed, const char *health_check_id,
                            const char *checker, int32_t status)
{
    const struct checker_said said = {.checker = checker, .status = status};

    if (!named(observed, health_check_id) || !checker || !*checker)
        return R53_E_INVALID;
    if (status < R53_HEALTH_UNKNOWN || status > R53_HEALTH_UNHEALTHY)
        return R53_E_INVALID;
    return finish(observed, r53__observed_stage_checkers(observed, health_check_id, &said, 1));
}
