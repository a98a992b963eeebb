/**
 * A consumer in a process of its own: `child-consumer.ts URL MODE`. It writes a line when a
 * delivery starts and, in mode `work`, another when it is done; in mode `hang` it never is.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openQueue } from '../../src/queue/open-queue.js';
import { openStore } from '../../src/store/open-store.js';

const [databaseUrl = '', mode = 'work'] = process.argv.slice(2);
const store = await openStore(databaseUrl);
const queue = await openQueue(store, { pollMs: 50 });
await queue.consume(
  async ({ id }) => {
    process.stdout.write(`start ${id}\n`);
    if (mode === 'hang') await new Promise(() => undefined);
    await sleep(5);
    process.stdout.write(`done ${id}\n`);
  },
  { concurrency: 3 },
);
process.stdout.write('ready\n');
