/** The thread that fits heads, so that seconds of computing never hold up deliveries. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { backtest } from './backtest.js';
import { chooseHead } from './choose-head.js';
import { learnHead, NothingToLearnError } from './learn-head.js';
import type { LearningReply, LearningTask } from './learning-messages.js';

/** Behind the encoder's: decisions go first. On Linux a priority is a thread's own. */
const LEARNING_NICENESS = 10;

const port = parentPort;
if (!port) throw new Error('learning-worker.js runs as a worker thread only');
if (process.platform === 'linux') setPriority(LEARNING_NICENESS);

const reply = (message: LearningReply): void => port.postMessage(message);

try {
  reply(await perform(workerData as LearningTask));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  reply({ kind: error instanceof NothingToLearnError ? 'nothing' : 'failed', message });
}

async function perform(task: LearningTask): Promise<LearningReply> {
  if (task.kind === 'choose') {
    return { kind: 'chosen', choice: await chooseHead(task.inUse, task.candidate, task.examples) };
  }
  const { examples, ...given } = task;
  const options = { ...given, onProgress: (share: number) => reply({ kind: 'progress', share }) };
  return task.kind === 'learn'
    ? { kind: 'learned', head: await learnHead(examples, options) }
    : { kind: 'backtested', report: await backtest(examples, options) };
}
