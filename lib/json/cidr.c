/*
 * CIDR collections, and requests that change them (R53-JSON-06).
 */
#include "json/document.h"

#define COLLECTION(member) offsetof(r53_cidr_collection, member)

/* Collections */

static const struct field collection_fields[] = {
    FIELD("Id", r53__json_text, .at = COLLECTION(id), .required = true),
    FIELD("Arn", r53__json_text, .at = COLLECTION(arn)),
    FIELD("Name", r53__json_text, .at = COLLECTION(name)),
    FIELD("Version", r53__json_int32, .at = COLLECTION(version)),
};
static const r53_cidr_collection collection_initial = {.size = sizeof(collection_initial)};
static const struct shape collection_shape =
    SHAPE(collection_fields, .bytes = sizeof(r53_cidr_collection), .initial = &collection_initial);

static int32_t collection_deliver(struct reader *reader, void *out)
{
    r53_cidr_collection *collection = out;

    collection->account = reader->context.account;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_cidr_collection(reader->import, collection));
}

static const struct element collection_element = {&collection_shape, collection_deliver};

static const struct field collections_fields[] = {
    FIELD("CidrCollections", r53__json_list, .with = &collection_element),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape collections_shape = MEMBERS(collections_fields);
const struct element r53__json_cidr_collections = {&collections_shape, NULL};

static const struct field collection_document_fields[] = {
    FIELD("Collection", r53__json_members, .with = &collection_shape, .required = true),
    UNUSED("Location"),
};
static const struct shape collection_document_shape =
    SHAPE(collection_document_fields, .bytes = sizeof(r53_cidr_collection),
          .initial = &collection_initial);
const struct element r53__json_cidr_collection = {&collection_document_shape, collection_deliver};

/* Blocks and locations */

struct block {
    const char *location_name, *cidr_block;
};

static const struct field block_fields[] = {
    FIELD("LocationName", r53__json_text, .at = offsetof(struct block, location_name),
          .required = true),
    FIELD("CidrBlock", r53__json_text, .at = offsetof(struct block, cidr_block), .required = true),
};
static const struct shape block_shape = SHAPE(block_fields, .bytes = sizeof(struct block));

static int32_t block_deliver(struct reader *reader, void *out)
{
    const struct block *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_cidr_block(reader->import,
                                                              reader->context.cidr_collection_id,
                                                              in->location_name, in->cidr_block));
}

static const struct element block_element = {&block_shape, block_deliver};

static void blocks_read(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)field;
    (void)out;
    if (reader->context.cidr_collection_id)
        r53__json_elements(reader, &block_element, list);
    else
        r53__json_needs(reader, "cidr_collection_id",
                        "the document does not say which CIDR collection these blocks are in");
}

static const struct field blocks_fields[] = {
    WHOLE("CidrBlocks", blocks_read),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape blocks_shape = MEMBERS(blocks_fields);
const struct element r53__json_cidr_blocks = {&blocks_shape, NULL};

static const struct field location_fields[] = {
    FIELD("LocationName", r53__json_text, .required = true),
};
static const struct shape location_shape = SHAPE(location_fields, .bytes = sizeof(const char *));
static const struct element location_element = {&location_shape, NULL};

/* A location is where blocks are: its name alone adds nothing to them. */
static void locations_read(struct reader *reader, const struct field *field, json_t *list,
                           void *out)
{
    (void)field;
    (void)out;
    r53__json_elements(reader, &location_element, list);
    r53__json_note(reader, "names of locations add nothing; list-cidr-blocks tells their blocks");
}

static const struct field locations_fields[] = {
    WHOLE("CidrLocations", locations_read),
    WHOLE("NextToken", r53__json_page),
};
static const struct shape locations_shape = MEMBERS(locations_fields);
const struct element r53__json_cidr_locations = {&locations_shape, NULL};

/* change-cidr-collection */

struct request {
    const char *id;
    int32_t version; /* 0: any */
    const r53_cidr_change *const *changes;
    uint32_t n_changes;
};
#define REQUEST(member) offsetof(struct request, member)
#define CHANGE(member)  offsetof(r53_cidr_change, member)

static const char *const action_words[] = {"PUT", "DELETE_IF_EXISTS"};
static const struct vocabulary actions = {"an action on a location", NULL, action_words, 2};

static const struct field change_fields[] = {
    FIELD("LocationName", r53__json_text, .at = CHANGE(location_name), .required = true),
    FIELD("Action", r53__json_word, .at = CHANGE(action), .with = &actions, .required = true),
    FIELD("CidrList", r53__json_texts, .at = CHANGE(cidr_list), .also = CHANGE(n_cidr_list),
          .required = true),
};
static const r53_cidr_change change_initial = {.size = sizeof(change_initial)};
static const struct shape change_shape =
    SHAPE(change_fields, .bytes = sizeof(r53_cidr_change), .initial = &change_initial);

static const struct field request_fields[] = {
    FIELD("Id", r53__json_text, .at = REQUEST(id)),
    FIELD("CollectionVersion", r53__json_int32, .at = REQUEST(version)),
    FIELD("Changes", r53__json_pointers, .at = REQUEST(changes), .also = REQUEST(n_changes),
          .with = &change_shape, .required = true),
};
static const struct shape request_shape = SHAPE(request_fields, .bytes = sizeof(struct request));

static int32_t request_deliver(struct reader *reader, void *out)
{
    const struct request *in = out;
    const char *id =
        r53__json_whose(reader, in->id, reader->context.cidr_collection_id, "cidr_collection_id",
                        "the request does not say which collection it changes");

    if (!id)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_cidr_collection_change(reader->cloud, id, in->version,
                                                                   in->changes, in->n_changes,
                                                                   reader->report));
}

const struct element r53__json_change_cidr_collection = {&request_shape, request_deliver};
