import { probabilitiesOf } from './calibrate.js';
import { componentLogits, type FittedModel, judgingRows } from './fit-model.js';
import { type Head, headSchema } from './head.js';
import { likeliest } from './judge-groups.js';
import type { IssueEncoding } from './labelled-issue.js';
import { type ComponentLogits, mixLogits } from './mix.js';
import { unpackFloats, unpackIntegers } from './pack-numbers.js';
import { tabulate } from './term-table.js';
import { type ReadIssue, termsOf } from './text-terms.js';

/** A head made ready to score with: unpacked once. */
export interface ReadyHead {
  readonly head: Head;
  readonly model: FittedModel;
  /** Numbers of the encodings it was learned from. */
  readonly width: number;
}

/** A head's weights don't fit together, as of a file that was changed or cut, or don't fit the encoder. */
export class HeadError extends Error {
  override readonly name = 'HeadError';
}

/**
 * Unpacks a head's weights.
 *
 * @throws {HeadError} when they are no numbers, or labels and sizes don't fit together
 */
export function readyHead(head: Head): ReadyHead {
  const buckets = unpackIntegers(head.text.buckets);
  const idf = unpackFloats(head.text.idf);
  if (idf.length !== buckets.length) throw new HeadError('The head is damaged: sizes differ');
  const scored = head.groups.flatMap((group) => group.labels);
  if (scored.join('\n') !== head.labels.map((label) => label.name).join('\n')) {
    throw new HeadError('The head is damaged: its labels are not those of its groups');
  }
  let width: number | null = null;
  const groups = head.groups.map((group) => {
    const { labels, complete, zeroConfigClasses } = group;
    const classes = labels.length + (complete ? 0 : 1);
    const vectors = classes === 2 ? 1 : classes;
    const text = Float64Array.from(unpackFloats(group.textWeights));
    const embedding = Float64Array.from(unpackFloats(group.embeddingWeights));
    width ??= embedding.length / vectors - 1;
    const fits =
      text.length === vectors * (buckets.length + 1) &&
      width > 0 &&
      embedding.length === vectors * (Math.floor(width) + 1) &&
      zeroConfigClasses.length === classes &&
      group.calibration.intercepts.length === classes;
    if (!fits) throw new HeadError(`The head is damaged: sizes of "${labels[0]}" differ`);
    if (![text, embedding, idf].every((values) => values.every(Number.isFinite))) {
      throw new HeadError(`The head is damaged: weights of "${labels[0]}" are no numbers`);
    }
    const exclusive = labels.length > 1;
    return { group: { labels, complete, exclusive }, zeroConfigClasses, text, embedding };
  });
  const vocabulary = { buckets, idf };
  const { temperature } = head.encoder;
  return { head, model: { vocabulary, temperature, groups }, width: width ?? 0 };
}

/** A stored head, made ready; null for one that is damaged or has the form of another version of Sentinel. */
export function readyStored(json: string): ReadyHead | null {
  const parsed = headSchema.safeParse(JSON.parse(json));
  if (!parsed.success) return null;
  try {
    return readyHead(parsed.data);
  } catch (error) {
    if (error instanceof HeadError) return null;
    throw error;
  }
}

/**
 * What each of a head's three judges says of an issue, group by group.
 *
 * @throws {HeadError} when the encoder's encodings are not as wide as those learned from
 */
export function judgesOf(
  { model, width }: ReadyHead,
  issue: ReadIssue,
  encoding: IssueEncoding,
): readonly ComponentLogits[] {
  const given = encoding.embedding.length;
  if (given !== width) {
    throw new HeadError(`The head was learned from encodings of ${width} numbers, not of ${given}`);
  }
  const rows = [{ embedding: encoding.embedding, encoderLogits: encoding.logits }];
  const read = { rows, terms: tabulate([termsOf(issue)]) };
  const logitsAt = componentLogits(model, judgingRows(read, [0], model.vocabulary));
  return model.groups.map((_, group) => logitsAt(0, group));
}

/** What a head says of one label. */
export interface LabelScore {
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  /** False where another label of its group, or none of them, is likelier: then no threshold holds. */
  readonly likeliest: boolean;
}

/**
 * What a head says of each of its labels, by name. Probabilities of a complete exclusive group sum to
 * 1, those of any other exclusive group to at most 1.
 *
 * @throws {HeadError} as `judgesOf`
 */
export function scoreWithHead(
  ready: ReadyHead,
  issue: ReadIssue,
  encoding: IssueEncoding,
): Map<string, LabelScore> {
  const logits = judgesOf(ready, issue, encoding);
  const scores = new Map<string, LabelScore>();
  for (const [index, group] of ready.head.groups.entries()) {
    const own = logits[index];
    if (!own) continue;
    const probabilities = probabilitiesOf(mixLogits(own, group.mixture), group.calibration);
    const best = likeliest(probabilities);
    for (const [k, label] of group.labels.entries()) {
      scores.set(label, { probability: probabilities[k] ?? 0, likeliest: k === best });
    }
  }
  return scores;
}
