#!/bin/sh
# Instructions for an answer, through callgrind: they repeat exactly, times do not. A policy's stand
# beside those of a plain record set that answers as many values.
#   instructions.sh BENCH [NAMES [ENGINE...]]
# BENCH is that of an optimised build: meson setup DIR --buildtype=release, or debugoptimized.
set -eu
bench=$1
names=${2:-100000}
[ $# -gt 2 ] && shift 2 || set -- limit r53_respond r53_respond_many
times=20000

# count FUNCTION ARGUMENTS...: instructions within the function, by answer
count() {
    within=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        --toggle-collect="$within" "$bench" "$@" 2>&1 |
        awk -v n="$times" '/Collected/ { printf "%.1f\n", $4 / n }'
}

for engine; do
    printf '%-18s %7.1f\n' "$engine" "$(count bench_alone alone "$engine" "$names" "$times")"
done

# ways PLAIN WAY...: the plain way, and the others with the ratio to it
ways() {
    plain=$(count bench_alone_way way "$1" "$times")
    printf '%-18s %7.1f\n' "$1" "$plain"
    shift
    for way; do
        count bench_alone_way way "$way" "$times" |
            awk -v l="$way" -v p="$plain" '{ printf "%-18s %7.1f  %.2f\n", l, $1, $1 / p }'
    done
}

ways one weighted failover alias geolocation cidr latency geoproximity azaffinity
ways three multivalue balancer observed
ways eight multieight balancereight
