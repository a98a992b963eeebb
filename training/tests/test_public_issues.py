"""Public issues: the three file formats, and that nothing unnamed is read."""

import json
import subprocess

import pytest

from sentinel_training import public_issues
from sentinel_training.public_issues import issues_of, read_source, rows_of, split_title


def test_two_spaces_were_a_line_break():
    assert split_title('"Crash on start It stops.    1. Open ""it""  2. Wait"') == (
        "Crash on start It stops.",
        '\n1. Open "it"\n2. Wait',
    )


def test_a_long_first_line_is_cut_between_words():
    title, body = split_title("word " * 40)
    assert len(title) <= public_issues.TITLE_CHARACTERS
    assert (title + " " + body).split() == ["word"] * 40


def test_formats():
    assert list(rows_of("__label__bug It fails\nno label", "fasttext")) == [(["bug"], "It fails", "")]
    assert list(rows_of('[{"labels": "bug", "title": "T", "body": null}]', "records")) == [(["bug"], "T", "")]
    assert list(rows_of('{"labels": "[\'a\', \'b\']", "title": "T", "body": "B"}\n', "jsonl")) == [(["a", "b"], "T", "B")]


def test_each_text_once_and_no_ambiguous_labels():
    lines = ["__label__bug It fails", "__label__bug It fails", "__label__question Why", "__label__other Else"]
    source = {"repository": "o/r", "format": "fasttext", "labels": {"bug": "bug", "question": "question"}, "most": 9}
    found = issues_of("\n".join(lines), source)
    assert [(issue.label, issue.title) for issue in found] == [(0, "It fails"), (2, "Why")]


def test_another_content_is_refused(tmp_path):
    clone = tmp_path / "o+r"
    subprocess.run(["git", "init", "--quiet", str(clone)], check=True)
    (clone / "a.txt").write_text("x")
    subprocess.run(["git", "-C", str(clone), "add", "."], check=True)
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(clone), *author, "commit", "--quiet", "-m", "x"], check=True)
    source = {"collection": "o/r", "commit": "HEAD", "path": "a.txt", "sha256": "0" * 64}
    with pytest.raises(SystemExit, match="sha256 of a.txt"):
        read_source(tmp_path, source)
    with pytest.raises(SystemExit, match=r"o/r: .*absent\.txt"):
        read_source(tmp_path, {**source, "path": "absent.txt"})
    with pytest.raises(SystemExit, match="clone https://github.com/o/other there"):
        read_source(tmp_path, {**source, "collection": "o/other"})


def test_a_title_listed_once_a_label_is_one_issue(monkeypatch, tmp_path):
    content = '[{"labels": "bug", "title": "T", "body": ""}, {"labels": "docs", "title": "T", "body": ""}, {"labels": "bug", "title": "U", "body": ""}]'
    source = {"repository": "o/r", "format": "records"}
    (tmp_path / "sources.json").write_text(json.dumps({"sources": [source, {"repository": "o/other"}]}))
    monkeypatch.setattr(public_issues.settings, "DOCUMENTATION_LABELS", {"o/r": "docs"})
    monkeypatch.setattr(public_issues, "SOURCES_FILE", tmp_path / "sources.json")
    monkeypatch.setattr(public_issues, "read_source", lambda folder, source: content)
    found = list(public_issues.documentation_titles(tmp_path))
    assert [(row["title"], row["documentation"]) for row in found] == [("T", True), ("U", False)]
