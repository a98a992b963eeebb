"""The committed change encoder on the judged repositories: each change alike, and each type as often as it occurs.

    python -m sentinel_training.natural_mix --repositories FOLDER

The mined changes are as even as can be over types; a repository sees three times as many fixes as
documentation. For the second figures each judged change is weighted by its type's share of its repository's own history, and
every repository counts alike. `FOLDER` is the one that was mined.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from . import settings
from .calibrate import coverage_and_precision
from .change_commits import candidates, git_folder, type_counts
from .change_dataset import Change, load_changes, split
from .committed_changes import committed_chances
from .export_change import JUDGED_ROWS
from .type_mix import shares_of, weights_of
from .train_change import spread


def report(changes: list[Change], shares: dict[str, np.ndarray]) -> None:
    """Prints what the committed model makes of ``changes``: each counted alike, then by ``shares``."""
    manifest = json.loads((settings.CHANGE_MODEL_DIRECTORY / "manifest.json").read_text("utf-8"))
    gold = np.array([change.label for change in changes])
    mixes = {"as they are": np.full(len(changes), 1 / len(changes)), "as types occur": weights_of(changes, shares)}
    for titled, case in ((True, "with titles"), (False, "diff alone")):
        chances = committed_chances(changes, titled)
        found = chances.argmax(1)
        for mix, weights in mixes.items():
            coverage, precision = coverage_and_precision(chances, gold, manifest["thresholds"], weights)
            figures = {
                "accuracy": weights[found == gold].sum(),
                "macroF1": f1_score(gold, found, average="macro", sample_weight=weights),
                "coverage": coverage,
                "precision": precision,
            }
            print(f"{case}, {mix}", json.dumps({name: round(float(value), 3) for name, value in figures.items()}), flush=True)
    print(f"{len(changes)} changes of {len(shares)} repositories")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True)
    arguments = parser.parse_args()
    folders = {name: git_folder(arguments.repositories / name.replace("/", "+")) for name in settings.CHANGE_TEST_REPOSITORIES}
    absent = [name for name, folder in folders.items() if folder is None]
    if absent:
        raise SystemExit(f"not in {arguments.repositories}: {', '.join(absent)}")
    shares = {name: shares_of(type_counts(candidates(folder))) for name, folder in folders.items()}
    _, _, test = split(load_changes())
    report(spread(test, JUDGED_ROWS, settings.CHANGE_SPREAD_SEED), shares)


if __name__ == "__main__":
    main()
