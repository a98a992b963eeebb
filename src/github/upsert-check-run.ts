import { z } from 'zod';
import type { PlannedCheck } from '../triage/change-plan.js';
import type { Installation } from './connect.js';
import { asking, RefusedError } from './github-error.js';
import { splitRepository } from './repository-name.js';

const CHECK_NAME = 'Sentinel';
/** GitHub takes no longer summary. */
const MAX_SUMMARY = 65_535;

const checkSchema = z.object({
  id: z.number(),
  app: z.object({ slug: z.string().nullish() }).nullish(),
  output: z.object({ title: z.string().nullish(), summary: z.string().nullish() }).nullish(),
});

/**
 * What became of the check. `forbidden`: the App lacks "checks: write", which is optional; `refused`:
 * GitHub would not show it, for instance because the commit is gone.
 */
export type CheckResult = 'created' | 'edited' | 'forbidden' | 'refused' | null;

/**
 * Shows the check on a commit: the one that is there is changed, and left when it reads so already
 * (null). Its conclusion is neutral, which never blocks. A refusal is no error: labels are put on by
 * then, and that is what the decision is about.
 */
export async function upsertCheckRun(
  installation: Installation,
  repository: string,
  headSha: string,
  check: PlannedCheck,
): Promise<CheckResult> {
  const output = { title: check.title, summary: check.summary.slice(0, MAX_SUMMARY) };
  const change = { status: 'completed', conclusion: 'neutral', output } as const;
  const place = splitRepository(repository);
  const { octokit } = installation;
  try {
    const own = await findOwn(installation, repository, headSha);
    if (!own) {
      await asking('create the check', () =>
        octokit.checks.create({ ...place, name: CHECK_NAME, head_sha: headSha, ...change }),
      );
      return 'created';
    }
    if (own.output?.title === output.title && own.output.summary === output.summary) {
      return null;
    }
    await asking('change the check', () =>
      octokit.checks.update({ ...place, check_run_id: own.id, ...change }),
    );
    return 'edited';
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.code === 'forbidden' ? 'forbidden' : 'refused';
  }
}

async function findOwn(
  { octokit, botLogin }: Installation,
  repository: string,
  headSha: string,
): Promise<z.output<typeof checkSchema> | undefined> {
  const slug = (await botLogin()).replace(/\[bot\]$/, '').toLowerCase();
  const { data } = await asking('read the checks', () =>
    octokit.checks.listForRef({
      ...splitRepository(repository),
      ref: headSha,
      check_name: CHECK_NAME,
      per_page: 100,
    }),
  );
  return z
    .object({ check_runs: z.array(checkSchema) })
    .parse(data)
    .check_runs.find(({ app }) => !app?.slug || app.slug.toLowerCase() === slug);
}
