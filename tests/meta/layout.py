"""Public structs can be laid out by a reader of the headers, without a C compiler: fixed-width
members and pointers in their order, each at a multiple of its own size. For those who call libr53
from another language."""

import ctypes
import re

from meta import CC, INCLUDE, check, finish, headers, run, temporary

NUMBERS = {"int32_t": ctypes.c_int32, "uint32_t": ctypes.c_uint32, "int64_t": ctypes.c_int64,
           "uint64_t": ctypes.c_uint64, "uint8_t": ctypes.c_uint8, "size_t": ctypes.c_size_t}


def members(body, constants):
    """Name and ctypes type of each member; None for a type that is neither number nor pointer."""
    for declaration in " ".join(body.split()).split(";")[:-1]:
        function = re.search(r"\(\*(\w+)\)", declaration)
        if function:
            yield function[1], ctypes.c_void_p
            continue
        kind, declarators = re.match(r" ?(?:const )?(?:struct )?(\w+) ?(.*)", declaration).groups()
        for declarator in declarators.split(","):
            name, length = re.search(r"(\w+)(?:\[(\w+)\])?$", declarator).groups()
            one = ctypes.c_void_p if "*" in declarator else NUMBERS.get(kind)
            yield name, one * int(constants.get(length, length)) if length else one


def structs():
    """Name, whether it is frozen, members."""
    for header in headers():
        text = header.read_text()
        constants = dict(re.findall(r"#define (R53_\w+) (\d+)", text))
        frozen = set(re.findall(r"Frozen: no member will be added\. \*/\ntypedef struct (\w+)", text))
        bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        for name, body in re.findall(r"typedef struct (r53_\w+) \{(.*?)\n\} \1;", bare, flags=re.S):
            yield name, name in frozen, list(members(body, constants))


def compiled(questions):
    """What the C compiler answers to these expressions, one number each."""
    with temporary() as folder:
        source = (f"#include <r53/json.h>\n#include <r53/r53.h>\n#include <r53/regex_re2.h>\n"
                  "#include <stdio.h>\nint main(void)\n{\n"
                  + "".join(f'printf("%d\\n", (int){q});\n' for q in questions) + "return 0;\n}\n")
        with open(f"{folder}/layout.c", "w") as file:
            file.write(source)
        built = run(CC + [f"-I{INCLUDE}", f"{folder}/layout.c", "-o", f"{folder}/layout"])
        return (run([f"{folder}/layout"]) if built.returncode == 0 else built).stdout.split()


def differences(found):
    asked = {}
    for name, _, fields in found:
        twin = type(name, (ctypes.Structure,), {"_fields_": fields})
        asked[f"sizeof({name})"] = ctypes.sizeof(twin)
        asked.update({f"offsetof({name}, {field})": getattr(twin, field).offset
                      for field, _ in fields})
    answers = compiled(asked)
    if len(answers) != len(asked):
        return answers
    return [f"{question}: {answer} in C, {asked[question]} read from the headers"
            for question, answer in zip(asked, answers) if int(answer) != asked[question]]


def ends_in_padding(fields):
    """A member appended to such a struct would lie where older programs left anything."""
    twin = type("twin", (ctypes.Structure,), {"_fields_": fields})
    last, kind = fields[-1]
    return getattr(twin, last).offset + ctypes.sizeof(kind) != ctypes.sizeof(twin)


found = list(structs())
check("public structs hold fixed-width numbers and pointers alone",
      [f"{name}.{field}" for name, _, fields in found for field, kind in fields if kind is None]
      or ([] if found else ["no structs were found"]))
check("public structs begin with their size, but frozen ones",
      [name for name, frozen, fields in found if (fields[0][0] == "size") == frozen])
check("public structs lie in memory as a reader of the headers works it out", differences(found))
if ctypes.sizeof(ctypes.c_void_p) == 8: # with short pointers other members come last to a border
    check("no public struct ends in padding",
          [name for name, _, fields in found if ends_in_padding(fields)])
finish()
