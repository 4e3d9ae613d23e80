/*
 * What a zone demands of the record sets in it: InvalidChangeBatch. Single record sets, groups,
 * alias targets. The change door applies it to its working copy, import to the zone it has sealed.
 */
#ifndef R53_LIB_MODEL_RECORD_RULES_H
#define R53_LIB_MODEL_RECORD_RULES_H

#include "model/record_set.h"

enum { GROUP_MEMBERS_MAX = 100 }; /* R53-GROUP-05 */

/* Where the record sets lie. */
struct zone_scope {
    const char *id;
    struct name name;
    /* Does a group of this name and type exist? */
    bool (*exists)(void *ctx, struct name name, const struct rr_type *type);
    void *ctx;
};

/* Texts that messages are made of. */
struct form_words {
    char name[NAME_TEXT_MAX], zone[NAME_TEXT_MAX];
};

void r53__form_words(struct form_words *words, const struct record_form *form, struct name zone);

/* Does it lie in the zone? Otherwise R53-ERR-05. */
bool r53__check_inside(struct checker *checker, const struct record_form *form, struct name zone);

/* Type against place and policy, R53-TYPE-02 and others. */
void r53__check_record(struct checker *checker, const struct record_form *form, struct name zone);

/* Values: duplicates and number. `given` are their texts, NULL: print them. */
void r53__check_values(struct checker *checker, const struct record_form *form,
                       const char *const *given);

/* Alias target: lies in its zone, exists, is not the record itself (R53-ALIAS-10 .. -12, -14). */
void r53__check_alias(struct checker *checker, const struct record_form *form,
                      const struct zone_scope *scope);

/* Is the alias's target in this zone? */
bool r53__alias_is_local(const struct record_form *form, const char *zone_id);

/*
 * `form` beside `other`, of another type or set identifier at the same name: CNAME stands alone,
 * groups keep to one policy. False after a breach.
 */
bool r53__check_beside(struct checker *checker, const struct record_form *form,
                       const struct record_form *other, struct name zone);

/* Breach when `form` cannot be in one group with `other`: TTLs, equal locations. */
bool r53__check_pair(struct checker *checker, const struct record_form *form,
                     const struct record_form *other);

/* Breach when a group of the form's policy cannot have n members. */
void r53__check_group_size(struct checker *checker, const struct record_form *form, size_t n);

#endif
