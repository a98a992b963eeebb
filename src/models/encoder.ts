import type { ModelManifest } from './manifest.js';
import type { IssueLabel, ModelKind } from './model-kind.js';

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

/** A model that answers texts, wherever it runs. */
export interface Classifier<Label extends string = IssueLabel> {
  readonly manifest: ModelManifest<Label>;
  /**
   * Encodes one prepared text. Calls are answered in the order they are made.
   *
   * @param features bucket numbers for the linear model beside the encoder, where it has one
   * @throws {EncoderStoppedError} when the encoder was closed or its thread died
   */
  classify(text: string, features?: readonly number[]): Promise<Encoding>;
}

/** A thread with the model it was started for, and others on demand. */
export interface Encoder<Label extends string = IssueLabel> extends Classifier<Label> {
  /**
   * Another model in the same thread. Its manifest is read now, its files are loaded at its first
   * text and stay.
   *
   * @throws {ModelError} when it has no manifest or one of another kind
   */
  beside<Other extends string>(kind: ModelKind<Other>): Promise<Classifier<Other>>;
  /** Resolves with the reason once the encoder is gone. */
  readonly stopped: Promise<Error>;
  close(): Promise<void>;
}

/** The encoder is gone; whoever asked should ask again once it is back. */
export class EncoderStoppedError extends Error {
  override readonly name = 'EncoderStoppedError';
}

/** The files of a model are missing or corrupt; it is looked at again until they are restored. */
export class ModelUnavailableError extends Error {
  override readonly name = 'ModelUnavailableError';

  constructor(
    problem: string,
    /** When it is worth asking again. */
    readonly retryAt: Date,
  ) {
    super(problem);
  }
}
