/*
 * Documents about what lies between a VPC and its hosted zones: describe-vpc-attribute,
 * list-resolver-rules, list-resolver-rule-associations.
 */
#include "support/json_world.h"

#include "model/cloud.h"
#include "model/vpc_resolver.h"

static void put_vpcs(struct page *page, const r53_cloud *cloud)
{
    static const char *const words[] = {"?", "off", "on"};
    const struct table *table = &cloud->tables[CLOUD_VPCS];

    for (int32_t i = 0; (size_t)i < table->count; i++) {
        const struct vpc_dns *vpc = r53__table_at(table, i);

        put(page, "%s support=%s hostnames=%s\n", vpc->vpc_id, words[vpc->support],
            words[vpc->hostnames]);
    }
}

static void put_rules(struct page *page, const r53_cloud *cloud)
{
    const struct table *rules = &cloud->tables[CLOUD_RESOLVER_RULES];
    const struct table *associations = &cloud->tables[CLOUD_RULE_ASSOCIATIONS];

    for (int32_t i = 0; (size_t)i < rules->count; i++) {
        const struct resolver_rule *rule = r53__table_at(rules, i);
        char name[NAME_TEXT_MAX] = "-";

        if (rule->name.length)
            r53__name_print(name, rule->name);
        put(page, "%s %s %s\n", rule->id, r53_resolver_rule_type_name(rule->type), name);
    }
    for (int32_t i = 0; (size_t)i < associations->count; i++) {
        const struct rule_association *association = r53__table_at(associations, i);

        put(page, "%s has %s\n", association->vpc_id, association->rule_id);
    }
}

static const struct document_case {
    const char *what, *document;
    int32_t rc;
    const char *page; /* what there is then, or what was found */
} cases[] = {
    {"R53-PRIV-02 one setting as EC2 prints it",
     "{'VpcId': 'vpc-1', 'EnableDnsHostnames': {'Value': false}}", R53_OK,
     "vpc-1 support=? hostnames=off\n"},
    {"R53-PRIV-02 both settings in a bundle",
     "{'R53Bundle': [{'Document': {'VpcId': 'vpc-1', 'EnableDnsSupport': {'Value': true}}},"
     " {'Document': {'EnableDnsHostnames': {'Value': false}, 'VpcId': 'vpc-1'}}, {'Document':"
     " {'VpcId': 'vpc-2', 'EnableNetworkAddressUsageMetrics': {'Value': false}}}]}",
     R53_OK, "vpc-1 support=on hostnames=off\nvpc-2 support=? hostnames=?\n"},
    {"R53-PRIV-02 a setting is a truth", "{'VpcId': 'vpc-1', 'EnableDnsSupport': {'Value': 'on'}}",
     R53_E_INVALID, "error EnableDnsSupport.Value: \"on\" is not true or false\n"},
    {"R53-PRIV-08 rules as the Resolver prints them",
     "{'ResolverRules': [{'Id': 'rslvr-autodefined-rr-internet-resolver', 'CreatorRequestId': '',"
     " 'Arn': 'arn:aws:route53resolver:us-east-1::autodefined-rule/x', 'DomainName': '.', 'Status':"
     " 'COMPLETE', 'RuleType': 'RECURSIVE', 'Name': 'Internet Resolver', 'OwnerId':"
     " 'Route 53 Resolver', 'ShareStatus': 'NOT_SHARED'}, {'Id': 'rslvr-rr-1', 'CreatorRequestId':"
     " 'x', 'Arn': 'arn', 'DomainName': 'corp.example.', 'Status': 'COMPLETE', 'StatusMessage':"
     " '', 'RuleType': 'FORWARD', 'Name': 'corp', 'TargetIps': [{'Ip': '10.0.0.53', 'Port': 53}],"
     " 'ResolverEndpointId': 'rslvr-out-1', 'OwnerId': '123456789012', 'ShareStatus':"
     " 'SHARED_BY_ME', 'CreationTime': 'x', 'ModificationTime': 'x'}]}",
     R53_OK,
     "rslvr-autodefined-rr-internet-resolver RECURSIVE .\nrslvr-rr-1 FORWARD corp.example.\n"},
    {"R53-PRIV-08 what is associated",
     "{'ResolverRuleAssociations': [{'Id': 'rslvr-rrassoc-1', 'ResolverRuleId': 'rslvr-rr-1',"
     " 'Name': 'n', 'VPCId': 'vpc-1', 'Status': 'COMPLETE', 'StatusMessage': ''}]}",
     R53_OK, "vpc-1 has rslvr-rr-1\n"},
    {"R53-PRIV-14 a delegate rule is taken, and told to have no effect",
     "{'ResolverRules': [{'Id': 'rslvr-rr-1', 'RuleType': 'DELEGATE', 'DelegationRecord': 'x'}]}",
     R53_OK, "rslvr-rr-1 DELEGATE -\n"},
    {"R53-PRIV-08 a rule is of a kind",
     "{'ResolverRules': [{'Id': 'rslvr-rr-1', 'DomainName': 'a.test', 'RuleType': 'OTHER'}]}",
     R53_E_INVALID,
     "error ResolverRules[0].RuleType: \"OTHER\" is not a type of resolver rule; expected FORWARD, "
     "SYSTEM, RECURSIVE, DELEGATE\n"},
    {"R53-PRIV-08 a rule is for a name",
     "{'ResolverRules': [{'Id': 'rslvr-rr-1', 'RuleType': 'FORWARD'}]}", R53_E_INVALID,
     "error ResolverRules[0].DomainName: the value is missing; it tells for which names the rule "
     "is\n"},
    {"R53-PRIV-08 an association names both",
     "{'ResolverRuleAssociations': [{'ResolverRuleId': 'rslvr-rr-1'}]}", R53_E_INVALID,
     "error ResolverRuleAssociations[0].VPCId: this field is missing\n"},
};

static void check_document(void **state)
{
    const struct document_case *c = *state;
    static struct page page;
    struct world w;
    int32_t rc;

    world_open(&w);
    rc = read_quoted(&w, c->document, NULL);
    assert_int_equal(rc, c->rc);
    page.length = 0;
    page.text[0] = '\0';
    if (rc == R53_OK) {
        assert_int_equal(r53_import_commit(w.import), R53_OK);
        put_vpcs(&page, w.cloud);
        put_rules(&page, w.cloud);
    } else {
        put_findings(&page, w.report);
    }
    assert_string_equal(page.text, c->page);
    world_close(&w);
}

static void check_no_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (cases[i].rc == R53_OK)
            read_starving(cases[i].what, cases[i].document, NULL, NULL);
    }
}

static void check_mutated(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (uint64_t seed = 0; seed < 300; seed++)
            read_mutated(cases[i].document, seed, NULL);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_document);
    ADD_TEST(tests, n, "R53-PRIV-02 R53-PRIV-08 documents without memory", check_no_memory);
    ADD_TEST(tests, n, "R53-PRIV-02 R53-PRIV-08 broken documents", check_mutated);
    return RUN_TESTS("JSON of VPCs", tests, n);
}
