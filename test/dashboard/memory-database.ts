import { Kysely, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import { initial } from '../../src/store/migrations/0001-initial.js';
import { learning } from '../../src/store/migrations/0004-learning.js';
import type { Database, DecisionsTable } from '../../src/store/schema.js';
import type { TriagePlan } from '../../src/triage/plan.js';

/** A database in memory with the tables the dashboard reads. */
export async function memoryDatabase(): Promise<Kysely<Database>> {
  const database = new Kysely<Database>({
    dialect: new SqliteDialect({ database: new Libsql(':memory:') }),
  });
  await initial.up(database);
  await learning.up(database);
  return database;
}

export const PLAN: TriagePlan = {
  mode: 'apply',
  verdict: 'label',
  decided: 'bug',
  addLabels: ['type: bug'],
  removeLabels: [],
  createLabels: [],
  comment: null,
  scores: { bug: 0.9412, feature: 0.0401, question: 0.0187 },
  reasons: [
    { code: 'sure', text: 'It reads like a bug report: 94.1 %, and 80.0 % is enough for bug.' },
  ],
  model: 'issue-encoder 2026.11.24',
};

/** A row of the decisions table; what a test cares about overrides it. */
export function decisionRow(
  over: Partial<Omit<DecisionsTable, 'plan'>> & { plan?: TriagePlan | string } = {},
): DecisionsTable {
  const { plan = PLAN, ...rest } = over;
  return {
    delivery_id: 'delivery-1',
    repository: 'octo/widgets',
    issue: 12,
    title: 'Crash when the window is resized',
    url: 'https://github.com/octo/widgets/issues/12',
    event: 'issues.opened',
    outcome: 'applied',
    applied: '{}',
    text_hash: null,
    duration_ms: 38,
    decided_at: Date.UTC(2026, 10, 24, 12),
    ...rest,
    plan: typeof plan === 'string' ? plan : JSON.stringify(plan),
  };
}
