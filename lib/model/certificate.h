/*
 * Certificates of listeners, with what decides which one a client gets (ELB-TLS-02).
 */
#ifndef R53_LIB_MODEL_CERTIFICATE_H
#define R53_LIB_MODEL_CERTIFICATE_H

#include <r53/listener.h>

#include "model/spec.h"

struct certificate {
    const char *arn;
    const char *const *names; /* lower case, "*" in front allowed */
    const char *key_algorithm, *signature_algorithm; /* as said, else what AWS takes */
    uint32_t n_names;
    bool is_default, ecdsa;
    bool as_known; /* default or not: as the listener has it, which the statement does not say */
    uint32_t hash_bits; /* of the signature's hash; MD5: 0 */
    uint32_t key_bits;
    int64_t not_before_ms, not_after_ms; /* not_after 0: never expires */
};

void r53__certificate_read(struct spec *spec, struct certificate *certificate,
                           const r53_certificate *from);

/* A copy whose texts lie in the spec's arena. */
void r53__certificate_copy(struct spec *spec, struct certificate *to,
                           const struct certificate *from);

/*
 * Is `name` (lower case) one that the certificate is for? A "*" stands for one label (ELB-TLS-04).
 */
bool r53__certificate_covers(const struct certificate *certificate, struct span name);

#endif
