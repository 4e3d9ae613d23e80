/*
 * What a view found out of load balancers, their zones and health checks, told as it stands there.
 */
#include <r53/status.h>

#include "base/sized.h"
#include "view/view.h"
#include "view/zone_health.h"

/* Load balancers */

/* The kinds of fault are told by number. */
_Static_assert((int)R53_LB_FAULT_STATE == (int)FLEET_IS_INACTIVE &&
                   (int)R53_LB_FAULT_NO_TARGETS == (int)FLEET_IS_EMPTY &&
                   (int)R53_LB_FAULT_EMPTY_GROUP == (int)FLEET_POOL_IS_EMPTY &&
                   (int)R53_LB_FAULT_GROUP_FAILS == (int)FLEET_POOL_FAILS,
               "both enums count alike");

/* R53_OK, R53_E_NOT_FOUND, R53_E_INVALID. */
static int32_t fleet_find(const r53_view *view, const char *load_balancer,
                          const struct fleet **fleet)
{
    int32_t index;

    if (!view || !load_balancer)
        return R53_E_INVALID;
    index = r53__view_fleet(view, load_balancer);
    if (index < 0)
        return R53_E_NOT_FOUND;
    *fleet = &view->fleets[index];
    return R53_OK;
}

int32_t r53_load_balancer_health_get(const r53_view *view, const char *load_balancer,
                                     r53_load_balancer_health *out)
{
    r53_load_balancer_health told = {.size = sizeof(told)};
    const struct fleet *fleet;
    uint32_t pool;
    int32_t rc = fleet_find(view, load_balancer, &fleet);

    if (rc)
        return rc;
    told.fault = (int32_t)r53__fleet_fault(fleet, &view->choices, &pool);
    told.healthy = told.fault == R53_LB_FAULT_NONE;
    told.load_balancer_arn = fleet->lb->arn;
    if (told.fault == R53_LB_FAULT_EMPTY_GROUP || told.fault == R53_LB_FAULT_GROUP_FAILS)
        told.target_group_arn = fleet->pools[pool].group->arn;
    told.state = fleet->lb->state;
    told.dns_fail_open = fleet->dns_fail_open;
    told.shift_inert = fleet->shift_inert;
    told.n_zones = fleet->n_nodes;
    return r53__sized_write(out, &told, sizeof(told)) ? R53_OK : R53_E_INVALID;
}

/* The first pool that speaks against the zone, with how many it counted. */
static void failing_tell(const struct fleet *fleet, uint32_t node, r53_zone_health *told)
{
    for (uint32_t i = 0; i < fleet->n_pools; i++) {
        const struct pool *pool = &fleet->pools[i];
        struct threshold threshold = r53__pool_dns_threshold(fleet, pool);

        if (!r53__pool_fails_zone(fleet, i, node))
            continue;
        told->target_group_arn = pool->group->arn;
        told->n_registered = pool->scopes[node].registered;
        told->n_healthy = pool->scopes[node].healthy;
        told->minimum_count = threshold.count;
        told->minimum_percentage = threshold.percentage;
        return;
    }
}

int32_t r53_zone_health_get(const r53_view *view, const char *load_balancer, uint32_t index,
                            r53_zone_health *out)
{
    r53_zone_health told = {.size = sizeof(told)};
    const struct fleet_node *node;
    const struct fleet *fleet;
    int32_t rc = fleet_find(view, load_balancer, &fleet);

    if (rc)
        return rc;
    if (index >= fleet->n_nodes)
        return R53_E_NOT_FOUND;
    node = &fleet->nodes[index];
    told.healthy = node->healthy;
    told.zone_name = node->zone_name;
    told.zone_id = r53__text_or_null(node->zone_id);
    told.in_dns = node->in_dns;
    told.shifted = node->shifted;
    told.impaired = node->impaired;
    failing_tell(fleet, index, &told);
    return r53__sized_write(out, &told, sizeof(told)) ? R53_OK : R53_E_INVALID;
}

/* Health checks */

_Static_assert((int)R53_BASIS_GIVEN == (int)CHECK_BY_GIVEN &&
                   (int)R53_BASIS_DISABLED == (int)CHECK_BY_DISABLED &&
                   (int)R53_BASIS_CHECKERS == (int)CHECK_BY_CHECKERS &&
                   (int)R53_BASIS_ALARM == (int)CHECK_BY_ALARM &&
                   (int)R53_BASIS_CHILDREN == (int)CHECK_BY_CHILDREN,
               "both enums count alike");

/* What a and b of the cause are. */
static void basis_tell(const struct check_cause *cause, r53_health_check_status *told)
{
    switch (cause->basis) {
    case CHECK_BY_CHECKERS:
        told->n_healthy = (uint32_t)cause->a;
        told->n_asked = (uint32_t)cause->b;
        break;
    case CHECK_BY_ALARM:
        told->alarm_state = cause->a;
        break;
    case CHECK_BY_CHILDREN: /* below 0: nobody counted, as they could not suffice */
        told->n_healthy = cause->a > 0 ? (uint32_t)cause->a : 0;
        told->n_asked = cause->check->n_child_health_checks;
        told->health_threshold = cause->check->health_threshold;
        break;
    default:
        break;
    }
}

int32_t r53_health_check_status_get(const r53_view *view, const char *health_check_id,
                                    r53_health_check_status *out)
{
    r53_health_check_status told = {.size = sizeof(told)};
    const struct check_cause *cause;
    int32_t slot;

    if (!view || !health_check_id)
        return R53_E_INVALID;
    slot = r53__check_cause(&view->checks, health_check_id);
    if (slot < 0)
        return R53_E_NOT_FOUND;
    cause = &view->checks.at[slot];
    told.status = view->checks.healthy[slot] ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;
    told.health_check_id = cause->check->id;
    told.type = cause->check->type;
    told.basis = cause->basis;
    told.inverted = cause->check->inverted;
    told.n_checkers = cause->opinions ? cause->opinions->n_opinions : 0;
    basis_tell(cause, &told);
    return r53__sized_write(out, &told, sizeof(told)) ? R53_OK : R53_E_INVALID;
}

/* The opinion of the check's checker at `index`, or NULL; its check's slot. */
static const struct checker_opinion *checker_at(const r53_view *view, const char *health_check_id,
                                                uint32_t index, int32_t *slot)
{
    const struct opinion_list *opinions;

    *slot = view && health_check_id ? r53__check_cause(&view->checks, health_check_id) : -1;
    if (*slot < 0)
        return NULL;
    opinions = view->checks.at[*slot].opinions;
    return opinions && index < opinions->n_opinions ? &opinions->opinions[index] : NULL;
}

static int32_t raw_status(const struct checker_opinion *opinion)
{
    return opinion->healthy ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;
}

const char *r53_health_check_checker(const r53_view *view, const char *health_check_id,
                                     uint32_t index, int32_t *status)
{
    int32_t slot;
    const struct checker_opinion *opinion = checker_at(view, health_check_id, index, &slot);

    if (opinion && status)
        *status = raw_status(opinion);
    return opinion ? opinion->checker : NULL;
}

int32_t r53_health_check_checker_get(const r53_view *view, const char *health_check_id,
                                     uint32_t index, r53_checker_status *out)
{
    r53_checker_status told = {.size = sizeof(told)};
    const struct checker_opinion *opinion;
    int32_t slot;

    if (!view || !health_check_id)
        return R53_E_INVALID;
    opinion = checker_at(view, health_check_id, index, &slot);
    if (!opinion)
        return R53_E_NOT_FOUND;
    told.status = raw_status(opinion);
    told.checker = opinion->checker;
    told.checked_ms = opinion->checked_ms;
    told.result = opinion->result;
    told.n_against = opinion->run;
    told.failure_threshold = view->checks.at[slot].check->failure_threshold;
    return r53__sized_write(out, &told, sizeof(told)) ? R53_OK : R53_E_INVALID;
}
