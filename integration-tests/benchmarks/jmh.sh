#!/usr/bin/env bash
# Compiles src/jmh against the connectors' jars and runs it; bench.sh --jmh calls it.
set -euo pipefail
project=$1
shift
times=(-wi 3 -w 1 -i 5 -r 1)
names=()
for argument in "$@"; do
    case $argument in
    --quick) times=(-wi 1 -w 200ms -i 1 -r 200ms) ;;
    *) names+=("$argument") ;;
    esac
done
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
classpath=$(printf '%s:' target/lib/{jetty,slf4j,jmh,jopt,commons-math}*.jar)
for module in api event worker prefork; do
    for jar in "$project/connector-$module/target/connector-$module"-*.jar; do
        case $jar in *-tests.jar | *-sources.jar | *-javadoc.jar) ;; *) classpath+=$jar: ;; esac
    done
done
rm -rf target/jmh-classes
mkdir -p target/jmh-classes
mapfile -t sources < <(find src/jmh/java -name '*.java')
# Not linted: path, since a jar of the drop-in names others that lie beside it only there.
"${java%java}javac" -d target/jmh-classes -cp "$classpath" --release 17 -Xlint:all,-processing,-classfile,-path -Werror \
    "${sources[@]}"
exec "$java" -cp "target/jmh-classes:$classpath" org.openjdk.jmh.Main \
    -bm avgt -tu us -f 1 "${times[@]}" -prof gc "${names[@]+"${names[@]}"}"
