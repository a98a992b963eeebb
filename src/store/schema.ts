import type { Generated } from 'kysely';

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

/** One row a delivery that led to a decision; once it is there, the delivery is not decided again. */
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
  /**
   * sha256 of what was decided on: an issue's prepared text, a pull request's title, description, base
   * and commit. Null when it was not looked at.
   */
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

/** How far a repository's history is read, and what came of learning from it. */
export interface HistoriesTable {
  repository: string;
  installation_id: number;
  /** Where reading goes on, as JSON (`HistoryPosition`). */
  position: string;
  /** When all was read; null until then. */
  finished_at: number | null;
  /** When it was last learned from, whatever came of it. */
  learned_at: number | null;
  /** What came of it, for people. */
  result: string | null;
  /** The same of its pull requests. */
  pulls_result: Generated<string | null>;
}

/** An issue as it is now, to learn from. */
export interface HistoryIssuesTable {
  repository: string;
  number: number;
  title: string;
  /** Names of the labels it has, as JSON. */
  labels: string;
  /** Login in lower case; empty for an account that is gone. */
  author: string;
  author_association: string | null;
  created_at: number;
  updated_at: number;
  body: string | null;
}

/** A pull request as it is now, to learn from. */
export interface HistoryPullsTable {
  repository: string;
  number: number;
  title: string;
  /** Names of the labels it has, as JSON. */
  labels: string;
  /** Login in lower case; empty for an account that is gone. */
  author: string;
  created_at: number;
  updated_at: number;
  /** What the change encoder reads of it; null until its files were read. */
  text: string | null;
  /** Paths of its files as JSON, 100 at most; null until they were read. */
  paths: string | null;
}

/** One time someone put a label on or took one off. */
export interface LabelEventsTable {
  repository: string;
  /** GitHub's number of the event: grows with time. */
  id: number;
  issue: number;
  label: string;
  action: 'added' | 'removed';
  /** Login in lower case; empty for an account that is gone. */
  actor: string;
  /** 1 when an App or another bot did it. */
  bot: number;
  at: number;
}

/** Whose labels count as truth in a repository. */
export interface LabelSettersTable {
  repository: string;
  /** In lower case. */
  login: string;
  /** GitHub's name of the role, such as `triage`; `none` without one. */
  role: string;
  /** 1 when the role allows to triage. */
  trusted: number;
  checked_at: number;
}

/** What the encoder said of a text: one pass a text and model. */
export interface EmbeddingsTable {
  /** sha256 of the prepared text. */
  text_hash: string;
  /** Name and version of the model. */
  model: string;
  /** JSON. */
  logits: string;
  /** Little-endian 32-bit floats, base64. */
  embedding: string;
  made_at: number;
  /** Whose text it is. */
  repository: string;
  issue: number;
}

/** What a head was learned from and is for. */
export type HeadSubject = 'issues' | 'pulls';

/** What was learned from a repository; of each subject at most one version is in use. */
export interface HeadsTable {
  repository: string;
  /** Counts up from 1 in each repository, whatever the subject. */
  version: number;
  subject: HeadSubject;
  data_hash: string;
  /** 1 for the version in use. */
  in_use: number;
  /** Why it is, or is not, in use, for people. */
  because: string;
  learned_at: number;
  /** The head as JSON. */
  head: string;
}

/** A label that a decision proposed, or should have, and what people made of it. */
export interface LabelFeedbackTable {
  delivery_id: string;
  label: string;
  repository: string;
  issue: number;
  /** Version of the head that decided; 0 without one. */
  head_version: number;
  proposed: 'applied' | 'suggested' | 'shadowed' | 'not';
  decided_at: number;
  /** What a trusted person did with the label afterwards; null: nothing. */
  truth: 'added' | 'removed' | null;
  actor: string | null;
  role: string | null;
  at: number | null;
}

/** A label that is only suggested since people took it off too often. */
export interface LabelSwitchesTable {
  repository: string;
  label: string;
  since: number;
  head_version: number;
  /** How often it was put on, and how often it was let be, when it was switched. */
  put: number;
  kept: number;
  /** The precision it fell below. */
  promise: number;
}

export interface Database {
  deliveries: DeliveriesTable;
  jobs: JobsTable;
  decisions: DecisionsTable;
  configurations: ConfigurationsTable;
  histories: HistoriesTable;
  history_issues: HistoryIssuesTable;
  history_pulls: HistoryPullsTable;
  label_events: LabelEventsTable;
  label_setters: LabelSettersTable;
  embeddings: EmbeddingsTable;
  heads: HeadsTable;
  label_feedback: LabelFeedbackTable;
  label_switches: LabelSwitchesTable;
}
