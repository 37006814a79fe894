#!/bin/sh
# Replaces itself with a node that has the permissions that its environment needs, and no others.
set -eu
cd "$(dirname "$0")/.."
flags=$(deno run --cached-only -P=flags tasks/permissions.ts)
# One flag a line, and any path may hold spaces.
IFS='
'
set -f
# shellcheck disable=SC2086
exec deno run --cached-only $flags main.ts
