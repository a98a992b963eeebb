import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearDuplicates } from '../../src/learning/near-duplicates.js';
import { randomFrom } from '../support/random-from.js';

const LETTERS = 'bcdfghjklmnpqrstvwxz';

const REPORT =
  'The import of a large table stops after the third page and nothing is written to the log, ' +
  'although the same file could be read without any trouble in the version of last month, and ' +
  'neither another table nor a shorter one changes what happens on this computer or the next';
const OTHER =
  'Please add a dark theme, for the bright windows are tiring at night when I work in the garden';

/** Texts that share a form of a hundred words and have some of their own. */
function flood(count: number, own: number): string[] {
  const draw = randomFrom(3);
  const word = () =>
    Array.from({ length: 6 }, () => LETTERS[Math.floor(draw() * LETTERS.length)]).join('');
  const words = (many: number) => Array.from({ length: many }, word).join(' ');
  const form = words(100);
  return Array.from({ length: count }, () => `${form} ${words(own)}`);
}

describe('nearDuplicates', () => {
  it('counts a flood of the same text once', () => {
    const same = new Array<string>(300).fill(REPORT);
    expect(nearDuplicates(same).filter((repeats) => !repeats)).toHaveLength(1);
  });

  it('sees through numbers, signs, case and a changed word at the end', () => {
    const alike = [
      REPORT,
      `${REPORT} 17!`,
      REPORT.toUpperCase(),
      `#4 ${REPORT}`,
      REPORT.replace(/next$/, 'other'),
    ];
    expect(nearDuplicates(alike)).toEqual([false, true, true, true, true]);
  });

  it('sees through a changed word wherever it stands', () => {
    const words = `${REPORT} ${OTHER}`.split(' ');
    for (const [index] of words.entries()) {
      const changed = words.with(index, 'quux').join(' ');
      expect(nearDuplicates([words.join(' '), changed]), `word ${index}`).toEqual([false, true]);
    }
  });

  it('keeps what says something else in the same words', () => {
    const reversed = REPORT.split(' ').reverse().join(' ');
    expect(nearDuplicates([REPORT, reversed])).toEqual([false, false]);
  });

  it('keeps what says something else', () => {
    expect(nearDuplicates([REPORT, OTHER])).toEqual([false, false]);
    expect(nearDuplicates(['crash', 'question', 'crash'])).toEqual([false, false, true]);
  });

  it('does not take long over thousands that share a form and differ in the rest', () => {
    const texts = flood(10_000, 20);
    const before = process.cpuUsage();
    expect(nearDuplicates(texts)).not.toContain(true);
    // Microseconds of computing; comparing each with each took more than 20 seconds.
    expect(process.cpuUsage(before).user).toBeLessThan(6e6);
    // Each of them is found again among the others of its form.
    const again = nearDuplicates([...texts.slice(0, 600), ...texts.slice(0, 600)]);
    expect(again.slice(600)).not.toContain(false);
  });

  it('finds what repeats an early one of a flood that shares a form', () => {
    const texts = flood(1000, 40);
    const again = [...texts.slice(0, 50), ...texts.slice(0, 50).map((text) => `${text} thanks`)];
    const repeats = nearDuplicates([...texts, ...again]).slice(texts.length);
    expect(repeats.slice(0, 50)).not.toContain(false);
    expect(repeats.slice(50).filter((repeat) => repeat).length).toBeGreaterThanOrEqual(48);
  });

  it('never drops the first of a text, and drops every exact repeat', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 })), (texts) => {
        const repeats = nearDuplicates(texts);
        expect(repeats).toHaveLength(texts.length);
        if (texts.length > 0) expect(repeats[0]).toBe(false);
        for (const [index, text] of texts.entries()) {
          if (texts.indexOf(text) < index) expect(repeats[index]).toBe(true);
        }
      }),
    );
  });
});
