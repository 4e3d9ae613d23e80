/*
 * The responder: queries on the wire and what comes back. Every case is asked three ways, by
 * itself, among others in one call, and step by step; the three must agree.
 */
#include "support/harness.h"
#include "support/wire_text.h"

#include "route53/respond.h"

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
    {"R53-DNS-10 a CNAME to a name that is not there is a good answer",
     "www CNAME no.example.com\n", "www A -> NOERROR aa; www 300 CNAME no.example.com.; AUTH=NS\n",
     false},
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
    {"R53-PRIV-08 a name that a resolver rule forwards is refused, and ends a chain that is chased",
     "www A 192.0.2.1\na CNAME b.example.com.\nrule rr-1 FORWARD b.example.com vpc-1\n",
     "b A vpc=vpc-1 -> REFUSED\nwww A vpc=vpc-1 -> NOERROR aa; www 300 A 192.0.2.1; AUTH=NS\n"
     "a A vpc=vpc-1 chase -> NOERROR aa; a 300 CNAME b.example.com.; AUTH=NS\n",
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
    {"R53-DNS-03 R53-DNS-08 an SOA whose names stand in the question, beside it, and elsewhere",
     "@ SOA ns1.example.com.~h.ns1.example.com.~1~7200~900~1209600~30 ttl=60\nns1 A 192.0.2.1\n",
     "nope A -> NXDOMAIN aa; AUTH=SOA/30\nns1 AAAA -> NOERROR aa; AUTH=SOA/30\n"
     "h.ns1 TXT -> NXDOMAIN aa; AUTH=SOA/30\na.b.c.d.e.f.g A edns=1232 do -> NXDOMAIN aa; "
     "AUTH=SOA/30 | edns=4096 do\n",
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
     "@ MX -> NOERROR aa; @ 300 MX 10 mail.example.com., @ 300 MX 20 mail.example.com., @ 300 MX "
     "30 "
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
    {"R53-DNS-20 a service at its own name has its own addresses; no service has none",
     "h HTTPS 1~.~alpn=h2\nh A 192.0.2.1\nno HTTPS 0~.\nno A 192.0.2.2\n*.w SVCB 1~.\n"
     "*.w AAAA 2001:db8::1\n",
     "h HTTPS -> NOERROR aa; h 300 HTTPS 1 . alpn=\"h2\"; AUTH=NS; ADD h 300 A 192.0.2.1\n"
     "h ANY -> NOERROR aa; h 300 A 192.0.2.1, h 300 HTTPS 1 . alpn=\"h2\"; AUTH=NS\n"
     "no HTTPS -> NOERROR aa; no 300 HTTPS 0 .; AUTH=NS\n"
     "x.w SVCB -> NOERROR aa; x.w 300 SVCB 1 .; AUTH=NS; ADD x.w 300 AAAA 2001:db8::1\n",
     false},
    {"R53-DNS-12 nothing goes beside PTR (RFC 1035 3.3.12)", "p PTR h.example.com\nh A 192.0.2.1\n",
     "p PTR -> NOERROR aa; p 300 PTR h.example.com.; AUTH=NS\n", false},
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
     "www TYPE41 -> NOERROR aa; AUTH=SOA/900\n",
     false},
    {"R53-DISP-10 type 0 is a type like others", "www A 192.0.2.1\n",
     "www TYPE0 -> NOERROR aa; AUTH=SOA/900\n", true},
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
    {"R53-DNS-19 what the model leaves open fails", "zone ZTWIN example.com\n",
     "www A -> SERVFAIL\n", false},
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
     "www A opt=0008000700011700cb0071 -> FORMERR | edns=4096\n"     /* bits behind the prefix */
     "www A opt=0008000800011800cb007100 -> FORMERR | edns=4096\n"   /* too long an address */
     "www A opt=0008000600011800cb00 -> FORMERR | edns=4096\n"       /* too short */
     "www A opt=0008000900012100cb00710000 -> FORMERR | edns=4096\n" /* 33 bits */
     "www A opt=0008000700011818cb0071 -> FORMERR | edns=4096\n"     /* with a scope */
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
    {"R53-SEC-06 DS at the apex of a zone is answered by the zone above, if that is ours",
     "child NS ns.child\nchild DS 1~8~1~0101010101010101010101010101010101010101\n"
     "zone ZC child.example.com\nwww.child.example.com. A 192.0.2.1\n"
     "zone ZO example.org\n",
     "child DS minimal -> NOERROR aa; child 300 DS 1 8 1 "
     "0101010101010101010101010101010101010101\n"
     "child DS minimal zone=ZC -> NOERROR aa; AUTH=SOA/900\n"
     "example.org. DS minimal -> NOERROR aa; AUTH=SOA/900\n"
     "www.child A minimal -> NOERROR aa; www.child 300 A 192.0.2.1\n",
     true},
    {"R53-DNS-11 R53-DNS-12 who asks for name servers is given their addresses, minimal or not",
     "@ NS ns.example.com,ns.example.net\nns A 192.0.2.53\n",
     "@ NS minimal -> NOERROR aa; @ 300 NS ns.example.com., @ 300 NS ns.example.net.; ADD ns 300 A "
     "192.0.2.53\n"
     "@ NS -> NOERROR aa; @ 300 NS ns.example.com., @ 300 NS ns.example.net.; ADD ns 300 A "
     "192.0.2.53\n"
     "@ SOA minimal -> NOERROR aa; @ 900 SOA ns1.test. awsdns-hostmaster.amazon.com. 1 7200 900 "
     "1209600 86400\n",
     true},
    {"minimal answers have nothing besides",
     "www A 192.0.2.1\nc CNAME www.example.com\n@ TXT \"t\"\n",
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

/* Records in a section of what the query is answered with. */
static unsigned answered(const r53_view *view, const char *query, int section, size_t *length)
{
    static uint8_t response[WIRE_MAX];
    static char told[ANSWER_TEXT_MAX];
    struct wire_query q;

    wire_query_parse(&q, query);
    assert_int_equal(r53_respond(view, &q.peer, q.octets, q.length, response, q.capacity, length),
                     R53_OK);
    response_text(told, &q, response, *length);
    return (unsigned)(response[4 + 2 * section] << 8 | response[5 + 2 * section]);
}

static void large_answers(void **state)
{
    struct world world;
    size_t length;

    (void)state;
    world_open(&world, "big A " V40("192.0.2.") "\n");
    assert_int_equal(answered(world.view, "big A edns=4096", R53_SECTION_ANSWER, &length), 40);
    assert_int_equal(answered(world.view, "big A edns=8192", R53_SECTION_ANSWER, &length), 40);
    assert_int_equal(answered(world.view, "big A tcp", R53_SECTION_ANSWER, &length), 40);
    assert_int_equal(answered(world.view, "big A tcp minimal", R53_SECTION_ANSWER, &length), 40);
    assert_int_equal(length, 12 + 17 + 4 + 40 * 16); /* each owner is a pointer */
    assert_int_equal(answered(world.view, "big A edns=672 minimal", R53_SECTION_ANSWER, &length),
                     0);
    assert_int_equal(answered(world.view, "big A edns=684 minimal", R53_SECTION_ANSWER, &length),
                     40);
    assert_int_equal(length, 684);
    world_close(&world);
}

/* What is beside an answer goes first, whole, and without TC (R53-DNS-04). */
static void left_out(void **state)
{
    struct world world;
    char told[ANSWER_TEXT_MAX], query[100];
    size_t whole, without = 0;

    (void)state;
    world_open(&world,
               "@ MX 10~mail.example.com\nmail A 192.0.2.1,192.0.2.2\nmail AAAA 2001:db8::1\n");
    assert_int_equal(answered(world.view, "@ MX", R53_SECTION_ADDITIONAL, &whole), 3);
    for (size_t room = whole; room > 60; room--) {
        snprintf(query, sizeof(query), "@ MX cap=%zu", room);
        wire_text(told, world.view, query);
        assert_null(strstr(told, "192.0.2.1") && !strstr(told, "192.0.2.2") ? told : NULL);
        assert_null(strstr(told, "tc"));
        assert_non_null(strstr(told, "; @ 300 MX 10 mail.example.com."));
        without += strstr(told, "AUTH=NS") == NULL;
    }
    assert_true(without > 0);
    assert_string_equal(wire_text(told, world.view, "@ MX cap=40"), "NOERROR aa | tc");
    world_close(&world);
}

/* Addresses of servers below the cut come before those of others, wherever the cut names them. */
static void glue_first(void **state)
{
    enum { OF_OTHERS = 16 + 16, AAAA = 28 }; /* octets */
    struct world world;
    char told[ANSWER_TEXT_MAX], query[100];
    size_t whole;

    (void)state;
    world_open(&world, "sub NS b.example.com,ns.sub.example.com,c.example.com\n"
                       "b A 192.0.2.54\nc A 192.0.2.55\n"
                       "ns.sub A 192.0.2.53\nns.sub AAAA 2001:db8::53\n");
    assert_int_equal(answered(world.view, "x.sub A", R53_SECTION_ADDITIONAL, &whole), 4);
    for (size_t room = whole; room >= whole - OF_OTHERS - AAAA; room--) {
        snprintf(query, sizeof(query), "x.sub A cap=%zu", room);
        wire_text(told, world.view, query);
        assert_null(strstr(told, "| tc"));
        assert_non_null(strstr(told, "192.0.2.53"));
        if (room >= whole - OF_OTHERS)
            assert_non_null(strstr(told, "2001:db8::53"));
    }
    world_close(&world);
}

/*
 * Servers below the cut are not found without an address. RFC 9471 3.1 has TC set unless all of
 * them are told, R53-DNS-04 leaves them out like any other; one of them is enough to go on with.
 */
static void needed_glue(void **state)
{
    struct world world;
    char told[ANSWER_TEXT_MAX], query[100];
    size_t whole, partly = 0, truncated = 0;

    (void)state;
    world_open(&world, "sub NS ns.sub.example.com,b.example.com\nb A 192.0.2.54\n"
                       "ns.sub A 192.0.2.53\nns.sub AAAA 2001:db8::53\n");
    assert_int_equal(answered(world.view, "x.sub A", R53_SECTION_ADDITIONAL, &whole), 3);
    for (size_t room = whole; room > 50; room--) {
        snprintf(query, sizeof(query), "x.sub A cap=%zu", room);
        wire_text(told, world.view, query);
        assert_true(!strstr(told, "192.0.2.53") == (strstr(told, "| tc") != NULL));
        partly += strstr(told, "192.0.2.53") && !strstr(told, "2001:db8::53");
        truncated += strstr(told, "| tc") != NULL;
    }
    assert_true(partly > 0 && truncated > 0);
    world_close(&world);
}

/* With whatever room there is, the response is well-formed and stays inside. */
static void any_room(void **state)
{
    static const char *const queries[] = {"www A",         "@ MX",         "big A edns=4096 do",
                                          "x.sub A",       "no A do",      "@ ANY tcp",
                                          "a A chase tcp", "@ NS edns=900"};
    struct world world;
    char told[ANSWER_TEXT_MAX], query[100];

    (void)state;
    world_open(&world,
               "www A 192.0.2.1\n@ MX 10~mail.example.com,20~b.mail.example.com\n"
               "mail A 192.0.2.1\nb.mail AAAA 2001:db8::1\nbig A " V40(
                   "192.0.2.") "\n"
                               "sub NS ns.sub.example.com,ns.example.net\nns.sub A 192.0.2.53\n"
                               "a CNAME b.example.com\nb CNAME c.example.com\nc A 192.0.2.1\n");
    for (size_t i = 0; i < COUNT(queries); i++) {
        for (size_t room = 0; room < 900; room++) {
            snprintf(query, sizeof(query), "%s cap=%zu", queries[i], room);
            wire_text(told, world.view, query);
        }
    }
    world_close(&world);
}

static void long_chain(void **state)
{
    static char lines[8192];
    char told[ANSWER_TEXT_MAX];
    struct world world;
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 70; i++)
        n +=
            (size_t)snprintf(lines + n, sizeof(lines) - n, "c%d CNAME c%d.example.com\n", i, i + 1);
    snprintf(lines + n, sizeof(lines) - n, "c70 A 192.0.2.1\n");
    world_open(&world, lines);
    assert_string_equal(wire_text(told, world.view, "c0 A chase tcp"), "SERVFAIL");
    wire_text(told, world.view, "c10 A chase tcp minimal");
    assert_non_null(strstr(told, "c70 300 A 192.0.2.1"));
    world_close(&world);
}

static void dropped(void **state)
{
    struct world world;
    struct wire_query q;
    uint8_t response[600];
    r53_message message = {.size = sizeof(message)};

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    wire_query_parse(&q, "www A");
    for (size_t n = 0; n <= 12; n++) {
        size_t length = 99;

        assert_int_equal(
            r53_respond(world.view, NULL, q.octets, n, response, sizeof(response), &length),
            R53_OK);
        assert_int_equal(length, n < 12 ? 0 : 12);
        assert_int_equal(r53_message_parse(q.octets, n, &message), n < 12 ? R53_E_INVALID : R53_OK);
    }
    q.octets[2] |= 0x80;
    for (size_t n = 0; n <= q.length; n++) {
        size_t length = 99;

        assert_int_equal(
            r53_respond(world.view, NULL, q.octets, n, response, sizeof(response), &length),
            R53_OK);
        assert_int_equal(length, 0);
    }
    world_close(&world);
}

static void bad_calls(void **state)
{
    struct world world;
    struct wire_query q;
    uint8_t response[600], address[16] = {0};
    size_t length = 99;
    r53_peer bad[] = {{.size = 3},
                      {.size = sizeof(r53_peer), .transport = 3},
                      {.size = sizeof(r53_peer), .max_udp_size = -1},
                      {.size = sizeof(r53_peer), .max_udp_size = 65536},
                      {.size = sizeof(r53_peer), .address = address},
                      {.size = sizeof(r53_peer), .address = address, .n_address = 5},
                      {.size = sizeof(r53_peer), .n_address = 4},
                      {.size = sizeof(r53_peer), .vpc_region = "nowhere-1"},
                      {.size = sizeof(r53_peer), .continent_code = "XX"}};
    r53_exchange small = {.size = 8}, *at[] = {&small, NULL};

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    wire_query_parse(&q, "www A");
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(r53_respond(world.view, &bad[i], q.octets, q.length, response,
                                     sizeof(response), &length),
                         R53_E_INVALID);
    assert_int_equal(r53_respond(NULL, NULL, q.octets, q.length, response, 600, &length),
                     R53_E_INVALID);
    assert_int_equal(r53_respond(world.view, NULL, NULL, 0, response, 600, &length), R53_E_INVALID);
    assert_int_equal(r53_respond(world.view, NULL, q.octets, q.length, NULL, 600, &length),
                     R53_E_INVALID);
    assert_int_equal(r53_respond(world.view, NULL, q.octets, q.length, response, 600, NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_respond_many(world.view, at, 1), R53_E_INVALID);
    assert_int_equal(r53_respond_many(world.view, at + 1, 1), R53_E_INVALID);
    assert_int_equal(r53_respond_many(world.view, NULL, 1), R53_E_INVALID);
    assert_int_equal(r53_respond_many(world.view, NULL, 0), R53_OK);
    assert_int_equal(r53_respond_many(NULL, NULL, 0), R53_E_INVALID);
    world_close(&world);
}

/* Programs compiled against an earlier or a later struct. */
static void other_sizes(void **state)
{
    struct {
        r53_peer peer;
        uint64_t later;
    } grown = {{.size = sizeof(grown), .minimal = 1}, 0};
    uint32_t least = sizeof(least);
    struct world world;
    struct wire_query q;
    uint8_t response[600];
    size_t length = 0;

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    wire_query_parse(&q, "www A");
    assert_int_equal(r53_respond(world.view, (const r53_peer *)(const void *)&least, q.octets,
                                 q.length, response, sizeof(response), &length),
                     R53_OK);
    assert_int_equal(response[9], 1);
    assert_int_equal(r53_respond(world.view, &grown.peer, q.octets, q.length, response,
                                 sizeof(response), &length),
                     R53_OK);
    assert_int_equal(response[9], 0);
    grown.later = 1;
    assert_int_equal(r53_respond(world.view, &grown.peer, q.octets, q.length, response,
                                 sizeof(response), &length),
                     R53_E_INVALID);
    world_close(&world);
}

static void message_says(void **state)
{
    struct wire_query q;
    r53_message m = {.size = sizeof(m)};
    r53_query query = {.size = sizeof(query), .seed = 7};
    char buffer[R53_MESSAGE_TEXT_MAX];

    (void)state;
    wire_query_parse(&q, "WwW A edns=1232 do subnet=203.0.113.0/24");
    assert_int_equal(r53_message_parse(q.octets, q.length, &m), R53_OK);
    assert_int_equal(m.id, 0xabcd);
    assert_int_equal(m.rcode + m.opcode + m.edns_version, 0);
    assert_int_equal(m.type, R53_TYPE_A);
    assert_int_equal(m.record_class, 1);
    assert_memory_equal(m.name, "\3WwW\7example\3com", m.n_name);
    assert_int_equal(m.n_name, 17);
    assert_int_equal(m.has_edns + m.dnssec_ok, 2);
    assert_int_equal(m.udp_size, 1232);
    assert_int_equal(m.subnet_family, 4);
    assert_int_equal(m.subnet_length, 24);
    assert_int_equal(m.subnet[2], 113);
    assert_int_equal(r53_message_query(&m, &query, buffer, sizeof(buffer)), R53_OK);
    assert_string_equal(query.name, "www.example.com.");
    assert_string_equal(query.client_subnet, "203.0.113.0/24");
    assert_int_equal(query.type, R53_TYPE_A);
    assert_true(query.seed == 7);
    assert_int_equal(r53_message_query(&m, &query, buffer, 20), R53_E_NO_SPACE);
    wire_query_parse(&q, "www TYPE0");
    assert_int_equal(r53_message_parse(q.octets, q.length, &m), R53_OK);
    assert_int_equal(r53_message_query(&m, &query, buffer, sizeof(buffer)), R53_E_UNSUPPORTED);
    wire_query_parse(&q, "www A opcode=4");
    assert_int_equal(r53_message_parse(q.octets, q.length, &m), R53_OK);
    assert_int_equal(m.rcode, R53_RCODE_NOTIMP);
    assert_int_equal(r53_message_query(&m, &query, buffer, sizeof(buffer)), R53_E_INVALID);
    assert_int_equal(r53_message_parse(NULL, 0, &m), R53_E_INVALID);
    assert_int_equal(r53_message_parse(q.octets, q.length, NULL), R53_E_INVALID);
}

/* The longest name in text form fits into the room that is promised. */
static void longest_name(void **state)
{
    uint8_t octets[12 + 255 + 4] = {0, 0, 0, 0, 0, 1};
    r53_message m = {.size = sizeof(m)};
    r53_query query = {.size = sizeof(query)};
    char buffer[R53_MESSAGE_TEXT_MAX];

    (void)state;
    memset(octets + 12, 1, 254);
    octets[sizeof(octets) - 3] = 1;
    octets[sizeof(octets) - 1] = 1;
    assert_int_equal(r53_message_parse(octets, sizeof(octets), &m), R53_OK);
    assert_int_equal(m.n_name, 255);
    assert_int_equal(r53_message_query(&m, &query, buffer, sizeof(buffer)), R53_OK);
}

/* More than a block, of all kinds, each as if it were alone. */
static void assert_as_alone(const char *records)
{
    static const char *const lines[] = {
        "www A",         "no A do",    "@ MX edns=900", "www A class=3", "x.sub A", "w A seed=3",
        "www A zone=NO", "www A qd=0", "www A cap=5",   "@ ANY tcp",     "big A"};
    enum { N = 75 };
    static struct wire_query q[N];
    static uint8_t responses[N][1500];
    static r53_exchange exchanges[N];
    r53_exchange *at[N];
    struct world world;

    world_open(&world, records);
    for (size_t i = 0; i < N; i++) {
        wire_query_parse(&q[i], lines[i % COUNT(lines)]);
        if (q[i].capacity > sizeof(responses[i]))
            q[i].capacity = sizeof(responses[i]);
        exchanges[i] = (r53_exchange){sizeof(r53_exchange), 0,           &q[i].peer,
                                      q[i].octets,          q[i].length, responses[i],
                                      q[i].capacity,        99};
        at[i] = &exchanges[i];
    }
    assert_int_equal(r53_respond_many(world.view, at, N), R53_OK);
    for (size_t i = 0; i < N; i++) {
        uint8_t alone[1500];
        size_t length = 0;

        assert_int_equal(r53_respond(world.view, &q[i].peer, q[i].octets, q[i].length, alone,
                                     q[i].capacity, &length),
                         exchanges[i].error);
        assert_int_equal(exchanges[i].length, length);
        assert_memory_equal(responses[i], alone, length);
    }
    world_close(&world);
}

#define OF_ALL_KINDS                                                                               \
    "www A 192.0.2.1\n@ MX 10~mail.example.com\nmail A 192.0.2.1\n"                                \
    "sub NS ns.sub.example.com\nns.sub A 192.0.2.53\nbig A " V40(                                  \
        "192.0.2.") "\n"                                                                           \
                    "w A 192.0.2.1 id=a weight=1\nw A 192.0.2.2 id=b weight=1\n"

static void many_at_once(void **state)
{
    (void)state;
    assert_as_alone(OF_ALL_KINDS);
}

/* With more names than a cache holds they wait for memory together. */
static void many_of_many(void **state)
{
    enum { NAMES = 3000, LINE = 32 };
    static char records[sizeof(OF_ALL_KINDS) + NAMES * LINE] = OF_ALL_KINDS;
    size_t at = strlen(records);

    (void)state;
    for (int i = 0; i < NAMES; i++)
        at += (size_t)snprintf(records + at, LINE, "n%d A 192.0.2.9\n", i);
    assert_as_alone(records);
}

/* R53-CASE-71: one CNAME, whatever the type */
static void weighted_cname(void **state)
{
    struct world world;
    char told[ANSWER_TEXT_MAX], query[60];
    int b = 0;

    (void)state;
    world_open(&world, "w CNAME a.example.net id=a weight=1 ttl=60\n"
                       "w CNAME b.example.net id=b weight=3 ttl=60\n");
    for (int seed = 0; seed < 400; seed++) {
        snprintf(query, sizeof(query), "w %s minimal seed=%d", seed % 2 ? "A" : "TXT", seed);
        wire_text(told, world.view, query);
        if (strcmp(told, "NOERROR aa; w 60 CNAME b.example.net.") == 0)
            b++;
        else
            assert_string_equal(told, "NOERROR aa; w 60 CNAME a.example.net.");
    }
    assert_in_range(b, 260, 340);
    world_close(&world);
}

/* A model beside the code: what r53_resolve answers is what the wire carries. */
static void same_as_resolved(void **state)
{
    static const char *const labels[] = {"a", "b", "*", "sub", "www", "mail"};
    static const char *const values[] = {
        "A 192.0.2.1",           "A 192.0.2.1,192.0.2.2",  "AAAA 2001:db8::1",
        "CNAME b.example.com",   "MX 10~mail.example.com", "TXT \"t\"",
        "NS ns.sub.example.com", "SRV 1~2~3~a.example.com"};
    static const char *const types[] = {"A",  "AAAA", "CNAME", "MX", "TXT",
                                        "NS", "ANY",  "SRV",   "DS"};
    char lines[4000], query[200], resolved[ANSWER_TEXT_MAX], wired[ANSWER_TEXT_MAX];

    (void)state;
    srand(5);
    for (int round = 0; round < 60; round++) {
        struct world world;
        size_t n = 0;
        unsigned used = 0;

        for (unsigned i = 0; i < COUNT(labels) * 2; i++) { /* one type an owner: never refused */
            const char *value = values[(unsigned)rand() % COUNT(values)];

            if (rand() % 2 || used & 1u << i || (value[0] == 'N' && i % COUNT(labels) == 2))
                continue;
            used |= 1u << i;
            n +=
                (size_t)snprintf(lines + n, sizeof(lines) - n, "%s%s %s\n",
                                 labels[i % COUNT(labels)], i < COUNT(labels) ? "" : ".sub", value);
        }
        lines[n] = '\0';
        world_open(&world, lines);
        for (int i = 0; i < 60; i++) {
            snprintf(query, sizeof(query), "%s.%s%s tcp seed=%d",
                     labels[(unsigned)rand() % COUNT(labels)],
                     labels[(unsigned)rand() % COUNT(labels)], rand() % 2 ? ".sub" : "", i);
            snprintf(query, sizeof(query), "%s%s %s", labels[(unsigned)rand() % COUNT(labels)],
                     rand() % 2   ? ".sub"
                     : rand() % 2 ? ".a.b"
                                  : "",
                     types[(unsigned)rand() % COUNT(types)]);
            resolve_text(resolved, world.view, query);
            snprintf(query + strlen(query), 10, " tcp");
            assert_string_equal(wire_text(wired, world.view, query), resolved);
        }
        world_close(&world);
    }
}

/*
 * Minimal answers go the quick way, whole ones the general way: their answer sections are the same
 * octets, whatever the seed.
 */
static void minimal_as_whole(void **state)
{
    static const char *const names[] = {"one",   "three", "six", "big",  "w",      "f",    "al",
                                        "chain", "aw",    "m",   "loop", "x.star", "six6", "cn"};
    static uint8_t whole[WIRE_MAX], minimal[WIRE_MAX];
    struct world world;

    (void)state;
    world_open(
        &world,
        "one A 192.0.2.1\nthree A 192.0.2.1,192.0.2.2,192.0.2.3\nsix A " V8(
            "192.0.2.") "\nbig A " V40("192.0.2.") "\nsix6 AAAA " V8("2001:db8::") "\n"
                                                                                   "w A "
                                                                                   "192.0.2.1,192."
                                                                                   "0.2.5 id=a "
                                                                                   "weight=1\nw A "
                                                                                   "192.0.2.2 id=b "
                                                                                   "weight=3\n"
                                                                                   "f A 192.0.2.1 "
                                                                                   "id=a "
                                                                                   "failover="
                                                                                   "PRIMARY\nf A "
                                                                                   "192.0.2.2 id=b "
                                                                                   "failover="
                                                                                   "SECONDARY\n"
                                                                                   "al A "
                                                                                   "alias=ZONE1/"
                                                                                   "three\nchain A "
                                                                                   "alias=ZONE1/"
                                                                                   "al\naw A "
                                                                                   "alias=ZONE1/w\n"
                                                                                   "m A 192.0.2.1 "
                                                                                   "id=a "
                                                                                   "multi=true\nm "
                                                                                   "A 192.0.2.2 "
                                                                                   "id=b "
                                                                                   "multi=true\n"
                                                                                   "*.star A "
                                                                                   "192.0.2.1,192."
                                                                                   "0.2.2\ncn "
                                                                                   "CNAME "
                                                                                   "one.example."
                                                                                   "com\n");
    for (unsigned i = 0; i < 40 * COUNT(names) * 2; i++) {
        size_t n_whole = 0, n_minimal = 0;
        struct wire_query q;
        char line[80];

        snprintf(line, sizeof(line), "%s %s seed=%u tcp", names[i % COUNT(names)],
                 i / COUNT(names) % 2 ? "AAAA" : "A", i);
        wire_query_parse(&q, line);
        assert_int_equal(
            r53_respond(world.view, &q.peer, q.octets, q.length, whole, sizeof(whole), &n_whole),
            R53_OK);
        q.peer.minimal = 1;
        assert_int_equal(r53_respond(world.view, &q.peer, q.octets, q.length, minimal,
                                     sizeof(minimal), &n_minimal),
                         R53_OK);
        assert_true(n_minimal <= n_whole);
        assert_memory_equal(minimal, whole, 8);
        assert_memory_equal(minimal + 12, whole + 12, n_minimal - 12);
    }
    world_close(&world);
}

/* Names under which groups of all shapes stand, with and without a plain group beside them. */
static const char shapes[] =
    "one A 192.0.2.1\none TXT \"t\"\none MX 10~one.example.com\none CAA 0~issue~\"ca.test\"\n"
    "beside A 192.0.2.1 id=a weight=1\nbeside A 192.0.2.2 id=b weight=1\nbeside AAAA 2001:db8::1\n"
    "beside TXT \"t\",\"u\"\n"
    "after A 192.0.2.1\nafter TXT \"t\" id=a weight=1\nafter TXT \"u\" id=b weight=1\n"
    "texts TXT \"a\",\"long\"\ntexts SRV 1~2~3~a.example.com,1~2~4~b.example.com\n"
    "mixed A 192.0.2.1,192.0.2.2\nmixed A 192.0.2.3 id=b weight=1\n"
    "cn CNAME one.example.com\ncnw CNAME one.example.com id=a weight=1\n"
    "ptr PTR one.example.com\nns NS ns.example.net\nns DS 1~8~1~"
    "0102030405060708090A0B0C0D0E0F1011121314\nns A 192.0.2.1\nbelow.ns A 192.0.2.1\n"
    "*.star A 192.0.2.1,192.0.2.2\n*.star TXT \"s\"\n*.starw A 192.0.2.1 id=a weight=1\n"
    "*.starcn CNAME one.example.com\nnot.star AAAA 2001:db8::1\nx.not.star A 192.0.2.1\n"
    "a.b.c.d A 192.0.2.1\n"
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789."
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789."
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789 A 192.0.2.1\n";

static const char *const shape_names[] = {
    "@",
    "one",
    "beside",
    "after",
    "texts",
    "mixed",
    "cn",
    "cnw",
    "ptr",
    "ns",
    "below.ns",
    "no.below.ns",
    "x.star",
    "x.y.star",
    "not.star",
    "z.not.star",
    "star",
    "x.starw",
    "x.starcn",
    "b.c.d",
    "no.b.c.d",
    "no",
    "v16",
    "v17",
    "v255",
    "v256",
    "t300",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789."
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789."
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789"};
/* All but NS, which brings addresses along in minimal answers, too. */
static const char *const shape_types[] = {"A",     "AAAA", "TXT", "MX",  "CAA", "SRV",
                                          "CNAME", "DS",   "PTR", "SOA", "ANY", "HTTPS"};

/* The shapes, and record sets of very many values. */
static char *shapes_grown(void)
{
    static const unsigned counts[] = {16, 17, 255, 256};
    char *text = malloc(sizeof(shapes) + 200000), *at = text;

    assert_non_null(text);
    at += sprintf(at, "%s", shapes);
    for (size_t i = 0; i < COUNT(counts); i++) {
        at += sprintf(at, "v%u A ", counts[i]);
        for (unsigned k = 0; k < counts[i]; k++)
            at += sprintf(at, "%s10.0.%u.%u", k ? "," : "", k / 256, k % 256);
        at += sprintf(at, "\n");
    }
    at += sprintf(at, "t300 TXT ");
    for (unsigned k = 0; k < 300; k++)
        at += sprintf(at, "%s\"%0250u\"", k ? "," : "", k);
    sprintf(at, "\n");
    return text;
}

/* Asks for a minimal answer by itself and in a batch, where it is the second. */
static size_t ask_minimal(const struct world *world, struct wire_query *q, uint8_t *out)
{
    static uint8_t beside[WIRE_MAX];
    struct wire_query first;
    r53_exchange exchanges[2];
    r53_exchange *at[2] = {&exchanges[0], &exchanges[1]};
    static uint8_t again[WIRE_MAX];
    size_t length = 0;

    q->peer.minimal = 1;
    assert_int_equal(
        r53_respond(world->view, &q->peer, q->octets, q->length, out, WIRE_MAX, &length), R53_OK);
    wire_query_parse(&first, "x.star A minimal");
    exchanges[0] = (r53_exchange){sizeof(r53_exchange), 0,      &first.peer,    first.octets,
                                  first.length,         beside, sizeof(beside), 0};
    exchanges[1] = (r53_exchange){sizeof(r53_exchange), 0, &q->peer, q->octets, q->length, again,
                                  sizeof(again),        0};
    r53__respond_together(world->view, at, 2);
    assert_int_equal(exchanges[1].error, R53_OK);
    assert_int_equal(exchanges[1].length, length);
    assert_memory_equal(again, out, length);
    return length;
}

/* As above, of groups of all shapes and all types, over TCP and in the 512 octets of UDP. */
static void shapes_as_whole(void **state)
{
    static uint8_t whole[WIRE_MAX], minimal[WIRE_MAX];
    char *lines = shapes_grown(), line[300];
    struct world world;

    (void)state;
    world_open(&world, lines);
    for (unsigned i = 0; i < 3 * 2 * COUNT(shape_names) * COUNT(shape_types); i++) {
        size_t n_whole = 0, n_minimal;
        struct wire_query q;

        snprintf(line, sizeof(line), "%s %s seed=%u%s", shape_names[i % COUNT(shape_names)],
                 shape_types[i / COUNT(shape_names) % COUNT(shape_types)], i,
                 i / COUNT(shape_names) / COUNT(shape_types) % 2 ? " tcp" : "");
        wire_query_parse(&q, line);
        assert_int_equal(
            r53_respond(world.view, &q.peer, q.octets, q.length, whole, sizeof(whole), &n_whole),
            R53_OK);
        n_minimal = ask_minimal(&world, &q, minimal);
        assert_true(n_minimal <= n_whole);
        assert_memory_equal(minimal, whole, 8);
        assert_memory_equal(minimal + 12, whole + 12, n_minimal - 12);
    }
    world_close(&world);
    free(lines);
}

/* Octets of a query changed at random: an answer that is well-formed, or none. */
static void mangled(void **state)
{
    static const char *const lines[] = {"www A edns=1232 subnet=203.0.113.0/24", "@ MX",
                                        "a.b.c A do", "x.sub TYPE65280 tcp"};
    struct world world;
    static uint8_t response[WIRE_MAX];
    char told[ANSWER_TEXT_MAX];

    (void)state;
    srand(6);
    world_open(&world, "www A 192.0.2.1\n@ MX 10~www.example.com\nsub NS ns.sub.example.com\n"
                       "* TXT \"w\"\n");
    for (int i = 0; i < 40000; i++) {
        struct wire_query q;
        size_t length = 0;

        wire_query_parse(&q, lines[i % (int)COUNT(lines)]);
        for (int k = rand() % 4; k >= 0; k--)
            q.octets[(size_t)rand() % q.length] = (uint8_t)rand();
        if (rand() % 4 == 0)
            q.length = (size_t)rand() % (q.length + 1);
        assert_int_equal(r53_respond(world.view, &q.peer, q.octets, q.length, response,
                                     sizeof(response), &length),
                         R53_OK);
        if (length > 0)
            response_text(told, &q, response, length);
    }
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 19];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_respond);
    ADD_TEST(tests, n, "R53-CASE-72 R53-DNS-04 R53-DNS-18 forty values over EDNS and TCP",
             large_answers);
    ADD_TEST(tests, n, "R53-DNS-04 what is beside an answer is left out first, RRset by RRset",
             left_out);
    ADD_TEST(tests, n,
             "R53-DELEG-05 R53-DNS-04 a referral without room for needed glue is truncated",
             needed_glue);
    ADD_TEST(tests, n, "R53-DELEG-05 glue from below the cut comes before that from beside it",
             glue_first);
    ADD_TEST(tests, n, "a response is well-formed in whatever room", any_room);
    ADD_TEST(tests, n, "T43 T49 a chain that is too long is no half answer", long_chain);
    ADD_TEST(tests, n, "R53-DNS-07 short messages and responses are dropped", dropped);
    ADD_TEST(tests, n, "what a caller does wrong is an error", bad_calls);
    ADD_TEST(tests, n, "peers of other sizes", other_sizes);
    ADD_TEST(tests, n, "a message tells what it says", message_says);
    ADD_TEST(tests, n, "R53-DNS-16 the longest name", longest_name);
    ADD_TEST(tests, n, "many at once are answered as one by one", many_at_once);
    ADD_TEST(tests, n, "many at once of a large zone are answered as one by one", many_of_many);
    ADD_TEST(tests, n, "R53-CASE-71 a weighted CNAME", weighted_cname);
    ADD_TEST(tests, n, "R53-DNS-08 the wire carries what is resolved", same_as_resolved);
    ADD_TEST(tests, n, "minimal answers have the records of whole ones", minimal_as_whole);
    ADD_TEST(tests, n, "minimal answers of groups of all shapes, alone and among others",
             shapes_as_whole);
    ADD_TEST(tests, n, "mangled queries are answered or dropped", mangled);
    return RUN_TESTS("respond", tests, n);
}
