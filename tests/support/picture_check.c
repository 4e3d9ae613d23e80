#include "support/picture_check.h"

#include <stdlib.h>
#include <string.h>

/* A reader at its place, which moves on; `ok` is sticky. */
struct reader {
    const char *at;
    struct picture_labels *labels;
    bool ok;
};

static void keep(struct reader *r, char c)
{
    struct picture_labels *labels = r->labels;

    if (labels && labels->length + 1 < sizeof(labels->text))
        labels->text[labels->length++] = c;
    if (labels)
        labels->text[labels->length] = '\0';
}

static bool take(struct reader *r, const char *word)
{
    size_t n = strlen(word);

    if (!r->ok || strncmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static void want(struct reader *r, const char *word)
{
    r->ok = take(r, word);
}

static bool take_any(struct reader *r, const char *const *words, size_t n, size_t *which)
{
    for (*which = 0; *which < n; ++*which) {
        if (take(r, words[*which]))
            return true;
    }
    return false;
}

static void want_run(struct reader *r, const char *of)
{
    size_t n = strspn(r->at, of);

    r->ok = r->ok && n > 0;
    r->at += r->ok ? n : 0;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

/* Mermaid */

/* The number of a character, of ASCII, up to ";". */
static void mermaid_entity(struct reader *r)
{
    long code = strtol(r->at, NULL, 10);

    want_run(r, DIGITS);
    want(r, ";");
    r->ok = r->ok && code >= 0x20 && code < 0x7f;
    keep(r, (char)code);
}

/* In quotes: entities, line breaks, and what neither Mermaid nor Markdown reads. */
static void mermaid_label(struct reader *r)
{
    want(r, "\"");
    while (r->ok && *r->at != '"') {
        if (take(r, "#"))
            mermaid_entity(r);
        else if (take(r, "<br/>"))
            keep(r, '\n');
        else if (*r->at == '\0' || strchr("<>`{}[]*_~\\|\n\t", *r->at))
            r->ok = false;
        else
            keep(r, *r->at++);
    }
    want(r, "\"");
    keep(r, '\n');
}

static void mermaid_id(struct reader *r)
{
    want_run(r, LETTERS);
    want_run(r, DIGITS);
}

static void mermaid_node(struct reader *r)
{
    static const char *const opens[] = {"([", "{{", "[[", "[/", "[", "("};
    static const char *const closes[] = {"])", "}}", "]]", "/]", "]", ")"};
    size_t shape;

    r->ok = take_any(r, opens, sizeof(opens) / sizeof(*opens), &shape);
    mermaid_label(r);
    if (r->ok)
        want(r, closes[shape]);
    if (take(r, ":::"))
        want_run(r, LETTERS);
}

static void mermaid_edge(struct reader *r)
{
    if (take(r, "|")) {
        mermaid_label(r);
        want(r, "|");
    }
    want(r, " ");
    mermaid_id(r);
}

static void mermaid_line(struct reader *r)
{
    want(r, "    ");
    if (take(r, "classDef ") || take(r, "linkStyle ")) {
        want_run(r, LETTERS DIGITS " :#,-");
    } else {
        mermaid_id(r);
        if (take(r, " -->") || take(r, " -.->"))
            mermaid_edge(r);
        else
            mermaid_node(r);
    }
    want(r, "\n");
}

bool mermaid_reads(const char *text, struct picture_labels *labels)
{
    struct reader r = {text, labels, true};

    want(&r, "flowchart LR\n");
    while (r.ok && *r.at)
        mermaid_line(&r);
    return r.ok && text_is_clean(text);
}

/* DOT */

static void dot_escape(struct reader *r)
{
    if (take(r, "n"))
        keep(r, '\n');
    else if (take(r, "\""))
        keep(r, '"');
    else if (take(r, "\\"))
        keep(r, '\\');
    else
        r->ok = false;
}

static void dot_string(struct reader *r)
{
    want(r, "\"");
    while (r->ok && *r->at != '"') {
        if (take(r, "\\"))
            dot_escape(r);
        else if (take(r, "&amp;"))
            keep(r, '&');
        else if (*r->at == '\0' || *r->at == '\n' || *r->at == '&')
            r->ok = false;
        else
            keep(r, *r->at++);
    }
    want(r, "\"");
    keep(r, '\n');
}

static void dot_attribute(struct reader *r)
{
    want_run(r, LETTERS);
    want(r, "=");
    if (r->ok && *r->at == '"')
        dot_string(r);
    else
        want_run(r, LETTERS DIGITS);
}

static void dot_statement(struct reader *r)
{
    want(r, "    ");
    mermaid_id(r);
    if (take(r, " -> "))
        mermaid_id(r);
    want(r, " [");
    dot_attribute(r);
    while (take(r, ", "))
        dot_attribute(r);
    want(r, "];\n");
}

bool dot_reads(const char *text, struct picture_labels *labels)
{
    struct reader r = {text, labels, true};

    want(&r, "digraph ");
    want_run(&r, LETTERS);
    want(&r, " {\n    rankdir=LR;\n");
    while (r.ok && *r.at && *r.at != '}')
        dot_statement(&r);
    want(&r, "}\n");
    return r.ok && *r.at == '\0' && text_is_clean(text);
}

/* JSON */

static void json_value(struct reader *r);

static void blanks(struct reader *r)
{
    r->at += strspn(r->at, " \n");
}

static void json_escape(struct reader *r)
{
    char digits[5] = "";

    if (take(r, "\"") || take(r, "\\")) {
        keep(r, r->at[-1]);
        return;
    }
    want(r, "u");
    r->ok = r->ok && strspn(r->at, DIGITS "abcdef") >= 4;
    if (!r->ok)
        return;
    memcpy(digits, r->at, 4);
    keep(r, strcmp(digits, "fffd") == 0 ? '?' : (char)strtol(digits, NULL, 16));
    r->at += 4;
}

static void json_string(struct reader *r)
{
    want(r, "\"");
    while (r->ok && *r->at != '"') {
        if (take(r, "\\"))
            json_escape(r);
        else if ((unsigned char)*r->at < 0x20)
            r->ok = false;
        else
            keep(r, *r->at++);
    }
    want(r, "\"");
    keep(r, '\n');
}

static void json_members(struct reader *r, bool named, const char *end)
{
    blanks(r);
    if (take(r, end))
        return;
    do {
        blanks(r);
        if (named) {
            json_string(r);
            want(r, ": ");
        }
        json_value(r);
        blanks(r);
    } while (take(r, ","));
    want(r, end);
}

static void json_value(struct reader *r)
{
    static const char *const words[] = {"null", "true", "false"};
    size_t which;

    if (take(r, "{"))
        json_members(r, true, "}");
    else if (take(r, "["))
        json_members(r, false, "]");
    else if (r->ok && *r->at == '"')
        json_string(r);
    else if (!take_any(r, words, sizeof(words) / sizeof(*words), &which))
        want_run(r, DIGITS);
}

bool json_reads(const char *text, struct picture_labels *labels)
{
    struct reader r = {text, labels, true};

    json_value(&r);
    blanks(&r);
    return r.ok && *r.at == '\0' && text_is_clean(text);
}

/* Octets */

/* How many octets of 10xxxxxx follow; -1: it begins no character. */
static int followers(unsigned char c)
{
    return c < 0x80                ? 0
           : c >= 0xc2 && c < 0xe0 ? 1
           : c >= 0xe0 && c < 0xf0 ? 2
           : c >= 0xf0 && c < 0xf5 ? 3
                                   : -1;
}

bool text_is_clean(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        int more = followers(c);

        if (more < 0 || (c < 0x20 && c != '\n') || c == 0x7f)
            return false;
        for (; more > 0; more--) {
            if (((unsigned char)*++text & 0xc0) != 0x80)
                return false;
        }
    }
    return true;
}
