#!/bin/sh
# Makes sure that a Chromium and a Firefox are there for the tests of pages. Never fails: without a Chromium,
# vitest.config.ts says by name what it skips; without a Firefox its test says what to install.
has() {
  for browser in "$@"; do
    [ -n "$browser" ] && [ -x "$browser" ] && return 0
  done
  return 1
}

missing=""
has "${FUZZBOX_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ||
  [ -n "${FUZZBOX_CHROMIUM:-}" ] || missing="chromium"
has "${FUZZBOX_FIREFOX:-}" /usr/bin/firefox-esr /usr/bin/firefox "/Applications/Firefox.app/Contents/MacOS/firefox" ||
  [ -n "${FUZZBOX_FIREFOX:-}" ] || missing="$missing firefox-esr"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then exit 0; fi

echo "Installing Debian's browsers for the tests of pages (at most 5 minutes):" $missing
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if timeout 100 apt-get update -qq >"$log" 2>&1 &&
  timeout 200 apt-get install -y -qq --no-install-recommends $missing >"$log" 2>&1; then
  echo "They are installed."
else
  echo "They could not be installed:"
  tail -n 5 "$log"
fi
rm -f "$log"
