/*
 * The engine's three functions on RE2. C++ ends here: no exception leaves a function, and what is
 * not a pattern is an error code, not a line on stderr.
 */
#include <r53/regex_re2.h>

#include <re2/re2.h>

#include <new>

namespace {

/* Elastic Load Balancing has no classes by Unicode property (ELB-ALB-COND-70). */
bool names_property(const char *pattern)
{
    for (const char *at = pattern; *at; at++) {
        if (*at != '\\')
            continue;
        if (at[1] == 'p' || at[1] == 'P')
            return true;
        if (at[1])
            at++; /* "\\p" is a backslash and a p */
    }
    return false;
}

int32_t compile(void *, const char *pattern, int32_t flags, void **program)
{
    RE2::Options options;

    if (!pattern || !program || (flags & ~R53_REGEX_IGNORE_CASE) || names_property(pattern))
        return R53_E_INVALID;
    options.set_log_errors(false);
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_case_sensitive(!(flags & R53_REGEX_IGNORE_CASE));
    try {
        RE2 *compiled = new RE2(pattern, options);

        if (!compiled->ok()) {
            delete compiled;
            return R53_E_INVALID;
        }
        *program = compiled;
        return R53_OK;
    } catch (const std::bad_alloc &) {
        return R53_E_NOMEM;
    }
}

r53_regex_span span_of(const re2::StringPiece &group, const char *text)
{
    if (!group.data())
        return {-1, -1};
    return {group.data() - text, group.data() - text + static_cast<int64_t>(group.size())};
}

int32_t match(void *, const void *program, const char *text, size_t length, r53_regex_span *spans,
              size_t n_spans)
{
    const RE2 *compiled = static_cast<const RE2 *>(program);
    re2::StringPiece groups[R53_REGEX_SPANS];
    static const char nothing[] = "";

    if (!compiled || (!text && length) || n_spans > R53_REGEX_SPANS || (!spans && n_spans))
        return R53_E_INVALID;
    if (!text) /* RE2 tells a group without part by its pointer */
        text = nothing;
    try {
        int known = 1 + compiled->NumberOfCapturingGroups();
        int asked = static_cast<int>(n_spans) < known ? static_cast<int>(n_spans) : known;

        if (!compiled->Match(re2::StringPiece(text, length), 0, length, RE2::UNANCHORED, groups,
                             asked))
            return 0;
    } catch (const std::bad_alloc &) {
        return R53_E_NOMEM;
    }
    for (size_t i = 0; i < n_spans; i++)
        spans[i] = span_of(groups[i], text);
    return 1;
}

void release(void *, void *program)
{
    delete static_cast<RE2 *>(program);
}

} // namespace

extern "C" int32_t r53_regex_re2(r53_regex_engine *engine)
{
    if (!engine || engine->size != sizeof(*engine))
        return R53_E_INVALID;
    engine->reserved = 0;
    engine->ctx = nullptr;
    engine->compile = compile;
    engine->match = match;
    engine->release = release;
    return R53_OK;
}
