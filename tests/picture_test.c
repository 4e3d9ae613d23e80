/*
 * Pictures and what accounts may hold: no name, identifier or value breaks the language that a
 * picture is written in, or gets lost on the way.
 */
#include "support/harness.h"

#include <r53/import.h>
#include <r53/outcomes.h>
#include <r53/tree.h>

#include "base/hash.h"
#include "flow/quote.h"
#include "support/picture_check.h"

#include <stdlib.h>

#define ELB "web-1.us-east-1.elb.amazonaws.com"

enum { RANDOM_WORLDS = 300, NASTY_MAX = 48 };

static const r53_query query = {.size = sizeof(query), .name = "w.example.com"};

/* Nasty names */

/* Octets that some language reads as its own, and such as no language wants. */
static void nasty(char *out, uint64_t *seed)
{
    static const char *const parts[] = {
        "\"",
        "\\",
        "\\N",
        "]",
        "}}",
        "%%{init: {}}%%",
        "end",
        "<br/>",
        "&lt;",
        "#34;",
        "\n",
        "\t",
        "\x01",
        "\x7f",
        "\xff",
        "\xc3\xa9",
        "\xe2\x82",
        "-->",
        "|",
        "`",
        "*a*",
        "subgraph ",
        "1. ",
        "{",
        "[a](b)",
        ":::x",
        "graph",
        ";",
        "\"]; n1 -> n0 [label=\"",
        "\xf0\x9f\x98\x80",
    };
    size_t length = 0, n = 1 + (size_t)(r53__mix(++*seed) % 5);

    for (out[0] = '\0'; n > 0; n--) {
        const char *part = parts[r53__mix(++*seed) % COUNT(parts)];

        if (length + strlen(part) >= NASTY_MAX)
            return;
        strcpy(out + length, part);
        length += strlen(part);
    }
}

/* Weighted record sets under nasty identifiers that lead to a nasty load balancer. */
static void import_nasty(r53_import *import, char names[6][NASTY_MAX])
{
    static const char *const address[] = {"192.0.2.1"};
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = names[2]};
    const r53_availability_zone *const zones[] = {&zone};
    const r53_weighted_target_group forward = {.target_group_arn = names[3], .weight = 1};
    const r53_listener_action action = {.size = sizeof(action),
                                        .type = R53_ACTION_FORWARD,
                                        .n_target_groups = 1,
                                        .target_groups = &forward};
    const r53_listener_action *const actions[] = {&action};
    const char *const arns[] = {"arn:lb"};

    (void)r53_import_hosted_zone(
        import,
        &(r53_hosted_zone){.size = sizeof(r53_hosted_zone), .id = "Z1", .name = "example.com"});
    (void)r53_import_record_set(import, "Z1",
                                &(r53_record_set){.size = sizeof(r53_record_set),
                                                  .type = R53_TYPE_A,
                                                  .name = "w.example.com",
                                                  .set_identifier = names[0],
                                                  .has_weight = 1,
                                                  .weight = 1,
                                                  .has_ttl = 1,
                                                  .ttl = 60,
                                                  .values = address,
                                                  .n_values = 1,
                                                  .health_check_id = names[5]});
    (void)r53_import_record_set(import, "Z1",
                                &(r53_record_set){.size = sizeof(r53_record_set),
                                                  .type = R53_TYPE_A,
                                                  .name = "w.example.com",
                                                  .set_identifier = "to the load balancer",
                                                  .has_weight = 1,
                                                  .weight = 1,
                                                  .alias_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                                  .alias_dns_name = ELB});
    (void)r53_import_load_balancer(
        import, &(r53_load_balancer){.size = sizeof(r53_load_balancer),
                                     .type = R53_LB_APPLICATION,
                                     .load_balancer_arn = "arn:lb",
                                     .load_balancer_name = names[1],
                                     .dns_name = ELB,
                                     .canonical_hosted_zone_id = "Z35SXDOTRQ7X7K",
                                     .availability_zones = zones,
                                     .n_availability_zones = 1});
    (void)r53_import_listener(import, &(r53_listener){.size = sizeof(r53_listener),
                                                      .protocol = R53_PROTOCOL_HTTP,
                                                      .port = 80,
                                                      .listener_arn = "arn:listener",
                                                      .load_balancer_arn = "arn:lb",
                                                      .n_default_actions = 1,
                                                      .default_actions = actions});
    (void)r53_import_target_group(import, &(r53_target_group){.size = sizeof(r53_target_group),
                                                              .protocol = R53_PROTOCOL_HTTP,
                                                              .port = 80,
                                                              .target_group_arn = names[3],
                                                              .target_group_name = names[3],
                                                              .load_balancer_arns = arns,
                                                              .n_load_balancer_arns = 1});
    (void)r53_import_target(import, names[3],
                            &(r53_target){.size = sizeof(r53_target), .id = names[4], .port = 80},
                            R53_TARGET_HEALTHY, NULL);
}

static const r53_view *nasty_view(char names[6][NASTY_MAX])
{
    r53_cloud *cloud;
    r53_observed *observed;
    r53_import *import;
    r53_view *view;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_observed_new(&observed, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, observed, NULL), R53_OK);
    import_nasty(import, names);
    assert_int_equal(r53_import_commit(import), R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, observed, 0, NULL), R53_OK);
    r53_import_free(import);
    r53_observed_free(observed);
    r53_cloud_free(cloud);
    return view;
}

/* What stays of a name: control octets, and those that are no UTF-8, are written \ooo. */
static bool told(const struct picture_labels *labels, const char *name)
{
    char clean[4 * NASTY_MAX];
    struct text text;

    r53__text_init(&text, clean, sizeof(clean));
    r53__quote_plain(&text, name);
    return strstr(labels->text, clean) != NULL;
}

/* The languages of diagrams and data. */
static const struct language {
    int32_t form;
    bool (*reads)(const char *text, struct picture_labels *labels);
} languages[] = {
    {R53_RENDER_MERMAID, mermaid_reads},
    {R53_RENDER_DOT, dot_reads},
    {R53_RENDER_JSON, json_reads},
};

typedef int32_t render_function(const void *of, int32_t form, char *buffer, size_t capacity,
                                size_t *length);

static int32_t render_tree(const void *of, int32_t form, char *buffer, size_t capacity,
                           size_t *length)
{
    return r53_tree_render(of, form, buffer, capacity, length);
}

static int32_t render_outcomes(const void *of, int32_t form, char *buffer, size_t capacity,
                               size_t *length)
{
    return r53_outcomes_render(of, form, buffer, capacity, length);
}

/* Renders and reads; the labels are those of the picture. */
static void read_back(render_function *render, const void *of, const struct language *language,
                      struct picture_labels *labels)
{
    static char text[PICTURE_TEXT_MAX];

    assert_int_equal(render(of, language->form, text, sizeof(text), NULL), R53_OK);
    labels->length = 0;
    if (!language->reads(text, labels))
        fail_msg("%s", text);
}

/* JSON keeps control octets; that it has them is seen by reading it. */
static void tree_tells(const r53_view *view, const char *const *names, size_t n)
{
    static struct picture_labels labels;
    r53_tree *tree = NULL;

    assert_int_equal(r53_tree_new(&tree, view, &query, NULL, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(languages); i++) {
        read_back(render_tree, tree, &languages[i], &labels);
        for (size_t name = 0; name < n; name++)
            assert_true(told(&labels, names[name]));
    }
    r53_tree_free(tree);
}

static void outcomes_tell(const r53_view *view, const char *identifier)
{
    static struct picture_labels labels;
    r53_outcomes *outcomes = NULL;

    assert_int_equal(r53_outcomes_new(&outcomes, view, &query, NULL, NULL), R53_OK);
    assert_int_equal(r53_outcomes_count(outcomes), 2);
    for (size_t i = 0; i < COUNT(languages); i++) {
        read_back(render_outcomes, outcomes, &languages[i], &labels);
        if (languages[i].form != R53_RENDER_JSON)
            assert_true(told(&labels, identifier));
    }
    r53_outcomes_free(outcomes);
}

static void nasty_names(void **state)
{
    char names[6][NASTY_MAX];
    uint64_t seed = 1;

    (void)state;
    for (int world = 0; world < RANDOM_WORLDS; world++) {
        const r53_view *view;

        for (size_t i = 0; i < COUNT(names); i++)
            nasty(names[i], &seed);
        view = nasty_view(names);
        tree_tells(
            view, (const char *const[]){names[0], names[1], names[2], names[3], names[4], names[5]},
            6);
        outcomes_tell(view, names[0]);
        r53_view_release(view);
    }
}

/* "é", "€" and a face begin characters; overlong, surrogate, cut and stray octets do not. */
static void utf8_sizes(void **state)
{
    static const struct {
        const char *octets;
        size_t size;
    } rows[] = {
        {"a", 1},        {"\xc3\xa9", 2},     {"\xe2\x82\xac", 3}, {"\xf0\x9f\x98\x80", 4},
        {"\xc0\xaf", 0}, {"\xe0\x80\x80", 0}, {"\xed\xa0\x80", 0}, {"\xf4\x90\x80\x80", 0},
        {"\xe2\x82", 0}, {"\x80", 0},         {"\xff", 0},         {"\xf5\x80\x80\x80", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(r53__utf8_size(rows[i].octets), rows[i].size);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nasty_names),
        cmocka_unit_test(utf8_sizes),
    };

    return RUN_TESTS("picture", tests, COUNT(tests));
}
