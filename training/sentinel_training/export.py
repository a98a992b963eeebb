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
from .dataset import train_and_dev, write_dev_split
from .inference import run_model
from .manifest import manifest_of, write_json
from .metrics import scores
from .onnx_export import export_fp32, preferred, quantize, write_tokenizer_and_config
from .prepare_issue import PREPARATION_VERSION
from .training_issues import write_training_issues
from .training_run import read_settings, run_folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="issue-encoder")
    arguments = parser.parse_args()
    torch.set_num_threads(settings.THREADS)
    run = run_folder(arguments.run)
    chosen = read_settings(run)
    train, dev = train_and_dev()
    gold = np.array([issue.label for issue in dev])
    texts = [issue.text for issue in dev]
    exact_file = run / "model.onnx"
    export_fp32(run / "weights.pt", len(settings.LABELS), exact_file)
    exact, _, exact_time = run_model(exact_file, texts, chosen.max_tokens)
    exact_figure = scores(dev, exact.argmax(1))["meanMacroF1"]
    print(f"fp32: {exact_figure:.4f}, {exact_time:.1f} ms")
    variants = {}
    figures = {}
    files = quantize(exact_file, run)
    for name, file in files.items():
        variants[name], _, spent = run_model(file, texts, chosen.max_tokens)
        moved = np.abs(variants[name] - exact)
        same = (variants[name].argmax(1) == exact.argmax(1)).mean()
        figures[name] = scores(dev, variants[name].argmax(1))["meanMacroF1"]
        print(f"{name}: {figures[name]:.4f}, {spent:.1f} ms, logits off by {moved.mean():.4f}, same label {same:.3f}")
    name = preferred(exact_figure, figures)
    print(f"chosen: {name}")
    folder = settings.MODEL_DIRECTORY
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(files[name], folder / "onnx" / "model_quantized.onnx")
    write_tokenizer_and_config(folder, settings.LABELS)
    write_dev_split(dev)
    write_training_issues(train)
    temperature = calibrate.fit_temperature(variants[name], gold)
    chances = calibrate.probabilities(variants[name], temperature)
    thresholds = calibrate.fit_thresholds(chances, gold)
    coverage, precision = calibrate.coverage_and_precision(chances, gold, thresholds)
    measured = {
        "devMacroF1Int8": scores(dev, variants[name].argmax(1))["meanMacroF1"],
        "devMacroF1Fp32": scores(dev, exact.argmax(1))["meanMacroF1"],
        "devTfidf": scores(dev, predict_baseline(train, dev))["meanMacroF1"],
        "devCoverage": coverage,
        "devPrecision": precision,
    }
    manifest = manifest_of(
        folder,
        "issue-encoder",
        settings.LABELS,
        PREPARATION_VERSION,
        chosen.max_tokens,
        temperature,
        thresholds,
        [{"name": settings.DATA_NAME, "sha256": settings.DATA_SHA256, "rows": settings.DATA_ROWS}],
        measured,
    )
    write_json(folder / "manifest.json", manifest)
    print(json.dumps({"temperature": temperature, "thresholds": thresholds, **measured}, indent=2))


if __name__ == "__main__":
    main()
