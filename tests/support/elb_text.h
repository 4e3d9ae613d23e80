/*
 * All that a cloud's listings tell of load balancers as text, every member that is not 0: so two
 * clouds can be compared, and what is listed be imported again.
 */
#ifndef R53_TESTS_SUPPORT_ELB_TEXT_H
#define R53_TESTS_SUPPORT_ELB_TEXT_H

#include <r53/elb_describe.h>
#include <r53/import.h>

enum { ELB_TEXT_MAX = 1 << 16 };

struct elb_text {
    char at[ELB_TEXT_MAX];
    size_t n;
};

/* Load balancers, listeners, rules, groups and targets, and what is said apart, one a line. Returns out->at. */
const char *elb_text(struct elb_text *out, const r53_cloud *cloud);

/* One struct alone. */
const char *elb_text_balancer(struct elb_text *out, const r53_load_balancer *lb);
const char *elb_text_listener(struct elb_text *out, const r53_listener *listener);
const char *elb_text_rule(struct elb_text *out, const r53_listener_rule *rule);
const char *elb_text_group(struct elb_text *out, const r53_target_group *group);
const char *elb_text_target(struct elb_text *out, const r53_target *target);

/* Puts all that is listed into the import; R53_OK or the first failure. */
int32_t elb_import(r53_import *import, const r53_cloud *cloud);

/* A cloud that holds what is listed of this one; free with r53_cloud_free. */
r53_cloud *elb_copy(const r53_cloud *cloud, const r53_cloud_options *options);

#endif
