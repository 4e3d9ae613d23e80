/*
 * What load balancers do with a park (support/park.h), by the rules as they are written: counted
 * anew for each question, with nothing prepared, sharing no code with the library. It is the judge
 * of what the library works out otherwise.
 */
#ifndef R53_TESTS_SUPPORT_PARK_NAIVE_H
#define R53_TESTS_SUPPORT_PARK_NAIVE_H

#include "support/park.h"
#include "support/shares.h"

/* `dns_zones`: is the node of the zone in DNS (ELB-DNS-20 to -33)? */
bool park_in_dns(const struct park *park, int balancer, int zone);

/* What an alias with EvaluateTargetHealth sees (ELB-R53-02 to -08). */
bool park_is_healthy(const struct park *park, int balancer);

/* Is the group named by an action of its load balancer? */
bool park_is_attached(const struct park *park, int group);

/* May target `index` of the group get a new request at the zone's node (ELB-FO-02)? */
bool park_is_eligible(const struct park *park, int group, int index, int zone);
bool park_fails_open(const struct park *park, int group, int zone);

/* Does the target count as healthy (ELB-DNS-36)? */
bool park_counts_healthy(const struct park *park, int group, int index);

/* The rule that takes the request, or NULL for the default action. */
const struct park_rule *park_rule_of(const struct park *park, int balancer,
                                     const struct park_request *request);

/* "*" and "?" over the whole text, recursively; with `escapes` "\*" and "\?" are plain. */
bool park_matches(const char *pattern, const char *text, bool ignore_case);

/* Where a request may end, each with its share. */
struct park_ends {
    int n;
    struct {
        char name[64];
        struct fraction share;
    } list[64];
};

/* Of a request that no state knows, at the node of `zone`; -1: at a node that DNS gives. */
void park_ends_of(const struct park *park, int balancer, int zone,
                  const struct park_request *request, struct park_ends *ends);

/* The share of that name; 0 if there is none. */
struct fraction park_share(const struct park_ends *ends, const char *name);

#endif
