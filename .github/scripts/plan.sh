#!/usr/bin/env bash
# Plans every stack of an environment, as whoever the job is logged in as.
#
#   plan.sh ENVIRONMENT DIRECTORY
#
# Expects synthesized stacks in cdktf.out. For each, leaves STACK.tfplan, and STACK.json (`show -json`), in DIRECTORY. Both may hold secrets in
# clear: they are for this job only. LOCK=false for an identity that may read the state but not write a lock beside it.
set -euo pipefail
environment=$1
directory=$2
umask 077
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)

# Only the providers whose hashes the repository holds, where it holds some (docs/supply-chain.md).
lock=()
if [ -f terraform.lock.hcl ]; then
  node "$(dirname "$0")/provider-locks.mjs" copy "$environment"
  lock=(-lockfile=readonly)
else
  echo '::warning::The repository locks no providers: node .github/scripts/provider-locks.mjs make'
fi

# Not in the loop's head: there a failure would go unnoticed.
stacks=$(node "$(dirname "$0")/stacks.mjs" "$environment")
for stack in $stacks; do
  echo "::group::$stack"
  at="cdktf.out/stacks/$stack"
  terraform -chdir="$at" init -input=false -no-color "${lock[@]}"
  terraform -chdir="$at" plan -input=false -no-color -lock="${LOCK:-true}" -lock-timeout=5m -out="$directory/$stack.tfplan"
  terraform -chdir="$at" show -json "$directory/$stack.tfplan" >"$directory/$stack.json"
  echo '::endgroup::'
done
