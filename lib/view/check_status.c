#include "view/check_status.h"

bool r53__check_statuses_prepare(struct check_statuses *statuses, struct arena *arena,
                                 const r53_cloud *cloud, const r53_observed *observed)
{
    (void)arena;
    *statuses = (struct check_statuses){.cloud = cloud, .observed = observed};
    return true;
}

/* No status observed counts as healthy (R53-HC-06). */
bool r53__check_is_healthy(const struct check_statuses *statuses, const char *health_check_id)
{
    const struct health_status *status = NULL;

    if (statuses->observed && health_check_id[0])
        status = r53__table_find(&statuses->observed->tables[OBSERVED_HEALTH_CHECKS],
                                 r53__span(health_check_id));
    return !status || status->status != R53_HEALTH_UNHEALTHY;
}
