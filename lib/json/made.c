/*
 * What AWS makes up for a new load balancer, listener, rule or target group, where the context does
 * not give it: an ARN and a DNS name in AWS's form (ELB-DNS-01), in which a hash stands for AWS's
 * chance. So the same requests, applied to the same cloud, make the same cloud.
 */
#include "json/document.h"

#include <r53/elb_describe.h>

#include <string.h>

enum { HEX_DIGITS = 16, REGION_COLON = 3, REGION_BYTES = 32 };

static const char *join(struct reader *reader, const char *const *parts, size_t n)
{
    size_t length = 0;
    char *text;

    for (size_t i = 0; i < n; i++)
        length += strlen(parts[i]);
    text = r53__json_alloc(reader, length + 1, 1);
    for (size_t i = 0, at = 0; text && i < n; i++) {
        memcpy(text + at, parts[i], strlen(parts[i]));
        at += strlen(parts[i]);
    }
    return text;
}

#define JOIN(reader, ...)                                                                          \
    join(reader, (const char *const[]){__VA_ARGS__},                                               \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* FNV-1a of 64 bits: nothing secret, and simple enough to be worked out anywhere. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

static void hex_put(char out[HEX_DIGITS + 1], uint64_t number)
{
    for (int i = HEX_DIGITS; i-- > 0; number >>= 4)
        out[i] = "0123456789abcdef"[number & 15];
    out[HEX_DIGITS] = '\0';
}

/* "PREFIX/HEX16", the hash being that of the prefix and the key. */
static const char *with_id(struct reader *reader, const char *prefix, const char *key)
{
    const char *hashed = prefix ? JOIN(reader, prefix, key) : NULL;
    char hex[HEX_DIGITS + 1];

    if (!hashed)
        return NULL;
    hex_put(hex, hash_of(hashed));
    return JOIN(reader, prefix, "/", hex);
}

static const char *partition_of(const char *region)
{
    if (strncmp(region, "cn-", 3) == 0)
        return "aws-cn";
    return strncmp(region, "us-gov-", 7) == 0 ? "aws-us-gov" : "aws";
}

/* "arn:aws:elasticloadbalancing:us-east-1:123456789012:KIND/NAME"; NULL: told. */
static const char *arn_begin(struct reader *reader, const char *kind, const char *name)
{
    const char *region = reader->context.region, *account = reader->context.account;

    if (!region)
        r53__json_needs(reader, "region", "an ARN is made of the Region");
    if (!account)
        r53__json_needs(reader, "account", "an ARN is made of the account");
    if (!region || !account)
        return NULL;
    return JOIN(reader, "arn:", partition_of(region), ":elasticloadbalancing:", region, ":",
                account, ":", kind, "/", name);
}

const char *r53__json_made_balancer(struct reader *reader, const r53_load_balancer *lb)
{
    static const char *const kinds[] = {[R53_LB_APPLICATION] = "loadbalancer/app",
                                        [R53_LB_NETWORK] = "loadbalancer/net",
                                        [R53_LB_GATEWAY] = "loadbalancer/gwy"};

    return with_id(reader, arn_begin(reader, kinds[lb->type], lb->load_balancer_name), "");
}

const char *r53__json_made_group(struct reader *reader, const char *name)
{
    return with_id(reader, arn_begin(reader, "targetgroup", name), "");
}

/* DNS names */

/* The Region of an ARN; "": it is none. */
static void region_of(char region[REGION_BYTES], const char *arn)
{
    const char *start = arn;
    size_t n;

    for (int i = 0; start && i < REGION_COLON; i++) {
        start = strchr(start, ':');
        start = start ? start + 1 : NULL;
    }
    n = start ? strcspn(start, ":") : 0;
    if (n >= REGION_BYTES)
        n = 0;
    if (n)
        memcpy(region, start, n);
    region[n] = '\0';
}

/* As old as load balancers of instances are: ten digits, which are not those of the ARN. */
static const char *digits_name(struct reader *reader, const r53_load_balancer *lb,
                               const char *region, const char *suffix)
{
    const int64_t least = 1000000000;
    struct sentence digits = {0};

    r53__sentence_put_integer(&digits,
                              least + (int64_t)(hash_of(lb->load_balancer_arn) % (uint64_t)least));
    return JOIN(reader, lb->scheme == R53_SCHEME_INTERNAL ? "internal-" : "",
                lb->load_balancer_name, "-", digits.text, ".", region, ".elb.", suffix);
}

const char *r53__json_made_dns_name(struct reader *reader, const r53_load_balancer *lb)
{
    const char *id = strrchr(lb->load_balancer_arn, '/'), *suffix;
    char region[REGION_BYTES];

    region_of(region, lb->load_balancer_arn);
    if (!*region || !id)
        return NULL;
    suffix = strncmp(region, "cn-", 3) == 0 ? "amazonaws.com.cn" : "amazonaws.com";
    if (lb->type == R53_LB_APPLICATION || lb->type == R53_LB_CLASSIC)
        return digits_name(reader, lb, region, suffix);
    return JOIN(reader, lb->load_balancer_name, "-", id + 1, ".elb.", region, ".", suffix);
}

/* Listeners and rules: below what they belong to */

/* "...:listener/app/web/1" of "...:loadbalancer/app/web/1"; NULL: told. */
static const char *arn_below(struct reader *reader, const char *arn, const char *from,
                             const char *to, const char *member)
{
    const char *at = strstr(arn, from);
    size_t n = at ? (size_t)(at - arn) : 0;
    char *head = at ? r53__json_alloc(reader, n + 1, 1) : NULL;

    if (!at)
        r53__json_needs(reader, member, "an ARN can be made below one of AWS's form alone");
    if (!head)
        return NULL;
    memcpy(head, arn, n);
    return JOIN(reader, head, to, at + strlen(from));
}

/* Is there a listener of this ARN? O(listeners of the cloud). */
static bool listener_stands(struct reader *reader, const char *load_balancer_arn, const char *arn)
{
    r53_elb_listing *listing = NULL;
    const r53_listener *listener = NULL;

    if (r53_listeners_list(&listing, reader->cloud, load_balancer_arn, NULL) == R53_E_NOMEM)
        r53__json_nomem(reader);
    do {
        listener = listing ? r53_elb_listing_next_listener(listing) : NULL;
    } while (listener && (!listener->listener_arn || strcmp(listener->listener_arn, arn) != 0));
    r53_elb_listing_free(listing);
    return listener != NULL;
}

static bool rule_stands(struct reader *reader, const char *listener_arn, const char *arn)
{
    r53_elb_listing *listing = NULL;
    const r53_listener_rule *rule = NULL;

    if (r53_listener_rules_list(&listing, reader->cloud, listener_arn, NULL) == R53_E_NOMEM)
        r53__json_nomem(reader);
    do {
        rule = listing ? r53_elb_listing_next_listener_rule(listing) : NULL;
    } while (rule && strcmp(rule->rule_arn, arn) != 0);
    r53_elb_listing_free(listing);
    return rule != NULL;
}

/*
 * The first ARN for the key that nothing bears yet: what had it first may have been given another
 * port or priority since.
 */
static const char *arn_free(struct reader *reader, const char *owner, const char *prefix,
                            const char *key,
                            bool (*stands)(struct reader *, const char *owner, const char *arn))
{
    const char *arn = NULL;
    int64_t tries = 0;

    do {
        struct sentence hashed = {0};

        r53__sentence_put(&hashed, "/");
        r53__sentence_put(&hashed, key);
        if (tries) {
            r53__sentence_put(&hashed, "/");
            r53__sentence_put_integer(&hashed, tries);
        }
        tries++;
        arn = with_id(reader, prefix, hashed.text);
    } while (arn && stands(reader, owner, arn));
    return reader->error ? NULL : arn;
}

const char *r53__json_made_listener(struct reader *reader, const r53_listener *listener)
{
    const char *owner = listener->load_balancer_arn;
    const char *prefix = arn_below(reader, owner, ":loadbalancer/", ":listener/", "listener_arn");
    struct sentence port = {0};

    r53__sentence_put_integer(&port, listener->port);
    return prefix ? arn_free(reader, owner, prefix, port.text, listener_stands) : NULL;
}

const char *r53__json_made_rule(struct reader *reader, const r53_listener_rule *rule)
{
    const char *owner = rule->listener_arn;
    const char *prefix = arn_below(reader, owner, ":listener/", ":listener-rule/", "rule_arn");

    return prefix ? arn_free(reader, owner, prefix, rule->priority, rule_stands) : NULL;
}
