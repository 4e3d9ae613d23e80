/*
 * Reading the public structs of the ELB side into sealed objects: each value is checked, defaulted
 * and copied by one call, so that an object's constructor reads like the list of its members.
 *
 * A spec is sticky: after the first fault the calls give harmless values and do nothing else; the
 * end checks once. Importing is not changing (ELB-JSON-11), so a fault is only what has no meaning;
 * at the change door what breaks a rule is one too, under AWS's name for it (ELB-VAL-23).
 */
#ifndef R53_LIB_MODEL_SPEC_H
#define R53_LIB_MODEL_SPEC_H

#include "base/alloc.h"
#include "base/text.h"
#include "dns/name.h"
#include "model/check.h"
#include "net/address.h"

#include <r53/report.h>

enum { SPEC_PATH_MAX = 96, PORT_MAX = 65535 };

/* AWS's words for the enumerators 1 .. n of a public enum. */
struct words {
    const char *what; /* "a protocol" */
    const char *const *names;
    int32_t n;
};

extern const struct words r53__on_off, r53__address_types, r53__protocols, r53__target_states;

struct spec {
    struct arena *arena; /* of the object under construction */
    r53_report *report;
    enum door door;             /* that of the import unless set */
    int32_t error;              /* the first fault, or R53_OK */
    char prefix[SPEC_PATH_MAX]; /* put before member names: "DefaultActions[2]." */
};

/* Begins; with a NULL object (no memory) the spec is faulty at once. */
struct spec r53__spec(struct arena *arena, r53_report *report);

/* Members named from now on are those of list[index]; list NULL: of the object itself. */
void r53__spec_enter(struct spec *spec, const char *list, size_t index);

/* Faults of this member; `format` as in struct remark, {0} is the value. */
void r53__spec_fault(struct spec *spec, const char *member, const char *value, const char *format,
                     const char *expected);
/* The same under a name of AWS's own for it, at the change door. */
void r53__spec_fault_as(struct spec *spec, const char *aws_name, const char *member,
                        const char *value, const char *format);
/* The same of what the cloud cannot do, which is R53_E_UNSUPPORTED and none of AWS's errors. */
void r53__spec_unsupported(struct spec *spec, const char *member, const char *value,
                           const char *format);
void r53__spec_nomem(struct spec *spec);

/* A value that breaks a rule of the change API: refused there, said of and kept by an import. */
void r53__spec_warn(struct spec *spec, int32_t rule, const char *member, const char *format,
                    const char *value);
/* The same with {1} too. */
void r53__spec_warn_two(struct spec *spec, int32_t rule, const char *member, const char *format,
                        const char *value, const char *other);
/* The same of a number outside least .. most. */
void r53__spec_warn_range(struct spec *spec, int32_t rule, const char *member, int32_t value,
                          int32_t least, int32_t most);

/* Reads a sized struct; false (and a fault) if it is not one. */
bool r53__spec_read(struct spec *spec, void *dst, size_t size, const void *src);
/* A list of n: false if there is a fault, or n > 0 and no list. */
bool r53__spec_list(struct spec *spec, const char *member, const void *list, size_t n);
void *r53__spec_alloc(struct spec *spec, size_t n, size_t size);

const char *r53__spec_text(struct spec *spec, const char *text);  /* NULL gives "" */
const char *r53__spec_maybe(struct spec *spec, const char *text); /* NULL stays NULL */
/* NULL and "" are faults. */
const char *r53__spec_id(struct spec *spec, const char *member, const char *text);

/* An enumerator; 0 gives `fallback`, which may be 0. */
int32_t r53__spec_word(struct spec *spec, const char *member, const struct words *words,
                       int32_t value, int32_t fallback);
int32_t r53__spec_number(struct spec *spec, const char *member, int32_t value, int32_t least,
                         int32_t most);
/* Faults unless it is 0: what a reserved member is to mean one day cannot be obeyed here. */
void r53__spec_reserved(struct spec *spec, int64_t value);
/* NULL and "" give length 0. */
struct name r53__spec_name(struct spec *spec, const char *member, const char *text);
const struct address *r53__spec_addresses(struct spec *spec, const char *member,
                                          const char *const *texts, size_t n);

/* Number of AWS's word, or 0; word of a number, or "". */
int32_t r53__words_number(const struct words *words, const char *name);
const char *r53__words_name(const struct words *words, int32_t number);

#endif
