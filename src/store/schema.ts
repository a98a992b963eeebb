/**
 * Tables as Kysely sees them. Times are milliseconds since the epoch and JSON is text, so that
 * SQLite and PostgreSQL read the same.
 */
export interface DeliveriesTable {
  /** `X-GitHub-Delivery`. */
  id: string;
  event: string;
  key: string;
  /** Raw body; emptied once the delivery is finished. */
  payload: string;
  received_at: number;
  finished_at: number | null;
  /** `completed`, `dropped`, or null while unfinished. */
  outcome: 'completed' | 'dropped' | null;
}

/** The SQLite queue's own rows; PostgreSQL uses graphile-worker's tables instead. */
export interface JobsTable {
  /** Grows with each enqueue: the order within a key. */
  seq: number;
  delivery_id: string;
  key: string;
  state: 'waiting' | 'running' | 'dead';
  attempts: number;
  run_at: number;
  lease_until: number | null;
  /** Which consumer holds the lease. */
  lease_owner: string | null;
  error: string | null;
}

/** One row a delivery that led to a decision; a retried delivery overwrites its row. */
export interface DecisionsTable {
  delivery_id: string;
  /** `owner/name`. */
  repository: string;
  issue: number;
  title: string;
  url: string;
  event: string;
  /** `applied`, `suggested`, `shadowed`, `abstained`, `kept`, `ignored`, `refused`. */
  outcome: string;
  /** TriagePlan as JSON. */
  plan: string;
  /** What was done on GitHub, as JSON (`AppliedPlan`). */
  applied: string;
  /** sha256 of the prepared text the encoder read; null when it was not asked. */
  text_hash: string | null;
  /** Milliseconds from claim to record. */
  duration_ms: number;
  decided_at: number;
}

/** The last good configuration of a repository, and what is wrong with the present one. */
export interface ConfigurationsTable {
  repository: string;
  /** Parsed configuration as JSON: the last good one. */
  good: string | null;
  /** Array of configuration errors as JSON; null when the present file is good or absent. */
  errors: string | null;
  /** Where the file was read, e.g. `octo/widgets:.github/sentinel.yml`. */
  source: string | null;
  checked_at: number;
}

export interface Database {
  deliveries: DeliveriesTable;
  jobs: JobsTable;
  decisions: DecisionsTable;
  configurations: ConfigurationsTable;
}
