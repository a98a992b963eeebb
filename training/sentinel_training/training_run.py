"""Where a training run keeps its files, and the settings it was started with."""

import argparse
import dataclasses
import json
from pathlib import Path

import torch

from . import settings
from .settings import TrainSettings


def override(defaults: TrainSettings, overrides: list[str]) -> TrainSettings:
    """``defaults`` with ``name=value`` changes, each cast to the default's type; others are refused."""
    kinds = {field.name: type(getattr(defaults, field.name)) for field in dataclasses.fields(defaults)}
    changes = {}
    for change in overrides:
        name, _, value = change.partition("=")
        if name not in kinds:
            raise SystemExit(f"--set {change}: no such setting; there are {', '.join(kinds)}")
        try:
            changes[name] = {"true": True, "false": False}[value] if kinds[name] is bool else kinds[name](value)
        except (KeyError, ValueError):
            wanted = "true or false" if kinds[name] is bool else f"a value of type {kinds[name].__name__}"
            raise SystemExit(f"--set {change}: {name} takes {wanted}") from None
    return dataclasses.replace(defaults, **changes)


def run_folder(name: str) -> Path:
    """Folder of a run in the training cache."""
    return settings.CACHE / "runs" / name


def read_settings(folder: Path) -> TrainSettings:
    """The settings a run was started with; those it does not name are the defaults."""
    if not (folder / "settings.json").is_file():
        raise SystemExit(f"no run {folder.name} in {folder.parent}: train it first (training/README.md)")
    stored = json.loads((folder / "settings.json").read_text("utf-8"))
    known = {field.name for field in dataclasses.fields(TrainSettings)}
    return dataclasses.replace(TrainSettings(), **{name: value for name, value in stored.items() if name in known})


def begun_in(folder: Path) -> Path | None:
    """Weights of a run that has begun, whole or not."""
    return next((folder / name for name in ("checkpoint.pt", "weights.pt") if (folder / name).is_file()), None)


def note_settings(folder: Path, chosen: TrainSettings) -> None:
    """Writes the settings into the run's folder, unless weights are there that came of others."""
    begun = begun_in(folder)
    if begun and read_settings(folder) != chosen:
        raise SystemExit(f"{begun} was trained with other settings: remove {folder}, or name another --run")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(dataclasses.asdict(chosen), indent=2))


def note_origin(folder: Path, origin: str) -> None:
    """Writes the hash of what a run learns from into its folder, unless weights are there that came of something else."""
    begun, file = begun_in(folder), folder / "origin.sha256"
    if begun is None:
        file.write_text(origin)
    elif file.is_file() and file.read_text() != origin:
        raise SystemExit(f"{begun} was trained on other rows, or from other weights, than now: remove {folder}, or name another --run")


def start_run(description: str | None, passes: dict[str, TrainSettings]) -> tuple[TrainSettings, Path]:
    """Parses `--run` and `--set`, makes the run's folder and writes its settings there.

    ``passes`` holds the settings of the named runs; the last is the default, also for other names.
    """
    last = list(passes)[-1]
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--run", default=last)
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    arguments = parser.parse_args()
    chosen = override(passes.get(arguments.run, passes[last]), arguments.overrides)
    torch.set_num_threads(settings.THREADS)
    folder = run_folder(arguments.run)
    note_settings(folder, chosen)
    return chosen, folder
