#!/usr/bin/env bash
# Chromium with its driver, for the tests of pages. Without them the tests run all the same, and those of pages skip.
set -euo pipefail
command -v chromedriver >/dev/null && exit 0
root=()
[ "$(id -u)" = 0 ] || root=(sudo -n)
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
echo "setup: installing Chromium for the tests of pages"
if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends chromium chromium-driver; } >/dev/null 2>&1; then
  echo "setup: Chromium could not be installed from here; the tests of pages will skip. To have them run:"
  echo "    sudo apt-get install -y chromium chromium-driver"
fi
