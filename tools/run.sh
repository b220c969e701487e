#!/bin/sh
# Everything from nothing, then the site with production settings.
set -eu
cd "$(dirname "$0")/.."
export HOST="${HOST:-127.0.0.1}" PORT="${PORT:-8000}"
unset DEBUG  # someone's shell may have it

tools/setup.sh
python=.venv/bin/python var=${VAR_DIR:-var}
"$python" -m tools.serve free
"$python" manage.py check >/dev/null
"$python" manage.py migrate --no-input --skip-checks --verbosity 0

# Collecting compresses every file, so only when something went in.
static=$(find static config/settings.py requirements.txt -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum)
if [ ! -d "$var/static" ] || [ "$static" != "$(cat "$var/static.stamp" 2>/dev/null)" ]; then
    "$python" manage.py collectstatic --no-input --skip-checks --verbosity 0
    echo "$static" >"$var/static.stamp"
fi

# exec, so that what ends make ends the server too.
exec "$python" -m tools.serve
