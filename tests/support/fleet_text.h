/*
 * Load balancers written as text, for tables that a reader can judge.
 *
 *   alb a b:3 c! | tg1 w=8 xz=off a1-4=ok b1=bad | tg2 w=2
 *
 * First the load balancer: alb, nlb, clb or gwlb and its zones; ":3" is the number of its node's
 * addresses (else 1), "!" a zonal shift away from it, "?" an impairment. Other words: xz=on,
 * state=<number>, ip=<number>, http:80 tcp:53 ... (its listeners; else http:80 for an alb, tcp:80),
 * act=redirect fixed auth none (the default action instead of forwarding), bind=<seconds> (the
 * forward action is sticky), idle=<seconds> (of the listeners' TCP flows), sg=<id> (a security group of it), plink=off, stick=lb stick=app (a Classic listener's policy; cookie "SID").
 *
 * Then its target groups, "|" in front of each; w=<weight> xz=off dns=<count> dns%=<percentage>
 * route=<count> route%=<percentage> type=instance type=lambda type=alb
 * proto=<number> ctl=<target control port> hc=on unknown (not described); attributes:
 * algo=<algorithm.type> mit=on slow=<seconds> sticky=<stickiness.type> lb_s=<seconds> app_s=<seconds>
 * app=<cookie name> keep=<preserve_client_ip> proxy=<proxy_protocol_v2> rst_bad=<on_unhealthy>
 * rst_gone=<on_deregistration> delay=<seconds> cut=<connection_termination of the delay> term=<unhealthy
 * connection termination> rebalance; quic (server ids: the number of each target); ids=instance in
 * front of the targets, whose ids are then of AWS's form, "i-a1". Targets are
 * <zone><number>=<state>, a run a1-4, with a port a1@81; zone "*" is "all", "_" not known. States:
 * ok bad init drain unused ud (unhealthy.draining) unav nohc; new: nothing seen.
 */
#ifndef R53_TESTS_SUPPORT_FLEET_TEXT_H
#define R53_TESTS_SUPPORT_FLEET_TEXT_H

#include <r53/cloud.h>
#include <r53/observed.h>
#include <r53/view.h>

#define FLEET_ARN  "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"
#define FLEET_NAME "web-1234567890.us-east-1.elb.amazonaws.com"

struct fleet_world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
};

/* Makes the view of a cloud that holds just this; options may be NULL. Ends the test on a word it
 * does not know. Free with fleet_world_free. */
struct fleet_world fleet_world_make(const char *text, const r53_cloud_options *options);

/* Makes the view anew, at another time and with what was observed or changed since. */
void fleet_world_look(struct fleet_world *world, int64_t now_ms);

void fleet_world_free(struct fleet_world *world);

#endif
