/*
 * Values of master files. A type is a row of parts; a part knows how its text becomes Route 53's,
 * and how long its wire form is, for rdata that is given as octets (RFC 3597).
 *
 * Only what differs between the two texts is looked at here: names, strings, TTLs, parameters.
 * Numbers, addresses and digests pass as they are, and the type's own parser judges them. Most
 * records of large zones are an address or a name, and take a shorter way.
 */
#include "dns/master.h"

#include "dns/algorithm.h"
#include "dns/fields.h"
#include "dns/strings.h"

#include <r53/type.h>

#include <string.h>

enum part {
    PART_NONE, /* behind the last one: text is passed on, for the type's parser to refuse */
    PART_U8,
    PART_U16,
    PART_U32,
    PART_TTL,       /* a number of 32 bits that may be written with units */
    PART_ALGORITHM, /* a number of 8 bits that may be written as a name */
    PART_IPV4,
    PART_IPV6,
    PART_NAME,
    PART_STRING,
    PART_TAG,     /* a string that is never quoted */
    PART_TAIL,    /* a string that is the rest of the rdata */
    PART_STRINGS, /* from here on: all that follows */
    PART_HEX,
    PART_PARAMS
};

enum { PARTS_MAX = 8, MALFORMED = UINT16_MAX };

static const struct value_form {
    uint16_t type;
    uint8_t parts[PARTS_MAX]; /* the last one is PART_NONE */
} forms[] = {
    {R53_TYPE_A, {PART_IPV4}},
    {R53_TYPE_NS, {PART_NAME}},
    {R53_TYPE_CNAME, {PART_NAME}},
    {R53_TYPE_SOA,
     {PART_NAME, PART_NAME, PART_U32, PART_TTL, PART_TTL, PART_TTL, PART_TTL, PART_NONE}},
    {R53_TYPE_PTR, {PART_NAME}},
    {R53_TYPE_MX, {PART_U16, PART_NAME}},
    {R53_TYPE_TXT, {PART_STRINGS}},
    {R53_TYPE_AAAA, {PART_IPV6}},
    {R53_TYPE_SRV, {PART_U16, PART_U16, PART_U16, PART_NAME}},
    {R53_TYPE_NAPTR, {PART_U16, PART_U16, PART_STRING, PART_STRING, PART_STRING, PART_NAME}},
    {R53_TYPE_DS, {PART_U16, PART_ALGORITHM, PART_U8, PART_HEX}},
    {R53_TYPE_SSHFP, {PART_U8, PART_U8, PART_HEX}},
    {R53_TYPE_TLSA, {PART_U8, PART_U8, PART_U8, PART_HEX}},
    {R53_TYPE_SVCB, {PART_U16, PART_NAME, PART_PARAMS}},
    {R53_TYPE_HTTPS, {PART_U16, PART_NAME, PART_PARAMS}},
    {R53_TYPE_SPF, {PART_STRINGS}},
    {R53_TYPE_CAA, {PART_U8, PART_TAG, PART_TAIL}},
};

/* One value being read. */
struct value {
    struct master *master;
    struct name origin;
    struct text *out;
    struct master_fault *fault;
    struct master_token token; /* the present field */
};

static bool plain_read(struct value *v);
static bool ttl_read(struct value *v);
static bool algorithm_read(struct value *v);
static bool name_read(struct value *v);
static bool string_read(struct value *v);
static bool param_read(struct value *v);

/* Octets of the part at `at`, of which `left` are there; MALFORMED: none fits. */
static size_t name_length(const uint8_t *at, size_t left);
static size_t string_length(const uint8_t *at, size_t left);
static size_t rest_length(const uint8_t *at, size_t left);
static size_t strings_length(const uint8_t *at, size_t left);
static size_t params_length(const uint8_t *at, size_t left);

static const struct part_row {
    bool (*read)(struct value *v);
    uint8_t octets; /* 0: `length` tells */
    size_t (*length)(const uint8_t *at, size_t left);
} parts[] = {
    [PART_NONE] = {plain_read, 0, NULL},
    [PART_U8] = {plain_read, 1, NULL},
    [PART_U16] = {plain_read, 2, NULL},
    [PART_U32] = {plain_read, 4, NULL},
    [PART_TTL] = {ttl_read, 4, NULL},
    [PART_ALGORITHM] = {algorithm_read, 1, NULL},
    [PART_IPV4] = {plain_read, 4, NULL},
    [PART_IPV6] = {plain_read, 16, NULL},
    [PART_NAME] = {name_read, 0, name_length},
    [PART_STRING] = {string_read, 0, string_length},
    [PART_TAG] = {plain_read, 0, string_length},
    [PART_TAIL] = {string_read, 0, rest_length},
    [PART_STRINGS] = {string_read, 0, strings_length},
    [PART_HEX] = {plain_read, 0, rest_length},
    [PART_PARAMS] = {param_read, 0, params_length},
};

static bool octets_value(struct value *v, const struct rr_type *type,
                         const struct value_form *form);
static bool address_word(const struct rr_type *type, struct span text, struct name origin,
                         uint8_t *wire, size_t *length);
static bool name_word(const struct rr_type *type, struct span text, struct name origin,
                      uint8_t *wire, size_t *length);

static bool fail(struct value *v, const char *code, const char *words)
{
    *v->fault = (struct master_fault){v->token.place, {code, words}, v->token.text};
    return false;
}

static const struct value_form *form_find(uint16_t type)
{
    size_t i = 0;

    while (forms[i].type != type)
        i++;
    return &forms[i];
}

/* Reads a field; false at the end of the record and after a fault, which is then told. */
static bool field_next(struct value *v, bool *sound)
{
    r53__master_next(v->master, &v->token);
    if (v->token.kind == MASTER_WORD || v->token.kind == MASTER_QUOTED)
        return true;
    *sound = v->token.kind != MASTER_FAULT;
    if (!*sound)
        *v->fault = (struct master_fault){v->token.place, {"", v->token.text.at}, {"", 0}};
    return false;
}

bool r53__master_value(struct master *master, const struct rr_type *type, struct name origin,
                       struct text *out, struct master_place *first, struct master_fault *fault)
{
    const struct value_form *form = form_find(type->number);
    const uint8_t *part = form->parts;
    struct value v = {master, origin, out, fault, {0}};
    bool sound = true;

    for (size_t i = 0; field_next(&v, &sound); i++) {
        if (i == 0) {
            *first = v.token.place;
            if (v.token.kind == MASTER_WORD && r53__span_is(v.token.text, "\\#"))
                return octets_value(&v, type, form);
        } else {
            r53__put_char(out, ' ');
        }
        if (!parts[*part].read(&v))
            return false;
        if (*part != PART_NONE && *part < PART_STRINGS)
            part++;
        if (!r53__text_fits(out))
            return fail(&v, r53__fault_too_long.code, r53__fault_too_long.words);
    }
    if (sound && out->length == 0)
        return fail(&v, "", "the record has no value");
    return sound;
}

bool r53__master_word(struct master *master, const struct rr_type *type, struct name origin,
                      uint8_t *wire, size_t *length)
{
    const uint8_t *part = form_find(type->number)->parts;
    struct master_token word, end;
    struct master at = *master;

    if (part[1] != PART_NONE || (*part != PART_IPV4 && *part != PART_IPV6 && *part != PART_NAME))
        return false;
    r53__master_next(&at, &word);
    if (word.kind != MASTER_WORD)
        return false;
    r53__master_next(&at, &end);
    if (end.kind != MASTER_LINE_END ||
        !(*part == PART_NAME ? name_word : address_word)(type, word.text, origin, wire, length))
        return false;
    *master = at;
    return true;
}

static bool address_word(const struct rr_type *type, struct span text, struct name origin,
                         uint8_t *wire, size_t *length)
{
    struct rdata_fault fault;

    (void)origin;
    return type->parse(text, wire, length, &fault);
}

static bool name_word(const struct rr_type *type, struct span text, struct name origin,
                      uint8_t *wire, size_t *length)
{
    struct name_buffer name;

    (void)type;
    if (r53__span_is(text, "\\#") || r53__master_name(&name, text, origin) != NAME_OK)
        return false;
    memcpy(wire, name.octets, name.length);
    *length = name.length;
    return true;
}

static bool plain_read(struct value *v)
{
    bool quoted = v->token.kind == MASTER_QUOTED;

    if (quoted)
        r53__put_char(v->out, '"');
    r53__put_span(v->out, v->token.text);
    if (quoted)
        r53__put_char(v->out, '"');
    return true;
}

static bool ttl_read(struct value *v)
{
    uint64_t seconds;

    if (!r53__master_ttl(v->token.text, &seconds))
        return plain_read(v);
    r53__put_u64(v->out, seconds);
    return true;
}

static bool algorithm_read(struct value *v)
{
    uint8_t number = r53__algorithm_number(v->token.text);

    if (number == 0)
        return plain_read(v);
    r53__put_u64(v->out, number);
    return true;
}

static bool name_read(struct value *v)
{
    struct name_buffer name;
    enum name_fault fault = r53__master_name(&name, v->token.text, v->origin);

    if (fault != NAME_OK)
        return fail(v, r53__name_fault_code(fault), r53__name_fault_words(fault));
    r53__name_put(v->out, r53__name(&name));
    return true;
}

/* Octets of a master file's string in Route 53's escapes, without quotes. */
static bool octets_put(struct value *v, struct span text)
{
    while (text.length > 0) {
        uint8_t octet;

        if (!r53__master_octet(&text, &octet))
            return fail(v, r53__fault_unsupported.code, r53__fault_unsupported.words);
        r53__string_put_octet(v->out, octet);
    }
    return true;
}

static bool string_read(struct value *v)
{
    bool sound;

    r53__put_char(v->out, '"');
    sound = octets_put(v, v->token.text);
    r53__put_char(v->out, '"');
    return sound;
}

/* key, key=value or key="value": the quotation mark follows at once. */
static bool param_read(struct value *v)
{
    struct span word = v->token.text;
    const char *equals = memchr(word.at, '=', word.length);
    size_t key = equals ? (size_t)(equals - word.at) : word.length;
    bool sound = true;

    if (v->token.kind == MASTER_QUOTED)
        return plain_read(v);
    r53__put_span(v->out, (struct span){word.at, key});
    if (!equals)
        return true;
    word = (struct span){equals + 1, word.length - key - 1};
    if (word.length == 0 && v->master->at < v->master->end && *v->master->at == '"') {
        if (!field_next(v, &sound))
            return false;
        word = v->token.text;
    }
    r53__put(v->out, "=\"");
    sound = octets_put(v, word);
    r53__put_char(v->out, '"');
    return sound;
}

/* RFC 3597 5: \# octets hex */

static bool hex_octets(struct value *v, uint8_t *wire, size_t *length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned octet = 0;
    size_t n = 0;
    bool sound = true;

    while (field_next(v, &sound)) {
        for (size_t i = 0; i < v->token.text.length; i++, n++) {
            const char *at = memchr(digits, r53__lower(v->token.text.at[i]), 16);

            if (!at || n / 2 == RDATA_OCTETS_MAX)
                return fail(v, "", "rdata is written as pairs of hex digits, 4096 at most");
            octet = octet << 4 | (unsigned)(at - digits);
            wire[n / 2] = (uint8_t)octet;
        }
    }
    *length = n / 2;
    return sound && (n % 2 == 0 || fail(v, "", "half an octet is missing"));
}

/* Do the parts, one after the other, fill the rdata? Only then it can be printed. */
static bool is_well_formed(const struct value_form *form, const uint8_t *wire, size_t length)
{
    size_t at = 0;

    for (const uint8_t *part = form->parts; *part != PART_NONE; part++) {
        const struct part_row *row = &parts[*part];
        size_t n = row->octets ? row->octets : row->length(wire + at, length - at);

        if (n > length - at)
            return false;
        at += n;
    }
    return at == length;
}

/* Parameters as keyNNNNN="octets", which holds whatever stands in them (RFC 9460 2.1). */
static void service_put(struct text *text, const uint8_t *wire, size_t length)
{
    size_t name = name_length(wire + 2, length - 2);

    r53__put_u64(text, r53__read_u16(wire));
    r53__put_char(text, ' ');
    r53__name_put(text, (struct name){wire + 2, name});
    for (size_t at = 2 + name; at < length; at += 4u + r53__read_u16(wire + at + 2)) {
        r53__put(text, " key");
        r53__put_u64(text, r53__read_u16(wire + at));
        r53__put_char(text, '=');
        r53__string_put(text, wire + at + 4, r53__read_u16(wire + at + 2));
    }
}

static bool octets_value(struct value *v, const struct rr_type *type, const struct value_form *form)
{
    uint8_t wire[RDATA_OCTETS_MAX];
    bool sound = true;
    uint64_t told;
    size_t length = 0;

    if (!field_next(v, &sound))
        return sound && fail(v, "", "the number of octets is missing behind \\#");
    if (!r53__parse_decimal(v->token.text, UINT16_MAX, &told))
        return fail(v, "", "the number of octets behind \\# is not a number");
    if (!hex_octets(v, wire, &length))
        return false;
    if (length != told)
        return fail(v, "", "there are not as many octets as \\# tells");
    if (length == 0 || !is_well_formed(form, wire, length))
        return fail(v, "", "the octets are no rdata of this type");
    if (form->type == R53_TYPE_SVCB || form->type == R53_TYPE_HTTPS)
        service_put(v->out, wire, length);
    else
        type->print(v->out, wire, length);
    return r53__text_fits(v->out) || fail(v, r53__fault_too_long.code, r53__fault_too_long.words);
}

static size_t name_length(const uint8_t *at, size_t left)
{
    size_t end = 0;

    while (end < left && at[end] > 0 && at[end] < 64)
        end += 1u + at[end];
    return end < left && at[end] == 0 && end < NAME_OCTETS_MAX ? end + 1 : MALFORMED;
}

static size_t string_length(const uint8_t *at, size_t left)
{
    return left ? 1u + at[0] : MALFORMED;
}

static size_t rest_length(const uint8_t *at, size_t left)
{
    (void)at;
    return left;
}

static size_t strings_length(const uint8_t *at, size_t left)
{
    size_t end = 0;

    while (end < left)
        end += 1u + at[end];
    return end;
}

static size_t params_length(const uint8_t *at, size_t left)
{
    size_t end = 0;

    while (end < left) {
        if (left - end < 4)
            return MALFORMED;
        end += 4u + r53__read_u16(at + end + 2);
    }
    return end;
}
