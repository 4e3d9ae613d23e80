"""Nothing is forgotten: each source, header and test program stands in a meson.build."""

import re

from meta import INCLUDE, LIB, SOURCE, check, finish


def listed(build, pattern):
    return set(re.findall(pattern, build.read_text()))


def compare(what, found, named):
    check(what, [f"{n} is not in the meson.build" for n in sorted(found - named)]
          + [f"{n} is in the meson.build but not in the folder" for n in sorted(named - found)])


compare("each public header is installed",
        {f"r53/{p.name}" for p in INCLUDE.glob("r53/*.h")},
        listed(INCLUDE / "meson.build", r"'(r53/\w+\.h)'"))
compare("each source of libr53 is built",
        {str(p.relative_to(LIB)) for p in LIB.rglob("*.c") if LIB / "json" not in p.parents},
        listed(LIB / "meson.build", r"'((?:\w+/)?\w+\.c)'"))
compare("each source of libr53-json is built",
        {p.name for p in (LIB / "json").glob("*.c")},
        listed(LIB / "json" / "meson.build", r"'(\w+\.c)'"))
TESTS = SOURCE / "tests"
build = re.sub(r"#.*", "", (TESTS / "meson.build").read_text())
check("each test program is built and run",
      [f"{p.name} is not in the meson.build" for p in sorted(TESTS.glob("*_test.c"))
       if f"'{p.name[:-7]}'" not in build])
check("each file of tests/support is built",
      [p.name for p in sorted((TESTS / "support").glob("*.c")) if f"'support/{p.name}'" not in build])
check("each meta-test is run",
      [p.name for p in sorted((TESTS / "meta").glob("*.py"))
       if p.stem != "meta" and f"'{p.stem}'" not in build and f"meta/{p.name}" not in build])
EXAMPLES = SOURCE / "examples"
compare("each example program is built",
        {p.name for p in EXAMPLES.glob("*.c")},
        listed(EXAMPLES / "meson.build", r"'(\w+\.c)'"))
finish()
