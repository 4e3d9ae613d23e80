"""The tower: a file includes only what stands on its own floor or below; no circles."""

import re

from meta import INCLUDE, LIB, SOURCE, check, finish, lib_files

FLOORS = ["base", "net", "dns", "model", "view", "elb", "route53", "flow", "analysis"]
# The rulebook collects its fragments from the floors that implement them: data, no code.
COLLECTORS = {"base/rules.h", "rulebook.c"}


def included(path):
    return re.findall(r'^\s*#\s*include\s+(["<][^">]+[">])', path.read_text(), flags=re.M)


def floor_of(name):
    folder = name.split("/")[0]
    return FLOORS.index(folder) if "/" in name and folder in FLOORS else None


def upward():
    for path in lib_files(".c", ".h", ".def"):
        name = str(path.relative_to(LIB))
        floor = floor_of(name)
        for include in included(path):
            target = include[1:-1]
            if include[0] == "<" or (name in COLLECTORS and target.endswith("/rules.def")):
                continue
            if floor is None and name != "rulebook.c":
                yield f"{name} stands on no floor"
            elif floor_of(target) is None:
                yield f"{name}: {target} is not written as floor/file"
            elif floor is not None and floor_of(target) > floor:
                yield f"{name} includes {target}, which stands above it"


def json_beside():
    """The JSON library sees the public headers only."""
    for path in sorted((LIB / "json").rglob("*.[ch]")):
        for include in included(path):
            target = include[1:-1]
            if include[0] == '"' and floor_of(target) is not None:
                yield f"{path.relative_to(LIB)} includes {target}, an internal header of libr53"


def circles(graph):
    """Circles of a graph, each once, by depth-first search."""
    found, done = [], set()

    def visit(node, path):
        if node in path:
            found.append(" -> ".join(path[path.index(node):] + [node]))
        elif node not in done:
            for target in sorted(graph.get(node, ())):
                visit(target, path + [node])
            done.add(node)

    for node in sorted(graph):
        visit(node, [])
    return found


def files(root, paths):
    return {str(p.relative_to(root)): {i[1:-1] for i in included(p) if not i.endswith('.def"')}
            for p in paths}


public = files(INCLUDE, INCLUDE.glob("r53/*.h"))
check("no file of lib includes what stands above it", upward())
check("the JSON library includes public headers only", json_beside())
check("public headers include one another without a circle", circles(public))
check("public headers include nothing but public headers and the C library's",
      [f"{name}: {i}" for name, includes in public.items() for i in includes
       if not i.startswith("r53/") and i not in ("stddef.h", "stdint.h")])
check("files of lib include one another without a circle",
      circles(files(LIB, lib_files(".c", ".h"))))
check("every folder of lib is a floor or a library beside the tower",
      [p.name for p in LIB.iterdir() if p.is_dir() and p.name not in FLOORS + ["json", "regex"]])
check("the top level holds what the design names",
      [p.name for p in SOURCE.iterdir()
       if p.name[0] != "." and not p.name.startswith("build") and not (p / "meson-private").exists()
       and p.name not in ("include", "lib", "examples", "tests", "meson.build", "README.md",
                          "COPYING")])
finish()
