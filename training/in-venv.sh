#!/bin/sh
# Run a module of sentinel_training in a virtual environment, which is made at the first run and
# filled again when the pinned packages have changed. Everything large goes to the training cache.
set -eu
cd "$(dirname "$0")"
CACHE="${SENTINEL_TRAINING_CACHE:-$HOME/.cache/sentinel-training}"
VENV="${SENTINEL_TRAINING_VENV:-$CACHE/venv}"
# Copied there last: an installation that was cut off is done again.
INSTALLED="$VENV/installed-requirements.txt"
if ! cmp -s requirements.txt "$INSTALLED"; then
  "$VENV/bin/python" -m pip --version > /dev/null 2>&1 || python3 -m venv "$VENV"
  "$VENV/bin/python" -m pip install --quiet -r requirements.txt
  cp requirements.txt "$INSTALLED"
fi
module="$1"
shift
exec "$VENV/bin/python" -m "sentinel_training.$module" "$@"
