/*
 * What is told of a run, word by word: names, addresses and the record, as people write them.
 */
#include "flow/flow.h"

#include "base/rules.h"
#include "route53/answer.h"

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
        [R53_DISPOSITION_LOAD_BALANCER] = "ELB's own",
        [R53_DISPOSITION_FORWARDED] = "forwarded by the VPC's resolver",
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

static void elb_name_write(r53_flow *flow, const r53_view *view, int32_t fleet)
{
    name_write(flow->elb, sizeof(flow->elb), view->fleets[fleet].lb->dns_name);
}

void r53__flow_words(r53_flow *flow, const struct route_input *input, const char *words[FLOW_WORDS])
{
    const struct route *route = &flow->chain.route;
    struct text type, status;

    name_write(flow->query, sizeof(flow->query), r53__name(&input->query->name));
    r53__text_init(&type, flow->type, sizeof(flow->type));
    r53__type_put(&type, input->query->type);
    copy(flow->record, sizeof(flow->record), record_word(route, flow->type));
    values_write(flow, flow->list, sizeof(flow->list));
    if (flow->list[0] == '\0')
        copy(flow->list, sizeof(flow->list), empty_word(flow));
    if (route->origin == R53_ORIGIN_LOAD_BALANCER) {
        elb_name_write(flow, input->view, route->target);
        ips_write(flow);
    } else if (flow->looked_up >= 0) {
        elb_name_write(flow, input->view, flow->looked_up);
    }
    r53__text_init(&status, flow->status, sizeof(flow->status));
    r53__put_i64(&status, flow->chain.elb.status);
    words[WORD_QUERY] = flow->query;
    words[WORD_ELB] = flow->elb;
    words[WORD_IPS] = flow->ips;
    words[WORD_TYPE] = flow->type;
    words[WORD_RECORD] = flow->record;
    words[WORD_VALUES] = flow->list;
    words[WORD_STATUS] = flow->status;
    words[WORD_ADDRESS] = flow->address[0] ? flow->address : "not known";
}
