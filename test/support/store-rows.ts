import type { LabelEventRecord } from '../../src/store/label-events.js';
import type { LabelFeedbackRecord } from '../../src/store/label-feedback.js';

export const NAME = 'octo/widgets';
export const NOW = 1_790_000_000_000;

export const issue = (number: number, labels: readonly string[] = []) => ({
  repository: NAME,
  number,
  title: `Issue ${number}`,
  labels: JSON.stringify(labels),
  author: 'reporter',
  author_association: 'NONE',
  created_at: NOW + number,
  updated_at: NOW + number,
  body: null,
});

export const pullRow = {
  ...{ repository: NAME, number: 3, title: 'Pull 3', author: 'reporter' },
  ...{ created_at: NOW, updated_at: NOW },
};

export const event = (id: number, changes: Partial<LabelEventRecord> = {}): LabelEventRecord => ({
  repository: NAME,
  id,
  issue: 1,
  label: 'area: api',
  action: 'added',
  actor: 'ada',
  bot: 0,
  at: NOW + id,
  ...changes,
});

export const setter = (login: string, trusted: 0 | 1) => ({
  repository: NAME,
  login,
  role: trusted ? 'triage' : 'read',
  trusted,
  checked_at: NOW,
});

export const head = (in_use: 0 | 1, data_hash = 'abc') => ({
  repository: NAME,
  data_hash,
  in_use,
  because: 'the first',
  learned_at: NOW,
  head: '{}',
});

export const proposal = (changes: Partial<LabelFeedbackRecord> = {}): LabelFeedbackRecord => ({
  delivery_id: 'd1',
  label: 'area: api',
  repository: NAME,
  issue: 1,
  head_version: 1,
  proposed: 'applied',
  decided_at: NOW,
  truth: null,
  actor: null,
  role: null,
  at: null,
  ...changes,
});
