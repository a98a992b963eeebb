import { ModelUnavailableError } from './encoder.js';
import { readManifest, verifyModelFiles } from './manifest.js';
import type { ModelKind } from './model-kind.js';

/** A model that is loaded when it is first asked, and whose files are looked after until then. */
export interface ModelWatch {
  /** Null when the model can be asked, else why not. */
  readonly problem: string | null;
  /** @throws {ModelUnavailableError} while the model cannot be asked */
  demand(): void;
  /** Told that the model could not be used: nobody asks it again before its files are verified. */
  failed(error: unknown): void;
  close(): void;
}

export interface WatchOptions {
  /** Milliseconds between two looks at files that are missing or corrupt. */
  readonly retryMs: number;
  readonly onProblem: (error: unknown) => void;
}

/** Verifies a model's files now, and again and again while they are missing or corrupt. */
export function watchModel(
  kind: ModelKind<string>,
  { retryMs, onProblem }: WatchOptions,
): ModelWatch {
  let problem: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let nextLook = 0;
  let closed = false;

  const look = async (): Promise<void> => {
    try {
      await verifyModelFiles(await readManifest(kind), kind.directory);
      problem = null;
    } catch (error) {
      failed(error);
    }
  };
  const failed = (error: unknown): void => {
    if (closed) return;
    const before = problem;
    problem = error instanceof Error ? error.message : String(error);
    if (problem !== before) onProblem(error);
    clearTimeout(timer);
    nextLook = Date.now() + retryMs;
    timer = setTimeout(look, retryMs);
  };

  void look();
  return {
    get problem() {
      return problem;
    },
    demand() {
      if (problem === null) return;
      const soon = Math.max(nextLook, Date.now()) + retryMs / 2;
      throw new ModelUnavailableError(problem, new Date(soon));
    },
    failed,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
