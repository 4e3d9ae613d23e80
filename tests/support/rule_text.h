/*
 * Rules of an Application Load Balancer written as text, one a line, for tables that a reader can
 * judge:
 *
 *   10 path=/img* -> img
 *   20 host=*.example.com path=/api*,/v2* -> api:3,new:1
 *   5  method=GET header=X-Env:*prod* query=version:v1,*beta* source=203.0.113.0/24 -> x
 *   5  path~^/v[0-9]+$ url~^/a/(.*)$=>/$1 site~^old=>new -> x
 *   7  path=/old -> redirect HTTP_301 protocol=HTTPS port=443 host=new.#{host} path=/ query=a
 *   8  path=/no -> fixed 404 type=text/plain body=no
 *   9  path=/in -> auth=deny then x          (auth=allow auth=authenticate jwt)
 *   default -> redirect HTTP_301 port=8443
 *
 * "=" is a list of values with ",", "~" one regular expression; "#{...}" stands as it is. Other
 * lines, in front of the rules that need them:
 *
 *   listen https:443 mtls=3 alpn=HTTP2Preferred     else http:80
 *   lb nlb drop preserve desync=3 waf-open http1    attributes; nlb: a network load balancer
 *   cert wild names=*.example.com,b.test key=EC_prime256v1 sig=SHA384WITHECDSA after=1000 default
 *   group img version=2 lambda empty                else one healthy target, "img-1"
 *
 * Groups that a rule names are made. Without a "default" line the default action forwards to "def".
 * Requests: "GET /x?y | Host: example.com | User-Agent: curl".
 */
#ifndef R53_TESTS_SUPPORT_RULE_TEXT_H
#define R53_TESTS_SUPPORT_RULE_TEXT_H

#include <r53/r53.h>

enum { SPEC_LIST = 12, SPEC_STORE = 8192 };

#define RULE_LB       "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"
#define RULE_LISTENER "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/1/2"
#define RULE_ARN      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/"
#define RULE_LB_NAME  "web-1.us-east-1.elb.amazonaws.com"

/* One rule line, read. Points into itself: not to be copied. */
struct rule_spec {
    r53_listener_rule rule;
    r53_condition conditions[SPEC_LIST];
    const r53_condition *condition_list[SPEC_LIST];
    r53_query_string_key_value pairs[SPEC_LIST];
    const char *values[SPEC_LIST * 2];
    r53_listener_action actions[SPEC_LIST];
    const r53_listener_action *action_list[SPEC_LIST];
    r53_weighted_target_group groups[SPEC_LIST];
    r53_transform transforms[SPEC_LIST];
    const r53_transform *transform_list[SPEC_LIST];
    uint32_t n_pairs, n_values, n_groups;
    char store[SPEC_STORE];
    size_t stored;
};

/* Reads a rule line; its ARN is RULE_ARN and the priority. Ends the test on what it cannot read. */
void rule_spec_read(struct rule_spec *spec, const char *line);

struct rule_world {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_view *view;
};

/* Makes cloud and view of the lines; options may be NULL. Free with rule_world_free. */
struct rule_world rule_world_make(const char *lines, const r53_cloud_options *options);
/* The same, through the change door: the rules are created, not imported. */
struct rule_world rule_world_create(const char *lines, const r53_cloud_options *options);
/* A new view of what the cloud has now. */
void rule_world_look(struct rule_world *world);
void rule_world_free(struct rule_world *world);

/* A request line, read. Points into itself. */
struct request_spec {
    r53_request request;
    r53_header headers[64];
    char store[1024];
};
void request_spec_read(struct request_spec *spec, const char *line);

/*
 * What comes of a request: "img", "503", "302", "no-listener"; a redirect as "301 https://...", a
 * fixed response as "404 text/plain no". Writes to `out`.
 */
void rule_result(const r53_view *view, const r53_request *request, char *out, size_t size);

#endif
