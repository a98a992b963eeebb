"""Fine-tune the issue encoder; a run that was cut off goes on at its last finished lap.

    python -m sentinel_training.train [--run NAME] [--set name=value ...]
"""

import torch

from .dataset import train_and_dev
from .encoder import TextEncoder, load_tokenizer, predict, tokenize
from .fine_tune import Task, fine_tune
from .metrics import scores
from .settings import LABELS, TrainSettings
from .training_run import start_run


def main() -> None:
    chosen, folder = start_run(__doc__, "issue-encoder", TrainSettings())
    train, dev = train_and_dev()
    if chosen.leave_out:
        train = [issue for issue in train if issue.repository != chosen.leave_out]
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
