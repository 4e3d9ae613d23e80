/*
 * Changes of what is there: AWS's ModifyTargetGroup, SetSubnets, SetIpAddressType,
 * SetSecurityGroups, ModifyListenerAttributes, AddListenerCertificates and
 * RemoveListenerCertificates; what is refused, by AWS's names, and what comes of the rest. Rules
 * have a suite of their own, rule_modify_test.c.
 */
#include "support/change_case.h"
#include "support/elb_calls.h"
#include "support/harness.h"

#include "model/cloud.h"
#include "model/listener.h"
#include "model/load_balancer.h"
#include "model/target_group.h"

#define ZONES                 "zones=us-east-1a,us-east-1b"
#define ALB                   "create lb a1 " ZONES "\n"
#define DUAL                  "create lb a1 ip=dualstack " ZONES "\n"
#define NLB                   "create lb n1 zones=us-east-1a\n"
#define NDUAL                 "create lb n1 ip=dualstack zones=us-east-1a\n"
#define NLB_G                 "create lb n1 sg=sg-1 zones=us-east-1a\n"
#define GWLB                  "create lb g1 zones=us-east-1a\n"
#define CLB                   "create lb c1 zones=us-east-1a\n"
#define T1                    "create tg t1 HTTP:80\n"
#define T6                    "create tg t6 HTTP:80 type=ip ip6\n"
#define U1                    "create tg u1 TCP:80\n"
#define FN                    "create tg f1 type=lambda\n"
#define HTTP                  "create listener a1:80 HTTP -> t1\n"
#define HTTPS                 "create listener a1:443 HTTPS certs=1 -> t1\n"
#define INVALID_CONFIGURATION R53_E_INVALID, "InvalidConfigurationRequest"
#define VALIDATION_ERROR      R53_E_INVALID, "ValidationError"

static const struct change_case cases[] = {
    /* Target groups: what is given */
    {"ELB-VAL-06 an interval", T1 "modify tg t1 interval=60", R53_OK, "", ""},
    {"ELB-VAL-06 nothing at all", T1 "modify tg t1", R53_OK, "", ""},
    {"ELB-VAL-06 out of range", T1 "modify tg t1 interval=4", VALIDATION_ERROR,
     "4 is outside the range that AWS allows; expected 5 to 300"},
    {"ELB-VAL-06 a threshold", T1 "modify tg t1 healthy=11", VALIDATION_ERROR,
     "11 is outside the range that AWS allows; expected 2 to 10"},
    {"ELB-VAL-06 below zero", T1 "modify tg t1 healthy=-1", VALIDATION_ERROR, "-1 is out of range"},
    {"ELB-ST-08 ELB-VAL-21 a timeout beside the interval that stays",
     "create tg t1 HTTP:80 interval=10\nmodify tg t1 timeout=10", VALIDATION_ERROR,
     "Health check timeout '10' must be smaller than the interval '10'"},
    {"ELB-ST-08 an interval beside the timeout that stays",
     "create tg t1 HTTP:80 timeout=20\nmodify tg t1 interval=20", VALIDATION_ERROR,
     "Health check timeout '20' must be smaller than the interval '20'"},
    {"ELB-ST-08 as long below HTTP", "create tg u1 TCP:80 timeout=20\nmodify tg u1 interval=20",
     R53_OK, "", ""},
    {"ELB-VAL-06 codes", T1 "modify tg t1 matcher=200-299,404", R53_OK, "", ""},
    {"ELB-VAL-06 no list of codes", T1 "modify tg t1 matcher=200-", VALIDATION_ERROR,
     "'200-' is not a list of codes"},
    {"ELB-VAL-06 codes of HTTP", T1 "modify tg t1 matcher=200-500", VALIDATION_ERROR,
     "The matcher '200-500' has a code outside 200-499"},
    {"ELB-VAL-06 of a network one", U1 "modify tg u1 matcher=200-599", R53_OK, "", ""},
    {"ELB-VAL-06 not beyond", U1 "modify tg u1 matcher=600", VALIDATION_ERROR,
     "The matcher '600' has a code outside 200-599"},
    {"ELB-VAL-06 codes of gRPC", "create tg t1 HTTP:80 version=GRPC\nmodify tg t1 matcher=0-99",
     R53_OK, "", ""},
    {"ELB-VAL-06 not those of HTTP", "create tg t1 HTTP:80 version=GRPC\nmodify tg t1 matcher=200",
     VALIDATION_ERROR, "The matcher '200' has a code outside 0-99"},
    {"ELB-VAL-06 backwards", T1 "modify tg t1 matcher=299-200", VALIDATION_ERROR,
     "The matcher '299-200'"},
    {"ELB-VAL-06 codes of a new group", "create tg t1 HTTP:80 matcher=100", VALIDATION_ERROR,
     "The matcher '100' has a code outside 200-499"},
    {"ELB-ST-07 checked by HTTPS", U1 "modify tg u1 check=HTTPS", R53_OK, "", ""},
    {"ELB-ST-07 by TCP", U1 "modify tg u1 check=TCP", R53_OK, "", ""},
    {"ELB-ST-07 not of HTTP", T1 "modify tg t1 check=TCP", VALIDATION_ERROR,
     "The health check protocol 'TCP' is not supported for this target group"},
    {"ELB-ST-07 by UDP", U1 "modify tg u1 check=UDP", VALIDATION_ERROR,
     "The health check protocol 'UDP' is not supported"},
    {"ELB-ST-07 of a new group", "create tg u1 TCP:80 check=TLS", VALIDATION_ERROR,
     "The health check protocol 'TLS' is not supported"},
    {"ELB-ST-07 a function is checked", FN "modify tg f1 checked=on", R53_OK, "", ""},
    {"ELB-ST-07 and no more", "create tg f1 type=lambda checked=on\nmodify tg f1 checked=off",
     R53_OK, "", ""},
    {"ELB-ST-07 others always are", T1 "modify tg t1 checked=off", VALIDATION_ERROR,
     "only health checks of lambda target groups can be switched off"},

    /* Target groups: what is fixed */
    {"ELB-TG-01 the protocol", T1 "modify tg t1 protocol=HTTPS", VALIDATION_ERROR,
     "The 'Protocol' of target group 'arn:aws"},
    {"ELB-TG-01 said as it is", T1 "modify tg t1 protocol=HTTP port=80 interval=60", R53_OK, "",
     ""},
    {"ELB-TG-01 the port", T1 "modify tg t1 port=81", VALIDATION_ERROR,
     "The 'Port' of target group 'arn:aws"},
    {"ELB-TG-01 the VPC", "create tg t1 HTTP:80 vpc=vpc-1\nmodify tg t1 vpc=vpc-2",
     VALIDATION_ERROR, "The 'VpcId' of target group 'arn:aws"},
    {"ELB-TG-01 the version", T1 "modify tg t1 version=GRPC", VALIDATION_ERROR,
     "The 'ProtocolVersion' of target group 'arn:aws"},
    {"ELB-TG-01 ELB-TG-11 the port of its agents", T1 "modify tg t1 agents=9000", VALIDATION_ERROR,
     "The 'TargetControlPort' of target group 'arn:aws"},
    {"ELB-TG-01 an attribute", T1 "modify tg t1 slow=30", VALIDATION_ERROR,
     "The attribute 'slow_start.duration_seconds' of target group 'arn:aws"},
    {"ELB-TG-01 an attribute that is a text", T1 "modify tg t1 app=SID", VALIDATION_ERROR,
     "The attribute 'stickiness.app_cookie.cookie_name' of target group 'arn:aws"},
    {"ELB-TG-01 a threshold", T1 "modify tg t1 failover=2", VALIDATION_ERROR,
     "The attribute 'target_group_health.dns_failover' of target group 'arn:aws"},
    {"ELB-TG-01 an attribute as it is", "create tg t1 HTTP:80 slow=30\nmodify tg t1 slow=30",
     R53_OK, "", ""},
    {"ELB-VAL-20 no such group", "modify tg t1 interval=60", R53_E_NOT_FOUND, "TargetGroupNotFound",
     "One or more target groups not found"},
    {"ELB-CLB-05 the instances of a Classic one are no group", CLB "modify tg c1 interval=60",
     R53_E_NOT_FOUND, "TargetGroupNotFound", "One or more target groups not found"},
    {"ELB-CLB-10 but a delay, which is their connection draining",
     CLB "set tg c1 deregistration_delay.timeout_seconds=5", R53_OK, "", ""},
    {"ELB-CLB-05 and no other attribute of one", CLB "set tg c1 slow_start.duration_seconds=30",
     INVALID_CONFIGURATION, "The attribute 'slow_start.duration_seconds' is not supported"},
    {"ELB-VAL-20 attributes of no group", "set tg t1 slow_start.duration_seconds=30",
     R53_E_NOT_FOUND, "TargetGroupNotFound", "One or more target groups not found: 'arn:aws"},
    {"ELB-VAL-20 attributes of no load balancer", "set lb a1 idle_timeout.timeout_seconds=30",
     R53_E_NOT_FOUND, "LoadBalancerNotFound", "One or more load balancers not found: 'arn:aws"},

    /* IP address types */
    {"ELB-IP-01 dualstack", ALB "ip a1 dualstack", R53_OK, "", ""},
    {"ELB-IP-01 as it was", DUAL "ip a1 ipv4", R53_OK, "", ""},
    {"ELB-IP-01 without public IPv4", ALB "ip a1 dualstack-without-public-ipv4", R53_OK, "", ""},
    {"ELB-IP-01 towards the Internet alone",
     "create lb a1 internal " ZONES "\nip a1 dualstack-without-public-ipv4", INVALID_CONFIGURATION,
     "The IP address type 'dualstack-without-public-ipv4' needs an internet-facing"},
    {"ELB-IP-07 internal and dualstack", "create lb a1 internal " ZONES "\nip a1 dualstack", R53_OK,
     "", ""},
    {"ELB-IP-01 of a network one", NLB "ip n1 dualstack-without-public-ipv4", INVALID_CONFIGURATION,
     "The IP address type 'dualstack-without-public-ipv4' is not supported"},
    {"ELB-IP-01 of a gateway", GWLB "ip g1 dualstack", R53_OK, "", ""},
    {"ELB-IP-01 of a Classic one", CLB "ip c1 dualstack", INVALID_CONFIGURATION,
     "The IP address type 'dualstack' is not supported"},
    {"ELB-IP-01 that of target groups", ALB "ip a1 ipv6", INVALID_CONFIGURATION,
     "The IP address type 'ipv6' is not supported"},
    {"ELB-VAL-23 none", ALB "ip a1 -", VALIDATION_ERROR, "An IP address type must be specified"},
    {"ELB-VAL-20 of no load balancer", "ip a1 dualstack", R53_E_NOT_FOUND, "LoadBalancerNotFound",
     "One or more load balancers not found"},
    {"ELB-IP-05 an IPv6 group stays behind", DUAL T6 "create listener a1:80 HTTP -> t6\nip a1 ipv4",
     INVALID_CONFIGURATION, "The IPv6 target group 'arn:aws"},
    {"ELB-IP-05 behind a rule", DUAL T1 T6 HTTP "create rule a1:80 5 -> t6\nip a1 ipv4",
     INVALID_CONFIGURATION, "The IPv6 target group 'arn:aws"},
    {"ELB-IP-05 of another load balancer",
     DUAL T6 T1 "create lb a2 " ZONES "\ncreate listener a1:80 HTTP -> t6\n"
                "create listener a2:80 HTTP -> t1\nip a2 dualstack",
     R53_OK, "", ""},
    {"ELB-IP-06 a log-in needs IPv4",
     ALB T1 "create listener a1:443 HTTPS certs=1 -> auth then t1\n"
            "ip a1 dualstack-without-public-ipv4",
     INVALID_CONFIGURATION, "'arn:aws"},
    {"ELB-LSN-07 QUIC",
     NLB "create tg u1 QUIC:443\ncreate listener n1:443 QUIC -> u1\n"
         "ip n1 dualstack",
     INVALID_CONFIGURATION, "listener 'arn:aws"},
    {"ELB-LSN-08 UDP", NLB "create tg u1 UDP:53\ncreate listener n1:53 UDP -> u1\nip n1 dualstack",
     INVALID_CONFIGURATION, "'arn:aws"},
    {"ELB-LSN-08 to IPv6",
     NDUAL "create tg u1 UDP:53 type=ip ip6\ncreate listener n1:53 UDP -> u1\nip n1 ipv4",
     INVALID_CONFIGURATION, "The IPv6 target group"},

    /* Zones and IP address type at once */
    {"ELB-LB-14 ELB-IP-01 both", ALB "zones a1 us-east-1a,us-east-1c ip=dualstack", R53_OK, "", ""},
    {"ELB-LB-14 neither for the zones' sake", ALB "zones a1 us-east-1a ip=dualstack",
     VALIDATION_ERROR, "At least two subnets"},
    {"ELB-IP-01 nor for the type's", CLB "zones c1 us-east-1b ip=dualstack", INVALID_CONFIGURATION,
     "The IP address type 'dualstack' is not supported"},
    {"ELB-IP-05 nor for what stands behind",
     DUAL T6 "create listener a1:80 HTTP -> t6\nzones a1 us-east-1a,us-east-1c ip=ipv4",
     INVALID_CONFIGURATION, "The IPv6 target group"},

    /* Security groups */
    {"ELB-LB-47 others", NLB_G "guards n1 sg-2,sg-3", R53_OK, "", ""},
    {"ELB-LB-47 not none", NLB_G "guards n1 none", VALIDATION_ERROR,
     "At least one security group must be specified"},
    {"ELB-LB-47 only if there were some", NLB "guards n1 sg-1", INVALID_CONFIGURATION,
     "You cannot set security groups on a Network Load Balancer which was created without any"},
    {"ELB-LB-47 of a gateway", GWLB "guards g1 sg-1", INVALID_CONFIGURATION,
     "SetSecurityGroups is not supported for load balancers of type 'gateway'"},
    {"ELB-LB-47 of an application one", ALB "guards a1 sg-1", R53_OK, "", ""},
    {"ELB-LB-47 ELB-VAL-23 not none", ALB "guards a1 none", VALIDATION_ERROR,
     "At least one security group must be specified"},
    {"ELB-LB-47 of a Classic one", CLB "guards c1 sg-1,sg-2", R53_OK, "", ""},
    {"ELB-LIM-19 five", ALB "guards a1 sg-1,sg-2,sg-3,sg-4,sg-5", R53_OK, "", ""},
    {"ELB-LIM-19 not six", ALB "guards a1 sg-1,sg-2,sg-3,sg-4,sg-5,sg-6", VALIDATION_ERROR,
     "a load balancer has at most 5 security groups"},
    {"ELB-LB-47 not enforced by PrivateLink", NLB_G "guards n1 sg-1 enforce=off", R53_OK, "", ""},
    {"ELB-LB-47 said as it is", ALB "guards a1 sg-1 enforce=on", R53_OK, "", ""},
    {"ELB-LB-47 which is for network ones", ALB "guards a1 sg-1 enforce=off", INVALID_CONFIGURATION,
     "Only a network load balancer enforces inbound rules"},
    {"ELB-VAL-20 guards of no load balancer", "guards a1 sg-1", R53_E_NOT_FOUND,
     "LoadBalancerNotFound", "One or more load balancers not found"},

    /* Attributes of listeners */
    {"ELB-LB-46 an idle timeout",
     NLB U1 "create listener n1:80 TCP -> u1\nset listener n1:80 tcp.idle_timeout.seconds=60",
     R53_OK, "", ""},
    {"ELB-LB-46 ELB-VAL-05 out of range",
     NLB U1 "create listener n1:80 TCP -> u1\nset listener n1:80 tcp.idle_timeout.seconds=59",
     VALIDATION_ERROR, "'tcp.idle_timeout.seconds' value '59' must be between '60-6000' inclusive"},
    {"ELB-LB-46 not of TLS",
     NLB U1 "create listener n1:443 TLS certs=1 -> u1\n"
            "set listener n1:443 tcp.idle_timeout.seconds=60",
     INVALID_CONFIGURATION, "The attribute 'tcp.idle_timeout.seconds' is not supported"},
    {"ELB-LB-46 nor of HTTP", ALB T1 HTTP "set listener a1:80 tcp.idle_timeout.seconds=60",
     INVALID_CONFIGURATION, "The attribute 'tcp.idle_timeout.seconds' is not supported"},
    {"ELB-VAL-05 a header", ALB T1 HTTP "set listener a1:80 routing.http.response.server.enabled=x",
     R53_OK, "", ""},
    {"ELB-VAL-05 no such key", ALB T1 HTTP "set listener a1:80 no.such.key=1", VALIDATION_ERROR,
     "The attribute 'no.such.key' is not known"},
    {"ELB-VAL-20 attributes of no listener", ALB "set listener a1:80 x=1", R53_E_NOT_FOUND,
     "ListenerNotFound", "One or more listeners not found"},
    {"ELB-LSN-11 nor of a Classic one's",
     CLB "create listener c1:80 HTTP back=HTTP:80\nset listener c1:80 x=1", R53_E_NOT_FOUND,
     "ListenerNotFound", "One or more listeners not found"},

    /* Certificates */
    {"ELB-TLS-01 one more", ALB T1 HTTPS "add cert a1:443 cert-9", R53_OK, "", ""},
    {"ELB-TLS-01 the default one, besides", ALB T1 HTTPS "add cert a1:443 cert-0", R53_OK, "", ""},
    {"ELB-TLS-01 not twice", ALB T1 HTTPS "add cert a1:443 cert-9\nadd cert a1:443 cert-9", R53_OK,
     "", "the certificate 'cert-9' is in the list of 'arn:aws"},
    {"ELB-TLS-01 of TLS", NLB U1 "create listener n1:443 TLS certs=1 -> u1\nadd cert n1:443 cert-9",
     R53_OK, "", ""},
    {"ELB-LSN-03 of HTTP", ALB T1 HTTP "add cert a1:80 cert-9", VALIDATION_ERROR,
     "A certificate cannot be specified for HTTP listeners: 'arn:aws"},
    {"ELB-LSN-03 as the default one", ALB T1 HTTPS "add cert a1:443 cert-9 default",
     VALIDATION_ERROR, "The certificate 'cert-9' cannot be added as the default one"},
    {"ELB-VAL-23 without an ARN", ALB T1 HTTPS "add cert a1:443", VALIDATION_ERROR,
     "A certificate ARN must be specified"},
    {"ELB-LIM-07 25 of them",
     ALB T1 "create listener a1:443 HTTPS certs=1 extra=24 -> t1\nadd cert a1:443 cert-99", R53_OK,
     "", ""},
    {"ELB-LIM-07 not 26",
     ALB T1 "create listener a1:443 HTTPS certs=1 extra=25 -> t1\nadd cert a1:443 cert-99",
     R53_E_LIMIT, "TooManyCertificates", "The maximum number of certificates"},
    {"ELB-VAL-20 of no listener", ALB "add cert a1:443 cert-9", R53_E_NOT_FOUND, "ListenerNotFound",
     "One or more listeners not found"},
    {"ELB-LSN-11 of a Classic one",
     CLB "create listener c1:443 SSL certs=1 back=TCP:80\nadd cert c1:443 cert-9", R53_E_NOT_FOUND,
     "ListenerNotFound", "One or more listeners not found"},
    {"ELB-TLS-01 one less",
     ALB T1 "create listener a1:443 HTTPS certs=1 extra=2 -> t1\nremove cert a1:443 cert-1", R53_OK,
     "", ""},
    {"ELB-LSN-03 not the default one", ALB T1 HTTPS "remove cert a1:443 cert-0", R53_E_INVALID,
     "OperationNotPermitted", "The default certificate 'cert-0' of 'arn:aws"},
    {"ELB-LSN-03 but what is in the list besides",
     ALB T1 HTTPS "add cert a1:443 cert-0\nremove cert a1:443 cert-0", R53_OK, "", ""},
    {"ELB-TLS-01 one that is not there", ALB T1 HTTPS "remove cert a1:443 cert-9", R53_OK, "",
     "the certificate 'cert-9' is not in the list of 'arn:aws"},
    {"ELB-VAL-20 a certificate less of no listener", ALB "remove cert a1:443 cert-9",
     R53_E_NOT_FOUND, "ListenerNotFound", "One or more listeners not found"},

    /* Rules, as far as lines say them */
    {"ELB-TG-05 a rule to another load balancer's group",
     ALB "create lb a2 " ZONES "\n" T1 "create tg t2 HTTP:80\n" HTTP
         "create listener a2:80 HTTP -> t2\ncreate rule a1:80 5 -> t1\n"
         "modify rule a1:80 5 -> t2",
     R53_E_LIMIT, "TargetGroupAssociationLimit", "The target group 'arn:aws"},
    {"ELB-LSN-06 a rule to TCP",
     ALB T1 U1 HTTP "create rule a1:80 5 -> t1\nmodify rule a1:80 5 -> u1", R53_E_INVALID,
     "IncompatibleProtocols", "The protocol or type of target group"},
    {"ELB-VAL-10 the group that a rule had is free",
     ALB T1 "create tg t2 HTTP:80\n" HTTP
            "create rule a1:80 5 -> t2\nmodify rule a1:80 5 -> t1\ndelete tg t2",
     R53_OK, "", ""},
    {"ELB-VAL-10 the one that it has is not",
     ALB T1 "create tg t2 HTTP:80\n" HTTP
            "create rule a1:80 5 -> t1\nmodify rule a1:80 5 -> t2\ndelete tg t2",
     R53_E_INVALID, "ResourceInUse", "Target group 'arn:aws"},
};

/* What comes of it */

static r53_cloud *cloud_of(const char *lines)
{
    r53_cloud *cloud;

    assert_int_equal(r53_cloud_new(&cloud, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, lines, NULL), R53_OK);
    return cloud;
}

static const void *object(const r53_cloud *cloud, enum cloud_kind kind, const char *arn)
{
    return r53__table_find(&cloud->tables[kind], r53__span(arn));
}

static void check_settings(void **unused)
{
    r53_cloud *cloud =
        cloud_of("create tg t1 HTTP:80 interval=20 timeout=10 matcher=200,202 slow=30\n"
                 "register t1 i-1\nmodify tg t1 healthy=3 path=/up at=8080 check=HTTPS");
    const struct target_group *group;
    char arn[ELB_ARN];

    (void)unused;
    group = object(cloud, CLOUD_TARGET_GROUPS, elb_group_arn(arn, "t1"));
    assert_int_equal(group->healthy_threshold_count, 3);
    assert_string_equal(group->health_check_path, "/up");
    assert_string_equal(group->health_check_port, "8080");
    assert_int_equal(group->health_check_protocol, R53_PROTOCOL_HTTPS);
    assert_int_equal(group->health_check_interval_seconds, 20);
    assert_int_equal(group->health_check_timeout_seconds, 10);
    assert_int_equal(group->unhealthy_threshold_count, 2);
    assert_int_equal(group->n_codes, 2);
    assert_int_equal(group->slow_start_seconds, 30);
    assert_true(group->health_checked);
    assert_int_equal(elb_calls(cloud, "modify tg t1 matcher=200-299", NULL), R53_OK);
    group = object(cloud, CLOUD_TARGET_GROUPS, arn);
    assert_int_equal(group->n_codes, 1);
    assert_int_equal(group->codes[0].last, 299);
    assert_string_equal(group->health_check_path, "/up");
    r53_cloud_free(cloud);
}

static const struct r53_target_group *group_listed(r53_elb_listing **listing,
                                                   const r53_cloud *cloud)
{
    assert_int_equal(r53_target_groups_list(listing, cloud, NULL, NULL), R53_OK);
    return r53_elb_listing_next_target_group(*listing);
}

/* A group is listed, its health check edited, and the whole given back. */
static void check_listed(void **unused)
{
    r53_cloud *cloud = cloud_of("create tg t1 HTTP:80 vpc=vpc-1 slow=30 xz=off");
    r53_elb_listing *listing;
    r53_target_group edited = *group_listed(&listing, cloud);

    (void)unused;
    edited.health_check_interval_seconds = 77;
    edited.matcher = "204";
    assert_int_equal(r53_target_group_modify(cloud, &edited, NULL), R53_OK);
    r53_elb_listing_free(listing);
    assert_int_equal(group_listed(&listing, cloud)->health_check_interval_seconds, 77);
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

/* An import says no more than it says: what breaks a rule stays, and other settings can change. */
static void check_imported_settings(void **unused)
{
    r53_target_group group = {.size = sizeof(group),
                              .protocol = R53_PROTOCOL_HTTP,
                              .port = 80,
                              .health_check_interval_seconds = 3,
                              .health_check_timeout_seconds = 9,
                              .matcher = "500",
                              .slow_start_seconds = 30,
                              .algorithm_type = R53_ALGORITHM_WEIGHTED_RANDOM};
    r53_cloud *cloud = cloud_of("");
    char arn[ELB_ARN];
    r53_import *import;

    (void)unused;
    group.target_group_arn = elb_group_arn(arn, "t1");
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_target_group(import, &group), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "modify tg t1 healthy=3", NULL), R53_OK);
    assert_int_equal(elb_call(cloud, "modify tg t1 timeout=5", 22, NULL), R53_E_INVALID);
    assert_int_equal(elb_calls(cloud, "modify tg t1 timeout=5 interval=6", NULL), R53_OK);
    r53_cloud_free(cloud);
}

static void check_guards(void **unused)
{
    r53_cloud *cloud = cloud_of(NLB_G "guards n1 sg-2,sg-3 enforce=off\nguards n1 sg-4");
    const struct load_balancer *lb;
    char arn[ELB_ARN];

    (void)unused;
    lb = object(cloud, CLOUD_LOAD_BALANCERS, elb_balancer_arn(arn, "n1"));
    assert_int_equal(lb->n_security_groups, 1);
    assert_string_equal(lb->security_groups[0], "sg-4");
    assert_false(lb->enforce_on_private_link); /* as it was */
    assert_int_equal(elb_calls(cloud, "guards n1 sg-4 enforce=on", NULL), R53_OK);
    lb = object(cloud, CLOUD_LOAD_BALANCERS, arn);
    assert_true(lb->enforce_on_private_link);
    assert_int_equal(lb->n_nodes, 1);
    r53_cloud_free(cloud);
}

static void expect_told(const r53_report *report, const char *aws_name, const char *text)
{
    r53_finding f = {.size = sizeof(f)};

    assert_int_equal(r53_report_get(report, 0, &f), R53_OK);
    assert_string_equal(f.aws_name, aws_name);
    assert_non_null(strstr(f.text, text));
}

/* More than the default quota: it has been raised, to what is not known. */
static void check_raised_quota(void **unused)
{
    static const char *const ids[] = {"1", "2", "3", "4", "5", "6"};
    r53_load_balancer lb = {
        .size = sizeof(lb), .security_groups = ids, .n_security_groups = COUNT(ids)};
    r53_cloud *cloud = cloud_of("");
    char arn[ELB_ARN];
    r53_import *import;
    r53_report *report;

    (void)unused;
    lb.load_balancer_arn = elb_balancer_arn(arn, "a1");
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "guards a1 sg-1,sg-2,sg-3,sg-4,sg-5,sg-6,sg-7", report),
                     R53_OK);
    assert_int_equal(r53_report_count(report), 0);
    /* other faults are those of a change all the same */
    assert_int_equal(r53_load_balancer_set_security_groups(cloud, arn, ids, 6, 9, report),
                     R53_E_INVALID);
    expect_told(report, "ValidationError", "9 is not");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* ELB-JSON-11: what did not go with a load balancer before is no fault of its change. */
static void check_imported_misfit(void **unused)
{
    r53_cloud *cloud = cloud_of(DUAL T6 T1 "create listener a1:80 HTTP -> t6\n"
                                           "create rule a1:80 5 -> t1");
    r53_load_balancer lb = {.size = sizeof(lb), .load_balancer_name = "a1"};
    char arn[ELB_ARN];
    r53_import *import;

    (void)unused;
    lb.load_balancer_arn = elb_balancer_arn(arn, "a1");
    assert_int_equal(r53_import_new(&import, cloud, NULL, NULL), R53_OK);
    assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK); /* ipv4 now */
    assert_int_equal(r53_import_commit(import), R53_OK);
    r53_import_free(import);
    assert_int_equal(elb_calls(cloud, "guards a1 sg-1", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "ip a1 ipv4", NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "ip a1 dualstack", NULL), R53_OK);
    assert_int_equal(elb_call(cloud, "ip a1 ipv4", 10, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

static void check_attribute(void **unused)
{
    r53_cloud *cloud = cloud_of(NLB U1 "create listener n1:80 TCP -> u1\n"
                                       "set listener n1:80 tcp.idle_timeout.seconds=61");
    const struct listener *listener;
    char arn[ELB_ARN];

    (void)unused;
    listener = object(cloud, CLOUD_LISTENERS, elb_listener_arn(arn, "n1:80"));
    assert_int_equal(listener->tcp_idle_timeout_seconds, 61);
    assert_int_equal(listener->n_actions, 1);
    assert_int_equal(elb_calls(cloud, "modify listener n1:80 port=81", NULL), R53_OK);
    listener = object(cloud, CLOUD_LISTENERS, arn);
    assert_int_equal(listener->tcp_idle_timeout_seconds, 61);
    r53_cloud_free(cloud);
}

/* A listener is given back as it was listed; the attribute is not this call's to change. */
static void check_attribute_fixed(void **unused)
{
    r53_cloud *cloud = cloud_of(NLB U1 "create listener n1:80 TCP -> u1\n"
                                       "set listener n1:80 tcp.idle_timeout.seconds=61");
    r53_listener listener = {.size = sizeof(listener), .port = 81, .tcp_idle_timeout_seconds = 61};
    char arn[ELB_ARN];
    r53_report *report;

    (void)unused;
    listener.listener_arn = elb_listener_arn(arn, "n1:80");
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_listener_modify(cloud, &listener, report), R53_OK);
    listener.tcp_idle_timeout_seconds = 62;
    assert_int_equal(r53_listener_modify(cloud, &listener, report), R53_E_INVALID);
    expect_told(report, "ValidationError",
                "The attribute 'tcp.idle_timeout.seconds' of listener 'arn:aws");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* ELB-LB-15: what is known of a zone that stays is kept where it is not said again. */
static void check_zone_kept(void **unused)
{
    static const char *const addresses[] = {"192.0.2.1"};
    const r53_availability_zone a = {.size = sizeof(a),
                                     .zone_name = "us-east-1a",
                                     .zone_id = "use1-az1",
                                     .addresses = addresses,
                                     .n_addresses = 1};
    const r53_availability_zone b = {.size = sizeof(b), .zone_name = "us-east-1a"};
    const r53_availability_zone *before[] = {&a}, *after[] = {&b};
    r53_cloud *cloud = cloud_of(NLB);
    const struct load_balancer *lb;
    char arn[ELB_ARN];

    (void)unused;
    elb_balancer_arn(arn, "n1");
    assert_int_equal(r53_load_balancer_set_zones(cloud, arn, before, 1, NULL), R53_OK);
    assert_int_equal(r53_load_balancer_set_zones(cloud, arn, after, 1, NULL), R53_OK);
    lb = object(cloud, CLOUD_LOAD_BALANCERS, arn);
    assert_string_equal(lb->nodes[0].zone_id, "use1-az1");
    assert_int_equal(lb->nodes[0].n_addresses, 1);
    r53_cloud_free(cloud);
}

/* A certificate that cannot be read is refused as AWS refuses what has no meaning. */
static void check_certificate_faulty(void **unused)
{
    static const r53_certificate bad = {
        .size = sizeof(bad), .certificate_arn = "c", .n_domain_names = 1};
    r53_cloud *cloud = cloud_of(ALB T1 HTTPS);
    r53_report *report;
    char arn[ELB_ARN];

    (void)unused;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(
        r53_listener_add_certificate(cloud, elb_listener_arn(arn, "a1:443"), &bad, report),
        R53_E_INVALID);
    expect_told(report, "ValidationError", "");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void expect_certificates(const r53_cloud *cloud, const char *const arns[4])
{
    const struct listener *listener;
    char arn[ELB_ARN];

    listener = object(cloud, CLOUD_LISTENERS, elb_listener_arn(arn, "a1:443"));
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(i < listener->n_certificates, arns[i] != NULL);
        if (arns[i])
            assert_string_equal(listener->certificates[i].arn, arns[i]);
    }
    assert_true(listener->certificates[0].is_default);
    assert_int_equal(listener->mutual, R53_MTLS_PASSTHROUGH);
}

static void check_certificates(void **unused)
{
    static const char *const lists[][4] = {{"cert-0", "cert-1", "cert-2", "cert-9"},
                                           {"cert-0", "cert-2", "cert-9", NULL},
                                           {"cert-0", "cert-2", NULL, NULL},
                                           {"cert-0", NULL, NULL, NULL}};
    r53_cloud *cloud = cloud_of(ALB T1 "create listener a1:443 HTTPS certs=1 extra=2 mtls=2 -> t1\n"
                                       "add cert a1:443 cert-9");

    (void)unused;
    expect_certificates(cloud, lists[0]);
    assert_int_equal(elb_calls(cloud, "remove cert a1:443 cert-1", NULL), R53_OK);
    expect_certificates(cloud, lists[1]);
    assert_int_equal(elb_calls(cloud, "remove cert a1:443 cert-9", NULL), R53_OK);
    expect_certificates(cloud, lists[2]);
    assert_int_equal(elb_calls(cloud, "remove cert a1:443 cert-2", NULL), R53_OK);
    expect_certificates(cloud, lists[3]);
    r53_cloud_free(cloud);
}

static int32_t certificates_modify(r53_cloud *cloud, const r53_certificate *const *list, uint32_t n)
{
    r53_listener listener = {.size = sizeof(listener), .certificates = list, .n_certificates = n};
    char arn[ELB_ARN];

    listener.listener_arn = elb_listener_arn(arn, "a1:443");
    return r53_listener_modify(cloud, &listener, NULL);
}

/* AWS's ModifyListener knows the default one alone, so the list stays when only that is given. */
static void check_replaced(void **unused)
{
    static const r53_certificate main = {
        .size = sizeof(main), .is_default = 1, .certificate_arn = "cert-m"};
    static const r53_certificate other = {.size = sizeof(other), .certificate_arn = "cert-o"};
    static const r53_certificate *const lists[] = {&main, &other, &main};
    static const char *const expected[][4] = {{"cert-m", "cert-1", "cert-2", NULL},
                                              {"cert-m", "cert-o", NULL, NULL},
                                              {"cert-m", "cert-o", NULL, NULL},
                                              {"cert-m", "cert-o", NULL, NULL}};
    r53_cloud *cloud = cloud_of(ALB T1 "create listener a1:443 HTTPS certs=1 extra=2 mtls=2 -> t1");

    (void)unused;
    assert_int_equal(certificates_modify(cloud, &lists[0], 1), R53_OK);
    expect_certificates(cloud, expected[0]);
    assert_int_equal(certificates_modify(cloud, &lists[1], 1), R53_OK);
    expect_certificates(cloud, expected[1]);
    assert_int_equal(certificates_modify(cloud, &lists[1], 2), R53_OK);
    expect_certificates(cloud, expected[2]);
    assert_int_equal(certificates_modify(cloud, NULL, 0), R53_OK);
    expect_certificates(cloud, expected[3]);
    r53_cloud_free(cloud);
}

/* What is known of a certificate is its own, not the listener's that was. */
static void check_kept(void **unused)
{
    static const char *const names[] = {"www.example.com"};
    static const r53_certificate certificate = {.size = sizeof(certificate),
                                                .certificate_arn = "cert-w",
                                                .domain_names = names,
                                                .n_domain_names = 1,
                                                .key_algorithm = "EC_prime256v1",
                                                .signature_algorithm = "SHA384WITHECDSA"};
    r53_cloud *cloud = cloud_of(ALB T1 HTTPS);
    const r53_listener *listener;
    r53_elb_listing *listing;
    char arn[ELB_ARN];

    (void)unused;
    elb_listener_arn(arn, "a1:443");
    assert_int_equal(r53_listener_add_certificate(cloud, arn, &certificate, NULL), R53_OK);
    assert_int_equal(elb_calls(cloud, "modify listener a1:443 port=444", NULL), R53_OK);
    assert_int_equal(r53_listeners_list(&listing, cloud, NULL, NULL), R53_OK);
    listener = r53_elb_listing_next_listener(listing);
    assert_int_equal(listener->n_certificates, 2);
    assert_string_equal(listener->certificates[0]->key_algorithm, "RSA_2048");
    assert_string_equal(listener->certificates[1]->key_algorithm, "EC_prime256v1");
    assert_string_equal(listener->certificates[1]->signature_algorithm, "SHA384WITHECDSA");
    assert_string_equal(listener->certificates[1]->domain_names[0], "www.example.com");
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

static int32_t guarded_create(r53_cloud *cloud, const char *issuer)
{
    static const r53_certificate certificate = {
        .size = sizeof(certificate), .is_default = 1, .certificate_arn = "cert-0"};
    static const r53_certificate *const certificates[] = {&certificate};
    char group[ELB_ARN], listener[ELB_ARN], balancer[ELB_ARN];
    const r53_weighted_target_group groups = {elb_group_arn(group, "t1"), 1, 0};
    const r53_listener_action guard = {.size = sizeof(guard),
                                       .type = R53_ACTION_JWT_VALIDATION,
                                       .order = 1,
                                       .issuer = issuer,
                                       .jwks_endpoint = "https://keys.example.com/"};
    const r53_listener_action forward = {.size = sizeof(forward),
                                         .type = R53_ACTION_FORWARD,
                                         .order = 2,
                                         .target_groups = &groups,
                                         .n_target_groups = 1};
    const r53_listener_action *actions[] = {&guard, &forward};
    const r53_listener in = {.size = sizeof(in),
                             .listener_arn = elb_listener_arn(listener, "a1:443"),
                             .load_balancer_arn = elb_balancer_arn(balancer, "a1"),
                             .port = 443,
                             .protocol = R53_PROTOCOL_HTTPS,
                             .certificates = certificates,
                             .n_certificates = 1,
                             .default_actions = actions,
                             .n_default_actions = 2};

    return r53_listener_create(cloud, &in, NULL);
}

/* Actions that are not given stay, with all that they say. */
static void check_guard_kept(void **unused)
{
    r53_cloud *cloud = cloud_of(ALB T1);
    const r53_listener *listener;
    r53_elb_listing *listing;

    (void)unused;
    assert_int_equal(guarded_create(cloud, "https://a.example.com/"), R53_OK);
    assert_int_equal(guarded_create(cloud, "https://a.example.com/"), R53_OK);
    assert_int_equal(guarded_create(cloud, "https://b.example.com/"), R53_E_EXISTS);
    assert_int_equal(elb_calls(cloud, "modify listener a1:443 port=444", NULL), R53_OK);
    assert_int_equal(r53_listeners_list(&listing, cloud, NULL, NULL), R53_OK);
    listener = r53_elb_listing_next_listener(listing);
    assert_string_equal(listener->default_actions[0]->issuer, "https://a.example.com/");
    assert_string_equal(listener->default_actions[0]->jwks_endpoint, "https://keys.example.com/");
    r53_elb_listing_free(listing);
    r53_cloud_free(cloud);
}

/* What is told of the certificate decides which one a client gets. */
static void check_chosen(void **unused)
{
    static const char *const names[] = {"www.example.com"};
    const r53_certificate certificate = {.size = sizeof(certificate),
                                         .certificate_arn = "cert-w",
                                         .domain_names = names,
                                         .n_domain_names = 1};
    r53_cloud *cloud = cloud_of(ALB T1 HTTPS "register t1 i-1");
    char arn[ELB_ARN], balancer[ELB_ARN];
    r53_selection s = {.size = sizeof(s)};
    r53_request request = {
        .size = sizeof(request), .port = 443, .url = "/", .server_name = "www.example.com"};
    r53_view *view;

    (void)unused;
    request.load_balancer = elb_balancer_arn(balancer, "a1");
    assert_int_equal(
        r53_listener_add_certificate(cloud, elb_listener_arn(arn, "a1:443"), &certificate, NULL),
        R53_OK);
    assert_int_equal(r53_view_new(&view, cloud, NULL, 0, NULL), R53_OK);
    assert_int_equal(r53_elb_select(view, &request, NULL, &s, NULL), R53_OK);
    assert_string_equal(s.certificate_arn, "cert-w");
    r53_view_release(view);
    r53_cloud_free(cloud);
}

/* Calls that are none. */
static void check_invalid(void **unused)
{
    static const r53_attribute attribute = {"x", "y"};
    static const r53_certificate bad = {
        .size = sizeof(bad), .certificate_arn = "c", .n_domain_names = 1};
    r53_cloud *cloud = cloud_of(ALB T1 HTTPS);
    char arn[ELB_ARN], lb[ELB_ARN];

    (void)unused;
    elb_listener_arn(arn, "a1:443");
    elb_balancer_arn(lb, "a1");
    assert_int_equal(r53_target_group_modify(NULL, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_target_group_modify(cloud, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_ip_address_type(NULL, lb, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_ip_address_type(cloud, NULL, 1, NULL), R53_E_NOT_FOUND);
    assert_int_equal(r53_load_balancer_set_ip_address_type(cloud, lb, 400, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_ip_address_type(cloud, lb, -1, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_security_groups(NULL, lb, NULL, 0, 0, NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_security_groups(cloud, lb, NULL, 1, 0, NULL),
                     R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_subnets(NULL, lb, NULL, 0, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_load_balancer_set_subnets(cloud, lb, NULL, 2, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_modify_attributes(NULL, arn, &attribute, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_modify_attributes(cloud, arn, NULL, 1, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_add_certificate(NULL, arn, &bad, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_add_certificate(cloud, arn, NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_add_certificate(cloud, arn, &bad, NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_remove_certificate(NULL, arn, "c", NULL), R53_E_INVALID);
    assert_int_equal(r53_listener_remove_certificate(cloud, arn, NULL, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 16];
    size_t n = 0;

    ADD_CASES(tests, n, cases, change_case_check);
    ADD_TEST(tests, n, "ELB-VAL-06 settings that are not given stay", check_settings);
    ADD_TEST(tests, n, "ELB-TG-01 a group that was listed is given back", check_listed);
    ADD_TEST(tests, n, "ELB-JSON-11 settings that an import brought stay", check_imported_settings);
    ADD_TEST(tests, n, "ELB-LB-47 security groups and their enforcement", check_guards);
    ADD_TEST(tests, n, "ELB-LIM-19 a quota that has been raised", check_raised_quota);
    ADD_TEST(tests, n, "ELB-JSON-11 ELB-IP-05 what did not fit before", check_imported_misfit);
    ADD_TEST(tests, n, "ELB-LB-46 an attribute stays with its listener", check_attribute);
    ADD_TEST(tests, n, "ELB-LB-46 an attribute is not its listener's to change",
             check_attribute_fixed);
    ADD_TEST(tests, n, "ELB-TLS-01 certificates come and go", check_certificates);
    ADD_TEST(tests, n, "ELB-TLS-01 a default certificate is replaced", check_replaced);
    ADD_TEST(tests, n, "ELB-LB-15 what is known of a zone stays", check_zone_kept);
    ADD_TEST(tests, n, "ELB-VAL-23 a certificate that has no meaning", check_certificate_faulty);
    ADD_TEST(tests, n, "ELB-TLS-02 what is known of a certificate stays", check_kept);
    ADD_TEST(tests, n, "ELB-VAL-12 issuers are told apart, and stay", check_guard_kept);
    ADD_TEST(tests, n, "ELB-TLS-02 a certificate that came is chosen by its name", check_chosen);
    ADD_TEST(tests, n, "calls that are none", check_invalid);
    return RUN_TESTS("elb_modify", tests, n);
}
