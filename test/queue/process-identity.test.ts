import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isOwnerGone, newOwner } from '../../src/queue/process-identity.js';

describe('the owner of a lease', () => {
  it('is not gone while its process lives', () => {
    expect(isOwnerGone(newOwner())).toBe(false);
    expect(newOwner()).not.toBe(newOwner());
  });

  it('is gone when its process is', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const [host, , start, random] = newOwner().split(' ');
    expect(isOwnerGone(`${host} ${pid} ${start} ${random}`)).toBe(true);
  });

  it('is gone when its pid belongs to a process that started at another time', () => {
    const [host, pid, start, random] = newOwner().split(' ');
    expect(isOwnerGone(`${host} ${pid} ${start}1 ${random}`)).toBe(true);
  });

  it('is not known to be gone on another host, or when it is unreadable', () => {
    expect(isOwnerGone(`not-${hostname()} 999999 1 x`)).toBe(false);
    for (const owner of ['', 'x', `${hostname()} 0 1 x`, `${hostname()} -1 1 x`]) {
      expect(isOwnerGone(owner)).toBe(false);
    }
  });
});
