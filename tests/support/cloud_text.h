/*
 * Whole clouds as text, and answers as text, for tables that a reader can judge.
 *
 *   zone ZONE2 sub.example.com          the record sets that follow lie in it; ZONE1 example.com is
 *   zone ZP example.com vpc-1,vpc-2     there from the start; with VPCs it is private
 *   www A 192.0.2.1 ttl=60              a record set, written as support/zone_text.h says
 *   lb web application web-1.us-east-1.elb.amazonaws.com a=198.51.100.1,2001:db8::1 dualstack
 *   tg web a=healthy b=unhealthy        a target group behind port 80 of "web", a target a word
 *   tg api lb=web:81 a=healthy          the same behind port 81, when the name is not that of "web"
 *   seen d1.cloudfront.net 203.0.113.1  addresses observed for a name
 *   place 203.0.113.0/24 US state=CA    where clients are; continent=NA @3730,-12190 (hundredths)
 *   latency US us-east-1=10 eu-west-1=80        observed milliseconds, of places or prefixes
 *   blocks C1 loc1=203.0.113.0/24,198.51.100.0/24 loc2=203.0.0.0/16     a CIDR collection
 *   vpcdns vpc-1 support=on hostnames=off       DNS settings of a VPC
 *   rule rr-1 FORWARD corp.test vpc-1,vpc-2     a rule of the VPC Resolver, and where it counts
 *   check a http down                   a health check, as support/check_text.h says; also "saw"
 *
 * Every zone has the one name server ns1.test., so that an answer fits into a line:
 *
 *   NOERROR aa; www 300 A 192.0.2.1; AUTH=NS; ADD ns 300 A 192.0.2.53
 *
 * Owners are told without ".example.com.", "@" is example.com. itself; the records of a section are
 * sorted. AUTH=NS is the zone's own NS, AUTH=SOA/900 its SOA with that TTL.
 */
#ifndef R53_TESTS_SUPPORT_CLOUD_TEXT_H
#define R53_TESTS_SUPPORT_CLOUD_TEXT_H

#include <r53/resolve.h>

enum { ANSWER_TEXT_MAX = 8192 };

struct world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    const r53_view *view;
};

/* A cloud of ZONE1 with these lines and a view of it; ends the test when it cannot be made. */
void world_open(struct world *world, const char *lines);
/* The same with options; NULL: all defaults. The observed and the report use their
 * allocator too. */
void world_open_with(struct world *world, const char *lines, const r53_cloud_options *options);
/* Puts lines into the cloud; the view stays as it is. */
void world_say(struct world *world, const char *lines);
/* A new view in place of the old one. */
void world_look(struct world *world);
void world_close(struct world *world);

/*
 * A query as text: "www A vpc=vpc-1 zone=ZP as=name seed=7 subnet=203.0.113.0/24". Other words on
 * who asks: resolver= vpcregion= continent= country= state= at=4885,235 az= azgroup=
 */
struct query_text {
    r53_query query;
    char name[1200];
    char words[400];
};
void query_parse(struct query_text *out, const char *line, size_t length);

/* The answer in a line; `buffer` has room for ANSWER_TEXT_MAX. Returns it. */
const char *answer_text(char *buffer, r53_answer *answer);

/* Resolves and tells the answer, or the error's name. */
const char *resolve_text(char *buffer, const r53_view *view, const char *query);

/* Lines "query -> expected", each given to `tell`; ends the test at the first that differs. */
typedef const char *tell_function(char *buffer, const r53_view *view, const char *query);
void expect_lines(const r53_view *view, const char *lines, tell_function *tell);

#endif
