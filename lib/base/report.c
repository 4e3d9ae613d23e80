/*
 * A report: findings in an arena-like list of single blocks, one a finding, plus one slot of its
 * own so that an error can always be told, whatever was remarked before it. Expected load: none to
 * a few dozen; a bad import thousands.
 */
#include "base/report.h"

#include <r53/rulebook.h>

#include "base/alloc.h"
#include "base/sized.h"
#include "base/text.h"

#include <string.h>

enum { FIRST_BYTES = 1024, PATH_BYTES = 256, ARGS = 8 };

/* One block: the struct, then path, AWS name and text, each NUL-terminated. */
struct finding {
    struct finding *next;
    size_t block; /* bytes of the block; 0: the report's own slot */
    int32_t severity, code, rule, line, column;
    size_t name_at, text_at; /* offsets into texts; the path is at 0 */
    char texts[];
};

struct r53_report {
    struct memory memory;
    struct finding *first, **last;
    size_t count;
    char path[PATH_BYTES];
    int32_t line, column;
    bool own_used;
    max_align_t own[(sizeof(struct finding) + FIRST_BYTES) / sizeof(max_align_t) + 1];
};

int32_t r53_report_new(r53_report **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_report *report;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    report = r53__alloc(&memory, 1, sizeof(*report));
    if (!report)
        return R53_E_NOMEM;
    report->memory = memory;
    report->last = &report->first;
    *out = report;
    return R53_OK;
}

void r53_report_clear(r53_report *report)
{
    if (!report)
        return;
    while (report->first) {
        struct finding *finding = report->first;

        report->first = finding->next;
        if (finding->block)
            r53__free(&report->memory, finding, 1, finding->block);
    }
    report->last = &report->first;
    report->count = 0;
    report->own_used = false;
    r53_report_locate(report, NULL, 0, 0);
}

void r53_report_free(r53_report *report)
{
    if (!report)
        return;
    r53_report_clear(report);
    r53__free(&report->memory, report, 1, sizeof(*report));
}

size_t r53_report_count(const r53_report *report)
{
    return report ? report->count : 0;
}

size_t r53_report_count_of(const r53_report *report, int32_t severity)
{
    size_t n = 0;

    for (const struct finding *f = report ? report->first : NULL; f; f = f->next)
        n += f->severity == severity;
    return n;
}

int32_t r53_report_get(const r53_report *report, size_t index, r53_finding *finding)
{
    const struct finding *f = report ? report->first : NULL;
    r53_finding out;

    while (f && index--)
        f = f->next;
    if (!f)
        return R53_E_NOT_FOUND;
    out = (r53_finding){.severity = f->severity,
                        .code = f->code,
                        .line = f->line,
                        .column = f->column,
                        .aws_name = f->texts + f->name_at,
                        .rule = r53_rule_id(f->rule),
                        .path = f->texts,
                        .text = f->texts + f->text_at};
    return r53__sized_write(finding, &out, sizeof(out)) ? R53_OK : R53_E_INVALID;
}

void r53_report_locate(r53_report *report, const char *path, int32_t line, int32_t column)
{
    struct text text;

    if (!report)
        return;
    r53__text_init(&text, report->path, sizeof(report->path));
    r53__put(&text, path);
    report->line = line;
    report->column = column;
}

/* The three texts one after the other; the same routine measures and writes. */
static void put_texts(struct text *text, const char *base_path, const struct remark *remark,
                      size_t *name_at, size_t *text_at)
{
    r53__put(text, base_path);
    if (remark->path && remark->path[0]) {
        if (base_path[0] && remark->path[0] != '[')
            r53__put_char(text, '.');
        r53__put(text, remark->path);
    }
    r53__put_char(text, '\0');
    *name_at = text->length;
    r53__put(text, remark->aws_name);
    r53__put_char(text, '\0');
    *text_at = text->length;
    r53__put_template(text, remark->format, remark->args, ARGS);
}

/* Room for the finding: a block of its own; for an error else the slot, cut to what that holds. */
static struct finding *finding_place(r53_report *report, size_t bytes, bool is_error, size_t *room)
{
    struct finding *f = r53__alloc(&report->memory, 1, sizeof(*f) + bytes);

    *room = bytes;
    if (f) {
        f->block = sizeof(*f) + bytes;
    } else if (is_error && !report->own_used) {
        report->own_used = true;
        f = (struct finding *)report->own;
        memset(report->own, 0, sizeof(report->own));
        *room = bytes < FIRST_BYTES ? bytes : FIRST_BYTES;
    }
    return f;
}

static struct finding *finding_add(r53_report *report, const struct remark *remark)
{
    int32_t severity = remark->severity ? remark->severity : R53_SEVERITY_ERROR;
    struct text text;
    size_t name_at, text_at, room;
    struct finding *f;

    r53__text_init(&text, NULL, 0);
    put_texts(&text, report->path, remark, &name_at, &text_at);
    f = finding_place(report, text.length + 1, severity == R53_SEVERITY_ERROR, &room);
    if (!f)
        return NULL;
    r53__text_init(&text, f->texts, room);
    put_texts(&text, report->path, remark, &f->name_at, &f->text_at);
    if (f->text_at >= room) /* cut: only over-long names reach here */
        f->name_at = f->text_at = room - 1;
    f->severity = severity;
    f->code = remark->code;
    if (!f->code && f->severity == R53_SEVERITY_ERROR)
        f->code = R53_E_INVALID;
    f->rule = remark->rule;
    f->line = report->line;
    f->column = report->column;
    *report->last = f;
    report->last = &f->next;
    report->count++;
    return f;
}

int32_t r53__remark(r53_report *report, const struct remark *remark)
{
    if (report)
        finding_add(report, remark);
    return remark->code ? remark->code : R53_E_INVALID;
}

int32_t r53__refuse(r53_report *report, int32_t code, int32_t rule, const char *aws_name,
                    const char *format, const char *value, const char *other)
{
    return r53__remark(report, &(struct remark){.code = code,
                                                .rule = rule,
                                                .aws_name = aws_name,
                                                .format = format,
                                                .args = {value ? value : "", other}});
}

int32_t r53__remark_nomem(r53_report *report)
{
    return r53__remark(report,
                       &(struct remark){.code = R53_E_NOMEM, .format = "an allocation failed"});
}

int32_t r53_report_add(r53_report *report, const r53_finding *finding)
{
    r53_finding in;
    struct finding *f;

    if (!report || !r53__sized_read(&in, sizeof(in), finding) || in.reserved)
        return R53_E_INVALID;
    if (in.severity < R53_SEVERITY_NOTE || in.severity > R53_SEVERITY_ERROR)
        return R53_E_INVALID;
    f = finding_add(report, &(struct remark){.severity = in.severity,
                                             .code = in.code,
                                             .aws_name = in.aws_name,
                                             .path = in.path,
                                             .format = "{0}",
                                             .args = {in.text}});
    if (!f)
        return R53_E_NOMEM;
    if (in.line) {
        f->line = in.line;
        f->column = in.column;
    }
    return R53_OK;
}
