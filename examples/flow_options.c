#include "flow_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct option {
    const char *name, *argument; /* argument NULL: none */
    bool (*take)(struct job *job, const struct option *option, char *value);
    size_t at;     /* offset of the member in struct job */
    int64_t value; /* what is put there, or the largest number */
    const char *help;
    const struct word *words; /* that may be given, up to one without name */
};

struct word {
    const char *name;
    int32_t value;
};

/* Taking a value: false, and the option is not valid. */

static void *member(struct job *job, const struct option *option)
{
    return (char *)job + option->at;
}

static bool take_text(struct job *job, const struct option *option, char *value)
{
    *(const char **)member(job, option) = value;
    return *value != '\0';
}

static bool take_flag(struct job *job, const struct option *option, char *value)
{
    (void)value;
    *(bool *)member(job, option) = true;
    return true;
}

static bool take_choice(struct job *job, const struct option *option, char *value)
{
    (void)value;
    *(int32_t *)member(job, option) = (int32_t)option->value;
    return true;
}

/* One form of output: two could not both be printed. */
static bool take_form(struct job *job, const struct option *option, char *value)
{
    (void)value;
    job->expected = "no other form of output beside it";
    if (job->form && job->form != (int32_t)option->value)
        return false;
    job->form = (int32_t)option->value;
    return !(job->form == FORM_WHY && job->picture);
}

/* One picture, in any form but the reasons of a run. */
static bool take_picture(struct job *job, const struct option *option, char *value)
{
    (void)value;
    job->expected = "no other form of output beside it";
    if (job->form == FORM_WHY || (job->picture && job->picture != (int32_t)option->value))
        return false;
    job->picture = (int32_t)option->value;
    return true;
}

/* "use1-az1", "usw2-lax1-az1"; a name is no id. */
static bool take_zone_id(struct job *job, const struct option *option, char *value)
{
    const char *last = strrchr(value, '-');

    job->expected = "an id such as use1-az1; a name such as us-east-1a goes to --zone";
    *(const char **)member(job, option) = value;
    return last && last != value && strncmp(last, "-az", 3) == 0 && last[3] &&
           last[3 + strspn(last + 3, "0123456789")] == '\0';
}

static bool take_word(struct job *job, const struct option *option, char *value)
{
    const struct word *word = option->words;

    while (word->name && strcmp(word->name, value) != 0)
        word++;
    *(int32_t *)member(job, option) = word->value;
    return word->name != NULL;
}

static bool number_parse(const char *text, uint64_t most, uint64_t *number)
{
    char *end;

    if (*text < '0' || *text > '9' || strlen(text) > 19) /* 20 digits may not fit */
        return false;
    *number = strtoull(text, &end, 10);
    return *end == '\0' && *number <= most;
}

static bool take_port(struct job *job, const struct option *option, char *value)
{
    uint64_t number;

    if (!number_parse(value, 65535, &number) || number == 0)
        return false;
    *(int32_t *)member(job, option) = (int32_t)number;
    return true;
}

static bool take_number(struct job *job, const struct option *option, char *value)
{
    uint64_t number;

    if (!number_parse(value, INT64_MAX, &number))
        return false;
    memcpy(member(job, option), &number, sizeof(number));
    return true;
}

static bool is_address(const char *text, int32_t type)
{
    return r53_value_canonical(type, text, NULL, 0, NULL, NULL) != R53_E_INVALID;
}

static bool take_address(struct job *job, const struct option *option, char *value)
{
    *(const char **)member(job, option) = value;
    return is_address(value, R53_TYPE_A) || is_address(value, R53_TYPE_AAAA);
}

/* "203.0.113.0/24", or an address. */
static bool take_prefix(struct job *job, const struct option *option, char *value)
{
    char address[64];
    size_t length = strcspn(value, "/");
    uint64_t bits = 0;

    *(const char **)member(job, option) = value;
    if (length >= sizeof(address))
        return false;
    memcpy(address, value, length);
    address[length] = '\0';
    if (value[length] == '/' && !number_parse(value + length + 1, 128, &bits))
        return false;
    return is_address(address, R53_TYPE_AAAA) || (bits <= 32 && is_address(address, R53_TYPE_A));
}

static bool take_type(struct job *job, const struct option *option, char *value)
{
    (void)option;
    job->expected = "the name of a record type, or ANY";
    /* no record is of type ANY, so it has no name among them */
    job->query.type = strcmp(value, "ANY") == 0 ? R53_TYPE_ANY : r53_type_number(value);
    return job->query.type != 0;
}

/* The client asks for itself: no resolver in between. */
static bool take_client(struct job *job, const struct option *option, char *value)
{
    job->request.source_address = value;
    return take_address(job, option, value);
}

/* "203.0.113.7:51000", "[2001:db8::7]:51000", or an address alone. */
static bool take_source(struct job *job, const struct option *option, char *value)
{
    const struct option port = {.at = offsetof(struct job, request.source_port)};
    bool bracketed = *value == '[';
    char *first = value + bracketed, *end = strchr(first, bracketed ? ']' : ':');
    size_t length;

    (void)option;
    if (bracketed && !end)
        return false;
    if (!bracketed && end && strchr(end + 1, ':')) /* IPv6 without a port */
        end = NULL;
    length = end ? (size_t)(end - first) : strlen(first);
    if (length == 0 || length >= sizeof(job->address))
        return false;
    memcpy(job->address, first, length);
    job->address[length] = '\0';
    job->request.source_address = job->address;
    end = end ? end + bracketed : first + length;
    return (is_address(job->address, R53_TYPE_A) || is_address(job->address, R53_TYPE_AAAA)) &&
           (*end == '\0' || (*end == ':' && take_port(job, &port, end + 1)));
}

/* Degrees with at most two decimals, "-33.92", as hundredths. */
static bool degrees_parse(const char *text, int32_t most, int32_t *hundredths)
{
    bool minus = *text == '-';
    int32_t value = 0, decimals = 0;
    const char *digits = text + (*text == '-' || *text == '+'), *at = digits;

    for (; *at >= '0' && *at <= '9' && at - digits < 3; at++)
        value = 10 * value + (*at - '0');
    if (at == digits)
        return false;
    for (at += *at == '.'; *at >= '0' && *at <= '9' && decimals < 2; at++, decimals++)
        value = 10 * value + (*at - '0');
    for (; decimals < 2; decimals++)
        value *= 10;
    *hundredths = minus ? -value : value;
    return *at == '\0' && value <= 100 * most;
}

static bool take_latitude(struct job *job, const struct option *option, char *value)
{
    (void)option;
    job->expected = "-90 to 90 with at most two decimals";
    job->has_latitude = true;
    return degrees_parse(value, 90, &job->query.latitude);
}

static bool take_longitude(struct job *job, const struct option *option, char *value)
{
    (void)option;
    job->expected = "-180 to 180 with at most two decimals";
    job->has_longitude = true;
    return degrees_parse(value, 180, &job->query.longitude);
}

/* "Name: value", cut in two where it stands. */
static bool take_header(struct job *job, const struct option *option, char *value)
{
    char *colon = strchr(value, ':');
    r53_header *header = &job->headers[job->request.n_headers];

    (void)option;
    if (!colon || colon == value || job->request.n_headers == HEADERS_MAX)
        return false;
    *colon = '\0';
    header->name = value;
    header->value = colon + 1 + strspn(colon + 1, " \t");
    job->request.headers = job->headers;
    job->request.n_headers++;
    return true;
}

static bool take_protocol(struct job *job, const struct option *option, char *value)
{
    (void)option;
    if (job->request.n_alpn_protocols == PROTOCOLS_MAX)
        return false;
    job->protocols[job->request.n_alpn_protocols++] = value;
    job->request.alpn_protocols = job->protocols;
    return *value != '\0';
}

static bool take_group(struct job *job, const struct option *option, char *value)
{
    (void)option;
    if (job->request.n_source_security_groups == GROUPS_MAX)
        return false;
    job->groups[job->request.n_source_security_groups++] = value;
    job->request.source_security_groups = job->groups;
    return *value != '\0';
}

static bool take_url(struct job *job, const struct option *option, char *value)
{
    (void)option;
    job->request.url = value;
    return *value == '/' || strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0;
}

/* The options */

static const struct word tellings[] = {
    {"name", R53_ALIAS_AS_NAME}, {"addresses", R53_ALIAS_AS_ADDRESSES}, {NULL, 0}};
static const struct word versions[] = {{"0.9", R53_HTTP_0_9},
                                       {"1.0", R53_HTTP_1_0},
                                       {"1.1", R53_HTTP_1_1},
                                       {"2", R53_HTTP_2},
                                       {NULL, 0}};
static const struct word sessions[] = {{"none", R53_AUTH_NONE},
                                       {"authenticated", R53_AUTH_AUTHENTICATED},
                                       {"expired", R53_AUTH_EXPIRED},
                                       {"idp-error", R53_AUTH_IDP_ERROR},
                                       {"idp-unreachable", R53_AUTH_IDP_UNREACHABLE},
                                       {"refused", R53_AUTH_REFUSED},
                                       {NULL, 0}};
static const struct word tokens[] = {{"valid", R53_JWT_VALID},
                                     {"invalid", R53_JWT_INVALID},
                                     {"jwks-unreachable", R53_JWT_JWKS_UNREACHABLE},
                                     {"jwks-bad", R53_JWT_JWKS_BAD},
                                     {NULL, 0}};
static const struct word verdicts[] = {
    {"allow", R53_WAF_ALLOW}, {"block", R53_WAF_BLOCK}, {"error", R53_WAF_ERROR}, {NULL, 0}};
static const struct word target_outcomes[] = {
    {"answered", R53_TARGET_ANSWERED},
    {"refused", R53_TARGET_REFUSED},
    {"closed", R53_TARGET_CLOSED},
    {"malformed", R53_TARGET_MALFORMED},
    {"headers-too-large", R53_TARGET_HEADERS_TOO_LARGE},
    {"tls-failed", R53_TARGET_TLS_FAILED},
    {"connect-timed-out", R53_TARGET_CONNECT_TIMED_OUT},
    {"tls-timed-out", R53_TARGET_TLS_TIMED_OUT},
    {"timed-out", R53_TARGET_TIMED_OUT},
    {"body-too-short", R53_TARGET_BODY_TOO_SHORT},
    {"function-failed", R53_TARGET_FUNCTION_FAILED},
    {"function-throttled", R53_TARGET_FUNCTION_THROTTLED},
    {"function-timed-out", R53_TARGET_FUNCTION_TIMED_OUT},
    {"function-too-large", R53_TARGET_FUNCTION_TOO_LARGE},
    {"function-slow", R53_TARGET_FUNCTION_SLOW},
    {"agent-failed", R53_TARGET_AGENT_FAILED},
    {NULL, 0}};
static const struct word client_outcomes[] = {{"waited", R53_CLIENT_WAITED},
                                              {"silent", R53_CLIENT_SILENT},
                                              {"left", R53_CLIENT_LEFT},
                                              {NULL, 0}};

#define JOB(member) offsetof(struct job, member)
/* clang-format off */
#define TEXT(name, argument, member, help) TAKE(name, argument, take_text, member, help)
#define NUMBER(name, argument, member, help) TAKE(name, argument, take_number, member, help)
#define PORT(name, member, help) TAKE(name, "PORT", take_port, member, help)
#define FLAG(name, member, help) TAKE(name, NULL, take_flag, member, help)
#define TAKE(name, argument, take, member, help) {name, argument, take, JOB(member), 0, help, NULL}
#define CHOICE(name, member, value, help) {name, NULL, take_choice, JOB(member), value, help, NULL}
#define FORM(name, value, help) {name, NULL, take_form, JOB(form), value, help, NULL}
#define PICTURE(name, value, help) {name, NULL, take_picture, JOB(picture), value, help, NULL}
#define WORD(name, argument, member, words, help)                                                  \
    {name, argument, take_word, JOB(member), 0, help, words}
#define HEADING(text) {NULL, NULL, NULL, 0, 0, text, NULL}
/* clang-format on */

static const struct option options[] = {
    HEADING("The question"),
    TAKE("--type", "TYPE", take_type, query.type, "record type asked for: A, AAAA, MX ...; A"),
    TEXT("--ask-zone", "ID", query.hosted_zone_id,
         "ask this hosted zone, where several bear the name"),
    WORD("--telling", "name|addresses", query.telling, tellings,
         "what Route 53 returns for an alias to a load balancer; name"),
    NUMBER("--seed", "NUMBER", query.seed, "chance: the same seed draws the same; 0"),
    NUMBER("--now", "MILLISECONDS", now_ms, "time of the question, since 1970; 0"),

    HEADING("Who asks, from the internet"),
    TAKE("--client", "ADDRESS", take_client, query.resolver_address,
         "the client, which is its own resolver"),
    TAKE("--resolver", "ADDRESS", take_address, query.resolver_address,
         "the resolver that asks for the client"),
    TAKE("--subnet", "PREFIX", take_prefix, query.client_subnet,
         "the client's network, as the resolver tells it (EDNS)"),
    TEXT("--continent", "CODE", query.continent_code,
         "the client's place, instead of the supplement's: EU"),
    TEXT("--country", "CODE", query.country_code, "DE"),
    TEXT("--subdivision", "CODE", query.subdivision_code, "CA; needs --country"),
    TAKE("--latitude", "DEGREES", take_latitude, query.latitude,
         "-33.92, south negative; with --longitude"),
    TAKE("--longitude", "DEGREES", take_longitude, query.longitude, "18.42, west negative"),

    HEADING("Who asks, from inside a VPC, where private zones answer"),
    TEXT("--vpc", "ID", query.vpc_id, "the VPC whose resolver asks"),
    TEXT("--vpc-region", "REGION", query.vpc_region, "its Region; that of the zone's association"),
    TEXT("--zone", "NAME", query.availability_zone, "the client's Availability Zone: us-east-1a"),
    TAKE("--az-id", "ID", take_zone_id, query.availability_zone_id,
         "the id of that zone: use1-az1"),
    TEXT("--az-group", "GROUP", query.availability_zone_group, "its group: us-east-1-zg-1"),

    HEADING("The request to the load balancer"),
    TAKE("--url", "URL", take_url, request.url,
         "/path?query, of the host that was asked for, or with a host"),
    TEXT("--method", "METHOD", request.method, "GET"),
    TAKE("--header", "'NAME: VALUE'", take_header, headers, "a header; may be given again"),
    TAKE("--source", "ADDRESS[:PORT]", take_source, request.source_address, "where it comes from"),
    TAKE("--source-group", "ID", take_group, groups,
         "a security group that it is in; may be given again"),
    CHOICE("--private-link", request.private_link, 1, "it comes through an endpoint's interface"),
    PORT("--source-port", request.source_port, "port of the client"),
    PORT("--port", request.port, "port to connect to; the URL's, else 80, or the lowest there is"),
    TEXT("--node-zone", "NAME", request.availability_zone,
         "zone of the node that the client connects to"),
    TEXT("--sni", "NAME", request.server_name, "name asked for in the TLS handshake"),
    TAKE("--alpn", "PROTOCOL", take_protocol, protocols,
         "offered in the handshake: h2; may be given again"),
    WORD("--http", "VERSION", request.http_version, versions, "0.9, 1.0, 1.1 or 2; 1.1"),
    NUMBER("--body", "OCTETS", request.content_length, "length of the body; 0"),
    WORD("--session", "STATE", request.auth_state, sessions,
         "none, authenticated, expired, idp-error, idp-unreachable, refused"),
    WORD("--token", "STATE", request.jwt_state, tokens,
         "valid, invalid, jwks-unreachable, jwks-bad"),
    WORD("--waf", "VERDICT", request.waf_state, verdicts, "allow, block, error"),
    WORD("--target-outcome", "WHAT", request.target_outcome, target_outcomes,
         "what the target does with it: refused, closed, timed-out ...; answered"),
    NUMBER("--connect-ms", "MILLISECONDS", request.target_connect_ms,
           "how long the connection to the target takes; 0"),
    NUMBER("--response-ms", "MILLISECONDS", request.target_response_ms,
           "how long the target then is silent; 0"),
    WORD("--client-outcome", "WHAT", request.client_outcome, client_outcomes,
         "waited, silent, left"),

    HEADING("Output, in one form; without these two tables and the reasons of each step"),
    FORM("--why", FORM_WHY, "the answer, each candidate's fate, the rules behind it"),
    PICTURE("--outcomes", PICTURE_OUTCOMES,
            "all possible ends and their exact shares, in place of one query's"),
    PICTURE("--tree", PICTURE_TREE,
            "where the name leads, and what takes part: policies, health, targets"),
    FORM("--json", R53_RENDER_JSON, "the flow, the outcomes or the tree as JSON"),
    FORM("--mermaid", R53_RENDER_MERMAID, "as a Mermaid flowchart"),
    FORM("--dot", R53_RENDER_DOT, "for Graphviz"),
    FLAG("--quiet", quiet, "no notes and warnings on standard error"),
    FLAG("--help", help, "this text"),

    HEADING("For the FILEs behind it, where a document does not say whose it is"),
    TEXT("--zone-id", "ID", context.hosted_zone_id, "hosted zone of list-resource-record-sets"),
    TEXT("--zone-name", "NAME", context.hosted_zone_name, "its name, where the list holds no SOA"),
    TEXT("--target-group", "ARN", context.target_group_arn,
         "target group of describe-target-health"),
    TEXT("--load-balancer", "ARN|NAME", context.load_balancer,
         "load balancer of elb describe-instance-health"),
    TEXT("--listener", "ARN", context.listener_arn,
         "listener of describe-listener-certificates and -attributes"),
    TEXT("--health-check", "ID", context.health_check_id, "of get-health-check-status"),
    TEXT("--cidr-collection", "ID", context.cidr_collection_id, "of list-cidr-blocks"),
    TEXT("--account", "ID", context.account, "account of Classic load balancers"),
    TEXT("--region", "REGION", context.region, "Region of Classic load balancers"),
    CHOICE("--skip-invalid", context.skip_invalid, 1,
           "leave out what has no meaning instead of refusing the file"),
};

enum { OPTIONS = sizeof(options) / sizeof(*options) };

static void option_print(const struct option *option)
{
    char left[64];

    snprintf(left, sizeof(left), "%s %s", option->name, option->argument ? option->argument : "");
    printf("  %-26s %s\n", left, option->help);
}

void help_print(void)
{
    puts("usage: r53-flow NAME FILE... [OPTION...]\n\n"
         "Follows a DNS query for NAME through the account that the FILEs describe: from Route 53\n"
         "to the target behind a load balancer. A FILE is what the AWS CLI prints, a supplement,\n"
         "a bundle (see r53/json.h), or the zone file example.com.zone; - is standard input.\n"
         "Exit code: 0 answered, 1 something was refused, 2 wrong usage.");
    for (size_t i = 0; i < OPTIONS; i++) {
        if (options[i].name)
            option_print(&options[i]);
        else
            printf("\n%s:\n", options[i].help);
    }
}

/* The command line */

static int usage(const char *what, const char *value)
{
    fprintf(stderr, "r53-flow: %s%s%s\nTry r53-flow --help.\n", what, value ? ": " : "",
            value ? value : "");
    return EXIT_USAGE;
}

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (options[i].name && strcmp(options[i].name, name) == 0)
            return &options[i];
    }
    return NULL;
}

static int value_refused(const struct job *job, const struct option *option, const char *value)
{
    if (option->argument)
        fprintf(stderr, "r53-flow: %s: '%s' is no valid %s", option->name, value, option->argument);
    else
        fprintf(stderr, "r53-flow: %s", option->name);
    if (option->words || job->expected)
        fputs("; expected", stderr);
    if (job->expected)
        fprintf(stderr, " %s", job->expected);
    for (const struct word *word = option->words; word && word->name; word++)
        fprintf(stderr, "%s %s", word == option->words ? "" : ",", word->name);
    fputs("\nTry r53-flow --help.\n", stderr);
    return EXIT_USAGE;
}

static bool is_context(const struct option *option)
{
    return option->at >= JOB(context) && option->at < JOB(context) + sizeof(r53_json_context);
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
    job->expected = NULL;
    if (is_context(option))
        job->behind = option->name;
    return option->take(job, option, argv[*i]) ? 0 : value_refused(job, option, argv[*i]);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

const char *option_hint(const char *text)
{
    static const struct {
        const char *member, *option;
    } members[] = {
        {"`hosted_zone_id`", "--zone-id"},
        {"`hosted_zone_name`", "--zone-name"},
        {"`target_group_arn`", "--target-group"},
        {"`load_balancer`", "--load-balancer"},
        {"`listener_arn`", "--listener"},
        {"`health_check_id`", "--health-check"},
        {"`cidr_collection_id`", "--cidr-collection"},
        {"`account`", "--account"},
        {"`region`", "--region"},
    };

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        if (strstr(text, members[i].member))
            return members[i].option;
    }
    return NULL;
}

const char *option_of(const char *path)
{
    static const struct {
        const char *path, *option;
    } members[] = {
        {"Name", "NAME"},
        {"Type", "--type"},
        {"Telling", "--telling"},
        {"ResolverAddress", "--resolver"},
        {"ClientSubnet", "--subnet"},
        {"VPCRegion", "--vpc-region"},
        {"AvailabilityZoneGroup", "--az-group"},
        {"ContinentCode", "--continent"},
        {"CountryCode", "--country"},
        {"SubdivisionCode", "--subdivision"},
        {"Latitude", "--latitude"},
        {"Longitude", "--longitude"},
        {"SourceAddress", "--source"},
        {"SourcePort", "--source-port"},
        {"Port", "--port"},
        {"HttpVersion", "--http"},
        {"AuthState", "--session"},
        {"JwtState", "--token"},
        {"WafState", "--waf"},
        {"TargetOutcome", "--target-outcome"},
        {"TargetConnectMs", "--connect-ms"},
        {"TargetResponseMs", "--response-ms"},
        {"ClientOutcome", "--client-outcome"},
        {"PrivateLink", "--private-link"},
    };

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        if (strcmp(path, members[i].path) == 0)
            return members[i].option;
    }
    return path;
}

/* A browser connects to the port that the URL has, or that its scheme stands for. */
static bool url_port(struct job *job)
{
    const struct option port = {.at = offsetof(struct job, request.port)};
    const char *url = job->request.url, *host, *last;
    char digits[sizeof("65535")] = "";
    size_t n;

    if (!url || *url == '/' || job->request.port)
        return true;
    host = strstr(url, "//") + 2;
    n = strcspn(host, "/?#");
    last = memchr(host, ']', n); /* an IPv6 address has colons of its own */
    last = last ? last : host;
    last = memchr(last, ':', n - (size_t)(last - host));
    if (!last) {
        job->request.port = strncmp(url, "https:", 6) == 0 ? 443 : 80;
        return true;
    }
    last++;
    n -= (size_t)(last - host);
    if (n >= sizeof(digits))
        return false;
    memcpy(digits, last, n);
    return take_port(job, &port, digits);
}

/* A browser asks the host whose name it looked up. */
static int url_complete(struct job *job)
{
    const char *path = job->request.url ? job->request.url : "/";
    size_t name = strlen(job->query.name);

    if (path[0] != '/')
        return 0;
    name -= name > 0 && job->query.name[name - 1] == '.';
    if (name + strlen(path) + sizeof("http://") > sizeof(job->url))
        return 0; /* too long for any name: it goes as it is, and is refused as it is */
    snprintf(job->url, sizeof(job->url), "http://%.*s%s", (int)name, job->query.name, path);
    job->request.url = job->url;
    return 0;
}

static int job_complete(struct job *job)
{
    if (!job->query.name)
        return usage("which name is asked for?", NULL);
    if (job->n_files == 0)
        return usage("which FILE describes the account?", NULL);
    if (job->behind)
        return usage("this option is for the FILEs behind it, but none is there", job->behind);
    if (job->has_latitude != job->has_longitude)
        return usage("--latitude and --longitude go together", NULL);
    job->query.has_coordinates = job->has_latitude;
    job->request.seed = job->query.seed;
    if (!url_port(job))
        return usage("the port in the URL is not valid", "--url");
    return url_complete(job);
}

static void file_add(struct job *job, const char *name)
{
    job->files[job->n_files++] = (struct source){name, job->context};
    job->behind = NULL;
}

int job_read(struct job *job, char **argv)
{
    int code = 0;

    job->query.size = sizeof(job->query);
    job->request.size = sizeof(job->request);
    job->context.size = sizeof(job->context);
    for (int i = 1; argv[i] && code == 0; i++) {
        if (is_option(argv[i]))
            code = option_take(job, argv, &i);
        else if (!job->query.name)
            job->query.name = argv[i];
        else if (job->n_files == FILES_MAX)
            code = usage("too many files", argv[i]);
        else
            file_add(job, argv[i]);
    }
    return code || job->help ? code : job_complete(job);
}
