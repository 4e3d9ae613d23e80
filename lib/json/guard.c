/*
 * Members of actions that authenticate users or look at tokens, of which the model keeps nothing:
 * what comes of a session or a token the host says (ELB-ALB-ACT-43, -51). A request is refused all
 * the same for what AWS would not take; a document has passed there.
 */
#include "json/document.h"

#include <string.h>

enum {
    CLAIMS_MAX = 10, /* ELB-ALB-ACT-50 */
    CLAIM_VALUES_MAX = 10,
    CLAIM_VALUE_MAX = 256,
    EXTRA_PARAMS_MAX = 10, /* ELB-ALB-ACT-40 */
    SESSION_SECONDS_MAX = 604800
};

struct claim {
    const char *name;
    int32_t format;
    const char *const *values;
    uint32_t n_values;
};

struct claims {
    const struct claim *list;
    uint32_t n;
};

static const char *const format_words[] = {"single-string", "string-array",
                                           "space-separated-values"};
static const struct vocabulary formats = {"a format of a claim", NULL, format_words, 3};

/* Claims that are looked at anyhow. */
static bool is_reserved(const char *name)
{
    static const char *const names[] = {"exp", "iss", "nbf", "iat"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

static void claim_finish(struct reader *reader, void *out)
{
    const struct claim *claim = out;

    if (is_reserved(claim->name))
        r53__json_fault(reader, "exp, iss, nbf and iat cannot be additional claims");
    if (claim->n_values == 0 || claim->n_values > CLAIM_VALUES_MAX)
        r53__json_fault(reader, "a claim has from 1 to 10 values");
    for (uint32_t i = 0; i < claim->n_values; i++) {
        if (strlen(claim->values[i]) > CLAIM_VALUE_MAX)
            r53__json_fault(reader, "a value of a claim has at most 256 characters");
    }
}

static const struct field claim_fields[] = {
    FIELD("Name", r53__json_text, .at = offsetof(struct claim, name), .required = true),
    FIELD("Format", r53__json_word, .at = offsetof(struct claim, format), .with = &formats,
          .required = true),
    FIELD("Values", r53__json_texts, .at = offsetof(struct claim, values),
          .also = offsetof(struct claim, n_values), .required = true),
};
static const struct shape claim_shape =
    SHAPE(claim_fields, .bytes = sizeof(struct claim), .finish = claim_finish);

void r53__json_claims(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    const struct field all =
        FIELD(field->key, r53__json_structs, .at = offsetof(struct claims, list),
              .also = offsetof(struct claims, n), .with = &claim_shape);
    struct claims claims = {0};

    (void)out;
    if (!reader->cloud)
        return;
    r53__json_structs(reader, &all, list, &claims);
    if (claims.n > CLAIMS_MAX)
        r53__json_fault(reader, "a jwt-validation action has at most 10 additional claims");
}

void r53__json_session_timeout(struct reader *reader, const struct field *field, json_t *value,
                               void *out)
{
    json_int_t seconds = json_integer_value(value);

    (void)field;
    (void)out;
    if (reader->cloud && (!json_is_integer(value) || seconds < 1 || seconds > SESSION_SECONDS_MAX))
        r53__json_mismatch(reader, value, "a number of seconds from 1 to 604800");
}

void r53__json_extra_params(struct reader *reader, const struct field *field, json_t *value,
                            void *out)
{
    (void)field;
    (void)out;
    if (!reader->cloud)
        return;
    if (!json_is_object(value))
        r53__json_mismatch(reader, value, "an object");
    else if (json_object_size(value) > EXTRA_PARAMS_MAX)
        r53__json_fault(reader, "an authenticate action has at most 10 extra parameters");
}
