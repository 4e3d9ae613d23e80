/*
 * Outcomes rendered: tables that a reader can judge, diagrams, and percentages that sum to 100.
 */
#include "support/harness.h"

#include <r53/outcomes.h>

#include "analysis/outcomes_words.h"
#include "base/hash.h"
#include "support/cloud_text.h"
#include "support/picture_check.h"
#include "support/rule_text.h"

#include <stdio.h>
#include <stdlib.h>

#define ELB "web-1.us-east-1.elb.amazonaws.com"
#define LB  "lb web application " ELB " a=198.51.100.1 b=198.51.100.2\n"

enum { RANDOM_GROUPS = 200, MEMBERS_MOST = 60, WHOLE = 10000 };

static const int32_t forms[] = {R53_RENDER_TEXT, R53_RENDER_MERMAID, R53_RENDER_DOT,
                                R53_RENDER_JSON};

static r53_outcomes *outcomes_of(const r53_view *view, const char *line)
{
    static struct query_text query;
    r53_outcomes *outcomes = NULL;

    query_parse(&query, line, strlen(line));
    assert_int_equal(r53_outcomes_new(&outcomes, view, &query.query, NULL, NULL), R53_OK);
    return outcomes;
}

/* Asks for the length first; to be freed. */
static char *rendered(const r53_outcomes *outcomes, int32_t form)
{
    size_t length = 0, again = 0;
    char *text;

    assert_int_equal(r53_outcomes_render(outcomes, form, NULL, 0, &length), R53_E_NO_SPACE);
    text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(r53_outcomes_render(outcomes, form, text, length + 1, &again), R53_OK);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

/* Pictures */

static const struct picture {
    const char *what, *cloud, *query;
    int32_t form;
    const char *text;
} pictures[] = {
    {"thirds are rounded so that they sum to 100",
     "w A 192.0.2.1 id=one weight=1\n"
     "w A 192.0.2.2 id=three weight=1\n"
     "w A 192.0.2.3 id=two weight=1\n",
     "w A", R53_RENDER_TEXT,
     "w.example.com A\n"
     "\n"
     "|  percent | share | end       | note             |\n"
     "|----------|-------|-----------|------------------|\n"
     "|  33.34 % | 1/3   | 192.0.2.1 | record set one   |\n"
     "|  33.33 % | 1/3   | 192.0.2.2 | record set three |\n"
     "|  33.33 % | 1/3   | 192.0.2.3 | record set two   |\n"},
    {"what is there, but rounds to nothing, is told",
     "w A 192.0.2.1 id=most weight=255\n"
     "w A alias=ZONE1/x id=rest weight=1\n"
     "x A 192.0.2.2 id=most weight=255\n"
     "x A 192.0.2.3 id=rest weight=1\n",
     "w A", R53_RENDER_TEXT,
     "w.example.com A\n"
     "\n"
     "|  percent | share     | end       | note            |\n"
     "|----------|-----------|-----------|-----------------|\n"
     "|  99.61 % | 255/256   | 192.0.2.1 | record set most |\n"
     "|   0.39 % | 255/65536 | 192.0.2.2 | record set most |\n"
     "|  <0.01 % | 1/65536   | 192.0.2.3 | record set rest |\n"},
    {"R53-MULTI-02 values that are answered together",
     "m A 192.0.2.1 id=a multi=true\n"
     "m A 192.0.2.2 id=b multi=true\n",
     "m A", R53_RENDER_TEXT,
     "m.example.com A\n"
     "\n"
     "|  percent | share | end       | note                         |\n"
     "|----------|-------|-----------|------------------------------|\n"
     "|  50.00 % | 1/2   | 192.0.2.1 | record set a, in all answers |\n"
     "|  50.00 % | 1/2   | 192.0.2.2 | record set b, in all answers |\n"},
    {"ELB-MATH-04 targets with their zones, fail open",
     LB "tg web a=healthy a=healthy b=healthy\n"
        "www A alias=Z35SXDOTRQ7X7K/" ELB ". eth\n",
     "www A", R53_RENDER_TEXT,
     "www.example.com A\n"
     "\n"
     "|  percent | share | end         | target group | load balancer | note  "
     "        |\n"
     "|----------|-------|-------------|--------------|---------------|-------"
     "--------|\n"
     "|  50.00 % | 1/2   | 10.0.0.4:80 | web          | web           | in "
     "us-east-1b |\n"
     "|  25.00 % | 1/4   | 10.0.0.2:80 | web          | web           | in "
     "us-east-1a |\n"
     "|  25.00 % | 1/4   | 10.0.0.3:80 | web          | web           | in "
     "us-east-1a |\n"},
    {"ELB-FO-02 fail open is told",
     LB "tg web a=unhealthy b=unhealthy\n"
        "www A alias=Z35SXDOTRQ7X7K/" ELB ".\n",
     "www A", R53_RENDER_TEXT,
     "www.example.com A\n"
     "\n"
     "|  percent | share | end         | target group | load balancer | note  "
     "                   |\n"
     "|----------|-------|-------------|--------------|---------------|-------"
     "-------------------|\n"
     "|  50.00 % | 1/2   | 10.0.0.2:80 | web          | web           | in "
     "us-east-1a, fail open |\n"
     "|  50.00 % | 1/2   | 10.0.0.3:80 | web          | web           | in "
     "us-east-1b, fail open |\n"},
    {"R53-ALIAS-30 observed addresses, but none of the asked family",
     "seen d1.cloudfront.net 203.0.113.1\n"
     "www AAAA alias=Z2FDTNDATAQYW2/d1.cloudfront.net.\n",
     "www AAAA", R53_RENDER_TEXT,
     "www.example.com AAAA\n"
     "\n"
     "|  percent | share | end     |\n"
     "|----------|-------|---------|\n"
     "| 100.00 % | 1     | no data |\n"},
    {"R53-PRIV-14 below a zone cut of a private zone",
     "zone ZP example.com vpc-1\n"
     "sub NS ns1.test.\n",
     "x.sub A vpc=vpc-1", R53_RENDER_TEXT,
     "x.sub.example.com A\n"
     "\n"
     "|  percent | share | end      |\n"
     "|----------|-------|----------|\n"
     "| 100.00 % | 1     | SERVFAIL |\n"},
    {"R53-DISP-06 an end without address", "www A 192.0.2.1\n", "nothing A", R53_RENDER_TEXT,
     "nothing.example.com A\n"
     "\n"
     "|  percent | share | end      |\n"
     "|----------|-------|----------|\n"
     "| 100.00 % | 1     | NXDOMAIN |\n"},
    {"R53-DISP-05 no data", "www A 192.0.2.1\n", "www MX", R53_RENDER_MERMAID,
     "flowchart LR\n"
     "    question0([\"www.example.com MX\"])\n"
     "    outcome0([\"no data\"])\n"
     "    question0 -->|\"100.00 %\"| outcome0\n"
     "    linkStyle 0 stroke-width:10px\n"},
    {"a diagram adds up what leads to one load balancer and one target group",
     LB "tg web a=healthy a=healthy b=healthy\n"
        "w A alias=Z35SXDOTRQ7X7K/" ELB ". id=lb weight=2\n"
        "w A 192.0.2.1 id=old weight=1\n",
     "w A", R53_RENDER_MERMAID,
     "flowchart LR\n"
     "    question0([\"w.example.com A\"])\n"
     "    balancer0[[\"load balancer web\"]]\n"
     "    group0[[\"target group web\"]]\n"
     "    outcome0([\"10.0.0.4:80<br/>in us-east-1b\"])\n"
     "    outcome1([\"192.0.2.1<br/>record set old\"])\n"
     "    outcome2([\"10.0.0.2:80<br/>in us-east-1a\"])\n"
     "    outcome3([\"10.0.0.3:80<br/>in us-east-1a\"])\n"
     "    question0 -->|\"66.67 %\"| balancer0\n"
     "    balancer0 -->|\"66.67 %\"| group0\n"
     "    group0 -->|\"33.33 % (1/3)\"| outcome0\n"
     "    question0 -->|\"33.33 % (1/3)\"| outcome1\n"
     "    group0 -->|\"16.67 % (1/6)\"| outcome2\n"
     "    group0 -->|\"16.67 % (1/6)\"| outcome3\n"
     "    linkStyle 4,5 stroke-width:2px\n"
     "    linkStyle 2,3 stroke-width:3px\n"
     "    linkStyle 0,1 stroke-width:7px\n"},
    {"a diagram names the small remainder",
     "w A 192.0.2.0 id=m00 weight=30\n"
     "w A 192.0.2.1 id=m01 weight=29\n"
     "w A 192.0.2.2 id=m02 weight=28\n"
     "w A 192.0.2.3 id=m03 weight=27\n"
     "w A 192.0.2.4 id=m04 weight=26\n"
     "w A 192.0.2.5 id=m05 weight=25\n"
     "w A 192.0.2.6 id=m06 weight=24\n"
     "w A 192.0.2.7 id=m07 weight=23\n"
     "w A 192.0.2.8 id=m08 weight=22\n"
     "w A 192.0.2.9 id=m09 weight=21\n"
     "w A 192.0.2.10 id=m10 weight=20\n"
     "w A 192.0.2.11 id=m11 weight=19\n"
     "w A 192.0.2.12 id=m12 weight=18\n"
     "w A 192.0.2.13 id=m13 weight=17\n"
     "w A 192.0.2.14 id=m14 weight=16\n"
     "w A 192.0.2.15 id=m15 weight=15\n"
     "w A 192.0.2.16 id=m16 weight=14\n"
     "w A 192.0.2.17 id=m17 weight=13\n"
     "w A 192.0.2.18 id=m18 weight=12\n"
     "w A 192.0.2.19 id=m19 weight=11\n"
     "w A 192.0.2.20 id=m20 weight=10\n"
     "w A 192.0.2.21 id=m21 weight=9\n"
     "w A 192.0.2.22 id=m22 weight=8\n"
     "w A 192.0.2.23 id=m23 weight=7\n"
     "w A 192.0.2.24 id=m24 weight=6\n",
     "w A", R53_RENDER_MERMAID,
     "flowchart LR\n"
     "    question0([\"w.example.com A\"])\n"
     "    outcome0([\"192.0.2.0<br/>record set m00\"])\n"
     "    outcome1([\"192.0.2.1<br/>record set m01\"])\n"
     "    outcome2([\"192.0.2.2<br/>record set m02\"])\n"
     "    outcome3([\"192.0.2.3<br/>record set m03\"])\n"
     "    outcome4([\"192.0.2.4<br/>record set m04\"])\n"
     "    outcome5([\"192.0.2.5<br/>record set m05\"])\n"
     "    outcome6([\"192.0.2.6<br/>record set m06\"])\n"
     "    outcome7([\"192.0.2.7<br/>record set m07\"])\n"
     "    outcome8([\"192.0.2.8<br/>record set m08\"])\n"
     "    outcome9([\"192.0.2.9<br/>record set m09\"])\n"
     "    outcome10([\"192.0.2.10<br/>record set m10\"])\n"
     "    outcome11([\"192.0.2.11<br/>record set m11\"])\n"
     "    outcome12([\"192.0.2.12<br/>record set m12\"])\n"
     "    outcome13([\"192.0.2.13<br/>record set m13\"])\n"
     "    outcome14([\"192.0.2.14<br/>record set m14\"])\n"
     "    outcome15([\"192.0.2.15<br/>record set m15\"])\n"
     "    outcome16([\"192.0.2.16<br/>record set m16\"])\n"
     "    outcome17([\"192.0.2.17<br/>record set m17\"])\n"
     "    outcome18([\"192.0.2.18<br/>record set m18\"])\n"
     "    others19[\"6 others, each at most 2.44 %\"]\n"
     "    question0 -->|\"6.67 % (1/15)\"| outcome0\n"
     "    question0 -->|\"6.44 % (29/450)\"| outcome1\n"
     "    question0 -->|\"6.22 % (14/225)\"| outcome2\n"
     "    question0 -->|\"6.00 % (3/50)\"| outcome3\n"
     "    question0 -->|\"5.78 % (13/225)\"| outcome4\n"
     "    question0 -->|\"5.56 % (1/18)\"| outcome5\n"
     "    question0 -->|\"5.33 % (4/75)\"| outcome6\n"
     "    question0 -->|\"5.11 % (23/450)\"| outcome7\n"
     "    question0 -->|\"4.89 % (11/225)\"| outcome8\n"
     "    question0 -->|\"4.67 % (7/150)\"| outcome9\n"
     "    question0 -->|\"4.44 % (2/45)\"| outcome10\n"
     "    question0 -->|\"4.22 % (19/450)\"| outcome11\n"
     "    question0 -->|\"4.00 % (1/25)\"| outcome12\n"
     "    question0 -->|\"3.78 % (17/450)\"| outcome13\n"
     "    question0 -->|\"3.56 % (8/225)\"| outcome14\n"
     "    question0 -->|\"3.33 % (1/30)\"| outcome15\n"
     "    question0 -->|\"3.11 % (7/225)\"| outcome16\n"
     "    question0 -->|\"2.89 % (13/450)\"| outcome17\n"
     "    question0 -->|\"2.67 % (2/75)\"| outcome18\n"
     "    question0 -->|\"11.33 %\"| others19\n"
     "    linkStyle 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18 stroke-width:1px\n"
     "    linkStyle 19 stroke-width:2px\n"},
    {"the same for Graphviz",
     LB "tg web a=healthy b=healthy\n"
        "w A alias=Z35SXDOTRQ7X7K/" ELB ". id=lb weight=2\n"
        "w A 192.0.2.1 id=old weight=1\n",
     "w A", R53_RENDER_DOT,
     "digraph outcomes {\n"
     "    rankdir=LR;\n"
     "    question0 [shape=oval, label=\"w.example.com A\"];\n"
     "    balancer0 [shape=component, label=\"load balancer web\"];\n"
     "    group0 [shape=component, label=\"target group web\"];\n"
     "    outcome0 [shape=oval, label=\"10.0.0.2:80\\nin us-east-1a\"];\n"
     "    outcome1 [shape=oval, label=\"10.0.0.3:80\\nin us-east-1b\"];\n"
     "    outcome2 [shape=oval, label=\"192.0.2.1\\nrecord set old\"];\n"
     "    question0 -> balancer0 [label=\"66.67 %\", penwidth=7];\n"
     "    balancer0 -> group0 [label=\"66.67 %\", penwidth=7];\n"
     "    group0 -> outcome0 [label=\"33.34 % (1/3)\", penwidth=4];\n"
     "    group0 -> outcome1 [label=\"33.33 % (1/3)\", penwidth=3];\n"
     "    question0 -> outcome2 [label=\"33.33 % (1/3)\", penwidth=3];\n"
     "}\n"},
    {"all as JSON",
     LB "tg web a=healthy\n"
        "w A alias=Z35SXDOTRQ7X7K/" ELB ". id=lb weight=2\n"
        "w A 192.0.2.1 id=old weight=1\n",
     "w A", R53_RENDER_JSON,
     "{\n"
     "  \"Question\": \"w.example.com A\",\n"
     "  \"Outcomes\": [\n"
     "    {\"Kind\": \"selection\", \"Share\": {\"Numerator\": \"1\", \"Denominator\": "
     "\"3\"}, \"PercentHundredths\": 3334, \"ResponseCode\": \"NOERROR\", "
     "\"Selection\": \"target\", \"LoadBalancerArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/we"
     "b/1\", \"AvailabilityZone\": \"us-east-1a\", \"ListenerArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/we"
     "b/1/80\", \"TargetGroupArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1\","
     " \"TargetId\": \"10.0.0.2\", \"TargetZone\": \"us-east-1a\", \"TargetPort\": 80, "
     "\"Status\": 0, \"FailOpen\": false},\n"
     "    {\"Kind\": \"selection\", \"Share\": {\"Numerator\": \"1\", \"Denominator\": "
     "\"3\"}, \"PercentHundredths\": 3333, \"ResponseCode\": \"NOERROR\", "
     "\"Selection\": \"generated\", \"LoadBalancerArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/we"
     "b/1\", \"AvailabilityZone\": \"us-east-1b\", \"ListenerArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/we"
     "b/1/80\", \"TargetGroupArn\": "
     "\"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1\","
     " \"TargetId\": \"\", \"TargetZone\": \"\", \"TargetPort\": 0, \"Status\": 503, "
     "\"FailOpen\": false},\n"
     "    {\"Kind\": \"address\", \"Share\": {\"Numerator\": \"1\", \"Denominator\": "
     "\"3\"}, \"PercentHundredths\": 3333, \"ResponseCode\": \"NOERROR\", \"Value\": "
     "\"192.0.2.1\", \"SetIdentifier\": \"old\", \"Answered\": {\"Numerator\": \"1\", "
     "\"Denominator\": \"3\"}}]\n"
     "}\n"},
};

static void draw(void **state)
{
    const struct picture *picture = *state;
    struct world world;
    r53_outcomes *outcomes;
    char *text;

    world_open(&world, picture->cloud);
    outcomes = outcomes_of(world.view, picture->query);
    text = rendered(outcomes, picture->form);
    assert_string_equal(text, picture->text);
    free(text);
    r53_outcomes_free(outcomes);
    world_close(&world);
}

/* Every form of every picture is of its language. */
static void draw_all(void **state)
{
    const struct picture *picture = *state;
    struct world world;
    r53_outcomes *outcomes;
    char *texts[COUNT(forms)];

    world_open(&world, picture->cloud);
    outcomes = outcomes_of(world.view, picture->query);
    for (size_t i = 0; i < COUNT(forms); i++)
        texts[i] = rendered(outcomes, forms[i]);
    assert_true(text_is_clean(texts[0]));
    assert_true(mermaid_reads(texts[1], NULL));
    assert_true(dot_reads(texts[2], NULL));
    assert_true(json_reads(texts[3], NULL));
    for (size_t i = 0; i < COUNT(forms); i++)
        free(texts[i]);
    r53_outcomes_free(outcomes);
    world_close(&world);
}

/* Rounding */

/*
 * Members of random weights; some groups of members that are alike, so that remainders are equal.
 */
static void group_say(char *lines, size_t room, uint64_t seed)
{
    uint64_t n = 1 + r53__mix(seed) % MEMBERS_MOST, most = 1 + r53__mix(seed + 1) % 255;
    size_t length = 0;

    for (uint64_t i = 0; i < n; i++) {
        int weight = 1 + (int)(r53__mix2(seed, i) % most);

        length += (size_t)snprintf(lines + length, room - length,
                                   "w A 192.0.2.%d id=m%02d weight=%d\n", (int)i, (int)i, weight);
        assert_true(length < room);
    }
}

/* Less than one hundredth of a percent from the exact share. */
static void assert_near(const r53_outcome *outcome)
{
    uint64_t a = strtoull(outcome->numerator, NULL, 10) * WHOLE;
    uint64_t b = strtoull(outcome->denominator, NULL, 10);
    uint64_t told = outcome->hundredths * b;

    assert_true(told > a ? told - a < b : a - told < b);
}

static void rounding(void **state)
{
    static char lines[MEMBERS_MOST * 64];

    (void)state;
    for (uint64_t seed = 0; seed < RANDOM_GROUPS; seed++) {
        struct world world;
        r53_outcomes *outcomes;
        uint64_t sum = 0;

        group_say(lines, sizeof(lines), seed);
        world_open(&world, lines);
        outcomes = outcomes_of(world.view, "w A");
        for (size_t i = 0; i < r53_outcomes_count(outcomes); i++) {
            r53_outcome outcome = r53__outcome(outcomes, i);

            assert_near(&outcome);
            sum += outcome.hundredths;
        }
        assert_int_equal(sum, WHOLE);
        r53_outcomes_free(outcomes);
        world_close(&world);
    }
}

/* Shares of more than 64 bits: primes beside primes, four groups deep. */
static void long_shares(void **state)
{
    static const int primes[] = {251, 241, 239, 233, 229, 227, 223, 211, 199, 197, 193, 191};
    static char lines[8000];
    struct world world;
    r53_outcomes *outcomes;
    uint64_t sum = 0;
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(primes); i++)
        length += (size_t)snprintf(
            lines + length, sizeof(lines) - length,
            "w%d A alias=ZONE1/w%d id=on weight=128\nw%d A 192.0.2.%d id=off weight=%d\n", (int)i,
            (int)i + 1, (int)i, (int)i, primes[i]);
    snprintf(lines + length, sizeof(lines) - length, "w12 A 192.0.2.99\n");
    world_open(&world, lines);
    outcomes = outcomes_of(world.view, "w4 A");
    for (size_t i = 0; i < r53_outcomes_count(outcomes); i++)
        sum += r53__outcome(outcomes, i).hundredths;
    assert_int_equal(sum, WHOLE);
    assert_true(strlen(r53__outcome(outcomes, r53_outcomes_count(outcomes) - 1).denominator) > 19);
    r53_outcomes_free(outcomes);
    world_close(&world);
}

/* Names of ARNs */

static void arn_names(void **state)
{
    static const char *const rows[][2] = {
        {"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2", "web"},
        {"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/elb/50dc", "elb"},
        {"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/old", "old"},
        {"", ""},
        {"web", "web"},
        {"a/b", "b"},
        {":::", ""},
        {"///", ""},
    };
    char buffer[80];
    struct text text;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        r53__text_init(&text, buffer, sizeof(buffer));
        r53__put_arn_name(&text, rows[i][0]);
        assert_string_equal(buffer, rows[i][1]);
    }
}

/* Misuse */

static void small_buffers(void **state)
{
    struct world world;
    r53_outcomes *outcomes;
    char *whole, cut[4000];
    size_t length;

    (void)state;
    world_open(&world, pictures[0].cloud);
    outcomes = outcomes_of(world.view, pictures[0].query);
    for (size_t f = 0; f < COUNT(forms); f++) {
        whole = rendered(outcomes, forms[f]);
        assert_true(strlen(whole) < sizeof(cut));
        for (size_t room = 1; room <= strlen(whole); room++) {
            memset(cut, 'x', sizeof(cut));
            assert_int_equal(r53_outcomes_render(outcomes, forms[f], cut, room, &length),
                             R53_E_NO_SPACE);
            assert_int_equal(length, strlen(whole));
            assert_int_equal(strlen(cut), room - 1);
            assert_memory_equal(cut, whole, room - 1);
            assert_int_equal(cut[room], 'x');
        }
        free(whole);
    }
    r53_outcomes_free(outcomes);
    world_close(&world);
}

static void misuse(void **state)
{
    static const int32_t bad[] = {-1, 0, R53_RENDER_EXPLAIN, R53_RENDER_DOT + 1, 101, INT32_MAX};
    struct world world;
    r53_outcomes *outcomes;
    char text[8];

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    outcomes = outcomes_of(world.view, "www A");
    assert_int_equal(r53_outcomes_render(NULL, R53_RENDER_TEXT, text, sizeof(text), NULL),
                     R53_E_INVALID);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(r53_outcomes_render(outcomes, bad[i], text, sizeof(text), NULL),
                         R53_E_INVALID);
    assert_int_equal(r53_outcomes_render(outcomes, R53_RENDER_TEXT, text, sizeof(text), NULL),
                     R53_E_NO_SPACE);
    assert_string_equal(text, "www.exa");
    r53_outcomes_free(outcomes);
    world_close(&world);
}

/* The rule that matched, and what the target made of the request. */
static void rule_told(void **state)
{
    struct rule_world world = rule_world_make("5 path=/a -> img\n", NULL);
    const r53_query query = {.size = sizeof(query), .name = RULE_LB_NAME};
    struct request_spec request;
    r53_outcomes *outcomes;
    char *text;

    (void)state;
    request_spec_read(&request, "GET /a");
    request.request.target_outcome = R53_TARGET_REFUSED;
    assert_int_equal(r53_outcomes_new(&outcomes, world.view, &query, &request.request, NULL), R53_OK);
    text = rendered(outcomes, R53_RENDER_TEXT);
    assert_non_null(strstr(text, "| 100.00 % | 1     | img-1:80 502 | img          | web           "
                                 "| in a, rule 5, generated |\n"));
    free(text);
    r53_outcomes_free(outcomes);
    rule_world_free(&world);
}

int main(void)
{
    struct CMUnitTest tests[2 * COUNT(pictures) + 6];
    size_t n = 0;

    ADD_CASES(tests, n, pictures, draw);
    ADD_CASES(tests, n, pictures, draw_all);
    ADD_TEST(tests, n, "percentages sum to 100 and are near the exact shares", rounding);
    ADD_TEST(tests, n, "so do those of shares beyond 64 bits", long_shares);
    ADD_TEST(tests, n, "the name in an ARN", arn_names);
    ADD_TEST(tests, n, "ELB-ALB-ERR-502 the rule and what became of its target", rule_told);
    ADD_TEST(tests, n, "a buffer that is too small gets what fits", small_buffers);
    ADD_TEST(tests, n, "misuse is refused", misuse);
    return RUN_TESTS("outcomes_render", tests, n);
}
