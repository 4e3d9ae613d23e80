#!/bin/sh
# Instructions for a full answer, through callgrind: they repeat exactly, times do not.
#   instructions.sh BENCH [NAMES [ENGINE...]]
set -eu
bench=$1
names=${2:-100000}
[ $# -gt 2 ] && shift 2 || set -- limit r53_respond r53_respond_many
queries=20000
for engine; do
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        --toggle-collect=bench_alone "$bench" alone "$engine" "$names" "$queries" 2>&1 |
        awk -v n="$queries" -v e="$engine" '/Collected/ { printf "%-18s %7.1f\n", e, $4 / n }'
done
