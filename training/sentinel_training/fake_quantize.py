"""Quantization-aware training: the rounding of the int8 file, seen already while training.

Follows what ONNX Runtime's dynamic quantization does at run time: weights in signed integers of
7 bits, symmetric, one scale per output channel; activations in unsigned 8 bits with one scale and
zero point per input. Rounding has no gradient, so it is passed straight through
(Bengio et al. 2013, arXiv:1308.3432; Jacob et al. 2018, arXiv:1712.05877).
"""

import torch
from torch import nn

WEIGHT_LEVELS = 64
ACTIVATION_LEVELS = 255


def straight_through(exact: torch.Tensor, rounded: torch.Tensor) -> torch.Tensor:
    """The value of ``rounded`` with the gradient of ``exact``."""
    return exact + (rounded - exact).detach()


def rounded_weight(weight: torch.Tensor, per_channel: bool = True) -> torch.Tensor:
    """Symmetric signed 7-bit rounding, per output channel (dimension 0) or for the whole tensor."""
    with torch.no_grad():
        largest = weight.abs().amax(dim=1, keepdim=True) if per_channel else weight.abs().amax()
        scale = (largest / WEIGHT_LEVELS).clamp_min(1e-12)
        rounded = (weight / scale).round_().clamp_(-WEIGHT_LEVELS, WEIGHT_LEVELS - 1).mul_(scale)
    return straight_through(weight, rounded)


def rounded_activation(values: torch.Tensor) -> torch.Tensor:
    """Unsigned 8-bit rounding with one range per row of the batch, zero always in the range."""
    with torch.no_grad():
        low = values.amin(dim=(1, 2), keepdim=True).clamp_max(0.0)
        high = values.amax(dim=(1, 2), keepdim=True).clamp_min(0.0)
        scale = ((high - low) / ACTIVATION_LEVELS).clamp_min(1e-12)
        zero = (-low / scale).round_()
        rounded = (values / scale).round_().add_(zero).clamp_(0, ACTIVATION_LEVELS).sub_(zero).mul_(scale)
    return straight_through(values, rounded)


class RoundedLinear(nn.Linear):
    """A linear layer as its int8 version computes it."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(rounded_activation(input), rounded_weight(self.weight), self.bias)


class RoundedEmbedding(nn.Embedding):
    """An embedding table as its int8 version holds it: one scale for the table."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            scale = (self.weight.abs().amax() / WEIGHT_LEVELS).clamp_min(1e-12)
        exact = super().forward(input)
        with torch.no_grad():
            rounded = (exact / scale).round_().clamp_(-WEIGHT_LEVELS, WEIGHT_LEVELS - 1).mul_(scale)
        return straight_through(exact, rounded)


def make_quantization_aware(module: nn.Module) -> None:
    """Switch every linear layer and embedding table in ``module`` to its rounded version, in place."""
    for child in module.modules():
        if type(child) is nn.Linear:
            child.__class__ = RoundedLinear
        elif type(child) is nn.Embedding:
            child.__class__ = RoundedEmbedding
