#!/bin/bash
# Runs a command with a PostgreSQL of its own: started in a new folder, gone afterwards.
#
#     tools/postgres.sh make test ARGS='-m "django_db or database"'
#
# Needs the server's programs (on Debian: apt-get install postgresql).
set -eu
umask 077
cd "$(dirname "$0")/.."

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb)") || {
    echo "No PostgreSQL server found: install it (on Debian: apt-get install postgresql)." >&2
    exit 2
}
folder=$(mktemp -d)
port=$(python3 -c 'import socket; held = socket.create_server(("127.0.0.1", 0)); print(held.getsockname()[1])')

# The server refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as=(runuser -u postgres --)
fi
end() {
    "${as[@]}" "$programs/pg_ctl" --pgdata "$folder/data" --mode immediate --wait stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT

cd "$folder"
"${as[@]}" "$programs/initdb" --pgdata "$folder/data" --auth trust --username anxin --encoding UTF8 --no-sync >/dev/null
"${as[@]}" "$programs/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait \
    --options "-p $port -k $folder -c fsync=off -c listen_addresses=127.0.0.1" start >/dev/null
"${as[@]}" "$programs/createdb" --host 127.0.0.1 --port "$port" --username anxin anxin
cd - >/dev/null

DATABASE_URL="postgres://anxin@127.0.0.1:$port/anxin" "$@"
