/*
 * Failover: the primary while it is healthy. Which one that is was settled with the verdicts; only
 * a loaded mixture is looked through.
 */
#include "route53/policy.h"

#include "base/events.h"
#include "base/rules.h"
#include "view/failover.h"

/* R53-FAILOVER-02 */
int32_t r53__failover_choose(struct choosing *c)
{
    const struct record_set *first = &c->zone->zone->record_sets[c->group->first];

    if (c->group->mixed)
        return r53__failover_settle(c->zone, c->group);
    return (int32_t)(c->group->first + c->zone->cumulative[first->detail]);
}

void r53__failover_explain(struct choosing *c)
{
    int32_t primary = r53__failover_find(c->zone->zone, c->group, R53_FAILOVER_PRIMARY);
    int32_t secondary = r53__failover_find(c->zone->zone, c->group, R53_FAILOVER_SECONDARY);

    if (primary >= 0)
        r53__record_explain(c, (uint32_t)primary, RULE_R53_FAILOVER_01, EVENT_IS_PRIMARY, 0, 0);
    if (secondary >= 0)
        r53__record_explain(c, (uint32_t)secondary, RULE_R53_FAILOVER_01, EVENT_IS_SECONDARY, 0, 0);
    r53__health_explain(c);
}
