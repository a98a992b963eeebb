"""The manifest the app checks before it loads the model."""

import json
from pathlib import Path

from . import settings
from .dataset import file_sha256

NOT_LISTED = {"manifest.json", "README.md"}


def write_json(path: Path, content: object) -> None:
    """Indented JSON with a final line feed."""
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def list_files(folder: Path) -> list[dict]:
    """Path, size and sha256 of every file but the manifest itself and the model card."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": file_sha256(path),
        }
        for path in paths
        if path.relative_to(folder).as_posix() not in NOT_LISTED
    ]


def manifest_of(
    folder: Path,
    name: str,
    labels: list[str],
    preparation: int,
    max_tokens: int,
    temperature: float,
    thresholds: dict[str, float],
    data: list[dict],
    measured: dict[str, float],
) -> dict:
    """The manifest's content; its shape is fixed by the app."""
    return {
        "schema": 1,
        "name": name,
        "version": settings.VERSIONS[name],
        "licence": "Apache-2.0",
        "base": settings.BASE_NAME,
        "preparation": preparation,
        "labels": labels,
        "maxTokens": max_tokens,
        "inputs": ["input_ids", "attention_mask", "token_type_ids"],
        "temperature": temperature,
        "thresholds": thresholds,
        "files": list_files(folder),
        "data": data,
        "measured": {key: round(value, 4) for key, value in measured.items()},
    }
