"""Golden outputs of the issue preparation, shared with the TypeScript tests.

    python -m sentinel_training.golden          # recompute the expected outputs
    python -m sentinel_training.golden --data   # also the hash over the data file

Inputs live in the golden file itself: add a case there, run this, read the diff.
A body may be a list of [text, times] pairs, so that huge inputs stay short on disk.
"""

import argparse
import hashlib
import json

from . import settings
from .dataset import load_issues
from .prepare_issue import PREPARATION_VERSION, prepare_issue


def expand(body: str | list | None) -> str | None:
    """A body as text, its repeats written out."""
    if isinstance(body, list):
        return "".join(text * times for text, times in body)
    return body


def output_of(case: dict) -> str:
    """What the preparation makes of a case."""
    return prepare_issue(case["title"], expand(case["body"]))


def data_hash() -> str:
    """sha256 over all outputs for the data file, each with a line feed and a zero byte after it."""
    digest = hashlib.sha256()
    for issue in load_issues():
        digest.update((issue.text + "\n\0").encode("utf-8"))
    return digest.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", action="store_true")
    arguments = parser.parse_args()
    golden = json.loads(settings.GOLDEN_FILE.read_text("utf-8"))
    golden["version"] = PREPARATION_VERSION
    for case in golden["cases"]:
        case["expected"] = output_of(case)
    settings.GOLDEN_FILE.write_text(json.dumps(golden, indent=2) + "\n", "utf-8")
    if arguments.data:
        content = {
            "version": PREPARATION_VERSION,
            "data": settings.DATA_NAME,
            "dataSha256": settings.DATA_SHA256,
            "outputsSha256": data_hash(),
        }
        settings.DATA_HASH_FILE.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
