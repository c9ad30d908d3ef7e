#!/bin/bash
# bare.sh [WHO...]: `make test` of the last commit in a Debian 12 with nothing in it but make and Python, as `root`, who
# may install, and as a `user`, who may not (both, if none is named). Run as root. Every folder that it makes goes again.
#
# The network's settings are this machine's: its apt sources, certificates, and settings of pip, npm and Maven.
# TESTS is handed to make. With ISTHMUS_EXTERNAL no test of root's may be skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "a chroot is made by root: sudo make system-check"; exit 1; }
command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null; }
place=$(mktemp -d "${TMPDIR:-/tmp}/isthmus-bare.XXXXXX")

clean() {
  for mounted in $(awk -v place="$place/" 'index($2, place) == 1 { print $2 }' /proc/mounts | sort -r); do
    umount "$mounted"
  done
  rm -rf --one-file-system "$place"
}
trap clean EXIT

base() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  debootstrap --variant=minbase --include=make,python3,ca-certificates bookworm "$place/base" "$mirror" >"$place/log" ||
    { tail -5 "$place/log"; exit 1; }
  rm "$place/base/etc/apt/sources.list" # this machine's come in its place
}

settings() { # settings ROOT HOME: this machine's way to the registries
  local each
  for each in /etc/resolv.conf /etc/hosts /etc/apt/apt.conf.d /etc/apt/sources.list /etc/apt/sources.list.d \
    /etc/ssl/certs /usr/local/share/ca-certificates /etc/pip.conf /etc/npmrc /etc/maven/settings.xml; do
    [ -e "$each" ] || continue
    rm -rf "$1$each" # a link in it, followed from here, would lead out of it
    mkdir -p "$1$(dirname "$each")"
    cp -aT --dereference "$each" "$1$each"
  done
  for each in .config/pip .pip .npmrc .m2/settings.xml; do
    [ ! -e "$HOME/$each" ] || { mkdir -p "$(dirname "$1$2/$each")" && cp -aT "$HOME/$each" "$1$2/$each"; }
  done
}

run() { # run WHO: `make test` in a copy of the base
  local root=$place/$1 home=/home/$1 keep
  cp -a "$place/base" "$root"
  mount -t proc proc "$root/proc"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  mount -t tmpfs -o size=1g tmpfs "$root/dev/shm"
  mkdir -p "$root$home"
  settings "$root" "$home"
  git clone -q --no-hardlinks . "$root$home/isthmus"
  keep=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LANG=C.UTF-8)
  while IFS= read -r each; do keep+=("$each"); done < <(env | grep -E \
    '^(PIP_[A-Z_]+|[A-Za-z_]*proxy|[A-Z_]*PROXY|[A-Z_]*(CERT|CA_BUNDLE|CA_CERTS)[A-Z_]*|npm_config_[a-z_]+|MAVEN_[A-Z_]+|TERM)=' |
    grep -v ^PIP_FIND_LINKS=)
  if [ -n "${ISTHMUS_EXTERNAL:-}" ]; then
    cp -aT "$ISTHMUS_EXTERNAL" "$root/external"
    keep+=(ISTHMUS_EXTERNAL=/external)
  fi
  if [ "$1" = user ]; then
    chroot "$root" useradd --no-create-home --home-dir "$home" user
    chroot "$root" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null'
    chroot "$root" chown -R user:user "$home"
  elif [ -n "${ISTHMUS_EXTERNAL:-}" ]; then
    keep+=(ISTHMUS_TEST_NO_SKIP=1)
  fi
  echo "== make test as $1, in a bare Debian $(cat "$root/etc/debian_version")"
  chroot --userspec="$1:$1" "$root" env -i "${keep[@]}" sh -c "cd $home/isthmus && make test TESTS=\"\$1\"" sh "${TESTS:-}"
}

base
failed=()
for who in "${@:-root user}"; do
  for each in $who; do
    set +e # which would not hold within it either, were it asked by `||`
    (
      set -e
      run "$each"
    )
    [ $? -eq 0 ] || failed+=("$each")
    set -e
  done
done
[ ${#failed[@]} -eq 0 ] || { echo "make test failed as: ${failed[*]}"; exit 1; }
