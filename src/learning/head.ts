import { z } from 'zod';

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();
const finite = z.number().refine(Number.isFinite, 'must be finite');
/** Little-endian 32-bit numbers, base64. */
const numbers = z
  .base64()
  .refine((text) => Buffer.byteLength(text, 'base64') % 4 === 0, 'must be whole 32-bit numbers');

/** What a label's backtest showed, on issues later than those learned from. */
const labelBacktestSchema = z.object({
  /** Judged issues that bear the label. */
  support: count,
  /** At the label's threshold; without one, where it is the likeliest of its group. */
  precision: share.nullable(),
  recall: share.nullable(),
  f1: share.nullable(),
  averagePrecision: share.nullable(),
  /** Share of the judged issues that would get the label at the threshold; 0 without one. */
  coverage: share,
  /** Lower Wilson bound of the precision at the threshold; null without one. */
  precisionLowerBound: share.nullable(),
  /** Expected calibration error of the label's probability. */
  calibrationError: share.nullable(),
});

/** One label a head knows. */
const headLabelSchema = z.object({
  name: z.string().min(1),
  /** Issues it was learned from that bear it. */
  examples: count,
  /** The label is proposed from this probability on; null: it never is. */
  threshold: share.nullable(),
  /** Why there is no threshold, for people; null where there is one. */
  offBecause: z.string().nullable(),
  /** Without a threshold because too few issues that bear it could be judged to show anything. */
  untried: z.boolean().default(false),
  /** Null: no issue could be judged that the encoder had not seen. */
  backtest: labelBacktestSchema.nullable(),
});

/** A set of labels scored together: of an exclusive one, an issue bears one at most. */
const headGroupSchema = z.object({
  labels: z.array(z.string()).min(1),
  /** True where every issue bears one of the labels: their probabilities then sum to 1. */
  complete: z.boolean(),
  /** Weights of the text, one vector a class over `features` buckets, then the biases. */
  textWeights: numbers,
  /** Weights of the embedding, one vector a class, then the biases. */
  embeddingWeights: numbers,
  /** How the three judgements are mixed. */
  mixture: z.object({ text: finite, embedding: finite, zeroConfig: finite }),
  /** Probability = softmax or sigmoid of `slope * logit + intercept`. */
  calibration: z.object({ slope: finite, intercepts: z.array(finite) }),
  /** For each class of the group the index of the encoder's class that means the same, or null. */
  zeroConfigClasses: z.array(count.nullable()),
});

/** A repository's own model: everything needed to score an issue, as JSON. */
export const headSchema = z.object({
  /** Another wherever an issue or pull request is read in another way: such a head is learned anew. */
  schema: z.literal(2),
  encoder: z.object({ name: z.string(), version: z.string(), temperature: z.number().positive() }),
  preparation: z.number().int(),
  /** sha256 of the issues and labels learned from. */
  dataHash: z.string().regex(/^[0-9a-f]{64}$/),
  learnedAt: z.iso.datetime(),
  /** The precision that thresholds promise. */
  precision: share,
  issues: z.object({
    learned: count,
    /** Near-identical ones that were counted once. */
    duplicates: count,
    /** Not counted in any figure: the encoder was trained on them. */
    seenByEncoder: count,
    /** Judged in the backtest. */
    judged: count,
  }),
  labels: z.array(headLabelSchema),
  /** Labels that exclude each other: the members of each group. */
  exclusive: z.array(z.array(z.string())),
  /** Labels that were not learned, and why. */
  leftOut: z.array(z.object({ name: z.string(), examples: count, reason: z.string() })),
  text: z.object({
    /** Ids of the n-gram buckets that have weights, ascending, as whole numbers. */
    buckets: numbers,
    /** Inverse document frequency of each. */
    idf: numbers,
  }),
  groups: z.array(headGroupSchema),
});

export type Head = z.output<typeof headSchema>;
export type HeadLabel = z.output<typeof headLabelSchema>;
export type LabelBacktest = z.output<typeof labelBacktestSchema>;
