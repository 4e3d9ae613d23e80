/*
 * A program of calls being played: what is alive, and the pools of names that let calls meet each
 * other. Each call is a small function in one of the calls_*.c tables; it reads what it needs from
 * the input and gives back the library's code, so that it can be made a second time.
 */
#ifndef R53_TESTS_FUZZ_CALLS_H
#define R53_TESTS_FUZZ_CALLS_H

#include "fuzz/input.h"

#include "support/torture.h"

#include <r53/r53.h>

enum { VIEWS = 3, LISTINGS = 4, BEGUN = 4 };

/* A listing kept open while the cloud changes; `expected` is what it is to tell at its end. */
struct kept_listing {
    const struct listing_kind *kind; /* NULL: none */
    void *listing;
    uint64_t expected;
};

struct kept_view {
    r53_view *view; /* NULL: none */
    uint64_t digest;
};

/* A request in progress, with the view that lends its texts. */
struct kept_selection {
    const r53_view *view; /* NULL: none */
    r53_selection selection;
};

struct play {
    struct input in;
    struct torture torture;
    r53_allocator allocator;
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import; /* NULL: none is open */
    r53_elb_state *state;
    r53_answer *answer;
    r53_trace *trace;
    r53_flow *flow;
    struct kept_view views[VIEWS];
    struct kept_listing listings[LISTINGS];
    struct kept_selection begun[BEGUN];
    int64_t now_ms;
    uint64_t log; /* of all that was answered */
};

typedef int32_t call_function(struct play *p);

struct call_table {
    call_function *const *calls;
    size_t n;
};

extern const struct call_table zone_calls, balancer_calls, group_calls, world_calls, view_calls,
    listing_calls, question_calls;

/* What was answered goes into a digest. */
void digest_octets(uint64_t *digest, const void *octets, size_t n);
void digest_text(uint64_t *digest, const char *text); /* NULL too */
void digest_number(uint64_t *digest, int64_t value);
void digest_answer(uint64_t *digest, r53_answer *answer);
void digest_selection(uint64_t *digest, const r53_selection *selection);

/* Lets go of all that is kept; each must be what it was. */
void views_drop(struct play *p);
void listings_drop(struct play *p);
void begun_drop(struct play *p);

/* A view that is kept, or NULL. */
const r53_view *view_pick(struct play *p);

/* Texts of any kind, most of them names that the pools hold. */
const char *any_text(struct input *in);

#define ARNS        "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
#define BALANCER_OF "loadbalancer/"

/* The pools: one load balancer of each kind and one to spare. */
struct balancer_name {
    const char *name, *arn, *dns_name;
    int32_t type, protocol, port; /* of its listeners */
};
extern const struct balancer_name balancer_names[5];
extern const char *const group_arns[5];
extern const char *const listener_arns[6];
extern const char *const zone_ids[4];
extern const char *const record_names[12];
extern const char *const check_ids[4];
extern const char *const target_ids[6];
extern const char *const az_names[3];

#endif
