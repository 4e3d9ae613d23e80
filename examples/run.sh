#!/usr/bin/env bash
# Sets up a Debian or Ubuntu machine, builds libr53 and follows one query through the sample account.
#
#   examples/run.sh [NAME [OPTION...]]     www.example.com, --mermaid, --json ...
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/support/packages.sh

need_packages meson ninja-build gcc libc6-dev pkg-config uthash-dev libjansson-dev
[ -f build/build.ninja ] || meson setup build >/dev/null
meson compile -C build >/dev/null
name=${1:-example.com}
shift || true
build/examples/r53-flow "$name" examples/account/account.json "$@"
