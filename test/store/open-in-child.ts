/** Opens the store of a URL in a process of its own and says `ok`: `open-in-child.ts URL`. */
import { openStore } from '../../src/store/open-store.js';

const store = await openStore(process.argv[2] ?? '');
await store.ping();
await store.close();
process.stdout.write('ok\n');
