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

int32_t r53_observe_mitigation(r53_observed *observed, const char *target_group_arn,
                               const r53_target *target, int32_t weight)
{
    char buffer[MITIGATION_KEY_MAX];
    struct mitigation *object = NULL;
    r53_target given = {0};
    struct span key;

    if (!observed || !target_group_arn || !target_group_arn[0] || weight < 0 || weight > WHOLE ||
        !r53__sized_read(&given, sizeof(given), target) || !given.id || !given.id[0] ||
        given.port < 0 || given.port > PORT_LAST ||
        !key_write(buffer, target_group_arn, given.id, given.port, &key))
        return R53_E_INVALID;
    if (weight > 0) {
        object = r53__object_new(&observed->memory, sizeof(*object));
        if (!object)
            return R53_E_NOMEM;
        object->weight = (uint32_t)weight;
    }
    return r53__table_put(&observed->tables[OBSERVED_MITIGATIONS], key, object);
}
