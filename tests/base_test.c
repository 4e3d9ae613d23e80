/*
 * The ground floor: text, structs that say their size, reports, draws, staged tables, the trace;
 * and the rulebook, which stands above all floors and leans on this one.
 */
#include "support/harness.h"
#include "support/torture.h"

#include <r53/rulebook.h>

#include "base/draw.h"
#include "base/report.h"
#include "base/sized.h"
#include "base/table.h"
#include "base/text.h"
#include "base/trace.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- text ---- */

static const struct decimal_case {
    const char *what, *text;
    uint64_t max;
    bool ok;
    uint64_t value;
} decimals[] = {
    {"decimal: zero", "0", 10, true, 0},
    {"decimal: the greatest allowed", "255", 255, true, 255},
    {"decimal: one more", "256", 255, false, 0},
    {"decimal: ten times more", "2550", 255, false, 0},
    {"decimal: leading zeros count for nothing", "000255", 255, true, 255},
    {"decimal: the greatest of 64 bits", "18446744073709551615", UINT64_MAX, true, UINT64_MAX},
    {"decimal: past 64 bits", "18446744073709551616", UINT64_MAX, false, 0},
    {"decimal: far past 64 bits", "99999999999999999999999", UINT64_MAX, false, 0},
    {"decimal: a small limit below a digit", "7", 5, false, 0},
    {"decimal: nothing", "", 10, false, 0},
    {"decimal: a sign", "+1", 10, false, 0},
    {"decimal: a minus", "-1", 10, false, 0},
    {"decimal: a blank", " 1", 10, false, 0},
    {"decimal: a letter", "1a", 100, false, 0},
};

static void check_decimal(void **state)
{
    const struct decimal_case *c = *state;
    uint64_t value = 77;

    assert_int_equal(r53__parse_decimal(r53__span(c->text), c->max, &value), c->ok);
    assert_true(value == (c->ok ? c->value : 77));
}

static void writing(void **state)
{
    static const char *const args[] = {"one", NULL, "three"};
    struct text text;
    char buffer[64];

    (void)state;
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__put_template(&text, "{0}-{1}-{2}-{3}{{0}}{x}{", args, 3);
    assert_string_equal(buffer, "one--three-{one}{x}{");
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__put_i64(&text, INT64_MIN);
    r53__put_char(&text, ' ');
    r53__put_u64(&text, UINT64_MAX);
    r53__put_hex(&text, (const uint8_t *)"\x0f\xa0", 2);
    assert_string_equal(buffer, "-9223372036854775808 184467440737095516150FA0");
    r53__text_init(&text, buffer, 4); /* what does not fit is counted */
    r53__put(&text, "abcdef");
    assert_string_equal(buffer, "abc");
    assert_int_equal(text.length, 6);
    assert_false(r53__text_fits(&text));
    r53__text_init(&text, NULL, 0);
    r53__put(&text, "abc");
    r53__put(&text, NULL);
    assert_int_equal(text.length, 3);
}

static void fields(void **state)
{
    struct span rest = SPAN(" \ta  bc\t"), field;

    (void)state;
    assert_true(r53__next_field(&rest, &field) && r53__span_is(field, "a"));
    assert_true(r53__next_field(&rest, &field) && r53__span_is(field, "bc"));
    assert_false(r53__next_field(&rest, &field));
    assert_true(r53__equal_nocase(SPAN("aZ09"), SPAN("Az09")));
    assert_false(r53__equal_nocase(SPAN("@["), SPAN("`{")));
    assert_true(r53__text_equal(NULL, NULL));
    assert_false(r53__text_equal(NULL, ""));
}

/* ---- structs that say their size ---- */

struct grown {
    uint32_t size, a, b, c;
};

static void sized(void **state)
{
    struct grown in = {.size = sizeof(in), .a = 1, .b = 2, .c = 3}, out;
    struct {
        struct grown known;
        uint32_t later;
    } newer = {.known = {.a = 1}};

    (void)state;
    in.size = 8; /* an older caller: what it lacks is 0 */
    assert_true(r53__sized_read(&out, sizeof(out), &in));
    assert_int_equal(out.a, 1);
    assert_int_equal(out.b, 0);
    newer.known.size = sizeof(newer); /* a newer one: 0 beyond ours */
    assert_true(r53__sized_read(&out, sizeof(out), &newer));
    assert_int_equal(out.size, sizeof(out)); /* the copy has no octets beyond ours */
    newer.later = 1;
    assert_false(r53__sized_read(&out, sizeof(out), &newer));
    for (in.size = 1; in.size < sizeof(in); in.size++) /* no struct ends within a member */
        assert_int_equal(r53__sized_read(&out, sizeof(out), &in), in.size % 4 == 0);
    assert_false(r53__sized_read(&out, sizeof(out), NULL));

    out = (struct grown){.size = 8, .a = 9, .b = 9, .c = 9};
    in = (struct grown){.size = sizeof(in), .a = 1, .b = 2, .c = 3};
    assert_true(r53__sized_write(&out, &in, sizeof(in)));
    assert_int_equal(out.size, 8);
    assert_int_equal(out.a, 1);
    assert_int_equal(out.b, 9);
    newer.known = (struct grown){.size = sizeof(newer)};
    assert_true(r53__sized_write(&newer, &in, sizeof(in)));
    assert_int_equal(newer.known.c, 3);
    assert_int_equal(newer.later, 1);
    out.size = 0;
    assert_false(r53__sized_write(&out, &in, sizeof(in)));
    assert_false(r53__sized_write(NULL, &in, sizeof(in)));
}

/* ---- report ---- */

static r53_finding get(const r53_report *report, size_t index)
{
    r53_finding finding = {.size = sizeof(finding)};

    assert_int_equal(r53_report_get(report, index, &finding), R53_OK);
    return finding;
}

static void report_paths(void **state)
{
    r53_finding finding = {.size = sizeof(finding)};
    char path[400];
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    r53_report_locate(report, "Zones[2]", 7, 3);
    assert_int_equal(r53__remark(report, &(struct remark){.path = "Name",
                                                          .aws_name = "InvalidInput",
                                                          .format = "bad {0}",
                                                          .args = {"x"}}),
                     R53_E_INVALID);
    r53__remark(report, &(struct remark){.format = "place alone"});
    assert_string_equal(get(report, 0).path, "Zones[2].Name");
    assert_string_equal(get(report, 0).text, "bad x");
    assert_string_equal(get(report, 0).aws_name, "InvalidInput");
    assert_int_equal(get(report, 0).line, 7);
    assert_int_equal(get(report, 0).column, 3);
    assert_int_equal(get(report, 0).severity, R53_SEVERITY_ERROR);
    assert_string_equal(get(report, 1).path, "Zones[2]");
    assert_string_equal(get(report, 1).aws_name, "");
    assert_int_equal(r53_report_get(report, 2, &finding), R53_E_NOT_FOUND);
    r53_report_locate(report, NULL, 0, 0);
    r53__remark(report,
                &(struct remark){.severity = R53_SEVERITY_NOTE, .path = "Name", .format = "x"});
    assert_string_equal(get(report, 2).path, "Name");
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 2);
    r53_report_clear(report);
    assert_int_equal(r53_report_count(report), 0);
    memset(path, 'p', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    r53_report_locate(report, path, 1, 1); /* cut to 255 bytes */
    r53__remark(report, &(struct remark){.format = "x"});
    assert_int_equal(strlen(get(report, 0).path), 255);
    r53_report_clear(report); /* forgets the place too */
    r53__remark(report, &(struct remark){.format = "x"});
    assert_string_equal(get(report, 0).path, "");
    assert_int_equal(get(report, 0).line, 0);
    r53_report_free(report);
}

static void report_adds(void **state)
{
    r53_finding finding = {.size = sizeof(finding),
                           .severity = R53_SEVERITY_WARNING,
                           .text = "the host {0} says",
                           .path = "Here",
                           .line = 5,
                           .column = 6};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    r53_report_locate(report, "Doc", 1, 2);
    assert_int_equal(r53_report_add(report, &finding), R53_OK);
    assert_string_equal(get(report, 0).text, "the host {0} says");
    assert_string_equal(get(report, 0).path, "Doc.Here");
    assert_string_equal(get(report, 0).rule, "");
    assert_int_equal(get(report, 0).line, 5);
    assert_int_equal(get(report, 0).code, 0);
    finding.severity = 4;
    assert_int_equal(r53_report_add(report, &finding), R53_E_INVALID);
    finding.severity = 0;
    assert_int_equal(r53_report_add(report, &finding), R53_E_INVALID);
    assert_int_equal(r53_report_add(NULL, &finding), R53_E_INVALID);
    assert_int_equal(r53_report_add(report, NULL), R53_E_INVALID);
    finding = (r53_finding){.size = sizeof(finding), .severity = R53_SEVERITY_NOTE};
    assert_int_equal(r53_report_add(report, &finding), R53_OK); /* NULL counts as "" */
    assert_string_equal(get(report, 1).text, "");
    r53_report_free(report);
    r53_report_free(NULL);
    r53_report_clear(NULL);
    assert_int_equal(r53_report_count(NULL), 0);
}

/* The first finding is told even without memory, an over-long one cut. */
static void report_without_memory(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    char name[3000];
    r53_report *report;

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    torture.fail_at = 1;
    assert_int_equal(r53_report_new(&report, &allocator), R53_E_NOMEM);
    torture = (struct torture){0};
    assert_int_equal(r53_report_new(&report, &allocator), R53_OK);
    torture.fail_at = 1;
    assert_int_equal(r53__remark_nomem(report), R53_E_NOMEM);
    assert_int_equal(r53__remark_nomem(report), R53_E_NOMEM);
    assert_int_equal(r53_report_count(report), 1);
    assert_int_equal(get(report, 0).code, R53_E_NOMEM);
    assert_true(strlen(get(report, 0).text) > 0);
    r53_report_clear(report);
    r53__remark(report, &(struct remark){.format = "{0}", .args = {name}});
    assert_int_equal(r53_report_count(report), 1);
    assert_true(strlen(get(report, 0).text) > 500);
    r53_report_clear(report);
    r53__remark(report, &(struct remark){.path = name, .aws_name = "InvalidInput", .format = "x"});
    assert_true(strlen(get(report, 0).path) > 500);
    assert_string_equal(get(report, 0).text, "");
    torture.fail_at = 0;
    r53__remark(report, &(struct remark){.format = "{0}", .args = {name}});
    assert_int_equal(strlen(get(report, 1).text), sizeof(name) - 1);
    r53_report_free(report);
    assert_int_equal(torture.live, 0);
}

/* ---- draws ---- */

static void walk_uniform(void **state)
{
    struct walk walk;
    struct draw draw = {.walk = &walk};
    int seen[3][4] = {{0}}, runs = 0;

    (void)state;
    r53__walk_init(&walk);
    for (; r53__walk_next(&walk); runs++) {
        uint32_t a = r53__draw_uniform(&draw, 1, 3);
        uint32_t b = a == 2 ? 0 : r53__draw_uniform(&draw, 2, 4); /* depth depends on the branch */

        assert_int_equal(walk.depth, a == 2 ? 1 : 2);
        for (uint32_t i = 0; i < walk.depth; i++) {
            assert_true(walk.choices[i].weight == 1);
            assert_true(walk.choices[i].total == (i ? 4 : 3));
        }
        seen[a][b]++;
    }
    assert_int_equal(runs, 9);
    for (int i = 0; i < 9; i++)
        assert_int_equal(seen[i / 4][i % 4], 1);
}

static void walk_weighted(void **state)
{
    static const uint32_t cumulative[] = {0, 1, 1, 256, 511, 766, 1021}; /* weights 0 1 0 255 ... */
    struct walk walk;
    struct draw draw = {.walk = &walk};
    uint64_t sum = 0;

    (void)state;
    r53__walk_init(&walk);
    while (r53__walk_next(&walk)) {
        uint32_t i = r53__draw_weighted(&draw, 1, cumulative, COUNT(cumulative));

        assert_true(walk.choices[0].total == 1021);
        assert_true(walk.choices[0].weight == cumulative[i] - (i ? cumulative[i - 1] : 0));
        sum += walk.choices[0].weight;
    }
    assert_true(sum == 1021); /* T30: 1/1021 exactly */
}

static const struct weights_case {
    const char *what;
    uint32_t cumulative[4], n;
} weights[] = {
    {"weighted draws: 1 and 3", {1, 4}, 2},
    {"weighted draws: a weight of 0 is never drawn", {0, 10, 10, 30}, 4},
    {"weighted draws: 0 at the end", {7, 7}, 2},
    {"T46 weighted draws: sums beyond 16 bits", {60000, 120000, 120000, 480000}, 4},
    {"T46 weighted draws: sums near 32 bits", {UINT32_MAX / 4, UINT32_MAX / 2, UINT32_MAX}, 3},
    {"T30 weighted draws: a small weight among great ones", {1, 256, 511, 766}, 4},
};

static void check_weights(void **state)
{
    enum { SEEDS = 40000 };
    const struct weights_case *c = *state;
    uint32_t seen[4] = {0};

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct draw draw = {.seed = seed};
        uint32_t i = r53__draw_weighted(&draw, 99, c->cumulative, c->n);

        assert_true(i < c->n);
        seen[i]++;
    }
    for (uint32_t i = 0; i < c->n; i++) {
        uint64_t total = c->cumulative[c->n - 1];
        uint64_t weight = c->cumulative[i] - (i ? c->cumulative[i - 1] : 0);
        uint64_t expected = SEEDS * weight / total;
        uint64_t off = seen[i] > expected ? seen[i] - expected : expected - seen[i];

        assert_true(weight > 0 || seen[i] == 0);
        assert_true(off <= 5 || off * off <= 36 * expected); /* six standard deviations */
    }
}

static void sampled_uniform(void **state)
{
    enum { SEEDS = 30000, N = 7 };
    int seen[N] = {0};

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct draw draw = {.seed = seed};
        uint32_t i = r53__draw_uniform(&draw, 3, N);

        assert_true(i < N);
        assert_int_equal(i, r53__draw_uniform(&draw, 3, N)); /* no state moves */
        seen[i]++;
    }
    for (int i = 0; i < N; i++)
        assert_in_range(seen[i], SEEDS / N - 370, SEEDS / N + 370);
}

static void orders(void **state)
{
    int first[5] = {0}, last[5] = {0};

    (void)state;
    for (uint64_t seed = 0; seed < 5000; seed++) {
        struct draw draw = {.seed = seed};
        struct order order = r53__order(seed, 17, 5);
        uint16_t numbers[5] = {0, 1, 2, 3, 4};
        unsigned seen = 0, value = 0;

        for (uint32_t i = 0; i < 5; i++) {
            value = r53__order_next(&order, numbers);
            seen |= 1u << value;
            if (i > 0)
                continue;
            first[value]++;
            assert_int_equal(value, r53__draw_uniform(&draw, 17, 5));
        }
        last[value]++;
        assert_int_equal(seen, 31);
    }
    for (int i = 0; i < 5; i++) {
        assert_in_range(first[i], 850, 1150);
        assert_in_range(last[i], 850, 1150);
    }
}

/* ---- tables ---- */

struct thing {
    struct object head;
    int value;
};

static struct thing *thing_new(const struct memory *memory, int value)
{
    struct thing *thing = r53__object_new(memory, sizeof(*thing));

    if (thing)
        thing->value = value;
    return thing;
}

static int value_of(const void *object)
{
    return object ? ((const struct thing *)object)->value : 0;
}

static void tables(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    struct memory memory;
    struct table table;
    const void *kept;

    (void)state;
    assert_int_equal(r53__memory_init(&memory, &allocator), R53_OK);
    r53__table_init(&table, &memory);
    assert_int_equal(r53__table_stage(&table, SPAN("a"), thing_new(&memory, 1)), R53_OK);
    assert_null(r53__table_find(&table, SPAN("a")));
    assert_int_equal(value_of(r53__table_staged(&table, SPAN("a"))), 1);
    r53__table_commit(&table);
    assert_int_equal(value_of(r53__table_find(&table, SPAN("a"))), 1);
    kept = r53__object_ref(r53__table_find(&table, SPAN("a")));

    assert_int_equal(r53__table_stage(&table, SPAN("a"), thing_new(&memory, 2)), R53_OK);
    assert_int_equal(r53__table_stage(&table, SPAN("a"), thing_new(&memory, 3)), R53_OK);
    assert_int_equal(r53__table_stage(&table, SPAN("b"), thing_new(&memory, 4)), R53_OK);
    r53__table_rollback(&table);
    assert_int_equal(value_of(r53__table_find(&table, SPAN("a"))), 1);
    assert_int_equal(value_of(r53__table_staged(&table, SPAN("a"))), 1);
    assert_null(r53__table_find(&table, SPAN("b")));

    assert_int_equal(r53__table_stage(&table, SPAN("a"), NULL), R53_OK); /* removes */
    assert_null(r53__table_staged(&table, SPAN("a")));
    r53__table_commit(&table);
    assert_null(r53__table_find(&table, SPAN("a")));
    assert_int_equal(r53__table_slot(&table, SPAN("a")), 0); /* the slot stays */
    assert_int_equal(r53__table_slot(&table, SPAN("c")), -1);
    assert_null(r53__table_at(&table, 5));
    assert_null(r53__table_at(&table, -1));
    assert_string_equal(r53__table_id(&table, 0), "a");
    assert_string_equal(r53__table_id(&table, 9), "");
    assert_int_equal(value_of(kept), 1);
    assert_int_equal(r53__table_stage(&table, SPAN("d"), thing_new(&memory, 5)), R53_OK);
    r53__table_free(&table); /* what was staged goes too */
    r53__object_unref(kept);
    r53__object_unref(NULL);
    assert_int_equal(torture.live, 0);
}

static void tables_without_memory(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    struct memory memory;
    int32_t rc = R53_E_NOMEM;

    (void)state;
    assert_int_equal(r53__memory_init(&memory, &allocator), R53_OK);
    for (long k = 1; rc != R53_OK; k++) {
        struct table table;
        char id[16];

        torture.calls = 0;
        torture.fail_at = k;
        rc = R53_OK;
        r53__table_init(&table, &memory);
        for (int i = 0; i < 40 && rc == R53_OK; i++) { /* enough for the hash to grow */
            struct thing *thing = thing_new(&memory, i);

            snprintf(id, sizeof(id), "id%d", i);
            rc = thing ? r53__table_stage(&table, r53__span(id), thing) : R53_E_NOMEM;
            if (rc != R53_OK)
                r53__object_unref(thing);
        }
        r53__table_commit(&table);
        for (int i = 0; rc == R53_OK && i < 40; i++) {
            snprintf(id, sizeof(id), "id%d", i);
            assert_int_equal(value_of(r53__table_find(&table, r53__span(id))), i);
        }
        r53__table_free(&table);
        assert_int_equal(torture.live, 0);
        assert_true(k < 1000);
    }
}

/* ---- trace ---- */

static int unpinned;

static void unpin(const void *what)
{
    (void)what;
    unpinned++;
}

static void traces(void **state)
{
    struct torture torture = {0};
    const r53_allocator allocator = torture_allocator(&torture);
    r53_trace *trace;

    (void)state;
    unpinned = 0;
    assert_int_equal(r53_trace_new(NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_trace_new(&trace, &allocator), R53_OK);
    assert_int_equal(r53_trace_count(trace), 0);
    r53__trace_start(trace, &torture, unpin);
    for (int i = 0; i < 100; i++)
        r53__trace(trace, i, 1, i, 0, 0, 0);
    assert_int_equal(r53_trace_count(trace), 100);
    assert_int_equal(trace->records[99].values[0], 99);
    r53__trace_start(trace, &torture, unpin);
    assert_int_equal(unpinned, 1);
    assert_int_equal(r53_trace_count(trace), 0);
    torture.fail_at = 1; /* a lack of memory sticks until the next start */
    for (int i = 0; i < 1000; i++)
        r53__trace(trace, i, 1, 0, 0, 0, 0);
    assert_true(trace->failed);
    torture.fail_at = 0;
    r53__trace(trace, 1, 1, 0, 0, 0, 0);
    assert_true(trace->failed);
    r53__trace_start(trace, NULL, NULL);
    assert_false(trace->failed);
    r53__trace(NULL, 1, 1, 0, 0, 0, 0);
    r53__trace_start(NULL, NULL, NULL);
    assert_int_equal(r53_trace_count(NULL), 0);
    r53_trace_free(trace);
    r53_trace_free(NULL);
    assert_int_equal(unpinned, 2);
    assert_int_equal(torture.live, 0);
}

/* ---- rulebook ---- */

static void rulebook(void **state)
{
    r53_rule rule = {.size = sizeof(rule)}, found = {.size = sizeof(found)};
    size_t n = r53_rulebook_count();

    (void)state;
    assert_true(n > 100);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(r53_rulebook_get(i, &rule), R53_OK);
        assert_true(rule.number > 0 && *rule.id && *rule.sentence && *rule.source);
        assert_int_equal(rule.modelled, *rule.why_not == '\0');
        assert_int_equal(r53_rulebook_find(rule.number, &found), R53_OK);
        assert_string_equal(found.id, rule.id); /* numbers are unique */
        assert_string_equal(r53_rule_id(rule.number), rule.id);
        for (size_t k = 0; k < i; k++) {
            assert_int_equal(r53_rulebook_get(k, &found), R53_OK);
            assert_string_not_equal(found.id, rule.id);
        }
    }
    assert_int_equal(r53_rulebook_get(n, &rule), R53_E_NOT_FOUND);
    assert_int_equal(r53_rulebook_find(0, &rule), R53_E_NOT_FOUND);
    assert_int_equal(r53_rulebook_get(0, NULL), R53_E_INVALID);
    assert_string_equal(r53_rule_id(-1), "");
}

/*
 * The newest piece grows where it stands, others do not; pieces move to another arena as they are.
 */
static void arenas(void **state)
{
    struct arena arena, from;
    struct memory memory;
    char *first, *last;

    (void)state;
    assert_int_equal(r53__memory_init(&memory, NULL), R53_OK);
    r53__arena_init(&arena, &memory);
    r53__arena_init(&from, &memory);
    assert_false(r53__arena_stretch(&from, &from, 1));
    first = r53__arena_bytes(&from, "abc", 3);
    last = r53__arena_bytes(&from, "defg", 4);
    assert_false(r53__arena_stretch(&from, first + 4, 60));
    assert_true(r53__arena_stretch(&from, last + 5, 60));
    assert_int_equal(last[64], 0);
    assert_false(r53__arena_stretch(&from, last + 5, 1));
    assert_true(r53__arena_stretch(&from, last + 65, 1));
    assert_false(r53__arena_stretch(&from, last + 66, 1 << 20));
    assert_false(r53__arena_stretch(&arena, last + 66, 1));
    assert_non_null(r53__arena_text(&arena, "xyz"));
    r53__arena_take(&arena, &from);
    r53__arena_free(&from);
    assert_string_equal(first, "abc");
    assert_string_equal(last, "defg");
    r53__arena_free(&arena);
}

static const struct status_case {
    const char *what, *aws_name;
    int32_t status;
} statuses[] = {
    {"R53-ERR-40 an error like most", "InvalidChangeBatch", 400},
    {"R53-ERR-40 a limit", "TooManyHealthChecks", 400},
    {"R53-ERR-40 a zone that is not there", "NoSuchHostedZone", 404},
    {"R53-ERR-40 a collection that is not there", "NoSuchCidrCollectionException", 404},
    {"R53-ERR-40 an association that is not there", "VPCAssociationNotFound", 404},
    {"R53-ERR-40 a zone that is there already", "HostedZoneAlreadyExists", 409},
    {"R53-ERR-40 a health check that is there already", "HealthCheckAlreadyExists", 409},
    {"R53-ERR-40 a health check of another version", "HealthCheckVersionMismatch", 409},
    {"R53-ERR-40 a collection of another version", "CidrCollectionVersionMismatchException", 409},
    {"R53-ERR-40 a collection that is there already", "CidrCollectionAlreadyExistsException", 400},
    {"R53-ERR-40 not allowed", "NotAuthorizedException", 401},
    {"R53-ERR-40 no error of AWS's", "", 0},
    {"R53-ERR-40 no error at all", NULL, 0},
};

static void check_status(void **state)
{
    const struct status_case *c = *state;

    assert_int_equal(r53_error_http_status(c->aws_name), c->status);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(statuses) + COUNT(decimals) + COUNT(weights) + 17];
    size_t n = 0;

    ADD_CASES(tests, n, decimals, check_decimal);
    ADD_TEST(tests, n, "text: templates, numbers, a full buffer", writing);
    ADD_TEST(tests, n, "text: fields and case", fields);
    ADD_TEST(tests, n, "sized: older and newer callers", sized);
    ADD_TEST(tests, n, "report: paths", report_paths);
    ADD_TEST(tests, n, "report: findings of the host", report_adds);
    ADD_TEST(tests, n, "report: the first finding needs no memory", report_without_memory);
    ADD_TEST(tests, n, "draw: a walk over uniform draws is exact", walk_uniform);
    ADD_TEST(tests, n, "T30 draw: a walk over weighted draws is exact", walk_weighted);
    ADD_CASES(tests, n, weights, check_weights);
    ADD_CASES(tests, n, statuses, check_status);
    ADD_TEST(tests, n, "draw: uniform samples", sampled_uniform);
    ADD_TEST(tests, n, "draw: an order is a permutation, each equally likely", orders);
    ADD_TEST(tests, n, "arena: pieces that grow and move", arenas);
    ADD_TEST(tests, n, "table: staging, commit, rollback", tables);
    ADD_TEST(tests, n, "table: every allocation fails once", tables_without_memory);
    ADD_TEST(tests, n, "trace: records, pins, lack of memory", traces);
    ADD_TEST(tests, n, "rulebook: every rule once", rulebook);
    return RUN_TESTS("base", tests, n);
}
