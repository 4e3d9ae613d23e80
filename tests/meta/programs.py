"""README's commands and the example programs, run as printed."""

import ctypes
import importlib
import os
import re
import shlex
import shutil
import subprocess
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
    return dict(os.environ, PKG_CONFIG_PATH=str(folder), PYTHONDONTWRITEBYTECODE="1",
                R53_LIBRARY=str(BUILD / "lib/libr53.so.0"),
                R53_JSON_LIBRARY=str(BUILD / "lib/json/libr53-json.so.0"),
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
    for script in ("examples/run.sh", "examples/everywhere.sh", "tests/run.sh"):
        check(f"README names {script}, which can be run",
              [] if any(script in b for b in blocks("sh"))
              and os.access(SOURCE / script, os.X_OK) else [script])
    check(".ci/run runs README's test command",
          [] if "tests/run.sh" in (SOURCE / ".ci/run").read_text() else [".ci/run"])
    missing = [p for p in re.findall(r"`((?:lib|include|examples|tests)/[\w./-]+)`", README)
               if not (SOURCE / p).exists()]
    check("every path that README names exists", missing)


def readme_commands(folder, env):
    """The commands that need no set-up, and the document."""
    for line in "".join(blocks("sh")).replace("\\\n", "").split("\n"):
        if "build/" in line and not line.endswith("&"):
            check(f"README's command runs: {line}",
                  refusal(line.replace("build/", f"{BUILD}/"), env=env, cwd=SOURCE))
    document = folder / "readme.json"
    document.write_text("".join(blocks("json")))
    check("README's document can be read",
          refusal([BUILD / "examples/r53-flow", "example.com", document, "--outcomes"], env=env))


# Options, and whether they go together.
PICTURED = [("--tree", True), ("--tree --mermaid", True), ("--dot --tree", True), ("--tree --json", True),
            ("--outcomes", True), ("--outcomes --mermaid", True), ("--outcomes --dot", True),
            ("--json --outcomes", True), ("--tree --why", False), ("--why --tree", False),
            ("--outcomes --why", False), ("--tree --outcomes", False), ("--json --dot --tree", False)]


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
    check("r53-flow --outcomes and --tree take the forms of a run, and no run's reasons",
          [options for options, wanted in PICTURED
           if (run([program, "example.com", account, *options.split()], env=env).returncode == 0) != wanted])
    check("r53-flow asks the zone that --ask-zone gives",
          [] if "target" in flow("--ask-zone", "Z0123456EXAMPLE", "--outcomes") else ["no target"])
    own = run([program, "elb-123456.us-east-1.elb.amazonaws.com", account, "--why"], env=env).stdout
    check("r53-flow follows a load balancer's own name to a target",
          [word for word in ("no hosted zone holds the name", "ELB's own DNS returns ELB IPs", "ELB forwards traffic",
                             "target i-") if word not in own] and [own])
    unknown = run([program, "example.com", account, "--ask-zone", "Z9"], env=env)
    check("r53-flow says what a zone that is not known has to do with it",
          [] if unknown.returncode == 1 and "--ask-zone" in unknown.stdout + (unknown.stderr or "")
          else [unknown.stdout, unknown.stderr])


# What r53-flow is told (behind the name and FILE), its exit code, and words of what it says.
EVERYWHERE = EXAMPLES / "everywhere"
ASKED = [
    ("geolocation", "--country DE", 0, ['"germany" is the choice', "R53-GEO-03"]),
    ("geolocation", "--country US --subdivision CA", 0, ['"california" is the choice']),
    ("geolocation", "--continent AS", 0, ['"asia" is the choice']),
    ("geolocation", "--resolver 203.0.113.1", 0, ['"japan" is unhealthy', '"asia" is the choice']),
    ("geoproximity", "--latitude -33.92 --longitude 18.42", 0, ['"lagos" is the choice']),
    ("latency", "--client 192.0.2.65", 0, ['"sao-paulo" is the choice', "12 ms"]),
    ("latency", "--resolver 192.0.2.65 --subnet 198.51.100.0/28", 0,
     ['"ireland" is the choice', "client subnet scope /24"]),
    ("ip-based", "--subnet 2001:db8:49::/48", 0, ['"bank" is the choice', "scope /48"]),
    ("az", "--vpc vpc-0e0000000000000a1 --vpc-region us-east-1 --az-id use1-az2", 0,
     ['"use1-az2" is the choice', "10.1.2.10"]),
    ("failover", "", 0, ['"main" is unhealthy', "198.51.100.145"]),
    ("www", "--telling addresses --client 192.0.2.17 --source 192.0.2.17:4711 --node-zone us-east-1b"
     " --method POST --header 'X-Shop: 1' --url /cart?item=1", 0,
     ["/cart?item=1", "node in us-east-1b", "Rules:"]),
    ("www", "--country US --url /old/x?a=b", 0,
     ["rule 10 does not match: path-pattern", "redirect 301, rule 20",
      "location https://www.everywhere.example:443/shop?from=/old/x"]),
    ("www", "--country US --url https://www.everywhere.example/", 0, ["no-listener"]),
    ("www", "--country US --url http://www.everywhere.example:81/", 0, ["no-listener"]),
    ("www", "--country US --url https://[2001:db8::1]:80/old/x", 0, ["redirect 301, rule 20"]),
    ("www", "--country US --port 80 --url https://www.everywhere.example:81/old/x", 0,
     ["redirect 301, rule 20"]),
    ("www", "--url http://www.everywhere.example:0/", 2, ["--url"]),
    ("www", "--client 192.0.2.3 --url /admin/", 0, ["fixed-response 403, rule 10", "Not from here"]),
    ("www", "--country US --header 'x-shop: beta2'", 0, ["i-0a000000000000b2", "rule 30 matches"]),
    ("www", "--country US --header 'X-Shop: beta2' --method PUT", 0,
     ["rule 30 does not match: http-request-method", "targetgroup/shop-us/"]),
    ("www", "--source [2001:db8:1::1]:443 --sni www.everywhere.example --alpn h2 --http 2", 0, []),
    ("www", "--country de", 1, ["--country", '"de"']),
    ("www", "--continent XX", 1, ["--continent", "XX"]),
    ("www", "--subdivision CA", 1, ["--subdivision", "country"]),
    ("www", "--latitude 5", 2, ["--longitude"]),
    ("www", "--latitude 91 --longitude 0", 2, ["--latitude", "91"]),
    ("www", "--client 1.2.3", 2, ["--client", "1.2.3"]),
    ("www", "--subnet 192.0.2.0/33", 2, ["--subnet", "/33"]),
    ("www", "--source 192.0.2.1:0", 2, ["--source"]),
    ("www", "--source [::1", 2, ["--source"]),
    ("www", "--header nothing", 2, ["--header", "nothing"]),
    ("www", "--url shop", 2, ["--url", "shop"]),
    ("www", "--session maybe", 2, ["--session", "authenticated"]),
    ("www", "--port 70000", 2, ["--port", "70000"]),
    ("www", "--frobnicate", 2, ["--frobnicate", "--help"]),
    ("www", "--type", 2, ["--type", "argument"]),
    ("www", "--ask-zone Z9", 1, ["--ask-zone"]),
    ("www", "--outcomes", 2, ["--outcomes", "no other form"]),
    ("www", "--json", 2, ["--json", "no other form"]),
    ("www", "--zone-name example.com", 2, ["--zone-name", "FILE"]),
    ("www", "--az-id us-east-1a", 2, ["--az-id", "use1-az1"]),
    ("www", "--latitude 5.123 --longitude 0", 2, ["--latitude", "two decimals"]),
    ("www", "--node-zone us-east-1z --country US", 0,
     ["no node in that zone", "no node in the asked zone", "ELB-LB-10"]),
    ("www", "--country US --type ANY", 0, ["R53-DNS-14"]),
]


def flow_options(env):
    program = BUILD / "examples/r53-flow"
    files = [EVERYWHERE / "account.json", EVERYWHERE / "places.json"]
    for label, options, code, words in ASKED:
        result = run([program, f"{label}.everywhere.example", *files, "--why",
                      *shlex.split(options)], env=env)
        held = result.returncode == code and all(word in result.stdout for word in words)
        check(f"r53-flow {label} {options}", [] if held else [result.returncode, result.stdout])
    told = run([program, "--help"], env=env).stdout
    known = re.findall(r'"(--[\w-]+)"', (EXAMPLES / "flow_options.c").read_text())
    check("r53-flow --help tells every option",
          [option for option in known or ["?"] if option not in told])


def health_table(env):
    program, account = BUILD / "examples/health", EVERYWHERE / "account.json"
    check("examples/health.c tells load balancers and targets as health.txt says",
          difference((EVERYWHERE / "health.txt").read_text(), [program, account], env=env))
    for arguments, code in (([], 2), (["/dev/null"], 1), ([EXAMPLES], 1)):
        result = run([program, *arguments], env=env)
        check(f"health of {' '.join(map(str, arguments)) or 'nothing'} ends with {code}",
              [] if result.returncode == code else [result.returncode, result.stdout])


def everywhere_table(env):
    check("examples/everywhere.py answers every policy for every continent as expected.txt says",
          difference((EVERYWHERE / "expected.txt").read_text(),
                     f"{sys.executable} {EXAMPLES / 'everywhere.py'}", env=env))


def pictures(env):
    """Pictures of the rich account: as text, and drawn where Graphviz is."""
    program, account = BUILD / "examples/r53-flow", EVERYWHERE / "account.json"

    def picture(label, *options):
        return run([program, f"{label}.everywhere.example", account, "--quiet", *options], env=env).stdout

    tree = (EVERYWHERE / "tree.txt").read_text()
    check("r53-flow --tree draws what tree.txt shows",
          [] if picture("www", "--tree") == tree else [picture("www", "--tree")])
    for label in ("www", "us", "weighted", "failover", "multivalue", "nothing"):
        for kind in ("--tree", "--outcomes"):
            told = picture(label, kind, "--json")
            check(f"r53-flow {label} {kind} --json is JSON",
                  refusal([sys.executable, "-c", "import json, sys; json.loads(sys.argv[1])", told]))
            if not shutil.which("dot"):
                skip(f"r53-flow {label} {kind} --dot is drawn", "no Graphviz is installed")
                continue
            drawn = subprocess.run(["dot", "-Tsvg"], input=picture(label, kind, "--dot"), text=True,
                                   capture_output=True, check=False)
            check(f"r53-flow {label} {kind} --dot is drawn",
                  [] if drawn.returncode == 0 and "<svg" in drawn.stdout else [drawn.stderr])


# An address, where it is, a question and its answer: the continents, IPv6, and nowhere.
PLACED = [
    ("192.0.2.1", "San Francisco (NA US CA)", "geolocation", "192.0.2.160"),
    ("192.0.2.17", "New York (NA US NY)", "geolocation", "192.0.2.161"),
    ("192.0.2.79", "Sao Paulo (SA BR SP)", "latency", "192.0.2.151"),
    ("198.51.100.0", "Frankfurt (EU DE HE)", "geolocation", "198.51.100.160"),
    ("198.51.100.31", "Paris (EU FR IDF)", "geolocation", "198.51.100.161"),
    ("198.51.100.95", "Nairobi (AF KE -)", "geoproximity", "198.51.100.170"),
    ("203.0.113.16", "Mumbai (AS IN MH)", "geolocation", "203.0.113.161"),
    ("203.0.113.65", "Sydney (OC AU NSW)", "geoproximity", "203.0.113.170"),
    ("203.0.113.111", "McMurdo (AN AQ -)", "geolocation", "192.0.2.169"),
    ("2001:db8:49:ffff::1", "Frankfurt (EU DE HE)", "geolocation", "198.51.100.160"),
    ("192.0.2.112", "a place not known (- - -)", "geolocation", "192.0.2.169"),
    ("2001:db8:50::1", "a place not known (- - -)", "geolocation", "192.0.2.169"),
]


def where_program(folder, env):
    program, places = BUILD / "examples/where", folder / "places.mmdb"
    check("examples/places_mmdb.py writes a database of places",
          refusal([sys.executable, EXAMPLES / "places_mmdb.py", EVERYWHERE / "places.json", places]))
    if not program.exists():
        skip("examples/where.c", "it was not built: no libmaxminddb")
        return
    built = BUILD / "examples/places.mmdb"
    check("the same places give the same database",
          [] if built.read_bytes() == places.read_bytes() else [built])
    account = EVERYWHERE / "account.json"
    for address, place, label, answer in PLACED:
        said = run([program, places, account, f"{label}.everywhere.example", address], env=env).stdout
        check(f"where: {label} asked by {address}, {place}",
              [] if f"in {place}\n" in said and f" A {answer}\n" in said else [said])
    for arguments in ([places, account, "www.everywhere.example", "192.0.2"],
                      [account, account, "www.everywhere.example", "192.0.2.1"],
                      [places, places, "www.everywhere.example", "192.0.2.1"], [places]):
        result = run([program, *arguments], env=env)
        check("where says what is wrong with " + " ".join(str(a) for a in arguments[-2:]),
              [] if result.returncode in (1, 2) and result.stdout else [result.stdout])


def layout(module, folder):
    """The structs of a Python module against the headers, member by member. A struct may end early:
    libr53 takes what is behind its size as 0."""
    twins = [s for s in vars(module).values() if isinstance(s, type) and hasattr(s, "_fields_")]
    lines, expected = [], []
    for twin in twins:
        name = twin.__name__ if twin.__name__.startswith("r53_") else "r53_weighted_target_group"
        lines.append(f'printf("{name} fits %d\\n", sizeof({name}) >= {ctypes.sizeof(twin)});')
        expected.append(f"{name} fits 1")
        for member, *_ in twin._fields_:
            lines.append(f'printf("{name}.{member} %zu\\n", offsetof({name}, {member}));')
            expected.append(f"{name}.{member} {getattr(twin, member).offset}")
    source = folder / "layout.c"
    source.write_text("#include <r53/json.h>\n#include <r53/r53.h>\n#include <stdio.h>\n"
                      "int main(void)\n{\n" + "\n".join(lines) + "\nreturn 0;\n}\n")
    program = folder / "layout"
    result = run(CC + [f"-I{SOURCE}/include", str(source), "-o", str(program)])
    printed = run([program]).stdout.split("\n") if result.returncode == 0 else [result.stdout]
    return [f"{line} in {module.__name__}" for line in expected if line not in printed] and printed


def same_layout(folder, env):
    os.environ["R53_LIBRARY"] = env["R53_LIBRARY"]
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(EXAMPLES))
    for name in ("flow", "everywhere"):
        check(f"{name}.py's structs lie in memory as the headers' do",
              layout(importlib.import_module(name), folder))


with temporary() as name:
    folder = Path(name)
    env = library_environment(folder)
    readme_scripts()
    for test in (lambda: readme_program(folder, env), lambda: readme_commands(folder, env),
                 lambda: flow_program(env),
                 lambda: flow_options(env), lambda: health_table(env),
                 lambda: everywhere_table(env), lambda: pictures(env),
                 lambda: where_program(folder, env)):
        if (BUILD / "examples/r53-flow").exists():
            test()
        else:
            skip("README's program, r53-flow, everywhere.py or where", "no r53-flow was built")
    same_layout(folder, env)
    script = EXAMPLES / "flow.py"
    result = run([sys.executable, script], env=env)
    check("examples/flow.py runs the flow through the shared library",
          [s for s in STEPS if s not in result.stdout] and [result.stdout])
    check("examples/flow.py answers by the client's place",
          [c for c in ("in DE: 203.0.113.1", "in FR: 203.0.113.2", "in JP: 203.0.113.3")
           if c not in result.stdout] and [result.stdout])
    check("examples/flow.py lists the targets and their health",
          [] if "i-00000000000000004 in us-east-1b: healthy" in result.stdout else [result.stdout])
    check("examples/flow.py draws the tree of a name",
          [] if "─ i-00000000000000004:80 - us-east-1b, healthy" in result.stdout else [result.stdout])
finish()
