import type { LabelledPull } from '../../src/learning/labelled-pulls.js';
import { changeInput } from '../../src/triage/change-input.js';
import type { ChangedFile } from '../../src/triage/changed-file.js';
import { parseConventionalTitle, titleForModel } from '../../src/triage/conventional-title.js';
import { type Commit, readCommits, readFiles } from '../change/commits.js';

/**
 * The newest commits of a repository whose titles name a scope, as pull requests with that scope
 * for a label, oldest first. Their titles go without type and scope, which would give the label away.
 *
 * @param repository folder of a git repository, bare or not
 */
export async function readScopedPulls(repository: string, count: number): Promise<LabelledPull[]> {
  const scoped = (await readCommits(repository)).filter(({ title }) => scopesOf(title).length > 0);
  const pulls: LabelledPull[] = [];
  for (const commit of scoped.slice(0, count).reverse()) {
    // As many as the App reads.
    const files = (await readFiles(repository, commit)).slice(0, 100);
    if (files.length > 0) pulls.push({ number: pulls.length, ...asPull(commit, files) });
  }
  return pulls;
}

/** Scopes that name no part of the code. */
const NO_AREAS: ReadonlySet<string> = new Set(['', 'deps', 'deps-dev', 'release']);

/** Names of areas as authors write them; several stand between commas. */
function scopesOf(title: string): string[] {
  const scope = parseConventionalTitle(title)?.scope ?? '';
  const names = scope.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => !NO_AREAS.has(name)))];
}

function asPull(commit: Commit, files: readonly ChangedFile[]): Omit<LabelledPull, 'number'> {
  const title = titleForModel(commit.title);
  const issue = {
    title,
    body: null,
    paths: files.map(({ path }) => path),
    labels: scopesOf(commit.title).map((name) => `area: ${name}`),
    createdAt: commit.committedAt,
  };
  return { issue, text: changeInput({ title, files }).text };
}
