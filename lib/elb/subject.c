#include "elb/subject.h"

static bool name_valid(struct span name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = r53__lower(name.at[i]);

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return name.length > 0;
}

/* ELB-ALB-COND-31 */
static struct span trimmed(struct span text)
{
    while (text.length && r53__is_blank(text.at[0]))
        text = (struct span){text.at + 1, text.length - 1};
    while (text.length && r53__is_blank(text.at[text.length - 1]))
        text.length--;
    return text;
}

bool r53__header_next(const struct subject *subject, struct span name, uint32_t *at,
                      struct span *value)
{
    const struct elb_request *request = subject->request;

    while (*at < request->n_headers) {
        const r53_header *header = &request->headers[(*at)++];
        struct span given = r53__span(header->name);

        if (!r53__equal_nocase(given, name))
            continue;
        /* ELB-ALB-COND-32; HTTP/2's ":authority" is no header field */
        if (subject->drop_invalid_headers && given.at[0] != ':' && !name_valid(given))
            continue;
        *value = trimmed(r53__span(header->value));
        return true;
    }
    return false;
}

/*
 * Where the host is said, in the order in which it counts: in the target (ELB-LSN-14), as HTTP/2
 * says it, in the first Host header (ELB-ALB-RULE-12), by what the client looked up, by nobody
 * (ELB-ALB-COND-12).
 */
static struct span host_of(struct subject *subject, const struct fleet *fleet)
{
    static const struct span names[] = {{":authority", 10}, {"Host", 4}};
    const struct elb_request *request = subject->request;
    struct span value;
    struct text text;

    if (request->url.host_port.length)
        return request->url.host_port;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        uint32_t at = 0;

        if (r53__header_next(subject, names[i], &at, &value) && value.length)
            return value;
    }
    if (request->fallback_host.length)
        return request->fallback_host;
    r53__text_init(&text, subject->generated, sizeof(subject->generated));
    if (fleet->lb->dns_name.length)
        r53__name_put(&text, fleet->lb->dns_name);
    return (struct span){subject->generated, text.length ? text.length - 1 : 0}; /* no last dot */
}

void r53__subject_make(struct subject *subject, const struct elb_input *input, int32_t fleet)
{
    const struct fleet *of = &input->view->fleets[fleet];

    subject->request = input->request;
    subject->drop_invalid_headers = of->lb->drop_invalid_headers;
    subject->host_values_port = input->view->choices.host_values_port;
    subject->generated[0] = '\0';
    subject->host_header = host_of(subject, of);
    if (!r53__host_split(subject->host_header, &subject->host))
        subject->host = subject->host_header;
}

bool r53__header_begins(const struct subject *subject, struct span name, struct span prefix)
{
    struct span value;
    uint32_t at = 0;

    return r53__header_next(subject, name, &at, &value) && value.length >= prefix.length &&
           r53__equal_nocase((struct span){value.at, prefix.length}, prefix);
}

bool r53__subject_is_grpc(const struct subject *subject)
{
    return subject->request->http_version == R53_HTTP_2 &&
           r53__header_begins(subject, SPAN("Content-Type"), SPAN("application/grpc"));
}
