#!/usr/bin/env python3
"""The walk-through's flow from Python, through the shared library and nothing else.

A cloud with the zone example.com, whose alias leads to a load balancer with two nodes and four
targets, is imported; one query runs; the steps are printed. Then clients in several countries ask
for shop.example.com, which is answered by geolocation, and all ways of the first name are drawn as a
tree. The library is found by the loader, or named by the environment variable R53_LIBRARY.
"""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_size_t, c_uint32, c_uint64, c_void_p

CASTS = {"text": c_char_p, "i32": c_int32, "u32": c_uint32, "u64": c_uint64, "ptr": c_void_p,
         "texts": POINTER(c_char_p)}


class Sized(ctypes.Structure):
    """A struct of libr53 that begins with its own size; what is not given stays 0."""

    def __init__(self, **members):
        texts = {k: v.encode() if isinstance(v, str) else v for k, v in members.items()}
        super().__init__(size=ctypes.sizeof(self), **texts)


def struct(name, members):
    """The ctypes twin of `struct name`: members in the header's order, written as "kind member"."""
    pairs = [member.split() for member in members.split(",")]
    fields = [("size", c_uint32)] + [(member, CASTS[kind]) for kind, member in pairs]
    return type(name, (Sized,), {"_fields_": fields})


HostedZone = struct("r53_hosted_zone", """i32 private_zone, text id, text name, text account,
    text caller_reference, text comment, texts name_servers, ptr vpcs, u32 n_name_servers, u32 n_vpcs,
    u32 record_set_count, u32 reserved""")
RecordSet = struct("r53_record_set", """i32 type, text name, text set_identifier, texts values,
    u32 n_values, i32 has_ttl, u32 ttl, i32 evaluate_target_health, text alias_hosted_zone_id,
    text alias_dns_name, text health_check_id, text traffic_policy_instance_id, i32 has_weight,
    i32 weight, i32 failover, i32 has_multi_value_answer, i32 multi_value_answer, i32 has_bias,
    i32 bias, i32 reserved, text region, text continent_code, text country_code,
    text subdivision_code, text cidr_collection_id, text cidr_location_name,
    text geoproximity_region, text local_zone_group, text latitude, text longitude,
    text az_location_type, text az_location_id""")
AvailabilityZone = struct("r53_availability_zone", """u32 n_addresses, text zone_name, text subnet_id,
    texts addresses""")
LoadBalancer = struct("r53_load_balancer", """i32 type, text load_balancer_arn,
    text load_balancer_name, text dns_name, text canonical_hosted_zone_id, text vpc_id, i32 scheme,
    i32 state, i32 ip_address_type, i32 cross_zone, ptr availability_zones, texts instances,
    u32 n_availability_zones, u32 n_instances""")
ListenerAction = struct("r53_listener_action", """i32 type, i32 order, u32 n_target_groups,
    ptr target_groups, text status_code, text protocol, text host, text port, text path, text query,
    text content_type, text message_body""")
Listener = struct("r53_listener", """i32 protocol, text listener_arn, text load_balancer_arn, i32 port,
    i32 instance_protocol, i32 instance_port, u32 n_default_actions, ptr default_actions""")
TargetGroup = struct("r53_target_group", """i32 protocol, text target_group_arn,
    text target_group_name, text vpc_id, texts load_balancer_arns, u32 n_load_balancer_arns, i32 port,
    i32 target_type, i32 ip_address_type, i32 health_check_enabled, i32 cross_zone,
    i32 dns_failover_count, i32 dns_failover_percentage, i32 unhealthy_routing_count,
    i32 unhealthy_routing_percentage, i32 protocol_version""")
Target = struct("r53_target", "i32 port, text id, text availability_zone")
Query = struct("r53_query", """i32 type, text name, text hosted_zone_id, text resolver_address,
    text client_subnet, text vpc_id, text vpc_region, text availability_zone, u64 seed, i32 telling,
    i32 has_coordinates, i32 latitude, i32 longitude, text continent_code, text country_code,
    text subdivision_code, text availability_zone_id, text availability_zone_group""")
TargetHealthQuery = struct("r53_target_health_query", """u32 n_targets, text target_group_arn,
    text load_balancer_arn, ptr targets""")
TargetHealth = struct("r53_target_health", """i32 state, text target_group_arn,
    text load_balancer_arn, text id, text availability_zone, text health_check_port, text state_name,
    text reason, text description, i32 port, i32 takes_traffic""")
Record = struct("r53_record", "i32 type, text name, text value, ptr rdata, u32 n_rdata, u32 ttl")
Finding = struct("r53_finding", """i32 severity, i32 code, i32 line, i32 column, u32 reserved,
    text aws_name, text rule, text path, text text""")


class WeightedTargetGroup(ctypes.Structure):
    """r53_weighted_target_group is frozen: it has no size."""
    _fields_ = [("target_group_arn", c_char_p), ("weight", c_uint32), ("reserved", c_uint32)]


TYPE_A, APPLICATION, HTTP, FORWARD, HEALTHY, RENDER_TEXT = 1, 1, 1, 1, 2, 1
NO_SPACE = -6
ALIAS_AS_ADDRESSES, SECTION_ANSWER = 1, 1
ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
LB = ARN + "loadbalancer/app/elb/50dc6c495c0c9188"
GROUP = ARN + "targetgroup/web/73e2d6bc24d8a067"
DNS_NAME = "elb-123456.us-east-1.elb.amazonaws.com"


r53 = ctypes.CDLL(os.environ.get("R53_LIBRARY", "libr53.so.0"))
r53.r53_strerror.restype = c_char_p
r53.r53_target_health_listing_next.restype = POINTER(TargetHealth)
report = c_void_p()


def call(function, *arguments, library=r53):
    """Calls a function that returns a code; a failure becomes an exception with the report's text."""
    code = getattr(library, function)(*arguments)
    if code:
        finding = Finding()
        said = report and r53.r53_report_get(report, c_size_t(0), byref(finding)) == 0
        text = finding.text if said else r53.r53_strerror(code)
        raise RuntimeError(f"{function}: {text.decode()}")


def made(function, *arguments):
    """What a function puts into its first parameter."""
    handle = c_void_p()
    call(function, byref(handle), *arguments)
    return handle


def texts(*values):
    return (c_char_p * len(values))(*(v.encode() for v in values))


def pointers(structs):
    """An array of pointers to the structs, as void pointer; ctypes keeps what it points to."""
    array = (c_void_p * len(structs))(*(ctypes.addressof(s) for s in structs))
    return ctypes.cast(array, c_void_p), array


def import_zone(door):
    call("r53_import_hosted_zone", door, byref(HostedZone(id="Z1", name="example.com.")))
    call("r53_import_record_set", door, b"Z1", byref(RecordSet(
        type=TYPE_A, name="example.com.", alias_hosted_zone_id="Z35SXDOTRQ7X7K",
        alias_dns_name=DNS_NAME)))


def import_shop(door):
    """Where a shop is depends on who asks: a record set a place, and one for everybody else."""
    for place, address in (({"country_code": "DE"}, "203.0.113.1"),
                           ({"continent_code": "EU"}, "203.0.113.2"),
                           ({"country_code": "*"}, "203.0.113.3")):
        call("r53_import_record_set", door, b"Z1", byref(RecordSet(
            type=TYPE_A, name="shop.example.com.", set_identifier=" ".join(place.values()),
            has_ttl=1, ttl=60, values=texts(address), n_values=1, **place)))


def import_load_balancer(door):
    zones = [AvailabilityZone(zone_name="us-east-1a", n_addresses=1, addresses=texts("198.51.100.1")),
             AvailabilityZone(zone_name="us-east-1b", n_addresses=1, addresses=texts("198.51.100.2"))]
    array, _keep = pointers(zones)
    call("r53_import_load_balancer", door, byref(LoadBalancer(
        type=APPLICATION, load_balancer_arn=LB, load_balancer_name="elb", dns_name=DNS_NAME,
        canonical_hosted_zone_id="Z35SXDOTRQ7X7K", availability_zones=array,
        n_availability_zones=len(zones))))


def import_listener(door):
    group = WeightedTargetGroup(target_group_arn=GROUP.encode(), weight=1)
    action = ListenerAction(type=FORWARD, n_target_groups=1, target_groups=ctypes.addressof(group))
    array, _keep = pointers([action])
    call("r53_import_listener", door, byref(Listener(
        protocol=HTTP, listener_arn=ARN + "listener/app/elb/50dc6c495c0c9188/f2f7dc8efc522ab2",
        load_balancer_arn=LB, port=80, default_actions=array, n_default_actions=1)))


def import_targets(door):
    call("r53_import_target_group", door, byref(TargetGroup(
        protocol=HTTP, target_group_arn=GROUP, target_group_name="web", port=80,
        load_balancer_arns=texts(LB), n_load_balancer_arns=1)))
    for number in range(1, 5):
        zone = "us-east-1a" if number <= 2 else "us-east-1b"
        instance = f"i-000000000000000{number:02}"
        call("r53_import_instance", door, instance.encode(), zone.encode())
        call("r53_import_target", door, GROUP.encode(), byref(Target(id=instance, port=80)),
             c_int32(HEALTHY), None)


def rendered(function, handle):
    """A flow or a tree as text: asked for its length first."""
    length = c_size_t()
    code = getattr(r53, function)(handle, c_int32(RENDER_TEXT), None, c_size_t(0), byref(length))
    assert code in (0, NO_SPACE), code
    text = ctypes.create_string_buffer(length.value + 1)
    call(function, handle, c_int32(RENDER_TEXT), text, c_size_t(len(text)), None)
    return text.value.decode()


def drawn(view, name):
    """Where all queries for the name can go, whoever asks."""
    tree = made("r53_tree_new", view, byref(Query(name=name)), None, report)
    text = rendered("r53_tree_render", tree)
    r53.r53_tree_free(tree)
    return text


def shop_address(view, country):
    """What a client in this country is answered. A host that knows more says more: subdivision,
    coordinates, or only the address, whose place it has observed."""
    answer, record = made("r53_answer_new", None), Record()
    query = Query(name="shop.example.com", country_code=country)
    call("r53_resolve", view, byref(query), answer, None)
    call("r53_answer_record", answer, c_int32(SECTION_ANSWER), c_size_t(0), byref(record))
    address = record.value.decode()
    r53.r53_answer_free(answer)
    return address


def targets(view):
    """Each target of the group with its state, as describe-target-health tells it."""
    query = TargetHealthQuery(target_group_arn=GROUP)
    listing = made("r53_target_healths_list", view, byref(query), report)
    while target := r53.r53_target_health_listing_next(listing):
        health = target.contents
        zone, state = health.availability_zone.decode(), health.state_name.decode()
        yield f"{health.id.decode()} in {zone}: {state}"
    r53.r53_target_health_listing_free(listing)


def main():
    global report
    report = made("r53_report_new", None)
    cloud = made("r53_cloud_new", None)
    observed = made("r53_observed_new", None)
    door = made("r53_import_new", cloud, observed, report)
    for part in (import_zone, import_shop, import_load_balancer, import_listener, import_targets):
        part(door)
    call("r53_import_commit", door)
    view = made("r53_view_new", cloud, observed, ctypes.c_int64(0), report)
    flow = made("r53_flow_new", None)
    name = sys.argv[1] if len(sys.argv) > 1 else "example.com"
    call("r53_flow_run", view, byref(Query(name=name)), None, None, flow)
    print(rendered("r53_flow_render", flow), end="\n")
    for country in ("DE", "FR", "JP"):
        print(f"shop.example.com for a client in {country}: {shop_address(view, country)}")
    print("\n".join(targets(view)))
    print("\n" + drawn(view, name), end="")
    r53.r53_flow_free(flow)
    r53.r53_view_release(view)
    r53.r53_import_free(door)
    r53.r53_observed_free(observed)
    r53.r53_cloud_free(cloud)
    r53.r53_report_free(report)


if __name__ == "__main__":
    main()
