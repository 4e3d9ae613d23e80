#include "support/refused.h"

#include "support/harness.h"

void expect_refused(r53_report *report, const char *path, const char *value)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), path ? 1 : 0);
    if (!path)
        return;
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, path);
    assert_non_null(strstr(finding.text, value));
    assert_non_null(strstr(finding.text, "expected: "));
}
