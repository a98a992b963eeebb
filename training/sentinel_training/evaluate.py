"""Measure the committed model on the development split, beside fp32 and TF-IDF.

    python -m sentinel_training.evaluate [--run NAME] [--json FILE]

fp32 is measured where the training cache still holds it.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from . import calibrate, settings
from .baseline import predict_baseline
from .dataset import Issue, train_and_dev
from .inference import run_model
from .manifest import write_json
from .metrics import scores
from .public_issues import load_public_issues


def own_body_found(title_vectors: np.ndarray, body_vectors: np.ndarray) -> float:
    """Share of titles whose nearest body is their own: is the embedding fit for search?"""
    return float(((title_vectors @ body_vectors.T).argmax(1) == np.arange(len(title_vectors))).mean())


def measure(path: Path, dev: list[Issue], manifest: dict) -> dict:
    """Scores, selective figures and time of one ONNX file."""
    gold = np.array([issue.label for issue in dev])
    texts = [issue.text for issue in dev]
    logits, _, milliseconds = run_model(path, texts, manifest["maxTokens"])
    chances = calibrate.probabilities(logits, manifest["temperature"])
    coverage, precision = calibrate.coverage_and_precision(chances, gold, manifest["thresholds"])
    crossed = calibrate.cross_fitted(logits, gold)
    bodies = [text[len(issue.title) :] for text, issue in zip(texts, dev)]
    title_vectors = run_model(path, [issue.title for issue in dev], manifest["maxTokens"])[1]
    body_vectors = run_model(path, bodies, manifest["maxTokens"])[1]
    return {
        **scores(dev, logits.argmax(1)),
        "coverage": coverage,
        "precision": precision,
        "crossFittedCoverage": crossed[0],
        "crossFittedPrecision": crossed[1],
        "medianMilliseconds": milliseconds,
        "titleFindsOwnBody": own_body_found(title_vectors, body_vectors),
    }


def print_table(report: dict) -> None:
    """One line a model."""
    print(f"{'model':28}{'mean F1':>9}{'pooled F1':>11}{'accuracy':>10}{'coverage':>10}{'precision':>11}{'ms':>7}")
    for model in ("fp32", "int8", "fp32 on public issues", "int8 on public issues"):
        row = report.get(model)
        if row:
            print(
                f"{model:28}{row['meanMacroF1']:9.4f}{row['pooledMacroF1']:11.4f}"
                f"{row['pooledAccuracy']:10.4f}{row['coverage']:10.3f}{row['precision']:11.3f}"
                f"{row['medianMilliseconds']:7.1f}"
            )
    row = report["tfidf"]
    print(f"{'TF-IDF per repository':28}{row['meanMacroF1']:9.4f}{row['pooledMacroF1']:11.4f}{row['pooledAccuracy']:10.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="issue-encoder")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    folder = settings.MODEL_DIRECTORY
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    train, dev = train_and_dev()
    _, public = load_public_issues()
    int8 = folder / "onnx" / "model_quantized.onnx"
    report = {
        "rows": {"train": len(train), "dev": len(dev), "public": len(public)},
        "int8": measure(int8, dev, manifest),
        "int8 on public issues": measure(int8, public, manifest),
        "tfidf": scores(dev, predict_baseline(train, dev)),
    }
    exact = settings.CACHE / "runs" / arguments.run / "model.onnx"
    if exact.is_file():
        report["fp32"] = measure(exact, dev, manifest)
        report["fp32 on public issues"] = measure(exact, public, manifest)
    print_table(report)
    if arguments.json:
        write_json(arguments.json, report)


if __name__ == "__main__":
    main()
