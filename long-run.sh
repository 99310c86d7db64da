#!/usr/bin/env bash
# Runs the tests that take minutes: children killed under load, restarts under load.
set -euo pipefail
cd "$(dirname "$0")"

if [ $# -gt 0 ]; then
    cat >&2 <<'USAGE'
Usage: ./long-run.sh

Builds the connectors and runs the integration tests with the tag "long", with the JDK that Maven uses (JAVA_HOME). Each
prints what it counted.
USAGE
    [ "$1" = --help ] || [ "$1" = -h ] || exit 2
    exit 0
fi

exec mvn -B -ntp -T 2 -Dgroups=long -DexcludedGroups= verify
