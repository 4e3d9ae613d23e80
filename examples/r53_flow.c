/*
 * r53-flow: follows a DNS query through an account, from Route 53 to the target that gets the
 * traffic. The library does no I/O; reading the files and printing is done here.
 */
#include <r53/json.h>
#include <r53/r53.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };

/* What the command line says. */
struct job {
    r53_query query;
    r53_request request;
    r53_json_context context; /* of the files behind it */
    int32_t form;             /* enum r53_render_form; 0: text and explanation */
    bool outcomes, quiet, help;
};

/* What the files say. */
struct account {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    const r53_view *view;
};

/* Options */

struct option {
    const char *name, *argument; /* argument NULL: none */
    bool (*take)(struct job *job, const struct option *option, const char *value);
    size_t at;     /* offset of the member in struct job */
    int64_t value; /* what is put there, or the largest number */
    const char *help;
};

static void *member(struct job *job, const struct option *option)
{
    return (char *)job + option->at;
}

static bool take_text(struct job *job, const struct option *option, const char *value)
{
    *(const char **)member(job, option) = value;
    return true;
}

static bool take_flag(struct job *job, const struct option *option, const char *value)
{
    (void)value;
    *(bool *)member(job, option) = true;
    return true;
}

static bool take_choice(struct job *job, const struct option *option, const char *value)
{
    (void)value;
    *(int32_t *)member(job, option) = (int32_t)option->value;
    return true;
}

static bool parse_number(const char *text, uint64_t most, uint64_t *number)
{
    char *end;

    if (*text < '0' || *text > '9' || strlen(text) > 19) /* 20 digits may not fit */
        return false;
    *number = strtoull(text, &end, 10);
    return *end == '\0' && *number <= most;
}

static bool take_port(struct job *job, const struct option *option, const char *value)
{
    uint64_t number;

    if (!parse_number(value, 65535, &number) || number == 0)
        return false;
    *(int32_t *)member(job, option) = (int32_t)number;
    return true;
}

static bool take_seed(struct job *job, const struct option *option, const char *value)
{
    (void)option;
    if (!parse_number(value, UINT64_MAX, &job->query.seed))
        return false;
    job->request.seed = job->query.seed;
    return true;
}

static bool take_type(struct job *job, const struct option *option, const char *value)
{
    (void)option;
    job->query.type = r53_type_number(value);
    return job->query.type != 0;
}

static bool take_telling(struct job *job, const struct option *option, const char *value)
{
    (void)option;
    if (strcmp(value, "name") == 0)
        job->query.telling = R53_ALIAS_AS_NAME;
    else if (strcmp(value, "addresses") == 0)
        job->query.telling = R53_ALIAS_AS_ADDRESSES;
    return job->query.telling != 0;
}

/* The client asks for itself: no resolver in between. */
static bool take_client(struct job *job, const struct option *option, const char *value)
{
    (void)option;
    job->request.source_address = value;
    job->query.resolver_address = value;
    return true;
}

#define JOB(member) offsetof(struct job, member)

static const struct option options[] = {
    {"--type", "TYPE", take_type, 0, 0, "record type asked for: A, AAAA, MX ...; A"},
    {"--client", "ADDRESS", take_client, 0, 0, "address of the client"},
    {"--source-port", "PORT", take_port, JOB(request.source_port), 0, "port of the client"},
    {"--port", "PORT", take_port, JOB(request.port), 0,
     "port that the client connects to; 80, or the lowest there is"},
    {"--vpc", "ID", take_text, JOB(query.vpc_id), 0,
     "ask from inside this VPC, where private zones answer"},
    {"--vpc-region", "REGION", take_text, JOB(query.vpc_region), 0, "Region of that VPC"},
    {"--ask-zone", "ID", take_text, JOB(query.hosted_zone_id), 0,
     "ask this hosted zone, where several bear the name"},
    {"--telling", "name|addresses", take_telling, 0, 0,
     "what Route 53 returns for an alias to a load balancer; name"},
    {"--seed", "NUMBER", take_seed, 0, 0, "chance: the same seed draws the same; 0"},
    {"--mermaid", NULL, take_choice, JOB(form), R53_RENDER_MERMAID,
     "the flow as a Mermaid flowchart"},
    {"--json", NULL, take_choice, JOB(form), R53_RENDER_JSON, "everything, as JSON"},
    {"--dot", NULL, take_choice, JOB(form), R53_RENDER_DOT, "the flow for Graphviz"},
    {"--outcomes", NULL, take_flag, JOB(outcomes), 0, "all possible ends and their exact shares"},
    {"--quiet", NULL, take_flag, JOB(quiet), 0, "no notes and warnings on standard error"},
    {"--help", NULL, take_flag, JOB(help), 0, "this text"},
};

static const struct option contexts[] = {
    {"--zone-id", "ID", take_text, JOB(context.hosted_zone_id), 0,
     "hosted zone of list-resource-record-sets"},
    {"--zone-name", "NAME", take_text, JOB(context.hosted_zone_name), 0,
     "its name, where the list holds no SOA"},
    {"--target-group", "ARN", take_text, JOB(context.target_group_arn), 0,
     "target group of describe-target-health"},
    {"--load-balancer", "ARN|NAME", take_text, JOB(context.load_balancer), 0,
     "load balancer of elb describe-instance-health"},
    {"--account", "ID", take_text, JOB(context.account), 0, "account of Classic load balancers"},
    {"--region", "REGION", take_text, JOB(context.region), 0, "Region of Classic load balancers"},
    {"--skip-invalid", NULL, take_choice, JOB(context.skip_invalid), 1,
     "leave out what has no meaning instead of refusing the file"},
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void print_options(const struct option *table, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char left[40];

        snprintf(left, sizeof(left), "%s %s", table[i].name,
                 table[i].argument ? table[i].argument : "");
        printf("  %-26s %s\n", left, table[i].help);
    }
}

static void print_help(void)
{
    puts("usage: r53-flow NAME FILE... [OPTION...]\n\n"
         "Follows a DNS query for NAME through the account that the FILEs describe: from Route 53\n"
         "to the target behind a load balancer. A FILE is what the AWS CLI prints, a supplement\n"
         "or a bundle (see r53/json.h); - is standard input. Exit code: 0 answered, 1 something\n"
         "was refused, 2 wrong usage.\n");
    print_options(options, COUNT(options));
    puts("\nFor the FILEs after it, where a document does not say whose it is:");
    print_options(contexts, COUNT(contexts));
}

static int usage(const char *what, const char *value)
{
    fprintf(stderr, "r53-flow: %s%s%s\nTry r53-flow --help.\n", what, value ? ": " : "",
            value ? value : "");
    return EXIT_USAGE;
}

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    }
    for (size_t i = 0; i < COUNT(contexts); i++) {
        if (strcmp(contexts[i].name, name) == 0)
            return &contexts[i];
    }
    return NULL;
}

/* Takes the option at argv[*i] and its argument. */
static int option_take(struct job *job, char **argv, int *i)
{
    const struct option *option = option_find(argv[*i]);

    if (!option)
        return usage("no such option", argv[*i]);
    if (option->argument && !argv[*i + 1])
        return usage("this option needs an argument", option->name);
    *i += option->argument != NULL;
    if (!option->take(job, option, argv[*i])) {
        fprintf(stderr, "r53-flow: %s: '%s' is no valid %s\nTry r53-flow --help.\n", option->name,
                argv[*i], option->argument);
        return EXIT_USAGE;
    }
    return 0;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* Findings */

static void print_finding(const char *file, const r53_finding *f)
{
    static const char *const words[] = {"?", "note", "warning", "error"};

    fprintf(stderr, "%s:", file);
    if (f->line)
        fprintf(stderr, "%ld:%ld:", (long)f->line, (long)f->column);
    fprintf(stderr, " %s: %s%s%s", words[f->severity], f->path, *f->path ? ": " : "", f->text);
    if (*f->aws_name || *f->rule)
        fprintf(stderr, " (%s%s%s)", f->aws_name, *f->aws_name && *f->rule ? ", " : "", f->rule);
    fputc('\n', stderr);
}

/* Prints what was found since the last time. */
static void tell(struct account *account, const struct job *job, const char *file)
{
    r53_finding finding = {.size = sizeof(finding)};

    for (size_t i = 0; r53_report_get(account->report, i, &finding) == R53_OK; i++) {
        if (!job->quiet || finding.severity == R53_SEVERITY_ERROR)
            print_finding(file, &finding);
    }
    r53_report_clear(account->report);
}

static int refused(const char *what, int32_t code)
{
    fprintf(stderr, "r53-flow: %s: %s\n", what, r53_strerror(code));
    return EXIT_REFUSED;
}

/* The library's word says what kind of refusal it is; here stands what can be done about it. */
static const char *hint(const struct account *account, const r53_query *query, int32_t code)
{
    r53_answer *answer = NULL;
    int32_t dns;

    if (code == R53_E_AMBIGUOUS)
        return "choose one with --ask-zone";
    if (code == R53_E_NOT_FOUND)
        return "no hosted zone has the id that --ask-zone gives";
    if (code == R53_E_INVALID)
        return "this is no DNS name, or --client, --vpc or --vpc-region is not valid";
    if (code != R53_E_UNSUPPORTED || r53_answer_new(&answer, NULL) != R53_OK)
        return NULL;
    dns = r53_resolve(account->view, query, answer, NULL);
    r53_answer_free(answer);
    return dns ? "the routing policy of the record sets, or this type of query"
               : "what the load balancer's listener or target group does";
}

static int query_refused(const struct account *account, const r53_query *query, int32_t code)
{
    const char *more = hint(account, query, code);
    const char *what = code == R53_E_INVALID ? "" : r53_strerror(code); /* no report to point at */

    fprintf(stderr, "r53-flow: %s: %s%s%s\n", query->name, what, *what && more ? ": " : "",
            more ? more : "");
    return EXIT_REFUSED;
}

/* Files */

/* The whole file, to be freed; NULL: told on standard error. */
static char *file_read(const char *name, size_t *length)
{
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    size_t capacity = 1 << 16, n = 0;
    char *text = file ? malloc(capacity) : NULL;

    while (text && !feof(file) && !ferror(file)) {
        n += fread(text + n, 1, capacity - n, file);
        if (n == capacity) {
            char *more = realloc(text, capacity *= 2);

            if (!more)
                free(text);
            text = more;
        }
    }
    if (!text || ferror(file)) {
        perror(name);
        free(text);
        text = NULL;
    }
    if (file && file != stdin)
        fclose(file);
    *length = n;
    return text;
}

static int file_load(struct account *account, const struct job *job, const char *name)
{
    size_t length;
    char *text = file_read(name, &length);
    int32_t code;

    if (!text)
        return EXIT_REFUSED;
    code = r53_json_read(account->import, text, length, &job->context, account->report);
    free(text);
    tell(account, job, name);
    return code ? EXIT_REFUSED : 0; /* what for has been told */
}

/* Reads the command line from left to right, so that a context counts for the files behind it. */
static int arguments_read(struct account *account, struct job *job, char **argv)
{
    int files = 0, code = 0;

    for (int i = 1; argv[i] && code == 0; i++) {
        if (is_option(argv[i]))
            code = option_take(job, argv, &i);
        else if (!job->query.name)
            job->query.name = argv[i];
        else if (files++, account)
            code = file_load(account, job, argv[i]);
    }
    if (code || job->help)
        return code;
    if (!job->query.name)
        return usage("which name is asked for?", NULL);
    return files ? 0 : usage("which FILE describes the account?", NULL);
}

/* Output */

static int print_form(const r53_flow *flow, int32_t form)
{
    size_t length = 0;
    char *text;
    int32_t code;

    r53_flow_render(flow, form, NULL, 0, &length);
    text = malloc(length + 1);
    if (!text)
        return refused("output", R53_E_NOMEM);
    code = r53_flow_render(flow, form, text, length + 1, NULL);
    if (code == R53_OK)
        fputs(text, stdout);
    free(text);
    return code ? refused("output", code) : 0;
}

static int print_flow(const struct account *account, const struct job *job)
{
    r53_flow *flow = NULL;
    int32_t code = r53_flow_new(&flow, NULL);
    int result;

    if (code == R53_OK)
        code = r53_flow_run(account->view, &job->query, &job->request, NULL, flow);
    if (code) {
        result = query_refused(account, &job->query, code);
    } else if (job->form) {
        result = print_form(flow, job->form);
    } else {
        result = print_form(flow, R53_RENDER_TEXT);
        putchar('\n');
        if (result == 0)
            result = print_form(flow, R53_RENDER_EXPLAIN);
    }
    r53_flow_free(flow);
    return result;
}

/* Last part of an ARN that a reader knows: "targetgroup/web/73e2..." */
static const char *arn_tail(const char *arn)
{
    const char *colon = strrchr(arn, ':');

    return colon ? colon + 1 : arn;
}

static void print_selection(const r53_selection *s)
{
    printf("%s", r53_selection_outcome_name(s->outcome));
    if (*s->target_id)
        printf(" %s", s->target_id);
    if (s->target_port) /* functions have none */
        printf(" port %ld", (long)s->target_port);
    if (*s->target_zone)
        printf(" in %s", s->target_zone);
    if (s->status)
        printf(" %ld", (long)s->status);
    if (*s->target_group_arn)
        printf(", %s", arn_tail(s->target_group_arn));
    if (*s->availability_zone)
        printf(", node in %s", s->availability_zone);
    if (s->fail_open)
        printf(", fail open");
}

static void print_outcome(const r53_outcome *outcome)
{
    char share[80];

    snprintf(share, sizeof(share), "%s/%s", outcome->numerator, outcome->denominator);
    printf("%-12s ", share);
    if (outcome->kind == R53_OUTCOME_SELECTION)
        print_selection(outcome->selection);
    else if (outcome->kind == R53_OUTCOME_ADDRESS)
        printf("%s", outcome->value);
    else
        printf("%s without an address", r53_rcode_name(outcome->rcode));
    if (*outcome->set_identifier)
        printf(", record set %s", outcome->set_identifier);
    putchar('\n');
}

static int print_outcomes(struct account *account, const struct job *job)
{
    r53_outcome outcome = {.size = sizeof(outcome)};
    r53_outcomes *outcomes = NULL;
    int32_t code =
        r53_outcomes_new(&outcomes, account->view, &job->query, &job->request, account->report);

    tell(account, job, "outcomes");
    if (code)
        return query_refused(account, &job->query, code);
    for (size_t i = 0; r53_outcomes_get(outcomes, i, &outcome) == R53_OK; i++)
        print_outcome(&outcome);
    r53_outcomes_free(outcomes);
    return 0;
}

/* The account */

static int account_open(struct account *account)
{
    int32_t code = r53_cloud_new(&account->cloud, NULL);

    if (code == R53_OK)
        code = r53_observed_new(&account->observed, NULL);
    if (code == R53_OK)
        code = r53_report_new(&account->report, NULL);
    if (code == R53_OK)
        code = r53_import_new(&account->import, account->cloud, account->observed, account->report);
    return code ? refused("start", code) : 0;
}

static void account_close(struct account *account)
{
    r53_view_release(account->view);
    r53_import_free(account->import);
    r53_report_free(account->report);
    r53_observed_free(account->observed);
    r53_cloud_free(account->cloud);
}

/* All files together are an account: references between them are looked at now. */
static int account_seal(struct account *account, const struct job *job)
{
    r53_view *view = NULL;
    int32_t code = r53_import_commit(account->import);

    tell(account, job, "account");
    if (code == R53_OK)
        code = r53_view_new(&view, account->cloud, account->observed, 0, NULL);
    account->view = view;
    return code ? refused("account", code) : 0;
}

static struct job job_begin(void)
{
    return (struct job){.query = {.size = sizeof(r53_query)},
                        .request = {.size = sizeof(r53_request)},
                        .context = {.size = sizeof(r53_json_context)}};
}

static int run(struct account *account, char **argv)
{
    struct job job = job_begin(), options_alone = job_begin();
    int code = arguments_read(NULL, &options_alone, argv); /* usage first, then files */

    if (code || options_alone.help) {
        if (code == 0)
            print_help();
        return code;
    }
    job.quiet = options_alone.quiet; /* wherever it stands */
    code = account_open(account);
    if (code == 0)
        code = arguments_read(account, &job, argv);
    if (code == 0)
        code = account_seal(account, &job);
    if (code == 0)
        code = job.outcomes ? print_outcomes(account, &job) : print_flow(account, &job);
    return code;
}

int main(int argc, char **argv)
{
    struct account account = {0};
    int code;

    (void)argc;
    code = run(&account, argv);
    account_close(&account);
    if (fflush(stdout) || ferror(stdout)) {
        perror("r53-flow: standard output");
        return EXIT_REFUSED;
    }
    return code;
}
