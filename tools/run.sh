#!/bin/sh
# Set up everything, then serve the site with production settings.
set -eu
umask 077
cd "$(dirname "$0")/.."
export HOST="${HOST:-127.0.0.1}" PORT="${PORT:-8000}"
unset DEBUG  # may be set in the shell
# glibc gives freed memory back, some 9 MB of a worker with all pages stored.
export MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072

tools/setup.sh
python=.venv/bin/python
"$python" -m tools.serve free
"$python" manage.py check >/dev/null
"$python" manage.py check_database
"$python" manage.py migrate --no-input --skip-checks --verbosity 0

tools/static.sh

# exec, so that a signal to make reaches the server.
exec "$python" -m tools.serve
