#!/bin/sh
# Run a module of sentinel_training in a virtual environment, which is made at the first run.
# Everything large goes to the training cache.
set -eu
cd "$(dirname "$0")"
CACHE="${SENTINEL_TRAINING_CACHE:-$HOME/.cache/sentinel-training}"
VENV="${SENTINEL_TRAINING_VENV:-$CACHE/venv}"
if [ ! -x "$VENV/bin/python" ]; then
  python3 -m venv "$VENV"
  "$VENV/bin/python" -m pip install --quiet -r requirements.txt
fi
module="$1"
shift
exec "$VENV/bin/python" -m "sentinel_training.$module" "$@"
