#!/usr/bin/env bash
# Builds the connectors and the harness, and measures.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'USAGE'
Usage: ./bench.sh [--connector event|worker|prefork|all] [--workload NAME[,NAME...]|all]
                  [--peers all|main|none|NAME[,NAME...]] [--jdk 17|25] [--rounds N] [--seconds S]
                  [--short | --quick] [--report FILE] [--no-build]
       ./bench.sh --guard [--rounds N]
       ./bench.sh --jmh [NAME]
       ./bench.sh --list

Measures the connectors beside Jetty's own and beside other servers, in interleaved rounds in the same run.

  --connector  which of ours (default: all)
  --workload   which workloads (default: all); --list names them
  --peers      which other servers: all, main (tomcat, undertow, nginx), none, or names (default: all)
  --jdk        major version of the JDK for the servers (default: the one that runs the harness); rows that need JDK 25
               take it from JAVA25_HOME, or from where JDKs usually are
  --rounds     how often each server is measured per workload (default: 5; 3 with --short)
  --seconds    how long each time (default: 1)
  --short      3 rounds, half the warm-up, main peers, every workload
  --quick      a smoke test: 1 round, almost no warm-up; the numbers mean nothing
  --report     file to write (default: docs/performance.md of the project; target/report.md with --quick)
  --no-build   take what was built before
  --guard      the ratios for 1 and 64 connections, and which goals are met, in less than 3 minutes; writes no report
  --jmh        micro-benchmarks of our own code with allocation per operation

Needs a JDK (17 or newer), Maven (3.8 or newer), Linux, and the Debian packages wrk and nghttp2-client. What else is
missing (apache2-bin, nginx-light, strace or linux-perf, a JDK 25) is named, and its rows are left out.
USAGE
}

fail() {
    echo "bench.sh: $*" >&2
    exit 2
}

build=yes
mode=full
report=
arguments=()
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage; exit 0 ;;
    --no-build) build=no ;;
    --report) [ $# -ge 2 ] || fail "--report needs a value"; report=$2; shift ;;
    --quick) [ $mode = full ] && mode=quick; arguments+=("$1") ;;
    --guard) mode=guard; arguments+=("$1") ;;
    --list) mode=list; arguments+=("$1") ;;
    --jmh)
        mode=jmh
        if [ $# -ge 2 ] && [[ $2 != --* ]]; then
            arguments+=("$2")
            shift
        fi
        ;;
    *) arguments+=("$1") ;;
    esac
    shift
done

[ "$(uname -s)" = Linux ] || fail "it measures through /proc and needs Linux"
command -v mvn > /dev/null || fail "Maven (mvn) is not on the PATH"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" > /dev/null || fail "no java on the PATH and none in JAVA_HOME"
for program in taskset wrk h2load; do
    [ $mode = jmh ] || [ $mode = list ] || command -v $program > /dev/null ||
        echo "bench.sh: $program is missing (apt-get install wrk nghttp2-client util-linux); its rows are left out" >&2
done

project=$(cd ../.. && pwd)
version=$(sed -n 's:.*<jetty.version>\(.*\)</jetty.version>.*:\1:p' "$project/pom.xml")
home=$project/target/run/jetty-home-$version
if [ $build = yes ]; then
    echo "Building the connectors and the harness ..."
    (cd "$project" && mvn -q -B -DskipTests -pl connector-event,connector-worker,connector-prefork -am package)
    [ -f "$home/start.jar" ] || (cd "$project" && mvn -q -B -N dependency:unpack@jetty-home)
    mvn -q -B -DskipTests package
fi
rm -rf target/bases

# 50,000 idle connections are one file each in the server and in the client.
ulimit -n 131072 2> /dev/null || ulimit -n "$(ulimit -Hn)"

if [ $mode = jmh ]; then
    exec ./jmh.sh "$project" "${arguments[@]+"${arguments[@]}"}"
fi
[ -n "$report" ] || { [ $mode = quick ] && report=target/report.md || report=$project/docs/performance.md; }
# Two processors for everything, so that results of larger machines can be compared.
pin=()
if command -v taskset > /dev/null && [ "$(nproc)" -gt 2 ]; then
    pin=(taskset -c 0,1)
fi
exec "${pin[@]+"${pin[@]}"}" "$java" -Xmx1g -cp target/classes io.github.jettympm.bench.run.Bench \
    --project "$project" --home "$home" --report "$report" "${arguments[@]+"${arguments[@]}"}"
