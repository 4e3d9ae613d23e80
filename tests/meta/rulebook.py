"""Each modelled rule is proved by a test case that bears its id; each id that is cited exists."""

import re
from collections import Counter

from meta import INCLUDE, LIB, SOURCE, blanked, check, finish

ID = r"\b(?:R53|ELB)(?:-[A-Z][A-Z0-9]*)+-\d+T?\b"
AREAS = dict(zip(
    "ZONE DELEG PRIV NAME WILD TYPE RDATA DISP ALIAS ELB VIEW GROUP SIMPLE WEIGHTED LATENCY FAILOVER "
    "GEO GEOPROX CIDR MULTI AZ HC HEALTH PLACE BATCH ERR LIST TEST JSON COLL QUOTA DNS SEC CASE DATA"
    .split(), range(10, 45)))
ELB_AREAS = dict(zip(
    "LB SHIFT IP DNS ZID LSN TLS ALB-RULE ALB-COND ALB-ACT ALB-XFORM ALB-ERR TG XZ ATTR ST DRAIN FO "
    "ALG SLOW STICK ALB-SEL NLB GWLB CLB R53 MATH LIM VAL JSON CASE CONF IN".split(),
    range(100, 133)))


def rows():
    """(file, kind, symbol, number, id, number of text members) of every row of the rulebook."""
    for path in sorted(LIB.rglob("rules.def")):
        text = blanked(path.read_text(), strings=False)
        for row in re.finditer(r'^(RULE|RULE_NOT)\(\s*(\w+),\s*(\d+),\s*"([^"]+)",(.*?)\)$', text,
                               flags=re.M | re.S):
            kind, symbol, number, name, rest = row.groups()
            texts = len(re.findall(r'"(?:\\.|[^"\\])+"\s*(?:,|$)', rest.strip()))
            yield path.parent.name, kind, symbol, int(number), name, texts


def expected_number(name):
    book, rest = name.split("-", 1)
    area, number = rest.rsplit("-", 1)
    base = (AREAS if book == "R53" else ELB_AREAS).get(area)
    if base is None:
        return None
    beside = number.endswith("T")  # one id of the reference stands beside that without its letter
    return base * (1000 if area == "ALB-ERR" else 100) + int(number.removesuffix("T")) + beside


def cited(paths, pattern):
    """Ids in the matches of the pattern, each with one file that cites it.

    R53-CASE-nn and ELB-CASE-nn number worked examples, no behaviour: they stand in no rulebook.
    """
    found = {}
    for path in paths:
        for text in re.findall(pattern, path.read_text(), flags=re.S):
            for name in re.findall(ID, text):
                if "-CASE-" in name:
                    continue
                found.setdefault(name, path.relative_to(SOURCE))
    return found


def unknown(found):
    return [f"{name} (cited in {where})" for name, where in sorted(found.items())
            if name not in book]


BOOK = list(rows())
book = {name for *_, name, _ in BOOK}
modelled = {name for _, kind, _, _, name, _ in BOOK if kind == "RULE"}
tests = sorted((SOURCE / "tests").glob("*.c"))
in_tests = cited(tests, r'"(?:\\.|[^"\\\n])*"')

check("the rulebook has rows, and every row of it was understood",
      [f"{p.relative_to(SOURCE)}: {n} of {m} rows read"
       for p in sorted(LIB.rglob("rules.def"))
       for n, m in [(sum(r[0] == p.parent.name for r in BOOK),
                     len(re.findall(r"^RULE(?:_NOT)?\(", p.read_text(), flags=re.M)))]
       if n != m] + ([] if BOOK else ["no row at all"]))
check("no number and no id is given twice",
      [f"{x} is there {n} times" for x, n in
       (Counter(r[3] for r in BOOK) + Counter(r[4] for r in BOOK)).items() if n > 1])
check("symbol and number follow from the id",
      [f"{name}: symbol {symbol}, number {number}, expected {expected_number(name)}"
       for _, _, symbol, number, name, _ in BOOK
       if symbol != name.replace("-", "_") or number != expected_number(name)])
check("every row has a sentence and a source, and the reason if it is not modelled",
      [name for _, kind, _, _, name, texts in BOOK if texts != (2 if kind == "RULE" else 3)])
check("every modelled rule is named by a test case", sorted(modelled - set(in_tests)))
check("every rule named by a test case is in the rulebook", unknown(in_tests))
check("every rule cited in include and lib is in the rulebook",
      unknown(cited([p for root in (INCLUDE, LIB) for p in sorted(root.rglob("*"))
                     if p.suffix in (".c", ".h")], r".+")))
finish()
