/*
 * CIDR collections at the import door. A collection is kept as it was said, without blocks; those
 * wait in one list, each with the collection's slot, for collection and blocks come in any order.
 */
#include "model/import.h"

#include "model/check.h"
#include "model/cidr_collection.h"
#include "model/spec.h"

enum { VERSION_NOT_SAID = 0, VERSION_BLOCKS_ONLY = -1 /* nothing but its blocks is said */ };

/* One statement on a block; it and its location lie in the import's arena. */
struct cidr_statement {
    struct cidr_statement *next;
    int32_t slot; /* of its collection in the import's table */
    struct cidr_edit edit;
};

static struct table *collections(r53_import *import)
{
    return &import->objects[CLOUD_CIDR_COLLECTIONS];
}

/* Keeps what is said of a collection, without blocks. */
static int32_t header_keep(r53_import *import, const r53_cidr_collection *header)
{
    struct cidr_collection *said;

    if (r53__cidr_collection_new(&said, &import->memory, &(struct cidr_merge){.header = header}))
        return r53__remark_nomem(import->report);
    return r53__import_keep(import, collections(import), r53__span(header->id), said);
}

int32_t r53_import_cidr_collection(r53_import *import, const r53_cidr_collection *collection)
{
    struct spec spec;
    r53_cidr_collection in;

    if (!import)
        return R53_E_INVALID;
    spec = r53__spec(&import->arena, import->report);
    if (!r53__spec_read(&spec, &in, sizeof(in), collection))
        return spec.error;
    in.id = r53__spec_id(&spec, "Id", in.id);
    if (spec.error)
        return spec.error;
    if (!r53__cidr_is_id(r53__span(in.id)))
        r53__spec_warn(&spec, RULE_R53_CIDR_01, "Id", "'{0}' is not the id of a CIDR collection",
                       in.id);
    if (in.name && !r53__cidr_is_name(r53__span(in.name), CIDR_NAME_MAX))
        r53__spec_warn(&spec, RULE_R53_CIDR_02, "Name", "'{0}' is no name of a CIDR collection",
                       in.name);
    if (in.version < VERSION_NOT_SAID)
        in.version = VERSION_NOT_SAID;
    return header_keep(import, &in);
}

/* The collection's slot, made if need be; -1: no memory. */
static int32_t slot_of(r53_import *import, const char *collection_id)
{
    int32_t slot = r53__table_slot(collections(import), r53__span(collection_id));

    if (slot >= 0)
        return slot;
    if (header_keep(import, &(r53_cidr_collection){.size = sizeof(r53_cidr_collection),
                                                   .id = collection_id,
                                                   .version = VERSION_BLOCKS_ONLY}))
        return -1;
    return r53__table_slot(collections(import), r53__span(collection_id));
}

static void block_parse(struct spec *spec, struct prefix *prefix, const char *location,
                        const char *block)
{
    if (spec->error)
        return;
    if (!r53__prefix_parse(r53__span(block), prefix)) { /* R53-COLL-03 */
        r53__spec_fault(spec, "CidrBlock", block, "'{0}' is not a CIDR block", NULL);
        return;
    }
    if (!r53__cidr_is_name(r53__span(location), CIDR_LOCATION_MAX))
        r53__spec_warn(spec, RULE_R53_CIDR_01, "LocationName", "'{0}' is no name of a location",
                       location);
    if (!r53__cidr_is_block(prefix))
        r53__spec_warn(spec, RULE_R53_CIDR_02, "CidrBlock",
                       "'{0}' is not within /1 and /24, for IPv6 /48", block);
}

int32_t r53_import_cidr_block(r53_import *import, const char *collection_id,
                              const char *location_name, const char *cidr_block)
{
    struct cidr_statement *statement;
    struct spec spec;

    if (!import)
        return R53_E_INVALID;
    spec = r53__spec(&import->arena, import->report);
    r53__spec_id(&spec, "CollectionId", collection_id);
    statement = r53__spec_alloc(&spec, 1, sizeof(*statement));
    location_name = r53__spec_id(&spec, "LocationName", location_name);
    if (statement)
        block_parse(&spec, &statement->edit.prefix, location_name, cidr_block);
    if (spec.error)
        return spec.error;
    statement->edit.location = location_name;
    statement->slot = slot_of(import, collection_id);
    if (statement->slot < 0)
        return R53_E_NOMEM; /* told */
    *import->last_cidr = statement;
    import->last_cidr = &statement->next;
    import->n_cidrs++;
    return R53_OK;
}

/* The statements by collection: those of slot s are edits[ends[s - 1] .. ends[s]). */
struct sorted {
    struct cidr_edit *edits;
    size_t *ends;
    size_t n_slots;
};

/* Counting sort: within a collection the order of saying stays. */
static void statements_sort(const r53_import *import, struct sorted *sorted)
{
    size_t *ends = sorted->ends, before = 0;

    for (const struct cidr_statement *s = import->first_cidr; s; s = s->next)
        ends[s->slot]++;
    for (size_t i = 0; i < sorted->n_slots; i++) {
        size_t n = ends[i];

        ends[i] = before;
        before += n;
    }
    for (const struct cidr_statement *s = import->first_cidr; s; s = s->next)
        sorted->edits[ends[s->slot]++] = s->edit;
}

static void warn_moved(void *ctx, const struct cidr_edit *edit, const char *from)
{
    r53_import *import = ctx;
    char block[PREFIX_TEXT_MAX];
    struct text text;

    r53__text_init(&text, block, sizeof(block));
    r53__prefix_put(&text, &edit->prefix);
    r53__remark(import->report,
                &(struct remark){.severity = R53_SEVERITY_WARNING,
                                 .rule = RULE_R53_CIDR_02,
                                 .path = "CidrBlocks",
                                 .format = "CIDR block {0} is given for two locations, {1} and "
                                           "{2}; the last one holds",
                                 .args = {block, from, edit->location}});
}

/* What holds of the collection besides its blocks. */
static void header_settle(r53_import *import, const struct cidr_collection *said,
                          const struct cidr_collection *old, r53_cidr_collection *header)
{
    r53__cidr_describe(said->version == VERSION_BLOCKS_ONLY && old ? old : said, header);
    if (header->version > 0)
        return;
    header->version = old ? old->version : 1;
    if (said->version == VERSION_BLOCKS_ONLY)
        r53__remark(import->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .code = R53_E_NOT_FOUND,
                                     .rule = RULE_R53_JSON_09,
                                     .path = "CidrBlocks",
                                     .format = "blocks are given for the CIDR collection {0}, "
                                               "of which nothing else is known",
                                     .args = {said->id}});
}

static int32_t collection_stage(r53_import *import, int32_t slot, const struct sorted *sorted)
{
    struct table *to = &import->cloud->tables[CLOUD_CIDR_COLLECTIONS];
    const struct cidr_collection *said = r53__table_at(collections(import), slot);
    size_t begin = slot ? sorted->ends[slot - 1] : 0;
    struct cidr_merge merge = {.edits = sorted->edits + begin,
                               .n_edits = sorted->ends[slot] - begin,
                               .moves = warn_moved,
                               .ctx = import};
    struct cidr_collection *made;
    r53_cidr_collection header;

    if (!said)
        return R53_OK;
    merge.old = r53__table_find(to, r53__span(said->id));
    header_settle(import, said, merge.old, &header);
    merge.header = &header;
    if (r53__cidr_collection_new(&made, &import->memory, &merge))
        return R53_E_NOMEM;
    return r53__table_give(to, r53__span(said->id), made);
}

int32_t r53__import_stage_cidr(r53_import *import)
{
    struct sorted sorted = {.n_slots = collections(import)->count};
    size_t n = import->n_cidrs + 1; /* never none */
    int32_t rc = R53_E_NOMEM;

    if (sorted.n_slots == 0)
        return R53_OK;
    sorted.edits = r53__alloc(&import->memory, n, sizeof(*sorted.edits));
    sorted.ends = r53__alloc(&import->memory, sorted.n_slots, sizeof(*sorted.ends));
    if (sorted.edits && sorted.ends) {
        statements_sort(import, &sorted);
        rc = R53_OK;
    }
    for (int32_t slot = 0; (size_t)slot < sorted.n_slots && rc == R53_OK; slot++)
        rc = collection_stage(import, slot, &sorted);
    r53__free(&import->memory, sorted.edits, n, sizeof(*sorted.edits));
    r53__free(&import->memory, sorted.ends, sorted.n_slots, sizeof(*sorted.ends));
    return rc;
}
