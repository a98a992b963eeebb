import { createHash } from 'node:crypto';
import type { IssueEncoding } from '../learning/labelled-issue.js';
import type { Store } from '../store/open-store.js';

/** A model that reads texts, of issues or of changes. */
export interface TextEncoder {
  readonly manifest: { readonly name: string; readonly version: string };
  classify(text: string): Promise<IssueEncoding>;
}

/** What encoding with a memory needs. */
export interface EncodingContext {
  readonly encoder: TextEncoder;
  readonly store: Pick<Store, 'embeddings'>;
}

/** sha256 of a prepared text: what encodings and decisions are remembered by. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Name and version, as the store and plans keep them. */
export function modelName({ name, version }: { readonly name: string; readonly version: string }) {
  return `${name} ${version}`;
}

/** A prepared text, and the number of the issue or pull request that it is of. */
export interface OwnedText {
  readonly text: string;
  readonly number: number;
}

/**
 * What the encoder says of a repository's prepared texts, in their order; each is read once and then
 * remembered until it changes.
 *
 * @param onProgress told how many are known by now
 * @throws {EncoderStoppedError} while the encoder does not run; what was read until then is kept
 */
export async function encodeTexts(
  repository: string,
  texts: readonly OwnedText[],
  { encoder, store }: EncodingContext,
  onProgress?: (done: number) => void,
): Promise<IssueEncoding[]> {
  const model = modelName(encoder.manifest);
  const hashes = texts.map(({ text }) => hashText(text));
  const known = await store.embeddings.find([...new Set(hashes)], model);
  const encodings: IssueEncoding[] = [];
  for (const [index, { text, number }] of texts.entries()) {
    const hash = hashes[index] ?? '';
    let encoding: IssueEncoding | undefined = known.get(hash);
    if (!encoding) {
      const { logits, embedding } = await encoder.classify(text);
      encoding = { logits, embedding };
      known.set(hash, encoding);
      const owner = { repository, issue: number };
      await store.embeddings.save(owner, hash, model, encoding, Date.now());
    }
    encodings.push(encoding);
    onProgress?.(encodings.length);
  }
  return encodings;
}
