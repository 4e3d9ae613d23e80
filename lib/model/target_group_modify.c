/*
 * The change door of target groups: AWS's ModifyTargetGroup, which changes the health check alone.
 * What is given of the rest has to be what the group has: so a group may be listed, its health
 * check edited, and given back.
 */
#include <r53/elb_change.h>

#include "base/report.h"
#include "model/describe.h"
#include "model/elb_find.h"
#include "model/health_settings.h"

#include <string.h>

#define GIVEN(name) offsetof(r53_target_group, name)

#define FIXED  "The '{0}' of target group '{1}' cannot be changed"
#define BY_KEY "The attribute '{0}' of target group '{1}' is set with ModifyTargetGroupAttributes"

/* What this call does not change, by AWS's names (ELB-TG-01), but for attributes of the table. */
static const struct fixed_member {
    const char *name;
    size_t at;
    bool is_text;
    const char *format;
} fixed_members[] = {
    {"Name", GIVEN(target_group_name), true, FIXED},
    {"VpcId", GIVEN(vpc_id), true, FIXED},
    {"Protocol", GIVEN(protocol), false, FIXED},
    {"Port", GIVEN(port), false, FIXED},
    {"TargetType", GIVEN(target_type), false, FIXED},
    {"IpAddressType", GIVEN(ip_address_type), false, FIXED},
    {"ProtocolVersion", GIVEN(protocol_version), false, FIXED},
    {"TargetControlPort", GIVEN(target_control_port), false, FIXED},
    {"load_balancing.cross_zone.enabled", GIVEN(cross_zone), false, BY_KEY},
    {"target_group_health.dns_failover", GIVEN(dns_failover_count), false, BY_KEY},
    {"target_group_health.dns_failover", GIVEN(dns_failover_percentage), false, BY_KEY},
    {"target_group_health.unhealthy_state_routing", GIVEN(unhealthy_routing_count), false, BY_KEY},
    {"target_group_health.unhealthy_state_routing", GIVEN(unhealthy_routing_percentage), false,
     BY_KEY},
};

struct modification {
    const r53_target_group *in;
    const r53_target_group *present; /* as it is, defaults filled in */
    struct checker checker;
};

static bool number_differs(const struct modification *m, size_t at)
{
    int32_t given, present;

    memcpy(&given, (const char *)m->in + at, sizeof(given));
    memcpy(&present, (const char *)m->present + at, sizeof(present));
    return given && given != present;
}

static bool text_differs(const struct modification *m, size_t at)
{
    const char *given, *present;

    memcpy(&given, (const char *)m->in + at, sizeof(given));
    memcpy(&present, (const char *)m->present + at, sizeof(present));
    return given && !r53__text_equal(given, present);
}

static void member_check(struct modification *m, const struct fixed_member *member)
{
    if (member->is_text ? text_differs(m, member->at) : number_differs(m, member->at))
        r53__breach(&m->checker, RULE_ELB_TG_01, member->format,
                    ARGS(member->name, m->present->target_group_arn));
}

static void members_check(struct modification *m)
{
    const struct attribute_table *attributes = &r53__target_group_attributes;

    for (size_t i = 0; i < sizeof(fixed_members) / sizeof(*fixed_members); i++)
        member_check(m, &fixed_members[i]);
    for (size_t i = 0; i < attributes->n; i++) {
        const struct attribute *row = &attributes->rows[i];
        const struct fixed_member member = {row->key, row->given, row->form == ATTRIBUTE_TEXT,
                                            BY_KEY};

        if (row->given != NO_MEMBER)
            member_check(m, &member);
    }
}

/* R53_OK, R53_E_INVALID, R53_E_NOMEM, told. */
static int32_t fixed_judge(const r53_cloud *cloud, const struct target_group *before,
                           const r53_target_group *in, r53_report *report)
{
    struct modification m = {.in = in,
                             .checker = {.report = report,
                                         .severity = R53_SEVERITY_ERROR,
                                         .aws_name = "ValidationError"}};
    struct arena arena;
    bool described;

    r53__arena_init(&arena, &cloud->memory);
    m.present = r53__target_group_describe(before, &arena);
    described = m.present != NULL;
    if (described)
        members_check(&m);
    r53__arena_free(&arena);
    if (!described)
        return r53__remark_nomem(report);
    return m.checker.breaches ? R53_E_INVALID : R53_OK;
}

/* R53_OK, R53_E_INVALID, R53_E_NOMEM, told. */
static int32_t settings_put(struct target_group *copy, const r53_target_group *in,
                            r53_report *report)
{
    struct spec spec = r53__spec(&copy->head.arena, report);

    spec.door = DOOR_CHANGE;
    r53__health_settings_read(&spec, copy, in);
    return spec.error;
}

int32_t r53_target_group_modify(r53_cloud *cloud, const r53_target_group *group, r53_report *report)
{
    const struct target_group *before;
    struct target_group *copy;
    r53_target_group in;
    int32_t rc;

    rc = r53__change_read(cloud, &in, sizeof(in), group, "target group", report);
    if (rc)
        return rc;
    before = r53__group_get(cloud, in.target_group_arn, report);
    if (!before)
        return R53_E_NOT_FOUND;
    rc = fixed_judge(cloud, before, &in, report);
    if (rc)
        return rc;
    if (r53__target_group_copy(&copy, &cloud->memory, before) != R53_OK)
        return r53__remark_nomem(report);
    rc = settings_put(copy, &in, report);
    if (rc) {
        r53__object_unref(copy);
        return rc;
    }
    rc = r53__table_put(&cloud->tables[CLOUD_TARGET_GROUPS], r53__span(before->arn), copy);
    return rc ? r53__remark_nomem(report) : R53_OK;
}
