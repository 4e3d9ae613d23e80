/*
 * Names that a leniently read zone file leaves without record sets, because Route 53 lacks the
 * types of their records: they answer as at name servers that have the records, and changes leave
 * them.
 */
#include "support/cloud_text.h"
#include "support/harness.h"
#include "support/zone_text.h"

#include <r53/import.h>
#include <r53/zone_file.h>

#include <stdio.h>
#include <stdlib.h>

#define APEX "@ 900 IN SOA ns hostmaster 1 2 3 4 5\n@ 900 IN NS ns1.test.\n"

static int32_t zone_read(struct world *world, const char *text, bool lenient)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    const r53_zone_file_options options = {
        .size = sizeof(options), .lenient = lenient, .hosted_zone = &zone};
    r53_import *import;
    int32_t code;

    assert_int_equal(r53_import_new(&import, world->cloud, NULL, world->report), R53_OK);
    code = r53_import_zone_file(import, &options, text, strlen(text));
    if (code == R53_OK)
        assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    world_look(world);
    return code;
}

/* "kind[*]" and the deciding rule. */
static const char *dispatch_text(char *buffer, const r53_view *view, const char *query)
{
    r53_disposition d = {.size = sizeof(d)};
    struct query_text q;

    query_parse(&q, query, strlen(query));
    assert_int_equal(r53_dispatch(view, &q.query, &d, NULL), R53_OK);
    snprintf(buffer, ANSWER_TEXT_MAX, "%s%s", r53_disposition_name(d.kind),
             d.is_wildcard ? "*" : "");
    return buffer;
}

static const struct kept_case {
    const char *what, *file;
    const char *batches[3]; /* applied one after the other; NULL: no more */
    const char *lines;
} cases[] = {
    {"RFC 1034 4.3.2 a name with records of a type that Route 53 lacks has no data of others",
     APEX "a 300 HINFO x y\n",
     {NULL},
     "a A -> nodata\na TXT -> nodata\nb A -> nxdomain\nx.a A -> nxdomain\n"},
    {"RFC 1034 4.3.2 and none of that type either",
     APEX "a 300 HINFO x y\nb 300 TYPE65280 \\# 0\n",
     {NULL},
     "a 13 -> nodata\na ANY -> nodata\nb 65280 -> nodata\n"},
    {"RFC 8020 what is above such a name exists",
     APEX "a.b.c 300 LOC 1 N 1 E 1m\n",
     {NULL},
     "a.b.c A -> nodata\nb.c A -> nodata\nc A -> nodata\nd A -> nxdomain\n"},
    {"RFC 4592 2.2.1 such a wildcard answers",
     APEX "*.w 300 HINFO x y\n",
     {NULL},
     "*.w A -> nodata\nx.w A -> nodata*\ny.x.w A -> nodata*\n"},
    {"RFC 4592 2.2.1 such a name hides a wildcard",
     APEX "* 300 A 192.0.2.1\na 300 HINFO x y\n",
     {NULL},
     "a A -> nodata\nb A -> record*\nx.a A -> nxdomain\n"},
    {"RFC 1034 4.2.1 below a cut such a name is the other zone's",
     APEX "s 300 NS ns1.test.\nx.s 300 HINFO x y\n",
     {NULL},
     "x.s A -> referral\n"},
    {"a name with records of both sorts",
     APEX "a 300 TXT x\na 300 HINFO x y\nb 300 A 192.0.2.1\n",
     {NULL},
     "a TXT -> record\na A -> nodata\nb A -> record\n"},
    {"the apex",
     APEX "@ 300 HINFO x y\n@ 300 DNSKEY 256 3 8 AA==\n",
     {NULL},
     "@ SOA -> record\n@ A -> nodata\n"},
    {"RFC 5155 7.2.8 records of NSEC3 and what signs them make no name",
     APEX "h1 300 NSEC3 1 0 0 - H2 A\nh1 300 RRSIG x\nh2 300 TYPE50 \\# 0\nh3 300 type46 \\# 0\n",
     {NULL},
     "h1 A -> nxdomain\nh2 A -> nxdomain\nh3 A -> nxdomain\n"},
    {"names outside of the zone do not come in",
     APEX "a.example.net. 300 HINFO x y\n",
     {NULL},
     "a A -> nxdomain\n"},
    {"a line without owner means the one above",
     APEX "a 300 HINFO x y\n 300 LOC x\n",
     {NULL},
     "a A -> nodata\n"},
    {"other classes make no name", APEX "a 300 CH HINFO x y\n", {NULL}, "a A -> nxdomain\n"},
    {"changes elsewhere leave it",
     APEX "m 300 HINFO x y\n",
     {"CREATE a A 192.0.2.1\nCREATE z A 192.0.2.1\nCREATE a.m A 192.0.2.1",
      "DELETE a.m A 192.0.2.1\nDELETE a A 192.0.2.1"},
     "m A -> nodata\na A -> nxdomain\na.m A -> nxdomain\nz A -> record\n"},
    {"changes of its own record sets leave it",
     APEX "m 300 HINFO x y\nn 300 TXT x\nn 300 LOC x\n",
     {"CREATE m A 192.0.2.1\nDELETE n TXT \"x\"", "UPSERT m A 192.0.2.2", "DELETE m A 192.0.2.2"},
     "m A -> nodata\nn TXT -> nodata\n"},
    {"it stays among names that come and go",
     APEX "a 300 HINFO x y\nc 300 HINFO x y\ne 300 HINFO x y\n\\* 300 HINFO x y\n",
     {"CREATE b A 192.0.2.1\nCREATE d A 192.0.2.1\nCREATE f A 192.0.2.1\nCREATE a.a A 192.0.2.1",
      "DELETE d A 192.0.2.1\nCREATE a.c A 192.0.2.1\nCREATE _ A 192.0.2.1", "DELETE b A 192.0.2.1"},
     "a A -> nodata\nc A -> nodata\ne A -> nodata\n* A -> nodata\nb A -> nodata*\nf A -> record\n"
     "a.c A -> record\nx.c A -> nxdomain\n"},
};

static void check_kept(void **state)
{
    const struct kept_case *c = *state;
    struct world world;

    world_open(&world, "");
    assert_int_equal(zone_read(&world, c->file, true), R53_OK);
    for (size_t i = 0; i < COUNT(c->batches) && c->batches[i]; i++)
        assert_int_equal(batch_apply(world.cloud, c->batches[i], NULL), R53_OK);
    world_look(&world);
    expect_lines(world.view, c->lines, dispatch_text);
    world_close(&world);
}

/* Said by the zone and by a file that is read over it. */
static void read_again(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(zone_read(&world, APEX "a 300 HINFO x y\nb 300 HINFO x y\n", true), R53_OK);
    assert_int_equal(zone_read(&world, "b 300 HINFO x y\na 300 A 192.0.2.1\nc 300 LOC x\n", true),
                     R53_OK);
    expect_lines(world.view,
                 "a A -> record\na TXT -> nodata\nb A -> nodata\nc A -> nodata\nd A -> nxdomain\n",
                 dispatch_text);
    world_close(&world);
}

static void strictly_refused(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(zone_read(&world, APEX "a 300 HINFO x y\n", false), R53_E_INVALID);
    expect_lines(world.view, "a A -> nxdomain\n", dispatch_text);
    world_close(&world);
}

/* Nothing of it is a record set: not in listings, not for the zone's end; a file tells of it. */
static void no_record_set(void **state)
{
    char text[1024] = "", *dump;
    struct world world;

    (void)state;
    world_open(&world, "");
    assert_int_equal(zone_read(&world, APEX "a 300 HINFO x y\nb.c 300 LOC x\n", true), R53_OK);
    dump = zone_dump(world.cloud, "ZONE1", 0);
    assert_string_equal(dump, "");
    free(dump);
    assert_int_equal(r53_zone_file_write(world.cloud, "ZONE1", text, sizeof(text), NULL, NULL),
                     R53_OK);
    assert_non_null(strstr(text, "NS ns1.test.\n"
                                 "; a.example.com. exists for records of types that Route 53 "
                                 "lacks\n"
                                 "; b.c.example.com. exists for records of types that Route 53 "
                                 "lacks\n"));
    assert_int_equal(r53_zone_delete(world.cloud, "ZONE1", NULL), R53_OK);
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_kept);
    ADD_TEST(tests, n, "a file read over a zone adds to what exists there", read_again);
    ADD_TEST(tests, n, "R53-TYPE-01 strictly read, the file is refused", strictly_refused);
    ADD_TEST(tests, n, "R53-ZONE-14 it is no record set", no_record_set);
    return RUN_TESTS("zone_kept", tests, n);
}
