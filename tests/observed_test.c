/* What is observed, and how it is found again. */
#include "support/harness.h"
#include "support/torture.h"

#include "model/observed.h"

static const r53_target any = {.size = sizeof(any), .id = "i-1"};
static const r53_target at_80 = {.size = sizeof(at_80), .id = "i-1", .port = 80};
static const r53_target at_80_a = {
    .size = sizeof(at_80_a), .id = "i-1", .port = 80, .availability_zone = "a"};
static const r53_target in_b = {.size = sizeof(in_b), .id = "i-1", .availability_zone = "b"};

/* Which statement covers (i-1, port, zone), after all four were made in any order. */
static const struct target_case {
    const char *what;
    int32_t port;
    const char *zone;
    int32_t state; /* 0: nothing */
} target_cases[] = {
    {"ELB-TG-04 the statement on (id, port, zone) comes first", 80, "a", R53_TARGET_UNHEALTHY},
    {"ELB-TG-04 then the one on (id, port)", 80, "c", R53_TARGET_DRAINING},
    {"ELB-TG-04 also for a target without zone", 80, "", R53_TARGET_DRAINING},
    {"ELB-TG-04 then the one on (id, zone)", 81, "b", R53_TARGET_INITIAL},
    {"ELB-TG-04 then the one on the id", 81, "a", R53_TARGET_HEALTHY},
};

static void check_target(void **state)
{
    const struct target_case *c = *state;
    const r53_target *targets[] = {&any, &at_80, &at_80_a, &in_b};
    const int32_t states[] = {R53_TARGET_HEALTHY, R53_TARGET_DRAINING, R53_TARGET_UNHEALTHY,
                              R53_TARGET_INITIAL};
    const struct target_health *found;
    r53_observed *observed;

    for (size_t first = 0; first < 4; first++) {
        assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(r53_observe_target(observed, "tg", targets[(first + i) % 4],
                                                states[(first + i) % 4], "Target.Timeout"),
                             R53_OK);
        found = r53__observed_target(observed, "tg", "i-1", c->port, c->zone);
        assert_non_null(found);
        assert_int_equal(found->state, c->state);
        assert_string_equal(found->reason, "Target.Timeout");
        assert_null(r53__observed_target(observed, "tg", "i-2", c->port, c->zone));
        assert_null(r53__observed_target(observed, "tg-2", "i-1", c->port, c->zone));
        r53_observed_free(observed);
    }
}

static void check_target_again(void **state)
{
    r53_observed *observed;
    const struct target_health *found;
    const struct target_health_list *list;

    (void)state;
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_observe_target(observed, "tg", &at_80, R53_TARGET_UNHEALTHY, "x"), R53_OK);
    assert_int_equal(r53_observe_target(observed, "tg", &at_80, R53_TARGET_HEALTHY, NULL), R53_OK);
    found = r53__observed_target(observed, "tg", "i-1", 80, "");
    assert_int_equal(found->state, R53_TARGET_HEALTHY);
    assert_string_equal(found->reason, "");
    list = r53__table_find(&observed->tables[OBSERVED_TARGETS], SPAN("tg"));
    assert_int_equal(list->n_healths, 1);
    r53_observed_free(observed);
}

/* Against a plain array: the last of equal statements holds, whatever the order and grouping. */
static void check_target_batches(void **state)
{
    enum { IDS = 7, ROUNDS = 60 };
    static const char *const ids[IDS] = {"a", "b", "c", "d", "e", "f", "g"};
    int32_t expected[IDS] = {0};
    uint32_t random = 12345;
    r53_observed *observed;

    (void)state;
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    for (int round = 0; round < ROUNDS; round++) {
        struct target_health said[5];
        size_t n = 0;

        for (; n < 1 + (unsigned)round % 5; n++) {
            random = random * 1664525 + 1013904223;
            said[n] = (struct target_health){.id = ids[(random >> 16) % IDS],
                                             .zone = "",
                                             .state = 1 + (int32_t)((random >> 8) % 7)};
            expected[(random >> 16) % IDS] = said[n].state;
        }
        assert_int_equal(r53__observed_stage_targets(observed, "tg", said, n), R53_OK);
        r53__observed_commit(observed);
        for (int i = 0; i < IDS; i++) {
            const struct target_health *found =
                r53__observed_target(observed, "tg", ids[i], 80, "z");

            assert_int_equal(found ? found->state : 0, expected[i]);
        }
    }
    r53_observed_free(observed);
}

static int32_t status_of(const r53_observed *observed, const char *id)
{
    const struct health_status *status =
        r53__table_find(&observed->tables[OBSERVED_HEALTH_CHECKS], r53__span(id));

    return status ? status->status : R53_HEALTH_UNKNOWN;
}

static void check_health_check(void **state)
{
    r53_observed *observed;

    (void)state;
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_observe_health_check(observed, "hc", R53_HEALTH_UNHEALTHY), R53_OK);
    assert_int_equal(status_of(observed, "hc"), R53_HEALTH_UNHEALTHY);
    assert_int_equal(r53_observe_health_check(observed, "hc", R53_HEALTH_HEALTHY), R53_OK);
    assert_int_equal(status_of(observed, "hc"), R53_HEALTH_HEALTHY);
    assert_int_equal(r53_observe_health_check(observed, "hc", 3), R53_E_INVALID);
    assert_int_equal(status_of(observed, "hc"), R53_HEALTH_HEALTHY);
    assert_int_equal(r53_observe_health_check(observed, "hc", R53_HEALTH_UNKNOWN), R53_OK);
    assert_int_equal(status_of(observed, "hc"), R53_HEALTH_UNKNOWN);
    assert_int_equal(r53_observe_health_check(observed, "", 1), R53_E_INVALID);
    r53_observed_free(observed);
}

/* "a:S b:I " of the load balancer's marks */
static void expect_zones(const r53_observed *observed, const char *expected)
{
    const struct zone_status_list *list =
        r53__table_find(&observed->tables[OBSERVED_ZONES], SPAN("lb"));
    char buffer[100];
    struct text text;

    r53__text_init(&text, buffer, sizeof(buffer));
    for (uint32_t i = 0; list && i < list->n_zones; i++) {
        r53__put(&text, list->zones[i].zone_name);
        r53__put(&text, ":");
        r53__put(&text, list->zones[i].shifted ? "S" : "");
        r53__put(&text, list->zones[i].impaired ? "I " : " ");
    }
    assert_string_equal(buffer, expected);
}

static void check_shift(void **state)
{
    r53_observed *observed;

    (void)state;
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "b", 1), R53_OK);
    expect_zones(observed, "b:S ");
    assert_int_equal(r53_observe_zone_impaired(observed, "lb", "c", 1), R53_OK);
    assert_int_equal(r53_observe_zone_impaired(observed, "lb", "b", 1), R53_OK);
    expect_zones(observed, "b:SI c:I ");
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "a", 1), R53_OK);
    expect_zones(observed, "a:S b:I c:I ");
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "d", 1), R53_OK);
    expect_zones(observed, "b:I c:I d:S ");
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "x", 0), R53_OK);
    expect_zones(observed, "b:I c:I d:S ");
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "d", 0), R53_OK);
    assert_int_equal(r53_observe_zone_impaired(observed, "lb", "b", 0), R53_OK);
    expect_zones(observed, "c:I ");
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "c", 1), R53_OK);
    expect_zones(observed, "c:SI ");
    r53_observed_free(observed);
}

static const struct address_list *addresses_of(const r53_observed *observed)
{
    return r53__table_find(&observed->tables[OBSERVED_ADDRESSES],
                           (struct span){"\003cdn\004test", 10});
}

static void check_addresses(void **state)
{
    const char *two[] = {"192.0.2.1", "2001:db8::1"}, *bad[] = {"192.0.2.256"};
    r53_observed *observed;
    r53_report *report;
    r53_finding finding = {.size = sizeof(finding)};

    (void)state;
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_observe_addresses(observed, "CDN.test", two, 2, report), R53_OK);
    assert_non_null(addresses_of(observed));
    assert_int_equal(addresses_of(observed)->n_addresses, 2);
    assert_int_equal(addresses_of(observed)->addresses[1].family, ADDRESS_IPV6);
    assert_int_equal(r53_observe_addresses(observed, "cdn.test.", bad, 1, report), R53_E_INVALID);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.path, "Addresses[0]");
    assert_string_equal(finding.text, "'192.0.2.256' is not an IP address");
    assert_int_equal(r53_observe_addresses(observed, "a..b", two, 1, report), R53_E_INVALID);
    assert_int_equal(r53_report_get(report, 1, &finding), R53_OK);
    assert_string_equal(finding.path, "DNSName");
    assert_int_equal(r53_observe_addresses(observed, NULL, two, 1, report), R53_E_INVALID);
    assert_int_equal(r53_observe_addresses(observed, "cdn.test", NULL, 1, report), R53_E_INVALID);
    assert_int_equal(addresses_of(observed)->n_addresses, 2);
    assert_int_equal(r53_observe_addresses(observed, "cdn.test", NULL, 0, report), R53_OK);
    assert_null(addresses_of(observed));
    r53_report_free(report);
    r53_observed_free(observed);
}

static void check_refusals(void **state)
{
    const r53_target no_id = {.size = sizeof(no_id)};
    const r53_target bad_port = {.size = sizeof(bad_port), .id = "i", .port = 65536};
    const r53_target no_size = {.id = "i"};
    const r53_allocator half = {.size = sizeof(half)};
    r53_allocator odd = half;
    r53_observed *observed;

    (void)state;
    odd.size = 2;
    assert_int_equal(r53_observed_new(NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_observed_new(&observed, &odd), R53_E_INVALID);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_observe_target(observed, "tg", NULL, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, "tg", &no_id, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, "tg", &no_size, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, "tg", &bad_port, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, "tg", &any, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, "tg", &any, 8, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(observed, NULL, &any, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_target(NULL, "tg", &any, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_observe_zonal_shift(observed, "lb", "a", 2), R53_E_INVALID);
    assert_int_equal(r53_observe_zone_impaired(observed, "lb", NULL, 1), R53_E_INVALID);
    assert_int_equal(observed->tables[OBSERVED_TARGETS].count, 0);
    r53_observed_free(observed);
    r53_observed_free(NULL);
}

/* All calls once; the first failure ends it. */
static int32_t scenario(r53_observed *observed)
{
    const char *address[] = {"192.0.2.1"};
    int32_t rc = r53_observe_target(observed, "tg", &at_80, R53_TARGET_HEALTHY, "reason");

    if (rc == R53_OK)
        rc = r53_observe_target(observed, "tg", &at_80_a, R53_TARGET_UNHEALTHY, NULL);
    if (rc == R53_OK)
        rc = r53_observe_health_check(observed, "hc", R53_HEALTH_HEALTHY);
    if (rc == R53_OK)
        rc = r53_observe_zonal_shift(observed, "lb", "a", 1);
    if (rc == R53_OK)
        rc = r53_observe_zone_impaired(observed, "lb", "b", 1);
    if (rc == R53_OK)
        rc = r53_observe_addresses(observed, "cdn.test", address, 1, NULL);
    return rc;
}

static void check_torture(void **state)
{
    int32_t rc = R53_E_NOMEM;

    (void)state;
    for (long k = 1;; k++) {
        struct torture torture = {.fail_at = k, .once = true};
        r53_allocator allocator = torture_allocator(&torture);
        r53_observed *observed = NULL;

        rc = r53_observed_new(&observed, &allocator);
        if (rc == R53_OK)
            rc = scenario(observed);
        assert_true(rc == R53_OK || rc == R53_E_NOMEM);
        if (rc == R53_E_NOMEM && observed)
            assert_int_equal(scenario(observed), R53_OK); /* it goes on */
        r53_observed_free(observed);
        assert_int_equal(torture.live, 0);
        if (rc == R53_OK && torture.calls < k)
            break;
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(target_cases) + 7];
    size_t n = 0;

    ADD_CASES(tests, n, target_cases, check_target);
    ADD_TEST(tests, n, "ELB-TG-04 the same target again replaces what was observed",
             check_target_again);
    ADD_TEST(tests, n, "ELB-TG-04 many statements at once, against a plain array",
             check_target_batches);
    ADD_TEST(tests, n, "a health check's status is replaced and forgotten", check_health_check);
    ADD_TEST(tests, n, "ELB-SHIFT-01 a new zonal shift ends the one before", check_shift);
    ADD_TEST(tests, n, "addresses of a name are replaced and forgotten", check_addresses);
    ADD_TEST(tests, n, "what has no meaning is refused", check_refusals);
    ADD_TEST(tests, n, "each allocation fails once", check_torture);
    return RUN_TESTS("observed", tests, n);
}
