#include "model/vpc_resolver.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/spec.h"

static const char *const rule_types[] = {"FORWARD", "SYSTEM", "RECURSIVE", "DELEGATE"};
static const struct words types = {"a type of resolver rule", rule_types,
                                   sizeof(rule_types) / sizeof(*rule_types)};

const char *r53_resolver_rule_type_name(int32_t type)
{
    return r53__words_name(&types, type);
}

int32_t r53__vpc_dns_new(struct vpc_dns **out, const struct memory *memory, const r53_vpc_dns *said,
                         const struct vpc_dns *old, r53_report *report)
{
    struct vpc_dns *vpc = r53__object_new(memory, sizeof(*vpc));
    struct spec spec = r53__spec(vpc ? &vpc->head.arena : NULL, report);
    r53_vpc_dns in;

    if (r53__spec_read(&spec, &in, sizeof(in), said)) {
        r53__spec_reserved(&spec, in.reserved);
        vpc->vpc_id = r53__spec_id(&spec, "VpcId", in.vpc_id);
        vpc->support = r53__spec_word(&spec, "EnableDnsSupport", &r53__on_off,
                                      in.enable_dns_support, old ? old->support : 0);
        vpc->hostnames = r53__spec_word(&spec, "EnableDnsHostnames", &r53__on_off,
                                        in.enable_dns_hostnames, old ? old->hostnames : 0);
    }
    if (spec.error) {
        r53__object_unref(vpc);
        return spec.error;
    }
    *out = vpc;
    return R53_OK;
}

int32_t r53__resolver_rule_new(struct resolver_rule **out, const struct memory *memory,
                               const r53_resolver_rule *said, r53_report *report)
{
    struct resolver_rule *rule = r53__object_new(memory, sizeof(*rule));
    struct spec spec = r53__spec(rule ? &rule->head.arena : NULL, report);
    r53_resolver_rule in;

    if (r53__spec_read(&spec, &in, sizeof(in), said)) {
        rule->id = r53__spec_id(&spec, "Id", in.id);
        rule->type = r53__spec_word(&spec, "RuleType", &types, in.rule_type, 0);
        if (rule->type == 0)
            r53__spec_fault(&spec, "RuleType", NULL, "the value is missing", NULL);
        if (rule->type != R53_RESOLVER_DELEGATE && !(in.domain_name && *in.domain_name))
            r53__spec_fault(&spec, "DomainName", NULL,
                            "the value is missing; it tells for which names the rule is", NULL);
        rule->name = r53__spec_name(&spec, "DomainName", in.domain_name);
    }
    if (spec.error) {
        r53__object_unref(rule);
        return spec.error;
    }
    if (rule->type == R53_RESOLVER_DELEGATE)
        r53__spec_warn(&spec, RULE_R53_PRIV_14, "RuleType",
                       "delegate rules are not modelled: the resolver follows no zone cut of a "
                       "private hosted zone",
                       NULL);
    *out = rule;
    return R53_OK;
}

struct rule_association *r53__rule_association_new(const struct memory *memory, const char *vpc_id,
                                                   const char *rule_id)
{
    struct rule_association *association = r53__object_new(memory, sizeof(*association));
    struct spec spec = r53__spec(association ? &association->head.arena : NULL, NULL);

    if (association) {
        association->vpc_id = r53__spec_text(&spec, vpc_id);
        association->rule_id = r53__spec_text(&spec, rule_id);
    }
    if (!spec.error)
        return association;
    r53__object_unref(association);
    return NULL;
}
