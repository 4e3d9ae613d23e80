#include "model/zone_draft.h"

#include "base/sized.h"
#include "base/sized_refusal.h"
#include "model/record_rules.h"
#include "model/record_schema.h"
#include "model/zone_draft_priv.h"

#include <string.h>

int32_t r53__draft_new(struct zone_draft **out, const struct memory *memory, const char *zone_id)
{
    struct span id = r53__zone_id(zone_id);
    struct zone_draft *draft;

    if (id.length == 0)
        return R53_E_INVALID;
    draft = r53__alloc(memory, 1, sizeof(*draft));
    if (!draft)
        return R53_E_NOMEM;
    draft->memory = *memory;
    r53__arena_init(&draft->arena, memory);
    r53__draft_records_init(&draft->records);
    draft->id = r53__arena_text(&draft->arena, id.at);
    draft->header.id = draft->id;
    if (!draft->id) {
        r53__draft_free(draft);
        return R53_E_NOMEM;
    }
    *out = draft;
    return R53_OK;
}

void r53__draft_free(struct zone_draft *draft)
{
    struct memory memory;

    if (!draft)
        return;
    memory = draft->memory;
    r53__arena_free(&draft->arena);
    r53__free(&memory, draft, 1, sizeof(*draft));
}

const char *r53__draft_id(const struct zone_draft *draft)
{
    return draft->id;
}

static int32_t header_name(struct zone_header *header, struct arena *arena, const char *name,
                           r53_report *report)
{
    struct name_buffer buffer;
    enum name_fault fault;
    uint8_t *octets;

    if (!name || !*name)
        return R53_OK;
    fault = r53__name_parse(&buffer, r53__span(name));
    if (fault != NAME_OK)
        return r53__remark(report, &(struct remark){.rule = RULE_R53_ERR_37,
                                                    .aws_name = "InvalidDomainName",
                                                    .path = "Name",
                                                    .format = "{0} is not a valid domain name: {1}",
                                                    .args = {name, r53__name_fault_words(fault)}});
    octets = r53__arena_alloc(arena, buffer.length, 1);
    if (!octets)
        return r53__remark_nomem(report);
    memcpy(octets, buffer.octets, buffer.length);
    header->name = (struct name){octets, buffer.length};
    return R53_OK;
}

/* A name server's name in its canonical text. */
static const char *server_copy(struct arena *arena, const char *server, r53_report *report,
                               int32_t *err)
{
    char buffer[NAME_TEXT_MAX];
    struct name_buffer name;
    const char *copy;

    if (r53__name_parse(&name, r53__span(server)) != NAME_OK) {
        *err = r53__remark(report, &(struct remark){.rule = RULE_R53_ZONE_06,
                                                    .aws_name = "InvalidDomainName",
                                                    .path = "NameServers",
                                                    .format = "'{0}' is not a name of a server",
                                                    .args = {server}});
        return NULL;
    }
    r53__name_print(buffer, r53__name(&name));
    copy = r53__arena_text(arena, buffer);
    if (!copy)
        *err = r53__remark_nomem(report);
    return copy;
}

static int32_t header_lists(struct zone_header *header, struct arena *arena,
                            const r53_hosted_zone *zone, r53_report *report)
{
    int32_t err = R53_OK;
    const char **servers;
    r53_vpc *vpcs;

    if ((zone->n_vpcs && !zone->vpcs) || (zone->n_name_servers && !zone->name_servers))
        return r53__remark(
            report, &(struct remark){.path = zone->n_vpcs && !zone->vpcs ? "VPCs" : "NameServers",
                                     .format = "the list is missing, its length "
                                               "is not 0"});
    vpcs = r53__arena_alloc(arena, zone->n_vpcs, sizeof(*vpcs));
    servers = r53__arena_alloc(arena, zone->n_name_servers, sizeof(*servers));
    if (!vpcs || !servers)
        return r53__remark_nomem(report);
    for (uint32_t i = 0; i < zone->n_vpcs; i++) {
        if (!zone->vpcs[i])
            return r53__remark(report,
                               &(struct remark){.path = "VPCs", .format = "a VPC is missing"});
        vpcs[i].vpc_region = r53__arena_text(arena, zone->vpcs[i]->vpc_region);
        vpcs[i].vpc_id = r53__arena_text(arena, zone->vpcs[i]->vpc_id);
    }
    for (uint32_t i = 0; i < zone->n_name_servers && err == R53_OK; i++)
        servers[i] = server_copy(arena, zone->name_servers[i], report, &err);
    header->vpcs = vpcs;
    header->n_vpcs = zone->n_vpcs;
    header->name_servers = servers;
    header->n_name_servers = zone->n_name_servers;
    return err;
}

int32_t r53__draft_header(struct zone_draft *draft, const r53_hosted_zone *zone, r53_report *report)
{
    struct zone_header header = {.id = draft->id};
    r53_hosted_zone in;
    int32_t err;

    if (!r53__sized_read(&in, sizeof(in), zone))
        return r53__sized_refuse(report, "size", "hosted zone", zone, sizeof(in));
    draft->arena.failed = false; /* a failure before this call does not count */
    err = r53__reserved_judge(report, "reserved", in.reserved);
    if (err == R53_OK)
        err = header_name(&header, &draft->arena, in.name, report);
    if (err == R53_OK)
        err = header_lists(&header, &draft->arena, &in, report);
    if (err != R53_OK)
        return err;
    header.account = r53__arena_text(&draft->arena, in.account);
    header.caller_reference = r53__arena_text(&draft->arena, in.caller_reference);
    header.comment = r53__arena_text(&draft->arena, in.comment);
    header.is_private = in.private_zone != 0;
    if (draft->arena.failed)
        return r53__remark_nomem(report);
    draft->header = header;
    draft->has_header = true;
    return R53_OK;
}

int32_t r53__draft_put(struct zone_draft *draft, const r53_record_set *set, r53_report *report)
{
    struct checker input = r53__draft_warnings(report, "InvalidInput"),
                   batch = r53__draft_warnings(report, "InvalidChangeBatch");
    struct draft_record *record;
    r53_record_set in;
    int32_t err;

    draft->arena.failed = false; /* a failure before this call does not count */
    record = r53__arena_alloc(&draft->arena, 1, sizeof(*record));
    if (!r53__sized_read(&in, sizeof(in), set))
        return r53__sized_refuse(report, "size", "record set", set, sizeof(in));
    if (!record)
        return r53__remark_nomem(report);
    err = r53__reserved_judge(report, "reserved", in.reserved);
    if (err == R53_OK)
        err = r53__form_parse(&record->form, &draft->arena, &in, NULL, report);
    if (err != R53_OK)
        return err;
    /* R53-JSON-09: a breach is worth a word, not a refusal */
    r53__schema_check(&in, "IMPORT", draft->header.is_private, false, &input);
    r53__check_values(&batch, &record->form, in.values);
    r53__draft_records_add(&draft->records, record);
    return R53_OK;
}

void r53__draft_records_init(struct draft_records *records)
{
    *records = (struct draft_records){.last = &records->first};
}

void r53__draft_records_add(struct draft_records *records, struct draft_record *record)
{
    record->next = NULL;
    *records->last = record;
    records->last = &record->next;
    records->n++;
}

void r53__draft_take(struct zone_draft *draft, struct draft_records *records, struct arena *arena)
{
    r53__arena_take(&draft->arena, arena);
    if (records->n == 0)
        return;
    *draft->records.last = records->first;
    draft->records.last = records->last;
    draft->records.n += records->n;
    r53__draft_records_init(records);
}
