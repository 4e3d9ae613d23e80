"""README's commands and the example programs, run as printed."""

import ctypes
import importlib.util
import os
import re
import shlex
import sys
from pathlib import Path

from meta import BUILD, CC, SOURCE, check, finish, refusal, run, skip, temporary

README = (SOURCE / "README.md").read_text()
EXAMPLES = SOURCE / "examples"
STEPS = ["User sends DNS query", "Route 53 checks record type", "Route 53 resolves ELB DNS",
         "Route 53 returns ELB DNS name", "User connects to ELB", "ELB forwards traffic"]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def library_environment(folder):
    """The build as if it were installed: a pkg-config file that leads to it."""
    for name, libs, requires in (("r53", f"-L{BUILD}/lib -lr53", ""),
                                 ("r53-json", f"-L{BUILD}/lib/json -lr53-json", "r53")):
        (folder / f"{name}.pc").write_text(
            f"Name: {name}\nDescription: the build\nVersion: 0\nRequires: {requires}\n"
            f"Cflags: -I{SOURCE}/include\nLibs: {libs}\n")
    return dict(os.environ, PKG_CONFIG_PATH=str(folder), R53_LIBRARY=str(BUILD / "lib/libr53.so.0"),
                LD_LIBRARY_PATH=f"{BUILD}/lib:{BUILD}/lib/json")


def difference(printed, command, **options):
    """What a command printed, against what README shows."""
    result = run(command, **options)
    if result.returncode == 0 and result.stdout.strip() == printed.strip():
        return []
    return [f"{command}\nended with {result.returncode} and printed\n{result.stdout}"]


def readme_program(folder, env):
    program = (EXAMPLES / "hello.c").read_text()
    check("README shows examples/hello.c as it is",
          [] if program in blocks("c") else ["no ```c block equals examples/hello.c"])
    command = next((b for b in blocks("sh") if "hello.c" in b), "false # no such block")
    (folder / "examples").symlink_to(EXAMPLES)
    shown = blocks("text")
    check("README's program compiles as printed and prints what README shows",
          difference(shown[0] if shown else "", re.sub(r"\bcc\b", " ".join(CC), command), env=env,
                     cwd=folder))
    body = program[program.index("int main"):].split("\n")[2:]
    statements = [line for line in body if line.strip() and line.strip() != "}"]
    check("README's program has a body of about ten lines",
          [] if len(statements) <= 10 else [f"{len(statements)} lines"])


def readme_scripts():
    for script in ("examples/run.sh", "tests/run.sh"):
        check(f"README names {script}, which can be run",
              [] if any(script in b for b in blocks("sh"))
              and os.access(SOURCE / script, os.X_OK) else [script])
    check(".ci/run runs README's test command",
          [] if "tests/run.sh" in (SOURCE / ".ci/run").read_text() else [".ci/run"])
    missing = [p for p in re.findall(r"`((?:lib|include|examples|tests)/[\w./-]+)`", README)
               if not (SOURCE / p).exists()]
    check("every path that README names exists", missing)


def flow_program(env):
    program = BUILD / "examples/r53-flow"
    account = EXAMPLES / "account/account.json"

    def flow(*options):
        return run([program, "example.com", account, *options], env=env).stdout

    text = flow()
    check("r53-flow tells the six steps", [s for s in STEPS if s not in text] and [text])
    check("r53-flow --mermaid draws a flowchart",
          [] if re.search(r"^\s*(flowchart|graph) ", flow("--mermaid"), flags=re.M) else ["no chart"])
    check("r53-flow --json prints JSON",
          refusal(f"{shlex.quote(str(program))} example.com {shlex.quote(str(account))} --json | "
                  f"{sys.executable} -m json.tool", env=env))
    check("r53-flow asks the zone that --ask-zone gives",
          [] if "target" in flow("--ask-zone", "Z0123456EXAMPLE", "--outcomes") else ["no target"])
    unknown = run([program, "example.com", account, "--ask-zone", "Z9"], env=env)
    check("r53-flow says what a zone that is not known has to do with it",
          [] if unknown.returncode == 1 and "--ask-zone" in unknown.stdout + (unknown.stderr or "")
          else [unknown.stdout, unknown.stderr])


def same_layout(folder, env):
    """The structs of flow.py against the headers, member by member."""
    os.environ["R53_LIBRARY"] = env["R53_LIBRARY"]
    spec = importlib.util.spec_from_file_location("flow", EXAMPLES / "flow.py")
    flow = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(flow)
    twins = [s for s in vars(flow).values() if isinstance(s, type) and hasattr(s, "_fields_")]
    lines, expected = [], []
    for twin in twins:
        name = twin.__name__ if twin.__name__.startswith("r53_") else "r53_weighted_target_group"
        lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
        expected.append(f"{name} {ctypes.sizeof(twin)}")
        for member, *_ in twin._fields_:
            lines.append(f'printf("{name}.{member} %zu\\n", offsetof({name}, {member}));')
            expected.append(f"{name}.{member} {getattr(twin, member).offset}")
    source = folder / "layout.c"
    source.write_text("#include <r53/r53.h>\n#include <stdio.h>\nint main(void)\n{\n"
                      + "\n".join(lines) + "\nreturn 0;\n}\n")
    program = folder / "layout"
    result = run(CC + [f"-I{SOURCE}/include", str(source), "-o", str(program)])
    printed = run([program]).stdout.split("\n") if result.returncode == 0 else [result.stdout]
    check("flow.py's structs lie in memory as the headers' do",
          [f"{line} in flow.py" for line in expected if line not in printed] and printed)


with temporary() as name:
    folder = Path(name)
    env = library_environment(folder)
    readme_scripts()
    for test in (lambda: readme_program(folder, env), lambda: flow_program(env)):
        if (BUILD / "examples/r53-flow").exists():
            test()
        else:
            skip("README's program and r53-flow", "they were not built")
    same_layout(folder, env)
    script = EXAMPLES / "flow.py"
    result = run([sys.executable, script], env=env)
    check("examples/flow.py runs the flow through the shared library",
          [s for s in STEPS if s not in result.stdout] and [result.stdout])
finish()
