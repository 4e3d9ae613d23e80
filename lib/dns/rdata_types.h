/* The operations of each type, for the table in rdata.c. Types that look alike share a file. */
#ifndef R53_LIB_DNS_RDATA_TYPES_H
#define R53_LIB_DNS_RDATA_TYPES_H

#include "dns/rdata.h"

#define TYPE_OPERATIONS(type)                                                                      \
    bool r53__##type##_parse(struct span value, uint8_t *out, size_t *length,                      \
                             struct rdata_fault *fault);                                           \
    void r53__##type##_print(struct text *text, const uint8_t *rdata, size_t length)

/* rdata_address.c */
TYPE_OPERATIONS(a);
TYPE_OPERATIONS(aaaa);

/* rdata_names.c */
TYPE_OPERATIONS(ns);
TYPE_OPERATIONS(cname);
TYPE_OPERATIONS(soa);
TYPE_OPERATIONS(ptr);
TYPE_OPERATIONS(mx);
TYPE_OPERATIONS(srv);
TYPE_OPERATIONS(naptr);

/* rdata_text.c */
TYPE_OPERATIONS(txt);
TYPE_OPERATIONS(caa);

/* rdata_digest.c */
TYPE_OPERATIONS(ds);
TYPE_OPERATIONS(sshfp);
TYPE_OPERATIONS(tlsa);

/* rdata_svcb.c */
TYPE_OPERATIONS(svcb);
TYPE_OPERATIONS(https);

#undef TYPE_OPERATIONS

#endif
