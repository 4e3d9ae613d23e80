/*
 * The quick way's second half: from a group of address records to the records of the answer,
 * through its policy and where aliases lead.
 */
#ifndef R53_LIB_ROUTE53_QUICK_GROUP_H
#define R53_LIB_ROUTE53_QUICK_GROUP_H

#include "dns/writer.h"
#include "route53/quick.h"

/*
 * Writes the records into the answer section, or what goes with none (R53-DISP-08, R53-ELB-03), and
 * sets the end's scope. false: not covered, and `w` is to be given up.
 */
bool r53__quick_group(const struct quick *q, const struct group *group, struct writer *w,
                      struct writer_end *end);

/* The same for a simple alias, by the index of its detail. */
bool r53__quick_alias(const struct quick *q, size_t detail, struct writer *w,
                      struct writer_end *end);

#endif
