/*
 * R53-HC-02 as a table: which kinds of health check have a field, which cannot do without it, and
 * what it may hold. Judging and comparing walk it; what does not fit into a row is a check of its
 * own below.
 */
#include "model/health_check.h"

#include "net/address.h"

#include <string.h>

enum {
    FILTERED_REGIONS_MIN = 3,
    CHILD_ID_MAX = 64,
    INTERVAL_FAST = 10,
    INTERVAL_SLOW = 30,
    CHILDREN_MAX = 256, /* the schema's */
    CHILDREN_GUIDE = 255
};

/* Sets of kinds. */
#define KIND(TYPE) (1u << R53_CHECK_##TYPE)
#define MATCHING   (KIND(HTTP_STR_MATCH) | KIND(HTTPS_STR_MATCH))
#define TLS        (KIND(HTTPS) | KIND(HTTPS_STR_MATCH))
#define WEB        (KIND(HTTP) | TLS | MATCHING)
#define ENDPOINT   (WEB | KIND(TCP))
#define CALCULATED KIND(CALCULATED)
#define METRIC     KIND(CLOUDWATCH_METRIC)
#define ROUTING    KIND(RECOVERY_CONTROL)
#define EVERY      (ENDPOINT | CALCULATED | METRIC | ROUTING)

enum form {
    FORM_TEXT,   /* const char *, `least` to `most` characters */
    FORM_NUMBER, /* int32_t, 0: not given */
    FORM_OPTION, /* enum r53_option; "off" counts as not given */
    FORM_LIST    /* const char *const *, `most` texts; the length at `beside` */
};

struct field {
    const char *name; /* AWS's */
    const char *noun; /* as AWS's messages speak of it */
    enum form form;
    unsigned kinds;  /* those that have it */
    unsigned needed; /* those that cannot do without */
    int32_t rule;
    size_t at, beside; /* beside: of a list its length, of a number its "has_" (0: none) */
    int32_t least, most;
};

#define AT(member) offsetof(r53_health_check, member)

/* clang-format off */
static const struct field fields[] = {
    {"CallerReference", "a caller reference", FORM_TEXT, EVERY, 0, RULE_R53_HC_18,
     AT(caller_reference), 0, 1, 64},
    {"IPAddress", "an IP address", FORM_TEXT, ENDPOINT, 0, RULE_R53_HC_02,
     AT(ip_address), 0, 1, 45},
    {"Port", "a port", FORM_NUMBER, ENDPOINT, KIND(TCP), RULE_R53_HC_02, AT(port), 0, 1, PORT_MAX},
    {"ResourcePath", "a resource path", FORM_TEXT, WEB, 0, RULE_R53_HC_02,
     AT(resource_path), 0, 1, 255},
    {"FullyQualifiedDomainName", "a fully qualified domain name", FORM_TEXT, ENDPOINT, 0,
     RULE_R53_HC_02, AT(fully_qualified_domain_name), 0, 1, 255},
    {"SearchString", "a search string", FORM_TEXT, MATCHING, MATCHING, RULE_R53_HC_02,
     AT(search_string), 0, 1, 255},
    {"RequestInterval", "a request interval", FORM_NUMBER, ENDPOINT, 0, RULE_R53_HC_02,
     AT(request_interval), 0, INTERVAL_FAST, INTERVAL_SLOW},
    {"FailureThreshold", "a failure threshold", FORM_NUMBER, ENDPOINT, 0, RULE_R53_HC_02,
     AT(failure_threshold), 0, 1, 10},
    {"MeasureLatency", "latency measurement", FORM_NUMBER, ENDPOINT, 0, RULE_R53_HC_02,
     AT(measure_latency), 0, 0, 1},
    {"EnableSNI", "SNI", FORM_OPTION, TLS, 0, RULE_R53_HC_02,
     AT(enable_sni), 0, R53_OPTION_OFF, R53_OPTION_ON},
    {"Regions", "regions", FORM_LIST, ENDPOINT, 0, RULE_R53_HC_02, AT(regions), AT(n_regions),
     0, 64},
    {"Inverted", "an inversion", FORM_NUMBER, EVERY, 0, RULE_R53_HC_02, AT(inverted), 0, 0, 1},
    {"Disabled", "a disabling", FORM_NUMBER, EVERY & ~ROUTING, 0, RULE_R53_HC_02,
     AT(disabled), 0, 0, 1},
    {"HealthThreshold", "a health threshold", FORM_NUMBER, CALCULATED, CALCULATED, RULE_R53_HC_02,
     AT(health_threshold), AT(has_health_threshold), 0, 256},
    {"ChildHealthChecks", "child health checks", FORM_LIST, CALCULATED, 0, RULE_R53_HC_02,
     AT(child_health_checks), AT(n_child_health_checks), 0, CHILDREN_MAX},
    /* R53-HC-16: AWS's own article */
    {"AlarmIdentifier.Region", "an metric region", FORM_TEXT, METRIC, METRIC, RULE_R53_HC_16,
     AT(alarm_region), 0, 1, 64},
    {"AlarmIdentifier.Name", "an alarm name", FORM_TEXT, METRIC, METRIC, RULE_R53_HC_16,
     AT(alarm_name), 0, 1, 256},
    {"InsufficientDataHealthStatus", "an insufficient data health status", FORM_NUMBER, METRIC, 0,
     RULE_R53_HC_02, AT(insufficient_data_health_status), 0, R53_INSUFFICIENT_HEALTHY,
     R53_INSUFFICIENT_LAST_KNOWN_STATUS},
    {"RoutingControlArn", "a routing control ARN", FORM_TEXT, ROUTING, ROUTING, RULE_R53_HC_02,
     AT(routing_control_arn), 0, 1, 255},
};
/* clang-format on */

enum { FIELDS = sizeof(fields) / sizeof(*fields) };

/* One health check under judgement. */
struct subject {
    const r53_health_check *said;
    unsigned kind; /* one bit, or 0 */
    struct checker *checker;
};

/* Members by their place in the struct. */

static const char *text_at(const r53_health_check *said, size_t at)
{
    const char *text;

    memcpy(&text, (const char *)said + at, sizeof(text));
    return text;
}

static int32_t number_at(const r53_health_check *said, size_t at)
{
    int32_t number;

    memcpy(&number, (const char *)said + at, sizeof(number));
    return number;
}

static uint32_t count_at(const r53_health_check *said, size_t at)
{
    uint32_t count;

    memcpy(&count, (const char *)said + at, sizeof(count));
    return count;
}

static const char *const *list_at(const r53_health_check *said, size_t at)
{
    const char *const *list;

    memcpy(&list, (const char *)said + at, sizeof(list));
    return list;
}

static bool is_given(const struct field *field, const r53_health_check *said)
{
    switch (field->form) {
    case FORM_TEXT:
        return r53__span(text_at(said, field->at)).length > 0;
    case FORM_LIST:
        return count_at(said, field->beside) > 0;
    case FORM_OPTION: /* AWS prints "false" also for kinds that have no such field */
        return number_at(said, field->at) != R53_OPTION_DEFAULT &&
               number_at(said, field->at) != R53_OPTION_OFF;
    default:
        return number_at(said, field->beside ? field->beside : field->at) != 0;
    }
}

/* Messages */

static void say(const struct subject *s, int32_t rule, const char *format,
                const char *const args[8])
{
    r53__breach(s->checker, rule, format, args);
}

/* As AWS calls the kind: "Basic health checks must not have ..." */
static const char *kind_words(unsigned kind)
{
    return kind & ENDPOINT     ? "Basic"
           : kind & CALCULATED ? "Calculated"
           : kind & METRIC     ? "CloudWatch metric"
                               : "Recovery control";
}

/* Says that `value` breaks the field's range, with both ends of it. */
static void say_range(const struct subject *s, const struct field *field, const char *value,
                      const char *format)
{
    char least[NUMBER_TEXT_MAX], most[NUMBER_TEXT_MAX];

    r53__number_print(least, field->least);
    r53__number_print(most, field->most);
    say(s, field->rule, format, ARGS(field->name, value, least, most));
}

/* What a field may hold, by its form */

static void judge_text(const struct subject *s, const struct field *field)
{
    const char *text = text_at(s->said, field->at);
    size_t length = r53__span(text).length;

    if (length > (size_t)field->most)
        say_range(s, field, text,
                  "Invalid parameter : {0} '{1}' is too long; expected {2} to {3} characters.");
}

static void judge_number(const struct subject *s, const struct field *field)
{
    int32_t number = number_at(s->said, field->at);
    char value[NUMBER_TEXT_MAX];

    r53__number_print(value, number);
    if (field->at == AT(request_interval)) {
        if (number != INTERVAL_FAST && number != INTERVAL_SLOW)
            say_range(s, field, value,
                      "Invalid parameter : {0} '{1}' is out of range; expected {2} or {3}.");
    } else if (number < field->least || number > field->most) {
        say_range(s, field, value,
                  "Invalid parameter : {0} '{1}' is out of range; expected {2} to {3}.");
    }
}

static void judge_list(const struct subject *s, const struct field *field)
{
    uint32_t n = count_at(s->said, field->beside);
    char value[NUMBER_TEXT_MAX];

    r53__number_print(value, n);
    if (n > (uint32_t)field->most)
        say_range(s, field, value, "Invalid parameter : {0} has {1} members; expected {2} to {3}.");
    else if (!list_at(s->said, field->at))
        say_range(s, field, value, "Invalid parameter : {0} is NULL, but its length is {1}.");
}

static void field_judge(const struct subject *s, const struct field *field)
{
    static void (*const by_form[])(const struct subject *, const struct field *) = {
        [FORM_TEXT] = judge_text,
        [FORM_NUMBER] = judge_number,
        [FORM_OPTION] = judge_number,
        [FORM_LIST] = judge_list,
    };
    bool given = is_given(field, s->said);

    if (given && !(field->kinds & s->kind)) /* R53-HC-16 */
        say(s, field->rule, "Invalid parameter : {0} health checks must not have {1} specified.",
            ARGS(kind_words(s->kind), field->noun));
    else if (!given && field->needed & s->kind)
        say(s, field->rule, "Invalid parameter : {0} health checks must have {1} specified.",
            ARGS(kind_words(s->kind), field->noun));
    else if (given)
        by_form[field->form](s, field);
}

/* What does not fit into a row */

static void check_endpoint(const struct subject *s)
{
    if (s->kind & ENDPOINT && r53__span(s->said->ip_address).length == 0 &&
        r53__span(s->said->fully_qualified_domain_name).length == 0)
        say(s, RULE_R53_HC_02,
            "Invalid parameter : Basic health checks must have an IP address or a fully qualified "
            "domain name specified.",
            ARGS(NULL));
}

/*
 * Where checkers cannot come, VPCs among them (R53-PRIV-15). The ranges for documentation are let through: whoever writes examples
 * uses them.
 */
static const struct {
    const char *prefix, *what;
} unreachable[] = {
    {"0.0.0.0/8", "an unspecified"},    {"10.0.0.0/8", "a private"},
    {"100.64.0.0/10", "a shared"},      {"127.0.0.0/8", "a loopback"},
    {"169.254.0.0/16", "a link-local"}, {"172.16.0.0/12", "a private"},
    {"192.168.0.0/16", "a private"},    {"224.0.0.0/4", "a multicast"},
    {"240.0.0.0/4", "a reserved"},      {"::/128", "an unspecified"},
    {"::1/128", "a loopback"},          {"::ffff:0:0/96", "an IPv4-mapped"},
    {"fc00::/7", "a private"},          {"fe80::/10", "a link-local"},
    {"ff00::/8", "a multicast"},
};

static void check_address(const struct subject *s)
{
    struct span text = r53__span(s->said->ip_address);
    struct address address;

    if (text.length == 0)
        return;
    if (!r53__address_parse(text, &address)) {
        say(s, RULE_R53_HC_02, "Invalid parameter : IPAddress '{0}' is not an IP address.",
            ARGS(text.at));
        return;
    }
    for (size_t i = 0; i < sizeof(unreachable) / sizeof(*unreachable); i++) {
        struct prefix prefix;

        if (r53__prefix_parse(r53__span(unreachable[i].prefix), &prefix) &&
            r53__prefix_contains(&prefix, &address))
            say(s, RULE_R53_HC_02,
                "Invalid parameter : IPAddress '{0}' is {1} address; expected a public one, not "
                "in {2}.",
                ARGS(text.at, unreachable[i].what, unreachable[i].prefix));
    }
}

/* Number of a Region in which Route 53 has checkers, or -1. */
static int checker_region(const char *name)
{
    static const char *const regions[] = {"us-east-1",      "us-west-1",      "us-west-2",
                                          "eu-west-1",      "ap-southeast-1", "ap-southeast-2",
                                          "ap-northeast-1", "sa-east-1"};

    for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
        if (r53__text_equal(regions[i], name))
            return (int)i;
    }
    return -1;
}

static void check_regions(const struct subject *s)
{
    const r53_health_check *said = s->said;
    unsigned seen = 0, n = 0;

    if (!said->n_regions || !said->regions)
        return;
    for (uint32_t i = 0; i < said->n_regions; i++) {
        int region = checker_region(said->regions[i]);

        if (region < 0) {
            say(s, RULE_R53_HC_02,
                "Invalid parameter : Regions '{0}' is not a Region with health checkers.",
                ARGS(said->regions[i] ? said->regions[i] : "null"));
            return;
        }
        seen |= 1u << region;
    }
    for (; seen; seen &= seen - 1)
        n++;
    if (n < FILTERED_REGIONS_MIN)
        say(s, RULE_R53_HC_02, "Invalid parameter : Regions names fewer than 3 different Regions.",
            ARGS(NULL));
}

static void check_children(const struct subject *s)
{
    const r53_health_check *said = s->said;

    if (said->n_child_health_checks > CHILDREN_GUIDE) /* the schema allows one more */
        r53__remark(s->checker->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .rule = RULE_R53_HC_02,
                                     .path = s->checker->path,
                                     .format = "ChildHealthChecks has more than 255 members, which "
                                               "is the most that AWS documents"});
    for (uint32_t i = 0; said->child_health_checks && i < said->n_child_health_checks; i++) {
        const char *id = said->child_health_checks[i];
        size_t length = r53__span(id).length;

        if (length >= 1 && length <= CHILD_ID_MAX)
            continue;
        say(s, RULE_R53_HC_02,
            "Invalid parameter : ChildHealthChecks '{0}' is not an id; expected 1 to 64 "
            "characters.",
            ARGS(id ? id : "null"));
        return;
    }
}

static void (*const others[])(const struct subject *) = {
    check_endpoint,
    check_address,
    check_regions,
    check_children,
};

static bool done(const struct subject *s, bool first_only)
{
    return first_only && s->checker->breaches > 0;
}

void r53__health_check_judge(const r53_health_check *said, bool first_only, struct checker *checker)
{
    struct subject s = {.said = said, .checker = checker};
    char number[NUMBER_TEXT_MAX];

    r53__number_print(number, said->type);
    if (!*r53_health_check_type_name(said->type)) { /* R53-HC-01: all else hangs on it */
        say(&s, RULE_R53_HC_01,
            "Invalid XML ; cvc-enumeration-valid: Value '{0}' is not a known Type", ARGS(number));
        return;
    }
    s.kind = 1u << said->type;
    for (size_t i = 0; i < FIELDS && !done(&s, first_only); i++)
        field_judge(&s, &fields[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others) && !done(&s, first_only); i++)
        others[i](&s);
}

/* Comparing */

static bool same_list(const struct field *field, const r53_health_check *a,
                      const r53_health_check *b)
{
    uint32_t n = count_at(a, field->beside);

    if (n != count_at(b, field->beside))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (strcmp(list_at(a, field->at)[i], list_at(b, field->at)[i]) != 0)
            return false;
    }
    return true;
}

static bool same_field(const struct field *field, const r53_health_check *a,
                       const r53_health_check *b)
{
    if (field->form == FORM_TEXT)
        return r53__span_equal(r53__span(text_at(a, field->at)), r53__span(text_at(b, field->at)));
    if (field->form == FORM_LIST)
        return same_list(field, a, b);
    return number_at(a, field->at) == number_at(b, field->at) &&
           (!field->beside || number_at(a, field->beside) == number_at(b, field->beside));
}

bool r53__health_check_same(const r53_health_check *a, const r53_health_check *b)
{
    if (a->type != b->type)
        return false;
    for (size_t i = 0; i < FIELDS; i++) {
        if (fields[i].at != AT(caller_reference) && !same_field(&fields[i], a, b))
            return false;
    }
    return true;
}
