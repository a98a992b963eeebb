import type { DecisionRecord } from '../../src/store/decisions.js';

/** A decision that put a label on `octo/widgets#1`. */
export function aDecision(changes: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    delivery_id: 'd1',
    repository: 'octo/widgets',
    issue: 1,
    title: 'It crashes',
    url: 'https://github.com/octo/widgets/issues/1',
    event: 'issues.opened',
    outcome: 'applied',
    plan: '{"labels":["bug"]}',
    applied: '{}',
    text_hash: null,
    duration_ms: 12,
    decided_at: 1_790_000_000_000,
    ...changes,
  };
}
