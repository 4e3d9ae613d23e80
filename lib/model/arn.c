#include "model/arn.h"

enum { HOME_FIELDS = 5 }; /* "arn", partition, service, Region, account */

struct span r53__arn_home(const char *arn)
{
    struct span text = r53__span(arn);
    int colons = 0;

    for (size_t i = 0; i < text.length; i++) {
        colons += text.at[i] == ':';
        if (colons == HOME_FIELDS)
            return (struct span){text.at, i + 1};
    }
    return (struct span){"", 0};
}

bool r53__arn_together(const char *a, const char *b)
{
    return r53__span_equal(r53__arn_home(a), r53__arn_home(b));
}
