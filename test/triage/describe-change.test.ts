import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessChange } from '../../src/triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../../src/triage/change-size.js';
import { CHANGE_TYPES, type ChangedFile } from '../../src/triage/changed-file.js';
import { codeSpan } from '../../src/triage/code-span.js';
import { describeChange } from '../../src/triage/describe-change.js';
import type { TypeScores } from '../../src/triage/score-change.js';
import { suggestChange } from '../../src/triage/suggest-change.js';
import { aFile, scoresWith, thresholdsOf } from '../support/a-change.js';
import { outsideCode } from '../support/outside-code.js';

const even = Object.fromEntries(CHANGE_TYPES.map((type) => [type, 0.1])) as TypeScores;

function described(...change: Parameters<typeof aChange>) {
  return describeChange(aChange(...change));
}

function aChange(title = 'Add it', paths: readonly string[] = ['src/a.ts'], hunk = '@@ -1 +1 @@') {
  const files: ChangedFile[] = paths.map((path) => ({
    path,
    previousPath: null,
    status: 'modified',
    additions: 1,
    deletions: 0,
    patch: null,
  }));
  const assessment = assessChange({
    title,
    body: null,
    files,
    scores: even,
    thresholds: even,
    sizes: DEFAULT_SIZE_THRESHOLDS,
    conventional: true,
    hasTests: false,
  });
  return {
    assessment,
    scores: even,
    model: 'a-model 1',
    paths,
    changedFiles: paths.length + 1,
    labels: paths.slice(0, 3),
    attributions: paths.slice(0, 2).map((path) => ({ path, hunk, weight: 0.4 })),
    reasons: [...assessment.reasons, { code: 'quoted', text: `It says "${title}".` }],
  };
}

const HOSTILE = [
  '`',
  '``` x',
  'a`b``c',
  '@octocat',
  '</details><img src=x onerror=alert(1)>',
  '[x](https://evil.test)',
  'line\n## heading\n- @everyone',
  '\u202egub\u202c',
  '<!-- sentinel:suggestion -->',
  '../../etc/passwd',
  ' ',
  '',
  'a'.repeat(5000),
  '\ud83d',
];

describe('the check of a change', () => {
  it.each(HOSTILE)('shows nothing of %j outside inline code', (text) => {
    const { title, summary } = described(text, [text, `${text}/b.ts`], text);
    expect(title).toMatch(/^[\w ·]+$/);
    const outside = outsideCode(summary);
    expect(outside).not.toMatch(/@|https?:|onerror|<(?!\/?sub>)|\p{Cf}/u);
    expect(outside).not.toMatch(/^##/m);
  });

  it('is bounded and safe whatever the names are', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE));
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 30 }), name, (title, paths, hunk) => {
        const { summary } = described(title, paths, hunk);
        expect(summary.length).toBeLessThan(65_535);
        // One line each: no name begins a line of its own.
        for (const line of summary.split('\n').filter((part) => part !== '')) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(line).toMatch(/^(?:\*\*|- |<sub>`|The change |Titles here |Only |`|\(empty\))/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('reads like this', () => {
    const { title, summary } = described('fix: open the door', ['src/doors/open.ts']);
    expect(title).toMatchInlineSnapshot(`"fix · size XS"`);
    expect(summary).toMatchInlineSnapshot(`
      "**Type:** fix, as the title says. The change reads like feat (10.0 %), fix (10.0 %), docs (10.0 %).

      **Size:** XS, 1 line in 1 file written by hand.

      **Touches**

      - \`src/doors\`, 1 file

      Only 1 of 2 files were read.

      **Labels that fit**

      - \`src/doors/open.ts\`

      **What spoke for feat**

      - \`src/doors/open.ts\` \`@@ -1 +1 @@\`: 40.0 % of the probability rests on it

      **Why**

      - The title says fix; that stands.
      - Size XS: 1 line in 1 file.
      - It says \`fix: open the door\`.

      <sub>\`a-model 1\` read this on the maintainers’ own machine. This check never fails.</sub>"
    `);
  });

  it('reads like this to a maintainer who asks why', () => {
    const paths = [
      'src/api/open.ts',
      'src/api/close.ts',
      'docs/`@octocat`.md',
      'package-lock.json',
    ];
    const files = paths.map((path) => aFile(path, ['-export function open() {}', '+// gone']));
    const assessment = assessChange({
      title: 'Open doors',
      body: null,
      files,
      scores: scoresWith('refactor', 0.91),
      thresholds: thresholdsOf(0.8),
      sizes: DEFAULT_SIZE_THRESHOLDS,
      conventional: true,
      hasTests: true,
    });
    const more = [
      { code: 'rules', text: 'Rules match for "area: api", "`@octo/team`".' },
      { code: 'human-removed', text: 'A person took "size/S", a size label, off; that stands.' },
      { code: 'labeler-missing', text: 'There is no .github/labeler.yml.' },
      {
        code: 'no-label',
        text: 'The repository has no label for breaking; "breaking" would be created only with create_labels: true.',
      },
      { code: 'learned', text: '"team: doors" fits: 96.2 %, and 95.0 % is enough.' },
    ];
    const { title, summary } = describeChange({
      assessment,
      scores: scoresWith('refactor', 0.91),
      model: 'change-encoder 1',
      paths,
      changedFiles: paths.length,
      labels: ['refactor', 'area: api'],
      attributions: [{ path: 'src/api/open.ts', hunk: '@@ -1 +1 @@ open()', weight: 0.31 }],
      reasons: [...assessment.reasons, ...more],
    });
    expect(title).toMatchInlineSnapshot(`"refactor · size XS · breaking"`);
    expect(summary).toMatchInlineSnapshot(`
      "**Type:** refactor. The change reads like refactor (91.0 %), feat (1.0 %), fix (1.0 %).

      Titles here follow Conventional Commits; this one could be:

      \`refactor: open doors\`

      **Size:** XS, 6 lines in 3 files written by hand.

      **Touches**

      - \`src/api\`, 2 files
      - \`docs\`, 1 file

      **Set aside (generated, vendored, lock and snapshot files)**

      - \`package-lock.json\`

      **Labels that fit**

      - \`refactor\`
      - \`area: api\`

      **What spoke for refactor**

      - \`src/api/open.ts\` \`@@ -1 +1 @@ open()\`: 31.0 % of the probability rests on it

      **Why**

      - The change reads like refactor: 91.0 %, and 80.0 % is enough for refactor.
      - Size XS: 6 lines in 3 files; 1 file set aside as generated or copied.
      - Public names went away: \`open\`.
      - Source changes, and no test changes with it.
      - Rules match for \`area: api\`, \`\` \`@octo/team\` \`\`.
      - A person took \`size/S\`, a size label, off; that stands.
      - There is no \`.github/labeler.yml\`.
      - The repository has no label for breaking; \`breaking\` would be created only with \`create_labels\`: true.
      - \`team: doors\` fits: 96.2 %, and 95.0 % is enough.

      <sub>\`change-encoder 1\` read this on the maintainers’ own machine. This check never fails.</sub>"
    `);
  });

  it('is no longer than GitHub takes, however many labels fit', () => {
    const labels = Array.from({ length: 1000 }, (_, index) => `@octo/${'x'.repeat(180)}${index}`);
    const { summary } = describeChange({
      ...aChange(),
      labels,
      reasons: labels.map((name) => ({ code: 'quoted', text: `It says "${name}" and ${name}.` })),
    });
    expect(summary.length).toBeLessThan(65_535);
    expect(summary).toContain('- and 900 more');
    expect(outsideCode(summary)).not.toContain('@');
  });

  it('names the five folders where most files change, two levels deep', () => {
    const paths = [
      ...['README.md', 'a/x.ts', 'b/x.ts', 'src/api/x.ts', 'src/api/v1/y.ts', 'src/api/v2/z.ts'],
      ...['docs/x.md', 'docs/y.md', 'c/x.ts', 'LICENSE'],
    ];
    const { summary } = described('Add it', paths);
    const [, touches = ''] = summary.split('**Touches**\n\n');
    expect(touches.slice(0, touches.indexOf('\n\n')).split('\n')).toEqual([
      '- `src/api`, 3 files',
      '- the top folder, 2 files',
      '- `docs`, 2 files',
      '- `a`, 1 file',
      '- `b`, 1 file',
    ]);
  });

  it('says that it is not sure, and shows what counted all the same', () => {
    const change = aChange();
    const unsure = { ...change.assessment, type: null, modelType: null, suggestedTitle: null };
    const whole = [{ path: 'src/a.ts', hunk: null, weight: 0.4 }];
    const told = describeChange({ ...change, assessment: unsure, attributions: whole });
    expect(told.title).toBe('not sure of the type · size XS');
    expect(told.summary).toContain('**Type:** not sure.');
    expect(told.summary).toContain(
      '**What counted**\n\n- `src/a.ts`: 40.0 % of the probability rests on it',
    );
  });

  it('says how many files were read, and what was set aside', () => {
    const { summary } = described('Add it', ['src/a.ts', 'package-lock.json']);
    expect(summary).toContain('Only 2 of 3 files were read.');
    expect(summary).toContain('- `package-lock.json`');
  });
});

describe('inline code', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '`` a`b ``'],
    ['a\nb', '`a b`'],
    ['\u202ea', '`\ufffda`'],
    ['🧑\u200d💻 dx', '`🧑\u200d💻 dx`'],
    ['🙋🏽\u200d♂\ufe0f help wanted', '`🙋🏽\u200d♂\ufe0f help wanted`'],
    ['ad\u200dmin 🧑\u200d', '`ad\ufffdmin 🧑\ufffd`'],
    ['', '(empty)'],
  ])('of %j is %s', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe('the comment of suggest mode', () => {
  it('names labels and title, or is not there', () => {
    const offer = { suggestedTitle: 'fix: it', contradicts: null };
    expect(suggestChange(['bug', '`x`'], offer)?.body).toMatchInlineSnapshot(`
      "<!-- sentinel:suggestion -->
      For maintainers: the labels \`bug\`, \`\` \`x\` \`\` may fit.

      A title in the form of Conventional Commits would be \`fix: it\`.

      <sub>Suggested by Sentinel with a small model on the maintainers’ own machine. It was not applied: use what fits, or ignore this.</sub>"
    `);
    expect(suggestChange(['bug'], null)?.body).toMatchInlineSnapshot(`
      "<!-- sentinel:suggestion -->
      For maintainers: the label \`bug\` may fit.

      <sub>Suggested by Sentinel with a small model on the maintainers’ own machine. It was not applied: use what fits, or ignore this.</sub>"
    `);
    expect(suggestChange([], null)).toBeNull();
    expect(suggestChange([], { suggestedTitle: null, contradicts: null })).toBeNull();
  });

  it('does not tell who wrote a conventional title to write one', () => {
    const contradicts = { stated: 'fix', likeliest: 'feat' } as const;
    const { body } = suggestChange([], { suggestedTitle: 'feat: it', contradicts }) ?? {};
    expect(body).toContain(
      'The title says fix, the change reads like feat. If so, the title would be `feat: it`.',
    );
    expect(body).not.toContain('Conventional Commits');
  });
});
