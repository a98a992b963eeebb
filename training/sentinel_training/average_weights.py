"""The change encoder as a mean of the weights of several runs.

    python -m sentinel_training.average_weights

Runs that went on from the same weights average well, and better with those weights among them: they are surer in what changes
everywhere have in common and keep what the earlier runs knew of rare types (Wortsman et al., Model soups, 2022; Robust
fine-tuning of zero-shot models, 2022).
"""

import dataclasses
import json

import torch

from . import settings
from .fine_tune import save
from .training_run import read_settings, run_folder


def mean_of(several: list[dict[str, torch.Tensor]], shares: list[float]) -> dict[str, torch.Tensor]:
    """The weighted mean of each weight; ``shares`` add up to 1."""
    return {
        name: sum(share * weights[name] for share, weights in zip(shares, several)) if value.dtype.is_floating_point else value
        for name, value in several[0].items()
    }


def main() -> None:
    shares = settings.CHANGE_AVERAGE
    absent = [name for name in shares if not (run_folder(name) / "weights.pt").is_file()]
    if absent:
        raise SystemExit(f"not finished: {', '.join(absent)} (training/README.md)")
    folder = run_folder("change-encoder")
    folder.mkdir(parents=True, exist_ok=True)
    several = [torch.load(run_folder(name) / "weights.pt") for name in shares]
    save(mean_of(several, list(shares.values())), folder / "weights.pt")
    (folder / "settings.json").write_text(json.dumps(dataclasses.asdict(read_settings(run_folder([*shares][-1]))), indent=2))
    print(f"mean of {', '.join(f'{share} {name}' for name, share in shares.items())}")


if __name__ == "__main__":
    main()
