import { beforeEach, describe, expect, it } from 'vitest';
import { labelledHistory } from '../../src/learning/labelled-history.js';
import { labelledPulls } from '../../src/learning/labelled-pulls.js';
import type { Store } from '../../src/store/open-store.js';
import { useTestStore } from '../support/a-store.js';

const REPOSITORY = 'octo/widgets';
const AT = Date.UTC(2026, 0, 1);
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  const ada = { login: 'ada', role: 'triage', trusted: 1 };
  await store.labelSetters.save({ repository: REPOSITORY, ...ada, checked_at: AT });
});

/** An issue that bears labels, and what was done with them, oldest first. */
async function anIssue(
  labels: readonly string[],
  deeds: readonly { label: string; actor: string; action?: 'removed'; bot?: 1 }[],
): Promise<void> {
  const row = { repository: REPOSITORY, number: 1, title: 'A crash', author: 'reporter' };
  const dates = { created_at: AT, updated_at: AT };
  const issue = { ...row, ...dates, labels: JSON.stringify(labels) };
  await store.historyIssues.save([{ ...issue, body: null, author_association: null }]);
  await store.labelEvents.save(
    deeds.map(({ action = 'added' as const, bot = 0, ...deed }, index) => ({
      ...deed,
      ...{ action, bot, repository: REPOSITORY, id: index + 1, issue: 1, at: AT + index },
    })),
  );
}

describe('the truth about an issue', () => {
  it('is what people who may triage put there', async () => {
    await anIssue(
      ['Bug', 'ui'],
      [
        { label: 'bug', actor: 'ada' },
        { label: 'ui', actor: 'ada' },
      ],
    );
    expect(await labelledHistory(store, REPOSITORY)).toMatchObject([
      { number: 1, issue: { labels: ['Bug', 'ui'], unsure: [] } },
    ]);
  });

  it('knows a label whose case has changed since', async () => {
    await anIssue(
      ['bug', 'UI'],
      [
        { label: 'BUG', actor: 'ada' },
        { label: 'Ui', actor: 'ada' },
        { label: 'UI', actor: 'ada', action: 'removed' },
      ],
    );
    expect(await labelledHistory(store, REPOSITORY)).toMatchObject([
      { number: 1, issue: { labels: ['bug'], unsure: ['UI'] } },
    ]);
  });

  it.each([
    ['a bot put there', [{ label: 'bug', actor: 'sentinel[bot]', bot: 1 as const }]],
    ['someone put there who may not triage', [{ label: 'bug', actor: 'mallory' }]],
    ['was put there before events are known, or under a former name', []],
    [
      'a bot put back after a person took it off',
      [
        { label: 'bug', actor: 'ada' },
        { label: 'bug', actor: 'ada', action: 'removed' as const },
        { label: 'bug', actor: 'helper[bot]', bot: 1 as const },
      ],
    ],
  ])('does not tell of a label that %s', async (_, deeds) => {
    await anIssue(['bug', 'ui'], [...deeds, { label: 'ui', actor: 'ada' }]);
    expect(await labelledHistory(store, REPOSITORY)).toMatchObject([
      { number: 1, issue: { labels: ['ui'], unsure: ['bug'] } },
    ]);
  });

  it('says no to a label that a person took off', async () => {
    await anIssue(
      ['ui'],
      [
        { label: 'bug', actor: 'sentinel[bot]', bot: 1 },
        { label: 'bug', actor: 'ada', action: 'removed' },
        { label: 'ui', actor: 'ada' },
      ],
    );
    expect(await labelledHistory(store, REPOSITORY)).toMatchObject([
      { number: 1, issue: { labels: ['ui'], unsure: [] } },
    ]);
  });
});

describe('the truth about a pull request', () => {
  it('does not tell of a label that a bot put there', async () => {
    const row = { repository: REPOSITORY, number: 1, title: 'Draw faster', author: 'reporter' };
    const labels = JSON.stringify(['area: ui', 'area: api', 'size: S']);
    await store.historyPulls.save([{ ...row, labels, created_at: AT, updated_at: AT }]);
    await store.historyPulls.saveFiles(row, { paths: ['ui/draw.ts'], text: 'Draw faster' });
    const deed = { repository: REPOSITORY, issue: 1, action: 'added', at: AT } as const;
    await store.labelEvents.save([
      { ...deed, id: 1, label: 'area: ui', actor: 'labeler[bot]', bot: 1 },
      { ...deed, id: 2, label: 'area: api', actor: 'ada', bot: 0 },
    ]);
    const isSize = (label: string) => label.startsWith('size');
    const [pull] = await labelledPulls(store, REPOSITORY, 10, isSize);
    expect(pull?.issue).toMatchObject({ labels: ['area: api'], unsure: ['area: ui'] });
  });
});
