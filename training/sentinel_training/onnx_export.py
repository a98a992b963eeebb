"""Trained weights to ONNX in fp32 and int8, and the files that lie beside it."""

import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from .ease_rounding import EXACT, ease_rounding
from .encoder import TextEncoder, base_directory, collate, load_tokenizer, tokenize
from .manifest import write_json

OPSET = 17
CALIBRATION_TEXTS = 60
# U8S8 saturates on CPUs with AVX2 but no VNNI unless the weights keep to 7 bits.
QUANTIZATIONS = {
    "u8s8-reduced": {"weight_type": QuantType.QInt8, "reduce_range": True},
    "u8u8": {"weight_type": QuantType.QUInt8, "reduce_range": False},
}


def load_model(weights: Path, labels: int) -> TextEncoder:
    """The trained model, ready to export."""
    model = TextEncoder(labels, attention="eager")
    model.load_state_dict(torch.load(weights))
    return model.eval()


def export_fp32(model: TextEncoder, target: Path) -> None:
    """The model in fp32 with outputs `logits` and `embedding`."""
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


def quantize(model: TextEncoder, folder: Path, texts: list[str], max_tokens: int) -> dict[str, Path]:
    """Every int8 variant, per channel; ``texts`` (training ones) tell which channels are large.

    Rewrites ``model`` in place into one that computes the same.
    """
    some = texts[:: max(1, len(texts) // CALIBRATION_TEXTS)]
    ease_rounding(model, tokenize(load_tokenizer(max_tokens), some))
    eased = folder / "model-eased.onnx"
    export_fp32(model, eased)
    exact = [node.name for node in onnx.load(eased).graph.node if node.op_type == "MatMul" and EXACT in node.name]
    files = {}
    for name, options in QUANTIZATIONS.items():
        files[name] = folder / f"model-{name}.onnx"
        quantize_dynamic(eased, files[name], per_channel=True, nodes_to_exclude=exact, **options)
    return files


# In order of preference. U8S8 kernels are the fast ones on AVX2, and 7-bit weights cannot saturate
# there, so all but the same figures come out on every CPU. U8U8 is exact and about a fifth slower.
PREFERENCE = ["u8s8-reduced", "u8u8"]
# Largest loss of macro-F1 against fp32 at which a faster variant is preferred.
TOLERANCE = 0.005


def preferred(exact: float, figures: dict[str, float]) -> str:
    """The first variant in order of preference that keeps the accuracy of fp32."""
    return next((name for name in PREFERENCE if exact - figures[name] <= TOLERANCE), PREFERENCE[-1])


def write_tokenizer_and_config(folder: Path, labels: list[str]) -> None:
    """The files transformers.js reads beside the ONNX file."""
    tokenizer = load_tokenizer(512)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    base = json.loads((base_directory() / "config.json").read_text("utf-8"))
    dropped = ("_name_or_path", "transformers_version", "gradient_checkpointing")
    config = {name: value for name, value in base.items() if name not in dropped}
    config["architectures"] = ["BertForSequenceClassification"]
    config["id2label"] = {str(i): label for i, label in enumerate(labels)}
    config["label2id"] = {label: i for i, label in enumerate(labels)}
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
