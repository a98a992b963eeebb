/**
 * The thread that runs the encoders, so that neither tokenization nor inference ever holds up the
 * event loop that receives deliveries.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { type EncoderSession, loadEncoderSession } from './encoder-session.js';
import { ModelError } from './model-error.js';
import type { ModelKind } from './model-kind.js';
import type { WorkerReply, WorkerRequest } from './worker-messages.js';

const ENCODER_NICENESS = 5;

const settings = z
  .object({
    /** The model to load before anything is answered. */
    kind: z.object({ directory: z.string(), labels: z.array(z.string()) }),
    threads: z.number().int().min(1).max(64),
  })
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

/** By folder. One that could not be loaded is tried again when it is asked again. */
const sessions = new Map<string, Promise<EncoderSession<string>>>();

function sessionOf(kind: ModelKind<string>): Promise<EncoderSession<string>> {
  const known = sessions.get(kind.directory);
  if (known) return known;
  const loading = loadEncoderSession(kind, settings.threads);
  sessions.set(kind.directory, loading);
  loading.catch(() => sessions.delete(kind.directory));
  return loading;
}

try {
  await sessionOf(settings.kind);
  // One at a time: side by side they would only share the same threads.
  let last = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    last = last.then(() => answer(request));
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) });
}

async function answer({ id, kind, text, features }: WorkerRequest): Promise<void> {
  try {
    const session = await sessionOf(kind);
    reply({ kind: 'encoded', id, encoding: await session.encode(text, features) });
  } catch (error) {
    const atFault = error instanceof ModelError ? error : null;
    const message = atFault?.message ?? String(error);
    reply({ kind: 'failed', id, message, file: atFault?.file ?? null });
  }
}
