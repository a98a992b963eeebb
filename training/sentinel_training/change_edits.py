"""How the removed and added lines of a change relate, over all its files.

Twin of `src/triage/change-edits.ts`. The words of a diff hardly tell formatting from a rewrite, or a
moved function from a new one; that the same words stand on both sides does.
"""

import re
from collections import Counter
from dataclasses import dataclass

from .weigh_files import PATCH_CHARACTERS, ChangedFile, by_weight, magnitude

FILES = 40
LINES = 400
LINE_CHARACTERS = 160

_SPACE = re.compile(r"[\x00-\x20\x7f]+")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COMMENT = re.compile(
    r"^[ \t]*(?://|#(?!(?:include|define|undef|if|ifdef|ifndef|else|endif|pragma)\b)|\*|/\*|<!--|--[ \t]|;|\"\"\"|''')",
    re.ASCII,
)
_IMPORT = re.compile(
    r"^[ \t]*(?:import\b|from[ \t]+[^ \t]+[ \t]+import\b|#include\b|use[ \t]|using[ \t]|package\b"
    r"|(?:const|let|var)[ \t][^=]*=[ \t]*require\(|export[ \t][^\n]*[ \t]from[ \t])",
    re.ASCII,
)
_DEFINITION = re.compile(
    r"\b(?:function|def|fn|func|class|interface|struct|enum|trait|type)[ \t]+[A-Za-z_]"
    r"|^[ \t]*(?:public|protected|export|pub)\b",
    re.ASCII,
)
_GUARD = re.compile(
    r"\b(?:if|null|None|nil|undefined|catch|except|throw|raise|error|err|guard|check)\b", re.ASCII
)


@dataclass(frozen=True)
class Edits:
    """Counts over at most ``LINES`` changed lines; shares are whole tenths or fifths, None of nothing."""

    # "none", "blank", "space", "words", "comments" or "other": the first that fits.
    kind: str
    # Tenths of the added words that were removed elsewhere, and of the removed that were added.
    added_known: int | None
    removed_kept: int | None
    lines: int
    comments: int
    imports: int
    definitions: tuple[int, int]
    guards: tuple[int, int]


def changed_lines(files: list[ChangedFile]) -> tuple[list[str], list[str]]:
    """Added and removed lines without their sign, those of the most changed files first."""
    added: list[str] = []
    removed: list[str] = []
    for file in by_weight(files)[:FILES]:
        for line in (file.patch or "")[:PATCH_CHARACTERS].split("\n"):
            if len(added) + len(removed) >= LINES:
                return added, removed
            if line[:1] == "+":
                added.append(line[1 : LINE_CHARACTERS + 1])
            elif line[:1] == "-":
                removed.append(line[1 : LINE_CHARACTERS + 1])
    return added, removed


def read_edits(files: list[ChangedFile]) -> Edits:
    """Compares both sides of a change."""
    every_added, every_removed = changed_lines(files)
    added = [line for line in every_added if _SPACE.sub("", line)]
    removed = [line for line in every_removed if _SPACE.sub("", line)]
    new = Counter(word for line in added for word in _WORD.findall(line))
    old = Counter(word for line in removed for word in _WORD.findall(line))
    shared = sum((new & old).values())
    lines = added + removed

    def count(pattern: re.Pattern[str], where: list[str]) -> int:
        return sum(1 for line in where if pattern.search(line))

    comments = count(_COMMENT, lines)
    if not lines:
        kind = "blank" if every_added or every_removed else "none"
    elif _SPACE.sub("", "".join(added)) == _SPACE.sub("", "".join(removed)):
        kind = "space"
    elif new == old and new:
        kind = "words"
    elif comments == len(lines):
        kind = "comments"
    else:
        kind = "other"
    return Edits(
        kind,
        10 * shared // new.total() if new else None,
        10 * shared // old.total() if old else None,
        len(lines),
        5 * comments // len(lines) if lines else 0,
        5 * count(_IMPORT, lines) // len(lines) if lines else 0,
        (count(_DEFINITION, added), count(_DEFINITION, removed)),
        (count(_GUARD, added), count(_GUARD, removed)),
    )


def edit_features(edits: Edits, kinds: list[str]) -> set[str]:
    """For the linear model, each also together with the kinds of files (sorted)."""
    known = "-" if edits.added_known is None else str(edits.added_known)
    kept = "-" if edits.removed_kept is None else str(edits.removed_kept)
    coarse = " ".join("-" if share is None else str(share // 3) for share in (edits.added_known, edits.removed_kept))
    more, fewer = edits.definitions
    found = {
        f"x:{edits.kind}",
        f"xa:{known}",
        f"xr:{kept}",
        f"xb:{coarse} {magnitude(edits.lines)}",
        f"xc:{edits.comments}",
        f"xi:{edits.imports}",
        f"xd:{magnitude(more)} {magnitude(fewer)}",
        f"xn:{'more' if more > fewer else 'fewer' if more < fewer else 'same'}",
        f"xg:{min(4, edits.guards[0])} {min(4, edits.guards[1])}",
    }
    return found | {f"{name} {' '.join(kinds)}" for name in found}
