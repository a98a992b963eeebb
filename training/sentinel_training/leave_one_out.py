"""How the issue encoder fares in a repository that it has never seen.

    python -m sentinel_training.leave_one_out [--json FILE]

For each repository of the data file the last pass runs without its issues and is judged on all of
them, beside the pass before, which saw none of the five. It takes as long as five builds less the
first pass; finished runs are not repeated.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import torch

from .dataset import Issue, load_issues
from .encoder import TextEncoder, load_tokenizer, predict, tokenize
from .manifest import write_json
from .metrics import scores
from .settings import ISSUE_PASSES, LABELS
from .training_run import run_folder

FIRST, LAST = ISSUE_PASSES


def train_without(repository: str) -> str:
    """Trains the last pass without a repository's issues, where that is not done yet; the run's name."""
    run = f"{LAST}-without-{repository.replace('/', '-')}"
    command = [sys.executable, "-m", "sentinel_training.train", "--run", run, "--set", f"leave_out={repository}"]
    subprocess.run(command, check=True)
    return run


def macro_f1(run: str, issues: list[Issue]) -> float:
    """Macro-F1 of a run's weights over the issues of one repository."""
    model = TextEncoder(len(LABELS))
    model.load_state_dict(torch.load(run_folder(run) / "weights.pt"))
    tokenizer = load_tokenizer(ISSUE_PASSES[LAST].max_tokens)
    logits, _ = predict(model, tokenize(tokenizer, [issue.text for issue in issues]))
    return scores(issues, logits.argmax(1).numpy())["meanMacroF1"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    issues = load_issues()
    report = {}
    print(f"{'repository':28}{'none of the five':>18}{'the other four':>18}")
    for repository in sorted({issue.repository for issue in issues}):
        own = [issue for issue in issues if issue.repository == repository]
        report[repository] = {"none": macro_f1(FIRST, own), "others": macro_f1(train_without(repository), own)}
        print(f"{repository:28}{report[repository]['none']:18.4f}{report[repository]['others']:18.4f}", flush=True)
    means = {key: sum(row[key] for row in report.values()) / len(report) for key in ("none", "others")}
    print(f"{'mean':28}{means['none']:18.4f}{means['others']:18.4f}")
    if arguments.json:
        write_json(arguments.json, {"repositories": report, "mean": means})


if __name__ == "__main__":
    main()
