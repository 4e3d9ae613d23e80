/*
 * Any octets as a JSON document, read into an import that is then committed and made a view of. The
 * first octet says how: bit 0 leaves out what is invalid, bit 1 reads it as a change request, bits 2
 * to 4 say nothing of a load balancer, a target group, a listener.
 */
#include "fuzz/fuzz.h"

#include <r53/json.h>
#include <r53/view.h>

static void read_document(r53_cloud *cloud, const char *text, size_t n,
                          const r53_json_context *context)
{
    r53_view *view;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    int32_t rc;

    MUST(r53_observed_new(&observed, NULL) == R53_OK);
    MUST(r53_report_new(&report, NULL) == R53_OK);
    MUST(r53_import_new(&import, cloud, observed, report) == R53_OK);
    rc = r53_json_read(import, text, n, context, report);
    /* what is refused is told */
    MUST(rc == R53_OK || r53_report_count_of(report, R53_SEVERITY_ERROR) > 0);
    if (rc == R53_OK && r53_import_commit(import) == R53_OK) {
        MUST(r53_view_new(&view, cloud, observed, 0, report) == R53_OK);
        r53_view_release(view);
    }
    r53_import_free(import);
    r53_report_free(report);
    r53_observed_free(observed);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    static const r53_json_subnet subnet = {"subnet-a", "us-east-1a", NULL, NULL};
    r53_json_context context = {.size = sizeof(context), .account = "123456789012",
                                .region = "us-east-1", .hosted_zone_id = "Z1",
                                .hosted_zone_name = "example.com", .load_balancer = "lb",
                                .target_group_arn = "tg", .health_check_id = "h",
                                .cidr_collection_id = "c", .listener_arn = "l", .subnets = &subnet,
                                .n_subnets = 1};
    const char *text = (const char *)octets + 1;
    r53_cloud *cloud;

    if (n == 0)
        return 0;
    MUST(r53_cloud_new(&cloud, NULL) == R53_OK);
    context.skip_invalid = octets[0] & 1;
    context.load_balancer = octets[0] & 4 ? NULL : context.load_balancer;
    context.target_group_arn = octets[0] & 8 ? NULL : context.target_group_arn;
    context.listener_arn = octets[0] & 16 ? NULL : context.listener_arn;
    if (octets[0] & 2)
        r53_json_change(cloud, text, n - 1, &context, NULL);
    else
        read_document(cloud, text, n - 1, &context);
    r53_cloud_free(cloud);
    return 0;
}
