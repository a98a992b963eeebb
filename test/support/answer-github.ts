import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { connectGitHub, type GitHub, type Installation } from '../../src/github/connect.js';

export const API = 'https://github.test';
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();

/** Our GitHub client against answers made up by a test; nothing else can be reached. */
export interface AnsweredGitHub {
  readonly github: GitHub;
  readonly installation: Installation;
  /** Where a test says what is answered. */
  readonly api: nock.Scope;
}

export function answerGitHub(onResponse?: Parameters<typeof connectGitHub>[0]['onResponse']): AnsweredGitHub {
  nock.disableNetConnect();
  const api = nock(API);
  api
    .post('/app/installations/7/access_tokens')
    .optionally()
    .reply(201, { token: 'ghs_made_up_for_tests', expires_at: '2099-01-01T00:00:00Z', permissions: {} })
    .get('/app')
    .optionally()
    .reply(200, { slug: 'sentinel', permissions: { issues: 'write' }, events: ['issues'] });
  const github = connectGitHub({
    appId: 12345,
    privateKey: PEM,
    apiUrl: API,
    ...(onResponse ? { onResponse } : {}),
  });
  return { github, installation: github.installation(7), api };
}

/** Undoes `answerGitHub`; returns the calls that were expected and not made. */
export function stopAnswering(): string[] {
  const missing = nock.pendingMocks().filter((call) => !/access_tokens|\/app$/.test(call));
  nock.cleanAll();
  nock.enableNetConnect();
  return missing;
}
