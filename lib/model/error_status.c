/*
 * HTTP statuses of AWS's errors, for hosts that speak its protocol: a few names bear one of their
 * own, what is not found bears 404, all others 400 (R53-ERR-40).
 */
#include <r53/report.h>

#include "base/text.h"

enum { BAD_REQUEST = 400, UNAUTHORIZED = 401, NOT_FOUND = 404, CONFLICT = 409 };

static const struct {
    const char *aws_name;
    int32_t status;
} rows[] = {
    {"CidrCollectionVersionMismatchException", CONFLICT},
    {"HealthCheckAlreadyExists", CONFLICT},
    {"HealthCheckVersionMismatch", CONFLICT},
    {"HostedZoneAlreadyExists", CONFLICT},
    {"NotAuthorizedException", UNAUTHORIZED},
    {"VPCAssociationNotFound", NOT_FOUND},
};

int32_t r53_error_http_status(const char *aws_name)
{
    if (!aws_name || !*aws_name)
        return 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (strcmp(rows[i].aws_name, aws_name) == 0)
            return rows[i].status;
    }
    return strncmp(aws_name, "NoSuch", 6) == 0 ? NOT_FOUND : BAD_REQUEST;
}
