#!/bin/sh
# Everything that a fuzz run needs, then both fuzzers: requests to the whole site, and bytes for what reads them.
set -u
umask 077
cd "$(dirname "$0")/.."
tools/setup.sh fuzz || exit
tools/static.sh || exit

failed=''
.venv/bin/python -m tools.fuzz requests "$@" || failed="$failed, requests"
.venv/bin/python -m tools.fuzz parsers "$@" || failed="$failed, parsers"
[ -z "$failed" ] || { echo "make fuzz failed: ${failed#, }" >&2; exit 1; }
