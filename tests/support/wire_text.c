#include "support/wire_text.h"

#include "support/harness.h"

#include "dns/writer.h"
#include "net/address.h"
#include "route53/answer.h"
#include "route53/respond.h"

#include <stdio.h>
#include <stdlib.h>

/* What a query's words say of its OPT. */
struct opt_words {
    bool given, twice, dnssec_ok;
    unsigned size, version;
    uint8_t options[512];
    size_t n_options;
};

static void put_octets(struct wire_query *q, const void *octets, size_t n)
{
    assert_true(q->length + n <= sizeof(q->octets));
    memcpy(q->octets + q->length, octets, n);
    q->length += n;
}

static void put_u16(struct wire_query *q, unsigned value)
{
    uint8_t octets[2] = {(uint8_t)(value >> 8), (uint8_t)value};

    put_octets(q, octets, sizeof(octets));
}

/* A name as it is written, case and all; "\052" is an octet. */
static void put_name(struct wire_query *q, const char *name)
{
    if (strcmp(name, ".") == 0)
        name = "";
    while (*name) {
        uint8_t label[64];
        uint8_t n = 0;

        for (; *name && *name != '.'; name++) {
            assert_true(n < 63);
            if (*name == '\\') {
                label[++n] = (uint8_t)strtol((char[]){name[1], name[2], name[3], 0}, NULL, 8);
                name += 3;
            } else {
                label[++n] = (uint8_t)*name;
            }
        }
        label[0] = n;
        put_octets(q, label, n + 1u);
        name += *name == '.';
    }
    put_octets(q, "", 1);
}

static unsigned type_number(const char *word)
{
    if (strncmp(word, "TYPE", 4) == 0)
        return (unsigned)strtoul(word + 4, NULL, 10);
    if (strcmp(word, "ANY") == 0)
        return R53_TYPE_ANY;
    assert_true(r53_type_number(word) > 0);
    return (unsigned)r53_type_number(word);
}

static void option_put(struct opt_words *opt, const void *octets, size_t n)
{
    assert_true(opt->n_options + n <= sizeof(opt->options));
    memcpy(opt->options + opt->n_options, octets, n);
    opt->n_options += n;
    opt->given = true;
}

/* As a client sends it: as many octets as the prefix fills. */
static void subnet_put(struct opt_words *opt, const char *text)
{
    struct prefix prefix;
    uint8_t octets[8] = {0, 8, 0, 0, 0, 0, 0, 0};
    size_t n;

    assert_true(r53__prefix_parse(r53__span(text), &prefix));
    n = (prefix.length + 7u) / 8;
    octets[3] = (uint8_t)(4 + n);
    octets[5] = prefix.address.family == ADDRESS_IPV4 ? 1 : 2;
    octets[6] = prefix.length;
    option_put(opt, octets, sizeof(octets));
    option_put(opt, prefix.address.octets, n);
}

static void hex_put(struct opt_words *opt, const char *hex)
{
    for (; hex[0] && hex[1]; hex += 2) {
        uint8_t octet = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);

        option_put(opt, &octet, 1);
    }
    opt->given = true;
}

static void from_read(struct wire_query *q, const char *text)
{
    struct address address;

    assert_true(r53__address_parse(r53__span(text), &address));
    memcpy(q->from, address.octets, sizeof(q->from));
    q->peer.address = q->from;
    q->peer.n_address = (uint32_t)r53__address_size(&address);
}

/* A word with a value; false: not known. */
static bool valued_word(struct wire_query *q, struct opt_words *opt, const char *word,
                        const char *value)
{
    unsigned number = (unsigned)strtoul(value, NULL, 0);

    if (strcmp(word, "edns") == 0)
        opt->given = true, opt->size = number;
    else if (strcmp(word, "ver") == 0)
        opt->given = true, opt->version = number;
    else if (strcmp(word, "subnet") == 0)
        subnet_put(opt, value);
    else if (strcmp(word, "opt") == 0)
        hex_put(opt, value);
    else if (strcmp(word, "opcode") == 0)
        q->octets[2] |= (uint8_t)(number << 3);
    else if (strcmp(word, "qd") == 0)
        q->octets[5] = (uint8_t)number;
    else if (strcmp(word, "cap") == 0)
        q->capacity = number;
    else if (strcmp(word, "max") == 0)
        q->peer.max_udp_size = (int32_t)number;
    else if (strcmp(word, "seed") == 0)
        q->peer.seed = number;
    else if (strcmp(word, "from") == 0)
        from_read(q, value);
    else if (strcmp(word, "zone") == 0)
        q->peer.hosted_zone_id = value;
    else if (strcmp(word, "vpc") == 0)
        q->peer.vpc_id = value;
    else if (strcmp(word, "country") == 0)
        q->peer.country_code = value;
    else
        return strcmp(word, "class") == 0;
    return true;
}

static bool plain_word(struct wire_query *q, struct opt_words *opt, const char *word)
{
    if (strcmp(word, "rd") == 0)
        q->octets[2] |= 1;
    else if (strcmp(word, "cd") == 0)
        q->octets[3] |= 0x10;
    else if (strcmp(word, "ad") == 0)
        q->octets[3] |= 0x20;
    else if (strcmp(word, "do") == 0)
        opt->given = opt->dnssec_ok = true;
    else if (strcmp(word, "two") == 0)
        opt->given = opt->twice = true;
    else if (strcmp(word, "tcp") == 0)
        q->peer.transport = R53_TRANSPORT_TCP;
    else if (strcmp(word, "minimal") == 0)
        q->peer.minimal = 1;
    else if (strcmp(word, "chase") == 0)
        q->peer.chase_cname = 1;
    else if (strcmp(word, "single") == 0)
        q->peer.single_any = 1;
    else
        return false;
    return true;
}

static void put_opt(struct wire_query *q, const struct opt_words *opt)
{
    put_octets(q, "", 1);
    put_u16(q, 41);
    put_u16(q, opt->size);
    put_u16(q, opt->version);
    put_u16(q, opt->dnssec_ok ? 0x8000 : 0);
    put_u16(q, (unsigned)opt->n_options);
    put_octets(q, opt->options, opt->n_options);
    q->octets[11]++;
}

void wire_query_parse(struct wire_query *out, const char *line)
{
    static const uint8_t header[MESSAGE_HEADER] = {0xab, 0xcd, 0, 0, 0, 1};
    struct opt_words opt = {0};
    char name[1200];
    char *word;

    memset(out, 0, sizeof(*out));
    out->peer.size = sizeof(out->peer);
    out->capacity = WIRE_MAX;
    put_octets(out, header, sizeof(header));
    snprintf(out->words, sizeof(out->words), "%s", line);
    word = strtok(out->words, " ");
    if (strcmp(word, "@") == 0)
        snprintf(name, sizeof(name), "example.com");
    else
        snprintf(name, sizeof(name), word[strlen(word) - 1] == '.' ? "%s" : "%s.example.com", word);
    put_name(out, name);
    put_u16(out, type_number(strtok(NULL, " ")));
    put_u16(out, MESSAGE_CLASS_IN);
    while ((word = strtok(NULL, " ")) != NULL) {
        char *equals = strchr(word, '=');

        if (equals)
            *equals = '\0';
        if (equals ? !valued_word(out, &opt, word, equals + 1) : !plain_word(out, &opt, word))
            fail_msg("a word of '%s' is not known: %s", line, word);
        if (equals && strcmp(word, "class") == 0)
            out->octets[out->length - 1] = (uint8_t)strtoul(equals + 1, NULL, 10);
    }
    if (opt.given)
        put_opt(out, &opt);
    if (opt.twice)
        put_opt(out, &opt);
}

/* A response under way. */
struct response {
    const uint8_t *octets;
    size_t length, at;
    char rest[200]; /* behind the bar */
};

static unsigned take(struct response *r, unsigned octets)
{
    unsigned value = 0;

    assert_true(r->at + octets <= r->length);
    while (octets-- > 0)
        value = value << 8 | r->octets[r->at++];
    return value;
}

/* Uncompressed, in lower case. A pointer leads to an earlier place, so there are no circles. */
static size_t take_name(struct response *r, uint8_t *out)
{
    size_t at = r->at, n = 0, before = r->at;
    bool jumped = false;

    for (;;) {
        uint8_t label;

        assert_true(at < r->length);
        label = r->octets[at];
        if (label >= 0xc0) {
            assert_true(at + 1 < r->length);
            if (!jumped)
                r->at = at + 2;
            jumped = true;
            at = (size_t)(label & 0x3f) << 8 | r->octets[at + 1];
            assert_true(at < before);
            before = at;
            continue;
        }
        assert_true(label < 64 && at + label < r->length && n + label + 1u <= NAME_OCTETS_MAX);
        r53__name_lower(out + n, r->octets + at, label + 1u);
        n += label + 1u;
        at += label + 1u;
        if (label == 0)
            break;
    }
    if (!jumped)
        r->at = at;
    return n;
}

static size_t take_octets(struct response *r, uint8_t *out, size_t n)
{
    assert_true(r->at + n <= r->length);
    memcpy(out, r->octets + r->at, n);
    r->at += n;
    return n;
}

/* Rdata with the names of RFC 1035's types uncompressed; others have none that is compressed. */
static size_t take_rdata(struct response *r, unsigned type, size_t length, uint8_t *out)
{
    size_t end = r->at + length, n = 0;
    unsigned names = type == R53_TYPE_SOA ? 2 : 1;

    assert_true(end <= r->length);
    if (type == R53_TYPE_MX)
        n += take_octets(r, out, 2);
    if (type == R53_TYPE_NS || type == R53_TYPE_CNAME || type == R53_TYPE_PTR ||
        type == R53_TYPE_MX || type == R53_TYPE_SOA) {
        while (names-- > 0)
            n += take_name(r, out + n);
    }
    assert_true(r->at <= end);
    return n + take_octets(r, out + n, end - r->at);
}

static void tell(struct response *r, const char *format, unsigned value)
{
    size_t n = strlen(r->rest);

    snprintf(r->rest + n, sizeof(r->rest) - n, format, value);
}

/* The OPT: our size, DO, and of the client subnet the scope; its address must be the query's. */
static unsigned take_opt(struct response *r, const struct wire_query *query)
{
    unsigned size = take(r, 2), extended = take(r, 1), version = take(r, 1), flags = take(r, 2);
    size_t end = take(r, 2);

    end += r->at;
    assert_int_equal(version, 0);
    tell(r, " edns=%u", size);
    tell(r, flags & 0x8000 ? " do" : "", 0);
    while (r->at < end) {
        unsigned code = take(r, 2), length = take(r, 2), scope;
        uint8_t said[40];
        size_t n = 0;

        assert_int_equal(code, 8);
        assert_in_range(length, 4, 20);
        take_octets(r, said, length);
        scope = said[3];
        said[3] = 0;
        while (n + length <= query->length && memcmp(query->octets + n, said, length) != 0)
            n++;
        assert_true(n + length <= query->length);
        tell(r, " scope=%u", scope);
    }
    assert_true(r->at == end);
    return extended;
}

static void take_record(struct response *r, struct r53_answer *answer, int32_t section,
                        const struct wire_query *query)
{
    static uint8_t rdata[WIRE_MAX + 512];
    uint8_t owner[NAME_OCTETS_MAX];
    struct name name = {owner, take_name(r, owner)};
    unsigned type = take(r, 2), ttl;
    size_t length;

    if (type == 41) {
        assert_int_equal(section, R53_SECTION_ADDITIONAL);
        assert_int_equal(name.length, 1);
        answer->rcode |= (int32_t)take_opt(r, query) << 4;
        return;
    }
    assert_int_equal(take(r, 2), MESSAGE_CLASS_IN);
    ttl = take(r, 4);
    length = take(r, 2);
    length = take_rdata(r, type, length, rdata);
    r53__answer_put(answer, section, name, (int32_t)type, ttl, rdata, length);
}

/* The question is the query's, octet by octet (R53-DNS-16), or missing. */
static void check_question(struct response *r, const struct wire_query *query, unsigned count)
{
    size_t start = r->at;
    uint8_t name[NAME_OCTETS_MAX];

    assert_true(count <= 1);
    if (count == 0)
        return;
    take_name(r, name);
    take(r, 4);
    assert_memory_equal(r->octets + start, query->octets + start, r->at - start);
}

static void check_header(struct response *r, struct r53_answer *answer,
                         const struct wire_query *query, unsigned *counts)
{
    unsigned flags;

    assert_int_equal(take(r, 2), query->octets[0] << 8 | query->octets[1]);
    flags = take(r, 2);
    assert_true(flags & MESSAGE_QR);
    assert_int_equal(flags & MESSAGE_OPCODE, (query->octets[2] & 0x78) << 8);
    assert_int_equal(flags & 0x00e0, 0); /* RA, Z, AD */
    answer->rcode = (int32_t)(flags & 0xf);
    answer->authoritative = (flags & MESSAGE_AA) != 0;
    tell(r, flags & MESSAGE_RD ? " rd" : "", 0);
    tell(r, flags & MESSAGE_CD ? " cd" : "", 0);
    tell(r, flags & MESSAGE_TC ? " tc" : "", 0);
    for (int i = 0; i < 4; i++)
        counts[i] = take(r, 2);
}

const char *response_text(char *buffer, const struct wire_query *query, const uint8_t *response,
                          size_t length)
{
    struct response r = {.octets = response, .length = length};
    r53_answer *answer;
    unsigned counts[4];

    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    check_header(&r, answer, query, counts);
    check_question(&r, query, counts[0]);
    for (int32_t section = R53_SECTION_ANSWER; section <= R53_SECTION_ADDITIONAL; section++) {
        while (counts[section]-- > 0)
            take_record(&r, answer, section, query);
    }
    assert_true(r.at == length);
    answer_text(buffer, answer);
    if (answer->rcode == R53_RCODE_BADVERS)
        snprintf(buffer, ANSWER_TEXT_MAX, "BADVERS");
    if (*r.rest)
        snprintf(buffer + strlen(buffer), ANSWER_TEXT_MAX - strlen(buffer), " |%s", r.rest);
    r53_answer_free(answer);
    return buffer;
}

/* Room for a response, with a border that must stay as it is. */
static uint8_t room[WIRE_MAX + 16];

static void room_clear(size_t capacity)
{
    memset(room, 0x5a, sizeof(room));
    assert_true(capacity <= WIRE_MAX);
}

static const char *tell_room(char *buffer, const struct wire_query *q, int32_t rc, size_t length)
{
    for (size_t i = q->capacity; i < sizeof(room); i++)
        assert_int_equal(room[i], 0x5a);
    if (rc != R53_OK)
        snprintf(buffer, ANSWER_TEXT_MAX, "%s", r53_error_name(rc));
    else if (length == 0)
        snprintf(buffer, ANSWER_TEXT_MAX, "dropped");
    else
        response_text(buffer, q, room, length);
    return buffer;
}

const char *wire_text(char *buffer, const r53_view *view, const char *query)
{
    struct wire_query q;
    size_t length = 99;
    int32_t rc;

    wire_query_parse(&q, query);
    room_clear(q.capacity);
    rc = r53_respond(view, &q.peer, q.octets, q.length, room, q.capacity, &length);
    return tell_room(buffer, &q, rc, length);
}

const char *wire_text_many(char *buffer, const r53_view *view, const char *query)
{
    static uint8_t other[2][WIRE_MAX];
    struct wire_query q;
    r53_exchange exchanges[3] = {{.size = sizeof(*exchanges)}};
    r53_exchange *const at[] = {&exchanges[0], &exchanges[1], &exchanges[2]};

    wire_query_parse(&q, query);
    room_clear(q.capacity);
    for (size_t i = 0; i < COUNT(exchanges); i++)
        exchanges[i] = (r53_exchange){.size = sizeof(*exchanges),
                                      .peer = &q.peer,
                                      .query = q.octets,
                                      .n_query = q.length,
                                      .response = i == 1 ? room : other[i / 2],
                                      .capacity = q.capacity};
    r53__respond_together(view, at, COUNT(at));
    assert_int_equal(exchanges[0].length, exchanges[1].length);
    assert_memory_equal(other[0], room, exchanges[1].length);
    assert_memory_equal(other[1], room, exchanges[1].length);
    return tell_room(buffer, &q, exchanges[1].error, exchanges[1].length);
}

/* What the peer says of itself, for r53_resolve. */
static void query_fill(r53_query *query, const struct wire_query *q)
{
    query->hosted_zone_id = q->peer.hosted_zone_id;
    query->vpc_id = q->peer.vpc_id;
    query->country_code = q->peer.country_code;
    query->seed = q->peer.seed;
}

const char *wire_text_steps(char *buffer, const r53_view *view, const char *query)
{
    struct wire_query q;
    r53_message message = {.size = sizeof(message)};
    r53_query asked = {.size = sizeof(asked)};
    char texts[R53_MESSAGE_TEXT_MAX];
    r53_answer *answer;
    size_t length = 0;
    int32_t rc;

    wire_query_parse(&q, query);
    room_clear(q.capacity);
    assert_int_equal(r53_answer_new(&answer, NULL), R53_OK);
    rc = r53_message_parse(q.octets, q.length, &message);
    query_fill(&asked, &q);
    if (rc == R53_OK && message.rcode == 0) {
        assert_int_equal(r53_message_query(&message, &asked, texts, sizeof(texts)), R53_OK);
        rc = r53_resolve(view, &asked, answer, NULL);
    }
    if (rc == R53_OK || rc == R53_E_AMBIGUOUS)
        rc = r53_message_write(&message, &q.peer, rc == R53_OK ? answer : NULL, room, q.capacity,
                               &length);
    r53_answer_free(answer);
    return tell_room(buffer, &q, rc, length);
}
