/*
 * The dispatcher: which hosted zone a query goes to, and what it holds for a name and type. Tables
 * first, then a naive reading of RFC 1034 and RFC 4592 beside it on random zones.
 */
#include "support/cloud_text.h"
#include "support/harness.h"

#include <r53/rulebook.h>

#include <stdio.h>
#include <stdlib.h>

/* "kind[*] zone [n]" and the deciding rule, or the error's name. */
static const char *dispatch_text(char *buffer, const r53_view *view, const char *query)
{
    r53_disposition d = {.size = sizeof(d)};
    struct query_text q;
    int32_t rc;

    query_parse(&q, query, strlen(query));
    rc = r53_dispatch(view, &q.query, &d, NULL);
    if (rc != R53_OK)
        snprintf(buffer, ANSWER_TEXT_MAX, "%s", r53_error_name(rc));
    else
        snprintf(buffer, ANSWER_TEXT_MAX, "%s%s %s %u %s", r53_disposition_name(d.kind),
                 d.is_wildcard ? "*" : "", *d.hosted_zone_id ? d.hosted_zone_id : "-",
                 d.n_record_sets, r53_rule_id(d.rule));
    return buffer;
}

#define TWO_ZONES                                                                                  \
    "www A 192.0.2.1\n"                                                                            \
    "zone ZSUB sub.example.com\n"                                                                  \
    "www.sub A 192.0.2.2\n"

#define SPLIT                                                                                      \
    "mail A 192.0.2.25\n"                                                                          \
    "zone ZP example.com vpc-1,vpc-2\n"                                                            \
    "www A 10.0.0.1\n"                                                                             \
    "a.b A 10.0.0.2\n"                                                                             \
    "zone ZPB b.example.com vpc-1\n"

static const struct dispatch_case {
    const char *what, *cloud, *lines;
} cases[] = {
    {"R53-ZONE-10 the longest suffix, whole labels", TWO_ZONES,
     "www A -> record ZONE1 1 R53-DISP-01\n"
     "www.sub A -> record ZSUB 1 R53-DISP-01\n"
     "sub NS -> record ZSUB 1 R53-DISP-01\n"
     "x.sub A -> nxdomain ZSUB 0 R53-DISP-06\n"
     "notsub A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "www.sub A zone=ZONE1 -> nxdomain ZONE1 0 R53-DISP-06\n"
     "www A zone=/hostedzone/ZONE1 -> record ZONE1 1 R53-DISP-01\n"
     "www A zone=NOSUCH -> R53_E_NOT_FOUND\n"},
    {"R53-ZONE-10 T11 R53-ZONE-08 several public zones of one name are the caller's choice",
     "www A 192.0.2.1\nzone ZTWIN example.com\nwww A 192.0.2.2\n",
     "www A -> R53_E_AMBIGUOUS\n"
     "x.y A -> R53_E_AMBIGUOUS\n"
     "www A zone=ZONE1 -> record ZONE1 1 R53-DISP-01\n"
     "www A zone=ZTWIN -> record ZTWIN 1 R53-DISP-01\n"
     "www.example.net. A -> refused - 0 R53-DNS-06\n"},
    {"R53-DNS-06 R53-CASE-09 no zone holds the name", "www A 192.0.2.1\n",
     "www.example.org. A -> refused - 0 R53-DNS-06\n"
     "com. A -> refused - 0 R53-DNS-06\n"
     ". A -> refused - 0 R53-DNS-06\n"
     "www.example.org. A zone=ZONE1 -> refused - 0 R53-DNS-06\n"},
    {"R53-DNS-06 T16 notexample.com does not lie in example.com", "www A 192.0.2.1\n",
     "notexample.com. A -> refused - 0 R53-DNS-06\n"
     "www.notexample.com. A -> refused - 0 R53-DNS-06\n"
     "notexample.com. A zone=ZONE1 -> refused - 0 R53-DNS-06\n"},
    {"R53-PRIV-03 a private zone is seen from its VPCs only", SPLIT,
     "www A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "www A vpc=vpc-1 -> record ZP 1 R53-DISP-01\n"
     "www A vpc=vpc-2 -> record ZP 1 R53-DISP-01\n"
     "www A vpc=vpc-3 -> nxdomain ZONE1 0 R53-DISP-06\n"
     "www A vpc=vpc -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-PRIV-03 a private zone alone is refused to the internet",
     "zone ZP corp.test vpc-1\nwww.corp.test. A 10.0.0.1\n",
     "www.corp.test. A -> refused - 0 R53-DNS-06\n"
     "www.corp.test. A vpc=vpc-1 -> record ZP 1 R53-DISP-01\n"},
    {"R53-PRIV-05 R53-CASE-61 only the longest private zone is searched", SPLIT,
     "a.b A vpc=vpc-1 -> nxdomain ZPB 0 R53-DISP-06\n"
     "a.b A vpc=vpc-2 -> record ZP 1 R53-DISP-01\n"},
    {"R53-PRIV-06 R53-CASE-60 no fall-through to the public zone", SPLIT,
     "mail A vpc=vpc-1 -> nxdomain ZP 0 R53-DISP-06\n"
     "www AAAA vpc=vpc-1 -> nodata ZP 0 R53-DISP-05\n"
     "www A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "mail A -> record ZONE1 1 R53-DISP-01\n"},
    {"R53-PRIV-06 a shorter private zone beats a longer public one",
     "zone ZSUB sub.example.com\nwww.sub A 192.0.2.2\nzone ZP example.com vpc-1\n",
     "www.sub A vpc=vpc-1 -> nxdomain ZP 0 R53-DISP-06\n"
     "www.sub A -> record ZSUB 1 R53-DISP-01\n"},
    {"R53-PRIV-09 T11 the VPC sees the private one of two zones of one name", SPLIT,
     "www A vpc=vpc-1 -> record ZP 1 R53-DISP-01\n"
     "mail A vpc=vpc-1 -> nxdomain ZP 0 R53-DISP-06\n"},
    {"R53-WILD-01 R53-CASE-06 an asterisk elsewhere is a plain character",
     "prod.* A 192.0.2.1\nw*.t A 192.0.2.2\n",
     "prod.* A -> record ZONE1 1 R53-DISP-01\n"
     "* A -> nodata ZONE1 0 R53-DISP-07\n"
     "x A -> nodata* ZONE1 0 R53-DISP-07\n"
     "prod.x A -> nodata* ZONE1 0 R53-DISP-07\n"
     "w*.t A -> record ZONE1 1 R53-DISP-01\n"
     "wx.t A -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-WILD-02 the closest encloser's wildcard and no other", "* A 192.0.2.9\nx.a A 192.0.2.1\n",
     "b A -> record* ZONE1 1 R53-DISP-01\n"
     "y.a A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "y.x.a A -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-WILD-02 R53-CASE-79 nested wildcards", "* A 192.0.2.1\n*.a A 192.0.2.2\n",
     "x.a A -> record* ZONE1 1 R53-DISP-01\n"
     "a A -> nodata ZONE1 0 R53-DISP-07\n"
     "b A -> record* ZONE1 1 R53-DISP-01\n"
     "x.y.a A -> record* ZONE1 1 R53-DISP-01\n"},
    {"R53-WILD-03 a name of its own is not covered, whatever the type",
     "* A 192.0.2.9\nacme MX 10~mail.example.com\n",
     "acme A -> nodata ZONE1 0 R53-DISP-05\n"
     "acme MX -> record ZONE1 1 R53-DISP-01\n"
     "foo MX -> nodata* ZONE1 0 R53-DISP-05\n"},
    {"R53-WILD-03 R53-CASE-49 a policy group hides the wildcard",
     "* A 192.0.2.9\nwww AAAA 2001:db8::1 id=a weight=1\n",
     "www A -> nodata ZONE1 0 R53-DISP-05\n"
     "www AAAA -> record ZONE1 1 R53-DISP-01\n"},
    {"R53-WILD-04 T10 T50 a wildcard covers any number of labels", "* A 192.0.2.9\n",
     "acme.zenith A -> record* ZONE1 1 R53-DISP-01\n"
     "a.b.c.d.e.f A -> record* ZONE1 1 R53-DISP-01\n"
     "a.* A -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-WILD-05 a wildcard does not cover its parent", "*.acme A 192.0.2.9\n",
     "acme A -> nodata ZONE1 0 R53-DISP-07\n"
     "@ A -> nodata ZONE1 0 R53-DISP-05\n"
     "x.acme A -> record* ZONE1 1 R53-DISP-01\n"},
    {"R53-WILD-07 the asterisk name itself", "* A 192.0.2.9\n",
     "* A -> record ZONE1 1 R53-DISP-01\n"
     "\\052 A -> record ZONE1 1 R53-DISP-01\n"
     "* TXT -> nodata ZONE1 0 R53-DISP-05\n"},
    {"R53-WILD-08 a wildcard CNAME answers every type", "* CNAME x.example.net\n",
     "foo A -> cname* ZONE1 1 R53-DISP-04\n"
     "foo MX -> cname* ZONE1 1 R53-DISP-04\n"
     "foo CNAME -> record* ZONE1 1 R53-DISP-01\n"
     "foo ANY -> cname* ZONE1 1 R53-DISP-04\n"},
    {"R53-WILD-09 T48 a wildcard stops at a zone cut",
     "* A 192.0.2.9\nacme NS ns.example.net\n*.acme A 192.0.2.8\n",
     "www.acme A -> referral ZONE1 0 R53-DELEG-01\n"
     "acme A -> referral ZONE1 0 R53-DELEG-01\n"
     "other A -> record* ZONE1 1 R53-DISP-01\n"},
    {"R53-WILD-10 a wildcard that is an empty non-terminal covers with no data",
     "x.* A 192.0.2.1\n",
     "foo A -> nodata* ZONE1 0 R53-DISP-07\n"
     "x.foo A -> nodata* ZONE1 0 R53-DISP-07\n"},
    {"R53-DELEG-01 R53-DISP-01 R53-CASE-07 a cut refers, but for DS at the cut",
     "acme NS ns1.example.net,ns2.example.net\nwww.acme A 192.0.2.1\n",
     "www.acme A -> referral ZONE1 0 R53-DELEG-01\n"
     "acme NS -> referral ZONE1 0 R53-DELEG-01\n"
     "acme DS -> nodata ZONE1 0 R53-DISP-05\n"
     "www.acme DS -> referral ZONE1 0 R53-DELEG-01\n"
     "acme ANY -> referral ZONE1 0 R53-DELEG-01\n"
     "other A -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-DELEG-02 T48 what lies below a cut is never answered",
     "acme NS ns1.example.net\nacme TXT \"x\"\nwww.acme A 192.0.2.1\nsub.acme NS ns3.example.net\n",
     "acme TXT -> referral ZONE1 0 R53-DELEG-01\n"
     "www.acme A -> referral ZONE1 0 R53-DELEG-01\n"
     "sub.acme DS -> referral ZONE1 0 R53-DELEG-01\n"
     "a.sub.acme A -> referral ZONE1 0 R53-DELEG-01\n"},
    {"R53-DISP-01 the steps in order",
     "www A 192.0.2.1\nacme NS ns.example.net\nc CNAME x.example.net\n* TXT \"w\"\n",
     "www A -> record ZONE1 1 R53-DISP-01\n"
     "www ANY -> any ZONE1 0 R53-DNS-14\n"
     "www MX -> nodata ZONE1 0 R53-DISP-05\n"
     "c MX -> cname ZONE1 1 R53-DISP-04\n"
     "zzz TXT -> record* ZONE1 1 R53-DISP-01\n"
     "zzz ANY -> any* ZONE1 0 R53-DNS-14\n"},
    {"R53-DISP-02 groups of different types do not influence each other",
     "www A 192.0.2.1 id=a weight=0\nwww A 192.0.2.2 id=b weight=3\nwww TXT \"x\"\n"
     "www AAAA alias=ZONE1/v6 \nv6 AAAA 2001:db8::1\n",
     "www A -> record ZONE1 2 R53-DISP-01\n"
     "www TXT -> record ZONE1 1 R53-DISP-01\n"
     "www AAAA -> alias ZONE1 1 R53-DISP-01\n"},
    {"R53-DISP-03 an alias answers its own type only", "a A alias=ZONE1/b\nb A 192.0.2.1\n",
     "a A -> alias ZONE1 1 R53-DISP-01\n"
     "a AAAA -> nodata ZONE1 0 R53-DISP-05\n"},
    {"R53-DISP-04 a CNAME stands for every type", "www CNAME example.com\n@ A 192.0.2.1\n",
     "www A -> cname ZONE1 1 R53-DISP-04\n"
     "www TXT -> cname ZONE1 1 R53-DISP-04\n"
     "www CNAME -> record ZONE1 1 R53-DISP-01\n"},
    {"R53-DISP-05 an existing name without the type", "www A 192.0.2.1\n",
     "www AAAA -> nodata ZONE1 0 R53-DISP-05\n"
     "www 65000 -> nodata ZONE1 0 R53-DISP-05\n"},
    {"R53-DISP-06 no record, nothing below, no wildcard", "www A 192.0.2.1\n",
     "ww A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "a.www A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "nope ANY -> nxdomain ZONE1 0 R53-DISP-06\n"},
    {"R53-DISP-07 T35 T51 R53-CASE-05 an empty non-terminal switches a wildcard off",
     "x.y A 192.0.2.1\n* A 192.0.2.9\n",
     "y A -> nodata ZONE1 0 R53-DISP-07\n"
     "y ANY -> nodata ZONE1 0 R53-DISP-07\n"
     "z.y A -> nxdomain ZONE1 0 R53-DISP-06\n"
     "q A -> record* ZONE1 1 R53-DISP-01\n"},
    {"R53-DISP-09 SPF and TXT are different types", "s SPF \"v=spf1\"\nt TXT \"v=spf1\"\n",
     "s TXT -> nodata ZONE1 0 R53-DISP-05\n"
     "s SPF -> record ZONE1 1 R53-DISP-01\n"
     "t SPF -> nodata ZONE1 0 R53-DISP-05\n"},
    {"R53-DISP-11 the matrix of outcomes",
     "h A 192.0.2.1\nc CNAME x.example.net\nd CNAME alias=ZONE1/c\nn NS ns.example.net\n"
     "below.e A 192.0.2.2\n",
     "h A -> record ZONE1 1 R53-DISP-01\nh AAAA -> nodata ZONE1 0 R53-DISP-05\n"
     "h CNAME -> nodata ZONE1 0 R53-DISP-05\nh NS -> nodata ZONE1 0 R53-DISP-05\n"
     "c A -> cname ZONE1 1 R53-DISP-04\nc CNAME -> record ZONE1 1 R53-DISP-01\n"
     "c NS -> cname ZONE1 1 R53-DISP-04\nd A -> cname ZONE1 1 R53-DISP-04\n"
     "d CNAME -> alias ZONE1 1 R53-DISP-01\nn A -> referral ZONE1 0 R53-DELEG-01\n"
     "n NS -> referral ZONE1 0 R53-DELEG-01\n@ A -> nodata ZONE1 0 R53-DISP-05\n"
     "@ NS -> record ZONE1 1 R53-DISP-01\n@ SOA -> record ZONE1 1 R53-DISP-01\n"
     "e A -> nodata ZONE1 0 R53-DISP-07\nzz A -> nxdomain ZONE1 0 R53-DISP-06\n"},
};

static void check_case(void **state)
{
    const struct dispatch_case *c = *state;
    struct world world;

    world_open(&world, c->cloud);
    expect_lines(world.view, c->lines, dispatch_text);
    world_close(&world);
}

/* R53-PRIV-07: the literal text of the guide, as an option */
static void private_nxdomain(void **state)
{
    const r53_cloud_options options = {.size = sizeof(options), .private_nxdomain = R53_OPTION_ON};
    struct world world;

    (void)state;
    world_open_with(&world, SPLIT, &options);
    expect_lines(world.view,
                 "www AAAA vpc=vpc-1 -> nxdomain ZP 0 R53-PRIV-07\n"
                 "www A vpc=vpc-1 -> record ZP 1 R53-DISP-01\n"
                 "b A vpc=vpc-2 -> nxdomain ZP 0 R53-PRIV-07\n"
                 "mail AAAA -> nodata ZONE1 0 R53-DISP-05\n",
                 dispatch_text);
    world_close(&world);
}

static void bad_queries(void **state)
{
    static const char *const names[] = {"", "a..b", ".a", NULL};
    r53_disposition d = {.size = sizeof(d)};
    struct world world;
    char label[80];

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    memset(label, 'a', 64);
    strcpy(label + 64, ".com");
    for (size_t i = 0; i < COUNT(names); i++) {
        r53_query query = {.size = sizeof(query), .name = names[i]};

        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_E_INVALID);
    }
    {
        r53_query query = {.size = sizeof(query), .name = label};

        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_E_INVALID);
        query.name = "www.example.com";
        query.type = -1;
        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_E_INVALID);
        query.type = 65536;
        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_E_INVALID);
        query.type = 0;
        query.telling = 3;
        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_E_INVALID);
        query.telling = 0;
        assert_int_equal(r53_dispatch(NULL, &query, &d, NULL), R53_E_INVALID);
        assert_int_equal(r53_dispatch(world.view, NULL, &d, NULL), R53_E_INVALID);
        assert_int_equal(r53_dispatch(world.view, &query, NULL, NULL), R53_E_INVALID);
        assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), R53_OK);
        assert_int_equal(d.kind, R53_DISPOSITION_RECORD);
    }
    assert_string_equal(r53_disposition_name(0), "");
    assert_string_equal(r53_disposition_name(R53_DISPOSITION_ANY), "any");
    assert_string_equal(r53_disposition_name(R53_DISPOSITION_FORWARDED), "forwarded");
    assert_string_equal(r53_disposition_name(R53_DISPOSITION_FORWARDED + 1), "");
    world_close(&world);
}

static const struct client_case {
    const char *what, *subnet, *resolver;
    int32_t code;
} clients[] = {
    {"R53-PLACE-05 a prefix with host bits is taken", "203.0.113.77/24", NULL, R53_OK},
    {"R53-PLACE-05 an address is a prefix of full length", "2001:db8::1", NULL, R53_OK},
    {"R53-PLACE-05 a prefix too long is refused", "203.0.113.0/33", NULL, R53_E_INVALID},
    {"R53-PLACE-05 a prefix that is none is refused", "somewhere", NULL, R53_E_INVALID},
    {"a resolver's address that is none is refused", NULL, "203.0.113.256", R53_E_INVALID},
    {"a resolver's address", NULL, "203.0.113.25", R53_OK},
};

static void check_client(void **state)
{
    const struct client_case *c = *state;
    r53_disposition d = {.size = sizeof(d)};
    const r53_query query = {.size = sizeof(query),
                             .name = "www.example.com",
                             .client_subnet = c->subnet,
                             .resolver_address = c->resolver};
    struct world world;

    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(r53_dispatch(world.view, &query, &d, NULL), c->code);
    world_close(&world);
}

/* ---- a naive model: record sets in a list, names as text, everything by search ---- */

enum { NAIVE_MAX = 40 };

struct naive {
    struct {
        char name[64], type[8];
    } sets[NAIVE_MAX];
    size_t n;
};

static bool at_or_below(const char *name, const char *ancestor)
{
    size_t n = strlen(name), k = strlen(ancestor);

    if (k == 0)
        return true;
    return n >= k && strcmp(name + n - k, ancestor) == 0 && (n == k || name[n - k - 1] == '.');
}

static bool holds(const struct naive *m, const char *name, const char *type)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->sets[i].name, name) == 0 && (!type || strcmp(m->sets[i].type, type) == 0))
            return true;
    }
    return false;
}

static bool exists(const struct naive *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++) {
        if (at_or_below(m->sets[i].name, name))
            return true;
    }
    return *name == '\0';
}

static const char *parent(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot ? dot + 1 : "";
}

/* The highest cut at or above the name; "" is the apex, where there is none. */
static const char *naive_cut(const struct naive *m, const char *name)
{
    const char *cut = NULL;

    for (; *name; name = parent(name)) {
        if (holds(m, name, "NS"))
            cut = name;
    }
    return cut;
}

static const char *naive_type(const struct naive *m, const char *node, const char *type)
{
    if (holds(m, node, type))
        return "record";
    if (holds(m, node, "CNAME"))
        return "cname";
    return strcmp(type, "ANY") == 0 && holds(m, node, NULL) ? "any" : "nodata";
}

static void naive_dispatch(const struct naive *m, const char *name, const char *type, char *out)
{
    const char *cut = naive_cut(m, name), *encloser = name;
    char wildcard[80];

    if (cut && !(strcmp(cut, name) == 0 && strcmp(type, "DS") == 0)) {
        strcpy(out, "referral");
        return;
    }
    if (exists(m, name)) {
        strcpy(out, naive_type(m, name, type));
        return;
    }
    while (!exists(m, encloser))
        encloser = parent(encloser);
    snprintf(wildcard, sizeof(wildcard), "*%s%s", *encloser ? "." : "", encloser);
    if (exists(m, wildcard))
        snprintf(out, 32, "%s*", naive_type(m, wildcard, type));
    else
        strcpy(out, "nxdomain");
}

static uint32_t random_next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void random_name(uint64_t *random, char *out)
{
    static const char *const labels[] = {"a", "b", "*", "c", "ab"};
    size_t n = 1 + random_next(random) % 3;

    *out = '\0';
    for (size_t i = 0; i < n; i++) {
        strcat(out, i ? "." : "");
        strcat(out, labels[random_next(random) % COUNT(labels)]);
    }
}

/* Adds a record set unless the zone could not hold it. */
static void random_set(struct naive *m, uint64_t *random, char *text)
{
    static const struct {
        const char *type, *value;
    } kinds[] = {{"A", "192.0.2.1"},       {"TXT", "\"x\""},   {"CNAME", "x.example.net"},
                 {"NS", "ns.example.net"}, {"A", "192.0.2.2"}, {"AAAA", "2001:db8::1"}};
    size_t kind = random_next(random) % COUNT(kinds);
    const char *type = kinds[kind].type;
    char name[64];

    random_name(random, name);
    if (holds(m, name, type) || holds(m, name, "CNAME") ||
        (strcmp(type, "CNAME") == 0 && holds(m, name, NULL)) ||
        (strcmp(type, "NS") == 0 && name[0] == '*'))
        return;
    strcpy(m->sets[m->n].name, name);
    strcpy(m->sets[m->n++].type, type);
    sprintf(text + strlen(text), "%s %s %s\n", name, type, kinds[kind].value);
}

static void random_zone(uint64_t seed, r53_disposition *d)
{
    static const char *const types[] = {"A", "TXT", "CNAME", "NS", "DS", "ANY"};
    uint64_t random = seed;
    struct naive m = {.n = 0};
    char text[4000] = "", expected[32], query[120];
    struct world world;

    for (size_t i = 1 + random_next(&random) % 12; i > 0; i--)
        random_set(&m, &random, text);
    world_open(&world, text);
    for (int i = 0; i < 60; i++) {
        struct query_text q;
        char name[64], got[32];
        const char *type = types[random_next(&random) % COUNT(types)];

        random_name(&random, name);
        naive_dispatch(&m, name, type, expected);
        snprintf(query, sizeof(query), "%s %s", name, type);
        query_parse(&q, query, strlen(query));
        assert_int_equal(r53_dispatch(world.view, &q.query, d, NULL), R53_OK);
        snprintf(got, sizeof(got), "%s%s", r53_disposition_name(d->kind),
                 d->is_wildcard ? "*" : "");
        if (strcmp(got, expected) != 0)
            fail_msg("seed %d: %s is %s, expected %s in\n%s", (int)seed, query, got, expected,
                     text);
    }
    world_close(&world);
}

static void random_zones(void **state)
{
    r53_disposition d = {.size = sizeof(d)};

    (void)state;
    for (uint64_t seed = 1; seed <= 400; seed++)
        random_zone(seed, &d);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + COUNT(clients) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "R53-PRIV-07 a missing type of a private zone as NXDOMAIN",
             private_nxdomain);
    ADD_TEST(tests, n, "queries that are none", bad_queries);
    ADD_CASES(tests, n, clients, check_client);
    ADD_TEST(tests, n, "R53-DISP-01 beside a naive model, on random zones", random_zones);
    return RUN_TESTS("dispatch", tests, n);
}
