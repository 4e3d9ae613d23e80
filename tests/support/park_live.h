/*
 * What happens in a park (support/park.h) over time: targets that turn healthy and start slowly,
 * clients that come back with cookies, paths that rules rewrite. Generators, and naive models of
 * them by the rules as they are written, which share no code with the library.
 */
#ifndef R53_TESTS_SUPPORT_PARK_LIVE_H
#define R53_TESTS_SUPPORT_PARK_LIVE_H

#include "support/park_naive.h"

/*
 * Gives round-robin groups of Application Load Balancers slow start and a history of health checks;
 * the targets' states and ages are what the naive state machine makes of that at `now_ms`
 * (ELB-ST-03, -04, ELB-SLOW-02 to -04).
 */
void park_season(struct park *park);

/* Makes groups and forward actions of Application Load Balancers sticky. */
void park_stick(struct park *park);

/* The cookies that a client keeps; `group` -1: none. */
struct park_cookie {
    int group, index; /* target of the group; -1: the cookie is of the group alone */
    int64_t issued_ms;
};
struct park_jar {
    struct park_cookie target, session, group; /* AWSALB, AWSALBAPP, AWSALBTG */
    bool application;                          /* the application's own, "SID" */
};

/* What binds a request to a group, and then to a target of a group; -1: nothing (ELB-STICK-*). */
int park_bound_group(const struct park *park, const struct park_jar *jar,
                     const struct park_action *action, int64_t now_ms);
int park_bound_target(const struct park *park, const struct park_jar *jar,
                      const struct park_action *action, int group, int zone, int64_t now_ms);

/* Which kind of cookie binds to targets of the group here, enum r53_cookie_kind; 0: none. */
int32_t park_cookie_kind(const struct park *park, const struct park_action *action, int group);

/* Gives rules a transform of path and query. */
void park_rewrite(struct park *park);

/* What the rule makes of the URL (ELB-ALB-XFORM-03, -05); false: an error, 500. */
bool park_rewritten(const struct park_rule *rule, const char *url, char *out, size_t size);

#endif
