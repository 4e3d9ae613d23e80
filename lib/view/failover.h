/*
 * Failover: which record set of a group answers. Health alone decides, so it is settled when the
 * view is made (view/verdict.c).
 */
#ifndef R53_LIB_VIEW_FAILOVER_H
#define R53_LIB_VIEW_FAILOVER_H

#include "view/view.h"

/* The group's first record set of this role (enum r53_failover), or -1. */
int32_t r53__failover_find(const struct zone *zone, const struct group *group, int32_t role);

/* The record set that the group answers, by the verdicts. */
int32_t r53__failover_settle(const struct view_zone *zone, const struct group *group);

#endif
