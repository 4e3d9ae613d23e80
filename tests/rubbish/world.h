/*
 * One object of each kind, made by the public calls alone: a zone with an alias to a load balancer,
 * a listener with a rule, a group with two healthy targets, and whatever can be asked of them.
 */
#ifndef R53_TESTS_RUBBISH_WORLD_H
#define R53_TESTS_RUBBISH_WORLD_H

#include <r53/r53.h>

#define WORLD_ARN          "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
#define WORLD_BALANCER     WORLD_ARN "loadbalancer/app/web/50dc6c495c0c9188"
#define WORLD_BALANCER_DNS "web-1.us-east-1.elb.amazonaws.com"
#define WORLD_LISTENER     WORLD_ARN "listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2"
#define WORLD_RULE                                                                                 \
    WORLD_ARN "listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee"
#define WORLD_CHECK "abcdef11-2222-3333-4444-555555fedcba"
#define WORLD_GROUP WORLD_ARN "targetgroup/web/73e2d6bc24d8a067"

/* Members bear the names of their types, for calls.py. */
struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    r53_view *view;
    r53_elb_state *elb_state;
    r53_answer *answer;
    r53_trace *trace;
    r53_flow *flow;
    r53_outcomes *outcomes;
    r53_tree *tree;
    r53_listing *listing;
    r53_elb_listing *elb_listing;
    r53_cidr_listing *cidr_listing;
    r53_health_check_listing *health_check_listing;
    r53_target_health_listing *target_health_listing;
    r53_selection selection;
    r53_message message;
};

/* Ends the program where one of the calls fails. */
void world_new(struct world *world);
void world_free(struct world *world);

#endif
