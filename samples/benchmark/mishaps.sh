#!/bin/sh
# What clients notice while the recorder comes to grief: 50 clients ask through `qmptape record`, and meanwhile the recorder is
# killed, stopped, loses its reel's file, and finds its disk full. Needs a JDK 17, root for the small disk; takes a minute.
#
#   mishaps.sh [--cut] [CLIENTS]
#
# --cut also cuts the file that the recorder writes, which takes what that reel had with it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
qmptape=$here/../../qmptape
cut=
if [ "${1:-}" = --cut ]; then
    cut=yes
    shift
fi
clients=${1:-50}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mishaps.XXXXXX")
disk=$dir/disk
started=
finish() {
    for pid in $started; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    umount "$disk" 2>/dev/null || :
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

await() {
    tries=0
    until [ -S "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { echo "mishaps.sh: $1 did not appear:" >&2; cat "$dir/log" >&2; exit 2; }
        sleep 0.1
    done
}

# The processes that the relay started, but for those that are gone.
recorder() { ps -o pid= --ppid "$relay" | tr -d ' '; }

# Says what begins, does it, and lets it last for so many seconds.
phase() {
    echo "$1"
    shift
    lasts=$1
    shift
    "$@"
    sleep "$lasts"
}

kill_recorder() { kill -9 "$(recorder)"; }
stop_recorder() { kill -STOP "$(recorder)"; }
let_go_on() { kill -CONT "$(recorder)"; }
cut_reel() {
    newest=$(ls -d "$disk"/tape/reels/*/ | tail -n 1)
    truncate -s 4096 "$newest"*.cq4
}
fill_disk() { dd if=/dev/zero of="$disk/filling" bs=1M 2>/dev/null || :; }
empty_disk() { rm -f "$disk/filling"; }

mkdir "$disk"
if ! mount -t tmpfs -o size=256m tmpfs "$disk" 2>/dev/null; then
    echo "mishaps.sh: no small disk can be made here, so none is filled" >&2
    fill_disk() { :; }
fi

java "$here/Mishaps.java" serve "$dir/server.sock" >>"$dir/log" 2>&1 &
started="$started $!"
await "$dir/server.sock"
"$qmptape" record --listen "$dir/relay.sock" --upstream "$dir/server.sock" --tape "$disk/tape" >>"$dir/log" 2>&1 &
relay=$!
started="$started $relay"
await "$dir/relay.sock"

{
    phase "warming up" 5 :
    phase "undisturbed" 5 :
    phase "recorder killed" 4 kill_recorder
    phase "killed again" 4 kill_recorder
    phase "recorder stopped" 5 stop_recorder
    phase "and going on" 4 let_go_on
    phase "disk full" 4 fill_disk
    phase "room again" 4 empty_disk
    [ -z "$cut" ] || phase "reel cut under the recorder" 4 cut_reel
} | java "$here/Mishaps.java" ask "$dir/relay.sock" "$clients"

kill "$relay"
wait "$relay" || echo "mishaps.sh: the relay ended with exit code $?" >&2
"$qmptape" sessions --json --tape "$disk/tape" |
    sed -n 's/.*"messages":\([0-9]*\).*"gaps":\([0-9]*\).*/\1 \2/p' |
    awk '{ messages += $1; gaps += $2 } END { print "on the tape: " messages " messages of " NR " sessions, " gaps " gaps" }'
"$qmptape" verify --tape "$disk/tape" | head -n 3
echo "what was said of it:"
cut -c 1-160 "$dir/log" | grep ' WARN \| ERROR ' || :
