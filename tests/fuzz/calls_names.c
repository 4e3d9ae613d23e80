/*
 * The pools of names, and texts of any kind.
 */
#include "fuzz/calls.h"

#define DNS_OF(name) name "-1.us-east-1.elb.amazonaws.com"

const struct balancer_name balancer_names[5] = {
    {"alb", ARNS BALANCER_OF "app/alb/1", DNS_OF("alb"), R53_LB_APPLICATION, R53_PROTOCOL_HTTP, 80},
    {"nlb", ARNS BALANCER_OF "net/nlb/1", DNS_OF("nlb"), R53_LB_NETWORK, R53_PROTOCOL_TCP, 80},
    {"clb", ARNS BALANCER_OF "clb", DNS_OF("clb"), R53_LB_CLASSIC, R53_PROTOCOL_HTTP, 80},
    {"gwy", ARNS BALANCER_OF "gwy/gwy/1", NULL, R53_LB_GATEWAY, 0, 0},
    {"two", ARNS BALANCER_OF "app/two/1", DNS_OF("two"), R53_LB_APPLICATION, R53_PROTOCOL_HTTPS,
     443},
};
const char *const group_arns[5] = {ARNS "targetgroup/http/1", ARNS "targetgroup/more/1",
                                   ARNS "targetgroup/tcp/1", ARNS "targetgroup/gen/1",
                                   ARNS "targetgroup/alb/1"};
const char *const target_ids[6] = {
    "i-1", "i-2", "i-3", "10.0.0.4", ARNS BALANCER_OF "app/alb/1", "2001:db8::7"};
const char *const az_names[3] = {"us-east-1a", "us-east-1b", "us-east-1c"};

const char *const listener_arns[6] = {ARNS "listener/app/alb/1/80",  ARNS "listener/net/nlb/1/80",
                                      ARNS BALANCER_OF "clb:80",     ARNS "listener/gwy/gwy/1/6",
                                      ARNS "listener/app/two/1/443", ARNS "listener/app/alb/1/81"};
const char *const zone_ids[4] = {"Z1", "/hostedzone/Z2", "Z3", "ZP"};
const char *const record_names[12] = {
    "example.com",         "www.example.com", "*.example.com",
    "a.b.example.com.",    "sub.example.com", "x.sub.example.com",
    "www.example.net",     "example.net",     "ns.example.com",
    "\\052.b.example.com", "WWW.Example.COM", "alb-1.us-east-1.elb.amazonaws.com"};
const char *const check_ids[4] = {"h1", "h2", "h3", "hc"};

const char *any_text(struct input *in)
{
    static const char *const texts[] = {
        NULL,
        "",
        "*",
        "us-east-1",
        "eu-west-1",
        "DE",
        "EU",
        "CA",
        "US",
        "x",
        "y",
        "c1",
        "isp",
        "h1",
        "h2",
        "192.0.2.7",
        "10.0.0.0/8",
        "2001:db8::5",
        "49.22",
        "-74.01",
        "HTTP_301",
        "404",
        "default",
        "1",
        "2",
        "50000",
        "traffic-port",
        "80",
        "/",
        "/a?b",
        "#{host}",
        "200-299",
        "text/plain",
        "authenticate",
        "deny",
        "allow",
        "https://idp.test/keys",
        "GET",
        "true",
        "use1-az1",
        "Global",
        "Region",
        "all",
        "\xff\xfe",
        "a\\052b",
        "0x0000000000000001",
        "a-text-that-is-longer-than-sixty-three-characters-of-one-label-can-be-in-a-name-of-dns"};
    size_t pool = below(in, 8);

    switch (pool) {
    case 0:
        return ONE_OF(in, record_names);
    case 1:
        return ONE_OF(in, balancer_names).arn;
    case 2:
        return ONE_OF(in, balancer_names).dns_name;
    case 3:
        return ONE_OF(in, group_arns);
    case 4:
        return ONE_OF(in, listener_arns);
    default:
        return ONE_OF(in, texts);
    }
}
