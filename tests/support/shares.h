/*
 * Exact shares as text: what a query may end at, each with its fraction. Worked out by running the
 * stages of the chain once a branch, with fractions of our own, so that no line of the library's
 * analysis is needed to judge its policies.
 *
 *   w A -> .1 1/4, .2 3/4        .1 stands for 192.0.2.1 (and any address by its last octet)
 *   x A -> web-1 1/2, seen 1/2   a load balancer by its name; addresses observed for a name
 *   c A -> abc 1                 a CNAME by its first label
 *
 * A record set is told by its first value; "SERVFAIL" and "none" are what they say.
 */
#ifndef R53_TESTS_SUPPORT_SHARES_H
#define R53_TESTS_SUPPORT_SHARES_H

#include "cloud_text.h"

struct fraction {
    uint64_t part, whole; /* in lowest terms */
};

struct fraction fraction_times(struct fraction f, uint64_t part, uint64_t whole);
struct fraction fraction_plus(struct fraction a, struct fraction b);

/* Appends "what 1/3" at `at`, ", " in front unless it is the first; the new end. */
size_t share_put(char *buffer, size_t at, const char *what, struct fraction share);

/* A tell_function for expect_lines. */
const char *shares_text(char *buffer, const r53_view *view, const char *query);

/* What the trace says of a group and its record sets, joined by "; ", and the choice; a tell_function. */
const char *reasons_text(char *buffer, const r53_view *view, const char *query);

/* The trace of the answer: "group-found R53-DISP-01, record-chosen R53-SIMPLE-01". */
const char *decisions_text(char *buffer, const r53_view *view, const char *query);

/* The client subnet scope of the answer, "24"; "-1": the query had no subnet. A tell_function. */
const char *scope_text(char *buffer, const r53_view *view, const char *query);

/* A row of a policy's suite: a cloud, the health checks that are down, lines "query -> told". */
struct policy_case {
    const char *what, *cloud, *down, *lines;
};

/* Tests over such a row, by what is told of each query. */
void check_shares(void **state);
void check_answers(void **state);
void check_scopes(void **state);
void check_reasons(void **state);
void check_decisions(void **state);

/* These health checks, "a b c", are observed as unhealthy; a new view is made. */
void checks_fail(struct world *world, const char *ids);

#endif
