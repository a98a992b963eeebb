import { type Encoder, EncoderStoppedError } from './encoder.js';

export interface EncoderSupervisor extends Pick<Encoder, 'classify' | 'beside'> {
  /** The manifest of the running encoder. @throws {EncoderStoppedError} while there is none */
  readonly manifest: Encoder['manifest'];
  /** Null when the encoder runs, else why it does not. */
  readonly problem: string | null;
  /** Resolves once the encoder has run for the first time. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<Encoder>;
  /** Milliseconds between two tries to start. */
  readonly retryMs: number;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Keeps an encoder running: starts it, starts it again when its thread dies, and tries again
 * later while its files are missing or corrupt. Everything else goes on meanwhile.
 */
export function superviseEncoder({
  start,
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

  void launch();
  return {
    started,
    get manifest() {
      return current().manifest;
    },
    get problem() {
      return problem;
    },
    classify: async (text) => current().classify(text),
    beside: async (kind) => current().beside(kind),
    async close() {
      closed = true;
      clearTimeout(timer);
      await running?.close();
    },
  };
}
