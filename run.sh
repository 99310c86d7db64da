#!/usr/bin/env bash
# Builds Jetty MPM, drops one of its connectors into a fresh Jetty base, and serves a WAR with it in the foreground.
set -euo pipefail
caller=$PWD
cd "$(dirname "$0")"

usage() {
    cat <<'USAGE'
Usage: ./run.sh [--connector prefork|worker|event] [--war FILE] [--port PORT] [--environment ee8|ee9|ee10|ee11]
                [property=value ...]

  --connector    how requests are processed (default: event)
  --war          the application to serve (default: a demonstration with JSPs, for ee10 and ee11)
  --port         the port to listen on (default: 8080)
  --environment  the Jakarta EE version of the application: ee8 for javax.servlet, ee9, ee10 or ee11 for
                 jakarta.servlet (default: ee10)
  property=value any property of Jetty or of the connector, such as jetty.prefork.startServers=2

Ctrl-C stops everything. Needs a JDK (17 or newer) and Maven (3.8 or newer).
USAGE
}

fail() {
    echo "run.sh: $*" >&2
    exit 2
}

connector=event
war=
port=8080
environment=ee10
properties=()
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage; exit 0 ;;
    --connector | --war | --port | --environment)
        [ $# -ge 2 ] || fail "$1 needs a value; see ./run.sh --help"
        declare "${1#--}=$2"
        shift 2
        ;;
    *=*) properties+=("$1"); shift ;;
    *) usage >&2; fail "unknown argument $1" ;;
    esac
done

case $connector in
prefork) model="a child process per connection" ;;
worker) model="a thread per connection" ;;
event) model="connections at event loops, a thread per active request" ;;
*) fail "--connector $connector: use prefork, worker or event" ;;
esac
case $environment in
ee8) websocket=ee8-websocket-javax ;;
ee9 | ee10 | ee11) websocket=$environment-websocket-jakarta ;;
*) fail "--environment $environment: use ee8, ee9, ee10 or ee11" ;;
esac
[[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || fail "--port $port: use 1 to 65535"
if [ -n "$war" ]; then
    [[ $war = /* ]] || war=$caller/$war
    [ -f "$war" ] || fail "--war $war: no such file"
elif [ "$environment" = ee8 ] || [ "$environment" = ee9 ]; then
    fail "--environment $environment: there is no demonstration for it, name an application with --war"
fi
command -v mvn > /dev/null || fail "Maven (mvn) is not on the PATH"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" > /dev/null || fail "no java on the PATH and none in JAVA_HOME"

echo "Building the $connector connector ..."
mvn -q -B -Dstyle.color=never -DskipTests -pl "connector-$connector" -am package
version=$(sed -n 's:.*<jetty.version>\(.*\)</jetty.version>.*:\1:p' pom.xml)
home=$PWD/target/run/jetty-home-$version
[ -f "$home/start.jar" ] || mvn -q -B -Dstyle.color=never -N dependency:unpack@jetty-home
if [ -z "$war" ]; then
    mvn -q -B -Dstyle.color=never -N dependency:copy@demo-war
    war=target/run/demo.war
fi

base=$PWD/target/run/base-$connector
rm -rf "$base"
mkdir -p "$base"
(cd "$base" && "${java%java}jar" xf "$OLDPWD"/connector-"$connector"/target/connector-"$connector"-*-jetty-base.zip)
(cd "$base" && "$java" -jar "$home/start.jar" --approve-all-licenses \
    --add-modules="connector-$connector,$environment-deploy,$environment-annotations,$environment-jsp,$environment-jstl,$websocket,$environment-websocket-jetty" \
    > start.log 2>&1) || { cat "$base/start.log" >&2; fail "the base $base could not be made"; }
name=$(basename "$war")
cp "$war" "$base/webapps/$name"

context=/${name%.war}/
[ "$context" = /ROOT/ ] && context=/
echo "Connector: $connector ($model)"
echo "URL:       http://localhost:$port$context"
echo "Ctrl-C stops it."
cd "$base"
exec "$java" -jar "$home/start.jar" jetty.http.port="$port" "${properties[@]}"
