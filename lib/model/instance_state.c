#include "model/instance_state.h"

struct instance_state {
    struct object head;
    int32_t state;
};

bool r53__instance_state_valid(int32_t state)
{
    return state >= 0 && state <= R53_INSTANCE_TERMINATED;
}

bool r53__instance_down(const struct r53_observed *observed, const char *instance_id)
{
    const struct instance_state *known = NULL;

    if (observed)
        known = r53__table_find(&observed->tables[OBSERVED_INSTANCES], r53__span(instance_id));
    return known && known->state != R53_INSTANCE_RUNNING;
}

int32_t r53__instance_state_stage(r53_observed *observed, const char *instance_id, int32_t state)
{
    struct instance_state *object = NULL;

    if (state != 0) {
        object = r53__object_new(&observed->memory, sizeof(*object));
        if (!object)
            return R53_E_NOMEM;
        object->state = state;
    }
    return r53__table_give(&observed->tables[OBSERVED_INSTANCES], r53__span(instance_id), object);
}

int32_t r53_observe_instance(r53_observed *observed, const char *instance_id, int32_t state)
{
    int32_t rc;

    if (!observed || !instance_id || !instance_id[0] || !r53__instance_state_valid(state))
        return R53_E_INVALID;
    rc = r53__instance_state_stage(observed, instance_id, state);
    if (rc == R53_OK)
        r53__observed_commit(observed);
    return rc;
}
