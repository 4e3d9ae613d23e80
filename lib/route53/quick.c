#include "route53/quick.h"

#include "dns/writer.h"
#include "route53/quick_group.h"
#include "route53/quick_records.h"
#include "route53/respond.h"

/* What the name and type come to. */
enum outcome { GENERAL, PLAIN, DRAWN, CHOSEN, ALIASED, NODATA, NXDOMAIN };

/* Types whose rdata has names that the writer compresses, or that bring other records along. */
static bool is_linked(uint16_t type)
{
    return type == R53_TYPE_NS || type == R53_TYPE_CNAME || type == R53_TYPE_SOA ||
           type == R53_TYPE_PTR || type == R53_TYPE_MX;
}

static bool is_address(uint16_t type)
{
    return type == R53_TYPE_A || type == R53_TYPE_AAAA;
}

/* Do the choices in the block stand for the group's policy, or its alias? */
static bool is_drawn(const struct quick *q, const struct block_group *group)
{
    return r53__block_has_choices(group) &&
           !r53__view_differs(&q->view->zones[q->zone], group->ttl);
}

/* The group answers: from the block, or by what its policy chooses. */
static enum outcome dispatch_group(const struct quick *q, const struct block_group *group)
{
    if (!q->peer->minimal || is_linked(group->type))
        return GENERAL;
    if (group->n > 0)
        return group->n <= QUICK_VALUES ? PLAIN : GENERAL;
    if (!is_address(group->type))
        return GENERAL;
    if (is_drawn(q, group))
        return DRAWN;
    return r53__block_is_alias(group) ? ALIASED : CHOSEN;
}

/* Steps 4 to 7 of R53-DISP-01: the name answers, but with what? */
static enum outcome dispatch_type(const struct quick *q, const uint8_t *block,
                                  struct block_group *group)
{
    if (r53__block_find(group, block, q->query->type))
        return dispatch_group(q, group);
    if (q->query->type == R53_TYPE_ANY || r53__block_flags(block) & OWNER_HAS_CNAME)
        return GENERAL;
    return NODATA;
}

/* Steps 2 and 3: cuts are not covered; a name that is missing may have a wildcard. */
static enum outcome dispatch(const struct quick *q, const struct zone *zone, struct search *search,
                             struct block_group *group)
{
    const struct route_query *query = q->query;
    struct name name = r53__name(&query->name);
    const uint8_t *block = r53__search_end(search, zone, name, query->hash);
    const uint8_t *encloser =
        block ? block : r53__zone_encloser(zone, name, q->starts, query->labels);

    if (r53__block_flags(encloser) & OWNER_BELOW)
        return GENERAL;
    if (!block)
        block = r53__zone_source(zone, encloser);
    return block ? dispatch_type(q, block, group) : NXDOMAIN;
}

/* Several values in random order (R53-SIMPLE-02). */
static bool put_shuffled(const struct quick *q, const struct block_group *group,
                         const struct plain_records *records, struct writer *w)
{
    struct row row = {group->values + BLOCK_LENGTH, BLOCK_LENGTH + (size_t)group->length,
                      r53__values_key_in(r53__block_key(group)), group->n};
    const uint8_t *values[QUICK_VALUES];

    r53__row_shuffle(&row, q->query->seed, group->n, values);
    return r53__records_put(w, records, values);
}

/* A plain group's records; false: no room. */
static bool put_plain(const struct quick *q, const struct block_group *group, struct writer *w)
{
    struct plain_records records = {group->type, group->ttl, group->length, group->n};

    if (group->n > 1)
        return put_shuffled(q, group, &records, w);
    return r53__record_put(w, &records, group->values + BLOCK_LENGTH);
}

/* The record of the choice that is drawn, R53-WEIGHTED-02, R53-FAILOVER-02; false: no room. */
static bool put_drawn(const struct quick *q, const struct block_group *group, struct writer *w)
{
    struct block_choice choice = r53__block_choose(group, q->query->seed);
    uint16_t length = (uint16_t)r53__choice_length(group->type);
    struct plain_records record = {group->type, choice.ttl, length, 1};

    return r53__record_put(w, &record, choice.address);
}

/* Writes what it came to; false: not covered after all. */
static bool put(const struct quick *q, const struct zone *zone, enum outcome outcome,
                const struct block_group *group, struct writer *w, struct writer_end *end)
{
    if (outcome == PLAIN)
        return put_plain(q, group, w);
    if (outcome == DRAWN)
        return put_drawn(q, group, w);
    if (outcome == CHOSEN)
        return r53__quick_group(q, &zone->groups[group->ttl], w, end);
    if (outcome == ALIASED)
        return r53__quick_alias(q, r53__block_detail(group), w, end);
    return r53__prepared_write(&q->view->zones[q->zone].negative, w);
}

size_t r53__quick_answer(const struct quick *q, struct search *search, void *response,
                         size_t capacity)
{
    const struct zone *zone = q->view->zones[q->zone].zone;
    struct writer_end end = {.authoritative = true};
    struct block_group group = {0};
    struct writer w; /* not initialised as a whole: the dictionary is large */
    enum outcome outcome = dispatch(q, zone, search, &group);

    if (outcome == GENERAL ||
        !r53__writer_begin(&w, q->message, r53__name(&q->query->name), response,
                           r53__response_limit(q->peer, q->message, capacity)) ||
        !put(q, zone, outcome, &group, &w, &end))
        return 0;
    end.rcode = outcome == NXDOMAIN ? R53_RCODE_NXDOMAIN : R53_RCODE_NOERROR;
    end.udp_size = r53__peer_udp_size(q->peer);
    return r53__writer_end(&w, &end);
}
