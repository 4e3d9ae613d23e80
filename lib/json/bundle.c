/*
 * The bundle: a document of ours that holds documents of any kind, each under its context. Its
 * form is in <r53/json.h>.
 */
#include "json/document.h"

#include <string.h>

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
    FIELD("HealthCheckId", r53__json_text, .at = CONTEXT(health_check_id)),
    FIELD("CidrCollectionId", r53__json_text, .at = CONTEXT(cidr_collection_id)),
    FIELD("ListenerArn", r53__json_text, .at = CONTEXT(listener_arn)),
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

/* Whose a document is, which the entry or the context around it says: never a bit of both. */
static const size_t owners[] = {offsetof(r53_json_context, load_balancer),
                                offsetof(r53_json_context, target_group_arn),
                                offsetof(r53_json_context, listener_arn)};
static const size_t others[] = {
    offsetof(r53_json_context, account),         offsetof(r53_json_context, region),
    offsetof(r53_json_context, hosted_zone_id),  offsetof(r53_json_context, hosted_zone_name),
    offsetof(r53_json_context, health_check_id), offsetof(r53_json_context, cidr_collection_id)};

enum { OWNERS = sizeof(owners) / sizeof(*owners), OTHERS = sizeof(others) / sizeof(*others) };

static void members_inherit(r53_json_context *context, const r53_json_context *outer,
                            const size_t *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char **to = (void *)((char *)context + members[i]);

        if (!*to)
            memcpy(to, (const char *)outer + members[i], sizeof(*to));
    }
}

/* What the entry does not say, the context around the bundle says. */
static void context_inherit(r53_json_context *context, const r53_json_context *outer)
{
    if (!context->load_balancer && !context->target_group_arn && !context->listener_arn)
        members_inherit(context, outer, owners, OWNERS);
    members_inherit(context, outer, others, OTHERS);
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
