#!/bin/sh
# Rebuild models/issue-encoder: public issues, training in two passes, export, measurement.
# A second run reads the issues anew and goes on at the last finished lap of training.
#
#   training/build-issue-encoder.sh FOLDER
set -eu
here="$(dirname "$0")"
if [ $# -ne 1 ]; then
  echo "usage: training/build-issue-encoder.sh FOLDER-OF-GIT-REPOSITORIES" >&2
  exit 2
fi
"$here/in-venv.sh" public_issues --repositories "$(cd "$1" && pwd)"
"$here/in-venv.sh" train --run issue-encoder-first
"$here/in-venv.sh" train
"$here/in-venv.sh" export
exec "$here/in-venv.sh" evaluate
