"""Temperature and per-label thresholds from the development split: silent before wrong."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar

from . import settings

TARGET_PRECISION = 0.9
# The lower Wilson bound must hold too, so that a lucky handful does not set a low threshold.
WILSON_Z = 1.0
WILSON_FLOOR = 0.85
# Fewer issues or changes than this tell nothing of a threshold.
FEWEST = 20
NEVER = 0.99
# Below this something else is likelier than the label.
LOWEST = 0.5


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Softmax of the scaled logits."""
    scaled = logits.astype(np.float64) / temperature
    shifted = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def log_loss(chances: np.ndarray, gold: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Mean negative log-likelihood; all rows count alike without weights."""
    return -float(np.average(np.log(chances[np.arange(len(gold)), gold]), weights=weights))


def fit_temperature(logits: np.ndarray, gold: np.ndarray, weights: np.ndarray | None = None) -> float:
    """The temperature with the least negative log-likelihood."""

    def loss(temperature: float) -> float:
        return log_loss(probabilities(logits, temperature), gold, weights)

    return round(float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x), 3)


def wilson_lower(correct: float, total: float, z: float = WILSON_Z) -> float:
    """Lower bound of the Wilson score interval."""
    if total == 0:
        return 0.0
    share = correct / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total)


def fit_thresholds(
    chances: np.ndarray,
    gold: np.ndarray,
    labels: Sequence[str] = settings.LABELS,
    weights: np.ndarray | None = None,
    target: float = TARGET_PRECISION,
    sources: np.ndarray | None = None,
) -> dict[str, float]:
    """Per label the lowest threshold from which on the precision ``target`` holds.

    Weighted rows count as so many as tell as much (Kish, Survey Sampling, 1965): the square of the weights' sum over
    the sum of their squares. Rows of one source, a number each, tell no more than one.
    """
    counts = np.ones(len(gold)) if weights is None else weights
    origins = np.arange(len(gold)) if sources is None else sources
    predicted = chances.argmax(axis=1)
    thresholds = {}
    for index, label in enumerate(labels):
        mine = predicted == index
        chosen = NEVER
        for step in range(98, round(100 * LOWEST) - 1, -1):
            kept = mine & (chances[:, index] >= step / 100)
            if not kept.any():
                continue
            of_each = np.bincount(origins[kept], weights=counts[kept])
            total = float(of_each.sum() ** 2 / np.square(of_each).sum())
            share = float(counts[kept & (gold == index)].sum() / counts[kept].sum())
            if total < FEWEST or wilson_lower(share * total, total) < WILSON_FLOOR:
                continue
            if share >= target:
                chosen = step / 100
        thresholds[label] = chosen
    return thresholds


def coverage_and_precision(
    chances: np.ndarray, gold: np.ndarray, thresholds: dict[str, float], weights: np.ndarray | None = None
) -> tuple[float, float]:
    """Share of issues or changes that get a label, and the share of those that is right; all count alike without weights."""
    counts = np.ones(len(gold)) if weights is None else weights
    predicted = chances.argmax(axis=1)
    limits = np.array(list(thresholds.values()))
    kept = chances.max(axis=1) >= limits[predicted]
    precision = float(counts[kept & (predicted == gold)].sum() / counts[kept].sum()) if kept.any() else 0.0
    return float(counts[kept].sum() / counts.sum()), precision


def cross_fitted(logits: np.ndarray, gold: np.ndarray, folds: int = 5) -> tuple[float, float]:
    """Coverage and precision with temperature and thresholds fitted on the other folds."""
    order = np.random.default_rng(0).permutation(len(gold))
    kept_total, right_total = 0.0, 0.0
    for fold in range(folds):
        held = order[fold::folds]
        rest = np.setdiff1d(order, held)
        temperature = fit_temperature(logits[rest], gold[rest])
        thresholds = fit_thresholds(probabilities(logits[rest], temperature), gold[rest])
        coverage, precision = coverage_and_precision(probabilities(logits[held], temperature), gold[held], thresholds)
        kept_total += coverage * len(held)
        right_total += coverage * precision * len(held)
    return kept_total / len(gold), right_total / kept_total if kept_total else 0.0
