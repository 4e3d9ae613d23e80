/* The public face of the types' table. */
#include <r53/type.h>

#include "dns/rdata.h"

enum { TYPE_NAME_MAX = 5 };

int32_t r53_type_number(const char *name)
{
    struct span given = r53__span(name);
    char upper[TYPE_NAME_MAX];
    const struct rr_type *type;

    if (given.length > TYPE_NAME_MAX)
        return 0;
    for (size_t i = 0; i < given.length; i++) {
        char c = given.at[i];

        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
    }
    type = r53__type_by_name((struct span){upper, given.length});
    return type ? type->number : 0;
}

static const struct rr_type *type_find(int32_t number)
{
    return number >= 0 && number <= UINT16_MAX ? r53__type_find((uint16_t)number) : NULL;
}

const char *r53_type_name(int32_t number)
{
    const struct rr_type *type = type_find(number);

    return type ? type->name : "";
}

void r53__type_put(struct text *text, uint16_t number)
{
    const struct rr_type *type = r53__type_find(number);

    r53__put(text, type ? type->name : "TYPE");
    if (!type)
        r53__put_u64(text, number);
}

int32_t r53_value_canonical(int32_t type, const char *value, char *buffer, size_t capacity,
                            size_t *length, const char **fault)
{
    const struct rr_type *row = type_find(type);
    struct span text = r53__span(value);
    uint8_t rdata[RDATA_OCTETS_MAX];
    struct rdata_fault why = {"CharacterStringTooLong", ""};
    struct text out;
    size_t n = 0;

    if (!row)
        return R53_E_UNSUPPORTED;
    /* R53-TYPE-07 */
    if (text.length > VALUE_CHARACTERS_MAX || !row->parse(text, rdata, &n, &why)) {
        if (fault)
            *fault = why.code;
        return R53_E_INVALID;
    }
    /* Measured first: a buffer that is too small stays as it was. */
    r53__text_init(&out, NULL, 0);
    row->print(&out, rdata, n);
    if (length)
        *length = out.length;
    if (!buffer || out.length >= capacity)
        return R53_E_NO_SPACE;
    r53__text_init(&out, buffer, capacity);
    row->print(&out, rdata, n);
    return R53_OK;
}
