/*
 * Any octets as a request to a fixed fleet: first which load balancer, then the members that the
 * request states, texts and enumerators alike whatever they are. What is selected must hang
 * together, be the same when asked again, and go through begin, resume, texts, cookies and end.
 */
#include "fuzz/input.h"

#include "support/fleet_text.h"
#include "support/rule_text.h"

#include <stdio.h>

enum { TEXTS_MAX = 256, HEADERS_MAX = 8, FLEETS = 5 };

#define COOKIES                                                                                    \
    "alb a b:2 c! http:80 https:443 bind=60 | t1 w=3 sticky=lb_cookie lb_s=60 a1-4=ok b1=bad "     \
    "c1=ok | t2 algo=least_outstanding_requests slow=30 a1-3@81=ok b9=drain | t3 w=2 "             \
    "sticky=app_cookie app=SID app_s=60 algo=weighted_random mit=on a1-4=ok | t4 ctl=9000 a1=ok"
#define FLOWS                                                                                      \
    "nlb a b c? tcp:80 udp:53 tls:443 quic:444 xz=on idle=60 | t1 sticky=source_ip "               \
    "keep=true rebalance a1-3=ok b1=bad c1=ud *1=ok"
#define APPLIANCES                                                                                 \
    "gwlb a b xz=on | t1 proto=8 sticky=source_ip_dest_ip rst_bad=true rebalance a1-2=ok b1=ok "   \
    "b2=bad"
#define CLASSIC "clb a b http:80 https:443 stick=app | t1 a1=ok a2=ok b1=ok b2=bad"

static const char *const fleet_texts[FLEETS - 1] = {COOKIES, FLOWS, APPLIANCES, CLASSIC};

static const char rule_lines[] =
    "lb drop preserve desync=3\n"
    "listen https:443 mtls=3 alpn=HTTP2Preferred\n"
    "cert wild names=*.example.com,b.test default\n"
    "cert ec names=ec.test key=EC_prime256v1 sig=SHA384WITHECDSA after=1000\n"
    "group lam lambda\n"
    "group grpc version=3\n"
    "1 path=/img*,/?x -> img:3,new:1\n"
    "2 host=*.example.com,b.test path=/api* -> api\n"
    "3 method=GET header=X-Env:*prod* query=version:v1,*beta* source=203.0.113.0/24,2001:db8::/32 "
    "-> x\n"
    "4 path=/old -> redirect HTTP_302 protocol=HTTPS port=443 host=new.#{host} path=/#{path} "
    "query=a&#{query}\n"
    "5 path=/no -> fixed 404 type=text/plain body=no\n"
    "6 path=/in -> auth=deny then lam\n"
    "7 path=/jwt -> jwt then grpc\n"
    "8 path=/* query=a:b -> empty\n";

/* One fleet: what requests are put to. */
struct fleet {
    const char *balancer;
    const r53_cloud *cloud;
    const r53_view *view;
};

static struct fleet_world fleet_worlds[FLEETS - 1];
static struct rule_world rule_world;

static void fleets_drop(void)
{
    for (size_t i = 0; i < FLEETS - 1; i++)
        fleet_world_free(&fleet_worlds[i]);
    rule_world_free(&rule_world);
}

static void fleets_make(void)
{
    for (size_t i = 0; i < FLEETS - 1; i++)
        fleet_worlds[i] = fleet_world_make(fleet_texts[i], NULL);
    rule_world = rule_world_make(rule_lines, NULL);
    atexit(fleets_drop);
}

static struct fleet fleet_pick(struct input *in)
{
    size_t i = below(in, FLEETS);

    if (i == FLEETS - 1)
        return (struct fleet){RULE_LB, rule_world.cloud, rule_world.view};
    return (struct fleet){FLEET_ARN, fleet_worlds[i].cloud, fleet_worlds[i].view};
}

/* Texts of their own blocks, so that a sanitizer sees a byte too much. */

static char *texts[TEXTS_MAX];
static size_t n_texts;

static void texts_drop(void)
{
    while (n_texts > 0)
        free(texts[--n_texts]);
}

/* As many octets as the first one says, without NUL. */
static const char *text_read(struct input *in)
{
    size_t n = below(in, 64);
    char *text = malloc(n + 1);

    MUST(text && n_texts < TEXTS_MAX);
    texts[n_texts++] = text;
    for (size_t i = 0; i < n; i++) {
        char c = (char)take(in);

        text[i] = c ? c : ' ';
    }
    text[n] = '\0';
    return text;
}

static const char *known_text(struct input *in)
{
    static const char *const known[] = {"/img/a",
                                        "/api",
                                        "/old?q=1&r=2",
                                        "/no",
                                        "/in",
                                        "/jwt",
                                        "/x?a=b",
                                        "http://b.test/api/../img",
                                        "https://www.example.com:443/",
                                        "*",
                                        "//",
                                        "/%2e%2e/%zz",
                                        "GET",
                                        "POST",
                                        "X-Env",
                                        "prod",
                                        "Host",
                                        "User-Agent",
                                        "Content-Type",
                                        "application/grpc",
                                        "X-Forwarded-For",
                                        "203.0.113.7",
                                        "2001:db8::7",
                                        "::ffff:192.0.2.1",
                                        "a1",
                                        "a",
                                        "b",
                                        "c",
                                        "ec.test",
                                        "www.example.com",
                                        "h2",
                                        "http/1.1",
                                        "Cookie",
                                        "SID=1",
                                        "Upgrade",
                                        "websocket",
                                        "t1",
                                        "t2",
                                        "t3",
                                        "AWSALB",
                                        "all"};
    size_t i = below(in, LENGTH(known) + 8);

    return i < LENGTH(known) ? known[i] : text_read(in);
}

static const struct member members[] = {
    NUMBER_OF(r53_request, protocol),
    TEXT_OF(r53_request, load_balancer),
    TEXT_OF(r53_request, availability_zone),
    TEXT_OF(r53_request, source_address),
    NUMBER_OF(r53_request, port),
    NUMBER_OF(r53_request, source_port),
    NUMBER_OF(r53_request, tcp_sequence),
    LONG_OF(r53_request, seed),
    TEXT_OF(r53_request, method),
    TEXT_OF(r53_request, url),
    TEXT_OF(r53_request, server_name),
    NUMBER_OF(r53_request, http_version),
    NUMBER_OF(r53_request, auth_state),
    NUMBER_OF(r53_request, jwt_state),
    NUMBER_OF(r53_request, waf_state),
    NUMBER_OF(r53_request, desync_class),
    NUMBER_OF(r53_request, tls_keys),
    NUMBER_OF(r53_request, client_certificate),
    NUMBER_OF(r53_request, incomplete_body),
    LONG_OF(r53_request, content_length),
    LONG_OF(r53_request, now_ms),
    TEXT_OF(r53_request, destination_address),
    NUMBER_OF(r53_request, ip_protocol),
    NUMBER_OF(r53_request, established),
    TEXT_OF(r53_request, source_instance),
    NUMBER_OF(r53_request, target_outcome),
    NUMBER_OF(r53_request, client_outcome),
    LONG_OF(r53_request, target_connect_ms),
    LONG_OF(r53_request, target_response_ms),
    NUMBER_OF(r53_request, surge_queue_length),
    NUMBER_OF(r53_request, private_link),
};

static const struct member cookie_members[] = {
    NUMBER_OF(r53_cookie, kind),        TEXT_OF(r53_cookie, target_group_arn),
    TEXT_OF(r53_cookie, target_id),     TEXT_OF(r53_cookie, target_zone),
    NUMBER_OF(r53_cookie, port),        LONG_OF(r53_cookie, issued_at_ms),
    LONG_OF(r53_cookie, expires_at_ms),
};

/* A request with room for what it points to. */
struct spec {
    r53_request request;
    r53_header headers[HEADERS_MAX];
    r53_cookie cookies[2];
    const r53_cookie *cookie_list[2];
    const char *alpn[2], *security_groups[2];
    uint8_t quic[20];
};

static void lists_read(struct input *in, struct spec *s)
{
    s->request.n_headers = (uint32_t)below(in, HEADERS_MAX);
    for (uint32_t i = 0; i < s->request.n_headers; i++) {
        s->headers[i].name = known_text(in);
        s->headers[i].value = known_text(in);
    }
    s->request.n_cookies = (uint32_t)below(in, 3);
    for (uint32_t i = 0; i < s->request.n_cookies; i++) {
        s->cookies[i] = (r53_cookie){.size = sizeof(*s->cookies),
                                     .kind = 1 + (int32_t)below(in, 7),
                                     .target_group_arn = "t1",
                                     .target_id = "a1"};
        vary(in, &s->cookies[i], cookie_members, LENGTH(cookie_members), known_text);
        s->cookie_list[i] = &s->cookies[i];
    }
    s->request.n_alpn_protocols = (uint32_t)below(in, 3);
    s->request.n_source_security_groups = (uint32_t)below(in, 3);
    for (size_t i = 0; i < 2; i++) {
        s->alpn[i] = i < s->request.n_alpn_protocols ? known_text(in) : NULL;
        s->security_groups[i] = i < s->request.n_source_security_groups ? known_text(in) : NULL;
    }
    s->request.n_quic_connection_id = (uint32_t)below(in, sizeof(s->quic) + 1);
    for (uint32_t i = 0; i < s->request.n_quic_connection_id; i++)
        s->quic[i] = take(in);
}

static void spec_read(struct input *in, struct spec *s, const char *balancer)
{
    static const int32_t ports[] = {0, 80, 443, 53, 54, 81, 444};
    size_t n = below(in, 12);

    *s = (struct spec){.request = {.size = sizeof(s->request),
                                   .load_balancer = balancer,
                                   .headers = s->headers,
                                   .cookies = s->cookie_list,
                                   .alpn_protocols = s->alpn,
                                   .source_security_groups = s->security_groups}};
    s->request.port = ONE_OF(in, ports);
    s->request.url = known_text(in);
    lists_read(in, s);
    s->request.quic_connection_id = s->request.n_quic_connection_id ? s->quic : NULL;
    for (size_t i = 0; i < n; i++)
        vary(in, &s->request, members, LENGTH(members), known_text);
}

/* What came of a request */

static bool same_text(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void check_same(const r53_selection *a, const r53_selection *b)
{
    MUST(a->outcome == b->outcome && a->status == b->status && a->rule == b->rule);
    MUST(a->matched_priority == b->matched_priority && a->target_port == b->target_port);
    MUST(a->target_ordinal == b->target_ordinal && a->cookies == b->cookies);
    MUST(same_text(a->target_id, b->target_id) && same_text(a->target_zone, b->target_zone));
    MUST(same_text(a->target_group_arn, b->target_group_arn));
    MUST(same_text(a->availability_zone, b->availability_zone));
    MUST(memcmp(a->flow_id, b->flow_id, sizeof(a->flow_id)) == 0);
}

static bool is_registered(const r53_cloud *cloud, const r53_selection *s)
{
    r53_elb_listing *listing;
    const r53_target *target;
    bool found = false;

    MUST(r53_targets_list(&listing, cloud, s->target_group_arn, NULL) == R53_OK);
    while ((target = r53_elb_listing_next_target(listing)))
        found = found || same_text(target->id, s->target_id);
    r53_elb_listing_free(listing);
    return found;
}

static void check_selection(const struct fleet *fleet, const r53_selection *s)
{
    MUST(*r53_selection_outcome_name(s->outcome));
    MUST(s->outcome != R53_SELECTED_TARGET || *s->target_id);
    MUST(!*s->target_id || is_registered(fleet->cloud, s));
    MUST(s->outcome != R53_SELECTED_GENERATED || (s->status >= 200 && s->status < 600));
    MUST(s->outcome != R53_SELECTED_REDIRECT || (s->status >= 300 && s->status < 400));
    MUST(s->matched_priority >= -1 && s->rule > 0);
}

/* Each text is the same in any room, and ends where it says. */
static void check_texts(const struct fleet *fleet, const r53_request *request,
                        const r53_selection *s, size_t room)
{
    for (int32_t text = R53_TEXT_LOCATION - 1; text <= R53_TEXT_X_FORWARDED_FOR + 1; text++) {
        size_t length = 0, again = 0;
        int32_t rc = r53_selection_text_write(fleet->view, request, s, text, NULL, 0, &length);
        char *whole, *cut = malloc(room + 1);

        MUST(cut && rc != R53_OK);
        if (rc == R53_E_NO_SPACE) {
            whole = malloc(length + 1);
            MUST(whole);
            MUST(r53_selection_text_write(fleet->view, request, s, text, whole, length + 1,
                                          &again) == R53_OK);
            MUST(again == length && strlen(whole) == length);
            rc = r53_selection_text_write(fleet->view, request, s, text, cut, room + 1, NULL);
            MUST(rc == (length <= room ? R53_OK : R53_E_NO_SPACE));
            MUST(strlen(cut) == (length <= room ? length : room));
            MUST(strncmp(cut, whole, room) == 0);
            free(whole);
        }
        free(cut);
    }
}

/* The cookies that go with the response are good ones; they come back with the next request. */
static void check_cookies(const struct fleet *fleet, r53_request request, const r53_selection *s,
                          int32_t set)
{
    static const uint8_t key[R53_COOKIE_KEY_SIZE] = {5};
    char text[R53_COOKIE_TEXT_MAX], buffers[4][R53_COOKIE_TEXT_MAX];
    r53_cookie cookie = {.size = sizeof(cookie)}, opened[4];
    const r53_cookie *list[4];
    r53_selection next = {.size = sizeof(next)};
    size_t n = 0;

    while (r53_selection_cookie(s, n, set, &cookie) == R53_OK) {
        MUST(n < 4 && *r53_cookie_name(cookie.kind));
        opened[n] = (r53_cookie){.size = sizeof(*opened)};
        MUST(r53_cookie_seal(key, &cookie, text, sizeof(text), NULL) == R53_OK);
        MUST(r53_cookie_open(key, cookie.kind, text, &opened[n], buffers[n], sizeof(buffers[n])) ==
             R53_OK);
        list[n] = &opened[n];
        n++;
    }
    if (n == 0)
        return;
    request.cookies = list;
    request.n_cookies = (uint32_t)n;
    MUST(r53_elb_select(fleet->view, &request, NULL, &next, NULL) == R53_OK);
    check_selection(fleet, &next);
}

static void check_life(const struct fleet *fleet, struct input *in, const r53_request *request,
                       const r53_selection *s, r53_elb_state *state)
{
    r53_selection other = {.size = sizeof(other)};
    struct spec later;
    int32_t rc;

    MUST(r53_elb_begin(state, s) == R53_OK);
    rc = r53_elb_select(fleet->view, request, state, &other, NULL);
    MUST(rc == R53_OK);
    check_selection(fleet, &other);
    spec_read(in, &later, request->load_balancer);
    other = (r53_selection){.size = sizeof(other)};
    if (r53_elb_resume(fleet->view, &later.request, s, &other, NULL) == R53_OK)
        check_selection(fleet, &other);
    MUST(r53_elb_end(state, s) == R53_OK);
}

static void request_check(const struct fleet *fleet, struct input *in, r53_elb_state *state,
                          r53_trace *trace)
{
    struct spec spec;
    r53_selection s = {.size = sizeof(s)}, again = {.size = sizeof(again)};
    int32_t rc;

    spec_read(in, &spec, fleet->balancer);
    rc = r53_elb_select(fleet->view, &spec.request, state, &s, NULL);
    MUST(r53_elb_select(fleet->view, &spec.request, state, &again, trace) == rc);
    MUST(rc == R53_OK || rc == R53_E_INVALID || rc == R53_E_NOT_FOUND);
    if (rc != R53_OK)
        return;
    check_same(&s, &again);
    check_selection(fleet, &s);
    check_texts(fleet, &spec.request, &s, below(in, 40));
    check_cookies(fleet, spec.request, &s, (int32_t)below(in, 2));
    check_life(fleet, in, &spec.request, &s, state);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    struct input in = {octets, octets + n};
    r53_elb_state *state;
    r53_trace *trace;

    if (!rule_world.view)
        fleets_make();
    MUST(r53_elb_state_new(&state, NULL) == R53_OK && r53_trace_new(&trace, NULL) == R53_OK);
    for (int i = 0; i < 3 && (i == 0 || in.at < in.end); i++) {
        const struct fleet fleet = fleet_pick(&in);

        request_check(&fleet, &in, state, trace);
        texts_drop();
    }
    r53_trace_free(trace);
    r53_elb_state_free(state);
    return 0;
}
