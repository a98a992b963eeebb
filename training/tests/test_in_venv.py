"""The virtual environment is filled once, and again after an installation that was cut off."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "in-venv.sh"
# Notes how it was called; installs nothing, and fails at it while `broken` is there.
PYTHON = """#!/bin/sh
echo "$2 $3" >> "$(dirname "$0")/calls"
case "$3" in install) [ ! -e "$(dirname "$0")/broken" ] ;; esac
"""


def test_a_half_made_environment_is_filled(tmp_path):
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "python").write_text(PYTHON)
    (commands / "python").chmod(0o755)
    (commands / "broken").touch()
    run = ["sh", str(SCRIPT), "golden"]
    environment = {**os.environ, "SENTINEL_TRAINING_VENV": str(tmp_path)}
    assert subprocess.run(run, env=environment).returncode == 1
    (commands / "broken").unlink()
    subprocess.run(run, env=environment, check=True)
    subprocess.run(run, env=environment, check=True)
    calls = [call for call in (commands / "calls").read_text().splitlines() if call != "pip --version"]
    assert calls == ["pip install", "pip install", "sentinel_training.golden ", "sentinel_training.golden "]
