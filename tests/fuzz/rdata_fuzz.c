/*
 * Values: the first octet chooses the type, the others are the value. It is refused, or its rdata
 * printed and read again are the same octets.
 */
#include "fuzz/fuzz.h"

#include "dns/rdata.h"

#include <r53/type.h>

#include <string.h>

static const uint16_t types[] = {
    R53_TYPE_A,    R53_TYPE_NS,   R53_TYPE_CNAME, R53_TYPE_SOA, R53_TYPE_PTR,   R53_TYPE_MX,
    R53_TYPE_TXT,  R53_TYPE_AAAA, R53_TYPE_SRV,   R53_TYPE_DS,  R53_TYPE_NAPTR, R53_TYPE_SSHFP,
    R53_TYPE_TLSA, R53_TYPE_SVCB, R53_TYPE_HTTPS, R53_TYPE_SPF, R53_TYPE_CAA};

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    static char printed[16 * RDATA_OCTETS_MAX];
    static uint8_t rdata[RDATA_OCTETS_MAX], again[RDATA_OCTETS_MAX];
    const struct rr_type *type;
    struct rdata_fault fault;
    struct text text;
    size_t length, length_again;

    if (n == 0 || n - 1 > VALUE_CHARACTERS_MAX)
        return 0;
    type = r53__type_find(types[octets[0] % (sizeof(types) / sizeof(*types))]);
    MUST(type);
    if (!type->parse((struct span){(const char *)octets + 1, n - 1}, rdata, &length, &fault)) {
        MUST(fault.code && *fault.code && fault.words);
        return 0;
    }
    MUST(length <= sizeof(rdata));
    r53__text_init(&text, printed, sizeof(printed));
    type->print(&text, rdata, length);
    MUST(r53__text_fits(&text));
    if (text.length > VALUE_CHARACTERS_MAX) /* addresses given as octets are longer as text */
        return 0;
    MUST(type->parse((struct span){printed, text.length}, again, &length_again, &fault));
    MUST(length == length_again && memcmp(rdata, again, length) == 0);
    MUST(r53__rdata_target(type->number, rdata, length).length <= NAME_OCTETS_MAX);
    return 0;
}
