/*
 * Listings that are kept open while the cloud changes: each must go on telling what it told when it
 * was opened.
 */
#include "fuzz/calls.h"

/* Listings: how each kind is opened, and what its next entry tells */

struct listing_kind {
    int32_t (*open)(void **out, const r53_cloud *cloud, r53_report *report);
    bool (*next)(void *listing, uint64_t *digest);
    void (*free)(void *listing);
};

static int32_t sets_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_listing *listing = NULL;
    int32_t rc = r53_record_sets_list(&listing, cloud, "Z1", NULL, 0, NULL, report);

    *out = listing;
    return rc;
}

static bool sets_next(void *listing, uint64_t *digest)
{
    const r53_record_set *set = r53_listing_next_record_set(listing);

    if (!set)
        return false;
    digest_text(digest, set->name);
    digest_number(digest, set->type);
    digest_text(digest, set->set_identifier);
    digest_text(digest, set->alias_dns_name);
    for (uint32_t i = 0; i < set->n_values; i++)
        digest_text(digest, set->values[i]);
    return true;
}

static int32_t zones_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_listing *listing = NULL;
    int32_t rc = r53_zones_list_by_name(&listing, cloud, NULL, NULL, report);

    *out = listing;
    return rc;
}

static bool zones_next(void *listing, uint64_t *digest)
{
    const r53_hosted_zone *zone = r53_listing_next_zone(listing);

    if (!zone)
        return false;
    digest_text(digest, zone->id);
    digest_text(digest, zone->name);
    digest_number(digest, zone->record_set_count);
    for (uint32_t i = 0; i < zone->n_vpcs; i++)
        digest_text(digest, zone->vpcs[i]->vpc_id);
    return true;
}

static void zone_listing_free(void *listing)
{
    r53_listing_free(listing);
}

static int32_t checks_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_health_check_listing *listing = NULL;
    int32_t rc = r53_health_checks_list(&listing, cloud);

    (void)report;
    *out = listing;
    return rc;
}

static bool checks_next(void *listing, uint64_t *digest)
{
    const r53_health_check *check = r53_health_check_listing_next(listing);

    if (!check)
        return false;
    digest_text(digest, check->id);
    digest_text(digest, check->caller_reference);
    digest_number(digest, check->health_check_version);
    for (uint32_t i = 0; i < check->n_child_health_checks; i++)
        digest_text(digest, check->child_health_checks[i]);
    return true;
}

static void checks_free(void *listing)
{
    r53_health_check_listing_free(listing);
}

static int32_t blocks_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_cidr_listing *listing = NULL;
    int32_t rc = r53_cidr_blocks_list(&listing, cloud, "c1", report);

    *out = listing;
    return rc;
}

static bool blocks_next(void *listing, uint64_t *digest)
{
    const r53_cidr_block *block = r53_cidr_listing_next_block(listing);

    if (!block)
        return false;
    digest_text(digest, block->location_name);
    digest_text(digest, block->cidr_block);
    return true;
}

static void blocks_free(void *listing)
{
    r53_cidr_listing_free(listing);
}

static int32_t balancers_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_load_balancers_list(&listing, cloud);

    (void)report;
    *out = listing;
    return rc;
}

static bool balancers_next(void *listing, uint64_t *digest)
{
    const r53_load_balancer *lb = r53_elb_listing_next_load_balancer(listing);

    if (!lb)
        return false;
    digest_text(digest, lb->load_balancer_arn);
    digest_text(digest, lb->dns_name);
    for (uint32_t i = 0; i < lb->n_availability_zones; i++)
        digest_text(digest, lb->availability_zones[i]->zone_name);
    for (uint32_t i = 0; i < lb->n_instances; i++)
        digest_text(digest, lb->instances[i]);
    return true;
}

static int32_t rules_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_listener_rules_list(&listing, cloud, NULL, report);

    *out = listing;
    return rc;
}

static bool rules_next(void *listing, uint64_t *digest)
{
    const r53_listener_rule *rule = r53_elb_listing_next_listener_rule(listing);

    if (!rule)
        return false;
    digest_text(digest, rule->rule_arn);
    digest_text(digest, rule->priority);
    for (uint32_t i = 0; i < rule->n_conditions; i++)
        digest_text(digest, rule->conditions[i]->field);
    return true;
}

static int32_t targets_open(void **out, const r53_cloud *cloud, r53_report *report)
{
    r53_elb_listing *listing = NULL;
    int32_t rc = r53_targets_list(&listing, cloud, group_arns[0], report);

    *out = listing;
    return rc;
}

static bool targets_next(void *listing, uint64_t *digest)
{
    const r53_target *target = r53_elb_listing_next_target(listing);

    if (!target)
        return false;
    digest_text(digest, target->id);
    digest_text(digest, target->availability_zone);
    digest_number(digest, target->port);
    return true;
}

static void elb_listing_free(void *listing)
{
    r53_elb_listing_free(listing);
}

static const struct listing_kind kinds[] = {
    {sets_open, sets_next, zone_listing_free},
    {zones_open, zones_next, zone_listing_free},
    {checks_open, checks_next, checks_free},
    {blocks_open, blocks_next, blocks_free},
    {balancers_open, balancers_next, elb_listing_free},
    {rules_open, rules_next, elb_listing_free},
    {targets_open, targets_next, elb_listing_free},
};

static void listing_drop(struct play *p, size_t i)
{
    struct kept_listing *l = &p->listings[i];
    uint64_t digest = 0;

    if (!l->kind)
        return;
    while (l->kind->next(l->listing, &digest))
        continue;
    MUST(digest == l->expected);
    digest_number(&p->log, (int64_t)digest);
    l->kind->free(l->listing);
    l->kind = NULL;
}

void listings_drop(struct play *p)
{
    for (size_t i = 0; i < LISTINGS; i++)
        listing_drop(p, i);
}

/* What the same listing tells now. */
static int32_t listing_expect(struct play *p, const struct listing_kind *kind, uint64_t *digest)
{
    void *listing;
    int32_t rc = kind->open(&listing, p->cloud, p->report);

    *digest = 0;
    if (rc != R53_OK)
        return rc;
    while (kind->next(listing, digest))
        continue;
    kind->free(listing);
    return R53_OK;
}

static int32_t listing_open(struct play *p)
{
    size_t i = below(&p->in, LISTINGS);
    const struct listing_kind *kind = &ONE_OF(&p->in, kinds);
    uint64_t expected;
    void *listing;
    int32_t rc = listing_expect(p, kind, &expected);

    if (rc == R53_OK)
        rc = kind->open(&listing, p->cloud, p->report);
    if (rc != R53_OK)
        return rc;
    listing_drop(p, i);
    p->listings[i] = (struct kept_listing){kind, listing, expected};
    return R53_OK;
}

static int32_t listing_end(struct play *p)
{
    listing_drop(p, below(&p->in, LISTINGS));
    return R53_OK;
}

static call_function *const calls[] = {listing_open, listing_open, listing_end};

const struct call_table listing_calls = {calls, LENGTH(calls)};
