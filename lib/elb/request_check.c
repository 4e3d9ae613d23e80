/*
 * What is wrong with a request, told by member (base/member.h). A list is read element by element,
 * each in a request that has nothing else.
 */
#include "base/member.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "base/text.h"
#include "elb/select.h"

#include <string.h>

#define NUMBER(name, member, expected)                                                             \
    {                                                                                              \
        name, expected, offsetof(r53_request, member), MEMBER_NUMBER                               \
    }
#define MILLISECONDS(name, member)                                                                 \
    {                                                                                              \
        name, "milliseconds, 0 or more", offsetof(r53_request, member), MEMBER_LONG                \
    }
#define ADDRESS(name, member)                                                                      \
    {                                                                                              \
        name, "an IPv4 or IPv6 address", offsetof(r53_request, member), MEMBER_TEXT                \
    }

static const struct member members[] = {
    NUMBER("Protocol", protocol, "0, or a number of enum r53_protocol"),
    NUMBER("Port", port, "0 to 65535"),
    NUMBER("SourcePort", source_port, "0 to 65535"),
    NUMBER("Reserved", reserved, "0"),
    NUMBER("HttpVersion", http_version, "0, or a number of enum r53_http_version"),
    NUMBER("AuthState", auth_state, "0, or a number of enum r53_auth_state"),
    NUMBER("JwtState", jwt_state, "0, or a number of enum r53_jwt_state"),
    NUMBER("WafState", waf_state, "0, or a number of enum r53_waf_state"),
    NUMBER("DesyncClass", desync_class, "0, or a number of enum r53_desync_class"),
    NUMBER("TlsKeys", tls_keys, "a number of enum r53_tls_keys"),
    NUMBER("ClientCertificate", client_certificate,
           "0, or a number of enum r53_client_certificate"),
    NUMBER("IncompleteBody", incomplete_body, "0 or 1"),
    NUMBER("IpProtocol", ip_protocol, "0 to 255"),
    NUMBER("Established", established, "0 or 1"),
    NUMBER("TargetOutcome", target_outcome, "0, or a number of enum r53_target_outcome"),
    NUMBER("ClientOutcome", client_outcome, "0, or a number of enum r53_client_outcome"),
    MILLISECONDS("TargetConnectMs", target_connect_ms),
    MILLISECONDS("TargetResponseMs", target_response_ms),
    NUMBER("SurgeQueueLength", surge_queue_length, "0 or more"),
    NUMBER("PrivateLink", private_link, "0 or 1"),
    NUMBER("Reserved2", reserved2, "0"),
    ADDRESS("SourceAddress", source_address),
    ADDRESS("DestinationAddress", destination_address),
};

static bool reads(const void *alone)
{
    struct elb_request ignored;

    return r53__elb_request_parse(&ignored, alone) == R53_OK;
}

static const r53_request valid = {.size = sizeof(valid)};
static const struct member_list list = {members, sizeof(members) / sizeof(*members), &valid,
                                        sizeof(valid), reads};
_Static_assert(sizeof(r53_request) <= sizeof(union member_room), "a request has room");

/* Lists */

/* "Headers[3].Name" */
static void element_fault(r53_report *report, const char *name, uint32_t i, const char *member,
                          const char *expected)
{
    char path[64];
    struct text text;

    r53__text_init(&text, path, sizeof(path));
    r53__put(&text, name);
    r53__put_char(&text, '[');
    r53__put_i64(&text, i);
    r53__put(&text, "]");
    r53__put(&text, member);
    r53__member_fault(report, path, NULL, expected);
}

static void headers_tell(const r53_request *in, r53_report *report)
{
    for (uint32_t i = 0; i < in->n_headers; i++) {
        const r53_header *header = &in->headers[i];

        if (!header->name)
            element_fault(report, "Headers", i, ".Name", "the name of a header");
        if (!header->value)
            element_fault(report, "Headers", i, ".Value", "the value of a header, or \"\"");
    }
}

static void cookies_tell(const r53_request *in, r53_report *report)
{
    for (uint32_t i = 0; i < in->n_cookies; i++) {
        const r53_request alone = {
            .size = sizeof(alone), .cookies = in->cookies + i, .n_cookies = 1};

        if (!reads(&alone))
            element_fault(report, "Cookies", i, "", "a cookie with the size of the struct");
    }
}

static void groups_tell(const r53_request *in, r53_report *report)
{
    for (uint32_t i = 0; i < in->n_source_security_groups; i++) {
        if (!in->source_security_groups[i])
            element_fault(report, "SourceSecurityGroups", i, "", "the id of a security group");
    }
}

/* A list, and its elements' faults; NULL: its elements may be anything. */
static const struct list {
    const char *name;
    size_t at, length; /* offsets of the list and of its length */
    void (*tell)(const r53_request *in, r53_report *report);
} lists[] = {
#define LIST(name, member, tell)                                                                   \
    {                                                                                              \
        name, offsetof(r53_request, member), offsetof(r53_request, n_##member), tell               \
    }
    LIST("Headers", headers, headers_tell),
    LIST("AlpnProtocols", alpn_protocols, NULL),
    LIST("Cookies", cookies, cookies_tell),
    LIST("QuicConnectionId", quic_connection_id, NULL),
    LIST("SourceSecurityGroups", source_security_groups, groups_tell),
};

static void list_tell(const struct list *l, const r53_request *in, r53_report *report)
{
    const void *elements;
    uint32_t n;

    memcpy(&elements, (const char *)in + l->at, sizeof(elements));
    memcpy(&n, (const char *)in + l->length, sizeof(n));
    if (n && !elements)
        r53__member_fault(report, l->name, NULL, "as many elements as the length beside it says");
    else if (n && l->tell)
        l->tell(in, report);
}

int32_t r53_request_check(const r53_request *request, r53_report *report)
{
    r53_request in = valid;

    if (request && !r53__sized_read(&in, sizeof(in), request))
        return r53__sized_refuse(report, "Size", "request", request, sizeof(in));
    if (reads(&in))
        return R53_OK;
    r53__members_tell(&list, &in, report);
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        list_tell(&lists[i], &in, report);
    return R53_E_INVALID;
}
