import { z } from 'zod';
import { RefusedError } from '../github/github-error.js';
import type { EventHandler, HandlerContext } from './event-handler.js';
import type { IssueTarget } from './issue-event.js';
import { learnRepository } from './learn-repository.js';
import { LEARN_EVENT, learningKey, queueLearning } from './queue-learning.js';
import { readHistory } from './read-history.js';

const payloadSchema = z.object({
  installation: z.object({ id: z.number().int().positive() }),
  repository: z.object({ full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/) }),
});

/** So long a history is read at once; then issues that wait have their turn. */
const CALLS_AT_ONCE = 30;

/** Reads what is new of a repository's history and learns from it. */
export const sentinelLearn: EventHandler = {
  event: LEARN_EVENT,
  accept(payload) {
    const parsed = payloadSchema.safeParse(payload).data;
    if (!parsed) return null;
    const target = {
      installationId: parsed.installation.id,
      repository: parsed.repository.full_name,
    };
    return {
      key: learningKey(target.repository),
      async perform(_delivery, context) {
        try {
          await learn(target, context);
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
          // Uninstalled or deleted since: there is nothing to learn, now or later.
          context.logger.info({ ...target, err: error }, 'nothing was learned');
        }
      },
    };
  },
};

async function learn(
  target: Omit<IssueTarget, 'issue'>,
  { github, store, encoder, learner, heads, queue, repositories, logger }: HandlerContext,
): Promise<void> {
  const { repository } = target;
  const installation = github.installation(target.installationId);
  if (!(await readHistory(installation, repository, store, { maxCalls: CALLS_AT_ONCE }))) {
    await queueLearning(queue, target, 'the history is long');
    return;
  }
  const { precision } = await repositories.config(installation, repository);
  const learning = await learnRepository(repository, { store, encoder, learner, precision });
  heads.forget(repository);
  logger.info({ repository, ...learning }, 'learned from the history');
}
