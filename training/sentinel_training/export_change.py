"""Trained change encoder to the model folder, with the linear model beside it.

    python -m sentinel_training.export_change [--run NAME] [--test]

`--test` also judges the repositories that were set aside for it.
"""

import argparse
import json
import shutil

import numpy as np
import torch
from scipy.sparse import vstack
from sklearn.metrics import accuracy_score, f1_score

from . import calibrate, settings
from .change_commits import COMMITS_FILE, MORE_COMMITS_FILE, TYPES, read_list
from .change_dataset import Change, load_changes, split
from .change_linear import fit_linear, matrices_of, to_bytes
from .dataset import file_sha256
from .inference import run_model
from .manifest import manifest_of, write_json
from .onnx_export import export_fp32, load_model, preferred, quantize, write_tokenizer_and_config
from .prepare_change import PREPARATION_VERSION
from .train_change import spread
from .training_run import read_settings, run_folder
from .type_mix import frequent_shift, mined_shares, weights_of

# On so many changes, spread over repository and type, the int8 variants are compared, and so many are judged.
VARIANT_ROWS = 1600
JUDGED_ROWS = 1000
WEIGHTS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
# How far the encoder is moved back from the mix of types in both lists to the evener one of the first (Menon et al.,
# Long-tail learning via logit adjustment, 2021), so that rare types keep their chance.
MOVED_BACK = 0.6
# Thresholds keep two or three points less in repositories they were not set on: more is asked of them here.
TARGET_PRECISION = 0.92


class Judged:
    """Changes with both models' logits, each once with its title and once without; types weigh as often as they occur."""

    def __init__(self, changes: list[Change], encoder, linear, max_tokens: int) -> None:
        self.gold = np.array([change.label for change in changes])
        self.weights = weights_of(changes, mined_shares(sorted({change.repository for change in changes})))
        texts = [change.text for change in changes], [change.untitled_text for change in changes]
        self.encoder = [run_model(encoder, own, max_tokens)[0].astype(np.float64) for own in texts]
        self.linear = [linear(matrix) for matrix in matrices_of(changes)]


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Row by row."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def blended(encoder: np.ndarray, linear: np.ndarray, blend: dict) -> np.ndarray:
    """Probabilities of both models together; see `change_linear`."""
    mixed = blend["weight"] * log_softmax(encoder / blend["encoder"])
    mixed += (1 - blend["weight"]) * log_softmax(linear / blend["linear"])
    return calibrate.probabilities(mixed, 1.0)


def fit_blend(judged: Judged) -> dict:
    """Temperatures and weight by negative log-likelihood, with and without titles, each type as often as it occurs."""
    gold, weights = np.concatenate([judged.gold, judged.gold]), np.concatenate([judged.weights, judged.weights])
    encoder, linear = np.concatenate(judged.encoder), np.concatenate(judged.linear)
    best: tuple[float, dict] | None = None
    for weight in WEIGHTS:
        first = {
            "weight": weight,
            "encoder": calibrate.fit_temperature(encoder, gold, weights),
            "linear": calibrate.fit_temperature(linear, gold, weights),
        }
        # Two models that agree are surer than either: one more temperature for both at once.
        both = calibrate.fit_temperature(np.log(blended(encoder, linear, first)), gold, weights)
        fitted = {"weight": weight, "encoder": round(first["encoder"] * both, 3), "linear": round(first["linear"] * both, 3)}
        loss = calibrate.log_loss(blended(encoder, linear, fitted), gold, weights)
        if best is None or loss < best[0]:
            best = (loss, fitted)
    assert best is not None
    return best[1]


def figures(judged: Judged, blend: dict, thresholds: dict[str, float] | None = None) -> dict[str, float]:
    """Accuracy and macro-F1, with titles and from the diff alone; coverage where thresholds are given."""
    found = {}
    for name, encoder, linear in zip(("Titled", "Diff"), judged.encoder, judged.linear):
        chances = blended(encoder, linear, blend)
        for model, guess in (("", chances), ("Encoder", encoder), ("Linear", linear)):
            found[f"accuracy{name}{model}"] = accuracy_score(judged.gold, guess.argmax(1))
            found[f"macroF1{name}{model}"] = f1_score(judged.gold, guess.argmax(1), average="macro")
        if thresholds:
            for mix, weights in (("", None), ("Natural", judged.weights)):
                found[f"coverage{name}{mix}"], found[f"precision{name}{mix}"] = calibrate.coverage_and_precision(
                    chances, judged.gold, thresholds, weights
                )
            guess = chances.argmax(1)
            found[f"accuracy{name}Natural"] = accuracy_score(judged.gold, guess, sample_weight=judged.weights)
            found[f"macroF1{name}Natural"] = f1_score(judged.gold, guess, average="macro", sample_weight=judged.weights)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="change-encoder")
    parser.add_argument("--test", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(settings.THREADS)
    run = run_folder(arguments.run)
    chosen = read_settings(run)
    train, dev, test = split(load_changes())
    exact_file = run / "model.onnx"
    encoder = load_model(run / "weights.pt", len(TYPES))
    encoder.head.bias.data -= torch.tensor(MOVED_BACK * frequent_shift(), dtype=torch.float32)
    export_fp32(encoder, exact_file)
    files = quantize(encoder, run, [change.text for change in train], chosen.max_tokens)

    labels = np.array([change.label for change in train])
    model = fit_linear(vstack(matrices_of(train)), np.concatenate([labels, labels]))
    weights, scales = to_bytes(model.coef_)

    def linear(matrix):
        return matrix @ (weights * scales[None, :]) + model.intercept_

    some = spread(dev, VARIANT_ROWS, settings.CHANGE_SPREAD_SEED)
    texts, types = [change.text for change in some], [change.label for change in some]
    scored = {
        name: f1_score(types, run_model(file, texts, chosen.max_tokens)[0].argmax(1), average="macro")
        for name, file in {"fp32": exact_file, **files}.items()
    }
    print(json.dumps(scored))
    name = preferred(scored["fp32"], scored)
    print(f"chosen: {name}")
    judged = Judged(dev, files[name], linear, chosen.max_tokens)
    blend = fit_blend(judged)
    # With and without titles alike: a threshold has to hold for both.
    chances = np.concatenate([blended(e, l, blend) for e, l in zip(judged.encoder, judged.linear)])
    gold = judged.gold
    thresholds = calibrate.fit_thresholds(
        chances,
        np.concatenate([gold, gold]),
        TYPES,
        np.concatenate([judged.weights, judged.weights]),
        TARGET_PRECISION,
        sources=np.tile(np.arange(len(gold)), 2),
    )
    measured = {
        "devEncoderMacroF1Fp32": scored["fp32"],
        "devEncoderMacroF1Int8": scored[name],
        **{f"dev{key[0].upper()}{key[1:]}": value for key, value in figures(judged, blend, thresholds).items()},
    }
    if arguments.test:
        held = Judged(spread(test, JUDGED_ROWS, settings.CHANGE_SPREAD_SEED), files[name], linear, chosen.max_tokens)
        for key, value in figures(held, blend, thresholds).items():
            measured[f"test{key[0].upper()}{key[1:]}"] = value

    folder = settings.CHANGE_MODEL_DIRECTORY
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(files[name], folder / "onnx" / "model_quantized.onnx")
    (folder / "linear.bin").write_bytes(weights.tobytes())
    write_tokenizer_and_config(folder, TYPES)
    manifest = manifest_of(
        folder,
        "change-encoder",
        TYPES,
        PREPARATION_VERSION,
        chosen.max_tokens,
        blend["encoder"],
        thresholds,
        [
            {"name": file.name, "sha256": file_sha256(file), "rows": sum(map(len, read_list(file).values()))}
            for file in (COMMITS_FILE, MORE_COMMITS_FILE)
        ],
        measured,
    )
    manifest["linear"] = {
        "file": "linear.bin",
        "buckets": weights.shape[0],
        "scales": [float(scale) for scale in scales],
        "biases": [float(bias) for bias in model.intercept_],
        "temperature": blend["linear"],
        "weight": blend["weight"],
    }
    write_json(folder / "manifest.json", manifest)
    print(json.dumps({"blend": blend, "thresholds": thresholds, **manifest["measured"]}, indent=2))


if __name__ == "__main__":
    main()
