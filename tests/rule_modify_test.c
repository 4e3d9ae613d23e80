/*
 * AWS's ModifyRule: what is given replaces, what is not given stays, and what is refused changes
 * nothing. A row is the rules that stand there, imported, the change as a rule line, and what a
 * request then comes to.
 */
#include "support/elb_calls.h"
#include "support/harness.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdlib.h>

static const struct modify_case {
    const char *what, *rules, *change;
    struct {
        const char *request, *result;
    } after[3];
    r53_listener_rule with; /* members in place of the line's, where they are not 0 */
} cases[] = {
    {"ELB-VAL-08 actions alone: the conditions stay",
     "5 path=/a -> a\n7 path=/b -> b",
     "5 -> b",
     {{"GET /a", "b"}, {"GET /c", "def"}},
     {0}},
    {"ELB-VAL-08 conditions alone: the actions stay",
     "5 path=/a -> a",
     "5 path=/c",
     {{"GET /c", "a"}, {"GET /a", "def"}},
     {0}},
    {"ELB-VAL-08 a list replaces all that the rule had of it",
     "5 host=a.test path=/a -> a",
     "5 path=/c",
     {{"GET /c | Host: b.test", "a"}},
     {0}},
    {"ELB-VAL-08 conditions and actions at once",
     "5 path=/a -> a\n7 path=/x -> b",
     "5 path=/c -> fixed 404",
     {{"GET /c", "404 text/plain "}, {"GET /a", "def"}},
     {0}},
    {"ELB-LSN-16 ELB-ALB-RULE-02 the priority stays",
     "5 path=/a -> a\n7 path=/* -> b",
     "5 path=/b*",
     {{"GET /b1", "a"}, {"GET /a", "b"}},
     {0}},
    {"ELB-VAL-23 whose the rule is may be said as it is",
     "5 path=/a -> a",
     "5 path=/c",
     {{"GET /c", "a"}},
     {.listener_arn = RULE_LISTENER}},
    {"ELB-JSON-11 what an import brought is not judged again",
     "5 path=/a,/b,/c,/d,/e,/f -> a\n7 path=/x -> b",
     "5 -> b",
     {{"GET /f", "b"}},
     {0}},
    {"ELB-JSON-11 nor actions",
     "5 path=/ -> redirect HTTP_301",
     "5 path=/c",
     {{"GET /", "def"}},
     {0}},
    {"ELB-VAL-08 ELB-LSN-04 the actions of a default rule are its listener's",
     "5 path=/a -> a\ndefault -> def",
     "default -> a",
     {{"GET /", "a"}},
     {0}},
};

static void spec_read(struct rule_spec *spec, const char *line, const r53_listener_rule *with)
{
    rule_spec_read(spec, line);
    if (with->rule_arn)
        spec->rule.rule_arn = with->rule_arn;
    if (with->listener_arn)
        spec->rule.listener_arn = with->listener_arn;
    if (with->priority)
        spec->rule.priority = with->priority;
    spec->rule.reset_transforms = with->reset_transforms;
    spec->rule.reserved = with->reserved;
}

static void expect_results(const r53_view *view, const struct modify_case *c)
{
    char result[64];

    for (size_t i = 0; i < COUNT(c->after) && c->after[i].request; i++) {
        struct request_spec request;

        request_spec_read(&request, c->after[i].request);
        rule_result(view, &request.request, result, sizeof(result));
        assert_string_equal(result, c->after[i].result);
    }
}

static void check_case(void **state)
{
    const struct modify_case *c = *state;
    struct rule_world world = rule_world_make(c->rules, NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_finding f = {.size = sizeof(f)};
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    spec_read(spec, c->change, &c->with);
    if (r53_listener_rule_modify(world.cloud, &spec->rule, report) != R53_OK) {
        r53_report_get(report, 0, &f);
        fail_msg("%s %s", f.aws_name, f.text);
    }
    assert_int_equal(r53_report_count(report), 0);
    rule_world_look(&world);
    expect_results(world.view, c);
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
}

/* Refusals */

static const struct refusal_case {
    const char *what, *rules, *change;
    int32_t rc;
    const char *aws_name, *text;
    r53_listener_rule with;
} refusals[] = {
    {"ELB-VAL-08 ELB-VAL-21 nothing is given",
     "5 path=/a -> a",
     "5",
     R53_E_INVALID,
     "ValidationError",
     "Either conditions or actions must be specified",
     {0}},
    {"ELB-VAL-20 no such rule",
     "5 path=/a -> a",
     "6 -> a",
     R53_E_NOT_FOUND,
     "RuleNotFound",
     "One or more rules not found: '" RULE_ARN "6'",
     {0}},
    {"ELB-VAL-08 a default rule has no conditions",
     "default -> def",
     "default path=/a",
     R53_E_INVALID,
     "OperationNotPermitted",
     "Of the default rule '" RULE_ARN "default' only the actions",
     {0}},
    {"ELB-VAL-08 ELB-ALB-XFORM-01 nor transforms",
     "default -> def",
     "default -> def",
     R53_E_INVALID,
     "OperationNotPermitted",
     "Of the default rule",
     {.reset_transforms = 1}},
    {"ELB-VAL-20 a default rule to a group that is not there",
     "default -> def",
     "default -> nowhere",
     R53_E_NOT_FOUND,
     "TargetGroupNotFound",
     "One or more target groups not found: 'nowhere'",
     {0}},
    {"ELB-VAL-23 another priority",
     "5 path=/a -> a",
     "5 -> a",
     R53_E_INVALID,
     "ValidationError",
     "The priority of rule '" RULE_ARN "5' is set with SetRulePriorities",
     {.priority = "6"}},
    {"ELB-VAL-23 a priority that is none",
     "5 path=/a -> a",
     "5 -> a",
     R53_E_INVALID,
     "ValidationError",
     "The priority of rule",
     {.priority = "x"}},
    {"ELB-VAL-23 another listener",
     "5 path=/a -> a",
     "5 -> a",
     R53_E_INVALID,
     "ValidationError",
     "Rule '" RULE_ARN "5' belongs to '" RULE_LISTENER "'",
     {.listener_arn = "other"}},
    {"ELB-ALB-XFORM-01 transforms given and reset",
     "5 path=/a -> a",
     "5 url~^/a=>/b",
     R53_E_INVALID,
     "ValidationError",
     "The transforms of rule '" RULE_ARN "5' are given or reset",
     {.reset_transforms = 1}},
    {"ELB-VAL-23 transforms reset by another number",
     "5 path=/a -> a",
     "5 -> a",
     R53_E_INVALID,
     "ValidationError",
     "The request to change rule '" RULE_ARN "5' resets",
     {.reset_transforms = 2}},
    {"ELB-VAL-23 a member that is none",
     "5 path=/a -> a",
     "5 -> a",
     R53_E_INVALID,
     "ValidationError",
     "The reserved member of the request to change rule '" RULE_ARN "5'",
     {.reserved = 1}},
    {"ELB-ALB-RULE-06 ELB-LIM-14 too many values",
     "5 path=/a -> a",
     "5 path=/a,/b,/c,/d,/e,/f",
     R53_E_INVALID,
     "ValidationError",
     "A rule can only have '5' condition values",
     {0}},
    {"ELB-ALB-RULE-04 two conditions of one field",
     "5 path=/a -> a",
     "5 path=/a path=/b",
     R53_E_INVALID,
     "ValidationError",
     "A rule can only have one 'path-pattern' condition",
     {0}},
    {"ELB-ALB-COND-20 a value",
     "5 path=/a -> a",
     "5 path=/{",
     R53_E_INVALID,
     "ValidationError",
     "The 'path-pattern' value '/{' is invalid",
     {0}},
    {"ELB-ALB-ACT-21 a redirect to itself",
     "5 path=/a -> a",
     "5 -> redirect HTTP_301",
     R53_E_INVALID,
     "InvalidLoadBalancerAction",
     "The redirect configuration is not valid",
     {0}},
    {"ELB-ALB-ACT-01 a log-in over HTTP",
     "5 path=/a -> a",
     "5 -> auth=deny then a",
     R53_E_INVALID,
     "InvalidLoadBalancerAction",
     "Authenticate and jwt-validation actions need an HTTPS listener",
     {0}},
    {"ELB-VAL-20 a group that is not there",
     "5 path=/a -> a",
     "5 -> nowhere",
     R53_E_NOT_FOUND,
     "TargetGroupNotFound",
     "One or more target groups not found: 'nowhere'",
     {0}},
    {"ELB-ALB-COND-70 a regular expression, and no engine",
     "5 path=/a -> a",
     "5 path~^/a",
     R53_E_UNSUPPORTED,
     "",
     "'^/a' is a regular expression",
     {0}},
};

static void expect_said(const r53_report *report, const char *aws_name, const char *text)
{
    r53_finding f = {.size = sizeof(f), .aws_name = "", .text = "nothing"};

    for (size_t i = 0; i < r53_report_count(report); i++) {
        assert_int_equal(r53_report_get(report, i, &f), R53_OK);
        if (f.severity == R53_SEVERITY_ERROR && strcmp(f.aws_name, aws_name) == 0 &&
            strncmp(f.text, text, strlen(text)) == 0)
            return;
    }
    fail_msg("not said: %s '%s'; last: %s '%s'", aws_name, text, f.aws_name, f.text);
}

static void check_refusal(void **state)
{
    const struct refusal_case *c = *state;
    struct rule_world world = rule_world_make(c->rules, NULL);
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    struct elb_state before = elb_state_take(world.cloud), after;
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    spec_read(spec, c->change, &c->with);
    assert_int_equal(r53_listener_rule_modify(world.cloud, &spec->rule, report), c->rc);
    expect_said(report, c->aws_name, c->text);
    assert_int_equal(r53_listener_rule_modify(world.cloud, &spec->rule, NULL), c->rc);
    after = elb_state_take(world.cloud);
    assert_true(elb_state_same(&before, &after));
    elb_state_free(&before);
    elb_state_free(&after);
    r53_report_free(report);
    free(spec);
    rule_world_free(&world);
}

/* Transforms and programs */

static int32_t change(struct rule_world *world, const char *line, int32_t reset)
{
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    int32_t rc;

    rule_spec_read(spec, line);
    spec->rule.reset_transforms = reset;
    rc = r53_listener_rule_modify(world->cloud, &spec->rule, NULL);
    rule_world_look(world);
    free(spec);
    return rc;
}

static void expect_url(const r53_view *view, const char *request, const char *expected)
{
    struct request_spec spec;
    r53_selection s = {.size = sizeof(s)};
    char url[64];

    request_spec_read(&spec, request);
    spec.request.load_balancer = RULE_LB;
    assert_int_equal(r53_elb_select(view, &spec.request, NULL, &s, NULL), R53_OK);
    assert_int_equal(
        r53_selection_text_write(view, &spec.request, &s, R53_TEXT_URL, url, sizeof(url), NULL),
        R53_OK);
    assert_string_equal(url, expected);
}

/*
 * Programs belong to the rule that was sealed with them, and go with it: whatever is changed, in
 * whatever order, each is given back once, and a rule keeps those of few others.
 */
static void check_programs(void **unused)
{
    static const r53_rule_priority to = {RULE_ARN "5", 6, 0}, back = {RULE_ARN "5", 5, 0};
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world =
        rule_world_make("5 path~^/a url~^/a=>/b -> a\n7 path=/x -> b", &options);

    (void)unused;
    expect_url(world.view, "GET /a1", "/b1");
    assert_int_equal(change(&world, "5 url~^/a=>/c", 0), R53_OK);
    expect_url(world.view, "GET /a1", "/c1");
    for (int i = 0; i < 20; i++) { /* each in turn, moved in between */
        assert_int_equal(change(&world, "5 path~^/d", 0), R53_OK);
        assert_int_equal(change(&world, "5 url~^/d=>/e", 0), R53_OK);
        assert_int_equal(r53_listener_rule_set_priorities(world.cloud, &to, 1, NULL), R53_OK);
        assert_int_equal(r53_listener_rule_set_priorities(world.cloud, &back, 1, NULL), R53_OK);
        assert_int_equal(change(&world, i % 2 ? "5 -> a" : "5 -> b", 0), R53_OK);
    }
    expect_url(world.view, "GET /d1", "/e1");
    assert_true(counts.live <= 4);
    assert_int_equal(change(&world, "5 url~^/d=>/f url~^/f=>/g", 0), R53_E_INVALID);
    assert_int_equal(change(&world, "5", 1), R53_OK);
    expect_url(world.view, "GET /d1", "/d1");
    assert_int_equal(change(&world, "5 path=/d", 0), R53_OK);
    assert_int_equal(counts.live, 0);
    rule_world_free(&world);
}

/* An engine that refuses the new program changes nothing. */
static void check_engine(void **unused)
{
    struct regex_counts counts = {0};
    r53_regex_engine engine = regex_engine(&counts);
    r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make("5 path~^/a -> a", &options);

    (void)unused;
    counts.fail_at = counts.compiles + 1;
    assert_int_equal(change(&world, "5 path~^/b", 0), R53_E_NOMEM);
    expect_url(world.view, "GET /a1", "/a1");
    counts.fail_at = 0;
    assert_int_equal(change(&world, "5 path~^/b", 0), R53_OK);
    expect_url(world.view, "GET /b1", "/b1");
    rule_world_free(&world);
    assert_int_equal(counts.live, 0);
}

/* A rule whose listener nobody told has no place that it could be judged in. */
static void check_listener_unknown(void **unused)
{
    struct rule_spec *spec = calloc(1, sizeof(*spec));
    r53_import *import;
    r53_cloud *cloud;

    (void)unused;
    rule_spec_read(spec, "5 path=/a -> fixed 404");
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_rule(import, &spec->rule), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(r53_listener_rule_modify(cloud, &spec->rule, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_listener_rule_modify(NULL, &spec->rule, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_rule_modify(cloud, NULL, NULL), R53_E_INVALID);
    spec->rule.reset_transforms = 1; /* of this call alone */
    assert_int_equal(r53_listener_rule_create(cloud, &spec->rule, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
    free(spec);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(refusals) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_CASES(tests, n, refusals, check_refusal);
    ADD_TEST(tests, n,
             "ELB-ALB-XFORM-01 transforms are replaced, stay and are reset, one of a type",
             check_programs);
    ADD_TEST(tests, n, "an engine without memory changes nothing", check_engine);
    ADD_TEST(tests, n, "ELB-VAL-20 a rule whose listener is not known", check_listener_unknown);
    return RUN_TESTS("rule_modify", tests, n);
}
