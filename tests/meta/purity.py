"""libr53 is a pure function: no I/O, no clock, no environment, no writable global, integers only."""

import re
import shutil
from pathlib import Path

from meta import (CC, INCLUDE, LIB, SOURCE, blanked, check, finish, lib_files, refusal, run, skip,
                  temporary)

# Who may include which header of the C library: everyone, or the files named.
SYSTEM = {
    "stddef.h": None, "stdint.h": None, "stdbool.h": None, "limits.h": None, "string.h": None,
    "stdlib.h": {"base/alloc.c"},
    "uthash.h": {"base/table.c"},
    "stdatomic.h": {"base/table.h", "base/table.c", "view/view.h"},
}
# bcmp is what clang makes of memcmp where only equality is asked for.
SYMBOLS = set("""bcmp memcpy memset memmove memcmp memchr strlen strcmp strncmp strchr strrchr strstr
    malloc free __stack_chk_fail __stack_chk_fail_local _GLOBAL_OFFSET_TABLE_""".split())
RUNTIME = re.compile(r"__(u?div|u?mod|u?divmod|mul|ashl|ashr|lshr|clz|ctz|popcount|cmp|ucmp)"
                     r"(si|di|ti)\d$|__aarch64_\w+$|__x86\.\w+$")
BUILD_FLAGS = ["-std=c11", "-O2", "-DNDEBUG", '-DR53_VERSION="0.0.0"', f"-I{INCLUDE}", f"-I{LIB}"]


def forbidden_includes():
    for path in lib_files(".c", ".h"):
        name = str(path.relative_to(LIB))
        for header in re.findall(r"^\s*#\s*include\s+<([^>]+)>", path.read_text(), flags=re.M):
            allowed = SYSTEM.get(header, set())
            if not header.startswith("r53/") and allowed is not None and name not in allowed:
                yield f"{name} includes <{header}>"


def floating_point():
    for path in lib_files(".c", ".h", ".def") + sorted(INCLUDE.rglob("*.h")):
        for number, line in enumerate(blanked(path.read_text()).split("\n"), 1):
            if re.search(r"\b(float|double|_Complex|_Decimal\d+)\b", line):
                yield f"{path.relative_to(SOURCE)}:{number}: {line.strip()}"


def compile_all(folder, compiler, flags):
    """Compiles all of libr53 into the folder; the objects and what was said."""
    objects, problems = [], []
    for source in lib_files(".c"):
        target = f"{folder}/{str(source.relative_to(LIB)).replace('/', '_')}.o"
        problems += refusal(compiler + flags + ["-c", str(source), "-o", target])
        objects.append(target)
    return objects, problems


def undefined(objects):
    """Symbols that the objects need from elsewhere."""
    needed, defined = set(), set()
    for line in run(["nm", "-P", *objects]).stdout.split("\n"):
        words = line.split()
        if len(words) >= 2 and len(words[1]) == 1:
            (needed if words[1] in "Uw" else defined).add(words[0])
    return needed - defined


def writable(objects):
    """Non-empty sections that can be written to; data.rel.ro is constant once relocated."""
    for path in objects:
        for line in run(["size", "-A", path]).stdout.split("\n"):
            words = line.split()
            if len(words) == 3 and re.match(r"\.t?(data|bss)\b", words[0]) \
                    and not words[0].startswith(".data.rel.ro") and int(words[1]) > 0:
                yield f"{Path(path).name}: {words[0]} has {words[1]} bytes"


def plain_build():
    with temporary() as folder:
        objects, problems = compile_all(folder, CC, BUILD_FLAGS + ["-fPIC"])
        check("libr53 compiles with -O2 -DNDEBUG", problems)
        if problems:
            return
        check("libr53 needs nothing but memory functions and the compiler's runtime",
              sorted(s for s in undefined(objects)
                     if s not in SYMBOLS and not RUNTIME.match(s) and not s.startswith("r53_"))
              + sorted(f"{s} is defined nowhere" for s in undefined(objects)
                       if s.startswith("r53_")))
        check("libr53 has no writable data", writable(objects))


def wasm():
    what = "libr53 compiles for wasm32"
    clang = shutil.which("clang")
    if not clang or "wasm32" not in run([clang, "--print-targets"]).stdout:
        return skip(what, "no clang for wasm32")
    found = re.search(r"\S+/uthash\.h", run(CC + ["-M", "-x", "c", "-include", "uthash.h",
                                                  "/dev/null"]).stdout)
    with temporary() as folder:
        shutil.copy(found.group(0), folder)
        flags = ["--target=wasm32", "-ffreestanding", "-nostdlibinc",
                 f"-I{SOURCE}/tests/meta/wasm", f"-I{folder}"]
        check(what, compile_all(folder, [clang], flags + BUILD_FLAGS)[1])


check("lib includes only what the design allows", forbidden_includes())
check("include and lib have no floating point", floating_point())
plain_build()
wasm()
finish()
