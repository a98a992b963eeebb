import { describe, expect, it } from 'vitest';
import { chooseStrengths } from '../../src/learning/choose-strengths.js';
import type { Rows } from '../../src/learning/fit-model.js';
import { planModel } from '../../src/learning/plan-model.js';
import { tabulate } from '../../src/learning/term-table.js';
import { termsOf } from '../../src/learning/text-terms.js';
import { randomFrom } from '../support/random-from.js';

type Random = ReturnType<typeof randomFrom>;

/** Issues of which about half are bugs, each told by its words. */
function historyOf(words: (bug: boolean, random: Random) => string[], count = 900): Rows {
  const random = randomFrom(7);
  const rows = Array.from({ length: count }, (_, hour) => {
    const bug = random() < 0.5;
    const issue = {
      title: '',
      body: words(bug, random).join(' '),
      labels: [bug ? 'bug' : 'feature'],
      createdAt: new Date(Date.UTC(2025, 0, 1, hour)).toISOString(),
    };
    const embedding = Float32Array.from({ length: 8 }, () => random() - 0.5);
    return { issue, embedding, encoderLogits: [0, 0, 0], seen: false };
  });
  return { rows, terms: tabulate(rows.map(({ issue }) => termsOf(issue))) };
}

const plan = planModel([], [{ labels: ['bug'], complete: false, exclusive: false }], 1);

const noise = (random: Random, words: number) => `n${Math.floor(words * random())}`;

describe('chooseStrengths', () => {
  it('regularises less where one word among many tells', async () => {
    const history = historyOf((bug, random) => [
      `tell${Math.floor(random() * 6) * 2 + (bug ? 1 : 0)}`,
      ...Array.from({ length: 150 }, () => noise(random, 60)),
    ]);
    expect((await chooseStrengths(history, plan)).text).toBe(30);
  });

  it('regularises more where labels are often wrong', async () => {
    const history = historyOf((bug, random) => [
      bug === random() < 0.35 ? 'wish' : 'crash',
      ...Array.from({ length: 20 }, () => noise(random, 300)),
    ]);
    expect((await chooseStrengths(history, plan)).text).toBe(3);
  });

  it('keeps the first of each where too few issues can tell', async () => {
    const history = historyOf((bug) => [bug ? 'crash' : 'wish'], 400);
    expect(await chooseStrengths(history, plan)).toEqual({ text: 10, embedding: 1 });
  });
});
