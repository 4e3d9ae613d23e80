"""Where name servers disagree about an answer: each known point, and why ours is as it is.

Ours has to agree with at least one of the references. What the others answer then must come under one
of these points; what does not is either a mistake of ours or something that nobody has looked at.
"""

from collections import namedtuple

from dns_wire import TYPES, name_octets, read_name
from trial import same_additional, same_main

CHAIN = 5 # CNAMEs that every reference follows

# An answer of ours and a server's other answer; the zone is a Facts.
Case = namedtuple("Case", "zone question server ours theirs")


def wire_text(name):
    """A name as dns_wire writes those that it has read."""
    return read_name(name_octets(name), 0)[0]


def is_below(name, above):
    """At or below the other; both as above."""
    return ("." + name).endswith("." + above)


class Facts:
    """What a zone holds, as far as it matters to the points: owners and types, of (name, type)."""

    def __init__(self, origin, sets, zones=()):
        self.origin = wire_text(origin)
        self.sets = {(wire_text(name), rtype) for name, rtype in sets}
        self.zones = [wire_text(zone) for zone in zones] # those that the servers hold besides

    def has(self, rtype, wildcard=False, below_apex=False):
        return any(t == rtype and (not wildcard or name.startswith("*."))
                   and (not below_apex or name != self.origin) for name, t in self.sets)

    def apexes(self):
        return {self.origin, *self.zones}

    def held(self):
        return {name for name, _ in self.sets}

    def is_hidden(self, name):
        return any(t == "NS" and owner != self.origin and is_below(name, owner)
                   for owner, t in self.sets)

    def zone_of(self, name):
        """The longest of the zones that the name is in; "" if there is none."""
        around = [zone for zone in [self.origin, *self.zones] if is_below(name, zone)]
        return max(around, key=len, default="")

    def zone_for(self, name, rtype):
        """The zone that answers for name and type: for DS at an apex, the one above if it is held."""
        name = wire_text(name)
        above = name.split(".", 1)[1] if rtype == "DS" and name in self.apexes() else name
        return self.zone_of(above) or self.zone_of(name)


def more_addresses(ours, theirs):
    """Owners of the addresses that they give besides; None if it is not only that."""
    if not same_main(ours, theirs) or not set(ours.additional) <= set(theirs.additional):
        return None
    return {record.name for record in set(theirs.additional) - set(ours.additional)}


def is_referral(case):
    """At once or behind CNAMEs."""
    return any(record.type == 2 and record.name not in case.zone.apexes()
               for record in case.ours.authority)


def cname_count(response):
    return sum(record.type == 5 for record in response.answer)


def is_part(theirs, ours):
    return set(theirs.answer) <= set(ours.answer)


def answered_twice(case):
    """They tell a record of a circle twice; as sets, the answers are one."""
    return same_main(case.ours, case.theirs) and same_additional(case.ours, case.theirs)


def gives_up(case):
    """BIND fails at a circle and at 17 CNAMEs, and Knot and BIND follow only so many. RFC 1034 5.2.2
    asks nobody to fail; ours follows 64."""
    circle = {r.rdata for r in case.ours.answer if r.type == 5} & {r.name for r in case.ours.answer}
    bounded = case.theirs.rcode in (0, 2) and is_part(case.theirs, case.ours)
    return bounded and (cname_count(case.ours) > CHAIN
                        or (case.theirs.rcode == 2 and bool(circle)))


def servers_at_a_wildcard(case):
    """RFC 4592 4.2 leaves open what NS at a wildcard means: a referral of all that it covers (Knot),
    data of theirs (NSD, and ours: R53-WILD-02), nothing that may be loaded (BIND)."""
    return case.zone.has("NS", wildcard=True)


def start_below_the_apex(case):
    """RFC 1035 5.2 allows no SOA there: Knot leaves it out, NSD and BIND refuse the file. Ours holds
    it as data."""
    return case.zone.has("SOA", below_apex=True)


def glue_of_wildcards(case):
    """Knot and NSD make glue out of wildcards. RFC 1034 4.2.1 has glue be records of the zone; BIND
    and ours tell only those (R53-DELEG-05). Beside an answer all tell them."""
    more = more_addresses(case.ours, case.theirs)
    return is_referral(case) and bool(more) and not more & case.zone.held()


def addresses_that_are_hidden(case):
    """Knot and NSD give addresses that a cut hides, beside an answer. They are not the zone's; BIND
    and ours leave them out (R53-DNS-12)."""
    more = more_addresses(case.ours, case.theirs)
    return bool(more) and case.ours.aa and all(case.zone.is_hidden(name) for name in more)


def addresses_beside(case):
    """Knot gives addresses of mail servers even so; --minimal leaves them out, as NSD mostly does and
    BIND always."""
    more = more_addresses(case.ours, case.theirs)
    told = {r.rdata.split()[-1] for r in case.ours.answer if r.type in (TYPES["MX"], TYPES["SRV"])}
    return case.server != "bind9" and bool(more) and more <= told


def glue_of_siblings(case):
    """With minimal responses BIND tells only addresses below the cut. RFC 9471 3.2 leaves those beside
    it open, and the others and ours give them (R53-DELEG-05)."""
    return (is_referral(case) and same_main(case.ours, case.theirs)
            and set(case.theirs.additional) < set(case.ours.additional))


def way_out(case):
    """The CNAMEs of ours up to the first that leads into another zone of the server; [] if none does.
    """
    cnames = {r.name: r for r in case.ours.answer if r.type == 5}
    zone, way, name = case.zone.zone_for(*case.question), [], wire_text(case.question[0])
    while name in cnames:
        way.append(cnames.pop(name))
        name = way[-1].rdata
        if case.zone.zone_for(name, case.question[1]) not in ("", zone):
            return way
    return []


def leaves_its_zone(case):
    """A CNAME into another zone of the server: RFC 1034 4.3.2 goes back to its step 2, so do NSD and
    ours, which for DS at the apex of a child is a way too: to its parent. BIND (without recursion) and
    Knot stay in the zone: they answer with the CNAMEs up to there, and Knot with what this zone says of
    the last name, mostly a referral. What ours says of it has to be said by a reference (said_of)."""
    way, left = way_out(case), case.zone.zone_for(*case.question)
    return (bool(way) and case.server != "nsd" and set(way) <= set(case.theirs.answer)
            and all(r.name == left if r.type == 6 else r.name != left and is_below(r.name, left)
                    for r in case.theirs.authority))


def said_of(case, answer):
    """Does ours, behind its way out, say the answer of a reference to the name that it leads to?"""
    rest = set(case.ours.answer) - set(way_out(case))
    return (case.ours.rcode, rest, set(case.ours.authority), set(case.ours.additional)) == (
        answer.rcode, set(answer.answer), set(answer.authority), set(answer.additional))


def one_tree_of_names(case):
    """NSD holds the names of all its zones in one tree, so that names of a parent are there for its
    child, where they hide wildcards, or are NODATA."""
    return (case.server == "nsd" and bool(case.zone.zones)
            and {case.ours.rcode, case.theirs.rcode} <= {0, 3})


def signer_of_nothing(case):
    """BIND tells no DS that its own zones do not delegate. Ours is data as any other."""
    return (case.server == "bind9" and case.question[1] in ("ANY", "DS")
            and case.theirs.rcode == case.ours.rcode)


def one_set_for_any(case):
    """RFC 8482 4.1: Knot and NSD choose one RRset, ours does with --any only (R53-DNS-14). It may be
    one that Route 53 lacks."""
    told = {r for r in case.theirs.answer if r.type != TYPES["HINFO"]}
    return (case.question[1] == "ANY" and case.server != "bind9" and bool(case.theirs.answer)
            and told <= set(case.ours.answer) and len({r.type for r in case.theirs.answer}) == 1
            and case.ours.rcode == case.theirs.rcode)


def types_that_route53_lacks(case):
    """Records of such a type are left out of a zone that is read leniently (R53-TYPE-01); their name
    exists all the same, and of it nothing else differs."""
    more = set(case.theirs.answer) - set(case.ours.answer)
    return (bool(more) and case.ours.rcode == case.theirs.rcode
            and set(case.ours.answer) <= set(case.theirs.answer)
            and all(record.type == TYPES["HINFO"] for record in more))


def servers_of_the_zone(case):
    """Not minimal: NSD and BIND tell the apex NS beside an answer but not beside DS, nor CNAMEs that
    lead out of the zone or round in it; ours does beside all (R53-DNS-02)."""
    theirs, ours = set(case.theirs.authority), set(case.ours.authority)
    return (bool(case.ours.answer) and case.ours.answer[-1].type in (5, 43) and theirs < ours
            and all(record.type == 2 and record.name in case.zone.apexes() for record in ours - theirs)
            and is_part(case.theirs, case.ours))


def addresses_of_targets(case):
    """Not minimal: BIND tells no addresses beside ANY. Ours tells those of all that the answer points
    to, as for each type by itself (R53-DNS-12)."""
    return (case.question[1] == "ANY" and case.ours.aa and bool(case.ours.answer)
            and same_main(case.ours, case.theirs)
            and set(case.theirs.additional) < set(case.ours.additional))


def code_of_the_last_name(case):
    """NSD follows CNAMEs into other zones, but does not say NXDOMAIN when they end there (RFC 6604 3).
    """
    return (case.ours.rcode == 3 and case.theirs.rcode == 0 and bool(case.ours.answer)
            and same_main(case.ours._replace(rcode=0), case.theirs))


# The narrow ones first.
POINTS = [answered_twice, types_that_route53_lacks, code_of_the_last_name, glue_of_wildcards, addresses_that_are_hidden,
          addresses_beside, glue_of_siblings, addresses_of_targets, one_set_for_any, gives_up,
          leaves_its_zone, servers_of_the_zone,
          start_below_the_apex, servers_at_a_wildcard, signer_of_nothing, one_tree_of_names]

# With one of these, an answer of ours is right but for what is documented, or open.
MAY_STAND_ALONE = {point.__name__ for point in [
    types_that_route53_lacks, code_of_the_last_name, glue_of_wildcards, addresses_that_are_hidden, addresses_beside,
    addresses_of_targets, servers_of_the_zone, one_set_for_any,
    start_below_the_apex, servers_at_a_wildcard, signer_of_nothing]}


def opinion(case):
    """The name of the point that accounts for the difference, or None."""
    return next((point.__name__ for point in POINTS if point(case)), None)


def is_said_elsewhere(case, references, ask):
    """Is what ours says behind its way out what one of the references says there?"""
    target = way_out(case)[-1].rdata
    return any(said_of(case, ask(server, (target, case.question[1]))) for server in references)


def verdict(zone, question, ours, references, ask):
    """What each reference that differs is put down to, by its name; and whether that will do. `ask`
    asks a reference another question."""
    agreed, points = False, {}
    for server, theirs in references.items():
        if same_main(ours, theirs) and same_additional(ours, theirs):
            agreed = True
        else:
            points[server] = opinion(Case(zone, question, server, ours, theirs))
    told = set(points.values())
    agreed = agreed or bool(told & MAY_STAND_ALONE)
    if not agreed and leaves_its_zone.__name__ in told:
        agreed = is_said_elsewhere(Case(zone, question, None, ours, None), references, ask)
    return points, None not in told and agreed
