/*
 * Observed addresses of names outside the model, which aliases may lead to (R53-ALIAS-30): taken
 * once a view, with their octets as answers have them.
 */
#ifndef R53_LIB_VIEW_NAMED_H
#define R53_LIB_VIEW_NAMED_H

#include "view/view.h"

/*
 * Fills view->named; NULL: nothing was observed. The view pins what it borrows. false: no memory.
 */
bool r53__named_prepare(r53_view *view, const r53_observed *observed);

/* Octets of the addresses of one family, 4 or 16 each, one behind the other. */
static inline const uint8_t *r53__named_octets(const struct named_addresses *named, uint8_t family,
                                               uint32_t *n)
{
    if (family == ADDRESS_IPV6) {
        *n = named->n_ipv6;
        return named->octets + (size_t)named->n_ipv4 * IPV4_OCTETS;
    }
    *n = family == ADDRESS_IPV4 ? named->n_ipv4 : 0;
    return named->octets;
}

#endif
