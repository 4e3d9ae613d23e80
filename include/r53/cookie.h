/**
 * Cookies that bind a client to a target group or a target: plain structs in requests and
 * selections, and the opaque text that a host sends for them.
 *
 * The selector never reads text of a client: a host opens what it received, hands the cookies over
 * in r53_request, and seals those that r53_selection_cookie gives it. What cannot be opened is no
 * cookie (ELB-STICK-04).
 */
#ifndef R53_COOKIE_H
#define R53_COOKIE_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kind of cookie, one a name; passed as int32_t. The CORS ones have the content of the others and
 * are sent with SameSite=None and Secure. */
enum r53_cookie_kind {
    R53_COOKIE_AWSALB = 1,       /**< target, by duration (ELB-STICK-02) */
    R53_COOKIE_AWSALBCORS = 2,   /**< the same; wins over the first */
    R53_COOKIE_AWSALBAPP = 3,    /**< target, beside the application's cookie (ELB-STICK-09) */
    R53_COOKIE_AWSALBTG = 4,     /**< target group (ELB-ALB-ACT-08) */
    R53_COOKIE_AWSALBTGCORS = 5, /**< the same; wins over the first */
    R53_COOKIE_AWSELB = 6,       /**< instance of a Classic Load Balancer (ELB-CLB-07) */
    R53_COOKIE_AWSELBCORS = 7    /**< the same; wins over the first */
};

/** What a cookie says (ELB-STICK-17). */
typedef struct r53_cookie {
    uint32_t size;                /**< sizeof(r53_cookie) */
    int32_t kind;                 /**< enum r53_cookie_kind */
    const char *target_group_arn; /**< Classic: the load balancer's ARN */
    const char *target_id;        /**< NULL or "" for a target group's */
    const char *target_zone;      /**< "us-east-1a", "all"; NULL or "": whatever zone */
    int32_t port;                 /**< of the target; Classic: of the instances; else 0 */
    int32_t reserved;             /**< 0 */
    int64_t issued_at_ms;         /**< in the clock of the requests */
    int64_t expires_at_ms;        /**< the Expires attribute to send; 0: with the browser's session.
                                       Not part of the text, and not read */
} r53_cookie;

/** Longest text of a cookie, with its NUL; browsers keep no more. */
#define R53_COOKIE_TEXT_MAX 4096

/** Octets of a sealing key. */
#define R53_COOKIE_KEY_SIZE 16

/** Name under which a kind is sent, "AWSALB", "AWSALBAPP-0"; "" for no kind. Static. */
R53_API const char *r53_cookie_name(int32_t kind);

/** Kind that is sent under this name, or 0. */
R53_API int32_t r53_cookie_kind_number(const char *name);

/**
 * Seals a cookie into text of letters, digits, "-" and "_" that only the key can make or read.
 * The same cookie gives the same text: nothing random goes in, so that it needs no source of
 * chance.
 * @param key     R53_COOKIE_KEY_SIZE octets that the host keeps secret; borrowed
 * @param cookie  borrowed
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the whole text without NUL; may be NULL
 * @return R53_OK, R53_E_NO_SPACE (nothing was written but NUL, if there is room), R53_E_INVALID
 *         (no key, no such kind, port, no target group), R53_E_LIMIT (R53_COOKIE_TEXT_MAX)
 *
 * O(length); allocates nothing. Ascon-AEAD128 of NIST SP 800-232; ELB-STICK-02, ELB-STICK-17.
 */
R53_API int32_t r53_cookie_seal(const uint8_t *key, const r53_cookie *cookie, char *buffer,
                                size_t capacity, size_t *length);

/**
 * Opens what r53_cookie_seal made. AWSALB and AWSALBCORS read each other's text, as do the two TG
 * and the two Classic ones; no other kind does.
 * @param key       the key it was sealed with; borrowed
 * @param kind      enum r53_cookie_kind, from the name it came under
 * @param text      value of the cookie; borrowed, NUL-terminated
 * @param cookie    receives the cookie; its texts lie in buffer
 * @param buffer    room for its texts; R53_COOKIE_TEXT_MAX is enough for any
 * @return R53_OK, R53_E_NOT_FOUND (forged, of another key or kind, cut, too long, encoded by the
 *         client (ELB-STICK-15): no cookie), R53_E_NO_SPACE (buffer), R53_E_INVALID
 *         (no key, no such kind, no text, a capacity without buffer)
 *
 * Only with R53_OK anything was written. O(length); allocates nothing; the tag is compared in
 * constant time. ELB-STICK-04, ELB-STICK-15.
 */
R53_API int32_t r53_cookie_open(const uint8_t *key, int32_t kind, const char *text,
                                r53_cookie *cookie, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
