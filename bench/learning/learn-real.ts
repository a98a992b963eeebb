/** `learn-real.ts FILE COUNT`: encodes and learns, then learns again from what is remembered. */
import { encodeTexts } from '../../src/handlers/encode-text.js';
import { startEncoder } from '../../src/models/start-encoder.js';
import { openStore } from '../../src/store/open-store.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { readIssues, sample } from '../encoder/issues.js';
import { type LearningFigures, learnLabels, startMeasuring } from './figures.js';

const [file = '', count = ''] = process.argv.slice(2);
const issues = sample(readIssues(file), Number(count)).map(
  ({ title, body, label, repository }, index) => ({
    title,
    body,
    labels: [label, `area: ${repository}`],
    createdAt: new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(),
  }),
);
const workerUrl = new URL('../../dist/models/encoder-worker.js', import.meta.url);
const encoder = await startEncoder({ workerUrl, threads: 2 });
const store = await openStore('sqlite::memory:');
const context = { encoder, store };

async function measure(name: string): Promise<LearningFigures> {
  const figures = startMeasuring();
  const texts = issues.map((issue, number) => ({ number, text: prepareIssue(issue) }));
  const encodings = await encodeTexts('made/up', texts, context);
  const examples = issues.flatMap((issue, index) => {
    const encoding = encodings[index];
    // Judged like any other, though the encoder may know them: the time counts here, not the figures.
    return encoding ? [{ issue, text: texts[index]?.text ?? '', encoding, seen: false }] : [];
  });
  const labels = await learnLabels(examples);
  return { name, issues: issues.length, labels, ...figures() };
}

const figures = [await measure('with the encoder'), await measure('from remembered encodings')];
await encoder.close();
await store.close();
console.log(JSON.stringify(figures));
