#!/usr/bin/env bash
# Every page of tests/functional/addresses.py through the Nu Html Checker (npm's vnu-jar, which needs Java).
#   SITE=http://127.0.0.1:8000 benchmarks/quality/html.sh
# Attributes in hx- belong to htmx and are passed over; they are the only ones that HTML does not know.
set -euo pipefail
cd "$(dirname "$0")/../.."
site="${SITE:-http://127.0.0.1:8000}"
tools="${TOOLS:-var/quality}"
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

checker="$tools/node_modules/vnu-jar/build/dist/vnu.jar"
[ -e "$checker" ] || npm install --silent --no-audit --no-fund --prefix "$tools" vnu-jar@26.9.27

count=0
while read -r address; do
  count=$((count + 1))
  name=$(printf '%02d%s' "$count" "${address//[^a-zA-Z0-9]/_}")
  curl --silent --show-error --output "$pages/$name.html" "$site$address"
done < <(.venv/bin/python -m tests.functional.addresses)
java -jar "$checker" --asciiquotes --filterpattern 'Attribute .hx-[a-z-]+. not allowed.*' "$pages"/*.html
echo "$count pages, and nothing to mend."
