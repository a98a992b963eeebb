import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDocker } from '../../scripts/check-docker.js';
import { lintCompose } from '../../scripts/lint-compose.js';
import { lintDockerfile } from '../../scripts/lint-dockerfile.js';
import { lintPrograms } from '../../scripts/lint-programs.js';
import { readDockerfile, stagesOf } from '../../scripts/read-dockerfile.js';
import { REPOSITORY } from '../../scripts/run-check.js';

const DOCKERFILE = readFileSync(path.join(REPOSITORY, 'Dockerfile'), 'utf8');
const COMPOSE = readFileSync(path.join(REPOSITORY, 'compose.yaml'), 'utf8');

/** `${…}` as compose writes a variable. */
const variable = (inner: string) => `\${${inner}}`;
const PASSWORD = variable('POSTGRES_PASSWORD:?set it, see compose.yaml');

/** Replaces text that has to be there, so that a test can't pass because it changed nothing. */
function change(text: string, before: string, after: string): string {
  expect(text).toContain(before);
  return text.replaceAll(before, after);
}

test('the committed files are in order', () => {
  expect(checkDocker(REPOSITORY).problems).toEqual([]);
});

describe('lintPrograms', () => {
  const programs = { sentinel: 'dist/cli/sentinel.js' };

  test.each([
    ['chmod +x /app/dist/cli/sentinel.js', 'true', /can't be run/],
    ['/usr/local/bin/sentinel', '/opt/sentinel', /sentinel is not on the PATH/],
    ['/app/dist/cli/sentinel.js', '/app/dist/main.js', /not on the PATH/],
  ])('%s → %s is reported', (before, after, problem) => {
    expect(lintPrograms(DOCKERFILE, programs)).toEqual([]);
    expect(lintPrograms(change(DOCKERFILE, before, after), programs).join('\n')).toMatch(problem);
  });

  test('a link in an earlier stage is not enough', () => {
    const later = `${DOCKERFILE}\nFROM node:24-bookworm-slim`;
    expect(lintPrograms(later, programs)).toHaveLength(2);
  });
});

describe('readDockerfile', () => {
  test('joins continued lines and skips comments between them', () => {
    const text = 'FROM a:1 AS b\n\n# why\nRUN one \\\n  # not this\n  && two\r\nCMD ["x"]';
    expect(readDockerfile(text)).toEqual([
      { line: 1, keyword: 'FROM', text: 'a:1 AS b' },
      { line: 4, keyword: 'RUN', text: 'one && two' },
      { line: 7, keyword: 'CMD', text: '["x"]' },
    ]);
  });

  test('keeps a last line that goes on nowhere', () => {
    expect(readDockerfile('RUN a \\')).toEqual([{ line: 1, keyword: 'RUN', text: 'a' }]);
  });

  test('finds the stages and their names', () => {
    const stages = stagesOf(
      readDockerfile('ARG A=1\nFROM --platform=x a:1 AS One\nRUN a\nFROM one'),
    );
    expect(stages).toMatchObject([
      { from: 'a:1', name: 'one', instructions: [{ keyword: 'RUN' }] },
      { from: 'one', name: null, instructions: [] },
    ]);
  });
});

describe('lintDockerfile', () => {
  test.each([
    ['node:24-bookworm-slim', 'node:latest', /names no version/],
    ['node:24-bookworm-slim', 'node', /no tag/],
    ['USER node', 'USER root', /USER is root/],
    ['USER node', '', /no USER/],
    ['HEALTHCHECK --', '# HEALTHCHECK --', /no HEALTHCHECK|is not an instruction/],
    ['CMD ["node", "/app/dist/main.js"]', 'CMD node /app/dist/main.js', /not a JSON array/],
    ['COPY models /app/models', 'ADD models /app/models', /ADD/],
    ['COPY models /app/models', 'COPY secrets /app/models', /secrets is not there/],
    ['--from=build', '--from=builder', /no earlier stage called builder/],
    ['PORT=3000', 'WEBHOOK_SECRET=abc', /WEBHOOK_SECRET would stay readable/],
    ['npm ci --ignore-scripts', 'npm ci', /without --ignore-scripts/],
    ['npm ci --ignore-scripts', 'npm install', /ignores the lock file/],
    ['USER node', 'USERS node', /USERS is not an instruction/],
  ])('%s → %s is reported', (before, after, problem) => {
    const problems = lintDockerfile(
      change(DOCKERFILE, before, after),
      (file) => file !== 'secrets',
    );
    expect(problems.join('\n')).toMatch(problem);
  });

  test('one stage, or none, is reported', () => {
    expect(lintDockerfile('FROM a:1\nUSER b', () => true).join('\n')).toMatch(/one stage only/);
    expect(lintDockerfile('', () => true)).toEqual(['there is no FROM']);
  });
});

describe('lintCompose', () => {
  test.each([
    ['postgres:17-bookworm', 'postgres', /no tag/],
    [`POSTGRES_PASSWORD: ${PASSWORD}`, 'POSTGRES_PASSWORD: sentinel', /must be required/],
    [
      `POSTGRES_PASSWORD: ${PASSWORD}`,
      `POSTGRES_PASSWORD: ${variable('POSTGRES_PASSWORD:-sentinel')}`,
      /must be required/,
    ],
    [`sentinel:${PASSWORD}@`, 'sentinel:sentinel@', /holds a password/],
    ['condition: service_healthy', 'condition: service_started', /does not wait/],
    ['127.0.0.1:3000:3000', '3000:3000', /open to the network/],
    ['    healthcheck:', '    x-healthcheck:', /without a healthcheck/],
    ['      - sentinel:/var', '      - other:/var', /volume other is not declared/],
    ['    build: .', '    x-build: .', /image or a build/],
    ['services:', 'servers:', /services/],
    ['services:', 'services: [', /./],
  ])('%s → %s is reported', (before, after, problem) => {
    expect(lintCompose(COMPOSE)).toEqual([]);
    expect(lintCompose(change(COMPOSE, before, after)).join('\n')).toMatch(problem);
  });
});
