/*
 * Certificates of listeners (ELB-TLS-01), in three forms: of what describes a listener, which
 * prints the default one's ARN; of describe-listener-certificates, which prints the ARNs of all;
 * and of acm describe-certificate, which says the rest. Members of the last may stand in the
 * others.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#define CERTIFICATE(member) offsetof(struct certificate_text, certificate.member)

struct certificate_text {
    r53_certificate certificate;
    const char *domain_name;
};

/* ACM repeats the domain name among the alternatives; without those it is the only one. */
static void certificate_finish(struct reader *reader, void *out)
{
    struct certificate_text *in = out;
    const char **names;

    if (!in->domain_name || in->certificate.n_domain_names)
        return;
    names = r53__json_alloc(reader, 1, sizeof(*names));
    if (!names)
        return;
    names[0] = in->domain_name;
    in->certificate.domain_names = names;
    in->certificate.n_domain_names = 1;
}

static const struct field certificate_fields[] = {
    FIELD("CertificateArn", r53__json_text, .at = CERTIFICATE(certificate_arn), .required = true),
    FIELD("IsDefault", r53__json_bool, .at = CERTIFICATE(is_default)),
    FIELD("DomainName", r53__json_text, .at = offsetof(struct certificate_text, domain_name)),
    FIELD("SubjectAlternativeNames", r53__json_texts, .at = CERTIFICATE(domain_names),
          .also = CERTIFICATE(n_domain_names)),
    FIELD("KeyAlgorithm", r53__json_text, .at = CERTIFICATE(key_algorithm)),
    FIELD("SignatureAlgorithm", r53__json_text, .at = CERTIFICATE(signature_algorithm)),
    FIELD("NotBefore", r53__json_time, .at = CERTIFICATE(not_before_ms)),
    FIELD("NotAfter", r53__json_time, .at = CERTIFICATE(not_after_ms)),
    UNUSED("Subject"),
    UNUSED("Serial"),
    UNUSED("Issuer"),
    UNUSED("Status"),
    UNUSED("Type"),
    UNUSED("InUseBy"),
    UNUSED("KeyUsages"),
    UNUSED("ExtendedKeyUsages"),
    UNUSED("DomainValidationOptions"),
    UNUSED("RenewalEligibility"),
    UNUSED("RenewalSummary"),
    UNUSED("Options"),
    UNUSED("CreatedAt"),
    UNUSED("IssuedAt"),
    UNUSED("ImportedAt"),
    UNUSED("CertificateAuthorityArn"),
    UNUSED("FailureReason"),
    UNUSED("RevokedAt"),
    UNUSED("RevocationReason"),
};
/* describe-listeners lists the default certificate alone, and does not say that it is */
static const struct certificate_text certificate_initial = {
    .certificate = {.size = sizeof(r53_certificate), .is_default = 1}};
const struct shape r53__json_default_certificate =
    SHAPE(certificate_fields, .bytes = sizeof(struct certificate_text),
          .initial = &certificate_initial, .finish = certificate_finish);

/* describe-listener-certificates lists all, and says which is the default one */

static const struct certificate_text listed_initial = {
    .certificate = {.size = sizeof(r53_certificate)}};
static const struct shape listed_shape =
    SHAPE(certificate_fields, .bytes = sizeof(struct certificate_text), .initial = &listed_initial,
          .finish = certificate_finish);

static int32_t certificate_deliver(struct reader *reader, void *out)
{
    const struct certificate_text *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_listener_certificate(reader->import, reader->context.listener_arn,
                                                &in->certificate));
}

static const struct element certificate_element = {&listed_shape, certificate_deliver};

/* acm describe-certificate describes one, and does not say where it is the default one */

static const struct certificate_text described_initial = {
    .certificate = {.size = sizeof(r53_certificate), .is_default = -1}};
static const struct shape described_shape =
    SHAPE(certificate_fields, .bytes = sizeof(struct certificate_text),
          .initial = &described_initial, .finish = certificate_finish);
static const struct element described_element = {&described_shape, certificate_deliver};

static void needs_listener(struct reader *reader)
{
    r53__json_needs(reader, "listener_arn",
                    "the document does not say which listener has these certificates");
}

static void described_read(struct reader *reader, const struct field *field, json_t *value,
                           void *out)
{
    (void)field;
    (void)out;
    if (reader->context.listener_arn)
        r53__json_element(reader, &described_element, value);
    else
        needs_listener(reader);
}

static const struct field described_fields[] = {WHOLE("Certificate", described_read)};
static const struct shape described_members = MEMBERS(described_fields);
const struct element r53__json_certificate = {&described_members, NULL};

static void certificates_read(struct reader *reader, const struct field *field, json_t *list,
                              void *out)
{
    (void)field;
    (void)out;
    if (reader->context.listener_arn)
        r53__json_elements(reader, &certificate_element, list);
    else
        needs_listener(reader);
}

static const struct field certificates_fields[] = {
    WHOLE("Certificates", certificates_read),
    ELB_PAGE_FIELDS,
};
static const struct shape certificates_shape = MEMBERS(certificates_fields);
const struct element r53__json_listener_certificates = {&certificates_shape, NULL};

/* Requests: add-listener-certificates, remove-listener-certificates, of one certificate each */

struct listing {
    const char *listener_arn;
    const r53_certificate *const *certificates;
    uint32_t n;
};
#define LISTING(member) offsetof(struct listing, member)

static const struct field listing_fields[] = {
    FIELD("ListenerArn", r53__json_text, .at = LISTING(listener_arn)),
    FIELD("Certificates", r53__json_pointers, .at = LISTING(certificates), .also = LISTING(n),
          .with = &listed_shape, .required = true),
};
static const struct shape listing_shape = SHAPE(listing_fields, .bytes = sizeof(struct listing));

/* The listener that the request is about; NULL: told. */
static const char *listing_whose(struct reader *reader, const struct listing *in)
{
    if (in->n != 1)
        r53__json_fault(reader, "the request names one certificate, as AWS takes one a call");
    else if (in->certificates[0]->is_default)
        r53__json_fault(reader, "the default certificate is replaced with ModifyListener; expected "
                                "no IsDefault");
    else
        return r53__json_whose(reader, in->listener_arn, reader->context.listener_arn,
                               "listener_arn",
                               "the request does not say which listener it changes");
    return NULL;
}

static int32_t add_deliver(struct reader *reader, void *out)
{
    const struct listing *in = out;
    const char *arn = listing_whose(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader,
        r53_listener_add_certificate(reader->cloud, arn, in->certificates[0], reader->report));
}

static int32_t remove_deliver(struct reader *reader, void *out)
{
    const struct listing *in = out;
    const char *arn = listing_whose(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_listener_remove_certificate(
                    reader->cloud, arn, in->certificates[0]->certificate_arn, reader->report));
}

const struct element r53__json_add_certificates = {&listing_shape, add_deliver};
const struct element r53__json_remove_certificates = {&listing_shape, remove_deliver};
