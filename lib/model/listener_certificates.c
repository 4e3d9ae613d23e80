/*
 * The change door of a listener's certificates: AWS's AddListenerCertificates and
 * RemoveListenerCertificates, which each name one certificate. The default one is not theirs; it
 * may be in the list besides, as a certificate that is not the default one.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/elb_find.h"
#include "model/elb_quota.h"
#include "model/forward_check.h"
#include "model/forward_walk.h"

#include <string.h>

/* Place of the certificate in the list, the default one not counted; n_certificates: none. */
static uint32_t place_of(const struct listener *listener, const char *arn)
{
    uint32_t i = 0;

    while (i < listener->n_certificates && (listener->certificates[i].is_default ||
                                            strcmp(listener->certificates[i].arn, arn) != 0))
        i++;
    return i;
}

static bool is_default(const struct listener *listener, const char *arn)
{
    bool found = false;

    for (uint32_t i = 0; i < listener->n_certificates && !found; i++)
        found =
            listener->certificates[i].is_default && strcmp(listener->certificates[i].arn, arn) == 0;
    return found;
}

static void unchanged_note(r53_report *report, const char *format, const char *arn,
                           const char *listener_arn)
{
    r53__remark(report, &(struct remark){.severity = R53_SEVERITY_NOTE,
                                         .rule = RULE_ELB_TLS_01,
                                         .format = format,
                                         .args = {arn, listener_arn}});
}

/* A copy with room for `n` certificates, of which it has as many as fit; NULL: no memory, told. */
static struct listener *copy_of(const r53_cloud *cloud, const struct listener *listener, uint32_t n,
                                struct certificate **certificates, r53_report *report)
{
    struct listener *copy = NULL;
    uint32_t kept = n < listener->n_certificates ? n : listener->n_certificates;

    if (r53__listener_copy(&copy, &cloud->memory, listener) == R53_OK)
        *certificates = r53__arena_alloc(&copy->head.arena, n, sizeof(**certificates));
    if (!copy || !*certificates) {
        r53__object_unref(copy);
        r53__remark_nomem(report);
        return NULL;
    }
    if (kept)
        memcpy(*certificates, copy->certificates, kept * sizeof(**certificates));
    return copy;
}

/* Add */

/* ELB-LSN-03: what may be added, and to which listener. */
static int32_t addition_judge(const struct listener *listener, const r53_certificate *in,
                              r53_report *report)
{
    if (!in->certificate_arn || !*in->certificate_arn)
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError",
                           "A certificate ARN must be specified for '{0}'", listener->arn, NULL);
    if (in->is_default)
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_VAL_23, "ValidationError",
                           "The certificate '{0}' cannot be added as the default one of '{1}'; "
                           "expected no IsDefault",
                           in->certificate_arn, listener->arn);
    if (!r53__listener_speaks(listener, SECURE_BITS))
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_LSN_03, "ValidationError",
                           "A certificate cannot be specified for {1} listeners: '{0}'",
                           listener->arn, r53_protocol_name(listener->protocol));
    return R53_OK;
}

/* ELB-LIM-07 is judged with the longer list staged. */
static int32_t addition_put(r53_cloud *cloud, const struct listener *listener,
                            const r53_certificate *in, r53_report *report)
{
    uint32_t n = listener->n_certificates;
    struct certificate *certificates = NULL;
    struct listener *copy = copy_of(cloud, listener, n + 1, &certificates, report);
    struct spec spec = r53__spec(copy ? &copy->head.arena : NULL, report);

    if (!copy)
        return R53_E_NOMEM;
    spec.door = DOOR_CHANGE;
    r53__certificate_read(&spec, &certificates[n], in);
    if (spec.error) {
        r53__object_unref(copy);
        return spec.error;
    }
    copy->certificates = certificates;
    copy->n_certificates = n + 1;
    if (r53__table_give(&cloud->tables[CLOUD_LISTENERS], r53__span(listener->arn), copy) != R53_OK)
        return r53__remark_nomem(report);
    return r53__cloud_end(cloud, r53__quota_use(cloud, listener->load_balancer_arn, report));
}

int32_t r53_listener_add_certificate(r53_cloud *cloud, const char *listener_arn,
                                     const r53_certificate *certificate, r53_report *report)
{
    const struct listener *listener;
    r53_certificate in;
    int32_t rc;

    rc = r53__change_read(cloud, &in, sizeof(in), certificate, "certificate", report);
    if (rc)
        return rc;
    listener = r53__listener_get(cloud, listener_arn, report);
    if (!listener)
        return R53_E_NOT_FOUND;
    rc = addition_judge(listener, &in, report);
    if (rc)
        return rc;
    if (place_of(listener, in.certificate_arn) == listener->n_certificates)
        return addition_put(cloud, listener, &in, report);
    unchanged_note(report,
                   "the certificate '{0}' is in the list of '{1}' already; nothing is "
                   "changed",
                   in.certificate_arn, listener_arn);
    return R53_OK;
}

/* Remove */

static int32_t removal_put(r53_cloud *cloud, const struct listener *listener, uint32_t at,
                           r53_report *report)
{
    uint32_t n = listener->n_certificates - 1;
    struct certificate *certificates = NULL;
    struct listener *copy = copy_of(cloud, listener, n, &certificates, report);

    if (!copy)
        return R53_E_NOMEM;
    for (uint32_t i = at; i < n; i++)
        certificates[i] = copy->certificates[i + 1];
    copy->certificates = certificates;
    copy->n_certificates = n;
    return r53__table_put(&cloud->tables[CLOUD_LISTENERS], r53__span(listener->arn), copy)
               ? r53__remark_nomem(report)
               : R53_OK;
}

int32_t r53_listener_remove_certificate(r53_cloud *cloud, const char *listener_arn,
                                        const char *certificate_arn, r53_report *report)
{
    const struct listener *listener;
    uint32_t at;

    if (!cloud || !certificate_arn)
        return r53__remark(report, &(struct remark){.format = "no cloud, or no certificate"});
    listener = r53__listener_get(cloud, listener_arn, report);
    if (!listener)
        return R53_E_NOT_FOUND;
    at = place_of(listener, certificate_arn);
    if (at < listener->n_certificates)
        return removal_put(cloud, listener, at, report);
    if (is_default(listener, certificate_arn)) /* ELB-LSN-03 */
        return r53__refuse(report, R53_E_INVALID, RULE_ELB_LSN_03, "OperationNotPermitted",
                           "The default certificate '{0}' of '{1}' cannot be removed",
                           certificate_arn, listener_arn);
    unchanged_note(report, "the certificate '{0}' is not in the list of '{1}'; nothing is changed",
                   certificate_arn, listener_arn);
    return R53_OK;
}
