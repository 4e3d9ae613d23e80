#include "trace_text.h"

#include "harness.h"

#include <r53/rulebook.h>

bool trace_tells(const r53_trace *trace, const char *text, const char *rule)
{
    for (size_t i = 0; i < r53_trace_count(trace); i++) {
        r53_trace_entry entry = {.size = sizeof(entry)};
        char line[500];

        assert_int_equal(r53_trace_get(trace, i, &entry), R53_OK);
        assert_int_equal(r53_trace_text(trace, i, line, sizeof(line), NULL), R53_OK);
        if (strcmp(line, text) == 0 && (!rule || strcmp(r53_rule_id(entry.rule), rule) == 0))
            return true;
    }
    return false;
}
