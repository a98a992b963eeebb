"""Trained weights to the model folder: ONNX, int8, tokenizer, calibration, manifest.

    python -m sentinel_training.export [--run NAME]
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from . import calibrate, settings
from .baseline import predict_baseline
from .dataset import Issue, train_and_dev, write_dev_split
from .encoder import IssueEncoder, base_directory, collate, load_tokenizer
from .inference import run_model
from .manifest import manifest_of, write_json
from .metrics import scores
from .train import parse_settings

OPSET = 17
# U8S8 saturates on CPUs with AVX2 but no VNNI unless the weights keep to 7 bits.
QUANTIZATIONS = {
    "u8s8": {"weight_type": QuantType.QInt8, "reduce_range": False},
    "u8s8-reduced": {"weight_type": QuantType.QInt8, "reduce_range": True},
    "u8u8": {"weight_type": QuantType.QUInt8, "reduce_range": False},
}


def export_fp32(weights: Path, target: Path) -> None:
    """The model in fp32 with outputs `logits` and `embedding`."""
    model = IssueEncoder(attention="eager")
    model.load_state_dict(torch.load(weights))
    model.eval()
    example = collate([[101, 2023, 2003, 102], [101, 102]])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    dynamic = {name: {0: "batch", 1: "sequence"} for name in names}
    torch.onnx.export(
        model,
        tuple(example[name] for name in names),
        str(target),
        input_names=names,
        output_names=["logits", "embedding"],
        dynamic_axes={**dynamic, "logits": {0: "batch"}, "embedding": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


def quantize(source: Path, folder: Path) -> dict[str, Path]:
    """Every int8 variant, per channel."""
    files = {}
    for name, options in QUANTIZATIONS.items():
        files[name] = folder / f"model-{name}.onnx"
        quantize_dynamic(source, files[name], per_channel=True, **options)
    return files


# In order of preference. U8S8 kernels are the fast ones on AVX2, and 7-bit weights cannot saturate
# there, so the same figures come out on every CPU. U8U8 is exact and about a fifth slower.
PREFERENCE = ["u8s8-reduced", "u8u8"]
# Largest loss of mean macro-F1 against fp32 at which a faster variant is preferred.
TOLERANCE = 0.005


def preferred(exact: float, figures: dict[str, float]) -> str:
    """The first variant in order of preference that keeps the accuracy of fp32."""
    return next((name for name in PREFERENCE if exact - figures[name] <= TOLERANCE), PREFERENCE[-1])


def write_tokenizer_and_config(folder: Path) -> None:
    """The files transformers.js reads beside the ONNX file."""
    tokenizer = load_tokenizer(512)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    base = json.loads((base_directory() / "config.json").read_text("utf-8"))
    dropped = ("_name_or_path", "transformers_version", "gradient_checkpointing")
    config = {name: value for name, value in base.items() if name not in dropped}
    config["architectures"] = ["BertForSequenceClassification"]
    config["id2label"] = {str(i): label for i, label in enumerate(settings.LABELS)}
    config["label2id"] = {label: i for i, label in enumerate(settings.LABELS)}
    write_json(folder / "config.json", config)
    special = {"cls": "[CLS]", "sep": "[SEP]", "pad": "[PAD]", "unk": "[UNK]", "mask": "[MASK]"}
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "BertTokenizer",
            "do_lower_case": True,
            "model_max_length": 512,
            **{f"{name}_token": token for name, token in special.items()},
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="issue-encoder")
    arguments = parser.parse_args()
    torch.set_num_threads(settings.THREADS)
    run = settings.CACHE / "runs" / arguments.run
    trained = json.loads((run / "settings.json").read_text("utf-8"))
    chosen = parse_settings([f"{name}={value}" for name, value in trained.items()])
    train, dev = train_and_dev()
    gold = np.array([issue.label for issue in dev])
    texts = [issue.text for issue in dev]
    exact_file = run / "model.onnx"
    export_fp32(run / "weights.pt", exact_file)
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
    write_tokenizer_and_config(folder)
    write_dev_split(dev)
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
    manifest = manifest_of(folder, chosen.max_tokens, temperature, thresholds, measured)
    write_json(folder / "manifest.json", manifest)
    print(json.dumps({"temperature": temperature, "thresholds": thresholds, **measured}, indent=2))


if __name__ == "__main__":
    main()
