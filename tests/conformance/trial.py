"""Servers that serve the same zones, and what tells their answers apart."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from meta import BUILD  # noqa: E402
from servers import REFERENCES, Server, free_port  # noqa: E402

READY = """$ORIGIN ready.test.
@ 60 IN SOA ns.elsewhere.example. host.elsewhere.example. 1 7200 900 1209600 60
@ 60 IN NS ns.elsewhere.example.
"""
OPTIONS = ["--lenient", "--quiet", "--chase"]


class Trial:
    """r53-serve and the references named, with zones given as (origin, text). All answer as tersely
    as they can, or else with all that they put beside an answer."""

    def __init__(self, folder, zones, names, minimal=True):
        self.files = []
        for origin, text in [*zones, ("ready.test", READY)]:
            path = folder / f"{origin}.zone"
            path.write_text(text)
            self.files.append((origin, path))
        self.servers = []
        port = free_port()
        self.ours = Server("r53-serve", [BUILD / "examples/r53-serve", "-l", "127.0.0.1", "-p", port,
                                         *OPTIONS, *["--minimal"] * minimal,
                                         *[path for _, path in self.files]], folder, port)
        for name in names:
            port = free_port()
            command = REFERENCES[name][1](folder, port, self.files, minimal)
            self.servers.append(Server(name, command, folder, port))

    def wait(self, seconds=20):
        question = ("ready.test", "SOA")
        return [why for server in [self.ours, *self.servers]
                if (why := server.wait(question, seconds))]

    def stop(self):
        for server in [self.ours, *self.servers]:
            server.stop()


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
