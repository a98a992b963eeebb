import { describe, expect, it } from 'vitest';
import {
  checkApp,
  checkClock,
  checkEvents,
  checkPermissions,
  checkReachable,
} from '../../src/cli/check-github.js';
import { checkModel, checkNode } from '../../src/cli/check-machine.js';
import { APP_PERMISSIONS } from '../../src/dashboard/app-manifest.js';

describe('doctor', () => {
  it.each([
    ['v20.19.0', 'ok'],
    ['v22.1.0', 'ok'],
    ['v20.18.9', 'fail'],
    ['v18.20.0', 'fail'],
  ])('Node %s is %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it('names a model file that is not there', async () => {
    const check = await checkModel('no/such/model');
    expect(check).toMatchObject({ status: 'fail' });
    expect(check.text).toContain('no/such/model');
  });

  it.each([
    [0, 'ok'],
    [-59_000, 'ok'],
    [61_000, 'fail'],
    [-61_000, 'fail'],
  ])('a clock %d ms off is %s', (skew, status) => {
    expect(checkClock(skew).status).toBe(status);
  });

  it('says when GitHub does not answer', async () => {
    const checks = await checkReachable('https://api.github.com', async () => {
      throw new Error('offline');
    });
    expect(checks.map(({ status }) => status)).toEqual(['fail']);
  });

  it.each([
    [APP_PERMISSIONS, 'ok'],
    [{ ...APP_PERMISSIONS, issues: 'read' }, 'fail'],
    [{ ...APP_PERMISSIONS, checks: 'read' }, 'warn'],
    [{ ...APP_PERMISSIONS, contents: 'write' }, 'warn'],
    [{ ...APP_PERMISSIONS, administration: 'read' }, 'warn'],
    [{}, 'fail'],
  ])('permissions %j are %s', (permissions, status) => {
    expect(checkPermissions({ permissions }).status).toBe(status);
  });

  it.each([
    [['issues', 'label', 'pull_request', 'repository'], 'ok'],
    [['issues', 'label', 'pull_request', 'repository', 'push'], 'warn'],
    [['issues', 'pull_request'], 'fail'],
    [[], 'fail'],
  ])('events %j are %s', (events, status) => {
    expect(checkEvents({ events }).status).toBe(status);
  });

  it('says which credentials GitHub refuses, on one line', async () => {
    const checks = await checkApp({ appId: 1, privateKey: 'k', apiUrl: 'x' }, () => ({
      getApp: async () => {
        throw new Error('Bad credentials\nsecond line');
      },
    }));
    expect(checks).toMatchObject([{ name: 'app', status: 'fail' }]);
    expect(checks[0]?.text).not.toContain('second line');
  });
});
