/* A and AAAA: the octets of one address. */
#include "dns/rdata_types.h"

#include "net/address.h"

#include <string.h>

/* What differs between the two. */
struct address_type {
    uint8_t family;
    struct rdata_fault blanks, illegal;
};

static const struct address_type ipv4 = {
    ADDRESS_IPV4,
    {"ARRDATANotSingleField", "Value contains spaces"},
    {"ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address"},
};

static const struct address_type ipv6 = {
    ADDRESS_IPV6,
    {"AAAARRDATANotSingleField", "Value contains spaces"},
    {"AAAARRDATAIllegalIPv6Address", "Value is not a valid IPv6 address"},
};

static bool address_parse(const struct address_type *type, struct span value, uint8_t *out,
                          size_t *length, struct rdata_fault *fault);
static void address_print(const struct address_type *type, struct text *text, const uint8_t *rdata,
                          size_t length);
static bool has_blank(struct span value);

bool r53__a_parse(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault)
{
    return address_parse(&ipv4, value, out, length, fault); /* R53-RDATA-02 */
}

void r53__a_print(struct text *text, const uint8_t *rdata, size_t length)
{
    address_print(&ipv4, text, rdata, length);
}

bool r53__aaaa_parse(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault)
{
    return address_parse(&ipv6, value, out, length, fault); /* R53-RDATA-03 */
}

void r53__aaaa_print(struct text *text, const uint8_t *rdata, size_t length)
{
    address_print(&ipv6, text, rdata, length);
}

static bool address_parse(const struct address_type *type, struct span value, uint8_t *out,
                          size_t *length, struct rdata_fault *fault)
{
    struct address address;

    if (has_blank(value)) {
        *fault = type->blanks;
        return false;
    }
    if (!r53__address_parse(value, &address) || address.family != type->family) {
        *fault = type->illegal;
        return false;
    }
    *length = r53__address_size(&address);
    memcpy(out, address.octets, *length);
    return true;
}

static void address_print(const struct address_type *type, struct text *text, const uint8_t *rdata,
                          size_t length)
{
    struct address address = {type->family, {0}};

    memcpy(address.octets, rdata, length);
    r53__address_put(text, &address);
}

static bool has_blank(struct span value)
{
    return value.length > 0 &&
           (memchr(value.at, ' ', value.length) || memchr(value.at, '\t', value.length));
}
