import { Worker } from 'node:worker_threads';
import { type Classifier, type Encoder, EncoderStoppedError, type Encoding } from './encoder.js';
import { type ModelManifest, readManifest } from './manifest.js';
import { ModelError } from './model-error.js';
import { ISSUE_ENCODER, type IssueLabel, type ModelKind } from './model-kind.js';
import type { WorkerReply, WorkerRequest } from './worker-messages.js';

export interface EncoderOptions {
  /** Folder with `manifest.json`; the committed model when left out. */
  readonly modelDirectory?: string;
  /** Threads inside one inference; 1 when left out. */
  readonly threads?: number;
  /** The built `encoder-worker.js`; only needed where this file runs unbuilt. */
  readonly workerUrl?: URL;
}

interface Waiting {
  resolve(encoding: Encoding): void;
  reject(error: Error): void;
}

/** Starts the issue encoder; see `startModel`. */
export function startEncoder(options: EncoderOptions = {}): Promise<Encoder<IssueLabel>> {
  return startModel(ISSUE_ENCODER, options);
}

/**
 * Starts a model in a worker thread and waits until it is ready.
 *
 * @throws {ModelError} naming the model file that is missing, corrupt or unusable
 * @example
 * const encoder = await startModel(ISSUE_ENCODER);
 * const { logits } = await encoder.classify('Crash on start');
 * await encoder.close();
 */
export async function startModel<Label extends string>(
  committed: ModelKind<Label>,
  options: EncoderOptions = {},
): Promise<Encoder<Label>> {
  const directory = options.modelDirectory ?? committed.directory;
  const kind = { labels: committed.labels, directory };
  const manifest = await readManifest(kind);
  const worker = new Worker(options.workerUrl ?? new URL('./encoder-worker.js', import.meta.url), {
    workerData: { kind, threads: options.threads ?? 1 },
    name: 'encoder',
  });
  await ready(worker, directory);
  return new WorkerEncoder(worker, kind, manifest);
}

function ready(worker: Worker, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () =>
      reject(new EncoderStoppedError('The encoder thread ended before it was ready'));
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (message: WorkerReply) => {
      worker.off('error', reject);
      worker.off('exit', ended);
      if (message.kind === 'ready') {
        resolve();
        return;
      }
      void worker.terminate();
      const text = message.kind === 'unusable' ? message.message : 'did not start';
      reject(ModelError.fromMessage(directory, text));
    });
  });
}

class WorkerEncoder<Label extends string> implements Encoder<Label> {
  readonly #waiting = new Map<number, Waiting>();
  readonly stopped: Promise<Error>;
  #nextId = 0;
  #reason: Error | null = null;
  #announceStop: (reason: Error) => void = () => {};

  constructor(
    private readonly worker: Worker,
    private readonly kind: ModelKind<Label>,
    readonly manifest: ModelManifest<Label>,
  ) {
    this.stopped = new Promise((resolve) => {
      this.#announceStop = resolve;
    });
    worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    worker.on('error', (cause) => this.#stop(new EncoderStoppedError(String(cause), { cause })));
    worker.on('exit', () => this.#stop(new EncoderStoppedError('The encoder thread ended')));
  }

  classify(text: string, features?: readonly number[]): Promise<Encoding> {
    return this.#ask(this.kind, text, features);
  }

  async beside<Other extends string>(kind: ModelKind<Other>): Promise<Classifier<Other>> {
    const manifest = await readManifest(kind);
    return { manifest, classify: (text, features) => this.#ask(kind, text, features) };
  }

  #ask(
    kind: ModelKind<string>,
    text: string,
    features: readonly number[] | undefined,
  ): Promise<Encoding> {
    if (this.#reason) {
      return Promise.reject(this.#reason);
    }
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, kind, text, features } satisfies WorkerRequest);
    });
  }

  async close(): Promise<void> {
    this.#stop(new EncoderStoppedError('The encoder was closed'));
    await this.worker.terminate();
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind !== 'encoded' && reply.kind !== 'failed') {
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'encoded') {
      waiting?.resolve(reply.encoding);
    } else {
      const { file, message } = reply;
      waiting?.reject(file === null ? new Error(message) : ModelError.fromMessage(file, message));
    }
  }

  #stop(reason: Error): void {
    this.#reason ??= reason;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(this.#reason);
    }
    this.#waiting.clear();
    this.#announceStop(this.#reason);
  }
}
