"""Commits with a Conventional-Commit subject, mined from any folder of git repositories.

    python -m sentinel_training.change_commits --repositories FOLDER [--sample]

Writes `changes.jsonl` and `more-changes.jsonl` to the training cache: title, files, patches. Which commits, the
committed lists `training/data/change-commits.tsv` and `more-change-commits.tsv` say, which hold no text of theirs; `--sample`
draws anew from whatever repositories the folder holds and writes the lists. The first has as much of rare types as can be,
the second more of the frequent ones. Beside them `change-type-counts.json`: how often each type occurs in each history.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import settings
from .weigh_files import PATCH_CHARACTERS, ChangedFile
from .whole_file import whole_file

TYPES = ["feat", "fix", "docs", "style", "refactor", "perf", "test", "build", "ci", "chore"]
PER_TYPE_AND_REPOSITORY = 120
# Of both lists together.
MOST_PER_TYPE_AND_REPOSITORY = 400
MOST_FILES = 300
SEED = 20261124
COMMITS_FILE = settings.REPOSITORY_ROOT / "training" / "data" / "change-commits.tsv"
MORE_COMMITS_FILE = settings.REPOSITORY_ROOT / "training" / "data" / "more-change-commits.tsv"
# So much of a commit's id tells it from the others of its repository; the first list was written with all of it.
LISTED = 12

# A person's own git settings (`diff.noprefix`, `diff.algorithm`) would give other texts.
_ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

_SUBJECT = re.compile(r"^(" + "|".join(TYPES) + r")(?:\([^)]{0,60}\))?!?: *(\S.*)$")
_NOISE = re.compile(
    r"\b(bump|dependency|dependencies|deps|renovate|dependabot|release|released|version|changelog)\b|^v?\d+\.\d+",
    re.IGNORECASE,
)
_BOT = re.compile(r"bot\b|\[bot\]|renovate|dependabot|github-actions|semantic-release", re.IGNORECASE)
_REFERENCE = re.compile(r"( *\((?:#\d+|[^)]*#\d+[^)]*)\))+ *$")
_HEADER = re.compile(r'^diff --git (?:"?a/.*"?) "?b/(.*?)"?$')


# By type, commit and subject without type and issue numbers.
Candidates = dict[str, list[tuple[str, str]]]
# Commit, type and title.
Chosen = tuple[str, str, str]


def git(repository: Path, *words: str) -> str:
    """Output of a git command; bytes that are no UTF-8 are replaced."""
    command = ["git", "--git-dir", str(repository), *words]
    result = subprocess.run(command, env=_ENVIRONMENT, capture_output=True, check=True)
    return result.stdout.decode("utf-8", "replace")


def candidates(repository: Path) -> Candidates:
    """Every commit that fits."""
    found: Candidates = {name: [] for name in TYPES}
    for line in git(repository, "log", "--no-merges", "--format=%H%x09%an%x09%s").split("\n"):
        commit, _, rest = line.partition("\t")
        author, _, subject = rest.partition("\t")
        match = _SUBJECT.match(subject)
        if not match or _BOT.search(author) or _NOISE.search(match.group(2)):
            continue
        title = _REFERENCE.sub("", match.group(2)).strip()
        if title:
            found[match.group(1)].append((commit, title))
    return found


def parse_show(text: str) -> list[ChangedFile]:
    """Files of one `git show -p` output."""
    files = []
    for block in re.split(r"(?m)^(?=diff --git )", text):
        lines = block.split("\n")
        header = _HEADER.match(lines[0])
        if not header:
            continue
        status, previous, start = "modified", None, None
        for number, line in enumerate(lines[1:], 1):
            if line.startswith("@@ "):
                start = number
                break
            if line.startswith("new file"):
                status = "added"
            elif line.startswith("deleted file"):
                status = "removed"
            elif line.startswith("rename from "):
                status, previous = "renamed", line[len("rename from ") :]
        body = lines[start:] if start else []
        if body and body[-1] == "":
            body.pop()
        added = sum(1 for line in body if line.startswith("+"))
        removed = sum(1 for line in body if line.startswith("-"))
        patch = "\n".join(body)[:PATCH_CHARACTERS] if body else None
        files.append(ChangedFile(header.group(1), status, added, removed, patch, previous))
    return files


def changes_of(folder: Path, commits: list[str]) -> dict[str, list[ChangedFile]]:
    """Files of each commit. One that the copy of the repository lacks contents of is left out."""
    found: dict[str, list[ChangedFile]] = {}
    rest = list(commits)
    while rest:
        words = ["git", "--git-dir", str(folder), "log", "--no-walk=unsorted", "--stdin", "-p", "-M", "-U3"]
        words += ["--no-color", "--no-ext-diff", "--format=%x00%H"]
        shown = subprocess.run(words, input="\n".join(rest).encode(), env=_ENVIRONMENT, capture_output=True)
        for block in shown.stdout.decode("utf-8", "replace").split("\0")[1:]:
            commit, _, text = block.partition("\n")
            if len(commit) == 40:
                found[commit] = parse_show(text)
        if shown.returncode == 0:
            break
        # git stops at the first commit it cannot show: go on behind it.
        done = sum(1 for commit in rest if commit in found)
        bad = rest[done - 1] if done else rest[0]
        found.pop(bad, None)
        rest = rest[max(done, 1) :]
    return found


def sampled(found: Candidates, name: str, most: int, first: int = 0) -> list[Chosen]:
    """A seeded sample of each type: from the ``first`` in that order to the one before ``most``."""
    generator = random.Random(f"{SEED} {name}")
    chosen = []
    for kind, commits in found.items():
        shuffled = list(commits)
        generator.shuffle(shuffled)
        chosen.extend((commit, kind, title) for commit, title in shuffled[first:most])
    return chosen


def listed(found: Candidates, wanted: list[str]) -> list[Chosen]:
    """The commits of a list, in its order: training depends on it."""
    known = {commit[:LISTED]: (commit, kind, title) for kind, commits in found.items() for commit, title in commits}
    return [known[commit[:LISTED]] for commit in wanted if commit[:LISTED] in known]


def rows_of(folder: Path, name: str, chosen: list[Chosen]) -> Iterator[dict]:
    """The changes with their files."""
    changes = changes_of(folder, [commit for commit, _, _ in chosen])
    for commit, kind, title in chosen:
        files = changes.get(commit, [])
        if 0 < len(files) <= MOST_FILES:
            yield {"repository": name, "commit": commit, "type": kind, "title": title, "files": [vars(file) for file in files]}


def git_folder(path: Path) -> Path | None:
    """The git directory of a checkout or a bare repository, there or one level down in `repo`."""
    for candidate in (path, path / ".git", path / "repo", path / "repo" / ".git"):
        if (candidate / "HEAD").is_file():
            return candidate
    return None


def read_rows(file: Path) -> Iterator[tuple[str, str, str]]:
    """Repository, commit and type of each change that a committed list names."""
    for line in file.read_text("utf-8").split("\n")[1:]:
        if line:
            repository, commit, kind = line.split("\t")
            yield repository, commit, kind


def read_list(file: Path) -> dict[str, list[str]]:
    """Commits of a committed list by repository."""
    found: dict[str, list[str]] = {}
    for repository, commit, _ in read_rows(file):
        found.setdefault(repository, []).append(commit)
    return found


def type_counts(found: Candidates) -> list[int]:
    """How often each type occurs in a repository's history."""
    return [len(commits) for commits in found.values()]


def missing(wanted: dict[str, list[str]], rows: list[dict]) -> dict[str, int]:
    """How many changes of the list were not found, by repository."""
    found = {(row["repository"], row["commit"][:LISTED]) for row in rows}
    lost = {name: sum((name, commit[:LISTED]) not in found for commit in commits) for name, commits in wanted.items()}
    return {name: count for name, count in lost.items() if count}


def lists_of(found: Candidates, name: str, wanted: list[dict[str, list[str]]] | None) -> list[list[Chosen]]:
    """What either list takes of a repository: what they ask for, or without them a new sample."""
    if wanted is not None:
        first, more = (listed(found, list_wanted.get(name, [])) for list_wanted in wanted)
    else:
        first = sampled(found, name, PER_TYPE_AND_REPOSITORY)
        more = sampled(found, name, MOST_PER_TYPE_AND_REPOSITORY, PER_TYPE_AND_REPOSITORY)
    held = name in {*settings.CHANGE_DEV_REPOSITORIES, *settings.CHANGE_TEST_REPOSITORIES}
    return [first, [] if held else more]


def mine(folders: dict[str, Path], wanted: list[dict[str, list[str]]] | None) -> list[list[dict]]:
    """Writes the changes of every repository and the counts of types; what to name in either list."""

    def read(item: tuple[str, Path]) -> tuple[list[list[dict]], list[int]]:
        name, folder = item
        found = candidates(folder)
        both = [list(rows_of(folder, name, chosen)) for chosen in lists_of(found, name, wanted)]
        print(f"{name}: {' and '.join(str(len(rows)) for rows in both)}", flush=True)
        return both, type_counts(found)

    named: list[list[dict]] = [[], []]
    counts = {}
    files = settings.CHANGES_FILE, settings.MORE_CHANGES_FILE
    with ThreadPoolExecutor(settings.THREADS) as pool, whole_file(files[0]) as first, whole_file(files[1]) as more:
        for name, (both, counts[name]) in zip(folders, pool.map(read, folders.items())):
            for rows, output, own in zip(both, (first, more), named):
                for row in rows:
                    output.write(json.dumps(row, ensure_ascii=True) + "\n")
                    own.append({key: row[key] for key in ("repository", "commit", "type")})
    with whole_file(settings.TYPE_COUNTS_FILE) as output:
        output.write(json.dumps(counts))
    for own, file in zip(named, files):
        print(f"{len(own)} changes of {len(folders)} repositories in {file.name}")
    return named


def tell_missing(wanted: dict[str, list[str]], named: list[dict]) -> None:
    """Says on stderr what of a list was not found."""
    lost = missing(wanted, named)
    if lost:
        print(f"{sum(lost.values())} listed changes were not found, a model made without them is another:", file=sys.stderr)
        for name, count in lost.items():
            print(f"  {name}: {count} of {len(wanted[name])}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("--sample", action="store_true")
    arguments = parser.parse_args()
    settings.CACHE.mkdir(parents=True, exist_ok=True)
    paths = sorted(arguments.repositories.iterdir())
    folders = {path.name.replace("+", "/"): folder for path in paths if (folder := git_folder(path))}
    if not folders:
        raise SystemExit(f"no git repository in {arguments.repositories}: clone the listed ones there, as OWNER+NAME (training/README.md)")
    files = COMMITS_FILE, MORE_COMMITS_FILE
    if not arguments.sample:
        wanted = [read_list(file) for file in files]
        for list_wanted, named in zip(wanted, mine(folders, wanted)):
            tell_missing(list_wanted, named)
        return
    for file, named in zip(files, mine(folders, None)):
        lines = (f"{row['repository']}\t{row['commit'][:LISTED]}\t{row['type']}\n" for row in named)
        file.write_text("repository\tcommit\ttype\n" + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
