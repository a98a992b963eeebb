"""The linear model beside the change encoder: hashed features, multinomial logistic regression."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .change_dataset import Change
from .change_features import BUCKETS, change_features

REGULARISATION = 8.0


def matrix_of(changes: list[Change], titled: bool) -> csr_matrix:
    """Rows of unit length, one a change."""
    starts, columns, values = [0], [], []
    for change in changes:
        buckets = change_features(change.title if titled else "", change.files)
        columns.extend(buckets)
        values.extend([1 / np.sqrt(len(buckets))] * len(buckets))
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(changes), BUCKETS), dtype=np.float64)


def fit_linear(matrix: csr_matrix, labels: np.ndarray) -> LogisticRegression:
    """L2-regularised; rows count alike."""
    return LogisticRegression(C=REGULARISATION, max_iter=200, tol=1e-3).fit(matrix, labels)
