"""A run's settings: what is refused, and that they stay those of its weights."""

import dataclasses

import pytest

from sentinel_training.settings import TrainSettings
from sentinel_training.training_run import note_settings, override, read_settings

DEFAULTS = TrainSettings()


def test_overrides_are_cast():
    changed = override(DEFAULTS, ["epochs=2", "dropout=0.3", "data_file=false", "leave_out=a/b"])
    assert (changed.epochs, changed.dropout, changed.data_file, changed.leave_out) == (2, 0.3, False, "a/b")
    assert override(DEFAULTS, ["data_file=true"]).data_file is True


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("data_file=True", "takes true or false"),
        ("epochs=many", "takes a value of type int"),
        ("epochs", "takes a value of type int"),
        ("epoch=2", "no such setting"),
    ],
)
def test_other_overrides_are_refused(change, told):
    with pytest.raises(SystemExit, match=f"--set {change}.*{told}"):
        override(DEFAULTS, [change])


@pytest.mark.parametrize("file", ["checkpoint.pt", "weights.pt"])
def test_weights_keep_the_settings_they_were_trained_with(tmp_path, file):
    shorter = dataclasses.replace(DEFAULTS, max_tokens=64)
    run = tmp_path / "run"
    note_settings(run, DEFAULTS)
    note_settings(run, shorter)
    (run / file).write_bytes(b"")
    note_settings(run, shorter)
    with pytest.raises(SystemExit, match="trained with other settings"):
        note_settings(run, DEFAULTS)
    assert read_settings(run) == shorter


def test_an_absent_run_is_named(tmp_path):
    with pytest.raises(SystemExit, match="no run absent"):
        read_settings(tmp_path / "absent")
