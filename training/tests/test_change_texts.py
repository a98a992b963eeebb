"""The mined changes as the encoder reads them."""

import json

import pytest

from sentinel_training import change_texts, settings
from sentinel_training.settings import TrainSettings
from sentinel_training.train_change import chosen_changes


def mined(repository: str, title: str) -> str:
    file = {"path": "src/door.py", "status": "modified", "additions": 1, "deletions": 0, "patch": "@@ -1 +1,2 @@\n+open()"}
    return json.dumps({"repository": repository, "commit": "0" * 40, "type": "fix", "title": title, "files": [file]}) + "\n"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    for name in ("CHANGES_FILE", "MORE_CHANGES_FILE", "CHANGE_TEXTS_FILE"):
        monkeypatch.setattr(settings, name, tmp_path / f"{name.lower()}.jsonl")
    return tmp_path


def test_both_lists_are_written_without_the_judged_repositories(cache):
    judged, tuned = settings.CHANGE_TEST_REPOSITORIES[0], settings.CHANGE_DEV_REPOSITORIES[0]
    settings.CHANGES_FILE.write_text(mined("a/a", "open the door") + mined(judged, "shut it") + mined(tuned, "lock it"))
    with pytest.raises(SystemExit, match="run sentinel_training.change_commits first"):
        change_texts.main()
    with pytest.raises(SystemExit, match="run sentinel_training.change_texts first"):
        change_texts.training_texts()
    settings.MORE_CHANGES_FILE.write_text(mined("a/a", "open the window"))
    change_texts.main()
    train, dev = change_texts.training_texts()
    assert [(change.text.split("\n")[0], change.more) for change in train] == [("open the door", False), ("open the window", True)]
    assert [change.repository for change in dev] == [tuned]
    assert train[0].text == f"open the door\n{train[0].untitled_text}"
    # Some of the first list, or all of both.
    assert chosen_changes(train, TrainSettings(change_rows=5)) == train[:1]
    assert chosen_changes(train, TrainSettings(every_change=True)) == train


def test_a_part_without_changes_is_refused(cache):
    tuned = settings.CHANGE_DEV_REPOSITORIES[0]
    settings.MORE_CHANGES_FILE.write_text("")
    for lines, told in ((mined("a/a", "open"), "CHANGE_DEV_REPOSITORIES"), (mined(tuned, "open"), "set aside")):
        settings.CHANGES_FILE.write_text(lines)
        change_texts.main()
        with pytest.raises(SystemExit, match=told):
            change_texts.training_texts()
