import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEMO_REPOSITORIES } from '../../demo/demo-repositories.js';
import { readIssues } from '../../demo/read-issues.js';
import { seedRepositories } from '../../demo/seed-repositories.js';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';

const issues = await readIssues(fileURLToPath(new URL('../../demo/issues.jsonl', import.meta.url)));

describe("the demo's issues", () => {
  it('are enough, and no two are the same', () => {
    expect(issues.length).toBeGreaterThanOrEqual(36);
    expect(new Set(issues.map(({ title }) => title)).size).toBe(issues.length);
    const bodies = issues.map(({ body }) => body).filter((body) => body !== '');
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('all say where, by whom, and what a maintainer would do', () => {
    for (const issue of issues) {
      expect(issue.repo, issue.title).toBeDefined();
      expect(issue.author, issue.title).toBeDefined();
      expect(issue.expected, issue.title).not.toBeUndefined();
    }
    for (const expected of ['bug', 'feature', 'question', null]) {
      expect(issues.filter((issue) => issue.expected === expected).length).toBeGreaterThan(5);
    }
  });

  it('use every repository of the demo and no other', () => {
    const known = DEMO_REPOSITORIES.map(({ owner, name }) => `${owner}/${name}`);
    expect([...new Set(issues.map(({ repo }) => repo))].toSorted()).toEqual(known.toSorted());
  });

  it('include the awkward kinds', () => {
    expect(issues.some(({ body }) => body === '')).toBe(true);
    expect(issues.some(({ body }) => body.length > 20_000)).toBe(true);
    expect(issues.some(({ author }) => author?.endsWith('[bot]'))).toBe(true);
    expect(issues.some(({ body }) => body.includes('ignore all previous instructions'))).toBe(true);
    expect(issues.some(({ title }) => /^\p{Emoji}+$/u.test(title))).toBe(true);
  });
});

describe('seedRepositories', () => {
  it('makes people, bots and repositories for them', () => {
    const { seed } = seedRepositories(issues);
    expect(seed.repositories).toHaveLength(3);
    expect(seed.users).toContain('mira');
    expect(seed.bots).toEqual(['release-helper[bot]']);
  });

  it('places issues that say nothing, and knows labels for any repository', () => {
    const { seed, issues: placed } = seedRepositories([
      { title: 'a', body: '' },
      { title: 'b', body: '', repo: 'octo/widgets' },
    ]);
    expect(placed.map(({ repo }) => repo)).toEqual(['sentinel-demo/inbox', 'octo/widgets']);
    for (const { labels } of seed.repositories) {
      expect(labels?.map(({ name }) => name)).toContain('enhancement');
    }
  });

  it('refuses more issues than the rate limit allows', () => {
    const many = Array.from({ length: 1201 }, (_, n) => ({ title: `${n}`, body: '' }));
    expect(() => seedRepositories(many)).toThrow(/--limit/);
    expect(() => seedRepositories(many.slice(1))).not.toThrow();
  });

  it('has a configuration that Sentinel accepts', () => {
    const files = DEMO_REPOSITORIES.flatMap(({ files = {} }) => Object.entries(files));
    expect(files).toHaveLength(1);
    for (const [path, text] of files) {
      expect(parseRepositoryConfig(text, path)).toMatchObject({ errors: [] });
    }
  });
});
