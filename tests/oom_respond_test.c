/*
 * The responder asks no allocator for anything; only the answer that its steps pass along does, and
 * when that fails the steps can be gone through again.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/r53.h>

static const uint8_t query[] = "\xab\xcd\0\0\0\1\0\0\0\0\0\0\3www\7example\3com\0\0\1\0\1";

static r53_view *view_make(const r53_allocator *allocator)
{
    const r53_cloud_options options = {.size = sizeof(options), .allocator = allocator};
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com."};
    const char *value = "192.0.2.1";
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "www.example.com.",
                                .values = &value,
                                .n_values = 1,
                                .has_ttl = 1,
                                .ttl = 300};
    r53_cloud *cloud;
    r53_import *import;
    r53_view *view;

    assert_int_equal(r53_cloud_new(&cloud, &options), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_hosted_zone(import, &zone), R53_OK);
    assert_int_equal(r53_import_record_set(import, "Z1", &set), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    r53_import_free(import);
    r53_cloud_free(cloud);
    return view;
}

static void allocates_nothing(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_view *view = view_make(&allocator);
    uint8_t response[512];
    r53_exchange exchange = {.size = sizeof(exchange),
                             .query = query,
                             .n_query = sizeof(query) - 1,
                             .response = response,
                             .capacity = sizeof(response)};
    r53_exchange *const exchanges[] = {&exchange};
    long calls = torture.calls;
    size_t length;

    (void)state;
    torture.fail_at = 1;
    assert_int_equal(
        r53_respond(view, NULL, query, sizeof(query) - 1, response, sizeof(response), &length),
        R53_OK);
    assert_int_equal(response[7], 1);
    assert_int_equal(r53_respond_many(view, exchanges, 1), R53_OK);
    assert_int_equal(exchange.length, length);
    assert_int_equal(torture.calls, calls);
    r53_view_release(view);
    assert_int_equal(torture.live, 0);
}

/* Parse, resolve, write; the first step that lacks memory ends them. */
static int32_t steps(const r53_view *view, r53_answer *answer, uint8_t *response, size_t *length)
{
    r53_message message = {.size = sizeof(message)};
    r53_query asked = {.size = sizeof(asked)};
    char texts[R53_MESSAGE_TEXT_MAX];
    int32_t rc;

    assert_int_equal(r53_message_parse(query, sizeof(query) - 1, &message), R53_OK);
    assert_int_equal(r53_message_query(&message, &asked, texts, sizeof(texts)), R53_OK);
    rc = r53_resolve(view, &asked, answer, NULL);
    if (rc != R53_OK)
        return rc;
    return r53_message_write(&message, NULL, answer, response, 512, length);
}

static void steps_again(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_view *view = view_make(NULL);
    uint8_t response[512], expected[512];
    size_t length = 0, expected_length;
    int32_t rc = R53_E_NOMEM;
    long k;

    (void)state;
    assert_int_equal(r53_respond(view, NULL, query, sizeof(query) - 1, expected, sizeof(expected),
                                 &expected_length),
                     R53_OK);
    for (k = 1; rc != R53_OK; k++) {
        r53_answer *answer;

        torture = (struct torture){.fail_at = k, .once = true};
        if (r53_answer_new(&answer, &allocator) == R53_OK) {
            rc = steps(view, answer, response, &length);
            assert_true(rc == R53_OK || rc == R53_E_NOMEM);
            assert_int_equal(steps(view, answer, response, &length), R53_OK);
            assert_int_equal(length, expected_length);
            assert_memory_equal(response, expected, length);
            r53_answer_free(answer);
        }
        assert_int_equal(torture.live, 0);
    }
    assert_true(k > 3);
    r53_view_release(view);
}

int main(void)
{
    struct CMUnitTest tests[4];
    size_t n = 0;

    ADD_TEST(tests, n, "responding allocates nothing", allocates_nothing);
    ADD_TEST(tests, n, "its steps fail for want of memory, and work when gone through again",
             steps_again);
    return RUN_TESTS("oom_respond", tests, n);
}
