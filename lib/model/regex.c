#include "model/regex.h"

#include "base/report.h"
#include "base/rules.h"

/* "^(?:pattern)$", which takes part in no group's number. NULL: no memory (told). */
static const char *pattern_anchor(struct spec *spec, const char *pattern)
{
    size_t size = r53__span(pattern).length + sizeof("^(?:)$");
    char *anchored = r53__spec_alloc(spec, size, 1);
    struct text text;

    if (!anchored)
        return NULL;
    r53__text_init(&text, anchored, size);
    r53__put(&text, "^(?:");
    r53__put(&text, pattern);
    r53__put(&text, ")$");
    return anchored;
}

void r53__regex_make(struct regex *regex, struct spec *spec, const struct regex_maker *maker,
                     const char *member, const char *pattern)
{
    const r53_regex_engine *engine = maker->engine;
    int32_t rc;

    if (!pattern)
        r53__spec_fault(spec, member, NULL, "the regular expression is missing", NULL);
    if (spec->error)
        return;
    if (engine->size == 0) {
        r53__spec_unsupported(spec, member, pattern,
                              "'{0}' is a regular expression, but the cloud has no engine for "
                              "them");
        return;
    }
    regex->text = r53__spec_text(spec, pattern);
    if (maker->full)
        pattern = pattern_anchor(spec, pattern);
    if (spec->error)
        return;
    rc = engine->compile(engine->ctx, pattern, maker->ignore_case ? R53_REGEX_IGNORE_CASE : 0,
                         &regex->program);
    if (rc == R53_E_NOMEM)
        r53__spec_nomem(spec);
    else if (rc)
        r53__spec_fault(spec, member, pattern, "'{0}' is not a valid regular expression", NULL);
    else
        regex->engine = engine;
}

void r53__regex_release(const struct regex *regex)
{
    if (regex->engine)
        regex->engine->release(regex->engine->ctx, regex->program);
}

int32_t r53__regex_match(const struct regex *regex, struct span text, r53_regex_span *spans,
                         size_t n_spans)
{
    for (size_t i = 0; i < n_spans; i++)
        spans[i] = (r53_regex_span){-1, -1};
    return regex->engine->match(regex->engine->ctx, regex->program, text.at, text.length, spans,
                                n_spans);
}
