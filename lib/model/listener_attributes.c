/*
 * The attributes of listeners: the table of keys, copies of listeners to put them into, and AWS's
 * ModifyListenerAttributes. Those of Application Load Balancers name headers that are added, and
 * decide nothing here.
 */
#include "base/report.h"
#include "base/rules.h"
#include "model/attribute.h"
#include "model/describe.h"
#include "model/elb_find.h"

#define BY_PACKET (1u << 0) /* a Gateway Load Balancer's listener has no protocol */
#define TCP       (1u << R53_PROTOCOL_TCP | 1u << R53_PROTOCOL_TCP_UDP | BY_PACKET)
#define HTTP      (1u << R53_PROTOCOL_HTTP | 1u << R53_PROTOCOL_HTTPS)

#define HEADER(name)                                                                               \
    {                                                                                              \
        "routing.http." name, RULE_ELB_VAL_05, HTTP, ATTRIBUTE_TEXT, 0, 0, 0, NULL, NULL, 0,       \
            NO_MEMBER, NO_MEMBER                                                                   \
    }

static const struct attribute rows[] = {
    {"tcp.idle_timeout.seconds", RULE_ELB_LB_46, TCP, ATTRIBUTE_NUMBER, TCP_IDLE_SECONDS, 60, 6000,
     NULL, NULL, 0, offsetof(r53_listener, tcp_idle_timeout_seconds),
     offsetof(struct listener, tcp_idle_timeout_seconds)},
    HEADER("request.x_amzn_mtls_clientcert_serial_number.header_name"),
    HEADER("request.x_amzn_mtls_clientcert_issuer.header_name"),
    HEADER("request.x_amzn_mtls_clientcert_subject.header_name"),
    HEADER("request.x_amzn_mtls_clientcert_validity.header_name"),
    HEADER("request.x_amzn_mtls_clientcert_leaf.header_name"),
    HEADER("request.x_amzn_mtls_clientcert.header_name"),
    HEADER("request.x_amzn_tls_version.header_name"),
    HEADER("request.x_amzn_tls_cipher_suite.header_name"),
    HEADER("response.server.enabled"),
    HEADER("response.strict_transport_security.header_value"),
    HEADER("response.access_control_allow_origin.header_value"),
    HEADER("response.access_control_allow_methods.header_value"),
    HEADER("response.access_control_allow_headers.header_value"),
    HEADER("response.access_control_allow_credentials.header_value"),
    HEADER("response.access_control_expose_headers.header_value"),
    HEADER("response.access_control_max_age.header_value"),
    HEADER("response.content_security_policy.header_value"),
    HEADER("response.x_content_type_options.header_value"),
    HEADER("response.x_frame_options.header_value"),
};

const struct attribute_table r53__listener_attributes = {rows, sizeof(rows) / sizeof(*rows)};

uint32_t r53__listener_kinds(const struct listener *listener)
{
    return 1u << listener->protocol;
}

/* What it says of itself, sealed again: so nobody has to know what a listener is made of. */
int32_t r53__listener_copy(struct listener **out, const struct memory *memory,
                           const struct listener *from)
{
    const r53_listener *said;
    struct arena arena;
    int32_t rc = R53_E_NOMEM;

    r53__arena_init(&arena, memory);
    said = r53__listener_describe(from, &arena);
    if (said)
        rc = r53__listener_new(out, memory, said, DOOR_IMPORT, NULL);
    r53__arena_free(&arena);
    return rc;
}

/* The change door */

int32_t r53_listener_modify_attributes(r53_cloud *cloud, const char *listener_arn,
                                       const r53_attribute *attributes, size_t n,
                                       r53_report *report)
{
    const struct listener *listener;
    struct listener *copy;
    int32_t rc;

    if (!cloud || (n && !attributes))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no attributes"});
    listener = r53__listener_get(cloud, listener_arn, report);
    if (!listener)
        return R53_E_NOT_FOUND;
    if (r53__listener_copy(&copy, &cloud->memory, listener) != R53_OK)
        return r53__remark_nomem(report);
    rc = r53__attributes_modify(&(struct attribute_change){&r53__listener_attributes, copy,
                                                           &copy->head.arena,
                                                           r53__listener_kinds(copy), report},
                                attributes, n);
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    rc = r53__table_put(&cloud->tables[CLOUD_LISTENERS], r53__span(listener->arn), copy);
    return rc ? r53__remark_nomem(report) : R53_OK;
}
