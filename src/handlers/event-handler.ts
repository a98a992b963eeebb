import type { GitHub } from '../github/connect.js';
import type { Encoder } from '../models/encoder.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { IssueEvent, IssueTarget } from './issue-event.js';
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

/** One event; `table.ts` lists them all. */
export interface EventHandler {
  /** Event and action, e.g. `issues.opened`. */
  readonly event: string;
  /** The issue to work on, or null when this delivery needs no work. */
  target(event: IssueEvent): IssueTarget | null;
  handle(target: IssueTarget, delivery: ClaimedDelivery, context: HandlerContext): Promise<void>;
}
