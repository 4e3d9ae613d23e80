/*
 * Listings pin what they list and hold one buffer for the largest entry; so next() cannot fail.
 */
#include "model/listing.h"

#include "base/sort.h"
#include "model/cloud.h"
#include "model/record_set.h"

#include <string.h>

enum { RECORDS_A_PAGE = 300, ZONES_A_PAGE = 100 }; /* R53-LIST-04, -05 */

struct r53_listing {
    struct memory memory;
    const struct zone **zones; /* pinned */
    size_t room;               /* of `zones` */
    size_t n_zones, next_zone;
    uint32_t next_record; /* in zones[0] */
    bool of_records;
    struct page page;
    char *buffer;
    size_t buffer_size;
    const void **pointers; /* values of a record set, or VPCs of a zone */
    size_t n_pointers;
    r53_hosted_zone zone;
    r53_record_set record_set;
};

static int32_t listing_new(r53_listing **out, const r53_cloud *cloud, size_t n_zones)
{
    r53_listing *listing = r53__alloc(&cloud->memory, 1, sizeof(*listing));

    if (!listing)
        return R53_E_NOMEM;
    listing->memory = cloud->memory;
    if (n_zones) {
        listing->zones = r53__alloc(&cloud->memory, n_zones, sizeof(*listing->zones));
        listing->room = listing->zones ? n_zones : 0;
    }
    *out = listing;
    return n_zones && !listing->zones ? R53_E_NOMEM : R53_OK;
}

static int32_t listing_room(r53_listing *listing, size_t buffer_size, size_t n_pointers)
{
    listing->buffer = r53__alloc(&listing->memory, 1, buffer_size);
    listing->buffer_size = listing->buffer ? buffer_size : 0;
    listing->pointers = r53__alloc(&listing->memory, n_pointers, sizeof(*listing->pointers));
    listing->n_pointers = listing->pointers ? n_pointers : 0;
    return listing->buffer && listing->pointers ? R53_OK : R53_E_NOMEM;
}

void r53_listing_free(r53_listing *listing)
{
    struct memory memory;

    if (!listing)
        return;
    memory = listing->memory;
    for (size_t i = 0; i < listing->n_zones; i++)
        r53__object_unref(listing->zones[i]);
    r53__free(&memory, listing->zones, listing->room, sizeof(*listing->zones));
    r53__free(&memory, listing->buffer, 1, listing->buffer_size);
    r53__free(&memory, listing->pointers, listing->n_pointers, sizeof(*listing->pointers));
    r53__free(&memory, listing, 1, sizeof(*listing));
}

/* All zones, in the order they were added. */
static int32_t zones_open(r53_listing **out, const r53_cloud *cloud)
{
    const struct table *zones = &cloud->tables[CLOUD_ZONES];
    r53_listing *listing = NULL;
    size_t vpcs = 1;
    int32_t err = listing_new(&listing, cloud, zones->count);

    for (size_t i = 0; err == R53_OK && i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);

        if (!zone)
            continue;
        listing->zones[listing->n_zones++] = r53__object_ref(zone);
        vpcs = zone->n_vpcs > vpcs ? zone->n_vpcs : vpcs;
    }
    if (err == R53_OK)
        err = listing_room(listing, NAME_TEXT_MAX, vpcs);
    if (err == R53_OK)
        *out = listing;
    else
        r53_listing_free(listing);
    return err;
}

int32_t r53_zones_list(r53_listing **out, const r53_cloud *cloud)
{
    return out && cloud ? zones_open(out, cloud) : R53_E_INVALID;
}

/* A place in the list by name: the ids of zones of one name come in their order. */
struct zone_place {
    struct name name;
    const char *id;
};

static int place_compare(struct zone_place a, struct zone_place b)
{
    int order = r53__name_compare(a.name, b.name);

    return order ? order : strcmp(a.id, b.id);
}

static struct zone_place place_of(const struct zone *zone)
{
    return (struct zone_place){zone->name, zone->id};
}

static int zone_compare(const void *a, const void *b)
{
    return place_compare(place_of(a), place_of(b));
}

static int32_t invalid_list(r53_report *report, const char *path, const char *format,
                            const char *value)
{
    return r53__remark(report, &(struct remark){.rule = RULE_R53_LIST_05,
                                                .aws_name = "InvalidInput",
                                                .path = path,
                                                .format = format,
                                                .args = {value}});
}

/* Reads where to begin; an empty name: at the first. */
static int32_t place_read(struct zone_place *out, struct name_buffer *buffer, const char *dns_name,
                          const char *hosted_zone_id, r53_report *report)
{
    *out = (struct zone_place){{NULL, 0}, ""};
    if (!dns_name)
        return hosted_zone_id
                   ? invalid_list(report, "HostedZoneId", "HostedZoneId needs DNSName", NULL)
                   : R53_OK;
    if (r53__name_parse(buffer, r53__span(dns_name)) != NAME_OK)
        return invalid_list(report, "DNSName", "'{0}' is not a domain name", dns_name);
    out->name = r53__name(buffer);
    if (hosted_zone_id)
        out->id = r53__zone_id(hosted_zone_id).at;
    return R53_OK;
}

int32_t r53_zones_list_by_name(r53_listing **out, const r53_cloud *cloud, const char *dns_name,
                               const char *hosted_zone_id, r53_report *report)
{
    struct name_buffer buffer;
    struct zone_place from;
    r53_listing *listing;
    int32_t err;

    if (!out || !cloud)
        return r53__remark(report,
                           &(struct remark){.format = "no cloud or no place for the listing"});
    err = place_read(&from, &buffer, dns_name, hosted_zone_id, report);
    if (err != R53_OK)
        return err;
    if (zones_open(&listing, cloud) != R53_OK)
        return r53__remark_nomem(report);
    r53__sort((const void **)listing->zones, listing->n_zones, zone_compare);
    while (from.name.length > 0 && listing->next_zone < listing->n_zones &&
           place_compare(place_of(listing->zones[listing->next_zone]), from) < 0)
        listing->next_zone++;
    *out = listing;
    return R53_OK;
}

static size_t left(const r53_listing *listing)
{
    return listing->of_records ? listing->zones[0]->n_record_sets - listing->next_record
                               : listing->n_zones - listing->next_zone;
}

int32_t r53_listing_page(r53_listing *listing, int32_t max_items)
{
    if (!listing)
        return R53_E_INVALID;
    return r53__page_begin(&listing->page, max_items,
                           listing->of_records ? RECORDS_A_PAGE : ZONES_A_PAGE, left(listing));
}

const r53_hosted_zone *r53_listing_next_zone(r53_listing *listing)
{
    const struct zone *zone;
    struct text text;

    if (!listing || listing->of_records || left(listing) == 0 || !r53__page_take(&listing->page))
        return NULL;
    zone = listing->zones[listing->next_zone++];
    r53__text_init(&text, listing->buffer, listing->buffer_size);
    r53__name_put(&text, zone->name);
    for (uint32_t i = 0; i < zone->n_vpcs; i++)
        listing->pointers[i] = &zone->vpcs[i];
    listing->zone = (r53_hosted_zone){.size = sizeof(listing->zone),
                                      .private_zone = zone->is_private,
                                      .id = zone->id,
                                      .name = listing->buffer,
                                      .account = r53__text_or_null(zone->account),
                                      .caller_reference = r53__text_or_null(zone->caller_reference),
                                      .comment = r53__text_or_null(zone->comment),
                                      .name_servers = zone->name_servers,
                                      .n_name_servers = zone->n_name_servers,
                                      .vpcs = (const r53_vpc *const *)listing->pointers,
                                      .n_vpcs = zone->n_vpcs,
                                      .record_set_count = zone->n_record_sets};
    return &listing->zone;
}

/* Room for the largest record set from `first` on. */
static void records_measure(const struct zone *zone, uint32_t first, size_t *bytes, size_t *values)
{
    *bytes = *values = 1;
    for (uint32_t i = first; i < zone->n_record_sets; i++) {
        struct record_form form;
        r53_record_set ignored;
        struct text text;

        r53__form_of(&form, zone, i);
        r53__text_init(&text, NULL, 0);
        r53__form_describe(&form, &text, NULL, &ignored);
        *bytes = text.length + 1 > *bytes ? text.length + 1 : *bytes;
        *values = form.n_values > *values ? form.n_values : *values;
    }
}

static int32_t invalid_start(r53_report *report, const char *path, const char *format,
                             const char *value)
{
    return r53__remark(report, &(struct remark){.rule = RULE_R53_LIST_03,
                                                .aws_name = "InvalidInput",
                                                .path = path,
                                                .format = format,
                                                .args = {value}});
}

/* First record set that is not before the start (R53-LIST-03). */
static int32_t start_find(uint32_t *first, const struct zone *zone, const char *name, int32_t type,
                          const char *set_identifier, r53_report *report)
{
    struct name_buffer buffer;
    uint32_t owner = 0;
    bool equal;

    *first = 0;
    if (!name && (type || set_identifier))
        return invalid_start(report, "StartRecordName",
                             "StartRecordType and StartRecordIdentifier need StartRecordName",
                             NULL);
    if (!type && set_identifier)
        return invalid_start(report, "StartRecordType",
                             "StartRecordIdentifier needs StartRecordType", NULL);
    if (type && !*r53_type_name(type))
        return invalid_start(report, "StartRecordType", "StartRecordType is not a record type",
                             NULL);
    if (!name)
        return R53_OK;
    if (r53__name_parse(&buffer, r53__span(name)) != NAME_OK)
        return invalid_start(report, "StartRecordName", "'{0}' is not a domain name", name);
    *first = r53__zone_lower_bound(zone,
                                   &(struct zone_key){r53__name(&buffer), r53_type_name(type),
                                                      set_identifier ? set_identifier : ""},
                                   &owner, &equal);
    return R53_OK;
}

static int32_t records_open(r53_listing **out, const r53_cloud *cloud, const struct zone *zone,
                            uint32_t first)
{
    r53_listing *listing = NULL;
    size_t bytes, values;
    int32_t err = listing_new(&listing, cloud, 1);

    if (err == R53_OK) {
        listing->zones[listing->n_zones++] = r53__object_ref(zone);
        listing->of_records = true;
        listing->next_record = first;
        records_measure(zone, first, &bytes, &values);
        err = listing_room(listing, bytes, values);
    }
    if (err == R53_OK)
        *out = listing;
    else
        r53_listing_free(listing);
    return err;
}

int32_t r53_record_sets_list(r53_listing **out, const r53_cloud *cloud, const char *zone_id,
                             const char *name, int32_t type, const char *set_identifier,
                             r53_report *report)
{
    const struct zone *zone;
    uint32_t first;
    int32_t err;

    if (!out || !cloud)
        return r53__remark(report,
                           &(struct remark){.format = "no cloud or no place for the listing"});
    zone = r53__cloud_zone(cloud, zone_id, report);
    if (!zone)
        return R53_E_NOT_FOUND;
    err = start_find(&first, zone, name, type, set_identifier, report);
    if (err != R53_OK)
        return err;
    err = records_open(out, cloud, zone, first);
    return err == R53_E_NOMEM ? r53__remark_nomem(report) : err;
}

const r53_record_set *r53_listing_next_record_set(r53_listing *listing)
{
    struct record_form form;
    struct text text;

    if (!listing || !listing->of_records || left(listing) == 0 || !r53__page_take(&listing->page))
        return NULL;
    r53__form_of(&form, listing->zones[0], listing->next_record++);
    r53__text_init(&text, listing->buffer, listing->buffer_size);
    r53__form_describe(&form, &text, (const char **)listing->pointers, &listing->record_set);
    return &listing->record_set;
}
