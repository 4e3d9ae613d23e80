/**
 * Authoritative answers on the wire: the octets of a DNS query in, the octets of the response out.
 * No socket and no allocation; a host program that reads and sends datagrams is a Route 53.
 *
 * A call is three steps: the query is parsed, resolved, and the answer written. Who wants to do
 * something in between, such as looking up the client's place, finds each by itself:
 * r53_message_parse, r53_message_query and r53_resolve, r53_message_write.
 */
#ifndef R53_RESPOND_H
#define R53_RESPOND_H

#include <r53/resolve.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How a message came; passed as int32_t. */
enum r53_transport {
    R53_TRANSPORT_UDP = 1, /**< at most 512 octets, or what EDNS allows (R53-DNS-04) */
    R53_TRANSPORT_TCP = 2  /**< without the two octets of length in front (R53-DNS-18) */
};

/** Response codes that only EDNS can tell, beside enum r53_rcode. */
enum r53_extended_rcode { R53_RCODE_BADVERS = 16 };

/** Who asks, and how to answer. Text is borrowed. Setting `size` and nothing else is enough. */
typedef struct r53_peer {
    uint32_t size;                /**< sizeof(r53_peer) */
    int32_t transport;            /**< enum r53_transport; 0: R53_TRANSPORT_UDP */
    uint64_t seed;                /**< chance: the same seed gives the same answer */
    const uint8_t *address;       /**< who sent the query, in network order; NULL: not known */
    uint32_t n_address;           /**< 4 or 16; 0 without address */
    int32_t max_udp_size;         /**< octets that we send and take at most; 0: 4096 (R53-DNS-05) */
    int32_t minimal;              /**< 1: no apex NS beside answers, addresses of name servers only */
    int32_t chase_cname;          /**< 1: follow up to 64 CNAMEs inside the cloud's zones (RFC 1034
                                       4.3.2); more are SERVFAIL, a circle ends where it closes; no
                                       addresses go beside a CNAME that is not followed */
    int32_t single_any;           /**< 1: ANY is answered by one RRset (RFC 8482) */
    int32_t has_coordinates;      /**< 1: latitude and longitude are given */
    int32_t latitude;             /**< hundredths of a degree, south negative */
    int32_t longitude;            /**< hundredths of a degree, west negative */
    const char *hosted_zone_id;   /**< ask this zone; NULL: the longest suffix (R53-ZONE-10) */
    const char *vpc_id;           /**< asked through this VPC's resolver; NULL: from the internet */
    const char *vpc_region;       /**< region of that VPC; NULL: not known */
    const char *continent_code;   /**< the client's place: "EU"; NULL: as in r53_query */
    const char *country_code;     /**< "DE"; NULL: as in r53_query */
    const char *subdivision_code; /**< "CA"; NULL: as in r53_query */
    const char *availability_zone;       /**< its zone name "us-east-1a"; NULL: not known */
    const char *availability_zone_id;    /**< "use1-az1"; NULL: not known */
    const char *availability_zone_group; /**< "us-east-1-zg-1"; NULL: that of the zone's region */
} r53_peer;

/**
 * Checks a peer and tells each member that has no meaning, its value and what was expected. The
 * calls that take a peer refuse the same ones, without saying why. Worth a call when a program
 * starts, for what of the peer its users say.
 * @param peer    NULL: UDP from anybody, which is valid
 * @param report  gains the findings; NULL: only the code is wanted
 * @return R53_OK, R53_E_INVALID
 */
R53_API int32_t r53_peer_check(const r53_peer *peer, r53_report *report);

/**
 * Answers a query. What cannot be parsed is answered too, with its response code, and so is what the
 * model leaves open: SERVFAIL for an alias that leads nowhere (R53-DNS-19), and for several hosted
 * zones of one name.
 * @param peer      borrowed; NULL: UDP from anybody
 * @param query     octets of the message, without the length that TCP puts in front
 * @param n_query   any number; what is behind the message is ignored
 * @param response  receives the response; must not overlap the query
 * @param capacity  octets of room: 512 always suffice for some response, and more than the
 * transport allows are never used
 * @param length    receives the length of the response; 0: the message is to be dropped, because it
 *                  is shorter than a header or is itself a response (R53-DNS-07)
 * @return R53_OK, R53_E_INVALID (the peer: r53_peer_check tells why), R53_E_NOT_FOUND
 *         (peer->hosted_zone_id), R53_E_NO_SPACE (the capacity holds not even header and question)
 *
 * O(labels + octets). Allocates nothing. Rules R53-DNS-01 .. -20, R53-PLACE-03 .. -05, R53-SEC-09.
 */
R53_API int32_t r53_respond(const r53_view *view, const r53_peer *peer, const void *query,
                            size_t n_query, void *response, size_t capacity, size_t *length);

/** A query and room for its response. */
typedef struct r53_exchange {
    uint32_t size;        /**< sizeof(r53_exchange) */
    int32_t error;        /**< set: what r53_respond would return */
    const r53_peer *peer; /**< borrowed; NULL: UDP from anybody */
    const void *query;    /**< borrowed */
    size_t n_query;       /**< octets of the query */
    void *response;       /**< receives the response */
    size_t capacity;      /**< octets of room */
    size_t length;        /**< set: as by r53_respond; 0 on an error */
} r53_exchange;

/**
 * Answers many queries, as r53_respond would one by one, but so that their waits for memory
 * overlap: with a million names several times as fast; with few, which are never waited for, as
 * fast.
 * @param exchanges  pointers to the exchanges; no response may overlap another's or a query
 * @param n          any number; those of one call need not have anything in common
 * @return R53_OK (then each exchange has its own error), R53_E_INVALID (view NULL, or an exchange
 *         that is NULL or smaller than this struct; nothing has been answered)
 *
 * Needs about 64 KiB of stack.
 */
R53_API int32_t r53_respond_many(const r53_view *view, r53_exchange *const *exchanges, size_t n);

/** What a query says. Pointers lead into the query's octets. */
typedef struct r53_message {
    uint32_t size;  /**< sizeof(r53_message) */
    int32_t id;     /**< of the message */
    int32_t rcode;  /**< enum r53_rcode or R53_RCODE_BADVERS that it calls for by itself; 0: to
                         be resolved */
    int32_t opcode; /**< 0: QUERY */
    int32_t type;   /**< queried type */
    int32_t record_class; /**< queried class, 1: IN */
    const uint8_t
        *name;        /**< queried name, wire form, letters as they came; NULL without question */
    uint32_t n_name;  /**< octets of the name */
    int32_t has_edns; /**< 1: with an OPT record */
    int32_t edns_version;  /**< 0, or BADVERS */
    int32_t udp_size;      /**< octets that the asker takes over UDP; 0 without EDNS */
    int32_t dnssec_ok;     /**< 1: the DO bit is set */
    int32_t subnet_family; /**< of the client subnet option: 4, 6, or 0 for none */
    int32_t subnet_length; /**< its source prefix length; 0: the client wants not to be known */
    int32_t reserved;      /**< 0 */
    uint8_t subnet[16];    /**< its address in network order */
    const void *query;     /**< the message itself */
    size_t n_query;        /**< octets of the message */
} r53_message;

/**
 * Parses a query.
 * @param query    borrowed as long as the message is used
 * @param message  set
 * @return R53_OK, R53_E_INVALID (to be dropped: shorter than a header, or a response)
 */
R53_API int32_t r53_message_parse(const void *query, size_t n_query, r53_message *message);

/** Room that r53_message_query needs for its texts. */
enum { R53_MESSAGE_TEXT_MAX = 1088 };

/**
 * The question of a message for r53_resolve: sets name, type and client_subnet; the other members
 * stay, so that they can be set before or after.
 * @param query   name and client subnet are lent by `buffer`
 * @param buffer  room for R53_MESSAGE_TEXT_MAX
 * @return R53_OK, R53_E_INVALID (no question, or message->rcode is not 0), R53_E_UNSUPPORTED (type 0,
 *         which r53_query has another use for), R53_E_NO_SPACE (the buffer holds what fits; `query`
 *         is as it was)
 */
R53_API int32_t r53_message_query(const r53_message *message, r53_query *query, char *buffer,
                                  size_t capacity);

/**
 * Writes the response to a message.
 * @param message  of r53_message_parse, its query still there
 * @param peer     transport and max_udp_size count; NULL: UDP
 * @param answer   of r53_resolve, or NULL: no records, and the message's own rcode, SERVFAIL if it
 *                 has none
 * @return as r53_respond
 */
R53_API int32_t r53_message_write(const r53_message *message, const r53_peer *peer,
                                  const r53_answer *answer, void *response, size_t capacity,
                                  size_t *length);

#ifdef __cplusplus
}
#endif

#endif
