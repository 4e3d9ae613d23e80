/**
 * The rulebook: each behaviour of Route 53 and ELB that libr53 knows of, once, under the number
 * that traces, findings and test cases cite.
 */
#ifndef R53_RULEBOOK_H
#define R53_RULEBOOK_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One rule. All texts are static. */
typedef struct r53_rule {
    uint32_t size;          /**< sizeof(r53_rule) */
    int32_t number;         /**< stable number, used in traces */
    int32_t modelled;       /**< 1: libr53 behaves so; 0: it does not, `why_not` says why */
    uint32_t reserved;      /**< 0 */
    const char *id;         /**< "R53-ALIAS-02" */
    const char *sentence;   /**< the behaviour in one sentence */
    const char *source;     /**< AWS page or RFC */
    const char *why_not;    /**< reason when not modelled, else "" */
} r53_rule;

/** Rules in the book. */
R53_API size_t r53_rulebook_count(void);

/** Reads rule `index` (0-based). R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
R53_API int32_t r53_rulebook_get(size_t index, r53_rule *rule);

/** Reads the rule with this number. O(rules). R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
R53_API int32_t r53_rulebook_find(int32_t number, r53_rule *rule);

/** Id of the rule with this number ("R53-ALIAS-02"), or "" if there is none. Static. */
R53_API const char *r53_rule_id(int32_t number);

#ifdef __cplusplus
}
#endif

#endif
