/*
 * Geoproximity: the smallest distance to the client, biased. A positive bias shrinks the distance,
 * a negative one stretches it (R53-GEOPROX-03):
 *
 *   b > 0   d * (100 - b) / 100
 *   b < 0   d * 100 / (100 + b)
 *
 * Distances are compared as fractions, so that no rounding decides (R53-GEOPROX-04).
 */
#include "route53/policy_order.h"

#include "base/events.h"
#include "base/rules.h"
#include "model/match.h"

static bool distance_of(const struct ranking *ranking, uint64_t code, uint32_t *distance,
                        int32_t *bias)
{
    struct point point;

    if (!ranking->place.located || !r53__match_point(code, &point, bias))
        return false;
    *distance = r53__distance(ranking->place.point, point);
    return true;
}

static struct rank biased(uint32_t distance, int32_t bias)
{
    if (bias < 0)
        return (struct rank){(uint64_t)distance * 100, (uint32_t)(100 + bias)};
    return (struct rank){(uint64_t)distance * (uint32_t)(100 - bias), 100};
}

/* R53-GEOPROX-06: without a point on either side there is no distance. */
static struct rank rank(const struct ranking *ranking, uint64_t code)
{
    uint32_t distance;
    int32_t bias;

    if (!distance_of(ranking, code, &distance, &bias))
        return (struct rank){1, 0};
    return biased(distance, bias);
}

static void explain(struct choosing *c, const struct ranking *ranking, uint64_t code,
                    uint32_t record)
{
    struct rank rank;
    uint32_t distance;
    int32_t bias;

    if (!distance_of(ranking, code, &distance, &bias)) {
        r53__record_explain(c, record, RULE_R53_GEOPROX_06, EVENT_DISTANCE_UNKNOWN, 0, 0);
        return;
    }
    rank = biased(distance, bias);
    r53__record_explain(c, record, RULE_R53_GEOPROX_03, EVENT_DISTANCE, (int32_t)distance,
                        (int32_t)(rank.value / rank.divisor)); /* below 2^31 with any bias */
}

static void ranking_init(struct ranking *ranking, const struct choosing *c)
{
    r53__client_place(c->input->view, &c->input->query->client, c->zone->zone, &ranking->place);
    ranking->latencies = NULL;
    ranking->by_distance = ranking->place.located;
    ranking->rank = rank;
    ranking->explain = explain;
}

int32_t r53__geoproximity_choose(struct choosing *c)
{
    struct ranking ranking;

    ranking_init(&ranking, c);
    return r53__ranked_choose(c, &ranking);
}

void r53__geoproximity_explain(struct choosing *c)
{
    struct ranking ranking;

    ranking_init(&ranking, c);
    r53__ranked_explain(c, &ranking);
}

int32_t r53__geoproximity_rule(struct choosing *c, int32_t record)
{
    struct ranking ranking;

    ranking_init(&ranking, c);
    return r53__ranked_rule(c, &ranking, record, RULE_R53_GEOPROX_03, RULE_R53_GEOPROX_06);
}
