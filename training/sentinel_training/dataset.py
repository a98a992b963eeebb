"""The issue data: checked against its hash, split by time, without near-duplicates."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from . import settings
from .prepare_issue import prepare_issue


@dataclass(frozen=True)
class Issue:
    """One labelled issue; its repository is empty where that is not known."""

    repository: str
    created_at: str
    label: int
    title: str
    body: str

    @property
    def id(self) -> str:
        """sha256 of title, a line feed and body: names a row without copying its text."""
        return hashlib.sha256((self.title + "\n" + self.body).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def text(self) -> str:
        """The model input."""
        return prepare_issue(self.title, self.body)

    @property
    def named_text(self) -> str:
        """The model input with the repository's name, if known, in front, as half of the training texts are."""
        return f"{self.repository} | {self.text}" if self.repository else self.text


def file_sha256(path: Path) -> str:
    """sha256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_issues(path: Path = settings.DATA_FILE) -> list[Issue]:
    """Read the data file; refuse one that is not the named version."""
    if not path.is_file():
        raise SystemExit(f"data file not found: {path} (set SENTINEL_DATA to the folder that holds issues/)")
    digest = file_sha256(path)
    if digest != settings.DATA_SHA256:
        raise SystemExit(f"{path.name}: sha256 is {digest}, expected {settings.DATA_SHA256}")
    # Not splitlines(): bodies may hold separators that it would break at.
    lines = path.read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    if len(rows) != settings.DATA_ROWS:
        raise SystemExit(f"{path.name}: {len(rows)} rows, expected {settings.DATA_ROWS}")
    return [
        Issue(row["repo"], row["created_at"], settings.LABELS.index(row["label"]), row["title"], row["body"] or "")
        for row in rows
    ]


def split_by_time(issues: list[Issue], share: float = settings.DEV_SHARE) -> tuple[list[Issue], list[Issue]]:
    """Older issues to train on, the newest ``share`` of each repository and label to develop on."""
    groups: dict[tuple[str, int], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.repository, issue.label), []).append(issue)
    train: list[Issue] = []
    dev: list[Issue] = []
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda issue: (issue.created_at, issue.id))
        cut = len(group) - round(len(group) * share)
        train.extend(group[:cut])
        dev.extend(group[cut:])
    return train, dev


def drop_near_duplicates(train: list[Issue], dev: list[Issue]) -> list[Issue]:
    """Training issues whose text does not all but reappear in the development split."""
    if not train or not dev:
        return train
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True, min_df=1)
    train_matrix = vectorizer.fit_transform([issue.text for issue in train])
    dev_matrix = vectorizer.transform([issue.text for issue in dev])
    closest = (train_matrix @ dev_matrix.T).max(axis=1).toarray().ravel()
    return [issue for issue, cosine in zip(train, closest) if cosine < settings.NEAR_DUPLICATE_COSINE]


def train_and_dev() -> tuple[list[Issue], list[Issue]]:
    """The split every script uses."""
    train, dev = split_by_time(load_issues())
    return drop_near_duplicates(train, dev), dev


def write_dev_split(dev: list[Issue], path: Path = settings.DEV_SPLIT_FILE) -> None:
    """Commit-ready list of the development rows, by id."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "data": {"name": settings.DATA_NAME, "sha256": settings.DATA_SHA256},
        "rule": "newest 20 % of each repository and label by created_at",
        "id": "sha256 of title + line feed + body, UTF-8",
        "ids": sorted(issue.id for issue in dev),
    }
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
