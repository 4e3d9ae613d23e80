#include "support/park_live.h"

#include "support/harness.h"

#include <stdio.h>

enum { STEP_MS = 6000, SPANS = 10 };

static bool is_application(const struct park *park, int group)
{
    return park->balancers[group / PARK_OWN].type == R53_LB_APPLICATION &&
           park->groups[group].type == R53_TARGET_IP;
}

/* Slow start */

/* A target's own part of the machine. */
struct machine {
    int32_t state;
    int run;       /* results in a row against the state */
    bool slow;     /* began slowly ... */
    int64_t since; /* ... then */
};

static bool starts_slowly(const struct machine *m, int32_t slow_s, int64_t now_ms)
{
    return m->slow && now_ms - m->since < (int64_t)slow_s * 1000; /* ELB-SLOW-04 */
}

/* ELB-SLOW-02: is another target healthy and not in slow start? */
static bool another_carries(const struct park_group *group, const struct machine *machines, int me,
                            int64_t now_ms)
{
    for (int i = 0; i < group->n; i++) {
        if (i != me && machines[i].state == R53_TARGET_HEALTHY &&
            !starts_slowly(&machines[i], group->slow_s, now_ms))
            return true;
    }
    return false;
}

/* ELB-ST-03, -04: the result changes the state, or counts towards that. */
static void machine_step(const struct park_group *group, struct machine *machines,
                         const struct park_probe *probe)
{
    struct machine *m = &machines[probe->target];
    int32_t towards = probe->passed ? R53_TARGET_HEALTHY : R53_TARGET_UNHEALTHY;
    int needed = probe->passed ? group->healthy_threshold : group->unhealthy_threshold;

    if (probe->passed && m->state == R53_TARGET_INITIAL)
        needed = 1;
    m->run = m->state == towards ? 0 : m->run + 1;
    if (m->run < needed || m->state == towards)
        return;
    /* ELB-SLOW-03: all were registered together in an empty group */
    m->slow = probe->passed && m->state != R53_TARGET_INITIAL &&
              another_carries(group, machines, probe->target, probe->now_ms);
    m->since = probe->now_ms;
    m->state = towards;
    m->run = 0;
}

static void group_live(struct park *park, struct park_group *group)
{
    static const int32_t seconds[] = {30, 60};
    struct machine machines[PARK_TARGETS];
    int64_t now = 0;

    for (int i = 0; i < group->n; i++)
        machines[i] = (struct machine){.state = R53_TARGET_INITIAL};
    group->slow_s = seconds[park_below(&park->random, 2)];
    group->healthy_threshold = 2;
    group->unhealthy_threshold = 2 + (int32_t)park_below(&park->random, 2);
    group->algorithm = R53_ALGORITHM_ROUND_ROBIN;
    group->mitigation = R53_OPTION_DEFAULT;
    /* each of them passes once, or not; then they fall ill and recover */
    group->n_probes =
        group->n ? group->n + (int)park_below(&park->random, (uint32_t)(PARK_PROBES - group->n))
                 : 0;
    for (int i = 0; i < group->n_probes; i++) {
        struct park_probe *probe = &group->probes[i];

        now += STEP_MS;
        *probe = (struct park_probe){i, !park_once_in(&park->random, 6), now};
        if (i >= group->n) {
            probe->target = (int)park_below(&park->random, (uint32_t)group->n);
            probe->passed = park_once_in(&park->random, 2);
        }
        if (i > group->n && !park_once_in(&park->random, 3)) { /* the one before goes on */
            probe->target = group->probes[i - 1].target;
            probe->passed = group->probes[i - 1].passed;
        }
        machine_step(group, machines, probe);
    }
    if (now > park->now_ms)
        park->now_ms = now;
    for (int i = 0; i < group->n; i++) { /* the age is told when all groups have lived */
        group->targets[i].state = machines[i].state;
        group->targets[i].reason = NULL;
        group->targets[i].slow = machines[i].slow && machines[i].state == R53_TARGET_HEALTHY;
        group->targets[i].slow_age_ms = machines[i].since;
    }
}

/* Moves the group's history so that it ends when that of the longest ends; ages, not times, now. */
static void group_settle(const struct park *park, struct park_group *group)
{
    int64_t last = group->n_probes ? group->probes[group->n_probes - 1].now_ms : 0;

    for (int i = 0; i < group->n_probes; i++)
        group->probes[i].now_ms += park->now_ms - last;
    for (int i = 0; i < group->n; i++) {
        struct park_target *target = &group->targets[i];

        target->slow_age_ms = last - target->slow_age_ms;
    }
}

void park_season(struct park *park)
{
    int64_t later;

    for (int g = 0; g < PARK_GROUPS; g++) {
        if (is_application(park, g) && !park_once_in(&park->random, 4))
            group_live(park, &park->groups[g]);
    }
    later = STEP_MS * park_below(&park->random, 3);
    for (int g = 0; g < PARK_GROUPS; g++) {
        struct park_group *group = &park->groups[g];

        if (group->slow_s)
            group_settle(park, group);
        for (int i = 0; i < group->n && group->slow_s; i++) {
            group->targets[i].slow_age_ms += later;
            if (group->targets[i].slow_age_ms >= (int64_t)group->slow_s * 1000)
                group->targets[i].slow = false; /* ELB-SLOW-04 */
        }
    }
    park->now_ms += later;
}

/* Stickiness */

static void action_stick(struct park *park, struct park_action *action)
{
    static const int32_t seconds[] = {0, 60, 600};

    if (action->type == R53_ACTION_FORWARD)
        action->sticky_s = seconds[park_below(&park->random, 3)];
}

void park_stick(struct park *park)
{
    static const int32_t types[] = {0, R53_STICKINESS_LB_COOKIE, R53_STICKINESS_LB_COOKIE,
                                    R53_STICKINESS_APP_COOKIE};
    static const int32_t seconds[] = {30, 100, 1000};

    for (int g = 0; g < PARK_GROUPS; g++) {
        if (!is_application(park, g))
            continue;
        park->groups[g].sticky = types[park_below(&park->random, 4)];
        park->groups[g].sticky_s = seconds[park_below(&park->random, 3)];
        if (park_once_in(&park->random, 4))
            continue; /* as it is, though that may be without effect (ELB-STICK-16) */
        park->groups[g].cross_zone = R53_OPTION_DEFAULT;
        park->groups[g].algorithm = R53_ALGORITHM_ROUND_ROBIN;
        park->groups[g].mitigation = R53_OPTION_DEFAULT;
    }
    for (int b = 0; b < PARK_BALANCERS; b++) {
        struct park_balancer *lb = &park->balancers[b];

        if (lb->type != R53_LB_APPLICATION)
            continue;
        action_stick(park, &lb->otherwise);
        for (int i = 0; i < lb->n_rules; i++)
            action_stick(park, &lb->rules[i].action);
    }
}

/* ELB-STICK-04, ELB-ALB-ACT-09 */
static bool in_time(const struct park_cookie *cookie, int32_t seconds, int64_t now_ms)
{
    return now_ms - cookie->issued_ms < (int64_t)seconds * 1000;
}

int park_bound_group(const struct park *park, const struct park_jar *jar,
                     const struct park_action *action, int64_t now_ms)
{
    (void)park;
    if (!action->sticky_s || jar->group.group < 0 ||
        !in_time(&jar->group, action->sticky_s, now_ms))
        return -1;
    for (int i = 0; i < action->n; i++) {
        if (action->groups[i] == jar->group.group)
            return jar->group.group;
    }
    return -1;
}

int32_t park_cookie_kind(const struct park *park, const struct park_action *action, int group)
{
    const struct park_group *of = &park->groups[group];

    /* ELB-STICK-16: an Application Load Balancer crosses zones unless the group says no */
    if (of->cross_zone == R53_OPTION_OFF || of->algorithm == R53_ALGORITHM_WEIGHTED_RANDOM)
        return 0;
    if (of->sticky == R53_STICKINESS_LB_COOKIE)
        return R53_COOKIE_AWSALB;
    if (of->sticky == R53_STICKINESS_APP_COOKIE && action->n == 1) /* ELB-STICK-12 */
        return R53_COOKIE_AWSALBAPP;
    return 0;
}

int park_bound_target(const struct park *park, const struct park_jar *jar,
                      const struct park_action *action, int group, int zone, int64_t now_ms)
{
    int32_t kind = park_cookie_kind(park, action, group);
    const struct park_cookie *cookie = kind == R53_COOKIE_AWSALB ? &jar->target : &jar->session;

    if (!kind || cookie->group != group) /* ELB-STICK-08 */
        return -1;
    if (kind == R53_COOKIE_AWSALBAPP && !jar->application) /* ELB-STICK-10 */
        return -1;
    if (!in_time(cookie, park->groups[group].sticky_s, now_ms))
        return -1;
    /* ELB-STICK-05, -06: healthy, and not only there because all fail */
    return park_counts_healthy(park, group, cookie->index) &&
                   park_is_eligible(park, group, cookie->index, zone)
               ? cookie->index
               : -1;
}

/* Rewrites: a regex is "^", atoms and "$"; an atom is a letter, or a group of letters starred */

static const char *const groups_of_letters[] = {"(a*)", "(b*)", "([ab]*)", "([ab/]*)"};
static const char *const letters_of_groups[] = {"a", "b", "ab", "ab/"};

static void regex_make(uint64_t *random, char *out, size_t size)
{
    static const char *const plain[] = {"a", "b", "/"};
    size_t at = 0;

    out[0] = '\0';
    at += (size_t)snprintf(out, size, "%s", park_once_in(random, 2) ? "^" : "");
    for (uint32_t n = 1 + park_below(random, 2); n > 0; n--)
        at += (size_t)snprintf(out + at, size - at, "%s",
                               park_once_in(random, 2) ? plain[park_below(random, 3)]
                                                       : groups_of_letters[park_below(random, 4)]);
    snprintf(out + at, size - at, "%s", park_once_in(random, 4) ? "$" : "");
}

static void replace_make(uint64_t *random, char *out, size_t size)
{
    static const char *const words[] = {"x", "/", "$1", "$2", "?", "$", "y=", "$x", "/"};
    size_t at = 0;

    out[0] = '\0';
    if (!park_once_in(random, 3))
        at = (size_t)snprintf(out, size, "/");
    for (uint32_t n = park_below(random, 4); n > 0; n--)
        at += (size_t)snprintf(out + at, size - at, "%s", words[park_below(random, 9)]);
    if (at == 0)
        snprintf(out, size, "z");
}

void park_rewrite(struct park *park)
{
    for (int b = 0; b < PARK_BALANCERS; b++) {
        struct park_balancer *lb = &park->balancers[b];

        for (int i = 0; i < lb->n_rules && lb->type == R53_LB_APPLICATION; i++) {
            if (park_once_in(&park->random, 4))
                continue;
            regex_make(&park->random, lb->rules[i].regex, sizeof(lb->rules[i].regex));
            replace_make(&park->random, lb->rules[i].replace, sizeof(lb->rules[i].replace));
        }
    }
}

/* Where groups lie: [first, end) in the text. */
struct match {
    const char *text;
    size_t first[SPANS], end[SPANS];
    int groups;
};

/* Letters that an atom of a group may take, and its length; NULL: it is a plain letter. */
static const char *atom_group(const char *regex, size_t *length)
{
    for (size_t i = 0; i < COUNT(groups_of_letters); i++) {
        *length = strlen(groups_of_letters[i]);
        if (strncmp(regex, groups_of_letters[i], *length) == 0)
            return letters_of_groups[i];
    }
    *length = 1;
    return NULL;
}

/* By trying: a group takes as much as it can, and gives back what the rest needs. */
static bool match_here(struct match *m, const char *regex, size_t at)
{
    size_t length, most = at;
    const char *letters;

    if (*regex == '\0' || strcmp(regex, "$") == 0) {
        m->end[0] = at;
        return *regex == '\0' || m->text[at] == '\0';
    }
    letters = atom_group(regex, &length);
    if (!letters)
        return m->text[at] == *regex && match_here(m, regex + 1, at + 1);
    while (m->text[most] && strchr(letters, m->text[most]))
        most++;
    m->groups++;
    for (size_t end = most;; end--) {
        int group = m->groups;

        if (match_here(m, regex + length, end)) {
            m->first[group] = at;
            m->end[group] = end;
            return true;
        }
        m->groups = group;
        if (end == at)
            break;
    }
    m->groups--;
    return false;
}

static bool match_find(struct match *m, const char *regex)
{
    bool anchored = *regex == '^';

    for (size_t at = 0;; at++) {
        m->groups = 0;
        m->first[0] = at;
        if (match_here(m, regex + anchored, at))
            return true;
        if (anchored || m->text[at] == '\0')
            return false;
    }
}

bool park_rewritten(const struct park_rule *rule, const char *url, char *out, size_t size)
{
    struct match m = {.text = url};
    size_t at;

    if (!rule || !rule->regex[0] || !match_find(&m, rule->regex)) {
        snprintf(out, size, "%s", url);
        return true;
    }
    at = (size_t)snprintf(out, size, "%.*s", (int)m.first[0], url);
    for (const char *c = rule->replace; *c; c++) {
        bool group = c[0] == '$' && c[1] >= '1' && c[1] <= '9';
        int number = group ? *++c - '0' : 0;

        if (!group)
            at += (size_t)snprintf(out + at, size - at, "%c", *c);
        else if (number <= m.groups)
            at += (size_t)snprintf(out + at, size - at, "%.*s",
                                   (int)(m.end[number] - m.first[number]), url + m.first[number]);
    }
    snprintf(out + at, size - at, "%s", url + m.end[0]);
    return out[0] == '/';
}
