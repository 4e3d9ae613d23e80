#!/usr/bin/env bash
# Tells which lines and branches of lib the unit tests reach; writes into build-coverage/ only.
# On Debian or Ubuntu it installs what is missing, as tests/run.sh does.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/support/packages.sh
need_packages meson ninja-build gcc g++ libc6-dev pkg-config uthash-dev libcmocka-dev libjansson-dev \
    python3 gcovr
build=$PWD/build-coverage
mkdir -p "$build"

# Counted atomically, for one test has threads; not optimised, so that each line is its own.
quietly() { "$@" >"$build/log" 2>&1 || { tail -n 40 "$build/log"; exit 1; }; }
[ -f "$build/tree/build.ninja" ] || quietly meson setup "$build/tree" -Db_coverage=true \
    -Doptimization=0 -Dc_args=-fprofile-update=atomic
quietly meson compile -C "$build/tree"
find "$build/tree" -name '*.gcda' -delete
quietly meson test -C "$build/tree" --no-rebuild --suite unit --timeout-multiplier 4

gcovr --root . --object-directory "$build/tree" --filter lib/ --html-details "$build/index.html" \
    --txt "$build/summary.txt" --print-summary "$build/tree/lib"
echo "Line by line: build-coverage/index.html"
