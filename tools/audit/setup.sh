#!/bin/sh
# What the audit takes from npm, by its lock. Needs Node 18.18 or newer, npm and Java 11 or newer.
set -eu
cd "$(dirname "$0")"

for program in node npm java; do
    command -v "$program" >/dev/null || {
        echo "No $program: install it (on Debian: apt-get install nodejs npm default-jre-headless)." >&2
        exit 2
    }
done

# npm writes its own copy of the lock last: where that is older than ours, or not there, something is missing.
kept=node_modules/.package-lock.json
if [ ! -e "$kept" ] || [ -n "$(find package.json package-lock.json -newer "$kept")" ]; then
    npm ci --silent --prefer-offline
    touch "$kept"
fi
