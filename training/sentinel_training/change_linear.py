"""The linear model beside the change encoder: hashed features, multinomial logistic regression.

In the model folder it is `linear.bin`, BUCKETS x labels signed bytes, the labels of a bucket side by
side, and in the manifest:

    "linear": {"file": "linear.bin", "buckets": 65536, "scales": [one a label], "biases": [one a label],
               "temperature": T, "weight": W}

With n features in a change, logits are biases + scales * (sum of their bytes) / sqrt(n). The answer
is softmax(W * log softmax(encoder logits / manifest temperature)
         + (1 - W) * log softmax(linear logits / T)).
"""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .change_dataset import Change
from .change_features import BUCKETS, change_features

REGULARISATION = 12.0


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
    return LogisticRegression(C=REGULARISATION, max_iter=100, tol=1e-3).fit(matrix, labels)


def to_bytes(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (labels x buckets) as signed bytes (buckets x labels) and one scale a label."""
    scales = np.abs(weights).max(axis=1) / 127
    return np.round(weights / scales[:, None]).astype(np.int8).T.copy(), scales
