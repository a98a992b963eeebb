"""Scores: macro-F1 per repository and pooled."""

import numpy as np
from sklearn.metrics import f1_score

from .dataset import Issue


def scores(dev: list[Issue], predicted: np.ndarray) -> dict:
    """Mean over repositories of macro-F1, each repository's, and pooled F1 and accuracy."""
    gold = np.array([issue.label for issue in dev])
    repositories = sorted({issue.repository for issue in dev})
    per_repository = {}
    for repository in repositories:
        rows = [i for i, issue in enumerate(dev) if issue.repository == repository]
        per_repository[repository] = float(f1_score(gold[rows], predicted[rows], average="macro"))
    return {
        "meanMacroF1": float(np.mean(list(per_repository.values()))),
        "pooledMacroF1": float(f1_score(gold, predicted, average="macro")),
        "pooledAccuracy": float((gold == predicted).mean()),
        "perRepository": per_repository,
    }
