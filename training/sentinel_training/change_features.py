"""Hashed features of a change for the linear model beside the encoder.

Twin of `src/triage/change-features.ts`. Where the encoder reads a few hundred characters, these see
every path and many changed lines. FNV-1a (Fowler, Noll, Vo; 32 bit) over UTF-8 bytes names the
bucket; a feature counts once, so values are 1 before the row is scaled to unit length.
"""

import re

from .change_edits import edit_features, read_edits
from .file_kind import SET_ASIDE, ascii_lower, file_kind
from .weigh_files import ChangedFile, by_weight, magnitude, squeezed

BUCKETS = 1 << 16
FILES = 40
LINES = 120
LINE_CHARACTERS = 160
TITLE_WORDS = 24

_WORD = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9\x00-\x20\x7f]", re.ASCII)
_LETTERS = re.compile(r"[A-Za-z_]{2,}", re.ASCII)


def fnv1a(text: str) -> int:
    """32-bit FNV-1a of the UTF-8 bytes; a lone surrogate counts as `?`."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8", "replace"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def title_features(title: str) -> set[str]:
    """Words, pairs of words, the first word apart: titles begin with their verb."""
    words = [ascii_lower(word) for word in _WORD.findall(squeezed(title, 200))][:TITLE_WORDS]
    found = {f"t:{word}" for word in words}
    found.update(f"t2:{first} {second}" for first, second in zip(words, words[1:]))
    if words:
        found.add(f"t0:{words[0]}")
        found.add(f"t01:{' '.join(words[:2])}")
    return found


def path_features(files: list[ChangedFile]) -> set[str]:
    """Kinds, folders, names and endings of every file, and how large the whole is."""
    found: set[str] = set()
    kinds: set[str] = set()
    for file in files[:300]:
        kinds.add(file_kind(file.path))
    for file in by_weight(files)[:FILES]:
        kind = file_kind(file.path)
        parts = ascii_lower(squeezed(file.path, 400)).split("/")
        name = parts[-1]
        ending = name.rsplit(".", 1)[-1] if "." in name else ""
        found.add(f"n:{name}")
        found.add(f"e:{ending}")
        found.add(f"ks:{kind} {file.status}")
        found.add(f"ke:{kind} {ending}")
        found.update(f"d:{part}" for part in parts[:-1][:6])
    found.update(f"k:{kind}" for kind in kinds)
    found.add("ka:" + " ".join(sorted(kinds)))
    found |= edit_features(read_edits(files), sorted(kinds))
    own = [file for file in files if file_kind(file.path) not in SET_ASIDE]
    added = magnitude(sum(file.additions for file in own))
    removed = magnitude(sum(file.deletions for file in own))
    found.update({f"f:{magnitude(len(files))}", f"+{added}", f"-{removed}", f"+-{added} {removed}"})
    if len(kinds) == 1:
        found.update({f"o:{kind} {added} {removed}" for kind in kinds})
    return found


def line_features(files: list[ChangedFile]) -> set[str]:
    """Words of changed lines, told apart by side and by whether the file is a test."""
    found: set[str] = set()
    seen = 0
    for file in by_weight(files)[:FILES]:
        if not file.patch:
            continue
        side = "T" if file_kind(file.path) == "test" else "L"
        for line in file.patch[:20_000].split("\n"):
            if seen >= LINES:
                return found
            if line[:1] not in ("+", "-"):
                continue
            seen += 1
            mark = side + line[0]
            text = line[1 : LINE_CHARACTERS + 1]
            words = [ascii_lower(word) for word in _LETTERS.findall(text)]
            found.update(f"{mark}{word}" for word in words)
            if words:
                found.add(f"{mark}0{words[0]}")
            if not text.strip(" \t\r"):
                found.add(f"{mark}blank")
    return found


def file_features(files: list[ChangedFile]) -> set[str]:
    """All but the title's."""
    return path_features(files) | line_features(files)


def buckets_of(found: set[str]) -> list[int]:
    """Sorted bucket numbers, each once; every one has the value 1/sqrt(their count)."""
    return sorted({fnv1a(name) % BUCKETS for name in found})


def change_features(title: str, files: list[ChangedFile]) -> list[int]:
    """Buckets of a change; ``title`` has no type in front."""
    return buckets_of(title_features(title) | file_features(files))
