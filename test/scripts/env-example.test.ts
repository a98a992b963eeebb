import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../../scripts/run-check.js';
import { readEnvironment } from '../../src/config/environment.js';

const EXAMPLE = readFileSync(path.join(REPOSITORY, '.env.example'), 'utf8');
/** The example as someone has it who takes all the `#` before settings away. */
const UNCOMMENTED = parseEnv(EXAMPLE.replace(/^# (?=[A-Z_]+=)/gm, ''));

test('.env.example names every setting that is read, and no other', () => {
  const names = new Set<string>();
  const variables = new Proxy<Record<string, string>>(
    { APP_ID: '1' },
    {
      get(target, name) {
        if (typeof name === 'string' && /^[A-Z_]+$/.test(name)) names.add(name);
        return Reflect.get(target, name);
      },
    },
  );
  expect(() => readEnvironment(variables)).toThrow();
  expect([...names].sort()).toEqual(Object.keys(UNCOMMENTED).sort());
});

test('.env.example shows the defaults', () => {
  expect(readEnvironment(UNCOMMENTED)).toEqual(readEnvironment({}));
});

test('.env.example copied as it is changes nothing', () => {
  expect(parseEnv(EXAMPLE)).toEqual({});
});
