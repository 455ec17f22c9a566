#!/bin/sh
# Make the secrets that compose.yaml hands to the containers. What is there already is kept.
# The folder is closed to others; the files are readable, because containers read them as users of their own.
set -eu
umask 077
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
chmod 700 "$folder"
for name in secret_key postgres_password redis_password; do
  if [ ! -s "$folder/$name" ]; then
    head -c 48 /dev/urandom | base64 | tr -d '\n' >"$folder/$name"
    echo "made $folder/$name"
  fi
  chmod 444 "$folder/$name"
done
