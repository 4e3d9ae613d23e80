"""Answers that do not fit: ours against those of Knot, NSD and BIND 9 at the usual sizes.

RFC 2181 9 and RFC 6891 are what counts where they differ: whole RRsets or none; TC when the answer,
the name servers of a referral, or all glue that it needs had to be left out; never TC for what is
beside an answer (R53-DNS-04). Where TC is set, ours is empty: BIND sends as many records as fit without
EDNS, and Knot and NSD the CNAMEs, which resolvers throw away.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from dns_wire import Client, ask_tcp  # noqa: E402
from meta import BUILD, check, finish, skip, temporary  # noqa: E402
from servers import REFERENCES, find  # noqa: E402
from trial import Trial  # noqa: E402

SIZES = (0, 512, 1232, 4096)
VALUES = (20, 28, 29, 30, 40, 70, 74, 75, 90) # around 512 and 1232 octets of A
MAILERS = (10, 30, 36, 60, 90)
SERVERS = (4, 8, 10, 13, 20, 22, 23, 24, 25, 26, 30, 37, 60, 62, 63, 64, 90)
MANY = 90 # BIND loads at most 100 of one type


def zone_text():
    lines = ["@ 300 SOA ns1 host 1 7200 900 1209600 60", "@ 300 NS ns1", "ns1 60 A 192.0.2.1"]
    for i in range(MANY):
        lines += [f"m{i}.mail 60 A 10.9.0.{i + 1}", f"m{i}.mail 60 AAAA 2001:db8::{i + 1}"]
        lines.append(f'txt 60 TXT "{"x" * 200}{i}"')
    lines += [f"a{n} 60 A 10.0.0.{i + 1}" for n in VALUES for i in range(n)]
    lines += [f"mx{n} 60 MX {i} m{i}.mail" for n in MAILERS for i in range(n)]
    for n in SERVERS: # below the cut, beside it, elsewhere
        for i in range(n):
            lines += [f"below{n} 600 NS ns{i}.below{n}", f"ns{i}.below{n} 60 A 10.8.0.{i + 1}",
                      f"ns{i}.below{n} 60 AAAA 2001:db8::{i + 1}", f"beside{n} 600 NS m{i}.mail",
                      f"far{n} 600 NS ns{i}.elsewhere.example."]
    lines += ["c 60 CNAME c1", "c1 60 CNAME a28", "cc 60 CNAME a90", "cm 60 CNAME mx60",
              "cd 60 CNAME x.below13", "cn 60 CNAME nope",
              "one 60 TXT " + " ".join(['"' + "y" * 250 + '"'] * 6)]
    return "\n".join(["$ORIGIN big.test.", *lines]) + "\n"


QUESTIONS = ([(f"a{n}", "A") for n in VALUES] + [(f"mx{n}", "MX") for n in MAILERS]
             + [(f"x.{kind}{n}", "A") for n in SERVERS for kind in ("below", "beside", "far")]
             + [("c", "A"), ("cc", "A"), ("cm", "MX"), ("cd", "A"), ("cn", "A"), ("txt", "TXT"),
                ("one", "TXT")])


def sets(section):
    """Records by owner and type."""
    out = {}
    for record in section:
        out.setdefault((record.name, record.type), set()).add(record)
    return out


def broken_sets(response, whole):
    """RRsets of a section that are there, but not as a whole."""
    return [key for name in ("answer", "authority", "additional")
            for key, records in sets(getattr(response, name)).items()
            if records != sets(getattr(whole, name)).get(key)]


def glue(response):
    """Addresses of name servers below the cut."""
    cuts = [r.name for r in response.authority if r.type == 2]
    return {r for r in response.additional if any(r.name.endswith("." + cut) for cut in cuts)}


def needed(response):
    """The answer; or what says why there is none. The apex NS beside an answer is not."""
    chased = all(r.type == 5 for r in response.answer)
    return response.answer + [r for r in response.authority if chased]


def faults(ours, whole, size):
    """What is wrong with an answer of ours by itself."""
    if ours.size > max(512, size):
        yield f"{ours.size} octets"
    if (ours.edns is not None) != (size > 0):
        yield "OPT"
    if broken_sets(ours, whole):
        yield f"parts of {broken_sets(ours, whole)}"
    if ours.tc and (ours.answer or ours.authority or ours.additional):
        yield "TC, but not empty"
    if not ours.tc and set(needed(ours)) != set(needed(whole)):
        yield "something missing without TC"
    if not ours.tc and glue(whole) and not glue(ours):
        yield "no glue, which it needs"


def differs(ours, theirs, whole):
    """Is TC another, other than by what is known?"""
    if ours.tc == theirs.tc:
        return False
    if theirs.tc: # Knot wants all glue to fit (RFC 9471 3.1); NSD keeps referrals below 1232 octets
        return not set(theirs.additional) < set(whole.additional)
    return bool(theirs.additional) or not glue(whole) # BIND: no glue at all, and no TC


def judge(question, size, ours, whole, references):
    told = list(faults(ours, whole, size))
    told += [name for name, theirs in references.items() if differs(ours, theirs, whole)]
    if not told:
        return []
    shown = {"ours": ours, **references}
    return [f"{question[0]} {question[1]}, {size} octets: {', '.join(told)}",
            *(f" {name}: {'tc ' * r.tc}{len(r.answer)} {len(r.authority)} {len(r.additional)}, "
              f"{r.size} octets" for name, r in shown.items())]


def compare(trial, minimal):
    ours = Client(trial.ours.port)
    clients = {server.name: Client(server.port) for server in trial.servers}
    problems = []
    for owner, rtype in QUESTIONS:
        question = (f"{owner}.big.test", rtype)
        whole = ask_tcp(trial.ours.port, *question)
        for size in SIZES:
            problems += judge(question, size, ours.ask(*question, edns=size), whole,
                              {name: client.ask(*question, edns=size)
                               for name, client in clients.items()} if minimal else {})
    for client in [ours, *clients.values()]:
        client.close()
    return problems


def main():
    names = [name for name, (program, _) in REFERENCES.items() if find(program)]
    if not names or not (BUILD / "examples/r53-serve").exists():
        skip("truncation", "no reference server" if not names else "r53-serve was not built")
        return finish()
    for minimal in (True, False): # the references are minimal
        with temporary() as folder:
            os.chmod(folder, 0o755)
            trial = Trial(Path(folder), [("big.test", zone_text())], names if minimal else [],
                          minimal)
            try:
                check(f"R53-DNS-04 {len(QUESTIONS)} answers at {len(SIZES)} sizes"
                      + (", as the references truncate them" if minimal else ", not minimal"),
                      trial.wait() or compare(trial, minimal))
            finally:
                trial.stop()
    return finish()


if __name__ == "__main__":
    main()
