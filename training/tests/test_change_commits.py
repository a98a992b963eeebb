"""Mining of commits from git repositories."""

import subprocess
import sys
from pathlib import Path

import pytest

from sentinel_training import change_commits
from sentinel_training.change_commits import git_folder, main, rows_of, sampled


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
    rows = list(rows_of(folder, "o/r", sampled(folder, "o/r")))
    assert [(row["title"], [file["path"] for file in row["files"]]) for row in rows] == [("open the door", ["door.txt"])]


def test_listed_changes_that_are_not_there_are_told(clone, tmp_path, monkeypatch, capsys):
    commit = subprocess.run(["git", "-C", str(clone), "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
    listed = tmp_path / "list.tsv"
    listed.write_text(f"repository\tcommit\ttype\no/r\t{commit}\tfeat\no/r\t{'0' * 40}\tfix\no/absent\t{'1' * 40}\tdocs\n")
    monkeypatch.setattr(change_commits, "COMMITS_FILE", listed)
    monkeypatch.setattr(change_commits.settings, "CACHE", tmp_path)
    monkeypatch.setattr(change_commits.settings, "CHANGES_FILE", tmp_path / "changes.jsonl")
    monkeypatch.setattr(sys, "argv", ["change_commits", "--repositories", str(clone.parent)])
    main()
    told = capsys.readouterr()
    assert "1 changes of 1 repositories" in told.out
    assert told.err.splitlines()[0].startswith("2 listed changes were not found")
    assert told.err.splitlines()[1:] == ["  o/r: 1 of 2", "  o/absent: 1 of 1"]
