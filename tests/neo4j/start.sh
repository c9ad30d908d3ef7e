#!/bin/sh
# start.sh HOME PORT [FLAVOUR]: runs a Neo4j Community server over the folder HOME until standard input ends.
# The password is read from NEO4J_PASSWORD; "ready" on standard output says that the server answers.
# JAVA names the program (17 or newer; for "latest" 21 or newer), NEO4J_HEAP and NEO4J_PAGECACHE the memory, and each
# line of NEO4J_SETTINGS is one more line of neo4j.conf.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$1
port=$2
flavour=${3:-plain}
jars=$("$here/jars.sh" "$flavour")
launcher=$("$here/jars.sh" plain)/launcher

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
${NEO4J_SETTINGS:-}
CONF
# The newest release computes on vectors with a module that has to be asked for.
vectors=
[ "$flavour" = latest ] && vectors="--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
# shellcheck disable=SC2086
exec "${JAVA:-java}" -Xmx"${NEO4J_HEAP:-768m}" -XX:+ExitOnOutOfMemoryError $vectors \
  --add-opens=java.base/java.nio=ALL-UNNAMED \
  --add-opens=java.base/java.io=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  -cp "$jars/lib/*:$jars/plugins/*:$launcher" Launcher "$home"
