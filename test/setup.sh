#!/bin/sh
# Makes sure that a Chromium is there for the browser project. Never fails: without one, vitest.config.ts says by name
# what it skips.
for browser in "${FUZZBOX_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
  [ -n "$browser" ] && [ -x "$browser" ] && exit 0
done
if [ -n "${FUZZBOX_CHROMIUM:-}" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then exit 0; fi

echo "No Chromium found: installing Debian's for the browser tests (at most 5 minutes)."
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if timeout 100 apt-get update -qq >"$log" 2>&1 &&
  timeout 200 apt-get install -y -qq --no-install-recommends chromium >"$log" 2>&1; then
  echo "Chromium is installed."
else
  echo "Chromium could not be installed:"
  tail -n 5 "$log"
fi
rm -f "$log"
