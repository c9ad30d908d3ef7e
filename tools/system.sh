#!/bin/sh
# What the tests need of the machine, before anything is installed with pip: as root on Debian or Ubuntu it is installed;
# for anyone else one line names what is missing. No compiler is among it.
set -eu
missing=
packages=

has() { command -v "$1" >/dev/null 2>&1; }
need() {
  missing="$missing, $1"
  packages="$packages $2"
}

"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || need "Python's venv" python3-venv
has git || need git git
has javac || need "a Java development kit" default-jdk-headless
has mvn || need Maven maven
has chromium || has chromium-browser || [ -n "${ISTHMUS_CHROMIUM:-}" ] || need Chromium chromium
# Playwright's Node is linked with it.
[ "$(uname)" != Linux ] || /sbin/ldconfig -p | grep -q libatomic.so.1 || need libatomic libatomic1

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
  echo "installing with apt-get, up to 900 MB on disk:$packages"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
  echo "missing: ${missing#, } (tests that need them are skipped by name)"
fi
