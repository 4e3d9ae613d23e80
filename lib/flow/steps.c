/*
 * Telling a run as the steps of the walk-through. Each way that a run can go is a list of rows;
 * {0} .. {7} in their texts are the words of enum flow_word.
 */
#include "flow/flow.h"

#include <r53/outcomes.h>

#include "base/rules.h"
#include "route53/answer.h"

enum { NO_VARIABLE = -1 };

struct step_row {
    const char *action, *input, *decision, *output;
    int32_t sets[2]; /* variables that get their value here */
    size_t mark;     /* step of the walk-through up to whose end it carries the trace */
};

enum row {
    ROW_QUERY,
    ROW_IS_ELB,
    ROW_ELB_NAME,
    ROW_ELB_ADDRESSES,
    ROW_NAME_SENT,
    ROW_ADDRESSES_SENT,
    ROW_CONNECT_NAME,
    ROW_CONNECT_ADDRESS,
    ROW_NO_ADDRESS,
    ROW_NO_FAMILY,
    ROW_NOT_CONNECTED,
    ROW_NO_NODE,
    ROW_NOT_ADMITTED,
    ROW_FORWARD,
    ROW_FAILED,
    ROW_CLIENT_LEFT,
    ROW_GENERATED,
    ROW_REDIRECT,
    ROW_FIXED,
    ROW_NO_TARGET,
    ROW_DANGLING,
    ROW_IS_RECORD,
    ROW_RECORD_SENT,
    ROW_IS_NOTHING,
    ROW_NOTHING_SENT,
    ROW_END /* of a list */
};

#define SETS_1(a)                                                                                  \
    {                                                                                              \
        (a), NO_VARIABLE                                                                           \
    }
#define SETS_NONE                                                                                  \
    {                                                                                              \
        NO_VARIABLE, NO_VARIABLE                                                                   \
    }

static const struct step_row rows[] = {
    [ROW_QUERY] = {"User sends DNS query", "{0}", "Route 53 receives query", "Query received",
                   SETS_1(R53_VARIABLE_DNS_QUERY), 1},
    [ROW_IS_ELB] = {"Route 53 checks record type", "{0} record", "Record is Alias to ELB",
                    "Proceed to resolve ELB", SETS_1(R53_VARIABLE_RECORD_TYPE), 2},
    [ROW_ELB_NAME] = {"Route 53 resolves ELB DNS", "ELB DNS name", "ELB DNS resolved",
                      "ELB DNS name", SETS_1(R53_VARIABLE_ELB_DNS), 3},
    [ROW_ELB_ADDRESSES] = {"Route 53 resolves ELB DNS",
                           "ELB DNS name",
                           "ELB DNS resolved",
                           "ELB IPs",
                           {R53_VARIABLE_ELB_DNS, R53_VARIABLE_ELB_IPS},
                           3},
    [ROW_NAME_SENT] = {"Route 53 returns ELB DNS name", "ELB DNS name", "DNS name sent to user",
                       "User receives ELB DNS name", SETS_NONE, 4},
    [ROW_ADDRESSES_SENT] = {"Route 53 returns ELB IPs", "ELB IPs",
                            "ELB IPs sent to user as addresses of {0}", "User receives ELB IPs",
                            SETS_NONE, 4},
    [ROW_CONNECT_NAME] = {"User connects to ELB", "ELB DNS name", "Connection established",
                          "Traffic forwarded to ELB targets", SETS_1(R53_VARIABLE_USER_CONNECTION),
                          5},
    [ROW_CONNECT_ADDRESS] = {"User connects to ELB", "ELB IP {7}", "Connection established",
                             "Traffic forwarded to ELB targets",
                             SETS_1(R53_VARIABLE_USER_CONNECTION), 5},
    [ROW_NO_ADDRESS] = {"User connects to ELB", "ELB DNS name", "ELB has no address for {3}",
                        "No connection", SETS_NONE, 5},
    [ROW_NO_FAMILY] = {"Route 53 resolves ELB DNS", "ELB DNS name", "ELB has no address for {3}",
                       "NODATA returned to user", SETS_1(R53_VARIABLE_ELB_DNS), 3},
    [ROW_NOT_CONNECTED] = {"User connects to ELB", "ELB DNS name", "Connection refused",
                           "No connection", SETS_NONE, 5},
    [ROW_NO_NODE] = {"User connects to ELB", "ELB DNS name", "ELB has no node in that zone",
                     "No connection", SETS_NONE, 5},
    [ROW_NOT_ADMITTED] = {"User connects to ELB", "ELB DNS name", "Security groups drop the packet",
                          "No connection", SETS_NONE, 5},
    [ROW_FORWARD] = {"ELB forwards traffic", "User request", "Targets respond",
                     "User gets response", SETS_NONE, 6},
    [ROW_FAILED] = {"ELB forwards traffic", "User request", "Target gives no usable answer",
                    "User gets HTTP {6}", SETS_NONE, 6},
    [ROW_CLIENT_LEFT] = {"ELB forwards traffic", "User request", "User closes the connection",
                         "HTTP {6} logged", SETS_NONE, 6},
    [ROW_GENERATED] = {"ELB answers itself", "User request", "No target takes the request",
                       "User gets HTTP {6}", SETS_NONE, 6},
    [ROW_REDIRECT] = {"ELB redirects", "User request", "Listener redirects", "User gets HTTP {6}",
                      SETS_NONE, 6},
    [ROW_FIXED] = {"ELB answers itself", "User request", "Listener has a fixed response",
                   "User gets HTTP {6}", SETS_NONE, 6},
    [ROW_NO_TARGET] = {"ELB forwards traffic", "User request", "No target takes the connection",
                       "Connection closed", SETS_NONE, 6},
    [ROW_DANGLING] = {"ELB forwards traffic", "User request", "Target group is not known",
                      "Unknown", SETS_NONE, 6},
    [ROW_IS_RECORD] = {"Route 53 checks record type", "{0} record", "Record is {4}",
                       "Return record as it is", SETS_1(R53_VARIABLE_RECORD_TYPE), 2},
    [ROW_RECORD_SENT] = {"Route 53 returns record", "{0} record", "Record sent to user", "{5}",
                         SETS_NONE, 4},
    [ROW_IS_NOTHING] = {"Route 53 checks record type", "{0} record", "Record is {4}",
                        "No record to return", SETS_1(R53_VARIABLE_RECORD_TYPE), 2},
    [ROW_NOTHING_SENT] = {"Route 53 answers without a record", "{0} record", "{5} sent to user",
                          "{5}", SETS_NONE, 4},
};

/* Steps 1 to 4 when the record is an alias to a load balancer, by telling. */
static const uint8_t by_name[] = {ROW_QUERY, ROW_IS_ELB, ROW_ELB_NAME, ROW_NAME_SENT, ROW_END};
static const uint8_t by_addresses[] = {ROW_QUERY, ROW_IS_ELB, ROW_ELB_ADDRESSES, ROW_ADDRESSES_SENT,
                                       ROW_END};
static const uint8_t nodata[] = {ROW_QUERY, ROW_IS_ELB, ROW_NO_FAMILY, ROW_END};
static const uint8_t as_it_is[] = {ROW_QUERY, ROW_IS_RECORD, ROW_RECORD_SENT, ROW_END};
static const uint8_t nothing[] = {ROW_QUERY, ROW_IS_NOTHING, ROW_NOTHING_SENT, ROW_END};

/* Step 6 by enum r53_selection_outcome; ROW_END: no connection came about. */
static const uint8_t endings[] = {
    [0] = ROW_END,
    [R53_SELECTED_TARGET] = ROW_FORWARD,
    [R53_SELECTED_GENERATED] = ROW_GENERATED,
    [R53_SELECTED_REDIRECT] = ROW_REDIRECT,
    [R53_SELECTED_FIXED_RESPONSE] = ROW_FIXED,
    [R53_SELECTED_NO_LISTENER] = ROW_END,
    [R53_SELECTED_NO_TARGET] = ROW_NO_TARGET,
    [R53_SELECTED_INACTIVE] = ROW_END,
    [R53_SELECTED_DANGLING] = ROW_DANGLING,
    [R53_SELECTED_TLS_FAILED] = ROW_END,
    [R53_SELECTED_AUTHENTICATE] = ROW_REDIRECT,
    [R53_SELECTED_RESET] = ROW_NO_TARGET,
    [R53_SELECTED_DROPPED] = ROW_NO_TARGET,
};

struct telling {
    r53_flow *flow;
    const struct route_input *input;
    const size_t *marks;
    size_t told; /* trace entries that the steps so far carry */
    const char *words[FLOW_WORDS];
};

/* One filled template in the flow's texts; offsets now, pointers when all are written. */
static bool text_put(r53_flow *flow, const char *format, const char *const *words, size_t *at)
{
    struct text text;
    void *block = flow->texts;

    r53__text_init(&text, NULL, 0);
    r53__put_template(&text, format, words, FLOW_WORDS);
    *at = flow->texts_length;
    if (!r53__grow(&flow->memory, &block, &flow->texts_capacity, *at + text.length + 1, 1))
        return false;
    flow->texts = block;
    r53__text_init(&text, flow->texts + *at, flow->texts_capacity - *at);
    r53__put_template(&text, format, words, FLOW_WORDS);
    flow->texts_length = *at + text.length + 1;
    return true;
}

/* The texts of all steps, then their addresses: the block may move while it grows. */
static bool texts_put(struct telling *t, const uint8_t *taken)
{
    r53_flow *flow = t->flow;
    size_t at[FLOW_STEPS_MAX][3];

    for (size_t i = 0; i < flow->n_steps; i++) {
        const struct step_row *row = &rows[taken[i]];

        if (!text_put(flow, row->input, t->words, &at[i][0]) ||
            !text_put(flow, row->decision, t->words, &at[i][1]) ||
            !text_put(flow, row->output, t->words, &at[i][2]))
            return false;
    }
    for (size_t i = 0; i < flow->n_steps; i++) {
        flow->steps[i].input = flow->texts + at[i][0];
        flow->steps[i].decision = flow->texts + at[i][1];
        flow->steps[i].output = flow->texts + at[i][2];
    }
    return true;
}

static void step_add(struct telling *t, uint8_t *taken, uint8_t which)
{
    r53_flow *flow = t->flow;
    const struct step_row *row = &rows[which];
    struct flow_step *step = &flow->steps[flow->n_steps];

    taken[flow->n_steps++] = which;
    step->action = row->action;
    step->first_entry = t->told;
    step->n_entries = t->marks[row->mark] - t->told;
    t->told = t->marks[row->mark];
    for (size_t i = 0; i < 2; i++) {
        if (row->sets[i] != NO_VARIABLE)
            flow->set_after[row->sets[i]] = flow->n_steps;
    }
}

static const uint8_t *beginning(const r53_flow *flow, const struct route_input *input)
{
    if (flow->chain.route.origin != R53_ORIGIN_LOAD_BALANCER)
        return r53_answer_count(flow->answer, R53_SECTION_ANSWER) ? as_it_is : nothing;
    if (input->query->telling == R53_ALIAS_AS_NAME)
        return by_name;
    return flow->chain.kind == R53_OUTCOME_SELECTION ? by_addresses : nodata;
}

/* What the load balancer answers itself may be what became of a target's request. */
static uint8_t ending_of(const struct elb_choice *choice)
{
    if (choice->outcome == R53_SELECTED_DROPPED && choice->rule == RULE_ELB_LB_47)
        return ROW_END;
    if (choice->outcome != R53_SELECTED_GENERATED || choice->target < 0)
        return endings[choice->outcome];
    return choice->rule == RULE_ELB_ALB_ERR_460 ? ROW_CLIENT_LEFT : ROW_FAILED;
}

/* Why no connection came about. */
static uint8_t unconnected(int32_t rule)
{
    if (rule == RULE_ELB_LB_10)
        return ROW_NO_NODE;
    return rule == RULE_ELB_LB_47 ? ROW_NOT_ADMITTED : ROW_NOT_CONNECTED;
}

/* Steps 5 and 6, if a load balancer was told of. */
static void ending_add(struct telling *t, uint8_t *taken, const uint8_t *first_steps)
{
    bool is_by_name = first_steps == by_name;
    uint8_t ending = ending_of(&t->flow->chain.elb);

    if (first_steps != by_name && first_steps != by_addresses)
        return;
    if (t->flow->chain.kind != R53_OUTCOME_SELECTION) {
        step_add(t, taken, ROW_NO_ADDRESS);
    } else if (ending == ROW_END) {
        step_add(t, taken, unconnected(t->flow->chain.elb.rule));
    } else {
        step_add(t, taken, is_by_name ? ROW_CONNECT_NAME : ROW_CONNECT_ADDRESS);
        step_add(t, taken, ending);
    }
}

static void words_find(struct telling *t);

bool r53__flow_tell(struct r53_flow *flow, const struct route_input *input, const size_t *marks)
{
    struct telling t = {.flow = flow, .input = input, .marks = marks};
    const uint8_t *first_steps = beginning(flow, input);
    uint8_t taken[FLOW_STEPS_MAX];

    words_find(&t);
    flow->values[R53_VARIABLE_DNS_QUERY] = flow->query;
    flow->values[R53_VARIABLE_RECORD_TYPE] = flow->record;
    flow->values[R53_VARIABLE_ELB_DNS] = flow->elb;
    flow->values[R53_VARIABLE_ELB_IPS] = flow->ips;
    flow->values[R53_VARIABLE_USER_CONNECTION] = "Connected to ELB";
    for (size_t i = 0; first_steps[i] != ROW_END; i++)
        step_add(&t, taken, first_steps[i]);
    ending_add(&t, taken, first_steps);
    return texts_put(&t, taken);
}

/* A name without its last dot, as people write it. */
static void name_write(char *buffer, size_t capacity, struct name name)
{
    struct text text;

    r53__text_init(&text, buffer, capacity);
    r53__name_put(&text, name);
    if (text.length > 1 && text.length < capacity)
        buffer[text.length - 1] = '\0';
}

/* Record of the answer section; without memory for its text the answer has failed. */
static bool record_read(r53_flow *flow, size_t index, r53_record *record)
{
    if (r53_answer_record(flow->answer, R53_SECTION_ANSWER, index, record) != R53_OK)
        flow->answer->failed = true;
    return !flow->answer->failed;
}

/* Values of the answer section, in their order, joined by ", ". */
static void values_write(r53_flow *flow, char *buffer, size_t capacity)
{
    size_t n = r53_answer_count(flow->answer, R53_SECTION_ANSWER);
    r53_record record = {.size = sizeof(record)};
    struct text text;

    r53__text_init(&text, buffer, capacity);
    for (size_t i = 0; i < n; i++) {
        if (!record_read(flow, i, &record))
            return;
        r53__put(&text, i ? ", " : "");
        r53__put(&text, r53_type_name(record.type));
        r53__put_char(&text, ' ');
        r53__put(&text, record.value);
    }
}

/* Node addresses of the asked family, in the order answered. */
static void ips_write(r53_flow *flow)
{
    size_t n = r53_answer_count(flow->answer, R53_SECTION_ANSWER);
    r53_record record = {.size = sizeof(record)};
    struct text text;

    r53__text_init(&text, flow->ips, sizeof(flow->ips));
    r53__put(&text, n ? "" : "not known");
    for (size_t i = 0; i < n; i++) {
        if (!record_read(flow, i, &record))
            return;
        r53__put(&text, i ? ", " : "");
        r53__put(&text, record.value);
    }
}

/* What a record is called that is no alias to a load balancer. */
static const char *record_word(const struct route *route, const char *type)
{
    static const char *const by_disposition[] = {
        [R53_DISPOSITION_RECORD] = NULL,
        [R53_DISPOSITION_ALIAS] = NULL,
        [R53_DISPOSITION_CNAME] = "CNAME",
        [R53_DISPOSITION_REFERRAL] = "delegated (NS)",
        [R53_DISPOSITION_NODATA] = "missing for this type",
        [R53_DISPOSITION_NXDOMAIN] = "missing",
        [R53_DISPOSITION_REFUSED] = "in no hosted zone",
        [R53_DISPOSITION_ANY] = "of any type",
    };
    static const char *const by_origin[] = {
        [R53_ORIGIN_RECORD] = "Alias to record",
        [R53_ORIGIN_LOAD_BALANCER] = "Alias to ELB",
        [R53_ORIGIN_OBSERVED] = "Alias to AWS resource",
        [R53_ORIGIN_DANGLING] = "Alias to nothing known",
        [R53_ORIGIN_LOOP] = "Alias in a circle",
        [R53_ORIGIN_NONE] = NULL,
    };

    if (route->rule == RULE_R53_DISP_08)
        return "for other clients";
    if (route->hops > 0)
        return by_origin[route->origin];
    return by_disposition[route->disposition] ? by_disposition[route->disposition] : type;
}

static void copy(char *buffer, size_t capacity, const char *from)
{
    struct text text;

    r53__text_init(&text, buffer, capacity);
    r53__put(&text, from);
}

/* The rcode, where nothing is answered. */
static const char *empty_word(const r53_flow *flow)
{
    if (flow->chain.route.disposition == R53_DISPOSITION_REFERRAL &&
        flow->answer->rcode == R53_RCODE_NOERROR)
        return "referral";
    return flow->answer->rcode == R53_RCODE_NOERROR ? "NODATA"
                                                    : r53_rcode_name(flow->answer->rcode);
}

static void words_find(struct telling *t)
{
    r53_flow *flow = t->flow;
    const struct route *route = &flow->chain.route;
    struct text type, status;

    name_write(flow->query, sizeof(flow->query), r53__name(&t->input->query->name));
    r53__text_init(&type, flow->type, sizeof(flow->type));
    r53__type_put(&type, t->input->query->type);
    copy(flow->record, sizeof(flow->record), record_word(route, flow->type));
    values_write(flow, flow->list, sizeof(flow->list));
    if (flow->list[0] == '\0')
        copy(flow->list, sizeof(flow->list), empty_word(flow));
    if (route->origin == R53_ORIGIN_LOAD_BALANCER) {
        name_write(flow->elb, sizeof(flow->elb),
                   t->input->view->fleets[route->target].lb->dns_name);
        ips_write(flow);
    }
    r53__text_init(&status, flow->status, sizeof(flow->status));
    r53__put_i64(&status, flow->chain.elb.status);
    t->words[WORD_QUERY] = flow->query;
    t->words[WORD_ELB] = flow->elb;
    t->words[WORD_IPS] = flow->ips;
    t->words[WORD_TYPE] = flow->type;
    t->words[WORD_RECORD] = flow->record;
    t->words[WORD_VALUES] = flow->list;
    t->words[WORD_STATUS] = flow->status;
    t->words[WORD_ADDRESS] = flow->address[0] ? flow->address : "not known";
}
