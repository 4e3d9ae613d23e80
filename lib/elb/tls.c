/* The TLS handshake with a listener: certificate, client certificate, application protocol. */
#include "elb/stages.h"

static const char *const alpn_names[] = {"", "h2", "http/1.1", "http/1.0"};

const char *r53__elb_alpn_name(int32_t alpn)
{
    return alpn_names[alpn];
}

static bool usable(const struct elb_request *request, const struct certificate *certificate)
{
    if (request->tls_keys == R53_TLS_ANY_KEY)
        return true;
    return certificate->ecdsa == (request->tls_keys == R53_TLS_ECDSA_ONLY);
}

/* <0, 0, >0 */
static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int64_t valid_until(const struct certificate *certificate)
{
    return certificate->not_after_ms ? certificate->not_after_ms : INT64_MAX;
}

/* ELB-TLS-02, -05: is `a` better than `b`? Of equals the first one added is kept. */
static bool better(const struct certificate *a, const struct certificate *b, int64_t now_ms)
{
    const int order[] = {
        compare(a->ecdsa, b->ecdsa),
        compare(valid_until(a) > now_ms, valid_until(b) > now_ms),
        compare(a->hash_bits, b->hash_bits),
        compare(a->key_bits, b->key_bits),
        compare(valid_until(a), valid_until(b)),
    };

    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
        if (order[i])
            return order[i] > 0;
    }
    return false;
}

/* The best for the server name, the default one among them (ELB-TLS-03); -1: none. */
static int32_t by_name(const struct elb_input *input, const struct listener *listener)
{
    const struct elb_request *request = input->request;
    int32_t best = -1;

    for (uint32_t i = 0; request->server_name.length && i < listener->n_certificates; i++) {
        const struct certificate *certificate = &listener->certificates[i];

        if (!usable(request, certificate) ||
            !r53__certificate_covers(certificate, request->server_name))
            continue;
        if (best < 0 || better(certificate, &listener->certificates[best], input->view->now_ms))
            best = (int32_t)i;
    }
    return best;
}

/*
 * ELB-TLS-01: without a server name, or if no certificate is for it; -1: the client cannot use it.
 */
static int32_t by_default(const struct elb_request *request, const struct listener *listener)
{
    uint32_t at = 0;

    for (uint32_t i = listener->n_certificates; i-- > 0;) {
        if (listener->certificates[i].is_default)
            at = i;
    }
    return usable(request, &listener->certificates[at]) ? (int32_t)at : -1;
}

/* ELB-TLS-07: what the listener prefers, in order; ends with ALPN_UNSET. */
static const uint8_t preferences[][4] = {
    [ALPN_NONE] = {ALPN_UNSET},
    [ALPN_HTTP1_ONLY] = {ALPN_HTTP_1_1, ALPN_HTTP_1_0},
    [ALPN_HTTP2_ONLY] = {ALPN_H2},
    [ALPN_HTTP2_OPTIONAL] = {ALPN_HTTP_1_1, ALPN_HTTP_1_0, ALPN_H2},
    [ALPN_HTTP2_PREFERRED] = {ALPN_H2, ALPN_HTTP_1_1, ALPN_HTTP_1_0},
};

static bool offers(const struct elb_request *request, int32_t alpn)
{
    for (uint32_t i = 0; i < request->n_alpn_protocols; i++) {
        if (r53__text_equal(request->alpn_protocols[i], alpn_names[alpn]))
            return true;
    }
    return false;
}

static void protocol_agree(const struct elb_input *input, struct elb_choice *choice,
                           const struct listener *listener)
{
    const uint8_t *wanted = preferences[listener->alpn];

    while (*wanted && !offers(input->request, *wanted))
        wanted++;
    choice->alpn = *wanted; /* no overlap: the connection goes on without */
    if (choice->alpn)
        r53__trace(input->trace, RULE_ELB_TLS_07, EVENT_ALPN_CHOSEN, choice->alpn, 0, 0, 0);
    else if (input->request->n_alpn_protocols > 0)
        r53__trace(input->trace, RULE_ELB_TLS_07, EVENT_ALPN_NONE, choice->fleet, choice->listener,
                   (int32_t)(input->request->n_alpn_protocols & INT32_MAX), 0);
}

/* Ends the choice; `event`, with one value, tells why. */
static void fail(const struct elb_input *input, struct elb_choice *choice, int32_t rule,
                 int32_t event, int32_t value)
{
    r53__trace(input->trace, rule, event, choice->fleet, choice->listener, value, 0);
    r53__trace(input->trace, rule, EVENT_HANDSHAKE_FAILED, choice->fleet, choice->listener, 0, 0);
    r53__elb_end(choice, R53_SELECTED_TLS_FAILED, 0, rule);
}

static void certificate_choose(const struct elb_input *input, struct elb_choice *choice,
                               const struct listener *listener)
{
    int32_t rule = RULE_ELB_TLS_02;

    choice->certificate = by_name(input, listener);
    if (choice->certificate < 0) {
        choice->certificate = by_default(input->request, listener);
        rule = RULE_ELB_TLS_01;
    }
    if (choice->certificate < 0)
        fail(input, choice, RULE_ELB_TLS_02, EVENT_CERTIFICATE_UNUSABLE, input->request->tls_keys);
    else
        r53__trace(input->trace, rule, EVENT_CERTIFICATE_CHOSEN, choice->fleet, choice->listener,
                   choice->certificate, 0);
}

void r53__elb_handshake(const struct elb_input *input, struct elb_choice *choice)
{
    const struct listener *listener = r53__elb_listener_of(input, choice)->listener;

    if (listener->n_certificates > 0)
        certificate_choose(input, choice, listener);
    if (choice->stage == ELB_DONE)
        return;
    /* ELB-TLS-08 */
    if (listener->protocol == R53_PROTOCOL_HTTPS && listener->mutual == R53_MTLS_VERIFY &&
        input->request->client_certificate != R53_CLIENT_CERTIFICATE_TRUSTED) {
        fail(input, choice, RULE_ELB_TLS_08, EVENT_CLIENT_CERTIFICATE_REFUSED,
             input->request->client_certificate);
        return;
    }
    if (listener->protocol == R53_PROTOCOL_TLS)
        protocol_agree(input, choice, listener);
}
