import { describe, expect, it } from 'vitest';
import { chooseLabels } from '../../src/learning/choose-labels.js';
import { headSchema } from '../../src/learning/head.js';
import { learnHead, NothingToLearnError } from '../../src/learning/learn-head.js';
import { readyHead, scoreWithHead } from '../../src/learning/score-with-head.js';
import { anExample } from '../support/an-example.js';

const OPTIONS = {
  encoder: { name: 'encoder', version: '1', temperature: 1 },
  precision: 0.9,
  learnedAt: '2026-01-01T00:00:00.000Z',
};
const examples = Array.from({ length: 240 }, (_, index) => anExample(index));

describe('learnHead', () => {
  it('learns labels of its own, promises precision, survives JSON', async () => {
    const head = headSchema.parse(JSON.parse(JSON.stringify(await learnHead(examples, OPTIONS))));
    expect(head.exclusive).toHaveLength(1);
    expect(head.labels.map((label) => label.threshold)).not.toContain(null);
    const next = anExample(301);
    const scores = scoreWithHead(readyHead(head), next.issue, next.encoding);
    expect([...scores.values()].reduce((sum, score) => sum + score.probability, 0)).toBeCloseTo(
      1,
      6,
    );
    expect(chooseLabels(head, scores)).toEqual(next.issue.labels);
  });

  it('is not led astray by labels that nobody knows who put there', async () => {
    const answered = examples.map((example, index) =>
      index < 120
        ? example
        : { ...example, issue: { ...example.issue, labels: [], unsure: example.issue.labels } },
    );
    const head = await learnHead(answered, OPTIONS);
    const sure = await learnHead(examples.slice(0, 120), OPTIONS);
    expect(head.labels.map(({ examples }) => examples)).toEqual(
      sure.labels.map(({ examples }) => examples),
    );
    expect(head.exclusive).toEqual(sure.exclusive);
    const next = anExample(301);
    const scores = scoreWithHead(readyHead(head), next.issue, next.encoding);
    const [truth = ''] = next.issue.labels;
    expect(scores.get(truth)?.probability).toBeGreaterThan(0.8);
  });

  it('counts no issue that the encoder was trained on', async () => {
    const seen = examples.map((example) => ({ ...example, seen: true }));
    const head = await learnHead(seen, OPTIONS);
    expect(head.issues).toMatchObject({ seenByEncoder: 240, judged: 0 });
    expect(head.labels.every((label) => label.threshold === null && label.backtest === null)).toBe(
      true,
    );
  });

  it('counts a flood of the same issue once', async () => {
    const flood = Array.from({ length: 500 }, (_, index) => ({
      ...anExample(0),
      issue: {
        ...anExample(0).issue,
        labels: ['spam'],
        createdAt: anExample(index).issue.createdAt,
      },
    }));
    const head = await learnHead([...examples, ...flood], OPTIONS);
    expect(head.issues.learned).toBeLessThanOrEqual(241);
    expect(head.labels.map((label) => label.name)).not.toContain('spam');
  });

  it('says when there is nothing to learn from', async () => {
    await expect(learnHead(examples.slice(0, 5), OPTIONS)).rejects.toThrow(NothingToLearnError);
  });
});
