"""Which of the mined changes are taken."""

import pytest

from sentinel_training.change_dataset import Change
from sentinel_training.train_change import spread

CHANGES = [Change(f"a/{repository}", str(number), label, "", []) for repository in range(5) for label in range(4) for number in range(6)]


@pytest.mark.parametrize("from_end", [False, True])
@pytest.mark.parametrize(("wanted", "taken"), [(1000, 120), (65, 60), (20, 20), (19, 19), (3, 3)])
def test_never_more_than_wanted(wanted, taken, from_end):
    chosen = spread(CHANGES, wanted, 1, from_end)
    assert len(chosen) == len(set(map(id, chosen))) == taken
    assert [*map(id, chosen)] == [*map(id, spread(CHANGES, wanted, 1, from_end))]


def test_the_other_end_holds_others():
    assert not {*map(id, spread(CHANGES, 60, 1))} & {*map(id, spread(CHANGES, 60, 1, True))}
