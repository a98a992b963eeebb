import type { Kysely } from 'kysely';
import { z } from 'zod';
import { lastGoodConfig } from '../config/last-good-config.js';
import { type ConfigError, DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';
import type { Database } from '../store/schema.js';
import type { Mode } from '../triage/plan.js';

/** What is wrong with one repository's configuration. */
export interface ConfigProblem {
  readonly repository: string;
  readonly errors: readonly ConfigError[];
  /** What holds meanwhile. */
  readonly inForce: { readonly kind: 'last good' | 'defaults'; readonly mode: Mode };
  readonly checkedAt: number;
}

const errorsSchema = z
  .array(
    z.object({
      file: z.string(),
      line: z.number().nullable(),
      key: z.string(),
      message: z.string(),
    }),
  )
  .min(1);

/** Repositories whose present configuration is bad, by name; `repository` narrows to one. */
export async function readConfigProblems(
  database: Kysely<Database>,
  repository?: string,
): Promise<ConfigProblem[]> {
  let query = database
    .selectFrom('configurations')
    .select(['repository', 'good', 'errors', 'checked_at'])
    .where('errors', 'is not', null)
    .orderBy('repository')
    .limit(100);
  if (repository) query = query.where('repository', '=', repository);
  const rows = await query.execute();
  return rows.map((row) => ({
    repository: row.repository,
    errors: parseErrors(row.errors ?? ''),
    inForce: inForce(row.good),
    checkedAt: Number(row.checked_at),
  }));
}

function inForce(good: string | null): ConfigProblem['inForce'] {
  const config = lastGoodConfig(good);
  return config === null
    ? { kind: 'defaults', mode: DEFAULT_REPOSITORY_CONFIG.mode }
    : { kind: 'last good', mode: config.mode };
}

/** The recorded errors; a record that cannot be read is itself one. */
function parseErrors(text: string): readonly ConfigError[] {
  const unreadable = { file: 'configuration', line: null, key: '', message: 'has errors' };
  try {
    return errorsSchema.parse(JSON.parse(text));
  } catch {
    return [unreadable];
  }
}
