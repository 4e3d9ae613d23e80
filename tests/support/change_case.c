#include "support/change_case.h"

#include "support/elb_calls.h"
#include "support/harness.h"

#include <stdlib.h>

static void expect_said(const r53_report *report, const struct change_case *c)
{
    int32_t severity = c->rc ? R53_SEVERITY_ERROR : R53_SEVERITY_NOTE;
    r53_finding finding = {.size = sizeof(finding)};

    for (size_t i = 0; i < r53_report_count(report); i++) {
        assert_int_equal(r53_report_get(report, i, &finding), R53_OK);
        if (finding.severity == severity && strcmp(finding.aws_name, c->aws_name) == 0 &&
            strncmp(finding.text, c->text, strlen(c->text)) == 0)
            return;
    }
    fail_msg("not said: %s '%s'; last: %s '%s'", c->aws_name, c->text, finding.aws_name,
             finding.text);
}

/* What stands before the last line, which is left in `*last`. */
static void before_last(r53_cloud *cloud, const char *lines, const char **last)
{
    size_t n = strlen(lines);
    char *rest;

    while (n && lines[n - 1] == '\n')
        n--;
    while (n && lines[n - 1] != '\n')
        n--;
    *last = lines + n;
    rest = calloc(n + 1, 1);
    assert_non_null(rest);
    memcpy(rest, lines, n);
    assert_int_equal(elb_calls(cloud, rest, NULL), R53_OK);
    free(rest);
}

void change_case_check(void **state)
{
    const struct change_case *c = *state;
    struct elb_state before, after;
    r53_report *report;
    r53_cloud *cloud;
    const char *last;
    r53_view *view;
    int32_t rc;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    before_last(cloud, c->lines, &last);
    before = elb_state_take(cloud);
    rc = elb_calls(cloud, last, report);
    after = elb_state_take(cloud);
    if (rc != c->rc) {
        r53_finding f = {.size = sizeof(f), .text = "", .aws_name = ""};

        r53_report_get(report, 0, &f);
        fail_msg("%s: %s %s", r53_error_name(rc), f.aws_name, f.text);
    }
    if (c->text[0])
        expect_said(report, c);
    else
        assert_int_equal(r53_report_count(report), 0);
    assert_int_equal(elb_state_same(&before, &after), c->text[0] != '\0'); /* or a note */
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    r53_view_release(view);
    elb_state_free(&before);
    elb_state_free(&after);
    r53_report_free(report);
    r53_cloud_free(cloud);
}
