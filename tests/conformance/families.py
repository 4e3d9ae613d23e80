"""Families of tiny zones: long chains of CNAMEs, circles, and zones that are served together."""

import itertools

from tiny_zones import OUTSIDE, TinyZone

ENDS = { # what a chain leads to: its last target, and records there
    "address": (("end",), [(("end",), "A", "192.0.2.1")]),
    "nothing": (("end",), []),
    "another type": (("end",), [(("end",), "TXT", '"end"')]),
    "empty non-terminal": (("end",), [(("a", "end"), "TXT", '"below"')]),
    "wildcard": (("a", "end"), [(("*", "end"), "A", "192.0.2.1")]),
    "wildcard itself": (("*", "end"), [(("*", "end"), "A", "192.0.2.1")]),
    "cut": (("end",), [(("end",), "NS", ("ns", "end")), (("ns", "end"), "A", "192.0.2.1")]),
    "below a cut": (("a", "end"), [(("end",), "NS", OUTSIDE), (("a", "end"), "A", "192.0.2.1")]),
    "apex": ((), [((), "A", "192.0.2.1")]),
    "elsewhere": (OUTSIDE, []),
}


def link(i):
    return (f"n{i}",)


def chain(n, end):
    """n0 .. n(n-1), each a CNAME for the next; the last for what is at the end."""
    target, records = ENDS[end]
    return [(link(i), "CNAME", link(i + 1) if i + 1 < n else target) for i in range(n)] + records


def circle(n, tail=0):
    """A tail that leads into a circle of `n` CNAMEs."""
    return [(link(i), "CNAME", link(i + 1 if i + 1 < tail + n else tail)) for i in range(tail + n)]


def wildcard_circle(n):
    """The same, but each CNAME is reached through a wildcard."""
    return [(("*", f"n{i}"), "CNAME", ("x", f"n{(i + 1) % n}")) for i in range(n)]


class ChainZone(TinyZone):
    """Asked at its first links and its end only."""

    def questions(self):
        first = [owner for owner, rtype, _ in self.records if rtype == "CNAME"]
        ends = [value for _, rtype, value in self.records if rtype == "CNAME"][-1:]
        for name in first[:3] + first[-1:] + [end for end in ends if isinstance(end, tuple)]:
            name = tuple("x" if label == "*" else label for label in name)
            for rtype in ("A", "TXT", "CNAME", "NS", "DS"):
                yield self.name(name), rtype


def chains():
    """Groups of one zone each: every end behind 1 to 16 CNAMEs, every circle up to 10."""
    made = [chain(n, end) for n in (1, 2, 3, 5, 8, 10, 16) for end in ENDS]
    made += [circle(n, tail) for n in range(1, 11) for tail in (0, 1, 4)]
    made += [wildcard_circle(n) for n in range(1, 6)]
    return [[ChainZone(f"chain{i}.test", records)] for i, records in enumerate(made)]


# What a parent may hold of its child, and what either holds besides. Names are of the parent, with
# the child at a.

DELEGATIONS = {
    "none": [],
    "elsewhere": [(("a",), "NS", OUTSIDE)],
    "glue below": [(("a",), "NS", ("ns", "a")), (("ns", "a"), "A", "192.0.2.53")],
    "glue beside": [(("a",), "NS", ("b",)), (("b",), "A", "192.0.2.53")],
    "signed": [(("a",), "NS", OUTSIDE), (("a",), "DS", "1 8 2 " + "0a" * 32)],
}
HIDDEN = { # data of the parent at or below the cut
    "none": [],
    "at": [(("a",), "TXT", '"hidden"')],
    "below": [(("b", "a"), "A", "192.0.2.99"), (("*", "a"), "TXT", '"hidden"')],
    "wildcard beside": [(("*",), "A", "192.0.2.98")],
}
CHILD = { # names here are of the child
    "empty": [],
    "data": [((), "A", "192.0.2.1"), (("b",), "A", "192.0.2.2"), (("ns",), "AAAA", "2001:db8::53")],
    "wildcard": [(("*",), "A", "192.0.2.3"), (("b", "b"), "TXT", '"deep"')],
    "cut": [(("b",), "NS", ("ns", "b")), (("ns", "b"), "A", "192.0.2.54")],
}


def alias_targets(parent, child):
    return {"none": None, "down": ("parent", f"b.{child}."),
            "down to the apex": ("parent", f"{child}."),
            "down to nothing": ("parent", f"c.c.{child}."), "up": ("child", f"b.{parent}."),
            "up to the apex": ("child", f"{parent}."), "up to nothing": ("child", f"c.{parent}."),
            "both": ("both", None)}


def families():
    """Groups of a parent and its child, for every meeting of the above."""
    made = []
    for i, (cut, hidden, child, alias) in enumerate(itertools.product(
            DELEGATIONS.values(), HIDDEN.values(), CHILD.values(), alias_targets("", ""))):
        parent_origin = f"p{i}.test"
        child_origin = f"a.{parent_origin}"
        where, target = alias_targets(parent_origin, child_origin)[alias] or (None, None)
        above, below = list(cut) + list(hidden), list(child)
        if where == "parent":
            above.append((("x",), "CNAME", target))
        elif where == "child":
            below.append((("x",), "CNAME", target))
        elif where == "both": # a circle through both
            above.append((("x",), "CNAME", f"x.{child_origin}."))
            below.append((("x",), "CNAME", f"x.{parent_origin}."))
        if i % 3 == 0: # its name server is in it, and its address in the other zone
            below.append(((), "NS", f"b.{parent_origin}."))
        if i % 5 == 0:
            below.append((("m",), "MX", f"b.{parent_origin}."))
            above.append((("m",), "MX", f"b.{child_origin}."))
        made.append([TinyZone(parent_origin, above, [child_origin]),
                     TinyZone(child_origin, below, [parent_origin])])
    return made
