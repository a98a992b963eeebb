import type { BacktestReport } from './backtest.js';
import type { Head } from './head.js';
import type { Example } from './labelled-issue.js';
import type { EncoderFacts } from './learn-head.js';
import type { Choice } from './learner.js';

/** What the learning thread is asked. */
export type LearningTask =
  | {
      readonly kind: 'learn' | 'backtest';
      readonly examples: readonly Example[];
      readonly encoder: EncoderFacts;
      readonly precision: number;
      readonly learnedAt: string;
    }
  | {
      readonly kind: 'choose';
      readonly inUse: Head;
      readonly candidate: Head;
      readonly examples: readonly Example[];
    };

export type LearningReply =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'learned'; readonly head: Head }
  | { readonly kind: 'backtested'; readonly report: BacktestReport }
  | { readonly kind: 'chosen'; readonly choice: Choice }
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
