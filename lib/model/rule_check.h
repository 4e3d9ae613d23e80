/*
 * What AWS demands of a rule, checked on the spec, so that a change can refuse and an import can
 * warn with the same words (ELB-VAL-22). A checker says how grave a breach is.
 */
#ifndef R53_LIB_MODEL_RULE_CHECK_H
#define R53_LIB_MODEL_RULE_CHECK_H

#include <r53/elb_change.h>

#include "model/check.h"

/* What is known of where the rule is to stand. */
struct rule_place {
    int32_t lb_type;             /* enum r53_load_balancer_type, 0: not known */
    int32_t protocol;            /* of the listener, 0: not known */
    uint32_t wildcards_per_rule; /* ELB-ALB-RULE-07 */
};

/* Checks a spec that can be sealed: lists and structs are there, words are known. */
void r53__rule_check(struct checker *checker, const r53_listener_rule *rule,
                     const struct rule_place *place);

/* The parts of it; conditions and actions have files of their own. */
void r53__conditions_check(struct checker *checker, const r53_listener_rule *rule,
                           const struct rule_place *place);
void r53__actions_check(struct checker *checker, const r53_listener_rule *rule,
                        const struct rule_place *place);
void r53__transforms_check(struct checker *checker, const r53_listener_rule *rule);

/* A breach under another of AWS's names than the checker's. */
void r53__breach_as(struct checker *checker, const char *aws_name, int32_t rule, const char *format,
                    const char *value, const char *expected);

/*
 * Text longer than `most` is a breach of `rule`: "The '{0}' value is too long; the limit is '{1}'".
 */
void r53__length_check(struct checker *checker, int32_t rule, const char *field, const char *text,
                       uint32_t most);

#endif
