/*
 * A text into an import, or for change.c into a cloud: jansson makes values of it, the top-level
 * key tells the kind, the kind's tables do the rest.
 */
#include "json/document.h"

#include <string.h>

struct kind {
    const char *key;
    const struct element *element; /* NULL: an answer of AWS that is not read */
};

static const struct kind kinds[] = {
    {"HostedZones", &r53__json_hosted_zones},
    {"HostedZone", &r53__json_hosted_zone},
    {"ResourceRecordSets", &r53__json_record_sets},
    {"HealthChecks", &r53__json_health_checks},
    {"HealthCheck", &r53__json_health_check},
    {"HealthCheckObservations", &r53__json_observations},
    {"CidrCollections", &r53__json_cidr_collections},
    {"Collection", &r53__json_cidr_collection},
    {"CidrBlocks", &r53__json_cidr_blocks},
    {"CidrLocations", &r53__json_cidr_locations},
    {"LoadBalancers", &r53__json_load_balancers},
    {"Listeners", &r53__json_listeners},
    {"Rules", &r53__json_rules},
    {"TargetGroups", &r53__json_target_groups},
    {"TargetHealthDescriptions", &r53__json_target_healths},
    {"Attributes", &r53__json_attributes},
    {"Certificates", &r53__json_listener_certificates},
    {"Certificate", &r53__json_certificate},
    {"TagDescriptions", &r53__json_tags},
    {"LoadBalancerDescriptions", &r53__json_classic},
    {"LoadBalancerAttributes", &r53__json_classic_attributes},
    {"InstanceStates", &r53__json_instance_healths},
    {"PolicyDescriptions", &r53__json_policies},
    {"SecurityGroups", &r53__json_security_groups},
    {"VpcId", &r53__json_vpc_attribute},
    {"ResolverRules", &r53__json_resolver_rules},
    {"ResolverRuleAssociations", &r53__json_rule_associations},
    {"R53Supplement", &r53__json_supplement},
    {"R53Bundle", &r53__json_bundle},
    {"MetricAlarms", NULL},
    {"RecordData", NULL},
};

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* The first kind from `start` whose key the object has. */
static const struct kind *kind_find(const json_t *document, size_t start)
{
    for (size_t i = start; i < KINDS; i++) {
        if (json_object_get(document, kinds[i].key))
            return &kinds[i];
    }
    return NULL;
}

static void refuse(struct reader *reader, const char *head, const char *key, const char *tail)
{
    struct sentence sentence = {0};

    r53__sentence_put(&sentence, head);
    r53__sentence_put(&sentence, key);
    r53__sentence_put(&sentence, tail);
    r53__json_fault(reader, sentence.text);
}

static void not_known(struct reader *reader, const json_t *document)
{
    const char *request = r53__json_request_key(document);
    struct sentence sentence = {0};

    if (request) { /* which is not read but applied */
        refuse(reader, "a document with ", request, " is a request; r53_json_change applies it");
        return;
    }
    r53__sentence_put(&sentence, "the document is of no known kind; expected one of the keys ");
    for (size_t i = 0; i < KINDS && kinds[i].element; i++) {
        r53__sentence_put(&sentence, i ? ", " : "");
        r53__sentence_put(&sentence, kinds[i].key);
    }
    r53__json_fault(reader, sentence.text);
}

/* Hosted zones have names too, but an Id, which record sets have not. */
static bool may_be_record_set(const json_t *value)
{
    return json_object_get(value, "Name") && !json_object_get(value, "Id");
}

/* A bare list is one of record sets (R53-JSON-09), unless nothing in it may be one. */
static void list_read(struct reader *reader, json_t *list)
{
    size_t n = json_array_size(list), i = 0;

    while (i < n && !may_be_record_set(json_array_get(list, i)))
        i++;
    if (n == 0 || i < n)
        r53__json_record_set_list(reader, list);
    else
        r53__json_fault(reader, "a list without a key around it is read as record sets, but "
                                "nothing in this one is such; print it with its key");
}

void r53__json_document(struct reader *reader, json_t *document)
{
    const struct kind *kind = kind_find(document, 0), *other;

    if (json_is_array(document)) {
        list_read(reader, document);
        return;
    }
    if (!kind) {
        not_known(reader, document);
        return;
    }
    other = kind_find(document, (size_t)(kind - kinds) + 1);
    if (other)
        refuse(reader, "two kinds of documents in one; the other is ", other->key, "");
    else if (!kind->element)
        refuse(reader, "documents with ", kind->key, " are not read by this version");
    else
        r53__json_element(reader, kind->element, document);
}

/* Are the octets behind the members that are known here 0? */
static bool rest_is_zero(const r53_json_context *context)
{
    for (size_t i = sizeof(*context); i < context->size; i++) {
        if (((const unsigned char *)context)[i])
            return false;
    }
    return true;
}

static void context_refuse(struct reader *reader, uint32_t given, const char *middle,
                           const char *tail)
{
    struct sentence sentence = {0};

    r53__sentence_put(&sentence, "the size of the context is ");
    r53__sentence_put_integer(&sentence, given);
    r53__sentence_put(&sentence, middle);
    r53__sentence_put_integer(&sentence, (int64_t)sizeof(r53_json_context));
    r53__sentence_put(&sentence, tail);
    r53__json_fault(reader, sentence.text);
}

static void subnets_refuse(struct reader *reader, uint32_t n)
{
    struct sentence sentence = {0};

    r53__sentence_put(&sentence, "the context's subnets are NULL, but their number is ");
    r53__sentence_put_integer(&sentence, n);
    r53__json_fault(reader, sentence.text);
}

/* Copies what both know; a fault is told. */
static void context_read(struct reader *reader, const r53_json_context *from)
{
    r53_json_context *to = &reader->context;
    uint32_t size = from ? from->size : 0;

    *to = (r53_json_context){.size = sizeof(*to)};
    if (!from)
        return;
    if (size == 0 || size % sizeof(size)) {
        context_refuse(reader, size, "; expected its sizeof, ", " here, or another multiple of 4");
        return;
    }
    if (!rest_is_zero(from)) {
        context_refuse(reader, size, ", and octets behind the ", " that are known here are not 0");
        return;
    }
    memcpy(to, from, size < sizeof(*to) ? size : sizeof(*to));
    if (to->reserved)
        r53__json_fault(reader, "the context's reserved member is not 0");
    else if (to->n_subnets && !to->subnets)
        subnets_refuse(reader, to->n_subnets);
}

/* Where memory runs out jansson says so, says nothing, or, inside a token, takes it for invalid. */
static int32_t tell_syntax(r53_report *report, const json_error_t *error)
{
    bool nomem = json_error_code(error) == json_error_out_of_memory || error->text[0] == '\0';
    const r53_finding finding = {.size = sizeof(finding),
                                 .severity = R53_SEVERITY_ERROR,
                                 .code = nomem ? R53_E_NOMEM : R53_E_SYNTAX,
                                 .line = nomem ? 0 : error->line,
                                 .column = nomem ? 0 : error->column,
                                 .text = nomem ? r53_strerror(R53_E_NOMEM) : error->text};

    if (report)
        r53_report_add(report, &finding);
    return finding.code;
}

static json_t *parse(const char *text, size_t length, json_error_t *error)
{
    static const char bom[] = {'\xEF', '\xBB', '\xBF'}; /* written by some shells' redirection */

    if (length >= sizeof(bom) && memcmp(text, bom, sizeof(bom)) == 0) {
        text += sizeof(bom);
        length -= sizeof(bom);
    }
    return json_loadb(text, length, JSON_REJECT_DUPLICATES, error);
}

int32_t r53__json_run(struct reader *reader, const char *missing, const char *text, size_t length,
                      const r53_json_context *context,
                      void (*read)(struct reader *reader, json_t *document))
{
    json_error_t error = {0}; /* jansson may fail before it sets it */
    json_t *document;

    r53_report_locate(reader->report, NULL, 0, 0);
    context_read(reader, context);
    if (!reader->error && (missing || !text))
        r53__json_fault(reader, missing ? missing : "the text is NULL");
    if (reader->error)
        return reader->error;
    document = parse(text, length, &error);
    if (!document)
        return tell_syntax(reader->report, &error);
    read(reader, document);
    json_decref(document);
    return reader->error;
}

int32_t r53_json_read(r53_import *import, const char *text, size_t length,
                      const r53_json_context *context, r53_report *report)
{
    struct reader reader = {.import = import, .report = report};

    return r53__json_run(&reader, import ? NULL : "the import is NULL", text, length, context,
                         r53__json_document);
}
