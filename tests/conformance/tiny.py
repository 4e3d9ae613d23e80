"""Our answers about tiny zones against those of Knot, NSD and BIND 9, all questions about each.

    tiny.py [--pairs N] [--drawn N] [--share F] [--all] [--seed N]

Thousands of zones go to one process of each server. An answer has to be that of at least one of them,
and where they disagree, the point has to be known (opinions.py). --all takes every zone of two records
and every question: some millions.
"""

import argparse
import collections
import os
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from dns_wire import Client, Malformed, name_octets, read_response, response_text  # noqa: E402
from families import chains, families  # noqa: E402
from meta import BUILD, check, finish, skip, temporary  # noqa: E402
from opinions import verdict  # noqa: E402
from servers import REFERENCES, find  # noqa: E402
from tiny_zones import TinyZone, drawn, pairs  # noqa: E402
from trial import Trial, is_repetitive  # noqa: E402

PER_RUN = 2000 # zones that one start of the servers serves
SHOWN = 5


class Tally:
    def __init__(self):
        self.zones = self.asked = self.problems = 0
        self.points = collections.Counter()
        self.unloaded = collections.Counter()


def octets_kept(octets, question):
    """Does the question come back octet for octet?"""
    name = name_octets(question[0])
    return octets[12:12 + len(name)] == name


def order_of_chain(response):
    """RFC 1034 4.3.2 adds to an answer as it goes: each CNAME stands before its target's records."""
    name = response.question[0]
    for record in response.answer:
        if record.name != name:
            return False
        name = record.rdata if record.type == 5 and response.question[1] != 5 else name
    return True


def fault_of(octets, question):
    """What is wrong with an answer of ours whatever others say."""
    if octets is None:
        return "lost"
    try:
        response = read_response(octets)
    except Malformed as fault:
        return f"malformed: {fault}"
    if is_repetitive(response):
        return "a record twice"
    return None if octets_kept(octets, question) else "another question"


def problem_of(facts, question, ours, references, tally, further):
    fault = fault_of(ours, question)
    if fault:
        return f"{' '.join(question)}: {fault}"
    ours = read_response(ours)
    if question[1] != "ANY" and not order_of_chain(ours):
        return f"{' '.join(question)}: out of order\n ours: {response_text(ours)}"
    theirs = {name: read_response(octets) for name, octets in references.items() if octets}
    points, will_do = verdict(facts, question, ours, theirs, further)
    tally.points.update(f"{server}: {point}" for server, point in points.items())
    if will_do:
        return None
    told = "".join(f"\n {name} ({points.get(name, 'agrees')}): {response_text(response)}"
                   for name, response in theirs.items())
    return f"{' '.join(question)}\n ours: {response_text(ours)}{told}"


def serving(client, zones):
    """Of each zone: is it there?"""
    return [octets is not None and octets[3] & 15 == 0
            for octets in client.ask_all([(zone.origin, "SOA") for zone in zones])]


class Run:
    """One start of the servers, with clients."""

    def __init__(self, trial, zones, tally):
        self.zones, self.tally = zones, tally
        self.ours = Client(trial.ours.port)
        self.clients = {server.name: Client(server.port) for server in trial.servers}
        self.is_loaded = {name: serving(client, zones) for name, client in self.clients.items()}

    def zone(self, i, share, chance):
        """All that is wrong with the answers about a zone."""
        zone = self.zones[i]
        loaded = [name for name in self.clients if self.is_loaded[name][i]]
        self.tally.unloaded.update(self.clients.keys() - set(loaded))
        questions = [q for q in zone.questions() if chance.random() < share]
        if not loaded: # no judge, but ours must not fall over it
            return [fault for q, octets in zip(questions, self.ours.ask_all(questions))
                    if (fault := fault_of(octets, q))]
        self.tally.zones += 1
        self.tally.asked += len(questions)
        answers = {name: list(self.clients[name].ask_all(questions)) for name in loaded}
        facts = zone.facts()
        return [problem for k, octets in enumerate(self.ours.ask_all(questions))
                if (problem := problem_of(facts, questions[k], octets,
                                          {name: answers[name][k] for name in loaded}, self.tally,
                                          lambda name, about: self.clients[name].ask(*about)))]

    def close(self):
        for client in [self.ours, *self.clients.values()]:
            client.close()


def compare(groups, names, share, chance, tally, minimal):
    """Problems with the answers about all zones of the groups."""
    zones, problems = [zone for group in groups for zone in group], []
    with temporary() as folder:
        os.chmod(folder, 0o755) # a server may give up its rights
        trial = Trial(Path(folder), [(zone.origin, zone.text()) for zone in zones], names,
                      minimal)
        try:
            problems = trial.wait(120)
            if problems:
                return problems
            run = Run(trial, zones, tally)
            for i, zone in enumerate(zones):
                found = run.zone(i, share, chance)
                tally.problems += len(found)
                problems += [f"{zone.text()}{p}" for p in found[:1]] if len(problems) < SHOWN else []
            run.close()
        finally:
            trial.stop()
    return problems


def judge(what, groups, names, share, seed, minimal=True):
    tally, problems, begin = Tally(), [], time.monotonic()
    for first in range(0, len(groups), PER_RUN):
        problems += compare(groups[first:first + PER_RUN], names, share, random.Random(seed + first),
                            tally, minimal)
    check(f"{what}: {tally.zones} zones, {tally.asked} questions",
          problems + ([f"{tally.problems} in all"] if problems else []))
    points = ", ".join(f"{point} {n}" for point, n in sorted(tally.points.items()))
    print(f"# {time.monotonic() - begin:.0f} s; differences: {points}; "
          f"not loaded: {dict(sorted(tally.unloaded.items()))}")


def alone(record_lists):
    """Each zone for itself."""
    return [[TinyZone(f"t{i}.test", records)] for i, records in enumerate(record_lists)]


def read_options():
    scale = int(os.environ.get("R53_ZONES", 40))
    options = argparse.ArgumentParser()
    options.add_argument("--pairs", type=int, default=5 * scale, help="zones of two records")
    options.add_argument("--drawn", type=int, default=5 * scale, help="zones of three to five")
    options.add_argument("--families", type=int, default=2 * scale, help="parents and children")
    options.add_argument("--share", type=float, default=0.3, help="of the questions")
    options.add_argument("--all", action="store_true", help="every zone and every question")
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


def main():
    options = read_options()
    names = [name for name, (program, _) in REFERENCES.items() if find(program)]
    if not names or not (BUILD / "examples/r53-serve").exists():
        skip("tiny zones", "no reference server" if not names else "r53-serve was not built")
        return finish()
    chance = random.Random(options.seed)
    couples, related = list(pairs()), families()
    if options.all:
        options.share = 1
    else:
        couples = chance.sample(couples, min(options.pairs, len(couples)))
        related = chance.sample(related, min(options.families, len(related)))
    larger = [drawn(options.seed * 1000003 + i, 3 + i % 3) for i in range(options.drawn)]
    judge("chains and circles of CNAMEs", chains(), names, 1, options.seed)
    judge("a parent and its child", related, names, options.share, options.seed)
    judge("zones of two records", alone(couples), names, options.share, options.seed)
    judge("zones of three to five records", alone(larger), names, options.share, options.seed)
    judge("the same, with all that goes beside an answer", alone(larger),
          [name for name in names if name != "knot"], options.share, options.seed, minimal=False)
    return finish()


if __name__ == "__main__":
    main()
