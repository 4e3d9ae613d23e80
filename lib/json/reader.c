#include "json/reader.h"

#include <string.h>

enum { VALUE_SHOWN = 80 }; /* longer values are not repeated in findings */

/* Sentences */

void r53__sentence_put(struct sentence *sentence, const char *text)
{
    size_t room = sizeof(sentence->text) - 1 - sentence->length, n = strlen(text);

    if (n > room) {
        for (n = room; n && ((unsigned char)text[n] & 0xC0) == 0x80;)
            n--;
    }
    memcpy(sentence->text + sentence->length, text, n);
    sentence->length += n;
    sentence->text[sentence->length] = '\0';
}

void r53__sentence_put_integer(struct sentence *sentence, int64_t number)
{
    char digits[24];
    size_t at = sizeof(digits) - 1;
    unsigned long long rest =
        number < 0 ? 0ull - (unsigned long long)number : (unsigned long long)number;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        digits[--at] = '-';
    r53__sentence_put(sentence, digits + at);
}

/* Path */

/* Appends the parts, or nothing: a path is never cut inside a key. */
static size_t path_append(struct reader *reader, const char *head, const char *key,
                          const char *tail)
{
    size_t mark = reader->path_length;
    size_t lengths[] = {strlen(head), strlen(key), strlen(tail)};
    const char *parts[] = {head, key, tail};
    size_t total = lengths[0] + lengths[1] + lengths[2];

    if (total >= sizeof(reader->path) - mark)
        return mark;
    for (int i = 0; i < 3; i++) {
        memcpy(reader->path + reader->path_length, parts[i], lengths[i]);
        reader->path_length += lengths[i];
    }
    reader->path[reader->path_length] = '\0';
    return mark;
}

size_t r53__json_enter(struct reader *reader, const char *key)
{
    return path_append(reader, reader->path_length ? "." : "", key, "");
}

size_t r53__json_enter_index(struct reader *reader, size_t index)
{
    struct sentence number = {0};

    r53__sentence_put_integer(&number, (int64_t)index);
    return path_append(reader, "[", number.text, "]");
}

void r53__json_leave(struct reader *reader, size_t mark)
{
    reader->path_length = mark;
    reader->path[mark] = '\0';
}

/* Findings */

static void say_as(struct reader *reader, int32_t severity, int32_t code, const char *aws_name,
                   const char *text)
{
    if (reader->report)
        r53_report_add(reader->report, &(r53_finding){.size = sizeof(r53_finding),
                                                      .severity = severity,
                                                      .code = code,
                                                      .aws_name = aws_name,
                                                      .path = reader->path,
                                                      .text = text});
}

static void say(struct reader *reader, int32_t severity, int32_t code, const char *text)
{
    say_as(reader, severity, code, NULL, text);
}

static void fault_as(struct reader *reader, const char *aws_name, const char *text)
{
    say_as(reader, R53_SEVERITY_ERROR, R53_E_INVALID, aws_name, text);
    if (!reader->error)
        reader->error = R53_E_INVALID;
}

void r53__json_fault(struct reader *reader, const char *text)
{
    fault_as(reader, reader->aws_name, text);
}

void r53__json_misuse(struct reader *reader, const char *text)
{
    fault_as(reader, NULL, text);
}

void r53__json_warn(struct reader *reader, const char *text)
{
    say(reader, R53_SEVERITY_WARNING, R53_OK, text);
}

void r53__json_note(struct reader *reader, const char *text)
{
    say(reader, R53_SEVERITY_NOTE, R53_OK, text);
}

void r53__json_nomem(struct reader *reader)
{
    if (reader->error != R53_E_NOMEM)
        say(reader, R53_SEVERITY_ERROR, R53_E_NOMEM, r53_strerror(R53_E_NOMEM));
    reader->error = R53_E_NOMEM;
}

/* The value as JSON; lists, objects and long texts in words. */
static void put_value(struct sentence *sentence, const json_t *value)
{
    char buffer[VALUE_SHOWN + 1] = "";
    size_t n;

    if (json_is_array(value) || json_is_object(value)) {
        r53__sentence_put(sentence, json_is_array(value) ? "a list" : "an object");
        return;
    }
    n = json_dumpb(value, buffer, VALUE_SHOWN, JSON_ENCODE_ANY);
    if (n == 0 || n > VALUE_SHOWN)
        r53__sentence_put(sentence, "a long text");
    else
        r53__sentence_put(sentence, buffer);
}

void r53__json_mismatch(struct reader *reader, const json_t *value, const char *expected)
{
    struct sentence sentence = {0};

    put_value(&sentence, value);
    r53__sentence_put(&sentence, " is not ");
    r53__sentence_put(&sentence, expected);
    r53__json_fault(reader, sentence.text);
}

int32_t r53__json_needs(struct reader *reader, const char *member, const char *why)
{
    struct sentence sentence = {0};

    r53__sentence_put(&sentence, why);
    r53__sentence_put(&sentence, "; give `");
    r53__sentence_put(&sentence, member);
    r53__sentence_put(&sentence, "` in the context");
    r53__json_misuse(reader, sentence.text);
    return R53_E_INVALID;
}

/* Scratch memory: from where jansson has its own */

void *r53__json_alloc(struct reader *reader, size_t n, size_t size)
{
    struct scratch_block *block = NULL;
    json_malloc_t allocate;
    json_free_t release;

    json_get_alloc_funcs(&allocate, &release);
    if (size == 0 || n <= (SIZE_MAX - sizeof(*block)) / size)
        block = allocate(sizeof(*block) + n * size);
    if (!block) {
        r53__json_nomem(reader);
        return NULL;
    }
    memset(block, 0, sizeof(*block) + n * size);
    block->older = reader->scratch;
    reader->scratch = block;
    return block->data;
}

void r53__json_release(struct reader *reader, const struct scratch_block *mark)
{
    json_malloc_t allocate;
    json_free_t release;

    json_get_alloc_funcs(&allocate, &release);
    while (reader->scratch != mark) {
        struct scratch_block *block = reader->scratch;

        reader->scratch = block->older;
        release(block);
    }
}

/* Import and change calls */

void r53__json_import_begin(struct reader *reader)
{
    r53_report_locate(reader->report, reader->path, 0, 0);
    reader->n_findings = r53_report_count(reader->report);
}

int32_t r53__json_import_end(struct reader *reader, int32_t rc)
{
    r53_report_locate(reader->report, NULL, 0, 0);
    if (rc && r53_report_count(reader->report) == reader->n_findings)
        say(reader, R53_SEVERITY_ERROR, rc,
            reader->import ? "the import refuses this; its own report says why" : r53_strerror(rc));
    return rc;
}
