import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addLabels,
  editIssue,
  labelsOf,
  listComments,
  listTimeline,
  openIssue,
  removeLabel,
} from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, runSentinel, type Sentinel } from '../support/run-sentinel.js';

const LABELS = ['bug', 'enhancement', 'question'].map((name) => ({ name }));
const repository = (name: string) => ({ owner: 'octo', name, labels: LABELS });
const MAIN = 'octo/main';

let sentinel: Sentinel;

beforeAll(async () => {
  sentinel = await runSentinel({
    repositories: [
      repository('main'),
      repository('shadow'),
      repository('suggest'),
      repository('broken'),
      { owner: 'octo', name: 'bare', labels: [] },
      { owner: 'octo', name: 'creating', labels: [] },
      { owner: 'octo', name: 'prefixed', labels: [{ name: 'C-bug' }, { name: 'kind/feature' }] },
      { owner: 'octo', name: 'documented', labels: [...LABELS, { name: 'documentation' }] },
    ],
    configs: {
      [MAIN]: `${EAGER_CONFIG}ignore:\n  authors: ["helper-*"]\n`,
      'octo/shadow': `mode: shadow\n${EAGER_CONFIG}`,
      'octo/suggest': `mode: suggest\n${EAGER_CONFIG}`,
      'octo/broken': `mode: loud\n${EAGER_CONFIG}surprise: true\n`,
      'octo/bare': EAGER_CONFIG,
      'octo/creating': `create_labels: true\n${EAGER_CONFIG}`,
      'octo/prefixed': EAGER_CONFIG,
      'octo/documented': EAGER_CONFIG,
    },
  });
});
afterAll(() => sentinel?.close());

async function openAndDecide(name: string, text: { title: string; body: string }) {
  const { number } = await openIssue(sentinel.reporter, name, text);
  return { number, decision: await sentinel.decided(name, number) };
}

describe('an opened issue', () => {
  it.each([
    ['bug', 'bug'],
    ['feature', 'enhancement'],
    ['question', 'question'],
  ] as const)('that is clearly a %s gets the label %s', async (kind, label) => {
    const { number, decision } = await openAndDecide(MAIN, CLEAR[kind]);
    expect(decision.outcome).toBe('applied');
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual([label]);
  });

  it('gets the labels the repository already has for it', async () => {
    const bug = await openAndDecide('octo/prefixed', CLEAR.bug);
    const feature = await openAndDecide('octo/prefixed', CLEAR.feature);
    expect(await labelsOf(sentinel.reporter, 'octo/prefixed', bug.number)).toEqual(['C-bug']);
    expect(await labelsOf(sentinel.reporter, 'octo/prefixed', feature.number)).toEqual([
      'kind/feature',
    ]);
  });

  it('whose title names the documentation gets its label where there is one', async () => {
    const text = { ...CLEAR.bug, title: 'Wrong port number in the docs' };
    const { number, decision } = await openAndDecide('octo/documented', text);
    expect(decision.plan.reasons.map(({ code }) => code)).toEqual(['documentation']);
    expect(await labelsOf(sentinel.reporter, 'octo/documented', number)).toEqual(['documentation']);
    const other = await openAndDecide(MAIN, text);
    expect(await labelsOf(sentinel.reporter, MAIN, other.number)).toEqual(['bug']);
  });

  it('is left alone where the repository has no such label', async () => {
    const { number, decision } = await openAndDecide('octo/bare', CLEAR.bug);
    expect(decision.outcome).toBe('abstained');
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('no-label');
    expect(await labelsOf(sentinel.reporter, 'octo/bare', number)).toEqual([]);
  });

  it('gets a created label where the configuration allows it', async () => {
    const { number } = await openAndDecide('octo/creating', CLEAR.bug);
    expect(await labelsOf(sentinel.reporter, 'octo/creating', number)).toEqual(['bug']);
  });

  it('by a bot is ignored', async () => {
    const bot = await sentinel.github.as('helper-app[bot]');
    const { number } = await openIssue(bot, MAIN, CLEAR.bug);
    const decision = await sentinel.decided(MAIN, number);
    expect(decision.outcome).toBe('ignored');
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual([]);
  });

  it('is decided on but not touched in shadow mode', async () => {
    const { number, decision } = await openAndDecide('octo/shadow', CLEAR.bug);
    expect(decision.outcome).toBe('shadowed');
    expect(decision.plan.addLabels).toEqual(['bug']);
    expect(await labelsOf(sentinel.reporter, 'octo/shadow', number)).toEqual([]);
    expect(await listComments(sentinel.reporter, 'octo/shadow', number)).toEqual([]);
  });
});

describe('suggest mode', () => {
  it('comments once and edits that comment when the issue changes', async () => {
    const name = 'octo/suggest';
    const { number } = await openAndDecide(name, CLEAR.bug);
    const [first] = await listComments(sentinel.reporter, name, number);
    expect(first?.body).toContain('`bug`');
    expect(await labelsOf(sentinel.reporter, name, number)).toEqual([]);

    await editIssue(sentinel.reporter, name, number, CLEAR.feature);
    await sentinel.decided(name, number, 2);
    const comments = await listComments(sentinel.reporter, name, number);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('`enhancement`');
  });
});

describe('what people did stands', () => {
  it('a label that a person took off is not put on again', async () => {
    const { number } = await openAndDecide(MAIN, CLEAR.bug);
    await removeLabel(sentinel.maintainer, MAIN, number, 'bug');
    const title = 'Crash: TypeError when saving a large file';
    await editIssue(sentinel.reporter, MAIN, number, { title });
    const decision = await sentinel.decided(MAIN, number, 2);
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('human-removed');
    await editIssue(sentinel.reporter, MAIN, number, CLEAR.feature);
    await sentinel.decided(MAIN, number, 3);
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual([]);
  });

  it('a label that a person put on is neither removed nor joined by another', async () => {
    const { number } = await openIssue(sentinel.reporter, MAIN, { title: '?', body: '' });
    await sentinel.decided(MAIN, number);
    for (const name of await labelsOf(sentinel.maintainer, MAIN, number)) {
      await removeLabel(sentinel.maintainer, MAIN, number, name);
    }
    await addLabels(sentinel.maintainer, MAIN, number, ['question']);
    await editIssue(sentinel.reporter, MAIN, number, CLEAR.bug);
    const decision = await sentinel.decided(MAIN, number, 2);
    expect(decision.outcome).toBe('kept');
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual(['question']);
  });
});

describe('an edited issue', () => {
  it('loses the label Sentinel gave it and gets the one that fits now', async () => {
    const { number } = await openAndDecide(MAIN, CLEAR.bug);
    await editIssue(sentinel.reporter, MAIN, number, CLEAR.feature);
    await sentinel.decided(MAIN, number, 2);
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual(['enhancement']);
  });

  it('is not reconsidered when only white space changed', async () => {
    const { number } = await openAndDecide(MAIN, CLEAR.question);
    await editIssue(sentinel.reporter, MAIN, number, { body: `${CLEAR.question.body}   \n\n` });
    await sentinel.idle();
    expect(await sentinel.decisions(MAIN, number)).toHaveLength(1);
  });
});

describe('a repeated delivery', () => {
  it('changes nothing, whether its id is known or new', async () => {
    const { number } = await openAndDecide(MAIN, CLEAR.bug);
    const sent = sentinel.github.webhooks.deliveries.find(
      ({ repository: name, issue, action }) =>
        name === MAIN && issue === number && action === 'opened',
    );
    if (!sent) throw new Error('the emulator sent no webhook');
    expect(await sentinel.github.webhooks.redeliver(sent.id).answered).toBe(202);
    await sentinel.github.webhooks.send('issues', JSON.parse(sent.body) as object).answered;
    await sentinel.decided(MAIN, number, 2);
    const timeline = await listTimeline(sentinel.reporter, MAIN, number);
    expect(timeline.filter(({ event }) => event === 'labeled')).toHaveLength(1);
    expect(await sentinel.decisions(MAIN, number)).toHaveLength(2);
  });
});

describe('deliveries that arrive out of order', () => {
  it('lead to what the issue says now, once', async () => {
    sentinel.github.webhooks.hold();
    const { number } = await openIssue(sentinel.reporter, MAIN, CLEAR.question);
    await editIssue(sentinel.reporter, MAIN, number, CLEAR.bug);
    sentinel.github.webhooks.release();
    await sentinel.decided(MAIN, number);
    await sentinel.idle();
    const sent = sentinel.github.webhooks.deliveries.filter(
      ({ repository: name, issue }) => name === MAIN && issue === number,
    );
    // As if the edit had come first, and the opening after it.
    for (const { event, body } of sent.toReversed()) {
      await sentinel.github.webhooks.send(event, JSON.parse(body) as object).answered;
    }
    await sentinel.idle();
    expect(await labelsOf(sentinel.reporter, MAIN, number)).toEqual(['bug']);
    const timeline = await listTimeline(sentinel.reporter, MAIN, number);
    const changes = timeline.filter(({ event }) => /^(un)?labeled$/.test(event));
    expect(changes.map(({ event }) => event)).toEqual(['labeled']);
  });
});

describe('a transferred issue', () => {
  it('is triaged where it arrived', async () => {
    const { number } = await openIssue(sentinel.reporter, 'octo/prefixed', CLEAR.bug);
    await sentinel.decided('octo/prefixed', number);
    const opened = sentinel.github.webhooks.deliveries.find(
      ({ repository: name, issue }) => name === 'octo/prefixed' && issue === number,
    );
    const payload = JSON.parse(opened?.body ?? '{}') as object;
    await sentinel.github.webhooks.send('issues', {
      ...payload,
      action: 'transferred',
      repository: { full_name: MAIN },
      issue: { number: 999 },
      changes: { new_issue: { number }, new_repository: { full_name: 'octo/prefixed' } },
    }).answered;
    const decision = await sentinel.decided('octo/prefixed', number, 2);
    expect(decision.event).toBe('issues.transferred');
    expect(decision.outcome).toBe('kept');
  });
});

describe('a broken configuration', () => {
  it('is told with its line, and the defaults hold', async () => {
    const { decision } = await openAndDecide('octo/broken', CLEAR.bug);
    expect(['applied', 'abstained']).toContain(decision.outcome);
    const page = await (await fetch(`${sentinel.app.url}/decisions`)).text();
    expect(page).toContain('.github/sentinel.yml:1');
    expect(page).toContain('must be one of apply, suggest, shadow');
    expect(page).toContain('surprise');
  });
});
