import { type Classifier, type Encoder, EncoderStoppedError } from './encoder.js';
import { ModelError } from './model-error.js';
import type { ModelKind } from './model-kind.js';
import { type ModelWatch, watchModel } from './watch-model.js';

export interface EncoderSupervisor extends Pick<Encoder, 'classify' | 'beside'> {
  /** The manifest of the running encoder. @throws {EncoderStoppedError} while there is none */
  readonly manifest: Encoder['manifest'];
  /** Null when the encoder runs and the models beside it are whole, else what is wrong. */
  readonly problem: string | null;
  /** Resolves once the encoder has run for the first time. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<Encoder>;
  /** Other models that are asked for in its thread; none when left out. */
  readonly besides?: readonly ModelKind<string>[];
  /** Milliseconds between two tries to start. */
  readonly retryMs: number;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Keeps an encoder running: starts it, starts it again when its thread dies, and tries again
 * later while its files are missing or corrupt. Everything else goes on meanwhile. While the files of
 * a model beside it are, asking that one fails with when to come back.
 */
export function superviseEncoder({
  start,
  besides = [],
  retryMs,
  onProblem,
}: SuperviseOptions): EncoderSupervisor {
  let running: Encoder | null = null;
  let problem: string | null = 'The encoder is starting.';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let announce: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    announce = resolve;
  });

  const launch = async (): Promise<void> => {
    try {
      const encoder = await start();
      if (closed) {
        await encoder.close();
        return;
      }
      running = encoder;
      problem = null;
      announce();
      fail(await encoder.stopped);
    } catch (error) {
      fail(error);
    }
  };
  const fail = (error: unknown): void => {
    running = null;
    if (closed) {
      return;
    }
    problem = error instanceof Error ? error.message : String(error);
    onProblem(error);
    timer = setTimeout(launch, retryMs);
  };
  const current = (): Encoder => {
    if (!running) {
      throw new EncoderStoppedError(problem ?? 'The encoder was closed');
    }
    return running;
  };

  const watches = new Map(
    besides.map((kind) => [kind.directory, watchModel(kind, { retryMs, onProblem })]),
  );
  void launch();
  return {
    started,
    get manifest() {
      return current().manifest;
    },
    get problem() {
      const others = [...watches.values()].map((watch) => watch.problem);
      return problem ?? others.find((other) => other !== null) ?? null;
    },
    classify: async (text) => current().classify(text),
    beside: async (kind) => watched(current(), kind, watches.get(kind.directory)),
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const watch of watches.values()) watch.close();
      await running?.close();
    },
  };
}

/** A model beside the encoder, unless its files are known to be at fault. */
async function watched<Label extends string>(
  encoder: Encoder,
  kind: ModelKind<Label>,
  watch: ModelWatch | undefined,
): Promise<Classifier<Label>> {
  const guarded = async <T>(ask: () => Promise<T>): Promise<T> => {
    watch?.demand();
    try {
      return await ask();
    } catch (error) {
      if (watch && error instanceof ModelError) {
        watch.failed(error);
        watch.demand();
      }
      throw error;
    }
  };
  const { manifest, classify } = await guarded(() => encoder.beside(kind));
  return {
    manifest,
    classify: (text, features) => guarded(() => classify(text, features)),
  };
}
