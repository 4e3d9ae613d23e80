/* A struct whose size is not right: which one it was, and which are, wherever it goes in. */
#include "support/harness.h"

#include <r53/r53.h>

#include "base/sized_refusal.h"

/* A struct of 16 octets as this version knows it, and room for what a later one has. */
struct later {
    uint32_t size;
    unsigned char rest[28];
};

static const struct words_case {
    const char *what;
    uint32_t size, last; /* last: the octet at the end of `rest` */
    const char *words;
} cases[] = {
    {"a size that is not set is told with the one to set", 0, 0,
     "the size of the rule is not set; expected its sizeof, 16 here"},
    {"a size that no struct has is told with those that are accepted", 7, 0,
     "the size of the rule is 7; expected its sizeof, 16 here, or another multiple of 4"},
    {"of a later version's struct it is told what is known here", 32, 1,
     "the size of the rule is 32, and octets behind the 16 that are known here are not 0"},
    {"the largest size fits the sentence", UINT32_MAX, 0,
     "the size of the rule is 4294967295; expected its sizeof, 16 here, or another multiple of 4"},
};

static void words(void **state)
{
    const struct words_case *c = *state;
    struct later later = {.size = c->size};
    char got[SIZED_WORDS_MAX];

    later.rest[sizeof(later.rest) - 1] = (unsigned char)c->last;
    assert_string_equal(r53__sized_words(got, "rule", &later, 16), c->words);
}

static void nothing(void **state)
{
    char got[SIZED_WORDS_MAX];

    (void)state;
    assert_string_equal(r53__sized_words(got, "rule", NULL, 16), "the rule is missing");
}

/* Calls with a struct without size: what they tell, and where. */
struct door {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_import *import;
    r53_view *view;
    r53_report *report;
    r53_answer *answer;
};

static union {
    r53_hosted_zone zone;
    r53_load_balancer load_balancer;
    r53_target_group group;
    r53_listener listener;
    r53_listener_rule rule;
    r53_health_check check;
    r53_cidr_collection collection;
    r53_query query;
    r53_request request;
    r53_peer peer;
    r53_record_set set;
    r53_place place;
    r53_checker_probe probe;
    r53_zone_file_options file_options;
    r53_test_dns_query test;
    r53_tree_options tree;
    r53_target target;
    r53_target_health_query healths;
} unset;

static int32_t zone(struct door *d)
{
    return r53_zone_create(d->cloud, &unset.zone, d->report);
}
static int32_t balancer(struct door *d)
{
    return r53_load_balancer_create(d->cloud, &unset.load_balancer, d->report);
}
static int32_t group(struct door *d)
{
    return r53_target_group_create(d->cloud, &unset.group, d->report);
}
static int32_t listener(struct door *d)
{
    return r53_listener_create(d->cloud, &unset.listener, d->report);
}
static int32_t listener_again(struct door *d)
{
    return r53_listener_modify(d->cloud, &unset.listener, d->report);
}
static int32_t rule(struct door *d)
{
    return r53_listener_rule_create(d->cloud, &unset.rule, d->report);
}
static int32_t check(struct door *d)
{
    return r53_health_check_create(d->cloud, &unset.check, d->report);
}
static int32_t collection(struct door *d)
{
    return r53_cidr_collection_create(d->cloud, &unset.collection, d->report);
}
static int32_t query(struct door *d)
{
    return r53_query_check(&unset.query, d->report);
}
static int32_t request(struct door *d)
{
    return r53_request_check(&unset.request, d->report);
}
static int32_t peer(struct door *d)
{
    return r53_peer_check(&unset.peer, d->report);
}
static int32_t place(struct door *d)
{
    return r53_observe_place(d->observed, "192.0.2.0/24", &unset.place, d->report);
}
static int32_t probe(struct door *d)
{
    return r53_observe_checker_probe(d->observed, d->cloud, &unset.probe, d->report);
}
static int32_t imported_zone_file(struct door *d)
{
    return r53_import_zone_file(d->import, &unset.file_options, "", 0);
}
static int32_t zone_file_without_zone(struct door *d)
{
    const r53_zone_file_options options = {.size = sizeof(options), .hosted_zone = &unset.zone};

    return r53_import_zone_file(d->import, &options, "", 0);
}
static int32_t imported_set(struct door *d)
{
    return r53_import_record_set(d->import, "Z1", &unset.set);
}
static int32_t imported_balancer(struct door *d)
{
    return r53_import_load_balancer(d->import, &unset.load_balancer);
}
static int32_t tested(struct door *d)
{
    r53_test_dns_result result = {.size = sizeof(result)};

    return r53_test_dns_answer(d->view, &unset.test, d->answer, &result, d->report);
}
static int32_t healths(struct door *d)
{
    r53_target_health_listing *listing;

    return r53_target_healths_list(&listing, d->view, &unset.healths, d->report);
}
static int32_t tree(struct door *d)
{
    const r53_query asked = {.size = sizeof(asked), .name = "example.com"};
    r53_tree *made;

    return r53_tree_new(&made, d->view, &asked, &unset.tree, d->report);
}
static int32_t change(struct door *d)
{
    const r53_change one = {
        .size = sizeof(one), .action = R53_ACTION_CREATE, .record_set = &unset.set};
    const r53_change *const batch[] = {&one};

    return r53_zone_change(d->cloud, "Z1", batch, 1, d->report);
}
static int32_t change_missing(struct door *d)
{
    const r53_change *const batch[] = {NULL};

    return r53_zone_change(d->cloud, "Z1", batch, 1, d->report);
}
static int32_t registered(struct door *d)
{
    return r53_target_register(d->cloud, "arn:tg", &unset.target, 0, d->report);
}

static const struct door_case {
    const char *what;
    int32_t (*call)(struct door *d);
    const char *path, *text; /* text: its beginning */
} doors[] = {
    {"a hosted zone's size", zone, "size", "the size of the hosted zone is not set; expected"},
    {"a load balancer's size", balancer, "size", "the size of the load balancer is not set"},
    {"a target group's size", group, "size", "the size of the target group is not set"},
    {"a listener's size", listener, "size", "the size of the listener is not set"},
    {"a changed listener's size", listener_again, "size", "the size of the listener is not set"},
    {"a rule's size", rule, "size", "the size of the rule is not set"},
    {"a health check's size", check, "size", "the size of the health check is not set"},
    {"a CIDR collection's size", collection, "size", "the size of the CIDR collection is not set"},
    {"a query's size", query, "Size", "the size of the query is not set"},
    {"a request's size", request, "Size", "the size of the request is not set"},
    {"a peer's size", peer, "Size", "the size of the peer is not set"},
    {"a place's size", place, "Place", "the size of the place is not set"},
    {"a probe's size", probe, "size", "the size of the probe is not set"},
    {"a zone file's options' size", imported_zone_file, "size", "the size of the options is not"},
    {"a zone file's zone's size", zone_file_without_zone, "size", "the size of the hosted zone"},
    {"a record set's size", imported_set, "size", "the size of the record set is not set"},
    {"an imported load balancer's size", imported_balancer, "size", "the size of the struct is"},
    {"a test's size", tested, "size", "the size of the query is not set"},
    {"a listing's query's size", healths, "size", "the size of the query is not set"},
    {"a tree's options' size", tree, "size", "the size of the options is not set"},
    {"a changed record set's size", change, "Changes[0].ResourceRecordSet",
     "the size of the record set is not set"},
    {"a change that is missing", change_missing, "Changes[0].ResourceRecordSet",
     "the change is missing"},
    {"a target's size", registered, "size", "the size of the struct is not set"},
};

static void told(void **state)
{
    static const r53_hosted_zone made = {
        .size = sizeof(made), .id = "Z1", .name = "example.com", .caller_reference = "one"};
    const struct door_case *c = *state;
    r53_finding finding = {.size = sizeof(finding)};
    struct door d;

    assert_int_equal(r53_report_new(&d.report, NULL), R53_OK);
    assert_int_equal(r53_cloud_new(&d.cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&d.observed, NULL), R53_OK);
    assert_int_equal(r53_answer_new(&d.answer, NULL), R53_OK);
    assert_int_equal(r53_zone_create(d.cloud, &made, NULL), R53_OK);
    assert_int_equal(r53_import_new(&d.import, d.cloud, d.observed, d.report), R53_OK);
    assert_int_equal(r53_view_new(&d.view, d.cloud, d.observed, 0, NULL), R53_OK);
    assert_int_equal(c->call(&d), R53_E_INVALID);
    assert_int_equal(r53_report_count(d.report), 1);
    assert_int_equal(r53_report_get(d.report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, c->path);
    assert_memory_equal(finding.text, c->text, strlen(c->text));
    r53_view_release(d.view);
    r53_import_free(d.import);
    r53_answer_free(d.answer);
    r53_observed_free(d.observed);
    r53_cloud_free(d.cloud);
    r53_report_free(d.report);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(doors) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, words);
    ADD_CASES(tests, n, doors, told);
    ADD_TEST(tests, n, "a struct that is missing is told as missing", nothing);
    return RUN_TESTS("sizes that are refused", tests, n);
}
