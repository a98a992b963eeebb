import { Command } from 'commander';
import type { Queue } from '../queue/queue.js';
import { CommandError, type CommandFactory, EXIT } from './command.js';
import { reportIds } from './report-ids.js';
import { withQueue } from './with-queue.js';

const BATCH = 1000;

/** `sentinel queue retry` */
export const queueRetryCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[id...]', 'delivery ids')
    .option('--all-dead', 'every dead delivery')
    .option('--json', 'print JSON')
    .action(async (ids: string[], options: { allDead?: boolean; json?: boolean }) => {
      if (ids.length > 0 === (options.allDead === true)) {
        throw new CommandError('Name the delivery ids, or use --all-dead', EXIT.usage);
      }
      const results = await withQueue(io, async (queue) => {
        const wanted = options.allDead ? retryDead(queue) : retryEach(queue, ids);
        return await wanted;
      });
      done(await reportIds(io, { results, done: 'ready again', json: options.json }));
    });

async function retryEach(queue: Queue, ids: readonly string[]): Promise<Map<string, boolean>> {
  const results = new Map<string, boolean>();
  for (const id of ids) results.set(id, await queue.retry(id));
  return results;
}

/**
 * Every delivery that is dead, in batches; one that dies again meanwhile is left. Those that somebody
 * else has retried or dropped by then are dead no more, and not told of.
 */
export async function retryDead(
  queue: Pick<Queue, 'list' | 'retry'>,
): Promise<Map<string, boolean>> {
  const tried = new Set<string>();
  const results = new Map<string, boolean>();
  for (;;) {
    const dead = await queue.list({ state: 'dead', limit: BATCH });
    const fresh = dead.filter(({ id }) => !tried.has(id));
    if (fresh.length === 0) return results;
    for (const { id } of fresh) {
      tried.add(id);
      if (await queue.retry(id)) results.set(id, true);
    }
  }
}
