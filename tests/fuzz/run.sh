#!/usr/bin/env bash
# Runs each fuzz target with libFuzzer for some seconds, from its seeds: tests/fuzz/run.sh [SECONDS [TARGET ...]]
#
# Needs clang. What it finds lies in build-tests/fuzz/; the input belongs into tests/fuzz/seeds/TARGET/, which
# the plain tests replay, and into a test row that says what was wrong.
set -uo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift
work=$PWD/build-tests/fuzz
export work
mkdir -p "$work/objects" "$work/json-objects" "$work/support-objects"

flags="-std=c11 -g -O1 -D_POSIX_C_SOURCE=200809L -DR53_VERSION=\"0\" -Iinclude -Ilib -Itests"
flags+=" -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
export flags

compile() {
    case $1 in
    lib/json/*) folder=json-objects ;;
    tests/*) folder=support-objects ;;
    *) folder=objects ;;
    esac
    object=$work/$folder/${1//\//_}.o
    [ "$object" -nt "$1" ] && exit 0
    clang $flags -c "$1" -o "$object"
}
export -f compile

# Everything again when a header is newer than the objects.
[ -z "$(find include lib tests -name '*.h' -newer "$work/stamp" 2>/dev/null)" ] && [ -e "$work/stamp" ] ||
    rm -f "$work"/*objects/*.o
touch "$work/stamp"
find lib tests/support -name '*.c' -print0 |
    xargs -0 -P "$(nproc)" -I{} bash -c 'compile {}' || exit 1

failed=0
for source in tests/fuzz/*_fuzz.c; do
    target=$(basename "$source" _fuzz.c)
    [ $# -eq 0 ] || [[ " $* " == *" $target "* ]] || continue
    mkdir -p "$work/corpus/$target" "tests/fuzz/seeds/$target"
    beside=
    [ "$target" = json ] && beside="$work/json-objects/*.o -ljansson"
    case $target in calls | request) beside="$work/support-objects/*.o -lcmocka" ;; esac
    # a target's other files are named as it is
    if ! clang $flags -fsanitize=fuzzer tests/fuzz/"$target"_*.c "$work"/objects/*.o $beside -o "$work/$target"; then
        echo "not ok - $target does not build"
        failed=1
    elif "$work/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 \
            -artifact_prefix="$work/$target-" "$work/corpus/$target" "tests/fuzz/seeds/$target" \
            >"$work/$target.log" 2>&1; then
        echo "ok - $target: $(grep -oE 'Done [0-9]+ runs' "$work/$target.log")"
    else
        tail -n 30 "$work/$target.log"
        echo "not ok - $target"
        failed=1
    fi
done
exit $failed
