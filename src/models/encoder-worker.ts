/**
 * The thread that runs the encoder, so that neither tokenization nor inference ever holds up the
 * event loop that receives deliveries.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { type EncoderSession, loadEncoderSession } from './encoder-session.js';
import type { WorkerReply, WorkerRequest } from './worker-messages.js';

const ENCODER_NICENESS = 5;

const settings = z
  .object({ directory: z.string(), threads: z.number().int().min(1).max(64) })
  .parse(workerData);
const port = parentPort;
if (!port) {
  throw new Error('encoder-worker.js runs as a worker thread only');
}

// Receipt goes first where cores are few. On Linux a priority is a thread's own; elsewhere it is the
// whole process's, which must not yield.
if (process.platform === 'linux') {
  setPriority(ENCODER_NICENESS);
}

const reply = (message: WorkerReply): void => port.postMessage(message);

try {
  const session = await loadEncoderSession(settings.directory, settings.threads);
  // One at a time: side by side they would only share the same threads.
  let last = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    last = last.then(() => answer(session, request));
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) });
}

async function answer(session: EncoderSession, { id, text }: WorkerRequest): Promise<void> {
  try {
    reply({ kind: 'encoded', id, encoding: await session.encode(text) });
  } catch (error) {
    reply({ kind: 'failed', id, message: String(error) });
  }
}
