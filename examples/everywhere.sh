#!/usr/bin/env bash
# Sets up a Debian or Ubuntu machine, builds libr53 and asks an account that has a record set of every
# routing policy, for clients on every continent: one table.
#
#   examples/everywhere.sh                 the table, which examples/everywhere/expected.txt holds
#   examples/everywhere.sh NAME ADDRESS    one question of one client, whose place is looked up in a
#                                          MaxMind database: geolocation 203.0.113.65
set -euo pipefail
cd "$(dirname "$0")/.."
. examples/setup.sh
if [ $# -eq 2 ]; then
    [ -x build/examples/where ] || {
        echo "examples/where.c needs libmaxminddb, there before the build was set up" >&2
        exit 1
    }
    exec build/examples/where build/examples/places.mmdb examples/everywhere/account.json \
        "$1.everywhere.example" "$2"
fi
export R53_LIBRARY=build/lib/libr53.so.0 R53_JSON_LIBRARY=build/lib/json/libr53-json.so.0
exec python3 -B examples/everywhere.py
