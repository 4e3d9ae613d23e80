/*
 * Every policy with an allocator that fails at the k-th call, for every k: an answer and its trace
 * are whole or empty, a change of a zone is made or not, and nothing is left behind.
 */
#include "support/harness.h"
#include "support/shares.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <stdlib.h>

#define CLOUD                                                                                      \
    "place 203.0.113.0/24 US state=CA @3730,-12190\nlatency US us-east-1=20 eu-west-1=80\n"        \
    "blocks C1 loc1=203.0.113.0/24 loc2=203.0.0.0/16\n"                                            \
    "w A 192.0.2.1 id=a hc=a weight=1\nw A 192.0.2.2 id=b hc=b weight=2\n"                         \
    "f A 192.0.2.1 id=a hc=a failover=PRIMARY\nf A 192.0.2.2 id=b failover=SECONDARY\n"            \
    "l A 192.0.2.1 id=a hc=a region=us-east-1\nl A 192.0.2.2 id=b region=eu-west-1\n"              \
    "g A 192.0.2.1 id=a hc=a country=US\ng A 192.0.2.2 id=b country=*\n"                           \
    "p A 192.0.2.1 id=a hc=a gpregion=us-west-2\np A 192.0.2.2 id=b lat=0 lon=0\n"                 \
    "m A 192.0.2.1 id=a hc=a multi=true\nm A 192.0.2.2 id=b multi=true\n"                          \
    "c A 192.0.2.1 id=a hc=a cidr=C1/loc1\nc A 192.0.2.2 id=b cidr=C1/*\n"                         \
    "z A 192.0.2.1 id=a hc=a az=AvailabilityZone/use1-az1\nz A 192.0.2.2 id=b az=Global/*\n"       \
    "n A 192.0.2.1 id=a country=DE\nx A alias=ZONE1/g\n"

static const struct query_case {
    const char *what, *query;
} cases[] = {
    {"R53-WEIGHTED-02 weighted", "w A"},
    {"R53-FAILOVER-02 failover", "f A"},
    {"R53-LATENCY-02 latency", "l A subnet=203.0.113.0/24"},
    {"R53-GEO-03 geolocation", "g A subnet=203.0.113.0/24"},
    {"R53-GEO-03 geolocation below an alias", "x A subnet=203.0.113.0/24"},
    {"R53-DISP-08 nothing for this client", "n A subnet=203.0.113.0/24"},
    {"R53-GEOPROX-03 geoproximity", "p A subnet=203.0.113.0/24"},
    {"R53-MULTI-02 multivalue", "m A"},
    {"R53-CIDR-03 IP-based", "c A subnet=203.0.113.0/24"},
    {"R53-AZ-03 AZ affinity", "z A az=use1-az1"},
};

/* Answer and trace anew, with allocation k failing; NOMEM or what the query gives. */
static int32_t resolve_once(const struct world *world, const char *line, struct torture *torture)
{
    r53_allocator allocator = torture_allocator(torture);
    r53_answer *answer = NULL;
    r53_trace *trace = NULL;
    struct query_text q;
    int32_t rc;

    query_parse(&q, line, strlen(line));
    rc = r53_answer_new(&answer, &allocator);
    if (rc == R53_OK)
        rc = r53_trace_new(&trace, &allocator);
    if (rc == R53_OK) {
        rc = r53_resolve(world->view, &q.query, answer, trace);
        if (rc != R53_OK)
            assert_int_equal(r53_answer_count(answer, R53_SECTION_ANSWER), 0);
    }
    r53_trace_free(trace);
    r53_answer_free(answer);
    assert_int_equal(torture->live, 0);
    return rc;
}

static void answers_are_whole(void **state)
{
    const struct query_case *c = *state;
    struct torture torture = {.fail_at = 1};
    struct world world;

    world_open(&world, CLOUD);
    checks_fail(&world, "a");
    while (resolve_once(&world, c->query, &torture) == R53_E_NOMEM)
        torture = (struct torture){.fail_at = torture.fail_at + 1};
    torture = (struct torture){.fail_at = 0};
    assert_int_equal(resolve_once(&world, c->query, &torture), R53_OK);
    assert_true(torture.calls > 2);
    world_close(&world);
}

/* A change that brings the first record set by place into a zone, which makes its block grow. */
static void zones_are_whole(void **state)
{
    static const char batch[] = "CREATE g A 192.0.2.1 id=a country=US\n"
                                "CREATE g A 192.0.2.2 id=b country=*\n"
                                "CREATE l A 192.0.2.3 id=a region=us-east-1\n";
    struct torture torture = {.fail_at = 0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud *cloud = cloud_with_zone(&allocator);
    char *before = zone_dump(cloud, "ZONE1", 1), *after;
    long start = torture.calls;
    int32_t rc = R53_E_NOMEM;

    (void)state;
    for (long k = 1; rc == R53_E_NOMEM; k++) {
        torture.calls = start;
        torture.fail_at = start + k;
        rc = batch_apply(cloud, batch, NULL);
        torture.fail_at = 0;
        after = zone_dump(cloud, "ZONE1", 1);
        assert_int_equal(strcmp(before, after) == 0, rc != R53_OK);
        free(after);
    }
    assert_int_equal(rc, R53_OK);
    free(before);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 1];
    size_t n = 0;

    ADD_CASES(tests, n, cases, answers_are_whole);
    ADD_TEST(tests, n, "a zone gains what its record sets ask of clients, or stays as it was",
             zones_are_whole);
    return RUN_TESTS("oom_policy", tests, n);
}
