#include "model/zone_file.h"

#include "base/report.h"
#include "base/rules.h"
#include "dns/fields.h"
#include "model/record_set.h"

#include <r53/type.h>

#include <string.h>

enum { SHOWN_MAX = 128, TYPE_NAME_MAX = 10 };

/* Where the TTL of a record comes from that has none of its own, in this order. */
enum ttl_source { TTL_DIRECTIVE, TTL_BEFORE, TTL_OPTION, TTL_MINIMUM, TTL_SOURCES };

struct known_ttl {
    bool is_known;
    uint32_t seconds;
};

struct reader {
    struct zone_file *file;
    struct master master;
    struct master_token token;
    struct name_buffer origin, owner;
    struct span owner_text; /* of `owner`, if the origin is still that; length 0: not known */
    uint64_t owner_hash;
    bool has_owner;
    struct known_ttl ttls[TTL_SOURCES];
    bool is_full; /* told that there are too many records */
    char value[VALUE_CHARACTERS_MAX + 1];
    uint8_t wire[RDATA_OCTETS_MAX];
};

/* What stands in front of the value. */
struct head {
    struct master_place place; /* of the record: its owner, or its first field */
    struct known_ttl ttl;
    bool has_class;
    const struct rr_type *type;
};

static int32_t entry_read(struct reader *r);
static void directive_read(struct reader *r);
static bool owner_read(struct reader *r);
static bool head_read(struct reader *r, struct head *head);
static int32_t owner_keep(struct reader *r);
static bool value_read(struct reader *r, const struct head *head, struct line *line);
static bool line_ttl(struct reader *r, const struct head *head, struct line *line);
static bool line_belongs(struct reader *r, const struct head *head, const struct line *line);
static int32_t line_add(struct reader *r, const struct head *head, struct line *line);

int32_t r53__zone_file_read(struct zone_file *file, const char *text, size_t length)
{
    struct reader r = {.file = file};
    int32_t rc = R53_OK;

    r53__master_init(&r.master, text, length);
    memcpy(r.origin.octets, file->zone.octets, file->zone.length);
    r.origin.length = (uint8_t)file->zone.length;
    r.ttls[TTL_OPTION] = (struct known_ttl){file->default_ttl > 0, file->default_ttl};
    for (r53__master_next(&r.master, &r.token); rc == R53_OK && r.token.kind != MASTER_END;
         r53__master_next(&r.master, &r.token)) {
        rc = entry_read(&r);
        r53__master_skip(&r.master);
    }
    r53_report_locate(file->judge.report, NULL, 0, 0);
    return rc == R53_OK ? rc : r53__remark_nomem(file->judge.report);
}

/* The text at fault as it can be shown: printable, and not too long. */
static const char *shown(char *buffer, struct span text)
{
    static const char digits[] = "0123456789";
    struct text out;

    r53__text_init(&out, buffer, SHOWN_MAX);
    for (size_t i = 0; i < text.length; i++) {
        uint8_t octet = (uint8_t)text.at[i];

        if (out.length > SHOWN_MAX - 8) {
            r53__put(&out, "...");
            break;
        }
        if (octet >= 0x20 && octet < 0x7f) {
            r53__put_char(&out, text.at[i]);
            continue;
        }
        r53__put_char(&out, '\\');
        r53__put_char(&out, digits[octet / 100]);
        r53__put_char(&out, digits[octet / 10 % 10]);
        r53__put_char(&out, digits[octet % 10]);
    }
    return buffer;
}

void r53__file_say(struct file_judge *judge, const struct file_remark *remark)
{
    int32_t code = remark->code ? remark->code : R53_E_SYNTAX, severity = remark->severity;
    char buffer[SHOWN_MAX];

    if (severity == 0)
        severity = judge->lenient ? R53_SEVERITY_WARNING : R53_SEVERITY_ERROR;
    if (severity == R53_SEVERITY_ERROR && judge->error == R53_OK)
        judge->error = code;
    r53_report_locate(judge->report, NULL, remark->place.line, remark->place.column);
    r53__remark(judge->report, &(struct remark){.severity = severity,
                                                .code = severity == R53_SEVERITY_ERROR ? code : 0,
                                                .rule = remark->rule,
                                                .format = remark->format,
                                                .args = {shown(buffer, remark->text),
                                                         remark->words[0], remark->words[1]}});
}

static void say_fault(struct reader *r, const struct master_fault *fault)
{
    const char *format = fault->text.length ? "'{0}': {1}" : "{1}";
    bool has_code = fault->fault.code[0] != '\0';

    r53__file_say(&r->file->judge,
                  &(struct file_remark){.place = fault->place,
                                        .rule = has_code ? RULE_R53_ERR_12 : 0,
                                        .format = has_code ? "'{0}': {1} ({2})" : format,
                                        .text = fault->text,
                                        .words = {fault->fault.words, fault->fault.code}});
}

/* Says what is wrong with the present token. */
static void say_token(struct reader *r, int32_t code, int32_t rule, const char *format)
{
    r53__file_say(&r->file->judge, &(struct file_remark){.place = r->token.place,
                                                         .code = code,
                                                         .rule = rule,
                                                         .format = format,
                                                         .text = r->token.text});
}

/* Is the present token a field? If not, says `missing` or what broke the token. */
static bool field_expect(struct reader *r, const char *missing)
{
    if (r->token.kind == MASTER_WORD || r->token.kind == MASTER_QUOTED)
        return true;
    say_token(r, 0, 0, r->token.kind == MASTER_FAULT ? "{0}" : missing);
    return false;
}

/* One entry of RFC 1035 5.1; the present token is its first. R53_OK, R53_E_NOMEM. */
static int32_t entry_read(struct reader *r)
{
    struct head head = {.place = r->token.place};
    struct line line = {0};

    if (r->token.kind == MASTER_WORD && r->token.text.at[0] == '$') {
        directive_read(r);
        return R53_OK;
    }
    if (r->token.kind == MASTER_BLANK) {
        r53__master_next(&r->master, &r->token);
        head.place = r->token.place;
        if (r->token.kind == MASTER_LINE_END)
            return R53_OK;
        if (!r->has_owner) {
            say_token(r, 0, 0, "the line has no owner, and no line above it has one either");
            return R53_OK;
        }
    } else if (r->token.kind == MASTER_LINE_END || !owner_read(r)) {
        return R53_OK;
    }
    if (!head_read(r, &head))
        return R53_OK;
    if (head.type == &r53__type_none)
        return owner_keep(r);
    if (!value_read(r, &head, &line) || !line_ttl(r, &head, &line) ||
        !line_belongs(r, &head, &line))
        return R53_OK;
    return line_add(r, &head, &line);
}

static void say_name(struct reader *r, enum name_fault fault)
{
    say_fault(r, &(struct master_fault){r->token.place,
                                        {r53__name_fault_code(fault), r53__name_fault_words(fault)},
                                        r->token.text});
}

/* Takes the owner and goes to the next token. A wrong one is not passed on to the next line. */
static bool owner_read(struct reader *r)
{
    enum name_fault fault;

    r->has_owner = false;
    if (!field_expect(r, "{0}"))
        return false;
    if (r->owner_text.length == 0 || !r53__span_equal(r->token.text, r->owner_text)) {
        r->owner_text.length = 0;
        fault = r53__master_name(&r->owner, r->token.text, r53__name(&r->origin));
        if (fault != NAME_OK) {
            say_name(r, fault);
            return false;
        }
        r->owner_text = r->token.text;
        r->owner_hash = r53__lines_expect(&r->file->lines, r53__name(&r->owner));
    }
    r->has_owner = true;
    r53__master_next(&r->master, &r->token);
    return true;
}

/* Directives */

static bool ttl_limit(struct reader *r, struct master_place place, uint64_t seconds,
                      struct known_ttl *ttl);

static void origin_set(struct reader *r)
{
    struct name_buffer origin;
    enum name_fault fault = r53__master_name(&origin, r->token.text, r53__name(&r->origin));

    r->owner_text.length = 0;
    if (fault == NAME_OK)
        r->origin = origin;
    else
        say_name(r, fault);
}

static void ttl_set(struct reader *r)
{
    uint64_t seconds;

    if (r53__master_ttl(r->token.text, &seconds))
        ttl_limit(r, r->token.place, seconds, &r->ttls[TTL_DIRECTIVE]);
    else
        say_token(r, 0, 0, "'{0}' is not a TTL");
}

static void directive_read(struct reader *r)
{
    static const struct {
        const char *name;
        void (*set)(struct reader *r); /* NULL: refused, R53-ZONE-19 */
    } directives[] = {
        {"$ORIGIN", origin_set}, {"$TTL", ttl_set}, {"$INCLUDE", NULL}, {"$GENERATE", NULL}};
    enum { DIRECTIVES = sizeof(directives) / sizeof(*directives) };
    size_t i = 0;

    while (i < DIRECTIVES && !r53__equal_nocase(r->token.text, r53__span(directives[i].name)))
        i++;
    if (i == DIRECTIVES) {
        say_token(r, 0, 0, "there is no directive '{0}'");
        return;
    }
    if (!directives[i].set) {
        say_token(r, R53_E_INVALID, RULE_R53_ZONE_19, "the directive '{0}' is not supported");
        return;
    }
    r53__master_next(&r->master, &r->token);
    if (!field_expect(r, "the directive has no value"))
        return;
    directives[i].set(r);
    r53__master_next(&r->master, &r->token);
    if (r->token.kind != MASTER_LINE_END)
        say_token(r, 0, 0,
                  r->token.kind == MASTER_FAULT ? "{0}" : "'{0}' stands behind the directive");
}

/* TTL, class, type */

/* A TTL with its highest bit set counts as 0 (RFC 2181 8); Route 53 refuses it. */
static bool ttl_limit(struct reader *r, struct master_place place, uint64_t seconds,
                      struct known_ttl *ttl)
{
    bool fits = seconds <= TTL_MAX; /* R53-TYPE-06 */

    *ttl = (struct known_ttl){true, fits ? (uint32_t)seconds : 0};
    if (!fits)
        r53__file_say(&r->file->judge, &(struct file_remark){.place = place,
                                                             .code = R53_E_INVALID,
                                                             .rule = RULE_R53_TYPE_06,
                                                             .format = "the TTL '{0}' is above "
                                                                       "2147483647 seconds",
                                                             .text = r->token.text});
    return fits || r->file->judge.lenient;
}

enum answer { IS_NOT, IS_TAKEN, IS_REFUSED };

/* No type begins with a digit. */
static enum answer ttl_take(struct reader *r, struct head *head)
{
    struct span text = r->token.text;
    uint64_t seconds;

    if (head->ttl.is_known || text.length == 0 || text.at[0] < '0' || text.at[0] > '9')
        return IS_NOT;
    if (!r53__master_ttl(text, &seconds)) {
        say_token(r, 0, 0, "'{0}' is not a TTL");
        return IS_REFUSED;
    }
    if (!ttl_limit(r, r->token.place, seconds, &head->ttl))
        return IS_REFUSED;
    r->ttls[TTL_BEFORE] = head->ttl;
    return IS_TAKEN;
}

/* "TYPE65" -> 65, RFC 3597 5. */
static bool numbered(struct span text, struct span prefix, uint64_t *number)
{
    size_t n = prefix.length;

    return text.length > n && r53__equal_nocase((struct span){text.at, n}, prefix) &&
           r53__parse_decimal((struct span){text.at + n, text.length - n}, UINT16_MAX, number);
}

static enum answer class_take(struct reader *r, struct head *head)
{
    static const char *const others[] = {"CH", "CHAOS", "HS", "HESIOD", "CS", "CSNET"};
    struct span text = r->token.text;
    uint64_t number = 0;
    bool is_other = numbered(text, SPAN("CLASS"), &number) && number != 1;

    if (head->has_class)
        return IS_NOT;
    head->has_class = true;
    if (number == 1 || r53__equal_nocase(text, SPAN("IN")))
        return IS_TAKEN;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others) && !is_other; i++)
        is_other = r53__equal_nocase(text, r53__span(others[i]));
    head->has_class = is_other;
    if (!is_other)
        return IS_NOT;
    say_token(r, R53_E_INVALID, 0, "the class '{0}' is not IN, the only one that Route 53 has");
    return IS_REFUSED;
}

static const struct rr_type *type_find(struct span text)
{
    char upper[TYPE_NAME_MAX];
    uint64_t number;

    if (numbered(text, SPAN("TYPE"), &number))
        return r53__type_find((uint16_t)number);
    if (text.length > sizeof(upper))
        return NULL;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
    }
    return r53__type_by_name((struct span){upper, text.length});
}

/* The records of these do not make their name exist: RFC 5155 7.2.8, and what signs them. */
static bool type_makes_owners(struct span text)
{
    static const char *const others[] = {"RRSIG", "TYPE46", "NSEC3", "TYPE50"};

    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        if (r53__equal_nocase(text, r53__span(others[i])))
            return false;
    }
    return true;
}

/*
 * The name of a record that Route 53 cannot hold is there for other servers, which say NODATA for
 * other types (RFC 1034 4.3.2); so it is here, in a file that is read leniently.
 */
static int32_t owner_keep(struct reader *r)
{
    struct name owner = r53__name(&r->owner);

    if (!r53__name_is_under(owner, r->file->zone))
        return R53_OK;
    return r53__lines_keep(&r->file->lines, owner, r->owner_hash);
}

/* TTL and class, each or none, in either order, then the type: r53__type_none for one that is left
 * out, its owner not. */
static bool head_read(struct reader *r, struct head *head)
{
    enum answer answer = IS_TAKEN;

    for (;; r53__master_next(&r->master, &r->token)) {
        if (!field_expect(r, "the record has no type"))
            return false;
        answer = ttl_take(r, head);
        if (answer == IS_NOT)
            answer = class_take(r, head);
        if (answer != IS_TAKEN)
            break;
    }
    if (answer == IS_REFUSED)
        return false;
    head->type = type_find(r->token.text);
    if (head->type)
        return true;
    say_token(r, R53_E_INVALID, RULE_R53_TYPE_01, "the type '{0}' is none that Route 53 can hold");
    head->type = &r53__type_none;
    return r->file->judge.lenient && type_makes_owners(r->token.text);
}

/* The value */

/* Any value: first as Route 53 writes it, then as the type's own parser takes that. */
static bool value_judge(struct reader *r, const struct head *head, struct line *line)
{
    struct master_fault fault;
    struct text out;

    r53__text_init(&out, r->value, sizeof(r->value));
    if (!r53__master_value(&r->master, head->type, r53__name(&r->origin), &out, &fault.place,
                           &fault)) {
        say_fault(r, &fault);
        return false;
    }
    fault.text = line->text = (struct span){r->value, out.length};
    if (!head->type->parse(line->text, r->wire, &line->length, &fault.fault)) {
        say_fault(r, &fault);
        return false;
    }
    return true;
}

static bool value_read(struct reader *r, const struct head *head, struct line *line)
{
    bool is_read =
        !r->file->lines.keeps_texts &&
        r53__master_word(&r->master, head->type, r53__name(&r->origin), r->wire, &line->length);

    if (!is_read && !value_judge(r, head, line))
        return false;
    line->wire = r->wire;
    line->owner = r53__name(&r->owner);
    line->hash = r->owner_hash;
    line->type = head->type;
    return true;
}

static bool line_ttl(struct reader *r, const struct head *head, struct line *line)
{
    struct known_ttl ttl = head->ttl;

    if (line->type->number == R53_TYPE_SOA) {
        uint32_t minimum = r53__read_u32(line->wire + line->length - 4);

        r->ttls[TTL_MINIMUM] = (struct known_ttl){true, minimum <= TTL_MAX ? minimum : 0};
    }
    for (int i = 0; i < TTL_SOURCES && !ttl.is_known; i++)
        ttl = r->ttls[i];
    line->ttl = ttl.seconds;
    if (!ttl.is_known)
        r53__file_say(&r->file->judge,
                      &(struct file_remark){.place = head->place,
                                            .format = "the record has no TTL, and no $TTL or SOA "
                                                      "above it tells one"});
    return ttl.is_known;
}

/* Gathering */

/* Is the record one of this zone, and not one that is left out? */
static bool line_belongs(struct reader *r, const struct head *head, const struct line *line)
{
    struct zone_file *file = r->file;
    char name[NAME_TEXT_MAX];
    bool is_apex = r53__name_equal(line->owner, file->zone);
    size_t length;

    if (file->leaves_apex && is_apex &&
        (line->type->number == R53_TYPE_SOA || line->type->number == R53_TYPE_NS)) {
        r53__file_say(&file->judge,
                      &(struct file_remark){.place = head->place, /* R53-ZONE-19 */
                                            .severity = R53_SEVERITY_NOTE,
                                            .rule = RULE_R53_ZONE_19,
                                            .format = "the zone keeps its own {1} at the apex",
                                            .words = {line->type->name}});
        return false;
    }
    if (is_apex || r53__name_is_under(line->owner, file->zone))
        return true;
    length = r53__name_print(name, line->owner);
    r53__file_say(&file->judge, &(struct file_remark){.place = head->place,
                                                      .code = R53_E_INVALID,
                                                      .rule = RULE_R53_NAME_08,
                                                      .format = "'{0}' does not lie in the zone",
                                                      .text = {name, length}});
    return false;
}

static int32_t line_add(struct reader *r, const struct head *head, struct line *line)
{
    struct zone_file *file = r->file;
    struct file_remark remark = {
        .place = head->place, .severity = R53_SEVERITY_WARNING, .words = {line->type->name}};
    struct line_found found;
    int32_t rc;

    line->place = head->place;
    rc = r53__lines_add(&file->lines, line, &found);
    if (rc != R53_OK)
        return rc;
    if (found.repeated) {
        remark.format = "the {1} record stands above already; it is kept once";
        remark.rule = RULE_R53_TYPE_07;
        r53__file_say(&file->judge, &remark);
    } else if (found.had_other) {
        remark.format = "the TTL is not that of the {1} records above; the smallest holds for all";
        r53__file_say(&file->judge, &remark);
    }
    if (file->lines.n_values > file->lines_max && file->lines_max && !r->is_full) {
        r->is_full = true;
        r53__file_say(&file->judge,
                      &(struct file_remark){.place = head->place,
                                            .code = R53_E_INVALID,
                                            .rule = RULE_R53_ZONE_19,
                                            .format = "the file has more than 1000 records"});
    }
    return R53_OK;
}
