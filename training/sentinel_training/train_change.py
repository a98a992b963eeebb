"""Fine-tune the change encoder; a run that was cut off goes on at its last finished lap.

    python -m sentinel_training.train_change [--run NAME] [--set name=value ...]

The runs of `CHANGE_PASSES` go one after the other.
"""

import random

import torch
from sklearn.metrics import f1_score

from . import settings
from .change_commits import TYPES
from .change_dataset import Some, need_every_type
from .change_texts import ChangeText, training_texts
from .encoder import TextEncoder, load_tokenizer, predict, tokenize
from .fine_tune import Task, fine_tune
from .settings import TrainSettings
from .training_run import start_run


def spread(changes: list[Some], wanted: int, seed: int, from_end: bool = False) -> list[Some]:
    """At most ``wanted`` changes, as even as can be over repository and type. Seeded.

    ``from_end`` draws from the other end of the same order. Where even one of each group is too many,
    some groups go without.
    """
    groups: dict[tuple[str, int], list[Some]] = {}
    for change in changes:
        groups.setdefault((change.repository, change.label), []).append(change)
    generator = random.Random(seed)
    for key in sorted(groups):
        generator.shuffle(groups[key])
    cap = max(len(group) for group in groups.values())
    while sum(min(len(group), cap) for group in groups.values()) > wanted:
        cap -= 1
    few = cap == 0
    taken = slice(-max(cap, 1), None) if from_end else slice(max(cap, 1))
    chosen = [change for key in sorted(groups) for change in groups[key][taken]]
    return generator.sample(chosen, wanted) if few else chosen


def chosen_changes(train: list[ChangeText], chosen: TrainSettings) -> list[ChangeText]:
    """The changes the settings ask for: all, or some of the first list."""
    if chosen.every_change:
        return train
    first = [change for change in train if not change.more]
    return spread(first, chosen.change_rows, chosen.seed, chosen.change_rows_from_end)


def groups_of(changes: list[ChangeText]) -> torch.Tensor:
    """Each change's repository as a number from 0."""
    numbers = {name: number for number, name in enumerate(sorted({change.repository for change in changes}))}
    return torch.tensor([numbers[change.repository] for change in changes])


def main() -> None:
    chosen, folder = start_run(__doc__, settings.CHANGE_PASSES)
    train, dev = training_texts()
    # Of the first list, which the linear model is fitted on: told now, not after days of training.
    need_every_type([change for change in train if not change.more])
    train = chosen_changes(train, chosen)
    dev = spread(dev, 400, settings.CHANGE_SPREAD_SEED)
    print(f"{len(train)} changes to train on, {len(dev)} to develop on", flush=True)
    tokenizer = load_tokenizer(chosen.max_tokens)
    dev_encoded = tokenize(tokenizer, [change.text for change in dev])

    def score(model: TextEncoder) -> float:
        found = predict(model, dev_encoded)[0].argmax(1).numpy()
        return float(f1_score([change.label for change in dev], found, average="macro"))

    task = Task(
        labels=len(TYPES),
        usual=tokenize(tokenizer, [change.text for change in train]),
        varied=tokenize(tokenizer, [change.untitled_text for change in train]),
        varied_share=chosen.varied_share,
        targets=torch.tensor([change.label for change in train]),
        score=score,
        groups=groups_of(train) if chosen.leaning_variance else None,
    )
    fine_tune(task, chosen, folder)


if __name__ == "__main__":
    main()
