import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { appManifest } from '../../src/dashboard/app-manifest.js';

it('app.yml and the posted manifest agree', () => {
  const file = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'));
  const { redirect_url, ...manifest } = appManifest({
    name: file.name,
    webhookUrl: file.hook_attributes.url,
    redirectUrl: 'http://localhost:3000/setup/callback',
  });
  expect(file).toEqual(manifest);
  expect(redirect_url).toBe('http://localhost:3000/setup/callback');
});
