/**
 * AWS TestDNSAnswer: what a hosted zone's name servers would answer, in the form of that call.
 *
 * It is r53_resolve with TestDNSAnswer's way of asking and of telling; for sections, TTLs and the
 * reasons why, ask r53_resolve. The text AWS's CLI prints is made by r53_json_test_dns_answer.
 */
#ifndef R53_TEST_DNS_ANSWER_H
#define R53_TEST_DNS_ANSWER_H

#include <r53/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A question of TestDNSAnswer (R53-TEST-01). Members are those of AWS's request in snake case. */
typedef struct r53_test_dns_query {
    uint32_t size;                        /**< sizeof(r53_test_dns_query) */
    int32_t record_type;                  /**< enum r53_type, one that a zone can hold */
    const char *hosted_zone_id;           /**< of a public zone, also with "/hostedzone/" */
    const char *record_name;              /**< "www.example.com"; the last dot is optional */
    const char *resolver_ip;              /**< NULL: a resolver in us-east-1 (R53-PLACE-07) */
    const char *edns0_client_subnet_ip;   /**< "203.0.113.77" or IPv6; NULL: none */
    int32_t has_edns0_client_subnet_mask; /**< 1: edns0_client_subnet_mask is given */
    int32_t edns0_client_subnet_mask;     /**< bits of the address that are told, 0-32 or 0-128; not
                                               given: 24 or 64 */
    uint64_t seed;                        /**< chance: the same seed gives the same answer */
} r53_test_dns_query;

/**
 * An answer of TestDNSAnswer (R53-TEST-02). Its RecordData are the values in the answer's section
 * R53_SECTION_ANSWER, read with r53_answer_record: none for a referral or NODATA.
 */
typedef struct r53_test_dns_result {
    uint32_t size;             /**< sizeof(r53_test_dns_result) */
    uint32_t n_record_data;    /**< values in the Answer section */
    const char *nameserver;    /**< the first of the zone's, "ns-2048.awsdns-64.com"; lent until the
                                    answer is used for another question */
    const char *record_name;   /**< the question's own pointer */
    const char *record_type;   /**< as asked, also where a CNAME answers: "A". Static */
    const char *response_code; /**< "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED". Static */
    const char *protocol;      /**< "UDP", or "TCP" for what no UDP message holds. Static */
} r53_test_dns_result;

/**
 * Answers as TestDNSAnswer does, by the ordinary way: wildcards, delegation, policies, health,
 * aliases told as addresses. A client may see another answer, from its resolver's cache
 * (R53-TEST-04).
 * @param view    borrowed
 * @param query   borrowed
 * @param answer  overwritten: all sections of the answer; on failure empty
 * @param result  overwritten; on failure as it was
 * @param report  gains AWS's error name and the offending value; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone), R53_E_INVALID (InvalidInput: a value that
 *         does not parse, a private zone), R53_E_NOMEM
 *
 * O(hosted zones + labels + records answered). Rules R53-TEST-01 .. -04, R53-PLACE-07; AWS
 * TestDNSAnswer.
 */
R53_API int32_t r53_test_dns_answer(const r53_view *view, const r53_test_dns_query *query,
                                    r53_answer *answer, r53_test_dns_result *result,
                                    r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
