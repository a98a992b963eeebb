"""TF-IDF of title and body with logistic regression, one model per repository."""

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from .dataset import Issue

REGULARISATION = 10.0


def predict_baseline(train: list[Issue], dev: list[Issue]) -> np.ndarray:
    """Predicted labels for ``dev``, each repository by its own model."""
    predicted = np.zeros(len(dev), dtype=int)
    for repository in sorted({issue.repository for issue in dev}):
        own = [issue for issue in train if issue.repository == repository]
        rows = [i for i, issue in enumerate(dev) if issue.repository == repository]
        columns = []
        for part in ("title", "body"):
            vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
            fitted = vectorizer.fit_transform([getattr(issue, part) for issue in own])
            columns.append((fitted, vectorizer.transform([getattr(dev[i], part) for i in rows])))
        model = LogisticRegression(C=REGULARISATION, max_iter=2000)
        model.fit(hstack([fitted for fitted, _ in columns]).tocsr(), [issue.label for issue in own])
        predicted[rows] = model.predict(hstack([matrix for _, matrix in columns]).tocsr())
    return predicted
