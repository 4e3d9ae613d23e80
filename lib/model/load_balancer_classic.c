/*
 * The change door of Classic load balancers: AWS's CreateLoadBalancer of their API, which makes a
 * load balancer with its first listeners.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/elb_stage.h"
#include "model/forward_walk.h"

#include <string.h>

static int32_t refuse(r53_report *report, const char *format, const char *value)
{
    return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError", format, value,
                       NULL);
}

static int32_t request_judge(const r53_load_balancer *in, size_t n, r53_report *report)
{
    if (in->type && in->type != R53_LB_CLASSIC)
        return refuse(report, "The load balancer '{0}' is not a Classic one",
                      in->load_balancer_arn);
    if (n == 0)
        return refuse(report, "A listener must be specified for the Classic load balancer '{0}'",
                      in->load_balancer_arn);
    return R53_OK;
}

/* Under the ARN of the load balancer, which need not be said again. */
static int32_t listener_stage(r53_cloud *cloud, const r53_listener *listener, const char *arn,
                              r53_report *report)
{
    r53_listener in;

    if (!r53__sized_read(&in, sizeof(in), listener))
        return r53__sized_refuse(report, "Listeners", "listener", listener, sizeof(in));
    if (in.load_balancer_arn && strcmp(in.load_balancer_arn, arn) != 0)
        return refuse(report, "A listener is of another load balancer: '{0}'",
                      in.load_balancer_arn);
    in.load_balancer_arn = arn;
    return r53__listener_stage(cloud, &in, report);
}

static int32_t all_stage(r53_cloud *cloud, const r53_load_balancer *lb,
                         const r53_listener *const *listeners, size_t n, r53_report *report)
{
    const char *arn;
    int32_t rc = r53__load_balancer_stage(cloud, lb, &arn, report);

    for (size_t i = 0; i < n && rc == R53_OK; i++)
        rc = listener_stage(cloud, listeners[i], arn, report);
    /* ELB-VAL-12: one that is there has these listeners, or its settings are others */
    if (rc == R53_OK && r53__cloud_find(cloud, CLOUD_LOAD_BALANCERS, arn, false) &&
        r53__table_pending(&cloud->tables[CLOUD_LISTENERS]))
        return r53__refuse(report, R53_E_EXISTS, RULE_ELB_LB_20, "DuplicateLoadBalancerName",
                           "A load balancer with the name '{0}' exists already, without all of "
                           "these listeners: '{1}'",
                           lb->load_balancer_name, arn);
    return rc;
}

int32_t r53_load_balancer_create_classic(r53_cloud *cloud, const r53_load_balancer *lb,
                                         const r53_listener *const *listeners, size_t n,
                                         r53_report *report)
{
    r53_load_balancer in;
    int32_t rc;

    if (!cloud || (n && !listeners))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no listeners"});
    if (!r53__sized_read(&in, sizeof(in), lb))
        return r53__sized_refuse(report, "size", "load balancer", lb, sizeof(in));
    rc = request_judge(&in, n, report);
    if (rc)
        return rc;
    in.type = R53_LB_CLASSIC;
    return r53__cloud_end(cloud, all_stage(cloud, &in, listeners, n, report));
}
