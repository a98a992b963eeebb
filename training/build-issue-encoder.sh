#!/bin/sh
# Rebuild models/issue-encoder: virtual environment, training, export, measurement.
# A second run goes on where the first stopped.
set -eu
exec "$(dirname "$0")/in-venv.sh" build "$@"
