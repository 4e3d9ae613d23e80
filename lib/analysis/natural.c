#include "analysis/natural.h"

#include <string.h>

#define LIMB_BITS 32
#define LIMB_MASK UINT64_C(0xffffffff)

/* The largest power of ten in a limb, and its zeros. */
enum { TEN_POWER = 1000000000, TEN_DIGITS = 9 };

static uint32_t *limbs_new(struct arena *arena, size_t n)
{
    return r53__arena_alloc(arena, n, sizeof(uint32_t));
}

/* Without the leading zeros; NULL limbs are 0. */
static struct natural sealed(const uint32_t *limbs, size_t n)
{
    while (limbs && n > 0 && limbs[n - 1] == 0)
        n--;
    return (struct natural){limbs, limbs ? n : 0};
}

struct natural r53__natural(struct arena *arena, uint64_t value)
{
    uint32_t *limbs = limbs_new(arena, 2);

    if (limbs) {
        limbs[0] = (uint32_t)value;
        limbs[1] = (uint32_t)(value >> LIMB_BITS);
    }
    return sealed(limbs, 2);
}

struct natural r53__natural_add(struct arena *arena, struct natural a, struct natural b)
{
    size_t n = (a.n > b.n ? a.n : b.n) + 1;
    uint32_t *limbs = limbs_new(arena, n);
    uint64_t carry = 0;

    for (size_t i = 0; limbs && i < n; i++) {
        carry += (uint64_t)(i < a.n ? a.limbs[i] : 0) + (i < b.n ? b.limbs[i] : 0);
        limbs[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    return sealed(limbs, n);
}

struct natural r53__natural_multiply(struct arena *arena, struct natural a, struct natural b)
{
    uint32_t *limbs = limbs_new(arena, a.n + b.n);

    for (size_t i = 0; limbs && i < a.n; i++) {
        uint64_t carry = 0;

        for (size_t j = 0; j < b.n; j++) {
            carry += (uint64_t)a.limbs[i] * b.limbs[j] + limbs[i + j];
            limbs[i + j] = (uint32_t)carry;
            carry >>= LIMB_BITS;
        }
        limbs[i + b.n] = (uint32_t)carry;
    }
    return sealed(limbs, a.n + b.n);
}

/* Divides in place by one limb; returns the rest. */
static uint32_t divide_limb(uint32_t *limbs, size_t n, uint32_t by)
{
    uint64_t rest = 0;

    while (n-- > 0) {
        rest = rest << LIMB_BITS | limbs[n];
        limbs[n] = (uint32_t)(rest / by);
        rest %= by;
    }
    return (uint32_t)rest;
}

static unsigned leading_zeros(uint32_t x)
{
    unsigned n = 0;

    while (!(x & UINT32_C(0x80000000))) {
        x <<= 1;
        n++;
    }
    return n;
}

/* a * 2^bits in a.n + 1 limbs; bits < 32. */
static uint32_t *shifted_up(struct arena *arena, struct natural a, unsigned bits)
{
    uint32_t *limbs = limbs_new(arena, a.n + 1);
    uint64_t carry = 0;

    for (size_t i = 0; limbs && i < a.n; i++) {
        carry |= (uint64_t)a.limbs[i] << bits;
        limbs[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    if (limbs)
        limbs[a.n] = (uint32_t)carry;
    return limbs;
}

static void shift_down(uint32_t *limbs, size_t n, unsigned bits)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t high = i + 1 < n ? limbs[i + 1] : 0;

        limbs[i] = (uint32_t)((high << LIMB_BITS | limbs[i]) >> bits);
    }
}

/* rest[0 .. n] -= digit * by[0 .. n - 1]; true: it went below 0. */
static bool subtract_scaled(uint32_t *rest, const uint32_t *by, size_t n, uint64_t digit)
{
    uint64_t carry = 0, borrow = 0;

    for (size_t i = 0; i <= n; i++) {
        uint64_t difference;

        carry += i < n ? digit * by[i] : 0;
        difference = (uint64_t)rest[i] - (carry & LIMB_MASK) - borrow;
        rest[i] = (uint32_t)difference;
        borrow = difference >> 63;
        carry >>= LIMB_BITS;
    }
    return borrow != 0;
}

static void add_back(uint32_t *rest, const uint32_t *by, size_t n)
{
    uint64_t carry = 0;

    for (size_t i = 0; i <= n; i++) {
        carry += (uint64_t)rest[i] + (i < n ? by[i] : 0);
        rest[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
}

/*
 * One digit of the quotient of rest[0 .. n] by by[0 .. n - 1], n >= 2, whose top bit is set:
 * guessed from the leading limbs (at most one too large after the loop), then put right. Knuth,
 * TAOCP 4.3.1, algorithm D.
 */
static uint32_t divide_digit(uint32_t *rest, const uint32_t *by, size_t n)
{
    uint64_t top = (uint64_t)rest[n] << LIMB_BITS | rest[n - 1];
    uint64_t digit = top / by[n - 1], left = top % by[n - 1];

    while (digit > LIMB_MASK || digit * by[n - 2] > (left << LIMB_BITS | rest[n - 2])) {
        digit--;
        left += by[n - 1];
        if (left > LIMB_MASK)
            break;
    }
    if (subtract_scaled(rest, by, n, digit)) {
        add_back(rest, by, n);
        digit--;
    }
    return (uint32_t)digit;
}

/* By two limbs or more; a >= b. */
static struct natural divide_long(struct arena *arena, struct natural a, struct natural b,
                                  struct natural *rest)
{
    unsigned bits = leading_zeros(b.limbs[b.n - 1]);
    uint32_t *left = shifted_up(arena, a, bits), *by = shifted_up(arena, b, bits);
    size_t n = a.n - b.n + 1;
    uint32_t *quotient = limbs_new(arena, n);

    *rest = (struct natural){0};
    if (!left || !by || !quotient)
        return (struct natural){0};
    for (size_t i = n; i-- > 0;)
        quotient[i] = divide_digit(left + i, by, b.n);
    shift_down(left, b.n, bits);
    *rest = sealed(left, b.n);
    return sealed(quotient, n);
}

static struct natural divide_short(struct arena *arena, struct natural a, uint32_t by,
                                   struct natural *rest)
{
    uint32_t *quotient = limbs_new(arena, a.n);

    *rest = (struct natural){0};
    if (!quotient)
        return *rest;
    memcpy(quotient, a.limbs, a.n * sizeof(*quotient));
    *rest = r53__natural(arena, divide_limb(quotient, a.n, by));
    return sealed(quotient, a.n);
}

struct natural r53__natural_divide(struct arena *arena, struct natural a, struct natural b,
                                   struct natural *rest)
{
    struct natural unused;

    if (!rest)
        rest = &unused;
    *rest = (struct natural){0};
    if (b.n == 0)
        return *rest;
    if (r53__natural_compare(a, b) < 0) {
        *rest = a;
        return (struct natural){0};
    }
    return b.n == 1 ? divide_short(arena, a, b.limbs[0], rest) : divide_long(arena, a, b, rest);
}

struct natural r53__natural_gcd(struct arena *arena, struct natural a, struct natural b)
{
    while (b.n > 0) {
        struct natural rest;

        r53__natural_divide(arena, a, b, &rest);
        a = b;
        b = rest;
    }
    return a;
}

int r53__natural_compare(struct natural a, struct natural b)
{
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    for (size_t i = a.n; i-- > 0;) {
        if (a.limbs[i] != b.limbs[i])
            return a.limbs[i] < b.limbs[i] ? -1 : 1;
    }
    return 0;
}

/* What a column of a long multiplication carries on: high * 2^64 + low. */
struct column {
    uint64_t low, high;
};

/* Limb k of a * b; to be called for k = 0, 1, 2 ... */
static uint32_t column_next(struct column *carry, struct natural a, struct natural b, size_t k)
{
    uint32_t limb;

    for (size_t i = k < b.n ? 0 : k - b.n + 1; i < a.n && i <= k; i++) {
        uint64_t product = (uint64_t)a.limbs[i] * b.limbs[k - i];

        carry->low += product;
        carry->high += carry->low < product;
    }
    limb = (uint32_t)carry->low;
    carry->low = carry->low >> LIMB_BITS | carry->high << LIMB_BITS;
    carry->high >>= LIMB_BITS;
    return limb;
}

int r53__natural_compare_products(struct natural a, struct natural b, struct natural c,
                                  struct natural d)
{
    size_t n = a.n + b.n > c.n + d.n ? a.n + b.n : c.n + d.n;
    struct column left = {0}, right = {0};
    int order = 0;

    for (size_t k = 0; k < n; k++) {
        uint32_t x = column_next(&left, a, b, k), y = column_next(&right, c, d, k);

        if (x != y)
            order = x < y ? -1 : 1; /* the highest limb that differs decides */
    }
    return order;
}

const char *r53__natural_text(struct arena *arena, struct natural a)
{
    /* a limb has less than 10 digits; they are written 9 at once */
    size_t size = a.n * (TEN_DIGITS + 1) + TEN_DIGITS + 2;
    char *text = r53__arena_alloc(arena, size, 1), *at;
    uint32_t *left = limbs_new(arena, a.n);

    if (!text || !left)
        return NULL;
    if (a.n)
        memcpy(left, a.limbs, a.n * sizeof(*left));
    at = text + size - 1; /* the arena's memory is 0 */
    for (struct natural rest = {left, a.n}; rest.n > 0; rest = sealed(left, rest.n)) {
        uint32_t digits = divide_limb(left, rest.n, TEN_POWER);

        for (int i = 0; i < TEN_DIGITS; i++, digits /= 10)
            *--at = (char)('0' + digits % 10);
    }
    while (*at == '0')
        at++;
    if (!*at)
        *--at = '0';
    return at;
}
