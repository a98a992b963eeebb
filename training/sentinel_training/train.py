"""Fine-tune the encoder; a run that was cut off goes on at its last finished epoch.

    python -m sentinel_training.train [--run NAME] [--set name=value ...]
"""

import argparse
import dataclasses
import json
import math
import random
import time
from pathlib import Path

import torch
from torch import nn

from . import settings
from .dataset import Issue, train_and_dev
from .encoder import IssueEncoder, collate, load_tokenizer, predict, tokenize
from .fake_quantize import make_quantization_aware
from .metrics import scores
from .settings import TrainSettings


def parse_settings(overrides: list[str]) -> TrainSettings:
    """Defaults with ``name=value`` overrides, each cast to the default's type."""
    defaults = TrainSettings()
    changes = {}
    for override in overrides:
        name, _, value = override.partition("=")
        changes[name] = type(getattr(defaults, name))(value)
    return dataclasses.replace(defaults, **changes)


def optimizer_for(model: IssueEncoder, chosen: TrainSettings) -> torch.optim.Optimizer:
    """AdamW; lower layers learn more slowly, biases and norms are not decayed."""
    layers = model.bert.config.num_hidden_layers
    groups = []
    for name, parameter in model.named_parameters():
        rate = chosen.head_rate
        if name.startswith("bert."):
            depth = 0
            if ".layer." in name:
                depth = int(name.split(".layer.")[1].split(".")[0]) + 1
            rate = chosen.encoder_rate * chosen.layer_decay ** (layers - depth)
        decayed = parameter.ndim > 1 and "LayerNorm" not in name
        groups.append(
            {"params": [parameter], "lr": rate, "weight_decay": chosen.weight_decay if decayed else 0.0}
        )
    return torch.optim.AdamW(groups)


def epoch_batches(lengths: list[int], batch: int, generator: random.Random) -> list[list[int]]:
    """Random batches of rows of similar length: little padding, random order."""
    order = list(range(len(lengths)))
    generator.shuffle(order)
    window = batch * 12
    batches = []
    for start in range(0, len(order), window):
        bucket = sorted(order[start : start + window], key=lambda i: lengths[i])
        batches.extend(bucket[i : i + batch] for i in range(0, len(bucket), batch))
    generator.shuffle(batches)
    return batches


def average_into(average: dict[str, torch.Tensor], model: nn.Module, decay: float) -> None:
    """Exponential moving average of the weights."""
    for name, value in model.state_dict().items():
        if value.dtype.is_floating_point:
            average[name].mul_(decay).add_(value, alpha=1 - decay)


def fine_tune(train: list[Issue], dev: list[Issue], chosen: TrainSettings, folder: Path) -> None:
    """Writes the averaged weights to `weights.pt`; resumes at the last finished epoch."""
    seed = chosen.seed
    result = folder / "weights.pt"
    checkpoint = folder / "checkpoint.pt"
    if result.is_file():
        return
    torch.manual_seed(seed)
    tokenizer = load_tokenizer(chosen.max_tokens)
    versions = [
        tokenize(tokenizer, [issue.text for issue in train]),
        tokenize(tokenizer, [issue.named_text for issue in train]),
    ]
    dev_encoded = tokenize(tokenizer, [issue.text for issue in dev])
    labels = torch.tensor([issue.label for issue in train])
    model = IssueEncoder(chosen.dropout)
    make_quantization_aware(model.bert)
    optimizer = optimizer_for(model, chosen)
    steps = chosen.epochs * math.ceil(len(train) / chosen.batch)
    warmup = max(1, int(steps * chosen.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / (steps - warmup)))
    )
    loss_of = nn.CrossEntropyLoss(label_smoothing=chosen.label_smoothing)
    average = {name: value.clone() for name, value in model.state_dict().items()}
    first = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first = state["average"], state["epoch"]
    for epoch in range(first, chosen.epochs):
        # Seeded by epoch, so that a resumed run repeats the uninterrupted one.
        torch.manual_seed(seed * 1000 + epoch)
        generator = random.Random(seed * 1000 + epoch)
        started, total = time.time(), 0.0
        named = [int(generator.random() >= chosen.repository_dropout) for _ in train]
        encoded = [versions[flag][i] for i, flag in enumerate(named)]
        model.train()
        for rows in epoch_batches([len(ids) for ids in encoded], chosen.batch, generator):
            logits, _ = model(**collate([encoded[i] for i in rows]))
            loss = loss_of(logits, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average_into(average, model, chosen.average_decay)
            total += loss.item() * len(rows)
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "average": average,
            "epoch": epoch + 1,
        }
        torch.save(state, checkpoint)
        figures = [f"epoch {epoch + 1} loss {total / len(train):.3f} {time.time() - started:.0f}s"]
        raw = {name: value.clone() for name, value in model.state_dict().items()}
        for title, weights in (("last", raw), ("average", average)):
            model.load_state_dict(weights)
            figure = scores(dev, predict(model, dev_encoded)[0].argmax(1).numpy())["meanMacroF1"]
            figures.append(f"{title}: dev {figure:.4f}")
        model.load_state_dict(raw)
        print(" | ".join(figures), flush=True)
    torch.save(average, result)
    checkpoint.unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="issue-encoder")
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    arguments = parser.parse_args()
    chosen = parse_settings(arguments.overrides)
    torch.set_num_threads(settings.THREADS)
    folder = settings.CACHE / "runs" / arguments.run
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(dataclasses.asdict(chosen), indent=2))
    train, dev = train_and_dev()
    if chosen.leave_out:
        train = [issue for issue in train if issue.repository != chosen.leave_out]
    print(f"{len(train)} issues to train on, {len(dev)} to develop on", flush=True)
    fine_tune(train, dev, chosen, folder)


if __name__ == "__main__":
    main()
