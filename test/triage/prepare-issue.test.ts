import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREPARATION_VERSION, prepareIssue, shareBudget } from '../../src/triage/prepare-issue.js';

type Body = string | null | [text: string, times: number][];

interface Golden {
  version: number;
  cases: { name: string; title: string; body: Body; expected: string }[];
}

interface DataRow {
  title: string;
  body: string | null;
}

const ROOT = resolve(import.meta.dirname, '../..');
const MAX_CHARACTERS = 1300;
const DATA_FILE = join(
  process.env.SENTINEL_DATA ?? resolve(ROOT, '../shared/data'),
  'issues/nlbse24-train.jsonl',
);

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;
}

function expandBody(body: Body): string | null {
  if (!Array.isArray(body)) return body;
  return body.map(([text, times]) => text.repeat(times)).join('');
}

const golden = readJson<Golden>('test/golden/prepare-issue.json');

describe('prepareIssue: golden cases', () => {
  it('covers the version in use with at least 40 cases', () => {
    expect(golden.version).toBe(PREPARATION_VERSION);
    expect(golden.cases.length).toBeGreaterThanOrEqual(40);
  });

  it.each(golden.cases)('$name', ({ title, body, expected }) => {
    expect(prepareIssue({ title, body: expandBody(body) })).toBe(expected);
  });
});

describe('prepareIssue: the same bytes as Python', () => {
  it('gives the committed hash over the data file', (context) => {
    if (!existsSync(DATA_FILE)) {
      context.skip(`data file not found: ${DATA_FILE} (set SENTINEL_DATA)`);
    }
    const committed = readJson<{ dataSha256: string; outputsSha256: string }>(
      'test/golden/prepare-issue-data.json',
    );
    const content = readFileSync(DATA_FILE, 'utf8');
    expect(createHash('sha256').update(content).digest('hex')).toBe(committed.dataSha256);
    const digest = createHash('sha256');
    for (const line of content.split('\n').filter((text) => text !== '')) {
      const { title, body } = JSON.parse(line) as DataRow;
      digest.update(`${prepareIssue({ title, body })}\n\0`);
    }
    expect(digest.digest('hex')).toBe(committed.outputsSha256);
  });
});

const markdown = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('```', '~~~', '# ', '## ', '**', '|', '<!--', '-->', '<details>', '</pre>'),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\u2028',
        '\u0000',
        '\ud800',
        '\udfff',
        '\u202e',
        '[SEP]',
        '[[',
      ),
      fc.constantFrom('![', '](', 'https://', '- [x] ', '    ', '\t', '&lt;', '0x', 'Error: '),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''));
const issues = fc.record({
  title: markdown,
  body: fc.option(markdown),
});

describe('prepareIssue: properties', () => {
  it('is bounded, deterministic and clean for any input', () => {
    fc.assert(
      fc.property(issues, (issue) => {
        const text = prepareIssue(issue);
        expect(text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
        expect(prepareIssue({ ...issue })).toBe(text);
        expect([...text].every((character) => character === '\n' || character >= ' ')).toBe(true);
        expect(text).not.toMatch(/[\u200b-\u200f\u202a-\u202e\ud800-\udfff]/);
        expect(text).not.toMatch(/\[(CLS|SEP|PAD|UNK|MASK)\]/);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a megabyte of letters', 'a'.repeat(1_000_000)],
    ['a megabyte of words', 'door '.repeat(200_000)],
    ['a megabyte of null bytes', '\u0000'.repeat(1_000_000)],
    ['a megabyte of directions', '\u202e\u2066'.repeat(500_000)],
    ['a megabyte of half characters', '\ud83d'.repeat(1_000_000)],
    ['a megabyte of lines', '\r\n'.repeat(500_000)],
  ])('a title of %s leaves room for the body', (_, title) => {
    const text = prepareIssue({ title, body: 'The door sticks.' });
    expect(text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(text).toContain('The door sticks.');
    expect(text).not.toContain('\u0000');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ud800-\udfff]/);
  });

  it('does not see null bytes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (body) => {
        const spread = body.split('').join('\u0000');
        expect(prepareIssue({ title: 'T', body: spread })).toBe(prepareIssue({ title: 'T', body }));
      }),
    );
  });

  it('starts with the title, whatever the body', () => {
    fc.assert(
      fc.property(markdown, (body) => {
        expect(prepareIssue({ title: 'Door sticks', body }).startsWith('Door sticks')).toBe(true);
      }),
    );
  });

  it.each([
    '`',
    '|',
    '<!--',
    '![',
    '[',
    '](',
    '# ',
    '**',
    ' ',
    ':',
    '- ',
    '<a ',
    '&amp;',
    'at ',
    '-.',
    '\n',
  ])('gets through a megabyte of %j', (unit) => {
    const body = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(prepareIssue({ title: body, body }).length).toBeLessThanOrEqual(MAX_CHARACTERS);
  });
});

describe('shareBudget', () => {
  it('gives short pieces whole and long ones an equal share', () => {
    const demands = [10, 500, 500].map((length) => ({ length, weight: 4 }));
    expect(shareBudget(demands, 210)).toEqual([10, 100, 100]);
  });

  it('never exceeds the budget or a demand', () => {
    const demand = fc.record({ length: fc.nat(3000), weight: fc.constantFrom(1, 4) });
    fc.assert(
      fc.property(fc.array(demand, { maxLength: 40 }), fc.nat(2000), (demands, budget) => {
        const shares = shareBudget(demands, budget);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(budget);
        shares.forEach((share, i) => {
          expect(share).toBeLessThanOrEqual(demands[i]?.length ?? 0);
        });
      }),
    );
  });
});
