import type { Io } from './command.js';

const EVERY_MS = 100;

/** One line on standard error that is written over, on a terminal only. */
export function showProgress(io: Io): { show(text: string): void; end(): void } {
  const stream: Io['stderr'] & { readonly isTTY?: boolean } = io.stderr;
  let last = 0;
  let shown = false;
  return {
    show(text) {
      const now = Date.now();
      if (stream.isTTY !== true || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      stream.write(`\r\u001b[K${text}`);
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}
