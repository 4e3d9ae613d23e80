/*
 * What is listed of load balancers can be given back to the calls that change it, as it is or with
 * nothing in it but its ARN: nothing is refused, nothing is told, and the same is listed again. So
 * a host may list, edit and give back; and what a change keeps is its own, whatever goes.
 */
#include "support/elb_calls.h"
#include "support/elb_text.h"
#include "support/harness.h"

#define ZONES "zones=us-east-1a,us-east-1b"

/* Everything that there is, listed at one time. */
struct listed {
    r53_elb_listing *balancers, *listeners, *rules, *groups;
};

static struct listed list(const r53_cloud *cloud)
{
    struct listed l;

    assert_int_equal(r53_load_balancers_list(&l.balancers, cloud), R53_OK);
    assert_int_equal(r53_listeners_list(&l.listeners, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_listener_rules_list(&l.rules, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_target_groups_list(&l.groups, cloud, NULL, NULL), R53_OK);
    return l;
}

static void listed_free(struct listed *l)
{
    r53_elb_listing_free(l->balancers);
    r53_elb_listing_free(l->listeners);
    r53_elb_listing_free(l->rules);
    r53_elb_listing_free(l->groups);
}

/* Giving back */

static void balancer_give(r53_cloud *cloud, const r53_load_balancer *lb, r53_report *report)
{
    const char *arn = lb->load_balancer_arn;

    assert_int_equal(r53_load_balancer_set_subnets(cloud, arn, lb->availability_zones,
                                                   lb->n_availability_zones, lb->ip_address_type,
                                                   report),
                     R53_OK);
    assert_int_equal(r53_load_balancer_set_ip_address_type(cloud, arn, lb->ip_address_type, report),
                     R53_OK);
    assert_int_equal(r53_load_balancer_modify_attributes(cloud, arn, NULL, 0, report), R53_OK);
    if (lb->n_security_groups)
        assert_int_equal(r53_load_balancer_set_security_groups(
                             cloud, arn, lb->security_groups, lb->n_security_groups,
                             lb->enforce_security_group_inbound_rules_on_private_link_traffic,
                             report),
                         R53_OK);
}

static void listener_give(r53_cloud *cloud, const r53_listener *listener, r53_report *report)
{
    const r53_listener bare = {.size = sizeof(bare), .listener_arn = listener->listener_arn};

    if (!listener->listener_arn) /* a Classic one is deleted and created instead */
        return;
    assert_int_equal(r53_listener_modify(cloud, &bare, report), R53_OK);
    assert_int_equal(r53_listener_modify_attributes(cloud, bare.listener_arn, NULL, 0, report),
                     R53_OK);
    assert_int_equal(r53_listener_modify(cloud, listener, report), R53_OK);
    assert_int_equal(r53_listener_modify(cloud, &bare, report), R53_OK);
}

/* Its parts one by one, and whole. */
static void rule_give(r53_cloud *cloud, const r53_listener_rule *rule, r53_report *report)
{
    r53_listener_rule part = *rule;

    assert_int_equal(r53_listener_rule_modify(cloud, rule, report), R53_OK);
    if (strcmp(rule->priority, "default") == 0)
        return;
    part.n_actions = 0;
    assert_int_equal(r53_listener_rule_modify(cloud, &part, report), R53_OK);
    part = *rule;
    part.n_conditions = 0;
    assert_int_equal(r53_listener_rule_modify(cloud, &part, report), R53_OK);
    assert_int_equal(r53_listener_rule_modify(cloud, rule, report), R53_OK);
}

static void group_give(r53_cloud *cloud, const r53_target_group *group, r53_report *report)
{
    const r53_target_group bare = {.size = sizeof(bare),
                                   .target_group_arn = group->target_group_arn};

    assert_int_equal(r53_target_group_modify(cloud, &bare, report), R53_OK);
    assert_int_equal(
        r53_target_group_modify_attributes(cloud, bare.target_group_arn, NULL, 0, report), R53_OK);
    assert_int_equal(r53_target_group_modify(cloud, group, report), R53_OK);
}

static void give_back(r53_cloud *cloud, r53_report *report)
{
    struct listed l = list(cloud);
    const r53_load_balancer *lb;
    const r53_listener *listener;
    const r53_listener_rule *rule;
    const r53_target_group *group;

    while ((lb = r53_elb_listing_next_load_balancer(l.balancers)) != NULL)
        balancer_give(cloud, lb, report);
    while ((listener = r53_elb_listing_next_listener(l.listeners)) != NULL)
        listener_give(cloud, listener, report);
    while ((rule = r53_elb_listing_next_listener_rule(l.rules)) != NULL)
        rule_give(cloud, rule, report);
    while ((group = r53_elb_listing_next_target_group(l.groups)) != NULL)
        group_give(cloud, group, report);
    listed_free(&l);
}

/* Accounts */

static const struct account_case {
    const char *what, *lines;
} cases[] = {
    {"ELB-VAL-12 an Application Load Balancer with rules",
     "create lb a1 sg=sg-1,sg-2 idle=90 " ZONES "\ncreate tg t1 HTTP:80 sticky\n"
     "create tg t2 HTTP:80 slow=30\ncreate listener a1:80 HTTP -> t2\n"
     "create rule a1:80 5 -> fixed\ncreate rule a1:80 6 -> t2"},
    {"ELB-VAL-12 one that ends TLS",
     "create lb a1 internal ip=dualstack " ZONES "\ncreate tg t1 HTTPS:443\n"
     "create listener a1:443 HTTPS certs=1 extra=2 mtls=2 -> auth then t1\n"
     "create rule a1:443 5 -> auth then t1"},
    {"ELB-VAL-12 a Network Load Balancer",
     "create lb n1 sg=sg-1 " ZONES "\nguards n1 sg-1 enforce=off\ncreate tg u1 TCP:80\n"
     "create tg u2 UDP:53\ncreate listener n1:80 TCP -> u1\ncreate listener n1:53 UDP -> u2\n"
     "set listener n1:80 tcp.idle_timeout.seconds=600\n"
     "create tg u3 TLS:443\ncreate listener n1:443 TLS certs=1 extra=1 alpn=HTTP2Only -> u3"},
    {"ELB-VAL-12 a Gateway Load Balancer",
     "create lb g1 " ZONES "\ncreate tg v1 GENEVE:6081\ncreate listener g1 -> v1"},
    {"ELB-VAL-12 a Classic Load Balancer",
     "create lb c1 sg=sg-1 idle=90 " ZONES "\ncreate listener c1:80 HTTP back=HTTP:8080\n"
     "register c1 i-1"},
    {"ELB-VAL-12 functions and load balancers as targets",
     "create lb a1 " ZONES "\ncreate tg f1 type=lambda checked=on\n"
     "create listener a1:80 HTTP -> f1\ncreate lb n1 " ZONES "\n"
     "create tg u1 TCP:80 type=alb\nregister u1 a1\ncreate listener n1:80 TCP -> u1"},
};

static void check_account(void **state)
{
    static struct elb_text before, after;
    const struct account_case *c = *state;
    r53_report *report;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, c->lines, report), R53_OK);
    elb_text(&before, cloud);
    give_back(cloud, report);
    assert_string_equal(elb_text(&after, cloud), before.at);
    assert_int_equal(r53_report_count(report), 0);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_account);
    return RUN_TESTS("given back", tests, n);
}
