"""More labelled issues than the data file holds, from collections that others published on GitHub.

    python -m sentinel_training.public_issues --repositories FOLDER

Reads the files that `training/data/public-issues.json` names, at the named commits, from a folder of
git repositories (`OWNER+NAME`, bare clones do), checks them against their hashes, and writes
`public-issues.jsonl` to the training cache; and `documentation-titles.jsonl`, which the rule for titles
about documentation is judged on (`npm run bench:documentation`).
"""

import argparse
import ast
import hashlib
import json
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from . import settings
from .change_commits import git_folder
from .dataset import Issue, drop_near_duplicates, train_and_dev
from .whole_file import whole_file

SOURCES_FILE = settings.REPOSITORY_ROOT / "training" / "data" / "public-issues.json"
SEED = 20261125
# Of a line without a line break, the first words stand for the title.
TITLE_CHARACTERS = 100


def read_source(folder: Path, source: dict) -> str:
    """The named file at the named commit; another content is refused."""
    root = folder / source["collection"].replace("/", "+")
    repository = git_folder(root)
    if repository is None:
        raise SystemExit(f"no git repository at {root}: clone https://github.com/{source['collection']} there")
    command = ["git", "--git-dir", str(repository), "show"]
    shown = subprocess.run([*command, f"{source['commit']}:{source['path']}"], capture_output=True)
    if shown.returncode != 0:
        raise SystemExit(f"{source['collection']}: {shown.stderr.decode('utf-8', 'replace').strip()} (is the clone whole?)")
    content = shown.stdout
    digest = hashlib.sha256(content).hexdigest()
    if digest != source["sha256"]:
        raise SystemExit(f"{source['collection']}: sha256 of {source['path']} is {digest}, expected {source['sha256']}")
    return content.decode("utf-8", "replace")


def split_title(line: str) -> tuple[str, str]:
    """Title and body of a line in which both stand one after the other.

    Each of CR and LF became a space, so two spaces are a line break. Where the title ends is not
    told: the first line is taken, or its first words.
    """
    text = re.sub(r" {2,}", lambda found: "\n" * (len(found.group()) // 2), line.strip().strip('"').replace('""', '"'))
    first, _, rest = text.partition("\n")
    if len(first) <= TITLE_CHARACTERS:
        return first, rest
    cut = first.rfind(" ", 0, TITLE_CHARACTERS)
    return first[:cut], first[cut + 1 :] + "\n" + rest


def rows_of(content: str, shape: str) -> Iterator[tuple[list[str], str, str]]:
    """(labels, title, body) of each issue in one of the three file formats."""
    if shape == "fasttext":
        for line in content.split("\n"):
            found = re.match(r"__label__(\S+) (.*)", line)
            if found:
                yield [found.group(1)], *split_title(found.group(2))
        return
    records = json.loads(content) if shape == "records" else [json.loads(line) for line in content.split("\n") if line]
    for record in records:
        labels = record["labels"]
        if shape == "jsonl" and isinstance(labels, str):
            labels = ast.literal_eval(labels)
        yield [labels] if isinstance(labels, str) else labels, record["title"], record["body"] or ""


def issues_of(content: str, source: dict) -> list[Issue]:
    """Issues with exactly one of the known labels, each text once, at most ``most`` of a label. Seeded.

    Those that match ``without`` are left out.
    """
    found: dict[str, Issue] = {}
    unwanted = re.compile(source["without"]) if "without" in source else None
    for labels, title, body in rows_of(content, source["format"]):
        if unwanted and unwanted.search(f"{title}\n{body}"):
            continue
        known = {source["labels"][label] for label in labels if label in source["labels"]}
        if len(known) == 1:
            issue = Issue(source["repository"], "", settings.LABELS.index(known.pop()), title, body)
            found.setdefault(issue.text, issue)
    rows = sorted(found.values(), key=lambda issue: issue.id)
    random.Random(SEED).shuffle(rows)
    by_label: dict[int, list[Issue]] = {}
    for issue in rows:
        by_label.setdefault(issue.label, []).append(issue)
    return [issue for label in sorted(by_label) for issue in by_label[label][: source["most"]]]


def collect(folder: Path) -> tuple[list[Issue], list[Issue]]:
    """Issues to train on and issues to develop on: the first ``dev`` of each label of a source."""
    train: list[Issue] = []
    dev: list[Issue] = []
    for source in json.loads(SOURCES_FILE.read_text("utf-8"))["sources"]:
        issues = issues_of(read_source(folder, source), source)
        for label in range(len(settings.LABELS)):
            mine = [issue for issue in issues if issue.label == label]
            dev.extend(mine[: source.get("dev", 0)])
            train.extend(mine[source.get("dev", 0) :])
        print(f"{source['repository'] or source['collection']}: {len(issues)} issues", flush=True)
    _, data_dev = train_and_dev()
    return drop_near_duplicates(train, [*dev, *data_dev]), dev


def documentation_titles(folder: Path) -> Iterator[dict]:
    """The issues of collections that have a label for documentation, each title once: whether they bear it."""
    for source in json.loads(SOURCES_FILE.read_text("utf-8"))["sources"]:
        name = settings.DOCUMENTATION_LABELS.get(source["repository"])
        if name is None:
            continue
        bears: dict[str, bool] = {}
        for labels, title, _ in rows_of(read_source(folder, source), source["format"]):
            if labels:
                bears[title] = bears.get(title, False) or name in labels
        for title, documentation in bears.items():
            yield {"repository": source["repository"], "title": title, "documentation": documentation}


def load_public_issues() -> tuple[list[Issue], list[Issue]]:
    """What the command above wrote: to train on, to develop on."""
    if not settings.PUBLIC_ISSUES_FILE.is_file():
        raise SystemExit(f"{settings.PUBLIC_ISSUES_FILE} not found: run public_issues first (training/README.md)")
    train: list[Issue] = []
    dev: list[Issue] = []
    for line in settings.PUBLIC_ISSUES_FILE.read_text("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            issue = Issue(row["repository"], "", settings.LABELS.index(row["label"]), row["title"], row["body"])
            (dev if row["dev"] else train).append(issue)
    return train, dev


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True)
    repositories = parser.parse_args().repositories
    train, dev = collect(repositories)
    settings.CACHE.mkdir(parents=True, exist_ok=True)
    with whole_file(settings.DOCUMENTATION_TITLES_FILE) as file:
        for row in documentation_titles(repositories):
            file.write(json.dumps(row) + "\n")
    with whole_file(settings.PUBLIC_ISSUES_FILE) as file:
        for kept, is_dev in ((train, False), (dev, True)):
            for issue in kept:
                row = {"repository": issue.repository, "label": settings.LABELS[issue.label]}
                row |= {"title": issue.title, "body": issue.body, "dev": is_dev}
                file.write(json.dumps(row) + "\n")
    print(f"{len(train)} issues to train on, {len(dev)} to develop on", flush=True)


if __name__ == "__main__":
    main()
