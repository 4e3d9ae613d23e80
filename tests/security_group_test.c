/*
 * Security groups of load balancers: which packets their inbound rules let in, and what is
 * refused of them. A group is written as
 *
 *   sg-1 tcp 80-443 203.0.113.0/24 2001:db8::/32; udp 53 0.0.0.0/0; -1 sg-2 pl-1
 */
#include "support/fleet_text.h"
#include "support/harness.h"
#include "support/trace_text.h"

#include <r53/elb.h>
#include <r53/import.h>
#include <r53/rulebook.h>

#include <stdio.h>
#include <stdlib.h>

enum { RULES = 4, SOURCES = 4, TEXT = 200 };

/* A group, read. Points into itself. */
struct group_text {
    r53_security_group group;
    r53_ip_permission permissions[RULES];
    const r53_ip_permission *list[RULES];
    const char *ipv4[RULES][SOURCES], *ipv6[RULES][SOURCES], *ids[RULES][SOURCES],
        *lists[RULES][SOURCES];
    char text[TEXT];
};

static void source_read(struct group_text *g, char *word)
{
    size_t i = g->group.n_ip_permissions - 1;
    r53_ip_permission *p = &g->permissions[i];

    if (strncmp(word, "sg-", 3) == 0)
        g->ids[i][p->n_group_ids++] = word;
    else if (strncmp(word, "pl-", 3) == 0)
        g->lists[i][p->n_prefix_list_ids++] = word;
    else if (strchr(word, ':'))
        g->ipv6[i][p->n_ipv6_ranges++] = word;
    else
        g->ipv4[i][p->n_ip_ranges++] = word;
}

static void permission_begin(struct group_text *g, const char *protocol)
{
    uint32_t i = g->group.n_ip_permissions++;

    g->permissions[i] = (r53_ip_permission){.size = sizeof(r53_ip_permission),
                                            .ip_protocol = protocol,
                                            .ip_ranges = g->ipv4[i],
                                            .ipv6_ranges = g->ipv6[i],
                                            .group_ids = g->ids[i],
                                            .prefix_list_ids = g->lists[i]};
    g->list[i] = &g->permissions[i];
}

/* "80", "80-443"; false: it is no port. */
static bool ports_read(struct group_text *g, const char *word)
{
    r53_ip_permission *p = &g->permissions[g->group.n_ip_permissions - 1];
    const char *dash = strchr(word, '-');

    if (strchr(word, '.') || strchr(word, ':') || word[0] < '0' || word[0] > '9')
        return false;
    p->from_port = atoi(word);
    p->to_port = dash ? atoi(dash + 1) : p->from_port;
    return true;
}

static void group_read(struct group_text *g, const char *text)
{
    bool begins = true;

    *g = (struct group_text){.group = {.size = sizeof(g->group), .ip_permissions = g->list}};
    snprintf(g->text, sizeof(g->text), "%s", text);
    g->group.group_id = strtok(g->text, " ");
    for (char *word = strtok(NULL, " "); word; word = strtok(NULL, " ")) {
        size_t n = strlen(word);
        bool ends = word[n - 1] == ';';

        if (ends)
            word[n - 1] = '\0';
        if (begins)
            permission_begin(g, word);
        else if (!ports_read(g, word))
            source_read(g, word);
        begins = ends;
    }
}

static const struct packet_case {
    const char *what, *world, *groups[2];
    const char *source, *source_group;
    int32_t port, protocol, private_link;
    bool dropped;
} packet_cases[] = {
    {"ELB-LB-47 a load balancer without groups takes all", "nlb a | t a1=ok", {NULL},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 so does one whose group is not known", "nlb sg=sg-1 a | t a1=ok", {NULL},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 or one of whose groups is not", "nlb sg=sg-1 sg=sg-2 a | t a1=ok", {"sg-1"},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 a group without rules takes nothing", "nlb sg=sg-1 a | t a1=ok", {"sg-1"},
     "203.0.113.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 a rule for the sender", "nlb sg=sg-1 a | t a1=ok",
     {"sg-1 tcp 80 203.0.113.0/24"}, "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 none for the sender", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 80 203.0.113.0/24"},
     "203.0.114.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 none for the port", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 81-90 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 the last port of a range", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 70-80 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 none for the protocol", "nlb udp:80 sg=sg-1 a | t proto=5 a1=ok",
     {"sg-1 tcp 80 0.0.0.0/0"}, "203.0.113.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 one of its own", "nlb udp:80 sg=sg-1 a | t proto=5 a1=ok",
     {"sg-1 tcp 80 0.0.0.0/0; udp 80 0.0.0.0/0"}, "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 a protocol by number", "nlb sg=sg-1 a | t a1=ok", {"sg-1 6 80 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 every protocol and port", "nlb sg=sg-1 a | t a1=ok", {"sg-1 -1 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 of the other family", "nlb sg=sg-1 a | t a1=ok", {"sg-1 -1 0.0.0.0/0"},
     "2001:db8::7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 with a rule for it", "nlb sg=sg-1 a | t a1=ok", {"sg-1 -1 0.0.0.0/0 2001:db8::/32"},
     "2001:db8::7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 groups add up", "nlb sg=sg-1 sg=sg-2 a | t a1=ok",
     {"sg-1 tcp 80 10.0.0.0/8", "sg-2 tcp 80 203.0.113.7/32"}, "203.0.113.7", NULL, 80, 0, 0,
     false},
    {"ELB-LB-47 a rule for the sender's group", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 80 sg-9"},
     "203.0.113.7", "sg-9", 80, 0, 0, false},
    {"ELB-LB-47 which it is not in", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 80 sg-9"},
     "203.0.113.7", "sg-8", 80, 0, 0, true},
    {"ELB-LB-47 a prefix list may hold anybody", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 80 pl-9"},
     "203.0.113.7", NULL, 80, 0, 0, false},
    {"ELB-LB-47 a sender who may be anybody", "nlb sg=sg-1 a | t a1=ok",
     {"sg-1 tcp 80 203.0.113.0/24"}, NULL, NULL, 80, 0, 0, false},
    {"ELB-LB-47 but on that port", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 81 203.0.113.0/24"}, NULL,
     NULL, 80, 0, 0, true},
    {"ELB-LB-47 before it is seen whether anything listens", "nlb sg=sg-1 a | t a1=ok",
     {"sg-1 tcp 80 0.0.0.0/0"}, "203.0.113.7", NULL, 81, 0, 0, true},
    {"ELB-LB-47 a port that is not said", "nlb sg=sg-1 a | t a1=ok", {"sg-1 tcp 80 0.0.0.0/0"},
     "203.0.113.7", NULL, 0, 0, 0, false},
    {"ELB-LB-47 an Application Load Balancer's", "alb sg=sg-1 a | t a1=ok", {"sg-1 tcp 443 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 a Classic one's", "clb sg=sg-1 a | t a1=ok", {"sg-1 tcp 443 0.0.0.0/0"},
     "203.0.113.7", NULL, 80, 0, 0, true},
    {"ELB-LB-47 ELB-NLB-25 through an endpoint", "nlb sg=sg-1 a | t a1=ok", {"sg-1"},
     "203.0.113.7", NULL, 80, 0, 1, true},
    {"ELB-LB-47 ELB-NLB-25 where it is not enforced", "nlb sg=sg-1 plink=off a | t a1=ok", {"sg-1"},
     "203.0.113.7", NULL, 80, 0, 1, false},
    {"ELB-LB-47 for others it still is", "nlb sg=sg-1 plink=off a | t a1=ok", {"sg-1"},
     "203.0.113.7", NULL, 80, 0, 0, true},
};

static void groups_import(struct fleet_world *world, const char *const *texts, size_t n)
{
    struct group_text group;
    r53_import *import;

    assert_int_equal(r53_import_new(&import, world->cloud, world->observed, NULL), R53_OK);
    for (size_t i = 0; i < n && texts[i]; i++) {
        group_read(&group, texts[i]);
        assert_int_equal(r53_import_security_group(import, &group.group), R53_OK);
    }
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(world, 0);
}

static void check_packet(void **state)
{
    const struct packet_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .source_address = c->source,
                                 .port = c->port,
                                 .protocol = c->protocol,
                                 .private_link = c->private_link,
                                 .source_security_groups = &c->source_group,
                                 .n_source_security_groups = c->source_group != NULL};
    r53_selection s = {.size = sizeof(s)};

    groups_import(&world, c->groups, COUNT(c->groups));
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, c->dropped ? R53_SELECTED_DROPPED : R53_SELECTED_TARGET);
    if (c->dropped) {
        assert_string_equal(r53_rule_id(s.rule), "ELB-LB-47");
        assert_int_equal(s.listener_port, 0);
    }
    fleet_world_free(&world);
}

/* Health goes its own way: a closed load balancer is in DNS as before. */
static void check_health(void **state)
{
    struct fleet_world world = fleet_world_make("nlb sg=sg-1 a | t a1=ok", NULL);
    static const char *const groups[] = {"sg-1"};
    const r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    groups_import(&world, groups, 1);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.outcome, R53_SELECTED_DROPPED);
    assert_string_equal(s.availability_zone, "a");
    fleet_world_free(&world);
}

static void check_trace(void **state)
{
    struct fleet_world world = fleet_world_make("nlb sg=sg-1 a | t a1=ok", NULL);
    static const char *const groups[] = {"sg-1 tcp 80 0.0.0.0/0"};
    r53_request request = {.size = sizeof(request), .load_balancer = FLEET_ARN};
    r53_selection s = {.size = sizeof(s)};
    r53_trace *trace;

    (void)state;
    groups_import(&world, groups, 1);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_true(trace_tells(trace, "the security groups of network load balancer " FLEET_NAME
                             ". admit the packet to port 80", NULL));
    request.port = 90;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, trace), R53_OK);
    assert_true(trace_tells(trace, "no rule of the security groups of network load balancer " FLEET_NAME
                             ". admits the packet to port 90", NULL));
    r53_trace_free(trace);
    fleet_world_free(&world);
}

/* What makes no sense, and what AWS would refuse */

static const struct refusal_case {
    const char *what, *group;
    const char *path; /* of the finding; NULL: taken */
    int32_t severity;
} refusal_cases[] = {
    {"ELB-LB-47 a protocol that there is not", "sg-1 tpc 80 0.0.0.0/0",
     "IpPermissions[0].IpProtocol", R53_SEVERITY_ERROR},
    {"ELB-LB-47 a protocol's number that there is not", "sg-1 256 80 0.0.0.0/0",
     "IpPermissions[0].IpProtocol", R53_SEVERITY_ERROR},
    {"ELB-LB-47 no prefix", "sg-1 udp 80 0.0.0.0/0; tcp 80 0.0.0.0/33",
     "IpPermissions[1].IpRanges.CidrIp", R53_SEVERITY_ERROR},
    {"ELB-LB-47 no IPv6 prefix", "sg-1 tcp 80 x::/0", "IpPermissions[0].Ipv6Ranges.CidrIpv6",
     R53_SEVERITY_ERROR},
    {"ELB-LB-47 no port", "sg-1 tcp 80-65536 0.0.0.0/0", "IpPermissions[0].ToPort",
     R53_SEVERITY_ERROR},
    {"ELB-LB-47 a prefix list is warned of", "sg-1 tcp 80 pl-1",
     "IpPermissions[0].PrefixListIds", R53_SEVERITY_WARNING},
};

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    struct group_text group;
    r53_finding finding = {.size = sizeof(finding)};
    r53_cloud *cloud;
    r53_import *import;
    r53_report *report;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    group_read(&group, c->group);
    assert_int_equal(r53_import_security_group(import, &group.group),
                     c->severity == R53_SEVERITY_ERROR ? R53_E_INVALID : R53_OK);
    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, c->path);
    assert_int_equal(finding.severity, c->severity);
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void check_arguments(void **state)
{
    r53_security_group group = {.size = sizeof(group), .group_id = "sg-1", .n_ip_permissions = 1};
    const r53_ip_permission *permissions[] = {NULL};
    r53_cloud *cloud;
    r53_import *import;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_security_group(NULL, &group), R53_E_INVALID);
    assert_int_equal(r53_import_security_group(import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_security_group(import, &group), R53_E_INVALID);
    group.ip_permissions = permissions;
    assert_int_equal(r53_import_security_group(import, &group), R53_E_INVALID);
    group.n_ip_permissions = 0;
    assert_int_equal(r53_import_security_group(import, &group), R53_OK);
    group.group_id = "";
    assert_int_equal(r53_import_security_group(import, &group), R53_E_INVALID);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

/* Load balancers with too many groups, or with QUIC */

static const struct lint_case {
    const char *what, *rule;
    uint32_t groups;
    int32_t protocol;
} lint_cases[] = {
    {"ELB-LIM-19 five groups", NULL, 5, R53_PROTOCOL_TCP},
    {"ELB-LIM-19 six are too many", "ELB-LIM-19", 6, R53_PROTOCOL_TCP},
    {"ELB-LB-47 QUIC goes without groups", "ELB-LB-47", 1, R53_PROTOCOL_QUIC},
    {"ELB-LB-47 TCP_QUIC too", "ELB-LB-47", 1, R53_PROTOCOL_TCP_QUIC},
    {"ELB-LB-47 and without any it is taken", NULL, 0, R53_PROTOCOL_QUIC},
};

static void lint_import(r53_import *import, const struct lint_case *c)
{
    static const char *const ids[] = {"sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"};
    const r53_load_balancer lb = {.size = sizeof(lb),
                                  .type = R53_LB_NETWORK,
                                  .load_balancer_arn = "lb",
                                  .security_groups = ids,
                                  .n_security_groups = c->groups};
    const r53_weighted_target_group to = {"g", 1, 0};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .target_groups = &to,
                                        .n_target_groups = 1};
    const r53_listener_action *actions = &action;
    const r53_listener listener = {.size = sizeof(listener),
                                   .protocol = c->protocol,
                                   .listener_arn = "l",
                                   .load_balancer_arn = "lb",
                                   .port = 443,
                                   .default_actions = &actions,
                                   .n_default_actions = 1};
    const r53_target_group group = {.size = sizeof(group),
                                    .protocol = c->protocol,
                                    .target_group_arn = "g",
                                    .port = 443};

    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_listener(import, &listener), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
}

static void check_lint(void **state)
{
    const struct lint_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    r53_cloud *cloud;
    r53_import *import;
    r53_report *report;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    lint_import(import, c);
    assert_int_equal(r53_report_count(report), c->rule ? 1 : 0);
    if (c->rule) {
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.rule, c->rule);
    }
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(packet_cases) + COUNT(refusal_cases) + COUNT(lint_cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, packet_cases, check_packet);
    ADD_CASES(tests, n, refusal_cases, check_refusal);
    ADD_CASES(tests, n, lint_cases, check_lint);
    ADD_TEST(tests, n, "ELB-LB-47 a closed load balancer is in DNS all the same", check_health);
    ADD_TEST(tests, n, "the trace tells who is let in", check_trace);
    ADD_TEST(tests, n, "a security group is checked", check_arguments);
    return RUN_TESTS("security groups", tests, n);
}
