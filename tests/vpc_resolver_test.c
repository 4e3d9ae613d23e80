/*
 * What lies between a VPC and the hosted zones: its DNS settings, and its resolver's rules beside
 * its private zones.
 */
#include "support/harness.h"
#include "support/shares.h"

#include "view/view.h"

#include <r53/flow.h>
#include <r53/import.h>
#include <r53/outcomes.h>
#include <r53/rulebook.h>

#include <stdio.h>

/* A name in public and in private, for two VPCs, and a more specific private zone for the first. */
#define ZONES                                                                                      \
    "www A 192.0.2.1\n"                                                                            \
    "zone ZP example.com vpc-1,vpc-2\nwww A 10.0.0.1\n"                                            \
    "zone ZS sub.example.com vpc-1\nwww.sub.example.com. A 10.0.0.2\n"

#define PUBLIC    "NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
#define PRIVATE   "NOERROR aa; www 300 A 10.0.0.1; AUTH=NS\n"
#define BELOW     "NOERROR aa; www.sub 300 A 10.0.0.2; AUTH=NS\n"
#define FORWARDED "REFUSED\n"

static const struct policy_case answers[] = {
    {"R53-PRIV-02 nothing is known of a VPC: both are on", ZONES, "",
     "www A vpc=vpc-1 -> " PRIVATE "www A -> " PUBLIC},
    {"R53-PRIV-02 both are on", ZONES "vpcdns vpc-1 support=on hostnames=on\n", "",
     "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-02 without host names the public zone answers",
     ZONES "vpcdns vpc-1 hostnames=off\n", "",
     "www A vpc=vpc-1 -> " PUBLIC "www A vpc=vpc-2 -> " PRIVATE "www A -> " PUBLIC},
    {"R53-PRIV-02 without DNS support the public zone answers",
     ZONES "vpcdns vpc-2 support=off\n", "",
     "www A vpc=vpc-1 -> " PRIVATE "www A vpc=vpc-2 -> " PUBLIC},
    {"R53-PRIV-02 settings are said one at a time",
     ZONES "vpcdns vpc-1 hostnames=off\nvpcdns vpc-1 support=on\n", "",
     "www A vpc=vpc-1 -> " PUBLIC},
    {"R53-PRIV-02 the last word on a setting holds",
     ZONES "vpcdns vpc-1 hostnames=off\nvpcdns vpc-1 hostnames=on\n", "",
     "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-02 a zone that is named is asked all the same",
     ZONES "vpcdns vpc-1 hostnames=off\n", "", "www A vpc=vpc-1 zone=ZP -> " PRIVATE},
    {"R53-PRIV-08 a rule for the name of a private zone comes before it",
     ZONES "rule rr-1 FORWARD example.com vpc-1\n", "",
     "www A vpc=vpc-1 -> " FORWARDED "www A vpc=vpc-2 -> " PRIVATE "www A -> " PUBLIC},
    {"R53-PRIV-08 a more specific private zone comes before a rule",
     ZONES "rule rr-1 FORWARD example.com vpc-1\n", "", "www.sub A vpc=vpc-1 -> " BELOW},
    {"R53-PRIV-08 a more specific rule comes before a private zone",
     ZONES "rule rr-1 FORWARD www.sub.example.com vpc-1\n", "",
     "www.sub A vpc=vpc-1 -> " FORWARDED "a.www.sub A vpc=vpc-1 -> " FORWARDED
     "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-08 a rule comes before public zones", ZONES "rule rr-1 FORWARD example.com vpc-3\n",
     "", "www A vpc=vpc-3 -> " FORWARDED "www A vpc=vpc-4 -> " PUBLIC},
    {"R53-PRIV-08 a rule for all names", ZONES "rule rr-1 FORWARD . vpc-1\n", "",
     "www.example.org. A vpc=vpc-1 -> " FORWARDED "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-08 of several rules the most specific decides",
     ZONES "rule rr-1 FORWARD example.com vpc-2\nrule rr-2 SYSTEM www.example.com vpc-2\n"
           "rule rr-3 FORWARD com vpc-2\n", "",
     "www A vpc=vpc-2 -> " PRIVATE "mail A vpc=vpc-2 -> " FORWARDED},
    {"R53-PRIV-08 AWS's own rule for all names forwards nothing",
     ZONES "rule rr-1 RECURSIVE . vpc-1\n", "", "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-08 labels count, not letters", ZONES "rule rr-1 FORWARD ample.com vpc-1\n", "",
     "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-08 letter case does not count", ZONES "rule rr-1 FORWARD EXAMPLE.com. vpc-1\n", "",
     "www A vpc=vpc-1 -> " FORWARDED},
    {"R53-PRIV-08 a rule without VPC is for nobody", ZONES "rule rr-1 FORWARD example.com\n", "",
     "www A vpc=vpc-1 -> " PRIVATE},
    {"R53-PRIV-08 without host names a VPC has its resolver's rules",
     ZONES "rule rr-1 FORWARD example.com vpc-1\nvpcdns vpc-1 hostnames=off\n", "",
     "www A vpc=vpc-1 -> " FORWARDED},
    {"R53-PRIV-08 without DNS support a VPC has no resolver",
     ZONES "rule rr-1 FORWARD example.com vpc-1\nvpcdns vpc-1 support=off\n", "",
     "www A vpc=vpc-1 -> " PUBLIC},
    {"R53-PRIV-08 a zone that is named is asked all the same",
     ZONES "rule rr-1 FORWARD example.com vpc-1\n", "", "www A vpc=vpc-1 zone=ZP -> " PRIVATE},
    {"R53-PRIV-08 DS of a zone's name", ZONES "rule rr-1 FORWARD sub.example.com vpc-1\n", "",
     "sub DS vpc=vpc-1 -> " FORWARDED},
    {"R53-PRIV-14 a delegate rule changes nothing", ZONES "rule rr-1 DELEGATE example.com vpc-1\n",
     "", "www A vpc=vpc-1 -> " PRIVATE},
};

#define FOUND ", group-found R53-DISP-01, record-chosen R53-SIMPLE-01, answer-values R53-SIMPLE-02\n"
#define BOTH  "zone-chosen R53-PRIV-05, public-passed-over R53-PRIV-09" FOUND

static const struct policy_case decisions[] = {
    {"R53-PRIV-02 the trace tells what is off",
     ZONES "vpcdns vpc-1 hostnames=off\nvpcdns vpc-2 support=off\n", "",
     "www A vpc=vpc-1 -> vpc-hostnames-off R53-PRIV-02, zone-chosen R53-ZONE-10" FOUND
     "www A vpc=vpc-2 -> vpc-support-off R53-PRIV-02, zone-chosen R53-ZONE-10" FOUND},
    {"R53-PRIV-08 the trace tells of rules",
     ZONES "rule rr-1 FORWARD example.com vpc-1\nrule rr-2 SYSTEM example.com vpc-2\n", "",
     "www A vpc=vpc-1 -> forwarded R53-PRIV-08\n"
     "www.sub A vpc=vpc-1 -> resolver-rule-passed-over R53-PRIV-08, zone-chosen R53-PRIV-05" FOUND
     "www A vpc=vpc-2 -> resolver-rule-system R53-PRIV-08, " BOTH},
};

/* As people read it */

static void sentences(void **state)
{
    static const char *const expected[] = {
        "resolver rule rr-1 for example.com. of the client's VPC has other name servers answer",
        "resolver rule rr-1 for example.com. does not count, as private hosted zone "
        "sub.example.com. (ZS) is closer to the name"};
    static const char *const names[] = {"www.example.com", "www.sub.example.com"};
    struct world world;

    (void)state;
    world_open(&world, ZONES "rule rr-1 FORWARD example.com vpc-1\n");
    for (size_t i = 0; i < COUNT(names); i++) {
        const r53_query query = {.size = sizeof(query), .name = names[i], .vpc_id = "vpc-1"};
        r53_disposition d = {.size = sizeof(d)};
        r53_trace *trace;
        char text[200];

        assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
        assert_int_equal(r53_dispatch(world.view, &query, &d, trace), R53_OK);
        assert_int_equal(r53_trace_text(trace, 0, text, sizeof(text), NULL), R53_OK);
        assert_string_equal(text, expected[i]);
        if (i == 0) {
            assert_int_equal(d.kind, R53_DISPOSITION_FORWARDED);
            assert_string_equal(r53_rule_id(d.rule), "R53-PRIV-08");
            assert_string_equal(d.hosted_zone_id, "");
            assert_int_equal(d.n_record_sets, 0);
        }
        r53_trace_free(trace);
    }
    world_close(&world);
}

/* A CNAME leads to a name that is forwarded: what a resolver is told ends there. */
static const struct policy_case chains[] = {
    {"R53-PRIV-08 an alias stays in its zone, whatever rules say",
     ZONES "zone ZQ corp.test vpc-1\na.corp.test. A alias=ZQ/b.corp.test.\n"
           "b.corp.test. A 10.0.0.3\nrule rr-1 FORWARD b.corp.test vpc-1\n", "",
     "a.corp.test. A vpc=vpc-1 -> NOERROR aa; a.corp.test. 300 A 10.0.0.3; AUTH=NS\n"
     "b.corp.test. A vpc=vpc-1 -> " FORWARDED},
};

static void outcome(void **state)
{
    const r53_query query = {.size = sizeof(query), .name = "www.example.com", .vpc_id = "vpc-1"};
    r53_outcome one = {.size = sizeof(one)};
    r53_outcomes *outcomes;
    struct world world;

    (void)state;
    world_open(&world, ZONES "rule rr-1 FORWARD example.com vpc-1\n");
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    assert_int_equal(r53_outcomes_count(outcomes), 1);
    assert_int_equal(r53_outcomes_get(outcomes, 0, &one), R53_OK);
    assert_int_equal(one.kind, R53_OUTCOME_RCODE);
    assert_int_equal(one.rcode, R53_RCODE_REFUSED);
    r53_outcomes_free(outcomes);
    world_close(&world);
}

/* A flow ends where the query is forwarded. */
static void flow_tells(void **state)
{
    const r53_query query = {.size = sizeof(query), .name = "www.example.com", .vpc_id = "vpc-1"};
    static const char *const told[][2] = {{"Route 53 receives query", "Query received"},
                                          {"Record is forwarded by the VPC's resolver",
                                           "No record to return"},
                                          {"REFUSED sent to user", "REFUSED"}};
    struct world world;
    r53_flow *flow;

    (void)state;
    world_open(&world, ZONES "rule rr-1 FORWARD example.com vpc-1\n");
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    assert_int_equal(r53_flow_run(world.view, &query, NULL, NULL, flow), R53_OK);
    assert_int_equal(r53_flow_step_count(flow), COUNT(told));
    for (size_t i = 0; i < COUNT(told); i++) {
        r53_flow_step step = {.size = sizeof(step)};

        assert_int_equal(r53_flow_step_get(flow, i, &step), R53_OK);
        assert_string_equal(step.decision, told[i][0]);
        assert_string_equal(step.output, told[i][1]);
    }
    r53_flow_free(flow);
    world_close(&world);
}

/* Import */

/* A setting that is left open stays as the cloud has it; an association can end. */
static void later_imports(void **state)
{
    char told[ANSWER_TEXT_MAX];
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, ZONES "vpcdns vpc-1 hostnames=off\nrule rr-1 FORWARD example.com vpc-2\n");
    world_say(&world, "vpcdns vpc-1 support=on\n");
    world_look(&world);
    assert_int_equal(r53__vpc_dns_state(&world.view->vpcs, "vpc-1"), VPC_HOSTNAMES_OFF);
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_resolver_rule_association(import, "rr-1", "vpc-2", 0), R53_OK);
    assert_int_equal(r53_import_resolver_rule_association(import, "rr-9", "vpc-2", 0), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_string_equal(decisions_text(told, world.view, "www A vpc=vpc-2"),
                        "forwarded R53-PRIV-08"); /* a view stays as it is */
    world_look(&world);
    assert_int_equal(world.view->vpcs.n_rules, 0);
    world_close(&world);
}

/* Many VPCs and rules, said in no order: each is found, and nobody else's. */
static void many(void **state)
{
    enum { VPCS = 40 };
    struct world world;
    char line[120];

    (void)state;
    world_open(&world, "");
    for (int i = 0; i < VPCS; i++) {
        int at = i * 17 % VPCS;

        snprintf(line, sizeof(line),
                 "vpcdns vpc-%02d hostnames=%s\nrule rr-%02d FORWARD v%02d.test vpc-%02d,vpc-all\n",
                 at, at % 3 ? "on" : "off", at, at, at);
        world_say(&world, line);
    }
    world_look(&world);
    for (int i = 0; i < VPCS; i++) {
        struct name_buffer name;
        int32_t own, all;

        snprintf(line, sizeof(line), "www.v%02d.test", i);
        assert_int_equal(r53__name_parse(&name, r53__span(line)), NAME_OK);
        all = r53__vpc_rule_find(&world.view->vpcs, "vpc-all", r53__name(&name));
        snprintf(line, sizeof(line), "vpc-%02d", i);
        own = r53__vpc_rule_find(&world.view->vpcs, line, r53__name(&name));
        assert_true(own >= 0 && all >= 0);
        assert_ptr_equal(world.view->vpcs.rules[own].rule, world.view->vpcs.rules[all].rule);
        assert_int_equal(r53__vpc_dns_state(&world.view->vpcs, line),
                         i % 3 ? VPC_DNS_ON : VPC_HOSTNAMES_OFF);
        snprintf(line, sizeof(line), "vpc-%02d", (i + 1) % VPCS);
        assert_int_equal(r53__vpc_rule_find(&world.view->vpcs, line, r53__name(&name)), -1);
    }
    world_close(&world);
}

#define RULE(...)                                                                                  \
    {                                                                                              \
        .size = sizeof(r53_resolver_rule), __VA_ARGS__                                             \
    }
#define VPC(...)                                                                                   \
    {                                                                                              \
        .size = sizeof(r53_vpc_dns), __VA_ARGS__                                                   \
    }

static void refusals(void **state)
{
    static const r53_resolver_rule rules[] = {
        {.size = 0},
        RULE(.rule_type = R53_RESOLVER_FORWARD, .domain_name = "a.test"),
        RULE(.id = "rr-1", .domain_name = "a.test"),
        RULE(.id = "rr-1", .rule_type = 5, .domain_name = "a.test"),
        RULE(.id = "rr-1", .rule_type = R53_RESOLVER_FORWARD),
        RULE(.id = "rr-1", .rule_type = R53_RESOLVER_SYSTEM, .domain_name = "a..test"),
    };
    static const r53_vpc_dns vpcs[] = {
        {.size = 0},
        VPC(.enable_dns_support = R53_OPTION_ON),
        VPC(.vpc_id = "vpc-1", .enable_dns_support = 3),
        VPC(.vpc_id = "vpc-1", .enable_dns_hostnames = -1),
    };
    struct world world;
    r53_import *import;
    size_t told = 0;

    (void)state;
    world_open(&world, "");
    r53_report_clear(world.report);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, world.report), R53_OK);
    for (size_t i = 0; i < COUNT(rules); i++) {
        assert_int_equal(r53_import_resolver_rule(import, &rules[i]), R53_E_INVALID);
        assert_int_equal(r53_report_count(world.report), ++told);
    }
    for (size_t i = 0; i < COUNT(vpcs); i++) {
        assert_int_equal(r53_import_vpc(import, &vpcs[i]), R53_E_INVALID);
        assert_int_equal(r53_report_count(world.report), ++told);
    }
    assert_int_equal(r53_import_resolver_rule_association(import, "", "v", 1), R53_E_INVALID);
    assert_int_equal(r53_import_resolver_rule_association(import, "r", NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_import_resolver_rule_association(import, "r", "v", 2), R53_E_INVALID);
    assert_int_equal(r53_report_count(world.report), told + 3);
    assert_int_equal(r53_import_vpc(NULL, &vpcs[0]), R53_E_INVALID);
    assert_int_equal(r53_import_resolver_rule(NULL, &rules[0]), R53_E_INVALID);
    assert_int_equal(r53_import_resolver_rule_association(NULL, "r", "v", 1), R53_E_INVALID);
    assert_int_equal(r53_import_resolver_rule(import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_vpc(import, NULL), R53_E_INVALID);
    r53_import_free(import);
    assert_string_equal(r53_resolver_rule_type_name(R53_RESOLVER_DELEGATE), "DELEGATE");
    assert_string_equal(r53_resolver_rule_type_name(R53_RESOLVER_DELEGATE + 1), "");
    world_close(&world);
}

/* What is said of a rule that nobody described is a warning. */
static void dangling(void **state)
{
    r53_finding finding = {.size = sizeof(finding)};
    struct world world;
    r53_import *import;

    (void)state;
    world_open(&world, "");
    r53_report_clear(world.report);
    assert_int_equal(r53_import_new(&import, world.cloud, NULL, world.report), R53_OK);
    assert_int_equal(r53_import_resolver_rule_association(import, "rr-1", "vpc-1", 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(r53_report_count(world.report), 1);
    assert_int_equal(r53_report_get(world.report, 0, &finding), R53_OK);
    assert_int_equal(finding.severity, R53_SEVERITY_WARNING);
    assert_string_equal(finding.rule, "R53-PRIV-08");
    assert_string_equal(finding.text, "the resolver rule 'rr-1', which is associated with the VPC "
                                      "'vpc-1', is not known");
    world_close(&world);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(answers) + COUNT(decisions) + COUNT(chains) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, answers, check_answers);
    ADD_CASES(tests, n, decisions, check_decisions);
    ADD_CASES(tests, n, chains, check_answers);
    ADD_TEST(tests, n, "R53-PRIV-08 the trace names rule and zone", sentences);
    ADD_TEST(tests, n, "R53-PRIV-08 a forwarded query is an outcome", outcome);
    ADD_TEST(tests, n, "R53-PRIV-08 a forwarded query ends the flow", flow_tells);
    ADD_TEST(tests, n, "R53-PRIV-02 R53-PRIV-08 later imports", later_imports);
    ADD_TEST(tests, n, "R53-PRIV-02 R53-PRIV-08 many VPCs", many);
    ADD_TEST(tests, n, "R53-PRIV-02 R53-PRIV-08 what makes no sense is refused", refusals);
    ADD_TEST(tests, n, "R53-PRIV-08 a rule that is not known", dangling);
    return RUN_TESTS("vpc_resolver", tests, n);
}
