#!/bin/sh
# Brings what the benchmarks compare with: clang with libFuzzer and a Wasm C library, AFL++, the sources of five C
# libraries, and one large Wasm module. For Debian; may be run again at any time. Everything but the packages stays
# under .bench/, which git ignores. What cannot be had is named here and skipped by the benchmarks. With the word `go`
# it brings Go too, which is large and which `go`, `go-misses` and `load` compare with.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .bench/sources .bench/npm
export DEBIAN_FRONTEND=noninteractive

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

packages='clang-19 lld-19 libclang-rt-19-dev libclang-rt-19-dev-wasm32 wasi-libc dpkg-dev afl++'
[ "${1:-}" != go ] || packages="$packages golang"
missing=''
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  as_root apt-get update -q
  for package in $missing; do
    as_root apt-get install -q -y "$package" || echo "setup: $package cannot be installed; its rows will be skipped" >&2
  done
fi

# The source entries are derived from the binary entries that this machine already uses, and kept apart from them.
apt_dir="$PWD/.bench/apt"
mkdir -p "$apt_dir/parts" "$apt_dir/lists/partial"
for list in /etc/apt/sources.list.d/*.sources; do
  [ -e "$list" ] || continue
  sed 's/^Types:.*/Types: deb-src/' "$list" > "$apt_dir/parts/$(basename "$list")"
done
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ -e "$list" ] || continue
  sed -n 's/^deb /deb-src /p' "$list" > "$apt_dir/parts/$(basename "$list" .list)-src.list"
done
private_apt() {
  apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt_dir/parts" \
    -o "Dir::State::Lists=$apt_dir/lists" -o APT::Sandbox::User=root "$@"
}

# The release's own version first: security updates are sometimes listed but gone.
. /etc/os-release
updated=''
for source in zlib cjson expat libpng1.6 libyaml; do
  ls -d ".bench/sources/$source"-*/ >/dev/null 2>&1 && continue
  [ -n "$updated" ] || private_apt update
  updated=yes
  (cd .bench/sources && { private_apt source "$source/$VERSION_CODENAME" || private_apt source "$source"; }) ||
    echo "setup: the source of $source cannot be had; its rows will be skipped" >&2
done

# A real module of 14 MB.
[ -e .bench/npm/node_modules/esbuild-wasm/esbuild.wasm ] ||
  npm install --prefix .bench/npm --no-save --no-audit --no-fund --ignore-scripts esbuild-wasm@0.28.1 ||
  echo 'setup: esbuild-wasm cannot be installed; its rows will be skipped' >&2
