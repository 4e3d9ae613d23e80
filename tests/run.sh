#!/usr/bin/env bash
# Sets up a Debian or Ubuntu machine and runs all tests; the last line counts them.
#
#   tests/run.sh            everything: gcc, clang, sanitizers, valgrind, threads, 32 bits
#   tests/run.sh --quick    gcc only
#
# It installs the packages that are missing (with sudo unless root) and writes into build-tests/ only.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/support/packages.sh
exec </dev/null
export PYTHONDONTWRITEBYTECODE=1
unset CC CFLAGS LDFLAGS DESTDIR

quick=no
[ "${1:-}" = --quick ] && quick=yes
build=$PWD/build-tests
passed=0 failed=0 skipped=0

say() { printf '== %s\n' "$*"; }
skip_stage() { say "$1: skipped, $2"; skipped=$((skipped + 1)); }
fail_stage() { say "$1: FAILED"; failed=$((failed + 1)); }

# Configures and builds one stage: name, then options for meson setup.
configure() {
    local stage=$1 log=$build/$1.log
    shift
    rm -rf "${build:?}/$stage"
    if ! { meson setup "$build/$stage" --fatal-meson-warnings "$@" &&
           meson compile -C "$build/$stage"; } >"$log" 2>&1; then
        grep -E -A4 '\berror:|ERROR:|undefined reference' "$log" | head -n 60
        fail_stage "$stage (build)"
        return 1
    fi
}

# Runs the tests of one stage and adds up what they say: name, then options for meson test.
run_tests() {
    local stage=$1 dir=$2 counts p f s
    shift 2
    meson test -C "$build/$dir" --no-rebuild --quiet --logbase "log-$stage" "$@" \
        >"$build/$stage-tests.log" 2>&1
    counts=$(python3 tests/support/tally.py "$stage" "$build/$dir/meson-logs/log-$stage"*.json) ||
        { tail -n 20 "$build/$stage-tests.log"; fail_stage "$stage"; return; }
    read -r p f s <<<"$counts"
    say "$stage: $p passed, $f failed, $s skipped (${SECONDS}s)"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# cmocka and jansson for 32 bits, unpacked below the build: installing them next to the 64-bit ones
# would change the machine. Needs no root: apt keeps its lists below the build as well.
fetch_i386() {
    local dir=$build/i386 apt
    command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
    rm -rf "$dir"
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/root" || return 1
    apt=(apt-get -qq -o APT::Sandbox::User="$(id -un)" -o APT::Architecture=i386
         -o APT::Architectures=i386 -o Dir::State="$dir" -o Dir::State::Lists="$dir/lists"
         -o Dir::State::status=/dev/null -o Dir::Cache="$dir/cache")
    "${apt[@]}" update >/dev/null 2>&1 # one list out of date is no reason to give up
    (cd "$dir" && "${apt[@]}" download libcmocka-dev libcmocka0 libjansson-dev libjansson4) \
        >"$build/i386.log" 2>&1 || return 1
    for package in "$dir"/*.deb; do
        dpkg -x "$package" "$dir/root" || return 1
    done
}

compiles_32() {
    echo 'int main(void) { return 0; }' >"$build/m32.c" && gcc -m32 "$build/m32.c" -o "$build/m32" \
        >/dev/null 2>&1 && "$build/m32"
}

stage_32() {
    local root=$build/i386/root
    compiles_32 || { skip_stage 32bit "gcc -m32 builds nothing that runs here"; return; }
    fetch_i386 || { skip_stage 32bit "no 32-bit cmocka to be had"; return; }
    export PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$root/usr/lib/i386-linux-gnu/pkgconfig
    export LD_LIBRARY_PATH=$root/usr/lib/i386-linux-gnu
    configure 32bit -Dwerror=true -Dc_args=-m32 -Dc_link_args=-m32 && run_tests 32bit 32bit --suite unit && same_bytes
    unset PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_LIBDIR LD_LIBRARY_PATH
}

# One view asked by several threads while others are made.
stage_threads() {
    echo 'int main(void) { return 0; }' >"$build/tsan.c"
    gcc -fsanitize=thread "$build/tsan.c" -o "$build/tsan" >/dev/null 2>&1 && "$build/tsan" ||
        { skip_stage threads "gcc -fsanitize=thread builds nothing that runs here"; return; }
    rm -rf "$build/threads"
    if meson setup "$build/threads" -Db_sanitize=thread -Db_lundef=false >"$build/threads.log" 2>&1 &&
        meson compile -C "$build/threads" threads_test >>"$build/threads.log" 2>&1; then
        run_tests threads threads threads
    else
        fail_stage "threads (build)"
    fi
}

# A few seconds of each fuzz target, so that they never rot.
stage_fuzz() {
    echo 'int LLVMFuzzerTestOneInput(const char *d, long n) { return d == (void *)n; }' >"$build/fuzz.c"
    clang -fsanitize=fuzzer,address,undefined "$build/fuzz.c" -o "$build/fuzz-probe" >/dev/null 2>&1 ||
        { skip_stage fuzz "clang -fsanitize=fuzzer builds nothing here"; return; }
    tests/fuzz/run.sh 3 >"$build/fuzz.log" 2>&1
    local p f
    p=$(grep -c '^ok' "$build/fuzz.log") f=$(grep -c '^not ok' "$build/fuzz.log")
    [ $((p + f)) -gt 0 ] || f=1
    [ "$f" -eq 0 ] || tail -n 60 "$build/fuzz.log"
    say "fuzz: $p passed, $f failed (${SECONDS}s)"
    passed=$((passed + p)) failed=$((failed + f))
}

# The same question to both builds gives the same bytes.
same_bytes() {
    local form name wide=$build/gcc/examples/r53-flow narrow=$build/32bit/examples/r53-flow
    local account=examples/account/account.json
    [ -x "$wide" ] && [ -x "$narrow" ] || { skip_stage "same bytes" "no r53-flow"; return; }
    for form in --json --mermaid --outcomes --tree; do
        for name in example.com www.example.com tcp.example.com plain.example.com nothing.example.com; do
            "$wide" "$name" "$account" "$form" >"$build/wide.out" 2>&1
            "$narrow" "$name" "$account" "$form" >"$build/narrow.out" 2>&1
            if cmp "$build/wide.out" "$build/narrow.out"; then
                passed=$((passed + 1))
            else
                fail_stage "same bytes: $name $form"
            fi
        done
    done
    say "same bytes in 32 and 64 bits: compared (${SECONDS}s)"
}

need_packages meson ninja-build gcc g++ libc6-dev pkg-config uthash-dev libcmocka-dev libjansson-dev \
    python3 || exit 1
want_packages libmaxminddb-dev
[ $quick = yes ] || want_packages bind9-dnsutils knot-dnsutils ldnsutils python3-dnspython dnsperf graphviz doxygen
[ $quick = yes ] || want_services knot nsd bind9
[ $quick = yes ] || want_packages clang libclang-rt-14-dev libre2-dev valgrind libc6-dbg gcc-multilib
mkdir -p "$build"

built=no
configure gcc -Dwerror=true && built=yes && run_tests gcc gcc
if [ $quick = no ]; then
    if command -v clang >/dev/null; then
        CC=clang configure clang -Dwerror=true && run_tests clang clang
    else
        skip_stage clang "not installed"
    fi
    UBSAN_OPTIONS=print_stacktrace=1
    export UBSAN_OPTIONS
    # Not -Werror: the sanitizers' own code makes gcc warn of what isn't there.
    configure sanitize -Db_sanitize=address,undefined -Db_lundef=false \
        -Dc_args=-fno-sanitize-recover=all && run_tests sanitize sanitize --suite unit
    if ! command -v valgrind >/dev/null; then
        skip_stage valgrind "not installed"
    elif [ $built = yes ]; then
        run_tests valgrind gcc --suite unit --timeout-multiplier 10 \
            --wrapper "valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=all
                       --suppressions=$PWD/tests/support/valgrind.supp"
    fi
    stage_threads
    stage_32
    stage_fuzz
fi

[ $failed -eq 0 ] || echo "Logs are in build-tests/."
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
