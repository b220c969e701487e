#!/bin/sh
# What the audit takes from npm, by its lock. Needs Node 18.18 or newer, npm and Java 11 or newer.
set -eu
umask 077
cd "$(dirname "$0")"

for program in node npm java; do
    command -v "$program" >/dev/null || {
        echo "No $program: install it (on Debian: apt-get install nodejs npm default-jre-headless)." >&2
        exit 2
    }
done

exec ../npm.sh .
