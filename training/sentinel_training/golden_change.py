"""Golden outputs of the change preparation and features, shared with the TypeScript tests.

    python -m sentinel_training.golden_change

Inputs live in the golden file itself: add a case there, run this, read the diff.
A title or patch may be a list of [text, times] pairs, so that huge inputs stay short on disk.
"""

import json

from . import settings
from .change_features import change_features
from .prepare_change import PREPARATION_VERSION, prepare_change
from .weigh_files import ChangedFile

GOLDEN_CHANGE_FILE = settings.GOLDEN_FILE.with_name("prepare-change.json")


def expand(text: str | list | None) -> str | None:
    """A text with its repeats written out."""
    if isinstance(text, list):
        return "".join(part * times for part, times in text)
    return text


def files_of(case: dict) -> list[ChangedFile]:
    """A case's files; `times` repeats one."""
    files = []
    for file in case["files"]:
        one = ChangedFile(file["path"], file["status"], file["additions"], file["deletions"], expand(file["patch"]))
        files.extend([one] * file.get("times", 1))
    return files


def main() -> None:
    golden = json.loads(GOLDEN_CHANGE_FILE.read_text("utf-8"))
    golden["version"] = PREPARATION_VERSION
    for case in golden["cases"]:
        title, files = expand(case["title"]) or "", files_of(case)
        case["expected"] = prepare_change(title, files)
        case["features"] = " ".join(str(bucket) for bucket in change_features(title, files))
    GOLDEN_CHANGE_FILE.write_text(json.dumps(golden, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
