#include "model/elb_name.h"

#include "base/text.h"

enum { ELB_NAME_MAX = 32 };

static bool empty(struct span name)
{
    return name.length == 0;
}

static bool too_long(struct span name)
{
    return name.length > ELB_NAME_MAX;
}

static bool foreign(struct span name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = r53__lower(name.at[i]);

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return true;
    }
    return false;
}

static bool hyphen_at_end(struct span name)
{
    return name.length && (name.at[0] == '-' || name.at[name.length - 1] == '-');
}

/* {0}: what it names, {1}: the name. The sentences are AWS's (ELB-VAL-21) where they are known. */
static const struct {
    bool (*holds)(struct span name);
    const char *text;
} faults[] = {
    {empty, "{0} name must be specified"},
    {too_long, "{0} name '{1}' cannot be longer than '32' characters"},
    {foreign, "{0} name '{1}' can only contain characters that are alphanumeric characters or "
              "hyphens(-)"},
    {hyphen_at_end, "{0} name '{1}' cannot begin or end with a hyphen"},
};

void r53__elb_name_check(struct checker *checker, int32_t rule, const char *what, const char *name)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
        if (faults[i].holds(r53__span(name)))
            r53__breach(checker, rule, faults[i].text, ARGS(what, name));
    }
}
