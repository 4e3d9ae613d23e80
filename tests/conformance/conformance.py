"""Our answers against those of name servers that have answered for decades.

    conformance.py [--zones N] [--queries N] [--seed N] [--verbose]

Random zones go to r53-serve and to whichever of Knot, NSD and BIND 9 are installed; each is asked the
same. An answer is right when its response code, flags, answer and authority are those of at least one
of them, with CNAMEs chased and minimal sections, and so is its additional section; what the others
answer then has to come under one of the points in opinions.py.
"""

import argparse
import collections
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from dns_wire import Client, Malformed, response_text  # noqa: E402
from meta import BUILD, check, finish, skip, temporary  # noqa: E402
from opinions import verdict, wire_text  # noqa: E402
from servers import REFERENCES, find  # noqa: E402
from trial import Trial, is_repetitive  # noqa: E402
from zones import Zone  # noqa: E402

PER_RUN = 40 # zones that one start of the servers serves


class Tally:
    def __init__(self):
        self.asked = 0
        self.points = collections.Counter() # of difference
        self.unloaded = collections.Counter() # zones that a reference refused


def ask(client, question):
    try:
        return client.ask(*question)
    except (OSError, Malformed) as error:
        return error


def judge(facts, question, ours, references, tally, further):
    """A problem as text, or None. `further` asks a reference another question."""
    tally.asked += 1
    if isinstance(ours, Exception):
        return f"{question}: {ours!r}"
    if is_repetitive(ours):
        return f"{' '.join(question)}: a record twice\n ours: {response_text(ours)}"
    references = {n: r for n, r in references.items() if not isinstance(r, Exception)}
    points, will_do = verdict(facts, question, ours, references, further)
    tally.points.update(f"{server}: {point}" for server, point in points.items())
    if will_do:
        return None
    told = "\n".join(f" {n} ({points.get(n, 'agrees')}): {response_text(r)}"
                     for n, r in references.items())
    return f"{' '.join(question)}\n ours: {response_text(ours)}\n{told}"


def compare(trial, zones, n, tally):
    clients = {server.name: Client(server.port) for server in trial.servers}
    ours = Client(trial.ours.port)
    held = {name: {wire_text(zone.origin) for zone in zones if client.ask(zone.origin, "SOA").rcode == 0}
            for name, client in clients.items()} # BIND finds fault with a few, all with too long names
    for zone in zones:
        problems = []
        facts = zone.facts([z.origin for z in zones if z is not zone])
        loaded = {name: client for name, client in clients.items() if facts.origin in held[name]}
        tally.unloaded.update(clients.keys() - loaded.keys())
        if not loaded:
            continue
        for question in dict.fromkeys(zone.questions(n)):
            lies_in = facts.zone_for(*question)
            answers = {name: ask(client, question) for name, client in loaded.items()
                       if lies_in in held[name]}
            if not answers:
                continue
            problem = judge(facts, question, ask(ours, question), answers, tally,
                            lambda name, about: loaded[name].ask(*about))
            if problem:
                problems.append(problem)
        check(f"{zone.origin} is answered as the references answer it",
              [p for p in problems[:3]] + ([zone.text()] if problems else []))
    for client in [ours, *clients.values()]:
        client.close()


def run_zones(zones, names, queries, tally):
    with temporary() as folder:
        os.chmod(folder, 0o755) # a server may give up its rights
        trial = Trial(Path(folder), [(zone.origin, zone.text()) for zone in zones], names)
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
    print(f"# {tally.asked} questions; points of difference: {dict(tally.points)}; "
          f"zones not loaded: {dict(tally.unloaded)}")
    finish()


if __name__ == "__main__":
    main()
