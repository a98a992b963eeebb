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
