#!/bin/sh
# Runs a command, and ends it with all that it has started as soon as standard input closes. Whoever holds the other end may be killed
# without a warning, as a test run is: nothing outlives it.
trap : TERM INT
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
{ cat <&3 >/dev/null; kill -KILL 0; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$child"
status=$?
while kill -0 "$child" 2>/dev/null; do
  kill -TERM "$child" 2>/dev/null
  wait "$child"
  status=$?
done
kill -KILL "$watcher" 2>/dev/null
exit "$status"
