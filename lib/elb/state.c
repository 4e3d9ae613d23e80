#include "elb/state.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/sized.h"

#include <string.h>

enum counter_kind { CURSOR = 1, OUTSTANDING = 2 };
enum { KEY_TEXTS = 3, SLOTS_MIN = 16 };

/* What a counter counts; texts never NULL. */
struct counter_key {
    const char *texts[KEY_TEXTS];
    int32_t number, kind;
};

/* A slot of the table; texts NULL: free. Counters are never removed, 0 is as good as none. */
struct counter {
    char *texts; /* KEY_TEXTS of them, each with its NUL */
    size_t size; /* bytes of texts */
    uint64_t hash;
    int32_t number, kind;
    int64_t value; /* cursor: ordinal + 1, 0: not known */
};

struct r53_elb_state {
    struct memory memory;
    struct counter *counters; /* open addressing */
    size_t n_slots, n_used;   /* slots: 0 or a power of two */
};

static uint64_t key_hash(const struct counter_key *key)
{
    uint64_t hash = r53__mix2((uint64_t)key->number, (uint64_t)key->kind);

    for (int i = 0; i < KEY_TEXTS; i++)
        hash = r53__hash_text(key->texts[i], hash);
    return hash;
}

static bool key_equal(const struct counter *counter, const struct counter_key *key)
{
    const char *at = counter->texts;

    if (counter->number != key->number || counter->kind != key->kind)
        return false;
    for (int i = 0; i < KEY_TEXTS; i++) {
        if (strcmp(at, key->texts[i]) != 0)
            return false;
        at += strlen(at) + 1;
    }
    return true;
}

/* The slot of the key, or the free one where it would be. There is always a free one. */
static struct counter *probe(const r53_elb_state *state, const struct counter_key *key,
                             uint64_t hash)
{
    size_t i = (size_t)hash & (state->n_slots - 1);

    while (state->counters[i].texts &&
           (state->counters[i].hash != hash || !key_equal(&state->counters[i], key)))
        i = (i + 1) & (state->n_slots - 1);
    return &state->counters[i];
}

static struct counter *counter_find(const r53_elb_state *state, const struct counter_key *key)
{
    struct counter *counter = state->n_slots ? probe(state, key, key_hash(key)) : NULL;

    return counter && counter->texts ? counter : NULL;
}

/* Makes room for `more` further counters, at most three quarters full. */
static bool reserve(r53_elb_state *state, size_t more)
{
    size_t n = state->n_slots ? state->n_slots : SLOTS_MIN, i;
    struct counter *counters, *old = state->counters;

    while (state->n_used + more > n - n / 4) {
        if (!r53__mul(n, 2, &n))
            return false;
    }
    if (n == state->n_slots)
        return true;
    counters = r53__alloc(&state->memory, n, sizeof(*counters));
    if (!counters)
        return false;
    for (size_t j = 0; j < state->n_slots; j++) {
        for (i = (size_t)old[j].hash & (n - 1); old[j].texts && counters[i].texts;)
            i = (i + 1) & (n - 1);
        if (old[j].texts)
            counters[i] = old[j];
    }
    r53__free(&state->memory, old, state->n_slots, sizeof(*old));
    state->counters = counters;
    state->n_slots = n;
    return true;
}

static char *texts_copy(const r53_elb_state *state, const struct counter_key *key, size_t *size)
{
    size_t lengths[KEY_TEXTS];
    char *texts, *at;

    *size = 0;
    for (int i = 0; i < KEY_TEXTS; i++) {
        lengths[i] = strlen(key->texts[i]) + 1;
        *size += lengths[i];
    }
    texts = at = r53__alloc(&state->memory, *size, 1);
    for (int i = 0; texts && i < KEY_TEXTS; i++) {
        memcpy(at, key->texts[i], lengths[i]);
        at += lengths[i];
    }
    return texts;
}

/* The counter of the key, made with value 0 if there is none; NULL: no memory. Room is reserved. */
static struct counter *counter_make(r53_elb_state *state, const struct counter_key *key)
{
    uint64_t hash = key_hash(key);
    struct counter *counter = probe(state, key, hash);
    size_t size;
    char *texts;

    if (counter->texts)
        return counter;
    texts = texts_copy(state, key, &size);
    if (!texts)
        return NULL;
    *counter = (struct counter){texts, size, hash, key->number, key->kind, 0};
    state->n_used++;
    return counter;
}

static struct counter_key cursor_counter(const struct cursor_key *key)
{
    return (struct counter_key){
        {key->load_balancer_arn, key->zone_name, key->target_group_arn}, key->port, CURSOR};
}

static struct counter_key outstanding_counter(const char *lb_arn, const char *group_arn,
                                              int32_t ordinal)
{
    return (struct counter_key){{lb_arn, group_arn, ""}, ordinal, OUTSTANDING};
}

bool r53__elb_state_cursor(const r53_elb_state *state, const struct cursor_key *key,
                           int32_t *ordinal)
{
    const struct counter_key counter_key = cursor_counter(key);
    const struct counter *counter = counter_find(state, &counter_key);

    if (!counter || counter->value == 0)
        return false;
    *ordinal = (int32_t)(counter->value - 1);
    return true;
}

uint32_t r53__elb_state_outstanding(const r53_elb_state *state, const char *load_balancer_arn,
                                    const char *target_group_arn, int32_t ordinal)
{
    const struct counter_key key =
        outstanding_counter(load_balancer_arn, target_group_arn, ordinal);
    const struct counter *counter = counter_find(state, &key);

    if (!counter)
        return 0;
    return counter->value < UINT32_MAX ? (uint32_t)counter->value : UINT32_MAX - 1;
}

int32_t r53_elb_state_new(r53_elb_state **out, const r53_allocator *allocator)
{
    struct memory memory;
    r53_elb_state *state;

    if (!out || r53__memory_init(&memory, allocator) != R53_OK)
        return R53_E_INVALID;
    state = r53__alloc(&memory, 1, sizeof(*state));
    if (!state)
        return R53_E_NOMEM;
    state->memory = memory;
    *out = state;
    return R53_OK;
}

void r53_elb_state_free(r53_elb_state *state)
{
    struct memory memory;

    if (!state)
        return;
    memory = state->memory;
    for (size_t i = 0; i < state->n_slots; i++)
        r53__free(&memory, state->counters[i].texts, state->counters[i].size, 1);
    r53__free(&memory, state->counters, state->n_slots, sizeof(*state->counters));
    r53__free(&memory, state, 1, sizeof(*state));
}

/* Reads the selection; texts that are missing become "". */
static int32_t selection_read(r53_selection *out, const r53_selection *in)
{
    const char **texts[] = {&out->load_balancer_arn, &out->availability_zone, &out->listener_arn,
                            &out->target_group_arn};

    if (!r53__sized_read(out, sizeof(*out), in) || out->outcome < R53_SELECTED_TARGET ||
        out->outcome > R53_SELECTED_DANGLING)
        return R53_E_INVALID;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (!*texts[i])
            *texts[i] = "";
    }
    if (out->outcome == R53_SELECTED_TARGET &&
        (!out->load_balancer_arn[0] || !out->target_group_arn[0] || out->target_ordinal < 0))
        return R53_E_INVALID;
    return R53_OK;
}

static struct counter_key selection_cursor(const r53_selection *selection)
{
    const struct cursor_key key = {selection->load_balancer_arn, selection->availability_zone,
                                   selection->target_group_arn,
                                   selection->listener_arn[0] ? 0 : selection->listener_port};

    return cursor_counter(&key);
}

static struct counter_key selection_outstanding(const r53_selection *selection)
{
    return outstanding_counter(selection->load_balancer_arn, selection->target_group_arn,
                               selection->target_ordinal);
}

int32_t r53_elb_begin(r53_elb_state *state, const r53_selection *selection)
{
    struct counter_key cursor_key, outstanding_key;
    struct counter *cursor, *outstanding;
    r53_selection given;

    if (!state || selection_read(&given, selection) != R53_OK)
        return R53_E_INVALID;
    if (given.outcome != R53_SELECTED_TARGET)
        return R53_OK; /* nothing that a target would have to do */
    cursor_key = selection_cursor(&given);
    outstanding_key = selection_outstanding(&given);
    if (!reserve(state, 2))
        return R53_E_NOMEM;
    cursor = counter_make(state, &cursor_key);
    outstanding = cursor ? counter_make(state, &outstanding_key) : NULL;
    if (!outstanding)
        return R53_E_NOMEM; /* a cursor made in vain says 0, which is none */
    cursor->value = (int64_t)given.target_ordinal + 1;
    outstanding->value++;
    return R53_OK;
}

int32_t r53_elb_end(r53_elb_state *state, const r53_selection *selection)
{
    struct counter_key key;
    struct counter *outstanding;
    r53_selection given;

    if (!state || selection_read(&given, selection) != R53_OK)
        return R53_E_INVALID;
    if (given.outcome != R53_SELECTED_TARGET)
        return R53_OK;
    key = selection_outstanding(&given);
    outstanding = counter_find(state, &key);
    if (!outstanding || outstanding->value == 0)
        return R53_E_INVALID;
    outstanding->value--;
    return R53_OK;
}
