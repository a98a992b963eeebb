"""The rewritten encoder computes the same, and its large channels are gone."""

import torch

from sentinel_training.ease_rounding import EXACT_UNITS, LARGEST, ease_rounding, measure_sizes, scale_of
from sentinel_training.encoder import TextEncoder, collate


def test_only_large_channels_are_scaled():
    scale = scale_of(torch.tensor([1.0, 1.0, 1.0, 20.0]))
    assert scale[:3].tolist() == [1.0, 1.0, 1.0]
    assert 1.0 < scale[3] <= 20.0 / LARGEST


@torch.no_grad()
def test_the_same_outputs_from_smaller_values():
    torch.manual_seed(1)
    model = TextEncoder(3).eval()
    texts = [[101, 2023, 2003, 1037, 3231, 102], [101, 7592, 2088, 102]]
    before = [model(**collate([ids])) for ids in texts]
    sizes = measure_sizes(model, texts)
    hidden = model.bert.config.intermediate_size
    ease_rounding(model, texts)
    for ids, (logits, embedding) in zip(texts, before):
        found_logits, found_embedding = model(**collate([ids]))
        torch.testing.assert_close(found_logits, logits, rtol=1e-3, atol=1e-3)
        torch.testing.assert_close(found_embedding, embedding, rtol=1e-3, atol=1e-3)
    layer = model.bert.encoder.layer[0]
    assert layer.output.dense.in_features == hidden - EXACT_UNITS == layer.intermediate.dense.out_features
    for old, new in zip(sizes, measure_sizes(model, texts)):
        assert new.feed_forward_input.max() < old.feed_forward_input.max()
        assert new.hidden_units.max() < old.hidden_units.max()
