/*
 * The import door of what happens to load balancers: zones that traffic is led away from, instances that do not run, and
 * targets that get less than their share. Staged at commit, when it is known whether the load
 * balancer and its zone are there.
 */
#include "model/import.h"

#include "base/report.h"
#include "model/forward_walk.h"
#include "model/instance_state.h"
#include "model/load_balancer.h"
#include "model/shift_check.h"
#include "model/target_mark.h"

#include <string.h>

static bool zone_enabled(const struct load_balancer *lb, const char *zone_name)
{
    for (uint32_t i = 0; i < lb->n_nodes; i++) {
        if (strcmp(lb->nodes[i].zone_name, zone_name) == 0)
            return true;
    }
    return lb->n_nodes == 0; /* ELB-JSON-02: not said which zones there are */
}

/* A mark that changes nothing is likely one on the wrong thing. */
static void warn_unknown(const r53_import *import, const struct observation *said)
{
    const struct load_balancer *lb =
        r53__table_staged(&import->cloud->tables[CLOUD_LOAD_BALANCERS], r53__span(said->id));

    if (lb && zone_enabled(lb, said->name))
        return;
    r53__remark(import->report,
                &(struct remark){.severity = R53_SEVERITY_WARNING,
                                 .code = R53_E_NOT_FOUND,
                                 .rule = lb ? RULE_ELB_LB_10 : RULE_NONE,
                                 .format = lb ? "the load balancer '{0}' has no node in '{1}', so "
                                                "what is said of that zone changes nothing"
                                              : "the load balancer '{0}', whose zone '{1}' is "
                                                "spoken of, is not known",
                                 .args = {said->id, said->name}});
}

static int32_t stage_zone(r53_import *import, const struct observation *said, enum zone_mark mark)
{
    if (said->value)
        warn_unknown(import, said);
    return r53__observed_stage_zone(import->observed, said->id, said->name, mark, said->value);
}

/* A shift that AWS would not have begun may be one of another load balancer (ELB-LB-31). */
static int32_t stage_shift(r53_import *import, const struct observation *said)
{
    const struct load_balancer *lb =
        r53__cloud_find(import->cloud, CLOUD_LOAD_BALANCERS, said->id, true);

    if (lb && said->value)
        r53__shift_check(import->cloud, lb, import->report);
    return stage_zone(import, said, ZONE_SHIFTED);
}

static int32_t stage_impaired(r53_import *import, const struct observation *said)
{
    return stage_zone(import, said, ZONE_IMPAIRED);
}

static int32_t observe_zone(r53_import *import, const struct observation *said, const char *flag)
{
    if (!import)
        return R53_E_INVALID;
    if (!said->id || !*said->id)
        return r53__import_fault(import, "LoadBalancer",
                                 "the value is missing; it tells whose zone is meant");
    if (!said->name || !*said->name)
        return r53__import_fault(import, "ZoneName", "the value is missing");
    if (said->value != 0 && said->value != 1)
        return r53__import_fault(import, flag, "the value is neither 0 nor 1");
    return r53__import_observe(import, said);
}

int32_t r53_import_zonal_shift(r53_import *import, const char *load_balancer_arn,
                               const char *zone_name, int32_t shifted)
{
    const struct observation said = {
        .stage = stage_shift, .id = load_balancer_arn, .name = zone_name, .value = shifted};

    return observe_zone(import, &said, "Shifted");
}

int32_t r53_import_zone_impaired(r53_import *import, const char *load_balancer_arn,
                                 const char *zone_name, int32_t impaired)
{
    const struct observation said = {
        .stage = stage_impaired, .id = load_balancer_arn, .name = zone_name, .value = impaired};

    return observe_zone(import, &said, "Impaired");
}

static int32_t stage_instance(r53_import *import, const struct observation *said)
{
    return r53__instance_state_stage(import->observed, said->id, said->value);
}

int32_t r53_import_instance_state(r53_import *import, const char *instance_id, int32_t state)
{
    const struct observation said = {.stage = stage_instance, .id = instance_id, .value = state};

    if (!import)
        return R53_E_INVALID;
    if (!instance_id || !*instance_id)
        return r53__import_fault(import, "InstanceId", "the value is missing");
    if (!r53__instance_state_valid(state))
        return r53__import_fault(import, "State", "the value is no state of an instance");
    return r53__import_observe(import, &said);
}

static int32_t stage_mark(r53_import *import, const struct observation *said,
                          enum target_mark mark)
{
    const struct target_mark_said read = {mark, said->id, said->name, said->port, said->value};

    return r53__target_mark_stage(import->observed, &read);
}

static int32_t stage_mitigation(r53_import *import, const struct observation *said)
{
    return stage_mark(import, said, MARK_MITIGATION);
}

static int32_t stage_slots(r53_import *import, const struct observation *said)
{
    return stage_mark(import, said, MARK_SLOTS);
}

/* `expected` is told if a member makes no sense. */
static int32_t observe_mark(r53_import *import, const struct observation *stage,
                            const struct target_mark_said *in, const r53_target *target,
                            const char *expected)
{
    struct observation said = *stage;
    struct target_mark_said read;
    const char *member;

    if (!import)
        return R53_E_INVALID;
    member = r53__target_mark_read(&read, in->mark, in->group_arn, target, in->value);
    if (member)
        return r53__import_fault(import, member, expected);
    said.id = read.group_arn;
    said.name = read.id;
    said.port = read.port;
    said.value = read.value;
    return r53__import_observe(import, &said);
}

int32_t r53_import_mitigation(r53_import *import, const char *target_group_arn,
                              const r53_target *target, int32_t weight)
{
    const struct target_mark_said said = {MARK_MITIGATION, target_group_arn, NULL, 0, weight};

    return observe_mark(import, &(struct observation){.stage = stage_mitigation}, &said, target,
                        "the value is missing or not valid; expected: the target group's ARN, the "
                        "target's id, a port or 0, and a weight of at most 1000 thousandths");
}

int32_t r53_import_target_slots(r53_import *import, const char *target_group_arn,
                                const r53_target *target, int32_t slots)
{
    const struct target_mark_said said = {MARK_SLOTS, target_group_arn, NULL, 0, slots};

    return observe_mark(import, &(struct observation){.stage = stage_slots}, &said, target,
                        "the value is missing or not valid; expected: the target group's ARN, the "
                        "target's id, a port or 0, and a number of slots, or -1");
}
