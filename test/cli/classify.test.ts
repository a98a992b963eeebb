import { describe, expect, it } from 'vitest';
import { boundedLines } from '../../src/cli/bounded-lines.js';
import { classifyLines, MAX_LINE_BYTES } from '../../src/cli/classify-lines.js';
import { parseIssueMarkdown } from '../../src/cli/classify-text.js';
import { learnHead } from '../../src/learning/learn-head.js';
import { readyHead } from '../../src/learning/score-with-head.js';
import type { Classifier } from '../../src/models/encoder.js';
import { readManifest } from '../../src/models/manifest.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { anExample } from '../support/an-example.js';

/** Sure of "bug" when the text says so; no model needed. */
async function wordEncoder(): Promise<Classifier> {
  return {
    manifest: await readManifest(ISSUE_ENCODER),
    classify: async (text) => ({
      logits: text.includes('crash') ? [30, 0, 0] : [0, 0, 0],
      embedding: new Float32Array(),
      tokens: 1,
      ms: 1,
    }),
  };
}

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('boundedLines', () => {
  it('joins what chunks cut, characters of several bytes included', async () => {
    const whole = Buffer.from('aé\nb');
    const cut = async function* () {
      for (const byte of whole) yield Uint8Array.of(byte);
    };
    expect(await collect(boundedLines(cut(), 10))).toEqual([
      { number: 1, text: 'aé' },
      { number: 2, text: 'b' },
    ]);
  });

  it('skips a line over the limit and goes on', async () => {
    expect(await collect(boundedLines(bytes('12', '345', '6\nok\n'), 4))).toEqual([
      { number: 1, tooLong: true },
      { number: 2, text: 'ok' },
    ]);
  });

  it('holds nothing of an endless line', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x61);
    const endless = async function* () {
      for (let count = 0; count < 500; count += 1) yield chunk;
    };
    const before = process.memoryUsage().rss;
    expect(await collect(boundedLines(endless(), 1024))).toEqual([{ number: 1, tooLong: true }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('classifyLines', () => {
  it('answers in order, and a bad line in its place', async () => {
    const input = bytes(
      '\ufeff{"title":"crash","body":null}\nnot json\n{"title":1}\n\n[]\n',
      `{"title":"${'x'.repeat(MAX_LINE_BYTES)}"}\n{"title":"hello","repo":"octo/widgets"}`,
    );
    const lines = await collect(classifyLines(await wordEncoder(), input));
    expect(lines.map(({ json }) => JSON.parse(json))).toEqual([
      { label: 'bug', scores: { bug: 1, feature: 0, question: 0 }, ms: expect.any(Number) },
      { error: 'line 2: is not JSON' },
      { error: 'line 3: "title" must be a string' },
      { error: 'line 4: is empty' },
      { error: 'line 5: must be an object with "title" and "body"' },
      { error: `line 6: is longer than ${MAX_LINE_BYTES} bytes` },
      { label: null, scores: expect.anything(), ms: expect.any(Number) },
    ]);
    expect(lines.map(({ failed }) => failed)).toEqual([false, true, true, true, true, true, false]);
  });
});

describe('classifyLines with a head', () => {
  it('reads of an issue what the head learned from, such as who wrote it', async () => {
    const encoder = await wordEncoder();
    const { name, version, temperature } = encoder.manifest;
    const examples = Array.from({ length: 160 }, (_, index) => {
      const isMember = index % 2 === 0;
      const issue = {
        ...{ title: `Number ${index}`, body: anExample(index).issue.body },
        labels: [isMember ? 'from: team' : 'from: users'],
        createdAt: new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(),
        authorAssociation: isMember ? 'MEMBER' : 'NONE',
      };
      const encoding = { logits: [0, 0, 0], embedding: Float32Array.of(1) };
      return { issue, text: `${issue.title} ${issue.body}`, encoding, seen: false };
    });
    const learnedAt = '2026-01-01T00:00:00.000Z';
    const learning = { encoder: { name, version, temperature }, precision: 0.9, learnedAt };
    const head = readyHead(await learnHead(examples, learning));
    const line = (association: string | null) =>
      `${JSON.stringify({ title: 'Number', body: 'one', author_association: association })}\n`;
    const same: Classifier = {
      ...encoder,
      classify: async () => ({
        ...{ logits: [0, 0, 0], embedding: Float32Array.of(1), tokens: 1, ms: 1 },
      }),
    };
    const lines = await collect(
      classifyLines(same, bytes(line('MEMBER'), line('NONE'), line(null)), head),
    );
    const [member, user, unknown] = lines.map(
      ({ json }) => JSON.parse(json).scores['from: team'] as number,
    );
    expect(member).toBeGreaterThan(0.6);
    expect(user).toBeLessThan(0.4);
    expect(unknown).toBeGreaterThan(user ?? 1);
  });
});

describe('parseIssueMarkdown', () => {
  it.each([
    ['# Title\n\nBody\nmore', { title: 'Title', body: 'Body\nmore' }],
    ['\ufeff\n\n  Title\r\nBody', { title: 'Title', body: 'Body' }],
    ['Only', { title: 'Only', body: '' }],
    ['#123 is back\n', { title: '#123 is back', body: '' }],
    [' \n ', null],
  ])('reads %j', (text, issue) => {
    expect(parseIssueMarkdown(text)).toEqual(issue);
  });
});
