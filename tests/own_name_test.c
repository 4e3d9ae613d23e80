/*
 * A load balancer's own DNS name, asked for directly: no hosted zone of the cloud holds it, ELB's
 * DNS answers. Each row is resolved, asked over the wire in three ways, followed by the flow, or
 * enumerated.
 */
#include "support/harness.h"
#include "support/fleet_text.h"
#include "support/torture.h"
#include "support/wire_text.h"

#include <r53/import.h>
#include <r53/outcomes.h>
#include <r53/rulebook.h>

#include <stdio.h>

#define ALB  "my-alb-1234567890.us-east-1.elb.amazonaws.com"
#define NLB  "my-nlb-0123456789abcdef.elb.us-east-1.amazonaws.com"
#define CLB  "my-clb-987654321.us-east-1.elb.amazonaws.com"
#define INSD "internal-in-1.us-east-1.elb.amazonaws.com"
#define ONE  "a=198.51.100.1,2001:db8::1"
#define TWO  ONE " b=198.51.100.2,2001:db8::2"

#define WORLD                                                                                      \
    "lb my application " ALB " " TWO " dualstack\ntg my a=healthy b=healthy\n"                     \
    "lb net network " NLB " " TWO "\ntg net a=healthy b=unhealthy\n"                               \
    "lb old classic " CLB " " TWO " dualstack\n"                                                   \
    "lb in application " INSD " a=10.0.0.1 internal\n"

#define BOTH(name) name ". 60 A 198.51.100.1, " name ". 60 A 198.51.100.2"
#define SIX(name)  name ". 60 AAAA 2001:db8::1, " name ". 60 AAAA 2001:db8::2"

static const struct own_case {
    const char *what, *cloud, *lines;
} wire_cases[] = {
    {"ELB-DNS-01 ELB-DNS-08 ELB-DNS-40 ELB-DNS-20 an own name answers its nodes' addresses", WORLD,
     ALB ". A -> NOERROR aa; " BOTH(ALB) "\n" ALB
                                         ". A rd minimal -> NOERROR aa; " BOTH(ALB) " | rd\n"},
    {"ELB-DNS-06 ELB-DNS-40 of both families where it is dualstack", WORLD,
     ALB ". AAAA -> NOERROR aa; " SIX(ALB) "\n"},
    {"ELB-DNS-04 ELB-CASE-02 dualstack. in front of it", WORLD,
     "dualstack." ALB ". A -> NOERROR aa; " BOTH(
         "dualstack." ALB) "\n"
                           "dualstack." ALB ". AAAA -> NOERROR aa; " SIX("dualstack." ALB) "\n"},
    {"ELB-DNS-03 ELB-CASE-01 in any case", WORLD,
     "MY-ALB-1234567890.us-EAST-1.ELB.amazonaws.com. A -> NOERROR aa; " BOTH(ALB) "\n"},
    {"ELB-DNS-07 other types are NODATA", WORLD,
     ALB ". MX -> NOERROR aa; AUTH=SOA/60\n" ALB ". CNAME -> NOERROR aa; AUTH=SOA/60\n" ALB
         ". SOA edns=1232 -> NOERROR aa; AUTH=SOA/60 | edns=4096\n" ALB
         ". DS -> NOERROR aa; AUTH=SOA/60\n" ALB ". HTTPS -> NOERROR aa; AUTH=SOA/60\n"},
    {"ELB-DNS-07 what stands in front and is no prefix does not exist", WORLD,
     "www." ALB ". A -> NXDOMAIN aa; AUTH=SOA/60\n"
     "ipv6." ALB ". AAAA -> NXDOMAIN aa; AUTH=SOA/60\n"
     "us-east-1a." ALB ". A -> NXDOMAIN aa; AUTH=SOA/60\n"
     "a.dualstack." ALB ". A -> NXDOMAIN aa; AUTH=SOA/60\n"
     "dualstack." NLB ". A -> NXDOMAIN aa; AUTH=SOA/60\n"
     "us-east-1c." NLB ". A -> NXDOMAIN aa; AUTH=SOA/60\n"
     "_acme-challenge." CLB ". TXT do -> NXDOMAIN aa; AUTH=SOA/60 | edns=4096 do\n"},
    {"ELB-DNS-40 no address of the family is NODATA", WORLD,
     NLB ". AAAA -> NOERROR aa; AUTH=SOA/60\n" INSD ". AAAA -> NOERROR aa; AUTH=SOA/60\n"},
    {"ELB-DNS-01 ELB-DNS-27 a network one leaves its failed zone out", WORLD,
     NLB ". A -> NOERROR aa; " NLB ". 60 A 198.51.100.1\n"},
    {"ELB-DNS-35 ELB-CASE-19 R53-ELB-11 a zonal name answers its zone's node, failed or not", WORLD,
     "us-east-1a." NLB ". A -> NOERROR aa; us-east-1a." NLB ". 60 A 198.51.100.1\n"
     "us-east-1b." NLB ". A -> NOERROR aa; us-east-1b." NLB ". 60 A 198.51.100.2\n"
     "US-EAST-1B." NLB ". AAAA -> NOERROR aa; AUTH=SOA/60\n"},
    {"ELB-DNS-05 a Classic one's names by family", WORLD,
     CLB ". A -> NOERROR aa; " BOTH(
         CLB) "\n" CLB ". AAAA -> NOERROR aa; AUTH=SOA/60\n"
              "ipv6." CLB ". A -> NOERROR aa; AUTH=SOA/60\n"
              "ipv6." CLB ". AAAA -> NOERROR aa; " SIX(
                  "ipv6." CLB) "\n"
                               "dualstack." CLB ". A -> NOERROR aa; " BOTH(
                                   "dualstack." CLB) "\n"
                                                     "dualstack." CLB ". AAAA -> NOERROR aa; " SIX(
                                                         "dualstack." CLB) "\n"},
    {"ELB-LB-06 ELB-CASE-22 an internal one is answered to the internet", WORLD,
     INSD ". A -> NOERROR aa; " INSD ". 60 A 10.0.0.1\n"},
    {"ELB-DNS-01 R53-DNS-14 ANY is the addresses of both families", WORLD,
     ALB ". ANY -> NOERROR aa; " BOTH(ALB) ", " SIX(
         ALB) "\n" NLB ". ANY -> NOERROR aa; " NLB ". 60 A 198.51.100.1\n"
              "no." ALB ". ANY -> NXDOMAIN aa; AUTH=SOA/60\n"},
    {"ELB-DNS-01 R53-DNS-06 beside and above load balancers' names nothing is ours", WORLD,
     "us-east-1.elb.amazonaws.com. A -> REFUSED\nother-1.us-east-1.elb.amazonaws.com. A -> "
     "REFUSED\n"
     "amazonaws.com. NS -> REFUSED\n. A -> REFUSED\nx" ALB ". A -> REFUSED\n"},
    {"ELB-DNS-21 where every zone would be left out all are answered",
     "lb net network " NLB " " TWO "\ntg net a=unhealthy b=unhealthy\n",
     NLB ". A -> NOERROR aa; " BOTH(NLB) "\n"},
    {"ELB-CONF-01 ELB-DNS-02 an application one's name in the form of a network one's",
     "lb my application my-alb-0123456789abcdef.elb.us-east-1.amazonaws.com a=198.51.100.1\n",
     "my-alb-0123456789abcdef.elb.us-east-1.amazonaws.com. A -> NOERROR aa; "
     "my-alb-0123456789abcdef.elb.us-east-1.amazonaws.com. 60 A 198.51.100.1\n"},
    {"ELB-LB-04 one that does not serve has no address",
     "lb my application " ALB " " TWO " provisioning\n",
     ALB ". A -> NOERROR aa; AUTH=SOA/60\n" ALB ". ANY -> NOERROR aa; AUTH=SOA/60\n"},
    {"ELB-DNS-01 R53-PRIV-05 a private zone that holds the name comes first, where it is seen",
     WORLD "zone ZP amazonaws.com vpc-1\n" ALB ". A 10.9.9.9\n",
     ALB ". A vpc=vpc-1 -> NOERROR aa; " ALB ". 300 A 10.9.9.9; AUTH=NS\n" NLB
         ". A vpc=vpc-1 -> NXDOMAIN aa; AUTH=SOA/900\n" ALB
         ". A vpc=vpc-2 -> NOERROR aa; " BOTH(ALB) "\n" ALB ". A -> NOERROR aa; " BOTH(ALB) "\n"},
    {"ELB-DNS-01 R53-ZONE-10 a zone that is named does not hold it", WORLD,
     ALB ". A zone=ZONE1 -> REFUSED\n"},
    {"ELB-DNS-01 R53-PLACE-04 the client's subnet does not matter", WORLD,
     INSD ". A subnet=203.0.113.0/24 -> NOERROR aa; " INSD ". 60 A 10.0.0.1 | edns=4096 scope=0\n"},
};

static const struct own_case chased[] = {
    {"ELB-DNS-01 R53-DNS-10 a CNAME that is chased leads to the addresses",
     WORLD "c CNAME " ALB "\nu CNAME MY-NLB-0123456789ABCDEF.elb.us-east-1.amazonaws.com\n"
           "n CNAME no." ALB "\n",
     "c A chase -> NOERROR aa; c 300 CNAME " ALB
     "., " BOTH(ALB) "\n"
                     "c A -> NOERROR aa; c 300 CNAME " ALB ".; AUTH=NS\n"
                     "u A chase -> NOERROR aa; " NLB ". 60 A 198.51.100.1, u 300 CNAME " NLB ".\n"
                     "n A chase -> NXDOMAIN aa; n 300 CNAME no." ALB ".; AUTH=SOA/60\n"
                     "c MX chase -> NOERROR aa; c 300 CNAME " ALB ".; AUTH=SOA/60\n"},
    {"ELB-DNS-01 R53-DNS-14 ANY by RFC 8482: one RRset", WORLD,
     ALB ". ANY single -> NOERROR aa; " BOTH(ALB) "\n"},
};

static void check_wire(void **state)
{
    const struct own_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, wire_text);
    expect_lines(world.view, c->lines, wire_text_many);
    expect_lines(world.view, c->lines, wire_text_steps);
    world_close(&world);
}

static void check_chased(void **state)
{
    const struct own_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, wire_text);
    expect_lines(world.view, c->lines, wire_text_many);
    world_close(&world);
}

/* The octets of a NODATA: header, question, the SOA under the name above with its five numbers. */
static void check_soa(void **state)
{
    static const uint8_t numbers[] = {0,    0,    0, 1,    0,    0, 0x1c, 0x20, 0, 0,
                                      0x03, 0x84, 0, 0x12, 0x75, 0, 0,    0,    0, 60};
    r53_query query = {.size = sizeof(query), .type = R53_TYPE_TXT, .name = ALB};
    r53_record record = {.size = sizeof(record)};
    struct world world;
    r53_answer *answer;

    (void)state;
    world_open(&world, WORLD);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_count(answer, R53_SECTION_AUTHORITY), 1);
    assert_int_equal(r53_answer_record(answer, R53_SECTION_AUTHORITY, 0, &record), R53_OK);
    assert_int_equal(record.type, R53_TYPE_SOA);
    assert_string_equal(record.name, "us-east-1.elb.amazonaws.com.");
    assert_string_equal(record.value,
                        "ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 "
                        "1209600 60");
    assert_memory_equal(record.rdata + record.n_rdata - sizeof(numbers), numbers, sizeof(numbers));
    r53_answer_free(answer);
    world_close(&world);
}

/* Summary and dispatcher's finding, and what the trace says of it. */
static const struct found_case {
    const char *what, *name;
    int32_t type, telling, kind, rcode;
    const char *rule, *told;
} found[] = {
    {"ELB-DNS-40 the dispatcher finds a load balancer", ALB, R53_TYPE_A, 0,
     R53_DISPOSITION_LOAD_BALANCER, R53_RCODE_NOERROR, "ELB-DNS-40", "own-name own-name-answers"},
    {"R53-VIEW-01 by name too, as a name is no answer to itself", ALB, R53_TYPE_A,
     R53_ALIAS_AS_NAME, R53_DISPOSITION_LOAD_BALANCER, R53_RCODE_NOERROR, "ELB-DNS-40",
     "own-name own-name-answers"},
    {"ELB-DNS-07 it finds no such type", ALB, R53_TYPE_TXT, 0, R53_DISPOSITION_NODATA,
     R53_RCODE_NOERROR, "ELB-DNS-07", "own-name own-name-no-type"},
    {"ELB-DNS-07 it finds no such name", "x." ALB, R53_TYPE_A, 0, R53_DISPOSITION_NXDOMAIN,
     R53_RCODE_NXDOMAIN, "ELB-DNS-07", "own-name own-name-below"},
    {"R53-DNS-06 it finds nothing", "example.net", R53_TYPE_A, 0, R53_DISPOSITION_REFUSED,
     R53_RCODE_REFUSED, "R53-DNS-06", "zone-none"},
};

static void trace_names(const r53_trace *trace, size_t most, char *names, size_t size)
{
    size_t at = 0;

    names[0] = '\0';
    for (size_t i = 0; i < r53_trace_count(trace) && i < most; i++) {
        r53_trace_entry entry = {.size = sizeof(entry)};

        assert_int_equal(r53_trace_get(trace, i, &entry), R53_OK);
        at += (size_t)snprintf(names + at, size - at, "%s%s", i ? " " : "", entry.name);
    }
}

static void check_found(void **state)
{
    const struct found_case *c = *state;
    r53_query query = {
        .size = sizeof(query), .type = c->type, .name = c->name, .telling = c->telling};
    r53_disposition disposition = {.size = sizeof(disposition)};
    r53_answer_summary summary = {.size = sizeof(summary)};
    bool is_one = c->kind == R53_DISPOSITION_LOAD_BALANCER;
    struct world world;
    r53_answer *answer;
    r53_trace *trace;
    char names[256];

    world_open(&world, WORLD);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_trace_new(&trace, NULL), R53_OK);
    assert_int_equal(r53_dispatch(world.view, &query, &disposition, trace), R53_OK);
    assert_int_equal(disposition.kind, c->kind);
    assert_string_equal(r53_rule_id(disposition.rule), c->rule);
    assert_string_equal(disposition.hosted_zone_id, "");
    trace_names(trace, 8, names, sizeof(names));
    assert_string_equal(names, c->told);
    assert_int_equal(r53_resolve(world.view, &query, answer, NULL), R53_OK);
    assert_int_equal(r53_answer_summarize(answer, &summary), R53_OK);
    assert_int_equal(summary.rcode, c->rcode);
    assert_int_equal(summary.disposition, c->kind);
    assert_int_equal(summary.origin, is_one ? R53_ORIGIN_LOAD_BALANCER : R53_ORIGIN_NONE);
    assert_string_equal(summary.alias_name, "");
    assert_int_equal(strstr(summary.load_balancer_arn, "loadbalancer") != NULL, is_one);
    assert_string_equal(r53_disposition_name(R53_DISPOSITION_LOAD_BALANCER), "load-balancer");
    r53_trace_free(trace);
    r53_answer_free(answer);
    world_close(&world);
}

/* The flow: the steps' decisions and what the run ends with. */
static const struct flow_case {
    const char *what, *cloud, *name;
    int32_t type;
    const char *steps, *outputs, *record_type, *elb, *target;
} flows[] = {
    {"ELB-DNS-01 the flow of an own name ends at the target", WORLD, ALB, 0,
     "ELB's own DNS receives query; Name is ELB's own; ELB DNS resolved; ELB IPs sent to user; "
     "Connection established; Targets respond",
     "User gets response", "ELB's own", ALB, "10.0.0."},
    {"ELB-DNS-35 that of a zonal name at its zone's target", WORLD, "us-east-1b." NLB, 0,
     "ELB's own DNS receives query; Name is ELB's own; ELB DNS resolved; ELB IPs sent to user; "
     "Connection established; Targets respond",
     "User gets response", "ELB's own", NLB, "10.0.0.3"},
    {"ELB-DNS-40 without an address there is no connection", WORLD, NLB, R53_TYPE_AAAA,
     "ELB's own DNS receives query; Name is ELB's own; ELB has no address for AAAA",
     "NODATA returned to user", "ELB's own", NLB, ""},
    {"ELB-DNS-07 nor without such a name", WORLD, "www." ALB, 0,
     "ELB's own DNS receives query; Record is missing; NXDOMAIN sent to user", "NXDOMAIN",
     "missing", "None", ""},
    {"ELB-DNS-07 nor with such a type", WORLD, ALB, R53_TYPE_MX,
     "ELB's own DNS receives query; Record is missing for this type; NODATA sent to user", "NODATA",
     "missing for this type", "None", ""},
    {"ELB-DNS-01 R53-VIEW-03 a CNAME is answered as it is, and the client looks it up",
     WORLD "c CNAME " ALB "\n", "c.example.com", 0,
     "Route 53 receives query; Record is CNAME; Record sent to user; ELB DNS resolved; "
     "Connection established; Targets respond",
     "User gets response", "CNAME", ALB, "10.0.0."},
    {"ELB-DNS-35 a CNAME to a zonal name", WORLD "c CNAME us-east-1b." NLB "\n", "c.example.com", 0,
     "Route 53 receives query; Record is CNAME; Record sent to user; ELB DNS resolved; "
     "Connection established; Targets respond",
     "User gets response", "CNAME", NLB, "10.0.0.3"},
    {"ELB-DNS-40 a CNAME to one without an address", WORLD "c CNAME " NLB "\n", "c.example.com",
     R53_TYPE_AAAA,
     "Route 53 receives query; Record is CNAME; Record sent to user; ELB DNS resolved; ELB has no "
     "address for AAAA",
     "No connection", "CNAME", NLB, ""},
    {"ELB-DNS-07 a CNAME below one leads nowhere", WORLD "c CNAME no." ALB "\n", "c.example.com", 0,
     "Route 53 receives query; Record is CNAME; Record sent to user", "CNAME no." ALB ".", "CNAME",
     "None", ""},
    {"R53-VIEW-03 the CNAME itself is not looked up", WORLD "c CNAME " ALB "\n", "c.example.com",
     R53_TYPE_CNAME, "Route 53 receives query; Record is CNAME; Record sent to user",
     "CNAME " ALB ".", "CNAME", "None", ""},
    {"R53-VIEW-03 nor a CNAME for another type", WORLD "c CNAME " ALB "\n", "c.example.com",
     R53_TYPE_MX, "Route 53 receives query; Record is CNAME; Record sent to user", "CNAME " ALB ".",
     "CNAME", "None", ""},
    {"R53-PRIV-05 nor one that a zone of the cloud holds",
     WORLD "c CNAME " ALB "\nzone ZA amazonaws.com\n", "c.example.com", 0,
     "Route 53 receives query; Record is CNAME; Record sent to user", "CNAME " ALB ".", "CNAME",
     "None", ""},
};

static void check_flow(void **state)
{
    const struct flow_case *c = *state;
    r53_query query = {.size = sizeof(query), .type = c->type, .name = c->name, .seed = 5};
    struct world world;
    char told[1024];
    r53_flow *flow;
    size_t at = 0;

    world_open(&world, c->cloud);
    assert_int_equal(r53_flow_new(&flow, NULL), R53_OK);
    assert_int_equal(r53_flow_run(world.view, &query, NULL, NULL, flow), R53_OK);
    for (size_t i = 0; i < r53_flow_step_count(flow); i++) {
        r53_flow_step step = {.size = sizeof(step)};

        assert_int_equal(r53_flow_step_get(flow, i, &step), R53_OK);
        assert_true(step.n_entries > 0);
        at += (size_t)snprintf(told + at, sizeof(told) - at, "%s%s", i ? "; " : "", step.decision);
        if (i + 1 == r53_flow_step_count(flow))
            assert_string_equal(step.output, c->outputs);
    }
    assert_string_equal(told, c->steps);
    assert_string_equal(r53_flow_variable_get(flow, R53_VARIABLE_RECORD_TYPE, 9), c->record_type);
    assert_string_equal(r53_flow_variable_get(flow, R53_VARIABLE_ELB_DNS, 9), c->elb);
    assert_int_equal(strncmp(r53_flow_selection(flow)->target_id, c->target, strlen(c->target)), 0);
    assert_int_equal(r53_flow_selection(flow)->outcome == R53_SELECTED_TARGET, *c->target != '\0');
    assert_int_equal(*r53_flow_address(flow) != '\0', *c->target != '\0');
    r53_flow_free(flow);
    world_close(&world);
}

/* Exact outcomes: by alias, by CNAME and by the own name the same. */
static const char *outcomes_tell(char *buffer, const r53_view *view, const char *line)
{
    struct query_text query;
    r53_outcomes *outcomes;
    size_t at = 0;

    query_parse(&query, line, strlen(line));
    assert_int_equal(r53_outcomes_new(&outcomes, view, &query.query, NULL, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = {.size = sizeof(o)};

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        at += (size_t)snprintf(buffer + at, ANSWER_TEXT_MAX - at, "%s%s=%s/%s", i ? " " : "",
                               o.kind == R53_OUTCOME_SELECTION ? o.selection->target_id
                               : o.kind == R53_OUTCOME_ADDRESS ? o.value
                                                               : r53_rcode_name(o.rcode),
                               o.numerator, o.denominator);
    }
    r53_outcomes_free(outcomes);
    return buffer;
}

static const struct own_case shares[] = {
    {"ELB-DNS-43 ELB-MATH-01 an own name has the outcomes of an alias to it",
     WORLD "x A alias=Z35SXDOTRQ7X7K/" ALB ".\nc CNAME " ALB "\n",
     ALB ". A -> 10.0.0.2=1/2 10.0.0.3=1/2\nx A -> 10.0.0.2=1/2 10.0.0.3=1/2\n"
         "c A -> 10.0.0.2=1/2 10.0.0.3=1/2\ndualstack." ALB ". A -> 10.0.0.2=1/2 10.0.0.3=1/2\n"},
    {"ELB-DNS-07 ELB-DNS-40 none is an rcode", WORLD,
     "x." ALB ". A -> NXDOMAIN=1/1\n" ALB ". TXT -> NOERROR=1/1\n" NLB ". AAAA -> NOERROR=1/1\n"
     "z." NLB ". A -> NXDOMAIN=1/1\nwww.example.net. A -> REFUSED=1/1\n"},
    {"ELB-DNS-01 weighted CNAMEs lead to what they name",
     WORLD "w CNAME " ALB " id=a weight=1\nw CNAME us-east-1a." NLB " id=b weight=2\n"
           "w CNAME www.example.net id=c weight=1\n",
     "w A -> 10.0.0.2=1/2 www.example.net.=1/4 10.0.0.2=1/8 10.0.0.3=1/8\n"},
};

static void check_shares(void **state)
{
    const struct own_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, outcomes_tell);
    world_close(&world);
}

/* Own zone and failed zones count for the own name as they do for an alias. */
static const struct fleet_case {
    const char *what, *fleet, *policy, *prefix, *vpc, *zone, *shares;
} fleets[] = {
    {"ELB-DNS-44 ELB-DNS-46 ELB-CASE-17 partial affinity", "nlb a b c | t a1=ok b1=ok c1=ok",
     "partial_availability_zone_affinity", "", "vpc-1", "a", "a1=9/10 b1=1/20 c1=1/20"},
    {"ELB-DNS-44 full affinity", "nlb a b c | t a1=ok b1=ok c1=ok", "availability_zone_affinity",
     "", "vpc-1", "b", "b1=1/1"},
    {"ELB-DNS-45 not from outside the VPC", "nlb a b | t a1=ok b1=ok", "availability_zone_affinity",
     "", NULL, "a", "a1=1/2 b1=1/2"},
    {"ELB-DNS-35 a zonal name before all that", "nlb a b | t a1=ok b1=ok",
     "availability_zone_affinity", "b.", "vpc-1", "a", "b1=1/1"},
    {"ELB-SHIFT-02 a shifted zone is left out", "nlb a! b | t a1=ok b1=ok", NULL, "", NULL, NULL,
     "b1=1/1"},
    {"ELB-SHIFT-06 ELB-DNS-21 ELB-CASE-16 not when all have failed anyway",
     "nlb a! b | t xz=off a1=bad b1=bad", NULL, "", NULL, NULL, "a1=1/2 b1=1/2"},
    {"ELB-DNS-43 ELB-MATH-01 by the number of addresses", "nlb a:3 b | t xz=off a1=ok b1=ok", NULL,
     "", NULL, NULL, "a1=3/4 b1=1/4"},
};

static void check_fleet(void **state)
{
    const struct fleet_case *c = *state;
    struct fleet_world world = fleet_world_make(c->fleet, NULL);
    char name[256], told[512];
    r53_query query = {
        .size = sizeof(query), .name = name, .vpc_id = c->vpc, .availability_zone = c->zone};
    r53_outcomes *outcomes;
    r53_import *import;
    size_t at = 0;

    snprintf(name, sizeof(name), "%s" FLEET_NAME, c->prefix);
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    if (c->policy)
        assert_int_equal(r53_import_load_balancer_attribute(
                             import, FLEET_ARN, "dns_record.client_routing_policy", c->policy),
                         R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(&world, 0);
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, NULL, NULL), R53_OK);
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
        r53_outcome o = {.size = sizeof(o)};

        assert_int_equal(r53_outcomes_get(outcomes, i, &o), R53_OK);
        at += (size_t)snprintf(told + at, sizeof(told) - at, "%s%s=%s/%s", i ? " " : "",
                               o.selection->target_id, o.numerator, o.denominator);
    }
    assert_string_equal(told, c->shares);
    r53_outcomes_free(outcomes);
    fleet_world_free(&world);
}

/* The wire's peer is placed as r53_resolve's client is: the same addresses for each seed. */
static void check_wire_affinity(void **state)
{
    struct fleet_world world = fleet_world_make("nlb a b c | t a1=ok b1=ok c1=ok", NULL);
    r53_peer peer = {.size = sizeof(peer), .vpc_id = "vpc-1", .availability_zone = "b"};
    struct wire_query query;
    uint8_t response[512];
    r53_import *import;
    size_t length;

    (void)state;
    assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer_attribute(import, FLEET_ARN,
                                                        "dns_record.client_routing_policy",
                                                        "availability_zone_affinity"),
                     R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    fleet_world_look(&world, 0);
    wire_query_parse(&query, FLEET_NAME ". A");
    for (peer.seed = 0; peer.seed < 50; peer.seed++) {
        assert_int_equal(r53_respond(world.view, &peer, query.octets, query.length, response,
                                     sizeof(response), &length),
                         R53_OK);
        assert_int_equal(response[7], 1); /* one record in the answer */
    }
    peer.vpc_id = NULL;
    assert_int_equal(r53_respond(world.view, &peer, query.octets, query.length, response,
                                 sizeof(response), &length),
                     R53_OK);
    assert_int_equal(response[7], 3);
    fleet_world_free(&world);
}

/* Makes a flow and runs it; R53_E_NOMEM or a target. */
static int32_t flow_once(const r53_view *view, const char *name, const r53_allocator *allocator)
{
    r53_query query = {.size = sizeof(query), .name = name};
    r53_flow *flow = NULL;
    int32_t rc = r53_flow_new(&flow, allocator);

    if (rc == R53_OK)
        rc = r53_flow_run(view, &query, NULL, NULL, flow);
    if (rc == R53_OK)
        assert_int_equal(r53_flow_selection(flow)->outcome, R53_SELECTED_TARGET);
    r53_flow_free(flow);
    return rc;
}

static void check_memory(void **state)
{
    static const char *const names[] = {ALB, "c.example.com"};
    struct world world;

    (void)state;
    world_open(&world, WORLD "c CNAME " ALB "\n");
    for (size_t i = 0; i < 2 * COUNT(names); i++) {
        struct torture torture = {.fail_at = 1, .once = i % 2 != 0};
        r53_allocator allocator = torture_allocator(&torture);
        int32_t rc;

        do {
            torture.calls = 0;
            rc = flow_once(world.view, names[i / 2], &allocator);
            assert_int_equal(torture.live, 0);
            assert_int_equal(rc, torture.calls >= torture.fail_at ? R53_E_NOMEM : R53_OK);
            torture.fail_at++;
        } while (rc != R53_OK);
        assert_true(torture.fail_at > 3);
    }
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(wire_cases) + COUNT(chased) + COUNT(found) + COUNT(flows) +
                            COUNT(shares) + COUNT(fleets) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, wire_cases, check_wire);
    ADD_CASES(tests, n, chased, check_chased);
    ADD_CASES(tests, n, found, check_found);
    ADD_CASES(tests, n, flows, check_flow);
    ADD_CASES(tests, n, shares, check_shares);
    ADD_CASES(tests, n, fleets, check_fleet);
    ADD_TEST(tests, n, "ELB-DNS-07 R53-DNS-03 the SOA of an own name's negative answers",
             check_soa);
    ADD_TEST(tests, n, "ELB-DNS-44 affinity on the wire", check_wire_affinity);
    ADD_TEST(tests, n, "ELB-DNS-01 any allocation of such a flow may fail", check_memory);
    return RUN_TESTS("own_name", tests, n);
}
