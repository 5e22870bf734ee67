# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by tests/run and tests/demo: what has to be installed, and where things are built.

top=$(cd "$(dirname "$0")/.." && pwd)

# Debian 12's names
build_packages="gcc meson ninja-build pkg-config python3 libc6-dev
  libglib2.0-dev libglib2.0-dev-bin libgudev-1.0-dev libudev-dev libsystemd-dev libsqlite3-dev
  libpolkit-gobject-1-dev libmm-glib-dev libcmocka-dev libumockdev-dev umockdev dbus udev"
test_packages="mobile-broadband-provider-info ppp iproute2 iputils-ping clang libclang-rt-14-dev
  systemd polkitd modemmanager network-manager dnsmasq-base"

# need PACKAGE...: installs what is missing, if we may; else says what is missing
need() {
  missing=
  for package; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "Please install as root: apt-get install$missing" >&2
    exit 1
  fi
  echo "Installing$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || true
  # shellcheck disable=SC2086 # a list of words
  apt-get install -qq -y --no-install-recommends $missing >/dev/null
}

# build DIR MESON-OPTION...: configures once, then builds
build() {
  dir=$top/$1
  shift
  [ -f "$dir/build.ninja" ] || meson setup "$dir" "$top" "$@" >"$top/setup.log" 2>&1 || {
    cat "$top/setup.log"
    exit 1
  }
  rm -f "$top/setup.log"
  ninja -C "$dir" --quiet
}
