/*
 * Requests that change a cloud (R53-JSON-02, -06), as the AWS CLI takes them from a file. A request
 * is applied whole or not at all, in AWS's way and with its refusals: what it asks for is read
 * first, all of it, and then handed to one call of the change API.
 */
#include "json/document.h"

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

/* Which request it is: the first key that it has. */

static const struct {
    const char *key;
    const struct element *element;
} requests[] = {
    {"ChangeBatch", &request_element},
    {"HealthCheckConfig", &r53__json_create_health_check},
    {"CollectionVersion", &r53__json_change_cidr_collection},
    {"Id", &r53__json_change_cidr_collection},
    {"Changes", &batch_element},
};

static void request_read(struct reader *reader, json_t *document)
{
    for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
        if (json_object_get(document, requests[i].key)) {
            r53__json_element(reader, requests[i].element, document);
            return;
        }
    }
    r53__json_fault(reader, "this is no request that is applied here; expected an object with "
                            "Changes, ChangeBatch or HealthCheckConfig");
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
    r53__json_fault(reader, sentence.text);
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
