/* Addresses and prefixes. */
#include "support/harness.h"

#include "net/address.h"

static const struct address_case {
    const char *what, *text, *canonical; /* NULL: refused */
} address_cases[] = {
    {"R53-RDATA-02 a dotted quad", "192.0.2.1", "192.0.2.1"},
    {"R53-RDATA-02 the extremes", "0.0.0.0", "0.0.0.0"},
    {"R53-RDATA-02 255 is the greatest number", "255.255.255.255", "255.255.255.255"},
    {"R53-RDATA-02 256 is too great", "256.0.0.1", NULL},
    {"R53-RDATA-02 leading zeros are refused", "192.0.2.01", NULL},
    {"R53-RDATA-02 three numbers are too few", "192.0.2", NULL},
    {"R53-RDATA-02 five numbers are too many", "192.0.2.1.1", NULL},
    {"R53-RDATA-02 no number may be missing", "192..2.1", NULL},
    {"R53-RDATA-02 no dot at the end", "192.0.2.1.", NULL},
    {"R53-RDATA-02 no sign", "192.0.2.+1", NULL},
    {"R53-RDATA-03 eight groups", "2001:0DB8:85a3:0:0:8a2e:0370:7334",
     "2001:db8:85a3::8a2e:370:7334"},
    {"R53-RDATA-03 zeros left out", "2001:db8::1", "2001:db8::1"},
    {"R53-RDATA-03 all zeros", "::", "::"},
    {"R53-RDATA-03 zeros in front", "::1", "::1"},
    {"R53-RDATA-03 zeros behind", "1::", "1::"},
    {"R53-RDATA-03 a single zero group is written", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
    {"R53-RDATA-03 a gap may stand for one group", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    {"R53-RDATA-03 the longest zeros are left out", "1:0:0:2:0:0:0:3", "1:0:0:2::3"},
    {"R53-RDATA-03 of equal zeros the first", "1:0:0:2:3:0:0:4", "1::2:3:0:0:4"},
    {"R53-RDATA-03 a mapped IPv4 address", "::ffff:192.0.2.1", "::ffff:192.0.2.1"},
    {"R53-RDATA-03 a mapped IPv4 address in groups", "::FFFF:c000:0201", "::ffff:192.0.2.1"},
    {"R53-RDATA-03 an IPv4 tail behind six groups", "64:ff9b:0:0:0:0:192.0.2.33",
     "64:ff9b::c000:221"},
    {"R53-RDATA-03 an IPv4 tail only at the end", "::192.0.2.1:1", NULL},
    {"R53-RDATA-03 an IPv4 tail needs room", "1:2:3:4:5:6:7:192.0.2.1", NULL},
    {"R53-RDATA-03 nine groups are too many", "1:2:3:4:5:6:7:8:9", NULL},
    {"R53-RDATA-03 seven groups are too few", "1:2:3:4:5:6:7", NULL},
    {"R53-RDATA-03 a gap must stand for something", "1:2:3:4:5:6:7:8::", NULL},
    {"R53-RDATA-03 one gap only", "1::2::3", NULL},
    {"R53-RDATA-03 three colons", "1:::2", NULL},
    {"R53-RDATA-03 a colon in front", ":1::2", NULL},
    {"R53-RDATA-03 a colon behind", "1:2:3:4:5:6:7:", NULL},
    {"R53-RDATA-03 a colon behind eight groups", "1:2:3:4:5:6:7:8:", NULL},
    {"R53-RDATA-03 five digits are too many", "1::00001", NULL},
    {"R53-RDATA-03 digits are hexadecimal", "1::g", NULL},
    {"R53-RDATA-03 no zone id", "fe80::1%eth0", NULL},
    {"R53-RDATA-03 a colon alone", ":", NULL},
    {"R53-RDATA-02 R53-RDATA-03 nothing is no address", "", NULL},
};

static void check_address(void **state)
{
    const struct address_case *c = *state;
    struct address address = {0};
    char buffer[ADDRESS_TEXT_MAX];
    struct text text;

    assert_int_equal(r53__address_parse(r53__span(c->text), &address), c->canonical != NULL);
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__address_put(&text, &address);
    assert_string_equal(buffer, c->canonical ? c->canonical : "");
}

static const struct prefix_case {
    const char *what, *text, *canonical; /* NULL: refused */
} prefix_cases[] = {
    {"R53-PLACE-05 a prefix", "203.0.113.0/24", "203.0.113.0/24"},
    {"R53-PLACE-05 host bits are cut", "192.0.2.44/24", "192.0.2.0/24"},
    {"R53-PLACE-05 host bits inside an octet are cut", "10.0.255.255/19", "10.0.224.0/19"},
    {"R53-PLACE-05 an address is a prefix of full length", "192.0.2.44", "192.0.2.44/32"},
    {"R53-PLACE-05 IPv6 host bits are cut", "2001:db8:ffff::1/33", "2001:db8:8000::/33"},
    {"R53-PLACE-05 an IPv6 address is a prefix of full length", "::1", "::1/128"},
    {"R53-PLACE-05 length 0 is everything", "192.0.2.1/0", "0.0.0.0/0"},
    {"R53-PLACE-05 length 33 is too long for IPv4", "192.0.2.0/33", NULL},
    {"R53-PLACE-05 length 129 is too long for IPv6", "::/129", NULL},
    {"R53-PLACE-05 a length must follow the slash", "192.0.2.0/", NULL},
    {"R53-PLACE-05 one slash only", "192.0.2.0/24/24", NULL},
    {"R53-PLACE-05 an address must come first", "/24", NULL},
    {"R53-PLACE-05 nothing is no prefix", "", NULL},
};

static void check_prefix(void **state)
{
    const struct prefix_case *c = *state;
    char buffer[PREFIX_TEXT_MAX];
    struct prefix prefix;
    struct text text;

    assert_int_equal(r53__prefix_parse(r53__span(c->text), &prefix), c->canonical != NULL);
    if (!c->canonical)
        return;
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__prefix_put(&text, &prefix);
    assert_string_equal(buffer, c->canonical);
}

static const struct contains_case {
    const char *what, *prefix, *address;
    bool contains;
} contains_cases[] = {
    {"a prefix contains its first address", "192.0.2.0/24", "192.0.2.0", true},
    {"a prefix contains its last address", "192.0.2.0/24", "192.0.2.255", true},
    {"a prefix ends where it ends", "192.0.2.0/24", "192.0.3.0", false},
    {"bits of an octet count", "192.0.2.128/25", "192.0.2.127", false},
    {"the family counts", "0.0.0.0/0", "::1", false},
    {"length 0 contains all of a family", "::/0", "2001:db8::1", true},
    {"a full length contains one address", "192.0.2.1", "192.0.2.1", true},
    {"a full length contains no other", "2001:db8::1", "2001:db8::2", false},
    {"bits of an IPv6 octet count", "2001:db8:8000::/33", "2001:db8:7fff::", false},
};

static void check_contains(void **state)
{
    const struct contains_case *c = *state;
    struct address address;
    struct prefix prefix;

    assert_true(r53__prefix_parse(r53__span(c->prefix), &prefix));
    assert_true(r53__address_parse(r53__span(c->address), &address));
    assert_int_equal(r53__prefix_contains(&prefix, &address), c->contains);
}

static unsigned below(unsigned n)
{
    static uint64_t random_state = 88172645463325252u;

    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % n;
}

static void round_trip(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        struct address address = {(uint8_t)(i % 2 ? ADDRESS_IPV4 : ADDRESS_IPV6), {0}}, back;
        char buffer[ADDRESS_TEXT_MAX];
        struct text text;

        for (size_t k = 0; k < r53__address_size(&address); k++)
            address.octets[k] = below(2) ? (uint8_t)below(256) : 0;
        if (i % 7 == 0 && i % 2 == 0)
            memcpy(address.octets, "\0\0\0\0\0\0\0\0\0\0\377\377", 12);
        r53__text_init(&text, buffer, sizeof(buffer));
        r53__address_put(&text, &address);
        assert_true(r53__text_fits(&text));
        assert_true(r53__address_parse(r53__span(buffer), &back));
        assert_true(r53__address_equal(&address, &back));
    }
}

static void any_bytes(void **state)
{
    static const char likely[] = "0123456789abcdef:::::....///ffff";

    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[48];
        size_t length = below(sizeof(text));
        struct prefix prefix;

        for (size_t k = 0; k < length; k++)
            text[k] = below(20) ? likely[below(sizeof(likely) - 1)] : (char)below(256);
        if (r53__prefix_parse((struct span){text, length}, &prefix))
            assert_true(r53__prefix_contains(&prefix, &prefix.address));
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(address_cases) + COUNT(prefix_cases) + COUNT(contains_cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, address_cases, check_address);
    ADD_CASES(tests, n, prefix_cases, check_prefix);
    ADD_CASES(tests, n, contains_cases, check_contains);
    ADD_TEST(tests, n, "R53-RDATA-03 addresses survive text", round_trip);
    ADD_TEST(tests, n, "any bytes are a prefix or not", any_bytes);
    return RUN_TESTS("address", tests, n);
}
