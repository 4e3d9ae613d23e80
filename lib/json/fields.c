#include "json/fields.h"

#include <string.h>

const struct vocabulary r53__json_protocols = {"a protocol", r53_protocol_name, NULL, 0};

/* Shapes */

static const struct field *field_find(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        if (strcmp(shape->fields[i].key, key) == 0)
            return &shape->fields[i];
    }
    return NULL;
}

static void field_read(struct reader *reader, const struct shape *shape, const char *key,
                       json_t *value, void *out)
{
    const struct field *field = field_find(shape, key);
    size_t mark = r53__json_enter(reader, key);

    if (!field) /* R53-JSON-08 */
        r53__json_note(reader, "this field is not known and was not read");
    else if (field->read && !json_is_null(value))
        field->read(reader, field, value, out);
    r53__json_leave(reader, mark);
}

static void required_check(struct reader *reader, const struct shape *shape, const json_t *object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const json_t *value = json_object_get(object, shape->fields[i].key);

        if (shape->fields[i].required && (!value || json_is_null(value))) {
            size_t mark = r53__json_enter(reader, shape->fields[i].key);

            r53__json_fault(reader, "this field is missing");
            r53__json_leave(reader, mark);
        }
    }
}

static void shape_read(struct reader *reader, const struct shape *shape, json_t *object, void *out)
{
    int32_t before = reader->error;
    const char *key;
    json_t *value;

    if (!json_is_object(object)) {
        r53__json_mismatch(reader, object, "an object");
        return;
    }
    reader->error = R53_OK;
    json_object_foreach(object, key, value)
    {
        if (reader->error == R53_E_NOMEM)
            return;
        field_read(reader, shape, key, value, out);
    }
    required_check(reader, shape, object);
    if (shape->finish && !reader->error)
        shape->finish(reader, out);
    if (!reader->error)
        reader->error = before;
}

static void shape_begin(const struct shape *shape, void *out)
{
    if (shape->initial)
        memcpy(out, shape->initial, shape->bytes);
}

/* Elements */

void r53__json_element(struct reader *reader, const struct element *element, json_t *value)
{
    const struct scratch_block *mark = reader->scratch;
    void *out = r53__json_alloc(reader, 1, element->shape->bytes);

    if (out) {
        shape_begin(element->shape, out);
        shape_read(reader, element->shape, value, out);
    }
    if (!reader->error && element->deliver)
        reader->error = element->deliver(reader, out);
    r53__json_release(reader, mark);
}

/* What has no meaning, or none to this cloud: a regular expression where there is no engine. */
static bool may_be_left_out(int32_t error)
{
    return error == R53_E_INVALID || error == R53_E_UNSUPPORTED;
}

/* One element of a list, `before` being the error of those in front of it. */
static void list_element(struct reader *reader, const struct element *element, json_t *value,
                         int32_t before)
{
    reader->error = R53_OK;
    r53__json_element(reader, element, value);
    if (may_be_left_out(reader->error) && reader->context.skip_invalid)
        reader->error = R53_OK;
    if (!reader->error)
        reader->error = before;
}

void r53__json_elements(struct reader *reader, const struct element *element, json_t *list)
{
    size_t n = json_array_size(list);

    if (!json_is_array(list))
        r53__json_mismatch(reader, list, "a list");
    for (size_t i = 0; i < n && reader->error != R53_E_NOMEM; i++) {
        size_t mark = r53__json_enter_index(reader, i);

        list_element(reader, element, json_array_get(list, i), reader->error);
        r53__json_leave(reader, mark);
    }
}

/* Kinds of fields */

static void *member(const struct field *field, void *out)
{
    return (char *)out + field->at;
}

/* Sets the has_ flag. */
static void mark_given(const struct field *field, void *out)
{
    if (field->also)
        *(int32_t *)(void *)((char *)out + field->also) = 1;
}

void r53__json_text(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    if (json_is_string(value))
        *(const char **)member(field, out) = json_string_value(value);
    else
        r53__json_mismatch(reader, value, "a text");
}

/* A whole number between the bounds; `least` and a fault otherwise. */
static json_int_t integer(struct reader *reader, const json_t *value, json_int_t least,
                          json_int_t most)
{
    struct sentence sentence = {0};

    if (!json_is_integer(value)) {
        r53__json_mismatch(reader, value, "a whole number");
        return least;
    }
    if (json_integer_value(value) >= least && json_integer_value(value) <= most)
        return json_integer_value(value);
    r53__sentence_put_integer(&sentence, json_integer_value(value));
    r53__sentence_put(&sentence, " is out of range; expected ");
    r53__sentence_put_integer(&sentence, least);
    r53__sentence_put(&sentence, " to ");
    r53__sentence_put_integer(&sentence, most);
    r53__json_fault(reader, sentence.text);
    return least;
}

void r53__json_int32(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    *(int32_t *)member(field, out) = (int32_t)integer(reader, value, INT32_MIN, INT32_MAX);
    mark_given(field, out);
}

void r53__json_uint32(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    *(uint32_t *)member(field, out) = (uint32_t)integer(reader, value, 0, UINT32_MAX);
    mark_given(field, out);
}

void r53__json_port(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    *(int32_t *)member(field, out) = (int32_t)integer(reader, value, 1, UINT16_MAX);
    mark_given(field, out);
}

static bool boolean(struct reader *reader, const json_t *value)
{
    if (!json_is_boolean(value))
        r53__json_mismatch(reader, value, "true or false");
    return json_is_true(value);
}

void r53__json_bool(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    *(int32_t *)member(field, out) = boolean(reader, value);
    mark_given(field, out);
}

void r53__json_option(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    *(int32_t *)member(field, out) = boolean(reader, value) ? R53_OPTION_ON : R53_OPTION_OFF;
}

/* The word of this number, "" past the last. */
static const char *word(const struct vocabulary *vocabulary, int32_t number)
{
    if (vocabulary->name)
        return vocabulary->name(number);
    return number <= vocabulary->n ? vocabulary->names[number - 1] : "";
}

static void word_unknown(struct reader *reader, const struct vocabulary *vocabulary,
                         const json_t *value)
{
    struct sentence expected = {0};

    r53__sentence_put(&expected, vocabulary->what);
    for (int32_t i = 1; *word(vocabulary, i); i++) {
        r53__sentence_put(&expected, i == 1 ? "; expected " : ", ");
        r53__sentence_put(&expected, word(vocabulary, i));
    }
    r53__json_mismatch(reader, value, expected.text);
}

void r53__json_word(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    const struct vocabulary *vocabulary = field->with;
    const char *text = json_string_value(value);
    int32_t number = 1;

    while (text && *word(vocabulary, number) && strcmp(word(vocabulary, number), text) != 0)
        number++;
    if (text && *word(vocabulary, number))
        *(int32_t *)member(field, out) = number;
    else
        word_unknown(reader, vocabulary, value);
}

/* Room for a list's elements, its length set; NULL: a fault, reported. */
static void *list_begin(struct reader *reader, const struct field *field, const json_t *list,
                        void *out, size_t size)
{
    size_t n = json_array_size(list);
    void *array;

    if (!json_is_array(list) || n > UINT32_MAX) {
        r53__json_mismatch(reader, list, "a list");
        return NULL;
    }
    array = r53__json_alloc(reader, n, size);
    if (array) {
        *(void **)member(field, out) = array;
        *(uint32_t *)(void *)((char *)out + field->also) = (uint32_t)n;
    }
    return array;
}

void r53__json_texts(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    const char **texts = list_begin(reader, field, list, out, sizeof(*texts));

    for (size_t i = 0; texts && i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        size_t mark = r53__json_enter_index(reader, i);

        texts[i] = json_string_value(value);
        if (!texts[i])
            r53__json_mismatch(reader, value, "a text");
        r53__json_leave(reader, mark);
    }
}

void r53__json_members(struct reader *reader, const struct field *field, json_t *object, void *out)
{
    shape_read(reader, field->with, object, member(field, out));
}

void r53__json_structs(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    const struct shape *shape = field->with;
    char *array = list_begin(reader, field, list, out, shape->bytes);

    for (size_t i = 0; array && i < json_array_size(list); i++) {
        size_t mark = r53__json_enter_index(reader, i);

        shape_begin(shape, array + i * shape->bytes);
        shape_read(reader, shape, json_array_get(list, i), array + i * shape->bytes);
        r53__json_leave(reader, mark);
    }
}

void r53__json_pointers(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    const struct shape *shape = field->with;
    void **pointers;
    size_t n;

    r53__json_structs(reader, field, list, out);
    n = *(uint32_t *)(void *)((char *)out + field->also);
    pointers = r53__json_alloc(reader, n, sizeof(*pointers));
    if (!pointers)
        return;
    for (size_t i = 0; i < n; i++)
        pointers[i] = *(char **)member(field, out) + i * shape->bytes;
    *(void **)member(field, out) = pointers;
}

void r53__json_list(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)out;
    r53__json_elements(reader, field->with, list);
}

void r53__json_page(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    (void)field;
    (void)out;
    if (json_is_true(value) || json_is_string(value))
        r53__json_warn(reader, "this is one page of several; what the others list is missing");
}
