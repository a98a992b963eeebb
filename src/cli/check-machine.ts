import { readAnyManifest, verifyModelFiles } from '../models/manifest.js';
import { openStore, type Store } from '../store/open-store.js';
import { StoreError } from '../store/store-error.js';
import { type Check, fail, firstLine, ok, warn } from './doctor-check.js';

const NODE_FLOOR = [20, 19] as const;

/** Node's version against the floor in package.json. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const enough = major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
  if (enough) return ok('node', version);
  return fail('node', `${version} is too old`, `Install Node ${NODE_FLOOR.join('.')} or later.`);
}

/** The model's files against the sizes and hashes of its manifest. */
export async function checkModel(directory: string): Promise<Check> {
  try {
    const manifest = await readAnyManifest(directory);
    await verifyModelFiles(manifest, directory);
    return ok(
      'model',
      `${manifest.name} ${manifest.version}, ${manifest.files.length} files whole`,
    );
  } catch (error) {
    return fail('model', firstLine(error), 'Restore models/ from the repository or install again.');
  }
}

/**
 * Opens the database, which brings its schema up to date, and tries a write without keeping it. A file
 * that is not there is not made: this may be the wrong folder.
 */
export async function checkDatabase(databaseUrl: string): Promise<Check> {
  let store: Store | undefined;
  try {
    store = await openStore(databaseUrl, { create: false });
    await tryWrite(store);
    return ok('database', `${store.dialect}: opens, schema up to date, writable`);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing') {
      return warn('database', firstLine(error), 'Before its first start that is as it should be.');
    }
    const advice =
      'Check DATABASE_URL, that the database runs, and the rights on its file or schema.';
    return fail('database', firstLine(error), advice);
  } finally {
    await store?.close();
  }
}

class Undo extends Error {}

async function tryWrite(store: Store): Promise<void> {
  const row = {
    repository: 'sentinel/doctor',
    good: null,
    errors: null,
    source: null,
    checked_at: Date.now(),
  };
  await store.db
    .transaction()
    .execute(async (transaction) => {
      await transaction
        .deleteFrom('configurations')
        .where('repository', '=', row.repository)
        .execute();
      await transaction.insertInto('configurations').values(row).execute();
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
}
