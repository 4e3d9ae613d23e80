/*
 * Requests of AWS's CLI applied to a cloud, and the answer of TestDNSAnswer as the CLI prints it. A
 * row is a request and what the cloud then holds; or a request that is refused, what is told of it,
 * and the cloud is as it was. In the rows ' stands for ".
 */
#include "support/cloud_text.h"
#include "support/json_text.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <r53/json.h>

#include <jansson.h>

#define HC   "abcdef11-2222-3333-4444-55555555555" /* and a digit */
#define COLL "c8c02a84-aaaa-bbbb-e0d2-d833a2f8010" /* and a digit */

/* ZONE1 example.com with www A 192.0.2.1 and a weighted pair, and one collection with one block. */
static r53_cloud *cloud_make(const r53_allocator *allocator)
{
    static const char *const blocks[] = {"203.0.113.0/24"};
    const r53_cidr_collection collection = {
        .size = sizeof(collection), .id = COLL "1", .name = "isps", .caller_reference = "c1"};
    const r53_cidr_change change = {.size = sizeof(change),
                                    .action = R53_CIDR_PUT,
                                    .location_name = "isp-1",
                                    .cidr_list = blocks,
                                    .n_cidr_list = 1};
    const r53_cidr_change *changes[] = {&change};
    r53_cloud *cloud = cloud_with_zone(allocator);

    assert_int_equal(batch_apply(cloud,
                                 "CREATE www A 192.0.2.1 ttl=60\n"
                                 "CREATE w A 192.0.2.2 id=blue weight=1 ttl=60\n",
                                 NULL),
                     R53_OK);
    assert_int_equal(r53_cidr_collection_create(cloud, &collection, NULL), R53_OK);
    assert_int_equal(r53_cidr_collection_change(cloud, COLL "1", 0, changes, 1, NULL), R53_OK);
    return cloud;
}

static void put_zone(struct page *page, const r53_cloud *cloud)
{
    char *zone = zone_dump(cloud, "ZONE1", 0);

    assert_non_null(zone);
    put(page, "%s", zone);
    free(zone);
}

static void put_checks(struct page *page, const r53_cloud *cloud)
{
    r53_health_check_listing *listing;
    const r53_health_check *check;

    assert_int_equal(r53_health_checks_list(&listing, cloud), R53_OK);
    while ((check = r53_health_check_listing_next(listing)))
        put(page, "check %s %s %s:%d by %s\n", check->id, r53_health_check_type_name(check->type),
            check->ip_address ? check->ip_address : "-", check->port,
            check->account ? check->account : "-");
    r53_health_check_listing_free(listing);
}

static void put_collection(struct page *page, const r53_cloud *cloud)
{
    const r53_cidr_collection *collection;
    const r53_cidr_block *block;
    r53_cidr_listing *listing;

    assert_int_equal(r53_cidr_collections_list(&listing, cloud), R53_OK);
    collection = r53_cidr_listing_next_collection(listing);
    assert_non_null(collection);
    put(page, "%s v%d", collection->name, collection->version);
    r53_cidr_listing_free(listing);
    assert_int_equal(r53_cidr_blocks_list(&listing, cloud, COLL "1", NULL), R53_OK);
    while ((block = r53_cidr_listing_next_block(listing)))
        put(page, " %s:%s", block->location_name, block->cidr_block);
    r53_cidr_listing_free(listing);
    put(page, "\n");
}

static const char *cloud_text(struct page *page, const r53_cloud *cloud)
{
    page->length = 0;
    put_zone(page, cloud);
    put_checks(page, cloud);
    put_collection(page, cloud);
    return page->text;
}

/* "error PATH NAME: TEXT" */
static const char *findings_text(struct page *page, const r53_report *report)
{
    static const char *const words[] = {"", "note", "warning", "error"};
    r53_finding f = {.size = sizeof(f)};

    page->length = 0;
    page->text[0] = '\0';
    for (size_t i = 0; r53_report_get(report, i, &f) == R53_OK; i++) {
        put(page, "%s", words[f.severity]);
        if (f.line)
            put(page, ":%d:%d", f.line, f.column);
        put(page, " %s %s: %s\n", f.path, f.aws_name, f.text);
    }
    return page->text;
}

/* Reads from a block of exactly the text's size, so that a sanitizer sees a byte too much. */
static int32_t change_exactly(r53_cloud *cloud, const char *json, size_t n,
                              const r53_json_context *context, r53_report *report)
{
    char *copy = malloc(n ? n : 1);
    int32_t rc;

    assert_non_null(copy);
    memcpy(copy, json, n);
    rc = r53_json_change(cloud, copy, n, context, report);
    free(copy);
    return rc;
}

#define IN(...)                                                                                    \
    {                                                                                              \
        .size = sizeof(r53_json_context), __VA_ARGS__                                              \
    }
#define ZONE1   IN(.hosted_zone_id = "ZONE1")
#define NOTHING IN(.account = NULL)
#define WWW     "www.example.com. A 192.0.2.1 ttl=60\n"
#define BLUE    "w.example.com. A id=blue 192.0.2.2 ttl=60 weight=1\n"
#define BLOCKS  "isps v2 isp-1:203.0.113.0/24\n"
#define A(name_)                                                                                   \
    "'ResourceRecordSet': {'Name': '" name_ "', 'Type': 'A', 'TTL': 60, 'ResourceRecords': "
#define ONE(value) "[{'Value': '" value "'}]}"

/* Requests and what they make */

static const struct change_case {
    const char *what, *json, *expected;
    r53_json_context context;
} changes[] = {
    {"R53-JSON-02 a change batch; names may lack their last dot",
     "{'Comment': 'c', 'Changes': [{'Action': 'CREATE', " A("a.example.com") ONE("192.0.2.3") "}]}",
     "a.example.com. A 192.0.2.3 ttl=60\n" BLUE WWW BLOCKS, ZONE1},
    {"R53-JSON-02 R53-BATCH-03 changes are made in their order",
     "{'Changes': [{'Action': 'DELETE', " A("www.example.com.")
         ONE("192.0.2.1") "},"
                          " {'Action': 'CREATE', " A("www.example.com.")
                              ONE("192.0.2.9") "}, {'Action': 'UPSERT', " A("b.example.com.")
                                  ONE("192.0.2.4") "}]}",
     "b.example.com. A 192.0.2.4 ttl=60\n" BLUE "www.example.com. A 192.0.2.9 ttl=60\n" BLOCKS,
     ZONE1},
    {"R53-JSON-02 a request that names its hosted zone",
     "{'HostedZoneId': '/hostedzone/ZONE1', 'ChangeBatch': {'Changes': [{'Action': 'DELETE', " A(
         "www.example.com") ONE("192.0.2.1") "}]}}",
     BLUE BLOCKS, NOTHING},
    {"R53-JSON-02 a request that names its hosted zone as the context does",
     "{'HostedZoneId': 'ZONE1', 'ChangeBatch': {'Comment': null, 'Changes': [{'Action': "
     "'DELETE', " A("www.example.com") ONE("192.0.2.1") "}]}}",
     BLUE BLOCKS, IN(.hosted_zone_id = "/hostedzone/ZONE1")},
    {"R53-JSON-02 a request that leaves its hosted zone to the context",
     "{'ChangeBatch': {'Changes': [{'Action': 'DELETE', " A("www.example.com")
         ONE("192.0.2.1") "}]}}",
     BLUE BLOCKS, ZONE1},
    {"R53-JSON-02 policies and aliases",
     "{'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': {'Name': 'w.example.com', 'Type': 'A',"
     " 'SetIdentifier': 'green', 'Weight': 0, 'TTL': 60, 'ResourceRecords': " ONE(
         "192.0.2.5") "}, {'Action': 'UPSERT', 'ResourceRecordSet': {'Name': 'alias.example.com',"
                      " 'Type': 'A', 'AliasTarget': {'HostedZoneId': 'ZONE1', 'DNSName': "
                      "'www.example.com.',"
                      " 'EvaluateTargetHealth': false}}}]}",
     "alias.example.com. A alias=ZONE1 www.example.com.\n" BLUE
     "w.example.com. A id=green 192.0.2.5 ttl=60 weight=0\n" WWW BLOCKS,
     ZONE1},
    {"R53-JSON-06 R53-COLL-01 blocks are put into locations and removed",
     "{'Id': '" COLL "1', 'CollectionVersion': 2, 'Changes': [{'LocationName': 'isp-2', 'Action':"
     " 'PUT', 'CidrList': ['198.51.100.0/24', '2001:db8::/32']}, {'LocationName': 'isp-1',"
     " 'Action': 'DELETE_IF_EXISTS', 'CidrList': ['203.0.113.0/24']}]}",
     BLUE WWW "isps v3 isp-2:198.51.100.0/24 isp-2:2001:db8::/32\n", NOTHING},
    {"R53-JSON-06 a version may be left out, and the collection to the context",
     "{'CollectionVersion': null, 'Changes': [{'LocationName': 'isp-1', 'Action': 'PUT',"
     " 'CidrList': ['198.51.100.0/24']}]}",
     BLUE WWW "isps v3 isp-1:198.51.100.0/24 isp-1:203.0.113.0/24\n",
     IN(.cidr_collection_id = COLL "1")},
    {"R53-JSON-04 R53-HC-01 a health check; its id is in the context",
     "{'CallerReference': 'r1', 'HealthCheckConfig': {'Type': 'HTTP', 'IPAddress': '192.0.2.44',"
     " 'Port': 8080, 'ResourcePath': '/'}}",
     BLUE WWW "check " HC "1 HTTP 192.0.2.44:8080 by 111122223333\n" BLOCKS,
     IN(.health_check_id = HC "1", .account = "111122223333")},
};

static void check_change(void **state)
{
    const struct change_case *c = *state;
    r53_cloud *cloud = cloud_make(NULL);
    char *json = unquote(c->json);
    static struct page page;
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    if (change_exactly(cloud, json, strlen(json), &c->context, report) != R53_OK ||
        r53_report_count(report) != 0)
        fail_msg("%s", findings_text(&page, report));
    assert_string_equal(cloud_text(&page, cloud), c->expected);
    r53_report_free(report);
    free(json);
    r53_cloud_free(cloud);
}

/* Requests that are refused */

static const struct fault_case {
    const char *what, *json, *findings;
    int32_t rc;
    r53_json_context context;
} faults[] = {
    {"R53-JSON-02 a batch is made whole or not at all, and the change at fault is told",
     "{'Changes': [{'Action': 'CREATE', " A("a.example.com")
         ONE("192.0.2.3") "}, {'Action':"
                          " 'CREATE', " A("www.example.com") ONE("192.0.2.3") "}]}",
     "error Changes[1].ResourceRecordSet InvalidChangeBatch: Tried to create resource record set "
     "[name='www.example.com.', type='A'] but it already exists\n",
     R53_E_INVALID, ZONE1},
    {"T22 R53-JSON-02 a document is refused what the call is: a name beside the zone, T16",
     "{'Changes': [{'Action': 'CREATE', " A("notexample.com") ONE("192.0.2.3") "}]}",
     "error Changes[0].ResourceRecordSet InvalidChangeBatch: RRSet with DNS name notexample.com. is "
     "not permitted in zone example.com.\n",
     R53_E_INVALID, ZONE1},
    {"R53-JSON-02 the path begins at the document's own beginning",
     "{'HostedZoneId': 'ZONE1', 'ChangeBatch': {'Changes': [{'Action': 'DELETE', " A(
         "nope.example.com") ONE("192.0.2.3") "}]}}",
     "error ChangeBatch.Changes[0].ResourceRecordSet InvalidChangeBatch: Tried to delete resource "
     "record set [name='nope.example.com.', type='A'] but it was not found\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-02 R53-BATCH-12 a batch without changes", "{'ChangeBatch': {'Changes': []}}",
     "error ChangeBatch.Changes InvalidInput: Invalid XML ; cvc-complex-type: a batch needs at "
     "least one Change\n",
     R53_E_INVALID, ZONE1},
    {"R53-JSON-02 a hosted zone that is not there",
     "{'HostedZoneId': 'ZNONE', 'ChangeBatch': {'Changes': [{'Action': 'DELETE', " A(
         "www.example.com") ONE("192.0.2.1") "}]}}",
     "error ChangeBatch NoSuchHostedZone: No hosted zone found with ID: ZNONE\n", R53_E_NOT_FOUND,
     NOTHING},
    {"R53-JSON-02 nobody says which hosted zone", "{'Changes': []}",
     "error  : the request does not say which hosted zone it changes; give `hosted_zone_id` in the "
     "context\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-02 request and context name two hosted zones",
     "{'HostedZoneId': '/hostedzone/ZONE1', 'ChangeBatch': {'Changes': []}}",
     "error ChangeBatch : the context's `hosted_zone_id` ZONE2 is not what the request names: "
     "ZONE1\n",
     R53_E_INVALID, IN(.hosted_zone_id = "ZONE2")},
    {"R53-JSON-02 what a change cannot be without",
     "{'Changes': [{'Action': 'create', " A("a.example.com")
         ONE("192.0.2.3") "}, {'Action':"
                          " 'CREATE'}, {'ResourceRecordSet': {'Name': 'x', 'Type': 'XX'}}, 3]}",
     "error Changes[0].Action : \"create\" is not an action; expected CREATE, DELETE, UPSERT\n"
     "error Changes[1].ResourceRecordSet : this field is missing\n"
     "error Changes[2].ResourceRecordSet.Type : \"XX\" is not a record type that Route 53 can "
     "hold\n"
     "error Changes[2].Action : this field is missing\n"
     "error Changes[3] : 3 is not an object\n",
     R53_E_INVALID, ZONE1},
    {"R53-JSON-02 nothing is left out of a batch, even if so asked",
     "{'Changes': [{'Action': 'CREATE', " A("a.example.com") ONE("192.0.2.3") "}, {'Action':"
                                                                              " 'CREATE'}]}",
     "error Changes[1].ResourceRecordSet : this field is missing\n", R53_E_INVALID,
     IN(.hosted_zone_id = "ZONE1", .skip_invalid = 1)},
    {"R53-JSON-08 fields that are not known are notes",
     "{'Changes': [{'Action': 'DELETE', 'Why': 1, " A("nope.example.com")
         ONE("192.0.2.3") "}], 'When': 2}",
     "note Changes[0].Why : this field is not known and was not read\n"
     "note When : this field is not known and was not read\n"
     "error Changes[0].ResourceRecordSet InvalidChangeBatch: Tried to delete resource record set "
     "[name='nope.example.com.', type='A'] but it was not found\n",
     R53_E_INVALID, ZONE1},
    {"R53-JSON-06 a collection that is not there",
     "{'Id': '" COLL "2', 'Changes': [{'LocationName': 'x', 'Action': 'PUT', 'CidrList':"
     " ['192.0.2.0/24']}]}",
     "error Id NoSuchCidrCollectionException: The CIDR collection " COLL "2 doesn't exist.\n",
     R53_E_NOT_FOUND, NOTHING},
    {"R53-JSON-06 R53-COLL-01 another version",
     "{'Id': '" COLL "1', 'CollectionVersion': 1, 'Changes': [{'LocationName': 'isp-1', 'Action':"
     " 'PUT', 'CidrList': ['192.0.2.0/24']}]}",
     "error CollectionVersion CidrCollectionVersionMismatchException: The CIDR collection " COLL
     "1 has another version than the one given.\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-06 a block that is none, by its place",
     "{'Id': '" COLL "1', 'Changes': [{'LocationName': 'isp-1', 'Action': 'PUT', 'CidrList':"
     " ['192.0.2.0/24']}, {'LocationName': 'isp-1', 'Action': 'PUT', 'CidrList': ['192.0.2']}]}",
     "error Changes[1].CidrList InvalidInput: '192.0.2' is not a CIDR block\n", R53_E_INVALID,
     NOTHING},
    {"R53-JSON-06 what a change of a collection cannot be without",
     "{'Id': '" COLL "1', 'Changes': [{'LocationName': 'x', 'Action': 'CREATE', 'CidrList': 'y'},"
     " {}]}",
     "error Changes[0].Action : \"CREATE\" is not an action on a location; expected PUT, "
     "DELETE_IF_EXISTS\n"
     "error Changes[0].CidrList : \"y\" is not a list\n"
     "error Changes[1].LocationName : this field is missing\n"
     "error Changes[1].Action : this field is missing\n"
     "error Changes[1].CidrList : this field is missing\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-06 nobody says which collection", "{'CollectionVersion': 1, 'Changes': []}",
     "error  : the request does not say which collection it changes; give `cidr_collection_id` in "
     "the context\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-06 request and context name two collections", "{'Id': '" COLL "1', 'Changes': []}",
     "error  : the context's `cidr_collection_id` " COLL "2 is not what the request names: " COLL
     "1\n",
     R53_E_INVALID, IN(.cidr_collection_id = COLL "2")},
    {"R53-JSON-04 a health check needs an id",
     "{'CallerReference': 'r1', 'HealthCheckConfig': {'Type': 'TCP', 'IPAddress': '192.0.2.44',"
     " 'Port': 80}}",
     "error  : the id of a new health check is not in its request; give `health_check_id` in the "
     "context\n",
     R53_E_INVALID, NOTHING},
    {"R53-JSON-04 R53-HC-02 what AWS refuses of a health check",
     "{'CallerReference': 'r1', 'HealthCheckConfig': {'Type': 'HTTP', 'IPAddress': '192.0.2.44',"
     " 'Port': 70000}}",
     "error HealthCheckConfig InvalidInput: Invalid parameter : Port '70000' is out of range; "
     "expected 1 to 65535.\n",
     R53_E_INVALID, IN(.health_check_id = HC "1")},
    {"a document is no request", "{'HostedZones': []}",
     "error  : this is no request that is applied here; expected an object with Changes, "
     "ChangeBatch or HealthCheckConfig, or with the action of elbv2 or elb that it is, such "
     "as CreateListener\n",
     R53_E_INVALID, ZONE1},
    {"a list is no request", "[{'Action': 'CREATE'}]",
     "error  : this is no request that is applied here; expected an object with Changes, "
     "ChangeBatch or HealthCheckConfig, or with the action of elbv2 or elb that it is, such "
     "as CreateListener\n",
     R53_E_INVALID, ZONE1},
    {"malformed text, by line and column", "{'Changes':\n [}",
     "error:2:3  : unexpected token near "
     "'}'\n",
     R53_E_SYNTAX, ZONE1},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;
    r53_cloud *cloud = cloud_make(NULL);
    char *json = unquote(c->json);
    static struct page page;
    r53_report *report;
    int32_t rc;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    rc = change_exactly(cloud, json, strlen(json), &c->context, report);
    assert_string_equal(findings_text(&page, report), c->findings);
    assert_int_equal(rc, c->rc);
    assert_string_equal(cloud_text(&page, cloud), BLUE WWW BLOCKS);
    assert_int_equal(r53_json_change(cloud, json, strlen(json), &c->context, NULL), c->rc);
    r53_report_free(report);
    free(json);
    r53_cloud_free(cloud);
}

static void misuse(void **state)
{
    r53_cloud *cloud = cloud_make(NULL);
    const r53_json_context unsized = {0};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_json_change(NULL, "{}", 2, NULL, report), R53_E_INVALID);
    assert_int_equal(r53_json_change(cloud, NULL, 0, NULL, report), R53_E_INVALID);
    assert_int_equal(r53_json_change(cloud, "{}", 2, &unsized, report), R53_E_INVALID);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 3);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/*
 * Valid requests with octets changed, left out and doubled: applied, or told and nothing changed.
 */

static void mutation(const struct change_case *c, uint64_t seed, r53_report *report)
{
    static const char untouched[] = BLUE WWW BLOCKS;
    r53_cloud *cloud = cloud_make(NULL);
    char *json = unquote(c->json);
    size_t n = strlen(json), room = n + 64;
    static struct page page;

    json = realloc(json, room);
    assert_non_null(json);
    n = mutate(json, n, room, seed);
    r53_report_clear(report);
    if (change_exactly(cloud, json, n, &c->context, report) != R53_OK) {
        assert_int_not_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 0);
        assert_string_equal(cloud_text(&page, cloud), untouched);
    }
    free(json);
    r53_cloud_free(cloud);
}

static void mutations(void **state)
{
    enum { ROUNDS = 300 };
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(changes) * ROUNDS; i++)
        mutation(&changes[i % COUNT(changes)], i, report);
    r53_report_free(report);
}

/* Allocation k of jansson and the reader fails, and all behind it: nothing is changed. */

static long allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left > 0 && allocations_left-- ? malloc(size) : NULL;
}

static int32_t change_starved(const struct change_case *c, const char *json, long left)
{
    r53_cloud *cloud = cloud_make(NULL);
    static struct page page;
    int32_t rc;

    allocations_left = left;
    rc = change_exactly(cloud, json, strlen(json), &c->context, NULL);
    assert_string_equal(cloud_text(&page, cloud), rc == R53_OK ? c->expected : BLUE WWW BLOCKS);
    r53_cloud_free(cloud);
    return rc;
}

static void starving(void **state)
{
    (void)state;
    json_set_alloc_funcs(failing_malloc, free);
    for (size_t i = 0; i < COUNT(changes); i++) {
        char *json = unquote(changes[i].json);
        int32_t rc = R53_E_NOMEM;

        for (long left = 0; rc != R53_OK; left++) {
            rc = change_starved(&changes[i], json, left);
            if (rc != R53_OK && rc != R53_E_NOMEM && rc != R53_E_SYNTAX) /* see r53_json_read */
                fail_msg("\"%s\" with %ld allocations: %s", changes[i].what, left,
                         r53_error_name(rc));
        }
        free(json);
    }
    json_set_alloc_funcs(malloc, free);
}

/* TestDNSAnswer */

static const struct print_case {
    const char *what, *cloud, *name, *expected;
    int32_t type;
} prints[] = {
    {"R53-JSON-07 R53-TEST-02 an answer with two values",
     "m MX 10~a.example.com,20~b.example.com\n", "m.example.com",
     "{\n"
     "    'Nameserver': 'ns1.test',\n"
     "    'RecordName': 'm.example.com',\n"
     "    'RecordType': 'MX',\n"
     "    'RecordData': [\n"
     "        '10 a.example.com.',\n"
     "        '20 b.example.com.'\n"
     "    ],\n"
     "    'ResponseCode': 'NOERROR',\n"
     "    'Protocol': 'UDP'\n"
     "}",
     R53_TYPE_MX},
    {"R53-JSON-07 R53-CASE-73 a referral: an empty list",
     "acme NS ns1.example.net,ns2.example.net\nwww.acme A 192.0.2.1\n", "www.acme.example.com",
     "{\n"
     "    'Nameserver': 'ns1.test',\n"
     "    'RecordName': 'www.acme.example.com',\n"
     "    'RecordType': 'A',\n"
     "    'RecordData': [],\n"
     "    'ResponseCode': 'NOERROR',\n"
     "    'Protocol': 'UDP'\n"
     "}",
     R53_TYPE_A},
    {"R53-JSON-07 quotes and backslashes", "t TXT \"a\\134\"\n", "T\\055\".example.com",
     "{\n"
     "    'Nameserver': 'ns1.test',\n"
     "    'RecordName': 'T\\\\055\\\".example.com',\n"
     "    'RecordType': 'TXT',\n"
     "    'RecordData': [],\n"
     "    'ResponseCode': 'NXDOMAIN',\n"
     "    'Protocol': 'UDP'\n"
     "}",
     R53_TYPE_TXT},
};

/* Both in `w`; to be freed. */
static r53_answer *answer_ask(const struct world *w, const struct print_case *c,
                              r53_test_dns_result *result)
{
    const r53_test_dns_query query = {.size = sizeof(query),
                                      .hosted_zone_id = "ZONE1",
                                      .record_name = c->name,
                                      .record_type = c->type,
                                      .seed = 1};
    r53_answer *answer;

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_test_dns_answer(w->view, &query, answer, result, NULL), R53_OK);
    return answer;
}

static void check_print(void **state)
{
    const struct print_case *c = *state;
    r53_test_dns_result result = {.size = sizeof(result)};
    char *expected = unquote(c->expected), *buffer;
    size_t length = 0, n = strlen(expected);
    r53_answer *answer;
    struct world w;

    world_open(&w, c->cloud);
    answer = answer_ask(&w, c, &result);
    assert_int_equal(r53_json_test_dns_answer(&result, answer, NULL, 0, &length), R53_E_NO_SPACE);
    assert_int_equal(length, n);
    buffer = malloc(n + 1);
    assert_non_null(buffer);
    buffer[0] = 'x';
    assert_int_equal(r53_json_test_dns_answer(&result, answer, buffer, n, NULL), R53_E_NO_SPACE);
    assert_int_equal(buffer[0], 'x');
    assert_int_equal(r53_json_test_dns_answer(&result, answer, buffer, n + 1, &length), R53_OK);
    assert_string_equal(buffer, expected);
    free(buffer);
    free(expected);
    r53_answer_free(answer);
    world_close(&w);
}

static void print_misuse(void **state)
{
    r53_test_dns_result result = {.size = sizeof(result)};
    r53_answer *answer;
    char buffer[8];
    struct world w;

    (void)state;
    world_open(&w, prints[0].cloud);
    answer = answer_ask(&w, &prints[0], &result);
    assert_int_equal(r53_json_test_dns_answer(NULL, answer, buffer, 8, NULL), R53_E_INVALID);
    assert_int_equal(r53_json_test_dns_answer(&result, NULL, buffer, 8, NULL), R53_E_INVALID);
    assert_int_equal(r53_json_test_dns_answer(&result, answer, NULL, 8, NULL), R53_E_INVALID);
    result.n_record_data++; /* of another answer */
    assert_int_equal(r53_json_test_dns_answer(&result, answer, buffer, 8, NULL), R53_E_INVALID);
    result.size = 4;
    assert_int_equal(r53_json_test_dns_answer(&result, answer, buffer, 8, NULL), R53_E_INVALID);
    r53_answer_free(answer);
    world_close(&w);
}

/* A result that no zone made: whatever is in it, the text stays JSON. */
static void print_octets(void **state)
{
    const r53_test_dns_result result = {.size = sizeof(result),
                                        .nameserver = "\x01\x7f",
                                        .record_name = "\"\\\n",
                                        .record_type = "\xff",
                                        .response_code = "",
                                        .protocol = "UDP"};
    r53_answer *answer;
    char buffer[256];

    (void)state;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_json_test_dns_answer(&result, answer, buffer, sizeof(buffer), NULL),
                     R53_OK);
    assert_non_null(strstr(buffer, "\"Nameserver\": \"\\u0001\\u007f\",\n"));
    assert_non_null(strstr(buffer, "\"RecordName\": \"\\\"\\\\\\u000a\",\n"));
    assert_non_null(strstr(buffer, "\"RecordType\": \"\\u00ff\",\n"));
    r53_answer_free(answer);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(changes) + COUNT(faults) + COUNT(prints) + 5];
    size_t n = 0;

    ADD_CASES(tests, n, changes, check_change);
    ADD_CASES(tests, n, faults, check_fault);
    ADD_CASES(tests, n, prints, check_print);
    ADD_TEST(tests, n, "R53_E_INVALID for missing pointers and sizes", misuse);
    ADD_TEST(tests, n, "R53-JSON-02 any change of a valid request ends in a result", mutations);
    ADD_TEST(tests, n, "R53-JSON-02 any allocation of a request may fail", starving);
    ADD_TEST(tests, n, "R53_E_INVALID for what is no result of this answer", print_misuse);
    ADD_TEST(tests, n, "R53-JSON-07 octets that are not printable", print_octets);
    return RUN_TESTS("json_change", tests, n);
}
