import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../src/github/github-error.js';
import { type HistoryStore, readHistory } from '../../src/handlers/read-history.js';
import { labelledHistory } from '../../src/learning/labelled-history.js';
import type { Store } from '../../src/store/open-store.js';
import { API, anInstallation, closeNetwork } from '../github/an-installation.js';
import { useTestStore } from '../support/a-store.js';
import {
  type ServedEvent,
  type ServedHistory,
  type ServedIssue,
  serveHistory,
  timeOf,
} from '../support/history-server.js';

const NAME = 'octo/widgets';
const NOW = Date.parse('2026-11-01T00:00:00Z');
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(closeNetwork);
afterEach(closeNetwork);

function served(history: Partial<ServedHistory>): ServedHistory {
  const all = { issues: [], events: [], roles: {}, asked: [], limited: 0, ...history };
  serveHistory(NAME, all);
  return all;
}

const read = (maxCalls = 1000) =>
  readHistory(anInstallation(), NAME, store, { maxCalls, now: () => NOW });

/** Issues 1 to n, each labelled by ada. */
function labelled(n: number): { issues: ServedIssue[]; events: ServedEvent[] } {
  const numbers = Array.from({ length: n }, (_, index) => index + 1);
  return {
    issues: numbers.map((number) => ({ number, labels: ['area: api'] })),
    events: numbers.map((issue) => ({ id: issue, issue, label: 'area: api', actor: 'ada' })),
  };
}

const KILLED = new Error('killed');

it('reads nothing under a former name, from which GitHub redirects', async () => {
  served(labelled(3));
  nock(API)
    .get(/^\/repos\/octo\/former\/issues/)
    .reply(301, undefined, { location: `${API}/repos/${NAME}/issues?since=${timeOf(0)}` });
  const reading = readHistory(anInstallation(), 'octo/former', store, { maxCalls: 1000 });
  await expect(reading).rejects.toMatchObject({ code: 'gone' });
  expect(await store.histories.list()).toEqual([]);
});

/** The store, until a process that ends after so many writes: the next one never happens. */
function endingAfter(writes: number): HistoryStore {
  let left = writes;
  const dying = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const own = Reflect.get(target, name) as unknown;
        if (typeof own !== 'function') return own;
        if (name !== 'save') return own.bind(target);
        return async (...given: unknown[]) => {
          if (left === 0) throw KILLED;
          left -= 1;
          return Reflect.apply(own, target, given);
        };
      },
    });
  const { histories, historyIssues, historyPulls, labelEvents, labelSetters } = store;
  return {
    histories: dying(histories),
    historyIssues: dying(historyIssues),
    historyPulls: dying(historyPulls),
    labelEvents: dying(labelEvents),
    labelSetters: dying(labelSetters),
  };
}

/** Labels that count as the truth of the one issue. */
async function truthOf(events: ServedEvent[], labels: string[], author = 'reporter') {
  served({
    issues: [{ number: 1, labels, author }],
    events,
    roles: { ada: 'triage', mia: 'maintain', wes: 'write', root: 'admin', rita: 'read' },
  });
  await read();
  const [issue] = await labelledHistory(store, NAME);
  return issue?.issue.labels ?? null;
}

describe('readHistory', () => {
  it('asks for what changed in the last three years', async () => {
    const history = served({});
    await read();
    const [first = ''] = history.asked;
    const since = new URL(first, API).searchParams.get('since') ?? '';
    expect(new Date(since).toISOString()).toBe('2023-11-02T00:00:00.000Z');
  });

  it('reads every page of issues and events, and no pull request', async () => {
    const { issues, events } = labelled(250);
    const history = served({
      issues: [...issues, { number: 300, pullRequest: true, labels: ['area: api'] }],
      events,
      roles: { ada: 'triage' },
    });
    expect(await read()).toBe(true);
    expect(await store.historyIssues.count(NAME)).toBe(250);
    expect(await labelledHistory(store, NAME)).toHaveLength(250);
    // 3 pages of each, and the one person who labelled.
    expect(history.asked).toHaveLength(7);
  });

  it('goes on after a kill where it was, whatever the moment', async () => {
    const history = served({ ...labelled(450), roles: { ada: 'triage' } });
    let readings = 0;
    while (!(await read(1))) readings += 1;
    expect(readings).toBeGreaterThan(8);
    expect(await labelledHistory(store, NAME)).toHaveLength(450);
    expect(new Set(history.asked).size).toBe(history.asked.length);
  });

  it('loses and doubles nothing when the process ends between any two writes', async () => {
    served({ ...labelled(250), roles: { ada: 'triage' } });
    let kills = 0;
    for (let finished = false; !finished; ) {
      const dying = endingAfter(kills + 1);
      const reading = readHistory(anInstallation(), NAME, dying, {
        maxCalls: 1000,
        now: () => NOW,
      });
      finished = await reading.catch((error: unknown) => {
        if (error !== KILLED) throw error;
        kills += 1;
        return false;
      });
    }
    expect(kills).toBeGreaterThan(3);
    expect(await store.historyIssues.count(NAME)).toBe(250);
    const history = await labelledHistory(store, NAME);
    expect(history).toHaveLength(250);
    expect(history.every(({ issue }) => issue.labels.join() === 'area: api')).toBe(true);
    expect(await store.labelEvents.countTrustedSince(NAME, 0)).toBe(250);
  });

  it('keeps what it has when GitHub asks to wait, and goes on', async () => {
    const history = served({ ...labelled(250), roles: { ada: 'triage' } });
    await read(2);
    history.limited = 1;
    await expect(read()).rejects.toBeInstanceOf(RateLimitedError);
    expect(await store.historyIssues.count(NAME)).toBeGreaterThan(150);
    expect(await read()).toBe(true);
    expect(await labelledHistory(store, NAME)).toHaveLength(250);
  });

  it('does not take an events page that GitHub did not give for the last one', async () => {
    const history = served({ ...labelled(250), roles: { ada: 'triage' } });
    // All pages of issues and the first of events.
    await read(4);
    history.limited = 1;
    await expect(read()).rejects.toBeInstanceOf(RateLimitedError);
    history.asked.length = 0;
    expect(await read()).toBe(true);
    expect(history.asked.map((path) => path.replace(/\?.*/, ''))).toEqual([
      ...[`/repos/${NAME}/issues/events`, `/repos/${NAME}/issues/events`],
      expect.stringContaining('/collaborators/ada/permission'),
    ]);
  });

  it('asks for no events from before the three years', async () => {
    const { issues, events } = labelled(350);
    const at = '2020-01-01T00:00:00Z';
    const old = events.map((event) => (event.id <= 200 ? { ...event, at } : event));
    const history = served({ issues, events: old, roles: { ada: 'triage' } });
    await read();
    const pages = history.asked.filter((path) => path.includes('/issues/events'));
    // A hundred of the newest, then fifty and the first old ones.
    expect(pages).toHaveLength(2);
  });

  it('gets over a page of issues that changed in one instant', async () => {
    const { issues, events } = labelled(250);
    const updatedAt = timeOf(900);
    served({ issues: issues.map((issue) => ({ ...issue, updatedAt })), events, roles: {} });
    expect(await read()).toBe(true);
    expect(await store.historyIssues.count(NAME)).toBe(250);
  });

  it('reads only what is new the next time', async () => {
    const history = served({ ...labelled(250), roles: { ada: 'triage' } });
    await read();
    history.asked.length = 0;
    history.issues.push({ number: 251, labels: ['area: ui'] });
    history.events.push({ id: 251, issue: 251, label: 'area: ui', actor: 'ada' });
    history.events.push({
      id: 252,
      issue: 250,
      event: 'unlabeled',
      label: 'area: api',
      actor: 'ada',
    });
    expect(await read()).toBe(true);
    expect(history.asked).toHaveLength(2);
    const read251 = await labelledHistory(store, NAME);
    expect(read251).toHaveLength(251);
    const [again] = read251.filter(({ number }) => number === 250);
    expect(again?.issue).toMatchObject({ labels: [], unsure: ['area: api'] });
  });

  it('asks for the events of single issues where GitHub pages no further back', async () => {
    const history = served({ ...labelled(150), roles: { ada: 'triage' }, eventPages: 1 });
    expect(await read()).toBe(true);
    expect(await labelledHistory(store, NAME)).toHaveLength(150);
    expect(history.asked.filter((path) => /issues\/\d+\/events/.test(path))).toHaveLength(50);
  });

  it('asks for single issues once, bit by bit, and gets over one without events', async () => {
    const { issues, events } = labelled(110);
    const known = events.filter(({ issue }) => issue !== 5);
    const history = served({ issues, events: known, roles: { ada: 'triage' }, eventPages: 1 });
    let readings = 0;
    while (!(await read(1))) readings += 1;
    expect(readings).toBeGreaterThan(10);
    expect(await labelledHistory(store, NAME)).toHaveLength(109);
    const singles = () => history.asked.filter((path) => /issues\/\d+\/events/.test(path));
    // Of 110 the newest hundred events tell of a hundred; of the rest one by one.
    expect(singles()).toHaveLength(10);
    expect(await read()).toBe(true);
    expect(singles()).toHaveLength(10);
  });

  it('gets over a single issue that is gone, and over no other answer', async () => {
    const history = served({ ...labelled(103), roles: { ada: 'triage' }, eventPages: 1 });
    nock.cleanAll();
    nock(API)
      .get(/\/issues\/2\/events/)
      .reply(404, { message: 'Not Found' });
    serveHistory(NAME, history);
    // Two pages of issues, the events, the limit of their pages, issue 3.
    expect(await read(5)).toBe(false);
    // Issue 2 is gone; then GitHub asks to wait before it tells of issue 1.
    history.limited = 1;
    expect(await read(1)).toBe(false);
    await expect(read()).rejects.toBeInstanceOf(RateLimitedError);
    expect(await read()).toBe(true);
    expect((await labelledHistory(store, NAME)).map(({ number }) => number)).not.toContain(2);
    expect(await labelledHistory(store, NAME)).toHaveLength(102);
  });

  it('stores nothing of a history that is empty', async () => {
    served({});
    expect(await read()).toBe(true);
    expect(await labelledHistory(store, NAME)).toEqual([]);
  });
});

describe('what counts as truth', () => {
  it.each(['ada', 'mia', 'wes', 'root', 'Ada'])(
    'a label that %s, who may triage, put on',
    async (actor) => {
      expect(await truthOf([{ id: 1, issue: 1, label: 'bug', actor }], ['bug'])).toEqual(['bug']);
    },
  );

  it.each<[string, Partial<ServedEvent>]>([
    ['someone who may only read', { actor: 'rita' }],
    ['someone who is no collaborator', { actor: 'mallory' }],
    ['a bot', { actor: 'helper[bot]', type: 'Bot' }],
    ['a bot that calls itself a user', { actor: 'helper[bot]' }],
    ['an App with the token of someone who may triage', { actor: 'ada', viaApp: true }],
    ['an account that is gone', {}],
  ])('no label that %s put on', async (_, event) => {
    expect(await truthOf([{ id: 1, issue: 1, label: 'bug', ...event }], ['bug'])).toBeNull();
  });

  it('no label that a template set in the name of the author', async () => {
    const events = [{ id: 1, issue: 1, label: 'bug', actor: 'mallory' }];
    expect(await truthOf(events, ['bug'], 'mallory')).toBeNull();
  });

  it('no label that was taken off again, nor one that is not there any more', async () => {
    const events: ServedEvent[] = [
      { id: 1, issue: 1, label: 'bug', actor: 'ada' },
      { id: 2, issue: 1, label: 'docs', actor: 'ada' },
      { id: 3, issue: 1, label: 'old name', actor: 'ada' },
      { id: 4, issue: 1, event: 'unlabeled', label: 'bug', actor: 'mia' },
    ];
    expect(await truthOf(events, ['bug', 'docs'])).toEqual(['docs']);
  });

  it('the word of who may triage, whatever a stranger says after', async () => {
    const events: ServedEvent[] = [
      { id: 1, issue: 1, event: 'unlabeled', label: 'bug', actor: 'ada' },
      { id: 2, issue: 1, label: 'bug', actor: 'mallory' },
    ];
    expect(await truthOf(events, ['bug'])).toEqual([]);
  });
});
