#!/bin/sh
# jars.sh FLAVOUR: prints the folder with the jars of a Neo4j Community server: "plain" (5.26 LTS), "gds" (the same with
# Graph Data Science) or "latest". They (about 125 MB) are fetched once, with Maven, into the user's cache. "plain" has the
# compiled launcher, by JAVAC, beside them: a newer server may run on a Java without a compiler, or newer than the compiler.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
flavour=$1
pom=$here/pom.xml
jars=${XDG_CACHE_HOME:-$HOME/.cache}/isthmus-tests/neo4j-$flavour-$(cat "$pom" "$here/Launcher.java" | cksum | cut -d' ' -f1)

if [ ! -d "$jars" ]; then
  # Fetched beside and renamed, so that an interrupted download is not taken for a whole one.
  fresh=$jars.$$
  mkdir -p "$fresh/plugins"
  profile=
  [ "$flavour" = plain ] || profile=-P$flavour
  # shellcheck disable=SC2086
  mvn --quiet --batch-mode --file "$pom" $profile dependency:copy-dependencies \
    -DoutputDirectory="$fresh/lib" >&2
  # Neo4j looks for procedures in the jars of its plugins folder only.
  version=$(sed -n 's|.*<gds.version>\([^<]*\)<.*|\1|p' "$pom")
  [ "$flavour" = gds ] && mv "$fresh"/lib/*-"$version".jar "$fresh/plugins/"
  if [ "$flavour" = plain ]; then
    "${JAVAC:-javac}" --release 17 -proc:none -cp "$fresh/lib/*" -d "$fresh/launcher" "$here/Launcher.java" >&2
  fi
  mv "$fresh" "$jars" 2>/dev/null || rm -rf "$fresh"
fi
echo "$jars"
