"""The committed change encoder, with its linear model, as the app runs it."""

import json

import numpy as np

from . import settings
from .change_commits import TYPES
from .change_dataset import Change
from .change_linear import matrices_of
from .export_change import blended
from .inference import run_model


def committed_chances(changes: list[Change], titled: bool) -> np.ndarray:
    """What the model under `models/` says."""
    folder = settings.CHANGE_MODEL_DIRECTORY
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    linear = manifest["linear"]
    weights = np.frombuffer((folder / linear["file"]).read_bytes(), dtype=np.int8).reshape(linear["buckets"], len(TYPES))
    texts = [change.text if titled else change.untitled_text for change in changes]
    logits = run_model(folder / "onnx" / "model_quantized.onnx", texts, manifest["maxTokens"])[0]
    scores = matrices_of(changes)[0 if titled else 1] @ (weights * np.array(linear["scales"])[None, :]) + np.array(linear["biases"])
    blend = {"weight": linear["weight"], "encoder": manifest["temperature"], "linear": linear["temperature"]}
    return blended(logits.astype(np.float64), scores, blend)
