/* CIDR collections: creating, changing, deleting, listing, importing, and what views bind. */
#include "support/harness.h"
#include "support/zone_text.h"

#include "model/cidr_collection.h"
#include "model/cloud.h"
#include "view/collections.h"

#include <r53/import.h>
#include <r53/view.h>

#include <stdio.h>
#include <stdlib.h>

#define ONE "11111111-2222-3333-4444-555555555555"
#define TWO "22222222-2222-3333-4444-555555555555"
#define NO  "00000000-2222-3333-4444-555555555555"

enum { TEXT = 4096, BLOCKS = 1001 };

static int32_t create(r53_cloud *cloud, const char *id, const char *name, r53_report *report)
{
    r53_cidr_collection collection = {.size = sizeof(collection), .id = id, .name = name};

    return r53_cidr_collection_create(cloud, &collection, report);
}

/* A request as text: "+isp-1 10.0.0.0/8 192.0.2.0/24; -isp-2 2001:db8::/32". */
struct request_text {
    char text[TEXT];
    const char *blocks[8][BLOCKS];
    r53_cidr_change changes[8];
    const r53_cidr_change *pointers[8];
    size_t n;
};

static void request_parse(struct request_text *r, const char *text)
{
    char *at = r->text, *change = NULL;

    snprintf(r->text, sizeof(r->text), "%s", text);
    r->n = 0;
    for (char *word = strtok(at, " ;"); word; word = strtok(NULL, " ;")) {
        if (*word == '+' || *word == '-') {
            change = word;
            r->changes[r->n] = (r53_cidr_change){.size = sizeof(r53_cidr_change),
                                                 .action = *word == '+' ? R53_CIDR_PUT
                                                                        : R53_CIDR_DELETE_IF_EXISTS,
                                                 .location_name = change + 1,
                                                 .cidr_list = r->blocks[r->n]};
            r->pointers[r->n] = &r->changes[r->n];
            r->n++;
        } else {
            r->blocks[r->n - 1][r->changes[r->n - 1].n_cidr_list++] = word;
        }
    }
}

static int32_t change(r53_cloud *cloud, const char *id, int32_t version, const char *text,
                      r53_report *report)
{
    static struct request_text request;

    request_parse(&request, text);
    return r53_cidr_collection_change(cloud, id, version, request.pointers, request.n, report);
}

/* The blocks as listed: "isp-1 10.0.0.0/8, isp-2 192.0.2.0/24". */
static const char *blocks_dump(const r53_cloud *cloud, const char *id)
{
    static char out[TEXT];
    r53_cidr_listing *listing;
    const r53_cidr_block *block;
    size_t at = 0;

    out[0] = '\0';
    if (r53_cidr_blocks_list(&listing, cloud, id, NULL) != R53_OK)
        return "none";
    while ((block = r53_cidr_listing_next_block(listing)))
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%s %s", at ? ", " : "",
                               block->location_name, block->cidr_block);
    r53_cidr_listing_free(listing);
    return out;
}

static int32_t version_of(const r53_cloud *cloud, const char *id)
{
    const struct cidr_collection *c =
        r53__table_find(&cloud->tables[CLOUD_CIDR_COLLECTIONS], r53__span(id));

    return c ? c->version : 0;
}

/* A cloud with zone ZONE1 and the collection ONE. */
static r53_cloud *cloud_new(void)
{
    r53_cloud *cloud = cloud_with_zone(NULL);

    assert_int_equal(create(cloud, ONE, "one", NULL), R53_OK);
    return cloud;
}

static void expect_finding(const r53_report *report, const char *aws_name)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, aws_name);
    assert_string_not_equal(finding.rule, "");
    assert_string_not_equal(finding.text, "");
}

/* ---- creating ---- */

static const struct create_case {
    const char *what, *id, *name;
    int32_t code;
    const char *aws_name;
} creates[] = {
    {"R53-CIDR-02 another name", TWO, "two", R53_OK, ""},
    {"R53-COLL-02 a name twice", TWO, "one", R53_E_EXISTS, "CidrCollectionAlreadyExistsException"},
    {"R53-COLL-02 an id twice", ONE, "two", R53_E_EXISTS, "CidrCollectionAlreadyExistsException"},
    {"R53-CIDR-02 no name", TWO, NULL, R53_E_INVALID, "InvalidInput"},
    {"R53-CIDR-02 a name with a dot", TWO, "a.b", R53_E_INVALID, "InvalidInput"},
    {"R53-CIDR-02 a name of 64 characters", TWO,
     "0123456789_abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ", R53_OK, ""},
    {"R53-CIDR-02 a name of 65 characters", TWO,
     "0123456789_abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ0", R53_E_INVALID,
     "InvalidInput"},
    {"R53-CIDR-01 an id that is no UUID", "one", "two", R53_E_INVALID, "InvalidInput"},
    {"R53-CIDR-01 no id", NULL, "two", R53_E_INVALID, "InvalidInput"},
};

static void check_create(void **state)
{
    const struct create_case *c = *state;
    r53_cloud *cloud = cloud_new();
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(create(cloud, c->id, c->name, report), c->code);
    if (c->code == R53_OK) {
        assert_int_equal(r53_report_count(report), 0);
        assert_int_equal(version_of(cloud, c->id), 1);
        assert_string_equal(blocks_dump(cloud, c->id), "");
    } else {
        expect_finding(report, c->aws_name);
    }
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void five_an_account(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char id[] = NO, name[] = "0";

    (void)state;
    for (int i = 0; i < 6; i++) {
        id[0] = name[0] = (char)('0' + i);
        assert_int_equal(create(cloud, id, name, NULL), i < 5 ? R53_OK : R53_E_LIMIT);
    }
    r53_cloud_free(cloud);
}

/* ---- changing ---- */

static const struct change_case {
    const char *what;
    const char *before;  /* a request that works; "": none */
    const char *zone;    /* a batch that works; "": none */
    const char *request;
    const char *aws_name; /* NULL: accepted */
    const char *blocks;   /* listed after it */
    int32_t code, expected; /* 0: R53_E_INVALID; version expected */
} changes[] = {
    {"R53-COLL-01 PUT makes a location", "", "", "+isp-1 10.0.0.0/24 2001:db8::/32", NULL,
     "isp-1 10.0.0.0/24, isp-1 2001:db8::/32", 0, 0},
    {"R53-COLL-01 PUT adds to a location", "+isp-1 10.0.0.0/24", "", "+isp-1 10.0.1.0/24", NULL,
     "isp-1 10.0.0.0/24, isp-1 10.0.1.0/24", 0, 0},
    {"R53-COLL-01 PUT of what is there", "+isp-1 10.0.0.0/24", "", "+isp-1 10.0.0.0/24", NULL,
     "isp-1 10.0.0.0/24", 0, 0},
    {"R53-COLL-01 DELETE_IF_EXISTS removes", "+isp-1 10.0.0.0/24 10.0.1.0/24", "",
     "-isp-1 10.0.0.0/24", NULL, "isp-1 10.0.1.0/24", 0, 0},
    {"R53-COLL-01 DELETE_IF_EXISTS of what is not there", "+isp-1 10.0.0.0/24", "",
     "-isp-1 10.0.1.0/24", NULL, "isp-1 10.0.0.0/24", 0, 0},
    {"R53-COLL-01 DELETE_IF_EXISTS minds the location", "+isp-1 10.0.0.0/24", "",
     "-isp-2 10.0.0.0/24", NULL, "isp-1 10.0.0.0/24", 0, 0},
    {"R53-COLL-01 a location without blocks is gone", "+a 10.0.0.0/24; +b 10.0.1.0/24", "",
     "-a 10.0.0.0/24", NULL, "b 10.0.1.0/24", 0, 0},
    {"R53-COLL-01 blocks are listed by location, then address", "", "",
     "+b 10.0.2.0/24; +a 10.0.3.0/24 10.0.1.0/24; +b 10.0.0.0/8", NULL,
     "a 10.0.1.0/24, a 10.0.3.0/24, b 10.0.0.0/8, b 10.0.2.0/24", 0, 0},
    {"R53-COLL-01 the version expected", "+a 10.0.0.0/24", "", "+a 10.0.1.0/24", NULL,
     "a 10.0.0.0/24, a 10.0.1.0/24", 0, 2},
    {"R53-COLL-01 another version", "+a 10.0.0.0/24", "", "+a 10.0.1.0/24",
     "CidrCollectionVersionMismatchException", "a 10.0.0.0/24", 0, 1},
    {"R53-COLL-01 no change", "", "", "", "InvalidInput", "", 0, 0},
    {"R53-COLL-01 no block", "", "", "+a", "InvalidInput", "", 0, 0},
    {"R53-COLL-03 host bits are cleared", "", "", "+a 192.0.2.7/24", NULL, "a 192.0.2.0/24", 0, 0},
    {"R53-COLL-03 T39 the same block with other host bits", "+a 192.0.2.7/24", "",
     "-a 192.0.2.200/24", NULL, "", 0, 0},
    {"R53-CIDR-02 overlapping blocks of different length", "+a 10.0.0.0/8", "",
     "+b 10.0.0.0/16; +a 10.0.0.0/24", NULL, "a 10.0.0.0/8, a 10.0.0.0/24, b 10.0.0.0/16", 0, 0},
    {"R53-CIDR-02 a block of another location", "+a 10.0.0.0/24", "", "+b 10.0.0.0/24",
     "CidrBlockInUseException", "a 10.0.0.0/24", 0, 0},
    {"R53-CIDR-02 a block in two locations of one request", "", "",
     "+a 10.0.0.0/24; +b 10.0.0.0/24", "CidrBlockInUseException", "", 0, 0},
    {"R53-CIDR-02 a block moves by DELETE_IF_EXISTS and PUT", "+a 10.0.0.0/24", "",
     "-a 10.0.0.0/24; +b 10.0.0.0/24", NULL, "b 10.0.0.0/24", 0, 0},
    {"R53-CIDR-02 IPv4 /24 is the longest", "", "", "+a 10.0.0.0/25", "InvalidInput", "", 0, 0},
    {"R53-CIDR-02 an address is a block too long", "", "", "+a 10.0.0.1", "InvalidInput", "", 0, 0},
    {"R53-CIDR-02 IPv4 /1 is the shortest", "", "", "+a 0.0.0.0/0", "InvalidInput", "", 0, 0},
    {"R53-CIDR-02 IPv6 /48 is the longest", "", "", "+a 2001:db8::/49", "InvalidInput", "", 0, 0},
    {"R53-CIDR-02 the limits of both families", "", "",
     "+a 128.0.0.0/1 10.0.0.0/24 8000::/1 2001:db8:1::/48", NULL,
     "a 10.0.0.0/24, a 128.0.0.0/1, a 2001:db8:1::/48, a 8000::/1", 0, 0},
    {"R53-CIDR-02 no prefix", "", "", "+a isp", "InvalidInput", "", 0, 0},
    {"R53-CIDR-01 a location of 16 characters", "", "", "+abcdefghij_-ABCD 10.0.0.0/24", NULL,
     "abcdefghij_-ABCD 10.0.0.0/24", 0, 0},
    {"R53-CIDR-01 a location of 17 characters", "", "", "+abcdefghij_-ABCDE 10.0.0.0/24",
     "InvalidInput", "", 0, 0},
    {"R53-CIDR-01 the default location has no blocks", "", "", "+* 10.0.0.0/24", "InvalidInput", "",
     0, 0},
    {"R53-COLL-02 a location in use loses its last block", "+a 10.0.0.0/24",
     "CREATE c A 192.0.2.1 id=a cidr=" ONE "/a", "-a 10.0.0.0/24", "CidrBlockInUseException",
     "a 10.0.0.0/24", 0, 0},
    {"R53-COLL-02 a location in use keeps one of its blocks", "+a 10.0.0.0/24 10.0.1.0/24",
     "CREATE c A 192.0.2.1 id=a cidr=" ONE "/a", "-a 10.0.0.0/24", NULL, "a 10.0.1.0/24", 0, 0},
    {"R53-COLL-02 a location in use has its blocks replaced", "+a 10.0.0.0/24",
     "CREATE c A 192.0.2.1 id=a cidr=" ONE "/a", "-a 10.0.0.0/24; +a 10.0.1.0/24", NULL,
     "a 10.0.1.0/24", 0, 0},
    {"R53-COLL-02 a location beside one in use", "+a 10.0.0.0/24; +b 10.0.1.0/24",
     "CREATE c A 192.0.2.1 id=a cidr=" ONE "/a", "-b 10.0.1.0/24", NULL, "a 10.0.0.0/24", 0, 0},
};

static void check_change(void **state)
{
    const struct change_case *c = *state;
    int32_t code = c->aws_name ? R53_E_INVALID : R53_OK, version;
    r53_cloud *cloud = cloud_new();
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    if (*c->before)
        assert_int_equal(change(cloud, ONE, 0, c->before, report), R53_OK);
    assert_int_equal(batch_apply(cloud, c->zone, report), R53_OK);
    version = version_of(cloud, ONE);
    assert_int_equal(change(cloud, ONE, c->expected, c->request, report), code);
    assert_int_equal(version_of(cloud, ONE), version + (code == R53_OK));
    assert_string_equal(blocks_dump(cloud, ONE), c->blocks);
    if (c->aws_name)
        expect_finding(report, c->aws_name);
    else
        assert_int_equal(r53_report_count(report), 0);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* n blocks of one location in one request, beginning with 10.0.0.0/24. */
static int32_t put_many(r53_cloud *cloud, uint32_t first, uint32_t n)
{
    static char texts[BLOCKS][24];
    static const char *blocks[BLOCKS];
    r53_cidr_change put = {.size = sizeof(put),
                           .action = R53_CIDR_PUT,
                           .location_name = "many",
                           .cidr_list = blocks,
                           .n_cidr_list = n};
    const r53_cidr_change *pointers[] = {&put};

    for (uint32_t i = 0; i < n; i++) {
        snprintf(texts[i], sizeof(texts[i]), "10.%u.%u.0/24", (first + i) / 256 % 256,
                 (first + i) % 256);
        blocks[i] = texts[i];
    }
    return r53_cidr_collection_change(cloud, ONE, 0, pointers, 1, NULL);
}

static void a_thousand_blocks(void **state)
{
    r53_cloud *cloud = cloud_new();

    (void)state;
    assert_int_equal(put_many(cloud, 0, 1001), R53_E_LIMIT);
    assert_int_equal(put_many(cloud, 0, 1000), R53_OK);
    assert_int_equal(put_many(cloud, 1000, 1), R53_E_LIMIT);
    assert_int_equal(put_many(cloud, 0, 500), R53_OK);
    assert_int_equal(version_of(cloud, ONE), 3);
    r53_cloud_free(cloud);
}

static void unknown_collections(void **state)
{
    r53_cloud *cloud = cloud_new();
    r53_cidr_listing *listing;
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(change(cloud, NO, 0, "+a 10.0.0.0/24", report), R53_E_NOT_FOUND);
    expect_finding(report, "NoSuchCidrCollectionException");
    r53_report_clear(report);
    assert_int_equal(r53_cidr_collection_delete(cloud, NO, report), R53_E_NOT_FOUND);
    expect_finding(report, "NoSuchCidrCollectionException");
    r53_report_clear(report);
    assert_int_equal(r53_cidr_blocks_list(&listing, cloud, NO, report), R53_E_NOT_FOUND);
    expect_finding(report, "NoSuchCidrCollectionException");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void deleting(void **state)
{
    r53_cloud *cloud = cloud_new();
    r53_cidr_listing *listing;
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(change(cloud, ONE, 0, "+a 10.0.0.0/24", report), R53_OK);
    assert_int_equal(r53_cidr_collection_delete(cloud, ONE, report), R53_E_INVALID);
    expect_finding(report, "CidrCollectionInUseException");
    assert_int_equal(change(cloud, ONE, 0, "-a 10.0.0.0/24", report), R53_OK);
    assert_int_equal(r53_cidr_collection_delete(cloud, ONE, report), R53_OK);
    assert_int_equal(r53_cidr_collections_list(&listing, cloud), R53_OK);
    assert_null(r53_cidr_listing_next_collection(listing));
    r53_cidr_listing_free(listing);
    assert_int_equal(create(cloud, ONE, "one", report), R53_OK);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void a_listing_pins(void **state)
{
    r53_cloud *cloud = cloud_new();
    const r53_cidr_collection *collection;
    const r53_cidr_block *block;
    r53_cidr_listing *all, *blocks;

    (void)state;
    assert_int_equal(create(cloud, TWO, "two", NULL), R53_OK);
    assert_int_equal(change(cloud, ONE, 0, "+a 10.0.0.0/24", NULL), R53_OK);
    assert_int_equal(r53_cidr_collections_list(&all, cloud), R53_OK);
    assert_int_equal(r53_cidr_blocks_list(&blocks, cloud, ONE, NULL), R53_OK);
    assert_int_equal(change(cloud, ONE, 0, "-a 10.0.0.0/24", NULL), R53_OK);
    assert_int_equal(r53_cidr_collection_delete(cloud, ONE, NULL), R53_OK);
    collection = r53_cidr_listing_next_collection(all);
    assert_string_equal(collection->id, ONE);
    assert_string_equal(collection->name, "one");
    assert_null(collection->account);
    assert_int_equal(collection->version, 2);
    assert_string_equal(r53_cidr_listing_next_collection(all)->id, TWO);
    assert_null(r53_cidr_listing_next_collection(all));
    assert_null(r53_cidr_listing_next_block(all));
    block = r53_cidr_listing_next_block(blocks);
    assert_string_equal(block->location_name, "a");
    assert_string_equal(block->cidr_block, "10.0.0.0/24");
    assert_null(r53_cidr_listing_next_block(blocks));
    assert_null(r53_cidr_listing_next_collection(blocks));
    r53_cidr_listing_free(all);
    r53_cidr_listing_free(blocks);
    r53_cidr_listing_free(NULL);
    r53_cloud_free(cloud);
}

/* ---- importing ---- */

/*
 * Words "ONE=name" (a collection), "one:isp-1=10.0.0.0/8" (a block), "|" (a commit between); upper
 * case says which collection: A is ONE, B is TWO.
 */
static const struct import_case {
    const char *what, *said, *blocks; /* of ONE; NULL: the last word is refused */
    const char *warning;              /* part of one, "": none */
} imports[] = {
    {"R53-JSON-09 a collection and its blocks", "A=one A:isp=10.0.0.0/8 A:lan=10.1.0.0/16",
     "isp 10.0.0.0/8, lan 10.1.0.0/16", ""},
    {"R53-JSON-09 blocks come before their collection", "A:isp=10.0.0.0/8 A=one", "isp 10.0.0.0/8",
     ""},
    {"R53-JSON-09 blocks of two collections mixed", "A:a=10.0.0.0/8 B:b=10.0.0.0/8 A=one B=two",
     "a 10.0.0.0/8", ""},
    {"R53-JSON-09 blocks alone make a collection", "A:isp=10.0.0.0/8", "isp 10.0.0.0/8",
     "of which nothing else is known"},
    {"R53-JSON-09 blocks stay when the collection is said again",
     "A=one A:isp=10.0.0.0/8 | A=uno A:isp=11.0.0.0/8", "isp 10.0.0.0/8, isp 11.0.0.0/8", ""},
    {"R53-JSON-09 blocks are added to a collection that is there",
     "A=one A:isp=10.0.0.0/8 | A:isp=11.0.0.0/8", "isp 10.0.0.0/8, isp 11.0.0.0/8", ""},
    {"R53-JSON-09 a collection without blocks", "A=one", "", ""},
    {"R53-COLL-03 host bits are cleared on import", "A=one A:isp=192.0.2.7/24", "isp 192.0.2.0/24",
     ""},
    {"R53-CIDR-02 a block of two locations is in the last", "A=one A:a=10.0.0.0/8 A:b=10.0.0.0/8",
     "b 10.0.0.0/8", "CIDR block 10.0.0.0/8 is given for two locations, a and b"},
    {"R53-CIDR-02 a block said twice", "A=one A:a=10.0.0.0/8 A:a=10.0.0.0/8", "a 10.0.0.0/8", ""},
    {"R53-CIDR-02 a longer block than may be is kept", "A=one A:a=10.0.0.1", "a 10.0.0.1/32",
     "'10.0.0.1' is not within"},
    {"R53-CIDR-01 a location that may not be is kept", "A=one A:a.b=10.0.0.0/8", "a.b 10.0.0.0/8",
     "'a.b' is no name of a location"},
    {"R53-CIDR-02 a name that may not be is kept", "A=o.ne", "", "'o.ne' is no name"},
    {"R53-CIDR-01 an id that is none is kept", "A=one C:a=10.0.0.0/8", "", "nothing else is known"},
    {"R53-CIDR-02 a block that is no prefix is refused", "A=one A:a=10.0.0.0/33", NULL, ""},
    {"R53-CIDR-02 a block without location is refused", "A=one A:=10.0.0.0/8", NULL, ""},
};

static const char *id_of(char letter)
{
    return letter == 'A' ? ONE : letter == 'B' ? TWO : "short";
}

static int32_t import_word(r53_import *import, char *word)
{
    char *equal = strchr(word, '=');
    r53_cidr_collection collection = {.size = sizeof(collection), .id = id_of(*word)};

    if (*word == '|')
        return r53_import_commit(import);
    *equal = '\0';
    if (word[1] == ':')
        return r53_import_cidr_block(import, id_of(*word), word + 2, equal + 1);
    collection.name = equal + 1;
    return r53_import_cidr_collection(import, &collection);
}

static void check_import(void **state)
{
    const struct import_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    int32_t rc = R53_OK;
    r53_report *report;
    r53_import *import;
    char said[TEXT], *messages;

    snprintf(said, sizeof(said), "%s", c->said);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    for (char *word = strtok(said, " "); word && rc == R53_OK; word = strtok(NULL, " "))
        rc = import_word(import, word);
    assert_int_equal(rc, c->blocks ? R53_OK : R53_E_INVALID);
    if (c->blocks) {
        assert_int_equal(r53_import_commit(import), R53_OK);
        assert_string_equal(blocks_dump(cloud, ONE), c->blocks);
    }
    messages = report_messages(report);
    if (c->blocks && !*c->warning)
        assert_int_equal(r53_report_count(report), 0);
    else if (*c->warning)
        assert_true(r53_report_count_of(report, R53_SEVERITY_WARNING) >= 1);
    free(messages);
    if (*c->warning) {
        bool found = false;
        r53_finding finding = {.size = sizeof(finding)};

        for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++)
            found = found || strstr(finding.text, c->warning);
        assert_true(found);
    }
    r53_import_free(import);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void import_keeps_versions(void **state)
{
    r53_cidr_collection collection = {.size = sizeof(collection), .id = ONE, .name = "one",
                                      .version = 7};
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_import *import;

    (void)state;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_cidr_collection(import, &collection), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(version_of(cloud, ONE), 7);
    collection.version = 0;
    assert_int_equal(r53_import_cidr_collection(import, &collection), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(version_of(cloud, ONE), 7);
    assert_int_equal(change(cloud, ONE, 7, "+a 10.0.0.0/24", NULL), R53_OK);
    assert_int_equal(version_of(cloud, ONE), 8);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

static void refused_pointers(void **state)
{
    r53_cidr_collection no_size = {.id = ONE};
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_cidr_listing *listing;
    r53_import *import;

    (void)state;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_cidr_collection(NULL, &no_size), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_collection(import, &no_size), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_collection(import, NULL), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_block(NULL, ONE, "a", "10.0.0.0/8"), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_block(import, NULL, "a", "10.0.0.0/8"), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_block(import, ONE, NULL, "10.0.0.0/8"), R53_E_INVALID);
    assert_int_equal(r53_import_cidr_block(import, ONE, "a", NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_collection_create(NULL, &no_size, NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_collection_create(cloud, &no_size, NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_collection_change(cloud, ONE, 0, NULL, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_collection_delete(NULL, ONE, NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_collections_list(&listing, NULL), R53_E_INVALID);
    assert_int_equal(r53_cidr_blocks_list(NULL, cloud, ONE, NULL), R53_E_INVALID);
    assert_null(r53_cidr_listing_next_block(NULL));
    r53_import_free(import);
    r53_cloud_free(cloud);
}

/* ---- views ---- */

static void views_bind(void **state)
{
    r53_cloud *cloud = cloud_new();
    const struct view_zone *zone;
    const r53_view *with;
    r53_view *before, *view;

    (void)state;
    assert_int_equal(change(cloud, ONE, 0, "+a 10.0.0.0/24", NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, "CREATE w A 192.0.2.1 id=a weight=1", NULL), R53_OK);
    assert_int_equal(r53_view_new(&before, cloud, NULL, 0, NULL), R53_OK);
    assert_null(before->zones[0].collections);
    assert_null(before->zones[0].locations);
    assert_int_equal(batch_apply(cloud, "CREATE c A 192.0.2.1 id=a cidr=" ONE "/a", NULL), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    with = view;
    zone = &with->zones[0];
    assert_non_null(zone->collections);
    assert_int_equal(zone->zone->n_details, 2);
    assert_string_equal(zone->collections[0]->id, ONE); /* c before w */
    assert_null(zone->collections[1]);
    assert_int_equal(zone->locations[0].code, LOCATION_FIRST);
    assert_int_equal(zone->locations[0].record, zone->zone->details[0].record_set);
    r53_view_release(before);
    r53_view_release(view);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest
        tests[COUNT(creates) + COUNT(changes) + COUNT(imports) + 8];
    size_t n = 0;

    ADD_CASES(tests, n, creates, check_create);
    ADD_CASES(tests, n, changes, check_change);
    ADD_CASES(tests, n, imports, check_import);
    ADD_TEST(tests, n, "R53-CIDR-02 R53-QUOTA-01 an account has five collections", five_an_account);
    ADD_TEST(tests, n, "R53-CIDR-02 R53-COLL-01 R53-QUOTA-01 a thousand blocks", a_thousand_blocks);
    ADD_TEST(tests, n, "R53-COLL-02 collections that are not there", unknown_collections);
    ADD_TEST(tests, n, "R53-COLL-02 a collection with blocks is not deleted", deleting);
    ADD_TEST(tests, n, "a listing keeps what it lists", a_listing_pins);
    ADD_TEST(tests, n, "R53-COLL-01 an import says the version", import_keeps_versions);
    ADD_TEST(tests, n, "pointers and structs that are refused", refused_pointers);
    ADD_TEST(tests, n, "R53-CIDR-01 a view binds record sets to collections", views_bind);
    return RUN_TESTS("cidr_collection", tests, n);
}
