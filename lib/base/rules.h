/*
 * Rule numbers, from the fragments of the rulebook that lie in the folders that implement them.
 * Code cites a rule as RULE_R53_ALIAS_02; the sentences are in the fragments alone.
 */
#ifndef R53_LIB_BASE_RULES_H
#define R53_LIB_BASE_RULES_H

#define RULE(symbol, number, id, sentence, source) RULE_##symbol = number,
#define RULE_NOT(symbol, number, id, sentence, source, why) RULE_##symbol = number,
enum rule_number {
    RULE_NONE = 0,
#include "dns/rules.def"
#include "model/rules.def"
#include "view/rules.def"
#include "elb/rules.def"
#include "route53/rules.def"
#include "flow/rules.def"
};
#undef RULE
#undef RULE_NOT

#endif
