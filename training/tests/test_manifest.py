"""The manifest lists what the app must find, with hashes that fit."""

import hashlib
import json

import pytest

from sentinel_training import settings
from sentinel_training.change_commits import COMMITS_FILE, LISTED, MORE_COMMITS_FILE, TYPES, read_list
from sentinel_training.dataset import file_sha256
from sentinel_training.manifest import list_files, manifest_of
from sentinel_training.public_issues import SOURCES_FILE


def test_manifest_lists_all_files_but_itself_and_the_card(tmp_path):
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model_quantized.onnx").write_bytes(b"weights")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "manifest.json").write_text("old")
    (tmp_path / "README.md").write_text("card")
    manifest = manifest_of(
        tmp_path, "change-encoder", ["bug"], 1, 128, 1.5, {"bug": 0.8}, [], {"devMacroF1Int8": 0.123456}
    )
    assert [file["path"] for file in manifest["files"]] == ["config.json", "onnx/model_quantized.onnx"]
    assert manifest["files"][1]["sha256"] == hashlib.sha256(b"weights").hexdigest()
    assert manifest["files"][1]["bytes"] == 7
    assert manifest["measured"]["devMacroF1Int8"] == 0.1235


MODELS = [(settings.MODEL_DIRECTORY, settings.LABELS), (settings.CHANGE_MODEL_DIRECTORY, TYPES)]


@pytest.mark.parametrize(("folder", "labels"), MODELS, ids=lambda value: getattr(value, "name", ""))
def test_committed_manifest_fits_the_committed_files(folder, labels):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == list_files(folder)
    assert list(manifest["thresholds"]) == manifest["labels"] == labels


@pytest.mark.parametrize("folder", [folder for folder, _ in MODELS], ids=lambda folder: folder.name)
def test_a_rebuilt_model_has_the_version_of_the_committed_one(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert settings.VERSIONS[folder.name] == manifest["version"]
    assert (folder / "README.md").read_text("utf-8").startswith(f"# Model card: {folder.name} {manifest['version']}\n")


def test_the_manifests_name_the_committed_lists():
    lists = [COMMITS_FILE, MORE_COMMITS_FILE]
    for folder, files in ((settings.MODEL_DIRECTORY, [SOURCES_FILE]), (settings.CHANGE_MODEL_DIRECTORY, lists)):
        data = json.loads((folder / "manifest.json").read_text("utf-8"))["data"]
        named = {file["name"]: file["sha256"] for file in data}
        assert {file.name: file_sha256(file) for file in files}.items() <= named.items()
    assert [file["rows"] for file in data] == [sum(map(len, read_list(file).values())) for file in lists]


def test_no_listed_change_is_in_both_lists_and_none_of_the_second_is_set_aside():
    first, more = read_list(COMMITS_FILE), read_list(MORE_COMMITS_FILE)
    assert not {*more} & {*settings.CHANGE_DEV_REPOSITORIES, *settings.CHANGE_TEST_REPOSITORIES}
    for name, commits in more.items():
        known = {commit[:LISTED] for commit in first.get(name, [])}
        assert len({*commits}) == len(commits)
        assert not known & {*commits}, name
