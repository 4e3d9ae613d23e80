#include "base/ascon.h"

#include <string.h>

enum { WORDS = 5, RATE = 16, ROUNDS_A = 12, ROUNDS_B = 8 };

#define INITIAL_VALUE UINT64_C(0x00001000808c0001) /* of Ascon-AEAD128 */
#define DATA_ENDS     (UINT64_C(1) << 63)

struct ascon {
    uint64_t x[WORDS];
};

static uint64_t rotate(uint64_t x, unsigned n)
{
    return x >> n | x << (64 - n);
}

/* Up to eight octets, the first one lowest; the rest is 0. */
static uint64_t load(const uint8_t *at, size_t n)
{
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)at[i] << (8 * i);
    return word;
}

static void store(uint8_t *at, uint64_t word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        at[i] = (uint8_t)(word >> (8 * i));
}

/* The five bits of each column through the S-box, all 64 columns at once. */
static void substitute(uint64_t x[WORDS])
{
    uint64_t t[WORDS];

    x[0] ^= x[4];
    x[4] ^= x[3];
    x[2] ^= x[1];
    for (size_t i = 0; i < WORDS; i++)
        t[i] = ~x[i] & x[(i + 1) % WORDS];
    for (size_t i = 0; i < WORDS; i++)
        x[i] ^= t[(i + 1) % WORDS];
    x[1] ^= x[0];
    x[0] ^= x[4];
    x[3] ^= x[2];
    x[2] = ~x[2];
}

static void diffuse(uint64_t x[WORDS])
{
    static const uint8_t by[WORDS][2] = {{19, 28}, {61, 39}, {1, 6}, {10, 17}, {7, 41}};

    for (size_t i = 0; i < WORDS; i++)
        x[i] ^= rotate(x[i], by[i][0]) ^ rotate(x[i], by[i][1]);
}

/* The last `rounds` of the twelve; their constants count 0xf0, 0xe1 ... 0x4b. */
static void permute(struct ascon *state, unsigned rounds)
{
    for (unsigned i = ROUNDS_A - rounds; i < ROUNDS_A; i++) {
        state->x[2] ^= (uint64_t)(0xf0 - 0x0f * i);
        substitute(state->x);
        diffuse(state->x);
    }
}

static void key_in(struct ascon *state, size_t word, const uint8_t *key)
{
    state->x[word] ^= load(key, 8);
    state->x[word + 1] ^= load(key + 8, 8);
}

static void begin(struct ascon *state, const uint8_t *key, const uint8_t *nonce)
{
    *state = (struct ascon){{INITIAL_VALUE}};
    key_in(state, 1, key);
    key_in(state, 3, nonce);
    permute(state, ROUNDS_A);
    key_in(state, 3, key);
}

/* Adds the last n < RATE octets, a 1 and zeros. */
static void pad_in(struct ascon *state, const uint8_t *at, size_t n)
{
    uint8_t block[RATE] = {0};

    for (size_t i = 0; i < n; i++)
        block[i] = at[i];
    block[n] = 1;
    state->x[0] ^= load(block, 8);
    state->x[1] ^= load(block + 8, 8);
}

static void data_in(struct ascon *state, struct ascon_data data)
{
    size_t n = data.length, i = 0;

    if (n > 0) {
        for (; n - i >= RATE; i += RATE) {
            state->x[0] ^= load(data.at + i, 8);
            state->x[1] ^= load(data.at + i + 8, 8);
            permute(state, ROUNDS_B);
        }
        pad_in(state, data.at + i, n - i);
        permute(state, ROUNDS_B);
    }
    state->x[4] ^= DATA_ENDS;
}

static void end(struct ascon *state, const uint8_t *key, uint8_t *tag)
{
    key_in(state, 2, key);
    permute(state, ROUNDS_A);
    key_in(state, 3, key);
    store(tag, state->x[3], 8);
    store(tag + 8, state->x[4], 8);
}

void r53__ascon_seal(const uint8_t key[ASCON_KEY], const uint8_t nonce[ASCON_NONCE],
                     struct ascon_data data, uint8_t *text, size_t n, uint8_t tag[ASCON_TAG])
{
    struct ascon state;
    size_t i = 0, rest, low;

    begin(&state, key, nonce);
    data_in(&state, data);
    for (; n - i >= RATE; i += RATE) {
        state.x[0] ^= load(text + i, 8);
        state.x[1] ^= load(text + i + 8, 8);
        store(text + i, state.x[0], 8);
        store(text + i + 8, state.x[1], 8);
        permute(&state, ROUNDS_B);
    }
    rest = n - i;
    low = rest < 8 ? rest : 8;
    pad_in(&state, text + i, rest);
    store(text + i, state.x[0], low);
    store(text + i + low, state.x[1], rest - low);
    end(&state, key, tag);
}

/* One word of ciphertext in place: the state takes the cipher, the text what it stood for. */
static void word_open(uint64_t *word, uint8_t *text, size_t n)
{
    uint64_t cipher = load(text, n), mask = n < 8 ? (UINT64_C(1) << (8 * n)) - 1 : UINT64_MAX;

    store(text, *word ^ cipher, n);
    *word = (*word & ~mask) | cipher;
}

static void padding_in(struct ascon *state, size_t n)
{
    state->x[n / 8] ^= UINT64_C(1) << (8 * (n % 8));
}

static bool tags_equal(const uint8_t *a, const uint8_t *b)
{
    uint8_t differing = 0;

    for (size_t i = 0; i < ASCON_TAG; i++)
        differing |= (uint8_t)(a[i] ^ b[i]);
    return differing == 0;
}

bool r53__ascon_open(const uint8_t key[ASCON_KEY], const uint8_t nonce[ASCON_NONCE],
                     struct ascon_data data, uint8_t *text, size_t n, const uint8_t tag[ASCON_TAG])
{
    struct ascon state;
    uint8_t found[ASCON_TAG];
    size_t i = 0, rest, low;

    begin(&state, key, nonce);
    data_in(&state, data);
    for (; n - i >= RATE; i += RATE) {
        word_open(&state.x[0], text + i, 8);
        word_open(&state.x[1], text + i + 8, 8);
        permute(&state, ROUNDS_B);
    }
    rest = n - i;
    low = rest < 8 ? rest : 8;
    word_open(&state.x[0], text + i, low);
    word_open(&state.x[1], text + i + low, rest - low);
    padding_in(&state, rest);
    end(&state, key, found);
    if (tags_equal(found, tag))
        return true;
    for (i = 0; i < n; i++)
        text[i] = 0;
    return false;
}
