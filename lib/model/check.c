#include "model/check.h"

#include <string.h>

void r53__breach(struct checker *checker, int32_t rule, const char *format,
                 const char *const args[8])
{
    struct remark remark = {.severity = checker->severity,
                            .rule = rule,
                            .aws_name = checker->aws_name,
                            .path = checker->path,
                            .format = format};

    memcpy(remark.args, args, sizeof(remark.args));
    r53__remark(checker->report, &remark);
    checker->breaches++;
}
