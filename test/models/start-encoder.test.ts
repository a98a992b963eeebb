import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Encoder, EncoderStoppedError } from '../../src/models/encoder.js';
import { loadEncoderSession } from '../../src/models/encoder-session.js';
import { ModelError } from '../../src/models/model-error.js';
import { CHANGE_ENCODER, ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { startEncoder } from '../../src/models/start-encoder.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { scoreIssue } from '../../src/triage/score-issue.js';
import { BUILT_WORKER, copyModel, type ModelCopy } from '../support/copy-model.js';
import { CLEAR } from '../support/run-sentinel.js';

const start = () => startEncoder({ workerUrl: BUILT_WORKER });
let encoder: Encoder;
beforeAll(async () => {
  encoder = await start();
});
afterAll(() => encoder?.close());

describe('the encoder', () => {
  it('gives finite logits and an embedding of unit length', async () => {
    const { logits, embedding, tokens, ms } = await encoder.classify('It crashes on start');
    expect(logits).toHaveLength(3);
    expect(logits.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 3);
    expect(tokens).toBeGreaterThan(2);
    expect(ms).toBeGreaterThan(0);
  });

  it.each(['bug', 'feature', 'question'] as const)(
    'finds a clear %s the likeliest',
    async (kind) => {
      const text = prepareIssue(CLEAR[kind]);
      const { logits } = await encoder.classify(text);
      const scores = scoreIssue(logits, encoder.manifest.temperature);
      expect(scores[kind]).toBe(Math.max(scores.bug, scores.feature, scores.question));
    },
  );

  it('says the same of the same text, in its thread and in this one', async () => {
    const session = await loadEncoderSession(ISSUE_ENCODER, 1);
    const [a, b, here] = await Promise.all([
      encoder.classify('Please add a dark theme'),
      encoder.classify('Please add a dark theme'),
      session.encode('Please add a dark theme'),
    ]);
    expect(b.logits).toEqual(a.logits);
    expect(here.logits).toEqual(a.logits);
  });

  it('answers fifty in order, and the event loop stays free meanwhile', async () => {
    const texts = Array.from({ length: 50 }, (_, i) => `Issue ${i}: ${'it crashes '.repeat(i)}`);
    const order: number[] = [];
    let ticks = 0;
    let busy = true;
    const tick = (): void => {
      ticks += 1;
      if (busy) setImmediate(tick);
    };
    setImmediate(tick);
    const lengths = await Promise.all(
      texts.map(async (text, i) => {
        const { tokens } = await encoder.classify(text);
        order.push(i);
        return tokens;
      }),
    );
    busy = false;
    expect(order).toEqual(texts.map((_, i) => i));
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(ticks).toBeGreaterThan(texts.length);
  });

  it.each([
    ['nothing', ''],
    ['null bytes', '\u0000'.repeat(100)],
    ['half characters', '\ud83d \udc1b \ud83d'],
    ['one character a million times', 'a'.repeat(1_000_000)],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['emoji', '🐛'.repeat(5000)],
    ['combining marks', `e${'\u0301'.repeat(5000)}`],
    ['directions', '\u202e\u2066 evil \u2069'],
    ['its own special tokens', '[CLS] [SEP] [PAD] [MASK] [UNK]'.repeat(100)],
    ['every script', '漢字 العربية हिन्दी ไทย 한국어 עברית'.repeat(200)],
  ])('survives %s', async (_, text) => {
    const { logits, tokens } = await encoder.classify(text);
    expect(logits.every(Number.isFinite)).toBe(true);
    expect(tokens).toBeGreaterThanOrEqual(2);
    expect(tokens).toBeLessThanOrEqual(encoder.manifest.maxTokens);
  });
});

describe('a model beside the first', () => {
  let copy: ModelCopy;
  beforeEach(() => {
    copy = copyModel();
  });
  afterEach(() => copy.remove());
  const kind = () => ({ ...ISSUE_ENCODER, directory: copy.directory });

  /** Gives the copy a linear model that is sure of the third label where bucket 1 is set. */
  async function addLinear(weight: number): Promise<void> {
    const weights = Int8Array.from([0, 0, 0, 0, 0, 127]);
    await writeFile(join(copy.directory, 'linear.bin'), weights);
    const file = join(copy.directory, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { files: object[] };
    const sha256 = createHash('sha256').update(weights).digest('hex');
    const files = [...manifest.files, { path: 'linear.bin', bytes: weights.length, sha256 }];
    const scales = [1, 1, 1];
    const linear = { file: 'linear.bin', buckets: 2, scales, biases: [0, 0, 0] };
    const changed = { ...manifest, files, linear: { ...linear, temperature: 1, weight } };
    await writeFile(file, JSON.stringify(changed));
  }

  it('answers in the same thread, and is loaded at its first text', async () => {
    const other = await encoder.beside(kind());
    await rename(copy.modelFile, `${copy.modelFile}.away`);
    await expect(other.classify('It crashes')).rejects.toThrow('is missing');
    await rename(`${copy.modelFile}.away`, copy.modelFile);
    const { logits } = await other.classify('It crashes');
    expect(logits).toEqual((await encoder.classify('It crashes')).logits);
    expect(other.manifest).toEqual(encoder.manifest);
  });

  it('listens to its linear model where it is given features', async () => {
    await addLinear(0.5);
    const other = await encoder.beside(kind());
    const alone = await other.classify('It crashes');
    expect(alone.logits).toEqual((await encoder.classify('It crashes')).logits);
    const { logits } = await other.classify('It crashes', [1]);
    expect(logits.indexOf(Math.max(...logits))).toBe(2);
    await writeFile(join(copy.directory, 'linear.bin'), 'others');
    const changed = await startEncoder({ workerUrl: BUILT_WORKER, modelDirectory: copy.directory })
      .then(() => 'started')
      .catch(String);
    expect(changed).toMatch(/linear\.bin is corrupt/);
  });

  it('is refused by name when it is missing or another', async () => {
    const directory = join(copy.directory, 'nothing');
    await expect(encoder.beside({ ...ISSUE_ENCODER, directory })).rejects.toThrow(ModelError);
    const another = encoder.beside({ ...CHANGE_ENCODER, directory: copy.directory });
    await expect(another).rejects.toThrow(/its labels must be feat, fix/);
  });
});

describe('an encoder that ends', () => {
  it('when closed, fails what waits and what comes later, and says so', async () => {
    const closing = await start();
    const waiting = Array.from({ length: 5 }, (_, i) => closing.classify(`Text ${i}`));
    const settled = Promise.allSettled(waiting);
    await closing.close();
    for (const { status } of await settled) expect(status).toBe('rejected');
    await expect(closing.classify('Later')).rejects.toBeInstanceOf(EncoderStoppedError);
    expect(await closing.stopped).toBeInstanceOf(EncoderStoppedError);
    await closing.close();
  });

  it('before it was ready, is told instead of waited for', async () => {
    const workerUrl = new URL('data:text/javascript,process.exit(0)');
    await expect(startEncoder({ workerUrl })).rejects.toThrow('ended before it was ready');
  });

  it('with an exception while it starts, fails with it', async () => {
    const workerUrl = new URL('data:text/javascript,throw new Error("no such thread")');
    await expect(startEncoder({ workerUrl })).rejects.toThrow('no such thread');
  });
});
