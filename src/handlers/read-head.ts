import { LRUCache } from 'lru-cache';
import type { Head } from '../learning/head.js';
import { type ReadyHead, readyStored } from '../learning/score-with-head.js';
import type { Store } from '../store/open-store.js';
import type { HeadSubject } from '../store/schema.js';

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

interface Asked {
  readonly repository: string;
  readonly subject: HeadSubject;
}

/** What is not asked for lately is read again. */
const REMEMBERED = 500;
/** Heads are large: one of a hundred labels takes 50 MB, of eight labels 3. */
const REMEMBERED_BYTES = 200e6;
const TTL_MS = 60_000;

/**
 * A reader whose readings hold for a minute.
 *
 * @param bytes how much memory those that are remembered may take
 */
export function createHeadReader(
  store: Pick<Store, 'heads' | 'labelSwitches'>,
  bytes = REMEMBERED_BYTES,
): HeadReader {
  const heads = new LRUCache<string, { readonly head: UsableHead | null }, Asked>({
    max: REMEMBERED,
    maxSize: bytes,
    sizeCalculation: ({ head }) => (head ? bytesOf(head) : 1),
    ttl: TTL_MS,
    fetchMethod: async (_key, _stale, { context }) => ({ head: await readInUse(context, store) }),
    // One that is forgotten while it is read serves those who asked before, and is not kept.
    ignoreFetchAbort: true,
  });
  const inUse = async (repository: string, subject: HeadSubject = 'issues') => {
    const context = { repository, subject };
    return (await heads.forceFetch(`${repository} ${subject}`, { context })).head;
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
  { repository, subject }: Asked,
  store: Pick<Store, 'heads' | 'labelSwitches'>,
): Promise<UsableHead | null> {
  const row = await store.heads.inUse(repository, subject);
  // The next learning replaces one that is damaged or of another version of Sentinel.
  const ready = row && readyStored(row.head);
  if (!row || !ready) return null;
  const switches = (await store.labelSwitches.list(repository)).filter(
    ({ head_version: version }) => version === row.version,
  );
  return {
    ...ready,
    head: withoutWeights(ready.head),
    version: row.version,
    switched: new Set(switches.map(({ label }) => label)),
  };
}

/** As text they would take as much memory again as unpacked. */
function withoutWeights(head: Head): Head {
  return {
    ...head,
    text: { buckets: '', idf: '' },
    groups: head.groups.map((group) => ({ ...group, textWeights: '', embeddingWeights: '' })),
  };
}

function bytesOf({ model: { vocabulary, groups } }: UsableHead): number {
  const own = vocabulary.buckets.byteLength + vocabulary.idf.byteLength;
  return groups.reduce(
    (sum, { text, embedding }) => sum + text.byteLength + embedding.byteLength,
    own,
  );
}
