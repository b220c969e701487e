#!/bin/sh
# All that the Observatory needs, then the Observatory.
set -eu
umask 077
cd "$(dirname "$0")/.."
tools/setup.sh dev
tools/observatory/setup.sh
exec .venv/bin/python -m tools.observatory
