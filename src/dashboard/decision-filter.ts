import { z } from 'zod';

/** How a recorded decision ended; the key is what the store holds. */
export const OUTCOMES = {
  applied: 'labelled',
  suggested: 'suggested',
  shadowed: 'shadow',
  abstained: 'left alone',
  kept: 'kept',
  ignored: 'ignored',
  refused: 'refused',
} as const;
export type Outcome = keyof typeof OUTCOMES;

const OUTCOME_NAMES = Object.keys(OUTCOMES) as [Outcome, ...Outcome[]];

/** Where a page ends and the older one begins. */
export interface Cursor {
  readonly decidedAt: number;
  readonly deliveryId: string;
}

const cursor = z
  .string()
  .regex(/^\d{1,15}~.{1,200}$/, 'must be the cursor of a page')
  .transform((text): Cursor => {
    const end = text.indexOf('~');
    return { decidedAt: Number(text.slice(0, end)), deliveryId: text.slice(end + 1) };
  });

/** An empty field of the form means: not filtered. */
const orEmpty = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

const filterSchema = z.object({
  repository: orEmpty(z.string().max(200)),
  outcome: orEmpty(z.enum(OUTCOME_NAMES)),
  before: orEmpty(cursor),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Which decisions to show. */
export type DecisionFilter = z.output<typeof filterSchema>;

/** Reads the query string; an error says what is wrong with it. */
export function parseFilter(query: Record<string, string>): DecisionFilter | { error: string } {
  const parsed = filterSchema.safeParse(query);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  return {
    error: `Not a filter: ${fields.join(', ')}. outcome is one of ${OUTCOME_NAMES.join(', ')}; limit is 1 to 1000.`,
  };
}

/** The query string for a filter with some fields changed; a change of filter starts at the newest. */
export function filterQuery(
  filter: DecisionFilter,
  change: { outcome?: Outcome | undefined; before?: Cursor | undefined },
): string {
  const next = { ...filter, before: undefined, ...change };
  const query = new URLSearchParams();
  if (next.repository) query.set('repository', next.repository);
  if (next.outcome) query.set('outcome', next.outcome);
  if (next.limit !== 50) query.set('limit', String(next.limit));
  if (next.before) query.set('before', cursorText(next.before));
  const text = query.toString();
  return text === '' ? '/decisions' : `/decisions?${text}`;
}

/** A cursor as it stands in a query string. */
export function cursorText(cursor: Cursor): string {
  return `${cursor.decidedAt}~${cursor.deliveryId}`;
}
