"""What each repository leans to, learned beside an encoder and left out afterwards.

What one project calls `chore`, another calls `build`. An intercept a repository and class, held near zero, takes up such habits,
so that the encoder learns what changes have in common: a random intercept of a mixed model (Gelman and Hill, Data Analysis
Using Regression and Multilevel/Hierarchical Models, 2006, chapter 14).
"""

import torch
from torch import nn

RATE = 5e-3


class Leanings(nn.Module):
    """``groups`` is each row's repository, as a number from 0; ``variance`` that of the intercepts."""

    def __init__(self, groups: torch.Tensor, labels: int, variance: float) -> None:
        super().__init__()
        self.register_buffer("groups", groups, persistent=False)
        self.intercepts = nn.Parameter(torch.zeros(int(groups.max()) + 1, labels))
        self.scale = 1 / (2 * variance * len(groups))

    def added(self, logits: torch.Tensor, rows: list[int]) -> torch.Tensor:
        """Logits (rows x labels) of ``rows`` with what their repositories lean to."""
        return logits + self.intercepts[self.groups[rows]]

    def penalty(self) -> torch.Tensor:
        """Negative logarithm of the normal prior, for a loss that is a mean over rows."""
        return self.intercepts.square().sum() * self.scale
