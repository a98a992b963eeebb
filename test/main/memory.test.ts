import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIssue } from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, runSentinel, type Sentinel } from '../support/run-sentinel.js';

const LIMIT_MB = 350;
const NAME = 'octo/memory';
const KINDS = ['bug', 'feature', 'question'] as const;
let sentinel: Sentinel;

beforeAll(async () => {
  const labels = ['bug', 'enhancement', 'question'].map((name) => ({ name }));
  sentinel = await runSentinel({
    repositories: [{ owner: 'octo', name: 'memory', labels }],
    configs: { [NAME]: EAGER_CONFIG },
  });
});
afterAll(() => sentinel?.close());

/** Resident memory as the process's own metrics tell it. */
async function residentMb(): Promise<number> {
  const text = await (await fetch(`${sentinel.app.url}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\S+)/m.exec(text)?.[1];
  return Number(bytes) / 1024 / 1024;
}

/** The highest it ever was, where the system tells. */
function highestMb(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

it(`the app with its encoder stays below ${LIMIT_MB} MB while it triages 60 issues`, async () => {
  for (let i = 0; i < 60; i++) {
    const { title, body } = CLEAR[KINDS[i % 3] ?? 'bug'];
    await openIssue(sentinel.reporter, NAME, { title, body: `${body}\n${i}` });
  }
  await sentinel.decided(NAME, 60);
  await sentinel.idle();
  const resident = await residentMb();
  const highest = highestMb(sentinel.app.pid);
  console.log(`resident ${resident.toFixed(0)} MB, at most ${highest?.toFixed(0) ?? '?'} MB`);
  expect(resident).toBeGreaterThan(0);
  expect(Math.max(resident, highest ?? 0)).toBeLessThan(LIMIT_MB);
});
