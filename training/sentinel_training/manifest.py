"""The manifest the app checks before it loads the model."""

import json
from pathlib import Path

from . import settings
from .dataset import file_sha256
from .prepare_issue import PREPARATION_VERSION

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
    max_tokens: int,
    temperature: float,
    thresholds: dict[str, float],
    measured: dict[str, float],
) -> dict:
    """The manifest's content; its shape is fixed by the app."""
    return {
        "schema": 1,
        "name": "issue-encoder",
        "version": settings.VERSION,
        "licence": "Apache-2.0",
        "base": settings.BASE_NAME,
        "preparation": PREPARATION_VERSION,
        "labels": settings.LABELS,
        "maxTokens": max_tokens,
        "inputs": ["input_ids", "attention_mask", "token_type_ids"],
        "temperature": temperature,
        "thresholds": thresholds,
        "files": list_files(folder),
        "data": [
            {"name": settings.DATA_NAME, "sha256": settings.DATA_SHA256, "rows": settings.DATA_ROWS}
        ],
        "measured": {name: round(value, 4) for name, value in measured.items()},
    }
