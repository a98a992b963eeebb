import type { GitHub } from '../github/connect.js';
import type { Learner } from '../learning/learner.js';
import type { Encoder } from '../models/encoder.js';
import type { ClaimedDelivery, Queue } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { ReadChangeHabits } from './read-change-habits.js';
import type { HeadReader } from './read-head.js';
import type { RepositoryReader } from './read-repository.js';

/** What every handler works with. */
export interface HandlerContext {
  readonly github: GitHub;
  readonly encoder: Pick<Encoder, 'manifest' | 'classify' | 'beside'>;
  readonly repositories: RepositoryReader;
  readonly changeHabits: ReadChangeHabits;
  readonly heads: HeadReader;
  readonly learner: Learner;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly store: Pick<
    Store,
    | 'decisions'
    | 'embeddings'
    | 'heads'
    | 'histories'
    | 'historyIssues'
    | 'historyPulls'
    | 'labelEvents'
    | 'labelFeedback'
    | 'labelSetters'
    | 'labelSwitches'
  >;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** What one delivery asks for. */
export interface Work {
  /** Deliveries of one key are handled one after the other, in order; lower case. */
  readonly key: string;
  /** May run again after a crash, so it must be safe to repeat. */
  perform(delivery: ClaimedDelivery, context: HandlerContext): Promise<void>;
}

/** One event; `table.ts` lists them all. `onIssue` makes those about issues. */
export interface EventHandler {
  /** Event and action, e.g. `issues.opened`. */
  readonly event: string;
  /** The work in a payload, or null when this delivery needs none. Never throws. */
  accept(payload: unknown): Work | null;
}
