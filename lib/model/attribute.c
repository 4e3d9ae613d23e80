#include "model/attribute.h"

#include <string.h>

static const char *const switch_names[] = {"false", "true"};
static const struct words switches = {"a switch", switch_names, 2};

const struct attribute *r53__attribute_find(const struct attribute_table *table, const char *key)
{
    for (size_t i = 0; i < table->n; i++) {
        if (r53__text_equal(table->rows[i].key, key))
            return &table->rows[i];
    }
    return NULL;
}

static bool in_range(const struct attribute *attribute, int32_t number)
{
    return (number == 0 && attribute->zero) ||
           (number >= attribute->least && number <= attribute->most);
}

static bool number_parse(const struct attribute *attribute, const char *text,
                         struct attribute_value *out)
{
    uint64_t number = 0;

    if (!(attribute->zero && r53__text_equal(text, attribute->zero)) &&
        !r53__parse_decimal(r53__span(text), INT32_MAX, &number))
        return false;
    out->number = (int32_t)number;
    out->in_range = in_range(attribute, out->number) &&
                    (number > 0 || attribute->least == 0 ||
                     r53__text_equal(text, attribute->zero)); /* "0" is no "off" */
    return true;
}

static bool word_parse(const struct words *words, int32_t first, const char *text,
                       struct attribute_value *out)
{
    int32_t number = r53__words_number(words, text);

    out->number = number - 1 + first;
    return number > 0;
}

bool r53__attribute_parse(const struct attribute *attribute, const char *text,
                          struct attribute_value *out)
{
    *out = (struct attribute_value){.text = text ? text : "", .in_range = true};
    if (attribute->form == ATTRIBUTE_TEXT)
        return true;
    if (attribute->form == ATTRIBUTE_NUMBER)
        return number_parse(attribute, out->text, out);
    if (attribute->form == ATTRIBUTE_SWITCH)
        return word_parse(&switches, 0, out->text, out);
    return word_parse(attribute->words, attribute->first_word, out->text, out);
}

static void put_words(struct text *text, const struct words *words)
{
    for (int32_t i = 1; i <= words->n; i++) {
        r53__put(text, i > 1 ? ", " : "");
        r53__put(text, r53__words_name(words, i));
    }
}

void r53__attribute_breach(const struct attribute *attribute, const char *value,
                           struct checker *checker)
{
    const struct words *words = attribute->form == ATTRIBUTE_WORD ? attribute->words : &switches;
    char expected[128];
    struct text text;

    r53__text_init(&text, expected, sizeof(expected));
    if (attribute->form != ATTRIBUTE_NUMBER) {
        put_words(&text, words);
        r53__breach(checker, attribute->rule, "'{0}' value '{1}' must be one of: {2}",
                    ARGS(attribute->key, value, expected, NULL, NULL, NULL, NULL, NULL));
        return;
    }
    r53__put_i64(&text, attribute->least);
    r53__put_char(&text, '-');
    r53__put_i64(&text, attribute->most);
    r53__breach(checker, attribute->rule, "'{0}' value '{1}' must be between '{2}' inclusive{3}",
                ARGS(attribute->key, value, expected,
                     r53__text_equal(attribute->zero, "off") ? ", or 'off'" : "", NULL, NULL, NULL,
                     NULL)); /* ELB-VAL-21 */
}

static void *member_at(void *object, size_t offset)
{
    return (char *)object + offset;
}

void r53__attribute_put(const struct attribute *attribute, void *object,
                        const struct attribute_value *value, struct spec *spec)
{
    if (attribute->member == NO_MEMBER)
        return;
    if (attribute->form == ATTRIBUTE_SWITCH)
        *(bool *)member_at(object, attribute->member) = value->number != 0;
    else if (attribute->form == ATTRIBUTE_TEXT)
        *(const char **)member_at(object, attribute->member) = r53__spec_text(spec, value->text);
    else
        memcpy(member_at(object, attribute->member), &value->number, sizeof(value->number));
}

/* Words and switches of the public structs are numbered from 1. */
static int32_t given_word(const struct attribute *attribute, int32_t given, struct spec *spec)
{
    bool is_switch = attribute->form == ATTRIBUTE_SWITCH;

    given =
        r53__spec_word(spec, attribute->key, is_switch ? &r53__on_off : attribute->words, given, 0);
    if (given == 0)
        return attribute->fallback;
    return is_switch ? given == R53_OPTION_ON : given - 1 + attribute->first_word;
}

/* A member that nobody set is 0, which has to mean the default; so -1 is what 0 would be. */
static int32_t given_number(const struct attribute *attribute, int32_t given, struct spec *spec)
{
    bool may_be_zero = attribute->least == 0 || attribute->zero;

    if (given == 0)
        return attribute->fallback;
    if (given == -1 && may_be_zero)
        return 0;
    given = r53__spec_number(spec, attribute->key, given, may_be_zero ? -1 : 0, INT32_MAX);
    if (!in_range(attribute, given))
        r53__spec_warn_range(spec, attribute->rule, attribute->key, given, attribute->least,
                             attribute->most);
    return given;
}

static void member_read(const struct attribute *attribute, void *object, const void *in,
                        struct spec *spec)
{
    struct attribute_value value = {.number = attribute->fallback, .text = ""};
    int32_t given = 0;

    if (attribute->given == NO_MEMBER) {
        /* by key only */
    } else if (attribute->form == ATTRIBUTE_TEXT) {
        memcpy(&value.text, (const char *)in + attribute->given, sizeof(value.text));
    } else {
        memcpy(&given, (const char *)in + attribute->given, sizeof(given));
        value.number = attribute->form == ATTRIBUTE_NUMBER ? given_number(attribute, given, spec)
                                                           : given_word(attribute, given, spec);
    }
    r53__attribute_put(attribute, object, &value, spec);
}

void r53__attributes_read(const struct attribute_table *table, void *object, const void *in,
                          struct spec *spec)
{
    for (size_t i = 0; i < table->n && !spec->error; i++)
        member_read(&table->rows[i], object, in, spec);
}

/* The way back */

/* 0 there would be the default; -1 is what a member is that is 0 itself. */
static int32_t number_told(const struct attribute *attribute, int32_t number)
{
    return number == 0 && attribute->fallback != 0 ? -1 : number;
}

static int32_t member_told(const struct attribute *attribute, const void *member)
{
    int32_t number;

    if (attribute->form == ATTRIBUTE_SWITCH)
        return *(const bool *)member ? R53_OPTION_ON : R53_OPTION_OFF;
    memcpy(&number, member, sizeof(number));
    if (attribute->form == ATTRIBUTE_NUMBER)
        return number_told(attribute, number);
    return number - attribute->first_word + 1;
}

static void attribute_describe(const struct attribute *attribute, const void *object, void *out)
{
    const char *member, *text;
    int32_t number;

    if (attribute->given == NO_MEMBER || attribute->member == NO_MEMBER)
        return;
    member = (const char *)object + attribute->member;
    if (attribute->form == ATTRIBUTE_TEXT) {
        memcpy(&text, member, sizeof(text));
        text = r53__text_or_null(text);
        memcpy(member_at(out, attribute->given), &text, sizeof(text));
        return;
    }
    number = member_told(attribute, member);
    memcpy(member_at(out, attribute->given), &number, sizeof(number));
}

void r53__attributes_describe(const struct attribute_table *table, const void *object, void *out)
{
    for (size_t i = 0; i < table->n; i++)
        attribute_describe(&table->rows[i], object, out);
}

/* The change door */

static bool is_stated(const struct attribute *attribute, const void *in)
{
    const char *text = NULL;
    int32_t given = 0;

    if (attribute->given == NO_MEMBER)
        return false;
    if (attribute->form == ATTRIBUTE_TEXT)
        memcpy(&text, (const char *)in + attribute->given, sizeof(text));
    else
        memcpy(&given, (const char *)in + attribute->given, sizeof(given));
    return text || given;
}

void r53__attributes_check(const struct attribute_table *table, const void *in, uint32_t kinds,
                           struct checker *checker)
{
    for (size_t i = 0; i < table->n; i++) {
        if (!(table->rows[i].kinds & kinds) && is_stated(&table->rows[i], in))
            r53__breach(checker, RULE_ELB_VAL_05,
                        "The attribute '{0}' is not supported for this type of resource",
                        ARGS(table->rows[i].key));
    }
}

static void key_refuse(const char *key, bool known, struct checker *checker)
{
    struct checker as = *checker;

    if (known) /* ELB-VAL-23: fits not the kind of object */
        as.aws_name = "InvalidConfigurationRequest";
    r53__breach(&as, RULE_ELB_VAL_05,
                known ? "The attribute '{0}' is not supported for this type of resource"
                      : "The attribute '{0}' is not known",
                ARGS(key ? key : "", NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    checker->breaches = as.breaches;
}

int32_t r53__attributes_modify(const struct attribute_change *change,
                               const r53_attribute *attributes, size_t n)
{
    struct checker checker = {
        .report = change->report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    struct spec spec = r53__spec(change->arena, change->report);

    for (size_t i = 0; i < n && !spec.error; i++) {
        const struct attribute *row = r53__attribute_find(change->table, attributes[i].key);
        struct attribute_value value;

        if (!row || !(row->kinds & change->kinds))
            key_refuse(attributes[i].key, row != NULL, &checker);
        else if (!r53__attribute_parse(row, attributes[i].value, &value) || !value.in_range)
            r53__attribute_breach(row, value.text, &checker);
        else
            r53__attribute_put(row, change->object, &value, &spec);
    }
    if (spec.error)
        return spec.error;
    return checker.breaches ? R53_E_INVALID : R53_OK;
}
