"""Each exported function is touched by the tests that take its memory away."""

import re

from meta import LIB, SOURCE, blanked, check, finish


def exported(version_script):
    return re.findall(r"^\s+(r53_\w+);", version_script.read_text(), flags=re.M)


scenario = blanked("\n".join(p.read_text() for p in sorted((SOURCE / "tests").glob("oom*_test.c"))))
called = set(re.findall(r"\b(r53_\w+)\s*\(", scenario))
for script in (LIB / "r53.map", LIB / "json" / "r53-json.map"):
    functions = exported(script)
    check(f"each function of {script.name} is called in tests/oom*_test.c",
          [f"{name} is not called" for name in functions if name not in called]
          or ([] if functions else [f"{script} exports nothing"]))
finish()
