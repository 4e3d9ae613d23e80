/*
 * The entries of a file, one after the other: a directive, or an owner, a head and a value that
 * become a line. Values are judged here too, and lines that the zone does not hold are left out.
 */
#include "model/zone_file_priv.h"

#include "base/report.h"
#include "base/rules.h"
#include "dns/fields.h"
#include "model/record_set.h"

#include <r53/type.h>

#include <string.h>

static int32_t entry_read(struct reader *r);
static void directive_read(struct reader *r);
static bool owner_read(struct reader *r);
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
            r53__reader_say(r, 0, 0, "the line has no owner, and no line above it has one either");
            return R53_OK;
        }
    } else if (r->token.kind == MASTER_LINE_END || !owner_read(r)) {
        return R53_OK;
    }
    if (!r53__reader_head(r, &head))
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
    r53__reader_say_fault(
        r, &(struct master_fault){r->token.place,
                                  {r53__name_fault_code(fault), r53__name_fault_words(fault)},
                                  r->token.text});
}

/* Takes the owner and goes to the next token. A wrong one is not passed on to the next line. */
static bool owner_read(struct reader *r)
{
    enum name_fault fault;

    r->has_owner = false;
    if (!r53__reader_expect(r, "{0}"))
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
        r53__reader_ttl(r, r->token.place, seconds, &r->ttls[TTL_DIRECTIVE]);
    else
        r53__reader_say(r, 0, 0, "'{0}' is not a TTL");
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
        r53__reader_say(r, 0, 0, "there is no directive '{0}'");
        return;
    }
    if (!directives[i].set) {
        r53__reader_say(r, R53_E_INVALID, RULE_R53_ZONE_19, "the directive '{0}' is not supported");
        return;
    }
    r53__master_next(&r->master, &r->token);
    if (!r53__reader_expect(r, "the directive has no value"))
        return;
    directives[i].set(r);
    r53__master_next(&r->master, &r->token);
    if (r->token.kind != MASTER_LINE_END)
        r53__reader_say(
            r, 0, 0, r->token.kind == MASTER_FAULT ? "{0}" : "'{0}' stands behind the directive");
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

/* The value */

/* Any value: first as Route 53 writes it, then as the type's own parser takes that. */
static bool value_judge(struct reader *r, const struct head *head, struct line *line)
{
    struct master_fault fault;
    struct text out;

    r53__text_init(&out, r->value, sizeof(r->value));
    if (!r53__master_value(&r->master, head->type, r53__name(&r->origin), &out, &fault.place,
                           &fault)) {
        r53__reader_say_fault(r, &fault);
        return false;
    }
    fault.text = line->text = (struct span){r->value, out.length};
    if (!head->type->parse(line->text, r->wire, &line->length, &fault.fault)) {
        r53__reader_say_fault(r, &fault);
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

/*
 * No name has two CNAMEs (RFC 2181 10.1), and no zone two SOAs: an answer with both would have no
 * meaning. A file that is not read leniently is refused for it.
 */
static bool type_is_single(uint16_t type)
{
    return type == R53_TYPE_CNAME || type == R53_TYPE_SOA;
}

static int32_t line_add(struct reader *r, const struct head *head, struct line *line)
{
    struct zone_file *file = r->file;
    struct file_remark remark = {
        .place = head->place, .severity = R53_SEVERITY_WARNING, .words = {line->type->name}};
    struct line_found found;
    int32_t rc;

    line->place = head->place;
    line->is_alone = file->judge.lenient && type_is_single(line->type->number);
    rc = r53__lines_add(&file->lines, line, &found);
    if (rc != R53_OK)
        return rc;
    if (found.surplus) {
        remark.format = "there is another {1} record of this name above, which may have but one";
        remark.rule = RULE_R53_RDATA_04;
        r53__file_say(&file->judge, &remark);
    } else if (found.repeated) {
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
