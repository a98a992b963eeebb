import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REPOSITORY_CONFIG } from '../../src/config/repository-config.js';
import { assessChange, type ChangeEvidence } from '../../src/triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS, measureSize } from '../../src/triage/change-size.js';
import { CHANGE_TYPES } from '../../src/triage/changed-file.js';
import { chooseType, scoreChange } from '../../src/triage/score-change.js';
import { aFile, scoresWith, thresholdsOf } from '../support/a-change.js';

const evidence = (change: Partial<ChangeEvidence> = {}): ChangeEvidence => ({
  title: 'Add a door',
  body: null,
  files: [aFile('src/door.ts')],
  scores: scoresWith('feat', 0.97),
  thresholds: thresholdsOf(0.8),
  sizes: DEFAULT_SIZE_THRESHOLDS,
  conventional: true,
  hasTests: false,
  ...change,
});

describe('assessChange: the type', () => {
  it('is the model’s where it is sure and the title says none', () => {
    const assessed = assessChange(evidence());
    expect(assessed).toMatchObject({ type: 'feat', typeFrom: 'model', modelType: 'feat' });
    expect(assessed.suggestedTitle).toBe('feat: add a door');
    expect(assessed.reasons[0]?.code).toBe('sure');
  });

  it('is none where the model is not sure', () => {
    const assessed = assessChange(evidence({ scores: scoresWith('feat', 0.7) }));
    expect(assessed).toMatchObject({ type: null, typeFrom: null, suggestedTitle: null });
    expect(assessed.reasons[0]?.code).toBe('unsure');
  });

  it('is the title’s word, even where the model would say another', () => {
    const title = 'fix: add a door';
    const assessed = assessChange(evidence({ title, scores: scoresWith('feat', 0.9) }));
    expect(assessed).toMatchObject({ type: 'fix', typeFrom: 'title', modelType: 'feat' });
    expect(assessed).toMatchObject({ contradicts: null, suggestedTitle: null });
  });

  it('is none, and only a suggestion, where the change contradicts the title strongly', () => {
    const scores = scoresWith('docs', 0.98);
    const assessed = assessChange(evidence({ title: 'fix(ui): add a door', scores }));
    expect(assessed).toMatchObject({
      type: null,
      typeFrom: null,
      contradicts: { stated: 'fix', likeliest: 'docs' },
      suggestedTitle: 'docs(ui): add a door',
    });
    expect(assessed.reasons[0]?.text).toBe(
      'The title says fix, the change reads like docs: 98.0 %.',
    );
  });

  it('is the title’s word where the model only doubts it, or thinks it possible', () => {
    const possible = { ...scoresWith('docs', 0.96), fix: 0.03 };
    for (const scores of [scoresWith('docs', 0.94), possible]) {
      const assessed = assessChange(evidence({ title: 'fix: add a door', scores }));
      expect(assessed).toMatchObject({ type: 'fix', typeFrom: 'title', contradicts: null });
      expect(assessed.reasons[0]?.code).toBe('title');
    }
  });

  it.each(['revert: add a door', 'Revert "Add a door"', 'Reapply "feat: a door"', 'l10n(de): a'])(
    'is none for %j, and neither is there a title to suggest',
    (title) => {
      const assessed = assessChange(evidence({ title }));
      expect(assessed).toMatchObject({ type: null, otherType: true, suggestedTitle: null });
      expect(assessed.reasons[0]?.code).toBe('other-type');
    },
  );

  it.each(['deps: a door', 'Door: open it', 'Map(a): x', 'openDoor(a): x'])(
    'is not put before %j',
    (title) => {
      const assessed = assessChange(evidence({ title }));
      expect(assessed).toMatchObject({ type: 'feat', otherType: false, suggestedTitle: null });
    },
  );

  it('suggests no title where the repository uses none or there is none', () => {
    expect(assessChange(evidence({ conventional: false })).suggestedTitle).toBeNull();
    expect(assessChange(evidence({ title: ' ' })).suggestedTitle).toBeNull();
  });

  it('never labels against a conventional title, and never below a threshold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('fix: a', 'docs!: b', 'a', 'revert: c', ''),
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 10, maxLength: 10 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (title, logits, threshold) => {
          const scores = scoreChange(logits, 1);
          const thresholds = thresholdsOf(threshold);
          const { type, typeFrom } = assessChange(evidence({ title, scores, thresholds }));
          const stated = /^(fix|docs|revert)/.exec(title)?.[1];
          if (stated !== undefined) expect([stated, null]).toContain(type);
          if (typeFrom === 'model' && type) expect(scores[type]).toBeGreaterThanOrEqual(threshold);
        },
      ),
    );
  });
});

describe('assessChange: the rest', () => {
  it('calls a change breaking by its title, its footer or public names that went away', () => {
    const stated = assessChange(evidence({ title: 'feat!: x' }));
    expect(stated.breaking).toBe(true);
    expect(stated.reasons.at(-1)?.code).toBe('breaking-stated');
    expect(assessChange(evidence({ body: 'BREAKING CHANGE: y' })).breaking).toBe(true);
    const files = [aFile('src/door.ts', ['-export function open() {'])];
    const assessed = assessChange(evidence({ files }));
    expect(assessed.breaking).toBe(true);
    expect(assessed.reasons.at(-1)?.text).toBe('Public names went away: "open".');
    expect(assessChange(evidence({ files, kindOf: () => 'test' })).breaking).toBe(false);
    const plain = assessChange(evidence());
    expect(plain.breaking).toBe(false);
    expect(plain.reasons.map(({ code }) => code)).toEqual(['sure', 'size']);
  });

  it('misses tests only where the repository has some and source grew', () => {
    const needs = (change: Partial<ChangeEvidence>) =>
      assessChange(evidence({ hasTests: true, ...change })).needsTests;
    expect(needs({})).toBe(true);
    expect(needs({ hasTests: false })).toBe(false);
    expect(needs({ files: [aFile('src/a.ts'), aFile('test/a.test.ts')] })).toBe(false);
    expect(needs({ files: [aFile('README.md')] })).toBe(false);
    expect(needs({ files: [aFile('src/a.ts', ['-a'])] })).toBe(false);
    expect(needs({ files: [aFile('src/a.ts'), aFile('README.md')] })).toBe(true);
    expect(needs({ kindOf: () => 'generated' })).toBe(false);
    expect(assessChange(evidence({ hasTests: true })).reasons.at(-1)?.code).toBe('needs-tests');
  });

  it('misses tests with the types of change that come with some', () => {
    const needs = (change: Partial<ChangeEvidence>) =>
      assessChange(evidence({ hasTests: true, ...change })).needsTests;
    const scores = scoresWith('feat', 0.7);
    const missing = CHANGE_TYPES.filter((type) => needs({ title: `${type}: a`, scores }));
    expect(missing).toEqual(['feat', 'fix', 'refactor', 'perf']);
    expect(needs({ scores: scoresWith('docs', 0.99) })).toBe(false);
    expect(needs({ scores: scoresWith('feat', 0.7) })).toBe(false);
    expect(needs({ title: 'docs: a', scores: scoresWith('feat', 0.9) })).toBe(false);
    // Where the change contradicts its title, what it reads like counts.
    expect(needs({ title: 'docs: a', scores: scoresWith('feat', 0.99) })).toBe(true);
  });
});

it.each(['Revert "Add a door"', 'deps(npm): a'])(
  'a change of none of the ten types misses no tests: %j',
  (title) => {
    expect(assessChange(evidence({ title, hasTests: true })).needsTests).toBe(false);
  },
);

describe('measureSize', () => {
  it('counts what people wrote and names what is set aside', () => {
    const lock = aFile('package-lock.json', [], { additions: 5000 });
    expect(measureSize([aFile('a.ts', ['+a', '-b']), lock])).toEqual({
      size: 'XS',
      lines: 2,
      files: 1,
      setAside: ['package-lock.json'],
    });
  });

  it.each([
    [0, 'XS'],
    [9, 'XS'],
    [10, 'S'],
    [29, 'S'],
    [30, 'M'],
    [99, 'M'],
    [100, 'L'],
    [499, 'L'],
    [500, 'XL'],
    [999, 'XL'],
    [1000, 'XXL'],
  ])('calls %i lines %s', (additions, size) => {
    expect(measureSize([aFile('a.ts', [], { additions })]).size).toBe(size);
  });

  it('begins sizes where the configuration does unless told', () => {
    const { sizes } = DEFAULT_REPOSITORY_CONFIG.pull_requests;
    expect(sizes.limits).toEqual(DEFAULT_SIZE_THRESHOLDS);
  });

  it('counts a file once that stands in it more than once, as in a series of commits', () => {
    const lock = aFile('yarn.lock');
    const series = [aFile('a.ts'), aFile('b.ts'), aFile('a.ts'), lock, lock];
    expect(measureSize(series)).toMatchObject({ lines: 3, files: 2, setAside: ['yarn.lock'] });
  });

  it('believes whoever knows kinds better', () => {
    const files = [aFile('a.ts')];
    expect(measureSize(files, undefined, () => 'generated').setAside).toEqual(['a.ts']);
  });
});

describe('scoreChange and chooseType', () => {
  it('gives ten probabilities that sum to one', () => {
    const scores = scoreChange([3, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1);
    expect(Object.values(scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(chooseType(scores, thresholdsOf(0.5)).type).toBe('feat');
    expect(chooseType(scores, thresholdsOf(0.9))).toMatchObject({ type: null, likeliest: 'feat' });
  });

  it.each([
    [[1, 2, 3], 1],
    [[Number.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0],
  ])('refuses %j at temperature %d', (logits, temperature) => {
    expect(() => scoreChange(logits, temperature)).toThrow(RangeError);
  });
});
