import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { displayWidth, fitColumn, oneLine } from '../../demo/fit-column.js';
import { decisionLine, headingLine } from '../../demo/print-decision.js';
import { startProgress } from '../../demo/print-progress.js';
import { summaryText } from '../../demo/print-summary.js';
import { summarize } from '../../demo/summarize.js';
import type { TriagedIssue } from '../../demo/triage-issues.js';
import { colours } from '../../src/cli/colours.js';

const plain = colours(false);
const coloured = colours(true);

const LABELLED: TriagedIssue = {
  repository: 'octo/widgets',
  issue: 7,
  title: 'It crashes',
  author: 'ada',
  url: 'http://127.0.0.1/octo/widgets/issues/7',
  outcome: 'applied',
  decided: 'bug',
  labels: ['C-bug'],
  scores: { bug: 0.899, feature: 0.06, question: 0.041 },
  reasons: [],
  toDecisionMs: 42,
  workMs: 30,
  problem: null,
};
const LEFT_ALONE: TriagedIssue = {
  ...LABELLED,
  outcome: 'abstained',
  decided: null,
  labels: [],
};

describe('fitColumn', () => {
  it.each([
    ['short', 8, 'short   '],
    ['exactly8', 8, 'exactly8'],
    ['a bit too long', 8, 'a bit t…'],
    ['日本語のタイトル', 7, '日本語…'],
    ['日本語のタイトル', 8, '日本語… '],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5, '👩‍👩‍👧‍👦👩‍👩‍👧‍👦…'],
    ['éééé', 3, 'éé…'],
    ['', 3, '   '],
  ])('%j in %i columns', (text, width, fitted) => {
    expect(fitColumn(text, width)).toBe(fitted);
    expect(displayWidth(fitColumn(text, width))).toBe(width);
  });

  it('lets no title move the cursor, colour or turn around the terminal', () => {
    expect(oneLine('a\u001b[31mb\r\nc\u0007\u202ed')).toBe('a [31mb c d');
  });
});

describe('decisionLine', () => {
  it('shows where, what, the label, the scores and the time', () => {
    const line = decisionLine(LABELLED, { paint: plain, width: 100 });
    expect(line).toMatch(/^octo\/widgets#7 +It crashes +C-bug +0\.89 +0\.06 +0\.04 +42 ms$/);
  });

  it('says when an issue was left alone, and why unless it was not sure', () => {
    const style = { paint: plain, width: 100 };
    expect(decisionLine(LEFT_ALONE, style)).toContain(' left alone  ');
    const ignored = { ...LEFT_ALONE, outcome: 'ignored', scores: null };
    expect(decisionLine(ignored, style)).toContain(' left alone (ignored) ');
    expect(decisionLine(ignored, style)).not.toContain('0.');
  });

  it.each([60, 80, 100, 120, 200])('fills %i columns exactly, coloured or not', (width) => {
    const titles = ['x', 'long '.repeat(60), '漢字'.repeat(60), '🎉'.repeat(90)];
    for (const title of titles) {
      const repository = 'a-very-long-organization/with-a-long-name-too';
      for (const issue of [LABELLED, { ...LEFT_ALONE, repository, issue: 12345 }]) {
        for (const paint of [plain, coloured]) {
          const line = decisionLine({ ...issue, title }, { paint, width });
          expect(displayWidth(stripVTControlCharacters(line))).toBe(width);
        }
      }
    }
    expect(displayWidth(headingLine({ paint: plain, width }))).toBe(width);
  });

  it('colours only when asked', () => {
    expect(decisionLine(LABELLED, { paint: plain, width: 80 })).not.toContain('\u001b');
    expect(decisionLine(LABELLED, { paint: coloured, width: 80 })).toContain('\u001b[31m');
  });
});

describe('the summary', () => {
  const issues: TriagedIssue[] = [
    { ...LABELLED, expected: 'bug', toDecisionMs: 10 },
    { ...LABELLED, expected: null, toDecisionMs: 20 },
    { ...LEFT_ALONE, expected: 'feature', toDecisionMs: 30 },
    { ...LEFT_ALONE, expected: null, toDecisionMs: 400 },
    { ...LEFT_ALONE, expected: 'bug', toDecisionMs: null, problem: 'no decision within 60 s' },
  ];

  it('counts what was handled, and compares that with the file', () => {
    expect(summarize(issues)).toEqual({
      issues: 5,
      handled: 4,
      labelled: 2,
      leftAlone: 2,
      medianMs: 20,
      p95Ms: 400,
      agreement: { judged: 4, agree: 2, wrong: 1, missed: 1, precision: 0.5, coverage: 0.5 },
    });
  });

  it('has no agreement where the file says nothing, and no times without decisions', () => {
    expect(summarize([LABELLED]).agreement).toBeNull();
    expect(summarize([])).toMatchObject({ issues: 0, medianMs: null, p95Ms: null });
  });

  it('lists what was not handled', () => {
    const text = summaryText(summarize(issues), issues, { paint: plain, width: 80 });
    expect(text).toContain('4 of 5 issues handled: 2 labelled, 2 left alone');
    expect(text).toContain('median 20 ms, 95 % within 400 ms');
    expect(text).toContain('precision 50.0 %, coverage 50.0 %');
    expect(text).toContain('not handled: octo/widgets#7 "It crashes": no decision within 60 s');
  });
});

describe('startProgress', () => {
  function outputOf(isTTY: boolean): string {
    vi.useFakeTimers();
    let text = '';
    const progress = startProgress({ isTTY, write: (more) => (text += more) });
    progress.update('1 of 2 decided');
    progress.line('a line');
    vi.advanceTimersByTime(1000);
    progress.end();
    vi.useRealTimers();
    return text;
  }

  it('writes lines and nothing else when nobody watches', () => {
    expect(outputOf(false)).toBe('a line\n');
  });

  it('turns a spinner on a terminal, and takes it away at the end', () => {
    const text = outputOf(true);
    expect(text).toContain('a line\n');
    expect(text).toContain('1 of 2 decided');
    expect(text.endsWith('\r\u001b[2K')).toBe(true);
  });
});
