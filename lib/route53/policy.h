/*
 * Routing policies: a row each, saying how to choose one record set of a group and how to tell of
 * it. A new policy is a row and a file.
 *
 * Choosing reads what was prepared when the zone was sealed (model/match.h) and the view made (the
 * verdicts, the weights with health in them); telling is asked for only when a trace is on, and
 * works out the same from the same functions.
 */
#ifndef R53_LIB_ROUTE53_POLICY_H
#define R53_LIB_ROUTE53_POLICY_H

#include "route53/route.h"

/* A group being chosen from. */
struct choosing {
    const struct route_input *input;
    const struct view_zone *zone;
    const struct group *group;
    struct draw *draw;
    int32_t zone_number; /* of the view */
    int32_t scope;       /* out: bits of the client's subnet that the choice speaks for */
};

struct policy_ops {
    const char *name;
    int32_t rule;     /* that chooses */
    bool asks_client; /* does it matter who asks? */
    /* Index of the record set in the zone; -1: none is for this client (R53-DISP-08). */
    int32_t (*choose)(struct choosing *c);
    /* Traces what speaks for and against each record set; input->trace is not NULL. */
    void (*explain)(struct choosing *c);
    /*
     * The rule that made the choice, for the trace, where it may be another; NULL: always `rule`.
     */
    int32_t (*rule_of)(struct choosing *c, int32_t record);
};

extern const struct policy_ops r53__policies[POLICIES];

/* The rows' functions, each pair in the policy's own file. */
int32_t r53__weighted_choose(struct choosing *c);
void r53__weighted_explain(struct choosing *c);
int32_t r53__failover_choose(struct choosing *c);
void r53__failover_explain(struct choosing *c);
int32_t r53__latency_choose(struct choosing *c);
void r53__latency_explain(struct choosing *c);
int32_t r53__latency_rule(struct choosing *c, int32_t record);
int32_t r53__geolocation_choose(struct choosing *c);
void r53__geolocation_explain(struct choosing *c);
int32_t r53__geoproximity_choose(struct choosing *c);
void r53__geoproximity_explain(struct choosing *c);
int32_t r53__geoproximity_rule(struct choosing *c, int32_t record);
int32_t r53__multivalue_choose(struct choosing *c);
void r53__multivalue_explain(struct choosing *c);
int32_t r53__cidr_choose(struct choosing *c);
void r53__cidr_explain(struct choosing *c);
int32_t r53__az_affinity_choose(struct choosing *c);
void r53__az_affinity_explain(struct choosing *c);

/* Traces who is unhealthy and why, and that a group without any healthy record set fails open. */
void r53__health_explain(struct choosing *c);

/* Traces an unhealthy record set with the reason. */
void r53__verdict_explain(struct choosing *c, const struct record_set *set);

/* Traces where the client is. */
void r53__place_explain(struct choosing *c, const struct client_place *place);

/* Traces a fact on a record set of the group; nothing without a trace. */
void r53__record_explain(struct choosing *c, uint32_t record, int32_t rule, int32_t event,
                         int32_t a, int32_t b);

/* Sums of a weighted group's weights; NULL for a loaded mixture, which has none. */
static inline const uint32_t *r53__weighted_sums(const struct view_zone *zone,
                                                 const struct group *group)
{
    const struct record_set *first = &zone->zone->record_sets[group->first];

    return group->mixed || first->detail < 0 ? NULL : &zone->cumulative[first->detail];
}

/* The record set that a weighted group's draw falls on. In line: many answers come to it alone. */
static inline int32_t r53__weighted_draw(const struct view_zone *zone, const struct group *group,
                                         struct draw *draw)
{
    const struct record_set *first = &zone->zone->record_sets[group->first];
    const uint32_t *sums = r53__weighted_sums(zone, group);

    if (!sums)
        return (int32_t)group->first;
    return (int32_t)(group->first + r53__draw_weighted(draw,
                                                       zone->zone->details[first->detail].group_key,
                                                       sums, r53__group_size(group)));
}

enum { MULTIVALUE_MOST = 8 }; /* record sets answered, R53-MULTI-02 */

/*
 * The record sets that a multivalue group answers: the first is the one that was chosen with the
 * seed. `eligible`: how many they were taken from. Returns their number, 1 to MULTIVALUE_MOST.
 */
uint32_t r53__multivalue_draw(const struct view_zone *zone, const struct group *group,
                              uint64_t seed, const struct record_set **out, uint32_t *eligible);

#endif
