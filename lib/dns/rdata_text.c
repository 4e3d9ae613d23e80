/* Types that carry text: TXT, SPF (the same), CAA. */
#include "dns/fields.h"
#include "dns/rdata_types.h"
#include "dns/strings.h"

/* R53-RDATA-07 */
static const struct rdata_layout caa = {
    .count = {"CAARRDATANotThreeFields", "Value does not have three fields"},
    .fields = 3,
    .field = {{FIELD_U8, {"CAARRDATAIllegalFlags", "Flags is not a number from 0 to 255"}},
              {FIELD_TAG, {"CAARRDATAIllegalTag", "Tag is not made of letters and digits"}},
              {FIELD_STRING_REST, {0}}},
};

LAYOUT_OPERATIONS(caa, caa)

/* One string or more, each up to 255 octets (R53-RDATA-11). */
bool r53__txt_parse(struct span value, uint8_t *out, size_t *length, struct rdata_fault *fault)
{
    const struct rdata_field string = {FIELD_STRING, {0}};
    struct fields fields;

    r53__fields_init(&fields, value, out, fault);
    do {
        if (!r53__fields_read(&fields, &string, &r53__fault_unquoted))
            return false;
    } while (r53__fields_more(&fields));
    return r53__fields_end(&fields, length);
}

void r53__txt_print(struct text *text, const uint8_t *rdata, size_t length)
{
    for (size_t at = 0; at < length; at += 1u + rdata[at]) {
        if (at > 0)
            r53__put_char(text, ' ');
        r53__string_put(text, rdata + at + 1, rdata[at]);
    }
}
