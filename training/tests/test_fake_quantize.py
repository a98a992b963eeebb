"""The rounding seen in training is that of ONNX Runtime's dynamic quantization."""

import torch
from torch import nn

from sentinel_training.fake_quantize import make_quantization_aware, rounded_activation, rounded_weight


def test_weights_keep_to_7_bits_per_channel():
    torch.manual_seed(1)
    weight = torch.randn(5, 40) * torch.tensor([[0.01], [0.1], [1.0], [10.0], [100.0]])
    rounded = rounded_weight(weight)
    for row, original in zip(rounded, weight):
        step = original.abs().max() / 64
        assert len(row.unique()) <= 128
        assert (row - original).abs().max() <= step * 1.001


def test_activations_hold_zero_exactly_and_do_not_mix_rows():
    values = torch.stack([torch.linspace(0.0, 1.0, 32).view(4, 8), torch.linspace(-100.0, 50.0, 32).view(4, 8)])
    rounded = rounded_activation(values)
    assert rounded[0, 0, 0] == 0.0
    assert (rounded[0] - values[0]).abs().max() <= 1 / 255
    assert (rounded[1] - values[1]).abs().max() <= 150 / 255


def test_gradient_passes_straight_through():
    layer = nn.Sequential(nn.Linear(8, 4))
    make_quantization_aware(layer)
    values = torch.randn(2, 3, 8, requires_grad=True)
    layer(values).sum().backward()
    assert values.grad is not None and values.grad.abs().sum() > 0
    assert layer[0].weight.grad.abs().sum() > 0
