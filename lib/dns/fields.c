#include "dns/fields.h"

#include "dns/strings.h"

#include <string.h>

static bool name_read(struct fields *fields, const struct rdata_field *field);
static bool u8_read(struct fields *fields, const struct rdata_field *field);
static bool u16_read(struct fields *fields, const struct rdata_field *field);
static bool u32_read(struct fields *fields, const struct rdata_field *field);
static bool string_read(struct fields *fields, const struct rdata_field *field);
static bool string_rest_read(struct fields *fields, const struct rdata_field *field);
static bool tag_read(struct fields *fields, const struct rdata_field *field);
static bool hex_read(struct fields *fields, const struct rdata_field *field);

/* Writers get the rest of the rdata and return the octets that are theirs. */
static size_t name_put(struct text *text, const uint8_t *at, size_t length);
static size_t u8_put(struct text *text, const uint8_t *at, size_t length);
static size_t u16_put(struct text *text, const uint8_t *at, size_t length);
static size_t u32_put(struct text *text, const uint8_t *at, size_t length);
static size_t string_put(struct text *text, const uint8_t *at, size_t length);
static size_t string_rest_put(struct text *text, const uint8_t *at, size_t length);
static size_t tag_put(struct text *text, const uint8_t *at, size_t length);
static size_t hex_put(struct text *text, const uint8_t *at, size_t length);

static const struct {
    bool (*read)(struct fields *fields, const struct rdata_field *field);
    size_t (*put)(struct text *text, const uint8_t *at, size_t length);
} kinds[] = {
    [FIELD_NAME] = {name_read, name_put},
    [FIELD_U8] = {u8_read, u8_put},
    [FIELD_U16] = {u16_read, u16_put},
    [FIELD_U32] = {u32_read, u32_put},
    [FIELD_STRING] = {string_read, string_put},
    [FIELD_STRING_REST] = {string_rest_read, string_rest_put},
    [FIELD_TAG] = {tag_read, tag_put},
    [FIELD_HEX] = {hex_read, hex_put},
};

bool r53__layout_parse(const struct rdata_layout *layout, struct span value, uint8_t *out,
                       size_t *length, struct rdata_fault *fault)
{
    /* Nothing at all where one name should be is an empty name (R53-RDATA-04). */
    const struct rdata_fault no_name = {r53__name_fault_code(NAME_EMPTY),
                                        r53__name_fault_words(NAME_EMPTY)};
    const struct rdata_fault *missing = layout->fields == 1 ? &no_name : &layout->count;
    const struct rdata_fault *unsound;
    struct fields fields;

    r53__fields_init(&fields, value, out, fault);
    for (size_t i = 0; i < layout->fields; i++) {
        if (!r53__fields_read(&fields, &layout->field[i], missing))
            return false;
    }
    if (r53__fields_more(&fields))
        return r53__fields_fail(&fields, &layout->count);
    unsound = layout->check && !fields.overflowed ? layout->check(out, fields.length) : NULL;
    if (unsound)
        return r53__fields_fail(&fields, unsound);
    return r53__fields_end(&fields, length);
}

void r53__layout_print(const struct rdata_layout *layout, struct text *text, const uint8_t *rdata,
                       size_t length)
{
    size_t at = 0;

    for (size_t i = 0; i < layout->fields; i++) {
        if (i > 0)
            r53__put_char(text, ' ');
        at += kinds[layout->field[i].kind].put(text, rdata + at, length - at);
    }
}

void r53__fields_init(struct fields *fields, struct span value, uint8_t *out,
                      struct rdata_fault *fault)
{
    *fields = (struct fields){.rest = value, .out = out, .fault = fault};
}

bool r53__fields_fail(struct fields *fields, const struct rdata_fault *fault)
{
    *fields->fault = *fault;
    return false;
}

bool r53__fields_more(struct fields *fields)
{
    struct span *rest = &fields->rest;

    while (rest->length > 0 && r53__is_blank(rest->at[0]))
        *rest = (struct span){rest->at + 1, rest->length - 1};
    return rest->length > 0;
}

bool r53__fields_read(struct fields *fields, const struct rdata_field *field,
                      const struct rdata_fault *missing)
{
    if (!r53__fields_more(fields))
        return r53__fields_fail(fields, missing);
    return kinds[field->kind].read(fields, field);
}

bool r53__fields_end(struct fields *fields, size_t *length)
{
    if (fields->overflowed)
        return r53__fields_fail(fields, &r53__fault_too_long);
    *length = fields->length;
    return true;
}

void r53__fields_put_u8(struct fields *fields, uint8_t n)
{
    if (fields->length < RDATA_OCTETS_MAX)
        fields->out[fields->length++] = n;
    else
        fields->overflowed = true;
}

void r53__fields_put_u16(struct fields *fields, uint16_t n)
{
    r53__fields_put_u8(fields, (uint8_t)(n >> 8));
    r53__fields_put_u8(fields, (uint8_t)n);
}

static void put_u32(struct fields *fields, uint32_t n)
{
    r53__fields_put_u16(fields, (uint16_t)(n >> 16));
    r53__fields_put_u16(fields, (uint16_t)n);
}

uint16_t r53__read_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

uint32_t r53__read_u32(const uint8_t *at)
{
    return (uint32_t)r53__read_u16(at) << 16 | r53__read_u16(at + 2);
}

static bool name_read(struct fields *fields, const struct rdata_field *field)
{
    struct name_buffer name;
    enum name_fault fault;
    struct span text;

    (void)field;
    r53__next_field(&fields->rest, &text);
    fault = r53__name_parse(&name, text);
    if (fault != NAME_OK)
        return r53__fields_fail(fields, &(struct rdata_fault){r53__name_fault_code(fault),
                                                              r53__name_fault_words(fault)});
    for (size_t i = 0; i < name.length; i++)
        r53__fields_put_u8(fields, name.octets[i]);
    return true;
}

static bool number_read(struct fields *fields, const struct rdata_field *field, uint32_t max,
                        uint32_t *out)
{
    struct span text;
    uint64_t n;

    r53__next_field(&fields->rest, &text);
    if (!r53__parse_decimal(text, max, &n))
        return r53__fields_fail(fields, &field->fault);
    *out = (uint32_t)n;
    return true;
}

static bool u8_read(struct fields *fields, const struct rdata_field *field)
{
    uint32_t n;

    if (!number_read(fields, field, UINT8_MAX, &n))
        return false;
    r53__fields_put_u8(fields, (uint8_t)n);
    return true;
}

static bool u16_read(struct fields *fields, const struct rdata_field *field)
{
    uint32_t n;

    if (!number_read(fields, field, UINT16_MAX, &n))
        return false;
    r53__fields_put_u16(fields, (uint16_t)n);
    return true;
}

static bool u32_read(struct fields *fields, const struct rdata_field *field)
{
    uint32_t n;

    if (!number_read(fields, field, UINT32_MAX, &n))
        return false;
    put_u32(fields, n);
    return true;
}

static bool string_read(struct fields *fields, const struct rdata_field *field)
{
    (void)field;
    return r53__string_read_short(fields);
}

static bool string_rest_read(struct fields *fields, const struct rdata_field *field)
{
    (void)field;
    return r53__string_read(fields);
}

static bool is_tag_character(char c)
{
    c = r53__lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool tag_read(struct fields *fields, const struct rdata_field *field)
{
    struct span text;

    r53__next_field(&fields->rest, &text);
    if (text.length > STRING_OCTETS_MAX)
        return r53__fields_fail(fields, &field->fault);
    r53__fields_put_u8(fields, (uint8_t)text.length);
    for (size_t i = 0; i < text.length; i++) {
        if (!is_tag_character(text.at[i]))
            return r53__fields_fail(fields, &field->fault);
        r53__fields_put_u8(fields, (uint8_t)text.at[i]);
    }
    return true;
}

static bool hex_digit(char c, unsigned *digit)
{
    const char *digits = "0123456789abcdef";
    const char *at = memchr(digits, r53__lower(c), 16);

    if (at)
        *digit = (unsigned)(at - digits);
    return at != NULL;
}

/* Listings break long digests with blanks, anywhere between two octets or inside one. */
static bool hex_read(struct fields *fields, const struct rdata_field *field)
{
    unsigned octet = 0, digit = 0;
    size_t digits = 0;

    for (; r53__fields_more(fields); digits++) {
        if (!hex_digit(fields->rest.at[0], &digit))
            return r53__fields_fail(fields, &field->fault);
        fields->rest = (struct span){fields->rest.at + 1, fields->rest.length - 1};
        octet = octet << 4 | digit;
        if (digits % 2 == 1)
            r53__fields_put_u8(fields, (uint8_t)octet);
    }
    return digits % 2 == 0 || r53__fields_fail(fields, &field->fault);
}

static size_t name_put(struct text *text, const uint8_t *at, size_t length)
{
    size_t end = 0;

    (void)length;
    while (at[end])
        end += 1u + at[end];
    r53__name_put(text, (struct name){at, end + 1});
    return end + 1;
}

static size_t u8_put(struct text *text, const uint8_t *at, size_t length)
{
    (void)length;
    r53__put_u64(text, at[0]);
    return 1;
}

static size_t u16_put(struct text *text, const uint8_t *at, size_t length)
{
    (void)length;
    r53__put_u64(text, r53__read_u16(at));
    return 2;
}

static size_t u32_put(struct text *text, const uint8_t *at, size_t length)
{
    (void)length;
    r53__put_u64(text, r53__read_u32(at));
    return 4;
}

static size_t string_put(struct text *text, const uint8_t *at, size_t length)
{
    (void)length;
    r53__string_put(text, at + 1, at[0]);
    return 1u + at[0];
}

static size_t string_rest_put(struct text *text, const uint8_t *at, size_t length)
{
    r53__string_put(text, at, length);
    return length;
}

static size_t tag_put(struct text *text, const uint8_t *at, size_t length)
{
    (void)length;
    r53__put_span(text, (struct span){(const char *)at + 1, at[0]});
    return 1u + at[0];
}

static size_t hex_put(struct text *text, const uint8_t *at, size_t length)
{
    r53__put_hex(text, at, length);
    return length;
}
