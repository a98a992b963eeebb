"""The mean of several runs' weights."""

import json
import sys

import pytest
import torch

from sentinel_training import average_weights, settings
from sentinel_training.settings import CHANGE_PASSES
from sentinel_training.training_run import note_settings, run_folder


def test_weights_are_averaged_and_counters_kept():
    several = [{"w": torch.tensor([1.0, 2.0]), "n": torch.tensor(3)}, {"w": torch.tensor([3.0, 6.0]), "n": torch.tensor(3)}]
    mean = average_weights.mean_of(several, [0.25, 0.75])
    assert mean["w"].tolist() == [2.5, 5.0]
    assert mean["n"].item() == 3


def test_each_run_counts_by_its_share(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "CACHE", tmp_path)
    monkeypatch.setattr(sys, "argv", ["average_weights"])
    with pytest.raises(SystemExit, match="not finished: change-encoder-second"):
        average_weights.main()
    for number, name in enumerate(settings.CHANGE_AVERAGE):
        note_settings(run_folder(name), CHANGE_PASSES[name])
        torch.save({"w": torch.tensor([float(number)])}, run_folder(name) / "weights.pt")
    average_weights.main()
    wanted = sum(number * share for number, share in enumerate(settings.CHANGE_AVERAGE.values()))
    assert torch.load(run_folder("change-encoder") / "weights.pt")["w"].item() == pytest.approx(wanted)
    assert json.loads((run_folder("change-encoder") / "settings.json").read_text())["max_tokens"] == 256


def test_shares_add_up_and_runs_are_of_one_origin():
    assert sum(settings.CHANGE_AVERAGE.values()) == pytest.approx(1)
    origin, *others = settings.CHANGE_AVERAGE
    assert {CHANGE_PASSES[name].start_from for name in others} == {origin}
