"""What repositories lean to is learned beside the encoder, and held near zero."""

import torch

from sentinel_training.change_texts import ChangeText
from sentinel_training.leanings import Leanings
from sentinel_training.train_change import groups_of


def test_each_row_gets_what_its_own_repository_leans_to():
    leanings = Leanings(torch.tensor([0, 1, 1]), 2, 1.0)
    leanings.intercepts.data[1] = torch.tensor([1.0, -1.0])
    assert leanings.added(torch.zeros(2, 2), [0, 2]).tolist() == [[0.0, 0.0], [1.0, -1.0]]


def test_the_penalty_is_the_normal_prior_of_a_mean_over_rows():
    leanings = Leanings(torch.tensor([0, 1, 1, 1]), 2, 0.5)
    leanings.intercepts.data[1] = torch.tensor([1.0, -1.0])
    prior = torch.distributions.Normal(0.0, 0.5**0.5)
    lost = prior.log_prob(torch.tensor(0.0)) * 4 - prior.log_prob(leanings.intercepts.data).sum()
    assert torch.isclose(leanings.penalty(), lost / 4)


def test_a_habit_is_taken_up_by_the_repository_and_not_by_what_all_share():
    groups = torch.tensor([0] * 40 + [1] * 40)
    gold = torch.tensor([0] * 36 + [1] * 4 + [0] * 4 + [1] * 36)
    leanings, shared = Leanings(groups, 2, 0.5), torch.nn.Parameter(torch.zeros(2))
    optimizer = torch.optim.Adam([shared, *leanings.parameters()], lr=0.05)
    for _ in range(300):
        loss = torch.nn.functional.cross_entropy(leanings.added(shared.expand(80, 2), list(range(80))), gold) + leanings.penalty()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert abs(float((shared[0] - shared[1]).detach())) < 0.05
    difference = (leanings.intercepts[:, 0] - leanings.intercepts[:, 1]).tolist()
    assert difference[0] > 1 and difference[1] < -1


def test_repositories_are_numbered():
    changes = [ChangeText(name, 0, "", "", False) for name in ("b/b", "a/a", "b/b")]
    assert groups_of(changes).tolist() == [1, 0, 1]
