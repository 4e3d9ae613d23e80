/**
 * Route 53's side of the flow: the record-type dispatcher, the alias resolver, and the two together.
 */
#ifndef R53_RESOLVE_H
#define R53_RESOLVE_H

#include <r53/report.h>
#include <r53/trace.h>
#include <r53/view.h>
#include <r53/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How an alias to a load balancer is told (R53-VIEW-01 .. -03). The same record is chosen in both;
 * they differ in who looks up the load balancer's name. 0 is the default of the call.
 */
enum r53_telling {
    R53_ALIAS_AS_ADDRESSES = 1, /**< the service: node addresses under the queried name */
    R53_ALIAS_AS_NAME = 2       /**< the walk-through: the load balancer's DNS name */
};

/**
 * A DNS question and who asks.
 *
 * The client's place, for public zones: if the query says any of coordinates, continent, country and
 * subdivision, that is all that is known of it; else what was observed of its subnet, or without
 * one of its resolver (R53-PLACE-01, r53_observe_place). A private zone goes by the region of the
 * VPC alone: `vpc_region`, else that of the zone id, else that of the zone's association
 * (R53-PRIV-12). Values that have no meaning are R53_E_INVALID.
 */
typedef struct r53_query {
    uint32_t size;                 /**< sizeof(r53_query) */
    int32_t type;                  /**< enum r53_type or any DNS type; 0: A */
    const char *name;              /**< queried name, text form; the last dot is optional */
    const char *hosted_zone_id;    /**< ask this zone; NULL: the longest suffix (R53-ZONE-10) */
    const char *resolver_address;  /**< who asks; NULL: not known */
    const char *client_subnet;     /**< EDNS client subnet "203.0.113.0/24"; NULL: none */
    const char *vpc_id;            /**< asked through this VPC's resolver, whose rules and settings
                                        count (<r53/vpc_resolver.h>); NULL: from the internet */
    const char *vpc_region;        /**< region of that VPC; NULL: that of the zone id */
    const char *availability_zone; /**< zone name of the asking client; NULL: not known. With vpc_id
                                        it decides which node of a Network Load Balancer with zone
                                        affinity is answered (R53-ELB-12) */
    uint64_t seed;                 /**< chance: the same seed gives the same answer */
    int32_t telling;               /**< enum r53_telling; 0: the call's default */
    int32_t has_coordinates;       /**< 1: latitude and longitude are given */
    int32_t latitude;              /**< hundredths of a degree, south negative */
    int32_t longitude;             /**< hundredths of a degree, west negative */
    const char *continent_code;    /**< "EU"; NULL: from the country */
    const char *country_code;      /**< "DE"; NULL: not known */
    const char *subdivision_code;  /**< "CA", beside its country; NULL: not known */
    const char *availability_zone_id; /**< "use1-az1", as the VPC's resolver reports it; NULL: not
                                           known */
    const char *availability_zone_group; /**< "us-east-1-zg-1"; NULL: the first of the region that
                                              the zone id tells (R53-AZ-06) */
} r53_query;

/**
 * Checks a query and tells each member that has no meaning, and what was expected. The calls that
 * take a query refuse the same ones, without saying why.
 * @param report  gains the findings; NULL: only the code is wanted
 * @return R53_OK, R53_E_INVALID
 *
 * O(length of the name).
 */
R53_API int32_t r53_query_check(const r53_query *query, r53_report *report);

/** What the dispatcher found (R53-DISP-01); passed as int32_t. */
enum r53_disposition_kind {
    R53_DISPOSITION_RECORD = 1,   /**< record sets of the asked type, with values */
    R53_DISPOSITION_ALIAS = 2,    /**< record sets of the asked type, an alias first */
    R53_DISPOSITION_CNAME = 3,    /**< a CNAME stands for every type */
    R53_DISPOSITION_REFERRAL = 4, /**< at or below a zone cut; of a private zone SERVFAIL */
    R53_DISPOSITION_NODATA = 5,   /**< the name exists, the type does not; or no record set of a
                                       group is for this client (R53-DISP-08) */
    R53_DISPOSITION_NXDOMAIN = 6, /**< no such name */
    R53_DISPOSITION_REFUSED = 7,  /**< no hosted zone for this name */
    R53_DISPOSITION_ANY = 8,      /**< type ANY at an existing name */
    R53_DISPOSITION_LOAD_BALANCER = 9, /**< no hosted zone holds the name, but it is the own name of
                                           a load balancer of the cloud, and A, AAAA or ANY is
                                           asked: its node addresses (ELB-DNS-01, ELB-DNS-40).
                                           Other types are NODATA there, and names below it
                                           NXDOMAIN (ELB-DNS-07), both without a zone */
    R53_DISPOSITION_FORWARDED = 10 /**< a rule of the VPC's resolver has other name servers answer
                                        (R53-PRIV-08): what they say is not known here, so the rcode
                                        is REFUSED, as for a name in no hosted zone */
};

/** The dispatcher's finding. Text is lent until the view is released. */
typedef struct r53_disposition {
    uint32_t size;              /**< sizeof(r53_disposition) */
    int32_t kind;               /**< enum r53_disposition_kind */
    int32_t rule;               /**< number of the rule that decided */
    int32_t is_wildcard;        /**< 1: a wildcard answers for the name */
    uint32_t n_record_sets;     /**< record sets in the group found */
    int32_t reserved;           /**< 0 */
    const char *hosted_zone_id; /**< zone that was asked, "" when there is none: refused,
                                     forwarded, or a load balancer's own name */
} r53_disposition;

/**
 * The record-type dispatcher: which hosted zone, and what it holds for this name and type.
 * @param trace  records each decision; NULL: off
 * @return R53_OK, R53_E_INVALID (the query: r53_query_check tells why), R53_E_AMBIGUOUS (several
 *         zones bear the name; the trace lists them),
 *         R53_E_NOT_FOUND (query->hosted_zone_id), R53_E_NOMEM (the trace could not grow)
 *
 * O(labels). No allocation once the trace is warm. Rules R53-DISP-01 .. -11, R53-WILD-*, R53-DELEG-*.
 */
R53_API int32_t r53_dispatch(const r53_view *view, const r53_query *query,
                             r53_disposition *disposition, r53_trace *trace);

/** DNS response codes; passed as int32_t. */
enum r53_rcode {
    R53_RCODE_NOERROR = 0,
    R53_RCODE_FORMERR = 1,
    R53_RCODE_SERVFAIL = 2,
    R53_RCODE_NXDOMAIN = 3,
    R53_RCODE_NOTIMP = 4,
    R53_RCODE_REFUSED = 5
};

/** Sections of an answer; passed as int32_t. */
enum r53_section {
    R53_SECTION_ANSWER = 1,
    R53_SECTION_AUTHORITY = 2,
    R53_SECTION_ADDITIONAL = 3
};

/** Where an answer came from; passed as int32_t. */
enum r53_origin {
    R53_ORIGIN_RECORD = 1,        /**< a record set's own values */
    R53_ORIGIN_LOAD_BALANCER = 2, /**< an alias to a load balancer, or its own name */
    R53_ORIGIN_OBSERVED = 3,      /**< an alias to a name that the host observed */
    R53_ORIGIN_DANGLING = 4,      /**< an alias to nothing known: SERVFAIL (R53-ALIAS-16) */
    R53_ORIGIN_LOOP = 5,          /**< an alias loop or too long a chain: SERVFAIL (R53-ALIAS-14) */
    R53_ORIGIN_NONE = 6,          /**< no one record: ANY, NODATA, NXDOMAIN, referral, refused */
    R53_ORIGIN_PRIVATE_CUT = 7    /**< a zone cut in a private zone: SERVFAIL (R53-PRIV-14) */
};

/**
 * An answer. Copies what it holds; may be used for any number of calls, one at a time. New, or
 * after a call that failed, it is empty: NOERROR, disposition 0, no record; so look at the call's
 * result.
 */
typedef struct r53_answer r53_answer;

/** Makes an answer; free with r53_answer_free. R53_OK, R53_E_NOMEM, R53_E_INVALID. */
R53_API int32_t r53_answer_new(r53_answer **out, const r53_allocator *allocator);

/** Frees the answer. */
R53_API void r53_answer_free(r53_answer *answer);

/** What an answer says as a whole. Text is lent until the answer is used again. */
typedef struct r53_answer_summary {
    uint32_t size;               /**< sizeof(r53_answer_summary) */
    int32_t rcode;               /**< enum r53_rcode */
    int32_t authoritative;       /**< the AA bit */
    int32_t disposition;         /**< enum r53_disposition_kind; 0: nothing was answered */
    int32_t origin;              /**< enum r53_origin */
    int32_t alias_hops;          /**< aliases followed */
    const char *hosted_zone_id;  /**< "" when refused, or when a load balancer's own name answers */
    const char *set_identifier;  /**< of the chosen record set; "" for a simple one */
    const char *alias_name;      /**< DNS name that the last alias leads to, "" without alias */
    const char *load_balancer_arn; /**< "" unless the origin is a load balancer */
    int32_t client_subnet_scope; /**< SCOPE PREFIX-LENGTH that the answer's client subnet option
                                      carries: the narrowest over the whole chain, 0: the answer did
                                      not depend on the client; -1: the query had none
                                      (R53-PLACE-04) */
    int32_t reserved;            /**< 0 */
} r53_answer_summary;

/** Reads the summary. R53_OK, R53_E_INVALID. */
R53_API int32_t r53_answer_summarize(const r53_answer *answer, r53_answer_summary *summary);

/** One resource record of an answer. Text and octets are lent until the next call with it. */
typedef struct r53_record {
    uint32_t size;       /**< sizeof(r53_record) */
    int32_t type;        /**< enum r53_type */
    const char *name;    /**< owner, "www.example.com." */
    const char *value;   /**< Route 53's value syntax, "192.0.2.1" */
    const uint8_t *rdata; /**< wire form, names uncompressed */
    uint32_t n_rdata;    /**< length of rdata */
    uint32_t ttl;        /**< seconds */
} r53_record;

/** Records in a section. */
R53_API size_t r53_answer_count(const r53_answer *answer, int32_t section);

/**
 * Reads record `index` (0-based) of a section.
 * @return R53_OK, R53_E_NOT_FOUND (no such section, or no more records in it), R53_E_INVALID
 *         (record without its size), R53_E_NOMEM
 */
R53_API int32_t r53_answer_record(r53_answer *answer, int32_t section, size_t index,
                                  r53_record *record);

/**
 * Answers a query as Route 53 does: zone, dispatch, policy, alias, answer. A name that no hosted
 * zone holds but that is a load balancer's own is answered as ELB's DNS does (ELB-DNS-01 .. -47),
 * by its addresses whatever `telling` says; its negative answers carry an SOA made up in the shape
 * of AWS's (owner: the load balancer's name without its first label, TTL 60).
 * @param query   telling 0: R53_ALIAS_AS_ADDRESSES
 * @param answer  overwritten; on failure empty
 * @param trace   records each decision; NULL: off
 * @return R53_OK, R53_E_INVALID (the query: r53_query_check tells why), R53_E_AMBIGUOUS,
 *         R53_E_NOT_FOUND (query->hosted_zone_id), R53_E_NOMEM
 *
 * O(labels + records answered). No allocation once answer and trace are warm.
 */
R53_API int32_t r53_resolve(const r53_view *view, const r53_query *query, r53_answer *answer,
                            r53_trace *trace);

/**
 * The alias resolver alone: what this alias would answer, as a record set of the zone that
 * query->hosted_zone_id names, or that query->name lies in. It need not be in the zone.
 * @param alias  alias members and type count; a record set without alias target is R53_E_INVALID
 * @return as r53_resolve
 */
R53_API int32_t r53_alias_resolve(const r53_view *view, const r53_query *query,
                                  const r53_record_set *alias, r53_answer *answer,
                                  r53_trace *trace);

/** Name of an rcode ("NXDOMAIN"), or "". Static. */
R53_API const char *r53_rcode_name(int32_t rcode);

/** Name of a disposition ("alias"), or "". Static. */
R53_API const char *r53_disposition_name(int32_t kind);

#ifdef __cplusplus
}
#endif

#endif
