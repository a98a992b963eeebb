"""Changes weighted so that each type counts as often as it occurs in its repository's own history."""

import json
from pathlib import Path

import numpy as np

from . import settings
from .change_commits import COMMITS_FILE, MORE_COMMITS_FILE, TYPES, read_rows
from .change_dataset import Change


def shares_of(counts: list[int]) -> np.ndarray:
    """Share of each type among a repository's commits that name one."""
    return np.array(counts, dtype=np.float64) / sum(counts)


def weights_of(changes: list[Change], shares: dict[str, np.ndarray]) -> np.ndarray:
    """One a change; all of a repository's add up to one over the number of repositories."""
    weights = np.zeros(len(changes))
    for repository, own in shares.items():
        rows = np.array([change.repository == repository for change in changes])
        labels = np.array([change.label for change in changes])[rows]
        each = own / np.maximum(np.bincount(labels, minlength=len(TYPES)), 1)
        weights[rows] = each[labels] / each[labels].sum()
    return weights / weights.sum()


def mined_shares(repositories: list[str]) -> dict[str, np.ndarray]:
    """Share of each type in the histories that were mined."""
    if not settings.TYPE_COUNTS_FILE.is_file():
        raise SystemExit(f"{settings.TYPE_COUNTS_FILE} not found: run sentinel_training.change_commits first")
    counts = json.loads(settings.TYPE_COUNTS_FILE.read_text("utf-8"))
    return {name: shares_of(counts[name]) for name in repositories}


def listed_counts(file: Path) -> np.ndarray:
    """How many changes of each type a committed list names, without the repositories that are set aside."""
    held = {*settings.CHANGE_DEV_REPOSITORIES, *settings.CHANGE_TEST_REPOSITORIES}
    counts = np.zeros(len(TYPES))
    for repository, _, kind in read_rows(file):
        counts[TYPES.index(kind)] += repository not in held
    return counts


def frequent_shift() -> np.ndarray:
    """How much likelier, in logits, each type is among the changes of both lists than among those of the first."""
    first = listed_counts(COMMITS_FILE)
    both = first + listed_counts(MORE_COMMITS_FILE)
    return np.log(both / both.sum()) - np.log(first / first.sum())
