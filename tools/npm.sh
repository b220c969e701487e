#!/bin/sh
# What the package.json of a folder asks of npm, by its lock: tools/npm.sh FOLDER [options of npm ci]
set -eu
umask 077
cd "$1"
shift

# npm writes its own copy of the lock last: where that is older than ours, or not there, something is missing.
kept=node_modules/.package-lock.json
if [ ! -e "$kept" ] || [ -n "$(find package.json package-lock.json -newer "$kept")" ]; then
    npm ci --silent --prefer-offline "$@"
    touch "$kept"
fi
