"""Judging with each type as often as it occurs."""

import sys

import numpy as np
import pytest

from sentinel_training import settings, type_mix
from sentinel_training.calibrate import coverage_and_precision
from sentinel_training.change_commits import TYPES
from sentinel_training.change_dataset import Change
from sentinel_training.natural_mix import main
from sentinel_training.type_mix import weights_of

FEAT, FIX, DOCS = (TYPES.index(name) for name in ("feat", "fix", "docs"))


def change(repository: str, label: int) -> Change:
    return Change(repository, "", label, "", [])


def test_every_repository_counts_alike_and_every_type_as_often_as_it_occurs():
    changes = [change("a/a", FEAT), change("a/a", FIX), change("a/a", FIX), change("b/b", DOCS)]
    shares = {"a/a": np.zeros(len(TYPES)), "b/b": np.zeros(len(TYPES))}
    shares["a/a"][[FEAT, FIX, DOCS]] = 0.3, 0.6, 0.1
    shares["b/b"][[FIX, DOCS]] = 0.9, 0.1
    weights = weights_of(changes, shares)
    # Types that no change stands for are left out, and the others take their share.
    assert weights == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_coverage_and_precision_by_weight():
    chances = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    gold = np.array([0, 0, 0, 1])
    thresholds = {"one": 0.8, "two": 0.5}
    assert coverage_and_precision(chances, gold, thresholds) == pytest.approx((3 / 4, 2 / 3))
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    assert coverage_and_precision(chances, gold, thresholds, weights) == pytest.approx((0.8, 0.5 / 0.8))


def test_a_folder_without_the_judged_repositories_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["natural_mix", "--repositories", str(tmp_path)])
    with pytest.raises(SystemExit, match=f"not in {tmp_path}: .*orhun/git-cliff"):
        main()


def test_the_shift_is_between_the_lists_without_those_set_aside(tmp_path, monkeypatch):
    held = settings.CHANGE_TEST_REPOSITORIES[0]
    once = "".join(f"a/a\t{number}\t{kind}\n" for number, kind in enumerate(TYPES))
    for name, lines in (("COMMITS_FILE", once + f"{held}\tx\tfix\n"), ("MORE_COMMITS_FILE", "a/a\ty\tfix\n" * 10)):
        (tmp_path / name).write_text("repository\tcommit\ttype\n" + lines)
        monkeypatch.setattr(type_mix, name, tmp_path / name)
    shift = type_mix.frequent_shift()
    assert shift[FIX] == pytest.approx(np.log(11 / 20) - np.log(1 / 10))
    assert shift[FEAT] == pytest.approx(np.log(1 / 20) - np.log(1 / 10))
