import { Command, Option } from 'commander';
import type { DeliveryState, QueueCounts, QueuedDelivery } from '../queue/queue.js';
import { MAX_LISTED } from '../queue/queue-options.js';
import { type CommandFactory, EXIT } from './command.js';
import { parseCount } from './parse-count.js';
import { shortSpan, textTable } from './text-table.js';
import { withQueue } from './with-queue.js';
import { printable, writeJson, writeLine } from './write-line.js';

const STATES: readonly DeliveryState[] = ['ready', 'delayed', 'running', 'dead'];
const ERROR_CHARACTERS = 120;

interface Options {
  readonly state?: DeliveryState;
  readonly limit: number;
  readonly json?: boolean;
}

/** `sentinel queue list` */
export const queueListCommand: CommandFactory = (io, done) =>
  new Command()
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .option('--limit <n>', 'at most so many', parseCount(1, MAX_LISTED), 50)
    .option('--json', 'print JSON')
    .action(async ({ state, limit, json }: Options) => {
      const filter = state === undefined ? { limit } : { state, limit };
      const { deliveries, counts } = await withQueue(io, async (queue) => ({
        deliveries: await queue.list(filter),
        counts: await queue.counts(),
      }));
      if (json) await writeJson(io.stdout, deliveries);
      else await writeLine(io.stdout, queueTable(deliveries, Date.now()));
      const more = moreText(deliveries.length, counts, state);
      // The JSON is a list of deliveries and stays one.
      if (more !== null) await writeLine(json ? io.stderr : io.stdout, more);
      done(EXIT.ok);
    });

/** How many deliveries are not listed; null where all are. */
export function moreText(
  listed: number,
  counts: QueueCounts,
  state: DeliveryState | undefined,
): string | null {
  const states = state === undefined ? STATES : [state];
  const all = states.reduce((sum, one) => sum + counts[one], 0);
  if (all <= listed) return null;
  const way = listed < MAX_LISTED ? ` (--limit takes up to ${numberText(MAX_LISTED)})` : '';
  return `… and ${numberText(all - listed)} more${way}`;
}

function numberText(count: number): string {
  return count.toLocaleString('en');
}

/** Deliveries as a table for people. */
export function queueTable(deliveries: readonly QueuedDelivery[], now: number): string {
  if (deliveries.length === 0) return 'No deliveries.';
  return textTable(
    ['ID', 'EVENT', 'KEY', 'STATE', 'ATTEMPTS', 'AGE', 'NEXT TRY', 'ERROR'],
    deliveries.map((one) => [
      printable(one.id),
      printable(one.event),
      printable(one.key),
      one.state,
      String(one.attempts),
      shortSpan(now - one.receivedAt.getTime()),
      nextTry(one, now),
      printable(one.error ?? '').slice(0, ERROR_CHARACTERS),
    ]),
  );
}

function nextTry({ state, runAt }: QueuedDelivery, now: number): string {
  if (state === 'dead' || state === 'running') return '-';
  const wait = runAt.getTime() - now;
  return wait <= 0 ? 'now' : `in ${shortSpan(wait)}`;
}
