import type { Encoding } from './encoder.js';
import type { ModelKind } from './model-kind.js';

export interface WorkerRequest {
  readonly id: number;
  /** Loaded when it is asked for the first time. */
  readonly kind: ModelKind<string>;
  readonly text: string;
  readonly features: readonly number[] | undefined;
}

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'encoded'; readonly id: number; readonly encoding: Encoding }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      /** The model file at fault, where one is. */
      readonly file: string | null;
    };
