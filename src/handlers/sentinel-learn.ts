import type { Installation } from '../github/connect.js';
import { RefusedError } from '../github/github-error.js';
import { ModelUnavailableError } from '../models/encoder.js';
import type { HandlerContext } from './event-handler.js';
import { learnPulls } from './learn-pulls.js';
import { learnRepository } from './learn-repository.js';
import { onOwnEvent } from './own-event.js';
import type { RepositoryTarget } from './payload-fields.js';
import { queueLearning } from './queue-learning.js';
import { readHistory } from './read-history.js';
import { readPullHistory } from './read-pull-history.js';

/** So long a history is read at once; then issues that wait have their turn. */
const CALLS_AT_ONCE = 30;

/** Reads what is new of a repository's history and learns from it, issues and pull requests. */
export const sentinelLearn = onOwnEvent('learn', async (target, context) => {
  try {
    await learn(target, context);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // Uninstalled or deleted since: there is nothing to learn, now or later.
    context.logger.info({ ...target, err: error }, 'nothing was learned');
  }
});

async function learn(
  target: RepositoryTarget,
  { github, store, encoder, learner, heads, queue, repositories, logger }: HandlerContext,
): Promise<void> {
  const { repository } = target;
  const installation = github.installation(target.installationId);
  if (!(await readHistory(installation, repository, store, { maxCalls: CALLS_AT_ONCE }))) {
    await queueLearning(queue, target, 'the history is long');
    return;
  }
  const config = await repositories.config(installation, repository);
  const { precision, pull_requests: own } = config;
  const pulls = own.enabled && (await readPulls(installation, repository, { store, logger }));
  if (pulls === 'unfinished') {
    await queueLearning(queue, target, 'many pull requests are labelled');
    return;
  }
  const learning = await learnRepository(repository, { store, encoder, learner, precision });
  heads.forget(repository);
  logger.info({ repository, ...learning }, 'learned from the history');
  if (pulls !== 'read') return;
  const context = { store, encoder, learner, precision, config: own };
  try {
    const pullLearning = await learnPulls(repository, context);
    heads.forget(repository);
    logger.info({ repository, ...pullLearning }, 'learned from pull requests');
  } catch (error) {
    // Issues are learned from already; the next learning catches up.
    if (!(error instanceof ModelUnavailableError)) throw error;
    logger.warn({ repository, err: error }, 'pull requests were not learned from');
  }
}

/** Reads what labelled pull requests change, a slice at a time; `refused` where the App may not. */
async function readPulls(
  installation: Installation,
  repository: string,
  { store, logger }: Pick<HandlerContext, 'store' | 'logger'>,
): Promise<'read' | 'unfinished' | 'refused'> {
  try {
    const options = { maxCalls: CALLS_AT_ONCE };
    const all = await readPullHistory(installation, repository, store, options);
    return all ? 'read' : 'unfinished';
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    logger.info(
      { repository, err: error },
      'pull requests cannot be read; issues are learned from',
    );
    return 'refused';
  }
}
