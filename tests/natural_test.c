/* Integers of any length, against machine arithmetic and against identities that pin them down. */
#include "support/harness.h"

#include "analysis/natural.h"
#include "analysis/share.h"
#include "base/hash.h"
#include "support/torture.h"

enum { ROUNDS = 2000 };

static struct memory memory;
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    if (r53__memory_init(&memory, NULL) != R53_OK)
        return -1;
    r53__arena_init(&arena, &memory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    r53__arena_free(&arena);
    return 0;
}

static struct natural of(uint64_t value)
{
    return r53__natural(&arena, value);
}

static struct natural add(struct natural a, struct natural b)
{
    return r53__natural_add(&arena, a, b);
}

static struct natural mul(struct natural a, struct natural b)
{
    return r53__natural_multiply(&arena, a, b);
}

/* Reads decimal digits with nothing but add and multiply. */
static struct natural read(const char *digits)
{
    struct natural a = of(0);

    for (; *digits; digits++)
        a = add(mul(a, of(10)), of((uint64_t)(*digits - '0')));
    return a;
}

static void assert_natural(struct natural a, const char *digits)
{
    assert_string_equal(r53__natural_text(&arena, a), digits);
}

static void assert_same(struct natural a, struct natural b)
{
    if (r53__natural_compare(a, b) != 0)
        fail_msg("%s is not %s", r53__natural_text(&arena, a), r53__natural_text(&arena, b));
}

/* A number of up to `limbs` limbs, many of which are all zeros or all ones. */
static struct natural random_natural(uint64_t *seed, unsigned limbs)
{
    struct natural a = of(0), base = of(UINT64_C(1) << 32);
    unsigned n = (unsigned)((*seed = r53__mix2(*seed, 1)) % (limbs + 1));

    for (unsigned i = 0; i < n; i++) {
        uint64_t word = *seed = r53__mix2(*seed, 2);
        uint64_t kind = word >> 60;

        a = add(mul(a, base), of(kind < 4 ? 0 : kind < 8 ? UINT32_MAX : word & UINT32_MAX));
    }
    return a;
}

/* Known values */

static const struct sum_case {
    const char *what, *a, *b, *sum, *product, *quotient, *rest, *gcd;
} sum_cases[] = {
    {"zero", "0", "1", "1", "0", "0", "0", "1"},
    {"one limb", "12", "18", "30", "216", "0", "12", "6"},
    {"a carry into a second limb", "4294967295", "1", "4294967296", "4294967295", "4294967295", "0",
     "1"},
    {"a carry into a third limb", "18446744073709551615", "2", "18446744073709551617",
     "36893488147419103230", "9223372036854775807", "1", "1"},
    {"two limbs by two limbs", "340282366920938463463374607431768211455", "18446744073709551615",
     "340282366920938463481821351505477763070",
     "6277101735386680763495507056286727952620534092958556749825", "18446744073709551617", "0",
     "18446744073709551615"},
    {"a guessed digit that is one too large", "170141183460469231731687303715884105728",
     "9223372036854775809", "170141183460469231740910675752738881537",
     "1569275433846670191129088539262385835757276164831892733952", "18446744073709551614", "2",
     "1"},
    {"inner zeros in the digits", "1000000000000000000000000000", "1000000000",
     "1000000000000000001000000000", "1000000000000000000000000000000000000", "1000000000000000000",
     "0", "1000000000"},
};

static void check_sum(void **state)
{
    const struct sum_case *c = *state;
    struct natural a = read(c->a), b = read(c->b), rest;

    assert_natural(a, c->a);
    assert_natural(add(a, b), c->sum);
    assert_natural(mul(a, b), c->product);
    assert_natural(r53__natural_divide(&arena, a, b, &rest), c->quotient);
    assert_natural(rest, c->rest);
    assert_natural(r53__natural_gcd(&arena, a, b), c->gcd);
    assert_natural(r53__natural_gcd(&arena, b, a), c->gcd);
}

static struct natural factorial(unsigned n)
{
    struct natural a = of(1);

    for (unsigned i = 2; i <= n; i++)
        a = mul(a, of(i));
    return a;
}

static void factorial_is_printed(void **state)
{
    (void)state;
    assert_natural(factorial(50),
                   "30414093201713378043612608166064768844377641568960512000000000000");
}

/* 100! and 60! * (a prime beyond 100): what they share is 60!. */
static void factorials_share_the_smaller(void **state)
{
    struct natural a = factorial(100), b = mul(factorial(60), of(1000003));

    (void)state;
    assert_same(r53__natural_gcd(&arena, a, b), factorial(60));
    assert_same(r53__natural_gcd(&arena, b, a), factorial(60));
}

/* Random values */

static void machine_arithmetic_agrees(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t x = r53__mix2(seed, 1), y = r53__mix2(seed, 2) >> (x % 60);
        struct natural rest;

        seed = x;
        assert_same(add(of(x >> 1), of(y >> 1)), of((x >> 1) + (y >> 1)));
        assert_same(mul(of(x >> 32), of(y >> 32)), of((x >> 32) * (y >> 32)));
        assert_same(r53__natural_divide(&arena, of(x), of(y), &rest), of(y ? x / y : 0));
        assert_same(rest, of(y ? x % y : 0));
        assert_int_equal(r53__natural_compare(of(x), of(y)), (x > y) - (x < y));
    }
}

/* a = q * b + r with r < b has one solution, so this pins division to multiplication. */
static void division_undoes_multiplication(void **state)
{
    uint64_t seed = 2;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct natural a = random_natural(&seed, 9), b = random_natural(&seed, 5), q, r;

        if (b.n == 0)
            continue;
        q = r53__natural_divide(&arena, a, b, &r);
        assert_same(add(mul(q, b), r), a);
        assert_true(r53__natural_compare(r, b) < 0);
    }
}

static void multiplication_distributes(void **state)
{
    uint64_t seed = 3;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct natural a = random_natural(&seed, 6), b = random_natural(&seed, 6),
                       c = random_natural(&seed, 6);

        assert_same(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
        assert_same(mul(a, b), mul(b, a));
    }
}

static void digits_are_read_back(void **state)
{
    uint64_t seed = 4;

    (void)state;
    for (int i = 0; i < ROUNDS / 10; i++) {
        struct natural a = random_natural(&seed, 8);

        assert_same(read(r53__natural_text(&arena, a)), a);
    }
}

static void products_are_compared_without_making_them(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct natural a = random_natural(&seed, 4), b = random_natural(&seed, 4),
                       c = random_natural(&seed, 4), d = random_natural(&seed, 4);

        assert_int_equal(r53__natural_compare_products(a, b, c, d),
                         r53__natural_compare(mul(a, b), mul(c, d)));
        assert_int_equal(r53__natural_compare_products(a, b, b, a), 0);
    }
}

/* Shares */

static void assert_share(const struct share *share, const char *numerator, const char *denominator)
{
    assert_string_equal(r53__share_text(&arena, share, SHARE_NUMERATOR), numerator);
    assert_string_equal(r53__share_text(&arena, share, SHARE_DENOMINATOR), denominator);
}

static void shares_are_in_lowest_terms(void **state)
{
    struct share a = SHARE_ONE, b = SHARE_ONE;

    (void)state;
    assert_true(r53__share_multiply(&memory, &a, 6, 9));
    assert_share(&a, "2", "3");
    assert_true(r53__share_multiply(&memory, &b, 2, 12));
    assert_true(r53__share_add(&memory, &a, &b));
    assert_share(&a, "5", "6");
    assert_true(r53__share_compare(&a, &b) > 0);
    assert_true(r53__share_add(&memory, &a, &b));
    assert_share(&a, "1", "1");
    assert_null(a.limbs); /* no memory was needed */
}

/* 1/2 + 1/6 + 1/12 + ... = n/(n+1), and the terms' least common multiple outgrows 64 bits. */
static void small_and_long_shares_mix(void **state)
{
    struct share sum = {.small = {0, 1}};

    (void)state;
    for (uint64_t i = 1; i <= 300; i++) {
        struct share a = SHARE_ONE, square = SHARE_ONE;

        assert_true(r53__share_multiply(&memory, &a, 1, i * (i + 1)));
        assert_true(r53__share_multiply(&memory, &square, 1, i * i));
        assert_true(r53__share_add(&memory, &a, &square));
        assert_true(r53__share_add(&memory, &sum, &a));
        r53__share_free(&memory, &a);
        r53__share_free(&memory, &square);
    }
    assert_non_null(sum.limbs);
    assert_true(strlen(r53__share_text(&arena, &sum, SHARE_DENOMINATOR)) > 100);
    r53__share_free(&memory, &sum);
}

/* Down to 1/100! and, by as many equal terms, up to 1 again. */
static void long_shares_come_back(void **state)
{
    struct share a = SHARE_ONE, copy;

    (void)state;
    for (uint64_t i = 2; i <= 100; i++)
        assert_true(r53__share_multiply(&memory, &a, 1, i));
    assert_string_equal(r53__share_text(&arena, &a, SHARE_DENOMINATOR),
                        r53__natural_text(&arena, factorial(100)));
    for (uint64_t i = 100; i >= 2; i--) {
        assert_true(r53__share_copy(&memory, &copy, &a));
        for (uint64_t j = 1; j < i; j++)
            assert_true(r53__share_add(&memory, &a, &copy));
        assert_true(r53__share_compare(&a, &copy) > 0);
        r53__share_free(&memory, &copy);
    }
    assert_share(&a, "1", "1");
    r53__share_free(&memory, &a);
}

/* Fails each allocation in turn: no leak, and the share is as it was. */
static void memory_may_run_out(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    struct memory tortured;
    bool done = false;

    (void)state;
    assert_int_equal(r53__memory_init(&tortured, &allocator), R53_OK);
    for (long i = 1; !done; i++) {
        struct share a = {.small = {1, UINT64_MAX}}, b = {.small = {1, UINT64_MAX - 2}}, before = a;

        torture = (struct torture){.fail_at = i};
        done = r53__share_add(&tortured, &a, &b);
        if (!done)
            assert_memory_equal(&a, &before, sizeof(a));
        done = done && r53__share_multiply(&tortured, &a, 1, UINT64_MAX - 4);
        torture.fail_at = 0;
        r53__share_free(&tortured, &a);
        assert_int_equal(torture.live, 0);
        assert_true(i < 100);
    }
}

static void without_memory_numbers_are_0(void **state)
{
    struct torture torture = {.fail_at = 1};
    r53_allocator allocator = torture_allocator(&torture);
    struct memory tortured;
    struct arena empty;
    struct natural a = factorial(40), b = factorial(30), rest;

    (void)state;
    assert_int_equal(r53__memory_init(&tortured, &allocator), R53_OK);
    r53__arena_init(&empty, &tortured);
    assert_int_equal(r53__natural_multiply(&empty, a, b).n, 0);
    assert_int_equal(r53__natural_divide(&empty, a, b, &rest).n, 0);
    assert_int_equal(r53__natural_divide(&empty, a, of(0), &rest).n, 0);
    assert_null(r53__natural_text(&empty, a));
    assert_true(empty.failed);
    r53__arena_free(&empty);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sum_cases) + 12];
    size_t n = 0;

    ADD_CASES(tests, n, sum_cases, check_sum);
    ADD_TEST(tests, n, "50! has its 65 digits", factorial_is_printed);
    ADD_TEST(tests, n, "gcd of multiples of 60! is 60!", factorials_share_the_smaller);
    ADD_TEST(tests, n, "64-bit arithmetic agrees", machine_arithmetic_agrees);
    ADD_TEST(tests, n, "quotient and rest make up the dividend", division_undoes_multiplication);
    ADD_TEST(tests, n, "multiplication distributes over addition", multiplication_distributes);
    ADD_TEST(tests, n, "printed digits read back are the number", digits_are_read_back);
    ADD_TEST(tests, n, "products compare as if made", products_are_compared_without_making_them);
    ADD_TEST(tests, n, "shares are in lowest terms", shares_are_in_lowest_terms);
    ADD_TEST(tests, n, "small and long shares add up", small_and_long_shares_mix);
    ADD_TEST(tests, n, "1/100! added up is 1", long_shares_come_back);
    ADD_TEST(tests, n, "a share survives lost memory", memory_may_run_out);
    ADD_TEST(tests, n, "without memory numbers are 0", without_memory_numbers_are_0);
    return _cmocka_run_group_tests("natural", tests, n, set_up, tear_down);
}
