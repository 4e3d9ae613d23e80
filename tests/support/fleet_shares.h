/*
 * What a request may end with, each with its exact share: worked out by walking over every branch
 * of every stage.
 *
 *   a1-2=1/4 b1=1/2 503=...      targets, or an answer of the load balancer's own
 */
#ifndef R53_TESTS_SUPPORT_FLEET_SHARES_H
#define R53_TESTS_SUPPORT_FLEET_SHARES_H

#include <r53/elb.h>

struct ratio {
    uint64_t n, d;
};

struct share {
    char name[32];
    struct ratio ratio;
};

struct shares {
    struct share list[80];
    size_t n;
};

/* The shares of a request to the view's first load balancer; state NULL: stateless. */
void shares_of(const r53_view *view, const r53_request *request, const r53_elb_state *state,
               struct shares *shares);

/* Exactly these shares, and they add up to one (ELB-MATH-09). */
void expect_shares(const struct shares *shares, const char *expected);

/* The share of that name, or NULL. */
const struct share *share_find(const struct shares *shares, const char *name);

/* "a1", "503", "no-target", "hairpin"; a port that is not 80 behind "@". */
void selection_name(const r53_selection *selection, char *name, size_t size);

#endif
