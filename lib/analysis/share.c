#include "analysis/share.h"

#include "analysis/natural.h"
#include "base/text.h"

#include <string.h>

enum { SMALL_LIMBS = 2, SMALL_TEXT = 21 };

static bool is_small(const struct share *share)
{
    return share->n[SHARE_DENOMINATOR] == 0;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* a * b; false: more than 64 bits. */
static bool times(uint64_t a, uint64_t b, uint64_t *out)
{
    *out = a * b;
    return a == 0 || b <= UINT64_MAX / a;
}

static bool multiply_small(struct share *share, uint64_t weight, uint64_t total)
{
    uint64_t top = share->small[SHARE_NUMERATOR], bottom = share->small[SHARE_DENOMINATOR];
    uint64_t own = gcd(weight, total), g, h;

    weight /= own;
    total /= own;
    g = gcd(top, total);
    h = gcd(weight, bottom);
    if (!times(top / g, weight / h, &top) || !times(bottom / h, total / g, &bottom))
        return false;
    share->small[SHARE_NUMERATOR] = top;
    share->small[SHARE_DENOMINATOR] = bottom;
    return true;
}

/* a/b + c/d; only what b and d have in common can be cancelled from the sum. */
static bool add_small(struct share *share, const struct share *more)
{
    uint64_t b = share->small[SHARE_DENOMINATOR], d = more->small[SHARE_DENOMINATOR];
    uint64_t common = gcd(b, d), left, right, bottom, g;

    if (!times(share->small[SHARE_NUMERATOR], d / common, &left) ||
        !times(more->small[SHARE_NUMERATOR], b / common, &right) || left > UINT64_MAX - right)
        return false;
    g = gcd(left + right, common);
    if (!times(b / common, d / g, &bottom))
        return false;
    share->small[SHARE_NUMERATOR] = (left + right) / g;
    share->small[SHARE_DENOMINATOR] = bottom;
    return true;
}

/* The number seen as limbs; `room` holds them when it is small. */
static struct natural part_of(const struct share *share, enum share_part part,
                              uint32_t room[SMALL_LIMBS])
{
    if (!is_small(share))
        return (struct natural){share->limbs + (part ? share->n[0] : 0), share->n[part]};
    room[0] = (uint32_t)share->small[part];
    room[1] = (uint32_t)(share->small[part] >> 32);
    return (struct natural){room, room[1] ? 2 : room[0] ? 1 : 0};
}

static uint64_t small_of(struct natural a)
{
    return (a.n > 1 ? (uint64_t)a.limbs[1] << 32 : 0) | (a.n > 0 ? a.limbs[0] : 0);
}

/* Sets the share to a / b, neither of which lies in it. */
static bool store(const struct memory *memory, struct share *share, struct natural a,
                  struct natural b)
{
    void *limbs = share->limbs;

    if (a.n <= SMALL_LIMBS && b.n <= SMALL_LIMBS) {
        share->small[SHARE_NUMERATOR] = small_of(a);
        share->small[SHARE_DENOMINATOR] = small_of(b);
        share->n[SHARE_NUMERATOR] = share->n[SHARE_DENOMINATOR] = 0;
        return true;
    }
    if (!r53__grow(memory, &limbs, &share->capacity, a.n + b.n, sizeof(uint32_t)))
        return false;
    share->limbs = limbs;
    if (a.n)
        memcpy(share->limbs, a.limbs, a.n * sizeof(uint32_t));
    memcpy(share->limbs + a.n, b.limbs, b.n * sizeof(uint32_t));
    share->n[SHARE_NUMERATOR] = a.n;
    share->n[SHARE_DENOMINATOR] = b.n;
    return true;
}

/* Sets the share to a / b in lowest terms and gives up the scratch. */
static bool finish(const struct memory *memory, struct share *share, struct arena *scratch,
                   struct natural a, struct natural b)
{
    struct natural g = r53__natural_gcd(scratch, b, a);
    bool done;

    a = r53__natural_divide(scratch, a, g, NULL);
    b = r53__natural_divide(scratch, b, g, NULL);
    done = !scratch->failed && store(memory, share, a, b);
    r53__arena_free(scratch);
    return done;
}

static bool multiply_long(const struct memory *memory, struct share *share, uint64_t weight,
                          uint64_t total)
{
    uint32_t room[2][SMALL_LIMBS];
    struct natural a = part_of(share, SHARE_NUMERATOR, room[0]);
    struct natural b = part_of(share, SHARE_DENOMINATOR, room[1]);
    struct arena scratch;

    r53__arena_init(&scratch, memory);
    a = r53__natural_multiply(&scratch, a, r53__natural(&scratch, weight));
    b = r53__natural_multiply(&scratch, b, r53__natural(&scratch, total));
    return finish(memory, share, &scratch, a, b);
}

static bool add_long(const struct memory *memory, struct share *share, const struct share *more)
{
    uint32_t room[4][SMALL_LIMBS];
    struct natural a = part_of(share, SHARE_NUMERATOR, room[0]);
    struct natural b = part_of(share, SHARE_DENOMINATOR, room[1]);
    struct natural c = part_of(more, SHARE_NUMERATOR, room[2]);
    struct natural d = part_of(more, SHARE_DENOMINATOR, room[3]);
    struct arena scratch;

    r53__arena_init(&scratch, memory);
    if (r53__natural_compare(b, d) == 0) /* as of the targets of one group: half the length */
        return finish(memory, share, &scratch, r53__natural_add(&scratch, a, c), b);
    a = r53__natural_add(&scratch, r53__natural_multiply(&scratch, a, d),
                         r53__natural_multiply(&scratch, c, b));
    return finish(memory, share, &scratch, a, r53__natural_multiply(&scratch, b, d));
}

void r53__share_free(const struct memory *memory, struct share *share)
{
    r53__free(memory, share->limbs, share->capacity, sizeof(*share->limbs));
    *share = (struct share){0};
}

bool r53__share_copy(const struct memory *memory, struct share *out, const struct share *share)
{
    uint32_t room[2][SMALL_LIMBS];

    *out = (struct share){0};
    return store(memory, out, part_of(share, SHARE_NUMERATOR, room[0]),
                 part_of(share, SHARE_DENOMINATOR, room[1]));
}

bool r53__share_multiply(const struct memory *memory, struct share *share, uint64_t weight,
                         uint64_t total)
{
    return (is_small(share) && multiply_small(share, weight, total)) ||
           multiply_long(memory, share, weight, total);
}

bool r53__share_add(const struct memory *memory, struct share *share, const struct share *more)
{
    return (is_small(share) && is_small(more) && add_small(share, more)) ||
           add_long(memory, share, more);
}

static bool split_long(const struct memory *memory, struct share *share, uint64_t *whole)
{
    uint32_t room[2][SMALL_LIMBS];
    struct natural a = part_of(share, SHARE_NUMERATOR, room[0]);
    struct natural b = part_of(share, SHARE_DENOMINATOR, room[1]);
    struct natural rest, quotient;
    struct arena scratch;
    uint64_t said;

    r53__arena_init(&scratch, memory);
    quotient = r53__natural_divide(&scratch, a, b, &rest);
    said = small_of(quotient);
    if (!finish(memory, share, &scratch, rest, b))
        return false;
    *whole = said;
    return true;
}

bool r53__share_split(const struct memory *memory, struct share *share, uint64_t *whole)
{
    if (!is_small(share))
        return split_long(memory, share, whole);
    *whole = share->small[SHARE_NUMERATOR] / share->small[SHARE_DENOMINATOR];
    share->small[SHARE_NUMERATOR] %= share->small[SHARE_DENOMINATOR];
    return true;
}

int r53__share_compare(const struct share *a, const struct share *b)
{
    uint32_t room[4][SMALL_LIMBS];

    return r53__natural_compare_products(
        part_of(a, SHARE_NUMERATOR, room[0]), part_of(b, SHARE_DENOMINATOR, room[1]),
        part_of(b, SHARE_NUMERATOR, room[2]), part_of(a, SHARE_DENOMINATOR, room[3]));
}

const char *r53__share_text(struct arena *arena, const struct share *share, enum share_part part)
{
    uint32_t room[SMALL_LIMBS];
    char digits[SMALL_TEXT];
    struct text text;

    if (!is_small(share))
        return r53__natural_text(arena, part_of(share, part, room));
    r53__text_init(&text, digits, sizeof(digits));
    r53__put_u64(&text, share->small[part]);
    return r53__arena_text(arena, digits);
}
