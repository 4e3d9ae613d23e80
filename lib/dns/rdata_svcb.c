/*
 * SVCB and HTTPS: priority, target, parameters (RFC 9460).
 *
 * A parameter is written behind those before it and then moved to where its key belongs, so that
 * the wire form ascends (RFC 9460 2.2) without a table of parameters.
 */
#include "dns/rdata_types.h"
#include "dns/strings.h"
#include "dns/svcb_keys.h"

#include <string.h>

enum { PARAM_HEAD = 4 }; /* key, length of the value */

/* What differs between the two types. */
struct svcb_type {
    struct rdata_fault count;
    struct rdata_field priority;
};

static const struct svcb_type svcb = {
    {"SVCBRRDATANotTwoFields", "Value does not have two fields before its parameters"},
    {FIELD_U16, {"SVCBRRDATAIllegalPriority", "Priority is not a number from 0 to 65535"}},
};

static const struct svcb_type https = {
    {"HTTPSRRDATANotTwoFields", "Value does not have two fields before its parameters"},
    {FIELD_U16, {"HTTPSRRDATAIllegalPriority", "Priority is not a number from 0 to 65535"}},
};

static bool service_parse(const struct svcb_type *type, struct span value, uint8_t *out,
                          size_t *length, struct rdata_fault *fault);
static void service_print(struct text *text, const uint8_t *rdata, size_t length);
static bool param_read(struct fields *fields, size_t params);
static bool value_unquote(struct fields *fields, struct span *value, uint8_t *octets);
static bool plain_read(struct fields *fields);
static bool param_sort(struct fields *fields, size_t params, size_t at);
static const struct rdata_fault *params_check(const uint8_t *rdata, size_t params, size_t length);

bool r53__svcb_parse(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault)
{
    return service_parse(&svcb, value, out, length, fault);
}

void r53__svcb_print(struct text *text, const uint8_t *rdata, size_t length)
{
    service_print(text, rdata, length);
}

bool r53__https_parse(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault)
{
    return service_parse(&https, value, out, length, fault);
}

void r53__https_print(struct text *text, const uint8_t *rdata, size_t length)
{
    service_print(text, rdata, length);
}

static bool service_parse(const struct svcb_type *type, struct span value, uint8_t *out,
                          size_t *length, struct rdata_fault *fault)
{
    const struct rdata_field target = {FIELD_NAME, {0}};
    const struct rdata_fault *unsound;
    struct fields fields;
    size_t params;

    r53__fields_init(&fields, value, out, fault);
    if (!r53__fields_read(&fields, &type->priority, &type->count) ||
        !r53__fields_read(&fields, &target, &type->count))
        return false;
    params = fields.length;
    while (r53__fields_more(&fields)) {
        if (!param_read(&fields, params))
            return false;
    }
    unsound = params_check(out, params, fields.length);
    if (unsound)
        return r53__fields_fail(&fields, unsound);
    return r53__fields_end(&fields, length);
}

static bool param_read(struct fields *fields, size_t params)
{
    static const struct rdata_fault unknown = {"SvcParamIllegalKey",
                                               "Value contains an unknown parameter key"};
    struct span *rest = &fields->rest, name = {rest->at, 0}, value;
    uint8_t octets[RDATA_OCTETS_MAX];
    size_t at = fields->length, n;
    uint16_t key;

    while (name.length < rest->length && !memchr("= \t", name.at[name.length], 3))
        name.length++;
    if (!r53__svcb_key_parse(name, &key))
        return r53__fields_fail(fields, &unknown);
    *rest = (struct span){rest->at + name.length, rest->length - name.length};
    if (!value_unquote(fields, &value, octets))
        return false;
    r53__fields_put_u16(fields, key);
    r53__fields_put_u16(fields, 0);
    /* keyNNNNN of a known key, too, has octets for its value (RFC 9460 2.1). */
    if (!r53__svcb_value_read(fields, key, memcmp(name.at, "key", 3) == 0, value))
        return false;
    n = fields->length - at - PARAM_HEAD;
    fields->out[at + 2] = (uint8_t)(n >> 8);
    fields->out[at + 3] = (uint8_t)n;
    return param_sort(fields, params, at);
}

/* The value behind "=", if any, plain or quoted, without its escapes. */
static bool value_unquote(struct fields *fields, struct span *value, uint8_t *octets)
{
    struct fields inner = {.rest = fields->rest, .out = octets, .fault = fields->fault};

    if (inner.rest.length > 0 && inner.rest.at[0] == '=') {
        inner.rest = (struct span){inner.rest.at + 1, inner.rest.length - 1};
        if (inner.rest.length > 0 && inner.rest.at[0] == '"' ? !r53__string_read(&inner)
                                                             : !plain_read(&inner))
            return false;
    }
    *value = (struct span){(const char *)octets, inner.length};
    fields->rest = inner.rest;
    return inner.overflowed ? r53__fields_fail(fields, &r53__fault_too_long) : true;
}

/* Up to the next blank. */
static bool plain_read(struct fields *fields)
{
    while (fields->rest.length > 0 && !memchr(" \t", fields->rest.at[0], 2)) {
        uint8_t octet;

        if (fields->rest.at[0] == '"' || !r53__string_octet(&fields->rest, &octet))
            return r53__fields_fail(fields, &r53__fault_unsupported);
        r53__fields_put_u8(fields, octet);
    }
    return true;
}

static size_t param_size(const uint8_t *param)
{
    return PARAM_HEAD + (size_t)r53__read_u16(param + 2);
}

/* Moves the last parameter, at `at`, in front of those with a greater key. No key stands twice. */
static bool param_sort(struct fields *fields, size_t params, size_t at)
{
    static const struct rdata_fault twice = {"SvcParamDuplicateKey",
                                             "Value contains a parameter key twice"};
    uint8_t param[RDATA_OCTETS_MAX];
    size_t size = fields->length - at, to = params;
    uint16_t key = r53__read_u16(fields->out + at);

    while (to < at && r53__read_u16(fields->out + to) < key)
        to += param_size(fields->out + to);
    if (to < at && r53__read_u16(fields->out + to) == key)
        return r53__fields_fail(fields, &twice);
    memcpy(param, fields->out + at, size);
    memmove(fields->out + to + size, fields->out + to, at - to);
    memcpy(fields->out + to, param, size);
    return true;
}

/* The parameter with this key, or NULL. */
static const uint8_t *param_find(const uint8_t *rdata, size_t params, size_t length, uint16_t key)
{
    for (size_t at = params; at < length; at += param_size(rdata + at)) {
        if (r53__read_u16(rdata + at) == key)
            return rdata + at;
    }
    return NULL;
}

/* What the parameters ask of each other; R53-RDATA-16. */
static const struct rdata_fault *params_check(const uint8_t *rdata, size_t params, size_t length)
{
    static const struct rdata_fault alias = {"SvcParamNotAllowed",
                                             "Parameters are not allowed with priority 0"};
    static const struct rdata_fault no_alpn = {"SvcParamMissingAlpn",
                                               "No-default-alpn is not allowed without alpn"};
    static const struct rdata_fault missing = {"SvcParamMissingMandatory",
                                               "A key that mandatory names is missing"};
    const uint8_t *mandatory = param_find(rdata, params, length, SVCB_MANDATORY);

    if (r53__read_u16(rdata) == 0 && length > params)
        return &alias;
    if (param_find(rdata, params, length, SVCB_NO_DEFAULT_ALPN) &&
        !param_find(rdata, params, length, SVCB_ALPN))
        return &no_alpn;
    for (size_t i = PARAM_HEAD; mandatory && i < param_size(mandatory); i += 2) {
        if (!param_find(rdata, params, length, r53__read_u16(mandatory + i)))
            return &missing;
    }
    return NULL;
}

static void service_print(struct text *text, const uint8_t *rdata, size_t length)
{
    size_t at = 2;

    r53__put_u64(text, r53__read_u16(rdata));
    r53__put_char(text, ' ');
    while (rdata[at])
        at += 1u + rdata[at];
    at++;
    r53__name_put(text, (struct name){rdata + 2, at - 2});
    for (; at < length; at += param_size(rdata + at)) {
        uint16_t key = r53__read_u16(rdata + at);

        r53__put_char(text, ' ');
        r53__svcb_key_put(text, key);
        r53__svcb_value_put(text, key, rdata + at + PARAM_HEAD,
                            param_size(rdata + at) - PARAM_HEAD);
    }
}
