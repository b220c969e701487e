#!/bin/sh
# Serve the site for development: DEBUG on, autoreload.
set -eu
umask 077
cd "$(dirname "$0")/.."
export DEBUG=1 HOST="${HOST:-127.0.0.1}" PORT="${PORT:-8000}"

tools/setup.sh
python=.venv/bin/python
"$python" -m tools.serve free
"$python" manage.py check_database
"$python" manage.py migrate --no-input --skip-checks --verbosity 0
exec "$python" manage.py runserver "$HOST:$PORT"
