#!/bin/sh
# start.sh HOME PORT [gds]: runs a Neo4j Community server over the folder HOME until standard input ends.
# The password is read from NEO4J_PASSWORD; "ready" on standard output says that the server answers.
# Needs Maven, and Java 17 or newer. The jars (about 125 MB) are fetched once, into the user's cache.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$1
port=$2
flavour=${3:-plain}
pom=$here/pom.xml
jars=${XDG_CACHE_HOME:-$HOME/.cache}/isthmus-tests/neo4j-$flavour-$(cksum <"$pom" | cut -d' ' -f1)

if [ ! -d "$jars" ]; then
  # Fetched beside and renamed, so that an interrupted download is not taken for a whole one.
  fresh=$jars.$$
  mkdir -p "$fresh/plugins"
  profile=
  [ "$flavour" = gds ] && profile=-Pgds
  # shellcheck disable=SC2086
  mvn --quiet --batch-mode --file "$pom" $profile dependency:copy-dependencies \
    -DoutputDirectory="$fresh/lib" >&2
  # Neo4j looks for procedures in the jars of its plugins folder only.
  version=$(sed -n 's|.*<gds.version>\([^<]*\)<.*|\1|p' "$pom")
  [ "$flavour" = gds ] && mv "$fresh"/lib/*-"$version".jar "$fresh/plugins/"
  mv "$fresh" "$jars" 2>/dev/null || rm -rf "$fresh"
fi

mkdir -p "$home/conf" "$home/logs"
ln -sfn "$jars/plugins" "$home/plugins"
cat >"$home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:$port
server.memory.pagecache.size=${NEO4J_PAGECACHE:-128m}
dbms.security.auth_enabled=true
dbms.security.procedures.unrestricted=gds.*
dbms.usage_report.enabled=false
db.tx_log.rotation.retention_policy=1 files
db.tx_log.preallocate=false
CONF
exec java -Xmx"${NEO4J_HEAP:-768m}" \
  --add-opens=java.base/java.nio=ALL-UNNAMED \
  --add-opens=java.base/java.io=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  -cp "$jars/lib/*:$jars/plugins/*" "$here/Launcher.java" "$home"
