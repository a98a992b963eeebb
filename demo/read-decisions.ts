import { z } from 'zod';
import { ISSUE_TYPES } from '../src/triage/plan.js';

const decisionSchema = z.object({
  deliveryId: z.string(),
  outcome: z.string(),
  durationMs: z.number(),
  decidedAt: z.string().transform((time) => Date.parse(time)),
  plan: z
    .object({
      decided: z.enum(ISSUE_TYPES).nullable(),
      addLabels: z.array(z.string()),
      scores: z.object({ bug: z.number(), feature: z.number(), question: z.number() }).nullable(),
      reasons: z.array(z.object({ code: z.string(), text: z.string() })),
    })
    .nullable(),
});

/** A decision as the app's `/decisions.json` gives it. */
export type Decision = z.output<typeof decisionSchema>;

const pageSchema = z.object({ decisions: z.array(decisionSchema) });

/** The app's last `limit` decisions, newest first. */
export async function readDecisions(appUrl: string, limit: number): Promise<Decision[]> {
  const response = await fetch(`${appUrl}/decisions.json?limit=${limit}`, {
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${appUrl}/decisions.json answered ${response.status}`);
  return pageSchema.parse(await response.json()).decisions;
}
