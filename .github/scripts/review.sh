#!/usr/bin/env bash
# What a pull request would do, for whoever reviews it: policy, and the review of every environment in a rehearsal. Needs no credentials.
#
#   review.sh DIRECTORY BASE [ENVIRONMENT...]
#
# Default: every environment. Writes review.md, .html and .sarif and policy.sarif into DIRECTORY. RUN_URL: where the whole report will be found.
set -euo pipefail
directory=$1
base=$2
shift 2
environments=("$@")
mkdir -p "$directory"
rm -f "$directory"/review.*
failed=0

npm run --silent policy -- --format sarif >"$directory/policy.sarif" || failed=1
# Once more for people: a SARIF file is not what they read in a log.
if [ "$failed" -ne 0 ]; then npm run --silent policy || true; fi

reports=("$directory/review.md" "$directory/review.html" "$directory/review.sarif")
npm run --silent review -- "${environments[@]:---all}" --base "$base" --title 'every environment' \
  ${RUN_URL:+--full-url "$RUN_URL"} --output "${reports[@]}" 2>"$directory/review.log" || failed=1
cat "$directory/review.log" >&2

if [ ! -s "$directory/review.md" ]; then
  "$(dirname "$0")/no-report.sh" "$directory/review.md" every-environment 'The environments could not be rehearsed.' "$directory/review.log"
fi
exit "$failed"
