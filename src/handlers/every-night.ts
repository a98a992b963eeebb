/** A timer may ring a moment early: what rang is not waited for again. */
const EARLY_MS = 60_000;

/**
 * Does something once a night, at a full hour of the machine's clock.
 *
 * @param hour 0 to 23
 * @returns what ends it
 */
export function everyNight(hour: number, task: () => void): () => void {
  let timer: NodeJS.Timeout;
  const waitFrom = (from: number): void => {
    timer = setTimeout(() => {
      waitFrom(Date.now() + EARLY_MS);
      task();
    }, nextAfter(from, hour) - Date.now());
  };
  waitFrom(Date.now());
  return () => clearTimeout(timer);
}

/** When the clock next shows the full hour; by the calendar, so that summer time counts. */
function nextAfter(from: number, hour: number): number {
  const next = new Date(from);
  next.setHours(hour, 0, 0, 0);
  if (next.getTime() <= from) next.setDate(next.getDate() + 1);
  return next.getTime();
}
