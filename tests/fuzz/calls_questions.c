/*
 * Views, listings and all that is asked of them. Whatever is kept is asked again at its end and
 * must tell the same.
 */
#include "fuzz/calls.h"

/* Digests: of records, selections, and of what a view tells of a few fixed questions */

static void digest_answer(uint64_t *digest, r53_answer *answer)
{
    static const int32_t sections[] = {R53_SECTION_ANSWER, R53_SECTION_AUTHORITY,
                                       R53_SECTION_ADDITIONAL};
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};

    MUST(r53_answer_summarize(answer, &summary) == R53_OK);
    digest_number(digest, summary.rcode);
    digest_number(digest, summary.disposition);
    digest_number(digest, summary.origin);
    digest_text(digest, summary.set_identifier);
    for (size_t s = 0; s < LENGTH(sections); s++) {
        size_t n = r53_answer_count(answer, sections[s]);

        for (size_t i = 0; i < n; i++) {
            MUST(r53_answer_record(answer, sections[s], i, &record) == R53_OK);
            digest_text(digest, record.name);
            digest_text(digest, record.value);
            digest_number(digest, record.ttl);
        }
    }
}

static void digest_selection(uint64_t *digest, const r53_selection *s)
{
    digest_number(digest, s->outcome);
    digest_number(digest, s->status);
    digest_number(digest, s->matched_priority);
    digest_number(digest, s->target_port);
    digest_number(digest, s->rule);
    digest_text(digest, s->availability_zone);
    digest_text(digest, s->target_group_arn);
    digest_text(digest, s->target_id);
    digest_number(digest, s->cookies);
}

static void digest_resolved(uint64_t *digest, const r53_view *view)
{
    r53_answer *answer;

    MUST(r53_answer_new(&answer, NULL) == R53_OK);
    for (size_t i = 0; i < LENGTH(record_names); i++) {
        r53_query query = {.size = sizeof(query), .name = record_names[i], .seed = i};
        int32_t rc = r53_resolve(view, &query, answer, NULL);

        MUST(rc == R53_OK || rc == R53_E_AMBIGUOUS || rc == R53_E_INVALID);
        digest_number(digest, rc);
        digest_answer(digest, answer);
    }
    r53_answer_free(answer);
}

static void digest_balancers(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(balancer_names); i++) {
        r53_load_balancer_health health = {.size = sizeof(health)};
        r53_selection selection = {.size = sizeof(selection)};
        r53_request request = {.size = sizeof(request), .seed = i};

        request.load_balancer = balancer_names[i].arn;
        digest_number(digest, r53_load_balancer_health_get(view, request.load_balancer, &health));
        digest_number(digest, health.healthy);
        digest_number(digest, health.fault);
        digest_number(digest, r53_elb_select(view, &request, NULL, &selection, NULL));
        if (selection.outcome)
            digest_selection(digest, &selection);
    }
}

static void digest_targets(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(group_arns); i++) {
        const r53_target_health_query query = {.size = sizeof(query),
                                               .target_group_arn = group_arns[i]};
        r53_target_health_listing *listing;
        const r53_target_health *health;

        if (r53_target_healths_list(&listing, view, &query, NULL) != R53_OK)
            continue;
        while ((health = r53_target_health_listing_next(listing))) {
            digest_text(digest, health->id);
            digest_text(digest, health->state_name);
            digest_text(digest, health->reason);
            digest_number(digest, health->takes_traffic);
        }
        r53_target_health_listing_free(listing);
    }
}

static void digest_checks(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(check_ids); i++) {
        r53_health_check_status status = {.size = sizeof(status)};

        digest_number(digest, r53_health_check_status_get(view, check_ids[i], &status));
        digest_number(digest, status.status);
        digest_number(digest, status.basis);
        for (uint32_t k = 0; k < status.n_checkers; k++)
            digest_text(digest, r53_health_check_checker(view, check_ids[i], k, NULL));
    }
}

static uint64_t view_digest(const r53_view *view)
{
    uint64_t digest = 0;

    digest_resolved(&digest, view);
    digest_balancers(&digest, view);
    digest_targets(&digest, view);
    digest_checks(&digest, view);
    return digest;
}

/* Views */

const r53_view *view_pick(struct play *p)
{
    return p->views[below(&p->in, VIEWS)].view;
}

static void view_drop(struct play *p, size_t i)
{
    if (!p->views[i].view)
        return;
    p->torture.fail_at = 0;
    MUST(view_digest(p->views[i].view) == p->views[i].digest);
    digest_number(&p->log, (int64_t)p->views[i].digest);
    r53_view_release(p->views[i].view);
    p->views[i].view = NULL;
}

void views_drop(struct play *p)
{
    for (size_t i = 0; i < VIEWS; i++)
        view_drop(p, i);
}

static int32_t view_new(struct play *p)
{
    static const int64_t steps[] = {0, 1, 1000, 60000, 300000, 4000000, -5000};
    size_t i = below(&p->in, VIEWS);
    int64_t now_ms = p->now_ms + ONE_OF(&p->in, steps);
    r53_view *view;
    int32_t rc =
        r53_view_new(&view, p->cloud, take(&p->in) % 4 ? p->observed : NULL, now_ms, p->report);

    if (rc != R53_OK)
        return rc;
    p->torture.fail_at = 0; /* what follows is no part of the call */
    view_drop(p, i);
    p->now_ms = now_ms;
    p->views[i] = (struct kept_view){view, view_digest(view)};
    return R53_OK;
}

static int32_t view_release(struct play *p)
{
    view_drop(p, below(&p->in, VIEWS));
    return R53_OK;
}

/* Listings: how each kind is opened, and what its next entry tells */

struct listing_kind {
    int32_t (*open)(void **out, const r53_cloud *cloud, r53_report *report);
    bool (*next)(void *listing, uint64_t *digest);
    void (*free)(void *listing);
};

static int32_t sets_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_listing *listing = NULL;
    int32_t rc = r53_record_sets_list(&listing, cloud, "Z1", NULL, 0, NULL, report);

    *out = listing;
    return rc;
}

static bool sets_next(void *listing, uint64_t *digest)
{
    const r53_record_set *set = r53_listing_next_record_set(listing);

    if (!set)
        return false;
    digest_text(digest, set->name);
    digest_number(digest, set->type);
    digest_text(digest, set->set_identifier);
    digest_text(digest, set->alias_dns_name);
    for (uint32_t i = 0; i < set->n_values; i++)
        digest_text(digest, set->values[i]);
    return true;
}

static int32_t zones_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_listing *listing = NULL;
    int32_t rc = r53_zones_list_by_name(&listing, cloud, NULL, NULL, report);

    *out = listing;
    return rc;
}

static bool zones_next(void *listing, uint64_t *digest)
{
    const r53_hosted_zone *zone = r53_listing_next_zone(listing);

    if (!zone)
        return false;
    digest_text(digest, zone->id);
    digest_text(digest, zone->name);
    digest_number(digest, zone->record_set_count);
    for (uint32_t i = 0; i < zone->n_vpcs; i++)
        digest_text(digest, zone->vpcs[i]->vpc_id);
    return true;
}

static void zone_listing_free(void *listing)
{
    r53_listing_free(listing);
}

static int32_t checks_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_health_check_listing *listing = NULL;
    int32_t rc = r53_health_checks_list(&listing, cloud);

    (void)report;
    *out = listing;
    return rc;
}

static bool checks_next(void *listing, uint64_t *digest)
{
    const r53_health_check *check = r53_health_check_listing_next(listing);

    if (!check)
        return false;
    digest_text(digest, check->id);
    digest_text(digest, check->caller_reference);
    digest_number(digest, check->health_check_version);
    for (uint32_t i = 0; i < check->n_child_health_checks; i++)
        digest_text(digest, check->child_health_checks[i]);
    return true;
}

static void checks_free(void *listing)
{
    r53_health_check_listing_free(listing);
}

static int32_t blocks_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_cidr_listing *listing = NULL;
    int32_t rc = r53_cidr_blocks_list(&listing, cloud, "c1", report);

    *out = listing;
    return rc;
}

static bool blocks_next(void *listing, uint64_t *digest)
{
    const r53_cidr_block *block = r53_cidr_listing_next_block(listing);

    if (!block)
        return false;
    digest_text(digest, block->location_name);
    digest_text(digest, block->cidr_block);
    return true;
}

static void blocks_free(void *listing)
{
    r53_cidr_listing_free(listing);
}

static int32_t balancers_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_load_balancers_list(&listing, cloud);

    (void)report;
    *out = listing;
    return rc;
}

static bool balancers_next(void *listing, uint64_t *digest)
{
    const r53_load_balancer *lb = r53_elb_listing_next_load_balancer(listing);

    if (!lb)
        return false;
    digest_text(digest, lb->load_balancer_arn);
    digest_text(digest, lb->dns_name);
    for (uint32_t i = 0; i < lb->n_availability_zones; i++)
        digest_text(digest, lb->availability_zones[i]->zone_name);
    for (uint32_t i = 0; i < lb->n_instances; i++)
        digest_text(digest, lb->instances[i]);
    return true;
}

static int32_t rules_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_listener_rules_list(&listing, cloud, NULL, report);

    *out = listing;
    return rc;
}

static bool rules_next(void *listing, uint64_t *digest)
{
    const r53_listener_rule *rule = r53_elb_listing_next_listener_rule(listing);

    if (!rule)
        return false;
    digest_text(digest, rule->rule_arn);
    digest_text(digest, rule->priority);
    for (uint32_t i = 0; i < rule->n_conditions; i++)
        digest_text(digest, rule->conditions[i]->field);
    return true;
}

static int32_t targets_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_targets_list(&listing, cloud, group_arns[0], report);

    *out = listing;
    return rc;
}

static bool targets_next(void *listing, uint64_t *digest)
{
    const r53_target *target = r53_elb_listing_next_target(listing);

    if (!target)
        return false;
    digest_text(digest, target->id);
    digest_text(digest, target->availability_zone);
    digest_number(digest, target->port);
    return true;
}

static void elb_listing_free(void *listing)
{
    r53_elb_listing_free(listing);
}

static const struct listing_kind kinds[] = {
    {sets_open, sets_next, zone_listing_free},
    {zones_open, zones_next, zone_listing_free},
    {checks_open, checks_next, checks_free},
    {blocks_open, blocks_next, blocks_free},
    {balancers_open, balancers_next, elb_listing_free},
    {rules_open, rules_next, elb_listing_free},
    {targets_open, targets_next, elb_listing_free},
};

static void listing_drop(struct play *p, size_t i)
{
    struct kept_listing *l = &p->listings[i];
    uint64_t digest = 0;

    if (!l->kind)
        return;
    while (l->kind->next(l->listing, &digest))
        continue;
    MUST(digest == l->expected);
    digest_number(&p->log, (int64_t)digest);
    l->kind->free(l->listing);
    l->kind = NULL;
}

void listings_drop(struct play *p)
{
    for (size_t i = 0; i < LISTINGS; i++)
        listing_drop(p, i);
}

/* What the same listing tells now. */
static int32_t listing_expect(struct play *p, const struct listing_kind *kind, uint64_t *digest)
{
    void *listing;
    int32_t rc = kind->open(&listing, p->cloud, p->report);

    *digest = 0;
    if (rc != R53_OK)
        return rc;
    while (kind->next(listing, digest))
        continue;
    kind->free(listing);
    return R53_OK;
}

static int32_t listing_open(struct play *p)
{
    size_t i = below(&p->in, LISTINGS);
    const struct listing_kind *kind = &ONE_OF(&p->in, kinds);
    uint64_t expected;
    void *listing;
    int32_t rc = listing_expect(p, kind, &expected);

    if (rc == R53_OK)
        rc = kind->open(&listing, p->cloud, p->report);
    if (rc != R53_OK)
        return rc;
    listing_drop(p, i);
    p->listings[i] = (struct kept_listing){kind, listing, expected};
    return R53_OK;
}

static int32_t listing_end(struct play *p)
{
    listing_drop(p, below(&p->in, LISTINGS));
    return R53_OK;
}

/* Questions of DNS */

static const struct member query_members[] = {
    NUMBER_OF(r53_query, type),
    TEXT_OF(r53_query, name),
    TEXT_OF(r53_query, hosted_zone_id),
    TEXT_OF(r53_query, resolver_address),
    TEXT_OF(r53_query, client_subnet),
    TEXT_OF(r53_query, vpc_id),
    TEXT_OF(r53_query, vpc_region),
    TEXT_OF(r53_query, availability_zone),
    NUMBER_OF(r53_query, telling),
    NUMBER_OF(r53_query, has_coordinates),
    NUMBER_OF(r53_query, latitude),
    NUMBER_OF(r53_query, longitude),
    TEXT_OF(r53_query, continent_code),
    TEXT_OF(r53_query, country_code),
    TEXT_OF(r53_query, subdivision_code),
    TEXT_OF(r53_query, availability_zone_id),
    TEXT_OF(r53_query, availability_zone_group),
};

static void query_make(struct play *p, r53_query *query)
{
    static const int32_t types[] = {R53_TYPE_A,  R53_TYPE_A,   R53_TYPE_AAAA, R53_TYPE_CNAME,
                                    R53_TYPE_NS, R53_TYPE_SOA, R53_TYPE_ANY,  R53_TYPE_MX};

    *query = (r53_query){.size = sizeof(*query), .name = ONE_OF(&p->in, record_names)};
    query->type = ONE_OF(&p->in, types);
    query->seed = take(&p->in);
    query->vpc_id = take(&p->in) % 8 == 1 ? "vpc-1" : NULL;
    query->client_subnet = take(&p->in) % 4 == 1 ? "203.0.113.0/24" : NULL;
    vary(&p->in, query, query_members, LENGTH(query_members), any_text);
}

/* A question that runs out of memory leaves the answer empty; what it told is logged else. */
static int32_t resolve(struct play *p)
{
    const r53_view *view = view_pick(p);
    r53_query query;
    int32_t rc;

    query_make(p, &query);
    rc = r53_resolve(view, &query, p->answer, take(&p->in) % 2 ? p->trace : NULL);
    p->torture.fail_at = 0;
    if (rc != R53_E_NOMEM)
        digest_answer(&p->log, p->answer);
    return rc;
}

static int32_t dispatch(struct play *p)
{
    const r53_view *view = view_pick(p);
    r53_disposition disposition = {.size = sizeof(disposition)};
    r53_query query;
    int32_t rc;

    query_make(p, &query);
    rc = r53_dispatch(view, &query, &disposition, p->trace);
    if (rc == R53_OK)
        digest_number(&p->log, disposition.kind);
    return rc;
}

static int32_t test_answer(struct play *p)
{
    const r53_view *view = view_pick(p);
    r53_test_dns_query query = {.size = sizeof(query), .hosted_zone_id = ONE_OF(&p->in, zone_ids)};
    r53_test_dns_result result = {.size = sizeof(result)};
    int32_t rc;

    query.record_name = ONE_OF(&p->in, record_names);
    query.record_type = take(&p->in) % 2 ? R53_TYPE_A : number(&p->in);
    query.seed = take(&p->in);
    rc = r53_test_dns_answer(view, &query, p->answer, &result, p->report);
    if (rc == R53_OK)
        digest_text(&p->log, result.response_code);
    return rc;
}

/* A query of a fixed form: name, type and class behind a header with recursion desired. */
static size_t message_make(struct play *p, uint8_t *octets)
{
    static const char *const labels[] = {"www", "*", "a", "sub", "x", "nothing"};
    static const char header[12] = "\1\2\1\0\0\1\0\0\0\0\0\0", tail[] = "\7example\3com";
    const char *label = ONE_OF(&p->in, labels);
    size_t n = sizeof(header);

    memcpy(octets, header, sizeof(header));
    octets[n++] = (uint8_t)strlen(label);
    memcpy(octets + n, label, strlen(label));
    n += strlen(label);
    memcpy(octets + n, tail, sizeof(tail));
    n += sizeof(tail);
    octets[n++] = 0;
    octets[n++] = take(&p->in) % 4 ? R53_TYPE_A : take(&p->in);
    octets[n++] = 0;
    octets[n++] = 1;
    return n;
}

static int32_t respond(struct play *p)
{
    const r53_view *view = view_pick(p);
    uint8_t query[64], responses[2][512];
    size_t n = message_make(p, query);
    r53_peer peer = {.size = sizeof(peer), .seed = take(&p->in)};
    r53_exchange exchange = {.size = sizeof(exchange),
                             .peer = &peer,
                             .query = query,
                             .n_query = n,
                             .response = responses[0],
                             .capacity = sizeof(responses[0])};
    r53_exchange *const exchanges[] = {&exchange};
    size_t length;
    int32_t rc;

    peer.chase_cname = (int32_t)below(&p->in, 2);
    rc = r53_respond_many(view, exchanges, 1);
    if (rc != R53_OK || exchange.error != R53_OK)
        return rc ? rc : exchange.error;
    MUST(r53_respond(view, &peer, query, n, responses[1], sizeof(responses[1]), &length) == R53_OK);
    MUST(length == exchange.length && memcmp(responses[0], responses[1], length) == 0);
    digest_octets(&p->log, responses[0], length);
    return R53_OK;
}

/* Requests */

static const struct member request_members[] = {
    NUMBER_OF(r53_request, protocol),
    TEXT_OF(r53_request, load_balancer),
    TEXT_OF(r53_request, availability_zone),
    TEXT_OF(r53_request, source_address),
    NUMBER_OF(r53_request, port),
    NUMBER_OF(r53_request, source_port),
    TEXT_OF(r53_request, method),
    TEXT_OF(r53_request, url),
    TEXT_OF(r53_request, server_name),
    NUMBER_OF(r53_request, http_version),
    NUMBER_OF(r53_request, auth_state),
    NUMBER_OF(r53_request, waf_state),
    NUMBER_OF(r53_request, desync_class),
    NUMBER_OF(r53_request, target_outcome),
    NUMBER_OF(r53_request, client_outcome),
    NUMBER_OF(r53_request, established),
    TEXT_OF(r53_request, source_instance),
    TEXT_OF(r53_request, destination_address),
    LONG_OF(r53_request, now_ms),
};

static void request_make(struct play *p, r53_request *request)
{
    static const char *const urls[] = {"/a", "/", "/x?v=1", "http://www.example.com/a/../b"};

    *request = (r53_request){.size = sizeof(*request)};
    request->load_balancer = ONE_OF(&p->in, balancer_names).arn;
    request->url = ONE_OF(&p->in, urls);
    request->seed = take(&p->in);
    request->source_address = take(&p->in) % 2 ? "203.0.113.9" : NULL;
    request->source_port = 1 + take(&p->in);
    vary(&p->in, request, request_members, LENGTH(request_members), any_text);
}

static void begun_end(struct play *p, size_t i)
{
    struct kept_selection *kept = &p->begun[i];

    if (!kept->view)
        return;
    MUST(r53_elb_end(p->state, &kept->selection) == R53_OK);
    r53_view_release(kept->view);
    kept->view = NULL;
}

void begun_drop(struct play *p)
{
    for (size_t i = 0; i < BEGUN; i++)
        begun_end(p, i);
}

static int32_t select_begin(struct play *p)
{
    const r53_view *view = view_pick(p);
    size_t i = below(&p->in, BEGUN);
    r53_selection selection = {.size = sizeof(selection)};
    r53_request request;
    int32_t rc;

    request_make(p, &request);
    rc = r53_elb_select(view, &request, p->state, &selection, take(&p->in) % 2 ? p->trace : NULL);
    if (rc == R53_OK)
        rc = r53_elb_begin(p->state, &selection);
    if (rc != R53_OK)
        return rc;
    digest_selection(&p->log, &selection);
    begun_end(p, i);
    p->begun[i] = (struct kept_selection){r53_view_retain(view), selection};
    return R53_OK;
}

static int32_t select_resume(struct play *p)
{
    const r53_view *view = view_pick(p);
    const struct kept_selection *kept = &p->begun[below(&p->in, BEGUN)];
    r53_selection selection = {.size = sizeof(selection)};
    r53_request request;
    int32_t rc;

    request_make(p, &request);
    rc = r53_elb_resume(view, &request, kept->view ? &kept->selection : NULL, &selection, p->trace);
    if (rc == R53_OK)
        digest_selection(&p->log, &selection);
    return rc;
}

static int32_t select_end(struct play *p)
{
    begun_end(p, below(&p->in, BEGUN));
    return R53_OK;
}

/* The cookies of a selection come back with the next request. */
static int32_t select_cookie(struct play *p)
{
    static const uint8_t key[R53_COOKIE_KEY_SIZE] = {7};
    const struct kept_selection *kept = &p->begun[below(&p->in, BEGUN)];
    char text[R53_COOKIE_TEXT_MAX], buffer[R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = {.size = sizeof(cookie)}, opened = {.size = sizeof(opened)};
    const r53_cookie *const cookies[] = {&opened};
    r53_request request;
    r53_selection selection = {.size = sizeof(selection)};
    int32_t rc;

    request_make(p, &request);
    if (!kept->view || r53_selection_cookie(&kept->selection, 0, 1, &cookie) != R53_OK)
        return R53_OK;
    MUST(r53_cookie_seal(key, &cookie, text, sizeof(text), NULL) == R53_OK);
    MUST(r53_cookie_open(key, cookie.kind, text, &opened, buffer, sizeof(buffer)) == R53_OK);
    request.cookies = cookies;
    request.n_cookies = 1;
    rc = r53_elb_select(view_pick(p), &request, p->state, &selection, NULL);
    if (rc == R53_OK)
        digest_selection(&p->log, &selection);
    return rc;
}

/* The whole flow */

static int32_t flow(struct play *p)
{
    static char text[1 << 16];
    const r53_view *view = view_pick(p);
    size_t length = 0;
    r53_request request;
    r53_query query;
    int32_t rc, form = (int32_t)below(&p->in, 6);

    query_make(p, &query);
    request_make(p, &request);
    rc = r53_flow_run(view, &query, take(&p->in) % 2 ? &request : NULL, p->state, p->flow);
    if (rc != R53_OK)
        return rc;
    rc = r53_flow_render(p->flow, form, text, sizeof(text), &length);
    if (rc == R53_OK)
        digest_octets(&p->log, text, length);
    return rc == R53_E_NO_SPACE ? R53_OK : rc;
}

static int32_t outcomes(struct play *p)
{
    const r53_view *view = view_pick(p);
    r53_outcome outcome = {.size = sizeof(outcome)};
    r53_selection selection = {.size = sizeof(selection)};
    r53_outcomes *all;
    r53_request request;
    r53_query query;
    int32_t rc;

    query_make(p, &query);
    request_make(p, &request);
    rc = r53_outcomes_new(&all, view, &query, &request, p->report);
    if (rc != R53_OK)
        return rc;
    outcome.selection = &selection;
    for (size_t i = 0; r53_outcomes_get(all, i, &outcome) == R53_OK; i++) {
        digest_number(&p->log, outcome.kind);
        digest_text(&p->log, outcome.numerator);
        digest_text(&p->log, outcome.denominator);
        digest_text(&p->log, outcome.value);
    }
    r53_outcomes_free(all);
    return R53_OK;
}

static call_function *const calls[] = {
    view_new,     view_new,      view_new,     view_release, listing_open,
    listing_open, listing_end,   resolve,      resolve,      dispatch,
    test_answer,  respond,       select_begin, select_begin, select_resume,
    select_end,   select_cookie, flow,         outcomes,
};

const struct call_table question_calls = {calls, LENGTH(calls)};
