#!/usr/bin/env python3
"""Writes a geographic database of places: places_mmdb.py SUPPLEMENT.json OUT.mmdb

The MaxMind DB format, version 2.0, as far as places need it: a binary tree over the bits
of addresses, whose leaves point into a section of data, and at the end the metadata. IPv4 addresses
are in the tree as ::a.b.c.d, 96 zero bits before them.
"""

import ipaddress
import json
import struct
import sys

TEXT, DOUBLE, UINT16, UINT32, MAP, UINT64, ARRAY = 2, 3, 5, 6, 7, 9, 11
METADATA_MARK = b"\xab\xcd\xefMaxMind.com"
SEPARATOR = bytes(16)  # between tree and data
RECORD_BITS = 24


class Uint(int):
    """A whole number and the type that it is written with."""

    def __new__(cls, value, kind):
        number = super().__new__(cls, value)
        number.kind = kind
        return number


def control(kind, size):
    """A field's first bytes: its type and its size."""
    more = b""
    if size >= 285:
        size, more = 30, struct.pack(">H", size - 285)
    elif size >= 29:
        size, more = 29, bytes([size - 29])
    if kind > 7:  # extended: a byte of its own
        return bytes([size, kind - 7]) + more
    return bytes([kind << 5 | size]) + more


def encoded(value):
    """A value of JSON as a field of the database."""
    if isinstance(value, dict):
        return control(MAP, len(value)) + b"".join(
            encoded(part) for item in value.items() for part in item)
    if isinstance(value, list):
        return control(ARRAY, len(value)) + b"".join(map(encoded, value))
    if isinstance(value, str):
        text = value.encode()
        return control(TEXT, len(text)) + text
    if isinstance(value, float):
        return control(DOUBLE, 8) + struct.pack(">d", value)
    text = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return control(value.kind, len(text)) + text


def city(place):
    """A place as the databases of cities tell it; what is not known is left out."""
    told = {
        "city": place.get("Comment") and {"names": {"en": place["Comment"]}},
        "continent": place.get("ContinentCode") and {"code": place["ContinentCode"]},
        "country": place.get("CountryCode") and {"iso_code": place["CountryCode"]},
        "subdivisions": place.get("SubdivisionCode") and [{"iso_code": place["SubdivisionCode"]}],
        "location": place.get("Latitude") and {"latitude": float(place["Latitude"]),
                                               "longitude": float(place["Longitude"])},
    }
    return {name: value for name, value in told.items() if value}


def bits(prefix):
    """The bits of a prefix, in the tree of IPv6."""
    network = ipaddress.ip_network(prefix)
    before = 96 if network.version == 4 else 0
    number, length = int(network.network_address), before + network.prefixlen
    return [number >> (127 - i) & 1 for i in range(length)]


class Tree:
    """Nodes of two records each. A record is a node's number, None, or a field of data."""

    def __init__(self):
        self.nodes = [[None, None]]

    def put(self, path, data):
        """Of nested prefixes the longer one must come later."""
        node = 0
        for bit in path[:-1]:
            node = self.step(node, bit)
        self.nodes[node][path[-1]] = data

    def step(self, node, bit):
        below = self.nodes[node][bit]
        if not isinstance(below, int):
            self.nodes.append([below, below])  # if a shorter prefix ends here, both halves have it
            self.nodes[node][bit] = below = len(self.nodes) - 1
        return below

    def written(self, offsets):
        """Records: below the number of nodes a node, that number nothing, above it data."""
        def number(record):
            if isinstance(record, int):
                return record
            count = len(self.nodes)
            return count if record is None else count + len(SEPARATOR) + offsets[record]
        return b"".join(number(record).to_bytes(RECORD_BITS // 8, "big")
                        for node in self.nodes for record in node)


def metadata(tree):
    return {
        "binary_format_major_version": Uint(2, UINT16),
        "binary_format_minor_version": Uint(0, UINT16),
        "build_epoch": Uint(1, UINT64),  # no clock: the same places give the same bytes
        "database_type": "Example-City",
        "description": {"en": "Places of documentation addresses"},
        "ip_version": Uint(6, UINT16),
        "languages": ["en"],
        "node_count": Uint(len(tree.nodes), UINT32),
        "record_size": Uint(RECORD_BITS, UINT16),
    }


def database(places):
    tree, offsets, data = Tree(), {}, b""
    for place in sorted(places, key=lambda place: len(bits(place["Prefix"]))):
        field = encoded(city(place))
        if field not in offsets:
            offsets[field] = len(data)
            data += field
        tree.put(bits(place["Prefix"]), field)
    return tree.written(offsets) + SEPARATOR + data + METADATA_MARK + encoded(metadata(tree))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        places = json.load(file)["R53Supplement"]["Places"]
    with open(sys.argv[2], "wb") as file:
        file.write(database(places))


if __name__ == "__main__":
    main()
