#include "support/park_naive.h"

#include "support/harness.h"

#include <stdio.h>
#include <stdlib.h>

/* Words */

static const struct park_balancer *balancer_of(const struct park *park, int group)
{
    return &park->balancers[group / PARK_OWN];
}

static bool classic(const struct park *park, int group)
{
    return balancer_of(park, group)->type == R53_LB_CLASSIC;
}

/* ELB-XZ-01, -02, -06 */
static bool crosses(const struct park *park, int group)
{
    const struct park_balancer *lb = balancer_of(park, group);
    int32_t said = park->groups[group].cross_zone;

    if (park->groups[group].type == R53_TARGET_LAMBDA)
        return true;
    if (said == R53_OPTION_DEFAULT || classic(park, group))
        return lb->type == R53_LB_APPLICATION || lb->cross_zone == R53_OPTION_ON;
    return said == R53_OPTION_ON;
}

/* Is there such a target at all? A Classic one has instances, without ports. */
static bool exists(const struct park *park, int group, int index)
{
    return !classic(park, group) ||
           (group % PARK_OWN == 0 && park->groups[group].targets[index].port == 80);
}

/* An instance runs somewhere, or nobody said where. */
static int zone_of(const struct park *park, int group, int index)
{
    int zone = park->groups[group].targets[index].zone;

    return zone == PARK_EVERY && classic(park, group) ? PARK_UNKNOWN : zone;
}

/* ELB-ALB-SEL-04 */
static bool state_counts(const struct park_group *group)
{
    return group->type != R53_TARGET_LAMBDA || group->check == R53_OPTION_ON;
}

/* ELB-DNS-36 */
bool park_counts_healthy(const struct park *park, int group, int index)
{
    const struct park_target *target = &park->groups[group].targets[index];

    return !state_counts(&park->groups[group]) || target->state == R53_TARGET_HEALTHY ||
           (target->state == R53_TARGET_UNAVAILABLE &&
            strcmp(target->reason, "Target.HealthCheckDisabled") == 0);
}

/* In N somewhere: ELB-DNS-36, ELB-LB-13. */
static bool registered(const struct park *park, int group, int index)
{
    const struct park_target *target = &park->groups[group].targets[index];
    int zone = zone_of(park, group, index);

    if (!exists(park, group, index))
        return false;
    if (target->state == R53_TARGET_DRAINING) /* ELB-DRAIN-07: is none of the group's any more */
        return false;
    if (state_counts(&park->groups[group]) && target->state == R53_TARGET_UNUSED)
        return false;
    return zone < 0 || balancer_of(park, group)->addresses[zone] > 0;
}

static bool in_shifted_zone(const struct park *park, int group, int index)
{
    int zone = zone_of(park, group, index);

    return zone >= 0 && balancer_of(park, group)->shifted[zone];
}

/* ELB-SHIFT-03, -04, -10 */
static bool blocked(const struct park *park, int group, int index)
{
    if (!crosses(park, group) || !in_shifted_zone(park, group, index))
        return false;
    for (int i = 0; i < park->groups[group].n; i++) {
        if (registered(park, group, i) && !in_shifted_zone(park, group, i))
            return true;
    }
    return false;
}

/* ELB-XZ-04, -07, ELB-TG-09 */
static bool in_scope(const struct park *park, int group, int index, int zone, bool shifts)
{
    if (!registered(park, group, index) || (shifts && blocked(park, group, index)))
        return false;
    return crosses(park, group) || zone_of(park, group, index) == zone ||
           zone_of(park, group, index) == PARK_EVERY;
}

struct tally {
    int n, h;
};

static struct tally scope_tally(const struct park *park, int group, int zone, bool shifts)
{
    struct tally tally = {0, 0};

    for (int i = 0; i < park->groups[group].n; i++) {
        bool in = in_scope(park, group, i, zone, shifts);

        tally.n += in;
        tally.h += in && park_counts_healthy(park, group, i);
    }
    return tally;
}

static bool breached(int count, int percentage, struct tally tally)
{
    return tally.h < count || tally.h * 100 < percentage * tally.n;
}

/* DNS */

bool park_is_attached(const struct park *park, int group)
{
    const struct park_balancer *lb = balancer_of(park, group);

    if (classic(park, group))
        return group % PARK_OWN == 0;
    for (int i = -1; i < lb->n_rules; i++) {
        const struct park_action *action = i < 0 ? &lb->otherwise : &lb->rules[i].action;

        for (int j = 0; j < action->n; j++) {
            if (action->groups[j] == group)
                return true;
        }
    }
    return false;
}

static int dns_count(const struct park_group *group)
{
    return group->dns_count == 0 ? 1 : group->dns_count < 0 ? 0 : group->dns_count;
}

static bool dns_off(const struct park_group *group)
{
    return dns_count(group) == 0 && group->dns_percentage == 0;
}

enum verdict { OK, BREACH, EMPTY };

/* ELB-DNS-22, -30, -31 */
static enum verdict verdict_of(const struct park *park, int group, int zone, bool shifts)
{
    const struct park_group *of = &park->groups[group];
    struct tally tally = scope_tally(park, group, zone, shifts);

    if (of->type == R53_TARGET_LAMBDA)
        return tally.n > 0 && tally.h < 1 && state_counts(of) ? BREACH : OK;
    if (tally.n == 0)
        return EMPTY;
    return breached(dns_count(of), of->dns_percentage, tally) ? BREACH : OK;
}

static bool zone_healthy(const struct park *park, int balancer, int zone, bool shifts)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    bool ok = false, breach = false, empty = false;

    for (int g = balancer * PARK_OWN; g < (balancer + 1) * PARK_OWN; g++) {
        enum verdict verdict;

        if (!park_is_attached(park, g))
            continue;
        if (lb->type == R53_LB_CLASSIC)
            return scope_tally(park, g, zone, shifts).h > 0; /* ELB-DNS-33 */
        verdict = verdict_of(park, g, zone, shifts);
        ok = ok || verdict == OK;
        breach = breach || verdict == BREACH;
        empty = empty || (verdict == EMPTY && !dns_off(&park->groups[g])); /* ELB-DNS-25 */
    }
    if (lb->type != R53_LB_APPLICATION)
        return !breach && !empty;                         /* ELB-DNS-27, -28 */
    return park->any_unhealthy ? !breach : ok || !breach; /* ELB-DNS-26, -30, ELB-CONF-02 */
}

/* Would every zone be left out? */
static bool all_bad(const struct park *park, int balancer, bool shifts)
{
    const struct park_balancer *lb = &park->balancers[balancer];

    for (int z = 0; z < PARK_ZONES; z++) {
        if (lb->addresses[z] > 0 && !lb->impaired[z] && !(shifts && lb->shifted[z]) &&
            zone_healthy(park, balancer, z, shifts))
            return false;
    }
    return true;
}

/* ELB-SHIFT-06, T59: not while the load balancer fails open already. */
static bool shift_works(const struct park *park, int balancer)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    bool any = false;

    for (int z = 0; z < PARK_ZONES; z++)
        any = any || (lb->shifted[z] && lb->addresses[z] > 0);
    return any && !all_bad(park, balancer, false);
}

bool park_in_dns(const struct park *park, int balancer, int zone)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    bool shifts = shift_works(park, balancer);

    if (lb->addresses[zone] == 0)
        return false;
    if (all_bad(park, balancer, shifts))
        return true; /* ELB-DNS-21 */
    return !lb->impaired[zone] && !(shifts && lb->shifted[zone]) &&
           zone_healthy(park, balancer, zone, shifts);
}

/* Route 53 */

static struct tally whole_tally(const struct park *park, int group)
{
    struct tally tally = {0, 0};

    for (int i = 0; i < park->groups[group].n; i++) {
        tally.n += registered(park, group, i);
        tally.h += registered(park, group, i) && park_counts_healthy(park, group, i);
    }
    return tally;
}

/* Targets whose zone nobody told are somewhere: one more zone of their own. */
static struct tally lost_tally(const struct park *park, int group)
{
    struct tally tally = {0, 0};

    for (int i = 0; i < park->groups[group].n; i++) {
        bool lost = registered(park, group, i) && zone_of(park, group, i) == PARK_UNKNOWN;

        tally.n += lost;
        tally.h += lost && park_counts_healthy(park, group, i);
    }
    return tally;
}

/* ELB-R53-08 */
static bool passes(const struct park *park, int group)
{
    const struct park_group *of = &park->groups[group];
    struct tally whole = whole_tally(park, group), lost = lost_tally(park, group);

    if (of->type == R53_TARGET_LAMBDA)
        return !state_counts(of) || whole.h > 0;
    if (classic(park, group) || dns_off(of))
        return whole.h > 0;
    if (crosses(park, group))
        return !breached(dns_count(of), of->dns_percentage, whole);
    for (int z = 0; z < PARK_ZONES; z++) {
        struct tally tally = scope_tally(park, group, z, false);

        if (balancer_of(park, group)->addresses[z] > 0 && tally.n > 0 &&
            !breached(dns_count(of), of->dns_percentage, tally))
            return true;
    }
    return lost.n > 0 && !breached(dns_count(of), of->dns_percentage, lost);
}

static bool serves(const struct park_balancer *lb)
{
    return lb->state == R53_LB_ACTIVE || lb->state == R53_LB_ACTIVE_IMPAIRED; /* ELB-LB-04 */
}

bool park_is_healthy(const struct park *park, int balancer)
{
    int attached = 0, filled = 0;

    if (!serves(&park->balancers[balancer]))
        return false; /* ELB-R53-14 */
    for (int g = balancer * PARK_OWN; g < (balancer + 1) * PARK_OWN; g++) {
        if (!park_is_attached(park, g))
            continue;
        attached++;
        if (whole_tally(park, g).n == 0 && park->strict_empty)
            return false;
        if (whole_tally(park, g).n > 0 && !passes(park, g))
            return false;
        filled += whole_tally(park, g).n > 0;
    }
    return attached == 0 || filled > 0; /* ELB-R53-05, -07 */
}

/* Scope */

bool park_fails_open(const struct park *park, int group, int zone)
{
    const struct park_group *of = &park->groups[group];
    bool shifts = shift_works(park, group / PARK_OWN);
    struct tally tally = scope_tally(park, group, zone, shifts);

    return !classic(park, group) && tally.n > 0 && /* ELB-FO-09 */
           breached(of->route_count ? of->route_count : 1, of->route_percentage, tally);
}

bool park_is_eligible(const struct park *park, int group, int index, int zone)
{
    const struct park_target *target = &park->groups[group].targets[index];

    if (!in_scope(park, group, index, zone, shift_works(park, group / PARK_OWN)))
        return false;
    if (park_counts_healthy(park, group, index))
        return true;
    return park_fails_open(park, group, zone) &&
           (target->state != R53_TARGET_INITIAL || !park->initial_never); /* ELB-FO-05, -06 */
}

/* Rules */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool park_matches(const char *pattern, const char *text, bool ignore_case)
{
    if (*pattern == '\0')
        return *text == '\0';
    if (*pattern == '*')
        return park_matches(pattern + 1, text, ignore_case) ||
               (*text && park_matches(pattern, text + 1, ignore_case));
    if (*text == '\0')
        return false;
    if (*pattern != '?' && *pattern != *text && !(ignore_case && lower(*pattern) == lower(*text)))
        return false;
    return park_matches(pattern + 1, text + 1, ignore_case);
}

static bool host_holds(const char *value, const struct park_request *request)
{
    char host[16];

    snprintf(host, sizeof(host), "%s", request->host);
    host[strcspn(host, ":")] = '\0'; /* ELB-ALB-COND-10 */
    return park_matches(value, host, true);
}

static bool header_holds(const char *value, const struct park_request *request)
{
    for (uint32_t i = 1; i < request->request.n_headers; i++) {
        char text[16];
        size_t n;

        snprintf(text, sizeof(text), "%s",
                 request->headers[i].value + strspn(request->headers[i].value, " "));
        n = strlen(text);
        while (n > 0 && text[n - 1] == ' ')
            text[--n] = '\0';
        if (park_matches(value, text, true))
            return true;
    }
    return false;
}

static bool query_holds(const char *key, const char *value, const struct park_request *request)
{
    const char *at = request->query;

    while (request->has_query) {
        size_t n = strcspn(at, "&");
        char pair[24], *equals;

        snprintf(pair, sizeof(pair), "%.*s", (int)n, at);
        equals = strchr(pair, '=');
        if (equals)
            *equals++ = '\0';
        if ((!key[0] || park_matches(key, pair, true)) &&
            park_matches(value, equals ? equals : "", true))
            return true;
        if (at[n] == '\0')
            return false;
        at += n + 1;
    }
    return false;
}

/* The addresses that requests and conditions of parks have. */
static bool source_holds(const char *value, const struct park_request *request)
{
    static const struct {
        const char *address, *prefixes;
    } members[] = {
        {"10.1.2.3", "10.0.0.0/8 10.1.0.0/16 10.1.2.3/32 0.0.0.0/0"},
        {"10.200.0.1", "10.0.0.0/8 0.0.0.0/0 10.255.0.1/9"},
        {"192.0.2.1", "0.0.0.0/0"},
        {"2001:db8::7", "2001:db8::/32"},
    };

    for (size_t i = 0; request->request.source_address && i < COUNT(members); i++) {
        if (strcmp(members[i].address, request->request.source_address) == 0)
            return strstr(members[i].prefixes, value) != NULL;
    }
    return false;
}

static bool value_holds(const struct park_condition *c, int i, const struct park_request *request)
{
    const char *method = request->request.method ? request->request.method : "GET";

    switch (c->field[0]) {
    case 'p':
        return park_matches(c->values[i], request->path, false);
    case 'q':
        return query_holds(c->keys[i], c->values[i], request);
    case 's':
        return source_holds(c->values[i], request);
    default:
        break;
    }
    if (strcmp(c->field, "host-header") == 0)
        return host_holds(c->values[i], request);
    if (strcmp(c->field, "http-header") == 0)
        return header_holds(c->values[i], request);
    return strcmp(c->values[i], method) == 0;
}

static bool rule_holds(const struct park_rule *rule, const struct park_request *request)
{
    for (int i = 0; i < rule->n; i++) {
        bool any = false;

        for (int j = 0; j < rule->conditions[i].n; j++)
            any = any || value_holds(&rule->conditions[i], j, request);
        if (!any)
            return false;
    }
    return true;
}

/* ELB-ALB-RULE-01 */
const struct park_rule *park_rule_of(const struct park *park, int balancer,
                                     const struct park_request *request)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    const struct park_rule *first = NULL;

    for (int i = 0; i < lb->n_rules; i++) {
        if (rule_holds(&lb->rules[i], request) &&
            (!first || lb->rules[i].priority < first->priority))
            first = &lb->rules[i];
    }
    return first;
}

/* Ends */

static void end_add(struct park_ends *ends, const char *name, struct fraction share)
{
    int i = 0;

    if (share.part == 0)
        return;
    while (i < ends->n && strcmp(ends->list[i].name, name) != 0)
        i++;
    assert_true(i < (int)COUNT(ends->list));
    if (i == ends->n) {
        snprintf(ends->list[i].name, sizeof(ends->list[i].name), "%s", name);
        ends->list[i].share = (struct fraction){0, 1};
        ends->n++;
    }
    ends->list[i].share = fraction_plus(ends->list[i].share, share);
}

struct fraction park_share(const struct park_ends *ends, const char *name)
{
    for (int i = 0; i < ends->n; i++) {
        if (strcmp(ends->list[i].name, name) == 0)
            return ends->list[i].share;
    }
    return (struct fraction){0, 1};
}

/* ELB-SLOW-05, -07: milliseconds of the whole, which a target out of slow start has. */
static uint64_t slow_weight(const struct park_group *of, int index)
{
    uint64_t whole = (uint64_t)of->slow_s * 1000;

    return of->targets[index].slow ? (uint64_t)of->targets[index].slow_age_ms : whole;
}

/* ELB-ALG-06 to -08: thousandths of a share. */
static uint64_t weight_of(const struct park *park, int group, int index)
{
    const struct park_group *of = &park->groups[group];
    int healthy = 0;

    if (of->slow_s)
        return slow_weight(of, index);
    for (int i = 0; i < of->n; i++)
        healthy += registered(park, group, i) && park_counts_healthy(park, group, i);
    if (of->algorithm != R53_ALGORITHM_WEIGHTED_RANDOM || of->mitigation != R53_OPTION_ON ||
        healthy < 3 || of->targets[index].share == 0)
        return 1000;
    return (uint64_t)of->targets[index].share;
}

static void target_name(char *name, size_t size, const struct park *park, int group, int index)
{
    const struct park_target *target = &park->groups[group].targets[index];

    if (classic(park, group))
        snprintf(name, size, "lb%d/%s-%d@80", group / PARK_OWN, target->id, group);
    else
        snprintf(name, size, "g%d/%s@%d", group, target->id,
                 park->groups[group].type == R53_TARGET_LAMBDA ? 0 : (int)target->port);
}

static void group_ends(const struct park *park, int group, int zone, struct fraction share,
                       struct park_ends *ends)
{
    bool alike = park->groups[group].slow_s && park_fails_open(park, group, zone);
    uint64_t sum = 0, n = 0;
    char name[64];

    for (int i = 0; i < park->groups[group].n; i++) {
        bool eligible = park_is_eligible(park, group, i, zone);

        n += eligible;
        sum += eligible && !alike ? weight_of(park, group, i) : 0;
    }
    alike = alike || sum == 0; /* ELB-SLOW-05 */
    if (n == 0)                /* ELB-ALB-ERR-503, ELB-NLB-11 */
        end_add(ends, balancer_of(park, group)->type == R53_LB_APPLICATION ? "503" : "no-target",
                share);
    for (int i = 0; i < park->groups[group].n; i++) {
        if (!park_is_eligible(park, group, i, zone))
            continue;
        target_name(name, sizeof(name), park, group, i);
        end_add(ends, name,
                alike ? fraction_times(share, 1, n)
                      : fraction_times(share, weight_of(park, group, i), sum));
    }
}

static void action_ends(const struct park *park, int balancer, int zone,
                        const struct park_action *action, struct fraction share,
                        struct park_ends *ends)
{
    bool http = park->balancers[balancer].type == R53_LB_APPLICATION;
    uint64_t sum = 0;

    if (action->type == R53_ACTION_REDIRECT)
        end_add(ends, "302", share);
    if (action->type == R53_ACTION_FIXED_RESPONSE)
        end_add(ends, "404", share);
    if (action->type != R53_ACTION_FORWARD)
        return;
    for (int i = 0; i < action->n; i++)
        sum += action->weights[i];
    if (sum == 0) /* ELB-ALB-ACT-07 */
        end_add(ends, http ? "503" : "no-target", share);
    for (int i = 0; sum > 0 && i < action->n; i++) {
        if (action->weights[i] > 0) /* ELB-ALB-ACT-05 */
            group_ends(park, action->groups[i], zone,
                       fraction_times(share, action->weights[i], sum), ends);
    }
}

static void node_ends(const struct park *park, int balancer, int zone,
                      const struct park_request *request, struct fraction share,
                      struct park_ends *ends)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    const struct park_rule *rule = NULL;

    if (lb->type == R53_LB_CLASSIC) {
        group_ends(park, balancer * PARK_OWN, zone, share, ends);
        return;
    }
    if (lb->type == R53_LB_APPLICATION)
        rule = park_rule_of(park, balancer, request);
    action_ends(park, balancer, zone, rule ? &rule->action : &lb->otherwise, share, ends);
}

void park_ends_of(const struct park *park, int balancer, int zone,
                  const struct park_request *request, struct park_ends *ends)
{
    const struct park_balancer *lb = &park->balancers[balancer];
    const struct fraction one = {1, 1};
    uint64_t addresses = 0;

    ends->n = 0;
    if (!serves(lb)) {
        end_add(ends, "inactive", one);
        return;
    }
    if (zone >= 0) {
        node_ends(park, balancer, zone, request, one, ends);
        return;
    }
    for (int z = 0; z < PARK_ZONES; z++)
        addresses += park_in_dns(park, balancer, z) ? (uint64_t)lb->addresses[z] : 0;
    for (int z = 0; z < PARK_ZONES; z++) { /* ELB-MATH-01 */
        if (park_in_dns(park, balancer, z))
            node_ends(park, balancer, z, request,
                      fraction_times(one, (uint64_t)lb->addresses[z], addresses), ends);
    }
}
