import type { Encoding } from './encoder.js';

export interface WorkerRequest {
  readonly id: number;
  readonly text: string;
}

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'encoded'; readonly id: number; readonly encoding: Encoding }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
