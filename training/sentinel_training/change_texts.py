"""The mined changes as the encoder reads them, without their patches.

    python -m sentinel_training.change_texts

Writes `change-texts.jsonl` to the training cache, a line a change: those of the first list in its order, then those of
the second, only of repositories that are trained or tuned on.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from multiprocessing import Pool
from pathlib import Path
from typing import TextIO

from . import settings
from .change_dataset import change_of, set_aside, trained_on
from .whole_file import whole_file


@dataclass(frozen=True)
class ChangeText:
    """One mined change, ready to be read."""

    repository: str
    label: int
    # The encoder's text with the title, and from the diff alone.
    text: str
    untitled_text: str
    # Whether it is of the second list.
    more: bool


def text_of(line: str) -> ChangeText:
    """A mined change's texts; `more` is for the caller to set."""
    change = change_of(json.loads(line))
    return ChangeText(change.repository, change.label, change.text, change.untitled_text, False)


def write_texts(output: TextIO, mined: Path, more: bool) -> int:
    """Adds the texts of a file of mined changes; how many."""
    count = 0
    with mined.open(encoding="utf-8") as lines, Pool(settings.THREADS) as pool:
        for change in pool.imap(text_of, lines, chunksize=200):
            if change.repository not in settings.CHANGE_TEST_REPOSITORIES:
                output.write(json.dumps(asdict(replace(change, more=more)), ensure_ascii=False) + "\n")
                count += 1
    return count


def read_texts() -> Iterator[ChangeText]:
    """What the command above wrote."""
    if not settings.CHANGE_TEXTS_FILE.is_file():
        raise SystemExit(f"{settings.CHANGE_TEXTS_FILE} not found: run sentinel_training.change_texts first")
    with settings.CHANGE_TEXTS_FILE.open(encoding="utf-8") as lines:
        for line in lines:
            yield ChangeText(**json.loads(line))


def training_texts() -> tuple[list[ChangeText], list[ChangeText]]:
    """Those to train on, in order, and those to develop on. Neither may be empty."""
    changes = list(read_texts())
    dev = set_aside(changes, "CHANGE_DEV_REPOSITORIES")
    return trained_on(changes), dev


def main() -> None:
    with whole_file(settings.CHANGE_TEXTS_FILE) as output:
        for file, more in ((settings.CHANGES_FILE, False), (settings.MORE_CHANGES_FILE, True)):
            if not file.is_file():
                raise SystemExit(f"{file} not found: run sentinel_training.change_commits first")
            print(f"{file.name}: {write_texts(output, file, more)}", flush=True)


if __name__ == "__main__":
    main()
