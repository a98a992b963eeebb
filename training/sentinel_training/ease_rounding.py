"""An equivalent encoder that int8 rounding hurts less.

Dynamic int8 gives each activation tensor one scale, set by its largest value. In BERT a few channels
are ten times larger than the rest, so all others are left with a fraction of the 256 steps. Two changes
that leave the fp32 result as it was:

- Channels of a layer norm's output are scaled down there and up again in the weights that read it and
  in the residual path (Xiao et al., "SmoothQuant", 2022).
- Hidden units of the feed-forward layers with large outputs, which no scaling can reach behind the
  GELU, are computed apart in fp32 (the idea of Dettmers et al., "LLM.int8()", 2022).
"""

from dataclasses import dataclass

import torch
from torch import nn

from .encoder import TextEncoder, collate

# Hidden units of each feed-forward layer, of 1536, that stay fp32.
EXACT_UNITS = 8
# In the name of products that are not to be quantized, by way of `EasedOutput`'s attributes.
EXACT = "exact"
# Channels larger than this many times the median are scaled down to it.
LARGEST = 2.0
# 1 moves a channel's whole excess into the weights, which then round worse; 0 none.
MOVED = 0.7


class EasedAttentionOutput(nn.Module):
    """`BertSelfOutput` whose residual input comes scaled down."""

    def __init__(self, old: nn.Module, scale: torch.Tensor) -> None:
        super().__init__()
        self.dense, self.LayerNorm = old.dense, old.LayerNorm
        self.register_buffer("scale", scale)

    def forward(self, hidden_states: torch.Tensor, input_tensor: torch.Tensor) -> torch.Tensor:
        return self.LayerNorm(self.dense(hidden_states) + input_tensor * self.scale)


class EasedOutput(nn.Module):
    """`BertOutput` with the exact units beside it, and whose residual input comes scaled down."""

    def __init__(self, old: nn.Module, few_in: nn.Linear, few_out: nn.Linear, scale: torch.Tensor) -> None:
        super().__init__()
        self.dense, self.LayerNorm = old.dense, old.LayerNorm
        self.exact_in, self.exact_out = few_in, few_out
        self.register_buffer("scale", scale)

    def forward(self, hidden_states: torch.Tensor, input_tensor: torch.Tensor) -> torch.Tensor:
        few = self.exact_out(nn.functional.gelu(self.exact_in(input_tensor)))
        return self.LayerNorm(self.dense(hidden_states) + few + input_tensor * self.scale)


@dataclass
class Sizes:
    """Of one layer: each channel's largest absolute value, averaged over the texts."""

    attention_input: torch.Tensor
    feed_forward_input: torch.Tensor
    hidden_units: torch.Tensor


@torch.no_grad()
def measure_sizes(model: TextEncoder, encoded: list[list[int]]) -> list[Sizes]:
    """One `Sizes` a layer, from texts one by one."""
    layers = model.bert.encoder.layer
    watched = [m for layer in layers for m in (layer.attention.self.query, layer.intermediate.dense, layer.output.dense)]
    sums = [torch.zeros(module.in_features) for module in watched]

    def watch(index: int):
        def hook(_module: nn.Module, inputs: tuple[torch.Tensor]) -> None:
            sums[index] += inputs[0][0].abs().amax(dim=0)

        return hook

    handles = [module.register_forward_pre_hook(watch(index)) for index, module in enumerate(watched)]
    model.eval()
    for ids in encoded:
        model(**collate([ids]))
    for handle in handles:
        handle.remove()
    return [Sizes(*(total / len(encoded) for total in sums[start : start + 3])) for start in range(0, len(sums), 3)]


def scale_of(sizes: torch.Tensor) -> torch.Tensor:
    """By how much each channel is divided; 1 for all but the large ones."""
    return (sizes / (LARGEST * sizes.median())).clamp_min(1.0) ** MOVED


def move_scale(norm: nn.LayerNorm, readers: list[nn.Linear], scale: torch.Tensor) -> None:
    """Divides the norm's output by ``scale`` and multiplies the weights that read it."""
    norm.weight.div_(scale)
    norm.bias.div_(scale)
    for reader in readers:
        reader.weight.mul_(scale)


def part_units(layer: nn.Module, sizes: torch.Tensor) -> tuple[nn.Linear, nn.Linear]:
    """Takes the largest hidden units out of a feed-forward layer; returns them as a small one."""
    exact = sizes.argsort(descending=True)[:EXACT_UNITS].sort().values
    kept = torch.ones(len(sizes), dtype=torch.bool)
    kept[exact] = False
    into, out = layer.intermediate.dense, layer.output.dense
    few_in = nn.Linear(into.in_features, len(exact))
    few_out = nn.Linear(len(exact), out.out_features, bias=False)
    few_in.weight.copy_(into.weight[exact])
    few_in.bias.copy_(into.bias[exact])
    few_out.weight.copy_(out.weight[:, exact])
    into.weight, into.bias = nn.Parameter(into.weight[kept]), nn.Parameter(into.bias[kept])
    out.weight = nn.Parameter(out.weight[:, kept])
    into.out_features = out.in_features = int(kept.sum())
    return few_in, few_out


@torch.no_grad()
def ease_rounding(model: TextEncoder, encoded: list[list[int]]) -> None:
    """Rewrites the encoder in place; ``encoded`` are token ids of some training texts."""
    norm = model.bert.embeddings.LayerNorm
    for layer, sizes in zip(model.bert.encoder.layer, measure_sizes(model, encoded)):
        attention = layer.attention
        scale = scale_of(sizes.attention_input)
        move_scale(norm, [attention.self.query, attention.self.key, attention.self.value], scale)
        attention.output = EasedAttentionOutput(attention.output, scale)
        few_in, few_out = part_units(layer, sizes.hidden_units)
        scale = scale_of(sizes.feed_forward_input)
        move_scale(attention.output.LayerNorm, [layer.intermediate.dense, few_in], scale)
        layer.output = EasedOutput(layer.output, few_in, few_out, scale)
        norm = layer.output.LayerNorm
