#!/bin/sh
# Creates the secrets that compose.yaml reads, in ./secrets, unless they are there.
set -eu
umask 077
[ -e secrets ] && { echo "secrets/ exists already; nothing was changed" >&2; exit 1; }
mkdir secrets
for name in admin_token postgres_password redis_password; do
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "secrets/$name"
done
printf 'postgres://millrace:%s@postgres/millrace' "$(cat secrets/postgres_password)" > secrets/database_url
printf 'redis://:%s@redis:6379' "$(cat secrets/redis_password)" > secrets/redis_url
# The containers read them as users of their own; the folder keeps this machine's other users out.
chmod 644 secrets/*
echo "The admin token is in secrets/admin_token"
