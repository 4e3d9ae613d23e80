/* Zone files: each point of the syntax, each error with its place, there and back again. */
#include "support/harness.h"
#include "support/zone_text.h"

#include <r53/zone_file.h>

#include <stdio.h>
#include <stdlib.h>

static r53_zone_file_options options(const r53_hosted_zone *zone, bool lenient)
{
    return (r53_zone_file_options){
        .size = sizeof(r53_zone_file_options), .lenient = lenient, .hosted_zone = zone};
}

static const r53_hosted_zone hosted_zone = {
    .size = sizeof(hosted_zone), .id = "/hostedzone/ZF", .name = "example.com"};

/* A cloud with the zone of the file, or NULL when it is refused. */
static r53_cloud *cloud_of(const char *text, size_t length, bool lenient, r53_report *report,
                           int32_t *code)
{
    r53_zone_file_options o = options(&hosted_zone, lenient);
    r53_import *import;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, report), R53_OK);
    *code = r53_import_zone_file(import, &o, text, length);
    if (*code == R53_OK)
        assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    if (*code == R53_OK)
        return cloud;
    r53_cloud_free(cloud);
    return NULL;
}

/* "line:column text" a line, of all findings that have a line. To be freed. */
static char *findings(const r53_report *report)
{
    char *out = calloc(1, 1 << 16);

    assert_non_null(out);
    for (size_t i = 0; i < r53_report_count(report); i++) {
        r53_finding f = {.size = sizeof(f)};

        assert_int_equal(r53_report_get(report, i, &f), R53_OK);
        if (f.line && strlen(out) < 60000)
            snprintf(out + strlen(out), 4096, "%d:%d %s\n", (int)f.line, (int)f.column, f.text);
    }
    return out;
}

#define SOA       "@ 900 IN SOA ns hostmaster 1 2 3 4 5\n"
#define OUT(text) text " ttl=300\n"

static const struct syntax_case {
    const char *what, *text, *expected;
} syntax[] = {
    {"RFC 1035 5.1: owner, TTL, class, type, value", "www.example.com. 300 IN A 192.0.2.1\n",
     OUT("www.example.com. A 192.0.2.1")},
    {"RFC 1035 5.1: class before the TTL", "www IN 300 A 192.0.2.1\n",
     OUT("www.example.com. A 192.0.2.1")},
    {"RFC 1035 5.1: neither class nor TTL", "$TTL 300\nwww A 192.0.2.1\n",
     OUT("www.example.com. A 192.0.2.1")},
    {"the class of RFC 3597", "www 300 CLASS1 A 192.0.2.1", OUT("www.example.com. A 192.0.2.1")},
    {"words in any case", "$ttl 300\nWWW in a 192.0.2.1\n", OUT("www.example.com. A 192.0.2.1")},
    {"a blank owner is the one above", "a 300 A 192.0.2.1\n  TXT x\n\tIN MX 1 m\n",
     OUT("a.example.com. A 192.0.2.1") OUT("a.example.com. MX 1 m.example.com.")
         OUT("a.example.com. TXT \"x\"")},
    {"a blank line between does not forget the owner", "a 300 A 192.0.2.1\n\n   \n ; x\n TXT x\n",
     OUT("a.example.com. A 192.0.2.1") OUT("a.example.com. TXT \"x\"")},
    {"the owner @", "@ 300 A 192.0.2.1", OUT("example.com. A 192.0.2.1")},
    {"the value @", "a 300 CNAME @", OUT("a.example.com. CNAME example.com.")},
    {"an escaped @ is a label", "\\@ 300 A 192.0.2.1", OUT("\\100.example.com. A 192.0.2.1")},
    {"$ORIGIN moves, also relatively",
     "$ORIGIN sub\na 300 A 192.0.2.1\n$ORIGIN deep\nb 300 A 192.0.2.2\n"
     "$ORIGIN example.com.\nc 300 A 192.0.2.3",
     OUT("c.example.com. A 192.0.2.3") OUT("a.sub.example.com. A 192.0.2.1")
         OUT("b.deep.sub.example.com. A 192.0.2.2")},
    {"R53-ZONE-19 R53-NAME-02 relative names in values",
     "$TTL 300\na CNAME www.example.com\nb PTR p\nm MX 10 m\ns SRV 1 2 3 t\nn NS ns\n"
     "h HTTPS 1 svc\nx NAPTR 1 2 s e \"\" r\n",
     OUT("a.example.com. CNAME www.example.com.example.com.")
         OUT("b.example.com. PTR p.example.com.") OUT("h.example.com. HTTPS 1 svc.example.com.")
             OUT("m.example.com. MX 10 m.example.com.") OUT("n.example.com. NS ns.example.com.")
                 OUT("s.example.com. SRV 1 2 3 t.example.com.")
                     OUT("x.example.com. NAPTR 1 2 \"s\" \"e\" \"\" r.example.com.")},
    {"the root in a value", "@ 300 MX 0 .", OUT("example.com. MX 0 .")},
    {"comments", "; first\na 300 A 192.0.2.1 ; second\n;\nb 300 TXT \"a;b\" ;x\n",
     OUT("a.example.com. A 192.0.2.1") OUT("b.example.com. TXT \"a;b\"")},
    {"parentheses over lines", "a 300 (\n TXT ; why\n \"x\"\n\n\"y\" )\nb 300 A 192.0.2.1",
     OUT("a.example.com. TXT \"x\" \"y\"") OUT("b.example.com. A 192.0.2.1")},
    {"parentheses in parentheses, glued", "a 300 TXT((x)y)", OUT("a.example.com. TXT \"x\" \"y\"")},
    {"lines that end in CR LF", "a 300 A 192.0.2.1\r\nb 300 TXT x\r\n",
     OUT("a.example.com. A 192.0.2.1") OUT("b.example.com. TXT \"x\"")},
    {"a byte order mark in front, as editors leave it",
     "\xef\xbb\xbf$TTL 300\na TXT \"\xef\xbb\xbf\"\n",
     OUT("a.example.com. TXT \"\\357\\273\\277\"")},
    {"no new line at the end", "a 300 TXT \"x\"", OUT("a.example.com. TXT \"x\"")},
    {"strings need no quotes", "a 300 TXT v=1 x", OUT("a.example.com. TXT \"v=1\" \"x\"")},
    {"strings that touch", "a 300 TXT \"x\"\"y\"z", OUT("a.example.com. TXT \"x\" \"y\" \"z\"")},
    {"an empty string", "a 300 TXT \"\"", OUT("a.example.com. TXT \"\"")},
    {"R53-NAME-04 R53-RDATA-12 decimal escapes become octal",
     "a\\032b\\046c 300 TXT \"\\228\\\"\\\\\\x\"",
     OUT("a\\040b\\056c.example.com. TXT \"\\344\\\"\\\\x\"")},
    {"RFC 1035 5.1 R53-NAME-04 an escape is decimal here: \\052 is 4, not an asterisk",
     "\\052 300 TXT \"\\052\"\nm 300 MX 1 \\052.x\n$ORIGIN \\052\ns 300 SVCB 1 . key65280=\\052\n",
     OUT("4.example.com. TXT \"4\"") OUT("s.4.example.com. SVCB 1 . key65280=\"4\"")
         OUT("m.example.com. MX 1 4.x.example.com.")},
    {"R53-NAME-05 an escaped letter is lower-cased", "\\065\\B 300 A 192.0.2.1",
     OUT("ab.example.com. A 192.0.2.1")},
    {"a backslash takes a dot along", "a\\.b 300 A 192.0.2.1",
     OUT("a\\056b.example.com. A 192.0.2.1")},
    {"a backslash takes a parenthesis along", "a\\( 300 A 192.0.2.1",
     OUT("a\\050.example.com. A 192.0.2.1")},
    {"octets beyond ASCII in names and strings", "\xc3\xa4 300 TXT \xc3\xa4 \"\tb\"",
     OUT("\\303\\244.example.com. TXT \"\\303\\244\" \"\\011b\"")},
    {"a wildcard", "* 300 A 192.0.2.1", OUT("\\052.example.com. A 192.0.2.1")},
    {"a SRV owner", "_sip._udp 300 SRV 1 2 3 .", OUT("_sip._udp.example.com. SRV 1 2 3 .")},
    {"TTLs with units", "a 1h30m A 192.0.2.1\nb 1W2D3H4M5S TXT x",
     "a.example.com. A 192.0.2.1 ttl=5400\nb.example.com. TXT \"x\" ttl=788645\n"},
    {"$TTL holds for what has none", "$TTL 1d\na A 192.0.2.1\nb 5 TXT x\nc TXT x",
     "a.example.com. A 192.0.2.1 ttl=86400\nb.example.com. TXT \"x\" ttl=5\n"
     "c.example.com. TXT \"x\" ttl=86400\n"},
    {"without $TTL the last one stated", "a 7 A 192.0.2.1\nb TXT x",
     "a.example.com. A 192.0.2.1 ttl=7\nb.example.com. TXT \"x\" ttl=7\n"},
    {"without any TTL the SOA's minimum", "@ SOA ns h 1 2 3 4 9\na A 192.0.2.1\n",
     "a.example.com. A 192.0.2.1 ttl=9\n"},
    {"RFC 2181 5.2 the smallest TTL of a record set", "a 9 A 192.0.2.1\na 7 A 192.0.2.2\n",
     "a.example.com. A 192.0.2.1 | 192.0.2.2 ttl=7\n"},
    {"a record that stands twice", "a 300 A 192.0.2.1\nb 300 TXT x\na 300 A 192.0.2.1\n",
     OUT("a.example.com. A 192.0.2.1") OUT("b.example.com. TXT \"x\"")},
    {"the SOA at both ends of a zone transfer", SOA "a 300 A 192.0.2.1\n" SOA,
     OUT("a.example.com. A 192.0.2.1")},
    {"digests in pieces", "a 300 DS 1 2 1 (\n 12345678\n 9ABCDEF0 )",
     OUT("a.example.com. DS 1 2 1 123456789ABCDEF0")},
    {"RFC 4034 5.3: an algorithm by its name", "a 300 DS 1 rsasha256 1 12\nb 300 DS 1 ED448 1 12\n",
     OUT("a.example.com. DS 1 8 1 12") OUT("b.example.com. DS 1 16 1 12")},
    {"R53-RDATA-07 CAA with and without quotes", "a 300 CAA 0 issue \"ca;x\"\nb 300 CAA 128 tbs x",
     OUT("a.example.com. CAA 0 issue \"ca;x\"") OUT("b.example.com. CAA 128 tbs \"x\"")},
    {"R53-RDATA-16 SVCB parameters, quoted or not",
     "a 300 SVCB 1 . alpn=\"h2,h3\" port=53 no-default-alpn",
     OUT("a.example.com. SVCB 1 . alpn=\"h2,h3\" no-default-alpn port=53")},
    {"RFC 3597: an address as octets", "a 300 A \\# 4 C0 0002 01",
     OUT("a.example.com. A 192.0.2.1")},
    {"RFC 3597: a type by number", "a 300 TYPE15 \\# 8 000a 01 4D 02 4e53 00",
     OUT("a.example.com. MX 10 m.ns.")},
    {"RFC 3597: a service", "a 300 TYPE65 \\# 9 0001 00 0003 0002 01bb",
     OUT("a.example.com. HTTPS 1 . port=443")},
    {"RFC 3597: character strings", "a 300 TXT \\# 8 03616263 03 646566",
     OUT("a.example.com. TXT \"abc\" \"def\"")},
    {"an empty file", "", ""},
    {"only comments and blanks", " ; x\n\n;y", ""},
};

static void check_syntax(void **state)
{
    const struct syntax_case *c = *state;
    r53_report *report;
    r53_cloud *cloud;
    int32_t code;
    char *dump, *told;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = cloud_of(c->text, strlen(c->text), false, report, &code);
    told = findings(report);
    if (code != R53_OK)
        assert_string_equal(told, "");
    free(told);
    dump = zone_dump(cloud, "ZF", 0);
    assert_string_equal(dump, c->expected);
    free(dump);
    r53_cloud_free(cloud);
    r53_report_free(report);
}

static const struct error_case {
    const char *what, *text;
    int32_t code;
    const char *expected; /* all findings */
} errors[] = {
    {"no type", "a 300 IN\n", R53_E_SYNTAX, "1:9 the record has no type\n"},
    {"no value", "a 300 A\n", R53_E_SYNTAX, "1:8 the record has no value\n"},
    {"no owner", " 300 A 192.0.2.1\n", R53_E_SYNTAX,
     "1:2 the line has no owner, and no line above it has one either\n"},
    {"no TTL", "a A 192.0.2.1\n", R53_E_SYNTAX,
     "1:1 the record has no TTL, and no $TTL or SOA above it tells one\n"},
    {"R53-TYPE-01 a type that Route 53 lacks", "a 300 DNAME b\n\tIN TYPE39 b\n a 192.0.2.1\n",
     R53_E_INVALID,
     "1:7 the type 'DNAME' is none that Route 53 can hold\n"
     "2:5 the type 'TYPE39' is none that Route 53 can hold\n"},
    {"other classes", "a 300 CH TXT x\nb CLASS3 TXT x\nc hs 300 TXT x", R53_E_INVALID,
     "1:7 the class 'CH' is not IN, the only one that Route 53 has\n"
     "2:3 the class 'CLASS3' is not IN, the only one that Route 53 has\n"
     "3:3 the class 'hs' is not IN, the only one that Route 53 has\n"},
    {"a class twice", "a IN IN 300 A 192.0.2.1", R53_E_INVALID,
     "1:6 the type 'IN' is none that Route 53 can hold\n"},
    {"a TTL with a number without unit", "a 1h30 A 192.0.2.1", R53_E_SYNTAX,
     "1:3 '1h30' is not a TTL\n"},
    {"R53-TYPE-06 a TTL with its highest bit set", "a 2147483648 A 192.0.2.1\n$TTL 99999999999w",
     R53_E_INVALID,
     "1:3 the TTL '2147483648' is above 2147483647 seconds\n"
     "2:6 the TTL '99999999999w' is above 2147483647 seconds\n"},
    {"R53-ZONE-19 $INCLUDE and $GENERATE", "$INCLUDE x.db\n$generate 1-2 a A 192.0.2.$\n$X 1\n",
     R53_E_INVALID,
     "1:1 the directive '$INCLUDE' is not supported\n"
     "2:1 the directive '$generate' is not supported\n3:1 there is no directive '$X'\n"},
    {"directives without value, or with two", "$TTL\n$ORIGIN a b\n$TTL x\n$ORIGIN a..b\n",
     R53_E_SYNTAX,
     "1:5 the directive has no value\n2:11 'b' stands behind the directive\n3:6 'x' is not a TTL\n"
     "4:9 'a..b': Domain label is empty (DomainLabelEmpty)\n"},
    {"a parenthesis that is not closed", "a 300 TXT (x\nb 300 TXT y\n", R53_E_SYNTAX,
     "1:11 the parenthesis is not closed\n"},
    {"a parenthesis that was not opened", "a 300 TXT x )\n", R53_E_SYNTAX,
     "1:13 the parenthesis was not opened\n"},
    {"a string that is not closed", "a 300 TXT \"x\nb 300 TXT \"y\\\"\n", R53_E_SYNTAX,
     "1:11 the quotation mark is not closed on its line\n"
     "2:11 the quotation mark is not closed on its line\n"},
    {"R53-ERR-12 a value, and reading goes on", "a 300 A 192.0.2\nb 300 A 192.0.2.1 192.0.2.2\n",
     R53_E_SYNTAX,
     "1:9 '192.0.2': Value is not a valid IPv4 address (ARRDATAIllegalIPv4Address)\n"
     "2:9 '192.0.2.1 192.0.2.2': Value contains spaces (ARRDATANotSingleField)\n"},
    {"a name in a value", "a 300 MX 10 a..b\n", R53_E_SYNTAX,
     "1:13 'a..b': Domain label is empty (DomainLabelEmpty)\n"},
    {"an owner, and the lines below it", "a..b 300 TXT x\n TXT y\n", R53_E_SYNTAX,
     "1:1 'a..b': Domain label is empty (DomainLabelEmpty)\n"
     "2:2 the line has no owner, and no line above it has one either\n"},
    {"escapes that are none", "a\\2 300 TXT x\nb 300 TXT \\256\nc 300 TXT \\", R53_E_SYNTAX,
     "1:1 'a\\2': Value contains unsupported characters (UnsupportedCharacter)\n"
     "2:11 '\\256': Value contains unsupported characters (UnsupportedCharacter)\n"
     "3:11 '\\': Value contains unsupported characters (UnsupportedCharacter)\n"},
    {"R53-RDATA-11 a string of 256 octets",
     "a 300 TXT "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     R53_E_SYNTAX,
     "1:11 '\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123"
     "456789abcdef0123456789abcdef01234567...': Value is too long (CharacterStringTooLong)\n"},
    {"R53-NAME-08 an owner outside of the zone", "a.example.net. 300 A 192.0.2.1\n", R53_E_INVALID,
     "1:1 'a.example.net.' does not lie in the zone\n"},
    {"R53-TYPE-03 a CNAME at the apex", "@ 300 CNAME a\n", R53_E_INVALID,
     "1:1 RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone "
     "example.com.\n"},
    {"R53-TYPE-04 a CNAME beside other data", "a 300 TXT x\na 300 CNAME b\n", R53_E_INVALID,
     "2:1 RRSet of type CNAME with DNS name a.example.com. is not permitted as it conflicts with "
     "other records with the same DNS name in zone example.com.\n"},
    {"R53-RDATA-04 two CNAMEs", "a 300 CNAME b\na 300 CNAME c\n", R53_E_INVALID,
     "1:1 RRSet of type CNAME with DNS name a.example.com. must have exactly one resource "
     "record.\n"},
    {"two SOAs that differ", SOA "@ 900 SOA x y 1 2 3 4 5\n", R53_E_INVALID,
     "1:1 RRSet of type SOA with DNS name example.com. must have exactly one resource record.\n"},
    {"an SOA below the apex", "a 900 SOA x y 1 2 3 4 5\n", R53_E_INVALID,
     "1:1 RRSet of type SOA with DNS name a.example.com. is permitted at apex only in zone "
     "example.com.\n"},
    {"RFC 3597: octets that are none",
     "a 300 A \\# 4 C000020\nb 300 A \\# 4 c0000201ff\n"
     "c 300 A \\# x\nd 300 A \\#\ne 300 MX \\# 3 000a05\nf 300 A \\# 1 xx\n",
     R53_E_SYNTAX,
     "1:21 half an octet is missing\n2:24 there are not as many octets as \\# tells\n"
     "3:12 'x': the number of octets behind \\# is not a number\n"
     "4:11 the number of octets is missing behind \\#\n"
     "5:21 the octets are no rdata of this type\n"
     "6:14 'xx': rdata is written as pairs of hex digits, 4096 at most\n"},
    {"RFC 3597: lengths inside that lead beyond the end",
     "a 300 TXT \\# 3 056162\nb 300 SVCB \\# 6 0001 00 000300\n"
     "c 300 SVCB \\# 9 0001 00 0003 0009 01bb\n",
     R53_E_SYNTAX,
     "1:22 the octets are no rdata of this type\n2:31 the octets are no rdata of this type\n"
     "3:39 the octets are no rdata of this type\n"},
};

static void check_error(void **state)
{
    const struct error_case *c = *state;
    r53_report *report;
    int32_t code;
    char *told;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_null(cloud_of(c->text, strlen(c->text), false, report, &code));
    told = findings(report);
    assert_string_equal(told, c->expected);
    assert_int_equal(code, c->code);
    free(told);
    assert_null(cloud_of(c->text, strlen(c->text), false, NULL, &code));
    assert_int_equal(code, c->code);
    r53_report_free(report);
}

static const struct lenient_case {
    const char *what, *text, *expected;
    size_t warnings; /* at least */
} lenient[] = {
    {"lenient: what does not read is left out", "a 300 A 192.0.2\nb 300 TXT \"x\nc 300 TXT z\n",
     OUT("c.example.com. TXT \"z\""), 2},
    {"lenient: types that Route 53 lacks are left out", "a 300 DNAME b\na 300 TXT z\n",
     OUT("a.example.com. TXT \"z\""), 1},
    {"lenient: names outside of the zone are left out", "a.net. 300 TXT x\na 300 TXT z\n",
     OUT("a.example.com. TXT \"z\""), 1},
    {"lenient: CNAME beside other data is loaded", "a 300 CNAME b\na 300 TXT z\n",
     OUT("a.example.com. CNAME b.example.com.") OUT("a.example.com. TXT \"z\""), 1},
    {"lenient: of two CNAMEs of a name the first is kept (RFC 2181 10.1)",
     "a 300 CNAME b\na 60 CNAME c\na 300 CNAME b\n", OUT("a.example.com. CNAME b.example.com."), 2},
    {"lenient: NS at a wildcard is loaded", "* 300 NS b\n",
     OUT("\\052.example.com. NS b.example.com."), 1},
    {"lenient: a TTL with its highest bit set counts as 0 (RFC 2181 8)",
     "a 2147483648 A 192.0.2.1\n", "a.example.com. A 192.0.2.1 ttl=0\n", 1},
};

static void check_lenient(void **state)
{
    const struct lenient_case *c = *state;
    r53_report *report;
    r53_cloud *cloud;
    int32_t code;
    char *dump;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    cloud = cloud_of(c->text, strlen(c->text), true, report, &code);
    assert_int_equal(code, R53_OK);
    dump = zone_dump(cloud, "ZF", 0);
    assert_string_equal(dump, c->expected);
    assert_int_equal(r53_report_count_of(report, R53_SEVERITY_ERROR), 0);
    assert_true(r53_report_count_of(report, R53_SEVERITY_WARNING) >= c->warnings);
    free(dump);
    r53_cloud_free(cloud);
    r53_report_free(report);
}

/* Apex */

static void apex(void **state)
{
    static const char text[] = SOA "@ 60 NS ns.example.net.\n";
    int32_t code;
    r53_cloud *cloud = cloud_of(text, sizeof(text) - 1, false, NULL, &code);
    char *dump = zone_dump(cloud, "ZF", 1);

    (void)state;
    assert_string_equal(dump,
                        "example.com. NS ns.example.net. ttl=60\nexample.com. SOA ns.example.com. "
                        "hostmaster.example.com. 1 2 3 4 5 ttl=900\n");
    free(dump);
    r53_cloud_free(cloud);
    cloud = cloud_of(NULL, 0, false, NULL, &code);
    dump = zone_dump(cloud, "ZF", 1);
    assert_non_null(strstr(dump, " NS ns-"));
    assert_non_null(strstr(dump, " SOA ns-"));
    free(dump);
    r53_cloud_free(cloud);
}

/*
 * RFC 1034 4.2.1: a zone has one SOA. A second one would stand beside it in each negative answer.
 */
static void first_soa(void **state)
{
    static const char text[] = "@ 300 SOA a. b. 1 2 3 4 5\n@ 60 SOA c. d. 1 2 3 4 5\n"
                               "@ 300 NS ns.example.net.\n";
    int32_t code;
    r53_cloud *cloud = cloud_of(text, sizeof(text) - 1, true, NULL, &code);
    char *dump = zone_dump(cloud, "ZF", 1);

    (void)state;
    assert_string_equal(dump, "example.com. NS ns.example.net. ttl=300\n"
                              "example.com. SOA a. b. 1 2 3 4 5 ttl=300\n");
    free(dump);
    r53_cloud_free(cloud);
    assert_null(cloud_of(text, sizeof(text) - 1, false, NULL, &code));
    assert_int_equal(code, R53_E_INVALID);
}

/* The zone's own name is Route 53's text, where an escape is octal; the file's names are not. */
static void octal_argument(void **state)
{
    static const char text[] = "\\052 300 TXT x\na.\\042.example. 300 TXT y\n";
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZF", .name = "\\052.Example"};
    r53_zone_file_options o = options(&zone, false);
    r53_import *import;
    r53_cloud *cloud;
    char *dump;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &o, text, sizeof(text) - 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    dump = zone_dump(cloud, "ZF", 0);
    assert_non_null(strstr(dump, "\\052.example. NS "));
    assert_non_null(
        strstr(dump, OUT("4.\\052.example. TXT \"x\"") OUT("a.\\052.example. TXT \"y\"")));
    free(dump);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

/* The console's import */

static const struct console_case {
    const char *what, *text;
    int32_t code;
    const char *told, *expected;
} console[] = {
    {"R53-ZONE-19 SOA and apex NS are left out", SOA "@ 60 NS x\nb 300 A 192.0.2.9\n", R53_OK,
     "1:1 the zone keeps its own SOA at the apex\n2:1 the zone keeps its own NS at the apex\n",
     OUT("a.example.com. A 192.0.2.1") OUT("b.example.com. A 192.0.2.9")},
    {"R53-ZONE-19 a record set that exists fails the whole", "b 300 TXT x\nA 300 A 192.0.2.9\n",
     R53_E_INVALID, "2:1 the zone has a record set 'a.example.com.' of type A already\n",
     OUT("a.example.com. A 192.0.2.1")},
    {"R53-ZONE-19 what the change API refuses fails the whole", "b 300 TXT x\na 300 CNAME b\n",
     R53_E_INVALID, "", OUT("a.example.com. A 192.0.2.1")},
    {"R53-ZONE-19 an error of the file fails the whole", "b 300 TXT x\nc 300 A x\n", R53_E_SYNTAX,
     "2:9 'x': Value is not a valid IPv4 address (ARRDATAIllegalIPv4Address)\n",
     OUT("a.example.com. A 192.0.2.1")},
    {"R53-ZONE-19 a file without records", "; none\n", R53_OK, "",
     OUT("a.example.com. A 192.0.2.1")},
};

static void check_console(void **state)
{
    const struct console_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_report *report;
    char *dump, *told;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, "CREATE a A 192.0.2.1", NULL), R53_OK);
    assert_int_equal(
        r53_zone_import_file(cloud, "/hostedzone/ZONE1", c->text, strlen(c->text), report),
        c->code);
    told = findings(report);
    dump = zone_dump(cloud, "ZONE1", 0);
    assert_string_equal(told, c->told);
    assert_string_equal(dump, c->expected);
    free(told);
    free(dump);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void console_limit(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *text = calloc(1, 1001 * 40), *told;
    r53_report *report;
    size_t n = 0, last = 0;

    (void)state;
    assert_non_null(text);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 0; i < 1001; i++) {
        last = n;
        n += (size_t)snprintf(text + n, 40, "n%d 300 A 10.0.%d.%d\n", i / 2, i / 250, i % 250);
    }
    assert_int_equal(r53_zone_import_file(cloud, "ZONE1", text, n, report), R53_E_INVALID);
    told = findings(report);
    assert_string_equal(told, "1001:1 the file has more than 1000 records\n");
    assert_int_equal(r53_zone_import_file(cloud, "ZONE1", text, last, NULL), R53_OK);
    assert_int_equal(r53_zone_import_file(cloud, "ZNONE", text, last, NULL), R53_E_NOT_FOUND);
    free(told);
    free(text);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* Writing */

/* The zone as text; to be freed. */
static char *written(const r53_cloud *cloud, const char *id)
{
    char guard[4] = "xyz", *text;
    size_t length = 0;

    assert_int_equal(r53_zone_file_write(cloud, id, NULL, 0, &length, NULL), R53_E_NO_SPACE);
    assert_int_equal(r53_zone_file_write(cloud, id, guard, 3, NULL, NULL), R53_E_NO_SPACE);
    assert_string_equal(guard, "xyz");
    text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(r53_zone_file_write(cloud, id, text, length, NULL, NULL), R53_E_NO_SPACE);
    assert_int_equal(r53_zone_file_write(cloud, id, text, length + 1, NULL, NULL), R53_OK);
    assert_int_equal(strlen(text), length);
    return text;
}

static void write_all(void **state)
{
    static const char text[] =
        SOA "@ 60 NS ns.example.net.\n* 300 A 192.0.2.1\n\\@\\.\\032 300 TXT \"\\228;\\\"\" b\n";
    int32_t code;
    r53_cloud *cloud = cloud_of(text, sizeof(text) - 1, false, NULL, &code);
    char *out = written(cloud, "/hostedzone/ZF");

    (void)state;
    assert_string_equal(out, "$ORIGIN example.com.\n"
                             "example.com. 900 IN SOA ns.example.com. hostmaster.example.com. 1 2 "
                             "3 4 5\n"
                             "example.com. 60 IN NS ns.example.net.\n"
                             "*.example.com. 300 IN A 192.0.2.1\n"
                             "\\064\\046\\032.example.com. 300 IN TXT \"\\228;\\\"\" \"b\"\n");
    free(out);
    assert_int_equal(r53_zone_file_write(cloud, "ZNONE", NULL, 0, NULL, NULL), R53_E_NOT_FOUND);
    r53_cloud_free(cloud);
}

static void write_comments(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *out;

    (void)state;
    assert_int_equal(batch_apply(cloud,
                                 "CREATE w A 192.0.2.1 id=blue weight=1 hc=hc-1\n"
                                 "CREATE y A 192.0.2.1\nCREATE z A alias=ZONE1/y",
                                 NULL),
                     R53_OK);
    out = written(cloud, "ZONE1");
    assert_non_null(strstr(out, "\n; health check hc-1 of the next line\n; weighted \"blue\" "
                                "w.example.com. 300 IN A 192.0.2.1\n"
                                "y.example.com. 300 IN A 192.0.2.1\n"
                                "; alias z.example.com. A -> y.example.com. in ZONE1\n"));
    free(out);
    r53_cloud_free(cloud);
}

/* There and back */

static uint32_t draw(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

static const struct {
    const char *type, *value; /* "%n": a number, "%d": a name, "%s": a string, "%h": a hex octet */
} shapes[] = {
    {"A", "10.0.0.%n"},
    {"AAAA", "2001:db8::%n"},
    {"NS", "%d"},
    {"PTR", "%d"},
    {"MX", "%n %d"},
    {"TXT", "%s %s"},
    {"SPF", "%s"},
    {"SRV", "%n %n %n %d"},
    {"DS", "%n 8 2 %h%h%h"},
    {"NAPTR", "%n %n %s %s \"\" a.%d"},
    {"SSHFP", "1 9 %h%h"},
    {"TLSA", "3 1 9 %h"},
    {"CAA", "0 issue %s"},
    {"SVCB", "1 %d key%n=%s"},
    {"HTTPS", "%n %d port=%n"},
    {"CNAME", "%d"},
    {"SOA", "%d %d %n %n %n %n %n"},
};

static size_t put_name(char *out, uint32_t *seed)
{
    size_t n = 0;

    for (uint32_t labels = 1 + draw(seed, 3); labels > 0; labels--) {
        for (uint32_t octets = 1 + draw(seed, 4); octets > 0; octets--)
            n += (size_t)(draw(seed, 3) ? sprintf(out + n, "%c", (int)('a' + draw(seed, 26)))
                                        : sprintf(out + n, "\\%03u", (unsigned)draw(seed, 256)));
        n += (size_t)sprintf(out + n, "%s", labels > 1 ? "." : "");
    }
    return n;
}

static size_t put_string(char *out, uint32_t *seed)
{
    uint32_t octets = draw(seed, 8) ? draw(seed, 9) : 255;
    size_t n = (size_t)sprintf(out, "\"");

    while (octets-- > 0)
        n += (size_t)sprintf(out + n, "\\%03u", (unsigned)draw(seed, 256));
    return n + (size_t)sprintf(out + n, "\"");
}

static size_t put_value(char *out, const char *shape, uint32_t *seed)
{
    size_t n = 0;

    for (; *shape; shape++) {
        if (*shape != '%') {
            out[n++] = *shape;
            continue;
        }
        shape++;
        if (*shape == 'n')
            n += (size_t)sprintf(out + n, "%u", 100 + (unsigned)draw(seed, 100));
        else if (*shape == 'h')
            n += (size_t)sprintf(out + n, "%02x", (unsigned)draw(seed, 256));
        else if (*shape == 'd')
            n += put_name(out + n, seed);
        else
            n += put_string(out + n, seed);
    }
    out[n] = '\0';
    return n;
}

/* Random records of each type; each owner has its own type, as CNAME demands. */
static char *random_zone(uint32_t *seed)
{
    char *text = calloc(1, 1 << 18);
    size_t n = 0;

    assert_non_null(text);
    for (size_t i = 0; i < 2 * COUNT(shapes); i++) {
        size_t k = i % COUNT(shapes);
        bool is_soa = strcmp(shapes[k].type, "SOA") == 0;

        if (is_soa && i >= COUNT(shapes))
            continue;
        if (is_soa) {
            n += (size_t)sprintf(text + n, "@");
        } else {
            n += put_name(text + n, seed);
            n += (size_t)sprintf(text + n, ".n%u", (unsigned)i);
        }
        n += (size_t)sprintf(text + n, " %u %s ", (unsigned)draw(seed, 9999), shapes[k].type);
        n += put_value(text + n, shapes[k].value, seed);
        text[n++] = '\n';
    }
    return text;
}

static void there_and_back(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 60; round++) {
        uint32_t seed = round;
        char *text = random_zone(&seed), *out, *again, *first, *second;
        r53_cloud *a, *b;
        int32_t code;

        a = cloud_of(text, strlen(text), true, NULL, &code);
        assert_non_null(a);
        out = written(a, "ZF");
        b = cloud_of(out, strlen(out), true, NULL, &code);
        assert_non_null(b);
        again = written(b, "ZF");
        assert_string_equal(again, out);
        first = zone_dump(a, "ZF", 1);
        second = zone_dump(b, "ZF", 1);
        assert_string_equal(second, first);
        for (size_t i = 0; i < COUNT(shapes); i++) {
            char word[16];

            snprintf(word, sizeof(word), " IN %s ", shapes[i].type);
            if (!strstr(out, word))
                fail_msg("round %u has no %s: %s", (unsigned)round, shapes[i].type, text);
        }
        free(text);
        free(out);
        free(again);
        free(first);
        free(second);
        r53_cloud_free(a);
        r53_cloud_free(b);
    }
}

/* The root is a name of no labels, and is written as such. */
static void root_zone(void **state)
{
    static const r53_hosted_zone root = {.size = sizeof(root), .id = "ZF", .name = "."};
    static const char text[] = "com. 300 NS a.test.\n. 300 MX 0 .\n";
    const r53_zone_file_options o = options(&root, false);
    r53_import *import;
    r53_cloud *cloud;
    char *out;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &o, text, sizeof(text) - 1), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    out = written(cloud, "ZF");
    assert_memory_equal(out, "$ORIGIN .\n", strlen("$ORIGIN .\n"));
    assert_non_null(strstr(out, "\n. 300 IN MX 0 .\n"));
    assert_non_null(strstr(out, "\ncom. 300 IN NS a.test.\n"));
    free(out);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

/* Rubbish */

static const char sample[] =
    "$ORIGIN example.com.\n$TTL 1h\n@ IN SOA ns hostmaster (\n 1 ; serial\n 2h 3 4w 5 )\n"
    " NS ns.example.net.\nww\\119 A 192.0.2.1\n 300 A 192.0.2.2\nt TXT \"a\\034b\" c\\;d\n"
    "s SVCB 1 . alpn=\"h2\" port=53\nx TYPE1 \\# 4 c0000201\nn NAPTR 1 2 \"u\" s !x!y! .\n"
    "c CAA 0 issue \"x\"\nd DS 1 2 3 ab cd\n";

/* Reads a copy that is exactly as long as it should be. */
static void survive(const char *text, size_t length)
{
    char *copy = malloc(length ? length : 1);
    int32_t code;

    assert_non_null(copy);
    if (length)
        memcpy(copy, text, length);
    r53_cloud_free(cloud_of(copy, length, false, NULL, &code));
    r53_cloud_free(cloud_of(copy, length, true, NULL, &code));
    assert_int_equal(code, R53_OK);
    free(copy);
}

static void truncated(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sample); i++)
        survive(sample, i);
}

static void every_octet(void **state)
{
    char text[sizeof(sample)];

    (void)state;
    for (size_t i = 0; i < sizeof(sample) - 1; i++) {
        static const uint8_t some[] = {0, '\n', ' ', '"', '(', ')', ';', '\\', '@', '$', '.', 255};

        for (size_t k = 0; k < sizeof(some); k++) {
            memcpy(text, sample, sizeof(sample));
            text[i] = (char)some[k];
            survive(text, sizeof(sample) - 1);
        }
    }
    for (unsigned octet = 0; octet < 256; octet++) {
        memset(text, (int)octet, sizeof(text));
        survive(text, sizeof(text));
        memcpy(text, "a 1 TXT ", 8);
        survive(text, 12);
    }
}

/* Misuse */

static void misuse(void **state)
{
    r53_hosted_zone zone = hosted_zone;
    r53_zone_file_options o = options(&zone, false);
    r53_import *import;
    r53_cloud *cloud = cloud_with_zone(NULL);

    (void)state;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_zone_file(NULL, &o, "", 0), R53_E_INVALID);
    assert_int_equal(r53_import_zone_file(import, NULL, "", 0), R53_E_INVALID);
    assert_int_equal(r53_import_zone_file(import, &o, NULL, 1), R53_E_INVALID);
    zone.name = NULL;
    assert_int_equal(r53_import_zone_file(import, &o, "", 0), R53_E_INVALID);
    zone.name = "a..b";
    assert_int_equal(r53_import_zone_file(import, &o, "", 0), R53_E_INVALID);
    zone.name = "example.com";
    zone.id = "/hostedzone/";
    assert_int_equal(r53_import_zone_file(import, &o, "", 0), R53_E_INVALID);
    zone.id = "ZF";
    o.default_ttl = 2147483648u;
    assert_int_equal(r53_import_zone_file(import, &o, "", 0), R53_E_INVALID);
    o.hosted_zone = NULL;
    assert_int_equal(r53_import_zone_file(import, &o, "", 0), R53_E_INVALID);
    assert_int_equal(r53_zone_import_file(NULL, "ZONE1", "", 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_file_write(NULL, "ZONE1", NULL, 0, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_file_write(cloud, "ZONE1", NULL, 1, NULL, NULL), R53_E_INVALID);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

static void said_again(void **state)
{
    r53_zone_file_options o = options(&hosted_zone, false);
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_import *import;
    char *dump;

    (void)state;
    o.default_ttl = 300;
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &o, "a A 192.0.2.1", 13), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &o, "b A 192.0.2.1", 13), R53_OK);
    assert_int_equal(r53_import_zone_file(import, &o, "c A x", 5), R53_E_SYNTAX);
    assert_int_equal(r53_import_commit(import), R53_OK);
    dump = zone_dump(cloud, "ZF", 0);
    assert_string_equal(dump, OUT("b.example.com. A 192.0.2.1"));
    free(dump);
    r53_import_free(import);
    r53_cloud_free(cloud);
}

/* Values of one record set: 400 in Route 53, 65535 in a zone, more in neither. */
static void many_values(void **state)
{
    char *text = calloc(1, 65536 * 24), *told;
    r53_report *report;
    size_t n = 0, some = 0;
    int32_t code;
    r53_cloud *cloud;

    (void)state;
    assert_non_null(text);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 0; i < 65536; i++) {
        n += (size_t)snprintf(text + n, 24, "a 300 A 10.0.%d.%d\n", i / 256, i % 256);
        if (i == 400)
            some = n;
    }
    assert_null(cloud_of(text, some, false, report, &code));
    told = findings(report);
    assert_string_equal(told, "1:1 Cannot have more than 400 records in a RRSet.\n");
    free(told);
    cloud = cloud_of(text, some, true, NULL, &code);
    assert_non_null(cloud);
    r53_cloud_free(cloud);
    r53_report_clear(report);
    cloud = cloud_of(text, n, true, report, &code);
    assert_non_null(cloud);
    told = findings(report);
    assert_string_equal(told, "1:1 there are more than 65535 A records of this name\n");
    free(told);
    free(text);
    r53_cloud_free(cloud);
    r53_report_free(report);
}

/*
 * Record sets that grow in turns, each out of its place again and again; then all of it once more.
 */
static void grown_in_turns(void **state)
{
    enum { SETS = 7, VALUES = 40 };
    char *text = calloc(1, 2 * SETS * VALUES * 32), *dump, *expected = calloc(1, 1 << 16);
    size_t n = 0, told = 0;
    r53_cloud *cloud;
    int32_t code;

    (void)state;
    assert_non_null(text);
    assert_non_null(expected);
    for (int i = 0; i < 2 * SETS * VALUES; i++)
        n += (size_t)snprintf(text + n, 32, "n%d 300 A 10.%d.0.%d\n", i % SETS, i % SETS,
                              i / SETS % VALUES);
    for (int set = 0; set < SETS; set++) {
        told += (size_t)snprintf(expected + told, 64, "n%d.example.com. A", set);
        for (int i = 0; i < VALUES; i++)
            told += (size_t)snprintf(expected + told, 64, "%s 10.%d.0.%d", i ? " |" : "", set, i);
        told += (size_t)snprintf(expected + told, 64, " ttl=300\n");
    }
    for (int lenient_too = 0; lenient_too < 2; lenient_too++) {
        cloud = cloud_of(text, n, lenient_too, NULL, &code);
        assert_int_equal(code, R53_OK);
        dump = zone_dump(cloud, "ZF", 0);
        assert_string_equal(dump, expected);
        free(dump);
        r53_cloud_free(cloud);
    }
    free(expected);
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(syntax) + COUNT(errors) + COUNT(lenient) + COUNT(console) + 16];
    size_t n = 0;

    ADD_CASES(tests, n, syntax, check_syntax);
    ADD_CASES(tests, n, errors, check_error);
    ADD_CASES(tests, n, lenient, check_lenient);
    ADD_CASES(tests, n, console, check_console);
    ADD_TEST(tests, n, "lenient: of two SOAs the first is kept, strict: neither", first_soa);
    ADD_TEST(tests, n, "R53-ZONE-19 a root zone is written", root_zone);
    ADD_TEST(tests, n, "R53-ZONE-19 a whole zone takes SOA and apex NS from the file", apex);
    ADD_TEST(tests, n, "R53-NAME-04 the zone's own name has octal escapes", octal_argument);
    ADD_TEST(tests, n, "R53-ZONE-19 at most 1000 records", console_limit);
    ADD_TEST(tests, n, "a zone is written with the SOA first", write_all);
    ADD_TEST(tests, n, "aliases, policies and health checks become comments", write_comments);
    ADD_TEST(tests, n, "random zones of all types come back as they were", there_and_back);
    ADD_TEST(tests, n, "R53-TYPE-07 400 values, and what a zone can hold", many_values);
    ADD_TEST(tests, n, "RFC 2181 5 record sets that grow in turns", grown_in_turns);
    ADD_TEST(tests, n, "a file cut anywhere", truncated);
    ADD_TEST(tests, n, "any octet anywhere", every_octet);
    ADD_TEST(tests, n, "misuse", misuse);
    ADD_TEST(tests, n, "a file replaces what the import said of the zone", said_again);
    return RUN_TESTS("zone_file", tests, n);
}
