import { Command } from 'commander';
import { CommandError, type CommandFactory, EXIT } from './command.js';
import { reportIds } from './report-ids.js';
import { withQueue } from './with-queue.js';

/** `sentinel queue drop` */
export const queueDropCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('<id...>', 'delivery ids')
    .option('--yes', 'really do it')
    .option('--json', 'print JSON')
    .action(async (ids: string[], options: { yes?: boolean; json?: boolean }) => {
      if (!options.yes) {
        const what = ids.length === 1 ? 'this delivery' : `these ${ids.length} deliveries`;
        throw new CommandError(`Dropping can't be undone. Add --yes to drop ${what}`, EXIT.usage);
      }
      const results = await withQueue(io, async (queue) => {
        const dropped = new Map<string, boolean>();
        for (const id of ids) dropped.set(id, await queue.drop(id));
        return dropped;
      });
      done(await reportIds(io, { results, done: 'dropped', json: options.json }));
    });
