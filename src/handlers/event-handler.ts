import type { GitHub } from '../github/connect.js';
import type { Encoder } from '../models/encoder.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { RepositoryReader } from './read-repository.js';

/** What every handler works with. */
export interface HandlerContext {
  readonly github: GitHub;
  readonly encoder: Pick<Encoder, 'manifest' | 'classify'>;
  readonly repositories: RepositoryReader;
  readonly store: Pick<Store, 'decisions'>;
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
