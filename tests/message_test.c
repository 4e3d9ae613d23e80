/*
 * Queries octet by octet: what is a query, what is answered with an error, what is dropped; and the
 * writer's compression and limits.
 */
#include "support/harness.h"

#include "dns/writer.h"

#include <r53/type.h>

#include <stdlib.h>

#define HEADER   "abcd 0000 0001 0000 0000 0000 "
#define WITH_OPT "abcd 0000 0001 0000 0000 0001 "
#define NAME     "03777777 076578616d706c65 03636f6d 00 " /* www.example.com */
#define A_IN     "0001 0001 "
#define OPT      "00 0029 04d0 00000000 " /* size 1232; the length of its options follows */
#define L63      "3f" X8 X8 X8 X8 X8 X8 X8 "61616161616161 "
#define X8       "6161616161616161"
#define L61      "3d" X8 X8 X8 X8 X8 X8 X8 "6161616161 "

enum { DROPPED = -1 };

static const struct parse_case {
    const char *what, *octets;
    int rcode;        /* or DROPPED */
    int question;     /* octets of it that are sent back */
    const char *rest; /* what the message says besides */
} cases[] = {
    {"a plain query", HEADER NAME A_IN, MESSAGE_OK, 21, ""},
    {"R53-DNS-16 the root", HEADER "00" A_IN, MESSAGE_OK, 5, ""},
    {"R53-DNS-07 nothing", "", DROPPED, 0, ""},
    {"R53-DNS-07 one octet short of a header", "abcd 0000 0001 0000 0000 00", DROPPED, 0, ""},
    {"R53-DNS-07 a response", "abcd 8000 0001 0000 0000 0000" NAME A_IN, DROPPED, 0, ""},
    {"R53-DNS-07 a response cut short", "abcd 8180 0001 0000 0000 0000", DROPPED, 0, ""},
    {"R53-DNS-07 a header alone", "abcd 0000 0001 0000 0000 0000", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 no question", "abcd 0000 0000 0000 0000 0000", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 two questions", "abcd 0000 0002 0000 0000 0000" NAME A_IN NAME A_IN,
     MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a name without its end", HEADER "03777777 07657861", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a name that ends with the message", HEADER "03777777", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a question without type", HEADER NAME, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a question with half a class", HEADER NAME "0001 00", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a pointer to itself", HEADER "c00c" A_IN, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a pointer to a label in front of it", HEADER "0161 c00c" A_IN, MESSAGE_FORMERR, 0,
     ""},
    {"R53-DNS-07 a pointer forward", HEADER "c010" A_IN "00", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a pointer behind the message", HEADER "ffff" A_IN, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 a pointer into the header", HEADER "c004" A_IN, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 half a pointer", HEADER "c0", MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-07 the label types that were never used", HEADER "40 00" A_IN, MESSAGE_FORMERR, 0,
     ""},
    {"R53-DNS-07 and the other one", HEADER "8161 00" A_IN, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-16 a label of 63 octets", HEADER L63 "00" A_IN, MESSAGE_OK, 69, ""},
    {"R53-DNS-16 a name of 255 octets", HEADER L63 L63 L63 L61 "00" A_IN, MESSAGE_OK, 259, ""},
    {"R53-DNS-16 a name of 256 octets",
     HEADER L63 L63 L63 "3e" X8 X8 X8 X8 X8 X8 X8 "616161616161 00" A_IN, MESSAGE_FORMERR, 0, ""},
    {"R53-DNS-16 labels without end", HEADER L63 L63 L63 L63 L63 L63 "00" A_IN, MESSAGE_FORMERR, 0,
     ""},
    {"what is behind the message is ignored", HEADER NAME A_IN "deadbeef", MESSAGE_OK, 21, ""},
    {"R53-DNS-05 an OPT", WITH_OPT NAME A_IN OPT "0000", MESSAGE_OK, 21, "edns 1232"},
    {"R53-DNS-05 an OPT with DO", WITH_OPT NAME A_IN "00 0029 1000 00008000 0000", MESSAGE_OK, 21,
     "edns 4096 do"},
    {"R53-DNS-05 other flags mean nothing", WITH_OPT NAME A_IN "00 0029 1000 05007fff 0000",
     MESSAGE_OK, 21, "edns 4096"},
    {"R53-DNS-05 version 1", WITH_OPT NAME A_IN "00 0029 04d0 00010000 0000", MESSAGE_BADVERS, 21,
     "edns 1232"},
    {"R53-DNS-05 version 1 with options that may mean anything",
     WITH_OPT NAME A_IN "00 0029 04d0 00010000 0003 ffffff", MESSAGE_BADVERS, 21, "edns 1232"},
    {"R53-DNS-05 two OPTs", "abcd 0000 0001 0000 0000 0002" NAME A_IN OPT "0000" OPT "0000",
     MESSAGE_FORMERR, 21, "edns 1232"},
    {"R53-DNS-05 an OPT behind another record",
     "abcd 0000 0001 0000 0000 0002" NAME A_IN "c00c 0001 0001 00000000 0004 01020304" OPT "0000",
     MESSAGE_OK, 21, "edns 1232"},
    {"R53-DNS-05 an OPT in front of another record",
     "abcd 0000 0001 0000 0000 0002" NAME A_IN OPT "0000 c00c 0001 0001 00000000 0004 01020304",
     MESSAGE_OK, 21, "edns 1232"},
    {"R53-DNS-05 an OPT among the answers", "abcd 0000 0001 0001 0000 0000" NAME A_IN OPT "0000",
     MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-05 an OPT that has an owner", WITH_OPT NAME A_IN "0161 00 0029 04d0 00000000 0000",
     MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-05 an OPT whose owner is a pointer",
     WITH_OPT NAME A_IN "c00c 0029 04d0 00000000 0000", MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-05 an OPT that is announced and not there", WITH_OPT NAME A_IN, MESSAGE_FORMERR, 21,
     ""},
    {"R53-DNS-05 an OPT cut short", WITH_OPT NAME A_IN "00 0029 04d0 0000", MESSAGE_FORMERR, 21,
     ""},
    {"R53-DNS-05 options longer than the message", WITH_OPT NAME A_IN OPT "0004 0000",
     MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-05 an option longer than the OPT", WITH_OPT NAME A_IN OPT "0005 000a 0002 00",
     MESSAGE_FORMERR, 21, "edns 1232"},
    {"R53-DNS-05 half an option", WITH_OPT NAME A_IN OPT "0003 000a 00", MESSAGE_FORMERR, 21,
     "edns 1232"},
    {"R53-PLACE-04 a client subnet", WITH_OPT NAME A_IN OPT "000b 0008 0007 0001 18 00 cb0071",
     MESSAGE_OK, 21, "edns 1232 203.0.113.0/24"},
    {"R53-PLACE-04 one of IPv6, its last octet in part",
     WITH_OPT NAME A_IN OPT "000b 0008 0007 0002 14 00 2001d0", MESSAGE_OK, 21,
     "edns 1232 2001:d000::/20"},
    {"R53-PLACE-04 the first of two counts",
     WITH_OPT NAME A_IN OPT "0014 0008 0006 0001 10 00 cb00 0008 0006 0001 10 00 c000", MESSAGE_OK,
     21, "edns 1232 203.0.0.0/16"},
    {"R53-PLACE-03 an empty one", WITH_OPT NAME A_IN OPT "0008 0008 0004 0001 00 00", MESSAGE_OK,
     21, "edns 1232 0.0.0.0/0"},
    {"R53-PLACE-05 bits behind the prefix",
     WITH_OPT NAME A_IN OPT "000b 0008 0007 0001 17 00 cb0071", MESSAGE_FORMERR, 21, "edns 1232"},
    {"R53-PLACE-05 129 bits",
     WITH_OPT NAME A_IN OPT "0019 0008 0015 0002 81 00 "
                            "2001000000000000000000000000000000",
     MESSAGE_FORMERR, 21, "edns 1232"},
    {"R53-DNS-15 a zone transfer with its SOA",
     "abcd 0000 0001 0000 0001 0000" NAME "00fb 0001 c00c 0006 0001 00000000 0016 00 00 "
     "0000000000000000000000000000000000000000",
     MESSAGE_REFUSED, 21, ""},
    {"R53-DNS-15 AXFR", HEADER NAME "00fc 0001", MESSAGE_REFUSED, 21, ""},
    {"R53-DISP-10 class CH", HEADER NAME "0001 0003", MESSAGE_REFUSED, 21, ""},
    {"R53-DISP-10 class ANY", HEADER NAME "0001 00ff", MESSAGE_OK, 21, ""},
    {"R53-DNS-07 opcode NOTIFY", "abcd 2000 0001 0000 0000 0000" NAME "0006 0001", MESSAGE_NOTIMP,
     21, ""},
    {"R53-DNS-07 opcode UPDATE of nothing", "abcd 2800 0000 0000 0000 0000", MESSAGE_NOTIMP, 0, ""},
    {"R53-DNS-07 records that are announced and not there",
     "abcd 0000 0001 ffff ffff ffff" NAME A_IN, MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-07 a record whose owner runs off", "abcd 0000 0001 0001 0000 0000" NAME A_IN "3f61",
     MESSAGE_FORMERR, 21, ""},
    {"R53-DNS-07 a record whose rdata runs off",
     "abcd 0000 0001 0001 0000 0000" NAME A_IN "c00c 0001 0001 00000000 ffff 01", MESSAGE_FORMERR,
     21, ""},
};

static size_t octets_of(const char *hex, uint8_t *out)
{
    size_t n = 0;

    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        out[n++] = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);
        hex++;
    }
    return n;
}

/* Exactly as many octets as the message has, so that reading behind it is seen. */
static uint8_t *exactly(const uint8_t *octets, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);

    assert_non_null(copy);
    memcpy(copy, octets, n);
    return copy;
}

struct parsed {
    struct message message;
    struct name_buffer name;
    uint8_t starts[QUESTION_STARTS];
    uint64_t hash;
    unsigned labels;
};

static bool parse(struct parsed *out, const uint8_t *octets, size_t n)
{
    const struct question_name name = {&out->name, out->starts, &out->hash, &out->labels};

    return r53__message_parse(&out->message, &name, octets, n);
}

static void rest_put(struct text *text, const struct message *m)
{
    if (m->has_edns) {
        r53__put(text, "edns ");
        r53__put_u64(text, m->udp_size);
    }
    if (m->dnssec_ok)
        r53__put(text, " do");
    if (m->has_subnet) {
        r53__put_char(text, ' ');
        r53__prefix_put(text, &m->subnet);
    }
}

static void check_parse(void **state)
{
    const struct parse_case *c = *state;
    uint8_t octets[600], *copy;
    size_t n = octets_of(c->octets, octets);
    struct parsed p;
    char rest[100] = "";
    struct text text;

    copy = exactly(octets, n);
    if (parse(&p, copy, n)) {
        assert_int_equal(p.message.rcode, c->rcode);
        assert_int_equal(p.message.question_length, c->question);
        r53__text_init(&text, rest, sizeof(rest));
        rest_put(&text, &p.message);
        assert_string_equal(rest, c->rest);
    } else {
        assert_int_equal(c->rcode, DROPPED);
    }
    free(copy);
}

/* Cut at any octet: as far as the question reaches it is sent back, and nothing is read behind. */
static void cut_short(void **state)
{
    uint8_t octets[600];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = octets_of(cases[i].octets, octets);

        for (size_t k = 0; k < n; k++) {
            uint8_t *copy = exactly(octets, k);
            struct parsed p;

            if (parse(&p, copy, k))
                assert_true(MESSAGE_HEADER + (size_t)p.message.question_length <= k);
            free(copy);
        }
    }
}

static void name_is_lower(void **state)
{
    uint8_t octets[64];
    struct parsed p;
    struct name_buffer name;
    size_t n = octets_of(HEADER "04405a5b41 0a4d61494c2d5f305a7a60 00" A_IN, octets);

    (void)state;
    assert_true(parse(&p, octets, n));
    assert_memory_equal(p.name.octets, "\4@z[a\nmail-_0zz`", 17);
    assert_int_equal(p.labels, 2);
    name = p.name;
    assert_true(p.hash == r53__name_hash(r53__name(&name), 0));
    assert_int_equal(p.starts[0], 0);
    assert_int_equal(p.starts[1], 5);
}

/* As many labels as a name can have, and one more than that. */
static void labels_at_most(void **state)
{
    for (unsigned n = NAME_LABELS_MAX; n <= NAME_LABELS_MAX + 1; n++) {
        uint8_t octets[MESSAGE_HEADER + 2 * (NAME_LABELS_MAX + 1) + 1 + QUESTION_FIXED] = {
            0xab, 0xcd, 0, 0, 0, 1};
        size_t end = MESSAGE_HEADER + 2 * n + 1 + QUESTION_FIXED;
        struct parsed p;

        (void)state;
        for (unsigned i = 0; i < n; i++)
            memcpy(octets + MESSAGE_HEADER + 2 * i, "\1a", 2);
        memcpy(octets + MESSAGE_HEADER + 2 * n, "\0\0\1\0\1", 5);
        assert_true(parse(&p, octets, end));
        if (n > NAME_LABELS_MAX) {
            assert_int_equal(p.message.rcode, MESSAGE_FORMERR);
            continue;
        }
        assert_int_equal(p.message.rcode, MESSAGE_OK);
        assert_int_equal(p.labels, n);
        assert_int_equal(p.starts[n - 1], 2 * (n - 1));
    }
}

/* The writer */

static struct name wire(const char *text)
{
    static struct name_buffer names[32];
    static size_t at;
    struct name_buffer *name = &names[at++ % COUNT(names)];

    assert_int_equal(r53__name_parse(name, r53__span(text)), NAME_OK);
    return r53__name(name);
}

static size_t begin(struct writer *w, struct parsed *p, uint8_t *out, size_t limit)
{
    static uint8_t octets[64];
    size_t n = octets_of(HEADER NAME A_IN, octets);

    assert_true(parse(p, octets, n));
    assert_true(r53__writer_begin(w, &p->message, r53__name(&p->name), out, limit));
    return n;
}

static void compression(void **state)
{
    static const uint8_t expected[] = {
        0xc0, 0x10, 0, 2, 0, 1, 0, 0, 0, 60, 0, 6, 3,   'n', 's',  '1',  0xc0, 0x10, /* NS */
        0xc0, 0x10, 0, 2, 0, 1, 0, 0, 0, 60, 0, 4, 1,   'x', 0xc0, 0x2d, /* its second */
        0xc0, 0x2d, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0,   2,    1,    /* A of ns1 */
    };
    struct writer w;
    struct parsed p;
    uint8_t out[512];
    size_t n = begin(&w, &p, out, sizeof(out));
    struct name zone = wire("example.com"), ns1 = wire("ns1.example.com"),
                x = wire("x.ns1.example.com");

    (void)state;
    r53__writer_rrset(&w, WRITER_AUTHORITY, R53_TYPE_NS, 60, zone, false);
    r53__writer_record(&w, ns1.octets, ns1.length);
    r53__writer_record(&w, x.octets, x.length);
    r53__writer_rrset(&w, WRITER_ADDITIONAL, R53_TYPE_A, 60, ns1, true);
    r53__writer_record(&w, (const uint8_t[]){192, 0, 2, 1}, 4);
    assert_int_equal(w.length - n, sizeof(expected));
    assert_memory_equal(out + n, expected, sizeof(expected));
}

/* What has been taken back is not pointed to. */
static void taken_back(void **state)
{
    struct writer w;
    struct parsed p;
    uint8_t out[512];
    size_t n = begin(&w, &p, out, 33 + 18 + 20);
    struct name zone = wire("example.com"), other = wire("abc.example.org"),
                far = wire("a-long-name-that-does-not-fit.abc.example.org");
    const struct writer_end end = {0};

    (void)state;
    r53__writer_rrset(&w, WRITER_AUTHORITY, R53_TYPE_NS, 60, zone, true);
    r53__writer_record(&w, other.octets, other.length);
    r53__writer_record(&w, far.octets, far.length);
    assert_int_equal(w.length, n);
    assert_int_equal(w.counts[WRITER_AUTHORITY], 0);
    r53__writer_rrset(&w, WRITER_ADDITIONAL, R53_TYPE_NS, 60, zone, true);
    r53__writer_record(&w, other.octets, other.length);
    assert_int_equal(w.length - n, 12 + other.length);
    assert_false(w.truncated);
    r53__writer_rrset(&w, WRITER_ADDITIONAL, R53_TYPE_NS, 60, other, false);
    r53__writer_record(&w, far.octets, far.length);
    assert_true(w.truncated);
    assert_int_equal(r53__writer_end(&w, &end), n);
    assert_int_equal(out[2] & 2, 2);
}

/* More names than the dictionary holds, behind the last place that a pointer can tell. */
static void full_dictionary(void **state)
{
    static uint8_t out[MESSAGE_MAX];
    static char texts[3000][40];
    static struct name_buffer names[COUNT(texts)];
    struct writer w;
    struct parsed p;
    struct name zone = wire("example.com");

    (void)state;
    begin(&w, &p, out, sizeof(out));
    r53__writer_rrset(&w, WRITER_ANSWER, R53_TYPE_NS, 60, zone, false);
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct text text;

        r53__text_init(&text, texts[i], sizeof(texts[i]));
        r53__put(&text, "n");
        r53__put_u64(&text, i);
        r53__put(&text, i % 2 ? ".example.net" : ".example.com");
        assert_int_equal(r53__name_parse(&names[i], r53__span(texts[i])), NAME_OK);
        r53__writer_record(&w, names[i].octets, names[i].length);
    }
    assert_false(w.truncated);
    assert_int_equal(w.counts[WRITER_ANSWER], COUNT(texts));
    assert_true(w.n_suffixes <= DICTIONARY_MAX);
    for (uint32_t i = 0; i < w.n_suffixes; i++)
        assert_true(w.suffixes[i].position < 0x4000);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 8];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_parse);
    ADD_TEST(tests, n, "R53-DNS-07 a message cut at any octet", cut_short);
    ADD_TEST(tests, n, "R53-DNS-16 letters of the name are lower-cased, nothing else",
             name_is_lower);
    ADD_TEST(tests, n, "a name of as many labels as there can be", labels_at_most);
    ADD_TEST(tests, n, "R53-DNS-08 names are compressed in owners and in NS data", compression);
    ADD_TEST(tests, n, "R53-DNS-04 an RRset that does not fit leaves nothing behind", taken_back);
    ADD_TEST(tests, n, "R53-DNS-08 more names than can be pointed to", full_dictionary);
    return RUN_TESTS("message", tests, n);
}
