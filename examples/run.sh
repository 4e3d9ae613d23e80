#!/usr/bin/env bash
# Sets up a Debian or Ubuntu machine, builds libr53 and follows one query through the sample account.
#
#   examples/run.sh [NAME [OPTION...]]     www.example.com, --why, --mermaid, --json ...
set -euo pipefail
cd "$(dirname "$0")/.."
. examples/setup.sh
name=${1:-example.com}
shift || true
build/examples/r53-flow "$name" examples/account/account.json "$@"
