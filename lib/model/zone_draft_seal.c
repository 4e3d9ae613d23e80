/*
 * A draft becomes a block: the zone's name is found, record sets outside of it are refused, a
 * missing delegation set and missing apex record sets are filled in (R53-JSON-09), and the sealed
 * zone is read once more for what the change API would not have let in.
 */
#include "model/name_servers.h"
#include "model/record_rules.h"
#include "model/zone_draft_priv.h"

/* What one sealing makes on the way. */
struct sealing {
    const struct zone_draft *draft;
    const struct zone *old;
    r53_report *report;
    struct arena arena;
    struct zone_header header;
    struct delegation_set made_up;
    struct zone_edit *edits; /* sorted, unique; `room` of them and as many spare behind */
    size_t n, room;
    struct name shared; /* that all owners are at or below */
    char name[NAME_TEXT_MAX];
};

enum { DEFAULTS = 2 }; /* NS and SOA */

/* The name from the header, the zone that is there, or an SOA's owner (R53-JSON-09). */
static int32_t sealing_name(struct sealing *s)
{
    if (s->header.name.length == 0 && s->old)
        s->header.name = s->old->name;
    for (size_t i = 0; s->header.name.length == 0 && i < s->n; i++) {
        if (s->edits[i].form->type->number == R53_TYPE_SOA)
            s->header.name = s->edits[i].form->owner;
    }
    if (s->header.name.length == 0)
        return r53__remark(s->report,
                           &(struct remark){.rule = RULE_R53_JSON_09,
                                            .path = "Name",
                                            .format = "hosted zone {0} has no Name, and no SOA "
                                                      "record set that would tell it",
                                            .args = {s->draft->id}});
    r53__name_print(s->name, s->header.name);
    return R53_OK;
}

static int32_t sealing_inside(struct sealing *s)
{
    struct checker errors = {
        .report = s->report, .severity = R53_SEVERITY_ERROR, .aws_name = "InvalidChangeBatch"};
    bool are_inside = s->n == 0 || r53__name_is_under(s->shared, s->header.name);

    for (size_t i = 0; i < s->n && !are_inside; i++)
        r53__check_inside(&errors, s->edits[i].form, s->header.name);
    if (s->old && !r53__name_equal(s->old->name, s->header.name))
        r53__breach(&errors, RULE_R53_ZONE_01, "hosted zone {0} is not named {1}",
                    ARGS(s->draft->id, s->name, NULL, NULL, NULL, NULL, NULL, NULL));
    return errors.breaches ? R53_E_INVALID : R53_OK;
}

/* The apex's record set of this type that the sealed zone will hold; its edits are the first. */
static bool apex_find(const struct sealing *s, uint16_t type, struct record_form *out)
{
    const struct group *group = s->old ? r53__zone_group(s->old, 0, type) : NULL;

    for (size_t i = 0; i < s->n; i++) {
        const struct record_form *form = s->edits[i].form;

        if (!r53__name_equal(form->owner, s->header.name))
            break;
        if (form->type->number == type) {
            *out = *form;
            return true;
        }
    }
    if (group)
        r53__form_of(out, s->old, group->first);
    return group != NULL;
}

/* The delegation set: as said, as the apex NS says, or made up (R53-ZONE-06). */
static int32_t sealing_servers(struct sealing *s, const struct record_form *ns)
{
    const uint8_t *at = ns ? ns->values : NULL;
    const char **servers;

    if (s->header.n_name_servers)
        return R53_OK;
    if (!ns || ns->n_values == 0 || s->header.is_private) {
        r53__delegation_set_make(&s->made_up, s->draft->id, s->header.is_private, 0);
        s->header.name_servers = s->made_up.pointers;
        s->header.n_name_servers = NAME_SERVERS;
        return R53_OK;
    }
    servers = r53__arena_alloc(&s->arena, ns->n_values, sizeof(*servers));
    for (uint16_t i = 0; servers && i < ns->n_values; i++) {
        struct rdata value = r53__form_next(&at);
        char buffer[NAME_TEXT_MAX];

        r53__name_print(buffer, (struct name){value.octets, value.length});
        servers[i] = r53__arena_text(&s->arena, buffer);
    }
    s->header.name_servers = servers;
    s->header.n_name_servers = ns->n_values;
    return s->arena.failed ? r53__remark_nomem(s->report) : R53_OK;
}

/* R53-JSON-09: an apex without NS or SOA gets the defaults. */
static int32_t sealing_defaults(struct sealing *s)
{
    struct record_form found, *made = r53__arena_alloc(&s->arena, DEFAULTS, sizeof(*made));
    bool has_ns = apex_find(s, R53_TYPE_NS, &found);
    int32_t err = sealing_servers(s, has_ns ? &found : NULL);

    if (!made)
        return r53__remark_nomem(s->report);
    if (err == R53_OK && !has_ns) {
        err = r53__default_ns(&made[0], &s->arena, s->name, s->header.name_servers,
                              s->header.n_name_servers, s->report);
        if (err == R53_OK)
            r53__edits_insert(s->edits, s->n++, &made[0]);
    }
    if (err == R53_OK && !apex_find(s, R53_TYPE_SOA, &found)) {
        err = r53__default_soa(&made[1], &s->arena, s->name, s->header.name_servers[0], s->report);
        if (err == R53_OK)
            r53__edits_insert(s->edits, s->n++, &made[1]);
    }
    return err;
}

static bool sealed_exists(void *ctx, struct name name, const struct rr_type *type)
{
    const struct zone *zone = ctx;

    return r53__zone_group(zone, r53__zone_owner(zone, name), type->number) != NULL;
}

/* Warns of what the group holds that the change API would not have let in. */
static void group_warn(struct checker *checker, const struct zone *zone, const struct group *group)
{
    struct record_form form, other;
    const struct owner *owner = &zone->owners[group->owner];
    const uint32_t n = r53__group_size(group);

    r53__form_of(&form, zone, group->first);
    if (group->type == R53_TYPE_CNAME && r53__owner_size(owner) > 1) { /* R53-TYPE-04 */
        const struct group *beside = &zone->groups[owner->first_group];

        r53__form_of(&other, zone, (beside == group ? beside + 1 : beside)->first);
        r53__check_beside(checker, &form, &other, zone->name);
    }
    if (form.policy != POLICY_SIMPLE)
        r53__check_group_size(checker, &form, n);
    if (n > GROUP_MEMBERS_MAX) /* pairs of larger groups are not compared */
        return;
    for (uint32_t i = 1; i < n; i++) {
        bool fits = true;

        r53__form_of(&form, zone, group->first + i);
        for (uint32_t k = 0; k < i && fits; k++) {
            r53__form_of(&other, zone, group->first + k);
            fits = r53__check_beside(checker, &form, &other, zone->name) &&
                   r53__check_pair(checker, &form, &other);
        }
    }
}

static void zone_warn(struct zone *zone, r53_report *report)
{
    struct checker checker = r53__draft_warnings(report, "InvalidChangeBatch");
    struct zone_scope scope = {zone->id, zone->name, sealed_exists, zone};
    struct record_form form;

    if (!report)
        return;
    for (uint32_t i = 0; i < zone->n_groups; i++)
        group_warn(&checker, zone, &zone->groups[i]);
    for (uint32_t i = 0; i < zone->n_record_sets; i++) {
        r53__form_of(&form, zone, i);
        r53__check_record(&checker, &form, zone->name);
        r53__check_alias(&checker, &form, &scope);
    }
}

static int32_t sealing_run(struct sealing *s, struct zone **out)
{
    size_t n = 0;
    int32_t err;

    if (!s->edits)
        return r53__remark_nomem(s->report);
    for (const struct draft_record *r = s->draft->records.first; r; r = r->next)
        s->edits[n++] = (struct zone_edit){.form = &r->form};
    s->shared = r53__edits_sort(s->edits, s->edits + s->room, n);
    s->n = r53__edits_unique(s->edits, n);
    if (s->draft->has_header)
        s->header = s->draft->header;
    else if (s->old)
        r53__zone_header(&s->header, s->old);
    s->header.id = s->draft->id;
    err = sealing_name(s);
    if (err == R53_OK)
        err = sealing_inside(s);
    if (err == R53_OK)
        err = sealing_defaults(s);
    if (err != R53_OK)
        return err;
    err = r53__zone_merge(out, &s->draft->memory, &s->header, s->old, s->edits, s->n);
    if (err == R53_E_NOMEM)
        return r53__remark_nomem(s->report);
    if (err != R53_OK)
        return r53__remark(s->report, &(struct remark){.code = err,
                                                       .format = "zone {0} is larger than 4 GB",
                                                       .args = {s->draft->id}});
    return R53_OK;
}

int32_t r53__draft_seal(const struct zone_draft *draft, const struct zone *old, struct zone **out,
                        r53_report *report)
{
    struct sealing s = {
        .draft = draft, .old = old, .report = report, .room = draft->records.n + DEFAULTS};
    struct zone *sealed = NULL;
    int32_t err;

    r53__arena_init(&s.arena, &draft->memory);
    s.edits = r53__alloc(&draft->memory, 2 * s.room, sizeof(*s.edits));
    err = sealing_run(&s, &sealed);
    r53__free(&draft->memory, s.edits, 2 * s.room, sizeof(*s.edits));
    r53__arena_free(&s.arena);
    if (err != R53_OK)
        return err;
    zone_warn(sealed, report);
    *out = sealed;
    return R53_OK;
}
