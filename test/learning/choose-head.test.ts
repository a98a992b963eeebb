import { describe, expect, it } from 'vitest';
import { chooseHead } from '../../src/learning/choose-head.js';
import type { Example } from '../../src/learning/labelled-issue.js';
import { learnHead } from '../../src/learning/learn-head.js';
import { anExample, labelled, WORDS } from '../support/an-example.js';

const encoder = { name: 'encoder', version: '1', temperature: 1 };
const learn = (examples: readonly Example[], learnedAt: string) =>
  learnHead(examples, { encoder, precision: 0.9, learnedAt });

const examples = Array.from({ length: 120 }, (_, index) => anExample(index));
const old = examples.slice(0, 96);
const LEARNED = old.at(-1)?.issue.createdAt ?? '';
const NOW = '2026-01-01T00:00:00.000Z';

/** Labels that nothing in the issue tells. */
function atRandom(example: Example, index: number): Example {
  return labelled(example, [`area: ${WORDS[(index * index + (index >> 2)) % WORDS.length]}`]);
}

describe('chooseHead', () => {
  it('takes a head whose way of learning does better on the newest issues', async () => {
    const astray = old.map((example, index) =>
      labelled(example, [`area: ${WORDS[(index + 1) % WORDS.length]}`]),
    );
    const choice = await chooseHead(
      await learn(astray, LEARNED),
      await learn(examples, NOW),
      examples,
    );
    expect(choice).toMatchObject({ take: true });
    expect(choice.because).toMatch(/^It is better: .* newest 20 examples/);
    // By label and issue: three labels that are told well, against three that are not.
    const [better = 9, worse = 9] = (choice.because.match(/\d\.\d{3}/g) ?? []).map(Number);
    expect(better).toBeLessThan(0.1);
    expect(worse).toBeGreaterThan(0.5);
    expect(worse).toBeLessThan(5);
  });

  it('takes a head that knows a label that is new since, long before there is a quarter more', async () => {
    const known = 400;
    const renamed = Array.from({ length: known + 90 }, (_, index) => {
      const example = anExample(index);
      const isNew = index >= known && example.issue.labels[0] === `area: ${WORDS[0]}`;
      return isNew ? labelled(example, ['area: mobile']) : example;
    });
    const last = renamed[known - 1]?.issue.createdAt ?? '';
    const before = await learn(renamed.slice(0, known), last);
    const choice = await chooseHead(before, await learn(renamed, NOW), renamed);
    expect(choice).toMatchObject({ take: true });
    expect(choice.because).toContain('newest 45 examples');
  });

  it('holds it against no head that it does not know a label that is gone', async () => {
    const known = 400;
    // Since then some issues of one area are called another.
    const history = Array.from({ length: known + 90 }, (_, index) => {
      const example = anExample(index);
      const isMoved = index >= known && index % 18 === 0;
      return isMoved ? labelled(example, [`area: ${WORDS[1]}`]) : example;
    });
    const withAnother = history
      .slice(0, known)
      .map((example, index) =>
        index % 7 === 0 ? labelled(example, [...example.issue.labels, 'gone']) : example,
      );
    const before = await learn(withAnother, history[known - 1]?.issue.createdAt ?? '');
    const choice = await chooseHead(before, await learn(history, NOW), history);
    expect(choice).toMatchObject({ take: true });
  });

  it('takes none for having learned the answers by heart', async () => {
    const noise = examples.map(atRandom);
    const before = await learn(noise.slice(0, 96), LEARNED);
    const choice = await chooseHead(before, await learn(noise, NOW), noise);
    expect(choice).toMatchObject({ take: false });
    expect(choice.because).toMatch(/^It is not better: /);
  });

  it('compares on the newest fifth where hardly anything came since', async () => {
    const head = await learn(examples, NOW);
    const choice = await chooseHead(head, head, examples);
    expect(choice.take).toBe(false);
    expect(choice.because).toContain('newest 24 examples');
  });

  it('is judged by no label of which nobody knows who put it there', async () => {
    const astray = old.map((example, index) =>
      labelled(example, [`area: ${WORDS[(index + 1) % WORDS.length]}`]),
    );
    // The same history as above, but strangers labelled the newest issues, and not so in truth.
    const strangers = examples.map((example, index) => {
      const { issue } = example;
      const own = { ...issue, labels: ['triaged'], unsure: issue.labels };
      return index < 96 ? example : { ...example, issue: own };
    });
    const before = await learn(astray, LEARNED);
    const choice = await chooseHead(before, await learn(examples, NOW), strangers);
    expect(choice.take).toBe(false);
    expect(choice.because).toContain('0.000 against 0.000');
  });

  it('changes nothing where too few issues are unseen by the encoder', async () => {
    const seen = examples.map((example, index) => ({ ...example, seen: index >= 15 }));
    const head = await learn(seen, NOW);
    expect(await chooseHead(head, head, seen)).toEqual({
      take: false,
      because: 'There are 15 new examples to compare on.',
    });
  });

  it('changes nothing where too little came before the newest issues', async () => {
    const few = examples.slice(0, 36);
    const head = await learn(few, NOW);
    const choice = await chooseHead(head, head, few);
    expect(choice.take).toBe(false);
    expect(choice.because).toContain('too little before');
  });
});
