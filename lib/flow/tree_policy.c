/*
 * What a policy says of a record set before anyone asks: what it goes by, and whether health and
 * weight let it be answered at all.
 *
 *   policy            healthy                     not healthy
 *   simple            eligible                    eligible (R53-SIMPLE-01)
 *   weighted, multi   by the prepared weights: a share, or none
 *   failover          answers, or stands by, as settled
 *   latency, geoprox  eligible                    only when no other is healthy
 *   by place          eligible                    where nothing healthy is for the client
 */
#include "flow/tree.h"

#include "route53/policy.h"
#include "view/failover.h"

/* How a record set stands, whoever asks. */
enum standing { STANDS, STANDS_BY, LAST_RESORT, WITHOUT_WEIGHT, PASSED_OVER };

/* Share of a prepared weight: what of the sum is the record set's. */
struct part {
    uint32_t of, sum;
};

static const struct group *group_of(const struct view_zone *zone, const struct record_set *set)
{
    return &zone->zone->groups[set->group];
}

/* A group's prepared weights, where it has some; sum 0 else. */
static struct part part_of(const struct view_zone *zone, const struct record_set *set)
{
    const struct group *group = group_of(zone, set);
    bool is_weighed = group->policy == POLICY_WEIGHTED || group->policy == POLICY_MULTIVALUE;
    const uint32_t *sums = is_weighed ? r53__weighted_sums(zone, group) : NULL;
    uint32_t at = (uint32_t)(set - zone->zone->record_sets) - group->first;

    if (!sums)
        return (struct part){0, 0};
    return (struct part){sums[at] - (at ? sums[at - 1] : 0), sums[r53__group_size(group) - 1]};
}

/* Edges: what the record set is chosen by */

static void put_words(struct text *text, const char *label, const char *word)
{
    if (!word || !*word)
        return;
    r53__tree_put_next(text, ", ");
    r53__put(text, label);
    r53__put(text, word);
}

static void weighted_put(struct text *text, const struct view_zone *zone,
                         const struct record_set *set, const struct record_detail *detail)
{
    struct part part = part_of(zone, set);

    r53__put(text, "weight ");
    r53__put_i64(text, detail->weight);
    if (part.sum > 0) {
        r53__put(text, ", share ");
        r53__put_u64(text, part.of);
        r53__put_char(text, '/');
        r53__put_u64(text, part.sum);
    }
}

static void latency_put(struct text *text, const struct view_zone *zone,
                        const struct record_set *set, const struct record_detail *detail)
{
    (void)zone;
    (void)set;
    put_words(text, "Region ", detail->region);
}

static void failover_put(struct text *text, const struct view_zone *zone,
                         const struct record_set *set, const struct record_detail *detail)
{
    (void)zone;
    (void)set;
    r53__put(text, detail->failover == R53_FAILOVER_PRIMARY ? "primary" : "secondary");
}

static void geolocation_put(struct text *text, const struct view_zone *zone,
                            const struct record_set *set, const struct record_detail *detail)
{
    bool is_default = detail->country_code && strcmp(detail->country_code, "*") == 0;

    (void)zone;
    (void)set;
    put_words(text, "continent ", detail->continent_code);
    put_words(text, is_default ? "" : "country ", is_default ? "default" : detail->country_code);
    put_words(text, "subdivision ", detail->subdivision_code);
}

static void geoproximity_put(struct text *text, const struct view_zone *zone,
                             const struct record_set *set, const struct record_detail *detail)
{
    (void)zone;
    (void)set;
    put_words(text, "Region ", detail->geoproximity_region);
    put_words(text, "local zone group ", detail->local_zone_group);
    put_words(text, "latitude ", detail->latitude);
    put_words(text, "longitude ", detail->longitude);
    if (detail->has_bias && detail->bias) {
        put_words(text, "bias ", detail->bias > 0 ? "+" : "-");
        r53__put_i64(text, detail->bias > 0 ? detail->bias : -detail->bias);
    }
}

static void cidr_put(struct text *text, const struct view_zone *zone, const struct record_set *set,
                     const struct record_detail *detail)
{
    (void)zone;
    (void)set;
    put_words(text, "location ", detail->cidr_location_name);
}

static void az_affinity_put(struct text *text, const struct view_zone *zone,
                            const struct record_set *set, const struct record_detail *detail)
{
    (void)zone;
    (void)set;
    put_words(text, "", detail->az_location_type);
    r53__put(text, " ");
    r53__put(text, detail->az_location_id);
}

static void (*const choices[POLICIES])(struct text *, const struct view_zone *,
                                       const struct record_set *, const struct record_detail *) = {
    [POLICY_WEIGHTED] = weighted_put,         [POLICY_LATENCY] = latency_put,
    [POLICY_FAILOVER] = failover_put,         [POLICY_GEOLOCATION] = geolocation_put,
    [POLICY_GEOPROXIMITY] = geoproximity_put, [POLICY_CIDR] = cidr_put,
    [POLICY_AZ_AFFINITY] = az_affinity_put,
};

void r53__tree_put_choice(struct text *text, const struct view_zone *zone,
                          const struct record_set *set)
{
    const struct record_detail *detail = r53__record_detail(zone->zone, set);

    if (detail && choices[set->policy])
        choices[set->policy](text, zone, set, detail);
}

/* Standing */

static bool any_healthy(const struct view_zone *zone, const struct group *group)
{
    for (uint32_t i = group->first; i < r53__group_end(group); i++) {
        if (r53__view_healthy(zone, &zone->zone->record_sets[i]))
            return true;
    }
    return false;
}

static enum standing weighed_standing(const struct view_zone *zone, const struct record_set *set)
{
    if (part_of(zone, set).of > 0)
        return STANDS;
    return r53__view_healthy(zone, set) ? WITHOUT_WEIGHT : PASSED_OVER;
}

static enum standing failover_standing(const struct view_zone *zone, const struct record_set *set)
{
    int32_t settled = r53__failover_settle(zone, group_of(zone, set));

    if (&zone->zone->record_sets[settled] == set)
        return STANDS;
    return r53__view_healthy(zone, set) ? STANDS_BY : PASSED_OVER;
}

static enum standing ranked_standing(const struct view_zone *zone, const struct record_set *set)
{
    return r53__view_healthy(zone, set) || !any_healthy(zone, group_of(zone, set)) ? STANDS
                                                                                   : PASSED_OVER;
}

static enum standing placed_standing(const struct view_zone *zone, const struct record_set *set)
{
    return r53__view_healthy(zone, set) ? STANDS : LAST_RESORT;
}

static enum standing simple_standing(const struct view_zone *zone, const struct record_set *set)
{
    (void)zone;
    (void)set;
    return STANDS;
}

static enum standing (*const standings[POLICIES])(const struct view_zone *,
                                                  const struct record_set *) = {
    [POLICY_SIMPLE] = simple_standing,      [POLICY_WEIGHTED] = weighed_standing,
    [POLICY_LATENCY] = ranked_standing,     [POLICY_FAILOVER] = failover_standing,
    [POLICY_GEOLOCATION] = placed_standing, [POLICY_GEOPROXIMITY] = ranked_standing,
    [POLICY_MULTIVALUE] = weighed_standing, [POLICY_CIDR] = placed_standing,
    [POLICY_AZ_AFFINITY] = placed_standing,
};

/* A loaded mixture answers by its first record set, whatever the policy. */
static enum standing standing_of(const struct view_zone *zone, const struct record_set *set)
{
    const struct group *group = group_of(zone, set);

    if (group->mixed)
        return &zone->zone->record_sets[group->first] == set ? STANDS : PASSED_OVER;
    return standings[group->policy](zone, set);
}

/* Words */

static const char *const verdict_words[] = {
    [VERDICT_HEALTHY] = "healthy",
    [VERDICT_CHECK_FAILS] = "its health check fails",
    [VERDICT_TARGET_FAILS] = "what it leads to is not healthy",
    [VERDICT_DANGLES] = "its alias leads nowhere",
};

static const struct standing_words {
    const char *healthy, *unhealthy; /* behind the latter the verdict follows */
    enum tree_state state;
} words[] = {
    [STANDS] = {"eligible", "eligible all the same: ", TREE_IN},
    [STANDS_BY] = {"stands by", "stands by: ", TREE_OUT},
    [LAST_RESORT] = {"eligible", "only where nothing healthy is for the client: ", TREE_OUT},
    [WITHOUT_WEIGHT] = {"not eligible: no weight", "not eligible: ", TREE_OUT},
    [PASSED_OVER] = {"not eligible", "not eligible: ", TREE_OUT},
};

static void put_counted(struct text *text, int32_t a, int32_t b, const char *noun)
{
    r53__put(text, " (");
    r53__put_i64(text, a);
    r53__put(text, " of ");
    r53__put_i64(text, b);
    r53__put(text, noun);
}

/* What the status of the check rests on, where that is more than a word of the host. */
static void put_basis(struct text *text, const struct check_cause *cause)
{
    if (cause->basis == CHECK_BY_CHECKERS)
        put_counted(text, cause->a, cause->b, " checkers see it up)");
    else if (cause->basis == CHECK_BY_DISABLED)
        r53__put(text, " (disabled)");
    else if (cause->basis == CHECK_BY_ALARM)
        r53__put(text, " (by its alarm)");
    else if (cause->basis == CHECK_BY_CHILDREN && cause->a >= 0)
        put_counted(text, cause->a, (int32_t)cause->check->n_child_health_checks,
                    " children are healthy)");
}

static void put_check(struct text *text, const struct tree_draft *d, const char *id, bool fails)
{
    int32_t slot = r53__check_cause(&d->view->checks, id);

    r53__put(text, "; health check ");
    r53__put(text, id);
    if (slot < 0) {
        r53__put(text, fails ? " unhealthy" : " healthy");
        return;
    }
    r53__put(text, d->view->checks.healthy[slot] ? " healthy" : " unhealthy");
    put_basis(text, &d->view->checks.at[slot]);
}

enum tree_state r53__tree_put_standing(struct text *text, const struct tree_draft *d,
                                       const struct view_zone *zone, const struct record_set *set)
{
    const struct record_detail *detail = r53__record_detail(zone->zone, set);
    const struct standing_words *said = &words[standing_of(zone, set)];
    enum verdict verdict = r53__view_verdict(zone, set);
    bool is_healthy = verdict == VERDICT_HEALTHY;

    r53__tree_put_next(text, "; ");
    r53__put(text, is_healthy ? said->healthy : said->unhealthy);
    r53__put(text, is_healthy ? NULL : verdict_words[verdict]);
    if (detail && detail->health_check_id && *detail->health_check_id)
        put_check(text, d, detail->health_check_id, verdict == VERDICT_CHECK_FAILS);
    return said->state;
}
