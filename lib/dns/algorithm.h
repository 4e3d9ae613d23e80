/*
 * Names of DNSSEC algorithms, which master files may have in the place of their numbers (RFC 4034
 * 5.3, A.1). Route 53 takes numbers only.
 */
#ifndef R53_LIB_DNS_ALGORITHM_H
#define R53_LIB_DNS_ALGORITHM_H

#include "base/text.h"

/* The number of the algorithm with this name, in any case; 0: there is none. */
uint8_t r53__algorithm_number(struct span name);

#endif
