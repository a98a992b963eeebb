import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  addLabels,
  editIssue,
  type Interference,
  labelsOf,
  listComments,
  listTimeline,
  openIssue,
  removeLabel,
} from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, runSentinel, type Sentinel } from '../support/run-sentinel.js';

const NAME = 'octo/relabel';
const SUGGEST = 'octo/suggest';
const LABELS = ['bug', 'enhancement', 'question', 'defect'].map((name) => ({ name }));
let sentinel: Sentinel;

beforeAll(async () => {
  sentinel = await runSentinel({
    repositories: [
      { owner: 'octo', name: 'relabel', labels: LABELS },
      { owner: 'octo', name: 'suggest', labels: LABELS },
      { owner: 'octo', name: 'relabelled', labels: LABELS },
    ],
    configs: {
      [NAME]: EAGER_CONFIG,
      'octo/relabelled': EAGER_CONFIG,
      [SUGGEST]: `mode: suggest\n${EAGER_CONFIG}`,
    },
  });
});
afterAll(() => sentinel?.close());
afterEach(() => sentinel.github.api.interfere(null));

async function openBug(name = NAME): Promise<number> {
  const { number } = await openIssue(sentinel.reporter, name, CLEAR.bug);
  await sentinel.decided(name, number);
  return number;
}

async function reopen(name: string, number: number, decisions: number) {
  await editIssue(sentinel.maintainer, name, number, { state: 'closed' });
  await editIssue(sentinel.maintainer, name, number, { state: 'open' });
  return sentinel.decided(name, number, decisions);
}

/** What Sentinel changed at GitHub on one issue. */
function writes(number: number, name = NAME): string[] {
  return sentinel.github.api.requests
    .filter(({ method, path }) => method !== 'GET' && path.includes(`/${name}/issues/${number}/`))
    .map(({ method, path }) => `${method} ${path}`);
}

describe('a swap of labels that is interrupted', () => {
  it.each<[string, Interference]>([
    ['fails between the two steps', { kind: 'answer', status: 502 }],
    ['breaks off between the two steps', { kind: 'drop' }],
    ['loses the last answer', { kind: 'lose-answer' }],
  ])('ends with one label when it %s', async (_, fault) => {
    const number = await openBug();
    let faults: Interference[] = [fault];
    sentinel.github.api.interfere(({ method }) =>
      method === 'DELETE' ? faults.shift() : undefined,
    );
    await editIssue(sentinel.reporter, NAME, number, CLEAR.feature);
    await sentinel.decided(NAME, number, 2);
    faults = [];
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['enhancement']);
  });
});

describe('a reopened issue', () => {
  it('does not get back a label that a person took off', async () => {
    const number = await openBug();
    await removeLabel(sentinel.maintainer, NAME, number, 'bug');
    const decision = await reopen(NAME, number, 2);
    expect(decision.event).toBe('issues.reopened');
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('human-removed');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual([]);
  });

  it('keeps the label it has, without a call that writes', async () => {
    const number = await openBug();
    const before = writes(number).length;
    const decision = await reopen(NAME, number, 2);
    expect(decision.outcome).toBe('kept');
    expect(writes(number)).toHaveLength(before);
  });

  it('gets its label again where the repository’s labels were deleted and made anew', async () => {
    const name = 'octo/relabelled';
    const number = await openBug(name);
    const place = { owner: 'octo', repo: 'relabelled', name: 'bug' };
    await sentinel.maintainer.rest.issues.deleteLabel(place);
    await sentinel.maintainer.rest.issues.createLabel(place);
    expect(await labelsOf(sentinel.reporter, name, number)).toEqual([]);
    await reopen(name, number, 2);
    expect(await labelsOf(sentinel.reporter, name, number)).toEqual(['bug']);
  });

  it('that was not labelled is considered again', async () => {
    const { number } = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    await sentinel.decided(NAME, number);
    const decision = await reopen(NAME, number, 2);
    expect(decision.plan.scores).not.toBeNull();
  });
});

describe('labels that people put on', () => {
  it('stand when they are other words for a class', async () => {
    const { number } = await openIssue(sentinel.maintainer, NAME, {
      ...CLEAR.feature,
      labels: ['defect'],
    });
    const decision = await sentinel.decided(NAME, number);
    expect(decision.outcome).toBe('kept');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['defect']);
  });

  it('that say nothing about the class are left beside the one Sentinel adds', async () => {
    await sentinel.maintainer.rest.issues.createLabel({
      owner: 'octo',
      repo: 'relabel',
      name: 'help wanted',
    });
    const { number } = await openIssue(sentinel.maintainer, NAME, {
      ...CLEAR.bug,
      labels: ['help wanted'],
    });
    await sentinel.decided(NAME, number);
    expect((await labelsOf(sentinel.reporter, NAME, number)).sort()).toEqual([
      'bug',
      'help wanted',
    ]);
  });

  it('replace the one Sentinel gave, for good', async () => {
    const number = await openBug();
    await removeLabel(sentinel.maintainer, NAME, number, 'bug');
    await addLabels(sentinel.maintainer, NAME, number, ['question']);
    await editIssue(sentinel.reporter, NAME, number, CLEAR.feature);
    const decision = await sentinel.decided(NAME, number, 2);
    expect(decision.outcome).toBe('kept');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['question']);
  });
});

describe('an edit', () => {
  it('of white space only writes nothing to GitHub', async () => {
    const number = await openBug();
    const before = writes(number).length;
    await editIssue(sentinel.reporter, NAME, number, { body: `${CLEAR.bug.body}\n\n  \n` });
    await sentinel.idle();
    expect(writes(number)).toHaveLength(before);
    expect(await sentinel.decisions(NAME, number)).toHaveLength(1);
  });

  it('by Sentinel itself or another bot is ignored at the door', async () => {
    const number = await openBug();
    const opened = sentinel.github.webhooks.deliveries.find(
      ({ repository, issue }) => repository === NAME && issue === number,
    );
    const sent = sentinel.github.webhooks.send('issues', {
      ...(JSON.parse(opened?.body ?? '{}') as object),
      action: 'edited',
      sender: { login: sentinel.github.appLogin, type: 'Bot' },
    });
    expect(await sent.answered).toBe(202);
    await sentinel.idle();
    expect(await sentinel.decisions(NAME, number)).toHaveLength(1);
  });
});

describe('a suggestion', () => {
  it('is one comment, however often the delivery or the issue comes again', async () => {
    const number = await openBug(SUGGEST);
    const opened = sentinel.github.webhooks.deliveries.find(
      ({ repository, issue }) => repository === SUGGEST && issue === number,
    );
    const payload = JSON.parse(opened?.body ?? '{}') as object;
    await sentinel.github.webhooks.send('issues', payload).answered;
    await sentinel.decided(SUGGEST, number, 2);
    await reopen(SUGGEST, number, 3);
    expect(await listComments(sentinel.reporter, SUGGEST, number)).toHaveLength(1);
    expect(writes(number, SUGGEST).filter((call) => call.includes('labels'))).toEqual([]);
  });

  it('is taken back once it no longer holds, and a person’s quote of it stays', async () => {
    const number = await openBug(SUGGEST);
    const [suggestion] = await listComments(sentinel.reporter, SUGGEST, number);
    const quote = { owner: 'octo', repo: 'suggest', issue_number: number, body: suggestion?.body };
    await sentinel.maintainer.rest.issues.createComment({ ...quote, body: quote.body ?? '' });
    await addLabels(sentinel.maintainer, SUGGEST, number, ['question']);
    await editIssue(sentinel.reporter, SUGGEST, number, CLEAR.feature);
    const decision = await sentinel.decided(SUGGEST, number, 2);
    expect(decision.outcome).toBe('kept');
    expect(decision.applied?.comment).toBe('removed');
    const left = await listComments(sentinel.reporter, SUGGEST, number);
    expect(left.map(({ id }) => id)).not.toContain(suggestion?.id);
    expect(left).toHaveLength(1);
  });

  it('does not come back once a person has deleted it', async () => {
    const number = await openBug(SUGGEST);
    const [suggestion] = await listComments(sentinel.reporter, SUGGEST, number);
    await sentinel.maintainer.rest.issues.deleteComment({
      owner: 'octo',
      repo: 'suggest',
      comment_id: suggestion?.id ?? 0,
    });
    await editIssue(sentinel.reporter, SUGGEST, number, CLEAR.feature);
    const decision = await sentinel.decided(SUGGEST, number, 2);
    expect(decision.outcome).toBe('kept');
    expect(await listComments(sentinel.reporter, SUGGEST, number)).toEqual([]);
  });

  it('whose answer was lost is not made twice', async () => {
    const faults: Interference[] = [{ kind: 'lose-answer' }];
    sentinel.github.api.interfere(({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') ? faults.shift() : undefined,
    );
    const number = await openBug(SUGGEST);
    expect(await listComments(sentinel.reporter, SUGGEST, number)).toHaveLength(1);
    expect(await labelsOf(sentinel.reporter, SUGGEST, number)).toEqual([]);
  });
});

it('no issue of this file has had a label put on twice', async () => {
  for (let number = 1; number <= 3; number++) {
    const put = (await listTimeline(sentinel.reporter, NAME, number)).filter(
      ({ event }) => event === 'labeled',
    );
    const names = put.map(({ label }) => label?.name);
    expect(new Set(names).size).toBe(names.length);
  }
});
