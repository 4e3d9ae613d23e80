# Sets up a Debian or Ubuntu machine and builds libr53 with its examples; sourced by the scripts
# beside it, with the working directory at the root of the sources.
. tests/support/packages.sh

need_packages meson ninja-build gcc libc6-dev pkg-config uthash-dev libjansson-dev python3
want_packages libmaxminddb-dev >&2
[ -f build/build.ninja ] || meson setup build >/dev/null
meson compile -C build >/dev/null
