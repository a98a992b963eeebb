import { LRUCache } from 'lru-cache';
import { headSchema } from '../learning/head.js';
import { type ReadyHead, readyHead } from '../learning/score-with-head.js';
import type { Store } from '../store/open-store.js';
import type { HeadSubject } from '../store/schema.js';
import { remember } from './remember.js';

/** A repository's own model, ready to score. */
export interface UsableHead extends ReadyHead {
  readonly version: number;
  /** Labels that are only suggested, because people took them off too often. */
  readonly switched: ReadonlySet<string>;
}

/** Reads the heads in use, and remembers them for a while. */
export interface HeadReader {
  /** Null when the repository has none in use. */
  read(repository: string, subject?: HeadSubject): Promise<UsableHead | null>;
  /** Null also when the one in use is not for this encoder. */
  readFor(
    repository: string,
    encoder: { readonly name: string; readonly version: string },
    subject?: HeadSubject,
  ): Promise<UsableHead | null>;
  /** Forgets a repository's, because another came into use or a label was switched. */
  forget(repository: string): void;
}

/** Heads are large; what is not asked for lately is read again. */
const REMEMBERED = 50;
const TTL_MS = 60_000;

/** A reader whose readings hold for a minute. */
export function createHeadReader(store: Pick<Store, 'heads' | 'labelSwitches'>): HeadReader {
  const heads = new LRUCache<string, Promise<{ head: UsableHead | null }>>({
    max: REMEMBERED,
    ttl: TTL_MS,
  });
  const inUse = async (repository: string, subject: HeadSubject = 'issues') => {
    const { head } = await remember(heads, `${repository} ${subject}`, async () => ({
      head: await readInUse(repository, subject, store),
    }));
    return head;
  };
  return {
    read: inUse,
    async readFor(repository, { name, version }, subject) {
      const usable = await inUse(repository, subject);
      const encoder = usable?.head.encoder;
      return encoder?.name === name && encoder.version === version ? usable : null;
    },
    forget: (repository) => {
      for (const subject of ['issues', 'pulls']) heads.delete(`${repository} ${subject}`);
    },
  };
}

async function readInUse(
  repository: string,
  subject: HeadSubject,
  store: Pick<Store, 'heads' | 'labelSwitches'>,
): Promise<UsableHead | null> {
  const row = await store.heads.inUse(repository, subject);
  // One of another version of Sentinel may not fit; the next learning replaces it.
  const head = row && headSchema.safeParse(JSON.parse(row.head)).data;
  if (!row || !head) return null;
  const switches = (await store.labelSwitches.list(repository)).filter(
    ({ head_version: version }) => version === row.version,
  );
  return {
    ...readyHead(head),
    version: row.version,
    switched: new Set(switches.map(({ label }) => label)),
  };
}
