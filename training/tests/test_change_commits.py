"""Mining of commits from git repositories."""

import subprocess
from pathlib import Path

import pytest

from sentinel_training.change_commits import git_folder, rows_of, sampled


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
