"""Which issues the encoder was trained on: short hashes of their prepared texts, beside the model.

    python -m sentinel_training.training_issues

The app leaves these out of every figure it shows: the encoder is far too sure of them.
"""

import hashlib

from . import settings
from .dataset import Issue, train_and_dev
from .manifest import write_json
from .public_issues import load_public_issues

FILE = "training-issues.json"
DIGITS = 16


def short_hash(issue: Issue) -> str:
    """First 16 hex digits of the sha256 of the prepared text."""
    return hashlib.sha256(issue.text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def write_training_issues(train: list[Issue]) -> None:
    """The file beside the model."""
    hashes = sorted({short_hash(issue) for issue in train})
    write_json(settings.MODEL_DIRECTORY / FILE, {"schema": 1, "hashes": hashes})


def main() -> None:
    write_training_issues([*train_and_dev()[0], *load_public_issues()[0]])


if __name__ == "__main__":
    main()
