#include "model/certificate.h"

#include <string.h>

/* The last number in a word such as "RSA_2048", "EC_secp384r1" or "EC_prime256v1"; 0: none. */
static uint32_t bits_of(const char *word)
{
    uint32_t bits = 0, best = 0;

    for (; *word; word++) {
        bool digit = *word >= '0' && *word <= '9';

        bits = digit && bits < 100000 ? bits * 10 + (uint32_t)(*word - '0') : 0;
        best = bits > best ? bits : best;
    }
    return best;
}

/* "SHA256WITHRSA"; ELB-TLS-02 puts any SHA before MD5. */
static uint32_t hash_bits_of(const char *algorithm)
{
    static const struct {
        const char *prefix;
        uint32_t bits;
    } hashes[] = {
        {"SHA512", 512}, {"SHA384", 384}, {"SHA256", 256}, {"SHA224", 224}, {"SHA1", 160}};

    for (size_t i = 0; i < sizeof(hashes) / sizeof(*hashes); i++) {
        if (strncmp(algorithm, hashes[i].prefix, strlen(hashes[i].prefix)) == 0)
            return hashes[i].bits;
    }
    return 0;
}

/* A copy in lower case. */
static const char *name_read(struct spec *spec, const char *name)
{
    size_t n = r53__span(name).length;
    char *copy = r53__spec_alloc(spec, n + 1, 1);

    for (size_t i = 0; copy && i < n; i++)
        copy[i] = r53__lower(name[i]);
    return copy;
}

void r53__certificate_read(struct spec *spec, struct certificate *certificate,
                           const r53_certificate *from)
{
    const char **names;
    r53_certificate in;

    if (!r53__spec_read(spec, &in, sizeof(in), from) ||
        !r53__spec_list(spec, "DomainNames", in.domain_names, in.n_domain_names))
        return;
    r53__spec_reserved(spec, in.reserved);
    certificate->arn = r53__spec_id(spec, "CertificateArn", in.certificate_arn);
    certificate->is_default = in.is_default > 0;
    certificate->as_known = in.is_default < 0;
    certificate->key_algorithm =
        r53__spec_text(spec, in.key_algorithm ? in.key_algorithm : "RSA_2048");
    certificate->signature_algorithm =
        r53__spec_text(spec, in.signature_algorithm ? in.signature_algorithm : "SHA256WITHRSA");
    certificate->ecdsa = strncmp(certificate->key_algorithm, "EC", 2) == 0;
    certificate->key_bits = bits_of(certificate->key_algorithm);
    certificate->hash_bits = hash_bits_of(certificate->signature_algorithm);
    certificate->not_before_ms = in.not_before_ms;
    certificate->not_after_ms = in.not_after_ms;
    names = r53__spec_alloc(spec, in.n_domain_names, sizeof(*names));
    for (uint32_t i = 0; i < in.n_domain_names && !spec->error; i++)
        names[i] = name_read(spec, in.domain_names[i]);
    certificate->names = names;
    certificate->n_names = in.n_domain_names;
}

void r53__certificate_copy(struct spec *spec, struct certificate *to,
                           const struct certificate *from)
{
    const char **names = r53__spec_alloc(spec, from->n_names, sizeof(*names));

    *to = *from;
    to->arn = r53__spec_text(spec, from->arn);
    to->key_algorithm = r53__spec_text(spec, from->key_algorithm);
    to->signature_algorithm = r53__spec_text(spec, from->signature_algorithm);
    for (uint32_t i = 0; i < from->n_names && !spec->error; i++)
        names[i] = r53__spec_text(spec, from->names[i]);
    to->names = names;
}

/* ELB-TLS-04 */
static bool name_covers(struct span pattern, struct span name)
{
    size_t label = 0;

    if (pattern.length < 2 || pattern.at[0] != '*' || pattern.at[1] != '.')
        return r53__equal_nocase(pattern, name);
    while (label < name.length && name.at[label] != '.')
        label++;
    return label > 0 && r53__equal_nocase((struct span){pattern.at + 1, pattern.length - 1},
                                          (struct span){name.at + label, name.length - label});
}

bool r53__certificate_covers(const struct certificate *certificate, struct span name)
{
    for (uint32_t i = 0; i < certificate->n_names; i++) {
        if (name_covers(r53__span(certificate->names[i]), name))
            return true;
    }
    return false;
}
