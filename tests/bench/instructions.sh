#!/bin/sh
# Instructions for an answer, through callgrind: they repeat exactly, times do not.
#   instructions.sh BENCH [NAMES [ENGINE...]]
# BENCH is that of an optimised build: meson setup DIR --buildtype=release, or debugoptimized.
set -eu
bench=$1
names=${2:-100000}
[ $# -gt 2 ] && shift 2 || set -- limit r53_respond r53_respond_many
times=20000

# count FUNCTION LABEL ARGUMENTS...: instructions within the function, by answer
count() {
    within=$1 label=$2
    shift 2
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        --toggle-collect="$within" "$bench" "$@" 2>&1 |
        awk -v n="$times" -v l="$label" '/Collected/ { printf "%-18s %7.1f\n", l, $4 / n }'
}

for engine; do
    count bench_alone "$engine" alone "$engine" "$names" "$times"
done
for way in one three weighted failover alias geolocation cidr latency multivalue balancer; do
    count bench_alone_way "$way" way "$way" "$times"
done
