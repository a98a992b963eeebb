"""Title and changed files to the change encoder's text.

The twin of `src/triage/prepare-change.ts`: both give the same characters for the same change.
The telling parts come first: title, kinds and counts, how both sides relate, paths, then changed lines
of the files that changed most, a few from each, so that one long file does not push the others out.
"""

import re

from .change_edits import Edits, read_edits
from .file_kind import SET_ASIDE, file_kind
from .weigh_files import PATCH_CHARACTERS, ChangedFile, by_weight, magnitude, squeezed

PREPARATION_VERSION = 3
TITLE_CHARACTERS = 120
PATHS = 4
PATH_CHARACTERS = 44
FILES_WITH_LINES = 3
LINES_PER_FILE = 6
LINE_CHARACTERS = 60
TEXT_CHARACTERS = 900

_TELLING = re.compile(r"[A-Za-z0-9_]")
_HUNK = re.compile(r"^@@ [^@]*@@ ?(.*)$", re.ASCII)
STATUS_MARK = {"added": "A", "removed": "D", "renamed": "R", "copied": "C"}


def tail_of_path(path: str) -> str:
    """The last ``PATH_CHARACTERS`` code points: the file's own name tells most."""
    flat = squeezed(path, 400)
    return flat[-PATH_CHARACTERS:]


def summary_line(files: list[ChangedFile]) -> str:
    """Kinds with their counts of files, then lines added and removed by hand."""
    kinds: dict[str, int] = {}
    for file in files:
        kind = file_kind(file.path)
        kinds[kind] = kinds.get(kind, 0) + 1
    ordered = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    own = [file for file in files if file_kind(file.path) not in SET_ASIDE]
    added = sum(file.additions for file in own)
    removed = sum(file.deletions for file in own)
    words = " ".join(f"{kind} {magnitude(count)}" for kind, count in ordered)
    return f"{words} + {magnitude(added)} - {magnitude(removed)}"


KIND_WORDS = {"blank": "blank lines", "space": "space only", "words": "same words", "comments": "comments only"}


def edit_line(edits: Edits) -> str:
    """How both sides relate: what is left out is none."""
    parts = [KIND_WORDS.get(edits.kind, "")]
    if edits.added_known is not None:
        parts.append(f"known {edits.added_known}")
    if edits.removed_kept is not None:
        parts.append(f"kept {edits.removed_kept}")
    parts.append(f"comments {edits.comments}" if edits.comments else "")
    parts.append(f"imports {edits.imports}" if edits.imports else "")
    parts.append(pair("defines", edits.definitions))
    parts.append(pair("guards", edits.guards))
    return " ".join(part for part in parts if part)


def pair(name: str, counts: tuple[int, int]) -> str:
    """Counts of both sides after their name, nothing where both are 0."""
    return f"{name} {magnitude(counts[0])} {magnitude(counts[1])}" if any(counts) else ""


def path_line(file: ChangedFile) -> str:
    """Status mark, tail of the path, counts."""
    mark = STATUS_MARK.get(file.status, "M")
    return f"{mark} {tail_of_path(file.path)} +{magnitude(file.additions)} -{magnitude(file.deletions)}"


def telling_lines(patch: str) -> list[str]:
    """Changed lines with a letter or digit, and the function a hunk lies in, shortened."""
    lines: list[str] = []
    for line in patch[:PATCH_CHARACTERS].split("\n"):
        if len(lines) >= LINES_PER_FILE:
            break
        hunk = _HUNK.match(line)
        if hunk:
            name = squeezed(hunk.group(1), 40)
            if name:
                lines.append(f"@ {name}")
        elif line[:1] in ("+", "-") and _TELLING.search(line):
            lines.append(f"{line[0]} {squeezed(line[1:], LINE_CHARACTERS)}")
    return lines


def prepare_change(title: str, files: list[ChangedFile]) -> str:
    """The encoder's input, at most ``TEXT_CHARACTERS`` code points. ``title`` has no type in front."""
    ordered = by_weight(files)
    parts = [squeezed(title, TITLE_CHARACTERS), summary_line(files), edit_line(read_edits(files))]
    parts.extend(path_line(file) for file in ordered[:PATHS])
    for file in ordered[:FILES_WITH_LINES]:
        if file.patch:
            lines = telling_lines(file.patch)
            if lines:
                name = squeezed(file.path, 400).split("/")[-1][-40:]
                parts.append(f"{name}: " + " ".join(lines))
    return "\n".join(part for part in parts if part)[:TEXT_CHARACTERS].rstrip(" \n")
