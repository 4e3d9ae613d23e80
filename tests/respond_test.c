/*
 * The responder: queries on the wire and what comes back. Every case is asked three ways, by itself,
 * among others in one call, and step by step; the three must agree.
 */
#include "support/harness.h"
#include "support/wire_text.h"

#include <stdio.h>
#include <stdlib.h>

#define LB1      "lb-1.us-east-1.elb.amazonaws.com"
#define ALB(...) "lb one application " LB1 " " __VA_ARGS__ "\n"
#define TO_LB    "alias=Z35SXDOTRQ7X7K/dualstack." LB1 "."
#define V8(a)    a "1," a "2," a "3," a "4," a "5," a "6," a "7," a "8"
#define V40(a)   V8(a "1") "," V8(a "2") "," V8(a "3") "," V8(a "4") "," V8(a "5")

static const struct respond_case {
    const char *what, *cloud, *lines;
    bool once; /* asked one way only: an option of the call that r53_resolve does not have */
} cases[] = {
    {"R53-DNS-01 RD and CD come back, AD and RA do not, answers are authoritative",
     "www A 192.0.2.1\n",
     "www A -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "www A rd -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | rd\n"
     "www A rd cd ad -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | rd cd\n"
     "www TXT rd -> NOERROR aa; AUTH=SOA/900 | rd\n"
     "nope A cd -> NXDOMAIN aa; AUTH=SOA/900 | cd\n",
     false},
    {"R53-CASE-01 R53-DNS-03 R53-DNS-11 a fresh zone", "",
     "@ A -> NOERROR aa; AUTH=SOA/900\n"
     "@ NS -> NOERROR aa; @ 172800 NS ns1.test.\n"
     "@ SOA -> NOERROR aa; @ 900 SOA ns1.test. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 "
     "86400; AUTH=NS\n"
     "x A -> NXDOMAIN aa; AUTH=SOA/900\n",
     false},
    {"R53-CASE-02 R53-DNS-02 three values", "www A 192.0.2.1,192.0.2.2,192.0.2.3\n",
     "www A -> NOERROR aa; www 300 A 192.0.2.1, www 300 A 192.0.2.2, www 300 A 192.0.2.3; AUTH=NS\n"
     "www AAAA -> NOERROR aa; AUTH=SOA/900\n",
     false},
    {"R53-CASE-03 R53-DNS-10 R53-DNS-12 a CNAME is not chased",
     "www CNAME example.com\n@ A 192.0.2.1\n",
     "www A -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n"
     "www CNAME -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n"
     "www MX -> NOERROR aa; www 300 CNAME example.com.; AUTH=NS; ADD @ 300 A 192.0.2.1\n",
     false},
    {"R53-DNS-10 a CNAME to a name that is not there is a good answer", "www CNAME no.example.com\n",
     "www A -> NOERROR aa; www 300 CNAME no.example.com.; AUTH=NS\n", false},
    {"R53-CASE-04 R53-DNS-13 wildcards", "* A 192.0.2.9 ttl=60\nacme MX 10~mail.example.com\n",
     "foo A -> NOERROR aa; foo 60 A 192.0.2.9; AUTH=NS\n"
     "a.b.c A -> NOERROR aa; a.b.c 60 A 192.0.2.9; AUTH=NS\n"
     "acme A -> NOERROR aa; AUTH=SOA/900\n"
     "x.acme A -> NXDOMAIN aa; AUTH=SOA/900\n"
     "foo MX -> NOERROR aa; AUTH=SOA/900\n"
     "* A -> NOERROR aa; \\052 60 A 192.0.2.9; AUTH=NS\n",
     false},
    {"R53-CASE-05 R53-DNS-13 empty non-terminals", "x.y A 192.0.2.1\n* A 192.0.2.9\n",
     "y A -> NOERROR aa; AUTH=SOA/900\n"
     "z.y A -> NXDOMAIN aa; AUTH=SOA/900\n"
     "q A -> NOERROR aa; q 300 A 192.0.2.9; AUTH=NS\n",
     false},
    {"R53-CASE-06 R53-DNS-13 an asterisk in the middle is no wildcard", "prod.* A 192.0.2.1\n",
     "prod.* A -> NOERROR aa; prod.\\052 300 A 192.0.2.1; AUTH=NS\n"
     "* A -> NOERROR aa; AUTH=SOA/900\n"
     "x A -> NOERROR aa; AUTH=SOA/900\n"
     "prod.x A -> NOERROR aa; AUTH=SOA/900\n",
     false},
    {"R53-CASE-07 R53-DNS-09 a referral",
     "acme NS ns1.example.net,ns2.example.net\nwww.acme A 192.0.2.1\n",
     "www.acme A -> NOERROR; AUTH acme 300 NS ns1.example.net., acme 300 NS ns2.example.net.\n"
     "acme NS -> NOERROR; AUTH acme 300 NS ns1.example.net., acme 300 NS ns2.example.net.\n"
     "acme DS -> NOERROR aa; AUTH=SOA/900\n"
     "other A -> NXDOMAIN aa; AUTH=SOA/900\n",
     false},
    {"R53-SEC-06 DS at the cut is the parent's, below it a referral",
     "acme NS ns1.example.net\nacme DS "
     "12345~13~2~49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE93F7B5C4A3E8D6F3F6C9E7AB\n",
     "acme DS do -> NOERROR aa; acme 300 DS 12345 13 2 "
     "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE93F7B5C4A3E8D6F3F6C9E7AB; AUTH=NS | edns=4096 do\n"
     "www.acme DS -> NOERROR; AUTH acme 300 NS ns1.example.net.\n",
     false},
    {"R53-CASE-08 R53-DNS-09 R53-DNS-12 a referral with glue, and that of a sibling",
     "acme NS ns.acme.example.com,ns.other.example.com\nns.acme A 192.0.2.53\n"
     "other NS ns.other.example.com\nns.other AAAA 2001:db8::53\n",
     "www.acme A -> NOERROR; AUTH acme 300 NS ns.acme.example.com., acme 300 NS "
     "ns.other.example.com.; ADD ns.acme 300 A 192.0.2.53, ns.other 300 AAAA 2001:db8::53\n"
     "ns.acme A minimal -> NOERROR; AUTH acme 300 NS ns.acme.example.com., acme 300 NS "
     "ns.other.example.com.; ADD ns.acme 300 A 192.0.2.53, ns.other 300 AAAA 2001:db8::53\n",
     false},
    {"R53-CASE-09 R53-DNS-06 a name outside every zone is refused", "",
     "www.example.org. A -> REFUSED\nwww.example.org. A rd do -> REFUSED | rd edns=4096 do\n"
     ". A -> REFUSED\ncom. NS -> REFUSED\n",
     false},
    {"R53-CASE-10 R53-DNS-16 letters of any case find the name and come back as they were",
     "www A 192.0.2.1\n",
     "WwW.ExAmPlE.cOm. A -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "NOPE.EXAMPLE.COM. A -> NXDOMAIN aa; AUTH=SOA/900\n",
     false},
    {"R53-CASE-11 R53-DNS-03 the TTL of a negative answer",
     "@ SOA ns1.test.~h.test.~1~7200~900~1209600~30 ttl=60\n",
     "nope A -> NXDOMAIN aa; AUTH=SOA/30\n@ A -> NOERROR aa; AUTH=SOA/30\n"
     "@ SOA -> NOERROR aa; @ 60 SOA ns1.test. h.test. 1 7200 900 1209600 30; AUTH=NS\n",
     false},
    {"R53-CASE-72 R53-DNS-04 forty values need EDNS or TCP", "big A " V40("192.0.2.") "\n",
     "big A -> NOERROR aa | tc\n"
     "big A edns=512 -> NOERROR aa | tc edns=4096\n"
     "big A edns=100 -> NOERROR aa | tc edns=4096\n"
     "big A edns=1232 max=600 -> NOERROR aa | tc edns=600\n"
     "big A edns=1232 max=100 -> NOERROR aa | tc edns=512\n",
     false},
    {"R53-CASE-74 R53-DNS-12 addresses of a mail server",
     "@ MX 10~mail.example.com,20~mail.example.com,30~mail.example.net\nmail A 192.0.2.25\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 mail.example.com., @ 300 MX 30 "
     "mail.example.net.; AUTH=NS; ADD mail 300 A 192.0.2.25\n"
     "@ MX minimal -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 mail.example.com., @ "
     "300 MX 30 mail.example.net.\n",
     true},
    {"R53-CASE-74 R53-DNS-12 not of a group with a policy, nor of an alias",
     "@ MX 10~mail.example.com,20~al.example.com\nmail A 192.0.2.25 id=a weight=1\n"
     "al A alias=ZONE1/www\nwww A 192.0.2.1\n",
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 al.example.com.; AUTH=NS\n",
     false},
    {"R53-DNS-08 names in SRV, NAPTR and SVCB data are not compressed",
     "_s._tcp SRV 1~2~3~www.example.com\nwww A 192.0.2.1\n"
     "h HTTPS 1~www.example.com~alpn=h2\nn NAPTR 1~1~\"u\"~\"x\"~\"\"~www.example.com\n",
     "_s._tcp SRV -> NOERROR aa; _s._tcp 300 SRV 1 2 3 www.example.com.; AUTH=NS; ADD www 300 A "
     "192.0.2.1\n"
     "n NAPTR -> NOERROR aa; n 300 NAPTR 1 1 \"u\" \"x\" \"\" www.example.com.; AUTH=NS\n",
     false},
    {"R53-DNS-20 the address of an alias-mode target goes besides",
     "h HTTPS 0~www.example.com\nwww A 192.0.2.1\n",
     "h HTTPS -> NOERROR aa; h 300 HTTPS 0 www.example.com.; AUTH=NS; ADD www 300 A 192.0.2.1\n",
     false},
    {"R53-DNS-05 an OPT answers an OPT", "www A 192.0.2.1\n",
     "www A edns=1232 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n"
     "www A edns=0 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n"
     "www A edns=1232 max=1232 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=1232\n"
     "www A ver=1 -> BADVERS | edns=4096\n"
     "www A ver=255 do opt=zz -> BADVERS | edns=4096 do\n"
     "www A two -> FORMERR | edns=4096\n",
     false},
    {"R53-DNS-05 unknown options and cookies are passed over", "www A 192.0.2.1\n",
     "www A opt=000a00080102030405060708 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n"
     "www A opt=fde900020102fde90000 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n"
     "www A opt=000a0008010203 -> FORMERR | edns=4096\n"
     "www A opt=000a00 -> FORMERR | edns=4096\n",
     false},
    {"R53-DNS-07 R53-DNS-15 opcodes other than QUERY", "www A 192.0.2.1\n",
     "www A opcode=1 -> NOTIMP\nwww A opcode=2 rd -> NOTIMP | rd\nwww A opcode=4 -> NOTIMP\n"
     "www A opcode=5 do -> NOTIMP | edns=4096 do\nwww A opcode=15 -> NOTIMP\n"
     "www A opcode=5 qd=0 -> NOTIMP\n",
     false},
    {"R53-DNS-07 not one question", "www A 192.0.2.1\n",
     "www A qd=0 -> FORMERR\nwww A qd=2 -> FORMERR\nwww A qd=255 -> FORMERR\n", false},
    {"R53-DNS-15 no zone transfers", "www A 192.0.2.1\n",
     "@ TYPE252 -> REFUSED\n@ TYPE251 -> REFUSED\n@ TYPE252 tcp -> REFUSED\n", false},
    {"R53-DISP-10 classes and types that are never stored", "www A 192.0.2.1\n",
     "www A class=255 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "www A class=3 -> REFUSED\nwww A class=4 -> REFUSED\nwww A class=0 -> REFUSED\n"
     "www A class=254 -> REFUSED\n"
     "www TYPE253 -> NOERROR aa; AUTH=SOA/900\nwww TYPE254 -> NOERROR aa; AUTH=SOA/900\n"
     "www TYPE65280 -> NOERROR aa; AUTH=SOA/900\nno TYPE65280 -> NXDOMAIN aa; AUTH=SOA/900\n"
     "www TYPE0 -> NOERROR aa; AUTH=SOA/900\nwww TYPE41 -> NOERROR aa; AUTH=SOA/900\n",
     false},
    {"R53-CASE-85 R53-DNS-14 ANY", "@ A 192.0.2.1\n@ MX 10~m.example.net\nc CNAME x.example.net\n",
     "@ ANY -> NOERROR aa; @ 172800 NS ns1.test., @ 300 A 192.0.2.1, @ 300 MX 10 m.example.net., @ "
     "900 SOA ns1.test. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400\n"
     "c ANY -> NOERROR aa; c 300 CNAME x.example.net.; AUTH=NS\n"
     "no ANY -> NXDOMAIN aa; AUTH=SOA/900\n",
     false},
    {"R53-DNS-14 RFC 8482: one RRset of them", "@ A 192.0.2.1,192.0.2.2\n",
     "@ ANY single minimal -> NOERROR aa; @ 300 A 192.0.2.1, @ 300 A 192.0.2.2\n", true},
    {"R53-DNS-17 a TTL of 0 stays", "www A 192.0.2.1 ttl=0\n",
     "www A -> NOERROR aa; www 0 A 192.0.2.1; AUTH=NS\n", false},
    {"R53-DNS-19 an alias that leads nowhere or in a circle", "x A " TO_LB "\na A alias=ZONE1/a\n",
     "x A rd -> SERVFAIL | rd\nx ANY -> SERVFAIL\na A do -> SERVFAIL | edns=4096 do\n", false},
    {"R53-DNS-19 what the model leaves open fails",
     "zone ZTWIN example.com\n", "www A -> SERVFAIL\n", false},
    {"R53-PLACE-03 R53-PLACE-04 R53-CASE-75 the client subnet comes back", "www A 192.0.2.1\n",
     "www A subnet=203.0.113.0/24 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096 scope=0\n"
     "www A subnet=2001:db8::/48 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096 scope=0\n"
     "www A subnet=0.0.0.0/0 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096 scope=0\n"
     "www A edns=1232 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n",
     false},
    {"R53-PLACE-04 R53-CASE-75 the scope where the place decides",
     "g A 192.0.2.1 id=a country=DE\ng A 192.0.2.2 id=b country=*\n",
     "g A subnet=203.0.113.0/24 country=DE -> NOERROR aa; g 300 A 192.0.2.1; AUTH=NS | edns=4096 "
     "scope=24\n"
     "g A subnet=203.0.113.7/32 country=DE -> NOERROR aa; g 300 A 192.0.2.1; AUTH=NS | edns=4096 "
     "scope=24\n"
     "g A subnet=203.0.0.0/16 -> NOERROR aa; g 300 A 192.0.2.2; AUTH=NS | edns=4096 scope=16\n"
     "g A subnet=0.0.0.0/0 country=DE -> NOERROR aa; g 300 A 192.0.2.1; AUTH=NS | edns=4096 "
     "scope=0\n"
     "g A from=203.0.113.1 -> NOERROR aa; g 300 A 192.0.2.2; AUTH=NS\n",
     false},
    {"R53-PLACE-05 a client subnet that is malformed", "www A 192.0.2.1\n",
     "www A opt=0008000700011800cb0071 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096 "
     "scope=0\n"
     "www A opt=0008000700011700cb0071 -> FORMERR | edns=4096\n" /* bits behind the prefix */
     "www A opt=0008000800011800cb007100 -> FORMERR | edns=4096\n" /* too long an address */
     "www A opt=0008000600011800cb00 -> FORMERR | edns=4096\n" /* too short */
     "www A opt=0008000900012100cb00710000 -> FORMERR | edns=4096\n" /* 33 bits */
     "www A opt=0008000700011818cb0071 -> FORMERR | edns=4096\n" /* with a scope */
     "www A opt=00080003000118 -> FORMERR | edns=4096\n"
     "www A opt=00080000 -> FORMERR | edns=4096\n",
     false},
    {"R53-PLACE-05 a family that is not known is passed over", "www A 192.0.2.1\n",
     "www A opt=0008000700031800cb0071 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n"
     "www A opt=0008000400000000 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096\n",
     false},
    {"R53-SEC-09 an unsigned zone answers DO without signatures", "www A 192.0.2.1\n",
     "www A do -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | edns=4096 do\n"
     "no A do -> NXDOMAIN aa; AUTH=SOA/900 | edns=4096 do\n"
     "www TYPE46 do -> NOERROR aa; AUTH=SOA/900 | edns=4096 do\n"
     "@ TYPE48 do -> NOERROR aa; AUTH=SOA/900 | edns=4096 do\n"
     "@ DS do -> NOERROR aa; AUTH=SOA/900 | edns=4096 do\n",
     false},
    {"R53-ELB-04 an alias to a load balancer",
     "@ A " TO_LB "\n@ AAAA " TO_LB "\n" ALB("a=198.51.100.1 b=198.51.100.2"),
     "@ A -> NOERROR aa; @ 60 A 198.51.100.1, @ 60 A 198.51.100.2; AUTH=NS\n"
     "@ AAAA -> NOERROR aa; AUTH=SOA/900\n",
     false},
    {"minimal answers have nothing besides", "www A 192.0.2.1\nc CNAME www.example.com\n@ TXT \"t\"\n",
     "www A minimal -> NOERROR aa; www 300 A 192.0.2.1\n"
     "c A minimal -> NOERROR aa; c 300 CNAME www.example.com.\n"
     "@ TXT minimal edns=1232 -> NOERROR aa; @ 300 TXT \"t\" | edns=4096\n"
     "no A minimal -> NXDOMAIN aa; AUTH=SOA/900\n"
     "@ NS minimal -> NOERROR aa; @ 172800 NS ns1.test.\n",
     true},
    {"R53-DNS-10 chased: the rcode is that of the last name (T49)",
     "a CNAME b.example.com\nb CNAME c.example.com\nc A 192.0.2.1\nd CNAME no.example.com\n"
     "e CNAME c.example.com\n",
     "a A chase -> NOERROR aa; a 300 CNAME b.example.com., b 300 CNAME c.example.com., c 300 A "
     "192.0.2.1; AUTH=NS\n"
     "a AAAA chase -> NOERROR aa; a 300 CNAME b.example.com., b 300 CNAME c.example.com.; "
     "AUTH=SOA/900\n"
     "a CNAME chase -> NOERROR aa; a 300 CNAME b.example.com.; AUTH=NS\n"
     "a ANY chase -> NOERROR aa; a 300 CNAME b.example.com.; AUTH=NS\n"
     "d A chase -> NXDOMAIN aa; d 300 CNAME no.example.com.; AUTH=SOA/900\n"
     "e A chase minimal -> NOERROR aa; c 300 A 192.0.2.1, e 300 CNAME c.example.com.\n",
     true},
    {"R53-DNS-10 chased: into a zone cut, other zones, and out of the cloud",
     "a CNAME x.sub.example.com\nsub NS ns1.example.net\nb CNAME www.example.net\n"
     "c CNAME www.example.org\nzone ZN example.net\nwww.example.net. A 192.0.2.7\n",
     "a A chase -> NOERROR aa; a 300 CNAME x.sub.example.com.; AUTH sub 300 NS ns1.example.net.\n"
     "b A chase -> NOERROR aa; b 300 CNAME www.example.net., www.example.net. 300 A 192.0.2.7; "
     "AUTH=NS\n"
     "c A chase -> NOERROR aa; c 300 CNAME www.example.org.; AUTH=NS\n"
     "b A chase zone=ZONE1 -> NOERROR aa; b 300 CNAME www.example.net.; AUTH=NS\n",
     true},
    {"T43 T49 T50 R53-DNS-10 chased: circles end, each CNAME told once",
     "a CNAME a.example.com\nb CNAME c.example.com\nc CNAME b.example.com\nd CNAME b.example.com\n"
     "*.w CNAME x.w.example.com\n",
     "a A chase -> NOERROR aa; a 300 CNAME a.example.com.; AUTH=NS\n"
     "b A chase -> NOERROR aa; b 300 CNAME c.example.com., c 300 CNAME b.example.com.; AUTH=NS\n"
     "d A chase -> NOERROR aa; b 300 CNAME c.example.com., c 300 CNAME b.example.com., d 300 CNAME "
     "b.example.com.; AUTH=NS\n"
     "y.w A chase -> NOERROR aa; x.w 300 CNAME x.w.example.com., y.w 300 CNAME x.w.example.com.; "
     "AUTH=NS\n",
     true},
    {"R53-DNS-19 chased: to an alias that leads nowhere", "a CNAME x.example.com\nx A " TO_LB "\n",
     "a A chase -> SERVFAIL\n", true},
    {"the caller's mistakes are errors, not answers", "www A 192.0.2.1\n",
     "www A zone=NOSUCH -> R53_E_NOT_FOUND\nwww A cap=0 -> R53_E_NO_SPACE\n"
     "www A cap=32 -> R53_E_NO_SPACE\nwww A cap=33 -> NOERROR aa | tc\n"
     "www A cap=43 do -> R53_E_NO_SPACE\nwww A cap=44 do -> NOERROR aa | tc edns=4096 do\n"
     "www A cap=55 do subnet=203.0.113.0/24 -> NOERROR aa | tc edns=4096 do scope=0\n",
     false},
};

static void check_respond(void **state)
{
    const struct respond_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, wire_text);
    expect_lines(world.view, c->lines, wire_text_many);
    if (!c->once)
        expect_lines(world.view, c->lines, wire_text_steps);
    world_close(&world);
}
