/*
 * The responder: parse, resolve, write, straight from the view into the message. Many queries go
 * through the same steps together, block by block, with what a step will read fetched one step
 * ahead: unless all that they can read is close to the processor anyway.
 */
#include "route53/respond.h"

#include "base/sized.h"
#include "route53/answer.h"
#include "route53/peer_client.h"
#include "route53/policy.h"
#include "route53/prefetch.h"
#include "route53/quick.h"
#include "route53/sections.h"

enum {
    BLOCK = AHEAD_MAX,  /* queries that wait for memory together */
    OWNERS_CLOSE = 2048 /* so many that the cache next to the processor holds what they answer */
};

/* A query under way. */
struct asked {
    struct quick quick; /* of what is below; zone -1: not a matter of one public zone */
    struct message message;
    struct route_query query;        /* filled as far as the message has a question */
    uint8_t starts[QUESTION_STARTS]; /* of the labels of its name */
    int32_t rc;
    bool is_dropped;
    bool is_open; /* there is something to ask the zones for */
};

static inline bool peer_is_valid(const r53_peer *peer)
{
    bool has_address = peer->address != NULL;

    return peer->transport >= 0 && peer->transport <= R53_TRANSPORT_TCP &&
           peer->max_udp_size >= 0 && peer->max_udp_size <= MESSAGE_MAX &&
           (has_address ? peer->n_address == 4 || peer->n_address == 16 : peer->n_address == 0);
}

static inline const r53_peer *peer_read(r53_peer *copy, const r53_peer *peer)
{
    static const r53_peer anybody = {.size = sizeof(anybody)};

    if (!peer)
        return &anybody;
    if (peer->size != sizeof(*peer)) {
        if (!r53__sized_read(copy, sizeof(*copy), peer))
            return NULL;
        peer = copy;
    }
    return peer_is_valid(peer) ? peer : NULL;
}

const r53_peer *r53__peer_read(r53_peer *copy, const r53_peer *peer)
{
    return peer_read(copy, peer);
}

/*
 * The zone that r53__route_zone finds for whoever asks from the internet, where it is public and
 * the only one of its name; -1: it has to say.
 */
static inline int32_t public_zone(const struct asked *asked, const r53_view *view)
{
    const struct route_query *query = &asked->query;
    int32_t zone;

    if (query->hosted_zone_id || query->vpc_id || query->type == R53_TYPE_DS)
        return -1;
    zone = r53__view_zone_above(view, r53__name(&query->name), asked->starts, query->labels);
    return zone >= 0 && view->zones[zone].next < 0 && !view->zones[zone].zone->is_private ? zone
                                                                                          : -1;
}

/* What the peer says beside the message. */
static inline void read_peer(struct asked *asked, const r53_peer *peer)
{
    struct route_query *out = &asked->query;

    out->type = asked->message.type;
    out->telling = 0;
    out->seed = peer->seed;
    out->hosted_zone_id = peer->hosted_zone_id;
    out->vpc_id = peer->vpc_id;
    if (r53__peer_is_placed(peer)) /* only its texts can be wrong */
        asked->rc = r53__peer_place(peer, &out->client);
}

/*
 * First step: reads peer and message, and finds the zone. What it finds wrong is in `rc`. Returns
 * the zone where the quick way is to be tried, else NULL.
 */
static const struct zone *ask(struct asked *asked, const r53_view *view, r53_peer *copy,
                              const r53_peer *peer, const void *query, size_t n)
{
    struct route_query *out = &asked->query;
    struct question_name name = {&out->name, asked->starts, &out->hash, &out->labels};

    asked->is_dropped = asked->is_open = false;
    peer = peer_read(copy, peer);
    asked->quick = (struct quick){view, peer, &asked->message, out, asked->starts, -1};
    asked->rc = peer && query ? R53_OK : R53_E_INVALID;
    if (asked->rc != R53_OK)
        return NULL;
    asked->is_dropped = !r53__message_parse(&asked->message, &name, query, n);
    if (asked->is_dropped || asked->message.rcode != MESSAGE_OK)
        return NULL;
    read_peer(asked, peer);
    asked->is_open = asked->rc == R53_OK;
    if (asked->is_open)
        asked->quick.zone = public_zone(asked, view);
    return asked->quick.zone < 0 ? NULL : view->zones[asked->quick.zone].zone;
}

/*
 * The hosted zone, for the general way. One that was named and is not there is the caller's
 * mistake; several of one name are the model's limit.
 */
static void find_zone(struct asked *asked, struct route *route)
{
    struct route_input input = {asked->quick.view, &asked->query, NULL};
    int32_t rc;

    r53__route_init(route);
    if (asked->quick.zone >= 0) {
        route->zone = asked->quick.zone;
        route->stage = ROUTE_DISPATCH;
        return;
    }
    rc = r53__route_zone(&input, route, NULL);
    if (rc == R53_OK)
        return;
    asked->is_open = false;
    if (rc == R53_E_NOT_FOUND)
        asked->rc = rc;
    else
        asked->message.rcode = R53_RCODE_SERVFAIL;
}

/* A sink that writes into a message. */
struct wire_sink {
    struct answer_sink sink; /* first: the sink is the wire sink */
    struct writer writer;
};

static void wire_begin(struct answer_sink *sink, const struct rrset *rrset)
{
    r53__writer_rrset(&((struct wire_sink *)sink)->writer, rrset->section - R53_SECTION_ANSWER,
                      rrset->type, rrset->ttl, rrset->owner, rrset->optional);
}

static void wire_value(struct answer_sink *sink, const uint8_t *rdata, size_t length)
{
    r53__writer_record(&((struct wire_sink *)sink)->writer, rdata, length);
}

/* Is the group's answer settled without knowing the client: by one record set that is no alias? */
static bool is_simple(const struct zone *zone, const struct group *group)
{
    return group->policy == POLICY_SIMPLE &&
           !(zone->record_sets[group->first].flags & RECORD_ALIAS);
}

/* Will the next stage look at the client: a policy, or a load balancer that an alias leads to? */
static bool looks_at_client(const struct zone *zone, const struct route *route)
{
    if (route->stage == ROUTE_RECORD)
        return r53__policies[zone->groups[route->group].policy].asks_client;
    return route->stage == ROUTE_ALIAS && zone->record_sets[route->record].flags & RECORD_ALIAS;
}

/* Runs what is left of the chain; the client is filled in when somebody is about to look at it. */
static int32_t run_stages(struct asked *asked, const struct route_input *input, struct route *route,
                          struct draw *draw)
{
    const struct zone *zone = input->view->zones[route->zone].zone;
    bool is_filled = false;
    int32_t rc = R53_OK;

    while (rc == R53_OK && route->stage != ROUTE_DONE) {
        if (!is_filled && looks_at_client(zone, route)) {
            r53__peer_client(asked->quick.peer, &asked->message, &asked->query.client);
            is_filled = true;
        }
        rc = r53__route_step(input, route, draw);
    }
    return rc;
}

/*
 * The chain behind the hosted zone. A simple record set is taken at once, as its policy would
 * (R53-SIMPLE-01): by far the most answers come to this. What ANY and a chain of CNAMEs lead to is
 * not known before, so they have the client filled in.
 */
static int32_t run(struct asked *asked, const struct route_input *input, struct route *route)
{
    struct draw draw = {.seed = asked->query.seed};
    const struct zone *zone;

    if (route->stage == ROUTE_DONE) /* refused */
        return R53_OK;
    if (route->stage == ROUTE_OWN_NAME) { /* whose nodes depend on the client (ELB-DNS-44) */
        r53__peer_client(asked->quick.peer, &asked->message, &asked->query.client);
        return r53__route_run(input, route, &draw);
    }
    zone = input->view->zones[route->zone].zone;
    r53__route_dispatch(input, route, &draw);
    if (route->stage == ROUTE_RECORD && is_simple(zone, &zone->groups[route->group])) {
        route->record = (int32_t)zone->groups[route->group].first;
        route->origin = R53_ORIGIN_RECORD;
        route->stage = ROUTE_DONE;
    }
    if (route->disposition == R53_DISPOSITION_ANY || asked->quick.peer->chase_cname)
        r53__peer_client(asked->quick.peer, &asked->message, &asked->query.client);
    return run_stages(asked, input, route, &draw);
}

/* Resolves into the sink. */
static int32_t resolve(struct asked *asked, struct route *route, struct wire_sink *to,
                       struct section_result *result)
{
    struct route_input input = {asked->quick.view, &asked->query, NULL};
    struct section_options options = {.minimal = asked->quick.peer->minimal != 0,
                                      .single_any = asked->quick.peer->single_any != 0,
                                      .chase_cname = asked->quick.peer->chase_cname != 0};
    int32_t rc = run(asked, &input, route);

    if (rc != R53_OK)
        return rc;
    to->sink = (struct answer_sink){wire_begin, wire_value};
    return r53__sections_write(&to->sink, &input, route, options, result);
}

/* The question is there if the message has one; its name is then in the query. */
static bool begin(struct writer *w, const struct asked *asked, void *response, size_t capacity)
{
    return r53__writer_begin(w, &asked->message, r53__name(&asked->query.name), response,
                             r53__response_limit(asked->quick.peer, &asked->message, capacity));
}

static size_t end(struct writer *w, const r53_peer *peer, const struct section_result *result)
{
    struct writer_end as = {result->rcode, result->authoritative, r53__peer_udp_size(peer),
                            (uint8_t)result->scope};

    return r53__writer_end(w, &as);
}

/* The general way: resolves and writes whatever it is. */
static int32_t answer_any(struct asked *asked, void *response, size_t capacity, size_t *length)
{
    struct wire_sink to; /* not initialised as a whole: the dictionary is large */
    struct section_result result;
    struct route route;

    *length = 0;
    if (asked->is_open)
        find_zone(asked, &route);
    if (asked->rc != R53_OK || asked->is_dropped)
        return asked->rc;
    result = (struct section_result){.rcode = asked->message.rcode};
    if (!begin(&to.writer, asked, response, capacity))
        return R53_E_NO_SPACE;
    if (asked->is_open && resolve(asked, &route, &to, &result) != R53_OK)
        result = (struct section_result){.rcode = R53_RCODE_SERVFAIL};
    if (result.rcode == R53_RCODE_SERVFAIL) { /* R53-DNS-19: empty sections */
        r53__writer_clear(&to.writer);
        result.authoritative = false;
    }
    *length = end(&to.writer, asked->quick.peer, &result);
    return R53_OK;
}

int32_t r53_respond(const r53_view *view, const r53_peer *peer, const void *query, size_t n_query,
                    void *response, size_t capacity, size_t *length)
{
    const struct zone *zone;
    struct search search;
    struct asked asked;
    r53_peer copy;

    if (!view || !response || !length)
        return R53_E_INVALID;
    zone = ask(&asked, view, &copy, peer, query, n_query);
    if (zone) {
        r53__search_begin(&search, zone, asked.query.hash);
        *length = r53__quick_answer(&asked.quick, &search, response, capacity);
        if (*length > 0)
            return R53_OK;
    }
    return answer_any(&asked, response, capacity, length);
}

/* Queries that go through the steps together. */
struct batch {
    struct asked asked[BLOCK];
    struct ahead ahead[BLOCK];
    r53_peer peers[BLOCK];
};

/* Its first step; fetches the slots where searches are going to begin. */
static void ask_all(struct batch *batch, const r53_view *view, r53_exchange *const *exchanges,
                    size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const r53_exchange *e = exchanges[i];
        struct asked *asked = &batch->asked[i];
        struct ahead *ahead = &batch->ahead[i];

        ahead->quick = &asked->quick;
        ahead->zone = ask(asked, view, &batch->peers[i], e->peer, e->query, e->n_query);
        if (ahead->zone)
            r53__search_fetch(ahead->zone, asked->query.hash);
    }
}

/* Its last step. */
static void answer_all(struct batch *batch, r53_exchange *const *exchanges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct asked *asked = &batch->asked[i];
        struct ahead *ahead = &batch->ahead[i];
        r53_exchange *e = exchanges[i];

        e->error = R53_OK;
        e->length = 0;
        if (ahead->zone)
            e->length = r53__quick_answer(&asked->quick, &ahead->search, e->response, e->capacity);
        if (e->length == 0)
            e->error = answer_any(asked, e->response, e->capacity, &e->length);
    }
}

/* Answers up to BLOCK queries, all of them a step at a time. */
static void respond_block(const r53_view *view, r53_exchange *const *exchanges, size_t n)
{
    struct batch batch; /* not initialised as a whole */

    ask_all(&batch, view, exchanges, n);
    r53__search_many(batch.ahead, n);
    answer_all(&batch, exchanges, n);
}

void r53__respond_together(const r53_view *view, r53_exchange *const *exchanges, size_t n)
{
    for (size_t i = 0; i < n; i += BLOCK)
        respond_block(view, exchanges + i, n - i < BLOCK ? n - i : BLOCK);
}

static void respond_each(const r53_view *view, r53_exchange *const *exchanges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        r53_exchange *e = exchanges[i];

        e->length = 0;
        e->error =
            r53_respond(view, e->peer, e->query, e->n_query, e->response, e->capacity, &e->length);
    }
}

/* Is there memory to wait for, and another query to wait with? Steps apart cost a tenth more. */
static bool is_waiting(const r53_view *view, size_t n)
{
    return n > 1 && view->n_owners > OWNERS_CLOSE;
}

static bool exchange_is_valid(const r53_exchange *exchange)
{
    return exchange && exchange->size >= sizeof(*exchange) && exchange->response;
}

int32_t r53_respond_many(const r53_view *view, r53_exchange *const *exchanges, size_t n)
{
    if (!view || (n > 0 && !exchanges))
        return R53_E_INVALID;
    for (size_t i = 0; i < n; i++) {
        if (!exchange_is_valid(exchanges[i]))
            return R53_E_INVALID;
    }
    if (is_waiting(view, n))
        r53__respond_together(view, exchanges, n);
    else
        respond_each(view, exchanges, n);
    return R53_OK;
}
