import type { ModelManifest } from './manifest.js';

/** What the encoder says of one text. */
export interface Encoding {
  /** One per class, in the manifest's order; not yet probabilities. */
  readonly logits: readonly number[];
  /** Pooled sentence embedding of unit length. */
  readonly embedding: Float32Array;
  /** Tokens read, special ones included; at most the manifest's `maxTokens`. */
  readonly tokens: number;
  /** Tokenization and inference, in milliseconds, without waiting in line. */
  readonly ms: number;
}

/** The issue encoder, wherever it runs. */
export interface Encoder {
  readonly manifest: ModelManifest;
  /**
   * Encodes one prepared text. Calls are answered in the order they are made.
   *
   * @throws {EncoderStoppedError} when the encoder was closed or its thread died
   */
  classify(text: string): Promise<Encoding>;
  /** Resolves with the reason once the encoder is gone. */
  readonly stopped: Promise<Error>;
  close(): Promise<void>;
}

/** The encoder is gone; whoever asked should ask again once it is back. */
export class EncoderStoppedError extends Error {
  override readonly name = 'EncoderStoppedError';
}
