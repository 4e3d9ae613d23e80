#include "model/mitigation.h"

#include "base/sized.h"

enum { WHOLE = 1000, PORT_LAST = 65535, MITIGATION_KEY_MAX = 1024 };

struct mitigation {
    struct object head;
    uint32_t weight;
};

/* false: too long to be the names of a group and a target. */
static bool key_write(char *buffer, const char *group_arn, const char *id, int32_t port,
                      struct span *key)
{
    struct text text;

    r53__text_init(&text, buffer, MITIGATION_KEY_MAX);
    r53__put(&text, group_arn);
    r53__put_char(&text, '\n'); /* in no ARN and no id */
    r53__put(&text, id);
    r53__put_char(&text, '\n');
    r53__put_i64(&text, port);
    *key = (struct span){buffer, text.length};
    return r53__text_fits(&text);
}

static const struct mitigation *find(const struct r53_observed *observed, const char *group_arn,
                                     const char *id, int32_t port)
{
    char buffer[MITIGATION_KEY_MAX];
    struct span key;

    if (!key_write(buffer, group_arn, id, port, &key))
        return NULL;
    return r53__table_find(&observed->tables[OBSERVED_MITIGATIONS], key);
}

uint32_t r53__mitigation_find(const struct r53_observed *observed, const char *group_arn,
                              const char *id, int32_t port)
{
    const struct mitigation *found = observed ? find(observed, group_arn, id, port) : NULL;

    if (!found && observed)
        found = find(observed, group_arn, id, 0);
    return found ? found->weight : WHOLE;
}

const char *r53__mitigation_read(struct mitigation_said *out, const char *group_arn,
                                 const r53_target *target, int32_t weight)
{
    char buffer[MITIGATION_KEY_MAX];
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
    if (weight < 0 || weight > WHOLE)
        return "Weight";
    *out = (struct mitigation_said){group_arn, in.id, in.port, weight};
    return NULL;
}

int32_t r53__mitigation_stage(r53_observed *observed, const struct mitigation_said *said)
{
    char buffer[MITIGATION_KEY_MAX];
    struct mitigation *object = NULL;
    struct span key;

    if (!key_write(buffer, said->group_arn, said->id, said->port, &key))
        return R53_E_INVALID;
    if (said->weight > 0) {
        object = r53__object_new(&observed->memory, sizeof(*object));
        if (!object)
            return R53_E_NOMEM;
        object->weight = (uint32_t)said->weight;
    }
    return r53__table_give(&observed->tables[OBSERVED_MITIGATIONS], key, object);
}

int32_t r53_observe_mitigation(r53_observed *observed, const char *target_group_arn,
                               const r53_target *target, int32_t weight)
{
    struct mitigation_said said;
    int32_t rc;

    if (!observed || r53__mitigation_read(&said, target_group_arn, target, weight))
        return R53_E_INVALID;
    rc = r53__mitigation_stage(observed, &said);
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}
