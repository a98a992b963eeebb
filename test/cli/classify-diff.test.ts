import { describe, expect, it } from 'vitest';
import { roundTypeScores, scoreFiles } from '../../src/cli/classify-change.js';
import { classifyDiffLines, MAX_DIFF_LINE_BYTES } from '../../src/cli/classify-diff-lines.js';
import { describeChange } from '../../src/cli/describe-change.js';
import type { Classifier } from '../../src/models/encoder.js';
import type { ModelManifest } from '../../src/models/manifest.js';
import { CHANGE_ENCODER, type ChangeLabel } from '../../src/models/model-kind.js';
import { assessChange } from '../../src/triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../../src/triage/change-size.js';
import { CHANGE_TYPES } from '../../src/triage/changed-file.js';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { aFile, scoresWith, thresholdsOf } from '../support/a-change.js';
import { sentinel } from './run.js';

const manifest: ModelManifest<ChangeLabel> = {
  schema: 1,
  name: 'change-encoder',
  version: 'test',
  licence: 'MIT',
  base: 'none',
  preparation: 1,
  labels: CHANGE_ENCODER.labels,
  maxTokens: 8,
  inputs: ['input_ids', 'attention_mask'],
  temperature: 1,
  thresholds: thresholdsOf(0.8),
  files: [],
  data: [],
  measured: {},
};

/** Sure of `docs` when a file of docs changes; no model needed. */
const kindClassifier: Classifier<ChangeLabel> = {
  manifest,
  classify: async (text, features) => ({
    logits: CHANGE_TYPES.map((type) => (type === 'docs' && text.includes('docs 1') ? 30 : 0)),
    embedding: new Float32Array(features?.length ?? 0),
    tokens: 1,
    ms: 1,
  }),
};

const README =
  'diff --git a/README.md b/README.md\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-a\n+b\n';

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('classifyDiffLines', () => {
  it('answers in order, and a bad line in its place', async () => {
    const rows = [
      JSON.stringify({ title: 'Tell more', diff: README }),
      JSON.stringify({ diff: README, repo: 'octo/widgets' }),
      JSON.stringify({ title: null, diff: ' \n' }),
      JSON.stringify({ diff: 'Binary files differ' }),
      '{"title":"x"}',
      '[]',
      'nope',
      JSON.stringify({ diff: README.replace('-a\n+b', '[-a-]{+b+}') }),
    ];
    const lines = [];
    for await (const line of classifyDiffLines(kindClassifier, bytes(rows.join('\n')))) {
      lines.push(JSON.parse(line.json));
    }
    expect(lines.map(({ type, error }) => type ?? error ?? null)).toEqual([
      'docs',
      'docs',
      'line 3: "diff" holds no changed file',
      'line 4: "diff" holds no changed file',
      'line 5: "diff" must be a string',
      'line 6: must be an object with "title" and "diff"',
      'line 7: is not JSON',
      'line 8: "diff" was written with --word-diff',
    ]);
    for (const { scores } of lines.slice(0, 2)) {
      expect(Object.keys(scores)).toEqual([...CHANGE_TYPES]);
      const sum = Object.values<number>(scores).reduce((total, score) => total + score, 0);
      expect(sum).toBeCloseTo(1, 4);
    }
    expect(lines[0].ms).toBeGreaterThan(0);
  });

  it('takes lines of twenty megabytes', () => {
    expect(MAX_DIFF_LINE_BYTES).toBeGreaterThan(2 * 20 * 1024 * 1024);
  });
});

describe('scoreFiles', () => {
  it('asks with text and features, whatever the type in the title', async () => {
    const files = parseDiff(README);
    const { scores } = await scoreFiles(kindClassifier, { title: 'feat: tell more', files });
    expect(roundTypeScores(scores).docs).toBe(1);
  });
});

describe('describeChange', () => {
  it('shows type, reasons and what counted, and nothing that moves a terminal', () => {
    const scores = scoresWith('feat', 0.97);
    const files = [aFile('src/\u001b[31mdoor.ts'), aFile('yarn.lock')];
    const assessment = assessChange({
      title: 'Add \u202ea door',
      body: null,
      files,
      scores,
      thresholds: thresholdsOf(0.8),
      sizes: DEFAULT_SIZE_THRESHOLDS,
      conventional: true,
      hasTests: false,
    });
    const because = [{ path: 'src/\u001b[31mdoor.ts', hunk: '@@ -1 +1 @@ f\r', weight: 0.25 }];
    const text = describeChange({ assessment, scores, because }, false);
    expect(text.split('\n')[0]).toBe('feat');
    expect(text).toContain('Set aside: yarn.lock');
    expect(text).toContain('Suggested title: feat: add');
    expect(text).toContain('+25.0 points by src/ [31mdoor.ts @@ -1 +1 @@ f');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('describeChange and a title that states a type', () => {
  const headOf = (title: string) => {
    const scores = scoresWith('feat', 0.5);
    const rest = { sizes: DEFAULT_SIZE_THRESHOLDS, conventional: true, hasTests: false };
    const thresholds = thresholdsOf(0.8);
    const files = [aFile('src/door.ts')];
    const assessment = assessChange({ title, body: null, files, scores, thresholds, ...rest });
    return describeChange({ assessment, scores, because: null }, false).split('\n')[0];
  };

  it.each([
    ['fix: a door', 'fix'],
    ['revert: a door', 'none of the ten types'],
    ['A door', 'not sure'],
  ])('of %j the headline is %j', (title, head) => {
    expect(headOf(title)).toBe(head);
  });
});

describe('sentinel classify-diff', () => {
  it.each([['--title', 'x'], ['--why']])('takes no %s with --jsonl', async (...words) => {
    const { code, stderr } = await sentinel(['classify-diff', '--jsonl', ...words], { input: '' });
    expect(code).toBe(2);
    expect(stderr).toContain('--jsonl');
  });

  it('tells a file that is not there before it loads a model', async () => {
    const { code, stderr } = await sentinel(['classify-diff', '/no/such.patch']);
    expect(code).toBe(1);
    expect(stderr).toBe('error: /no/such.patch cannot be read (ENOENT)\n');
  });

  it('names the model file that is missing', async () => {
    const { code, stderr } = await sentinel(['classify-diff', '--model', '/no/model'], {
      input: README,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('/no/model/manifest.json cannot be read');
  });
});
