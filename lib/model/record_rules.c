#include "model/record_rules.h"

#include "net/region.h"

#include <string.h>

enum { GEOPROXIMITY_MEMBERS_MAX = 30, FAILOVER_MEMBERS_MAX = 2 };

void r53__form_words(struct form_words *words, const struct record_form *form, struct name zone)
{
    r53__name_print(words->name, form->owner);
    r53__name_print(words->zone, zone);
}

/* A breach told with {0} name, {1} type, {2} set identifier, {3} `more`, {4} zone. */
static void say(struct checker *checker, const struct record_form *form, struct name zone,
                int32_t rule, const char *format, const char *more)
{
    struct form_words words;

    r53__form_words(&words, form, zone);
    r53__breach(checker, rule, format,
                ARGS(words.name, form->type->name, r53__form_identifier(form), more, words.zone,
                     NULL, NULL, NULL));
}

static const struct name root = {(const uint8_t *)"", 1};

bool r53__check_inside(struct checker *checker, const struct record_form *form, struct name zone)
{
    if (r53__name_is_under(form->owner, zone)) /* R53-NAME-08 */
        return true;
    say(checker, form, zone, RULE_R53_ERR_05,
        "RRSet with DNS name {0} is not permitted in zone {4}", NULL);
    return false;
}

static void check_place(struct checker *checker, const struct record_form *form, struct name zone)
{
    bool apex = r53__name_equal(form->owner, zone);

    if (apex && !(form->type->flags & TYPE_AT_APEX)) /* R53-TYPE-03, R53-TYPE-05 */
        say(checker, form, zone, RULE_R53_ERR_06,
            "RRSet of type {1} with DNS name {0} is not permitted at apex in zone {4}", NULL);
    if (!apex && !(form->type->flags & TYPE_BELOW_APEX))
        say(checker, form, zone, RULE_R53_ERR_19,
            "RRSet of type {1} with DNS name {0} is permitted at apex only in zone {4}", NULL);
    if (form->type->number == R53_TYPE_NS && r53__name_is_wildcard(form->owner))
        say(checker, form, zone, RULE_R53_WILD_06,
            "RRSet of type {1} with DNS name {0} is not permitted because it is a wildcard.", NULL);
}

void r53__check_record(struct checker *checker, const struct record_form *form, struct name zone)
{
    unsigned flags = form->type->flags;
    unsigned needed = form->policy == POLICY_MULTIVALUE ? TYPE_MULTIVALUE : TYPE_GROUPED;

    check_place(checker, form, zone);
    if (form->policy != POLICY_SIMPLE && !(flags & needed))
        say(checker, form, zone, RULE_R53_GROUP_01,
            "RRSet with DNS name {0}, type {1}, SetIdentifier {2} cannot be created as type {1} "
            "does not support {3} routing.",
            r53__policy_word((enum policy)form->policy));
    if ((form->flags & RECORD_ALIAS) && !(flags & TYPE_ALIAS)) /* R53-ALIAS-06 */
        say(checker, form, zone, RULE_R53_ALIAS_06,
            "RRSet of type {1} with DNS name {0} cannot be an alias.", NULL);
    if ((flags & TYPE_SINGLE) && form->n_values > 1)
        say(checker, form, zone, RULE_R53_RDATA_04,
            "RRSet of type {1} with DNS name {0} must have exactly one resource record.", NULL);
}

static void say_duplicate(struct checker *checker, const struct record_form *form,
                          const uint8_t *at, const char *text)
{
    char printed[256]; /* a longer value is cut */
    struct rdata value = r53__form_next(&at);
    struct text t;

    r53__text_init(&t, printed, sizeof(printed));
    if (!text)
        form->type->print(&t, value.octets, value.length);
    r53__breach(checker, RULE_R53_ERR_11, "Duplicate Resource Record: '{0}'",
                ARGS(text ? text : printed, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* Is the value at `at` among those before it? */
static bool value_repeats(const struct record_form *form, const uint8_t *at)
{
    struct rdata value = r53__form_next(&at);

    for (const uint8_t *other = form->values;;) {
        struct rdata v = r53__form_next(&other);

        if (v.octets == value.octets)
            return false;
        if (v.length == value.length && memcmp(v.octets, value.octets, v.length) == 0)
            return true;
    }
}

void r53__check_values(struct checker *checker, const struct record_form *form,
                       const char *const *given)
{
    const uint8_t *at = form->values;

    if (form->n_values > VALUES_MAX) { /* R53-TYPE-07; pairs are not compared then */
        r53__breach(checker, RULE_R53_ERR_23, "Cannot have more than {0} records in a RRSet.",
                    ARGS("400", NULL, NULL, NULL, NULL, NULL, NULL, NULL));
        return;
    }
    for (uint16_t i = 0; i < form->n_values; i++) {
        if (value_repeats(form, at)) /* R53-RDATA-18 */
            say_duplicate(checker, form, at, given ? given[i] : NULL);
        r53__form_next(&at);
    }
}

bool r53__alias_is_local(const struct record_form *form, const char *zone_id)
{
    return (form->flags & RECORD_ALIAS) && strcmp(form->detail->alias_hosted_zone_id, zone_id) == 0;
}

#define ALIAS_TARGETS "Tried to create an alias that targets {0}, type {1} in zone {2}, but "

static void say_alias(struct checker *checker, const struct record_form *form, int32_t rule,
                      const char *format)
{
    char target[NAME_TEXT_MAX];

    r53__name_print(target, form->detail->alias_name);
    r53__breach(checker, rule, format,
                ARGS(target, form->type->name, form->detail->alias_hosted_zone_id, NULL, NULL, NULL,
                     NULL, NULL));
}

static void say_outside(struct checker *checker, const struct record_form *form)
{
    say_alias(checker, form, RULE_R53_ERR_21,
              ALIAS_TARGETS "the alias target name does not lie within the target zone");
}

static void say_missing(struct checker *checker, const struct record_form *form)
{
    say_alias(checker, form, RULE_R53_ERR_22, ALIAS_TARGETS "that target was not found");
}

/* Services without published tables (AppSync, App Runner, newer regions) live under these. */
static bool is_amazon_name(struct span name)
{
    static const char *const suffixes[] = {".amazonaws.com.", ".amazonaws.com.cn.",
                                           ".awsapprunner.com.", ".elasticbeanstalk.com.",
                                           ".on.aws."};

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
        struct span s = r53__span(suffixes[i]);

        if (name.length > s.length && memcmp(name.at + name.length - s.length, s.at, s.length) == 0)
            return true;
    }
    return false;
}

/* R53-ALIAS-12, R53-ALIAS-30: name and zone id of a service fit, and it has records of the type. */
static void check_service_alias(struct checker *checker, const struct record_form *form)
{
    uint16_t type = form->type->number;
    char target[NAME_TEXT_MAX];
    struct service_name service;
    enum service_pair pair;

    r53__name_print(target, form->detail->alias_name);
    pair = r53__service_pair(r53__span(target), r53__span(form->detail->alias_hosted_zone_id),
                             &service);
    if (pair == SERVICE_PAIR_DIFFERS ||
        (pair == SERVICE_PAIR_UNKNOWN && !is_amazon_name(r53__span(target)))) {
        say_outside(checker, form);
        say_missing(checker, form);
    } else if (type != R53_TYPE_A && type != R53_TYPE_AAAA &&
               !(type == R53_TYPE_HTTPS && service.service == SERVICE_CLOUDFRONT)) {
        say_missing(checker, form);
    }
}

void r53__check_alias(struct checker *checker, const struct record_form *form,
                      const struct zone_scope *scope)
{
    struct name target;

    if (!(form->flags & RECORD_ALIAS))
        return;
    if (!r53__alias_is_local(form, scope->id)) {
        check_service_alias(checker, form);
        return;
    }
    target = form->detail->alias_name;
    if (r53__name_equal(target, form->owner)) { /* R53-ALIAS-14: itself */
        say(checker, form, scope->name, RULE_R53_ERR_15,
            "RRSet of type {1} with DNS name {0} is not permitted as it creates a CNAME or alias "
            "loop in the zone.",
            NULL);
        return;
    }
    if (!r53__name_is_under(target, scope->name)) /* R53-ALIAS-11 */
        say_outside(checker, form);
    if (!scope->exists(scope->ctx, target, form->type)) /* R53-ALIAS-10 */
        say_missing(checker, form);
}

static bool check_cname_beside(struct checker *checker, const struct record_form *form,
                               const struct record_form *other, struct name zone)
{
    if (form->type->number == R53_TYPE_CNAME) { /* R53-TYPE-04 */
        say(checker, form, zone, RULE_R53_ERR_07,
            "RRSet of type CNAME with DNS name {0} is not permitted as it conflicts with other "
            "records with the same DNS name in zone {4}",
            NULL);
        return false;
    }
    if (other->type->number == R53_TYPE_CNAME) {
        say(checker, form, zone, RULE_R53_ERR_08,
            "RRSet of type {1} with DNS name {0} is not permitted because a conflicting RRSet of "
            "type CNAME with the same DNS name already exists in zone {4}",
            NULL);
        return false;
    }
    return true; /* R53-GROUP-04 */
}

bool r53__check_beside(struct checker *checker, const struct record_form *form,
                       const struct record_form *other, struct name zone)
{
    if (form->type != other->type)
        return check_cname_beside(checker, form, other, zone);
    if (form->policy == POLICY_SIMPLE) {
        say(checker, form, zone, RULE_R53_ERR_10,
            "RRSet with DNS name {0}, type {1} cannot be created as other RRSets exist with the "
            "same name and type.",
            NULL);
        return false;
    }
    if (form->policy == other->policy)
        return true;
    say(checker, form, zone, RULE_R53_ERR_09, /* R53-GROUP-02 */
        form->policy == POLICY_MULTIVALUE
            ? "RRSet with DNS name {0}, type {1}, SetIdentifier {2} cannot be created because a "
              "non multivalue answer rrset exists with the same name and type."
            : "RRSet with DNS name {0}, type {1}, SetIdentifier {2} cannot be created as a "
              "non-{3} set exists with the same name and type.",
        r53__policy_word((enum policy)form->policy));
    return false;
}

/* A pair rule of one policy: what may not be equal (or unequal) in two members. */
static bool ttls_clash(const struct record_form *a, const struct record_form *b)
{
    return !(a->flags & RECORD_ALIAS) && !(b->flags & RECORD_ALIAS) && a->ttl != b->ttl;
}

static bool regions_clash(const struct record_form *a, const struct record_form *b)
{
    return strcmp(a->detail->region, b->detail->region) == 0;
}

static bool roles_clash(const struct record_form *a, const struct record_form *b)
{
    return a->detail->failover == b->detail->failover;
}

static bool geolocations_clash(const struct record_form *a, const struct record_form *b)
{
    return strcmp(a->detail->continent_code, b->detail->continent_code) == 0 &&
           strcmp(a->detail->country_code, b->detail->country_code) == 0 &&
           strcmp(a->detail->subdivision_code, b->detail->subdivision_code) == 0;
}

static bool cidrs_clash(const struct record_form *a, const struct record_form *b)
{
    return strcmp(a->detail->cidr_collection_id, b->detail->cidr_collection_id) != 0 ||
           strcmp(a->detail->cidr_location_name, b->detail->cidr_location_name) == 0;
}

static bool zones_clash(const struct record_form *a, const struct record_form *b)
{
    return strcmp(a->detail->az_location_type, b->detail->az_location_type) == 0 &&
           strcmp(a->detail->az_location_id, b->detail->az_location_id) == 0;
}

#define CANNOT "RRSet with DNS name {0}, type {1}, SetIdentifier {2}"

static const struct pair_rule {
    bool (*clash)(const struct record_form *a, const struct record_form *b);
    int32_t rule;
    const char *format; /* {3}: the Region */
} pair_rules[POLICIES] = {
    [POLICY_WEIGHTED] = {ttls_clash, RULE_R53_ERR_13,
                         CANNOT " cannot be created as weighted sets must contain the same TTL."},
    [POLICY_LATENCY] = {regions_clash, RULE_R53_ERR_14,
                        CANNOT
                        ", and Region Name={3} cannot be created because a latency RRSet with "
                        "the same name, type and region already exists."},
    [POLICY_FAILOVER] = {roles_clash, RULE_R53_FAILOVER_01,
                         CANNOT
                         " cannot be created because a failover RRSet with the same name, type "
                         "and role already exists."},
    [POLICY_GEOLOCATION] = {geolocations_clash, RULE_R53_GEO_01,
                            CANNOT " cannot be created because a geolocation RRSet with the same "
                                   "name, type and location already exists."},
    [POLICY_CIDR] = {cidrs_clash, RULE_R53_CIDR_01,
                     CANNOT " cannot be created because CIDR RRSets of one name and type must name "
                            "one collection and different locations."},
    [POLICY_AZ_AFFINITY] = {zones_clash, RULE_R53_AZ_01,
                            CANNOT " cannot be created because an AZ affinity RRSet with the same "
                                   "name, type and location already exists."},
};

bool r53__check_pair(struct checker *checker, const struct record_form *form,
                     const struct record_form *other)
{
    const struct pair_rule *rule = &pair_rules[form->policy];

    if (form->policy != other->policy || !rule->clash || !rule->clash(form, other))
        return true;
    say(checker, form, root, rule->rule, rule->format, form->detail->region);
    return false;
}

void r53__check_group_size(struct checker *checker, const struct record_form *form, size_t n)
{
    size_t max = form->policy == POLICY_GEOPROXIMITY ? GEOPROXIMITY_MEMBERS_MAX
                 : form->policy == POLICY_FAILOVER   ? FAILOVER_MEMBERS_MAX
                                                     : GROUP_MEMBERS_MAX;
    char digits[NUMBER_TEXT_MAX];

    if (n <= max)
        return;
    r53__number_print(digits, (int64_t)max);
    say(checker, form, root, RULE_R53_GROUP_05,
        CANNOT " cannot be created as no more than {3} RRSets may share a name and type.", digits);
}
