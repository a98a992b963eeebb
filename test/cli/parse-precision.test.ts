import { describe, expect, it } from 'vitest';
import { parsePrecision } from '../../src/cli/parse-precision.js';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';

describe('parsePrecision', () => {
  it.each(['0.5', '.9', '0.95', '0.995', '0.999'])(
    'takes %s, as the configuration does',
    (text) => {
      const share = parsePrecision(text);
      expect(share).toBe(Number(text));
      expect(repositoryConfigSchema.safeParse({ precision: share }).success).toBe(true);
    },
  );

  it.each(['0.49', '0.9999', '1', '-0.9', '0.9x', '', 'NaN', '9e-1'])('refuses %j', (text) => {
    expect(() => parsePrecision(text)).toThrow('It must be a share from 0.5 to 0.999.');
  });
});
