/*
 * Requests that begin and end in a state while each allocation of the state fails in turn. A begin
 * that fails has changed nothing, the second try succeeds, and the end is as if nothing had failed.
 */
#ifndef R53_TESTS_SUPPORT_STATE_TORTURE_H
#define R53_TESTS_SUPPORT_STATE_TORTURE_H

#include <r53/elb.h>

#include <stddef.h>

enum { SCRIPT_REQUESTS_MAX = 60, DIGEST_MAX = 4000 };

struct state_script {
    int n_requests; /* of which every third one ends the one before */
    r53_request (*request)(int i);
    /* What the state makes of requests, as text in `out` of DIGEST_MAX. */
    void (*digest)(char *out, const r53_view *view, const r53_elb_state *state);
};

/* Plays it once, and once for each allocation; ends the test where something is amiss. */
void state_torture(const r53_view *view, const struct state_script *script);

#endif
