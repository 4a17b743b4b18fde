#!/bin/sh
# What the tape costs: messages a second from the port to the tape and back, each stage alone, sealing, syncing, allocation
# and bytes on the disk, in one run. Needs a JDK 17 and Maven, and a few GB below TMPDIR.
#
#   tape.sh [--quick] [BENCHMARK...]
#
# BENCHMARK: Appending, Forcing, Stages, Reading, Sealing or Disk; all without one.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
pace="-f 2"
chosen=
while [ $# -gt 0 ]; do
    case $1 in
    --quick) pace="-f 1 -wi 2 -w 2 -i 3 -r 2" ;;
    Appending | Forcing | Stages | Reading | Sealing | Disk) chosen="$chosen $1" ;;
    *)
        echo "tape.sh: unknown option '$1'; use: tape.sh [--quick] [Appending|Forcing|Stages|Reading|Sealing|Disk]..." >&2
        exit 2
        ;;
    esac
    shift
done
: "${chosen:=Appending Forcing Stages Reading Sealing Disk}"

. "$here/classes.sh"
log=$here/target/tape.log

run() {
    # shellcheck disable=SC2086,SC2154 # a list of words; set by classes.sh
    java -Xmx1g $opens ${TMPDIR:+-Djava.io.tmpdir="$TMPDIR"} -cp "$classes" "$@"
}

echo "load: $(cat /proc/loadavg 2>/dev/null || uptime)"
benchmarks=
for one in $chosen; do
    [ "$one" = Disk ] || benchmarks="${benchmarks:+$benchmarks|}$one"
done
if [ -n "$benchmarks" ]; then
    # shellcheck disable=SC2086 # a list of words
    run org.openjdk.jmh.Main "cost\.($benchmarks)\." $pace -prof gc -rf text -rff "$here/target/tape.txt" >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; exit 2; }
    ! grep -A 12 '^<failure>\|Exception' "$log" >&2 || { echo "tape.sh: more is in $log" >&2; exit 2; }
    grep -v 'gc\.count\|gc\.time\|gc\.alloc\.rate ' "$here/target/tape.txt"
fi
case $chosen in
*Disk*) run io.qmptape.samples.cost.Disk "$here/../sessions" ;;
esac
echo "load: $(cat /proc/loadavg 2>/dev/null || uptime)"
