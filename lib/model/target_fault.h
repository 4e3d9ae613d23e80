/*
 * Whether an id can be that of a target of a group at all: it has the form of those of the group's
 * type. What is told is a row of a table, for the door says by itself in which place.
 */
#ifndef R53_LIB_MODEL_TARGET_FAULT_H
#define R53_LIB_MODEL_TARGET_FAULT_H

#include "model/target_group.h"

struct target_fault {
    int32_t rule;
    const char *aws_name;
    const char *text; /* {0} is the id */
};

/*
 * What keeps the id, registered with the zone ("" : none said), out of the group; NULL: nothing.
 * ELB-TG-01, -06, ELB-VAL-11, ELB-IP-05.
 */
const struct target_fault *r53__target_fault(const struct target_group *group, const char *id,
                                             const char *zone);

#endif
