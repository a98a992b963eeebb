import type { Kysely } from 'kysely';
import type { Database } from './schema.js';

/** What the encoder said of a text. */
export interface StoredEncoding {
  readonly logits: readonly number[];
  readonly embedding: Float32Array;
}

/** The issue or pull request that a text is of. */
export interface TextOwner {
  readonly repository: string;
  readonly issue: number;
}

const CHUNK = 500;

/** Encodings by text and model, so that the encoder reads each text once. */
export class Embeddings {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Those that are known, by the text's hash.
   *
   * @param hashes sha256 of prepared texts
   * @param model name and version of the encoder
   */
  async find(hashes: readonly string[], model: string): Promise<Map<string, StoredEncoding>> {
    const found = new Map<string, StoredEncoding>();
    for (let from = 0; from < hashes.length; from += CHUNK) {
      const rows = await this.#db
        .selectFrom('embeddings')
        .select(['text_hash', 'logits', 'embedding'])
        .where('model', '=', model)
        .where('text_hash', 'in', hashes.slice(from, from + CHUNK))
        .execute();
      for (const { text_hash, logits, embedding } of rows) {
        const encoding = { logits: JSON.parse(logits) as number[], embedding: unpack(embedding) };
        found.set(text_hash, encoding);
      }
    }
    return found;
  }

  /** Stores an encoding in place of what the model said of an earlier text of the same issue. */
  async save(
    { repository, issue }: TextOwner,
    hash: string,
    model: string,
    encoding: StoredEncoding,
    now: number,
  ): Promise<void> {
    await this.#db
      .deleteFrom('embeddings')
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .where('model', '=', model)
      .execute();
    await this.#db
      .insertInto('embeddings')
      .values({
        text_hash: hash,
        model,
        logits: JSON.stringify(encoding.logits),
        embedding: pack(encoding.embedding),
        made_at: now,
        repository,
        issue,
      })
      .onConflict((conflict) => conflict.columns(['text_hash', 'model']).doNothing())
      .execute();
  }

  /** Deletes what every model said of an issue's text, or of all it had but one. */
  async remove({ repository, issue }: TextOwner, except?: string): Promise<void> {
    let query = this.#db
      .deleteFrom('embeddings')
      .where('repository', '=', repository)
      .where('issue', '=', issue);
    if (except !== undefined) query = query.where('text_hash', '!=', except);
    await query.execute();
  }

  /**
   * Deletes encodings of other versions of a model: none will be asked for again; how many.
   *
   * @param model name and version, which is its last word
   */
  async keepOnly(model: string): Promise<number> {
    const name = model.slice(0, model.lastIndexOf(' ') + 1);
    let deleted = 0;
    for (const other of await this.#models()) {
      if (!other.startsWith(name) || other === model) continue;
      const result = await this.#db
        .deleteFrom('embeddings')
        .where('model', '=', other)
        .executeTakeFirst();
      deleted += Number(result.numDeletedRows);
    }
    return deleted;
  }

  /** The few there are, each from the one before by the index: there may be millions of rows. */
  async #models(): Promise<string[]> {
    const models: string[] = [];
    for (;;) {
      const { next } = await this.#db
        .selectFrom('embeddings')
        .select((eb) => eb.fn.min<string | null>('model').as('next'))
        .$if(models.length > 0, (query) => query.where('model', '>', models.at(-1) ?? ''))
        .executeTakeFirstOrThrow();
      if (next === null) return models;
      models.push(next);
    }
  }
}

function pack(embedding: Float32Array): string {
  const bytes = Buffer.alloc(embedding.length * 4);
  embedding.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes.toString('base64');
}

function unpack(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) =>
    bytes.readFloatLE(index * 4),
  );
}
