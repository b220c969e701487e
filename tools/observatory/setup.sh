#!/bin/sh
# MDN's HTTP Observatory from npm, by its lock. Needs Node 20 or newer and npm.
set -eu
umask 077
cd "$(dirname "$0")"

for program in node npm; do
    command -v "$program" >/dev/null || {
        echo "No $program: install it (on Debian: apt-get install nodejs npm)." >&2
        exit 2
    }
done

# Without its scripts: one builds a driver for databases, one fetches the list below from the internet.
../npm.sh . --ignore-scripts
# Who is in browsers' lists for HSTS: nobody who stands on this machine.
[ -e node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json ] ||
    echo '[]' >node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json
