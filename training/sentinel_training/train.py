"""Fine-tune the issue encoder; a run that was cut off goes on at its last finished lap.

    python -m sentinel_training.train [--run NAME] [--set name=value ...]

The run `issue-encoder-first` comes first; the later ones in `ISSUE_PASSES` go on from its weights.
"""

import random

import torch

from .dataset import Issue, train_and_dev
from .encoder import TextEncoder, load_tokenizer, predict, tokenize
from .fine_tune import Task, fine_tune
from .metrics import scores
from .public_issues import load_public_issues
from .settings import ISSUE_PASSES, LABELS, TrainSettings
from .training_run import start_run


def training_rows(chosen: TrainSettings, named: list[Issue]) -> list[Issue]:
    """The rows the settings ask for: of the data file, of the public issues, or of both."""
    rows = [issue for issue in named if issue.repository != chosen.leave_out] if chosen.data_file else []
    public = load_public_issues()[0] if chosen.public_rows else []
    if chosen.public_rows < len(public):
        public = random.Random(chosen.seed).sample(public, chosen.public_rows)
    return rows + public


def main() -> None:
    chosen, folder = start_run(__doc__, ISSUE_PASSES)
    named, dev = train_and_dev()
    dev = [*dev, *load_public_issues()[1]]
    train = training_rows(chosen, named)
    print(f"{len(train)} issues to train on, {len(dev)} to develop on", flush=True)
    tokenizer = load_tokenizer(chosen.max_tokens)
    dev_encoded = tokenize(tokenizer, [issue.text for issue in dev])

    def score(model: TextEncoder) -> float:
        return scores(dev, predict(model, dev_encoded)[0].argmax(1).numpy())["meanMacroF1"]

    task = Task(
        labels=len(LABELS),
        usual=tokenize(tokenizer, [issue.text for issue in train]),
        varied=tokenize(tokenizer, [issue.named_text for issue in train]),
        varied_share=chosen.varied_share,
        targets=torch.tensor([issue.label for issue in train]),
        score=score,
    )
    fine_tune(task, chosen, folder)


if __name__ == "__main__":
    main()
