import { fileURLToPath } from 'node:url';

/** The repository that these scripts belong to. */
export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** What a check found wrong, one sentence each, and what it looked at. */
export interface CheckResult {
  readonly problems: readonly string[];
  /** One line on what was checked, e.g. `111 modules`. */
  readonly checked: string;
}

/** Whether a script was started, rather than imported by a test. */
export function isStarted(importMetaUrl: string): boolean {
  return process.argv[1] === fileURLToPath(importMetaUrl);
}

/** Prints what a check found and sets the exit code: 1 when something is wrong. */
export async function runCheck(name: string, check: () => Promise<CheckResult>): Promise<void> {
  try {
    const { problems, checked } = await check();
    for (const problem of problems) console.error(`${name}: ${problem}`);
    if (problems.length === 0) console.log(`${name}: ${checked}, nothing wrong`);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
