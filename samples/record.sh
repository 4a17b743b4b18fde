#!/bin/bash
# Records the sessions of this directory again: starts a QEMU for each, with the recorder in front of its monitor, sends
# the commands below and writes the session as a transcript.
#
#   record.sh [NAME...]       one or more of: boot blockjob mirror failures pretty pipelined; all without a NAME
#
# Needs qemu-system-x86_64, qemu-img and socat. Sockets and images lie in /tmp/qmptape while it runs, so that no path of
# this machine gets into a transcript; the tape lies there too, and your own is not touched. Nothing else is random but
# what QEMU and the clock say: ids of sessions, times, process numbers, stand-ins of secrets.
set -euo pipefail
export LC_ALL=C
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
qmptape=$here/../qmptape
dir=/tmp/qmptape
patience=30 # seconds until an answer is given up
uuid=6f1c5a52-0d0f-4c0e-9a3e-7b1d5e8c2a40

die() { echo "record.sh: $*" >&2; exit 2; }

names=("$@")
[ $# -gt 0 ] || names=(boot blockjob mirror failures pretty pipelined)
for name in "${names[@]}"; do
    case $name in
    boot | blockjob | mirror | failures | pretty | pipelined) ;;
    *) die "there is no session '$name'; use: record.sh [boot|blockjob|mirror|failures|pretty|pipelined]..." ;;
    esac
done
for tool in qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils socat:socat; do
    command -v "${tool%:*}" >/dev/null || die "needs ${tool%:*}, which is not on the PATH (Debian's package ${tool#*:})"
done
"$qmptape" --version >/dev/null || die "$qmptape does not run"
mkdir -m 700 "$dir" 2>/dev/null || die "$dir exists: another run uses it, or left it behind; remove it then"

qemu='' recorder='' client=''
finish() {
    for pid in $client $recorder $qemu; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM
export XDG_STATE_HOME=$dir/state XDG_CACHE_HOME=$dir/cache XDG_CONFIG_HOME=$dir/config

await() {
    for ((tries = 0; tries < patience * 10; tries++)); do
        [ ! -S "$1" ] || return 0
        sleep 0.1
    done
    cat "$dir/log" >&2
    die "$1 did not appear"
}

# open NAME MONITOR-OPTIONS QEMU-OPTION...: a QEMU called NAME, the recorder before it, and a client that has its greeting.
open() {
    name=$1
    local monitor=$2
    shift 2
    qemu-system-x86_64 -name "$name" -uuid $uuid -M q35 -accel tcg -m 64 -nodefaults -display none "$@" \
        -chardev "socket,id=m,path=$dir/$name-qemu.sock,server=on,wait=off" \
        -mon "chardev=m,mode=control$monitor" >>"$dir/log" 2>&1 &
    qemu=$!
    await "$dir/$name-qemu.sock"
    "$qmptape" record --listen "unix:$dir/$name.sock" --upstream "unix:$dir/$name-qemu.sock" \
        --tape "$dir/$name-tape" >>"$dir/log" 2>&1 &
    recorder=$!
    await "$dir/$name.sock"
    mkfifo "$dir/$name.to" "$dir/$name.from"
    socat -t 5 - "UNIX-CONNECT:$dir/$name.sock" <"$dir/$name.to" >"$dir/$name.from" 2>>"$dir/log" &
    client=$!
    heard=
    exec 3>"$dir/$name.to" 4<"$dir/$name.from"
    receive
}

# Takes one message from QEMU into $message, of one line or, on a pretty monitor, of many; $heard has all of them.
receive() {
    message=
    local line
    while IFS= read -r -t $patience line <&4; do
        line=${line%$'\r'}
        message+=$line
        if [[ $line == '}' || $line == '{'*'}' ]]; then
            heard+=$message
            return
        fi
    done
    die "$name: QEMU said nothing more for $patience s, or left; last: $message"
}

# replies N: waits for N of them; what events come before the last one is passed over.
replies() {
    local left=$1
    while [ "$left" -gt 0 ]; do
        receive
        [[ ! $message =~ ^\{\ *\"(return|error|id)\" ]] || left=$((left - 1))
    done
}

# bytes FORMAT [N]: sends what printf makes of FORMAT and waits for N replies, else one.
bytes() {
    # shellcheck disable=SC2059 # the format is the message
    printf "$1" >&3
    replies "${2:-1}"
}

# say MESSAGE [N]: sends a line and waits for N replies, else one.
say() {
    printf '%s\n' "$1" >&3
    replies "${2:-1}"
}

# ask COMMAND [ARGUMENTS]
ask() {
    if [ $# -eq 1 ]; then
        say "{\"execute\": \"$1\"}"
    else
        say "{\"execute\": \"$1\", \"arguments\": $2}"
    fi
}

# until_job JOB STATUS: waits for that change of the job, unless it was heard of.
until_job() {
    local change="\"JOB_STATUS_CHANGE\", \"data\": {\"status\": \"$2\", \"id\": \"$1\"}"
    until [[ $heard == *"$change"* ]]; do receive; done
}

# Ends the client, writes the transcript once the tape has the whole session, and ends QEMU and the recorder.
close() {
    exec 3>&-
    while IFS= read -r -t $patience _ <&4; do :; done
    exec 4<&-
    wait "$client" 2>/dev/null || :
    client=
    export_closed
    kill "$recorder"
    wait "$recorder" || { cat "$dir/log" >&2; die "$name: the recorder failed"; }
    recorder=
    kill "$qemu" 2>/dev/null || :
    wait "$qemu" 2>/dev/null || :
    qemu=
}

export_closed() {
    for ((tries = 0; tries < patience; tries++)); do
        if "$qmptape" export latest --tape "$dir/$name-tape" -o "$dir/$name.qmp.jsonl" 2>>"$dir/log" &&
            tail -n 1 "$dir/$name.qmp.jsonl" | grep -q '^{"closed"'; then
            mv "$dir/$name.qmp.jsonl" "$here/sessions/$name.qmp.jsonl"
            return
        fi
        sleep 0.2
    done
    cat "$dir/log" >&2
    die "$name: the session did not come onto the tape"
}

# A machine from its start to its end.
boot() {
    open boot '' -S -vga none -device virtio-balloon-pci,id=balloon0
    ask qmp_capabilities
    ask query-version
    ask query-name
    ask query-uuid
    ask query-kvm
    ask query-status
    ask query-cpus-fast
    ask query-block
    ask query-chardev
    ask query-pci
    ask query-balloon
    ask cont
    ask query-status
    ask stop
    ask query-status
    ask cont
    ask system_reset
    ask query-status
    ask system_powerdown
    ask query-status
    ask quit
    close
}

# Disks are added, mirrored, backed up and committed; jobs are polled, sped up, cancelled and dismissed.
blockjob() {
    qemu-img create -q -f raw "$dir/base.img" 4M
    printf '%1048576s' x >"$dir/written.img" # a MiB of data, so that a slow job has something to do
    dd if="$dir/written.img" of="$dir/base.img" bs=1M conv=notrunc status=none
    qemu-img create -q -f qcow2 -b "$dir/base.img" -F raw "$dir/disk.qcow2"
    qemu-img create -q -f qcow2 "$dir/copy.qcow2" 4M
    qemu-img create -q -f qcow2 "$dir/backup.qcow2" 4M
    qemu-img create -q -f qcow2 -b "$dir/disk.qcow2" -F qcow2 "$dir/overlay.qcow2"
    open blockjob '' -S
    ask qmp_capabilities
    for node in disk copy backup; do
        ask blockdev-add "{\"node-name\": \"$node\", \"driver\": \"qcow2\",\
 \"file\": {\"driver\": \"file\", \"filename\": \"$dir/$node.qcow2\"}}"
    done
    ask query-jobs

    ask blockdev-mirror '{"job-id": "mirror0", "device": "disk", "target": "copy", "sync": "full", "speed": 65536, "auto-dismiss": false}'
    ask query-jobs
    ask query-block-jobs
    ask block-job-set-speed '{"device": "mirror0", "speed": 0}'
    until_job mirror0 ready
    ask query-jobs
    ask job-complete '{"id": "mirror0"}'
    until_job mirror0 concluded
    ask query-jobs
    ask job-dismiss '{"id": "mirror0"}'
    until_job mirror0 null

    ask blockdev-backup '{"job-id": "backup0", "device": "copy", "target": "backup", "sync": "full", "speed": 65536, "auto-dismiss": false}'
    heard= # of short pauses at the job's start
    ask job-pause '{"id": "backup0"}'
    until_job backup0 paused
    ask query-jobs
    ask job-resume '{"id": "backup0"}'
    ask block-job-cancel '{"device": "backup0"}'
    until_job backup0 concluded
    ask query-jobs
    ask job-dismiss '{"id": "backup0"}'
    until_job backup0 null

    ask blockdev-add "{\"node-name\": \"overlay\", \"driver\": \"qcow2\", \"backing\": null,\
 \"file\": {\"driver\": \"file\", \"filename\": \"$dir/overlay.qcow2\"}}"
    ask blockdev-snapshot '{"node": "copy", "overlay": "overlay"}'
    ask block-commit '{"job-id": "commit0", "device": "overlay", "base-node": "copy"}'
    until_job commit0 ready
    ask block-job-complete '{"device": "commit0"}'
    until_job commit0 null
    ask query-jobs
    ask blockdev-del '{"node-name": "backup"}'
    ask quit
    close
}

# One disk is copied, by a client that goes by events: what DiskCopyTest plays.
mirror() {
    qemu-img create -q -f raw "$dir/disk.img" 1M
    qemu-img create -q -f raw "$dir/copy.img" 1M
    open mirror '' -S -blockdev "file,node-name=disk,filename=$dir/disk.img" -blockdev "file,node-name=copy,filename=$dir/copy.img"
    ask qmp_capabilities
    ask blockdev-mirror '{"job-id": "copying", "device": "disk", "target": "copy", "sync": "full", "auto-dismiss": false}'
    until_job copying ready
    ask job-complete '{"id": "copying"}'
    until_job copying concluded
    ask job-dismiss '{"id": "copying"}'
    until_job copying null
    close
}

# What QEMU refuses, in the order in which it looks at a message; and passwords, which must not be in the transcript.
failures() {
    open failures '' -S -vnc "unix:$dir/vnc.sock,password=on"
    ask query-status
    ask qmp_capabilities '{"enable": ["time-travel"]}'
    ask qmp_capabilities
    ask qmp_capabilities

    bytes 'hello\n'
    bytes '{"execute" "query-status"}\n'
    bytes '{"execute": @}\n' 2
    bytes '{"execute": "query-\377status"}\n' 2
    bytes '\001\n'
    say '{"execute": "query-status", "execute": "query-name"}'
    say "{'execute': 'query-status', 'id': 'single quotes are fine'}"

    say '[{"execute": "query-status"}]'
    say '{"arguments": {}, "id": 1}'
    say '{"execute": 7, "id": 2}'
    say '{"execute": "query-status", "arguments": [], "id": 3}'
    say '{"execute": "query-status", "comment": "none", "id": 4}'
    say '{"exec-oob": "query-yank", "id": 5}'

    ask query-weather
    ask device_del
    ask query-status '{"verbose": true}'
    ask set_link '{"name": "net0", "up": "yes"}'
    ask eject '{"device": 7}'
    ask device_del '{"id": "nothing"}'
    ask blockdev-add "{\"driver\": \"file\", \"node-name\": \"disk\", \"filename\": \"$dir/missing.img\"}"
    ask blockdev-add '{"driver": "nonsense", "node-name": "disk"}'

    ask set_password '{"protocol": "vnc", "password": "swordfish"}'
    ask change-vnc-password '{"password": "swordfish"}'
    ask set_password '{"protocol": "vnc", "password": "xyzzy", "connected": "later"}'
    ask query-status
    printf '{"execute": "qu' >&3
    close
}

# A monitor that prints over many lines.
pretty() {
    open pretty ,pretty=on -S
    ask qmp_capabilities
    ask query-version
    ask query-status
    ask query-block
    ask cont
    ask query-chardev
    ask query-weather
    say '{
    "execute": "query-status",
    "id": {"of": "many", "lines": [1, 2]}
}'
    ask system_reset
    ask quit
    close
}

# All commands in one write, with ids of every type; the last two have the same, the first none.
pipelined() {
    open pipelined '' -S
    ask qmp_capabilities
    printf '%s' '{"execute": "query-status"}
{"execute": "query-name", "id": 1}{"execute": "query-uuid", "id": "1"}
{"execute": "query-status", "id": 1.0}
{"execute": "query-status", "id": -0}
{"execute": "query-status", "id": 1e3}
{"execute": "query-status", "id": 0.1}
{"execute": "query-status", "id": 18446744073709551615}
{"execute": "query-status", "id": 123456789012345678901234567890}
{"execute": "query-status", "id": null}
{"execute": "query-status", "id": true}
{"execute": "query-weather", "id": "caf\u00e9 \ud83d\ude00 é"}
{"execute": "cont", "id": [1, [2, []], {}]}
{"execute": "query-status", "id": {"of": "a", "kind": {"b": null, "a": 1}}}
{"execute": "query-kvm", "id": "twice"}
{"execute": "query-name", "id": "twice"}
' >&3
    replies 16
    ask quit
    close
}

for name in "${names[@]}"; do
    "$name"
done
