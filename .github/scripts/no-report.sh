#!/usr/bin/env bash
# Writes what stands where a report would: a reviewer who finds yesterday's report must not take it for today's.
#
#   no-report.sh FILE TITLE-SLUG SENTENCE [LOG]
set -euo pipefail
file=$1
slug=$2
sentence=$3
log=${4:-}
mkdir -p "$(dirname "$file")"
{
  echo "<!-- plan-review: $slug -->"
  echo '## ⛔ There is no report'
  echo
  echo "$sentence"
  if [ -s "$log" ]; then
    echo
    # Indented, so that it is code whatever stands in it.
    tail -n 40 "$log" | cut -c -400 | sed 's/^/    /'
  fi
} >"$file"
