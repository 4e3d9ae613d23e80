/*
 * TestDNSAnswer in three steps: its question becomes one of r53_resolve's, that is answered, and
 * the answer is told in its own few words.
 */
#include <r53/test_dns_answer.h>

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/record_set.h"
#include "net/address.h"
#include "net/region.h"
#include "route53/answer.h"

#include <string.h>

enum {
    IPV4_MASK = 24, /* R53-PLACE-07: bits told where the question does not say */
    IPV6_MASK = 64,
    UDP_OCTETS = 4096,  /* what Route 53 sends by UDP at most, with EDNS */
    HEADER_OCTETS = 12, /* RFC 1035 section 4.1.1 */
    OPT_OCTETS = 11,    /* RFC 6891 section 6.1.2, without options */
    QUESTION_OCTETS = 4,
    RECORD_OCTETS = 12 /* owner as a pointer to the question, type, class, TTL, length */
};

/* The question while it is turned into the resolver's. */
struct question {
    r53_test_dns_query in;
    r53_query out;
    struct name_buffer name;
    const struct zone *zone;
    char subnet[PREFIX_TEXT_MAX];
    r53_report *report;
};

static int32_t refuse(const struct question *q, const char *path, const char *value,
                      const char *expected)
{
    return r53__remark(q->report, &(struct remark){.rule = RULE_R53_TEST_01,
                                                   .aws_name = "InvalidInput",
                                                   .path = path,
                                                   .format = "{0} is not {1}",
                                                   .args = {value ? value : "NULL", expected}});
}

/* R53-TEST-01: a public zone, by its id. */
static int32_t zone_find(struct question *q, const r53_view *view)
{
    const char *id = q->in.hosted_zone_id ? q->in.hosted_zone_id : "";
    int32_t zone = r53__view_zone_by_id(view, id);

    if (zone < 0)
        return r53__remark(q->report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                       .rule = RULE_R53_ERR_34,
                                                       .aws_name = "NoSuchHostedZone",
                                                       .path = "HostedZoneId",
                                                       .format = "No hosted zone found with ID: "
                                                                 "{0}",
                                                       .args = {r53__zone_id(id).at}});
    q->zone = view->zones[zone].zone;
    if (q->zone->is_private)
        return refuse(q, "HostedZoneId", id, "a public hosted zone; private ones are not tested");
    q->out.hosted_zone_id = q->zone->id;
    return R53_OK;
}

static int32_t record_read(struct question *q)
{
    if (!q->in.record_name || r53__name_parse(&q->name, r53__span(q->in.record_name)) != NAME_OK)
        return refuse(q, "RecordName", q->in.record_name, "a domain name");
    if (!*r53_type_name(q->in.record_type))
        return refuse(q, "RecordType", "this number", "a record type that a zone can hold");
    q->out.name = q->in.record_name;
    q->out.type = q->in.record_type;
    return R53_OK;
}

/* R53-PLACE-05, -07: the address is cut to the mask. */
static int32_t subnet_read(struct question *q)
{
    struct address address;
    struct prefix subnet;
    struct text text;
    int32_t mask = q->in.edns0_client_subnet_mask, most;

    if (!q->in.edns0_client_subnet_ip)
        return q->in.has_edns0_client_subnet_mask
                   ? refuse(q, "EDNS0ClientSubnetMask", "a mask without EDNS0ClientSubnetIP",
                            "allowed")
                   : R53_OK;
    if (!r53__address_parse(r53__span(q->in.edns0_client_subnet_ip), &address))
        return refuse(q, "EDNS0ClientSubnetIP", q->in.edns0_client_subnet_ip, "an IP address");
    most = 8 * (int32_t)r53__address_size(&address);
    if (!q->in.has_edns0_client_subnet_mask)
        mask = address.family == ADDRESS_IPV4 ? IPV4_MASK : IPV6_MASK;
    if (mask < 0 || mask > most)
        return refuse(q, "EDNS0ClientSubnetMask", "this number",
                      most == 32 ? "a mask of 0 to 32 bits" : "a mask of 0 to 128 bits");
    subnet = r53__prefix(&address, (unsigned)mask);
    r53__text_init(&text, q->subnet, sizeof(q->subnet));
    r53__prefix_put(&text, &subnet);
    if (mask > 0) /* R53-PLACE-03: an empty prefix tells nothing */
        q->out.client_subnet = q->subnet;
    return R53_OK;
}

/* R53-PLACE-07: a resolver that is not named stands in us-east-1. */
static int32_t resolver_read(struct question *q)
{
    const struct region *home = r53__region_find(SPAN("us-east-1"));
    struct address address;

    q->out.resolver_address = q->in.resolver_ip;
    if (q->in.resolver_ip && !r53__address_parse(r53__span(q->in.resolver_ip), &address))
        return refuse(q, "ResolverIP", q->in.resolver_ip, "an IP address");
    if (q->in.resolver_ip || q->out.client_subnet) /* R53-PLACE-01: the subnet comes first */
        return R53_OK;
    q->out.continent_code = home->continent;
    q->out.country_code = home->country;
    q->out.subdivision_code = home->subdivision;
    q->out.has_coordinates = 1;
    q->out.latitude = home->latitude;
    q->out.longitude = home->longitude;
    return R53_OK;
}

/* Fills all of `q`; R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
static int32_t question_read(struct question *q, const r53_view *view,
                             const r53_test_dns_query *query)
{
    int32_t rc;

    if (!view)
        return r53__remark(q->report, &(struct remark){.format = "no view given"});
    if (!r53__sized_read(&q->in, sizeof(q->in), query))
        return r53__sized_refuse(q->report, "size", "query", query, sizeof(q->in));
    q->out =
        (r53_query){.size = sizeof(q->out), .seed = q->in.seed, .telling = R53_ALIAS_AS_ADDRESSES};
    rc = zone_find(q, view);
    if (rc == R53_OK)
        rc = record_read(q);
    if (rc == R53_OK)
        rc = subnet_read(q);
    if (rc == R53_OK)
        rc = resolver_read(q);
    return rc;
}

/*
 * R53-TEST-02: is a UDP message enough? What is optional is left out of one, so only the Answer
 * section counts, or a referral's name servers.
 */
static bool fits_udp(const r53_answer *answer, const struct question *q)
{
    int32_t needed = answer->disposition == R53_DISPOSITION_REFERRAL ? R53_SECTION_AUTHORITY
                                                                     : R53_SECTION_ANSWER;
    size_t octets = HEADER_OCTETS + q->name.length + QUESTION_OCTETS + OPT_OCTETS;

    for (size_t i = 0; i < answer->count; i++) {
        if (answer->records[i].section == needed)
            octets += RECORD_OCTETS + (size_t)answer->records[i].rdata_length;
    }
    return octets <= UDP_OCTETS;
}

/* The zone's first name server without its last dot, kept by the answer; NULL: no memory. */
static const char *server_put(r53_answer *answer, const struct zone *zone)
{
    size_t at = r53__answer_text(answer, zone->n_name_servers ? zone->name_servers[0] : "");
    char *text, *end;

    if (answer->failed)
        return NULL;
    text = (char *)answer->octets + at;
    end = text + strlen(text);
    if (end - text > 1 && end[-1] == '.')
        end[-1] = '\0';
    return text;
}

/* R53-TEST-02 */
static int32_t result_write(r53_test_dns_result *result, r53_answer *answer,
                            const struct question *q)
{
    const r53_test_dns_result out = {.n_record_data =
                                         (uint32_t)r53_answer_count(answer, R53_SECTION_ANSWER),
                                     .nameserver = server_put(answer, q->zone),
                                     .record_name = q->in.record_name,
                                     .record_type = r53_type_name(q->in.record_type),
                                     .response_code = r53_rcode_name(answer->rcode),
                                     .protocol = fits_udp(answer, q) ? "UDP" : "TCP"};

    if (!out.nameserver)
        return R53_E_NOMEM;
    return r53__sized_write(result, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

static int32_t tell(r53_report *report, int32_t rc)
{
    return r53__remark(report, &(struct remark){.code = rc, .format = r53_strerror(rc)});
}

int32_t r53_test_dns_answer(const r53_view *view, const r53_test_dns_query *query,
                            r53_answer *answer, r53_test_dns_result *result, r53_report *report)
{
    struct question q = {.report = report};
    int32_t rc;

    if (!answer)
        return tell(report, R53_E_INVALID);
    r53__answer_reset(answer);
    rc = question_read(&q, view, query);
    if (rc != R53_OK)
        return rc;
    rc = r53_resolve(view, &q.out, answer, NULL);
    if (rc == R53_OK)
        rc = result_write(result, answer, &q);
    if (rc == R53_OK)
        return R53_OK;
    r53__answer_reset(answer);
    return tell(report, rc);
}
