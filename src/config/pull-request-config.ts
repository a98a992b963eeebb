import { z } from 'zod';
import { labelMapping } from './label-mapping.js';
import { labelRulesSchema } from './label-rules.js';

/** The likeliest of ten types has a tenth at least. */
const threshold = z.number().min(0.1).max(1).optional();
const label = labelMapping.optional();
const lines = z.number().int().min(1).max(1_000_000);

const DEFAULT_LIMITS = { s: 10, m: 30, l: 100, xl: 500, xxl: 1000 };

const limitsSchema = z
  .strictObject({
    s: lines.default(DEFAULT_LIMITS.s),
    m: lines.default(DEFAULT_LIMITS.m),
    l: lines.default(DEFAULT_LIMITS.l),
    xl: lines.default(DEFAULT_LIMITS.xl),
    xxl: lines.default(DEFAULT_LIMITS.xxl),
  })
  .refine(({ s, m, l, xl, xxl }) => s < m && m < l && l < xl && xl < xxl, {
    error: 'must grow from s to xxl',
  })
  .default(DEFAULT_LIMITS)
  .describe('From how many changed lines a size begins; below s it is XS.');

const sizesSchema = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Label each pull request with its size.'),
    labels: z
      .strictObject({ xs: label, s: label, m: label, l: label, xl: label, xxl: label })
      .default({})
      .describe('Which label stands for which size; "size/XS" and the like when left out.'),
    limits: limitsSchema,
  })
  .default({ enabled: false, labels: {}, limits: DEFAULT_LIMITS })
  .describe('Sizes by changed lines, without generated, vendored, lock and snapshot files.');

/** `pull_requests` in `.github/sentinel.yml`. Every key has a default. */
export const pullRequestConfigSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether pull requests are looked at.'),
  drafts: z
    .enum(['wait', 'triage'])
    .default('wait')
    .describe('wait: look at a draft once it is ready for review. triage: look at drafts too.'),
  types: z
    .strictObject({
      feat: label,
      fix: label,
      docs: label,
      style: label,
      refactor: label,
      perf: label,
      test: label,
      build: label,
      ci: label,
      chore: label,
    })
    .default({})
    .describe(
      'Which label stands for which type of change; types left out are matched to the labels the repository already has.',
    ),
  thresholds: z
    .strictObject({
      feat: threshold,
      fix: threshold,
      docs: threshold,
      style: threshold,
      refactor: threshold,
      perf: threshold,
      test: threshold,
      build: threshold,
      ci: threshold,
      chore: threshold,
    })
    .default({})
    .describe(
      "Probability from which a type is acted on; types left out use the model's published thresholds.",
    ),
  breaking: labelMapping
    .optional()
    .describe('The label for breaking changes; found by name when left out, false for none.'),
  needs_tests: z
    .union([z.boolean(), z.string().min(1).max(50)], {
      error: 'must be true, false or the name of a label (at most 50 characters)',
    })
    .default(false)
    .describe(
      'Label a change of source files without tests, where the repository has tests. true: the label "needs-tests".',
    ),
  sizes: sizesSchema,
  paths: labelRulesSchema
    .default({})
    .describe('Labels by changed files and branches, written as for actions/labeler v5.'),
  labeler: z
    .union([z.boolean(), z.string().min(1).max(200)], {
      error: 'must be true, false or the path of a labeler.yml',
    })
    .default(false)
    .describe(
      'Read the rules of actions/labeler too. true: .github/labeler.yml. Off unless told, because the action itself may still run.',
    ),
  sync_labels: z
    .boolean()
    .default(false)
    .describe(
      'Take a label off that Sentinel put on by a rule which no longer matches. What people put on stays.',
    ),
  check_run: z
    .boolean()
    .default(false)
    .describe('Show what was found as a neutral check named "Sentinel". Needs "checks: write".'),
});

/** What a repository wants done about pull requests. */
export type PullRequestConfig = z.output<typeof pullRequestConfigSchema>;
