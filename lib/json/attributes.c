/*
 * Attributes of load balancers, target groups and listeners (ELB-JSON-07): three answers of one
 * form, so the context has to tell whose they are; that they are a listener's the keys tell. They
 * are stated to the import key by key, but for headers that a listener adds, which decide nothing.
 * Tags decide nothing either.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#include <string.h>

static const struct field attribute_fields[] = {
    FIELD("Key", r53__json_text, .at = offsetof(r53_attribute, key), .required = true),
    FIELD("Value", r53__json_text, .at = offsetof(r53_attribute, value), .required = true),
};
const struct shape r53__json_attribute = SHAPE(attribute_fields, .bytes = sizeof(r53_attribute));

/* Keys that concern what is written down elsewhere, and no request. */
static const char *const unused_keys[] = {"access_logs.", "connection_logs.", "health_check_logs."};
/* Keys that listeners alone have: of headers, and all. */
static const char *const header_keys[] = {"routing.http.request.", "routing.http.response."};
static const char *const listener_keys[] = {"routing.http.request.", "routing.http.response.",
                                            "tcp.idle_timeout."};

static bool begins_with_one(const char *key, const char *const *prefixes, size_t n)
{
    size_t i = 0;

    while (i < n && strncmp(key, prefixes[i], strlen(prefixes[i])) != 0)
        i++;
    return i < n;
}

#define BEGINS_WITH_ONE(key, prefixes)                                                             \
    begins_with_one(key, prefixes, sizeof(prefixes) / sizeof(*(prefixes)))

static int32_t group_deliver(struct reader *reader, void *out)
{
    const r53_attribute *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_target_group_attribute(reader->import, reader->context.target_group_arn,
                                                  in->key, in->value));
}

static int32_t balancer_deliver(struct reader *reader, void *out)
{
    const r53_attribute *in = out;

    if (BEGINS_WITH_ONE(in->key, unused_keys))
        return R53_OK;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_load_balancer_attribute(reader->import, reader->context.load_balancer,
                                                   in->key, in->value));
}

static int32_t listener_deliver(struct reader *reader, void *out)
{
    const r53_attribute *in = out;

    if (BEGINS_WITH_ONE(in->key, header_keys))
        return R53_OK;
    if (!reader->context.listener_arn)
        return r53__json_needs(reader, "listener_arn",
                               "the document does not say which listener's attributes these are");
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_listener_attribute(reader->import,
                                                                      reader->context.listener_arn,
                                                                      in->key, in->value));
}

static const struct element group_element = {&r53__json_attribute, group_deliver};
static const struct element balancer_element = {&r53__json_attribute, balancer_deliver};
static const struct element listener_element = {&r53__json_attribute, listener_deliver};

/* All of a listener's keys are its own; one tells. */
static bool of_listener(const json_t *list)
{
    const char *key = json_string_value(json_object_get(json_array_get(list, 0), "Key"));

    return key && BEGINS_WITH_ONE(key, listener_keys);
}

/* Whose attributes these are; NULL: not known, told. */
static const struct element *owner_find(struct reader *reader, const json_t *list)
{
    const r53_json_context *context = &reader->context;

    if (of_listener(list))
        return &listener_element;
    if (context->target_group_arn && context->load_balancer)
        r53__json_fault(reader, "the context names a target group and a load balancer; these "
                                "attributes are of one of them");
    else if (!context->target_group_arn && !context->load_balancer)
        r53__json_fault(reader, "the document does not say whose attributes these are; give "
                                "`target_group_arn` or `load_balancer` in the context");
    else
        return context->target_group_arn ? &group_element : &balancer_element;
    return NULL;
}

static void attributes_read(struct reader *reader, const struct field *field, json_t *list,
                            void *out)
{
    const struct element *owner = owner_find(reader, list);

    (void)field;
    (void)out;
    if (owner)
        r53__json_elements(reader, owner, list);
}

static const struct field attributes_fields[] = {WHOLE("Attributes", attributes_read)};
static const struct shape attributes_shape = MEMBERS(attributes_fields);
const struct element r53__json_attributes = {&attributes_shape, NULL};

/*
 * Requests: modify-load-balancer-attributes, modify-target-group-attributes,
 * modify-listener-attributes
 */

struct modification {
    const char *arn;
    const r53_attribute *list;
    uint32_t n;
};

#define MODIFICATION_FIELDS(key)                                                                   \
    FIELD(key, r53__json_text, .at = offsetof(struct modification, arn)),                          \
        FIELD("Attributes", r53__json_structs, .at = offsetof(struct modification, list),          \
              .also = offsetof(struct modification, n), .with = &r53__json_attribute,              \
              .required = true)

static const struct field of_balancer_fields[] = {MODIFICATION_FIELDS("LoadBalancerArn")};
static const struct shape of_balancer_shape =
    SHAPE(of_balancer_fields, .bytes = sizeof(struct modification));
static const struct field of_group_fields[] = {MODIFICATION_FIELDS("TargetGroupArn")};
static const struct shape of_group_shape =
    SHAPE(of_group_fields, .bytes = sizeof(struct modification));

static const struct field of_listener_fields[] = {MODIFICATION_FIELDS("ListenerArn")};
static const struct shape of_listener_shape =
    SHAPE(of_listener_fields, .bytes = sizeof(struct modification));

/* Those that decide something; NULL: no memory, told. */
static const r53_attribute *attributes_used(struct reader *reader, const struct modification *in,
                                            size_t *n)
{
    r53_attribute *used = r53__json_alloc(reader, in->n, sizeof(*used));

    *n = 0;
    for (uint32_t i = 0; used && i < in->n; i++) {
        if (!BEGINS_WITH_ONE(in->list[i].key, unused_keys))
            used[(*n)++] = in->list[i];
    }
    return used;
}

static int32_t modify_balancer(struct reader *reader, void *out)
{
    const struct modification *in = out;
    const char *arn =
        r53__json_whose(reader, in->arn, reader->context.load_balancer, "load_balancer",
                        "the request does not say which load balancer it changes");
    const r53_attribute *used;
    size_t n;

    if (!arn)
        return R53_E_INVALID;
    used = attributes_used(reader, in, &n);
    if (!used)
        return R53_E_NOMEM;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_load_balancer_modify_attributes(reader->cloud, arn, used, n, reader->report));
}

static int32_t modify_group(struct reader *reader, void *out)
{
    const struct modification *in = out;
    const char *arn =
        r53__json_whose(reader, in->arn, reader->context.target_group_arn, "target_group_arn",
                        "the request does not say which target group it changes");

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_target_group_modify_attributes(
                                            reader->cloud, arn, in->list, in->n, reader->report));
}

static int32_t modify_listener(struct reader *reader, void *out)
{
    const struct modification *in = out;
    const char *arn = r53__json_whose(reader, in->arn, reader->context.listener_arn, "listener_arn",
                                      "the request does not say which listener it changes");

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_listener_modify_attributes(reader->cloud, arn, in->list,
                                                                       in->n, reader->report));
}

const struct element r53__json_modify_balancer_attributes = {&of_balancer_shape, modify_balancer};
const struct element r53__json_modify_group_attributes = {&of_group_shape, modify_group};
const struct element r53__json_modify_listener_attributes = {&of_listener_shape, modify_listener};

/* Tags, of elbv2 and of elb */

static const struct field tags_of_fields[] = {
    UNUSED("ResourceArn"),
    UNUSED("LoadBalancerName"),
    UNUSED("Tags"),
};
static const struct shape tags_of_shape = MEMBERS(tags_of_fields);
static const struct element tags_of_element = {&tags_of_shape, NULL};

static const struct field tags_fields[] = {
    FIELD("TagDescriptions", r53__json_list, .with = &tags_of_element),
};
static const struct shape tags_shape = MEMBERS(tags_fields);
const struct element r53__json_tags = {&tags_shape, NULL};
