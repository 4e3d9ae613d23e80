/*
 * The import door of VPCs and of the rules of their resolvers. A statement on a VPC may leave a
 * setting open, as AWS prints one at a time: that is filled in from what the import said before,
 * and at commit from what the cloud holds.
 */
#include "model/import.h"

#include "base/report.h"
#include "base/rules.h"
#include "base/sized.h"
#include "model/vpc_resolver.h"

int32_t r53_import_vpc(r53_import *import, const r53_vpc_dns *vpc)
{
    const struct vpc_dns *old = NULL;
    struct table *table;
    struct vpc_dns *object;
    r53_vpc_dns in;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    table = &import->objects[CLOUD_VPCS];
    if (r53__sized_read(&in, sizeof(in), vpc))
        old = r53__table_find(table, r53__span(in.vpc_id));
    rc = r53__vpc_dns_new(&object, &import->memory, vpc, old, import->report);
    if (rc)
        return rc;
    return r53__import_keep(import, table, r53__span(object->vpc_id), object);
}

int32_t r53_import_resolver_rule(r53_import *import, const r53_resolver_rule *rule)
{
    struct resolver_rule *object;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__resolver_rule_new(&object, &import->memory, rule, import->report);
    if (rc)
        return rc;
    return r53__import_keep(import, &import->objects[CLOUD_RESOLVER_RULES], r53__span(object->id),
                            object);
}

/* Keeps the association, or with `object` NULL that there is none. */
static int32_t association_keep(r53_import *import, struct rule_association *object,
                                const char *vpc_id, const char *rule_id)
{
    size_t capacity = r53__span(vpc_id).length + r53__span(rule_id).length + 2;
    char *key = r53__arena_alloc(&import->arena, capacity, 1);
    struct text text;

    if (!key) {
        r53__object_unref(object);
        return r53__remark_nomem(import->report);
    }
    r53__text_init(&text, key, capacity);
    r53__put(&text, vpc_id);
    r53__put_char(&text, '\n'); /* in no id of AWS's */
    r53__put(&text, rule_id);
    return r53__import_keep(import, &import->objects[CLOUD_RULE_ASSOCIATIONS],
                            (struct span){key, text.length}, object);
}

int32_t r53_import_resolver_rule_association(r53_import *import, const char *rule_id,
                                             const char *vpc_id, int32_t associated)
{
    struct rule_association *object = NULL;

    if (!import)
        return R53_E_INVALID;
    if (!rule_id || !*rule_id)
        return r53__import_fault(import, "ResolverRuleId", "the value is missing");
    if (!vpc_id || !*vpc_id)
        return r53__import_fault(import, "VPCId", "the value is missing");
    if (associated != 0 && associated != 1)
        return r53__import_fault(import, "Associated", "the value is neither 0 nor 1");
    if (associated) {
        object = r53__rule_association_new(&import->memory, vpc_id, rule_id);
        if (!object)
            return r53__remark_nomem(import->report);
    }
    return association_keep(import, object, vpc_id, rule_id);
}

/* Commit */

static int32_t stage_settings(r53_import *import)
{
    const struct table *from = &import->objects[CLOUD_VPCS];
    struct table *to = &import->cloud->tables[CLOUD_VPCS];
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < from->count && rc == R53_OK; slot++) {
        const struct vpc_dns *said = r53__table_at(from, slot);
        const r53_vpc_dns in = {.size = sizeof(in),
                                .vpc_id = said->vpc_id,
                                .enable_dns_support = said->support,
                                .enable_dns_hostnames = said->hostnames};
        struct span id = r53__span(said->vpc_id);
        struct vpc_dns *merged;

        rc = r53__vpc_dns_new(&merged, &import->memory, &in, r53__table_find(to, id),
                              import->report);
        if (rc == R53_OK)
            rc = r53__table_give(to, id, merged);
    }
    return rc;
}

/* An empty slot is a statement too: the association is no more. */
static int32_t stage_associations(r53_import *import)
{
    const struct table *from = &import->objects[CLOUD_RULE_ASSOCIATIONS];
    struct table *to = &import->cloud->tables[CLOUD_RULE_ASSOCIATIONS];
    int32_t rc = R53_OK;

    for (int32_t slot = 0; (size_t)slot < from->count && rc == R53_OK; slot++)
        rc = r53__table_give(to, r53__table_key(from, slot),
                             r53__object_ref(r53__table_at(from, slot)));
    return rc;
}

static void warn_dangling(const r53_import *import)
{
    const struct table *said = &import->objects[CLOUD_RULE_ASSOCIATIONS];
    const struct table *rules = &import->cloud->tables[CLOUD_RESOLVER_RULES];

    for (int32_t slot = 0; (size_t)slot < said->count; slot++) {
        const struct rule_association *association = r53__table_at(said, slot);

        if (!association || r53__table_staged(rules, r53__span(association->rule_id)))
            continue;
        r53__remark(import->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .code = R53_E_NOT_FOUND,
                                     .rule = RULE_R53_PRIV_08,
                                     .format = "the resolver rule '{0}', which is associated with "
                                               "the VPC '{1}', is not known",
                                     .args = {association->rule_id, association->vpc_id}});
    }
}

int32_t r53__import_stage_vpcs(r53_import *import)
{
    int32_t rc = stage_settings(import);

    if (rc == R53_OK)
        rc = stage_associations(import);
    if (rc == R53_OK)
        warn_dangling(import);
    return rc;
}
