import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Head, headSchema } from '../../src/learning/head.js';
import { packFloats } from '../../src/learning/pack-numbers.js';
import { HeadError, readyHead, scoreWithHead } from '../../src/learning/score-with-head.js';
import { aHead } from '../support/a-head.js';

const ISSUE = { title: 'The printer prints blank pages', body: 'Every morning.' };
const ENCODING = { logits: [0, 0, 0], embedding: Float32Array.of(0, 1) };

let head: Head;
beforeAll(async () => {
  head = await aHead();
});

/** The head as it would be read, with something changed. */
function changed(change: (json: Head) => void): unknown {
  const json = JSON.parse(JSON.stringify(head)) as Head;
  change(json);
  return json;
}

describe('scoreWithHead', () => {
  it('says the same once the head was written and read', () => {
    const read = headSchema.parse(JSON.parse(JSON.stringify(head)));
    const before = scoreWithHead(readyHead(head), ISSUE, ENCODING);
    const after = scoreWithHead(readyHead(read), ISSUE, ENCODING);
    expect([...after]).toEqual([...before]);
    expect(after.get('area: printing')?.probability).toBeGreaterThan(0.8);
    expect(after.get('area: printing')?.likeliest).toBe(true);
  });

  it.each([0, 1, 3, 384])('refuses an encoding of %i numbers, not of two', (width) => {
    const encoding = { logits: [0, 0, 0], embedding: new Float32Array(width).fill(0.1) };
    const score = () => scoreWithHead(readyHead(head), ISSUE, encoding);
    expect(score).toThrow(HeadError);
    expect(score).toThrow(`learned from encodings of 2 numbers, not of ${width}`);
  });

  it('gives probabilities for whatever text', () => {
    const ready = readyHead(head);
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, fc.option(text), (title, body) => {
        const scores = scoreWithHead(ready, { title, body }, ENCODING);
        expect(scores.size).toBe(2);
        for (const score of scores.values()) {
          expect(score.probability).toBeGreaterThanOrEqual(0);
          expect(score.probability).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('headSchema', () => {
  it.each<[string, (json: Record<string, unknown> & Head) => void]>([
    ['another schema', (json) => Object.assign(json, { schema: 1 })],
    ['no groups', (json) => Object.assign(json, { groups: undefined })],
    ['a threshold above 1', (json) => Object.assign(json.labels[0] ?? {}, { threshold: 7 })],
    ['a nameless label', (json) => Object.assign(json.labels[0] ?? {}, { name: '' })],
    ['an infinite mixture', (json) => Object.assign(json.groups[0]?.mixture ?? {}, { text: null })],
    ['weights in no base64', (json) => Object.assign(json.text, { idf: '../../etc/passwd!' })],
    ['a cut number', (json) => Object.assign(json.text, { idf: 'AAAAAAA=' })],
  ])('refuses %s', (_, change) => {
    expect(headSchema.safeParse(changed(change as (json: Head) => void)).success).toBe(false);
  });
});

describe('readyHead', () => {
  const [none, one] = [packFloats(new Float32Array()), packFloats(Float32Array.of(1))];
  const four = packFloats(Float32Array.of(1, 1, 1, 1));
  it.each<[string, (json: Head) => void, RegExp]>([
    ['terms', (json) => Object.assign(json.text, { idf: one }), /sizes differ/],
    [
      'text weights',
      (json) => Object.assign(json.groups[0] ?? {}, { textWeights: none }),
      /sizes of "area: \w+" differ/,
    ],
    [
      'calibration',
      (json) => Object.assign(json.groups[0]?.calibration ?? {}, { intercepts: [] }),
      /sizes of "area: \w+" differ/,
    ],
    [
      'numbers',
      (json) =>
        Object.assign(json.groups[0] ?? {}, {
          embeddingWeights: packFloats(Float32Array.of(1, Number.NaN, 1)),
        }),
      /are no numbers/,
    ],
    [
      'encodings',
      (json) => Object.assign(json.groups[0] ?? {}, { embeddingWeights: one }),
      /sizes of "area: \w+" differ/,
    ],
    [
      'encodings, group by group,',
      (json) => {
        const [group] = json.groups;
        if (group) json.groups.push({ ...group, labels: ['x', 'y'], embeddingWeights: four });
        json.labels.push(...json.labels.map((label, n) => ({ ...label, name: 'xy'[n] ?? '' })));
      },
      /sizes of "x" differ/,
    ],
    ['labels', (json) => json.labels.pop(), /labels are not those/],
  ])('refuses a head whose %s do not fit', (_, change, message) => {
    const damaged = headSchema.parse(changed(change));
    expect(() => readyHead(damaged)).toThrow(HeadError);
    expect(() => readyHead(damaged)).toThrow(message);
  });
});
