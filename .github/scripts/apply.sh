#!/usr/bin/env bash
# Applies the plans that plan.sh has left in a directory, each stack after those that it builds on, and removes them.
#
#   apply.sh ENVIRONMENT DIRECTORY
#
# Terraform refuses a plan that the state has moved away from. It asks nothing: that the plan is the reviewed one was checked before.
set -euo pipefail
environment=$1
directory=$(cd "$2" && pwd)
trap 'rm -f "$directory"/*.tfplan "$directory"/*.json' EXIT

stacks=$(node "$(dirname "$0")/stacks.mjs" "$environment")
# All are there, or none is applied.
for stack in $stacks; do
  [ -f "$directory/$stack.tfplan" ] || {
    echo "There is no plan of $stack: nothing was applied." >&2
    exit 1
  }
done
for stack in $stacks; do
  echo "::group::$stack"
  terraform -chdir="cdktf.out/stacks/$stack" apply -input=false -no-color -lock-timeout=5m "$directory/$stack.tfplan"
  echo '::endgroup::'
done
