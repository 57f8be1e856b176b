#!/usr/bin/env bash
# Installs what `npm run test:all` and `npm run dev:cluster` need beside npm, where it is missing: nats-server, redis-server and Chromium
# from Debian's packages (as root), the newest nats-server and FerretDB (which speaks MongoDB's protocol) with Go. What is there already
# is left as it is. Goes on after a failed step; fails, and says what to do, when something is missing at the end.
set -uo pipefail

FERRETDB_VERSION=v1.24.2
go_bin=''
if command -v go >/dev/null; then
  go_bin="$(go env GOBIN)"
  [ -n "$go_bin" ] || go_bin="$(go env GOPATH)/bin"
fi

say() {
  printf 'install-services: %s\n' "$*" >&2
}

# Debian keeps some servers in /usr/sbin, which is not on everybody's PATH.
has() {
  PATH="$PATH:/usr/sbin:/usr/local/sbin${go_bin:+:$go_bin}" command -v "$1" >/dev/null
}

has_nats() { [ -n "${NATS_SERVER:-}" ] || has nats-server; }
has_redis() { [ -n "${REDIS_SERVER:-}" ] || has redis-server; }
has_chromium() { [ -n "${CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome; }
has_mongo() { [ -n "${MONGOD:-}${FERRETDB:-}" ] || has mongod || has ferretdb; }

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# All in one call; one by one where that fails, as a release may lack one of them.
install_packages() {
  local packages=() package
  has_nats || packages+=(nats-server)
  has_redis || packages+=(redis-server)
  has_chromium || packages+=(chromium)
  [ "${#packages[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "no root or no apt-get here: cannot install ${packages[*]}"
    return 0
  fi
  apt-get update -qq
  apt_install "${packages[@]}" && return 0
  for package in "${packages[@]}"; do apt_install "$package" || say "apt-get could not install $package"; done
}

# The newest one beside Debian's, which is enough by itself.
install_nats() {
  [ -n "$go_bin" ] && [ ! -x "$go_bin/nats-server" ] || return 0
  go install github.com/nats-io/nats-server/v2@latest || say 'Go could not install the newest nats-server'
}

# From its source, as `go install` leaves out the file with its version, without which it does not start.
build_ferretdb() {
  local work code=0
  work="$(mktemp -d)"
  (
    cd "$work" &&
      go mod init build &&
      dir="$(go mod download -json "github.com/FerretDB/FerretDB@$FERRETDB_VERSION" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')" &&
      [ -n "$dir" ] &&
      cp -r "$dir" source &&
      chmod -R u+w source &&
      cd source &&
      echo "$FERRETDB_VERSION" >build/version/version.txt &&
      mkdir -p "$go_bin" &&
      go build -buildvcs=false -o "$go_bin/ferretdb" ./cmd/ferretdb
  ) || code=$?
  rm -rf "$work"
  return "$code"
}

install_mongo() {
  if has_mongo || [ -z "$go_bin" ]; then return 0; fi
  build_ferretdb || say 'FerretDB could not be built'
}

missing=0
need() {
  "$1" && return 0
  say "$2"
  missing=1
}

install_packages
install_nats
install_mongo
need has_nats 'nats-server is missing: as root on Debian, apt-get install nats-server; elsewhere https://nats.io/download'
need has_redis 'redis-server is missing: as root on Debian, apt-get install redis-server; elsewhere https://redis.io/downloads'
need has_chromium 'Chromium is missing: as root on Debian, apt-get install chromium; or set CHROMIUM to the path of its binary'
need has_mongo 'a MongoDB server is missing: install mongod, or Go 1.24 or newer for this script to build FerretDB'
exit "$missing"
