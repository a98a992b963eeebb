#!/bin/sh
# Rebuild models/issue-encoder: virtual environment, training, export, measurement.
# Everything large goes to the training cache; a second run goes on where the first stopped.
set -eu
cd "$(dirname "$0")"
CACHE="${SENTINEL_TRAINING_CACHE:-$HOME/.cache/sentinel-training}"
VENV="${SENTINEL_TRAINING_VENV:-$CACHE/venv}"
if [ ! -x "$VENV/bin/python" ]; then
  python3 -m venv "$VENV"
fi
"$VENV/bin/python" -m pip install --quiet -r requirements.txt
exec "$VENV/bin/python" -m sentinel_training.build "$@"
