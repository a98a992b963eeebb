"""The linear model beside the change encoder: hashed features, multinomial logistic regression.

In the model folder it is `linear.bin`, BUCKETS x labels signed bytes, the labels of a bucket side by
side, and in the manifest:

    "linear": {"file": "linear.bin", "buckets": 65536, "scales": [one a label], "biases": [one a label],
               "temperature": T, "weight": W}

With n features in a change, logits are biases + scales * (sum of their bytes) / sqrt(n). The answer
is softmax(W * log softmax(encoder logits / manifest temperature)
         + (1 - W) * log softmax(linear logits / T)).
"""

from multiprocessing import Pool

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .change_dataset import Change
from .change_features import BUCKETS, buckets_of, file_features, title_features
from .settings import THREADS

REGULARISATION = 12.0


def rows_of(change: Change) -> tuple[np.ndarray, np.ndarray]:
    """Buckets with the title and without."""
    alone = file_features(change.files)
    both = alone | title_features(change.title)
    return tuple(np.array(buckets_of(found), dtype=np.uint16) for found in (both, alone))


def matrices_of(changes: list[Change]) -> tuple[csr_matrix, csr_matrix]:
    """Rows of unit length, one a change: with titles, and from the diffs alone."""
    with Pool(THREADS) as pool:
        found = pool.map(rows_of, changes, chunksize=100)
    return matrix_of([titled for titled, _ in found]), matrix_of([alone for _, alone in found])


def matrix_of(rows: list[np.ndarray]) -> csr_matrix:
    """Rows of unit length from their buckets."""
    counts = np.array([len(row) for row in rows])
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts)
    columns = np.concatenate(rows).astype(np.int32)
    return csr_matrix((values, columns, np.concatenate([[0], counts.cumsum()])), shape=(len(rows), BUCKETS))


def fit_linear(matrix: csr_matrix, labels: np.ndarray) -> LogisticRegression:
    """L2-regularised; rows count alike."""
    return LogisticRegression(C=REGULARISATION, max_iter=100, tol=1e-3).fit(matrix, labels)


def to_bytes(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (labels x buckets) as signed bytes (buckets x labels) and one scale a label."""
    scales = np.abs(weights).max(axis=1) / 127
    return np.round(weights / scales[:, None]).astype(np.int8).T.copy(), scales
