/*
 * Quotas of load balancers (ELB-LIM): one more than AWS's default is refused, and nothing has
 * changed; where an import brought more, the quota was raised.
 */
#include "support/elb_calls.h"
#include "support/harness.h"

#include <stdio.h>

#define ZONES "zones=us-east-1a,us-east-1b"

/* `setup`, then `line` with the numbers 0 .. n-1 in it, then with n. */
static const struct quota_case {
    const char *what, *setup, *line;
    int n;
    const char *aws_name, *text;
    const char *other; /* a line that the quota does not hold back; NULL: none */
} cases[] = {
    {"ELB-LIM-01 50 Application Load Balancers", "", "create lb a%d " ZONES, 50,
     "TooManyLoadBalancers", "The maximum number of Application Load Balancers per Region is 50",
     "create lb n0 zones=us-east-1a"},
    {"ELB-LIM-01 50 Network Load Balancers", "", "create lb n%d zones=us-east-1a", 50,
     "TooManyLoadBalancers", "The maximum number of Network Load Balancers per Region is 50",
     "create lb n0 account=1 zones=us-east-1a"},
    {"ELB-LIM-02 100 Gateway Load Balancers", "", "create lb g%d zones=us-east-1a", 100,
     "TooManyLoadBalancers", "The maximum number of Gateway Load Balancers per Region is 100",
     "create lb n0 zones=us-east-1a"},
    {"ELB-LIM-03 20 Classic Load Balancers", "", "create lb c%d zones=us-east-1a", 20,
     "TooManyLoadBalancers", "The maximum number of Classic Load Balancers per Region is 20",
     "create lb a0 " ZONES},
    {"ELB-LIM-04 100 target groups of GENEVE", "", "create tg t%d GENEVE:6081", 100,
     "TooManyTargetGroups", "The maximum number of target groups of GENEVE per Region is 100",
     "create tg u TCP:80"},
    {"ELB-LIM-04 3000 target groups", "", "create tg t%d HTTP:80", 3000, "TooManyTargetGroups",
     "The maximum number of target groups per Region is 3000", "create tg g GENEVE:6081"},
    {"ELB-LIM-05 50 listeners", "create lb a1 " ZONES, "create listener a1:1%d HTTP -> fixed", 50,
     "TooManyListeners", "The maximum number of listeners is 50", NULL},
    {"ELB-LIM-05 100 Classic listeners", "create lb c1 zones=us-east-1a",
     "create listener c1:1%d HTTP back=HTTP:80", 100, "TooManyListeners",
     "The maximum number of listeners is 100", NULL},
    {"ELB-LIM-10 500 targets in one zone",
     "create lb n1 " ZONES "\ncreate tg u1 TCP:80 type=ip\ncreate listener n1:80 TCP -> u1",
     "register u1 10.0.0.1:1%d us-east-1a", 500, "TooManyTargets",
     "The maximum number of targets in one zone is 500", "register u1 10.0.0.2:80 us-east-1b"},
    {"ELB-LIM-10 in all its target groups",
     "create lb n1 " ZONES "\ncreate tg u1 TCP:80 type=ip\ncreate tg u2 TCP:80 type=ip\n"
     "create listener n1:80 TCP -> u1\ncreate listener n1:81 TCP -> u2\n"
     "register u2 10.0.0.3 us-east-1a\nregister u2 10.0.0.4 us-east-1a",
     "register u1 10.0.0.1:1%d us-east-1a", 498, "TooManyTargets",
     "The maximum number of targets in one zone is 500", "register u2 10.0.0.5 us-east-1b"},
    {"ELB-LIM-10 500 across zones",
     "create lb n1 xz " ZONES "\ncreate tg u1 TCP:80 type=ip\ncreate listener n1:80 TCP -> u1\n"
     "register u1 10.0.0.3 us-east-1b",
     "register u1 10.0.0.1:1%d us-east-1a", 499, "TooManyTargets",
     "The maximum number of targets with cross-zone load balancing is 500", NULL},
    {"ELB-LIM-12 300 targets of a gateway in one zone",
     "create lb g1 " ZONES "\ncreate tg u1 GENEVE:6081 type=ip\ncreate listener g1: - -> u1",
     "register u1 10.0.0.1:1%d us-east-1a", 300, "TooManyTargets",
     "The maximum number of targets of a target group in one zone is 300",
     "register u1 10.0.0.2 us-east-1b"},
    {"ELB-LIM-09 1000 targets of an Application Load Balancer",
     "create lb a1 " ZONES "\ncreate tg t1 HTTP:80\ncreate tg t2 HTTP:80\n"
     "create listener a1:80 HTTP -> t1,t2\nregister t2 i-1\nregister t2 i-2",
     "register t1 i-3:1%d", 998, "TooManyTargets", "The maximum number of targets is 1000", NULL},
    {"ELB-LIM-08 100 target groups of an Application Load Balancer",
     "create lb a1 " ZONES "\ncreate tg s1 HTTP:80\ncreate listener a1:80 HTTP -> s1",
     "create tg t%d HTTP:80\ncreate rule a1:80 1%d -> t%d", 99,
     "TooManyUniqueTargetGroupsPerLoadBalancer", "The maximum number of target groups is 100",
     NULL},
    {"ELB-LIM-08 by rules that are changed",
     "create lb a1 " ZONES "\ncreate tg s1 HTTP:80\ncreate listener a1:80 HTTP -> s1",
     "create tg t%d HTTP:80\ncreate rule a1:80 1%d -> s1\nmodify rule a1:80 1%d -> t%d", 99,
     "TooManyUniqueTargetGroupsPerLoadBalancer", "The maximum number of target groups is 100",
     NULL},
};

static void numbered(char *out, size_t room, const char *line, int i)
{
    snprintf(out, room, line, i, i, i, i);
}

static void expect_error(const r53_report *report, const char *aws_name, const char *text)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, aws_name);
    if (strncmp(finding.text, text, strlen(text)) != 0)
        fail_msg("%s", finding.text);
}

static void check_case(void **state)
{
    const struct quota_case *c = *state;
    struct elb_state before, after;
    r53_report *report;
    r53_cloud *cloud;
    char line[200];

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, c->setup, NULL), R53_OK);
    for (int i = 0; i < c->n; i++) {
        numbered(line, sizeof(line), c->line, i);
        if (elb_calls(cloud, line, report) != R53_OK)
            fail_msg("refused: %s", line);
    }
    numbered(line, sizeof(line), c->line, c->n);
    while (strchr(line, '\n')) { /* what comes first is allowed */
        assert_int_equal(elb_call(cloud, line, strcspn(line, "\n"), NULL), R53_OK);
        memmove(line, strchr(line, '\n') + 1, strlen(strchr(line, '\n')));
    }
    before = elb_state_take(cloud);
    assert_int_equal(elb_calls(cloud, line, report), R53_E_LIMIT);
    expect_error(report, c->aws_name, c->text);
    after = elb_state_take(cloud);
    assert_true(elb_state_same(&before, &after));
    if (c->other)
        assert_int_equal(elb_calls(cloud, c->other, NULL), R53_OK);
    elb_state_free(&before);
    elb_state_free(&after);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* ELB-LIM-11: ten load balancers count as 500 targets across zones, as 50 each else. */
static void check_balancers(void **unused)
{
    static const char *const kinds[] = {"", " xz"};

    (void)unused;
    for (int across = 0; across < 2; across++) {
        int most = across ? 5 : 10;
        r53_cloud *cloud;
        char line[200];

        assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
        snprintf(line, sizeof(line), "create lb n1 zones=us-east-1a%s", kinds[across]);
        assert_int_equal(elb_calls(cloud, line, NULL), R53_OK);
        for (int i = 0; i <= most; i++) {
            snprintf(line, sizeof(line),
                     "create lb a%d " ZONES "\ncreate tg u%d TCP:80 type=alb\nregister u%d a%d", i,
                     i, i, i);
            assert_int_equal(elb_calls(cloud, line, NULL), R53_OK);
            snprintf(line, sizeof(line), "create listener n1:1%d TCP -> u%d", i, i);
            assert_int_equal(elb_calls(cloud, line, NULL), i < most ? R53_OK : R53_E_LIMIT);
        }
        r53_cloud_free(cloud);
    }
}

static void balancers_import(r53_cloud *cloud, int n)
{
    r53_import *import;

    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    for (int i = 0; i < n; i++) {
        char name[16], arn[ELB_ARN];
        r53_load_balancer lb = {.size = sizeof(lb), .type = R53_LB_CLASSIC};

        snprintf(name, sizeof(name), "c%d", i);
        lb.load_balancer_name = name;
        lb.load_balancer_arn = elb_balancer_arn(arn, name);
        assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
}

static void check_raised(void **unused)
{
    r53_cloud *cloud;

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    balancers_import(cloud, 20);
    assert_int_equal(elb_calls(cloud, "create lb c20 zones=us-east-1a", NULL), R53_E_LIMIT);
    balancers_import(cloud, 21);
    assert_int_equal(elb_calls(cloud, "create lb c21 zones=us-east-1a", NULL), R53_OK);
    r53_cloud_free(cloud);
}

/*
 * A group of a load balancer is full: the same target once more, and one whose group is not used.
 */
static void check_registrations(void **unused)
{
    r53_report *report;
    r53_cloud *cloud;
    r53_import *import;
    char arn[ELB_ARN];

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud,
                               "create lb a1 " ZONES
                               "\ncreate tg t1 HTTP:80\ncreate tg t2 HTTP:80\n"
                               "create tg t3 HTTP:80\ncreate listener a1:80 HTTP -> t1,t2,t3",
                               NULL),
                     R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    elb_group_arn(arn, "t1");
    for (int32_t i = 1; i <= 1001; i++) { /* one more than 1000: that quota has been raised */
        const r53_target target = {.size = sizeof(target), .id = i > 1 ? "i-1" : "i-2", .port = i};

        assert_int_equal(r53_import_target(import, arn, &target, 0, NULL), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "register t2 i-3", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t2 i-1", report), R53_E_LIMIT);
    expect_error(report, "TooManyRegistrationsForTargetId",
                 "The maximum number of registrations of one target is 1000");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* ELB-LIM-02: zones by VPC; what its instances stand in counts as their zone (ELB-LIM-10). */
static void check_instances(void **unused)
{
    r53_cloud *cloud;
    r53_import *import;
    char line[80];

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_instance(import, "i-1", "us-east-1a"), R53_OK);
    assert_int_equal(r53_import_instance(import, "i-2", "us-east-1b"), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud,
                               "create lb n1 " ZONES
                               "\ncreate tg u1 TCP:80\ncreate listener n1:80 TCP -> u1",
                               NULL),
                     R53_OK);
    for (int i = 0; i < 500; i++) {
        snprintf(line, sizeof(line), "register u1 i-1:1%d", i);
        assert_int_equal(elb_calls(cloud, line, NULL), R53_OK);
    }
    assert_int_equal(elb_calls(cloud, "register u1 i-1:80", NULL), R53_E_LIMIT);
    assert_int_equal(elb_calls(cloud, "register u1 i-2:80", NULL), R53_OK);
    r53_cloud_free(cloud);
}

/*
 * What a load balancer forwards to is asked once for many registrations, but anew after a change.
 */
static void check_changes(void **unused)
{
    r53_cloud *cloud;
    char line[80];

    (void)unused;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud,
                               "create lb a1 " ZONES
                               "\ncreate tg t1 HTTP:80\ncreate tg t2 HTTP:80\n"
                               "create listener a1:80 HTTP -> t1",
                               NULL),
                     R53_OK);
    for (int i = 0; i < 999; i++) {
        snprintf(line, sizeof(line), "register t1 i-1:1%d", i);
        assert_int_equal(elb_calls(cloud, line, NULL), R53_OK);
    }
    assert_int_equal(elb_calls(cloud, "register t2 i-2:1\nregister t2 i-2:2", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "deregister t2 i-2:2", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "create rule a1:80 1 -> t2", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t2 i-2:3", NULL), R53_E_LIMIT);
    assert_int_equal(elb_calls(cloud, "register t1 i-2:3", NULL), R53_E_LIMIT);
    assert_int_equal(elb_calls(cloud, "delete rule a1:80 1", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t2 i-2:3", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t1 i-2:3", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t1 i-2:4", NULL), R53_E_LIMIT);
    assert_int_equal(elb_calls(cloud, "delete lb a1", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "register t2 i-2:4", NULL), R53_OK);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "ELB-LIM-11 load balancers as targets count as many", check_balancers);
    ADD_TEST(tests, n, "ELB-LIM-03 a quota that was raised is not known", check_raised);
    ADD_TEST(tests, n, "ELB-LIM-15 1000 registrations of one target", check_registrations);
    ADD_TEST(tests, n, "ELB-LIM-10 instances count in their zone", check_instances);
    ADD_TEST(tests, n, "ELB-LIM-09 what is behind a load balancer is asked anew after a change",
             check_changes);
    return RUN_TESTS("elb_quota", tests, n);
}
