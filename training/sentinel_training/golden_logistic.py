"""Golden solutions of logistic regression, which hold the TypeScript solver to scikit-learn's.

    python -m sentinel_training.golden_logistic

The data is drawn at random from a fixed seed: sparse rows, targets that depend on them with noise,
some classes rare. Of two classes the weights are those of the first, as in `src/learning`.
"""

import json

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from . import settings

GOLDEN_LOGISTIC_FILE = settings.GOLDEN_FILE.with_name("logistic-regression.json")
SEED = 20
ROWS = 80
COLUMNS = 24
# Classes, inverse strength of the regularisation, weight of each class.
PROBLEMS = [
    (2, 0.3, [1, 1]),
    (2, 10, [0.6, 2.5]),
    (3, 1, [1, 1, 1]),
    (3, 30, [0.5, 1.5, 1]),
    (5, 3, [0.4, 1, 1.6, 2, 1]),
]


def draw(classes: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Sparse rows and the class of each."""
    rows = random.normal(size=(ROWS, COLUMNS)).round(3)
    rows[random.random(rows.shape) < 0.7] = 0
    logits = rows @ random.normal(size=(COLUMNS, classes)) - 0.7 * np.arange(classes)
    chances = softmax(logits, axis=1)
    targets = np.array([random.choice(classes, p=chance) for chance in chances])
    targets[:classes] = np.arange(classes)
    return rows, targets


def solve(classes: int, strength: float, weights: list[float], random: np.random.Generator) -> dict:
    """A problem with scikit-learn's answer."""
    rows, targets = draw(classes, random)
    model = LogisticRegression(
        C=strength, class_weight=dict(enumerate(weights)), solver="lbfgs", tol=1e-10, max_iter=100_000
    ).fit(rows, targets)
    sign = -1 if classes == 2 else 1
    return {
        "classes": classes,
        "inverseStrength": strength,
        "classWeights": weights,
        "targets": targets.tolist(),
        "rows": [[[int(column), float(row[column])] for column in np.flatnonzero(row)] for row in rows],
        "coefficients": (sign * model.coef_).round(6).tolist(),
        "intercepts": (sign * model.intercept_).round(6).tolist(),
        "probabilities": model.predict_proba(rows).round(6).tolist(),
    }


def main() -> None:
    random = np.random.default_rng(SEED)
    golden = {"columns": COLUMNS, "cases": [solve(*problem, random) for problem in PROBLEMS]}
    GOLDEN_LOGISTIC_FILE.write_text(json.dumps(golden) + "\n", "utf-8")


if __name__ == "__main__":
    main()
