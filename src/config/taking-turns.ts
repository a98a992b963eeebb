import { setImmediate as nextTurn } from 'node:timers/promises';

/** Tells when others are to have their turn, and gives it to them. Asking costs next to nothing. */
export interface Turn {
  readonly due: () => boolean;
  readonly give: () => Promise<void>;
}

/** Milliseconds of work after which others get their turn. */
const TURN_MS = 10;

/** For long work on the event loop: `if (turn.due()) await turn.give()` after each step. */
export function takingTurns(): Turn {
  let last = performance.now();
  return {
    due: () => performance.now() - last > TURN_MS,
    async give() {
      await nextTurn();
      last = performance.now();
    },
  };
}
