#!/usr/bin/env bash
# Sets up everything the project needs: system packages, a virtual environment in .venv, exact pins.
# A second run finds its stamp and returns at once.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(tesseract-ocr tesseract-ocr-script-viet libreoffice-writer-nogui)
stamp=.venv/.set-up
wanted=$(cat requirements.txt pyproject.toml scripts/setup.sh | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && command -v tesseract >/dev/null && command -v soffice >/dev/null; then
  exit 0
fi

find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
      command -v "$name"
      return
    fi
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

missing=()
models=$(tesseract --list-langs 2>/dev/null || true)
grep -qxE '(script/)?Vietnamese' <<<"$models" || missing+=("${packages[@]:0:2}")
command -v soffice >/dev/null || missing+=("${packages[2]}")
python=$(find_python || true)
if [ -z "$python" ]; then
  missing+=(python3 python3-venv)
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  missing+=("python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv")
fi

if [ ${#missing[@]} -gt 0 ]; then
  echo "setup: installing system packages: ${missing[*]}"
  if command -v apt-get >/dev/null && as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    python=$(find_python || true)
  else
    echo "setup: these packages are missing and could not be installed from here. Run this line, then the same make again:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
    exit 4
  fi
fi
if [ -z "$python" ]; then
  echo "setup: no Python 3.11–3.13 was found. Install one, then run: PYTHON=/path/to/python3 make setup" >&2
  exit 4
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "setup: installing the pinned Python packages into .venv (a few minutes the first time)"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.txt
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$wanted" >"$stamp"
