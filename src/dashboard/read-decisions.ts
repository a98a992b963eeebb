import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../store/schema.js';
import type { TriagePlan } from '../triage/plan.js';
import type { Cursor, DecisionFilter } from './decision-filter.js';

/** A recorded decision, as `/decisions.json` gives it. */
export interface Decision {
  readonly deliveryId: string;
  readonly repository: string;
  readonly issue: number;
  readonly title: string;
  readonly url: string;
  readonly event: string;
  readonly outcome: string;
  readonly durationMs: number;
  /** ISO 8601. */
  readonly decidedAt: string;
  /** Null when the record cannot be read. */
  readonly plan: ShownPlan | null;
  readonly applied: unknown;
}

/** The plan as far as it is shown. */
export type ShownPlan = z.output<typeof planSchema>;

const planSchema = z.looseObject({
  mode: z.enum(['apply', 'suggest', 'shadow']),
  verdict: z.enum(['label', 'abstain', 'keep', 'ignore']),
  /** A class of issues or a type of change. */
  decided: z.string().nullable(),
  addLabels: z.array(z.string()),
  /** Probabilities of classes or types. */
  scores: z.record(z.string(), z.number()).nullable(),
  reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  model: z.string().nullable(),
} satisfies Partial<Record<keyof TriagePlan, z.ZodType>>);

/** PostgreSQL's driver gives bigint columns as strings. */
const number = z.coerce.number();

export interface DecisionPage {
  readonly decisions: readonly Decision[];
  /** Start of the older page; null on the last. */
  readonly older: Cursor | null;
}

/** One page of decisions, newest first. */
export async function readDecisions(
  database: Kysely<Database>,
  filter: DecisionFilter,
): Promise<DecisionPage> {
  let query = database
    .selectFrom('decisions')
    .selectAll()
    .orderBy('decided_at', 'desc')
    .orderBy('delivery_id', 'desc')
    .limit(filter.limit + 1);
  if (filter.repository) query = query.where('repository', '=', filter.repository);
  if (filter.outcome) query = query.where('outcome', '=', filter.outcome);
  const { before } = filter;
  if (before) {
    query = query.where((eb) =>
      eb.or([
        eb('decided_at', '<', before.decidedAt),
        eb.and([
          eb('decided_at', '=', before.decidedAt),
          eb('delivery_id', '<', before.deliveryId),
        ]),
      ]),
    );
  }
  const rows = await query.execute();
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  const more = rows.length > shown.length && last !== undefined;
  return {
    decisions: shown.map((row) => ({
      deliveryId: row.delivery_id,
      repository: row.repository,
      issue: number.parse(row.issue),
      title: row.title,
      url: row.url,
      event: row.event,
      outcome: row.outcome,
      durationMs: number.parse(row.duration_ms),
      decidedAt: new Date(number.parse(row.decided_at)).toISOString(),
      plan: planSchema.safeParse(parseJson(row.plan)).data ?? null,
      applied: parseJson(row.applied),
    })),
    older: more ? { decidedAt: number.parse(last.decided_at), deliveryId: last.delivery_id } : null,
  };
}

/** More would make the page's field unwieldy. */
const MOST_REPOSITORIES = 10_000;

/** Every repository with a decision or a configuration, by name. */
export async function readRepositories(database: Kysely<Database>): Promise<string[]> {
  const rows = await database
    .selectFrom('decisions')
    .select('repository')
    .distinct()
    .union(database.selectFrom('configurations').select('repository'))
    .orderBy('repository')
    .limit(MOST_REPOSITORIES)
    .execute();
  return rows.map((row) => row.repository);
}

/** The value, or null for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
