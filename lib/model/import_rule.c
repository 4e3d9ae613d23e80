/* The import door of listener rules: what AWS would refuse is a warning. */
#include "model/import.h"

#include "base/sized.h"
#include "model/rule.h"
#include "model/rule_check.h"

static void warn_breaches(const r53_import *import, const r53_listener_rule *in)
{
    struct checker checker = {
        .report = import->report, .severity = R53_SEVERITY_WARNING, .aws_name = "ValidationError"};

    r53__rule_check(
        &checker, in,
        &(struct rule_place){.wildcards_per_rule = import->cloud->choices.wildcards_per_rule});
}

int32_t r53_import_rule(r53_import *import, const r53_listener_rule *rule)
{
    r53_listener_rule in;
    struct rule *object;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__rule_new(&object,
                       &(struct rule_maker){&import->memory, &import->cloud->regex,
                                            import->cloud->choices.regex_full_match, DOOR_IMPORT,
                                            import->report},
                       rule);
    if (rc)
        return rc;
    if (import->report && r53__sized_read(&in, sizeof(in), rule))
        warn_breaches(import, &in);
    return r53__import_keep(import, &import->objects[CLOUD_RULES], r53__span(object->arn), object);
}
