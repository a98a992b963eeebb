"""The split leaks nothing from the development rows into training."""

import pytest

from sentinel_training import settings
from sentinel_training.dataset import Issue, drop_near_duplicates, load_issues, split_by_time


def issue(day: int, label: int = 0, repository: str = "acme/widgets", body: str = "") -> Issue:
    return Issue(repository, f"2031-01-{day:02d} 00:00:00", label, f"title {day}", body or f"body {day} {label}")


def test_development_rows_are_the_newest_of_their_group():
    issues = [issue(day, label, name) for day in range(1, 11) for label in (0, 1) for name in ("a/a", "b/b")]
    train, dev = split_by_time(issues[::-1])
    assert len(dev) == 8
    assert len(train) == 32
    for row in dev:
        group = [other for other in train if (other.repository, other.label) == (row.repository, row.label)]
        assert all(other.created_at < row.created_at for other in group)


def test_split_does_not_depend_on_row_order():
    issues = [issue(day) for day in range(1, 21)]
    assert split_by_time(issues) == split_by_time(issues[::-1])


def test_near_duplicates_of_development_rows_are_not_trained_on():
    text = "The door of the widget stays closed although the handle was pushed twice and the key turned."
    train = [issue(1, body=text), issue(2, body="Please add a dark theme to the settings page.")]
    dev = [Issue("acme/widgets", "2031-02-01 00:00:00", 0, "title 1", text + " Again.")]
    assert drop_near_duplicates(train, dev) == train[1:]


def test_data_file_is_refused_when_it_differs(tmp_path):
    other = tmp_path / "nlbse24-train.jsonl"
    other.write_text("{}\n")
    with pytest.raises(SystemExit, match="expected " + settings.DATA_SHA256):
        load_issues(other)
    with pytest.raises(SystemExit, match="not found"):
        load_issues(tmp_path / "absent.jsonl")


@pytest.mark.skipif(not settings.DATA_FILE.is_file(), reason="data file not found (set SENTINEL_DATA)")
def test_real_split_shares_no_row():
    train, dev = split_by_time(load_issues())
    kept = drop_near_duplicates(train, dev)
    assert len(dev) == 300
    assert not {row.id for row in kept} & {row.id for row in dev}
