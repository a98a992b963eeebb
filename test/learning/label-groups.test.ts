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

  it("takes GitHub's types for a group, and nothing else that only happens not to meet", () => {
    const { groups } = groupLabels([
      ...issues(30, 'bug'),
      ...issues(20, 'enhancement'),
      ...issues(15, 'wontfix'),
      ...issues(12, 'security'),
      ...issues(40),
    ]);
    expect(groups.map((group) => group.labels)).toEqual([
      ['bug', 'enhancement'],
      ['wontfix'],
      ['security'],
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
    const history = fc.array(fc.record({ labels: fc.uniqueArray(label, { maxLength: 3 }) }), {
      maxLength: 150,
    });
    fc.assert(
      fc.property(history, (all) => {
        const { groups, leftOut, examples } = groupLabels(all);
        const named = [
          ...groups.flatMap((group) => group.labels),
          ...leftOut.map(({ name }) => name),
        ];
        expect(named.sort()).toEqual([...examples.keys()].sort());
        for (const group of groups) {
          for (const issue of all) expect(targetOf(group, issue)).toBeLessThan(classesOf(group));
        }
      }),
      { numRuns: 50 },
    );
  });
});
