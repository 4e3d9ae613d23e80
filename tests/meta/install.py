"""libr53 as its users get it: installed, found by pkg-config, and as a meson subproject."""

import os
import re
import shutil
from pathlib import Path

from meta import BUILD, CC, CXX, SOURCE, check, finish, refusal, run, skip, temporary

WARNINGS = "-Wall -Wextra -Wpedantic -Werror"
LANGUAGES = [("C99", CC, "-std=c99", "c"), ("C11", CC, "-std=c11", "c"),
             ("C++17", CXX, "-std=c++17", "c++")]
CONSUMER = SOURCE / "tests/meta/consumer.c"
HELLO = SOURCE / "examples/hello.c"
ACCOUNT = SOURCE / "examples/account/account.json"


def install(prefix):
    """Installs the build below the prefix; the environment in which it is found."""
    problems = refusal(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet",
                        "--destdir", prefix])
    check("meson install", problems)
    if problems:
        finish()
    found = [str(p.parent) for p in prefix.rglob("r53.pc")]
    libraries = ":".join(sorted({str(p.parent) for p in prefix.rglob("libr53.so")}))
    return dict(os.environ, PKG_CONFIG_SYSROOT_DIR=str(prefix), PKG_CONFIG_PATH=":".join(found),
                PKG_CONFIG_ALLOW_SYSTEM_CFLAGS="1", PKG_CONFIG_ALLOW_SYSTEM_LIBS="1",
                LD_LIBRARY_PATH=libraries)


def package_flags(package, kind, env):
    result = run(f"pkg-config --cflags {package}; pkg-config --libs {kind} {package}", env=env)
    return tuple((result.stdout.strip().split("\n") + ["", ""])[:2])


def builds_and_runs(package, source, stdin, folder, env):
    for what, compiler, standard, language in LANGUAGES:
        if not shutil.which(compiler[0]):
            skip(f"{source.name} against {package} as {what}", f"no {compiler[0]}")
            continue
        for kind in ("shared", "static"):
            cflags, libs = package_flags(package, "--static" if kind == "static" else "", env)
            if kind == "static":
                libs = re.sub(r"-lr53(-json|-regex)?\b", r"-Wl,-Bstatic -lr53\1 -Wl,-Bdynamic", libs)
            program = folder / "program"
            check(f"{source.name} compiles against the installed {package} and runs: {what}, {kind}",
                  refusal(f"{' '.join(compiler)} {standard} {WARNINGS} {cflags} -x {language} "
                          f"{source} -x none -o {program} {libs} && {program} <{stdin}",
                          env=env, cwd=folder))


def installed_files(prefix, json):
    names = {p.name for p in prefix.rglob("*")}
    wanted = {p.name for p in (SOURCE / "include/r53").glob("*.h")} - {"json.h", "regex_re2.h"}
    if "r53-regex.pc" in names:
        wanted |= {"regex_re2.h", "libr53-regex.so", "libr53-regex.so.0", "libr53-regex.a"}
    wanted |= {"r53.pc", "libr53.so", "libr53.so.0", "libr53.a"}
    if json:
        wanted |= {"json.h", "r53-json.pc", "libr53-json.so", "libr53-json.so.0", "libr53-json.a",
                   "r53-flow"}
    check("everything is installed", sorted(wanted - names))


def subproject(folder):
    """A project that names libr53 as its subproject and its dependency as any other."""
    inner = folder / "subprojects/libr53"
    inner.mkdir(parents=True)
    for name in ("include", "lib"):
        shutil.copytree(SOURCE / name, inner / name)
    shutil.copy(SOURCE / "meson.build", inner)
    shutil.copy(CONSUMER, folder)
    (folder / "meson.build").write_text(
        "project('outer', 'c')\n"
        "r53 = dependency('r53', fallback: 'libr53', version: '>= 0.1')\n"
        "test('consumer', executable('consumer', 'consumer.c', dependencies: r53))\n")
    check("libr53 serves as a meson subproject",
          refusal("meson setup build --wrap-mode=forcefallback && meson test -C build && "
                  "DESTDIR=$PWD/image meson install -C build --no-rebuild && "
                  "! find image -name '*r53*' | grep .", cwd=folder))
    check("its user may ask for the static library",
          refusal("meson setup static --wrap-mode=forcefallback -Ddefault_library=static && "
                  "ninja -C static -t query consumer | grep -w libr53.a && "
                  "! ninja -C static -t query consumer | grep -w libr53.so", cwd=folder))


with temporary() as name:
    prefix = Path(name) / "image"
    outside = Path(name) / "outside"
    outside.mkdir()
    env = install(prefix)
    json = any(prefix.rglob("r53-json.pc"))
    installed_files(prefix, json)
    builds_and_runs("r53", CONSUMER, "/dev/null", outside, env)
    if json:
        builds_and_runs("r53-json", HELLO, ACCOUNT, outside, env)
    else:
        skip("hello.c against r53-json", "libr53-json was not built")
    subproject(Path(name) / "outer")
finish()
