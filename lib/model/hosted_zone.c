/* Creating and deleting hosted zones, with AWS's refusals. */
#include <r53/zone.h>

#include "base/sized_refusal.h"
#include "model/check.h"
#include "model/cloud.h"
#include "model/name_servers.h"
#include "model/vpc.h"
#include "model/zone_draft.h"

#include <string.h>

enum {
    ZONE_ID_MAX = 32,           /* R53-ZONE-15 */
    CALLER_REFERENCE_MAX = 128, /* R53-ZONE-13 */
    COMMENT_MAX = 256,
    ZONES_MAX = 500,
    ATTEMPTS_MAX = 64 /* delegation sets tried before none is available */
};

/* What is asked for, read and checked step by step. */
struct request {
    r53_cloud *cloud;
    r53_report *report;
    r53_hosted_zone zone;
    struct span id;
    struct name_buffer name;
    struct delegation_set made_up;
};

static int32_t refuse(const struct request *r, int32_t code, int32_t rule, const char *aws_name,
                      const char *path, const char *format, const char *value)
{
    return r53__remark(r->report, &(struct remark){.code = code,
                                                   .rule = rule,
                                                   .aws_name = aws_name,
                                                   .path = path,
                                                   .format = format,
                                                   .args = {value ? value : "null"}});
}

static int32_t check_reserved(struct request *r)
{
    return r53__reserved_judge(r->report, "reserved", r->zone.reserved);
}

static int32_t check_id(struct request *r)
{
    struct span id = r->id;
    bool good = id.length >= 1 && id.length <= ZONE_ID_MAX && id.at[0] == 'Z';

    for (size_t i = 0; i < id.length && good; i++)
        good = (id.at[i] >= 'A' && id.at[i] <= 'Z') || (id.at[i] >= '0' && id.at[i] <= '9');
    if (!good) /* R53-ZONE-15 */
        return refuse(r, R53_E_INVALID, RULE_R53_ZONE_15, "InvalidInput", "Id",
                      "'{0}' is not a hosted zone id: Z and at most 31 capitals and digits",
                      r->zone.id);
    return R53_OK;
}

static int32_t check_name(struct request *r)
{
    static const char format[] = "{0} is not a valid name for this hosted zone";
    const char *name = r->zone.name;
    const uint8_t *label;
    bool star = false;

    if (!name || r53__name_parse(&r->name, r53__span(name)) != NAME_OK)
        return refuse(r, R53_E_INVALID, RULE_R53_ERR_37, "InvalidDomainName", "Name", format, name);
    label = r->name.octets;
    for (unsigned i = 1; i <= *label; i++)
        star = star || label[i] == '*';
    /* R53-ZONE-12: one label is enough for a private zone only */
    if (star || r->name.length == 1 ||
        (!r->zone.private_zone && r53__name_labels(r53__name(&r->name)) == 1))
        return refuse(r, R53_E_INVALID, RULE_R53_ZONE_12, "InvalidDomainName", "Name", format,
                      name);
    return R53_OK;
}

static int32_t check_texts(struct request *r)
{
    size_t reference = r53__span(r->zone.caller_reference).length;

    if (reference < 1 || reference > CALLER_REFERENCE_MAX) /* R53-ZONE-13 */
        return refuse(r, R53_E_INVALID, RULE_R53_ZONE_13, "InvalidInput", "CallerReference",
                      "CallerReference '{0}' must have 1 to 128 characters",
                      r->zone.caller_reference);
    if (r53__span(r->zone.comment).length > COMMENT_MAX)
        return refuse(r, R53_E_INVALID, RULE_R53_ZONE_13, "InvalidInput",
                      "HostedZoneConfig.Comment", "Comment must have at most 256 characters", NULL);
    return R53_OK;
}

static int32_t check_vpcs(struct request *r)
{
    if (!r->zone.private_zone) {
        if (r->zone.n_vpcs)
            return refuse(r, R53_E_INVALID, RULE_R53_PRIV_01, "InvalidInput", "VPC",
                          "a public hosted zone takes no VPC", NULL);
        return R53_OK;
    }
    if (r->zone.n_vpcs != 1 || !r->zone.vpcs || !r->zone.vpcs[0]) /* R53-PRIV-01 */
        return refuse(r, R53_E_INVALID, RULE_R53_PRIV_01, "InvalidInput", "VPC",
                      "a private hosted zone is created with exactly one VPC", NULL);
    if (r->zone.n_name_servers) /* R53-PRIV-10 */
        return refuse(r, R53_E_INVALID, RULE_R53_PRIV_10, "InvalidInput", "DelegationSetId",
                      "a private hosted zone takes no delegation set", NULL);
    return r53__vpc_check(r->zone.vpcs[0], r->report);
}

static bool same_account(const struct request *r, const struct zone *zone)
{
    return r53__span_equal(r53__span(r->zone.account), r53__span(zone->account));
}

/* The request against one zone that is there. References are unique in an account (R53-ZONE-13). */
static int32_t check_against(struct request *r, const struct zone *zone)
{
    if (same_account(r, zone) && strcmp(zone->caller_reference, r->zone.caller_reference) == 0)
        return refuse(r, R53_E_EXISTS, RULE_R53_ZONE_13, "HostedZoneAlreadyExists",
                      "CallerReference",
                      "A hosted zone has already been created with the caller reference '{0}'",
                      r->zone.caller_reference);
    return R53_OK;
}

static int32_t check_others(struct request *r)
{
    const struct table *zones = &r->cloud->tables[CLOUD_ZONES];
    size_t mine = 0;

    if (r53__table_find(zones, r->id)) /* R53-ZONE-08: the id is what tells zones apart */
        return refuse(r, R53_E_EXISTS, RULE_R53_ZONE_08, "HostedZoneAlreadyExists", "Id",
                      "hosted zone {0} exists already", r->zone.id);
    for (size_t i = 0; i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);
        int32_t err = zone ? check_against(r, zone) : R53_OK;

        if (err != R53_OK)
            return err;
        mine += zone && same_account(r, zone);
    }
    if (mine >= ZONES_MAX) /* R53-ZONE-13 */
        return refuse(r, R53_E_LIMIT, RULE_R53_ZONE_13, "TooManyHostedZones", NULL,
                      "This operation can't be completed because the account has 500 hosted zones "
                      "already",
                      NULL);
    if (!r->zone.private_zone)
        return R53_OK;
    return r53__vpc_check_free(r->cloud, r53__name(&r->name), r->zone.vpcs[0], r->report);
}

static bool shares_server(const struct zone *zone, const char *const *servers, uint32_t n)
{
    for (uint32_t i = 0; i < zone->n_name_servers; i++) {
        for (uint32_t k = 0; k < n; k++) {
            struct span a = r53__span(zone->name_servers[i]), b = r53__span(servers[k]);

            if (b.length + 1 == a.length) /* given without its last dot */
                a.length--;
            if (r53__equal_nocase(a, b))
                return true;
        }
    }
    return false;
}

/* R53-ZONE-09: is there a public zone of this name, above or below it, on one of the servers? */
static bool servers_conflict(const struct request *r, const char *const *servers, uint32_t n)
{
    const struct table *zones = &r->cloud->tables[CLOUD_ZONES];
    struct name name = r53__name(&r->name);

    for (size_t i = 0; i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);

        if (zone && !zone->is_private && shares_server(zone, servers, n) &&
            (r53__name_is_under(zone->name, name) || r53__name_is_under(name, zone->name)))
            return true;
    }
    return false;
}

static int32_t choose_servers(struct request *r)
{
    r53_hosted_zone *zone = &r->zone;

    if (zone->n_name_servers) {
        for (uint32_t i = 0; i < zone->n_name_servers; i++) {
            if (!zone->name_servers || !zone->name_servers[i])
                return refuse(r, R53_E_INVALID, RULE_R53_ZONE_06, "InvalidInput", "NameServers",
                              "a name server is missing", NULL);
        }
        if (servers_conflict(r, zone->name_servers, zone->n_name_servers))
            return refuse(
                r, R53_E_INVALID, RULE_R53_ZONE_09, "ConflictingDomainExists", "NameServers",
                "a name server already serves a hosted zone whose name is '{0}', or above "
                "or below it",
                zone->name);
        return R53_OK;
    }
    for (unsigned attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        r53__delegation_set_make(&r->made_up, r->id.at, zone->private_zone != 0, attempt);
        if (zone->private_zone || !servers_conflict(r, r->made_up.pointers, NAME_SERVERS)) {
            zone->name_servers = r->made_up.pointers;
            zone->n_name_servers = NAME_SERVERS;
            return R53_OK;
        }
    }
    return refuse(r, R53_E_INVALID, RULE_R53_ZONE_09, "DelegationSetNotAvailable", "Name",
                  "no four name servers are left for another hosted zone '{0}'", zone->name);
}

/* What is malformed in itself first, then what conflicts with others: one error is told. */
static int32_t (*const steps[])(struct request *) = {
    check_reserved, check_id, check_name, check_texts, check_vpcs, check_others, choose_servers,
};

static int32_t zone_put(struct request *r)
{
    struct table *zones = &r->cloud->tables[CLOUD_ZONES];
    struct zone_draft *draft = NULL;
    struct zone *zone = NULL;
    int32_t err = r53__draft_new(&draft, &r->cloud->memory, r->zone.id);

    if (err == R53_E_NOMEM)
        return r53__remark_nomem(r->report);
    err = r53__draft_header(draft, &r->zone, r->report);
    if (err == R53_OK)
        err = r53__draft_seal(draft, NULL, &zone, r->report);
    r53__draft_free(draft);
    if (err != R53_OK)
        return err;
    return r53__table_put(zones, r->id, zone) ? r53__remark_nomem(r->report) : R53_OK;
}

int32_t r53_zone_create(r53_cloud *cloud, const r53_hosted_zone *zone, r53_report *report)
{
    struct request r = {.cloud = cloud, .report = report};
    int32_t rc = r53__change_read(cloud, &r.zone, sizeof(r.zone), zone, "hosted zone", report);

    if (rc)
        return rc;
    r.zone.size = sizeof(r.zone);
    r.id = r53__zone_id(r.zone.id);
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        int32_t err = steps[i](&r);

        if (err != R53_OK)
            return err;
    }
    return zone_put(&r);
}

/* Nothing but NS and SOA at the apex? Names that are only kept are no record sets. */
static bool zone_is_empty(const struct zone *zone)
{
    for (uint32_t i = 0; i < zone->n_groups; i++) {
        if (zone->groups[i].owner > 0)
            return false;
        if (zone->groups[i].type != R53_TYPE_NS && zone->groups[i].type != R53_TYPE_SOA)
            return false;
    }
    return true;
}

int32_t r53_zone_delete(r53_cloud *cloud, const char *zone_id, r53_report *report)
{
    struct request r = {.cloud = cloud, .report = report};
    const struct zone *zone;

    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    zone = r53__cloud_zone(cloud, zone_id, report);
    if (!zone)
        return R53_E_NOT_FOUND;
    if (!zone_is_empty(zone)) /* R53-ZONE-14 */
        return refuse(&r, R53_E_INVALID, RULE_R53_ZONE_14, "HostedZoneNotEmpty", "Id",
                      "The specified hosted zone contains non-required resource record sets and so "
                      "cannot be deleted.",
                      NULL);
    return r53__table_put(&cloud->tables[CLOUD_ZONES], r53__span(zone->id), NULL)
               ? r53__remark_nomem(report)
               : R53_OK;
}
