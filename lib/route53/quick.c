#include "route53/quick.h"

#include "dns/writer.h"
#include "route53/quick_group.h"
#include "route53/respond.h"

/* What the name and type come to. */
enum outcome { GENERAL, POSITIVE, NODATA, NXDOMAIN };

static bool is_address(uint16_t type)
{
    return type == R53_TYPE_A || type == R53_TYPE_AAAA;
}

/* Dispatch: steps 2 to 7 of R53-DISP-01 for what is covered. */
static enum outcome dispatch(const struct quick *q, const struct zone *zone,
                             const struct group **group)
{
    const struct route_query *query = q->query;
    struct location at;

    r53__zone_locate(zone, r53__name(&query->name), query->labels, query->hash, &at);
    if (at.cut >= 0)
        return GENERAL;
    if (at.source < 0)
        return NXDOMAIN;
    *group = r53__zone_group(zone, at.source, query->type);
    if (*group)
        return is_address(query->type) && q->peer->minimal ? POSITIVE : GENERAL;
    if (query->type == R53_TYPE_ANY || r53__zone_group(zone, at.source, R53_TYPE_CNAME))
        return GENERAL;
    return NODATA;
}

size_t r53__quick_answer(const struct quick *q, void *response, size_t capacity)
{
    const struct view_zone *zone = &q->view->zones[q->zone];
    struct writer_end end = {.authoritative = true};
    const struct group *group = NULL;
    struct writer w; /* not initialised as a whole: the dictionary is large */
    enum outcome outcome;

    if (zone->zone->is_private)
        return 0;
    outcome = dispatch(q, zone->zone, &group);
    if (outcome == GENERAL ||
        !r53__writer_begin(&w, q->message, r53__name(&q->query->name), response,
                           r53__response_limit(q->peer, q->message, capacity)))
        return 0;
    if (outcome == POSITIVE ? !r53__quick_group(q, zone->zone, group, &w)
                            : !r53__prepared_write(&zone->negative, &w))
        return 0;
    end.rcode = outcome == NXDOMAIN ? R53_RCODE_NXDOMAIN : R53_RCODE_NOERROR;
    end.udp_size = r53__peer_udp_size(q->peer);
    return r53__writer_end(&w, &end);
}
