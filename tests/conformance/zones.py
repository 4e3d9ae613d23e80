"""Random zones and questions that go where name servers differ.

Few labels and few owners, so that wildcards, empty non-terminals, delegations and aliases meet. What
the references would not load (CNAME beside other data) is left out.
"""

import itertools
import random

from opinions import Facts

LABELS = ["a", "b", "c", "*", "ns", "a", "b", "*"]
SMALL_LABELS = ["a", "b", "*"]
ODD_LABELS = ["\\*", "x\\.y", "\\032", "_tcp", "A", "a-very-long-label-" + "x" * 45, "\\000"]
TYPES = ["A", "AAAA", "TXT", "MX", "SRV", "NS", "CNAME", "DS", "CAA", "HINFO"] # HINFO: not in Route 53
WEIGHTS = [6, 3, 3, 2, 1, 5, 6, 2, 1, 2]
SMALL_ASKED = ["A", "NS", "CNAME", "TXT", "SOA", "DS"]
ASKED = ["A", "AAAA", "TXT", "MX", "SRV", "NS", "CNAME", "DS", "SOA", "ANY", "TYPE65280", "CAA",
         "HINFO"]
ASKED_WEIGHTS = [10, 3, 4, 3, 1, 4, 5, 4, 2, 1, 1, 1, 1]


def folded(owner):
    """The owner as servers compare it: "\\*" is an asterisk like any other."""
    return tuple(label.lower().replace("\\*", "*") for label in owner)


class Zone:
    """Record sets by owner and type; an owner is a tuple of labels as written from left to right."""

    def __init__(self, seed, n_zones=1, origin=None):
        self.random = random.Random(seed)
        self.is_small = seed % 2 == 0 # few records, then asked everything
        self.seed = seed
        self.origin = origin or f"z{seed}.test"
        self.other = f"z{seed // n_zones * n_zones + self.random.randrange(n_zones)}.test"
        self.sets = {}
        self.add((), "SOA", ["ns.elsewhere.example. host.elsewhere.example. 1 7200 900 1209600 60"],
                 300)
        self.add((), "NS", ["ns.elsewhere.example."] if self.random.random() < 0.6
                 else ["ns", "ns.elsewhere.example."], 600)
        if "ns" in self.sets[(), "NS"][0]: # BIND wants an address
            self.add(("ns",), "A", ["192.0.2.53"])
        for _ in range(self.random.choice([1, 2, 3, 4] if self.is_small else [4, 7, 12, 20, 40])):
            self.add_random()

    def label(self):
        if self.is_small:
            return self.random.choice(SMALL_LABELS)
        if self.random.random() < 0.06:
            return self.random.choice(ODD_LABELS)
        return self.random.choice(LABELS)

    def owner(self, longest=4):
        """A new owner, or one near those there are."""
        owners = [o for o in self.owners() if o]
        if owners and self.random.random() < 0.5:
            near = self.random.choice(owners)
            return near if self.random.random() < 0.4 else (self.label(),) + near
        if self.random.random() < 0.02 and not self.is_small:
            return tuple(self.random.choice("ab") for _ in range(60))
        return tuple(self.label() for _ in range(self.random.randint(1, longest)))

    def owners(self):
        return sorted({owner for owner, _ in self.sets})

    def add(self, owner, rtype, values, ttl=None):
        if rtype in ("NS", "DS") and "*" in folded(owner[:1]):
            return # RFC 4592 4.2 leaves open what it means, and BIND refuses it
        owner = next((o for o in self.owners() if folded(o) == folded(owner)), owner)
        types = {t for o, t in self.sets if o == owner}
        if ("CNAME" in types or rtype == "CNAME") and types - {rtype}:
            return
        if rtype == "CNAME":
            values = values[:1]
        old = self.sets.get((owner, rtype), ([], None))
        self.sets[owner, rtype] = (sorted({*old[0], *values}) if rtype != "CNAME" else values,
                                   old[1] or ttl or self.random.choice([0, 30, 300, 86400]))

    def target(self):
        """A name that a record points to: here, there, or nowhere."""
        kind = self.random.random()
        if kind < 0.75:
            return ".".join(self.owner(3))
        if kind < 0.8:
            return "@"
        if kind < 0.9:
            return ".".join(self.owner(2)) + f".{self.other}."
        return "www.elsewhere.example."

    def value(self, rtype):
        r = self.random
        number = r.randint(1, 9)
        return {"A": lambda: f"192.0.2.{number}", "AAAA": lambda: f"2001:db8::{number}",
                "TXT": lambda: f'"t{number}" "x\\"y"', "MX": lambda: f"{number} {self.target()}",
                "SRV": lambda: f"{number} 1 53 {self.target()}", "NS": self.target,
                "CNAME": self.target, "HINFO": lambda: f'"c{number}" "os"',
                "CAA": lambda: f'0 issue "ca{number}.example"',
                "DS": lambda: f"{number} 8 2 " + f"{number:02x}" * 32}[rtype]()

    def add_random(self):
        rtype = self.random.choices(TYPES, WEIGHTS)[0]
        owner = () if self.random.random() < 0.08 and rtype in ("A", "MX", "TXT") else self.owner()
        if len(".".join(owner)) > 150:
            rtype = "TXT"
        n = self.random.choice([1, 1, 1, 2, 3])
        self.add(owner, rtype, [self.value(rtype) for _ in range(n)])
        if rtype == "NS" and self.random.random() < 0.5:
            self.delegate(owner)
        elif rtype == "DS" and owner:
            self.add(owner, "NS", [self.value("NS")])

    def delegate(self, owner):
        """Glue in the zone cut, below it, beside it; and data that the cut hides."""
        glue = self.random.choice([owner, ("ns",) + owner, ("ns", "b"), ("a", "ns") + owner])
        self.add(owner, "NS", [".".join(glue)])
        address = self.random.choice(["A", "AAAA"])
        self.add(glue, address, [self.value(address)])
        if self.random.random() < 0.4:
            self.add(("a",) + owner, "TXT", [self.value("TXT")])

    def children(self):
        """Some parents are served together with the zones that they delegate."""
        cuts = [owner for owner, rtype in self.sets
                if rtype == "NS" and owner and "\\" not in "".join(owner)]
        if self.seed % 4 != 1 or not cuts:
            return []
        return [Zone(self.seed + 2, origin=self.name(self.random.choice(cuts))[:-1])]

    def text(self):
        lines = [f"$ORIGIN {self.origin}."]
        for (owner, rtype), (values, ttl) in sorted(self.sets.items(),
                                                    key=lambda s: (s[0][0] != (), s[0][1] != "SOA")):
            lines += [f"{'.'.join(owner) or '@'} {ttl} IN {rtype} {v}" for v in values]
        return "\n".join(lines) + "\n"

    def name(self, owner):
        return ".".join(owner + (self.origin,)) + "."

    def facts(self, zones):
        """For opinions.py; `zones` are the origins of the others."""
        return Facts(self.origin, [(self.name(owner), rtype) for owner, rtype in self.sets], zones)

    def neighbourhood(self):
        """Owners and their ancestors."""
        return sorted({owner[i:] for owner in self.owners() for i in range(len(owner) + 1)})

    def questions(self, n):
        """About `n`; of a small zone, more, and as many as there are."""
        return self.small_questions(2 * n) if self.is_small else self.random_questions(n)

    def small_questions(self, n):
        near = self.neighbourhood()
        names = {owner for depth in range(3)
                 for owner in itertools.product(SMALL_LABELS, repeat=depth)}
        names |= set(near) | {(label,) + name for label in SMALL_LABELS for name in near}
        asked = list(itertools.product(map(self.name, sorted(names)), SMALL_ASKED))
        return self.random.sample(asked, min(len(asked), n))

    def random_questions(self, n):
        """Owners, their ancestors, names below and beside them."""
        near = self.neighbourhood()
        asked = []
        for _ in range(n):
            name = self.random.choice(near)
            kind = self.random.random()
            if kind < 0.25:
                name = (self.label(),) + name
            elif kind < 0.35:
                name = (self.label(), self.label()) + name
            elif kind < 0.45 and name:
                name = tuple("c" if l == "*" else l for l in name)
            text = self.name(name)
            if len(text) < 250:
                asked.append((text, self.random.choices(ASKED, ASKED_WEIGHTS)[0]))
        return asked
