import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';

/** What a command may touch of its process. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Settings: the environment and `.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The environment without `.env`, for programs that are started. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  readonly colour: boolean;
}

export const EXIT = {
  ok: 0,
  /** The thing checked is bad, not found, or the work failed. */
  bad: 1,
  usage: 2,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Builds a command; its action tells through `done` how it ended. */
export type CommandFactory = (io: Io, done: (code: ExitCode) => void) => Command;

/** Ends a command with one line and an exit code; not a bug, so never with a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.bad,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
