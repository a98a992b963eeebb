import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDecisions } from '../../src/dashboard/read-decisions.js';
import { openStore, type Store } from '../../src/store/open-store.js';

/** Milliseconds that the quickest of ten times may take; through all rows it takes more. */
const SOON_MS = 3;
const ROWS = 200_000;
let store: Store;

/** Rows of what is selected from the numbers `n`. */
function fill(into: RawBuilder<unknown>, selected: RawBuilder<unknown>): Promise<unknown> {
  return sql`insert into ${into} with recursive numbers (n) as (
    select 1 union all select n + 1 from numbers where n < ${ROWS}) select ${selected} from numbers`.execute(
    store.db,
  );
}

beforeAll(async () => {
  store = await openStore('sqlite::memory:');
  await fill(
    sql`embeddings (text_hash, model, logits, embedding, made_at, repository, issue)`,
    sql`'h' || n, 'issue-encoder 2', '[]', hex(zeroblob(200)), 0, 'octo/r' || (n % 500), n`,
  );
  await fill(
    sql`label_feedback (delivery_id, label, repository, issue, head_version, proposed, decided_at)`,
    sql`'d' || n, 'bug', 'octo/r' || (n % 500), n, 1, 'applied', n`,
  );
  await fill(
    sql`decisions (delivery_id, repository, issue, title, url, event, outcome, plan, applied,
      duration_ms, decided_at)`,
    sql`'d' || n, 'octo/r' || (n % 500), n, '', '', 'issues.opened', 'abstained', '{}', '{}', 1, n`,
  );
});
afterAll(() => store.close());

it.each<[what: string, look: () => Promise<unknown>, answer: unknown]>([
  ['encodings of other models', () => store.embeddings.keepOnly('issue-encoder 2'), 0],
  ['feedback that is too old', () => store.labelFeedback.prune(0), 0],
  [
    'decisions of a repository that ended one way',
    () => readDecisions(store.db, { repository: 'octo/new', outcome: 'abstained', limit: 50 }),
    { decisions: [], older: null },
  ],
])('finds %s without looking through all there are', async (_, look, answer) => {
  const times: number[] = [];
  for (let time = 0; time < 10; time += 1) {
    const start = performance.now();
    expect(await look()).toEqual(answer);
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(SOON_MS);
});
