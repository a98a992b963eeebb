"""The exported ONNX file, run one issue at a time as the app runs it."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime

from .encoder import load_tokenizer


def session_for(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """A CPU session; one thread, as the timings are stated for one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # As in `src/models/encoder-session.ts`: this fusion is slower than what it replaces.
    slow = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow)


def token_feeds(texts: list[str], max_tokens: int) -> Iterator[dict[str, np.ndarray]]:
    """Model inputs of each text, batch of one."""
    tokenizer = load_tokenizer(max_tokens)
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        yield {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}


def run_model(path: Path, texts: list[str], max_tokens: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Logits, embeddings and median milliseconds a text, batch of one.

    Dynamic quantization scales by batch, so a larger batch would give other figures.
    """
    session = session_for(path)
    logits, embeddings, times = [], [], []
    for feeds in token_feeds(texts, max_tokens):
        started = time.perf_counter()
        scores, embedding = session.run(["logits", "embedding"], feeds)
        times.append(time.perf_counter() - started)
        logits.append(scores[0])
        embeddings.append(embedding[0])
    return np.array(logits), np.array(embeddings), float(np.median(times) * 1000)
