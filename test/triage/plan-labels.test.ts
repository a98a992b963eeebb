import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelEvent } from '../../src/triage/issue.js';
import {
  type LabelSituation,
  mergeChanges,
  ownLabels,
  planGroup,
  planNamed,
} from '../../src/triage/plan-labels.js';

const SMALL = { configured: undefined, aliases: ['size/s'], fallback: 'size/S' };
const LARGE = { configured: undefined, aliases: ['size/l'], fallback: 'size/L' };
const group = (wanted: typeof SMALL | null, clears = false) => ({
  name: 'size',
  members: [SMALL, LARGE],
  wanted,
  clears,
});
const ours = (label: string, action: LabelEvent['action'] = 'added') => ({
  label,
  action,
  ours: true,
});
const theirs = (label: string, action: LabelEvent['action'] = 'added') => ({
  label,
  action,
  ours: false,
});

const bots = (label: string, action: LabelEvent['action'] = 'added') => ({
  ...theirs(label, action),
  bot: 'helper[bot]',
});

function situation(change: Partial<LabelSituation> = {}): LabelSituation {
  return {
    labels: [],
    labelHistory: [],
    repositoryLabels: ['size/S', 'size/L', 'docs'],
    createLabels: false,
    ...change,
  };
}

describe('labels of which one fits', () => {
  it('is put on, and replaces one of our own', () => {
    const before = situation({ labels: ['size/L'], labelHistory: [ours('size/L')] });
    expect(planGroup(group(SMALL), before)).toMatchObject({
      add: ['size/S'],
      remove: ['size/L'],
      create: [],
    });
  });

  it.each([
    ['put one on', { labels: ['size/L'], labelHistory: [theirs('size/L')] }],
    ['opened it with one', { labels: ['size/L'] }],
    ['took one off', { labelHistory: [ours('size/L'), theirs('size/L', 'removed')] }],
    [
      'put ours on again',
      {
        labels: ['size/L'],
        labelHistory: [ours('size/L'), theirs('size/L', 'removed'), theirs('size/L')],
      },
    ],
  ])('is left where a person %s', (_, change) => {
    const plan = planGroup(group(SMALL), situation(change));
    expect(plan).toMatchObject({ add: [], remove: [] });
    expect(plan.reasons[0]?.code).toMatch(/^human-/);
  });

  it('comes off when none fits, where told', () => {
    const before = situation({ labels: ['size/L'], labelHistory: [ours('size/L')] });
    expect(planGroup(group(null, true), before).remove).toEqual(['size/L']);
    expect(planGroup(group(null), before).remove).toEqual([]);
  });

  it('is none where the configuration says never to put it on', () => {
    const off = { ...SMALL, configured: false as const };
    const before = situation({ labels: ['size/L'], labelHistory: [ours('size/L')] });
    const plan = planGroup({ ...group(null), members: [off, LARGE], wanted: off }, before);
    expect(plan).toMatchObject({ add: [], remove: [], create: [], reasons: [] });
  });

  it('is created only where the configuration allows it', () => {
    const bare = { repositoryLabels: [] };
    expect(planGroup(group(SMALL), situation(bare)).reasons[0]?.code).toBe('no-label');
    const created = planGroup(group(SMALL), situation({ ...bare, createLabels: true }));
    expect(created.create).toMatchObject([{ name: 'size/S' }]);
  });
});

describe('labels of which another bot put one on or took one off', () => {
  it('get none beside it, and the bot is named', () => {
    const now = situation({ labels: ['size/L'], labelHistory: [bots('size/L')] });
    expect(planGroup(group(SMALL), now)).toMatchObject({ add: [], remove: [] });
    expect(planGroup(group(SMALL), now).reasons).toEqual([
      {
        code: 'bot-added',
        text: 'The bot helper[bot] put "size/L", a size label, on it; none is put beside it.',
      },
    ]);
  });

  it('fit where the bot put the same one on, and our own other one comes off', () => {
    const now = situation({
      labels: ['size/L', 'size/S'],
      labelHistory: [ours('size/L'), bots('size/S')],
    });
    const plan = planGroup(group(SMALL), now);
    expect(plan).toMatchObject({ add: [], fitting: ['size/S'], remove: ['size/L'], reasons: [] });
  });

  it('never lose the bot’s, also where none fits', () => {
    const now = situation({
      labels: ['size/L', 'size/S'],
      labelHistory: [bots('size/L'), ours('size/S')],
    });
    expect(planGroup(group(null, true), now).remove).toEqual(['size/S']);
    expect(planGroup(group(SMALL), now)).toMatchObject({ fitting: ['size/S'], remove: [] });
  });

  it('are decided anew once the bot has taken its own off', () => {
    const history = [bots('size/L'), bots('size/L', 'removed')];
    expect(planGroup(group(SMALL), situation({ labelHistory: history })).add).toEqual(['size/S']);
    expect(planGroup(group(LARGE), situation({ labelHistory: history }))).toMatchObject({
      add: [],
      reasons: [{ code: 'bot-removed' }],
    });
  });

  it('are a person’s as soon as a person has put one on', () => {
    const history = [bots('size/L'), theirs('size/L')];
    const plan = planGroup(group(SMALL), situation({ labels: ['size/L'], labelHistory: history }));
    expect(plan.reasons[0]?.code).toBe('human-added');
  });
});

describe('labels that stand for themselves', () => {
  it('are not created with a name that GitHub would refuse', () => {
    const long = `area: ${'🎨'.repeat(45)}`;
    const most = 'area: '.padEnd(50, 'x');
    const plan = planNamed([long, most], situation({ createLabels: true }));
    expect(plan.add).toEqual([most]);
    expect(plan.create).toMatchObject([{ name: most }]);
    expect(plan.reasons).toEqual([
      { code: 'no-label', text: expect.stringContaining('none of over 50 characters') },
    ]);
  });

  it('are put on unless a person took them off', () => {
    expect(planNamed(['Docs'], situation()).add).toEqual(['docs']);
    const taken = situation({ labelHistory: [theirs('docs', 'removed')] });
    expect(planNamed(['docs'], taken).add).toEqual([]);
    const byBot = planNamed(['docs'], situation({ labelHistory: [bots('docs', 'removed')] }));
    expect(byBot).toMatchObject({ add: [], reasons: [{ code: 'bot-removed' }] });
  });

  it('are never made up: GitHub would create what is put on', () => {
    expect(planNamed(['new'], situation())).toMatchObject({
      add: [],
      create: [],
      reasons: [{ code: 'no-label' }],
    });
  });

  it('only our own are known as ours', () => {
    const now = situation({
      labels: ['docs', 'size/S'],
      labelHistory: [ours('docs'), theirs('size/S')],
    });
    expect(ownLabels(['DOCS', 'size/S'], now)).toEqual(['docs']);
  });
});

it('what fits in one plan is not removed by another', () => {
  const added = planNamed(['docs'], situation());
  const merged = mergeChanges([added, { ...planNamed([], situation()), remove: ['DOCS', 'x'] }]);
  expect(merged).toMatchObject({ add: ['docs'], remove: ['x'] });
});

it('what two plans add or create is added and created once', () => {
  const now = situation({ repositoryLabels: ['docs'], createLabels: true });
  const merged = mergeChanges([planNamed(['docs', 'new'], now), planNamed(['DOCS', 'New'], now)]);
  expect(merged).toMatchObject({ add: ['docs', 'new'], create: [{ name: 'new' }] });
  expect(merged.create).toHaveLength(1);
});

it('no history makes it touch what someone else did last', () => {
  const label = fc.constantFrom('size/S', 'size/L', 'docs');
  const event = fc.record({
    label,
    action: fc.constantFrom('added' as const, 'removed' as const),
    ours: fc.boolean(),
    bot: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const labelHistory = events.map(({ bot, ...one }) =>
        bot && !one.ours ? { ...one, bot: 'helper[bot]' } : one,
      );
      const last = new Map(labelHistory.map((one) => [one.label, one]));
      const labels = [...last.values()].filter((one) => one.action === 'added').map((e) => e.label);
      const now = situation({ labels, labelHistory });
      const plan = mergeChanges([planGroup(group(SMALL), now), planNamed(['docs'], now)]);
      for (const { label: name, ours: mine, action } of last.values()) {
        if (!mine && action === 'added') expect(plan.remove).not.toContain(name);
        if (!mine && action === 'removed') expect(plan.add).not.toContain(name);
      }
    }),
  );
});
