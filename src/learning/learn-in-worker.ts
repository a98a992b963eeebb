import { Worker } from 'node:worker_threads';
import type { BacktestReport } from './backtest.js';
import type { Head } from './head.js';
import type { Example } from './labelled-issue.js';
import { type LearnOptions, NothingToLearnError } from './learn-head.js';
import type { Choice } from './learner.js';
import type { LearningReply, LearningTask } from './learning-messages.js';

/** Megabytes of heap for the thread: the promise is under 1 GB in all. */
const HEAP_MB = 900;
const WORKER = new URL('./learning-worker.js', import.meta.url);

/**
 * `learnHead` in a thread of its own.
 *
 * @param workerUrl the built `learning-worker.js`; only needed where this file runs unbuilt
 * @throws {NothingToLearnError} when no label has enough examples
 */
export async function learnInWorker(
  examples: readonly Example[],
  options: LearnOptions,
  workerUrl = WORKER,
): Promise<Head> {
  const { onProgress, ...given } = options;
  const reply = await ask({ kind: 'learn', examples, ...given }, workerUrl, onProgress);
  if (reply.kind !== 'learned') throw problemOf(reply);
  return reply.head;
}

/** `backtest` in a thread of its own; throws as it does. */
export async function backtestInWorker(
  examples: readonly Example[],
  options: LearnOptions,
): Promise<BacktestReport> {
  const { onProgress, ...given } = options;
  const reply = await ask({ kind: 'backtest', examples, ...given }, WORKER, onProgress);
  if (reply.kind !== 'backtested') throw problemOf(reply);
  return reply.report;
}

/** `chooseHead` in a thread of its own; for `workerUrl` see `learnInWorker`. */
export async function chooseInWorker(
  inUse: Head,
  candidate: Head,
  examples: readonly Example[],
  workerUrl = WORKER,
): Promise<Choice> {
  const reply = await ask({ kind: 'choose', inUse, candidate, examples }, workerUrl);
  if (reply.kind !== 'chosen') throw problemOf(reply);
  return reply.choice;
}

function problemOf(reply: LearningReply): Error {
  if (reply.kind === 'nothing') return new NothingToLearnError(reply.message);
  return new Error(
    reply.kind === 'failed' ? reply.message : 'The learning thread answered wrongly',
  );
}

function ask(
  task: LearningTask,
  workerUrl: URL,
  onProgress?: (share: number) => void,
): Promise<LearningReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, {
      workerData: task,
      name: 'learning',
      // It runs built files, whatever loader this process was started with.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('message', (reply: LearningReply) => {
      if (reply.kind === 'progress') onProgress?.(reply.share);
      else resolve(reply);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The learning thread ended without an answer')));
  });
}
