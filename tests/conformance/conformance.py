"""Our answers against those of name servers that have answered for decades.

    conformance.py [--zones N] [--queries N] [--seed N] [--verbose]

Random zones go to r53-serve and to whichever of Knot, NSD and BIND 9 are installed; each is asked the
same. An answer is right when its response code, flags, answer and authority are those of at least one
of them, with CNAMEs chased and minimal sections. The additional section must then be that of one of
those. What Route 53 is documented to do otherwise is in DIFFERENCES.
"""

import argparse
import collections
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from dns_wire import TYPES, Client, Malformed, name_octets, read_name, response_text  # noqa: E402
from meta import BUILD, check, finish, skip, temporary  # noqa: E402
from servers import REFERENCES, Server, find, free_port  # noqa: E402
from zones import Zone  # noqa: E402

PER_RUN = 40 # zones that one start of the servers serves


def same_main(ours, theirs):
    """As sets: some tell a record of a circle twice."""
    return (ours.rcode == theirs.rcode and ours.aa == theirs.aa and ours.tc == theirs.tc
            and set(ours.answer) == set(theirs.answer)
            and set(ours.authority) == set(theirs.authority))


def same_additional(ours, theirs):
    return set(ours.additional) == set(theirs.additional)


def is_repetitive(response):
    return any(len(section) != len(set(section))
               for section in (response.answer, response.authority, response.additional))


def more_addresses(ours, theirs):
    """Owners of the addresses that they give besides; None if it is not only that."""
    if not same_main(ours, theirs) or not set(ours.additional) <= set(theirs.additional):
        return None
    return {record.name for record in set(theirs.additional) - set(ours.additional)}


def read_owner(zone, owner):
    return read_name(name_octets(zone.name(owner)), 0)[0]


def glue_of_wildcards(zone, ours, theirs):
    """Knot and NSD make glue out of wildcards, for names that the zone does not hold."""
    held = {read_owner(zone, owner) for owner in zone.owners()}
    more = more_addresses(ours, theirs)
    return bool(more) and not more & held


def addresses_below_cuts(zone, ours, theirs):
    """They give addresses that a cut hides, beside an answer that is no referral."""
    cuts = [read_owner(zone, owner) for owner, rtype in zone.sets if rtype == "NS" and owner]
    more = more_addresses(ours, theirs)
    return bool(more) and ours.aa and all(
        any(("." + name).endswith("." + cut) for cut in cuts) for name in more)


def code_of_the_last_name(zone, ours, theirs):
    """NSD chases CNAMEs into other zones, but does not say NXDOMAIN when they end there."""
    return (ours.rcode == 3 and theirs.rcode == 0 and ours.answer
            and same_main(ours._replace(rcode=0), theirs))


def wildcard_of_the_last_zone(zone, ours, theirs):
    """NSD chases CNAMEs into other zones, but not to a wildcard there: NXDOMAIN, or no data."""
    apexes = [record.name for record in theirs.authority if record.type == TYPES["SOA"]]
    more = set(ours.answer) - set(theirs.answer)
    return (len(apexes) == 1 and apexes[0] != read_owner(zone, ()) and ours.rcode == 0
            and bool(theirs.answer) and set(theirs.answer) <= set(ours.answer)
            and all(("." + record.name).endswith("." + apexes[0]) for record in more))


def records_of_other_types(zone, ours, theirs):
    """They have records of a type that Route 53 lacks; of the name nothing else differs."""
    more = set(theirs.answer) - set(ours.answer)
    return (bool(more) and ours.rcode == theirs.rcode and set(ours.answer) <= set(theirs.answer)
            and all(record.type == TYPES["HINFO"] for record in more))


# Where Route 53 is documented, or for good reason assumed, to answer otherwise, or where the RFC is
# clear: the rule, and whether it accounts for the difference to one of the references.
DIFFERENCES = [
    ("RFC 6604", code_of_the_last_name),
    ("RFC 4592", wildcard_of_the_last_zone),
    ("R53-TYPE-01", records_of_other_types),
    ("R53-DELEG-05", glue_of_wildcards),
    ("R53-DNS-12", addresses_below_cuts),
]


def documented(zone, ours, references):
    for rule, accounts in DIFFERENCES:
        if any(accounts(zone, ours, theirs) for theirs in references.values()):
            return rule
    return None


READY = """$ORIGIN ready.test.
@ 60 IN SOA ns.elsewhere.example. host.elsewhere.example. 1 7200 900 1209600 60
@ 60 IN NS ns.elsewhere.example.
"""


class Trial:
    """Servers with the same zones."""

    def __init__(self, folder, zones, names):
        self.files = []
        for origin, text in [(zone.origin, zone.text()) for zone in zones] + [("ready.test", READY)]:
            path = folder / f"{origin}.zone"
            path.write_text(text)
            self.files.append((origin, path))
        self.servers = []
        port = free_port()
        self.ours = Server("r53-serve", [BUILD / "examples/r53-serve", "-l", "127.0.0.1", "-p", port,
                                         "--lenient", "--quiet", "--minimal", "--chase", "--max-udp",
                                         "1232", *[path for _, path in self.files]], folder, port)
        for name in names:
            port = free_port()
            self.servers.append(Server(name, REFERENCES[name][1](folder, port, self.files), folder,
                                       port))

    def wait(self):
        question = ("ready.test", "SOA")
        return [why for server in [self.ours, *self.servers] if (why := server.wait(question))]

    def stop(self):
        for server in [self.ours, *self.servers]:
            server.stop()


class Tally:
    def __init__(self):
        self.asked = 0
        self.alone = collections.Counter() # agreed with these only
        self.rules = collections.Counter()
        self.unloaded = collections.Counter() # zones that a reference refused


def ask(client, question):
    try:
        return client.ask(*question)
    except (OSError, Malformed) as error:
        return error


def judge(zone, question, ours, references, tally):
    """A problem as text, or None."""
    tally.asked += 1
    if isinstance(ours, Exception):
        return f"{question}: {ours!r}"
    if is_repetitive(ours):
        return f"{' '.join(question)}: a record twice\n ours: {response_text(ours)}"
    references = {n: r for n, r in references.items() if not isinstance(r, Exception)}
    main = {n for n, r in references.items() if same_main(ours, r)}
    full = {n for n in main if same_additional(ours, references[n])}
    if full:
        if len(full) < len(references):
            tally.alone[" ".join(sorted(full))] += 1
        return None
    rule = documented(zone, ours, references)
    if rule:
        tally.rules[rule] += 1
        return None
    told = "\n".join(f" {n}: {response_text(r)}" for n, r in references.items())
    what = "additional section" if main else "answer"
    return f"{' '.join(question)}: {what}\n ours: {response_text(ours)}\n{told}"


def compare(trial, zones, n, tally):
    clients = {server.name: Client(server.port) for server in trial.servers}
    ours = Client(trial.ours.port)
    for zone in zones:
        problems = []
        loaded = {name: client for name, client in clients.items()
                  if client.ask(zone.origin, "SOA").rcode == 0} # BIND finds fault with a few
        tally.unloaded.update(clients.keys() - loaded.keys())
        if not loaded:
            continue
        for question in dict.fromkeys(zone.questions(n)):
            if question[1] == "ANY" and "bind9" not in loaded: # the others answer with one set
                continue
            answers = {name: ask(client, question) for name, client in loaded.items()}
            problem = judge(zone, question, ask(ours, question), answers, tally)
            if problem:
                problems.append(problem)
        check(f"{zone.origin} is answered as the references answer it",
              [p for p in problems[:3]] + ([zone.text()] if problems else []))
    for client in [ours, *clients.values()]:
        client.close()


def run_zones(zones, names, queries, tally):
    with temporary() as folder:
        os.chmod(folder, 0o755) # a server may give up its rights
        trial = Trial(Path(folder), zones, names)
        try:
            problems = trial.wait()
            if problems:
                check("the servers serve the zones", problems)
            else:
                compare(trial, zones, queries, tally)
        finally:
            trial.stop()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--zones", type=int, default=int(os.environ.get("R53_ZONES", 40)))
    options.add_argument("--queries", type=int, default=120)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    names = [name for name, (program, _) in REFERENCES.items() if find(program)]
    for name in REFERENCES:
        if name not in names:
            skip(f"conformance with {name}", "not installed")
    if not names or not (BUILD / "examples/r53-serve").exists():
        skip("conformance", "no reference server" if not names else "r53-serve was not built")
        return finish()
    tally = Tally()
    for first in range(options.seed, options.seed + options.zones, PER_RUN):
        n = min(PER_RUN, options.seed + options.zones - first)
        zones = [Zone(seed, PER_RUN) for seed in range(first, first + n)]
        run_zones(zones + [child for zone in zones for child in zone.children()], names,
                  options.queries, tally)
    print(f"# {tally.asked} questions; agreed only with: {dict(tally.alone)}; "
          f"documented differences: {dict(tally.rules)}; zones not loaded: {dict(tally.unloaded)}")
    finish()


if __name__ == "__main__":
    main()
