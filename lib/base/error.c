/* The names and texts of the error codes, from the one list in <r53/base.h>. */
#include <r53/base.h>

#define ROW(name, value, text) {value, #name, text},

static const struct error_row {
    int32_t code;
    const char *name, *text;
} rows[] = {R53_ERROR_LIST(ROW)};

static const struct error_row *error_find(int32_t code)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (rows[i].code == code)
            return &rows[i];
    }
    return NULL;
}

const char *r53_strerror(int32_t code)
{
    const struct error_row *row = error_find(code);

    return row ? row->text : "unknown error code";
}

const char *r53_error_name(int32_t code)
{
    const struct error_row *row = error_find(code);

    return row ? row->name : "R53_E_?";
}

const char *r53_version(void)
{
    return R53_VERSION;
}
