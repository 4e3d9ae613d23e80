/*
 * Classic Load Balancers (ELB-JSON-08). AWS prints no ARN for them; it is put together from region,
 * account and name (ELB-LB-21). The region stands in the DNS name, the account, with luck, in the
 * owner of the source security group; what the document does not tell, the context must.
 */
#include "json/document.h"

#include <string.h>

#define LB(member)        offsetof(struct classic, lb.member)
#define CLASSIC(member)   offsetof(struct classic, member)
#define LISTENER(member)  offsetof(struct description, listener.member)
#define DESCRIBED(member) offsetof(struct description, member)
#define POLICY(member)    offsetof(struct policy, member)

/* A listener, and the names of its policies. */
struct description {
    r53_listener listener;
    const char *certificate_id;
    const char *const *policies;
    uint32_t n_policies;
};

/* A cookie stickiness policy of the load balancer. */
struct policy {
    int32_t type; /* enum r53_stickiness_type */
    int32_t cookie_expiration_period_s;
    const char *name, *cookie_name;
};

struct policies {
    const struct policy *list;
    uint32_t n;
};

enum { POLICY_KINDS = 2 };

struct classic {
    r53_load_balancer lb;
    const char **zones;
    struct description *listeners;
    uint32_t n_zones, n_listeners;
    struct policies policies[POLICY_KINDS];
    const char *owner;
};

/* A piece of a text, not NUL-terminated. */
struct piece {
    const char *at;
    size_t length;
};

static const char *const scheme_words[] = {"internet-facing", "internal"};
static const struct vocabulary schemes = {"a scheme", NULL, scheme_words, 2};

static const struct field listener_fields[] = {
    FIELD("Protocol", r53__json_word, .at = LISTENER(protocol), .with = &r53__json_protocols,
          .required = true),
    FIELD("LoadBalancerPort", r53__json_int32, .at = LISTENER(port), .required = true),
    FIELD("InstanceProtocol", r53__json_word, .at = LISTENER(instance_protocol),
          .with = &r53__json_protocols),
    FIELD("InstancePort", r53__json_int32, .at = LISTENER(instance_port), .required = true),
    FIELD("SSLCertificateId", r53__json_text, .at = DESCRIBED(certificate_id)),
};
static const struct shape listener_members = MEMBERS(listener_fields);

/* A Classic listener has one certificate, which is the default one. */
static void listener_finish(struct reader *reader, void *out)
{
    struct description *description = out;
    r53_certificate *certificate = r53__json_alloc(reader, 1, sizeof(*certificate));
    const r53_certificate **pointer = r53__json_alloc(reader, 1, sizeof(*pointer));

    if (!certificate || !pointer || !description->certificate_id)
        return;
    *certificate = (r53_certificate){.size = sizeof(*certificate),
                                     .is_default = 1,
                                     .certificate_arn = description->certificate_id};
    *pointer = certificate;
    description->listener.certificates = pointer;
    description->listener.n_certificates = 1;
}

static const struct field description_fields[] = {
    FIELD("Listener", r53__json_members, .with = &listener_members, .required = true),
    FIELD("PolicyNames", r53__json_texts, .at = DESCRIBED(policies), .also = DESCRIBED(n_policies)),
};
static const struct description description_initial = {.listener = {.size = sizeof(r53_listener)}};
static const struct shape description_shape =
    SHAPE(description_fields, .bytes = sizeof(struct description), .initial = &description_initial);
/* of a request, which has listeners as they are */
const struct shape r53__json_classic_listener =
    SHAPE(listener_fields, .bytes = sizeof(struct description), .initial = &description_initial,
          .finish = listener_finish);

/* ELB-CLB-07: without a period the cookie lives as long as the browser's session */
static const struct field lb_cookie_fields[] = {
    FIELD("PolicyName", r53__json_text, .at = POLICY(name), .required = true),
    FIELD("CookieExpirationPeriod", r53__json_int32, .at = POLICY(cookie_expiration_period_s)),
};
static const struct policy lb_cookie_initial = {.type = R53_STICKINESS_LB_COOKIE};
static const struct shape lb_cookie_shape =
    SHAPE(lb_cookie_fields, .bytes = sizeof(struct policy), .initial = &lb_cookie_initial);

static const struct field app_cookie_fields[] = {
    FIELD("PolicyName", r53__json_text, .at = POLICY(name), .required = true),
    FIELD("CookieName", r53__json_text, .at = POLICY(cookie_name), .required = true),
};
static const struct policy app_cookie_initial = {.type = R53_STICKINESS_APP_COOKIE};
static const struct shape app_cookie_shape =
    SHAPE(app_cookie_fields, .bytes = sizeof(struct policy), .initial = &app_cookie_initial);

static const struct field policies_fields[] = {
    FIELD("LBCookieStickinessPolicies", r53__json_structs, .at = CLASSIC(policies[0].list),
          .also = CLASSIC(policies[0].n), .with = &lb_cookie_shape),
    FIELD("AppCookieStickinessPolicies", r53__json_structs, .at = CLASSIC(policies[1].list),
          .also = CLASSIC(policies[1].n), .with = &app_cookie_shape),
    UNUSED("OtherPolicies"),
};
static const struct shape policies_shape = MEMBERS(policies_fields);

static const struct field check_fields[] = {
    FIELD("HealthyThreshold", r53__json_int32, .at = LB(healthy_threshold)),
    FIELD("UnhealthyThreshold", r53__json_int32, .at = LB(unhealthy_threshold)),
    UNUSED("Target"),
    UNUSED("Interval"),
    UNUSED("Timeout"),
};
static const struct shape check_shape = MEMBERS(check_fields);

static const struct field instance_fields[] = {
    FIELD("InstanceId", r53__json_text, .required = true),
};
static const struct shape instance_shape = SHAPE(instance_fields, .bytes = sizeof(const char *));

static const struct field source_fields[] = {
    FIELD("OwnerAlias", r53__json_text, .at = CLASSIC(owner)),
    UNUSED("GroupName"),
};
static const struct shape source_shape = MEMBERS(source_fields);

static const struct field classic_fields[] = {
    FIELD("LoadBalancerName", r53__json_text, .at = LB(load_balancer_name), .required = true),
    FIELD("DNSName", r53__json_text, .at = LB(dns_name)),
    FIELD("CanonicalHostedZoneNameID", r53__json_text, .at = LB(canonical_hosted_zone_id)),
    FIELD("Scheme", r53__json_word, .at = LB(scheme), .with = &schemes),
    FIELD("VPCId", r53__json_text, .at = LB(vpc_id)),
    FIELD("AvailabilityZones", r53__json_texts, .at = CLASSIC(zones), .also = CLASSIC(n_zones)),
    FIELD("Instances", r53__json_structs, .at = LB(instances), .also = LB(n_instances),
          .with = &instance_shape),
    FIELD("ListenerDescriptions", r53__json_structs, .at = CLASSIC(listeners),
          .also = CLASSIC(n_listeners), .with = &description_shape),
    FIELD("SourceSecurityGroup", r53__json_members, .with = &source_shape),
    UNUSED("CanonicalHostedZoneName"),
    FIELD("Policies", r53__json_members, .with = &policies_shape),
    FIELD("HealthCheck", r53__json_members, .with = &check_shape),
    UNUSED("BackendServerDescriptions"),
    UNUSED("Subnets"),
    FIELD("SecurityGroups", r53__json_texts, .at = LB(security_groups),
          .also = LB(n_security_groups)),
    UNUSED("CreatedTime"),
};

static struct piece whole(const char *text)
{
    return (struct piece){text, text ? strlen(text) : 0};
}

/* "us-east-1" of "NAME.us-east-1.elb.amazonaws.com", also in China; empty if it is not such. */
static struct piece region_of_name(const char *dns_name)
{
    const char *end = dns_name ? strstr(dns_name, ".elb.amazonaws.com") : NULL;
    const char *start = end;

    while (start && start > dns_name && start[-1] != '.')
        start--;
    if (!start || start == dns_name) /* a single label before: no region */
        return (struct piece){NULL, 0};
    return (struct piece){start, (size_t)(end - start)};
}

static struct piece account_of_owner(const char *owner)
{
    struct piece account = whole(owner);

    if (account.length != 12 || strspn(owner, "0123456789") != 12)
        account.length = 0; /* "amazon-elb" */
    return account;
}

/* What the document says, else what the context says, with a warning where they disagree. */
static struct piece decide(struct reader *reader, struct piece evident, const char *said,
                           const char *member)
{
    struct sentence sentence = {0};
    struct piece given = whole(said);

    if (evident.length == 0)
        return given;
    if (given.length &&
        (given.length != evident.length || memcmp(given.at, evident.at, given.length) != 0)) {
        r53__sentence_put(&sentence, "the context's `");
        r53__sentence_put(&sentence, member);
        r53__sentence_put(&sentence, "` ");
        r53__sentence_put(&sentence, said);
        r53__sentence_put(&sentence, " is not what this load balancer's description tells, "
                                     "which counts");
        r53__json_warn(reader, sentence.text);
    }
    return evident;
}

static const char *partition_of(struct piece region)
{
    if (region.length > 3 && memcmp(region.at, "cn-", 3) == 0)
        return "aws-cn";
    if (region.length > 7 && memcmp(region.at, "us-gov-", 7) == 0)
        return "aws-us-gov";
    return "aws";
}

static char *put(char *to, struct piece piece)
{
    if (piece.length)
        memcpy(to, piece.at, piece.length);
    return to + piece.length;
}

static const char *arn_make(struct reader *reader, struct piece region, struct piece account,
                            const char *name)
{
    const struct piece parts[] = {whole("arn:"),
                                  whole(partition_of(region)),
                                  whole(":elasticloadbalancing:"),
                                  region,
                                  whole(":"),
                                  account,
                                  whole(":loadbalancer/"),
                                  whole(name)};
    size_t length = 0;
    char *arn, *end;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        length += parts[i].length;
    arn = end = r53__json_alloc(reader, length + 1, 1);
    for (size_t i = 0; arn && i < sizeof(parts) / sizeof(*parts); i++)
        end = put(end, parts[i]);
    return arn;
}

/* The ARN; NULL if something is missing for it, then reported. */
static const char *identify(struct reader *reader, struct piece region, struct piece account,
                            const char *name)
{
    if (region.length == 0)
        r53__json_needs(reader, "region", "the document does not tell the Region");
    if (account.length == 0)
        r53__json_needs(reader, "account", "the document does not tell the account");
    return reader->error ? NULL : arn_make(reader, region, account, name);
}

const char *r53__json_classic_arn(struct reader *reader, const char *name)
{
    if (strncmp(name, "arn:", 4) == 0)
        return name;
    return identify(reader, whole(reader->context.region), whole(reader->context.account), name);
}

/* A Classic load balancer's zones are a list of names. */
static void zones_make(struct reader *reader, struct classic *in)
{
    r53_availability_zone *zones = r53__json_alloc(reader, in->n_zones, sizeof(*zones));
    const r53_availability_zone **pointers =
        r53__json_alloc(reader, in->n_zones, sizeof(*pointers));

    for (uint32_t i = 0; zones && pointers && i < in->n_zones; i++) {
        zones[i] = (r53_availability_zone){.size = sizeof(*zones), .zone_name = in->zones[i]};
        pointers[i] = &zones[i];
    }
    in->lb.availability_zones = pointers;
    in->lb.n_availability_zones = in->n_zones;
}

static const struct policy *policy_find(const struct classic *in, const char *name)
{
    for (int i = 0; i < POLICY_KINDS; i++) {
        for (uint32_t j = 0; j < in->policies[i].n; j++) {
            if (strcmp(in->policies[i].list[j].name, name) == 0)
                return &in->policies[i].list[j];
        }
    }
    return NULL;
}

/* ELB-CLB-09: a policy counts on the listeners that name it. */
static void stickiness_put(const struct classic *in, struct description *description)
{
    for (uint32_t i = 0; i < description->n_policies; i++) {
        const struct policy *policy = policy_find(in, description->policies[i]);

        if (!policy) /* of TLS, or of another kind */
            continue;
        description->listener.stickiness_type = policy->type;
        description->listener.cookie_expiration_period_s = policy->cookie_expiration_period_s;
        description->listener.app_cookie_name = policy->cookie_name;
    }
}

static void classic_finish(struct reader *reader, void *out)
{
    struct classic *in = out;
    struct piece region =
        decide(reader, region_of_name(in->lb.dns_name), reader->context.region, "region");
    struct piece account =
        decide(reader, account_of_owner(in->owner), reader->context.account, "account");

    in->lb.load_balancer_arn = identify(reader, region, account, in->lb.load_balancer_name);
    zones_make(reader, in);
    for (uint32_t i = 0; i < in->n_listeners; i++) {
        in->listeners[i].listener.load_balancer_arn = in->lb.load_balancer_arn;
        stickiness_put(in, &in->listeners[i]);
        listener_finish(reader, &in->listeners[i]);
    }
}

static const struct classic classic_initial = {
    .lb = {.size = sizeof(r53_load_balancer), .type = R53_LB_CLASSIC}};
static const struct shape classic_shape =
    SHAPE(classic_fields, .bytes = sizeof(struct classic), .initial = &classic_initial,
          .finish = classic_finish);

static int32_t listener_import(struct reader *reader, const struct classic *in, uint32_t index)
{
    size_t outer = r53__json_enter(reader, "ListenerDescriptions");
    int32_t rc;

    r53__json_enter_index(reader, index);
    r53__json_enter(reader, "Listener");
    r53__json_import_begin(reader);
    rc = r53__json_import_end(reader,
                              r53_import_listener(reader->import, &in->listeners[index].listener));
    r53__json_leave(reader, outer);
    return rc;
}

static int32_t classic_deliver(struct reader *reader, void *out)
{
    const struct classic *in = out;
    int32_t rc;

    r53__json_import_begin(reader);
    rc = r53__json_import_end(reader, r53_import_load_balancer(reader->import, &in->lb));
    for (uint32_t i = 0; i < in->n_listeners && rc == R53_OK; i++)
        rc = listener_import(reader, in, i);
    return rc;
}

static const struct element classic_element = {&classic_shape, classic_deliver};

static const struct field classics_fields[] = {
    FIELD("LoadBalancerDescriptions", r53__json_list, .with = &classic_element),
    WHOLE("NextMarker", r53__json_page),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape classics_shape = MEMBERS(classics_fields);
const struct element r53__json_classic = {&classics_shape, NULL};
