#include "elb/wildcard.h"

/* ELB-ALB-RULE-08: what is not visible is matched by "*" alone. */
static bool byte_match(const struct pattern *pattern, size_t at, char c)
{
    char wanted = pattern->at[at];

    if (!r53__is_visible(c) || wanted == PATTERN_NEVER)
        return false;
    if (wanted == PATTERN_ONE)
        return true;
    return wanted == (pattern->flags & PATTERN_IGNORE_CASE ? r53__lower(c) : c);
}

bool r53__wildcard_match(const struct pattern *pattern, struct span text)
{
    size_t at = 0, i = 0;
    size_t star = SIZE_MAX; /* the last "*" seen */
    size_t taken = 0;       /* where the text that it has not swallowed begins */

    while (i < text.length) {
        if (at < pattern->length && pattern->at[at] == PATTERN_MANY) {
            star = at++;
            taken = i;
        } else if (at < pattern->length && byte_match(pattern, at, text.at[i])) {
            at++;
            i++;
        } else if (star != SIZE_MAX) { /* it swallows one more */
            at = star + 1;
            i = ++taken;
        } else {
            return false;
        }
    }
    while (at < pattern->length && pattern->at[at] == PATTERN_MANY)
        at++;
    return at == pattern->length;
}
