#!/bin/sh
# What a relay costs: p50 and p99 of a small command and of a 200 KB reply, direct, through socat and through qmptape,
# in one run, with ratios. Needs a JDK 17; takes socat, chrt and a real QEMU along where they are installed.
#
#   relay.sh [--quick | --long] [--alone] [--relay COMMAND]
#
# --alone adds a fourth way, qmptape's relay without a recorder (needs Maven): what is between them is the recorder's.
# COMMAND starts the relay under test; LISTEN, UPSTREAM and TAPE in it stand for two endpoints and a fresh directory.
# Default (or $QMPTAPE_RELAY): the project's launcher.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
qmptape=$here/../../qmptape
ours="$qmptape record --listen LISTEN --upstream UPSTREAM --tape TAPE"
relay=${QMPTAPE_RELAY:-$ours}
blocks=40
alone=
while [ $# -gt 0 ]; do
    case $1 in
    --quick) blocks=8 ;;
    --long) blocks=400 ;;
    --alone) alone=yes ;;
    --relay)
        [ $# -gt 1 ] || { echo "relay.sh: --relay needs a command" >&2; exit 2; }
        relay=$2
        shift
        ;;
    *)
        echo "relay.sh: unknown option '$1'; use: relay.sh [--quick] [--alone] [--relay COMMAND]" >&2
        exit 2
        ;;
    esac
    shift
done

[ -z "$alone" ] || . "$here/classes.sh"

dir=$(mktemp -d "${TMPDIR:-/tmp}/relay.XXXXXX")
started=
finish() {
    for pid in $started; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Runs a command in the background, to be ended with this script.
start() {
    "$@" >>"$dir/log" 2>&1 &
    started="$started $!"
}

await() {
    tries=0
    until [ -S "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { echo "relay.sh: $1 did not appear:" >&2; cat "$dir/log" >&2; exit 2; }
        sleep 0.1
    done
}

# Adds the way called $1, whose socket is $2, once it is there; $3 is the process that relays.
way() {
    await "$2"
    targets="$targets $1=$2${3:+@$3}"
}

# Sets up all ways to one server, which has a socket for each of them: QEMU's monitors serve one client at a time.
ways() {
    way direct "$dir/$1-direct.sock"
    if command -v socat >/dev/null; then
        start socat "UNIX-LISTEN:$dir/$1-through-socat.sock,fork" "UNIX-CONNECT:$dir/$1-socat.sock"
        way socat "$dir/$1-through-socat.sock" $!
    fi
    if [ -n "$alone" ]; then
        # shellcheck disable=SC2154 # set by classes.sh
        start java -cp "$classes" io.qmptape.samples.cost.RelayAlone "$dir/$1-through-alone.sock" "$dir/$1-alone.sock"
        way alone "$dir/$1-through-alone.sock" $!
    fi
    command=$(printf '%s' "$relay" |
        sed "s|LISTEN|unix:$dir/$1-relay.sock|; s|UPSTREAM|unix:$dir/$1-qmptape.sock|; s|TAPE|$dir/$1-tape|")
    # shellcheck disable=SC2086 # a command with its arguments
    start $command
    relay_pid=$!
    way qmptape "$dir/$1-relay.sock" $relay_pid
}

# Ends the relay to the server called $1 and says what it recorded: what is fast because it leaves out does not count.
recorded() {
    kill "$relay_pid"
    wait "$relay_pid" || echo "relay.sh: the relay ended with exit code $?" >&2
    [ "$relay" = "$ours" ] || return 0
    "$qmptape" sessions --json --tape "$dir/$1-tape" |
        sed -n 's/.*"messages":\([0-9]*\).*"gaps":\([0-9]*\).*/on the tape: \1 messages, \2 gaps/p'
}

# An idle core sleeps and takes long to wake; a spinner in the idle class gives way to everything else at once.
if command -v chrt >/dev/null; then
    cores=$(getconf _NPROCESSORS_ONLN)
    while [ "$cores" -gt 0 ]; do
        start chrt -i 0 sh -c 'while :; do :; done'
        cores=$((cores - 1))
    done
else
    echo "relay.sh: no chrt, so the cores may sleep and the figures vary" >&2
fi
command -v socat >/dev/null || echo "relay.sh: no socat, so there are no ratios to it" >&2

targets=
start java "$here/Relay.java" serve "$dir/echo-direct.sock" "$dir/echo-socat.sock" \
    "$dir/echo-alone.sock" "$dir/echo-qmptape.sock"
await "$dir/echo-qmptape.sock"
ways echo
# shellcheck disable=SC2086 # a list of words
java "$here/Relay.java" measure stand-in "$blocks" $targets
recorded echo

if command -v qemu-system-x86_64 >/dev/null; then
    targets=
    start qemu-system-x86_64 -M none -nodefaults -display none \
        -qmp "unix:$dir/qemu-direct.sock,server=on,wait=off" \
        -qmp "unix:$dir/qemu-socat.sock,server=on,wait=off" \
        -qmp "unix:$dir/qemu-alone.sock,server=on,wait=off" \
        -qmp "unix:$dir/qemu-qmptape.sock,server=on,wait=off"
    await "$dir/qemu-qmptape.sock"
    ways qemu
    # shellcheck disable=SC2086 # a list of words
    java "$here/Relay.java" measure qemu "$blocks" $targets
    recorded qemu
else
    echo "relay.sh: no qemu-system-x86_64, so only the stand-in was measured" >&2
fi
