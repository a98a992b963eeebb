/**
 * Holds Dockerfile and compose.yaml to the rules of the house without a Docker engine: pinned
 * images, two stages, not root, a health check, the programs on the PATH, nothing secret inside.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lintCompose } from './lint-compose.js';
import { lintDockerfile } from './lint-dockerfile.js';
import { lintPrograms } from './lint-programs.js';
import { type CheckResult, isStarted, REPOSITORY, runCheck } from './run-check.js';

/** @param root folder with Dockerfile, .dockerignore, compose.yaml and package.json */
export function checkDocker(root: string): CheckResult {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const allowed = allowedPaths(read('.dockerignore'));
  const inContext = (source: string) => {
    const [top = ''] = path.posix.normalize(source).split('/');
    return allowed.has(top) && existsSync(path.join(root, source));
  };
  const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
  return {
    problems: [
      ...(allowed.has('*') ? ['.dockerignore must begin by keeping everything out: *'] : []),
      ...lintDockerfile(read('Dockerfile'), inContext).map((text) => `Dockerfile: ${text}`),
      ...lintPrograms(read('Dockerfile'), bin).map((text) => `Dockerfile: ${text}`),
      ...lintCompose(read('compose.yaml')).map((text) => `compose.yaml: ${text}`),
    ],
    checked: 'Dockerfile and compose.yaml',
  };
}

/** The `!` lines of a `.dockerignore` that keeps all else out; `*` when it does not. */
function allowedPaths(text: string): Set<string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') return new Set(['*']);
  return new Set(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)));
}

if (isStarted(import.meta.url)) {
  await runCheck('docker', async () => checkDocker(REPOSITORY));
}
