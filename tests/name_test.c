/* Names: text and wire, order, hashes. Rows, then random names against plain restatements. */
#include "support/harness.h"

#include "dns/name.h"

#include <stdio.h>

#define LABEL_63 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg"

static struct name_buffer parsed(const char *text)
{
    struct name_buffer name;

    assert_int_equal(r53__name_parse(&name, r53__span(text)), NAME_OK);
    return name;
}

static void assert_text(struct name name, const char *expected)
{
    char buffer[NAME_TEXT_MAX];
    struct text text;

    r53__text_init(&text, buffer, sizeof(buffer));
    r53__name_put(&text, name);
    assert_true(r53__text_fits(&text));
    assert_string_equal(buffer, expected);
}

/* Text in, text out; or the fault. */
static const struct parse_case {
    const char *what, *text, *canonical;
    enum name_fault fault;
} parse_cases[] = {
    {"R53-NAME-01 a label of 63 octets fits", LABEL_63 ".com", LABEL_63 ".com.", NAME_OK},
    {"R53-NAME-01 a name of 255 octets fits",
     LABEL_63 "." LABEL_63 "." LABEL_63 "."
              "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghi"
              "jk",
     LABEL_63 "." LABEL_63 "." LABEL_63 "."
              "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghi"
              "jk.",
     NAME_OK},
    {"R53-NAME-01 a name of 256 octets does not fit",
     LABEL_63 "." LABEL_63 "." LABEL_63 "."
              "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghi"
              "jkl",
     NULL, NAME_TOO_LONG},
    {"R53-NAME-01 a label more than fits is too long",
     LABEL_63 "." LABEL_63 "." LABEL_63 "."
              "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghi"
              "jk.a",
     NULL, NAME_TOO_LONG},
    {"R53-NAME-01 escapes count as the octet they stand for", "\\052" LABEL_63, NULL,
     NAME_LABEL_TOO_LONG},
    {"R53-NAME-02 the last dot may be missing", "example.com", "example.com.", NAME_OK},
    {"R53-NAME-02 the last dot may be there", "example.com.", "example.com.", NAME_OK},
    {"R53-NAME-02 a single label is absolute too", "www", "www.", NAME_OK},
    {"R53-NAME-02 a dot alone is the root", ".", ".", NAME_OK},
    {"R53-NAME-03 printable characters stand for themselves", "!\"#$%&'()*+,/:;<=>?@[]^`{|}~",
     "\\041\\042\\043\\044\\045\\046\\047\\050\\051\\052\\053\\054\\057\\072\\073\\074\\075\\076\\0"
     "77"
     "\\100\\133\\135\\136\\140\\173\\174\\175\\176.",
     NAME_OK},
    {"R53-NAME-04 a blank is refused", "a b.example.com", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-04 a control character is refused", "a\tb", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-04 DEL is refused", "a\177b", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-04 an octet above 177 is refused", "\303\244.example.com", NULL,
     NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-04 an escaped dot belongs to the label", "a\\056b.com", "a\\056b.com.", NAME_OK},
    {"R53-NAME-04 escaped blank, NUL and 377", "\\040\\000\\377.com", "\\040\\000\\377.com.",
     NAME_OK},
    {"R53-NAME-05 letters are stored in lower case", "WwW.ExAmPlE.CoM", "www.example.com.",
     NAME_OK},
    {"R53-NAME-05 an escaped letter is stored in lower case", "\\101\\172\\132.com", "azz.com.",
     NAME_OK},
    {"R53-NAME-06 the wildcard is listed escaped", "*.example.com", "\\052.example.com.", NAME_OK},
    {"R53-NAME-06 an at sign is listed escaped", "a@b", "a\\100b.", NAME_OK},
    {"R53-NAME-06 hyphen and underscore are listed plainly", "_a-1.b", "_a-1.b.", NAME_OK},
    {"R53-NAME-07 an escaped plain character is that character", "\\052.\\141\\137\\055.com",
     "\\052.a_-.com.", NAME_OK},
    {"R53-NAME-07 a backslash needs digits", "a\\bc.com", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-07 a backslash needs three digits", "a\\05", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-07 a backslash needs octal digits", "\\058", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-07 an escape is at most 377", "\\400", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-07 a backslash does not escape a dot", "a\\.b", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-07 a backslash at the end", "a\\", NULL, NAME_UNSUPPORTED_CHARACTER},
    {"R53-NAME-09 an empty label is refused", "a..example.com", NULL, NAME_LABEL_EMPTY},
    {"R53-NAME-09 a leading dot is refused", ".example.com", NULL, NAME_LABEL_EMPTY},
    {"R53-NAME-09 two dots are no root", "..", NULL, NAME_LABEL_EMPTY},
    {"R53-NAME-09 two last dots are refused", "com..", NULL, NAME_LABEL_EMPTY},
    {"R53-NAME-09 a label of 64 octets is too long", LABEL_63 "h.com", NULL, NAME_LABEL_TOO_LONG},
    {"R53-NAME-09 R53-RDATA-04 nothing is no name", "", NULL, NAME_EMPTY},
    {"R53-NAME-10 Punycode stays as it is", "xn--bcher-kva.example", "xn--bcher-kva.example.",
     NAME_OK},
};

static void check_parse(void **state)
{
    const struct parse_case *c = *state;
    struct name_buffer name;

    assert_int_equal(r53__name_parse(&name, r53__span(c->text)), c->fault);
    if (c->canonical)
        assert_text(r53__name(&name), c->canonical);
}

static const struct fault_case {
    const char *what;
    enum name_fault fault;
    const char *code, *words;
} fault_cases[] = {
    {"R53-NAME-09 code of an empty label", NAME_LABEL_EMPTY, "DomainLabelEmpty",
     "Domain label is empty"},
    {"R53-NAME-09 code of a long label", NAME_LABEL_TOO_LONG, "DomainLabelTooLong",
     "Domain label is too long"},
    {"R53-NAME-09 code of an empty name", NAME_EMPTY, "DomainNameEmpty", "Domain name is empty"},
    {"R53-NAME-07 code of a bad character", NAME_UNSUPPORTED_CHARACTER, "UnsupportedCharacter",
     "Value contains unsupported characters"},
    {"R53-NAME-01 code of a long name", NAME_TOO_LONG, "DomainNameTooLong",
     "Domain name is too long"},
    {"no fault has no code", NAME_OK, "", ""},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;

    assert_string_equal(r53__name_fault_code(c->fault), c->code);
    assert_string_equal(r53__name_fault_words(c->fault), c->words);
}

static const struct under_case {
    const char *what, *name, *ancestor;
    bool under;
} under_cases[] = {
    {"R53-NAME-08 the zone name is in the zone", "example.com", "example.com", true},
    {"R53-NAME-08 a name below is in the zone", "a.b.example.com", "example.com", true},
    {"R53-NAME-08 whole labels count", "badexample.com", "example.com", false},
    {"R53-NAME-08 a name above is not in the zone", "com", "example.com", false},
    {"R53-NAME-08 octets that look like a label's length", "\\007example.com", "com", true},
    {"R53-NAME-08 a suffix of octets is no suffix of labels", "x\\003com", "com", false},
    {"R53-NAME-08 everything is below the root", "example.com", ".", true},
    {"R53-NAME-08 R53-NAME-11 case does not count", "WWW.EXAMPLE.com", "eXample.COM", true},
};

static void check_under(void **state)
{
    const struct under_case *c = *state;
    struct name_buffer name = parsed(c->name), ancestor = parsed(c->ancestor);

    assert_int_equal(r53__name_is_under(r53__name(&name), r53__name(&ancestor)), c->under);
}

static const struct equal_case {
    const char *what, *a, *b;
    bool equal;
} equal_cases[] = {
    {"R53-NAME-11 case does not count", "Example.COM", "example.com", true},
    {"R53-NAME-11 other octets count", "a-b.com", "a_b.com", false},
    {"R53-NAME-11 letters beyond ASCII are not folded", "\\304.com", "\\344.com", false},
    {"R53-NAME-07 both spellings of the wildcard are one name", "\\052.example.com",
     "*.example.com", true},
    {"R53-NAME-04 an escaped dot is no separator", "a\\056b.com", "a.b.com", false},
};

static void check_equal(void **state)
{
    const struct equal_case *c = *state;
    struct name_buffer a = parsed(c->a), b = parsed(c->b);
    bool same_hash = r53__name_hash(r53__name(&a), 7) == r53__name_hash(r53__name(&b), 7);

    assert_int_equal(r53__name_equal(r53__name(&a), r53__name(&b)), c->equal);
    assert_int_equal(r53__name_compare(r53__name(&a), r53__name(&b)) == 0, c->equal);
    assert_int_equal(same_hash, c->equal);
}

static const struct wildcard_case {
    const char *what, *name;
    bool wildcard;
} wildcard_cases[] = {
    {"R53-WILD-01 an asterisk as first label is a wildcard", "*.example.com", true},
    {"R53-WILD-01 escaped it is one too", "\\052.example.com", true},
    {"R53-WILD-01 an asterisk alone is one", "*", true},
    {"R53-WILD-01 not as a later label", "prod.*.example.com", false},
    {"R53-WILD-01 not inside a label", "*prod.example.com", false},
    {"R53-WILD-01 two asterisks are a plain label", "**.example.com", false},
    {"R53-WILD-01 the root is none", ".", false},
};

static void check_wildcard(void **state)
{
    const struct wildcard_case *c = *state;
    struct name_buffer name = parsed(c->name);

    assert_int_equal(r53__name_is_wildcard(r53__name(&name)), c->wildcard);
}

static void parts(void **state)
{
    struct name_buffer buffer = parsed("a.bc.example.com");
    struct name name = r53__name(&buffer);
    uint8_t offsets[NAME_LABELS_MAX];

    (void)state;
    assert_int_equal(r53__name_labels(name), 4);
    assert_int_equal(r53__name_offsets(name, offsets), 4);
    assert_int_equal(offsets[0], 0);
    assert_int_equal(offsets[1], 2);
    assert_int_equal(offsets[2], 5);
    assert_int_equal(offsets[3], 13);
    assert_text(r53__name_parent(name), "bc.example.com.");
    assert_text(r53__name_suffix(name, 2), "example.com.");
    assert_text(r53__name_suffix(name, 0), ".");
    assert_text(r53__name_suffix(name, 9), "a.bc.example.com.");
    assert_text(r53__name_parent(r53__name_suffix(name, 0)), ".");
    assert_int_equal(r53__name_labels(r53__name_suffix(name, 0)), 0);
}

static void listing_order(void **state)
{
    static const char *const names[] = {
        ".",
        "com",
        "example.com",
        "1.example.com",
        "*.example.com",
        "_dmarc.example.com",
        "a-b.example.com",
        "a.example.com",
        "x.a.example.com",
        "a\\056.example.com",
        "a\\057.example.com",
        "a_.example.com",
        "ab.example.com",
        "examplf.com",
        "net",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        for (size_t j = 0; j < COUNT(names); j++) {
            struct name_buffer a = parsed(names[i]), b = parsed(names[j]);
            int order = r53__name_compare(r53__name(&a), r53__name(&b));

            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
}

/* Random names, the same in every run. */
static uint64_t random_state = 0x9e3779b97f4a7c15u;

static unsigned below(unsigned n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % n;
}

/* `octets` different octets: few make names that share prefixes. */
static struct name_buffer random_name(unsigned octets)
{
    static const uint8_t few[] = {'*', '.', 'a', '-', '\\', '_', 0, 255};
    struct name_buffer name;
    size_t at = 0, labels = below(6);

    for (size_t i = 0; i < labels; i++) {
        size_t length = 1 + below(octets == 256 ? 40 : 3);

        name.octets[at++] = (uint8_t)length;
        for (size_t k = 0; k < length; k++) {
            uint8_t octet = octets == 256 ? (uint8_t)below(256) : few[below(octets)];

            name.octets[at++] = (uint8_t)(octet >= 'A' && octet <= 'Z' ? octet + 32 : octet);
        }
    }
    name.octets[at++] = 0;
    name.length = (uint8_t)at;
    return name;
}

static void round_trip(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct name_buffer name = random_name(256), back;
        char buffer[NAME_TEXT_MAX];
        struct text text;

        r53__text_init(&text, buffer, sizeof(buffer));
        r53__name_put(&text, r53__name(&name));
        assert_true(r53__text_fits(&text));
        assert_int_equal(r53__name_parse(&back, r53__span(buffer)), NAME_OK);
        assert_true(r53__name_equal(r53__name(&name), r53__name(&back)));
    }
}

static void every_escape(void **state)
{
    (void)state;
    for (unsigned octet = 0; octet < 256; octet++) {
        struct name_buffer name;
        char text[16];

        snprintf(text, sizeof(text), "\\%03o.com", octet);
        name = parsed(text);
        assert_int_equal(name.octets[0], 1);
        assert_int_equal(name.octets[1], octet >= 'A' && octet <= 'Z' ? octet + 32 : octet);
        if (octet != '-' && octet != '_' && !(octet >= '0' && octet <= '9') &&
            !(octet >= 'a' && octet <= 'z') && !(octet >= 'A' && octet <= 'Z')) {
            char with_dot[17];

            snprintf(with_dot, sizeof(with_dot), "%s.", text);
            assert_text(r53__name(&name), with_dot);
        }
    }
}

/* The rule's own words: escaped labels from the right, a dot behind each, as text. */
static void listing_key(struct name name, char *key, size_t size)
{
    uint8_t offsets[NAME_LABELS_MAX];
    struct text text;

    r53__text_init(&text, key, size);
    for (unsigned i = r53__name_offsets(name, offsets); i-- > 0;) {
        uint8_t label[66] = {0};

        memcpy(label, name.octets + offsets[i], 1u + name.octets[offsets[i]]);
        r53__name_put(&text, (struct name){label, 2u + label[0]});
    }
}

static void listing_as_text(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        struct name_buffer a = random_name(8), b = random_name(8);
        char key_a[NAME_TEXT_MAX], key_b[NAME_TEXT_MAX];
        int order = r53__name_compare(r53__name(&a), r53__name(&b)), expected;

        listing_key(r53__name(&a), key_a, sizeof(key_a));
        listing_key(r53__name(&b), key_b, sizeof(key_b));
        expected = strcmp(key_a, key_b);
        assert_int_equal((order > 0) - (order < 0), (expected > 0) - (expected < 0));
    }
}

/* Each octet of a name reaches the bits that small tables look at. */
static void hash_spreads(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct name_buffer name = random_name(256);
        uint64_t hash = r53__name_hash(r53__name(&name), 42);
        size_t at = below(name.length);
        unsigned same = 0;

        for (unsigned octet = 0; octet < 256; octet++) {
            name.octets[at] = (uint8_t)octet;
            same += (r53__name_hash(r53__name(&name), 42) & 0xfff) == (hash & 0xfff);
        }
        assert_in_range(same, 1, 6);
    }
}

static void longest_name(void **state)
{
    char text[2 * NAME_LABELS_MAX + 4] = "";
    struct name_buffer name;

    (void)state;
    for (int i = 0; i < NAME_LABELS_MAX; i++)
        memcpy(text + 2 * i, "a.", 3);
    name = parsed(text);
    assert_int_equal(name.length, NAME_OCTETS_MAX);
    assert_int_equal(r53__name_labels(r53__name(&name)), NAME_LABELS_MAX);
    assert_text(r53__name(&name), text);
    memcpy(text + 2 * NAME_LABELS_MAX, "a", 2);
    assert_int_equal(r53__name_parse(&name, r53__span(text)), NAME_TOO_LONG);
}

static void any_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        static const char likely[] = "..\\\\01237aA*-_ ";
        struct name_buffer name;
        char text[600];
        size_t length = below(sizeof(text));

        for (size_t k = 0; k < length; k++)
            text[k] = below(8) ? likely[below(sizeof(likely) - 1)] : (char)below(256);
        if (i % 2)
            length = length % 12;
        if (r53__name_parse(&name, (struct span){text, length}) == NAME_OK)
            assert_int_equal(name.octets[name.length - 1], 0);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(parse_cases) + COUNT(fault_cases) + COUNT(under_cases) +
                            COUNT(equal_cases) + COUNT(wildcard_cases) + 8];
    size_t n = 0;

    ADD_CASES(tests, n, parse_cases, check_parse);
    ADD_CASES(tests, n, fault_cases, check_fault);
    ADD_CASES(tests, n, under_cases, check_under);
    ADD_CASES(tests, n, equal_cases, check_equal);
    ADD_CASES(tests, n, wildcard_cases, check_wildcard);
    ADD_TEST(tests, n, "a name's labels, parent and suffixes", parts);
    ADD_TEST(tests, n, "R53-LIST-01 names are listed in the order of their reversed text",
             listing_order);
    ADD_TEST(tests, n, "R53-LIST-01 the order is that of the text, for random names",
             listing_as_text);
    ADD_TEST(tests, n, "T29 R53-NAME-06 R53-NAME-07 names of any octets survive text", round_trip);
    ADD_TEST(tests, n, "T29 R53-NAME-06 each of the 256 escapes is read and written", every_escape);
    ADD_TEST(tests, n, "each octet of a name moves the lower bits of its hash", hash_spreads);
    ADD_TEST(tests, n, "R53-NAME-01 a name has at most 127 labels", longest_name);
    ADD_TEST(tests, n, "R53-NAME-07 any bytes are a name or a fault", any_bytes);
    return RUN_TESTS("name", tests, n);
}
