/*
 * X-Forwarded-For towards the target: a Classic Load Balancer appends the client's address, an
 * Application Load Balancer does what its attributes say.
 *
 *   mode       what came          what goes on
 *   append     a, b               a, b, client
 *   preserve   a, b               a, b; nothing came: nothing
 *   remove     a, b               nothing
 */
#include "elb/redirect.h"

/* Headers of one name are one list, in their order. Returns how many there were. */
static uint32_t received_put(struct text *text, const struct subject *subject)
{
    struct span value;
    uint32_t at = 0, n = 0;

    while (r53__header_next(subject, SPAN("X-Forwarded-For"), &at, &value)) {
        r53__put(text, n++ ? ", " : "");
        r53__put_span(text, value);
    }
    return n;
}

/* ELB-LB-41 */
static void client_put(struct text *text, const struct elb_request *request, bool with_port)
{
    bool port = with_port && request->source_port > 0;
    bool bracketed = port && request->source.family == ADDRESS_IPV6;

    r53__put(text, bracketed ? "[" : "");
    r53__address_put(text, &request->source);
    r53__put(text, bracketed ? "]" : "");
    if (!port)
        return;
    r53__put_char(text, ':');
    r53__put_i64(text, request->source_port);
}

int32_t r53__forwarded_for_put(struct text *text, const struct load_balancer *lb,
                               const struct subject *subject)
{
    bool application = lb->type == R53_LB_APPLICATION;
    int32_t mode = application ? lb->xff_mode : R53_XFF_APPEND;
    uint32_t n;

    if (mode == R53_XFF_REMOVE || (!application && lb->type != R53_LB_CLASSIC))
        return R53_E_NOT_FOUND;
    if (mode == R53_XFF_APPEND && subject->request->source.family == ADDRESS_NONE)
        return R53_E_NOT_FOUND;
    n = received_put(text, subject);
    if (mode == R53_XFF_PRESERVE)
        return n > 0 ? R53_OK : R53_E_NOT_FOUND;
    r53__put(text, n > 0 ? ", " : "");
    client_put(text, subject->request, application && lb->xff_client_port);
    return R53_OK;
}
