import type { PullRequestConfig } from '../config/pull-request-config.js';
import type { Installation } from '../github/connect.js';
import { isRefused, RefusedError } from '../github/github-error.js';
import { ModelUnavailableError } from '../models/encoder.js';
import type { HandlerContext } from './event-handler.js';
import { forgetFormerOwner } from './forget-former-owner.js';
import { learnPulls } from './learn-pulls.js';
import { learnRepository } from './learn-repository.js';
import { onOwnEvent } from './own-event.js';
import type { RepositoryTarget } from './payload-fields.js';
import { queueRest } from './queue-learning.js';
import { readHistory } from './read-history.js';
import { readPullHistory } from './read-pull-history.js';

/** So long a history is read at once; then issues that wait have their turn. */
const CALLS_AT_ONCE = 30;

/** Reads what is new of a repository's history and learns from it, issues and pull requests. */
export const sentinelLearn = onOwnEvent('learn', async ({ resumes, ...target }, context) => {
  // A public repository can be read after the App was taken off it, too.
  if (resumes && !(await context.store.histories.find(target.repository))) return;
  try {
    await learn(target, context);
    await forgetFormerOwner(target, context);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // Uninstalled or deleted since, unless it is only out of reach for a while.
    if (!isRefused(error, 'gone')) await tryAgainAtNight(target, context);
    context.logger.info({ ...target, err: error }, 'nothing was learned');
  }
});

/** What was never learned from to the end is tried again each night; see `queue-due-learning`. */
async function tryAgainAtNight(
  { installationId, repository }: RepositoryTarget,
  { store }: Pick<HandlerContext, 'store'>,
): Promise<void> {
  if (await store.histories.find(repository)) return;
  await store.histories.save({
    repository,
    installation_id: installationId,
    position: '{}',
    finished_at: null,
    learned_at: null,
    result: null,
  });
}

async function learn(target: RepositoryTarget, context: HandlerContext): Promise<void> {
  const { github, store, queue, repositories } = context;
  const { repository } = target;
  const installation = github.installation(target.installationId);
  if (!(await readHistory(installation, repository, store, { maxCalls: CALLS_AT_ONCE }))) {
    await queueRest(queue, target, 'the history is long');
    return;
  }
  const { precision, pull_requests: own } = await repositories.config(installation, repository);
  const pulls = own.enabled && (await readPulls(installation, repository, context));
  if (pulls === 'unfinished') {
    // What is learned from issues first need not wait for a call each pull request.
    const history = await store.histories.find(repository);
    if (history?.learned_at === null) await learnFromIssues(repository, precision, context);
    await queueRest(queue, target, 'many pull requests are labelled');
    return;
  }
  await learnFromIssues(repository, precision, context);
  if (pulls === 'read') await learnFromPulls(repository, precision, own, context);
}

async function learnFromIssues(
  repository: string,
  precision: number,
  { store, encoder, learner, heads, logger }: HandlerContext,
): Promise<void> {
  const learning = await learnRepository(repository, { store, encoder, learner, precision });
  heads.forget(repository);
  logger.info({ repository, ...learning }, 'learned from the history');
}

async function learnFromPulls(
  repository: string,
  precision: number,
  config: PullRequestConfig,
  { store, encoder, learner, heads, logger }: HandlerContext,
): Promise<void> {
  try {
    const context = { store, encoder, learner, precision, config };
    const learning = await learnPulls(repository, context);
    heads.forget(repository);
    logger.info({ repository, ...learning }, 'learned from pull requests');
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
