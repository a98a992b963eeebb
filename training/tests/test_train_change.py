"""Which of the mined changes are taken."""

import pytest

from sentinel_training import settings
from sentinel_training.change_commits import TYPES
from sentinel_training.change_dataset import Change, split
from sentinel_training.train_change import spread

CHANGES = [Change(f"a/{repository}", str(number), label, "", []) for repository in range(5) for label in range(4) for number in range(6)]
# With one of each type to train on.
EVERY_TYPE = [*CHANGES, *(Change("a/0", f"more {label}", label, "", []) for label in range(len(TYPES)))]


@pytest.mark.parametrize("from_end", [False, True])
@pytest.mark.parametrize(("wanted", "taken"), [(1000, 120), (65, 60), (20, 20), (19, 19), (3, 3)])
def test_never_more_than_wanted(wanted, taken, from_end):
    chosen = spread(CHANGES, wanted, 1, from_end)
    assert len(chosen) == len(set(map(id, chosen))) == taken
    assert [*map(id, chosen)] == [*map(id, spread(CHANGES, wanted, 1, from_end))]


def test_the_other_end_holds_others():
    assert not {*map(id, spread(CHANGES, 60, 1))} & {*map(id, spread(CHANGES, 60, 1, True))}


def test_a_part_without_changes_is_refused(monkeypatch):
    monkeypatch.setattr(settings, "CHANGE_DEV_REPOSITORIES", ["a/1"])
    monkeypatch.setattr(settings, "CHANGE_TEST_REPOSITORIES", ["a/2"])
    assert [len(part) for part in split(EVERY_TYPE)] == [82, 24, 24]
    with pytest.raises(SystemExit, match="CHANGE_DEV_REPOSITORIES"):
        split([change for change in CHANGES if change.repository != "a/1"])
    with pytest.raises(SystemExit, match="CHANGE_TEST_REPOSITORIES"):
        split([change for change in CHANGES if change.repository != "a/2"])
    with pytest.raises(SystemExit, match="set aside"):
        split([change for change in CHANGES if change.repository in ("a/1", "a/2")])


def test_a_type_that_no_change_stands_for_is_named(monkeypatch):
    monkeypatch.setattr(settings, "CHANGE_DEV_REPOSITORIES", ["a/1"])
    monkeypatch.setattr(settings, "CHANGE_TEST_REPOSITORIES", ["a/2"])
    with pytest.raises(SystemExit, match="is of type style or perf: mine more"):
        split([change for change in EVERY_TYPE if TYPES[change.label] not in ("perf", "style")])
