/*
 * The health check settings of a target group (ELB-ST-07, -08, ELB-VAL-06): what a new group has,
 * and how settings that are given are put in place of those. AWS's CreateTargetGroup and
 * ModifyTargetGroup differ in what they begin with alone.
 */
#ifndef R53_LIB_MODEL_HEALTH_SETTINGS_H
#define R53_LIB_MODEL_HEALTH_SETTINGS_H

#include "model/spec.h"
#include "model/target_group.h"

/* What a group of its kind has by default; type, protocol and version are known. */
void r53__health_settings_default(struct target_group *group);

/*
 * Takes those that are given; 0 and NULL leave what the group has. Faults, and what AWS would refuse
 * of a group of its kind, are told by the spec.
 */
void r53__health_settings_read(struct spec *spec, struct target_group *group,
                               const r53_target_group *in);

#endif
