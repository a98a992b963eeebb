import { Octokit } from '@octokit/rest';
import nock from 'nock';
import type { Installation } from '../../src/github/connect.js';

export const API = 'https://api.github.test';

/** An installation whose GitHub is nock's: what was not foretold fails the call. */
export function anInstallation(): Installation {
  const quiet = () => {};
  return {
    id: 7,
    octokit: new Octokit({
      baseUrl: API,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    }),
    botLogin: async () => 'Sentinel[bot]',
  };
}

/** Lets no call out of the process, and none be left over from another test. */
export function closeNetwork(): void {
  nock.cleanAll();
  nock.disableNetConnect();
}

/** @throws when a call that was foretold was not made */
export function openNetwork(): void {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  if (pending.length > 0) {
    throw new Error(`These calls were not made: ${pending.join(', ')}`);
  }
}
