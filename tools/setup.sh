#!/bin/sh
# Makes .venv and var/ ready: for the server, with `dev` for tests and tools too.
# This script only finds a Python; setup.py does the rest.
set -eu
umask 077
cd "$(dirname "$0")/.."

fail() { echo "$1" >&2; exit 2; }
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'

# An environment that was moved or copied here, or whose Python is gone, is made again.
if [ "$(cat .venv/made-in 2>/dev/null)" = "$(pwd -P)" ] && .venv/bin/python -c "import pip; $fits" 2>/dev/null; then
    exec .venv/bin/python tools/setup.py "$@"
fi

# A candidate is run, not only looked up: a pyenv shim answers for versions that are not switched on.
fitting='' other=''
for name in python3.14 python3.13 python3.12 python3.11 python3; do
    version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    "$name" -c "$fits" || { other=$version; continue; }
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$name" tools/setup.py "$@"
    fi
    fitting=${fitting:-$version}
done

[ -z "$fitting" ] || fail "Python $fitting can't make virtual environments: install its venv module (on Debian: apt-get install python$fitting-venv)."
found=${other:+only Python }${other:-no Python}
fail "Python 3.11, 3.12, 3.13 or 3.14 is needed, but $found was found: install one of them."
