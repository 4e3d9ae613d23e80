/* Record types: their table, values <-> wire form, and the public calls on them. */
#include "support/harness.h"

#include "dns/rdata.h"

#include <r53/type.h>

enum { VALUE_TEXT_MAX = 5 * RDATA_OCTETS_MAX }; /* each octet escaped, and then some */

#define TEN        "0123456789"
#define FIFTY      TEN TEN TEN TEN TEN
#define S255       FIFTY FIFTY FIFTY FIFTY FIFTY "01234"
#define SHA1       "0123456789abcdef0123456789ABCDEF01234567"
#define SHA1_UPPER "0123456789ABCDEF0123456789ABCDEF01234567"
#define SHA256     "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"

/* A value and its canonical form, or its fault. */
static const struct value_case {
    const char *what;
    int type;
    const char *value, *canonical, *fault;
} value_cases[] = {
    {"R53-RDATA-01 several blanks between fields", R53_TYPE_MX, "20  smtp-2.unit.tests.",
     "20 smtp-2.unit.tests.", NULL},
    {"R53-RDATA-01 names are absolute without the dot", R53_TYPE_MX, "20 smtp-2.unit.tests",
     "20 smtp-2.unit.tests.", NULL},
    {"R53-RDATA-01 a value is one line", R53_TYPE_MX, "20\nsmtp.unit.tests", NULL,
     "MXRRDATAIllegalPreference"},

    {"R53-RDATA-02 an address", R53_TYPE_A, "192.0.2.1", "192.0.2.1", NULL},
    {"R53-RDATA-02 a private address is fine", R53_TYPE_A, "10.0.0.1", "10.0.0.1", NULL},
    {"R53-RDATA-02 a loopback address is fine", R53_TYPE_A, "127.0.0.1", "127.0.0.1", NULL},
    {"R53-RDATA-02 a name is no address", R53_TYPE_A, "www.example.com", NULL,
     "ARRDATAIllegalIPv4Address"},
    {"R53-RDATA-02 an IPv6 address is no IPv4 address", R53_TYPE_A, "2001:db8::1", NULL,
     "ARRDATAIllegalIPv4Address"},
    {"R53-RDATA-02 leading zeros are refused", R53_TYPE_A, "192.0.2.010", NULL,
     "ARRDATAIllegalIPv4Address"},
    {"R53-RDATA-02 two addresses are two values", R53_TYPE_A, "192.0.2.1 192.0.2.2", NULL,
     "ARRDATANotSingleField"},
    {"R53-RDATA-02 a blank behind the address", R53_TYPE_A, "192.0.2.1 ", NULL,
     "ARRDATANotSingleField"},
    {"R53-RDATA-02 an empty value", R53_TYPE_A, "", NULL, "ARRDATAIllegalIPv4Address"},

    {"R53-RDATA-03 an address", R53_TYPE_AAAA, "2001:0db8:85a3:0:0:8a2e:0370:7334",
     "2001:db8:85a3::8a2e:370:7334", NULL},
    {"R53-RDATA-03 a mapped address", R53_TYPE_AAAA, "::ffff:192.0.2.1", "::ffff:192.0.2.1", NULL},
    {"R53-RDATA-03 an IPv4 address is no IPv6 address", R53_TYPE_AAAA, "192.0.2.1", NULL,
     "AAAARRDATAIllegalIPv6Address"},
    {"R53-RDATA-03 two addresses are two values", R53_TYPE_AAAA, "::1 ::2", NULL,
     "AAAARRDATANotSingleField"},

    {"R53-RDATA-04 CNAME is one name", R53_TYPE_CNAME, "hostname.Example.com",
     "hostname.example.com.", NULL},
    {"R53-RDATA-04 NS is one name", R53_TYPE_NS, "ns-1.awsdns-00.com.", "ns-1.awsdns-00.com.",
     NULL},
    {"R53-RDATA-04 PTR is one name", R53_TYPE_PTR, "host.example.com", "host.example.com.", NULL},
    {"R53-RDATA-04 an address is a name, too", R53_TYPE_NS, "6.2.3.4.", "6.2.3.4.", NULL},
    {"R53-RDATA-04 an empty value", R53_TYPE_CNAME, "", NULL, "DomainNameEmpty"},
    {"R53-RDATA-04 two names", R53_TYPE_CNAME, "a.example.com b.example.com", NULL,
     "CNAMERRDATANotSingleField"},
    {"R53-RDATA-04 an empty label", R53_TYPE_CNAME, "a..example.com", NULL, "DomainLabelEmpty"},
    {"R53-RDATA-04 a URL has a bad label", R53_TYPE_CNAME, "http://a..b/", NULL,
     "DomainLabelEmpty"},
    {"R53-RDATA-04 a bad character", R53_TYPE_PTR, "h\303\266st.example.com", NULL,
     "UnsupportedCharacter"},
    {"R53-RDATA-04 a long label", R53_TYPE_NS, FIFTY TEN "abcd.com", NULL, "DomainLabelTooLong"},

    {"R53-RDATA-05 preference and host", R53_TYPE_MX, "10 mail.example.com", "10 mail.example.com.",
     NULL},
    {"R53-RDATA-05 the null MX", R53_TYPE_MX, "0 .", "0 .", NULL},
    {"R53-RDATA-05 the greatest preference", R53_TYPE_MX, "65535 a", "65535 a.", NULL},
    {"R53-RDATA-05 a preference too great", R53_TYPE_MX, "65536 a", NULL,
     "MXRRDATAIllegalPreference"},
    {"R53-RDATA-05 a host alone", R53_TYPE_MX, "10", NULL, "MXRRDATANotTwoFields"},
    {"R53-RDATA-05 three fields", R53_TYPE_MX, "10 a b", NULL, "MXRRDATANotTwoFields"},
    {"R53-RDATA-05 an empty value", R53_TYPE_MX, " ", NULL, "MXRRDATANotTwoFields"},

    {"R53-RDATA-06 four fields", R53_TYPE_SRV, "10 5 80 host.example.com",
     "10 5 80 host.example.com.", NULL},
    {"R53-RDATA-06 three fields", R53_TYPE_SRV, "10 5 80", NULL, "SRVRRDATANotFourFields"},
    {"R53-RDATA-06 priority", R53_TYPE_SRV, "-1 5 80 a", NULL, "SRVRRDATAIllegalPriority"},
    {"R53-RDATA-06 weight", R53_TYPE_SRV, "1 65536 80 a", NULL, "SRVRRDATAIllegalWeight"},
    {"R53-RDATA-06 port", R53_TYPE_SRV, "1 5 http a", NULL, "SRVRRDATAIllegalPort"},

    {"R53-RDATA-07 an issuer with parameters", R53_TYPE_CAA,
     "0 issue \"ca.example.net; account=123456\"", "0 issue \"ca.example.net; account=123456\"",
     NULL},
    {"R53-RDATA-07 nobody may issue", R53_TYPE_CAA, "128 issue \";\"", "128 issue \";\"", NULL},
    {"R53-RDATA-07 the value must be quoted", R53_TYPE_CAA, "0 issue ca.example.net", NULL,
     "InvalidCharacterString"},
    {"R53-RDATA-07 flags up to 255", R53_TYPE_CAA, "256 issue \";\"", NULL,
     "CAARRDATAIllegalFlags"},
    {"R53-RDATA-07 a tag has letters and digits", R53_TYPE_CAA, "0 is-sue \";\"", NULL,
     "CAARRDATAIllegalTag"},
    {"R53-RDATA-07 no value", R53_TYPE_CAA, "0 issue", NULL, "CAARRDATANotThreeFields"},
    {"R53-RDATA-07 two values", R53_TYPE_CAA, "0 issue \"a\" \"b\"", NULL,
     "CAARRDATANotThreeFields"},
    {"R53-RDATA-07 the value may be longer than a string", R53_TYPE_CAA, "0 issue \"" S255 "a\"",
     "0 issue \"" S255 "a\"", NULL},

    {"R53-RDATA-08 with a regexp", R53_TYPE_NAPTR,
     "100 50 \"u\" \"E2U+sip\" \"!^(\\\\+441632960083)$!sip:\\\\1@example.com!\" .",
     "100 50 \"u\" \"E2U+sip\" \"!^(\\\\+441632960083)$!sip:\\\\1@example.com!\" .", NULL},
    {"R53-RDATA-08 with a replacement", R53_TYPE_NAPTR,
     "10 20 \"S\" \"SIP+D2U\" \"\" _sip._udp.example.com",
     "10 20 \"S\" \"SIP+D2U\" \"\" _sip._udp.example.com.", NULL},
    {"R53-RDATA-08 both are too much", R53_TYPE_NAPTR, "1 1 \"u\" \"s\" \"!a!b!\" a.example.com",
     NULL, "NAPTRRRDATAIllegalReplacement"},
    {"R53-RDATA-08 none is too little", R53_TYPE_NAPTR, "1 1 \"u\" \"s\" \"\" .", NULL,
     "NAPTRRRDATAIllegalReplacement"},
    {"R53-RDATA-08 strings must be quoted", R53_TYPE_NAPTR, "1 1 u \"s\" \"\" a", NULL,
     "InvalidCharacterString"},
    {"R53-RDATA-08 five fields", R53_TYPE_NAPTR, "1 1 \"u\" \"s\" \"!a!b!\"", NULL,
     "NAPTRRRDATANotSixFields"},
    {"R53-RDATA-08 order", R53_TYPE_NAPTR, "65536 1 \"u\" \"s\" \"\" a", NULL,
     "NAPTRRRDATAIllegalOrder"},
    {"R53-RDATA-08 preference", R53_TYPE_NAPTR, "1 x \"u\" \"s\" \"\" a", NULL,
     "NAPTRRRDATAIllegalPreference"},

    {"R53-RDATA-09 a digest", R53_TYPE_DS, "123 4 5 1234567890abcdef", "123 4 5 1234567890ABCDEF",
     NULL},
    {"R53-RDATA-09 blanks inside the digest", R53_TYPE_DS,
     "60485 5 1 2BB183AF5F22588179A53B0A 98631FAD1A292118",
     "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", NULL},
    {"R53-RDATA-09 half an octet", R53_TYPE_DS, "123 4 5 123", NULL, "DSRRDATAIllegalDigest"},
    {"R53-RDATA-09 no hex", R53_TYPE_DS, "123 4 5 12xx", NULL, "DSRRDATAIllegalDigest"},
    {"R53-RDATA-09 no digest", R53_TYPE_DS, "123 4 5", NULL, "DSRRDATANotFourFields"},
    {"R53-RDATA-09 key tag", R53_TYPE_DS, "65536 4 5 12", NULL, "DSRRDATAIllegalKeyTag"},
    {"R53-RDATA-09 algorithm", R53_TYPE_DS, "1 256 5 12", NULL, "DSRRDATAIllegalAlgorithm"},
    {"R53-RDATA-09 digest type", R53_TYPE_DS, "1 4 x 12", NULL, "DSRRDATAIllegalDigestType"},

    {"R53-RDATA-10 seven fields", R53_TYPE_SOA,
     "ns-1994.awsdns-57.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400",
     "ns-1994.awsdns-57.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400", NULL},
    {"R53-RDATA-10 the greatest numbers", R53_TYPE_SOA,
     "a b 4294967295 4294967295 4294967295 4294967295 4294967295",
     "a. b. 4294967295 4294967295 4294967295 4294967295 4294967295", NULL},
    {"R53-RDATA-10 six fields", R53_TYPE_SOA, "a b 1 2 3 4", NULL, "SOARRDATANotSevenFields"},
    {"R53-RDATA-10 one field", R53_TYPE_SOA, "a", NULL, "SOARRDATANotSevenFields"},
    {"R53-RDATA-10 serial", R53_TYPE_SOA, "a b 4294967296 2 3 4 5", NULL, "SOARRDATAIllegalSerial"},
    {"R53-RDATA-10 refresh", R53_TYPE_SOA, "a b 1 x 3 4 5", NULL, "SOARRDATAIllegalRefresh"},
    {"R53-RDATA-10 retry", R53_TYPE_SOA, "a b 1 2 x 4 5", NULL, "SOARRDATAIllegalRetry"},
    {"R53-RDATA-10 expire", R53_TYPE_SOA, "a b 1 2 3 x 5", NULL, "SOARRDATAIllegalExpire"},
    {"R53-RDATA-10 minimum", R53_TYPE_SOA, "a b 1 2 3 4 x", NULL, "SOARRDATAIllegalMinimum"},

    {"R53-RDATA-11 one string", R53_TYPE_TXT, "\"Hello World!\"", "\"Hello World!\"", NULL},
    {"R53-RDATA-11 several strings", R53_TYPE_TXT, "\"a\"  \"b\" \"\"", "\"a\" \"b\" \"\"", NULL},
    {"R53-RDATA-11 SPF is as TXT", R53_TYPE_SPF, "\"v=spf1 -all\"", "\"v=spf1 -all\"", NULL},
    {"R53-RDATA-11 255 characters", R53_TYPE_TXT, "\"" S255 "\"", "\"" S255 "\"", NULL},
    {"R53-RDATA-11 256 characters", R53_TYPE_TXT, "\"" S255 "5\"", NULL, "CharacterStringTooLong"},
    {"R53-RDATA-11 an escape counts as one", R53_TYPE_TXT,
     "\"" FIFTY FIFTY FIFTY FIFTY FIFTY "\\344\\344\\\"\\\\\\344\"",
     "\"" FIFTY FIFTY FIFTY FIFTY FIFTY "\\344\\344\\\"\\\\\\344\"", NULL},
    {"R53-RDATA-11 an empty value", R53_TYPE_TXT, "", NULL, "InvalidCharacterString"},

    {"R53-RDATA-12 an octet is written in octal", R53_TYPE_TXT, "\"ex\\344mple.com\"",
     "\"ex\\344mple.com\"", NULL},
    {"R53-RDATA-12 a blank either way", R53_TYPE_TXT, "\"a\\040b c\"", "\"a b c\"", NULL},
    {"R53-RDATA-12 case is kept, also in escapes", R53_TYPE_TXT, "\"Ab\\101\"", "\"AbA\"", NULL},
    {"R53-RDATA-12 a quote is escaped", R53_TYPE_TXT, "\"a\\\"b\"", "\"a\\\"b\"", NULL},
    {"R53-RDATA-12 a plain control character", R53_TYPE_TXT, "\"a\tb\"", NULL,
     "UnsupportedCharacter"},
    {"R53-RDATA-12 a plain octet above 176", R53_TYPE_TXT, "\"\303\244\"", NULL,
     "UnsupportedCharacter"},
    {"R53-RDATA-13 strings without a blank", R53_TYPE_TXT, "\"a\"\"b\"", "\"a\" \"b\"", NULL},
    {"R53-RDATA-14 no quotes", R53_TYPE_TXT, "v=spf1", NULL, "InvalidCharacterString"},
    {"R53-RDATA-14 no closing quote", R53_TYPE_TXT, "\"a", NULL, "InvalidCharacterString"},
    {"R53-RDATA-14 text behind the quotes", R53_TYPE_TXT, "\"a\"b", NULL, "InvalidCharacterString"},
    {"R53-RDATA-14 text behind a blank", R53_TYPE_TXT, "\"a\" b", NULL, "InvalidCharacterString"},
    {"R53-RDATA-15 two backslashes are one", R53_TYPE_TXT, "\"a\\\\b\"", "\"a\\\\b\"", NULL},
    {"R53-RDATA-15 a backslash before a letter", R53_TYPE_TXT, "\"a\\nb\"", NULL,
     "UnsupportedCharacter"},
    {"R53-RDATA-15 decimal escapes are not understood", R53_TYPE_TXT, "\"\\195\"", NULL,
     "UnsupportedCharacter"},
    {"R53-RDATA-15 a backslash at the end", R53_TYPE_TXT, "\"a\\", NULL, "UnsupportedCharacter"},

    {"R53-RDATA-16 a service", R53_TYPE_HTTPS, "1 . alpn=\"h3,h2\"", "1 . alpn=\"h3,h2\"", NULL},
    {"R53-RDATA-16 an alias", R53_TYPE_HTTPS, "0 svc.example.com", "0 svc.example.com.", NULL},
    {"R53-RDATA-16 an alias to nothing", R53_TYPE_SVCB, "0 .", "0 .", NULL},
    {"R53-RDATA-16 an alias has no parameters", R53_TYPE_SVCB, "0 a port=1", NULL,
     "SvcParamNotAllowed"},
    {"R53-RDATA-16 keys ascend", R53_TYPE_SVCB,
     "16 foo.example.org ipv6hint=2001:db8::1,::2 key7777=x ipv4hint=192.0.2.1,192.0.2.2 "
     "port=\"443\" alpn=h2 mandatory=ipv4hint,alpn",
     "16 foo.example.org. mandatory=alpn,ipv4hint alpn=\"h2\" port=443 "
     "ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1,::2 key7777=\"x\"",
     NULL},
    {"R53-RDATA-16 a key without value", R53_TYPE_SVCB, "1 a key667", "1 a. key667", NULL},
    {"R53-RDATA-16 a key with an empty value", R53_TYPE_SVCB, "1 a key667=\"\"", "1 a. key667",
     NULL},
    {"R53-RDATA-16 a value with escapes", R53_TYPE_SVCB, "1 a key667=\"hello\\322qoo b\\\"\"",
     "1 a. key667=\"hello\\322qoo b\\\"\"", NULL},
    {"R53-RDATA-16 a known key by number", R53_TYPE_SVCB, "1 a key3=\\001\\273", "1 a. port=443",
     NULL},
    {"R53-RDATA-16 a known key by number with a bad value", R53_TYPE_SVCB, "1 a key3=443", NULL,
     "SvcParamIllegalPort"},
    {"R53-RDATA-16 escapes in protocol ids", R53_TYPE_SVCB, "1 a alpn=\"f\\\\\\\\oo\\\\,bar,h2\"",
     "1 a. alpn=\"f\\\\\\\\oo\\\\,bar,h2\"", NULL},
    {"R53-RDATA-16 escapes in protocol ids, unquoted", R53_TYPE_SVCB,
     "1 a alpn=f\\\\\\134oo\\134,bar,h2", "1 a. alpn=\"f\\\\\\\\oo\\\\,bar,h2\"", NULL},
    {"R53-RDATA-16 a bad escape in a protocol id", R53_TYPE_SVCB, "1 a alpn=a\\134b", NULL,
     "SvcParamIllegalAlpn"},
    {"R53-RDATA-16 an empty protocol id", R53_TYPE_SVCB, "1 a alpn=h2,,h3", NULL,
     "SvcParamIllegalAlpn"},
    {"R53-RDATA-16 no protocol id", R53_TYPE_SVCB, "1 a alpn", NULL, "SvcParamIllegalAlpn"},
    {"R53-RDATA-16 a protocol id of 255 octets", R53_TYPE_SVCB, "1 a alpn=" S255,
     "1 a. alpn=\"" S255 "\"", NULL},
    {"R53-RDATA-16 a protocol id of 256 octets", R53_TYPE_SVCB, "1 a alpn=" S255 "x", NULL,
     "SvcParamIllegalAlpn"},
    {"R53-RDATA-16 no default protocol", R53_TYPE_SVCB, "1 a no-default-alpn alpn=h2",
     "1 a. alpn=\"h2\" no-default-alpn", NULL},
    {"R53-RDATA-16 no-default-alpn needs alpn", R53_TYPE_SVCB, "1 a no-default-alpn", NULL,
     "SvcParamMissingAlpn"},
    {"R53-RDATA-16 no-default-alpn takes no value", R53_TYPE_SVCB, "1 a no-default-alpn=x alpn=h2",
     NULL, "SvcParamIllegalNoDefaultAlpn"},
    {"R53-RDATA-16 a port too great", R53_TYPE_SVCB, "1 a port=65536", NULL, "SvcParamIllegalPort"},
    {"R53-RDATA-16 a port without value", R53_TYPE_SVCB, "1 a port", NULL, "SvcParamIllegalPort"},
    {"R53-RDATA-16 a hint of the other family", R53_TYPE_SVCB, "1 a ipv4hint=::1", NULL,
     "SvcParamIllegalIPv4Hint"},
    {"R53-RDATA-16 no IPv4 hint", R53_TYPE_SVCB, "1 a ipv4hint=\"\"", NULL,
     "SvcParamIllegalIPv4Hint"},
    {"R53-RDATA-16 a comma behind the last hint", R53_TYPE_SVCB, "1 a ipv4hint=192.0.2.1,", NULL,
     "SvcParamIllegalIPv4Hint"},
    {"R53-RDATA-16 an IPv6 hint", R53_TYPE_SVCB, "1 a ipv6hint=::ffff:198.51.100.100",
     "1 a. ipv6hint=::ffff:198.51.100.100", NULL},
    {"R53-RDATA-16 an IPv6 hint that is none", R53_TYPE_SVCB, "1 a ipv6hint=192.0.2.1", NULL,
     "SvcParamIllegalIPv6Hint"},
    {"R53-RDATA-16 ECH is base64", R53_TYPE_HTTPS, "1 . ech=AEn+DQ==", "1 . ech=AEn+DQ==", NULL},
    {"R53-RDATA-16 ECH with one padding", R53_TYPE_HTTPS, "1 . ech=\"AEn+DQE=\"",
     "1 . ech=AEn+DQE=", NULL},
    {"R53-RDATA-16 ECH without padding", R53_TYPE_HTTPS, "1 . ech=AEn+DQEC", "1 . ech=AEn+DQEC",
     NULL},
    {"R53-RDATA-16 ECH that is no base64", R53_TYPE_HTTPS, "1 . ech=AEn*DQ==", NULL,
     "SvcParamIllegalEch"},
    {"R53-RDATA-16 ECH cut short", R53_TYPE_HTTPS, "1 . ech=AEn", NULL, "SvcParamIllegalEch"},
    {"R53-RDATA-16 ECH without value", R53_TYPE_HTTPS, "1 . ech=", NULL, "SvcParamIllegalEch"},
    {"R53-RDATA-16 the path of DNS over HTTPS", R53_TYPE_SVCB,
     "1 a alpn=h2 dohpath=/dns-query{?dns}", "1 a. alpn=\"h2\" dohpath=\"/dns-query{?dns}\"", NULL},
    {"R53-RDATA-16 the path has the variable", R53_TYPE_SVCB, "1 a dohpath=/dns-query", NULL,
     "SvcParamIllegalDohPath"},
    {"R53-RDATA-16 the path is absolute", R53_TYPE_SVCB, "1 a dohpath=q{?dns}", NULL,
     "SvcParamIllegalDohPath"},
    {"R53-RDATA-16 mandatory keys must be there", R53_TYPE_SVCB, "1 a mandatory=port alpn=h2", NULL,
     "SvcParamMissingMandatory"},
    {"R53-RDATA-16 mandatory does not name itself", R53_TYPE_SVCB, "1 a mandatory=mandatory", NULL,
     "SvcParamIllegalMandatory"},
    {"R53-RDATA-16 mandatory names a key once", R53_TYPE_SVCB, "1 a mandatory=port,port port=1",
     NULL, "SvcParamIllegalMandatory"},
    {"R53-RDATA-16 mandatory names something", R53_TYPE_SVCB, "1 a mandatory port=1", NULL,
     "SvcParamIllegalMandatory"},
    {"R53-RDATA-16 mandatory names keys by number", R53_TYPE_SVCB,
     "1 a mandatory=key667,key3 port=1 key667", "1 a. mandatory=port,key667 port=1 key667", NULL},
    {"R53-RDATA-16 no key stands twice", R53_TYPE_SVCB, "1 a port=1 port=2", NULL,
     "SvcParamDuplicateKey"},
    {"R53-RDATA-16 also not by name and number", R53_TYPE_SVCB, "1 a port=1 key3=\\000\\001", NULL,
     "SvcParamDuplicateKey"},
    {"R53-RDATA-16 an unknown key", R53_TYPE_SVCB, "1 a color=red", NULL, "SvcParamIllegalKey"},
    {"R53-RDATA-16 keys are in lower case", R53_TYPE_SVCB, "1 a PORT=1", NULL,
     "SvcParamIllegalKey"},
    {"R53-RDATA-16 the reserved key", R53_TYPE_SVCB, "1 a key65535=x", NULL, "SvcParamIllegalKey"},
    {"R53-RDATA-16 the greatest key", R53_TYPE_SVCB, "1 a key65534=x", "1 a. key65534=\"x\"", NULL},
    {"R53-RDATA-16 a key with leading zeros", R53_TYPE_SVCB, "1 a key0667=x", NULL,
     "SvcParamIllegalKey"},
    {"R53-RDATA-16 a key without a number", R53_TYPE_SVCB, "1 a key=x", NULL, "SvcParamIllegalKey"},
    {"R53-RDATA-16 no target", R53_TYPE_SVCB, "1", NULL, "SVCBRRDATANotTwoFields"},
    {"R53-RDATA-16 no target in HTTPS", R53_TYPE_HTTPS, "1", NULL, "HTTPSRRDATANotTwoFields"},
    {"R53-RDATA-16 priority of SVCB", R53_TYPE_SVCB, "x .", NULL, "SVCBRRDATAIllegalPriority"},
    {"R53-RDATA-16 priority of HTTPS", R53_TYPE_HTTPS, "65536 .", NULL,
     "HTTPSRRDATAIllegalPriority"},
    {"R53-RDATA-16 a quote that does not close", R53_TYPE_SVCB, "1 a alpn=\"h2", NULL,
     "InvalidCharacterString"},
    {"R53-RDATA-16 a quote inside a plain value", R53_TYPE_SVCB, "1 a alpn=h\"2", NULL,
     "UnsupportedCharacter"},

    {"R53-RDATA-17 TLSA with SHA-256", R53_TYPE_TLSA, "3 1 1 " SHA256, "3 1 1 " SHA256, NULL},
    {"R53-RDATA-17 TLSA with a short SHA-256", R53_TYPE_TLSA, "3 1 1 9fb4", NULL,
     "TLSARRDATAIllegalData"},
    {"R53-RDATA-17 TLSA with SHA-512", R53_TYPE_TLSA, "3 1 2 " SHA256 " " SHA256,
     "3 1 2 " SHA256 SHA256, NULL},
    {"R53-RDATA-17 TLSA with a whole certificate", R53_TYPE_TLSA, "3 0 0 30820101",
     "3 0 0 30820101", NULL},
    {"R53-RDATA-17 TLSA with an unknown digest", R53_TYPE_TLSA, "255 255 255 00", "255 255 255 00",
     NULL},
    {"R53-RDATA-17 TLSA with half an octet", R53_TYPE_TLSA, "3 0 0 308", NULL,
     "TLSARRDATAIllegalData"},
    {"R53-RDATA-17 TLSA without data", R53_TYPE_TLSA, "3 1 1", NULL, "TLSARRDATANotFourFields"},
    {"R53-RDATA-17 TLSA usage", R53_TYPE_TLSA, "256 1 1 00", NULL, "TLSARRDATAIllegalUsage"},
    {"R53-RDATA-17 TLSA selector", R53_TYPE_TLSA, "3 x 1 00", NULL, "TLSARRDATAIllegalSelector"},
    {"R53-RDATA-17 TLSA matching type", R53_TYPE_TLSA, "3 1 x 00", NULL,
     "TLSARRDATAIllegalMatchingType"},
    {"R53-RDATA-17 SSHFP with SHA-1", R53_TYPE_SSHFP, "1 1 " SHA1, "1 1 " SHA1_UPPER, NULL},
    {"R53-RDATA-17 SSHFP with SHA-256", R53_TYPE_SSHFP, "4 2 " SHA256, "4 2 " SHA256, NULL},
    {"R53-RDATA-17 SSHFP with a short SHA-256", R53_TYPE_SSHFP, "4 2 123456", NULL,
     "SSHFPRRDATAIllegalFingerprint"},
    {"R53-RDATA-17 SSHFP with no hex", R53_TYPE_SSHFP, "4 3 zz", NULL,
     "SSHFPRRDATAIllegalFingerprint"},
    {"R53-RDATA-17 SSHFP without a fingerprint", R53_TYPE_SSHFP, "4 2", NULL,
     "SSHFPRRDATANotThreeFields"},
    {"R53-RDATA-17 SSHFP algorithm", R53_TYPE_SSHFP, "x 2 00", NULL, "SSHFPRRDATAIllegalAlgorithm"},
    {"R53-RDATA-17 SSHFP type", R53_TYPE_SSHFP, "4 x 00", NULL, "SSHFPRRDATAIllegalType"},
};

struct wire {
    uint8_t octets[RDATA_OCTETS_MAX];
    size_t length;
};

static bool parse(int type, const char *value, struct wire *wire, struct rdata_fault *fault)
{
    const struct rr_type *row = r53__type_find((uint16_t)type);

    assert_non_null(row);
    return row->parse(r53__span(value), wire->octets, &wire->length, fault);
}

static void print(int type, const struct wire *wire, char *value)
{
    struct text text;

    r53__text_init(&text, value, VALUE_TEXT_MAX);
    r53__type_find((uint16_t)type)->print(&text, wire->octets, wire->length);
    assert_true(r53__text_fits(&text));
}

static void assert_wire_equal(const struct wire *a, const struct wire *b)
{
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->octets, b->octets, a->length);
}

static void check_value(void **state)
{
    const struct value_case *c = *state;
    struct rdata_fault fault = {"none", "none"};
    struct wire wire, again;
    char value[VALUE_TEXT_MAX];

    if (!c->canonical) {
        assert_false(parse(c->type, c->value, &wire, &fault));
        assert_string_equal(fault.code, c->fault);
        assert_true(fault.words[0] != '\0');
        return;
    }
    assert_true(parse(c->type, c->value, &wire, &fault));
    print(c->type, &wire, value);
    assert_string_equal(value, c->canonical);
    assert_true(parse(c->type, value, &again, &fault));
    assert_wire_equal(&wire, &again);
}

static const struct words_case {
    const char *what;
    int type;
    const char *value, *words;
} words_cases[] = {
    {"R53-RDATA-02 words for no address", R53_TYPE_A, "x", "Value is not a valid IPv4 address"},
    {"R53-RDATA-02 words for blanks", R53_TYPE_A, "192.0.2.1 192.0.2.2", "Value contains spaces"},
    {"R53-RDATA-14 words for no quotes", R53_TYPE_TXT, "x",
     "Value should be enclosed in quotation marks"},
    {"R53-RDATA-11 words for a long string", R53_TYPE_TXT, "\"" S255 "x\"", "Value is too long"},
    {"R53-RDATA-15 words for a bad escape", R53_TYPE_TXT, "\"\\x\"",
     "Value contains unsupported characters"},
    {"R53-RDATA-04 words for an empty name", R53_TYPE_NS, "", "Domain name is empty"},
};

static void check_words(void **state)
{
    const struct words_case *c = *state;
    struct rdata_fault fault = {"none", "none"};
    struct wire wire;

    assert_false(parse(c->type, c->value, &wire, &fault));
    assert_string_equal(fault.words, c->words);
}

static const struct wire_case {
    const char *what;
    int type;
    const char *value;
    size_t length;
    const char *octets;
} wire_cases[] = {
    {"R53-RDATA-05 MX on the wire", R53_TYPE_MX, "10 M.Example", 13, "\0\12\1m\7example"},
    {"R53-RDATA-06 SRV on the wire", R53_TYPE_SRV, "1 2 258 a", 9, "\0\1\0\2\1\2\1a"},
    {"R53-RDATA-07 CAA on the wire", R53_TYPE_CAA, "128 issue \";x\"", 9, "\200\5issue;x"},
    {"R53-RDATA-08 NAPTR on the wire", R53_TYPE_NAPTR, "1 2 \"u\" \"s\" \"\" a", 12,
     "\0\1\0\2\1u\1s\0\1a"},
    {"R53-RDATA-09 DS on the wire", R53_TYPE_DS, "258 8 2 aB01", 6, "\1\2\10\2\253\1"},
    {"R53-RDATA-10 SOA on the wire", R53_TYPE_SOA, "a b 1 2 3 4 16909060", 26,
     "\1a\0\1b\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\1\2\3\4"},
    {"R53-RDATA-11 TXT on the wire", R53_TYPE_TXT, "\"ab\" \"\"", 4, "\2ab\0"},
    {"R53-RDATA-16 SVCB on the wire", R53_TYPE_SVCB, "16 foo port=53", 13,
     "\0\20\3foo\0\0\3\0\2\0\65"},
    {"R53-RDATA-16 SVCB keys ascend on the wire", R53_TYPE_SVCB,
     "16 foo ipv4hint=192.0.2.1 alpn=\"h2,h3-19\" mandatory=ipv4hint,alpn", 36,
     "\0\20\3foo\0\0\0\0\4\0\1\0\4\0\1\0\11\2h2\5h3-19\0\4\0\4\300\0\2\1"},
    {"R53-RDATA-17 TLSA on the wire", R53_TYPE_TLSA, "3 1 0 ff", 4, "\3\1\0\377"},
};

static void check_wire(void **state)
{
    const struct wire_case *c = *state;
    struct rdata_fault fault;
    struct wire wire;

    assert_true(parse(c->type, c->value, &wire, &fault));
    assert_int_equal(wire.length, c->length);
    assert_memory_equal(wire.octets, c->octets, c->length);
}

static const struct same_case {
    const char *what;
    int type;
    const char *a, *b;
    bool same;
} same_cases[] = {
    {"R53-RDATA-18 R53-RDATA-03 two texts of one address", R53_TYPE_AAAA, "2001:DB8::1",
     "2001:db8:0::1", true},
    {"R53-RDATA-18 case of names does not count", R53_TYPE_CNAME, "A.example", "a.EXAMPLE.", true},
    {"R53-RDATA-18 case of strings counts", R53_TYPE_TXT, "\"Ab\"", "\"aB\"", false},
    {"R53-RDATA-18 how a string is split counts", R53_TYPE_TXT, "\"ab\"", "\"a\" \"b\"", false},
    {"R53-RDATA-18 how an octet is written does not count", R53_TYPE_TXT, "\"a b\"", "\"a\\040b\"",
     true},
    {"R53-RDATA-18 case of hex does not count", R53_TYPE_DS, "1 2 3 ab CD", "1 2 3 ABcd", true},
    {"R53-RDATA-18 order of parameters does not count", R53_TYPE_SVCB, "1 . port=1 alpn=h2",
     "1 . alpn=\"h2\" port=\"1\"", true},
};

static void check_same(void **state)
{
    const struct same_case *c = *state;
    struct rdata_fault fault;
    struct wire a, b;

    assert_true(parse(c->type, c->a, &a, &fault));
    assert_true(parse(c->type, c->b, &b, &fault));
    assert_int_equal(a.length == b.length && memcmp(a.octets, b.octets, a.length) == 0, c->same);
}

enum { EVERYWHERE = TYPE_AT_APEX | TYPE_BELOW_APEX, GROUPS = TYPE_GROUPED | TYPE_MULTIVALUE };

static const struct type_case {
    const char *what, *name;
    int number, flags;
} type_cases[] = {
    {"R53-TYPE-01 R53-TYPE-02 A", "A", 1, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 NS", "NS", 2, EVERYWHERE},
    {"R53-TYPE-01 R53-TYPE-02 CNAME", "CNAME", 5,
     TYPE_BELOW_APEX | TYPE_GROUPED | TYPE_ALIAS | TYPE_SINGLE},
    {"R53-TYPE-01 R53-TYPE-02 SOA", "SOA", 6, TYPE_AT_APEX | TYPE_SINGLE},
    {"R53-TYPE-01 R53-TYPE-02 PTR", "PTR", 12, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 MX", "MX", 15, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 TXT", "TXT", 16, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 AAAA", "AAAA", 28, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 SRV", "SRV", 33, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 NAPTR", "NAPTR", 35, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 DS", "DS", 43, TYPE_BELOW_APEX | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 SSHFP", "SSHFP", 44, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 TLSA", "TLSA", 52, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 SVCB", "SVCB", 64, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 HTTPS", "HTTPS", 65, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 SPF", "SPF", 99, EVERYWHERE | GROUPS | TYPE_ALIAS},
    {"R53-TYPE-01 R53-TYPE-02 CAA", "CAA", 257, EVERYWHERE | GROUPS | TYPE_ALIAS},
};

static void check_type(void **state)
{
    const struct type_case *c = *state;
    const struct rr_type *row = r53__type_by_name(r53__span(c->name));

    assert_non_null(row);
    assert_int_equal(row->number, c->number);
    assert_int_equal(row->flags, c->flags);
    assert_ptr_equal(r53__type_find((uint16_t)c->number), row);
    assert_string_equal(r53_type_name(c->number), c->name);
    assert_int_equal(r53_type_number(c->name), c->number);
}

static void other_types(void **state)
{
    size_t held = 0;

    (void)state;
    for (unsigned number = 0; number <= UINT16_MAX; number++)
        held += r53__type_find((uint16_t)number) != NULL;
    assert_int_equal(held, COUNT(type_cases));
    assert_int_equal(r53_type_number("hTTps"), 65);
    assert_int_equal(r53_type_number("ANY"), 0);
    assert_int_equal(r53_type_number("LOC"), 0);
    assert_int_equal(r53_type_number("HTTPSS"), 0);
    assert_int_equal(r53_type_number(""), 0);
    assert_int_equal(r53_type_number(NULL), 0);
    assert_string_equal(r53_type_name(R53_TYPE_ANY), "");
    assert_string_equal(r53_type_name(-1), "");
    assert_string_equal(r53_type_name(65536 + 1), "");
    assert_null(r53__type_by_name(r53__span("aaaa")));
}

static const struct target_case {
    const char *what;
    int type;
    const char *value, *target; /* NULL: none */
} target_cases[] = {
    {"R53-RDATA-04 target of NS", R53_TYPE_NS, "ns.example", "ns.example."},
    {"R53-RDATA-04 target of CNAME", R53_TYPE_CNAME, "a.example", "a.example."},
    {"R53-RDATA-04 PTR has no target (RFC 1035 3.3.12)", R53_TYPE_PTR, "a.example", NULL},
    {"R53-RDATA-05 target of MX", R53_TYPE_MX, "1 a.example", "a.example."},
    {"R53-RDATA-06 target of SRV", R53_TYPE_SRV, "1 2 3 a.example", "a.example."},
    {"R53-RDATA-16 target of SVCB", R53_TYPE_SVCB, "1 a.example port=1", "a.example."},
    {"R53-RDATA-16 target of HTTPS", R53_TYPE_HTTPS, "1 . port=1", "."},
    {"R53-RDATA-02 A has no target", R53_TYPE_A, "192.0.2.1", NULL},
    {"R53-RDATA-10 SOA has no target", R53_TYPE_SOA, "a b 1 2 3 4 5", NULL},
    {"R53-RDATA-11 TXT has no target", R53_TYPE_TXT, "\"a\"", NULL},
};

static void check_target(void **state)
{
    const struct target_case *c = *state;
    struct rdata_fault fault;
    struct wire wire;
    struct name target;
    char buffer[NAME_TEXT_MAX];
    struct text text;

    assert_true(parse(c->type, c->value, &wire, &fault));
    target = r53__rdata_target((uint16_t)c->type, wire.octets, wire.length);
    assert_int_equal(target.length > 0, c->target != NULL);
    if (!c->target)
        return;
    r53__text_init(&text, buffer, sizeof(buffer));
    r53__name_put(&text, target);
    assert_string_equal(buffer, c->target);
}

static void canonical(void **state)
{
    char buffer[16] = "untouched";
    const char *fault = NULL;
    size_t length = 0;

    (void)state;
    assert_int_equal(r53_value_canonical(R53_TYPE_MX, "1  A", buffer, 6, &length, &fault), R53_OK);
    assert_string_equal(buffer, "1 a.");
    assert_int_equal(length, 4);
    assert_null(fault);
    memcpy(buffer, "untouched", 10);
    assert_int_equal(r53_value_canonical(R53_TYPE_MX, "1  A", buffer, 4, &length, &fault),
                     R53_E_NO_SPACE);
    assert_string_equal(buffer, "untouched");
    assert_int_equal(r53_value_canonical(R53_TYPE_MX, "1 abc", NULL, 0, &length, NULL),
                     R53_E_NO_SPACE);
    assert_int_equal(length, 6);
    assert_int_equal(r53_value_canonical(R53_TYPE_A, "x", buffer, 16, NULL, &fault), R53_E_INVALID);
    assert_string_equal(fault, "ARRDATAIllegalIPv4Address");
    assert_int_equal(r53_value_canonical(R53_TYPE_A, NULL, buffer, 16, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_value_canonical(R53_TYPE_ANY, "x", buffer, 16, NULL, NULL),
                     R53_E_UNSUPPORTED);
    assert_int_equal(r53_value_canonical(-1, "x", buffer, 16, NULL, NULL), R53_E_UNSUPPORTED);
    assert_string_equal(buffer, "untouched");
}

static void longest_value(void **state)
{
    char value[VALUE_CHARACTERS_MAX + 2];
    const char *fault = NULL;

    (void)state;
    memset(value, ' ', sizeof(value));
    memcpy(value, "\"a\"", 3);
    value[VALUE_CHARACTERS_MAX] = '\0';
    assert_int_equal(r53_value_canonical(R53_TYPE_TXT, value, NULL, 0, NULL, NULL), R53_E_NO_SPACE);
    value[VALUE_CHARACTERS_MAX] = ' ';
    value[VALUE_CHARACTERS_MAX + 1] = '\0';
    assert_int_equal(r53_value_canonical(R53_TYPE_TXT, value, NULL, 0, NULL, &fault),
                     R53_E_INVALID);
    assert_string_equal(fault, "CharacterStringTooLong");
}

/* Random rdata: the same in every run. */
static uint64_t random_state = 0x2545f4914f6cdd1du;

static unsigned below(unsigned n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)(random_state >> 33) % n;
}

static void add_u8(struct wire *wire, unsigned n)
{
    wire->octets[wire->length++] = (uint8_t)n;
}

static void add_octets(struct wire *wire, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_u8(wire, below(3) ? below(256) : (unsigned char)"\\\",a\0 "[below(6)]);
}

static void add_string(struct wire *wire, unsigned n)
{
    add_u8(wire, n);
    add_octets(wire, n);
}

static void add_name(struct wire *wire, unsigned labels)
{
    for (unsigned i = 0; i < labels; i++) {
        size_t from = wire->length;

        add_string(wire, 1 + below(50));
        for (size_t k = from + 1; k < wire->length; k++)
            wire->octets[k] = (uint8_t)r53__lower((char)wire->octets[k]);
    }
    add_u8(wire, 0);
}

static void random_a(struct wire *wire)
{
    add_octets(wire, 4);
}

static void random_aaaa(struct wire *wire)
{
    add_octets(wire, 16);
}

static void random_name(struct wire *wire)
{
    add_name(wire, below(5));
}

static void random_mx(struct wire *wire)
{
    add_octets(wire, 2);
    add_name(wire, below(5));
}

static void random_srv(struct wire *wire)
{
    add_octets(wire, 6);
    add_name(wire, below(5));
}

static void random_soa(struct wire *wire)
{
    add_name(wire, below(5));
    add_name(wire, below(5));
    add_octets(wire, 20);
}

static void random_naptr(struct wire *wire)
{
    bool regexp = below(2);

    add_octets(wire, 4);
    add_string(wire, below(256));
    add_string(wire, below(256));
    add_string(wire, regexp ? 1 + below(255) : 0);
    add_name(wire, regexp ? 0 : 1 + below(4));
}

static void random_txt(struct wire *wire)
{
    for (unsigned i = 1 + below(10); i > 0; i--)
        add_string(wire, below(256));
}

static void random_caa(struct wire *wire)
{
    unsigned tag = 1 + below(255);

    add_u8(wire, below(256));
    add_u8(wire, tag);
    for (unsigned i = 0; i < tag; i++)
        add_u8(wire, (unsigned char)"issuewildIODEF019"[below(17)]);
    add_octets(wire, below(600));
}

static void random_ds(struct wire *wire)
{
    add_octets(wire, 4 + 1 + below(64));
}

static void random_sshfp(struct wire *wire)
{
    static const uint8_t lengths[] = {9, 20, 32, 5};
    unsigned type = below(4);

    add_u8(wire, below(256));
    add_u8(wire, type);
    add_octets(wire, lengths[type]);
}

static void random_tlsa(struct wire *wire)
{
    static const uint8_t lengths[] = {200, 32, 64, 5};
    unsigned type = below(4);

    add_octets(wire, 2);
    add_u8(wire, type);
    add_octets(wire, lengths[type]);
}

static void add_alpn(struct wire *wire)
{
    for (unsigned i = 1 + below(4); i > 0; i--)
        add_string(wire, 1 + below(255));
}

/* Each key with even odds, in order; mandatory names port if that is there. */
static void random_svcb(struct wire *wire)
{
    unsigned have = below(512);
    static const char path[] = "/q{?dns}\"\\\377";

    add_u8(wire, 0);
    add_u8(wire, 1 + below(255));
    add_name(wire, below(5));
    if (!(have & 2))
        have &= ~4u;
    if (!(have & 8))
        have &= ~1u;
    for (unsigned key = 0; key < 9; key++) {
        size_t at = wire->length, n;

        if (!(have & 1u << key))
            continue;
        add_u8(wire, key == 8 ? 1 + below(200) : 0);
        add_u8(wire, key);
        add_u8(wire, 0);
        add_u8(wire, 0);
        if (key == 0) {
            add_u8(wire, 0);
            add_u8(wire, 3);
        } else if (key == 1) {
            add_alpn(wire);
        } else if (key == 3) {
            add_octets(wire, 2);
        } else if (key == 4) {
            add_octets(wire, 4 * (1 + below(5)));
        } else if (key == 5 || key == 8) {
            add_octets(wire, 1 + below(300));
        } else if (key == 6) {
            add_octets(wire, 16 * (1 + below(5)));
        } else if (key == 7) {
            for (size_t i = 0; i < sizeof(path); i++)
                add_u8(wire, (unsigned char)path[i]);
        }
        n = wire->length - at - 4;
        wire->octets[at + 2] = (uint8_t)(n >> 8);
        wire->octets[at + 3] = (uint8_t)n;
    }
}

static const struct random_case {
    const char *what;
    int type;
    void (*make)(struct wire *wire);
} random_cases[] = {
    {"R53-RDATA-02 any A survives text, any text is safe", R53_TYPE_A, random_a},
    {"R53-RDATA-03 any AAAA survives text, any text is safe", R53_TYPE_AAAA, random_aaaa},
    {"R53-RDATA-04 any CNAME survives text, any text is safe", R53_TYPE_CNAME, random_name},
    {"R53-RDATA-04 any NS survives text, any text is safe", R53_TYPE_NS, random_name},
    {"R53-RDATA-04 any PTR survives text, any text is safe", R53_TYPE_PTR, random_name},
    {"R53-RDATA-05 any MX survives text, any text is safe", R53_TYPE_MX, random_mx},
    {"R53-RDATA-06 any SRV survives text, any text is safe", R53_TYPE_SRV, random_srv},
    {"R53-RDATA-07 any CAA survives text, any text is safe", R53_TYPE_CAA, random_caa},
    {"R53-RDATA-08 any NAPTR survives text, any text is safe", R53_TYPE_NAPTR, random_naptr},
    {"R53-RDATA-09 any DS survives text, any text is safe", R53_TYPE_DS, random_ds},
    {"R53-RDATA-10 any SOA survives text, any text is safe", R53_TYPE_SOA, random_soa},
    {"T29 R53-RDATA-12 any TXT survives text, any text is safe", R53_TYPE_TXT, random_txt},
    {"T29 R53-RDATA-12 any SPF survives text, any text is safe", R53_TYPE_SPF, random_txt},
    {"R53-RDATA-16 any SVCB survives text, any text is safe", R53_TYPE_SVCB, random_svcb},
    {"R53-RDATA-16 any HTTPS survives text, any text is safe", R53_TYPE_HTTPS, random_svcb},
    {"R53-RDATA-17 any TLSA survives text, any text is safe", R53_TYPE_TLSA, random_tlsa},
    {"R53-RDATA-17 any SSHFP survives text, any text is safe", R53_TYPE_SSHFP, random_sshfp},
};

static void wire_to_text(const struct random_case *c)
{
    for (int i = 0; i < 3000; i++) {
        struct wire wire = {.length = 0}, back;
        char value[VALUE_TEXT_MAX], again[VALUE_TEXT_MAX];
        struct rdata_fault fault = {"none", "none"};

        c->make(&wire);
        print(c->type, &wire, value);
        if (!parse(c->type, value, &back, &fault))
            fail_msg("%s: %s", fault.code, value);
        assert_wire_equal(&wire, &back);
        print(c->type, &back, again);
        assert_string_equal(value, again);
    }
}

/* Bytes that look like values, so that the parsers are entered deeply. */
static size_t random_text(char *text, size_t size)
{
    static const char *const pieces[] = {
        "1 ",
        "65535 ",
        "a.example. ",
        ". ",
        "\"",
        "\\",
        "\\\"",
        "\\101",
        ",",
        "=",
        "alpn=",
        "port=",
        "ipv4hint=1.2.3.4,",
        "ipv6hint=::,",
        "mandatory=",
        "key667=",
        "key0=",
        "dohpath=/{?dns}",
        "ech=AAAA",
        "no-default-alpn ",
        " ",
        "\t",
        "abcdef",
        "0 issue ",
        "192.0.2.1",
        "::",
        "{?dns}",
    };
    size_t length = 0, end = below((unsigned)size - 20);

    while (length < end) {
        const char *piece = pieces[below(COUNT(pieces))];
        size_t n = strlen(piece);

        if (below(12) == 0)
            text[length++] = (char)below(256);
        memcpy(text + length, piece, n < size - length ? n : size - length);
        length += n < size - length ? n : size - length;
    }
    return length;
}

static void text_to_wire(const struct random_case *c)
{
    const struct rr_type *row = r53__type_find((uint16_t)c->type);

    for (int i = 0; i < 4000; i++) {
        static char text[6000];
        static char value[64 * RDATA_OCTETS_MAX];
        struct span span = {text, random_text(text, i % 10 ? 80 : sizeof(text))};
        struct rdata_fault fault = {NULL, NULL};
        struct wire wire, back;
        struct text out;

        if (!row->parse(span, wire.octets, &wire.length, &fault)) {
            assert_non_null(fault.code);
            continue;
        }
        r53__text_init(&out, value, sizeof(value));
        row->print(&out, wire.octets, wire.length);
        assert_true(r53__text_fits(&out));
        assert_true(row->parse(r53__span(value), back.octets, &back.length, &fault));
        assert_wire_equal(&wire, &back);
    }
}

static void check_random(void **state)
{
    wire_to_text(*state);
    text_to_wire(*state);
}

static void too_long(void **state)
{
    static char value[20 + 3 * 1400];
    struct rdata_fault fault;
    struct wire wire;

    (void)state;
    memcpy(value, "1 . ipv6hint=::", 16);
    for (int i = 0; i < 1300; i++)
        memcpy(value + 15 + 3 * i, ",::", 4);
    assert_false(parse(R53_TYPE_SVCB, value, &wire, &fault));
    assert_string_equal(fault.code, "CharacterStringTooLong");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(value_cases) + COUNT(words_cases) + COUNT(wire_cases) +
                            COUNT(same_cases) + COUNT(type_cases) + COUNT(target_cases) +
                            COUNT(random_cases) + 4];
    size_t n = 0;

    ADD_CASES(tests, n, value_cases, check_value);
    ADD_CASES(tests, n, words_cases, check_words);
    ADD_CASES(tests, n, wire_cases, check_wire);
    ADD_CASES(tests, n, same_cases, check_same);
    ADD_CASES(tests, n, type_cases, check_type);
    ADD_CASES(tests, n, target_cases, check_target);
    ADD_CASES(tests, n, random_cases, check_random);
    ADD_TEST(tests, n, "R53-TYPE-01 seventeen types and no other", other_types);
    ADD_TEST(tests, n, "R53-RDATA-01 a value is checked and written back", canonical);
    ADD_TEST(tests, n, "R53-TYPE-07 a value has at most 4000 characters", longest_value);
    ADD_TEST(tests, n, "R53-RDATA-16 a value that is too long on the wire is refused", too_long);
    return RUN_TESTS("rdata", tests, n);
}
