/*
 * The rulebook: all fragments put together. It stands above the floors because it collects from
 * them; nothing but its public header is used by them.
 */
#include <r53/rulebook.h>

#include "base/sized.h"

#define RULE(symbol, number, id, sentence, source)                                                 \
    {sizeof(r53_rule), number, 1, 0, id, sentence, source, ""},
#define RULE_NOT(symbol, number, id, sentence, source, why)                                        \
    {sizeof(r53_rule), number, 0, 0, id, sentence, source, why},

static const r53_rule book[] = {
#include "dns/rules.def"
#include "model/rules.def"
#include "view/rules.def"
#include "elb/rules.def"
#include "route53/rules.def"
#include "flow/rules.def"
};

enum { RULES = sizeof(book) / sizeof(*book) };

size_t r53_rulebook_count(void)
{
    return RULES;
}

int32_t r53_rulebook_get(size_t index, r53_rule *rule)
{
    if (index >= RULES)
        return R53_E_NOT_FOUND;
    return r53__sized_write(rule, &book[index], sizeof(book[index])) ? R53_OK : R53_E_INVALID;
}

static const r53_rule *rule_find(int32_t number)
{
    for (size_t i = 0; i < RULES; i++) {
        if (book[i].number == number)
            return &book[i];
    }
    return NULL;
}

int32_t r53_rulebook_find(int32_t number, r53_rule *rule)
{
    const r53_rule *row = rule_find(number);

    if (!row)
        return R53_E_NOT_FOUND;
    return r53__sized_write(rule, row, sizeof(*row)) ? R53_OK : R53_E_INVALID;
}

const char *r53_rule_id(int32_t number)
{
    const r53_rule *row = rule_find(number);

    return row ? row->id : "";
}
