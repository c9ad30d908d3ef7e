#!/bin/sh
# Writes what CI installs, each release with its digests, for every Python and system: .ci/lock-peers.txt with the programs
# that the tests are compared with, and .ci/lock.txt, which is that without them.
set -eu
"$PYTHON" -m pip install --quiet "uv>=0.5"
write() {
  "$PYTHON" -m uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 --generate-hashes \
    --all-extras --group dev pyproject.toml "$@"
}
write --group peers --upgrade --output-file .ci/lock-peers.txt
write --constraint .ci/lock-peers.txt --upgrade --output-file .ci/lock.txt
