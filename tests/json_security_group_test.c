/*
 * Documents about who may connect, and how many requests targets take: describe-security-groups,
 * what load balancers say of theirs, request slots and states of instances of the supplement.
 */
#include "support/json_world.h"

#include "model/cloud.h"
#include "model/instance_state.h"
#include "model/load_balancer.h"
#include "model/security_group.h"
#include "model/target_group.h"
#include "model/target_mark.h"

/* "6/80-443" and the senders. */
static void put_gate(struct page *page, const struct gate *gate)
{
    put(page, " %d/%d-%d%s", (int)gate->ip_protocol, (int)gate->from, (int)gate->to,
        gate->anyone ? " anyone" : "");
    for (uint32_t i = 0; i < gate->prefixes.n; i++) {
        char buffer[PREFIX_TEXT_MAX];
        struct text text;

        r53__text_init(&text, buffer, sizeof(buffer));
        r53__prefix_put(&text, &gate->prefixes.entries[i].prefix);
        put(page, " %s", buffer);
    }
    for (uint32_t i = 0; i < gate->n_group_ids; i++)
        put(page, " %s", gate->group_ids[i]);
}

static void put_groups(struct page *page, const struct table *table)
{
    for (int32_t i = 0; (size_t)i < table->count; i++) {
        const struct security_group *group = r53__table_at(table, i);

        put(page, "group %s", group->id);
        for (uint32_t j = 0; j < group->n_gates; j++)
            put_gate(page, &group->gates[j]);
        put(page, "\n");
    }
}

static void put_balancers(struct page *page, const struct table *table)
{
    for (int32_t i = 0; (size_t)i < table->count; i++) {
        const struct load_balancer *lb = r53__table_at(table, i);

        put(page, "balancer %s", brief(lb->arn));
        for (uint32_t j = 0; j < lb->n_security_groups; j++)
            put(page, " %s", lb->security_groups[j]);
        put(page, lb->enforce_on_private_link ? "\n" : " not enforced\n");
    }
}

static void put_slots(struct page *page, const struct world *w)
{
    const struct table *groups = &w->cloud->tables[CLOUD_TARGET_GROUPS];

    for (int32_t i = 0; (size_t)i < groups->count; i++) {
        const struct target_group *group = r53__table_at(groups, i);

        if (group->target_control_port)
            put(page, "optimizer %s %d\n", brief(group->arn), (int)group->target_control_port);
    }
    if (w->observed->tables[OBSERVED_SLOTS].count)
        put(page, "slots i-1:80=%d i-1:81=%d\n",
            (int)r53__target_mark_find(w->observed, MARK_SLOTS, ARN "targetgroup/a/1", "i-1", 80),
            (int)r53__target_mark_find(w->observed, MARK_SLOTS, ARN "targetgroup/a/1", "i-1", 81));
}

static void put_instances(struct page *page, const r53_observed *observed)
{
    static const char *const ids[] = {"i-1", "i-2", "i-3"};

    for (size_t i = 0; i < COUNT(ids); i++) {
        if (r53__instance_down(observed, ids[i]))
            put(page, "down %s\n", ids[i]);
    }
}

static const struct document_case {
    const char *what, *document;
    int32_t rc;
    const char *page; /* what there is then, or what was found */
} cases[] = {
    {"ELB-LB-47 security groups as EC2 prints them",
     "{'SecurityGroups': [{'GroupId': 'sg-1', 'GroupName': 'web', 'Description': 'd', 'OwnerId':"
     " '123456789012', 'VpcId': 'vpc-1', 'SecurityGroupArn': 'arn', 'Tags': [], 'IpPermissions':"
     " [{'IpProtocol': 'tcp', 'FromPort': 80, 'ToPort': 443, 'UserIdGroupPairs': [{'GroupId':"
     " 'sg-2', 'UserId': '123456789012', 'Description': 'd'}], 'IpRanges': [{'CidrIp':"
     " '203.0.113.0/24', 'Description': 'd'}, {'CidrIp': '10.0.0.0/8'}], 'Ipv6Ranges':"
     " [{'CidrIpv6': '2001:db8::/32'}], 'PrefixListIds': []}, {'IpProtocol': '-1', 'IpRanges':"
     " [{'CidrIp': '0.0.0.0/0'}], 'Ipv6Ranges': [], 'PrefixListIds': [], 'UserIdGroupPairs': []}],"
     " 'IpPermissionsEgress': [{'IpProtocol': '-1'}]}, {'GroupId': 'sg-2', 'IpPermissions': []}]}",
     R53_OK,
     "group sg-1 -1/0-65535 0.0.0.0/0 6/80-443 10.0.0.0/8 203.0.113.0/24 2001:db8::/32 sg-2\n"
     "group sg-2\n"},
    {"ELB-LB-47 a group needs its id", "{'SecurityGroups': [{'IpPermissions': []}]}", R53_E_INVALID,
     "error SecurityGroups[0].GroupId: this field is missing\n"},
    {"ELB-LB-47 a rule needs a protocol that there is",
     "{'SecurityGroups': [{'GroupId': 'sg-1', 'IpPermissions': [{'IpProtocol': 'x'}]}]}",
     R53_E_INVALID,
     "error SecurityGroups[0].IpPermissions[0].IpProtocol: 'x' is not a protocol; expected tcp, "
     "udp, "
     "icmp, icmpv6, -1 or a number\n"},
    {"ELB-LB-47 the groups of a load balancer",
     "{'LoadBalancers': [{'LoadBalancerArn': '~loadbalancer/net/a/1', 'Type': 'network',"
     " 'SecurityGroups': ['sg-1', 'sg-2'], 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic':"
     " 'off'}, {'LoadBalancerArn': '~loadbalancer/net/b/2', 'Type': 'network', 'SecurityGroups':"
     " ['sg-1'], 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic': 'on'}]}",
     R53_OK,
     "balancer loadbalancer/net/a/1 sg-1 sg-2 not enforced\nbalancer loadbalancer/net/b/2 sg-1\n"},
    {"ELB-LB-47 on or off",
     "{'LoadBalancers': [{'LoadBalancerArn': '~loadbalancer/net/a/1', 'Type': 'network',"
     " 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic': 'maybe'}]}",
     R53_E_INVALID,
     "error LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: \"maybe\" is "
     "not on or off; expected off, on\n"},
    {"ELB-LB-47 those of a Classic one",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'DNSName':"
     " 'old-1.us-east-1.elb.amazonaws.com', 'SourceSecurityGroup': {'OwnerAlias':"
     " '123456789012'}, 'SecurityGroups': ['sg-3'], 'AvailabilityZones': [],"
     " 'ListenerDescriptions': [], 'Instances': []}]}",
     R53_OK, "balancer loadbalancer/old sg-3\n"},
    {"ELB-TG-11 ELB-TG-12 target optimizer",
     "{'R53Bundle': [{'Document': {'TargetGroups': [{'TargetGroupArn': '~targetgroup/a/1',"
     " 'Protocol': 'HTTP', 'Port': 80, 'TargetControlPort': 3000}]}}, {'Document':"
     " {'R53Supplement': {'RequestSlots': [{'TargetGroupArn': '~targetgroup/a/1', 'Target': {'Id':"
     " 'i-1'}, 'Slots': 4}, {'TargetGroupArn': '~targetgroup/a/1', 'Target': {'Id': 'i-1', 'Port':"
     " 81}, 'Slots': 0, 'Comment': 'c'}]}}}]}",
     R53_OK, "optimizer targetgroup/a/1 3000\nslots i-1:80=4 i-1:81=0\n"},
    {"ELB-ST-06 instances that do not run",
     "{'R53Supplement': {'Instances': [{'InstanceId': 'i-1', 'AvailabilityZone': 'us-east-1a',"
     " 'State': 'stopped'}, {'InstanceId': 'i-2', 'AvailabilityZone': 'us-east-1a', 'State':"
     " 'running'}, {'InstanceId': 'i-3', 'AvailabilityZone': 'us-east-1a'}]}}",
     R53_OK, "down i-1\n"},
    {"ELB-ST-06 in a word that there is",
     "{'R53Supplement': {'Instances': [{'InstanceId': 'i-1', 'AvailabilityZone': 'us-east-1a',"
     " 'State': 'asleep'}]}}",
     R53_E_INVALID,
     "error R53Supplement.Instances[0].State: \"asleep\" is not a state of an instance; expected "
     "running, stopped, terminated\n"},
    {"ELB-TG-12 slots are not below 0, and some target's",
     "{'R53Supplement': {'RequestSlots': [{'TargetGroupArn': 't', 'Target': {'Id': 'i'}, 'Slots':"
     " -1}, {'Target': {'Id': 'i'}, 'Slots': 1}]}}",
     R53_E_INVALID,
     "error R53Supplement.RequestSlots[0]: Slots is below 0\n"
     "error R53Supplement.RequestSlots[1]: TargetGroupArn is missing, so it is not known whose "
     "target "
     "this is; give `target_group_arn` in the context\n"},
};

static void check_document(void **state)
{
    const struct document_case *c = *state;
    static struct page page;
    struct world w;

    page.length = 0;
    page.text[0] = '\0';
    world_open(&w);
    assert_int_equal(read_quoted(&w, c->document, NULL), c->rc);
    if (c->rc == R53_OK) {
        assert_int_equal(r53_import_commit(w.import), R53_OK);
        put_groups(&page, &w.cloud->tables[CLOUD_SECURITY_GROUPS]);
        put_balancers(&page, &w.cloud->tables[CLOUD_LOAD_BALANCERS]);
        put_slots(&page, &w);
        put_instances(&page, w.observed);
    } else {
        put_findings(&page, w.report);
    }
    assert_string_equal(page.text, c->page);
    world_close(&w);
}

/* Reads the document with the k-th allocation failing; false: it asks for fewer. */
static bool play(const char *document, long k)
{
    struct torture heap = {.once = true};
    const r53_allocator allocator = torture_allocator(&heap);
    const r53_cloud_options options = {.size = sizeof(options), .allocator = &allocator};
    struct world w;
    bool failed;
    int32_t rc;

    world_open_with(&w, &options);
    heap.fail_at = heap.calls + k;
    rc = read_quoted(&w, document, NULL);
    if (rc == R53_OK)
        rc = r53_import_commit(w.import);
    failed = heap.calls >= heap.fail_at;
    assert_int_equal(rc, failed ? R53_E_NOMEM : R53_OK);
    world_close(&w);
    assert_int_equal(heap.live, 0);
    return failed;
}

static void check_no_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (long k = 1; cases[i].rc == R53_OK && play(cases[i].document, k); k++)
            ;
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_document);
    ADD_TEST(tests, n, "security groups and slots without memory", check_no_memory);
    return RUN_TESTS("JSON of security groups", tests, n);
}
