#!/bin/sh
# Backup and restore where PostgreSQL runs in a container: its image has pg_dump and pg_restore, the site's has not.
#   backup_postgres.sh nightly           a dump each night, for ever; the newest KEEP (14) stay
#   backup_postgres.sh now               one dump
#   backup_postgres.sh restore FILE      into a new database beside the running one, all or nothing
# BACKUPS is the folder (/backups); PGHOST, PGUSER and PGDATABASE name the database; PGPASSWORD_FILE holds the password.
set -eu
umask 077
folder=${BACKUPS:-/backups}
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD=$(cat "$PGPASSWORD_FILE")
export PGPASSWORD

dump() {
  made="$folder/medpayiq-$(date -u +%Y-%m-%dT%H%M%SZ).pgdump"
  pg_dump --format=custom --no-owner --no-privileges --file="$made.part"
  pg_restore --list "$made.part" >/dev/null
  mv "$made.part" "$made"
  (cd "$folder" && sha256sum "$(basename "$made")" >"$made.sha256")
  find "$folder" -name 'medpayiq-*Z.pgdump' | sort -r | tail -n "+$((${KEEP:-14} + 1))" | while read -r old; do
    rm -f "$old" "$old.sha256"
  done
  echo "$made ($(wc -c <"$made") bytes)"
}

restore() {
  (cd "$(dirname "$1")" && sha256sum --check --quiet "$(basename "$1").sha256")
  into=${RESTORE_INTO:-medpayiq_restored}
  createdb "$into"
  pg_restore --single-transaction --exit-on-error --no-owner --no-privileges --dbname="$into" "$1"
  for table in codes_release codes_feeschedulerow codes_ptpedit codes_tip contributions_report; do
    echo "$table: $(psql --no-psqlrc --tuples-only --no-align --dbname="$into" --command "SELECT count(*) FROM $table") rows"
  done
}

case ${1:-} in
  now) dump ;;
  restore) restore "$2" ;;
  nightly)
    trap 'exit 0' TERM INT
    while :; do
      now=$(date -u +%s)
      sleep $(((11700 - now % 86400 + 86400 - 1) % 86400 + 1)) &  # until 03:15 UTC
      wait $!
      dump || echo "The backup failed." >&2
    done
    ;;
  *) sed -n '2,6p' "$0"; exit 2 ;;
esac
