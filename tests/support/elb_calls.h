/*
 * Calls of the change door of load balancers as text, one a line, for tables that a reader can
 * judge. A load balancer's kind is in the first letter of its name: a(pplication), n(etwork),
 * g(ateway), c(lassic).
 *
 *   create lb a1 zones=us-east-1a,us-east-1b        more words: name= arn= vpc= account= internal
 *                                                   ip=dualstack protect shift xz instance= idle=5
 *                                                   sg=sg-1,sg-2
 *   zones a1 us-east-1a,us-east-1c=192.0.2.1        also ip=dualstack
 *   ip a1 dualstack
 *   guards a1 sg-1,sg-2                             enforce=off; "none": no list
 *   delete lb a1
 *   create tg t1 HTTP:80                            name= arn= vpc= type=lambda version=GRPC ip6
 *                                                   xz=off sticky interval=5 timeout=6 slow=30
 *                                                   matcher=200-299 check=HTTP checked=off
 *   modify tg t1 interval=6                         the same words; protocol= port= healthy=
 *                                                   agents=9000
 *   delete tg t1
 *   create listener a1:80 HTTP -> t1:3,t2:1         "-> fixed", "-> auth then t1"; arn= certs=1
 *                                                   mtls=3 alpn=HTTP2Only back=HTTP:8080 extra=25
 *   modify listener a1:80 port=81 protocol=HTTPS certs=1 -> t2
 *   add cert a1:443 cert-9                          "default"
 *   remove cert a1:443 cert-9
 *   delete listener a1:80
 *   create rule a1:80 5 -> t1                       its path is /5
 *   modify rule a1:80 5 path=/6 -> t2               also reset
 *   delete rule a1:80 5
 *   register t1 i-1:8080 us-east-1a
 *   deregister t1 i-1
 *   set lb a1 deletion_protection.enabled=true      also "set tg t1", "set listener a1:80"
 *
 * Zones get an address each where none is given.
 */
#ifndef R53_TESTS_SUPPORT_ELB_CALLS_H
#define R53_TESTS_SUPPORT_ELB_CALLS_H

#include <r53/r53.h>

#include <stddef.h>

enum { ELB_ARN = 160 };

/* ARNs of what the lines name; written to `out`, returned. "a1:80" is a listener. */
const char *elb_balancer_arn(char out[ELB_ARN], const char *name);
const char *elb_listener_arn(char out[ELB_ARN], const char *name);
const char *elb_group_arn(char out[ELB_ARN], const char *name);
const char *elb_rule_arn(char out[ELB_ARN], const char *listener, const char *priority);

/* Makes the call of one line; ends the test on what it cannot read. */
int32_t elb_call(r53_cloud *cloud, const char *line, size_t length, r53_report *report);

/* Makes the calls of all lines, which must succeed, and gives back what the last one came to. */
int32_t elb_calls(r53_cloud *cloud, const char *lines, r53_report *report);

/* What stands in the cloud: its sealed objects, by table and slot. Free with elb_state_free. */
struct elb_state {
    const void **objects;
    size_t n;
};
struct elb_state elb_state_take(const r53_cloud *cloud);
/* Are there the same objects, not only equal ones? */
int elb_state_same(const struct elb_state *before, const struct elb_state *after);
void elb_state_free(struct elb_state *state);

#endif
