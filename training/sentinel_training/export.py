"""Trained weights to the model folder: ONNX, int8, tokenizer, calibration, manifest.

    python -m sentinel_training.export [--run NAME]
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from . import calibrate, settings
from .baseline import predict_baseline
from .dataset import Issue, file_sha256, train_and_dev, write_dev_split
from .inference import run_model
from .manifest import manifest_of, write_json
from .metrics import scores
from .onnx_export import export_fp32, load_model, preferred, quantize, write_tokenizer_and_config
from .prepare_issue import PREPARATION_VERSION
from .public_issues import SOURCES_FILE, load_public_issues
from .training_issues import write_training_issues
from .training_run import read_settings, run_folder


def export_variants(run: Path, train: list[Issue], max_tokens: int) -> tuple[Path, dict[str, Path]]:
    """The fp32 file and every int8 one."""
    model = load_model(run / "weights.pt", len(settings.LABELS))
    exact_file = run / "model.onnx"
    export_fp32(model, exact_file)
    return exact_file, quantize(model, run, [issue.text for issue in train], max_tokens)


def choose_variant(
    exact: np.ndarray, files: dict[str, Path], dev: list[Issue], max_tokens: int
) -> tuple[Path, np.ndarray]:
    """The int8 file to ship, the fastest whose score on ``dev`` is that of fp32, and its logits."""
    texts = [issue.text for issue in dev]
    exact_figure = scores(dev, exact.argmax(1))["meanMacroF1"]
    figures, logits = {}, {}
    for name, file in files.items():
        logits[name], _, spent = run_model(file, texts, max_tokens)
        same = (logits[name].argmax(1) == exact.argmax(1)).mean()
        figures[name] = scores(dev, logits[name].argmax(1))["meanMacroF1"]
        off = np.abs(logits[name] - exact).mean()
        print(f"{name}: {figures[name]:.4f}, {spent:.1f} ms, logits off by {off:.4f}, same label {same:.3f}")
    name = preferred(exact_figure, figures)
    print(f"chosen: {name}")
    return files[name], logits[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="issue-encoder")
    arguments = parser.parse_args()
    torch.set_num_threads(settings.THREADS)
    run = run_folder(arguments.run)
    chosen = read_settings(run)
    train, named = train_and_dev()
    public_train, public = load_public_issues()
    dev = [*named, *public]
    exact_file, files = export_variants(run, train, chosen.max_tokens)
    exact, _, exact_time = run_model(exact_file, [issue.text for issue in dev], chosen.max_tokens)
    print(f"fp32: {scores(dev, exact.argmax(1))['meanMacroF1']:.4f}, {exact_time:.1f} ms")
    shipped, logits = choose_variant(exact, files, dev, chosen.max_tokens)
    folder = settings.MODEL_DIRECTORY
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shipped, folder / "onnx" / "model_quantized.onnx")
    write_tokenizer_and_config(folder, settings.LABELS)
    write_dev_split(named)
    write_training_issues([*train, *public_train])
    gold = np.array([issue.label for issue in dev])
    temperature = calibrate.fit_temperature(logits, gold)
    chances = calibrate.probabilities(logits, temperature)
    thresholds = calibrate.fit_thresholds(chances, gold)
    measured = {}
    for prefix, issues, rows in (("dev", named, slice(len(named))), ("public", public, slice(len(named), None))):
        coverage, precision = calibrate.coverage_and_precision(chances[rows], gold[rows], thresholds)
        measured |= {
            f"{prefix}MacroF1Int8": scores(issues, logits[rows].argmax(1))["meanMacroF1"],
            f"{prefix}MacroF1Fp32": scores(issues, exact[rows].argmax(1))["meanMacroF1"],
            f"{prefix}Coverage": coverage,
            f"{prefix}Precision": precision,
        }
    measured["devTfidf"] = scores(named, predict_baseline(train, named))["meanMacroF1"]
    manifest = manifest_of(
        folder,
        "issue-encoder",
        settings.LABELS,
        PREPARATION_VERSION,
        chosen.max_tokens,
        temperature,
        thresholds,
        [
            {"name": settings.DATA_NAME, "sha256": settings.DATA_SHA256, "rows": settings.DATA_ROWS},
            {
                "name": SOURCES_FILE.name,
                "sha256": file_sha256(SOURCES_FILE),
                "rows": len(public_train) + len(public),
            },
        ],
        measured,
    )
    write_json(folder / "manifest.json", manifest)
    print(json.dumps({"temperature": temperature, "thresholds": thresholds, **measured}, indent=2))


if __name__ == "__main__":
    main()
