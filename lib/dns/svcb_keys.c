#include "dns/svcb_keys.h"

#include "dns/base64.h"
#include "dns/strings.h"
#include "net/address.h"

#include <string.h>

/*
 * A value goes through `read` (text -> wire, NULL: octets as they are) and then `is_valid`, which
 * so also judges values given as octets under the key's number.
 */
struct svcb_key {
    const char *name;
    bool (*read)(struct fields *fields, struct span text);
    bool (*is_valid)(const uint8_t *value, size_t n);
    void (*put)(struct text *text, const uint8_t *value, size_t n);
    struct rdata_fault fault;
};

static bool mandatory_read(struct fields *fields, struct span text);
static bool mandatory_is_valid(const uint8_t *value, size_t n);
static void mandatory_put(struct text *text, const uint8_t *value, size_t n);
static bool alpn_read(struct fields *fields, struct span text);
static bool alpn_is_valid(const uint8_t *value, size_t n);
static void alpn_put(struct text *text, const uint8_t *value, size_t n);
static bool is_empty(const uint8_t *value, size_t n);
static bool port_read(struct fields *fields, struct span text);
static bool port_is_valid(const uint8_t *value, size_t n);
static void port_put(struct text *text, const uint8_t *value, size_t n);
static bool ipv4_read(struct fields *fields, struct span text);
static bool ipv4_is_valid(const uint8_t *value, size_t n);
static void ipv4_put(struct text *text, const uint8_t *value, size_t n);
static bool ech_read(struct fields *fields, struct span text);
static bool ech_is_valid(const uint8_t *value, size_t n);
static bool ipv6_read(struct fields *fields, struct span text);
static bool ipv6_is_valid(const uint8_t *value, size_t n);
static void ipv6_put(struct text *text, const uint8_t *value, size_t n);
static bool path_is_valid(const uint8_t *value, size_t n);

/* The index is the key's number. */
static const struct svcb_key keys[] = {
    {"mandatory",
     mandatory_read,
     mandatory_is_valid,
     mandatory_put,
     {"SvcParamIllegalMandatory", "Mandatory is not a list of other keys, each once"}},
    {"alpn",
     alpn_read,
     alpn_is_valid,
     alpn_put,
     {"SvcParamIllegalAlpn", "Alpn is not a list of protocol ids"}},
    {"no-default-alpn",
     NULL,
     is_empty,
     r53__string_put,
     {"SvcParamIllegalNoDefaultAlpn", "No-default-alpn does not take a value"}},
    {"port",
     port_read,
     port_is_valid,
     port_put,
     {"SvcParamIllegalPort", "Port is not a number from 0 to 65535"}},
    {"ipv4hint",
     ipv4_read,
     ipv4_is_valid,
     ipv4_put,
     {"SvcParamIllegalIPv4Hint", "Ipv4hint is not a list of IPv4 addresses"}},
    {"ech",
     ech_read,
     ech_is_valid,
     r53__base64_put,
     {"SvcParamIllegalEch", "Ech is not valid base64"}},
    {"ipv6hint",
     ipv6_read,
     ipv6_is_valid,
     ipv6_put,
     {"SvcParamIllegalIPv6Hint", "Ipv6hint is not a list of IPv6 addresses"}},
    {"dohpath",
     NULL,
     path_is_valid,
     r53__string_put,
     {"SvcParamIllegalDohPath", "Dohpath is not a path with the variable dns"}},
};

enum { KEYS = sizeof(keys) / sizeof(*keys) };

bool r53__svcb_key_parse(struct span name, uint16_t *key)
{
    uint64_t number;

    for (size_t i = 0; i < KEYS; i++) {
        if (r53__span_is(name, keys[i].name)) {
            *key = (uint16_t)i;
            return true;
        }
    }
    if (name.length < 4 || memcmp(name.at, "key", 3) != 0)
        return false;
    if (name.at[3] == '0' && name.length > 4)
        return false;
    if (!r53__parse_decimal((struct span){name.at + 3, name.length - 3}, SVCB_KEY_INVALID - 1,
                            &number))
        return false;
    *key = (uint16_t)number;
    return true;
}

void r53__svcb_key_put(struct text *text, uint16_t key)
{
    if (key < KEYS) {
        r53__put(text, keys[key].name);
        return;
    }
    r53__put(text, "key");
    r53__put_u64(text, key);
}

static bool octets_read(struct fields *fields, struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        r53__fields_put_u8(fields, (uint8_t)text.at[i]);
    return true;
}

bool r53__svcb_value_read(struct fields *fields, uint16_t key, bool generic, struct span text)
{
    const struct svcb_key *row = key < KEYS ? &keys[key] : NULL;
    size_t at = fields->length;
    bool plain = generic || !row || !row->read;

    if (!(plain ? octets_read : row->read)(fields, text))
        return r53__fields_fail(fields, &row->fault);
    if (fields->overflowed)
        return r53__fields_fail(fields, &r53__fault_too_long);
    if (row && !row->is_valid(fields->out + at, fields->length - at))
        return r53__fields_fail(fields, &row->fault);
    return true;
}

void r53__svcb_value_put(struct text *text, uint16_t key, const uint8_t *value, size_t n)
{
    if (n == 0)
        return;
    r53__put_char(text, '=');
    (key < KEYS ? keys[key].put : r53__string_put)(text, value, n);
}

/* Next element of a comma-separated list; false behind the last. An empty text has none. */
static bool next_element(struct span *rest, struct span *element)
{
    const char *comma;

    if (!rest->at || rest->length == 0)
        return false;
    comma = memchr(rest->at, ',', rest->length);
    element->at = rest->at;
    element->length = comma ? (size_t)(comma - rest->at) : rest->length;
    if (comma)
        *rest = (struct span){comma + 1, rest->length - element->length - 1};
    else
        *rest = (struct span){NULL, 0};
    return true;
}

static bool ends_with_comma(struct span text)
{
    return text.length > 0 && text.at[text.length - 1] == ',';
}

/* Keys in any order; on the wire they ascend (RFC 9460 8), so each goes to its place. */
static bool mandatory_read(struct fields *fields, struct span text)
{
    size_t from = fields->length;
    struct span element;
    uint16_t key;

    if (ends_with_comma(text))
        return false;
    while (next_element(&text, &element)) {
        size_t at;

        if (!r53__svcb_key_parse(element, &key))
            return false;
        r53__fields_put_u16(fields, key);
        if (fields->overflowed)
            return true; /* the caller's fault to tell */
        for (at = fields->length - 2; at > from; at -= 2) {
            if (r53__read_u16(fields->out + at - 2) <= key)
                break;
            memcpy(fields->out + at, fields->out + at - 2, 2);
        }
        fields->out[at] = (uint8_t)(key >> 8);
        fields->out[at + 1] = (uint8_t)key;
    }
    return true;
}

static bool mandatory_is_valid(const uint8_t *value, size_t n)
{
    if (n == 0 || n % 2 != 0 || r53__read_u16(value) == SVCB_MANDATORY)
        return false;
    for (size_t at = 2; at < n; at += 2) {
        if (r53__read_u16(value + at) <= r53__read_u16(value + at - 2))
            return false;
    }
    return true;
}

static void mandatory_put(struct text *text, const uint8_t *value, size_t n)
{
    for (size_t at = 0; at < n; at += 2) {
        if (at > 0)
            r53__put_char(text, ',');
        r53__svcb_key_put(text, r53__read_u16(value + at));
    }
}

/* Inside the list a comma of an id is "\," and a backslash "\\" (RFC 9460 A.1). */
static bool alpn_read(struct fields *fields, struct span text)
{
    size_t id = fields->length;

    r53__fields_put_u8(fields, 0);
    for (size_t i = 0; i < text.length && !fields->overflowed; i++) {
        bool escaped = text.at[i] == '\\';

        if (text.at[i] == ',') {
            id = fields->length;
            r53__fields_put_u8(fields, 0);
            continue;
        }
        if (escaped && (++i == text.length || !memchr(",\\", text.at[i], 2)))
            return false;
        if (fields->out[id] == STRING_OCTETS_MAX)
            return false;
        r53__fields_put_u8(fields, (uint8_t)text.at[i]);
        fields->out[id]++;
    }
    return true;
}

/* Ids of one octet or more, nothing left over. */
static bool alpn_is_valid(const uint8_t *value, size_t n)
{
    size_t at = 0;

    while (at < n && value[at] > 0)
        at += 1u + value[at];
    return n > 0 && at == n;
}

static void alpn_put(struct text *text, const uint8_t *value, size_t n)
{
    r53__put_char(text, '"');
    for (size_t at = 0; at < n; at += 1u + value[at]) {
        if (at > 0)
            r53__put_char(text, ',');
        for (size_t i = 1; i <= value[at]; i++) {
            if (value[at + i] == ',' || value[at + i] == '\\')
                r53__string_put_octet(text, '\\');
            r53__string_put_octet(text, value[at + i]);
        }
    }
    r53__put_char(text, '"');
}

static bool is_empty(const uint8_t *value, size_t n)
{
    (void)value;
    return n == 0;
}

static bool port_read(struct fields *fields, struct span text)
{
    uint64_t port;

    if (!r53__parse_decimal(text, UINT16_MAX, &port))
        return false;
    r53__fields_put_u16(fields, (uint16_t)port);
    return true;
}

static bool port_is_valid(const uint8_t *value, size_t n)
{
    (void)value;
    return n == 2;
}

static void port_put(struct text *text, const uint8_t *value, size_t n)
{
    (void)n;
    r53__put_u64(text, r53__read_u16(value));
}

static bool hints_read(struct fields *fields, struct span text, uint8_t family)
{
    struct address address;
    struct span element;

    if (ends_with_comma(text))
        return false;
    while (next_element(&text, &element)) {
        if (!r53__address_parse(element, &address) || address.family != family)
            return false;
        for (size_t i = 0; i < r53__address_size(&address); i++)
            r53__fields_put_u8(fields, address.octets[i]);
    }
    return true;
}

static void hints_put(struct text *text, const uint8_t *value, size_t n, uint8_t family)
{
    struct address address = {family, {0}};

    for (size_t at = 0; at < n; at += r53__address_size(&address)) {
        if (at > 0)
            r53__put_char(text, ',');
        memcpy(address.octets, value + at, r53__address_size(&address));
        r53__address_put(text, &address);
    }
}

static bool ipv4_read(struct fields *fields, struct span text)
{
    return hints_read(fields, text, ADDRESS_IPV4);
}

static bool ipv4_is_valid(const uint8_t *value, size_t n)
{
    (void)value;
    return n > 0 && n % 4 == 0;
}

static void ipv4_put(struct text *text, const uint8_t *value, size_t n)
{
    hints_put(text, value, n, ADDRESS_IPV4);
}

static bool ipv6_read(struct fields *fields, struct span text)
{
    return hints_read(fields, text, ADDRESS_IPV6);
}

static bool ipv6_is_valid(const uint8_t *value, size_t n)
{
    (void)value;
    return n > 0 && n % 16 == 0;
}

static void ipv6_put(struct text *text, const uint8_t *value, size_t n)
{
    hints_put(text, value, n, ADDRESS_IPV6);
}

static bool ech_read(struct fields *fields, struct span text)
{
    uint8_t octets[RDATA_OCTETS_MAX];
    size_t n;

    /* Decoded it is shorter than the text, which is in a buffer of that size. */
    if (!r53__base64_read(text, octets, &n))
        return false;
    return octets_read(fields, (struct span){(const char *)octets, n});
}

static bool ech_is_valid(const uint8_t *value, size_t n)
{
    (void)value;
    return n > 0;
}

/* An absolute path that is a URI template with the variable "dns" (RFC 9461 5). */
static bool path_is_valid(const uint8_t *value, size_t n)
{
    bool inside = false;

    if (n == 0 || value[0] != '/')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (value[i] == '{' || value[i] == '}')
            inside = value[i] == '{';
        if (inside && n - i > 4 && memcmp(value + i + 1, "dns", 3) == 0 &&
            memchr("{?&,/;.+#", value[i], 9) && memchr("},:*", value[i + 4], 4))
            return true;
    }
    return false;
}
