/*
 * What only a batch's end shows. Looked at are the record sets that changed, in the order in which
 * their owners were touched; loops are followed from them through the rest of the zone.
 */
#include "model/change_priv.h"

enum {
    BATCH_CHARACTERS_MAX = 32000, /* R53-BATCH-08 */
    ZONE_RECORDS_MAX = 10000      /* R53-BATCH-13 */
};

void r53__batch_path(struct batch *b, size_t i)
{
    struct text text;

    r53__text_init(&text, b->path, sizeof(b->path));
    r53__put(&text, "Changes[");
    r53__put_u64(&text, i);
    r53__put(&text, "].ResourceRecordSet");
}

static size_t group_count(const struct work_owner *owner, const struct rr_type *type)
{
    size_t n = 0;

    for (const struct work_record *r = owner->records; r; r = r->next)
        n += r->present && r->form.type == type;
    return n;
}

/* One changed record set against its group as the batch leaves it: each pair is told once. */
static void check_group(struct batch *b, const struct work_owner *owner,
                        const struct work_record *record)
{
    for (const struct work_record *r = owner->records; r; r = r->next) {
        bool earlier = !r->changed || r->change < record->change;

        if (r != record && r->present && r->form.type == record->form.type && earlier &&
            !r53__check_pair(&b->checker, &record->form, &r->form))
            return;
    }
}

static void check_owner_groups(struct batch *b, const struct work_owner *owner)
{
    const struct rr_type *told = NULL;

    for (const struct work_record *r = owner->records; r; r = r->next) {
        size_t before = b->checker.breaches;

        if (!r->changed || !r->present)
            continue;
        r53__batch_path(b, r->change);
        check_group(b, owner, r);
        if (told != r->form.type && r->form.policy != POLICY_SIMPLE)
            r53__check_group_size(&b->checker, &r->form, group_count(owner, r->form.type));
        if (b->checker.breaches > before)
            told = r->form.type;
    }
}

/* R53-ZONE-07 */
static void check_apex(struct batch *b, const struct work_owner *apex)
{
    b->path[0] = '\0';
    if (group_count(apex, r53__type_find(R53_TYPE_SOA)) != 1)
        r53__breach(&b->checker, RULE_R53_ERR_19,
                    "A HostedZone must contain exactly one SOA record.",
                    ARGS(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    if (group_count(apex, r53__type_find(R53_TYPE_NS)) == 0)
        r53__breach(&b->checker, RULE_R53_ERR_20,
                    "A HostedZone must contain at least one NS record for the zone itself.",
                    ARGS(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* Where a record set leads inside the zone: an alias to a group, a CNAME to a name. */
static bool record_leads(const struct batch *b, const struct record_form *form, struct name *to)
{
    const uint8_t *at = form->values;
    struct rdata value;

    if (form->flags & RECORD_ALIAS) {
        *to = form->detail->alias_name;
        return r53__alias_is_local(form, b->zone->id);
    }
    if (form->type->number != R53_TYPE_CNAME || form->n_values == 0)
        return false;
    value = r53__form_next(&at);
    *to = (struct name){value.octets, value.length};
    return r53__name_is_under(*to, b->zone->name);
}

/*
 * R53-ALIAS-14: does a walk from the record come back to its own group? Records wait on a list
 * threaded through an array as long as the records loaded; each waits once a walk.
 */
static bool comes_back(struct batch *b, struct work_owner *home, struct work_record *start)
{
    struct work_record **waiting = NULL;
    size_t n = 0, room = 0;
    bool back = false;
    struct name to;

    b->walk++;
    start->seen = b->walk;
    for (struct work_record *at = start; at && !back; at = n ? waiting[--n] : NULL) {
        struct work_owner *owner =
            record_leads(b, &at->form, &to) ? r53__work_owner(&b->copy, to) : NULL;

        back = owner == home;
        for (struct work_record *r = owner ? owner->records : NULL; r && !back; r = r->next) {
            void *grown = waiting;

            if (!r->present || r->form.type != start->form.type || r->seen == b->walk)
                continue;
            r->seen = b->walk;
            if (!r53__grow(&b->copy.arena.memory, &grown, &room, n + 1, sizeof(*waiting))) {
                b->copy.arena.failed = true;
                break;
            }
            waiting = grown;
            waiting[n++] = r;
        }
    }
    r53__free(&b->copy.arena.memory, waiting, room, sizeof(*waiting));
    return back;
}

static void check_loops(struct batch *b, struct work_owner *owner)
{
    for (struct work_record *r = owner->records; r; r = r->next) {
        struct form_words words;

        if (!r->changed || !r->present || !comes_back(b, owner, r))
            continue;
        r53__batch_path(b, r->change);
        r53__form_words(&words, &r->form, b->zone->name);
        r53__breach(&b->checker, RULE_R53_ERR_15,
                    "RRSet of type {1} with DNS name {0} is not permitted as it creates a CNAME or "
                    "alias loop in the zone.",
                    ARGS(words.name, r->form.type->name, NULL, NULL, NULL, NULL, NULL, NULL));
    }
}

/* What only the batch's end shows, in the order in which owners were touched. */
void r53__batch_finish(struct batch *b)
{
    for (struct work_owner *o = b->copy.first; o && !b->copy.arena.failed; o = o->next) {
        check_owner_groups(b, o);
        if (r53__name_equal(o->name, b->zone->name))
            check_apex(b, o);
        check_loops(b, o);
    }
}

static void say_limit(struct batch *b, int32_t rule, const char *text)
{
    r53__breach(&b->checker, rule, text,
                ARGS(b->zone->id, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
}

void r53__batch_limits(struct batch *b)
{
    size_t had = b->zone->n_record_sets, has = b->copy.n_records;

    b->path[0] = '\0';
    if (b->n_records > BATCH_RECORDS_MAX)
        say_limit(b, RULE_R53_ERR_16, "Number of records limit of 1000 exceeded.");
    if (b->n_characters > BATCH_CHARACTERS_MAX)
        say_limit(b, RULE_R53_ERR_17, "RDATA character limit of 32000 exceeded.");
    /* A zone that was loaded with more has had its quota raised, to what is not known. */
    if (has > ZONE_RECORDS_MAX && had <= ZONE_RECORDS_MAX)
        say_limit(b, RULE_R53_ERR_18, "Exceeded limit MAX_RRSETS_BY_ZONE for zone: {0}");
}
