#include "model/alias_lint.h"

#include "base/report.h"
#include "base/rules.h"

enum { LEVELS_MAX = 3 }; /* R53-ALIAS-15 */

enum visit_state { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

/* A group on the walk, which goes to the bottom of each chain first. */
struct visit {
    uint8_t state;
    uint32_t next;  /* member to look at */
    uint32_t below; /* most groups that its aliases pass, one after the other */
    int32_t from;   /* group that led here, -1: none */
};

struct lint {
    const struct zone *zone;
    struct visit *visits; /* one a group */
    r53_report *report;
};

static int32_t group_of(const struct zone *zone, struct name name, uint16_t type)
{
    const struct group *group;

    if (!r53__name_is_under(name, zone->name))
        return -1;
    group = r53__zone_group(zone, r53__zone_owner(zone, name), type);
    return group ? (int32_t)(group - zone->groups) : -1;
}

/* The group of the zone that the record set leads to, or -1. */
static int32_t leads_to(const struct zone *zone, const struct record_set *set)
{
    uint16_t type = zone->groups[set->group].type;
    uint32_t at = set->values;
    struct rdata value;

    if (set->flags & RECORD_ALIAS)
        return set->detail < 0 ? -1
                               : group_of(zone, r53__record_detail(zone, set)->alias_name, type);
    if (type != R53_TYPE_CNAME || set->n_values == 0)
        return -1;
    value = r53__record_next(zone, &at);
    return group_of(zone, (struct name){value.octets, value.length}, type);
}

/* {0} name, {1} type of the group, {2} zone */
static void warn(const struct lint *lint, int32_t at, int32_t rule, const char *format)
{
    const struct group *group = &lint->zone->groups[at];
    char owner[NAME_TEXT_MAX];

    r53__name_print(owner, r53__owner_name(lint->zone, (int32_t)group->owner));
    r53__remark(lint->report,
                &(struct remark){.severity = R53_SEVERITY_WARNING,
                                 .rule = rule,
                                 .format = format,
                                 .args = {owner, r53_type_name(group->type), lint->zone->id}});
}

/* What a member of `at` leads to has been looked at to its bottom. */
static void note_below(const struct lint *lint, int32_t at, const struct record_set *set,
                       int32_t to)
{
    struct visit *visit = &lint->visits[at];
    uint32_t below = lint->visits[to].below + 1;

    if ((set->flags & RECORD_ALIAS) && below > visit->below)
        visit->below = below;
}

/* One step: to the next member of the group, down, or back up; returns where it then is. */
static int32_t step(const struct lint *lint, int32_t at)
{
    const struct group *group = &lint->zone->groups[at];
    struct visit *visit = &lint->visits[at];
    const struct record_set *set;
    int32_t to;

    if (visit->next == r53__group_size(group)) {
        visit->state = VISIT_DONE;
        if (visit->below + 1 > LEVELS_MAX)
            warn(lint, at, RULE_R53_ALIAS_15,
                 "the aliases of {0} {1} in zone {2} pass more than three levels");
        return visit->from;
    }
    set = &lint->zone->record_sets[group->first + visit->next];
    to = leads_to(lint->zone, set);
    if (to >= 0 && lint->visits[to].state == VISIT_NEW) { /* the member is seen again after it */
        lint->visits[to].state = VISIT_OPEN;
        lint->visits[to].from = at;
        return to;
    }
    visit->next++;
    if (to == at && (set->flags & RECORD_ALIAS)) /* the record set's own check has told */
        return at;
    if (to >= 0 && lint->visits[to].state == VISIT_OPEN)
        warn(lint, at, RULE_R53_ALIAS_14,
             "{0} {1} in zone {2} closes a loop of aliases or CNAMEs: it cannot be answered");
    else if (to >= 0)
        note_below(lint, at, set, to);
    return at;
}

int32_t r53__alias_lint(const struct zone *zone, const struct memory *memory, r53_report *report)
{
    struct lint lint = {.zone = zone, .report = report};

    if (zone->n_groups == 0)
        return R53_OK;
    lint.visits = r53__alloc(memory, zone->n_groups, sizeof(*lint.visits));
    if (!lint.visits)
        return R53_E_NOMEM;
    for (uint32_t i = 0; i < zone->n_groups; i++) {
        int32_t at = lint.visits[i].state == VISIT_NEW ? (int32_t)i : -1;

        lint.visits[i].from = at >= 0 ? -1 : lint.visits[i].from;
        while (at >= 0) {
            lint.visits[at].state = VISIT_OPEN;
            at = step(&lint, at);
        }
    }
    r53__free(memory, lint.visits, zone->n_groups, sizeof(*lint.visits));
    return R53_OK;
}
