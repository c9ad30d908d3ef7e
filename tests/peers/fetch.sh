#!/bin/sh
# fetch.sh java|node: prints the folder with the programs that read what Isthmus writes: jars by Maven, or packages by npm.
# They (about 60 MB) are fetched once into the user's cache.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sort=$1
case $sort in java) list=pom.xml ;; node) list=package-lock.json ;; esac
peers=${XDG_CACHE_HOME:-$HOME/.cache}/isthmus-tests/peers-$sort-$(cksum <"$here/$list" | cut -d' ' -f1)

if [ ! -d "$peers" ]; then
  # Fetched beside and renamed, so that an interrupted download is not taken for a whole one.
  fresh=$peers.$$
  mkdir -p "$fresh"
  if [ "$sort" = java ]; then
    mvn --quiet --batch-mode --file "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$fresh" >&2
  else
    cp "$here/package.json" "$here/package-lock.json" "$fresh"
    (cd "$fresh" && npm ci --ignore-scripts --no-audit --no-fund >&2)
  fi
  mv "$fresh" "$peers" 2>/dev/null || rm -rf "$fresh"
fi
echo "$peers"
