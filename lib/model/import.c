#include "model/import.h"

#include "base/report.h"
#include "model/record_set.h"
#include "model/spec.h"
#include "model/zone_draft.h"

int32_t r53_import_new(r53_import **out, r53_cloud *cloud, r53_observed *observed,
                       r53_report *report)
{
    r53_import *import;

    if (!out || !cloud)
        return r53__remark(report, &(struct remark){.path = out ? "cloud" : "out",
                                                    .format = "the pointer is NULL"});
    import = r53__alloc(&cloud->memory, 1, sizeof(*import));
    if (!import)
        return r53__remark_nomem(report);
    import->memory = cloud->memory;
    import->cloud = cloud;
    import->observed = observed;
    import->report = report;
    for (int kind = 0; kind < CLOUD_KINDS; kind++)
        r53__table_init(&import->objects[kind], &import->memory);
    r53__table_init(&import->addresses, &import->memory);
    r53__table_init(&import->zones, &import->memory);
    r53__table_init(&import->groups, &import->memory);
    r53__table_init(&import->group_attributes, &import->memory);
    r53__table_init(&import->balancer_attributes, &import->memory);
    r53__table_init(&import->listener_attributes, &import->memory);
    r53__table_init(&import->listener_certificates, &import->memory);
    r53__arena_init(&import->arena, &import->memory);
    import->last_observation = &import->first_observation;
    import->last_cidr = &import->first_cidr;
    *out = import;
    return R53_OK;
}

void r53__import_clear(r53_import *import)
{
    for (int kind = 0; kind < CLOUD_KINDS; kind++)
        r53__table_free(&import->objects[kind]);
    r53__table_free(&import->addresses);
    for (size_t i = 0; i < import->zones.count; i++)
        r53__draft_free(import->drafts[i]);
    r53__table_free(&import->zones);
    r53__free(&import->memory, import->drafts, import->drafts_capacity, sizeof(*import->drafts));
    import->drafts = NULL;
    import->drafts_capacity = 0;
    r53__table_free(&import->groups);
    r53__table_free(&import->group_attributes);
    r53__table_free(&import->balancer_attributes);
    r53__table_free(&import->listener_attributes);
    r53__table_free(&import->listener_certificates);
    r53__free(&import->memory, import->lists, import->lists_capacity, sizeof(*import->lists));
    import->lists = NULL;
    import->lists_capacity = 0;
    r53__arena_free(&import->arena);
    r53__arena_init(&import->arena, &import->memory);
    import->first_observation = NULL;
    import->last_observation = &import->first_observation;
    import->first_cidr = NULL;
    import->last_cidr = &import->first_cidr;
    import->n_cidrs = 0;
}

void r53_import_free(r53_import *import)
{
    struct memory memory;

    if (!import)
        return;
    r53__import_clear(import);
    memory = import->memory;
    r53__free(&memory, import, 1, sizeof(*import));
}

int32_t r53__import_keep(r53_import *import, struct table *table, struct span id, void *object)
{
    return r53__table_put(table, id, object) ? r53__remark_nomem(import->report) : R53_OK;
}

static bool text_keep(r53_import *import, const char **text)
{
    const char *copy = r53__arena_text(&import->arena, *text);
    bool kept = copy || !*text;

    *text = copy;
    return kept;
}

int32_t r53__import_observe(r53_import *import, const struct observation *said)
{
    struct observation *kept;

    if (!import->observed)
        return r53__remark(import->report,
                           &(struct remark){.format = "there is nothing to observe into"});
    kept = r53__arena_alloc(&import->arena, 1, sizeof(*kept));
    if (!kept)
        return r53__remark_nomem(import->report);
    *kept = *said;
    kept->next = NULL;
    if (!text_keep(import, &kept->id) || !text_keep(import, &kept->name) ||
        !text_keep(import, &kept->region) || !text_keep(import, &kept->place.continent_code) ||
        !text_keep(import, &kept->place.country_code) ||
        !text_keep(import, &kept->place.subdivision_code))
        return r53__remark_nomem(import->report);
    *import->last_observation = kept;
    import->last_observation = &kept->next;
    return R53_OK;
}

int32_t r53__import_fault(r53_import *import, const char *member, const char *format)
{
    return r53__remark(import->report, &(struct remark){.path = member, .format = format});
}

int32_t r53__import_slot(r53_import *import, struct table *table, struct span id, void **array,
                         size_t *capacity, size_t size)
{
    int32_t slot = r53__table_slot(table, id);

    if (slot >= 0)
        return slot;
    if (!r53__grow(&import->memory, array, capacity, table->count + 1, size))
        return -1;
    return r53__table_put(table, id, NULL) ? -1 : r53__table_slot(table, id);
}

/* Hosted zones */

struct draft_place {
    int32_t slot;
    bool fresh; /* made by this call */
};

static int32_t draft_of(r53_import *import, const char *zone_id, struct draft_place *place)
{
    struct span id = r53__zone_id(zone_id);
    void *drafts = import->drafts;
    int32_t rc;

    *place = (struct draft_place){-1, false};
    if (id.length == 0)
        return r53__import_fault(import, "HostedZoneId",
                                 "the value is missing; it tells which zone is meant");
    place->slot = r53__import_slot(import, &import->zones, id, &drafts, &import->drafts_capacity,
                                   sizeof(struct zone_draft *));
    import->drafts = drafts;
    if (place->slot < 0)
        return r53__remark_nomem(import->report);
    place->fresh = !import->drafts[place->slot];
    if (!place->fresh)
        return R53_OK;
    rc = r53__draft_new(&import->drafts[place->slot], &import->memory, id.at);
    return rc == R53_E_NOMEM ? r53__remark_nomem(import->report) : rc;
}

/* A refused first statement leaves no draft behind. */
static int32_t draft_end(r53_import *import, const struct draft_place *place, int32_t rc)
{
    if (rc && place->fresh) {
        r53__draft_free(import->drafts[place->slot]);
        import->drafts[place->slot] = NULL;
    }
    return rc;
}

int32_t r53_import_hosted_zone(r53_import *import, const r53_hosted_zone *zone)
{
    struct spec spec = {.report = import ? import->report : NULL};
    struct draft_place place;
    r53_hosted_zone in;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    if (!r53__spec_read(&spec, &in, sizeof(in), zone))
        return spec.error;
    rc = draft_of(import, in.id, &place);
    if (rc)
        return rc;
    rc = r53__draft_header(import->drafts[place.slot], zone, import->report);
    return draft_end(import, &place, rc);
}

int32_t r53_import_record_set(r53_import *import, const char *zone_id,
                              const r53_record_set *record_set)
{
    struct draft_place place;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = draft_of(import, zone_id, &place);
    if (rc)
        return rc;
    rc = r53__draft_put(import->drafts[place.slot], record_set, import->report);
    return draft_end(import, &place, rc);
}

/* Addresses of names outside the model */

int32_t r53_import_addresses(r53_import *import, const char *dns_name, const char *const *addresses,
                             size_t n)
{
    struct address_list *list;
    struct name_buffer name;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    if (!import->observed)
        return r53__import_fault(
            import, "Addresses",
            "addresses of a name are an observation, but the import was made without an "
            "r53_observed to put them into");
    rc = r53__address_list_new(&list, &name, &import->memory, dns_name, addresses, n,
                               import->report);
    if (rc)
        return rc;
    if (n == 0) { /* forgets what was observed */
        r53__object_unref(list);
        list = NULL;
    }
    return r53__import_keep(import, &import->addresses,
                            (struct span){(const char *)name.octets, name.length}, list);
}
