#!/bin/sh
# Collects static files into var/static, under hashed names and compressed.
# That takes a while, so only when something went in.
set -eu
umask 077
cd "$(dirname "$0")/.."
var=${VAR_DIR:-var}

now=$(find static config/settings.py requirements.txt -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum)
if [ ! -d "$var/static" ] || [ "$now" != "$(cat "$var/static.stamp" 2>/dev/null)" ]; then
    # nginx reads these as another user.
    (umask 022; mkdir -p "$var/static"; .venv/bin/python manage.py collectstatic --no-input --skip-checks --verbosity 0)
    echo "$now" >"$var/static.stamp"
fi
