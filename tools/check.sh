#!/bin/sh
# Format, lint, types, content. Every check runs, so that one run shows all faults.
set -u
umask 077
cd "$(dirname "$0")/.."
tools/setup.sh dev || exit

failed=''
try() {
    name=$1; shift
    .venv/bin/python "$@" || failed="$failed, $name"
}

try 'format'     -m ruff format --check --quiet
try 'lint'       -m ruff check --quiet
try 'templates'  -m djlint templates --lint --quiet
try 'types'      -m mypy --no-error-summary
imports=$(.venv/bin/lint-imports) || { echo "$imports"; failed="$failed, imports"; }
try 'pinyin'     -m tools.pinyin --check
try 'Django, content' manage.py check
try 'editorial'  manage.py check_content
try 'migrations' manage.py makemigrations --check --dry-run
try 'locks'      -m tools.lock --check

[ -z "$failed" ] || { echo "make check failed: ${failed#, } (make fix corrects the format)" >&2; exit 1; }
