/*
 * The change door: one batch against one zone.
 *
 *   schema of every change        first InvalidInput ends it            R53-BATCH-11
 *   what is named outside         the first unknown health check or CIDR collection ends it
 *   each change in order          on a working copy, messages collected R53-BATCH-03
 *   groups, apex, loops, limits   on what the batch leaves behind
 *   merge, stage, commit          only when nothing was said
 */
#include <r53/zone.h>

#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/change_priv.h"
#include "model/record_schema.h"
#include "model/references.h"

#include <string.h>

static bool change_read(r53_change *change, r53_record_set *set, const r53_change *from);
static int32_t batch_schema(struct batch *b);
static int32_t batch_references(struct batch *b);
static void change_count(struct batch *b, const r53_change *change, const r53_record_set *set);
static void change_apply(struct batch *b, size_t i);
static int32_t batch_commit(struct batch *b, r53_cloud *cloud, r53_report *report);
static bool scope_exists(void *ctx, struct name name, const struct rr_type *type);

static const char *action_name(int32_t action)
{
    static const char *const names[] = {"", "CREATE", "DELETE", "UPSERT"};

    return action >= R53_ACTION_CREATE && action <= R53_ACTION_UPSERT ? names[action] : "";
}

static int32_t batch_run(struct batch *b, r53_cloud *cloud, r53_report *report)
{
    int32_t err = batch_schema(b);

    if (err == R53_OK)
        err = batch_references(b);
    if (err != R53_OK)
        return err;
    /* A longer batch is over the limit whatever it holds; its beginning is judged all the same. */
    for (size_t i = 0; i < b->n && i < BATCH_RECORDS_MAX && !b->copy.arena.failed; i++)
        change_apply(b, i);
    r53__batch_finish(b);
    r53__batch_limits(b);
    if (b->copy.arena.failed)
        return r53__remark_nomem(report);
    if (b->checker.breaches)
        return R53_E_INVALID;
    return batch_commit(b, cloud, report);
}

int32_t r53_zone_change(r53_cloud *cloud, const char *zone_id, const r53_change *const *batch,
                        size_t n, r53_report *report)
{
    struct batch b = {.cloud = cloud, .changes = batch, .n = n};
    int32_t err;

    if (!cloud || (n && !batch))
        return r53__remark(report, &(struct remark){.format = "no cloud or no batch given"});
    b.zone = r53__cloud_zone(cloud, zone_id, report);
    if (!b.zone)
        return R53_E_NOT_FOUND;
    if (n == 0) /* R53-BATCH-12 */
        return r53__remark(report, &(struct remark){.rule = RULE_R53_BATCH_12,
                                                    .aws_name = "InvalidInput",
                                                    .path = "Changes",
                                                    .format = "Invalid XML ; cvc-complex-type: a "
                                                              "batch needs at least one Change"});
    b.checker = (struct checker){.report = report,
                                 .severity = R53_SEVERITY_ERROR,
                                 .aws_name = "InvalidChangeBatch",
                                 .path = b.path};
    b.scope = (struct zone_scope){b.zone->id, b.zone->name, scope_exists, &b};
    r53__work_init(&b.copy, &cloud->memory, b.zone);
    err = batch_run(&b, cloud, report);
    r53__work_free(&b.copy);
    return err;
}

/* Our copies, as long as the caller's structs or ours. */
static bool change_read(r53_change *change, r53_record_set *set, const r53_change *from)
{
    return r53__sized_read(change, sizeof(*change), from) &&
           r53__sized_read(set, sizeof(*set), change->record_set);
}

/* Which of the two could not be read. */
static int32_t change_refuse(const struct batch *b, const r53_change *from, r53_report *report)
{
    char words[SIZED_WORDS_MAX];
    r53_change change;

    if (r53__sized_read(&change, sizeof(change), from))
        r53__sized_words(words, "record set", change.record_set, sizeof(*change.record_set));
    else
        r53__sized_words(words, "change", from, sizeof(*from));
    return r53__remark(
        report, &(struct remark){
                    .aws_name = "InvalidInput", .path = b->path, .format = "{0}", .args = {words}});
}

static int32_t batch_schema(struct batch *b)
{
    struct checker input = b->checker;

    input.aws_name = "InvalidInput";
    for (size_t i = 0; i < b->n; i++) {
        r53_change change;
        r53_record_set set;

        r53__batch_path(b, i);
        if (!change_read(&change, &set, b->changes[i]))
            return change_refuse(b, b->changes[i], input.report);
        if (r53__reserved_judge(input.report, b->path, set.reserved) != R53_OK)
            return R53_E_INVALID;
        if (!*action_name(change.action)) /* R53-ERR-33 */
            r53__breach(
                &input, RULE_R53_ERR_33,
                "Invalid XML ; cvc-enumeration-valid: Action is not one of '[CREATE, DELETE, "
                "UPSERT]' in Change with [Name={0}]",
                ARGS(set.name ? set.name : "null", NULL, NULL, NULL, NULL, NULL, NULL, NULL));
        else
            r53__schema_check(&set, action_name(change.action), b->zone->is_private, true, &input);
        if (input.breaches)
            return R53_E_INVALID;
        change_count(b, &change, &set);
    }
    return R53_OK;
}

static int32_t say_unknown(struct batch *b, int32_t rule, const char *aws_name, const char *format,
                           const char *id)
{
    return r53__remark(b->checker.report, &(struct remark){.code = R53_E_NOT_FOUND,
                                                           .rule = rule,
                                                           .aws_name = aws_name,
                                                           .path = b->path,
                                                           .format = format,
                                                           .args = {id}});
}

/* What is put into the zone names health checks and CIDR collections that are there. */
static int32_t batch_references(struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        r53_change change;
        r53_record_set set;

        change_read(&change, &set, b->changes[i]);
        r53__batch_path(b, i);
        if (change.action == R53_ACTION_DELETE)
            continue;
        if (r53__check_missing(b->cloud, set.health_check_id)) /* R53-ERR-35 */
            return say_unknown(b, RULE_R53_ERR_35, "NoSuchHealthCheck",
                               "A health check with id {0} does not exist.", set.health_check_id);
        if (r53__collection_missing(b->cloud, set.cidr_collection_id)) /* R53-COLL-02 */
            return say_unknown(b, RULE_R53_COLL_02, "NoSuchCidrCollectionException",
                               "The CIDR collection {0} doesn't exist.", set.cidr_collection_id);
    }
    return R53_OK;
}

/* R53-BATCH-08: an alias is one record; UPSERT counts double. */
static void change_count(struct batch *b, const r53_change *change, const r53_record_set *set)
{
    uint64_t times = change->action == R53_ACTION_UPSERT ? 2 : 1;

    b->n_records += times * (set->n_values ? set->n_values : 1);
    for (uint32_t i = 0; i < set->n_values; i++)
        b->n_characters += times * strlen(set->values[i]);
}

static bool scope_exists(void *ctx, struct name name, const struct rr_type *type)
{
    struct batch *b = ctx;
    struct work_owner *owner = r53__work_owner(&b->copy, name);

    return owner && r53__work_group(owner, type) != NULL;
}

/* A message about one record set, its name quoted as in [name='X.', type='A']. */
static void say_tried(struct batch *b, int32_t rule, const char *tried,
                      const struct record_form *form, const char *but)
{
    const char *identifier = r53__form_identifier(form);
    struct form_words words;

    r53__form_words(&words, form, b->zone->name);
    r53__breach(&b->checker, rule,
                "Tried to {0} resource record set [name='{1}', type='{2}'{3}{4}{5}] but {6}",
                ARGS(tried, words.name, form->type->name, *identifier ? ", set-identifier='" : NULL,
                     identifier, *identifier ? "'" : NULL, but, NULL));
}

/* What stands at the owner beside the record; the first conflict is told. */
static void check_neighbours(struct batch *b, const struct work_owner *owner,
                             const struct work_record *record, const struct record_form *form)
{
    for (const struct work_record *r = owner->records; r; r = r->next) {
        if (r->present && r != record &&
            !r53__check_beside(&b->checker, form, &r->form, b->zone->name))
            return;
    }
}

/* R53-COLL-02: the location has blocks. */
static void check_location(struct batch *b, const struct record_form *form)
{
    const struct record_detail *detail = form->detail;

    if (!detail ||
        !r53__location_missing(b->cloud, detail->cidr_collection_id, detail->cidr_location_name))
        return;
    r53__breach(&b->checker, RULE_R53_COLL_02, "The CIDR collection {0} has no location '{1}'",
                ARGS(detail->cidr_collection_id, detail->cidr_location_name, NULL, NULL, NULL, NULL,
                     NULL, NULL));
}

static void record_put(struct batch *b, struct work_owner *owner, struct work_record *record,
                       const struct record_form *form, size_t i)
{
    size_t before = b->checker.breaches;

    r53__check_record(&b->checker, form, b->zone->name);
    check_location(b, form);
    if (b->checker.breaches == before) {
        check_neighbours(b, owner, record, form);
        r53__check_alias(&b->checker, form, &b->scope);
    }
    if (b->checker.breaches == before)
        r53__work_put(&b->copy, record, form, i);
}

static void change_create(struct batch *b, struct work_owner *owner, struct work_record *record,
                          const struct record_form *form, size_t i)
{
    if (record->present) /* R53-BATCH-02 */
        say_tried(b, *r53__form_identifier(form) ? RULE_R53_ERR_02 : RULE_R53_ERR_01, "create",
                  form, "it already exists");
    else
        record_put(b, owner, record, form, i);
}

static void change_delete(struct batch *b, struct work_owner *owner, struct work_record *record,
                          const struct record_form *form, size_t i)
{
    (void)owner;
    if (!record->present)
        say_tried(b, RULE_R53_ERR_03, "delete", form, "it was not found");
    else if (!r53__form_matches(&record->form, form)) /* R53-BATCH-05 */
        say_tried(b, RULE_R53_ERR_04, "delete", form,
                  "the values provided do not match the current values");
    else
        r53__work_remove(&b->copy, record, i);
}

static void (*const actions[])(struct batch *, struct work_owner *, struct work_record *,
                               const struct record_form *, size_t) = {
    [R53_ACTION_CREATE] = change_create,
    [R53_ACTION_DELETE] = change_delete,
    [R53_ACTION_UPSERT] = record_put,
};

/*
 * R53-BATCH-04, R53-ERR-24: a record set is changed once in a batch; replacing it by DELETE and
 * then CREATE or UPSERT is the one exception, for the second sees what the first has left
 * (R53-BATCH-03).
 */
static bool may_follow(struct work_record *record, int32_t action)
{
    bool ok = record->actions == 0 ||
              (record->actions == 1 << R53_ACTION_DELETE && action != R53_ACTION_DELETE);

    record->actions |= (uint8_t)(1 << action);
    return ok;
}

static void change_apply(struct batch *b, size_t i)
{
    struct record_form *form = r53__arena_alloc(&b->copy.arena, 1, sizeof(*form));
    size_t before = b->checker.breaches;
    struct work_record *record;
    struct work_owner *owner;
    struct form_words words;
    r53_record_set set;
    r53_change change;

    change_read(&change, &set, b->changes[i]);
    r53__batch_path(b, i);
    if (!form)
        return;
    if (r53__form_parse(form, &b->copy.arena, &set, b->path, b->checker.report) != R53_OK) {
        b->checker.breaches++;
        return;
    }
    if (!r53__check_inside(&b->checker, form, b->zone->name))
        return;
    if (change.action != R53_ACTION_DELETE)
        r53__check_values(&b->checker, form, set.values);
    owner = r53__work_owner(&b->copy, form->owner);
    record = owner ? r53__work_record(&b->copy, owner, form) : NULL;
    if (!record)
        return;
    if (!may_follow(record, change.action)) {
        r53__form_words(&words, form, b->zone->name);
        r53__breach(&b->checker, RULE_R53_ERR_24,
                    "The request contains an invalid set of changes for a resource record set '{0} "
                    "{1}'",
                    ARGS(form->type->name, words.name, NULL, NULL, NULL, NULL, NULL, NULL));
    } else if (b->checker.breaches == before) {
        actions[change.action](b, owner, record, form, i);
    }
}

static int32_t batch_commit(struct batch *b, r53_cloud *cloud, r53_report *report)
{
    const struct memory *memory = &cloud->memory;
    size_t n = b->copy.n_changed;
    struct zone_edit *edits = r53__alloc(memory, 2 * n, sizeof(*edits));
    struct zone_header header;
    struct zone *sealed = NULL;
    int32_t err = edits ? R53_OK : R53_E_NOMEM;

    r53__zone_header(&header, b->zone);
    if (err == R53_OK) {
        r53__work_edits(&b->copy, edits, edits + n);
        err = r53__zone_merge(&sealed, memory, &header, b->zone, edits, n);
    }
    if (err == R53_OK)
        err = r53__table_stage(&cloud->tables[CLOUD_ZONES], r53__span(b->zone->id), sealed);
    r53__free(memory, edits, 2 * n, sizeof(*edits));
    if (err == R53_OK) {
        r53__table_commit(&cloud->tables[CLOUD_ZONES]);
        return R53_OK;
    }
    r53__object_unref(sealed);
    if (err == R53_E_NOMEM)
        return r53__remark_nomem(report);
    return r53__remark(report, &(struct remark){.code = err,
                                                .format = "zone {0} would be larger than 4 GB",
                                                .args = {b->zone->id}});
}
