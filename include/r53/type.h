/**
 * Record types that Route 53 can hold, by number and name.
 */
#ifndef R53_TYPE_H
#define R53_TYPE_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Record types (R53-TYPE-01); values are DNS's own. Passed as int32_t. */
enum r53_type {
    R53_TYPE_A = 1,
    R53_TYPE_NS = 2,
    R53_TYPE_CNAME = 5,
    R53_TYPE_SOA = 6,
    R53_TYPE_PTR = 12,
    R53_TYPE_MX = 15,
    R53_TYPE_TXT = 16,
    R53_TYPE_AAAA = 28,
    R53_TYPE_SRV = 33,
    R53_TYPE_NAPTR = 35,
    R53_TYPE_DS = 43,
    R53_TYPE_SSHFP = 44,
    R53_TYPE_TLSA = 52,
    R53_TYPE_SVCB = 64,
    R53_TYPE_HTTPS = 65,
    R53_TYPE_SPF = 99,
    R53_TYPE_ANY = 255, /**< in queries only */
    R53_TYPE_CAA = 257
};

/** Number of the type with this name ("AAAA", any case), or 0. */
R53_API int32_t r53_type_number(const char *name);

/** Name of the type ("AAAA"), or "" for one that Route 53 does not hold. Static. */
R53_API const char *r53_type_name(int32_t number);

/**
 * Checks a value of this type and writes it back in its canonical form.
 * @param buffer  receives text and NUL; may be NULL when capacity is 0
 * @param length  receives the length of the text without NUL; may be NULL
 * @return R53_OK, R53_E_INVALID (`fault` then names it), R53_E_NO_SPACE
 *         (length is set, the buffer as it was), R53_E_UNSUPPORTED (type)
 */
R53_API int32_t r53_value_canonical(int32_t type, const char *value, char *buffer, size_t capacity,
                                    size_t *length, const char **fault);

#ifdef __cplusplus
}
#endif

#endif
