import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What the event loop went through while something ran, in milliseconds. */
export interface TurnFigures {
  /** By the clock: the longest delay and its 99th percentile. A busy machine adds to these. */
  readonly max: number;
  readonly p99: number;
  /** The longest that its thread computed in one turn; null where the system does not tell. */
  readonly turnMs: number | null;
}

/** The first number: nanoseconds that the main thread has computed. Linux only. */
const SCHEDULE = `/proc/self/task/${process.pid}/schedstat`;

function computedMs(): number | null {
  try {
    return Number(readFileSync(SCHEDULE, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

/** Runs something and watches the turns of the event loop meanwhile. */
export async function watchTurns<T>(run: () => Promise<T>): Promise<[T, TurnFigures]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let before = computedMs();
  let turnMs = before === null ? null : 0;
  let watching = true;
  const turn = () => {
    const now = computedMs();
    if (now !== null && before !== null) turnMs = Math.max(turnMs ?? 0, now - before);
    before = now;
    // A timer rather than `setImmediate`, which would never let the thread rest.
    if (watching) setTimeout(turn, 1);
  };
  delay.enable();
  turn();
  const result = await run();
  watching = false;
  delay.disable();
  return [result, { max: delay.max / 1e6, p99: delay.percentile(99) / 1e6, turnMs }];
}
