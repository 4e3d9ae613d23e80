/*
 * Properties of answers on the wire, with random zones that are read leniently: names that only
 * exist, cuts, wildcards, circles, long names; and with random clouds. Whatever changes a zone has
 * seen, it answers as the zone that is read from its own file, and many queries are answered as one
 * by one, octet for octet; and the responder tells what its steps tell. Whoever asks.
 */
#include "support/grown.h"
#include "support/harness.h"
#include "support/wire_text.h"
#include "support/zone_text.h"

#include <r53/import.h>
#include <r53/zone_file.h>

#include "net/address.h"
#include "route53/respond.h"

#include <stdio.h>
#include <stdlib.h>

#define APEX "@ 900 IN SOA ns.a hostmaster 1 2 3 4 5\n@ 900 IN NS ns1.test.\n@ 900 IN NS ns.a\n"
#define LONG                                                                                       \
    "1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4."

enum { ROUNDS = 60, RECORDS = 24, BATCHES = 20, QUERIES = 130, ROOM = 2048 };

static uint32_t state_of_chance;

static unsigned pick(unsigned n)
{
    state_of_chance = state_of_chance * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)state_of_chance * n >> 32);
}

/* A name relative to the zone, of few labels, so that names meet. */
static const char *random_name(char *out, size_t room)
{
    static const char *const labels[] = {"a", "b", "*", "c", "\\000", "\\052", "ns", "A", "a", "b"};
    size_t n = 0;

    if (pick(25) == 0)
        n += (size_t)snprintf(out, room, LONG);
    for (unsigned left = 1 + pick(3); left > 0; left--)
        n += (size_t)snprintf(out + n, room - n, "%s%s", labels[pick(COUNT(labels))],
                              left > 1 ? "." : "");
    return out;
}

/* Type and value, "~" for blanks. */
static void random_value(char *out, size_t room)
{
    char name[300];
    unsigned number = pick(4);

    random_name(name, sizeof(name));
    switch (pick(9)) {
    case 0:
        snprintf(out, room, "NS %s.example.com.", name);
        break;
    case 1:
        snprintf(out, room, "CNAME %s.example.com.", name);
        break;
    case 2:
        snprintf(out, room, "MX %u~%s.example.com.", number, name);
        break;
    case 3:
        snprintf(out, room, "AAAA 2001:db8::%u", number);
        break;
    case 4:
        snprintf(out, room, "TXT \"%.*s\"", 1 + (int)pick(200),
                 "123456789012345678901234567890"
                 "123456789012345678901234567890123456789012345678901234567890123456789012345678"
                 "123456789012345678901234567890123456789012345678901234567890123456789012345678");
        break;
    case 5:
        snprintf(out, room, "DS %u~8~2~%064u", 1 + number, number);
        break;
    default:
        snprintf(out, room, "A 192.0.2.%u", number);
    }
}

static char *random_file(void)
{
    static char text[RECORDS * 900 + sizeof(APEX)];
    size_t n = (size_t)snprintf(text, sizeof(text), APEX);

    for (unsigned i = 0; i < RECORDS; i++) {
        char name[300], value[700];

        random_value(value, sizeof(value));
        if (pick(6) == 0)
            snprintf(value, sizeof(value), pick(2) ? "HINFO x y" : "DNAME a");
        for (char *at = value; *at; at++)
            *at = *at == '~' ? ' ' : *at;
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s %u %s\n",
                              random_name(name, sizeof(name)), 60 * pick(3), value);
    }
    return text;
}

/* The world of one zone as the file has it. */
static void world_read(struct world *world, const char *text)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZONE1", .name = "example.com"};
    const r53_zone_file_options options = {
        .size = sizeof(options), .lenient = 1, .hosted_zone = &zone};
    r53_import *import;

    world_open(world, "");
    assert_int_equal(r53_import_new(&import, world->cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &options, text, strlen(text)), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    world_look(world);
}

/* Batches of a change or two; what Route 53 refuses changes nothing. Returns how many it took. */
static unsigned change(struct world *world)
{
    static const char *const actions[] = {"CREATE", "UPSERT", "DELETE"};
    unsigned taken = 0;

    for (unsigned i = 0; i < BATCHES; i++) {
        char lines[2400] = "";
        size_t n = 0;

        for (unsigned k = 1 + pick(2); k > 0; k--) {
            char name[300], value[700];

            random_value(value, sizeof(value));
            n += (size_t)snprintf(lines + n, sizeof(lines) - n, "%s %s %s ttl=%u\n",
                                  actions[pick(COUNT(actions))], random_name(name, sizeof(name)),
                                  value, 60 * pick(3));
        }
        taken += batch_apply(world->cloud, lines, NULL) == R53_OK;
    }
    world_look(world);
    return taken;
}

/* Comments tell of names that only exist: for a reader to have them too, they are made records. */
static void kept_revive(char *text)
{
    static const char words[] = " exists for records of types that Route 53 lacks";

    for (char *at = text; (at = strstr(at, words)); at += sizeof(words) - 1) {
        char *line = at;

        memcpy(at, " 0 HINFO x ;", 12);
        while (line > text && line[-1] != '\n')
            line--;
        memmove(line, line + 2, (size_t)(at - line) - 2);
        memset(at - 2, ' ', 2);
    }
}

static char *written(const struct world *world)
{
    size_t length = 0;
    char *text;

    assert_int_equal(r53_zone_file_write(world->cloud, "ZONE1", NULL, 0, &length, NULL),
                     R53_E_NO_SPACE);
    text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(r53_zone_file_write(world->cloud, "ZONE1", text, length + 1, NULL, NULL),
                     R53_OK);
    kept_revive(text);
    return text;
}

/* A query for the name, of any type and by whoever. */
static void random_query(struct wire_query *out, const char *name)
{
    static const char *const askers[] = {"",
                                         "tcp",
                                         "edns=4096 do",
                                         "edns=600 subnet=203.0.113.0/24",
                                         "cap=300",
                                         "edns=1232 max=700 vpc=vpc-1",
                                         "rd from=192.0.2.9",
                                         "from=2001:db8:1::53 edns=4096",
                                         "tcp edns=512 subnet=2001:db8::/48"};
    static const char *const types[] = {"A",  "A",  "A",   "AAAA", "TXT",    "NS",    "CNAME",
                                        "MX", "DS", "SOA", "ANY",  "TYPE13", "TYPE39"};
    char line[700];

    snprintf(line, sizeof(line), "%s %s %s seed=%u", name, types[pick(COUNT(types))],
             askers[pick(COUNT(askers))], pick(1000));
    wire_query_parse(out, line);
    out->peer.minimal = (int32_t)pick(2);
    out->peer.chase_cname = (int32_t)pick(2);
    out->peer.single_any = (int32_t)pick(2);
    if (out->capacity > ROOM)
        out->capacity = ROOM;
}

struct response {
    uint8_t octets[ROOM];
    size_t length;
};

static void ask(const r53_view *view, const struct wire_query *q, struct response *out)
{
    assert_int_equal(
        r53_respond(view, &q->peer, q->octets, q->length, out->octets, q->capacity, &out->length),
        R53_OK);
}

static void ask_all(const r53_view *view, const struct wire_query *queries,
                    struct response *responses)
{
    static r53_exchange exchanges[QUERIES];
    static r53_exchange *pointers[QUERIES];

    for (size_t i = 0; i < QUERIES; i++) {
        const struct wire_query *q = &queries[i];

        exchanges[i] =
            (r53_exchange){sizeof(r53_exchange), 99,          &q->peer, q->octets, q->length,
                           responses[i].octets,  q->capacity, 0};
        pointers[i] = &exchanges[i];
    }
    r53__respond_together(view, pointers, QUERIES);
    for (size_t i = 0; i < QUERIES; i++) {
        assert_int_equal(exchanges[i].error, R53_OK);
        responses[i].length = exchanges[i].length;
    }
}

/* r53_resolve knows neither minimal answers nor chains, so who wants these is not asked. */
static bool ask_steps(const r53_view *view, const struct wire_query *q, struct response *out)
{
    r53_message message = {.size = sizeof(message)};
    r53_query query = {.size = sizeof(query), .seed = q->peer.seed};
    char texts[R53_MESSAGE_TEXT_MAX], address[64];
    struct text text;
    r53_answer *answer;

    if (q->peer.minimal || q->peer.chase_cname || q->peer.single_any)
        return false;
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    assert_int_equal(r53_message_parse(q->octets, q->length, &message), R53_OK);
    assert_int_equal(r53_message_query(&message, &query, texts, sizeof(texts)), R53_OK);
    if (q->peer.address) {
        struct address from = {.family = q->peer.n_address == 4 ? ADDRESS_IPV4 : ADDRESS_IPV6};

        memcpy(from.octets, q->peer.address, q->peer.n_address);
        r53__text_init(&text, address, sizeof(address));
        r53__address_put(&text, &from);
        query.resolver_address = address;
    }
    query.vpc_id = q->peer.vpc_id;
    assert_int_equal(r53_resolve(view, &query, answer, NULL), R53_OK);
    assert_int_equal(
        r53_message_write(&message, &q->peer, answer, out->octets, q->capacity, &out->length),
        R53_OK);
    r53_answer_free(answer);
    return true;
}

/* The same records, whatever points to what: a prepared SOA points to no more than its zone. */
static bool is_same_told(const struct wire_query *q, const struct response *a,
                         const struct response *b)
{
    static char told[2][4 * ANSWER_TEXT_MAX];

    return strcmp(response_text(told[0], q, a->octets, a->length),
                  response_text(told[1], q, b->octets, b->length)) == 0;
}

static void expect_same(const struct wire_query *q, const struct response *a,
                        const struct response *b, const char *which)
{
    static char told[2][4 * ANSWER_TEXT_MAX];

    if (a->length == b->length && memcmp(a->octets, b->octets, a->length) == 0)
        return;
    fail_msg("%s: %s%s%s\n%s\n%s", which, q->words, q->peer.minimal ? " minimal" : "",
             q->peer.chase_cname ? " chase" : "", response_text(told[0], q, a->octets, a->length),
             response_text(told[1], q, b->octets, b->length));
}

/* Code, flags and answer, without what is beside it. */
static const char *answer_told(char *out, const struct wire_query *q, const struct response *r)
{
    static const char *const ends[] = {"; AUTH", "; ADD", " |"};

    response_text(out, q, r->octets, r->length);
    for (size_t i = 0; i < COUNT(ends); i++) {
        char *end = strstr(out, ends[i]);

        if (end)
            *end = '\0';
    }
    return out;
}

/* Who wants an answer minimal has most of them the quick way, others the general way. */
static void compare_minimal(const r53_view *view, const struct wire_query *query)
{
    static char told[2][4 * ANSWER_TEXT_MAX];
    static struct response one, other;
    struct wire_query q = *query;

    ask(view, &q, &one);
    q.peer.minimal = !q.peer.minimal;
    ask(view, &q, &other);
    if (strcmp(answer_told(told[0], &q, &one), answer_told(told[1], &q, &other)) != 0)
        expect_same(&q, &one, &other, "minimal or not");
}

/* One by one, all at once, step by step, and with less or more beside the answer. */
static void compare_ways(const r53_view *view, const struct wire_query *queries)
{
    static struct response alone, other, many[QUERIES];

    ask_all(view, queries, many);
    for (size_t i = 0; i < QUERIES; i++) {
        ask(view, &queries[i], &alone);
        expect_same(&queries[i], &alone, &many[i], "many at once");
        compare_minimal(view, &queries[i]);
        if (ask_steps(view, &queries[i], &other) && !is_same_told(&queries[i], &alone, &other))
            expect_same(&queries[i], &alone, &other, "step by step");
    }
}

static void compare_zones(const r53_view *view, const r53_view *again,
                          const struct wire_query *queries)
{
    static struct response one, other;

    for (size_t i = 0; i < QUERIES; i++) {
        ask(view, &queries[i], &one);
        ask(again, &queries[i], &other);
        expect_same(&queries[i], &one, &other, "read from its own file");
    }
}

static unsigned rounds(void)
{
    const char *more = getenv("R53_ROUNDS");

    return more ? (unsigned)atoi(more) : ROUNDS;
}

static void random_zones(void **state)
{
    static struct wire_query queries[QUERIES];
    unsigned taken = 0;

    (void)state;
    for (unsigned round = 0; round < rounds(); round++) {
        struct world world, again;
        char *text, name[300];

        state_of_chance = round * 2654435761u + 17;
        world_read(&world, random_file());
        taken += change(&world);
        text = written(&world);
        world_read(&again, text);
        for (size_t i = 0; i < QUERIES; i++)
            random_query(&queries[i], random_name(name, sizeof(name)));
        compare_ways(world.view, queries);
        compare_zones(world.view, again.view, queries);
        free(text);
        world_close(&again);
        world_close(&world);
    }
    assert_true(taken > 3 * rounds());
}

/* Groups of all policies that lead to each other, and names of a load balancer, its own too. */
static void random_clouds(void **state)
{
#define ALB "lb-1.us-east-1.elb.amazonaws.com"
    static const char *const names[] = {"n0",
                                        "n1",
                                        "n2",
                                        "n3",
                                        "n4",
                                        "n5",
                                        "n6",
                                        "n7",
                                        "n8",
                                        "n9",
                                        "no",
                                        "to",
                                        "go",
                                        "six",
                                        "m",
                                        ALB ".",
                                        "dualstack." ALB ".",
                                        "ipv6." ALB ".",
                                        "us-east-1a." ALB ".",
                                        "x.y." ALB ".",
                                        "elb.amazonaws.com.",
                                        "."};
    static struct wire_query queries[QUERIES];
    struct grown g;

    (void)state;
    for (unsigned round = 0; round < rounds(); round++) {
        state_of_chance = round * 2654435761u + 5;
        grown_make(&g, round);
        world_say(&g.world,
                  "lb one application " ALB " a=198.51.100.1,2001:db8::1 b=198.51.100.2 "
                  "dualstack\ntg one a=healthy b=unhealthy\n"
                  "to A alias=Z35SXDOTRQ7X7K/" ALB ".\nsix AAAA alias=Z35SXDOTRQ7X7K/" ALB ".\n"
                  "go CNAME " ALB
                  "\nm A 192.0.2.1 id=a multi=true\nm A 192.0.2.2 id=b multi=true\n");
        world_look(&g.world);
        for (size_t i = 0; i < QUERIES; i++)
            random_query(&queries[i], names[pick(COUNT(names))]);
        compare_ways(g.world.view, queries);
        world_close(&g.world);
    }
}

int main(void)
{
    struct CMUnitTest tests[2];
    size_t n = 0;

    ADD_TEST(tests, n, "whatever changed a zone, and whoever asks", random_zones);
    ADD_TEST(tests, n, "whatever leads wherever, and whoever asks", random_clouds);
    return RUN_TESTS("wire_property", tests, n);
}
