#!/bin/sh
# Rebuild models/change-encoder from a folder of git repositories: mining, training, export.
# A second run mines anew and goes on at the last finished lap of training.
#
#   training/build-change-encoder.sh FOLDER
set -eu
here="$(dirname "$0")"
if [ $# -ne 1 ]; then
  echo "usage: training/build-change-encoder.sh FOLDER-OF-GIT-REPOSITORIES" >&2
  exit 2
fi
"$here/in-venv.sh" change_commits --repositories "$(cd "$1" && pwd)"
"$here/in-venv.sh" change_texts
for run in first second long all-1 all-2; do
  "$here/in-venv.sh" train_change --run "change-encoder-$run"
done
"$here/in-venv.sh" average_weights
exec "$here/in-venv.sh" export_change --test
