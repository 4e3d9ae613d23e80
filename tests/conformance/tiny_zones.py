"""Tiny zones, made systematically: all pairs of records over a small alphabet, and families.

What decides a DNS answer is which few records meet: a wildcard and an empty non-terminal, a CNAME and
a zone cut, a parent and its child. So all zones of two records are listed, larger ones are drawn, and
what needs several zones or long chains has a family of its own.
"""

import itertools
import random

from opinions import Facts

LABELS = ("a", "b", "*")
ABSENT = "c"
OUTSIDE = "host.outside.example."
ASKED = ("A", "TXT", "NS", "CNAME", "DS", "MX", "PTR", "AAAA", "SOA")
APEX = [((), "SOA", "ns.outside.example. root.outside.example. 1 7200 900 1209600 60"),
        ((), "NS", "ns.outside.example.")]
TTLS = {"SOA": 300, "NS": 600, "CNAME": 120}
NAME_MAX = 255


def names(depth):
    """All names of at most so many labels, shortest first."""
    return [name for n in range(depth + 1) for name in itertools.product(LABELS, repeat=n)]


def swapped(record):
    """The same with a and b exchanged."""
    def swap(name):
        return tuple({"a": "b", "b": "a"}.get(label, label) for label in name)
    owner, rtype, value = record
    return swap(owner), rtype, swap(value) if isinstance(value, tuple) else value


class TinyZone:
    """Records (owner, type, value); owners and targets are tuples of labels, or text if elsewhere."""

    def __init__(self, origin, records, zones=()):
        self.origin = origin
        self.records = APEX + list(records)
        self.zones = zones # origins that are loaded with it, and that its targets may be in

    def name(self, labels):
        return ".".join(labels + (self.origin,)) + "."

    def value(self, value):
        return self.name(value) if isinstance(value, tuple) else value

    def text(self):
        lines = [f"{self.name(owner)} {TTLS.get(rtype, 60)} IN {rtype} "
                 f"{'10 ' * (rtype == 'MX')}{self.value(value)}"
                 for owner, rtype, value in self.records]
        return "\n".join(lines) + "\n"

    def facts(self):
        """For opinions.py."""
        return Facts(self.origin, [(self.name(owner), rtype) for owner, rtype, _ in self.records],
                     self.zones)

    def near(self):
        """Owners, targets, and all names above them."""
        whole = {owner for owner, _, _ in self.records}
        whole |= {value for _, _, value in self.records if isinstance(value, tuple)}
        return sorted({name[i:] for name in whole for i in range(len(name) + 1)})

    def types(self):
        """Those that are there, and three that are special."""
        there = {rtype for _, rtype, _ in self.records}
        return [t for t in ASKED if t in there | {"A", "DS", "CNAME"}]

    def questions(self):
        near = self.near()
        below = {(label,) + name for name in near for label in LABELS + (ABSENT,)}
        below |= {("*", ABSENT) + name for name in near} | {(ABSENT, "*") + name for name in near}
        asked = sorted(set(near) | below)
        for i, name in enumerate(asked):
            text = self.name(name)
            for rtype in self.types() + (["ANY"] if name in near else []):
                yield (text.upper() if i % 7 == 3 else text, rtype)
        yield from self.long_questions(near)

    def long_questions(self, near):
        """As long as a name can be: of many labels, and of long ones."""
        name = near[len(self.origin) % len(near)]
        for label in ("x", "y" * 63, "*"):
            room = NAME_MAX - len(self.name(name)) - 1
            many = room // (len(label) + 1)
            yield self.name((label,) * many + name), "A"
            yield self.name((label,) * (many - 1) + name), "CNAME"


def kinds(depth):
    """All single records of a zone, but for those at its apex that no zone has twice."""
    there = names(depth)
    targets = [t for t in there] + [OUTSIDE]
    for owner in there:
        yield owner, "A", "192.0.2.1"
        yield owner, "TXT", '"text"'
        if owner:
            yield from ((owner, "CNAME", target) for target in targets)
            yield from ((owner, "NS", target) for target in targets)


def pairs(depth=2):
    """All zones of two records, one of each two that differ by the names of the labels only."""
    for one, other in itertools.combinations(list(kinds(depth)), 2):
        mirrored = sorted(map(repr, (swapped(one), swapped(other))))
        if sorted(map(repr, (one, other))) <= mirrored:
            yield [one, other]


DATA = {"A": lambda n: f"192.0.2.{n}", "AAAA": lambda n: f"2001:db8::{n}",
             "TXT": lambda n: f'"t{n}"', "SOA": lambda n: APEX[0][2],
             "DS": lambda n: f"{n} 8 2 " + "0a" * 32}
DRAWN = {"A": 6, "AAAA": 2, "TXT": 2, "MX": 1, "PTR": 0.5, "NS": 5, "CNAME": 6, "SOA": 0.1,
         "DS": 0.5} # how often
BELOW_APEX = ("NS", "CNAME", "SOA", "DS") # what the apex has already, or may not have


def fits(records, record):
    """No CNAME beside other data, and no record twice: no reference loads that."""
    there = {rtype for owner, rtype, _ in records if owner == record[0]}
    return record not in records and not (there and "CNAME" in there | {record[1]})


class Drawing:
    """Draws records at most three labels deep, whose targets are mostly near owners."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.pool = [()]

    def near(self, least=0):
        name = self.chance.choice(self.pool)
        if len(name) < 3 and self.chance.random() < 0.7:
            name = (self.chance.choice(LABELS),) + name
        name = name or (self.chance.choice(LABELS),) * least
        self.pool.append(name)
        return name

    def value(self, rtype, number):
        if rtype in DATA:
            return DATA[rtype](number)
        return OUTSIDE if self.chance.random() < 0.12 else self.near()

    def record(self, number):
        rtype = self.chance.choices(list(DRAWN), list(DRAWN.values()))[0]
        return self.near(rtype in BELOW_APEX), rtype, self.value(rtype, number)


def drawn(seed, n):
    """The records of a zone, `n` or a few less."""
    drawing, records = Drawing(seed), []
    for number in range(1, n + 1):
        record = drawing.record(number)
        if fits(records, record):
            records.append(record)
    return records
