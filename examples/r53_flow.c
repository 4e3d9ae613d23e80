/*
 * r53-flow: follows a DNS query through an account, from Route 53 to the target that gets the
 * traffic. The library does no I/O; reading the files and printing is done here.
 */
#include "flow_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 4096, RULES_MAX = 256 };

/* What was refused */

static int refused(const char *what, int32_t code)
{
    fprintf(stderr, "r53-flow: %s: %s\n", what, r53_strerror(code));
    return EXIT_REFUSED;
}

/* The library names the members that it refuses; here stand the options that said them. */
static int question_invalid(const struct job *job)
{
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report = NULL;

    if (r53_report_new(&report, NULL) != R53_OK)
        return refused(job->query.name, R53_E_NOMEM);
    r53_query_check(&job->query, report);
    r53_request_check(&job->request, report);
    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++)
        fprintf(stderr, "r53-flow: error: %s: %s\n", option_of(finding.path), finding.text);
    r53_report_free(report);
    return EXIT_REFUSED;
}

/* The library's word says what kind of refusal it is; here stands what can be done about it. */
static int query_refused(const struct job *job, int32_t code)
{
    static const struct {
        int32_t code;
        const char *hint;
    } hints[] = {
        {R53_E_AMBIGUOUS, "choose one with --ask-zone"},
        {R53_E_NOT_FOUND, "no hosted zone has the id that --ask-zone gives"},
        {R53_E_UNSUPPORTED,
         "the routing policy, this type of query, or what the listener or target "
         "group does"},
    };
    const char *hint = "";

    if (code == R53_E_INVALID)
        return question_invalid(job);
    for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
        if (hints[i].code == code)
            hint = hints[i].hint;
    }
    fprintf(stderr, "r53-flow: %s: %s%s%s\n", job->query.name, r53_strerror(code),
            *hint ? ": " : "", hint);
    return EXIT_REFUSED;
}

/* Parts of an output */

/* Last part of an ARN that a reader knows: "targetgroup/web/73e2..." */
static const char *arn_tail(const char *arn)
{
    const char *colon = strrchr(arn, ':');

    return colon ? colon + 1 : arn;
}

/* A load balancer that serves, but not in the zone that was asked for, is not inactive. */
static const char *outcome_word(const r53_selection *s)
{
    bool no_node =
        s->outcome == R53_SELECTED_INACTIVE && strcmp(r53_rule_id(s->rule), "ELB-LB-10") == 0;

    return no_node ? "no node in that zone" : r53_selection_outcome_name(s->outcome);
}

static void print_selection(const r53_selection *s)
{
    printf("%s", outcome_word(s));
    if (*s->target_id)
        printf(" %s", s->target_id);
    if (s->target_port) /* functions have none */
        printf(" port %ld", (long)s->target_port);
    if (*s->target_zone)
        printf(" in %s", s->target_zone);
    if (s->status)
        printf(" %ld", (long)s->status);
    if (s->matched_priority > 0)
        printf(", rule %ld", (long)s->matched_priority);
    if (*s->target_group_arn)
        printf(", %s", arn_tail(s->target_group_arn));
    if (*s->availability_zone)
        printf(", node in %s", s->availability_zone);
    if (s->fail_open)
        printf(", fail open");
}

/* A text that depends on the request; what the selection has none of is left out. */
static void print_selection_text(const r53_view *view, const struct job *job,
                                 const r53_selection *s, int32_t which, const char *label)
{
    char text[LINE_MAX_OCTETS];

    if (r53_selection_text_write(view, &job->request, s, which, text, sizeof(text), NULL) == R53_OK)
        printf("  %s %s\n", label, text);
}

static void print_end(const r53_view *view, const struct job *job, r53_flow *flow)
{
    const r53_selection *s = r53_flow_selection(flow);

    if (!s->outcome)
        return;
    printf("\nLoad balancer %s", arn_tail(s->load_balancer_arn));
    if (*r53_flow_address(flow))
        printf(", connected to %s", r53_flow_address(flow));
    printf(":\n  ");
    print_selection(s);
    putchar('\n');
    if (*s->certificate_arn)
        printf("  certificate %s\n", arn_tail(s->certificate_arn));
    if (*s->message_body)
        printf("  body     %s\n", s->message_body);
    print_selection_text(view, job, s, R53_TEXT_LOCATION, "location");
    if (s->outcome == R53_SELECTED_TARGET) {
        print_selection_text(view, job, s, R53_TEXT_HOST, "host    ");
        print_selection_text(view, job, s, R53_TEXT_URL, "url     ");
        print_selection_text(view, job, s, R53_TEXT_X_FORWARDED_FOR, "x-forwarded-for");
    }
}

/* Is the record the name telling's, which stands for a load balancer's addresses? */
static int is_name_telling(const struct job *job, const r53_flow *flow, const r53_record *record)
{
    return record->type == R53_TYPE_CNAME && job->query.telling != R53_ALIAS_AS_ADDRESSES &&
           strcmp(r53_flow_variable_get(flow, R53_VARIABLE_ELB_DNS, SIZE_MAX), "None") != 0;
}

static void print_answer(const struct job *job, const r53_flow *flow, r53_answer *answer)
{
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};

    r53_answer_summarize(answer, &summary);
    printf("%s", r53_rcode_name(summary.rcode));
    if (*summary.hosted_zone_id)
        printf(" from hosted zone %s", summary.hosted_zone_id);
    if (summary.client_subnet_scope >= 0)
        printf(", client subnet scope /%ld", (long)summary.client_subnet_scope);
    puts(":");
    for (size_t i = 0; r53_answer_record(answer, R53_SECTION_ANSWER, i, &record) == R53_OK; i++)
        printf("  %s %lu %s %s%s\n", record.name, (unsigned long)record.ttl,
               r53_type_name(record.type), record.value,
               is_name_telling(job, flow, &record)
                   ? "  (told by name; the wire has its addresses instead, R53-VIEW-01)"
                   : "");
    if (r53_answer_count(answer, R53_SECTION_ANSWER) == 0)
        puts("  no record");
}

/* Why */

/* Rules that were cited, each once, in the order of their first use. */
struct cited {
    int32_t rules[RULES_MAX];
    size_t n;
};

static void cite(struct cited *cited, int32_t rule)
{
    size_t i = 0;

    while (i < cited->n && cited->rules[i] != rule)
        i++;
    if (rule && i == cited->n && cited->n < RULES_MAX)
        cited->rules[cited->n++] = rule;
}

static void print_decision(const r53_trace *trace, size_t index, struct cited *cited)
{
    r53_trace_entry entry = {.size = sizeof(entry)};
    char text[LINE_MAX_OCTETS];

    r53_trace_get(trace, index, &entry);
    r53_trace_text(trace, index, text, sizeof(text), NULL);
    printf("  - %s [%s]\n", text, r53_rule_id(entry.rule));
    cite(cited, entry.rule);
}

static void print_rules(const struct cited *cited)
{
    r53_rule rule = {.size = sizeof(rule)};

    puts("\nRules:");
    for (size_t i = 0; i < cited->n; i++) {
        if (r53_rulebook_find(cited->rules[i], &rule) == R53_OK)
            printf("  %-16s %s (%s)\n", rule.id, rule.sentence, rule.source);
    }
}

static int print_why(const r53_view *view, const struct job *job, r53_flow *flow)
{
    r53_flow_step step = {.size = sizeof(step)};
    struct cited cited = {.n = 0};

    print_answer(job, flow, r53_flow_answer(flow));
    print_end(view, job, flow);
    for (size_t i = 0; r53_flow_step_get(flow, i, &step) == R53_OK; i++) {
        printf("\n%ld. %s: %s\n", (long)step.number, step.action, step.decision);
        for (uint32_t e = 0; e < step.n_entries; e++)
            print_decision(r53_flow_trace(flow), step.first_entry + e, &cited);
    }
    print_rules(&cited);
    return 0;
}

/* Forms of output */

typedef int32_t render_function(const void *of, int32_t form, char *buffer, size_t capacity,
                                size_t *length);

static int print_form(render_function *render, const void *of, int32_t form)
{
    size_t length = 0;
    char *text;
    int32_t code;

    render(of, form, NULL, 0, &length);
    text = malloc(length + 1);
    if (!text)
        return refused("output", R53_E_NOMEM);
    code = render(of, form, text, length + 1, NULL);
    if (code == R53_OK)
        fputs(text, stdout);
    free(text);
    return code ? refused("output", code) : 0;
}

static int32_t render_flow(const void *of, int32_t form, char *buffer, size_t capacity,
                           size_t *length)
{
    return r53_flow_render(of, form, buffer, capacity, length);
}

static int32_t render_outcomes(const void *of, int32_t form, char *buffer, size_t capacity,
                               size_t *length)
{
    return r53_outcomes_render(of, form, buffer, capacity, length);
}

static int32_t render_tree(const void *of, int32_t form, char *buffer, size_t capacity,
                           size_t *length)
{
    return r53_tree_render(of, form, buffer, capacity, length);
}

static int print_run(const r53_view *view, const struct job *job, r53_flow *flow)
{
    int result;

    if (job->form == FORM_WHY)
        return print_why(view, job, flow);
    if (job->form)
        return print_form(render_flow, flow, job->form);
    result = print_form(render_flow, flow, R53_RENDER_TEXT);
    putchar('\n');
    return result ? result : print_form(render_flow, flow, R53_RENDER_EXPLAIN);
}

static int print_flow(const r53_view *view, const struct job *job)
{
    r53_flow *flow = NULL;
    int32_t code = r53_flow_new(&flow, NULL);
    int result;

    if (code == R53_OK)
        code = r53_flow_run(view, &job->query, &job->request, NULL, flow);
    result = code ? query_refused(job, code) : print_run(view, job, flow);
    r53_flow_free(flow);
    return result;
}

/* Why there is no picture: the report's words where they say more than the code's. */
static int picture_refused(const struct job *job, const char *picture, r53_report *report,
                           int32_t code)
{
    if (code == R53_E_LIMIT || code == R53_E_UNSUPPORTED)
        findings_tell(report, picture, (struct telling){.quiet = job->quiet});
    return query_refused(job, code);
}

static int print_outcomes(const r53_view *view, const struct job *job, r53_report *report)
{
    r53_outcomes *outcomes = NULL;
    int32_t code = r53_outcomes_new(&outcomes, view, &job->query, &job->request, report);
    int result;

    if (code)
        return picture_refused(job, "outcomes", report, code);
    result = print_form(render_outcomes, outcomes, job->form ? job->form : R53_RENDER_TEXT);
    r53_outcomes_free(outcomes);
    return result;
}

static int print_tree(const r53_view *view, const struct job *job, r53_report *report)
{
    r53_tree *tree = NULL;
    int32_t code = r53_tree_new(&tree, view, &job->query, NULL, report);
    int result;

    if (code)
        return picture_refused(job, "tree", report, code);
    result = print_form(render_tree, tree, job->form ? job->form : R53_RENDER_TEXT);
    r53_tree_free(tree);
    return result;
}

static int print_picture(const r53_view *view, const struct job *job)
{
    r53_report *report = NULL;
    int result;

    if (job->picture == PICTURE_RUN)
        return print_flow(view, job);
    if (r53_report_new(&report, NULL) != R53_OK)
        return refused(job->query.name, R53_E_NOMEM);
    result = job->picture == PICTURE_OUTCOMES ? print_outcomes(view, job, report)
                                              : print_tree(view, job, report);
    r53_report_free(report);
    return result;
}

static int run(struct job *job)
{
    struct telling how = {"r53-flow", job->quiet, option_hint};
    const r53_view *view = sources_load(job->files, job->n_files, false, job->now_ms, how);
    int result;

    if (!view)
        return EXIT_REFUSED;
    result = print_picture(view, job);
    r53_view_release(view);
    return result;
}

int main(int argc, char **argv)
{
    static struct job job;
    int code = argc > 0 ? job_read(&job, argv) : EXIT_USAGE;

    if (code == 0 && job.help)
        help_print();
    else if (code == 0)
        code = run(&job);
    if (fflush(stdout) || ferror(stdout)) {
        perror("r53-flow: standard output");
        return EXIT_REFUSED;
    }
    return code;
}
