# Builds the benchmark's classes and says how to run them; sourced by the scripts beside it, which set $here.
classes_log=$here/target/build.log
mkdir -p "$here/target"
(cd "$here/../.." && mvn -B -ntp -q -DskipTests -Dspotless.check.skip=true -pl samples/benchmark -am package \
    dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime) >"$classes_log" 2>&1 ||
    { echo "${0##*/}: the build failed; its log is in $classes_log" >&2; exit 2; }
classes=$here/target/classes:$(cat "$here/target/classpath")
# What Chronicle's mapped files need.
opens="--add-opens java.base/java.lang.reflect=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED
    --add-opens java.base/jdk.internal.ref=ALL-UNNAMED"
