/* What a wrong peer is told: the member, its value, what was expected; and only what is wrong. */
#include "support/harness.h"
#include "support/refused.h"

#include "route53/peer_client.h"
#include "route53/respond.h"

static const uint8_t octets[16] = {192, 0, 2, 1};

static const struct check_case {
    const char *what;
    r53_peer peer;
    const char *path, *value; /* of the only finding; NULL: there is none */
} cases[] = {
    {"a peer of nothing is valid", {.transport = 0}, NULL, NULL},
    {"a peer with address and place is valid",
     {.address = octets, .n_address = 4, .country_code = "US", .subdivision_code = "CA"},
     NULL,
     NULL},
    {"a transport that there is not", {.transport = 3}, "Transport", "3"},
    {"R53-DNS-05 a response of less than nothing", {.max_udp_size = -1}, "MaxUdpSize", "-1"},
    {"a response of more than 16 bits", {.max_udp_size = 65536}, "MaxUdpSize", "65536"},
    {"an address of five octets", {.address = octets, .n_address = 5}, "NAddress", "5"},
    {"octets without an address", {.n_address = 16}, "NAddress", "16"},
    {"R53-DATA-05 a Region that does not exist",
     {.vpc_region = "us-east-9"},
     "VPCRegion",
     "us-east-9"},
    {"R53-GEO-02 a state without its country", {.subdivision_code = "CA"}, "SubdivisionCode", "CA"},
    {"a latitude beyond the pole", {.has_coordinates = 1, .latitude = -9001}, "Latitude", "-9001"},
};

static void check(void **state)
{
    const struct check_case *c = *state;
    r53_peer peer = c->peer;
    r53_report *report;

    peer.size = sizeof(peer);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_peer_check(&peer, report), c->path ? R53_E_INVALID : R53_OK);
    assert_int_equal(r53_peer_check(&peer, NULL), c->path ? R53_E_INVALID : R53_OK);
    expect_refused(report, c->path, c->value);
    r53_report_free(report);
}

static void check_size(void **state)
{
    r53_peer peer = {.size = 2};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_peer_check(NULL, report), R53_OK);
    assert_int_equal(r53_report_count(report), 0);
    assert_int_equal(r53_peer_check(&peer, report), R53_E_INVALID);
    assert_int_equal(r53_report_count(report), 1);
    r53_report_free(report);
}

/* What answering does with it: reads the peer, and of one that is placed its place. */
static int32_t answering(const r53_peer *peer)
{
    struct client client;
    r53_peer copy;

    peer = r53__peer_read(&copy, peer);
    if (!peer)
        return R53_E_INVALID;
    return r53__peer_is_placed(peer) ? r53__peer_place(peer, &client) : R53_OK;
}

static void check_agrees(void **state)
{
    static const char *const texts[] = {NULL, NULL, "", "us-east-1", "DE", "EU", "CA", "x..y"};
    static const int32_t numbers[] = {0, 1, 2, 3, -1, 9001, 70000, 0};

    (void)state;
    for (uint32_t i = 1, n = 0; n < 20000; n++, i = i * 1664525u + 1013904223u) {
        r53_peer peer = {.size = sizeof(peer)};
        r53_report *report;
        int32_t rc;

        peer.transport = numbers[(i >> 3) % 3];
        peer.max_udp_size = numbers[(i >> 5) % COUNT(numbers)];
        peer.address = i >> 31 ? octets : NULL;
        peer.n_address = (i >> 30 & 1) ? 4 : 0;
        peer.vpc_region = texts[(i >> 8) % COUNT(texts)];
        peer.country_code = texts[(i >> 11) % COUNT(texts)];
        peer.continent_code = texts[(i >> 17) % COUNT(texts)];
        peer.subdivision_code = texts[(i >> 20) % COUNT(texts)];
        peer.has_coordinates = numbers[(i >> 23) % 2];
        peer.latitude = numbers[(i >> 25) % COUNT(numbers)];
        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        rc = r53_peer_check(&peer, report);
        assert_int_equal(rc, answering(&peer));
        assert_int_equal(rc != R53_OK, r53_report_count(report) > 0);
        r53_report_free(report);
    }
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check);
    ADD_TEST(tests, n, "no peer, a small one", check_size);
    ADD_TEST(tests, n, "what is refused is what answering refuses", check_agrees);
    return RUN_TESTS("peer_check", tests, n);
}
