/*
 * Which load balancers use which target group. A group does not know: it is attached by the actions
 * of listeners and their rules, of load balancers that there are (ELB-TG-10). So all actions are
 * gone through once and sorted, and each group finds its own by halving, as does each load
 * balancer.
 */
#ifndef R53_LIB_MODEL_ATTACHMENTS_H
#define R53_LIB_MODEL_ATTACHMENTS_H

#include <r53/cloud.h>

#include "base/alloc.h"

/* The texts are those of sealed objects of the cloud. */
struct attachment {
    const char *target_group_arn, *load_balancer_arn;
};

struct attachments {
    const void **sorted; /* struct attachment by group, then load balancer, each once */
    const void **behind; /* the same by load balancer, then group */
    size_t n;
};

/* Those of one group or load balancer, a stretch of the list. */
struct attachment_list {
    const void *const *at;
    uint32_t n;
};

/* O(a log a) in the groups that actions name. false: no memory, or more than 2^32 of them. */
bool r53__attachments_prepare(struct attachments *attachments, struct arena *arena,
                              const r53_cloud *cloud);

/* O(log a + those found). */
struct attachment_list r53__attachments_of(const struct attachments *attachments,
                                           const char *target_group_arn);
struct attachment_list r53__attachments_behind(const struct attachments *attachments,
                                               const char *load_balancer_arn);

#endif
