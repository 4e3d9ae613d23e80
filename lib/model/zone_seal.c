/*
 * Forms into the parts of a block: each function here counts while there is no zone yet, and writes
 * when there is one. Both runs take the same way, so that what was counted is what is written.
 */
#include "model/zone_seal.h"

#include "base/hash.h"
#include "model/match.h"

#include <string.h>

/* Bytes into the heap's second part; returns where. */
static uint32_t heap_put(struct sealer *s, const void *bytes, size_t n)
{
    uint64_t at = s->end_blocks + s->n_heap;

    if (s->zone && n)
        memcpy(s->heap + at, bytes, n);
    s->n_heap += n;
    return (uint32_t)at;
}

/* A text into the heap; "" costs nothing. */
static const char *text_put(struct sealer *s, const char *text)
{
    uint32_t at;

    if (!text || !*text)
        return "";
    at = heap_put(s, text, strlen(text) + 1);
    return s->zone ? (const char *)s->heap + at : "";
}

static struct name name_put(struct sealer *s, struct name name)
{
    uint32_t at = heap_put(s, name.octets, name.length);

    return s->zone ? (struct name){s->heap + at, name.length} : name;
}

/* The oldest entry of those ahead goes into the index. */
static void index_settle(struct sealer *s)
{
    const struct index_entry *entry = &s->ahead[s->n_indexed++ % INDEX_AHEAD];
    uint32_t i = (uint32_t)entry->hash & s->index_mask;

    while (s->index[i])
        i = (i + 1) & s->index_mask;
    s->index[i] = entry->block / BLOCK_ALIGNMENT | r53__zone_tag(s->zone, entry->hash);
}

/* Slots lie anywhere in the index: waiting for each in turn would take longer than all the rest. */
static void index_put(struct sealer *s, uint64_t hash, uint32_t block)
{
    if (s->n_ahead - s->n_indexed == INDEX_AHEAD)
        index_settle(s);
    FETCH(&s->index[(uint32_t)hash & s->index_mask]);
    s->ahead[s->n_ahead++ % INDEX_AHEAD] = (struct index_entry){hash, block};
}

/* Tells an owner and its block what its parent knows, and the parent of its wildcard. */
static void owner_inherit(struct sealer *s, struct owner *owner, struct owner *parent,
                          struct name name)
{
    owner->cut = parent->cut;
    if (owner->cut >= 0)
        r53__block_flag(&s->blocks, owner->block, OWNER_BELOW);
    if (!r53__name_is_wildcard(name))
        return;
    parent->wildcard = owner->block;
    r53__block_flag(&s->blocks, parent->block, OWNER_WILDCARD);
}

/* One owner; its parent is the last one level up. */
static void owner_push(struct sealer *s, struct name name, unsigned depth)
{
    uint32_t self = (uint32_t)s->n_owners++;
    uint32_t block = r53__block_put(&s->blocks, name, self);
    struct owner *owner;

    if (!s->zone)
        return;
    owner = &s->owners[self];
    *owner = (struct owner){.block = block, .first_group = (uint32_t)s->n_groups, .cut = -1};
    if (depth > s->apex_labels)
        owner_inherit(s, owner, &s->owners[s->at_depth[depth - 1]], name);
    s->at_depth[depth] = self;
    index_put(s, r53__name_hash(name, 0), block);
}

/* How many labels two names have in common, from the right. */
static unsigned labels_common(struct name a, struct name b)
{
    uint8_t in_a[NAME_LABELS_MAX], in_b[NAME_LABELS_MAX];
    unsigned i = r53__name_offsets(a, in_a), j = r53__name_offsets(b, in_b), n = 0;

    while (i > 0 && j > 0) {
        const uint8_t *x = a.octets + in_a[--i], *y = b.octets + in_b[--j];

        if (*x != *y || memcmp(x + 1, y + 1, *x) != 0)
            break;
        n++;
    }
    return n;
}

/*
 * The owner of the next forms, behind the empty non-terminals above it that are not there yet. In
 * list order a name's descendants follow it at once, so these stand where they belong.
 */
static void owner_open(struct sealer *s, struct name name)
{
    uint8_t offsets[NAME_LABELS_MAX];
    unsigned labels = r53__name_offsets(name, offsets);

    for (unsigned d = labels_common(s->last, name) + 1; d <= labels; d++) {
        uint8_t offset = offsets[labels - d];

        owner_push(s, (struct name){name.octets + offset, name.length - offset}, d);
    }
    s->last = name;
    s->last_type = 0;
}

static void apex_open(struct sealer *s, struct name apex)
{
    s->apex = apex;
    s->apex_labels = r53__name_labels(apex);
    owner_push(s, apex, s->apex_labels);
    s->last = apex;
    s->last_type = 0;
}

/* What the group's type means for its owner. */
static void owner_note(struct sealer *s, uint32_t at, uint16_t type)
{
    struct owner *owner = &s->owners[at];

    if (type == R53_TYPE_CNAME)
        r53__block_flag(&s->blocks, owner->block, OWNER_HAS_CNAME);
    if (type != R53_TYPE_NS || at == 0)
        return;
    r53__block_flag(&s->blocks, owner->block, OWNER_CUT | OWNER_BELOW); /* R53-DELEG-01 */
    if (owner->cut < 0)
        owner->cut = (int32_t)at;
}

/* Answers from the last block need more than the first lines of it. */
static void block_far(struct sealer *s)
{
    if (s->zone)
        r53__block_flag(&s->blocks, (uint32_t)s->blocks.block, OWNER_FAR);
}

/* A group that was put into its block begins with the form: is it an alias that is known there? */
static void alias_note(struct sealer *s, const struct record_form *form)
{
    size_t detail = s->n_details;
    bool stays;

    if (!r53__alias_is_simple(form))
        return;
    stays = r53__alias_stays(form, s->apex);
    if (!stays && s->zone)
        detail = r53__alias_leaves(&s->leaving, s->details, detail, form);
    r53__block_put_alias(&s->blocks, form->type->number, detail, stays);
    if (!stays)
        block_far(s);
}

/* A group begins with the form; false: its values are not in the block. */
static bool block_open(struct sealer *s, const struct record_form *form, uint32_t *values)
{
    struct block_values given = {form->values, form->values_size, form->n_values};
    uint16_t type = form->type->number;
    uint64_t key = 0;

    if (form->policy != POLICY_SIMPLE || form->flags & RECORD_ALIAS || !r53__block_takes(&given)) {
        r53__block_put_group(&s->blocks, type, (uint32_t)s->n_groups - 1);
        alias_note(s, form);
        return false;
    }
    if (s->zone && given.n > 1)
        key = r53__zone_group_key(s->zone, s->last, type);
    *values = r53__block_put_plain(&s->blocks, type, form->ttl, key, &given);
    return true;
}

/* All forms of the last group have come: its choices stand behind it, if they are whole. */
static void group_close(struct sealer *s)
{
    uint64_t key = 0;

    if (!s->last_type || !r53__choices_are_whole(&s->choices))
        return;
    if (s->zone)
        key = s->details[s->n_details - 1].group_key;
    r53__block_put_choices(&s->blocks, key, &s->choices.choices);
    block_far(s);
}

static void group_open(struct sealer *s, const struct record_form *form)
{
    uint32_t self = (uint32_t)s->n_groups++, at = (uint32_t)s->n_owners - 1;

    s->last_type = form->type->number;
    r53__choices_begin(&s->choices, form);
    if (!s->zone)
        return;
    owner_note(s, at, s->last_type);
    s->groups[self] = (struct group){.type = s->last_type,
                                     .policy = form->policy,
                                     .owner = at,
                                     .first = (uint32_t)s->n_record_sets};
}

/* Where the form's values lie; a group's first record set may have them in the block. */
static uint32_t values_put(struct sealer *s, const struct record_form *form)
{
    uint32_t values;

    if (s->last_type != form->type->number) {
        group_close(s);
        group_open(s, form);
        if (block_open(s, form, &values))
            return values;
    }
    return heap_put(s, form->values, form->values_size);
}

/* Returns its index. */
static int32_t detail_put(struct sealer *s, const struct record_detail *from)
{
    struct record_detail d = *from;

    d.set_identifier = text_put(s, from->set_identifier);
    d.health_check_id = text_put(s, from->health_check_id);
    d.traffic_policy_instance_id = text_put(s, from->traffic_policy_instance_id);
    d.alias_hosted_zone_id = text_put(s, from->alias_hosted_zone_id);
    d.alias_name = name_put(s, from->alias_name);
    d.region = text_put(s, from->region);
    d.continent_code = text_put(s, from->continent_code);
    d.country_code = text_put(s, from->country_code);
    d.subdivision_code = text_put(s, from->subdivision_code);
    d.cidr_collection_id = text_put(s, from->cidr_collection_id);
    d.cidr_location_name = text_put(s, from->cidr_location_name);
    d.geoproximity_region = text_put(s, from->geoproximity_region);
    d.local_zone_group = text_put(s, from->local_zone_group);
    d.latitude = text_put(s, from->latitude);
    d.longitude = text_put(s, from->longitude);
    d.az_location_type = text_put(s, from->az_location_type);
    d.az_location_id = text_put(s, from->az_location_id);
    d.record_set = (uint32_t)s->n_record_sets;
    if (s->zone) {
        d.group_key = r53__zone_group_key(s->zone, s->last, s->last_type);
        s->details[s->n_details] = d;
    }
    return (int32_t)s->n_details++;
}

/* What the last detail asks of the client; R53-JSON-09: nothing that makes sense, maybe. */
static void match_put(struct sealer *s, const struct record_form *form)
{
    if (!form->detail || !r53__policy_has_matches(form->policy))
        return;
    s->has_matches = true;
    if (s->zone)
        s->matches[s->n_details - 1] =
            r53__match(form->policy, form->detail, (uint32_t)s->n_record_sets);
}

/*
 * The last owner exists, and not for its record sets; said once by the old block, once by an edit.
 */
static void owner_keep(struct sealer *s)
{
    if (s->kept_at == s->n_owners)
        return;
    s->kept_at = s->n_owners;
    if (s->zone)
        s->kept[s->n_kept] = (uint32_t)s->n_owners - 1;
    s->n_kept++;
}

void r53__sealer_put(struct sealer *s, const struct record_form *form)
{
    int32_t detail;
    uint32_t values;
    struct group *group;

    if (!r53__name_equal(s->last, form->owner)) {
        group_close(s);
        owner_open(s, form->owner);
    }
    if (form->type == &r53__type_none) {
        owner_keep(s);
        return;
    }
    values = values_put(s, form);
    r53__choices_add(&s->choices, form);
    detail = form->detail ? detail_put(s, form->detail) : -1;
    match_put(s, form);
    s->n_record_sets++;
    if (!s->zone)
        return;
    group = &s->groups[s->n_groups - 1];
    group->mixed |= group->policy != form->policy;
    s->record_sets[s->n_record_sets - 1] = (struct record_set){.group = (uint32_t)s->n_groups - 1,
                                                               .ttl = form->ttl,
                                                               .values = values,
                                                               .n_values = form->n_values,
                                                               .policy = form->policy,
                                                               .flags = form->flags,
                                                               .detail = detail};
}

/* Each group's matches by code, where they are looked up by it. */
static void matches_sort(struct sealer *s)
{
    for (size_t i = 0; s->has_matches && i < s->n_groups; i++) {
        const struct group *group = &s->groups[i];
        int32_t first = s->record_sets[group->first].detail;

        if (!group->mixed && r53__policy_sorts_matches(group->policy))
            r53__matches_sort(&s->matches[first], r53__group_size(group));
    }
}

static void header_put(struct sealer *s, const struct zone_header *header)
{
    struct zone_header h = *header;

    h.id = text_put(s, header->id);
    h.account = text_put(s, header->account);
    h.caller_reference = text_put(s, header->caller_reference);
    h.comment = text_put(s, header->comment);
    h.name = name_put(s, header->name);
    for (uint32_t i = 0; i < h.n_vpcs; i++) {
        r53_vpc vpc = {text_put(s, h.vpcs[i].vpc_region), text_put(s, h.vpcs[i].vpc_id)};

        if (s->zone)
            s->vpcs[i] = vpc;
    }
    for (uint32_t i = 0; i < h.n_name_servers; i++) {
        const char *server = text_put(s, h.name_servers[i]);

        if (s->zone)
            s->name_servers[i] = server;
    }
    if (!s->zone)
        return;
    s->zone->id = h.id;
    s->zone->account = h.account;
    s->zone->caller_reference = h.caller_reference;
    s->zone->comment = h.comment;
    s->zone->is_private = h.is_private;
    s->zone->vpcs = s->vpcs;
    s->zone->n_vpcs = h.n_vpcs;
    s->zone->name_servers = s->name_servers;
    s->zone->n_name_servers = h.n_name_servers;
    s->zone->name = h.name;
    s->zone->labels = r53__name_labels(h.name);
    s->zone->key = r53__hash_text(h.id, 0);
}

void r53__sealer_begin(struct sealer *s, const struct zone_header *header)
{
    s->n_owners = s->n_groups = s->n_record_sets = s->n_details = 0;
    s->n_heap = 0;
    s->n_kept = s->kept_at = 0;
    s->leaving = (struct leaving){{0}};
    r53__blocks_begin(&s->blocks, s->heap);
    header_put(s, header);
    apex_open(s, header->name);
}

void r53__sealer_end(struct sealer *s)
{
    group_close(s);
    if (!s->zone) {
        s->end_blocks = s->blocks.end;
        return;
    }
    s->owners[s->n_owners].first_group = (uint32_t)s->n_groups;
    s->groups[s->n_groups].first = (uint32_t)s->n_record_sets;
    while (s->n_indexed < s->n_ahead)
        index_settle(s);
    r53__aliases_settle(s->zone, s->heap);
    matches_sort(s);
}
