/*
 * Latency: the Region with the lowest latency to the client, among those that have a record set.
 */
#include "route53/policy_order.h"

#include "base/events.h"
#include "base/rules.h"
#include "model/match.h"

#include <string.h>

/*
 * R53-LATENCY-04: clients in China go to a Region there first, whatever the latencies; not those of
 * a VPC, whose own Region comes first (R53-PRIV-12).
 */
static bool is_in_china(const struct client_place *place)
{
    return !place->region && strcmp(place->country, "CN") == 0;
}

static bool is_chinas(const struct ranking *ranking, const struct region *region)
{
    return is_in_china(&ranking->place) && strcmp(region->name, "cn-north-1") == 0;
}

/* R53-LATENCY-02; R53-LATENCY-06: a latency, or a Region, that is not known has no rank. */
static struct rank rank(const struct ranking *ranking, uint64_t code)
{
    const struct region *region = r53__match_region(code);
    struct latency latency;

    if (!region)
        return (struct rank){1, 0};
    if (is_chinas(ranking, region))
        return (struct rank){0, 1};
    latency = r53__client_latency(ranking->latencies, &ranking->place, region);
    if (latency.source == LATENCY_UNKNOWN)
        return (struct rank){1, 0};
    return (struct rank){(uint64_t)latency.value + 1, 1}; /* China's stays below */
}

/* Are all of its latencies estimates, which go by the distance? */
static bool is_estimated(const struct ranking *ranking)
{
    const struct client_place *place = &ranking->place;

    return !ranking->latencies && place->located && !place->region && !is_in_china(place);
}

static void explain(struct choosing *c, const struct ranking *ranking, uint64_t code,
                    uint32_t record)
{
    static const int32_t events[] = {[LATENCY_UNKNOWN] = EVENT_LATENCY_UNKNOWN,
                                     [LATENCY_OBSERVED] = EVENT_LATENCY_OBSERVED,
                                     [LATENCY_ESTIMATED] = EVENT_LATENCY_ESTIMATED};
    const struct region *region = r53__match_region(code);
    struct latency latency = {LATENCY_UNKNOWN, 0};

    if (region && is_chinas(ranking, region)) {
        r53__record_explain(c, record, RULE_R53_LATENCY_04, EVENT_LATENCY_CHINA, 0, 0);
        return;
    }
    if (region)
        latency = r53__client_latency(ranking->latencies, &ranking->place, region);
    r53__record_explain(c, record, RULE_R53_LATENCY_05, events[latency.source],
                        latency.value < INT32_MAX ? (int32_t)latency.value : INT32_MAX, 0);
}

static void ranking_init(struct ranking *ranking, const struct choosing *c)
{
    const r53_view *view = c->input->view;
    const struct client *client = &c->input->query->client;

    r53__client_place(view, client, c->zone->zone, &ranking->place);
    ranking->latencies = r53__client_latencies(view, client, &ranking->place);
    ranking->rank = rank;
    ranking->by_distance = is_estimated(ranking);
    ranking->explain = explain;
}

int32_t r53__latency_choose(struct choosing *c)
{
    struct ranking ranking;

    ranking_init(&ranking, c);
    return r53__ranked_choose(c, &ranking);
}

void r53__latency_explain(struct choosing *c)
{
    struct ranking ranking;

    ranking_init(&ranking, c);
    r53__ranked_explain(c, &ranking);
}

int32_t r53__latency_rule(struct choosing *c, int32_t record)
{
    const struct zone *zone = c->zone->zone;
    const struct region *region;
    struct ranking ranking;

    ranking_init(&ranking, c);
    region = r53__match_region(
        r53__match_code(c->group->policy, r53__record_detail(zone, &zone->record_sets[record])));
    if (region && is_chinas(&ranking, region))
        return RULE_R53_LATENCY_04;
    return r53__ranked_rule(c, &ranking, record, RULE_R53_LATENCY_02, RULE_R53_LATENCY_06);
}
