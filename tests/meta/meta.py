"""What the meta-tests share: places, commands, and TAP output, one line a check."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("SOURCE_ROOT", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("BUILD_ROOT", SOURCE / "build"))
CC = [word for word in shlex.split(os.environ.get("CC", "cc")) if Path(word).name != "ccache"]
CXX = ["clang++" if "clang" in CC[0] else "g++"] + CC[1:]
INCLUDE = SOURCE / "include"
LIB = SOURCE / "lib"

_count = 0
_failed = 0


def check(what, problems=()):
    """One check; it holds if there are no problems, else they are printed."""
    global _count, _failed
    problems = list(problems)
    _count += 1
    _failed += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {_count} - {what}")
    for problem in problems[:40]:
        for line in str(problem).rstrip().split("\n"):
            print(f"#   {line}")
    if len(problems) > 40:
        print(f"#   ... and {len(problems) - 40} more")
    sys.stdout.flush()


def skip(what, why):
    global _count
    _count += 1
    print(f"ok {_count} - {what} # SKIP {why}")


def finish():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


def run(command, **options):
    """Runs a command (list, or text for the shell); stdout and stderr are read as one text."""
    return subprocess.run(command, shell=isinstance(command, str), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, **options)


def refusal(command, **options):
    """No problem if the command succeeds, else what it said."""
    result = run(command, **options)
    if result.returncode == 0:
        return []
    shown = command if isinstance(command, str) else shlex.join(map(str, command))
    told = "\n".join(result.stdout.rstrip().split("\n")[-25:])
    return [f"{shown}\nended with {result.returncode}\n{told}"]


def temporary():
    return tempfile.TemporaryDirectory(prefix="r53-meta-")


def headers():
    return sorted(INCLUDE.glob("r53/*.h"))


def lib_files(*suffixes, json=False):
    """Files below lib; those of the JSON library only if asked for."""
    return sorted(p for p in LIB.rglob("*") if p.suffix in suffixes
                  and (json or LIB / "json" not in p.parents))


def blanked(text, strings=True):
    """C text with comments (and, unless told otherwise, literals) made blank; nothing moves."""
    def keep(match):
        found = match.group(0)
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        return found[0] + " " * (len(found) - 2) + found[-1] if strings else found
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', keep, text,
                  flags=re.S)


def declared(header):
    """Functions that a public header declares, with the text in front of each."""
    text = header.read_text()
    plain = blanked(text)
    functions = {}
    for match in re.finditer(r"^R53_API\b[^;]*?\b(r53_\w+)\s*\(", plain, flags=re.M):
        functions[match.group(1)] = text[:match.start()]
    return functions
