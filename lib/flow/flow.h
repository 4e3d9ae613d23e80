/*
 * Inside of a flow: the steps of one run as rows of texts, and when each tracked variable got its
 * value.
 */
#ifndef R53_LIB_FLOW_FLOW_H
#define R53_LIB_FLOW_FLOW_H

#include <r53/flow.h>

#include "base/trace.h"
#include "flow/chain.h"

enum { FLOW_STEPS_MAX = 6, FLOW_VARIABLES = 5, FLOW_LIST_MAX = 1024 };

/* Trace lengths after the steps of the walk-through, and after the client's look-up of a CNAME's
 * target, which comes between 4 and 5. */
enum { MARK_LOOKED_UP = FLOW_STEPS_MAX + 1, FLOW_MARKS };

/* What is told of a run; the templates of the steps draw on it, in this order. */
enum flow_word {
    WORD_QUERY,   /* "example.com" */
    WORD_ELB,     /* DNS name of the load balancer */
    WORD_IPS,     /* its addresses answered */
    WORD_TYPE,    /* type asked for */
    WORD_RECORD,  /* what the record is: "A", "Alias to ELB" */
    WORD_VALUES,  /* values returned, or the rcode */
    WORD_STATUS,  /* HTTP status of the load balancer's own answer */
    WORD_ADDRESS, /* connected to */
    FLOW_WORDS
};

struct flow_step {
    const char *action; /* static */
    char *input, *decision, *output;
    size_t first_entry, n_entries;
};

struct r53_flow {
    struct memory memory;
    const r53_view *view; /* NULL before the first run */
    r53_answer *answer;
    r53_trace *trace;
    r53_selection selection;
    struct chain chain;
    int32_t looked_up; /* fleet that the answered CNAME named; -1: none did */

    struct flow_step steps[FLOW_STEPS_MAX];
    size_t n_steps;
    size_t set_after[FLOW_VARIABLES]; /* number of the step that set it, 0: never */
    const char *values[FLOW_VARIABLES];

    char query[NAME_TEXT_MAX], elb[NAME_TEXT_MAX];
    char ips[FLOW_LIST_MAX], list[FLOW_LIST_MAX];
    char record[64], type[16], status[16], address[64];
    char *texts; /* of the steps */
    size_t texts_capacity, texts_length;
};

/* Writes the words of a finished chain; they lie in the flow. Without memory its answer has failed. */
void r53__flow_words(struct r53_flow *flow, const struct route_input *input,
                     const char *words[FLOW_WORDS]);

/* Turns a finished chain into steps and variables. false: no memory. */
bool r53__flow_tell(struct r53_flow *flow, const struct route_input *input, const size_t *marks);

#endif
