"""Thresholds stay silent rather than guess."""

import numpy as np

from sentinel_training import calibrate


def test_wilson_bound_grows_with_the_sample():
    assert calibrate.wilson_lower(0, 0) == 0.0
    assert calibrate.wilson_lower(9, 10) < calibrate.wilson_lower(90, 100) < 0.9


def test_threshold_is_never_when_the_target_is_out_of_reach():
    generator = np.random.default_rng(1)
    chances = calibrate.probabilities(generator.normal(size=(300, 3)), 1.0)
    gold = generator.integers(0, 3, 300)
    assert set(calibrate.fit_thresholds(chances, gold).values()) == {calibrate.NEVER}


def test_threshold_keeps_the_precision_target():
    gold = np.repeat([0, 1, 2], 100)
    logits = np.eye(3)[gold] * 4.0
    logits[::10] = np.eye(3)[(gold[::10] + 1) % 3] * 0.5
    chances = calibrate.probabilities(logits, 1.0)
    thresholds = calibrate.fit_thresholds(chances, gold)
    coverage, precision = calibrate.coverage_and_precision(chances, gold, thresholds)
    assert coverage >= 0.85
    assert precision >= 0.9


def test_temperature_softens_an_overconfident_model():
    gold = np.array([0, 1, 2, 0] * 25)
    logits = np.eye(3)[np.array([0, 1, 2, 1] * 25)] * 10.0
    assert calibrate.fit_temperature(logits, gold) > 1.5


def test_rows_of_one_weight_are_as_rows_without():
    generator = np.random.default_rng(2)
    gold = generator.integers(0, 3, 400)
    chances = calibrate.probabilities(np.eye(3)[gold] * 2 + generator.normal(size=(400, 3)), 1.0)
    assert calibrate.fit_thresholds(chances, gold, weights=np.full(400, 0.1)) == calibrate.fit_thresholds(chances, gold)


def test_a_few_heavy_rows_set_no_threshold():
    gold = np.zeros(100, dtype=int)
    chances = np.tile([0.9, 0.05, 0.05], (100, 1))
    assert calibrate.fit_thresholds(chances, gold, weights=np.ones(100))["bug"] < calibrate.NEVER
    weights = np.r_[np.full(3, 1.0), np.full(97, 1e-3)]
    assert calibrate.fit_thresholds(chances, gold, weights=weights)["bug"] == calibrate.NEVER


def test_a_wrong_row_counts_by_its_weight():
    gold = np.r_[np.zeros(90, dtype=int), np.ones(10, dtype=int)]
    chances = np.tile([0.9, 0.05, 0.05], (100, 1))
    light = np.r_[np.ones(90), np.full(10, 0.5)]
    heavy = np.r_[np.ones(90), np.full(10, 2.0)]
    assert calibrate.fit_thresholds(chances, gold, weights=light)["bug"] < calibrate.NEVER
    assert calibrate.fit_thresholds(chances, gold, weights=heavy)["bug"] == calibrate.NEVER


def test_rows_of_one_source_tell_no_more_than_one():
    gold = np.zeros(30, dtype=int)
    chances = np.tile([0.9, 0.05, 0.05], (30, 1))
    assert calibrate.fit_thresholds(chances, gold, sources=np.arange(30))["bug"] < calibrate.NEVER
    assert calibrate.fit_thresholds(chances, gold, sources=np.arange(30) % 15)["bug"] == calibrate.NEVER
