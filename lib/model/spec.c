#include "model/spec.h"

#include "base/report.h"
#include "base/sized.h"
#include "base/sized_refusal.h"

#include <string.h>

#define WORDS(what, names)                                                                         \
    {                                                                                              \
        what, names, (int32_t)(sizeof(names) / sizeof(*(names)))                                   \
    }

/* In the order of the public enums, from 1. */
static const char *const on_off[] = {"off", "on"};
static const char *const address_types[] = {"ipv4", "dualstack", "dualstack-without-public-ipv4",
                                            "ipv6"};
static const char *const protocols[] = {"HTTP",    "HTTPS", "TCP",    "TLS",  "UDP",
                                        "TCP_UDP", "SSL",   "GENEVE", "QUIC", "TCP_QUIC"};
static const char *const target_states[] = {
    "initial", "healthy", "unhealthy", "unhealthy.draining", "unused", "draining", "unavailable"};

const struct words r53__on_off = WORDS("a switch", on_off);
const struct words r53__address_types = WORDS("an IP address type", address_types);
const struct words r53__protocols = WORDS("a protocol", protocols);
const struct words r53__target_states = WORDS("a target state", target_states);

int32_t r53__words_number(const struct words *words, const char *name)
{
    for (int32_t i = 0; i < words->n; i++) {
        if (r53__text_equal(words->names[i], name))
            return i + 1;
    }
    return 0;
}

const char *r53__words_name(const struct words *words, int32_t number)
{
    return number >= 1 && number <= words->n ? words->names[number - 1] : "";
}

struct spec r53__spec(struct arena *arena, r53_report *report)
{
    struct spec spec = {.arena = arena, .report = report};

    if (!arena)
        r53__spec_nomem(&spec);
    return spec;
}

void r53__spec_enter(struct spec *spec, const char *list, size_t index)
{
    struct text text;

    r53__text_init(&text, spec->prefix, sizeof(spec->prefix));
    if (!list)
        return;
    r53__put(&text, list);
    r53__put_char(&text, '[');
    r53__put_u64(&text, index);
    r53__put(&text, "].");
}

static void put_path(const struct spec *spec, char *path, const char *member)
{
    struct text text;

    r53__text_init(&text, path, SPEC_PATH_MAX);
    r53__put(&text, spec->prefix);
    r53__put(&text, member);
}

/* ELB-VAL-23 */
static const char *aws_name(const struct spec *spec)
{
    return spec->door == DOOR_CHANGE ? "ValidationError" : NULL;
}

void r53__spec_fault(struct spec *spec, const char *member, const char *value, const char *format,
                     const char *expected)
{
    char path[SPEC_PATH_MAX];

    if (spec->error) /* one fault an object: what follows is often its consequence */
        return;
    put_path(spec, path, member);
    spec->error = r53__remark(spec->report, &(struct remark){.aws_name = aws_name(spec),
                                                             .path = path,
                                                             .format = format,
                                                             .args = {value, expected}});
}

void r53__spec_fault_as(struct spec *spec, const char *name, const char *member, const char *value,
                        const char *format)
{
    char path[SPEC_PATH_MAX];

    if (spec->error)
        return;
    put_path(spec, path, member);
    spec->error =
        r53__remark(spec->report, &(struct remark){.aws_name = aws_name(spec) ? name : NULL,
                                                   .path = path,
                                                   .format = format,
                                                   .args = {value}});
}

void r53__spec_unsupported(struct spec *spec, const char *member, const char *value,
                           const char *format)
{
    char path[SPEC_PATH_MAX];

    if (spec->error)
        return;
    put_path(spec, path, member);
    spec->error = r53__remark(spec->report, &(struct remark){.code = R53_E_UNSUPPORTED,
                                                             .path = path,
                                                             .format = format,
                                                             .args = {value}});
}

void r53__spec_nomem(struct spec *spec)
{
    if (!spec->error)
        spec->error = r53__remark_nomem(spec->report);
}

/* What a breach of a rule is said to be depends on the door. */
static void breach(struct spec *spec, int32_t rule, const char *member, const char *format,
                   const char *const args[8])
{
    bool refused = spec->door == DOOR_CHANGE;
    struct remark remark = {.severity = refused ? R53_SEVERITY_ERROR : R53_SEVERITY_WARNING,
                            .rule = rule,
                            .aws_name = aws_name(spec),
                            .format = format};
    char path[SPEC_PATH_MAX];
    int32_t rc;

    if (spec->error)
        return;
    put_path(spec, path, member);
    remark.path = path;
    memcpy(remark.args, args, sizeof(remark.args));
    rc = r53__remark(spec->report, &remark);
    if (refused)
        spec->error = rc;
}

void r53__spec_warn(struct spec *spec, int32_t rule, const char *member, const char *format,
                    const char *value)
{
    breach(spec, rule, member, format, ARGS(value));
}

void r53__spec_warn_two(struct spec *spec, int32_t rule, const char *member, const char *format,
                        const char *value, const char *other)
{
    breach(spec, rule, member, format, ARGS(value, other));
}

void r53__spec_warn_range(struct spec *spec, int32_t rule, const char *member, int32_t value,
                          int32_t least, int32_t most)
{
    char number[NUMBER_TEXT_MAX], low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];

    r53__number_print(number, value);
    r53__number_print(low, least);
    r53__number_print(high, most);
    breach(spec, rule, member, "{0} is outside the range that AWS allows; expected {1} to {2}",
           ARGS(number, low, high));
}

bool r53__spec_read(struct spec *spec, void *dst, size_t size, const void *src)
{
    char words[SIZED_WORDS_MAX];

    memset(dst, 0, size); /* after a fault too: who goes on reads defaults, never rubbish */
    if (spec->error)
        return false;
    if (!r53__sized_read(dst, size, src))
        r53__spec_fault(spec, "size", r53__sized_words(words, "struct", src, size), "{0}", NULL);
    return !spec->error;
}

bool r53__spec_list(struct spec *spec, const char *member, const void *list, size_t n)
{
    if (n && !list)
        r53__spec_fault(spec, member, NULL, "the list is NULL, its length is not 0", NULL);
    return !spec->error;
}

void *r53__spec_alloc(struct spec *spec, size_t n, size_t size)
{
    void *block = spec->error ? NULL : r53__arena_alloc(spec->arena, n, size);

    if (!block)
        r53__spec_nomem(spec);
    return block;
}

const char *r53__spec_maybe(struct spec *spec, const char *text)
{
    const char *copy = spec->error ? NULL : r53__arena_text(spec->arena, text);

    if (text && !copy)
        r53__spec_nomem(spec);
    return copy;
}

const char *r53__spec_text(struct spec *spec, const char *text)
{
    const char *copy = r53__spec_maybe(spec, r53__text_or_null(text));

    return copy ? copy : "";
}

const char *r53__spec_id(struct spec *spec, const char *member, const char *text)
{
    if (!text || !*text)
        r53__spec_fault(spec, member, NULL, "the value is missing; it tells which object is meant",
                        NULL);
    return r53__spec_text(spec, text);
}

/* "1 (HTTP) to 10 (TCP_QUIC)" */
static void put_choices(char *buffer, size_t size, const struct words *words)
{
    struct text text;

    r53__text_init(&text, buffer, size);
    r53__put(&text, "1 (");
    r53__put(&text, words->names[0]);
    r53__put(&text, ") to ");
    r53__put_i64(&text, words->n);
    r53__put(&text, " (");
    r53__put(&text, words->names[words->n - 1]);
    r53__put_char(&text, ')');
}

int32_t r53__spec_word(struct spec *spec, const char *member, const struct words *words,
                       int32_t value, int32_t fallback)
{
    char number[NUMBER_TEXT_MAX], choices[64], path[SPEC_PATH_MAX];

    if (value >= 1 && value <= words->n)
        return value;
    if (value == 0 || spec->error) /* one fault is told, but what is returned can be used */
        return fallback;
    r53__number_print(number, value);
    put_choices(choices, sizeof(choices), words);
    put_path(spec, path, member);
    spec->error =
        r53__remark(spec->report, &(struct remark){.aws_name = aws_name(spec),
                                                   .path = path,
                                                   .format = "{0} is not {1}; expected {2}",
                                                   .args = {number, words->what, choices}});
    return fallback;
}

int32_t r53__spec_number(struct spec *spec, const char *member, int32_t value, int32_t least,
                         int32_t most)
{
    char number[NUMBER_TEXT_MAX], low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    char path[SPEC_PATH_MAX];

    if (value >= least && value <= most)
        return value;
    if (spec->error)
        return least;
    r53__number_print(number, value);
    r53__number_print(low, least);
    r53__number_print(high, most);
    put_path(spec, path, member);
    spec->error = r53__remark(spec->report,
                              &(struct remark){.aws_name = aws_name(spec),
                                               .path = path,
                                               .format = "{0} is out of range; expected {1} to {2}",
                                               .args = {number, low, high}});
    return least;
}

void r53__spec_reserved(struct spec *spec, int64_t value)
{
    char path[SPEC_PATH_MAX];

    if (spec->error)
        return;
    put_path(spec, path, "reserved");
    spec->error = r53__reserved_judge(spec->report, path, value);
}

struct name r53__spec_name(struct spec *spec, const char *member, const char *text)
{
    struct name_buffer buffer;
    enum name_fault fault;
    const char *octets;

    if (spec->error || !text || !*text)
        return (struct name){NULL, 0};
    fault = r53__name_parse(&buffer, r53__span(text));
    if (fault != NAME_OK) {
        r53__spec_fault(spec, member, text, "'{0}' is not a domain name: {1}",
                        r53__name_fault_words(fault));
        return (struct name){NULL, 0};
    }
    octets = r53__arena_bytes(spec->arena, buffer.octets, buffer.length);
    if (!octets) {
        r53__spec_nomem(spec);
        return (struct name){NULL, 0};
    }
    return (struct name){(const uint8_t *)octets, buffer.length};
}

/* Faults of list element `member[index]`. */
static void fault_element(struct spec *spec, const char *member, size_t index, const char *value)
{
    char path[SPEC_PATH_MAX];
    struct text text;

    r53__text_init(&text, path, sizeof(path));
    r53__put(&text, member);
    r53__put_char(&text, '[');
    r53__put_u64(&text, index);
    r53__put_char(&text, ']');
    r53__spec_fault(spec, path, value, "'{0}' is not an IP address", NULL);
}

const struct address *r53__spec_addresses(struct spec *spec, const char *member,
                                          const char *const *texts, size_t n)
{
    struct address *addresses;

    if (!r53__spec_list(spec, member, texts, n))
        return NULL;
    addresses = r53__spec_alloc(spec, n, sizeof(*addresses));
    for (size_t i = 0; i < n && !spec->error; i++) {
        if (!r53__address_parse(r53__span(texts[i]), &addresses[i]))
            fault_element(spec, member, i, texts[i] ? texts[i] : "");
    }
    return addresses;
}
