#include "dns/strings.h"

#include "dns/escape.h"

const struct rdata_fault r53__fault_unquoted = {"InvalidCharacterString",
                                                "Value should be enclosed in quotation marks"};
const struct rdata_fault r53__fault_too_long = {"CharacterStringTooLong", "Value is too long"};
const struct rdata_fault r53__fault_unsupported = {"UnsupportedCharacter",
                                                   "Value contains unsupported characters"};

static bool closes(struct fields *fields);

bool r53__string_read(struct fields *fields)
{
    struct span *rest = &fields->rest;

    if (rest->length == 0 || rest->at[0] != '"')
        return r53__fields_fail(fields, &r53__fault_unquoted); /* R53-RDATA-14 */
    *rest = (struct span){rest->at + 1, rest->length - 1};
    while (rest->length > 0) {
        uint8_t octet;

        if (rest->at[0] == '"')
            return closes(fields);
        if (!r53__string_octet(rest, &octet))
            return r53__fields_fail(fields, &r53__fault_unsupported);
        r53__fields_put_u8(fields, octet);
    }
    return r53__fields_fail(fields, &r53__fault_unquoted);
}

/* Takes the closing quote; the next string may follow at once (R53-RDATA-13), other text not. */
static bool closes(struct fields *fields)
{
    struct span rest = {fields->rest.at + 1, fields->rest.length - 1};

    fields->rest = rest;
    if (rest.length == 0 || r53__is_blank(rest.at[0]) || rest.at[0] == '"')
        return true;
    return r53__fields_fail(fields, &r53__fault_unquoted);
}

bool r53__string_read_short(struct fields *fields)
{
    size_t at = fields->length, n;

    r53__fields_put_u8(fields, 0);
    if (!r53__string_read(fields))
        return false;
    n = fields->length - at - 1;
    if (fields->overflowed || n > STRING_OCTETS_MAX)
        return r53__fields_fail(fields, &r53__fault_too_long); /* R53-RDATA-11 */
    fields->out[at] = (uint8_t)n;
    return true;
}

bool r53__string_octet(struct span *rest, uint8_t *octet)
{
    uint8_t c = (uint8_t)rest->at[0];
    size_t used = 1;

    if (c == '\\' && rest->length > 1 && (rest->at[1] == '"' || rest->at[1] == '\\')) {
        c = (uint8_t)rest->at[1];
        used = 2;
    } else if (c == '\\') {
        if (!r53__escape_read(*rest, &c))
            return false; /* R53-RDATA-15 */
        used = 4;
    } else if (c < 0x20 || c > 0x7e) {
        return false; /* R53-RDATA-12 */
    }
    *octet = c;
    *rest = (struct span){rest->at + used, rest->length - used};
    return true;
}

void r53__string_put_octet(struct text *text, uint8_t octet)
{
    if (octet < 0x20 || octet > 0x7e) {
        r53__escape_put(text, octet);
        return;
    }
    if (octet == '"' || octet == '\\')
        r53__put_char(text, '\\');
    r53__put_char(text, (char)octet);
}

void r53__string_put(struct text *text, const uint8_t *octets, size_t n)
{
    r53__put_char(text, '"');
    for (size_t i = 0; i < n; i++)
        r53__string_put_octet(text, octets[i]);
    r53__put_char(text, '"');
}
