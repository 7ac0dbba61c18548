#!/usr/bin/env bash
# The review of the composite action: its inputs come as variables, its outputs go to GITHUB_OUTPUT.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
directory=$(mktemp -d "${RUNNER_TEMP:-/tmp}/plan-review.XXXXXX")

slug=$(tr -cs 'A-Za-z0-9' '-' <<<"$TITLE" | sed 's/^-*//; s/-*$//' | cut -c -100)
if [ -z "$slug" ]; then
  echo "title: $TITLE has neither a letter nor a digit; a comment is found again by it." >&2
  exit 2
fi
printf '%s=%s\n' directory "$directory" slug "$slug" >>"$GITHUB_OUTPUT"

# Words, without what a shell makes of * and ?.
set -f
if [ -n "$PLANS" ]; then
  # shellcheck disable=SC2206
  what=(--plan $PLANS)
  base=${BASE:-}
elif [ -n "$ENVIRONMENTS" ]; then
  # shellcheck disable=SC2206
  what=($ENVIRONMENTS)
  base=${BASE:-HEAD^1}
else
  what=(--all)
  base=${BASE:-HEAD^1}
fi

code=0
node --require "$project/node_modules/tsx/dist/cjs/index.cjs" "$project/cli/main.ts" review \
  ${base:+--base "$base"} ${FAIL_ON:+--fail-on "$FAIL_ON"} --title "$TITLE" --full-url "$RUN_URL" \
  --output "$directory/review.md" "$directory/review.html" "$directory/review.json" "$directory/review.sarif" \
  "${what[@]}" 2>"$directory/review.log" || code=$?
cat "$directory/review.log" >&2

if [ -s "$directory/review.json" ]; then
  node "$here/outputs.mjs" "$directory/review.json" >>"$GITHUB_OUTPUT"
else
  "$here/../../scripts/no-report.sh" "$directory/review.md" "$slug" 'The review did not come to an end.' "$directory/review.log"
fi
exit "$code"
