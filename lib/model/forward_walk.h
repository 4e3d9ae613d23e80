/*
 * All places of a cloud from where traffic is forwarded: listeners, then rules. It answers who uses
 * a target group and what a load balancer uses, which no object of the cloud says by itself, since
 * attachment is by actions alone.
 */
#ifndef R53_LIB_MODEL_FORWARD_WALK_H
#define R53_LIB_MODEL_FORWARD_WALK_H

#include "model/cloud.h"
#include "model/listener.h"
#include "model/rule.h"

struct forward_place {
    const struct listener *listener; /* NULL: a rule whose listener is not known */
    const struct rule *rule;         /* NULL: the listener's own, default actions */
    const struct action *actions;
    uint32_t n_actions;
};

struct forward_walk {
    const r53_cloud *cloud;
    bool staged; /* as it will be once what is staged is committed */
    size_t at;   /* 0 to begin */
};

/* The next place; false: there is none any more. */
bool r53__forward_next(struct forward_walk *walk, struct forward_place *place);

bool r53__place_forwards(const struct forward_place *place, const char *target_group_arn);

/* The object of this id or slot, as it is or, `staged`, as it will be. */
const void *r53__cloud_find(const r53_cloud *cloud, enum cloud_kind kind, const char *id,
                            bool staged);
const void *r53__cloud_at(const r53_cloud *cloud, enum cloud_kind kind, size_t slot, bool staged);

#endif
