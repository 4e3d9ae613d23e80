/*
 * The two doors for zone files: a whole zone into an import, and records into a zone of a cloud as
 * the console does it. Both read first and touch nothing before the file is known to be sound.
 */
#include <r53/zone_file.h>

#include "base/sized.h"
#include "model/import.h"
#include "model/record_rules.h"
#include "model/record_schema.h"
#include "model/zone_draft.h"
#include "model/zone_file.h"

#include <r53/type.h>

#include <string.h>

enum { CONSOLE_RECORDS_MAX = 1000 }; /* R53-ZONE-19 */

/* A gathered record set as the public struct; the texts live as long as this and the lines. */
struct said_set {
    r53_record_set set;
    char name[NAME_TEXT_MAX];
    void *values; /* const char *, room for `capacity` */
    size_t capacity;
};

static int32_t options_read(const r53_zone_file_options *options, r53_zone_file_options *out,
                            r53_hosted_zone *zone, r53_report *report);
static int32_t whole_zone(r53_import *import, struct zone_file *file,
                          const r53_hosted_zone *hosted_zone);
static int32_t draft_fill(struct zone_draft *draft, struct zone_file *file, bool is_private);
static bool set_describe(struct said_set *said, const struct memory *memory,
                         const struct line_set *set);
static int32_t set_judge(struct zone_file *file, const struct line_set *set,
                         const r53_record_set *said, bool is_private);
static int32_t draft_install(r53_import *import, struct zone_draft *draft);

int32_t r53_import_zone_file(r53_import *import, const r53_zone_file_options *options,
                             const char *text, size_t length)
{
    r53_zone_file_options in;
    r53_hosted_zone hosted_zone;
    struct name_buffer name;
    struct zone_file file = {0};
    int32_t rc;

    if (!import || (!text && length))
        return R53_E_INVALID;
    rc = options_read(options, &in, &hosted_zone, import->report);
    if (rc != R53_OK)
        return rc;
    if (r53__name_parse(&name, r53__span(hosted_zone.name)) != NAME_OK)
        return r53__remark(import->report,
                           &(struct remark){.rule = RULE_R53_ERR_37,
                                            .aws_name = "InvalidDomainName",
                                            .path = "Name",
                                            .format = "'{0}' is not a valid domain name",
                                            .args = {hosted_zone.name}});
    file.judge = (struct file_judge){import->report, in.lenient != 0, R53_OK};
    file.zone = r53__name(&name);
    file.default_ttl = in.default_ttl;
    r53__lines_init(&file.lines, &import->memory, !file.judge.lenient);
    rc = r53__zone_file_read(&file, text, length);
    if (rc == R53_OK)
        rc = whole_zone(import, &file, &hosted_zone);
    r53__lines_free(&file.lines);
    r53_report_locate(import->report, NULL, 0, 0);
    return rc;
}

static int32_t options_read(const r53_zone_file_options *options, r53_zone_file_options *out,
                            r53_hosted_zone *zone, r53_report *report)
{
    if (!r53__sized_read(out, sizeof(*out), options))
        return r53__remark(report, &(struct remark){.format = "the options are missing, or their "
                                                              "size member is wrong"});
    if (!r53__sized_read(zone, sizeof(*zone), out->hosted_zone))
        return r53__remark(report,
                           &(struct remark){.format = "the hosted zone is missing, or its size "
                                                      "member is wrong"});
    if (r53__zone_id(zone->id).length == 0)
        return r53__remark(report, &(struct remark){.path = "Id",
                                                    .format = "the value is missing; "
                                                              "it tells which zone "
                                                              "is meant"});
    if (out->default_ttl > TTL_MAX)
        return r53__remark(report, &(struct remark){.rule = RULE_R53_TYPE_06,
                                                    .format = "the default TTL is above "
                                                              "2147483647 seconds"});
    zone->size = sizeof(*zone);
    return R53_OK;
}

/* The draft is made beside what the import holds, and put there when nothing can fail any more. */
static int32_t whole_zone(r53_import *import, struct zone_file *file,
                          const r53_hosted_zone *hosted_zone)
{
    struct zone_draft *draft = NULL;
    int32_t rc = r53__draft_new(&draft, &import->memory, hosted_zone->id);

    if (rc != R53_OK)
        return rc == R53_E_NOMEM ? r53__remark_nomem(import->report) : rc;
    rc = r53__draft_header(draft, hosted_zone, import->report);
    if (rc == R53_OK)
        rc = draft_fill(draft, file, hosted_zone->private_zone != 0);
    if (rc == R53_OK)
        rc = file->judge.error;
    if (rc == R53_OK) {
        rc = draft_install(import, draft);
        if (rc != R53_OK)
            r53__remark_nomem(import->report);
    }
    if (rc != R53_OK)
        r53__draft_free(draft);
    return rc;
}

/* A zone has room for that many values of a record set, whatever Route 53 allows. */
static bool set_fits(struct zone_file *file, const struct line_set *set)
{
    if (set->n <= UINT16_MAX)
        return true;
    r53__file_say(&file->judge, &(struct file_remark){.place = set->place,
                                                      .code = R53_E_INVALID,
                                                      .rule = RULE_R53_TYPE_07,
                                                      .format = "there are more than 65535 {1} "
                                                                "records of this name",
                                                      .words = {set->type->name}});
    return false;
}

/* What draft_fill works in. */
struct filling {
    struct zone_file *file;
    struct zone_draft *draft;
    bool is_private;
    struct said_set said;
    void *values; /* struct rdata, room for `capacity` */
    size_t capacity;
};

/* The record set as the change API would be told of it, and judge it. R53_OK, R53_E_NOMEM (told).
 */
static int32_t set_check(struct filling *f, const struct line_set *set)
{
    if (!set_describe(&f->said, &f->file->lines.arena.memory, set))
        return r53__remark_nomem(f->file->judge.report);
    return set_judge(f->file, set, &f->said.set, f->is_private);
}

static int32_t set_put(struct filling *f, const struct line_set *set)
{
    struct wire_set wire = {.owner = set->owner->name,
                            .type = set->type,
                            .ttl = set->ttl,
                            .n_values = (uint16_t)set->n};
    struct rdata *values;
    size_t n = 0;

    if (!r53__grow(&f->file->lines.arena.memory, &f->values, &f->capacity, set->n, sizeof(*values)))
        return r53__remark_nomem(f->file->judge.report);
    wire.values = values = f->values;
    for (const struct line_value *v = set->first; v; v = v->next)
        values[n++] = (struct rdata){v->wire, (uint16_t)v->length};
    return r53__draft_put_wire(f->draft, &wire, f->file->judge.report);
}

/* Even after an error all record sets are judged, so that the report tells of all. */
static int32_t draft_fill(struct zone_draft *draft, struct zone_file *file, bool is_private)
{
    const struct memory *memory = &file->lines.arena.memory;
    struct filling f = {.file = file, .draft = draft, .is_private = is_private};
    int32_t rc = R53_OK;

    for (const struct line_set *s = file->lines.first; s && rc == R53_OK; s = s->next) {
        if (!set_fits(file, s))
            continue;
        r53_report_locate(file->judge.report, NULL, s->place.line, s->place.column);
        if (!file->judge.lenient)
            rc = set_check(&f, s);
        if (rc == R53_OK && file->judge.error == R53_OK)
            rc = set_put(&f, s);
    }
    r53__free(memory, f.said.values, f.said.capacity, sizeof(const char *));
    r53__free(memory, f.values, f.capacity, sizeof(struct rdata));
    return rc;
}

/* False: no memory. */
static bool set_describe(struct said_set *said, const struct memory *memory,
                         const struct line_set *set)
{
    const char **values;
    size_t n = 0;

    if (!r53__grow(memory, &said->values, &said->capacity, set->n, sizeof(const char *)))
        return false;
    values = said->values;
    for (const struct line_value *v = set->first; v; v = v->next)
        values[n++] = v->text;
    r53__name_print(said->name, set->owner->name);
    said->set = (r53_record_set){.size = sizeof(said->set),
                                 .type = set->type->number,
                                 .name = said->name,
                                 .values = values,
                                 .n_values = set->n,
                                 .has_ttl = 1,
                                 .ttl = set->ttl};
    return true;
}

/* CNAME beside other data, told at the CNAME (R53-TYPE-04). */
static void neighbours_judge(struct checker *checker, struct name zone, const struct line_set *set,
                             const struct record_form *form)
{
    if (set->type->number != R53_TYPE_CNAME)
        return;
    for (const struct line_set *s = set->owner->sets; s; s = s->beside) {
        struct record_form other = {.owner = form->owner, .type = s->type};

        if (s != set && !r53__check_beside(checker, form, &other, zone))
            return;
    }
}

/* What the change API would say, as errors of the file. R53_OK, R53_E_NOMEM (told). */
static int32_t set_judge(struct zone_file *file, const struct line_set *set,
                         const r53_record_set *said, bool is_private)
{
    struct checker input = {file->judge.report, R53_SEVERITY_ERROR, "InvalidInput", NULL, 0},
                   batch = {file->judge.report, R53_SEVERITY_ERROR, "InvalidChangeBatch", NULL, 0};
    struct record_form form;
    struct arena arena;
    int32_t rc;

    r53__schema_check(said, "CREATE", is_private, false, &input);
    r53__arena_init(&arena, &file->lines.arena.memory);
    rc = r53__form_parse(&form, &arena, said, NULL, file->judge.report);
    if (rc == R53_OK) {
        r53__check_record(&batch, &form, file->zone);
        r53__check_values(&batch, &form, said->values);
        neighbours_judge(&batch, file->zone, set, &form);
    }
    r53__arena_free(&arena);
    if (rc == R53_E_NOMEM)
        return rc;
    if ((rc != R53_OK || input.breaches + batch.breaches > 0) && file->judge.error == R53_OK)
        file->judge.error = R53_E_INVALID;
    return R53_OK;
}

/* Takes the draft on success; it replaces the one of its zone. R53_OK, R53_E_NOMEM. */
static int32_t draft_install(r53_import *import, struct zone_draft *draft)
{
    struct span id = r53__span(r53__draft_id(draft));
    int32_t slot = r53__table_slot(&import->zones, id);
    void *drafts = import->drafts;

    if (slot < 0) {
        if (!r53__grow(&import->memory, &drafts, &import->drafts_capacity, import->zones.count + 1,
                       sizeof(*import->drafts)))
            return R53_E_NOMEM;
        import->drafts = drafts;
        if (r53__table_stage(&import->zones, id, NULL) != R53_OK)
            return R53_E_NOMEM;
        r53__table_commit(&import->zones);
        slot = r53__table_slot(&import->zones, id);
    }
    r53__draft_free(import->drafts[slot]);
    import->drafts[slot] = draft;
    return R53_OK;
}

/* The console's import */

/* R53-ZONE-19: a record set that is there already fails the whole. */
static void existing_judge(struct zone_file *file, const struct zone *zone)
{
    for (const struct line_set *s = file->lines.first; s; s = s->next) {
        char name[NAME_TEXT_MAX];
        size_t length;
        int32_t owner = r53__zone_owner(zone, s->owner->name);

        if (owner < 0 || !r53__zone_group(zone, owner, s->type->number))
            continue;
        length = r53__name_print(name, s->owner->name);
        r53__file_say(&file->judge,
                      &(struct file_remark){.place = s->place,
                                            .code = R53_E_INVALID,
                                            .rule = RULE_R53_ZONE_19,
                                            .format = "the zone has a record set '{0}' of type "
                                                      "{1} already",
                                            .text = {name, length},
                                            .words = {s->type->name}});
    }
}

/* One CREATE a record set; everything lies in the lines' arena. */
static int32_t batch_apply(struct zone_file *file, r53_cloud *cloud, const char *zone_id, size_t n)
{
    struct arena *arena = &file->lines.arena;
    r53_change *changes = r53__arena_alloc(arena, n, sizeof(*changes));
    const r53_change **batch = r53__arena_alloc(arena, n, sizeof(*batch));
    size_t i = 0;

    for (const struct line_set *s = file->lines.first; s && !arena->failed; s = s->next, i++) {
        struct said_set *said = r53__arena_alloc(arena, 1, sizeof(*said));
        const char **values = r53__arena_alloc(arena, s->n, sizeof(*values));

        if (!said || !values)
            break;
        said->values = values; /* room enough: it does not grow */
        said->capacity = s->n;
        set_describe(said, &arena->memory, s);
        changes[i] = (r53_change){sizeof(*changes), R53_ACTION_CREATE, &said->set};
        batch[i] = &changes[i];
    }
    if (arena->failed)
        return r53__remark_nomem(file->judge.report);
    return r53_zone_change(cloud, zone_id, batch, n, file->judge.report);
}

static size_t sets_count(const struct zone_lines *lines)
{
    size_t n = 0;

    for (const struct line_set *s = lines->first; s; s = s->next)
        n++;
    return n;
}

int32_t r53_zone_import_file(r53_cloud *cloud, const char *zone_id, const char *text, size_t length,
                             r53_report *report)
{
    struct zone_file file = {
        .judge = {.report = report}, .leaves_apex = true, .lines_max = CONSOLE_RECORDS_MAX};
    const struct zone *zone;
    size_t n;
    int32_t rc;

    if (!cloud || (!text && length))
        return R53_E_INVALID;
    zone = r53__cloud_zone(cloud, zone_id, report);
    if (!zone)
        return R53_E_NOT_FOUND;
    file.zone = zone->name;
    r53__lines_init(&file.lines, &cloud->memory, true);
    rc = r53__zone_file_read(&file, text, length);
    if (rc == R53_OK)
        existing_judge(&file, zone);
    r53_report_locate(report, NULL, 0, 0);
    if (rc == R53_OK)
        rc = file.judge.error;
    n = sets_count(&file.lines);
    if (rc == R53_OK && n > 0)
        rc = batch_apply(&file, cloud, zone_id, n);
    r53__lines_free(&file.lines);
    return rc;
}
