import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressError, RateLimitedError } from '../../src/github/github-error.js';
import { readConfigFile } from '../../src/github/read-config-file.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const pathIn = (repository: string) =>
  `/repos/${repository}/contents/${encodeURIComponent('.github/sentinel.yml')}`;
const OWN = pathIn('octo/widgets');
const SHARED = pathIn('octo/.github');
const MISSING = { message: 'Not Found' };

/** A file as the contents API gives it: base64 with a line end every 60 characters. */
function aFile(text: string) {
  const content = Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n');
  return { type: 'file', encoding: 'base64', content };
}
const read = () => readConfigFile(anInstallation(), 'octo/widgets');

beforeEach(closeNetwork);
afterEach(openNetwork);

describe('readConfigFile', () => {
  it('reads the repository’s own file and does not ask for another', async () => {
    const text = `mode: suggest # ${'é🐛'.repeat(60)}\n`;
    nock(API).get(OWN).reply(200, aFile(text));
    expect(await read()).toEqual({ source: 'octo/widgets:.github/sentinel.yml', text });
  });

  it('falls back on the owner’s .github repository', async () => {
    nock(API).get(OWN).reply(404, MISSING);
    nock(API).get(SHARED).reply(200, aFile('mode: shadow\n'));
    expect(await read()).toEqual({
      source: 'octo/.github:.github/sentinel.yml',
      text: 'mode: shadow\n',
    });
  });

  it('prefers an empty file of its own to the owner’s', async () => {
    nock(API).get(OWN).reply(200, aFile(''));
    expect(await read()).toEqual({ source: 'octo/widgets:.github/sentinel.yml', text: '' });
  });

  it.each([404, 403])('finds none when the owner’s answers %d', async (status) => {
    nock(API).get(OWN).reply(404, MISSING);
    nock(API).get(SHARED).reply(status, MISSING);
    expect(await read()).toBeNull();
  });

  it.each([
    ['a folder', []],
    ['a link', { type: 'symlink', target: 'x' }],
    ['a file too large to be sent', { type: 'file', encoding: 'none', content: '' }],
  ])('does not take %s for a text, nor for none at all', async (_, answer) => {
    nock(API).get(OWN).reply(200, answer);
    expect(await read()).toEqual({
      source: 'octo/widgets:.github/sentinel.yml',
      text: null,
      because: 'no text',
    });
  });

  it.each([500, 502])('fails at %d: no answer is not the same as no file', async (status) => {
    nock(API).get(OWN).reply(status, {});
    await expect(read()).rejects.toMatchObject({ status });
  });

  it('does not take one that may not be read for none', async () => {
    nock(API).get(OWN).reply(403, { message: 'Resource not accessible by integration' });
    expect(await read()).toMatchObject({ text: null, because: 'forbidden' });
  });

  it('waits at a rate limit instead of going on with the defaults', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' };
    nock(API).get(OWN).reply(403, { message: 'API rate limit exceeded' }, headers);
    await expect(read()).rejects.toBeInstanceOf(RateLimitedError);
  });

  it('does not take an IP allow list for an owner’s file it may not read', async () => {
    nock(API).get(OWN).reply(404, MISSING);
    const message =
      'Although you appear to have the correct authorization credentials, the `octo` organization has an ' +
      'IP allow list enabled, and your IP address is not permitted to access this resource.';
    nock(API).get(SHARED).reply(403, { message });
    await expect(read()).rejects.toBeInstanceOf(AddressError);
  });
});
