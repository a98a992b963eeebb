"""Files that are there whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Text to be written; it takes its place when all of it is there, so that one cut off is not taken for it."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8") as output:
        yield output
    partial.replace(path)
