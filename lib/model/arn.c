#include "model/arn.h"

enum { HOME_FIELDS = 5 }; /* "arn", partition, service, Region, account */

/*
 * "arn:aws:elasticloadbalancing:us-east-1:123456789012:", the part within which names are unique;
 * empty if the text has not so many fields.
 */
static struct span arn_home(const char *arn)
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
    return r53__span_equal(arn_home(a), arn_home(b));
}
