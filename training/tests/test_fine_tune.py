"""Laps cover every row once an epoch, whatever their length."""

import dataclasses
import random

import numpy as np
import pytest
import torch

from sentinel_training import fine_tune as module
from sentinel_training.fine_tune import Task, batches_of, fine_tune, laps_of, origin_of, save
from sentinel_training.settings import TrainSettings
from sentinel_training.training_run import note_origin


def test_laps_cover_each_epoch():
    chosen = dataclasses.replace(TrainSettings(), epochs=2, lap_rows=30)
    laps = laps_of(100, chosen)
    assert len(laps) == 8
    assert sorted(row for lap in laps[:4] for row in lap) == list(range(100))
    assert sorted(row for lap in laps[4:] for row in lap) == list(range(100))
    assert laps == laps_of(100, chosen)


def test_short_epochs_are_one_lap():
    assert laps_of(20, dataclasses.replace(TrainSettings(), epochs=3)) == [list(range(20))] * 3


def test_batches_hold_every_row_once():
    rows = list(range(7, 60))
    batches = batches_of(rows, [row % 13 for row in range(60)], 8, random.Random(3))
    assert sorted(row for batch in batches for row in batch) == rows
    assert max(len(batch) for batch in batches) == 8


def test_a_write_that_is_cut_off_leaves_the_file_before(tmp_path, monkeypatch):
    def cut_off(_content, path):
        path.write_bytes(b"half of it")
        raise KeyboardInterrupt

    file = tmp_path / "checkpoint.pt"
    save({"lap": 1}, file)
    monkeypatch.setattr(module.torch, "save", cut_off)
    with pytest.raises(KeyboardInterrupt):
        save({"lap": 2}, file)
    assert torch.load(file) == {"lap": 1}


def task_of(*texts: list[int], targets: list[int] = [0, 1]) -> Task:
    rows = [np.array(ids, dtype=np.int32) for ids in texts]
    return Task(2, rows, rows, 0.0, torch.tensor(targets), lambda model: 0.0)


def test_weights_that_came_of_something_else_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "run_folder", lambda name: tmp_path / name)
    chosen = dataclasses.replace(TrainSettings(), start_from="before")
    run, before = tmp_path / "run", tmp_path / "before"
    for folder in (run, before):
        folder.mkdir()
    torch.save({"w": 1}, before / "weights.pt")
    note_origin(run, origin_of(task_of([1, 2], [3]), before / "weights.pt"))
    torch.save({}, run / "weights.pt")
    fine_tune(task_of([1, 2], [3]), chosen, run)
    for other in (task_of([1], [2, 3]), task_of([1, 2], [3], targets=[1, 0])):
        with pytest.raises(SystemExit, match="other rows, or from other weights"):
            fine_tune(other, chosen, run)
    torch.save({"w": 2}, before / "weights.pt")
    with pytest.raises(SystemExit, match="other rows, or from other weights"):
        fine_tune(task_of([1, 2], [3]), chosen, run)
