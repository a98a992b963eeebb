/** `learn-made-up.ts COUNT`: learns 20 labels of made-up issues from made-up encodings. */
import type { Example } from '../../src/learning/labelled-issue.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { randomFrom } from '../../test/support/random-from.js';
import { learnLabels, startMeasuring } from './figures.js';

const TYPES = ['bug', 'enhancement', 'question', 'documentation'];
const AREAS = Array.from({ length: 16 }, (_, index) => `part ${'abcdefghijklmnop'[index]}`);
const DIMENSIONS = 384;
const WORDS = 20_000;
const BODY_WORDS = 120;
/** How often a word is one that belongs to the issue's labels. */
const TELLING = 0.1;

const random = randomFrom(20);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
/** Few words are frequent, most are rare, as in any language. */
const word = () => `w${Math.floor(WORDS ** random()).toString(26)}`;

function writeExample(index: number): Example {
  const labels = [pick(TYPES), ...AREAS.filter(() => random() < 0.08)];
  const write = (words: number) =>
    Array.from({ length: words }, () =>
      random() < TELLING ? `${pick(labels).replace(' ', '')}${Math.floor(random() * 20)}` : word(),
    ).join(' ');
  const embedding = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  for (const label of labels) {
    const at = [...TYPES, ...AREAS].indexOf(label);
    embedding[at] = (embedding[at] ?? 0) + 2;
  }
  const length = Math.hypot(...embedding);
  const createdAt = new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString();
  const issue = { title: write(8), body: write(BODY_WORDS), labels, createdAt };
  return {
    issue,
    text: prepareIssue(issue),
    encoding: {
      logits: [random(), random(), random()],
      embedding: embedding.map((value) => value / length),
    },
    seen: false,
  };
}

const examples = Array.from({ length: Number(process.argv[2]) }, (_, index) => writeExample(index));
const measured = startMeasuring();
const labels = await learnLabels(examples);
const name = 'many, from cached encodings';
const figures = [{ name, issues: examples.length, labels, ...measured() }];
console.log(JSON.stringify(figures));
