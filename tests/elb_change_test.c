/*
 * The change door of load balancers, listeners and target groups: what is refused, by AWS's names,
 * and what comes of what is not. A row is what stands there, one call, and what it comes to.
 */
#include "support/change_case.h"
#include "support/elb_calls.h"
#include "support/harness.h"

#define ZONES "zones=us-east-1a,us-east-1b"
#define ALB   "create lb a1 " ZONES "\n"
#define NLB   "create lb n1 zones=us-east-1a\n"
#define GWLB  "create lb g1 zones=us-east-1a\n"
#define CLB   "create lb c1 zones=us-east-1a\n"
#define T1    "create tg t1 HTTP:80\n"
#define U1    "create tg u1 TCP:80\n"
#define HTTP  "create listener a1:80 HTTP -> t1\n"

static const struct change_case cases[] = {
    /* Load balancers: names */
    {"ELB-LB-20 a name", ALB, R53_OK, "", ""},
    {"ELB-LB-20 of 32 characters", "create lb a1 name=a2345678901234567890123456789-32 " ZONES,
     R53_OK, "", ""},
    {"ELB-LB-20 of 33", "create lb a1 name=a23456789012345678901234567890-33 " ZONES, R53_E_INVALID,
     "ValidationError",
     "Load balancer name 'a23456789012345678901234567890-33' cannot be longer than '32'"},
    {"ELB-LB-20 no other characters", "create lb a1 name=a_1 " ZONES, R53_E_INVALID,
     "ValidationError", "Load balancer name 'a_1' can only contain"},
    {"ELB-LB-20 no hyphen in front", "create lb a1 name=-a " ZONES, R53_E_INVALID,
     "ValidationError", "Load balancer name '-a' cannot begin or end with a hyphen"},
    {"ELB-LB-20 nor behind", "create lb a1 name=a- " ZONES, R53_E_INVALID, "ValidationError",
     "Load balancer name 'a-' cannot begin or end"},
    {"ELB-LB-20 not as internal ones are named", "create lb a1 name=internal-a " ZONES,
     R53_E_INVALID, "ValidationError", "Load balancer name 'internal-a' cannot begin with"},
    {"ELB-LB-20 a Classic one may", "create lb c1 name=internal-a zones=us-east-1a", R53_OK, "",
     ""},
    {"ELB-LB-20 ELB-VAL-23 without a name", "create lb a1 name= " ZONES, R53_E_INVALID,
     "ValidationError", "Load balancer name must be specified"},
    {"ELB-LB-20 ELB-VAL-12 the name again, other settings", ALB "create lb a1 internal " ZONES,
     R53_E_EXISTS, "DuplicateLoadBalancerName", "A load balancer with the name 'a1' exists"},
    {"ELB-LB-20 other zones are other settings", ALB "create lb a1 " ZONES ",us-east-1c",
     R53_E_EXISTS, "DuplicateLoadBalancerName", "A load balancer with the name 'a1'"},
    {"ELB-LB-20 the kinds share names", ALB "create lb n1 name=a1 zones=us-east-1a", R53_E_EXISTS,
     "DuplicateLoadBalancerName", "A load balancer with the name 'a1'"},
    {"ELB-LB-20 but not with Classic ones", ALB "create lb c1 name=a1 zones=us-east-1a", R53_OK, "",
     ""},
    {"ELB-LB-20 Classic ones among each other", CLB "create lb c1 name=c1 arn=c2 zones=us-east-1b",
     R53_E_EXISTS, "DuplicateLoadBalancerName", "A load balancer with the name 'c1'"},
    {"ELB-LB-20 another account", ALB "create lb a1 account=1 internal " ZONES, R53_OK, "", ""},
    {"ELB-VAL-12 the same again", ALB "create lb a1 zones=us-east-1b,us-east-1a", R53_OK, "",
     "the load balancer 'a1' is there already"},
    {"ELB-VAL-12 whatever its ARN", ALB "create lb a1 arn=a7 " ZONES, R53_OK, "",
     "the load balancer 'a1' is there already, as "
     "'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a1/1'"},
    {"ELB-VAL-12 attributes are no settings", ALB "create lb a1 protect " ZONES, R53_OK, "",
     "the load balancer 'a1' is there already"},
    {"ELB-VAL-22 the ARN again, another name", ALB "create lb a1 name=b " ZONES, R53_E_EXISTS, "",
     "the load balancer 'arn:aws:"},

    /* Load balancers: zones, scheme, addresses */
    {"ELB-LB-11 two zones of an Application Load Balancer", "create lb a1 zones=us-east-1a",
     R53_E_INVALID, "ValidationError", "At least two subnets in two different Availability Zones"},
    {"ELB-LB-11 or one Local Zone", "create lb a1 zones=us-east-1-bos-1a", R53_OK, "", ""},
    {"ELB-LB-11 not both", "create lb a1 zones=us-east-1-bos-1a,us-east-1a,us-east-1b",
     R53_E_INVALID, "InvalidConfigurationRequest", "The zones of 'arn:aws"},
    {"ELB-LB-11 none", "create lb n1", R53_E_INVALID, "ValidationError",
     "At least one Availability Zone"},
    {"ELB-LB-11 one of the others", NLB GWLB CLB, R53_OK, "", ""},
    {"ELB-LB-10 ELB-VAL-21 a zone twice", "create lb a1 zones=us-east-1a,us-east-1a", R53_E_INVALID,
     "InvalidConfigurationRequest",
     "More than 1 subnet cannot be specified for 1 availability zone"},
    {"ELB-LB-02 a gateway has no scheme", "create lb g1 internal zones=us-east-1a", R53_E_INVALID,
     "ValidationError", "A scheme cannot be specified"},
    {"ELB-IP-01 of a Classic one", "create lb c1 ip=dualstack zones=us-east-1a", R53_E_INVALID,
     "InvalidConfigurationRequest", "The IP address type 'dualstack' is not supported"},
    {"ELB-IP-01 of a network one", "create lb n1 ip=dualstack-without-public-ipv4 zones=us-east-1a",
     R53_E_INVALID, "InvalidConfigurationRequest", "The IP address type 'dualstack-without"},
    {"ELB-IP-01 towards the Internet alone",
     "create lb a1 internal ip=dualstack-without-public-ipv4 " ZONES, R53_E_INVALID,
     "InvalidConfigurationRequest", "The IP address type 'dualstack-without"},
    {"ELB-IP-01 of target groups", "create lb a1 ip=ipv6 " ZONES, R53_E_INVALID, "ValidationError",
     "'ipv6' is an IP address type of target groups"},
    {"ELB-IP-07 ELB-CONF-09 internal and dualstack", "create lb a1 internal ip=dualstack " ZONES,
     R53_OK, "", ""},
    {"ELB-CLB-05 instances come later", "create lb c1 instance=i-1 zones=us-east-1a", R53_E_INVALID,
     "ValidationError", "The instances of 'arn:aws"},
    {"ELB-VAL-05 an attribute of another kind", "create lb n1 idle=5 zones=us-east-1a",
     R53_E_INVALID, "InvalidConfigurationRequest",
     "The attribute 'idle_timeout.timeout_seconds' is not supported"},
    {"ELB-LB-34 an attribute out of range", "create lb a1 idle=4001 " ZONES, R53_E_INVALID,
     "ValidationError", "4001 is outside the range that AWS allows; expected 1 to 4000"},
    {"ELB-LB-14 zones are added", ALB "zones a1 us-east-1a,us-east-1b,us-east-1c", R53_OK, "", ""},
    {"ELB-LB-14 and removed", ALB "zones a1 us-east-1c,us-east-1b", R53_OK, "", ""},
    {"ELB-LB-14 ELB-LB-11 not below the minimum", ALB "zones a1 us-east-1a", R53_E_INVALID,
     "ValidationError", "At least two subnets"},
    {"ELB-LB-14 of a network one", "create lb n1 " ZONES "\nzones n1 us-east-1b", R53_OK, "", ""},
    {"ELB-LB-14 a gateway loses none", "create lb g1 " ZONES "\nzones g1 us-east-1b", R53_E_INVALID,
     "InvalidConfigurationRequest", "The zone 'us-east-1a' cannot be removed"},
    {"ELB-LB-14 but gains", GWLB "zones g1 us-east-1a,us-east-1b", R53_OK, "", ""},
    {"ELB-LB-14 a Classic one", CLB "zones c1 us-east-1b", R53_OK, "", ""},
    {"ELB-LB-14 not none", CLB "zones c1", R53_E_INVALID, "ValidationError",
     "At least one Availability Zone"},
    {"ELB-LB-14 ELB-VAL-20 of none", "zones a1 us-east-1a", R53_E_NOT_FOUND, "LoadBalancerNotFound",
     "One or more load balancers not found"},

    /* What only some kinds have */
    {"ELB-IP-05 a load balancer as target has no IPv6", "create tg t1 TCP:80 type=alb ip6",
     R53_E_INVALID, "InvalidConfigurationRequest",
     "The IP address type 'ipv6' is not supported for target group 't1', whose target is a load"},
    {"ELB-TG-08 without cross-zone each target needs a zone",
     "create tg t1 HTTP:80 type=ip\nregister t1 10.0.0.1 all\n"
     "set tg t1 load_balancing.cross_zone.enabled=false",
     R53_E_INVALID, "InvalidConfigurationRequest",
     "Cross-zone load balancing cannot be disabled while target '10.0.0.1' is registered with"},
    {"ELB-VAL-12 a listener again, with its certificates",
     ALB T1 "create listener a1:443 HTTPS certs=1 -> t1\n"
            "create listener a1:443 HTTPS certs=1 -> t1",
     R53_OK, "", "the listener"},

    /* Load balancers: deletion */
    {"ELB-VAL-10 a load balancer", ALB "delete lb a1", R53_OK, "", ""},
    {"ELB-VAL-10 a protected one", "create lb a1 protect " ZONES "\ndelete lb a1", R53_E_INVALID,
     "OperationNotPermitted", "Load balancer 'arn:aws"},
    {"ELB-LB-44 protected by its attribute",
     ALB "set lb a1 deletion_protection.enabled=true\ndelete lb a1", R53_E_INVALID,
     "OperationNotPermitted", "Load balancer 'arn:aws"},
    {"ELB-LB-44 and no more",
     "create lb a1 protect " ZONES "\nset lb a1 deletion_protection.enabled=false\ndelete lb a1",
     R53_OK, "", ""},
    {"ELB-VAL-10 none, as at AWS", "delete lb a1", R53_OK, "", "there is no load balancer"},
    {"ELB-VAL-10 its groups are free", ALB T1 HTTP "delete lb a1\ndelete tg t1", R53_OK, "", ""},
    {"ELB-VAL-10 the name too", ALB "delete lb a1\ncreate lb a1 internal " ZONES, R53_OK, "", ""},
    {"ELB-VAL-10 its listeners are gone", ALB T1 HTTP "delete lb a1\n" ALB "delete listener a1:80",
     R53_E_NOT_FOUND, "ListenerNotFound", "One or more listeners"},
    {"ELB-VAL-10 and its rules",
     ALB T1 HTTP "create rule a1:80 5 -> t1\ndelete lb a1\n" ALB HTTP "delete rule a1:80 5",
     R53_E_NOT_FOUND, "RuleNotFound", "One or more rules"},
    {"ELB-VAL-10 a target of another",
     ALB "create tg u1 TCP:80 type=alb\nregister u1 a1\ndelete lb a1", R53_E_INVALID,
     "ResourceInUse", "Load balancer 'arn:aws"},
    {"ELB-VAL-10 no target any more",
     ALB "create tg u1 TCP:80 type=alb\nregister u1 a1\nderegister u1 a1\ndelete lb a1", R53_OK, "",
     ""},
    {"ELB-CLB-05 the instances go with it", CLB "register c1 i-1\ndelete lb c1\nregister c1 i-1",
     R53_E_NOT_FOUND, "TargetGroupNotFound", "One or more target groups"},

    /* Target groups */
    {"ELB-TG-02 a name", T1, R53_OK, "", ""},
    {"ELB-TG-02 too long", "create tg t1 HTTP:80 name=t23456789012345678901234567890-33",
     R53_E_INVALID, "ValidationError",
     "Target group name 't23456789012345678901234567890-33' cannot be longer than '32'"},
    {"ELB-TG-02 another character", "create tg t1 HTTP:80 name=t.1", R53_E_INVALID,
     "ValidationError", "Target group name 't.1' can only contain"},
    {"ELB-TG-02 a hyphen at an end", "create tg t1 HTTP:80 name=t-", R53_E_INVALID,
     "ValidationError", "Target group name 't-' cannot begin or end"},
    {"ELB-TG-02 ELB-VAL-12 once in a Region", T1 "create tg t1 HTTP:81", R53_E_EXISTS,
     "DuplicateTargetGroupName", "A target group with the name 't1' exists"},
    {"ELB-TG-02 in another account too", T1 "create tg t1 HTTP:81 account=1", R53_OK, "", ""},
    {"ELB-VAL-12 the same group", T1 "create tg t1 HTTP:80 arn=t7", R53_OK, "",
     "the target group 't1' is there already"},
    {"ELB-VAL-12 with another health check", T1 "create tg t1 HTTP:80 interval=60", R53_E_EXISTS,
     "DuplicateTargetGroupName", "A target group with the name 't1'"},
    {"ELB-VAL-22 the ARN of another group", T1 "create tg t1 HTTP:80 name=b", R53_E_EXISTS, "",
     "the ARN 'arn:aws"},
    {"ELB-TG-03 no protocol", "create tg t1", R53_E_INVALID, "ValidationError",
     "A protocol must be specified"},
    {"ELB-TG-04 no port", "create tg t1 HTTP:0", R53_E_INVALID, "ValidationError",
     "A port must be specified"},
    {"ELB-TG-04 a port beyond", "create tg t1 HTTP:65536", R53_E_INVALID, "ValidationError",
     "65536 is out of range; expected 0 to 65535"},
    {"ELB-TG-03 SSL", "create tg t1 SSL:80", R53_E_INVALID, "ValidationError",
     "target groups do not speak SSL"},
    {"ELB-TG-03 a function has none", "create tg t1 HTTP:80 type=lambda", R53_E_INVALID,
     "ValidationError", "a target group of a function has neither"},
    {"ELB-TG-03 a function", "create tg t1 type=lambda", R53_OK, "", ""},
    {"ELB-TG-01 a load balancer behind HTTP", "create tg t1 HTTP:80 type=alb", R53_E_INVALID,
     "InvalidConfigurationRequest", "The protocol 'HTTP' is not supported"},
    {"ELB-TG-03 GENEVE elsewhere", "create tg t1 GENEVE:80", R53_E_INVALID, "ValidationError",
     "GENEVE goes to port 6081"},
    {"ELB-TG-03 a version of TCP", "create tg t1 TCP:80 version=GRPC", R53_E_INVALID,
     "ValidationError", "only target groups of HTTP and HTTPS"},
    {"ELB-VAL-06 an interval", "create tg t1 HTTP:80 interval=4", R53_E_INVALID, "ValidationError",
     "4 is outside the range that AWS allows; expected 5 to 300"},
    {"ELB-ST-08 ELB-VAL-21 a timeout beyond the interval",
     "create tg t1 HTTP:80 interval=5 timeout=6", R53_E_INVALID, "ValidationError",
     "Health check timeout '6' must be smaller than the interval '5'"},
    {"ELB-ST-08 ELB-VAL-21 or as long", "create tg t1 HTTP:80 interval=5 timeout=5", R53_E_INVALID,
     "ValidationError", "Health check timeout '5' must be smaller than the interval '5'"},
    {"ELB-ST-08 ELB-VAL-21 below HTTP", "create tg t1 TCP:80 interval=5 timeout=6", R53_E_INVALID,
     "ValidationError",
     "Health check timeout '6' must be smaller than or equal to the interval '5'"},
    {"ELB-ST-08 there as long will do", "create tg t1 TCP:80 interval=5 timeout=5", R53_OK, "", ""},
    {"ELB-XZ-05 no stickiness within zones", "create tg t1 HTTP:80 xz=off sticky", R53_E_INVALID,
     "InvalidConfigurationRequest", "Stickiness is not supported with cross-zone"},
    {"ELB-XZ-05 nor functions", "create tg t1 type=lambda xz=off", R53_E_INVALID,
     "InvalidConfigurationRequest", "Cross-zone load balancing of a target group with a lambda"},
    {"ELB-XZ-05 nor later",
     "create tg t1 HTTP:80 sticky\nset tg t1 load_balancing.cross_zone.enabled=false",
     R53_E_INVALID, "InvalidConfigurationRequest", "Stickiness is not supported with cross-zone"},
    {"ELB-XZ-05 a group of TCP may", "create tg t1 TCP:80 xz=off sticky", R53_OK, "", ""},
    {"ELB-ATTR-13 slow start of TCP", "create tg t1 TCP:80 slow=30", R53_E_INVALID,
     "InvalidConfigurationRequest", "The attribute 'slow_start.duration_seconds'"},
    {"ELB-VAL-10 a group", T1 "delete tg t1", R53_OK, "", ""},
    {"ELB-VAL-10 of a listener", ALB T1 HTTP "delete tg t1", R53_E_INVALID, "ResourceInUse",
     "Target group 'arn:aws"},
    {"ELB-VAL-10 of a rule",
     ALB T1 "create tg t2 HTTP:80\n" HTTP "create rule a1:80 5 -> t2\ndelete tg t2", R53_E_INVALID,
     "ResourceInUse", "Target group 'arn:aws"},
    {"ELB-VAL-10 of a rule that is gone",
     ALB T1 "create tg t2 HTTP:80\n" HTTP
            "create rule a1:80 5 -> t2\ndelete rule a1:80 5\ndelete tg t2",
     R53_OK, "", ""},
    {"ELB-VAL-10 ELB-VAL-20 no such group", "delete tg t1", R53_E_NOT_FOUND, "TargetGroupNotFound",
     "One or more target groups"},

    /* Listeners: by themselves */
    {"ELB-LSN-01 a listener", ALB T1 HTTP, R53_OK, "", ""},
    {"ELB-LSN-01 a port has one", ALB T1 HTTP "create listener a1:80 HTTP arn=a1:1 -> fixed",
     R53_E_EXISTS, "DuplicateListener", "A listener already exists on the port"},
    {"ELB-VAL-12 the same listener", ALB T1 HTTP "create listener a1:80 HTTP arn=a1:1 -> t1",
     R53_OK, "", "the listener is there already"},
    {"ELB-VAL-12 its ARN and settings", ALB T1 HTTP HTTP, R53_OK, "",
     "the listener is there already"},
    {"ELB-LSN-01 its ARN, other settings", ALB T1 HTTP "create listener a1:80 HTTP -> fixed",
     R53_E_EXISTS, "DuplicateListener", "A listener already exists"},
    {"ELB-VAL-22 the ARN of another port", ALB T1 HTTP "create listener a1:81 HTTP arn=a1:80 -> t1",
     R53_E_EXISTS, "", "the listener 'arn:aws"},
    {"ELB-LSN-01 no port", ALB T1 "create listener a1:0 HTTP -> t1", R53_E_INVALID,
     "ValidationError", "A port from 1 to 65535"},
    {"ELB-LSN-01 a port beyond", ALB T1 "create listener a1:65536 HTTP -> t1", R53_E_INVALID,
     "ValidationError", "65536 is out of range"},
    {"ELB-LSN-02 no protocol", ALB T1 "create listener a1:80 - -> t1", R53_E_INVALID,
     "ValidationError", "A protocol must be specified"},
    {"ELB-LSN-02 a protocol of other kinds", ALB T1 "create listener a1:80 TCP -> t1",
     R53_E_INVALID, "UnsupportedProtocol", "listener 'arn:aws"},
    {"ELB-LSN-02 ELB-VAL-21 a gateway has no port",
     GWLB "create tg t1 GENEVE:6081\ncreate listener g1:80 - -> t1", R53_E_INVALID,
     "ValidationError", "A port cannot be specified for gateway listeners"},
    {"ELB-LSN-02 nor protocol", GWLB "create tg t1 GENEVE:6081\ncreate listener g1:0 GENEVE -> t1",
     R53_E_INVALID, "ValidationError", "A protocol cannot be specified for gateway listeners"},
    {"ELB-LSN-06 a gateway's listener",
     GWLB "create tg t1 GENEVE:6081\ncreate listener g1:0 - -> t1", R53_OK, "", ""},
    {"ELB-LSN-06 only forwards", GWLB "create listener g1:0 - -> fixed", R53_E_INVALID,
     "InvalidLoadBalancerAction", "A gateway listener can only forward"},
    {"ELB-LSN-03 a certificate", ALB T1 "create listener a1:443 HTTPS certs=1 -> t1", R53_OK, "",
     ""},
    {"ELB-LSN-03 none", ALB T1 "create listener a1:443 HTTPS -> t1", R53_E_INVALID,
     "ValidationError", "A certificate must be specified for HTTPS listeners"},
    {"ELB-LSN-03 two default ones", ALB T1 "create listener a1:443 HTTPS certs=2 -> t1",
     R53_E_INVALID, "InvalidConfigurationRequest", "listener 'arn:aws"},
    {"ELB-LSN-03 none of HTTP", ALB T1 "create listener a1:80 HTTP certs=1 -> t1", R53_E_INVALID,
     "ValidationError", "A certificate cannot be specified for HTTP listeners"},
    {"ELB-LSN-03 none of QUIC",
     NLB "create tg u1 QUIC:443\ncreate listener n1:443 QUIC certs=1 -> u1", R53_E_INVALID,
     "InvalidConfigurationRequest", "listener 'arn:aws"},
    {"ELB-TLS-07 an ALPN policy", NLB U1 "create listener n1:443 TLS certs=1 alpn=HTTP2Only -> u1",
     R53_OK, "", ""},
    {"ELB-TLS-07 of TCP", NLB U1 "create listener n1:80 TCP alpn=HTTP2Only -> u1", R53_E_INVALID,
     "ValidationError", "An ALPN policy cannot be specified for TCP listeners"},
    {"ELB-VAL-20 ELB-TLS-07 no such policy",
     NLB U1 "create listener n1:443 TLS certs=1 alpn=x -> u1", R53_E_INVALID, "ALPNPolicyNotFound",
     "'x' is not an ALPN policy"},
    {"ELB-TLS-08 on HTTPS alone", ALB T1 "create listener a1:80 HTTP mtls=3 -> t1", R53_E_INVALID,
     "ValidationError", "Mutual authentication cannot be specified for HTTP listeners"},
    {"ELB-LSN-04 a default action", ALB "create listener a1:80 HTTP", R53_E_INVALID,
     "ValidationError", "the listener has no default action"},
    {"ELB-VAL-20 no load balancer", T1 "create listener a1:80 HTTP -> t1", R53_E_NOT_FOUND,
     "LoadBalancerNotFound", "One or more load balancers"},
    {"ELB-LSN-25 weights of nothing", NLB U1 "create listener n1:80 TCP -> u1:0", R53_E_INVALID,
     "ValidationError", "At least one target group must have a weight above 0"},
    {"ELB-VAL-01 a weight", ALB T1 "create listener a1:80 HTTP -> t1:1000", R53_E_INVALID,
     "ValidationError", "The weight of 'arn:aws"},
    {"ELB-LSN-07 one of QUIC",
     NLB "create tg u1 QUIC:443\ncreate listener n1:443 QUIC -> u1\ncreate listener n1:444 QUIC -> "
         "u1",
     R53_E_INVALID, "InvalidConfigurationRequest", "Listener 'arn:aws"},
    {"ELB-LSN-07 not beside UDP",
     NLB "create tg u1 QUIC:443\ncreate tg u2 UDP:53\ncreate listener n1:443 QUIC -> u1\n"
         "create listener n1:53 UDP -> u2",
     R53_E_INVALID, "InvalidConfigurationRequest", "Listener 'arn:aws"},
    {"ELB-LSN-07 beside TCP",
     NLB U1 "create tg u2 QUIC:443\ncreate listener n1:443 QUIC -> u2\n"
            "create listener n1:80 TCP -> u1",
     R53_OK, "", ""},
    {"ELB-LSN-07 not dualstack",
     "create lb n1 ip=dualstack zones=us-east-1a\ncreate tg u1 QUIC:443\n"
     "create listener n1:443 QUIC -> u1",
     R53_E_INVALID, "InvalidConfigurationRequest", "listener 'arn:aws"},

    /* Listeners: what they forward to */
    {"ELB-VAL-20 no group", ALB "create listener a1:80 HTTP -> t1", R53_E_NOT_FOUND,
     "TargetGroupNotFound", "One or more target groups not found"},
    {"ELB-CASE-96 ELB-LSN-05 TLS to UDP",
     NLB "create tg u1 UDP:53\ncreate listener n1:443 TLS certs=1 -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type of target group"},
    {"ELB-CASE-96 ELB-LSN-05 TCP to TCP_UDP",
     NLB "create tg u1 TCP_UDP:53\ncreate listener n1:53 TCP -> u1", R53_OK, "", ""},
    {"ELB-LSN-06 HTTP to TCP", ALB U1 "create listener a1:80 HTTP -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type"},
    {"ELB-LSN-05 TLS to a load balancer",
     NLB "create tg u1 TCP:80 type=alb\ncreate listener n1:443 TLS certs=1 -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type"},
    {"ELB-LSN-05 TCP to a function",
     NLB "create tg u1 type=lambda\ncreate listener n1:80 TCP -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type"},
    {"ELB-LSN-06 HTTP to gRPC", ALB "create tg t1 HTTP:80 version=GRPC\n" HTTP, R53_E_INVALID,
     "InvalidConfigurationRequest", "The protocol version of target group"},
    {"ELB-ALB-ACT-02 gRPC beside a log-in",
     ALB "create tg t1 HTTP:80 version=GRPC\ncreate listener a1:443 HTTPS certs=1 -> auth then t1",
     R53_E_INVALID, "InvalidLoadBalancerAction", "The protocol version of target group"},
    {"ELB-IP-05 IPv6 behind IPv4", ALB "create tg t1 HTTP:80 type=ip ip6\n" HTTP, R53_E_INVALID,
     "InvalidConfigurationRequest", "The IPv6 target group"},
    {"ELB-LSN-08 UDP of a dualstack one",
     "create lb n1 ip=dualstack zones=us-east-1a\ncreate tg u1 UDP:53\n"
     "create listener n1:53 UDP -> u1",
     R53_E_INVALID, "InvalidConfigurationRequest", "'arn:aws"},
    {"ELB-LSN-23 TCP and TLS at once",
     NLB U1 "create tg u2 TLS:443\ncreate listener n1:443 TLS certs=1 -> u1,u2", R53_E_INVALID,
     "InvalidConfigurationRequest", "'arn:aws"},
    {"ELB-TG-05 ELB-LIM-16 one load balancer a group",
     ALB "create lb a2 " ZONES "\n" T1 HTTP "create listener a2:80 HTTP -> t1", R53_E_LIMIT,
     "TargetGroupAssociationLimit", "The target group 'arn:aws"},
    {"ELB-TG-05 of a rule too",
     ALB "create lb a2 " ZONES "\n" T1 HTTP
         "create listener a2:80 HTTP -> fixed\ncreate rule a2:80 5 -> t1",
     R53_E_LIMIT, "TargetGroupAssociationLimit", "The target group 'arn:aws"},
    {"ELB-TG-05 many listeners of it", ALB T1 HTTP "create listener a1:81 HTTP -> t1", R53_OK, "",
     ""},
    {"ELB-ALB-ACT-01 a log-in over HTTP", ALB T1 "create listener a1:80 HTTP -> auth then t1",
     R53_E_INVALID, "InvalidLoadBalancerAction", "Authenticate and jwt-validation actions need"},
    {"ELB-IP-06 a log-in without IPv4",
     "create lb a1 ip=dualstack-without-public-ipv4 " ZONES "\n" T1
     "create listener a1:443 HTTPS certs=1 -> auth then t1",
     R53_E_INVALID, "InvalidConfigurationRequest", "'arn:aws"},
    {"ELB-LSN-06 a rule to TCP", ALB T1 U1 HTTP "create rule a1:80 5 -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type"},

    /* Listeners: changes and ends */
    {"ELB-LSN-01 another port", ALB T1 HTTP "modify listener a1:80 port=81", R53_OK, "", ""},
    {"ELB-LSN-01 that is taken",
     ALB T1 HTTP "create listener a1:81 HTTP -> t1\nmodify listener a1:80 port=81", R53_E_EXISTS,
     "DuplicateListener", "A listener already exists"},
    {"ELB-LSN-03 HTTPS without certificate", ALB T1 HTTP "modify listener a1:80 protocol=HTTPS",
     R53_E_INVALID, "ValidationError", "A certificate must be specified"},
    {"ELB-LSN-03 with one", ALB T1 HTTP "modify listener a1:80 protocol=HTTPS certs=1", R53_OK, "",
     ""},
    {"ELB-LSN-06 HTTP under a rule to gRPC",
     ALB T1 "create tg t2 HTTP:80 version=GRPC\ncreate listener a1:443 HTTPS certs=1 -> t1\n"
            "create rule a1:443 5 -> t2\nmodify listener a1:443 protocol=HTTP",
     R53_E_INVALID, "InvalidConfigurationRequest", "The protocol version of target group"},
    {"ELB-ALB-ACT-01 HTTP under a log-in",
     ALB T1 "create listener a1:443 HTTPS certs=1 -> t1\ncreate rule a1:443 5 -> auth then t1\n"
            "modify listener a1:443 protocol=HTTP",
     R53_E_INVALID, "InvalidLoadBalancerAction", "The authenticate or jwt-validation action"},
    {"ELB-LSN-07 the port of QUIC",
     NLB
     "create tg u1 QUIC:443\ncreate listener n1:443 QUIC -> u1\nmodify listener n1:443 port=444",
     R53_E_INVALID, "InvalidConfigurationRequest", "The port of the QUIC listener"},
    {"ELB-VAL-20 a listener that is not there", ALB "modify listener a1:80 port=81",
     R53_E_NOT_FOUND, "ListenerNotFound", "One or more listeners not found"},
    {"ELB-VAL-23 a listener of another", ALB T1 HTTP "modify listener a1:80 lb=a2 port=81",
     R53_E_INVALID, "ValidationError", "Listener 'arn:aws"},
    {"ELB-VAL-20 to a group that is not there", ALB T1 HTTP "modify listener a1:80 -> t9",
     R53_E_NOT_FOUND, "TargetGroupNotFound", "One or more target groups"},
    {"ELB-LSN-15 another group", ALB T1 "create tg t2 HTTP:80\n" HTTP "modify listener a1:80 -> t2",
     R53_OK, "", ""},
    {"ELB-LSN-15 the old one is free",
     ALB T1 "create tg t2 HTTP:80\n" HTTP "modify listener a1:80 -> t2\ndelete tg t1", R53_OK, "",
     ""},
    {"ELB-VAL-10 a listener goes", ALB T1 HTTP "delete listener a1:80", R53_OK, "", ""},
    {"ELB-VAL-10 with its rules",
     ALB T1 HTTP "create rule a1:80 5 -> t1\ndelete listener a1:80\n" HTTP "delete rule a1:80 5",
     R53_E_NOT_FOUND, "RuleNotFound", "One or more rules"},
    {"ELB-VAL-20 no listener", ALB "delete listener a1:80", R53_E_NOT_FOUND, "ListenerNotFound",
     "One or more listeners not found"},

    /* Classic */
    {"ELB-LSN-11 a Classic listener", CLB "create listener c1:80 HTTP back=HTTP:8080", R53_OK, "",
     ""},
    {"ELB-LSN-11 layers", CLB "create listener c1:80 HTTP back=TCP:8080", R53_E_INVALID,
     "InvalidConfigurationRequest", "The protocols 'HTTP' and 'TCP' of a listener"},
    {"ELB-LSN-11 SSL and TCP", CLB "create listener c1:443 SSL certs=1 back=TCP:80", R53_OK, "",
     ""},
    {"ELB-LSN-11 one certificate", CLB "create listener c1:443 SSL certs=2 back=TCP:80",
     R53_E_INVALID, "InvalidConfigurationRequest", "Listener 'arn:aws"},
    {"ELB-LSN-11 no certificate", CLB "create listener c1:443 SSL back=TCP:80", R53_E_INVALID,
     "ValidationError", "A certificate must be specified for SSL listeners"},
    {"ELB-LSN-02 TLS of a Classic one", CLB "create listener c1:443 TLS certs=1 back=TCP:80",
     R53_E_INVALID, "UnsupportedProtocol", "listener 'arn:aws"},
    {"ELB-LSN-11 no instance port", CLB "create listener c1:80 HTTP back=HTTP:0", R53_E_INVALID,
     "ValidationError", "0 is out of range; expected 1 to 65535"},
    {"ELB-LSN-01 a Classic port has one",
     CLB "create listener c1:80 HTTP back=HTTP:8080\ncreate listener c1:80 HTTP back=HTTP:8081",
     R53_E_EXISTS, "DuplicateListener", "A listener already exists"},
    {"ELB-VAL-12 the same Classic listener",
     CLB "create listener c1:80 HTTP back=HTTP:8080\ncreate listener c1:80 HTTP back=HTTP:8080",
     R53_OK, "", "the listener is there already"},
    {"ELB-LSN-11 a Classic listener goes",
     CLB "create listener c1:80 HTTP back=HTTP:8080\ndelete listener c1:80", R53_OK, "", ""},
    {"ELB-LSN-11 is not modified",
     CLB "create listener c1:80 HTTP back=HTTP:8080\nmodify listener c1:80 port=81",
     R53_E_NOT_FOUND, "ListenerNotFound", "One or more listeners"},
    {"ELB-CLB-05 a Classic one's instances", CLB "register c1 i-1", R53_OK, "", ""},

    /* Quotas that a few lines reach */
    {"ELB-LIM-05 a gateway has one listener",
     GWLB "create tg t1 GENEVE:6081\ncreate listener g1:0 - -> t1\n"
          "create listener g1:0 - arn=g1:1 -> t1,t1",
     R53_E_LIMIT, "TooManyListeners", "The maximum number of listeners is 1"},
    {"ELB-LIM-07 25 certificates", ALB T1 "create listener a1:443 HTTPS certs=1 extra=25 -> t1",
     R53_OK, "", ""},
    {"ELB-LIM-07 one more", ALB T1 "create listener a1:443 HTTPS certs=1 extra=26 -> t1",
     R53_E_LIMIT, "TooManyCertificates", "The maximum number of certificates"},
    {"ELB-LIM-07 in all listeners",
     ALB T1 "create listener a1:443 HTTPS certs=1 extra=20 -> t1\n"
            "create listener a1:444 HTTPS certs=1 extra=6 -> t1",
     R53_E_LIMIT, "TooManyCertificates", "The maximum number of certificates"},
    {"ELB-LIM-20 two listeners verify",
     ALB T1 "create listener a1:443 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:444 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:445 HTTPS certs=1 mtls=2 -> t1",
     R53_OK, "", ""},
    {"ELB-LIM-20 not three",
     ALB T1 "create listener a1:443 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:444 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:445 HTTPS certs=1 mtls=3 -> t1",
     R53_E_LIMIT, "InvalidConfigurationRequest", "The maximum number of listeners that verify"},
    {"ELB-LIM-20 nor by a change",
     ALB T1 "create listener a1:443 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:444 HTTPS certs=1 mtls=3 -> t1\n"
            "create listener a1:445 HTTPS certs=1 -> t1\nmodify listener a1:445 mtls=3",
     R53_E_LIMIT, "InvalidConfigurationRequest", "The maximum number of listeners that verify"},
};

/* Security groups are asked for, too: others than those that there are make it another request. */
static void check_same_groups(void **state)
{
    static const struct {
        const char *groups[2];
        uint32_t n;
        int32_t rc;
    } asked[] = {{{"sg-1", "sg-2"}, 2, R53_OK},
                 {{"sg-2", "sg-1"}, 2, R53_OK},
                 {{"sg-1", "sg-3"}, 2, R53_E_EXISTS},
                 {{"sg-1"}, 1, R53_E_EXISTS},
                 {{NULL}, 0, R53_E_EXISTS}};
    const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *zones[] = {&zone};
    r53_cloud *cloud;
    char arn[ELB_ARN];

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(asked); i++) {
        const r53_load_balancer lb = {.size = sizeof(lb),
                                      .type = R53_LB_NETWORK,
                                      .load_balancer_arn = elb_balancer_arn(arn, "n1"),
                                      .load_balancer_name = "n1",
                                      .availability_zones = zones,
                                      .n_availability_zones = 1,
                                      .security_groups = asked[i].groups,
                                      .n_security_groups = asked[i].n};

        assert_int_equal(r53_load_balancer_create(cloud, &lb, NULL), asked[i].rc);
    }
    r53_cloud_free(cloud);
}

/* A Classic load balancer with its first listeners: all of it, or nothing. */
static const struct classic_case {
    const char *what;
    r53_listener listeners[2]; /* the second one's port 0: one */
    int32_t type;
    const char *before; /* lines of elb_calls.h */
    int32_t rc;
    const char *aws_name;
} classics[] = {
    {"ELB-LSN-11 a Classic load balancer with two listeners",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80},
      {.protocol = R53_PROTOCOL_TCP, .port = 81, .instance_port = 80}},
     0,
     "",
     R53_OK,
     ""},
    {"ELB-LSN-11 one of another layer",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80},
      {.protocol = R53_PROTOCOL_TCP,
       .port = 81,
       .instance_port = 80,
       .instance_protocol = R53_PROTOCOL_HTTP}},
     R53_LB_CLASSIC,
     "",
     R53_E_INVALID,
     "InvalidConfigurationRequest"},
    {"ELB-LSN-01 two on one port",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80},
      {.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 81}},
     0,
     "",
     R53_E_EXISTS,
     "DuplicateListener"},
    {"ELB-VAL-12 what is there already",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80}},
     0,
     CLB "create listener c1:80 HTTP back=HTTP:80",
     R53_OK,
     ""},
    {"ELB-LB-20 what is there without this listener",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80},
      {.protocol = R53_PROTOCOL_HTTP, .port = 81, .instance_port = 80}},
     0,
     CLB "create listener c1:80 HTTP back=HTTP:80",
     R53_E_EXISTS,
     "DuplicateLoadBalancerName"},
    {"ELB-LSN-01 what is there with another on the port",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 81}},
     0,
     CLB "create listener c1:80 HTTP back=HTTP:80",
     R53_E_EXISTS,
     "DuplicateListener"},
    {"ELB-LB-20 what is there in other zones",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 81}},
     0,
     "create lb c1 zones=us-east-1b",
     R53_E_EXISTS,
     "DuplicateLoadBalancerName"},
    {"ELB-VAL-23 no listener", {{.port = 0}}, 0, "", R53_E_INVALID, "ValidationError"},
    {"ELB-VAL-23 of another kind",
     {{.protocol = R53_PROTOCOL_HTTP, .port = 80, .instance_port = 80}},
     R53_LB_NETWORK,
     "",
     R53_E_INVALID,
     "ValidationError"},
    {"ELB-VAL-23 a listener of another load balancer",
     {{.protocol = R53_PROTOCOL_HTTP,
       .port = 80,
       .instance_port = 80,
       .load_balancer_arn = "other"}},
     0,
     "",
     R53_E_INVALID,
     "ValidationError"},
};

static int32_t classic_create(r53_cloud *cloud, const struct classic_case *c, r53_report *report)
{
    static const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "us-east-1a"};
    const r53_availability_zone *zones = &zone;
    r53_listener listeners[] = {c->listeners[0], c->listeners[1]};
    const r53_listener *list[] = {&listeners[0], &listeners[1]};
    char arn[ELB_ARN];
    size_t n = 0;
    r53_load_balancer lb = {.size = sizeof(lb),
                            .type = c->type,
                            .load_balancer_name = "c1",
                            .availability_zones = &zones,
                            .n_availability_zones = 1};

    lb.load_balancer_arn = elb_balancer_arn(arn, "c1");
    listeners[0].size = listeners[1].size = sizeof(r53_listener);
    while (n < COUNT(list) && listeners[n].port)
        n++;
    return r53_load_balancer_create_classic(cloud, &lb, list, n, report);
}

static void check_classic(void **state)
{
    const struct classic_case *c = *state;
    r53_finding f = {.size = sizeof(f), .aws_name = ""};
    struct elb_state before, after;
    r53_report *report;
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, c->before, NULL), R53_OK);
    before = elb_state_take(cloud);
    assert_int_equal(classic_create(cloud, c, report), c->rc);
    r53_report_get(report, c->rc ? r53_report_count(report) - 1 : 0, &f);
    assert_string_equal(f.aws_name, c->aws_name);
    after = elb_state_take(cloud);
    assert_int_equal(elb_state_same(&before, &after), c->rc || c->before[0]);
    if (c->rc == R53_OK)
        assert_int_equal(elb_calls(cloud, "register c1 i-1\ndelete listener c1:80", NULL), R53_OK);
    elb_state_free(&before);
    elb_state_free(&after);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void check_classic_invalid(void **state)
{
    const r53_load_balancer lb = {.size = sizeof(lb)};
    const r53_listener *none = NULL;
    r53_cloud *cloud;

    (void)state;
    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(r53_load_balancer_create_classic(NULL, &lb, &none, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create_classic(cloud, NULL, &none, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create_classic(cloud, &lb, NULL, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_create_classic(cloud, &lb, &none, 1, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + COUNT(classics) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, cases, change_case_check);
    ADD_TEST(tests, n, "ELB-VAL-12 DuplicateLoadBalancerName with other security groups",
             check_same_groups);
    ADD_CASES(tests, n, classics, check_classic);
    ADD_TEST(tests, n, "a Classic load balancer that is none", check_classic_invalid);
    return RUN_TESTS("elb_change", tests, n);
}
