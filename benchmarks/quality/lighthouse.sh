#!/usr/bin/env bash
# Lighthouse's four categories (npm's lighthouse, the system's Chromium) on a phone and on a desktop: each at least 95.
#   SITE=http://localhost:8000 benchmarks/quality/lighthouse.sh [address ...]
# An address with a question asks search engines to stay out, on purpose: that one audit is passed over there.
# SITE is a running site in production mode behind the recommended proxy, which compresses.
set -euo pipefail
cd "$(dirname "$0")/../.."
site="${SITE:-http://localhost:8000}"
tools="${TOOLS:-var/quality}"
reports="${REPORTS:-var/quality/lighthouse}"
addresses=("$@")
[ $# -gt 0 ] || addresses=(/ /cpt/76376/ "/search/?q=knee+injection" "/claim/?lines=45385,45380,43239" /localities/10112-00/)

[ -e "$tools/node_modules/lighthouse" ] || npm install --silent --no-audit --no-fund --prefix "$tools" lighthouse@12.8.2
CHROME_PATH="$(command -v chromium)"
export CHROME_PATH
mkdir -p "$reports"
for address in "${addresses[@]}"; do
  for preset in mobile desktop; do
    report="$reports/$preset${address//[^a-zA-Z0-9]/_}.json"
    options=(--quiet --output=json "--output-path=$report" "--chrome-flags=--headless=new --no-sandbox --disable-gpu")
    [ "${address/\?/}" = "$address" ] || options+=(--skip-audits=is-crawlable)
    [ "$preset" = mobile ] || options+=(--preset=desktop)
    "$tools/node_modules/.bin/lighthouse" "$site$address" "${options[@]}"
    printf '%-34s%-9s' "$address" "$preset"
    node -e '
      const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1]));
      const scores = Object.values(categories).map((each) => [each.title, Math.round(each.score * 100)]);
      const kilobytes = Math.round(audits["total-byte-weight"].numericValue / 1024);
      console.log(scores.map((pair) => pair.join(" ")).join("  "), ` ${kilobytes} kB  CLS ${audits["cumulative-layout-shift"].displayValue}`);
      process.exitCode = scores.some(([, score]) => score < 95) ? 1 : 0;
    ' "$report" || below=yes
  done
done
[ -z "${below:-}" ]
