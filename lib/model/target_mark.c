#include "model/target_mark.h"

#include "base/sized.h"

enum { PORT_LAST = 65535, MARK_KEY_MAX = 1024 };

/* A row a mark. */
static const struct mark_row {
    enum observed_kind table;
    const char *member;
    int32_t forget; /* the value that takes back what was said, below all others */
    int32_t most;
    int32_t unsaid; /* what holds of a target that nothing is said of */
} rows[] = {
    [MARK_MITIGATION] = {OBSERVED_MITIGATIONS, "Weight", 0, 1000, 1000},
    [MARK_SLOTS] = {OBSERVED_SLOTS, "Slots", -1, INT32_MAX, -1},
};

struct mark_object {
    struct object head;
    int32_t value;
};

/* false: too long to be the names of a group and a target. */
static bool key_write(char *buffer, const char *group_arn, const char *id, int32_t port,
                      struct span *key)
{
    struct text text;

    r53__text_init(&text, buffer, MARK_KEY_MAX);
    r53__put(&text, group_arn);
    r53__put_char(&text, '\n'); /* in no ARN and no id */
    r53__put(&text, id);
    r53__put_char(&text, '\n');
    r53__put_i64(&text, port);
    *key = (struct span){buffer, text.length};
    return r53__text_fits(&text);
}

static const struct mark_object *find(const struct r53_observed *observed, enum target_mark mark,
                                      const char *group_arn, const char *id, int32_t port)
{
    char buffer[MARK_KEY_MAX];
    struct span key;

    if (!key_write(buffer, group_arn, id, port, &key))
        return NULL;
    return r53__table_find(&observed->tables[rows[mark].table], key);
}

int32_t r53__target_mark_find(const struct r53_observed *observed, enum target_mark mark,
                              const char *group_arn, const char *id, int32_t port)
{
    const struct mark_object *found = observed ? find(observed, mark, group_arn, id, port) : NULL;

    if (!found && observed)
        found = find(observed, mark, group_arn, id, 0);
    return found ? found->value : rows[mark].unsaid;
}

const char *r53__target_mark_read(struct target_mark_said *out, enum target_mark mark,
                                  const char *group_arn, const r53_target *target, int32_t value)
{
    char buffer[MARK_KEY_MAX];
    r53_target in;
    struct span key;

    if (!group_arn || !group_arn[0])
        return "TargetGroupArn";
    if (!r53__sized_read(&in, sizeof(in), target))
        return "Target";
    if (!in.id || !in.id[0] || !key_write(buffer, group_arn, in.id, in.port, &key))
        return "Target.Id";
    if (in.port < 0 || in.port > PORT_LAST)
        return "Target.Port";
    if (value < rows[mark].forget || value > rows[mark].most)
        return rows[mark].member;
    *out = (struct target_mark_said){mark, group_arn, in.id, in.port, value};
    return NULL;
}

int32_t r53__target_mark_stage(r53_observed *observed, const struct target_mark_said *said)
{
    const struct mark_row *row = &rows[said->mark];
    char buffer[MARK_KEY_MAX];
    struct mark_object *object = NULL;
    struct span key;

    if (!key_write(buffer, said->group_arn, said->id, said->port, &key))
        return R53_E_INVALID;
    if (said->value != row->forget) {
        object = r53__object_new(&observed->memory, sizeof(*object));
        if (!object)
            return R53_E_NOMEM;
        object->value = said->value;
    }
    return r53__table_give(&observed->tables[row->table], key, object);
}

static int32_t observe(r53_observed *observed, enum target_mark mark, const char *group_arn,
                       const r53_target *target, int32_t value)
{
    struct target_mark_said said;
    int32_t rc;

    if (!observed || r53__target_mark_read(&said, mark, group_arn, target, value))
        return R53_E_INVALID;
    rc = r53__target_mark_stage(observed, &said);
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}

int32_t r53_observe_mitigation(r53_observed *observed, const char *target_group_arn,
                               const r53_target *target, int32_t weight)
{
    return observe(observed, MARK_MITIGATION, target_group_arn, target, weight);
}

int32_t r53_observe_target_slots(r53_observed *observed, const char *target_group_arn,
                                 const r53_target *target, int32_t slots)
{
    return observe(observed, MARK_SLOTS, target_group_arn, target, slots);
}
