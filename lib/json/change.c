/*
 * Requests that change a cloud (R53-JSON-02, -06), as the AWS CLI takes them from a file. A request
 * is applied whole or not at all, in AWS's way and with its refusals: what it asks for is read
 * first, all of it, and then handed to one call of the change API.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#include <string.h>

/* change-resource-record-sets */

struct change {
    r53_change change; /* first: the list of changes is one of these */
    r53_record_set set;
};

static const char *const action_words[] = {"CREATE", "DELETE", "UPSERT"};
static const struct vocabulary actions = {"an action", NULL, action_words, 3};

static void change_finish(struct reader *reader, void *out)
{
    struct change *in = out;

    (void)reader;
    in->change.record_set = &in->set;
}

static const struct field change_fields[] = {
    FIELD("Action", r53__json_word, .at = offsetof(struct change, change.action), .with = &actions,
          .required = true),
    FIELD("ResourceRecordSet", r53__json_members, .at = offsetof(struct change, set),
          .with = &r53__json_record_set, .required = true),
};
static const struct change change_initial = {.change = {.size = sizeof(r53_change)},
                                             .set = {.size = sizeof(r53_record_set)}};
static const struct shape change_shape = SHAPE(change_fields, .bytes = sizeof(struct change),
                                               .initial = &change_initial, .finish = change_finish);

struct batch {
    const char *hosted_zone_id;
    const r53_change *const *changes;
    uint32_t n_changes;
};
#define BATCH(member) offsetof(struct batch, member)

static const struct field batch_fields[] = {
    FIELD("Changes", r53__json_pointers, .at = BATCH(changes), .also = BATCH(n_changes),
          .with = &change_shape, .required = true),
    UNUSED("Comment"),
};
static const struct shape batch_shape = SHAPE(batch_fields, .bytes = sizeof(struct batch));

/* "Z1" of "/hostedzone/Z1" */
static const char *bare_id(const char *id)
{
    static const char prefix[] = "/hostedzone/";

    return id && strncmp(id, prefix, sizeof(prefix) - 1) == 0 ? id + sizeof(prefix) - 1 : id;
}

static int32_t batch_deliver(struct reader *reader, void *out)
{
    const struct batch *in = out;
    const char *said = bare_id(in->hosted_zone_id);
    const char *given = bare_id(reader->context.hosted_zone_id);
    const char *id = r53__json_whose(reader, said, given, "hosted_zone_id",
                                     "the request does not say which hosted zone it changes");

    if (!id)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_zone_change(reader->cloud, id, in->changes, in->n_changes, reader->report));
}

static const struct element batch_element = {&batch_shape, batch_deliver};

static int32_t request_deliver(struct reader *reader, void *out)
{
    size_t mark = r53__json_enter(reader, "ChangeBatch");
    int32_t rc = batch_deliver(reader, out);

    r53__json_leave(reader, mark);
    return rc;
}

static const struct field request_fields[] = {
    FIELD("HostedZoneId", r53__json_text, .at = BATCH(hosted_zone_id)),
    FIELD("ChangeBatch", r53__json_members, .with = &batch_shape, .required = true),
};
static const struct shape request_shape = SHAPE(request_fields, .bytes = sizeof(struct batch));
static const struct element request_element = {&request_shape, request_deliver};

/* Deletions of elbv2: an ARN each. */

static int32_t removed(struct reader *reader, const char *said, const char *given,
                       const char *member, int32_t (*call)(r53_cloud *, const char *, r53_report *))
{
    const char *arn =
        r53__json_whose(reader, said, given, member, "the request does not say what it deletes");

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, call(reader->cloud, arn, reader->report));
}

#define DELETION(name, key, member, call)                                                          \
    static const struct field name##_fields[] = {FIELD(key, r53__json_text, .at = 0)};             \
    static const struct shape name##_shape = SHAPE(name##_fields, .bytes = sizeof(const char *));  \
    static int32_t name##_deliver(struct reader *reader, void *out)                                \
    {                                                                                              \
        return removed(reader, *(const char **)out, reader->context.member, #member, call);        \
    }                                                                                              \
    static const struct element name = {&name##_shape, name##_deliver}

DELETION(delete_balancer, "LoadBalancerArn", load_balancer, r53_load_balancer_delete);
DELETION(delete_listener, "ListenerArn", listener_arn, r53_listener_delete);
DELETION(delete_rule, "RuleArn", rule_arn, r53_listener_rule_delete);
DELETION(delete_group, "TargetGroupArn", target_group_arn, r53_target_group_delete);

/* Which request it is: the first key that it has. */

struct request {
    const char *key;
    const struct element *element;
    const char *member; /* that what stands under the key has; NULL: any */
};

static const struct request requests[] = {
    {"ChangeBatch", &request_element, NULL},
    {"HealthCheckConfig", &r53__json_create_health_check, NULL},
    {"CollectionVersion", &r53__json_change_cidr_collection, NULL},
    {"Id", &r53__json_change_cidr_collection, NULL},
    {"Changes", &batch_element, NULL},
};

/* Of elbv2 and elb: what they hold looks alike, so each stands under its action. */
static const struct request elb_requests[] = {
    {"CreateLoadBalancer", &r53__json_create_classic, "LoadBalancerName"},
    {"DeleteLoadBalancer", &r53__json_delete_classic, "LoadBalancerName"},
    {"ApplySecurityGroupsToLoadBalancer", &r53__json_apply_security_groups, NULL},
    {"RegisterInstancesWithLoadBalancer", &r53__json_register_instances, NULL},
    {"DeregisterInstancesFromLoadBalancer", &r53__json_deregister_instances, NULL},
    {"CreateLoadBalancer", &r53__json_create_balancer, NULL},
    {"SetSubnets", &r53__json_set_subnets, NULL},
    {"SetIpAddressType", &r53__json_set_ip_address_type, NULL},
    {"SetSecurityGroups", &r53__json_set_security_groups, NULL},
    {"ModifyLoadBalancerAttributes", &r53__json_modify_balancer_attributes, NULL},
    {"DeleteLoadBalancer", &delete_balancer, NULL},
    {"CreateListener", &r53__json_create_listener, NULL},
    {"ModifyListener", &r53__json_modify_listener, NULL},
    {"ModifyListenerAttributes", &r53__json_modify_listener_attributes, NULL},
    {"AddListenerCertificates", &r53__json_add_certificates, NULL},
    {"RemoveListenerCertificates", &r53__json_remove_certificates, NULL},
    {"DeleteListener", &delete_listener, NULL},
    {"CreateRule", &r53__json_create_rule, NULL},
    {"ModifyRule", &r53__json_modify_rule, NULL},
    {"SetRulePriorities", &r53__json_set_priorities, NULL},
    {"DeleteRule", &delete_rule, NULL},
    {"CreateTargetGroup", &r53__json_create_group, NULL},
    {"ModifyTargetGroup", &r53__json_modify_group, NULL},
    {"ModifyTargetGroupAttributes", &r53__json_modify_group_attributes, NULL},
    {"DeleteTargetGroup", &delete_group, NULL},
    {"RegisterTargets", &r53__json_register_targets, NULL},
    {"DeregisterTargets", &r53__json_deregister_targets, NULL},
};

static const struct request *key_find(const struct request *table, size_t n, const json_t *document)
{
    for (size_t i = 0; i < n; i++) {
        const json_t *under = json_object_get(document, table[i].key);

        if (under && (!table[i].member || json_object_get(under, table[i].member)))
            return &table[i];
    }
    return NULL;
}

#define FIND(table, document) key_find(table, sizeof(table) / sizeof(*(table)), document)

const char *r53__json_request_key(const json_t *document)
{
    static const char *const keys[] = {"Changes", "ChangeBatch", "HealthCheckConfig"};
    const struct request *request = FIND(elb_requests, document);

    for (size_t i = 0; !request && i < sizeof(keys) / sizeof(*keys); i++) {
        if (json_object_get(document, keys[i]))
            return keys[i];
    }
    return request ? request->key : NULL;
}

static void action_read(struct reader *reader, const struct request *action, json_t *document)
{
    size_t mark = r53__json_enter(reader, action->key);

    if (json_object_size(document) != 1) {
        r53__json_fault(reader, "a request stands under its action, and nothing beside it");
    } else {
        reader->aws_name = "ValidationError"; /* ELB-VAL-23 */
        r53__json_element(reader, action->element, json_object_get(document, action->key));
    }
    r53__json_leave(reader, mark);
}

static void request_read(struct reader *reader, json_t *document)
{
    const struct request *action = FIND(elb_requests, document);
    const struct request *request = FIND(requests, document);

    if (action)
        action_read(reader, action, document);
    else if (request)
        r53__json_element(reader, request->element, document);
    else
        r53__json_fault(
            reader, "this is no request that is applied here; expected an object with Changes, "
                    "ChangeBatch or HealthCheckConfig, or with the action of elbv2 or elb that it "
                    "is, such as CreateListener");
}

static void contradicted(struct reader *reader, const char *said, const char *given,
                         const char *member)
{
    struct sentence sentence = {0};

    r53__sentence_put(&sentence, "the context's `");
    r53__sentence_put(&sentence, member);
    r53__sentence_put(&sentence, "` ");
    r53__sentence_put(&sentence, given);
    r53__sentence_put(&sentence, " is not what the request names: ");
    r53__sentence_put(&sentence, said);
    r53__json_misuse(reader, sentence.text);
}

const char *r53__json_whose(struct reader *reader, const char *said, const char *given,
                            const char *member, const char *why)
{
    if (!said && !given)
        r53__json_needs(reader, member, why);
    else if (said && given && strcmp(said, given) != 0)
        contradicted(reader, said, given, member);
    else
        return said ? said : given;
    return NULL;
}

int32_t r53_json_change(r53_cloud *cloud, const char *text, size_t length,
                        const r53_json_context *context, r53_report *report)
{
    struct reader reader = {.cloud = cloud, .report = report};

    return r53__json_run(&reader, cloud ? NULL : "the cloud is NULL", text, length, context,
                         request_read);
}
