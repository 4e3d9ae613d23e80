/*
 * Trees: what is drawn of a name, told in the ASCII form; limits and refusals; and that all other
 * forms are of their languages.
 */
#include "support/harness.h"

#include <r53/tree.h>

#include "support/cloud_text.h"
#include "support/fleet_text.h"
#include "support/picture_check.h"
#include "support/regex_engine.h"
#include "support/rule_text.h"

#include <stdio.h>
#include <stdlib.h>

static const int32_t forms[] = {R53_RENDER_TEXT, R53_TREE_ASCII, R53_RENDER_MERMAID, R53_RENDER_DOT,
                                R53_RENDER_JSON};

/* Asks for the length first; to be freed. */
static char *rendered(const r53_tree *tree, int32_t form)
{
    size_t length = 0, again = 0;
    char *text;

    assert_int_equal(r53_tree_render(tree, form, NULL, 0, &length), R53_E_NO_SPACE);
    text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(r53_tree_render(tree, form, text, length + 1, &again), R53_OK);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static r53_tree *tree_of(const r53_view *view, const char *line, const r53_tree_options *options)
{
    static struct query_text query;
    r53_tree *tree = NULL;

    query_parse(&query, line, strlen(line));
    assert_int_equal(r53_tree_new(&tree, view, &query.query, options, NULL), R53_OK);
    return tree;
}

/* Pictures */

#define ELB "web-1.us-east-1.elb.amazonaws.com"
#define LB  "lb web application " ELB " a=198.51.100.1 b=198.51.100.2\n"

static const struct picture {
    const char *what, *cloud, *query, *tree;
} pictures[] = {
    {"R53-SIMPLE-01 a simple record set is eligible, whatever its health check says",
     "www A 192.0.2.1,192.0.2.2 hc=a\n"
     "check a http down\n",
     "www A",
     "www.example.com A - hosted zone example.com, ZONE1\n"
     "`- www.example.com A - simple\n"
     "   `- record set - 192.0.2.1, 192.0.2.2; eligible all the same: its health "
     "check fails; health check a unhealthy\n"},
    {"R53-WEIGHTED-04 weights with health in them, and why the rest is not eligible",
     "check a http down\n"
     "w A 192.0.2.1 id=blue weight=3\n"
     "w A 192.0.2.2 id=green weight=1 hc=a\n"
     "w A 192.0.2.3 id=spare weight=0\n"
     "w A 192.0.2.4 id=more weight=1\n",
     "w A",
     "w.example.com A - hosted zone example.com, ZONE1\n"
     "`- w.example.com A - weighted, 4 record sets\n"
     "   |- weight 3, share 3/4: record set blue - 192.0.2.1; eligible\n"
     "   |- weight 1, share 0/4: record set green - 192.0.2.2; not eligible: its "
     "health check fails; health check a unhealthy\n"
     "   |- weight 1, share 1/4: record set more - 192.0.2.4; eligible\n"
     "   `- weight 0, share 0/4: record set spare - 192.0.2.3; not eligible: no weight\n"},
    {"R53-HEALTH-10 a weighted group without anything healthy is eligible as a whole",
     "check a http down\n"
     "w A 192.0.2.1 id=blue weight=3 hc=a\n"
     "w A 192.0.2.2 id=green weight=1 hc=a\n",
     "w A",
     "w.example.com A - hosted zone example.com, ZONE1\n"
     "`- w.example.com A - weighted, 2 record sets\n"
     "   |- weight 3, share 3/4: record set blue - 192.0.2.1; eligible all the same: "
     "its health check fails; health check a unhealthy\n"
     "   `- weight 1, share 1/4: record set green - 192.0.2.2; eligible all the same: "
     "its health check fails; health check a unhealthy\n"},
    {"R53-FAILOVER-02 the secondary stands by, and answers when the primary fails",
     "check a http 0/16\n"
     "check b http\n"
     "f A 192.0.2.1 id=one failover=PRIMARY hc=b\n"
     "f A 192.0.2.2 id=two failover=SECONDARY\n"
     "g A 192.0.2.1 id=one failover=PRIMARY hc=a\n"
     "g A alias=ZONE1/f id=two failover=SECONDARY eth\n",
     "g A",
     "g.example.com A - hosted zone example.com, ZONE1\n"
     "`- g.example.com A - failover, 2 record sets\n"
     "   |- primary: record set one - 192.0.2.1; not eligible: its health check "
     "fails; health check a unhealthy (0 of 16 checkers see it up)\n"
     "   `- secondary: record set two - alias to f.example.com, evaluates its health; "
     "eligible\n"
     "      `- f.example.com A - failover, 2 record sets\n"
     "         |- primary: record set one - 192.0.2.1; eligible; health check b healthy\n"
     "         `- secondary: record set two - 192.0.2.2; stands by\n"},
    {"R53-GEO-03 places, and who is left for whom nothing healthy is",
     "check a http down\n"
     "p A 192.0.2.1 id=de country=DE hc=a\n"
     "p A 192.0.2.2 id=eu continent=EU\n"
     "p A 192.0.2.3 id=ca country=US subdivision=CA\n"
     "p A 192.0.2.4 id=else country=*\n",
     "p A",
     "p.example.com A - hosted zone example.com, ZONE1\n"
     "`- p.example.com A - geolocation, 4 record sets\n"
     "   |- country US, subdivision CA: record set ca - 192.0.2.3; eligible\n"
     "   |- country DE: record set de - 192.0.2.1; only where nothing healthy is for "
     "the client: its health check fails; health check a unhealthy\n"
     "   |- default: record set else - 192.0.2.4; eligible\n"
     "   `- continent EU: record set eu - 192.0.2.2; eligible\n"},
    {"R53-LATENCY-02 an unhealthy Region is passed over while another is healthy",
     "check a http down\n"
     "l A 192.0.2.1 id=us region=us-east-1 hc=a\n"
     "l A 192.0.2.2 id=eu region=eu-west-1\n",
     "l A",
     "l.example.com A - hosted zone example.com, ZONE1\n"
     "`- l.example.com A - latency, 2 record sets\n"
     "   |- Region eu-west-1: record set eu - 192.0.2.2; eligible\n"
     "   `- Region us-east-1: record set us - 192.0.2.1; not eligible: its health "
     "check fails; health check a unhealthy\n"},
    {"R53-GEOPROX-01 Regions, coordinates and biases",
     "x A 192.0.2.1 id=us gpregion=us-east-1 bias=-10\n"
     "x A 192.0.2.2 id=here lat=6.52 lon=3.38\n",
     "x A",
     "x.example.com A - hosted zone example.com, ZONE1\n"
     "`- x.example.com A - geoproximity, 2 record sets\n"
     "   |- latitude 6.52, longitude 3.38: record set here - 192.0.2.2; eligible\n"
     "   `- Region us-east-1, bias -10: record set us - 192.0.2.1; eligible\n"},
    {"R53-CIDR-03 locations of a collection",
     "blocks C1 bank=203.0.113.0/24\n"
     "c A 192.0.2.1 id=bank cidr=C1/bank\n"
     "c A 192.0.2.2 id=else cidr=C1/*\n",
     "c A",
     "c.example.com A - hosted zone example.com, ZONE1\n"
     "`- c.example.com A - IP-based, 2 record sets\n"
     "   |- location bank: record set bank - 192.0.2.1; eligible\n"
     "   `- location *: record set else - 192.0.2.2; eligible\n"},
    {"R53-JSON-09 a loaded mixture of policies answers by its first record set",
     "x A 192.0.2.1 id=a region=us-east-1\n"
     "x A 192.0.2.2 id=b weight=1\n",
     "x A",
     "x.example.com A - hosted zone example.com, ZONE1\n"
     "`- x.example.com A - latency, 2 record sets, other policies among them\n"
     "   |- Region us-east-1: record set a - 192.0.2.1; eligible\n"
     "   `- weight 1: record set b - 192.0.2.2; not eligible\n"},
    {"R53-AZ-01 the zones, groups and Regions of AZ affinity",
     "z A 192.0.2.1 id=near az=AvailabilityZone/use1-az1\n"
     "z A 192.0.2.2 id=else az=Global/aws\n",
     "z A",
     "z.example.com A - hosted zone example.com, ZONE1\n"
     "`- z.example.com A - AZ affinity, 2 record sets\n"
     "   |- Global aws: record set else - 192.0.2.2; eligible\n"
     "   `- AvailabilityZone use1-az1: record set near - 192.0.2.1; eligible\n"},
    {"R53-HC-08 R53-HC-09 R53-HC-11 what the status of a check rests on",
     "check off http down disabled\n"
     "check alarm cloudwatch_metric alarm=2\n"
     "check kid http\n"
     "check kin http down\n"
     "check both calculated threshold=2 children=kid,kin\n"
     "m A 192.0.2.1 id=a multi=true hc=off\n"
     "m A 192.0.2.2 id=b multi=true hc=alarm\n"
     "m A 192.0.2.3 id=c multi=true hc=both\n",
     "m A",
     "m.example.com A - hosted zone example.com, ZONE1\n"
     "`- m.example.com A - multivalue answer, 3 record sets\n"
     "   |- record set a - 192.0.2.1; eligible; health check off healthy (disabled)\n"
     "   |- record set b - 192.0.2.2; not eligible: its health check fails; health "
     "check alarm unhealthy (by its alarm)\n"
     "   `- record set c - 192.0.2.3; not eligible: its health check fails; health "
     "check both unhealthy (1 of 2 children are healthy)\n"},
    {"R53-MULTI-02 multivalue answers leave out what is not healthy",
     "check a http down\n"
     "m A 192.0.2.1 id=a multi=true\n"
     "m A 192.0.2.2 id=b multi=true hc=a\n",
     "m A",
     "m.example.com A - hosted zone example.com, ZONE1\n"
     "`- m.example.com A - multivalue answer, 2 record sets\n"
     "   |- record set a - 192.0.2.1; eligible\n"
     "   `- record set b - 192.0.2.2; not eligible: its health check fails; health "
     "check a unhealthy\n"},
    {"R53-ALIAS-14 a circle of aliases is drawn as a way back",
     "a A alias=ZONE1/b\n"
     "b A alias=ZONE1/c\n"
     "c A alias=ZONE1/b\n",
     "a A",
     "a.example.com A - hosted zone example.com, ZONE1\n"
     "`- a.example.com A - simple\n"
     "   `- record set - alias to b.example.com; eligible\n"
     "      `- b.example.com A #1 - simple\n"
     "         `- record set - alias to c.example.com; eligible\n"
     "            `- c.example.com A - simple\n"
     "               `- record set - alias to b.example.com; eligible\n"
     "                  `- b.example.com A, back to #1: a circle\n"},
    {"R53-ALIAS-08 a group that two aliases name is drawn once",
     "w A alias=ZONE1/s id=one weight=1\n"
     "w A alias=ZONE1/s id=two weight=1\n"
     "s A 192.0.2.1\n",
     "w A",
     "w.example.com A - hosted zone example.com, ZONE1\n"
     "`- w.example.com A - weighted, 2 record sets\n"
     "   |- weight 1, share 1/2: record set one - alias to s.example.com; eligible\n"
     "   |  `- s.example.com A #1 - simple\n"
     "   |     `- record set - 192.0.2.1; eligible\n"
     "   `- weight 1, share 1/2: record set two - alias to s.example.com; eligible\n"
     "      `- s.example.com A, see #1\n"},
    {"R53-ALIAS-16 an alias that leads nowhere, R53-ALIAS-30 one to observed addresses",
     "seen d1.cloudfront.net 203.0.113.1,2001:db8::1\n"
     "w A alias=Z2FDTNDATAQYW2/d1.cloudfront.net. id=one weight=1\n"
     "w A alias=Z2FDTNDATAQYW2/d2.cloudfront.net. id=two weight=1 eth\n",
     "w A",
     "w.example.com A - hosted zone example.com, ZONE1\n"
     "`- w.example.com A - weighted, 2 record sets\n"
     "   |- weight 1, share 1/1: record set one - alias to d1.cloudfront.net; eligible\n"
     "   |  `- d1.cloudfront.net - observed: 203.0.113.1, 2001:db8::1\n"
     "   `- weight 1, share 0/1: record set two - alias to d2.cloudfront.net, "
     "evaluates its health; not eligible: its alias leads nowhere\n"
     "      `- nothing known - the alias dangles: SERVFAIL\n"},
    {"R53-WILD-02 the wildcard that answers", "*.dev A 192.0.2.1\n", "x.dev A",
     "x.dev.example.com A - hosted zone example.com, ZONE1\n"
     "`- by the wildcard: \\052.dev.example.com A - simple\n"
     "   `- record set - 192.0.2.1; eligible\n"},
    {"R53-DISP-04 a CNAME answers for other types, ELB-DNS-01 and leads to a load balancer",
     LB "tg web a=healthy\n"
        "www CNAME " ELB ".\n",
     "www A",
     "www.example.com A - hosted zone example.com, ZONE1\n"
     "`- by its CNAME: www.example.com CNAME - simple\n"
     "   `- record set - web-1.us-east-1.elb.amazonaws.com.; eligible\n"
     "      `- the client looks it up: load balancer web - application, active, "
     "healthy to Route 53\n"
     "         |- node us-east-1a - in DNS: 198.51.100.1\n"
     "         |- node us-east-1b - in DNS: 198.51.100.2\n"
     "         `- listener HTTP 80\n"
     "            `- default rule\n"
     "               `- target group web - HTTP 80, addresses; 1 of 1 healthy\n"
     "                  `- 10.0.0.2:80 - us-east-1a, healthy\n"},
    {"R53-DELEG-01 a delegated name", "sub NS ns1.test.\n", "x.sub A",
     "x.sub.example.com A - hosted zone example.com, ZONE1\n"
     "`- delegated - the name lies at or below a zone cut\n"},
    {"R53-DISP-05 a name without this type", "www A 192.0.2.1\n", "www MX",
     "www.example.com MX - hosted zone example.com, ZONE1\n"
     "`- no data - the name has no record set of this type\n"},
    {"R53-DISP-06 a name that is not there", "www A 192.0.2.1\n", "nothing A",
     "nothing.example.com A - hosted zone example.com, ZONE1\n"
     "`- NXDOMAIN - there is no such name\n"},
    {"R53-DNS-06 a name in no zone", "www A 192.0.2.1\n", "www.example.net. A",
     "www.example.net A\n"
     "`- refused - the name lies in no hosted zone that the client sees\n"},
    {"R53-DNS-14 all types of a name",
     "www A 192.0.2.1\n"
     "www MX 10~mail.example.com\n",
     "www ANY",
     "www.example.com ANY - hosted zone example.com, ZONE1\n"
     "|- www.example.com A - simple\n"
     "|  `- record set - 192.0.2.1; eligible\n"
     "`- www.example.com MX - simple\n"
     "   `- record set - 10 mail.example.com.; eligible\n"},
    {"R53-PRIV-06 the private zone of a VPC",
     "zone ZP example.com vpc-1\n"
     "www A 10.0.0.1\n",
     "www A vpc=vpc-1",
     "www.example.com A - private hosted zone example.com, ZP\n"
     "`- www.example.com A - simple\n"
     "   `- record set - 10.0.0.1; eligible\n"},
    {"ELB-DNS-40 a load balancer's own name", LB "tg web a=healthy b=unhealthy\n", ELB ". A",
     "web-1.us-east-1.elb.amazonaws.com A\n"
     "`- load balancer web - application, active, healthy to Route 53\n"
     "   |- node us-east-1a - in DNS: 198.51.100.1\n"
     "   |- node us-east-1b - not in DNS, unhealthy: 198.51.100.2\n"
     "   `- listener HTTP 80\n"
     "      `- default rule\n"
     "         `- target group web - HTTP 80, addresses; 1 of 2 healthy, fails open "
     "in us-east-1b\n"
     "            |- 10.0.0.2:80 - us-east-1a, healthy\n"
     "            `- 10.0.0.3:80 - us-east-1b, unhealthy, Target.FailedHealthChecks; "
     "gets requests by fail open\n"},
    {"R53-ELB-01 an alias to a load balancer: nodes, listener, targets and their health",
     LB "tg web a=healthy a=draining b=unhealthy\n"
        "www A alias=Z35SXDOTRQ7X7K/" ELB ". eth\n",
     "www A",
     "www.example.com A - hosted zone example.com, ZONE1\n"
     "`- www.example.com A - simple\n"
     "   `- record set - alias to web-1.us-east-1.elb.amazonaws.com, evaluates its "
     "health; eligible\n"
     "      `- load balancer web - application, active, healthy to Route 53\n"
     "         |- node us-east-1a - in DNS: 198.51.100.1\n"
     "         |- node us-east-1b - not in DNS, unhealthy: 198.51.100.2\n"
     "         `- listener HTTP 80\n"
     "            `- default rule\n"
     "               `- target group web - HTTP 80, addresses; 1 of 2 healthy, fails "
     "open in us-east-1b\n"
     "                  |- 10.0.0.2:80 - us-east-1a, healthy\n"
     "                  |- 10.0.0.3:80 - us-east-1a, draining, "
     "Target.DeregistrationInProgress; no requests\n"
     "                  `- 10.0.0.4:80 - us-east-1b, unhealthy, "
     "Target.FailedHealthChecks; gets requests by fail open\n"},
    {"R53-ELB-11 an alias to one zone of a network load balancer",
     "lb web network " ELB " a=198.51.100.1 b=198.51.100.2\n"
     "www A alias=Z26RNL4JYFTOTI/us-east-1a." ELB ".\n",
     "www A",
     "www.example.com A - hosted zone example.com, ZONE1\n"
     "`- www.example.com A - simple\n"
     "   `- record set - alias to us-east-1a.web-1.us-east-1.elb.amazonaws.com; eligible\n"
     "      `- node in us-east-1a: load balancer web - network, active, healthy to Route "
     "53\n"
     "         |- node us-east-1a - in DNS: 198.51.100.1\n"
     "         `- node us-east-1b - in DNS: 198.51.100.2\n"},
    {"ELB-FO-02 a group without healthy targets fails open",
     LB "tg web a=unhealthy b=unhealthy\n"
        "www A alias=Z35SXDOTRQ7X7K/" ELB ". eth\n",
     "www A",
     "www.example.com A - hosted zone example.com, ZONE1\n"
     "`- www.example.com A - simple\n"
     "   `- record set - alias to web-1.us-east-1.elb.amazonaws.com, evaluates its "
     "health; eligible all the same: what it leads to is not healthy\n"
     "      `- load balancer web - application, active, unhealthy to Route 53: a "
     "target group fails, DNS fails open\n"
     "         |- node us-east-1a - in DNS, though unhealthy: 198.51.100.1\n"
     "         |- node us-east-1b - in DNS, though unhealthy: 198.51.100.2\n"
     "         `- listener HTTP 80\n"
     "            `- default rule\n"
     "               `- target group web - HTTP 80, addresses; 0 of 2 healthy, fails "
     "open in us-east-1a and us-east-1b\n"
     "                  |- 10.0.0.2:80 - us-east-1a, unhealthy, "
     "Target.FailedHealthChecks; gets requests by fail open\n"
     "                  `- 10.0.0.3:80 - us-east-1b, unhealthy, "
     "Target.FailedHealthChecks; gets requests by fail open\n"},
};

static void draw(void **state)
{
    const struct picture *picture = *state;
    struct world world;
    r53_tree *tree;
    char *text;

    world_open(&world, picture->cloud);
    tree = tree_of(world.view, picture->query, NULL);
    text = rendered(tree, R53_TREE_ASCII);
    assert_string_equal(text, picture->tree);
    free(text);
    r53_tree_free(tree);
    world_close(&world);
}

/* Load balancers of all kinds (support/fleet_text.h), asked for by their own name. */
static const struct balancer {
    const char *what, *fleet;
    const char *lines[4]; /* that the tree has */
} balancers[] = {
    {"ELB-SHIFT-03 a zone that is shifted away, and its targets",
     "alb a! b | tg1 a1=ok b1=ok",
     {"node a - not in DNS, shifted away", "its zone is shifted away; no requests",
      "node b - in DNS: "}},
    {"ELB-LB-04 a load balancer that is not active",
     "alb a state=2 | tg1 a1=ok",
     {"unhealthy to Route 53: not active"}},
    {"ELB-R53-05 a load balancer without targets",
     "alb a | tg1",
     {"no registered target", "0 of 0 healthy"}},
    {"ELB-CLB-05 a Classic load balancer has instances",
     "clb a b | tg1 a1=ok b1=bad",
     {"load balancer web - classic", "instances - 1 of 2 healthy", "InService", "OutOfService"}},
    {"ELB-ALB-ACT-01 weights of a forward action",
     "alb a | tg1 w=8 a1=ok | tg2 w=2 a1=ok",
     {"weight 8, share 8/10: target group ", "weight 2, share 2/10: target group "}},
    {"ELB-ALB-ACT-10 a redirect ends there", "alb a act=redirect | tg1 a1=ok", {"- redirect - "}},
    {"ELB-ALB-ACT-30 a fixed response, too",
     "alb a act=fixed | tg1 a1=ok",
     {"- fixed-response - "}},
    {"ELB-TG-05 a target group that nothing is known of",
     "alb a | tg1 unknown",
     {"- the target group is not known"}},
    {"ELB-NLB-01 a Network load balancer's listener",
     "nlb a tcp:53 | tg1 a1=ok",
     {"listener TCP 53", "network"}},
};

/* Rules (support/rule_text.h) in a few words. */
static const struct ruled {
    const char *what, *lines;
    const char *expected[5]; /* that the tree has */
} ruled[] = {
    {"ELB-ALB-COND-01 conditions of all kinds, and rewrites",
     "10 path=/img*,/pic* host=a.test -> img\n"
     "20 header=X-Env:prod query=version:v1,*beta* -> api\n"
     "30 path~^/v[0-9]+$ -> x\n"
     "40 path=/a* url~^/a/(.*)$=>/$1 -> x\n",
     {"rule 10 - path-pattern /img*, /pic*; host-header a.test\n",
      "rule 20 - http-header X-Env prod; query-string version=v1, *beta*\n",
      "rule 30 - path-pattern regex ^/v[0-9]+$\n", "rule 40 - path-pattern /a*; rewrites\n",
      "- target group x, see #1\n"}},
};

static void rules(void **state)
{
    const struct ruled *c = *state;
    struct regex_counts counts = {0};
    const r53_regex_engine engine = regex_engine(&counts);
    const r53_cloud_options options = {.size = sizeof(options), .regex = &engine};
    struct rule_world world = rule_world_make(c->lines, &options);
    r53_tree *tree = tree_of(world.view, RULE_LB_NAME ". A", NULL);
    char *text = rendered(tree, R53_TREE_ASCII);

    for (size_t i = 0; i < COUNT(c->expected) && c->expected[i]; i++) {
        if (!strstr(text, c->expected[i]))
            fail_msg("%s: %s", c->expected[i], text);
    }
    free(text);
    r53_tree_free(tree);
    rule_world_free(&world);
}

static void balancer(void **state)
{
    const struct balancer *balancer = *state;
    struct fleet_world world = fleet_world_make(balancer->fleet, NULL);
    r53_tree *tree = tree_of(world.view, FLEET_NAME ". A", NULL);
    char *text = rendered(tree, R53_TREE_ASCII);

    for (size_t i = 0; i < COUNT(balancer->lines) && balancer->lines[i]; i++) {
        if (!strstr(text, balancer->lines[i]))
            fail_msg("%s: %s", balancer->lines[i], text);
    }
    free(text);
    r53_tree_free(tree);
    fleet_world_free(&world);
}

/* Every form of every picture is of its language, and they tell the same. */
static void draw_all(void **state)
{
    static struct picture_labels mermaid, dot, json;
    const struct picture *picture = *state;
    struct world world;
    r53_tree *tree;
    char *texts[COUNT(forms)];

    mermaid.length = dot.length = json.length = 0;
    world_open(&world, picture->cloud);
    tree = tree_of(world.view, picture->query, NULL);
    for (size_t i = 0; i < COUNT(forms); i++)
        texts[i] = rendered(tree, forms[i]);
    assert_true(text_is_clean(texts[0]));
    assert_true(mermaid_reads(texts[2], &mermaid));
    assert_true(dot_reads(texts[3], &dot));
    assert_true(json_reads(texts[4], &json));
    for (size_t i = 0; i < COUNT(forms); i++)
        free(texts[i]);
    r53_tree_free(tree);
    world_close(&world);
}

/* Too small a buffer gets what fits, and a NUL. */
static void small_buffers(void **state)
{
    struct world world;
    r53_tree *tree;
    char *whole, cut[4000];
    size_t length;

    (void)state;
    world_open(&world, pictures[3].cloud);
    tree = tree_of(world.view, pictures[3].query, NULL);
    for (size_t f = 0; f < COUNT(forms); f++) {
        whole = rendered(tree, forms[f]);
        assert_true(strlen(whole) < sizeof(cut));
        for (size_t room = 1; room <= strlen(whole); room++) {
            memset(cut, 'x', sizeof(cut));
            assert_int_equal(r53_tree_render(tree, forms[f], cut, room, &length), R53_E_NO_SPACE);
            assert_int_equal(length, strlen(whole));
            assert_int_equal(strlen(cut), room - 1);
            assert_memory_equal(cut, whole, room - 1);
            assert_int_equal(cut[room], 'x');
        }
        free(whole);
    }
    r53_tree_free(tree);
    world_close(&world);
}

/* Limits */

#define MANY_TARGETS "tg web a=healthy a=healthy a=healthy a=healthy\n"

static const struct limited {
    const char *what;
    r53_tree_options options;
    const char *line; /* that the tree has */
    size_t lines;
} limits[] = {
    {"max_depth leaves out what lies deeper, and counts it",
     {.max_depth = 3},
     "         |- 2 nodes - left out: 3 levels are drawn",
     6},
    {"max_depth 1 draws the group alone",
     {.max_depth = 1},
     "   `- 1 record set - left out: 1 levels are drawn",
     3},
    {"max_children leaves out the others of one kind, and counts them",
     {.max_children = 1},
     "                  `- 3 more targets - left out: 1 of one parent are drawn",
     11},
    {"max_nodes draws what is near the question",
     {.max_nodes = 5},
     "         |- 1 more node - left out: 5 nodes are drawn",
     7},
    {"max_nodes 1 draws the question alone",
     {.max_nodes = 1},
     "`- 1 group of record sets - left out: 1 nodes are drawn",
     2},
    {"options that say nothing draw all of a small tree",
     {0},
     "                  `- 10.0.0.5:80 - us-east-1a, healthy",
     13},
};

static size_t count_lines(const char *text)
{
    size_t n = 0;

    while ((text = strchr(text, '\n')) != NULL) {
        n++;
        text++;
    }
    return n;
}

static void limit(void **state)
{
    const struct limited *limited = *state;
    r53_tree_options options = limited->options;
    struct world world;
    r53_tree *tree;
    char *text;

    options.size = sizeof(options);
    world_open(&world, LB MANY_TARGETS "www A alias=Z35SXDOTRQ7X7K/" ELB ". eth\n");
    tree = tree_of(world.view, "www A", &options);
    text = rendered(tree, R53_TREE_ASCII);
    if (!strstr(text, limited->line) || count_lines(text) != limited->lines)
        fail_msg("%s", text);
    free(text);
    r53_tree_free(tree);
    world_close(&world);
}

/* Refusals */

static const struct refusal {
    const char *what;
    r53_tree_options options;
    const char *name, *zone;
    int32_t code;
    const char *text; /* part of the finding */
} refusals[] = {
    {"max_depth beyond 64 is refused by name",
     {.size = sizeof(r53_tree_options), .max_depth = 65},
     "example.com",
     NULL,
     R53_E_INVALID,
     "65 is too much, 64 is the most"},
    {"max_children beyond 10000 is refused",
     {.size = sizeof(r53_tree_options), .max_children = 10001},
     "example.com",
     NULL,
     R53_E_INVALID,
     "10001 is too much"},
    {"max_nodes beyond 10000 is refused",
     {.size = sizeof(r53_tree_options), .max_nodes = 4000000},
     "example.com",
     NULL,
     R53_E_INVALID,
     "4000000 is too much"},
    {"options without their size are refused",
     {.size = 1},
     "example.com",
     NULL,
     R53_E_INVALID,
     "the size of the options is 1; expected its sizeof, 16 here, or another multiple of 4"},
    {"a name that is none is refused",
     {.size = sizeof(r53_tree_options)},
     "a..b",
     NULL,
     R53_E_INVALID,
     "a..b"},
    {"R53-ZONE-10 a zone that is not there is named",
     {.size = sizeof(r53_tree_options)},
     "example.com",
     "Z9",
     R53_E_NOT_FOUND,
     "'Z9'"},
    {"R53-ZONE-10 several zones of one name are ambiguous",
     {.size = sizeof(r53_tree_options)},
     "example.org",
     NULL,
     R53_E_AMBIGUOUS,
     "several hosted zones"},
};

static void refuse(void **state)
{
    const struct refusal *refusal = *state;
    r53_query query = {
        .size = sizeof(query), .name = refusal->name, .hosted_zone_id = refusal->zone};
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;
    r53_tree *tree = NULL;
    struct world world;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    world_open(&world, "zone Z2 example.org\nzone Z3 example.org\n");
    assert_int_equal(r53_tree_new(&tree, world.view, &query, &refusal->options, report),
                     refusal->code);
    assert_null(tree);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    if (!strstr(finding.text, refusal->text))
        fail_msg("%s", finding.text);
    assert_int_equal(r53_tree_new(&tree, world.view, &query, &refusal->options, NULL),
                     refusal->code);
    world_close(&world);
    r53_report_free(report);
}

static void misuse(void **state)
{
    r53_query query = {.size = sizeof(query), .name = "www.example.com"};
    struct world world;
    r53_tree *tree = NULL;
    char text[8];

    (void)state;
    world_open(&world, "www A 192.0.2.1\n");
    assert_int_equal(r53_tree_new(NULL, world.view, &query, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_tree_new(&tree, NULL, &query, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_tree_new(&tree, world.view, NULL, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_tree_new(&tree, world.view, &query, NULL, NULL), R53_OK);
    world_close(&world); /* the tree holds no view */
    assert_int_equal(r53_tree_render(NULL, R53_RENDER_TEXT, text, sizeof(text), NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_tree_render(tree, R53_RENDER_EXPLAIN, text, sizeof(text), NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_tree_render(tree, 0, text, sizeof(text), NULL), R53_E_INVALID);
    assert_int_equal(r53_tree_render(tree, R53_RENDER_TEXT, text, sizeof(text), NULL),
                     R53_E_NO_SPACE);
    assert_string_equal(text, "www.exa");
    r53_tree_free(tree);
    r53_tree_free(NULL);
}

/* Long values are cut between characters, and end in "...". */
static void long_values(void **state)
{
    char set[600] = "t TXT ", *text;
    struct world world;
    r53_tree *tree;

    (void)state;
    for (int i = 0; i < 2; i++) {
        strcat(set, i ? "~\"" : "\"");
        memset(set + strlen(set), 'x', 240);
        strcat(set, "\"");
    }
    strcat(set, "\n");
    world_open(&world, set);
    tree = tree_of(world.view, "t TXT", NULL);
    text = rendered(tree, R53_TREE_ASCII);
    assert_non_null(strstr(text, "xxx...\n"));
    assert_true(strlen(text) < 400);
    free(text);
    r53_tree_free(tree);
    world_close(&world);
}

int main(void)
{
    struct CMUnitTest tests[2 * COUNT(pictures) + COUNT(limits) + COUNT(balancers) + COUNT(ruled) +
                            COUNT(refusals) + 3];
    size_t n = 0;

    ADD_CASES(tests, n, pictures, draw);
    ADD_CASES(tests, n, pictures, draw_all);
    ADD_CASES(tests, n, balancers, balancer);
    ADD_CASES(tests, n, ruled, rules);
    ADD_CASES(tests, n, limits, limit);
    ADD_CASES(tests, n, refusals, refuse);
    ADD_TEST(tests, n, "a buffer that is too small gets what fits", small_buffers);
    ADD_TEST(tests, n, "misuse is refused, and a tree outlives its view", misuse);
    ADD_TEST(tests, n, "long values are cut", long_values);
    return RUN_TESTS("tree", tests, n);
}
