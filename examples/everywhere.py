#!/usr/bin/env python3
"""A record set of every routing policy, asked by clients on every continent: one table.

    everywhere.py [ACCOUNT.json [PLACES.json]]

Only the shared libraries are needed; R53_LIBRARY and R53_JSON_LIBRARY name them where the loader
does not find them. examples/everywhere.sh builds them and runs this.
"""

import ctypes
import os
import sys
from ctypes import byref, c_char_p, c_int32, c_size_t, c_void_p
from pathlib import Path

import flow
from flow import ALIAS_AS_ADDRESSES, SECTION_ANSWER, Query, Record, call, made, r53, struct

HERE = Path(__file__).resolve().parent
DOMAIN = "everywhere.example"

JsonContext = struct("r53_json_context", """i32 skip_invalid, text account, text region,
    text hosted_zone_id, text hosted_zone_name, text load_balancer, text target_group_arn,
    text health_check_id, text cidr_collection_id""")
TraceEntry = struct("r53_trace_entry", "i32 rule, i32 event, i32 reserved, text name")
Selection = struct("r53_selection", """i32 outcome, i32 status, i32 matched_priority, i32 fail_open,
    i32 target_port, i32 rule, i32 listener_port, text load_balancer_arn, text availability_zone,
    text listener_arn, text target_group_arn, text target_id, text target_zone""")

# Who asks for what: pairs of a name and its policy. What does not depend on the client comes once.
FOR_ALL = [("simple", "simple"), ("weighted", "weighted"), ("failover", "failover"),
           ("multivalue", "multivalue"), ("cdn", "alias")]
BY_PLACE = [("latency", "latency"), ("geolocation", "geolocation"),
            ("geoproximity", "geoproximity"), ("ip-based", "IP-based"), ("www", "latency, aliases")]
BY_ZONE = [("www", "latency, private"), ("geolocation", "geolocation, private"),
           ("az", "AZ affinity, private")]
VPCS = {"us-east-1": "vpc-0e0000000000000a1", "eu-west-1": "vpc-0e0000000000000e1"}


# Events that tell why a health check or a load balancer counts as it does.
CAUSES = ("load-balancer-group-fails", "load-balancer-group-empty", "load-balancer-empty",
          "load-balancer-inactive", "check-checkers", "check-alarm", "check-children",
          "check-inverted", "check-unreachable")


def inside(region, zone):
    return {"vpc_id": VPCS[region], "vpc_region": region, "availability_zone_id": zone}


CLIENTS = [
    ("anyone", {}, FOR_ALL),
    ("San Francisco", {"client_subnet": "192.0.2.0/28"}, BY_PLACE),
    ("Sao Paulo", {"client_subnet": "192.0.2.64/28"}, BY_PLACE),
    ("Frankfurt", {"client_subnet": "198.51.100.0/28"}, BY_PLACE),
    ("Cape Town", {"client_subnet": "198.51.100.64/28"}, BY_PLACE),
    ("Tokyo", {"client_subnet": "2001:db8:81::/48"}, BY_PLACE),
    ("Sydney", {"client_subnet": "203.0.113.64/28"}, BY_PLACE),
    ("McMurdo", {"client_subnet": "203.0.113.96/28"}, BY_PLACE),
    ("not known", {"client_subnet": "192.0.2.112/28"}, BY_PLACE),
    ("VPC, use1-az1", inside("us-east-1", "use1-az1"), BY_ZONE),
    ("VPC, use1-az2", inside("us-east-1", "use1-az2"), BY_ZONE),
    ("VPC, euw1-az1", inside("eu-west-1", "euw1-az1"), BY_ZONE),
]


def account_view(paths):
    """All documents together as a view."""
    reader = ctypes.CDLL(os.environ.get("R53_JSON_LIBRARY", "libr53-json.so.0"))
    flow.report = made("r53_report_new", None)
    cloud, observed = made("r53_cloud_new", None), made("r53_observed_new", None)
    door = made("r53_import_new", cloud, observed, flow.report)
    for path in paths:
        text = Path(path).read_bytes()
        call("r53_json_read", door, text, c_size_t(len(text)), byref(JsonContext()), flow.report,
             library=reader)
    call("r53_import_commit", door)
    view = made("r53_view_new", cloud, observed, ctypes.c_int64(0), flow.report)
    r53.r53_import_free(door)
    r53.r53_observed_free(observed)
    r53.r53_cloud_free(cloud)
    return view


def lent(function, run):
    """A handle that belongs to the run."""
    getattr(r53, function).restype = c_void_p
    return c_void_p(getattr(r53, function)(run))


def decisions(run):
    """The run's trace as pairs: the event's name and its text."""
    trace, entry = lent("r53_flow_trace", run), TraceEntry()
    line = ctypes.create_string_buffer(4096)
    for index in range(r53.r53_trace_count(trace)):
        call("r53_trace_get", trace, c_size_t(index), byref(entry))
        call("r53_trace_text", trace, c_size_t(index), line, c_size_t(len(line)), None)
        yield entry.name.decode(), line.value.decode()


def short(record, label):
    """A record set as a reader knows it: 'www.everywhere.example. A "asia"' as 'asia', 'www asia'."""
    name, _type, *identifier = record.split(" ", 2)
    name = name.removesuffix(f".{DOMAIN}.")
    identifier = [text.strip('"') for text in identifier]
    return " ".join(identifier if name == label and identifier else [name] + identifier)


def chosen_records(trace):
    return [text.removesuffix(" is the choice") for event, text in trace
            if event == "record-chosen"]


def reasons(trace, label):
    """Why: what the trace says of the records that were chosen and of unhealthy ones."""
    chosen = chosen_records(trace)
    for event, text in trace:
        record = next((record for record in chosen if text.startswith(record)), None)
        if event == "record-unhealthy":
            record, why = text.split(" is unhealthy: ")
            yield f"{short(record, label)} is unhealthy: {why}"
        elif event in CAUSES:
            yield text
        elif event in ("nothing-matches", "group-fail-open"):
            yield event.replace("-", " ")
        elif event == "answer-records":
            yield text.split(" are,")[0].replace("that may be answered", "answered")
        elif record and event not in ("record-chosen", "group-found", "alias-to-record",
                                      "alias-to-elb", "among-answered"):
            about = "" if record == chosen[0] else short(record, label) + " "
            yield about + text.removeprefix(record).lstrip(": ")


def answered(run):
    """Values of the answer, and the target behind them."""
    answer, record = lent("r53_flow_answer", run), Record()
    values = []
    for index in range(r53.r53_answer_count(answer, c_int32(SECTION_ANSWER))):
        call("r53_answer_record", answer, c_int32(SECTION_ANSWER), c_size_t(index), byref(record))
        values.append(record.value.decode())
    selection = ctypes.cast(lent("r53_flow_selection", run), ctypes.POINTER(Selection)).contents
    if selection.outcome and selection.target_id:
        return f"{r53.r53_flow_address(run).decode()} > {selection.target_id.decode()}"
    return " ".join(values[:2]) + (f" and {len(values) - 2} more" if len(values) > 2 else "") or "-"


def row(view, run, client, told, question):
    label, policy = question
    query = Query(name=f"{label}.{DOMAIN}", telling=ALIAS_AS_ADDRESSES, **told)
    call("r53_flow_run", view, byref(query), None, None, run)
    trace = list(decisions(run))
    chosen = [short(record, label) for record in chosen_records(trace)]
    return [client, policy, " > ".join(chosen) or "-", answered(run),
            "; ".join(dict.fromkeys(reasons(trace, label))) or "-"]


def table(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    rows.insert(1, ["-" * width for width in widths])
    for cells in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())


def main():
    paths = sys.argv[1:] or [HERE / "everywhere/account.json", HERE / "everywhere/places.json"]
    view, run = account_view(paths), made("r53_flow_new", None)
    table([["client", "policy", "record set", "answer > target", "because"]]
          + [row(view, run, client, told, question)
             for client, told, questions in CLIENTS for question in questions])
    r53.r53_flow_free(run)
    r53.r53_view_release(view)
    r53.r53_report_free(flow.report)


for function in ("r53_trace_count", "r53_answer_count"):
    getattr(r53, function).restype = c_size_t
r53.r53_flow_address.restype = c_char_p

if __name__ == "__main__":
    main()
