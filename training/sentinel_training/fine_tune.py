"""Fine-tuning of an encoder for a task; a run that was cut off goes on at its last finished lap."""

import hashlib
import math
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .dataset import file_sha256
from .encoder import DEVICE, TextEncoder, collate
from .leanings import RATE, Leanings
from .settings import TrainSettings
from .training_run import note_origin, run_folder

# Matrix products in bfloat16 where the processor has instructions for them: on a CPU a third less time. Weights,
# sums and losses stay fp32.
HALF = DEVICE == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))


@dataclass(frozen=True)
class Task:
    """What to learn. A row has alternative texts of which each lap sees one."""

    labels: int
    # Token ids: `usual[row]` is what the app gives; `varied[row]` is seen in its place at times.
    usual: list[np.ndarray]
    varied: list[np.ndarray]
    # Chance that a row is seen as `varied`.
    varied_share: float
    targets: torch.Tensor
    # Higher is better; printed after each lap.
    score: Callable[[TextEncoder], float]
    # Each row's repository, as a number from 0, where what repositories lean to is learned as well.
    groups: torch.Tensor | None = None


def optimizer_for(model: TextEncoder, chosen: TrainSettings, leanings: Leanings | None) -> torch.optim.Optimizer:
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
    if leanings is not None:
        groups.append({"params": list(leanings.parameters()), "lr": RATE, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, fused=True)


def batches_of(rows: list[int], lengths: list[int], batch: int, generator: random.Random) -> list[list[int]]:
    """Random batches of rows of similar length: little padding, random order."""
    order = list(rows)
    generator.shuffle(order)
    window = batch * 12
    batches = []
    for start in range(0, len(order), window):
        bucket = sorted(order[start : start + window], key=lambda i: lengths[i])
        batches.extend(bucket[i : i + batch] for i in range(0, len(bucket), batch))
    generator.shuffle(batches)
    return batches


def laps_of(total: int, chosen: TrainSettings) -> list[list[int]]:
    """Rows of each lap: an epoch, or a part of one where epochs are long. Seeded."""
    laps = []
    for epoch in range(chosen.epochs):
        rows = list(range(total))
        parts = math.ceil(total / chosen.lap_rows)
        if parts > 1:
            random.Random(f"{chosen.seed} {epoch}").shuffle(rows)
        size = math.ceil(total / parts)
        laps.extend(rows[start : start + size] for start in range(0, total, size))
    return laps


def average_into(average: dict[str, torch.Tensor], model: nn.Module, decay: float) -> None:
    """Exponential moving average of the weights."""
    for name, value in model.state_dict().items():
        if value.dtype.is_floating_point:
            average[name].mul_(decay).add_(value, alpha=1 - decay)


def run_lap(
    model: TextEncoder,
    encoded: list[np.ndarray],
    batches: list[list[int]],
    task: Task,
    chosen: TrainSettings,
    leanings: Leanings | None,
    after_loss: Callable[[torch.Tensor], None],
) -> float:
    """One pass over ``batches``; the mean loss."""
    loss_of = nn.CrossEntropyLoss(label_smoothing=chosen.label_smoothing)
    model.train()
    targets = task.targets.to(DEVICE)
    total = torch.zeros((), device=DEVICE)
    for rows in batches:
        with torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
            logits, _ = model(**collate([encoded[i] for i in rows], DEVICE))
        logits = logits.float() if leanings is None else leanings.added(logits.float(), rows)
        loss = loss_of(logits, targets[rows])
        if leanings is not None:
            loss = loss + leanings.penalty()
        after_loss(loss)
        total += loss.detach() * len(rows)
    return float(total) / sum(len(rows) for rows in batches)


def save(content: object, path: Path) -> None:
    """Writes the whole file or none of it: a run that is cut off here must find the lap before."""
    partial = path.with_name(path.name + ".partial")
    torch.save(content, partial)
    os.replace(partial, path)


def origin_of(task: Task, start: Path | None) -> str:
    """sha256 of what a run learns from: its rows, and the weights it goes on from."""
    digest = hashlib.sha256()
    for ids in (*task.usual, *task.varied):
        digest.update(len(ids).to_bytes(4, "little") + ids.tobytes())
    for numbers in (task.targets, task.groups):
        digest.update(b"" if numbers is None else numbers.numpy().tobytes())
    if start is not None:
        digest.update(file_sha256(start).encode())
    return digest.hexdigest()


def fine_tune(task: Task, chosen: TrainSettings, folder: Path) -> None:
    """Writes the averaged weights to `weights.pt`; does nothing where they are already there and came of the same."""
    result = folder / "weights.pt"
    checkpoint = folder / "checkpoint.pt"
    before = run_folder(chosen.start_from) / "weights.pt" if chosen.start_from else None
    if before is not None and not before.is_file():
        raise SystemExit(f"{before} not found: finish the run {chosen.start_from} first (training/README.md)")
    note_origin(folder, origin_of(task, before))
    if result.is_file():
        return
    torch.manual_seed(chosen.seed)
    model = TextEncoder(task.labels, chosen.dropout)
    if before is not None:
        model.load_state_dict(torch.load(before))
    model.to(DEVICE)
    leanings = Leanings(task.groups, task.labels, chosen.leaning_variance).to(DEVICE) if task.groups is not None else None
    optimizer = optimizer_for(model, chosen, leanings)
    laps = laps_of(len(task.usual), chosen)
    steps = sum(math.ceil(len(rows) / chosen.batch) for rows in laps)
    warmup = max(1, int(steps * chosen.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / (steps - warmup)))
    )
    average = {name: value.clone() for name, value in model.state_dict().items()}
    first = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint, map_location=DEVICE)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first = state["average"], state["lap"]
        if leanings is not None:
            leanings.load_state_dict(state["leanings"])

    def learn(loss: torch.Tensor) -> None:
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0, foreach=True)
        optimizer.step()
        schedule.step()
        average_into(average, model, chosen.average_decay)

    for lap in range(first, len(laps)):
        # Seeded by lap, so that a resumed run repeats the uninterrupted one.
        torch.manual_seed(chosen.seed * 1000 + lap)
        generator = random.Random(chosen.seed * 1000 + lap)
        started = time.time()
        varied = [generator.random() < task.varied_share for _ in task.usual]
        encoded = [task.varied[i] if flag else task.usual[i] for i, flag in enumerate(varied)]
        batches = batches_of(laps[lap], [len(ids) for ids in encoded], chosen.batch, generator)
        loss = run_lap(model, encoded, batches, task, chosen, leanings, learn)
        raw = {name: value.clone() for name, value in model.state_dict().items()}
        save(
            {
                "model": raw,
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average,
                "leanings": None if leanings is None else leanings.state_dict(),
                "lap": lap + 1,
            },
            checkpoint,
        )
        model.load_state_dict(average)
        figure = task.score(model)
        model.load_state_dict(raw)
        print(f"lap {lap + 1}/{len(laps)} loss {loss:.3f} dev {figure:.4f} {time.time() - started:.0f}s", flush=True)
    save({name: value.cpu() for name, value in average.items()}, result)
    checkpoint.unlink(missing_ok=True)
