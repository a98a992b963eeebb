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

describe('nearDuplicates', () => {
  it('counts a flood of the same text once', () => {
    const flood = new Array<string>(300).fill(REPORT);
    expect(nearDuplicates(flood).filter((repeats) => !repeats)).toHaveLength(1);
  });

  it('sees through numbers, signs, case and a changed word at the end', () => {
    const flood = [
      REPORT,
      `${REPORT} 17!`,
      REPORT.toUpperCase(),
      `#4 ${REPORT}`,
      REPORT.replace(/next$/, 'other'),
    ];
    expect(nearDuplicates(flood)).toEqual([false, true, true, true, true]);
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
    const draw = randomFrom(3);
    const words = (count: number) =>
      Array.from({ length: count }, () =>
        Array.from({ length: 6 }, () => LETTERS[Math.floor(draw() * LETTERS.length)]).join(''),
      ).join(' ');
    const form = words(100);
    const texts = Array.from({ length: 3000 }, () => `${form} ${words(20)}`);
    const before = process.cpuUsage();
    expect(nearDuplicates(texts)).not.toContain(true);
    // Microseconds of computing; a look-up a shingle and pair took 11 seconds.
    expect(process.cpuUsage(before).user).toBeLessThan(6e6);
    // Each of them is found again among the others of its form.
    const again = nearDuplicates([...texts.slice(0, 600), ...texts.slice(0, 600)]);
    expect(again.slice(600)).not.toContain(false);
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
