# SPDX-License-Identifier: GPL-3.0-or-later
# For sourcing: build DIRECTORY OPTIONS… configures when something changed, builds, and says why when it cannot;
# configure DIRECTORY OPTIONS… does not build.

# Debian's own tools and interpreter, whatever else is on the PATH: the packages belong to them.
export PATH="/usr/bin:/bin:$PATH"

build () {
  configure "$@" || return 1
  ninja -C "$1" >"$1/build.log" 2>&1 || build_failed "$1/build.log"
}

configure () {
  local directory=$1 log=$1/build.log wanted
  shift
  mkdir -p "$directory"
  # A build file that came or went is no change that ninja sees.
  wanted=$(printf '%s\n' "$PWD" "$@"; find . -name meson.build -not -path './build*' | sort)
  if [ ! -f "$directory/build.ninja" ]; then
    meson setup "$directory" "$@" >"$log" 2>&1 || build_failed "$log"
  elif [ "$wanted" != "$(cat "$directory/configured" 2>/dev/null)" ]; then
    meson setup --reconfigure "$directory" "$@" >"$log" 2>&1 ||
      meson setup --wipe "$directory" "$@" >"$log" 2>&1 || build_failed "$log"
  fi || return 1
  printf '%s\n' "$wanted" >"$directory/configured"
}

build_failed () {
  tail -n 60 "$1" >&2
  echo "The build failed. All of it: $1" >&2
  return 1
}
