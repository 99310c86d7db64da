#!/usr/bin/env bash
# Runs the tests that take minutes: children killed and restarted under load, hostile clients, fuzzing, and the soak.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'USAGE'
Usage: ./long-run.sh [--soak MINUTES] [--connector prefork|worker|event]

Without --soak it builds the connectors and runs the tests with the tag "long", with the JDK that Maven uses (JAVA_HOME): children
killed and restarted under load, a million requests whose answers are compared byte by byte, hostile clients (with Debian's
slowhttptest where it is installed), and ten minutes of fuzzing for each target. Each prints what it counted.

  --soak       only the soak, for so many minutes with each connector, half of them in clear text and half over TLS, with worker
               and event half in one process and half in two. It prints a verdict for each
  --connector  only this connector

A failure prints its seed; -Dsoak.seed=N and -Dfuzz.seed=N of Maven repeat it.
USAGE
}

minutes=
modules=connector-prefork,connector-worker,connector-event
all=yes
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage; exit 0 ;;
    --soak | --connector)
        [ $# -ge 2 ] || { echo "long-run.sh: $1 needs a value" >&2; exit 2; }
        if [ "$1" = --soak ]; then
            [[ $2 =~ ^[0-9]+(\.[0-9]+)?$ ]] || { echo "long-run.sh: --soak $2: use a number of minutes" >&2; exit 2; }
            minutes=$2
        else
            case $2 in
            prefork | worker | event) modules=connector-$2; all= ;;
            *) echo "long-run.sh: --connector $2: use prefork, worker or event" >&2; exit 2 ;;
            esac
        fi
        shift 2
        ;;
    *) usage >&2; exit 2 ;;
    esac
done

mvn=(mvn -B -ntp -DexcludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false)
if [ -n "$minutes" ]; then
    echo "soak of $minutes minutes for each of $modules, $(date -u +%F), $(java -version 2>&1 | head -n 1), $(nproc) processors"
    failed=
    for module in ${modules//,/ }; do
        tests=2 # in one process and in two
        [ "$module" = connector-prefork ] && tests=1
        "${mvn[@]}" -q -pl "$module" -am -Dgroups=soak \
            -Dsoak.minutes="$(awk -v m="$minutes" -v t=$tests 'BEGIN { print m / t }')" test || failed+=" $module"
    done
    [ -z "$failed" ] || { echo "soak: FAILED:$failed" >&2; exit 1; }
elif [ -n "$all" ]; then
    "${mvn[@]}" -T 2 -Dgroups="long & !soak" verify
    "${mvn[@]}" -q -pl "$modules" -am -Dtest='*FuzzTest' -Dfuzz.seconds=600 -Dfuzz.connections=200000 test
else
    "${mvn[@]}" -pl "$modules" -am -Dgroups="long & !soak" test
    "${mvn[@]}" -q -pl "$modules" -am -Dtest='*FuzzTest' -Dfuzz.seconds=600 -Dfuzz.connections=200000 test
fi
