"""Mining of commits from git repositories."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sentinel_training import change_commits
from sentinel_training.change_commits import candidates, git_folder, main, read_list, rows_of, sampled


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository of one commit."""
    folder = tmp_path / "repositories" / "o+r"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    (folder / "door.txt").write_text("open\n")
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True)
    subprocess.run(["git", "-C", str(folder), *author, "commit", "--quiet", "-m", "feat: open the door"], check=True)
    return folder


def test_a_persons_git_settings_change_nothing(clone, tmp_path, monkeypatch):
    (tmp_path / ".gitconfig").write_text("[diff]\n  noprefix = true\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = git_folder(clone)
    rows = list(rows_of(folder, "o/r", sampled(candidates(folder), "o/r", 1)))
    assert [(row["title"], [file["path"] for file in row["files"]]) for row in rows] == [("open the door", ["door.txt"])]


@pytest.fixture
def lists(clone, tmp_path, monkeypatch):
    """Both lists and the cache in a folder of their own; the arguments name the clone."""
    monkeypatch.setattr(change_commits, "COMMITS_FILE", tmp_path / "list.tsv")
    monkeypatch.setattr(change_commits, "MORE_COMMITS_FILE", tmp_path / "more.tsv")
    for name in ("CACHE", "CHANGES_FILE", "MORE_CHANGES_FILE", "TYPE_COUNTS_FILE"):
        monkeypatch.setattr(change_commits.settings, name, tmp_path / name if name != "CACHE" else tmp_path)
    monkeypatch.setattr(sys, "argv", ["change_commits", "--repositories", str(clone.parent)])
    return change_commits


def head_of(clone: Path) -> str:
    return subprocess.run(["git", "-C", str(clone), "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()


def test_listed_changes_that_are_not_there_are_told(clone, lists, capsys):
    commit = head_of(clone)
    lines = f"o/r\t{commit}\tfeat\no/r\t{'0' * 40}\tfix\no/absent\t{'1' * 40}\tdocs\n"
    lists.COMMITS_FILE.write_text("repository\tcommit\ttype\n" + lines)
    lists.MORE_COMMITS_FILE.write_text(f"repository\tcommit\ttype\no/r\t{commit[:12]}\tfeat\n")
    main()
    told = capsys.readouterr()
    assert "1 changes of 1 repositories in CHANGES_FILE" in told.out
    assert "1 changes of 1 repositories in MORE_CHANGES_FILE" in told.out
    assert told.err.splitlines()[0].startswith("2 listed changes were not found")
    assert told.err.splitlines()[1:] == ["  o/r: 1 of 2", "  o/absent: 1 of 1"]
    assert json.loads(lists.settings.TYPE_COUNTS_FILE.read_text()) == {"o/r": [1, *[0] * 9]}


def test_a_history_is_walked_once(clone, lists, monkeypatch):
    lists.COMMITS_FILE.write_text(f"repository\tcommit\ttype\no/r\t{head_of(clone)}\tfeat\n")
    lists.MORE_COMMITS_FILE.write_text("repository\tcommit\ttype\n")
    walked = []
    monkeypatch.setattr(lists, "candidates", lambda folder: walked.append(folder) or candidates(folder))
    main()
    assert len(walked) == 1


def test_mining_that_is_cut_off_leaves_the_files_before(lists, monkeypatch):
    lists.COMMITS_FILE.write_text("repository\tcommit\ttype\n")
    lists.MORE_COMMITS_FILE.write_text("repository\tcommit\ttype\n")
    lists.settings.CHANGES_FILE.write_text("as before\n")

    def cut_off(_folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(lists, "candidates", cut_off)
    with pytest.raises(KeyboardInterrupt):
        main()
    assert lists.settings.CHANGES_FILE.read_text() == "as before\n"


def test_a_folder_without_repositories_is_refused(lists, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    lists.settings.CHANGES_FILE.write_text("as before\n")
    monkeypatch.setattr(sys, "argv", ["change_commits", "--repositories", str(tmp_path / "empty")])
    with pytest.raises(SystemExit, match="no git repository in .*empty"):
        main()
    assert lists.settings.CHANGES_FILE.read_text() == "as before\n"


def test_a_checkout_one_level_down_is_found(clone, tmp_path):
    (tmp_path / "o+deep").mkdir()
    clone.rename(tmp_path / "o+deep" / "repo")
    assert git_folder(tmp_path / "o+deep") == tmp_path / "o+deep" / "repo" / ".git"


def test_a_sample_beyond_the_first_list_goes_to_the_second(clone, lists, monkeypatch):
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    for number in range(4):
        (clone / "door.txt").write_text(f"{number}\n")
        subprocess.run(["git", "-C", str(clone), *author, "commit", "--quiet", "-am", f"feat: turn {number}"], check=True)
    monkeypatch.setattr(lists, "PER_TYPE_AND_REPOSITORY", 2)
    monkeypatch.setattr(lists, "MOST_PER_TYPE_AND_REPOSITORY", 4)
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--sample"])
    main()
    first, more = (read_list(file)["o/r"] for file in (lists.COMMITS_FILE, lists.MORE_COMMITS_FILE))
    assert (len(first), len(more), len({*first, *more})) == (2, 2, 4)
    monkeypatch.setattr(lists.settings, "CHANGE_TEST_REPOSITORIES", ["o/r"])
    main()
    assert read_list(lists.MORE_COMMITS_FILE) == {}
