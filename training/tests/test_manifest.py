"""The manifest lists what the app must find, with hashes that fit."""

import hashlib
import json

import pytest

from sentinel_training import settings
from sentinel_training.manifest import list_files, manifest_of


def test_manifest_lists_all_files_but_itself_and_the_card(tmp_path):
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model_quantized.onnx").write_bytes(b"weights")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "manifest.json").write_text("old")
    (tmp_path / "README.md").write_text("card")
    manifest = manifest_of(
        tmp_path, "test-encoder", ["bug"], 1, 128, 1.5, {"bug": 0.8}, [], {"devMacroF1Int8": 0.123456}
    )
    assert [file["path"] for file in manifest["files"]] == ["config.json", "onnx/model_quantized.onnx"]
    assert manifest["files"][1]["sha256"] == hashlib.sha256(b"weights").hexdigest()
    assert manifest["files"][1]["bytes"] == 7
    assert manifest["measured"]["devMacroF1Int8"] == 0.1235


def test_committed_manifest_fits_the_committed_files():
    path = settings.MODEL_DIRECTORY / "manifest.json"
    if not path.is_file():
        pytest.skip("no model has been built yet")
    manifest = json.loads(path.read_text("utf-8"))
    assert manifest["files"] == list_files(settings.MODEL_DIRECTORY)
    assert set(manifest["thresholds"]) == set(manifest["labels"]) == set(settings.LABELS)
