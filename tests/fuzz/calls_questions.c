/*
 * All that is asked of views: names, messages, requests and what becomes of them, whole flows.
 */
#include "fuzz/calls.h"

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
    resolve,      resolve,       dispatch,   test_answer,   respond, select_begin,
    select_begin, select_resume, select_end, select_cookie, flow,    outcomes,
};

const struct call_table question_calls = {calls, LENGTH(calls)};
