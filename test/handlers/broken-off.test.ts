import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addLabels, removeLabel } from '../support/github-emulator.js';
import { openPull, pullLabels } from '../support/pull-requests.js';
import { type PullTriage, triagePulls } from '../support/triage-pulls.js';

const REPOSITORY = 'octo/widgets';
let triage: PullTriage;
let number: number;

beforeAll(async () => {
  triage = await triagePulls({
    repositories: [
      { owner: 'octo', name: 'widgets', labels: ['bug', 'enhancement'].map((name) => ({ name })) },
    ],
  });
});
afterAll(() => triage?.close());

beforeEach(async () => {
  triage.modelSays('feat');
  ({ number } = await openPull(triage.maintainer, REPOSITORY, { title: 'Add a dark theme' }));
  triage.facts.setFiles(REPOSITORY, number, [
    { filename: 'src/a.ts', patch: '@@ -1 +1 @@\n+const a = 1;' },
  ]);
});
afterEach(() => {
  triage.github.api.interfere(null);
  vi.restoreAllMocks();
});

const proposals = async () =>
  (await triage.store.labelFeedback.ofIssue(REPOSITORY, number)).map(
    ({ delivery_id, label, proposed }) => [delivery_id, label, proposed],
  );

/** A try that GitHub carried out, but whose answer was lost. */
async function loseTheAnswer(id: string): Promise<void> {
  triage.github.api.interfere(({ method, path }) =>
    method === 'POST' && path.endsWith('/labels') ? { kind: 'lose-answer' } : undefined,
  );
  await expect(triage.handle(REPOSITORY, number, { id })).rejects.toThrow();
  triage.github.api.interfere(null);
  expect(await pullLabels(triage.maintainer, REPOSITORY, number)).toEqual(['enhancement']);
}

describe('a label that went on before the try broke off', () => {
  it('counts as put on when the delivery is tried again', async () => {
    await loseTheAnswer(`lost-${number}`);
    const decisions = await triage.handle(REPOSITORY, number, { id: `lost-${number}` });
    expect(decisions).toMatchObject([
      { outcome: 'applied', plan: { addLabels: ['enhancement'] }, applied: { removed: [] } },
    ]);
    expect(await proposals()).toEqual([[`lost-${number}`, 'enhancement', 'applied']]);
    // Of another delivery it is no news any more.
    const again = await triage.handle(REPOSITORY, number);
    expect(again.map(({ outcome }) => outcome)).toEqual(['applied', 'kept']);
    expect(await proposals()).toHaveLength(1);
  });

  it('counts also when only the record of it failed', async () => {
    const { store } = triage;
    const id = `full-${number}`;
    const full = new Error('database or disk is full');
    vi.spyOn(store.labelFeedback, 'propose').mockRejectedValueOnce(full);
    await expect(triage.handle(REPOSITORY, number, { id })).rejects.toThrow(full);
    const receivedAt = new Date();
    const [decision] = await triage.handle(REPOSITORY, number, { id, receivedAt });
    expect(decision?.outcome).toBe('applied');
    expect(await proposals()).toEqual([[id, 'enhancement', 'applied']]);
  });

  it('comes off again when the change now says another', async () => {
    await loseTheAnswer(`changed-${number}`);
    triage.modelSays('fix');
    const decisions = await triage.handle(REPOSITORY, number, { id: `changed-${number}` });
    expect(decisions.at(-1)).toMatchObject({ outcome: 'applied', plan: { addLabels: ['bug'] } });
    expect(await pullLabels(triage.maintainer, REPOSITORY, number)).toEqual(['bug']);
  });

  it('stays off when a person took it off meanwhile', async () => {
    await loseTheAnswer(`taken-${number}`);
    await removeLabel(triage.maintainer, REPOSITORY, number, 'enhancement');
    const decisions = await triage.handle(REPOSITORY, number, { id: `taken-${number}` });
    expect(decisions.at(-1)).toMatchObject({ outcome: 'kept', plan: { addLabels: [] } });
    expect(await pullLabels(triage.maintainer, REPOSITORY, number)).toEqual([]);
    // It counts as put on, for the event of its taking off to be held against.
    expect(await proposals()).toEqual([[`taken-${number}`, 'enhancement', 'applied']]);
  });

  it('counts once where a person took it off and put it back', async () => {
    await loseTheAnswer(`back-${number}`);
    await removeLabel(triage.maintainer, REPOSITORY, number, 'enhancement');
    await addLabels(triage.maintainer, REPOSITORY, number, ['enhancement']);
    const decisions = await triage.handle(REPOSITORY, number, { id: `back-${number}` });
    expect(decisions.at(-1)?.outcome).toBe('kept');
    expect(await proposals()).toEqual([[`back-${number}`, 'enhancement', 'applied']]);
  });

  it('counts no other that a person took off', async () => {
    await triage.handle(REPOSITORY, number, { id: `first-${number}` });
    await removeLabel(triage.maintainer, REPOSITORY, number, 'enhancement');
    await triage.handle(REPOSITORY, number, { id: `second-${number}` });
    expect(await proposals()).toEqual([[`first-${number}`, 'enhancement', 'applied']]);
  });
});

it('a decision that is recorded stands when its delivery comes again, whatever happened since', async () => {
  const id = `recorded-${number}`;
  const first = await triage.handle(REPOSITORY, number, { id });
  expect(first[0]?.outcome).toBe('applied');
  expect(await triage.handle(REPOSITORY, number, { id })).toEqual(first);
  await removeLabel(triage.maintainer, REPOSITORY, number, 'enhancement');
  await addLabels(triage.maintainer, REPOSITORY, number, ['bug']);
  expect(await triage.handle(REPOSITORY, number, { id })).toEqual(first);
});

it('a label of an earlier time, of which nothing is known any more, is not put on again', async () => {
  await triage.handle(REPOSITORY, number);
  await triage.store.labelFeedback.prune(Date.now() + 1);
  const tomorrow = new Date(Date.now() + 86_400_000);
  const decisions = await triage.handle(REPOSITORY, number, { receivedAt: tomorrow });
  expect(decisions.map(({ outcome }) => outcome)).toEqual(['applied', 'kept']);
});
