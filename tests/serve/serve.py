"""r53-serve, asked by real clients: dig, kdig, drill, dnspython, dnsperf and by hand."""

import json
import queue
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "meta")]

from dns_wire import (Client, TYPES, query_octets, read_response, receive_tcp,  # noqa: E402
                      response_text)
from meta import BUILD, check, finish, run, skip, temporary  # noqa: E402
from servers import find, free_port, start  # noqa: E402


PROGRAM = BUILD / "examples/r53-serve"
MANY = 60 # values of the large record set: more than 1232 octets
ZONE = """$TTL 300
@ SOA ns1 host 1 7200 900 1209600 60
@ NS ns1
ns1 A 192.0.2.1
www A 192.0.2.80
www AAAA 2001:db8::80
alias CNAME www
*.wild TXT "any of them"
sub NS ns.sub
ns.sub A 192.0.2.53
""" + "".join(f'many TXT "value {i:03d} of the large record set"\n' for i in range(MANY))

# One name that depends on the country of the client, and where clients are.
PLACES = {"R53Bundle": [
    {"Context": {"HostedZoneId": "ZPLACES", "HostedZoneName": "places.example"},
     "Document": {"ResourceRecordSets": [
         {"Name": "www.places.example.", "Type": "A", "TTL": 60, "SetIdentifier": "de",
          "GeoLocation": {"CountryCode": "DE"}, "ResourceRecords": [{"Value": "192.0.2.49"}]},
         {"Name": "www.places.example.", "Type": "A", "TTL": 60, "SetIdentifier": "else",
          "GeoLocation": {"CountryCode": "*"}, "ResourceRecords": [{"Value": "192.0.2.1"}]}]}},
    {"Document": {"R53Supplement": {"Places": [
        {"Prefix": "203.0.113.0/24", "ContinentCode": "EU", "CountryCode": "DE"}]}}}]}


class Serve:
    """A running r53-serve; its lines are read as they come."""

    def __init__(self, files, *options, port=None):
        self.port = port or free_port()
        self.process = start([PROGRAM, *files, "-p", self.port, "--quiet", *options], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = []
        self.coming = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.coming.put(line)
        self.coming.put(None)

    def line(self, pattern, seconds=30):
        """Waits for a line; True if it came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self.coming.get(timeout=0.2)
            except queue.Empty:
                continue
            if line is None:
                return False
            self.lines.append(line)
            if re.search(pattern, line):
                return True
        return False

    def reload(self):
        self.process.send_signal(signal.SIGHUP)
        return self.line("^r53-serve: reload")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.line("no such line") # takes them all
        self.process.stdout.close()
        return self.process.returncode


def expect(what, got, wanted):
    check(what, [] if got == wanted else [f"got {got!r}", f"not {wanted!r}"])


def values(response, rtype="A"):
    return sorted(r.rdata for r in response.answer if r.type == TYPES[rtype])


# Clients that people use

TOOLS = [ # program, arguments before and after the server, what is printed
    ("dig", "@127.0.0.1 -p {port} +norec +short www.example.com A", "192.0.2.80"),
    ("dig", "@::1 -p {port} +norec +short +tcp www.example.com AAAA", "2001:db8::80"),
    ("dig", "@127.0.0.1 -p {port} +norec +short many.example.com TXT", MANY),
    ("dig", "@127.0.0.1 -p {port} +norec +short www.example.com +subnet=203.0.113.0/24",
     "192.0.2.80"),
    ("kdig", "@127.0.0.1 -p {port} +short www.example.com A", "192.0.2.80"),
    ("kdig", "@::1 -p {port} +short +tcp q.wild.example.com TXT", '"any of them"'),
    ("kdig", "@127.0.0.1 -p {port} +short many.example.com TXT", MANY),
    ("drill", "-Q -o rd -p {port} www.example.com @127.0.0.1 A", "192.0.2.80"),
    ("drill", "-Q -t -o rd -p {port} www.example.com @127.0.0.1 AAAA", "2001:db8::80"),
]


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
            return True
    except OSError:
        return False


LOOPBACK = ["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"]


def tools(port):
    for program, arguments, wanted in TOOLS:
        what = f"{program} {arguments.replace('{port}', '<port>')}"
        if not find(program) or ("::1" in arguments and len(LOOPBACK) == 1):
            skip(what, "no IPv6 here" if find(program) else f"{program} is not installed")
            continue
        result = run(f"{program} {arguments.format(port=port)}")
        lines = [l for l in result.stdout.strip().split("\n") if l and not l.startswith(";")]
        fine = len(lines) == wanted if isinstance(wanted, int) else lines == [wanted]
        check(what, [] if result.returncode == 0 and fine else [result.stdout])


def dnspython(port):
    what = "dnspython reads our answers, over UDP and after truncation over TCP"
    script = f"""
import dns.flags, dns.message, dns.query, dns.rcode
def ask(name, kind):
    q = dns.message.make_query(name, kind, use_edns=0, payload=1232)
    return dns.query.udp_with_fallback(q, "127.0.0.1", port={port}, timeout=5)
answer, tcp = ask("www.example.com", "A")
assert not tcp and answer.flags & dns.flags.AA and answer.answer[0][0].address == "192.0.2.80"
answer, tcp = ask("many.example.com", "TXT")
assert tcp and len(answer.answer[0]) == {MANY}
answer, tcp = ask("nope.example.com", "A")
assert answer.rcode() == dns.rcode.NXDOMAIN and len(answer.authority) == 1
"""
    for python in (sys.executable, "/usr/bin/python3"): # Debian's package is Debian's Python's
        if run([python, "-c", "import dns.message"]).returncode == 0:
            result = run([python, "-c", script])
            return check(what, [] if result.returncode == 0 else [result.stdout])
    return skip(what, "python3-dnspython is not installed")


def dnsperf(port, folder):
    what = "dnsperf gets an answer to each of its queries"
    if not find("dnsperf"):
        return skip(what, "dnsperf is not installed")
    data = folder / "questions"
    data.write_text("www.example.com A\nx.wild.example.com TXT\nnope.example.com A\n")
    result = run(f"dnsperf -s 127.0.0.1 -p {port} -d {data} -l 1 -c 4 -q 50")
    fine = re.search(r"Queries lost:\s+0 ", result.stdout) and "SERVFAIL" not in result.stdout
    return check(what, [] if fine else [result.stdout])


# By hand

def transports(port):
    question = ("www.example.com", "A")
    answers = []
    for address in LOOPBACK:
        client = Client(port, address)
        answers.append(client.ask(*question))
        client.close()
        with socket.create_connection((address, port), 5) as tcp:
            octets = query_octets(*question)
            tcp.sendall(struct.pack("!H", len(octets)) + octets)
            answers.append(read_response(receive_tcp(tcp)))
    texts = {response_text(answer) for answer in answers}
    check("UDP and TCP, IPv4 and IPv6 give the same answer",
          [] if len(texts) == 1 and values(answers[0]) == ["c0000250"] else texts)


def any_address(path):
    """A connected socket takes answers from the address that it asked only."""
    serve = Serve([path], "-l", "0.0.0.0")
    if not serve.line("ready"):
        return check("r53-serve listens at all addresses", serve.lines)
    port = int(re.search(r"0\.0\.0\.0 port (\d+)", "".join(serve.lines))[1])
    client = Client(port, "127.0.0.2")
    answer = client.ask("www.example.com", "A")
    client.close()
    expect("listening at all addresses, it answers from the one that was asked", values(answer),
           ["c0000250"])
    return serve.stop()


def sizes(client, port):
    small = client.ask("many.example.com", "TXT", edns=0)
    check("R53-DNS-04 without EDNS the limit is 512 octets, and TC tells of more",
          [] if small.tc and not small.answer and small.size <= 512 and not small.edns
          else [response_text(small)])
    middle = client.ask("many.example.com", "TXT", edns=1232)
    check("R53-DNS-04 the asker's size is kept to",
          [] if middle.tc and middle.size <= 1232 and middle.edns[0] == 4096
          else [response_text(middle)])
    large = client.ask("many.example.com", "TXT", edns=4096)
    check("R53-DNS-04 up to 4096 octets",
          [] if not large.tc and len(large.answer) == MANY else [response_text(large)])
    with socket.create_connection(("127.0.0.1", port), 5) as tcp:
        octets = query_octets("many.example.com", "TXT", edns=0)
        tcp.sendall(struct.pack("!H", len(octets)) + octets)
        whole = read_response(receive_tcp(tcp))
    check("R53-DNS-18 over TCP it is whole",
          [] if not whole.tc and len(whole.answer) == MANY else [response_text(whole)])


def subnets(folder):
    path = folder / "places.json"
    path.write_text(json.dumps(PLACES))
    serve = Serve([path])
    if not serve.line("ready"):
        return check("r53-serve serves JSON", serve.lines)
    client = Client(serve.port)
    de = client.ask("www.places.example", "A", subnet=(bytes([203, 0, 113, 0]), 24))
    other = client.ask("www.places.example", "A", subnet=(bytes([198, 51, 100, 0]), 24))
    none = client.ask("www.places.example", "A")
    client.close()
    expect("R53-PLACE-03 the client subnet decides", [values(r) for r in (de, other, none)],
           [["c0000231"], ["c0000201"], ["c0000201"]])
    option = bytes.fromhex(de.edns[2])[4:]
    check("R53-PLACE-04 the answer tells for which subnets it holds",
          [] if option[:2] == b"\0\1" and option[2] == 24 and 0 < option[3] <= 24 and not none.edns[2]
          else [de.edns, none.edns])
    return expect("SIGINT ends it as well", serve.stop(signal.SIGINT), 0)


def rubbish(client, port):
    """Random octets, and queries with one of theirs changed."""
    chance = random.Random(7)
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    whole = query_octets("www.example.com", "A", subnet=(bytes(4), 24))
    for _ in range(2000):
        octets = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            octets[chance.randrange(len(octets))] = chance.randrange(256)
        sender.sendto(octets[:chance.randint(0, len(octets))], ("127.0.0.1", port))
        sender.sendto(chance.randbytes(chance.randint(0, 600)), ("127.0.0.1", port))
    sender.close()
    time.sleep(0.2) # more than it has room for may have come at once
    expect("rubbish does no harm", values(client.ask("www.example.com", "A")), ["c0000250"])


# TCP's manners (RFC 7766)

def framed(*questions):
    out = b""
    for number, question in enumerate(questions):
        octets = query_octets(*question, number=number)
        out += struct.pack("!H", len(octets)) + octets
    return out


def is_closed(connection, seconds):
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except socket.timeout:
        return False


def tcp_manners(path):
    serve = Serve([path], "--idle", "2", "--connections", "4")
    if not serve.line("ready"):
        return check("r53-serve starts with TCP limits", serve.lines)
    at = ("127.0.0.1", serve.port)
    question = ("www.example.com", "A")
    with socket.create_connection(at, 5) as one:
        one.sendall(framed(*[question] * 100, ("many.example.com", "TXT")))
        got = [read_response(receive_tcp(one)) for _ in range(101)]
        expect("a hundred queries sent at once are answered on one connection",
               [r.id for r in got], list(range(101)))
        for octet in framed(question):
            one.sendall(bytes([octet]))
        expect("a query that comes octet by octet is answered",
               values(read_response(receive_tcp(one))), ["c0000250"])
        octets = query_octets(*question)
        one.sendall(struct.pack("!H", 65535) + octets + bytes(65535 - len(octets)))
        expect("the longest message is answered", values(read_response(receive_tcp(one))),
               ["c0000250"])
        one.sendall(framed(question))
        one.shutdown(socket.SHUT_WR)
        expect("who says no more still gets the answer, and then the end",
               (values(read_response(receive_tcp(one))), is_closed(one, 5)), (["c0000250"], True))
    with socket.create_connection(at, 5) as slow, socket.create_connection(at, 5) as full:
        slow.sendall(b"\0") # and no more
        full.setblocking(False)
        many = framed(*[("many.example.com", "TXT")] * 500)
        try: # asks for ever and takes nothing
            while True:
                full.send(many)
        except BlockingIOError:
            pass
        with socket.create_connection(at, 5) as third:
            third.sendall(framed(question))
            expect("two slow clients hold up nobody", values(read_response(receive_tcp(third))),
                   ["c0000250"])
        check("who is too slow is cut off", [] if is_closed(slow, 10) else ["still open"])
    with socket.create_connection(at, 5) as rude:
        rude.sendall(struct.pack("!H", 5) + b"hello")
        check("who talks no DNS is cut off", [] if is_closed(rude, 1.5) else ["still open"])
    for _ in range(20): # ends with a reset while it is being answered
        with socket.create_connection(at, 5) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.sendall(framed(*[question] * 50))
    crowd = [socket.create_connection(at, 5) for _ in range(8)]
    crowd[-1].sendall(framed(question))
    expect("a crowd makes way for the last to come",
           (values(read_response(receive_tcp(crowd[-1]))), is_closed(crowd[0], 1)),
           (["c0000250"], True))
    for connection in crowd:
        connection.close()
    return expect("it ends cleanly with connections open", serve.stop(), 0)


# A reload while queries come

class Load(threading.Thread):
    """Asks over and over; notes which generations answered, and what was lost or mixed."""

    def __init__(self, port, is_tcp):
        super().__init__()
        self.port, self.is_tcp = port, is_tcp
        self.stop, self.n, self.problems, self.last = False, 0, [], 0

    def take(self, response):
        generations = {r.rdata[-2:] for r in response.answer}
        if response.rcode != 0 or len(response.answer) != 4 or len(generations) != 1:
            self.problems.append(response_text(response))
            return
        generation = int(generations.pop(), 16)
        if generation < self.last:
            self.problems.append(f"generation {generation} after {self.last}")
        self.last = generation
        self.n += 1

    def run(self):
        try:
            self.run_tcp() if self.is_tcp else self.run_udp()
        except OSError as error:
            self.problems.append(f"lost: {error!r}")

    def run_udp(self):
        client = Client(self.port, timeout=5)
        while not self.stop and len(self.problems) < 5:
            self.take(client.ask("www.reload.example", "A"))
        client.close()

    def run_tcp(self):
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            while not self.stop and len(self.problems) < 5:
                connection.sendall(framed(("www.reload.example", "A")))
                self.take(read_response(receive_tcp(connection)))


def generation_text(generation):
    return ("$TTL 60\n@ SOA ns1 host 1 7200 900 1209600 60\n@ NS ns1.elsewhere.example.\n"
            + "".join(f"www A 192.0.{i}.{generation}\n" for i in range(4))
            + "".join(f"n{i} A 192.0.2.1\n" for i in range(3000)))


def reload_under_load(folder, n=12):
    path = folder / "reload.example.zone"
    path.write_text(generation_text(1))
    serve = Serve([path], "--threads", "2")
    if not serve.line("ready"):
        return check("r53-serve starts before reloads", serve.lines)
    loads = [Load(serve.port, is_tcp) for is_tcp in (False, False, False, True)]
    for load in loads:
        load.start()
    late = []
    client = Client(serve.port)
    for generation in range(2, 2 + n):
        fresh = folder / "fresh"
        fresh.write_text(generation_text(generation))
        fresh.replace(path)
        if not serve.reload():
            late.append(f"no word of reload {generation}")
        got = {r.rdata[-2:] for r in client.ask("www.reload.example", "A").answer}
        if got != {f"{generation:02x}"}:
            late.append(f"{got} when {generation} was loaded")
    check("SIGHUP: once it is said, the new files answer", late)
    path.write_text("www A 192.0.2.1 192.0.2.2\n")
    check("SIGHUP: files that cannot be read are told of",
          [] if serve.reload() and "refused" in serve.lines[-1]
          and any("reload.example.zone:1" in line for line in serve.lines) else serve.lines)
    got = {r.rdata[-2:] for r in client.ask("www.reload.example", "A").answer}
    expect("SIGHUP: the old answers stay then", got, {f"{1 + n:02x}"})
    for load in loads:
        load.stop = True
    for load in loads:
        load.join()
    client.close()
    check("SIGHUP: no answer is lost or mixed while it happens",
          [p for load in loads for p in load.problems] + [f"{load.n} answers" for load in loads
                                                          if load.n < n])
    return expect("it ends cleanly after reloads", serve.stop(), 0)


def command_line(path):
    path.with_name("not-a-zone").write_text(path.read_text())
    for arguments, code, told in ((["--help"], 0, "usage: r53-serve"), ([], 2, "which FILE"),
                                  ([path, "--nonsense"], 2, "no such option"),
                                  ([path, "-p"], 2, "needs an argument"),
                                  ([path, "-p", "65536"], 2, "no valid PORT"),
                                  ([path, "-l", "nowhere"], 2, "no valid ADDRESS"),
                                  ([path, "--vpc-region", "mars-1"], 1, '--vpc-region: "mars-1"'),
                                  ([path, "-l", "192.0.2.53", "-p", "0"], 1, "192.0.2.53 port 0"),
                                  ([path, path], 1, "given before"),
                                  ([path.with_name("not-a-zone")], 1, "zone files are called"),
                                  (["/nonexistent.zone"], 1, "nonexistent")):
        result = run([PROGRAM, *arguments])
        shown = " ".join(Path(str(a)).name for a in arguments)
        check(f"r53-serve {shown} ends with {code}", [] if result.returncode == code
              and told in result.stdout else [result.returncode, result.stdout])


def main():
    if not PROGRAM.exists():
        skip("r53-serve", "it was not built")
        return finish()
    with temporary() as name:
        folder = Path(name)
        path = folder / "example.com.zone"
        path.write_text(ZONE)
        command_line(path)
        serve = Serve([path])
        check("r53-serve starts", [] if serve.line("ready") else serve.lines)
        client = Client(serve.port)
        tools(serve.port)
        dnspython(serve.port)
        dnsperf(serve.port, folder)
        transports(serve.port)
        sizes(client, serve.port)
        rubbish(client, serve.port)
        client.close()
        expect("SIGTERM ends it cleanly", serve.stop(), 0)
        check("and it tells how much it answered",
              [] if re.search(r"stopped after [1-9]\d* answers", serve.lines[-1]) else serve.lines)
        any_address(path)
        subnets(folder)
        tcp_manners(path)
        reload_under_load(folder)
    return finish()


if __name__ == "__main__":
    main()
