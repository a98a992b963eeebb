"""The mined changes, split by repository."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from . import settings
from .change_commits import TYPES
from .prepare_change import prepare_change
from .weigh_files import ChangedFile


class Labelled(Protocol):
    """What is needed of a change to draw it."""

    @property
    def repository(self) -> str: ...

    @property
    def label(self) -> int: ...


Some = TypeVar("Some", bound=Labelled)


@dataclass(frozen=True)
class Change:
    """One commit with its type."""

    repository: str
    commit: str
    label: int
    title: str
    files: list[ChangedFile]

    @cached_property
    def text(self) -> str:
        """The model input with the title."""
        return prepare_change(self.title, self.files)

    @cached_property
    def untitled_text(self) -> str:
        """The model input from the diff alone."""
        return prepare_change("", self.files)


def change_of(row: dict) -> Change:
    """A change as `change_commits` mined it."""
    files = [ChangedFile(**file) for file in row["files"]]
    return Change(row["repository"], row["commit"], TYPES.index(row["type"]), row["title"], files)


def load_changes() -> list[Change]:
    """Every mined change, in the order of the file."""
    if not settings.CHANGES_FILE.is_file():
        raise SystemExit(f"{settings.CHANGES_FILE} not found: run sentinel_training.change_commits first")
    changes = []
    with settings.CHANGES_FILE.open(encoding="utf-8") as lines:
        for line in lines:
            changes.append(change_of(json.loads(line)))
    return changes


def set_aside(changes: list[Some], setting: str) -> list[Some]:
    """The changes of the repositories that a setting names. There must be some."""
    part = [change for change in changes if change.repository in getattr(settings, setting)]
    if not part:
        raise SystemExit(f"no mined change is of a repository in {setting}: name some of yours there, in settings.py")
    return part


def trained_on(changes: list[Some]) -> list[Some]:
    """The changes of all other repositories. There must be some."""
    held = {*settings.CHANGE_DEV_REPOSITORIES, *settings.CHANGE_TEST_REPOSITORIES}
    part = [change for change in changes if change.repository not in held]
    if not part:
        raise SystemExit("every mined change is of a repository that is set aside in settings.py: mine others too")
    return part


def need_every_type(train: list[Some]) -> None:
    """Refuses changes to train on among which a type is missing: the models could not tell it."""
    found = {change.label for change in train}
    absent = [name for label, name in enumerate(TYPES) if label not in found]
    if absent:
        raise SystemExit(f"no mined change to train on is of type {' or '.join(absent)}: mine more repositories")


def split(changes: list[Change]) -> tuple[list[Change], list[Change], list[Change]]:
    """Training, development and test changes; no repository is in two of them. None may be empty."""
    dev, test = (set_aside(changes, setting) for setting in ("CHANGE_DEV_REPOSITORIES", "CHANGE_TEST_REPOSITORIES"))
    train = trained_on(changes)
    need_every_type(train)
    return train, dev, test
