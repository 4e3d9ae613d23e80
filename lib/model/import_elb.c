/*
 * The import door of load balancers and what belongs to them. Objects wait sealed, as they were
 * said; only statements on targets are kept one by one, since a list of targets merges with what
 * the cloud holds, and health that is told makes a registration known (ELB-ST-10).
 */
#include "model/import.h"

#include "model/load_balancer.h"
#include "model/security_group.h"
#include "model/spec.h"

/* Place of the group's statements, made if need be; -1: no memory. */
static int32_t list_of(r53_import *import, const char *group_arn)
{
    void *lists = import->lists;
    int32_t slot = r53__import_slot(import, &import->groups, r53__span(group_arn), &lists,
                                    &import->lists_capacity, sizeof(*import->lists));

    import->lists = lists;
    return slot;
}

/* ELB-CLB-05: the instances of a Classic load balancer as registered targets, sealed. */
static int32_t instances_new(r53_import *import, const r53_load_balancer *in,
                             struct target_list **out)
{
    struct spec spec = {.report = import->report};
    size_t n = in->n_instances;
    struct target_said *said;
    int32_t rc;

    if (!r53__spec_list(&spec, "Instances", in->instances, n))
        return spec.error;
    said = r53__alloc(&import->memory, n, sizeof(*said));
    if (n && !said)
        return r53__remark_nomem(import->report);
    for (size_t i = 0; i < n; i++) {
        said[i] = (struct target_said){.target = {.id = in->instances[i], .zone = ""},
                                       .registered = true};
        if (!said[i].target.id || !*said[i].target.id)
            r53__spec_fault(&spec, "Instances", NULL, "an instance has no id", NULL);
    }
    rc = spec.error;
    if (rc == R53_OK) {
        rc = r53__target_list_merge(
            out, &import->memory,
            &(struct target_merge){.said = said, .n_said = n, .classic = true});
        if (rc)
            r53__remark_nomem(import->report);
    }
    r53__free(&import->memory, said, n, sizeof(*said));
    return rc;
}

/* What comes with a Classic load balancer: a target group and the targets, under its own ARN. */
static int32_t stage_classic(r53_import *import, const r53_load_balancer *in)
{
    struct span arn = r53__span(in->load_balancer_arn);
    struct target_group *group = NULL;
    struct target_list *instances;
    int32_t rc;

    rc = instances_new(import, in, &instances);
    if (rc)
        return rc;
    rc = r53__table_give(&import->objects[CLOUD_TARGETS], arn, instances);
    if (rc)
        return r53__remark_nomem(import->report);
    rc = r53__target_group_classic(&group, &import->memory, in, DOOR_IMPORT, import->report);
    if (rc)
        return rc;
    rc = r53__table_give(&import->objects[CLOUD_TARGET_GROUPS], arn, group);
    if (rc == R53_OK && list_of(import, in->load_balancer_arn) < 0) /* last: it stays */
        rc = R53_E_NOMEM;
    return rc ? r53__remark_nomem(import->report) : R53_OK;
}

int32_t r53_import_load_balancer(r53_import *import, const r53_load_balancer *lb)
{
    struct spec spec = {.report = import ? import->report : NULL};
    struct load_balancer *object;
    r53_load_balancer in;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    if (!r53__spec_read(&spec, &in, sizeof(in), lb))
        return spec.error;
    rc = r53__load_balancer_new(&object, &import->memory, lb, DOOR_IMPORT, import->report);
    if (rc)
        return rc;
    rc = r53__table_give(&import->objects[CLOUD_LOAD_BALANCERS], r53__span(in.load_balancer_arn),
                         object);
    if (rc)
        r53__remark_nomem(import->report);
    else if (object->type == R53_LB_CLASSIC)
        rc = stage_classic(import, &in);
    for (int kind = 0; kind < CLOUD_KINDS; kind++) {
        if (rc)
            r53__table_rollback(&import->objects[kind]);
        else
            r53__table_commit(&import->objects[kind]);
    }
    return rc;
}

int32_t r53_import_security_group(r53_import *import, const r53_security_group *group)
{
    struct security_group *object;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__security_group_new(&object, &import->memory, group, import->report);
    if (rc)
        return rc;
    return r53__import_keep(import, &import->objects[CLOUD_SECURITY_GROUPS], r53__span(object->id),
                            object);
}

int32_t r53_import_listener(r53_import *import, const r53_listener *listener)
{
    struct listener *object;
    struct text text;
    char *id;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__listener_new(&object, &import->memory, listener, DOOR_IMPORT, import->report);
    if (rc)
        return rc;
    r53__text_init(&text, NULL, 0);
    r53__listener_put_id(&text, object);
    id = r53__arena_alloc(&import->arena, text.length + 1, 1);
    if (!id) {
        r53__object_unref(object);
        return r53__remark_nomem(import->report);
    }
    r53__text_init(&text, id, text.length + 1);
    r53__listener_put_id(&text, object);
    return r53__import_keep(import, &import->objects[CLOUD_LISTENERS], r53__span(id), object);
}

int32_t r53_import_target_group(r53_import *import, const r53_target_group *group)
{
    struct target_group *object;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    rc = r53__target_group_new(&object, &import->memory, group, DOOR_IMPORT, import->report);
    if (rc)
        return rc;
    return r53__import_keep(import, &import->objects[CLOUD_TARGET_GROUPS], r53__span(object->arn),
                            object);
}

int32_t r53_import_node_addresses(r53_import *import, const char *load_balancer,
                                  const char *zone_name, const char *const *addresses, size_t n)
{
    struct node_list *said, *list = NULL;
    struct table *table;
    struct span id;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    if (!load_balancer || !*load_balancer)
        return r53__import_fault(import, "LoadBalancer",
                                 "the value is missing; it is an ARN or a DNS name");
    rc = r53__node_list_new(&said, &import->memory, zone_name, addresses, n, import->report);
    if (rc)
        return rc;
    table = &import->objects[CLOUD_NODES];
    id = r53__span(load_balancer);
    rc = r53__node_list_merge(&list, &import->memory, r53__table_find(table, id), said);
    r53__object_unref(said);
    return rc ? r53__remark_nomem(import->report) : r53__import_keep(import, table, id, list);
}

int32_t r53_import_instance(r53_import *import, const char *instance_id, const char *zone_name)
{
    struct instance *object;
    int32_t rc;

    if (!import)
        return R53_E_INVALID;
    if (!instance_id || !*instance_id)
        return r53__import_fault(import, "InstanceId", "the value is missing");
    rc = r53__instance_new(&object, &import->memory, zone_name, import->report);
    if (rc)
        return rc;
    return r53__import_keep(import, &import->objects[CLOUD_INSTANCES], r53__span(instance_id),
                            object);
}

/* Targets */

static void statement_fill(struct spec *spec, struct statement *s, const r53_target *in,
                           int32_t state, const char *reason)
{
    struct target *target = &s->target.target;

    target->id = r53__spec_id(spec, "Target.Id", in->id);
    target->zone = r53__spec_text(spec, in->availability_zone);
    target->port = r53__spec_number(spec, "Target.Port", in->port, 0, PORT_MAX);
    if (in->quic_server_id && !r53__target_quic_read(target, in->quic_server_id))
        r53__spec_fault(spec, "Target.QuicServerId", in->quic_server_id,
                        "'{0}' is not 0x and 16 lower-case hexadecimal digits", NULL);
    /* ELB-ST-10 */
    s->target.registered =
        !(state == R53_TARGET_UNUSED && r53__text_equal(reason, "Target.NotRegistered"));
    s->target.drains = state == R53_TARGET_DRAINING;
    s->health = (struct target_health){
        .id = target->id,
        .zone = target->zone,
        .reason = r53__spec_text(spec, reason),
        .port = target->port,
        .state = r53__spec_word(spec, "TargetHealth.State", &r53__target_states, state, 0)};
}

static int32_t statement_add(r53_import *import, const char *group_arn, struct statement *s)
{
    int32_t slot = list_of(import, group_arn);
    struct statements *list;

    if (slot < 0)
        return r53__remark_nomem(import->report);
    list = &import->lists[slot];
    if (list->last)
        list->last->next = s;
    else
        list->first = s;
    list->last = s;
    list->n++;
    return R53_OK;
}

int32_t r53_import_target(r53_import *import, const char *target_group_arn,
                          const r53_target *target, int32_t state, const char *reason)
{
    struct statement *statement;
    struct spec spec;
    r53_target in;

    if (!import)
        return R53_E_INVALID;
    if (!target_group_arn || !*target_group_arn)
        return r53__import_fault(import, "TargetGroupArn",
                                 "the value is missing; target health does not say "
                                 "whose it is");
    if (state != 0 && !import->observed)
        return r53__import_fault(
            import, "TargetHealth.State",
            "the health of a target is an observation, but the import was made without "
            "an r53_observed to put it into");
    spec = r53__spec(&import->arena, import->report);
    statement = r53__spec_alloc(&spec, 1, sizeof(*statement));
    if (r53__spec_read(&spec, &in, sizeof(in), target))
        statement_fill(&spec, statement, &in, state, reason);
    return spec.error ? spec.error : statement_add(import, target_group_arn, statement);
}
