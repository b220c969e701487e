#!/bin/sh
# All that the audit needs, then the audit.
set -eu
umask 077
cd "$(dirname "$0")/.."
tools/setup.sh dev
tools/audit/setup.sh
exec .venv/bin/python -m tools.audit "$@"
