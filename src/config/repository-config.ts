import { z } from 'zod';
import { labelMapping } from './label-mapping.js';
import { pullRequestConfigSchema } from './pull-request-config.js';

/** Shares that a promised precision may be. */
export const PRECISION_RANGE = { least: 0.5, most: 0.999 } as const;

/** `.github/sentinel.yml`. Every key has a default, so an absent file is a valid one. */
const globList = z
  .array(z.string().min(1).max(200))
  .max(200)
  .describe('Exact names, or patterns with * for any run of characters');

const threshold = z.number().min(0.34).max(1);

export const repositoryConfigSchema = z.strictObject({
  mode: z
    .enum(['apply', 'suggest', 'shadow'])
    .default('apply')
    .describe(
      'apply: add labels. suggest: leave one comment that names the label. shadow: decide and record, touch nothing.',
    ),
  labels: z
    .strictObject({
      bug: labelMapping.optional(),
      feature: labelMapping.optional(),
      question: labelMapping.optional(),
      documentation: labelMapping.optional(),
    })
    .default({})
    .describe(
      'Which label stands for which class. Classes left out are matched to the labels the repository already has.',
    ),
  create_labels: z
    .boolean()
    .default(false)
    .describe('Create a label that the repository does not have yet.'),
  thresholds: z
    .strictObject({
      bug: threshold.optional(),
      feature: threshold.optional(),
      question: threshold.optional(),
    })
    .default({})
    .describe(
      "Probability from which a class is acted on; classes left out use the model's published thresholds.",
    ),
  ignore: z
    .strictObject({
      authors: globList.default([]),
      titles: globList.default([]),
      labels: globList.default([]),
    })
    .default({ authors: [], titles: [], labels: [] })
    .describe('Issues and pull requests that Sentinel leaves alone.'),
  precision: z
    .number()
    .min(PRECISION_RANGE.least)
    .max(PRECISION_RANGE.most)
    .default(0.9)
    .describe(
      'The promise: labels learned from this repository are put on only where its own history shows that at least this share of them is right.',
    ),
  unproven: z
    .enum(['off', 'suggest'])
    .default('off')
    .describe(
      'What is done with a learned label that cannot keep the promise. off: nothing. suggest: name it in the one comment when it is likelier than not.',
    ),
  pull_requests: pullRequestConfigSchema
    .default(pullRequestConfigSchema.parse({}))
    .describe('What is done about pull requests.'),
});

export type RepositoryConfig = z.output<typeof repositoryConfigSchema>;

/** What a repository without a file gets. */
export const DEFAULT_REPOSITORY_CONFIG: RepositoryConfig = repositoryConfigSchema.parse({});

/** One precise complaint about a configuration file. */
export interface ConfigError {
  /** File as the maintainer knows it, e.g. `.github/sentinel.yml`. */
  readonly file: string;
  /** 1-based; null when the error belongs to the file as a whole. */
  readonly line: number | null;
  /** Dotted path, e.g. `thresholds.bug`; empty for the file as a whole. */
  readonly key: string;
  /** What is wrong and what is allowed, one sentence. */
  readonly message: string;
}
