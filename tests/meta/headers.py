"""Each public header stands alone; header, export map and shared library name the same symbols."""

import re
import shutil

from meta import (BUILD, CC, CXX, INCLUDE, LIB, SOURCE, check, declared, finish, headers,
                  lib_files, refusal, run, skip, temporary)

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
LANGUAGES = (("C99", CC + ["-std=c99", "-x", "c"]),
             ("C11", CC + ["-std=c11", "-x", "c"]),
             ("C++17", CXX + ["-std=c++17", "-x", "c++"]))


def compiles_alone(header):
    text = f"#include <r53/{header.name}>\n#include <r53/{header.name}>\nint unused;\n"
    with temporary() as folder:
        source = f"{folder}/alone.c"
        with open(source, "w") as file:
            file.write(text)
        for what, compiler in LANGUAGES:
            if what == "C++17" and run(["sh", "-c", f"command -v {CXX[0]}"]).returncode:
                skip(f"{header.name} compiles alone as {what}", "no C++ compiler")
                continue
            check(f"{header.name} compiles alone as {what}",
                  refusal(compiler + WARNINGS + [f"-I{INCLUDE}", "-fsyntax-only", source]))


def mapped(path):
    return set(re.findall(r"^\s+(r53_\w+);", path.read_text(), flags=re.M))


def exported(library):
    """Defined symbols, without the version node itself."""
    lines = run(["nm", "-D", "--defined-only", str(library)]).stdout.split("\n")
    symbols = [line.split() for line in lines if line]
    return {s[2].split("@")[0] for s in symbols if len(s) == 3 and s[1] != "A"}


def differences(left, right, what_left, what_right):
    return ([f"{s}: in {what_left}, not in {what_right}" for s in sorted(left - right)]
            + [f"{s}: in {what_right}, not in {what_left}" for s in sorted(right - left)])


# The libraries beside libr53: name, and the folder of lib with their sources.
BESIDE = {"r53-json": "json", "r53-regex": "regex"}
BESIDE_HEADERS = {"r53-json": "json.h", "r53-regex": "regex_re2.h"}


def same_symbols(name, own_headers, export_map):
    functions = set().union(*(declared(h) for h in own_headers))
    library = BUILD / "lib" / BESIDE.get(name, "") / f"lib{name}.so"
    check(f"{name}: headers and export map name the same symbols",
          differences(functions, mapped(export_map), "headers", export_map.name))
    if not library.exists():
        skip(f"{name}: export map and library have the same symbols", "library not built")
        return
    check(f"{name}: export map and library have the same symbols",
          differences(mapped(export_map), exported(library), export_map.name, library.name))


def undocumented(header):
    return [name for name, before in declared(header).items()
            if not before.rstrip().endswith("*/")]


def no_internal_prefix():
    """Functions shared inside are r53__noun_verb; nothing else but the API may be visible."""
    return [f"{p.relative_to(LIB)}: {line.strip()}" for p in lib_files(".h")
            for line in p.read_text().split("\n") if line.startswith("R53_API")]


def reference():
    """The browsable reference is made of the headers without a warning."""
    if not shutil.which("doxygen"):
        skip("doxygen reads the headers", "not installed")
        return
    with temporary() as folder:
        made = run(f"(cat include/Doxyfile; echo OUTPUT_DIRECTORY={folder}) | doxygen -", cwd=SOURCE)
        check("doxygen reads the headers", made.stdout.split("\n")[:-1])


for one in headers():
    compiles_alone(one)
for one in headers():
    check(f"{one.name}: every function has a comment in front", undocumented(one))
same_symbols("r53", [h for h in headers() if h.name not in BESIDE_HEADERS.values()],
             LIB / "r53.map")
for name, folder in BESIDE.items():
    same_symbols(name, [h for h in headers() if h.name == BESIDE_HEADERS[name]],
                 LIB / folder / f"{name}.map")
check("r53.h includes every header of libr53",
      [h.name for h in headers() if h.name not in ("r53.h", *BESIDE_HEADERS.values())
       and f"<r53/{h.name}>" not in (INCLUDE / "r53/r53.h").read_text()])
check("no internal header exports anything", no_internal_prefix())
reference()
finish()
