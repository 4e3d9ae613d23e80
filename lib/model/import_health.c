/* The import door of health checks and of what was seen of them. */
#include "model/import.h"

#include "base/report.h"
#include "base/sized.h"
#include "base/sort.h"
#include "model/health_check.h"

#include <string.h>

int32_t r53_import_health_check(r53_import *import, const r53_health_check *check)
{
    struct checker checker = {.severity = R53_SEVERITY_WARNING, .aws_name = "InvalidInput"};
    struct health_check *object;
    r53_health_check in;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__health_check_new(&object, &import->memory, check, import->report);
    if (rc)
        return rc;
    checker.report = import->report;
    if (r53__sized_read(&in, sizeof(in), check))
        r53__health_check_judge(&in, false, &checker); /* R53-JSON-09 */
    return r53__import_keep(import, &import->objects[CLOUD_HEALTH_CHECKS],
                            r53__span(object->said.id), object);
}

/* Checks id and value of an observation, and remembers it. */
static int32_t observe(r53_import *import, const struct observation *said, int32_t least,
                       int32_t most)
{
    if (!import)
        return R53_E_INVALID;
    if (!said->id || !*said->id)
        return r53__import_fault(import, "HealthCheckId",
                     "the value is missing; it tells which health check is meant");
    if (said->value < least || said->value > most)
        return r53__import_fault(import, "Status", "the value is no known status");
    return r53__import_observe(import, said);
}

static int32_t stage_status(r53_import *import, const struct observation *said)
{
    return r53__observed_stage_status(import->observed, said->id, said->value);
}

int32_t r53_import_health_check_status(r53_import *import, const char *health_check_id,
                                       int32_t status)
{
    const struct observation said = {.stage = stage_status, .id = health_check_id, .value = status};

    return observe(import, &said, R53_HEALTH_UNKNOWN, R53_HEALTH_UNHEALTHY);
}

static int32_t stage_alarm(r53_import *import, const struct observation *said)
{
    return r53__observed_stage_alarm(import->observed, said->id, said->value);
}

int32_t r53_import_alarm(r53_import *import, const char *health_check_id, int32_t state)
{
    const struct observation said = {.stage = stage_alarm, .id = health_check_id, .value = state};

    return observe(import, &said, R53_ALARM_OK, R53_ALARM_INSUFFICIENT_DATA);
}

/*
 * Checkers. A check's opinions are one list, so to stage them one by one would copy it each time:
 * the last of them stages all, sorted, a list a check.
 */

/* By check, checker, and then by place, which is the order in which they were said. */
static int checker_compare(const void *a, const void *b)
{
    const struct observation *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);

    if (order == 0)
        order = strcmp((*x)->name, (*y)->name);
    return order ? order : x < y ? -1 : x > y;
}

static const struct observation *sorted_at(const void *const *sorted, size_t i)
{
    return *(const struct observation *const *)sorted[i];
}

static int32_t stage_sorted(r53_import *import, const void *const *sorted, size_t n,
                            struct checker_said *room)
{
    int32_t rc = R53_OK;

    for (size_t i = 0, k = 0; i < n && rc == R53_OK; i++) {
        const struct observation *o = sorted_at(sorted, i);
        const struct observation *next = i + 1 < n ? sorted_at(sorted, i + 1) : NULL;
        bool last_of_check = !next || strcmp(o->id, next->id) != 0;

        if (last_of_check || strcmp(o->name, next->name) != 0) /* of several the last holds */
            room[k++] = (struct checker_said){.checker = o->name, .status = o->value};
        if (!last_of_check)
            continue;
        rc = r53__observed_stage_checkers(import->observed, o->id, room, k);
        k = 0;
    }
    return rc;
}

static int32_t stage_checker(r53_import *import, const struct observation *said);

static const struct observation *next_checker(const struct observation *from)
{
    while (from && from->stage != stage_checker)
        from = from->next;
    return from;
}

static int32_t stage_checker(r53_import *import, const struct observation *said)
{
    const struct observation **list;
    struct checker_said *room;
    const void **sorted;
    size_t n = 0, k = 0;
    int32_t rc = R53_E_NOMEM;

    if (next_checker(said->next)) /* a later one stages all */
        return R53_OK;
    for (const struct observation *o = import->first_observation; (o = next_checker(o));
         o = o->next)
        n++;
    list = r53__alloc(&import->memory, n, sizeof(*list));
    sorted = r53__alloc(&import->memory, n, sizeof(*sorted));
    room = r53__alloc(&import->memory, n, sizeof(*room));
    if (list && sorted && room) {
        for (const struct observation *o = import->first_observation; (o = next_checker(o));
             o = o->next) {
            list[k] = o;
            sorted[k] = &list[k];
            k++;
        }
        r53__sort(sorted, n, checker_compare);
        rc = stage_sorted(import, sorted, n, room);
    }
    r53__free(&import->memory, list, n, sizeof(*list));
    r53__free(&import->memory, sorted, n, sizeof(*sorted));
    r53__free(&import->memory, room, n, sizeof(*room));
    return rc;
}

int32_t r53_import_checker(r53_import *import, const char *health_check_id, const char *checker,
                           int32_t status)
{
    const struct observation said = {
        .stage = stage_checker, .id = health_check_id, .name = checker, .value = status};

    if (import && (!checker || !*checker))
        return r53__import_fault(import, "Checker", "the value is missing; it tells whose opinion this is");
    return observe(import, &said, R53_HEALTH_UNKNOWN, R53_HEALTH_UNHEALTHY);
}

/* Children: told of when all that the import says is staged */

static void warn_child(const r53_import *import, int32_t code, int32_t rule, const char *format,
                       const char *parent, const char *child)
{
    r53__remark(import->report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                                 .code = code,
                                                 .rule = rule,
                                                 .format = format,
                                                 .args = {parent, child}});
}

void r53__import_warn_children(const r53_import *import)
{
    const struct table *said = &import->objects[CLOUD_HEALTH_CHECKS];
    const struct table *all = &import->cloud->tables[CLOUD_HEALTH_CHECKS];

    for (size_t i = 0; i < said->count; i++) {
        const struct health_check *parent = r53__table_at(said, (int32_t)i);

        for (uint32_t k = 0; parent && k < parent->said.n_child_health_checks; k++) {
            const char *id = parent->said.child_health_checks[k];
            const struct health_check *child = r53__table_staged(all, r53__span(id));

            if (!child)
                warn_child(import, R53_E_NOT_FOUND, RULE_R53_HC_15,
                           "the calculated health check '{0}' has the child '{1}', which is not "
                           "known; it counts as healthy",
                           parent->said.id, id);
            else if (child->said.type == R53_CHECK_CALCULATED)
                warn_child(import, R53_E_INVALID, RULE_R53_HC_10,
                           "the calculated health check '{0}' has the child '{1}', which is "
                           "calculated too",
                           parent->said.id, id);
        }
    }
}
