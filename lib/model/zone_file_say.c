/*
 * Remarks on a file: what is said stands at its line and column, and shows the octets at fault so
 * that any of them can be printed.
 */
#include "model/zone_file_priv.h"

#include "base/report.h"
#include "base/rules.h"
#include "base/text.h"

enum { SHOWN_MAX = 128 };

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

void r53__reader_say_fault(struct reader *r, const struct master_fault *fault)
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

void r53__reader_say(struct reader *r, int32_t code, int32_t rule, const char *format)
{
    r53__file_say(&r->file->judge, &(struct file_remark){.place = r->token.place,
                                                         .code = code,
                                                         .rule = rule,
                                                         .format = format,
                                                         .text = r->token.text});
}

bool r53__reader_expect(struct reader *r, const char *missing)
{
    if (r->token.kind == MASTER_WORD || r->token.kind == MASTER_QUOTED)
        return true;
    r53__reader_say(r, 0, 0, r->token.kind == MASTER_FAULT ? "{0}" : missing);
    return false;
}
