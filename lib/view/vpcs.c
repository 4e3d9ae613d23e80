#include "view/vpcs.h"

#include "base/sort.h"

#include <string.h>

static int settings_compare(const void *a, const void *b)
{
    const struct vpc_dns *x = a, *y = b;

    return strcmp(x->vpc_id, y->vpc_id);
}

static int rules_compare(const void *a, const void *b)
{
    const struct vpc_rule *x = a, *y = b;
    int order = strcmp(x->vpc_id, y->vpc_id);

    return order ? order : strcmp(x->rule->id, y->rule->id);
}

static bool settings_prepare(struct vpc_table *vpcs, struct arena *arena, const struct table *table)
{
    const void **list = r53__arena_alloc(arena, table->count, sizeof(*list));
    const struct vpc_dns **settings = r53__arena_alloc(arena, table->count, sizeof(*settings));
    size_t n = 0;

    if (!list || !settings)
        return false;
    for (int32_t slot = 0; (size_t)slot < table->count; slot++) {
        const struct vpc_dns *vpc = r53__table_at(table, slot);

        if (vpc)
            list[n++] = vpc;
    }
    r53__sort(list, n, settings_compare);
    for (size_t i = 0; i < n; i++)
        settings[i] = list[i];
    vpcs->settings = settings;
    vpcs->n_settings = n;
    return true;
}

/* Rules with their VPCs, in the order of the table. Those that are not known count for nothing. */
static size_t rules_gather(struct vpc_rule *rules, const r53_cloud *cloud)
{
    const struct table *associations = &cloud->tables[CLOUD_RULE_ASSOCIATIONS];
    size_t n = 0;

    for (int32_t slot = 0; (size_t)slot < associations->count; slot++) {
        const struct rule_association *association = r53__table_at(associations, slot);
        const struct resolver_rule *rule =
            association ? r53__table_find(&cloud->tables[CLOUD_RESOLVER_RULES],
                                          r53__span(association->rule_id))
                        : NULL;

        if (rule && rule->type != R53_RESOLVER_DELEGATE)
            rules[n++] = (struct vpc_rule){association->vpc_id, rule, r53__name_labels(rule->name)};
    }
    return n;
}

static bool rules_prepare(struct vpc_table *vpcs, struct arena *arena, const r53_cloud *cloud)
{
    size_t most = cloud->tables[CLOUD_RULE_ASSOCIATIONS].count;
    struct vpc_rule *unsorted = r53__arena_alloc(arena, most, sizeof(*unsorted));
    struct vpc_rule *rules = r53__arena_alloc(arena, most, sizeof(*rules));
    const void **list = r53__arena_alloc(arena, most, sizeof(*list));

    if (!unsorted || !rules || !list)
        return false;
    vpcs->n_rules = rules_gather(unsorted, cloud);
    for (size_t i = 0; i < vpcs->n_rules; i++)
        list[i] = &unsorted[i];
    r53__sort(list, vpcs->n_rules, rules_compare);
    for (size_t i = 0; i < vpcs->n_rules; i++)
        rules[i] = *(const struct vpc_rule *)list[i];
    vpcs->rules = rules;
    return true;
}

bool r53__vpcs_prepare(struct vpc_table *vpcs, struct arena *arena, const r53_cloud *cloud)
{
    return settings_prepare(vpcs, arena, &cloud->tables[CLOUD_VPCS]) &&
           rules_prepare(vpcs, arena, cloud);
}

enum vpc_dns_state r53__vpc_dns_state(const struct vpc_table *vpcs, const char *vpc_id)
{
    size_t low = 0, high = vpcs->n_settings;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct vpc_dns *vpc = vpcs->settings[middle];
        int order = strcmp(vpc->vpc_id, vpc_id);

        if (order == 0 && vpc->support == R53_OPTION_OFF)
            return VPC_SUPPORT_OFF;
        if (order == 0)
            return vpc->hostnames == R53_OPTION_OFF ? VPC_HOSTNAMES_OFF : VPC_DNS_ON;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return VPC_DNS_ON;
}

/* Index of the VPC's first rule, or of where it would be. */
static size_t rules_begin(const struct vpc_table *vpcs, const char *vpc_id)
{
    size_t low = 0, high = vpcs->n_rules;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(vpcs->rules[middle].vpc_id, vpc_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t r53__vpc_rule_find(const struct vpc_table *vpcs, const char *vpc_id, struct name name)
{
    int32_t best = -1;

    for (size_t i = rules_begin(vpcs, vpc_id);
         i < vpcs->n_rules && strcmp(vpcs->rules[i].vpc_id, vpc_id) == 0; i++) {
        const struct vpc_rule *rule = &vpcs->rules[i];

        if (r53__name_is_under(name, rule->rule->name) &&
            (best < 0 || rule->labels > vpcs->rules[best].labels))
            best = (int32_t)i;
    }
    return best;
}
