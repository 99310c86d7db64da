#!/usr/bin/env bash
# Runs all tests: with the JDK that Maven uses, then, if that is an older one, once more with a JDK 25.
# What does not depend on the JDK (messages about settings, for instance) is left out of the second run, to keep it short.
# Set JAVA25_HOME to name that JDK; otherwise it is looked for where Linux distributions and SDK managers put one.
set -euo pipefail
cd "$(dirname "$0")"

major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null
}

jdk25() {
    local home
    for home in "${JAVA25_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -x "$home/bin/javac" ] && [ "$(major "$home")" = 25 ]; then
            echo "$home"
            return
        fi
    done
}

echo "== $(java -version 2>&1 | head -n 1)"
mvn -B -ntp -T 3 clean verify

second=$(jdk25)
if [ -z "$second" ]; then
    echo "== no JDK 25 found (set JAVA25_HOME): the second run is left out"
elif [ "${JAVA_HOME:-}" != "$second" ]; then
    echo "== JDK 25 in $second"
    JAVA_HOME=$second mvn -B -ntp -T 3 -DexcludedGroups=once,long -Dspotless.check.skip clean verify
fi
