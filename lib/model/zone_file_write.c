/*
 * A zone as a master file. One routine measures and writes (lib/base/text.h), so that a buffer that
 * is too small stays as it was.
 */
#include <r53/zone_file.h>

#include "base/report.h"
#include "base/rules.h"
#include "dns/master.h"
#include "model/cloud.h"
#include "model/record_set.h"

#include <r53/type.h>

enum { VALUE_TEXT_MAX = 4 * RDATA_OCTETS_MAX + 1024 };

static void zone_put(struct text *out, const struct zone *zone);
static void record_put(struct text *out, const struct zone *zone, uint32_t record);
static void kept_put(struct text *out, const struct zone *zone);

int32_t r53_zone_file_write(const r53_cloud *cloud, const char *zone_id, char *buffer,
                            size_t capacity, size_t *length, r53_report *report)
{
    const struct zone *zone;
    struct text out;

    if (!cloud || (!buffer && capacity))
        return r53__remark(report, &(struct remark){.format = "no cloud, or no buffer"});
    zone = r53__cloud_zone(cloud, zone_id, report);
    if (!zone)
        return R53_E_NOT_FOUND;
    r53__text_init(&out, NULL, 0);
    zone_put(&out, zone);
    if (length)
        *length = out.length;
    if (out.length >= capacity)
        return R53_E_NO_SPACE;
    r53__text_init(&out, buffer, capacity);
    zone_put(&out, zone);
    return R53_OK;
}

/* Readers want the SOA first; the apex is the first owner, so it is near. */
static void zone_put(struct text *out, const struct zone *zone)
{
    const struct group *soa = r53__zone_group(zone, 0, R53_TYPE_SOA);
    uint32_t from = soa ? soa->first : 0, n = soa ? r53__group_size(soa) : 0;

    r53__put(out, "$ORIGIN ");
    r53__master_put_name(out, zone->name);
    r53__put_char(out, '\n');
    for (uint32_t i = 0; i < n; i++)
        record_put(out, zone, from + i);
    for (uint32_t i = 0; i < zone->n_record_sets; i++) {
        if (i < from || i - from >= n)
            record_put(out, zone, i);
    }
    kept_put(out, zone);
}

static void kept_put(struct text *out, const struct zone *zone)
{
    for (uint32_t i = 0; i < zone->n_kept; i++) {
        r53__put(out, "; ");
        r53__master_put_name(out, r53__owner_name(zone, (int32_t)zone->kept[i]));
        r53__put(out, " exists for records of types that Route 53 lacks\n");
    }
}

/* Text inside of a comment: it must not end the line. */
static void comment_put(struct text *out, const char *text)
{
    for (; *text; text++)
        r53__put_char(out, (uint8_t)*text < 0x20 ? ' ' : *text);
}

static void owner_put(struct text *out, const struct record_form *form)
{
    r53__master_put_name(out, form->owner);
    r53__put_char(out, ' ');
}

static void value_put(struct text *out, const struct record_form *form, struct rdata value)
{
    char buffer[VALUE_TEXT_MAX];
    struct text text;

    r53__text_init(&text, buffer, sizeof(buffer));
    form->type->print(&text, value.octets, value.length);
    if (r53__text_fits(&text)) /* always: no octet takes more than four characters */
        r53__master_put_value(out, (struct span){buffer, text.length});
}

/* "; weighted "blue" " in front of what has no form in a zone file. */
static void policy_put(struct text *out, const struct record_form *form)
{
    const char *identifier = r53__form_identifier(form);

    r53__put(out, "; ");
    if (form->policy != POLICY_SIMPLE) {
        r53__put(out, r53__policy_word((enum policy)form->policy));
        r53__put_char(out, ' ');
    }
    if (*identifier) {
        r53__put_char(out, '"');
        comment_put(out, identifier);
        r53__put(out, "\" ");
    }
}

static void alias_put(struct text *out, const struct record_form *form)
{
    policy_put(out, form);
    r53__put(out, "alias ");
    owner_put(out, form);
    r53__put(out, form->type->name);
    r53__put(out, " -> ");
    r53__master_put_name(out, form->detail->alias_name);
    r53__put(out, " in ");
    comment_put(out, form->detail->alias_hosted_zone_id);
    r53__put_char(out, '\n');
}

static void check_put(struct text *out, const struct record_form *form)
{
    if (!form->detail || !*form->detail->health_check_id)
        return;
    r53__put(out, "; health check ");
    comment_put(out, form->detail->health_check_id);
    r53__put(out, " of the next line\n");
}

static void record_put(struct text *out, const struct zone *zone, uint32_t record)
{
    struct record_form form;
    const uint8_t *at;
    bool is_plain;

    r53__form_of(&form, zone, record);
    check_put(out, &form);
    if (form.flags & RECORD_ALIAS) {
        alias_put(out, &form);
        return;
    }
    is_plain = form.policy == POLICY_SIMPLE && !*r53__form_identifier(&form);
    at = form.values;
    for (uint16_t i = 0; i < form.n_values; i++) {
        if (!is_plain)
            policy_put(out, &form);
        owner_put(out, &form);
        r53__put_u64(out, form.ttl);
        r53__put(out, " IN ");
        r53__put(out, form.type->name);
        r53__put_char(out, ' ');
        value_put(out, &form, r53__form_next(&at));
        r53__put_char(out, '\n');
    }
}
