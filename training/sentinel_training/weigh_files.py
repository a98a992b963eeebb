"""Which files of a change count most, and how counts and texts are written.

Twin of `src/triage/weigh-files.ts`.
"""

import re
from dataclasses import dataclass

from .file_kind import SET_ASIDE, file_kind

# Characters of one patch that are looked at; the rest of a huge patch adds nothing to the budget.
PATCH_CHARACTERS = 20_000

_SPACE = re.compile(r"[\x00-\x20\x7f]+")


@dataclass(frozen=True)
class ChangedFile:
    """One file of a change; see `src/triage/changed-file.ts`."""

    path: str
    status: str
    additions: int
    deletions: int
    patch: str | None
    previous_path: str | None = None


def squeezed(text: str, limit: int) -> str:
    """Runs of ASCII white space and control characters as one space, cut to ``limit`` code points."""
    return _SPACE.sub(" ", text).strip(" ")[:limit].rstrip(" ")


def magnitude(count: int) -> str:
    """A count in words the encoder has seen often: exact up to 9, then a coarse step."""
    if count < 10:
        return str(count)
    for limit, word in ((30, "10"), (100, "30"), (300, "100"), (1000, "300")):
        if count < limit:
            return word
    return "1000"


def by_weight(files: list[ChangedFile]) -> list[ChangedFile]:
    """Files people wrote, those that changed most first; ties keep the order given."""
    own = [file for file in files if file_kind(file.path) not in SET_ASIDE]
    chosen = own or files
    return sorted(chosen, key=lambda file: -min(file.additions + file.deletions, 1_000_000))
