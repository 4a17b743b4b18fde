#!/bin/sh
# What a relay costs: p50 and p99 of a small command and of a 200 KB reply, direct, through socat and through qmptape,
# in one run, with ratios. Needs a JDK 17; takes socat, chrt and a real QEMU along where they are installed.
#
#   relay.sh [--quick | --long] [--alone] [--tcp] [--relay COMMAND]
#
# --alone adds a fourth way, qmptape's relay without a recorder (needs Maven): what is between them is the recorder's.
# --tcp goes over TCP on this host instead of unix sockets, and through mitmproxy too, where that is installed.
# COMMAND starts the relay under test; LISTEN, UPSTREAM and TAPE in it stand for two endpoints and a fresh directory.
# Default (or $QMPTAPE_RELAY): the project's launcher.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
qmptape=$here/../../qmptape
ours="$qmptape record --listen LISTEN --upstream UPSTREAM --tape TAPE"
relay=${QMPTAPE_RELAY:-$ours}
blocks=40
alone=
tcp=
while [ $# -gt 0 ]; do
    case $1 in
    --quick) blocks=8 ;;
    --long) blocks=400 ;;
    --alone) alone=yes ;;
    --tcp) tcp=yes ;;
    --relay)
        [ $# -gt 1 ] || { echo "relay.sh: --relay needs a command" >&2; exit 2; }
        relay=$2
        shift
        ;;
    *)
        echo "relay.sh: unknown option '$1'; use: relay.sh [--quick | --long] [--alone] [--tcp] [--relay COMMAND]" >&2
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

# The endpoint called $1: a socket in $dir, or a port that is its own.
ports=$((20000 + $$ % 20000))
at() {
    if [ -z "$tcp" ]; then
        echo "unix:$dir/$1.sock"
        return
    fi
    [ -e "$dir/$1.port" ] || echo $((ports + $(find "$dir" -name '*.port' | wc -l))) >"$dir/$1.port"
    echo "tcp:127.0.0.1:$(cat "$dir/$1.port")"
}

# Waits until somebody listens at $1.
await() {
    tries=0
    until case $1 in unix:*) [ -S "${1#unix:}" ] ;; *) grep -q ":$(printf %04X "${1##*:}") 0*:0000 0A" /proc/net/tcp /proc/net/tcp6 ;; esac do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { echo "relay.sh: $1 did not appear:" >&2; cat "$dir/log" >&2; exit 2; }
        sleep 0.1
    done
}

# Adds the way called $1, whose endpoint is $2, once it is there; $3 is the process that relays.
way() {
    await "$2"
    targets="$targets $1=$2${3:+@$3}"
}

# The endpoint $2 in socat's words, to LISTEN or CONNECT.
socat_end() {
    case $2 in
    unix:*) echo "UNIX-$1:${2#unix:}" ;;
    *) echo "TCP$([ "$1" = CONNECT ] || echo 4)-$1:$([ "$1" = CONNECT ] && echo "127.0.0.1:${2##*:}" || echo "${2##*:},bind=127.0.0.1,reuseaddr"),nodelay" ;;
    esac
}

# Sets up all ways to one server, which has a socket for each of them: QEMU's monitors serve one client at a time.
ways() {
    way direct "$(at "$1-direct")"
    if command -v socat >/dev/null; then
        start socat "$(socat_end LISTEN "$(at "$1-through-socat")"),fork" "$(socat_end CONNECT "$(at "$1-socat")")"
        way socat "$(at "$1-through-socat")" $!
    fi
    if [ -n "$tcp" ] && command -v mitmdump >/dev/null; then
        through=$(at "$1-through-mitmproxy")
        server=$(at "$1-mitmproxy")
        start mitmdump -q --mode "reverse:http://${server#tcp:}" --listen-host 127.0.0.1 --listen-port "${through##*:}" \
            --set 'tcp_hosts=.*' --set flow_detail=0
        way mitmproxy "$through" $!
    fi
    if [ -n "$alone" ]; then
        # shellcheck disable=SC2154 # set by classes.sh
        start java -cp "$classes" io.qmptape.samples.cost.RelayAlone "$(at "$1-through-alone")" "$(at "$1-alone")"
        way alone "$(at "$1-through-alone")" $!
    fi
    command=$(printf '%s' "$relay" |
        sed "s|LISTEN|$(at "$1-relay")|; s|UPSTREAM|$(at "$1-qmptape")|; s|TAPE|$dir/$1-tape|")
    # shellcheck disable=SC2086 # a command with its arguments
    start $command
    relay_pid=$!
    way qmptape "$(at "$1-relay")" $relay_pid
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
servers="direct socat mitmproxy alone qmptape"
# shellcheck disable=SC2086 # lists of words
{
    start java "$here/Relay.java" serve $(for one in $servers; do at "echo-$one"; done)
    await "$(at echo-qmptape)"
    ways echo
    java "$here/Relay.java" measure stand-in "$blocks" $targets
    recorded echo
}

if command -v qemu-system-x86_64 >/dev/null; then
    targets=
    # shellcheck disable=SC2086 # lists of words
    {
        start qemu-system-x86_64 -M none -nodefaults -display none \
            $(for one in $servers; do echo "-qmp $(at "qemu-$one"),server=on,wait=off"; done)
        await "$(at qemu-qmptape)"
        ways qemu
        java "$here/Relay.java" measure qemu "$blocks" $targets
    }
    recorded qemu
else
    echo "relay.sh: no qemu-system-x86_64, so only the stand-in was measured" >&2
fi
