/*
 * What a request is for: its target taken apart, nothing copied.
 *
 *   http://Example.com:8080/a/../b?x=1#top
 *          host_port ------ path - query     (the fragment is no part of either)
 */
#ifndef R53_LIB_ELB_URL_H
#define R53_LIB_ELB_URL_H

#include "base/text.h"

struct url {
    struct span host_port;  /* "Example.com:8080"; length 0: the target says no host */
    struct span path;       /* as received; "/" if it is empty (ELB-ALB-COND-23) */
    struct span query;      /* without "?" */
    struct span path_query; /* both as received; begins with "?" if the path is empty */
    bool has_query;         /* there is a "?" */
};

/*
 * "/path?query", "http://host/path" or "*". false: it is none of these, or it holds blanks or
 * control characters.
 */
bool r53__url_parse(struct span text, struct url *url);

/* "host", "host:80", "[2001:db8::1]:80": the part without port. false: not of that form. */
bool r53__host_split(struct span host_port, struct span *host);

/*
 * RFC 3986 6.2.2: dot segments removed, encoded unreserved characters decoded, other escapes with
 * capitals; slashes stay as many as they are (ELB-ALB-COND-21). The buffer holds path.length bytes;
 * what needs no change is returned as it is. O(length).
 */
struct span r53__path_normalize(struct span path, char *buffer);

#endif
