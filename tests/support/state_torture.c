#include "support/state_torture.h"

#include "support/harness.h"
#include "support/torture.h"

struct play {
    r53_selection selections[SCRIPT_REQUESTS_MAX];
    char end[DIGEST_MAX];
    long calls;
};

static void begin(const r53_view *view, r53_elb_state *state, const struct state_script *script,
                  struct play *play, int i, struct torture *torture)
{
    static char before[DIGEST_MAX], after[DIGEST_MAX];
    const r53_request request = script->request(i);
    r53_selection *s = &play->selections[i];
    long armed = torture->fail_at, calls = torture->calls;
    int32_t rc;

    *s = (r53_selection){.size = sizeof(*s)};
    assert_int_equal(r53_elb_select(view, &request, state, s, NULL), R53_OK);
    script->digest(before, view, state);
    assert_int_equal(torture->calls, calls); /* choosing allocates nothing */
    rc = r53_elb_begin(state, s);
    if (rc == R53_OK)
        return;
    assert_int_equal(rc, R53_E_NOMEM);
    torture->fail_at = 0;
    script->digest(after, view, state);
    assert_string_equal(before, after);
    assert_int_equal(r53_elb_begin(state, s), R53_OK);
    torture->fail_at = armed;
}

/* Plays it with the k-th allocation failing, 0: none. */
static void play_once(const r53_view *view, const struct state_script *script, struct play *play,
                      long k)
{
    struct torture torture = {.fail_at = k, .once = true};
    r53_allocator allocator = torture_allocator(&torture);
    r53_elb_state *state;

    if (r53_elb_state_new(&state, &allocator) != R53_OK) {
        assert_int_equal(k, 1);
        assert_int_equal(r53_elb_state_new(&state, &allocator), R53_OK);
    }
    for (int i = 0; i < script->n_requests; i++) {
        begin(view, state, script, play, i, &torture);
        if (i % 3 == 2)
            assert_int_equal(r53_elb_end(state, &play->selections[i - 1]), R53_OK);
    }
    script->digest(play->end, view, state);
    play->calls = torture.calls;
    r53_elb_state_free(state);
    assert_int_equal(torture.live, 0);
}

void state_torture(const r53_view *view, const struct state_script *script)
{
    static struct play whole, torn;

    assert_true(script->n_requests <= SCRIPT_REQUESTS_MAX);
    play_once(view, script, &whole, 0);
    assert_true(whole.calls > 5);
    for (long k = 1; k <= whole.calls; k++) {
        play_once(view, script, &torn, k);
        assert_string_equal(torn.end, whole.end);
    }
}
