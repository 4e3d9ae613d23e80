/*
 * What few records that meet make of an answer, octets in and octets out: wildcards, empty
 * non-terminals, zone cuts, CNAMEs into each of them, and zones that are asked together. The
 * answers are those that Knot, NSD and BIND give as well, where tests/conformance finds them of one
 * mind.
 */
#include "support/harness.h"
#include "support/wire_text.h"

static const struct wire_case {
    const char *what, *cloud, *lines;
} cases[] = {
    {"R53-WILD-02 R53-WILD-04 a wildcard covers what is not there, at any depth, and no more",
     "*.w A 192.0.2.1\na.b.w TXT \"t\"\n",
     "x.w A minimal -> NOERROR aa; x.w 300 A 192.0.2.1\n"
     "x.y.z.w A minimal -> NOERROR aa; x.y.z.w 300 A 192.0.2.1\n"
     "b.w A minimal -> NOERROR aa; AUTH=SOA/900\n"
     "x.b.w A minimal -> NXDOMAIN aa; AUTH=SOA/900\n"
     "a.b.w A minimal -> NOERROR aa; AUTH=SOA/900\n"
     "w A minimal -> NOERROR aa; AUTH=SOA/900\n"},
    {"R53-WILD-07 the asterisk that is asked for is the record itself, which covers nothing below "
     "it",
     "*.w A 192.0.2.1\n",
     "*.w A minimal -> NOERROR aa; \\052.w 300 A 192.0.2.1\n"
     "*.*.w A minimal -> NXDOMAIN aa; AUTH=SOA/900\n"
     "x.*.w A minimal -> NXDOMAIN aa; AUTH=SOA/900\n"
     "*.x.w A minimal -> NOERROR aa; \\052.x.w 300 A 192.0.2.1\n"},
    {"R53-WILD-01 R53-WILD-10 an asterisk in the middle covers nothing, but is a name that is "
     "there",
     "a.*.w A 192.0.2.1\n",
     "a.*.w A minimal -> NOERROR aa; a.\\052.w 300 A 192.0.2.1\n"
     "a.x.w A minimal -> NOERROR aa; AUTH=SOA/900\n"
     "*.w A minimal -> NOERROR aa; AUTH=SOA/900\n"
     "b.*.w A minimal -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-WILD-08 a CNAME at a wildcard answers every type, chased from the name that was asked",
     "*.w CNAME to.example.com\nto A 192.0.2.1\n*.n CNAME no.example.com\n*.l CNAME "
     "x.l.example.com\n",
     "q.w TXT minimal -> NOERROR aa; q.w 300 CNAME to.example.com.\n"
     "q.w A minimal chase -> NOERROR aa; q.w 300 CNAME to.example.com., to 300 A 192.0.2.1\n"
     "q.w TXT minimal chase -> NOERROR aa; q.w 300 CNAME to.example.com.; AUTH=SOA/900\n"
     "q.n A minimal chase -> NXDOMAIN aa; q.n 300 CNAME no.example.com.; AUTH=SOA/900\n"
     "*.w A minimal chase -> NOERROR aa; \\052.w 300 CNAME to.example.com., to 300 A 192.0.2.1\n"
     "x.l A minimal chase -> NOERROR aa; x.l 300 CNAME x.l.example.com.\n"},
    {"R53-DNS-10 chased: to a wildcard, to its asterisk, to an empty name, to the apex",
     "a CNAME x.w.example.com\nb CNAME *.w.example.com\nc CNAME w.example.com\n"
     "d CNAME example.com\n*.w A 192.0.2.1\n@ A 192.0.2.2\n",
     "a A minimal chase -> NOERROR aa; a 300 CNAME x.w.example.com., x.w 300 A 192.0.2.1\n"
     "b A minimal chase -> NOERROR aa; \\052.w 300 A 192.0.2.1, b 300 CNAME \\052.w.example.com.\n"
     "c A minimal chase -> NOERROR aa; c 300 CNAME w.example.com.; AUTH=SOA/900\n"
     "d A minimal chase -> NOERROR aa; @ 300 A 192.0.2.2, d 300 CNAME example.com.\n"},
    {"R53-DELEG-01 R53-WILD-09 a cut hides data and wildcards at and below it",
     "sub NS ns.example.net\nsub TXT \"hidden\"\na.sub A 192.0.2.1\n*.sub A 192.0.2.2\n"
     "b.a.sub NS ns.example.org\n* A 192.0.2.3\n",
     "sub TXT minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "sub NS minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "sub ANY minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "a.sub A minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "x.sub A minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "x.b.a.sub DS minimal -> NOERROR; AUTH sub 300 NS ns.example.net.\n"
     "sub DS minimal -> NOERROR aa; AUTH=SOA/900\n"
     "xsub A minimal -> NOERROR aa; xsub 300 A 192.0.2.3\n"},
    {"R53-DELEG-05 glue is of the zone's own records: below the cut, beside it, below another",
     "one NS ns.one.example.com,b.example.com,ns.two.example.com,x.w.example.com,ns.example.net\n"
     "ns.one A 192.0.2.1\nb AAAA 2001:db8::1\ntwo NS ns.two.example.com\nns.two A 192.0.2.2\n"
     "*.w A 192.0.2.3\n",
     "x.one A minimal -> NOERROR; AUTH one 300 NS b.example.com., one 300 NS ns.example.net., one "
     "300 NS ns.one.example.com., one 300 NS ns.two.example.com., one 300 NS x.w.example.com.; ADD "
     "b "
     "300 AAAA 2001:db8::1, ns.one 300 A 192.0.2.1, ns.two 300 A 192.0.2.2\n"},
    {"R53-DNS-12 R53-WILD-02 names that an answer leads to have the addresses of their wildcard",
     "@ NS ns.w.example.com,w.example.com\n@ MX "
     "10~a.w.example.com,20~b.w.example.com,30~a.w.example.com\n"
     "*.w A 192.0.2.1\n*.w AAAA 2001:db8::1\n*.w MX 10~x.w.example.com\n"
     "n.w TXT \"t\"\n_s SRV 1~2~3~n.w.example.com,1~2~3~x.n.w.example.com\n",
     "@ NS minimal -> NOERROR aa; @ 300 NS ns.w.example.com., @ 300 NS w.example.com.; ADD ns.w "
     "300 A "
     "192.0.2.1, ns.w 300 AAAA 2001:db8::1\n"
     "@ MX -> NOERROR aa; @ 300 MX 10 a.w.example.com., @ 300 MX 20 b.w.example.com., @ 300 MX 30 "
     "a.w.example.com.; AUTH @ 300 NS ns.w.example.com., @ 300 NS w.example.com.; ADD a.w 300 A "
     "192.0.2.1, a.w 300 AAAA 2001:db8::1, b.w 300 A 192.0.2.1, b.w 300 AAAA 2001:db8::1\n"
     "x.w MX -> NOERROR aa; x.w 300 MX 10 x.w.example.com.; AUTH @ 300 NS ns.w.example.com., @ 300 "
     "NS w.example.com.; ADD x.w 300 A 192.0.2.1, x.w 300 AAAA 2001:db8::1\n"
     "_s SRV -> NOERROR aa; _s 300 SRV 1 2 3 n.w.example.com., _s 300 SRV 1 2 3 "
     "x.n.w.example.com.; AUTH @ 300 NS ns.w.example.com., @ 300 NS w.example.com.\n"},
    {"R53-DNS-12 R53-WILD-09 a wildcard's addresses are told where a query for them has them",
     "m MX 10~x.cut.example.com,20~x.pol.example.com,30~x.ali.example.com\n"
     "cut NS ns.example.net\n*.cut A 192.0.2.1\n*.pol A 192.0.2.2 id=a weight=1\n"
     "*.ali A alias=ZONE1/a\na A 192.0.2.3\n",
     "m MX -> NOERROR aa; m 300 MX 10 x.cut.example.com., m 300 MX 20 x.pol.example.com., m 300 MX "
     "30 x.ali.example.com.; AUTH=NS\n"},
    {"R53-DNS-12 minimal: the addresses are those of name servers, not of a CNAME in their place",
     "c CNAME www.example.com\nwww A 192.0.2.1\n",
     "c NS minimal -> NOERROR aa; c 300 CNAME www.example.com.\n"
     "c NS minimal chase -> NOERROR aa; c 300 CNAME www.example.com.; AUTH=SOA/900\n"},
    {"R53-DNS-10 who follows CNAMEs is not told their targets' addresses besides",
     "c CNAME www.example.com\nwww A 192.0.2.1\n*.w CNAME www.example.com\n",
     "c CNAME -> NOERROR aa; c 300 CNAME www.example.com.; AUTH=NS; ADD www 300 A 192.0.2.1\n"
     "c CNAME chase -> NOERROR aa; c 300 CNAME www.example.com.; AUTH=NS\n"
     "x.w CNAME chase -> NOERROR aa; x.w 300 CNAME www.example.com.; AUTH=NS\n"
     "c ANY chase -> NOERROR aa; c 300 CNAME www.example.com.; AUTH=NS\n"
     "c A chase -> NOERROR aa; c 300 CNAME www.example.com., www 300 A 192.0.2.1; AUTH=NS\n"},
    {"R53-DNS-10 chased: behind a cut the servers are told, with glue, and the answer stays ours",
     "a CNAME x.sub.example.com\nb CNAME sub.example.com\nsub NS ns.sub.example.com\n"
     "ns.sub A 192.0.2.53\nx.sub A 192.0.2.1\n",
     "a A minimal chase -> NOERROR aa; a 300 CNAME x.sub.example.com.; AUTH sub 300 NS "
     "ns.sub.example.com.; ADD ns.sub 300 A 192.0.2.53\n"
     "b NS minimal chase -> NOERROR aa; b 300 CNAME sub.example.com.; AUTH sub 300 NS "
     "ns.sub.example.com.; ADD ns.sub 300 A 192.0.2.53\n"},
    {"R53-DNS-10 R53-ZONE-10 chased: from parent to child and back, delegated or not",
     "down CNAME www.child.example.com\nno CNAME no.child.example.com\nround CNAME "
     "round.child.example.com\nup A 192.0.2.1\nzone ZC child.example.com\n"
     "www.child.example.com. A 192.0.2.2\nup.child.example.com. CNAME up.example.com\n"
     "round.child.example.com. CNAME round.example.com\n",
     "down A minimal chase -> NOERROR aa; down 300 CNAME www.child.example.com., www.child 300 A "
     "192.0.2.2\n"
     "no A minimal chase -> NXDOMAIN aa; no 300 CNAME no.child.example.com.; AUTH=SOA/900\n"
     "up.child A minimal chase -> NOERROR aa; up 300 A 192.0.2.1, up.child 300 CNAME "
     "up.example.com.\n"
     "round A minimal chase -> NOERROR aa; round 300 CNAME round.child.example.com., round.child "
     "300 "
     "CNAME round.example.com.\n"},
    {"R53-DELEG-06 R53-SEC-06 a child is asked for itself, but its parent for DS, delegated or not",
     "zone ZC child.example.com\nwww.child.example.com. A 192.0.2.2\n",
     "www.child A minimal -> NOERROR aa; www.child 300 A 192.0.2.2\n"
     "child DS minimal -> NXDOMAIN aa; AUTH=SOA/900\n"},
    {"R53-DNS-05 R53-PLACE-04 errors carry the OPT and the client's subnet as well",
     "@ A 192.0.2.1\n",
     "example.net. A do subnet=203.0.113.0/24 -> REFUSED | edns=4096 do scope=0\n"
     "no A subnet=2001:db8::/32 -> NXDOMAIN aa; AUTH=SOA/900 | edns=4096 scope=0\n"
     "@ A class=3 do -> REFUSED | edns=4096 do\n"},
};

/* By itself, and among others in one call. */
static void check_wire(void **state)
{
    const struct wire_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, wire_text);
    expect_lines(world.view, c->lines, wire_text_many);
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_wire);
    return RUN_TESTS("wire_zones", tests, n);
}
