/* Creating, changing and deleting CIDR collections, with AWS's refusals. */
#include <r53/cidr_collection.h>

#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/check.h"
#include "model/cidr_collection.h"
#include "model/cloud.h"
#include "model/zone.h"

#include <string.h>

enum {
    COLLECTIONS_MAX = 5, /* R53-CIDR-02 */
    CALLER_REFERENCE_MAX = 64,
    PATH_MAX_BYTES = 64
};

static int32_t refuse(r53_report *report, int32_t code, int32_t rule, const char *aws_name,
                      const char *path, const char *format, const char *value)
{
    return r53__remark(report, &(struct remark){.code = code,
                                                .rule = rule,
                                                .aws_name = aws_name,
                                                .path = path,
                                                .format = format,
                                                .args = {value ? value : "null"}});
}

static int32_t invalid(r53_report *report, int32_t rule, const char *path, const char *format,
                       const char *value)
{
    return refuse(report, R53_E_INVALID, rule, "InvalidInput", path, format, value);
}

static int32_t no_cloud(r53_report *report)
{
    return r53__remark(report, &(struct remark){.format = "no cloud given"});
}

/* Stages and commits; `collection` is taken, NULL removes. */
static int32_t put(r53_cloud *cloud, struct span id, struct cidr_collection *collection,
                   r53_report *report)
{
    return r53__table_put(&cloud->tables[CLOUD_CIDR_COLLECTIONS], id, collection)
               ? r53__remark_nomem(report)
               : R53_OK;
}

/* Creating */

static int32_t create_check(const r53_cidr_collection *in, r53_report *report)
{
    if (!r53__cidr_is_id(r53__span(in->id)))
        return invalid(report, RULE_R53_CIDR_01, "Id",
                       "'{0}' is not the id of a CIDR collection; expected a UUID", in->id);
    if (!r53__cidr_is_name(r53__span(in->name), CIDR_NAME_MAX))
        return invalid(report, RULE_R53_CIDR_02, "Name",
                       "'{0}' is not a name: 1 to 64 letters, digits, underscores and hyphens",
                       in->name);
    if (r53__span(in->caller_reference).length > CALLER_REFERENCE_MAX)
        return invalid(report, RULE_R53_COLL_02, "CallerReference",
                       "CallerReference '{0}' must have at most 64 characters",
                       in->caller_reference);
    return R53_OK;
}

/* R53-COLL-02: against the collections that are there. */
static int32_t create_check_others(const r53_cloud *cloud, const r53_cidr_collection *in,
                                   r53_report *report)
{
    static const char exists[] = "A CIDR collection with this name and a different caller "
                                 "reference already exists in this account.";
    const struct table *table = &cloud->tables[CLOUD_CIDR_COLLECTIONS];
    size_t mine = 0;

    if (r53__table_find(table, r53__span(in->id)))
        return refuse(report, R53_E_EXISTS, RULE_R53_COLL_02,
                      "CidrCollectionAlreadyExistsException", "Id",
                      "CIDR collection {0} exists already", in->id);
    for (size_t i = 0; i < table->count; i++) {
        const struct cidr_collection *other = r53__table_at(table, (int32_t)i);

        if (!other || !r53__span_equal(r53__span(in->account), r53__span(other->account)))
            continue;
        mine++;
        if (strcmp(other->name, in->name) == 0)
            return refuse(report, R53_E_EXISTS, RULE_R53_COLL_02,
                          "CidrCollectionAlreadyExistsException", "Name", exists, NULL);
    }
    if (mine >= COLLECTIONS_MAX)
        return refuse(report, R53_E_LIMIT, RULE_R53_CIDR_02, "LimitsExceeded", NULL,
                      "The account has 5 CIDR collections already", NULL);
    return R53_OK;
}

int32_t r53_cidr_collection_create(r53_cloud *cloud, const r53_cidr_collection *collection,
                                   r53_report *report)
{
    struct cidr_collection *made = NULL;
    r53_cidr_collection in;
    int32_t err;

    if (!cloud)
        return no_cloud(report);
    if (!r53__sized_read(&in, sizeof(in), collection))
        return r53__sized_refuse(report, "size", "CIDR collection", collection, sizeof(in));
    err = create_check(&in, report);
    if (err == R53_OK)
        err = create_check_others(cloud, &in, report);
    if (err != R53_OK)
        return err;
    in.version = 1; /* R53-COLL-01 */
    if (r53__cidr_collection_new(&made, &cloud->memory, &(struct cidr_merge){.header = &in}))
        return r53__remark_nomem(report);
    return put(cloud, r53__span(made->id), made, report);
}

/* Changing */

struct request {
    r53_cloud *cloud;
    r53_report *report;
    const r53_cidr_change *const *changes;
    size_t n;
    struct cidr_edit *edits;
    size_t n_edits, room;
    struct prefix moved; /* first block that lies in another location, */
    const char *from;    /* this one; NULL: none does */
    char path[PATH_MAX_BYTES];
};

static void path_set(struct request *r, size_t change, const char *member)
{
    struct text text;

    r53__text_init(&text, r->path, sizeof(r->path));
    r53__put(&text, "Changes[");
    r53__put_u64(&text, change);
    r53__put(&text, "]");
    if (member) {
        r53__put(&text, ".");
        r53__put(&text, member);
    }
}

static int32_t change_check(struct request *r, size_t i, r53_cidr_change *in)
{
    path_set(r, i, NULL);
    if (!r53__sized_read(in, sizeof(*in), r->changes[i]))
        return r53__sized_refuse(r->report, r->path, "change", r->changes[i], sizeof(*in));
    if (r53__reserved_judge(r->report, r->path, in->reserved) != R53_OK)
        return R53_E_INVALID;
    path_set(r, i, "Action");
    if (in->action != R53_CIDR_PUT && in->action != R53_CIDR_DELETE_IF_EXISTS)
        return invalid(r->report, RULE_R53_COLL_01, r->path,
                       "Action is neither PUT nor DELETE_IF_EXISTS", NULL);
    path_set(r, i, "LocationName"); /* "*" is for what lies in no block */
    if (!r53__cidr_is_name(r53__span(in->location_name), CIDR_LOCATION_MAX))
        return invalid(r->report, RULE_R53_CIDR_01, r->path,
                       "'{0}' is not a location: 1 to 16 letters, digits, underscores and hyphens",
                       in->location_name);
    path_set(r, i, "CidrList");
    if (in->n_cidr_list == 0 || !in->cidr_list)
        return invalid(r->report, RULE_R53_COLL_01, r->path, "CidrList is empty", NULL);
    if (in->n_cidr_list > CIDR_BLOCKS_MAX - r->room) /* R53-COLL-01 */
        return refuse(r->report, R53_E_LIMIT, RULE_R53_COLL_01, "LimitsExceeded", r->path,
                      "A request names at most 1000 CIDR blocks", NULL);
    return R53_OK;
}

/* Checks all changes but their blocks; counts those into `room`. */
static int32_t changes_check(struct request *r)
{
    if (r->n == 0)
        return invalid(r->report, RULE_R53_COLL_01, "Changes", "Changes is empty", NULL);
    for (size_t i = 0; i < r->n; i++) {
        r53_cidr_change in;
        int32_t err = change_check(r, i, &in);

        if (err != R53_OK)
            return err;
        r->room += in.n_cidr_list;
    }
    return R53_OK;
}

static int32_t blocks_parse(struct request *r, const r53_cidr_change *in)
{
    for (uint32_t i = 0; i < in->n_cidr_list; i++) {
        struct cidr_edit *edit = &r->edits[r->n_edits++];

        *edit = (struct cidr_edit){.location = in->location_name,
                                   .removes = in->action == R53_CIDR_DELETE_IF_EXISTS};
        if (!r53__prefix_parse(r53__span(in->cidr_list[i]), &edit->prefix)) /* R53-COLL-03 */
            return invalid(r->report, RULE_R53_CIDR_02, r->path, "'{0}' is not a CIDR block",
                           in->cidr_list[i]);
        if (!r53__cidr_is_block(&edit->prefix))
            return invalid(r->report, RULE_R53_CIDR_02, r->path,
                           "'{0}' is not within /1 and /24, for IPv6 /48", in->cidr_list[i]);
    }
    return R53_OK;
}

static int32_t edits_make(struct request *r)
{
    int32_t err = changes_check(r);

    if (err != R53_OK) {
        r->room = 0;
        return err;
    }
    r->edits = r53__alloc(&r->cloud->memory, r->room, sizeof(*r->edits));
    if (!r->edits)
        return r53__remark_nomem(r->report);
    for (size_t i = 0; i < r->n && err == R53_OK; i++) {
        r53_cidr_change in;

        r53__sized_read(&in, sizeof(in), r->changes[i]);
        path_set(r, i, "CidrList");
        err = blocks_parse(r, &in);
    }
    return err;
}

/* Is there a record set that names the location? O(record sets with details). */
static bool location_used(const r53_cloud *cloud, const char *collection, const char *location)
{
    const struct table *zones = &cloud->tables[CLOUD_ZONES];

    for (size_t i = 0; i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);

        for (uint32_t k = 0; zone && k < zone->n_details; k++) {
            if (strcmp(zone->details[k].cidr_collection_id, collection) == 0 &&
                strcmp(zone->details[k].cidr_location_name, location) == 0)
                return true;
        }
    }
    return false;
}

static void move_note(void *ctx, const struct cidr_edit *edit, const char *from)
{
    struct request *r = ctx;

    if (!r->from) {
        r->moved = edit->prefix;
        r->from = from;
    }
}

static int32_t result_check(const struct request *r, const struct cidr_collection *old,
                            const struct cidr_collection *made)
{
    char block[PREFIX_TEXT_MAX];
    struct text text;

    r53__text_init(&text, block, sizeof(block));
    if (r->from) { /* R53-CIDR-02: a block is once in a collection */
        r53__prefix_put(&text, &r->moved);
        return r53__remark(r->report,
                           &(struct remark){.rule = RULE_R53_CIDR_02,
                                            .aws_name = "CidrBlockInUseException",
                                            .path = "Changes",
                                            .format = "CIDR block {0} is in location {1} already",
                                            .args = {block, r->from}});
    }
    if (made->blocks.n > CIDR_BLOCKS_MAX && made->blocks.n > old->blocks.n)
        return refuse(r->report, R53_E_LIMIT, RULE_R53_CIDR_02, "LimitsExceeded", "Changes",
                      "A CIDR collection holds at most 1000 blocks", NULL);
    for (uint32_t i = 0; i < old->n_locations; i++) { /* R53-COLL-02 */
        if (r53__cidr_location(made, old->locations[i]) < 0 &&
            location_used(r->cloud, old->id, old->locations[i]))
            return refuse(r->report, R53_E_INVALID, RULE_R53_COLL_02, "CidrBlockInUseException",
                          "Changes",
                          "The blocks of location {0} cannot all be removed: a record set uses it",
                          old->locations[i]);
    }
    return R53_OK;
}

static int32_t change_commit(struct request *r, const struct cidr_collection *old)
{
    struct cidr_collection *made = NULL;
    r53_cidr_collection header;
    int32_t err;

    r53__cidr_describe(old, &header);
    header.version += header.version < INT32_MAX; /* R53-COLL-01 */
    if (r53__cidr_collection_new(&made, &r->cloud->memory,
                                 &(struct cidr_merge){.header = &header,
                                                      .old = old,
                                                      .edits = r->edits,
                                                      .n_edits = r->n_edits,
                                                      .moves = move_note,
                                                      .ctx = r}))
        return r53__remark_nomem(r->report);
    err = result_check(r, old, made);
    if (err != R53_OK) {
        r53__object_unref(made);
        return err;
    }
    return put(r->cloud, r53__span(made->id), made, r->report);
}

int32_t r53_cidr_collection_change(r53_cloud *cloud, const char *id, int32_t version,
                                   const r53_cidr_change *const *changes, size_t n,
                                   r53_report *report)
{
    struct request r = {.cloud = cloud, .report = report, .changes = changes, .n = n};
    const struct cidr_collection *old;
    int32_t err;

    if (!cloud || (n && !changes))
        return no_cloud(report);
    old = r53__cloud_collection(cloud, id, report);
    if (!old)
        return R53_E_NOT_FOUND;
    if (version && version != old->version) /* R53-COLL-01 */
        return refuse(report, R53_E_INVALID, RULE_R53_COLL_01,
                      "CidrCollectionVersionMismatchException", "CollectionVersion",
                      "The CIDR collection {0} has another version than the one given.", id);
    err = edits_make(&r);
    if (err == R53_OK)
        err = change_commit(&r, old);
    r53__free(&cloud->memory, r.edits, r.room, sizeof(*r.edits));
    return err;
}

/* Deleting */

int32_t r53_cidr_collection_delete(r53_cloud *cloud, const char *id, r53_report *report)
{
    const struct cidr_collection *old;

    if (!cloud)
        return no_cloud(report);
    old = r53__cloud_collection(cloud, id, report);
    if (!old)
        return R53_E_NOT_FOUND;
    if (old->blocks.n) /* R53-COLL-02 */
        return refuse(report, R53_E_INVALID, RULE_R53_COLL_02, "CidrCollectionInUseException", "Id",
                      "This CIDR collection is in use, and isn't empty.", NULL);
    return put(cloud, r53__span(id), NULL, report);
}
