"""DNS messages as the tests see them: queries written, responses read strictly, by hand.

A response that breaks the format raises Malformed: nothing is forgiven, since a server of ours made it.
"""

import socket
import struct
from collections import namedtuple

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "HINFO": 13, "MX": 15, "TXT": 16,
         "AAAA": 28, "SRV": 33, "NAPTR": 35, "DNAME": 39, "OPT": 41, "DS": 43, "ANY": 255, "CAA": 257}
NAMES = {number: name for name, number in TYPES.items()}
RCODES = {0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}

# Names in rdata, which may be compressed: octets in front of the first, how many.
NAMES_IN = {2: (0, 1), 5: (0, 1), 6: (0, 2), 12: (0, 1), 15: (2, 1), 33: (6, 1), 39: (0, 1)}

Record = namedtuple("Record", "name type ttl rdata")
Response = namedtuple("Response", "id rcode aa tc question answer authority additional edns size")


class Malformed(Exception):
    pass


def type_number(name):
    return TYPES[name] if name in TYPES else int(name.removeprefix("TYPE"))


def labels_of(text):
    """The labels of a presentation name, with \\DDD and \\X undone."""
    labels, label, i = [], bytearray(), 0
    while i < len(text):
        if text[i] == "\\" and text[i + 1:i + 4].isdigit():
            label.append(int(text[i + 1:i + 4]))
            i += 4
        elif text[i] == "\\":
            label += text[i + 1].encode()
            i += 2
        elif text[i] == ".":
            labels.append(bytes(label))
            label, i = bytearray(), i + 1
        else:
            label += text[i].encode()
            i += 1
    return [l for l in labels + [bytes(label)] if l]


def name_octets(text):
    return b"".join(bytes([len(l)]) + l for l in labels_of(text)) + b"\0"


def query_octets(name, qtype, number=0, edns=1232, subnet=None, flags=0):
    """A query; `subnet` is (address octets, prefix length)."""
    option = b""
    if subnet:
        address, length = subnet
        option = struct.pack("!HBB", 1 if len(address) == 4 else 2, length, 0)
        option += address[:(length + 7) // 8]
        option = struct.pack("!HH", 8, len(option)) + option
    opt = struct.pack("!BHHIH", 0, 41, edns, 0, len(option)) + option if edns else b""
    return (struct.pack("!HHHHHH", number, flags, 1, 0, 0, 1 if edns else 0)
            + name_octets(name) + struct.pack("!HH", type_number(qtype), 1) + opt)


def read_name(data, at, limit=None):
    """A name as text in lower case, and the place behind it."""
    out, end, least, total = [], None, at, 0
    while True:
        if at >= len(data) or (end is None and limit is not None and at >= limit):
            raise Malformed("name beyond the end")
        n = data[at]
        if n >= 0xC0:
            if at + 1 >= len(data):
                raise Malformed("pointer beyond the end")
            target = (n & 0x3F) << 8 | data[at + 1]
            if target >= least:
                raise Malformed("pointer forward")
            end = at + 2 if end is None else end
            at = least = target
            continue
        if n > 63 or at + 1 + n > len(data):
            raise Malformed("label")
        total += 1 + n
        if total > 255:
            raise Malformed("name too long")
        at += 1
        if n == 0:
            break
        out.append(data[at:at + n])
        at += n
    text = ".".join("".join(chr(c) if c > 32 and c < 127 and c not in b'.\\"' else f"\\{c:03d}"
                            for c in label.lower()) for label in out) + "."
    return text, at if end is None else end


def read_rdata(data, at, length, rtype):
    """Rdata as text, names written out."""
    end = at + length
    if rtype not in NAMES_IN:
        return data[at:end].hex()
    front, n = NAMES_IN[rtype]
    parts = [data[at:at + front].hex()] if front else []
    at += front
    for _ in range(n):
        text, at = read_name(data, at, end)
        parts.append(text)
    if at > end:
        raise Malformed("rdata too short")
    return " ".join(parts + ([data[at:end].hex()] if at < end else []))


def read_record(data, at):
    name, at = read_name(data, at)
    if at + 10 > len(data):
        raise Malformed("record")
    rtype, rclass, ttl, length = struct.unpack_from("!HHIH", data, at)
    at += 10
    if at + length > len(data):
        raise Malformed("rdata beyond the end")
    return Record(name, rtype, ttl, read_rdata(data, at, length, rtype)), rclass, at + length


def read_response(data):
    number, flags, qd, an, ns, ar = struct.unpack_from("!HHHHHH", data)
    at, question, sections, edns = 12, None, [], None
    for _ in range(qd):
        name, at = read_name(data, at)
        question, at = (name, struct.unpack_from("!H", data, at)[0]), at + 4
    for count in (an, ns, ar):
        section = []
        for _ in range(count):
            record, rclass, at = read_record(data, at)
            if record.type == 41:
                edns = (rclass, record.ttl, record.rdata)
            else:
                section.append(record)
        sections.append(section)
    if at != len(data):
        raise Malformed(f"{len(data) - at} octets behind the last record")
    return Response(number, flags & 15, bool(flags & 0x400), bool(flags & 0x200), question,
                    *sections, edns, len(data))


def record_text(record):
    return f"{record.name} {record.ttl} {NAMES.get(record.type, record.type)} {record.rdata}"


def response_text(response):
    flags = (" aa" if response.aa else "") + (" tc" if response.tc else "")
    lines = [RCODES.get(response.rcode, str(response.rcode)) + flags]
    for name in ("answer", "authority", "additional"):
        lines += [f"  {name}: {record_text(r)}" for r in getattr(response, name)]
    return "\n".join(lines)


class Client:
    """Asks one server over UDP, one question at a time."""

    def __init__(self, port, address="127.0.0.1", timeout=3.0):
        self.socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET,
                                    socket.SOCK_DGRAM)
        self.socket.connect((address, port))
        self.socket.settimeout(timeout)
        self.number = 0

    def ask(self, name, qtype, **more):
        self.number = (self.number + 1) & 0xFFFF
        self.socket.send(query_octets(name, qtype, self.number, **more))
        while True:
            data = self.socket.recv(65535)
            if struct.unpack_from("!H", data)[0] == self.number:
                return read_response(data)

    def ask_all(self, questions, window=64):
        """Raw responses to many questions, in their order; None for each that was lost."""
        for first in range(0, len(questions), window):
            yield from self.ask_some(questions[first:first + window])

    def ask_some(self, questions):
        wanted = {}
        for i, question in enumerate(questions):
            self.number = (self.number + 1) & 0xFFFF
            wanted[self.number] = i
            self.socket.send(query_octets(*question, self.number))
        got = [None] * len(questions)
        try:
            while wanted:
                data = self.socket.recv(65535)
                i = wanted.pop(struct.unpack_from("!H", data)[0], None)
                if i is not None:
                    got[i] = data
        except socket.timeout:
            pass
        return got

    def close(self):
        self.socket.close()


def receive_exactly(connection, n):
    data = b""
    while len(data) < n:
        more = connection.recv(n - len(data))
        if not more:
            raise EOFError("connection closed")
        data += more
    return data


def receive_tcp(connection):
    return receive_exactly(connection, struct.unpack("!H", receive_exactly(connection, 2))[0])


def ask_tcp(port, name, qtype, **more):
    """One question on a connection of its own."""
    octets = query_octets(name, qtype, **more)
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(struct.pack("!H", len(octets)) + octets)
        return read_response(receive_tcp(connection))
