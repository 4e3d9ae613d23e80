/*
 * The import door of attributes: statements are kept an object a load balancer or target group, and
 * put into copies of what the import or the cloud holds when it is committed. What AWS would refuse
 * is a warning.
 */
#include "model/import.h"

#include "base/report.h"
#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

struct attribute_statement {
    struct attribute_statement *next;
    const struct attribute *attribute;
    struct attribute_value value; /* its text lies in the object */
};

/* All that is said of one ARN, in the order said; the import alone refers to it. */
struct attribute_list {
    struct object head;
    struct attribute_statement *first, *last;
};

static void warn(r53_import *import, int32_t rule, const char *key, const char *format,
                 const char *value)
{
    r53__remark(import->report, &(struct remark){.severity = R53_SEVERITY_WARNING,
                                                 .rule = rule,
                                                 .path = key,
                                                 .format = format,
                                                 .args = {key, value}});
}

/* The list of the ARN, made if need be; NULL: no memory (told). */
static struct attribute_list *list_of(r53_import *import, struct table *lists, const char *arn)
{
    struct span id = r53__span(arn);
    struct attribute_list *list;

    if (!r53__table_find(lists, id)) {
        list = r53__object_new(&import->memory, sizeof(*list));
        if (!list) {
            r53__remark_nomem(import->report);
            return NULL;
        }
        if (r53__import_keep(import, lists, id, list) != R53_OK)
            return NULL;
    }
    /* the table lends its objects as constant; this one is the import's own until commit */
    return (struct attribute_list *)(uintptr_t)r53__table_find(lists, id);
}

static int32_t keep(r53_import *import, struct attribute_list *list,
                    const struct attribute *attribute, const struct attribute_value *value)
{
    struct arena *arena = &list->head.arena;
    struct attribute_statement *kept = r53__arena_alloc(arena, 1, sizeof(*kept));
    const char *text = kept ? r53__arena_text(arena, value->text) : NULL;

    if (!text)
        return r53__remark_nomem(import->report);
    *kept = (struct attribute_statement){.attribute = attribute, .value = *value};
    kept->value.text = text;
    if (list->last)
        list->last->next = kept;
    else
        list->first = kept;
    list->last = kept;
    return R53_OK;
}

static int32_t attribute_add(r53_import *import, struct table *lists,
                             const struct attribute_table *table, const char *arn,
                             const r53_attribute *said)
{
    struct checker checker = {
        .report = import->report, .severity = R53_SEVERITY_ERROR, .aws_name = "ValidationError"};
    const struct attribute *attribute = r53__attribute_find(table, said->key);
    struct attribute_value value;
    struct attribute_list *list;

    if (!arn || !*arn || !said->key || !*said->key)
        return r53__remark(import->report,
                           &(struct remark){.format = "an attribute needs an ARN and a key"});
    if (!attribute) {
        warn(import, RULE_ELB_VAL_05, said->key, "the attribute '{0}' is not known and not kept",
             NULL);
        return R53_OK;
    }
    if (!r53__attribute_parse(attribute, said->value, &value)) {
        r53__attribute_breach(attribute, value.text, &checker);
        return R53_E_INVALID;
    }
    checker.severity = R53_SEVERITY_WARNING;
    if (!value.in_range) /* ELB-JSON-11 */
        r53__attribute_breach(attribute, value.text, &checker);
    list = list_of(import, lists, arn);
    return list ? keep(import, list, attribute, &value) : R53_E_NOMEM;
}

int32_t r53_import_target_group_attribute(r53_import *import, const char *target_group_arn,
                                          const char *key, const char *value)
{
    if (!import)
        return R53_E_INVALID;
    return attribute_add(import, &import->group_attributes, &r53__target_group_attributes,
                         target_group_arn, &(r53_attribute){key, value});
}

int32_t r53_import_load_balancer_attribute(r53_import *import, const char *load_balancer_arn,
                                           const char *key, const char *value)
{
    if (!import)
        return R53_E_INVALID;
    return attribute_add(import, &import->balancer_attributes, &r53__load_balancer_attributes,
                         load_balancer_arn, &(r53_attribute){key, value});
}

int32_t r53_import_listener_attribute(r53_import *import, const char *listener_arn, const char *key,
                                      const char *value)
{
    if (!import)
        return R53_E_INVALID;
    return attribute_add(import, &import->listener_attributes, &r53__listener_attributes,
                         listener_arn, &(r53_attribute){key, value});
}

/* Commit */

/* Puts what was said into a copy; what is not for its kind decides nothing there. */
static int32_t put_all(r53_import *import, const struct attribute_list *list, void *object,
                       struct arena *arena, uint32_t kinds)
{
    struct spec spec = r53__spec(arena, NULL);

    for (const struct attribute_statement *s = list->first; s && !spec.error; s = s->next) {
        if (s->attribute->kinds & kinds)
            r53__attribute_put(s->attribute, object, &s->value, &spec);
        else
            warn(import, s->attribute->rule, s->attribute->key,
                 "the attribute '{0}' is not supported for this type of resource and not kept",
                 NULL);
    }
    return spec.error;
}

static int32_t stage_group(r53_import *import, struct span arn, const struct attribute_list *list)
{
    struct checker checker = {.report = import->report,
                              .severity = R53_SEVERITY_WARNING,
                              .aws_name = "InvalidConfigurationRequest"};
    struct table *table = &import->cloud->tables[CLOUD_TARGET_GROUPS];
    const struct target_group *group = r53__table_staged(table, arn);
    struct target_group *copy;
    int32_t rc;

    if (!group) {
        warn(import, RULE_ELB_JSON_11, arn.at,
             "attributes are given for the target group '{0}', which is not known", NULL);
        return R53_OK;
    }
    rc = r53__target_group_copy(&copy, &import->memory, group);
    if (rc)
        return rc;
    rc = put_all(import, list, copy, &copy->head.arena, r53__target_group_kinds(copy));
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    r53__target_group_check(copy, &checker);
    r53__target_group_fix(copy);
    return r53__table_give(table, arn, copy);
}

static int32_t stage_balancer(r53_import *import, struct span arn,
                              const struct attribute_list *list)
{
    struct table *table = &import->cloud->tables[CLOUD_LOAD_BALANCERS];
    const struct load_balancer *lb = r53__table_staged(table, arn);
    struct load_balancer *copy;
    int32_t rc;

    if (!lb) {
        warn(import, RULE_ELB_JSON_11, arn.at,
             "attributes are given for the load balancer '{0}', which is not known", NULL);
        return R53_OK;
    }
    rc = r53__load_balancer_copy(&copy, &import->memory, lb);
    if (rc)
        return rc;
    rc = put_all(import, list, copy, &copy->head.arena, 1u << copy->type);
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    if (copy->type == R53_LB_APPLICATION && !copy->cross_zone)
        warn(import, RULE_ELB_LB_18, "load_balancing.cross_zone.enabled",
             "an Application Load Balancer always balances across zones; 'false' is not kept",
             NULL);
    r53__load_balancer_settle(copy);
    return r53__table_give(table, arn, copy);
}

static int32_t stage_listener(r53_import *import, struct span arn,
                              const struct attribute_list *list)
{
    struct table *table = &import->cloud->tables[CLOUD_LISTENERS];
    const struct listener *listener = r53__table_staged(table, arn);
    struct listener *copy;
    int32_t rc;

    if (!listener) {
        warn(import, RULE_ELB_JSON_11, arn.at,
             "attributes are given for the listener '{0}', which is not known", NULL);
        return R53_OK;
    }
    rc = r53__listener_copy(&copy, &import->memory, listener);
    if (rc)
        return rc;
    rc = put_all(import, list, copy, &copy->head.arena, r53__listener_kinds(copy));
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    return r53__table_give(table, arn, copy);
}

typedef int32_t stager(r53_import *import, struct span arn, const struct attribute_list *list);

static int32_t stage_lists(r53_import *import, const struct table *lists, stager *stage)
{
    int32_t rc = R53_OK;

    for (int32_t i = 0; (size_t)i < lists->count && rc == R53_OK; i++) {
        if (r53__table_at(lists, i))
            rc = stage(import, r53__span(r53__table_id(lists, i)), r53__table_at(lists, i));
    }
    return rc;
}

int32_t r53__import_stage_attributes(r53_import *import)
{
    int32_t rc = stage_lists(import, &import->group_attributes, stage_group);

    if (rc == R53_OK)
        rc = stage_lists(import, &import->balancer_attributes, stage_balancer);
    if (rc == R53_OK)
        rc = stage_lists(import, &import->listener_attributes, stage_listener);
    return rc;
}
