/*
 * Our own documents: the supplement, which says what AWS prints nowhere, and the bundle, which
 * holds documents of any kind, each under its context. Their forms are in <r53/json.h>.
 */
#include "json/document.h"

#include <string.h>

/* Supplement */

struct node_addresses {
    const char *load_balancer, *zone_name;
    const char *const *addresses;
    uint32_t n_addresses;
};
#define NODES(member) offsetof(struct node_addresses, member)

static const struct field node_fields[] = {
    FIELD("LoadBalancer", r53__json_text, .at = NODES(load_balancer)),
    FIELD("ZoneName", r53__json_text, .at = NODES(zone_name), .required = true),
    FIELD("Addresses", r53__json_texts, .at = NODES(addresses), .also = NODES(n_addresses),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape node_shape = SHAPE(node_fields, .bytes = sizeof(struct node_addresses));

/* The import wants DNS names in lower case and without the last dot; ARNs stay as they are. */
static const char *normal_name(struct reader *reader, const char *name)
{
    size_t n = strlen(name);
    char *copy;

    if (strncmp(name, "arn:", 4) == 0)
        return name;
    copy = r53__json_alloc(reader, n + 1, 1);
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    if (copy && n && copy[n - 1] == '.')
        copy[n - 1] = '\0';
    return copy;
}

static int32_t node_deliver(struct reader *reader, void *out)
{
    const struct node_addresses *in = out;
    const char *name = in->load_balancer ? in->load_balancer : reader->context.load_balancer;

    if (!name)
        return r53__json_needs(reader, "load_balancer",
                               "LoadBalancer is missing, so it is not known whose nodes these are");
    name = normal_name(reader, name);
    if (!name)
        return R53_E_NOMEM;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_import_node_addresses(reader->import, name, in->zone_name,
                                                          in->addresses, in->n_addresses));
}

static const struct element node_element = {&node_shape, node_deliver};

struct instance {
    const char *id, *zone_name;
};

static const struct field instance_fields[] = {
    FIELD("InstanceId", r53__json_text, .at = offsetof(struct instance, id), .required = true),
    FIELD("AvailabilityZone", r53__json_text, .at = offsetof(struct instance, zone_name),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape instance_shape = SHAPE(instance_fields, .bytes = sizeof(struct instance));

static int32_t instance_deliver(struct reader *reader, void *out)
{
    const struct instance *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(reader, r53_import_instance(reader->import, in->id, in->zone_name));
}

static const struct element instance_element = {&instance_shape, instance_deliver};

struct name_addresses {
    const char *dns_name;
    const char *const *addresses;
    uint32_t n_addresses;
};
#define NAMED(member) offsetof(struct name_addresses, member)

static const struct field name_fields[] = {
    FIELD("DNSName", r53__json_text, .at = NAMED(dns_name), .required = true),
    FIELD("Addresses", r53__json_texts, .at = NAMED(addresses), .also = NAMED(n_addresses),
          .required = true),
    UNUSED("Comment"),
};
static const struct shape name_shape = SHAPE(name_fields, .bytes = sizeof(struct name_addresses));

static int32_t name_deliver(struct reader *reader, void *out)
{
    const struct name_addresses *in = out;

    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_import_addresses(reader->import, in->dns_name, in->addresses, in->n_addresses));
}

static const struct element name_element = {&name_shape, name_deliver};

static const struct field supplement_fields[] = {
    FIELD("NodeAddresses", r53__json_list, .with = &node_element),
    FIELD("Instances", r53__json_list, .with = &instance_element),
    FIELD("Addresses", r53__json_list, .with = &name_element),
    UNUSED("Comment"),
};
static const struct shape supplement_members = MEMBERS(supplement_fields);

static const struct field supplement_document_fields[] = {
    FIELD("R53Supplement", r53__json_members, .with = &supplement_members),
    UNUSED("Comment"),
};
static const struct shape supplement_document = MEMBERS(supplement_document_fields);
const struct element r53__json_supplement = {&supplement_document, NULL};

/* Bundle */

struct entry {
    r53_json_context context; /* what the entry says */
    json_t *document;
};
#define CONTEXT(member) offsetof(struct entry, context.member)

static const struct field context_fields[] = {
    FIELD("Account", r53__json_text, .at = CONTEXT(account)),
    FIELD("Region", r53__json_text, .at = CONTEXT(region)),
    FIELD("HostedZoneId", r53__json_text, .at = CONTEXT(hosted_zone_id)),
    FIELD("HostedZoneName", r53__json_text, .at = CONTEXT(hosted_zone_name)),
    FIELD("LoadBalancer", r53__json_text, .at = CONTEXT(load_balancer)),
    FIELD("TargetGroupArn", r53__json_text, .at = CONTEXT(target_group_arn)),
};
static const struct shape context_members = MEMBERS(context_fields);

static void document_keep(struct reader *reader, const struct field *field, json_t *value,
                          void *out)
{
    (void)reader;
    (void)field;
    ((struct entry *)out)->document = value;
}

static const struct field entry_fields[] = {
    FIELD("Context", r53__json_members, .with = &context_members),
    FIELD("Document", document_keep, .required = true),
    UNUSED("Comment"),
};
static const struct shape entry_shape = SHAPE(entry_fields, .bytes = sizeof(struct entry));

/* What the entry does not say, the context around the bundle says. */
static void context_inherit(r53_json_context *context, const r53_json_context *outer)
{
    static const size_t members[] = {
        offsetof(r53_json_context, account),        offsetof(r53_json_context, region),
        offsetof(r53_json_context, hosted_zone_id), offsetof(r53_json_context, hosted_zone_name),
        offsetof(r53_json_context, load_balancer),  offsetof(r53_json_context, target_group_arn)};

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        const char **to = (void *)((char *)context + members[i]);

        if (!*to)
            memcpy(to, (const char *)outer + members[i], sizeof(*to));
    }
    context->skip_invalid = outer->skip_invalid;
}

static int32_t entry_deliver(struct reader *reader, void *out)
{
    const r53_json_context outer = reader->context;
    struct entry *in = out;
    size_t mark = r53__json_enter(reader, "Document");

    context_inherit(&in->context, &outer);
    reader->context = in->context;
    r53__json_document(reader, in->document);
    reader->context = outer;
    r53__json_leave(reader, mark);
    return reader->error;
}

static const struct element entry_element = {&entry_shape, entry_deliver};

static void bundle_read(struct reader *reader, const struct field *field, json_t *list, void *out)
{
    (void)field;
    (void)out;
    if (reader->in_bundle) {
        r53__json_fault(reader, "a bundle cannot lie in a bundle");
        return;
    }
    reader->in_bundle = true;
    r53__json_elements(reader, &entry_element, list);
    reader->in_bundle = false;
}

static const struct field bundle_fields[] = {
    FIELD("R53Bundle", bundle_read, .required = true),
    UNUSED("Comment"),
};
static const struct shape bundle_members = MEMBERS(bundle_fields);
const struct element r53__json_bundle = {&bundle_members, NULL};
