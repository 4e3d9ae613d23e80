/*
 * The two doors for zone files: a whole zone into an import, and records into a zone of a cloud as
 * the console does it. Both read first and touch nothing before the file is known to be sound.
 */
#include <r53/zone_file.h>

#include "base/sized.h"
#include "base/sized_refusal.h"
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
static int32_t sets_judge(struct zone_file *file, struct draft_records *sound, bool is_private);
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

    if (!import)
        return R53_E_INVALID;
    if (!text && length)
        return r53__remark(import->report, &(struct remark){.format = "no text"});
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
    r53__lines_init(&file.lines, &import->memory, length, !file.judge.lenient);
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
        return r53__sized_refuse(report, "size", "options", options, sizeof(*out));
    if (!r53__sized_read(zone, sizeof(*zone), out->hosted_zone))
        return r53__sized_refuse(report, "size", "hosted zone", out->hosted_zone, sizeof(*zone));
    if (r53__reserved_judge(report, "reserved", out->reserved) != R53_OK)
        return R53_E_INVALID;
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
    struct draft_records sound;
    struct zone_draft *draft = NULL;
    int32_t rc = r53__draft_new(&draft, &import->memory, hosted_zone->id);

    if (rc != R53_OK)
        return rc == R53_E_NOMEM ? r53__remark_nomem(import->report) : rc;
    r53__draft_records_init(&sound);
    rc = r53__draft_header(draft, hosted_zone, import->report);
    if (rc == R53_OK)
        rc = sets_judge(file, &sound, hosted_zone->private_zone != 0);
    if (rc == R53_OK)
        rc = file->judge.error;
    if (rc == R53_OK) {
        r53__draft_take(draft, &sound, &file->lines.arena);
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
    if (set->end)
        return true;
    r53__file_say(&file->judge, &(struct file_remark){.place = set->place,
                                                      .code = R53_E_INVALID,
                                                      .rule = RULE_R53_TYPE_07,
                                                      .format = "there are more than 65535 {1} "
                                                                "records of this name",
                                                      .words = {set->record.form.type->name}});
    return false;
}

/* R53-JSON-09: what the change API would not take is worth a word. No value stands twice here. */
static void values_warn(struct zone_file *file, const struct record_form *form)
{
    struct checker batch = {.report = file->judge.report,
                            .severity = R53_SEVERITY_WARNING,
                            .aws_name = "InvalidChangeBatch"};

    if (form->n_values > VALUES_MAX)
        r53__check_values(&batch, form, NULL);
}

/*
 * The record set as the change API would be told of it, and judge it. R53_OK, R53_E_NOMEM (told).
 */
static int32_t set_check(struct zone_file *file, const struct line_set *set, struct said_set *said,
                         bool is_private)
{
    if (!set_describe(said, &file->lines.arena.memory, set))
        return r53__remark_nomem(file->judge.report);
    return set_judge(file, set, &said->set, is_private);
}

/* Even after an error all record sets are judged, so that the report tells of all. */
static int32_t sets_judge(struct zone_file *file, struct draft_records *sound, bool is_private)
{
    struct said_set said = {.capacity = 0};
    struct line_set *next;
    int32_t rc = R53_OK;

    for (struct line_set *s = r53__lines_first(&file->lines); s && rc == R53_OK; s = next) {
        next = r53__line_set_next(s);
        if (!set_fits(file, s))
            continue;
        r53_report_locate(file->judge.report, NULL, s->place.line, s->place.column);
        if (!file->judge.lenient)
            rc = set_check(file, s, &said, is_private);
        if (file->judge.error == R53_OK)
            values_warn(file, &s->record.form);
        r53__draft_records_add(sound, &s->record);
    }
    r53__free(&file->lines.arena.memory, said.values, said.capacity, sizeof(const char *));
    return rc;
}

/* False: no memory. */
static bool set_describe(struct said_set *said, const struct memory *memory,
                         const struct line_set *set)
{
    const struct record_form *form = &set->record.form;
    const struct line_text *text = set->texts;
    const char **values;

    if (!r53__grow(memory, &said->values, &said->capacity, form->n_values, sizeof(const char *)))
        return false;
    values = said->values;
    for (uint16_t i = 0; i < form->n_values; i++) {
        text = text->next;
        values[i] = text->text;
    }
    r53__name_print(said->name, form->owner);
    said->set = (r53_record_set){.size = sizeof(said->set),
                                 .type = form->type->number,
                                 .name = said->name,
                                 .values = values,
                                 .n_values = form->n_values,
                                 .has_ttl = 1,
                                 .ttl = form->ttl};
    return true;
}

/* CNAME beside other data, told at the CNAME (R53-TYPE-04). */
static void neighbours_judge(struct checker *checker, struct name zone, const struct line_set *set,
                             const struct record_form *form)
{
    if (form->type->number != R53_TYPE_CNAME)
        return;
    for (const struct line_set *s = set->beside; s != set; s = s->beside) {
        if (!r53__check_beside(checker, form, &s->record.form, zone))
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
    for (const struct line_set *s = r53__lines_first(&file->lines); s; s = r53__line_set_next(s)) {
        const struct record_form *form = &s->record.form;
        char name[NAME_TEXT_MAX];
        size_t length;
        int32_t owner = r53__zone_owner(zone, form->owner);

        if (owner < 0 || !r53__zone_group(zone, owner, form->type->number))
            continue;
        length = r53__name_print(name, form->owner);
        r53__file_say(&file->judge,
                      &(struct file_remark){.place = s->place,
                                            .code = R53_E_INVALID,
                                            .rule = RULE_R53_ZONE_19,
                                            .format = "the zone has a record set '{0}' of type "
                                                      "{1} already",
                                            .text = {name, length},
                                            .words = {form->type->name}});
    }
}

/* One CREATE a record set; everything lies in the lines' arena. */
static int32_t batch_apply(struct zone_file *file, r53_cloud *cloud, const char *zone_id)
{
    struct arena *arena = &file->lines.arena;
    const size_t n = file->lines.sets.n;
    r53_change *changes = r53__arena_alloc(arena, n, sizeof(*changes));
    const r53_change **batch = r53__arena_alloc(arena, n, sizeof(*batch));
    size_t i = 0;

    for (const struct line_set *s = r53__lines_first(&file->lines); s && !arena->failed;
         s = r53__line_set_next(s), i++) {
        const size_t n_values = s->record.form.n_values;
        struct said_set *said = r53__arena_alloc(arena, 1, sizeof(*said));
        const char **values = r53__arena_alloc(arena, n_values, sizeof(*values));

        if (!said || !values)
            break;
        said->values = values; /* room enough: it does not grow */
        said->capacity = n_values;
        set_describe(said, &arena->memory, s);
        changes[i] = (r53_change){sizeof(*changes), R53_ACTION_CREATE, &said->set};
        batch[i] = &changes[i];
    }
    if (arena->failed)
        return r53__remark_nomem(file->judge.report);
    return r53_zone_change(cloud, zone_id, batch, n, file->judge.report);
}

int32_t r53_zone_import_file(r53_cloud *cloud, const char *zone_id, const char *text, size_t length,
                             r53_report *report)
{
    struct zone_file file = {
        .judge = {.report = report}, .leaves_apex = true, .lines_max = CONSOLE_RECORDS_MAX};
    const struct zone *zone;
    int32_t rc;

    if (!cloud || (!text && length))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no text"});
    zone = r53__cloud_zone(cloud, zone_id, report);
    if (!zone)
        return R53_E_NOT_FOUND;
    file.zone = zone->name;
    r53__lines_init(&file.lines, &cloud->memory, length, true);
    rc = r53__zone_file_read(&file, text, length);
    if (rc == R53_OK)
        existing_judge(&file, zone);
    r53_report_locate(report, NULL, 0, 0);
    if (rc == R53_OK)
        rc = file.judge.error;
    if (rc == R53_OK && file.lines.sets.n > 0)
        rc = batch_apply(&file, cloud, zone_id);
    r53__lines_free(&file.lines);
    return rc;
}
