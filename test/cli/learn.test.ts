import { describe, expect, it } from 'vitest';
import { sentinel } from './run.js';

describe('sentinel learn', () => {
  it.each([
    ['--out', 'head', /--out is for a file, not for a repository/],
    [
      '--precision',
      '0.8',
      /--precision is for a file.*set precision in its \.github\/sentinel\.yml/,
    ],
    ['--model', 'models', /--model is for a file/],
    ['--threads', '1', /--threads is for a file/],
  ])('refuses %s where it would do nothing', async (option, value, message) => {
    const { code, stderr } = await sentinel(['learn', 'octo/widgets', option, value]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
