#include "elb/rewrite.h"

static bool span_within(const r53_regex_span *span, size_t length)
{
    return span->first >= 0 && span->end >= span->first && (uint64_t)span->end <= length;
}

int32_t r53__rewrite_find(struct rewrite *rewrite, const struct rule *rule, int32_t type,
                          struct span input)
{
    const struct transform *transform = NULL;
    int32_t rc;

    *rewrite = (struct rewrite){.input = input};
    for (uint32_t i = 0; rule && i < rule->n_transforms && !transform; i++) {
        if (rule->transforms[i].type == type)
            transform = &rule->transforms[i];
    }
    if (!transform)
        return 0;
    rc = r53__regex_match(&transform->regex, input, rewrite->spans, R53_REGEX_SPANS);
    if (rc <= 0)
        return rc;
    if (!span_within(&rewrite->spans[0], input.length))
        return R53_E_INVALID; /* the engine does not keep its contract */
    rewrite->replace = transform->replace;
    return 1;
}

/*
 * Lets a part of what passes through. So the result of a transform is never stored: whoever needs a
 * part of it has it run by, and a text that is too long for a buffer is still measured.
 */
struct filter {
    struct text *text;
    enum rewrite_part part;
    size_t seen;
    bool behind;  /* the "?", or the ":" in front of a port */
    bool bracket; /* within "[...]", an IPv6 address */
};

static void filter_url(struct filter *filter, char c)
{
    bool slash = filter->seen == 0 && c == '/';

    if (!filter->behind && c == '?')
        filter->behind = true;
    else if (filter->behind == (filter->part == REWRITE_QUERY) && !slash)
        r53__put_char(filter->text, c);
}

static void filter_host(struct filter *filter, char c)
{
    if (c == '[' || c == ']')
        filter->bracket = c == '[';
    if (c == ':' && !filter->bracket)
        filter->behind = true;
    if (!filter->behind)
        r53__put_char(filter->text, r53__lower(c));
}

static void filter_put(struct filter *filter, struct span bytes)
{
    for (size_t i = 0; i < bytes.length; i++, filter->seen++) {
        if (filter->part == REWRITE_ALL)
            r53__put_char(filter->text, bytes.at[i]);
        else if (filter->part == REWRITE_HOST_NAME)
            filter_host(filter, bytes.at[i]);
        else
            filter_url(filter, bytes.at[i]);
    }
}

/* "$1" to "$9"; a group that took no part is empty, any other "$" is itself. */
static void put_replacement(struct filter *filter, const struct rewrite *rewrite)
{
    for (const char *at = rewrite->replace; *at; at++) {
        if (at[0] == '$' && at[1] >= '1' && at[1] <= '9') {
            const r53_regex_span *group = &rewrite->spans[*++at - '0'];

            if (span_within(group, rewrite->input.length))
                filter_put(filter, (struct span){rewrite->input.at + group->first,
                                                 (size_t)(group->end - group->first)});
        } else {
            filter_put(filter, (struct span){at, 1});
        }
    }
}

void r53__rewrite_put(struct text *text, const struct rewrite *rewrite, enum rewrite_part part)
{
    struct filter filter = {.text = text, .part = part};
    struct span input = rewrite->input;
    size_t first, end;

    if (!rewrite->replace) {
        filter_put(&filter, input);
        return;
    }
    first = (size_t)rewrite->spans[0].first;
    end = (size_t)rewrite->spans[0].end;
    filter_put(&filter, (struct span){input.at, first});
    put_replacement(&filter, rewrite);
    filter_put(&filter, (struct span){input.at + end, input.length - end});
}
