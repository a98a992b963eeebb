"""The Python preparation against the golden file the TypeScript tests read too."""

import json

import pytest

from sentinel_training import settings
from sentinel_training.golden import data_hash, output_of
from sentinel_training.prepare_issue import PREPARATION_VERSION, prepare_issue, share_budget

GOLDEN = json.loads(settings.GOLDEN_FILE.read_text("utf-8"))


def test_golden_file_is_of_this_version():
    assert GOLDEN["version"] == PREPARATION_VERSION
    assert len(GOLDEN["cases"]) >= 40


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_golden_case(case):
    assert output_of(case) == case["expected"]


@pytest.mark.skipif(not settings.DATA_FILE.is_file(), reason="data file not found (set SENTINEL_DATA)")
def test_outputs_for_the_data_file():
    committed = json.loads(settings.DATA_HASH_FILE.read_text("utf-8"))
    assert committed["version"] == PREPARATION_VERSION
    assert committed["dataSha256"] == settings.DATA_SHA256
    assert committed["outputsSha256"] == data_hash()


def test_budget_is_shared_by_water_filling():
    assert share_budget([10, 500, 500], [4, 4, 4], 210) == [10, 100, 100]
    assert share_budget([], [], 100) == []


def test_output_is_bounded():
    assert len(prepare_issue("x " * 100_000, "## y\nz " * 100_000)) <= 1300
