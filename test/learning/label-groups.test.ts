import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf, groupLabels, isKnown, targetOf } from '../../src/learning/label-groups.js';

/** So many issues that bear the labels. */
const issues = (count: number, ...labels: string[]) =>
  new Array<{ labels: string[] }>(count).fill({ labels });

describe('groupLabels', () => {
  it('finds labels of one prefix that never meet', () => {
    const { groups } = groupLabels([
      ...issues(20, 'priority: high'),
      ...issues(30, 'priority: low'),
      ...issues(25, 'area: ui', 'priority: low'),
      ...issues(25, 'area: net'),
    ]);
    expect(groups).toEqual([
      { labels: ['priority: low', 'priority: high'], exclusive: true, complete: false },
      { labels: ['area: net', 'area: ui'], exclusive: true, complete: false },
    ]);
  });

  it('finds labels of any names of which every issue bears one and one only', () => {
    const every = [...issues(30, 'ui'), ...issues(20, 'net'), ...issues(10, 'storage')];
    const { groups } = groupLabels(every);
    expect(groups).toEqual([{ labels: ['ui', 'net', 'storage'], exclusive: true, complete: true }]);
    const [group] = groups;
    expect(group && classesOf(group)).toBe(3);
    // A mistake, not a class.
    expect(group && targetOf(group, { labels: [] })).toBe(-1);
    const alone = groupLabels([...every, ...issues(20)]).groups;
    expect(alone.map(({ labels, exclusive }) => [labels, exclusive])).toEqual([
      [['ui'], false],
      [['net'], false],
      [['storage'], false],
    ]);
  });

  it('leaves apart what stands together more than by mistake', () => {
    const { groups } = groupLabels([
      ...issues(40, 'area: ui'),
      ...issues(40, 'area: net'),
      ...issues(10, 'area: ui', 'area: net'),
      ...issues(20),
    ]);
    expect(groups.map((group) => [group.labels, group.exclusive])).toEqual([
      [['area: net'], false],
      [['area: ui'], false],
    ]);
  });

  it('forgives one mistake in fifty', () => {
    const { groups } = groupLabels([
      ...issues(49, 'bug'),
      ...issues(50, 'question'),
      ...issues(1, 'bug', 'question'),
    ]);
    expect(groups).toEqual([{ labels: ['question', 'bug'], exclusive: true, complete: true }]);
  });

  it('does not forgive three in a hundred', () => {
    const { groups } = groupLabels([
      ...issues(47, 'bug'),
      ...issues(50, 'question'),
      ...issues(3, 'bug', 'question'),
    ]);
    expect(groups.map(({ exclusive }) => exclusive)).toEqual([false, false]);
  });

  it('learns the hundred most frequent labels and says which are beyond them', () => {
    const all = Array.from({ length: 102 }, (_, index) => issues(10 + index, `label ${index}`));
    const { groups, leftOut } = groupLabels([...all.flat(), ...issues(2000)]);
    expect(groups.flatMap(({ labels }) => labels)).toHaveLength(100);
    expect(leftOut).toEqual([
      { name: 'label 1', examples: 11, reason: 'beyond the 100 most frequent' },
      { name: 'label 0', examples: 10, reason: 'beyond the 100 most frequent' },
    ]);
  });

  it("takes GitHub's types for a group, and nothing else that only happens not to meet", () => {
    const { groups } = groupLabels([
      ...issues(30, 'Bug'),
      ...issues(20, 'enhancement'),
      ...issues(15, 'not a bug'),
      ...issues(12, 'bugzilla'),
      ...issues(40),
    ]);
    expect(groups.map((group) => group.labels)).toEqual([
      ['Bug', 'enhancement'],
      ['not a bug'],
      ['bugzilla'],
    ]);
  });

  it('takes a label of which nobody knows who put it there for neither true nor false', () => {
    const unsure = Array.from({ length: 60 }, () => ({ labels: ['ui'], unsure: ['bug'] }));
    const { groups, examples } = groupLabels([
      ...issues(30, 'bug'),
      ...issues(30, 'question', 'ui'),
      ...issues(40, 'question'),
      ...unsure,
    ]);
    expect(examples.get('bug')).toBe(30);
    const types = { labels: ['question', 'bug'], exclusive: true, complete: true };
    expect(groups).toContainEqual(types);
    expect(unsure.map((issue) => targetOf(types, issue))).toEqual(unsure.map(() => -1));
    const open = { ...types, complete: false };
    expect(isKnown(open, { labels: [], unsure: ['bug'] })).toBe(false);
    expect(targetOf(open, { labels: [], unsure: ['bug'] })).toBe(-1);
    expect(targetOf(open, { labels: ['question'], unsure: ['bug'] })).toBe(0);
    expect(targetOf(open, { labels: [], unsure: ['ui'] })).toBe(2);
  });

  it('says what it leaves out, and why', () => {
    const { leftOut } = groupLabels([
      ...issues(9, 'rare', 'triaged'),
      ...issues(60, 'bug', 'triaged'),
      ...issues(40, 'triaged'),
    ]);
    expect(leftOut).toEqual([
      { name: 'triaged', examples: 109, reason: 'nearly every issue bears it' },
      { name: 'rare', examples: 9, reason: '9 of the 10 examples it takes' },
    ]);
  });

  it('puts every label in one group or leaves it out, and every issue in a class', () => {
    const label = fc.constantFrom('bug', 'docs', 'area: a', 'area: b', 'area/c', '__proto__', ' ');
    // Sizes as they come are too small for any label to have ten examples.
    const size = { minLength: 40, maxLength: 150, size: 'max' } as const;
    const history = fc.array(fc.record({ labels: fc.uniqueArray(label, { maxLength: 3 }) }), size);
    let grouped = 0;
    fc.assert(
      fc.property(history, (all) => {
        const { groups, leftOut, examples } = groupLabels(all);
        const named = [
          ...groups.flatMap((group) => group.labels),
          ...leftOut.map(({ name }) => name),
        ];
        expect(named.sort()).toEqual([...examples.keys()].sort());
        grouped += groups.length;
        for (const group of groups) {
          for (const issue of all) expect(targetOf(group, issue)).toBeLessThan(classesOf(group));
        }
      }),
      { numRuns: 50 },
    );
    expect(grouped).toBeGreaterThan(0);
  });
});
